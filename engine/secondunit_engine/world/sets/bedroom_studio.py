"""A bedroom that is also a studio: window on the city, neon over the shelf, a bed, a desk, plants and fairy lights.

The host stands at the origin and faces +Z, where the cameras are; the back wall is at z = -2.7.
Light groups: `neon` (cyan and magenta tubes, strips and panels), `practicals` (lamps, fairy lights, the city).
The gaffer's `key`, `fill` and `rim` come with the shot. The seed deals the sign, the books, the plants and the posters.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pxr import Usd

from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world import shapes, textures
from secondunit_engine.world import stage as names
from secondunit_engine.world.author import RGB, Material, Mesh, add_mark, add_mesh, facing, look_at, new_layer
from secondunit_engine.world.props.neon_sign import neon_heart, neon_word, word_width
from secondunit_engine.world.sets.bedroom_furniture import (
    BACK,
    FRONT,
    HEIGHT,
    LEFT,
    RIGHT,
    add_dressing,
    add_glow,
    furnish,
)
from secondunit_engine.world.stage import camera_mark

Array = NDArray[np.floating]

CYAN: Final[RGB] = (0.6, 12.0, 17.0)
MAGENTA: Final[RGB] = (22.0, 0.9, 9.5)
VIOLET: Final[RGB] = (6.5, 2.6, 20.0)
WARM: Final[RGB] = (15.0, 8.2, 3.4)
WINDOW: Final = (-1.95, -0.62, 0.92, 2.28)  # left, right, sill, head
_WORDS: Final = ("VIBES", "HELLO")
# Eye and target of each camera; the lens is the usual one of the size.
_CAMERAS: Final[dict[str, tuple[RGB, RGB]]] = {
    "EWS": ((1.75, 1.62, 3.9), (-0.15, 1.12, -0.6)),
    "WS": ((-1.15, 1.55, 3.7), (0.05, 1.10, -0.4)),
    "FS": ((-0.75, 1.30, 3.7), (0.02, 0.95, 0.0)),
    "MFS": ((-0.55, 1.40, 2.9), (0.02, 1.12, 0.0)),
    "MS": ((-0.38, 1.52, 2.05), (0.03, 1.36, 0.0)),
    "MCU": ((-0.28, 1.56, 1.42), (0.03, 1.49, 0.0)),
    "CU": ((-0.24, 1.58, 1.42), (0.01, 1.51, 0.03)),
    "ECU": ((-0.20, 1.57, 1.20), (0.01, 1.54, 0.05)),
}


def build_bedroom_studio(plan: SetPlan, folder: Path) -> None:
    """Write folder/set.usdc and folder/textures."""
    rng = np.random.Generator(np.random.PCG64(plan.seed))
    stage = new_layer(folder / "set.usdc")
    _add_shell(stage, folder, plan)
    _add_window(stage, folder, plan, rng)
    _add_neon(stage, rng)
    furnish(stage, folder, plan, rng)
    _add_practicals(stage, rng)
    add_mark(stage, "hero", facing((0, 0, 0), (0, 0, 1)))
    add_mark(stage, "hero_2", facing((-0.75, 0, -0.15), (0.25, 0, 1)))
    for size, (eye, target) in _CAMERAS.items():
        add_mark(stage, camera_mark(size), look_at(eye, target))
    stage.GetRootLayer().Save()


def _add_shell(stage: Usd.Stage, folder: Path, plan: SetPlan) -> None:
    """Walls, floor, ceiling, skirting, a slatted panel beside the window, a rug."""
    left, right, sill, head = WINDOW
    thick = 0.12
    wall = [
        shapes.box((LEFT, 0, BACK - thick), (left, HEIGHT, BACK)),
        shapes.box((right, 0, BACK - thick), (RIGHT, HEIGHT, BACK)),
        shapes.box((left, 0, BACK - thick), (right, sill, BACK)),
        shapes.box((left, head, BACK - thick), (right, HEIGHT, BACK)),
        shapes.box((LEFT - thick, 0, BACK), (LEFT, HEIGHT, FRONT)),
        shapes.box((RIGHT, 0, BACK), (RIGHT + thick, HEIGHT, FRONT)),
        shapes.box((LEFT, 0, FRONT), (RIGHT, HEIGHT, FRONT + thick)),
    ]
    paint = textures.textured(
        folder, "bedroom_wall", textures.plaster(plan.seed + 1, (0.155, 0.165, 0.205), 1024, plan.wear * 0.25), 0.0012
    )
    add_dressing(stage, "Walls", wall, paint, 2.0)
    add_dressing(
        stage,
        "Ceiling",
        [shapes.box((LEFT, HEIGHT, BACK), (RIGHT, HEIGHT + 0.1, FRONT))],
        Material("ceiling", base=(0.30, 0.30, 0.31), roughness=0.9),
    )
    oak = textures.textured(
        folder, "bedroom_oak", textures.wood(plan.seed + 2, (0.10, 0.055, 0.028), (0.26, 0.155, 0.085)), 0.0010
    )
    add_dressing(stage, "Floor", [shapes.box((LEFT, -0.05, BACK), (RIGHT, 0, FRONT))], oak, 1.0)
    skirting = [
        shapes.box((LEFT, 0, BACK), (RIGHT, 0.09, BACK + 0.015)),
        shapes.box((RIGHT - 0.015, 0, BACK), (RIGHT, 0.09, FRONT)),
        shapes.box((LEFT, 0, BACK), (LEFT + 0.015, 0.09, FRONT)),
    ]
    add_dressing(stage, "Skirting", skirting, Material("trim", base=(0.34, 0.34, 0.35), roughness=0.5))
    walnut = textures.textured(
        folder, "bedroom_walnut", textures.wood(plan.seed + 3, (0.055, 0.028, 0.015), (0.17, 0.09, 0.048)), 0.0008
    )
    slats = [
        shapes.box((x, 0.09, BACK), (x + 0.024, HEIGHT, BACK + 0.026)) for x in np.arange(-0.50, 0.245, 0.042).tolist()
    ]
    add_dressing(stage, "Slats", slats, walnut, 1.0)
    add_dressing(
        stage,
        "Backer",
        [shapes.box((-0.52, 0.09, BACK), (0.25, HEIGHT, BACK + 0.006))],
        Material("felt", base=(0.012, 0.012, 0.013), roughness=0.95),
    )
    rug = shapes.lathe([(0.0, 0.0), (1.12, 0.0), (1.15, 0.012), (1.12, 0.022), (0.0, 0.022)], 64)
    pile = textures.noise(plan.seed + 4, 512, 0.6)
    fur = Material(
        "rug",
        base=(0.33, 0.29, 0.27),
        roughness=0.95,
        sheen=0.6,
        bump=0.012,
        bump_texture=textures.write_data(folder, "rug_height", textures.unit(pile)),
    )
    add_dressing(stage, "Rug", [rug], fur, 0.5)


def _add_window(stage: Usd.Stage, folder: Path, plan: SetPlan, rng: np.random.Generator) -> None:
    """Frame, glass bars, linen curtains, and the city beyond as a picture that glows."""
    left, right, sill, head = WINDOW
    bar = 0.045
    frame = [
        shapes.box((left, sill, BACK - 0.10), (left + bar, head, BACK + 0.01)),
        shapes.box((right - bar, sill, BACK - 0.10), (right, head, BACK + 0.01)),
        shapes.box((left, head - bar, BACK - 0.10), (right, head, BACK + 0.01)),
        shapes.box((left - 0.05, sill - 0.03, BACK - 0.10), (right + 0.05, sill + 0.02, BACK + 0.10)),
        shapes.box(((left + right) / 2 - 0.018, sill, BACK - 0.08), ((left + right) / 2 + 0.018, head, BACK - 0.03)),
        shapes.box((left, 1.75, BACK - 0.08), (right, 1.785, BACK - 0.03)),
    ]
    add_dressing(stage, "WindowFrame", frame, Material("window_frame", base=(0.36, 0.355, 0.345), roughness=0.4))
    rail = shapes.move(_sideways(shapes.cylinder(0.012, 0.0, 1.75)), (left - 0.2, head + 0.09, BACK + 0.09))
    add_dressing(stage, "Rail", [rail], Material("brass", base=(0.55, 0.38, 0.16), metallic=1.0, roughness=0.3))
    linen = Material("linen", base=(0.40, 0.36, 0.33), roughness=0.9, sheen=0.4)
    add_dressing(
        stage,
        "Curtains",
        [_curtain(left - 0.19, left + 0.16, head, rng), _curtain(right - 0.12, right + 0.13, head, rng)],
        linen,
    )
    city = textures.write_color(folder, "city_night", _city(plan.seed))
    glow = Material("city", base=(0, 0, 0), emission=(2.6, 2.6, 2.6), emission_texture=city)
    z, half, low, high = BACK - 7.0, 6.5, -2.6, 5.4
    view = shapes.quad((-1.3 - half, low, z), (-1.3 + half, low, z), (-1.3 + half, high, z), (-1.3 - half, high, z))
    add_mesh(stage, f"{names.SET}/City", view, glow, light_group="practicals", sampling_weight=0.02)


def _curtain(start: float, end: float, head: float, rng: np.random.Generator) -> Mesh:
    """Cloth in soft folds from the rail to the floor."""
    u, v = np.linspace(0, 1, 60), np.linspace(0, 1, 24)
    phase = rng.uniform(0, 6.28)
    fold = 0.035 * np.sin(u * 30 + phase) + 0.014 * np.sin(u * 71 + 2 * phase)
    x = start + (end - start) * u[None, :] + 0.012 * np.sin(v[:, None] * 5 + u[None, :] * 9)
    y = np.broadcast_to((0.02 + (head + 0.07) * v)[:, None], (24, 60))
    z = BACK + 0.085 + fold[None, :] * (1.15 - 0.5 * v[:, None])
    return shapes.grid(np.stack([x, y, z], axis=-1))


def _city(seed: int, width: int = 1024, height: int = 640) -> NDArray[np.floating]:
    """Towers with lit windows under a violet dusk, linear Rec.709, shape [height, width, 3]."""
    rng = np.random.Generator(np.random.PCG64([seed, 5]))
    y = np.linspace(1, 0, height)[:, None, None]
    sky = np.array([0.004, 0.007, 0.020]) * (1 - y) + np.array([0.020, 0.009, 0.030]) * y
    picture = np.broadcast_to(sky[::-1], (height, width, 3)).copy()
    for layer, (count, tall, haze) in enumerate(((30, 0.62, 0.55), (20, 0.50, 0.8), (13, 0.36, 1.0))):
        for _ in range(count):
            w = int(rng.integers(34, 90)) + 12 * layer
            x0 = int(rng.integers(-20, width))
            top = int(height * (1 - tall * rng.uniform(0.45, 1.0)))
            tower = picture[top:, max(0, x0) : max(0, x0 + w)]
            tower[:] = np.array([0.012, 0.014, 0.026]) * (1.2 - 0.5 * haze)
            rows, columns = (height - top) // 8, max(1, w // 6)
            lit = rng.random((rows, columns)) < rng.uniform(0.10, 0.42)
            tone = np.array([(1.0, 0.62, 0.28), (0.95, 0.80, 0.55), (0.45, 0.72, 1.0)])[
                int(rng.choice(3, p=[0.55, 0.3, 0.15]))
            ]
            for row, column in zip(*np.nonzero(lit), strict=True):
                a, b = top + 4 + row * 8, x0 + 3 + column * 6
                if 0 <= b < width - 5 and a < height - 6:
                    picture[a : a + 4, b : b + 3] = tone * haze * rng.uniform(0.15, 0.95)
    for _ in range(60):  # street lights, signs
        a, b = int(rng.integers(int(height * 0.72), height - 4)), int(rng.integers(0, width - 4))
        picture[a : a + 3, b : b + 4] = np.array([(1, 0.5, 0.15), (1, 0.1, 0.3), (0.2, 0.8, 1.0)])[int(rng.integers(3))]
    return picture


def _add_neon(stage: Usd.Stage, rng: np.random.Generator) -> None:
    """The sign and its heart, light panels, strips along the ceiling, the slats and the shelves."""
    word = str(rng.choice(_WORDS))
    height = 0.205
    x = 1.24 - word_width(word, height) / 2
    add_glow(stage, "Sign", [shapes.move(neon_word(word, height), (x, 1.82, BACK + 0.055))], MAGENTA, "neon", 0.5)
    add_glow(stage, "Heart", [shapes.move(neon_heart(0.17), (1.96, 1.93, BACK + 0.055))], CYAN, "neon", 0.12)
    plate = shapes.box((x - 0.06, 1.755, BACK + 0.022), (x + word_width(word, height) + 0.06, 2.09, BACK + 0.028))
    add_dressing(stage, "Plate", [plate], Material("acrylic", base=(0.018, 0.018, 0.02), roughness=0.08, clearcoat=1.0))
    add_glow(
        stage,
        "CeilingStrip",
        [shapes.box((LEFT + 0.05, 2.575, BACK + 0.055), (RIGHT - 0.05, 2.585, BACK + 0.067))],
        VIOLET,
        "neon",
        0.5,
    )
    cove = [shapes.box((LEFT, 2.50, BACK + 0.07), (RIGHT, 2.60, BACK + 0.085))]
    add_dressing(stage, "Cove", cove, Material("trim", base=(0.34, 0.34, 0.35), roughness=0.5))
    bars = [shapes.box((x, 0.12, BACK + 0.012), (x + 0.012, 2.45, BACK + 0.020)) for x in (-0.545, 0.262)]
    add_glow(stage, "SlatStrips", bars, CYAN, "neon", 0.5)
    under = [shapes.box((0.46, y, BACK + 0.035), (1.98, y + 0.008, BACK + 0.045)) for y in (1.355, 0.985)]
    add_glow(stage, "ShelfStrips", under, (7.0, 1.2, 14.0), "neon", 0.3)
    tones: tuple[RGB, ...] = ((0.35, 5.2, 7.6), (1.6, 1.5, 8.0), (6.6, 0.6, 5.4), (0.9, 3.2, 8.0), (4.2, 0.9, 7.0))
    hexes = ((-0.02, 0.0), (0.153, 0.1), (0.153, -0.1), (0.326, 0.0), (0.326, 0.2))
    frames = []
    for number, ((dx, dy), tone) in enumerate(zip(hexes, tones, strict=True)):
        at = (RIGHT - 0.02, 1.72 + dy * 1.0, -1.75 + dx)
        add_glow(stage, f"Panel{number}", [_hexagon(0.092, at)], tone, "neon", 0.08)
        frames.append(_hexagon(0.098, (at[0] + 0.012, at[1], at[2])))
    add_dressing(stage, "PanelFrames", frames, Material("panel_frame", base=(0.5, 0.5, 0.52), roughness=0.4))


def _hexagon(radius: float, at: RGB) -> Mesh:
    """A six-sided tile that faces -X."""
    angle = np.radians(np.arange(6) * 60 + 30)
    outline = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
    return shapes.move(shapes.extrude(outline, 0.010), at, -90)


def _sideways(mesh: Mesh) -> Mesh:
    """A mesh that stands along Y, laid along +X."""
    return shapes.transform(mesh, [[0, 1, 0, 0], [-1, 0, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]])


def _add_practicals(stage: Usd.Stage, rng: np.random.Generator) -> None:
    """A paper lantern by the window, a bedside globe, and fairy lights over the window and the wall."""
    lantern = shapes.sphere(0.15, 32)
    add_glow(
        stage,
        "Lantern",
        [shapes.move(lantern, (-2.02, 1.42, -2.25), scale=(1, 1.18, 1))],
        (4.6, 2.55, 1.05),
        "practicals",
        0.8,
    )
    add_glow(stage, "Bedside", [shapes.move(shapes.sphere(0.07, 24), (0.62, 0.70, -2.35))], WARM, "practicals", 0.3)
    add_dressing(
        stage,
        "Nightstand",
        [
            shapes.box((0.42, 0.0, -2.6), (0.80, 0.56, -2.2)),
            shapes.move(shapes.cylinder(0.035, 0.56, 0.635), (0.62, 0, -2.35)),
        ],
        Material("nightstand", base=(0.16, 0.085, 0.045), roughness=0.5),
    )
    cord = shapes.tube([(-2.02, 1.6, -2.25), (-2.02, HEIGHT, -2.25)], 0.004, 6)
    bulbs, wires = [], [cord]
    for x0, x1, y, sag in (
        (-2.25, -1.25, 2.46, 0.12),
        (-1.25, -0.25, 2.46, 0.16),
        (-0.25, 0.80, 2.44, 0.14),
        (0.80, 2.2, 2.46, 0.17),
    ):
        t = np.linspace(0, 1, 14)
        wave = 0.02 * rng.standard_normal(14)
        path = np.stack([x0 + (x1 - x0) * t, y - 4 * sag * t * (1 - t), np.full(14, BACK + 0.11) + wave], axis=1)
        wires.append(shapes.tube(path, 0.0016, 5))
        bulbs += [shapes.move(shapes.sphere(0.0085, 8), point - [0, 0.012, 0]) for point in path[1:-1]]
    for x in (np.linspace(-1.02, 0.12, 5) + rng.uniform(-0.06, 0.06, 5)).tolist():  # bokeh beside the host
        y = np.cumsum([2.43, *-rng.uniform(0.13, 0.27, int(rng.integers(4, 9)))])
        sway = 0.030 * rng.standard_normal((2, len(y)))
        path = np.stack([x + sway[0], y + sway[1], np.full(len(y), BACK + 0.13)], axis=1)
        wires.append(shapes.tube(path, 0.0012, 5))
        bulbs += [shapes.move(shapes.sphere(0.0085, 8), point) for point in path[1:]]
    add_glow(stage, "FairyLights", bulbs, (42.0, 22.0, 7.5), "practicals", 0.06)
    add_dressing(stage, "Wires", wires, Material("wire", base=(0.05, 0.045, 0.04), roughness=0.6))
