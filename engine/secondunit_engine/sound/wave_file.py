"""WAV files as sound departments want them: 48 kHz, 24 bit, with bext (EBU Tech 3285 v2), iXML and cue chunks.

More than two channels are WAVE_FORMAT_EXTENSIBLE; a mask of 0 says that they are no loudspeakers, as in an ambisonic
bed. No chunk holds a date: the same sound gives the same bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

import numpy as np

from secondunit_bridge.errors import TooLarge
from secondunit_bridge.timing import Rate
from secondunit_engine.sound.loudness import Loudness
from secondunit_engine.sound.noise import SAMPLE_RATE, Samples

_BYTES: Final = 3
_FULL: Final = 8388607
_PCM, _EXTENSIBLE = 1, 0xFFFE
_SUBFORMAT: Final = bytes.fromhex("000000001000800000aa00389b71")  # after the format's own two bytes
_LARGEST: Final = 0xFFFF_FFFF - (1 << 20)
_NOT_MEASURED: Final = 0x7FFF  # what bext says where no loudness was measured


@dataclass(frozen=True)
class CuePoint:
    """A sample, its name, and how many samples it lasts."""

    sample: int
    name: str
    length: int = 0


@dataclass(frozen=True)
class WaveInfo:
    """What a file says of itself: the shot, its rate and first frame (timecode counted in frames), a description and a
    name for each channel. `mask` places channels at loudspeakers; None for mono and stereo, which need none."""

    scene: str = ""
    description: str = ""
    names: tuple[str, ...] = ()
    rate: Rate = Rate(24)
    start: int = 0
    mask: int | None = None
    loudness: Loudness | None = None
    points: tuple[CuePoint, ...] = ()
    note: str = ""


def write_wav(path: Path, wave: Samples, info: WaveInfo | None = None) -> None:
    """Write (count, channels) with what is known of it. Raises TooLarge over 4 GiB."""
    count, channels = wave.shape
    info = info or WaveInfo()
    if count * channels * _BYTES > _LARGEST:
        raise TooLarge(f"{path.name} would be over 4 GiB.", mend="Shoot the scene in shorter shots.")
    chunks = [_chunk(b"fmt ", _format(channels, info.mask)), _chunk(b"bext", _bext(info)), _chunk(b"iXML", _ixml(info))]
    after = _points(info.points)
    size = count * channels * _BYTES
    head = b"".join(chunks)
    with path.open("wb") as file:
        total = 4 + len(head) + 8 + size + size % 2 + len(after)
        file.write(b"RIFF" + struct.pack("<I", total) + b"WAVE" + head + b"data" + struct.pack("<I", size))
        for begin in range(0, count, SAMPLE_RATE):
            file.write(pack(wave[begin : begin + SAMPLE_RATE]))
        file.write(b"\0" * (size % 2) + after)


def pack(wave: Samples) -> bytes:
    """Samples (n, channels) as 24-bit little-endian integers."""
    whole = np.rint(np.clip(np.ascontiguousarray(wave), -1, 1) * _FULL).astype("<i4")
    return whole.view(np.uint8).reshape(-1, 4)[:, :_BYTES].tobytes()


def _chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def _format(channels: int, mask: int | None) -> bytes:
    block = channels * _BYTES
    kind = _PCM if mask is None and channels <= 2 else _EXTENSIBLE
    body = struct.pack("<HHIIHH", kind, channels, SAMPLE_RATE, SAMPLE_RATE * block, block, 8 * _BYTES)
    if kind == _PCM:
        return body
    return body + struct.pack("<HHIH", 22, 8 * _BYTES, mask or 0, _PCM) + _SUBFORMAT


def _bext(info: WaveInfo) -> bytes:
    start = int(info.rate.seconds(info.start) * SAMPLE_RATE)
    measured = info.loudness
    levels = [
        _NOT_MEASURED if value is None else round(value * 100)
        for value in (
            (measured.integrated, measured.range, measured.peak, measured.momentary, measured.short_term)
            if measured
            else (None,) * 5
        )
    ]
    return (
        _text(info.description, 256)
        + _text("Second Unit", 32)
        + _text(info.scene, 32)
        + bytes(18)  # no date, no time
        + struct.pack("<IIH", start & 0xFFFF_FFFF, start >> 32, 2)
        + bytes(64)
        + struct.pack("<5h", *(max(min(level, 0x7FFF), -0x8000) for level in levels))
        + bytes(180)
        + _text(f"A=PCM,F={SAMPLE_RATE},W=24,M={len(info.names) or 1},T=Second Unit\r\n", 0)
    )


def _text(text: str, size: int) -> bytes:
    """Text of a chunk, filled up to `size` bytes; 0 leaves it as long as it is."""
    said = text.encode("ascii", "replace")
    return said[:size].ljust(size, b"\0") if size else said


def _ixml(info: WaveInfo) -> bytes:
    start = int(info.rate.seconds(info.start) * SAMPLE_RATE)
    drop = "NDF"
    tracks = "".join(
        f"<TRACK><CHANNEL_INDEX>{index}</CHANNEL_INDEX><INTERLEAVE_INDEX>{index}</INTERLEAVE_INDEX>"
        f"<NAME>{escape(name)}</NAME></TRACK>"
        for index, name in enumerate(info.names, start=1)
    )
    rate = info.rate
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<BWFXML><IXML_VERSION>2.10</IXML_VERSION>'
        f"<PROJECT>Second Unit</PROJECT><SCENE>{escape(info.scene)}</SCENE><NOTE>{escape(info.note)}</NOTE>"
        f"<SPEED><MASTER_SPEED>{rate}</MASTER_SPEED><CURRENT_SPEED>{rate}</CURRENT_SPEED>"
        f"<TIMECODE_RATE>{rate}</TIMECODE_RATE><TIMECODE_FLAG>{drop}</TIMECODE_FLAG>"
        f"<FILE_SAMPLE_RATE>{SAMPLE_RATE}</FILE_SAMPLE_RATE><AUDIO_BIT_DEPTH>24</AUDIO_BIT_DEPTH>"
        f"<TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_HI>{start >> 32}</TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_HI>"
        f"<TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_LO>{start & 0xFFFFFFFF}</TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_LO>"
        f"<TIMESTAMP_SAMPLE_RATE>{SAMPLE_RATE}</TIMESTAMP_SAMPLE_RATE></SPEED>"
        f"<TRACK_LIST><TRACK_COUNT>{len(info.names)}</TRACK_COUNT>{tracks}</TRACK_LIST></BWFXML>\n"
    )
    return text.encode("utf-8")


def _points(points: Sequence[CuePoint]) -> bytes:
    """A cue chunk, and the names and lengths of its points in an adtl list; nothing without points."""
    if not points:
        return b""
    cues, notes = struct.pack("<I", len(points)), b"adtl"
    for number, point in enumerate(points, start=1):
        name = point.name.encode("utf-8") + b"\0"
        cues += struct.pack("<II4sIII", number, point.sample, b"data", 0, 0, point.sample)
        notes += _chunk(b"labl", struct.pack("<I", number) + name)
        if point.length:
            notes += _chunk(b"ltxt", struct.pack("<II4sHHHH", number, point.length, b"rgn ", 0, 0, 0, 0) + name)
    return _chunk(b"cue ", cues) + _chunk(b"LIST", notes)
