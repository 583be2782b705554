"""What stands in cupboards and on tables: glasses, crockery, pots, knives."""

from __future__ import annotations

import numpy as np

from secondunit_engine.world.mesh import RGB, Mesh
from secondunit_engine.world.props.finishes import bottle_glass, clay, glass, glaze, liquid, metal, paint, plastic, wood
from secondunit_engine.world.props.forms import bent, grounded, hoop, rod, slab, tip, turned
from secondunit_engine.world.props.prop import Breaks, Part, Prop, Variant
from secondunit_engine.world.shapes import cylinder, extrude, lathe, merge, move, sphere, tube

_GLAZES: tuple[RGB, ...] = (
    (0.60, 0.57, 0.50), (0.07, 0.15, 0.24), (0.30, 0.34, 0.25), (0.42, 0.14, 0.08), (0.10, 0.095, 0.09),
    (0.56, 0.42, 0.20),
)  # fmt: skip


def _glaze_of(variant: Variant, white: bool = False) -> RGB:
    return _GLAZES[0] if white else _GLAZES[variant.seed % len(_GLAZES)]


def vessel(profile: list[tuple[float, float]], wall: float, segments: int = 32, smooth: int = 4) -> Mesh:
    """A hollow form: outside through points of (radius, height) from the foot up, inside `wall` metres within."""
    outer = [(0.0, profile[0][1]), *profile]
    inner = [(max(r - wall, 0.0), max(y, profile[0][1] + wall * 1.5)) for r, y in profile[::-1]]
    floor = profile[0][1] + wall * 1.5
    return turned([*outer, *inner, (0.0, floor)], segments, smooth)


def _filled(height: float, radius: float, color: RGB) -> Part:
    """The level of a drink."""
    return Part(lathe([[radius, height - 0.0008], [radius, height], [0, height + 0.0002]], 28), liquid(color))


def tumbler(variant: Variant) -> tuple[Part, ...]:
    """A straight water glass with a thick foot."""
    parts = [Part(turned([(0, 0), (0.030, 0), (0.032, 0.004), (0.036, 0.118), (0.0355, 0.12), (0.0345, 0.118),
                          (0.0305, 0.014), (0, 0.012)], 32, 2), glass())]  # fmt: skip
    if variant.seed % 3:
        parts.append(_filled(0.07, 0.0322, (0.10, 0.11, 0.11) if variant.seed % 2 else (0.28, 0.09, 0.02)))
    return tuple(parts)


def wine_glass(variant: Variant) -> tuple[Part, ...]:
    profile = [(0, 0), (0.036, 0.001), (0.035, 0.003), (0.008, 0.008), (0.0042, 0.03), (0.004, 0.085), (0.010, 0.096),
        (0.036, 0.125), (0.042, 0.150), (0.039, 0.185), (0.034, 0.215), (0.0332, 0.2155), (0.0325, 0.214),
        (0.0372, 0.184), (0.040, 0.150), (0.034, 0.126), (0.006, 0.100), (0, 0.099)]  # fmt: skip
    parts = [Part(turned(profile, 36, 3), glass())]
    if variant.seed % 4:
        parts.append(_filled(0.142, 0.0386, (0.11, 0.004, 0.010) if variant.seed % 2 else (0.50, 0.36, 0.10)))
    return tuple(parts)


def goblet(variant: Variant) -> tuple[Part, ...]:
    profile = [(0, 0), (0.042, 0.0), (0.044, 0.006), (0.020, 0.018), (0.010, 0.030), (0.016, 0.045), (0.009, 0.060),
        (0.014, 0.078), (0.038, 0.098), (0.046, 0.135), (0.049, 0.170), (0.0475, 0.1705), (0.0435, 0.135),
        (0.035, 0.101), (0, 0.088)]  # fmt: skip
    kind = ("gold", "silver", "bronze")[variant.seed % 3]
    beads = merge([move(sphere(0.0035, 10), (0.0455 * np.sin(a), 0.128, 0.0455 * np.cos(a)))
                   for a in np.linspace(0, 2 * np.pi, 12, endpoint=False)])  # fmt: skip
    jewels = bottle_glass(((0.25, 0.004, 0.01), (0.01, 0.05, 0.22), (0.01, 0.14, 0.04))[variant.seed % 3])
    return Part(turned(profile, 36, 3), metal(kind, variant.wear)), Part(beads, jewels)


