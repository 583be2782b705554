"""What a director says of the light in so many words, as data: a phrase, and what it does to the key."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal


@dataclass(frozen=True)
class LightWord:
    """What one phrase asks for; None leaves it.

    off_axis: Where the key stands from the camera's axis [degrees], on the side that motivates it. rise: Its height
    above the eyes [degrees]. size: Its width [m]. ratio: Key to fill. kelvin: Its colour temperature [K].
    """

    name: str
    phrase: str
    off_axis: float | None = None
    rise: float | None = None
    size: float | None = None
    ratio: float | None = None
    kelvin: float | None = None
    source: str = ""


# Portrait patterns after Hunter, Biver and Fuqua, Light: Science and Magic; temperatures by the usual gaffer's tables.
_WORDS: Final = (
    LightWord("Rembrandt light", r"rembrandt", off_axis=45, rise=45, ratio=6),
    LightWord("split light", r"split[ -]?lit|split light(?:ing)?", off_axis=90, rise=15, ratio=8),
    LightWord("butterfly light", r"(?:butterfly|paramount|clamshell) light(?:ing)?", off_axis=0, rise=50, ratio=2.5),
    LightWord("side light", r"side[ -]?lit|side ?light(?:ing|s)?", off_axis=80, rise=20),
    LightWord("silhouette", r"silhouett\w*", off_axis=178, rise=25, ratio=16),
    LightWord("backlight", r"back[ -]?lit|back ?light(?:ing|s)?|contre[ -]jour", off_axis=155, rise=35, ratio=8),
    LightWord(
        "magic hour", r"(?:magic|golden) hour", rise=12, kelvin=3800, source="the low sun of the magic hour"
    ),
    LightWord("moonlight", r"moon ?lit|moon ?light|moonbeams?", kelvin=7500, source="the moon"),
    LightWord("sodium light", r"sodium", kelvin=2100, source="sodium street lamps"),
    LightWord("candlelight", r"candle ?lit|candle ?light|by candles?", kelvin=1900, source="candles"),
    LightWord("firelight", r"fire ?lit|fire ?light", kelvin=2000, source="a fire"),
    LightWord("tungsten light", r"tungsten|incandescent", kelvin=3200, source="tungsten lamps"),
    LightWord("fluorescent light", r"fluorescent", kelvin=4300, source="fluorescent tubes"),
    LightWord("hard light", r"(?:hard|harsh) (?:\w+ )?(?:light|lighting|sun|sunlight|key|shadows?)", size=0.08),
    LightWord("soft light", r"(?:soft|diffused?) (?:\w+ )?(?:light|lighting|key|shadows?)", size=1.2, ratio=2.5),
)  # fmt: skip
_SPOKEN: Final = tuple((word, re.compile(rf"(?<!no )(?<!not )\b(?:{word.phrase})\b", re.I)) for word in _WORDS)


def find_light_words(text: str) -> tuple[LightWord, ...]:
    """The phrases of light in a text, in the order of the table."""
    return tuple(word for word, pattern in _SPOKEN if pattern.search(text))


Switch = Literal["on", "off"]
_OFF: Final = r"(?:out|off|dead|dark|extinguished|unlit)"
_ON: Final = r"(?:on|lit|alight)"
_BE: Final = r"(?:\w+ )?(?:is|are|go|goes|went|flicker|flickers|die|dies|cut|cuts|come|comes|snap|snaps|blink|blinks)?"
_PUT: Final = r"(?:turn|switch|shut|cut|kill|blow|snuff|put)(?:s|es|ting)?"


def find_switches(text: str, nouns: Iterable[str]) -> tuple[tuple[str, Switch], ...]:
    """Which of the lamps named (patterns: "candles?", "neon(?: sign)?") a text puts on or off, as told.

    "The candles go out", "she turns off the neon", "the lights come back on", "the power is cut".
    """
    found: list[tuple[int, str, Switch]] = []
    for noun in nouns:
        for state, words in (("off", _OFF), ("on", _ON)):
            said = (
                rf"\b{noun}\b {_BE} ?(?:all )?(?:back )?{words}\b|\b{_PUT} {words} (?:all )?(?:the |her |his )?{noun}\b"
            )
            said += rf"|\b{_PUT} (?:all )?(?:the |her |his )?{noun} {words}\b"
            if state == "off":
                said += rf"|\bkills? (?:all )?(?:the )?{noun}\b|\b{noun} (?:die|dies|fail|fails|(?:is|are) cut)\b"
            else:
                said += rf"|\blights (?:all )?(?:the |a )?{noun}\b"
            found += [(hit.start(), noun, state) for hit in re.finditer(said, text, re.I)]  # type: ignore[misc]
    return tuple((noun, state) for _, noun, state in sorted(found))
