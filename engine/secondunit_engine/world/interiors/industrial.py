"""Steel halls and what fills them: portal frames, a roof with lights, racks and their loads, a forklift, a hoist.

Parts are kits about their own foot, Y up, in metres. Painted things take their colours from the palette of `paint`;
`cladding` keeps texture coordinates in metres.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from secondunit_engine.world import shapes
from secondunit_engine.world.kit import Kit, Palette, bars
from secondunit_engine.world.mesh import RGB, Mesh
from secondunit_engine.world.trim import beam

STEEL: Final[RGB] = (0.13, 0.15, 0.16)
YELLOW: Final[RGB] = (0.62, 0.36, 0.02)
ORANGE: Final[RGB] = (0.52, 0.13, 0.015)
BLUE: Final[RGB] = (0.02, 0.075, 0.22)
_CARTONS: Final[tuple[RGB, ...]] = ((0.36, 0.24, 0.13), (0.31, 0.205, 0.11), (0.42, 0.31, 0.19), (0.50, 0.48, 0.44))
_DRUMS: Final[tuple[RGB, ...]] = ((0.02, 0.07, 0.20), (0.26, 0.02, 0.015), (0.03, 0.12, 0.06), (0.45, 0.30, 0.02))
PINE: Final[RGB] = (0.30, 0.205, 0.115)
_WRAP: Final[RGB] = (0.46, 0.50, 0.52)


@dataclass(frozen=True)
class Shed:
    """A hall with a pitched roof [m]: half its width, its near and far ends, heights of eaves and ridge, and how far
    its frames stand apart."""

    half: float
    near: float
    far: float
    eaves: float
    ridge: float
    bay: float = 6.0

    @property
    def frames(self) -> tuple[float, ...]:
        count = round((self.near - self.far) / self.bay)
        return tuple(np.linspace(self.near, self.far, count + 1).tolist())

    def on_roof(self, side: int, share: float, z: float, below: float = 0.0) -> tuple[float, float, float]:
        """A point `below` the slope on one side (-1 or 1), at a share of the way from eaves to ridge."""
        return side * self.half * (1 - share), self.eaves + (self.ridge - self.eaves) * share - below, z


def frame(shed: Shed, palette: Palette) -> Kit:
    """One portal frame in the plane z = 0: columns, rafters, a lattice of tie, posts and braces."""
    kit = Kit()
    parts: list[Mesh] = []
    for side in (-1, 1):
        x = side * (shed.half - 0.2)
        flanges = [((x - 0.17, 0, z - 0.012), (x + 0.17, shed.eaves, z + 0.012)) for z in (-0.10, 0.10)]
        low, high = sorted((x - 0.17, x - 0.145)), sorted((x + 0.145, x + 0.17))
        flanges += [((a, 0, -0.11), (b, shed.eaves, 0.11)) for a, b in (low, high)]
        parts.append(bars([*flanges, ((x - 0.24, 0, -0.18), (x + 0.24, 0.03, 0.18))]))
        eave, ridge = (np.array(shed.on_roof(side, share, 0.0, 0.2)) for share in (0.0, 1.0))
        parts.append(beam(eave, ridge, 0.2, 0.28))
        for k in range(6):
            top = np.array(shed.on_roof(side, k / 6, 0.0, 0.3))
            foot = np.array([side * shed.half * (1 - k / 6), shed.eaves - 0.15, 0.0])
            nearer = np.array([side * shed.half * (1 - (k + 1) / 6), shed.eaves - 0.15, 0.0])
            if k:
                parts.append(beam(foot, top, 0.06, 0.06, (0, 0, 1)))
            parts.append(beam(top, nearer, 0.05, 0.05, (0, 0, 1)))
    tie = shed.half - 0.3
    parts.append(bars([((-tie, shed.eaves - 0.2, -0.05), (tie, shed.eaves - 0.1, 0.05))]))
    kit.put("paint", palette.paint(shapes.merge(parts), STEEL))
    return kit


def roof(shed: Shed, palette: Palette, lights: tuple[float, float], width: float) -> tuple[Kit, dict[int, list[Mesh]]]:
    """Cladding with a light in each bay of each slope, from one share of the slope to the other and `width` metres
    along, and the purlins; the lights' panes by side (-1, 1), facing down."""
    kit = Kit()
    panes: dict[int, list[Mesh]] = {-1: [], 1: []}
    frames = shed.frames
    for side in (-1, 1):
        for first, last in pairwise(frames):
            middle = (first + last) / 2
            start, end = middle + width / 2, middle - width / 2
            for low, high, a, b in ((0.0, lights[0], first, last), (lights[1], 1.0, first, last),
                                    (*lights, first, start), (*lights, end, last)):  # fmt: skip
                kit.put("cladding", _sheet(shed, side, low, high, a, b))
            panes[side].append(_sheet(shed, side, *lights, start, end))
        for share in np.linspace(0.03, 0.97, 9).tolist():
            ends = [np.array(shed.on_roof(side, share, z, 0.07)) for z in (shed.near, shed.far)]
            kit.put("paint", palette.paint(beam(ends[0], ends[1], 0.06, 0.12), STEEL))
    return kit, panes