def wine_bottle(variant: Variant) -> tuple[Part, ...]:
    profile = [(0, 0.006), (0.030, 0.0), (0.0365, 0.004), (0.0375, 0.02), (0.0375, 0.185), (0.034, 0.212),
        (0.0165, 0.238), (0.0145, 0.262), (0.0142, 0.292), (0.0160, 0.293), (0.0160, 0.300), (0, 0.302)]  # fmt: skip
    color: RGB = ((0.008, 0.028, 0.010), (0.035, 0.014, 0.005), (0.02, 0.045, 0.03))[variant.seed % 3]
    label = lathe([[0.0378, 0.065], [0.0378, 0.145]], 36)
    foil = turned([(0.0150, 0.252), (0.0168, 0.256), (0.0168, 0.302), (0, 0.304)], 24, 1)
    tone: RGB = ((0.62, 0.57, 0.45), (0.55, 0.52, 0.47), (0.05, 0.05, 0.055))[variant.seed % 3]
    return (
        Part(turned(profile, 36, 3), bottle_glass(color)),
        Part(label, paint(tone, 0.6, variant.wear)),
        Part(foil, paint((0.24, 0.02, 0.02), 0.3, 0.1)),
    )


def beer_bottle(variant: Variant) -> tuple[Part, ...]:
    profile = [(0, 0.004), (0.026, 0), (0.0305, 0.004), (0.0305, 0.135), (0.025, 0.160), (0.0145, 0.182),
        (0.0125, 0.222), (0.0140, 0.224), (0.0140, 0.232), (0, 0.233)]  # fmt: skip
    cap = lathe([[0.0150, 0.226], [0.0150, 0.231], [0.0132, 0.234], [0, 0.2345]], 21)
    color: RGB = ((0.06, 0.020, 0.004), (0.012, 0.05, 0.012))[variant.seed % 2]
    label = lathe([[0.0308, 0.045], [0.0308, 0.110]], 32)
    return (
        Part(turned(profile, 32, 3), bottle_glass(color)),
        Part(cap, metal("brass", 0.2)),
        Part(label, paint(((0.50, 0.38, 0.14), (0.46, 0.44, 0.38))[variant.seed % 2], 0.55, variant.wear)),
    )


def cup(variant: Variant) -> tuple[Part, ...]:
    """A coffee mug with its handle."""
    body = vessel([(0.030, 0), (0.036, 0.004), (0.0405, 0.03), (0.041, 0.092), (0.040, 0.095)], 0.0042)
    handle = bent([[0.038, 0.076, 0], [0.060, 0.074, 0], [0.066, 0.048, 0], [0.058, 0.024, 0], [0.038, 0.020, 0]],
                  0.0052)  # fmt: skip
    parts = [Part(merge([body, handle]), glaze(_glaze_of(variant)))]
    if variant.seed % 3 != 2:
        parts.append(_filled(0.078, 0.0362, (0.018, 0.007, 0.003)))
    return tuple(parts)


def teacup(variant: Variant) -> tuple[Part, ...]:
    saucer = vessel([(0.030, 0), (0.036, 0.003), (0.072, 0.016), (0.071, 0.0175)], 0.003)
    bowl = vessel([(0.020, 0), (0.024, 0.003), (0.038, 0.022), (0.046, 0.055), (0.045, 0.056)], 0.0026)
    handle = bent([[0.043, 0.046, 0], [0.060, 0.044, 0], [0.058, 0.022, 0], [0.037, 0.018, 0]], 0.0032)
    china = merge([saucer, *(move(mesh, (0, 0.005, 0)) for mesh in (bowl, handle))])
    return Part(china, glaze(_glaze_of(variant, True))), _filled(0.046, 0.0405, (0.13, 0.045, 0.010))


def teapot(variant: Variant) -> tuple[Part, ...]:
    belly = turned([(0, 0), (0.045, 0), (0.048, 0.005), (0.078, 0.045), (0.080, 0.070), (0.058, 0.108), (0.036, 0.116),
                    (0.030, 0.126), (0.012, 0.134), (0.007, 0.138), (0.012, 0.148), (0, 0.154)], 36, 4)  # fmt: skip
    t = np.linspace(0, 1, 9)
    spout = tube(np.column_stack([-0.068 - 0.062 * t, 0.048 + 0.070 * t**1.6, 0 * t]), 0.017 - 0.010 * t, 14)
    handle = bent([[0.066, 0.098, 0], [0.108, 0.108, 0], [0.122, 0.070, 0], [0.104, 0.036, 0], [0.074, 0.036, 0]],
                  0.0065)  # fmt: skip
    return (Part(merge([belly, spout, handle]), glaze(_glaze_of(variant))),)


