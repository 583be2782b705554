"""Timecode as Resolve speaks it: HH:MM:SS:FF, or HH:MM:SS;FF where frame numbers are dropped (SMPTE ST 12-1)."""

import re
from fractions import Fraction

from .trouble import Trouble

_SHAPE = re.compile(r"(\d+):(\d\d):(\d\d)[:;](\d+)")
_NTSC = {"23.976": 24, "23.98": 24, "29.97": 30, "47.952": 48, "59.94": 60, "119.88": 120}


def read_rate(said: object) -> Fraction:
    """The exact rate behind Resolve's timelineFrameRate, which comes as "23.976", "29.97 DF", "24" or 24.0."""
    text = str(said).replace("DF", "").strip()
    for spoken, whole in _NTSC.items():
        if text.startswith(spoken):
            return Fraction(whole * 1000, 1001)
    try:
        rate = Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise Trouble(f"Resolve says the timeline runs at “{said}”.", "Set a frame rate for the timeline.") from None
    if rate <= 0:
        raise Trouble(f"Resolve says the timeline runs at “{said}”.", "Set a frame rate for the timeline.")
    return rate


def frame_of(timecode: str, rate: Fraction, *, drop: bool) -> int:
    """The frame number that a timecode names. With `drop`, two numbers a minute (29.97) or four (59.94) are skipped,
    save every tenth minute.
    """
    match = _SHAPE.fullmatch(timecode.strip())
    if match is None:
        raise Trouble(f"Resolve gave the timecode “{timecode}”.", "Move the playhead and try again.")
    hours, minutes, seconds, frames = (int(part) for part in match.groups())
    whole = -(-rate.numerator // rate.denominator)
    count = ((hours * 60 + minutes) * 60 + seconds) * whole + frames
    if drop and whole % 30 == 0:
        passed = hours * 60 + minutes
        count -= (whole // 15) * (passed - passed // 10)
    return count
