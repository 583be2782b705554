"""The arena: a lit stage in a dark oval of thousands of people, screens over it, beams that sweep, a hologram.

The stage's middle is the origin, its front is +Z. Light groups: `keys`, `beams`, `wash`, `screens`, `led`,
`hologram`, `phones`. The seed deals the teams and their colours, the stage's shape, the rig, the screens' order, the
hologram and who sits where; `wear` scuffs the floor; the future shows more holograms.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
from pxr import Usd, UsdGeom

from secondunit_engine.places import layout_of
from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world import shapes, textures
from secondunit_engine.world import stage as names
from secondunit_engine.world.air import Beams, Fog, Glow, Motes, add_air
from secondunit_engine.world.author import RGB, Material, add_mark, add_mesh, facing, look_at, new_layer
from secondunit_engine.world.mesh import scaled
from secondunit_engine.world.props import spectators
from secondunit_engine.world.sets import arena_bowl, arena_graphics, arena_rig
from secondunit_engine.world.sets.arena_graphics import Match
from secondunit_engine.world.sets.arena_rig import Panel, bare
from secondunit_engine.world.show import PULSE, Head, add_head, spinning
from secondunit_engine.world.stage import camera_mark

_SIDES: Final = (0, 8, 6)  # of the stage, by layout; 0 is a circle
_TEMPO: Final = 128.0  # beats a minute
_WHITE: Final[RGB] = (1.0, 0.93, 0.84)
_HOLOGRAM: Final = 4.7  # m, height of the hologram's middle
# Eye, target [m].
_CAMERAS: Final[dict[str, tuple[RGB, RGB]]] = {
    "EWS": ((7.5, 4.6, 17.5), (-1.0, 4.3, -4.0)),
    "WS": ((3.6, 1.5, 9.6), (-0.6, 3.5, -3.0)),
    "FS": ((2.0, 1.3, 5.4), (0.0, 1.15, 0.0)),
    "MFS": ((1.6, 1.35, 3.9), (0.0, 1.2, 0.0)),
    "MS": ((1.2, 1.5, 2.7), (0.0, 1.32, 0.0)),
    "MCU": ((0.8, 1.58, 1.75), (0.0, 1.48, 0.0)),
    "CU": ((0.5, 1.6, 1.1), (0.0, 1.58, 0.0)),
    "ECU": ((0.35, 1.62, 0.75), (0.0, 1.61, 0.0)),
}


def build_arena(plan: SetPlan, folder: Path) -> None:
    """Write folder/set.usdc and folder/textures."""
    rng = np.random.Generator(np.random.PCG64(plan.seed))
    match = arena_graphics.match_of(rng)
    kind = int(rng.integers(6))
    stage = new_layer(folder / "set.usdc")
    _add_bowl(stage, folder, plan, match, rng)
    _add_stage(stage, folder, plan, match, kind)
    _add_screens(stage, folder, match, kind)
    _add_holograms(stage, folder, plan, match, kind)
    _add_rig(stage, match, kind, rng)
    _add_marks(stage)
    _add_air(stage)
    stage.GetRootLayer().Save()


def _light(name: str, color: RGB, by: float, texture: str = "", opacity: float = 1.0) -> Material:
    return Material(name, base=(0, 0, 0), emission=scaled(color, by), emission_texture=texture, opacity=opacity)


def _add_bowl(stage: Usd.Stage, folder: Path, plan: SetPlan, match: Match, rng: np.random.Generator) -> None:
    eyes = np.array([(eye[0], eye[2], 2.2) for eye, _ in _CAMERAS.values()])
    lane = np.array([(0.0, z, 1.7) for z in np.arange(10.0, 20.0, 1.5)])  # the players' way in
    bowl = arena_bowl.build(rng, np.concatenate([eyes, lane]), float(rng.uniform(0.2, 0.45)))
    concrete = textures.plaster(plan.seed % 100_000 + 1, (0.055, 0.055, 0.062), 512, plan.wear)
    palette = textures.write_color(folder, "crowd", spectators.palette(plan.seed, match.colors))
    seat = scaled(match.colors[int(rng.integers(2))], 0.05)
    for name, mesh, material in (
        ("Terraces", bowl.terraces, textures.textured(folder, "concrete", concrete, 0.004)),
        ("Rails", bowl.rail, Material("steel", base=(0.25, 0.25, 0.27), roughness=0.3, metallic=0.9)),
        ("Seats", bowl.seats, Material("seat", base=seat, roughness=0.45)),
        ("People", bowl.people, Material("crowd", roughness=0.75, base_texture=palette)),
    ):
        add_mesh(stage, f"{names.SET}/{name}", mesh, material)
    phones = _light("telephone", (0.75, 0.88, 1.0), 26.0)
    add_mesh(stage, f"{names.SET}/Telephones", bowl.telephones, phones, light_group="phones", sampling_weight=0.05)
    ribbon = _light("ribbon", (1, 1, 1), 2.6, arena_graphics.write_ribbon(folder, match))
    add_mesh(stage, f"{names.SET}/Ribbon", bowl.ribbon, ribbon, light_group="screens", sampling_weight=0.5)


def _add_stage(stage: Usd.Stage, folder: Path, plan: SetPlan, match: Match, kind: int) -> None:
    """The stage with lines of light in a floor that mirrors, and a desk for each team."""
    sides = _SIDES[layout_of(plan)]
    s = plan.seed % 100_000
    scuffs = textures.scratches(s + 2, int(100 + 500 * plan.wear), 1024, 0.2)
    cloud = textures.noise(s + 3, 1024, 2.2)
    v, u = np.mgrid[0:1024, 0:1024] / 512.0
    joint = np.minimum(np.abs(u - np.round(u)), np.abs(v - np.round(v))) < 0.004
    rough = np.clip(0.11 + 0.035 * cloud + 0.2 * scuffs + 0.3 * joint, 0.05, 0.8)
    floor = Material(
        "stage_floor", base=(0.022, 0.022, 0.026), specular=0.6, roughness=0.12,
        roughness_texture=textures.write_data(folder, "stage_roughness", rough),
    )  # fmt: skip
    add_mesh(stage, f"{names.SET}/Stage", arena_rig.stage_floor(sides), floor)
    black = Material("stage_black", base=(0.02, 0.02, 0.022), roughness=0.4)
    desks = [arena_rig.desk(turn, place) for turn, place in ((58.0, (-5.4, 0, -2.6)), (-58.0, (5.4, 0, -2.6)))]
    solid = bare([arena_rig.stage_skirt(sides), *(each[0] for each in desks)])
    add_mesh(stage, f"{names.SET}/Black", solid, black)
    lines = _light("stage_lines", match.colors[0], 9.0)
    add_mesh(
        stage, f"{names.SET}/Lines", arena_rig.stage_lines(sides, kind), lines, light_group="led", sampling_weight=1.5
    )
    for side, (_, screens, strips) in enumerate(desks):
        glow = _light(f"desk{side}", match.colors[side], 7.0)
        add_mesh(
            stage, f"{names.SET}/DeskLight{side}", bare([screens, strips]), glow, light_group="led", sampling_weight=0.5
        )


def _add_screens(stage: Usd.Stage, folder: Path, match: Match, kind: int) -> None:
    """The great screen behind the stage and one on either side, framed in light, with bars that beat over them."""
    back = -15.5 if kind % 2 else -16.5
    great = Panel((0, 5.0, back), 0.0, 15.5, 6.8)
    sides = [Panel((x, 4.6, -11.5), turn, 7.6, 5.9) for x, turn in ((-14.0, 40.0), (14.0, -40.0))]
    behind = Panel((0, 7.2, 17.5), 180.0, 10.0, 4.4)  # for whoever looks the other way
    score = arena_graphics.write_score(folder, match)
    pictures = [score, *(arena_graphics.write_team(folder, match, side) for side in (0, 1)), score]
    panels = [great, *sides, behind]
    for number, (panel, picture) in enumerate(zip(panels, pictures, strict=True)):
        light = _light(f"screen{number}", (1, 1, 1), 3.4, picture)
        add_mesh(stage, f"{names.SET}/Screen{number}", panel.front(), light, light_group="screens", sampling_weight=2.0)
    cases = bare([panel.case() for panel in panels])
    hangers = [
        shapes.box((x - 0.03, y, z - 0.03), (x + 0.03, 24.0, z + 0.03))
        for panel in panels
        for x, y, z in [(panel.place[0], panel.place[1] + panel.height, panel.place[2] - 0.2 * np.cos(panel.turn))]
    ]
    case = Material("screen_case", base=(0.02, 0.02, 0.02), roughness=0.5)
    add_mesh(stage, f"{names.SET}/ScreenCases", bare([cases, *hangers]), case)
    for side, panel in enumerate(sides):
        beat = shapes.move(arena_graphics.bars(panel.width * 0.8, 1.5, 28), (0, 0.35, 0.04))
        _add_bars(stage, f"Bars{side}", bare([shapes.move(beat, panel.place, panel.turn)]), match.colors[side])
    beat = shapes.move(arena_graphics.bars(great.width * 0.86, 1.7, 56), (0, 0.4, 0.04))
    _add_bars(stage, "Bars2", bare([shapes.move(beat, great.place)]), match.colors[0])


def _add_bars(stage: Usd.Stage, name: str, mesh: shapes.Mesh, color: RGB) -> None:
    material = _light(f"bars_{name}", color, 4.0, opacity=0.0)
    plain = shapes.Mesh(mesh.points, mesh.triangles)
    prim = add_mesh(stage, f"{names.PROPS}/{name}/Bars", plain, material, light_group="screens", sampling_weight=0.05)
    prim.GetPrim().CreateAttribute(PULSE, prim.GetPrim().GetAttribute(names.SAMPLING_WEIGHT).GetTypeName()).Set(_TEMPO)


def _add_holograms(stage: Usd.Stage, folder: Path, plan: SetPlan, match: Match, kind: int) -> None:
    """A turning figure over the stage with rings of writing, and a panel beside each desk."""
    figure = arena_graphics.globe(1.5) if kind % 2 == 0 else arena_graphics.crystal(1.5, 5 + kind // 2)
    wires = _light("hologram", (0.75, 0.92, 1.0), 5.0, opacity=0.0)
    script = _light("hologram_band", (1, 1, 1), 5.0, arena_graphics.write_band(folder, match), 0.0)
    pieces = [("Figure", figure, wires, 24.0, 0.0), ("Band", arena_graphics.band(2.6, 0.55, 2), script, -18.0, -0.2)]
    if plan.era == "future":
        pieces.append(("HighBand", arena_graphics.band(3.6, 0.4, 3), script, 11.0, 1.2))
    for name, mesh, material, rate, up in pieces:
        path = f"{names.PROPS}/Hologram{name}"
        spinning(stage, path, rate).AddTranslateOp().Set((0, _HOLOGRAM + up, -3.6))
        _settle(stage, path, (0, _HOLOGRAM + up, -3.6))
        add_mesh(stage, f"{path}/Light", mesh, material, light_group="hologram", sampling_weight=0.05)
    for side, x in ((0, -3.4), (1, 3.4)):
        picture = arena_graphics.write_panel(folder, match, side)
        panel = Panel((x, 1.9, -3.4), -16.0 if x > 0 else 16.0, 1.9, 1.27)
        light = _light(f"holo_panel{side}", (1, 1, 1), 3.2, picture, 0.0)
        add_mesh(
            stage, f"{names.SET}/HoloPanel{side}", panel.front(), light, light_group="hologram", sampling_weight=0.05
        )


def _settle(stage: Usd.Stage, path: str, place: RGB) -> None:
    """Order an Xform's operations so that it turns about its own middle, then stands at `place`."""
    prim = UsdGeom.Xformable(stage.GetPrimAtPath(path))
    turn, translate = prim.GetOrderedXformOps()
    translate.Set(place)
    prim.SetXformOpOrder([translate, turn])


