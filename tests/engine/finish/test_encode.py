"""Encoders and their readers: what goes in comes out, exactly timed, whole or not at all."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
import soundfile

from secondunit_bridge.errors import BadInput, EngineFault, NotFound, OutOfSpace, TooLarge, Unwritable
from secondunit_bridge.timing import Rate
from secondunit_engine.finish.decode import FrameReader, SoundReader, probe, read_packets
from secondunit_engine.finish.encode import CODECS, Encoder, to_planes

WIDTH, HEIGHT, FILM = 256, 144, Rate(24000, 1001)
FILES = [("prores-hq", "mov"), ("prores-4444", "mov"), ("dnxhr-hqx", "mov"), ("h264", "mp4"), ("h264", "mov")]


def gradient(shift: int) -> np.ndarray:
    """A coloured ramp, (144, 256, 3) floats in 0..1, moved right by `shift` pixels."""
    across = np.linspace(0.1, 0.9, WIDTH)[None, :, None] * np.linspace(1.0, 0.4, HEIGHT)[:, None, None]
    return np.roll((across * np.array([1.0, 0.6, 0.3])).astype(np.float32), shift, axis=1)


def write(path: Path, codec: str, frames: int = 12, sound: Path | None = None, **more: object) -> Path:
    with Encoder(path, codec, FILM, WIDTH, HEIGHT, sound=sound, **more) as encoder:  # type: ignore[arg-type]
        for index in range(frames):
            encoder.write(gradient(index * 4))
    return path


def noise(path: Path, seconds: float) -> np.ndarray:
    samples = np.random.Generator(np.random.PCG64(5)).uniform(-0.5, 0.5, (int(48000 * seconds), 2))
    soundfile.write(path, samples, 48000, subtype="PCM_24")
    return samples


@pytest.mark.parametrize(("codec", "kind"), FILES)
def test_a_picture_comes_back_as_it_was_written(tmp_path: Path, codec: str, kind: str) -> None:
    """Every frame decodes, by its number, to within coding error of the picture that went in."""
    path = write(tmp_path / f"a.{kind}", codec)
    media = probe(path)
    assert (media.codec, media.frames, media.rate, media.width, media.height) == (codec, 12, FILM, WIDTH, HEIGHT)
    with FrameReader(path) as reader:
        for index in (7, 8, 2, 11, 0):
            back = reader.frame(index).to_ndarray(format="rgb48le") / 65535.0
            assert np.abs(back - gradient(index * 4))[:, 8:-8].mean() < 0.012


@pytest.mark.parametrize(("codec", "kind"), FILES)
def test_same_pictures_give_the_same_bytes(tmp_path: Path, codec: str, kind: str) -> None:
    noise(tmp_path / "n.wav", 1)
    files = [write(tmp_path / f"{n}.{kind}", codec, sound=tmp_path / "n.wav") for n in range(2)]
    assert files[0].read_bytes() == files[1].read_bytes()


def test_colour_is_tagged_rec709_in_the_file_and_timecode_starts_as_asked(tmp_path: Path) -> None:
    path = write(tmp_path / "a.mov", "prores-hq", timecode="02:00:00:05")
    with FrameReader(path) as reader:
        frame = reader.frame(0)
    assert (int(frame.colorspace), int(frame.color_primaries), int(frame.color_trc)) == (1, 1, 1)
    assert probe(path).timecode == "02:00:00:05"
    assert probe(write(tmp_path / "b.mov", "dnxhr-hqx")).timecode == "01:00:00:00"


def test_rounding_is_dithered_so_a_dark_ramp_keeps_its_mean(tmp_path: Path) -> None:
    """A level between two code values comes out as a mix of both, with the right mean and no lean over frames."""
    level = (100.3 - 64) / 876
    flat = np.full((64, 64, 3), level, np.float32)
    planes = [to_planes(flat, CODECS["prores-hq"], index)[0] for index in range(4)]
    assert set(np.unique(planes)) == {100, 101}
    assert all(abs(plane.mean() - 100.3) < 0.01 for plane in planes)
    assert not np.array_equal(planes[0], planes[1])


def test_reference_colours_have_the_code_values_of_bt709() -> None:
    """White, black and full red at 10 bits: 940/512/512, 64/512/512, 250/409/960 (BT.709-6)."""
    colours = {(1, 1, 1): (940, 512, 512), (0, 0, 0): (64, 512, 512), (1, 0, 0): (250, 409, 960)}
    for colour, codes in colours.items():
        planes = to_planes(np.broadcast_to(np.array(colour, np.float32), (16, 16, 3)), CODECS["prores-hq"])
        assert all(abs(float(plane.mean()) - code) < 0.5 for plane, code in zip(planes, codes, strict=True))


def test_eight_and_sixteen_bit_pictures_mean_the_same_as_floats() -> None:
    picture = np.round(gradient(0) * 255) / 255
    planes = to_planes(picture, CODECS["prores-hq"])
    for scale, kind in ((255, np.uint8), (65535, np.uint16)):
        whole = to_planes(np.round(picture * scale).astype(kind), CODECS["prores-hq"])
        assert max(np.abs(a.astype(int) - b.astype(int)).max() for a, b in zip(planes, whole, strict=True)) <= 1


@pytest.mark.parametrize("bits", [16, 24])
def test_pcm_sound_is_sample_exact_and_as_long_as_the_picture(tmp_path: Path, bits: int) -> None:
    samples = noise(tmp_path / "n.wav", 2)
    path = write(tmp_path / "a.mov", "prores-hq", sound=tmp_path / "n.wav", sound_bits=bits)
    length = FILM.samples(12)
    with SoundReader(path) as reader:
        for start in (0, 20011, 5):
            back = reader.read(start, 3000)
            assert np.abs(back - samples[start : start + 3000]).max() < 1.01 / 2 ** (bits - 1)
        assert np.all(reader.read(length, 100) == 0)
        assert np.any(reader.read(length - 1, 1) != 0)


def test_short_sound_is_filled_with_silence(tmp_path: Path) -> None:
    noise(tmp_path / "n.wav", 0.1)
    path = write(tmp_path / "a.mov", "prores-hq", sound=tmp_path / "n.wav")
    with SoundReader(path) as reader:
        back = reader.read(0, FILM.samples(12))
    assert np.any(back[4799] != 0)
    assert np.all(back[4800:] == 0)


def test_aac_sound_stays_in_sync_in_mp4(tmp_path: Path) -> None:
    """A click at sample 9600 is found again within a millisecond."""
    click = np.zeros((48000, 2))
    click[9600:9610] = 0.9
    soundfile.write(tmp_path / "click.wav", click, 48000)
    path = write(tmp_path / "a.mp4", "h264", frames=20, sound=tmp_path / "click.wav")
    with SoundReader(path) as reader:
        back = reader.read(0, 30000)
    assert abs(int(np.argmax(np.abs(back[:, 0]))) - 9604) < 48


def test_coded_frames_can_be_copied_between_encoded_ones(tmp_path: Path) -> None:
    """Copied packets are the source's own bytes, in order, after and before frames that were encoded."""
    source = write(tmp_path / "source.mov", "prores-hq")
    with Encoder(tmp_path / "mix.mov", "prores-hq", FILM, WIDTH, HEIGHT) as encoder:
        encoder.write(gradient(0))
        for packet in read_packets(source, 3, 5):
            encoder.copy(packet)
        encoder.write(gradient(44))
    mixed = list(read_packets(tmp_path / "mix.mov", 0, 7))
    assert mixed[1:6] == list(read_packets(source, 3, 5))
    with FrameReader(tmp_path / "mix.mov") as reader:
        last = reader.frame(6).to_ndarray(format="rgb48le") / 65535.0
    assert np.abs(last - gradient(44))[:, 8:-8].mean() < 0.012


