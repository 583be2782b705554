"""Dailies: the project's contact sheet, drawn anew after every take."""

from __future__ import annotations

import os
from itertools import groupby
from pathlib import Path
from typing import Final

from secondunit_bridge.connection import state_dir
from secondunit_engine.finish.contact_sheet import Strip, draw_contact_sheet
from secondunit_engine.finish.look import LightMix
from secondunit_engine.project import Project, TakeRecord
from secondunit_engine.provenance.identity import load_identity
from secondunit_engine.provenance.manifest import read_manifest
from secondunit_engine.provenance.sign import sign_file

SHEET: Final = "contact-sheet.png"
_TAKES: Final = 2  # of each shot, the newest
_STRIPS: Final = 24


def draw_dailies(project: Project) -> Path:
    """Draw the newest takes of every shot on one sheet, signed, and return its path."""
    takes = [take for _, each in groupby(project.takes(), lambda take: take.shot.id) for take in list(each)[-_TAKES:]]
    shown = takes[-_STRIPS:]
    path = project.folder / SHEET
    part = path.with_name(f".{path.stem}.part.png")
    title = project.folder.name.removesuffix(".film").replace("-", " ").replace("_", " ").title()
    draw_contact_sheet(title, _summary(takes), [_strip(project, take) for take in shown], part)
    newest = read_manifest(project.take_folder(shown[-1]) / "manifest.json")
    sign_file(part, newest, load_identity(state_dir() / "identity"))
    os.replace(part, path)
    return path


def _summary(takes: list[TakeRecord]) -> str:
    shots = len({take.shot.id for take in takes})
    settings = takes[-1].settings
    return f"{shots} shots, {len(takes)} takes    {settings.width}x{settings.height}    {settings.rate} fps"


def _strip(project: Project, take: TakeRecord) -> Strip:
    folder, camera = project.take_folder(take), take.shot.camera
    lines = (
        f"{camera.size}  {camera.lens_said}  T{camera.t_stop:g}  {camera.angle}  {camera.move}",
        f"{take.shot.frames} frames   seed {take.shot.seed}",
        *((f"lights: {', '.join(map(_fader, take.look.lights))}",) if take.look.lights else ()),
        *((f"note: {take.note}",) if take.note else ()),
    )
    stills = tuple(sorted(folder.glob("still_*.png")))
    place = take.shot.heading or take.shot.set.place.replace("_", " ")
    return Strip(f"{take.shot.id}  take {take.name}", place, lines, stills, folder / "sound" / "mix.wav")


def _fader(mix: LightMix) -> str:
    if not mix.on:
        return f"{mix.group} off"
    warmth = f" {mix.temperature_shift:+.0f} K" if mix.temperature_shift else ""
    return f"{mix.group} {mix.exposure:+.1f}{warmth}"
