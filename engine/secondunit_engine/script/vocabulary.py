"""The words we know, as data: phrase by phrase what each means for a shot.

A table maps a value to the phrases that say it, parted by commas. Phrases are in dictionary form, lower case,
hyphens as spaces; `words.base_forms` folds inflections. The longest phrase wins.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from secondunit_engine.script.brief import Status

Facet = Literal[
    "place", "time", "weather", "size", "angle", "lens", "stop", "move", "pace", "slow", "key", "warmth", "exposure",
    "light", "mood", "person", "age", "gender", "hair", "build", "wardrobe", "prop", "air", "verb", "toward", "color",
    "count", "music", "seconds", "wear", "craft", "grammar", "absent", "degree", "speech", "dressing",
    "unknown", "change", "years",
]  # fmt: skip


@dataclass(frozen=True)
class Sense:
    """What a phrase means: a facet of the shot and its value; `meaning` is the sentence shown to the user."""

    facet: Facet
    value: str
    meaning: str
    status: Status = Status.BOUND
    alternatives: tuple[str, ...] = ()


# The sets that can be built now, with the name a user reads.
SETS: dict[str, str] = {
    "led_tunnel": "LED tunnel",
    "library": "ancient library",
    "bedroom_studio": "bedroom studio",
}

PLACES: dict[str, str] = {
    "led_tunnel": "led tunnel, led lit tunnel, neon tunnel, light tunnel, tunnel, road tunnel, underpass",
    "library": "library, ancient library, old library, reading room, archive, scriptorium, stacks, bookcase",
    "bedroom_studio": "bedroom studio, bedroom, vlog studio, streaming room, home studio, creator studio, "
    "host's bedroom studio, hosts bedroom studio, studio",
}

# Places that are not built: the nearest set stands in, and the ledger says so.
NEAREST_SETS: dict[str, str] = {
    "led_tunnel": "arena, stadium, stage, street, road, highway, freeway, motorway, city, downtown, alley, bridge, "
    "garage, parking garage, parking lot, car park, racetrack, track, subway, metro, station, train station, "
    "airport, "
    "hangar, warehouse, factory, corridor, hallway, spaceship, spacecraft, starship, space station, club, nightclub, "
    "desert, beach, ocean, sea, lake, river, field, meadow, park, town, village, harbor, harbour, dock, pier, "
    "rooftop, bunker, laboratory, lab, parking, interior of a car, cockpit, sniper scope",
    "library": "temple, church, cathedral, chapel, monastery, castle, palace, throne room, museum, crypt, tomb, "
    "cave, "
    "dungeon, ruin, hall, great hall, school, classroom, university, courtroom, theatre, theater, forest, jungle, "
    "mountain, garden, tower, vault, bookshop, bookstore, manor, mansion, tavern, inn, pyramid, sanctuary",
    "bedroom_studio": "room, kitchen, living room, office, apartment, flat, house, home, hotel, hotel room, "
    "hospital, "
    "bar, restaurant, cafe, coffee shop, diner, shop, store, gym, bathroom, attic, basement, dorm, loft, newsroom, "
    "workshop, gallery, salon",
}

TIMES: dict[str, str] = {
    "day": "day, daytime, daylight, noon, midday, afternoon, sunlit, sunny",
    "continuous": "continuous, same, later, moments later, same time, continuing",
    "morning": "morning, early morning",
    "dawn": "dawn, sunrise, daybreak, first light",
    "dusk": "dusk, sunset, twilight, evening, blue hour, magic hour, golden hour",
    "night": "night, nighttime, at night, night time, after dark, moonlit, moonlight",
    "midnight": "midnight, dead of night",
}

WEATHERS: dict[str, str] = {
    "rain": "rain, rainy, raining, downpour, drizzle, rainstorm, storm, stormy, thunderstorm, rainfall, wet, soaked, "
    "raindrop, in the rain",
    "haze": "fog, foggy, mist, misty, haze, hazy, smoke, smoky, steam",
    "dust": "dust, dusty",
    "clear": "clear, dry, clear sky",
}
UNBUILT_WEATHERS = "snow, snowy, snowfall, blizzard, hail, wind, windy, lightning, sandstorm, tornado, cloudy, "
"overcast"

SIZES: dict[str, str] = {
    "ECU": "extreme close up, extreme closeup, ecu, macro, macro shot, extreme close",
    "CU": "close up, closeup, cu, close shot, close on, closer on, headshot, portrait, insert, detail, insert shot, "
    "close up shot, angle on",
    "MCU": "medium close up, medium closeup, mcu, head and shoulders, chest up",
    "MS": "medium shot, mid shot, ms, waist up, waist shot, medium, two shot, over the shoulder, over shoulder, ots",
    "MFS": "medium full shot, medium full, mfs, cowboy shot, american shot, three quarter shot, knee up",
    "FS": "full shot, fs, full body, full length, full body shot, head to toe, long shot",
    "WS": "wide shot, ws, wide, wide angle shot, master, master shot, establishing shot, establishing, full view",
    "EWS": "extreme wide shot, ews, extreme wide, very wide, extreme long shot, vista, panorama, panoramic, "
    "aerial shot, "
    "aerial, aerial view",
}

ANGLES: dict[str, str] = {
    "low": "low angle, low angle shot, from below, worm's eye, worms eye view, worm's eye view, low, looking up, "
    "hero angle, ground level",
    "high": "high angle, high angle shot, from above, looking down, high",
    "dutch": "dutch angle, dutch, dutch tilt, canted, canted angle, oblique angle",
    "overhead": "overhead, overhead shot, bird's eye, birds eye view, bird's eye view, top down, top shot, god's eye",
    "eye": "eye level, eye level shot, straight on, pov, point of view, first person",
}

# Lenses by name [mm]; "85mm" is read as a number.
LENSES: dict[str, str] = {
    "18": "ultra wide lens, ultra wide, fisheye, fish eye",
    "24": "wide lens, wide angle, wide angle lens",
    "50": "normal lens, standard lens",
    "85": "portrait lens, long lens, short telephoto",
    "135": "telephoto, telephoto lens, tele lens, compressed",
}
STOPS: dict[str, str] = {
    "1.4": "very shallow focus, razor thin focus",
    "2": "shallow focus, shallow depth of field, bokeh, blurred background, soft background, narrow depth of field",
    "8": "deep focus, deep depth of field, everything in focus, everything sharp",
}

MOVES: dict[str, str] = {
    "push in": "push in, pushes in, dolly in, track in, zoom in, creep in, move in, camera approach, "
    "dolly forward, push toward, camera push, push shot",
    "pull out": "pull out, pull back, dolly out, dolly back, zoom out, track out, move out, widen out, reveal",
    "track": "tracking shot, tracking, track, follow shot, follow, dolly shot, dolly, trucking, truck left, "
    "truck right, steadicam, "
    "moving with, chase shot, side tracking",
    "pan": "pan, panning, pan left, pan right, whip pan, swish pan",
    "tilt": "tilt, tilt up, tilt down",
    "crane": "crane, crane shot, crane up, crane down, jib, boom up, boom down, pedestal up, pedestal down, rise over",
    "orbit": "orbit, orbiting, arc shot, circle around, circling, camera circle, 360, 360 degree, arc around",
    "handheld": "handheld, hand held, shaky, shaky cam, documentary style, vlog style, run and gun, selfie",
    "fly-through": "fly through, flythrough, fly over, flyover, drone, drone shot, fpv, fpv drone, fly",
    "static": "static, static shot, locked off, locked down, tripod, still camera, fixed camera, lock off",
}

PACES: dict[str, str] = {
    "0.5": "slow, slowly, gently, gentle, gradual, gradually, softly, smooth, smoothly, leisurely, slower, calmly",
    "1.6": "fast, quick, quickly, rapid, rapidly, swift, swiftly, faster, speedy, high speed, sudden, suddenly, hyper",
}
SLOW_MOTION: dict[str, str] = {
    "0.25": "slow motion, slow mo, slomo, slowmo, high frame rate, time slows, in slow motion",
    "0.1": "bullet time, ultra slow motion, super slow motion, frozen in time, freeze",
}

KEYS: dict[str, str] = {
    "low": "low key, dark, dim, dimly lit, shadow, shadowy, chiaroscuro, noir, silhouette, dramatic lighting, gloom, "
    "underlit, darker, darkness",
    "high": "high key, bright, brightly lit, airy, well lit, brighter, evenly lit, flat light, vivid",
    "neutral": "natural light, soft light, neutral light, ambient light, diffuse light, soft lighting, "
    "natural lighting",
}
WARMTHS: dict[str, str] = {
    "900": "warm, warmer, warm light, warm tone, tungsten, candlelit, candlelight, firelight, golden, amber, "
    "golden light",
    "-900": "cold, cool, cooler, colder, icy, cool light, cold light, blue light, bluish",
}
# What the sets already carry as lights: bound to their practicals.
LIGHTS: dict[str, str] = {
    "neon practicals": "neon practical light, neon practical, neon light, neon, neon sign, practical light, "
    "practical, "
    "neon glow, rgb light, led light, led strip, led, ring light, fairy light, string light",
    "light shafts": "volumetric light shaft, light shaft, volumetric light, volumetric, god ray, sunbeam, sun shaft, "
    "shaft of light, light beam, ray of light, sunlight, beam, shaft, sun ray, volumetric lighting",
    "headlights": "headlight, headlamp, high beam",
    "candles": "candle, torch, lantern, lamp, chandelier",
    "backlight": "backlight, backlit, rim light, rim lit, lens flare, glow, glowing",
}

MOODS: dict[str, str] = {
    "upbeat": "upbeat, cheerful, happy, joyful, energetic, fun, playful, bubbly, excited, enthusiastic, joy, "
    "smiling, "
    "cheery, lively, hyped",
    "tense": "tense, tension, suspense, suspenseful, ominous, thriller, menacing, anxious, nervous, dangerous, gritty",
    "sad": "sad, melancholy, melancholic, lonely, sorrow, grief, mournful, tearful, somber, sombre",
    "angry": "angry, furious, rage, aggressive, fierce, mad",
    "fearful": "afraid, scared, fearful, terrified, horror, scary, creepy, eerie, frightened, spooky, haunted",
    "awe": "awe, wonder, mysterious, mystical, magical, magic, epic, majestic, mystery, enchanted, dreamy, ethereal, "
    "fantasy, surreal, mystic",
    "calm": "calm, peaceful, serene, quiet, tranquil, relaxed, cozy, cosy, intimate, thoughtful, pensive",
    "determined": "determined, heroic, confident, proud, brave, powerful, intense, serious, resolute, sleek",
    "romantic": "romantic, love, tender, loving, nostalgic",
}

# People, by role: the phrase, then age in years, gender 0 male to 1 female (blank: not said), wardrobe.
PEOPLE: dict[str, tuple[float | None, float | None, str]] = {
    "protagonist": (None, None, ""), "hero": (None, None, ""), "heroine": (None, 1.0, ""),
    "host": (24, None, "hoodie"), "vlogger": (24, None, "hoodie"), "influencer": (24, None, "hoodie"),
    "streamer": (23, None, "hoodie"), "youtuber": (24, None, "hoodie"), "presenter": (30, None, "t-shirt"),
    "creator": (24, None, "hoodie"), "gamer": (22, None, "hoodie"), "player": (22, None, "t-shirt"),
    "man": (35, 0.0, ""), "woman": (32, 1.0, ""), "boy": (12, 0.0, ""), "girl": (12, 1.0, ""), "guy": (30, 0.0, ""),
    "lady": (40, 1.0, ""), "gentleman": (50, 0.0, ""), "person": (None, None, ""), "figure": (None, None, "robe"),
    "character": (None, None, ""), "someone": (None, None, ""), "child": (9, None, ""), "kid": (9, None, ""),
    "teenager": (16, None, ""), "teen": (16, None, ""), "stranger": (None, None, ""), "actor": (None, 0.0, ""),
    "actress": (None, 1.0, ""), "mother": (40, 1.0, ""), "father": (42, 0.0, ""), "sister": (25, 1.0, ""),
    "brother": (25, 0.0, ""), "king": (55, 0.0, "robe"), "queen": (45, 1.0, "robe"), "prince": (22, 0.0, "robe"),
    "princess": (20, 1.0, "robe"), "wizard": (65, 0.0, "robe"), "witch": (50, 1.0, "robe"), "mage": (50, None, "robe"),
    "sorcerer": (50, 0.0, "robe"), "sorceress": (35, 1.0, "robe"), "monk": (45, 0.0, "robe"), "nun": (45, 1.0, "robe"),
    "priest": (50, 0.0, "robe"), "priestess": (35, 1.0, "robe"), "scholar": (45, None, "robe"),
    "librarian": (48, None, "robe"), "archaeologist": (36, None, ""), "explorer": (35, None, ""),
    "adventurer": (30, None, ""), "detective": (42, None, ""), "driver": (32, None, ""), "racer": (28, None, ""),
    "pilot": (34, None, ""), "student": (20, None, "hoodie"), "teacher": (40, None, ""), "singer": (27, None, ""),
    "dancer": (25, None, "t-shirt"), "musician": (29, None, "t-shirt"), "artist": (30, None, ""),
    "model": (24, None, ""), "worker": (36, None, ""), "scientist": (44, None, ""), "doctor": (44, None, ""),
    "chef": (38, None, ""), "reporter": (33, None, ""), "athlete": (25, None, "t-shirt"), "knight": (30, None, "robe"),
    "thief": (27, None, "hoodie"), "hacker": (24, None, "hoodie"), "spy": (34, None, ""), "agent": (35, None, ""),
    "soldier": (28, None, ""), "guard": (35, None, ""), "cop": (38, None, ""), "officer": (38, None, ""),
    "ceo": (50, None, ""), "elder": (75, None, "robe"), "grandmother": (70, 1.0, ""), "grandfather": (72, 0.0, ""),
    "baby": (1, None, ""), "couple": (30, None, ""), "friend": (25, None, ""),
}  # fmt: skip
UNBUILT_PEOPLE = "crowd, audience, spectator, team, group, army, fan, band, family, passenger, pedestrian"

AGES: dict[str, str] = {
    "9": "child, childlike",
    "16": "teenage, teen aged, adolescent, teen",
    "24": "young, youthful, twenty something",
    "42": "middle aged, mature",
    "72": "elderly, old, aged, ancient looking, senior",
}
GENDERS: dict[str, str] = {
    "0": "male, he, him, his, himself, masculine",
    "1": "female, she, her, hers, herself, feminine",
}
HAIRS: dict[str, str] = {
    "long dark": "long hair, long haired, long dark hair, long black hair, long brown hair, ponytail, braid",
    "long blond": "long blond hair, long blonde hair",
    "short dark": "short hair, short haired, short dark hair, dark hair, black hair, brown hair, dark haired, brunette",
    "short blond": "blond hair, blonde hair, blond, blonde, fair hair, short blond hair",
    "short red": "red hair, redhead, red haired, ginger, auburn hair",
    "short grey": "grey hair, gray hair, white hair, silver hair, grey haired, gray haired",
    "bald": "bald, shaved head, bald head",
}
BUILDS: dict[str, str] = {
    "0.2": "thin, slim, skinny, slender, lean, petite",
    "0.8": "muscular, burly, strong, stocky, broad, large man, overweight",
}
WARDROBES: dict[str, str] = {
    "robe": "robe, robed, cloak, cloaked, hooded robe, cape, gown, tunic, kimono",
    "hoodie": "hoodie, hoody, sweatshirt",
    "jumper": "jumper, sweater, pullover, cardigan, turtleneck",
    "t-shirt": "t shirt, tshirt, tee, shirt, jersey",
}
UNBUILT_WARDROBES: dict[str, str] = {
    "hoodie": "jacket, leather jacket, coat, trench coat, raincoat, parka, blazer, streetwear",
    "t-shirt": "suit, tuxedo, uniform, blouse, vest, tank top, armor, armour, costume, outfit",
    "robe": "dress, wedding dress, toga, poncho",
}

PROPS: dict[str, str] = {
    "Car": "car, coupe, sports car, sportscar, sedan, supercar, automobile, vehicle, race car, hypercar, roadster, "
    "electric car, muscle car",
    "Door": "door, oak door, heavy door, heavy oak door, wooden door",
    "Relic": "relic, artifact, artefact, ancient relic, bronze box, casket, reliquary",
}
NEAREST_PROPS: dict[str, str] = {
    "Car": "truck, 18 wheeler, lorry, van, bus, motorcycle, motorbike, bike, taxi, cab, suv, jeep, pickup, "
    "limousine, "
    "ambulance, police car, tank, hovercar",
    "Relic": "chest, treasure chest, box, treasure, orb, crystal, amulet, talisman, scroll, tome, grimoire, "
    "spellbook, "
    "idol, chalice, urn, jewel, gem, casket, jar, music box",
}
# Things the sets hold: bound because they are in the picture without being asked for twice.
DRESSING: dict[str, str] = {
    "library": "book, shelf, bookshelf, pedestal, column, arch, window, ladder, desk, stone, stone pedestal, "
    "manuscript",
    "led_tunnel": "led, puddle, asphalt, lane, wheel, tyre, tire, hood, wall, reflection, spray, taillight",
    "bedroom_studio": "bed, microphone, mic, plant, monitor, poster, chair, shelf, keyboard, computer, guitar, "
    "screen, pillow, blanket",
}

# Known words for things that are not drawn yet.
UNBUILT = (
    "hologram, holographic hud, hud, holographic, highlight reel, scoreboard, confetti, firework, laser, "
    "drone light, "
    "dragon, dog, cat, horse, bird, wolf, lion, robot, android, alien, zombie, monster, ghost, creature, butterfly, "
    "gun, revolver, sword, knife, rifle, pistol, bomb, shield, bow, arrow, weapon, crosshairs, explosion, fire, "
    "flame, "
    "water, wave, tree, flower, grass, leaf, cloud, sky, sun, moon, star, planet, galaxy, phone, camera phone, "
    "laptop, "
    "tv, television, table, lamp post, building, skyscraper, boat, ship, plane, airplane, helicopter, train, rocket, "
    "food, coffee, cup, glass, bottle, cake, pizza, ball, basketball, football, trophy, logo, title, text, "
    "piano, drum, "
    "violin, umbrella, bag, suitcase, money, coin, key, letter, map, newspaper, painting, statue, mirror, "
    "clock, watch, "
    "ring, necklace, crown, rope, chain, bridge, fence, gate, snowflake, bubble, balloon, toy, doll, bear, fish, "
    "leather satchel, satchel, backpack, boot, muddy boot, shoe, glove, scarf, mask, sneaker, headset, headphones, "
    "helmet, hat, glasses, sunglasses, jeans, trousers, skirt, elephant, monkey, spider, snake, rabbit, mouse, "
    "cow, sheep, pig, chicken, seam, fist, hand, face, eye, lip, "
    "finger, head, corner, time lapse, timelapse, hair, arm, leg, shoulder, tear, blood, sweat, smile, scope"
)

AIRS: dict[str, str] = {
    "dust": "dust mote, mote, dust particle, floating dust, particle, speck",
    "rain": "droplet, water droplet, raindrop, rain drop, drop, water drop, splash",
    "spray": "spray, tyre spray, water spray, mist spray, spume",
    "sparks": "spark, ember",
}

# Verbs, by what the actor can be asked to do; the first phrase names the action.
VERBS: dict[str, str] = {
    "accelerate": "accelerate, speed up, speed, race, zoom past, rocket, charge, burst forward, surge, roar",
    "drive": "drive, cruise, roll, glide, approach, come, arrive, head, move forward, travel, ride",
    "brake": "brake, stop, halt, slow down, screech, skid",
    "park": "park, idle",
    "drift": "drift, swerve, turn the corner, slide",
    "open": "open, unlock, unseal, uncover, unfold, unwrap",
    "lift": "lift, raise, pick up, pick, hold up, take, grab, grasp, hoist, hold, carry",
    "put down": "put down, place, lower, set down, drop, lay",
    "close": "close, shut, seal",
    "touch": "touch, caress, brush, stroke, feel, press, reach for, reach",
    "talk": "talk, speak, say, tell, chat, present, narrate, explain, greet, announce, whisper, shout, vlog, "
    "ask, sing, "
    "address, host a show, commentate, scream, yell, murmur",
    "walk": "walk, cross, step, stroll, stride, enter, wander, pace, march, go, exit, leave, walk toward, come in",
    "run": "run, sprint, dash, rush, flee, jog, chase",
    "stand": "stand, wait, pose, stay, remain, rise, linger, stand still, freeze",
    "sit": "sit, sit down, perch, kneel, crouch, lie",
    "turn": "turn, spin, rotate, whirl, twirl, turn around, face",
    "look": "look, gaze, stare, watch, glance, see, peer, observe, notice, look at, study, examine, inspect, "
    "read, find",
    "smile": "smile, grin, laugh, beam at, giggle",
    "frown": "frown, scowl, grimace, cry, weep, sob",
    "nod": "nod, agree, bow",
    "wave": "wave, gesture, point, salute, beckon, clap",
    "dance": "dance, groove, sway, jump, bounce, celebrate, cheer",
    "push": "push, pull, shove, heave",
    "breathe": "breathe, sigh, exhale, inhale",
    "hang": "hang, hang in the air, hover, suspend",
    "swirl": "swirl, drift in the air, float, whirl up, dance in the light, rake, "
    "fall, pour, fly up, billow, settle, shimmer, sparkle, shine, glint, flicker, gleam, leak",
}
UNBUILT_VERBS = (
    "explode, fight, shoot, punch, kick, swim, climb, fly away, eat, drink, cook, write, draw, paint, play, throw, "
    "catch, crash, collide, transform, morph, melt, burn, break, shatter, vanish, disappear, appear, teleport, kiss, "
    "hug, sleep, wake, die, dig, build, cut, wash, clean, type, hug, shake, kill, stab, hide, fire, attack, defend, "
    "ski, surf, skate, score, win, lose, strum, light go out, go out"
)

TOWARD: dict[str, str] = {
    "lens": "toward lens, toward the lens, towards lens, towards the lens, to camera, to the camera, toward camera, "
    "toward the camera, towards the camera, towards camera, into the lens, at the lens, at camera, at the camera, "
    "into camera, into the camera, to the lens, to lens, past camera, past the camera, lens, camera, viewer, "
    "audience "
    "directly, directly at us",
    "away": "away from camera, away from the camera, away, into the distance, from behind",
}

COLORS = (
    "red, blue, green, yellow, orange, purple, pink, white, black, grey, gray, silver, gold, teal, cyan, magenta, "
    "brown, turquoise, violet, bronze, crimson, matte black, chrome, beige"
)
MUSICS: dict[str, str] = {
    "bass drops": "bass drop, sync to bass drop, beat drop, drop the bass",
    "beat sync": "sync, beat sync, to the beat, on the beat, in sync, synchronized, synchronised",
    "bass": "bass, sub bass, electronic, techno, dubstep, edm, house music",
    "music": "music, soundtrack, score, song, melody, beat",
    "strings": "orchestral, orchestra, string, choir, violin music, symphonic",
    "lo-fi": "lo fi, lofi, chill music, hip hop",
    "silence": "silence, silent, no music, without music",
}
WEARS: dict[str, str] = {
    "0.8": "ancient, weathered, worn, dilapidated, ruined, abandoned, decayed, aged, crumbling, rusty, dirty, grimy",
    "0.1": "pristine, brand new, futuristic, spotless, modern, sterile, luxury, polished, high tech",
}
COUNTS: dict[str, str] = {
    "1": "one, single, a lone, lone, solo, alone",
    "2": "two, pair of, a couple of",
    "3": "three",
    "many": "four, five, six, seven, eight, nine, ten, dozen, hundred, thousand, many, several, few",
}
# Words about the picture as a whole that any of our shots answers.
CRAFT = (
    "cinematic, realistic, photorealistic, photoreal, photo realistic, film, film look, movie, shot, scene, 4k, "
    "8k, uhd, "
    "hd, high quality, high resolution, detailed, highly detailed, ultra detailed, hdr, ray traced, path traced, "
    "depth of field, 35 mm film, 16 mm film, 70 mm film, anamorphic, professional, masterpiece, render, vfx, "
    "video, clip, footage, view, "
    "frame, "
    "composition, background, foreground, teaser, trailer, commercial, vlog, reveal shot, style, beautiful, "
    "stunning, "
    "gorgeous, amazing, visual effect, filmed, captured, sequence, moment, opening shot, insert of, angle, take, "
    "light, lighting, lit, air, space, atmosphere, atmospheric, mood"
)
DEGREES: dict[str, str] = {
    "1": "more, heavy, a little more, stronger, heavier, bigger, much, very, extremely, harder, really",
    "-1": "less, lighter, weaker, fewer, softer, not so, a bit, slightly, a little, smaller, somewhat",
}
ABSENT: dict[str, str] = {
    "no": "no, without, not, doesn't, don't, isn't, never, none, nobody, lose the, remove, cut the, kill the, empty",
}
GRAMMAR = (
    "int, ext, interior, exterior, "
    "a, an, the, and, or, of, in, on, at, to, with, by, from, for, as, is, are, was, be, it, its, that, this, these, "
    "those, while, then, into, onto, over, under, through, across, behind, between, around, up, down, out, off, "
    "there, "
    "their, they, them, who, which, where, when, but, so, if, along, against, near, beside, above, below, before, "
    "after, during, until, toward, towards, about, inside, outside, front, back, left, right, just, only, both, "
    "each, all, some, any, other, another, own, has, have, had, will, can, does, do, let, let's, make, made, "
    "get, my, "
    "your, our, we, i, you, me, us, upon, within, past, like, than, too, also, still, again, one thing, same, here, "
    "being, been, am, were, every, such, what, how, very much, what's, it's, size, s, please"
)


def phrases(listing: str) -> tuple[str, ...]:
    """The phrases of one comma-separated listing."""
    return tuple(phrase.strip() for phrase in listing.split(",") if phrase.strip())


# What a director's note may ask of a shot that is there already.
CHANGES: dict[str, str] = {
    "tighter": "tighter, closer, go closer, move closer, get closer, go in closer, tighten, tighten up, too wide, "
    "punch in",
    "wider": "wider, looser, go wider, loosen, loosen up, step back, too tight, too close, further away, more room",
    "warmer": "warmer, warm it up, warm up, more orange, too cold, too blue, warm, golden",
    "cooler": "cooler, colder, cool it down, bluer, more blue, too warm, too orange, cool, cold",
    "brighter": "brighter, brighten, lighten, more light, too dark, open up, lift the exposure, stop up, bright",
    "darker": "darker, darken, dim, dimmer, less light, too bright, stop down, moodier, dark",
    "slower": "slower, slow, slowly, slow down, slow it down, too fast, gentler, more slowly, less speed",
    "faster": "faster, fast, quicker, quickly, speed up, speed it up, too slow, more speed",
    "longer": "longer, hold longer, hold, linger, let it breathe, extend, too short, stay longer, give it time, "
    "hold on",
    "shorter": "shorter, trim, tighten the end, too long, cut earlier, cut sooner, end sooner",
    "lower": "lower, lower the camera, go lower, camera lower, from lower",
    "higher": "higher, raise the camera, go higher, camera higher, from higher",
    "longer lens": "longer lens, tighter lens, more compressed",
    "wider lens": "wider lens, shorter lens",
    "shallower": "shallower, shallower focus, softer background, more bokeh, shallower depth of field",
    "deeper": "deeper focus, deeper depth of field, sharper background, more depth of field",
    "calmer": "calmer, less energy, more subtle, subtler, less movement, steadier, softer performance, more restrained",
    "livelier": "livelier, more energy, more energetic, bigger performance, more intense, more movement, wilder",
    "steady": "steady, steadier camera, no shake, less shake, less handheld, keep it still, still, lock it off",
}
