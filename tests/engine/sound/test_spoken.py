"""The guide's words, phones and mouth shapes are where they sound, and a line's cue says what an ADR editor asks."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile

from secondunit_engine.planning.plan import CameraPlan, DialoguePlan, ShotPlan
from secondunit_engine.progress import Quiet
from secondunit_engine.sound import dialogue
from secondunit_engine.sound.score_shot import score_shot
from secondunit_engine.sound.spoken import Sounding, Spoken, estimated_words, told_times, viseme_of
from secondunit_engine.sound.voice import find_voice, speak
from tests.engine.sound.conftest import make_stage


def test_what_a_voice_tells_becomes_words_and_phones_of_what_was_kept() -> None:
    """Times at 24 kHz, of which the first 100 samples (at 48 kHz) were cut off; a pause ends the word before it."""
    events: list[tuple[str, int, object]] = [
        ("word", 50, [0, 2]), ("phone", 50, "h"), ("phone", 100, "aɪ"), ("phone", 200, ""),
        ("word", 300, [4, 5]), ("phone", 300, "m"), ("phone", 400, "ˈɑː"),
    ]  # fmt: skip
    words, phones = told_times(events, "hi, Marta", 2.0, 100, 900)
    assert words == (Sounding("hi", 0, 300), Sounding("Marta", 500, 400))
    assert [phone.text for phone in phones] == ["h", "aɪ", "", "m", "ˈɑː"]
    assert sum(phone.length for phone in phones) == 900
    spoken = Spoken(np.zeros(900), words, phones, "exact")
    assert [shape.text for shape in spoken.visemes] == ["kk", "aa", "rest", "mm", "aa"]


@pytest.mark.parametrize(("phone", "viseme"), [("p", "mm"), ("ˈuː", "ou"), ("ʃ", "ss"), ("v", "ff"), ("", "rest")])
def test_phones_have_the_mouth_shapes_of_the_face(phone: str, viseme: str) -> None:
    assert viseme_of(phone) == viseme


def test_estimated_words_fill_the_line_in_order() -> None:
    words = estimated_words("What is up, everybody!", 48000)
    assert [word.text for word in words] == ["What", "is", "up", "everybody"]
    assert all(a.sample + a.length == b.sample for a, b in pairwise(words))
    assert words[-1].sample + words[-1].length == pytest.approx(48000, abs=4)


@pytest.mark.referee
@pytest.mark.skipif(find_voice() is None, reason="flite, espeak-ng or espeakng-loader is not installed")
def test_the_lips_close_when_the_guide_closes_them() -> None:
    """In "ah pa ah pa" the sound is softest where the times say that the lips are closed, within a frame of 24."""
    voice = find_voice()
    assert voice is not None
    spoken = speak(voice, "ah papa papa")
    assert spoken is not None
    if spoken.timing == "estimated":
        pytest.skip(f"{voice.name} does not tell its times")
    closures = [shape for shape in spoken.visemes if shape.text == "mm"]
    assert len(closures) == 4
    loud = np.sqrt(np.convolve(spoken.samples**2, np.ones(480) / 480, "same"))
    for closure in closures:
        near = slice(max(closure.sample - 2000, 0), closure.sample + closure.length + 2000)
        softest = near.start + int(loud[near].argmin())
        assert closure.sample - 2000 <= softest <= closure.sample + closure.length + 2000
        assert loud[near].min() < 0.3 * loud.max()


def test_a_lines_cue_says_why_how_urgent_and_when_its_words_are(
    tmp_path: Path, vlog: ShotPlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On screen in a close-up comes first, off screen last; a shout is an effort; what was cut off is a reason."""
    tone = 0.5 * np.sin(np.arange(48000) / 20)
    said = Spoken(tone, (Sounding("hey", 0, 20000),), (Sounding("h", 0, 20000),), "exact")
    monkeypatch.setattr(dialogue, "find_voice", lambda: dialogue.Voice("a voice", ("none",)))
    monkeypatch.setattr(dialogue, "speak", lambda voice, text, stretch=1.0: said)
    lines = (
        DialoguePlan("HOST", "hey", 6, 30),
        DialoguePlan("HOST", "AAAH", 36, 6, parenthetical="screaming"),
        DialoguePlan("VOICE", "hey", 10, 30, off_screen=True),
    )
    shot = replace(vlog, dialogue=lines, camera=CameraPlan(size="CU"))
    score_shot(shot, make_stage(tmp_path, "bedroom_studio", 60), tmp_path, Quiet())
    cues = json.loads((tmp_path / "cues.json").read_text())["cues"]
    first, shouted, off = (next(cue for cue in cues if cue["id"] == f"sh010-line-{number}") for number in (1, 2, 3))
    assert (first["priority"], first["on_screen"], first["effort"]) == (1, True, False)
    assert (first["reason"], first["timing"]) == ("guide voice only", "exact")
    assert first["words"] == [{"text": "hey", "sample": 12000, "length": 20000}]
    assert (shouted["effort"], shouted["reason"]) == (True, "longer than its shot")
    assert shouted["words"][0]["length"] == 12000
    assert (off["priority"], off["on_screen"], off["reason"]) == (3, False, "off screen: record wild")
    heard = np.abs(soundfile.read(tmp_path / "dialogue.wav")[0]).max(axis=1)
    assert 12000 <= int(np.argmax(heard > 1e-3)) < 12100
