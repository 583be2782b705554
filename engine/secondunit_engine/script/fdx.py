"""Final Draft (FDX) to screenplay elements, with the place of every word in the file.

Read with expat, because screenplay-tools keeps only the first text run of a paragraph and no positions; a test
compares the two. A document type or an entity declaration is refused before anything is parsed (entity bombs).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from xml.parsers import expat

from secondunit_bridge.errors import BadInput
from secondunit_engine.script.elements import Element, Kind

_KINDS: dict[str, Kind] = {
    "Scene Heading": "scene heading", "Shot": "action", "Action": "action", "General": "action",
    "Character": "character", "Parenthetical": "parenthetical", "Dialogue": "dialogue", "Lyrics": "lyric",
    "Singing": "lyric", "Transition": "transition", "New Act": "section", "End of Act": "section",
    "Show/Ep. Title": "section", "Cast List": "synopsis", "Outline Body": "synopsis", "Outline 1": "section",
    "Outline 2": "section", "Outline 3": "section", "Outline 4": "section",
}  # fmt: skip
# What a paragraph inside these is, whatever its type says.
_INSIDE: dict[str, Kind] = {"Summary": "synopsis", "ScriptNote": "note", "OmittedScene": "boneyard"}
_PARTS = (["FinalDraft", "Content"], ["FinalDraft", "TitlePage"])
_EXTENSION = re.compile(r"\s*\(([^()]*)\)\s*$")
_MEND = "Export the screenplay again as FDX, or save it as Fountain."


@dataclass
class _Run:
    """Text as expat gives it: its characters, and the bytes of the file that say them."""

    words: str
    start: int
    end: int = 0


@dataclass
class _Paragraph:
    kind: Kind
    number: str
    dual: bool = False
    runs: list[_Run] = field(default_factory=list)


def read_fdx(text: str) -> tuple[Element, ...]:
    """The elements of an FDX file's script and title page, in order; markup lies between them. Raises BadInput."""
    if re.search(r"<!(?:DOCTYPE|ENTITY)", text):
        raise BadInput("This FDX file declares a document type or entities, which Final Draft never does.", mend=_MEND)
    reader = _Reader(text)
    if not reader.is_final_draft:
        raise BadInput("This is not a Final Draft file.", mend=_MEND)
    elements = [element for paragraph in reader.paragraphs if (element := reader.element(paragraph))]
    title = next((element for element in elements if element.kind == "title page"), None)
    named = [replace(element, number="Title") if element is title else element for element in elements]
    return tuple(sorted(named, key=lambda element: element.start))


class _Reader:
    """Collects the paragraphs of the script and the title page while expat walks the file."""

    def __init__(self, text: str) -> None:
        self.text = text
        source = text.encode("utf-8", "surrogatepass")
        self.characters = _byte_to_character(text, source)
        self.paragraphs: list[_Paragraph] = []
        self.is_final_draft = False
        self._path: list[str] = []
        self._open: list[_Paragraph] = []  # paragraphs lie inside each other: dual dialogue, summaries, notes
        self._run: _Run | None = None
        self._speakers = 0  # of the dual dialogue that is open
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
        self._close_run()
        self._path.append(name)
        self.is_final_draft |= self._path == ["FinalDraft"]
        if name == "DualDialogue":
            self._speakers = 0
        if name == "Paragraph" and self._path[:2] in _PARTS:
            self._open.append(self._begin(attributes))
            self.paragraphs.append(self._open[-1])

    def _begin(self, attributes: dict[str, str]) -> _Paragraph:
        if self._path[1] == "TitlePage":
            return _Paragraph("title page", "")
        kind: Kind = _KINDS.get(attributes.get("Type", ""), "action")
        for name, around in _INSIDE.items():
            kind = around if name in self._path else kind
        self._speakers += kind == "character"
        dual = kind == "character" and self._speakers > 1 and "DualDialogue" in self._path
        return _Paragraph(kind, attributes.get("Number", ""), dual)

    def _end(self, name: str) -> None:
        self._close_run()
        self._path.pop()
        if name == "Paragraph" and self._open and self._path[:2] in _PARTS:
            self._open.pop()

    def _data(self, data: str) -> None:
        self._close_run()
        if self._open and self._path[-1] == "Text":
            self._run = _Run(data, self._parser.CurrentByteIndex)
            self._open[-1].runs.append(self._run)

    def _close_run(self) -> None:
        """A run ends where the next thing begins, however long the entity that says it is."""
        if self._run:
            self._run.end = self._parser.CurrentByteIndex
            self._run = None

    def element(self, paragraph: _Paragraph) -> Element | None:
        content, origins = "", list[tuple[int, int]]()
        for run in paragraph.runs:
            origins.append((len(content), self.characters[run.start]))
            content += run.words
        if not content.strip():
            return None
        start, end = origins[0][1], self.characters[paragraph.runs[-1].end]
        kind, extension = paragraph.kind, ""
        if kind == "character":
            match = _EXTENSION.search(content)
            if match:
                content, extension = content[: match.start()], match[1].strip()
        if kind == "parenthetical" and re.fullmatch(r"\s*\(.*\)\s*", content, re.S):
            cut = content.index("(") + 1
            content, origins = content[cut : content.rindex(")")], _skip(origins, cut)
        return Element(
            kind, start, end, self.text[start:end], content, origins[0][1], number=paragraph.number,
            extension=extension, dual=paragraph.dual, origins=tuple(origins),
        )  # fmt: skip


def _skip(origins: list[tuple[int, int]], count: int) -> list[tuple[int, int]]:
    """The origins of a content without its first `count` characters."""
    at, place = max(origin for origin in origins if origin[0] <= count)
    return [(0, place + count - at), *((at - count, place) for at, place in origins if at > count)]


def _byte_to_character(text: str, source: bytes) -> list[int] | range:
    """Character offsets by UTF-8 byte offset."""
    if len(source) == len(text):
        return range(len(text) + 1)
    offsets: list[int] = []
    for at, letter in enumerate(text):
        offsets += [at] * len(letter.encode("utf-8", "surrogatepass"))
    return [*offsets, len(text)]
