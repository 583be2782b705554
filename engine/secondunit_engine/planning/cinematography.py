"""Camera, light and motion of a shot: what the words ask for, and what suits the place where they ask nothing."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from functools import lru_cache
from typing import cast as typed

import numpy as np

from secondunit_bridge.timing import Rate
from secondunit_engine.places import place_of
from secondunit_engine.planning.camera_path import tame
from secondunit_engine.planning.cover import Coverage
from secondunit_engine.planning.floor import Floor
from secondunit_engine.planning.plan import (
    ActionPlan,
    Angle,
    CameraPlan,
    Glass,
    MotionPlan,
    MoveKind,
    PathPlan,
    Sensor,
    SetPlan,
    Settings,
    ShotPlan,
    ShotSize,
    Stock,
)
from secondunit_engine.planning.reading import ShotReading
from secondunit_engine.planning.scouting import Last, Line, Stage, side_of
from secondunit_engine.planning.setups import last_of, solve_camera
from secondunit_engine.planning.staging import place_at
from secondunit_engine.planning.styles import Style
from secondunit_engine.script.vocabulary import phrases
from secondunit_engine.script.vocabulary_film import GATES, SETUP_SIZES

_FLIGHT = CameraPlan(size="WS", angle="eye", lens_mm=24.0, t_stop=4.0, move="fly-through", speed=1.0)

# The lens [mm] a size is usually taken with.
_LENS = {"ECU": 100.0, "CU": 85.0, "MCU": 50.0, "MS": 40.0, "MFS": 35.0, "FS": 35.0, "WS": 24.0, "EWS": 18.0}
_SPOKEN_MUSIC = ("bass drops", "beat sync", "bass", "strings", "lo-fi", "silence", "music")


def photograph_scene(
    covers: Sequence[Coverage],
    styles: Sequence[Style],
    paths: Sequence[tuple[PathPlan, ...]],
    frames: Sequence[int],
    talkers: Sequence[str],
    floor: Floor,
    rate: Rate,
) -> list[CameraPlan]:
    """The cameras of a scene, each solved against the one before, all on one side of the line between the first two
    of `talkers`: the side from which the set's own master looks. `styles`, `paths` and `frames` are by shot.
    """
    people = tuple(dict.fromkeys((*talkers, *(path.who for ways in paths for path in ways))))
    pair = people[:2] if talkers else ()
    sides: dict[tuple[str, ...], int] = {}  # by pair of people, the side of their line that the audience is on
    cameras: list[CameraPlan] = []
    last: Last | None = None
    lenses: dict[str, float] = {}  # matching sizes of one scene are taken with one lens
    for cover, style, ways, length in zip(covers, styles, paths, frames, strict=True):
        cover = _of_who_is_there(cover, people, [path.who for path in ways])
        line = find_line(pair, ways)
        if line is not None and pair not in sides:
            master = floor.camera_mark(style.master)
            sides[pair] = side_of(line, master.eye) if master else 1
        two = tuple(sorted((cover.subject, cover.other)))
        stage = Stage(
            floor, ways, length, line, sides.get(pair, 0) if line else 0, float(rate.fraction),
            find_line(two, ways), sides.get(two, 0),
        )  # fmt: skip
        camera = _shoot(cover, style, stage, last, lenses.get(cover.size), rate)
        cameras.append(camera)
        if camera.station is not None and camera.subject in stage.places:
            lenses.setdefault(camera.size, camera.lens_mm)
        last = last_of(camera, stage)
        sides |= _sides_after(camera, stage, {pair, two}, _ends(ways, length))
    return cameras


@lru_cache(maxsize=8192)  # a few features' shots: what an edit leaves as it was is not solved again
def _shoot(
    cover: Coverage, style: Style, stage: Stage, last: Last | None, matching: float | None, rate: Rate
) -> CameraPlan:
    """The camera of a shot, with a move that can be made: slower, else from a stand, else as the set composed it."""
    for move in dict.fromkeys((cover.move, "pan" if cover.move == "track" else "static", "static")):
        wanted = (
            cover if move == cover.move else replace(cover, move=move, why=f"{cover.why}; no way for the {cover.move}")
        )
        camera = solve_camera(wanted, style, stage, last, matching)
        built = SetPlan(stage.floor.place, seed=stage.floor.layout)  # a seed below the layouts is the layout
        shot = ShotPlan("", "", "", stage.frames, rate, 0, built, camera, blocking=stage.paths)
        tamed = tame(shot)
        if tamed is not None:
            return tamed.camera
    return solve_camera(replace(cover, setup="composed", move="static"), style, stage, last, matching)


def _of_who_is_there(cover: Coverage, people: Sequence[str], there: Sequence[str]) -> Coverage:
    """The shot as ordered; somebody who has left is heard, on the face of who is left."""
    if cover.subject in there or cover.subject not in people:
        return cover
    why = f"{cover.subject} is not there"
    if not there:
        return replace(cover, setup="establishing", subject="hero", other="", why=why)
    seen = cover.other if cover.other in there else there[0]
    return replace(cover, setup="reaction", subject=seen, other="", why=f"{why}; {seen} is seen")


def find_line(pair: Sequence[str], ways: Sequence[PathPlan]) -> Line | None:
    """From the first of two people to the second, where they stand when a shot begins; None if either is not there."""
    places = {path.who: path.spots[0] for path in ways}
    ends = [(places[name].x, places[name].z) for name in pair if name in places]
    return (ends[0], ends[1]) if len(ends) == 2 else None


def _sides_after(
    camera: CameraPlan, stage: Stage, pairs: Set[tuple[str, ...]], ends: Sequence[PathPlan]
) -> dict[tuple[str, ...], int]:
    """The side of each line that the audience is on when a shot ends: who moves, or a camera that moves, may take them
    across in plain sight."""
    if camera.station is None or camera.setup in ("pov", "insert"):
        return {}
    eye = np.array(camera.station.eye)
    if camera.move == "track":
        eye = eye + stage.goes(camera.subject)
    lines = {pair: find_line(pair, ends) for pair in pairs}
    return {pair: side_of(line, tuple(eye.tolist())) for pair, line in lines.items() if line is not None}


def _ends(ways: Sequence[PathPlan], frames: int) -> list[PathPlan]:
    """Where everybody is when a shot ends."""
    return [PathPlan(path.who, (place_at(path, frames - 1),)) for path in ways]


def choose_camera(
    shot: ShotReading, place: str, people: tuple[str, ...], actions: tuple[ActionPlan, ...]
) -> CameraPlan:
    """The camera as asked for; each thing nobody asked for is taken from the place's usual camera."""
    subject = choose_subject(shot, people, actions)
    usual = _usual_camera(shot, place, subject in people)
    size_said = _size_said(shot)
    size = typed(ShotSize, size_said or usual.size)
    lens, stop, angle = shot.first("lens"), shot.first("stop"), shot.first("angle")
    move, pace = shot.first("move"), _camera_pace(shot)
    return CameraPlan(
        size=size,
        angle=typed(Angle, angle.value if angle else ("eye" if size_said else usual.angle)),
        lens_mm=float(lens.value) if lens else (_LENS[size] if size_said else usual.lens_mm),
        t_stop=float(stop.value) if stop else usual.t_stop,
        subject=subject,
        focus_on=subject,
        move=typed(MoveKind, move.value if move else usual.move),
        speed=pace or usual.speed,
        shutter_degrees=180.0,
    )


