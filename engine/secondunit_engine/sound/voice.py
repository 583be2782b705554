"""A guide voice for dialogue, if a speech program is installed. It is a guide: labelled so, never a performance.

Looked for in this order: `flite`, `espeak-ng`, the wheel `espeakng-loader` (`pip install "secondunit[voice]"`). Each
runs as a program of its own, which keeps its licence (GPL for espeak) its own as well. With none of them a line has
its cue and its time, but no sound; nothing stands in for it.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
import soundfile
from scipy import signal

from secondunit_engine.sound.noise import SAMPLE_RATE, Samples
from secondunit_engine.sound.spoken import Spoken, estimated_words, told_times

NOT_INSTALLED = "guide voice not installed: lines have cues but no sound (install flite or espeak-ng)"
_LONGEST_TEXT = 2000  # characters of one line
_SECONDS_ALLOWED = 30
_WORDS_A_MINUTE = 165


@dataclass(frozen=True)
class Voice:
    """A speech program: what it is called, and the command that runs it."""

    name: str
    command: tuple[str, ...]


def find_voice() -> Voice | None:
    """The first speech program that is installed, or None."""
    for name in ("flite", "espeak-ng"):
        program = shutil.which(name)
        if program:
            return Voice(name, (program,))
    if importlib.util.find_spec("espeakng_loader") is not None:
        return Voice("espeakng-loader", (sys.executable, "-m", "secondunit_engine.sound.espeak_process"))
    return None


def voice_name() -> str:
    """What speaks here, for the name of a sound product: the same plan sounds otherwise with another voice."""
    voice = find_voice()
    return voice.name if voice else "none"


def speak(voice: Voice, text: str, stretch: float = 1.0) -> Spoken | None:
    """The text spoken, 48 kHz mono, peak 0.5, without silence around it; None if the program cannot say it.

    `stretch` below 1 speaks faster.
    """
    text = text[:_LONGEST_TEXT]
    with tempfile.TemporaryDirectory() as folder:
        wav = Path(folder) / "line.wav"
        try:
            subprocess.run(
                [*voice.command, *_options(voice, wav, stretch)],
                input=text.encode(),
                capture_output=True,
                timeout=_SECONDS_ALLOWED,
                check=True,
            )
            wave, rate = soundfile.read(wav, dtype="float64")
            told = wav.with_name(f"{wav.name}.json")
            events = json.loads(told.read_text("utf-8")) if told.is_file() else None
        except (subprocess.SubprocessError, OSError, soundfile.SoundFileError, ValueError):
            return None
    found = _trim(_to_48k(np.asarray(wave, np.float64), int(rate)))
    if found is None:
        return None
    samples, start = found
    if events is None:
        return Spoken(samples, estimated_words(text, len(samples)))
    return Spoken(samples, *told_times(events, text, SAMPLE_RATE / rate, start, len(samples)), "exact")


def _options(voice: Voice, wav: Path, stretch: float) -> list[str]:
    if voice.name == "flite":
        return ["--setf", f"duration_stretch={stretch:.3f}", "-f", "/dev/stdin", "-o", str(wav)]
    speed = str(round(min(max(_WORDS_A_MINUTE / stretch, 80), 400)))
    if voice.name == "espeak-ng":
        return ["-v", "en-us", "-s", speed, "-w", str(wav), "--stdin"]
    return [str(wav), speed]


def _to_48k(wave: Samples, rate: int) -> Samples:
    ratio = Fraction(SAMPLE_RATE, rate)
    return np.asarray(signal.resample_poly(wave, ratio.numerator, ratio.denominator))


def _trim(wave: Samples) -> tuple[Samples, int] | None:
    """Cut the silence before and after, and ramp the ends; also how much was cut before."""
    loud = np.flatnonzero(np.abs(wave) > 0.01 * max(float(np.abs(wave).max(initial=0.0)), 1e-9))
    if loud.size == 0 or float(np.abs(wave).max()) < 1e-4:
        return None
    wave = wave[loud[0] : loud[-1] + 1]
    ramp = np.minimum(np.arange(len(wave)), np.arange(len(wave))[::-1]) / 96
    return wave * np.minimum(ramp, 1.0) * (0.5 / np.abs(wave).max()), int(loud[0])
