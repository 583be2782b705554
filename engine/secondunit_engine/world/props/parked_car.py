"""Cars that stand at the kerb: lofted bodies of a few thousand triangles, by era and kind.

A car stands at the origin with its nose at +Z. Materials: `lacquer` (the palette's), `car_glass`, `chrome`, `tyre`,
`rim`, `car_dark`, `head_off`, `tail_off`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator

from secondunit_engine.world import shapes
from secondunit_engine.world.kit import Kit, Palette, bars
from secondunit_engine.world.mesh import RGB

COLORS: Final[tuple[RGB, ...]] = (
    (0.012, 0.013, 0.015),
    (0.35, 0.36, 0.37),
    (0.10, 0.105, 0.11),
    (0.20, 0.015, 0.012),
    (0.015, 0.035, 0.09),
    (0.50, 0.49, 0.46),
    (0.03, 0.07, 0.055),
    (0.62, 0.36, 0.02),
)


@dataclass(frozen=True)
class _Shape:
    """Knots of a car's lines along z from tail to nose [m]: the deck's height, the roof's height (0 where there is no
    cabin), and half the width; wheels' radius and axles."""

    z: tuple[float, ...]
    deck: tuple[float, ...]
    half: tuple[float, ...]
    cabin: tuple[tuple[float, float], ...]  # (z, height) of the greenhouse's outline
    wheel: float
    axles: tuple[float, float]


_SHAPES: Final = {
    "sedan": _Shape(
        (-2.35, -2.2, -1.3, 0.7, 1.9, 2.32, 2.40),
        (0.72, 0.97, 1.00, 0.97, 0.82, 0.66, 0.52),
        (0.66, 0.82, 0.90, 0.90, 0.86, 0.74, 0.60),
        ((-1.75, 0.96), (-0.95, 1.40), (0.0, 1.45), (0.35, 1.40), (1.15, 0.93)),
        0.33,
        (-1.38, 1.40),
    ),
    "hatch": _Shape(
        (-1.95, -1.85, -1.2, 0.6, 1.5, 1.92, 2.0),
        (0.80, 1.00, 1.02, 1.00, 0.88, 0.72, 0.55),
        (0.66, 0.82, 0.87, 0.87, 0.84, 0.74, 0.62),
        ((-1.86, 0.99), (-1.55, 1.40), (-0.3, 1.50), (0.25, 1.46), (1.08, 0.96)),
        0.31,
        (-1.22, 1.22),
    ),
    "van": _Shape(
        (-2.55, -2.5, -1.5, 1.2, 1.9, 2.4, 2.5),
        (1.05, 1.15, 1.15, 1.12, 1.05, 0.90, 0.60),
        (0.84, 0.96, 0.98, 0.98, 0.96, 0.88, 0.70),
        ((-2.52, 1.12), (-2.45, 2.05), (0.4, 2.10), (1.0, 2.02), (1.85, 1.06)),
        0.34,
        (-1.55, 1.60),
    ),
    "saloon": _Shape(
        (-2.4, -2.15, -1.2, 0.5, 1.2, 2.1, 2.3),
        (0.60, 0.98, 1.10, 1.10, 1.08, 0.98, 0.70),
        (0.45, 0.66, 0.76, 0.76, 0.60, 0.42, 0.28),
        ((-1.75, 1.05), (-1.05, 1.52), (-0.2, 1.68), (0.3, 1.62), (0.75, 1.08)),
        0.36,
        (-1.35, 1.50),
    ),
}


