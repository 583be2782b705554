"""A real person is seen only within terms that both sides signed, and only until they take them back."""

from __future__ import annotations

import datetime
import random
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from secondunit_bridge.errors import BadInput, Denied, NotFound
from secondunit_engine.planning.plan import CastPlan, DialoguePlan, ShotPlan, StuntMark
from secondunit_engine.progress import Quiet
from secondunit_engine.provenance.consent import consents, enter_consent, require_consent, require_release
from secondunit_engine.provenance.identity import Identity
from secondunit_engine.provenance.ledger import DATABASE, Kind, read_ledger, verify_ledger
from secondunit_engine.provenance.manifest import CutRecipe, Manifest, Person, Recipe, write_manifest
from secondunit_engine.provenance.performers import Performer, Vault, find_performer, register
from secondunit_engine.provenance.revocation import (
    Watched,
    delete,
    find_likeness,
    people_of,
    quarantine,
    revoke,
)
from secondunit_engine.provenance.terms import Terms, read_terms, sign_terms, write_terms

HERS = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
TODAY = datetime.datetime.now(datetime.UTC).date()
TERMS = Terms(
    performer="ava",
    project="*",
    description="Ava hosts a city vlog of three minutes.",
    starts=(TODAY - datetime.timedelta(days=1)).isoformat(),
    ends=(TODAY + datetime.timedelta(days=30)).isoformat(),
)


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "film", tmp_path / "state")


@pytest.fixture
def project(tmp_path: Path, vault: Vault) -> Path:
    """A project that knows one performer, who plays AVA."""
    folder = tmp_path / "film"
    folder.mkdir()
    key = HERS.public_key().public_bytes_raw().hex()
    register(folder, Performer("ava", ("AVA",), key), {"name": "Ava Stone", "agent": "12 Quiet Lane"}, vault)
    return folder


@pytest.fixture
def shot(manifest: Manifest) -> ShotPlan:
    assert isinstance(manifest.recipe, Recipe)
    return replace(manifest.recipe.plan, cast=(CastPlan("Mara"), CastPlan("Ava")))


def enter(project: Path, identity: Identity, terms: Terms = TERMS) -> None:
    path = project / "terms.json"
    write_terms(path, terms)
    sign_terms(path, "performer", HERS)
    sign_terms(path, "producer", identity.ledger_key)
    enter_consent(project, path, identity.public_key)


def allow(project: Path, shot: ShotPlan, identity: Identity, today: datetime.date = TODAY) -> tuple[Person, ...]:
    return require_consent(shot, project=project, producer=identity.public_key, today=today)


def test_a_fictional_cast_asks_nobody(project: Path, shot: ShotPlan, identity: Identity) -> None:
    assert allow(project, replace(shot, cast=(CastPlan("Mara"),)), identity) == ()
    with pytest.raises(Denied, match="no consent signed by them"):
        allow(project, shot, identity)


def test_a_consent_signed_by_both_sides_allows_and_is_named(project: Path, shot: ShotPlan, identity: Identity) -> None:
    enter(project, identity)
    (person,) = allow(project, shot, identity)
    assert (person.name, person.consents) == ("ava", (consents(project, "ava")[0].id,))
    assert verify_ledger(project, identity.public_key).intact


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"project": "another.film"}, "for the project another.film"),
        ({"scenes": ("7",)}, "for the scenes 7"),
        ({"ends": TERMS.starts}, "holds from"),
        ({"modalities": ("face",)}, "does not cover their body and voice"),
        ({"exclusions": ("weapon",)}, "excludes weapon"),
    ],
)
def test_what_the_terms_do_not_cover_is_refused_with_the_reason(
    project: Path, shot: ShotPlan, identity: Identity, change: dict[str, object], reason: str
) -> None:
    enter(project, identity, replace(TERMS, **change))
    speaking = replace(
        shot, dialogue=(DialoguePlan("AVA", "Hello.", 0, 12),), stunts=(StuntMark("weapon", "A gun: an armourer."),)
    )
    with pytest.raises(Denied, match=reason):
        allow(project, speaking, identity)
    enter(project, identity, replace(TERMS, version=2))  # wider terms beside the narrow ones are enough
    assert allow(project, speaking, identity)


