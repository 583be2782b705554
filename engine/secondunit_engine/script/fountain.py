"""A lossless Fountain reader (fountain.io/syntax, 1.1): every character belongs to one element.

Written because no library keeps everything: fountain-py drops inline notes and takes FADE IN for a transition,
screenplay-tools has no positions. Joining the elements' texts gives the source back, byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from secondunit_engine.script.elements import Element, Inset, Kind

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
# A title page may hold any key; one of these tells it from prose such as "She whispers: run."
_TITLE_KEYS = frozenset(
    (
        "title", "credit", "author", "authors", "written by", "source", "based on", "draft", "draft date", "date",
        "contact", "copyright", "notes", "revision", "version", "episode", "series", "format", "logline", "genre",
    )
)  # fmt: skip
_TITLE = re.compile(r"([^\s:][^:\r\n]*):(.*)", re.S)
_HEADING = re.compile(r"(?:INT\.?/EXT|EXT\.?/INT|I/E|E/I|INT|EXT|EST)(?:\.\s*|\s+)\S", re.I)
_FORCED_HEADING = re.compile(r"\.[^\W_]")
_PAGE_BREAK = re.compile(r"={3,}")
_MARKS = frozenset("#=!@~>")  # what says by itself what a line is
_NUMBER = re.compile(r"\s*#([\w.()\-]+)#\s*$")
_EXTENSION = re.compile(r"\s*\(([^()]*)\)\s*$")
_OPENING, _CLOSING = ("(", "（"), (")", "）")
_LYRIC_MARK = re.compile(r"(?<=[\r\n])([ \t]*)~")
_MERGED = frozenset(("action", "dialogue", "lyric", "blank", "title page"))
# Two spaces hold an empty line open inside a note, as they do in dialogue.
_EMPTY_LINE = re.compile(r"(?:\r\n|\r(?!\n)|\n)[ \t]?(?:\r\n|\r|\n)")


def read_fountain(text: str) -> tuple[Element, ...]:
    """All elements of `text`, in order, end to end. Never fails: what is nothing else is action."""
    if text.startswith("\ufeff"):
        body = _Reader(text[1:]).read()
        return (Element("blank", 0, 1, "\ufeff"), *(_shift(element, 1) for element in body))
    return tuple(_Reader(text).read())


def write_fountain(elements: Iterable[Element]) -> str:
    """The screenplay's text: the elements' own texts, joined."""
    return "".join(element.text for element in elements)


def _shift(element: Element, by: int) -> Element:
    """The element of a text that begins `by` characters later."""
    insets = tuple(Inset(inset.kind, inset.start + by, inset.end + by) for inset in element.insets)
    start, end, content_start = element.start + by, element.end + by, element.content_start + by
    return replace(element, start=start, end=end, content_start=content_start, insets=insets)


class _Line(NamedTuple):
    """A line, or several joined by a note or boneyard that runs over their ends. `plain` has the insets blanked out,
    `words` are without the space about them."""

    start: int
    end: int
    plain: str
    words: str
    insets: tuple[Inset, ...]


class _Reader:
    """One pass over the lines; what a line is depends on itself and on whether its neighbours are blank."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = _join_lines(text, find_insets(text))
        self.elements: list[Element] = []

    def read(self) -> list[Element]:
        at = self._read_title_page()
        after_blank, in_dialogue = True, False
        while at < len(self.lines):
            line = self.lines[at]
            if not line.words and line.insets:
                self._add(line.insets[0].kind, line, line.words)
            elif not line.words and not (in_dialogue and len(line.plain.rstrip("\r\n")) > 1):
                self._add("blank", line, "")
                after_blank, in_dialogue = True, False
            elif in_dialogue and not line.words.startswith("!"):
                self._add_speech(line)
            else:
                in_dialogue = self._add_line(line, after_blank, self._is_blank(at + 1))
                after_blank = False
            at += 1
        return _merge(self.elements, self.text)

    def _is_blank(self, at: int) -> bool:
        while at < len(self.lines) and self.lines[at].insets and not self.lines[at].words:
            at += 1
        return at >= len(self.lines) or not self.lines[at].words

    def _read_title_page(self) -> int:
        """Read "Key: value" lines and their indented continuations; returns the line after them."""
        if not self.lines or not _begins_title_page(self.lines):
            return 0
        for at, line in enumerate(self.lines):
            if not line.words:
                return at
            match = _TITLE.match(line.plain)
            if match:
                self._add("title page", line, match[2], number=match[1].strip())
            elif line.plain[0] in " \t":
                self._add("title page", line, line.words)
            else:
                return at
        return len(self.lines)

    def _add_line(self, line: _Line, after_blank: bool, before_blank: bool) -> bool:
        """Add a line outside dialogue; true if it is a cue, so that dialogue follows."""
        words = line.words
        if words[0] in _MARKS:
            return self._add_marked(line, words)
        if after_blank and _FORCED_HEADING.match(words):
            self._add_heading(line, words[1:], forced=True)
        elif after_blank and _HEADING.match(words):
            self._add_heading(line, words)
        elif after_blank and before_blank and words.endswith("TO:") and words == words.upper():
            self._add("transition", line, words)
        elif after_blank and not before_blank and _is_cue(words):
            return self._add_cue(line, words)
        else:
            self._add("action", line, line.plain)
        return False

    def _add_marked(self, line: _Line, words: str) -> bool:
        """Add a line that begins with a mark of its own, wherever it stands; true if it is a cue."""
        mark = words[0]
        if _PAGE_BREAK.fullmatch(words):
            self._add("page break", line, words)
        elif mark == "#":
            self._add("section", line, words.lstrip("#"), number=str(len(words) - len(words.lstrip("#"))))
        elif mark == "=":
            self._add("synopsis", line, words[1:])
        elif mark == "!":
            self._add("action", line, words[1:], forced=True)
        elif mark == "@":
            return self._add_cue(line, words[1:], forced=True)
        elif mark == "~":
            self._add("lyric", line, words[1:])
        elif words.endswith("<"):
            self._add("centred", line, words[1:-1])
        else:
            self._add("transition", line, words[1:], forced=True)
        return False

    def _add_heading(self, line: _Line, words: str, forced: bool = False) -> None:
        match = _NUMBER.search(words)
        number = match[1] if match else ""
        self._add("scene heading", line, words[: match.start()] if match else words, forced=forced, number=number)

    def _add_cue(self, line: _Line, words: str, forced: bool = False) -> bool:
        name = words.rstrip()
        dual = name.endswith("^")
        name = name.rstrip("^ \t")
        match = _EXTENSION.search(name)
        extension = match[1].strip() if match else ""
        self._add(
            "character", line, name[: match.start()] if match else name, forced=forced, extension=extension, dual=dual
        )
        return True

    def _add_speech(self, line: _Line) -> None:
        words = line.words
        if words.startswith(_OPENING) and words.endswith(_CLOSING):
            self._add("parenthetical", line, words[1:-1])
        elif words.startswith("~"):
            self._add("lyric", line, words[1:])
        else:
            self._add("dialogue", line, line.plain)

    def _add(
        self, kind: Kind, line: _Line, content: str, *, forced: bool = False, number: str = "", extension: str = "",
        dual: bool = False,
    ) -> None:  # fmt: skip
        """Add an element for a line; `content` is a piece of `line.plain`."""
        said = content.strip()
        at = line.plain.find(said, line.plain.find(content)) if said else 0
        start = line.start + max(at, 0)
        text = self.text[line.start : line.end]
        self.elements.append(
            Element(kind, line.start, line.end, text, said, start, forced, number, extension, dual, line.insets)
        )


