"""Books, papers and what one writes with, and boxes that things come in."""

from __future__ import annotations

import numpy as np

from secondunit_engine.world.mesh import RGB, Mesh
from secondunit_engine.world.props.finishes import (
    bottle_glass,
    cloth,
    leather,
    metal,
    paint,
    paper,
    plastic,
    skin,
    wicker,
    wood,
)
from secondunit_engine.world.props.forms import bent, cushion, hoop, rod, slab, tip, turned
from secondunit_engine.world.props.kitchenware import vessel
from secondunit_engine.world.props.prop import Breaks, Part, Prop, Variant, settled
from secondunit_engine.world.shapes import array, cylinder, extrude, grid, merge, move, sphere, tube

_COVERS: tuple[RGB, ...] = (
    (0.20, 0.025, 0.02),
    (0.03, 0.07, 0.14),
    (0.04, 0.10, 0.055),
    (0.24, 0.13, 0.05),
    (0.05, 0.045, 0.045),
)


def _volume(width: float, height: float, depth: float) -> tuple[Mesh, Mesh]:
    """A closed book lying flat: its boards and its pages."""
    boards = [slab((width, 0.0035, depth), (0, y, 0), 0.0012) for y in (0.0, height - 0.0035)]
    spine = slab((0.005, height, depth), (-width / 2 + 0.0015, 0, 0), 0.0015)
    pages = slab((width - 0.010, height - 0.006, depth - 0.008), (0.001, 0.003, 0), 0.0008)
    return merge([*boards, spine]), pages


def book(variant: Variant) -> tuple[Part, ...]:
    cover, pages = _volume(0.155, 0.032, 0.23)
    tone = _COVERS[variant.seed % 5]
    bands = [slab((0.0065, 0.034, 0.006), (-0.0765, -0.001, z), 0.001) for z in (-0.07, -0.02, 0.04, 0.08)]
    return settled(Part(cover, leather(tone)), Part(pages, paper()), Part(merge(bands), metal("gold", 0.5)))


def book_pile(variant: Variant) -> tuple[Part, ...]:
    rng, parts, y = variant.rng, [], 0.0
    pages: list[Mesh] = []
    for k in range(5):
        w, h, d = rng.uniform(0.15, 0.17), rng.uniform(0.034, 0.04), rng.uniform(0.21, 0.24)
        cover, inside = _volume(float(w), float(h), float(d))
        turn = float(rng.uniform(-9, 9)) + (180 if rng.random() < 0.4 else 0)
        at = (float(rng.normal(0, 0.006)), y, float(rng.normal(0, 0.006)))
        parts.append(Part(move(cover, at, turn), leather(_COVERS[(variant.seed + k) % 5])))
        pages.append(move(inside, at, turn))
        y += float(h)
    return settled(*parts, Part(merge(pages), paper()))


def open_book(variant: Variant) -> tuple[Part, ...]:
    u, v = np.meshgrid(np.linspace(-1, 1, 41), np.linspace(-1, 1, 8))
    rise = 0.030 * (1 - np.abs(u)) ** 0.45 * np.abs(u) ** 0.35 * 1.5 + 0.008
    top = np.stack([0.20 * u, rise + 0.004, -0.14 * v], axis=-1)
    leaves = [grid(top), grid(np.stack([0.20 * u, 0 * u + 0.004, -0.14 * v], -1)[::-1])]
    edge = np.linspace(-1, 1, 41)
    line = 0.030 * (1 - np.abs(edge)) ** 0.45 * np.abs(edge) ** 0.35 * 1.5 + 0.012
    for z, order in ((0.14, 1), (-0.14, -1)):
        low = np.column_stack([0.20 * edge, 0 * edge + 0.004, 0 * edge + z])
        high = np.column_stack([0.20 * edge, line, 0 * edge + z])
        leaves.append(grid(np.stack([low, high])[::order]))
    board = slab((0.415, 0.004, 0.292), (0, 0, 0), 0.0015)
    return settled(Part(board, leather(_COVERS[variant.seed % 5])), Part(merge(leaves), paper((0.66, 0.61, 0.49))))


