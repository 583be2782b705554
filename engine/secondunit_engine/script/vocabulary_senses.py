"""What tells the senses of an ambiguous word apart: words of the same sentence that speak for one of them.

A table maps a word to its senses, each named by facet and value, and each sense to its cues. Where no cue is heard,
the part of speech decides (`context.py`), and then the order of the vocabulary's tables.
"""

from __future__ import annotations

# Words that say a sentence is about the camera.
CAMERA = (
    "camera, shot, lens, angle, frame, zoom, pan, tilt, dolly, drone, crane, steadicam, handheld, cinematic, tripod, "
    "footage, pov, fpv, close up, gimbal, view, clockwise, counterclockwise, 360"
)
# Words for what drifts by itself, which is what swirls and hangs.
AIRY = (
    "dust, mote, particle, droplet, drop, raindrop, smoke, mist, fog, ash, spark, ember, snow, snowflake, leaf, petal, "
    "feather, spray, steam, confetti, light, air, cloud, bubble, sand, lantern, shaft, beam"
)

CUES: dict[str, dict[str, str]] = {
    "bank": {"place led_tunnel": "money, robber, vault, cash", "thing coast": "river, stream, lake, water"},
    "bark": {"thing trunk": "tree, oak, rough, trunk", "deed bark": "dog, puppy, wolf, hound"},
    "bat": {
        "thing bat": "cave, wing, vampire, hang, flutter, night, dark",
        "thing baseball bat": "ball, baseball, player, swing, hit, cricket, batter, pitcher, game",
    },
    "bear": {"thing bear": "a, the, brown, polar, cub, forest, teddy, black, panda", "deed support": "weight, burden"},
    "bow": {
        "thing bow and arrow": "arrow, archer, shoot, quiver, string",
        "verb nod": "audience, stage, king, queen, curtain",
        "thing tie": "tie, neck",
    },
    "board": {"thing wood": "wooden, nail, plank, saw", "thing surfboard": "surfer, wave, surf"},
    "book": {"dressing library": "read, page, shelf, open, library, desk, old"},
    "calf": {"thing cow": "cow, milk, graze, herd, farm", "thing leg": "leg, muscle, knee, boot"},
    "camera": {"thing photo camera": "photographer, photo, hold, tourist, selfie, take, neck, picture"},
    "cast": {"deed throw": "shadow, net, spell, line, light, glow"},
    "charge": {"deed charge": "horse, knight, bull, soldier, army"},
    "club": {"place led_tunnel": "dance, night, dj, music", "thing club weapon": "golf, caveman, swing, hit"},
    "cold": {"quality cold": "water, drink, ice, winter, snow, weather, wind, temperature, air, day, hand"},
    "court": {"place led_tunnel": "tennis, ball, basketball, player"},
    "crane": {
        "move crane": "shot, camera, up, down, over, jib, lens",
        "thing crane bird": "bird, wing, lake, feather, nest, marsh, fly, wade, beak",
    },
    "cricket": {"sport soccer": "bat, ball, player", "thing insect": "chirp, grass, night"},
    "deck": {"thing ship": "ship, boat, captain, sail", "thing card": "card, shuffle", "thing porch": "house, yard"},
    "drill": {"thing drill": "hole, wood, wall, screw"},
    "drop": {
        "verb put down": "he, she, man, woman, person, hand, girl, boy",
        "air rain": "water, rain, leaf, slow, drip",
        "deed fall": "temperature",
    },
    "drum": {"thing drum": "play, drummer, beat, band"},
    "fall": {
        "verb swirl": "dust, mote, ash, petal, light, snow, snowflake, leaf, confetti, rain",
        "deed fall": "he, she, man, woman, person, ground, off, down, into, domino, ball, cliff, apple, tower",
    },
    "fan": {
        "thing fan": "cheer, stadium, match, crowd, wave, concert, player",
        "thing electric fan": "blade, electric, ceiling, air, blow, spin, room, desk",
    },
    "fire": {"deed aim": "gun, rifle, cannon, shot, bullet", "deed shoot": "gun, rifle, cannon, bullet"},
    "fly": {
        "move fly-through": "camera, drone, shot, fpv, through, over",
        "deed fly": "bird, plane, airplane, butterfly, wing, kite, bee, he, she, superhero, dragon, sky, eagle, duck, "
        "insect, rocket, balloon, helicopter, sparrow, leaf",
        "thing fly insect": "buzz, swat, web, spider",
    },
    "follow": {"move track": "camera, shot, drone, lens", "deed follow": "dog, duckling, boy, girl, path, man, woman"},
    "foot": {"thing foot": "leg, hand, shoe, toe, sand, walk, bare", "idea distance": "tall, long, high, wide"},
    "frame": {
        "craft frame": "camera, shot, lens, center, enter, fill",
        "thing picture frame": "picture, wall, photo, painting, hang, wooden",
    },
    "glass": {
        "thing drinking glass": "water, wine, drink, pour, milk, juice, sip, beer, full, fill, straw, a, ice, liquid",
        "thing glass material": "made, window, shard, shatter, pane, stained, wall, piece",
    },
    "gold": {"thing gold metal": "bar, coin, metal, mine, bit, piece, lump"},
    "horn": {
        "thing trumpet": "play, music, blow, brass",
        "thing horn of the animal": "goat, bull, ram, unicorn, deer, antelope",
    },
    "iron": {"thing metal": "bar, block, rust, molten, piece, red, hot", "deed iron": "shirt, clothes, dress, board"},
    "key": {"thing key": "door, lock, hold, open, turn, car", "quality important": "moment, role, point"},
    "lap": {"deed flow": "water, wave, shore, beach", "idea measure": "race, runner, track, car"},
    "lead": {"deed lead": "path, road, stairs, door, dog, to, he, she", "thing metal": "pipe, weight"},
    "leave": {
        "thing leaf": "tree, autumn, green, fall, wind, branch, forest, plant, rustle, yellow, dry, dead, fallen, "
        "gold, maple, grass"
    },
    "light": {
        "deed light": "candle, match, cigarette, fire, torch, fuse",
        "quality light": "feather, weight, carry, easy",
        "craft": "beam, soft, warm, shine, window, glow, lamp, through, cast",
    },
    "match": {
        "thing lighter": "strike, flame, light, burn, candle, cigarette",
        "idea match": "tennis, football, soccer, team, player, win",
    },
    "mouse": {"thing mouse": "cat, cheese, hole, tail, squeak", "thing computer": "keyboard, click, screen"},
    "nail": {"thing nail": "hammer, wood, wall", "thing finger": "polish, finger, paint, manicure"},
    "orange": {"thing orange fruit": "peel, juice, fruit, apple, eat, slice, squeeze, bowl, lemon"},
    "orbit": {
        "move orbit": "camera, shot, around, subject",
        "deed roll": "planet, moon, earth, satellite, sun, star, spaceship",
    },
    "pack": {"deed wrap up": "bag, suitcase, box, clothes", "thing animal": "wolf, dog"},
    "palm": {
        "thing tree": "tree, beach, tropical, island, coconut",
        "thing palm of the hand": "hand, hold, open, sweat",
    },
    "pan": {
        "thing pot": "cook, fry, egg, stove, oil, butter, pancake, sizzle, kitchen, heat",
        "thing frying pan": "cook, fry, egg, stove, oil, butter, pancake, sizzle, kitchen, heat",
        "move pan": "camera, shot, left, right, slowly, across, lens",
    },
    "park": {"place led_tunnel": "in, the, bench, tree, a, through, at", "verb park": "car, garage, driver, truck"},
    "pen": {"thing pen": "write, paper, ink, hold", "thing cage": "pig, sheep"},
    "plant": {
        "dressing bedroom_studio": "pot, potted, room, window, leaf, green, water, water, grow",
        "deed plant": "seed, garden, farmer, soil, dig, tree",
    },
    "play": {"deed play": "guitar, piano, drum, violin, flute, harp, trumpet, saxophone, cello, music, instrument"},
    "pitcher": {"thing jug": "water, pour, milk, juice, beer"},
    "pool": {"thing pond": "water of, rock, tidal", "place led_tunnel": "swim, swimmer, dive, swimming"},
    "press": {"deed press": "button, juice, mold"},
    "race": {"verb accelerate": "car, track, lap, motorcycle", "idea match": "runner, marathon, finish, horse"},
    "ring": {"thing ring": "finger, gold, diamond, wedding, propose, wear, jewelry", "idea sound": "bell, phone"},
    "rock": {
        "thing rock": "a, mountain, beach, river, sea, water, stone, wave, cliff, sand, on, pile",
        "deed swing": "boat, chair, baby, cradle",
    },
    "roll": {"verb drive": "car, truck, camera", "deed roll": "ball, hill, ground, floor, wave, he, she, dog, panda"},
    "root": {"thing root": "tree, plant, soil, ground"},
    "saw": {"thing saw": "wood, cut, carpenter, blade, chain"},
    "scale": {
        "thing scale": "weigh, weight, kitchen",
        "thing scale of the fish": "fish, snake, dragon, reptile, shiny",
    },
    "school": {"thing animal": "fish"},
    "seal": {
        "thing seal animal": "swim, ice, beach, sea, rock, water, fish, flipper",
        "verb close": "envelope, tomb, door, box, letter, entrance",
    },
    "shake": {"deed shake": "hand, head, dog, ground, tree", "move handheld": "camera"},
    "shell": {"thing shell": "beach, sea, turtle, snail, sand"},
    "ship": {"thing ship": "sea, sail, ocean, pirate, captain"},
    "shoot": {"deed aim": "gun, arrow, ball, basket"},
    "shot": {"idea movement": "basketball, ball, player, goal, tennis", "craft": "camera, close, wide, cinematic"},
    "sink": {
        "thing sink": "wash, kitchen, dish, faucet, bathroom, tap, toilet",
        "deed sink": "ship, boat, water, stone, bottom, titanic, sun",
    },
    "slide": {"thing swing": "playground, child, park", "verb drift": "car, truck"},
    "spin": {"move orbit": "camera, shot", "verb turn": "dancer, he, she, skater, top, wheel, ballerina, figure"},
    "spring": {"idea season": "summer, winter, flower, blossom", "deed jump": "lion, cat, tiger"},
    "star": {"thing star": "sky, night, space, galaxy, twinkle, shine"},
    "stick": {"thing branch": "dog, wood, tree, fetch, stir", "deed stick": "glue, tape, wall, poster, together"},
    "stream": {"thing stream": "forest, mountain, rock, flow, valley, water, fish", "deed flow": "tear, light, face"},
    "surface": {"idea measure": "water, of, the, smooth"},
    "sway": {"deed swing": "tree, grass, wind, breeze, flower, branch, palm, curtain"},
    "swallow": {"thing bird": "wing, nest, fly, sky", "deed eat": "food, pill, bite"},
    "swing": {
        "thing swing": "playground, child, park, push, tree",
        "deed swing": "bat, sword, racket, club, monkey, vine",
    },
    "tank": {"thing tank": "army, war, soldier, battle", "thing nest": "fish, water, aquarium"},
    "tap": {"thing faucet": "water, sink, drip, kitchen", "verb touch": "finger, shoulder, screen"},
    "tear": {"thing tear": "eye, cheek, cry, face", "deed break": "paper, cloth, apart, page"},
    "tie": {"thing tie": "suit, neck, wear, shirt, formal", "deed tie": "rope, knot, shoelace, shoe, ribbon"},
    "tilt": {"move tilt": "camera, shot, up, down", "deed bend": "head, glass, bottle"},
    "track": {
        "move track": "camera, shot, dolly, lens, behind, alongside",
        "place led_tunnel": "race, car, train, runner, field, railway, lap, horse, athlete",
    },
    "train": {
        "thing train": "station, rail, railway, track, steam, arrive, bridge, tunnel, passenger, window, speed, "
        "carriage, a, the",
        "deed exercise": "gym, boxer, muscle, coach",
    },
    "trunk": {
        "thing trunk": "tree, oak, forest, bark",
        "thing trunk of the elephant": "elephant, spray",
        "thing windshield": "car, suitcase",
    },
    "turn": {"verb turn": "he, she, head, around, page, face", "deed become": "into, red, green, yellow, blue, brown"},
    "watch": {
        "thing clock": "wrist, wear, gold, pocket, ticking, time",
        "thing wristwatch": "wrist, wear, gold, pocket, tick, luxury",
    },
    "wave": {
        "thing wave": "sea, ocean, beach, surf, shore, water, crash, lap, rock, surfer, sand, coast, boat, tide, foam",
        "verb wave": "hand, goodbye, crowd, flag, hello, arm, friend",
    },
    "wind": {"thing wind": "blow, storm, tree, sea, sand, howl, hair", "deed weave": "road, path, river, clock"},
}
