"""How bright the flames of each light group are at a frame: put on their light after it was gathered and denoised."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from pxr import Usd

from secondunit_engine.world import stage as names


def group_gains(stage: Usd.Stage, frame: float, groups: Sequence[str]) -> NDArray[np.float32]:
    """The gain of each light group, shape [groups]; 1 where nothing burns."""
    found: dict[str, float] = {}
    for prim in stage.Traverse():
        if prim.HasAttribute(names.FLICKER) and prim.HasAttribute(names.LIGHT_GROUP):
            group = str(prim.GetAttribute(names.LIGHT_GROUP).Get())
            found.setdefault(group, float(prim.GetAttribute(names.FLICKER).Get(frame)))
    return np.array([found.get(group, 1.0) for group in groups], np.float32)
