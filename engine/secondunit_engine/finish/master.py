"""One master file from a cut: copied where nothing changed, coded anew only where it must be.

Intra-coded frames (ProRes, DNxHR) of the master's own codec, size and rate are copied packet by packet, so a plain
cut loses nothing. Dissolves are mixed in the codec's own code values, which equals mixing display-referred RGB,
since the matrix between them is linear. A clip that is reframed, or has another shape than the master, is resampled
from its own pixels. Sound is cut by the sample and cross-faded at equal power.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np

from secondunit_bridge.conform import Cut, Mix, Segment, Shown, Source
from secondunit_bridge.cut import Reframe
from secondunit_bridge.errors import BadInput
from secondunit_bridge.timing import Rate
from secondunit_engine.finish.decode import FrameReader, Media, SoundReader, probe, read_packets
from secondunit_engine.finish.encode import SAMPLE_RATE, Codec, Encoder, find_codec
from secondunit_engine.finish.place import place, same_shape
from secondunit_engine.progress import Progress
from secondunit_engine.sound.levelling import Levelled, LoudnessReport, level
from secondunit_engine.sound.loudness import Target

Planes = tuple[np.ndarray, np.ndarray, np.ndarray]
_MOST_OPEN = 16  # files held open at once


@dataclass(frozen=True)
class Mastered:
    """What was made. `copied_frames` are the source's own bytes; `gaps` are (first frame, frames) of black."""

    path: Path
    frames: int
    rate: Rate
    copied_frames: int
    encoded_frames: int
    gaps: tuple[tuple[int, int], ...]
    notes: tuple[str, ...]
    loudness: LoudnessReport | None = None


def make_master(
    cut: Cut,
    rate: Rate,
    size: tuple[int, int] | None,
    codec: str,
    path: Path,
    progress: Progress,
    loudness: Target | None = None,
) -> Mastered:
    """Make the master of a cut at `path`. `size` is (width, height) in pixels; None takes the first clip's. Its
    sound is brought to `loudness`, if that is given.

    Raises BadInput (codec, size, rate, media shorter than its use), NotFound, OutOfSpace, Unwritable, Cancelled;
    whatever it raises, no file is left.
    """
    if rate != cut.rate:
        raise BadInput(f"The cut runs at {cut.rate}, not {rate}.", mend=f"Conform it at {cut.rate}.")
    chosen = find_codec(codec)
    media = {source.path: probe(source.path) for segment in cut.picture for source in segment.sources}
    width, height = size or _first_size(cut, media)
    segments = [(part, _can_copy(part, chosen, media, rate, (width, height))) for part in cut.picture]
    copied = 0
    notes = [*cut.notes, *_barred(cut, media, (width, height))]
    count = rate.samples(cut.frames, SAMPLE_RATE)
    report = level(lambda: CutSound(cut), count, loudness, progress) if loudness else None
    progress.begin("conform", cut.frames)
    with ExitStack() as held:
        cut_sound = held.enter_context(CutSound(cut))
        sound = Levelled(cut_sound, report.levelling, count) if report else cut_sound
        frames = held.enter_context(_Frames(chosen, rate, width, height))
        start = rate.timecode(cut.start)
        encoder = held.enter_context(Encoder(path, codec, rate, width, height, sound=sound, timecode=start))
        for segment, whole in segments:
            if whole:
                copied += segment.frames
            for coded in _coded(segment, frames, rate, whole):
                progress.check()
                encoder.copy(coded) if isinstance(coded, bytes) else encoder.write_planes(coded)
                progress.step(encoder.frames)
        notes += cut_sound.notes
    return Mastered(
        path=path,
        frames=cut.frames,
        rate=rate,
        copied_frames=copied,
        encoded_frames=cut.frames - copied,
        gaps=tuple((gap.record_start, gap.frames) for gap in cut.gaps),
        notes=tuple(dict.fromkeys([*notes, *([report.sentence] if report else [])])),
        loudness=report,
    )


def _barred(cut: Cut, media: dict[Path, Media], size: tuple[int, int]) -> list[str]:
    """A note for each file of another shape than the master."""
    used = dict.fromkeys(source.path for segment in cut.picture for source in segment.sources)
    other = [
        path for path in used if media[path].frames and not same_shape((media[path].width, media[path].height), size)
    ]
    return [f"{path.name} has another shape than the master: it is fitted with bars." for path in other]


def _first_size(cut: Cut, media: dict[Path, Media]) -> tuple[int, int]:
    for segment in cut.picture:
        for source in segment.sources:
            return media[source.path].width, media[source.path].height
    raise BadInput("The cut shows no picture.", mend="Put a clip on a video track.")


