"""Words of a text with their places, and the dictionary forms a word may stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

# Numbers keep their decimals, ratios and clock times; letters keep their apostrophes; hyphens part words.
_WORD = re.compile(r"\d+(?:[.:/]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
_JOINT = re.compile(r"[ \t]*(?:\r?\n)?[ \t]*|[ \t]*[-–/_][ \t]*")
# Irregular forms that briefs use: each form and the word it is a form of.
_IRREGULAR_VERBS = (
    "ran run, doing do, going go, went go, gone go, sat sit, stood stand, took take, taken take, spoke speak, "
    "spoken speak, said say, "
    "told tell, held hold, drove drive, driven drive, rode ride, ridden ride, came come, saw see, seen see, flew "
    "fly, flown fly, fell fall, fallen fall, rose rise, risen rise, shone shine, swam swim, sang sing, sung sing, "
    "threw throw, thrown throw, caught catch, fought fight, shot shoot, hid hide, hidden hide, wrote write, drew "
    "draw, drawn draw, ate eat, eaten eat, drank drink, drunk drink, slept sleep, woke wake, woken wake, wept weep, "
    "spun spin, swept sweep, hung hang, knelt kneel, lay lie, laid lay, lain lie, lying lie, dying die, tying tie, "
    "lit light, began begin, begun begin, broke break, broken break, felt feel, found find, left leave, met meet, "
    "read read, sped speed, stole steal, stolen steal, swung swing, wore wear, worn wear, became become, bent bend, "
    "bit bite, bitten bite, blew blow, blown blow, bought buy, brought bring, built build, burnt burn, chose choose, "
    "chosen choose, clung cling, crept creep, dealt deal, dug dig, dove dive, dreamt dream, fed feed, fled flee, "
    "forgot forget, forgotten forget, froze freeze, frozen freeze, gave give, given give, got get, gotten get, "
    "grew grow, grown grow, heard hear, kept keep, knew know, known know, leapt leap, led lead, lost lose, "
    "meant mean, paid pay, rang ring, rung ring, sank sink, sunk sink, sold sell, sent send, shook shake, "
    "shaken shake, shrank shrink, shrunk shrink, slid slide, sought seek, sprang spring, sprung spring, stuck stick, "
    "strode stride, struck strike, swore swear, sworn swear, taught teach, thought think, tore tear, torn tear, "
    "understood understand, underwent undergo, undergone undergo, won win, wound wind, wove weave, woven weave, "
    "awoke awake, bore bear, borne bear, bound bind, chased chase, overtook overtake, arose arise, overcame overcome"
)
_IRREGULAR_NOUNS = (
    "women woman, men man, children child, people person, feet foot, teeth tooth, mice mouse, geese goose, oxen ox, "
    "dice die, loaves loaf, calves calf, lives life, wolves wolf, leaves leaf, knives knife, shelves shelf, "
    "halves half, elves elf, scarves scarf, dwarves dwarf, hooves hoof, thieves thief, wives wife, fungi fungus, "
    "cacti cactus, larvae larva, vertebrae vertebra, phenomena phenomenon, policemen policeman, firemen fireman, "
    "businessmen businessman, fishermen fisherman, snowmen snowman, spacemen spaceman, gentlemen gentleman, "
    "mailmen mailman, salesmen salesman, clothes clothes, glasses glasses"
)
_VERBS = {pair.split(" ")[0]: pair.split(" ")[1] for pair in _IRREGULAR_VERBS.split(", ")}
_NOUNS = {pair.split(" ")[0]: pair.split(" ")[1] for pair in _IRREGULAR_NOUNS.split(", ")}

# How a form was folded: as written, a plural or third person, a participle, a comparative.
Ending = Literal["", "s", "verb", "er"]


@dataclass(frozen=True)
class Word:
    """A word as written, at characters `start` to `end` of its text; `joined` if only space or a hyphen parts it
    from the word before."""

    text: str
    start: int
    end: int
    joined: bool


def split_words(text: str) -> tuple[Word, ...]:
    """All words of `text`, in order."""
    words: list[Word] = []
    end = 0
    for match in _WORD.finditer(text):
        joined = bool(words) and _JOINT.fullmatch(text, end, match.start()) is not None
        words.append(Word(match[0], match.start(), match.end(), joined))
        end = match.end()
    return tuple(words)


@lru_cache(maxsize=20_000)
def forms_of(word: str) -> tuple[tuple[str, Ending], ...]:
    """Every form a word may be inflected from, likeliest first, and how it was folded.

    "accelerates" gives itself as written, then "accelerate" as a plural or third person.
    """
    word = word.lower().replace("’", "'")
    forms: dict[str, Ending] = {word: ""}
    if word in _NOUNS:
        forms.setdefault(_NOUNS[word], "s")
    if word in _VERBS:
        forms.setdefault(_VERBS[word], "verb")
    if word.endswith("'s"):
        forms.setdefault(word[:-2], "")
        return tuple(forms.items())
    guessed = [*_plurals(word), *_participles(word), *_comparatives(word)]
    for form, ending in sorted(guessed, key=lambda row: -len(row[0])):
        forms.setdefault(form, ending)
    return tuple(forms.items())


@lru_cache(maxsize=20_000)
def base_forms(word: str) -> frozenset[str]:
    """The word in lower case and every noun or verb it may be inflected from."""
    return frozenset(form for form, ending in forms_of(word) if ending != "er")


def _plurals(word: str) -> list[tuple[str, Ending]]:
    if len(word) <= 3 or not word.endswith("s") or word.endswith("ss"):
        return []
    forms = [word[:-1]]
    if word.endswith("es"):
        forms.append(word[:-2])
    if word.endswith("ies"):
        forms.append(word[:-3] + "y")
    if word.endswith("ves"):
        forms += [word[:-3] + "f", word[:-3] + "fe"]
    return [(form, "s") for form in forms]


def _participles(word: str) -> list[tuple[str, Ending]]:
    forms: list[str] = []
    for ending in ("ing", "ed"):
        if len(word) >= len(ending) + 2 and word.endswith(ending) and not word.endswith("eed"):
            forms += _stems(word[: -len(ending)])
            if ending == "ed" and word.endswith("ied"):
                forms.append(word[:-3] + "y")
    return [(form, "verb") for form in forms]


def _comparatives(word: str) -> list[tuple[str, Ending]]:
    forms: list[str] = []
    for ending in ("er", "est"):
        if len(word) > len(ending) + 2 and word.endswith(ending):
            forms += _stems(word[: -len(ending)])
            if word.endswith("i" + ending):
                forms.append(word[: -len(ending) - 1] + "y")
    return [(form, "er") for form in forms]


def _stems(stem: str) -> list[str]:
    """What "-ing" may have been put to: "runn" gives run, "tak" take."""
    forms = [stem, stem + "e"]
    if len(stem) > 2 and stem[-1] == stem[-2]:
        forms.append(stem[:-1])
    return forms
