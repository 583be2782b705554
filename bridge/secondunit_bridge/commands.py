"""What each command does: ask an engine, show how far it is, and say what came of it."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from secondunit.v1 import job_pb2, look_pb2, plan_pb2
from secondunit_bridge import documents
from secondunit_bridge.asking import read_size
from secondunit_bridge.client import Client, connect, settings
from secondunit_bridge.connection import state_dir
from secondunit_bridge.door import Brief, open_brief, read_encoded
from secondunit_bridge.engine_tool import run_tool
from secondunit_bridge.errors import BadInput, Cancelled, NotFound, NotReady, TooLarge, Unavailable
from secondunit_bridge.exchange.cue_sheet import cue_rows
from secondunit_bridge.launch import engine as an_engine
from secondunit_bridge.launch import start_engine
from secondunit_bridge.look import look_by_name
from secondunit_bridge.terminal import ProgressLine, say
from secondunit_bridge.timing import Rate, parse_seconds

LONGEST = 24 * 60 * 10  # frames of one shot
_BUDGET = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)\s*([hms]?)")
_VIEWS = {None: look_pb2.VIEW_UNSPECIFIED, "aces": look_pb2.VIEW_ACES_2_0, "agx": look_pb2.VIEW_AGX}
_LIGHT = re.compile(r"([\w-]+)=(?:(on|off)|([+-]?\d+(?:\.\d+)?)?(?:@([+-]?\d+))?)")


@dataclass(frozen=True)
class Outcome:
    """What a command gives: the document for --json, the words for a person, the exit code.

    Without a document and words it has said everything already.
    """

    document: Any
    text: str
    exit_code: int = 0


# Shooting


def shoot(options: argparse.Namespace) -> Outcome:
    wanted = read_settings(options)
    briefs = [brief_of(options)]
    with an_engine() as client:
        if options.table:
            briefs = fill(client, briefs[0], options.table)
        folder = Path(options.project or f"{briefs[0].name or 'untitled'}.film").absolute()
        results = [_shoot(client, folder, brief, wanted, options.despite_errors) for brief in briefs]
    if not options.table:
        return Outcome(documents.shoot_document(results[0]), _told_takes(results[0]))
    document = {"briefs": [documents.shoot_document(result) for result in results]}
    return Outcome(document, "\n\n".join(_told_takes(result) for result in results))


def brief_of(options: argparse.Namespace) -> Brief:
    """The brief of a shoot or a plan, with all that comes with it. Raises NotFound, TooLarge, BadInput."""
    return open_brief(
        options.brief,
        mood_board=options.mood_board,
        rules=options.rules,
        music=options.beat_sync,
        bpm=options.bpm or 0.0,
    )


def _shoot(
    client: Client, folder: Path, brief: Brief, wanted: plan_pb2.Settings, despite_errors: bool
) -> job_pb2.ShootResult:
    job = client.shoot_brief(folder, brief, settings=wanted, despite_errors=despite_errors)
    return follow(client, job).shoot


def fill(client: Client, template: Brief, table: str) -> list[Brief]:
    """One brief a row of a table file; says what was not used. Raises NotFound, BadInput."""
    path = Path(table)
    if not path.is_file():
        raise NotFound(f"There is no table “{table}”.", mend="Name a .csv or .json file.")
    text, _ = read_encoded(path)
    filled = client.fill_template(template, text, path.name)
    for note in filled.notes:
        say(note)
    return [replace(template, text=each.text, name=each.name, rules=each.rules) for each in filled.briefs]


def retake(options: argparse.Namespace) -> Outcome:
    wanted = read_settings(options)
    with an_engine() as client:
        job = client.retake(project_of(options), options.shot, options.note, settings=wanted, take=options.take)
        result = follow(client, job).shoot
    return Outcome(documents.shoot_document(result), _told_takes(result))


def relight(options: argparse.Namespace) -> Outcome:
    change = read_look(options)
    with an_engine() as client:
        result = follow(client, client.relight(project_of(options), options.shot, change)).shoot
    return Outcome(documents.shoot_document(result), _told_takes(result))


def usdz(options: argparse.Namespace) -> Outcome:
    folder = project_of(options)
    out = Path(options.out).absolute() if options.out else folder / "deliveries" / f"{options.shot}.usdz"
    with an_engine() as client:
        result = follow(client, client.usdz(folder, options.shot, out, for_ar=options.ar)).usdz
    told = [f"not carried: {what}" for what in result.left_out]
    return Outcome({"media": result.media, "left_out": list(result.left_out)}, "\n".join([result.media, *told]))


# Looking


def takes(options: argparse.Namespace) -> Outcome:
    with an_engine() as client:
        listed = client.takes(project_of(options), options.shot)
    document = {"timeline": listed.timeline, "shots": [documents.take_document(take) for take in listed.takes]}
    lines = [f"{take.shot_id} take {take.number:03d}  {take.frames} frames  {take.media}" for take in listed.takes]
    return Outcome(document, "\n".join(lines) or "Nothing has been shot yet.")


def cast(options: argparse.Namespace) -> Outcome:
    people: dict[str, dict[str, Any]] = {}
    for manifest in _manifests(project_of(options)):
        for person in manifest["recipe"]["plan"]["cast"]:
            known = people.setdefault(person["name"], person | {"shots": []})
            known["shots"] = sorted({*known["shots"], manifest["recipe"]["shot"]})
    lines = [
        f"{name}: {each['wardrobe']}, {each['hair']} hair, in {', '.join(each['shots'])}"
        for name, each in people.items()
    ]
    return Outcome({"cast": list(people.values())}, "\n".join(lines) or "Nobody is in the shots yet.")


def cues(options: argparse.Namespace) -> Outcome:
    """The cue sheets of a project's takes, each cue where an editor has moved it."""
    rows: list[dict[str, Any]] = []
    folder = project_of(options)
    for path in sorted(folder.glob("shots/*/takes/*/cues.json")):
        if options.shot in ("", path.parents[2].name):
            take = {"shot": path.parents[2].name, "take": int(path.parent.name)}
            rows += [take | cue for cue in cue_rows(path.parent)]
    lines = [
        f"{row['shot']} {row['take']:03d}  {row['timecode']}  {row['kind']:<9} {row.get('text') or row['name']}"
        for row in rows
    ]
    return Outcome({"cues": rows}, "\n".join(lines) or "There are no cues.")


