"""The gaffer does what the light plan says: where the key stands, its ratio, its colour, which practicals burn."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from pxr import Sdf, Usd, UsdGeom, UsdLux

from secondunit_bridge.errors import BadInput
from secondunit_bridge.timing import Rate
from secondunit_engine.color import ACESCG_TO_REC709, LUMINANCE
from secondunit_engine.planning.plan import (
    CameraPlan,
    CastPlan,
    LightPlan,
    PathPlan,
    SetPlan,
    ShotPlan,
    Spot,
    Station,
)
from secondunit_engine.world import stage as names
from secondunit_engine.world.air import Fog, Glow, Shafts, add_air
from secondunit_engine.world.author import Material, Mesh, add_light, add_mark, add_mesh, facing, look_at, new_layer
from secondunit_engine.world.lights import write_lights

Array = NDArray[np.float64]
EYES = np.array([0.5, 1.55, -1.0])
_REC709_TO_XYZ = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
                           [0.0193339, 0.1191920, 0.9503041]])  # fmt: skip
SHOT = ShotPlan(
    "sh010", "1", "", 24, Rate(24), 7, SetPlan("bedroom_studio"), CameraPlan("MS"), cast=(CastPlan("Mara"),)
)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bare set: a hero's mark, a camera on +Z, a glowing sign, a sun, and air."""
    path = tmp_path_factory.mktemp("room") / "set.usdc"
    stage = new_layer(path)
    add_mark(stage, "hero", facing((0.5, 0, -1.0), (0, 0, 1)))
    add_mark(stage, "camera_MS", look_at((0.5, 1.5, 2.0), (0.5, 1.5, -1.0)))
    card = Mesh(np.array([[0, 2, -3], [1, 2, -3], [0, 3, -3]], np.float32), np.array([[0, 1, 2]], np.int32))
    add_mesh(stage, f"{names.SET}/Sign", card, Material("sign", emission=(9.0, 1.0, 4.0)), light_group="neon")
    sun = UsdLux.DistantLight.Define(stage, f"{names.LIGHTS}/Sun")
    add_light(stage, sun, color=(1.0, 1.0, 1.0), intensity=30.0, group="sun")
    add_air(stage, "Fog", Fog(0.01, (0.1, 0.1, 0.1)))
    add_air(stage, "Shafts", Shafts((0, 1, 0), (3.0, 3.0, 3.0), 0.02))
    add_air(stage, "Glow", Glow("neon", 0.0004))
    stage.GetRootLayer().Save()
    return path


def light(room: Path, folder: Path, plan: LightPlan, shot: ShotPlan = SHOT) -> Usd.Stage:
    path = folder / "lights.usdc"
    path.unlink(missing_ok=True)
    write_lights(replace(shot, lights=plan), room, path)
    layer = Sdf.Layer.CreateAnonymous(".usda")
    layer.ImportFromString(Sdf.Layer.OpenAsAnonymous(str(path)).ExportToString())
    return Usd.Stage.Open(layer)


def lamp(stage: Usd.Stage, name: str) -> tuple[Array, Array, float]:
    """Corner-to-corner samples of a lamp's surface [N, 3], its normal, and its luminous radiance."""
    prim = stage.GetPrimAtPath(f"{names.LIGHTS}/{name}")
    rect = UsdLux.RectLight(prim)
    matrix = np.array(UsdGeom.Xformable(prim).ComputeLocalToWorldTransform(Usd.TimeCode.Default()))
    size = rect.GetWidthAttr().Get()
    u, v = np.meshgrid(*[(np.arange(40) + 0.5) / 40 - 0.5] * 2)
    local = np.stack([u.ravel() * size, v.ravel() * size, 0 * u.ravel(), 1 + 0 * u.ravel()], axis=1)
    color = np.array(rect.GetColorAttr().Get()) * rect.GetIntensityAttr().Get()
    return (local @ matrix)[:, :3], -matrix[2, :3], float(LUMINANCE @ color) * size**2


def shed(stage: Usd.Stage, name: str, at: Array, facing_way: Array) -> float:
    """Illuminance that a lamp sheds on a surface at a point, by summing over its area."""
    points, normal, power = lamp(stage, name)
    way = points - at
    far = np.linalg.norm(way, axis=1)
    way = way / far[:, None]
    return power * float(np.mean(np.maximum(way @ facing_way, 0) * np.maximum(-way @ normal, 0) / far**2))


def way_to(stage: Usd.Stage, name: str, at: Array = EYES) -> Array:
    way = lamp(stage, name)[0].mean(axis=0) - at
    return way / np.linalg.norm(way)


def bearing(stage: Usd.Stage, name: str, at: Array = EYES) -> float:
    way = way_to(stage, name, at)
    return float(np.degrees(np.arctan2(way[0], way[2])))


