"""Where a camera stands so that its subject fills the frame as a shot size asks.

Solved, not guessed: the frame is full frame 36 x 20.25 mm, so a lens of f mm sees `20.25 / f * d` metres of height
at d metres. A set's own camera mark, where it has one for the size, is the composition; a mark composed for another
lens is moved along its axis until the subject is as large as before.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from secondunit_engine.planning.plan import CameraPlan

Vector = NDArray[np.float64]

APERTURE_MM = (36.0, 20.25)
# Height of the frame at a standing person [m]: 35 mm at 0.73 m for CU, 1.15 MCU, 1.82 MS, 3.74 FS.
COVERAGE = {"ECU": 0.22, "CU": 0.42, "MCU": 0.665, "MS": 1.05, "MFS": 1.5, "FS": 2.16, "WS": 3.6, "EWS": 12.0}
# How much of the frame a large thing such as a car fills, in width or height, whichever it reaches first.
FILL = {"ECU": 3.0, "CU": 2.0, "MCU": 1.5, "MS": 1.2, "MFS": 0.95, "FS": 0.78, "WS": 0.45, "EWS": 0.2}
# The lens [mm] that a set's mark for a size is composed with, unless the mark says another.
USUAL_LENS = {"ECU": 100.0, "CU": 85.0, "MCU": 50.0, "MS": 40.0, "MFS": 35.0, "FS": 35.0, "WS": 24.0, "EWS": 18.0}
_ELEVATION = {"low": -14.0, "high": 28.0, "overhead": 80.0}  # degrees of the camera above its subject
_LOWEST = 0.25  # metres above the floor that a camera gets on a low hat


@dataclass(frozen=True)
class Pose:
    """A camera: where it is [m], where it looks (unit), the axial distance to its subject [m], and roll [degrees]."""

    eye: Vector
    forward: Vector
    distance: float
    roll: float = 0.0

    @property
    def pivot(self) -> Vector:
        """The point on the axis at the subject's distance."""
        return self.eye + self.forward * self.distance


@dataclass(frozen=True)
class Subject:
    """What a shot is about at one frame: bounds, focus point, all in world metres."""

    low: Vector
    high: Vector
    focus: Vector
    kind: str  # "person", "prop" or "mark"

    @property
    def corners(self) -> Vector:
        """The eight corners of the bounds [m], shape [8, 3]."""
        return np.stack(np.meshgrid(*zip(self.low, self.high, strict=True)), axis=-1).reshape(-1, 3)

    @property
    def span(self) -> float:
        return float(np.max(self.high - self.low))

    @property
    def is_large(self) -> bool:
        return self.kind == "prop" and self.span > 0.6


def unit(vector: Vector) -> Vector:
    return vector / max(float(np.linalg.norm(vector)), 1e-9)


def aim_point(subject: Subject, size: str) -> Vector:
    """The middle of the frame: eyes for the tightest, headroom of a twelfth down to the knees, feet in when wide."""
    if subject.kind == "prop":
        return (subject.low + subject.high) / 2
    middle = subject.focus.copy()
    cover = COVERAGE[size]
    if size in ("FS", "WS", "EWS"):
        middle[1] = subject.low[1] + cover * {"FS": 0.42, "WS": 0.3, "EWS": 0.25}[size]
    elif size != "ECU":
        middle[1] = subject.high[1] + cover / 12 - cover / 2
    return middle


def solve_distance(subject: Subject, size: str, lens_mm: float, aim: Vector, forward: Vector) -> float:
    """Axial distance [m] from the aim point at which the size is met.

    A person: the frame is as high as the size's coverage. A large thing: the corner of its bounds that reaches
    furthest out lies where the size's fill says; seen from a metre outside at the nearest.
    """
    if not subject.is_large:
        return COVERAGE[size] * lens_mm / APERTURE_MM[1]
    right = unit(np.cross(forward, [0.0, 1.0, 0.0]))
    offset = subject.corners - aim  # (8, 3)
    across = np.abs(offset @ right) / (APERTURE_MM[0] / 2)  # (8,)
    upward = np.abs(offset @ np.cross(right, forward)) / (APERTURE_MM[1] / 2)  # (8,)
    depth = offset @ forward  # (8,)
    return float(max((np.maximum(across, upward) * lens_mm / FILL[size] - depth).max(), 1.0 - depth.min()))


