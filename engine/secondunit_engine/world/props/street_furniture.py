"""What stands on a pavement: lamps, signals, hydrants, bins, benches, signs, planters, manholes.

Each stands at the origin, its front to +Z, and is a kit by material: `iron`, `metal`, `brass`, `painted` (the
palette's), `lamp_light`, `signal_red`, `signal_amber`, `signal_green`, `ad_light`, `leaves`.
"""

from __future__ import annotations

import numpy as np

from secondunit_engine.world import shapes
from secondunit_engine.world.kit import Kit, Palette, bars
from secondunit_engine.world.mesh import RGB, Mesh


def street_lamp(era: str) -> Kit:
    """A lamp whose arm reaches out over the road (+Z): a mast arm, in old eras a post with a globe."""
    kit = Kit()
    foot = [(0, 0), (0.20, 0), (0.20, 0.08), (0.13, 0.14), (0.11, 0.9), (0.085, 1.0)]
    if era not in ("present", "future"):
        kit.put("iron", shapes.lathe([*foot, (0.06, 1.1), (0.048, 3.7), (0.10, 3.78), (0.13, 3.9), (0.0, 3.9)], 16))
        kit.put("iron", shapes.move(shapes.lathe([(0.16, 0), (0.10, 0.1), (0.02, 0.2), (0, 0.28)], 16), (0, 4.28, 0)))
        kit.put("lamp_light", shapes.move(shapes.sphere(0.19, 20), (0, 4.10, 0), scale=(1, 1.15, 1)))
        return kit
    kit.put("iron", shapes.lathe([*foot, (0.075, 2.0), (0.055, 7.6)], 14))
    t = np.linspace(0, 1, 10)
    path = np.column_stack([0 * t, 7.5 + 0.75 * np.sin(t * np.pi / 2), 2.0 * t**1.4])
    kit.put("iron", shapes.tube(path, 0.04, 8), bars([((-0.15, 8.22, 1.75), (0.15, 8.34, 2.55))]))
    kit.put("lamp_light", bars([((-0.11, 8.195, 1.9), (0.11, 8.222, 2.5))]))
    if era == "future":
        kit.put("strip_light", bars([((-0.015, 0.4, 0.115), (0.015, 6.8, 0.125))]))
    return kit


def traffic_light(palette: Palette, green: bool) -> Kit:
    """A post with a three-lens head that faces +Z at 3 m, and another hung out over the road to +X."""
    kit = Kit()
    kit.put("iron", shapes.lathe([(0, 0), (0.17, 0), (0.15, 0.3), (0.07, 0.4), (0.06, 5.6), (0, 5.6)], 12))
    kit.put("iron", shapes.tube([(0, 5.4, 0), (1.6, 5.62, 0), (3.4, 5.7, 0)], 0.045, 8))
    for x, y in ((0.0, 2.75), (3.2, 5.05)):
        kit.put(
            "painted",
            palette.paint(bars([((x - 0.17, y - 0.48, 0.06), (x + 0.17, y + 0.48, 0.30))]), (0.035, 0.035, 0.03)),
        )
        kit.put(
            "painted",
            palette.paint(bars([((x - 0.24, y - 0.56, 0.05), (x + 0.24, y + 0.56, 0.07))]), (0.02, 0.02, 0.02)),
        )
        for k, name in enumerate(("signal_red", "signal_amber", "signal_green")):
            on = name == ("signal_green" if green else "signal_red")
            lens = shapes.stand_up(shapes.lathe([(0, 0.012), (0.075, 0.010), (0.095, 0.0)][::-1], 20))
            kit.put(name if on else "lens_off", shapes.move(lens, (x, y + 0.30 - 0.30 * k, 0.302)))
            t = np.linspace(-0.25 * np.pi, 1.25 * np.pi, 12)
            rim = np.stack(
                [
                    np.column_stack([x + 0.115 * np.cos(t), y + 0.3 - 0.3 * k + 0.115 * np.sin(t), 0 * t + z])
                    for z in (0.30, 0.46)
                ]
            )
            kit.put("iron", shapes.grid(rim))
    return kit


def hydrant(palette: Palette, color: RGB = (0.42, 0.045, 0.03)) -> Kit:
    kit = Kit()
    body = [
        (0, 0),
        (0.17, 0),
        (0.17, 0.05),
        (0.12, 0.07),
        (0.115, 0.5),
        (0.15, 0.52),
        (0.15, 0.56),
        (0.11, 0.6),
        (0.08, 0.7),
        (0.035, 0.73),
        (0.035, 0.78),
        (0, 0.78),
    ]
    kit.put("painted", palette.paint(shapes.lathe(body, 20), color))
    nozzle = shapes.stand_up(shapes.lathe([(0.065, -0.2), (0.065, 0.2), (0.0, 0.2)], 12))
    kit.put(
        "painted",
        palette.paint(shapes.move(nozzle, (0, 0.40, 0), 90), color),
        palette.paint(shapes.move(nozzle, (0, 0.36, 0.02)), color),
    )
    return kit


