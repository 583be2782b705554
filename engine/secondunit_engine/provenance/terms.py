"""Terms of a consent: a plain document that two sides sign, on its way to the ledger.

The words follow the SAG-AFTRA agreements of 2023 on digital replicas: a reasonably specific description, the use, the
exclusions, the compensation. Each side signs the canonical terms with Ed25519 (RFC 8032); the file is JSON that anyone
can read, and holds no more of a person than an id.

    terms = Terms(performer="ava", project="my.film", description="…", starts="2026-11-01", ends="2027-11-01")
    write_terms(path, terms)
    sign_terms(path, "performer", her_key)
    sign_terms(path, "producer", identity.ledger_key)
"""

from __future__ import annotations

import datetime
import json
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pydantic import TypeAdapter, ValidationError

from secondunit_bridge.errors import BadInput, NotFound
from secondunit_engine.provenance.canonical import canonical, fingerprint

Modality = Literal["face", "body", "voice", "motion"]
Exclusion = Literal["fall", "fire", "vehicle", "weapon", "water", "height", "fight"]  # the kinds of stunt marks
Role = Literal["performer", "producer"]
Replica = Literal["employment-based", "independently created"]
ROLES: tuple[Role, ...] = ("performer", "producer")
_DOMAIN = b"secondunit consent 1\0"
_LARGEST = 1 << 20  # bytes of a consent document
_SHORTEST = 20  # characters that can be "reasonably specific"


@dataclass(frozen=True)
class Terms:
    """What a performer allows. Dates are ISO 8601 days, both included; no scenes means all, no territory the world."""

    performer: str
    project: str
    description: str
    starts: str
    ends: str
    replica: Replica = "employment-based"
    scenes: tuple[str, ...] = ()
    modalities: tuple[Modality, ...] = ("face", "body", "voice", "motion")
    exclusions: tuple[Exclusion, ...] = ()
    territory: tuple[str, ...] = ()
    compensation: str = ""
    version: int = 1


@dataclass(frozen=True)
class Signature:
    """Ed25519 over the terms, by a public key; both in hex."""

    key: str
    signature: str


@dataclass(frozen=True)
class Document:
    """A consent on its way: the terms, and who has signed them so far."""

    terms: Terms
    performer: Signature | None = None
    producer: Signature | None = None


DOCUMENT = TypeAdapter(Document)
TERMS = TypeAdapter(Terms)


def write_terms(path: Path, terms: Terms) -> None:
    """Write terms that nobody has signed yet. Raises BadInput if they cannot hold."""
    _check_terms(terms)
    _write(path, Document(terms))


def sign_terms(path: Path, role: Role, key: Ed25519PrivateKey) -> Document:
    """Add one side's signature to a document. Raises NotFound, BadInput."""
    document = read_terms(path)
    said = Signature(key.public_key().public_bytes_raw().hex(), key.sign(_said(document.terms)).hex())
    document = replace(document, performer=said) if role == "performer" else replace(document, producer=said)
    _write(path, document)
    return document


def read_terms(path: Path) -> Document:
    """A consent document from a file. Raises NotFound, BadInput."""
    if not path.is_file():
        raise NotFound(f"There is no consent {path}.", mend="Write one with: secondunit consent draft")
    mend = "Give a file that `secondunit consent draft` wrote."
    if path.stat().st_size > _LARGEST:
        raise BadInput(f"{path.name} is too large for a consent.", mend=mend)
    try:
        document = DOCUMENT.validate_json(path.read_bytes())
    except (ValidationError, UnicodeDecodeError) as problem:
        raise BadInput(f"{path.name} is not a consent.", mend=mend) from problem
    _check_terms(document.terms)
    return document


def consent_id(terms: Terms) -> str:
    """16 hex digits that name exactly these terms."""
    return fingerprint(TERMS.dump_python(terms, mode="json"))[:16]


def _check_terms(terms: Terms) -> None:
    """Raise BadInput for terms that could not hold."""
    try:
        starts, ends = (datetime.date.fromisoformat(day) for day in (terms.starts, terms.ends))
    except ValueError as problem:
        raise BadInput("A date of the consent is not a day.", mend="Write days as 2027-03-01.") from problem
    if ends < starts:
        raise BadInput(f"The consent ends ({terms.ends}) before it starts.", mend="Exchange the two days.")
    if len(terms.description.strip()) < _SHORTEST:
        raise BadInput("The description of the use is not specific.", mend="Say in a sentence what will be made.")
    if not terms.modalities:
        raise BadInput("The consent allows nothing.", mend="Name face, body, voice or motion.")


def _said(terms: Terms) -> bytes:
    return _DOMAIN + canonical(TERMS.dump_python(terms, mode="json"))


def is_signed(terms: Terms, signature: Signature | None, key: str) -> bool:
    """Whether a signature is by the owner of that public key (64 hex digits), and of these terms."""
    if signature is None or signature.key != key:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(signature.signature), _said(terms))
    except (InvalidSignature, ValueError):
        return False
    return True


def _write(path: Path, document: Document) -> None:
    part = path.with_name(f".{path.name}.part")
    told = DOCUMENT.dump_python(document, mode="json")
    part.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", "utf-8")
    os.replace(part, path)
