"""Words of a text with their places, and the dictionary forms a word may stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

# Numbers keep their decimals, ratios and clock times; letters keep their apostrophes; hyphens part words.
_WORD = re.compile(r"\d+(?:[.:/]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
_JOINT = re.compile(r"[ \t]*(?:\r?\n)?[ \t]*|[ \t]*[-–/_][ \t]*")
# Irregular forms that briefs use: each form and the word it is a form of.
_IRREGULAR_FORMS = (
    "women woman, men man, children child, people person, feet foot, teeth tooth, mice mouse, geese goose, ran "
    "run, went go, gone go, sat sit, stood stand, took take, taken take, spoke speak, spoken speak, said say, "
    "told tell, held hold, drove drive, driven drive, rode ride, ridden ride, came come, saw see, seen see, flew "
    "fly, flown fly, fell fall, fallen fall, rose rise, risen rise, shone shine, swam swim, sang sing, sung sing, "
    "threw throw, thrown throw, caught catch, fought fight, shot shoot, hid hide, hidden hide, wrote write, drew "
    "draw, drawn draw, ate eat, drank drink, slept sleep, woke wake, wept weep, spun spin, swept sweep, hung "
    "hang, knelt kneel, lay lie, laid lay, lit light, began begin, broke break, broken break, felt feel, found "
    "find, left leave, met meet, read read, sped speed, stole steal, swung swing, wore wear, worn wear"
)
_IRREGULAR = {pair.split(" ")[0]: pair.split(" ")[1] for pair in _IRREGULAR_FORMS.split(", ")}


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
def base_forms(word: str) -> frozenset[str]:
    """The word in lower case and every form it may be inflected from: "accelerates" gives "accelerate" too."""
    word = word.lower().replace("’", "'")
    forms = {word, _IRREGULAR.get(word, word)}
    if word.endswith("'s"):
        forms.add(word[:-2])
        return frozenset(forms)
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        forms.add(word[:-1])
        if word.endswith("es"):
            forms.add(word[:-2])
        if word.endswith("ies"):
            forms.add(word[:-3] + "y")
        if word.endswith("ves"):
            forms |= {word[:-3] + "f", word[:-3] + "fe"}
    for ending in ("ing", "ed"):
        if len(word) > len(ending) + 2 and word.endswith(ending):
            stem = word[: -len(ending)]
            forms |= {stem, stem + "e"}
            if len(stem) > 2 and stem[-1] == stem[-2]:
                forms.add(stem[:-1])
            if ending == "ed" and stem.endswith("i"):
                forms.add(stem[:-1] + "y")
    return frozenset(forms)
