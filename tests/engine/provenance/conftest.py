"""Small real things to sign: an identity, a manifest, a marked clip."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from secondunit_bridge.timing import Rate
from secondunit_engine.finish.look import Look
from secondunit_engine.planning.plan import CameraPlan, SetPlan, Settings, ShotPlan
from secondunit_engine.provenance.identity import Identity, load_identity
from secondunit_engine.provenance.manifest import Manifest, Media, Recipe, StageProduct, watermark_id
from secondunit_engine.provenance.watermark import embed
from secondunit_engine.script.brief import Brief

MARK = watermark_id("film", "sh010", 1, "abc")


@pytest.fixture(scope="session")
def identity(tmp_path_factory: pytest.TempPathFactory) -> Identity:
    return load_identity(tmp_path_factory.mktemp("state") / "identity")


@pytest.fixture(scope="session")
def manifest() -> Manifest:
    shot = ShotPlan("sh010", "1", "EXT. TUNNEL - NIGHT", 48, Rate(24), 7, SetPlan("led_tunnel"), CameraPlan())
    return Manifest(
        Recipe(
            shot="sh010",
            take=1,
            brief=Brief("midnight rain, LED tunnel", "prompt"),
            plan=shot,
            settings=Settings(),
            look=Look(),
            products=(StageProduct("set", "ab" * 16),),
            watermark=MARK,
            media=(Media("picture.mov", "00" * 32, 1234),),
        )
    )


def paint(size: tuple[int, int], seed: int = 1, count: int = 8) -> list[NDArray[np.float32]]:
    """Frames of a night-like picture with lights, a gradient, texture and grain, drifting slowly; (H, W, 3)."""
    width, height = size
    rng = np.random.Generator(np.random.PCG64(seed))
    y, x = np.mgrid[0:height, 0 : width + count].astype(np.float32)
    base = 0.15 + 0.2 * y / height + 0.05 * np.sin(x / 17) * np.sin(y / 11)
    for _ in range(12):
        cx, cy, r = rng.uniform(0, width), rng.uniform(0, height), rng.uniform(8, 60)
        base += 0.4 * rng.random() * np.exp(-((x - cx) ** 2 + (y - cy) ** 2) / (2 * r * r))
    base += 0.05 * rng.standard_normal(base.shape) * (y > height * 0.6)
    wide = base[..., None] * np.array([0.9, 1.0, 1.2])  # (H, W + count, 3)
    grain = rng.normal(0, 0.008, (count, height, width, 1))
    return [np.clip(wide[:, i : i + width] + grain[i], 0, 1).astype(np.float32) for i in range(count)]


def encode(path: Path, frames: list[NDArray[np.float32]], codec: str, pixels: str, **options: str) -> Path:
    """Encode display-coded frames (H, W, 3) as a clip at 24 fps."""
    with av.open(path, "w") as container:
        stream = container.add_stream(codec, rate=24, options=options)
        assert isinstance(stream, av.VideoStream)
        stream.height, stream.width = frames[0].shape[:2]
        stream.pix_fmt = pixels
        for frame in frames:
            code = (np.clip(frame, 0, 1) * 65535 + 0.5).astype(np.uint16)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(code, format="rgb48le")))
        container.mux(stream.encode(None))
    return path


@pytest.fixture(scope="session")
def marked_clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    frames = [embed(frame, MARK) for frame in paint((854, 480))]
    return encode(tmp_path_factory.mktemp("clip") / "picture.mov", frames, "prores_ks", "yuv422p10le", profile="3")
