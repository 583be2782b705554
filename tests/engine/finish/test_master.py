"""Masters made from cuts, checked frame by frame and sample by sample, and against Blender's VSE and melt.

The clips are numbered: each frame shows, in four grey bands, which clip and which frame it is.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import opentimelineio as otio
import pytest
import soundfile
from opentimelineio.opentime import RationalTime, TimeRange
from opentimelineio.schema import Clip, ExternalReference, Gap, Track, Transition
from PIL import Image

from secondunit_bridge.conform import read_cut
from secondunit_bridge.cut import Reframe
from secondunit_bridge.errors import BadInput, Cancelled, NotFound, OutOfSpace
from secondunit_bridge.exchange.reframe import effect_of
from secondunit_bridge.otio_file import write_otio
from secondunit_bridge.timeline import new_timeline
from secondunit_bridge.timing import Rate
from secondunit_engine.finish.decode import FrameReader, SoundReader, probe, read_packets
from secondunit_engine.finish.encode import Encoder
from secondunit_engine.finish.master import Mastered, make_master
from secondunit_engine.progress import Quiet
from secondunit_engine.sound.loudness import TARGETS, measure

CINEMA, FILM = Rate(24), Rate(24000, 1001)
WIDTH, HEIGHT, LENGTH = 64, 36, 30
DATA = Path(__file__).parents[2] / "data"


def numbered(clip: int, frame: int, width: int = WIDTH, height: int = HEIGHT) -> np.ndarray:
    """A picture that says its clip and frame in four bands, (H, W, 3) floats."""
    bands = np.array([clip, frame // 6, frame % 6, 5 - frame % 6]) * 0.14 + 0.1
    row = np.repeat(bands, width // 4).astype(np.float32)
    return np.broadcast_to(row[None, :, None], (height, width, 3))


def bands(picture: np.ndarray) -> np.ndarray:
    """The four band levels of a picture in 0..1, away from their edges."""
    height, width = picture.shape[:2]
    parts = picture[height // 4 : -height // 4].reshape(-1, 4, width // 4, 3)
    return parts[:, :, 3:-3].mean(axis=(0, 2, 3))  # (4,)


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with numbered clips c0 to c3 (ProRes HQ), one with sound, and others for single tests."""
    folder = tmp_path_factory.mktemp("clips")
    for number in range(4):
        write_numbered(folder / f"c{number}.mov", number)
    tone = np.sin(np.arange(48000 * 2) * 0.03)[:, None] * np.array([[0.5, 0.25]])
    soundfile.write(folder / "tone.wav", tone, 48000, subtype="PCM_24")
    noise = np.random.Generator(np.random.PCG64(3)).uniform(-0.4, 0.4, (96000, 2))
    soundfile.write(folder / "noise.wav", noise, 48000, subtype="PCM_24")
    write_numbered(folder / "s0.mov", 0, sound=folder / "tone.wav")
    write_numbered(folder / "s1.mov", 1, sound=folder / "noise.wav")
    return folder


def write_numbered(path: Path, number: int, codec: str = "prores-hq", **more: Any) -> None:
    width, height = more.pop("size", (WIDTH, HEIGHT))
    with Encoder(path, codec, more.pop("rate", CINEMA), width, height, **more) as encoder:
        for frame in range(LENGTH):
            encoder.write(numbered(number, frame, width, height))


def clip(path: Path, start: int = 6, frames: int = 18, speed: float | None = None, rate: Rate = CINEMA) -> Clip:
    per_second = float(rate.fraction)
    available = TimeRange(RationalTime(86400, per_second), RationalTime(LENGTH, per_second))
    used = TimeRange(RationalTime(86400 + start, per_second), RationalTime(frames, per_second))
    result = Clip(path.stem, ExternalReference(str(path), available), used)
    if speed is not None:
        result.effects.append(otio.schema.LinearTimeWarp(time_scalar=speed))
    return result


def dissolve(lead: int, trail: int) -> Transition:
    return Transition("d", otio.schema.TransitionTypes.SMPTE_Dissolve, RationalTime(lead, 24), RationalTime(trail, 24))


def gap(frames: int) -> Gap:
    return Gap(source_range=TimeRange(RationalTime(0, 24), RationalTime(frames, 24)))


def write_cut(path: Path, *tracks: list[Any], sound: tuple[list[Any], ...] = (), rate: Rate = CINEMA) -> Path:
    timeline = new_timeline("cut", rate)
    timeline.tracks.extend([Track(f"Video {number}", items, kind="Video") for number, items in enumerate(tracks)])
    timeline.tracks.extend([Track(f"Audio {number}", items, kind="Audio") for number, items in enumerate(sound)])
    write_otio(timeline, path)
    return path


