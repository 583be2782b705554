"""The two menu actions: generate at the playhead, and retake the clip under it."""

import json
import re
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
    notes, names = [], []
    for take in answer["shots"]:
        media = host.import_media(take["media"])
        host.tag(media, _facts(take, words[3], brief))
        notes += host.link_extras(media, take.get("proxy"), take.get("depth"))
        item = host.place(media, frame, int(take["frames"]), sound=bool(take.get("sound")))
        notes += [f"the marker {name} was refused" for name in host.mark(item, cues_of(take), _owner(take))]
        names.append(take["id"])
        frame += int(take["frames"])
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
    notes = host.link_extras(media, take.get("proxy"), take.get("depth"))
    number = host.add_take(item, media)
    return _told(f"Take {take['take']} of {take['id']} is take {number} of the clip.", notes)


def project_folder(name):
    """Where the takes of a Resolve project lie: a folder of that name in the user's Second Unit folder."""
    plain = re.sub(r"[^\w .-]", "_", name).strip(" .") or "Untitled"
    return Path.home() / "Second Unit" / plain


def cues_of(take):
    """The cues of a take, counted from its first frame; none if it has none."""
    path = Path(take["cues"]) if take.get("cues") else None
    if path is None or not path.is_file():
        return []
    return json.loads(path.read_text("utf-8"))["cues"]


def _facts(take, project, words):
    named = {key: take[key] for key in ("take", "seed", "manifest")}
    return {"shot": take["id"], "project": project, "words": words, **named}


def _owner(take):
    return f"{take['id']}:{take['take']}"


def _told(sentence, notes):
    return " ".join([sentence, *(f"Note: {note}." for note in notes)])
