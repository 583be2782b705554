"""What carries a camera, and what that can do: how fast, how suddenly, how low and high, over which ground.

The top speeds are those the project plans by: a dolly 1.5 m/s on straight track, a steadicam 2 m/s (a brisk walk; the
operator walks backwards half of the time), a drone indoors 8 m/s, a jib 0.7 m/s. Accelerations, heights and the speed
of a head are a crew's working values, on the careful side; a maker's sheet for a given machine says more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from secondunit_engine.planning.plan import MoveKind, Rig
from secondunit_engine.world.framing import Pose


@dataclass(frozen=True)
class Limits:
    """speed [m/s], acceleration [m/s2], head [degrees/s] of pan or tilt, lens heights [m above the floor].

    rides: whether it may travel at all. bends: how far its way may leave a straight line [m]. stands: whether it needs
    free floor under the lens. steady: frames over which its operator evens out a way that is followed.
    """

    speed: float
    acceleration: float
    head: float
    lowest: float
    highest: float
    bends: float = np.inf
    rides: bool = True
    stands: bool = True
    steady: float = 8.0


LIMITS: Mapping[Rig, Limits] = {
    "tripod": Limits(0.0, 0.0, 90.0, 0.2, 2.2, rides=False),
    "dolly": Limits(1.5, 1.5, 90.0, 0.2, 2.2, bends=0.15, steady=10.0),
    "crane": Limits(1.5, 1.0, 90.0, 0.1, 7.0, stands=False),
    "steadicam": Limits(2.0, 2.5, 120.0, 0.3, 2.1, steady=8.0),
    "handheld": Limits(2.5, 6.0, 180.0, 0.1, 2.3, steady=4.0),
    "drone": Limits(8.0, 4.0, 120.0, 0.8, 120.0, stands=False),
}
_STILL = 0.004  # metres a second: what a locked camera may seem to move by rounding
_RIG_OF: Mapping[MoveKind, Rig] = {
    "push in": "dolly", "pull out": "dolly", "track": "dolly", "crane": "crane", "orbit": "steadicam",
    "handheld": "handheld", "fly-through": "drone",
}  # fmt: skip


def rig_for(move: MoveKind, usual: Rig) -> Rig:
    """What a move needs. A style that carries a steadicam or works by hand keeps to it, if that can make the move."""
    wanted = _RIG_OF.get(move, "tripod")
    if wanted in ("dolly", "tripod") and usual == "handheld":
        return usual
    return usual if wanted == "dolly" and usual == "steadicam" else wanted


def broken_limit(rig: Rig, poses: Sequence[Pose], fps: float, floor_y: float = 0.0) -> str | None:
    """The first limit of a rig that a ride breaks, as a sentence's end ("moves at 3.1 m/s, ..."); None if none.

    `poses` are one a frame, `floor_y` is the height of the floor [m]. The frames before a shot are unknown, so a ride
    that is under way when the shot begins counts as such.
    """
    limits = LIMITS[rig]
    eyes = np.array([pose.eye for pose in poses])  # (F, 3)
    speeds = np.linalg.norm(np.diff(eyes, axis=0), axis=1) * fps  # (F - 1,) [m/s]
    fastest = float(speeds.max(initial=0.0))
    if not limits.rides and fastest > _STILL:
        return f"moves at {fastest:.2f} m/s, but a {rig} stands"
    if fastest > limits.speed + _STILL:
        return f"moves at {fastest:.1f} m/s; a {rig} makes {limits.speed:.1f}"
    hardest = float(np.linalg.norm(np.diff(eyes, n=2, axis=0), axis=1).max(initial=0.0)) * fps**2
    if limits.rides and hardest > limits.acceleration + 0.05:
        return f"gathers speed at {hardest:.1f} m/s2; a {rig} does at {limits.acceleration:.1f}"
    turning = float(_turns(poses).max(initial=0.0)) * fps
    if turning > limits.head:
        return f"turns at {turning:.0f} degrees a second; the head of a {rig} makes {limits.head:.0f}"
    heights = eyes[:, 1] - floor_y
    if heights.min() < limits.lowest - 0.01 or heights.max() > limits.highest + 0.01:
        reach = f"{limits.lowest} to {limits.highest}"
        return f"is {heights.min():.1f} to {heights.max():.1f} m high; a {rig} gets from {reach}"
    if bend_of(eyes) > limits.bends:
        return f"leaves a straight line by {bend_of(eyes):.2f} m; a {rig} runs on straight track"
    return None


def bend_of(way: NDArray[np.floating]) -> float:
    """How far a way [m], shape [frames, 3], leaves the straight line between its ends, seen from above."""
    flat = way[:, [0, 2]]
    reach = flat[-1] - flat[0]
    length = float(np.linalg.norm(reach))
    if length < 0.05:
        return float(np.linalg.norm(flat - flat[0], axis=1).max())
    across = (flat - flat[0]) @ np.array([-reach[1], reach[0]]) / length  # (F,)
    return float(np.abs(across).max())


def _turns(poses: Sequence[Pose]) -> NDArray[np.float64]:
    """Degrees that the axis turns from frame to frame, shape [frames - 1]."""
    axes = np.array([pose.forward for pose in poses])  # (F, 3)
    sines = np.linalg.norm(np.cross(axes[:-1], axes[1:]), axis=1)
    return np.degrees(np.arctan2(sines, (axes[:-1] * axes[1:]).sum(axis=1)))
