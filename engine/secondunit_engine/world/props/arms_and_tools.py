"""What is fought and worked with: blades, shields, bows, armour; hammers, saws, brooms; and the dead."""

from __future__ import annotations

import numpy as np

from secondunit_engine.world.mesh import RGB, Mesh
from secondunit_engine.world.props.finishes import clay, cloth, leather, metal, paint, skin, wood
from secondunit_engine.world.props.forms import bent, hoop, ripple, rod, slab, tip, turned
from secondunit_engine.world.props.prop import Breaks, Part, Prop, Variant, settled
from secondunit_engine.world.shapes import array, extrude, grid, merge, move, round_arch, sphere, tube

_FIELDS: tuple[RGB, ...] = ((0.24, 0.02, 0.02), (0.02, 0.05, 0.17), (0.03, 0.10, 0.04), (0.05, 0.05, 0.055))


def _blade(length: float, width: float, thick: float) -> Mesh:
    """A two-edged blade along -Z from the origin, flat on y."""
    s = np.linspace(0, 1, 24)
    half = (
        width / 2 * np.where(s < 0.86, 1 - 0.25 * s, (1 - 0.25 * 0.86) * np.clip((1 - s) / 0.14, 0, 1) ** 0.7) + 0.0002
    )
    ridge = thick / 2 * np.where(s < 0.9, 1.0, (1 - s) / 0.1) + 0.0001
    ring = [
        (half, 0 * s),
        (0.25 * half, ridge),
        (-0.25 * half, ridge),
        (-half, 0 * s),
        (-0.25 * half, -ridge),
        (0.25 * half, -ridge),
    ]
    rows = np.stack([np.column_stack([x, y, -length * s]) for x, y in ring], axis=1)
    return grid(rows[:, ::-1], closed_u=True)


def sword(variant: Variant) -> tuple[Part, ...]:
    """A knightly sword, lying."""
    blade = move(_blade(0.82, 0.052, 0.006), (0, 0.02, -0.02))
    guard = bent([[-0.10, 0.02, -0.012], [0, 0.02, 0.0], [0.10, 0.02, -0.012]], 0.0085)
    grip = tip(turned([(0, 0), (0.0125, 0.002), (0.015, 0.05), (0.012, 0.105), (0, 0.107)], 18, 3), 90)
    pommel = move(sphere(0.022, 20), (0, 0.02, 0.128), 0, (1, 0.7, 1))
    fitting = metal("brass" if variant.seed % 2 else "iron", variant.wear)
    return settled(
        Part(blade, metal("steel", variant.wear)),
        Part(merge([guard, pommel]), fitting),
        Part(move(grip, (0, 0.02, 0.003)), leather((0.04, 0.02, 0.012))),
        centred=True,
    )


def dagger(variant: Variant) -> tuple[Part, ...]:
    blade = move(_blade(0.24, 0.036, 0.005), (0, 0.014, -0.01))
    guard = rod((-0.045, 0.014, 0), (0.045, 0.014, 0), 0.007)
    grip = tip(turned([(0, 0), (0.010, 0.002), (0.013, 0.045), (0.010, 0.09), (0.016, 0.10), (0, 0.112)], 18, 3), 90)
    return settled(
        Part(blade, metal("steel", variant.wear)),
        Part(guard, metal("brass", 0.4)),
        Part(move(grip, (0, 0.014, 0)), wood("black")),
        centred=True,
    )


def shield(variant: Variant) -> tuple[Part, ...]:
    """A heater shield that leans well: upright, slightly bowed."""
    v = np.linspace(0, 1, 26)
    half = 0.29 * np.where(v > 0.45, 1.0, np.sin(np.clip(v / 0.45, 0, 1) * np.pi / 2) ** 0.75) + 0.002
    u = np.linspace(-1, 1, 15)
    x = half[:, None] * u
    points = np.stack([x, np.broadcast_to(0.80 * v[:, None], x.shape), 0.06 - 0.6 * x**2], axis=-1)
    edge = np.concatenate([points[:, 0], points[-1, 1:], points[::-1, -1][1:]])
    front, back = grid(points), grid(points[:, ::-1] - [0, 0, 0.012])
    rim = tube(edge[::2], 0.009, 8)
    boss = move(tip(turned([(0, 0), (0.055, 0), (0.04, 0.022), (0, 0.034)], 24, 3), 90), (0, 0.48, 0.055))
    return settled(
        Part(front, paint(_FIELDS[variant.seed % 4], 0.4, 0.8)),
        Part(back, wood("oak")),
        Part(merge([rim, boss]), metal("iron", 0.5)),
        centred=True,
    )


