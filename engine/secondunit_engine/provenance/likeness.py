"""What the command line asks about real people: who they are, what they allow, what shows them, how they are forgotten.

Each command takes strings and gives one document, as `__main__.py` wants them.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import TypeAdapter, ValidationError

from secondunit_bridge.connection import state_dir
from secondunit_bridge.errors import BadInput, NotFound, Unwritable
from secondunit_engine.provenance.consent import consents, enter_consent
from secondunit_engine.provenance.identity import load_identity
from secondunit_engine.provenance.manifest import CutRecipe, read_manifest
from secondunit_engine.provenance.performers import Performer, Vault, find_performer, performers, register
from secondunit_engine.provenance.revocation import Scope, delete, find_likeness, quarantine, revoke
from secondunit_engine.provenance.royalties import as_csv, reverse, set_rate, statement, totals, write_pdf
from secondunit_engine.provenance.terms import ROLES, Role, Terms, consent_id, sign_terms, write_terms

Document = dict[str, Any]
_STOPS_WITHIN = 1.0  # seconds in which work under way ends after a revocation
_TERMS = TypeAdapter(Terms)


def make_key(file: str) -> Document:
    """A key pair for a performer: the private half in a file of their own (PEM, 0600), the public half in hex."""
    path = Path(file)
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise BadInput(f"{path} is there already.", mend="A key is never overwritten: give another name.") from None
    except OSError as problem:
        raise BadInput(f"{path} cannot be written: {problem.strerror}.", mend="Choose another folder.") from None
    with os.fdopen(descriptor, "wb") as out:
        out.write(pem)
    return {"file": str(path), "public": key.public_key().public_bytes_raw().hex()}


def add_performer(project: str, id: str, characters: str, key: str, details: str) -> Document:
    """Register a performer; `details` is a JSON object of private strings, empty for none."""
    folder = Path(project)
    performer = Performer(id, tuple(characters.split(",")), key)
    row = register(folder, performer, json.loads(details or "{}"), Vault(folder, state_dir()))
    return {"performer": id, "characters": row.body["characters"], "row": row.number}


def list_performers(project: str) -> Document:
    """Who is known, who they play, and how many consents of theirs hold."""
    folder = Path(project)
    found = consents(folder)
    return {
        "performers": [
            asdict(person) | {"consents": sum(each.terms.performer == person.id and not each.revoked for each in found)}
            for person in performers(folder)
        ]
    }


def show_performer(project: str, id: str) -> Document:
    """A performer's own view: their consents, every take and delivery with their likeness, with its length."""
    folder = Path(project)
    person = find_performer(folder, id)
    made = []
    for each in find_likeness(folder, id):
        manifest = folder / each.path / "manifest.json"
        if manifest.is_file():
            recipe = read_manifest(manifest).recipe
            shot = recipe if isinstance(recipe, CutRecipe) else recipe.plan
            seconds = round(float(shot.frames / shot.rate.fraction), 3)
            made.append({"path": each.path, "why": each.why, "frames": shot.frames, "seconds": seconds})
        else:
            made.append({"path": each.path, "why": each.why})
    return {"performer": asdict(person), "consents": _consents(folder, id), "made": made}


def draft(file: str, terms: str) -> Document:
    """Write unsigned terms, given as JSON."""
    try:
        wanted = _TERMS.validate_json(terms)
    except ValidationError as problem:
        what = ".".join(str(part) for part in problem.errors()[0]["loc"])
        raise BadInput(
            f"The terms do not say a proper {what}: {problem.errors()[0]['msg']}.",
            mend="See: secondunit consent --help",
        ) from problem
    write_terms(Path(file), wanted)
    return {"file": file, "consent": consent_id(wanted)}


def sign(file: str, role: str, key: str) -> Document:
    """Sign terms: the producer with this installation's key, a performer with the PEM file of theirs."""
    if role not in ROLES:
        raise BadInput(f"Nobody signs as {role}.", mend="Sign as performer or as producer.")
    private = _read_key(Path(key)) if key else None
    if private is None:
        if role == "performer":
            raise BadInput("A performer signs with a key of their own.", mend="Name its file with --key.")
        private = load_identity(state_dir() / "identity").ledger_key
    document = sign_terms(Path(file), cast(Role, role), private)
    signed = [name for name in ROLES if getattr(document, name) is not None]
    return {"file": file, "consent": consent_id(document.terms), "signed": signed}