def choose_kit(camera: CameraPlan, shot: ShotReading) -> CameraPlan:
    """The camera with the lenses, the film stock and the sensor that its scene is to be shot with."""
    glass, stock, sensor = (shot.first_of_scene(facet) for facet in ("glass", "stock", "sensor"))
    kit = replace(
        camera,
        glass=typed(Glass, glass.value) if glass else camera.glass,
        stock=typed(Stock, stock.value) if stock else camera.stock,
        sensor=typed(Sensor, sensor.value if sensor else gate_of(stock.text) if stock else camera.sensor),
    )
    kit = replace(kit, wet_lens=camera.wet_lens or shot.first_of_scene("wet lens") is not None)
    lens = shot.first("lens")
    if lens and lens.text[:1].isdigit() and camera.station is None and kit.lens_mm == float(lens.value):
        return replace(kit, lens_mm=round(kit.lens_mm / kit.crop, 3))  # said of the lens that is mounted
    return kit


def gate_of(film: str) -> Sensor:
    """The gate of a film by the words that call it; of film in general, that of a full frame."""
    said = film.lower().replace("-", " ").replace("mm", " mm").replace("  ", " ")
    return typed(Sensor, next((gate for gate, listing in GATES.items() if said in phrases(listing)), "full frame"))


def _size_said(shot: ShotReading) -> str:
    """The shot size in words, or the one that the setup in words is shot in ("over the shoulder"); else empty."""
    size, setup = shot.first("size"), shot.first("setup")
    return size.value if size else SETUP_SIZES[setup.value] if setup else ""


def _usual_camera(shot: ShotReading, place: str, is_person: bool) -> CameraPlan:
    """What suits the place, the subject, and where in its scene the shot stands."""
    move = shot.first("move")
    if move and move.value == "fly-through":
        return _FLIGHT
    here = place_of(place)
    usual = here.camera_of_people if is_person and here.camera_of_people else here.camera
    return usual if shot.position == 0 else _closer(usual)


def _camera_pace(shot: ShotReading) -> float | None:
    """The pace said in one sentence with a camera move: "a slow push in"."""
    for beat in shot.beats:
        for sentence in beat.sentences:
            said = {item.facet: item.value for item in sentence}
            if "move" in said and "pace" in said:
                return float(said["pace"])
    return None


def _closer(usual: CameraPlan) -> CameraPlan:
    """A later shot of the same scene: two sizes of change at least, so that the cut is a cut."""
    size = typed(ShotSize, "CU" if usual.size == "MS" else "MS")
    return CameraPlan(size, "eye", _LENS[size], usual.t_stop, move="push in", speed=0.5)


def choose_subject(shot: ShotReading, people: tuple[str, ...], actions: tuple[ActionPlan, ...]) -> str:
    """Whom the shot is about: what an angle or close-up names, a car that moves, who acts, who is there, a prop."""
    for beat in shot.beats:
        if any(item.facet == "size" for item in beat.found):
            named = next((item for item in beat.found if item.facet == "prop"), None)
            if named and not any(item.facet in ("person", "verb") for item in beat.found):
                return named.value
    for action in actions:
        if action.actor == "Car":
            return "Car"
    for action in actions:
        if action.actor in people:
            return action.actor
    if people:
        return people[0]
    prop = shot.first_of_scene("prop")
    return prop.value if prop else "hero"


def choose_motion(shot: ShotReading, settings: Settings) -> MotionPlan:
    """Intensity from the settings, else the recipe's 0.7; slow motion runs story time at a quarter."""
    slow = shot.first("slow")
    intensity = settings.motion_intensity
    return MotionPlan(0.7 if intensity is None else intensity, float(slow.value) if slow else 1.0)


def choose_music(shot: ShotReading, place: str) -> str:
    """The music named in the scene, the most telling word first, else what suits the mood and the place."""
    said = {item.value for item in shot.scene_found if item.facet == "music"}
    for name in _SPOKEN_MUSIC:
        if name in said:
            return name
    mood = shot.first_of_scene("mood")
    return mood.value if mood else place_of(place).music
