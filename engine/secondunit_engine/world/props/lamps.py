"""Lamps, candles and fires: what glows names the fader that moves its light."""

from __future__ import annotations

import numpy as np

from secondunit_engine.world.mesh import RGB, Mesh
from secondunit_engine.world.props.candles import FLAME, candelabrum, candlestick
from secondunit_engine.world.props.candles import candle as wax_candle
from secondunit_engine.world.props.candles import lantern as hand_lantern
from secondunit_engine.world.props.finishes import (
    clay,
    cloth,
    glass,
    glaze,
    glow,
    metal,
    paint,
    skin,
    wax,
    wood,
)
from secondunit_engine.world.props.forms import bent, hoop, ripple, rod, slab, tip, turned
from secondunit_engine.world.props.prop import Breaks, Part, Prop, Variant, settled
from secondunit_engine.world.shapes import lathe, merge, move, sphere

_WARM: RGB = (22.0, 12.0, 5.0)


def candle(variant: Variant) -> tuple[Part, ...]:
    height = (0.118, 0.126, 0.122)[variant.seed % 3]
    lit = wax_candle([0, 0, 0], height, 0.032)
    pool = ripple(
        turned([(0, 0), (0.042, 0.0), (0.044, 0.003), (0.034, 0.008), (0, 0.008)], 28, 3), 0.001, variant.rng, 80
    )
    return settled(Part(merge([lit.wax, pool]), wax()), Part(lit.flame, glow(FLAME), "candles", 0.05))


def candlestick_lit(variant: Variant) -> tuple[Part, ...]:
    lit = candlestick([0, 0, 0], 0.15)
    assert lit.metal is not None
    return (
        Part(lit.wax, wax()),
        Part(lit.flame, glow(FLAME), "candles", 0.05),
        Part(lit.metal, metal("brass", variant.wear)),
    )


def candelabrum_lit(variant: Variant) -> tuple[Part, ...]:
    lit = candelabrum([0, 0, 0])
    assert lit.metal is not None
    return settled(
        Part(lit.wax, wax()), Part(lit.flame, glow(FLAME), "candles", 0.05), Part(lit.metal, metal("iron", 0.6))
    )


def lantern(variant: Variant) -> tuple[Part, ...]:
    lit = hand_lantern()
    assert lit.metal is not None
    return settled(
        Part(lit.wax, wax()), Part(lit.flame, glow(FLAME), "candles", 0.05), Part(lit.metal, metal("iron", 0.4))
    )


def oil_lamp(variant: Variant) -> tuple[Part, ...]:
    font = turned(
        [
            (0, 0),
            (0.055, 0),
            (0.058, 0.008),
            (0.022, 0.03),
            (0.020, 0.06),
            (0.058, 0.085),
            (0.062, 0.11),
            (0.030, 0.13),
            (0.028, 0.148),
            (0.038, 0.152),
            (0, 0.156),
        ],
        36,
        3,
    )
    chimney = turned(
        [
            (0.034, 0.152),
            (0.042, 0.19),
            (0.030, 0.25),
            (0.026, 0.33),
            (0.0245, 0.33),
            (0.0285, 0.25),
            (0.0405, 0.19),
            (0.0325, 0.153),
        ],
        32,
        3,
    )
    fire = move(lathe([[0, 0], [0.008, 0.006], [0.009, 0.02], [0.003, 0.05], [0, 0.062]], 12, crease=180), (0, 0.16, 0))
    return Part(font, metal("brass", variant.wear)), Part(chimney, glass()), Part(fire, glow(FLAME), "practicals", 0.1)


def desk_lamp(variant: Variant) -> tuple[Part, ...]:
    base = turned([(0, 0), (0.085, 0), (0.088, 0.008), (0.03, 0.022), (0, 0.024)], 36, 3)
    arms = [
        rod((0, 0.02, 0), (-0.11, 0.24, 0), 0.007),
        rod((-0.11, 0.24, 0), (0.07, 0.41, 0), 0.007),
        move(sphere(0.014, 14), (-0.11, 0.24, 0)),
    ]
    shade = tip(
        turned([(0.03, 0.06), (0.045, 0.04), (0.082, -0.03), (0.080, -0.03), (0.043, 0.036), (0, 0.055)], 32, 3), 34, 2
    )
    bulb = move(sphere(0.024, 16), (0.098, 0.385, 0))
    tone: RGB = ((0.03, 0.03, 0.032), (0.28, 0.03, 0.025), (0.05, 0.14, 0.10))[variant.seed % 3]
    return settled(
        Part(merge([base, move(shade, (0.085, 0.405, 0))]), paint(tone, 0.3, variant.wear)),
        Part(merge(arms), metal("chrome", 0.2)),
        Part(bulb, glow(_WARM), "practicals", 0.15),
        centred=True,
    )


