"""`conform` and `changes`: anybody's cut becomes one master, each clip on its take; two versions of a cut compared."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from secondunit.v1 import job_pb2
from secondunit_bridge import documents
from secondunit_bridge.asking import CODECS
from secondunit_bridge.client import Client, settings
from secondunit_bridge.commands import Outcome, follow, read_size
from secondunit_bridge.conform import check_cut
from secondunit_bridge.errors import BadInput, NotFound, SecondUnitError
from secondunit_bridge.exchange.cut_changes import Change, Use, compare_cuts, told_changes
from secondunit_bridge.exchange.host_shape import HOSTS, Host, shaped_for
from secondunit_bridge.exchange.match import Match
from secondunit_bridge.exchange.read_cut_file import SUFFIXES, Form, read_cut_file
from secondunit_bridge.exchange.relink import Relinked, rate_of, relink_cut, without_missing
from secondunit_bridge.exchange.shelf import Shelf
from secondunit_bridge.launch import engine as an_engine
from secondunit_bridge.otio_file import write_otio
from secondunit_bridge.terminal import say
from secondunit_bridge.timing import Rate

LOUDNESS = ("ebu-r128", "atsc-a85", "streaming", "cinema-web")


def add_arguments(sub: argparse.ArgumentParser) -> None:
    """The options of `conform`."""
    sub.add_argument("timeline", metavar="CUT", help=f"of any editor: {', '.join(SUFFIXES)}")
    sub.add_argument("--out", metavar="FILE", help="the master; without it deliveries/ of the project")
    sub.add_argument(
        "--codec", default="prores-hq", help="prores-hq, prores-4444, dnxhr-hqx or h264 (default: prores-hq)"
    )
    sub.add_argument("--size", metavar="WxH", help="without it the first clip's")
    sub.add_argument(
        "--loudness", choices=LOUDNESS, default="", help="bring its sound to a standard, with a report beside it"
    )
    sub.add_argument("--rate", help="of an EDL, which does not say its own; without it the project's")
    sub.add_argument("--project", metavar="DIR", help="whose takes; without it the folder of the cut")
    sub.add_argument("--dry-run", action="store_true", help="say what each clip is matched to, and make nothing")
    sub.add_argument("--final", action="store_true", help="shoot takes that are not final yet, and use those")
    sub.add_argument("--as-cut", action="store_true", help="the very takes of the cut, although there are final ones")
    sub.add_argument("--despite-missing", action="store_true", help="black where a clip has no take and no media")
    sub.add_argument("--otio-out", metavar="FILE", help="write the conformed cut for an editor, too")
    sub.add_argument("--host", choices=HOSTS, help="the editor of --otio-out (default: the one the cut came from)")


def conform(options: argparse.Namespace) -> Outcome:
    """Match, shoot what shall be final, relink, make the master. Exit code 2 with --dry-run if a clip has no media."""
    timeline = Path(options.timeline).absolute()
    if not timeline.exists():
        raise NotFound(f"There is no timeline {options.timeline}.", mend=f"Give one of {', '.join(SUFFIXES)}.")
    if options.final and options.as_cut:
        raise BadInput("--final and --as-cut contradict each other.", mend="Give one of them.")
    if options.codec not in CODECS:
        raise BadInput(f"There is no codec called “{options.codec}”.", mend=f"Use one of {', '.join(CODECS)}.")
    size = read_size(options.size) if options.size else (0, 0)
    folder = Path(options.project).absolute() if options.project else timeline.parent
    out = _output(options, folder, timeline)
    cut = read_cut_file(timeline, Rate.parse(options.rate) if options.rate else rate_of(folder))
    relinked = relink_cut(cut, Shelf(folder), as_cut=options.as_cut)
    if options.otio_out and Path(options.otio_out).absolute() == timeline:
        raise BadInput("--otio-out cannot replace the cut itself.", mend="Give another file.")
    if options.dry_run:
        document = {"form": cut.form, **match_document(relinked), "notes": list(relinked.notes)}
        return Outcome(document, "\n".join(told_matches(relinked)), 2 if relinked.missing else 0)
    relinked = without_missing(relinked, allow=options.despite_missing)
    check_cut(relinked.timeline, timeline)
    with an_engine() as client:
        if options.final and relinked.unfinished:
            _shoot_finals(client, folder, relinked.unfinished, size)
            relinked = without_missing(relink_cut(cut, Shelf(folder)), allow=options.despite_missing)
        shown = _written(relinked, timeline, out)
        try:
            job = client.conform(
                folder, shown, out, codec=options.codec, width=size[0], height=size[1], loudness=options.loudness
            )
            result = follow(client, job).conform
        except (SecondUnitError, KeyboardInterrupt):
            if shown != timeline:
                shown.unlink(missing_ok=True)
            raise
    if options.otio_out:
        relinked = _give_back(relinked, options, cut.form, size)
    return _told(result, relinked, shown, timeline)


def _give_back(relinked: Relinked, options: argparse.Namespace, form: Form, size: tuple[int, int]) -> Relinked:
    """Write the conformed cut in its host's shape; what the host cannot be given comes back among the notes."""
    known = form in ("resolve", "premiere")
    host: Host = options.host or (form if known else "otio")
    largest = max(((known.width, known.height) for known in relinked.takes), default=(1920, 1080))
    shaped, notes = shaped_for(relinked.timeline, host, size if all(size) else largest)
    write_otio(shaped, Path(options.otio_out).absolute())
    return replace(relinked, notes=(*relinked.notes, *notes))


