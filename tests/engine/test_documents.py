"""The documents of `--json` say the words of the plan, and their names are the promised ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest

from secondunit.v1 import brief_pb2, plan_pb2, shot_pb2
from secondunit_bridge.documents import plan_document, word
from secondunit_bridge.door import open_brief
from secondunit_engine.jobs.messages import write_plan
from secondunit_engine.planning.plan import Angle, MoveKind, Settings, ShotSize
from secondunit_engine.planning.plan_script import plan_script
from secondunit_engine.script.brief import Status
from secondunit_engine.script.read import read_brief

RELIC = Path(__file__).parents[2] / "examples" / "the_relic.fountain"


@pytest.mark.parametrize(
    ("enum", "words"),
    [
        (brief_pb2.Status.DESCRIPTOR, {status.value for status in Status}),
        (shot_pb2.MoveKind.DESCRIPTOR, set(get_args(MoveKind))),
        (shot_pb2.Angle.DESCRIPTOR, set(get_args(Angle))),
        (shot_pb2.ShotSize.DESCRIPTOR, set(get_args(ShotSize))),
        (plan_pb2.ContinuityLevel.DESCRIPTOR, {"error", "warning"}),
    ],
)
def test_words_are_those_of_the_plan(enum: Any, words: set[str]) -> None:
    """An enum value is told in the plan's own word, hyphens and capitals included."""
    assert {word(enum, value.number) for value in enum.values if value.number} == words


def test_plan_has_the_promised_names() -> None:
    """Shots with beats, dialogue, camera, actions and a ledger of the brief's own characters; continuity beside."""
    brief = open_brief(RELIC)
    document = plan_document(write_plan(plan_script(read_brief(brief), Settings())))
    assert set(document) >= {"shots", "continuity"}
    for shot in document["shots"]:
        assert set(shot) >= {"id", "frames", "rate", "seed", "ledger", "beats", "dialogue", "camera", "actions"}
        assert shot["rate"] == "24/1"
        for entry in shot["ledger"]:
            assert set(entry) - {"alternatives"} == {"start", "end", "text", "status", "meaning"}
            assert brief.text[entry["start"] : entry["end"]] == entry["text"]
            assert entry["status"] in ("bound", "guessed", "stand-in", "not understood")
    for note in document["continuity"]:
        assert set(note) == {"level", "rule", "shots", "message"}
        assert note["level"] in ("error", "warning")
