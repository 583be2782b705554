"""Story time: when a frame happens in the world, as against when it is seen."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from secondunit_engine.planning.plan import ShotPlan


def story_times(shot: ShotPlan) -> NDArray[np.floating]:
    """Story time of every frame [s], shape [frames]: `frame / rate * time_scale`, so below 1 is slow motion."""
    return np.arange(shot.frames) * float(1 / shot.rate.fraction) * shot.motion.time_scale