def test_a_voice_alone_needs_a_consent_for_the_voice(project: Path, shot: ShotPlan, identity: Identity) -> None:
    heard = replace(shot, cast=(CastPlan("Mara"),), dialogue=(DialoguePlan("AVA", "Hello.", 0, 12, off_screen=True),))
    with pytest.raises(Denied, match="no consent"):
        allow(project, heard, identity)
    enter(project, identity, replace(TERMS, modalities=("face", "body")))
    with pytest.raises(Denied, match="does not cover their voice"):
        allow(project, heard, identity)
    enter(project, identity, replace(TERMS, modalities=("voice",)))
    assert allow(project, heard, identity)


def test_a_clock_set_back_opens_nothing(project: Path, shot: ShotPlan, identity: Identity) -> None:
    yesterday = TODAY - datetime.timedelta(days=1)
    enter(project, identity, replace(TERMS, ends=yesterday.isoformat()))
    with pytest.raises(Denied, match="holds from"):
        allow(project, shot, identity, today=yesterday)  # the ledger's last row is of today


def test_unsigned_foreign_or_altered_terms_are_not_entered(project: Path, identity: Identity) -> None:
    path = project / "terms.json"
    write_terms(path, TERMS)
    with pytest.raises(BadInput, match="performer has not signed"):
        enter_consent(project, path, identity.public_key)
    sign_terms(path, "performer", Ed25519PrivateKey.generate())
    sign_terms(path, "producer", identity.ledger_key)
    with pytest.raises(BadInput, match="performer's signature does not fit"):
        enter_consent(project, path, identity.public_key)
    sign_terms(path, "performer", HERS)
    path.write_text(path.read_text().replace("three minutes", "three hours"))
    with pytest.raises(BadInput, match="signature does not fit"):
        enter_consent(project, path, identity.public_key)
    assert consents(project) == ()


@pytest.mark.parametrize(
    "change",
    [{"starts": "soon"}, {"ends": "2001-01-01"}, {"description": "anything"}, {"modalities": ()}],
)
def test_terms_that_cannot_hold_are_refused(tmp_path: Path, change: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        write_terms(tmp_path / "terms.json", replace(TERMS, **change))
    assert not (tmp_path / "terms.json").exists()


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff\xfe", b'{"terms": {}}', b"x" * (2 << 20)])
def test_a_file_that_is_no_consent_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "terms.json").write_bytes(content)
    with pytest.raises(BadInput):
        read_terms(tmp_path / "terms.json")


def test_private_details_stay_out_of_the_books_and_can_be_forgotten(project: Path, vault: Vault) -> None:
    assert vault.open("ava")["name"] == "Ava Stone"
    on_disk = b"".join(path.read_bytes() for path in project.rglob("*") if path.is_file())
    assert b"Quiet Lane" not in on_disk
    assert b"Ava Stone" not in on_disk
    assert vault.shred("ava")
    with pytest.raises(NotFound):
        vault.open("ava")
    assert find_performer(project, "ava").plays("ava")


def test_one_character_is_one_person(project: Path, vault: Vault) -> None:
    key = HERS.public_key().public_bytes_raw().hex()
    with pytest.raises(BadInput, match="already played by ava"):
        register(project, Performer("bo", ("Ava",), key), {}, vault)
    for id, names, key_ in (("../x", ("BO",), key), ("bo", (), key), ("bo", ("BO",), "12")):
        with pytest.raises(BadInput):
            register(project, Performer(id, names, key_), {}, vault)
    assert people_of(project, ("MARA", "Ava", "AVA")) == ("ava",)


def test_a_revocation_closes_the_gate_until_a_new_consent(project: Path, shot: ShotPlan, identity: Identity) -> None:
    enter(project, identity)
    (person,) = allow(project, shot, identity)
    revoke(project, "ava", scope="future", reason="", by="Ava Stone")
    with pytest.raises(Denied, match="was revoked"):
        allow(project, shot, identity)
    require_release(project, (person,))  # what was made before may still go out
    revoke(project, "ava", scope="all", reason="", by="Ava Stone")
    with pytest.raises(Denied, match="took their consent back"):
        require_release(project, (person,))
    enter(project, identity, replace(TERMS, version=2))
    assert allow(project, shot, identity)


