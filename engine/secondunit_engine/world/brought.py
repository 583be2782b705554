"""What the words of a scene bring to a set: props near the hero's mark, live, placed by the layout solver."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final, cast, get_args

import numpy as np
from numpy.typing import NDArray
from pxr import Tf, Usd, UsdGeom

from secondunit_bridge.errors import NotFound
from secondunit_engine.places import place_of
from secondunit_engine.planning.plan import PropPlan, SetPlan
from secondunit_engine.world import stage as names
from secondunit_engine.world.collide import table_levels
from secondunit_engine.world.layout import FIXED, Relation, Room, Wish, kind_of, lay_out, pose_at
from secondunit_engine.world.mesh import Mesh
from secondunit_engine.world.props.catalog import prop_named
from secondunit_engine.world.props.prop import Prop, Variant
from secondunit_engine.world.props.writing import Placed, write_live
from secondunit_engine.world.triangles import gives_way, triangles_of

Array = NDArray[np.floating]

_REACH: Final = 2.6  # m from the hero's mark within which things are put
_HEADROOM: Final = 2.6  # m above the floor that are looked at
_FINE: Final = 4000  # triangles of a mesh from which it is thinned
_RASTER: Final = 0.025  # m
_STAND: Final = "stand"  # what is brought for small things that nothing carries
LEFT_OUT: Final = "left_out.json"  # beside the set's layer, if anything found no place


def bring_props(plan: SetPlan, layer: Path, library: Path | None = None) -> tuple[tuple[str, str], ...]:
    """Write the plan's props into the set at `layer` as live props near the hero's mark; textures go beside it.
    `library` is the folder of the project's own things.

    Returns which of them found no place, with the reason; `left_out` reads it again. Raises BadInput for a prop that is
    in no catalogue, NotFound for one that is no longer in the library.
    """
    own = _own_props(plan, library)
    stage = Usd.Stage.Open(str(layer))
    to_set = _frame(stage)
    room = _room_about(stage, to_set)
    known = {prop.name for prop in plan.props}
    stand = _STAND if _STAND not in known else f"{_STAND}_1"  # of several of a noun the second is _2
    carriers = (FIXED, stand) if room.fixed is not None and table_levels(room.fixed, room.floor) else (stand,)
    tried = [lay_out(room, _wishes(plan, carrier, own), plan.seed) for carrier in carriers]
    layout = min(tried, key=lambda each: len(each.left_out))
    for item in layout.items:
        placed = Placed(kind_of(item), to_set @ item.pose, item.variant)
        write_live(stage, layer.parent, Tf.MakeValidIdentifier(item.name), placed, place_of(plan.place).groups)
    stage.GetRootLayer().Save()
    missing = tuple((name, reason) for name, reason in layout.left_out if name in known)
    if missing:
        (layer.parent / LEFT_OUT).write_text(json.dumps(missing), "utf-8")
    return missing


def left_out(folder: Path) -> tuple[tuple[str, str], ...]:
    """Which of its plan's props a built set has no place for, with the reason."""
    file = folder / LEFT_OUT
    return tuple((name, reason) for name, reason in json.loads(file.read_text("utf-8"))) if file.is_file() else ()


def _own_props(plan: SetPlan, library: Path | None) -> dict[str, Prop]:
    """Those of its props that the project's library has, each once, by their names in the plan."""
    called = {prop.prop: prop.own for prop in plan.props if prop.own is not None}
    if not called:
        return {}
    if library is None:
        raise NotFound("There is no library here.", mend="Shoot this in the project that has its things.")
    from secondunit_engine.library.as_prop import as_prop

    return {name: as_prop(own, library) for name, own in called.items()}


