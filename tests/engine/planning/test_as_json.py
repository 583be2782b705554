"""`plan --json`: the names outside tools read."""

from __future__ import annotations

import json
from pathlib import Path

from secondunit_bridge.door import open_brief
from secondunit_engine.planning.as_json import plan_document
from secondunit_engine.planning.plan import Settings
from secondunit_engine.planning.plan_script import plan_script
from secondunit_engine.script.read import read_brief

RELIC = Path(__file__).parents[3] / "examples" / "the_relic.fountain"


def test_document_has_the_promised_names() -> None:
    brief = open_brief(RELIC)
    document = json.loads(json.dumps(plan_document(plan_script(read_brief(brief), Settings()))))
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