def kelvin(stage: Usd.Stage, name: str) -> float:
    """Correlated colour temperature of a lamp (McCamy 1992)."""
    color = np.array(UsdLux.LightAPI(stage.GetPrimAtPath(f"{names.LIGHTS}/{name}")).GetColorAttr().Get())
    xyz = _REC709_TO_XYZ @ ACESCG_TO_REC709 @ color
    x, y = xyz[:2] / xyz.sum()
    n = (x - 0.3320) / (0.1858 - y)
    return 449 * n**3 + 3525 * n**2 + 6823.3 * n + 5520.33


@pytest.mark.parametrize("asked", [-120.0, -45.0, 30.0, 90.0, 170.0])
def test_the_key_stands_at_its_bearing_whatever_the_camera(room: Path, tmp_path: Path, asked: float) -> None:
    """A master and its reverse have the key at the same place of the set; the fill is on the camera's other side."""
    reverse = replace(SHOT, camera=CameraPlan("MS", station=Station((0.5, 1.5, -5.0), (0.5, 1.5, -1.0))))
    for shot, camera in ((SHOT, 0.0), (reverse, 180.0)):
        stage = light(room, tmp_path, LightPlan(key_bearing=asked), shot)
        assert bearing(stage, "Key") == pytest.approx(asked, abs=0.1)
        across = [(bearing(stage, name) - camera + 180) % 360 - 180 for name in ("Key", "Fill")]
        assert across[0] * across[1] < 0


@pytest.mark.parametrize("asked", [1.5, 2.0, 4.0, 8.0, 16.0])
@pytest.mark.parametrize("key", ["low", "high"])
def test_the_ratio_of_key_to_fill_is_the_one_asked(room: Path, tmp_path: Path, asked: float, key: str) -> None:
    """Measured by summing over the lamps as written: within 10% for every key, temperature and size."""
    plan = LightPlan(key, ratio=asked, kelvin=3200.0, key_size=0.9, key_bearing=-70.0)  # type: ignore[arg-type]
    stage = light(room, tmp_path, plan)
    by_key = shed(stage, "Key", EYES, way_to(stage, "Key"))
    by_fill = sum(shed(stage, name, EYES, way_to(stage, "Fill")) for name in ("Fill", "Eyes"))
    assert by_key / by_fill == pytest.approx(asked, rel=0.1)


@pytest.mark.parametrize("asked", [1.5, 4.0, 16.0])
@pytest.mark.parametrize("bearing", [-70.0, -50.0, 0.0, 50.0, 160.0])
def test_a_ratio_divides_the_light_of_a_face_and_adds_none(
    room: Path, tmp_path: Path, asked: float, bearing: float
) -> None:
    """A face that looks into the camera is never brighter than the gaffer's usual portrait makes it."""
    ahead = np.array([0.0, 0.0, 1.0])

    def on_face(plan: LightPlan) -> float:
        stage = light(room, tmp_path, plan)
        return sum(shed(stage, name, EYES, ahead) for name in ("Key", "Fill", "Eyes"))

    assert on_face(LightPlan(ratio=asked, key_bearing=bearing)) <= 1.01 * on_face(LightPlan())


@pytest.mark.parametrize("asked", [2200.0, 3200.0, 4500.0, 5600.0, 7500.0])
def test_the_key_has_the_temperature_asked(room: Path, tmp_path: Path, asked: float) -> None:
    """Within 3% by McCamy's formula, as bright as before; other lamps keep their colours."""
    usual, stage = light(room, tmp_path, LightPlan()), None
    before = shed(usual, "Key", EYES, way_to(usual, "Key"))
    fill = kelvin(usual, "Eyes")
    stage = light(room, tmp_path, LightPlan(kelvin=asked))
    assert kelvin(stage, "Key") == pytest.approx(asked, rel=0.03)
    assert shed(stage, "Key", EYES, way_to(stage, "Key")) == pytest.approx(before, rel=0.01)
    assert kelvin(stage, "Eyes") == pytest.approx(fill, rel=0.001)


def test_a_hard_key_is_small_and_as_bright(room: Path, tmp_path: Path) -> None:
    usual = light(room, tmp_path, LightPlan())
    before = shed(usual, "Key", EYES, way_to(usual, "Key"))
    hard = light(room, tmp_path, LightPlan(key_size=0.08, key_rise=55.0))
    assert UsdLux.RectLight(hard.GetPrimAtPath(f"{names.LIGHTS}/Key")).GetWidthAttr().Get() == pytest.approx(0.08)
    assert shed(hard, "Key", EYES, way_to(hard, "Key")) == pytest.approx(before, rel=0.01)
    assert np.degrees(np.arcsin(way_to(hard, "Key")[1])) == pytest.approx(55, abs=0.1)


