"""A cloth over the frames of a shot, with a checkpoint for each frame.

A frame that diverges is done again at half the step, once.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from secondunit_bridge.errors import BadInput, EngineFault, TooLarge
from secondunit_engine.motion.cloth.body import Skin
from secondunit_engine.motion.cloth.fabric import Cloth, sew
from secondunit_engine.motion.cloth.kernels import advance, close_pairs
from secondunit_engine.motion.wind import STILL, Wind

Array = NDArray[np.floating]

GAP: Final = 0.004  # m that cloth keeps from skin
CREVICE: Final = (1.0, 0.25, 0.25)  # of that, tried in turn, so that between two limbs it ends in neither
_STEP: Final = 1 / 960  # s
_SLICES: Final = 4  # of a frame, for which what is near what is found anew
_THICKNESS: Final = 0.003  # m that layers of cloth keep from each other
_MARGIN: Final = (0.008, 0.016)  # m within which they are looked at, as fast as they move
_GRAVITY: Final = 9.81
_RUNAWAY: Final = 80.0  # m/s
_MOST: Final = 60_000  # points


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """A cloth as it stood when `frame` began: places [m] and velocities [m/s], shape [N, 3] each."""

    frame: int
    places: Array
    velocities: Array


@dataclass(frozen=True, eq=False)
class Hung:
    """Where cloth is in each frame [m], shape [F, N, 3], the first where it began (after a restart, of that frame on);
    a checkpoint at the beginning of each frame; how deep it was in the body at the end of one [m]."""

    points: Array
    checkpoints: tuple[Checkpoint, ...]
    deepest: float


def simulate_cloth(
    cloth: Cloth,
    skin: Skin,
    seconds: float,
    wind: Wind = STILL,
    *,
    start: float = 0.0,
    floor: float = -math.inf,
    begin: Checkpoint | None = None,
    each: Callable[[int], None] = lambda frame: None,
) -> Hung:
    """Let a cloth hang over the frames of its keyed places, `seconds` of story time apart, or from `begin` on.

    It begins at its keyed place at rest at a story time of `start` [s]. `skin` is the body in the same frames; `floor`
    [m] lies below. `each` is called as a frame begins, and may raise to cancel. Same cloth, same bytes; a restart gives
    the bytes that going on would have given. Raises BadInput for a cloth that is none, TooLarge, and EngineFault naming
    the frame if it diverges even at half the step.
    """
    check_cloth(cloth, seconds)
    sewn = sew(cloth)
    frames = len(cloth.keyed)
    gap = np.full(len(cloth.rest), GAP)
    steps = max(1, math.ceil(seconds / _SLICES / _STEP - 1e-9))
    first = 0 if begin is None else begin.frame
    x = np.array(cloth.keyed[0] if begin is None else begin.places, np.float64)
    v = np.zeros_like(x) if begin is None else np.array(begin.velocities, np.float64)
    found, checkpoints, deepest = [x.copy()], list[Checkpoint](), 0.0
    depth = 0.0

    air = np.zeros_like(x)

    def advance_slice(frame: int, part: int, many: int) -> None:
        share = np.array([part, part + 1]) / _SLICES
        body, normals = zip(*(skin.between(frame + s) for s in share.tolist()), strict=True)
        apart = cloth.keyed[frame + 1] - cloth.keyed[frame]
        keyed = np.array([cloth.keyed[frame] + s * apart for s in share])
        if part % 2 == 0:
            air[:] = wind.at(x, start + (frame + share[0]) * seconds)
        pace = float(np.quantile(np.linalg.norm(v - v.mean(axis=0), axis=1), 0.98)) * seconds / _SLICES
        margin = min(max(_THICKNESS + pace, _MARGIN[0]), _MARGIN[1])
        pairs = close_pairs(x, cloth.rest, sewn.weights, cloth.triangles, margin, sewn.spacing, 2 * margin)
        near = skin.near(x, (body[0] + body[1]) / 2)
        advance(
            x, v, sewn.weights, sewn.links, sewn.lengths, sewn.compliance, sewn.stray, sewn.held, sewn.reach,
            cloth.triangles, keyed, air, pairs, _THICKNESS, near, skin.starts, skin.around, skin.triangles,
            np.array(body), np.array(normals), gap, floor, cloth.fabric.friction, cloth.fabric.damping,
            cloth.fabric.rubbing, _GRAVITY, seconds / _SLICES / many, many,
        )  # fmt: skip

    for frame in range(first, frames - 1):
        each(frame)
        checkpoints.append(Checkpoint(frame, x.copy(), v.copy()))
        for attempt in (1, 2):
            whole = True
            for part in range(_SLICES):
                if whole:
                    advance_slice(frame, part, attempt * steps)
                    whole = bool(np.abs(v[sewn.weights > 0]).max(initial=0.0) < _RUNAWAY)  # not if one is nowhere
            if whole:
                break
            if attempt == 2:
                raise EngineFault(
                    f"The cloth diverges in frame {frame}, at half the step as well.",
                    mend="Give it a calmer wind or body, or leave physics out with a motion intensity of 0.",
                )
            x[:], v[:] = checkpoints[-1].places, checkpoints[-1].velocities
        for share in CREVICE:
            x[:], depth = skin.clear(x, share * gap, frame + 1, sewn.weights)
        deepest = max(deepest, depth)
        found.append(x.copy())
    return Hung(np.array(found), tuple(checkpoints), deepest)


def check_cloth(cloth: Cloth, seconds: float) -> None:
    """Raise BadInput or TooLarge for what cannot hang."""
    count, triangles = len(cloth.rest), cloth.triangles
    if count > _MOST:
        hours = len(cloth.keyed) * count * 1e-5 / 3600
        raise TooLarge(
            f"A cloth of {count} points would take about {hours:.1f} hours; at most {_MOST} are simulated.",
            mend="Make its mesh coarser.",
        )
    if not (math.isfinite(seconds) and seconds > 0):
        raise BadInput(f"A frame of {seconds} s cannot be simulated.", mend="Give a frame a length.")
    if not len(triangles) or triangles.min() < 0 or triangles.max() >= count:
        raise BadInput("A cloth has no triangles, or some between points that it has not.", mend="Check its mesh.")
    if not (np.isfinite(cloth.rest).all() and np.isfinite(cloth.keyed).all() and np.isfinite(cloth.hang).all()):
        raise BadInput("A cloth has a point that is nowhere.", mend="Check its mesh and what carries it.")
