"""Beats and drops of synthesised tracks that the tracker was never tuned on."""

from __future__ import annotations

import time

import numpy as np

from benchmarks.synthetic_music import make_music
from benchmarks.table import Row
from secondunit_engine.music.beats import find_beats
from secondunit_engine.music.form import find_form
from secondunit_engine.music.onsets import find_onsets

_TRACKS, _DROPS = 40, 20


def measure() -> list[Row]:
    """F-measure (70 ms, after five seconds), bias, downbeats; drops within a frame, false ones; speed."""
    scores: dict[bool, list[float]] = {True: [], False: []}
    late: list[float] = []
    down: list[float] = []
    worked = heard = 0.0
    for seed in range(_TRACKS):
        track = make_music(seed)
        begun = time.process_time()
        beats = find_beats(find_onsets(track.wave))
        worked, heard = worked + time.process_time() - begun, heard + len(track.wave) / 48000
        score = f_measure(track.beats, beats.times)
        scores[seed % 2 == 0].append(score)
        down.append(f_measure(track.downbeats, beats.downbeats))
        if score > 0.9:
            late += [float(beats.times[np.abs(beats.times - beat).argmin()] - beat) for beat in track.beats]
    hits, false = _drops()
    return [
        Row("beats, tracks with drums: F", f"{np.mean(scores[True]):.3f}", "", "0.95"),
        Row("beats, tracks without drums: F", f"{np.mean(scores[False]):.3f}", "", "0.80"),
        Row("beats: bias", f"{1000 * np.mean(late):.1f}", "ms", "5"),
        Row("downbeats: F", f"{np.mean(down):.3f}", ""),
        Row(f"drops within a frame, of {_DROPS}", str(hits), "", f"{_DROPS * 9 // 10}"),
        Row("false drops", str(false), "", "0"),
        Row("beat tracker", f"{heard / worked:.0f}", "x real time"),
    ]


def _drops() -> tuple[int, int]:
    hits = false = 0
    for seed in range(_DROPS):
        track = make_music(seed, seconds=32, with_drop=True)
        onsets = find_onsets(track.wave)
        near = [abs(drop.time - track.drops[0]) < 1 / 24 for drop in find_form(onsets, find_beats(onsets)).drops]
        hits, false = hits + any(near), false + len(near) - sum(near)
        plain = find_onsets(make_music(seed).wave)
        false += len(find_form(plain, find_beats(plain)).drops)
    return hits, false


def f_measure(truth: np.ndarray, found: np.ndarray) -> float:
    """Hits within 70 ms, each once, beats of the first five seconds left out, as mir_eval.beat counts."""
    truth, found = truth[truth >= 5], found[found >= 5]
    free = np.ones(len(found), bool)
    hits = 0
    for beat in truth:
        away = np.where(free, np.abs(found - beat), np.inf)
        if len(away) and away.min() <= 0.07:
            free[away.argmin()] = False
            hits += 1
    return 2 * hits / max(len(truth) + len(found), 1)
