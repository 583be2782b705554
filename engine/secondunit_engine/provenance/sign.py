"""Signing what leaves the engine (C2PA).

Picture, stills and sound carry the claim inside; EXR sequences, OTIO and USD carry it in a file beside them. An EXR
sequence has one claim, bound to the Merkle tree of its frames, so that one changed pixel of one frame is found.

    sign_file(take / "picture.mov", manifest, identity)                   # in place; 139 MB in about two seconds
    sign_file(take / "picture.mov", manifest, identity, parent=older / "picture.mov")
    sign_frames(take / "frames", manifest, identity)                      # writes take/frames.c2pa
    sign_file(cut, manifest, identity, components=(take_a, take_b), source_type=SourceType.COMPOSITE)

No clock server is asked, and nothing is fetched from the network, neither here nor in `verify.py`.
"""

from __future__ import annotations

import io
import json
import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import c2pa

from secondunit_bridge.errors import BadInput, EngineFault, NotFound
from secondunit_engine import __version__
from secondunit_engine.provenance.identity import Identity
from secondunit_engine.provenance.manifest import Manifest, hash_file
from secondunit_engine.provenance.merkle import leaf_hash, root_hash

EMBEDS = {
    ".mov": "video/quicktime", ".mp4": "video/mp4", ".png": "image/png", ".tif": "image/tiff",
    ".tiff": "image/tiff", ".wav": "audio/wav", ".flac": "audio/flac", ".jpg": "image/jpeg", ".webp": "image/webp",
}  # fmt: skip
BESIDE = "application/octet-stream"
MANIFEST_LABEL = "com.secondunit.manifest"
FRAMES_LABEL = "com.secondunit.frames"
_PICTURES = frozenset({".mov", ".mp4", ".png", ".tif", ".tiff", ".jpg", ".webp"})  # what carries the watermark
_MINING = ("cawg.ai_generative_training", "cawg.ai_training", "cawg.data_mining")
WATERMARK_ALGORITHM = "com.secondunit.watermark.1"
_IPTC = "http://cv.iptc.org/newscodes/digitalsourcetype/"


class SourceType(StrEnum):
    """Where the pixels came from, in IPTC's words. The library takes any string, so ours are only these."""

    ALGORITHMIC = _IPTC + "algorithmicMedia"  # computed from a model of the world: path-traced, synthesised
    COMPOSITE = _IPTC + "compositeSynthetic"  # edited together, with generated parts
    TRAINED = _IPTC + "trainedAlgorithmicMedia"  # finished by a diffusion model


@dataclass(frozen=True)
class Signed:
    """A signed file, the sidecar that holds its claim (None if the claim is inside), and its hash as signed."""

    path: Path
    sidecar: Path | None
    sha256: str


def sign_file(
    path: Path,
    manifest: Manifest,
    identity: Identity,
    *,
    parent: Path | None = None,
    components: tuple[Path, ...] = (),
    source_type: SourceType = SourceType.ALGORITHMIC,
) -> Signed:
    """Sign a file in place, or beside it where its format cannot hold a claim; whole or not at all.

    `parent` is the file of the take that this one replaces, `components` are files edited into this one.
    Raises NotFound for a missing file and BadInput for one that is damaged.
    """
    if not path.is_file():
        raise NotFound(f"There is no file {path} to sign.", mend="Check the path.")
    claim = _claim(path.name, manifest, source_type, parent, components)
    embedded = EMBEDS.get(path.suffix.lower())
    if embedded is None:
        sidecar = sidecar_of(path)
        with path.open("rb") as source:
            _write_whole(sidecar, _sign(claim, identity, BESIDE, source, io.BytesIO(), parent, components, beside=True))
        return Signed(path, sidecar, hash_file(path))
    part = path.with_name(f".{path.name}.signing")
    try:
        with path.open("rb") as source, part.open("w+b") as destination:
            _sign(claim, identity, embedded, source, destination, parent, components)
            destination.flush()
            os.fsync(destination.fileno())
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
    return Signed(path, None, hash_file(path))


def sign_frames(folder: Path, manifest: Manifest, identity: Identity) -> Signed:
    """Sign an EXR sequence with one claim in `<folder>.c2pa`. Raises NotFound if the folder holds no frames."""
    listing = list_frames(folder)
    claim = _claim(folder.name, manifest, SourceType.ALGORITHMIC, None, ())
    claim["assertions"].append({"label": FRAMES_LABEL, "data": listing})
    bound = bind_frames(listing)
    sidecar = sidecar_of(folder)
    _write_whole(sidecar, _sign(claim, identity, BESIDE, io.BytesIO(bound), io.BytesIO(), None, (), beside=True))
    return Signed(folder, sidecar, listing["root"])


def list_frames(folder: Path) -> dict[str, Any]:
    """The frames of a sequence by name with their hashes, and the Merkle root over both."""
    paths = sorted(folder.glob("*.exr"))
    if not paths:
        raise NotFound(f"There are no EXR frames in {folder}.", mend="Give the folder of a take's frames.")
    return frame_listing([[path.name, hash_file(path)] for path in paths])


