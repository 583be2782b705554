"""The menu actions: generate at the playhead, retake the clip under it, take over markers, conform the timeline."""

import csv
import json
import re
import tempfile
from fractions import Fraction
from pathlib import Path

from .resolve_host import ResolveHost
from .trouble import Trouble

_MARKER = "Put a marker at the playhead and write it into the marker's note."


def generate(resolve, run, ask):
    """Shoot what the marker at the playhead (or the answer to a question) says, and place the takes there.

    `run` is `engine_command.run`; `ask` takes a question and gives text or None. Returns a sentence for the editor.
    """
    host = ResolveHost(resolve)
    frame, rate, (width, height) = host.playhead(), host.rate(), host.size()
    marker = host.marker_at(frame)
    brief = marker[0] if marker else ask("What shall we shoot?")
    if not brief:
        raise Trouble("There is nothing to shoot.", _MARKER)
    words = ["shoot", brief, "--project", str(project_folder(host.project_name))]
    words += ["--rate", f"{rate.numerator}/{rate.denominator}", "--size", f"{width}x{height}"]
    if marker and marker[1] > 1:  # a marker drawn out over a range says how long
        words += ["--seconds", str(Fraction(marker[1]) / rate)]
    answer = run(*words)
    notes, names, placed = [], [], []
    try:
        for take in answer["shots"]:
            media = host.import_media(take["media"])
            host.tag(media, _facts(take, words[3], brief))
            notes += host.name(media, take["id"], int(take["take"]))
            notes += host.link_extras(media, take.get("proxy"), take.get("depth"))
            placed.append(host.place(media, frame, int(take["frames"]), sound=bool(take.get("sound"))))
            refused = host.mark(placed[-1][0], cues_of(take), _owner(take))
            notes += [f"the marker {name} was refused" for name in refused]
            names.append(take["id"])
            frame += int(take["frames"])
    except Trouble:
        host.take_away([item for items in placed for item in items])
        raise
    host.keep(placed)
    return _told(f"Placed {', '.join(names)}.", notes)


def retake(resolve, run, ask):
    """Shoot the clip's shot again by the note at the playhead, and add it to the clip as a take. Returns a sentence."""
    host = ResolveHost(resolve)
    item = host.clip_at_playhead()
    facts = host.tags_of(item)
    marker = host.marker_at(host.playhead())
    note = marker[0] if marker else ask(f"What shall change in {facts['shot']}?")
    if not note:
        raise Trouble("There is no note for the retake.", _MARKER)
    answer = run("retake", facts["shot"], note, "--project", facts["project"])
    take = next((each for each in answer["shots"] if each["id"] == facts["shot"]), None)
    if take is None:
        raise Trouble(f"The engine sent no take of {facts['shot']}.", "Look at: secondunit takes")
    media = host.import_media(take["media"])
    host.tag(media, _facts(take, facts["project"], note))
    notes = host.name(media, take["id"], int(take["take"]))
    notes += host.link_extras(media, take.get("proxy"), take.get("depth"))
    number = host.add_take(item, media)
    return _told(f"Take {take['take']} of {take['id']} is take {number} of the clip.", notes)


def markers(resolve, run, ask):
    """Take over what the editor has moved: every cue's marker on our clips goes to the project it belongs to."""
    host = ResolveHost(resolve)
    projects = {}
    for item, facts in host.our_clips():
        projects.setdefault(facts["project"], []).extend(host.marks(item))
    if not any(projects.values()):
        raise Trouble("No clip on this timeline carries our markers.", "Generate a shot first.")
    moved, notes = [], []
    for project, found in projects.items():
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "markers.csv"
            with path.open("w", encoding="utf-8", newline="") as file:
                table = csv.writer(file)
                table.writerow(("id", "local", "timecode", "name"))
                table.writerows((name, frame, "00:00:00:00", title) for name, frame, title, _ in found)
            answer = run("cues", "--from", str(path), "--project", project)
        moved += [f"{each['cue']} by {each['by']:+d} frames" for each in answer["moved"]]
        notes += [str(note).rstrip(".") for note in answer["notes"]]
    return _told(f"Moved {', '.join(moved)}." if moved else "No cue has moved.", notes)


def conform(resolve, run, ask):
    """Conform this timeline: export it, shoot what is not final, make the master, and import the conformed timeline."""
    host = ResolveHost(resolve)
    projects = sorted({facts["project"] for _, facts in host.our_clips()})
    if len(projects) != 1:
        what = "no clip of ours" if not projects else f"clips of {len(projects)} projects"
        raise Trouble(f"This timeline has {what}.", "Conform a timeline with the clips of one project.")
    folder = Path(projects[0]) / "deliveries"
    folder.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"[^\w .-]", "_", str(host.timeline.GetName() or "timeline")).strip(" .") or "timeline"
    cut, back = folder / f"{name}.from-resolve.otio", folder / f"{name}.for-resolve.otio"
    host.export_otio(str(cut))
    out = str(folder / f"{name}.mov")
    answer = run("conform", str(cut), "--project", projects[0], "--out", out, "--final", "--otio-out", str(back),
                 "--host", "resolve")  # fmt: skip
    made = host.import_otio(str(back), f"{name} conformed")
    frames = f"{answer['frames']} frames, {answer['copied_frames']} copied"
    notes = [str(note).rstrip(".") for note in answer.get("notes", ())]
    return _told(f"The master is {answer['media']} ({frames}); its timeline is “{made}”.", notes)


def project_folder(name):
    """Where the takes of a Resolve project lie: a folder of that name in the user's Second Unit folder."""
    plain = re.sub(r"[^\w .-]", "_", name).strip(" .") or "Untitled"
    return Path.home() / "Second Unit" / plain


def cues_of(take):
    """The cues of a take, counted from its first frame; none if it has none."""
    path = Path(take["cues"]) if take.get("cues") else None
    if path is None or not path.is_file():
        return []
    rows = json.loads(path.read_text("utf-8"))["cues"]
    return [
        {"id": row["id"], "kind": row["kind"], "name": row["name"], "frame": int(row["start"]["value"]),
         "frames": int(row["duration"]["value"])}
        for row in rows
    ]  # fmt: skip


def _facts(take, project, words):
    named = {key: take[key] for key in ("take", "seed", "manifest")}
    return {"shot": take["id"], "project": project, "words": words, **named}


def _owner(take):
    return f"{take['id']}:{take['take']}"


def _told(sentence, notes):
    return " ".join([sentence, *(f"Note: {note}." for note in notes)])
