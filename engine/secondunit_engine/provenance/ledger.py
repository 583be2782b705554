"""The project's books: what was rendered, approved, consented to and deleted, in order and for ever.

Rows lie in the project's own `project.sqlite`, are never changed or removed (triggers refuse), and each carries the
hash of the row before. That finds edits; it does not find a database put back to an older day by whoever holds it, so
checkpoints (the row count and an RFC 6962 Merkle root, signed with Ed25519) are exported as files to keep elsewhere.

    log_render(project, "sh010", 1, manifest)                 # once for each take; a second call changes nothing
    append(project, Kind.APPROVAL, {"manifest": hash, "by": "A. Name", "decision": "approved"})
    write_checkpoint(project, identity)                       # -> project/checkpoints/00000012.json
    verdict = verify_ledger(project, identity.public_key)     # verdict.first_bad names the first bad row

No personal data belongs in a row: what must be forgettable lies elsewhere, and a row holds its hash.
"""

from __future__ import annotations

import datetime
import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from secondunit_bridge.errors import BadInput, NotReady, OutOfSpace
from secondunit_engine.provenance.canonical import canonical, fingerprint
from secondunit_engine.provenance.identity import Identity
from secondunit_engine.provenance.manifest import Manifest
from secondunit_engine.provenance.merkle import leaf_hash, root_hash

DATABASE = "project.sqlite"
CHECKPOINTS = "checkpoints"
_ZERO = "0" * 64
_DOMAIN = b"secondunit ledger checkpoint 1\0"
_LARGEST_CHECKPOINT = 1 << 16  # bytes
_SELECT = "SELECT number, time, kind, body, previous, hash FROM ledger ORDER BY number"
_Stored = tuple[int, str, str, str, str, str]  # a row of _SELECT

_SCHEMA = """
CREATE TABLE IF NOT EXISTS ledger (
  number INTEGER PRIMARY KEY,
  time TEXT NOT NULL,
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE
);
CREATE TRIGGER IF NOT EXISTS ledger_never_changes BEFORE UPDATE ON ledger
  BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER IF NOT EXISTS ledger_never_forgets BEFORE DELETE ON ledger
  BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
"""


class Kind(StrEnum):
    """What a row records."""

    PERFORMER = "performer"
    CONSENT = "consent"
    RENDER = "render"
    APPROVAL = "approval"
    REVIEW = "review"
    RATE = "rate"
    USAGE = "usage"
    REVOCATION = "revocation"
    DELETION = "deletion"
    CHECKPOINT = "checkpoint"


@dataclass(frozen=True)
class Row:
    """One entry: number from 1, UTC time, kind, what it says, and the chain."""

    number: int
    time: str
    kind: str
    body: dict[str, Any]
    previous: str
    hash: str


@dataclass(frozen=True)
class LedgerVerdict:
    """Whether the books are whole; if not, the first bad row and what is wrong with it."""

    intact: bool
    rows: int
    first_bad: int | None = None
    message: str = ""


def append(project: Path, kind: Kind, body: Mapping[str, Any]) -> Row:
    """Add one row, durably, in one transaction. Raises OutOfSpace if the disk is full."""
    with _writing(project) as database:
        return _append(database, kind, body)


def log_render(project: Path, shot: str, take: int, manifest: Manifest) -> Row:
    """Record a take with its manifest and the consents it used; a take that is already there is returned as it is."""
    recipe = manifest.recipe
    body = {
        "shot": shot,
        "take": take,
        "manifest": manifest.hash,
        "brief": manifest.brief_hash,
        "watermark": f"{recipe.watermark:012x}",
        "engine": recipe.engine,
        "media": {media.name: media.sha256 for media in recipe.media},
        "people": [{"name": person.name, "consents": list(person.consents)} for person in recipe.people],
    }
    with _writing(project) as database:
        for row in _rows(database):
            if row.kind == Kind.RENDER and row.body.get("manifest") == manifest.hash:
                return row
        return _append(database, Kind.RENDER, body)


def read_ledger(project: Path) -> tuple[Row, ...]:
    """All rows in order; empty for a project that has none yet."""
    return tuple(_parse(row) for row in _read_stored(project))


def write_checkpoint(project: Path, identity: Identity) -> Path:
    """Sign the books as they stand, enter that, and export it as a file to keep elsewhere."""
    with _writing(project) as database:
        rows = list(_rows(database))
        root = _root(rows)
        signature = identity.ledger_key.sign(_statement(len(rows), root))
        body = {"rows": len(rows), "root": root, "signature": signature.hex(), "key": identity.public_key.hex()}
        _append(database, Kind.CHECKPOINT, body)
    folder = project / CHECKPOINTS
    folder.mkdir(exist_ok=True)
    path = folder / f"{body['rows']:08d}.json"
    part = path.with_suffix(".part")
    part.write_text(json.dumps(body, indent=1, sort_keys=True) + "\n")
    os.replace(part, path)
    return path


