"""Files to pictures and sound, by exact frame and sample number.

Files may come from strangers: only plain media containers on this machine are opened (no playlists, no
network), and their sizes are checked before a frame is decoded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Self

import av
import av.container
import av.error
import numpy as np

from secondunit_bridge.errors import BadInput, NotFound, TooLarge
from secondunit_bridge.timing import Rate
from secondunit_engine.finish.encode import LARGEST_SIDE, SAMPLE_RATE

_CONTAINERS = "mov,mxf,matroska,wav,w64,aiff,flac,mp3,avi,mpegts"
_TAGS = {"apch": "prores-hq", "ap4h": "prores-4444", "avc1": "h264"}


@dataclass(frozen=True)
class Media:
    """What a file holds. `codec` is one of ours, or FFmpeg's name of another; `frames` is 0 without a picture."""

    path: Path
    codec: str
    pixel_format: str
    width: int
    height: int
    rate: Rate | None
    frames: int
    channels: int
    timecode: str


def open_media(path: Path) -> av.container.InputContainer:
    """Open a media file for reading. Raises NotFound, BadInput."""
    if not path.is_file():
        raise NotFound(f"There is no media file {path.name}.", mend=f"Relink the clip; it was looked for at {path}.")
    try:
        return av.open(str(path), options={"protocol_whitelist": "file", "format_whitelist": _CONTAINERS})
    except (av.error.FFmpegError, OSError) as fault:
        raise BadInput(
            f"{path.name} cannot be read as media.", mend="Relink the clip to a MOV, MP4, MXF or WAV file."
        ) from fault


def probe(path: Path) -> Media:
    """Read what a media file holds, from its header. Raises NotFound, BadInput, TooLarge."""
    with open_media(path) as container:
        sounds, pictures = container.streams.audio, container.streams.video
        channels = sounds[0].codec_context.channels if sounds else 0
        if not pictures:
            return Media(path, "", "", 0, 0, None, 0, channels, "")
        stream = pictures[0]
        context = stream.codec_context
        if max(context.width, context.height) > LARGEST_SIDE:
            raise TooLarge(
                f"{path.name} has {context.width}x{context.height} pixels.", mend=f"Keep each side in {LARGEST_SIDE}."
            )
        if stream.average_rate is None or context.width == 0:
            raise BadInput(f"{path.name} does not say its frame rate or size.", mend="Relink the clip to other media.")
        rate = Rate(stream.average_rate.numerator, stream.average_rate.denominator)
        seconds = stream.duration * stream.time_base if stream.duration and stream.time_base else Fraction(0)
        return Media(
            path=path,
            codec=_codec_name(context),
            pixel_format=context.pix_fmt or "",
            width=context.width,
            height=context.height,
            rate=rate,
            frames=stream.frames or rate.frames(Fraction(seconds)),
            channels=channels,
            timecode=stream.metadata.get("timecode", container.metadata.get("timecode", "")),
        )


def _codec_name(context: av.VideoCodecContext) -> str:
    if context.name == "dnxhd" and (context.profile or "").replace("_", " ").upper() == "DNXHR HQX":
        return "dnxhr-hqx"
    return _TAGS.get(context.codec_tag, context.name)


class FrameReader:
    """Decode frames of one file by number, fast when they are asked for in rising order."""

    def __init__(self, path: Path) -> None:
        self._container = open_media(path)
        self._path = path
        if not self._container.streams.video:
            self._container.close()
            raise BadInput(f"{path.name} has no picture.", mend="Relink the clip to a file with a picture.")
        self._stream = self._container.streams.video[0]
        self._stream.thread_type = "AUTO"
        self._frames: Iterator[av.VideoFrame] = iter(())
        self._last: tuple[int, av.VideoFrame] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, _: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._container.close()

    def frame(self, index: int) -> av.VideoFrame:
        """The frame shown at `index` frames from the start of the file. Raises BadInput past its end."""
        if self._last is None or not self._last[0] <= index <= self._last[0] + 16:
            self._seek(index)
        try:
            while self._last is None or self._last[0] < index:
                frame = next(self._frames)
                self._last = (self._index(frame), frame)
        except StopIteration:
            raise BadInput(
                f"{self._path.name} ends before frame {index}.", mend="Trim the clip, or relink it to a longer take."
            ) from None
        except av.error.FFmpegError as fault:
            raise BadInput(f"{self._path.name} is damaged at frame {index}.", mend="Relink the clip.") from fault
        return self._last[1]

    def _seek(self, index: int) -> None:
        start, base, rate = self._clock()
        self._container.seek(int(start + index / rate / base), stream=self._stream, backward=True)
        self._frames = self._container.decode(self._stream)
        self._last = None

    def _index(self, frame: av.VideoFrame) -> int:
        start, base, rate = self._clock()
        return round(((frame.pts or 0) - start) * base * rate)

    def _clock(self) -> tuple[int, Fraction, Fraction]:
        rate, base = self._stream.average_rate, self._stream.time_base
        if rate is None or base is None:
            raise BadInput(f"{self._path.name} does not say its frame rate.", mend="Relink the clip to other media.")
        return self._stream.start_time or 0, base, rate