def library(options: argparse.Namespace) -> Outcome:
    folder = project_of(options)
    if options.action != "list" and not options.what:
        raise BadInput("Which asset?", mend="Write: secondunit library add PATH, or remove NAME.")
    if options.action == "remove":
        found = run_tool("library", "remove", str(folder), options.what)
        return Outcome(found, f"Removed {found['removed']['name']}.")
    if options.action == "list":
        found = run_tool("library", "list", str(folder))
    else:
        found = run_tool("library", "add", str(folder), str(Path(options.what).absolute()), options.licence)
    lines = [line for asset in found["assets"] for line in _told_asset(asset)]
    lines += [f"refused {each['file']}: {each['reason']}" for each in found.get("refused", [])]
    nothing_added = options.action == "add" and not found["assets"]
    return Outcome(found, "\n".join(lines) or "The library is empty.", 2 if nothing_added else 0)


def _told_asset(asset: dict[str, Any]) -> list[str]:
    size = " x ".join(f"{side:.3g}" for side in asset["size"])
    terms = asset["licence"] or "no licence"
    called = f"called “{asset['noun']}”" if asset["noun"] else "no word calls it: rename the file"
    line = f"{asset['name']}  {size} m  {asset['triangles']} triangles  {terms}  {called}"
    return [line, *(f"  {note}" for note in asset["notes"])]