def test_unknown_codec_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="prores-hq, prores-4444, dnxhr-hqx, h264"):
        Encoder(tmp_path / "a.mov", "cinepak", FILM, WIDTH, HEIGHT)


@pytest.mark.parametrize(
    ("kind", "arguments", "more"),
    [
        (TooLarge, ("a.mov", "prores-hq", FILM, 100000, 100000), {}),
        (BadInput, ("a.mov", "dnxhr-hqx", FILM, 64, 36), {}),
        (BadInput, ("a.mp4", "h264", FILM, 255, 144), {}),
        (BadInput, ("a.avi", "h264", FILM, 256, 144), {}),
        (BadInput, ("a.mov", "h264", FILM, 256, 144), {"timecode": "25 o'clock"}),
        (NotFound, ("a.mov", "h264", FILM, 256, 144), {"sound": "missing.wav"}),
        (Unwritable, ("nowhere/a.mov", "h264", FILM, 256, 144), {}),
    ],
)
def test_bad_requests_are_typed_and_leave_nothing(tmp_path: Path, kind: type, arguments: tuple, more: dict) -> None:
    more = {key: tmp_path / value if key == "sound" else value for key, value in more.items()}
    with pytest.raises(kind) as caught, Encoder(tmp_path / arguments[0], *arguments[1:], **more):
        pass
    assert caught.value.mend
    assert list(tmp_path.iterdir()) == []


