"""What people play: instruments, balls, games and toys."""

from __future__ import annotations

import numpy as np

from secondunit_engine.world.mesh import RGB, Mesh
from secondunit_engine.world.props.finishes import cloth, leather, metal, paint, plastic, rubber, skin, wood
from secondunit_engine.world.props.forms import bent, hoop, rod, slab, tip, turned
from secondunit_engine.world.props.prop import Part, Prop, Variant, settled
from secondunit_engine.world.shapes import array, box, cylinder, extrude, merge, move, sphere

_BRIGHT: tuple[RGB, ...] = ((0.42, 0.03, 0.03), (0.03, 0.12, 0.38), (0.55, 0.36, 0.03), (0.05, 0.24, 0.08))


def _figure_eight(length: float, upper: float, waist: float, lower: float) -> np.ndarray:
    """The outline of a fiddle or a guitar about x = 0, foot at y = 0, shape [N, 2]."""
    y = np.linspace(0, 1, 60)
    knots = np.interp(
        y, [0, 0.08, 0.3, 0.58, 0.8, 0.95, 1], [0, 0.72 * lower, lower, waist, upper, 0.7 * upper, 0.12 * upper]
    )
    smooth = np.convolve(np.pad(knots, 4, "edge"), np.ones(9) / 9, "valid")
    smooth[0] = 0.3 * lower
    right = np.column_stack([smooth, y * length])
    return np.concatenate([right, right[::-1] * [-1, 1]])


def guitar(variant: Variant) -> tuple[Part, ...]:
    """An acoustic guitar, upright on its foot."""
    shape = _figure_eight(0.48, 0.14, 0.115, 0.19)
    sides = move(extrude(shape, 0.095), (0, 0, -0.05))
    top = move(extrude(shape * [0.985, 0.99] + [0, 0.002], 0.004), (0, 0, 0.045))
    hole = move(tip(cylinder(0.045, 0, 0.0012, 32), 90), (0, 0.31, 0.049))
    neck = [slab((0.052, 0.50, 0.024), (0, 0.44, 0.028), 0.006), slab((0.072, 0.16, 0.016), (0, 0.86, 0.022), 0.004)]
    board = slab((0.05, 0.58, 0.006), (0, 0.36, 0.055), 0.001)
    bridge = slab((0.13, 0.022, 0.010), (0, 0.15, 0.053), 0.002)
    strings = [rod((x, 0.16, 0.0625), (x * 0.8, 0.95, 0.0625), 0.0006, 5) for x in np.linspace(-0.019, 0.019, 6)]
    pegs = [move(sphere(0.009, 10), (s * 0.045, y, 0.03)) for s in (-1, 1) for y in (0.89, 0.93, 0.97)]
    dark = wood("black")
    return settled(
        Part(merge([sides, *neck]), wood("mahogany")), Part(top, wood("pine")),
        Part(merge([hole, board, bridge]), dark), Part(merge([*strings, *pegs]), metal("steel", 0.1)),
    )  # fmt: skip


def violin(variant: Variant) -> tuple[Part, ...]:
    """A violin lying on its back with its bow."""
    shape = _figure_eight(0.355, 0.083, 0.056, 0.104)
    body = extrude(shape, 0.036)
    neck = [
        slab((0.026, 0.15, 0.018), (0, 0.345, 0.022), 0.005),
        move(tip(cylinder(0.014, -0.016, 0.016, 20), 90, 2), (0, 0.50, 0.024)),
    ]
    board = slab((0.026, 0.27, 0.007), (0, 0.20, 0.045), 0.003)
    strings = [rod((x, 0.06, 0.056), (x * 0.6, 0.46, 0.053), 0.0005, 5) for x in (-0.012, -0.004, 0.004, 0.012)]
    tail = slab((0.035, 0.10, 0.008), (0, 0.01, 0.042), 0.003)
    chin = [slab((0.004, 0.055, 0.020), (0, 0.115, 0.034), 0.001), slab((0.045, 0.004, 0.022), (0, 0.14, 0.034), 0.001)]
    bow = [rod((0.15, -0.05, 0.006), (0.15, 0.66, 0.006), 0.004), slab((0.010, 0.03, 0.018), (0.15, -0.03, 0.0), 0.003)]

    def laid(meshes: list[Mesh]) -> Mesh:
        return tip(merge(meshes), -90)

    return settled(
        Part(laid([body, *neck]), wood("mahogany")), Part(laid([board, tail, *chin, *bow]), wood("black")),
        Part(laid(strings), metal("steel", 0.1)), centred=True,
    )  # fmt: skip


