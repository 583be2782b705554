"""OKLab: lightness, green to red and blue to yellow, even to the eye.

Source: Björn Ottosson, "A perceptual color space for image processing" (2020), from linear Rec.709.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

_TO_LMS = np.array(
    [[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566],
     [0.0883024619, 0.2817188376, 0.6299787005]]
)  # fmt: skip
_TO_LAB = np.array(
    [[0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099],
     [0.0259040371, 0.7827717662, -0.8086757660]]
)  # fmt: skip
_FROM_LAB, _FROM_LMS = np.linalg.inv(_TO_LAB), np.linalg.inv(_TO_LMS)


def to_oklab(rgb: ArrayLike) -> Array:
    """Linear Rec.709 to L, a, b, (..., 3); white is (1, 0, 0)."""
    return np.cbrt(np.asarray(rgb, float) @ _TO_LMS.T) @ _TO_LAB.T


def from_oklab(lab: ArrayLike) -> Array:
    """L, a, b to linear Rec.709, (..., 3); may lie outside 0 to 1."""
    return (np.asarray(lab, float) @ _FROM_LAB.T) ** 3 @ _FROM_LMS.T