def master(otio_path: Path, codec: str = "prores-hq", kind: str = "mov", **more: Any) -> Mastered:
    cut = read_cut(otio_path)
    path = otio_path.with_suffix("." + kind)
    loudness = more.get("loudness")
    return make_master(cut, cut.rate, more.get("size"), codec, path, more.get("progress", Quiet()), loudness)


def levels(path: Path) -> np.ndarray:
    """The band levels of every frame of a file, (frames, 4)."""
    with FrameReader(path) as reader:
        pictures = [reader.frame(index).to_ndarray(format="rgb48le") / 65535.0 for index in range(probe(path).frames)]
    return np.stack([bands(picture) for picture in pictures])


def expected(otio_path: Path) -> np.ndarray:
    """What the cut list says every frame's bands are, computed from the numbers alone, (frames, 4)."""

    def level(shown: Any, index: int) -> np.ndarray:
        if shown is None:
            return np.zeros(4)
        if hasattr(shown, "weight"):
            weight = float(shown.weight(index))
            return level(shown.before, index) * (1 - weight) + level(shown.after, index) * weight
        return bands(numbered(int(shown.path.stem[1]), shown.frame(index)))

    cut = read_cut(otio_path)
    return np.stack([level(segment.shown, index) for segment in cut.picture for index in range(segment.frames)])


def everything(folder: Path, clips: Path) -> Path:
    """Cuts, a gap, two dissolves and an upper track."""
    lower = [clip(clips / "c0.mov"), dissolve(4, 4), clip(clips / "c1.mov"), gap(8), clip(clips / "c2.mov")]
    lower += [dissolve(3, 4), clip(clips / "c3.mov")]
    return write_cut(folder / "cut.otio", lower, [gap(70), clip(clips / "c0.mov", 0, 5)])


def test_every_frame_of_the_master_is_the_frame_of_the_cut(tmp_path: Path, clips: Path) -> None:
    """Whole segments are copied, the rest coded; every frame is within 1.5/255 of what the cut says."""
    path = everything(tmp_path, clips)
    made = master(path)
    assert (made.frames, made.copied_frames, made.encoded_frames) == (80, 57, 23)
    assert made.gaps == ((36, 8),)
    assert probe(made.path).frames == 80
    assert np.abs(levels(made.path) - expected(path)).max() < 1.5 / 255


def test_copied_frames_are_the_bytes_of_the_take(tmp_path: Path, clips: Path) -> None:
    made = master(everything(tmp_path, clips))
    assert list(read_packets(made.path, 0, 14)) == list(read_packets(clips / "c0.mov", 6, 14))
    assert list(read_packets(made.path, 70, 5)) == list(read_packets(clips / "c0.mov", 0, 5))


def test_the_same_cut_gives_the_same_bytes(tmp_path: Path, clips: Path) -> None:
    path = everything(tmp_path, clips)
    first = master(path).path.read_bytes()
    assert master(path).path.read_bytes() == first


@pytest.mark.parametrize(("codec", "kind"), [("h264", "mp4"), ("prores-4444", "mov")])
def test_another_codec_is_encoded_throughout(tmp_path: Path, clips: Path, codec: str, kind: str) -> None:
    path = everything(tmp_path, clips)
    made = master(path, codec, kind)
    assert (made.copied_frames, made.encoded_frames) == (0, 80)
    assert np.abs(levels(made.path) - expected(path)).max() < 4 / 255


@pytest.mark.parametrize("codec", ["prores-4444", "dnxhr-hqx"])
def test_other_intra_codecs_are_copied_too(tmp_path: Path, codec: str) -> None:
    """DNxHR and ProRes 4444 takes: plain cuts copied, the dissolve between them coded, all frames right."""
    for number in range(2):
        write_numbered(tmp_path / f"c{number}.mov", number, codec, size=(256, 144))
    path = write_cut(tmp_path / "cut.otio", [clip(tmp_path / "c0.mov"), dissolve(2, 2), clip(tmp_path / "c1.mov")])
    made = master(path, codec)
    assert (made.copied_frames, made.encoded_frames) == (32, 4)
    assert np.abs(levels(made.path) - expected(path)).max() < 1.5 / 255


def test_takes_of_other_codecs_and_sizes_are_fitted(tmp_path: Path, clips: Path) -> None:
    """An H.264 take and a larger one go into a ProRes master, each frame the right one."""
    write_numbered(tmp_path / "c1.mp4", 1, "h264")
    write_numbered(tmp_path / "c2.mov", 2, size=(128, 72))
    path = write_cut(
        tmp_path / "cut.otio", [clip(clips / "c0.mov"), clip(tmp_path / "c1.mp4"), clip(tmp_path / "c2.mov")]
    )
    made = master(path)
    assert (made.copied_frames, made.encoded_frames) == (18, 36)
    assert np.abs(levels(made.path) - expected(path)).max() < 4 / 255