def _sheet(shed: Shed, side: int, low: float, high: float, near: float, far: float) -> Mesh:
    """A piece of one slope between two shares of it and two ends, facing down; u runs along the hall."""
    corners = [shed.on_roof(side, share, z) for share, z in ((low, near), (low, far), (high, far), (high, near))]
    flat = shapes.quad(*(corners if side < 0 else corners[::-1]))
    slope = float(np.hypot(shed.half, shed.ridge - shed.eaves))
    along = (shed.half - np.abs(flat.points[:, 0])) / shed.half * slope
    uvs = np.column_stack([flat.points[:, 2], along]).astype(np.float32)
    return Mesh(flat.points, flat.triangles, flat.normals, uvs)


def racking(palette: Palette, bays: int, levels: tuple[float, ...], length: float = 2.7, depth: float = 1.1) -> Kit:
    """Pallet racks of so many bays along -Z from z = 0, between x = 0 and `depth`: braced uprights, beams by level."""
    kit = Kit()
    top = levels[-1] + 1.3
    posts, braces, rails = [], [], []
    for k in range(bays + 1):
        z = -k * length
        posts += [((x - 0.045, 0, z - 0.05), (x + 0.045, top, z + 0.05)) for x in (0.05, depth - 0.05)]
        posts += [((x - 0.09, 0, z - 0.08), (x + 0.09, 0.012, z + 0.08)) for x in (0.05, depth - 0.05)]
        for n, y in enumerate(np.arange(0.3, top - 0.8, 0.8).tolist()):
            ends = (0.05, depth - 0.05) if n % 2 else (depth - 0.05, 0.05)
            braces.append(beam((ends[0], y, z), (ends[1], y + 0.8, z), 0.03, 0.03, (0, 0, 1)))
    for level in levels:
        rails += [((x - 0.025, level - 0.12, -bays * length), (x + 0.025, level, 0)) for x in (0.05, depth - 0.05)]
    guards = [((-0.10, 0, -k * length - 0.06), (0.0, 0.4, -k * length + 0.06)) for k in range(bays + 1)]
    kit.put("paint", palette.paint(shapes.merge([bars(posts), *braces]), BLUE), palette.paint(bars(rails), ORANGE))
    kit.put("paint", palette.paint(bars(guards), YELLOW))
    return kit


def pallet() -> Mesh:
    """A flat pallet, 1.2 by 1.0 m, 0.144 high, its middle at the origin."""
    tops = [((-0.6, 0.122, z), (0.6, 0.144, z + 0.10)) for z in np.linspace(-0.5, 0.4, 7).tolist()]
    spots = [(x, z) for x in (-0.53, 0, 0.53) for z in (-0.43, 0, 0.43)]
    blocks = [((x - 0.05, 0.022, z - 0.07), (x + 0.05, 0.122, z + 0.07)) for x, z in spots]
    feet = [((x - 0.05, 0, -0.5), (x + 0.05, 0.022, 0.5)) for x in (-0.53, 0, 0.53)]
    return bars([*tops, *blocks, *feet])


