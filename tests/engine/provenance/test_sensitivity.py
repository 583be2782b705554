"""A report says what was found, where, and what nobody looked at."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from secondunit_bridge.errors import BadInput
from secondunit_engine.planning.casting import years_to_age
from secondunit_engine.planning.plan import BeatPlan, CastPlan, DialoguePlan, StuntMark
from secondunit_engine.provenance.identity import Identity
from secondunit_engine.provenance.ledger import read_ledger, verify_ledger
from secondunit_engine.provenance.manifest import Manifest, Person, Recipe
from secondunit_engine.provenance.sensitivity import Finding, assess, decide_on_report


def found(manifest: Manifest, **changes: object) -> dict[str, Finding]:
    """The findings on the manifest's shot with some changes, by category."""
    recipe = manifest.recipe
    assert isinstance(recipe, Recipe)
    changed = Manifest(replace(recipe, plan=replace(recipe.plan, **changes)))
    return {each.category: each for each in assess(changed).findings}


def test_an_innocent_shot_is_not_flagged_and_nothing_is_called_passed(manifest: Manifest) -> None:
    beats = (BeatPlan("b1", "She shoots a glance at the skilled swordfish cook, dressed in grey.", "action", 0, 48),)
    verdicts = {name: each.verdict for name, each in found(manifest, beats=beats).items()}
    assert {name for name, verdict in verdicts.items() if verdict == "not_assessed"} == {
        "realism",
        "public figure",
        "hate",
    }
    assert "found" not in verdicts.values()


def test_what_is_told_said_cast_or_marked_is_found_with_its_frames(manifest: Manifest) -> None:
    findings = found(
        manifest,
        beats=(BeatPlan("b1", "He draws a pistol. Blood on the floor.", "action", 4, 20),),
        dialogue=(DialoguePlan("HE", "Shit, run!", 24, 12),),
        stunts=(StuntMark("fight", "A fight: a choreographer.", "He draws a pistol."),),
        cast=(CastPlan("Tim", age=years_to_age(9)), CastPlan("Mara", age=years_to_age(40))),
    )
    assert findings["weapons"].evidence == ("pistol",)
    assert findings["weapons"].frames == ((4, 20),)
    assert findings["violence"].evidence == ("Blood", "He draws a pistol.")
    assert findings["profanity"].frames == ((24, 12),)
    assert findings["possible minor"].evidence == ("Tim is cast under 18",)
    assert findings["stunt risk"].verdict == "found"
    assert findings["nudity"].verdict == "not found"
    assert "pixels were not looked at" in findings["nudity"].remark


def test_a_real_person_is_named_with_the_consent_and_a_label_is_due(manifest: Manifest) -> None:
    recipe = manifest.recipe
    assert isinstance(recipe, Recipe)
    report = assess(Manifest(replace(recipe, people=(Person("ava", ("ab12",)),))))
    (person,) = (each for each in report.findings if each.category == "real person")
    assert person.evidence == ("ava, under ab12",)
    assert any("real person" in told for told in report.disclosures)
    assert len(assess(manifest).disclosures) == 1


def test_a_review_is_signed_and_belongs_to_one_report(tmp_path: Path, manifest: Manifest, identity: Identity) -> None:
    report = assess(manifest)
    row = decide_on_report(tmp_path, report, by="A. Name", cleared=True, note="", identity=identity)
    other = replace(report, take=2)
    again = decide_on_report(tmp_path, other, by="A. Name", cleared=False, note="too loud", identity=identity)
    assert (row.body["decision"], again.body["decision"]) == ("cleared", "held back")
    assert row.body["report"] != again.body["report"]
    assert verify_ledger(tmp_path, identity.public_key).intact
    with pytest.raises(BadInput):
        decide_on_report(tmp_path, report, by=" ", cleared=True, note="", identity=identity)
    assert len(read_ledger(tmp_path)) == 2
