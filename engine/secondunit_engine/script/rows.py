"""Tables a stranger wrote, CSV or JSON, read into rows of text: sizes are limited, faults name row and column."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

from secondunit_bridge.errors import BadInput, TooLarge

MOST_CHARACTERS = 1_000_000
MOST_ROWS = 500
MOST_COLUMNS = 100
MOST_IN_A_CELL = 10_000
_DELIMITERS = ",;\t|"
_CSV_MEND = "Save the table again as CSV, with a first row that names the columns."
_JSON_MEND = 'Give a list of objects, one a row: [{"team": "Owls", "score": 3}].'


@dataclass(frozen=True)
class Table:
    """Column names as written and rows of as many cells; every cell is text as it stands in the file."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def read_table(text: str, name: str = "") -> Table:
    """A table from its text; the file's name says .csv, .tsv or .json, else the content does.

    CSV may be parted by comma, semicolon, tab or bar, as spreadsheets do by country. Numbers keep their digits as
    written. Raises BadInput naming row and column, TooLarge over a limit.
    """
    if len(text) > MOST_CHARACTERS:
        raise TooLarge("The table is over a million characters.", mend="Split it into several tables.")
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise BadInput("The table is empty.", mend=_CSV_MEND)
    ending = name.lower().rpartition(".")[2]
    is_json = ending == "json" or (ending not in ("csv", "tsv") and text.lstrip()[:1] in "[{")
    table = _read_json(text) if is_json else _read_csv(text, "\t" if ending == "tsv" else "")
    if not table.rows:
        raise BadInput("The table has no rows.", mend="Give one row for each brief.")
    return table


def column_key(name: str) -> str:
    """A column's name as fields may write it: letter case, spaces, hyphens and underscores do not matter."""
    return re.sub(r"[\s_\-]+", "_", name.strip()).casefold()


def _read_csv(text: str, delimiter: str) -> Table:
    if match := re.match(r"sep=([^\r\n])\r?\n", text, re.I):  # how Excel names its delimiter
        delimiter, text = match[1], text[match.end() :]
    first = text.lstrip("\r\n").split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter or _tell_delimiter(first), strict=True)
    lines: list[list[str]] = []
    try:
        for line in reader:
            if any(cell.strip() for cell in line):
                lines.append(line)
            if len(lines) > MOST_ROWS + 1:
                raise _too_many_rows()
    except csv.Error as error:
        raise BadInput(f"Line {reader.line_num} of the table is broken: {error}.", mend=_CSV_MEND) from None
    if not lines:
        raise BadInput("The table is empty.", mend=_CSV_MEND)
    named = len(lines[0])
    while named and not lines[0][named - 1].strip():  # a spreadsheet's empty columns on the right
        named -= 1
    columns = _check_columns([cell.strip() for cell in lines[0][:named]])
    rows: list[tuple[str, ...]] = []
    for number, line in enumerate(lines[1:], 1):
        if any(cell.strip() for cell in line[named:]):
            raise BadInput(f"Row {number} has more cells than the table has columns ({named}).", mend=_CSV_MEND)
        if len(line) < named:
            lacking = columns[len(line)]
            raise BadInput(f"Row {number} ends before the column {lacking}.", mend="Leave the cell empty: two commas.")
        rows.append(tuple(_check_cell(cell, number, name) for cell, name in zip(line, columns, strict=False)))
    return Table(columns, tuple(rows))


def _tell_delimiter(header: str) -> str:
    """The mark that parts the header most often; a comma if none does."""
    bare = re.sub(r'"[^"]*"', "", header)
    return max(_DELIMITERS, key=lambda mark: (bare.count(mark), mark == ","))


def _read_json(text: str) -> Table:
    try:
        rows = json.loads(
            text, object_pairs_hook=_Row, parse_int=_Number, parse_float=_Number, parse_constant=_refuse_constant
        )
    except json.JSONDecodeError as error:
        raise BadInput(f"Line {error.lineno} of the table is broken: {error.msg}.", mend=_JSON_MEND) from None
    except RecursionError:
        raise BadInput("The table is nested too deeply.", mend=_JSON_MEND) from None
    if not isinstance(rows, list) or isinstance(rows, _Row):
        raise BadInput("The table is not a list of rows.", mend=_JSON_MEND)
    if len(rows) > MOST_ROWS:
        raise _too_many_rows()
    read: list[dict[str, str]] = []
    for number, row in enumerate(rows, 1):
        if not isinstance(row, _Row):
            raise BadInput(f"Row {number} of the table is not an object.", mend=_JSON_MEND)
        read.append(_json_cells(row, number))
    columns = _check_columns(list(dict.fromkeys(name for row in read for name in row)) if read else ["column"])
    for number, row in enumerate(read, 1):
        for name in columns:
            if name not in row:
                raise BadInput(f"Row {number} has no column {name}.", mend='Give every row every column, "" for none.')
    return Table(columns, tuple(tuple(row[name] for name in columns) for row in read))


class _Row(list[tuple[str, object]]):
    """An object of the file: its pairs, because a name that comes twice must not be lost."""


class _Number(str):
    """A number as the file writes it."""


def _refuse_constant(name: str) -> NoReturn:
    raise BadInput(f"The table holds {name}, which is not JSON.", mend=_JSON_MEND)


def _json_cells(row: _Row, number: int) -> dict[str, str]:
    cells: dict[str, str] = {}
    for key, value in row:
        name = key.strip()
        if name in cells:
            raise BadInput(f"Row {number} has the column {name} twice.", mend=_JSON_MEND)
        if value is None:
            cell = ""
        elif isinstance(value, bool):
            cell = "true" if value else "false"
        elif isinstance(value, str):
            cell = str(value)
        else:
            raise BadInput(f"Row {number}, column {name}: the cell is a list or an object.", mend=_JSON_MEND)
        cells[name] = _check_cell(cell, number, name)
    return cells


def _check_columns(names: Sequence[str]) -> tuple[str, ...]:
    """The column names. Raises BadInput for one that is empty or comes twice, TooLarge for too many."""
    if len(names) > MOST_COLUMNS:
        raise TooLarge(f"The table has {len(names)} columns.", mend=f"Keep to {MOST_COLUMNS} columns.")
    known: set[str] = set()
    for number, name in enumerate(names, 1):
        key = column_key(name)
        if not key:
            raise BadInput(f"Column {number} of the table has no name.", mend=_CSV_MEND)
        if key in known:
            raise BadInput(f"The table has the column {name} twice.", mend="Give every column its own name.")
        known.add(key)
    return tuple(names)


def _check_cell(cell: str, row: int, column: str) -> str:
    if len(cell) > MOST_IN_A_CELL:
        raise TooLarge(
            f"Row {row}, column {column}: the cell is over {MOST_IN_A_CELL:,} characters.", mend="Shorten it."
        )
    return cell.strip()


def _too_many_rows() -> TooLarge:
    return TooLarge(f"The table has over {MOST_ROWS} rows.", mend="Split it into several tables.")
