"""What the renderer is asked for, apart from the stage itself."""

from __future__ import annotations

from dataclasses import dataclass

from secondunit_engine.planning.plan import Quality


@dataclass(frozen=True)
class RenderSettings:
    """Size in pixels, quality preset and the seed of every random choice in the picture.

    samples: Paths a pixel, where they shall differ from the preset's.
    """

    width: int
    height: int
    quality: Quality
    seed: int
    samples: int | None = None


@dataclass(frozen=True)
class BudgetChoice:
    """How a shot is fitted into a time: asked and expected [s], size in pixels, paths a pixel."""

    seconds: int
    expected: int
    width: int
    height: int
    samples: int
