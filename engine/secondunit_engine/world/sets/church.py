"""A gothic church: coloured windows that paint the stone, pews, an altar with candles; or its kin, by the seed.

Kinds are a cathedral, a monastery's church with pale glass, a castle's throne room with banners, and a crypt. The hero
stands at the origin in the middle of the nave and faces +Z; altar, throne or tomb lie at the far end, towards -Z; the
sun comes over the right-hand aisle. Light groups: `sun`, `sky`, `candles`. The seed deals the glass, the banners, the
floor's colours and which candles burn.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal

import numpy as np
from pxr import Sdf, Usd, UsdGeom

from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world import shapes, textures
from secondunit_engine.world import stage as names
from secondunit_engine.world.air import Beams, Glow, add_air
from secondunit_engine.world.author import RGB, Material, add_mark, add_mesh, facing, look_at, new_layer
from secondunit_engine.world.interiors import church_fittings as fittings
from secondunit_engine.world.interiors import stained_glass
from secondunit_engine.world.interiors.daylight import Daylight, add_daylight, daylight, towards_sun
from secondunit_engine.world.interiors.dressing import OWN_UV, Dressing
from secondunit_engine.world.mesh import Mesh, scaled
from secondunit_engine.world.props import candles, furniture
from secondunit_engine.world.sets import church_heraldry
from secondunit_engine.world.sets.church_stone import Hall, Lancet, Light, Rose, lights, rose_pane, shell
from secondunit_engine.world.show import Head, add_head
from secondunit_engine.world.stage import camera_mark

Name = Literal["cathedral", "monastery", "throne_room", "crypt"]

_SUN: Final = 112.0  # bearing about +Y [degrees]: over the right aisle, a little ahead of the camera
_FAR_SUN: Final = 60.0  # m from a window to the lamp that stands for the sun behind its glass
_PICTURES: Final = 3  # of lancets, dealt among the windows
_FIRE: Final[RGB] = (300.0, 118.0, 26.0)  # radiance of a brazier's tongues
_FAR_CANDLES: Final = -4.0  # beyond this z flames are small in the picture and are sampled less


@dataclass(frozen=True)
class _Kind:
    """What a hall is like: its stone by colour, its glass, its floor, where the far end's floor rises, and at what
    height wide cameras look [m]."""

    name: Name
    hall: Hall
    stone: RGB
    carved: RGB
    glass: stained_glass.Glass
    slabs: tuple[RGB, RGB] | None
    steps: float
    look: tuple[float, float]
    haze: float = 1.0


_CATHEDRAL: Final = Hall(
    4.4, 8.2, 5.0, 8, 14.0, (4.6, 7.0), (9.8, 15.2), 0.45, 0.35,
    aisle=(Lancet(0, 1.5, 2.0, 4.6, 1.1),),
    clerestory=(Lancet(-0.78, 1.1, 8.3, 11.0, 1.1), Lancet(0.78, 1.1, 8.3, 11.0, 1.1)),
    end=(Lancet(-2.3, 1.2, 4.3, 6.6, 0.9), Lancet(0, 1.4, 4.5, 7.0, 1.0), Lancet(2.3, 1.2, 4.3, 6.6, 0.9)),
    rose=Rose(11.0, 2.6),
)  # fmt: skip
_MONASTERY: Final = Hall(
    3.5, 6.4, 4.2, 8, 12.0, (3.5, 5.3), (6.6, 10.6), 0.38, 0.32,
    aisle=(Lancet(0, 0.95, 2.0, 3.5, 0.8),),
    clerestory=(Lancet(0, 1.0, 5.9, 7.6, 0.9),),
    end=(Lancet(-1.7, 0.95, 3.0, 6.4, 0.9), Lancet(0, 1.1, 3.0, 7.2, 1.0), Lancet(1.7, 0.95, 3.0, 6.4, 0.9)),
)  # fmt: skip
_THRONE_ROOM: Final = Hall(
    4.6, 7.8, 5.2, 5, 12.0, (4.0, 6.4), (8.6, 13.0), 0.46, 0.35,
    aisle=(Lancet(0, 1.1, 2.2, 4.2, 0.9),),
    clerestory=(Lancet(-0.8, 1.05, 7.4, 9.6, 1.0), Lancet(0.8, 1.05, 7.4, 9.6, 1.0)),
    end=(Lancet(-2.1, 1.4, 3.4, 8.0, 1.1), Lancet(0, 1.7, 3.4, 9.0, 1.3), Lancet(2.1, 1.4, 3.4, 8.0, 1.1)),
)  # fmt: skip
_CRYPT: Final = Hall(
    2.3, 5.0, 3.5, 6, 8.0, (1.75, 3.05), (1.75, 3.25), 0.26, 0.24,
    aisle=(Lancet(0, 0.42, 1.75, 2.3, 0.3),),
)  # fmt: skip
_KINDS: Final = (
    _Kind("cathedral", _CATHEDRAL, (0.34, 0.305, 0.25), (0.38, 0.345, 0.29), "pictured",
          ((0.40, 0.37, 0.31), (0.045, 0.042, 0.044)), 7.5, (4.9, 3.0)),
    _Kind("monastery", _MONASTERY, (0.42, 0.39, 0.33), (0.46, 0.43, 0.37), "grisaille", None, 5.0, (3.6, 2.3), 1.0),
    _Kind("throne_room", _THRONE_ROOM, (0.27, 0.25, 0.225), (0.31, 0.29, 0.26), "plain",
          ((0.24, 0.215, 0.18), (0.055, 0.05, 0.048)), 7.6, (4.0, 2.7), 0.7),
    _Kind("crypt", _CRYPT, (0.235, 0.215, 0.18), (0.27, 0.25, 0.21), "plain", None, 3.0, (1.5, 1.45), 2.2),
)  # fmt: skip


def build_church(plan: SetPlan, folder: Path) -> None:
    """Write folder/set.usdc and folder/textures."""
    rng = np.random.Generator(np.random.PCG64([plan.seed, 31]))
    kind = _KINDS[plan.seed % len(_KINDS)]
    stage = new_layer(folder / "set.usdc")
    light = daylight(plan)
    light = replace(light, rise=min(58.0, 1.25 * light.rise))
    dressing = Dressing(stage)
    _define(dressing, folder, plan, kind)
    dressing.add_all(shell(kind.hall))
    _add_windows(dressing, folder, plan, kind, light, rng)
    furnish = {"cathedral": _cathedral, "monastery": _monastery, "throne_room": _throne_room, "crypt": _crypt}
    lit = furnish[kind.name](dressing, folder, plan, kind, rng)
    _light_candles(dressing, lit)
    _add_door(stage, dressing, kind.hall)
    dressing.write()
    _add_air(stage, kind, light)
    _add_marks(stage, kind)
    stage.GetRootLayer().Save()


def _define(dressing: Dressing, folder: Path, plan: SetPlan, kind: _Kind) -> None:
    s, wear = plan.seed % 100_000 * 43, plan.wear + (0.25 if kind.name == "crypt" else 0.0)
    ashlar = textures.stone_blocks(s + 1, kind.stone, rows=6, columns=3, wear=wear)
    dressing.define(textures.textured(folder, "ashlar", ashlar, 0.02), 2.4)
    dressing.define(replace(dressing.material("ashlar"), name="vaults"), 2.0)
    dressing.define(textures.textured(folder, "carved", textures.stone(s + 2, kind.carved, 512, wear), 0.010), 1.2)
    if kind.slabs is not None:
        floor, bump, tile = textures.checker(s + 3, *kind.slabs, tiles=4, wear=wear), 0.004, 2.8
    else:
        flags = textures.stone_blocks(s + 3, scaled(kind.stone, 0.8), rows=4, columns=3, wear=wear)
        damp = textures.unit(textures.noise(s + 4, 1024, 2.4), 1.6) * (0.42 if kind.name == "crypt" else 0.22)
        floor, bump, tile = replace(flags, roughness=np.clip(flags.roughness - 0.18 - damp, 0.12, 1)), 0.010, 2.6
    dressing.define(textures.textured(folder, "floor", floor, bump, clearcoat=0.15 if kind.slabs else 0.0), tile)
    dressing.define(textures.textured(folder, "oak", textures.wood(s + 5, size=512), 0.003, clearcoat=0.15), OWN_UV)
    dressing.plain("wax", (0.78, 0.68, 0.48), 0.45)
    dressing.plain("iron", (0.045, 0.042, 0.04), 0.42, metallic=0.9)
    dressing.plain("brass", (0.62, 0.42, 0.16), 0.28, metallic=1.0)
    dressing.plain("gold", (0.72, 0.48, 0.16), 0.30, metallic=1.0)
    dressing.plain("linen", (0.62, 0.59, 0.52), 0.85, sheen=0.4)
    dressing.plain("velvet", (0.20, 0.012, 0.018), 0.85, sheen=0.8)
    dressing.plain("coals", (0.02, 0.018, 0.016), 0.9)


def _add_windows(
    dressing: Dressing, folder: Path, plan: SetPlan, kind: _Kind, light: Daylight, rng: np.random.Generator
) -> None:
    """Glass glows with the sky behind it. On the sun's side it hides nothing, so that the sun comes in."""
    s, hall = plan.seed % 100_000, kind.hall
    pictures = [
        textures.write_color(folder, f"glass_{n}", stained_glass.lancet(s + 7 * n, kind.glass))
        for n in range(_PICTURES)
    ]
    sky = scaled(light.horizon, 0.85 if kind.glass == "pictured" else 0.55)
    found = lights(hall)
    sunny = [*found["aisle_right"], *found["high_right"]]
    shady = [*found["aisle_left"], *found["high_left"], *found["end"]]
    if kind.name == "crypt":  # slits to the light on one side only
        shady = []
    for side, group, gain, weight in (("Shady", shady, 1.0, 1.2), ("Sunny", sunny, 1.35, 0.1)):
        for n, picture in enumerate(pictures):
            panes = [one.pane() for k, one in enumerate(group) if (5 * k + k // 7) % _PICTURES == n]
            if panes:
                _glaze(dressing.stage, f"{side}Glass{n}", panes, scaled(sky, gain), picture, weight, side == "Sunny")
    if hall.rose is not None:
        picture = textures.write_color(folder, "rose", stained_glass.rose(s + 3, petals=hall.rose.petals))
        _glaze(dressing.stage, "RoseGlass", [rose_pane(hall, hall.rose)], scaled(sky, 1.2), picture, 1.5, False)
    wide = min(3.6, hall.half)
    head = 0.45 * hall.vault[1]
    west = Light(
        (0, 0, hall.near - 0.01), 180.0, -1, Lancet(0, wide, 0.36 * hall.vault[0] + 1.0, head + 1.5, 0.3 * head)
    )
    if kind.name != "crypt":
        _glaze(dressing.stage, "WestGlass", [west.pane()], scaled(light.horizon, 1.1), "", 2.0, False)
    if kind.glass == "pictured":
        _add_colored_sun(dressing.stage, found["high_right"], light, rng)


def _glaze(
    stage: Usd.Stage, name: str, panes: list[Mesh], radiance: RGB, picture: str, weight: float, clear: bool
) -> None:
    material = Material(
        f"glass_{name.lower()}", base=(0, 0, 0), emission=radiance, emission_texture=picture,
        opacity=0.0 if clear else 1.0,
    )  # fmt: skip
    mesh = shapes.merge(panes)
    add_mesh(stage, f"{names.SET}/{name}", mesh, material, light_group="sky", sampling_weight=weight)


def _add_colored_sun(stage: Usd.Stage, windows: list[Light], light: Daylight, rng: np.random.Generator) -> None:
    """Narrow far lamps behind the sunny windows: what the sun is after a piece of coloured glass."""
    way = towards_sun(light, _SUN)
    glass = (stained_glass.RUBY, stained_glass.AMBER, stained_glass.COBALT, stained_glass.AZURE, stained_glass.VIOLET)
    for n, window in enumerate(windows):
        if not 0 < window.bay < 7:
            continue
        x, _, z = window.place
        height = window.lancet.sill + (0.55 if n % 2 else 0.3) * (window.lancet.head - window.lancet.sill)
        at = np.array([x, height, z])
        color = glass[int(rng.integers(len(glass)))]
        r, g, b = (float(sun * pot) for sun, pot in zip(light.sun, color, strict=True))
        power = 3.2 * _FAR_SUN**2
        lamp = tuple((at + _FAR_SUN * way).tolist())
        add_head(stage, f"Colour{n}", Head(lamp, tuple(at.tolist()), (r, g, b), power, 0.52, 0.35), "sun", 0.4)


def _altar_end(dressing: Dressing, folder: Path, plan: SetPlan, kind: _Kind) -> list[tuple[candles.Lit, str]]:
    """Steps across the nave, the altar on them, candelabra at its sides."""
    hall = kind.hall
    top = _add_steps(dressing, hall, kind.steps)
    icon = 0.5 * stained_glass.lancet(plan.seed % 100_000 + 90, "pictured", (128, 512))
    dressing.define(Material("icon", base_texture=textures.write_color(folder, "icon", icon), roughness=0.4), OWN_UV)
    z = hall.far + 2.6
    parts, lit = fittings.altar()
    dressing.add_all(parts, (0, top, z))
    stands = [candles.candelabrum([side * x, y, z + dz], side * 12.0, 1.7)
              for side in (-1, 1) for x, y, dz in ((2.2, top, 0.4), (1.9, 0.0, kind.steps - 2.1))]  # fmt: skip
    return [*((_moved(one, (0, top, z)), "brass") for one in lit), *((one, "iron") for one in stands)]


def _add_steps(dressing: Dressing, hall: Hall, reach: float) -> float:
    """Three steps up to the far end, `reach` metres deep; returns the height of the topmost."""
    x = hall.half - hall.thick - 0.25
    for n in range(3):
        z = hall.far + reach - 0.45 * n
        dressing.add("carved", shapes.soft_box((-x, 0.15 * n, hall.far), (x, 0.15 * (n + 1), z), 0.02))
    return 0.45


def _moved(lit: candles.Lit, by: tuple[float, float, float], turn: float = 0.0) -> candles.Lit:
    metal = None if lit.metal is None else shapes.move(lit.metal, by, turn)
    return candles.Lit(shapes.move(lit.wax, by, turn), shapes.move(lit.flame, by, turn), metal)


def _sconces(hall: Hall, height: float, near: float) -> list[tuple[candles.Lit, str]]:
    reach = hall.half - 0.92 * hall.core
    return [
        (candles.sconce([side * reach, height, z], -90.0 * side), "iron")
        for side in (-1, 1)
        for z in hall.piers
        if hall.far + 1.0 < z < near
    ]


def _cathedral(
    dressing: Dressing, folder: Path, plan: SetPlan, kind: _Kind, rng: np.random.Generator
) -> list[tuple[candles.Lit, str]]:
    """Pews on both sides of a middle aisle, coronas over it, votive candles by a pier, the altar."""
    hall = kind.hall
    pew = fittings.pew(2.5)["oak"]
    rows = [z for z in np.arange(9.6, hall.far + kind.steps + 1.4, -1.06) if not -1.9 < z < 1.9]
    places = [(side * 2.45, 0.0, float(z)) for side in (-1, 1) for z in rows]
    dressing.add("oak", shapes.array(pew, places))
    lit = _altar_end(dressing, folder, plan, kind)
    lit += _sconces(hall, 2.4, 10.0)
    for z in (-3.5, -13.5):
        lit.append((_moved(fittings.corona(1.05, 18, hall.vault[1] - 5.1), (0, hall.vault[1] - 0.2, z)), "iron"))
    for x, z, turn in ((-3.3, 0.7, 90.0), (3.35, -1.15, -90.0)):
        lit.append((_moved(fittings.votives(rng), (x, 0, z), turn), "iron"))
    return lit


def _monastery(
    dressing: Dressing, folder: Path, plan: SetPlan, kind: _Kind, rng: np.random.Generator
) -> list[tuple[candles.Lit, str]]:
    """Plain benches, a choir of stalls along the nave's far half, candles on the floor before the altar."""
    hall = kind.hall
    bench = shapes.move(furniture.bench(1.9), (0, 0, 0), 90.0)
    places = [(side * 1.75, 0.0, z) for side in (-1, 1) for z in np.arange(8.0, 2.4, -1.15)]
    dressing.add("oak", shapes.array(bench, places))
    stall = shapes.move(fittings.pew(3.4)["oak"], (0, 0, 0), 90.0)
    for side in (-1, 1):
        for z in hall.centres:
            if hall.far + kind.steps + 1.0 < z < -1.5:
                dressing.add("oak", shapes.move(stall, (side * 2.5, 0, z), 180.0 if side < 0 else 0.0))
    lit = _altar_end(dressing, folder, plan, kind)
    lit += [_moved_candle(rng, (x, 0.0, z)) for x, z in ((-0.95, -4.6), (0.98, -4.9), (-1.0, -7.6), (0.97, -7.9))]
    for z in (-2.4, -10.8):
        lit.append((_moved(fittings.corona(0.8, 12, hall.vault[1] - 4.2), (0, hall.vault[1] - 0.2, z)), "iron"))
    lit.append((_moved(fittings.votives(rng, 3, 9), (-2.75, 0, 0.5), 90.0), "iron"))
    return lit


def _moved_candle(rng: np.random.Generator, at: tuple[float, float, float]) -> tuple[candles.Lit, str]:
    """A thick candle on a tall iron stick."""
    lit = candles.candle(np.add(at, (0, 1.05, 0)), float(rng.uniform(0.25, 0.4)), 0.03)
    foot = shapes.lathe([[0, 0], [0.16, 0], [0.16, 0.02], [0.03, 0.06], [0.016, 0.3], [0.03, 0.6], [0.016, 0.65],
        [0.016, 1.0], [0.07, 1.03], [0.07, 1.05], [0, 1.05]], 16)  # fmt: skip
    return candles.Lit(lit.wax, lit.flame, shapes.move(foot, at)), "iron"


def _throne_room(
    dressing: Dressing, folder: Path, plan: SetPlan, kind: _Kind, rng: np.random.Generator
) -> list[tuple[candles.Lit, str]]:
    """A carpet to the dais, the throne under a cloth of estate, banners along the arcades, braziers."""
    hall = kind.hall
    top = _add_steps(dressing, hall, kind.steps)
    front = hall.far + kind.steps
    dressing.add("velvet", shapes.soft_box((-0.95, 0, front), (0.95, 0.014, hall.near - 1.5), 0.006))
    dressing.add(
        "gold", *(shapes.box((x - 0.03, 0.002, front), (x + 0.03, 0.017, hall.near - 1.5)) for x in (-0.88, 0.88))
    )
    z = hall.far + 3.6
    dressing.add("carved", shapes.soft_box((-1.3, top, z - 1.2), (1.3, top + 0.16, z + 1.0), 0.02))
    dressing.add_all(fittings.throne(), (0, top + 0.16, z))
    arms = church_heraldry.write_arms(folder, plan.seed, 3)
    for n, picture in enumerate(arms):
        dressing.define(Material(f"banner_{n}", base_texture=picture, roughness=0.9, sheen=0.5), OWN_UV)
    cloth, pole = fittings.banner(2.2, 3.9, 0.4)
    behind = (0.0, top + 4.6, z - 1.0)
    dressing.add("banner_0", shapes.move(cloth, behind))
    dressing.add("gold", shapes.move(pole, behind))
    posts = [shapes.cylinder(0.04, top, top + 4.65, 12), shapes.move(shapes.sphere(0.08, 14), (0, top + 4.7, 0))]
    dressing.add("gold", *(shapes.move(post, (x, 0, z - 1.0)) for x in (-1.2, 1.2) for post in posts))
    for side in (-1, 1):
        for n, pier in enumerate(hall.piers[1:-1]):
            cloth, pole = fittings.banner(1.25, 3.2, 1.3 * n + side)
            at = (side * (hall.half - hall.thick - 0.36), hall.arcade[0] + 3.75, pier)
            dressing.add(f"banner_{(n + (side > 0)) % 3}", shapes.move(cloth, at, -90.0 * side))
            bracket = shapes.box((-0.03, -0.02, -0.5), (0.03, 0.03, 0.02))
            dressing.add("iron", shapes.move(pole, at, -90.0 * side), shapes.move(bracket, at, -90.0 * side))
    lit = [(_moved(fittings.brazier(), (side * 2.2, 0, at)), "coal") for side in (-1, 1) for at in (4.4, -2.6, -5.4)]
    lit += [(candles.candelabrum([side * 1.9, top, z + 0.5], side * 15.0, 1.9), "iron") for side in (-1, 1)]
    lit += _sconces(hall, 2.5, 10.0)
    return lit


def _crypt(
    dressing: Dressing, folder: Path, plan: SetPlan, kind: _Kind, rng: np.random.Generator
) -> list[tuple[candles.Lit, str]]:
    """Tombs in the aisles and one at the end, candles burnt low on them, a brazier."""
    hall = kind.hall
    shape = np.random.Generator(np.random.PCG64(31))  # tombs bound the floor, which is surveyed once
    for side in (-1, 1):
        for z in hall.centres:
            dressing.add_all(fittings.tomb(shape), (side * (hall.wall - 1.1), 0, z), 90.0 * (z % 2 < 1))
    z = hall.far + 2.0
    dressing.add("carved", shapes.soft_box((-1.5, 0, hall.far), (1.5, 0.16, z + 1.6), 0.02))
    dressing.add_all(fittings.tomb(shape), (0, 0.16, z), 90.0)
    lit = [
        (candles.candle((x, 1.16, z + dz), float(rng.uniform(0.06, 0.22)), 0.024), "iron")
        for x, dz in ((-1.0, 0.25), (-0.85, -0.2), (-0.6, 0.3), (0.7, 0.28), (0.95, 0.1), (0.8, -0.28))
    ]
    lit += [
        (candles.candle((side * (hall.wall - 1.1) + dx, 1.0, at + dz), float(rng.uniform(0.05, 0.2)), 0.022), "iron")
        for side in (-1, 1)
        for at in hall.centres
        for dx, dz in ((0.3, 0.2), (-0.3, -0.25), (0.2, -0.32))
    ]
    lit += [(candles.candelabrum([side * 1.3, 0.0, hall.far + 4.4], side * 10.0, 1.5), "iron") for side in (-1, 1)]
    lit.append((_moved(fittings.brazier(0.85), (-1.55, 0, -3.4)), "coal"))
    lit += _sconces(hall, 1.5, 6.0)
    return lit


def _light_candles(dressing: Dressing, lit: Iterable[tuple[candles.Lit, str]]) -> None:
    """Wax and metal into the dressing; flames as mesh lights: near, far, and the fires of braziers."""
    flames: dict[str, list[Mesh]] = {"Near": [], "Far": [], "Fires": []}
    for one, metal in lit:
        is_fire = metal == "coal"
        dressing.add("coals" if is_fire else "wax", one.wax)
        if one.metal is not None:
            dressing.add("iron" if is_fire else metal, one.metal)
        is_far = float(one.flame.points[:, 2].mean()) < _FAR_CANDLES
        flames["Fires" if is_fire else "Far" if is_far else "Near"].append(one.flame)
    for name, radiance, weight in (("Near", candles.FLAME, 4.0), ("Far", candles.FLAME, 1.5), ("Fires", _FIRE, 2.0)):
        if flames[name]:
            dressing.glow(f"Flames{name}", flames[name], radiance, "candles", weight)


def _add_door(stage: Usd.Stage, dressing: Dressing, hall: Hall) -> None:
    """The oak door in the near wall, closed; its leaf turns about Y at the hinge."""
    height = min(2.3, 0.85 * hall.arcade[0])
    wood, iron = furniture.door_leaf(2.0, height, min(1.2, 0.45 * hall.arcade[0]))
    root = f"{names.PROPS}/Door"
    UsdGeom.Xform.Define(stage, root).AddTransformOp().Set(facing((1.0, 0, hall.near - 0.02), (0, 0, -1)))
    leaf = UsdGeom.Xform.Define(stage, f"{root}/Leaf")
    leaf.AddRotateYOp().Set(0.0)
    leaf.GetPrim().CreateAttribute("secondunit:openDegrees", Sdf.ValueTypeNames.Float, custom=True).Set(-78.0)
    add_mesh(stage, f"{root}/Leaf/Oak", shapes.box_uv(wood, 1.0), dressing.material("oak"))
    add_mesh(stage, f"{root}/Leaf/Iron", iron, dressing.material("iron"))


def _add_air(stage: Usd.Stage, kind: _Kind, light: Daylight) -> None:
    hall = kind.hall
    pictured = kind.glass == "pictured"
    share = 0.22 if pictured else 1.0  # what coloured glass lets through as it came
    low, high = (-hall.half, 0.2, hall.far + 2), (hall.half, min(7.0, hall.vault[0]), hall.near - 3)
    inside = replace(light, sun=scaled(light.sun, share))
    add_daylight(stage, inside, _SUN, low, high, dust=1.5 * kind.haze, sky_gain=0.10, motes=700)
    if pictured:
        add_air(stage, "ColouredSun", Beams("sun", 0.015 * kind.haze, 0.35, 0.4))
    add_air(stage, "Candlelight", Glow("candles", 0.00035))


def _add_marks(stage: Usd.Stage, kind: _Kind) -> None:
    """Where people stand, the altar's middle, and where each size of shot looks from."""
    hall = kind.hall
    add_mark(stage, "hero", facing((0, 0, 0), (0.15, 0, 1)))
    add_mark(stage, "hero_2", facing((0.72, 0, 0.45), (-0.4, 0, 1)))
    add_mark(stage, "hero_3", facing((-0.68, 0, -0.7), (0.3, 0, 1)))
    add_mark(stage, "altar", facing((0, 0, hall.far + kind.steps + 0.8), (0, 0, -1)))
    far_look, look = kind.look
    cameras: dict[str, tuple[RGB, RGB]] = {
        "EWS": ((0.75, 1.65, hall.near - 2.2), (-0.1, far_look, -8.0)),
        "WS": ((0.60, 1.45, min(6.4, hall.near - 2.6)), (-0.15, look, -6.0)),
        "FS": ((0.55, 1.30, 4.2), (0.0, 1.1, 0.0)),
        "MFS": ((0.50, 1.42, 3.1), (0.02, 1.22, 0.0)),
        "MS": ((0.42, 1.52, 2.15), (0.02, 1.38, 0.0)),
        "MCU": ((0.34, 1.57, 1.5), (0.02, 1.49, 0.0)),
        "CU": ((0.30, 1.58, 1.42), (0.01, 1.52, 0.03)),
        "ECU": ((0.26, 1.57, 1.20), (0.01, 1.54, 0.05)),
    }
    for size, (eye, target) in cameras.items():
        add_mark(stage, camera_mark(size), look_at(eye, target))
