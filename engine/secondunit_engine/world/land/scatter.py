"""Where things grow: places that keep a distance from one another and follow a density."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree

Array = NDArray[np.floating]
Density = Callable[[Array, Array], Array]


def scatter(
    rng: np.random.Generator, near: float, far: float, apart: float, density: Density | None = None, tries: int = 4
) -> Array:
    """Places (x, z) [m] between two distances from the origin, none nearer to another than `apart`, shape [N, 2].

    Poisson disc by dart throwing: all darts are thrown at once, and of two that are too near the later one is taken
    away. `density` gives the chance, 0 to 1, that a place at x, z [m] is kept.
    """
    count = int(tries * (far**2 - near**2) / apart**2)
    radius = np.sqrt(rng.uniform(near**2, far**2, count))
    angle = rng.uniform(0, 2 * np.pi, count)
    places = np.column_stack([radius * np.sin(angle), radius * np.cos(angle)])
    if density is not None:
        places = places[rng.random(count) < density(places[:, 0], places[:, 1])]
    return apart_from_each_other(places, apart)


def apart_from_each_other(places: Array, apart: float) -> Array:
    """The places that are no nearer than `apart` [m] to an earlier one that stays, shape [N, 2]."""
    pairs = KDTree(places).query_pairs(apart, output_type="ndarray")  # (P, 2), the earlier first
    pairs = pairs[np.lexsort((pairs[:, 0], pairs[:, 1]))]
    stays = np.ones(len(places), bool)
    starts = np.searchsorted(pairs[:, 1], np.arange(len(places) + 1))
    for late in np.unique(pairs[:, 1]).tolist():
        stays[late] = not stays[pairs[starts[late] : starts[late + 1], 0]].any()
    return places[stays]


def strewn(rng: np.random.Generator, count: int, near: float, far: float, bias: float = 1.0) -> Array:
    """Places (x, z) [m] at random, shape [count, 2]; a `bias` above 1 crowds them towards the middle."""
    radius = near + (far - near) * rng.random(count) ** (0.5 * bias)
    angle = rng.uniform(0, 2 * np.pi, count)
    return np.column_stack([radius * np.sin(angle), radius * np.cos(angle)])


def sown(rng: np.random.Generator, each: float, near: float, far: float, density: Density | None = None) -> Array:
    """Places (x, z) [m] at random between two distances from the origin, `each` of them a square metre, however near to
    one another; shape [N, 2]. `density` gives the chance that a place is kept."""
    count = int(each * np.pi * (far**2 - near**2))
    radius, angle = np.sqrt(rng.uniform(near**2, far**2, count)), rng.uniform(0, 2 * np.pi, count)
    places = np.column_stack([radius * np.sin(angle), radius * np.cos(angle)])
    return places if density is None else places[rng.random(count) < density(places[:, 0], places[:, 1])]


def clear_of(places: Array, others: Array, by: float) -> Array:
    """The places that are further than `by` [m] from all the others, shape [N, 2]."""
    if not len(others):
        return places
    return places[KDTree(others).query(places)[0] > by]
