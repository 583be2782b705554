"""The sound of a shot: stems, a mix as long as the picture to the sample, the bed it stands in, and the cue sheet.

    score_shot(shot, Path("stage.usda"), Path("sound"), Quiet())
    # sound/ambience.wav effects.wav dialogue.wav mix.wav (48 kHz, 24 bit, stereo; the stems add up to the mix)
    # sound/foley.wav (the part of the effects that a Foley artist would make again)
    # sound/ambisonic.wav (third-order AmbiX) surround-5.1.wav surround-7.1.4.wav binaural.wav
    # sound/cues.json

Everything is derived from the plan, from what moves on the stage and from the shot's seed: same inputs, same bytes.
What a guide voice says also depends on the program that speaks, and the binaural fold-down on whose ears were measured:
`voice.voice_name()` and `head.head_name()` belong to a product's name.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from secondunit_engine.planning.plan import ShotPlan
from secondunit_engine.progress import Progress
from secondunit_engine.sound.beds import build_bed
from secondunit_engine.sound.cues import Cue, CueSheet, write_cues
from secondunit_engine.sound.dialogue import speak_lines
from secondunit_engine.sound.effects import find_effects
from secondunit_engine.sound.fold_downs import write_formats
from secondunit_engine.sound.heard import read_heard
from secondunit_engine.sound.mix import BED_LUFS, FOREGROUND_LUFS, Mix, mix_stems
from secondunit_engine.sound.moved import NO_MOVES, Moves, move_events, move_lines, name_cues
from secondunit_engine.sound.soundfield import Soundfield, place_all
from secondunit_engine.sound.wave_file import CuePoint, WaveInfo, write_wav

_FIRST_HOUR: Final = 3600  # seconds: a take's timecode begins at 01:00:00:00
_SIDES: Final = ("left", "right")


def score_shot(shot: ShotPlan, stage: Path, folder: Path, progress: Progress, moves: Moves = NO_MOVES) -> None:
    """Write the sound of a shot into `folder`, with cues where an editor has moved them. Raises BadInput for a stage
    without a camera or ears that cannot be read, Cancelled."""
    count = shot.rate.samples(shot.frames)
    progress.begin("sound", 4)
    shot = move_lines(shot, moves)
    heard, renamed = move_events(shot, read_heard(stage, shot.frames, float(shot.rate.fraction)), moves)
    progress.step(1, "listened to the stage")
    progress.check()
    bed = build_bed(shot, heard, count)
    effects, foley = find_effects(shot, heard, count)
    progress.step(2, "made the sounds")
    progress.check()
    lines, spoken, voice = speak_lines(shot, heard, count)
    placed = place_all(shot, [*bed.sources, *effects, *lines], heard, bed.room, count, progress)
    progress.step(3, "placed them")
    foreground = placed.stems["effects"].any() or placed.stems["dialogue"].any()
    mixed = mix_stems(placed.stems, FOREGROUND_LUFS if foreground else BED_LUFS)
    progress.check()
    cues = name_cues(shot, (*spoken, *foley), moves, renamed)
    _write(shot, placed, mixed, cues, voice, folder)
    progress.step(4, "mixed")


def _write(shot: ShotPlan, placed: Soundfield, mixed: Mix, cues: tuple[Cue, ...], voice: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    info = WaveInfo(shot.id, f"{shot.id} sound", _SIDES, shot.rate, shot.rate.nominal * _FIRST_HOUR)
    stems = {**mixed.stems, "foley": placed.foley * mixed.curve[:, None]}
    for name, stem in stems.items():
        points = _points(cues, name, len(stem))
        write_wav(folder / f"{name}.wav", stem, replace(info, description=f"{shot.id} {name}", points=points))
    write_wav(folder / "mix.wav", mixed.mix, replace(info, description=f"{shot.id} mix", loudness=mixed.loudness))
    formats = write_formats(placed.bed * mixed.curve.astype(np.float32), folder, info)
    measured = mixed.loudness
    report = {
        "integrated_lufs": None if measured.integrated is None else round(measured.integrated, 2),
        "true_peak_dbtp": round(measured.peak, 2),
    }
    notes = ("foley times are at contact; camera_delay_samples later they reach the camera",)
    ordered = tuple(sorted(cues, key=lambda cue: (cue.sample, cue.id)))
    write_cues(folder / "cues.json", CueSheet(shot.id, shot.rate, shot.frames, ordered, voice, notes, report, formats))


def _points(cues: tuple[Cue, ...], stem: str, count: int) -> tuple[CuePoint, ...]:
    """The cues of a stem, in its own file."""
    wanted = [cue for cue in cues if cue.kind == stem and 0 <= cue.sample < count]
    said = [f"{cue.source}: {cue.text}" if cue.kind == "dialogue" else f"{cue.source} {cue.name}" for cue in wanted]
    return tuple(
        CuePoint(cue.sample, name)
        for cue, name in sorted(zip(wanted, said, strict=True), key=lambda each: each[0].sample)
    )