def _can_copy(segment: Segment, codec: Codec, media: dict[Path, Media], rate: Rate, size: tuple[int, int]) -> bool:
    """Whether the segment's frames can be copied as they are. Raises BadInput if its media cannot show it."""
    for source in segment.sources:
        found = media[source.path]
        if not found.frames or found.rate is None:
            raise BadInput(f"The media of {source.clip} has no picture.", mend="Relink it to a file with a picture.")
        last = max(_media_frame(source, index, found, rate) for index in (0, segment.frames - 1))
        if last >= found.frames:
            raise BadInput(
                f"The clip {source.clip} uses frame {last} of {found.path.name}, which has {found.frames}.",
                mend="Trim the clip, or relink it to a longer take.",
            )
    shown = segment.shown
    if not isinstance(shown, Source):
        return False
    found = media[shown.path]
    same = (found.codec, found.rate, (found.width, found.height)) == (codec.name, rate, size)
    opaque = not found.pixel_format.startswith("yuva")  # an alpha channel changes the file's header
    return codec.intra and same and opaque and shown.step == 1 and shown.reframe is None


def _media_frame(source: Source, index: int, media: Media, rate: Rate) -> int:
    """The frame of the file that record frame `index` of the run shows."""
    if media.rate is None or media.rate == source.rate:
        return source.frame(index)
    seconds = (source.start + index * source.step) / source.rate.fraction
    return int(seconds * media.rate.fraction // 1)


def _coded(segment: Segment, frames: _Frames, rate: Rate, whole: bool) -> Iterator[bytes | Planes]:
    shown = segment.shown
    if whole and isinstance(shown, Source):
        yield from read_packets(shown.path, shown.frame(0), segment.frames)
        return
    for index in range(segment.frames):
        yield tuple(np.rint(plane).astype(frames.kind) for plane in frames.shown(shown, index))  # type: ignore[misc]


class _Frames:
    """Decoded frames as the master's code values, float32, from a few files held open."""

    def __init__(self, codec: Codec, rate: Rate, width: int, height: int) -> None:
        self.codec, self.rate, self.width, self.height = codec, rate, width, height
        self.kind = np.uint8 if codec.bits == 8 else np.uint16
        self._open: dict[Path, tuple[FrameReader, Media]] = {}

    def __enter__(self) -> _Frames:
        return self

    def __exit__(self, *_: object) -> None:
        for reader, _media in self._open.values():
            reader.close()

    def shown(self, shown: Shown, index: int) -> Planes:
        """What the record shows at unit `index` of a run: Y', Cb, Cr code values, float32."""
        if shown is None:
            unit = 2 ** (self.codec.bits - 8)
            shape = (self.height // self.codec.down, self.width // self.codec.across)
            black = np.full((self.height, self.width), 16 * unit, np.float32)
            grey = np.full(shape, 128 * unit, np.float32)
            return black, grey, grey
        if isinstance(shown, Mix):
            weight = np.float32(shown.weight(index))
            before, after = self.shown(shown.before, index), self.shown(shown.after, index)
            y, cb, cr = (one + (other - one) * weight for one, other in zip(before, after, strict=True))
            return y, cb, cr
        reader, media = self._reader(shown.path)
        frame = reader.frame(_media_frame(shown, index, media, self.rate))
        size = (self.width, self.height)
        if shown.reframe is not None or not same_shape((media.width, media.height), size):
            return place(self._planes(frame, fit=False), shown.reframe or Reframe(), size, self.codec)
        return self._planes(frame)

    def _reader(self, path: Path) -> tuple[FrameReader, Media]:
        if path not in self._open:
            if len(self._open) >= _MOST_OPEN:
                self._open.pop(next(iter(self._open)))[0].close()
            self._open[path] = FrameReader(path), probe(path)
        self._open[path] = self._open.pop(path)  # the last used is the last to be closed
        return self._open[path]

    def _planes(self, frame: av.VideoFrame, *, fit: bool = True) -> Planes:
        """Code values at the master's sampling and depth, and at its size or else (not `fit`) at the frame's own."""
        depth = frame.format.components[0].bits
        width, height = (self.width, self.height) if fit else (frame.width // 2 * 2, frame.height // 2 * 2)
        sampling = (frame.width // max(1, frame.planes[1].width), frame.height // max(1, frame.planes[1].height))
        wanted = (self.codec.across, self.codec.down)
        if (frame.width, frame.height) != (width, height) or sampling != wanted or not _planar(frame):
            frame = frame.reformat(
                width, height, self.codec.pixel_format, dst_colorspace="ITU709", dst_color_range="MPEG",
                interpolation="BICUBIC",
            )  # fmt: skip
            depth = self.codec.bits
        scale = np.float32(2.0 ** (self.codec.bits - depth))
        y, cb, cr = (_values(plane, depth) * scale for plane in frame.planes[:3])
        return y, cb, cr


def _planar(frame: av.VideoFrame) -> bool:
    """Whether the frame is plain narrow-range Y'CbCr in three planes."""
    return frame.format.name.startswith("yuv4") and int(frame.color_range) != 2  # AVCOL_RANGE_JPEG


def _values(plane: Any, depth: int) -> np.ndarray:
    kind = np.uint8 if depth == 8 else np.uint16
    rows = np.frombuffer(plane, kind).reshape(plane.height, -1)
    return rows[:, : plane.width].astype(np.float32)  # (H, W)


class CutSound:
    """The sound of a cut as a source for the encoder: 48 kHz stereo, lanes summed, read in order."""

    channels = 2

    def __init__(self, cut: Cut) -> None:
        self._lanes = cut.sound
        self._next = [0] * len(cut.sound)
        self._open: dict[Path, SoundReader | None] = {}
        self._may_be_silent = cut.sound_of_picture
        self.notes: list[str] = []

    def __enter__(self) -> CutSound:
        return self

    def __exit__(self, *_: object) -> None:
        for reader in self._open.values():
            if reader is not None:
                reader.close()

    def read(self, start: int, count: int) -> np.ndarray:
        """Samples [start, start + count) of the record, shape (count, 2), float32. `start` never goes back."""
        total = np.zeros((count, 2), np.float32)
        for number, lane in enumerate(self._lanes):
            total += self._read_lane(number, lane, start, count)
        return total

    def _read_lane(self, number: int, lane: Sequence[Segment], start: int, count: int) -> np.ndarray:
        result = np.zeros((count, 2), np.float32)
        index = self._next[number]
        while index < len(lane) and lane[index].record_start < start + count:
            segment = lane[index]
            low = max(start, segment.record_start)
            high = min(start + count, segment.record_start + segment.frames)
            if low < high:
                result[low - start : high - start] = self._heard(segment.shown, low - segment.record_start, high - low)
            if segment.record_start + segment.frames > start + count:
                break
            index += 1
        self._next[number] = index
        return result

    def _heard(self, shown: Shown, begin: int, count: int) -> np.ndarray:
        """Samples of a run from its unit `begin`, shape (count, 2)."""
        if shown is None:
            return np.zeros((count, 2), np.float32)
        if isinstance(shown, Mix):
            first, last = float(shown.weight(begin)), float(shown.weight(begin + count))
            weight = first + (last - first) / count * np.arange(count)  # (count,)
            fade_out, fade_in = np.cos(weight * np.pi / 2)[:, None], np.sin(weight * np.pi / 2)[:, None]
            before, after = self._heard(shown.before, begin, count), self._heard(shown.after, begin, count)
            return (before * fade_out + after * fade_in).astype(np.float32)  # equal power
        reader = self._reader(shown)
        if reader is None or shown.step == 0:  # a still makes no sound
            return np.zeros((count, 2), np.float32)
        per_unit = SAMPLE_RATE / shown.rate.fraction  # samples of one unit of the media's rate
        first, step = (shown.start + begin * shown.step) * per_unit, shown.step * per_unit
        if step == 1:
            return reader.read(round(first), count)
        return _varispeed(reader, float(first), float(step), count)

    def _reader(self, source: Source) -> SoundReader | None:
        """The file's sound, or None (and a note) where a picture brings none."""
        if source.path not in self._open:
            if probe(source.path).channels == 0:
                if not self._may_be_silent:
                    raise BadInput(
                        f"The clip {source.clip} on a sound track has no sound.", mend="Relink or remove it."
                    )
                self.notes.append(f"{source.path.name} brings no sound.")
                self._open[source.path] = None
            else:
                self._open[source.path] = SoundReader(source.path)
        return self._open[source.path]


def _varispeed(reader: SoundReader, first: float, step: float, count: int) -> np.ndarray:
    """Sound at another speed, pitch and all, by linear interpolation, shape (count, 2)."""
    at = first + step * np.arange(count)
    low = int(np.floor(at.min()))
    samples = reader.read(low, int(np.ceil(at.max())) - low + 2)
    return np.stack([np.interp(at - low, np.arange(len(samples)), side) for side in samples.T], axis=1).astype(
        np.float32
    )
