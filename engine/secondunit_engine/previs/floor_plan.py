"""A scene from above: the set as it was surveyed, people and their ways, cameras and what they see, line and key.

Drawn as vectors on a page of any size, so that the same drawing goes into the board and into an SVG of its own.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from secondunit_engine.planning.camera_path import camera_poses
from secondunit_engine.planning.floor import Floor, floor_at
from secondunit_engine.planning.plan import PathPlan, ShotPlan
from secondunit_engine.world.framing import APERTURE_MM, Pose

Bounds = tuple[float, float, float, float]
Place = Callable[[tuple[float, float]], str]
_INKS = ("#c8553d", "#2d6a8e", "#5b8c5a", "#8d5a97", "#b8860b", "#3f7f7f", "#a23b72", "#555555")
_WALL, _PAPER, _CAMERA, _KEY = "#4a4a50", "#f4f1ea", "#1d1d22", "#d99a2b"
_REACH = 2.2  # metres of a camera's cone that are drawn
_AROUND = 1.8  # metres of floor round everything that is drawn


@dataclass(frozen=True)
class Shape:
    """One thing on the drawing: "line", "area", "dot", "text" or "arrow", in metres of the set (x, z)."""

    kind: str
    points: tuple[tuple[float, float], ...]
    ink: str
    width: float = 0.03
    text: str = ""
    dashed: bool = False


@dataclass(frozen=True)
class Drawing:
    """Shapes back to front, and the part of the floor they lie in: x from, z from, x to, z to [m]."""

    shapes: tuple[Shape, ...]
    bounds: Bounds


def draw_floor_plan(shots: Sequence[ShotPlan]) -> Drawing:
    """The floor plan of a scene."""
    floor = floor_at(shots[0].set)
    eyes = {shot.id: camera_poses(shot) for shot in shots}
    inks = {name: _INKS[at % len(_INKS)] for at, name in enumerate(_names(shots))}
    bounds = _bounds(shots, eyes, floor)
    shapes = [*_walls(floor, bounds), *_things(floor), *_line(shots), *_key(shots[0], floor)]
    for shot in shots:
        shapes += _camera(shot, eyes[shot.id])
    for name, ink in inks.items():
        shapes += _person(name, ink, [path for shot in shots for path in shot.blocking if path.who == name])
    return Drawing(tuple(shapes), bounds)


def _names(shots: Sequence[ShotPlan]) -> list[str]:
    return list(dict.fromkeys(path.who for shot in shots for path in shot.blocking))


def _bounds(shots: Sequence[ShotPlan], eyes: dict[str, list[Pose]], floor: Floor) -> Bounds:
    hero = floor.mark("hero")
    places = [(hero.x, hero.z)]
    places += [(spot.x, spot.z) for shot in shots for path in shot.blocking for spot in path.spots]
    places += [(float(poses[at].eye[0]), float(poses[at].eye[2])) for poses in eyes.values() for at in (0, -1)]
    x, z = np.array(places).T
    low = max(floor.low[0], x.min() - _AROUND), max(floor.low[2], z.min() - _AROUND)
    high = min(floor.high[0], x.max() + _AROUND), min(floor.high[2], z.max() + _AROUND)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def _walls(floor: Floor, bounds: Bounds) -> Iterator[Shape]:
    """What stands on the floor, row by row as runs of cells."""
    solid = ndimage.binary_closing(floor.obstacles)
    for column in range(solid.shape[0]):
        x = floor.low[0] + (column + 0.5) * floor.floor_cell
        if not bounds[0] <= x <= bounds[2]:
            continue
        edges = np.flatnonzero(np.diff(np.concatenate([[0], solid[column].astype(np.int8), [0]])))
        for first, last in edges.reshape(-1, 2).tolist():
            a, b = (floor.low[2] + at * floor.floor_cell for at in (first, last))
            a, b = max(a, bounds[1]), min(b, bounds[3])
            if a < b:
                yield Shape("line", ((x, a), (x, b)), _WALL, floor.floor_cell * 1.06)


def _things(floor: Floor) -> Iterator[Shape]:
    for thing in floor.things:
        (x0, _, z0), (x1, _, z1) = thing.low, thing.high
        yield Shape("area", ((x0, z0), (x1, z0), (x1, z1), (x0, z1)), "#b9b2a3")
        yield Shape("text", (((x0 + x1) / 2, z1 + 0.12),), "#6d675c", 0.16, thing.name)


def _line(shots: Sequence[ShotPlan]) -> Iterator[Shape]:
    """The 180-degree line of a talk."""
    for shot in shots:
        names = list(dict.fromkeys(line.character for line in shot.dialogue))
        ends = [path.spots[0] for path in shot.blocking if path.who in names] or []
        others = [path.spots[0] for path in shot.blocking if path.who not in names]
        ends = [*ends, *others][:2]
        if shot.camera.line_side and len(ends) == 2:
            (ax, az), (bx, bz) = ((spot.x, spot.z) for spot in ends)
            dx, dz = (bx - ax) * 0.6, (bz - az) * 0.6
            yield Shape("line", ((ax - dx, az - dz), (bx + dx, bz + dz)), "#b03a2e", 0.02, dashed=True)
            return


def _key(shot: ShotPlan, floor: Floor) -> Iterator[Shape]:
    """Where the key comes from."""
    if shot.lights.key_bearing is None:
        return
    hero, turn = floor.mark("hero"), math.radians(shot.lights.key_bearing)
    start = (hero.x + 1.7 * math.sin(turn), hero.z + 1.7 * math.cos(turn))
    end = (hero.x + 0.7 * math.sin(turn), hero.z + 0.7 * math.cos(turn))
    yield Shape("arrow", (start, end), _KEY, 0.05)
    yield Shape("text", (start,), _KEY, 0.18, "key")


def _person(name: str, ink: str, paths: Sequence[PathPlan]) -> Iterator[Shape]:
    """Where somebody begins, every way they go, and where they end."""
    for path in paths:
        ways = [(spot.x, spot.z) for spot in path.spots]
        moved = [at for at in range(1, len(ways)) if math.dist(ways[at - 1], ways[at]) > 0.05]
        for at in moved:
            yield Shape("arrow" if at == moved[-1] else "line", (ways[at - 1], ways[at]), ink, 0.04)
    if paths:
        spot = paths[0].spots[0]
        turn = math.radians(spot.facing)
        yield Shape("dot", ((spot.x, spot.z),), ink, 0.22)
        yield Shape(
            "line", ((spot.x, spot.z), (spot.x + 0.4 * math.sin(turn), spot.z + 0.4 * math.cos(turn))), ink, 0.06
        )
        yield Shape("text", ((spot.x, spot.z + 0.5),), ink, 0.22, name)


def _camera(shot: ShotPlan, poses: list[Pose]) -> Iterator[Shape]:
    """A camera with its cone; a move ends in an arrow."""
    first, last = poses[0], poses[-1]
    eye = (float(first.eye[0]), float(first.eye[2]))
    look = math.atan2(float(first.forward[0]), float(first.forward[2]))
    half = math.atan(APERTURE_MM[0] / 2 / shot.camera.lens_mm)
    cone = [
        (eye[0] + _REACH * math.sin(look + turn), eye[1] + _REACH * math.cos(look + turn)) for turn in (-half, half)
    ]
    yield Shape("area", (eye, *cone), "#2d6a8e22")
    for end in cone:
        yield Shape("line", (eye, end), _CAMERA, 0.012)
    end = (float(last.eye[0]), float(last.eye[2]))
    if math.dist(eye, end) > 0.1:
        yield Shape("arrow", (eye, end), _CAMERA, 0.035)
    yield Shape("dot", (eye,), _CAMERA, 0.11)
    yield Shape(
        "text",
        ((eye[0], eye[1] + 0.28),),
        _CAMERA,
        0.17,
        f"{shot.id.removeprefix('sh')} {round(shot.camera.focal_mm, 1):g}",
    )


def to_svg(drawing: Drawing, title: str, scale: float = 90.0) -> str:
    """The drawing as an SVG document; `scale` is pixels a metre."""
    x0, z0, x1, z1 = drawing.bounds
    width, height = (x1 - x0) * scale, (z1 - z0) * scale

    def at(point: tuple[float, float]) -> str:
        return f"{(point[0] - x0) * scale:.1f},{(point[1] - z0) * scale:.1f}"

    rows = [_svg_shape(shape, at, scale) for shape in drawing.shapes]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {width:.1f} {height:.1f}" font-family="sans-serif"><title>{_escape(title)}</title>'
        f'<rect width="100%" height="100%" fill="{_PAPER}"/>' + "".join(rows) + "</svg>\n"
    )


def _svg_shape(shape: Shape, at: Place, scale: float) -> str:
    places = [at(point) for point in shape.points]
    width = shape.width * scale
    if shape.kind == "area":
        ink, opacity = shape.ink[:7], int(shape.ink[7:] or "ff", 16) / 255
        return f'<polygon points="{" ".join(places)}" fill="{ink}" fill-opacity="{opacity:.2f}"/>'
    if shape.kind == "dot":
        x, y = places[0].split(",")
        return f'<circle cx="{x}" cy="{y}" r="{width:.1f}" fill="{shape.ink}"/>'
    if shape.kind == "text":
        x, y = places[0].split(",")
        return (
            f'<text x="{x}" y="{y}" font-size="{width:.1f}" text-anchor="middle" fill="{shape.ink}">'
            f"{_escape(shape.text)}</text>"
        )
    dash = ' stroke-dasharray="8 6"' if shape.dashed else ""
    line = f'<polyline points="{" ".join(places)}" fill="none" stroke="{shape.ink}" stroke-width="{width:.1f}"{dash}/>'
    return line + _svg_head(shape, at) if shape.kind == "arrow" else line


def _svg_head(shape: Shape, at: Place) -> str:
    return f'<polygon points="{" ".join(at(point) for point in arrow_head(shape))}" fill="{shape.ink}"/>'


def arrow_head(shape: Shape) -> tuple[tuple[float, float], ...]:
    """The triangle at an arrow's end [m]."""
    (ax, az), (bx, bz) = shape.points[-2:]
    turn = math.atan2(bx - ax, bz - az)
    reach = 4 * shape.width + 0.06
    sides = [(bx - reach * math.sin(turn + off), bz - reach * math.cos(turn + off)) for off in (-0.5, 0.5)]
    return ((bx, bz), *sides)


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
