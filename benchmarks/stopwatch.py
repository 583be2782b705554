"""CPU time of named calls: modules' own functions and methods are wrapped while they are watched."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from statistics import median
from typing import Any
from unittest.mock import patch

Watched = Mapping[tuple[Any, str], str]  # (module or class, name of its function) to the part that it belongs to


class Stopwatch:
    """CPU seconds of all threads by part; a part's time leaves out the parts that it calls."""

    def __init__(self) -> None:
        self.calls: dict[str, list[float]] = defaultdict(list)
        self._inner = [0.0]

    @contextmanager
    def watching(self, watched: Watched) -> Iterator[None]:
        patches = [
            patch.object(owner, name, self._wrapped(part, getattr(owner, name)))
            for (owner, name), part in watched.items()
        ]
        for each in patches:
            each.start()
        try:
            yield
        finally:
            for each in patches:
                each.stop()

    def median(self, part: str) -> float:
        """Of a part's calls, 0 if it was never called."""
        return median(self.calls[part]) if self.calls[part] else 0.0

    def total(self, part: str) -> float:
        return sum(self.calls[part])

    def _wrapped(self, part: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any, **named: Any) -> Any:
            start = time.process_time()
            self._inner.append(0.0)
            try:
                return call(*args, **named)
            finally:
                spent = time.process_time() - start
                self.calls[part].append(spent - self._inner.pop())
                self._inner[-1] += spent

        return timed
