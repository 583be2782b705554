"""A tint changes what the set paints, and nothing else."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pxr import Usd, UsdShade

from secondunit_bridge.errors import BadInput
from secondunit_engine.color import decode_srgb, to_rec709
from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world import stage as names
from secondunit_engine.world.build_set import build_set

TINT = (1.1, 1.0, 0.85)


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    plain, tinted = tmp_path_factory.mktemp("plain"), tmp_path_factory.mktemp("tinted")
    build_set(SetPlan("bedroom_studio", seed=3), plain)
    build_set(SetPlan("bedroom_studio", seed=3, tint=TINT), tinted)
    return plain, tinted


def surfaces(folder: Path) -> dict[str, UsdShade.Shader]:
    stage = Usd.Stage.Open(str(folder / "set.usdc"))
    _KEPT.append(stage)
    return {
        prim.GetName(): UsdShade.Material(prim).ComputeSurfaceSource()[0]
        for prim in stage.GetPrimAtPath(names.MATERIALS).GetChildren()
    }


_KEPT: list[Usd.Stage] = []  # shaders die with their stage


def color(shader: UsdShade.Shader, name: str) -> np.ndarray:
    return to_rec709(np.array(shader.GetInput(name).Get()))


def test_paint_takes_the_gains_and_what_glows_keeps_its_colour(rooms: tuple[Path, Path]) -> None:
    plain, tinted = (surfaces(folder) for folder in rooms)
    assert plain.keys() == tinted.keys()
    glowing = [name for name, shader in plain.items() if max(shader.GetInput("emissiveColor").Get()) > 0]
    assert len(glowing) > 5
    for name, shader in plain.items():
        if name in glowing:
            np.testing.assert_array_equal(color(shader, "diffuseColor"), color(tinted[name], "diffuseColor"))
        else:
            expected = np.minimum(color(shader, "diffuseColor") * TINT, 1)
            np.testing.assert_allclose(color(tinted[name], "diffuseColor"), expected, atol=2e-4)
        np.testing.assert_array_equal(color(shader, "emissiveColor"), color(tinted[name], "emissiveColor"))


def test_painted_textures_take_the_gains_and_the_city_does_not(rooms: tuple[Path, Path]) -> None:
    """Of the pictures only those that are paint change; height and roughness are no colours."""
    changed = set()
    for file in sorted((rooms[0] / "textures").glob("*.png")):
        before, after = (
            decode_srgb(np.asarray(Image.open(folder / "textures" / file.name)) / 255.0) for folder in rooms
        )
        if not np.array_equal(before, after):
            changed.add(file.stem)
            got = after.mean(axis=(0, 1)) / before.mean(axis=(0, 1))
            np.testing.assert_allclose(got, TINT, rtol=0.02, err_msg=file.stem)
    assert {"bedroom_wall_color", "bedroom_oak_color"} <= changed
    assert not any("height" in name or "roughness" in name or "city" in name for name in changed)


@pytest.mark.parametrize("tint", [(1.0, 1.0), (1.0, 0.0, 1.0), (1.0, float("nan"), 1.0), (9.0, 1.0, 1.0)])
def test_a_tint_that_is_none_is_refused(tint: tuple[float, ...], tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="three gains"):
        build_set(SetPlan("bedroom_studio", tint=tint), tmp_path)
    assert not list(tmp_path.iterdir())
