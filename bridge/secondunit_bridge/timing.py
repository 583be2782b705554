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
_TIMECODE = re.compile(r"(\d{1,2}):([0-5]\d):([0-5]\d)([:;.])(\d{2,3})")


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

    def timecode(self, frame: int, *, drop: bool = False) -> str:
        """SMPTE timecode HH:MM:SS:FF of a frame counted from zero; with `drop` HH:MM:SS;FF (ST 12-1)."""
        if drop:
            minute, skipped = 60 * self.nominal, self._skipped
            tens, rest = divmod(frame, 10 * minute - 9 * skipped)
            frame += 9 * skipped * tens + skipped * max(0, (rest - skipped) // (minute - skipped))
        seconds, frames = divmod(frame, self.nominal)
        mark = ";" if drop else ":"
        return f"{seconds // 3600 % 24:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{mark}{frames:02d}"

    def frame_of(self, timecode: str, *, drop: bool | None = None) -> int:
        """The frame that a timecode names, counted from zero; the reverse of `timecode`.

        Frame numbers are dropped where `drop` says so or, without it, where the last mark is ";" or ".". Raises
        BadInput (no timecode, a frame number that does not exist, drop-frame at a rate that has none).
        """
        match = _TIMECODE.fullmatch(timecode.strip())
        if match is None or int(match[5]) >= self.nominal:
            raise BadInput(f"“{timecode}” is not a timecode at {self}.", mend="Write HH:MM:SS:FF.")
        hours, minutes, seconds, frames = int(match[1]), int(match[2]), int(match[3]), int(match[5])
        count = ((hours * 60 + minutes) * 60 + seconds) * self.nominal + frames
        if not (match[4] in ";." if drop is None else drop):
            return count
        passed = hours * 60 + minutes
        if minutes % 10 and seconds == 0 and frames < self._skipped:
            raise BadInput(f"The timecode {timecode} does not exist: it is dropped.", mend="Check the drop-frame flag.")
        return count - self._skipped * (passed - passed // 10)

    @property
    def drops(self) -> bool:
        """Whether the rate has drop-frame timecode: 29.97, 59.94 and 119.88."""
        return self.denominator == 1001 and self.nominal % 30 == 0

    @property
    def _skipped(self) -> int:
        """Frame numbers dropped a minute. Raises BadInput where the rate has no drop-frame timecode."""
        if not self.drops:
            raise BadInput(f"There is no drop-frame timecode at {self}.", mend="Use it at 29.97 or 59.94 only.")
        return self.nominal // 15

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
