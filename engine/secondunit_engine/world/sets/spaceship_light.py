"""What shines in a ship, gathered by kind before it becomes lights of the set."""

from __future__ import annotations

from dataclasses import dataclass, field

from secondunit_engine.world.author import RGB
from secondunit_engine.world.interiors.dressing import Dressing
from secondunit_engine.world.mesh import Mesh, scaled


@dataclass
class Shining:
    """Meshes of the ceiling's strips, of lamps in walls and frames, of the light along and under the floor, of small
    signals, of a hologram's wires, and of screens (with coordinates in the atlas)."""

    ceiling: list[Mesh] = field(default_factory=list)
    lamps: list[Mesh] = field(default_factory=list)
    floor: list[Mesh] = field(default_factory=list)
    signals: list[Mesh] = field(default_factory=list)
    hologram: list[Mesh] = field(default_factory=list)
    screens: list[Mesh] = field(default_factory=list)

    def write(self, dressing: Dressing, over: RGB, wall: RGB, under: RGB, signal: RGB, file: str) -> None:
        """All of it as mesh lights, with the radiances of strips, lamps, floor and signals; `file` is the screens'."""
        for name, meshes, radiance, group, weight in (
            ("CeilingStrips", self.ceiling, over, "practicals", 2.0),
            ("WallLamps", self.lamps, wall, "practicals", 1.2),
            ("FloorLight", self.floor, under, "floor", 1.2),
            ("SignalLamps", self.signals, signal, "screens", 0.2),
            ("Hologram", self.hologram, (1.2, 7.0, 9.0), "screens", 0.3),
        ):
            if meshes:
                dressing.glow(name, meshes, radiance, group, weight)
        if self.screens:
            dressing.glow("Screens", self.screens, scaled((1.0, 1.0, 1.0), 4.6), "screens", 1.0, file)
