"""A manifest is the same bytes for the same inputs, and notices when it was changed."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondunit_bridge.errors import BadInput, NotFound
from secondunit_engine.provenance.manifest import (
    Manifest,
    find_manifest,
    measure_media,
    read_manifest,
    watermark_id,
    write_manifest,
)
from secondunit_engine.provenance.merkle import leaf_hash, root_hash


def test_a_manifest_comes_back_as_it_was_written_and_holds_no_clock(tmp_path: Path, manifest: Manifest) -> None:
    write_manifest(tmp_path / "a.json", manifest)
    write_manifest(tmp_path / "b.json", Manifest(manifest.recipe))
    assert read_manifest(tmp_path / "a.json") == manifest
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()


def test_the_machine_is_not_part_of_the_hash_and_every_input_is(manifest: Manifest) -> None:
    elsewhere = replace(manifest, machine=replace(manifest.machine, system="Elsewhere"))
    assert elsewhere.hash == manifest.hash
    for change in ({"take": 2}, {"note": "closer"}, {"watermark": 1}, {"parent": "ab" * 32}, {"products": ()}):
        assert Manifest(replace(manifest.recipe, **change)).hash != manifest.hash


def test_an_edited_manifest_is_refused_and_never_found(tmp_path: Path, manifest: Manifest) -> None:
    take = tmp_path / "shots/sh010/takes/001"
    take.mkdir(parents=True)
    write_manifest(take / "manifest.json", manifest)
    assert find_manifest([tmp_path], hash=manifest.hash) == take / "manifest.json"
    assert find_manifest([tmp_path], watermark=manifest.recipe.watermark) == take / "manifest.json"
    assert find_manifest([tmp_path], watermark=1) is None
    document = json.loads((take / "manifest.json").read_text())
    document["recipe"]["note"] = "nobody said this"
    (take / "manifest.json").write_text(json.dumps(document))
    with pytest.raises(BadInput, match="changed"):
        read_manifest(take / "manifest.json")
    assert find_manifest([tmp_path], hash=manifest.hash) is None


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"hash": 1}', b"\xff\xfe", b'{"recipe": [], "machine": 0}'])
def test_rubbish_is_not_a_manifest(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "manifest.json").write_bytes(content)
    with pytest.raises(BadInput):
        read_manifest(tmp_path / "manifest.json")


def test_media_are_measured_by_name_and_a_missing_one_is_said(tmp_path: Path) -> None:
    (tmp_path / "b.wav").write_bytes(b"b")
    (tmp_path / "a.mov").write_bytes(b"aa")
    assert [(media.name, media.bytes) for media in measure_media(tmp_path, ("b.wav", "a.mov"))] == [
        ("a.mov", 2),
        ("b.wav", 1),
    ]
    with pytest.raises(NotFound, match=r"c\.png"):
        measure_media(tmp_path, ("c.png",))


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_a_watermark_id_fits_48_bits(parts: list[str]) -> None:
    assert 0 <= watermark_id(*parts) < 1 << 48


def _rfc_root(leaves: list[bytes]) -> bytes:
    """RFC 6962, section 2.1, as it is written there."""
    import hashlib

    if len(leaves) <= 1:
        return leaves[0] if leaves else hashlib.sha256(b"").digest()
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    return hashlib.sha256(b"\1" + _rfc_root(leaves[:split]) + _rfc_root(leaves[split:])).digest()


@pytest.mark.parametrize("count", [*range(18), 31, 64, 100])
def test_the_merkle_root_is_the_one_of_rfc_6962(count: int) -> None:
    leaves = [leaf_hash(str(number).encode()) for number in range(count)]
    assert root_hash(leaves) == _rfc_root(leaves)