def scroll(variant: Variant) -> tuple[Part, ...]:
    t = np.linspace(0, 5.5 * np.pi, 80)
    r = 0.010 + 0.0011 * t
    ring = np.column_stack([r * np.cos(t), r * np.sin(t)])
    outline = np.concatenate([ring, (ring * ((r - 0.0008) / r)[:, None])[::-1]])
    roll = move(tip(extrude(outline, 0.28), 90, 1), (-0.14, 0.03, 0))
    rods = tip(
        turned([(0, 0), (0.011, 0.006), (0.007, 0.016), (0.0075, 0.33), (0.011, 0.34), (0, 0.346)], 16, 3), -90, 2
    )
    ribbon = move(tip(hoop(0.0285, 0.0025), 90, 2), (0, 0.03, 0))
    return settled(
        Part(roll, paper((0.50, 0.39, 0.23))),
        Part(move(rods, (-0.173, 0.03, 0)), wood("walnut")),
        Part(ribbon, cloth((0.22, 0.015, 0.02))),
        centred=True,
    )


def letter(variant: Variant) -> tuple[Part, ...]:
    """Three envelopes, the upper one sealed."""
    rng = variant.rng
    covers = [
        move(
            slab((0.22, 0.0022, 0.11), (0, 0.0022 * k, 0), 0.0006),
            (float(rng.normal(0, 0.004)), 0, 0),
            float(rng.uniform(-5, 5)),
        )
        for k in range(3)
    ]
    seal = turned([(0, 0.0066), (0.012, 0.0066), (0.013, 0.0078), (0.010, 0.0095), (0, 0.0092)], 22, 2)
    return settled(Part(merge(covers), paper((0.62, 0.56, 0.44))), Part(seal, plastic((0.26, 0.012, 0.012), 0.25)))


def newspaper(variant: Variant) -> tuple[Part, ...]:
    folds = [slab((0.30, 0.0035, 0.38), (0.001 * k, 0.0035 * k, 0.0015 * k), 0.0012) for k in range(4)]
    lines = [slab((0.27, 0.0003, 0.0035), (0.003, 0.014, z), 0.0001) for z in np.linspace(-0.10, 0.16, 26)]
    head = slab((0.26, 0.0003, 0.026), (0.003, 0.014, -0.14), 0.0001)
    picture = slab((0.12, 0.0004, 0.09), (0.07, 0.014, -0.02), 0.0001)
    return settled(
        Part(merge(folds), paper((0.56, 0.54, 0.48))),
        Part(merge([*lines, head, picture]), paint((0.05, 0.05, 0.052), 0.9, 0.5)),
    )


def paper_stack(variant: Variant) -> tuple[Part, ...]:
    rng = variant.rng
    sheets = [
        move(
            slab((0.21, 0.0045, 0.297), (0, 0.0045 * k, 0), 0.0008),
            (float(rng.normal(0, 0.002)), 0, 0),
            float(rng.uniform(-2.5, 2.5)),
        )
        for k in range(8)
    ]
    return settled(Part(merge(sheets), paper((0.70, 0.69, 0.66))))


def map_sheet(variant: Variant) -> tuple[Part, ...]:
    u, v = np.meshgrid(np.linspace(-1, 1, 61), np.linspace(-1, 1, 31))
    curl = 0.05 * np.clip(np.abs(u) - 0.82, 0, 1) ** 1.2 * 3 + 0.002 * np.sin(u * 9) * np.cos(v * 4) + 0.003
    sheet = np.stack([0.40 * u, curl, -0.28 * v], axis=-1)
    both = merge([grid(sheet), grid(sheet[::-1] - [0, 0.0012, 0])])
    rng = variant.rng
    coast = [
        bent(
            np.column_stack([x + 0.03 * rng.standard_normal(7), np.full(7, 0.0052), np.linspace(-0.2, 0.2, 7)]),
            0.0012,
            6,
        )
        for x in (-0.16, 0.02, 0.17)
    ]
    return settled(Part(both, paper((0.52, 0.41, 0.24))), Part(merge(coast), paint((0.07, 0.04, 0.02), 0.9)))