def frame_listing(frames: list[list[str]]) -> dict[str, Any]:
    """Pairs of name and SHA-256 with the Merkle root over both."""
    root = root_hash([leaf_hash(f"{name}\0{digest}".encode()) for name, digest in frames])
    return {"alg": "sha256 RFC 6962", "root": root.hex(), "frames": frames}


def bind_frames(listing: dict[str, Any]) -> bytes:
    """The bytes that a sequence's claim is bound to: recomputed from the frames when it is verified."""
    return json.dumps(listing, sort_keys=True, separators=(",", ":")).encode()


def sidecar_of(path: Path) -> Path:
    """Where the claim of a file or folder lies that cannot hold it: beside it, with .c2pa at the end."""
    return path.with_name(f"{path.name}.c2pa")


def c2pa_context(anchors: bytes = b"") -> c2pa.Context:
    """Settings for signing and reading: never fetch anything, trust only these PEM certificates."""
    settings: dict[str, Any] = {
        "version": 1,
        "verify": {"remote_manifest_fetch": False, "verify_trust": True, "ocsp_fetch": False},
        "builder": {"thumbnail": {"enabled": False}},
    }
    if anchors:
        settings["trust"] = {"user_anchors": anchors.decode()}
    return c2pa.Context.from_dict(settings)


def _claim(
    title: str, manifest: Manifest, source_type: SourceType, parent: Path | None, components: tuple[Path, ...]
) -> dict[str, Any]:
    """What we say about a file: how it was made, from what, its watermark, and that nobody may train on it."""
    recipe = manifest.recipe
    actions: list[dict[str, Any]] = []
    if parent is None:
        actions.append({"action": "c2pa.created", "digitalSourceType": source_type})
    else:
        note = recipe.note or "Another take of the same shot"
        actions.append({"action": "c2pa.opened", "parameters": {"ingredientIds": ["parent"]}})
        actions.append({"action": "c2pa.edited", "digitalSourceType": source_type, "description": note})
    for index in range(len(components)):
        actions.append({"action": "c2pa.placed", "parameters": {"ingredientIds": [f"component{index}"]}})
    record = {
        "hash": manifest.hash,
        "brief": manifest.brief_hash,
        "shot": recipe.shot,
        "take": recipe.take,
        "engine": recipe.engine,
        "watermark": f"{recipe.watermark:012x}",
        "people": [person.name for person in recipe.people],
    }
    assertions: list[dict[str, Any]] = [
        {"label": "c2pa.actions.v2", "data": {"actions": actions}},
        {"label": "cawg.training-mining", "data": {"entries": {use: {"use": "notAllowed"} for use in _MINING}}},
        {"label": MANIFEST_LABEL, "data": record},
    ]
    if recipe.watermark and Path(title).suffix.lower() in _PICTURES:
        bound = {"alg": WATERMARK_ALGORITHM, "blocks": [{"scope": {}, "value": record["watermark"]}]}
        assertions.append({"label": "c2pa.soft-binding", "data": bound})
    return {
        "claim_generator_info": [{"name": "Second Unit", "version": __version__}],
        "title": title,
        "assertions": assertions,
    }


def _sign(
    claim: dict[str, Any],
    identity: Identity,
    kind: str,
    source: Any,
    destination: Any,
    parent: Path | None,
    components: tuple[Path, ...],
    *,
    beside: bool = False,
) -> bytes:
    """Sign `source` into `destination` and return the claim's bytes."""
    try:
        signer = c2pa.Signer.from_info(c2pa.C2paSignerInfo(b"es256", identity.chain, identity.key, None))
    except c2pa.C2paError as problem:
        raise EngineFault("The signing identity was refused.", mend="Run `secondunit doctor`.") from problem
    with signer, c2pa.Builder(claim, c2pa_context(identity.authority)) as builder:
        if beside:
            builder.set_no_embed()
        try:
            if parent is not None:
                _add_ingredient(builder, parent, "parent", "parentOf")
            for index, component in enumerate(components):
                _add_ingredient(builder, component, f"component{index}", "componentOf")
            return builder.sign(signer, kind, source, destination)
        except c2pa.C2paError as problem:
            raise BadInput(
                f"{claim['title']} could not be signed: {problem}.", mend="Check that the file opens in a player."
            ) from problem


def _add_ingredient(builder: c2pa.Builder, path: Path, label: str, relationship: str) -> None:
    """Name a file that this one was made from; its own claim comes along if it carries one."""
    if not path.is_file():
        raise NotFound(f"There is no file {path} to name as an ingredient.", mend="Check the path.")
    with path.open("rb") as file:
        builder.add_ingredient(
            {"title": path.name, "relationship": relationship, "label": label},
            EMBEDS.get(path.suffix.lower(), BESIDE),
            file,
        )


def _write_whole(path: Path, content: bytes) -> None:
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    os.replace(part, path)
