"""Props that move in a shot: lids and doors that open, what is lifted or carried, a car that drives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.transform import Rotation

from secondunit_engine.planning.driving import drive_path
from secondunit_engine.planning.floor import floor_at
from secondunit_engine.planning.plan import ActionPlan, ShotPlan
from secondunit_engine.planning.staging import place_at
from secondunit_engine.previs.acting import path_of
from secondunit_engine.previs.solids import Hinge, Scenery, Solid, move

Array = NDArray[np.float64]
_OPENING: Final = frozenset({"open", "unlock", "force", "creak"})
_LIFTING: Final = frozenset({"lift", "take", "pick", "raise", "hold", "carry", "grab"})
_LIFT: Final = 0.32  # metres up
_TOWARDS: Final = 0.22  # metres to whoever lifts
_CHEST, _ARMS = 1.12, 0.36  # metres: how high and how far before the body something is carried


@dataclass(frozen=True)
class PlacedProps:
    """The props that move in the shot, where they are at one frame, and their names."""

    solids: tuple[Solid, ...]
    moving: frozenset[str]


def place_props(shot: ShotPlan, scenery: Scenery, frame: int) -> PlacedProps:
    """Where the props that this shot moves are at a frame; all others stand as the set has them."""
    solids: list[Solid] = []
    moving: set[str] = set()
    for name, parts in scenery.props.items():
        shift = _shift(shot, scenery, name, frame)
        opens = [action for action in shot.actions if action.verb in _OPENING and _is(name, action)]
        open_before = any(f.subject == name and f.relation == "is" and f.value == "open" for f in shot.state)
        if shift is None and not opens and not open_before:
            continue
        moving.add(name)
        share = 1.0 if open_before else _progress(opens, name, frame)
        for part, solid in parts.items():
            hinge = scenery.hinges.get((name, part))
            turned = _swing(solid, hinge, share) if hinge is not None and share > 0 else solid
            solids.append(move(turned, shift) if shift is not None else turned)
    return PlacedProps(tuple(solids), frozenset(moving))


def _is(name: str, action: ActionPlan) -> bool:
    return name.lower() in (action.target.lower(), action.actor.lower())


def _progress(actions: list[ActionPlan], name: str, frame: int) -> float:
    """How far the latest of these has come; whoever opens something first reaches for it."""
    done = 0.0
    for action in actions:
        x = float(np.clip((frame - action.start) / max(1, action.frames), 0, 1))
        if action.actor.lower() != name.lower():
            x = max(0.0, 2 * x - 1)
        done = max(done, x * x * (3 - 2 * x))
    return done


def _swing(solid: Solid, hinge: Hinge, share: float) -> Solid:
    turn = Rotation.from_rotvec(np.array(hinge.axis) * np.radians(hinge.degrees * share)).as_matrix().T  # rows
    matrix = np.eye(4)
    matrix[:3, :3] = turn
    matrix[3, :3] = np.array(hinge.pivot) - np.array(hinge.pivot) @ turn
    return move(solid, matrix)


def _shift(shot: ShotPlan, scenery: Scenery, name: str, frame: int) -> Array | None:
    """The rigid transform [4, 4] (rows) of a prop that leaves its place; None for one that does not."""
    holder = next((f.value for f in shot.state if f.subject == name and f.relation == "held by"), "")
    if holder and any(member.name == holder for member in shot.cast):
        return _carried(shot, scenery, name, holder, frame)
    lifts = [a for a in shot.actions if a.verb in _LIFTING and name.lower() == a.target.lower()]
    if lifts:
        return _lifted(shot, scenery, name, lifts, frame)
    if name.lower() == "car" and any(a.actor.lower() == "car" for a in shot.actions):
        return _driven(shot, scenery, frame)
    return None


def _middle(scenery: Scenery, name: str) -> tuple[Array, Array]:
    """Where a prop stands [m]: the middle of its bounds and its lowest point."""
    points = np.concatenate([solid.points for solid in scenery.props[name].values()]).astype(float)
    low, high = points.min(axis=0), points.max(axis=0)
    middle = (low + high) / 2
    return middle, np.array([middle[0], low[1], middle[2]])


def _carried(shot: ShotPlan, scenery: Scenery, name: str, holder: str, frame: int) -> Array:
    spot = place_at(path_of(shot, holder), frame)
    bearing = np.radians(spot.facing)
    _, foot = _middle(scenery, name)
    matrix = np.eye(4)
    there = np.array([spot.x + _ARMS * np.sin(bearing), _CHEST, spot.z + _ARMS * np.cos(bearing)])
    matrix[3, :3] = there - foot
    return matrix


def _lifted(shot: ShotPlan, scenery: Scenery, name: str, lifts: list[ActionPlan], frame: int) -> Array:
    """Up and towards whoever lifts."""
    middle, _ = _middle(scenery, name)
    actor = next((a.actor for a in lifts if any(member.name == a.actor for member in shot.cast)), "")
    way = np.zeros(3)
    if actor:
        spot = place_at(path_of(shot, actor), frame)
        way = np.array([spot.x, middle[1], spot.z]) - middle
        way /= max(float(np.linalg.norm(way)), 1e-6)
    matrix = np.eye(4)
    matrix[3, :3] = (way * _TOWARDS + np.array([0.0, _LIFT, 0.0])) * _progress(lifts, name, frame)
    return matrix


def _driven(shot: ShotPlan, scenery: Scenery, frame: int) -> Array:
    """From its mark to where the car of the take is."""
    run = drive_path(shot, floor_at(shot.set))
    matrix = np.eye(4)
    if run is not None:
        hero, spot = scenery.marks.get("hero", np.eye(4)), place_at(run, frame)
        matrix[3, [0, 2]] = spot.x - hero[3, 0], spot.z - hero[3, 2]
    return matrix
