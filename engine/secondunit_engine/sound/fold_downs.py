"""What is made of a bed for those who listen without a decoder: loudspeakers and headphones; and the bed itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np

from secondunit_engine.sound.ambisonics import CHANNELS
from secondunit_engine.sound.binaural import ear_filters, listen
from secondunit_engine.sound.head import head_name
from secondunit_engine.sound.loudspeakers import FIVE_ONE, SEVEN_ONE_FOUR, Layout, fold
from secondunit_engine.sound.mix import CEILING_DBTP, limiter
from secondunit_engine.sound.noise import Samples
from secondunit_engine.sound.wave_file import WaveInfo, write_wav

_HEADROOM: Final = 10 ** (CEILING_DBTP / 20)


@dataclass(frozen=True)
class Format:
    """A file of the shot's sound: its channels, what they are, and its gain [dB] against the stereo mix."""

    file: str
    channels: int
    layout: str
    gain: float = 0.0


def write_formats(bed: Samples, folder: Path, info: WaveInfo) -> tuple[Format, ...]:
    """Write a bed (16, count), already at the level of the mix, and its fold-downs. Raises BadInput (a set of ears)."""
    peak = float(np.abs(bed).max(initial=0.0))
    gain = min(1.0, _HEADROOM / peak) if peak else 1.0
    layout = "AmbiX third order, ACN, SN3D"
    names = tuple(f"ACN {channel}" for channel in range(CHANNELS))
    known = replace(info, names=names, mask=0, description=f"{info.description}; {layout}", note=layout)
    write_wav(folder / "ambisonic.wav", (bed * gain).T, known)
    formats = [Format("ambisonic.wav", CHANNELS, layout, round(20 * float(np.log10(gain)), 2))]
    formats += [_speakers(bed, each, folder, info) for each in (FIVE_ONE, SEVEN_ONE_FOUR)]
    return (*formats, _headphones(bed, folder, info))


def _speakers(bed: Samples, layout: Layout, folder: Path, info: WaveInfo) -> Format:
    wave = fold(bed, layout).T  # (count, speakers)
    said = f"{layout.name}: {' '.join(speaker[0] for speaker in layout.speakers)}; the LFE is silent"
    names = tuple(speaker[0] for speaker in layout.speakers)
    known = replace(info, names=names, mask=layout.mask, description=f"{info.description}; {said}", note=said)
    file = f"surround-{layout.name}.wav"
    write_wav(folder / file, wave * limiter(wave)[:, None], known)
    return Format(file, len(names), said)


def _headphones(bed: Samples, folder: Path, info: WaveInfo) -> Format:
    head = head_name()
    wave = listen(bed, ear_filters(head)).T  # (count, 2)
    said = f"binaural, MagLS, ears of: {head}"
    known = replace(info, names=("left ear", "right ear"), description=f"{info.description}; {said}", note=said)
    write_wav(folder / "binaural.wav", wave * limiter(wave)[:, None], known)
    return Format("binaural.wav", 2, said)
