"""Which action of `actions.SCHEMAS` the words of a script mean: "hands", "passes" and "slides over" are all to give.

Phrases are in dictionary form. A verb that the vocabulary performs and that is not here is done as it performs it.
"""

from __future__ import annotations

from functools import cache

from secondunit_engine.planning.actions import COMPOUNDS
from secondunit_engine.script.vocabulary import phrases
from secondunit_engine.script.words import base_forms

_DONE_AS: dict[str, str] = {
    "enter": (
        "enter, come in, go in, walk in, step in, step into, sneak in, arrive, emerge, burst in, barge in, show up"
    ),
    "exit": (
        "exit, leave, go out, walk out, step out, climb out, walk away, depart, go, sneak out, run off, run out, rush "
        "out, hurry out, go off, head out, drive away, ride off, disappear, vanish"
    ),
    "walk": (
        "pace, approach, come, head, cross, step, back away, return, go back, hurry, wander, sneak, creep, limp, "
        "stumble, stagger"
    ),
    "run": "bolt, race, hurry over, charge",
    "follow": "follow, chase, pursue, trail",
    "climb": "climb, climb onto, climb up, mount, scramble",
    "crawl": "crawl",
    "jump": "jump, leap, hop",
    "board": "get into, get in, climb into, board, hop in",
    "drive off": "drive off, pull away, speed off",
    "stand up": "stand up, get up, rise, straighten up",
    "sit": "sit up, sit down, take a seat, slump, perch",
    "kneel": "kneel, kneel down, crouch, squat, bend down",
    "lie": "lie, lie down, stretch out",
    "fall": "fall, fall down, collapse, faint, pass out, trip, tumble, drop dead",
    "hide": "hide, duck, take cover",
    "lift": (
        "fetch, grab hold, snatch, collect, retrieve, pull out, draw, take out, get out, produce, seize, obtain, gather"
    ),
    "catch": "catch",
    "put down": "put, put down, set, set down, place, lay, lay down, put back, leave behind, put away, insert",
    "drop": "drop, let go, spill",
    "throw": "throw, toss, fling, hurl",
    "give": "give, hand, hand over, pass, offer, deliver, hand back, give back, slide over, bring",
    "show": "show, hold out, display",
    "hold": "hold, carry, clutch, hold up, cradle",
    "open": "open, open up, pry open, unseal, uncover",
    "close": "close, shut, slam, seal",
    "lock": "lock, bolt, latch",
    "unlock": "unlock, unbolt",
    "break": "break, smash, shatter, crush, destroy, break open, crack, snap",
    "mend": "mend, fix, repair",
    "search": "search, rummage, dig through, look through",
    "push": "push, shove, press",
    "pull": "pull, drag, tug, yank",
    "touch": "touch, pat, stroke, tap",
    "knock over": "knock over, tip over, overturn, upset, topple, knock off, bump over",
    "knock": "knock, knock on, bang on, pound on",
    "use": "type, dial, operate, start, switch on, turn on, turn off, switch off, play",
    "pour": "pour, fill",
    "light": "light, ignite",
    "read": "read, read aloud",
    "write": "write, sign, scribble, draw up",
    "drink": "drink, sip, gulp, swallow, drain",
    "eat": "eat, bite, chew, taste, devour",
    "put on": "put on, don, slip on, pull on, wear",
    "take off": "take off, remove, pull off, slip off",
    "embrace": "embrace, hug, cuddle",
    "kiss": "kiss",
    "shake hands": "shake hands",
    "help up": "help up, pull up",
    "bandage": "bandage",
    "fight": "fight, wrestle, struggle with, grapple, duel",
    "hit": "hit, punch, slap, kick, strike, beat, smack, knock down",
    "stab": "stab",
    "shoot": "shoot, gun down",
    "kill": "kill, murder, strangle, slay",
    "die": "die, perish",
    "answer": "answer, reply, respond",
    "call": "call, phone, ring",
    "listen": "listen, eavesdrop",
    "shake the head": "shake his head, shake her head, shake their head",
    "point": "point, point at, point to, aim, aim at",
}  # fmt: skip


@cache
def _by_phrase() -> dict[str, str]:
    table = {phrase: verb for verb, listing in reversed(_DONE_AS.items()) for phrase in phrases(listing)}
    return table | {phrase: phrase for phrase in COMPOUNDS}


@cache
def done_as(text: str) -> str:
    """The action that a phrase of a script means, however its verb is inflected; empty if it is none of ours."""
    first, _, rest = text.lower().partition(" ")
    known = _by_phrase()
    wholes = (f"{form} {rest}".strip() for form in sorted(base_forms(first)))
    return next((known[whole] for whole in wholes if whole in known), "")
