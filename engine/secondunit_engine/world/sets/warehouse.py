"""A steel hall under roof lights: a warehouse of racks and pallets, or a workshop with cars, by the seed.

The hero stands at the origin on the aisle between the racks and faces +Z; the roller door lies at the far end, towards
-Z, half up, with the day behind it. Light groups: `sun`, `sky`, `practicals`. The seed deals the loads, the cars and
their colours, and which lamps are dead; `wear` dirties the floor and rusts the sheets.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
from pxr import Usd

from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world import shapes, textures
from secondunit_engine.world import stage as names
from secondunit_engine.world.air import Glow, add_air
from secondunit_engine.world.author import RGB, Material, add_mark, add_mesh, facing, look_at, new_layer
from secondunit_engine.world.interiors import finishes, industrial, lamps
from secondunit_engine.world.interiors.daylight import Daylight, add_daylight, daylight
from secondunit_engine.world.interiors.industrial import Shed
from secondunit_engine.world.kit import Kit, Palette, bars
from secondunit_engine.world.mesh import Mesh, scaled
from secondunit_engine.world.props.parked_car import COLORS, parked_car
from secondunit_engine.world.stage import camera_mark

_SUN: Final = 108.0  # bearing about +Y [degrees]
_LIGHTS: Final = (0.30, 0.72)  # of a roof's slope, where its lights begin and end
_DOOR: Final = (5.2, 4.6)  # m
_LEVELS: Final = (0.0, 1.75, 3.5, 5.2)
_TILES: Final = {"floor": 4.0, "cladding": 1.0, "blocks": 1.6, "slats": 1.0}
_CAMERAS: Final[dict[str, tuple[RGB, RGB]]] = {
    "EWS": ((1.3, 1.9, 10.4), (-0.4, 2.9, -8.0)),
    "WS": ((0.95, 1.40, 6.6), (-0.35, 2.15, -6.0)),
    "FS": ((0.75, 1.25, 4.4), (0.0, 1.1, 0.0)),
    "MFS": ((0.62, 1.40, 3.1), (0.02, 1.22, 0.0)),
    "MS": ((0.46, 1.52, 2.15), (0.02, 1.38, 0.0)),
    "MCU": ((0.36, 1.57, 1.5), (0.02, 1.49, 0.0)),
    "CU": ((0.30, 1.58, 1.42), (0.01, 1.52, 0.03)),
    "ECU": ((0.26, 1.57, 1.20), (0.01, 1.54, 0.05)),
}


@dataclass(frozen=True)
class _Kind:
    """A hall, the colours of its sheets and blocks, and how rusty it is."""

    name: str
    shed: Shed
    sheets: RGB
    blocks: RGB
    rust: float


_KINDS: Final = (
    _Kind("warehouse", Shed(11.0, 12.0, -30.0, 7.6, 10.0), (0.34, 0.37, 0.38), (0.30, 0.29, 0.27), 0.25),
    _Kind("workshop", Shed(8.5, 12.0, -18.0, 5.6, 7.8), (0.24, 0.30, 0.28), (0.33, 0.17, 0.115), 0.5),
)


def build_warehouse(plan: SetPlan, folder: Path) -> None:
    """Write folder/set.usdc and folder/textures."""
    rng = np.random.Generator(np.random.PCG64([plan.seed, 37]))
    kind = _KINDS[plan.seed % len(_KINDS)]
    light = daylight(plan)
    light = replace(light, rise=min(56.0, 1.3 * light.rise))
    stage = new_layer(folder / "set.usdc")
    kit, palette = Kit(), Palette()
    _add_shell(stage, kit, palette, kind, light)
    (_fill_warehouse if kind.name == "warehouse" else _fill_workshop)(kit, palette, kind.shed, rng)
    _add_floor_marks(kit, palette, kind, plan)
    _add_lamps(stage, kit, palette, kind, light, rng)
    kit.write(stage, names.SET, _materials(plan, folder, kind, palette), _TILES)
    shed = kind.shed
    low, high = (-shed.half + 2, 0.2, shed.far + 4), (shed.half - 2, 5.5, shed.near - 3)
    add_daylight(stage, light, _SUN, low, high, dust=0.4, sky_gain=0.3, motes=600)
    add_air(stage, "LampGlow", Glow("practicals", 0.00020))
    _add_marks(stage)
    stage.GetRootLayer().Save()


def _materials(plan: SetPlan, folder: Path, kind: _Kind, palette: Palette) -> dict[str, Material]:
    s, wear = plan.seed % 100_000 * 47, plan.wear
    rust = min(1.0, kind.rust + 0.6 * (wear - 0.4))
    slab = finishes.concrete(s + 1, (0.20, 0.195, 0.185), wear=min(1.0, 0.35 + wear), gloss=0.40)
    blocks = textures.stone_blocks(s + 3, kind.blocks, 512, 8, 4, wear)
    made = [
        textures.textured(folder, "floor", slab, 0.004),
        textures.textured(folder, "cladding", finishes.corrugated(s + 2, kind.sheets, rust=rust), 0.03),
        textures.textured(folder, "blocks", blocks, 0.008),
        replace(palette.material(folder, "paint", 0.62), name="paint"),
        replace(palette.material(folder, "gloss", 0.26, 0.3), name="gloss"),
        replace(palette.material(folder, "lacquer", 0.22, 1.0), name="lacquer"),
        Material("slats", base=(0.42, 0.43, 0.43), roughness=0.38, metallic=0.7),
        Material("steel", base=(0.30, 0.30, 0.31), roughness=0.36, metallic=0.9),
        Material("rubber", base=(0.022, 0.022, 0.023), roughness=0.8),
        Material("puddle", base=(0.055, 0.053, 0.050), roughness=0.04, specular=0.7),
        Material("machine", base=(0.05, 0.055, 0.06), roughness=0.4),
        Material("shade_inner", base=(0.62, 0.60, 0.56), roughness=0.4),
        Material("bulb_off", base=(0.4, 0.4, 0.38), roughness=0.2),
        Material("car_glass", base=(0.015, 0.02, 0.022), roughness=0.04, specular=0.8),
        Material("chrome", base=(0.6, 0.6, 0.61), roughness=0.12, metallic=1.0),
        Material("tyre", base=(0.022, 0.022, 0.023), roughness=0.8),
        Material("rim", base=(0.4, 0.4, 0.41), roughness=0.3, metallic=0.9),
        Material("car_dark", base=(0.015, 0.015, 0.016), roughness=0.6),
        Material("head_off", base=(0.5, 0.52, 0.54), roughness=0.08, clearcoat=1.0),
        Material("plate", base=(0.55, 0.54, 0.48), roughness=0.5),
        Material("tail_off", base=(0.22, 0.012, 0.01), roughness=0.15, clearcoat=1.0),
    ]
    return {material.name: material for material in made}


def _add_shell(stage: Usd.Stage, kit: Kit, palette: Palette, kind: _Kind, light: Daylight) -> None:
    """Frames, a roof whose lights let the sun in on its side, walls of blocks and sheets, the door and the yard."""
    shed = kind.shed
    portal = industrial.frame(shed, palette)
    kit.array(portal, [(0, 0, z) for z in shed.frames])
    cover, panes = industrial.roof(shed, palette, _LIGHTS, 1.7)
    kit.place(cover, (0, 0, 0))
    pane = scaled(light.horizon, 0.9)
    for side, name, gain, weight, opacity in ((-1, "ShadyLights", 1.5, 2.5, 1.0), (1, "SunnyLights", 0.8, 0.1, 0.0)):
        material = Material(f"pane_{name.lower()}", base=(0, 0, 0), emission=scaled(pane, gain), opacity=opacity)
        mesh = shapes.merge(panes[side])
        add_mesh(stage, f"{names.SET}/{name}", mesh, material, light_group="sky", sampling_weight=weight)
    kit.put("floor", _box((-shed.half - 0.3, -0.2, shed.far - 7), (shed.half + 0.3, 0, shed.near + 0.3)))
    dado = 1.3
    for low, high, material in ((0.0, dado, "blocks"), (dado, shed.ridge, "cladding")):
        out = 0.12 if material == "blocks" else 0.0
        for side in (-1, 1):
            a, b = sorted((side * (shed.half - out), side * (shed.half + 0.3)))
            top = min(high, shed.eaves)
            kit.put(material, _box((a, low, shed.far - 0.3), (b, top, shed.near + 0.3)))
        kit.put(material, _box((-shed.half, low, shed.near - out), (shed.half, high, shed.near + 0.3)))
        half, door = shed.half, _DOOR[0] / 2
        for a, b in ((-half, -door), (door, half)):
            kit.put(material, _box((a, low, shed.far - 0.3), (b, high, shed.far + out)))
    door = _DOOR[0] / 2
    kit.put("cladding", _box((-door, _DOOR[1], shed.far - 0.3), (door, shed.ridge, shed.far)))
    kit.place(industrial.roller_door(*_DOOR, 3.0), (0, 0, shed.far + 0.1))
    yard = shapes.quad((-9, -0.1, shed.far - 6), (9, -0.1, shed.far - 6), (9, 8, shed.far - 6), (-9, 8, shed.far - 6))
    glow = Material("yard", base=(0, 0, 0), emission=scaled(light.horizon, 1.3))
    add_mesh(stage, f"{names.SET}/Yard", yard, glow, light_group="sky", sampling_weight=1.5)
    _add_wall_lights(stage, shed, scaled(pane, 0.8))
    rails = [((-shed.half + 0.02, y, shed.far), (-shed.half + 0.1, y + 0.12, shed.near)) for y in (2.6, 4.4)]
    rails += [((shed.half - 0.1, y, shed.far), (shed.half - 0.02, y + 0.12, shed.near)) for y in (2.6, 4.4)]
    kit.put("paint", palette.paint(bars(rails), industrial.STEEL))
    pipe = [(shed.half - 0.5, shed.eaves - 0.5, shed.near), (shed.half - 0.5, shed.eaves - 0.5, shed.far)]
    kit.put("steel", shapes.tube(pipe, 0.09, 10), shapes.tube(np.array(pipe) - (0.3, 0.0, 0), 0.04, 8))


def _add_wall_lights(stage: Usd.Stage, shed: Shed, radiance: RGB) -> None:
    """Translucent sheets under the eaves of both walls, between the frames."""
    panes = []
    for side in (-1, 1):
        x = side * (shed.half - 0.012)
        for first, last in pairwise(shed.frames):
            low, high = (shed.eaves - 1.7, shed.eaves - 0.5)
            corners = [(x, low, first - 0.4), (x, low, last + 0.4), (x, high, last + 0.4), (x, high, first - 0.4)]
            panes.append(shapes.quad(*(corners if side < 0 else corners[::-1])))
    material = Material("wall_light", base=(0, 0, 0), emission=radiance)
    mesh = shapes.merge(panes)
    add_mesh(stage, f"{names.SET}/WallLights", mesh, material, light_group="sky", sampling_weight=3.0)


def _box(low: RGB, high: RGB) -> Mesh:
    return bars([(low, high)])


def _fill_warehouse(kit: Kit, palette: Palette, shed: Shed, rng: np.random.Generator) -> None:
    """Racks on both sides of the aisle, full but for some slots; stacks, a forklift and a hoist in front."""
    bays, length = 9, 2.7
    rack = industrial.racking(palette, bays, _LEVELS[1:], length)
    loads = [industrial.load(palette, rng, 1.25) for _ in range(14)]
    for x in (-4.5, -5.7, 3.4, 4.6, -9.4, 8.3):
        front = -3.2 if abs(x) < 6 else 6.0
        kit.place(rack, (x, 0, front))
        slots = [
            (x + 0.55, y, front - length * (k + share))
            for k in range(bays)
            for y in _LEVELS
            for share in (0.27, 0.73)
            if y == 0.0 or rng.random() < 0.84
        ]
        dealt = rng.integers(len(loads), size=len(slots))
        turns = rng.choice([90.0, 270.0], len(slots)) + rng.normal(0, 1.2, len(slots))
        for n, one in enumerate(loads):
            own = np.flatnonzero(dealt == n)
            kit.array(one, [slots[k] for k in own], turns[own])
    fixed = np.random.Generator(np.random.PCG64(37))  # what stands on the floor is surveyed once
    for x, z, turn in ((-3.6, 2.6, 8.0), (-4.9, 2.2, -5.0), (-3.9, 4.3, 82.0), (4.5, 4.4, 12.0), (5.8, 3.6, -8.0)):
        kit.place(industrial.load(palette, fixed, 1.1), (x, 0, z), turn)
    for k in range(6):
        kit.put(
            "paint",
            palette.paint(
                shapes.move(industrial.pallet(), (2.9, 0.145 * k, 1.9), 4.0 * (-1) ** k), (0.28, 0.19, 0.105)
            ),
        )
    kit.place(industrial.forklift(palette), (2.3, 0, -2.4), -62.0)
    kit.place(industrial.hoist(palette, 2 * shed.half - 0.8, 3.4), (-1.7, shed.eaves - 0.2, -7.5))


def _fill_workshop(kit: Kit, palette: Palette, shed: Shed, rng: np.random.Generator) -> None:
    """Cars at work, benches along the walls, tyres, drums, a hoist with its chains."""
    colors = rng.permutation(len(COLORS)).tolist()
    kinds = rng.permutation(["sedan", "hatch", "sedan"]).tolist()
    for k, (x, z, turn) in enumerate(((-3.7, -3.6, 24.0), (3.6, -5.2, -18.0), (-3.9, -10.4, 12.0))):
        kit.place(parked_car(palette, kinds[k], COLORS[colors[k]]), (x, 0, z), turn)
    for side in (-1, 1):
        for n, z in enumerate((6.4, 3.4, -1.2, -5.6, -9.8, -13.4)):
            if side > 0 and n == 2:
                continue
            bench = industrial.workbench(palette, rng)
            kit.place(bench, (side * (shed.half - 0.14), 0, z), -90.0 * side)
    kit.place(industrial.racking(palette, 3, (0.6, 1.3, 2.0), 1.8, 0.6), (shed.half - 0.85, 0, 1.0))
    fixed = np.random.Generator(np.random.PCG64(38))
    for x, z, count in ((-6.4, 1.2, 5), (-5.7, 1.0, 3), (6.0, -1.4, 6), (6.7, -1.2, 4), (3.6, -13.5, 5)):
        kit.place(industrial.tyres(count), (x, 0, z))
    for x, z in ((-3.4, 3.4), (4.7, 3.2), (5.6, 4.2), (-5.6, -15.0), (5.0, -15.6)):
        kit.place(industrial.load(palette, fixed, 0.9), (x, 0, z), float(fixed.uniform(-20, 20)))
    kit.place(industrial.hoist(palette, 2 * shed.half - 0.8, 2.6), (1.5, shed.eaves - 0.2, -3.4))
    kit.place(industrial.forklift(palette), (-1.9, 0, -14.6), 30.0)


def _add_floor_marks(kit: Kit, palette: Palette, kind: _Kind, plan: SetPlan) -> None:
    """Worn yellow lines along the aisle, a hatched square, puddles by the wear and the weather."""
    shed = kind.shed
    rng = np.random.Generator(np.random.PCG64([plan.seed, 38]))
    lines = []
    for x in (-3.0, 2.95):
        for z in np.arange(shed.near - 1.0, shed.far + 1.0, -0.9).tolist():
            if rng.random() < 1.15 - 0.5 * plan.wear:
                lines.append(((x - 0.05, 0.0, z - float(rng.uniform(0.75, 0.9))), (x + 0.05, 0.002, z)))
    kit.put("paint", palette.paint(bars(lines), (0.42, 0.27, 0.03)))
    wet = {"rain", "storm"} & set(plan.weather)
    for x, z, size in ((-0.7, 2.9, 0.9), (1.6, -3.4, 0.8), (-1.4, -6.2, 1.4), (0.9, -11.0, 1.6), (2.0, 5.2, 0.7)):
        if wet or rng.random() < 1.7 * plan.wear - 0.05:
            kit.put("puddle", _puddle(rng, (x, z), size * (1.3 if wet else 1.0)))


def _puddle(rng: np.random.Generator, at: tuple[float, float], size: float) -> Mesh:
    turn = np.linspace(0, 2 * np.pi, 65)[:-1]
    reach = size * (1 + sum(rng.normal(0, 0.22) / k * np.cos(k * turn + rng.uniform(0, 6)) for k in (1, 2, 3, 5, 8)))
    outline = np.column_stack([at[0] + 1.25 * reach * np.cos(turn), at[1] + 0.7 * reach * np.sin(turn)])
    flat, faces = shapes.fill(outline)
    points = np.column_stack([flat[:, 0], np.full(len(flat), 0.003), flat[:, 1]]).astype(np.float32)
    return Mesh(points, faces[:, ::-1])


def _add_lamps(
    stage: Usd.Stage, kit: Kit, palette: Palette, kind: _Kind, light: Daylight, rng: np.random.Generator
) -> None:
    """High bays in two rows under the frames; some are dead."""
    shed = kind.shed
    top = shed.eaves - 0.2
    body = lamps.high_bay()
    lit: list[Mesh] = []
    for x in (-0.28 * shed.half, 0.28 * shed.half):
        for z in shed.frames[1:-1]:
            at = (x, top, z)
            for material, mesh in body.parts.items():
                kit.put(material, shapes.move(mesh, at))
            glow = shapes.move(body.glow, at)
            if rng.random() < 0.85 or z == shed.frames[2]:
                lit.append(glow)
            else:
                kit.put("bulb_off", glow)
    radiance = lamps.SODIUM if kind.name == "warehouse" else (420.0, 400.0, 330.0)
    glow = Material("glow_bays", base=(0, 0, 0), emission=scaled(radiance, 0.15 + 3.0 * light.lamps))
    mesh = shapes.merge([Mesh(one.points, one.triangles, one.normals) for one in lit])
    add_mesh(stage, f"{names.SET}/HighBays", mesh, glow, light_group="practicals", sampling_weight=3.0)


def _add_marks(stage: Usd.Stage) -> None:
    """Where people stand, the door, and where each size of shot looks from."""
    add_mark(stage, "hero", facing((0, 0, 0), (0.15, 0, 1)))
    add_mark(stage, "hero_2", facing((0.75, 0, 0.45), (-0.4, 0, 1)))
    add_mark(stage, "hero_3", facing((-0.70, 0, -0.7), (0.3, 0, 1)))
    for size, (eye, target) in _CAMERAS.items():
        add_mark(stage, camera_mark(size), look_at(eye, target))
