"""Intel Open Image Denoise over one picture."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pyoidn
from numpy.typing import NDArray

from secondunit_bridge.errors import EngineFault

Effort = Literal["fast", "balanced", "high"]
_EFFORTS: dict[Effort, int] = {
    "fast": pyoidn.OIDN_QUALITY_FAST,
    "balanced": pyoidn.OIDN_QUALITY_BALANCED,
    "high": pyoidn.OIDN_QUALITY_HIGH,
}


class Denoiser:
    """A filter kept for pictures of one size: setting it up costs more than a small picture."""

    def __init__(self, width: int, height: int, effort: Effort, *, clean_aux: bool) -> None:
        shape = (height, width, 3)
        self._color, self._albedo, self._normal, self._output = (np.zeros(shape, np.float32) for _ in range(4))
        self._device = pyoidn.Device()
        self._device.commit()
        self._filter = pyoidn.Filter(self._device, pyoidn.OIDN_FILTER_TYPE_RT)
        images = {"color": self._color, "albedo": self._albedo, "normal": self._normal, "output": self._output}
        for name, array in images.items():
            self._filter.set_image(name, array, pyoidn.OIDN_FORMAT_FLOAT3, width, height)
        self._filter.set_bool("hdr", True)
        self._filter.set_bool("cleanAux", clean_aux)
        self._filter.set_quality(_EFFORTS[effort])
        self._filter.commit()
        self._check()

    def denoise(
        self, color: NDArray[np.float32], albedo: NDArray[np.float32], normal: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Denoise scene-linear colour with its albedo and normal, all [height, width, 3]; returns a new array."""
        self._color[...] = color
        self._albedo[...] = albedo
        self._normal[...] = normal
        self._filter.execute()
        self._check()
        return self._output.copy()

    def close(self) -> None:
        self._filter.release()
        self._device.release()

    def _check(self) -> None:
        problem = self._device.get_error()
        if problem:
            raise EngineFault(f"The denoiser failed: {problem}.", mend="Render again; if it stays, use a smaller size.")
