"""Sharing light between frames is worth its while, and its minimal twin renders the same picture."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from pxr import Usd, UsdLux

from secondunit_engine.progress import Quiet
from secondunit_engine.render.exr import read_frame
from secondunit_engine.render.presets import PRESETS, plain
from secondunit_engine.render.records import pack_color, pack_normal, unpack_color, unpack_normal
from secondunit_engine.render.render_shot import render_shot
from secondunit_engine.world import stage as names
from tests.engine.render.conftest import SETTINGS
from tests.engine.render.stages import write_stage

MIDDLE = 1003


@pytest.fixture(scope="module")
def reference(stage_file: Path) -> NDArray[np.float32]:
    """The middle frame from 192 paths a pixel, undenoised."""
    from secondunit_engine.render.camera import read_view
    from secondunit_engine.render.integrator import trace_first_hit, trace_light
    from secondunit_engine.render.scene import Scene

    scene = Scene(Usd.Stage.Open(str(stage_file)), MIDDLE)
    view = read_view(scene.stage, MIDDLE, SETTINGS.width, SETTINGS.height)
    seen = trace_first_hit(scene, view, 16, 5, Quiet().check)
    light = trace_light(scene, view, 192, PRESETS["preview"].depth, 200.0, 5, Quiet().check)
    return seen.diffuse * light.diffuse + light.specular + seen.emission.sum(axis=2)


def _distance(a: NDArray, b: NDArray) -> float:
    """Mean squared difference as the eye weighs it, without the brightest hundredth (glass caustics)."""
    squared = (np.sqrt(np.maximum(a.astype(float), 0)) - np.sqrt(np.maximum(b.astype(float), 0))) ** 2
    return float(np.sort(squared.ravel())[: int(0.99 * squared.size)].mean())


def test_reuse_is_nearer_to_the_truth_than_its_twin(
    stage_file: Path, rendered: Path, reference: NDArray[np.float32], tmp_path: Path
) -> None:
    """At the same samples, light shared between frames leaves less error, and both are as bright as the truth."""
    render_shot(stage_file, SETTINGS, tmp_path, Quiet(), plain(PRESETS["preview"]))
    shared = read_frame(rendered / "frames" / f"{MIDDLE}.exr").parts["beauty"]
    alone = read_frame(tmp_path / "frames" / f"{MIDDLE}.exr").parts["beauty"]
    assert _distance(shared, reference) < _distance(alone, reference)
    for picture in (shared, alone):
        assert np.median(picture) == pytest.approx(np.median(reference), rel=0.05)


def test_packed_colours_keep_their_values() -> None:
    """RGB9E5 keeps the largest channel to one part in 512, and never breaks on strange input."""
    random = np.random.Generator(np.random.PCG64(2))
    for color in random.random((200, 3)) * 10.0 ** random.uniform(-3, 4, (200, 1)):
        back = np.array(unpack_color(pack_color(*color)))
        assert np.abs(back - color).max() <= color.max() / 500
    assert unpack_color(pack_color(0.0, 0.0, 0.0)) == (0, 0, 0)
    assert unpack_color(pack_color(float("nan"), 0.0, 0.0)) == (0, 0, 0)
    assert max(unpack_color(pack_color(1e9, 0.0, 0.0))) < 70000


def test_packed_normals_keep_their_direction() -> None:
    random = np.random.Generator(np.random.PCG64(3))
    normals = random.normal(size=(200, 3))
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    for normal in normals:
        assert np.dot(unpack_normal(pack_normal(*normal)), normal) > 0.99999


def test_a_light_that_blinks_is_dark_when_it_is_dark(tmp_path: Path) -> None:
    """The key is off in every other frame, the first one too: it leaves nothing there, and keeps its strength else."""
    file = write_stage(tmp_path / "blink.usdc")
    stage = Usd.Stage.Open(str(file))
    intensity = UsdLux.LightAPI(stage.GetPrimAtPath(f"{names.LIGHTS}/Key")).GetIntensityAttr()
    for number in range(5):
        intensity.Set(12.0 * (number % 2), names.FIRST_FRAME + number)
    stage.Save()
    render_shot(file, SETTINGS, tmp_path, Quiet())
    render_shot(file, SETTINGS, tmp_path / "alone", Quiet(), plain(PRESETS["preview"]), frames=range(1004, 1005))
    key = [read_frame(tmp_path / "frames" / f"{frame}.exr").parts["light.key"] for frame in (1001, 1002, 1003, 1004)]
    alone = read_frame(tmp_path / "alone" / "frames" / "1004.exr").parts["light.key"]
    assert np.median(key[1]) > 0.01
    for dark in (key[0], key[2]):  # where no light was found at all, the first group gets what the denoiser leaves
        assert dark.mean() < 0.01 * key[1].mean()
    assert np.median(key[3]) == pytest.approx(np.median(alone), rel=0.05)
