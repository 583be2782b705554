"""Where people stand in open land and where cameras look from: level ground, and the land behind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pxr import Usd

from secondunit_engine.world.author import RGB, add_mark, facing, look_at
from secondunit_engine.world.stage import camera_mark

View = tuple[RGB, RGB]  # eye and target [m]
_CLOSE: Final[Mapping[str, View]] = {
    "FS": ((0.95, 1.10, 4.7), (-0.1, 1.15, 0.0)),
    "MFS": ((0.75, 1.30, 3.6), (-0.08, 1.20, 0.0)),
    "MS": ((0.60, 1.50, 2.6), (-0.05, 1.38, 0.0)),
    "MCU": ((0.48, 1.58, 2.0), (-0.03, 1.50, 0.0)),
    "CU": ((0.40, 1.62, 1.6), (0.0, 1.58, 0.0)),
    "ECU": ((0.33, 1.64, 1.3), (0.0, 1.62, 0.0)),
}


def add_open_marks(stage: Usd.Stage, wide: Mapping[str, View]) -> None:
    """Three people about the origin, and a camera a size that looks past them along -Z; `wide` are those of the set."""
    add_mark(stage, "hero", facing((0, 0, 0), (0.25, 0, 1)))
    add_mark(stage, "hero_2", facing((-0.95, 0, 0.4), (1, 0, 0.3)))
    add_mark(stage, "hero_3", facing((1.0, 0, -0.7), (-0.6, 0, 1)))
    for size, (eye, target) in {**_CLOSE, **wide}.items():
        add_mark(stage, camera_mark(size), look_at(eye, target))
