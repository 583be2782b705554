"""Flare: light that glass reflects on its way, from lamps far brighter than the picture.

A streak is drawn by the cylinders of an anamorphic lens across the whole width; ghosts are images of the lamps, thrown
between the surfaces of any lens, mirrored through the centre. Both are sums over the picture: no lamp, no flare.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage, signal

from secondunit_engine.color import LUMINANCE

Image = NDArray[np.float32]

_LAMP: Final = 4.0  # times white: dimmer things flare too little to be seen
_MOST: Final = 60.0  # times white: where a streak of a lamp is full
_LENGTH: Final = 0.16  # of the width, to where a streak has faded to 1/e
_BLUE: Final = np.array([0.16, 0.42, 1.0], np.float32)  # the coating of most anamorphic glass
# Where ghosts lie (-1 is opposite the lamp), how large, how bright, and the coating's tint.
_GHOSTS: Final = (
    (-0.32, 0.030, 1.0, (0.5, 0.8, 1.0)),
    (-0.62, 0.014, 1.6, (0.9, 0.6, 1.0)),
    (-1.25, 0.055, 0.5, (0.4, 1.0, 0.7)),
    (0.45, 0.020, 0.8, (1.0, 0.7, 0.4)),
)
_BLOCK: Final = 4  # pixels: ghosts are soft, and are drawn at a quarter of the size


def lamps(image: Image) -> Image:
    """The light of a picture above `_LAMP`, held at `_MOST`, [H, W, 3] in its own colours."""
    light = image @ LUMINANCE.astype(np.float32)  # (H, W)
    over = np.clip(light - _LAMP, 0.0, _MOST)
    return (image * (over / np.maximum(light, 1e-6))[..., None]).astype(np.float32)


def streak(image: Image, amount: float) -> Image:
    """Draw a blue streak through each lamp; scene-linear [H, W, 3] in and out. `amount` is the share of the light."""
    if amount <= 0:
        return image
    light = lamps(image) @ LUMINANCE.astype(np.float32)  # (H, W)
    if not light.any():
        return image
    keep = np.float32(np.exp(-1.0 / (_LENGTH * image.shape[1])))
    ahead, back = (np.asarray(signal.lfilter([1 - keep], [1, -keep], way, axis=1)) for way in (light, light[:, ::-1]))
    line = ndimage.gaussian_filter1d(ahead + back[:, ::-1], 0.9 * image.shape[1] / 854, axis=0)  # (H, W)
    return (image + (amount * line)[..., None] * _BLUE).astype(np.float32)


def ghosts(image: Image, amount: float) -> Image:
    """Draw the ghosts of each lamp; scene-linear [H, W, 3] in and out. `amount` is the share of the light."""
    if amount <= 0:
        return image
    light = lamps(image)
    if not light.any():
        return image
    small = _shrunk(light)  # (h, w, 3)
    height, width = small.shape[:2]
    y, x = np.mgrid[:height, :width].astype(np.float32)
    middle = np.array([(height - 1) / 2, (width - 1) / 2], np.float32)
    thrown = np.zeros_like(small)
    for place, size, gain, tint in _GHOSTS:
        where = np.stack([(y - middle[0]) / place + middle[0], (x - middle[1]) / place + middle[1]])  # (2, h, w)
        for channel in range(3):
            disc = ndimage.uniform_filter(small[..., channel], max(3, round(size * width)))
            image_of = ndimage.map_coordinates(disc, where, order=1, mode="constant")
            thrown[..., channel] += gain * tint[channel] * image_of
    full = np.asarray(ndimage.zoom(thrown, (_BLOCK, _BLOCK, 1), order=1), np.float32)
    return (image + amount * full[: image.shape[0], : image.shape[1]]).astype(np.float32)


def _shrunk(image: Image) -> Image:
    """Means over blocks of pixels; what does not fill one at the edge repeats it."""
    rows, columns = (-side % _BLOCK for side in image.shape[:2])
    padded = np.pad(image, ((0, rows), (0, columns), (0, 0)), mode="edge")
    height, width = (side // _BLOCK for side in padded.shape[:2])
    return padded.reshape(height, _BLOCK, width, _BLOCK, 3).mean(axis=(1, 3)).astype(np.float32)
