"""A mood board is measured right where the answer is known, and a stranger's files are checked before they are read."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import numpy as np
import OpenImageIO as oiio
import pytest
from numpy.typing import NDArray
from PIL import Image

from secondunit_bridge.errors import BadInput, NotFound, TooLarge
from secondunit_engine.color import encode_srgb, to_rec709
from secondunit_engine.finish.temperature import black_body, correlated_temperature
from secondunit_engine.oklab import from_oklab, to_oklab
from secondunit_engine.script import mood_board, pictures
from secondunit_engine.script.mood_board import measure_picture, read_mood_board
from secondunit_engine.script.pictures import read_picture

Array = NDArray[np.float64]
_XYZ = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
                 [0.0193339, 0.1191920, 0.9503041]])  # fmt: skip


def save(path: Path, linear: Array) -> Path:
    Image.fromarray((encode_srgb(linear) * 255 + 0.5).astype(np.uint8)).save(path)
    return path


def ramp(height: int = 90, width: int = 160) -> Array:
    """A grey picture that gets lighter from left to right, linear."""
    return np.broadcast_to(np.linspace(0.02, 0.6, width)[None, :, None], (height, width, 3)).copy()


def cielab(rgb: Array) -> Array:
    """CIE 1976 L*a*b* of linear Rec.709 under D65, for the difference by which palettes are judged."""
    t = rgb @ _XYZ.T / [0.95047, 1.0, 1.08883]
    f = np.where(t > 216 / 24389, np.cbrt(t), (24389 / 27 * t + 16) / 116)
    return np.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], axis=-1)


@pytest.mark.parametrize(
    ("xy", "kelvin"),
    [((0.44757, 0.40745), 2856), ((0.34567, 0.35850), 5003), ((0.31271, 0.32902), 6504), ((0.29902, 0.31485), 7504)],
)
def test_the_correlated_temperatures_of_standard_illuminants(xy: tuple[float, float], kelvin: float) -> None:
    """CIE A, D50, D65 and D75, by their published values."""
    assert correlated_temperature(xy)[0] == pytest.approx(kelvin, rel=0.01)


def test_oklab_goes_there_and_back_and_knows_white() -> None:
    rng = np.random.Generator(np.random.PCG64(1))
    colors = rng.random((500, 3))
    np.testing.assert_allclose(from_oklab(to_oklab(colors)), colors, atol=1e-6)
    np.testing.assert_allclose(to_oklab([1, 1, 1]), [1, 0, 0], atol=1e-4)


@pytest.mark.parametrize("kelvin", [2400, 3200, 4500, 5600, 6500, 8000, 10000])
def test_a_grey_ramp_under_a_lamp_shows_the_lamps_temperature(kelvin: float) -> None:
    """Within 5%, also with coloured things in the picture."""
    light = to_rec709(black_body(kelvin))
    picture = ramp() * light / light.max()
    assert measure_picture("a", picture).kelvin == pytest.approx(kelvin, rel=0.05)
    picture[10:40, 20:60] *= [0.9, 0.2, 0.1]
    picture[50:80, 100:150] *= [0.1, 0.5, 0.3]
    assert measure_picture("a", picture).kelvin == pytest.approx(kelvin, rel=0.05)


def test_coloured_light_has_no_temperature() -> None:
    assert measure_picture("a", ramp() * [0.1, 1.0, 0.2]).kelvin is None


def test_the_palette_finds_the_colours_that_are_there() -> None:
    """Five patches of known share: each is found within delta E 3, the largest first, and the same every time."""
    codes = np.array([(40, 42, 60), (190, 80, 60), (230, 220, 200), (60, 110, 90), (150, 40, 120)]) / 255
    colors = np.where(codes <= 0.04045, codes / 12.92, ((codes + 0.055) / 1.055) ** 2.4)
    shares = (0.4, 0.25, 0.2, 0.1, 0.05)
    rng = np.random.Generator(np.random.PCG64(2))
    columns = np.concatenate([np.full(round(200 * share), k) for k, share in enumerate(shares)])
    picture = np.clip(colors[np.tile(columns, (100, 1))] * (1 + 0.02 * rng.standard_normal((100, 200, 1))), 0, 1)
    palette = measure_picture("a", picture).palette
    found = np.array([swatch.color for swatch in palette])
    for color, share in zip(colors, shares, strict=True):
        away = np.linalg.norm(cielab(found) - cielab(color), axis=1)
        assert away.min() < 3
        assert palette[int(np.argmin(away))].share == pytest.approx(share, abs=0.02)
    assert [swatch.share for swatch in palette] == sorted((swatch.share for swatch in palette), reverse=True)
    assert palette == measure_picture("a", picture).palette


def test_contrast_key_and_haze_follow_the_tones() -> None:
    """A ramp of five stops has five stops less its ends; dark is low key, pale is high, lifted blacks are haze."""
    stops = 0.5 * 2 ** np.linspace(-5, 0, 200)
    wide = measure_picture("a", np.broadcast_to(stops[None, :, None], (50, 200, 3)))
    assert wide.contrast == pytest.approx(4.5, abs=0.05)
    keys = [measure_picture("a", ramp() * gain + lift) for gain, lift in ((0.1, 0), (1.0, 0), (0.5, 0.45))]
    assert [mood.key for mood in keys] == ["low", "neutral", "high"]
    clear, hazy = measure_picture("a", ramp() - 0.02), measure_picture("a", ramp() * 0.5 + 0.12)
    assert hazy.haze > 0.35
    assert clear.haze < 0.2


def test_the_direction_of_the_light_is_where_it_gets_brighter() -> None:
    """Right, left and top are told apart, surely; noise has no direction."""
    right = measure_picture("a", ramp())
    assert right.light[0] > 1
    assert abs(right.light[1]) < 0.1
    assert right.confidence > 0.7
    assert measure_picture("a", ramp()[:, ::-1]).light[0] < -1
    top = measure_picture("a", np.rot90(ramp()))
    assert top.light[1] > 1
    rng = np.random.Generator(np.random.PCG64(4))
    assert measure_picture("a", np.repeat(rng.random((90, 160, 1)), 3, axis=2)).confidence < 0.2


def test_saturation_and_tones_are_those_of_the_colours() -> None:
    grey, blue = measure_picture("a", ramp()), measure_picture("a", ramp() * [0.7, 0.9, 1.3])
    assert grey.saturation < 1e-4
    assert blue.saturation > 0.02
    assert blue.shadows[1] < -0.005
    assert blue.highlights[1] < -0.01


def test_a_board_is_the_middle_of_its_pictures_and_reports_what_is_none(tmp_path: Path) -> None:
    """Three pictures in the order of their names; a text, a folder and a picture in name only are left out."""
    for name, gain in (("b.png", 0.1), ("a.jpg", 0.5), ("c.webp", 1.0)):
        save(tmp_path / name, ramp() * gain)
    (tmp_path / "notes.txt").write_text("warm")
    (tmp_path / "fake.png").write_text("not a picture")
    (tmp_path / "more").mkdir()
    board = read_mood_board(tmp_path)
    assert [mood.name for mood in board.pictures] == ["a.jpg", "b.png", "c.webp"]
    assert board.left_out == ("fake.png", "more", "notes.txt")
    assert board.whole.levels[2] == pytest.approx(board.pictures[0].levels[2])
    assert board.nearest(lambda mood: mood.levels[2]).name == "a.jpg"
    assert {swatch.picture for swatch in board.whole.palette} <= {"a.jpg", "b.png", "c.webp"}
    assert board == read_mood_board(tmp_path)


def test_every_kind_of_file_reads_alike(tmp_path: Path) -> None:
    """PNG of 8 and 16 bits, TIFF, WebP, JPEG and a linear EXR of one picture give the same pixels, nearly."""
    picture = ramp()
    for name in ("a.png", "b.tif", "c.webp", "d.jpg"):
        save(tmp_path / name, picture)
    for name, kind, values in (("e.exr", "half", picture), ("f.png", "uint16", encode_srgb(picture))):
        out = oiio.ImageOutput.create(str(tmp_path / name))
        assert out is not None
        assert out.open(str(tmp_path / name), oiio.ImageSpec(160, 90, 3, kind))
        assert out.write_image(values.astype(np.float32))
        out.close()
    for path in sorted(tmp_path.iterdir()):
        np.testing.assert_allclose(read_picture(path), picture, atol=0.02, err_msg=path.name)


def test_large_pictures_are_made_small_grey_ones_are_grey_and_clear_pixels_do_not_count(tmp_path: Path) -> None:
    large = save(tmp_path / "large.png", np.repeat(np.repeat(ramp(), 8, axis=0), 8, axis=1))
    assert max(read_picture(large).shape) <= pictures.SIDE
    Image.new("L", (40, 20), 128).save(tmp_path / "grey.png")
    grey = read_picture(tmp_path / "grey.png")
    np.testing.assert_allclose(grey, 0.2158, atol=1e-3)
    see_through = np.zeros((20, 40, 4), np.uint8)
    see_through[:, :20] = (200, 200, 200, 255)
    Image.fromarray(see_through).save(tmp_path / "clear.png")
    clear = read_picture(tmp_path / "clear.png")
    assert np.isnan(clear[:, 20:]).all()
    assert measure_picture("clear", clear).key == "high"


def test_a_picture_lies_as_its_camera_was_held(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 3
    Image.fromarray((encode_srgb(ramp()) * 255).astype(np.uint8)).save(tmp_path / "turned.jpg", exif=exif)
    assert measure_picture("a", read_picture(tmp_path / "turned.jpg")).light[0] < -1


def bomb(path: Path, width: int, height: int) -> Path:
    """A PNG that says it is huge in a few bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b""))
    return path