def add_changes_arguments(sub: argparse.ArgumentParser) -> None:
    """The options of `changes`."""
    sub.add_argument("old", metavar="OLD", help="the cut before, of any editor")
    sub.add_argument("new", metavar="NEW", help="the cut after")
    sub.add_argument("--rate", help="of EDLs, which do not say their own; without it the project's")
    sub.add_argument("--project", metavar="DIR", help="whose takes; without it the folder of NEW")


def changes(options: argparse.Namespace) -> Outcome:
    """What is different between two versions of a cut, to the frame."""
    old, new = Path(options.old).absolute(), Path(options.new).absolute()
    folder = Path(options.project).absolute() if options.project else new.parent
    rate = Rate.parse(options.rate) if options.rate else rate_of(folder)
    shelf = Shelf(folder)
    before, after = read_cut_file(old, rate), read_cut_file(new, rate)
    found = compare_cuts(before.timeline, after.timeline, shelf)
    rows = [_change_row(change) for change in found.changes]
    document = {"rate": str(found.rate), "start": found.start, "unchanged": found.unchanged, "changes": rows}
    return Outcome(document, "\n".join(told_changes(found)))


def _change_row(change: Change) -> dict[str, Any]:
    """{"kinds", "head", "tail", "old", "new"}; a side is a clip's name, track, record frames, source frame, speed."""
    sides = {name: _use_row(use) for name, use in (("old", change.old), ("new", change.new)) if use is not None}
    return {"kinds": list(change.kinds), "moved": change.moved, "head": change.head, "tail": change.tail, **sides}


def _use_row(use: Use) -> dict[str, Any]:
    return {
        "name": use.key, "take": use.take, "track": use.track, "start": use.start, "end": use.end,
        "source": float(use.source), "speed": float(use.speed),
    }  # fmt: skip


def _output(options: argparse.Namespace, folder: Path, timeline: Path) -> Path:
    suffix = ".mp4" if options.codec == "h264" else ".mov"
    return Path(options.out).absolute() if options.out else folder / "deliveries" / f"{timeline.stem}{suffix}"


def _shoot_finals(client: Client, folder: Path, wanted: Sequence[tuple[str, int]], size: tuple[int, int]) -> None:
    """Queue every take at final quality, at the master's size if one is asked for, and wait for all of them."""
    width, height = size[0] or None, size[1] or None
    final = settings(quality="final", width=width, height=height)
    jobs = [client.retake(folder, shot, settings=final, take=take) for shot, take in wanted]
    for (shot, take), job in zip(wanted, jobs, strict=True):
        say(f"{shot} take {take:03d} at final quality")
        follow(client, job)


def _written(relinked: Relinked, timeline: Path, out: Path) -> Path:
    """The cut to make the master of: the file itself where nothing changed, else one written beside the master."""
    if not relinked.changed:
        return timeline
    out.parent.mkdir(parents=True, exist_ok=True)
    path = out.with_name(f"{out.stem}.conformed.otio")
    write_otio(relinked.timeline, path)
    return path


def _told(result: job_pb2.ConformResult, relinked: Relinked, shown: Path, timeline: Path) -> Outcome:
    notes = list(dict.fromkeys([*relinked.notes, *result.notes]))
    counts = f"{result.frames} frames, {result.copied_frames} copied, {result.encoded_frames} encoded."
    document = documents.conform_document(result) | match_document(relinked) | {"notes": notes}
    lines = [result.media, counts]
    if shown != timeline:
        document["timeline"] = str(shown)
        lines += [f"timeline  {shown}", *told_matches(relinked)]
    return Outcome(document, "\n".join(dict.fromkeys([*lines, *notes])))


def match_document(relinked: Relinked) -> dict[str, Any]:
    """{"matches": [{"clip", "track", "start", "frames", "how", "sure", "reason", "shot", "take", "quality", "final"}],
    "unfinished": [...]}."""
    unfinished = [{"shot": shot, "take": take} for shot, take in relinked.unfinished]
    return {"matches": [asdict(match) for match in relinked.matches], "unfinished": unfinished}


def told_matches(relinked: Relinked) -> list[str]:
    """How many are sure, each that is not, what is not final yet, and what is not carried."""
    counts = Counter(match.sure for match in relinked.matches)
    kinds = Counter(match.how for match in relinked.matches)
    told = ", ".join(f"{counts[sure]} {word}" for sure, word in _SURE.items() if counts[sure])
    hows = ", ".join(f"{count} by {how}" if how in _BY else f"{count} {how}" for how, count in kinds.most_common())
    lines = [f"{len(relinked.matches)} clips: {told} ({hows})"]
    lines += [_told_match(match) for match in relinked.matches if match.sure != "sure" or ";" in match.reason]
    if relinked.unfinished:
        names = ", ".join(f"{shot} take {take:03d}" for shot, take in relinked.unfinished[:8])
        more = f" and {len(relinked.unfinished) - 8} more" if len(relinked.unfinished) > 8 else ""
        lines.append(f"not final yet: {names}{more} (conform --final shoots them)")
    return [*lines, *relinked.notes]


_SURE = {"sure": "sure", "likely": "likely", "guess": "guessed", "none": "without a take"}
_BY = ("id", "file", "reel", "name")


def _told_match(match: Match) -> str:
    take = f"{match.shot} take {match.take:03d}" if match.take else "no take"
    return f"{_SURE[match.sure]:<8}  {match.track} {match.start:>6}  {match.clip} is {take}: {match.reason}"