def parked_car(palette: Palette, kind: str, color: RGB) -> Kit:
    """A "sedan", "hatch", "van" or (the forties) "saloon"."""
    kit, shape = Kit(), _SHAPES[kind]
    old = kind == "saloon"
    z = np.linspace(shape.z[0], shape.z[-1], 44)
    deck, half = PchipInterpolator(shape.z, shape.deck)(z), PchipInterpolator(shape.z, shape.half)(z)
    low = 0.24 + 0.10 * np.abs(z / 2.4) ** 6
    rise = deck - low
    # The section from the sill over the shoulder to the middle of the deck: (share of the half width, of the height).
    section = np.array(
        [
            (0.90, 0.0),
            (0.985, 0.12),
            (1.0, 0.35),
            (0.99, 0.58),
            (0.955, 0.80),
            (0.88, 0.93),
            (0.70, 0.985),
            (0.35, 1.0),
            (0.0, 1.005),
        ]
    )
    whole = np.concatenate([section * [-1, 1], section[-2::-1]])  # left sill to right sill
    net = np.stack(
        np.broadcast_arrays(
            half[:, None] * whole[None, :, 0], low[:, None] + rise[:, None] * whole[None, :, 1], z[:, None]
        ),
        axis=-1,
    )
    kit.put("lacquer", palette.paint(shapes.grid(net), color))
    for end, order in ((0, 1), (-1, -1)):  # close nose and tail
        ring = net[end]
        middle = np.broadcast_to(ring.mean(axis=0), ring.shape)
        kit.put("lacquer", palette.paint(shapes.grid(np.stack([middle, ring][::order])), color))
    kit.put(
        "car_dark",
        bars([((-half.max() * 0.86, 0.16, shape.z[0] + 0.15), (half.max() * 0.86, 0.30, shape.z[-1] - 0.15))]),
    )
    _add_cabin(kit, palette, shape, color)
    _add_wheels(kit, shape, half.max())
    if old:
        _add_fenders(kit, palette, shape, color)
    _add_face(kit, shape, old)
    return kit


def _add_cabin(kit: Kit, palette: Palette, shape: _Shape, color: RGB) -> None:
    """Glass from belt to roof, with a painted roof and pillars over it."""
    outline = np.array(shape.cabin)
    z = np.linspace(outline[0, 0], outline[-1, 0], 40)
    top = PchipInterpolator(outline[:, 0], outline[:, 1])(z)
    belt = np.interp(z, shape.z, shape.deck) - 0.04
    wide = np.interp(z, shape.z, shape.half) * 0.93
    lean = np.clip((top - belt) / 0.5, 0, 1.2) * 0.17

    def ring(share: float, inward: float = 0.0) -> NDArray[np.floating]:
        """The line round the cabin at a share of the height from the belt to the roof, left half."""
        return np.column_stack([-(wide - lean * share - inward), belt + (top - belt) * share, z])

    rows = [ring(0.0), ring(0.5), ring(0.86), ring(0.97, 0.05), ring(1.0, 0.16)]
    middle = np.column_stack([0 * z, top + 0.025, z])
    left = np.stack([*rows, middle], axis=1)  # (Z, R, 3)
    whole = np.concatenate([left, (left * [-1, 1, 1])[:, -2::-1]], axis=1)
    kit.put("car_glass", shapes.grid(whole))
    skin = 1.004
    roof = (z > outline[1, 0] - 0.06) & (z < outline[-2, 0] + 0.03)
    cap = whole[roof][:, 2:-2] * [skin, 1, 1] + [0, 0.008, 0]
    kit.put("lacquer", palette.paint(shapes.grid(cap), color))
    for at in (outline[1, 0] + 0.02, (outline[1, 0] + outline[-2, 0]) / 2 - 0.05):
        k = int(np.argmin(np.abs(z - at)))
        for side in (-1, 1):
            path = left[k, :4] * [side * -1.0 if side > 0 else 1.0, 1, 1] * [1.008, 1, 1]
            kit.put("lacquer", palette.paint(shapes.tube(path, 0.035, 6), color))
    front = np.stack([left[-1 - k, 2] for k in (0, 4, 8, 12)])
    for side in (-1, 1):
        kit.put("lacquer", palette.paint(shapes.tube(front * [side, 1, 1], 0.032, 6), color))