def test_people_are_lit_where_they_are_blocked(room: Path, tmp_path: Path) -> None:
    """The lamps go where somebody sits; for two they step back, and shed as much between them as on one."""
    seat = np.array([2.0, 1.18, 0.7])
    alone = replace(SHOT, blocking=(PathPlan("Mara", (Spot(0, 2.0, 0.7, 0.0, "sit"),)),))
    one = light(room, tmp_path, LightPlan(key_bearing=40.0), alone)
    assert bearing(one, "Key", seat) == pytest.approx(40, abs=0.1)
    on_one = shed(one, "Key", seat, way_to(one, "Key", seat))
    cast = (CastPlan("Mara"), CastPlan("Idris"))
    paths = (*alone.blocking, PathPlan("Idris", (Spot(0, 4.0, 0.7, 0.0, "sit"),)))
    two = light(room, tmp_path, LightPlan(key_bearing=40.0), replace(alone, cast=cast, blocking=paths))
    between = np.array([3.0, 1.18, 0.7])
    assert bearing(two, "Key", between) == pytest.approx(40, abs=0.1)
    assert shed(two, "Key", between, way_to(two, "Key", between)) == pytest.approx(on_one, rel=0.01)
    closer = replace(alone, cast=cast, blocking=paths, camera=CameraPlan("CU", subject="Idris"))
    single = light(room, tmp_path, LightPlan(key_bearing=40.0), closer)
    assert bearing(single, "Key", np.array([4.0, 1.18, 0.7])) == pytest.approx(40, abs=0.1)


def test_practicals_go_off_by_group_and_their_air_with_them(room: Path, tmp_path: Path) -> None:
    """Naming the sun alone puts the neon out; naming none leaves all as the set has them."""
    sunny = light(room, tmp_path, LightPlan(practicals=("sun",)))
    sign = sunny.GetPrimAtPath(f"{names.MATERIALS}/sign/Surface").GetAttribute("inputs:emissiveColor").Get()
    assert tuple(sign) == (0, 0, 0)
    assert not sunny.GetPrimAtPath(f"{names.LIGHTS}/Sun")
    assert sunny.GetPrimAtPath(f"{names.AIR}/Glow").GetAttribute("secondunit:gain").Get() == 0
    assert not sunny.GetPrimAtPath(f"{names.AIR}/Shafts")
    neon = light(room, tmp_path, LightPlan(practicals=("neon",)))
    assert UsdLux.LightAPI(neon.GetPrimAtPath(f"{names.LIGHTS}/Sun")).GetIntensityAttr().Get() == 0
    assert neon.GetPrimAtPath(f"{names.AIR}/Shafts").GetAttribute("secondunit:density").Get() == 0
    out = light(room, tmp_path, LightPlan(practicals=("none",)))
    assert UsdLux.LightAPI(out.GetPrimAtPath(f"{names.LIGHTS}/Sun")).GetIntensityAttr().Get() == 0
    assert out.GetPrimAtPath(f"{names.AIR}/Glow").GetAttribute("secondunit:gain").Get() == 0
    plain = light(room, tmp_path, LightPlan())
    assert not plain.GetPrimAtPath(names.MATERIALS)
    assert not plain.GetPrimAtPath(names.AIR)


def test_a_practical_that_is_not_there_is_named(room: Path, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="chandelier") as caught:
        light(room, tmp_path, LightPlan(practicals=("chandelier",)))
    assert "neon, sun" in caught.value.mend


def test_haze_thickens_the_air_and_shafts_keep_those_of_the_set(room: Path, tmp_path: Path) -> None:
    hazy = light(room, tmp_path, LightPlan(volumetrics="haze"))
    assert hazy.GetPrimAtPath(f"{names.AIR}/Fog").GetAttribute("secondunit:density").Get() == pytest.approx(0.03)
    assert hazy.GetPrimAtPath(f"{names.AIR}/Shafts").GetAttribute("secondunit:density").Get() > 0.025
    assert not light(room, tmp_path, LightPlan(volumetrics="shafts")).GetPrimAtPath(names.AIR)


def test_rims_without_the_neon_they_pretend_to_be_are_faint_and_white(room: Path, tmp_path: Path) -> None:
    """The bedroom's magenta rim goes with its neon."""
    lit = light(room, tmp_path, LightPlan(practicals=("neon", "sun"), kelvin=5600.0))
    dark = light(room, tmp_path, LightPlan(practicals=("sun",), kelvin=5600.0))
    assert kelvin(dark, "RimRight") == pytest.approx(5600, rel=0.03)
    assert lamp(dark, "RimRight")[2] < 0.5 * lamp(lit, "RimRight")[2]
