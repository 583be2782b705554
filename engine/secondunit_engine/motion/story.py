"""Story time: when a frame happens in the world, as against when it is seen."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from secondunit_engine.planning.plan import ShotPlan
from secondunit_engine.world.stage import FIRST_FRAME


def time_codes(shot: ShotPlan) -> range:
    """The frames that motion is written for: the shot's, and one on either side for shutters and motion vectors."""
    return range(FIRST_FRAME - 1, FIRST_FRAME + shot.frames + 1)


def story_times(shot: ShotPlan) -> NDArray[np.floating]:
    """Story time [s] of every time code, shape [frames + 2]; the shot's first frame is at 0.

    It is `frame / rate * time_scale`, so that below 1 everything goes on at its own pace and is seen for longer.
    """
    frames = np.arange(-1, shot.frames + 1)
    return frames * float(1 / shot.rate.fraction) * shot.motion.time_scale
