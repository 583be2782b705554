"""Furniture that rooms are dressed with: tables, seats, cupboards, beds, and the library's own oak."""

from __future__ import annotations

import numpy as np

from secondunit_engine.world.mesh import RGB, Mesh
from secondunit_engine.world.props import furniture
from secondunit_engine.world.props.finishes import Finish, cloth, leather, metal, paint, plastic, wicker, wood
from secondunit_engine.world.props.forms import bent, cushion, hoop, legs, rod, slab, tip, turned
from secondunit_engine.world.props.prop import Part, Prop, Variant, settled
from secondunit_engine.world.shapes import box, cylinder, grid, merge, move, quad, smooth, sphere

_CLOTHS: tuple[RGB, ...] = (
    (0.06, 0.10, 0.13), (0.22, 0.065, 0.045), (0.20, 0.18, 0.145), (0.075, 0.115, 0.07), (0.30, 0.20, 0.07),
    (0.13, 0.13, 0.145),
)  # fmt: skip


def _timber(variant: Variant) -> Finish:
    old = ("oak", "mahogany", "walnut")
    return wood((old if variant.era != "present" else ("beech", "oak", "walnut", "pine"))[variant.seed % 3])


def _upholstery(variant: Variant) -> Finish:
    if variant.seed % 3 == 2:
        return leather(((0.10, 0.045, 0.02), (0.03, 0.028, 0.026), (0.16, 0.05, 0.03))[variant.seed % 9 // 3])
    return cloth(_CLOTHS[variant.seed % len(_CLOTHS)])


def _table(width: float, depth: float, height: float, thick: float = 0.034) -> Mesh:
    """A four-legged table: a top with eased edges, an apron, tapered legs."""
    top = slab((width, thick, depth), (0, height - thick, 0), 0.005, 0.012)
    rail = 0.075
    aprons = [box((-width / 2 + 0.07, height - thick - rail, s * (depth / 2 - 0.07) - 0.011),
                  (width / 2 - 0.07, height - thick, s * (depth / 2 - 0.07) + 0.011), 0) for s in (-1, 1)]  # fmt: skip
    aprons += [box((s * (width / 2 - 0.07) - 0.011, height - thick - rail, -depth / 2 + 0.07),
                   (s * (width / 2 - 0.07) + 0.011, height - thick, depth / 2 - 0.07), 2) for s in (-1, 1)]  # fmt: skip
    return merge([top, *aprons, legs(width, depth, height - thick, 0.03, 0.06)])


def dining_table(variant: Variant) -> tuple[Part, ...]:
    return (Part(_table(1.6, 0.9, 0.75), _timber(variant)),)


def coffee_table(variant: Variant) -> tuple[Part, ...]:
    shelf = slab((0.88, 0.018, 0.42), (0, 0.14, 0), 0.003)
    return (Part(merge([_table(1.05, 0.58, 0.43), shelf]), _timber(variant)),)


def side_table(variant: Variant) -> tuple[Part, ...]:
    """A round pedestal table."""
    top = turned([(0.245, 0.535), (0.25, 0.543), (0.25, 0.552), (0.243, 0.56), (0, 0.56)], 40, 2)
    under = turned([(0, 0.522), (0.22, 0.528), (0.245, 0.535)], 40, 1)
    column = turned([(0.03, 0.10), (0.022, 0.16), (0.034, 0.24), (0.020, 0.34), (0.018, 0.47), (0.045, 0.522)], 24, 4)
    way = np.array([[0, 0.16], [0.10, 0.115], [0.19, 0.045], [0.225, 0.0155]])  # out and up
    spread = np.radians([90, 210, 330])
    feet = [bent(np.stack([way[:, 0] * np.cos(a), way[:, 1], way[:, 0] * np.sin(a)], -1), 0.0155) for a in spread]
    return settled(Part(merge([top, under, column, *feet]), _timber(variant)))


def desk(variant: Variant) -> tuple[Part, ...]:
    top = slab((1.40, 0.032, 0.70), (0, 0.708, 0), 0.005, 0.01)
    pedestal = slab((0.40, 0.655, 0.62), (0.46, 0.053, 0), 0.004)
    fronts = [slab((0.37, h, 0.018), (0.46, y, 0.312), 0.004) for y, h in ((0.07, 0.285), (0.37, 0.155), (0.54, 0.15))]
    panel = slab((0.032, 0.708, 0.64), (-0.64, 0.0, 0), 0.004)
    modesty = slab((0.9, 0.40, 0.018), (-0.18, 0.30, -0.29), 0.003)
    plinth = slab((0.38, 0.055, 0.58), (0.46, 0, 0), 0.003)
    pulls = [rod((0.40, y, 0.336), (0.52, y, 0.336), 0.005) for y in (0.32, 0.49, 0.66)]
    return (
        Part(merge([top, pedestal, panel, modesty, plinth, *fronts]), _timber(variant)),
        Part(merge(pulls), metal("brass" if variant.era != "present" else "steel")),
    )


def chair(variant: Variant) -> tuple[Part, ...]:
    """A wooden side chair with a slatted back."""
    seat = slab((0.43, 0.03, 0.42), (0, 0.435, 0.005), 0.010, 0.05)
    posts = []
    for s in (-1, 1):
        posts.append(bent([[s * 0.185, 0.018, -0.21], [s * 0.185, 0.45, -0.178], [s * 0.18, 0.875, -0.218]], 0.0175))
        posts.append(rod((s * 0.185, 0.0, 0.175), (s * 0.18, 0.437, 0.165), 0.018))
        posts.append(rod((s * 0.185, 0.20, -0.20), (s * 0.185, 0.20, 0.172), 0.010))
    posts.append(rod((-0.185, 0.20, 0.0), (0.185, 0.20, 0.0), 0.010))
    slats = [tip(slab((0.35, h, 0.014), (0, 0, 0), 0.005), -6) for h in (0.045, 0.045, 0.07)]
    slats = [
        move(mesh, (0, y, z)) for mesh, y, z in zip(slats, (0.58, 0.69, 0.795), (-0.192, -0.202, -0.211), strict=True)
    ]
    wooden = merge([seat, *posts, *slats])
    low = float(wooden.points[:, 1].min())
    parts = [Part(move(wooden, (0, -low, 0)), _timber(variant))]
    if variant.seed % 2:
        pad = cushion((0.38, 0.045, 0.37), (0, 0.4655, 0.005), 0.3)
        parts.append(Part(move(pad, (0, -low, 0)), _upholstery(variant)))
    return tuple(parts)


def stool(variant: Variant) -> tuple[Part, ...]:
    seat = turned([(0, 0.425), (0.155, 0.427), (0.165, 0.437), (0.163, 0.452), (0.12, 0.456), (0, 0.451)], 36, 3)
    feet = legs(0.24, 0.24, 0.43, 0.018, 0.02, 0.045)
    ring = hoop(0.142, 0.008, 0.17)
    return settled(Part(merge([seat, feet, ring]), _timber(variant)))


def bar_stool(variant: Variant) -> tuple[Part, ...]:
    seat = turned([(0, 0.70), (0.17, 0.702), (0.185, 0.72), (0.182, 0.748), (0.15, 0.76), (0, 0.757)], 36, 3)
    base = turned(
        [(0, 0), (0.20, 0), (0.205, 0.006), (0.06, 0.018), (0.030, 0.035), (0.026, 0.06), (0.026, 0.702)], 36, 2
    )
    rest = merge([hoop(0.15, 0.009, 0.24), rod((0, 0.24, -0.15), (0, 0.24, 0.15), 0.007)])
    return Part(seat, _upholstery(variant)), Part(merge([base, rest]), metal("chrome", 0.15))


def armchair(variant: Variant) -> tuple[Part, ...]:
    base = cushion((0.74, 0.30, 0.74), (0, 0.11, 0.02), 0.06)
    seat = cushion((0.56, 0.19, 0.62), (0, 0.33, 0.075), 0.22)
    back = move(tip(cushion((0.70, 0.60, 0.22), (0, 0, 0), 0.22), -9), (0, 0.34, -0.285))
    arms = [cushion((0.17, 0.52, 0.78), (s * 0.345, 0.10, 0.02), 0.16) for s in (-1, 1)]
    feet = merge([cylinder(0.022, 0.0, 0.13, 16, 1.5)])
    stand = merge([move(feet, (x, 0, z)) for x in (-0.31, 0.31) for z in (-0.29, 0.34)])
    return Part(merge([base, seat, back, *arms]), _upholstery(variant)), Part(stand, wood("walnut"))


def sofa(variant: Variant) -> tuple[Part, ...]:
    base = cushion((1.92, 0.27, 0.82), (0, 0.10, 0.02), 0.05)
    seats = [cushion((0.80, 0.20, 0.70), (s * 0.405, 0.30, 0.09), 0.2) for s in (-1, 1)]
    backs = [move(tip(cushion((0.80, 0.52, 0.23), (0, 0, 0), 0.3), -10), (s * 0.405, 0.36, -0.27)) for s in (-1, 1)]
    arms = [cushion((0.19, 0.54, 0.88), (s * 0.90, 0.08, 0.01), 0.14) for s in (-1, 1)]
    spine = cushion((1.84, 0.64, 0.17), (0, 0.10, -0.355), 0.1)
    feet = [move(cylinder(0.02, 0, 0.12, 14, 1.4), (x, 0, z)) for x in (-0.85, 0.85) for z in (-0.33, 0.36)]
    pillow = move(tip(cushion((0.42, 0.40, 0.16), (0, 0, 0), 0.8), -14), (-0.60, 0.50, -0.04))
    return (
        Part(merge([base, *seats, *backs, *arms, spine]), _upholstery(variant)),
        Part(merge(feet), wood("walnut")),
        Part(pillow, cloth(_CLOTHS[(variant.seed + 4) % len(_CLOTHS)])),
    )


def office_chair(variant: Variant) -> tuple[Part, ...]:
    seat = cushion((0.50, 0.10, 0.49), (0, 0.44, 0.02), 0.15)
    back = move(tip(cushion((0.46, 0.52, 0.085), (0, 0, 0), 0.2), -8), (0, 0.58, -0.225))
    column = cylinder(0.028, 0.10, 0.45, 18)
    spokes, wheels = [], []
    for a in np.radians([90, 162, 234, 306, 378]):
        x, z = 0.29 * np.cos(a), 0.29 * np.sin(a)
        spokes.append(bent([[0, 0.115, 0], [x * 0.6, 0.092, z * 0.6], [x, 0.070, z]], 0.019))
        wheels.append(move(tip(cylinder(0.028, -0.02, 0.02, 16), 90, 2), (x, 0.028, z), float(-np.degrees(a))))
    arms = [bent([[s * 0.23, 0.47, 0.0], [s * 0.285, 0.52, -0.02], [s * 0.285, 0.66, -0.02]], 0.014) for s in (-1, 1)]
    pads = [slab((0.07, 0.025, 0.25), (s * 0.285, 0.655, 0.01), 0.01, 0.03) for s in (-1, 1)]
    spine = bent([[0, 0.45, -0.14], [0, 0.47, -0.27], [0, 0.80, -0.305]], 0.02)
    return (
        Part(merge([seat, back]), cloth(_CLOTHS[variant.seed % len(_CLOTHS)])),
        Part(merge([column, *spokes, *arms, spine]), metal("gunmetal")),
        Part(merge([*wheels, *pads]), plastic((0.02, 0.02, 0.022))),
    )


def shelf_unit(variant: Variant) -> tuple[Part, ...]:
    """An open bookcase, 90 cm wide."""
    w, h, d, t = 0.90, 1.80, 0.32, 0.024
    boards = [slab((w - 2 * t, t, d - 0.012), (0, y, 0.006), 0.002) for y in np.linspace(0.06, h - t, 6)]
    sides = [slab((t, h, d), (s * (w - t) / 2, 0, 0), 0.002) for s in (-1, 1)]
    back = slab((w - 0.01, h - 0.06, 0.008), (0, 0.055, -d / 2 + 0.006), 0.001)
    kick = slab((w - 2 * t, 0.06, 0.02), (0, 0, d / 2 - 0.03), 0.002)
    return (Part(merge([*boards, *sides, back, kick]), _timber(variant)),)


def wardrobe(variant: Variant) -> tuple[Part, ...]:
    body = slab((1.10, 1.84, 0.56), (0, 0.08, -0.01), 0.004)
    plinth = slab((1.06, 0.08, 0.52), (0, 0, -0.01), 0.003)
    crown = slab((1.18, 0.07, 0.62), (0, 1.92, 0), 0.018)
    doors, panels = [], []
    for s in (-1, 1):
        doors.append(slab((0.515, 1.70, 0.022), (s * 0.267, 0.13, 0.281), 0.004))
        panels += [slab((0.36, h, 0.012), (s * 0.267, y, 0.294), 0.006) for y, h in ((0.22, 0.72), (1.02, 0.72))]
    knobs = [move(sphere(0.016, 16), (s * 0.045, 0.95, 0.305)) for s in (-1, 1)]
    return (
        Part(merge([body, plinth, crown, *doors, *panels]), _timber(variant)),
        Part(merge(knobs), metal("brass", variant.wear)),
    )


def chest_of_drawers(variant: Variant) -> tuple[Part, ...]:
    body = slab((0.90, 0.70, 0.46), (0, 0.11, 0), 0.004)
    top = slab((0.95, 0.026, 0.50), (0, 0.81, 0), 0.006, 0.01)
    fronts = [slab((0.84, 0.205, 0.02), (0, y, 0.228), 0.005) for y in (0.135, 0.355, 0.575)]
    feet = [move(turned([(0, 0), (0.018, 0), (0.032, 0.05), (0.022, 0.112)], 16), (x, 0, z))
            for x in (-0.40, 0.40) for z in (-0.18, 0.18)]  # fmt: skip
    pulls = [move(sphere(0.014, 14), (s * 0.24, y, 0.250)) for y in (0.24, 0.46, 0.68) for s in (-1, 1)]
    return (
        Part(merge([body, top, *fronts, *feet]), _timber(variant)),
        Part(merge(pulls), metal("brass", variant.wear)),
    )


def bed(variant: Variant) -> tuple[Part, ...]:
    """A double bed, made and slept in."""
    rng = variant.rng
    frame = [slab((1.52, 0.22, 2.04), (0, 0.12, 0.0), 0.01), slab((1.60, 0.95, 0.06), (0, 0.0, -1.03), 0.015)]
    frame += [slab((0.07, 0.13, 0.07), (x, 0, 0.95), 0.008) for x in (-0.70, 0.70)]
    mattress = cushion((1.48, 0.20, 1.96), (0, 0.34, 0.01), 0.05)
    u, v = np.meshgrid(np.linspace(-1, 1, 72), np.linspace(-1, 1, 72))
    fall = np.clip((np.abs(u) - 0.93) / 0.07, 0, 1) + np.clip((v - 0.95) / 0.05, 0, 1)
    folds = sum(np.sin(u * a + v * b + c) for a, b, c in rng.uniform(3, 17, (6, 3))) / 6
    lift = 0.575 + 0.016 * folds - 0.20 * np.clip(fall, 0, 1) ** 1.2
    cover = grid(np.stack([0.775 * u, lift, 0.18 + 0.82 * -v], axis=-1))
    pillows = [move(cushion((0.62, 0.16, 0.40), (0, 0, 0), 0.7), (s * 0.37, 0.53, -0.76), float(rng.uniform(-6, 6)))
               for s in (-1, 1)]  # fmt: skip
    return (
        Part(merge(frame), _timber(variant)),
        Part(merge([mattress, *pillows]), cloth((0.52, 0.50, 0.46))),
        Part(smooth(cover), cloth(_CLOTHS[variant.seed % len(_CLOTHS)])),
    )


def bench(variant: Variant) -> tuple[Part, ...]:
    """The library's plain bench, along X."""
    return (Part(move(furniture.bench(1.4), (0, 0, 0), 90), _timber(variant)),)


def reading_table(variant: Variant) -> tuple[Part, ...]:
    """The library's table with six turned legs, along X."""
    return (Part(move(furniture.table(), (0, 0, 0), 90), wood("oak")),)


def ladder(variant: Variant) -> tuple[Part, ...]:
    """A straight wooden ladder, upright: it leans on what it is stood against."""
    rails = [slab((0.036, 2.60, 0.07), (s * 0.20, 0, 0), 0.006) for s in (-1, 1)]
    rungs = [rod((-0.20, y, 0), (0.20, y, 0), 0.016) for y in np.arange(0.28, 2.5, 0.28)]
    return (Part(merge([*rails, *rungs]), wood("grey" if variant.wear > 0.5 else "pine")),)


def rug(variant: Variant) -> tuple[Part, ...]:
    """A woven rug with a border, one centimetre thick."""
    edge, field = _CLOTHS[variant.seed % 6], _CLOTHS[(variant.seed + 1) % 6]
    border = slab((2.0, 0.008, 1.4), (0, 0, 0), 0.003, 0.01)
    bands = [slab((1.76, 0.0015, 1.16), (0, 0.008, 0), 0.0005), slab((1.2, 0.0012, 0.7), (0, 0.0095, 0), 0.0005)]
    return Part(border, cloth(edge)), Part(bands[0], cloth(field)), Part(bands[1], cloth(edge))


def mirror(variant: Variant) -> tuple[Part, ...]:
    frame = [box((-0.30, y - 0.03, 0), (0.30, y + 0.03, 0.03)) for y in (-0.42, 0.42)]
    frame += [box((x - 0.03, -0.45, 0), (x + 0.03, 0.45, 0.03)) for x in (-0.27, 0.27)]
    sheet = quad((-0.25, -0.40, 0.016), (0.25, -0.40, 0.016), (0.25, 0.40, 0.016), (-0.25, 0.40, 0.016))
    back = slab((0.54, 0.84, 0.010), (0, -0.42, 0.006), 0.001)
    gilt = metal("gold", 0.5) if variant.era != "present" or variant.seed % 2 else wood("black")
    return Part(merge([*frame, back]), gilt), Part(sheet, metal("chrome", 0.0))


def throne(variant: Variant) -> tuple[Part, ...]:
    stone = wood("mahogany")
    parts = [slab((0.86, 0.12, 0.80), (0, 0, 0), 0.015), slab((0.74, 0.32, 0.64), (0, 0.12, 0), 0.012),
             slab((0.74, 1.35, 0.10), (0, 0.12, -0.30), 0.012)]  # fmt: skip
    parts += [slab((0.12, 0.62, 0.62), (s * 0.35, 0.12, 0.0), 0.02) for s in (-1, 1)]
    posts = [move(turned([(0, 0), (0.05, 0), (0.05, 0.1), (0.035, 0.2), (0.035, 1.35), (0.055, 1.42), (0.03, 1.5),
                          (0.045, 1.56), (0, 1.64)], 20), (s * 0.37, 0.12, -0.30)) for s in (-1, 1)]  # fmt: skip
    gold = posts
    gold += [move(sphere(0.055, 18), (s * 0.35, 0.77, 0.27)) for s in (-1, 1)]
    gold.append(
        move(tip(turned([(0, 0), (0.15, 0.0), (0.16, 0.02), (0.10, 0.035), (0, 0.03)], 36), 90), (0, 1.32, -0.25))
    )
    velvet = [cushion((0.56, 0.10, 0.54), (0, 0.43, 0.02), 0.3), slab((0.52, 0.70, 0.03), (0, 0.52, -0.238), 0.012)]
    return (
        Part(merge(parts), stone),
        Part(merge(gold), metal("gold", 0.4)),
        Part(merge(velvet), cloth(((0.20, 0.012, 0.016), (0.035, 0.02, 0.12))[variant.seed % 2], 0.8)),
    )


def folding_chair(variant: Variant) -> tuple[Part, ...]:
    frame = []
    for s in (-1, 1):
        frame.append(rod((s * 0.205, 0.0, 0.21), (s * 0.205, 0.80, -0.19), 0.0115))
        frame.append(rod((s * 0.180, 0.0, -0.21), (s * 0.180, 0.46, 0.19), 0.0115))
    frame += [
        rod((-0.205, 0.12, 0.15), (0.205, 0.12, 0.15), 0.008),
        rod((-0.18, 0.12, -0.105), (0.18, 0.12, -0.105), 0.008),
    ]
    seat = slab((0.38, 0.020, 0.37), (0, 0.444, 0.01), 0.006, 0.03)
    back = move(tip(slab((0.40, 0.16, 0.014), (0, 0, 0), 0.006), -26), (0, 0.655, -0.125))
    coat = paint(((0.05, 0.055, 0.06), (0.20, 0.03, 0.025), (0.34, 0.34, 0.33))[variant.seed % 3], 0.4, variant.wear)
    return settled(Part(merge(frame), metal("steel", variant.wear)), Part(merge([seat, back]), coat))


def wicker_chair(variant: Variant) -> tuple[Part, ...]:
    angle = np.linspace(np.radians(-35), np.radians(215), 30)
    rows = []
    for y, out, share in ((0.30, 0.30, 0.0), (0.48, 0.315, 0.3), (0.66, 0.335, 0.7), (0.80, 0.345, 1.0)):
        dip = 0.22 * share * np.clip(np.abs(np.sin(angle - np.pi / 2)), 0, 1)
        rows.append(np.stack([out * np.cos(angle), y - dip, -out * np.sin(angle) * 0.95 + 0.04], axis=-1))
    shell = np.stack(rows)
    outside, inside = grid(shell[:, ::-1]), grid(shell * [0.95, 1, 0.95])
    base = turned([(0, 0.0), (0.27, 0.0), (0.30, 0.02), (0.25, 0.22), (0.305, 0.40), (0.30, 0.42), (0, 0.42)], 40, 2)
    rim = bent(shell[-1][::3], 0.016)
    pad = cushion((0.50, 0.08, 0.50), (0, 0.415, 0.02), 0.4)
    return (
        Part(merge([outside, inside, base, rim]), wicker()),
        Part(pad, cloth(_CLOTHS[(variant.seed + 2) % 6])),
    )


PROPS: tuple[Prop, ...] = (
    Prop("dining_table",
         "table, dining table, kitchen table, wooden table, dinner table, workbench, work table, tabletop",
         (1.6, 0.75, 0.9), dining_table, 38.0, 0.5),
    Prop("coffee_table", "coffee table, low table", (1.05, 0.43, 0.58), coffee_table, 18.0, 0.5),
    Prop("side_table",
         "side table, end table, small table, bedside table, nightstand, round table, cafe table",
         (0.5, 0.56, 0.5), side_table, 7.0, 0.5),
    Prop("desk", "desk, writing desk, office desk, counter, workstation", (1.4, 0.74, 0.7), desk, 42.0, 0.5),
    Prop("chair", "chair, wooden chair, dining chair, seat", (0.43, 0.89, 0.45), chair, 5.2, 0.5),
    Prop("stool", "stool, wooden stool, footstool", (0.33, 0.456, 0.33), stool, 3.4, 0.5),
    Prop("bar_stool", "bar stool, barstool", (0.41, 0.76, 0.41), bar_stool, 8.5, 0.5),
    Prop("armchair",
         "armchair, easy chair, lounge chair, recliner, rocking chair",
         (0.86, 0.94, 0.86), armchair, 28.0, 0.6),
    Prop("sofa", "sofa, couch, settee, loveseat, love seat", (1.99, 0.88, 0.9), sofa, 55.0, 0.6),
    Prop("office_chair",
         "office chair, swivel chair, desk chair, gaming chair, wheelchair",
         (0.65, 1.1, 0.61), office_chair, 14.0, 0.3),
    Prop("shelf_unit",
         "shelf unit, shelving, bookcase unit, rack, open shelf",
         (0.9, 1.8, 0.32), shelf_unit, 30.0, 0.5),
    Prop("wardrobe", "wardrobe, closet, armoire, cupboard, cabinet, locker", (1.18, 1.99, 0.62), wardrobe, 75.0, 0.5),
    Prop("chest_of_drawers",
         "chest of drawers, dresser, drawer, sideboard, bureau",
         (0.95, 0.836, 0.5), chest_of_drawers, 38.0, 0.5),
    Prop("bed", "bed, double bed, king size bed, mattress", (1.6, 0.95, 2.1), bed, 80.0, 0.6),
    Prop("bench", "bench, wooden bench, pew", (1.4, 0.46, 0.34), bench, 14.0, 0.5),
    Prop("reading_table",
         "reading table, long table, banquet table, refectory table, conference table, boardroom table",
         (3.2, 0.78, 1.0), reading_table, 95.0, 0.5),
    Prop("ladder", "ladder, wooden ladder, stepladder, step ladder", (0.436, 2.6, 0.07), ladder, 9.0, 0.45),
    Prop("rug", "rug, carpet, mat, doormat, yoga mat", (2.0, 0.0107, 1.4), rug, 9.0, 0.7, 0.05),
    Prop("mirror", "mirror, wall mirror, looking glass", (0.6, 0.9, 0.03), mirror, 7.0, 0.4, 0.2, None, "wall"),
    Prop("throne", "throne, iron throne, royal chair", (0.86, 1.76, 0.8), throne, 110.0, 0.6),
    Prop("folding_chair",
         "folding chair, camp chair, director's chair, lawn chair, beach chair, deck chair",
         (0.43, 0.81, 0.44), folding_chair, 4.2, 0.45),
    Prop("wicker_chair", "wicker chair, garden chair, rattan chair", (0.74, 0.81, 0.66), wicker_chair, 6.0, 0.5),
)  # fmt: skip
