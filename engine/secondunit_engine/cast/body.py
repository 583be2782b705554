"""A person's body: the template shaped by age, gender, build and the seed of their face."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from secondunit_engine.cast.anatomy import Anatomy, data_folder, load_actions, load_anatomy, read_target
from secondunit_engine.planning.plan import CastPlan

_AGES = (("baby", 0.0), ("child", 0.1875), ("young", 0.5), ("old", 1.0))  # MakeHuman's ages 1, 10, 25, 90
# Small features that make faces differ, and how far the seed may push each (-1 to 1 of a shape).
_FEATURES = {
    "nose/nose-scale-horiz": 0.3, "nose/nose-scale-vert": 0.25, "nose/nose-width2": 0.3, "nose/nose-volume": 0.25,
    "nose/nose-point-width": 0.25, "nose/nose-hump": 0.3, "chin/chin-width": 0.35, "chin/chin-height": 0.25,
    "chin/chin-prominent": 0.25, "chin/chin-bones": 0.3, "head/head-scale-horiz": 0.2, "head/head-fat": 0.2,
    "mouth/mouth-scale-horiz": 0.25, "mouth/mouth-upperlip-volume": 0.35, "mouth/mouth-lowerlip-volume": 0.35,
    "cheek/l-cheek-bones": 0.4, "cheek/r-cheek-bones": 0.4, "cheek/l-cheek-volume": 0.25, "cheek/r-cheek-volume": 0.25,
}  # fmt: skip
# What a casting director would ask of every face: larger eyes, a softer brow, corners of the mouth a little up.
_FAVOUR = {
    "eyes/l-eye-scale-incr": 0.30, "eyes/r-eye-scale-incr": 0.30, "mouth/mouth-angles-up": 0.20,
    "eyes/l-eye-bag-decr": 0.35, "eyes/r-eye-bag-decr": 0.35, "eyes/l-eye-height2-incr": 0.15,
    "eyes/r-eye-height2-incr": 0.15, "ears/l-ear-wing-decr": 0.5, "ears/r-ear-wing-decr": 0.5,
}  # fmt: skip
# What tells a grown woman from the average body, beyond MakeHuman's own axis: a slender neck, narrow sloping shoulders,
# a small jaw and nose, full lips, open eyes under high brows.
_FEMININE = {
    "neck/neck-scale-horiz-decr": 0.55, "neck/neck-scale-depth-decr": 0.45, "neck/neck-scale-vert-incr": 0.15,
    "torso/measure-shoulder-dist-decr": 0.60, "torso/torso-scale-horiz-decr": 0.25, "torso/torso-vshape-decr": 0.20,
    "arms/l-upperarm-shoulder-muscle-decr": 0.7, "arms/r-upperarm-shoulder-muscle-decr": 0.7,
    "arms/l-upperarm-scale-depth-decr": 0.25, "arms/r-upperarm-scale-depth-decr": 0.25,
    "chin/chin-width-decr": 0.35, "chin/chin-bones-decr": 0.35, "chin/chin-triangle": 0.20, "head/head-oval": 0.35,
    "nose/nose-scale-horiz-decr": 0.35, "nose/nose-volume-decr": 0.25, "nose/nose-point-up": 0.20,
    "mouth/mouth-upperlip-volume-incr": 0.35, "mouth/mouth-lowerlip-volume-incr": 0.30,
    "eyes/l-eye-scale-incr": 0.25, "eyes/r-eye-scale-incr": 0.25, "eyebrows/eyebrows-trans-up": 0.25,
    "cheek/l-cheek-volume-incr": 0.20, "cheek/r-cheek-volume-incr": 0.20,
}  # fmt: skip
# And a grown man: a wider jaw, a neck and shoulders without the weight-lifter's.
_MASCULINE = {
    "torso/measure-shoulder-dist-decr": 0.25, "neck/neck-scale-horiz-decr": 0.15,
    "chin/chin-width-incr": 0.15, "chin/chin-bones-incr": 0.15,
}  # fmt: skip


@dataclass(frozen=True)
class Body:
    """One person in the template's pose (arms out), standing on y = 0.

    points: [m], shape [19158, 3]. joints: Heads of the bones [m], shape [bones, 3].
    actions: ARKit facial actions as offsets [m] for this body, each of shape [points, 3].
    """

    anatomy: Anatomy
    points: NDArray[np.float64]
    joints: NDArray[np.float64]
    actions: dict[str, sparse.csr_matrix]


def build_body(member: CastPlan) -> Body:
    """Shape the body that a cast member's plan describes; the same plan gives the same points."""
    return _build(member.age, member.gender, member.build, member.melanin, member.seed)