def find_insets(text: str) -> list[Inset]:
    """Notes `[[...]]` and boneyards `/*...*/`, outermost, in order; an opening without an end is plain text.

    A note ends before an empty line; a boneyard runs over anything.
    """
    insets: list[Inset] = []
    at = 0
    nowhere = len(text) + 1
    close = {"[[": 0, "/*": 0}  # the nearest known end of each kind, so that no stretch is searched twice
    gap = 0
    for match in re.finditer(r"\[\[|/\*", text):
        if match.start() < at:
            continue
        mark = match[0]
        end_mark = "]]" if mark == "[[" else "*/"
        if close[mark] < match.end():
            found = text.find(end_mark, match.end())
            close[mark] = found if found >= 0 else nowhere
        if mark == "[[" and gap < match.end():
            empty = _EMPTY_LINE.search(text, match.end())
            gap = empty.start() if empty else nowhere
        end = close[mark]
        if end == nowhere or (mark == "[[" and gap < end):
            continue
        at = end + 2
        insets.append(Inset("note" if mark == "[[" else "boneyard", match.start(), at))
    return insets


def _join_lines(text: str, insets: list[Inset]) -> list[_Line]:
    """The lines of the text; lines that an inset runs across are one."""
    lines: list[_Line] = []
    waiting = iter(insets)
    inset = next(waiting, None)
    start, inside = 0, list[Inset]()
    end = 0
    for line in _LINE.findall(text):
        end += len(line)
        while inset and inset.start < end:
            inside.append(inset)
            inset = next(waiting, None)
        if inside and inside[-1].end > end:
            continue
        plain = _blank_out(text, start, end, inside) if inside else line
        lines.append(_Line(start, end, plain, plain.strip(), tuple(inside)))
        start, inside = end, []
    return lines


