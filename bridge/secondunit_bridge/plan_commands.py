"""`plan` and `beats`: what is understood of a brief, what it becomes, and editing it beat by beat."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from secondunit.v1 import job_pb2, plan_pb2
from secondunit_bridge import documents
from secondunit_bridge.asking import EDITS
from secondunit_bridge.client import Client
from secondunit_bridge.commands import Outcome, brief_of, fill, follow, read_settings
from secondunit_bridge.door import Brief, open_brief
from secondunit_bridge.errors import BadInput
from secondunit_bridge.launch import engine as an_engine
from secondunit_bridge.script_file import undo, write_script
from secondunit_bridge.terminal import clock


def plan(options: argparse.Namespace) -> Outcome:
    """Read a brief and show its shots; draw a board, an animatic and the rest if they are asked for."""
    wanted = read_settings(options)
    brief = brief_of(options)
    previous = open_brief(options.changes) if options.changes else None
    if options.table and (previous is not None or _is_drawn(options)):
        raise BadInput(
            "With a table there is a plan a row; none is compared or drawn.",
            mend="Leave out --table, or --changes, --board, --animatic, --floor-plans and --metadata.",
        )
    with an_engine() as client:
        if options.table:
            return _plan_table(client, fill(client, brief, options.table), wanted)
        project = _film_of(brief, options)
        there = project if (project / "secondunit.toml").is_file() else ""
        planned = client.plan_brief(brief, settings=wanted, previous=previous, project=there)
        drawn = _draw(client, brief, options, wanted)
    document = documents.plan_document(planned.plan)
    told = [told_plan(planned.plan)]
    if previous is not None:
        document["changes"] = documents.changes_document(planned.changes)
        told.append(_told_changes(planned.changes))
    if drawn is not None:
        document["previs"] = documents.plain(drawn)
        told.append("\n".join([*drawn.files, *drawn.notes]))
    return Outcome(document, "\n\n".join(told))


def _plan_table(client: Client, briefs: list[Brief], wanted: plan_pb2.Settings) -> Outcome:
    plans = [client.plan_brief(brief, settings=wanted).plan for brief in briefs]
    rows = [{"brief": b.name, "text": b.text} | documents.plan_document(p) for b, p in zip(briefs, plans, strict=True)]
    told = [f"# {brief.name}\n{told_plan(each)}" for brief, each in zip(briefs, plans, strict=True)]
    return Outcome({"briefs": rows}, "\n\n".join(told))


def _film_of(brief: Brief, options: argparse.Namespace) -> Path:
    """The project that the brief would be shot in."""
    return Path(options.project or f"{brief.name or 'untitled'}.film").absolute()


def _is_drawn(options: argparse.Namespace) -> bool:
    return any((options.board, options.animatic, options.floor_plans, options.metadata))


def _draw(
    client: Client, brief: Brief, options: argparse.Namespace, wanted: plan_pb2.Settings
) -> job_pb2.PrevisResult | None:
    if not _is_drawn(options):
        return None
    job = client.previs(
        _film_of(brief, options), brief, settings=wanted, board=options.board, animatic=options.animatic,
        floor_plans=options.floor_plans, metadata=options.metadata, every=options.every or 0,
    )  # fmt: skip
    return follow(client, job).previs


def beats(options: argparse.Namespace) -> Outcome:
    """List, edit, lock and cover the beats of a script file; every edit can be taken back."""
    if options.action == "undo":
        undo(Path(options.brief))
        options.action = "list"
    brief = open_brief(options.brief)
    wanted = read_settings(options)
    if options.action not in ("list", "undo") and not options.beat:
        raise BadInput("Which beat?", mend="List them with: secondunit beats SCRIPT")
    with an_engine() as client:
        if options.action == "list":
            return _told_beats(client.plan_brief(brief, settings=wanted).plan)
        if options.action == "alternatives":
            return _told_alternatives(client.alternatives(brief, options.beat, settings=wanted))
        edited = client.edit_beat(brief, options.action, options.beat, options.text, options.after, settings=wanted)
    return _finish_edit(options, edited)


def _finish_edit(options: argparse.Namespace, edited: plan_pb2.EditBeatResponse) -> Outcome:
    """Write the file if there is one and nothing was said against it; tell what changed."""
    path = Path(options.brief)
    document: dict[str, Any] = {"changes": documents.changes_document(edited.changes), "file": "", "text": edited.text}
    told = [_told_changes(edited.changes)]
    if path.is_file() and not options.dry_run:
        encoding = write_script(path, edited.text)
        document |= {"file": str(path.absolute()), "encoding": encoding}
        told.append(f"{path} is written; take it back with: secondunit beats {path} undo")
    else:
        told.append(edited.text)
    return Outcome(document, "\n\n".join(told))


def _told_beats(planned: plan_pb2.Plan) -> Outcome:
    rows = [
        {"beat": beat.id, "kind": beat.kind, "text": beat.text, "shot": shot.id, "frames": beat.frames}
        for shot in planned.shots
        for beat in shot.beats
    ]
    lines = [f"{row['beat']}  {row['shot']}  {row['kind']:<10} {row['text']}" for row in rows]
    return Outcome({"beats": rows}, "\n".join(lines) or "There are no beats.")


def _told_alternatives(alternatives: Iterable[plan_pb2.Alternative]) -> Outcome:
    ways = [
        {"name": way.name, "why": way.why, "shots": [documents.shot_document(shot) for shot in way.shots]}
        for way in alternatives
    ]
    lines: list[str] = []
    for way in ways:
        lines.append(f"{way['name']}  {way['why']}")
        lines += [f"   {told_camera(shot)}" for shot in way["shots"]]
    return Outcome(
        {"alternatives": ways}, "\n".join([*lines, "Choose with: secondunit beats SCRIPT choose BEAT a|b|c"])
    )


def told_plan(planned: plan_pb2.Plan) -> str:
    """A plan as a page for a person: shot by shot, then the remarks."""
    lines = [planned.title] if planned.title else []
    for shot in planned.shots:
        told = documents.shot_document(shot)
        seconds = clock(shot.frames * shot.rate.denominator / shot.rate.numerator)
        lines.append(f"\n{shot.id}  {shot.heading or told['set']['place']}  {shot.frames} frames ({seconds})")
        lines.append(f"  {told_camera(told)}")
        if told["camera"]["why"]:
            lines.append(f"  because {told['camera']['why']}")
        lines += [f"  {beat.kind}: {beat.text}" for beat in shot.beats]
        lines += [f"  stunt ({mark.kind}): {mark.reason}" for mark in shot.stunts]
        lines += [f"  over the picture: {graphic.text}" for graphic in shot.graphics]
        lines += [f"  {word}" for word in documents.remarks(shot.ledger)]
    lines += [f"{documents.plain(note)['level']}: {note.message}" for note in planned.continuity]
    lines += [f"rule {rule.verdict}: {rule.rule}: {rule.reason}" for rule in planned.rules]
    lines += [f"{note.image}: {note.feature}; {note.led_to}" for note in planned.mood]
    return "\n".join(lines)


def told_camera(shot: dict[str, Any]) -> str:
    """ "over shoulder MCU 50 mm T2.8, eye, static on a tripod, on Mara"."""
    camera = shot["camera"]
    setup = "" if camera["setup"] == "composed" else f"{camera['setup']} "
    seen = "" if camera["sensor"] == "full frame" else f" (seen as on full frame) on {camera['sensor']}"
    lens = f"{camera['lens_mm']:g} mm{seen} T{camera['t_stop']:g}"
    return f"{setup}{camera['size']} {lens}, {camera['angle']}, {camera['move']} ({camera['rig']}), {camera['subject']}"


def _told_changes(changes: Iterable[plan_pb2.ShotChange]) -> str:
    lines: list[str] = []
    for change in documents.changes_document(changes):
        parts = f" ({', '.join(change['parts'])})" if change["parts"] else ""
        makes = f" Made again: {', '.join(change['makes'])}." if change["makes"] else ""
        lines.append(f"{change['shot']} {change['kind']}{parts}: {change['why']}{makes}")
    return "\n".join(lines) or "No shot changes."


ACTIONS = ("list", *EDITS, "alternatives", "undo")
