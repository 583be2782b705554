"""Living things, landscape, sky and stuff, known by sense; none of them is drawn yet.

A table maps a kind to its phrases, each its own value. Plurals and inflections are folded by `words.forms_of`. A word
of two kinds stands in both, and `vocabulary_senses` tells them apart.
"""

from __future__ import annotations

NATURE: dict[str, str] = {
    "animal": (
        "pack, school, animal, beast, creature, wildlife, critter, mammal, predator, prey, pet, livestock, species, "
        "specimen, dog, puppy, pup, hound, corgi, golden retriever, retriever, husky, poodle, bulldog, dachshund, "
        "terrier, labrador, german shepherd, shepherd dog, dalmatian, chihuahua, pug, beagle, collie, border collie, "
        "greyhound, cat, kitten, kitty, tabby, feline, siamese cat, horse, pony, stallion, mare, foal, steed, colt, "
        "donkey, mule, cow, cattle, bull, calf, ox, yak, bison, buffalo, sheep, lamb, ram, goat, pig, piglet, boar, "
        "hog, rabbit, bunny, hare, mouse, rat, hamster, guinea pig, rodent, gerbil, squirrel, chipmunk, beaver, "
        "otter, hedgehog, porcupine, raccoon, skunk, badger, fox, fennec, wolf, coyote, jackal, bear, polar bear, "
        "grizzly, grizzly bear, bear cub, cub, teddy bear cub, panda, giant panda, red panda, koala, sloth, "
        "kangaroo, wallaby, lion, lioness, tiger, tigress, leopard, jaguar, panther, cheetah, lynx, puma, snow "
        "leopard, hyena, elephant, mammoth, giraffe, zebra, hippo, hippopotamus, rhino, rhinoceros, camel, llama, "
        "alpaca, deer, stag, doe, fawn, reindeer, elk, moose, antelope, gazelle, monkey, ape, chimpanzee, chimp, "
        "gorilla, orangutan, baboon, lemur, bat, fruit bat, mole, meerkat, ferret, weasel, armadillo, platypus, "
        "dinosaur, t rex, raptor, triceratops, herd, flock, pack of wolves, swarm, caravan, school of fish"
    ),
    "bird": (
        "bird, songbird, sparrow, robin, finch, canary, pigeon, dove, crow, raven, magpie, swallow, starling, "
        "kingfisher, eagle, hawk, falcon, vulture, condor, osprey, owl, parrot, macaw, cockatoo, parakeet, "
        "hummingbird, woodpecker, duck, duckling, mallard, goose, gosling, swan, gull, seagull, albatross, pelican, "
        "penguin, chicken, hen, rooster, chick, turkey, peacock, flamingo, heron, stork, ibis, crane, ostrich, emu, "
        "toucan, puffin"
    ),
    "reptile or amphibian": (
        "snake, cobra, python, viper, serpent, lizard, gecko, iguana, chameleon, komodo dragon, crocodile, "
        "alligator, turtle, tortoise, sea turtle, frog, toad, tadpole, salamander, newt"
    ),
    "sea animal": (
        "fish, goldfish, salmon, trout, tuna, clownfish, koi, koi fish, carp, piranha, tropical fish, minnow, cod, "
        "shark, great white, whale, orca, humpback, humpback whale, blue whale, dolphin, porpoise, seal, sea lion, "
        "walrus, octopus, squid, cuttlefish, jellyfish, crab, lobster, shrimp, prawn, crayfish, starfish, sea star, "
        "seahorse, coral, coral reef, sea anemone, anemone, shellfish, clam, oyster, mussel, snail, slug, stingray, "
        "manta ray, eel"
    ),
    "insect": (
        "insect, bug, cricket, grasshopper, mantis, locust, cockroach, bee, bumblebee, honeybee, wasp, hornet, "
        "butterfly, monarch butterfly, moth, dragonfly, damselfly, ladybug, ladybird, beetle, ant, fly, housefly, "
        "mosquito, gnat, firefly, glowworm, spider, tarantula, scorpion, caterpillar, worm, earthworm, larva, "
        "centipede, chrysalis, cocoon"
    ),
    "creature of legend": (
        "dragon, wyvern, hydra, unicorn, pegasus, phoenix, griffin, monster, troll, ogre, goblin, orc, behemoth, "
        "kraken, ghost, phantom, spirit, specter, spectre, wraith, soul, zombie, undead, mummy, vampire, werewolf, "
        "demon, devil, angel, cherub, fairy, pixie, sprite, elf, dwarf, gnome, mermaid, merman, siren, giant, genie, "
        "alien, extraterrestrial, robot, android, cyborg, mech, droid, humanoid, minion, imp, snowman"
    ),
    "plant": (
        "tree, oak, oak tree, pine, pine tree, palm, palm tree, willow, maple, birch, cedar, fir, redwood, cherry "
        "tree, apple tree, treetop, sapling, canopy, evergreen, sequoia, baobab, trunk, tree trunk, log, stump, tree "
        "stump, bark, branch, twig, bough, stick, limb, leaf, foliage, frond, petiole, plant, potted plant, "
        "houseplant, fern, succulent, shrub, bush, hedge, vine, ivy, weed, undergrowth, vegetation, flora, greenery, "
        "thicket, cactus, grass, lawn, turf, blade of grass, reed, moss, lichen, algae, seaweed, kelp, flower, "
        "blossom, bloom, wildflower, bouquet, bud, rose, tulip, sunflower, lily, orchid, daisy, lotus, water lily, "
        "lily pad, lavender, poppy, dandelion, cherry blossom, hydrangea, marigold, jasmine, petal, mushroom, "
        "fungus, toadstool, seed, acorn, pinecone, pine cone, seedling, sprout, thorn, root, bamboo, hay, straw, "
        "bale, crop, wheat, wheat field, cornfield, pollen"
    ),
    "landform": (
        "mountain, peak, summit, mountain peak, mountain range, ridge, mount, alps, mountaintop, hill, hilltop, "
        "hillside, foothill, slope, valley, gorge, ravine, canyon, cliff, cliffside, precipice, crag, bluff, ledge, "
        "outcrop, outcropping, volcano, crater, caldera, plain, prairie, savanna, savannah, steppe, tundra, "
        "grassland, plateau, pasture, dune, sand dune, island, isle, archipelago, atoll, coast, coastline, shore, "
        "shoreline, seashore, seaside, lakeshore, riverbank, bank, riverside, lakeside, bay, cove, lagoon, fjord, "
        "inlet, gulf, channel, waterfall, cascade, cataract, glacier, iceberg, ice cap, ice floe, ice sheet, rock, "
        "boulder, rock formation, stone, pebble, cobblestone, gravel, rubble, reef, swamp, marsh, wetland, bog, "
        "oasis, landscape, terrain, scenery, wilderness, wildlands, countryside, horizon, skyline, crevice, fissure, "
        "crack, crevasse, chasm, rift, abyss, cavern, grotto, seabed, ocean floor, sea floor, ground, soil, earth, "
        "dirt, mud, clay, land, territory, realm, path, trail, footpath, walkway, pathway, geyser, hot spring, "
        "sinkhole, peninsula, cape"
    ),
    "body of water": (
        "water, seawater, fresh water, wave, tide, surf, swell, breaker, whitecap, tsunami, stream, brook, creek, "
        "rapid, rapids, pond, pool, puddle, ripple, foam, froth, sea foam, current, undertow, whirlpool, vortex, "
        "flood, deluge, dew, dewdrop, bubble, soap bubble, air bubble"
    ),
    "sky or weather": (
        "sky, heavens, night sky, starry sky, blue sky, sun, setting sun, rising sun, moon, full moon, crescent "
        "moon, star, starlight, constellation, stargazing, cloud, cloudscape, thundercloud, rainbow, aurora, "
        "northern lights, aurora borealis, lightning, thunder, lightning bolt, thunderclap, wind, breeze, gust, "
        "gale, draft, snowflake, powder snow, ice, icicle, frost, rime, "
        "hail, sleet, tornado, hurricane, cyclone, twister, typhoon, sandstorm, dust storm, planet, mars, jupiter, "
        "saturn, venus, exoplanet, galaxy, milky way, nebula, supernova, cosmos, universe, black hole, comet, "
        "meteor, asteroid, meteorite, shooting star, solar system, eclipse, air, spring, summer, winter, autumn, "
        "season, springtime, wintertime, avalanche, landslide, rockslide, earthquake, eruption, monsoon"
    ),
    "fire": (
        "fire, flame, blaze, inferno, wildfire, bonfire, campfire, lava, magma, explosion, blast, fireball, ash, "
        "cinder, soot, smoke plume, plume, fume, vapor, vapour, firework, fireworks, spark, coal, charcoal, "
        "matchstick"
    ),
    "material": (
        "wood, timber, plank, board, mahogany, plywood, lumber, metal, steel, iron, aluminum, aluminium, copper, "
        "brass, tin, lead, titanium, silver, gold, plastic, nylon, vinyl, polymer, rubber, latex, glass, ceramic, "
        "porcelain, terracotta, concrete, cement, asphalt, brick, marble, granite, sandstone, limestone, slate, "
        "paper, cardboard, sheet, parchment, tissue, leather, suede, fabric, cloth, cotton, silk, wool, linen, "
        "velvet, denim, textile, lace, sand, grain of sand, grains of sand, salt, oil, petroleum, gasoline, grease, "
        "wax, glue, paste, adhesive, ink, paint, varnish, lacquer, slime, goo, gel, jade, amber, gemstone, emerald, "
        "ruby, diamond, sapphire, pearl, quartz, acid, sulfuric acid, hydrochloric acid, alcohol, ethanol, acetone, "
        "chemical, solution, reagent, compound, liquid, fluid, gas, oxygen, hydrogen, nitrogen, helium, carbon "
        "dioxide, ammonia, mercury, sodium, potassium, calcium, baking soda, bicarbonate, sulfur, dry ice, graphite, "
        "chalk, rust, resin, sponge, string, fiber, thread, yarn, powder, grain, granule, piece, fragment, shard, "
        "chunk, scrap, sliver, slice, debris, wreckage, material, substance, matter, stuff, mixture, blend, batter, "
        "dough, block, slab, cube, drop, spill, splatter, texture, layer, coating, crust, pile, heap, stack, mound, "
        "bundle, bunch, cluster, mold, mildew, foil, tin foil, aluminum foil, wrapping paper, bubble wrap, "
        "styrofoam, polystyrene, foam rubber, felt, canvas, burlap, tweed, satin, chiffon, spandex, polyester, "
        "fleece, fur fabric, leatherette, straw material, wicker, rattan, cork, bone china, clay pot, putty, "
        "plaster, stucco, mortar, tar, pitch, bitumen, fiberglass, carbon fiber, silicon, silicone, teflon, kevlar, "
        "ivory, ebony, enamel, lacquerware, obsidian, onyx, opal, topaz, turquoise stone, lapis lazuli, moonstone, "
        "crystal, crystals, arsenic, zinc, nickel, cobalt, platinum, uranium, bronze, pewter, alloy, mercury vapor, "
        "iodine, chlorine, ozone, methane, propane, kerosene, diesel, petrol, turpentine, bleach, detergent, dye, "
        "pigment, camphor, glycerin, nitrate, oxide, peroxide, boric acid, citric acid, vinegar solution, catalyst, "
        "indicator, droplet, blob, glob, puddle, smear, residue, sediment, silt, dust particle, crumbs, shavings, "
        "sawdust, splinter, flake, flakes, clump, lump, wad, ball of yarn, strand, fragment of glass"
    ),
}
