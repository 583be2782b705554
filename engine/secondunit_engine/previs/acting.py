"""What people do in the previs: where they are on their paths, how they stand, walk and sit, whom they look at.

Poses are a rehearsal's, not a performance: a gait whose stride fits the path, a posture, a head that turns to whoever
speaks or to what is handled, hands that talk, reach, point, lift and carry.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.transform import Rotation

from secondunit_engine.cast.body import Body
from secondunit_engine.cast.piece import pose_bones, standing, turn
from secondunit_engine.planning.floor import floor_at
from secondunit_engine.planning.plan import ActionPlan, PathPlan, ShotPlan, Spot
from secondunit_engine.planning.staging import place_at
from secondunit_engine.previs.mannequin import Mannequin

Array = NDArray[np.float64]
_LEG = 0.86  # metres from hip to ankle
STRIDE: Final = 1.42  # metres: two steps of a walk
_CHAIR: Final = 0.43  # metres that someone who sits is lower
_KNEELING: Final = 0.42
_BOTH_HANDS: Final = frozenset((
    "open", "lift", "hold", "carry", "take", "push", "pull", "pick", "grab", "give", "place", "put", "read", "write",
    "catch", "close", "type", "embrace", "hug", "drag",
))  # fmt: skip
_ONE_HAND: Final = frozenset((
    "reach", "touch", "point", "wave", "knock", "press", "draw", "raise", "shoot", "aim", "drink", "throw", "show",
    "stroke",
))  # fmt: skip
_KEPT: Final = frozenset(("lift", "hold", "carry", "take", "pick", "grab"))
_EYES: Final = {"stand": 1.58, "sit": 1.15, "kneel": 1.16, "lie": 0.25}  # metres, by posture


@dataclass(frozen=True)
class Stance:
    """A person at one frame: bones [bones, 3, 4] in their own axes, and from those to the world, rows [4, 4]."""

    bones: Array
    place: Array


def path_of(shot: ShotPlan, name: str) -> PathPlan:
    """Where somebody is in a shot: their path, or the mark that casting gave them."""
    known = next((path for path in shot.blocking if path.who == name), None)
    if known is not None:
        return known
    floor = floor_at(shot.set)
    member = next((member for member in shot.cast if member.name == name), None)
    mark = member.mark if member else "hero"
    if floor.has_mark(mark):
        spot = floor.mark(mark)
        return PathPlan(name, (Spot(0, spot.x, spot.z, spot.facing),))
    hero = floor.mark("hero")
    number = [each.name for each in shot.cast].index(name) if member else 0
    beside = 0.85 * ((number + 1) // 2) * (-1 if number % 2 else 1)
    facing = np.radians(hero.facing)
    x, z = hero.x + beside * np.cos(facing), hero.z - beside * np.sin(facing)
    return PathPlan(name, (Spot(0, float(x), float(z), hero.facing),))


def stand(shot: ShotPlan, name: str, mannequin: Mannequin, frame: int, eyes: Mapping[str, Array]) -> Stance:
    """Somebody's stance at a frame. `eyes`: where the others' eyes and the things of the set are [m]."""
    path = path_of(shot, name)
    spot = place_at(path, frame)
    turns = {bone: matrix.copy() for bone, matrix in standing(mannequin.body).items()}
    floor = floor_at(shot.set)
    height = floor.mark("hero").y if floor.has_mark("hero") else 0.0
    seconds = float(shot.rate.seconds(frame))
    _breathe(turns, seconds, len(name))
    pace, fastest, walked = _pace(path, frame, float(shot.rate.fraction))
    lower = _walk(turns, pace, fastest, walked) if pace > 0.15 else _sit(turns, spot)
    _look(turns, spot, _looked_at(shot, name, frame, eyes), height)
    _use_hands(turns, mannequin.body, shot, name, frame)
    bones = pose_bones(mannequin.body, turns, 1)[0]  # (B, 3, 4)
    return Stance(bones, _placed(spot, height + lower))


def eyes_of(shot: ShotPlan, frame: int) -> dict[str, Array]:
    """Where everybody's eyes are at a frame [m], and the middle of the set's things."""
    floor = floor_at(shot.set)
    found = {thing.name: np.array(thing.middle) for thing in floor.things}
    for name in {path.who for path in shot.blocking} | {member.name for member in shot.cast}:
        spot = place_at(path_of(shot, name), frame)
        found[name] = np.array([spot.x, _EYES[spot.posture], spot.z])
    return found


def _placed(spot: Spot, height: float) -> Array:
    """From a person's axes to the world, rows [4, 4]."""
    bearing = np.radians(spot.facing)
    matrix = np.eye(4)
    matrix[0, [0, 2]] = np.cos(bearing), -np.sin(bearing)
    matrix[2, [0, 2]] = np.sin(bearing), np.cos(bearing)
    matrix[3, :3] = spot.x, height, spot.z
    if spot.posture == "lie":
        matrix[:3, :3] = np.array([[1.0, 0, 0], [0, 0, -1.0], [0, 1.0, 0]]) @ matrix[:3, :3]
        matrix[3, 1] += 0.12
    return matrix


