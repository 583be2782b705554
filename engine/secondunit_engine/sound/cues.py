"""Cues: what sounds when, for the sound editor. Times are whole frames over the exact rate, and samples at 48 kHz."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from secondunit_bridge.timing import Rate
from secondunit_engine.sound.fold_downs import Format
from secondunit_engine.sound.spoken import Sounding

SCHEMA = 1


@dataclass(frozen=True)
class Speech:
    """When the words, phones and mouth shapes of a guide's line are, in samples from the shot's first; exact if the
    voice told them."""

    words: tuple[Sounding, ...]
    phones: tuple[Sounding, ...]
    visemes: tuple[Sounding, ...]
    timing: Literal["exact", "estimated"]


@dataclass(frozen=True)
class Cue:
    """One event. `sample` is when it happens at its own place; at the camera it is heard `delay` samples later.

    `start` is the frame that shows it, counted from the shot's first; `frames` how long it lasts. `exact` times come
    from what moves on the stage, `estimated` ones from the plan. `position` and `distance` are in metres. `moved` is by
    how many frames an editor has moved it.

    Of a line: why it is recorded again, how urgent that is (1 first), whether the speaker is in the picture, whether it
    is an effort (a gasp, a shout), and its times. Of Foley: what kind of event it is, the materials that meet, the
    impulse [N s] and speed [m/s], and where it is from the camera [degrees, to the left and up].
    """

    id: str
    kind: Literal["dialogue", "foley"]
    name: str
    start: int
    frames: int
    sample: int
    confidence: Literal["exact", "estimated"]
    source: str = ""
    text: str = ""
    delay: int = 0
    distance: float | None = None
    position: tuple[float, float, float] | None = None
    note: str = ""
    moved: int = 0
    reason: str = ""
    priority: int = 0
    on_screen: bool = True
    effort: bool = False
    speech: Speech | None = None
    event: str = ""
    materials: tuple[str, ...] = ()
    impulse: float | None = None
    speed: float | None = None
    azimuth: float | None = None
    elevation: float | None = None


@dataclass(frozen=True)
class CueSheet:
    """All cues of a shot. `voice` says which guide voice spoke, or why none did; `report` holds loudness."""

    shot: str
    rate: Rate
    frames: int
    cues: tuple[Cue, ...]
    voice: str
    notes: tuple[str, ...]
    report: dict[str, float | None]
    formats: tuple[Format, ...] = ()


def cue_id(shot: str, source: str, name: str, start: int) -> str:
    """The id of what something on the stage does at a frame."""
    return f"{shot}-{source}-{name}-{start}".lower().replace(" ", "-")


def frame_of(sample: int, rate: Rate) -> int:
    """The frame on screen while this sample sounds."""
    return int(sample * rate.fraction / 48000)


def write_cues(path: Path, sheet: CueSheet) -> None:
    """Write cues.json."""
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "shot": sheet.shot,
        "rate": str(sheet.rate),
        "frames": sheet.frames,
        "sample_rate": 48000,
        "guide_voice": sheet.voice,
        "loudness": sheet.report,
        "formats": [asdict(each) for each in sheet.formats],
        "notes": list(sheet.notes),
        "cues": [_as_json(cue, sheet.rate) for cue in sheet.cues],
    }
    path.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _as_json(cue: Cue, rate: Rate) -> dict[str, Any]:
    return {
        "id": cue.id,
        "kind": cue.kind,
        "name": cue.name,
        "start": {"value": cue.start, "rate": str(rate)},
        "duration": {"value": cue.frames, "rate": str(rate)},
        "timecode": rate.timecode(cue.start),
        "sample": cue.sample,
        "camera_delay_samples": cue.delay,
        "confidence": cue.confidence,
        "source": cue.source,
        "text": cue.text,
        "position": None if cue.position is None else [round(value, 3) for value in cue.position],
        "distance": None if cue.distance is None else round(cue.distance, 3),
        "note": cue.note,
        **({"moved": cue.moved} if cue.moved else {}),
        **(_line_as_json(cue) if cue.kind == "dialogue" else _foley_as_json(cue)),
    }


def _line_as_json(cue: Cue) -> dict[str, Any]:
    said: dict[str, Any] = {
        "reason": cue.reason, "priority": cue.priority, "on_screen": cue.on_screen, "effort": cue.effort
    }  # fmt: skip
    if cue.speech is not None:
        said["timing"] = cue.speech.timing
        for name in ("words", "phones", "visemes"):
            said[name] = [asdict(each) for each in getattr(cue.speech, name)]
    return said


def _foley_as_json(cue: Cue) -> dict[str, Any]:
    measured = {
        "impulse": cue.impulse, "speed": cue.speed, "azimuth": cue.azimuth, "elevation": cue.elevation
    }  # fmt: skip
    return {
        "event": cue.event,
        "materials": list(cue.materials),
        "camera_sample": cue.sample + cue.delay,
        **{name: round(value, 3) for name, value in measured.items() if value is not None},
    }