def axe(variant: Variant) -> tuple[Part, ...]:
    haft = rod((0, 0.02, -0.36), (0, 0.02, 0.36), 0.016)
    head = extrude(
        [
            [0.0, -0.03],
            [0.07, -0.045],
            [0.13, -0.085],
            [0.145, 0.0],
            [0.13, 0.075],
            [0.07, 0.04],
            [0.0, 0.03],
            [-0.035, 0.025],
            [-0.035, -0.025],
        ],
        0.022,
    )
    return settled(
        Part(haft, wood("oak")), Part(move(tip(head, -90), (0, 0.009, -0.30)), metal("steel", 0.7)), centred=True
    )


def spear(variant: Variant) -> tuple[Part, ...]:
    shaft = turned([(0, 0), (0.015, 0.002), (0.016, 1.72), (0, 1.725)], 16, 1)
    head = tip(_blade(0.28, 0.06, 0.012), 90)
    socket = turned([(0, 1.66), (0.020, 1.66), (0.019, 1.74), (0.009, 1.80), (0, 1.80)], 18, 2)
    return settled(Part(shaft, wood("oak")), Part(merge([move(head, (0, 1.76, 0)), socket]), metal("steel", 0.6)))


def bow(variant: Variant) -> tuple[Part, ...]:
    """A strung longbow, upright."""
    t = np.linspace(-1, 1, 33)
    stave = tube(np.column_stack([0.16 * t**2 - 0.0, 0.85 + 0.85 * t, 0 * t]), 0.015 - 0.009 * np.abs(t) ** 1.5, 12)
    string = rod((0.16, 0.004, 0), (0.16, 1.696, 0), 0.0014, 6)
    grip = tube(np.array([[0.001, 0.79, 0], [0, 0.85, 0], [0.001, 0.91, 0]]), 0.0175, 12)
    return settled(
        Part(stave, wood("mahogany")), Part(string, cloth((0.4, 0.35, 0.25))), Part(grip, leather()), centred=True
    )


def arrow(variant: Variant) -> tuple[Part, ...]:
    """Three arrows."""
    shafts, heads, vanes = [], [], []
    for k, x in enumerate((-0.03, 0.0, 0.034)):
        turn = (k - 1) * 5.0
        shafts.append(move(rod((0, 0.012, -0.36), (0, 0.012, 0.36), 0.004, 8), (x, 0, 0), turn))
        heads.append(move(_blade(0.05, 0.022, 0.006), (x + 0.36 * np.sin(np.radians(-turn)), 0.012, -0.355), turn))
        for a in (0, 120, 240):
            fin = move(slab((0.0012, 0.015, 0.09), (0, 0.004, 0.29), 0.0004), (0, 0, 0))
            vanes.append(move(tip(fin, a, 2), (x, 0.012, 0), turn))
    return settled(
        Part(merge(shafts), wood("beech")),
        Part(merge(heads), metal("iron", 0.5)),
        Part(merge(vanes), cloth((0.46, 0.42, 0.36))),
        centred=True,
    )