def litter_bin(palette: Palette) -> Kit:
    """A drum of steel slats with a domed lid."""
    kit = Kit()
    angle = np.arange(0, 360, 15.0)
    slat = bars([((-0.026, 0.06, 0.255), (0.026, 0.88, 0.275))])
    kit.put("painted", palette.paint(shapes.array(slat, np.zeros((len(angle), 3)), angle), (0.03, 0.05, 0.04)))
    kit.put(
        "iron",
        shapes.lathe([(0, 0.0), (0.24, 0.0), (0.24, 0.85), (0.28, 0.87), (0.29, 0.93), (0.16, 1.02), (0.14, 0.98)], 24),
    )
    return kit


def bench(palette: Palette) -> Kit:
    kit = Kit()
    slats = [((-0.85, 0.43, z), (0.85, 0.465, z + 0.075)) for z in (-0.20, -0.10, 0.0, 0.10, 0.20)]
    slats += [((-0.85, y, -0.30), (0.85, y + 0.075, -0.265)) for y in (0.56, 0.67, 0.78)]
    kit.put("painted", palette.paint(bars(slats), (0.17, 0.085, 0.04)))
    kit.put(
        "iron",
        bars(
            [((x - 0.03, 0, z), (x + 0.03, h, z + 0.06)) for x in (-0.7, 0.7) for z, h in ((0.16, 0.43), (-0.31, 0.88))]
        ),
    )
    kit.put("iron", bars([((x - 0.03, 0.38, -0.3), (x + 0.03, 0.43, 0.24)) for x in (-0.7, 0.7)]))
    return kit


def bollard() -> Kit:
    kit = Kit()
    kit.put(
        "iron",
        shapes.lathe(
            [
                (0, 0),
                (0.10, 0),
                (0.09, 0.06),
                (0.065, 0.10),
                (0.06, 0.78),
                (0.075, 0.80),
                (0.075, 0.84),
                (0.05, 0.90),
                (0.0, 0.93),
            ],
            14,
        ),
    )
    return kit


def parking_meter(palette: Palette) -> Kit:
    kit = Kit()
    kit.put("iron", shapes.cylinder(0.03, 0, 1.1, 8))
    kit.put(
        "painted",
        palette.paint(shapes.move(shapes.sphere(0.12, 14), (0, 1.26, 0), scale=(0.85, 1.45, 0.7)), (0.16, 0.165, 0.17)),
    )
    return kit


def sign_post(palette: Palette, rng: np.random.Generator) -> Kit:
    """A pole with a street's name both ways, or a round or square plate."""
    kit = Kit()
    kit.put("metal", shapes.cylinder(0.03, 0, 3.0, 8))
    kind = int(rng.integers(3))
    if kind == 0:
        for turn, y in ((0, 2.85), (90, 2.62)):
            plate = shapes.move(bars([((-0.45, -0.10, -0.01), (0.45, 0.10, 0.01))]), (0, y, 0), turn)
            kit.put("painted", palette.paint(plate, (0.02, 0.13, 0.07)))
    elif kind == 1:
        disc = shapes.stand_up(shapes.lathe([(0.28, -0.01), (0.28, 0.01), (0, 0.01)], 24))
        kit.put("painted", palette.paint(shapes.move(disc, (0, 2.5, 0.05)), (0.5, 0.04, 0.03)))
        kit.put("painted", palette.paint(bars([((-0.19, 2.45, 0.06), (0.19, 2.55, 0.068))]), (0.7, 0.7, 0.68)))
    else:
        kit.put("painted", palette.paint(bars([((-0.16, 2.2, 0.04), (0.16, 2.7, 0.055))]), (0.65, 0.65, 0.62)))
        kit.put(
            "painted",
            palette.paint(
                bars([((-0.12, 2.3, 0.055), (0.12, 2.36, 0.06)), ((-0.12, 2.5, 0.055), (0.12, 2.62, 0.06))]),
                (0.45, 0.03, 0.03),
            ),
        )
    return kit