def quill(variant: Variant) -> tuple[Part, ...]:
    pot = vessel(
        [(0.030, 0), (0.033, 0.004), (0.030, 0.032), (0.012, 0.044), (0.014, 0.052), (0.0135, 0.053)], 0.003, 28
    )
    lean = np.array([0.0, 0.035, 0.0]), np.array([0.05, 0.26, -0.012])
    shaft = rod(*lean, 0.0013, 8)
    s = np.linspace(0.25, 1, 24)
    wide = 0.017 * np.sin(np.pi * (s - 0.25) / 0.78) ** 0.6 + 0.0006
    spine = lean[0] + (lean[1] - lean[0]) * s[:, None] + np.array([0.02, 0.0, 0.0]) * (s[:, None] - 0.25) ** 2
    rows = np.stack([spine + np.array([0, 0, 1]) * (wide * k)[:, None] for k in (-1, 0, 1)])
    vane = merge([grid(rows), grid(rows[::-1])])
    return settled(
        Part(pot, bottle_glass((0.01, 0.012, 0.03))),
        Part(merge([shaft, vane]), skin((0.66, 0.63, 0.57), (0.5, 0.46, 0.4), 0.8)),
    )


def pencils(variant: Variant) -> tuple[Part, ...]:
    rng = variant.rng
    cup = vessel([(0.038, 0), (0.040, 0.003), (0.041, 0.10), (0.0405, 0.101)], 0.003, 32, 2)
    tones: tuple[RGB, ...] = ((0.62, 0.40, 0.03), (0.34, 0.03, 0.03), (0.03, 0.10, 0.30), (0.03, 0.03, 0.03))
    sticks = []
    for k in range(6):
        a, r = k * 1.05 + rng.uniform(0, 0.4), 0.028
        foot, head = (
            np.array([-0.4 * r * np.cos(a), 0.006, -0.4 * r * np.sin(a)]),
            np.array([1.25 * r * np.cos(a), 0.165, 1.25 * r * np.sin(a)]),
        )
        sticks.append(Part(rod(foot, head, 0.0036, 6), paint(tones[k % 4], 0.3, 0.1)))
    return settled(Part(cup, metal("gunmetal") if variant.seed % 2 else wood("beech")), *sticks)


def crate(variant: Variant) -> tuple[Part, ...]:
    """A slatted wooden crate, open above."""
    slats = [slab((0.60, 0.085, 0.014), (0, y, s * 0.193), 0.002) for y in (0.02, 0.125, 0.23) for s in (-1, 1)]
    slats += [slab((0.014, 0.085, 0.37), (s * 0.293, y, 0), 0.002) for y in (0.02, 0.125, 0.23) for s in (-1, 1)]
    slats += [slab((0.572, 0.012, 0.085), (0, 0.012, z), 0.002) for z in (-0.14, -0.047, 0.047, 0.14)]
    posts = [slab((0.035, 0.32, 0.035), (x, 0, z), 0.003) for x in (-0.268, 0.268) for z in (-0.168, 0.168)]
    return (Part(merge([*slats, *posts]), wood("grey" if variant.wear > 0.5 else "pine")),)


