"""A robe on somebody who walks in the wind: out of the body, scaled by intensity, simulated once."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.spatial import KDTree

from secondunit_bridge.errors import NotFound
from secondunit_bridge.timing import Rate
from secondunit_engine import layers
from secondunit_engine.cast.person import Person, build_person
from secondunit_engine.motion.cloth import worn
from secondunit_engine.motion.cloth.cache import drop_cloth, list_cloth
from secondunit_engine.motion.cloth.kernels import closest
from secondunit_engine.motion.cloth.worn import Wearing, hang, hang_clothes, scaled, wearing
from secondunit_engine.motion.performance import Performance, perform
from secondunit_engine.motion.wind import Wind
from secondunit_engine.planning.plan import CameraPlan, CastPlan, LightPlan, MotionPlan, SetPlan, ShotPlan
from secondunit_engine.products import ProductStore

Array = NDArray[np.float64]
MARA = CastPlan("Mara", wardrobe="robe", seed=4)
SHOT = ShotPlan("sh010", "1", "", 8, Rate(24), 7, SetPlan("desert"), CameraPlan("FS"), cast=(MARA,))
WIND = Wind(6.0, 90.0, 0.28, seed=3)
SECONDS = 1 / 24


@pytest.fixture(scope="module")
def mara() -> Person:
    return build_person(MARA)


@pytest.fixture(scope="module")
def walk(mara: Person) -> tuple[Performance, Array]:
    """A walk along Z, and where her root is."""
    places = np.zeros((SHOT.frames, 2))
    places[:, 1] = 1.25 * SECONDS * np.arange(SHOT.frames)
    performance = perform(SHOT, MARA, mara.body, None, places)
    roots = np.tile(np.eye(4), (SHOT.frames, 1, 1))
    roots[:, [0, 2], 3] = places
    roots[:, :3, 3] += performance.shift
    return performance, roots


@pytest.fixture(scope="module")
def dressed(mara: Person, walk: tuple[Performance, Array]) -> tuple[Wearing, NDArray[np.float32]]:
    worn = wearing(mara, walk[0].poses, walk[1], SECONDS, settling=0.25)
    assert worn is not None
    return worn, hang(worn, SECONDS, WIND, 0.0)


def depths(places: Array, points: Array, triangles: NDArray[np.int32]) -> Array:
    """How deep places are in a body by its winding number (Jacobson et al. 2013), 0 outside [m]."""
    corners = points[triangles] - places[:, None, None]  # (P, T, 3, 3)
    length = np.linalg.norm(corners, axis=-1)
    a, b, c = (corners[:, :, k] for k in range(3))
    top = (a * np.cross(b, c)).sum(axis=-1)
    below = length.prod(axis=-1) + sum(
        (corners[:, :, i] * corners[:, :, j]).sum(axis=-1) * length[:, :, k]
        for i, j, k in ((0, 1, 2), (1, 2, 0), (2, 0, 1))
    )
    inside = np.flatnonzero(np.arctan2(top, below).sum(axis=1) / (2 * np.pi) > 0.5)
    found = np.zeros(len(places))
    for n in inside:
        shares = np.array([closest(places[n], *points[triangle]) for triangle in triangles])  # (T, 3)
        on = (shares[:, :, None] * points[triangles]).sum(axis=1)
        found[n] = np.linalg.norm(on - places[n], axis=1).min()
    return found


def test_no_cloth_is_in_the_body(dressed: tuple[Wearing, NDArray[np.float32]]) -> None:
    """By the body's winding number none of the nearest points of the robe is a millimetre in it, at any intensity."""
    worn, full = dressed
    free = worn.cloth.hang > 0
    for intensity in (0.5, 1.0):
        body = np.asarray(worn.skin.points[-1], float)
        points = np.asarray(scaled(worn, full, intensity)[-1, free], float)
        nearest = points[np.argsort(KDTree(body).query(points)[0])[:120]]
        assert depths(nearest, body, worn.skin.triangles).max() < 1e-3


