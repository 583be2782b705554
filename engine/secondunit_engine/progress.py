"""How a stage tells what it has done, and learns that it should stop."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Given to every stage that can take longer than a second."""

    def begin(self, stage: str, total: int) -> None:
        """A stage starts; `total` counts its steps (frames, samples, segments)."""

    def step(self, done: int, note: str = "") -> None:
        """`done` steps of the current stage are finished and on disk."""

    def check(self) -> None:
        """Raise `Cancelled` if the user asked to stop. Call it at least every half second of work."""


class Quiet:
    """A Progress that nobody watches."""

    def begin(self, stage: str, total: int) -> None:
        pass

    def step(self, done: int, note: str = "") -> None:
        pass

    def check(self) -> None:
        pass