def table_lamp(variant: Variant) -> tuple[Part, ...]:
    foot = turned(
        [
            (0, 0),
            (0.065, 0),
            (0.068, 0.01),
            (0.04, 0.03),
            (0.075, 0.11),
            (0.07, 0.17),
            (0.025, 0.24),
            (0.014, 0.28),
            (0.012, 0.34),
            (0, 0.34),
        ],
        36,
        4,
    )
    shade = turned([(0.165, 0.30), (0.115, 0.50), (0.113, 0.50), (0.163, 0.30)], 44, 1, 180)
    light = move(sphere(0.035, 18), (0, 0.385, 0))
    tone: RGB = ((0.07, 0.15, 0.24), (0.60, 0.57, 0.50), (0.30, 0.34, 0.25))[variant.seed % 3]
    linen = glow((1.9, 1.25, 0.62))
    return Part(foot, glaze(tone)), Part(shade, linen, "practicals", 0.25), Part(light, glow(_WARM), "practicals", 0.1)


def floor_lamp(variant: Variant) -> tuple[Part, ...]:
    stand = merge(
        [turned([(0, 0), (0.15, 0), (0.152, 0.012), (0.02, 0.03), (0.012, 0.05), (0.012, 1.40), (0, 1.40)], 36, 2)]
    )
    shade = turned([(0.22, 1.30), (0.16, 1.58), (0.158, 1.58), (0.218, 1.30)], 44, 1, 180)
    return (
        Part(stand, metal("brass" if variant.seed % 2 else "gunmetal", variant.wear)),
        Part(shade, glow((1.9, 1.25, 0.62)), "practicals", 0.35),
        Part(move(sphere(0.04, 18), (0, 1.43, 0)), glow(_WARM), "practicals", 0.1),
    )


def chandelier(variant: Variant) -> tuple[Part, ...]:
    chain = rod((0, -0.5, 0), (0, 0, 0), 0.006)
    body = turned(
        [(0, -0.95), (0.03, -0.93), (0.055, -0.86), (0.02, -0.78), (0.035, -0.66), (0.015, -0.52), (0, -0.5)], 28, 4
    )
    arms, cups, candles, flames = [], [], [], []
    for a in np.linspace(0, 2 * np.pi, 8, endpoint=False):
        c, s = np.cos(a), np.sin(a)
        way = np.array([[0.03, -0.84], [0.18, -0.93], [0.34, -0.90], [0.40, -0.80]])
        arms.append(bent(np.column_stack([way[:, 0] * c, way[:, 1], way[:, 0] * s]), 0.009))
        cups.append(
            move(
                turned([(0, 0), (0.03, 0.005), (0.036, 0.02), (0.012, 0.012), (0, 0.012)], 20, 2),
                (0.40 * c, -0.80, 0.40 * s),
            )
        )
        lit = wax_candle([0.40 * c, -0.785, 0.40 * s], 0.10, 0.011)
        candles.append(lit.wax)
        flames.append(lit.flame)
    return (Part(merge([chain, body, *arms, *cups]), metal("brass", variant.wear)), Part(merge(candles), wax()),
            Part(merge(flames), glow(FLAME), "practicals", 0.2))  # fmt: skip