def cloth(options: argparse.Namespace) -> Outcome:
    if options.action == "list" and options.names:
        raise BadInput("A list has no names.", mend="Write: secondunit cloth list, or drop NAME.")
    found = run_tool("motion.cloth.cache", options.action, str(project_of(options)), *options.names)
    rows = found["cloth" if options.action == "list" else "dropped"]
    verb = "" if options.action == "list" else "dropped "
    lines = [
        f"{verb}{row['key']}  {row['who']:<12} {row['frames']} frames of {row['points']} points"
        f"  {row['size'] / 1e6:.1f} MB" + ("" if row["intact"] else "  damaged: drop it")
        for row in rows
    ]
    return Outcome(found, "\n".join(lines) or "There is no simulated cloth.")


# The engine


def jobs(options: argparse.Namespace) -> Outcome:
    with an_engine() as client:
        return _JOBS[options.action](client, options)


def _list_jobs(client: Client, options: argparse.Namespace) -> Outcome:
    listed = client.jobs()
    return _told_jobs(listed)


def _watch_job(client: Client, options: argparse.Namespace) -> Outcome:
    job = client.job(options.job) if options.job else next(iter(client.jobs(unfinished_only=True)), None)
    if job is None:
        raise NotFound("No job is running.", mend="List them with: secondunit jobs")
    follow(client, job)
    return _told_jobs([client.job(job.job_id)])


def _one_job(act: Callable[[Client], Callable[[str], job_pb2.Job]]) -> Callable[[Client, argparse.Namespace], Outcome]:
    def run(client: Client, options: argparse.Namespace) -> Outcome:
        if not options.job:
            raise BadInput("Which job?", mend="List them with: secondunit jobs")
        return _told_jobs([act(client)(options.job)])

    return run


def _queue_or_job(
    whole: Callable[[Client], None], one: Callable[[Client], Callable[[str], job_pb2.Job]]
) -> Callable[[Client, argparse.Namespace], Outcome]:
    """Pause and resume act on the whole queue when no job is named."""

    def run(client: Client, options: argparse.Namespace) -> Outcome:
        if options.job:
            return _told_jobs([one(client)(options.job)])
        whole(client)
        return _list_jobs(client, options)

    return run


_JOBS: dict[str, Callable[[Client, argparse.Namespace], Outcome]] = {
    "list": _list_jobs,
    "watch": _watch_job,
    "cancel": _one_job(lambda client: client.cancel),
    "cancel-all": lambda client, _: _told_jobs(list(client.cancel_all())),
    "pause": _queue_or_job(Client.pause_queue, lambda client: client.pause),
    "resume": _queue_or_job(Client.resume_queue, lambda client: client.resume),
    "move": lambda client, options: _told_jobs([client.move(options.job, options.before)]),
    "retry": _one_job(lambda client: client.retry),
}


def engine(options: argparse.Namespace) -> Outcome:
    if options.gateway:
        return _serve_gateway(options)
    if options.action == "start":
        start_engine()
    try:
        with connect() as client:
            if options.action == "stop":
                client.shutdown()
                return Outcome({"running": False}, "The engine has stopped; unfinished jobs wait in its queue.")
            info = client.info()
    except Unavailable:
        return Outcome({"running": False, "state": str(state_dir())}, "No engine is running.")
    document = documents.plain(info) | {"running": True}
    return Outcome(document, f"Engine {info.version} is running (process {info.pid}, state in {info.state_dir}).")


def _serve_gateway(options: argparse.Namespace) -> Outcome:
    """Serve HTTP until Ctrl-C; the first line of output says where."""
    try:
        from secondunit_bridge.gateway.serve import Options, Served, serve
    except ModuleNotFoundError:
        raise NotReady("The gateway is not installed here.", mend="Run: pip install 'secondunit[gateway]'") from None
    project = Path(options.project).absolute() if options.project else state_dir() / "videos.film"

    def tell(served: Served) -> None:
        document = {"url": served.url, "token": served.token, "project": str(served.project)}
        text = f"Listening on {served.url}; the token is in {state_dir() / 'token'}. Ctrl-C stops it."
        print(json.dumps(document) if options.json else text, flush=True)

    ports = Options.ports if options.port is None else (options.port,)
    serve(Options(state_dir(), project, ports, frozenset(options.allow_origin)), tell)
    return Outcome(None, "")