def helmet(variant: Variant) -> tuple[Part, ...]:
    """A great helm."""
    bowl = turned([(0.118, 0), (0.125, 0.004), (0.122, 0.14), (0.112, 0.25), (0.070, 0.30), (0, 0.315)], 40, 3)
    inner = turned([(0.116, 0.002), (0.119, 0.14), (0, 0.29)], 36, 1)
    ridge = [slab((0.022, 0.24, 0.012), (0, 0.02, 0.121), 0.003), slab((0.20, 0.020, 0.02), (0, 0.166, 0.108), 0.004)]
    slots = [slab((0.068, 0.011, 0.016), (s * 0.052, 0.152, 0.107), 0.002) for s in (-1, 1)]
    holes = array(
        sphere(0.0042, 8),
        [[s * x, y, 0.117 - 0.3 * x * x] for s in (-1, 1) for x in (0.03, 0.05) for y in (0.05, 0.075, 0.10)],
    )
    return settled(
        Part(
            merge(
                [bowl, Mesh(inner.points, inner.triangles[:, ::-1], None if inner.normals is None else -inner.normals)]
            ),
            metal("steel", 0.8),
        ),
        Part(merge(ridge), metal("brass", 0.5)),
        Part(merge([*slots, holes]), paint((0.004, 0.004, 0.004), 0.9)),
    )


def armour(variant: Variant) -> tuple[Part, ...]:
    """A suit of plate on a stand."""

    def shell(y: float, a: float, b: float, h: float, x: float = 0.0, z: float = 0.0) -> Mesh:
        return move(sphere(1.0, 32), (x, y, z), 0, (a, h, b))

    plates = [
        shell(1.28, 0.20, 0.145, 0.22),
        shell(1.03, 0.165, 0.12, 0.13),
        move(
            turned([(0.165, 0.0), (0.235, -0.24), (0.232, -0.24), (0.162, 0.0)][::-1], 40, 1),
            (0, 1.02, 0),
            0,
            (1, 1, 0.75),
        ),
    ]
    for s in (-1, 1):
        plates += [
            shell(1.43, 0.105, 0.10, 0.10, s * 0.245),
            shell(1.21, 0.062, 0.062, 0.155, s * 0.30),
            shell(0.93, 0.052, 0.054, 0.16, s * 0.315, 0.02),
            shell(0.745, 0.045, 0.055, 0.07, s * 0.318, 0.04),
        ]
        plates += [
            shell(0.66, 0.088, 0.092, 0.22, s * 0.115),
            shell(0.47, 0.068, 0.074, 0.07, s * 0.115, 0.02),
            shell(0.26, 0.066, 0.07, 0.20, s * 0.115),
            shell(0.045, 0.052, 0.115, 0.05, s * 0.115, 0.045),
        ]
    helm = [
        shell(1.66, 0.108, 0.125, 0.145),
        move(tip(turned([(0.10, 0), (0.075, 0.05), (0.0, 0.10)], 28, 2), 90), (0, 1.635, 0.07)),
    ]
    ring = [move(hoop(0.105, 0.02), (0, 1.52, 0))]
    slit = [slab((0.14, 0.010, 0.02), (0, 1.675, 0.118), 0.002)]
    plume = bent([[0, 1.79, 0.02], [0, 1.86, -0.04], [0, 1.80, -0.14], [0, 1.68, -0.17]], 0.022)
    base = turned([(0, 0), (0.30, 0), (0.30, 0.02), (0, 0.025)], 36, 1)
    return settled(
        Part(merge([*plates, *helm, *ring]), metal("steel", 0.5)),
        Part(merge(slit), paint((0.004, 0.004, 0.004), 0.9)),
        Part(plume, cloth(_FIELDS[variant.seed % 4], 0.9)),
        Part(base, wood("black")),
    )


