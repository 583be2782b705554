"""The words we know, as data: what the sets, the cast and the props can show, and what a note can change.

A table maps a value to the phrases that say it, parted by commas. Phrases are in dictionary form, lower case,
hyphens as spaces; `words.forms_of` folds inflections. The longest phrase wins, and of several senses the one its
context asks for (`context.py`). Film language is in `vocabulary_film`, joining words in `vocabulary_grammar`, and what
is known but not drawn in `vocabulary_nature`, `_objects`, `_body`, `_ideas`, `_qualities` and `_deeds`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from secondunit_engine.script.brief import Status

# "thing" is known and not drawn; "idea" cannot be drawn; "deed" is an action nobody performs yet; "quality" and
# "manner" say how something is or is done and change nothing yet.
Facet = Literal[
    "place", "time", "weather", "size", "setup", "angle", "lens", "stop", "focus", "move", "pace", "slow", "key",
    "glass", "stock", "warmth", "exposure", "light", "mood", "person", "age", "gender", "hair", "build", "wardrobe",
    "prop", "air", "verb", "toward", "color", "count", "music", "seconds", "wear", "craft", "grammar", "absent",
    "degree", "speech", "dressing", "thing", "idea", "deed", "quality", "manner", "unknown", "change", "years", "era",
    "season", "sensor", "wet lens",
]  # fmt: skip


@dataclass(frozen=True)
class Sense:
    """What a phrase means: a facet of the shot and its value; `meaning` is the sentence shown to the user, `kind` the
    family the value belongs to ("animal"), where it has one."""

    facet: Facet
    value: str
    meaning: str
    status: Status = Status.BOUND
    alternatives: tuple[str, ...] = ()
    kind: str = ""


@cache
def phrases(listing: str) -> tuple[str, ...]:
    """The phrases of one comma-separated listing."""
    return tuple(phrase.strip() for phrase in listing.split(",") if phrase.strip())


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
    "astronaut": (38, None, ""), "cosmonaut": (38, None, ""), "spaceman": (38, 0.0, ""), "captain": (45, None, ""),
    "warrior": (30, None, "robe"), "samurai": (35, 0.0, "robe"), "ninja": (28, None, "robe"),
    "pirate": (38, None, ""), "raider": (32, None, ""), "cowboy": (35, 0.0, ""), "firefighter": (33, None, ""),
    "policeman": (38, 0.0, ""), "police officer": (38, None, ""), "nurse": (34, None, ""), "patient": (45, None, ""),
    "farmer": (50, None, ""), "painter": (40, None, ""), "photographer": (34, None, ""), "cyclist": (30, None, ""),
    "biker": (38, None, ""), "rider": (30, None, ""), "swimmer": (24, None, ""), "runner": (27, None, "t-shirt"),
    "jogger": (32, None, "t-shirt"), "climber": (30, None, ""), "skier": (28, None, ""), "surfer": (26, None, ""),
    "skater": (22, None, "hoodie"), "skateboarder": (20, None, "hoodie"), "snowboarder": (24, None, ""),
    "boxer": (27, None, ""), "wrestler": (28, None, ""), "dj": (29, None, "hoodie"), "clown": (35, None, ""),
    "magician": (45, None, "robe"), "bartender": (32, None, ""), "barista": (26, None, "t-shirt"),
    "waiter": (28, 0.0, ""), "waitress": (28, 1.0, ""), "baker": (42, None, ""), "butcher": (48, None, ""),
    "carpenter": (45, None, ""), "potter": (42, None, ""), "blacksmith": (45, 0.0, ""), "mechanic": (36, None, ""),
    "engineer": (38, None, ""), "gardener": (50, None, ""), "fisherman": (55, 0.0, ""), "sailor": (35, None, ""),
    "hiker": (32, None, ""), "gymnast": (19, None, ""), "ballerina": (22, 1.0, ""), "bride": (28, 1.0, "robe"),
    "groom": (30, 0.0, ""), "wife": (35, 1.0, ""), "husband": (37, 0.0, ""), "son": (14, 0.0, ""),
    "daughter": (14, 1.0, ""), "mom": (40, 1.0, ""), "dad": (42, 0.0, ""), "grandma": (70, 1.0, ""),
    "grandpa": (72, 0.0, ""), "aunt": (48, 1.0, ""), "uncle": (50, 0.0, ""), "stepmother": (45, 1.0, ""),
    "stepsister": (22, 1.0, ""), "godmother": (55, 1.0, ""), "twin": (25, None, ""), "senior": (72, None, ""),
    "toddler": (2, None, ""), "infant": (1, None, ""), "youngster": (14, None, ""), "adult": (35, None, ""),
    "businessman": (42, 0.0, ""), "businesswoman": (40, 1.0, ""), "lawyer": (44, None, ""), "judge": (60, None, "robe"),
    "politician": (55, None, ""), "president": (58, None, ""), "mayor": (55, None, ""), "writer": (42, None, ""),
    "author": (45, None, ""), "poet": (40, None, ""), "philosopher": (60, None, "robe"), "emperor": (55, 0.0, "robe"),
    "empress": (45, 1.0, "robe"), "lord": (50, 0.0, "robe"), "duke": (50, 0.0, "robe"), "noble": (40, None, "robe"),
    "guardian": (45, None, "robe"), "hunter": (38, None, ""), "archer": (30, None, "robe"), "villain": (42, None, ""),
    "leader": (45, None, ""), "boss": (48, None, ""), "manager": (42, None, ""), "employee": (32, None, ""),
    "clerk": (32, None, ""), "cashier": (27, None, ""), "salesman": (36, 0.0, ""), "mailman": (42, 0.0, ""),
    "construction worker": (38, None, ""), "miner": (40, None, ""), "plumber": (42, None, ""),
    "electrician": (38, None, ""), "astronomer": (50, None, ""), "chemist": (42, None, ""),
    "researcher": (40, None, ""), "professor": (55, None, ""), "inventor": (50, None, ""),
    "clockmaker": (65, None, ""), "shopkeeper": (50, None, ""), "merchant": (45, None, "robe"),
    "guitarist": (29, None, "t-shirt"), "pianist": (35, None, ""), "violinist": (30, None, ""),
    "drummer": (30, None, "t-shirt"), "conductor": (55, None, ""), "rapper": (26, None, "hoodie"),
    "goalkeeper": (26, None, "t-shirt"), "referee": (38, None, ""), "coach": (45, None, "t-shirt"),
    "batter": (26, None, "t-shirt"), "quarterback": (26, 0.0, "t-shirt"), 
    "cheerleader": (20, 1.0, ""), "acrobat": (26, None, ""), "performer": (28, None, ""), "narrator": (40, None, ""),
    "traveler": (34, None, ""), "traveller": (34, None, ""), "tourist": (36, None, ""), "pedestrian": (35, None, ""),
    "villager": (45, None, "robe"), "peasant": (40, None, "robe"), "slave": (30, None, ""), "refugee": (34, None, ""),
    "prisoner": (38, None, ""), "criminal": (36, None, ""), "burglar": (30, None, "hoodie"),
    "survivor": (33, None, ""), "mentor": (60, None, "robe"), "apprentice": (18, None, "robe"),
    "companion": (30, None, ""), "partner": (30, None, ""), "buddy": (25, None, ""), "lover": (28, None, ""),
    "human": (None, None, ""), "individual": (None, None, ""), "male": (35, 0.0, ""), "female": (32, 1.0, ""),
    "somebody": (None, None, ""), "schoolgirl": (12, 1.0, ""), "schoolboy": (12, 0.0, ""), "skydiver": (30, None, ""),
    "diver": (30, None, ""), "scuba diver": (30, None, ""), "seamstress": (45, 1.0, ""), "tailor": (48, None, ""),
    "barber": (40, None, ""), "hairdresser": (34, None, ""), "dentist": (42, None, ""), "surgeon": (46, None, ""),
}  # fmt: skip

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
    "short dark": (
        "short hair, short haired, short dark hair, dark hair, black hair, brown hair, dark haired, brunette"
    ),
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
    "hoodie": (
        "jacket, leather jacket, coat, trench coat, raincoat, parka, blazer, streetwear, denim jacket, windbreaker, "
        "overcoat, lab coat, sportswear, tracksuit"
    ),
    "t-shirt": (
        "suit, tuxedo, uniform, blouse, vest, tank top, costume, outfit, polo shirt, dress shirt, white shirt, "
        "business suit, overalls, jumpsuit, top garment"
    ),
    "robe": "dress, wedding dress, toga, poncho, armor, armour, shawl, sari, hanfu, vestment, ball gown, sundress",
}

PROPS: dict[str, str] = {
    "Car": (
        "car, coupe, sports car, sportscar, sedan, supercar, automobile, vehicle, race car, hypercar, roadster, "
        "electric car, muscle car"
    ),
    "Door": "door, oak door, heavy door, heavy oak door, wooden door, doorway of oak",
    "Relic": "relic, artifact, artefact, ancient relic, bronze box, casket, reliquary",
}
NEAREST_PROPS: dict[str, str] = {
    "Car": (
        "truck, 18 wheeler, lorry, van, minivan, bus, school bus, taxi, cab, suv, jeep, pickup, pickup truck, "
        "limousine, ambulance, police car, hovercar, racecar, convertible, hatchback, station wagon, campervan, rv, "
        "fire truck, tow truck, vintage car, toy car, cop car, getaway car"
    ),
    "Relic": (
        "chest, treasure chest, treasure, orb, amulet, talisman, grimoire, spellbook, idol, chalice, urn, jewel, "
        "music box, ancient artifact, magic box, jewelry box, strongbox, holy grail, heirloom"
    ),
}
AIRS: dict[str, str] = {
    "dust": "dust mote, mote, dust particle, floating dust, particle, speck",
    "rain": "droplet, water droplet, raindrop, rain drop, drop, water drop, splash",
    "spray": "spray, tyre spray, water spray, mist spray, spume",
    "sparks": "spark, ember",
}

# Verbs, by what the actor can be asked to do; the first phrase names the action.
VERBS: dict[str, str] = {
    "accelerate": (
        "accelerate, speed up, speed, race, zoom past, rocket, charge, burst forward, surge, roar, speed past, race "
        "forward, race down, pick up speed"
    ),
    "walk": (
        "walk, cross, step, stroll, stride, enter, wander, pace, march, go, exit, leave, walk toward, come in, "
        "approach, come, arrive, head, walk along, walk away, walk into, walk in, walk by, go in, head toward, step "
        "into, take a walk, pass by, walk over, move toward, walk up"
    ),
    "drive": (
        "drive, cruise, roll, glide, approach, come, arrive, head, move forward, travel, ride, drive past, drive "
        "along, drive through"
    ),
    "brake": "brake, stop, halt, slow down, screech, skid, come to a stop, come to a halt",
    "park": "park, idle",
    "drift": "drift, swerve, turn the corner, slide",
    "open": "open, unlock, unseal, uncover, unwrap, open up, pry open",
    "lift": "lift, raise, pick up, hold up, take, grab, grasp, hoist, hold, carry, lift up, pick it up, pick",
    "put down": "put down, place, lower, set down, drop, lay, put back",
    "close": "close, shut, seal",
    "touch": "touch, caress, stroke, press, reach for, brush",
    "talk": (
        "talk, speak, say, tell, chat, present, narrate, explain, greet, announce, whisper, shout, vlog, ask, sing, "
        "address, host a show, commentate, scream, yell, murmur, talk to, speak to, shout out, mutter, exclaim"
    ),
    "run": "run, sprint, dash, rush, flee, jog, chase, run away, run toward, run after",
    "stand": "stand, wait, pose, stay, remain, rise, linger, stand still, freeze, stand up, get up, stand by",
    "sit": "sit, sit down, perch",
    "turn": "turn, spin, rotate, whirl, twirl, turn around, face, turn toward, turn back, turn away, turn to face",
    "look": (
        "look, gaze, stare, watch, glance, see, peer, observe, notice, look at, study, examine, inspect, read, "
        "look around, look up, look down, look out, gaze at, stare at, look over, look back, view"
    ),
    "smile": "smile, grin, laugh, beam at, giggle, chuckle",
    "frown": "frown, scowl, grimace, cry, weep, sob",
    "nod": "nod, agree, bow, nod off",
    "wave": "wave, gesture, point, salute, beckon, clap, wave at, point at, point to",
    "dance": "dance, groove, sway, celebrate, cheer",
    "push": "push, pull, shove, heave",
    "breathe": "breathe, sigh, exhale, inhale",
    "hang": "hang, hang in the air, hover, suspend",
    "swirl": (
        "swirl, drift in the air, float, whirl up, dance in the light, rake, fall, pour, fly up, billow, settle, "
        "shimmer, sparkle, shine, glint, flicker, gleam, leak"
    ),
}

TOWARD: dict[str, str] = {
    "lens": (
        "toward lens, toward the lens, towards lens, towards the lens, to camera, to the camera, toward camera, "
        "toward the camera, towards the camera, towards camera, into the lens, at the lens, at camera, at the "
        "camera, into camera, into the camera, to the lens, to lens, past camera, past the camera, lens, camera, "
        "viewer, audience directly, directly at us"
    ),
    "away": "away from camera, away from the camera, away, into the distance, from behind",
}

COLORS = (
    "red, blue, green, yellow, orange, purple, pink, white, black, grey, gray, silver, gold, golden, teal, cyan, "
    "magenta, brown, turquoise, violet, bronze, crimson, matte black, chrome, beige, navy, navy blue, dark blue, "
    "light blue, sky blue, dark green, light green, emerald green, scarlet, maroon, burgundy, indigo, lavender, "
    "ivory, cream, tan, khaki, olive green, peach color, coral color, azure, aqua, lime green, dark red, bright red, "
    "blood red, ruby red, pale blue, deep blue, light brown, dark brown, jet black, snow white, off white, rose "
    "gold, blackish, reddish, greenish, yellowish, rust colored, charcoal grey, charcoal gray, copper colored, amber "
    "colored, mint green"
)
WEARS: dict[str, str] = {
    "0.8": "ancient, weathered, worn, dilapidated, ruined, abandoned, decayed, aged, crumbling, rusty, dirty, grimy",
    "0.1": "pristine, brand new, spotless, modern, sterile, luxury, polished, high tech",
}


# What a director's note may ask of a shot that is there already.
CHANGES: dict[str, str] = {
    "tighter": (
        "tighter, closer, go closer, move closer, get closer, go in closer, tighten, tighten up, too wide, punch in"
    ),
    "wider": "wider, looser, go wider, loosen, loosen up, step back, too tight, too close, further away, more room",
    "warmer": "warmer, warm it up, warm up, more orange, too cold, too blue, warm, golden",
    "cooler": "cooler, colder, cool it down, bluer, more blue, too warm, too orange, cool, cold",
    "brighter": "brighter, brighten, lighten, more light, too dark, open up, lift the exposure, stop up, bright",
    "darker": "darker, darken, dim, dimmer, less light, too bright, stop down, moodier, dark",
    "slower": "slower, slow, slowly, slow down, slow it down, too fast, gentler, more slowly, less speed",
    "faster": "faster, fast, quicker, quickly, speed up, speed it up, too slow, more speed",
    "longer": (
        "longer, hold longer, hold, linger, let it breathe, extend, too short, stay longer, give it time, hold on"
    ),
    "shorter": "shorter, trim, tighten the end, too long, cut earlier, cut sooner, end sooner",
    "lower": "lower, lower the camera, go lower, camera lower, from lower",
    "higher": "higher, raise the camera, go higher, camera higher, from higher",
    "longer lens": "longer lens, tighter lens, more compressed",
    "wider lens": "wider lens, shorter lens",
    "shallower": "shallower, shallower focus, softer background, more bokeh, shallower depth of field",
    "deeper": "deeper focus, deeper depth of field, sharper background, more depth of field",
    "calmer": (
        "calmer, less energy, more subtle, subtler, less movement, steadier, softer performance, more restrained"
    ),
    "livelier": "livelier, more energy, more energetic, bigger performance, more intense, more movement, wilder",
    "steady": "steady, steadier camera, no shake, less shake, less handheld, keep it still, still, lock it off",
}
