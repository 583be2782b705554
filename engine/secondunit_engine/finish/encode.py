"""Pictures to files: ProRes 422 HQ, ProRes 4444, DNxHR HQX and H.264, with sound and timecode.

Pictures come in display-referred Rec.709 RGB. They become Y'CbCr (ITU-R BT.709-6, narrow range) by one
matrix, and the rounding to 8 or 10 bits is dithered, so that a dark gradient does not band. The file is
written under a temporary name and moved into place when it is whole; the same pictures give the same bytes.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self, cast

import av
import av.container
import av.error
import numpy as np
import soundfile

from secondunit_bridge.errors import BadInput, EngineFault, NotFound, OutOfSpace, TooLarge, Unwritable
from secondunit_bridge.timing import Rate

SAMPLE_RATE = 48000
LARGEST_SIDE = 16384  # pixels
_LAYOUTS = {1: "mono", 2: "stereo", 6: "5.1", 8: "7.1"}
_TIMECODE = re.compile(r"\d{2}:[0-5]\d:[0-5]\d:\d{2}")
_PART = ".part"
_BT709 = 1  # AVCOL_PRI_BT709, AVCOL_TRC_BT709, AVCOL_SPC_BT709
_NARROW = 1  # AVCOL_RANGE_MPEG


@dataclass(frozen=True)
class Codec:
    """How a picture codec is asked of FFmpeg, and what it needs of a picture.

    `across` and `down` say how many pixels share one chroma sample; `smallest` is the least (width, height).
    An intra codec codes each frame on its own, so its frames can be copied one by one.
    """

    name: str
    encoder: str
    pixel_format: str
    bits: int
    across: int
    down: int
    intra: bool
    containers: tuple[str, ...]
    options: dict[str, str] = field(default_factory=dict)
    smallest: tuple[int, int] = (16, 16)


_PRORES = {"vendor": "apl0"}
# A fixed number of frame threads and no macroblock tree: with either, x264's bytes vary from run to run.
_X264 = {"preset": "veryfast", "crf": "18", "x264-params": "threads=4:sliced-threads=0:no-mbtree=1"}
CODECS = {
    codec.name: codec
    for codec in (
        Codec("prores-hq", "prores_ks", "yuv422p10le", 10, 2, 1, True, ("mov",), _PRORES | {"profile": "hq"}),
        Codec("prores-4444", "prores_ks", "yuv444p10le", 10, 1, 1, True, ("mov",), _PRORES | {"profile": "4444"}),
        Codec("dnxhr-hqx", "dnxhd", "yuv422p10le", 10, 2, 1, True, ("mov",), {"profile": "dnxhr_hqx"}, (256, 120)),
        Codec("h264", "libx264", "yuv420p", 8, 2, 2, False, ("mp4", "mov"), _X264),
    )
}


class SoundSource(Protocol):
    """Sound that can be read in order: `channels` wide, 48 kHz."""

    channels: int

    def read(self, start: int, count: int) -> np.ndarray:
        """Samples [start, start + count), shape (count, channels), float32 in -1..1."""
        ...


class WavSound:
    """A 48 kHz sound file as a source; silence past its end. Raises NotFound, BadInput."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise NotFound(f"There is no sound file {path.name}.", mend=f"Expected it at {path}.")
        try:
            self._file = soundfile.SoundFile(path)
        except soundfile.LibsndfileError as fault:
            raise BadInput(f"{path.name} is not a sound file we can read.", mend="Give a 48 kHz WAV file.") from fault
        if self._file.samplerate != SAMPLE_RATE:
            raise BadInput(f"{path.name} has {self._file.samplerate} samples a second.", mend="Give a 48 kHz WAV file.")
        self.channels: int = self._file.channels

    def read(self, start: int, count: int) -> np.ndarray:
        samples = np.zeros((count, self.channels), np.float32)
        if start < self._file.frames:
            self._file.seek(start)
            found = self._file.read(count, dtype="float32", always_2d=True)
            samples[: len(found)] = found
        return samples


def find_codec(name: str) -> Codec:
    """The codec of that name. Raises BadInput that lists the known ones."""
    if name not in CODECS:
        raise BadInput(f"There is no codec called “{name}”.", mend=f"Use one of {', '.join(CODECS)}.")
    return CODECS[name]


