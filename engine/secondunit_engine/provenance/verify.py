"""Whose file is this, and is it still what it was?

    verdict = verify_file(Path("picture.mov"), (project,), anchors=identity.authority)
    verdict.verdict    # "intact", "changed", "soft match" or "not ours"
    verdict.message    # the same in a plain sentence

*Intact* is said only when the claim inside (or beside) the file is ours, its signature is one this machine trusts and
every byte fits. When the claim was stripped, the watermark may still lead to a stored manifest: that is a *soft match*,
which tells where a picture came from but never that it is unchanged.

C2PA leaves spare bytes at the end of a claim's signature; they say nothing, and a change in them is not noticed.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO, Literal

import av
import av.error
import c2pa
import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from secondunit_bridge.errors import BadInput, NotFound
from secondunit_engine.provenance.manifest import find_manifest, hash_file, read_manifest
from secondunit_engine.provenance.sign import (
    BESIDE,
    EMBEDS,
    FRAMES_LABEL,
    MANIFEST_LABEL,
    bind_frames,
    c2pa_context,
    frame_listing,
    list_frames,
    sidecar_of,
)
from secondunit_engine.provenance.watermark import detect

Word = Literal["intact", "changed", "soft match", "not ours"]
_STILLS = frozenset({".png", ".tif", ".tiff", ".jpg", ".jpeg"})
_SCANNED = 24  # frames looked at for the watermark
_LARGEST_SIDECAR = 64 << 20  # bytes


@dataclass(frozen=True)
class Verdict:
    """`c2pa` is the claim's state, `watermark` the id read from the pixels (12 hex digits), `manifest` the path of the
    stored manifest, `take` "shot/take"; empty where there is none."""

    verdict: Word
    message: str
    c2pa: str = ""
    watermark: str = ""
    manifest: str = ""
    take: str = ""

    def as_json(self) -> dict[str, str]:
        return asdict(self)


@dataclass(frozen=True)
class _Claim:
    """What a file's C2PA claim says: our own record (empty if it is not our claim), what does not fit."""

    state: str
    record: dict[str, Any]
    failures: tuple[str, ...]
    frames: list[list[str]] = field(default_factory=list)


def verify_file(path: Path, projects: tuple[Path, ...] = (), *, anchors: bytes = b"") -> Verdict:
    """Judge a media file, a still, a document with a sidecar, or a folder of EXR frames.

    `projects` are the folders whose manifests may be looked up; `anchors` is the PEM of authorities to trust.
    Raises NotFound if there is no such file and BadInput if it cannot be opened at all.
    """
    if not path.exists():
        raise NotFound(f"There is no file {path}.", mend="Check the path.")
    claim = _read_claim(path, anchors)
    if claim is None:
        return _judge_by_watermark(path, projects, "none", "It carries no claim")
    if not claim.record:
        why = "It or its claim is damaged" if claim.state == "Invalid" else "Its claim was made by another program"
        return _judge_by_watermark(path, projects, claim.state, why)
    stored = find_manifest(projects, hash=str(claim.record.get("hash", "")))
    take = f"{claim.record.get('shot', '')}/{claim.record.get('take', '')}"
    found = {"c2pa": claim.state, "manifest": str(stored or ""), "take": take}
    if claim.state == "Trusted":
        return Verdict("intact", f"Signed by us and unchanged since: {take}.", **found)
    if claim.state == "Valid":
        return _judge_by_watermark(
            path, projects, "Valid", "Its claim names us, but this machine does not trust its key"
        )
    return Verdict(
        "changed",
        f"Signed as {take}, but changed since ({', '.join(claim.failures) or 'the claim does not fit'}).",
        **found,
    )


def _read_claim(path: Path, anchors: bytes) -> _Claim | None:
    """The claim inside or beside a file, or None if there is none."""
    sidecar = _sidecar(path)
    if sidecar is None and path.suffix == ".exr" and sidecar_of(path.parent).is_file():
        return _read_frame_claim(path, anchors)
    if path.is_dir():
        if sidecar is None:
            return None
        listing = list_frames(path)
        claim = _parse_claim(BESIDE, io.BytesIO(bind_frames(listing)), sidecar, anchors)
        changed = _changed_frames(claim.frames, listing["frames"]) if claim and claim.frames else ()
        return replace(claim, failures=claim.failures + changed) if claim else None
    kind = BESIDE if sidecar else EMBEDS.get(path.suffix.lower(), "")
    if not kind:
        return None
    with path.open("rb") as file:
        return _parse_claim(kind, file, sidecar, anchors)


def _read_frame_claim(path: Path, anchors: bytes) -> _Claim | None:
    """One frame of a signed sequence: the claim must hold for its own list of frames, and the frame be on it."""
    sidecar = _sidecar(path.parent)
    unbound = _parse_claim(BESIDE, io.BytesIO(b"?"), sidecar, anchors)
    if unbound is None or not unbound.frames:
        return unbound
    listing = frame_listing(unbound.frames)
    claim = _parse_claim(BESIDE, io.BytesIO(bind_frames(listing)), sidecar, anchors)
    if claim is None or [path.name, hash_file(path)] in claim.frames:
        return claim
    return replace(claim, state="Invalid", failures=(f"{path.name} is not the frame that was signed",))


