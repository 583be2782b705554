"""The ancient library: a gothic nave of books, sun through some of its windows, candles, and the relic.

The relic's pedestal stands at the origin, the nave runs away along -Z to the great window and the oak door.
Light groups: `sun`, `sky`, `candles`, `relic`. Seeds choose the books, the clutter and which bays the sun finds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from pxr import Gf, Sdf, Usd, UsdGeom, UsdLux

from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world import stage as names
from secondunit_engine.world import textures
from secondunit_engine.world.air import Fog, Glow, Motes, Shafts, add_air
from secondunit_engine.world.author import (
    RGB,
    Material,
    Mesh,
    add_light,
    add_mark,
    add_mesh,
    facing,
    look_at,
    new_layer,
)
from secondunit_engine.world.mesh import scaled
from secondunit_engine.world.props import books, candles, furniture, relic
from secondunit_engine.world.sets import nave
from secondunit_engine.world.shapes import box_uv, merge, move

PEDESTAL = 1.02  # height of its top [m]
HERO = (-0.48, 0.0, 0.44)
_SUN_TOWARDS = (0.52, 0.74, -0.50)
_CASE_WIDTH = nave.BAY - 1.0
_FAR_CANDLES = -3.0  # beyond this z flames are small in the picture and are sampled less


@dataclass(frozen=True)
class _Daylight:
    """What comes through the windows: the sun's irradiance and the sky's radiance, linear Rec.709."""

    sun: RGB
    sky: RGB
    haze: float

    @property
    def shafts(self) -> RGB:
        """Thicker than the haze that dims the far end: dust is bright before it is opaque."""
        r, g, b = self.sun
        return 2.8 * r, 2.8 * g, 2.8 * b


_DAYLIGHT = {
    "day": _Daylight((170.0, 111.0, 57.0), (26.0, 31.0, 39.0), 0.020),
    "dawn": _Daylight((135.0, 70.0, 38.0), (15.0, 16.5, 24.0), 0.024),
    "dusk": _Daylight((145.0, 58.0, 21.0), (11.0, 11.0, 19.0), 0.022),
    "night": _Daylight((6.0, 8.5, 13.5), (0.8, 1.2, 2.2), 0.018),
}
_NAMES_OF_TIMES = {"morning": "dawn", "sunrise": "dawn", "evening": "dusk", "sunset": "dusk", "midnight": "night"}


class _Dressing:
    """Meshes gathered by material, so that each material becomes one mesh."""

    def __init__(self) -> None:
        self.parts: dict[str, list[Mesh]] = defaultdict(list)

    def add(self, material: str, mesh: Mesh | None) -> None:
        if mesh is not None:
            self.parts[material].append(mesh)

    def add_lit(self, lits: Iterable[candles.Lit], metal: str) -> None:
        for lit in lits:
            self.add("wax", lit.wax)
            self.add(metal, lit.metal)
            far = float(lit.flame.points[:, 2].mean()) < _FAR_CANDLES
            self.add("flames_far" if far else "flames_near", lit.flame)


def build_library(plan: SetPlan, folder: Path) -> None:
    """Write folder/set.usdc and folder/textures."""
    rng = np.random.Generator(np.random.PCG64(plan.seed))
    light = _DAYLIGHT.get(_NAMES_OF_TIMES.get(plan.time_of_day, plan.time_of_day), _DAYLIGHT["day"])
    stage = new_layer(folder / "set.usdc")
    materials = _materials(plan, folder, light)
    open_bays = frozenset({4, 5, *rng.choice([2, 6, 7], 2, replace=False).tolist()})
    dressing = _Dressing()
    _dress_stone(dressing, nave.build(open_bays))
    _dress_books(dressing, rng)
    _dress_tables(dressing, rng)
    _dress_candles(dressing)
    for name, parts in sorted(dressing.parts.items()):
        _place(stage, name, merge(parts), materials[name])
    _add_relic(stage, materials)
    _add_lantern(stage, materials)
    _add_door(stage, materials)
    _add_daylight(stage, light)
    _add_marks(stage)
    stage.GetRootLayer().Save()


def _materials(plan: SetPlan, folder: Path, light: _Daylight) -> dict[str, Material]:
    s, wear = plan.seed % 100_000, plan.wear
    stone, pale = (0.33, 0.295, 0.245), (0.37, 0.335, 0.28)
    slabs = textures.checker(s + 5, (0.36, 0.335, 0.29), (0.030, 0.028, 0.030), tiles=4, wear=wear)
    made = [
        textures.textured(folder, "ashlar", textures.stone_blocks(s + 1, stone, rows=6, columns=3, wear=wear), 0.02),
        textures.textured(folder, "carved", textures.stone(s + 2, pale, wear=wear), 0.012),
        textures.textured(folder, "pedestal", textures.stone(s + 9, (0.15, 0.135, 0.115), wear=wear), 0.008),
        textures.textured(folder, "oak", textures.wood(s + 3), 0.004),
        textures.textured(folder, "floor", slabs, 0.004),
        textures.textured(folder, "books", books.spine_atlas(s + 6), 0.003),
        textures.textured(folder, "bronze", _bronze(s + 7), 0.0012, metallic=1.0),
        Material("wax", base=(0.78, 0.68, 0.48), roughness=0.45),
        Material("iron", base=(0.045, 0.042, 0.04), roughness=0.42, metallic=0.9),
        Material("brass", base=(0.62, 0.42, 0.16), roughness=0.28, metallic=1.0),
        Material("velvet", base=(0.05, 0.004, 0.008), roughness=0.9, sheen=0.8),
        Material("flames_near", base=(0, 0, 0), emission=candles.FLAME),
        Material("ember", base=(0, 0, 0), emission=(230.0, 140.0, 52.0)),
    ]
    found = {material.name: material for material in made}
    glass = textures.write_color(folder, "leaded_glass", _leaded_glass(s + 8))
    panes = Material("panes", base=(0, 0, 0), roughness=0.3, emission=light.sky, emission_texture=glass)
    shared = {
        "vault": found["ashlar"],
        "lead": found["carved"],
        "flames_far": found["flames_near"],
        "panes": panes,
        "great_panes": panes,
        "near_panes": panes,
    }
    return found | shared


def _leaded_glass(seed: int, size: int = 512, quarries: int = 4) -> textures.Field:
    """Diamond quarries of old glass between leads: how much light each lets through, shape [size, size, 3]."""
    rng = np.random.Generator(np.random.PCG64(seed))
    v, u = np.mgrid[0:size, 0:size] * (quarries / size)
    a, b = u + v, u - v
    lead = np.minimum(np.abs(a - np.round(a)), np.abs(b - np.round(b)))
    tone = rng.uniform(0.62, 1.0, (quarries, quarries))[
        np.floor(a).astype(int) % quarries, np.floor(b).astype(int) % quarries
    ]
    tint = rng.choice(4, (quarries, quarries), p=[0.6, 0.2, 0.12, 0.08])[
        np.floor(a).astype(int) % quarries, np.floor(b).astype(int) % quarries
    ]
    hues = np.array([[1, 1, 1], [1.0, 0.9, 0.68], [0.78, 0.94, 0.86], [0.78, 0.86, 1.0]])
    clear = np.clip((lead - 0.035) / 0.02, 0.02, 1)
    ripple = 1 + 0.06 * textures.noise(seed + 1, size, 2.2)
    return np.clip(hues[tint] * (tone * clear * ripple)[..., None], 0, 1)


def _bronze(seed: int, size: int = 512) -> textures.Surface:
    """Old bronze: rubbed bright on top, brown and verdigris in the hollows."""
    patina = textures.unit(textures.noise(seed, size, 2.2), 1.2)
    fine = textures.noise(seed + 1, size, 1.2)
    scuffs = textures.scratches(seed + 2, 120, size, 0.2)
    albedo = textures.blend((0.50, 0.27, 0.10), (0.24, 0.14, 0.065), patina)
    green = np.clip(textures.noise(seed + 3, size, 2.0) - 1.1, 0, 1)[..., None]
    albedo = albedo * (1 - green) + np.array((0.10, 0.17, 0.13)) * green + 0.12 * scuffs[..., None]
    roughness = 0.26 + 0.22 * patina + 0.04 * fine - 0.08 * scuffs
    return textures.Surface(
        np.clip(albedo, 0, 0.9), np.clip(roughness, 0.12, 0.8), np.clip(0.5 + 0.06 * fine - 0.3 * scuffs, 0, 1)
    )


def _dress_stone(dressing: _Dressing, stone: nave.Stone) -> None:
    for name in ("ashlar", "carved", "vault", "floor", "lead", "panes", "great_panes", "near_panes"):
        dressing.add(name, getattr(stone, name))
    dressing.add("oak", nave.balustrade())
    dressing.add("pedestal", relic.pedestal(PEDESTAL))


def _dress_books(dressing: _Dressing, rng: np.random.Generator) -> None:
    """Cases between the piers below and along the gallery above, full of books."""
    lower, lower_runs = furniture.bookcase(_CASE_WIDTH, 4.25, 10, 4)
    upper, upper_runs = furniture.bookcase(_CASE_WIDTH + 0.3, 3.35, 8, 4, 0.34)
    runs = []
    for side in (-1, 1):
        for z in nave.BAY_CENTRES:
            for case, own, x, y, width in (
                (lower, lower_runs, nave.CASE - 0.03, 0.0, _CASE_WIDTH),
                (upper, upper_runs, nave.WALL - 0.01, nave.GALLERY, _CASE_WIDTH + 0.3),
            ):
                place, turn = (side * x, y, z - side * width / 2), -90.0 * side
                dressing.add("oak", move(case, place, turn))
                runs += [furniture.moved_run(run, place, turn) for run in own]
    dressing.add("books", books.shelve(runs, rng))
    for x, z, turn in ((-4.75, 5.2, 90.0), (4.75, -4.6, -90.0), (4.75, 7.6, -90.0)):
        dressing.add("oak", move(furniture.ladder(), [x, 0, z], turn))


def _dress_tables(dressing: _Dressing, rng: np.random.Generator) -> None:
    """Two rows of reading tables with piles of books and candlesticks; a clear ring round the pedestal."""
    for z in (7.4, 3.6, -4.2, -8.0, -11.8, -15.6):
        for side in (-1, 1):
            x = side * 2.55
            dressing.add("oak", move(furniture.table(), [x, 0, z]))
            for offset in (-0.85, 0.85):
                dressing.add("oak", move(furniture.bench(), [x + offset, 0, z + rng.normal(0, 0.05)], rng.normal(0, 2)))
            for spot in np.array([-1.15, -0.1, 1.05]) + rng.normal(0, 0.12, 3):
                place = [x + rng.normal(0, 0.14), 0.78, z + spot]
                dressing.add("books", books.pile(rng, place, int(rng.integers(1, 6))))
            sticks = [candles.candlestick([x + dx, 0.78, z + dz], h) for dx, dz, h in _stick_places(rng)]
            dressing.add_lit(sticks, "brass")
    for x, z, count in (
        (0.62, -0.50, 5),
        (-0.72, -0.28, 8),
        (-0.58, -0.62, 3),
        (4.6, 1.1, 7),
        (-4.6, -1.6, 9),
        (-4.5, 4.9, 6),
    ):
        dressing.add("books", books.pile(rng, [x, 0, z], count))


def _stick_places(rng: np.random.Generator) -> list[tuple[float, float, float]]:
    """Across, along and candle height of three candlesticks on a table."""
    across, along = rng.normal(0, 0.16, 3), np.array([-0.62, 0.48, 1.38]) + rng.normal(0, 0.08, 3)
    return list(zip(across.tolist(), along.tolist(), rng.uniform(0.10, 0.22, 3).tolist(), strict=True))


def _dress_candles(dressing: _Dressing) -> None:
    """Sconces on the nave side of every pier, and two candelabra that flank the pedestal."""
    reach = nave.PIER - 0.36
    sconces = [candles.sconce([side * reach, 2.25, z], -90.0 * side) for side in (-1, 1) for z in nave.PIER_Z[1:-1]]
    stands = [candles.candelabrum([x, 0, -0.95], turn) for x, turn in ((-1.3, 20.0), (1.3, -20.0))]
    dressing.add_lit([*sconces, *stands], "iron")


def _place(stage: Usd.Stage, name: str, mesh: Mesh, material: Material) -> None:
    group, weight = {
        "flames_near": ("candles", 4.0),
        "flames_far": ("candles", 1.5),
        "panes": ("sky", 2.0),
        "great_panes": ("sky", 2.5),
        "near_panes": ("sky", 2.0),
    }.get(name, ("", 1.0))
    add_mesh(stage, f"{names.SET}/{name}", mesh, material, light_group=group, sampling_weight=weight)


def _add_relic(stage: Usd.Stage, materials: dict[str, Material]) -> None:
    """The casket on the pedestal; its lid turns about X at the hinge, its light is inside."""
    root = f"{names.PROPS}/Relic"
    prop = UsdGeom.Xform.Define(stage, root)
    prop.AddTransformOp().Set(facing((0, PEDESTAL, 0), (0, 0, 1)))
    parts = relic.casket()
    add_mesh(stage, f"{root}/Body", parts.body, materials["bronze"])
    add_mesh(stage, f"{root}/Lining", parts.lining, materials["velvet"])
    add_mesh(stage, f"{root}/Light", parts.light, materials["ember"], light_group="relic", sampling_weight=1.0)
    lid = UsdGeom.Xform.Define(stage, f"{root}/Lid")
    lid.AddTranslateOp().Set(Gf.Vec3d(*relic.HINGE))
    lid.AddRotateXOp().Set(0.0)
    lid.GetPrim().CreateAttribute("secondunit:openDegrees", Sdf.ValueTypeNames.Float, custom=True).Set(
        relic.OPEN_DEGREES
    )
    add_mesh(stage, f"{root}/Lid/Shell", parts.lid, materials["bronze"])


def _add_lantern(stage: Usd.Stage, materials: dict[str, Material]) -> None:
    """A lantern set down beside the pedestal; its origin is the ring by which a hand would hold it."""
    root = f"{names.PROPS}/Lantern"
    UsdGeom.Xform.Define(stage, root).AddTransformOp().Set(facing((0.52, 0.30, 0.56), (0.4, 0, 1)))
    lit = candles.lantern()
    add_mesh(stage, f"{root}/Wax", lit.wax, materials["wax"])
    if lit.metal is not None:
        add_mesh(stage, f"{root}/Metal", lit.metal, materials["iron"])
    flame = materials["flames_near"]
    add_mesh(stage, f"{root}/Flame", lit.flame, flame, light_group="candles", sampling_weight=2.0)


def _add_door(stage: Usd.Stage, materials: dict[str, Material]) -> None:
    """The oak door under the great window, closed; its leaf turns about Y at the hinge."""
    leaf_width = nave.DOOR_WIDTH + 0.12
    wood, iron = furniture.door_leaf(leaf_width, nave.DOOR_SPRING, nave.DOOR_RISE + 0.06)
    root = f"{names.PROPS}/Door"
    prop = UsdGeom.Xform.Define(stage, root)
    prop.AddTransformOp().Set(facing((-leaf_width / 2, 0, nave.FAR - 0.12), (0, 0, 1)))
    leaf = UsdGeom.Xform.Define(stage, f"{root}/Leaf")
    leaf.AddRotateYOp().Set(0.0)
    leaf.GetPrim().CreateAttribute("secondunit:openDegrees", Sdf.ValueTypeNames.Float, custom=True).Set(-78.0)
    add_mesh(stage, f"{root}/Leaf/Oak", box_uv(wood, 1.0), materials["oak"])
    add_mesh(stage, f"{root}/Leaf/Iron", iron, materials["iron"])


def _add_daylight(stage: Usd.Stage, light: _Daylight) -> None:
    """Sun and sky outside, haze inside."""
    towards = np.asarray(_SUN_TOWARDS) / np.linalg.norm(_SUN_TOWARDS)
    sun = UsdLux.DistantLight.Define(stage, f"{names.LIGHTS}/Sun")
    sun.AddTransformOp().Set(look_at(tuple(towards.tolist()), (0.0, 0.0, 0.0)))
    add_light(stage, sun, color=light.sun, intensity=1.0, group="sun", sampling_weight=6.0)
    sky = UsdLux.DomeLight.Define(stage, f"{names.LIGHTS}/Sky")
    add_light(stage, sky, color=light.sky, intensity=0.9, group="sky", sampling_weight=1.0)
    direction = (float(towards[0]), float(towards[1]), float(towards[2]))
    add_air(stage, "Shafts", Shafts(direction, light.shafts, light.haze, anisotropy=0.55, unevenness=0.45, reach=45.0))
    add_air(stage, "Fog", Fog(density=0.006, color=scaled(light.sky, 0.0012)))
    motes = scaled(light.sun, 0.12)
    add_air(stage, "Motes", Motes((-4.0, 0.2, -9.0), (5.0, 7.5, 8.0), motes, 900, size=0.006, drift=0.06))
    add_air(stage, "Candlelight", Glow("candles", 0.00035))


def _add_marks(stage: Usd.Stage) -> None:
    """Where people stand and where each size of shot looks from. The relic's middle is at (0, 1.06, 0)."""
    add_mark(stage, "hero", facing(HERO, (0.48, 0, -0.44)))
    add_mark(stage, "pedestal", facing((0, PEDESTAL, 0), (0, 0, 1)))
    add_mark(stage, "door", facing((0, 0, nave.FAR + 1.2), (0, 0, 1)))
    add_mark(stage, "companion", facing((-1.5, 0, 2.2), (0.6, 0, -1)))
    cameras = {
        "EWS": ((0.9, 1.5, 12.6), (0.2, 4.0, -8.0)),
        "WS": ((1.25, 1.25, 6.2), (0.80, 2.45, -6.0)),
        "FS": ((1.9, 1.35, 4.7), (0.15, 1.25, 0.0)),
        "MFS": ((1.75, 1.45, 3.4), (0.05, 1.30, 0.2)),
        "MS": ((1.30, 1.50, 2.35), (-0.06, 1.36, 0.15)),
        "MCU": ((1.05, 1.60, 1.70), (0.0, 1.32, 0.25)),
        "CU": ((0.66, 1.25, 0.98), (0.0, 1.085, 0.02)),
        "ECU": ((0.45, 1.32, 0.62), (0.0, 1.065, 0.0)),
    }
    for size, (eye, target) in cameras.items():
        add_mark(stage, names.camera_mark(size), look_at(eye, target))
