"""The church and its kin: four halls as declared, built in time and the same twice, with sun through coloured glass."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from pxr import Usd, UsdGeom, UsdLux

from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world import stage as names
from secondunit_engine.world.interiors import stained_glass, vaulting
from secondunit_engine.world.sets.church import build_church
from tests.engine.world.set_checks import check_set

KINDS = range(4)  # cathedral, monastery, throne room, crypt


@dataclass(frozen=True)
class Built:
    """A kind as built by day, and the CPU seconds that took."""

    kind: int
    folder: Path
    stage: Usd.Stage
    seconds: float


def _build(kind: int, folder: Path, time_of_day: str = "day") -> Built:
    start = time.process_time()
    build_church(SetPlan("church", time_of_day, seed=kind), folder)
    seconds = time.process_time() - start
    return Built(kind, folder, Usd.Stage.Open(str(folder / "set.usdc")), seconds)


@pytest.fixture(scope="module", params=KINDS)
def church(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return _build(request.param, tmp_path_factory.mktemp("church"))


def meshes(stage: Usd.Stage) -> list[UsdGeom.Mesh]:
    return [UsdGeom.Mesh(prim) for prim in stage.Traverse() if UsdGeom.Mesh(prim)]


def colors_of_lamps(stage: Usd.Stage) -> np.ndarray:
    """What the lamps behind coloured glass shed, as parts of 1, shape [lamps, 3]."""
    prims = [prim for prim in stage.GetPrimAtPath(names.LIGHTS).GetChildren() if prim.GetName().startswith("Colour")]
    colors = np.array([UsdLux.LightAPI(prim).GetColorAttr().Get() for prim in prims]).reshape(-1, 3)
    return colors / colors.sum(axis=1, keepdims=True)


def test_is_as_declared_and_within_budget(church: Built) -> None:
    """Marks, cameras and faders as the planner knows them; built in seconds, under 800,000 triangles."""
    check_set("church", church.stage, church.kind)
    assert church.seconds < 15  # on a busy machine; two when it is alone
    found = meshes(church.stage)
    assert 50_000 < sum(len(mesh.GetFaceVertexCountsAttr().Get()) for mesh in found) < 800_000
    assert len(found) <= 34


def test_normals_are_unit_and_nothing_is_below_the_floor(church: Built) -> None:
    for mesh in meshes(church.stage):
        normals = np.array(mesh.GetNormalsAttr().Get())
        if len(normals):
            assert np.isfinite(normals).all(), mesh.GetPath()
        points = np.array(mesh.GetPointsAttr().Get())
        assert points[:, 1].min() > -0.25 or "Door" in str(mesh.GetPath()), mesh.GetPath()


def test_only_pictured_glass_colours_the_sun(church: Built) -> None:
    """A cathedral's windows throw several colours, those of the others none; glass on the sun's side hides nothing."""
    colors = colors_of_lamps(church.stage)
    assert (len(colors) > 8) == (church.kind == 0)
    if len(colors):
        assert colors.std(axis=0).max() > 0.1
    sunny = church.stage.GetPrimAtPath(f"{names.MATERIALS}/glass_sunnyglass0/Surface")
    assert sunny.GetAttribute("inputs:opacity").Get() == 0.0


def test_same_seed_same_bytes_and_another_seed_another_glass(tmp_path: Path) -> None:
    first, again, other = (tmp_path / name for name in ("first", "again", "other"))
    for folder, seed in ((first, 3), (again, 3), (other, 7)):
        build_church(SetPlan("church", "night", seed=seed), folder)

    def digests(folder: Path) -> dict[str, str]:
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

    assert digests(first) == digests(again)
    assert digests(first)["textures/glass_0.png"] != digests(other)["textures/glass_0.png"]


def test_a_vault_rises_from_its_springing_to_its_apex() -> None:
    """Its edges between piers are arches, its corners rest at the springing, its ridge is level."""
    points = vaulting.vault(4.0, 5.0, 9.0, 14.0).points
    corners = (np.abs(points[:, 0]) > 3.999) & (np.abs(points[:, 2]) > 2.499)
    assert points[corners, 1] == pytest.approx(9.0, abs=1e-3)
    assert points[np.abs(points[:, 0]) < 1e-6, 1] == pytest.approx(14.0, abs=1e-3)
    assert points[:, 1].max() == pytest.approx(14.0, abs=1e-3)


def test_a_pier_stands_on_the_floor_and_carries_at_its_top() -> None:
    for top in (1.75, 4.6):
        points = vaulting.pier(top, 0.4).points
        assert (points[:, 1].min(), points[:, 1].max()) == pytest.approx((0.0, top), abs=1e-4)


def test_glass_has_its_kinds_colours() -> None:
    """Pictured glass is mostly saturated, plain glass is mostly grey, and leads are dark in both."""

    def saturation(picture: np.ndarray) -> float:
        return float((np.ptp(picture, axis=-1) / picture.max(axis=-1)).mean())

    pictured, plain = (stained_glass.lancet(5, kind, (128, 512)) for kind in ("pictured", "plain"))
    assert saturation(pictured) > 0.6 > 0.4 > saturation(plain)
    assert min(np.quantile(pictured.max(axis=-1), 0.05), np.quantile(plain.max(axis=-1), 0.05)) < 0.1
    wheel = stained_glass.rose(5, 256)
    assert wheel[0, 0].max() < 0.05 < wheel[128].max()
