"""What goes along a wall between its doors: wainscot, rails, bands of paint, lockers, boards, pictures, radiators.

Everything is made in the wall's own frame.
"""

from __future__ import annotations

import numpy as np

from secondunit_engine.world import shapes
from secondunit_engine.world.interiors.dressing import Dressing
from secondunit_engine.world.interiors.room import Opening, Wall, along_x


def runs(wall: Wall, openings: list[Opening], margin: float = 0.09) -> list[tuple[float, float]]:
    """The stretches of a wall between openings that reach down to the floor, from x to x [m]."""
    doors = sorted((hole for hole in openings if hole.sill < 0.2), key=lambda hole: hole.middle)
    stops = [-wall.length / 2, *(x for door in doors for x in (door.low - margin, door.high + margin)), wall.length / 2]
    return [(a, b) for a, b in zip(stops[::2], stops[1::2], strict=True) if b - a > 0.1]


def add_wainscot(
    dressing: Dressing, wall: Wall, openings: list[Opening], height: float = 0.98, material: str = "wainscot"
) -> None:
    """Framed panels up to a cap rail."""
    cap = np.array([(0, height - 0.05), (0.02, height - 0.05), (0.045, height - 0.01), (0.045, height), (0, height)])
    bead = np.array([(0, 0.16), (0.028, 0.16), (0.022, 0.19), (0, 0.19)])
    for a, b in runs(wall, openings):
        parts = [shapes.box((a, 0.0, 0), (b, height - 0.05, 0.008)), along_x(cap, a, b), along_x(bead, a, b)]
        parts.append(shapes.soft_box((a, 0, 0), (b, 0.16, 0.026), 0.004))
        count = max(1, round((b - a) / 0.62))
        stiles = np.linspace(a, b, count + 1)
        half = 0.042
        for x in stiles.tolist():
            low, high = max(a, x - half), min(b, x + half)
            parts.append(shapes.soft_box((low, 0.18, 0.006), (high, height - 0.05, 0.022), 0.003))
        for y in (0.19, height - 0.13):
            parts.append(shapes.soft_box((a, y, 0.006), (b, y + 0.08, 0.022), 0.003))
        for x0, x1 in zip(stiles[:-1].tolist(), stiles[1:].tolist(), strict=True):  # raised fields
            if x1 - x0 > 0.25:
                field = (x0 + half + 0.04, 0.31, 0.004), (x1 - half - 0.04, height - 0.17, 0.016)
                parts.append(shapes.soft_box(*field, 0.007))
        dressing.add(material, [wall.put(part) for part in parts])


def add_band(
    dressing: Dressing,
    wall: Wall,
    openings: list[Opening],
    low: float,
    high: float,
    material: str,
    proud: float = 0.003,
) -> None:
    """A band of paint or a rail of this depth [m] between two heights."""
    for a, b in runs(wall, openings):
        dressing.add(material, wall.put(shapes.soft_box((a, low, 0), (b, high, proud), min(0.012, proud / 3))))


def add_handrail(dressing: Dressing, wall: Wall, openings: list[Opening], height: float, material: str) -> None:
    """A rounded rail on brackets, as hospitals have."""
    for a, b in runs(wall, openings, 0.14):
        rail = shapes.soft_box((a, height - 0.06, 0.045), (b, height + 0.06, 0.085), 0.018)
        feet = [
            shapes.box((x - 0.03, height - 0.03, 0), (x + 0.03, height + 0.03, 0.05))
            for x in np.arange(a + 0.2, b, 1.1).tolist()
        ]
        dressing.add(material, [wall.put(part) for part in (rail, *feet)])


def add_lockers(
    dressing: Dressing, wall: Wall, a: float, b: float, rng: np.random.Generator, depth: float = 0.36
) -> None:
    """Steel lockers from x to x, a few dented, a few ajar, with vents, latches and number plates."""
    width, high = 0.30, 1.82
    count = int((b - a) / width)
    body = shapes.box((a, 0.08, 0), (a + count * width, high, depth - 0.02))
    plinth = shapes.box((a, 0, 0), (a + count * width, 0.08, depth - 0.05))
    dressing.add("locker", wall.put(body))
    dressing.add("dark", wall.put(plinth))
    for k in range(count):
        x = a + k * width
        door = shapes.soft_box((0.003, 0.09, 0), (width - 0.003, high - 0.005, 0.018), 0.003)
        vents = [
            shapes.box((0.07, y, 0.017), (width - 0.07, y + 0.008, 0.0195))
            for y in (*np.arange(1.52, 1.68, 0.03), *np.arange(0.22, 0.34, 0.03))
        ]
        latch = shapes.soft_box((width - 0.075, 0.93, 0.018), (width - 0.04, 1.07, 0.03), 0.004)
        plate = shapes.box((0.11, 1.71, 0.0185), (0.19, 1.745, 0.020))
        swing = -float(rng.uniform(4, 22)) if rng.random() < 0.07 else 0.0
        for material, meshes in (("locker", [door]), ("dark", vents), ("metal", [latch]), ("paper", [plate])):
            at = (x, 0, depth - 0.02)
            dressing.add(material, [wall.put(shapes.move(mesh, at, swing)) for mesh in meshes])