def _pace(path: PathPlan, frame: int, rate: float) -> tuple[float, float, float]:
    """How fast somebody goes, their fastest on this path [m/s], and how far they have come along it [m]."""
    walked, pace, fastest = 0.0, 0.0, 0.0
    for before, after in pairwise(path.spots):
        length = float(np.hypot(after.x - before.x, after.z - before.z))
        span = max(1, after.start - before.start)
        walked += length * float(np.clip((frame - before.start) / span, 0, 1))
        fastest = max(fastest, length / span * rate)
        if before.start <= frame < after.start:
            pace = length / span * rate
    return pace, fastest, walked


def _add(turns: dict[str, Array], bone: str, axis: str, degrees: float) -> None:
    turns[bone] = turn(axis, degrees) @ turns.get(bone, np.eye(3)[None])


def _breathe(turns: dict[str, Array], seconds: float, seed: int) -> None:
    wave = float(np.sin(2 * np.pi * 0.26 * seconds + seed))
    _add(turns, "spine02", "x", -0.6 * wave)
    _add(turns, "spine04", "y", 1.2 * float(np.sin(0.7 * seconds + 2 * seed)))


def _walk(turns: dict[str, Array], pace: float, fastest: float, walked: float) -> float:
    """A gait whose standing foot stays where it is: evenly back under the body, then forward in an arc.

    `fastest` [m/s] is of the whole path and sets the stride, so that it does not jump between two legs of a path.
    Returns how much higher the hips are [m].
    """
    quick = float(np.clip((fastest - 1.4) / 1.2, 0, 1))
    stride = STRIDE * (1 + 0.35 * quick) * float(np.clip(0.55 + fastest / 2.8, 0.6, 1.0))
    lowest = 0.0
    for side, offset in (("L", 0.0), ("R", 0.5)):
        share = (walked / stride + offset) % 1.0
        standing_ = share < 0.5
        swing = 1 - 4 * share if standing_ else -float(np.cos(2 * np.pi * (share - 0.5)))
        lift = 0.0 if standing_ else float(np.sin(2 * np.pi * (share - 0.5)))
        angle = float(np.arcsin(np.clip(swing * stride / 4 / _LEG, -0.6, 0.6)))
        if standing_:
            lowest = _LEG * (float(np.cos(angle)) - 1)
        _add(turns, f"upperleg01.{side}", "x", -float(np.degrees(angle)) - 14 * lift)
        _add(turns, f"lowerleg01.{side}", "x", (46 + 40 * quick) * lift)
        _add(turns, f"foot.{side}", "x", 0.7 * float(np.degrees(angle)) * (swing < 0) + 10 * lift)
        _add(turns, f"upperarm01.{side}", "x", (18 + 18 * quick) * swing)
        _add(turns, f"lowerarm01.{side}", "x", -10 - 50 * quick)
    _add(turns, "spine04", "y", 4 * float(np.sin(2 * np.pi * walked / stride)))
    _add(turns, "spine05", "x", 2 + 8 * quick * min(1.0, pace))
    return lowest


def _sit(turns: dict[str, Array], spot: Spot) -> float:
    """Sitting, kneeling or lying; returns how much higher the hips are [m]."""
    if spot.posture == "sit":
        for side in "LR":
            _add(turns, f"upperleg01.{side}", "x", -86)
            _add(turns, f"lowerleg01.{side}", "x", 86)
            _add(turns, f"lowerarm01.{side}", "x", -48)
            _add(turns, f"upperarm01.{side}", "x", -14)
        return -_CHAIR
    if spot.posture == "kneel":
        for side in "LR":
            _add(turns, f"upperleg01.{side}", "x", -8)
            _add(turns, f"lowerleg01.{side}", "x", 98)
            _add(turns, f"foot.{side}", "x", 40)
        return -_KNEELING
    return 0.0


def _is_speaking(shot: ShotPlan, name: str, frame: int) -> bool:
    return any(
        line.character == name and line.start <= frame < line.start + line.frames and not line.off_screen
        for line in shot.dialogue
    )


