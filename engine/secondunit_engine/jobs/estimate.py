"""How long the rest of a stage will take."""

from __future__ import annotations

QUICK = 0.05  # seconds; a step faster than this was found, not made, and says nothing about the rest


class Estimate:
    """Seconds left, from the steps of this run that took time."""

    def __init__(self, total: int, now: float) -> None:
        self._total, self._last, self._done = total, now, 0
        self._worked, self._seconds = 0, 0.0

    def after(self, done: int, now: float) -> float | None:
        """Estimated seconds left now that `done` steps are finished; None while there is no telling."""
        if now - self._last >= QUICK and done > self._done:
            self._worked += done - self._done
            self._seconds += now - self._last
        if done != self._done:
            self._last, self._done = now, done
        if self._worked == 0:
            return None
        return max(0.0, (self._total - done) * self._seconds / self._worked)