def drum(variant: Variant) -> tuple[Part, ...]:
    shell = turned([(0.172, 0.02), (0.178, 0.03), (0.178, 0.25), (0.172, 0.26)], 44, 1)
    heads = [
        turned([(0.178, y), (0.10, y + d), (0, y + d)][:: 1 if d > 0 else -1], 40, 1)
        for y, d in ((0.272, 0.001), (0.008, -0.001))
    ]
    rims = [move(hoop(0.181, 0.008), (0, y, 0)) for y in (0.012, 0.268)]
    lugs = [
        rod((0.186 * np.cos(a), 0.02, 0.186 * np.sin(a)), (0.186 * np.cos(a), 0.26, 0.186 * np.sin(a)), 0.0045)
        for a in np.linspace(0, 5.5, 8)
    ]
    tone = _BRIGHT[variant.seed % 4]
    return settled(
        Part(shell, paint(tone, 0.2, variant.wear)),
        Part(merge(heads), skin((0.62, 0.57, 0.47), (0.5, 0.44, 0.34), 0.5)),
        Part(merge([*rims, *lugs]), metal("chrome", 0.2)),
    )


def trumpet(variant: Variant) -> tuple[Part, ...]:
    bell = tip(
        turned(
            [
                (0.0055, 0),
                (0.006, 0.25),
                (0.011, 0.36),
                (0.026, 0.43),
                (0.062, 0.478),
                (0.061, 0.478),
                (0.024, 0.432),
                (0.009, 0.36),
                (0.0045, 0.25),
                (0.0045, 0),
            ],
            36,
            3,
        ),
        90,
        2,
    )
    bell = move(tip(bell, 180, 1), (-0.0, 0.115, 0))
    loop = [
        bent(
            [
                [-0.02, 0.115, 0],
                [-0.17, 0.115, 0.0],
                [-0.205, 0.085, 0.0],
                [-0.17, 0.055, 0],
                [0.13, 0.055, 0],
                [0.165, 0.085, 0.002],
                [0.13, 0.112, 0.012],
                [-0.24, 0.112, 0.014],
            ],
            0.0058,
        )
    ]
    valves = [
        turned(
            [(0, 0.0), (0.010, 0.002), (0.010, 0.125), (0.0045, 0.13), (0.0045, 0.15), (0.009, 0.152), (0, 0.155)],
            20,
            1,
        )
    ]
    three = [move(mesh, (x, 0.015, 0.006)) for mesh in valves for x in (-0.045, -0.015, 0.015)]
    mouth = tip(turned([(0, 0), (0.012, 0.0), (0.013, 0.006), (0.006, 0.03), (0, 0.032)], 20, 2), 90, 2)
    return settled(
        Part(merge([bell, *loop, *three, move(mouth, (-0.235, 0.112, 0.014))]), metal("brass", variant.wear)),
        centred=True,
    )


def piano(variant: Variant) -> tuple[Part, ...]:
    """An upright piano."""
    case = [slab((1.48, 1.18, 0.30), (0, 0.02, -0.14), 0.008), slab((1.50, 0.035, 0.36), (0, 1.20, -0.12), 0.008)]
    case += [slab((0.05, 0.66, 0.30), (s * 0.715, 0.0, 0.15), 0.01) for s in (-1, 1)] + [
        slab((1.40, 0.05, 0.30), (0, 0.60, 0.15), 0.006)
    ]
    rest = move(tip(slab((1.0, 0.22, 0.012), (0, 0, 0), 0.004), -12), (0, 0.76, 0.05))
    white = array(
        box((-0.0112, 0.65, 0.02), (0.0112, 0.672, 0.17)), [[x, 0, 0.1] for x in (np.arange(52) - 25.5) * 0.0236]
    )
    places = [k for k in range(51) if k % 7 not in (1, 4)]
    black = array(box((-0.006, 0.672, 0.02), (0.006, 0.684, 0.115)), [[(k - 25) * 0.0236, 0, 0.1] for k in places])
    pedals = [slab((0.025, 0.012, 0.09), (x, 0.03, 0.04), 0.003) for x in (-0.09, 0, 0.09)]
    gloss = wood("black" if variant.seed % 2 else "mahogany")
    return settled(
        Part(merge([*case, rest]), gloss),
        Part(white, plastic((0.68, 0.66, 0.6), 0.2)),
        Part(black, plastic((0.015, 0.015, 0.016), 0.2)),
        Part(merge(pedals), metal("brass")),
    )


