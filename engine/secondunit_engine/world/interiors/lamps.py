"""Lamps of rooms: their bodies as meshes by the name of their material, and what glows of them as a mesh of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from secondunit_engine.world import shapes
from secondunit_engine.world.interiors.dressing import Dressing
from secondunit_engine.world.mesh import RGB, Mesh

Parts = dict[str, Mesh]
PendantKind = Literal["dome", "globe", "cone", "school"]

# Radiances of lit lamps at night, linear Rec.709. Small bulbs must be bright to light a room.
BULB: Final[RGB] = (1250.0, 720.0, 300.0)
OPAL: Final[RGB] = (46.0, 30.0, 15.5)
TUBE: Final[RGB] = (40.0, 46.0, 43.0)
PANEL: Final[RGB] = (13.0, 13.6, 13.4)
STRIP: Final[RGB] = (130.0, 88.0, 46.0)
SODIUM: Final[RGB] = (620.0, 265.0, 48.0)


@dataclass(frozen=True)
class Lamp:
    """parts: The body. glow: What shines, to be merged with others of its kind."""

    parts: Parts
    glow: Mesh


def pendant(kind: PendantKind, drop: float, *, shade: str = "shade", inner: str = "shade_inner") -> Lamp:
    """A lamp that hangs from y = 0 by a cord `drop` [m] long, open below or an opal globe."""
    cord = shapes.tube([(0, 0, 0), (0, -drop, 0)], 0.0035, 6)
    rose = shapes.lathe([(0.05, -0.025), (0.05, 0), (0, 0)], 24)
    socket = shapes.lathe(
        [(0.022, -drop - 0.075), (0.024, -drop - 0.01), (0.008, -drop + 0.012), (0, -drop + 0.012)], 16
    )
    parts: Parts = {"handle": shapes.merge([cord, rose, socket])}
    if kind in ("globe", "school"):
        r = 0.115 if kind == "globe" else 0.16
        ball = shapes.sphere(r, 32)
        ball = shapes.move(ball, (0, -drop - 0.06 - r * 0.92, 0), 0, (1, 0.92 if kind == "globe" else 0.72, 1))
        return Lamp(parts, ball)
    profile = {
        "dome": [(0.19, -0.21), (0.188, -0.19), (0.16, -0.11), (0.10, -0.05), (0.04, -0.02), (0.03, 0.02), (0.0, 0.03)],
        "cone": [(0.22, -0.23), (0.05, -0.03), (0.035, 0.03), (0.0, 0.035)],
    }[kind]
    outer = shapes.lathe([(r, y - drop) for r, y in profile], 40)
    thin = shapes.move(outer, (0, -0.004, 0), 0, (0.985, 1, 0.985))
    lining = Mesh(thin.points, thin.triangles[:, ::-1], None if thin.normals is None else -thin.normals)
    parts |= {shade: outer, inner: lining}
    return Lamp(parts, shapes.move(shapes.sphere(0.042, 18), (0, -drop - 0.125, 0)))


def table_lamp(height: float = 0.55, *, base: str = "ceramic", shade: str = "lampshade") -> Lamp:
    """A turned base and a drum of cloth; the cloth does not glow, the bulb lights it from inside."""
    foot = shapes.lathe(
        np.array(
            [
                (0, 0),
                (0.075, 0),
                (0.075, 0.02),
                (0.05, 0.05),
                (0.095, 0.16),
                (0.085, 0.26),
                (0.03, 0.34),
                (0.012, 0.36),
                (0.012, 0.44),
                (0, 0.44),
            ]
        )
        * [1, height / 0.6],
        32,
    )
    drum = shapes.lathe([(0.17, height - 0.22), (0.13, height + 0.02)], 40)
    inside = Mesh(
        drum.points * np.array([0.985, 1, 0.985], np.float32),
        drum.triangles[:, ::-1],
        None if drum.normals is None else -drum.normals,
    )
    bulb = shapes.move(shapes.sphere(0.032, 16), (0, height - 0.10, 0))
    return Lamp({base: foot, shade: drum, "lampshade_inner": inside}, bulb)


def tube_fixture(length: float = 1.5, width: float = 0.16) -> Lamp:
    """A fluorescent batten of two tubes under a white tray, along x, hanging from y = 0."""
    tray = shapes.soft_box((-length / 2, -0.06, -width / 2), (length / 2, 0, width / 2), 0.01)
    tubes = [
        shapes.transform(
            shapes.cylinder(0.014, -length / 2 + 0.03, length / 2 - 0.03, 10),
            [[0, 1, 0, 0], [-1, 0, 0, -0.08], [0, 0, 1, z], [0, 0, 0, 1]],
        )
        for z in (-width * 0.28, width * 0.28)
    ]
    return Lamp({"fixture": tray}, shapes.merge(tubes))


def ceiling_panel(width: float = 0.6, length: float = 0.6) -> Lamp:
    """A flat panel flush with a ceiling at y = 0, facing down, in a thin frame."""
    x, z, e = width / 2, length / 2, 0.018
    frame = [
        shapes.box((-x, -0.008, -z), (x, 0, -z + e)), shapes.box((-x, -0.008, z - e), (x, 0, z)),
        shapes.box((-x, -0.008, -z + e), (-x + e, 0, z - e)), shapes.box((x - e, -0.008, -z + e), (x, 0, z - e)),
    ]  # fmt: skip
    y = -0.004
    face = shapes.quad((-x + e, y, -z + e), (x - e, y, -z + e), (x - e, y, z - e), (-x + e, y, z - e))
    return Lamp({"fixture": shapes.merge(frame)}, face)


def sconce(*, shade: str = "shade") -> Lamp:
    """A wall lamp in the wall's frame at y = 0: a brass arm and an opal tulip."""
    plate = shapes.stand_up(shapes.lathe([(0.05, 0), (0.05, 0.012), (0.02, 0.025), (0, 0.026)], 24))
    arm = shapes.tube([(0, 0, 0.02), (0, -0.04, 0.09), (0, -0.01, 0.15), (0, 0.05, 0.16)], 0.008, 8)
    cup = shapes.move(shapes.lathe([(0.012, 0), (0.03, 0.01), (0.032, 0.03), (0, 0.03)], 20), (0, 0.045, 0.16))
    tulip = shapes.lathe([(0.03, 0), (0.058, 0.05), (0.062, 0.10), (0.05, 0.15), (0.056, 0.17), (0, 0.15)], 28)
    return Lamp({"brass": shapes.merge([plate, arm, cup])}, shapes.move(tulip, (0, 0.07, 0.16)))


def high_bay() -> Lamp:
    """An industrial bell on a rod from y = 0."""
    rod = shapes.tube([(0, 0, 0), (0, -0.5, 0)], 0.012, 8)
    gear = shapes.cylinder(0.10, -0.78, -0.5, 24)
    bell = shapes.lathe([(0.30, -1.16), (0.29, -1.14), (0.22, -0.95), (0.12, -0.80), (0.10, -0.76)], 36)
    inside = Mesh(
        bell.points * np.array([0.98, 1, 0.98], np.float32),
        bell.triangles[:, ::-1],
        None if bell.normals is None else -bell.normals,
    )
    return Lamp(
        {"machine": shapes.merge([rod, gear, bell]), "shade_inner": inside},
        shapes.move(shapes.sphere(0.075, 18), (0, -1.03, 0), 0, (0.8, 1.3, 0.8)),
    )


def hang(dressing: Dressing, lamp: Lamp, at: tuple[float, float, float], turn: float = 0.0) -> Mesh:
    """Put a lamp's body into a dressing; returns its glowing part in place."""
    dressing.add_all(lamp.parts, at, turn)
    return shapes.move(lamp.glow, at, turn)
