"""A performer takes a consent back: from that moment no new frame, and what was made can be found and deleted.

The row in the ledger is the revocation. Every gate reads the ledger, so nothing new starts; work that is under way
looks at it twice a second (`Watched`) and stops. What was made before lies in takes, in what the stages kept of them,
and in deliveries; `find_likeness` walks all of it, `quarantine` moves it out of everybody's way, and after a person has
confirmed, `delete` removes it with a receipt for each file. Hashes, receipts and royalty rows stay.

    revoke(project, "ava", scope="all", reason="…", by="Ava's agent")
    held = quarantine(project, find_likeness(project, "ava"), "ava")
    delete(project, "ava", by="A. Producer", vault=vault)

Only copies that the project knows are found. Say "known copies deleted", never "all".
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from secondunit_bridge.connection import make_private
from secondunit_bridge.errors import BadInput, Denied, NotFound
from secondunit_engine.progress import Progress
from secondunit_engine.provenance.canonical import fingerprint
from secondunit_engine.provenance.ledger import DATABASE, Kind, Row, append, read_ledger
from secondunit_engine.provenance.manifest import CutRecipe, Manifest, Recipe, hash_file, read_manifest
from secondunit_engine.provenance.performers import Vault, find_performer, performers_in

Scope = Literal["future", "unpublished", "all"]
QUARANTINE = "quarantine"
_LOOKS_EVERY = 0.25  # seconds between two looks at the ledger
_SEEN_STAGES = ("cast", "motion", "camera", "lights", "frames", "sound", "picture")  # products that hold the person


@dataclass(frozen=True)
class Likeness:
    """A file or folder that shows or holds a performer, relative to the project, and why it counts."""

    path: str
    why: str


def revoke(project: Path, performer: str, *, scope: Scope, reason: str, by: str) -> Row:
    """Take back every consent of a performer. Raises NotFound, BadInput without a name."""
    find_performer(project, performer)
    if not by.strip():
        raise BadInput("Nobody has revoked.", mend="Say who asks for it with --by NAME.")
    body = {"performer": performer, "scope": scope, "reason": reason.strip(), "by": by.strip()}
    return append(project, Kind.REVOCATION, body)


class Watched:
    """A Progress that stops the work when a performer in it takes a consent back; see `Progress`.

    `people` are performer ids. `check` raises Denied within a quarter of a second of the revocation.
    """

    def __init__(self, progress: Progress, project: Path, people: Iterable[str]) -> None:
        self._progress, self._project, self._people = progress, project, frozenset(people)
        self._looked, self._last = 0.0, _last_row(project) if self._people else 0

    def begin(self, stage: str, total: int) -> None:
        self._progress.begin(stage, total)

    def step(self, done: int, note: str = "") -> None:
        self._progress.step(done, note)

    def check(self) -> None:
        self._progress.check()
        now = time.monotonic()
        if not self._people or now - self._looked < _LOOKS_EVERY:
            return
        self._looked = now
        last = _last_row(self._project)
        if last == self._last:
            return
        fresh, self._last = read_ledger(self._project)[self._last :], last
        for row in fresh:
            if row.kind == Kind.REVOCATION and row.body["performer"] in self._people:
                raise Denied(
                    f"{row.body['performer']} took their consent back while this was made.",
                    mend="Nothing more of it is rendered. See: secondunit consent",
                )


def people_of(project: Path, cast: Iterable[str]) -> tuple[str, ...]:
    """The ids of the performers among some names of a cast."""
    known = performers_in(read_ledger(project))
    return tuple(dict.fromkeys(person.id for name in cast for person in known if person.plays(name)))


def find_likeness(project: Path, performer: str) -> tuple[Likeness, ...]:
    """Everything in the project that shows or holds a performer: takes, what their stages kept, deliveries of them."""
    find_performer(project, performer)
    manifests = [(path, read_manifest(path)) for path in sorted(project.glob("shots/*/takes/*/manifest.json"))]
    takes = [(path.parent, found) for path, found in manifests if _shows(found, performer)]
    hashes = {found.hash for _, found in takes}
    found = [Likeness(_relative(project, folder), "a take") for folder, _ in takes]
    found += _stage_products(project, takes)
    for path in sorted(project.glob("deliveries/*.manifest.json")):
        manifest = read_manifest(path)
        recipe = manifest.recipe
        uses = isinstance(recipe, CutRecipe) and bool(hashes & set(recipe.takes))
        if uses or manifest.hash in hashes or _shows(manifest, performer):
            name = path.name.removesuffix(".manifest.json")
            beside = sorted(file for file in path.parent.glob(f"{name}.*"))
            found += [Likeness(_relative(project, file), "a delivery") for file in beside]
    sheets = [project / "contact-sheet.png"] if takes else []
    found += [Likeness(_relative(project, sheet), "thumbnails") for sheet in sheets if sheet.is_file()]
    return tuple(dict.fromkeys(found))


def quarantine(project: Path, likeness: Iterable[Likeness], performer: str) -> tuple[str, ...]:
    """Move what shows a performer under quarantine/, open to this user alone; returns the paths as they were."""
    base = project / QUARANTINE / performer
    make_private(project / QUARANTINE)
    make_private(base)
    moved = []
    for each in likeness:
        source, target = project / each.path, base / each.path
        if not source.exists():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            raise BadInput(
                f"{each.path} is in quarantine already.", mend="Delete that first: secondunit consent delete"
            )
        os.replace(source, target)
        moved.append(each.path)
    return tuple(moved)


def delete(project: Path, performer: str, *, by: str, vault: Vault) -> tuple[Row, ...]:
    """Delete what lies in quarantine, a receipt for each file, and shred the performer's private key.

    Raises NotFound if nothing of them is in quarantine, BadInput without the name of who confirmed.
    """
    if not by.strip():
        raise BadInput("Nobody has confirmed the deletion.", mend="Say who does with --by NAME.")
    base = project / QUARANTINE / performer
    if not base.is_dir():
        raise NotFound(
            f"Nothing of {performer} is in quarantine.", mend="Quarantine it first: secondunit consent revoke"
        )
    receipts = []
    for file in sorted(path for path in base.rglob("*") if path.is_file()):
        body = {
            "performer": performer,
            "path": fingerprint(_relative(base, file)),  # a path may name a person
            "sha256": hash_file(file),
            "method": "unlink",
            "by": by.strip(),
        }
        file.unlink()
        receipts.append(append(project, Kind.DELETION, body))
    shutil.rmtree(base)
    if vault.shred(performer):
        body = {"performer": performer, "path": "", "sha256": "", "method": "key shredded", "by": by.strip()}
        receipts.append(append(project, Kind.DELETION, body))
    return tuple(receipts)


def _shows(manifest: Manifest, performer: str) -> bool:
    return any(person.name == performer for person in manifest.recipe.people)


def _stage_products(project: Path, takes: list[tuple[Path, Manifest]]) -> list[Likeness]:
    """What the stages kept of some takes, whole or not; a set shows nobody."""
    found: list[Likeness] = []
    for _, manifest in takes:
        if isinstance(manifest.recipe, Recipe):
            for product in manifest.recipe.products:
                folders = (project / "cache" / product.stage).glob(f"{product.key}*")
                if product.stage in _SEEN_STAGES:
                    found += [Likeness(_relative(project, folder), f"its {product.stage}") for folder in folders]
    return found


def _relative(project: Path, path: Path) -> str:
    return path.relative_to(project).as_posix()


def _last_row(project: Path) -> int:
    """The number of the ledger's latest row, 0 for an empty one; a thousandth of the cost of reading it."""
    if not (project / DATABASE).is_file():
        return 0
    database = sqlite3.connect(project / DATABASE, timeout=30)
    try:
        row = database.execute("SELECT max(number) FROM ledger").fetchone()
    except sqlite3.OperationalError:  # no ledger in it yet
        return 0
    finally:
        database.close()
    return row[0] or 0