def _blank_out(text: str, start: int, end: int, insets: list[Inset]) -> str:
    """The characters from `start` to `end` with spaces for every character of an inset."""
    pieces: list[str] = []
    for inset in insets:
        pieces += [text[start : inset.start], " " * (inset.end - inset.start)]
        start = inset.end
    return "".join((*pieces, text[start:end]))


def _begins_title_page(lines: list[_Line]) -> bool:
    """Keys and indented lines up to the first empty one, with a known key among them; "CUT TO:" is a transition."""
    keys: list[str] = []
    for line in lines:
        if not line.words:
            break
        match = _TITLE.match(line.plain)
        if match:
            keys.append(match[1].strip().lower())
        if not keys:
            return False
    return not _TITLE_KEYS.isdisjoint(keys)


def _is_cue(words: str) -> bool:
    """A speaker's name: capitals, with an extension in any case. Scripts without capitals force their names (@)."""
    name = _EXTENSION.sub("", words.rstrip("^ \t"))
    return name.isupper() and not name.startswith("(")


def _merge(elements: list[Element], text: str) -> list[Element]:
    """Lines of one paragraph or one speech become one element, and so do blank lines in a row."""
    groups: list[list[Element]] = []
    for element in elements:
        last = groups[-1][-1] if groups else None
        new_key = element.kind == "title page" and element.number
        if last and last.kind == element.kind and element.kind in _MERGED and not (element.forced or new_key):
            groups[-1].append(element)
        else:
            groups.append([element])
    return [group[0] if len(group) == 1 else _join(group, text) for group in groups]


def _join(group: list[Element], text: str) -> Element:
    """Elements that follow each other as one; its content runs from the first word to the last."""
    first, last = group[0], group[-1]
    insets = tuple(inset for element in group for inset in element.insets)
    said = [element for element in group if element.content]
    start = said[0].content_start if said else first.content_start
    end = said[-1].content_start + len(said[-1].content) if said else start
    inside = [inset for inset in insets if start <= inset.start and inset.end <= end]
    content, joined = _blank_out(text, start, end, inside), text[first.start : last.end]
    if first.kind == "lyric":
        content = _LYRIC_MARK.sub(r"\1 ", content)
    return replace(first, end=last.end, text=joined, content=content, content_start=start, insets=insets)
