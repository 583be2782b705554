"""A subway: a station's platform under a tiled vault, or the inside of a carriage, by the seed.

The hero stands at the origin and faces +Z. On the platform the wall is at the left, the tracks at the right, and the
vault runs back to a tunnel at z = -39; in two of three seeds a train stands at the far track, otherwise one comes. In
the carriage the aisle runs along z, and through the gangways the rest of the train is seen. Light groups:
`practicals` (the lamps, machines and boards about the hero), `train` (the lamps of the other train or carriages),
`signals` (tunnel lamps and signals, the lamps over the doors). Tiles, lines, livery, cloth and names follow the seed;
`wear` stains, and puts tubes out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
from pxr import Usd

from secondunit_engine.places import layout_of
from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world import shapes, textures
from secondunit_engine.world.air import Fog, Glow, Motes, add_air
from secondunit_engine.world.author import RGB, add_mark, facing, look_at, new_layer
from secondunit_engine.world.interiors import finishes
from secondunit_engine.world.interiors.dressing import OWN_UV, Dressing
from secondunit_engine.world.interiors.prints import write_prints
from secondunit_engine.world.mesh import Mesh, scaled
from secondunit_engine.world.sets import subway_furniture, subway_station
from secondunit_engine.world.sets.subway_carriage import PITCH, carriage
from secondunit_engine.world.stage import camera_mark

PLATFORM, CARRIAGE = 0, 1
_CAMERAS: Final[tuple[dict[str, tuple[RGB, RGB]], ...]] = (
    {
        "EWS": ((1.55, 1.85, 8.6), (0.55, 1.55, -6.0)),
        "WS": ((0.95, 1.45, 5.3), (0.35, 1.42, -4.0)),
        "FS": ((0.80, 1.25, 3.7), (0.10, 1.02, 0.0)),
        "MFS": ((0.70, 1.40, 2.75), (0.06, 1.16, 0.0)),
        "MS": ((0.55, 1.52, 2.0), (0.04, 1.36, 0.0)),
        "MCU": ((0.42, 1.56, 1.45), (0.03, 1.49, 0.0)),
        "CU": ((0.34, 1.58, 1.42), (0.01, 1.52, 0.03)),
        "ECU": ((0.28, 1.57, 1.20), (0.01, 1.54, 0.05)),
    },
    {
        "EWS": ((0.30, 1.68, 6.6), (0.0, 1.30, -4.0)),
        "WS": ((0.42, 1.45, 4.4), (-0.06, 1.28, -2.0)),
        "FS": ((0.45, 1.25, 3.6), (0.0, 1.0, 0.0)),
        "MFS": ((0.40, 1.40, 2.7), (0.02, 1.15, 0.0)),
        "MS": ((0.36, 1.52, 1.95), (0.02, 1.36, 0.0)),
        "MCU": ((0.30, 1.56, 1.44), (0.02, 1.49, 0.0)),
        "CU": ((0.26, 1.58, 1.42), (0.01, 1.52, 0.03)),
        "ECU": ((0.22, 1.57, 1.20), (0.01, 1.54, 0.05)),
    },
)
_PEOPLE: Final[tuple[dict[str, tuple[RGB, RGB]], ...]] = (
    {
        "hero": ((0, 0, 0), (0.1, 0, 1)),
        "hero_2": ((-0.85, 0, 0.25), (0.35, 0, 1)),
        "hero_3": ((0.70, 0, -1.1), (-0.2, 0, 1)),
    },
    {
        "hero": ((0, 0, 0), (0.1, 0, 1)),
        "hero_2": ((0.55, 0, 0.30), (-0.4, 0, 1)),
        "hero_3": ((-0.50, 0, -0.10), (0.4, 0, 1)),
    },
)
_NAMES: Final = ("QUARRY STREET", "OLD FOUNDRY", "CANAL GATE", "WEAVERS ROW", "LANTERN SQUARE", "ORCHARD WHARF")
_Color = tuple[int, int, int]


@dataclass(frozen=True)
class _Colors:
    """What is painted how in a seed's network: linear Rec.709, but sRGB for what is printed."""

    tile: RGB
    band: RGB
    enamel: _Color
    lines: tuple[_Color, ...]
    skin: RGB
    stripe: RGB
    leaf: RGB
    cloth: tuple[RGB, RGB]
    pole: RGB
    lamp: RGB


