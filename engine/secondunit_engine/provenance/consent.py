"""The gate before a real person's likeness: no valid consent, no picture.

A consent is terms (`terms.py`) that both sides have signed: the performer, whose public key the project has
registered, and the producer, this installation. It is entered in the ledger with its signatures, and from then on each
shot with that person is held against it: the project, the scene, what is used of them, what is excluded, and the dates.
A fictional cast asks nobody.

    enter_consent(project, path, identity.public_key)
    people = require_consent(shot, project=folder, producer=identity.public_key)   # () for a fictional cast

The dates are judged by this machine's clock, but never before the ledger's latest row: a clock set back opens nothing.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from secondunit_bridge.errors import BadInput, Denied
from secondunit_engine.planning.plan import ShotPlan
from secondunit_engine.provenance.ledger import Kind, Row, append, read_ledger
from secondunit_engine.provenance.manifest import Person
from secondunit_engine.provenance.performers import Performer, find_performer, performers_in
from secondunit_engine.provenance.terms import DOCUMENT, TERMS, Document, Terms, consent_id, is_signed, read_terms


@dataclass(frozen=True)
class Consent:
    """A consent in the books: the row that holds it, its id (16 hex digits), and whether it was taken back."""

    row: int
    id: str
    terms: Terms
    revoked: bool


def enter_consent(project: Path, path: Path, producer: bytes) -> Row:
    """Enter a consent that both sides have signed. `producer` is this installation's Ed25519 public key, 32 bytes.

    Raises NotFound for an unknown performer, BadInput for a signature that is missing or does not fit.
    """
    document = read_terms(path)
    performer = find_performer(project, document.terms.performer)
    for role, key in (("performer", performer.key), ("producer", producer.hex())):
        signature = document.performer if role == "performer" else document.producer
        if signature is None:
            raise BadInput(f"The {role} has not signed.", mend=f"secondunit consent sign {path.name} --as {role}")
        if not is_signed(document.terms, signature, key):
            raise BadInput(f"The {role}'s signature does not fit these terms.", mend="Have them sign it again.")
    body = DOCUMENT.dump_python(document, mode="json") | {"consent": consent_id(document.terms)}
    return append(project, Kind.CONSENT, body)


def consents(project: Path, performer: str = "") -> tuple[Consent, ...]:
    """The consents in the books, of one performer or of all, oldest first."""
    return tuple(each for each in consents_in(read_ledger(project)) if performer in ("", each.terms.performer))


def consents_in(rows: tuple[Row, ...]) -> tuple[Consent, ...]:
    """The consents in some rows; one entered again after a revocation holds again."""
    found: list[Consent] = []
    for row in rows:
        if row.kind == Kind.CONSENT:
            terms = TERMS.validate_python(row.body["terms"])
            found.append(Consent(row.number, row.body["consent"], terms, revoked=False))
        elif row.kind == Kind.REVOCATION:
            gone = row.body["performer"]
            found = [replace(each, revoked=each.revoked or each.terms.performer == gone) for each in found]
    return tuple(found)


def require_consent(
    shot: ShotPlan, *, project: Path, producer: bytes, today: datetime.date | None = None
) -> tuple[Person, ...]:
    """The real people in a shot with the consents that allow it; empty for a fictional cast. Raises Denied.

    `producer` is the public key, 32 bytes, that must have signed for our side; `today` is the clock's day if None.
    """
    rows = read_ledger(project)
    people = [person for person in performers_in(rows) if any(person.plays(name) for name in names_in(shot))]
    if not people:
        return ()
    day = max(today or datetime.datetime.now(datetime.UTC).date(), datetime.date.fromisoformat(rows[-1].time[:10]))
    return tuple(_allow(person, shot, project, rows, producer, day) for person in people)


def names_in(shot: ShotPlan) -> tuple[str, ...]:
    """Everybody who is seen or heard in a shot, also those who only speak."""
    return tuple(dict.fromkeys((*(who.name for who in shot.cast), *(line.character for line in shot.dialogue))))


def require_release(project: Path, people: Iterable[Person]) -> None:
    """Let a delivery go out unless somebody in it took back what was made. Raises Denied.

    A revocation for the future alone leaves what was made before.
    """
    shown = {person.name for person in people}
    for row in read_ledger(project) if shown else ():
        if row.kind == Kind.REVOCATION and row.body["performer"] in shown and row.body["scope"] != "future":
            raise Denied(
                f"{row.body['performer']} is in it and took their consent back on {row.time[:10]}.",
                mend="Cut those shots out, or have a new consent signed and shoot them again.",
            )


def _allow(
    performer: Performer, shot: ShotPlan, project: Path, rows: tuple[Row, ...], producer: bytes, day: datetime.date
) -> Person:
    """The performer with the consents that fit a shot; Denied with what is in the way if none does."""
    reasons: list[str] = []
    for consent in reversed(consents_in(rows)):
        if consent.terms.performer != performer.id:
            continue
        document = DOCUMENT.validate_python(rows[consent.row - 1].body)
        against = _objection(consent, document, performer, shot, project, producer, day)
        if not against:
            return Person(performer.id, (consent.id,))
        reasons.append(against)
    why = reasons[0] if reasons else f"no consent signed by them is in the ledger of {project.name}"
    raise Denied(
        f"{shot.id} shows {performer.id}, a real person: {why}.",
        mend="Have a consent signed (secondunit consent draft), or cast a fictional character instead.",
    )


def _objection(
    consent: Consent, document: Document, performer: Performer, shot: ShotPlan, project: Path, producer: bytes,
    day: datetime.date,
) -> str:  # fmt: skip
    """Why a consent does not allow a shot; empty if it does."""
    terms, name = consent.terms, f"consent {consent.id}"
    signed = ((document.performer, performer.key), (document.producer, producer.hex()))
    if consent.revoked:
        return f"{name} was revoked"
    if not all(is_signed(terms, signature, key) for signature, key in signed):
        return f"{name} is not signed by both sides with the keys that are known"
    if terms.project not in ("*", project.name):
        return f"{name} is for the project {terms.project}"
    if terms.scenes and shot.scene not in terms.scenes:
        return f"{name} is for the scenes {', '.join(terms.scenes)}, not for {shot.scene}"
    if not datetime.date.fromisoformat(terms.starts) <= day <= datetime.date.fromisoformat(terms.ends):
        return f"{name} holds from {terms.starts} to {terms.ends}"
    missing = sorted(_used(performer, shot) - set(terms.modalities))
    if missing:
        return f"{name} does not cover their {' and '.join(missing)}"
    excluded = sorted({mark.kind for mark in shot.stunts} & set(terms.exclusions))
    return f"{name} excludes {' and '.join(excluded)}" if excluded else ""


def _used(performer: Performer, shot: ShotPlan) -> set[str]:
    """What a shot uses of a performer."""
    seen = any(performer.plays(member.name) for member in shot.cast)
    speaks = any(performer.plays(line.character) for line in shot.dialogue)
    acts = any(performer.plays(action.actor) for action in shot.actions)
    return ({"face", "body"} if seen else set()) | ({"voice"} if speaks else set()) | ({"motion"} if acts else set())
