"""A picture placed in a frame as an editor has reframed it: zoomed, moved and turned, over black.

Each plane of code values is resampled once from its own pixels (OpenImageIO's warp, Lanczos 3), so a zoom into a large
take keeps its detail. Out of the picture is black: 16 for Y', 128 for Cb and Cr (8 bit), ITU-R BT.709-6.
"""

from __future__ import annotations

import math

import numpy as np
import OpenImageIO as oiio

from secondunit_bridge.cut import Reframe
from secondunit_engine.finish.encode import Codec

Planes = tuple[np.ndarray, np.ndarray, np.ndarray]


def same_shape(media: tuple[int, int], frame: tuple[int, int]) -> bool:
    """Whether a (width, height) fills a frame of another without bars, to half a pixel's rounding of both."""
    return abs(media[0] * frame[1] - media[1] * frame[0]) <= max(*media, *frame)


def matrix_of(reframe: Reframe, media: tuple[int, int], frame: tuple[int, int]) -> np.ndarray:
    """Media pixels to frame pixels, (x, y, 1) columns, y down, shape (3, 3). Sizes are (width, height)."""
    (width, height), (wide, high) = media, frame
    fit = min(wide / width, high / height)
    if same_shape(media, frame):
        across, down = wide / width, high / height
    else:
        across = down = fit
    turn = math.radians(reframe.turn)
    zoom = np.diag([across * reframe.zoom_x, down * reframe.zoom_y, 1.0])
    turned = np.array([[math.cos(turn), math.sin(turn), 0], [-math.sin(turn), math.cos(turn), 0], [0, 0, 1.0]])
    return _shift(wide * (0.5 + reframe.x), high * (0.5 - reframe.y)) @ turned @ zoom @ _shift(-width / 2, -height / 2)


def place(planes: Planes, reframe: Reframe, frame: tuple[int, int], codec: Codec) -> Planes:
    """The planes in a frame of (width, height) pixels: Y', Cb, Cr code values, float32, shape (H, W) each."""
    height, width = planes[0].shape
    whole = matrix_of(reframe, (width, height), frame)
    unit = 2 ** (codec.bits - 8)
    y = _warp(planes[0], whole, frame, 16 * unit)
    small = (frame[0] // codec.across, frame[1] // codec.down)
    shrink = np.diag([1 / codec.across, 1 / codec.down, 1.0])
    chroma = shrink @ whole @ np.linalg.inv(shrink)
    cb, cr = (_warp(plane, chroma, small, 128 * unit) for plane in planes[1:])
    top = 2.0**codec.bits - 1
    return np.clip(y, 0, top), np.clip(cb, 0, top), np.clip(cr, 0, top)


def _shift(x: float, y: float) -> np.ndarray:
    return np.array([[1, 0, x], [0, 1, y], [0, 0, 1.0]])


def _warp(plane: np.ndarray, matrix: np.ndarray, size: tuple[int, int], black: int) -> np.ndarray:
    source = oiio.ImageBuf(np.ascontiguousarray(plane - np.float32(black))[..., None])
    rows = tuple(float(value) for value in matrix.T.ravel())  # OpenImageIO multiplies rows
    roi = oiio.ROI(0, size[0], 0, size[1], 0, 1, 0, 1)
    warped = oiio.ImageBufAlgo.warp(source, rows, "lanczos3", 0.0, False, "black", roi=roi)
    pixels = np.asarray(warped.get_pixels(oiio.FLOAT, roi), np.float32)  # (H, W, 1)
    return pixels[..., 0] + np.float32(black)