def ball(variant: Variant) -> tuple[Part, ...]:
    """A football: black patches on white."""
    form = move(sphere(0.11, 36), (0, 0.11, 0))
    golden = (1 + 5**0.5) / 2
    corners = np.array([[0, a, b * golden] for a in (-1, 1) for b in (-1, 1)])
    corners = np.concatenate([np.roll(corners, k, axis=1) for k in range(3)]) / np.hypot(1, golden)
    patches = []
    for way in corners:
        across = np.cross(way, [0.3, 0.8, 0.5])
        across /= np.linalg.norm(across)
        up = np.cross(way, across)
        angle = np.arange(5) * 2 * np.pi / 5
        rim = way + 0.30 * (np.cos(angle)[:, None] * across + np.sin(angle)[:, None] * up)
        points = np.concatenate([[way], rim / np.linalg.norm(rim, axis=1, keepdims=True)]) * 0.1128 + [0, 0.11, 0]
        fan = np.array([[0, 1 + k, 1 + (k + 1) % 5] for k in range(5)], np.int32)
        patches.append(Mesh(points.astype(np.float32), fan, np.tile(way, (6, 1)).astype(np.float32)))
    return settled(Part(form, leather((0.62, 0.60, 0.56))), Part(merge(patches), leather((0.02, 0.02, 0.02))))


def basketball(variant: Variant) -> tuple[Part, ...]:
    form = move(sphere(0.12, 36), (0, 0.12, 0))
    seams = [move(tip(hoop(0.1195, 0.0018, 0, 48, 6), t, k), (0, 0.12, 0)) for t, k in ((0, 0), (90, 0), (90, 2))]
    return settled(Part(form, leather((0.40, 0.13, 0.03))), Part(merge(seams), rubber()))


def tennis_racket(variant: Variant) -> tuple[Part, ...]:
    t = np.linspace(0, 2 * np.pi, 37)
    rim = bent(
        [
            *np.column_stack([0.13 * np.sin(t), 0.012 + 0 * t, -0.17 - 0.16 * np.cos(t)])[:-1:2].tolist(),
            [0, 0.012, -0.33],
        ],
        0.010,
    )
    strings = [
        rod(
            (x, 0.012, -0.17 - 0.155 * np.sqrt(1 - (x / 0.13) ** 2)),
            (x, 0.012, -0.17 + 0.155 * np.sqrt(1 - (x / 0.13) ** 2)),
            0.0007,
            4,
        )
        for x in np.linspace(-0.11, 0.11, 14)
    ]
    strings += [
        rod(
            (-0.125 * np.sqrt(1 - (z / 0.16) ** 2), 0.012, -0.17 + z),
            (0.125 * np.sqrt(1 - (z / 0.16) ** 2), 0.012, -0.17 + z),
            0.0007,
            4,
        )
        for z in np.linspace(-0.14, 0.14, 17)
    ]
    throat = [rod((s * 0.055, 0.012, -0.02), (0, 0.012, 0.12), 0.009) for s in (-1, 1)]
    grip = tip(turned([(0, 0), (0.017, 0.002), (0.015, 0.22), (0, 0.222)], 16, 1), 90)
    return settled(
        Part(merge([rim, *throat]), paint(_BRIGHT[variant.seed % 4], 0.3)),
        Part(merge(strings), plastic((0.6, 0.6, 0.5))),
        Part(move(grip, (0, 0.012, 0.11)), leather((0.03, 0.028, 0.026))),
        centred=True,
    )


def skateboard(variant: Variant) -> tuple[Part, ...]:
    deck = slab((0.80, 0.011, 0.20), (0, 0.085, 0), 0.004, 0.098)
    trucks = [rod((x, 0.055, -0.075), (x, 0.055, 0.075), 0.010) for x in (-0.22, 0.22)] + [
        slab((0.05, 0.03, 0.05), (x, 0.058, 0), 0.006) for x in (-0.22, 0.22)
    ]
    wheels = [
        move(
            tip(
                turned(
                    [(0, -0.017), (0.024, -0.017), (0.027, -0.01), (0.027, 0.01), (0.024, 0.017), (0, 0.017)], 24, 1
                ),
                90,
            ),
            (x, 0.027, z),
        )
        for x in (-0.22, 0.22)
        for z in (-0.085, 0.085)
    ]
    return settled(
        Part(deck, wood("beech")),
        Part(merge(trucks), metal("aluminium")),
        Part(merge(wheels), plastic((0.55, 0.5, 0.4))),
    )


