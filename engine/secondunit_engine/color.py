"""Colour inside the engine is scene-linear ACEScg (AP1, D60). These are its doors.

Matrices: ITU-R BT.709 D65 to ACES AP1 D60 with Bradford adaptation, as in the ACES CG config.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]

REC709_TO_ACESCG = np.array(
    [
        [0.6131324224, 0.3395380158, 0.0474166960],
        [0.0701243808, 0.9163940113, 0.0134515240],
        [0.0205876575, 0.1095745716, 0.8697854040],
    ]
)  # (3, 3)
ACESCG_TO_REC709 = np.linalg.inv(REC709_TO_ACESCG)  # (3, 3)
LUMINANCE = np.array([0.2722287168, 0.6740817658, 0.0536895174])  # (3,) ACEScg to Y


def from_rec709(rgb: Array | tuple[float, float, float]) -> Array:
    """Linear Rec.709 to ACEScg, (..., 3)."""
    return np.asarray(rgb) @ REC709_TO_ACESCG.T  # (..., 3)


def to_rec709(rgb: Array) -> Array:
    """ACEScg to linear Rec.709, (..., 3); may hold negative values outside its gamut."""
    return np.asarray(rgb) @ ACESCG_TO_REC709.T  # (..., 3)


def decode_srgb(code: Array) -> Array:
    """sRGB code values 0 to 1 to linear Rec.709 (IEC 61966-2-1), (..., 3)."""
    code = np.asarray(code)
    return np.where(code <= 0.04045, code / 12.92, ((code + 0.055) / 1.055) ** 2.4)


def encode_srgb(linear: Array) -> Array:
    """Linear Rec.709 to sRGB code values (IEC 61966-2-1), clipped to 0 to 1, (..., 3)."""
    linear = np.clip(linear, 0.0, 1.0)
    return np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
