"""The tint of a set: a mood's gains on everything the set paints, and on nothing that glows."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from pxr import Gf, Usd, UsdShade

from secondunit_bridge.errors import BadInput
from secondunit_engine.color import decode_srgb, encode_srgb, from_rec709, to_rec709
from secondunit_engine.world import stage as names


def check_tint(tint: tuple[float, ...]) -> None:
    """Raise BadInput for a tint that is not three gains between 0 and 4."""
    if len(tint) != 3 or not all(math.isfinite(gain) and 0 < gain <= 4 for gain in tint):
        raise BadInput(f"The tint {tint} is not three gains.", mend="Give red, green and blue between 0 and 4.")


def tint_set(layer: Path, tint: tuple[float, ...]) -> None:
    """Multiply the base colours of the set in `layer`, and the textures beside it, by `tint` (linear Rec.709).

    What glows keeps its colour, so lamps, skies and signs stay what they are; people are painted elsewhere.
    Raises BadInput.
    """
    check_tint(tint)
    gains = np.array(tint)
    stage = Usd.Stage.Open(str(layer))
    painted: set[Path] = set()
    root = stage.GetPrimAtPath(names.MATERIALS)
    for prim in root.GetChildren() if root else ():
        surface = UsdShade.Material(prim).ComputeSurfaceSource()[0]
        if max(surface.GetInput("emissiveColor").Get()) > 0:
            continue
        base = surface.GetInput("diffuseColor")
        color = from_rec709(np.clip(to_rec709(np.array(base.Get())) * gains, 0, 1))
        base.Set(Gf.Vec3f(*color.tolist()))
        if base.HasConnectedSource():
            source = UsdShade.Shader(base.GetConnectedSources()[0][0].source.GetPrim())
            painted.add(Path(source.GetInput("file").Get().resolvedPath))
    for file in sorted(painted):
        _tint_picture(file, gains)
    stage.GetRootLayer().Save()


def _tint_picture(file: Path, gains: NDArray[np.float64]) -> None:
    """An 8-bit sRGB picture under gains, in its place."""
    with Image.open(file) as image:
        codes = np.asarray(image.convert("RGB"))
    steps = decode_srgb(np.arange(256) / 255.0)  # (256,)
    tables = encode_srgb(steps[:, None] * gains)  # (256, 3)
    tinted = np.stack([tables[codes[..., k], k] for k in range(3)], axis=-1)
    Image.fromarray((tinted * 255 + 0.5).astype(np.uint8)).save(file, compress_level=1)
