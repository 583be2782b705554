"""Things people make and use, known by sense: furniture, tools, toys, machines, clothes, food and drink.

Tables as in `vocabulary_nature`: a kind and its phrases. Nothing draws them yet, unless a set or a prop in
`vocabulary` says so first.
"""

from __future__ import annotations

OBJECTS: dict[str, str] = {
    "piece of furniture": (
        "table, dining table, coffee table, tabletop, countertop, counter, kitchen counter, workbench, desk, chair, "
        "armchair, stool, seat, throne, rocking chair, wheelchair, recliner, bench, park bench, pew, couch, sofa, "
        "loveseat, bed, mattress, crib, bunk, cot, cradle, shelf, bookshelf, bookcase, rack, cabinet, cupboard, "
        "drawer, dresser, wardrobe, closet, carpet, rug, mat, curtain, drape, window blind, blinds, pillow, cushion, "
        "blanket, quilt, bedsheet, duvet, toilet, sink, basin, washbasin, bathtub, tub, shower, faucet, tap, "
        "fireplace, hearth, chimney, hammock, picture frame, photo frame, vase, flowerpot, flower pot, coffin, "
        "casket, hanger, coat hanger, doormat, tablecloth, tatami"
    ),
    "kitchen thing": (
        "cup, mug, teacup, coffee cup, paper cup, glass, wine glass, goblet, tumbler, beaker, bottle, flask, wine "
        "bottle, water bottle, thermos, bowl, plate, dish, saucer, platter, tray, knife, kitchen knife, blade, fork, "
        "spoon, teaspoon, ladle, wooden spoon, chopsticks, chopstick, pot, saucepan, cauldron, teapot, kettle, "
        "cooking pot, frying pan, pan, skillet, wok, oven, stove, cooker, grill, barbecue, burner, brazier, "
        "microwave, toaster, fridge, refrigerator, freezer, blender, mixer, food processor, dishwasher, whisk, "
        "spatula, grater, peeler, rolling pin, sieve, strainer, jug, pitcher, carafe, decanter, jar, mason jar, tin "
        "can, can, canister, napkin, paper towel, corkscrew, cutting board, chopping board, straw, drinking straw, "
        "lid, cap, cork, tableware, utensil, cutlery"
    ),
    "tool": (
        "tool, gadget, equipment, device, instrument panel, appliance, gear, hammer, mallet, screwdriver, wrench, "
        "pliers, saw, chainsaw, drill, axe, ax, hatchet, shovel, spade, trowel, rake, ladder, stepladder, scissors, "
        "shears, nail, screw, bolt, rope, cord, cable, string, wire, lasso, chain, net, netting, fishing net, broom, "
        "mop, vacuum cleaner, vacuum, dustpan, bucket, pail, sponge, brush, paintbrush, toothbrush, hairbrush, comb, "
        "paint roller, roller, hose, garden hose, pipe, tube, cylinder, lever, pulley, winch, needle, pin, thimble, "
        "knitting needle, tape measure, ruler, measuring tape, tape, sticky tape, sticker, label, flashlight, "
        "lighter, match, hook, clamp, clip, wheel, gear wheel, cog, cogwheel, magnet, battery, bulb, light bulb, "
        "switch, plug, socket, compass, telescope, microscope, binoculars, magnifying glass, lens, thermometer, "
        "scale, weighing scale, anvil, chisel, sprinkler, watering can, vacuum tube, test tube, laboratory glass, "
        "pump, syringe, stethoscope, fire hydrant, hydrant, fire extinguisher, parking meter, dropper, pipette, "
        "fishing rod, leaf blower, lawn mower, iron, sewing machine, loom, wheelbarrow, cart, trolley, wagon, "
        "shopping cart, squeegee, scraper, pottery wheel, baton, whistle, grinder, sander, crowbar, jack, toolbox, "
        "tool box, spirit level, level, tripod stand, tweezers, tongs, wire cutter, sandpaper, soldering iron, "
        "blowtorch, welding torch, plunger, funnel, spring coil, spring, coil, gear stick, crank, handle of the "
        "tool, hinge, latch, bearing, piston, valve, nozzle, gauge, meter, sensor, probe, telescope lens, prism, "
        "test strip, petri dish, bunsen burner, scalpel, forceps, bandage scissors, crutch, walker, wheel lock, "
        "tarp, tarpaulin, canvas sheet, sack truck, pulley block, pickaxe, pick, sickle, scythe, hoe, plough, "
        "pitchfork, fishhook, bait, harpoon, oar lock, whetstone, grindstone, mortar, pestle, sheet metal, pin "
        "cushion, knitting yarn, spindle, spinning wheel, potter's wheel, bellows, tongs of iron"
    ),
    "machine": (
        "mouse, machine, machinery, engine, motor, mechanism, contraption, turbine, generator, computer, laptop, pc, "
        "tablet, keyboard, raspberry pi, phone, smartphone, cell phone, mobile phone, telephone, cellphone, "
        "television, tv, radio, speaker, loudspeaker, stereo, boombox, turntable, record player, gramophone, "
        "headphones, headset, earphones, earbuds, earphone, airpods, printer, scanner, typewriter, washing machine, "
        "washer, dryer, laundry machine, hair dryer, hair drier, electric fan, fan, ceiling fan, air conditioner, "
        "heater, radiator, clock, alarm clock, timer, hourglass, grandfather clock, sundial, wristwatch, watch, "
        "remote control, remote, controller, joystick, game console, satellite, antenna, radar, solar panel, "
        "windmill, wind turbine, water wheel, conveyor belt, assembly line, projector, camera, webcam, video camera, "
        "laser, laser pointer, treadmill, elevator, escalator, conveyor, traffic light, stoplight, traffic signal, "
        "circuit, chip, microchip, server rack, power line, power plant"
    ),
    "vehicle": (
        "vehicle, bicycle, bike, mountain bike, tricycle, motorcycle, motorbike, scooter, moped, vespa, train, "
        "locomotive, steam train, tram, streetcar, carriage, railway car, subway train, bullet train, airplane, "
        "plane, aircraft, jet, airliner, biplane, fighter jet, glider, helicopter, chopper, boat, sailboat, rowboat, "
        "canoe, kayak, gondola, raft, speedboat, motorboat, yacht, ferry, dinghy, fishing boat, jetski, jet ski, "
        "watercraft, ship, pirate ship, vessel, cruise ship, warship, cargo ship, galleon, submarine, sail, mast, "
        "anchor, oar, paddle, hull, deck, rocket, rover, lunar module, shuttle, space shuttle, ufo, flying saucer, "
        "tank, armored vehicle, tractor, bulldozer, excavator, forklift, combine harvester, fire truck, fire engine, "
        "hot air balloon, blimp, airship, parachute, sled, sledge, sleigh, stroller, pram, chariot, horse carriage, "
        "skateboard, rollerblade, roller skates, surfboard, snowboard, ski, ice skate, windshield, bumper, steering "
        "wheel, brake pedal, car trunk, trunk, exhaust pipe, traffic"
    ),
    "toy or sport thing": (
        "board, deck, top, toy, action figure, rubber duck, puppet, marionette, lego, toy car, toy block, teddy "
        "bear, stuffed animal, plush toy, plush, doll, mannequin, ball, tennis ball, beach ball, snowball, marble, "
        "golf ball, bowling ball, bouncy ball, ping pong ball, soccer ball, football, basketball, baseball, "
        "volleyball, baseball bat, cricket bat, bat, racket, racquet, tennis racket, baseball glove, boxing glove, "
        "shuttlecock, frisbee, kite, balloon, swing, slide, seesaw, trampoline, merry go round, carousel, ferris "
        "wheel, roller coaster, sandcastle, hula hoop, hoop, jump rope, dice, card, playing card, deck of cards, "
        "chess, chessboard, puzzle, jigsaw, board game, rubik's cube, spinning top, dart, dartboard, barbell, "
        "dumbbell, kettlebell, yoga mat, goal post, hurdle, finish line, starting line, billiards, pool table, cue "
        "stick, domino, dominoes, yo yo, slinky, whirligig, boomerang, confetti, piñata, trophy, medal, award, prize"
    ),
    "musical instrument": (
        "instrument, musical instrument, guitar, electric guitar, ukulele, banjo, lute, piano, grand piano, organ, "
        "violin, fiddle, cello, viola, double bass, drum, drum kit, tambourine, cymbal, drumstick, flute, recorder, "
        "clarinet, oboe, panpipe, trumpet, trombone, horn, tuba, bugle, saxophone, harp, lyre, accordion, harmonica, "
        "bagpipe, xylophone, bell, church bell, gong, chime, wind chime"
    ),
    "weapon": (
        "weapon, arms, sword, saber, katana, lightsaber, dagger, spear, lance, trident, javelin, bow and arrow, bow, "
        "arrow, crossbow, gun, pistol, revolver, handgun, rifle, shotgun, machine gun, bullet, cannon, missile, "
        "torpedo, bomb, grenade, dynamite, shield, whip, club, nunchucks, staff, armor, crosshairs, scope, trap, "
        "snare, poison, venom"
    ),
    "garment": (
        "clothes, clothing, garment, laundry, apparel, attire, outfits, hat, cap, beanie, top hat, cowboy hat, "
        "beret, hood, helmet, hard hat, glasses, sunglasses, eyeglasses, goggles, monocle, spectacles, shoe, "
        "sneaker, sandal, slipper, heel, high heels, loafer, boot, muddy boot, glove, mitten, scarf, sock, stocking, "
        "tie, bow tie, necktie, belt, strap, suspenders, trousers, pants, jeans, shorts, leggings, skirt, tutu, "
        "swimsuit, bikini, wetsuit, pajamas, pyjamas, nightgown, apron, mask, face mask, gas mask, veil, spacesuit, "
        "space suit, crown, tiara, headdress, wig, turban, headscarf, bandana, ring, wedding ring, earring, "
        "necklace, bracelet, pendant, brooch, jewelry, jewellery, button, zipper, collar, sleeve, pocket, shoelace, "
        "lace, hem, seam, cuff, backpack, leather satchel, satchel, rucksack, handbag, purse, tote, umbrella, "
        "parasol, wallet, makeup, lipstick, mascara, bandage, handkerchief, walking stick, cane, ribbon, bow, knot, "
        "headband, badge"
    ),
    "household thing": (
        "book, notebook, diary, journal, magazine, textbook, novel, page, bookmark, letter, envelope, postcard, "
        "mail, email, package, parcel, newspaper, pen, pencil, marker, crayon, quill, eraser, document, paperwork, "
        "certificate, map, photo, photograph, picture, snapshot, polaroid, painting, canvas, portrait painting, "
        "drawing, sketch, mural, artwork, fresco, statue, sculpture, figurine, bust, monument, bag, sack, pouch, "
        "plastic bag, paper bag, suitcase, luggage, briefcase, basket, picnic basket, container, crate, barrel, bin, "
        "trash can, trash bin, trash, garbage, carton, keg, box, money, cash, coin, bill, dollar, key, lock, "
        "padlock, keychain, credit card, ticket, passport, gift, present box, candlestick, lamp, street lamp, "
        "streetlight, street light, lamppost, lamp post, lantern, mirror, towel, soap, shampoo, toothpaste, lotion, "
        "sunscreen, cosmetics, cigarette, cigar, pipe, ashtray, pill, medicine, potion, elixir, tent, sleeping bag, "
        "flag, banner, sign, signboard, billboard, signpost, poster, christmas tree, ornament, decoration, garland, "
        "wreath, tinsel, christmas decorations, birthday candle, blackboard, chalkboard, whiteboard, calendar, "
        "globe, feather, shell, seashell, bone, skeleton, skull, fossil, nest, bird's nest, birdhouse, birdcage, "
        "cage, beehive, hive, fish tank, aquarium tank, leash, saddle, dog house, egg, eggshell, web, spider web, "
        "cobweb, spiderweb, logo, emblem, symbol, icon, pattern, motif, rune, inscription, hieroglyph, carving, "
        "engraving, object, item, thing, artefact, prop, hologram, holographic hud, hud, holographic, highlight "
        "reel, scoreboard, robot arm, title, text, caption, subtitle, wand, magic wand, broomstick, crystal ball, "
        "tombstone, gravestone, grave, tissue box, tissue paper, drone light, camera phone, crossword, snow globe, "
        "microphone stand, easel, palette, dishes, groceries, rag, dishcloth, litmus, patch of cloth, folder, file, "
        "clipboard, stapler, paper clip, paperclip, rubber band, glue stick, sticky note, ruler, scroll, manuscript, "
        "dictionary, encyclopedia, comic book, brochure, pamphlet, leaflet, receipt, invoice, menu, recipe book, "
        "cookbook, jigsaw puzzle, trinket, souvenir, keepsake, locket, jewelry box, piggy bank, chest, crate box, "
        "tin, tote bag, cooler, lunchbox, pet food, dog bowl, collar, aquarium, terrarium, pebble jar, incense, "
        "perfume, diffuser, air freshener, razor, nail clipper, cotton ball, tissue, toilet paper, diaper, pacifier, "
        "baby bottle, rattle, bib, high chair, crib mobile, dreamcatcher, prayer beads, rosary, cross, crucifix, "
        "amulet, idol, candle holder, menorah, pinata, lampshade, vent, grate, drain, spout, handle, knob, button of "
        "a machine, dial, switchboard, rope ladder, jar of honey, jar, mirror ball, disco ball, scarecrow, spotlight "
        "stand, buoy, life jacket, life raft, lifebuoy, anchor chain, treasure map, relic of the past, artifact"
    ),
    "part of a building": (
        "wall, brick wall, stone wall, floor, flooring, parquet, ceiling, roof, rooftop edge, rafters, dome, spire, "
        "turret, window, windowsill, window pane, skylight, shutter, doorway, entrance, entryway, exit door, "
        "threshold, doorknob, gate, gateway, portal, fence, railing, handrail, guardrail, barrier, picket fence, "
        "stair, staircase, stairs, stairway, stairwell, step, column, pillar, arch, archway, colonnade, balcony, "
        "terrace, veranda, porch, patio, deck, driveway, tile, tiles, fountain, altar, pedestal, plinth, facade, "
        "façade, frontage, courtyard, backyard, yard, front yard, corner, sidewalk, pavement, curb, crosswalk, "
        "bridge span, drawbridge, footbridge, aqueduct, dam, canal, well, lighthouse, scaffold, scaffolding, bars, "
        "jail bars, beam, chandelier, stained glass, labyrinth, maze, foundation, structure, architecture, edifice, "
        "ruins, ruin, obelisk, street corner, podium, pulpit, stall, booth, phone booth, cell, prison cell"
    ),
    "food": (
        "food, meal, snack, breakfast, lunch, dinner, feast, dish, cuisine, picnic, ingredient, bread, loaf, toast, "
        "bun, baguette, bagel, croissant, cake, cupcake, birthday cake, pastry, pie, tart, muffin, cookie, biscuit, "
        "cracker, donut, doughnut, pancake, waffle, pizza, sandwich, burger, hamburger, hot dog, taco, burrito, "
        "wrap, pasta, spaghetti, noodle, ramen, lasagna, rice, sushi, soup, stew, broth, curry, chili, salad, meat, "
        "steak, bacon, sausage, ham, beef, pork, roast, chicken, chicken wing, fried chicken, cheese, butter, "
        "yogurt, cream, whipped cream, mayonnaise, egg yolk, chocolate, candy, sweets, lollipop, marshmallow, gummy, "
        "ice cream, popsicle, sorbet, gelato, apple, banana, orange, tangerine, grape, strawberry, berry, blueberry, "
        "raspberry, cherry, lemon, lime, peach, pear, plum, apricot, watermelon, melon, pineapple, mango, coconut, "
        "papaya, kiwi, avocado, fruit, vegetable, veggie, carrot, broccoli, cabbage, lettuce, spinach, celery, "
        "cauliflower, tomato, cucumber, potato, fries, french fries, chips, onion, garlic, pepper, bell pepper, "
        "chili pepper, corn, popcorn, pumpkin, jack o lantern, squash, bean, pea, nut, peanut, almond, walnut, "
        "sugar, salt, spice, herb, flour, honey, jam, syrup, sauce, ketchup, mustard, vinegar, gravy, olive oil, soy "
        "sauce, jelly, pudding, olive, cereal, oatmeal, crumb, grocery, skewer, kebab, dumpling, tofu, edible, gum, "
        "sugar cube, crust, icing, frosting, sprinkles, filling, topping, dressing, seasoning, cinnamon, vanilla, "
        "ginger, basil, mint, parsley, rosemary, thyme, saffron, turmeric, wasabi, seaweed snack, rice ball, "
        "onigiri, bento, tempura, dim sum, spring roll, paella, risotto, quiche, omelette, omelet, scrambled egg, "
        "boiled egg, fried egg, sunny side up, porridge, granola, pretzel, nacho, guacamole, salsa dip, hummus, "
        "falafel, pita, tortilla, quesadilla, meatball, meatloaf, drumstick, rib, ribs, fillet, salmon fillet, "
        "shellfish dish, caviar, truffle, gelatin, custard, caramel, fudge, brownie, macaron, eclair, tiramisu, "
        "cheesecake, sundae, parfait, pomegranate, fig, date, lychee, dragon fruit, passion fruit, guava, "
        "cantaloupe, cranberry, blackberry, raisin, hazelnut, cashew, pistachio, chestnut, eggplant, zucchini, "
        "radish, turnip, beet, leek, artichoke, asparagus, kale, sprouts, brussels sprout, sweet potato, yam, "
        "chickpea, lentil, soybean"
    ),
    "drink": (
        "drink, beverage, cocktail, soda, cola, lemonade, smoothie, milkshake, coffee, espresso, cappuccino, latte, "
        "tea, green tea, milk, juice, orange juice, apple juice, wine, red wine, champagne, beer, ale, whiskey, "
        "whisky, liquor, rum, vodka, hot chocolate, cocoa, ice cube"
    ),
}
