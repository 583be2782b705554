"""Measure each set's floor into data that the planner reads without USD.

    python -m secondunit_engine.world.survey [PLACE ...]

builds the sets as they are by default and writes `planning/floors/<place>.json`. Whoever changes a set runs it again;
a test compares.
"""

from __future__ import annotations

import json
import math
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from pxr import Usd, UsdGeom, UsdLux, UsdShade
from scipy import ndimage, sparse
from scipy.sparse import csgraph
from scipy.spatial import KDTree

from secondunit_bridge.errors import BadInput
from secondunit_engine import planning
from secondunit_engine.places import place_of
from secondunit_engine.planning.floor import CROWN, SHIN, Floor, floor_file, floor_from, pack
from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world import stage as names
from secondunit_engine.world.air import CloudSea, read_air
from secondunit_engine.world.build_set import PLACES, build_set
from secondunit_engine.world.camera import LENS_OF_MARK
from secondunit_engine.world.framing import USUAL_LENS
from secondunit_engine.world.triangles import gives_way, triangles_of
from secondunit_engine.world.voxels import fill_cells
from secondunit_engine.world.water import read_water

Array = NDArray[np.floating]

FLOORS: Final = Path(planning.__file__).parent / "floors"
CELL: Final = 0.2  # m of a solid cell
FLOOR_CELL: Final = 0.1  # m of a cell of the floor
_HIGH: Final = 20.0  # m above and below the hero's mark that are measured
_OFF: Final = (0.25, 0.5, 0.25)  # of a cell: boundaries of both grids keep off walls and floors at round numbers
_APART: Final = 0.5  # m between flames of a mesh that are two sources
_BLOCK: Final = 3.0  # m, the width of a source
_LEAST_SHARE: Final = 0.004  # of a set's light; less is nobody's motivation
_FAR: Final = 30.0  # m to where sun and sky are said to stand
_FARTHEST: Final = 100.0  # m; the lit windows of a skyline are scenery
_HEAD: Final = 1.6  # m above the floor, where light is compared
_OVER: Final = 1.0  # m over a head that are measured where nothing stands
_STEP: Final = 0.3  # m below the floor: deeper water is not walked into
_FEET: Final = 0.16  # m about a mark that are free, because the set puts somebody there
_ABOUT: Final = 4.0  # m about the hero's mark within which it is compared
_SKY_RAYS: Final = 64


def survey(place: str, folder: Path, layout: int = 0) -> dict[str, Any]:
    """Build a set into `folder` and measure it. Raises BadInput for a place that no module builds."""
    build_set(SetPlan(place, seed=layout), folder)  # a seed below the number of layouts is the layout
    stage = Usd.Stage.Open(str(folder / "set.usdc"))
    meshes = [(str(prim.GetPath()), triangles_of(prim)) for prim in stage.Traverse() if UsdGeom.Mesh(prim)]
    everything = np.concatenate([triangles for _, triangles in meshes])  # (N, 3, 3)
    marks = _marks(stage)
    reach = np.array([place_of(place).reach, _HIGH, place_of(place).reach])
    bounds = np.array([marks[0][axis] for axis in "xyz"]) + np.stack([-reach, reach])  # (2, 3)
    everything = _within(everything, bounds)
    head = np.array([marks[0]["x"], marks[0]["y"] + _HEAD, marks[0]["z"]])
    low, shape = _grid(everything, bounds, head)
    solid = _without_pockets(fill_cells(everything, low, CELL, shape), np.floor((head - low) / CELL).astype(int))
    things = _things(meshes)
    soft = {str(prim.GetPath()) for prim in stage.Traverse() if gives_way(prim)}
    firm = np.concatenate([triangles for path, triangles in meshes if path not in soft])
    obstacles = _obstacles(_within(firm, bounds), low, shape) & ~_stood_on(marks, things, low, shape)
    wet = {str(prim.GetPath()) for prim in stage.Traverse() if read_water(prim)}
    aloft = any(isinstance(read_air(prim), CloudSea) for prim in stage.Traverse())
    if wet or aloft:
        ground = np.concatenate([triangles for path, triangles in meshes if path not in wet])
        obstacles |= _bottomless(_within(ground, bounds), low, shape)
    if aloft:  # cameras fly over the clouds as over a floor
        solid[:, 0] = True
    measured = {
        "place": place,
        "low": _rounded(low),
        "high": _rounded(low + np.array(shape) * CELL),
        "ceiling": _ceiling(solid, low, head),
        "marks": marks,
        "cameras": _cameras(stage, place),
        "sources": [],
        "things": things,
        "solid": {"cell": CELL, "shape": list(shape), "cells": pack(solid)},
        "obstacles": {"cell": FLOOR_CELL, "shape": list(obstacles.shape), "cells": pack(obstacles)},
    }
    measured["sources"] = _sources(stage, floor_from(measured))
    return measured


