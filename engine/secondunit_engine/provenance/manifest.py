"""The manifest: one take's whole recipe, as plain data beside the take.

What decides the pixels is the `Recipe`; its hash names the take for ever. The same inputs give the same bytes, so
no clock is read here: when a take was made is the ledger's business. The machine is noted beside the recipe, outside
of its hash.

    recipe = Recipe(shot="sh010", take=1, brief=brief, plan=shot, settings=settings, look=look, products=products,
                    watermark=mark, media=measure_media(folder, ("picture.mov", "sound/mix.wav")))
    manifest = Manifest(recipe)
    write_manifest(folder / "manifest.json", manifest)
    manifest.hash                                # 64 hex digits, in the C2PA claim and in the ledger row
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from secondunit_bridge.errors import BadInput, NotFound, TooLarge
from secondunit_bridge.timing import Rate
from secondunit_engine import __version__
from secondunit_engine.finish.look import Look
from secondunit_engine.planning.plan import Settings, ShotPlan
from secondunit_engine.provenance.canonical import fingerprint
from secondunit_engine.script.brief import Brief

SCHEMA = 1
_LARGEST = 32 << 20  # bytes: a manifest holds a brief (10 MB at most) and a plan


@dataclass(frozen=True)
class Media:
    """A file of the take, before it was signed: name relative to the take's folder, and what it holds."""

    name: str
    sha256: str
    bytes: int


@dataclass(frozen=True)
class StageProduct:
    """A stage and the key of the product it made: the hash of that layer's inputs."""

    stage: str
    key: str


@dataclass(frozen=True)
class Person:
    """A real person whose likeness or voice is in the take, and the consents that allowed it."""

    name: str
    consents: tuple[str, ...]


@dataclass(frozen=True)
class Recipe:
    """Everything that decides a take. `plan.ledger` holds what became of each word of the brief.

    `parent` is the manifest hash of the take that this one was made from; `note` is the director's note for it.
    """

    shot: str
    take: int
    brief: Brief
    plan: ShotPlan
    settings: Settings
    look: Look
    products: tuple[StageProduct, ...]
    watermark: int
    media: tuple[Media, ...]
    people: tuple[Person, ...] = ()
    parent: str = ""
    note: str = ""
    engine: str = __version__
    schema: int = SCHEMA


@dataclass(frozen=True)
class CutRecipe:
    """Everything that decides a master: the cut and the takes in it, by the hashes of their manifests.

    Its frames carry the watermarks of their takes; it has none of its own.
    """

    shot: str  # the name of the cut
    timeline: str  # SHA-256 of the OTIO file
    takes: tuple[str, ...]
    codec: str
    rate: Rate
    frames: int
    media: tuple[Media, ...]
    people: tuple[Person, ...] = ()
    take: int = 0
    watermark: int = 0
    note: str = ""
    engine: str = __version__
    schema: int = SCHEMA


@dataclass(frozen=True)
class Machine:
    """Where the take was made; the same recipe on another machine is still the same recipe."""

    system: str = field(default_factory=platform.system)
    processor: str = field(default_factory=platform.machine)
    python: str = field(default_factory=platform.python_version)


@dataclass(frozen=True)
class Manifest:
    recipe: Recipe | CutRecipe
    machine: Machine = field(default_factory=Machine)

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the recipe as canonical JSON, 64 hex digits."""
        return fingerprint(_RECIPE.dump_python(self.recipe, mode="json"))

    @property
    def brief_hash(self) -> str:
        """SHA-256 of the brief's text, 64 hex digits; empty for a cut, which has no brief of its own."""
        if isinstance(self.recipe, CutRecipe):
            return ""
        return hashlib.sha256(self.recipe.brief.text.encode()).hexdigest()


_RECIPE: TypeAdapter[Recipe | CutRecipe] = TypeAdapter(Recipe | CutRecipe)
_MACHINE = TypeAdapter(Machine)


def watermark_id(*parts: object) -> int:
    """A 48-bit id from what makes a take unique, for example `watermark_id(project, shot, take, frames_key)`."""
    digest = hashlib.blake2b(digest_size=6, person=b"su-watermark")
    for part in parts:
        digest.update(f"{part}\0".encode())
    return int.from_bytes(digest.digest(), "big")


def measure_media(folder: Path, names: Iterable[str]) -> tuple[Media, ...]:
    """Name, hash and size of files in a take's folder, sorted by name. Raises NotFound for a missing one."""
    found = []
    for name in sorted(names):
        path = folder / name
        if not path.is_file():
            raise NotFound(f"The take has no file {name}.", mend="Shoot the take again.")
        found.append(Media(name, hash_file(path), path.stat().st_size))
    return tuple(found)


def hash_file(path: Path) -> str:
    """SHA-256 of a file, 64 hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_manifest(path: Path, manifest: Manifest) -> None:
    """Write manifest.json whole or not at all."""
    document = {
        "hash": manifest.hash,
        "brief_hash": manifest.brief_hash,
        "recipe": _RECIPE.dump_python(manifest.recipe, mode="json"),
        "machine": _MACHINE.dump_python(manifest.machine, mode="json"),
    }
    part = path.with_name(f".{path.name}.part")
    part.write_text(json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
    os.replace(part, path)


def read_manifest(path: Path) -> Manifest:
    """Read a manifest back. Raises NotFound, TooLarge, or BadInput if it is not one or its hash does not fit."""
    if not path.is_file():
        raise NotFound(f"There is no manifest at {path}.", mend="Give the path of a take's manifest.json.")
    if path.stat().st_size > _LARGEST:
        raise TooLarge(f"The manifest {path.name} is over {_LARGEST >> 20} MB.", mend="Give a take's manifest.json.")
    try:
        document = json.loads(path.read_bytes())
        manifest = Manifest(
            _RECIPE.validate_python(document["recipe"], strict=False),
            _MACHINE.validate_python(document["machine"]),
        )
        claimed = document["hash"]
    except (ValueError, ValidationError, KeyError, TypeError) as problem:
        raise BadInput(f"{path.name} is not a manifest of ours.", mend="Give a take's manifest.json.") from problem
    if claimed != manifest.hash:
        raise BadInput(
            f"The manifest {path.name} was changed after it was written.", mend="Restore it from the project's archive."
        )
    return manifest


def find_manifest(projects: Iterable[Path], *, hash: str = "", watermark: int | None = None) -> Path | None:
    """The manifest in these project folders that has this hash, or else this watermark; None if none has.

    Manifests that cannot be read, or were changed, are passed over.
    """
    for project in projects:
        takes, masters = project.glob("shots/*/takes/*/manifest.json"), project.glob("deliveries/*.manifest.json")
        for path in sorted((*takes, *masters)):
            try:
                manifest = read_manifest(path)
            except BadInput:
                continue
            if (hash and manifest.hash == hash) or (watermark is not None and manifest.recipe.watermark == watermark):
                return path
    return None
