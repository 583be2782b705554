"""`cues`: the cue sheet, the cues as an editor's markers, and an editor's markers as moves of the cues."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from secondunit_bridge import commands
from secondunit_bridge.commands import Outcome, project_of
from secondunit_bridge.engine_tool import run_tool
from secondunit_bridge.errors import BadInput, NotFound, Unwritable
from secondunit_bridge.exchange.cue_moves import markers_of_cut, moves_in
from secondunit_bridge.exchange.cue_sheet import cue_rows, read_moves, write_moves
from secondunit_bridge.exchange.markers import FORMATS, read_markers, write_markers
from secondunit_bridge.exchange.read_cut_file import read_cut_file
from secondunit_bridge.exchange.relink import rate_of
from secondunit_bridge.exchange.shelf import Shelf
from secondunit_bridge.exchange.spotting_sheet import COLUMNS, Kind, sheet_rows, to_csv
from secondunit_bridge.timeline import timeline_rate


def add_arguments(sub: argparse.ArgumentParser) -> None:
    """The options of `cues`, beside SHOT and --project."""
    known = ", ".join(FORMATS)
    sub.add_argument("--markers", metavar="FILE", default="", help=f"write the cues of the cut as markers ({known})")
    for kind in ("adr", "foley"):
        sub.add_argument(
            f"--{kind}", metavar="FILE", default="", help=f"write the {kind} sheet of the cut (.csv or .pdf)"
        )
    sub.add_argument(
        "--from", metavar="FILE", default="", dest="source", help="take over what an editor's markers moved"
    )
    sub.add_argument("--cut", metavar="CUT", default="", help="the cut that is meant (default: the project's cut.otio)")
    sub.add_argument("--drop-frame", action="store_true", help="drop-frame timecode in --markers")
    sub.add_argument("--dry-run", action="store_true", help="with --from: say what would move, and move nothing")
    sub.add_argument("--reset", action="store_true", help="put the cues of SHOT back to where they happen")


def cues(options: argparse.Namespace) -> Outcome:
    """List, write, take over or reset, as the options say. Raises BadInput for two of them at once."""
    asked = [word for word in ("markers", "source", "reset", "adr", "foley") if getattr(options, word)]
    if len(asked) > 1:
        raise BadInput("--markers, --adr, --foley, --from and --reset are five things.", mend="Ask for one at a time.")
    if not asked:
        return commands.cues(options)
    ways = {"markers": _write, "source": _take_over, "reset": _reset, "adr": _sheet, "foley": _sheet}
    return ways[asked[0]](options)


def _cut(options: argparse.Namespace, folder: Path) -> Path:
    path = Path(options.cut).absolute() if options.cut else folder / "cut.otio"
    if not path.exists():
        raise NotFound(f"There is no cut {path.name}.", mend="Name one with --cut.")
    return path


def _write(options: argparse.Namespace) -> Outcome:
    folder, out = project_of(options), Path(options.markers).absolute()
    shelf = Shelf(folder)
    if options.shot and options.shot not in shelf.shots:
        raise NotFound(f"There is no {options.shot} in this project.", mend="List the shots with: secondunit takes")
    timeline = read_cut_file(_cut(options, folder), rate_of(folder)).timeline
    rate, begin = timeline_rate(timeline), timeline.global_start_time
    markers = markers_of_cut(timeline, shelf, options.shot)
    start = round(begin.value) if begin is not None else 0
    write_markers(out, markers, rate, start, drop=options.drop_frame)
    rows = [{"id": each.id, "frame": each.frame, "frames": each.frames, "name": each.name} for each in markers]
    return Outcome({"markers": str(out), "cues": rows}, f"{len(markers)} cues  {out}")


def _sheet(options: argparse.Namespace) -> Outcome:
    """The ADR or the Foley sheet of the cut."""
    kind: Kind = "adr" if options.adr else "foley"
    folder, out = project_of(options), Path(getattr(options, kind)).absolute()
    if out.suffix not in (".csv", ".pdf"):
        raise BadInput(f"A sheet is no {out.suffix or 'file without a name'}.", mend="Give a file .csv or .pdf.")
    shelf = Shelf(folder)
    timeline = read_cut_file(_cut(options, folder), rate_of(folder)).timeline
    markers = markers_of_cut(timeline, shelf, options.shot)
    known = {":".join(each.id.split(":")[:2]) for each in markers}
    rows = {
        f"{key}:{row['id']}": row
        for key in known
        for row in cue_rows(folder / "shots" / key.split(":")[0] / "takes" / f"{int(key.split(':')[1]):03d}")
    }
    made = sheet_rows(kind, markers, rows, timeline_rate(timeline))
    text = to_csv(kind, made)
    with tempfile.TemporaryDirectory() as scratch:
        sheet = out if out.suffix == ".csv" else Path(scratch) / "sheet.csv"
        write_text(sheet, text)
        if out.suffix == ".pdf":
            title = f"{'ADR' if kind == 'adr' else 'Foley'} sheet: {timeline.name or folder.name}"
            run_tool("sound.sheet_pdf", str(sheet), str(out), title)
    document = {"sheet": str(out), "rows": [dict(zip(COLUMNS[kind], row, strict=True)) for row in made]}
    return Outcome(document, f"{len(made)} cues  {out}")


def write_text(path: Path, text: str) -> None:
    """Write a text file, whole or not at all. Raises Unwritable."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_text(text, "utf-8", newline="")
        part.replace(path)
    except OSError as fault:
        part.unlink(missing_ok=True)
        raise Unwritable(f"{path} cannot be written: {fault.strerror}.", mend="Choose another folder.") from None


def _take_over(options: argparse.Namespace) -> Outcome:
    folder, source = project_of(options), Path(options.source).absolute()
    if not source.is_file():
        raise NotFound(f"There is no {source.name}.", mend=f"It was looked for at {source}.")
    shelf = Shelf(folder)
    timeline = read_cut_file(_cut(options, folder), rate_of(folder)).timeline
    rate = timeline_rate(timeline)
    found = moves_in(read_markers(source, rate), timeline, shelf)
    if not options.dry_run:
        for shot, moves in found.moves.items():
            write_moves(folder / "shots" / shot, moves, rate)
    document = {
        "moved": [{"cue": cue, "by": by} for cue, by in found.changes],
        "notes": list(found.notes),
        "dry_run": options.dry_run,
    }
    would = "would move " if options.dry_run else ""
    lines = [f"{would}{cue} by {by:+d} frames" if by else f"{would}{cue}: another note" for cue, by in found.changes]
    after = (
        [] if options.dry_run or not found.changes else ["The next take of these shots sounds so: secondunit retake"]
    )
    return Outcome(document, "\n".join([*(lines or ["No cue has moved."]), *found.notes, *after]))


def _reset(options: argparse.Namespace) -> Outcome:
    folder = project_of(options)
    if not options.shot:
        raise BadInput("Which shot?", mend="Write: secondunit cues SHOT --reset")
    home = folder / "shots" / options.shot
    if not home.is_dir():
        raise NotFound(f"There is no {options.shot} in this project.", mend="List the shots with: secondunit takes")
    moves = read_moves(home)
    write_moves(home, {}, rate_of(folder))
    document = {"reset": sorted(moves)}
    return Outcome(document, f"{len(moves)} cues of {options.shot} are back where they happen.")
