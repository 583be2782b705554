"""The watermark cannot be seen, survives ordinary editing, and is never found where there is none."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from secondunit_bridge.errors import BadInput
from secondunit_engine.provenance.watermark import detect, embed, pilot_score
from secondunit_engine.provenance.watermark_code import decode
from secondunit_engine.provenance.watermark_code import encode as encode_id
from tests.engine.provenance.conftest import MARK, encode, paint

Frames = list[NDArray[np.float32]]
WEIGHTS = np.array([0.2126, 0.7152, 0.0722])


@pytest.fixture(scope="module", params=[(854, 480), (480, 270)], ids=["854x480", "480x270"])
def marked(request: pytest.FixtureRequest) -> Frames:
    return [embed(frame, MARK) for frame in paint(request.param)]


def _decode(path: Path) -> Frames:
    with av.open(path) as container:
        return [
            frame.to_ndarray(format="rgb24").astype(np.float32) / np.float32(255) for frame in container.decode(video=0)
        ]


def _psnr(a: NDArray[np.floating], b: NDArray[np.floating]) -> float:
    return float(10 * np.log10(1 / np.mean((a - b) ** 2)))


@pytest.mark.parametrize("size", [(854, 480), (480, 270), (1920, 1080)])
def test_the_mark_is_faint_in_luma_and_in_colour(size: tuple[int, int]) -> None:
    (frame,) = paint(size, count=1)
    marked = embed(frame, MARK)
    assert marked.dtype == np.float32
    assert _psnr(marked @ WEIGHTS, frame @ WEIGHTS) > 47
    assert _psnr(marked, frame) > 44


@pytest.mark.parametrize(
    ("codec", "pixels", "options"),
    [
        ("prores_ks", "yuv422p10le", {"profile": "3"}),
        ("libx264", "yuv420p", {"crf": "18"}),
        ("libx264", "yuv420p", {"crf": "23"}),
    ],
    ids=["ProRes 422 HQ", "H.264 CRF 18", "H.264 CRF 23"],
)
def test_codecs_keep_it(tmp_path: Path, marked: Frames, codec: str, pixels: str, options: dict[str, str]) -> None:
    frames = _decode(encode(tmp_path / "clip.mov", marked, codec, pixels, **options))
    assert detect(frames) == MARK
    assert detect([np.clip(frame * 1.1, 0, 1) for frame in frames]) == MARK
    assert detect([np.clip(frame * 0.9, 0, 1) for frame in frames]) == MARK


def test_grades_flips_and_scaling_keep_it(marked: Frames) -> None:
    assert detect([frame[:, ::-1] for frame in marked]) == MARK
    assert detect([np.clip(frame, 0, 1) ** 0.8 * np.array([1.05, 1.0, 0.92]) for frame in marked]) == MARK
    height, width = marked[0].shape[:2]
    half = [Image.fromarray((frame * 255).astype(np.uint8)).resize((width // 2, height // 2)) for frame in marked]
    assert detect([np.asarray(image, np.float32) / 255 for image in half]) == MARK


@pytest.mark.parametrize(
    ("left", "top", "right", "bottom", "size"),
    [
        (0.03, 0.06, 0.93, 0.96, (854, 480)),  # a crop of 10%, blown up again
        (0.3, 0.1, 0.9, 0.7, (640, 360)),
        (0.3, 0.0, 0.6164, 1.0, (360, 640)),  # a 9:16 reframe
    ],
    ids=["10% crop", "40% crop", "9:16"],
)
def test_crops_and_reframes_are_found(
    left: float, top: float, right: float, bottom: float, size: tuple[int, int]
) -> None:
    frames = [embed(frame, MARK) for frame in paint((854, 480), count=4)]
    box = (left * 854, top * 480, right * 854, bottom * 480)
    images = [Image.fromarray((frame * 255 + 0.5).astype(np.uint8)) for frame in frames]
    seen = [np.asarray(image.resize(size, Image.Resampling.BICUBIC, box), np.float32) / 255 for image in images]
    assert detect(seen, parts=False) is None
    assert detect(seen) == MARK
    assert detect([frame[:, ::-1] for frame in seen]) == MARK


def test_the_code_mends_every_twelfth_bit_and_refuses_noise() -> None:
    rng = np.random.Generator(np.random.PCG64(7))
    right = wrong = noise = 0
    for _ in range(60):
        word = int(rng.integers(0, 1 << 48))
        found = decode(encode_id(word) * 1.4 + rng.normal(size=96))
        right += found == word
        wrong += found not in (word, None)
        noise += decode(rng.normal(size=96)) is not None
    assert right >= 50
    assert wrong == 0
    assert noise <= 1  # 3 in a thousand


def test_every_id_comes_back_and_a_single_frame_is_enough_before_compression() -> None:
    (frame,) = paint((854, 480), count=1)
    for watermark in (0, 1, (1 << 48) - 1, 0xA5A5_5A5A_1234):
        assert detect([embed(frame, watermark)]) == watermark


def test_nothing_is_found_in_unmarked_pictures_noise_or_with_another_key() -> None:
    rng = np.random.Generator(np.random.PCG64(5))
    for seed in range(100):
        size = ((320, 180), (640, 360))[seed % 2]
        parts = seed < 1  # the search for crops takes a second
        assert detect(paint(size, seed, 1), parts=parts) is None
        assert detect([rng.random((size[1], size[0], 3), np.float32)], parts=parts) is None
    marked = [embed(frame, MARK) for frame in paint((480, 270))]
    assert detect(marked, key=99, parts=False) is None
    assert detect([]) is None


def test_the_pilot_of_unmarked_pictures_is_spread_as_chance_says() -> None:
    """The gate is 5.5 standard deviations; that is a bound only if the score has a standard deviation near one."""
    rng = np.random.Generator(np.random.PCG64(6))
    scores = [
        pilot_score([rng.random((136, 240, 3), np.float32) * 0.1 + paint((240, 136), seed, 1)[0]], key=seed)
        for seed in range(150)
    ]
    assert np.std(scores) < 1.2  # the larger of two scores: 0.83 by theory
    assert max(scores) < 4.5


@pytest.mark.parametrize(
    ("shape", "mark"), [((20, 20, 3), 1), ((270, 480), 1), ((270, 480, 3), 1 << 48), ((270, 480, 3), -1)]
)
def test_what_cannot_carry_or_be_a_mark_is_refused(shape: tuple[int, ...], mark: int) -> None:
    with pytest.raises(BadInput):
        embed(np.zeros(shape, np.float32), mark)
