"""The command line: bad input gets exit code 2, one plain sentence with what to do, and leaves nothing behind."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import opentimelineio as otio
import pytest

from secondunit_bridge.cli import build_parser, main
from secondunit_bridge.commands import read_budget
from secondunit_bridge.completion import SHELLS, completion_script
from secondunit_bridge.documents import plan_document
from secondunit_bridge.terminal import clock

GOOD = "a car in a tunnel"


def run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """The installed command as a user calls it, in a folder of its own."""
    command = [sys.executable, "-m", "secondunit_bridge.cli", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)


def clip(name: str, start: float, frames: float, file: str) -> otio.schema.Clip:
    span = otio.opentime.TimeRange(otio.opentime.RationalTime(start, 24), otio.opentime.RationalTime(frames, 24))
    return otio.schema.Clip(name, otio.schema.ExternalReference(file), span)


def write_cut(folder: Path, *clips: otio.schema.Clip, name: str = "cut.otio") -> None:
    timeline = otio.schema.Timeline("cut")
    timeline.tracks.append(otio.schema.Track("Video 1", clips, kind="Video"))
    (folder / name).write_text(timeline.to_json_string())


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with every kind of bad file a user may hold."""
    (tmp_path / "binary.fountain").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\xff\xfe")
    (tmp_path / "nul.fountain").write_bytes(b"INT. ROOM - DAY\n\0\n")
    (tmp_path / "empty.fountain").write_text(" \n")
    (tmp_path / "huge.fountain").write_text("INT. ROOM - DAY\n\nA car.\n\n" * 400_000)
    (tmp_path / "page.docx").write_text("x")
    (tmp_path / "blocked").write_text("a file where a folder is wanted")
    write_cut(tmp_path, clip("a", 0, 24, "gone.mov"))
    write_cut(tmp_path, clip("a", 0, 24, "loop.otio"), name="loop.otio")
    write_cut(tmp_path, clip("a", 0, -24, "blocked"), name="negative.otio")
    write_cut(tmp_path, clip("a", 0, 0, "blocked"), name="zero.otio")
    (tmp_path / "broken.otio").write_text('{"OTIO_SCHEMA": "Timeline.1", "tracks": ')
    (tmp_path / "broken.cube").write_text("LUT_3D_SIZE banana")
    return tmp_path


BAD = {
    "empty brief": ("shoot", ""),
    "blank brief": ("plan", "   "),
    "empty file": ("plan", "empty.fountain"),
    "no time": ("shoot", GOOD, "--budget", "soon"),
    "less than a second": ("shoot", GOOD, "--budget", "0.2s"),
    "huge brief": ("shoot", "huge.fountain"),
    "binary file": ("shoot", "binary.fountain"),
    "a NUL in it": ("plan", "nul.fountain"),
    "missing file": ("shoot", "nowhere.fountain"),
    "unknown kind of file": ("shoot", "page.docx"),
    "zero seconds": ("shoot", GOOD, "--seconds", "0"),
    "negative seconds": ("shoot", GOOD, "--seconds", "-3"),
    "endless shot": ("shoot", GOOD, "--seconds", "100000"),
    "seconds in words": ("plan", GOOD, "--seconds", "three"),
    "huge picture": ("shoot", GOOD, "--size", "100000x100000"),
    "odd picture": ("shoot", GOOD, "--size", "853x480"),
    "size in words": ("plan", GOOD, "--size", "big"),
    "bad rate": ("plan", GOOD, "--rate", "24/0"),
    "intensity": ("plan", GOOD, "--motion-intensity", "7"),
    "unwritable project": ("shoot", GOOD, "--project", "blocked/film", "--seconds", "1"),
    "no project": ("retake", "sh010", "closer"),
    "no change": ("relight", "sh010"),
    "light in words": ("relight", "sh010", "--light", "brighter"),
    "missing media": ("conform", "cut.otio"),
    "looping reference": ("conform", "loop.otio"),
    "negative duration": ("conform", "negative.otio"),
    "zero duration": ("conform", "zero.otio"),
    "broken timeline": ("conform", "broken.otio"),
    "missing timeline": ("conform", "none.otio"),
    "unknown codec": ("conform", "cut.otio", "--codec", "divx"),
    "nothing to verify": ("verify", "none.mov"),
    "an asset for no project": ("library", "add", "chair.glb"),
    "cloth of no name": ("cloth", "drop", "nobody"),
    "no mood board": ("plan", GOOD, "--mood-board", "nowhere"),
    "no rules": ("plan", GOOD, "--rules", "nowhere.txt"),
    "no table": ("plan", GOOD, "--table", "nowhere.csv"),
    "a table drawn": ("plan", GOOD, "--table", "teams.csv", "--board", "board.pdf"),
    "unknown style": ("plan", GOOD, "--style", "dogme"),
    "total in words": ("plan", GOOD, "--total", "long"),
    "which beat": ("beats", GOOD, "drop"),
    "no such beat": ("beats", GOOD, "drop", "sc990.b01"),
    "nothing to undo": ("beats", "page.docx", "undo"),
    "unknown command": ("direct",),
}


