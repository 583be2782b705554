"""What a rendered frame holds: the parts, their sums, and motion that leads to the frame before."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from secondunit_engine.progress import Quiet
from secondunit_engine.render.exr import Frame, read_frame
from secondunit_engine.render.render_shot import render_shot
from tests.engine.render.conftest import SETTINGS
from tests.engine.render.stages import CENTRE, breath, carousel

LAST = 1005


@pytest.fixture(scope="module")
def frame(rendered: Path) -> Frame:
    return read_frame(rendered / "frames" / f"{LAST}.exr")


def test_every_promised_part_is_there(frame: Frame) -> None:
    """The names, channel counts and number kinds of the hand-over to finishing."""
    wanted = {
        "beauty": (3, "f2"), "light.key": (3, "f4"), "light.neon": (3, "f4"), "light.sky": (3, "f4"),
        "albedo": (3, "f2"), "normal": (3, "f2"), "depth": (1, "f4"), "motion": (2, "f4"), "id.object": (1, "u4"),
        "id.material": (1, "u4"), "position": (3, "f4"), "air": (4, "f2"), "sprites": (4, "f2"),
    }  # fmt: skip
    found = {name: (part.shape[2], part.dtype.str[1:]) for name, part in frame.parts.items()}
    assert found == wanted
    assert frame.header["secondunit:groups"] == "key,neon,sky"
    assert np.array(json.loads(frame.header["secondunit:world_to_camera"])).shape == (16,)


def test_light_groups_sum_to_beauty(frame: Frame) -> None:
    """Within 1e-5 of beauty wherever there is light, in the file as read."""
    groups = sum(part.astype(np.float64) for name, part in frame.parts.items() if name.startswith("light."))
    beauty = frame.parts["beauty"].astype(np.float64)
    assert beauty.mean() > 0.02
    lit = beauty > 1e-3
    assert np.abs(groups - beauty)[lit].max() == pytest.approx(0, abs=1e-5 * beauty.max())
    assert (np.abs(groups - beauty)[lit] / beauty[lit]).max() < 1e-5


def test_each_group_lights_its_own_things(frame: Frame) -> None:
    """The glowing panel is seen in its own group alone, the sky in its own."""
    materials = json.loads(frame.header["secondunit:materials"])
    neon = frame.parts["id.material"][..., 0] == materials.index("/Shot/Materials/neon")
    inside = neon & np.roll(neon, 1, 0) & np.roll(neon, -1, 0) & np.roll(neon, 1, 1) & np.roll(neon, -1, 1)
    assert inside.sum() > 20
    assert frame.parts["light.neon"][inside].mean() > 20 * frame.parts["light.sky"][inside].mean()
    sky = frame.parts["id.material"][..., 0] == 0
    assert np.isinf(frame.parts["depth"][sky]).all()
    assert frame.parts["light.sky"][sky].mean() > 20 * frame.parts["light.key"][sky].mean()


def test_no_pixel_is_broken(frame: Frame) -> None:
    for name, part in frame.parts.items():
        broken = ~np.isfinite(part.astype(np.float64))
        assert name == "depth" or not broken.any(), name


def _expected_before(frame: Frame) -> NDArray[np.float64]:
    """Where each pixel's point was one frame earlier, by the stage's own formulas, (H, W, 3)."""
    objects = json.loads(frame.header["secondunit:objects"])
    number = frame.parts["id.object"][..., 0]
    point = frame.parts["position"].astype(np.float64)
    before = point.copy()
    step = np.array(carousel(LAST).GetInverse() * carousel(LAST - 1))
    rigid = number == objects.index("/Shot/Props/Ball")
    before[rigid] = point[rigid] @ step[:3, :3] + step[3, :3]
    soft = number == objects.index("/Shot/Cast/Lung")
    before[soft] = (point[soft] - CENTRE) * breath(LAST - 1) / breath(LAST) + CENTRE
    return before


def _fetch(picture: NDArray, x: NDArray, y: NDArray) -> NDArray:
    """Bilinear samples of (H, W, C) at pixel centres x, y."""
    left, top = np.floor(x).astype(int), np.floor(y).astype(int)
    u, v = (x - left)[..., None], (y - top)[..., None]
    height, width = picture.shape[:2]
    a, b = np.clip(left, 0, width - 1), np.clip(left + 1, 0, width - 1)
    c, d = np.clip(top, 0, height - 1), np.clip(top + 1, 0, height - 1)
    return (picture[c, a] * (1 - u) + picture[c, b] * u) * (1 - v) + (picture[d, a] * (1 - u) + picture[d, b] * u) * v


@pytest.mark.parametrize("kind", ["/Shot/Set/Floor", "/Shot/Props/Ball", "/Shot/Cast/Lung"])
def test_motion_leads_to_the_frame_before(frame: Frame, rendered: Path, kind: str) -> None:
    """Fetching the frame before through the motion finds the same surface point, to a quarter of a pixel.

    The floor moves by the camera alone, the ball as a rigid body as well, the lung by deforming.
    """
    earlier = read_frame(rendered / "frames" / f"{LAST - 1}.exr")
    number = json.loads(frame.header["secondunit:objects"]).index(kind)
    y, x = np.nonzero(frame.parts["id.object"][..., 0] == number)
    motion = frame.parts["motion"][y, x]
    assert np.abs(motion).max() > 0.5
    to_x, to_y = x + motion[:, 0], y + motion[:, 1]
    same = _fetch((earlier.parts["id.object"] == number).astype(float), to_x, to_y)[:, 0] > 0.999
    assert same.sum() > 50
    found = _fetch(earlier.parts["position"].astype(np.float64), to_x, to_y)
    away = np.linalg.norm(found - _expected_before(frame)[y, x], axis=1)
    pixels = away * float(frame.header["secondunit:focal_px"]) / frame.parts["depth"][y, x, 0]
    assert np.median(pixels[same]) < 0.25


def test_same_inputs_same_pixels(stage_file: Path, rendered: Path, tmp_path: Path) -> None:
    """A second run writes the same bytes, and removes its work."""
    render_shot(stage_file, SETTINGS, tmp_path, Quiet())
    for file in sorted((rendered / "frames").iterdir()):
        assert (tmp_path / "frames" / file.name).read_bytes() == file.read_bytes(), file.name
    assert sorted(p.name for p in tmp_path.iterdir()) == ["frames"]
    assert len(list((tmp_path / "frames").iterdir())) == 5