def test_it_is_finite_and_goes_with_the_wind(dressed: tuple[Wearing, NDArray[np.float32]]) -> None:
    worn, full = dressed
    assert np.isfinite(full).all()
    hem = np.zeros(len(worn.cloth.rest), bool)
    hem[worn.parts["Robe"]] = worn.cloth.rest[worn.parts["Robe"], 1] < 0.3
    assert (full[-1] - worn.keyed[-1])[hem, 0].mean() > 0.03  # the wind blows along +X
    assert full[..., 1].min() >= 0.0


def test_secondary_motion_rises_with_intensity_and_the_body_does_not_change(
    dressed: tuple[Wearing, NDArray[np.float32]],
) -> None:
    """Kinetic energy of what the cloth does beyond its keyed drape is 0 at 0 and rises at every quarter."""
    worn, full = dressed
    body = worn.skin.points.copy()
    energies = []
    for intensity in (0.0, 0.25, 0.5, 0.75, 1.0):
        away = scaled(worn, full, intensity) - worn.keyed
        energies.append(float((np.diff(away, axis=0) ** 2).sum()))
    assert energies[0] == 0.0
    assert all(less < more for less, more in pairwise(energies))
    np.testing.assert_array_equal(worn.skin.points, body)


def test_nothing_hangs_at_no_intensity(mara: Person, walk: tuple[Performance, Array]) -> None:
    still = replace(SHOT, motion=MotionPlan(0.0))
    assert hang_clothes(still, mara, walk[0].poses, walk[1], WIND, None) == {}


def test_a_retake_of_camera_light_or_intensity_simulates_nothing(
    mara: Person, walk: tuple[Performance, Array], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second layer takes the cloth of the first from the cache; another wind is another cloth."""
    calls: list[int] = []

    def counted(dressed: Wearing, *_: object) -> NDArray[np.float32]:
        calls.append(1)
        return dressed.keyed.astype(np.float32)

    monkeypatch.setattr(worn, "hang", counted)
    store = ProductStore(tmp_path / "cache")
    first = hang_clothes(SHOT, mara, walk[0].poses, walk[1], WIND, store)
    assert len(calls) == 1
    for retake in (
        replace(SHOT, camera=CameraPlan("CU", lens_mm=85.0)),
        replace(SHOT, lights=LightPlan("high", exposure=1.0)),
        replace(SHOT, motion=MotionPlan(0.3)),
    ):
        again = hang_clothes(layers.for_motion(retake), mara, walk[0].poses, walk[1], WIND, store)
        assert set(again) == set(first) >= {"Robe", "Mantle", "Belt", "SleeveL"}
    assert len(calls) == 1
    hang_clothes(SHOT, mara, walk[0].poses, walk[1], replace(WIND, speed=2.0), store)
    assert len(calls) == 2


def test_cloth_is_listed_with_its_hash_and_dropped(
    mara: Person, walk: tuple[Performance, Array], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that was changed is told; a name that is not there is refused and nothing is deleted."""
    monkeypatch.setattr(worn, "hang", lambda dressed, *_: dressed.keyed.astype(np.float32))
    for speed in (1.0, 2.0):
        wind = replace(WIND, speed=speed)
        hang_clothes(SHOT, mara, walk[0].poses, walk[1], wind, ProductStore(tmp_path / "cache"))
    one, two = list_cloth(tmp_path)
    assert (one.who, one.frames, one.intact, two.intact) == ("Mara", SHOT.frames, True, True)
    file = tmp_path / "cache" / "cloth" / one.key / "points.npy"
    file.write_bytes(file.read_bytes()[:-4] + b"\1\1\1\1")
    assert [kept.intact for kept in list_cloth(tmp_path)] == [False, True]
    with pytest.raises(NotFound):
        drop_cloth(tmp_path, (two.key, "nobody"))
    assert len(list_cloth(tmp_path)) == 2
    assert [kept.key for kept in drop_cloth(tmp_path, (one.key,))] == [one.key]
    assert [kept.key for kept in drop_cloth(tmp_path)] == [two.key]
    assert list_cloth(tmp_path) == ()