def _looked_at(shot: ShotPlan, name: str, frame: int, eyes: Mapping[str, Array]) -> Array | None:
    """What somebody looks at: what they handle, else who speaks, else whom they speak to."""
    mine = [action for action in shot.actions if action.actor == name and action.target in eyes]
    handled = [action for action in mine if action.start - 6 <= frame < action.start + action.frames + 12]
    if handled:
        return eyes[handled[-1].target]
    speaker = next((line.character for line in shot.dialogue if line.start - 5 <= frame < line.start + line.frames), "")
    if speaker and speaker != name and speaker in eyes:
        return eyes[speaker]
    others = [other for other in sorted({line.character for line in shot.dialogue}) if other != name and other in eyes]
    present = [member.name for member in shot.cast if member.name != name and member.name in eyes]
    if speaker == name and (others or present):
        return eyes[(others or present)[0]]
    return None


def _look(turns: dict[str, Array], spot: Spot, target: Array | None, floor: float) -> None:
    """Turn head and neck, and the trunk a little, as far as they go."""
    if target is None:
        return
    way = target - np.array([spot.x, floor + _EYES[spot.posture], spot.z])
    yaw = (float(np.degrees(np.arctan2(way[0], way[2]))) - spot.facing + 180) % 360 - 180
    if abs(yaw) > 115:
        return
    pitch = float(np.degrees(np.arctan2(-way[1], np.hypot(way[0], way[2]))))
    yaw, pitch = float(np.clip(yaw, -82, 82)), float(np.clip(pitch, -30, 38))
    for bone, share in (("spine02", 0.18), ("neck02", 0.3), ("head", 0.5)):
        _add(turns, bone, "y", yaw * share)
    for bone, share in (("neck02", 0.3), ("head", 0.6)):
        _add(turns, bone, "x", pitch * share)


def _hands(
    turns: dict[str, Array], body: Body, sides: str, forward: float, elbow: float, together: float = 10.0
) -> None:  # fmt: skip
    """Upper arms forward, elbows bent about their own hinge, hands toward each other [degrees]."""
    for side in sides:
        sign = 1.0 if side == "L" else -1.0
        shoulder, joint, wrist = (
            body.joints[body.anatomy.bone(f"{bone}.{side}")] for bone in ("upperarm01", "lowerarm01", "wrist")
        )
        hinge = np.cross(joint - shoulder, wrist - joint)
        bend = Rotation.from_rotvec(hinge / np.linalg.norm(hinge) * np.radians(elbow)).as_matrix()
        turns[f"lowerarm01.{side}"] = turns[f"lowerarm01.{side}"] @ bend
        _add(turns, f"upperarm01.{side}", "x", -forward)
        _add(turns, f"upperarm01.{side}", "y", -sign * together)


def _use_hands(turns: dict[str, Array], body: Body, shot: ShotPlan, name: str, frame: int) -> None:
    """What the hands do: handle what is handled, else hold what is held, else talk."""
    under_way = [(action, _hold_of(action, frame)) for action in shot.actions if action.actor == name]
    action, level = max(under_way, key=lambda pair: pair[1], default=(None, 0.0))
    if action is not None and level > 0:
        _handle(turns, body, action, frame, level)
    elif any(fact.relation == "held by" and fact.value == name for fact in shot.state):
        _hands(turns, body, "LR", 30.0, 62.0, 14.0)
    elif _is_speaking(shot, name, frame):
        seconds, seed = float(shot.rate.seconds(frame)), len(name)
        for side, shift in (("L", 0.0), ("R", 1.9)):
            beat = float(np.sin(2.6 * seconds + shift + seed))
            _hands(turns, body, side, 12 + 4 * beat, 42 + 9 * beat, 6)


def _hold_of(action: ActionPlan, frame: int) -> float:
    """How far an action has the hands, 0 to 1: up in its first third, down in the last fifth unless it keeps them."""
    share = (frame - action.start) / max(1, action.frames)
    if share <= 0 or _verb(action) not in _BOTH_HANDS | _ONE_HAND:
        return 0.0
    return min(1.0, share * 3) * (1.0 if _verb(action) in _KEPT else float(np.clip((1.15 - share) * 5, 0, 1)))


def _verb(action: ActionPlan) -> str:
    return action.verb.partition(" ")[0]


def _handle(turns: dict[str, Array], body: Body, action: ActionPlan, frame: int, level: float) -> None:
    """Arms while something is handled or pointed at."""
    verb = _verb(action)
    if verb in _BOTH_HANDS:
        done = float(np.clip(2 * (frame - action.start) / max(1, action.frames) - 1, 0, 1))
        raised = 20 * done if verb == "lift" else 0.0
        _hands(turns, body, "LR", (40 + raised) * level, (22 + raised) * level, 12 * level)
        _add(turns, "spine04", "x", 6 * level)
    else:
        high = 78 if verb in ("point", "aim", "shoot", "raise", "wave") else 56
        _hands(turns, body, "R", high * level, 12 * level, 4 * level)