def doctor(options: argparse.Namespace) -> Outcome:
    findings = run_tool("doctor")
    marks = {"ok": "  ok     ", "limited": "  limited", "missing": "! missing"}
    lines = [f"{marks[each['level']]}  {each['name']}: {each['finding']} {each['mend']}".rstrip() for each in findings]
    broken = any(each["level"] == "missing" for each in findings)
    return Outcome({"findings": findings}, "\n".join(lines), 1 if broken else 0)


def install_plugins(options: argparse.Namespace) -> Outcome:
    if options.ccx:
        from secondunit_bridge.premiere_package import package_panel

        path = package_panel(Path(options.ccx).absolute())
        told = "Open it, and Creative Cloud installs the panel. It is untested inside Premiere itself."
        return Outcome({"package": str(path), "notes": [told]}, f"{path}\n{told}")
    from secondunit_bridge.install_plugins import install_plugins as install

    report = install(dry_run=options.dry_run, uninstall=options.uninstall, check=options.check)
    said = "The menu scripts are installed and whole." if options.check and not report.faults else report.text()
    return Outcome(report.document(), said, 1 if report.faults else 0)


def watch(options: argparse.Namespace) -> Outcome:
    """Make what is dropped into a folder until Ctrl-C, or with --once until it is empty."""
    from secondunit_bridge.watch import watch as watch_folder

    made = []
    try:
        for done in watch_folder(Path(options.folder).absolute(), once=options.once):
            made.append(done)
            say(f"{done.file}" if done.ok else f"{done.file}: {done.answer.get('error', {}).get('message', 'failed')}")
    except KeyboardInterrupt:
        say("Stopped.")
    rows = [{"file": str(done.file), "ok": done.ok} for done in made]
    failed = sum(not done.ok for done in made)
    return Outcome({"made": rows}, f"{len(made) - failed} made, {failed} failed", 1 if failed else 0)


def demo(options: argparse.Namespace) -> Outcome:
    from secondunit_bridge.demo import run_demo

    document, text = run_demo(Path(options.project).absolute())
    return Outcome(document, text)


# Reading what the user typed


def project_of(options: argparse.Namespace) -> Path:
    """The project folder that is meant. Raises NotFound."""
    folder = Path(options.project or ".").absolute()
    if not (folder / "secondunit.toml").is_file():
        raise NotFound(f"There is no project in {folder}.", mend="Name one with --project, or shoot a brief first.")
    return folder


def read_settings(options: argparse.Namespace) -> plan_pb2.Settings:
    """Settings from the options; what was not said stays as in the project. Raises BadInput, TooLarge."""
    rate = Rate.parse(options.rate) if options.rate else None
    width, height = read_size(options.size) if options.size else (None, None)
    frames = _read_length(options.seconds, rate)
    if frames and frames > LONGEST:
        raise TooLarge(f"A shot of {options.seconds} seconds is too long.", mend="Ten minutes is the most.")
    total = _read_length(getattr(options, "total", None), rate)
    intensity = getattr(options, "motion_intensity", None)
    if intensity is not None and not 0 <= intensity <= 1:
        raise BadInput(f"A motion intensity of {intensity:g} is outside 0 to 1.", mend="Give 0 to 1.")
    handles = getattr(options, "handles", None)
    if handles is not None and not 0 <= handles <= 240:
        raise BadInput(f"Handles of {handles} frames are not offered.", mend="Give 0 to 240 frames.")
    return settings(
        rate=rate, width=width, height=height, quality=options.quality, seed=options.seed, frames=frames,
        motion_intensity=intensity, handles=handles, style=getattr(options, "style", None), total_frames=total,
        budget=read_budget(getattr(options, "budget", None)),
    )  # fmt: skip


def _read_length(seconds: str | None, rate: Rate | None) -> int | None:
    if not seconds:
        return None
    frames = (rate or Rate(24)).frames(parse_seconds(seconds))
    if frames < 1:
        raise BadInput(f"{seconds} seconds are less than a frame.", mend="Give a longer duration.")
    return frames