def plate(variant: Variant) -> tuple[Part, ...]:
    rim = vessel([(0.075, 0), (0.080, 0.003), (0.092, 0.012), (0.133, 0.022), (0.132, 0.0245)], 0.0035, 44)
    return (Part(rim, glaze(_glaze_of(variant, variant.seed % 2 == 0))),)


def bowl(variant: Variant) -> tuple[Part, ...]:
    form = vessel([(0.036, 0), (0.040, 0.006), (0.062, 0.030), (0.079, 0.068), (0.0775, 0.070)], 0.0045, 40)
    return (Part(form, wood("beech") if variant.seed % 4 == 3 else glaze(_glaze_of(variant))),)


def jug(variant: Variant) -> tuple[Part, ...]:
    form = vessel([(0.045, 0), (0.050, 0.006), (0.075, 0.08), (0.066, 0.15), (0.044, 0.195), (0.053, 0.228),
                   (0.0515, 0.230)], 0.005, 36)  # fmt: skip
    handle = bent([[0.046, 0.212, 0], [0.086, 0.216, 0], [0.104, 0.165, 0], [0.088, 0.105, 0], [0.070, 0.092, 0]],
                  0.0085)  # fmt: skip
    return (Part(merge([form, handle]), clay() if variant.seed % 2 else glaze(_glaze_of(variant))),)


def amphora(variant: Variant) -> tuple[Part, ...]:
    form = vessel([(0.055, 0), (0.060, 0.015), (0.155, 0.24), (0.165, 0.36), (0.11, 0.50), (0.052, 0.575),
                   (0.050, 0.635), (0.072, 0.665), (0.070, 0.67)], 0.012, 40)  # fmt: skip
    ears = [bent([[s * 0.048, 0.63, 0], [s * 0.125, 0.63, 0], [s * 0.15, 0.55, 0], [s * 0.125, 0.478, 0]], 0.012)
            for s in (-1, 1)]  # fmt: skip
    return (Part(merge([form, *ears]), clay(((0.34, 0.15, 0.08), (0.36, 0.26, 0.16))[variant.seed % 2])),)


def vase(variant: Variant) -> tuple[Part, ...]:
    forms = (
        [(0.040, 0), (0.044, 0.006), (0.074, 0.10), (0.060, 0.19), (0.028, 0.245), (0.040, 0.284), (0.038, 0.286)],
        [(0.048, 0), (0.050, 0.005), (0.055, 0.14), (0.068, 0.25), (0.060, 0.284), (0.058, 0.286)],
        [(0.034, 0), (0.037, 0.004), (0.074, 0.045), (0.072, 0.10), (0.020, 0.16), (0.018, 0.25), (0.027, 0.285)],
    )
    return (Part(vessel(forms[variant.seed % 3], 0.004, 40), glaze(_glaze_of(variant))),)


def cooking_pot(variant: Variant) -> tuple[Part, ...]:
    body = vessel([(0.100, 0), (0.108, 0.005), (0.112, 0.115), (0.116, 0.118), (0.115, 0.120)], 0.003, 44, 2)
    ears = [move(bent([[0.112, 0.095, -0.035], [0.142, 0.098, -0.03], [0.142, 0.098, 0.03], [0.112, 0.095, 0.035]],
                      0.006), (0, 0, 0), turn) for turn in (0, 180)]  # fmt: skip
    lid = turned([(0.112, 0.120), (0.113, 0.124), (0.06, 0.138), (0.012, 0.144), (0.010, 0.156), (0.022, 0.164),
                  (0.018, 0.172), (0, 0.174)], 40, 3)  # fmt: skip
    pot = metal("copper" if variant.era == "ancient" or variant.seed % 3 == 0 else "steel", variant.wear)
    return Part(merge([body, *ears]), pot), Part(lid, pot)


def frying_pan(variant: Variant) -> tuple[Part, ...]:
    body = vessel([(0.105, 0), (0.112, 0.004), (0.138, 0.045), (0.1365, 0.047)], 0.003, 44, 3)
    handle = bent([[0.132, 0.036, 0], [0.175, 0.052, 0], [0.33, 0.062, 0]], 0.0105)
    return Part(move(body, (-0.09, 0, 0)), metal("iron", 0.5)), Part(move(handle, (-0.09, 0, 0)), wood("black"))