def skull(variant: Variant) -> tuple[Part, ...]:
    u, v = np.meshgrid(np.linspace(0, 2 * np.pi, 73)[:-1], np.linspace(-np.pi / 2, np.pi / 2, 40))
    x, y, z = np.cos(v) * np.sin(u), np.sin(v), np.cos(v) * np.cos(u)
    front = np.clip(z, 0, 1)
    jaw = np.clip(-y - 0.15, 0, 1) * np.clip(z + 0.35, 0, 1)
    wide = 0.072 * (1 - 0.20 * front * np.clip(-y, 0, 1)) * (1 - 0.30 * jaw)
    sockets = sum(np.exp(-((x - s * 0.40) ** 2 + (y + 0.12) ** 2 * 1.2) / 0.030) for s in (-1, 1)) * (z > 0)
    nose = np.exp(-(x**2 * 3 + (y + 0.42) ** 2) / 0.016) * (z > 0)
    cheek = sum(np.exp(-((x - s * 0.62) ** 2 + (y + 0.42) ** 2) / 0.02) for s in (-1, 1)) * (z > 0)
    deep = 0.095 * z * (1 - 0.10 * np.clip(-z, 0, 1)) - 0.034 * sockets - 0.024 * nose + 0.006 * cheek + 0.012 * jaw
    points = np.stack([wide * x * (1 + 0.08 * cheek), 0.078 * y + 0.012 * front * y, deep], axis=-1)
    bone = ripple(grid(points, closed_u=True), 0.0012, variant.rng, 60)
    teeth = [
        move(slab((0.0085, 0.020, 0.008), (0, 0, 0), 0.003), (0.045 * np.sin(a), -0.085 - h, 0.036 + 0.046 * np.cos(a)))
        for a in np.linspace(-0.85, 0.85, 10)
        for h in (0.0, 0.021)
    ]
    way = [[0.058, -0.03, -0.005], [0.054, -0.085, 0.016], [0.036, -0.112, 0.062], [0, -0.116, 0.080]]
    chin = bent([*way, *[[-x, y, z] for x, y, z in way[2::-1]]], 0.0125)
    gums = move(sphere(1.0, 20), (0, -0.078, 0.040), 0, (0.043, 0.040, 0.038))
    dark = [move(sphere(1.0, 16), (s * 0.029, -0.009, 0.053), 0, (0.0215, 0.0195, 0.022)) for s in (-1, 1)] + [
        move(sphere(1.0, 12), (0, -0.036, 0.066), 0, (0.0095, 0.014, 0.013))
    ]
    ivory = skin((0.50, 0.42, 0.28), (0.33, 0.25, 0.14), 0.55)
    return settled(
        Part(merge([bone, chin, gums]), ivory),
        Part(merge(teeth), skin((0.52, 0.46, 0.32), (0.4, 0.33, 0.2), 0.35)),
        Part(merge(dark), paint((0.008, 0.006, 0.005), 0.95)),
        centred=True,
    )


def bone(variant: Variant) -> tuple[Part, ...]:
    shaft = turned(
        [
            (0, -0.2),
            (0.020, -0.198),
            (0.026, -0.185),
            (0.013, -0.14),
            (0.0115, 0),
            (0.013, 0.14),
            (0.026, 0.185),
            (0.020, 0.198),
            (0, 0.2),
        ],
        20,
        4,
        180,
    )
    knobs = [move(sphere(0.022, 16), (s * 0.017, y, 0)) for s in (-1, 1) for y in (-0.195, 0.195)]
    return settled(Part(tip(merge([shaft, *knobs]), 90, 2), skin((0.52, 0.44, 0.30), (0.36, 0.28, 0.16), 0.6)))


def hammer(variant: Variant) -> tuple[Part, ...]:
    haft = tip(turned([(0, 0), (0.015, 0.004), (0.017, 0.09), (0.012, 0.28), (0, 0.283)], 16, 3), -90)
    head = [
        tip(
            turned([(0, -0.05), (0.014, -0.05), (0.015, -0.035), (0.010, -0.025), (0.011, 0.02), (0, 0.022)], 20, 2),
            90,
            2,
        )
    ]
    claw = [bent([[0.01, 0, 0.0], [0.045, 0.003, s * 0.006], [0.075, 0.018, s * 0.012]], 0.0052) for s in (-1, 1)]
    return settled(
        Part(move(haft, (0, 0.02, 0.14)), wood("beech")),
        Part(move(merge([*head, *claw]), (0, 0.02, -0.135)), metal("steel", 0.5)),
        centred=True,
    )


def wrench(variant: Variant) -> tuple[Part, ...]:
    jaw = [
        [0.018, 0.0],
        [0.022, 0.03],
        [0.012, 0.045],
        [0.010, 0.022],
        [-0.010, 0.022],
        [-0.012, 0.045],
        [-0.022, 0.03],
        [-0.018, 0.0],
        [-0.008, -0.02],
        [-0.007, -0.17],
        [0.007, -0.17],
        [0.008, -0.02],
    ]
    ring = move(hoop(0.014, 0.006), (0, 0.005, 0.182))
    return settled(Part(merge([tip(extrude(jaw, 0.009), -90), ring]), metal("chrome", 0.5)), centred=True)


