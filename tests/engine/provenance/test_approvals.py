"""A marked shot stays a preview until a named person approves exactly that work."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from secondunit_bridge.errors import BadInput, NotReady
from secondunit_engine.planning.plan import LightPlan, ShotPlan, StuntMark
from secondunit_engine.provenance.approvals import allowed_quality, decide, find_approval
from secondunit_engine.provenance.identity import Identity, load_identity
from secondunit_engine.provenance.ledger import Kind, append, read_ledger, verify_ledger
from secondunit_engine.provenance.manifest import Manifest, Recipe
from secondunit_engine.script.brief import LedgerEntry, Status


@pytest.fixture
def shot(manifest: Manifest) -> ShotPlan:
    assert isinstance(manifest.recipe, Recipe)
    return replace(manifest.recipe.plan, stunts=(StuntMark("fall", "Falls: a landing.", "She falls."),))


def approve(project: Path, shot: ShotPlan, identity: Identity, *, approved: bool = True) -> None:
    decide(project, shot, 1, "ab" * 32, by="A. Name", approved=approved, note="wires seen", identity=identity)


def test_a_marked_shot_is_a_preview_until_it_is_approved(tmp_path: Path, shot: ShotPlan, identity: Identity) -> None:
    key = identity.public_key
    assert allowed_quality(tmp_path, shot, "final", key) == "preview"
    assert allowed_quality(tmp_path, shot, "draft", key) == "draft"
    assert allowed_quality(tmp_path, replace(shot, stunts=()), "final", key) == "final"
    approve(tmp_path, shot, identity)
    assert allowed_quality(tmp_path, shot, "final", key) == "final"
    assert verify_ledger(tmp_path, key).intact


def test_an_approval_says_who_and_what_and_the_latest_counts(
    tmp_path: Path, shot: ShotPlan, identity: Identity
) -> None:
    approve(tmp_path, shot, identity)
    found = find_approval(tmp_path, shot, identity.public_key)
    assert found
    assert (found.by, found.manifest, found.approved, found.note) == (
        "A. Name",
        "ab" * 32,
        True,
        "wires seen",
    )
    approve(tmp_path, shot, identity, approved=False)
    assert allowed_quality(tmp_path, shot, "final", identity.public_key) == "preview"


def test_any_change_of_the_work_voids_it(tmp_path: Path, shot: ShotPlan, identity: Identity) -> None:
    approve(tmp_path, shot, identity)
    changed = (
        replace(shot, seed=8),
        replace(shot, frames=shot.frames + 1),
        replace(shot, camera=replace(shot.camera, lens_mm=85.0)),
        replace(shot, lights=LightPlan(exposure=1.0)),
        replace(shot, set=replace(shot.set, wear=0.5)),
        replace(shot, stunts=(*shot.stunts, StuntMark("fire", "Fire: distances."))),
    )
    for other in changed:
        assert find_approval(tmp_path, other, identity.public_key) is None
    told_otherwise = replace(shot, ledger=(LedgerEntry(0, 3, "She", Status.BOUND, "she"),))
    assert find_approval(tmp_path, told_otherwise, identity.public_key)


def test_an_approval_that_this_key_did_not_sign_is_none(
    tmp_path: Path, shot: ShotPlan, identity: Identity, tmp_path_factory: pytest.TempPathFactory
) -> None:
    stranger = load_identity(tmp_path_factory.mktemp("stranger") / "identity")
    approve(tmp_path, shot, stranger)
    assert find_approval(tmp_path, shot, identity.public_key) is None
    body = read_ledger(tmp_path)[0].body
    approve(tmp_path, shot, identity, approved=False)
    forged = read_ledger(tmp_path)[1].body | {"decision": "approved"}
    append(tmp_path, Kind.APPROVAL, forged)
    append(tmp_path, Kind.APPROVAL, body | {"signature": "zz"})
    found = find_approval(tmp_path, shot, identity.public_key)
    assert found
    assert not found.approved


def test_a_decision_needs_a_person_and_a_mark(tmp_path: Path, shot: ShotPlan, identity: Identity) -> None:
    for name in ("  ", "A\nB", "x" * 201):
        with pytest.raises(BadInput):
            decide(tmp_path, shot, 1, "ab", by=name, approved=True, note="", identity=identity)
    with pytest.raises(NotReady, match="no stunt"):
        approve(tmp_path, replace(shot, stunts=()), identity)
    assert read_ledger(tmp_path) == ()