def test_an_error_while_writing_leaves_nothing_and_keeps_the_old_file(tmp_path: Path) -> None:
    path = write(tmp_path / "a.mov", "prores-hq")
    before = path.read_bytes()
    with pytest.raises(EngineFault), Encoder(path, "prores-hq", FILM, WIDTH, HEIGHT) as encoder:  # noqa: PT012
        encoder.write(gradient(0))
        encoder.write(gradient(0)[:8])
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["a.mov"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, a device that is always full")
def test_a_full_disk_is_out_of_space_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / ".a.mov.part").symlink_to("/dev/full")
    noisy = np.random.Generator(np.random.PCG64(1)).uniform(size=(720, 1280, 3))
    encoder = Encoder(tmp_path / "a.mov", "prores-hq", FILM, 1280, 720)
    with pytest.raises(OutOfSpace, match="disk is full"), encoder:
        [encoder.write(noisy) for _ in range(8)]
    assert list(tmp_path.iterdir()) == []


def test_a_playlist_or_text_is_refused_as_media(tmp_path: Path) -> None:
    """A file that makes FFmpeg open other files or the network is not opened."""
    (tmp_path / "a.m3u8").write_text("#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n")
    (tmp_path / "b.mov").write_text("ffconcat version 1.0\nfile /etc/passwd\n")
    for name in ("a.m3u8", "b.mov"):
        with pytest.raises(BadInput, match="cannot be read as media"):
            probe(tmp_path / name)
    with pytest.raises(NotFound):
        probe(tmp_path / "none.mov")


@pytest.mark.referee
@pytest.mark.parametrize(("codec", "kind"), FILES)
def test_ffprobe_agrees_about_frames_rate_colour_and_timecode(tmp_path: Path, codec: str, kind: str) -> None:
    if shutil.which("ffprobe") is None:
        pytest.skip("ffprobe is not installed")
    path = write(tmp_path / f"a.{kind}", codec)
    command = ["ffprobe", "-v", "error", "-count_frames", "-show_streams", "-of", "json", str(path)]
    streams = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)["streams"]
    picture = next(stream for stream in streams if stream["codec_type"] == "video")
    assert (picture["nb_read_frames"], picture["avg_frame_rate"]) == ("12", "24000/1001")
    assert (picture["color_space"], picture["color_transfer"], picture["color_primaries"]) == ("bt709",) * 3
    assert picture["tags"]["timecode"] == "01:00:00:00"
    assert any(stream.get("codec_tag_string") == "tmcd" for stream in streams)