def _add_rig(stage: Usd.Stage, match: Match, kind: int, rng: np.random.Generator) -> None:
    trusses, paths = arena_rig.rig(kind)
    add_mesh(
        stage, f"{names.SET}/Trusses", trusses, Material("alloy", base=(0.4, 0.4, 0.42), roughness=0.35, metallic=1)
    )
    sweeping, washing = _heads(match, paths, rng)
    keys = [
        Head((x, arena_rig.TRUSS - 0.4, z), (tx, 0.9, 0.0), _WHITE, power, 6.0, 0.5)
        for x, z, tx, power in ((-4.5, 8.2, 0.1, 14_000.0), (4.8, -8.2, 0.0, 22_000.0), (-5.2, -7.6, 0.2, 16_000.0))
    ]
    bodies, lenses = arena_rig.head_bodies([*sweeping, *keys])
    add_mesh(stage, f"{names.SET}/Heads", bodies, Material("head", base=(0.02, 0.02, 0.02), roughness=0.4))
    lens = _light("lens", (1.0, 0.97, 0.95), 60.0)
    add_mesh(stage, f"{names.SET}/Lenses", lenses, lens, light_group="beams", sampling_weight=0.02)
    for group, heads, weight in (("beams", sweeping, 0.5), ("keys", keys, 3.0), ("wash", washing, 1.0)):
        for number, head in enumerate(heads):
            add_head(stage, f"{group.title()}{number}", head, group, weight)