def load(palette: Palette, rng: np.random.Generator, height: float) -> Kit:
    """A loaded pallet up to about `height` [m]: cartons in courses with tape and labels, a crate, drums, or a stack in
    stretched film."""
    kit = Kit()
    kit.put("paint", palette.paint(pallet(), PINE))
    kind = int(rng.choice(4, p=[0.5, 0.2, 0.14, 0.16]))
    if kind == 2:
        drum = shapes.lathe([[0, 0], [0.285, 0], [0.29, 0.02], [0.28, 0.28], [0.292, 0.30], [0.28, 0.32], [0.28, 0.57],
            [0.292, 0.59], [0.28, 0.61], [0.29, 0.87], [0.285, 0.88], [0.27, 0.87], [0, 0.87]], 20)  # fmt: skip
        color = _DRUMS[int(rng.integers(len(_DRUMS)))]
        places = [(x, 0.144, z) for x in (-0.29, 0.29) for z in (-0.24, 0.24)]
        kit.put("gloss", palette.paint(shapes.array(drum, places), color))
        return kit
    if kind == 1:
        _crate(kit, palette, min(height, float(rng.uniform(0.6, 1.0))))
        return kit
    across, along = ((2, 2), (3, 2), (2, 3), (3, 3))[int(rng.integers(4))]
    w, d, h = 1.14 / across, 0.94 / along, float(rng.uniform(0.22, 0.42))
    courses = max(1, int((height - 0.15) * float(rng.uniform(0.55, 1.0)) / h))
    color = _WRAP if kind == 3 else _CARTONS[int(rng.integers(len(_CARTONS)))]
    boxes, tapes, labels = [], [], []
    for n in range(courses):
        y = 0.146 + n * h
        for i in range(across):
            for j in range(along):
                if n == courses - 1 and kind == 0 and rng.random() < 0.22:
                    continue
                slip = rng.normal(0, 0.004, 2)
                left, back = -0.565 + i * w + float(slip[0]), -0.465 + j * d + float(slip[1])
                right, front, top = left + w - 0.01, back + d - 0.01, y + h - 0.004
                boxes.append(((left, y, back), (right, top, front)))
                x, z = (left + right) / 2, (back + front) / 2
                tapes.append(((x - 0.03, y, back - 0.002), (x + 0.03, top + 0.002, front + 0.002)))
                if rng.random() < 0.6:
                    labels.append(((left - 0.002, y + 0.05, z - 0.07), (right + 0.002, y + 0.15, z + 0.05)))
    kit.put("gloss" if kind == 3 else "paint", palette.paint(bars(boxes), color))
    if kind == 0:
        r, g, b = color
        kit.put("gloss", palette.paint(bars(tapes), (0.8 * r, 0.68 * g, 0.5 * b)))
        kit.put("paint", palette.paint(bars(labels or tapes[:1]), (0.62, 0.61, 0.57)))
    return kit


def _crate(kit: Kit, palette: Palette, height: float) -> None:
    """A boarded crate with battens on its corners and a brace across each side."""
    y, top = 0.146, 0.146 + height
    rows = np.arange(y, top - 0.02, 0.125).tolist()
    boards = [((-0.55, a, -0.45), (0.55, min(a + 0.115, top), 0.45)) for a in rows]
    battens = [((x - 0.05, y, z - 0.02), (x + 0.05, top, z + 0.02)) for x in (-0.51, 0.51) for z in (-0.46, 0.46)]
    battens += [((x - 0.02, y, z - 0.05), (x + 0.02, top, z + 0.05)) for x in (-0.56, 0.56) for z in (-0.42, 0.42)]
    braces = [beam((x, y + 0.05, -0.38), (x, top - 0.05, 0.38), 0.02, 0.08) for x in (-0.565, 0.565)]
    kit.put("paint", palette.paint(bars(boards), (0.27, 0.18, 0.095)))
    kit.put("paint", palette.paint(shapes.merge([bars(battens), *braces]), (0.33, 0.225, 0.125)))


