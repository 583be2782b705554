"""A person answers for a stunt: until somebody has approved a shot that is marked, it is rendered as a preview only.

What is approved is the manifest of a take, and with it the work it shows: the whole plan of the shot and its seed, but
not how large or how clean it is rendered. Any change of that work is another work, which nobody has approved yet. Who,
when and what is signed with this installation's Ed25519 key and entered in the ledger; the latest decision counts.

    decide(project, take_recipe, manifest_hash, by="A. Name", approved=True, note="wires seen", identity=identity)
    allowed_quality(project, shot, "final", public_key)      # "preview" while nobody has approved it
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pydantic import TypeAdapter

from secondunit_bridge.errors import BadInput, NotReady
from secondunit_engine.planning.plan import Quality, ShotPlan
from secondunit_engine.provenance.canonical import canonical, fingerprint
from secondunit_engine.provenance.identity import Identity
from secondunit_engine.provenance.ledger import Kind, Row, append, read_ledger

_DOMAIN = b"secondunit approval 1\0"
_LONGEST = {"name": 200, "note": 2000}  # characters
_SIGNED = ("shot", "take", "manifest", "work", "stunts", "by", "decision", "note")
_PLAN = TypeAdapter(ShotPlan)


@dataclass(frozen=True)
class Approval:
    """One decision on a shot's work: who decided what of which manifest, and when (UTC, ISO 8601)."""

    shot: str
    take: int
    manifest: str
    by: str
    approved: bool
    note: str
    time: str


def work_hash(shot: ShotPlan) -> str:
    """SHA-256 of what a shot shows, 64 hex digits: its plan without the record of how its words were read."""
    shown = replace(shot, id="", ledger=())
    return fingerprint(_PLAN.dump_python(shown, mode="json"))


def decide(
    project: Path, shot: ShotPlan, take: int, manifest: str, *, by: str, approved: bool, note: str, identity: Identity
) -> Row:
    """Enter a person's decision on a take of a marked shot. Raises BadInput without a name, NotReady without a mark."""
    by, note = by.strip(), note.strip()
    if not by:
        raise BadInput("Nobody has decided.", mend="Say who answers for it with --by NAME.")
    for what, said in (("name", by), ("note", note)):
        if len(said) > _LONGEST[what] or not said.isprintable():
            raise BadInput(f"That {what} cannot be entered.", mend=f"Keep to {_LONGEST[what]} letters on one line.")
    if not shot.stunts:
        raise NotReady(f"{shot.id} has no stunt marks.", mend="It needs no approval; shoot it at any quality.")
    body = {
        "shot": shot.id,
        "take": take,
        "manifest": manifest,
        "work": work_hash(shot),
        "stunts": sorted({mark.kind for mark in shot.stunts}),
        "by": by,
        "decision": "approved" if approved else "rejected",
        "note": note,
    }
    signature = identity.ledger_key.sign(_DOMAIN + canonical(body))
    return append(project, Kind.APPROVAL, body | {"signature": signature.hex(), "key": identity.public_key.hex()})


def find_approval(project: Path, shot: ShotPlan, public_key: bytes) -> Approval | None:
    """The latest decision on exactly this work whose signature is by `public_key` (32 bytes); None if there is none."""
    work = work_hash(shot)
    for row in reversed(read_ledger(project)):
        if row.kind == Kind.APPROVAL and row.body.get("work") == work and _is_signed(row, public_key):
            body = row.body
            names = (body["shot"], body["take"], body["manifest"], body["by"])
            return Approval(*names, body["decision"] == "approved", body["note"], row.time)
    return None


def allowed_quality(project: Path, shot: ShotPlan, wanted: Quality, public_key: bytes) -> Quality:
    """What a shot may be rendered at now: a marked one at "final" only once its work has been approved."""
    if wanted != "final" or not shot.stunts:
        return wanted
    approval = find_approval(project, shot, public_key)
    return wanted if approval and approval.approved else "preview"


def why_preview(shot: ShotPlan) -> str:
    """What to tell the user of a shot that was rendered as a preview for want of an approval."""
    kinds = ", ".join(sorted({mark.kind for mark in shot.stunts}))
    return (
        f"{shot.id} has stunts ({kinds}) that nobody has approved, so it was rendered as a preview. "
        f"Look at it, then: secondunit approve {shot.id} --by NAME, and secondunit retake {shot.id} --quality final."
    )


def _is_signed(row: Row, public_key: bytes) -> bool:
    try:
        said = {name: row.body[name] for name in _SIGNED}
        signature = bytes.fromhex(row.body["signature"])
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, _DOMAIN + canonical(said))
    except (InvalidSignature, KeyError, TypeError, ValueError):
        return False
    return True