def test_retimes_and_freezes_show_the_right_frames(tmp_path: Path, clips: Path) -> None:
    path = retimed(tmp_path, clips)
    made = master(path)
    assert made.copied_frames == 0
    assert np.abs(levels(made.path) - expected(path)).max() < 1.5 / 255


def retimed(folder: Path, clips: Path) -> Path:
    items = [
        clip(clips / "c0.mov", 2, 12, 2.0), clip(clips / "c1.mov", 6, 18, 0.5), clip(clips / "c2.mov", 2, 18, 1.25),
        clip(clips / "c3.mov", 9, 6, 0.0),
    ]  # fmt: skip
    return write_cut(folder / "cut.otio", items)


def test_sound_is_cut_by_the_sample(tmp_path: Path, clips: Path) -> None:
    """The sound of each clip starts at its own sample and ends where the next begins; a gap is silent."""
    path = write_cut(tmp_path / "cut.otio", [clip(clips / "s0.mov"), gap(2), clip(clips / "s1.mov")])
    with SoundReader(master(path).path) as reader:
        heard = reader.read(0, 76000)
    tone, noise = (soundfile.read(clips / name)[0] for name in ("tone.wav", "noise.wav"))
    assert np.abs(heard[:36000] - tone[12000:48000]).max() < 1e-6
    assert np.all(heard[36000:40000] == 0)
    assert np.abs(heard[40000:] - noise[12000:48000]).max() < 1e-6


def test_sound_fades_at_equal_power_over_a_dissolve(tmp_path: Path, clips: Path) -> None:
    path = write_cut(tmp_path / "cut.otio", [clip(clips / "s0.mov"), dissolve(2, 2), clip(clips / "s1.mov")])
    with SoundReader(master(path).path) as reader:
        heard = reader.read(32000, 8000)
    tone, noise = (soundfile.read(clips / name)[0] for name in ("tone.wav", "noise.wav"))
    angle = (np.arange(8000) / 8000 * np.pi / 2)[:, None]
    mixed = tone[44000:52000] * np.cos(angle) + noise[8000:16000] * np.sin(angle)
    assert np.abs(heard - mixed).max() < 1e-6


def test_sound_tracks_are_summed_and_replace_the_clips_own(tmp_path: Path, clips: Path) -> None:
    lanes = ([clip(clips / "tone.wav", 0, 10)], [gap(5), clip(clips / "noise.wav", 0, 10)])
    path = write_cut(tmp_path / "cut.otio", [clip(clips / "s1.mov")], sound=lanes)
    with SoundReader(master(path).path) as reader:
        heard = reader.read(0, 36000)
    tone, noise = (soundfile.read(clips / name)[0] for name in ("tone.wav", "noise.wav"))
    assert np.abs(heard[:10000] - tone[:10000]).max() < 1e-6
    assert np.abs(heard[10000:20000] - tone[10000:20000] - noise[:10000]).max() < 1e-6
    assert np.all(heard[30000:] == 0)


def test_sound_of_a_retime_runs_at_its_speed(tmp_path: Path, clips: Path) -> None:
    """A tone played at twice the speed has twice the frequency."""
    path = write_cut(tmp_path / "cut.otio", [clip(clips / "s0.mov", 0, 12, 2.0)])
    with SoundReader(master(path).path) as reader:
        heard = reader.read(0, 20000)[:, 0]
    crossings = np.count_nonzero(np.diff(np.signbit(heard)))
    assert crossings == pytest.approx(20000 * 0.06 / np.pi, abs=2)


def test_ntsc_masters_keep_sound_and_picture_together(tmp_path: Path, clips: Path) -> None:
    for number, sound in ((0, "tone.wav"), (1, "noise.wav")):
        write_numbered(tmp_path / f"c{number}.mov", number, rate=FILM, sound=clips / sound)
    items = [clip(tmp_path / "c0.mov", 0, 7, rate=FILM), clip(tmp_path / "c1.mov", 3, 11, rate=FILM)]
    made = master(write_cut(tmp_path / "cut.otio", items, rate=FILM))
    assert (probe(made.path).rate, made.copied_frames) == (FILM, 18)
    with SoundReader(made.path) as reader:
        heard = reader.read(FILM.samples(7), 20000)
    noise = soundfile.read(clips / "noise.wav")[0]
    assert np.abs(heard - noise[FILM.samples(3) :][:20000]).max() < 1e-6


