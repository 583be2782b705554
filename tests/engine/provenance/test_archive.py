"""An archive is the whole project in one file, and anyone can see whether it still is."""

from __future__ import annotations

import hashlib
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from secondunit_bridge.errors import BadInput, NotFound, Unwritable
from secondunit_engine.provenance.archive import check_archive, write_archive
from secondunit_engine.provenance.compare import compare
from secondunit_engine.provenance.identity import Identity, load_identity
from secondunit_engine.provenance.ledger import DATABASE, Kind, append, verify_ledger, write_checkpoint
from secondunit_engine.provenance.manifest import Manifest, Recipe, write_manifest

SET = "cache/set/" + "ab" * 16


@pytest.fixture
def project(tmp_path: Path, manifest: Manifest, identity: Identity) -> Path:
    """A take with its layers, a cache, a quarantine, a settings file and books."""
    film = tmp_path / "my.film"
    for name in ("shots/sh010/takes/001/picture.mov", f"{SET}/set.usdc", "cache/frames/cd/1.exr", "quarantine/a/x.mov"):
        (film / name).parent.mkdir(parents=True)
        (film / name).write_bytes(name.encode())
    (film / "secondunit.toml").write_text("seed = 0\n")
    (film / ".hidden.part").write_text("half")
    write_manifest(film / "shots/sh010/takes/001/manifest.json", manifest)
    append(film, Kind.DELETION, {"path": "x"})
    write_checkpoint(film, identity)
    return film


def test_everything_that_cannot_be_made_again_is_in_it(project: Path, tmp_path: Path, identity: Identity) -> None:
    heard: list[tuple[int, int]] = []
    made = write_archive(project, tmp_path / "a.zip", identity, lambda done, total: heard.append((done, total)))
    with zipfile.ZipFile(made.path) as bag:
        bag.extractall(tmp_path / "out")
    data = tmp_path / "out/data"
    files = {path.relative_to(data).as_posix() for path in data.rglob("*") if path.is_file()}
    take = {"shots/sh010/takes/001/picture.mov", "shots/sh010/takes/001/manifest.json"}
    assert files == take | {f"{SET}/set.usdc", "secondunit.toml", DATABASE, "checkpoints/00000001.json"}
    assert heard[-1] == (len(files), len(files))
    assert verify_ledger(data, identity.public_key).intact
    for line in (tmp_path / "out/manifest-sha256.txt").read_text().splitlines():  # as `sha256sum -c` would
        digest, name = line.split("  ")
        assert hashlib.sha256((tmp_path / "out" / name).read_bytes()).hexdigest() == digest
    assert (tmp_path / "out/bagit.txt").read_text().startswith("BagIt-Version: 1.0")


def test_the_same_project_is_the_same_bytes_even_while_it_is_written_to(
    project: Path, tmp_path: Path, identity: Identity
) -> None:
    with closing(sqlite3.connect(project / DATABASE, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        first = write_archive(project, tmp_path / "a.zip", identity).path.read_bytes()
        writer.execute("ROLLBACK")
    assert first == write_archive(project, tmp_path / "b.zip", identity).path.read_bytes()
    assert check_archive(tmp_path / "a.zip", identity.public_key) == ()


def _change(bag: dict[str, bytes]) -> None:
    bag["data/secondunit.toml"] = b"seed = 1\n"


def _remove(bag: dict[str, bytes]) -> None:
    del bag["data/secondunit.toml"]


def _add(bag: dict[str, bytes]) -> None:
    bag["data/more.txt"] = b"more"


def _relist(bag: dict[str, bytes]) -> None:
    _add(bag)
    line = f"{hashlib.sha256(b'more').hexdigest()}  data/more.txt\n"
    bag["manifest-sha256.txt"] += line.encode()


def _unsign(bag: dict[str, bytes]) -> None:
    bag["signature.json"] = b"{}"


@pytest.mark.parametrize(
    ("attack", "fault"),
    [
        (_change, "data/secondunit.toml was changed."),
        (_remove, "data/secondunit.toml is missing."),
        (_add, "data/more.txt was added."),
        (_relist, "The list of files was changed: its signature does not fit."),
        (_unsign, "The list of files was changed: its signature does not fit."),
    ],
)
def test_what_was_done_to_it_is_named(
    project: Path, tmp_path: Path, identity: Identity, attack: Callable[[dict[str, bytes]], None], fault: str
) -> None:
    write_archive(project, tmp_path / "a.zip", identity)
    with zipfile.ZipFile(tmp_path / "a.zip") as bag:
        content = {name: bag.read(name) for name in bag.namelist()}
    attack(content)
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as bag:
        for name, data in content.items():
            bag.writestr(name, data)
    assert check_archive(tmp_path / "b.zip") == (fault,)


def test_a_flipped_bit_is_found(project: Path, tmp_path: Path, identity: Identity) -> None:
    path = write_archive(project, tmp_path / "a.zip", identity).path
    data = bytearray(path.read_bytes())
    data[data.index(b"seed = 0")] ^= 1
    path.write_bytes(data)
    assert check_archive(path) == ("data/secondunit.toml was changed.",)


def test_one_by_somebody_else_or_none_at_all_is_told(
    project: Path, tmp_path: Path, identity: Identity, tmp_path_factory: pytest.TempPathFactory
) -> None:
    stranger = load_identity(tmp_path_factory.mktemp("stranger") / "identity")
    path = write_archive(project, tmp_path / "a.zip", stranger).path
    assert check_archive(path, identity.public_key) == ("It was signed by another installation.",)
    (tmp_path / "no.zip").write_bytes(b"PK")
    with pytest.raises(BadInput):
        check_archive(tmp_path / "no.zip")
    with pytest.raises(NotFound):
        check_archive(tmp_path / "gone.zip")
    with pytest.raises(Unwritable):
        write_archive(project, project / "secondunit.toml" / "a.zip", identity)


def test_two_takes_are_told_apart_by_what_was_asked_not_by_what_follows(manifest: Manifest) -> None:
    recipe = manifest.recipe
    assert isinstance(recipe, Recipe)
    closer = replace(recipe.plan, camera=replace(recipe.plan.camera, lens_mm=85.0))
    other = Manifest(replace(recipe, take=2, plan=closer, note="85mm", watermark=3, products=(), media=()))
    found = {each.field: (each.before, each.after) for each in compare(manifest, other)}
    assert found == {"plan.camera.lens_mm": (35.0, 85.0), "note": ("", "85mm")}
    assert compare(manifest, manifest) == ()
