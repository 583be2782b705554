"""What the watermark outlives: clips marked, handled as editors and platforms do, and read again.

Clips are pictures of our own sets (docs/look) under a slow drift and zoom with grain, at 1920x1080 and two seconds, or
as SECONDUNIT_MARK_CLIPS says ("6 1280x720 16": clips, size, frames). An id counts as read only if it is exact.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from benchmarks.table import Row
from secondunit_engine.provenance.watermark import detect, embed

Frames = list[NDArray[np.float32]]
Attack = Callable[[Frames], Frames]
_STILLS = sorted((Path(__file__).parents[1] / "docs/look").glob("*.jpg"))
_LUMA = np.array([0.2126, 0.7152, 0.0722], np.float32)


def measure() -> list[Row]:
    """Exact ids after each handling, and what marking costs the picture and the machine."""
    count, size, frames = _wanted()
    hits: dict[str, int] = dict.fromkeys(ATTACKS, 0)
    quality: list[float] = []
    spent = {"embed": 0.0, "detect": 0.0}
    for number in range(count):
        mark = (0x5EC0_0000_0000 + 0x1234_5677 * number) & ((1 << 48) - 1)
        plain = list(_clip(_STILLS[number % len(_STILLS)], size, frames, number))
        start = time.process_time()
        marked = [embed(frame, mark) for frame in plain]
        spent["embed"] += time.process_time() - start
        quality.append(_psnr(np.stack(marked) @ _LUMA, np.stack(plain) @ _LUMA))
        start = time.process_time()
        detect(marked)
        spent["detect"] += time.process_time() - start
        for name, (_, attack) in ATTACKS.items():
            hits[name] += detect(attack(marked)) == mark
    rows = [Row(f"mark after {name}", f"{hits[name]} of {count}", "clips", bar) for name, (bar, _) in ATTACKS.items()]
    told = f"{size[0]}x{size[1]}, {frames} frames"
    rows.append(Row("mark, PSNR-Y, worst clip", f"{min(quality):.1f}", "dB", ">= 44"))
    for name, bar in (("embed", ">= 20"), ("detect", ">= 100")):
        rows.append(Row(f"mark, {name} ({told})", f"{count * frames / spent[name]:.0f}", "frames/cpu-s", bar))
    return rows


def _wanted() -> tuple[int, tuple[int, int], int]:
    count, size, frames = os.environ.get("SECONDUNIT_MARK_CLIPS", "20 1920x1080 48").split()
    width, height = map(int, size.split("x"))
    return int(count), (width, height), int(frames)


def _clip(still: Path, size: tuple[int, int], frames: int, seed: int) -> Iterator[NDArray[np.float32]]:
    """A slow drift and zoom over a still, with grain; display-coded RGB, (H, W, 3)."""
    rng = np.random.Generator(np.random.PCG64(seed))
    image = Image.open(still).convert("RGB")
    direction = rng.uniform(-1, 1, 2)
    for frame in range(frames):
        at = frame / max(frames - 1, 1)
        zoom = 0.90 - 0.05 * at
        width, height = image.width * zoom, image.height * zoom
        left = (image.width - width) / 2 * (1 + 0.6 * direction[0] * at)
        top = (image.height - height) / 2 * (1 + 0.6 * direction[1] * at)
        shown = image.resize(size, Image.Resampling.BICUBIC, (left, top, left + width, top + height))
        code = np.asarray(shown, np.float32) / 255 + rng.normal(0, 0.008, (size[1], size[0], 1))
        yield np.clip(code, 0, 1).astype(np.float32)


def _psnr(one: NDArray[Any], two: NDArray[Any]) -> float:
    return float(10 * np.log10(1 / np.mean((one - two) ** 2)))


def _coded(codec: str, pixels: str, rate: int = 24, **options: str) -> Attack:
    """Through a codec and back."""

    def run(frames: Frames) -> Frames:
        file = BytesIO()
        with av.open(file, "w", format="mov") as container:
            stream = container.add_stream(codec, rate=rate, options=options)
            assert isinstance(stream, av.VideoStream)
            stream.height, stream.width = frames[0].shape[:2]
            stream.pix_fmt = pixels
            for frame in frames:
                code = (np.clip(frame, 0, 1) * 255 + 0.5).astype(np.uint8)
                container.mux(stream.encode(av.VideoFrame.from_ndarray(code, format="rgb24")))
            container.mux(stream.encode(None))
        file.seek(0)
        with av.open(file, "r") as coded:
            return [f.to_ndarray(format="rgb24").astype(np.float32) / np.float32(255) for f in coded.decode(video=0)]

    return run


def _resized(frames: Frames, width: int, height: int, box: tuple[float, float, float, float] | None = None) -> Frames:
    """Scaled to a size, or a part of the frame (left, top, right, bottom in pixels) scaled to it."""
    images = (Image.fromarray((np.clip(frame, 0, 1) * 255 + 0.5).astype(np.uint8)) for frame in frames)
    scaled = (image.resize((width, height), Image.Resampling.BICUBIC, box) for image in images)
    return [np.asarray(image, np.float32) / np.float32(255) for image in scaled]


def _scaled(factor: float) -> Attack:
    def run(frames: Frames) -> Frames:
        height, width = frames[0].shape[:2]
        return _resized(frames, int(width * factor) // 2 * 2, int(height * factor) // 2 * 2)

    return run


def _cropped(share: float, aspect: float | None = None) -> Attack:
    """A part of the frame, off the middle, blown up to the old size; with an aspect it is a reframe at full height."""

    def run(frames: Frames) -> Frames:
        height, width = frames[0].shape[:2]
        if aspect:
            wide = height * aspect
            left = (width - wide) * 0.4
            return _resized(frames, int(height * aspect) // 2 * 2, height, (left, 0, left + wide, height))
        left, top = width * (1 - share) * 0.3, height * (1 - share) * 0.6
        return _resized(frames, width, height, (left, top, left + width * share, top + height * share))

    return run


def _graded(frames: Frames) -> Frames:
    """Gamma, warmth and saturation."""
    out = []
    for frame in frames:
        graded = np.clip(frame, 0, 1) ** 0.85 * np.array([1.06, 1.0, 0.92], np.float32)
        grey = (graded @ _LUMA)[..., None]
        out.append(np.clip(grey + (graded - grey) * 1.15, 0, 1).astype(np.float32))
    return out


def _lut(frames: Frames) -> Frames:
    """A contrasty film look: an S curve a channel, with a little crosstalk."""
    mix = np.array([[0.92, 0.06, 0.02], [0.04, 0.92, 0.04], [0.02, 0.08, 0.90]], np.float32)
    curved = (frame * frame * (3 - 2 * frame) for frame in frames)
    return [np.asarray(np.clip(frame @ mix.T, 0, 1), np.float32) for frame in curved]


def _brighter(frames: Frames) -> Frames:
    return [np.clip(frame * 1.2, 0, 1) for frame in frames]


def _denoised(frames: Frames) -> Frames:
    return [ndimage.median_filter(frame, (3, 3, 1)) for frame in frames]


def _turned(degrees: float) -> Attack:
    def run(frames: Frames) -> Frames:
        images = (Image.fromarray((np.clip(frame, 0, 1) * 255 + 0.5).astype(np.uint8)) for frame in frames)
        turned = (image.rotate(degrees, Image.Resampling.BICUBIC) for image in images)
        return [np.asarray(image, np.float32) / np.float32(255) for image in turned]

    return run


def _chain(*attacks: Attack) -> Attack:
    def run(frames: Frames) -> Frames:
        for attack in attacks:
            frames = attack(frames)
        return frames

    return run


def _h264(crf: int) -> Attack:
    return _coded("libx264", "yuv420p", crf=str(crf))


ATTACKS: dict[str, tuple[str, Attack]] = {
    "nothing": (">= 99%", lambda frames: frames),
    "ProRes 422 HQ": (">= 99%", _coded("prores_ks", "yuv422p10le", profile="3")),
    "H.264 CRF 18": (">= 99%", _h264(18)),
    "H.264 CRF 23": (">= 99%", _h264(23)),
    "HEVC CRF 28": (">= 99%", _coded("libx265", "yuv420p", crf="28")),
    "a grade": (">= 99%", _graded),
    "a LUT": (">= 99%", _lut),
    "brightness +20%": (">= 99%", _brighter),
    "24 to 25 frames": (">= 99%", _coded("libx264", "yuv420p", rate=25, crf="20")),
    "a crop of 10%": (">= 99%", _cropped(0.9)),
    "denoising": (">= 99%", _denoised),
    "a flip": (">= 99%", lambda frames: [frame[:, ::-1] for frame in frames]),
    "H.264 CRF 28": (">= 95%", _h264(28)),
    "half size, then CRF 23": (">= 95%", _chain(_scaled(0.5), _h264(23))),
    "720p, a grade and CRF 28": (">= 95%", _chain(_scaled(2 / 3), _graded, _h264(28))),
    "a 9:16 reframe": (">= 80%", _cropped(1.0, 9 / 16)),
    "H.264 CRF 35": (">= 80%", _h264(35)),
    "a turn of 1 degree": (">= 80%", _turned(1.0)),
}
