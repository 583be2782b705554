"""Screens, telephones, clocks, cameras and the instruments of a laboratory."""

from __future__ import annotations

import numpy as np

from secondunit_engine.world.mesh import RGB
from secondunit_engine.world.props.finishes import (
    cloth,
    glass,
    glow,
    leather,
    liquid,
    metal,
    paint,
    plastic,
    skin,
    wood,
)
from secondunit_engine.world.props.forms import bent, hoop, rod, slab, tip, turned
from secondunit_engine.world.props.kitchenware import vessel
from secondunit_engine.world.props.prop import Breaks, Part, Prop, Variant, settled
from secondunit_engine.world.shapes import array, cylinder, grid, merge, move, sphere

_BLACK: RGB = (0.018, 0.018, 0.020)
_SCREEN: RGB = (0.9, 1.5, 2.6)


def laptop(variant: Variant) -> tuple[Part, ...]:
    base = slab((0.33, 0.015, 0.225), (0, 0, 0), 0.004, 0.014)
    keys = array(
        slab((0.0155, 0.0018, 0.0150), (0, 0.015, 0), 0.0006),
        [[x, 0, z] for x in np.linspace(-0.135, 0.135, 15) for z in np.linspace(-0.075, 0.0, 5)],
    )
    pad = slab((0.10, 0.0008, 0.065), (0, 0.015, 0.068), 0.0003)
    lid = move(tip(slab((0.33, 0.222, 0.008), (0, 0, -0.004), 0.003, 0.004), -14), (0, 0.014, -0.108))
    face = move(tip(slab((0.306, 0.194, 0.0006), (0, 0.014, 0.0003), 0.0002), -14), (0, 0.014, -0.108))
    return settled(
        Part(merge([base, lid]), metal("aluminium", 0.2)),
        Part(merge([keys, pad]), plastic(_BLACK)),
        Part(face, glow(_SCREEN), "practicals", 0.1),
    )


def monitor(variant: Variant) -> tuple[Part, ...]:
    body = slab((0.62, 0.365, 0.028), (0, 0.13, 0), 0.006, 0.008)
    stand = [slab((0.06, 0.20, 0.014), (0, 0.01, -0.035), 0.004), slab((0.24, 0.012, 0.18), (0, 0, -0.02), 0.004, 0.02)]
    face = slab((0.60, 0.335, 0.0008), (0, 0.145, 0.0145), 0.0003)
    return settled(Part(merge([body, *stand]), plastic(_BLACK)), Part(face, glow(_SCREEN), "practicals", 0.2))


def keyboard(variant: Variant) -> tuple[Part, ...]:
    base = slab((0.44, 0.018, 0.14), (0, 0, 0), 0.005, 0.01)
    keys = array(
        slab((0.0155, 0.007, 0.0155), (0, 0.017, 0), 0.002, None, 1),
        [[x, 0, z] for x in np.linspace(-0.20, 0.20, 21) for z in np.linspace(-0.05, 0.05, 6)],
    )
    return Part(base, plastic((0.03, 0.03, 0.033))), Part(keys, plastic((0.045, 0.045, 0.05), 0.5))


def phone(variant: Variant) -> tuple[Part, ...]:
    return (
        Part(slab((0.072, 0.008, 0.148), (0, 0, 0), 0.003, 0.010), metal("gunmetal", 0.1)),
        Part(slab((0.067, 0.0004, 0.142), (0, 0.008, 0), 0.0001, 0.008), glow((0.35, 0.55, 0.9)), "practicals", 0.05),
    )