def chest(variant: Variant) -> tuple[Part, ...]:
    """A banded chest with a barrel lid."""
    t = np.linspace(0, np.pi, 18)
    lid = np.column_stack([0.20 * np.cos(t), 0.30 + 0.155 * np.sin(t)])
    lid_mesh = move(tip(extrude(lid, 0.70), 90, 1), (-0.35, 0, 0))
    body = [slab((0.70, 0.29, 0.40), (0, 0.01, 0), 0.006)]
    bands = []
    for x in (-0.31, 0.0, 0.31):
        ring = np.column_stack([0.205 * np.cos(t), 0.30 + 0.160 * np.sin(t)])
        inner = np.column_stack([0.199 * np.cos(t), 0.30 + 0.154 * np.sin(t)])[::-1]
        bands.append(move(tip(extrude(np.concatenate([ring, inner]), 0.045), 90, 1), (x - 0.0225, 0, 0)))
        bands += [slab((0.045, 0.31, 0.006), (x, 0, s * 0.203), 0.001) for s in (-1, 1)]
    lock = slab((0.085, 0.10, 0.014), (0, 0.235, 0.209), 0.004, 0.012)
    rivets = array(
        sphere(0.007, 8),
        [[x + d, y, 0.207] for x in (-0.31, 0.31) for y in (0.05, 0.15, 0.25) for d in (-0.012, 0.012)],
    )
    iron = metal("iron" if variant.seed % 2 else "brass", 0.5)
    return settled(
        Part(merge([lid_mesh, *body]), wood("walnut")),
        Part(merge([*bands, rivets]), iron),
        Part(lock, metal("brass", 0.5)),
    )


def barrel(variant: Variant) -> tuple[Part, ...]:
    staves = turned(
        [
            (0, 0.02),
            (0.245, 0.02),
            (0.252, 0.0),
            (0.262, 0.0),
            (0.305, 0.22),
            (0.32, 0.42),
            (0.305, 0.62),
            (0.262, 0.84),
            (0.252, 0.84),
            (0.245, 0.82),
            (0, 0.82),
        ],
        40,
        4,
        40,
    )
    rings = [
        turned([(r + 0.001, y - 0.02), (r + 0.006, y - 0.02), (r2 + 0.006, y + 0.02), (r2 + 0.001, y + 0.02)], 40, 1)
        for y, r, r2 in ((0.05, 0.268, 0.280), (0.22, 0.304, 0.309), (0.62, 0.309, 0.304), (0.79, 0.280, 0.268))
    ]
    bare = Mesh(staves.points, staves.triangles, staves.normals)
    return settled(Part(bare, wood("oak")), Part(merge(rings), metal("iron", 0.6)))


def basket(variant: Variant) -> tuple[Part, ...]:
    body = vessel([(0.15, 0), (0.16, 0.01), (0.195, 0.12), (0.20, 0.21), (0.198, 0.215)], 0.012, 44, 3)
    rim = move(hoop(0.196, 0.012, 0, 44), (0, 0.212, 0))
    handle = bent([[-0.192, 0.21, 0], [-0.165, 0.36, 0], [0, 0.43, 0], [0.165, 0.36, 0], [0.192, 0.21, 0]], 0.012)
    return (Part(merge([body, rim, handle]), wicker()),)


def cardboard_box(variant: Variant) -> tuple[Part, ...]:
    t = 0.005
    walls = [slab((0.40, 0.28, t), (0, 0, s * 0.148), 0.001) for s in (-1, 1)] + [
        slab((t, 0.28, 0.292), (s * 0.198, 0, 0), 0.001) for s in (-1, 1)
    ]
    base = slab((0.395, t, 0.29), (0, 0, 0), 0.001)
    flaps = [
        move(tip(slab((0.39, 0.004, 0.14), (0, 0, 0.07 * s), 0.001), -24 * s), (0, 0.279, 0.150 * s)) for s in (-1, 1)
    ]
    return settled(Part(merge([*walls, base, *flaps]), paper((0.34, 0.215, 0.115))))


def suitcase(variant: Variant) -> tuple[Part, ...]:
    shell = slab((0.62, 0.42, 0.20), (0, 0.0, 0), 0.018, 0.03)
    seam = slab((0.628, 0.428, 0.012), (0, -0.004, 0), 0.004, 0.01)
    corners = [slab((0.07, 0.07, 0.208), (x, y, 0), 0.012) for x in (-0.281, 0.281) for y in (-0.004, 0.354)]
    handle = bent([[-0.075, 0.42, 0], [-0.07, 0.46, 0], [0.07, 0.46, 0], [0.075, 0.42, 0]], 0.010)
    locks = [slab((0.045, 0.03, 0.014), (x, 0.385, 0.105), 0.003) for x in (-0.18, 0.18)]
    hide = leather(((0.16, 0.075, 0.03), (0.07, 0.025, 0.02), (0.035, 0.045, 0.05))[variant.seed % 3])
    return settled(
        Part(shell, hide),
        Part(merge([seam, *corners, handle]), leather((0.045, 0.022, 0.012))),
        Part(merge(locks), metal("brass", 0.5)),
    )


