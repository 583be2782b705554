"""A shot's sound is as long as its picture, as loud as asked, the same every time, and says what it is."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile
from pxr import Usd

from secondunit_bridge.errors import BadInput, Cancelled
from secondunit_bridge.timing import Rate
from secondunit_engine.motion.events import Event, write_events
from secondunit_engine.planning.plan import ShotPlan
from secondunit_engine.progress import Quiet
from secondunit_engine.sound import dialogue
from secondunit_engine.sound.impacts import strike
from secondunit_engine.sound.loudness import measure, true_peak
from secondunit_engine.sound.score_shot import score_shot
from secondunit_engine.sound.spoken import Spoken
from secondunit_engine.sound.voice import NOT_INSTALLED
from secondunit_engine.world.author import new_layer
from tests.engine.sound.conftest import make_shot, make_stage

STEMS = ("ambience", "effects", "dialogue")
PLACES = ("led_tunnel", "library", "bedroom_studio", "arena", "nowhere known")


def _score(folder: Path, shot: ShotPlan) -> tuple[dict[str, np.ndarray], dict]:
    stage = make_stage(folder, shot.set.place, shot.frames)
    score_shot(shot, stage, folder, Quiet())
    waves = {name: soundfile.read(folder / f"{name}.wav")[0] for name in (*STEMS, "mix")}
    return waves, json.loads((folder / "cues.json").read_text())


@pytest.mark.parametrize(("rate", "samples"), [(Rate(24), 94000), (Rate(24000, 1001), 94094), (Rate(25), 90240)])
def test_every_file_is_as_long_as_the_picture_to_the_sample(tmp_path: Path, rate: Rate, samples: int) -> None:
    waves, _ = _score(tmp_path, make_shot("bedroom_studio", 47, rate))
    assert {name: wave.shape for name, wave in waves.items()} == dict.fromkeys(waves, (samples, 2))
    assert soundfile.info(tmp_path / "mix.wav").subtype == "PCM_24"
    assert soundfile.info(tmp_path / "mix.wav").samplerate == 48000


@pytest.mark.parametrize("place", PLACES)
def test_a_place_is_never_silent_never_clips_never_clicks_and_its_stems_add_up(tmp_path: Path, place: str) -> None:
    waves, sheet = _score(tmp_path, make_shot(place))
    mix = waves["mix"]
    assert np.abs(mix - sum(waves[name] for name in STEMS)).max() < 1e-6
    windows = np.sqrt((mix[: len(mix) // 2400 * 2400] ** 2).reshape(-1, 2400, 2).mean(axis=(1, 2)))
    assert windows[1:-1].min() > 1e-4
    assert true_peak(mix) < 10 ** (-1 / 20)
    assert np.abs(mix[[0, -1]]).max() < 1e-3
    loudness = measure(mix).integrated
    assert loudness is not None
    assert loudness == pytest.approx(-23 if waves["effects"].any() else -32, abs=0.5)
    assert sheet["loudness"]["integrated_lufs"] == pytest.approx(loudness, abs=0.02)


def test_the_same_shot_gives_the_same_bytes_and_another_seed_does_not(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("one", "two", "three")]
    for folder, seed in zip(folders, (7, 7, 8), strict=True):
        folder.mkdir()
        _score(folder, make_shot("library", 24, seed=seed))
    for name in ("mix.wav", "ambience.wav", "effects.wav", "cues.json"):
        assert (folders[0] / name).read_bytes() == (folders[1] / name).read_bytes(), name
    assert (folders[0] / "mix.wav").read_bytes() != (folders[2] / "mix.wav").read_bytes()


def test_a_car_crosses_from_left_to_right_and_falls_in_pitch_as_it_passes(tmp_path: Path) -> None:
    waves, sheet = _score(tmp_path, make_shot("led_tunnel", 72))
    left, right = (waves["effects"][:, ear] for ear in (0, 1))
    third = len(left) // 3
    assert np.sum(left[:third] ** 2) > 1.5 * np.sum(right[:third] ** 2)
    assert np.sum(right[-third:] ** 2) > 1.5 * np.sum(left[-third:] ** 2)
    cue = next(cue for cue in sheet["cues"] if cue["name"] == "car passes closest")
    assert cue["start"] == {"value": 36, "rate": "24/1"}
    assert cue["sample"] == 72000
    assert cue["distance"] == pytest.approx(np.hypot(6, 1.2), abs=0.01)
    assert cue["camera_delay_samples"] == int(cue["distance"] / 343 * 48000)


def test_the_relic_sounds_when_it_opens_and_steps_fall_every_stride(tmp_path: Path) -> None:
    waves, sheet = _score(tmp_path, make_shot("library", 72))
    opens = next(cue for cue in sheet["cues"] if cue["name"] == "relic opens")
    assert opens["start"]["value"] == pytest.approx(24, abs=1)
    steps = [cue["sample"] for cue in sheet["cues"] if cue["name"] == "footfall"]
    assert np.diff(steps) == pytest.approx(0.72 / 1.2 * 48000, abs=2)
    effects = np.abs(waves["effects"]).max(axis=1)
    assert effects[: steps[0]].max() < 0.5 * effects[steps[0] : steps[0] + 4800].max()
    assert effects[-24000:].mean() > 3 * effects[steps[0] + 12000 : steps[1]].mean()


def test_a_blow_on_the_stage_is_heard_and_cued_when_it_happens(tmp_path: Path) -> None:
    """A harder blow is louder, glass rings higher than wood, and the cue is exact."""
    shot = make_shot("bedroom_studio", 48)
    path = make_stage(tmp_path, "bedroom_studio", 48)
    stage = Usd.Stage.Open(str(path))
    write_events(stage, [Event("contact", 1.25, (0.5, 0.0, -2.0), 0.8, 3.0, ("", "cup"), ("", "glass_clear"))])
    stage.GetRootLayer().Save()
    score_shot(shot, path, tmp_path, Quiet())
    (cue,) = (each for each in json.loads((tmp_path / "cues.json").read_text())["cues"] if each["source"] == "cup")
    assert (cue["name"], cue["sample"], cue["confidence"]) == ("cup strikes", 60000, "exact")
    effects = np.abs(soundfile.read(tmp_path / "effects.wav")[0]).max(axis=1)
    assert effects[:60000].max() < 0.05 * effects[60000:64800].max()
    glass, soft, wood = (strike(1, 0, (name,), force) for name, force in (("glass", 0.8), ("glass", 0.1), ("oak", 0.8)))
    assert np.abs(glass).max() > 2 * np.abs(soft).max()
    pitch = [np.abs(np.fft.rfft(wave, 1 << 16)).argmax() for wave in (glass, wood)]
    assert pitch[0] > 4 * pitch[1]


def test_a_blow_sounds_at_its_sample_and_frame_and_reaches_the_camera_by_its_way(tmp_path: Path) -> None:
    """The stem of Foley alone, against the blow itself: at contact plus distance over 343 m/s, within one sample."""
    shot = make_shot("bedroom_studio", 48)
    path = make_stage(tmp_path, "bedroom_studio", 48)
    stage = Usd.Stage.Open(str(path))
    for time in (0.5213, 1.25):
        write_events(stage, [Event("contact", time, (0.5, 0.0, -2.0), 0.8, 3.0, ("", "cup"), ("oak", "glass_clear"))])
        stage.GetRootLayer().Save()
        score_shot(shot, path, tmp_path, Quiet())
        (cue,) = (each for each in json.loads((tmp_path / "cues.json").read_text())["cues"] if each["source"] == "cup")
        assert cue["sample"] == round(time * 48000)
        assert cue["start"]["value"] == int(time * 24)
        way = np.sqrt(0.25 + 1.44 + 4) / 343 * 48000  # samples
        assert cue["camera_sample"] == pytest.approx(cue["sample"] + way, abs=1)
        assert (cue["event"], cue["materials"], cue["impulse"]) == ("contact", ["oak", "glass_clear"], 0.8)
        assert cue["azimuth"] == pytest.approx(-np.degrees(np.arctan2(0.5, 2)), abs=0.01)
        blow = strike(shot.seed, 0, ("oak", "glass_clear"), 0.8)
        heard = soundfile.read(tmp_path / "foley.wav")[0].sum(axis=1)
        match = np.correlate(heard, blow[:2000], "valid")
        top = int(match.argmax())
        before, here, after = match[top - 1 : top + 2]
        onset = top + 0.5 * (before - after) / (before - 2 * here + after)
        assert onset == pytest.approx(time * 48000 + way, abs=1)


def test_without_a_voice_a_line_has_its_cue_and_no_sound_and_says_so(
    tmp_path: Path, vlog: ShotPlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialogue, "find_voice", lambda: None)
    waves, sheet = _score(tmp_path, vlog)
    assert not waves["dialogue"].any()
    assert sheet["guide_voice"] == NOT_INSTALLED
    (line,) = (cue for cue in sheet["cues"] if cue["kind"] == "dialogue")
    assert line["start"] == {"value": 6, "rate": "24/1"}
    assert line["text"] == "What is up, everybody!"
    assert line["note"] == NOT_INSTALLED


def test_a_spoken_line_lies_in_its_frames(tmp_path: Path, vlog: ShotPlan, monkeypatch: pytest.MonkeyPatch) -> None:
    tone = 0.5 * np.sin(np.arange(120000) / 20)
    monkeypatch.setattr(dialogue, "find_voice", lambda: dialogue.Voice("a voice", ("none",)))
    monkeypatch.setattr(dialogue, "speak", lambda voice, text, stretch=1.0: Spoken(tone[: int(len(tone) * stretch)]))
    waves, sheet = _score(tmp_path, vlog)
    spoken = np.flatnonzero(np.abs(waves["dialogue"]).max(axis=1) > 1e-3)
    assert 12000 <= spoken[0] < 12100
    assert spoken[-1] < 92000 + 48000 * 0.4  # the line's end, and the room's answer
    assert sheet["guide_voice"] == "guide: a voice"


def test_a_stage_without_a_camera_is_refused_and_a_cancel_is_heard(tmp_path: Path) -> None:
    stage = new_layer(tmp_path / "empty.usda")
    stage.GetRootLayer().Save()
    with pytest.raises(BadInput, match="no camera"):
        score_shot(make_shot("library"), tmp_path / "empty.usda", tmp_path / "out", Quiet())

    class Stop(Quiet):
        def check(self) -> None:
            raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        score_shot(make_shot("arena"), make_stage(tmp_path, "arena", 48), tmp_path / "out", Stop())
    assert not (tmp_path / "out").exists()