def _parse_claim(kind: str, file: BinaryIO, sidecar: bytes | None, anchors: bytes) -> _Claim | None:
    """Read and check a claim against the bytes that it should be bound to."""
    try:
        reader = c2pa.Reader.try_create(kind, file, sidecar, context=c2pa_context(anchors))
    except c2pa.C2paError as problem:
        return _Claim("Invalid", {"shot": "?", "take": "?"} if sidecar else {}, (str(problem),))
    if reader is None:
        return None
    with reader:
        state = str(reader.get_validation_state())
        document = json.loads(reader.json())
    active = document["manifests"][document["active_manifest"]]
    said = {assertion["label"]: assertion["data"] for assertion in active.get("assertions", ())}
    results = document.get("validation_results", {}).get("activeManifest", {}).get("failure", ())
    failures = tuple(dict.fromkeys(_plain(entry["code"]) for entry in results))
    frames = said.get(FRAMES_LABEL, {}).get("frames", [])
    return _Claim(state, said.get(MANIFEST_LABEL, {}), failures, frames)


def _sidecar(path: Path) -> bytes | None:
    beside = sidecar_of(path)
    if not beside.is_file():
        return None
    if beside.stat().st_size > _LARGEST_SIDECAR:
        raise BadInput(f"{beside.name} is too large for a claim.", mend="Remove that file, or restore the original.")
    return beside.read_bytes()


def _plain(code: str) -> str:
    """A C2PA failure code in words."""
    if code.endswith("Hash.mismatch"):
        return "its content is not what was signed"
    if code.startswith("claimSignature"):
        return "its signature does not fit"
    if code.startswith("assertion"):
        return "what is said about it was changed"
    return code


def _changed_frames(signed: list[list[str]], present: list[list[str]]) -> tuple[str, ...]:
    """Which frames of a sequence are other than the ones that were signed."""
    before, now = {frame[0]: frame[1] for frame in signed}, {frame[0]: frame[1] for frame in present}
    missing = [f"{name} is missing" for name in before if name not in now]
    added = [f"{name} was added" for name in now if name not in before]
    changed = [f"{name} was changed" for name in before if name in now and before[name] != now[name]]
    return tuple(missing + added + changed)


def _judge_by_watermark(path: Path, projects: tuple[Path, ...], state: str, why: str) -> Verdict:
    """What the pixels say when the claim says nothing that we can trust."""
    found = None if path.is_dir() else _search(list(_look_at(path)))
    if found is None:
        return Verdict("not ours", f"{why}, and no watermark of ours was found.", c2pa=state)
    mark = f"{found:012x}"
    stored = find_manifest(projects, watermark=found)
    if stored is None:
        message = f"{why}, but it carries our watermark {mark}; no manifest for it was found in the projects given."
        return Verdict("soft match", message, c2pa=state, watermark=mark)
    recipe = read_manifest(stored).recipe
    take = f"{recipe.shot}/{recipe.take}"
    message = f"{why}, but its watermark leads to {take}. Where it comes from is known, not that it is unchanged."
    return Verdict("soft match", message, c2pa=state, watermark=mark, manifest=str(stored), take=take)


def _search(frames: list[NDArray[np.float32]]) -> int | None:
    """The watermark of all frames together, or of a part of them (a cut holds several), or of a crop."""
    found = _search_whole(frames)
    return detect(frames) if found is None and frames else found


def _search_whole(frames: list[NDArray[np.float32]]) -> int | None:
    found = detect(frames, parts=False)
    if found is not None or len(frames) <= 3:
        return found
    half = len(frames) // 2
    first = _search_whole(frames[:half])
    return first if first is not None else _search_whole(frames[half:])


def _look_at(path: Path) -> Iterator[NDArray[np.float32]]:
    """Display-coded RGB frames 0..1, (H, W, 3), from all over a picture; none where there is no picture."""
    if path.suffix.lower() in _STILLS:
        try:
            with Image.open(path) as image:
                yield np.asarray(image.convert("RGB")).astype(np.float32) / np.float32(255)
        except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as problem:
            raise BadInput(f"{path.name} is not a picture that opens.", mend="Check the file.") from problem
        return
    try:
        with av.open(path) as container:
            if not container.streams.video:
                return
            stream = container.streams.video[0]
            stream.thread_type = "AUTO"
            yield from _spread_over(container, stream)
    except (av.error.FFmpegError, OSError):
        return  # not media: nothing to look at


def _spread_over(container: Any, stream: Any) -> Iterator[NDArray[np.float32]]:
    """Every frame of the first few, then one in so many; a long file is sought through instead of read."""
    total = int(stream.frames or 0)
    if total > 40 * _SCANNED and stream.duration:
        for place in range(_SCANNED):
            container.seek(stream.start_time + stream.duration * place // _SCANNED, stream=stream)
            for frame in container.decode(stream):
                yield frame.to_ndarray(format="rgb24").astype(np.float32) / 255
                break
        return
    step = max(1, total // _SCANNED)
    for index, frame in enumerate(container.decode(stream)):
        if index % step == 0:
            yield frame.to_ndarray(format="rgb24").astype(np.float32) / 255
        if index >= 40 * _SCANNED:
            return