def verify_ledger(project: Path, public_key: bytes, exported: tuple[Path, ...] | None = None) -> LedgerVerdict:
    """Check every row, every checkpoint within, and the exported ones (by default the project's own folder).

    `public_key` is the 32 raw bytes of the Ed25519 key that may sign checkpoints.
    """
    try:
        stored = _read_stored(project)
    except sqlite3.DatabaseError as problem:
        return LedgerVerdict(False, 0, 1, f"The ledger cannot be read: {problem}.")
    bad = _check_chain(stored)
    if bad is not None:
        return LedgerVerdict(False, len(stored), *bad)
    rows = tuple(_parse(row) for row in stored)
    paths = sorted((project / CHECKPOINTS).glob("*.json")) if exported is None else exported
    claims = [(f"the checkpoint in row {row.number}", row.body) for row in rows if row.kind == Kind.CHECKPOINT]
    claims += [(f"the exported checkpoint {path.name}", _read_checkpoint(path)) for path in paths]
    sound = 0
    for name, claim in sorted(claims, key=lambda item: _count(item[1])):
        bad = _check_claim(name, claim, rows, sound, public_key)
        if bad is not None:
            return LedgerVerdict(False, len(rows), *bad)
        sound = _count(claim)
    return LedgerVerdict(True, len(rows), None, f"All {len(rows)} rows are as they were written.")


def _check_chain(rows: tuple[_Stored, ...]) -> tuple[int, str] | None:
    """The first row that is missing, changed or out of its place."""
    last = _ZERO
    for expected, (number, time, kind, body, previous, digest) in enumerate(rows, start=1):
        if number != expected:
            return expected, f"Row {expected} is missing."
        if digest != _hash(number, time, kind, body, previous):
            return expected, f"Row {expected} ({kind}) was changed."
        if previous != last:
            before = max(expected - 1, 1)
            return before, f"Row {before} is not the one that row {expected} was written after."
        last = digest
    return None


def _check_claim(
    name: str, claim: dict[str, Any], rows: tuple[Row, ...], sound: int, public_key: bytes
) -> tuple[int, str] | None:
    """What a checkpoint shows to be wrong; `sound` rows are already vouched for by an earlier one."""
    count, root = _count(claim), str(claim.get("root", ""))
    if count > len(rows):
        return len(rows) + 1, f"Row {len(rows) + 1} is missing: {name} counts {count} rows."
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(
            bytes.fromhex(str(claim.get("signature", ""))), _statement(count, root)
        )
    except (InvalidSignature, ValueError):
        return sound + 1, f"{name[0].upper()}{name[1:]} was not signed by this project's key."
    if root != _root(rows[:count]):
        return sound + 1, f"A row from {sound + 1} to {count} was rewritten: {name} does not fit."
    return None


def _count(claim: dict[str, Any]) -> int:
    rows = claim.get("rows")
    return rows if isinstance(rows, int) and rows >= 0 else 0


def _read_checkpoint(path: Path) -> dict[str, Any]:
    if path.stat().st_size > _LARGEST_CHECKPOINT:
        raise BadInput(f"{path.name} is too large for a checkpoint.", mend="Give a file that `ledger export` wrote.")
    try:
        claim = json.loads(path.read_bytes())
    except ValueError:
        claim = None
    if not isinstance(claim, dict):
        raise BadInput(f"{path.name} is not a checkpoint.", mend="Give a file that `ledger export` wrote.")
    return claim


def _statement(count: int, root: str) -> bytes:
    return _DOMAIN + count.to_bytes(8, "big") + root.encode()


def _root(rows: list[Row] | tuple[Row, ...]) -> str:
    return root_hash([leaf_hash(bytes.fromhex(row.hash)) for row in rows]).hex()


@contextmanager
def _writing(project: Path) -> Iterator[sqlite3.Connection]:
    """One durable transaction that no other writer can come between."""
    try:
        with closing(sqlite3.connect(project / DATABASE, timeout=30, isolation_level=None)) as database:
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = FULL")
            database.executescript(_SCHEMA)
            database.execute("BEGIN IMMEDIATE")
            try:
                yield database
                database.execute("COMMIT")
            finally:
                if database.in_transaction:
                    database.execute("ROLLBACK")
    except sqlite3.OperationalError as problem:
        if problem.sqlite_errorcode == sqlite3.SQLITE_FULL:
            raise OutOfSpace(
                "The disk is full, so the ledger cannot be written.", mend="Free some space and try again."
            ) from problem
        raise NotReady(
            f"The ledger cannot be written: {problem}.", mend="Close other programs on this project."
        ) from problem


def _append(database: sqlite3.Connection, kind: Kind, body: Mapping[str, Any]) -> Row:
    last = database.execute("SELECT number, hash FROM ledger ORDER BY number DESC LIMIT 1").fetchone()
    number, previous = (last[0] + 1, last[1]) if last else (1, _ZERO)
    time = datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")
    text = canonical(body).decode()
    row = Row(number, time, kind.value, json.loads(text), previous, _hash(number, time, kind.value, text, previous))
    database.execute(
        "INSERT INTO ledger VALUES (?, ?, ?, ?, ?, ?)", (number, time, kind.value, text, previous, row.hash)
    )
    return row


def _rows(database: sqlite3.Connection) -> Iterator[Row]:
    for row in database.execute(_SELECT):
        yield _parse(row)


def _parse(stored: _Stored) -> Row:
    number, time, kind, body, previous, digest = stored
    return Row(number, time, kind, json.loads(body), previous, digest)


def _read_stored(project: Path) -> tuple[_Stored, ...]:
    """The rows as they lie in the database; none if there is no database or no ledger in it yet."""
    if not (project / DATABASE).is_file():
        return ()
    with closing(sqlite3.connect(project / DATABASE, timeout=30)) as database:
        if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'ledger'").fetchone():
            return ()
        return tuple(database.execute(_SELECT))


def _hash(number: int, time: str, kind: str, body: str, previous: str) -> str:
    """Over the body's text as it is stored, so that a row can be judged even if it can no longer be read."""
    return fingerprint([number, time, kind, body, previous])
