"""Water on the front glass: drops that hang out of focus, show the scene upside down, run a little and go.

A drop is a small lens in front of a large one: through it the scene is seen small and turned over, with a dark rim
where it is looked through at a grazing angle (as Garg and Nayar, "Vision and Rain", 2007, photographed them). Nothing
of it is in the AOVs: it is a fader of the look.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

Image = NDArray[np.float32]

_MOST: Final = 70  # drops on a glass that is wet all over
_LIFE: Final = (50, 190)  # frames that a drop hangs
_RUN: Final = 0.0009  # of the height that a large drop runs in a frame
_VIEW: Final = 2.6  # radii of the picture that a drop shows across one of its own


@dataclass(frozen=True)
class Drop:
    """A drop in a frame: its middle and radius [picture heights], how narrow it is, and how much of it is there."""

    x: float
    y: float
    radius: float
    narrow: float
    strength: float


def hanging(amount: float, aspect: float, seed: int, frame: int) -> tuple[Drop, ...]:
    """The drops on the glass in a frame; `aspect` is the picture's width by its height. Same inputs, same drops."""
    found: list[Drop] = []
    for number in range(round(_MOST * min(max(amount, 0.0), 1.0))):
        rng = np.random.Generator(np.random.PCG64([seed, number, 4201]))
        life = int(rng.integers(*_LIFE))
        age = frame + int(rng.integers(life))
        turn, age = divmod(age, life)
        own = np.random.Generator(np.random.PCG64([seed, number, 4202, turn]))
        radius = float(0.008 + 0.05 * own.random() ** 3)
        x, y = own.random() * aspect, own.random() * 1.1 - 0.05
        run = _RUN * age * (radius / 0.05) ** 2
        strength = min(1.0, (age + 1) / 2, (life - age) / 8)  # it lands at once and dries or is shaken off
        found.append(Drop(float(x), float(y + run), radius, float(own.uniform(0.82, 1.0)), strength))
    return tuple(found)


def drops(image: Image, amount: float, seed: int, frame: int) -> Image:
    """The picture through a glass with water on it, scene-linear [H, W, 3]; `amount` is 0 (dry) to 1 (wet all over)."""
    if amount <= 0:
        return image
    height, width = image.shape[:2]
    out = image.copy()
    blur = 0.004 * height
    soft = np.asarray(ndimage.gaussian_filter(image, (blur, blur, 0)), np.float32)  # (H, W, 3): a drop is no good lens
    for drop in hanging(amount, width / height, seed, frame):
        _lay(out, soft, drop)
    return out


def _lay(out: Image, soft: Image, drop: Drop) -> None:
    height, width = out.shape[:2]
    radius = drop.radius * height
    x, y, reach = drop.x * height, drop.y * height, int(np.ceil(1.25 * radius)) + 1
    top, left = max(0, int(y) - reach), max(0, int(x) - reach)
    bottom, right = min(height, int(y) + reach + 1), min(width, int(x) + reach + 1)
    if top >= bottom or left >= right:
        return
    v, u = np.mgrid[top:bottom, left:right].astype(np.float32)  # (h, w) each
    v, u = (v - y) / radius, (u - x) / (radius * drop.narrow)
    away = np.hypot(u, v)
    cover = drop.strength * np.clip((1.12 - away) / 0.24, 0, 1)  # out of focus: a soft edge
    bent = _VIEW * radius * (0.55 + 0.45 * away**2)
    where = np.stack([y - v * bent, x - u * bent])  # (2, h, w)
    seen = np.stack([ndimage.map_coordinates(soft[..., c], where, order=1, mode="mirror") for c in range(3)], axis=-1)
    rim = 1.0 - 0.55 * np.clip((away - 0.55) / 0.5, 0, 1) ** 2
    part = out[top:bottom, left:right]
    part += cover[..., None] * (seen * rim[..., None] - part)