def dumbbell(variant: Variant) -> tuple[Part, ...]:
    plate = turned([(0, -0.03), (0.075, -0.03), (0.085, -0.02), (0.085, 0.02), (0.075, 0.03), (0, 0.03)], 6, 1)
    ends = [move(tip(plate, 90, 2), (x, 0.085, 0)) for x in (-0.11, 0.11)]
    return settled(
        Part(merge(ends), rubber()), Part(rod((-0.10, 0.085, 0), (0.10, 0.085, 0), 0.016), metal("chrome", 0.3))
    )


def teddy_bear(variant: Variant) -> tuple[Part, ...]:
    """Seated."""

    def blob(x: float, y: float, z: float, a: float, b: float, c: float) -> Mesh:
        return move(sphere(1.0, 24), (x, y, z), 0, (a, b, c))

    fur = [blob(0, 0.10, 0, 0.085, 0.10, 0.075), blob(0, 0.255, 0.01, 0.075, 0.07, 0.068)]
    fur += [blob(s * 0.06, 0.315, 0.0, 0.028, 0.028, 0.014) for s in (-1, 1)]
    fur += [blob(s * 0.075, 0.04, 0.09, 0.038, 0.038, 0.07) for s in (-1, 1)] + [
        blob(s * 0.10, 0.14, 0.035, 0.03, 0.065, 0.033) for s in (-1, 1)
    ]
    pale = [
        blob(0, 0.235, 0.07, 0.034, 0.028, 0.025),
        *(blob(s * 0.075, 0.04, 0.156, 0.026, 0.028, 0.008) for s in (-1, 1)),
    ]
    dark = [
        blob(0, 0.246, 0.094, 0.012, 0.009, 0.007),
        *(blob(s * 0.03, 0.275, 0.068, 0.008, 0.008, 0.006) for s in (-1, 1)),
    ]
    return settled(
        Part(merge(fur), cloth((0.26, 0.14, 0.06), 0.9, 40)),
        Part(merge(pale), cloth((0.44, 0.31, 0.17), 0.8, 40)),
        Part(merge(dark), plastic((0.01, 0.01, 0.01), 0.1)),
        centred=True,
    )


def toy_blocks(variant: Variant) -> tuple[Part, ...]:
    rng, parts = variant.rng, []
    for k, (x, y, z) in enumerate(
        ((-0.055, 0, 0), (0.0, 0, 0.005), (0.056, 0, -0.004), (-0.026, 0.05, 0), (0.03, 0.05, 0.002), (0.0, 0.10, 0.0))
    ):
        parts.append(
            Part(
                move(slab((0.05, 0.05, 0.05), (0, 0, 0), 0.004), (x, y, z), float(rng.uniform(-4, 4))),
                paint(_BRIGHT[k % 4], 0.4, 0.4),
            )
        )
    return settled(*parts)


def chess_set(variant: Variant) -> tuple[Part, ...]:
    board = slab((0.42, 0.02, 0.42), (0, 0, 0), 0.003)
    cells = {0: [], 1: []}
    for i in range(8):
        for j in range(8):
            cells[(i + j) % 2].append([(i - 3.5) * 0.048, 0.02, (j - 3.5) * 0.048])
    tile = slab((0.047, 0.0008, 0.047), (0, 0, 0), 0.0002, None, 1)
    pawn = turned(
        [
            (0, 0),
            (0.014, 0),
            (0.014, 0.005),
            (0.006, 0.012),
            (0.005, 0.028),
            (0.009, 0.030),
            (0.0045, 0.033),
            (0.009, 0.041),
            (0, 0.048),
        ],
        16,
        2,
    )
    king = turned(
        [
            (0, 0),
            (0.017, 0),
            (0.017, 0.006),
            (0.008, 0.016),
            (0.006, 0.055),
            (0.012, 0.060),
            (0.008, 0.064),
            (0.013, 0.083),
            (0.004, 0.088),
            (0, 0.098),
        ],
        16,
        2,
    )
    sides = []
    for front, back in ((-2.5, -3.5), (2.5, 3.5)):
        rows = array(pawn, [[(i - 3.5) * 0.048, 0.0208, front * 0.048] for i in range(8)])
        sides.append(
            merge(
                [
                    rows,
                    array(
                        king,
                        [[(i - 3.5) * 0.048, 0.0208, back * 0.048] for i in range(8)],
                        scales=[[1, h, 1] for h in (0.6, 0.7, 0.8, 0.92, 1, 0.8, 0.7, 0.6)],
                    ),
                ]
            )
        )
    pale, dark = wood("beech"), wood("black")
    return settled(
        Part(board, wood("walnut")),
        Part(array(tile, cells[0]), pale),
        Part(array(tile, cells[1]), dark),
        Part(sides[0], pale),
        Part(sides[1], dark),
    )