def read_packets(path: Path, start: int, count: int) -> Iterator[bytes]:
    """The coded frames [start, start + count) of an intra-coded file, as they lie in it. Raises BadInput."""
    with open_media(path) as container:
        stream = container.streams.video[0]
        base, rate = stream.time_base, stream.average_rate
        if rate is None or base is None:
            raise BadInput(f"{path.name} does not say its frame rate.", mend="Relink the clip to other media.")
        first = stream.start_time or 0
        container.seek(int(first + start / rate / base), stream=stream, backward=True)
        wanted = start
        for packet in container.demux(stream):
            if packet.pts is None or wanted >= start + count:
                break
            index = round((packet.pts - first) * base * rate)
            if index == wanted:
                yield bytes(packet)
                wanted += 1
        if wanted < start + count:
            raise BadInput(f"{path.name} ends before frame {wanted}.", mend="Trim the clip, or relink it.")


class SoundReader:
    """The first sound stream of a file as 48 kHz stereo, by sample number; silence past its ends."""

    channels = 2

    def __init__(self, path: Path) -> None:
        self._container = open_media(path)
        if not self._container.streams.audio:
            self._container.close()
            raise BadInput(f"{path.name} has no sound.", mend="Relink the clip to a file with sound.")
        self._path = path
        self._stream = self._container.streams.audio[0]
        self._at = -1  # the sample that self._held starts at
        self._held = np.zeros((0, 2), np.float32)
        self._blocks: Iterator[tuple[int, np.ndarray]] = iter(())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, _: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._container.close()

    def read(self, start: int, count: int) -> np.ndarray:
        """Samples [start, start + count) at 48 kHz, shape (count, 2), float32."""
        if start < 0:
            silence = np.zeros((min(-start, count), 2), np.float32)
            return np.concatenate([silence, self.read(0, count + start)]) if count > -start else silence
        if not 0 <= self._at <= start <= self._at + len(self._held) + SAMPLE_RATE:
            self._seek(start)
        try:
            while self._at + len(self._held) < start + count:
                at, block = next(self._blocks)
                self._hold(at, block, start)
        except StopIteration:
            pass
        except av.error.FFmpegError as fault:
            raise BadInput(f"The sound of {self._path.name} is damaged.", mend="Relink the clip.") from fault
        self._drop_before(start)
        found = self._held[:count]
        return np.concatenate([found, np.zeros((count - len(found), 2), np.float32)])

    def _seek(self, start: int) -> None:
        base = self._stream.time_base or Fraction(1, SAMPLE_RATE)
        early = max(0, start - SAMPLE_RATE // 10)  # lets a lossy codec settle
        offset = (self._stream.start_time or 0) + int(Fraction(early, SAMPLE_RATE) / base)
        self._container.seek(offset, stream=self._stream, backward=True)
        self._blocks = self._decode()
        self._held, self._at = np.zeros((0, 2), np.float32), 0

    def _decode(self) -> Iterator[tuple[int, np.ndarray]]:
        """Blocks of samples, shape (count, 2), each with the sample number it starts at."""
        resampler = av.AudioResampler(format="fltp", layout="stereo", rate=SAMPLE_RATE)
        at: int | None = None
        for frame in self._container.decode(self._stream):
            if at is None:
                at = round((frame.pts or 0) * (frame.time_base or Fraction(1, SAMPLE_RATE)) * SAMPLE_RATE)
            for part in resampler.resample(frame):
                block = part.to_ndarray().T  # (count, 2)
                yield at, block
                at += len(block)
        for part in resampler.resample(None):
            yield at or 0, part.to_ndarray().T

    def _hold(self, at: int, block: np.ndarray, start: int) -> None:
        if len(self._held) == 0:
            self._at = at
        self._held = np.concatenate([self._held, block])
        self._drop_before(start)

    def _drop_before(self, start: int) -> None:
        """Let go of samples before `start`; a file whose sound begins later is led in by silence."""
        if len(self._held) and self._at > start:
            self._held = np.concatenate([np.zeros((self._at - start, 2), np.float32), self._held])
            self._at = start
        passed = min(max(0, start - self._at), len(self._held))
        self._held, self._at = self._held[passed:], self._at + passed