def enter(project: str, file: str) -> Document:
    """Enter terms that both sides have signed."""
    row = enter_consent(Path(project), Path(file), load_identity(state_dir() / "identity").public_key)
    return {"consent": row.body["consent"], "performer": row.body["terms"]["performer"], "row": row.number}


def list_consents(project: str, performer: str) -> Document:
    return {"consents": _consents(Path(project), performer)}


def take_back(project: str, performer: str, scope: str, by: str, reason: str) -> Document:
    """Revoke; unless it is for the future alone, quarantine what was made (deliveries only if the scope is "all")."""
    folder = Path(project)
    row = revoke(folder, performer, scope=cast(Scope, scope), reason=reason, by=by)
    moved: tuple[str, ...] = ()
    if scope != "future":
        time.sleep(_STOPS_WITHIN)  # what is being made ends first, and leaves whole files
        found = find_likeness(folder, performer)
        moved = quarantine(folder, [each for each in found if scope == "all" or each.why != "a delivery"], performer)
    return {"row": row.number, "performer": performer, "scope": scope, "quarantined": list(moved)}


def delete_known(project: str, performer: str, by: str) -> Document:
    """Delete what is in quarantine and forget the private details."""
    folder = Path(project)
    receipts = delete(folder, performer, by=by, vault=Vault(folder, state_dir()))
    return {"performer": performer, "receipts": [row.body | {"row": row.number} for row in receipts]}


def rate(project: str, performer: str, per_second: str, currency: str) -> Document:
    row = set_rate(Path(project), performer, per_second, currency)
    return {"row": row.number} | row.body


def reverse_use(project: str, row: str, by: str, reason: str) -> Document:
    made = reverse(Path(project), int(row) if row.isdigit() else 0, by=by, reason=reason)
    return {"row": made.number} | made.body


def royalties(project: str, performer: str, csv: str, pdf: str) -> Document:
    """A statement, also as the files that are named."""
    folder = Path(project)
    if performer:
        find_performer(folder, performer)
    uses = statement(folder, performer)
    try:
        if csv:
            Path(csv).write_text(as_csv(uses), "utf-8", newline="")
        if pdf:
            write_pdf(uses, Path(pdf), f"{folder.name}: uses of {performer or 'all performers'}")
    except OSError as problem:
        raise Unwritable(
            f"{csv or pdf} cannot be written: {problem.strerror}.", mend="Choose another place."
        ) from problem
    owed = [{"performer": who, "currency": money, "amount": str(sum_)} for (who, money), sum_ in totals(uses).items()]
    return {"uses": [asdict(use) for use in uses], "totals": owed, "files": [file for file in (csv, pdf) if file]}


def _consents(folder: Path, performer: str) -> list[Document]:
    return [
        {"consent": each.id, "row": each.row, "revoked": each.revoked} | asdict(each.terms)
        for each in consents(folder, performer)
    ]


def _read_key(path: Path) -> Ed25519PrivateKey:
    """A performer's private key. Raises NotFound, BadInput."""
    if not path.is_file():
        raise NotFound(f"There is no key {path}.", mend="Make one with: secondunit performer key FILE")
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), None)
    except (ValueError, TypeError) as problem:
        raise BadInput(
            f"{path.name} is not a private key we can use.", mend="Give a PEM file of an Ed25519 key."
        ) from problem
    if not isinstance(key, Ed25519PrivateKey):
        raise BadInput(f"{path.name} is not an Ed25519 key.", mend="Make one with: secondunit performer key FILE")
    return key


COMMANDS: Mapping[str, Callable[..., Document]] = {
    "make-key": make_key,
    "add-performer": add_performer,
    "list-performers": list_performers,
    "show-performer": show_performer,
    "draft": draft,
    "sign": sign,
    "enter": enter,
    "list-consents": list_consents,
    "revoke": take_back,
    "delete": delete_known,
    "rate": rate,
    "reverse": reverse_use,
    "royalties": royalties,
}
