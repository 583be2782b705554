"""Scene-linear ACEScg to the monitor: the ACES 2.0 or AgX view, and a creative LUT after it.

The full ACES 2 transform costs 6 CPU seconds on a 4K frame, a shaper and a cube 0.06: so a view is baked once.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
import PyOpenColorIO as ocio
from numpy.typing import NDArray

from secondunit_bridge.errors import BadInput, NotFound, TooLarge
from secondunit_engine.color import ACESCG_TO_REC709

Image = NDArray[np.float32]

CONFIG = "ocio://default"
VIDEO_DISPLAY = "Rec.1886 Rec.709 - Display"
ACES_VIEW = "ACES 2.0 - SDR 100 nits (Rec.709)"
_EDGE = 81
_STOPS = (-11.0, 9.0)  # the shaper's range around 1.0, in stops
_MOST_LUT_BYTES = 64 << 20
_LUT_KINDS = (".cube", ".3dl", ".clf", ".ctf", ".csp", ".spi1d", ".spi3d", ".cdl", ".cc", ".ccc")


def _aces(linear: Image) -> Image:
    """ACES 2.0 SDR, through OCIO's own transform, [N, 3]."""
    transform = ocio.DisplayViewTransform(src="ACEScg", display=VIDEO_DISPLAY, view=ACES_VIEW)
    processor = ocio.Config.CreateFromFile(CONFIG).getProcessor(transform).getDefaultCPUProcessor()
    out = np.ascontiguousarray(linear, np.float32).copy()
    processor.applyRGB(out)
    return out


# AgX base by Troy Sobotka; the polynomial of its sigmoid by Benjamin Wrensch (MIT).
_AGX_IN = np.array(
    [
        [0.842479062253094, 0.0784335999999992, 0.0792237451477643],
        [0.0423282422610123, 0.878468636469772, 0.0791661274605434],
        [0.0423756549057051, 0.0784336, 0.879142973793104],
    ]
)
_AGX_SIGMOID = (15.5, -40.14, 31.96, -6.868, 0.4298, 0.1191, -0.00232)


def _agx(linear: Image) -> Image:
    """AgX base contrast, [N, 3], encoded for a 2.4 gamma display."""
    rgb = np.maximum(linear @ ACESCG_TO_REC709.T, 1e-10) @ _AGX_IN.T
    log = (np.clip(np.log2(rgb), -12.47393, 4.026069) + 12.47393) / 16.5
    display = np.clip(np.polyval(_AGX_SIGMOID, log) @ np.linalg.inv(_AGX_IN).T, 0, 1)
    return (display ** (2.2 / 2.4)).astype(np.float32)


_VIEWS = {"ACES 2.0": _aces, "AgX": _agx}


@lru_cache(maxsize=4)
def _view(name: str) -> ocio.CPUProcessor:
    """The baked view: a log2 shaper and a cube with tetrahedral interpolation."""
    low, high = _STOPS
    axis = np.exp2(low + (high - low) * np.arange(_EDGE) / (_EDGE - 1)).astype(np.float32)
    blue, green, red = np.meshgrid(axis, axis, axis, indexing="ij")
    grid = np.stack([red, green, blue], axis=-1)  # (E, E, E, 3) red fastest
    cube = ocio.Lut3DTransform(_EDGE, interpolation=ocio.INTERP_TETRAHEDRAL)
    display = _VIEWS[name](grid.reshape(-1, 3)).reshape(grid.shape)
    cube.setData(np.ascontiguousarray(display.transpose(2, 1, 0, 3)).reshape(-1).data)  # OCIO: blue fastest
    scale = ocio.MatrixTransform(
        matrix=np.diag([1 / (high - low)] * 3 + [1.0]).reshape(-1).tolist(), offset=[-low / (high - low)] * 3 + [0.0]
    )
    group = ocio.GroupTransform([ocio.LogTransform(2.0), scale, cube])
    return ocio.Config.CreateRaw().getProcessor(group).getDefaultCPUProcessor()


def show(linear: Image, view: str) -> Image:
    """Scene-linear ACEScg, [H, W, 3], to Rec.709 video code values 0 to 1, [H, W, 3]."""
    out = np.maximum(np.ascontiguousarray(linear, np.float32), 2.0 ** _STOPS[0])
    _view(view).applyRGB(out)
    return np.clip(out, 0, 1)


@lru_cache(maxsize=8)
def _lut(path: str) -> ocio.CPUProcessor:
    file = Path(path)
    if not file.is_file():
        raise NotFound(f"The LUT {file.name} is not there.", mend="Check the path of the look.")
    if file.suffix.lower() not in _LUT_KINDS:
        raise BadInput(f"{file.name} is not a LUT we read.", mend=f"Use one of {', '.join(_LUT_KINDS)}.")
    if file.stat().st_size > _MOST_LUT_BYTES:
        raise TooLarge(f"The LUT {file.name} is over 64 MB.", mend="Use a cube of 65 points or fewer.")
    transform = ocio.FileTransform(str(file), interpolation=ocio.INTERP_TETRAHEDRAL)
    try:
        return ocio.Config.CreateRaw().getProcessor(transform).getDefaultCPUProcessor()
    except ocio.Exception:
        raise BadInput(f"The LUT {file.name} is broken.", mend="Export it again from the grading program.") from None


def apply_lut(display: Image, path: str) -> Image:
    """A creative LUT on a display-referred picture, [H, W, 3]. Raises BadInput, NotFound, TooLarge."""
    out = np.ascontiguousarray(display, np.float32).copy()
    _lut(path).applyRGB(out)
    return np.clip(out, 0, 1)
