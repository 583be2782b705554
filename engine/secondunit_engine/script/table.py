"""Briefs from data: a template with fields such as {team} and a table give one brief a row.

A cell is text and nothing else: a formula is not run, a field in it is not filled, a line break becomes a space. Every
character of a filled text is traceable to the template or to a cell.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from secondunit_bridge.door import MOST_BYTES, check_brief
from secondunit_bridge.errors import BadInput, TooLarge
from secondunit_engine.script.brief import Brief
from secondunit_engine.script.fountain import read_fountain
from secondunit_engine.script.rows import Table, column_key, read_table

MOST_FILLED = 4_000_000  # characters in all briefs together
_FIELD = re.compile(r"(?P<brace>\{\{|\}\})|\{(?P<field>[^{}\r\n]{1,80})\}|(?P<lone>[{}])")
_BREAK = re.compile(r"\s*[\r\n\x0b\x0c\x85\u2028\u2029]+\s*")
_NAMED = ("name", "title")


@dataclass(frozen=True)
class Piece:
    """Characters `start` to `end` of a filled text. They stand at `source` in the template or, if `column` is not
    empty, in the cell of that column, as its text is after line breaks became spaces."""

    start: int
    end: int
    source: int
    column: str = ""


@dataclass(frozen=True)
class FilledRow:
    """The brief of one row (counted from 1, without the header); the pieces tile its text."""

    brief: Brief
    row: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Filling:
    """One brief a row, named after it, and what was not used or looks odd, in plain sentences."""

    briefs: tuple[Brief, ...]
    notes: tuple[str, ...]


def fill_template(template: Brief, table: str, table_name: str = "") -> Filling:
    """One brief for each row of a CSV or JSON table; the sponsors' rules of the template are filled too.

    Raises BadInput, naming row and column, for a field without a column, a table that is broken, or an FDX template;
    TooLarge over a limit.
    """
    rows, notes = fill_rows(template, table, table_name)
    return Filling(tuple(row.brief for row in rows), notes)


def fill_rows(template: Brief, table: str, table_name: str = "") -> tuple[tuple[FilledRow, ...], tuple[str, ...]]:
    """Like `fill_template`, with the origin of every character. Raises BadInput, TooLarge."""
    if template.kind == "fdx":
        raise BadInput("An FDX cannot be a template.", mend="Save it as Fountain and put the fields there.")
    read = read_table(table, table_name)
    text, rules = _Template(template.text, read), _Template(template.rules, read)
    used = list(dict.fromkeys((*text.columns, *rules.columns)))
    if not used:
        raise BadInput("The template has no field.", mend=f"Write one where a cell shall stand: {{{read.columns[0]}}}")
    names = _name_rows(template.name, read, used)
    filled: list[FilledRow] = []
    room = MOST_FILLED
    for number, (name, cells) in enumerate(zip(names, read.rows, strict=True), 1):
        one_line = tuple(_BREAK.sub(" ", cell).strip() for cell in cells)
        said, pieces = text.fill(one_line)
        room -= len(said)
        if room < 0 or len(said) > MOST_BYTES:
            raise TooLarge(f"The briefs grow too large at row {number}.", mend="Give fewer rows, or shorter cells.")
        brief = replace(template, text=said, name=name, rules=rules.fill(one_line)[0])
        filled.append(FilledRow(_check_row(brief, number), number, pieces))
    notes = (*_note_columns(read, used), *_note_lone_braces(text), *_note_cells(template, read, used, filled))
    return tuple(filled), notes


class _Template:
    """A text cut at its fields. Raises BadInput for a field that the table has no column for."""

    def __init__(self, text: str, table: Table) -> None:
        self.names = table.columns
        self.lone: list[int] = []  # lines with a brace that is neither a field nor doubled
        self.parts: list[tuple[str, int, int | None]] = []  # words, their place, column
        keys = {column_key(name): at for at, name in enumerate(table.columns)}
        at = 0
        for match in _FIELD.finditer(text):
            if match["lone"]:
                self.lone.append(text.count("\n", 0, match.start()) + 1)
                continue
            self.parts.append((text[at : match.start()], at, None))
            at = match.end()
            if match["brace"]:
                self.parts.append((match[0][0], match.start(), None))
            else:
                column = keys.get(column_key(match["field"]))
                if column is None:
                    raise _no_column(match["field"], text.count("\n", 0, match.start()) + 1, table)
                self.parts.append(("", match.start(), column))
        self.parts.append((text[at:], at, None))

    @property
    def columns(self) -> list[int]:
        """The columns of the fields, as the fields come."""
        return [column for _, _, column in self.parts if column is not None]

    def fill(self, cells: Sequence[str]) -> tuple[str, tuple[Piece, ...]]:
        pieces: list[Piece] = []
        words: list[str] = []
        at = 0
        for text, place, column in self.parts:
            said = text if column is None else cells[column]
            if said:
                source, name = (place, "") if column is None else (0, self.names[column])
                pieces.append(Piece(at, at + len(said), source, name))
                words.append(said)
                at += len(said)
        return "".join(words), tuple(pieces)


def _no_column(field: str, line: int, table: Table) -> BadInput:
    near = difflib.get_close_matches(column_key(field), [column_key(name) for name in table.columns], 1)
    known = ", ".join(table.columns[:12])
    mend = f"Did you mean {{{near[0]}}}? " if near else ""
    return BadInput(
        f"Line {line} of the template has the field {{{field}}}, but the table has no such column.",
        mend=f"{mend}The columns are: {known}. Write {{{{ and }}}} for braces that are text.",
    )


def _check_row(brief: Brief, number: int) -> Brief:
    try:
        check_brief(brief.text, brief.name, brief.kind)
    except BadInput as error:
        raise type(error)(f"Row {number} of the table: {error.message}", mend=error.mend) from None
    return brief


def _name_rows(name: str, table: Table, used: Sequence[int]) -> list[str]:
    """A name a row: its "name" or "title" cell, else as many of its cells as tell the rows apart, else its number."""
    own = [at for at, column in enumerate(table.columns) if column_key(column) in _NAMED][:1]
    choices = [own] if own else [list(used[:count]) for count in range(1, len(used) + 1)]
    for choice in choices:
        tails = [_file_words(" ".join(row[at] for at in choice)) for row in table.rows]
        if all(tails) and len({tail.casefold() for tail in tails}) == len(tails):
            return [f"{name} {tail}".strip() for tail in tails]
    tails = [_file_words(" ".join(row[at] for at in choices[0])) for row in table.rows]
    return [" ".join(f"{name} {tail} {number}".split()) for number, tail in enumerate(tails, 1)]


def _file_words(text: str) -> str:
    """The words of a text that may stand in a file's name, at most 60 characters."""
    return " ".join(re.sub(r"[^\w .\-]+", " ", text).split()).strip(" .-")[:60].strip()


