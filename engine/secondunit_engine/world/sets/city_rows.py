"""Rows of buildings along a street and its side streets, the signs on them, and the towers behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from pxr import Usd

from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world import shapes, textures
from secondunit_engine.world.author import Material, Mesh, add_mesh
from secondunit_engine.world.kit import Kit, Palette, set_path
from secondunit_engine.world.sets.city_signs import NEON, arrow, blade, neon_line, screen, words_of
from secondunit_engine.world.sets.facades import BASE, Facade, build_facade, random_facade
from secondunit_engine.world.sets.shopfronts import build_ground_floor
from secondunit_engine.world.sets.street_ground import FRONT, HALF, blocks
from secondunit_engine.world.sets.urban_materials import Hour, glow
from secondunit_engine.world.street_textures import window_wall

_NEAR, _FAR = 30.0, 85.0  # m within which buildings have all their detail, and some


def add_rows(
    kit: Kit,
    palette: Palette,
    era: str,
    junctions: Sequence[float],
    reach: float,
    side: float,
    lit: float,
    rng: np.random.Generator,
) -> None:
    """Houses on both sides of the street and along the side streets."""
    set_back = FRONT - HALF
    for s in (-1, 1):
        for low, high in blocks(reach, junctions):
            low, high = low + set_back, high - set_back
            z = high
            while z - low > 4.0:
                width = float(rng.uniform(10.0, 17.0))
                if z - low - width < 8.0:
                    width = z - low
                if width > 24.0:
                    width /= 2
                distance = min(abs(z), abs(z - width), abs(z - width / 2))
                detail = 2 if distance < _NEAR else 1 if distance < _FAR else 0
                spec = random_facade(rng, width, era, lit, detail)
                at, turn = ((-FRONT, 0, z), 90.0) if s < 0 else ((FRONT, 0, z - width), -90.0)
                _add_house(kit, palette, spec, at, turn, rng)
                for end, corner in ((z, z >= high - 0.1), (z - width, z - width <= low + 0.1)):
                    if corner and abs(end) < 70:
                        _add_flank(kit, palette, spec, s, end, end >= high - 0.1, rng)
                z -= width
        for at in junctions:
            if abs(at) < 80:
                _side_street(kit, palette, era, s, at, side, lit, rng)


def _add_house(
    kit: Kit, palette: Palette, spec: Facade, at: tuple[float, float, float], turn: float, rng: np.random.Generator
) -> None:
    own = build_facade(spec, rng)
    build_ground_floor(own, palette, spec.wall, spec.width, rng, open_share=0.72, detail=spec.detail)
    kit.place(own, at, turn)


def _add_flank(
    kit: Kit, palette: Palette, spec: Facade, s: int, z: float, faces_near: bool, rng: np.random.Generator
) -> None:
    """The side of a corner house, which has windows on the side street too."""
    flank = replace(spec, width=spec.depth - 0.4, depth=0.4, escape=False, detail=min(1, spec.detail))
    own = build_facade(flank, rng)
    build_ground_floor(own, palette, spec.wall, flank.width, rng, open_share=0.5, detail=flank.detail)
    if faces_near:  # towards +Z
        at = (FRONT + 0.2 if s > 0 else -FRONT - spec.depth + 0.2, 0, z + 0.38)
        kit.place(own, at, 0.0)
    else:
        at = (FRONT + spec.depth - 0.2 if s > 0 else -FRONT - 0.2, 0, z - 0.38)
        kit.place(own, at, 180.0)


def _side_street(
    kit: Kit, palette: Palette, era: str, s: int, at: float, side: float, lit: float, rng: np.random.Generator
) -> None:
    """Fronts along a side street from behind the corner houses to its end, where a house closes it."""
    for toward in (-1, 1):  # the row on the far side faces +Z
        x = FRONT + 14.0
        while x < side - 4:
            width = float(rng.uniform(10, 16))
            spec = random_facade(rng, width, era, lit, 1 if x < 45 and abs(at) < 50 else 0)
            z = at + toward * FRONT
            if toward < 0:
                place, turn = ((s * x if s > 0 else s * x - width, 0, z), 0.0)
            else:
                place, turn = ((s * x + width if s > 0 else s * x, 0, z), 180.0)
            _add_house(kit, palette, spec, place, turn, rng)
            x += width
    spec = random_facade(rng, 2 * FRONT + 6, era, lit, 0)
    place = (s * side, 0, at + FRONT + 3) if s < 0 else (s * side, 0, at - FRONT - 3)
    _add_house(kit, palette, spec, place, 90.0 if s < 0 else -90.0, rng)


def add_signs(kit: Kit, era: str, junctions: Sequence[float], rng: np.random.Generator) -> None:
    """Neon on the fronts: blades over the pavement, words and arrows; the future hangs screens as well."""
    colors, words = list(NEON), words_of(era)
    count = {"present": 22, "future": 34}.get(era, 20)
    taken: list[tuple[int, float]] = []
    for _ in range(count * 3):
        s, z = int(rng.choice([-1, 1])), float(rng.uniform(-75, 34))
        crossing = min(abs(z - j) for j in junctions) < FRONT + 1.0
        if crossing or any(s == t and abs(z - at) < 3.2 for t, at in taken) or len(taken) >= count:
            continue
        taken.append((s, z))
        color, word = colors[int(rng.integers(len(colors)))], str(rng.choice(words))
        turn = 90.0 if s < 0 else -90.0
        kind = rng.random()
        if kind < 0.62:
            tall = float(rng.uniform(0.6, 1.05)) * (len(word) + 0.6)
            kit.place(blade(word, tall, color), (s * FRONT, float(rng.uniform(3.9, 5.2)), z), turn)
        elif kind < 0.88:
            kit.place(neon_line(word, float(rng.uniform(0.45, 0.8)), color), (s * FRONT, BASE + 0.32, z), turn)
        else:
            kit.place(arrow(color), (s * FRONT, BASE + 0.6, z), turn)
    if era == "future":
        for _ in range(9):
            s, z, y = int(rng.choice([-1, 1])), float(rng.uniform(-80, 20)), float(rng.uniform(6.0, 13.0))
            w, h = float(rng.uniform(2.4, 4.5)), float(rng.uniform(4.5, 8.0))
            panel = Kit()
            panel.put("screen", shapes.quad((-w / 2, 0, 0.16), (w / 2, 0, 0.16), (w / 2, h, 0.16), (-w / 2, h, 0.16)))
            panel.put("sign_box", shapes.box((-w / 2 - 0.1, -0.1, 0), (w / 2 + 0.1, h + 0.1, 0.15)))
            kit.place(panel, (s * FRONT, y, z), 90.0 if s < 0 else -90.0)


def screen_material(folder: Path, plan: SetPlan, hour: Hour) -> Material:
    picture = textures.write_color(folder, "screen", screen(plan.seed))
    return Material(
        "screen", base=(0.01, 0.01, 0.01), emission=glow((1, 1, 1), 0.5, 1.6, hour), emission_texture=picture
    )


def add_towers(
    stage: Usd.Stage, folder: Path, plan: SetPlan, hour: Hour, rng: np.random.Generator, clear: float = 26.0
) -> None:
    """High buildings from `clear` metres beside the street on and at both its ends, with windows in their texture."""
    albedo, light = window_wall(plan.seed + 61, 0.30)
    tower = Material(
        "tower",
        base_texture=textures.write_color(folder, "tower", albedo),
        roughness=0.35,
        emission=glow((1, 1, 1), 0.02, 0.7, hour),
        emission_texture=textures.write_color(folder, "tower_light", light),
    )
    tall = {"present": (22.0, 85.0), "future": (60.0, 190.0)}.get(plan.era, (18.0, 55.0))
    parts: list[Mesh] = []
    for _ in range(70):
        s = int(rng.choice([-1, 1]))
        x, z = s * float(rng.uniform(clear, clear + 124)), float(rng.uniform(-300, 280))
        h = min(float(rng.uniform(*tall)), tall[1] / 85 * (8 + 0.75 * abs(x)))  # low in front, high behind
        parts.append(_tower(x, z, float(rng.uniform(12, 26)), float(rng.uniform(12, 26)), h, rng))
    for end in (-1, 1):  # what closes the vista
        for x in (-34.0, -13.0, 9.0, 31.0):
            parts.append(
                _tower(x, end * float(rng.uniform(276, 300)), 22.0, 20.0, float(rng.uniform(0.5, 1.15)) * tall[1], rng)
            )
    add_mesh(stage, set_path("Towers"), shapes.merge(parts), tower, light_group="windows", sampling_weight=0.02)


def _tower(x: float, z: float, w: float, d: float, h: float, rng: np.random.Generator) -> Mesh:
    """A box whose sides show the window texture, 3.4 m a storey, from a random window on; its roof shows wall."""
    mesh = shapes.box((x - w / 2, 0, z - d / 2), (x + w / 2, h, z + d / 2))
    assert mesh.uvs is not None
    assert mesh.normals is not None
    uvs = np.floor(rng.random(2) * 16) / 16 + mesh.uvs / np.float32(16 * 3.4)
    uvs = np.where(np.abs(mesh.normals[:, 1:2]) > 0.5, np.float32(0.002), uvs)
    return Mesh(mesh.points, mesh.triangles, mesh.normals, uvs.astype(np.float32))
