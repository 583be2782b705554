"""What is refused before it is queued: paths, sizes, lengths and counts outside what we state. Raises BadInput."""

from __future__ import annotations

import os
import re
from dataclasses import fields
from pathlib import PurePath

from secondunit_bridge.errors import BadInput, TooLarge
from secondunit_engine.finish.look import LookChange
from secondunit_engine.jobs.requests import (
    ConformRequest,
    PrevisRequest,
    RelightRequest,
    Request,
    ReshootRequest,
    RetakeRequest,
    SettingsChange,
    ShootRequest,
    UsdzRequest,
)
from secondunit_engine.script.brief import Brief

BRIEF_BYTES = 4_000_000
NOTE_BYTES = 10_000
RULES_BYTES = 100_000
PATH_BYTES = 4096
SIDE = (16, 8192)  # pixels
FRAMES = (1, 864_000)  # ten hours at 24
BUDGET = (1, 604_800)  # s
# What the faders of a look may be; 0 to 1 where nothing is said.
_FADERS = {
    "exposure": (-16.0, 16.0),
    "temperature_shift": (-8000.0, 20000.0),
    "contrast": (0.1, 4.0),
    "saturation": (0.0, 4.0),
}
_REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
_SHOT_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def check_request_id(request_id: str) -> None:
    if not _REQUEST_ID.fullmatch(request_id):
        raise BadInput("The request id is not usable.", mend="Use 8 to 64 characters of A-Z a-z 0-9 - _.")


def check_request(request: Request) -> None:
    """Refuse a job that cannot be done as asked."""
    check_path(request.project_dir, "project folder")
    match request:
        case ShootRequest():
            check_brief(request.brief)
            check_settings(request.settings)
            check_look(request.look)
        case RetakeRequest():
            check_shot(request.shot_id)
            check_settings(request.settings)
            if len(request.note.encode()) > NOTE_BYTES:
                raise TooLarge("The note is over 10,000 bytes.", mend="Say it shorter.")
        case RelightRequest():
            check_shot(request.shot_id)
            check_look(request.look)
        case ConformRequest():
            check_path(request.output, "master")
            check_path(request.timeline, "timeline")
            if request.width or request.height:
                _check_size(request.width, request.height)
        case UsdzRequest():
            check_shot(request.shot_id)
            check_path(request.output, "USDZ file")
        case PrevisRequest():
            check_brief(request.brief)
            check_settings(request.settings)
            paths = {"board": request.board, "animatic": request.animatic, "floor plans": request.floor_plans}
            for what, path in (paths | {"camera data": request.metadata}).items():
                if path:
                    check_path(path, what)
        case ReshootRequest():
            check_path(request.manifest, "manifest")


def check_path(path: str, what: str) -> None:
    """Refuse a path that is not absolute, climbs with "..", is on a network share, or holds a NUL."""
    if not path or "\0" in path or len(os.fsencode(path)) > PATH_BYTES:
        raise BadInput(f"The path of the {what} is empty, too long, or holds a NUL.", mend="Give an absolute path.")
    if path.startswith(("\\\\", "//")):
        raise BadInput(f"The {what} is on a network share: {path}", mend="Mount it and give the path of the mount.")
    if not PurePath(path).is_absolute() or ".." in PurePath(path).parts:
        raise BadInput(f"The path of the {what} is not absolute: {path}", mend="Give an absolute path without “..”.")


def check_shot(shot_id: str) -> None:
    if not _SHOT_ID.fullmatch(shot_id):
        raise BadInput(f"“{shot_id[:64]}” is not a shot.", mend="Shots are called sh010, sh020 and so on.")


def check_brief(brief: Brief) -> None:
    if not brief.text.strip():
        raise BadInput("The brief is empty.", mend="Say what should be seen, or give a screenplay.")
    if len(brief.text.encode()) > BRIEF_BYTES:
        raise TooLarge("The brief is over 4 MB.", mend="Give the scenes that are to be shot, not the whole bible.")
    if "\0" in brief.text:
        raise BadInput("The brief is not text.", mend="Give plain text, Fountain or Final Draft (.fdx).")
    if brief.mood_board:
        check_path(brief.mood_board, "mood board")
    if brief.music:
        check_path(brief.music, "music track")
    if len(brief.rules.encode()) > RULES_BYTES:
        raise TooLarge("The sponsors' rules are over 100,000 bytes.", mend="Keep to one short rule a line.")


def check_settings(settings: SettingsChange) -> None:
    _check_size(settings.width, settings.height)
    if settings.frames is not None and not FRAMES[0] <= settings.frames <= FRAMES[1]:
        raise BadInput(f"A shot cannot last {settings.frames} frames.", mend="Use 1 to 864,000 frames.")
    if settings.total_frames is not None and not FRAMES[0] <= settings.total_frames <= FRAMES[1]:
        raise BadInput(f"A film cannot last {settings.total_frames} frames.", mend="Use 1 to 864,000 frames.")
    if settings.budget is not None and not BUDGET[0] <= settings.budget <= BUDGET[1]:
        raise BadInput(f"A shot cannot be given {settings.budget} seconds.", mend="Use a second to a week.")
    if settings.motion_intensity is not None and not 0.0 <= settings.motion_intensity <= 1.0:
        raise BadInput(f"A motion intensity cannot be {settings.motion_intensity}.", mend="Use 0 to 1.")
    if settings.rate is not None and not 1 <= settings.rate.fraction <= 240:
        raise BadInput(f"{settings.rate} frames per second is not usable.", mend="Use a rate of 1 to 240.")


def _check_size(width: int | None, height: int | None) -> None:
    for side in (width, height):
        if side is not None and not SIDE[0] <= side <= SIDE[1]:
            size = f"{width or '…'}x{height or '…'}"
            raise BadInput(f"A picture cannot be {size} pixels.", mend="Use 16 to 8192 pixels a side.")


def check_look(look: LookChange) -> None:
    """Refuse a fader beyond its range, or one that is no number."""
    for change in (look, *look.lights):
        for field in fields(change):
            value = getattr(change, field.name)
            least, most = _FADERS.get(field.name, (0.0, 1.0))
            if isinstance(value, float) and not least <= value <= most:
                name = field.name.replace("_", " ")
                raise BadInput(f"The {name} of a look cannot be {value:g}.", mend=f"Use {least:g} to {most:g}.")
    if look.lut:
        check_path(look.lut, "LUT")