def telephone(variant: Variant) -> tuple[Part, ...]:
    """A dial telephone."""
    body = turned([(0, 0), (0.105, 0), (0.108, 0.012), (0.085, 0.055), (0.055, 0.085), (0, 0.09)], 36, 3)
    dial = move(
        tip(turned([(0, 0), (0.042, 0.0), (0.043, 0.006), (0.034, 0.008), (0, 0.007)], 32, 2), 52), (0, 0.056, 0.072)
    )
    holes = array(sphere(0.0062, 8), [[0.031 * np.cos(a), 0.009, 0.031 * np.sin(a)] for a in np.linspace(0.4, 5.6, 10)])
    holes = move(tip(holes, 52), (0, 0.056, 0.072))
    handset = [bent([[-0.10, 0.125, -0.01], [-0.05, 0.142, -0.01], [0.05, 0.142, -0.01], [0.10, 0.125, -0.01]], 0.013)]
    handset += [
        move(turned([(0, 0), (0.030, 0.0), (0.032, 0.014), (0.016, 0.036), (0, 0.04)], 24, 3), (x, 0.090, -0.01))
        for x in (-0.10, 0.10)
    ]
    tone: RGB = (_BLACK, (0.30, 0.02, 0.02), (0.52, 0.46, 0.34))[variant.seed % 3]
    return settled(
        Part(merge([move(body, (0, 0, 0), 0, (1, 1, 1)), *handset]), plastic(tone, 0.18)),
        Part(dial, metal("chrome", 0.3)),
        Part(holes, plastic(_BLACK)),
    )


def radio(variant: Variant) -> tuple[Part, ...]:
    case = slab((0.36, 0.23, 0.15), (0, 0.008, 0), 0.018, 0.022)
    cloth_front = slab((0.19, 0.15, 0.004), (-0.07, 0.05, 0.0745), 0.001)
    dial = slab((0.09, 0.07, 0.004), (0.105, 0.125, 0.0745), 0.002)
    knobs = [
        move(tip(turned([(0, 0), (0.017, 0), (0.016, 0.018), (0, 0.02)], 20, 2), 90), (x, 0.06, 0.075))
        for x in (0.085, 0.135)
    ]
    feet = [cylinder(0.012, 0, 0.01, 12)]
    return settled(
        Part(
            merge([case, *(move(foot, (x, 0, z)) for foot in feet for x in (-0.14, 0.14) for z in (-0.05, 0.05))]),
            wood("walnut"),
        ),
        Part(cloth_front, cloth((0.36, 0.28, 0.15))),
        Part(dial, glow((3.2, 2.0, 0.8)), "practicals", 0.05),
        Part(merge(knobs), metal("brass", 0.4)),
    )


def television(variant: Variant) -> tuple[Part, ...]:
    """An old set with a bulging tube."""
    case = slab((0.62, 0.46, 0.40), (0, 0.02, 0), 0.02, 0.03)
    u, v = np.meshgrid(np.linspace(-1, 1, 25), np.linspace(-1, 1, 19))
    tube_ = grid(np.stack([-0.06 + 0.205 * u, 0.26 + 0.155 * v, 0.203 + 0.022 * (1 - 0.5 * u * u - 0.5 * v * v)], -1))
    frame = slab((0.445, 0.345, 0.012), (-0.06, 0.087, 0.198), 0.006, 0.02)
    knobs = [
        move(tip(turned([(0, 0), (0.024, 0), (0.022, 0.02), (0, 0.022)], 20, 2), 90), (0.235, y, 0.20))
        for y in (0.34, 0.26)
    ]
    ears = [rod((0.0, 0.48, -0.05), (s * 0.22, 0.86, -0.05), 0.003) for s in (-1, 1)]
    feet = [move(cylinder(0.015, 0, 0.03, 12), (x, 0, z)) for x in (-0.25, 0.25) for z in (-0.14, 0.14)]
    return settled(
        Part(merge([case, *feet]), wood("walnut")),
        Part(frame, plastic((0.045, 0.042, 0.04))),
        Part(tube_, glow((0.7, 0.95, 1.5)), "practicals", 0.2),
        Part(merge([*knobs, *ears]), metal("chrome", 0.3)),
    )


def clock(variant: Variant) -> tuple[Part, ...]:
    """A wall clock."""
    case = tip(
        turned([(0, 0), (0.16, 0), (0.165, 0.01), (0.155, 0.035), (0.145, 0.036), (0.143, 0.022), (0, 0.022)], 48, 2),
        90,
    )
    face = tip(turned([(0.143, 0.0235), (0, 0.024)], 44, 1), 90)
    ticks = [move(slab((0.006, 0.020, 0.002), (0, 0.115, 0.0255), 0.0005), (0, 0, 0)) for _ in range(1)]
    marks = merge([tip(tick, 30.0 * k, 2) for tick in ticks for k in range(12)])
    hands = merge(
        [
            tip(slab((0.009, 0.075, 0.002), (0, -0.01, 0.028), 0.0006), 52, 2),
            tip(slab((0.006, 0.115, 0.002), (0, -0.014, 0.030), 0.0006), -64, 2),
        ]
    )
    return (
        Part(case, wood("walnut") if variant.seed % 2 else metal("brass", variant.wear)),
        Part(face, paint((0.62, 0.58, 0.48), 0.4, 0.3)),
        Part(merge([marks, hands]), plastic(_BLACK)),
    )


