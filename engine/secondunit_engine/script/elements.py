"""The elements of a screenplay, each with its place in the text it was read from."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

from secondunit_engine.script.brief import Span

Kind = Literal[
    "title page", "section", "synopsis", "note", "boneyard", "scene heading", "action", "character", "parenthetical",
    "dialogue", "lyric", "transition", "centred", "page break", "blank",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Inset:
    """A note or a boneyard inside another element: characters of the text."""

    kind: Literal["note", "boneyard"]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Element:
    """Characters `start` to `end` of a screenplay.

    `content` is what it says, without marks, scene number, extension and insets; `content_start` is where it begins
    in the text. `origins` are (offset in content, offset in text) where the two do not run in step (FDX).
    """

    kind: Kind
    start: int
    end: int
    text: str
    content: str = ""
    content_start: int = 0
    forced: bool = False
    number: str = ""
    extension: str = ""
    dual: bool = False
    insets: tuple[Inset, ...] = ()
    origins: tuple[tuple[int, int], ...] = ()

    def locate(self, start: int, end: int) -> Span:
        """The characters of the text that say characters `start` to `end` of the content."""
        if not self.origins:
            return Span(self.content_start + start, self.content_start + end)
        return Span(self._origin(start), self._origin(max(start, end - 1)) + 1)

    def _origin(self, offset: int) -> int:
        content, text = self.origins[max(0, bisect_right(self.origins, (offset, 1 << 60)) - 1)]
        return text + offset - content
