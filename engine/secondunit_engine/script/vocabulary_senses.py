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
    "bank": {
        "place": "money, robber, vault, cash",
        "thing landform": "river, stream, lake, water",
    },
    "bark": {
        "thing plant": "tree, oak, rough, trunk",
        "deed speech": "dog, puppy, wolf, hound",
    },
    "bat": {
        "thing animal": "cave, wing, vampire, hang, flutter, night, dark",
        "thing toy or sport thing": "ball, baseball, player, swing, hit, cricket, batter, pitcher, game",
    },
    "bear": {
        "thing animal": "brown, polar, cub, forest, teddy, black, panda",
        "deed mind or feeling": "weight, burden",
    },
    "board": {
        "thing material": "wooden, nail, plank, saw",
        "thing toy or sport thing": "surfer, wave, surf",
    },
    "book": {
        "dressing": "read, page, shelf, open, library, desk, old",
    },
    "bow": {
        "thing weapon": "arrow, archer, shoot, quiver, string",
        "verb nod": "audience, stage, king, queen, curtain",
        "thing garment": "tie, neck",
    },
    "calf": {
        "thing animal": "cow, milk, graze, herd, farm",
        "thing part of a body": "leg, muscle, knee, boot",
    },
    "camera": {
        "thing machine": "photographer, photo, hold, tourist, selfie, take, neck, picture",
    },
    "cast": {
        "deed work of hands": "shadow, net, spell, line, light, glow",
    },
    "charge": {
        "verb run": "horse, knight, bull, soldier, army",
    },
    "club": {
        "place": "dance, night, dj, music",
        "thing weapon": "golf, caveman, swing, hit",
    },
    "cold": {
        "quality touch": (
            "steel, bar, stone, metal, water, drink, ice, winter, snow, weather, wind, temperature, air, day, hand"
        ),
    },
    "court": {
        "place": "tennis, ball, basketball, player",
    },
    "crane": {
        "move crane": "shot, camera, up, down, over, jib, lens",
        "thing bird": "bird, wing, lake, feather, nest, marsh, fly, wade, beak",
    },
    "cricket": {
        "idea sport": "bat, ball, player",
        "thing insect": "chirp, grass, night",
    },
    "deck": {
        "thing vehicle": "ship, boat, captain, sail",
        "thing toy or sport thing": "card, shuffle",
        "thing part of a building": "house, yard",
    },
    "drill": {
        "thing tool": "hole, wood, wall, screw",
    },
    "drop": {
        "verb put down": "he, she, man, woman, person, hand, girl, boy",
        "air rain": "water, rain, leaf, slow, drip",
        "deed motion": "temperature",
    },
    "drum": {
        "thing musical instrument": "play, drummer, beat, band",
    },
    "fall": {
        "verb swirl": "dust, mote, ash, petal, light, snow, snowflake, leaf, confetti, rain",
        "deed motion": "he, she, man, woman, person, ground, domino, ball, cliff, apple, tower",
    },
    "fan": {
        "thing people": "cheer, stadium, match, crowd, wave, concert, player",
        "thing machine": "blade, electric, ceiling, air, blow, spin, room, desk",
    },
    "fire": {
        "deed work of hands": "gun, rifle, cannon, shot, bullet",
    },
    "fly": {
        "move fly-through": "camera, drone, shot, fpv, through, over",
        "deed motion": (
            "bird, plane, airplane, butterfly, wing, kite, bee, he, she, superhero, dragon, sky, eagle, duck, "
            "insect, rocket, balloon, helicopter, sparrow, leaf"
        ),
        "thing insect": "buzz, swat, web, spider",
    },
    "follow": {
        "move track": "camera, shot, drone, lens",
        "deed motion": "dog, duckling, boy, girl, path, man, woman",
    },
    "foot": {
        "thing part of a body": "leg, hand, shoe, toe, sand, walk, bare",
        "idea measure": "tall, long, high, wide",
    },
    "frame": {
        "craft frame": "camera, shot, lens, center, enter, fill",
    },
    "glass": {
        "thing kitchen thing": "water, wine, drink, pour, milk, juice, sip, beer, full, fill, straw, ice, liquid",
        "thing material": "made, window, shard, shatter, pane, stained, wall, piece",
    },
    "gold": {
        "thing material": "bar, coin, metal, mine, bit, piece, lump",
    },
    "horn": {
        "thing musical instrument": "play, music, blow, brass",
        "thing part of an animal": "goat, bull, ram, unicorn, deer, antelope",
    },
    "iron": {
        "thing material": "bar, block, rust, molten, piece, red, hot",
        "deed work of hands": "shirt, clothes, dress, board",
    },
    "key": {
        "thing household thing": "door, lock, hold, open, turn, car",
        "quality degree": "moment, role, point",
    },
    "lap": {
        "deed motion": "water, wave, shore, beach",
        "idea measure": "race, runner, track, car",
    },
    "lead": {
        "deed mind or feeling": "path, road, stairs, door, dog, to, he, she",
        "thing material": "pipe, weight",
    },
    "leaf": {
        "thing plant": (
            "tree, autumn, green, fall, wind, branch, forest, plant, rustle, yellow, dry, dead, fallen, gold, "
            "maple, grass"
        ),
    },
    "light": {
        "deed work of hands": "candle, match, cigarette, fire, torch, fuse",
        "quality touch": "feather, weight, carry, easy",
        "craft light": "beam, soft, warm, shine, window, glow, lamp, through, cast",
    },
    "match": {
        "thing tool": "strike, flame, light, burn, candle, cigarette",
        "idea idea": "tennis, football, soccer, team, player, win",
    },
    "mouse": {
        "thing animal": "cat, cheese, hole, tail, squeak",
        "thing machine": "keyboard, click, screen",
    },
    "nail": {
        "thing tool": "hammer, wood, wall",
        "thing part of a body": "polish, finger, paint, manicure",
    },
    "orange": {
        "thing food": "peel, juice, fruit, apple, eat, slice, squeeze, bowl, lemon",
    },
    "orbit": {
        "move orbit": "camera, shot, around, subject",
        "deed motion": "planet, moon, earth, satellite, sun, star, spaceship",
    },
    "pack": {
        "deed work of hands": "bag, suitcase, box, clothes",
        "thing animal": "wolf, dog",
    },
    "palm": {
        "thing plant": "tree, beach, tropical, island, coconut",
        "thing part of a body": "hand, hold, open, sweat",
    },
    "pan": {
        "thing kitchen thing": "cook, fry, egg, stove, oil, butter, pancake, sizzle, kitchen, heat",
        "move pan": "camera, shot, left, right, slowly, across, lens",
    },
    "park": {
        "place": "bench, tree, walk, playground, city",
        "verb park": "car, garage, driver, truck",
    },
    "pen": {
        "thing household thing": "write, paper, ink, hold, pig, sheep",
    },
    "pitcher": {
        "thing kitchen thing": "water, pour, milk, juice, beer",
    },
    "plant": {
        "dressing": "pot, potted, room, window, leaf, green, water, grow",
        "deed work of hands": "seed, garden, farmer, soil, dig, tree",
    },
    "play": {
        "deed work of hands": "guitar, piano, drum, violin, flute, harp, trumpet, saxophone, cello, music, instrument",
    },
    "point": {
        "idea idea": "score, game, team, win, match",
    },
    "pool": {
        "thing body of water": "water of, rock, tidal",
        "place": "swim, swimmer, dive, swimming",
    },
    "press": {
        "deed work of hands": "button, juice, mold",
    },
    "race": {
        "verb accelerate": "car, track, lap, motorcycle",
        "idea idea": "runner, marathon, finish, horse",
    },
    "ring": {
        "thing garment": "finger, gold, diamond, wedding, propose, wear, jewelry",
        "idea sound": "bell, phone",
    },
    "rock": {
        "thing landform": "mountain, beach, river, sea, water, stone, wave, cliff, sand, on, pile",
        "deed motion": "boat, chair, baby, cradle",
    },
    "roll": {
        "verb drive": "car, truck, camera",
        "deed motion": "ball, hill, ground, floor, wave, he, she, dog, panda",
    },
    "root": {
        "thing plant": "tree, plant, soil, ground",
    },
    "saw": {
        "thing tool": "wood, cut, carpenter, blade, chain",
    },
    "scale": {
        "thing tool": "weigh, weight, kitchen",
        "thing part of an animal": "fish, snake, dragon, reptile, shiny",
    },
    "school": {
        "thing animal": "fish",
    },
    "score": {
        "idea idea": "game, team, win, match, player, tie",
        "deed work of hands": "goal, player",
    },
    "seal": {
        "thing sea animal": "swim, ice, beach, sea, rock, water, fish, flipper",
        "verb close": "envelope, tomb, door, box, letter, entrance",
    },
    "shake": {
        "deed motion": "hand, head, dog, ground, tree",
    },
    "shell": {
        "thing household thing": "beach, sea, turtle, snail, sand",
    },
    "ship": {
        "thing vehicle": "sea, sail, ocean, pirate, captain",
    },
    "shoot": {
        "deed work of hands": "gun, arrow, ball, basket",
    },
    "shot": {
        "idea movement": "basketball, ball, player, goal, tennis",
        "craft shot": "camera, close, wide, cinematic",
    },
    "sink": {
        "thing piece of furniture": "wash, kitchen, dish, faucet, bathroom, tap, toilet",
        "deed motion": "ship, boat, water, stone, bottom, titanic, sun",
    },
    "slide": {
        "thing toy or sport thing": "playground, child, park",
        "verb drift": "car, truck",
    },
    "speed": {
        "idea measure": "gain, reach, increase, incredible, lose",
    },
    "spin": {
        "verb turn": "dancer, he, she, skater, top, wheel, ballerina, figure",
    },
    "spring": {
        "thing sky or weather": "summer, winter, flower, blossom",
    },
    "star": {
        "thing sky or weather": "sky, night, space, galaxy, twinkle, shine",
    },
    "stick": {
        "thing plant": "dog, wood, tree, fetch, stir",
        "deed work of hands": "glue, tape, wall, poster, together",
    },
    "stream": {
        "thing body of water": "forest, mountain, rock, flow, valley, water, fish",
        "deed motion": "tear, light, face",
    },
    "string": {
        "thing tool": "kite, tangle, guitar, tie, rope, ball, cat, puppet, balloon",
        "music strings": "orchestra, orchestral, violin, music, score",
    },
    "surface": {
        "idea measure": "water, smooth",
    },
    "swallow": {
        "thing bird": "wing, nest, fly, sky",
        "deed work of hands": "food, pill, bite",
    },
    "sway": {
        "deed motion": "tree, grass, wind, breeze, flower, branch, palm, curtain",
    },
    "swing": {
        "thing toy or sport thing": "playground, child, park, push, tree",
        "deed motion": "bat, sword, racket, club, monkey, vine",
    },
    "tank": {
        "thing vehicle": "army, war, soldier, battle",
    },
    "tap": {
        "thing piece of furniture": "water, sink, drip, kitchen",
        "verb touch": "finger, shoulder, screen",
    },
    "tear": {
        "thing part of a body": "eye, cheek, cry, face",
        "deed work of hands": "paper, cloth, apart, page",
    },
    "tie": {
        "thing garment": "suit, neck, wear, shirt, formal",
        "deed work of hands": "rope, knot, shoelace, shoe, ribbon",
    },
    "tilt": {
        "move tilt": "camera, shot, up, down",
        "deed motion": "head, glass, bottle",
    },
    "top": {
        "thing toy or sport thing": "spin, toy",
    },
    "track": {
        "move track": "camera, shot, dolly, lens, behind, alongside",
        "place": "race, car, train, runner, field, railway, lap, horse, athlete",
    },
    "train": {
        "thing vehicle": (
            "station, rail, railway, track, steam, arrive, bridge, tunnel, passenger, window, speed, carriage"
        ),
        "deed work of hands": "gym, boxer, muscle, coach",
    },
    "trunk": {
        "thing plant": "tree, oak, forest, bark",
        "thing vehicle": "car, suitcase",
        "thing part of an animal": "elephant, spray",
    },
    "turn": {
        "verb turn": "he, she, head, around, page, face",
    },
    "watch": {
        "thing machine": "wrist, wear, gold, pocket, ticking, time",
    },
    "wave": {
        "thing body of water": (
            "sea, ocean, beach, surf, shore, water, crash, lap, rock, surfer, sand, coast, boat, tide, foam"
        ),
        "verb wave": "hand, goodbye, crowd, flag, hello, arm, friend",
    },
    "wind": {
        "thing sky or weather": "blow, storm, tree, sea, sand, howl, hair",
        "deed motion": "road, path, river, clock",
    },
}
