"""Rational time: frames over a rate, never a float of seconds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from secondunit_bridge.errors import BadInput

# Spoken rates that stand for an exact NTSC fraction (SMPTE ST 2067 / RP 184).
_SPOKEN = {"23.976": Fraction(24000, 1001), "23.98": Fraction(24000, 1001), "29.97": Fraction(30000, 1001)}
_SPOKEN |= {"47.952": Fraction(48000, 1001), "59.94": Fraction(60000, 1001), "119.88": Fraction(120000, 1001)}
_RATE = re.compile(r"(\d{1,7})(?:/(\d{1,7}))?")


@dataclass(frozen=True)
class Rate:
    """Frames per second as an exact fraction, for example 24/1 or 24000/1001."""

    numerator: int
    denominator: int = 1

    def __post_init__(self) -> None:
        if self.numerator <= 0 or self.denominator <= 0:
            raise BadInput(
                f"The rate {self.numerator}/{self.denominator} is not positive.",
                mend="Use a rate such as 24 or 24000/1001.",
            )

    @classmethod
    def parse(cls, text: str) -> Rate:
        """Read "24", "24/1", "24000/1001" or a spoken NTSC rate such as "23.976". Raises BadInput."""
        text = text.strip()
        if text in _SPOKEN:
            return cls(_SPOKEN[text].numerator, _SPOKEN[text].denominator)
        match = _RATE.fullmatch(text)
        if match is None or int(match[1]) == 0 or (match[2] is not None and int(match[2]) == 0):
            raise BadInput(f"“{text}” is not a frame rate.", mend="Use a rate such as 24, 25, 23.976 or 24000/1001.")
        return cls(int(match[1]), int(match[2] or 1))

    @property
    def fraction(self) -> Fraction:
        return Fraction(self.numerator, self.denominator)

    @property
    def nominal(self) -> int:
        """The whole number of frames that timecode counts per second (24 for 24000/1001)."""
        return -(-self.numerator // self.denominator)

    def frames(self, seconds: Fraction) -> int:
        """The whole frames nearest to a duration in seconds, halves up."""
        return int(seconds * self.fraction + Fraction(1, 2))

    def seconds(self, frames: int) -> Fraction:
        return Fraction(frames) / self.fraction

    def samples(self, frames: int, sample_rate: int = 48000) -> int:
        """Audio samples that span `frames`, rounded down (exact at integer rates)."""
        return int(self.seconds(frames) * sample_rate)

    def timecode(self, frame: int) -> str:
        """Non-drop SMPTE timecode HH:MM:SS:FF of a frame counted from zero."""
        seconds, frames = divmod(frame, self.nominal)
        return f"{seconds // 3600 % 24:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}:{frames:02d}"

    def __str__(self) -> str:
        return f"{self.numerator}/{self.denominator}"


def parse_seconds(text: str) -> Fraction:
    """Read a duration such as "3", "2.5" or "7/2" as exact seconds. Raises BadInput unless it is positive."""
    try:
        seconds = Fraction(text.strip())
    except (ValueError, ZeroDivisionError):
        raise BadInput(f"“{text}” is not a duration.", mend="Give seconds such as 3, 2.5 or 7/2.") from None
    if seconds <= 0:
        raise BadInput(f"A shot cannot last {text} seconds.", mend="Give a duration above zero.")
    return seconds
