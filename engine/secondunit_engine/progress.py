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


class Shares:
    """One progress for a whole job, made of parts that each have a share of its work.

    `total` is the work of all parts together, in any unit; the estimate of time left is as good as the shares.
    """

    def __init__(self, whole: Progress, title: str, total: int) -> None:
        self._whole = whole
        self._done = 0
        whole.begin(title, total)

    def part(self, title: str, share: int) -> Share:
        """The next part; the one before it counts as finished."""
        self._whole.check()
        self._whole.step(self._done, title)
        part = Share(self._whole, title, self._done, share)
        self._done += share
        return part

    def finish(self) -> None:
        self._whole.step(self._done)


class Share:
    """The Progress of one part; its steps move the whole by its share."""

    def __init__(self, whole: Progress, title: str, offset: int, share: int) -> None:
        self._whole, self._title, self._offset, self._share = whole, title, offset, share
        self._stage, self._total = "", 1

    def begin(self, stage: str, total: int) -> None:
        self._stage, self._total = stage, max(total, 1)

    def step(self, done: int, note: str = "") -> None:
        moved = self._share * min(done, self._total) // self._total
        said = f"{self._title}: {note}" if note else f"{self._title} {done}/{self._total}"
        self._whole.step(self._offset + moved, said)

    def check(self) -> None:
        self._whole.check()