def hourglass(variant: Variant) -> tuple[Part, ...]:
    ends = [
        turned([(0, y), (0.062, y), (0.064, y + 0.006), (0.062, y + 0.012), (0, y + 0.012)], 36, 2)
        for y in (0.0, 0.218)
    ]
    posts = [
        move(
            turned(
                [(0, 0.012), (0.007, 0.012), (0.005, 0.06), (0.008, 0.115), (0.005, 0.17), (0.007, 0.218), (0, 0.218)],
                14,
                3,
            ),
            (0.051 * np.cos(a), 0, 0.051 * np.sin(a)),
        )
        for a in np.radians([90, 210, 330])
    ]
    bulbs = turned(
        [
            (0.030, 0.013),
            (0.040, 0.035),
            (0.036, 0.075),
            (0.004, 0.113),
            (0.036, 0.155),
            (0.040, 0.195),
            (0.030, 0.217),
        ],
        36,
        4,
        180,
    )
    sand = merge(
        [
            turned([(0, 0.0135), (0.034, 0.0135), (0.0385, 0.036), (0.02, 0.055), (0, 0.062)], 30, 3),
            turned([(0, 0.1155), (0.026, 0.1445), (0.031, 0.150), (0, 0.146)], 30, 3),
        ]
    )
    return settled(
        Part(merge([*ends, *posts]), wood("mahogany")),
        Part(bulbs, glass()),
        Part(sand, skin((0.50, 0.36, 0.17), (0.56, 0.42, 0.22), 0.9)),
    )


def film_camera(variant: Variant) -> tuple[Part, ...]:
    body = slab((0.14, 0.075, 0.042), (0, 0, 0), 0.006, 0.012)
    top = [slab((0.13, 0.016, 0.036), (0, 0.075, 0), 0.004, 0.008), slab((0.05, 0.022, 0.036), (0, 0.080, 0), 0.006)]
    lens = move(
        tip(
            turned(
                [(0, 0), (0.031, 0), (0.031, 0.018), (0.028, 0.020), (0.028, 0.046), (0.024, 0.048), (0, 0.040)], 32, 1
            ),
            90,
        ),
        (0, 0.038, 0.020),
    )
    dials = [
        move(turned([(0, 0), (0.010, 0), (0.0095, 0.009), (0, 0.01)], 18, 1), (x, 0.09, 0)) for x in (-0.048, 0.048)
    ]
    glass_ = move(tip(turned([(0, 0.0), (0.021, -0.002), (0.0215, -0.006)][::-1], 24, 2), 90), (0, 0.038, 0.0665))
    return settled(
        Part(body, leather((0.02, 0.02, 0.02))),
        Part(merge([*top, *dials]), metal("aluminium", 0.3)),
        Part(lens, metal("gunmetal", 0.3)),
        Part(glass_, liquid((0.02, 0.03, 0.05))),
        centred=True,
    )


def headphones(variant: Variant) -> tuple[Part, ...]:
    t = np.linspace(0, np.pi, 15)
    band = [bent(np.column_stack([0.082 * np.cos(t), 0.10 + 0.085 * np.sin(t), 0 * t])[::2], 0.007)]
    cups = [
        move(
            tip(turned([(0, -0.014), (0.036, -0.014), (0.039, 0.0), (0.034, 0.018), (0, 0.022)], 28, 3), -90 * s, 2),
            (s * 0.080, 0.055, 0),
        )
        for s in (-1, 1)
    ]
    pads = [move(tip(hoop(0.028, 0.011), 90, 2), (s * 0.062, 0.055, 0)) for s in (-1, 1)]
    return settled(Part(merge([*band, *cups]), plastic(_BLACK, 0.3)), Part(merge(pads), leather((0.025, 0.022, 0.02))))