def dice(variant: Variant) -> tuple[Part, ...]:
    cubes = [
        move(slab((0.016, 0.016, 0.016), (0, 0, 0), 0.003), (x, 0, z), t)
        for x, z, t in ((-0.015, 0, 20), (0.017, 0.01, -38))
    ]
    pips = [
        move(cylinder(0.0016, 0.0158, 0.0161, 10), (x, 0, z)) for x, z in ((-0.015, 0), (0.013, 0.006), (0.021, 0.014))
    ]
    return settled(Part(merge(cubes), plastic((0.62, 0.58, 0.5), 0.15)), Part(merge(pips), plastic((0.01, 0.01, 0.01))))


def cards(variant: Variant) -> tuple[Part, ...]:
    deck = slab((0.063, 0.016, 0.088), (-0.05, 0, 0), 0.0015, 0.004)
    fan = [
        move(slab((0.063, 0.0006, 0.088), (0, 0.0006 * k, -0.02), 0.0002, 0.004), (0.05, 0, 0.0), 26.0 - 13.0 * k)
        for k in range(5)
    ]
    return settled(
        Part(merge([deck, *fan]), paint((0.62, 0.60, 0.55), 0.4, 0.2)),
        Part(slab((0.055, 0.0004, 0.08), (-0.05, 0.016, 0), 0.0001), paint((0.28, 0.02, 0.03), 0.4)),
        centred=True,
    )


PROPS: tuple[Prop, ...] = (
    Prop("guitar", "guitar, acoustic guitar, ukulele, lute, banjo", (0.38, 1.02, 0.117), guitar, 2.0, 0.45, 0.15),
    Prop("violin", "violin, fiddle, viola", (0.253, 0.065, 0.71), violin, 0.6, 0.45, 0.15),
    Prop("drum", "drum, snare drum, tambourine", (0.38, 0.28, 0.38), drum, 3.5, 0.45, 0.2),
    Prop("trumpet", "trumpet, trombone, horn, saxophone, bugle", (0.745, 0.162, 0.124), trumpet, 1.1, 0.4, 0.2),
    Prop("piano", "piano, upright piano, organ", (1.5, 1.235, 0.6), piano, 210.0, 0.6, 0.05),
    Prop("ball", "ball, football, soccer ball, volleyball", (0.22, 0.22, 0.22), ball, 0.43, 0.5, 0.75),
    Prop("basketball", "basketball", (0.24, 0.24, 0.24), basketball, 0.62, 0.7, 0.8),
    Prop("tennis_racket",
         "tennis racket, racket, racquet, badminton racket",
         (0.28, 0.034, 0.67), tennis_racket, 0.32, 0.4, 0.3),
    Prop("skateboard", "skateboard, longboard", (0.8, 0.096, 0.2), skateboard, 2.8, 0.1, 0.2),
    Prop("dumbbell", "dumbbell, weight, barbell, kettlebell", (0.28, 0.147, 0.17), dumbbell, 10.0, 0.6, 0.1),
    Prop("teddy_bear",
         "teddy bear, stuffed animal, plush toy, teddy, toy, doll",
         (0.26, 0.345, 0.24), teddy_bear, 0.35, 0.7, 0.1),
    Prop("toy_blocks", "toy block, building block, block, lego", (0.165, 0.15, 0.06), toy_blocks, 0.5, 0.5, 0.2),
    Prop("chess_set",
         "chess, chess set, chessboard, board game, chess piece",
         (0.42, 0.119, 0.42), chess_set, 2.6, 0.5, 0.1),
    Prop("dice", "die, dice", (0.051, 0.016, 0.029), dice, 0.012, 0.35, 0.4),
    Prop("cards", "playing card, deck of cards, card, tarot card", (0.187, 0.016, 0.114), cards, 0.12, 0.35, 0.05),
)  # fmt: skip
