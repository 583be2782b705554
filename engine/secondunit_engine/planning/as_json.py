"""The plan as the JSON document that `plan --json` prints; its names are a promise to outside tools."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from secondunit_engine.planning.plan import Plan, ShotPlan
from secondunit_engine.script.brief import LedgerEntry

Json = dict[str, Any]


def plan_document(plan: Plan) -> Json:
    """{"title", "shots": [...], "continuity": [{"level", "rule", "shots", "message"}], "ledger": [...]}."""
    return {
        "title": plan.title,
        "shots": [shot_document(shot) for shot in plan.shots],
        "continuity": [{**asdict(note), "shots": list(note.shots)} for note in plan.continuity],
        "ledger": ledger_document(plan.ledger),
    }


def shot_document(shot: ShotPlan) -> Json:
    """One shot: identity, length, beats, dialogue, camera, actions, and the ledger of its words."""
    return {
        "id": shot.id,
        "scene": shot.scene,
        "heading": shot.heading,
        "frames": shot.frames,
        "rate": str(shot.rate),
        "seed": shot.seed,
        "set": {**asdict(shot.set), "weather": list(shot.set.weather)},
        "cast": [asdict(person) for person in shot.cast],
        "beats": [asdict(beat) for beat in shot.beats],
        "dialogue": [asdict(line) for line in shot.dialogue],
        "camera": asdict(shot.camera),
        "actions": [asdict(action) for action in shot.actions],
        "lights": asdict(shot.lights),
        "motion": asdict(shot.motion),
        "music": shot.music,
        "ledger": ledger_document(shot.ledger),
    }


def ledger_document(ledger: Iterable[LedgerEntry]) -> list[Json]:
    """[{"start", "end", "text", "status", "meaning"}], with "alternatives" where there are some."""
    rows: list[Json] = []
    for entry in ledger:
        row: Json = {"start": entry.start, "end": entry.end, "text": entry.text}
        row |= {"status": entry.status.value, "meaning": entry.meaning}
        if entry.alternatives:
            row["alternatives"] = list(entry.alternatives)
        rows.append(row)
    return rows