def forklift(palette: Palette) -> Kit:
    """A counterbalanced truck, its forks to +Z and down: mast, guard over the seat, wheels."""
    kit = Kit()
    body = [
        shapes.soft_box((-0.55, 0.28, -1.35), (0.55, 1.02, -0.55), 0.10),
        shapes.soft_box((-0.52, 0.26, -0.6), (0.52, 0.52, 0.62), 0.04),
        shapes.soft_box((-0.5, 0.5, -0.6), (0.5, 0.86, -0.1), 0.05),
        shapes.soft_box((-0.5, 0.5, 0.42), (0.5, 0.98, 0.62), 0.06),
    ]
    kit.put("gloss", palette.paint(shapes.merge(body), YELLOW))
    dark = [
        shapes.soft_box((-0.24, 0.86, -0.55), (0.24, 0.98, -0.1), 0.05),
        shapes.soft_box((-0.24, 0.95, -0.62), (0.24, 1.5, -0.5), 0.05),
    ]
    profile = [[0, -0.11], [0.2, -0.11], [0.30, -0.09], [0.31, 0], [0.30, 0.09], [0.2, 0.11], [0, 0.11]]
    wheel = shapes.move(shapes.stand_up(shapes.lathe(profile, 24)), (0, 0, 0), 90)
    dark += [shapes.move(wheel, (x, 0.31, z)) for x in (-0.47, 0.47) for z in (-0.95, 0.45)]
    cage = [((x - 0.03, 0.95, z - 0.03), (x + 0.03, 2.12, z + 0.03)) for x in (-0.48, 0.48) for z in (-0.68, 0.5)]
    cage += [((-0.51, 2.1, z - 0.02), (0.51, 2.14, z + 0.02)) for z in np.linspace(-0.7, 0.52, 7).tolist()]
    mast = [((x - 0.05, 0.08, 0.66), (x + 0.05, 2.25, 0.78)) for x in (-0.36, 0.36)]
    mast += [((-0.36, y, 0.68), (0.36, y + 0.08, 0.74)) for y in (0.3, 1.2, 2.15)]
    mast += [((x - 0.06, 0.06, 0.80), (x + 0.06, 0.10, 1.95)) for x in (-0.28, 0.28)]
    mast += [((x - 0.06, 0.06, 0.78), (x + 0.06, 0.62, 0.83)) for x in (-0.28, 0.28)]
    mast += [((-0.5, y, 0.76), (0.5, y + 0.09, 0.80)) for y in (0.2, 0.55)]
    mast += [((x - 0.015, 0.6, 0.77), (x + 0.015, 1.25, 0.79)) for x in np.linspace(-0.48, 0.48, 6).tolist()]
    lever = [beam((0.0, 0.9, 0.45), (0.0, 1.2, 0.2), 0.03, 0.03)]
    kit.put("paint", palette.paint(shapes.merge([*dark, bars(cage), bars(mast), *lever]), (0.022, 0.022, 0.024)))
    return kit


def chain(length: float, link: float = 0.07) -> Mesh:
    """A chain that hangs from y = 0, its links turned in turns."""
    t = np.linspace(0, 2 * np.pi, 13)
    bend = np.column_stack([0.30 * link * np.cos(t), 0.5 * link * np.sin(t), 0 * t])
    one = shapes.tube(bend, 0.11 * link, 5)
    count = int(length / (0.74 * link))
    places = np.column_stack([np.zeros(count), -0.74 * link * (np.arange(count) + 0.5), np.zeros(count)])
    return shapes.array(one, places, 90.0 * (np.arange(count) % 2))


def hoist(palette: Palette, span: float, drop: float) -> Kit:
    """A travelling crane's girder along X at y = 0, its trolley, and a hook on chains."""
    kit = Kit()
    x = span / 2
    girder = [((-x, -0.02, -0.09), (x, 0.0, 0.09)), ((-x, -0.45, -0.02), (x, -0.02, 0.02))]
    girder.append(((-x, -0.47, -0.09), (x, -0.45, 0.09)))
    kit.put("gloss", palette.paint(bars(girder), YELLOW))
    trolley = [
        shapes.soft_box((-0.35, -0.85, -0.2), (0.35, -0.5, 0.2), 0.04),
        shapes.soft_box((-0.6, -0.8, -0.14), (-0.33, -0.56, 0.14), 0.03),
    ]
    kit.put("gloss", palette.paint(shapes.merge(trolley), (0.30, 0.03, 0.02)))
    bend = np.array([(0, 0), (0, -0.12), (0.07, -0.2), (0.03, -0.29), (-0.06, -0.25), (-0.07, -0.2)])
    path = np.column_stack([bend[:, 0], bend[:, 1] - drop, 0 * bend[:, 0]])
    hook = shapes.tube(path, [0.03, 0.03, 0.028, 0.024, 0.018, 0.008], 8)
    block = shapes.soft_box((-0.11, -drop - 0.02, -0.06), (0.11, -drop + 0.2, 0.06), 0.03)
    kit.put("steel", hook, *(shapes.move(chain(drop - 0.9), (x, -0.82, 0)) for x in (-0.07, 0.07)))
    kit.put("gloss", palette.paint(block, YELLOW))
    kit.put("steel", shapes.move(chain(drop + 0.6, 0.04), (-0.5, -0.75, 0.05)))
    return kit


