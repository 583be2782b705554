"""A signed file says whose it is, and notices every change."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
import soundfile
from PIL import Image

from secondunit_bridge.connection import check_private
from secondunit_bridge.errors import NotFound
from secondunit_engine.provenance.identity import Identity, load_identity
from secondunit_engine.provenance.manifest import Manifest, write_manifest
from secondunit_engine.provenance.sign import sidecar_of, sign_file, sign_frames
from secondunit_engine.provenance.verify import Verdict, verify_file
from tests.engine.provenance.conftest import MARK, encode, paint


@pytest.fixture
def project(tmp_path: Path, manifest: Manifest) -> Path:
    take = tmp_path / "film/shots/sh010/takes/001"
    take.mkdir(parents=True)
    write_manifest(take / "manifest.json", manifest)
    return tmp_path / "film"


def _verify(path: Path, project: Path, identity: Identity) -> Verdict:
    return verify_file(path, (project,), anchors=identity.authority)


def _files(folder: Path) -> list[Path]:
    """One small valid file of each kind that leaves the engine."""
    frames = paint((320, 180), count=3)
    still = Image.fromarray((frames[0] * 255).astype(np.uint8))
    still.save(folder / "sheet.png")
    still.save(folder / "still.tiff")
    soundfile.write(folder / "mix.wav", np.zeros((4800, 2)), 48000, "PCM_24")
    encode(folder / "picture.mov", frames, "prores_ks", "yuv422p10le")
    encode(folder / "proxy.mp4", frames, "libx264", "yuv420p")
    (folder / "cut.otio").write_text("{}")
    (folder / "shot.usdz").write_bytes(b"PK\x03\x04" + bytes(100))
    return sorted(path for path in folder.iterdir() if path.is_file())


def test_every_kind_of_file_is_intact_after_signing_and_changed_after_one_byte(
    tmp_path: Path, project: Path, manifest: Manifest, identity: Identity
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    for path in _files(folder):
        signed = sign_file(path, manifest, identity)
        verdict = _verify(path, project, identity)
        assert verdict.verdict == "intact", (path.name, verdict)
        assert verdict.take == "sh010/1"
        assert Path(verdict.manifest) == project / "shots/sh010/takes/001/manifest.json"
        assert (signed.sidecar is not None) == (path.suffix in {".otio", ".usdz"})
        content = bytearray(path.read_bytes())
        place = content.find(b"mdat") + 200 if b"mdat" in content else len(content) - 1
        if path.suffix in {".png", ".tiff"}:
            place = content.find(b"IDAT") + 40 if path.suffix == ".png" else 5000
        if path.suffix == ".wav":
            place = content.find(b"data") + 100
        content[place] ^= 1
        path.write_bytes(content)
        assert _verify(path, project, identity).verdict == "changed", path.name
    assert not [path.name for path in folder.iterdir() if path.name.startswith(".")]


def test_a_retake_names_its_parent_and_a_cut_its_components(
    tmp_path: Path, project: Path, manifest: Manifest, identity: Identity
) -> None:
    import c2pa

    paths = [
        encode(tmp_path / f"{name}.mov", paint((160, 90), seed, 2), "prores_ks", "yuv422p10le")
        for seed, name in enumerate(("a", "b", "cut"))
    ]
    sign_file(paths[0], manifest, identity)
    sign_file(paths[1], manifest, identity, parent=paths[0])
    sign_file(paths[2], manifest, identity, components=(paths[0], paths[1]))
    relations = []
    for path in paths:
        assert _verify(path, project, identity).verdict == "intact"
        with c2pa.Reader(path) as reader:
            document = json.loads(reader.json())
        active = document["manifests"][document["active_manifest"]]
        relations.append([(one["title"], one["relationship"]) for one in active.get("ingredients", ())])
    assert relations == [[], [("a.mov", "parentOf")], [("a.mov", "componentOf"), ("b.mov", "componentOf")]]


def test_a_sequence_is_intact_until_a_frame_is_changed_missing_or_added_and_the_frame_is_named(
    tmp_path: Path, project: Path, manifest: Manifest, identity: Identity
) -> None:
    frames = tmp_path / "frames"
    frames.mkdir()
    for number in range(1001, 1006):
        (frames / f"{number}.exr").write_bytes(bytes([number % 251]) * 64)
    signed = sign_frames(frames, manifest, identity)
    assert signed.sidecar == tmp_path / "frames.c2pa"
    assert _verify(frames, project, identity).verdict == "intact"

    (frames / "1003.exr").write_bytes(bytes(64))
    changed = _verify(frames, project, identity)
    assert changed.verdict == "changed"
    assert "1003.exr was changed" in changed.message

    assert _verify(frames / "1003.exr", project, identity).verdict == "changed"
    assert _verify(frames / "1002.exr", project, identity).verdict == "intact"

    (frames / "1003.exr").unlink()
    assert "1003.exr is missing" in _verify(frames, project, identity).message
    (frames / "1003.exr").write_bytes(bytes([1003 % 251]) * 64)
    assert _verify(frames, project, identity).verdict == "intact"
    (frames / "1006.exr").write_bytes(b"new")
    assert "1006.exr was added" in _verify(frames, project, identity).message


def test_a_damaged_sidecar_is_never_intact(
    tmp_path: Path, project: Path, manifest: Manifest, identity: Identity
) -> None:
    path = tmp_path / "cut.otio"
    path.write_text("{}")
    sign_file(path, manifest, identity)
    claim = bytearray(sidecar_of(path).read_bytes())
    claim[len(claim) // 2] ^= 1
    sidecar_of(path).write_bytes(claim)
    assert _verify(path, project, identity).verdict == "changed"
    sidecar_of(path).write_bytes(b"rubbish")
    assert _verify(path, project, identity).verdict == "changed"


def test_a_picture_cut_short_added_to_or_changed_in_one_bit_is_never_intact(
    tmp_path: Path, project: Path, manifest: Manifest, identity: Identity
) -> None:
    path = encode(tmp_path / "picture.mov", paint((160, 90), 3, 2), "prores_ks", "yuv422p10le")
    sign_file(path, manifest, identity)
    whole = path.read_bytes()
    damaged = [whole[: len(whole) // 2], whole[:-1], whole + b"more", whole + whole]
    claim = whole.index(b"uuid") - 4
    end = claim + int.from_bytes(whole[claim : claim + 4], "big")
    rng = np.random.Generator(np.random.PCG64(1))
    places = [*rng.integers(end, len(whole), 30).tolist(), *rng.integers(claim + 8, (claim + end) // 2, 10).tolist()]
    for place in places:  # C2PA leaves spare bytes at the end of a claim that say nothing and are not covered
        damaged.append(whole[:place] + bytes([whole[place] ^ 16]) + whole[place + 1 :])
    for content in damaged:
        path.write_bytes(content)
        assert _verify(path, project, identity).verdict != "intact"
    path.write_bytes(whole)
    assert _verify(path, project, identity).verdict == "intact"


def test_a_claim_by_a_key_we_do_not_trust_is_not_believed(
    tmp_path: Path, project: Path, manifest: Manifest, identity: Identity
) -> None:
    stranger = load_identity(tmp_path / "stranger")
    path = encode(tmp_path / "forged.mov", paint((160, 90), 3, 2), "prores_ks", "yuv422p10le")
    sign_file(path, manifest, stranger)
    assert _verify(path, project, stranger).verdict == "intact"
    assert _verify(path, project, identity).verdict == "not ours"


def test_a_plain_file_is_not_ours(tmp_path: Path, project: Path, identity: Identity) -> None:
    path = encode(tmp_path / "clip.mp4", paint((854, 480), 4, 6), "libx264", "yuv420p")
    assert _verify(path, project, identity).verdict == "not ours"
    text = tmp_path / "notes.txt"
    text.write_text("hello")
    assert _verify(text, project, identity).verdict == "not ours"
    with pytest.raises(NotFound):
        _verify(tmp_path / "missing.mov", project, identity)


@pytest.mark.referee
@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")
@pytest.mark.parametrize("work", ["-c copy", "-c:v libx264 -crf 23", "-c:v libx264 -crf 20 -vf eq=brightness=0.05"])
def test_ffmpeg_strips_the_claim_and_the_watermark_still_leads_home(
    tmp_path: Path, project: Path, manifest: Manifest, identity: Identity, marked_clip: Path, work: str
) -> None:
    path = tmp_path / "picture.mov"
    shutil.copy(marked_clip, path)
    sign_file(path, manifest, identity)
    assert _verify(path, project, identity).verdict == "intact"
    copy = tmp_path / "copy.mov"
    subprocess.run(["ffmpeg", "-v", "error", "-i", path, *work.split(), copy], check=True)
    verdict = _verify(copy, project, identity)
    assert verdict.verdict == "soft match", verdict
    assert verdict.watermark == f"{MARK:012x}"
    assert verdict.take == "sh010/1"


def test_the_identity_is_private_and_stays_the_same(tmp_path: Path) -> None:
    first = load_identity(tmp_path / "state" / "identity")
    check_private(tmp_path / "state")  # who verifies before any engine ran makes the state folder
    again = load_identity(tmp_path / "state" / "identity")
    assert first.key == again.key
    assert (tmp_path / "state" / "identity").stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o177 == 0 for path in (tmp_path / "state" / "identity").iterdir())
    assert "PRIVATE" not in repr(first)