# What the sentence must name, where another fault could hide the one meant.
NAMED = {
    "missing media": "missing: gone.mov",
    "looping reference": "plays the timeline",
    "negative duration": "lasts -24 frames",
    "zero duration": "lasts 0 frames",
    "unknown codec": "prores-hq",
    "unwritable project": "blocked/film",
    "huge brief": "over 1 MB",
    "huge picture": "too large",
    "a table drawn": "none is compared or drawn",
}


@pytest.mark.parametrize("arguments", BAD.values(), ids=BAD.keys())
def test_bad_input_is_refused(desk: Path, arguments: tuple[str, ...], request: pytest.FixtureRequest) -> None:
    """Exit code 2, a sentence and its mend on standard error, nothing on standard output, no new file."""
    before = sorted(desk.rglob("*"))
    done = run(*arguments, folder=desk)
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    said = done.stderr.strip().splitlines()[-1]
    assert said.startswith("secondunit")
    assert NAMED.get(request.node.callspec.id, "") in said
    assert "Traceback" not in done.stderr
    assert sorted(desk.rglob("*")) == before


def test_errors_are_documents_with_json(desk: Path) -> None:
    """With --json an error is one JSON document on standard output too, and the exit code is the same."""
    done = run("shoot", "", "--json", folder=desk)
    assert done.returncode == 2
    error = json.loads(done.stdout)["error"]
    assert error["name"] == "BadInput"
    assert error["message"].endswith(".")
    assert error["mend"]


def test_plan_document_has_the_promised_names(tmp_path: Path) -> None:
    """`plan --json` prints one document, and nothing else stands on standard output."""
    done = run(
        "plan", "midnight rain, LED tunnel, car accelerates toward lens", "--json", "--seconds", "2", folder=tmp_path
    )
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert set(document) >= {"shots", "continuity"}
    shot = document["shots"][0]
    assert set(shot) >= {"id", "frames", "rate", "seed", "beats", "dialogue", "camera", "actions", "ledger"}
    assert (shot["id"], shot["frames"], shot["rate"]) == ("sh010", 48, "24/1")
    assert {"start", "end", "text", "status", "meaning"} <= set(shot["ledger"][0])


def test_every_command_has_help_and_json(capsys: pytest.CaptureFixture[str]) -> None:
    """Each command of the design is there, explains itself, and takes --json."""
    words = (
        "shoot retake relight conform plan takes cast cues usdz library cloth verify ledger jobs engine"
        " install-plugins doctor demo"
    )
    for command in words.split():
        with pytest.raises(SystemExit) as left:
            main([command, "--help"])
        assert left.value.code == 0
        assert "--json" in capsys.readouterr().out


@pytest.mark.parametrize("shell", SHELLS)
def test_completion_knows_every_command(shell: str) -> None:
    script = completion_script(build_parser(), shell)
    assert all(word in script for word in ("shoot", "install-plugins", "quality"))


def test_clock_reads_like_a_clock() -> None:
    assert [clock(seconds) for seconds in (0, 65, 3725.4)] == ["0:00", "1:05", "1:02:05"]


def test_empty_plan_is_a_document() -> None:
    from secondunit.v1 import plan_pb2

    empty = {"title": "", "shots": [], "continuity": [], "ledger": [], "rules": [], "mood": []}
    assert plan_document(plan_pb2.Plan()) == empty


@pytest.mark.parametrize(("text", "seconds"), [("90", 90), ("90s", 90), ("10m", 600), ("1.5h", 5400), ("", None)])
def test_a_budget_is_read_in_its_unit(text: str, seconds: int | None) -> None:
    assert read_budget(text) == seconds
