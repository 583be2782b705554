"""Points that move a frame at a time become a few shapes that are mixed, which every engine can play.

Unity, Unreal and AR viewers read no vertex caches; they read blend shapes. The offsets of a mesh from its first frame
are written as weights of their principal components, as many as it takes to stay within `TOLERANCE`.
Source: Alexa and Mueller, "Representing Animations by Principal Components" (2000).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float32]

TOLERANCE: Final = 0.0003  # m that a point may be off
_LOOKED_AT: Final = 96  # frames that the shapes are found from, evenly over the shot, so that memory is bounded


@dataclass(frozen=True)
class Shapes:
    """rest: [N, 3] m. offsets: [K, N, 3] m. weights: [F, K], 0 to 1.

    bounds: Low and high corner over all frames, [2, 3] m. error: The farthest that any point is off [m].
    """

    rest: Points
    offsets: Points
    weights: Points
    bounds: Points
    error: float


def find_shapes(frames: Sequence[float], points_at: Callable[[float], Points]) -> Shapes:
    """The fewest shapes that give a mesh's points at all frames within the tolerance; `points_at` gives [N, 3]."""
    rest = points_at(frames[0]).astype(np.float64)  # (N, 3)
    chosen = sorted({round(at) for at in np.linspace(0, len(frames) - 1, min(len(frames), _LOOKED_AT))})
    moved = np.stack([points_at(frames[at]) - rest for at in chosen]).reshape(len(chosen), -1)  # (L, 3N)
    values, vectors = np.linalg.eigh(moved @ moved.T)  # of the frames against each other (L, L)
    order = np.argsort(values)[::-1]
    kept = order[values[order] > 1e-12 * max(float(values.max()), 1e-12)]
    basis = (vectors[:, kept].T @ moved) / np.sqrt(values[kept])[:, None]  # (K, 3N) orthonormal
    count = _fewest(moved, basis)
    basis = basis[:count]
    weights, error = np.zeros((len(frames), count)), 0.0
    bounds = np.stack([rest.min(axis=0), rest.max(axis=0)])  # (2, 3)
    for at, frame in enumerate(frames):
        points = points_at(frame)  # (N, 3)
        bounds = np.stack([np.minimum(bounds[0], points.min(axis=0)), np.maximum(bounds[1], points.max(axis=0))])
        offset = (points - rest).reshape(-1)  # (3N,)
        weights[at] = basis @ offset
        error = max(error, float(np.abs(offset - weights[at] @ basis).max(initial=0.0)))
    basis, weights = _one_way(basis, weights)
    offsets = basis.reshape(len(basis), *rest.shape)
    rest, offsets, weights, bounds = (each.astype(np.float32) for each in (rest, offsets, weights, bounds))
    return Shapes(rest, offsets, weights, bounds, error)


def _one_way(
    basis: NDArray[np.float64], weights: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The same motion by weights of 0 to 1, which is all that most engines play: what goes both ways is two shapes, and
    each is as large as it is ever mixed in."""
    ways = [(sign * shape, np.maximum(sign * weight, 0.0)) for shape, weight in zip(basis, weights.T, strict=True)
            for sign in (1.0, -1.0)]  # fmt: skip
    used = [(shape * weight.max(), weight / weight.max()) for shape, weight in ways if weight.max() > 0]
    if not used:
        return basis[:0], weights[:, :0]
    return np.stack([shape for shape, _ in used]), np.stack([weight for _, weight in used], axis=1)


def _fewest(moved: NDArray[np.float64], basis: NDArray[np.float64]) -> int:
    """How many of the components stay within the tolerance at every frame looked at."""
    left = moved.copy()
    for count, component in enumerate(basis):
        if np.abs(left).max() <= TOLERANCE:
            return count
        left -= np.outer(left @ component, component)
    return len(basis)
