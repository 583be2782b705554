"""A spoken line and its times: when each word and phone begins, and the shape that the mouth has.

Exact where the voice told them; where it did not, each word has a share of the line by its letters, and says
"estimated".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from secondunit_engine.sound.noise import Samples

# Visemes of motion/speech.py by the IPA letters that a phone contains; the first that fits is taken.
_VISEMES: Final = (
    ("mm", "mbp"), ("ff", "fv"), ("ss", "szʃʒ"), ("rr", "ɹrɚɝ"), ("ou", "uʊw"), ("oh", "oɔ"), ("aa", "aɑʌæɐɒ"),
    ("eh", "ɛeəɜ"), ("ih", "iɪjᵻ"), ("kk", "kɡgŋh"), ("tt", "tdnlθðɾ"),
)  # fmt: skip
_WORD: Final = re.compile(r"[\w'’]+")


@dataclass(frozen=True)
class Sounding:
    """A word or a phone: what it is, at which sample of the line it begins, and for how many samples it lasts."""

    text: str
    sample: int
    length: int


@dataclass(frozen=True)
class Spoken:
    """A line as a voice said it: 48 kHz mono (count,), its words and phones, and whether the voice told their times."""

    samples: Samples
    words: tuple[Sounding, ...] = ()
    phones: tuple[Sounding, ...] = ()
    timing: Literal["exact", "estimated"] = "estimated"

    @property
    def visemes(self) -> tuple[Sounding, ...]:
        """The mouth's shapes; phones that look alike and follow each other are one."""
        shapes: list[Sounding] = []
        for phone in self.phones:
            shape = viseme_of(phone.text)
            if shapes and shapes[-1].text == shape and shapes[-1].sample + shapes[-1].length == phone.sample:
                shapes[-1] = Sounding(shape, shapes[-1].sample, shapes[-1].length + phone.length)
            else:
                shapes.append(Sounding(shape, phone.sample, phone.length))
        return tuple(shapes)


def viseme_of(phone: str) -> str:
    """The viseme of a phone in IPA; silence is "rest"."""
    bare = phone.strip("ˈˌː ")
    if not bare:
        return "rest"
    return next((viseme for viseme, letters in _VISEMES if bare[0] in letters), "eh")


def told_times(
    events: list[tuple[str, int, object]], text: str, scale: float, start: int, count: int
) -> tuple[tuple[Sounding, ...], tuple[Sounding, ...]]:
    """Words and phones from what espeak tells: (kind, sample, place or name). `scale` is 48 kHz over its rate, `start`
    and `count` are the part of the sound that was kept."""

    def at(sample: int) -> int:
        return min(max(round(sample * scale) - start, 0), count)

    named = [(at(sample), str(name)) for kind, sample, name in events if kind == "phone"]
    edges = [sample for sample, _ in named] + [count]
    phones = tuple(
        Sounding(name, sample, edges[index + 1] - sample)
        for index, (sample, name) in enumerate(named)
        if edges[index + 1] > sample
    )
    words: list[Sounding] = []
    places = [(at(sample), place) for kind, sample, place in events if kind == "word"]
    for index, (sample, place) in enumerate(places):
        first, length = place if isinstance(place, list | tuple) else (0, 0)
        until = places[index + 1][0] if index + 1 < len(places) else count
        silent = [phone.sample for phone in phones if not phone.text.strip() and sample < phone.sample < until]
        word = text[int(first) : int(first) + int(length)]
        words.append(Sounding(word, sample, min([until, *silent]) - sample))
    return tuple(words), phones


def estimated_words(text: str, count: int) -> tuple[Sounding, ...]:
    """Words of a line that lasts `count` samples, each as long as its share of the letters."""
    words = _WORD.findall(text)
    total = sum(len(word) + 1 for word in words)
    found, at = [], 0
    for word in words:
        length = round(count * (len(word) + 1) / total)
        found.append(Sounding(word, at, min(length, count - at)))
        at += length
    return tuple(found)
