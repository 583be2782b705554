"""The real people of a project: who they play, the key they sign with, and what is known of them in private.

The books hold an id, the characters and a public key. Names, addresses and scans lie outside the books in
`performers/<id>.sealed`, encrypted with a key of that performer alone (AES-256-GCM) which lies with the installation,
not with the project. Shredding that key forgets the person for ever, and the books stay whole.

    register(project, Performer("ava", ("AVA", "HOST"), key), {"name": "Ava Stone", "agent": "…"}, vault)
    performers(project)                         # as the books have it, the latest row of each id counts
    vault.open("ava")                           # {"name": "Ava Stone", …}
    vault.shred("ava")
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from secondunit_bridge.connection import make_private
from secondunit_bridge.errors import BadInput, NotFound, NotReady
from secondunit_engine.provenance.canonical import canonical
from secondunit_engine.provenance.ledger import Kind, Row, append, read_ledger

SEALED = "performers"
_ID = re.compile(r"[a-z][a-z0-9-]{0,39}")
_MOST_CHARACTERS = 100
_NONCE = 12  # bytes
_LARGEST = 1 << 20  # bytes of private details


@dataclass(frozen=True)
class Performer:
    """A real person in a project: an id without meaning outside, who they play, their Ed25519 public key (hex)."""

    id: str
    characters: tuple[str, ...]
    key: str

    def plays(self, name: str) -> bool:
        """Whether a cast member of that name is this person."""
        return name.casefold() in {character.casefold() for character in self.characters}


def register(project: Path, performer: Performer, details: Mapping[str, str], vault: Vault) -> Row:
    """Enter a performer, or new characters or a new key of one. Raises BadInput."""
    if not _ID.fullmatch(performer.id):
        raise BadInput(f"“{performer.id}” is not an id.", mend="Use small letters, digits and hyphens: ava-stone.")
    characters = tuple(name.strip() for name in performer.characters if name.strip())
    if not characters or len(characters) > _MOST_CHARACTERS:
        raise BadInput(f"{performer.id} plays nobody.", mend="Name the characters that are this person.")
    for other in performers(project):
        taken = [name for name in characters if other.plays(name) and other.id != performer.id]
        if taken:
            raise BadInput(f"{taken[0]} is already played by {other.id}.", mend="Give the character another name.")
    check_key(performer.key)
    if details:
        vault.seal(performer.id, details)
    return append(
        project,
        Kind.PERFORMER,
        {"performer": performer.id, "characters": list(characters), "key": performer.key.lower()},
    )


def check_key(key: str) -> Ed25519PublicKey:
    """An Ed25519 public key from 64 hex digits. Raises BadInput."""
    try:
        return Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
    except ValueError as problem:
        raise BadInput("That is not a performer's public key.", mend="Give the 64 hex digits of it.") from problem


def performers(project: Path) -> tuple[Performer, ...]:
    """The performers of a project by id; the latest row of each counts."""
    return performers_in(read_ledger(project))


def performers_in(rows: tuple[Row, ...]) -> tuple[Performer, ...]:
    known: dict[str, Performer] = {}
    for row in rows:
        if row.kind == Kind.PERFORMER:
            body = row.body
            known[body["performer"]] = Performer(body["performer"], tuple(body["characters"]), body["key"])
    return tuple(known[id] for id in sorted(known))


def find_performer(project: Path, id: str) -> Performer:
    """The performer of that id. Raises NotFound."""
    known = performers(project)
    for performer in known:
        if performer.id == id:
            return performer
    names = ", ".join(performer.id for performer in known) or "nobody yet"
    raise NotFound(f"There is no performer {id} in {project.name}.", mend=f"The project knows: {names}.")


class Vault:
    """Private details of a project's performers, each under a key of their own in the installation's state folder."""

    def __init__(self, project: Path, state: Path) -> None:
        self._sealed = project / SEALED
        self._keys = state / "performers"

    def seal(self, performer: str, details: Mapping[str, str]) -> None:
        """Encrypt and keep, in place of what was kept before. Raises BadInput if it is over a megabyte."""
        plain = canonical(dict(details))
        if len(plain) > _LARGEST:
            raise BadInput("The private details are over a megabyte.", mend="Keep scans elsewhere and note where.")
        nonce = os.urandom(_NONCE)
        sealed = nonce + AESGCM(self._key(performer, make=True)).encrypt(nonce, plain, performer.encode())
        make_private(self._sealed)
        _write(self._sealed / f"{performer}.sealed", sealed)

    def open(self, performer: str) -> dict[str, str]:
        """The private details. Raises NotFound if there are none or the key was shredded, NotReady if damaged."""
        path = self._sealed / f"{performer}.sealed"
        if not path.is_file() or not self._path(performer).is_file():
            raise NotFound(f"Nothing private is kept of {performer}.", mend="It was never given, or was forgotten.")
        sealed = path.read_bytes()
        try:
            plain = AESGCM(self._key(performer)).decrypt(sealed[:_NONCE], sealed[_NONCE:], performer.encode())
        except (InvalidTag, ValueError) as problem:
            raise NotReady(f"{path.name} is damaged, or under another key.", mend="Restore it.") from problem
        return json.loads(plain)

    def shred(self, performer: str) -> bool:
        """Destroy the key and what it locks; whether there was one."""
        path = self._path(performer)
        there = path.is_file()
        if there:
            with path.open("r+b") as file:  # overwritten first: a deleted file's blocks may be read for a while
                file.write(os.urandom(32))
                os.fsync(file.fileno())
            path.unlink()
        (self._sealed / f"{performer}.sealed").unlink(missing_ok=True)
        return there

    def _path(self, performer: str) -> Path:
        if not _ID.fullmatch(performer):
            raise BadInput(f"“{performer}” is not an id.", mend="Use small letters, digits and hyphens: ava-stone.")
        return self._keys / f"{performer}.key"

    def _key(self, performer: str, *, make: bool = False) -> bytes:
        path = self._path(performer)
        if make and not path.is_file():
            make_private(self._keys.parent)
            make_private(self._keys)
            _write(path, AESGCM.generate_key(256))
        return path.read_bytes()


def _write(path: Path, content: bytes) -> None:
    """Write for this user alone, whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        os.fsync(file.fileno())
    os.replace(part, path)
