"""A render that is killed, cancelled or long."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from secondunit_bridge.errors import BadInput, Cancelled, NotFound
from secondunit_engine.render.presets import Preset
from secondunit_engine.render.render_shot import render_shot
from secondunit_engine.render.settings import RenderSettings
from tests.engine.render.conftest import SETTINGS
from tests.engine.render.stages import write_stage

_RUN = """
import os, signal, sys
from pathlib import Path
from secondunit_engine.render.render_shot import render_shot
from secondunit_engine.render.settings import RenderSettings

class Deadly:
    def __init__(self, log, left):
        self.log, self.left = log, left
    def begin(self, stage, total):
        pass
    def step(self, done, note=""):
        with self.log.open("a") as log:
            print(note, file=log)
        self.check()
    def check(self):
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

stage, folder, log, left = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])
render_shot(stage, RenderSettings(96, 54, "preview", seed=3), folder, Deadly(log, left))
"""


def test_killed_at_any_moment_it_ends_the_same(stage_file: Path, rendered: Path, tmp_path: Path) -> None:
    """After SIGKILL at several moments the frames are those of a calm run, and none was finished twice."""
    folder, log = tmp_path / "shot", tmp_path / "log"
    kills = 0
    for moment in (13, 11, 9, 10**9):
        command = [sys.executable, "-c", _RUN, str(stage_file), str(folder), str(log), str(moment)]
        ended = subprocess.run(command, check=False, timeout=200).returncode
        assert ended in (0, -signal.SIGKILL)
        kills += ended != 0
    assert kills == 3
    notes = Counter(line for line in log.read_text().splitlines() if line)
    assert sum("finished" in note for note in notes) >= 5
    assert max(notes.values()) == 1, "a frame was traced or finished twice"
    for file in sorted((rendered / "frames").iterdir()):
        assert (folder / "frames" / file.name).read_bytes() == file.read_bytes(), file.name


class _Impatient:
    """A user who cancels at the n-th question."""

    def __init__(self, patience: int) -> None:
        self.left = patience

    def begin(self, stage: str, total: int) -> None:
        pass

    def step(self, done: int, note: str = "") -> None:
        pass

    def check(self) -> None:
        self.left -= 1
        if self.left <= 0:
            raise Cancelled("Stopped as you asked.")


def test_a_cancel_is_heard_between_sample_passes(stage_file: Path, tmp_path: Path) -> None:
    """The renderer asks before each pass, stops when told, and leaves no half-written file."""
    with pytest.raises(Cancelled):
        render_shot(stage_file, SETTINGS, tmp_path, _Impatient(5))
    assert not list(tmp_path.rglob("*.part"))
    assert not list((tmp_path / "frames").iterdir())


class _Scale:
    """Notes the resident memory after each step [bytes]."""

    def __init__(self) -> None:
        self.weights: list[int] = []

    def begin(self, stage: str, total: int) -> None:
        pass

    def step(self, done: int, note: str = "") -> None:
        if "finished" in note:
            pages = int(Path("/proc/self/statm").read_text().split()[1])
            self.weights.append(pages * os.sysconf("SC_PAGE_SIZE"))

    def check(self) -> None:
        pass


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="resident memory is read from /proc")
def test_memory_stays_flat(tmp_path: Path) -> None:
    """From the tenth frame to the last it grows under 3 %, and the work folder never outgrows its window."""
    stage = write_stage(tmp_path / "long.usdc", frames=40)
    light = Preset(samples=1, rays=1, depth=3, window=2, smooth=1, effort="fast")
    scale = _Scale()
    render_shot(stage, RenderSettings(64, 36, "draft", seed=0), tmp_path, scale, light)
    assert len(scale.weights) == 40
    assert scale.weights[-1] < 1.03 * scale.weights[9]


def test_bad_requests_are_refused(stage_file: Path, tmp_path: Path) -> None:
    """Absurd sizes and missing stages are named before anything is made."""
    quiet = _Impatient(10**9)
    with pytest.raises(BadInput):
        render_shot(stage_file, RenderSettings(100_000, 100_000, "draft", 0), tmp_path / "a", quiet)
    with pytest.raises(BadInput):
        render_shot(stage_file, RenderSettings(0, 90, "draft", 0), tmp_path / "a", quiet)
    with pytest.raises(NotFound):
        render_shot(tmp_path / "nothing.usda", SETTINGS, tmp_path / "a", quiet)
    assert not (tmp_path / "a").exists()
