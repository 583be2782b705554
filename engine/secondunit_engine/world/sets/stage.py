"""A theatre's stage before its house, or a concert's: boards, a gilded proscenium, a follow spot, colour in the haze.

The hero stands at the origin on the boards and faces +Z, the house. A theatre has its red curtain closed behind and
footlights along the edge; a concert has trusses, amplifiers, drums and heads that sweep. Light groups: `keys` (follow
spots), `wash`, `footlights`, `house`. The seed deals the colours, the house's paint and who has come.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
from pxr import Usd

from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world import shapes, textures
from secondunit_engine.world import stage as names
from secondunit_engine.world.air import Beams, Fog, Glow, Motes, add_air
from secondunit_engine.world.author import RGB, Material, add_mark, add_mesh, facing, look_at, new_layer
from secondunit_engine.world.interiors import finishes, theatre
from secondunit_engine.world.kit import Kit, bars
from secondunit_engine.world.mesh import Mesh, scaled
from secondunit_engine.world.props import spectators
from secondunit_engine.world.sets import arena_rig, stage_backline
from secondunit_engine.world.show import Head, add_head
from secondunit_engine.world.stage import camera_mark

_OPENING: Final = (9.6, 5.8)  # m, of the proscenium
_FRONT: Final = 3.2  # z of the proscenium's face
_APRON: Final = 4.4  # z of the edge of the boards
_HOUSE: Final = (10.5, 25.0, 12.0)  # m: half its width, the z of its back wall, its height
_PIT: Final = -1.15  # height of the house's floor by the stage
_WARM: Final[RGB] = (1.0, 0.80, 0.58)
_WASHES: Final[tuple[tuple[RGB, RGB], ...]] = (
    ((1.0, 0.10, 0.05), (0.10, 0.22, 1.0)),
    ((1.0, 0.36, 0.06), (0.50, 0.08, 1.0)),
    ((0.06, 0.80, 0.95), (1.0, 0.10, 0.55)),
    ((1.0, 0.55, 0.16), (0.08, 0.35, 1.0)),
)
_PAINTS: Final[tuple[RGB, ...]] = ((0.40, 0.34, 0.25), (0.26, 0.045, 0.04), (0.15, 0.20, 0.19), (0.36, 0.34, 0.31))
_CAMERAS: Final[dict[str, tuple[RGB, RGB]]] = {
    "EWS": ((0.9, 1.75, 17.5), (-0.1, 2.6, 0.0)),
    "WS": ((0.8, 0.62, 12.0), (-0.1, 1.75, 0.0)),
    "FS": ((0.7, 0.85, 5.4), (0.0, 1.15, 0.0)),
    "MFS": ((0.62, 1.25, 3.9), (0.0, 1.22, 0.0)),
    "MS": ((0.48, 1.50, 2.5), (0.02, 1.36, 0.0)),
    "MCU": ((0.36, 1.57, 1.6), (0.02, 1.49, 0.0)),
    "CU": ((0.30, 1.58, 1.42), (0.01, 1.52, 0.03)),
    "ECU": ((0.26, 1.57, 1.20), (0.01, 1.54, 0.05)),
}


def build_stage(plan: SetPlan, folder: Path) -> None:
    """Write folder/set.usdc and folder/textures."""
    rng = np.random.Generator(np.random.PCG64([plan.seed, 41]))
    is_concert = plan.seed % 2 == 1
    stage = new_layer(folder / "set.usdc")
    kit = Kit()
    globes = _add_house(kit)
    people = _seat_house(kit, rng, is_concert)
    _add_boards(kit)
    washes = _WASHES[int(rng.integers(len(_WASHES)))]
    wash = _concert(kit, washes, rng) if is_concert else _theatre(kit, washes)
    keys = _follow_spots(is_concert)
    bodies, lenses = arena_rig.head_bodies([_behind(head) for head in (*wash, *keys)])
    kit.put("dark", bodies)
    kit.write(stage, names.SET, _materials(plan, folder, rng), {"boards": 2.2, "plaster": 2.0, "carpet": 2.0})
    _write_lamps(stage, globes, lenses, washes, is_concert)
    palette = textures.write_color(
        folder, "audience", spectators.palette(plan.seed, ((0.10, 0.09, 0.08), (0.05, 0.05, 0.07)))
    )
    add_mesh(stage, f"{names.SET}/People", people, Material("audience", roughness=0.8, base_texture=palette))
    for group, heads, weight in (("wash", wash, 1.0), ("keys", keys, 3.0)):
        for number, head in enumerate(heads):
            add_head(stage, f"{group.title()}{number}", head, group, weight)
    _add_air(stage, is_concert)
    _add_marks(stage)
    stage.GetRootLayer().Save()


def _materials(plan: SetPlan, folder: Path, rng: np.random.Generator) -> dict[str, Material]:
    s = plan.seed % 100_000 * 53
    boards = finishes.planks(s + 1, (0.035, 0.022, 0.014), (0.115, 0.07, 0.04), boards=14, wear=plan.wear, gloss=0.30)
    paint = _PAINTS[int(rng.integers(len(_PAINTS)))]
    plaster = textures.plaster(s + 2, paint, 512, 0.5 * plan.wear)
    carpet = finishes.carpet(s + 3, (0.10, 0.012, 0.014), size=512)
    made = [
        textures.textured(folder, "boards", boards, 0.003, clearcoat=0.12),
        textures.textured(folder, "plaster", plaster, 0.003),
        textures.textured(folder, "carpet", carpet, 0.003),
        Material("velvet", base=(0.23, 0.010, 0.014), roughness=0.75, sheen=1.0),
        Material("seat", base=(0.13, 0.010, 0.012), roughness=0.8, sheen=0.6),
        Material("gold", base=(0.62, 0.40, 0.14), roughness=0.34, metallic=1.0),
        Material("wood", base=(0.055, 0.028, 0.014), roughness=0.35),
        Material("dark", base=(0.015, 0.015, 0.016), roughness=0.55),
        Material("steel", base=(0.36, 0.36, 0.38), roughness=0.34, metallic=1.0),
        Material("brass", base=(0.55, 0.38, 0.14), roughness=0.25, metallic=1.0),
        Material("grille", base=(0.05, 0.048, 0.045), roughness=0.85),
        Material("shells", base=(0.16, 0.012, 0.012), roughness=0.18, clearcoat=1.0),
        Material("skins", base=(0.60, 0.58, 0.53), roughness=0.5),
        Material("tape", base=(0.52, 0.50, 0.44), roughness=0.7),
    ]
    return {material.name: material for material in made}


def _add_boards(kit: Kit) -> None:
    """The stage to its edge, a gilded front, tape where people stand, black legs and borders in the wings."""
    half = _HOUSE[0] - 0.2
    kit.put("boards", bars([((-half, -0.3, -11.0), (half, 0.0, _APRON))]))
    kit.put("wood", bars([((-half, _PIT - 0.3, _APRON - 0.3), (half, 0.012, _APRON + 0.02))]))
    kit.put("gold", bars([((-half, -0.10, _APRON + 0.02), (half, -0.04, _APRON + 0.05)),
                          ((-half, _PIT + 0.1, _APRON + 0.02), (half, _PIT + 0.22, _APRON + 0.05))]))  # fmt: skip
    for x in np.arange(-9.0, 9.1, 1.5).tolist():
        kit.put("gold", bars([((x - 0.05, _PIT + 0.2, _APRON + 0.02), (x + 0.05, -0.08, _APRON + 0.045))]))
    cross = [((-0.16, 0.0, -0.022), (0.16, 0.002, 0.022)), ((-0.022, 0.0, -0.16), (0.022, 0.002, 0.16))]
    kit.put("tape", *(shapes.move(bars(cross), (x, 0, z), 45.0) for x, z in ((-2.4, 0.6), (2.6, 0.9), (0.1, -0.9))))
    for z in (0.6, -4.2, -7.2):
        leg = theatre.drape(3.2, 8.4, 9, 0.4)
        kit.put("dark", *(shapes.move(leg, (side * (_OPENING[0] / 2 + 1.2), 0, z)) for side in (-1, 1)))
        kit.put("dark", bars([((-9, 6.1, z - 0.03), (9, 9.5, z + 0.03))]))
    kit.put("dark", bars([((-half, 0, -11.2), (half, 9.6, -11.0)), ((-half, 9.5, -11.0), (half, 9.6, _FRONT))]))
    kit.put("dark", *(bars([((side * half - 0.1, 0, -11), (side * half + 0.1, 9.6, _FRONT))]) for side in (-1, 1)))


def _add_house(kit: Kit) -> list[Mesh]:
    """The proscenium, walls with boxes, a balcony, the ceiling and its chandelier; returns the globes of its lamps."""
    half, back, top = _HOUSE
    kit.place(theatre.proscenium(_OPENING, (2 * half, top)), (0, 0, _FRONT))
    walls = [((side * half - 0.1, -1.6, _FRONT), (side * half + 0.1, top, back)) for side in (-1, 1)]
    rest = [((-half, -1.6, back), (half, top, back + 0.2)), ((-half, top, _FRONT), (half, top + 0.2, back))]
    kit.put("plaster", bars([*walls, *rest]))
    globes = []
    one, globe = theatre.box_tier()
    for side in (-1, 1):
        for y in (0.9, 4.4):
            for z in (5.6, 8.4, 11.2):
                at, turn = (side * half, y, z), 0.0 if side < 0 else 180.0
                kit.place(one, at, turn)
                globes.append(shapes.move(globe, at, turn))
        for z in (14.6, 18.0, 21.4):
            x = sorted((side * half, side * (half - 0.12)))
            kit.put("plaster", bars([((x[0], -1.0, z - 0.3), (x[1], top - 0.8, z + 0.3))]))
            kit.put("gold", bars([((x[0], top - 1.1, z - 0.4), (x[1] + 0.06, top - 0.7, z + 0.4))]))
            globes.append(shapes.move(shapes.sphere(0.09, 14), (side * (half - 0.35), 1.7, z)))
            kit.put(
                "gold",
                shapes.tube(
                    [(side * half, 1.45, z), (side * (half - 0.35), 1.5, z), (side * (half - 0.35), 1.62, z)], 0.02, 8
                ),
            )
    x = np.linspace(-half, half, 41)
    front = 15.2 - 0.016 * x**2
    profile = ((0.10, -0.45), (-0.05, -0.2), (-0.10, 0.1), (-0.02, 0.5), (-0.08, 0.78), (0.12, 0.80))
    rings = [np.column_stack([x, np.full(41, 3.9 + y), front + dz]) for dz, y in profile]
    kit.put("plaster", shapes.grid(np.stack(rings)[::-1]))
    for dz, y in ((-0.09, 0.80), (-0.11, 0.1), (0.02, -0.42)):
        kit.put("gold", shapes.tube(np.column_stack([x, np.full(41, 3.9 + y), front + dz]), 0.05, 8))
    kit.put("wood", bars([((-half, 3.3, 15.2), (half, 3.46, back))]))
    for n in range(5):
        kit.put("carpet", bars([((-half, 3.4, 16.4 + 1.05 * n), (half, 3.5 + 0.34 * n, back))]))
    chandelier, bulbs = _chandelier()
    kit.put("gold", shapes.move(chandelier, (0, top, 12.5)))
    globes.append(shapes.move(bulbs, (0, top, 12.5)))
    rose = shapes.lathe(
        [[2.6, -0.02], [2.5, -0.16], [2.2, -0.10], [1.2, -0.06], [1.1, -0.2], [0.9, -0.1], [0, -0.1]], 48
    )
    kit.put("gold", shapes.move(rose, (0, top, 12.5)))
    return globes


def _chandelier() -> tuple[Mesh, Mesh]:
    """Three rings of bulbs on a stem from y = 0, and the bulbs."""
    parts = [shapes.tube([(0, 0, 0), (0, -3.2, 0)], 0.03, 8), shapes.move(shapes.sphere(0.22, 16), (0, -3.2, 0))]
    bulbs = []
    turn = np.linspace(0, 2 * np.pi, 41)
    for radius, y, count in ((1.35, -2.6, 24), (0.95, -2.0, 16), (0.5, -1.5, 8)):
        parts.append(
            shapes.tube(np.column_stack([radius * np.cos(turn), np.full(41, y), radius * np.sin(turn)]), 0.03, 8)
        )
        for a in np.linspace(0, 2 * np.pi, 8, endpoint=False):
            parts.append(shapes.tube([(radius * np.cos(a), y, radius * np.sin(a)), (0, y + 0.35, 0)], 0.014, 5))
        at = np.linspace(0, 2 * np.pi, count, endpoint=False)
        places = np.column_stack([radius * np.cos(at), np.full(count, y + 0.09), radius * np.sin(at)])
        bulbs.append(shapes.array(shapes.sphere(0.055, 10), places))
    return shapes.merge(parts), shapes.merge(bulbs)


def _seat_house(kit: Kit, rng: np.random.Generator, is_concert: bool) -> Mesh:
    """Raked rows in the stalls and on the balcony, and who sits there."""
    half, back, _ = _HOUSE
    stalls = [(float(z), _PIT + 0.06 * (float(z) - 5.0)) for z in np.arange(6.4, 22.5, 1.0)]
    kit.put("carpet", bars([((-half, -1.8, _APRON), (half, _PIT, 6.0))]))
    kit.put("carpet", bars([((-half, -1.8, z - 0.5), (half, y, z + 0.5)) for z, y in stalls]))
    kit.put("carpet", bars([((-half, -1.8, stalls[-1][0] + 0.5), (half, stalls[-1][1], back))]))
    chairs, people = theatre.rows(rng, stalls, half - 1.6, 1.0, 0.72 if is_concert else 0.55)
    balcony = [(16.9 + 1.05 * n, 3.5 + 0.34 * n) for n in range(5)]
    above, upper = theatre.rows(rng, balcony, half - 0.6, 0.5, 0.6)
    kit.place(chairs, (0, 0, 0))
    kit.place(above, (0, 0, 0))
    return shapes.merge([people, upper])


def _theatre(kit: Kit, washes: tuple[RGB, RGB]) -> list[Head]:
    """The curtain closed behind the hero, its tabs and swags, footlights in shells; colour from over the stage."""
    w, h = _OPENING
    kit.put(
        "velvet",
        *(
            shapes.move(theatre.drape(w / 2 + 0.9, h + 1.2, 11 + side), (side * (w / 4 + 0.4), 0.02, -2.7))
            for side in (-1, 1)
        ),
    )
    kit.put(
        "velvet",
        *(
            shapes.move(theatre.drape(1.7, h + 1.0, 15 + side), (side * (w / 2 - 0.35), 0.02, _FRONT - 0.95))
            for side in (-1, 1)
        ),
    )
    for n in range(4):
        x = (n - 1.5) * w / 4
        kit.put("velvet", shapes.move(theatre.swag(w / 4 + 0.1, 1.25), (x, h + 0.25, _FRONT - 0.85)))
    thread = shapes.cylinder(0.013, -0.30, 0.0, 5)
    for x in np.arange(-w / 2 + 0.2, w / 2, 0.09).tolist():
        share = abs(((x + w / 2) % (w / 4)) / (w / 8) - 1)
        kit.put("gold", shapes.move(thread, (x, h + 0.25 - 1.375 * (1 - share**2) - 0.12, _FRONT - 0.84)))
    shell = shapes.lathe([[0.17, 0.0], [0.165, 0.10], [0.12, 0.17], [0.03, 0.20]], 16)
    cut = shell.points[:, 2] > -0.03
    keep = cut[shell.triangles].all(axis=1)
    half_shell = Mesh(shell.points, shell.triangles[keep], shell.normals, shell.uvs)
    places = [(x, 0.012, _APRON - 0.25) for x in _footlights()]
    kit.put("brass", shapes.array(half_shell, places))
    batten = [(-5.0, 6.3, -1.2), (5.0, 6.3, -1.2)]
    kit.put("dark", shapes.tube(batten, 0.03, 8))
    first, second = washes
    heads = []
    for n, x in enumerate(np.linspace(-4.6, 4.6, 6).tolist()):
        color = first if n % 2 == 0 else second
        heads.append(Head((x, 6.0, -1.2), (x * 0.45, 0.0, -0.6), color, 2_000.0, 15.0, 0.7))
    for side, color in ((-1, first), (1, second)):
        heads.append(Head((side * 4.9, 5.6, 0.8), (side * -1.8, 2.5, -2.7), color, 3_600.0, 20.0, 0.8))
    return heads


def _behind(head: Head) -> Head:
    """The head drawn behind the point that its light comes from, so that its own lens does not hide it."""
    place, way = np.array(head.place), np.array(head.aim) - np.array(head.place)
    x, y, z = (place - 0.16 * way / np.linalg.norm(way)).tolist()
    return replace(head, place=(x, y, z))


def _footlights() -> list[float]:
    return np.arange(-5.4, 5.5, 0.72).tolist()


def _concert(kit: Kit, washes: tuple[RGB, RGB], rng: np.random.Generator) -> list[Head]:
    """Trusses with heads that sweep, a wall of amplifiers, drums on a riser, microphones and wedges."""
    for z, y in ((1.4, 6.4), (-3.6, 6.6), (-7.6, 6.0)):
        kit.put("steel", arena_rig.truss(np.array([(-6.6, y, z), (6.6, y, z)])))
    for x in (-6.6, 6.6):
        legs = [((x + a - 0.03, 0, b - 7.63), (x + a + 0.03, 6.5, b - 7.57)) for a in (-0.2, 0.2) for b in (-0.2, 0.2)]
        steps = [(float(y), b - 7.6) for y in np.arange(0.3, 6.4, 0.5) for b in (-0.2, 0.2)]
        rungs = [((x - 0.2, y, z - 0.02), (x + 0.2, y + 0.04, z + 0.02)) for y, z in steps]
        kit.put("steel", bars([*legs, *rungs]))
    kit.put("velvet", shapes.move(theatre.drape(13.5, 8.6, 21), (0, 0.02, -8.6)))
    stage_backline.add_backline(kit)
    first, second = washes
    heads: list[Head] = []
    for z, y, count in ((-3.6, 6.0, 7), (-7.6, 5.4, 9)):
        for n, x in enumerate(np.linspace(-5.8, 5.8, count).tolist()):
            color = (first, second, (0.9, 0.95, 1.0))[(n + (z < -5)) % 3]
            aim = (x * 0.7, 0.0, z + 5.5 + float(rng.uniform(-1, 2)))
            heads.append(Head((x, y, z), aim, color, 5_000.0, 3.6, 0.5, 22.0, 12.0, 6.5, n / count))
    for side, color in ((-1, first), (1, second)):
        heads.append(Head((side * 5.0, 5.8, 1.4), (side * -1.0, 0.5, -3.0), color, 3_600.0, 22.0, 0.8))
    return heads


def _follow_spots(is_concert: bool) -> list[Head]:
    """Two spots from the back of the house, and one from over the wings that parts the hero from the dark."""
    power = 18_000.0 if is_concert else 26_000.0
    front = [
        Head((x, 9.6, 21.5), (0.0, 1.25, 0.0), _WARM, power * share, 3.0, 0.2)
        for x, share in ((-6.5, 1.0), (6.0, 0.35))
    ]
    return [*front, Head((3.2, 5.9, -1.6), (0.0, 1.3, 0.1), (1.0, 0.93, 0.84), 420.0, 9.0, 0.5)]


def _write_lamps(stage: Usd.Stage, globes: list[Mesh], lenses: Mesh, washes: tuple[RGB, RGB], is_concert: bool) -> None:
    """What glows: the house's globes turned low, lenses, footlights."""
    level = 0.35 if is_concert else 1.0
    lamps = [
        ("Globes", arena_rig.bare(globes), scaled((200.0, 108.0, 46.0), level), "house", 2.0),
        ("Lenses", lenses, (40.0, 38.0, 36.0), "wash", 0.02),
    ]
    bulb = shapes.move(shapes.sphere(0.045, 12), (0, 0.075, 0))
    if is_concert:  # wedges of light along the edge
        strip = bars([((-5.6, 0.012, _APRON - 0.2), (5.6, 0.05, _APRON - 0.16))])
        lamps.append(("Footlights", arena_rig.bare([strip]), scaled(washes[0], 9.0), "footlights", 1.0))
    else:
        row = shapes.array(bulb, [(x, 0.012, _APRON - 0.25) for x in _footlights()])
        lamps.append(("Footlights", arena_rig.bare([row]), (1000.0, 560.0, 240.0), "footlights", 2.0))
    for name, mesh, radiance, group, weight in lamps:
        material = Material(f"glow_{name.lower()}", base=(0, 0, 0), emission=radiance)
        add_mesh(stage, f"{names.SET}/{name}", mesh, material, light_group=group, sampling_weight=weight)


def _add_air(stage: Usd.Stage, is_concert: bool) -> None:
    add_air(stage, "Fog", Fog(0.006, (0.006, 0.005, 0.006)))
    add_air(stage, "KeyBeams", Beams("keys", 0.005))
    add_air(stage, "WashBeams", Beams("wash", 0.022 if is_concert else 0.007))
    add_air(stage, "FootGlow", Glow("footlights", 0.00012))
    add_air(stage, "HouseGlow", Glow("house", 0.00003))
    add_air(stage, "Motes", Motes((-5, 0.2, -2.5), (5, 6, 7), (0.9, 0.75, 0.55), 500, size=0.004, drift=0.05))


def _add_marks(stage: Usd.Stage) -> None:
    """Where people stand, and where each size of shot looks from: the aisle of the stalls, then the boards."""
    add_mark(stage, "hero", facing((0, 0, 0), (0.15, 0, 1)))
    add_mark(stage, "hero_2", facing((0.95, 0, 0.35), (-0.4, 0, 1)))
    add_mark(stage, "hero_3", facing((-0.9, 0, -0.4), (0.3, 0, 1)))
    for size, (eye, target) in _CAMERAS.items():
        add_mark(stage, camera_mark(size), look_at(eye, target))
