"""The fake Resolve with the real engine behind it: generate, move a cue, conform, and the timeline that comes back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from secondunit_bridge.conform import read_cut
from secondunit_bridge.exchange.cue_sheet import CueMove, read_moves
from tests.fakes import resolve as fake
from tests.plugins.test_resolve import never, plugin

__all__ = ["plugin"]


@pytest.mark.timeout(600)
def test_from_a_marker_to_a_master_and_back(plugin: Any, tmp_path: Path, monkeypatch: Any) -> None:
    """A shot of six small frames from a marker's words; its first cue dragged two frames on; the conformed timeline
    shows the same frames of the same take, and the master is whole."""
    monkeypatch.setenv("SECONDUNIT_STATE", str(tmp_path / "state"))
    monkeypatch.setattr(plugin.engine_command, "command", lambda: [sys.executable, "-m", "secondunit_bridge.cli"])
    resolve: Any = fake.scriptapp(fake.STUDIO_21_1, size=(64, 36), playhead="01:00:02:00")
    timeline = resolve._project._timeline
    timeline._markers[48.0] = {
        "name": "",
        "note": "midnight rain, LED tunnel, car accelerates toward lens",
        "duration": 6,
    }
    draft = tmp_path / "Second Unit" / "My Film"
    draft.mkdir(parents=True)
    (draft / "secondunit.toml").write_text('rate = "24/1"\nsize = "64x36"\nquality = "draft"\nseed = 3\n')

    def run(*words: str) -> dict[str, Any]:
        answer = plugin.engine_command.run(*(word for word in words if word != "--final"), tell=lambda line: None)
        for take in answer.get("shots", ()):
            resolve._world.lengths |= {take[key]: int(take["frames"]) for key in ("media", "proxy", "depth")}
        return answer

    assert plugin.actions.generate(resolve, run, never).startswith("Placed sh010.")
    item = timeline._tracks["video"][0][0]
    project = Path(item._media._third["secondunit_project"])
    frame, marker = sorted(item._markers.items())[0]
    item._markers = {frame + 2: marker}
    assert plugin.actions.markers(resolve, run, never).endswith("by +2 frames.")
    cue = marker["customData"].rpartition(":")[2].partition("@")[0]
    assert read_moves(project / "shots" / "sh010")[cue] == CueMove(cue, 2)
    for each in (item, timeline._tracks["audio"][0][0]):
        each._left, each._frames = 1, 4
    told = plugin.actions.conform(resolve, run, never)
    assert "52 frames, 4 copied" in told
    made = resolve._project._timeline
    assert [row[:1] + row[2:5] for row in made._contents() if row[0] == "video"] == [
        ("video", item._media._path, 86448, 4)
    ]
    conformed = read_cut(project / "deliveries" / "Timeline 1.conformed.otio")
    assert [(segment.kind, segment.frames) for segment in conformed.picture] == [("gap", 48), ("copy", 4)]