def test_work_under_way_stops_within_a_second_at_a_hundred_random_moments(project: Path) -> None:
    """Five times twenty jobs of many frames, each of which must end soon after the revocation."""
    rng = random.Random(5)
    for _ in range(5):
        jobs = []
        for _ in range(20):
            last = [0.0]
            watched = Watched(Quiet(), project, ("ava",))
            jobs.append((threading.Thread(target=_render, args=(watched, last)), last))
            jobs[-1][0].start()
            time.sleep(rng.random() * 0.02)
        revoke(project, "ava", scope="future", reason="", by="Ava Stone")
        revoked = time.monotonic()
        for thread, last in jobs:
            thread.join(5)
            assert not thread.is_alive()
            assert 0 < last[0] < revoked + 1.0


def _render(watched: Watched, last: list[float]) -> None:
    try:
        for _ in range(5000):
            watched.check()
            last[0] = time.monotonic()
            time.sleep(0.002)
    except Denied:
        return


def test_everything_of_a_person_is_found_quarantined_and_deleted_with_receipts(
    project: Path, manifest: Manifest, vault: Vault, identity: Identity
) -> None:
    kept = _lay_out(project, manifest)
    found = {each.path for each in find_likeness(project, "ava")}
    gone = {"shots/sh010/takes/001", "cache/frames/" + "cd" * 16, "deliveries/cut.mov", "deliveries/cut.manifest.json"}
    assert found == gone
    moved = quarantine(project, find_likeness(project, "ava"), "ava")
    assert set(moved) == gone
    assert not any((project / path).exists() for path in gone)
    assert all((project / path).exists() for path in kept)
    files = [path for path in (project / "quarantine").rglob("*") if path.is_file()]
    receipts = delete(project, "ava", by="A. Producer", vault=vault)
    assert len(receipts) == len(files) + 1  # and the key
    assert {row.body["method"] for row in receipts} == {"unlink", "key shredded"}
    assert "sh010" not in str([row.body for row in receipts])
    assert not (project / "quarantine/ava").exists()
    assert verify_ledger(project, identity.public_key).intact
    assert Kind.PERFORMER in {row.kind for row in read_ledger(project)}
    with pytest.raises(NotFound):
        delete(project, "ava", by="A. Producer", vault=vault)


def _lay_out(project: Path, manifest: Manifest) -> list[str]:
    """A take with her, one without, a cut of each, and what the stages kept; returns the paths of the others."""
    recipe = manifest.recipe
    assert isinstance(recipe, Recipe)
    frames = replace(recipe.products[0], stage="frames", key="cd" * 16)
    hers = Manifest(replace(recipe, people=(Person("ava", ("ab" * 8,)),), products=(*recipe.products, frames)))
    other = Manifest(replace(recipe, shot="sh020", watermark=7))
    for name, each in (("sh010", hers), ("sh020", other)):
        folder = project / "shots" / name / "takes/001"
        folder.mkdir(parents=True)
        (folder / "picture.mov").write_bytes(name.encode())
        write_manifest(folder / "manifest.json", each)
    (project / "deliveries").mkdir()
    for name, each in (("cut", hers), ("other", other)):
        cut = CutRecipe(name, "00" * 32, (each.hash,), "h264", recipe.plan.rate, 48, ())
        write_manifest(project / f"deliveries/{name}.manifest.json", Manifest(cut))
        (project / f"deliveries/{name}.mov").write_bytes(name.encode())
    for stage, key in (("frames", "cd" * 16), ("set", "ab" * 16)):
        (project / "cache" / stage / key).mkdir(parents=True)
        (project / "cache" / stage / key / "1001.exr").write_bytes(b"x")
    return ["shots/sh020/takes/001", "cache/set/" + "ab" * 16, "deliveries/other.mov", DATABASE]