def _note_columns(table: Table, used: Sequence[int]) -> list[str]:
    idle = [name for at, name in enumerate(table.columns) if at not in used and column_key(name) not in _NAMED]
    if not idle:
        return []
    many = "columns" if len(idle) > 1 else "column"
    return [f"The template does not use the {many} {', '.join(idle)}."]


def _note_lone_braces(template: _Template) -> list[str]:
    return [f"Line {line} of the template has a brace that is no field: it stays as it is." for line in template.lone]


def _note_cells(template: Brief, table: Table, used: Sequence[int], filled: Sequence[FilledRow]) -> list[str]:
    """What a reader of the briefs should know of the cells: empty, over several lines, with braces, or changing how
    the screenplay reads."""
    notes: list[str] = []
    plan = _structure(template.text) if template.kind == "fountain" else []
    for row, cells in zip(filled, table.rows, strict=True):
        for at in used:
            where, cell = f"Row {row.row}, column {table.columns[at]}", cells[at]
            if not cell.strip():
                notes.append(f"{where}: the cell is empty, so nothing stands there.")
            if _BREAK.search(cell.strip()):
                notes.append(f"{where}: its line breaks became spaces.")
            if "{" in cell or "}" in cell:
                notes.append(f"{where}: its braces are text, not a field.")
        if template.kind == "fountain" and _structure(row.brief.text) != plan:
            notes.append(f"Row {row.row}: its cells change how the screenplay reads (headings, cues, notes).")
    return notes


def _structure(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """The kinds of a screenplay's elements and of the notes and boneyards inside them."""
    return [(item.kind, tuple(inset.kind for inset in item.insets)) for item in read_fountain(text)]