_NETWORKS: Final = (
    _Colors(
        (0.62, 0.61, 0.56), (0.030, 0.085, 0.20), (24, 52, 104), ((206, 52, 44), (244, 190, 52), (52, 128, 88)),
        (0.52, 0.53, 0.54), (0.030, 0.085, 0.22), (0.42, 0.075, 0.045), ((0.025, 0.05, 0.11), (0.35, 0.16, 0.05)),
        (0.62, 0.40, 0.03), (1.0, 0.98, 0.86),
    ),
    _Colors(
        (0.58, 0.56, 0.46), (0.028, 0.12, 0.075), (20, 76, 56), ((60, 140, 96), (232, 120, 44), (84, 92, 170)),
        (0.34, 0.36, 0.32), (0.025, 0.13, 0.085), (0.50, 0.44, 0.30), ((0.03, 0.085, 0.06), (0.34, 0.30, 0.14)),
        (0.46, 0.46, 0.47), (1.0, 0.90, 0.66),
    ),
    _Colors(
        (0.50, 0.52, 0.53), (0.20, 0.030, 0.026), (124, 26, 28), ((220, 66, 60), (60, 110, 190), (240, 196, 70)),
        (0.50, 0.50, 0.49), (0.32, 0.035, 0.03), (0.50, 0.50, 0.49), ((0.12, 0.018, 0.022), (0.30, 0.30, 0.32)),
        (0.44, 0.44, 0.45), (0.90, 1.0, 0.98),
    ),
)  # fmt: skip


