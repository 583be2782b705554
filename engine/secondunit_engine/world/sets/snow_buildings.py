"""The snow's cottages and cabins: timber walls, a steep roof under a slab of snow, a chimney, lit windows."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from secondunit_engine.world import shapes
from secondunit_engine.world.kit import Kit, bars
from secondunit_engine.world.mesh import Mesh

Array = NDArray[np.floating]
_EAVES: Final = 0.55  # m that the roof stands out


def cottage(wide: float, deep: float, wall: float, rise: float, boards: bool) -> Kit:
    """A house about the origin, its front to +Z, its ridge along X; materials `walls`, `timber`, `snow`, `window`."""
    kit = Kit()
    half, back = wide / 2, deep / 2
    gable = np.array([(-back, -0.4), (back, -0.4), (back, wall), (0, wall + rise), (-back, wall)])
    body = shapes.move(shapes.extrude(gable, wide), (-half, 0, 0), 90)  # extruded along X
    kit.put("walls", shapes.box_uv(body, 1.0))
    slope = float(np.hypot(back + _EAVES, rise * (back + _EAVES) / back))
    angle = float(np.arctan2(rise, back))
    for side in (-1, 1):
        for name, thick, lift, out in (("timber", 0.12, 0.02, 0.0), ("snow", 0.34, 0.13, 0.06)):
            slab = shapes.soft_box((-half - 0.5 - out, 0, -0.02), (half + 0.5 + out, thick, slope + out), 0.12)
            kit.put(name, _pitched(slab, wall + rise + lift, side, angle))
    x = 0.28 * wide
    kit.put("walls", shapes.box((x - 0.4, wall, -0.9), (x + 0.4, wall + rise + 1.0, -0.2)))
    kit.put("snow", shapes.soft_box((x - 0.47, wall + rise + 1.0, -0.97), (x + 0.47, wall + rise + 1.22, -0.13), 0.1))
    _openings(kit, wide, back, wall)
    if boards:
        logs = [((-half - 0.03, y, back), (half + 0.03, y + 0.03, back + 0.03)) for y in np.arange(0.1, wall, 0.24)]
        kit.put("timber", bars(logs))
    bank = shapes.move(shapes.sphere(1.0, 20), (0, -0.15, 0), scale=(half + 1.0, 0.62, back + 1.0))
    kit.put("snow", bank)
    return kit


def _pitched(slab: Mesh, top: float, side: int, angle: float) -> Mesh:
    """A slab that runs down from the ridge to one side."""
    c, s = np.cos(angle), np.sin(angle)
    matrix = np.eye(4)
    matrix[:3, 1] = [0, c, side * s]
    matrix[:3, 2] = [0, -s, side * c]
    matrix[1, 3] = top
    return shapes.transform(slab, matrix)


def _openings(kit: Kit, wide: float, back: float, wall: float) -> None:
    """Windows with frames, a sill of snow and crossed bars, on the front and both ends; a door."""
    count = max(2, round(wide / 3.2))
    places = [(x, back, 0.0) for x in np.linspace(-0.36 * wide, 0.36 * wide, count)]
    faces = [(x, 0.0) for x, _, _ in places]
    for x, _ in faces:
        _window(kit, (x, 1.0, back), 0.0)
    for side in (-1, 1):
        for z in (-0.35 * back, 0.45 * back):
            _window(kit, (side * wide / 2, 1.0, z), 90.0 * side)
    door = 0.5 * (places[0][0] + places[1][0])
    kit.put("timber", bars([((door - 0.5, -0.2, back), (door + 0.5, min(2.0, wall - 0.15), back + 0.06))]))


def _window(kit: Kit, at: tuple[float, float, float], turn: float) -> None:
    frame = bars(
        [((-0.52, 0.0, 0), (-0.44, 1.1, 0.07)), ((0.44, 0.0, 0), (0.52, 1.1, 0.07)),
         ((-0.52, 1.02, 0), (0.52, 1.1, 0.07)), ((-0.52, 0.0, 0), (0.52, 0.08, 0.09)),
         ((-0.025, 0.0, 0), (0.025, 1.1, 0.05)), ((-0.5, 0.52, 0), (0.5, 0.57, 0.05))]
    )  # fmt: skip
    pane = shapes.quad((-0.46, 0.05, 0.02), (0.46, 0.05, 0.02), (0.46, 1.05, 0.02), (-0.46, 1.05, 0.02))
    sill = shapes.soft_box((-0.55, 0.08, 0.0), (0.55, 0.17, 0.14), 0.04)
    kit.put("timber", shapes.move(frame, at, turn))
    kit.put("window", shapes.move(pane, at, turn))
    kit.put("snow", shapes.move(sill, at, turn))
