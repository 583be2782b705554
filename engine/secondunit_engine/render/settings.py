"""What the renderer is asked for, apart from the stage itself."""

from __future__ import annotations

from dataclasses import dataclass

from secondunit_engine.planning.plan import Quality


@dataclass(frozen=True)
class RenderSettings:
    """Size in pixels, quality preset and the seed of every random choice in the picture."""

    width: int
    height: int
    quality: Quality
    seed: int
