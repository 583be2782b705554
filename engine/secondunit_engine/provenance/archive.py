"""A project in one file that checks itself: a BagIt bag (RFC 8493) in a ZIP, signed.

`data/` is the project as it lies on the disk, without what can be made again (the cache, but for the USD layers that
the takes are made of) and without what is being forgotten (quarantine). `manifest-sha256.txt` names every file with its
hash, so any BagIt tool, or `sha256sum -c`, can check it in fifty years; `signature.json` is this installation's Ed25519
signature over that list. The books are copied as one moment of the database. Private keys lie elsewhere and stay there.

    made = write_archive(project, out, identity, progress)
    faults = check_archive(out)                # () if every file is there and holds what it held
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from secondunit_bridge.errors import BadInput, NotFound, Unwritable
from secondunit_engine.provenance.identity import Identity
from secondunit_engine.provenance.ledger import DATABASE
from secondunit_engine.provenance.manifest import Recipe, read_manifest

_LAYERS = ("set", "cast", "motion", "lights", "camera")
_KEPT = ("checkpoints", "shots", "looks", "library", "deliveries", "performers")
_LISTING, _TAGS, _SIGNATURE = "manifest-sha256.txt", "tagmanifest-sha256.txt", "signature.json"
_DOMAIN = b"secondunit archive 1\0"
_BLOCK = 1 << 20  # bytes
_LARGEST_TAG = 256 << 20  # bytes: some two million files
_EPOCH = (1980, 1, 1, 0, 0, 0)  # no clock: the same project is the same bytes


@dataclass(frozen=True)
class Archived:
    path: Path
    files: int
    bytes: int


def write_archive(
    project: Path, out: Path, identity: Identity, tell: Callable[[int, int], None] = lambda done, total: None
) -> Archived:
    """Write the archive whole or not at all; `tell(done, total)` hears of every file. Raises Unwritable."""
    part = out.with_name(f".{out.name}.part")
    size = 0
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory() as scratch, zipfile.ZipFile(part, "w", zipfile.ZIP_STORED, allowZip64=True) as bag:
            books = _copy_books(project, Path(scratch))
            files = [*_payload(project), *([(DATABASE, books)] if books else [])]
            listing: list[str] = []
            for done, (name, path) in enumerate(sorted(files), start=1):
                digest, length = _put(bag, f"data/{name}", path)
                listing.append(f"{digest}  data/{name}\n")
                size += length
                tell(done, len(files))
            _put_tags(bag, "".join(listing), len(listing), size, identity)
        os.replace(part, out)
    except OSError as problem:
        raise Unwritable(f"{out} cannot be written: {problem.strerror}.", mend="Choose another place.") from problem
    finally:
        with suppress(OSError):
            part.unlink()
    return Archived(out, len(listing), size)


def check_archive(path: Path, key: bytes | None = None) -> tuple[str, ...]:
    """What is wrong with an archive, in plain sentences; with `key` (32 bytes) it must be the one that signed.

    Raises NotFound, BadInput if it is no archive at all.
    """
    if not path.is_file():
        raise NotFound(f"There is no archive {path}.", mend="Check the path.")
    try:
        with zipfile.ZipFile(path) as bag:
            listing = _read_tag(bag, _LISTING)
            faults = _check_signature(bag, listing, key)
            return (*faults, *_check_files(bag, listing))
    except (zipfile.BadZipFile, KeyError, UnicodeDecodeError) as problem:
        raise BadInput(f"{path.name} is not an archive of ours.", mend="Give one that `archive` wrote.") from problem


def _payload(project: Path) -> Iterator[tuple[str, Path]]:
    """Names within the project and files, in any order; links are not followed."""
    folders = [project / name for name in _KEPT]
    for manifest in sorted(project.glob("shots/*/takes/*/manifest.json")):
        recipe = read_manifest(manifest).recipe
        if isinstance(recipe, Recipe):
            made = [product for product in recipe.products if product.stage in _LAYERS]
            folders += [project / "cache" / product.stage / product.key for product in made]
    for folder in dict.fromkeys(folders):
        for path in folder.rglob("*"):
            if path.is_file() and not path.is_symlink():
                yield path.relative_to(project).as_posix(), path
    for path in project.iterdir():
        if path.is_file() and not path.is_symlink() and not path.name.startswith((".", DATABASE)):
            yield path.name, path


def _copy_books(project: Path, scratch: Path) -> Path | None:
    """The database as of one moment, whatever writes to it meanwhile."""
    if not (project / DATABASE).is_file():
        return None
    copy = scratch / DATABASE
    with closing(sqlite3.connect(project / DATABASE, timeout=30)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy


def _put(bag: zipfile.ZipFile, name: str, path: Path) -> tuple[str, int]:
    """Add a file; its SHA-256 and length as they were added."""
    digest, length = hashlib.sha256(), 0
    with path.open("rb") as source, bag.open(_entry(name), "w", force_zip64=True) as target:
        while block := source.read(_BLOCK):
            digest.update(block)
            target.write(block)
            length += len(block)
    return digest.hexdigest(), length


def _put_tags(bag: zipfile.ZipFile, listing: str, files: int, size: int, identity: Identity) -> None:
    signature = identity.ledger_key.sign(_DOMAIN + hashlib.sha256(listing.encode()).digest())
    signed = {"key": identity.public_key.hex(), "signature": signature.hex()}
    tags = {
        "bagit.txt": "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag-info.txt": f"Payload-Oxum: {size}.{files}\nBag-Software-Agent: Second Unit\n",
        _LISTING: listing,
        _SIGNATURE: json.dumps(signed, indent=1) + "\n",
    }
    hashes = "".join(f"{hashlib.sha256(text.encode()).hexdigest()}  {name}\n" for name, text in tags.items())
    for name, text in (*tags.items(), (_TAGS, hashes)):
        bag.writestr(_entry(name), text.encode())


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.external_attr = 0o644 << 16
    return entry


def _read_tag(bag: zipfile.ZipFile, name: str) -> str:
    if bag.getinfo(name).file_size > _LARGEST_TAG:
        raise BadInput(f"{name} of the archive is too large.", mend="Give an archive that `archive` wrote.")
    return bag.read(name).decode()


def _check_signature(bag: zipfile.ZipFile, listing: str, key: bytes | None) -> tuple[str, ...]:
    try:
        signed = json.loads(_read_tag(bag, _SIGNATURE))
        by, signature = bytes.fromhex(signed["key"]), bytes.fromhex(signed["signature"])
        Ed25519PublicKey.from_public_bytes(by).verify(signature, _DOMAIN + hashlib.sha256(listing.encode()).digest())
    except (InvalidSignature, ValueError, KeyError, TypeError):
        return ("The list of files was changed: its signature does not fit.",)
    return () if key in (None, by) else ("It was signed by another installation.",)


def _check_files(bag: zipfile.ZipFile, listing: str) -> Iterator[str]:
    """A sentence for each file that is missing, changed, or was added."""
    lines = (line.partition("  ") for line in listing.splitlines())
    listed = {name: digest for digest, _, name in lines if name}
    present = {entry.filename for entry in bag.infolist() if PurePosixPath(entry.filename).parts[:1] == ("data",)}
    yield from (f"{name} is missing." for name in sorted(listed.keys() - present))
    yield from (f"{name} was added." for name in sorted(present - listed.keys()))
    for name in sorted(listed.keys() & present):
        if not _holds(bag, name, listed[name]):
            yield f"{name} was changed."


def _holds(bag: zipfile.ZipFile, name: str, wanted: str) -> bool:
    digest = hashlib.sha256()
    try:
        with bag.open(name) as file:
            while block := file.read(_BLOCK):
                digest.update(block)
    except zipfile.BadZipFile:  # its own checksum does not fit
        return False
    return digest.hexdigest() == wanted