def saw(variant: Variant) -> tuple[Part, ...]:
    teeth = [[0.002 + 0.45 * k / 60 + d, 0.0 if d else 0.005] for k in range(60) for d in (0, 0.0037)]
    blade = extrude([*teeth, [0.455, 0.01], [0.455, 0.045], [0.0, 0.105]], 0.0014)
    grip = move(slab((0.10, 0.022, 0.13), (0, 0, 0), 0.008, 0.035), (-0.04, 0.0, -0.055))
    return settled(
        Part(move(tip(blade, -90), (0, 0.010, 0)), metal("steel", 0.6)), Part(grip, wood("beech")), centred=True
    )


def broom(variant: Variant) -> tuple[Part, ...]:
    rng = variant.rng
    stick = rod((0, 0.30, 0), (0, 1.42, 0), 0.014)
    straw = []
    for _ in range(90):
        a, r = rng.uniform(0, 6.28), np.sqrt(rng.uniform(0, 1))
        straw.append(
            rod(
                (0.09 * r * np.cos(a), 0.0, 0.055 * r * np.sin(a)),
                (0.022 * r * np.cos(a), 0.40, 0.018 * r * np.sin(a)),
                0.0032,
                5,
            )
        )
    ties = [move(hoop(r, 0.004), (0, y, 0)) for y, r in ((0.36, 0.030), (0.32, 0.036))]
    return settled(
        Part(stick, wood("grey")),
        Part(merge(straw), skin((0.46, 0.33, 0.14), (0.34, 0.23, 0.09), 0.9)),
        Part(merge(ties), cloth((0.3, 0.05, 0.04))),
    )


def shovel(variant: Variant) -> tuple[Part, ...]:
    u, v = np.meshgrid(np.linspace(-1, 1, 15), np.linspace(0, 1, 14))
    half = 0.115 * np.sin(np.clip(v * 3 + 0.12, 0, np.pi / 2))
    points = np.stack([half * u, 0.29 * v, 0.022 * u * u + 0.03 * (1 - v) ** 2], axis=-1)
    handle = [rod((0, 0.26, 0.004), (0, 1.05, 0), 0.016), rod((-0.06, 1.06, 0), (0.06, 1.06, 0), 0.015)]
    return settled(
        Part(merge([grid(points), grid(points[:, ::-1] - [0, 0, 0.002])]), metal("steel", 0.9)),
        Part(merge(handle), wood("beech")),
        centred=True,
    )


def anvil(variant: Variant) -> tuple[Part, ...]:
    outline = [
        [-0.12, 0],
        [0.12, 0],
        [0.10, 0.05],
        [0.055, 0.07],
        [0.05, 0.13],
        [0.12, 0.17],
        [0.19, 0.175],
        [0.19, 0.235],
        [-0.12, 0.235],
        [-0.12, 0.17],
        [-0.05, 0.13],
        [-0.055, 0.07],
        [-0.10, 0.05],
    ]
    body = move(extrude(outline, 0.11), (0, 0, -0.055))
    horn = move(tip(turned([(0, 0), (0.05, 0), (0.035, 0.10), (0, 0.19)], 24, 3), 90, 2), (-0.115, 0.19, 0))
    return settled(Part(merge([body, horn]), metal("iron", 0.8)), centred=True)


def gravestone(variant: Variant) -> tuple[Part, ...]:
    stone = move(extrude(round_arch(0.58, 0.62, 18, 0.10), 0.14), (0, 0, -0.07))
    base = slab((0.78, 0.14, 0.30), (0, 0, 0), 0.015)
    lines = [slab((w, 0.018, 0.006), (0, y, 0.069), 0.002) for w, y in ((0.30, 0.66), (0.38, 0.56), (0.24, 0.47))]
    return settled(
        Part(ripple(merge([stone, base]), 0.003, variant.rng, 12), clay((0.20, 0.195, 0.18))),
        Part(merge(lines), clay((0.10, 0.098, 0.09))),
    )