def roller_door(width: float, height: float, opened: float) -> Kit:
    """A door of slats in the plane z = 0, `opened` metres over the floor, with guides and the drum's box; it faces
    +Z. Material: `slats`."""
    kit = Kit()
    levels = np.arange(opened, height, 0.10).tolist()
    slats = [((-width / 2, y, -0.015), (width / 2, min(y + 0.1, height), 0.012)) for y in levels]
    kit.put("slats", bars(slats))
    guides = [((x - 0.08, 0, -0.08), (x + 0.08, height + 0.1, 0.08)) for x in (-width / 2 - 0.05, width / 2 + 0.05)]
    drum = ((-width / 2 - 0.2, height, -0.1), (width / 2 + 0.2, height + 0.55, 0.45))
    kit.put("steel", bars([*guides, drum]))
    return kit


def workbench(palette: Palette, rng: np.random.Generator, length: float = 2.4) -> Kit:
    """A bench against the wall at z = 0, drawers under it, a board of tools over it, a vice and tins on it."""
    kit = Kit()
    x = length / 2
    kit.put("paint", palette.paint(bars([((-x, 0.84, 0), (x, 0.90, 0.7))]), (0.20, 0.13, 0.07)))
    legs = [((a - 0.04, 0, z - 0.04), (a + 0.04, 0.84, z + 0.04)) for a in (-x + 0.06, x - 0.06) for z in (0.06, 0.62)]
    kit.put("paint", palette.paint(bars(legs), STEEL))
    kit.put(
        "gloss",
        palette.paint(shapes.soft_box((-x + 0.15, 0.12, 0.05), (-x + 0.85, 0.82, 0.66), 0.02), (0.30, 0.02, 0.015)),
    )
    fronts = [((-x + 0.18, y, 0.66), (-x + 0.82, y + 0.11, 0.672)) for y in np.arange(0.16, 0.78, 0.13).tolist()]
    kit.put("steel", bars(fronts))
    kit.put("paint", palette.paint(bars([((-x, 1.05, 0), (x, 2.05, 0.025))]), (0.11, 0.12, 0.12)))
    tools = []
    for at in np.arange(-x + 0.15, x - 0.1, 0.16).tolist():
        long = float(rng.uniform(0.14, 0.42))
        top = float(rng.choice([1.95, 1.48]))
        tools += [
            ((at - 0.012, top - long, 0.025), (at + 0.012, top, 0.045)),
            ((at - 0.03, top - 0.07, 0.025), (at + 0.03, top, 0.05)),
        ]
    kit.put("steel", bars(tools))
    kit.put("steel", shapes.move(shapes.soft_box((-0.08, 0, -0.12), (0.08, 0.18, 0.16), 0.02), (x - 0.4, 0.9, 0.45)))
    tin = shapes.cylinder(0.07, 0, 0.17, 16)
    for at in np.sort(rng.uniform(-x + 0.2, x - 0.7, 5)).tolist():
        color = _DRUMS[int(rng.integers(len(_DRUMS)))]
        kit.put("gloss", palette.paint(shapes.move(tin, (at, 0.9, float(rng.uniform(0.15, 0.3)))), color))
    return kit


def tyres(count: int) -> Kit:
    """A stack of tyres."""
    kit = Kit()
    one = shapes.lathe(
        [[0.19, 0.02], [0.24, 0.0], [0.31, 0.02], [0.325, 0.1], [0.31, 0.18], [0.24, 0.2], [0.19, 0.18]], 28
    )
    kit.put("rubber", shapes.array(one, [(0.012 * (-1) ** k, 0.2 * k, 0.01 * (k % 3)) for k in range(count)]))
    return kit