def microphone(variant: Variant) -> tuple[Part, ...]:
    """On a straight stand with a round foot."""
    stand = turned([(0, 0), (0.13, 0), (0.132, 0.010), (0.02, 0.026), (0.011, 0.04), (0.010, 1.42), (0, 1.42)], 36, 1)
    clip = rod((0, 1.40, 0), (0, 1.44, 0.05), 0.008)
    handle = tip(turned([(0, 0), (0.011, 0.003), (0.017, 0.15), (0.019, 0.16), (0, 0.162)], 24, 2), 58)
    head = tip(move(sphere(0.026, 24), (0, 0.178, 0)), 58)
    return (
        Part(merge([stand, clip]), metal("gunmetal")),
        Part(move(handle, (0, 1.42, -0.03)), plastic(_BLACK, 0.4)),
        Part(move(head, (0, 1.42, -0.03)), metal("steel", 0.6)),
    )


def telescope(variant: Variant) -> tuple[Part, ...]:
    legs_ = [
        rod((0.02 * np.cos(a), 1.02, 0.02 * np.sin(a)), (0.42 * np.cos(a), 0.0, 0.42 * np.sin(a)), 0.016)
        for a in np.radians([90, 210, 330])
    ]
    tube_ = tip(
        turned(
            [
                (0, 0),
                (0.024, 0),
                (0.024, 0.22),
                (0.034, 0.24),
                (0.034, 0.50),
                (0.048, 0.52),
                (0.048, 0.98),
                (0.052, 0.99),
                (0.052, 1.04),
                (0.046, 1.04),
                (0, 1.0),
            ],
            32,
            1,
        ),
        58,
    )
    head = move(turned([(0, 0), (0.045, 0.0), (0.04, 0.06), (0.02, 0.09), (0, 0.09)], 24, 3), (0, 1.0, 0))
    return settled(
        Part(merge(legs_), wood("mahogany")),
        Part(merge([move(tube_, (0, 0.80, -0.46)), head]), metal("brass", variant.wear)),
    )


def microscope(variant: Variant) -> tuple[Part, ...]:
    base = slab((0.15, 0.025, 0.20), (0, 0, 0), 0.008, 0.03)
    arm = bent([[0, 0.02, -0.075], [0, 0.14, -0.09], [0, 0.25, -0.07], [0, 0.27, -0.01]], 0.017)
    stage = slab((0.12, 0.010, 0.11), (0, 0.12, 0.02), 0.003)
    tube_ = move(
        tip(
            turned(
                [
                    (0, 0),
                    (0.009, 0),
                    (0.010, 0.03),
                    (0.018, 0.04),
                    (0.018, 0.18),
                    (0.013, 0.185),
                    (0.013, 0.22),
                    (0, 0.222),
                ],
                24,
                1,
            ),
            -22,
        ),
        (0, 0.165, 0.04),
    )
    knobs = [move(tip(cylinder(0.022, -0.012, 0.012, 24), 90, 2), (s * 0.035, 0.10, -0.085)) for s in (-1, 1)]
    return settled(
        Part(merge([base, arm]), paint((0.06, 0.062, 0.066), 0.25)),
        Part(merge([tube_, *knobs]), metal("brass" if variant.era != "present" else "aluminium", 0.2)),
        Part(stage, plastic(_BLACK)),
    )


def flask(variant: Variant) -> tuple[Part, ...]:
    """A conical flask with a coloured liquor."""
    body = vessel(
        [(0.046, 0), (0.050, 0.004), (0.047, 0.02), (0.014, 0.115), (0.0135, 0.148), (0.017, 0.152), (0.0165, 0.153)],
        0.0018,
        36,
        3,
    )
    tone: RGB = ((0.02, 0.30, 0.10), (0.35, 0.02, 0.16), (0.02, 0.12, 0.40))[variant.seed % 3]
    brew = turned([(0, 0.006), (0.045, 0.007), (0.044, 0.02), (0.030, 0.060), (0, 0.061)], 32, 2)
    return Part(body, glass()), Part(brew, liquid(tone))


