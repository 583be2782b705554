"""Props that people act on: lids and doors that open on their hinges, things that are lifted.

A hinge is an Xform inside a prop with a rotate op and `secondunit:openDegrees`, as the set wrote it. Hands need the
first half of an action to get there (see performance.py), so the prop moves in the second; a prop that acts by itself
takes the whole of it.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from pxr import Gf, Sdf, Usd, UsdGeom

from secondunit_engine.motion.story import time_codes
from secondunit_engine.planning.plan import ActionPlan, ShotPlan
from secondunit_engine.world import stage as names

Array = NDArray[np.floating]

OPEN_DEGREES: Final = "secondunit:openDegrees"
_OPENING: Final = frozenset({"open", "push", "pull"})
_LIFT: Final = 0.24  # m
_TOWARDS: Final = 0.22  # m, to whoever lifts


def write_prop_actions(shot: ShotPlan, place: Usd.Stage, stage: Usd.Stage) -> None:
    """Write time samples into `stage` for every prop of the set `place` that the shot's actions open or lift."""
    for prop in _props(place):
        name = prop.GetName()
        opened, lifted = (
            _progress(shot, [a for a in shot.actions if a.verb in verbs and name in (a.target, a.actor)], name)
            for verbs in (_OPENING, frozenset({"lift"}))
        )
        if opened.any():
            for hinge in Usd.PrimRange(prop):
                if hinge.HasAttribute(OPEN_DEGREES):
                    _turn_hinge(stage, hinge, opened, shot)
        if lifted.any():
            _lift_prop(stage, place, prop, lifted, shot)


def _props(place: Usd.Stage) -> list[Usd.Prim]:
    root = place.GetPrimAtPath(names.PROPS)
    return list(root.GetChildren()) if root.IsValid() else []


def _progress(shot: ShotPlan, actions: list[ActionPlan], prop: str) -> Array:
    """How far the latest of these actions has come, 0 to 1 with soft ends, at each time code."""
    frames = np.arange(-1, shot.frames + 1)
    done = np.zeros(len(frames))
    for action in actions:
        x = np.clip((frames - action.start) / max(1, action.frames), 0, 1)
        if action.actor != prop:
            x = np.clip(2 * x - 1, 0, 1)
        done = np.maximum(done, x * x * (3 - 2 * x))
    return done


def _turn_hinge(stage: Usd.Stage, hinge: Usd.Prim, opened: Array, shot: ShotPlan) -> None:
    wide = float(hinge.GetAttribute(OPEN_DEGREES).Get())
    axis = next(op.GetOpName() for op in UsdGeom.Xformable(hinge).GetOrderedXformOps() if "rotate" in op.GetOpName())
    kind = hinge.GetAttribute(axis).GetTypeName()
    attribute = stage.OverridePrim(hinge.GetPath()).CreateAttribute(axis, kind, custom=False)
    for code, share in zip(time_codes(shot), opened.tolist(), strict=True):
        attribute.Set(wide * share, code)


def _lift_prop(stage: Usd.Stage, place: Usd.Stage, prop: Usd.Prim, lifted: Array, shot: ShotPlan) -> None:
    """Up and towards the hero's mark, still level."""
    rest = UsdGeom.Xformable(prop).ComputeLocalToWorldTransform(Usd.TimeCode.Default())
    hero = place.GetPrimAtPath(f"{names.MARKS}/hero")
    way = Gf.Vec3d(0, 0, 0)
    if hero.IsValid():
        there = UsdGeom.Xformable(hero).ComputeLocalToWorldTransform(Usd.TimeCode.Default()).ExtractTranslation()
        way = there - rest.ExtractTranslation()
        way[1] = 0
        way = way.GetNormalized() * _TOWARDS
    attribute = stage.OverridePrim(prop.GetPath()).CreateAttribute(
        "xformOp:transform", Sdf.ValueTypeNames.Matrix4d, custom=False
    )
    for code, share in zip(time_codes(shot), lifted.tolist(), strict=True):
        attribute.Set(rest * Gf.Matrix4d().SetTranslate((way + Gf.Vec3d(0, _LIFT, 0)) * share), code)
