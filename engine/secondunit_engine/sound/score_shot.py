"""The sound of a shot: stems, a mix as long as the picture to the sample, and the cue sheet.

    score_shot(shot, Path("stage.usda"), Path("sound"), Quiet())
    # sound/ambience.wav effects.wav dialogue.wav mix.wav (48 kHz, 24 bit, stereo; the stems add up to the mix)
    # sound/cues.json

Everything is derived from the plan, from what moves on the stage and from the shot's seed: same inputs, same bytes.
What a guide voice says also depends on the program that speaks: `voice.voice_name()` belongs to a product's name.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from secondunit_engine.planning.plan import ShotPlan
from secondunit_engine.progress import Progress
from secondunit_engine.sound.beds import build_bed
from secondunit_engine.sound.cues import Cue, CueSheet, write_cues
from secondunit_engine.sound.dialogue import speak_lines
from secondunit_engine.sound.effects import find_effects
from secondunit_engine.sound.heard import Heard, read_heard
from secondunit_engine.sound.mix import BED_LUFS, FOREGROUND_LUFS, Mix, mix_stems, write_wav
from secondunit_engine.sound.noise import Samples
from secondunit_engine.sound.room import Room, reverberate, room_answer
from secondunit_engine.sound.source import STEMS, Source, place


def score_shot(shot: ShotPlan, stage: Path, folder: Path, progress: Progress) -> None:
    """Write the sound of a shot into `folder`. Raises BadInput for a stage without a camera, Cancelled."""
    count = shot.rate.samples(shot.frames)
    progress.begin("sound", 4)
    heard = read_heard(stage, shot.frames, float(shot.rate.fraction))
    progress.step(1, "listened to the stage")
    progress.check()
    bed = build_bed(shot, heard, count)
    effects, foley = find_effects(shot, heard, count)
    progress.step(2, "made the sounds")
    progress.check()
    lines, spoken, voice = speak_lines(shot, heard, count)
    sources = [*bed.sources, *effects, *lines]
    stems = _place_all(shot, sources, heard, bed.room, count, progress)
    progress.step(3, "placed them")
    foreground = stems["effects"].any() or stems["dialogue"].any()
    mixed = mix_stems(stems, FOREGROUND_LUFS if foreground else BED_LUFS)
    _write(shot, mixed, (*spoken, *foley), voice, folder)
    progress.step(4, "mixed")


def _place_all(
    shot: ShotPlan, sources: list[Source], heard: Heard, room: Room, count: int, progress: Progress
) -> dict[str, Samples]:
    """Every source into its stem, with the room's answer; stereo (count, 2) by stem."""
    rate = float(shot.rate.fraction)
    answer = room_answer(room, shot.seed)
    stems: dict[str, Samples] = {stem: np.zeros((count, 2)) for stem in STEMS}
    sends: dict[str, Samples] = {stem: np.zeros(count) for stem in STEMS}
    for source in sources:
        progress.check()
        direct, send = place(source, heard.listener, rate, count)
        stems[source.stem] += direct
        sends[source.stem] += send
    for stem, send in sends.items():
        if send.any():
            stems[stem] += reverberate(send, answer)
    return stems


def _write(shot: ShotPlan, mixed: Mix, cues: tuple[Cue, ...], voice: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, stem in mixed.stems.items():
        write_wav(folder / f"{name}.wav", stem)
    write_wav(folder / "mix.wav", mixed.mix)
    report = {
        "integrated_lufs": None if mixed.lufs is None else round(mixed.lufs, 2),
        "true_peak_dbtp": round(mixed.peak_dbtp, 2),
    }
    notes = ("foley times are at contact; camera_delay_samples later they reach the camera",)
    ordered = tuple(sorted(cues, key=lambda cue: (cue.sample, cue.id)))
    write_cues(folder / "cues.json", CueSheet(shot.id, shot.rate, shot.frames, ordered, voice, notes, report))