def test_clips_without_sound_are_silent_and_named(tmp_path: Path, clips: Path) -> None:
    made = master(write_cut(tmp_path / "cut.otio", [clip(clips / "c0.mov")]))
    assert made.notes == ("c0.mov brings no sound.",)
    assert probe(made.path).channels == 2


def test_a_master_is_brought_to_a_loudness_and_its_report_says_so(tmp_path: Path, clips: Path) -> None:
    path = write_cut(tmp_path / "cut.otio", [clip(clips / "s0.mov"), clip(clips / "s1.mov")])
    made = master(path, loudness=TARGETS["ebu-r128"])
    with SoundReader(made.path) as reader:
        measured = measure(reader.read(0, 72000))
    assert measured.integrated == pytest.approx(-23.0, abs=0.1)
    assert made.loudness is not None
    assert measured.integrated is not None
    assert made.loudness.before.integrated == pytest.approx(measured.integrated - made.loudness.levelling.gain, abs=0.1)
    assert made.notes == (made.loudness.sentence,)


def test_a_reframed_clip_is_placed_and_never_copied(tmp_path: Path, clips: Path) -> None:
    """Moved half a frame to the right: two black bands, then the first two of the clip; halved: bars around it."""
    moved, halved = clip(clips / "c0.mov", 6, 4), clip(clips / "c1.mov", 6, 4)
    moved.effects.append(effect_of(Reframe(x=0.5)))
    halved.effects.append(effect_of(Reframe(0.5, 0.5)))
    path = write_cut(tmp_path / "cut.otio", [moved, halved, clip(clips / "c2.mov", 6, 4)])
    made = master(path)
    assert (made.copied_frames, made.encoded_frames) == (4, 8)
    assert made.notes == ("c0.mov brings no sound.", "c1.mov brings no sound.", "c2.mov brings no sound.")
    shown = levels(made.path)
    whole = bands(numbered(0, 6))
    assert np.abs(shown[0] - [0, 0, whole[0], whole[1]]).max() < 4 / 255
    assert np.abs(shown[4][[0, 3]]).max() < 4 / 255
    assert np.abs(shown[8] - bands(numbered(2, 6))).max() < 1.5 / 255


def test_a_clip_of_another_shape_is_fitted_with_bars(tmp_path: Path, clips: Path) -> None:
    """A 4:3 take in a 16:9 master is not stretched; the bars are black, and that is said."""
    write_numbered(tmp_path / "c1.mov", 1, size=(48, 36))
    path = write_cut(tmp_path / "cut.otio", [clip(clips / "c0.mov", 0, 3), clip(tmp_path / "c1.mov", 0, 3)])
    made = master(path)
    assert any("another shape" in note for note in made.notes)
    with FrameReader(made.path) as reader:
        picture = reader.frame(4).to_ndarray(format="rgb24")[18, :, 1] / 255
    assert picture[[0, 6, 57, 63]].max() < 0.03
    assert picture[12] == pytest.approx(0.24, abs=0.02)


