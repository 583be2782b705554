"""A music track as samples: any file that FFmpeg reads, of any rate and any number of channels, read as hostile."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import av
import numpy as np
from av.container import InputContainer
from av.error import FFmpegError
from numpy.typing import NDArray

from secondunit_bridge.errors import BadInput, NotFound, TooLarge
from secondunit_engine.music.onsets import SAMPLE_RATE

LONGEST: Final = 1200  # s
SHORTEST: Final = 4  # s
_CONTAINERS: Final = "mov,mxf,matroska,wav,w64,aiff,flac,mp3,ogg,aac,mpegts"
_RATES: Final = (4000, 768000)  # Hz
_CHANNELS: Final = 64


def read_track(path: Path) -> NDArray[np.float32]:
    """The track, mono (count,) at 48 kHz: the mean of its channels. Raises NotFound, BadInput, TooLarge."""
    if not path.is_file():
        raise NotFound(f"There is no music track at {path}.", mend="Name a WAV, AIFF, FLAC, MP3, M4A or OGG file.")
    try:
        with av.open(str(path), options={"protocol_whitelist": "file", "format_whitelist": _CONTAINERS}) as container:
            if not container.streams.audio:
                raise BadInput(f"{path.name} has no sound.", mend="Name a WAV, AIFF, FLAC, MP3, M4A or OGG file.")
            wave = _decoded(container, path)
    except (FFmpegError, OSError, ValueError) as fault:
        raise BadInput(
            f"{path.name} cannot be read as music; it is damaged, protected or no sound.",
            mend="Export it as WAV or FLAC from the program that made it.",
        ) from fault
    if len(wave) < SHORTEST * SAMPLE_RATE:
        raise BadInput(
            f"{path.name} lasts {len(wave) / SAMPLE_RATE:.1f} s; a beat needs {SHORTEST} s.",
            mend="Give a longer track.",
        )
    return wave


def _decoded(container: InputContainer, path: Path) -> NDArray[np.float32]:
    stream = container.streams.audio[0]
    context = stream.codec_context
    if not (_RATES[0] <= context.sample_rate <= _RATES[1] and 1 <= context.channels <= _CHANNELS):
        raise BadInput(f"{path.name} has a rate or channels that no music has.", mend="Export it as stereo of 48 kHz.")
    if container.duration and container.duration / av.time_base > LONGEST:
        raise _too_long(path)
    to_48k = av.AudioResampler(format="fltp", layout="mono", rate=SAMPLE_RATE)
    blocks: list[NDArray[np.float32]] = []
    count = 0
    for frame in container.decode(stream):
        for piece in to_48k.resample(_mono(frame)):
            blocks.append(piece.to_ndarray()[0])
            count += len(blocks[-1])
        if count > LONGEST * SAMPLE_RATE:
            raise _too_long(path)
    blocks += [piece.to_ndarray()[0] for piece in to_48k.resample(None)]
    wave = np.concatenate(blocks) if blocks else np.zeros(0, np.float32)
    return np.nan_to_num(wave, posinf=0.0, neginf=0.0).astype(np.float32)


def _mono(frame: av.AudioFrame) -> av.AudioFrame:
    """The mean of a frame's channels; no layout has to be known for that."""
    values = frame.to_ndarray()  # (channels, n) if planar, else (1, n * channels)
    channels = frame.layout.nb_channels
    if not frame.format.is_planar:
        values = values.reshape(-1, channels).T
    scale = {"u1": (128.0, 128.0), "i2": (0.0, 32768.0), "i4": (0.0, 2147483648.0)}
    zero, full = scale.get(values.dtype.str[1:], (0.0, 1.0))
    mono = (values.mean(axis=0, dtype=np.float64) - zero) / full
    made = av.AudioFrame.from_ndarray(mono.astype(np.float32)[None], format="fltp", layout="mono")
    made.sample_rate = frame.sample_rate
    return made


def _too_long(path: Path) -> TooLarge:
    return TooLarge(f"{path.name} is over {LONGEST // 60} minutes.", mend="Cut out the part that the film runs to.")
