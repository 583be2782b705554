"""Frames on disk: what is written comes back, and what strangers wrote is refused in plain words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import OpenImageIO as oiio
import pytest

from secondunit_bridge.errors import BadInput, NotFound, TooLarge, Unwritable
from secondunit_engine.render import exr


def _frame() -> dict[str, np.ndarray]:
    random = np.random.Generator(np.random.PCG64(1))
    return {
        "beauty": random.random((9, 16, 3)).astype(np.float16),
        "depth": random.random((9, 16, 1)).astype(np.float32),
        "id.object": random.integers(0, 2**32, (9, 16, 1), np.uint32),
        "sprites": random.random((9, 16, 4)).astype(np.float16),
    }


def test_a_frame_comes_back_bit_for_bit(tmp_path: Path) -> None:
    """Every part keeps its name, kind and bits, and the header its strings; no temporary file stays."""
    parts = _frame()
    exr.write_frame(tmp_path / "1001.exr", parts, {"secondunit:seed": "7"})
    back = exr.read_frame(tmp_path / "1001.exr")
    assert list(back.parts) == list(parts)
    for name, part in parts.items():
        assert back.parts[name].dtype == part.dtype
        assert np.array_equal(back.parts[name], part)
    assert back.header["secondunit:seed"] == "7"
    assert [p.name for p in tmp_path.iterdir()] == ["1001.exr"]
    assert list(exr.read_frame(tmp_path / "1001.exr", only=("depth",)).parts) == ["depth"]


def test_the_same_frame_is_the_same_file(tmp_path: Path) -> None:
    for name in ("a.exr", "b.exr"):
        exr.write_frame(tmp_path / name, _frame(), {"secondunit:seed": "7"})
    assert (tmp_path / "a.exr").read_bytes() == (tmp_path / "b.exr").read_bytes()


@pytest.mark.parametrize("content", [b"", b"hello", b"\x89PNG\r\n\x1a\n" + bytes(64), b"\x76\x2f\x31\x01" + bytes(64)])
def test_not_an_exr(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "strange.exr"
    file.write_bytes(content)
    with pytest.raises(BadInput):
        exr.read_frame(file)


def test_a_truncated_frame_is_refused(tmp_path: Path) -> None:
    """Half a file is never taken for a picture."""
    exr.write_frame(tmp_path / "whole.exr", _frame(), {})
    data = (tmp_path / "whole.exr").read_bytes()
    (tmp_path / "half.exr").write_bytes(data[: len(data) // 2])
    with pytest.raises(BadInput):
        exr.read_frame(tmp_path / "half.exr")


def test_limits_hold_before_pixels_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Too many parts, too wide a picture or too much data is refused by its header."""
    parts = {f"light.{n}": np.zeros((4, 4, 3), np.float16) for n in range(5)}
    exr.write_frame(tmp_path / "many.exr", parts, {})
    monkeypatch.setattr(exr, "MAX_PARTS", 4)
    with pytest.raises(TooLarge):
        exr.read_frame(tmp_path / "many.exr")
    monkeypatch.setattr(exr, "MAX_PARTS", 96)
    monkeypatch.setattr(exr, "MAX_BYTES", 300)
    with pytest.raises(TooLarge):
        exr.read_frame(tmp_path / "many.exr")
    monkeypatch.setattr(exr, "MAX_SIDE", 3)
    with pytest.raises(TooLarge):
        exr.read_flat(tmp_path / "many.exr")


def test_a_wide_picture_is_refused(tmp_path: Path) -> None:
    """A picture that claims a million columns is not allocated."""
    file = tmp_path / "wide.exr"
    spec = oiio.ImageSpec(1_000_000, 1, 3, "half")
    out = oiio.ImageOutput.create(str(file))
    assert out is not None
    assert out.open(str(file), spec)
    assert out.write_image(np.zeros((1, 1_000_000, 3), np.float16))
    out.close()
    with pytest.raises(TooLarge):
        exr.read_frame(file)


def test_missing_and_unwritable(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        exr.read_frame(tmp_path / "none.exr")
    with pytest.raises(Unwritable):
        exr.write_frame(tmp_path / "no" / "such" / "folder.exr", _frame(), {})