class CancelAfter(Quiet):
    def __init__(self, checks: int) -> None:
        self.left = checks

    def check(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Cancelled("The conform was cancelled.")


def test_cancel_leaves_nothing(tmp_path: Path, clips: Path) -> None:
    path = everything(tmp_path, clips)
    with pytest.raises(Cancelled):
        master(path, progress=CancelAfter(20))
    assert [found.name for found in tmp_path.iterdir()] == ["cut.otio"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, a device that is always full")
def test_a_full_disk_leaves_nothing(tmp_path: Path, clips: Path) -> None:
    path = everything(tmp_path, clips)
    (tmp_path / ".cut.mov.part").symlink_to("/dev/full")
    with pytest.raises(OutOfSpace):
        master(path)
    assert [found.name for found in tmp_path.iterdir()] == ["cut.otio"]


def test_impossible_masters_are_typed_and_leave_nothing(tmp_path: Path, clips: Path) -> None:
    short = clip(clips / "c0.mov", 25, 5)
    short.media_reference.available_range = TimeRange(RationalTime(86400, 24), RationalTime(500, 24))
    short.source_range = TimeRange(RationalTime(86425, 24), RationalTime(100, 24))
    path = write_cut(tmp_path / "cut.otio", [short])
    with pytest.raises(BadInput, match="which has 30"):
        master(path)
    with pytest.raises(BadInput, match="prores-hq"):
        master(path, "cinepak")
    with pytest.raises(BadInput, match="no picture"):
        master(write_cut(tmp_path / "cut.otio", [clip(clips / "tone.wav")]))
    with pytest.raises(NotFound):
        master(write_cut(tmp_path / "cut.otio", [clip(clips / "gone.mov")]))
    with pytest.raises(BadInput, match="no picture"):
        master(write_cut(tmp_path / "cut.otio", sound=([clip(clips / "tone.wav")],)))
    assert [found.name for found in tmp_path.iterdir()] == ["cut.otio"]


def images(folder: Path) -> np.ndarray:
    files = sorted(folder.glob("*.png"))
    return np.stack([bands(np.asarray(Image.open(file).convert("RGB")) / 255.0) for file in files])


def in_blender(otio_path: Path) -> np.ndarray:
    if shutil.which("blender") is None:
        pytest.skip("Blender is not installed")
    folder = otio_path.parent / "blender"
    command = ["blender", "-b", "--factory-startup", "--python-exit-code", "1", "--python", DATA / "vse_from_otio.py"]
    command += ["--", otio_path, folder, WIDTH, HEIGHT]
    subprocess.run([str(part) for part in command], check=True, capture_output=True, timeout=120)
    return images(folder)


def in_melt(otio_path: Path) -> np.ndarray:
    if shutil.which("melt") is None:
        pytest.skip("melt is not installed")
    folder, project = otio_path.parent / "melt", otio_path.with_suffix(".mlt")
    folder.mkdir()
    reading = [sys.executable, DATA / "mlt_from_otio.py", otio_path, project, WIDTH, HEIGHT]
    subprocess.run([str(part) for part in reading], check=True, capture_output=True)
    command = ["melt", str(project), "-quiet", "-consumer", f"avformat:{folder}/%04d.png", "vcodec=png"]
    subprocess.run([*command, "rescale=none", "real_time=-1"], check=True, capture_output=True, timeout=120)
    return images(folder)


def single_track(folder: Path, clips: Path) -> Path:
    path = everything(folder, clips)
    cut = json.loads(path.read_text())
    cut["tracks"]["children"] = cut["tracks"]["children"][:1]
    path.write_text(json.dumps(cut))
    return path


@pytest.mark.referee
@pytest.mark.parametrize("build", [everything, single_track])
@pytest.mark.parametrize("referee", [in_blender, in_melt])
def test_referees_agree_on_every_frame(tmp_path: Path, clips: Path, build: Any, referee: Any) -> None:
    """Blender's VSE and melt, reading the same OTIO on their own, show what our master shows on every frame of
    cuts, gaps, dissolves and an upper track: each band within 2/255 (one step between frames is 36/255).
    """
    path = build(tmp_path, clips)
    theirs = referee(path)
    ours = levels(master(path).path)
    assert theirs.shape == ours.shape
    assert np.abs(theirs - ours).max() < 2 / 255


def hundred(folder: Path, clips: Path) -> Path:
    """A hundred clips on two tracks: cuts, gaps, a dissolve every fifth, a retime every seventh, by a fixed seed."""
    random = np.random.Generator(np.random.PCG64(100))
    lower: list[Any] = []
    for index in range(85):
        speed = (2.0, 0.5)[index % 2] if index % 7 == 3 else None
        mixes = index % 5 == 1 and lower and index % 7 not in (3, 4)
        if mixes:
            lower.append(dissolve(1, 2))
        elif index % 11 == 5:
            lower.append(gap(2))
        start = int(random.integers(4, 12))
        lower.append(clip(clips / f"c{index % 4}.mov", start, int(random.integers(5, 9)), speed))
    upper: list[Any] = []
    for index in range(15):
        upper += [gap(int(random.integers(15, 25))), clip(clips / f"c{index % 4}.mov", 2, int(random.integers(2, 6)))]
    return write_cut(folder / "cut.otio", lower, upper)


@pytest.mark.referee
def test_blender_agrees_on_every_frame_of_a_hundred_clips(tmp_path: Path, clips: Path) -> None:
    """Two tracks, 16 dissolves, 12 retimes, gaps: each band of every frame is within 2/255 of Blender's."""
    path = hundred(tmp_path, clips)
    theirs, ours = in_blender(path), levels(master(path).path)
    assert theirs.shape == ours.shape
    assert np.abs(theirs - ours).max() < 2 / 255


@pytest.mark.referee
def test_blender_agrees_on_every_frame_of_retimes_and_freezes(tmp_path: Path, clips: Path) -> None:
    path = retimed(tmp_path, clips)
    theirs, ours = in_blender(path), levels(master(path).path)
    assert theirs.shape == ours.shape
    assert np.abs(theirs - ours).max() < 2 / 255
