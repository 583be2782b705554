"""Final Draft (FDX) to screenplay elements, with the place of every word in the file.

Read with expat, because screenplay-tools keeps only the first text run of a paragraph and no positions; a test
compares the two. A document type or an entity declaration is refused before anything is parsed (entity bombs).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from secondunit_bridge.errors import BadInput
from secondunit_engine.script.elements import Element, Kind

_KINDS: dict[str, Kind] = {
    "Scene Heading": "scene heading", "Shot": "action", "Action": "action", "General": "action",
    "Character": "character", "Parenthetical": "parenthetical", "Dialogue": "dialogue", "Lyrics": "lyric",
    "Singing": "lyric", "Transition": "transition",
}  # fmt: skip
_EXTENSION = re.compile(r"\s*\(([^()]*)\)\s*$")
_MEND = "Export the screenplay again as FDX, or save it as Fountain."


@dataclass
class _Paragraph:
    kind: Kind
    number: str
    pieces: list[tuple[str, int]] = field(default_factory=list)  # text run, byte offset


def read_fdx(text: str) -> tuple[Element, ...]:
    """The elements of an FDX file's script, in order; markup lies between them. Raises BadInput."""
    if re.search(r"<!(?:DOCTYPE|ENTITY)", text):
        raise BadInput("This FDX file declares a document type or entities, which Final Draft never does.", mend=_MEND)
    reader = _Reader(text)
    if not reader.is_final_draft:
        raise BadInput("This is not a Final Draft file.", mend=_MEND)
    return tuple(element for paragraph in reader.paragraphs if (element := reader.element(paragraph)))


class _Reader:
    """Collects the paragraphs of <Content> while expat walks the file."""

    def __init__(self, text: str) -> None:
        self.text = text
        source = text.encode("utf-8", "surrogatepass")
        self.characters = _byte_to_character(text, source)
        self.paragraphs: list[_Paragraph] = []
        self.is_final_draft = False
        self._path: list[str] = []
        self._parser = expat.ParserCreate("utf-8")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._data
        try:
            self._parser.Parse(source, True)
        except expat.ExpatError as error:
            reason = expat.errors.messages[error.code]
            raise BadInput(f"This FDX file is broken at line {error.lineno}: {reason}.", mend=_MEND) from None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._path.append(name)
        self.is_final_draft |= self._path == ["FinalDraft"]
        if self._path[:2] == ["FinalDraft", "Content"] and name == "Paragraph":
            kind = _KINDS.get(attributes.get("Type", ""), "action")
            self.paragraphs.append(_Paragraph(kind, attributes.get("Number", "")))

    def _end(self, name: str) -> None:
        self._path.pop()

    def _data(self, data: str) -> None:
        if self._path and self._path[-1] == "Text" and "Content" in self._path and self.paragraphs:
            self.paragraphs[-1].pieces.append((data, self._parser.CurrentByteIndex))

    def element(self, paragraph: _Paragraph) -> Element | None:
        content, origins = "", list[tuple[int, int]]()
        for piece, byte in paragraph.pieces:
            origins.append((len(content), self.characters[byte]))
            content += piece
        if not content.strip():
            return None
        start = origins[0][1]
        end = origins[-1][1] + len(paragraph.pieces[-1][0])
        kind, extension = paragraph.kind, ""
        if kind == "character":
            match = _EXTENSION.search(content)
            if match:
                content, extension = content[: match.start()], match[1].strip()
        text = self.text[start:end]
        return Element(
            kind, start, end, text, content, start, number=paragraph.number, extension=extension, origins=tuple(origins)
        )


def _byte_to_character(text: str, source: bytes) -> list[int] | range:
    """Character offsets by UTF-8 byte offset."""
    if len(source) == len(text):
        return range(len(text) + 1)
    offsets: list[int] = []
    for at, letter in enumerate(text):
        offsets += [at] * len(letter.encode("utf-8", "surrogatepass"))
    return [*offsets, len(text)]
