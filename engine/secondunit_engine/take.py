"""A take: the products of a shot gathered in one folder, signed, and entered in the project's books.

The folder is filled under a temporary name and moved into place whole; only then is it entered. A kill between
the two leaves a whole folder without an entry, which the next attempt finds and enters.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

from secondunit_bridge.connection import state_dir
from secondunit_engine import layers
from secondunit_engine.products import Product
from secondunit_engine.progress import Progress
from secondunit_engine.project import Project, TakeRecord
from secondunit_engine.provenance.identity import Identity, load_identity
from secondunit_engine.provenance.ledger import log_render, write_checkpoint
from secondunit_engine.provenance.manifest import (
    Manifest,
    Person,
    Recipe,
    StageProduct,
    measure_media,
    read_manifest,
    write_manifest,
)
from secondunit_engine.provenance.sign import sign_file, sign_frames

_SIGNED = {".mov", ".mp4", ".png", ".wav"}


def find_same(project: Project, take: TakeRecord) -> TakeRecord | None:
    """The take of this shot that has the same products, if there is one; nothing is shot twice."""
    for known in project.takes(take.shot.id):
        if known.products == take.products and project.take_folder(known).is_dir():
            return known
    wanted = _products(take)
    for manifest in sorted((project.shot_folder(take.shot.id) / "takes").glob("[0-9]*/manifest.json")):
        recipe = read_manifest(manifest).recipe
        if isinstance(recipe, Recipe) and recipe.products == wanted:
            orphan = replace(take, number=recipe.take)
            _enter(project, orphan, manifest.parent)
            return orphan
    return None


def keep_take(
    project: Project, take: TakeRecord, built: dict[str, Product], progress: Progress, people: tuple[Person, ...] = ()
) -> TakeRecord:
    """Gather, sign and enter a new take; returns it with its number. Raises OutOfSpace, Cancelled.

    `people` are the real people in it, with the consents that allow them.
    """
    take = replace(take, number=project.next_number(take.shot.id))
    folder = project.take_folder(take)
    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    try:
        _gather(project, take, part)
        progress.check()
        layers.write_stage(take.shot, built, part)
        _sign(project, take, part, progress, people)
        os.replace(part, folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    layers.write_stage(take.shot, built, folder.parent.parent)
    _enter(project, take, folder)
    return take


def parent_folder(project: Project, take: TakeRecord) -> Path | None:
    """The folder of the take this one was made from, if it is still there."""
    if not take.parent:
        return None
    folder = project.shot_folder(take.shot.id) / "takes" / f"{take.parent:03d}"
    return folder if (folder / "manifest.json").is_file() else None


def _products(take: TakeRecord) -> tuple[StageProduct, ...]:
    return tuple(StageProduct(stage, key) for stage, key in take.products)


def _gather(project: Project, take: TakeRecord, part: Path) -> None:
    """Frames by hard link where the disk can (they are large and never changed), the rest by copy."""
    folders = {stage: project.store.folder / stage / key for stage, key in take.products}
    (part / "frames").mkdir()
    for frame in sorted((folders["frames"] / "frames").glob("*.exr")):
        _link(frame, part / "frames" / frame.name)
    for file in sorted(folders["picture"].iterdir()):
        shutil.copyfile(file, part / file.name)
    (part / "sound").mkdir()
    for file in sorted(folders["sound"].iterdir()):
        shutil.copyfile(file, part / ("sound" if file.suffix == ".wav" else ".") / file.name)


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:  # another disk, or one without links
        shutil.copyfile(source, target)


def _sign(project: Project, take: TakeRecord, part: Path, progress: Progress, people: tuple[Person, ...]) -> None:
    identity = load_identity(state_dir() / "identity")
    parent = parent_folder(project, take)
    media = sorted(path for path in part.rglob("*") if path.suffix in _SIGNED)
    recipe = Recipe(
        shot=take.shot.id,
        take=take.number,
        brief=take.brief,
        plan=take.shot,
        settings=take.settings,
        look=take.look,
        products=_products(take),
        watermark=take.watermark,
        media=measure_media(part, [path.relative_to(part).as_posix() for path in media]),
        people=people,
        parent=read_manifest(parent / "manifest.json").hash if parent else "",
        note=take.note,
    )
    manifest = Manifest(recipe)
    progress.begin("signing", len(media) + 1)
    for done, path in enumerate(media, start=1):
        progress.check()
        older = parent / path.relative_to(part) if parent else None
        _sign_one(path, manifest, identity, older if older and older.is_file() else None)
        progress.step(done)
    sign_frames(part / "frames", manifest, identity)
    write_manifest(part / "manifest.json", manifest)


def _sign_one(path: Path, manifest: Manifest, identity: Identity, parent: Path | None) -> None:
    sign_file(path, manifest, identity, parent=parent if path.name == "picture.mov" else None)


def _enter(project: Project, take: TakeRecord, folder: Path) -> None:
    """One row for the take, one in the ledger, and a checkpoint that shows if either is ever taken back."""
    log_render(project.folder, take.shot.id, take.number, read_manifest(folder / "manifest.json"))
    project.add_take(take)
    write_checkpoint(project.folder, load_identity(state_dir() / "identity"))