def as_text(measured: dict[str, Any]) -> str:
    """A survey as it is kept: one line an entry."""
    parts: list[str] = []
    for key, value in measured.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            rows = ",\n".join("    " + json.dumps(row) for row in value)
            parts.append(f'  "{key}": [\n{rows}\n  ]')
        else:
            parts.append(f'  "{key}": {json.dumps(value)}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _within(triangles: Array, bounds: Array) -> Array:
    """The triangles that come within bounds, low and high corner, shape [2, 3]."""
    near = (triangles.min(axis=1) <= bounds[1]) & (triangles.max(axis=1) >= bounds[0])  # (N, 3)
    return triangles[near.all(axis=1)]


def _grid(triangles: Array, bounds: Array, head: Array) -> tuple[Array, tuple[int, int, int]]:
    """The corner and shape of the grid about everything within the bounds; on an empty plain it holds a head still."""
    low = np.maximum(triangles.min(axis=(0, 1)), bounds[0])
    high = np.minimum(triangles.max(axis=(0, 1)), bounds[1])
    high[1] = max(high[1], head[1] + _OVER)
    corner = (np.floor(low / CELL - _OFF) + _OFF) * CELL
    x, y, z = np.ceil((high - corner) / CELL + 1e-6).astype(int).tolist()
    return corner, (x, y, z)


def _without_pockets(solid: NDArray[np.bool_], inside: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Cells with every hollow filled (a pedestal, the space behind a case) but the air about `inside` and outside."""
    air, _ = ndimage.label(~solid)  # type: ignore[misc]
    open_air = {int(air[tuple(inside)])}
    for axis in range(3):
        for end in (0, -1):
            open_air |= set(np.unique(air.take(end, axis=axis)).tolist())
    return ~np.isin(air, sorted(open_air - {0}))


def _obstacles(triangles: Array, low: Array, shape: tuple[int, int, int]) -> NDArray[np.bool_]:
    """The cells of the floor over which something lies between shin and crown, shape [X, Z]."""
    fine = round(CELL / FLOOR_CELL)
    layers = round((CROWN - SHIN) / FLOOR_CELL)
    corner = np.array([low[0], SHIN, low[2]])
    filled = fill_cells(triangles, corner, FLOOR_CELL, (shape[0] * fine, layers, shape[2] * fine))
    return np.logical_or.reduce(filled, axis=1)


def _bottomless(ground: Array, low: Array, shape: tuple[int, int, int]) -> NDArray[np.bool_]:
    """The cells of the floor under which no ground is found within a step down: open water or air, shape [X, Z]."""
    fine = round(CELL / FLOOR_CELL)
    corner = np.array([low[0], -_STEP, low[2]])
    layers = round((SHIN + _STEP) / FLOOR_CELL)
    return ~np.logical_or.reduce(fill_cells(ground, corner, FLOOR_CELL, (shape[0] * fine, layers, shape[2] * fine)), 1)


def _stood_on(
    marks: list[dict[str, Any]], things: list[dict[str, Any]], low: Array, shape: tuple[int, int, int]
) -> NDArray[np.bool_]:
    """The cells of the floor on which the set itself puts people, however near to something, shape [X, Z]."""
    fine = round(CELL / FLOOR_CELL)
    x, z = (low[axis] + (np.arange(shape[axis] * fine) + 0.5) * FLOOR_CELL for axis in (0, 2))
    stood = np.zeros((len(x), len(z)), bool)
    for mark in marks:
        place = np.array([mark["x"], mark["z"]])
        boxes = [(np.array(thing["low"])[[0, 2]], np.array(thing["high"])[[0, 2]]) for thing in things]
        is_in_thing = any(((box_low <= place) & (place <= box_high)).all() for box_low, box_high in boxes)
        if abs(mark["y"]) < SHIN and not is_in_thing:
            stood |= np.hypot(x[:, None] - mark["x"], z - mark["z"]) < _FEET
    return stood


def _ceiling(solid: NDArray[np.bool_], low: Array, head: Array) -> float | None:
    """The height of the first solid cell over a head [m]; None under the sky."""
    x, y, z = np.floor((head - low) / CELL).astype(int).tolist()
    above = np.flatnonzero(solid[x, y:, z])
    return round(float(low[1] + (y + above[0]) * CELL), 4) if len(above) else None


def _marks(stage: Usd.Stage) -> list[dict[str, Any]]:
    """Where people and things stand, the hero first."""
    marks: list[dict[str, Any]] = []
    for prim in stage.GetPrimAtPath(names.MARKS).GetChildren():
        if prim.GetName().startswith(names.camera_mark("")):
            continue
        matrix = np.array(UsdGeom.XformCache().GetLocalToWorldTransform(prim))
        x, y, z = _rounded(matrix[3, :3])
        facing = round(math.degrees(math.atan2(matrix[2, 0], matrix[2, 2])) % 360, 4)
        marks.append({"name": prim.GetName(), "x": x, "y": y, "z": z, "facing": facing})
    return sorted(marks, key=lambda mark: mark["name"] != "hero")


def _cameras(stage: Usd.Stage, place: str) -> list[dict[str, Any]]:
    cameras: list[dict[str, Any]] = []
    for prim in stage.GetPrimAtPath(names.MARKS).GetChildren():
        size = prim.GetName().removeprefix(names.camera_mark(""))
        if size == prim.GetName():
            continue
        matrix = np.array(UsdGeom.XformCache().GetLocalToWorldTransform(prim))
        forward = -matrix[2, :3] / np.linalg.norm(matrix[2, :3])
        lens = float(prim.GetAttribute(LENS_OF_MARK).Get() or place_of(place).lens_mm or USUAL_LENS[size])
        eye = _rounded(matrix[3, :3])
        cameras.append({"size": size, "eye": eye, "forward": _rounded(forward, 6), "lens_mm": lens})
    return cameras


def _things(meshes: list[tuple[str, Array]]) -> list[dict[str, Any]]:
    """The bounds of every prop, all its parts together."""
    parts: dict[str, list[Array]] = {}
    for path, triangles in meshes:
        if path.startswith(names.PROPS + "/"):
            parts.setdefault(path.split("/")[3], []).append(triangles.reshape(-1, 3))
    things: list[dict[str, Any]] = []
    for name, clouds in parts.items():
        points = np.concatenate(clouds)
        things.append({"name": name, "low": _rounded(points.min(axis=0)), "high": _rounded(points.max(axis=0))})
    return things


def _sources(stage: Usd.Stage, floor: Floor) -> list[dict[str, Any]]:
    """The set's lights by what they give to heads about the hero's mark, walls counted, strongest first."""
    heads, air = _heads(floor), _air(floor)
    found: list[tuple[str, Array, float]] = []
    for prim in stage.Traverse():
        group = prim.GetAttribute(names.LIGHT_GROUP).Get()
        if not group:
            continue
        if UsdLux.SphereLight(prim):
            found.append((group, *_spot(prim, floor, heads)))
        elif UsdGeom.Mesh(prim):
            found += [(group, place, _reach(floor, heads, place, power)) for place, power in _glowing(prim, heads[0])]
        else:
            found.append((group, *_far_light(prim, floor, air)))
    total = sum(power for _, _, power in found)
    kept = sorted((item for item in found if item[2] >= _LEAST_SHARE * total), key=lambda item: -item[2])
    total = sum(power for _, _, power in kept)
    sources: list[dict[str, Any]] = []
    for group, place, power in kept:
        x, y, z = _rounded(place, 2)
        sources.append({"group": group, "x": x, "y": y, "z": z, "share": round(power / total, 4)})
    return sources


def _heads(floor: Floor) -> Array:
    """Heads on a metre's raster about the hero's mark where one can stand, and the hero's own, shape [H, 3]."""
    hero = floor.mark("hero")
    around = np.stack(np.meshgrid(*[np.arange(-_ABOUT, _ABOUT + 1.0)] * 2, indexing="ij"), axis=-1).reshape(-1, 2)
    places = around + np.array([hero.x, hero.z])
    places = np.concatenate([[(hero.x, hero.z)], places[floor.is_free(*places.T)]])
    return np.stack([places[:, 0], np.full(len(places), hero.y + _HEAD), places[:, 1]], axis=1)


def _air(floor: Floor) -> Array:
    """Places in the air of the set about the hero's mark on a metre's raster: where shafts of sun may be seen."""
    hero = floor.mark("hero")
    level = np.arange(-2 * _ABOUT, 2 * _ABOUT + 1.0)
    raster = np.meshgrid(level, np.arange(0.6, 2 * _ABOUT), level, indexing="ij")
    places = np.stack(raster, axis=-1).reshape(-1, 3) + np.array([hero.x, hero.y, hero.z])
    return places[floor.inside(places)]


def _reach(floor: Floor, heads: Array, place: Array, power: float) -> float:
    """Mean irradiance at the heads of a source of some radiance times area."""
    seen = floor.sees(heads, place, slack=0.5)
    return float((seen * power / np.maximum(((heads - place) ** 2).sum(axis=1), 0.1)).mean())


def _glowing(prim: Usd.Prim, hero: Array) -> list[tuple[Array, float]]:
    """A mesh that glows as sources: where each is, and its radiance times the area it turns to somebody.

    What hangs together within `_APART` is one source, but none is wider than `_BLOCK`. A closed flame or tube shows a
    quarter of its surface to any side.
    """
    triangles = triangles_of(prim)
    triangles = triangles[np.linalg.norm(triangles.mean(axis=1) - hero, axis=1) < _FARTHEST]
    if not len(triangles):
        return []
    sides = triangles[:, 1:] - triangles[:, :1]  # (N, 2, 3)
    area = np.linalg.norm(np.cross(sides[:, 0], sides[:, 1]), axis=1) / 4  # (N,)
    middle = triangles.mean(axis=1)  # (N, 3)
    pairs = KDTree(middle).query_pairs(_APART, output_type="ndarray")
    links = sparse.coo_matrix((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(len(middle),) * 2)
    _, cluster = csgraph.connected_components(links, directed=False)
    keys = np.column_stack([cluster, np.round(middle / _BLOCK).astype(int)])
    _, block = np.unique(keys, axis=0, return_inverse=True)
    radiance = _luminance(_surface(prim).GetInput("emissiveColor").Get())
    result: list[tuple[Array, float]] = []
    for number in range(int(block.max()) + 1):
        own = block.reshape(-1) == number
        place = np.average(middle[own], axis=0, weights=area[own] + 1e-12)
        result.append((place, radiance * float(area[own].sum()) / 2))
    return result


def _surface(prim: Usd.Prim) -> UsdShade.Shader:
    material = UsdShade.MaterialBindingAPI(prim).ComputeBoundMaterial()[0]
    return UsdShade.Shader(prim.GetStage().GetPrimAtPath(material.GetPath().AppendChild("Surface")))


def _spot(prim: Usd.Prim, floor: Floor, heads: Array) -> tuple[Array, float]:
    """Where a lamp or a spot is, and the mean irradiance that it brings to the heads within its cone."""
    light, radius = UsdLux.LightAPI(prim), float(UsdLux.SphereLight(prim).GetRadiusAttr().Get())
    matrix = np.array(UsdGeom.XformCache().GetLocalToWorldTransform(prim))
    place, aim = matrix[3, :3], -matrix[2, :3] / np.linalg.norm(matrix[2, :3])
    away = heads - place  # (H, 3)
    distance = np.linalg.norm(away, axis=1)
    cone = UsdLux.ShapingAPI(prim).GetShapingConeAngleAttr().Get() if UsdLux.ShapingAPI(prim) else None
    lit = away @ aim >= np.cos(np.radians(180.0 if cone is None else float(cone))) * distance
    power = _luminance(light.GetColorAttr().Get()) * float(light.GetIntensityAttr().Get()) * math.pi * radius**2
    seen = floor.sees(heads, place, slack=0.5) & lit
    return place, float((seen * power / np.maximum(distance**2, 0.1)).mean())


def _far_light(prim: Usd.Prim, floor: Floor, air: Array) -> tuple[Array, float]:
    """Where sun or sky is said to stand, and the mean irradiance that it brings to the air of the set.

    Raises BadInput for another kind of lamp, which no set has yet.
    """
    light = UsdLux.LightAPI(prim)
    radiance = _luminance(light.GetColorAttr().Get()) * float(light.GetIntensityAttr().Get())
    middle = air.mean(axis=0)
    if UsdLux.DistantLight(prim):
        towards = np.array(UsdGeom.XformCache().GetLocalToWorldTransform(prim))[2, :3]
        towards = towards / np.linalg.norm(towards)
        return middle + _FAR * towards, radiance * float(floor.sees(air, air + _FAR * towards).mean())
    if UsdLux.DomeLight(prim):
        up = _dome(_SKY_RAYS)  # (R, 3)
        seen = np.array([floor.sees(air, air + _FAR * ray).mean() for ray in up])  # (R,)
        towards = (seen[:, None] * up).sum(axis=0) if seen.any() else np.array([0.0, 1.0, 0.0])
        return middle + _FAR * towards / np.linalg.norm(towards), radiance * math.pi * float(seen.mean())
    raise BadInput(
        f"The survey does not know how strong {prim.GetPath()} is, a {prim.GetTypeName()}.",
        mend="Let a set be lit by glowing meshes, a DistantLight, a DomeLight or SphereLights, or teach the survey.",
    )


def _dome(count: int) -> Array:
    """Directions spread evenly over the upper half of a sphere, shape [count, 3]."""
    number = np.arange(count) + 0.5
    height, turn = number / count, math.pi * (1 + math.sqrt(5)) * number
    level = np.sqrt(1 - height**2)
    return np.stack([level * np.sin(turn), height, level * np.cos(turn)], axis=1)


def _luminance(color: Any) -> float:
    """Luminance of an ACEScg colour (Academy S-2014-004)."""
    return float(np.array(color) @ np.array([0.2722287, 0.6740818, 0.0536895]))


def _rounded(values: Array, digits: int = 4) -> list[float]:
    return [round(float(value), digits) + 0.0 for value in values]


def main(places: list[str]) -> None:
    FLOORS.mkdir(exist_ok=True)
    for place in places or list(PLACES):
        for layout in range(place_of(place).layouts):
            with tempfile.TemporaryDirectory() as folder:
                text = as_text(survey(place, Path(folder), layout))
            (FLOORS / floor_file(place, layout)).write_text(text, "utf-8")
            print(f"{floor_file(place, layout)}: {len(text) / 1024:.0f} KB")


if __name__ == "__main__":
    main(sys.argv[1:])