def _add_wheels(kit: Kit, shape: _Shape, half: float) -> None:
    r = shape.wheel
    tyre = [(r * 0.62, -0.10), (r * 0.95, -0.11), (r, -0.07), (r, 0.07), (r * 0.95, 0.11), (r * 0.62, 0.10)]
    rim = [(0.0, 0.07), (r * 0.2, 0.085), (r * 0.3, 0.06), (r * 0.55, 0.085), (r * 0.64, 0.10)]
    turn = [[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]]
    for z in shape.axles:
        for side in (-1, 1):
            x = side * (half - 0.10)
            for name, profile in (("tyre", tyre), ("rim", rim[::-1])):
                wheel = shapes.transform(shapes.lathe(profile, 28), turn)
                kit.put(name, shapes.move(wheel, (x, r, z), 0 if side > 0 else 180))
            arch = np.linspace(0.0, np.pi, 16)
            for radius, out in ((r + 0.06, 0.004),):
                rows = [
                    np.column_stack(
                        [0 * arch + side * (half + out), r + k * radius * np.sin(arch), z + k * radius * np.cos(arch)]
                    )
                    for k in (0.0, 1.0)
                ]
                kit.put("car_dark", shapes.grid(np.stack(rows)))


def _add_fenders(kit: Kit, palette: Palette, shape: _Shape, color: RGB) -> None:
    """Bulbous wings over the wheels, and running boards between them."""
    for z in shape.axles:
        for side in (-1, 1):
            wing = shapes.move(shapes.sphere(1.0, 28), (side * 0.68, 0.42, z - 0.05), scale=(0.23, 0.42, 0.66))
            kit.put("lacquer", palette.paint(wing, color))
    for side in (-1, 1):
        kit.put(
            "car_dark", bars([((side * 0.80 - 0.1, 0.30, shape.axles[0]), (side * 0.80 + 0.1, 0.35, shape.axles[1]))])
        )


def _add_face(kit: Kit, shape: _Shape, old: bool) -> None:
    """Lamps, bumpers, grille, plates, mirrors, door handles."""
    nose, tail = shape.z[-1], shape.z[0]
    front, back = shape.half[-1], shape.half[0]
    lamp_y = shape.deck[-2] * 0.93
    for side in (-1, 1):
        x = side * (0.62 if old else front * 0.92)
        eye = shapes.move(
            shapes.sphere(0.115 if old else 0.10, 16),
            (x, 0.80 if old else lamp_y, nose - (0.38 if old else 0.10)),
            scale=(1.5 if not old else 1, 0.75 if not old else 1, 1),
        )
        kit.put("head_off", eye)
        kit.put("tail_off", bars([((side * back - 0.13, 0.70, tail - 0.02), (side * back + 0.09, 0.84, tail + 0.10))]))
        kit.put(
            "car_dark",
            shapes.move(
                shapes.sphere(0.09, 10),
                (side * (max(shape.half) + 0.09), shape.deck[3] + 0.06, shape.cabin[-1][0] - 0.25),
                scale=(1, 0.7, 0.5),
            ),
        )
        for z in (-0.35, 0.55):
            kit.put(
                "chrome",
                bars(
                    [
                        (
                            (side * max(shape.half) * 0.985 - 0.012, 0.80, z - 0.5),
                            (side * max(shape.half) * 0.985 + 0.012, 0.825, z - 0.32),
                        )
                    ]
                ),
            )
    bumper = "chrome" if old else "car_dark"
    kit.put(
        bumper,
        shapes.tube(
            [
                (-front - 0.12, 0.42, nose - 0.18),
                (-front * 0.6, 0.42, nose + 0.04),
                (front * 0.6, 0.42, nose + 0.04),
                (front + 0.12, 0.42, nose - 0.18),
            ],
            0.06,
            8,
        ),
    )
    kit.put(
        bumper,
        shapes.tube(
            [
                (back + 0.12, 0.45, tail + 0.16),
                (back * 0.6, 0.45, tail - 0.04),
                (-back * 0.6, 0.45, tail - 0.04),
                (-back - 0.12, 0.45, tail + 0.16),
            ],
            0.06,
            8,
        ),
    )
    kit.put(
        "chrome" if old else "car_dark",
        bars(
            [
                ((-front * 0.55, y, nose - 0.05), (front * 0.55, y + 0.02, nose + 0.02))
                for y in np.linspace(0.50, 0.66 if not old else 0.9, 6).tolist()
            ]
        ),
    )
    kit.put("plate", bars([((-0.24, 0.52, tail - 0.035), (0.24, 0.63, tail - 0.02))]))