def globe(variant: Variant) -> tuple[Part, ...]:
    ball = tip(move(sphere(0.15, 44), (0, 0, 0)), 23, 2)
    t = np.linspace(-1.45, 1.45, 24)
    arc = tip(bent(np.column_stack([-0.168 * np.cos(t), 0.168 * np.sin(t), 0 * t])[::2], 0.006), 23, 2)
    foot = turned(
        [(0, -0.265), (0.095, -0.265), (0.098, -0.255), (0.03, -0.235), (0.016, -0.21), (0.02, -0.175), (0, -0.168)],
        36,
        3,
    )
    sea: tuple[RGB, RGB] = ((0.05, 0.12, 0.17), (0.34, 0.27, 0.13))
    return settled(Part(ball, skin(*sea, 0.25)), Part(arc, metal("brass", 0.3)), Part(foot, wood("mahogany")))


def crystal_ball(variant: Variant) -> tuple[Part, ...]:
    stand = turned([(0, 0), (0.062, 0), (0.065, 0.012), (0.045, 0.03), (0.056, 0.05), (0.050, 0.052), (0, 0.03)], 32, 3)
    return (
        Part(stand, metal("bronze", 0.4)),
        Part(move(sphere(0.07, 40), (0, 0.103, 0)), glass()),
        Part(move(sphere(0.02, 16), (0, 0.10, 0)), glow((1.0, 2.2, 4.0)), "practicals", 0.1),
    )


PROPS: tuple[Prop, ...] = (
    Prop("laptop", "laptop, laptop computer, notebook computer", (0.33, 0.235, 0.285), laptop, 1.4, 0.4, 0.15),
    Prop("monitor",
         "monitor, computer monitor, computer, screen, computer screen, desktop computer, tv, flat screen",
         (0.62, 0.495, 0.19), monitor, 4.5, 0.4, 0.15),
    Prop("keyboard", "keyboard, computer keyboard", (0.44, 0.024, 0.14), keyboard, 0.8, 0.5, 0.15),
    Prop("phone",
         "phone, smartphone, cell phone, mobile phone, iphone, tablet, cellphone",
         (0.072, 0.0084, 0.148), phone, 0.19, 0.35, 0.25, Breaks("glass", 1.5)),
    Prop("telephone",
         "telephone, rotary phone, landline, dial phone",
         (0.26, 0.155, 0.216), telephone, 1.9, 0.45, 0.15),
    Prop("radio", "radio, old radio, vintage radio, speaker, stereo", (0.36, 0.238, 0.165), radio, 3.4, 0.45, 0.15),
    Prop("television",
         "television, tv set, television set, old television",
         (0.62, 0.86, 0.44), television, 21.0, 0.5, 0.1, Breaks("glass", 8.0)),
    Prop("clock", "clock, wall clock, alarm clock", (0.33, 0.33, 0.036), clock, 1.4, 0.4, 0.2, None, "wall"),
    Prop("hourglass", "hourglass, sand timer", (0.128, 0.23, 0.128), hourglass, 0.7, 0.4, 0.2, Breaks("glass", 0.8)),
    Prop("film_camera",
         "camera, film camera, photo camera, polaroid camera, video camera",
         (0.14, 0.102, 0.09), film_camera, 0.75, 0.45, 0.2),
    Prop("headphones", "headphones, headphone, headset, earphones", (0.2, 0.18, 0.078), headphones, 0.25, 0.5, 0.2),
    Prop("microphone", "microphone, microphone stand, mic", (0.264, 1.53, 0.264), microphone, 4.2, 0.4, 0.2),
    Prop("telescope", "telescope, spyglass", (0.75, 1.4, 0.9), telescope, 7.5, 0.5, 0.15),
    Prop("microscope", "microscope", (0.15, 0.38, 0.2), microscope, 4.2, 0.5, 0.1),
    Prop("flask",
         "flask, beaker, test tube, potion, elixir, vial, erlenmeyer flask, laboratory glassware, chemical",
         (0.1, 0.153, 0.1), flask, 0.25, 0.35, 0.3, Breaks("glass", 0.4)),
    Prop("globe", "globe, world globe", (0.34, 0.43, 0.3), globe, 1.8, 0.45, 0.2),
    Prop("crystal_ball",
         "crystal ball, orb of glass, glass ball, snow globe",
         (0.14, 0.173, 0.14), crystal_ball, 3.4, 0.35, 0.3, Breaks("glass", 4.0)),
)  # fmt: skip