def kettle(variant: Variant) -> tuple[Part, ...]:
    body = turned([(0, 0), (0.088, 0), (0.095, 0.006), (0.098, 0.05), (0.076, 0.125), (0.036, 0.148), (0.034, 0.154),
                   (0.010, 0.160), (0.008, 0.168), (0.014, 0.178), (0, 0.184)], 40, 3)  # fmt: skip
    t = np.linspace(0, 1, 7)
    spout = tube(np.column_stack([-0.082 - 0.055 * t, 0.07 + 0.065 * t, 0 * t]), 0.018 - 0.008 * t, 14)
    grip = bent([[-0.062, 0.135, 0], [-0.055, 0.215, 0], [0, 0.238, 0], [0.055, 0.215, 0], [0.062, 0.135, 0]], 0.008)
    shell = metal("steel", variant.wear) if variant.seed % 2 else paint((0.24, 0.03, 0.025), 0.16, 0.2)
    return Part(merge([body, spout]), shell), Part(grip, plastic((0.02, 0.02, 0.02)))


def kitchen_knife(variant: Variant) -> tuple[Part, ...]:
    blade = extrude([[0.0, 0.0], [0.15, 0.006], [0.195, 0.030], [0.0, 0.046], [-0.002, 0.040]], 0.0022)
    lying = move(tip(blade, -90), (-0.06, 0.0075, 0.02))
    grip = slab((0.125, 0.017, 0.026), (-0.122, 0, -0.005), 0.007)
    pins = merge([cylinder(0.003, 0.0168, 0.0174, 10)])
    studs = merge([move(pins, (x, 0, -0.005)) for x in (-0.16, -0.122, -0.085)])
    return Part(lying, metal("steel", variant.wear)), Part(grip, wood("black")), Part(studs, metal("brass"))


def cutlery(variant: Variant) -> tuple[Part, ...]:
    """Fork, knife and spoon laid side by side."""
    fork = [slab((0.0024, 0.0022, 0.052), (dx, 0.004, -0.072), 0.0008) for dx in (-0.0075, -0.0025, 0.0025, 0.0075)]
    fork += [slab((0.021, 0.0026, 0.022), (0, 0.0032, -0.038), 0.001, 0.008),
             slab((0.008, 0.003, 0.125), (0, 0.0, 0.034), 0.0012, 0.0035)]  # fmt: skip
    knife = [slab((0.016, 0.0018, 0.105), (0, 0.0012, -0.055), 0.0006, 0.007),
             slab((0.013, 0.007, 0.098), (0, 0, 0.046), 0.0025, 0.005)]  # fmt: skip
    dish = move(sphere(1.0, 20), (0, 0.0062, -0.072), 0, (0.019, 0.0055, 0.031))
    spoon = [dish, slab((0.0075, 0.003, 0.135), (0, 0.0, 0.026), 0.0012, 0.0035)]
    rows = [move(mesh, (x, 0, 0)) for x, group in ((-0.045, fork), (0.0, knife), (0.045, spoon)) for mesh in group]
    return (Part(merge(grounded(rows)), metal("silver" if variant.era != "present" else "steel", 0.2)),)


def cauldron(variant: Variant) -> tuple[Part, ...]:
    form = vessel([(0.05, 0.075), (0.14, 0.10), (0.235, 0.24), (0.24, 0.31), (0.20, 0.40), (0.185, 0.42),
                   (0.225, 0.455), (0.22, 0.46)], 0.010, 44)  # fmt: skip
    feet = [rod((0.15 * np.cos(a), 0.13, 0.15 * np.sin(a)), (0.20 * np.cos(a), 0.0, 0.20 * np.sin(a)), 0.016)
            for a in np.radians([90, 210, 330])]  # fmt: skip
    rings = [move(tip(hoop(0.05, 0.007), 90, 0), (s * 0.236, 0.30, 0), 90) for s in (-1, 1)]
    brew = Part(lathe([[0.20, 0.352], [0.20, 0.355], [0, 0.356]], 36), liquid((0.015, 0.075, 0.02)))
    return Part(merge(grounded([form, *feet, *rings])), metal("iron", 0.6)), brew


def chopping_board(variant: Variant) -> tuple[Part, ...]:
    board = slab((0.36, 0.022, 0.24), (0, 0, 0), 0.004, 0.02)
    return (Part(board, wood(("beech", "walnut", "oak")[variant.seed % 3])),)


def mortar(variant: Variant) -> tuple[Part, ...]:
    form = vessel([(0.048, 0), (0.052, 0.01), (0.040, 0.025), (0.066, 0.075), (0.070, 0.098), (0.068, 0.10)], 0.013, 36)
    shaft = [(0, 0), (0.017, 0.004), (0.019, 0.02), (0.010, 0.05), (0.009, 0.12), (0.013, 0.15), (0, 0.158)]
    pestle = tip(turned(shaft), -24, 2)
    stone = clay(((0.30, 0.29, 0.27), (0.09, 0.09, 0.095))[variant.seed % 2])
    return Part(form, stone), Part(move(pestle, (-0.020, 0.030, 0)), stone)