def mail_box(palette: Palette, color: RGB = (0.03, 0.06, 0.20)) -> Kit:
    kit = Kit()
    t = np.linspace(0, np.pi, 12)
    outline = [
        (-0.28, 0.14),
        (0.28, 0.14),
        *zip((0.28 * np.cos(t)).tolist(), (0.98 + 0.24 * np.sin(t)).tolist(), strict=True),
    ]
    kit.put("painted", palette.paint(shapes.move(shapes.extrude(outline, 0.5), (0, 0, -0.25)), color))
    kit.put(
        "iron",
        bars([((x - 0.03, 0, z - 0.03), (x + 0.03, 0.16, z + 0.03)) for x in (-0.22, 0.22) for z in (-0.2, 0.2)]),
    )
    kit.put("iron", bars([((-0.2, 0.98, 0.25), (0.2, 1.02, 0.28))]))
    return kit


def bus_shelter(palette: Palette) -> Kit:
    """A roof on posts with a seat, and a panel that shines beside it; open to +Z, 3.6 m long."""
    kit = Kit()
    kit.put(
        "metal",
        bars([((x - 0.04, 0, z - 0.04), (x + 0.04, 2.45, z + 0.04)) for x in (-1.8, 0.0, 1.8) for z in (-0.6,)]),
    )
    kit.put("metal", bars([((-1.95, 2.42, -0.75), (1.95, 2.52, 0.85)), ((-1.8, 0.50, -0.56), (0.6, 0.55, -0.2))]))
    kit.put("iron", bars([((x - 0.02, 0, -0.42), (x + 0.02, 0.5, -0.36)) for x in (-1.5, 0.3)]))
    kit.put("painted", palette.paint(bars([((1.72, 0.25, -0.66), (1.88, 2.1, 0.62))]), (0.04, 0.04, 0.045)))
    face = shapes.quad((1.715, 0.36, -0.56), (1.715, 0.36, 0.52), (1.715, 2.0, 0.52), (1.715, 2.0, -0.56))
    back = shapes.quad((1.885, 0.36, 0.52), (1.885, 0.36, -0.56), (1.885, 2.0, -0.56), (1.885, 2.0, 0.52))
    kit.put("ad_light", face, back)
    return kit


def manhole() -> Kit:
    """A cast cover flush with the ground, its pattern a few millimetres proud."""
    kit = Kit()
    kit.put("iron", shapes.lathe([(0.36, -0.01), (0.36, 0.004), (0.33, 0.004), (0.325, 0.0), (0.0, 0.0)], 32))
    studs = [
        ((x - 0.03, 0, z - 0.03), (x + 0.03, 0.005, z + 0.03))
        for x in np.arange(-0.27, 0.28, 0.09)
        for z in np.arange(-0.27, 0.28, 0.09)
        if np.hypot(x, z) < 0.30
    ]
    kit.put("iron", bars(studs))
    return kit


def street_tree(rng: np.random.Generator, height: float = 6.5) -> Kit:
    """A young plane tree in an iron grate: a branching stem, and leaf cards in clumps about its twigs."""
    kit = Kit()
    kit.put(
        "iron", bars([((-0.7, -0.01, z - 0.02), (0.7, 0.012, z + 0.02)) for z in np.linspace(-0.68, 0.68, 18).tolist()])
    )
    crown = height * 0.42
    stem = np.array([(0, 0, 0), (0.04, crown * 0.5, 0.02), (0.0, crown, 0.0), (0.05, height * 0.8, 0.05)])
    kit.put("bark", shapes.tube(stem, [0.11, 0.09, 0.08, 0.03], 9))
    leaf = np.array([(-0.5, 0, 0), (0, -0.35, 0), (0.5, 0, 0), (0, 0.35, 0)])
    cards, centres = [], []
    for _ in range(22):
        turn, rise = rng.uniform(0, 2 * np.pi), rng.uniform(0.15, 1.2)
        start = np.array([0.02, rng.uniform(crown * 0.8, height * 0.75), 0.02])
        length = rng.uniform(0.8, 1.7) * height / 6.5
        way = np.array([np.cos(turn) * np.cos(rise), np.sin(rise), np.sin(turn) * np.cos(rise)])
        end = start + length * way
        kit.put("bark", shapes.tube(np.stack([start, (start + end) / 2 + [0, 0.08, 0], end]), [0.035, 0.022, 0.010], 5))
        for at in (0.55, 0.8, 1.0):
            centres.append(start + (end - start) * at)
    for centre in centres:
        for _ in range(46):
            place = centre + rng.normal(0, 0.26, 3)
            frame = np.linalg.qr(rng.normal(size=(3, 3)))[0]
            cards.append(place + (leaf * rng.uniform(0.09, 0.16)) @ frame)
    points = np.concatenate(cards)
    quads = np.arange(len(cards))[:, None, None] * 4 + np.array([[0, 1, 2], [0, 2, 3]])
    kit.put("leaves", shapes.facet(Mesh(points.astype(np.float32), quads.reshape(-1, 3).astype(np.int32))))
    return kit
