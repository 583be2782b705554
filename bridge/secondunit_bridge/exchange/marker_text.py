"""Markers as text: the EDL that Resolve imports and exports, and CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

from secondunit_bridge.errors import BadInput, NotFound, TooLarge
from secondunit_bridge.exchange.colours import OTIO, RESOLVE, from_resolve
from secondunit_bridge.exchange.cue_marker import CueMarker, one_line, split_note, with_id
from secondunit_bridge.otio_file import LARGEST_FILE
from secondunit_bridge.timing import Rate

_TIME = r"(\d{1,2}:\d{2}:\d{2}[:;.]\d{2,3})"
_EVENT = re.compile(rf"\d{{1,6}}\s+\S+\s+V\S*\s+C\s+{_TIME}\s+{_TIME}\s+{_TIME}\s+{_TIME}")
_MARKER = re.compile(r"(.*?)\s*\|C:(\w+)\s*\|M:(.*?)\s*\|D:(\d{1,7})\s*")
_COLUMNS = ("id", "timecode", "frame", "frames", "name", "colour", "kind", "character", "line", "note")
_FORMULA = ("=", "+", "-", "@", "\t")


def text_of(path: Path) -> str:
    """A text file. Raises NotFound, TooLarge, BadInput for a binary."""
    if not path.is_file():
        raise NotFound(f"There is no {path.name}.", mend=f"It was looked for at {path}.")
    if path.stat().st_size > LARGEST_FILE:
        raise TooLarge(f"{path.name} is larger than {LARGEST_FILE >> 20} MB.", mend="Export fewer markers.")
    data = path.read_bytes()
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("mac-roman")  # Pro Tools' older exports
    if "\0" in text:
        raise BadInput(f"{path.name} is not a text file.", mend="Export the markers again.")
    return text


def to_edl(markers: Sequence[CueMarker], rate: Rate, title: str, *, drop: bool) -> str:
    """Resolve's timeline markers: an event line, then `note |C:ResolveColorRed |M:name |D:frames`, the note first."""
    lines = [f"TITLE: {one_line(title)}", f"FCM: {'DROP' if drop else 'NON-DROP'} FRAME", ""]
    for number, each in enumerate(markers, start=1):
        begin, end = (rate.timecode(frame, drop=drop) for frame in (each.frame, each.frame + 1))
        lines.append(f"{number:03d}  001      V     C        {begin} {end} {begin} {end}  ")
        colour = f"ResolveColor{RESOLVE.get(each.colour, 'Blue')}"
        note, name = (_plain(text) for text in (with_id(each), each.name))
        lines += [f"{note} |C:{colour} |M:{name} |D:{each.frames}", ""]
    return "\n".join(lines)


def _plain(text: str) -> str:
    return one_line(text).replace("|", "¦")


def from_edl(text: str, rate: Rate) -> list[CueMarker]:
    """Raises BadInput for a broken timecode or a list without markers."""
    drop = "FCM: DROP" in text.upper()
    found: list[CueMarker] = []
    at: int | None = None
    for line in text.splitlines():
        if match := _EVENT.match(line.strip()):
            at = rate.frame_of(match[3], drop=(drop or match[3][-3] in ";.") and rate.drops)
        elif (match := _MARKER.fullmatch(line.strip().removeprefix("*").strip())) and at is not None:
            note, found_id = split_note(match[1])
            colour = from_resolve(match[2])
            found.append(CueMarker(found_id, at, max(1, int(match[4])), match[3], colour, note))
    if not found and text.strip():
        raise BadInput("The EDL has no markers.", mend="In Resolve: File > Export > Timeline Markers to EDL.")
    return found


def to_csv(markers: Sequence[CueMarker], rate: Rate, *, drop: bool) -> str:
    """A table with a header. A text that a spreadsheet would take for a formula is quoted by an apostrophe."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(_COLUMNS)
    for each in markers:
        words = (each.name, each.colour, each.kind, each.character, each.line, each.note)
        row = (each.id, rate.timecode(each.frame, drop=drop), each.frame, each.frames)
        table.writerow([*row, *(f"'{word}" if word.startswith(_FORMULA) else word for word in words)])
    return out.getvalue()


def from_csv(text: str, rate: Rate) -> list[CueMarker]:
    """Our table, or another's with at least a timecode column ("timecode", "In", "Record In") and a name.

    Raises BadInput.
    """
    try:
        sample = csv.excel_tab if "\t" in text.partition("\n")[0] else csv.excel
        rows = list(csv.DictReader(io.StringIO(text), dialect=sample))
    except csv.Error as fault:
        raise BadInput(f"The table cannot be read: {fault}.", mend="Export it again as CSV.") from None
    found = []
    for number, row in enumerate(rows, start=2):
        cells = {str(key).strip().lower(): _unquoted(value) for key, value in row.items() if isinstance(value, str)}
        time = cells.get("timecode") or cells.get("in") or cells.get("record in") or ""
        if not time:
            raise BadInput(f"Row {number} of the table has no timecode.", mend="It needs a column “timecode”.")
        note, found_id = split_note(cells.get("note") or cells.get("description") or "")
        length = cells.get("frames", "")
        colour = cells.get("colour") or cells.get("color") or "RED"
        colour = colour.upper() if colour.upper() in OTIO else from_resolve(colour)
        name = cells.get("name") or cells.get("marker name") or ""
        frames = int(length) if length.isdigit() and len(length) < 8 else 1
        place = cells.get("local", "")
        local = int(place) if place.isdigit() and len(place) < 10 else None
        found.append(
            CueMarker(
                cells.get("id") or found_id, rate.frame_of(time), frames, name, colour, note, local,
                kind=cells.get("kind", ""), line=cells.get("line", ""), character=cells.get("character", ""),
            )
        )  # fmt: skip
    return found


def _unquoted(value: str) -> str:
    return value[1:] if value[:1] == "'" and value[1:2] in _FORMULA else value