def check_size(codec: Codec, width: int, height: int) -> None:
    """Raise BadInput or TooLarge unless the codec can hold pictures of this size in pixels."""
    if width > LARGEST_SIDE or height > LARGEST_SIDE:
        raise TooLarge(
            f"{width}x{height} pixels is too large for {codec.name}.", mend=f"Keep each side within {LARGEST_SIDE}."
        )
    if width < codec.smallest[0] or height < codec.smallest[1]:
        raise BadInput(
            f"{width}x{height} pixels is too small for {codec.name}.",
            mend=f"Use at least {codec.smallest[0]}x{codec.smallest[1]}, or another codec.",
        )
    if width % codec.across or height % codec.down:
        raise BadInput(
            f"{codec.name} cannot hold {width}x{height} pixels.", mend="Use an even width and an even height."
        )


def to_planes(picture: np.ndarray, codec: Codec, index: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Turn a picture into the codec's Y', Cb and Cr code values.

    `picture` is (H, W, 3) display-referred Rec.709: floats in 0..1, or uint8, or uint16. `index` is the frame's
    number and moves the dither. Matrix and narrow range: ITU-R BT.709-6, items 3.2 to 3.4. Chroma sits on the
    left pixel of its pair (BT.709 siting), hence the 1-2-1 filter across.
    """
    if np.issubdtype(picture.dtype, np.integer):
        rgb = picture.astype(np.float32) / np.float32(np.iinfo(picture.dtype).max)
    else:
        rgb = np.clip(np.nan_to_num(picture.astype(np.float32, copy=False)), 0.0, 1.0)  # (H, W, 3)
    luma = rgb @ np.array([0.2126, 0.7152, 0.0722], np.float32)  # (H, W)
    blue = (rgb[..., 2] - luma) / np.float32(1.8556)  # (H, W), -0.5..0.5
    red = (rgb[..., 0] - luma) / np.float32(1.5748)
    blue, red = (_shrink(chroma, codec) for chroma in (blue, red))  # (H / down, W / across)
    unit = 2 ** (codec.bits - 8)
    coded = (219.0 * unit * luma + 16.0 * unit, 224.0 * unit * blue + 128.0 * unit, 224.0 * unit * red + 128.0 * unit)
    y, cb, cr = (_dither(plane, codec.bits, 3 * index + i) for i, plane in enumerate(coded))
    return y, cb, cr


def _shrink(chroma: np.ndarray, codec: Codec) -> np.ndarray:
    """Give `across` x `down` pixels one chroma sample, co-sited with the left column."""
    if codec.across == 2:
        left = np.concatenate([chroma[:, :1], chroma[:, 1:-1:2]], axis=1)
        chroma = 0.25 * left + 0.5 * chroma[:, 0::2] + 0.25 * chroma[:, 1::2]  # (H, W / 2)
    if codec.down == 2:
        chroma = 0.5 * (chroma[0::2] + chroma[1::2])  # (H / 2, W / 2)
    return chroma


_TILE = 64
_THRESHOLDS = (
    (np.random.Generator(np.random.PCG64(709)).permutation(_TILE * _TILE).reshape(_TILE, _TILE) + 0.5) / _TILE**2
).astype(np.float32)  # (64, 64), every level once, 0..1


def _dither(plane: np.ndarray, bits: int, turn: int) -> np.ndarray:
    """Round to code values with a threshold tile that moves each frame: right on average, never banded."""
    height, width = plane.shape
    tile = np.roll(_THRESHOLDS, (turn * 23, turn * 41), axis=(0, 1))
    thresholds = np.tile(tile, (-(-height // _TILE), -(-width // _TILE)))[:height, :width]
    return np.floor(plane + thresholds).astype(np.uint8 if bits == 8 else np.uint16)


class Encoder:
    """Write one picture file, frame by frame, in a `with` block.

    The sound is cut or filled with silence to the length of the picture: PCM (`sound_bits` 16 or 24) in MOV,
    AAC in MP4. Leaving the block whole moves the file into place; leaving it by an error leaves nothing.
    Raises BadInput (codec, size, container, timecode, sound), Unwritable, OutOfSpace.
    """

    def __init__(
        self,
        path: Path,
        codec: str,
        rate: Rate,
        width: int,
        height: int,
        *,
        sound: Path | SoundSource | None = None,
        timecode: str = "01:00:00:00",
        sound_bits: int = 24,
        metadata: dict[str, str] | None = None,
    ) -> None:
        self.codec = find_codec(codec)
        check_size(self.codec, width, height)
        kind = path.suffix.lower().removeprefix(".")
        if kind not in self.codec.containers:
            kinds = " or ".join("." + name for name in self.codec.containers)
            raise BadInput(f"{codec} cannot go into {path.name}.", mend=f"Give the file a name that ends in {kinds}.")
        if not _TIMECODE.fullmatch(timecode) or int(timecode[-2:]) >= rate.nominal:
            raise BadInput(f"“{timecode}” is not a timecode at {rate}.", mend="Write it as HH:MM:SS:FF.")
        if sound_bits not in (16, 24):
            raise BadInput(f"Sound of {sound_bits} bits is not offered.", mend="Use 16 or 24.")
        self.path, self.rate, self.width, self.height = path, rate, width, height
        self.frames = 0
        self._kind, self._timecode, self._sound_bits = kind, timecode, sound_bits
        self._metadata = metadata or {}
        self._sound = WavSound(sound) if isinstance(sound, Path) else sound
        if self._sound is not None and self._sound.channels not in _LAYOUTS:
            raise BadInput(
                f"A picture file cannot carry {self._sound.channels} channels.", mend="Give mono, stereo, 5.1 or 7.1."
            )
        self._part = path.with_name(f".{path.name}{_PART}")
        self._samples = 0

    def __enter__(self) -> Self:
        with _disk_faults(self.path):
            self._part.open("wb").close()  # FFmpeg opens late; a folder that cannot be written is said now
            self._container = av.open(
                str(self._part), "w", format=self._kind, options={"fflags": "+bitexact", "movflags": "+write_colr"}
            )
        try:
            self._open_streams()
        except BaseException:
            self._drop()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, _: TracebackType | None) -> None:
        if kind is not None:
            self._drop()
            return
        try:
            if self.frames == 0:
                raise EngineFault(f"No picture was given for {self.path.name}.")
            with _disk_faults(self.path):
                self.end_run()
                self._add_sound(last=True)
                self._container.close()
                _move_into_place(self._part, self.path)
        except BaseException:
            self._drop()
            raise

    def write(self, picture: np.ndarray) -> None:
        """Add a picture, (H, W, 3) display-referred Rec.709: float in 0..1, uint8 or uint16."""
        if picture.shape != (self.height, self.width, 3):
            raise EngineFault(f"A picture of shape {picture.shape} went to a {self.width}x{self.height} encoder.")
        self.write_planes(to_planes(picture, self.codec, self.frames))

    def write_planes(self, planes: tuple[np.ndarray, np.ndarray, np.ndarray]) -> None:
        """Add a picture that is already in the codec's code values, as `to_planes` gives them."""
        frame = av.VideoFrame(self.width, self.height, self.codec.pixel_format)
        for plane, values in zip(frame.planes, planes, strict=True):
            rows = np.frombuffer(cast(Any, plane), values.dtype).reshape(plane.height, -1)
            rows[:, : plane.width] = values
        frame.pts, frame.time_base = self.frames, 1 / self.rate.fraction
        frame.color_primaries = frame.color_trc = frame.colorspace = _BT709
        frame.color_range = _NARROW
        with _disk_faults(self.path):
            if self._run is None:
                self._run = self._new_run()
            for packet in self._run.encode(frame):
                self._mux(packet)
            self.frames += 1
            self._add_sound()

    def copy(self, packet: bytes) -> None:
        """Add a frame that is already coded, unchanged. Only for intra codecs."""
        if not self.codec.intra:
            raise EngineFault(f"Frames of {self.codec.name} depend on each other and cannot be copied one by one.")
        with _disk_faults(self.path):
            self.end_run()
            coded = av.Packet(packet)
            coded.pts = coded.dts = self.frames
            coded.time_base, coded.duration, coded.is_keyframe = 1 / self.rate.fraction, 1, True
            self._mux(coded)
            self.frames += 1
            self._add_sound()

    def end_run(self) -> None:
        """Write out what the running encoder still holds, so that a copied frame may follow."""
        if self._run is not None:
            for packet in self._run.encode(None):
                self._mux(packet)
            self._run = None

    def _open_streams(self) -> None:
        with _disk_faults(self.path):
            self._stream = cast(av.VideoStream, self._container.add_stream(self.codec.encoder, rate=self.rate.fraction))
            self._configure(self._stream.codec_context)
            self._stream.time_base = 1 / self.rate.fraction
            self._stream.metadata["timecode"] = self._timecode
            for key, value in sorted(self._metadata.items()):
                self._container.metadata[key] = value
            self._run: av.VideoCodecContext | None = self._stream.codec_context
            self._sound_stream: av.AudioStream | None = None
            if self._sound is not None:
                name = "aac" if self._kind == "mp4" else f"pcm_s{self._sound_bits}le"
                layout = _LAYOUTS[self._sound.channels]
                stream = self._container.add_stream(name, rate=SAMPLE_RATE, layout=layout)
                self._sound_stream = cast(av.AudioStream, stream)
                if name == "aac":
                    self._sound_stream.codec_context.bit_rate = 160_000 * self._sound.channels

    def _new_run(self) -> av.VideoCodecContext:
        context = cast(av.VideoCodecContext, av.CodecContext.create(self.codec.encoder, "w"))
        context.framerate = self.rate.fraction
        self._configure(context)
        return context

    def _configure(self, context: av.VideoCodecContext) -> None:
        context.width, context.height, context.pix_fmt = self.width, self.height, self.codec.pixel_format
        context.time_base = 1 / self.rate.fraction
        context.color_primaries = context.color_trc = context.colorspace = _BT709
        context.color_range = _NARROW
        context.options = dict(self.codec.options) | {"flags": "+bitexact"}

    def _mux(self, packet: av.Packet) -> None:
        packet.stream = self._stream
        self._container.mux(packet)

    def _add_sound(self, last: bool = False) -> None:
        """Bring the sound up to the end of the picture so far; samples are counted from zero, so none drift."""
        if self._sound is None or self._sound_stream is None:
            return
        count = self.rate.samples(self.frames, SAMPLE_RATE) - self._samples
        if count > 0:
            samples = np.clip(self._sound.read(self._samples, count), -1.0, 1.0)  # (count, channels)
            self._encode_sound(samples)
            self._samples += count
        if last:
            for packet in self._sound_stream.encode(None):
                self._container.mux(packet)

    def _encode_sound(self, samples: np.ndarray) -> None:
        assert self._sound_stream is not None
        context = self._sound_stream.codec_context
        if context.name == "aac":
            data, kind = np.ascontiguousarray(samples.T, np.float32), "fltp"  # (channels, count)
        else:
            top = 2.0**self._sound_bits / 2
            code = np.clip(np.rint(samples.astype(np.float64) * top), -top, top - 1)
            kind, dtype, shift = ("s16", np.int16, 0) if self._sound_bits == 16 else ("s32", np.int32, 8)
            data = (code.astype(np.int64) << shift).astype(dtype).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(cast(Any, data), format=kind, layout=context.layout.name)
        frame.sample_rate, frame.pts, frame.time_base = SAMPLE_RATE, self._samples, Fraction(1, SAMPLE_RATE)
        for packet in self._sound_stream.encode(frame):
            self._container.mux(packet)

    def _drop(self) -> None:
        """Close and remove the unfinished file; what went wrong before is what the user hears of."""
        try:
            self._container.close()
        except (av.error.FFmpegError, OSError):
            pass
        finally:
            self._part.unlink(missing_ok=True)


def _move_into_place(part: Path, path: Path) -> None:
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    part.replace(path)


@contextmanager
def _disk_faults(path: Path) -> Iterator[None]:
    """Say what a failed write means: a full disk, a folder that cannot be written, or our own fault."""
    try:
        yield
    except OSError as fault:
        if fault.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise OutOfSpace(
                f"The disk is full; {path.name} was not written.", mend="Free some space and run it again."
            ) from fault
        raise Unwritable(
            f"{path.name} cannot be written to {path.parent}.", mend="Choose a folder that exists and can be written."
        ) from fault
    except av.error.FFmpegError as fault:
        raise EngineFault(f"The encoder failed on {path.name}: {fault.strerror}.") from fault
