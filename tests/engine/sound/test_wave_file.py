"""WAV files hold what they say: format, bext, iXML and cue points, read by libsndfile, FFmpeg and by hand."""

from __future__ import annotations

import struct
from pathlib import Path
from xml.etree import ElementTree

import av
import numpy as np
import pytest
import soundfile

from secondunit_bridge.timing import Rate
from secondunit_engine.sound.loudness import Loudness
from secondunit_engine.sound.noise import generator
from secondunit_engine.sound.wave_file import CuePoint, WaveInfo, write_wav


def chunks_of(path: Path) -> dict[bytes, bytes]:
    data, found, at = path.read_bytes(), {}, 12
    assert data[:4] + data[8:12] == b"RIFFWAVE"
    assert struct.unpack("<I", data[4:8])[0] == len(data) - 8
    while at < len(data):
        size = struct.unpack("<I", data[at + 4 : at + 8])[0]
        found[data[at : at + 4]] = data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2
    return found


@pytest.mark.parametrize("channels", [1, 2, 6, 12, 16])
def test_samples_come_back_to_the_bit_and_the_same_bytes_are_written_twice(tmp_path: Path, channels: int) -> None:
    whole = generator(1, channels).integers(-(1 << 23) + 1, 1 << 23, (4801, channels))
    info = WaveInfo("sh010", "a test", tuple(f"ACN {n}" for n in range(channels)), mask=0 if channels > 2 else None)
    for name in ("one.wav", "two.wav"):
        write_wav(tmp_path / name, whole / 8388607, info)
    assert (tmp_path / "one.wav").read_bytes() == (tmp_path / "two.wav").read_bytes()
    read, rate = soundfile.read(tmp_path / "one.wav", dtype="int32", always_2d=True)
    assert rate == 48000
    assert (np.asarray(read, np.int64) // 256 == whole).all()
    with av.open(str(tmp_path / "one.wav")) as container:
        stream = container.streams.audio[0]
        assert (stream.codec_context.channels, stream.codec_context.sample_rate) == (channels, 48000)
    kind, _, _, _, _, bits = struct.unpack("<HHIIHH", chunks_of(tmp_path / "one.wav")[b"fmt "][:16])
    assert (kind, bits) == (0xFFFE if channels > 2 else 1, 24)
    if channels > 2:
        assert struct.unpack("<I", chunks_of(tmp_path / "one.wav")[b"fmt "][20:24]) == (0,)


def test_bext_and_ixml_say_where_the_sound_lies_and_what_it_measures(tmp_path: Path) -> None:
    """At 23.976 the timecode 01:00:00:00 is 3603.6 s after midnight."""
    rate = Rate(24000, 1001)
    loudness = Loudness(-23.04, -18.5, -20.25, 6.5, -1.52)
    info = WaveInfo("sh<010>", "mix", ("left", "right"), rate, 86400, loudness=loudness)
    write_wav(tmp_path / "mix.wav", np.zeros((480, 2)), info)
    chunks = chunks_of(tmp_path / "mix.wav")
    bext = chunks[b"bext"]
    assert bext[:3] == b"mix"
    low, high, version = struct.unpack("<IIH", bext[338:348])
    assert (low, high, version) == (round(3603.6 * 48000), 0, 2)
    assert struct.unpack("<5h", bext[412:422]) == (-2304, 650, -152, -1850, -2025)
    xml = ElementTree.fromstring(chunks[b"iXML"])
    assert xml.findtext("SCENE") == "sh<010>"
    assert xml.findtext("SPEED/TIMECODE_RATE") == "24000/1001"
    assert [track.findtext("NAME") for track in xml.iter("TRACK")] == ["left", "right"]


def test_cue_points_have_their_sample_and_name(tmp_path: Path) -> None:
    points = (CuePoint(100, "Mara: hé"), CuePoint(3000, "cup strikes", 480))
    write_wav(tmp_path / "cues.wav", np.zeros((4800, 2)), WaveInfo(points=points))
    chunks = chunks_of(tmp_path / "cues.wav")
    assert struct.unpack("<I", chunks[b"cue "][:4]) == (2,)
    assert [struct.unpack("<II4sIII", chunks[b"cue "][at : at + 24])[5] for at in (4, 28)] == [100, 3000]
    assert "Mara: hé".encode() + b"\0" in chunks[b"LIST"]
    assert struct.pack("<II", 2, 480) in chunks[b"LIST"]
    assert soundfile.info(tmp_path / "cues.wav").frames == 4800