def rope(variant: Variant) -> tuple[Part, ...]:
    t = np.linspace(0, 5 * 2 * np.pi, 220)
    r = 0.13 + 0.016 * np.sin(t * 0.4)
    coil = tube(
        np.column_stack([r * np.cos(t), 0.014 + 0.020 * t / (2 * np.pi) + 0.003 * np.sin(t * 3), r * np.sin(t)]),
        0.0115,
        10,
    )
    return settled(Part(coil, cloth((0.36, 0.27, 0.15), 0.2, 60)))


def cannon_ball(variant: Variant) -> tuple[Part, ...]:
    """A pyramid of shot."""
    places = [[x, 0.05, z] for x, z in ((-0.05, -0.029), (0.05, -0.029), (0.0, 0.058))] + [[0, 0.1316, 0]]
    return settled(Part(array(sphere(0.05, 24), places), metal("iron", 0.8)))


PROPS: tuple[Prop, ...] = (
    Prop("sword",
         "sword, longsword, blade, saber, katana, lightsaber, rapier, greatsword",
         (0.21, 0.03, 0.98), sword, 1.3, 0.4, 0.3),
    Prop("dagger",
         "dagger, pocket knife, switchblade, machete, bayonet",
         (0.09, 0.032, 0.362), dagger, 0.35, 0.4, 0.3),
    Prop("shield", "shield, heater shield", (0.602, 0.816, 0.092), shield, 4.5, 0.5, 0.15),
    Prop("axe", "axe, battle axe, hatchet, ax", (0.18, 0.033, 0.72), axe, 1.6, 0.45, 0.2),
    Prop("spear", "spear, lance, javelin, trident, pike, staff, harpoon", (0.06, 2.04, 0.04), spear, 1.9, 0.45, 0.2),
    Prop("bow", "longbow, archery bow, crossbow", (0.18, 1.7, 0.035), bow, 0.8, 0.45, 0.2),
    Prop("arrow", "arrow, quiver", (0.155, 0.029, 0.765), arrow, 0.12, 0.4, 0.2),
    Prop("helmet", "great helm, knight's helmet, iron helmet", (0.25, 0.315, 0.26), helmet, 2.4, 0.45, 0.2),
    Prop("armour",
         "suit of armor, suit of armour, plate armor, knight's armor, statue of a knight",
         (0.74, 1.9, 0.6), armour, 34.0, 0.5, 0.1),
    Prop("skull",
         "skull, human skull, skeleton head",
         (0.146, 0.2, 0.19), skull, 0.9, 0.5, 0.15, Breaks("plaster", 4.0)),
    Prop("bone", "bone", (0.434, 0.078, 0.052), bone, 0.4, 0.5, 0.15),
    Prop("hammer", "hammer, sledgehammer, mallet, gavel", (0.1, 0.039, 0.292), hammer, 0.7, 0.45, 0.2),
    Prop("wrench",
         "wrench, spanner, screwdriver, pliers, tool, toolbox",
         (0.044, 0.015, 0.25), wrench, 0.35, 0.4, 0.25),
    Prop("saw", "saw, handsaw, hacksaw", (0.55, 0.022, 0.13), saw, 0.6, 0.4, 0.2),
    Prop("broom", "broom, broomstick, witch's broom, mop", (0.18, 1.42, 0.11), broom, 1.1, 0.5, 0.1),
    Prop("shovel", "shovel, spade, rake, hoe, pitchfork, pickaxe", (0.23, 1.075, 0.068), shovel, 2.0, 0.5, 0.15),
    Prop("anvil", "anvil", (0.495, 0.24, 0.11), anvil, 55.0, 0.5, 0.1),
    Prop("gravestone", "gravestone, tombstone, headstone, grave", (0.78, 0.91, 0.3), gravestone, 190.0, 0.7, 0.05),
    Prop("rope", "rope, coil of rope, hose, chain, cable", (0.31, 0.125, 0.31), rope, 2.8, 0.7, 0.05),
    Prop("cannon_ball", "cannonball, cannon ball, bomb, marble", (0.2, 0.18, 0.19), cannon_ball, 16.0, 0.4, 0.1),
)  # fmt: skip