def backpack(variant: Variant) -> tuple[Part, ...]:
    body = cushion((0.31, 0.44, 0.17), (0, 0, 0), 0.3)
    pocket = cushion((0.24, 0.18, 0.09), (0, 0.04, 0.095), 0.3)
    flap = cushion((0.30, 0.10, 0.19), (0, 0.345, 0.01), 0.4)
    straps = [
        bent(
            [[s * 0.08, 0.40, -0.07], [s * 0.10, 0.36, -0.125], [s * 0.11, 0.15, -0.115], [s * 0.12, 0.05, -0.07]],
            0.013,
        )
        for s in (-1, 1)
    ]
    loop = bent([[-0.03, 0.43, -0.05], [0, 0.475, -0.055], [0.03, 0.43, -0.05]], 0.006)
    tone = ((0.05, 0.08, 0.13), (0.16, 0.11, 0.05), (0.09, 0.12, 0.06), (0.20, 0.03, 0.03))[variant.seed % 4]
    return settled(
        Part(merge([body, pocket, flap]), cloth(tone)), Part(merge([*straps, loop]), cloth((0.03, 0.03, 0.032)))
    )


def trash_can(variant: Variant) -> tuple[Part, ...]:
    u, v = np.meshgrid(np.linspace(0, 2 * np.pi, 121)[:-1], np.linspace(0, 1, 12))
    r = (0.19 + 0.035 * v) * (1 + 0.012 * np.sign(np.sin(u * 18)))
    side = grid(np.stack([r * np.sin(u), 0.62 * v, r * np.cos(u)], -1), closed_u=True)
    lid = turned([(0.238, 0.615), (0.24, 0.63), (0.20, 0.665), (0.04, 0.69), (0, 0.69)], 44, 3)
    grip = bent([[-0.05, 0.685, 0], [-0.045, 0.72, 0], [0.045, 0.72, 0], [0.05, 0.685, 0]], 0.007)
    ears = [
        bent(
            [[s * 0.215, 0.48, -0.06], [s * 0.255, 0.47, -0.055], [s * 0.255, 0.47, 0.055], [s * 0.215, 0.48, 0.06]],
            0.007,
        )
        for s in (-1, 1)
    ]
    base = cylinder(0.19, 0.0, 0.012, 44)
    return settled(Part(merge([side, lid, grip, *ears, base]), metal("aluminium", 0.8)))


def bucket(variant: Variant) -> tuple[Part, ...]:
    form = vessel([(0.105, 0), (0.11, 0.004), (0.15, 0.27), (0.155, 0.275), (0.153, 0.28)], 0.003, 40, 2)
    t = np.linspace(0, np.pi, 13)
    bail = tube(np.column_stack([0.153 * np.cos(t), 0.262 - 0.0 * t + 0.05 * np.sin(t), 0.135 * np.sin(t)]), 0.0035, 8)
    return settled(Part(form, metal("steel", 0.8) if variant.seed % 2 else wood("grey")), Part(bail, metal("iron")))


def gift(variant: Variant) -> tuple[Part, ...]:
    tone: RGB = ((0.30, 0.02, 0.03), (0.03, 0.16, 0.10), (0.10, 0.06, 0.24))[variant.seed % 3]
    box_ = slab((0.26, 0.17, 0.20), (0, 0, 0), 0.003)
    bands = [slab((0.028, 0.173, 0.2035), (0, -0.001, 0), 0.001), slab((0.2635, 0.173, 0.028), (0, -0.001, 0), 0.001)]
    bow = [
        bent(
            [
                [0, 0.172, 0],
                [s * 0.045, 0.215, 0.012],
                [s * 0.075, 0.195, 0],
                [s * 0.045, 0.178, -0.012],
                [0, 0.176, 0],
            ],
            0.010,
        )
        for s in (-1, 1)
    ]
    return settled(
        Part(box_, paint(tone, 0.22, 0.05)),
        Part(merge([*bands, *bow, move(sphere(0.015, 14), (0, 0.183, 0))]), metal("gold", 0.1)),
    )