def torch(variant: Variant) -> tuple[Part, ...]:
    """A burning torch in a wall bracket."""
    rng = variant.rng

    def tipped(mesh: Mesh) -> Mesh:
        return move(tip(mesh, 18), (0, -0.3, 0.02))

    shaft = tipped(turned([(0, 0), (0.016, 0.01), (0.022, 0.42), (0, 0.43)], 18, 2))
    wad = turned([(0.0, 0.40), (0.035, 0.41), (0.045, 0.47), (0.038, 0.55), (0, 0.57)], 24, 3)
    flame = lathe([[0, 0], [0.05, 0.03], [0.06, 0.09], [0.035, 0.19], [0.012, 0.27], [0, 0.30]], 24, crease=180)
    fire = move(ripple(flame, 0.006, rng, 18), (0, 0.22, 0.195))
    plate = slab((0.05, 0.20, 0.012), (0, -0.2, 0.006), 0.003)
    bracket = [tipped(move(hoop(0.024, 0.006), (0, 0.20, 0))), rod((0, -0.11, 0.01), (0, -0.11, 0.06), 0.010), plate]
    return (
        Part(shaft, wood("grey")),
        Part(tipped(ripple(wad, 0.004, rng, 60)), cloth((0.05, 0.035, 0.02))),
        Part(merge(bracket), metal("iron", 0.6)),
        Part(fire, glow((60.0, 22.0, 4.0)), "torches", 0.3),
    )


def campfire(variant: Variant) -> tuple[Part, ...]:
    rng = variant.rng
    logs = [
        move(
            tip(turned([(0, 0), (0.035, 0.004), (0.04, 0.30), (0.033, 0.60), (0, 0.604)], 16, 2), 62),
            (-0.20 * np.sin(a), 0.03, -0.20 * np.cos(a)),
            float(np.degrees(a)),
        )
        for a in np.linspace(0, 2 * np.pi, 6, endpoint=False)
    ]
    stones = [
        move(
            ripple(sphere(0.09, 14), 0.02, rng, 20),
            (0.46 * np.cos(a), 0.045, 0.46 * np.sin(a)),
            float(rng.uniform(0, 360)),
            (1, 0.75, 1),
        )
        for a in np.linspace(0, 6.0, 13)
    ]
    fires = [
        move(
            ripple(lathe([[0, 0], [0.06, 0.04], [0.07, 0.12], [0.035, 0.28], [0, h]], 20, crease=180), 0.012, rng, 14),
            (x, 0.10, z),
        )
        for x, z, h in ((0, 0, 0.52), (0.09, 0.05, 0.38), (-0.08, 0.06, 0.34), (0.02, -0.09, 0.40))
    ]
    return settled(
        Part(merge(logs), skin((0.06, 0.035, 0.02), (0.02, 0.015, 0.012), 0.9)),
        Part(merge(stones), clay((0.16, 0.155, 0.15))),
        Part(merge(fires), glow((55.0, 19.0, 3.2)), "fire", 0.5),
    )


PROPS: tuple[Prop, ...] = (
    Prop("candle",
         "candle, tea light, votive candle, birthday candle",
         (0.088, 0.183, 0.088), candle, 0.35, 0.5, 0.1),
    Prop("candlestick", "candlestick, candle holder, menorah", (0.116, 0.35, 0.116), candlestick_lit, 0.8, 0.4, 0.2),
    Prop("candelabrum",
         "candelabrum, candelabra, standing candelabra",
         (0.729, 1.908, 0.418), candelabrum_lit, 14.0, 0.5, 0.1),
    Prop("lantern", "lantern, hand lantern, paper lantern", (0.126, 0.302, 0.126), lantern, 1.1, 0.5, 0.2),
    Prop("oil_lamp",
         "oil lamp, kerosene lamp, genie lamp",
         (0.124, 0.33, 0.124), oil_lamp, 1.0, 0.4, 0.2, Breaks("glass", 1.0)),
    Prop("desk_lamp", "desk lamp, reading lamp", (0.27, 0.47, 0.18), desk_lamp, 1.6, 0.4, 0.2),
    Prop("table_lamp",
         "lamp, table lamp, bedside lamp, lampshade",
         (0.33, 0.5, 0.33), table_lamp, 1.9, 0.4, 0.2, Breaks("ceramic", 3.0)),
    Prop("floor_lamp", "floor lamp, standing lamp", (0.44, 1.58, 0.44), floor_lamp, 6.0, 0.4, 0.2),
    Prop("chandelier", "chandelier", (0.87, 0.95, 0.87), chandelier, 16.0, 0.4, 0.2, None, "hanging"),
    Prop("torch", "torch, burning torch, wall torch", (0.119, 0.82, 0.253), torch, 1.2, 0.5, 0.2, None, "wall"),
    Prop("campfire", "campfire, bonfire, fire pit, open fire", (1.1, 0.651, 1.085), campfire, 30.0, 0.7, 0.05),
)  # fmt: skip