def build_subway(plan: SetPlan, folder: Path) -> None:
    """Write folder/set.usdc and folder/textures."""
    rng = np.random.Generator(np.random.PCG64([plan.seed, 67]))
    layout = layout_of(plan)
    colors = _NETWORKS[plan.seed // 2 % len(_NETWORKS)]
    stage = new_layer(folder / "set.usdc")
    dressing = Dressing(stage)
    station = _NAMES[int(rng.integers(len(_NAMES)))]
    signs = write_prints(folder, plan.seed, station, colors.enamel, colors.lines)
    dressing.define(signs, OWN_UV)
    _define(dressing, folder, plan, colors)
    if layout == PLATFORM:
        _define_station(dressing, folder, plan, colors)
        _build_platform(dressing, plan, colors, signs.base_texture, rng)
        low, high = (-2.6, 0.2, -16.0), (8.0, 4.0, 6.0)
    else:
        _build_train(dressing, rng, colors)
        low, high = (-1.0, 0.2, -7.0), (1.0, 2.1, 6.0)
    dressing.write()
    add_air(stage, "Fog", Fog(0.006 if layout == PLATFORM else 0.003, scaled(colors.lamp, 0.035)))
    add_air(stage, "Glow", Glow("practicals", 0.00012))
    add_air(stage, "Motes", Motes(low, high, scaled(colors.lamp, 0.5), 90, size=0.0018, drift=0.03))
    _add_marks(stage, layout)
    stage.GetRootLayer().Save()


def _define(dressing: Dressing, folder: Path, plan: SetPlan, colors: _Colors) -> None:
    """What train and platform are made of."""
    s, wear = plan.seed % 100_000 * 41, plan.wear
    vinyl = finishes.terrazzo(s + 1, (0.075, 0.078, 0.085), (0.17, 0.175, 0.18), wear=0.3 + wear, size=512)
    dressing.define(textures.textured(folder, "vinyl", vinyl, 0.0004, clearcoat=0.3), 1.1)
    cloth = finishes.runner(s + 2, *colors.cloth, repeats=9, size=512)
    dressing.define(textures.textured(folder, "moquette", cloth, 0.002, sheen=0.4), 1.4)
    paint = finishes.paint(s + 3, (0.46, 0.46, 0.44), wear=wear, size=512)
    dressing.define(textures.textured(folder, "lining", paint, 0.0002, clearcoat=0.4), 1.6)
    plain: dict[str, tuple[RGB, float]] = {
        "cabin_white": ((0.56, 0.56, 0.54), 0.45),
        "cabin_grey": ((0.30, 0.31, 0.32), 0.4),
        "vent": ((0.06, 0.06, 0.062), 0.6),
        "kick": ((0.10, 0.10, 0.105), 0.5),
        "strap": ((0.028, 0.028, 0.03), 0.5),
        "rubber": ((0.022, 0.022, 0.023), 0.6),
        "bellows": ((0.045, 0.046, 0.05), 0.7),
        "gear": ((0.030, 0.028, 0.026), 0.7),
        "wheel": ((0.10, 0.085, 0.075), 0.45),
        "black": ((0.014, 0.014, 0.015), 0.5),
        "screen": ((0.34, 0.37, 0.38), 0.25),
        "dead_tube": ((0.30, 0.30, 0.29), 0.4),
        "trunking": ((0.36, 0.36, 0.35), 0.4),
        "dial": ((0.62, 0.61, 0.57), 0.4),
        "seat_shell": (scaled(colors.band, 1.5), 0.32),
        "bin": ((0.13, 0.135, 0.14), 0.38),
        "machine_red": (scaled(colors.leaf, 0.8), 0.30),
        "newsprint": ((0.42, 0.41, 0.38), 0.9),
        "goods_red": ((0.42, 0.035, 0.03), 0.25),
        "goods_blue": ((0.04, 0.11, 0.36), 0.25),
        "goods_green": ((0.05, 0.26, 0.10), 0.25),
        "goods_amber": ((0.46, 0.26, 0.03), 0.25),
        "conduit": ((0.26, 0.26, 0.255), 0.45),
        "cable": ((0.03, 0.03, 0.032), 0.5),
        "insulator": ((0.22, 0.12, 0.07), 0.35),
        "board": ((0.40, 0.30, 0.10), 0.6),
        "iron": ((0.045, 0.043, 0.042), 0.5),
    }
    for name, (base, roughness) in plain.items():
        dressing.plain(name, base, roughness)
    dressing.plain("pane", (0.006, 0.007, 0.008), 0.02, clearcoat=1.0)
    dressing.plain("skin", colors.skin, 0.30, metallic=0.55)
    dressing.plain("stripe", colors.stripe, 0.30, clearcoat=0.8)
    dressing.plain("leaf_paint", colors.leaf, 0.32, clearcoat=0.6)
    dressing.plain("pole", colors.pole, 0.22 if colors.pole[2] > 0.2 else 0.34, metallic=float(colors.pole[2] > 0.2))
    dressing.plain("steel", (0.50, 0.50, 0.51), 0.28, metallic=1.0)
    dressing.plain("rail_head", (0.55, 0.54, 0.53), 0.20, metallic=1.0)


def _define_station(dressing: Dressing, folder: Path, plan: SetPlan, colors: _Colors) -> None:
    """Tiles, stone, concrete and rust."""
    s, wear = plan.seed % 100_000 * 41, plan.wear

    def define(names: dict[str, float], surface: textures.Surface, bump: float, clearcoat: float = 0.0) -> None:
        """One surface under several names, each with metres that it repeats after."""
        first = textures.textured(folder, next(iter(names)), surface, bump, clearcoat=clearcoat)
        for name, tile in names.items():
            dressing.define(replace(first, name=name), tile)

    glazed = finishes.tiles(
        s + 5, colors.tile, rows=30, columns=15, grout=(0.24, 0.22, 0.19), gloss=0.14, wear=0.5 + wear
    )
    define({"vault": OWN_UV, "passage": 2.4}, glazed, 0.004, 0.4)
    banded = finishes.tiles(
        s + 6, colors.band, rows=8, columns=4, grout=(0.18, 0.17, 0.15), gloss=0.12, wear=wear, size=512
    )
    define({"band": 0.62}, banded, 0.003, 0.6)
    floor = finishes.terrazzo(s + 8, (0.105, 0.103, 0.10), (0.22, 0.21, 0.195), wear=0.3 + wear)
    define({"floor": 2.0}, floor, 0.0008, 0.5)
    slab = finishes.concrete(s + 9, (0.13, 0.125, 0.115), wear=min(1.0, 0.4 + wear), size=512)
    define({"concrete": 2.5}, slab, 0.006)
    soot = finishes.concrete(s + 10, (0.062, 0.056, 0.050), wear=min(1.0, 0.5 + wear), size=512)
    define({"bed": 3.0, "tunnel": 4.0, "sleeper": 2.0}, soot, 0.012)
    define(
        {"edge": 1.2, "stone_ring": 1.2, "plinth": 1.2}, textures.stone(s + 11, (0.34, 0.32, 0.28), 512, wear), 0.003
    )
    plaster = textures.plaster(s + 12, scaled(colors.tile, 0.75), 512, 0.4 + 0.5 * wear)
    define({"end_wall": 2.5, "ceiling": 2.5}, plaster, 0.003)
    wood = textures.wood(s + 13, (0.06, 0.03, 0.015), (0.22, 0.12, 0.06), 512)
    define({"slat": 1.0}, wood, 0.001, 0.3)
    dressing.plain("paint_white", (0.50, 0.49, 0.45), 0.5)
    dressing.plain("tactile", (0.44, 0.29, 0.035), 0.55)
    dressing.plain("frame_tile", scaled(colors.band, 1.2), 0.16, clearcoat=0.8)
    dressing.plain("rail", (0.085, 0.05, 0.032), 0.6, metallic=0.4)


def _build_platform(dressing: Dressing, plan: SetPlan, colors: _Colors, signs: str, rng: np.random.Generator) -> None:
    """The station, what furnishes it, and a train at the far track in two of three seeds."""
    subway_station.build_station(dressing)
    subway_furniture.add_lamps(dressing, scaled(colors.lamp, 78.0), plan.wear, rng)
    subway_furniture.furnish_platforms(dressing, rng, int(rng.integers(2)))
    subway_furniture.hang_signs(dressing, signs, int(rng.integers(60)))
    standing = plan.seed // 2 % 3 != 1
    subway_furniture.add_tunnel_lights(dressing, not standing)
    if standing:
        zs = [8.0 - PITCH * k for k in range(4)]
        lamps, signals = _add_train(dressing, rng, subway_station.TRACKS[1], zs, glazed=False)
        dressing.glow("TrainLamps", lamps, (26.0, 25.2, 22.6), "train", 1.6)
        dressing.glow("DoorLamps", signals, (8.0, 3.4, 0.3), "signals", 0.1)


def _build_train(dressing: Dressing, rng: np.random.Generator, colors: _Colors) -> None:
    """The hero's carriage and those seen through its gangways, on a journey through the dark."""
    own, signals = _add_train(dressing, rng, 0.0, [0.0], glazed=True)
    others, more = _add_train(dressing, rng, 0.0, [-PITCH, PITCH, -2 * PITCH], glazed=True)
    for z in (-2.5 * PITCH, 1.5 * PITCH):
        dressing.add("black", shapes.box((-1.6, -1.0, z - 0.05), (1.6, 2.8, z + 0.05)))
    dressing.glow("CabinLamps", own, scaled(colors.lamp, 19.0), "practicals", 2.0)
    dressing.glow("TrainLamps", others, scaled(colors.lamp, 19.0), "train", 1.0)
    dressing.glow("DoorLamps", [*signals, *more], (8.0, 3.4, 0.3), "signals", 0.1)


def _add_train(
    dressing: Dressing, rng: np.random.Generator, x: float, zs: list[float], *, glazed: bool
) -> tuple[list[Mesh], list[Mesh]]:
    """Carriages along a track; returns what shines in them and over their doors."""
    one = carriage(rng, glazed=glazed)
    for z in zs:
        dressing.add_all(one.parts, (x, 0, z))
    lamps, signals = ([shapes.move(mesh, (x, 0, z)) for z in zs] for mesh in (one.lamps, one.signals))
    return lamps, signals


def _add_marks(stage: Usd.Stage, layout: int) -> None:
    """Where people stand, and where each size of shot looks from."""
    for name, (place, towards) in _PEOPLE[layout].items():
        add_mark(stage, name, facing(place, towards))
    for size, (eye, target) in _CAMERAS[layout].items():
        add_mark(stage, camera_mark(size), look_at(eye, target))