@lru_cache(maxsize=8)
def _build(age: float, gender: float, build: float, melanin: float, seed: int) -> Body:
    anatomy = load_anatomy()
    count = len(anatomy.points)
    points = anatomy.points.copy()
    rng = np.random.Generator(np.random.PCG64([seed, 11]))
    for path, share in _shapes(age, gender, build, melanin, rng).items():
        if abs(share) > 1e-6 and (data_folder() / path).exists():
            points += share * read_target(path, count)
    ground = points[anatomy.part("body"), 1].min()
    points[:, 1] -= ground
    return Body(anatomy, points, anatomy.head_regressor @ points, load_actions())


def _shapes(age: float, gender: float, build: float, melanin: float, rng: np.random.Generator) -> dict[str, float]:
    """Share of each shape file, by MakeHuman's multilinear scheme (macro.json)."""
    ages = _interpolate(age, _AGES)
    genders = {"female": gender, "male": 1 - gender}
    muscles = _interpolate(0.52 - 0.14 * gender, (("minmuscle", 0.0), ("averagemuscle", 0.5), ("maxmuscle", 1.0)))
    weights = _interpolate(build, (("minweight", 0.0), ("averageweight", 0.5), ("maxweight", 1.0)))
    dark = float(np.clip((melanin - 0.55) / 0.5, 0, 1))
    asian = float(rng.uniform(0.05, 0.3)) * (1 - dark)
    peoples = {"african": dark, "asian": asian, "caucasian": 1 - dark - asian}
    tall = float(rng.uniform(0.0, 0.3))
    shapes: dict[str, float] = {}
    root = "mpfb2/targets/macrodetails"
    for (sex, a), (years, b) in product(genders.items(), ages.items()):
        for people, c in peoples.items():
            shapes[f"{root}/{people}-{sex}-{years}.target.gz"] = a * b * c
        for (muscle, c), (weight, d) in product(muscles.items(), weights.items()):
            share = a * b * c * d
            shapes[f"{root}/universal-{sex}-{years}-{muscle}-{weight}.target.gz"] = share
            shapes[f"{root}/height/{sex}-{years}-{muscle}-{weight}-maxheight.target.gz"] = share * tall
            shapes[f"{root}/proportions/{sex}-{years}-{muscle}-{weight}-idealproportions.target.gz"] = share * 0.7
    for name, reach in _FEATURES.items():
        push = float(rng.normal(0, 0.5)) * reach
        shapes[f"mpfb2/targets/{name}-{'incr' if push > 0 else 'decr'}.target.gz"] = abs(push)
    grown = min(1.0, age / 0.4)
    for traits, weight in ((_FAVOUR, grown), (_FEMININE, grown * gender), (_MASCULINE, grown * (1 - gender))):
        for name, share in traits.items():
            file = f"mpfb2/targets/{name}.target.gz"
            shapes[file] = shapes.get(file, 0.0) + share * weight
    return shapes


def _interpolate(value: float, anchors: tuple[tuple[str, float], ...]) -> dict[str, float]:
    """Linear shares of the two anchors around a value."""
    places = [place for _, place in anchors]
    return {name: float(np.interp(value, places, np.eye(len(places))[i])) for i, (name, _) in enumerate(anchors)}