def solve_pose(subject: Subject, camera: CameraPlan, toward_camera: Vector) -> Pose:
    """A pose without a mark: from the side that `toward_camera` points to, at the height the angle asks."""
    aim = aim_point(subject, camera.size)
    forward = -unit(toward_camera * np.array([1.0, 0.0, 1.0]))
    distance = solve_distance(subject, camera.size, camera.lens_mm, aim, forward)
    pose = set_angle(Pose(aim - forward * distance, forward, distance), camera.angle, float(subject.low[1]))
    distance = solve_distance(subject, camera.size, camera.lens_mm, aim, pose.forward)
    return replace(pose, eye=aim - pose.forward * distance, distance=distance)


def move_for_lens(pose: Pose, composed_mm: float, lens_mm: float) -> Pose:
    """Along the axis until another lens shows the subject as large as the one it was composed with."""
    distance = pose.distance * lens_mm / composed_mm
    return replace(pose, eye=pose.pivot - pose.forward * distance, distance=distance)


def keep_headroom(pose: Pose, subject: Subject, lens_mm: float) -> Pose:
    """Raise or lower a camera composed for somebody else until the head has 6% to 16% of the frame above it."""
    height = APERTURE_MM[1] * pose.distance / lens_mm
    headroom = 0.5 - (float(subject.high[1]) - float(pose.pivot[1])) / height
    lift = (min(max(headroom, 0.06), 0.16) - headroom) * height
    return replace(pose, eye=pose.eye + np.array([0.0, lift, 0.0]))


def set_angle(pose: Pose, angle: str, floor: float) -> Pose:
    """Turn the camera about its subject to a low, high or overhead angle; "eye" keeps the height it has."""
    if angle == "dutch":
        return replace(pose, roll=12.0)
    if angle not in _ELEVATION:
        return pose
    pitch = np.radians(_ELEVATION[angle])
    level = -pose.forward * np.array([1.0, 0.0, 1.0])
    level = unit(level) if np.linalg.norm(level) > 1e-6 else np.array([0.0, 0.0, 1.0])
    eye = pose.pivot + pose.distance * (level * np.cos(pitch) + np.array([0.0, np.sin(pitch), 0.0]))
    eye[1] = max(eye[1], floor + _LOWEST)
    forward = unit(pose.pivot - eye)
    return Pose(eye, forward, float(np.linalg.norm(pose.pivot - eye)), pose.roll)


def angle_of(pose: Pose, subject: Subject) -> str:
    """What a crew would call the angle: by the camera's height against the subject's eye line."""
    floor = float(subject.low[1])
    eye_line = float(subject.focus[1]) - floor if subject.kind == "person" else 1.2
    height = float(pose.eye[1]) - floor
    if pose.forward[1] < -0.8:
        return "overhead"
    if pose.forward[1] < -0.3 and height > eye_line:
        return "high"
    return "low" if height < 0.65 * eye_line else "eye"


def fits_size(pose: Pose, lens_mm: float, size: str) -> bool:
    """Whether a person in this frame is about as large as the size asks; a car's composition is not a person's."""
    ratio = APERTURE_MM[1] * pose.distance / lens_mm / COVERAGE[size]
    return 1 / 1.9 < ratio < 1.9


def shows(pose: Pose, lens_mm: float, point: Vector) -> bool:
    """Whether a point lies inside the frame, a tenth from its edges at the nearest."""
    right = unit(np.cross(pose.forward, [0.0, 1.0, 0.0]))
    offset = point - pose.eye
    depth = float(offset @ pose.forward)
    if depth < 0.2:
        return False
    half = np.array(APERTURE_MM) / 2 * depth / lens_mm * 0.8
    return bool(abs(offset @ right) < half[0] and abs(offset @ np.cross(right, pose.forward)) < half[1])


def turn_to_face(side: Vector, front: Vector, most: float = 50.0) -> Vector:
    """The level direction to the camera, turned toward a person's front until it is within `most` degrees of it."""
    bearing, facing = np.arctan2(side[0], side[2]), np.arctan2(front[0], front[2])
    off = (bearing - facing + np.pi) % (2 * np.pi) - np.pi
    turned = facing + np.clip(off, -np.radians(most), np.radians(most))
    return np.array([np.sin(turned), 0.0, np.cos(turned)])
