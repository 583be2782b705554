"""What a person sees while a job runs: one line that is drawn again, with the time left. Standard error only."""

from __future__ import annotations

import shutil
import sys
import time
from typing import TextIO

_BAR = 24
_QUIET_STEP = 5.0  # s between lines where there is no terminal to redraw


class ProgressLine:
    """A progress line for a terminal; plain lines now and then for a log file."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._live = self._stream.isatty()
        self._last_said = 0.0
        self._last_note = ""

    def show(self, title: str, done: int, total: int, note: str, seconds_left: float | None) -> None:
        """Draw how far a job is; `seconds_left` None while there is no telling."""
        share = done / total if total else 0.0
        left = f"{clock(seconds_left)} left" if seconds_left is not None else ""
        filled = round(share * _BAR)
        line = f"{'█' * filled}{'░' * (_BAR - filled)} {share:4.0%}  {left:>11}  {note or title}"
        if self._live:
            width = shutil.get_terminal_size().columns - 1
            self._stream.write("\r\x1b[2K" + line[:width])
        elif note.split()[:2] != self._last_note.split()[:2] or time.monotonic() - self._last_said > _QUIET_STEP:
            self._stream.write(line + "\n")
            self._last_said, self._last_note = time.monotonic(), note
        self._stream.flush()

    def clear(self) -> None:
        """Make room for ordinary output."""
        if self._live:
            self._stream.write("\r\x1b[2K")
            self._stream.flush()


def clock(seconds: float) -> str:
    """Minutes and seconds, or hours, as a person reads a clock: "1:05", "1:02:00"."""
    whole = max(0, round(seconds))
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}:{minutes:02d}:{whole % 60:02d}" if hours else f"{minutes}:{whole % 60:02d}"


def say(message: str = "") -> None:
    """A message for a person, on standard error."""
    print(message, file=sys.stderr, flush=True)