PROPS: tuple[Prop, ...] = (
    Prop("book",
         "book, novel, textbook, bible, old book, diary, journal, notebook, dictionary",
         (0.157, 0.034, 0.23), book, 0.6, 0.5, 0.1),
    Prop("book_pile",
         "pile of books, stack of books, books pile, encyclopedia",
         (0.19, 0.18, 0.25), book_pile, 3.0, 0.5, 0.1),
    Prop("open_book",
         "open book, spellbook page, recipe book, cookbook, menu, comic book, magazine",
         (0.415, 0.038, 0.292), open_book, 0.9, 0.5, 0.1),
    Prop("scroll", "scroll, manuscript, parchment, papyrus", (0.346, 0.06, 0.06), scroll, 0.2, 0.5, 0.1),
    Prop("letter", "letter, envelope, mail, postcard, invitation", (0.22, 0.0095, 0.12), letter, 0.03, 0.5, 0.05),
    Prop("newspaper",
         "newspaper, paper, leaflet, brochure, pamphlet",
         (0.303, 0.0145, 0.385), newspaper, 0.25, 0.5, 0.05),
    Prop("paper_stack",
         "paperwork, document, stack of paper, stack of papers, file, folder, certificate, contract, page",
         (0.225, 0.036, 0.305), paper_stack, 1.6, 0.5, 0.05),
    Prop("map_sheet", "map, treasure map, chart, blueprint", (0.8, 0.023, 0.56), map_sheet, 0.08, 0.5, 0.05),
    Prop("quill", "quill, inkwell, feather, pen", (0.1, 0.26, 0.066), quill, 0.25, 0.5, 0.1),
    Prop("pencils",
         "pencil, marker, crayon, pencil holder, paintbrush, brush",
         (0.082, 0.165, 0.082), pencils, 0.3, 0.4, 0.2),
    Prop("crate",
         "crate, wooden crate, wooden box, box",
         (0.6, 0.32, 0.4), crate, 6.5, 0.5, 0.15, Breaks("wood", 120.0)),
    Prop("chest", "wooden chest, trunk, sea chest, coffer", (0.7, 0.46, 0.43), chest, 22.0, 0.5, 0.1),
    Prop("barrel",
         "barrel, keg, cask, wine barrel",
         (0.65, 0.84, 0.65), barrel, 48.0, 0.5, 0.15, Breaks("wood", 400.0)),
    Prop("basket",
         "basket, picnic basket, wicker basket, fruit basket, picnic",
         (0.416, 0.44, 0.416), basket, 1.2, 0.6, 0.2),
    Prop("cardboard_box", "cardboard box, carton, package, parcel", (0.4, 0.33, 0.54), cardboard_box, 0.7, 0.5, 0.1),
    Prop("suitcase", "suitcase, luggage, briefcase, baggage", (0.63, 0.47, 0.21), suitcase, 5.5, 0.45, 0.1),
    Prop("backpack", "backpack, rucksack, satchel, bag, schoolbag", (0.31, 0.47, 0.28), backpack, 2.2, 0.6, 0.05),
    Prop("trash_can",
         "trash can, trash bin, garbage can, dustbin, bin, trash, garbage",
         (0.52, 0.73, 0.48), trash_can, 5.0, 0.45, 0.25),
    Prop("bucket", "bucket, pail", (0.31, 0.31, 0.31), bucket, 1.3, 0.45, 0.25),
    Prop("gift",
         "gift, present box, gift box, christmas present, wrapped gift",
         (0.264, 0.21, 0.204), gift, 0.8, 0.45, 0.1),
)  # fmt: skip