def add_board(dressing: Dressing, wall: Wall, x: float, y: float, w: float, h: float, rng: np.random.Generator) -> None:
    """A cork board in a frame with sheets pinned on it; its lower left corner is at x, y."""
    dressing.add(
        "frame_wood", wall.put(shapes.soft_box((x - 0.03, y - 0.03, 0), (x + w + 0.03, y + h + 0.03, 0.022), 0.005))
    )
    dressing.add("cork", wall.put(shapes.box((x, y, 0.02), (x + w, y + h, 0.024))))
    for k in range(int(7 * w * h) + 2):
        sw, sh = (0.21, 0.297) if rng.random() < 0.7 else (0.30, 0.21)
        if sw > w - 0.06 or sh > h - 0.06:
            continue
        at = (
            float(rng.uniform(x + 0.02, x + w - sw - 0.02)),
            float(rng.uniform(y + 0.02, y + h - sh - 0.02)),
            0.024 + 0.0004 * k,
        )
        sheet = shapes.box((0, 0, 0), (sw, sh, 0.0012))
        tone = str(rng.choice(["paper", "paper", "paper_blue", "paper_yellow", "paper_pink"]))
        dressing.add(tone, wall.put(shapes.move(sheet, at)))
        lines = [
            shapes.box((0.02, yy, 0.0012), (0.02 + float(rng.uniform(0.4, 0.9)) * (sw - 0.04), yy + 0.005, 0.0016))
            for yy in np.arange(0.03, sh - 0.06, 0.018).tolist()
        ]
        lines.append(shapes.box((0.02, sh - 0.05, 0.0012), (sw * 0.7, sh - 0.025, 0.0016)))
        dressing.add("ink", [wall.put(shapes.move(line, at)) for line in lines])


def add_picture(
    dressing: Dressing, wall: Wall, x: float, y: float, w: float, h: float, rng: np.random.Generator
) -> None:
    """A framed picture with its middle at x, y: bands of land and sky and a mount."""
    x0, y0 = x - w / 2, y - h / 2
    rim = 0.035
    dressing.add("picture_frame", [
        wall.put(shapes.soft_box(low, high, 0.006)) for low, high in (
            ((x0, y0, 0), (x0 + w, y0 + rim, 0.03)), ((x0, y0 + h - rim, 0), (x0 + w, y0 + h, 0.03)),
            ((x0, y0, 0), (x0 + rim, y0 + h, 0.03)), ((x0 + w - rim, y0, 0), (x0 + w, y0 + h, 0.03)),
        )
    ])  # fmt: skip
    dressing.add("paper", wall.put(shapes.box((x0 + 0.01, y0 + 0.01, 0), (x0 + w - 0.01, y0 + h - 0.01, 0.012))))
    m = rim + 0.12 * min(w, h)
    left, right, low, high = x0 + m, x0 + w - m, y0 + m, y0 + h - m
    dressing.add("canvas_sky", wall.put(shapes.box((left, low, 0.012), (right, high, 0.014))))
    u = np.linspace(left, right, 24)
    for number, tone in enumerate(("canvas_far", "canvas_near")):
        level = low + (high - low) * (0.55 - 0.25 * number)
        ridge = level + (high - low) * 0.10 * np.interp(u, np.linspace(left, right, 7), rng.standard_normal(7))
        ridge = np.clip(ridge, low + 0.01, high)
        outline = np.concatenate([[(left, low), (right, low)], np.column_stack([u, ridge])[::-1]])
        dressing.add(tone, wall.put(shapes.move(shapes.extrude(outline, 0.001), (0, 0, 0.014 + 0.001 * number))))


def add_radiator(dressing: Dressing, wall: Wall, a: float, b: float, height: float = 0.62, low: float = 0.14) -> None:
    """A cast-iron radiator of columns from x to x."""
    places = np.arange(a + 0.03, b - 0.02, 0.058)
    column = shapes.soft_box((-0.021, low, 0.045), (0.021, low + height, 0.165), 0.018)
    dressing.add("radiator", wall.put(shapes.array(column, np.column_stack([places, 0 * places, 0 * places]))))
    pipes = [shapes.tube([(a, y, 0.105), (b, y, 0.105)], 0.017, 8) for y in (low + 0.05, low + height - 0.05)]
    feet = [shapes.box((x - 0.02, 0, 0.07), (x + 0.02, low + 0.03, 0.14)) for x in (a + 0.09, b - 0.09)]
    dressing.add("radiator", [wall.put(part) for part in (*pipes, *feet)])