def read_budget(text: str | None) -> int | None:
    """ "10m", "1.5h", "90s" or "90" as whole seconds. Raises BadInput."""
    if not text:
        return None
    match = _BUDGET.fullmatch(text.strip().lower())
    seconds = int(float(match[1]) * {"h": 3600, "m": 60}.get(match[2], 1)) if match else 0
    if not 1 <= seconds <= 7 * 24 * 3600:
        raise BadInput(f"“{text}” is not a time for a shot.", mend="Give one such as 90s, 10m or 1.5h, up to a week.")
    return seconds


def read_look(options: argparse.Namespace) -> look_pb2.LookChange:
    """The change of look that the options describe. Raises BadInput if there is none."""
    change = look_pb2.LookChange(
        exposure=options.exposure, contrast=options.contrast, saturation=options.saturation,
        temperature_shift=options.temperature, bloom=options.bloom, vignette=options.vignette, grain=options.grain,
        aberration=options.aberration, split_tone=options.split_tone, halation=options.halation, streak=options.streak,
        ghosts=options.ghosts, film=options.film, drops=options.drops, view=_VIEWS[options.view],
        lut=str(Path(options.lut).absolute()) if options.lut else options.lut,
        lights=[_read_light(text) for text in options.light],
    )  # fmt: skip
    if options.look:
        named = look_by_name(options.look).change()
        named.MergeFrom(change)
        return named
    if not change.ListFields():
        raise BadInput("What should change?", mend="Say it with --look, --light, --exposure, --lut or --view.")
    return change


def _read_light(text: str) -> look_pb2.LightChange:
    match = _LIGHT.fullmatch(text)
    if match is None or not any(match.groups()[1:]):
        raise BadInput(f"“{text}” is not a change of light.", mend="Write key=+1, neon=-0.5@+800 or fill=off.")
    group, switch, stops, kelvin = match.groups()
    return look_pb2.LightChange(
        group=group,
        on=None if switch is None else switch == "on",
        exposure=None if stops is None else float(stops),
        temperature_shift=None if kelvin is None else float(kelvin),
    )


# Following a job, and telling


def follow(client: Client, job: job_pb2.Job) -> job_pb2.Result:
    """Watch a job to its end with a progress line. Ctrl-C cancels it. Raises what the job failed of."""
    line = ProgressLine()

    def tell(event: job_pb2.JobEvent) -> None:
        step = event.progress
        left = step.seconds_left if step.HasField("seconds_left") else None
        line.show(step.stage or "waiting", step.done, step.total, step.note, left)

    try:
        return client.wait(job.job_id, tell)
    except KeyboardInterrupt:
        line.clear()
        say("Stopping…")
        client.cancel(job.job_id)
        raise Cancelled("Cancelled; whole frames are kept.", mend="The same command goes on from them.") from None
    finally:
        line.clear()


def _told_takes(result: job_pb2.ShootResult) -> str:
    lines = []
    for take in result.takes:
        lines.append(f"{take.shot_id} take {take.number:03d}  {take.media}")
        if take.reused:
            lines.append(f"  made: {', '.join(take.made) or 'nothing'}; unchanged: {', '.join(take.reused)}")
        if take.HasField("budget"):
            lines.append(f"  {documents.budget_sentence(take.budget)}")
        lines += [f"  {word}" for word in documents.remarks(take.ledger)]
    lines += [f"{documents.plain(note)['level']}: {note.message}" for note in result.continuity]
    return "\n".join([*lines, f"timeline  {result.timeline}"])


def _told_jobs(listed: Any) -> Outcome:
    rows = [documents.job_document(job) for job in listed]
    lines = [f"{row['job']}  {row['kind']:<8} {row['state']:<9} {row['note'] or row['stage']}" for row in rows]
    return Outcome({"jobs": rows}, "\n".join(lines) or "The queue is empty.")


def _manifests(project: Path) -> list[dict[str, Any]]:
    return [json.loads(path.read_text("utf-8")) for path in sorted(project.glob("shots/*/takes/*/manifest.json"))]
