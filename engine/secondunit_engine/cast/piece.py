"""What a person is made of, and how it follows the bones: skin, garments, teeth, strands of hair."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from secondunit_engine.cast.body import Body
from secondunit_engine.world.author import Material


@dataclass(frozen=True)
class Piece:
    """One mesh of a person in the template's pose.

    points: [m], shape [points, 3]. triangles: Shape [triangles, 3].
    normals: Of a rigid mesh whose shading is not its facets', shape [points, 3].
    bone: The bone that a rigid piece rides on; "" for a piece that deforms.
    weights: Skinning weights, shape [points, bones]; None for a rigid piece.
    actions: Offsets [m] per ARKit facial action, shape [points, 3] each.
    shading: Points that share a normal carry the same number (texture seams), shape [points].
    hang: How freely each point of cloth hangs, 0 where it is sewn to the body, 1 free, shape [points]; None for what
    does not. rides: The hanging piece that a rigid or keyed one lies on, as a belt on a gown; "" for none.
    locks: How many locks of how many knots each a piece of hair has that hangs, its points by lock, knot and across;
    None for what does not.
    """

    name: str
    points: NDArray[np.float64]
    triangles: NDArray[np.int32]
    material: Material
    uvs: NDArray[np.float32] | None = None
    normals: NDArray[np.floating] | None = None
    bone: str = ""
    weights: sparse.csr_matrix | None = None
    actions: dict[str, sparse.csr_matrix] = field(default_factory=dict)
    shading: NDArray[np.int32] | None = None
    hang: NDArray[np.float64] | None = None
    rides: str = ""
    locks: tuple[int, int] | None = None


@dataclass(frozen=True)
class Poses:
    """How a body stands in a run of frames.

    bones: Transform of each bone from the template's pose, column-vector convention, shape [frames, bones, 3, 4].
    actions: Shares of the ARKit facial actions, each of shape [frames].
    """

    bones: NDArray[np.float64]
    actions: dict[str, NDArray[np.float64]]

    def __len__(self) -> int:
        return len(self.bones)


def pose_bones(
    body: Body, turns: dict[str, NDArray[np.float64]], frames: int, shift: NDArray[np.float64] | None = None
) -> NDArray[np.float64]:
    """Forward kinematics: each bone turns about its own head in the axes of the body at rest.

    turns: Rotation matrices by bone, shape [frames, 3, 3]. shift: Of the whole body [m], shape [frames, 3].
    Returns transforms, shape [frames, bones, 3, 4].
    """
    count = len(body.anatomy.bones)
    result = np.zeros((frames, count, 3, 4))
    for index, (name, parent) in enumerate(zip(body.anatomy.bones, body.anatomy.parents, strict=True)):
        turn = turns.get(name, np.eye(3)[None])  # (F or 1, 3, 3)
        head = body.joints[index]  # (3,)
        offset = head - turn @ head  # (F or 1, 3)
        if parent < 0:
            result[:, index, :, :3] = turn
            result[:, index, :, 3] = offset + (0 if shift is None else shift)
        else:
            above = result[:, parent]
            result[:, index, :, :3] = above[..., :3] @ turn
            result[:, index, :, 3] = (
                np.einsum("fij,fj->fi", above[..., :3], np.broadcast_to(offset, (frames, 3))) + above[..., 3]
            )
    return result


def pose_points(piece: Piece, poses: Poses) -> NDArray[np.float64]:
    """Points of a deforming piece [m], shape [frames, points, 3]: actions added, then bones blended linearly."""
    assert piece.weights is not None
    frames = len(poses)
    points = np.broadcast_to(piece.points, (frames, *piece.points.shape)).copy()  # (F, N, 3)
    for name, offsets in piece.actions.items():
        share = poses.actions.get(name)
        if share is not None and np.any(share):
            rows = np.unique(offsets.nonzero()[0])
            points[:, rows] += share[:, None, None] * offsets[rows].toarray()[None]
    blended = piece.weights @ poses.bones.transpose(1, 0, 2, 3).reshape(poses.bones.shape[1], -1)  # (N, F 12)
    blended = blended.reshape(-1, frames, 3, 4)
    moved = np.einsum("nfij,fnj->fni", blended[..., :3], points) + blended[..., 3].transpose(1, 0, 2)
    return moved  # (F, N, 3)


def unpose(points: NDArray[np.float64], weights: sparse.csr_matrix, bones: NDArray[np.float64]) -> NDArray[np.float64]:
    """The points in the template's pose that `bones` [bones, 3, 4] would bring to `points` [N, 3]."""
    blended = (weights @ bones.reshape(len(bones), -1)).reshape(-1, 3, 4)  # (N, 3, 4)
    solved = np.linalg.solve(blended[..., :3], (points - blended[..., 3])[..., None])  # (N, 3, 1)
    return solved[..., 0].astype(np.float64)


def follow(body: Body, matrix: sparse.csr_matrix) -> tuple[sparse.csr_matrix, dict[str, sparse.csr_matrix]]:
    """Weights and actions of points that are blends of the template's points (`matrix` [N, 19158])."""
    actions = {name: sparse.csr_matrix(matrix @ offsets) for name, offsets in body.actions.items()}
    return sparse.csr_matrix(matrix @ body.anatomy.weights), {k: v for k, v in actions.items() if abs(v).max() > 2e-5}


def turn(axis: str, degrees: float | NDArray[np.float64]) -> NDArray[np.float64]:
    """Rotation matrices about x, y or z, shape [..., 3, 3]."""
    angle = np.radians(np.atleast_1d(np.asarray(degrees, float)))
    c, s = np.cos(angle), np.sin(angle)
    matrix = np.zeros((*angle.shape, 3, 3))
    i, j = {"x": (1, 2), "y": (2, 0), "z": (0, 1)}[axis]
    matrix[..., 3 - i - j, 3 - i - j] = 1
    matrix[..., i, i] = matrix[..., j, j] = c
    matrix[..., i, j], matrix[..., j, i] = -s, s
    return matrix


def standing(body: Body) -> dict[str, NDArray[np.float64]]:
    """Turns of a relaxed stand: arms down beside the body, elbows and fingers a little bent."""
    turns: dict[str, NDArray[np.float64]] = {}
    for side, sign in (("L", 1.0), ("R", -1.0)):
        turns[f"upperleg01.{side}"] = turn("z", -4.5 * sign)
        turns[f"foot.{side}"] = turn("z", 4.5 * sign)
        turns[f"clavicle.{side}"] = turn("z", -3.0 * sign)
        turns[f"upperarm01.{side}"] = turn("z", -31.0 * sign) @ turn("y", 6.0 * sign)
        turns[f"lowerarm01.{side}"] = turn("x", -8.0) @ turn("y", -8.0 * sign)
        for finger in range(1, 6):
            for joint in range(1, 4):
                bend = 6.0 if finger == 1 else 9.0 + 2.0 * finger
                turns[f"finger{finger}-{joint}.{side}"] = turn("x", bend * 0.5) @ turn("z", -bend * sign * 0.6)
    return turns