def test_a_hostile_file_is_named_and_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A decompression bomb, a file cut short, and one over the limit of bytes; nothing is decoded first."""
    with pytest.raises(TooLarge, match=r"bomb\.png has 9000x9000"):
        read_picture(bomb(tmp_path / "bomb.png", 9000, 9000))
    with pytest.raises(BadInput, match=r"bomb\.png is broken, or far too large"):
        read_picture(bomb(tmp_path / "bomb.png", 60000, 60000))
    whole = save(tmp_path / "whole.png", np.random.default_rng(1).random((200, 200, 3)))
    cut = tmp_path / "cut.png"
    cut.write_bytes(whole.read_bytes()[:2000])
    with pytest.raises(BadInput, match=r"cut\.png"):
        read_picture(cut)
    (tmp_path / "junk.exr").write_bytes(b"\x76\x2f\x31\x01" + b"\xff" * 100)
    with pytest.raises(BadInput, match=r"junk\.exr"):
        read_picture(tmp_path / "junk.exr")
    monkeypatch.setattr(pictures, "MOST_BYTES", 1000)
    with pytest.raises(TooLarge, match=r"whole\.png"):
        read_picture(whole)


def test_a_folder_that_is_no_board_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotFound, match="nowhere"):
        read_mood_board(tmp_path / "nowhere")
    with pytest.raises(BadInput, match="no picture"):
        read_mood_board(tmp_path)
    for number in range(3):
        save(tmp_path / f"{number}.png", ramp())
    monkeypatch.setattr(mood_board, "MOST_PICTURES", 2)
    with pytest.raises(TooLarge, match="3 pictures"):
        read_mood_board(tmp_path)
    monkeypatch.setattr(mood_board, "MOST_ENTRIES", 2)
    with pytest.raises(TooLarge, match="files"):
        read_mood_board(tmp_path)
    Image.fromarray(np.zeros((8, 8, 4), np.uint8)).save(tmp_path / "clear.png")
    with pytest.raises(BadInput, match=r"clear\.png is all transparent"):
        measure_picture("clear.png", read_picture(tmp_path / "clear.png"))
