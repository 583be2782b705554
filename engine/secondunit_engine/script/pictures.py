"""A stranger's picture, made small: PNG, JPEG, TIFF, EXR and WebP to linear pixels, with limits.

Whole numbers are taken for sRGB and floats for scene-linear. A file is hostile until checked: its first bytes, its
size, and its pixels before any of them is decoded.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from secondunit_bridge.errors import BadInput, TooLarge
from secondunit_engine.color import decode_srgb, to_rec709

Array = NDArray[np.float64]

MOST_BYTES: Final = 256 << 20
MOST_PIXELS: Final = 40_000_000
SIDE: Final = 256  # the longer side after reduction [pixels]
_SIGNATURES: Final = {
    ".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff", ".exr": b"\x76\x2f\x31\x01",
    ".webp": b"RIFF",
}  # fmt: skip
_TIFF: Final = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
KINDS: Final = (*_SIGNATURES, ".tif", ".tiff")
_AP1_RED: Final = (0.70, 0.72)  # x of the red primary of ACEScg
# How to turn a picture upright by its EXIF orientation.
_TURNS: Final[dict[int, Callable[[Any], Any]]] = {
    2: np.fliplr, 3: lambda p: np.rot90(p, 2), 4: np.flipud, 5: lambda p: p.swapaxes(0, 1),
    6: lambda p: np.rot90(p, -1), 7: lambda p: np.rot90(p, 2).swapaxes(0, 1), 8: lambda p: np.rot90(p, 1),
}  # fmt: skip


def is_picture(path: Path) -> bool:
    """Whether a file is of a kind we read, by its name and its first bytes."""
    if path.suffix.lower() not in KINDS or not path.is_file():
        return False
    with path.open("rb") as file:
        head = file.read(12)
    signature = _SIGNATURES.get(path.suffix.lower())
    return head.startswith(signature) if signature else head[:4] in _TIFF


def read_picture(path: Path) -> Array:
    """A picture as linear Rec.709, shape [height, width, 3], at most SIDE pixels a side; transparent pixels are NaN.

    Raises BadInput for a broken file and TooLarge for one over the limits; both name it.
    """
    if path.stat().st_size > MOST_BYTES:
        raise TooLarge(f"The picture {path.name} is over 256 MB.", mend="Export it smaller; 1080p is plenty.")
    import OpenImageIO as oiio  # only here: the server reads briefs and stays light

    source = oiio.ImageInput.open(str(path))
    if source is None:
        oiio.geterror()
        raise BadInput(
            f"The picture {path.name} is broken, or far too large.",
            mend="Export it again, or take it out of the folder.",
        )
    try:
        spec = source.spec()
        if spec.width * spec.height > MOST_PIXELS or spec.depth > 1 or spec.nchannels > 64:
            raise TooLarge(
                f"The picture {path.name} has {spec.width}x{spec.height} pixels.", mend="Keep it under 40 megapixels."
            )
        kind = {"uint8": "uint8", "uint16": "uint16"}.get(str(spec.format), "float")
        pixels = source.read_image(0, 0, 0, spec.nchannels, kind)
        if pixels is None or source.has_error:
            source.geterror()
            raise BadInput(f"The picture {path.name} ends early.", mend="Export it again, or take it out.")
    finally:
        source.close()
    small = _reduce(np.atleast_3d(pixels), spec.alpha_channel)
    red = spec.getattribute("chromaticities")
    if red is not None and kind == "float" and _AP1_RED[0] < red[0] < _AP1_RED[1]:
        small = np.maximum(to_rec709(small), 0)
    turned = _TURNS.get(spec.get_int_attribute("Orientation", 1))
    return np.ascontiguousarray(turned(small) if turned else small)


def _reduce(pixels: NDArray[Any], alpha: int) -> Array:
    """Linear light averaged over square blocks, a band of rows at a time, so that a large file needs little memory."""
    height, width, channels = pixels.shape
    block = max(1, -(-max(height, width) // SIDE))
    rows, columns = max(1, height // block), max(1, width // block)
    tall, wide = min(block, height), min(block, width)
    order = [0, 1, 2] if channels >= 3 else [0, 0, 0]
    small = np.empty((rows, columns, 3))
    for row in range(rows):
        band = pixels[row * block : row * block + tall, : columns * wide]  # (tall, columns * wide, C)
        light = _linear(band[..., order]).reshape(tall, columns, wide, 3)
        small[row] = light.mean(axis=(0, 2))
        if alpha >= 0:
            solid = _linear_alpha(band[..., alpha]).reshape(tall, columns, wide).mean(axis=(0, 2))
            small[row][solid < 0.5] = np.nan
    return small


def _linear(values: NDArray[Any]) -> Array:
    if values.dtype == np.uint8:
        return np.asarray(decode_srgb(np.arange(256) / 255.0)[values], np.float64)
    if values.dtype == np.uint16:
        return np.asarray(decode_srgb(values / 65535.0), np.float64)
    return np.clip(np.nan_to_num(values.astype(float), nan=0.0, posinf=1e4), 0.0, 1e4)


def _linear_alpha(values: NDArray[Any]) -> Array:
    return values / np.iinfo(values.dtype).max if values.dtype.kind == "u" else np.nan_to_num(values.astype(float))
