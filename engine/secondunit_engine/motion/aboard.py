"""What stands on something that floats goes along with it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pxr import Gf

Array = NDArray[np.floating]


@dataclass(frozen=True, eq=False)
class Afloat:
    """A floating thing: how its points move at each time code of the shot from where the set has them, column vectors,
    shape [frames + 2, 4, 4]; its outline from above as half planes, a x + b z + c <= 0, shape [N, 3]; and its lowest
    height [m]."""

    path: str
    moves: Array
    outline: Array
    bottom: float

    def carries(self, place: Array) -> bool:
        """Whether something at a place of the set [m], shape [3], is aboard."""
        return within(self.outline, place) and bool(place[1] > self.bottom)

    def carried(self, root: Gf.Matrix4d, frame: int) -> Gf.Matrix4d:
        """A transform (rows) of something aboard, where it is at a frame of the shot, the first 0."""
        return root * Gf.Matrix4d(*map(float, self.moves[frame + 1].T.reshape(-1)))


def within(outline: Array, place: Array) -> bool:
    """Whether a place [m], shape [3], is over an outline, half planes of shape [N, 3]."""
    return bool((outline @ [place[0], place[2], 1.0] <= 1e-9).all())
