"""How much work a frame gets at each quality."""

from __future__ import annotations

from dataclasses import dataclass, replace

from secondunit_engine.planning.plan import Quality
from secondunit_engine.render.oidn import Effort
from secondunit_engine.render.settings import RenderSettings


@dataclass(frozen=True)
class Preset:
    """samples: Paths a pixel. rays: First hits a pixel. depth: Path segments.

    window: Neighbouring frames on each side that share light, 0 for none. smooth: The same for the last short gather.
    effort: Of the denoiser. clamp: Largest radiance one path may bring.
    """

    samples: int
    rays: int
    depth: int
    window: int
    smooth: int
    effort: Effort
    clamp: float = 200.0


PRESETS: dict[Quality, Preset] = {
    "draft": Preset(samples=1, rays=4, depth=4, window=3, smooth=1, effort="fast"),
    "preview": Preset(samples=2, rays=4, depth=6, window=8, smooth=2, effort="balanced"),
    "final": Preset(samples=4, rays=8, depth=7, window=8, smooth=2, effort="high"),
}


def preset_of(settings: RenderSettings) -> Preset:
    """The preset of the quality, with the samples that were set beside it."""
    preset = PRESETS[settings.quality]
    return preset if settings.samples is None else replace(preset, samples=settings.samples)


def plain(preset: Preset) -> Preset:
    """The minimal twin: each frame denoised on its own, nothing reused."""
    return Preset(preset.samples, preset.rays, preset.depth, 0, 0, preset.effort, preset.clamp)