def _heads(match: Match, paths: list[np.ndarray], rng: np.random.Generator) -> tuple[list[Head], list[Head]]:
    """Heads that sweep in waves, and floods over the stands."""
    sweeping, number = [], 0
    for path, count in zip(paths, (12, 5, 4, 5), strict=True):
        for place in arena_rig.hung(path, count):
            out = place * [1, 0, 1] / max(1.0, float(np.hypot(place[0], place[2])))
            reach = float(rng.uniform(-4.0, 12.0))
            aim = place * [1, 0, 1] + out * reach + [0, -1.0, 0]
            color = (match.colors[0], match.colors[1], (0.9, 0.95, 1.0))[(0, 1, 0, 1, 2)[number % 5]]
            sweeping.append(
                Head(tuple(place.tolist()), tuple(aim.tolist()), color, 7_000.0, 3.4, 0.5, 24.0, 12.0, 7.0, number / 9)
            )
            number += 1
    washing = []
    for angle in np.linspace(0, 2 * np.pi, 10, endpoint=False) + 0.3:
        place = (6.0 * np.sin(angle), 16.5, 6.0 * np.cos(angle))
        aim = (31.0 * np.sin(angle), 5.5, 29.0 * np.cos(angle))
        color = match.colors[int(np.sin(angle) > 0)]
        washing.append(Head(place, aim, color, 5_200.0, 34.0, 0.7))
    return sweeping, washing


def _add_marks(stage: Usd.Stage) -> None:
    for name, place, way in (
        ("hero", (0.0, 0, 0.0), (0.25, 0, 1)),
        ("hero_2", (-1.5, 0, 0.3), (0.7, 0, 1)),
        ("hero_3", (1.6, 0, -0.3), (-0.5, 0, 1)),
    ):
        add_mark(stage, name, facing(place, way))
    for size, (eye, target) in _CAMERAS.items():
        add_mark(stage, camera_mark(size), look_at(eye, target))


def _add_air(stage: Usd.Stage) -> None:
    add_air(stage, "Fog", Fog(density=0.007, color=(0.006, 0.007, 0.014)))
    add_air(stage, "Beams", Beams("beams", density=0.020))
    add_air(stage, "KeyBeams", Beams("keys", density=0.0016))
    add_air(stage, "LineGlow", Glow("led", 0.0003))
    add_air(stage, "ScreenGlow", Glow("screens", 0.00006))
    add_air(stage, "Motes", Motes((-7, 0.3, -6), (7, 6, 9), (0.5, 0.55, 0.7), 500, size=0.006, drift=0.08))