_CUP = Breaks("ceramic", 0.9)
PROPS: tuple[Prop, ...] = (
    Prop("tumbler",
         "glass, tumbler, water glass, drinking glass, glass of water, shot glass, whiskey glass",
         (0.072, 0.12, 0.072), tumbler, 0.28, 0.35, 0.3, Breaks("glass", 0.5)),
    Prop("wine_glass",
         "wine glass, wineglass, glass of wine, champagne glass, red wine, wine, champagne, cocktail",
         (0.084, 0.216, 0.084), wine_glass, 0.16, 0.35, 0.3, Breaks("glass", 0.25)),
    Prop("goblet", "goblet, chalice, holy grail, grail, golden cup", (0.098, 0.17, 0.098), goblet, 0.45, 0.4, 0.3),
    Prop("wine_bottle",
         "bottle, wine bottle, champagne bottle, bottle of wine, whiskey bottle, glass bottle",
         (0.075, 0.304, 0.075), wine_bottle, 1.25, 0.4, 0.25, Breaks("glass", 3.0)),
    Prop("beer_bottle",
         "beer bottle, beer, soda bottle, ale, soda, cola",
         (0.061, 0.235, 0.061), beer_bottle, 0.55, 0.4, 0.25, Breaks("glass", 2.0)),
    Prop("cup",
         "cup, mug, coffee cup, coffee mug, cup of coffee, coffee, hot chocolate, cocoa, espresso, latte, "
         "cappuccino",
         (0.107, 0.095, 0.083), cup, 0.36, 0.45, 0.25, _CUP),
    Prop("teacup",
         "teacup, tea cup, cup of tea, saucer, tea, green tea",
         (0.145, 0.061, 0.145), teacup, 0.33, 0.4, 0.25, Breaks("ceramic", 0.4)),
    Prop("teapot", "teapot, tea pot, coffee pot", (0.26, 0.154, 0.16), teapot, 0.8, 0.4, 0.2, _CUP),
    Prop("plate", "plate, dish, dinner plate, platter, dishes", (0.266, 0.025, 0.266), plate, 0.55, 0.35, 0.25, _CUP),
    Prop("bowl",
         "bowl, soup bowl, salad bowl, rice bowl, mixing bowl, soup, broth",
         (0.158, 0.07, 0.158), bowl, 0.42, 0.4, 0.25, _CUP),
    Prop("jug", "jug, pitcher, carafe, ewer", (0.18, 0.23, 0.15), jug, 0.95, 0.4, 0.2, _CUP),
    Prop("amphora",
         "amphora, urn, clay pot, clay jar, ancient vase, earthenware",
         (0.33, 0.67, 0.33), amphora, 7.5, 0.5, 0.15, Breaks("ceramic", 6.0)),
    Prop("vase",
         "vase, flower vase, porcelain vase",
         (0.15, 0.286, 0.15), vase, 1.1, 0.4, 0.2, Breaks("ceramic", 1.2)),
    Prop("cooking_pot",
         "pot, cooking pot, saucepan, stockpot, casserole",
         (0.29, 0.174, 0.232), cooking_pot, 1.9, 0.35, 0.25),
    Prop("frying_pan", "pan, frying pan, skillet, wok", (0.47, 0.073, 0.276), frying_pan, 1.5, 0.35, 0.25),
    Prop("kettle", "kettle, tea kettle", (0.235, 0.246, 0.196), kettle, 1.1, 0.35, 0.25),
    Prop("kitchen_knife",
         "knife, kitchen knife, chef's knife, carving knife, butcher knife",
         (0.32, 0.018, 0.046), kitchen_knife, 0.22, 0.35, 0.3),
    Prop("cutlery",
         "cutlery, fork, spoon, silverware, utensil, tableware, chopsticks",
         (0.12, 0.012, 0.2), cutlery, 0.16, 0.3, 0.35),
    Prop("cauldron", "cauldron, witch's cauldron", (0.5, 0.46, 0.5), cauldron, 14.0, 0.5, 0.2),
    Prop("chopping_board",
         "chopping board, cutting board, bread board",
         (0.36, 0.022, 0.24), chopping_board, 1.3, 0.5, 0.2),
    Prop("mortar",
         "mortar, pestle, mortar and pestle",
         (0.14, 0.19, 0.14), mortar, 1.8, 0.6, 0.15, Breaks("ceramic", 8.0)),
)  # fmt: skip