def _wishes(plan: SetPlan, carrier: str, own: Mapping[str, Prop]) -> list[Wish]:
    """The plan's props as wishes; small ones that relate to nothing that carries them go on the carrier: what the
    set has, or a stand beside the hero."""
    known = {prop.name for prop in plan.props}
    kinds = [own.get(prop.prop) or prop_named(prop.prop) for prop in plan.props]
    wishes = [
        replace(_wish(prop, kind, number, plan, known, carrier), own=own.get(prop.prop))
        for number, (prop, kind) in enumerate(zip(plan.props, kinds, strict=True))
    ]
    if carrier != FIXED and any(wish.to == carrier for wish in wishes):
        wishes.insert(0, Wish(carrier, "side_table", "beside", "hero", Variant(plan.seed % 97, plan.era, plan.wear)))
    return wishes


def _wish(prop: PropPlan, kind: Prop, number: int, plan: SetPlan, known: set[str], carrier: str) -> Wish:
    relation: Relation = cast(Relation, prop.relation) if prop.relation in get_args(Relation) else "beside"
    to = prop.to
    if to not in known and kind.is_small:
        relation, to = "on", carrier
    elif to not in known:
        relation, to = ("against the wall", "") if kind.stands != "base" else ("beside", "hero")
    return Wish(prop.name, prop.prop, relation, to, Variant((plan.seed + 7 * number) % 97, plan.era, plan.wear))


def _frame(stage: Usd.Stage) -> Array:
    """Takes the layout's space to the set's, column vectors, shape [4, 4]: the hero's mark at the origin, and +Z where
    the set's camera for a medium shot stands, so that what is beside and behind the hero is in the picture."""
    cache = UsdGeom.XformCache()
    hero = np.array(cache.GetLocalToWorldTransform(stage.GetPrimAtPath(f"{names.MARKS}/hero"))).T
    camera = stage.GetPrimAtPath(f"{names.MARKS}/{names.camera_mark('MS')}")
    if not camera:
        return hero
    way = np.array(cache.GetLocalToWorldTransform(camera)).T[:3, 3] - hero[:3, 3]
    x, y, z = hero[:3, 3].tolist()
    return pose_at(x, y, z, math.degrees(math.atan2(way[0], way[2])))


def _thinned(triangles: Array) -> Array:
    """The same with small triangles on a raster of `_RASTER`, none of them empty and none twice, shape [T, 3, 3]."""
    small = np.abs(triangles - np.roll(triangles, 1, axis=1)).max(axis=(1, 2)) < 2 * _RASTER
    steps = np.round(triangles[small] / _RASTER).astype(np.int32)  # (T, 3, 3)
    flat = (steps == np.roll(steps, 1, axis=1)).all(axis=2).any(axis=1)
    thin = np.unique(steps[~flat].reshape(-1, 9), axis=0).reshape(-1, 3, 3) * _RASTER
    return np.concatenate([triangles[~small], thin])


def _room_about(stage: Usd.Stage, to_set: Array) -> Room:
    """The floor about the hero with what stands there; the marks of people are kept free."""
    back = np.linalg.inv(to_set)
    near: list[Array] = []
    for prim in stage.Traverse():
        if UsdGeom.Mesh(prim) and not gives_way(prim):
            triangles = triangles_of(prim) @ back[:3, :3].T + back[:3, 3]
            low, high = triangles.min(axis=1), triangles.max(axis=1)
            inside = (low < [_REACH, _HEADROOM, _REACH]).all(axis=1) & (high > [-_REACH, 0.02, -_REACH]).all(axis=1)
            kept = triangles[inside & (high[:, 1] > 0.02)]
            near.append(_thinned(kept) if len(kept) > _FINE else kept)
    corners = np.concatenate(near) if near else np.zeros((0, 3, 3))
    fixed = Mesh.of_corners(corners) if len(corners) else None
    marks = []
    for prim in stage.GetPrimAtPath(names.MARKS).GetChildren():
        if not prim.GetName().startswith("camera_"):
            x, _, z = (back @ np.array(UsdGeom.XformCache().GetLocalToWorldTransform(prim)).T[:, 3])[:3]
            if max(abs(x), abs(z)) < _REACH:
                marks.append((prim.GetName(), float(x), float(z)))
    return Room(2 * _REACH, 2 * _REACH, _HEADROOM, (), tuple(marks), fixed, walls=False)
