"""OTIO files on disk: read with suspicion, written whole.

A timeline may come from a stranger. The JSON is checked before OpenTimelineIO sees it, because deep nesting
overflows its parser's stack and a reference that contains itself makes it loop.
"""

from __future__ import annotations

import errno
import json
import math
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import opentimelineio as otio

from secondunit_bridge.errors import BadInput, NotFound, OutOfSpace, TooLarge, Unwritable
from secondunit_bridge.timing import Rate

LARGEST_FILE = 64 * 2**20  # bytes
DEEPEST = 120  # brackets within brackets; a timeline of plain clips needs about 12
LARGEST_VALUE = 2**40  # frames or samples in one time value
_TOKENS = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', re.DOTALL)
_EXPORT_MEND = "Export the timeline again as OTIO."


def read_otio(path: Path) -> otio.schema.Timeline:
    """Read an OTIO timeline; media paths in it come back absolute.

    Raises NotFound, TooLarge (size, nesting, time values), BadInput (not OTIO, a loop, a bad time or path).
    """
    if not path.is_file():
        raise NotFound(f"There is no timeline {path.name}.", mend=f"It was looked for at {path}.")
    if path.stat().st_size > LARGEST_FILE:
        raise TooLarge(
            f"{path.name} is larger than {LARGEST_FILE >> 20} MB.", mend="Export only the sequence you need."
        )
    return otio_in(path.read_bytes(), path.name, path.parent)


def otio_in(data: bytes, name: str, home: Path) -> otio.schema.Timeline:
    """The timeline in the bytes of an OTIO file called `name`; relative media paths count from `home`.

    Raises as `read_otio` does.
    """
    check_json(data, name)
    try:
        timeline = otio.adapters.read_from_string(data.decode("utf-8"), "otio_json")
    except (ValueError, LookupError, TypeError, RuntimeError, otio.exceptions.OTIOError) as fault:
        raise BadInput(f"{name} is not an OTIO timeline we can read.", mend=_EXPORT_MEND) from fault
    if not isinstance(timeline, otio.schema.Timeline):
        raise BadInput(f"{name} holds no timeline.", mend=_EXPORT_MEND)
    for reference in references(timeline):
        reference.target_url = str(media_path(reference.target_url, home))
    return timeline


def write_otio(timeline: otio.schema.Timeline, path: Path) -> None:
    """Write an OTIO file whole or not at all. Raises Unwritable, OutOfSpace."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_text(timeline.to_json_string(indent=2) + "\n", encoding="utf-8")
        os.replace(part, path)
    except OSError as fault:
        part.unlink(missing_ok=True)
        if fault.errno == errno.ENOSPC:
            raise OutOfSpace(f"The disk is full; {path.name} was not written.", mend="Free some space.") from fault
        raise Unwritable(
            f"{path.name} cannot be written to {path.parent}.", mend="Choose a folder that exists and can be written."
        ) from fault


def check_json(data: bytes, name: str) -> None:
    """Refuse JSON that would crash or loop OpenTimelineIO. Raises BadInput, TooLarge."""
    depth = 0
    for match in _TOKENS.finditer(data):
        mark = match[0]
        if mark in b"[{":
            depth += 1
            if depth > DEEPEST:
                raise TooLarge(
                    f"{name} nests deeper than {DEEPEST} levels.", mend="Flatten its nested sequences and export again."
                )
        elif mark in b"]}":
            depth -= 1
    try:
        root = json.loads(data.decode("utf-8"))
    except ValueError as fault:  # covers broken UTF-8
        raise BadInput(f"{name} is not an OTIO timeline we can read.", mend=_EXPORT_MEND) from fault
    _check_times(root, name)
    _check_loops(root, name)


def _objects(root: object) -> Iterator[dict[str, Any]]:
    waiting = [root]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            yield value
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)


def _check_times(root: object, name: str) -> None:
    for entry in _objects(root):
        if not str(entry.get("OTIO_SCHEMA", "")).startswith("RationalTime."):
            continue
        value, rate = (_number(entry.get(key)) for key in ("value", "rate"))
        if not (math.isfinite(value) and math.isfinite(rate)):
            raise BadInput(f"{name} has a time that is not a number.", mend=_EXPORT_MEND)
        if rate <= 0:
            raise BadInput(f"{name} has a time with the rate {rate}.", mend=_EXPORT_MEND)
        if abs(value) > LARGEST_VALUE or rate > LARGEST_VALUE:
            raise TooLarge(f"{name} has a time of {value:g} frames.", mend="Shorten the timeline.")


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) and abs(value) < 1e300 else math.nan


def _check_loops(root: object, name: str) -> None:
    """Follow OTIO's references by id; one that leads back into itself can never be played."""
    named = {entry["OTIO_REF_ID"]: entry for entry in _objects(root) if isinstance(entry.get("OTIO_REF_ID"), str)}
    leads = {
        key: {
            str(inner.get("id"))
            for inner in _objects(entry)
            if str(inner.get("OTIO_SCHEMA", "")).startswith("SerializableObjectRef.")
        }
        for key, entry in named.items()
    }
    open_, done = set[str](), set[str]()
    for start in leads:
        path = [(start, iter(leads[start]))] if start not in done else []
        open_.add(start)
        while path:
            key, rest = path[-1]
            following = next(rest, None)
            if following is None:
                path.pop()
                open_.discard(key)
                done.add(key)
            elif following in open_:
                raise BadInput(f"{name} contains itself: the reference {following} loops.", mend=_EXPORT_MEND)
            elif following in leads and following not in done:
                open_.add(following)
                path.append((following, iter(leads[following])))


def media_path(url: str, home: Path) -> Path:
    """The file that a media reference names: a bare path, a relative one or a file URL. Raises BadInput."""
    if "\0" in url or len(url) > 4096:
        raise BadInput("A media path in the timeline is malformed.", mend="Relink the clip.")
    if re.match(r"[A-Za-z]:[\\/]", url):
        return Path(url)
    parts = urlsplit(url) if "://" in url else None
    if parts is None:
        return (home / url).resolve() if url else Path()
    if parts.scheme != "file" or parts.netloc not in ("", "localhost"):
        raise BadInput(f"The media {url} is not a file on this machine.", mend="Copy it here and relink the clip.")
    bare = unquote(parts.path)
    return Path(bare[1:] if re.match(r"/[A-Za-z]:/", bare) else bare)


def references(timeline: otio.schema.Timeline) -> Iterator[otio.schema.ExternalReference]:
    """Every reference to a file in the timeline, of every clip and every key."""
    for clip in timeline.find_clips():
        for reference in clip.media_references().values():
            if isinstance(reference, otio.schema.ExternalReference):
                yield reference


def exact_rate(rate: float, said: object = None) -> Rate:
    """The exact rate behind OTIO's float, or the one `said` in our metadata when it agrees.

    A float within 0.005 of n * 1000/1001 (n a usual frame rate) is taken as that NTSC rate. Raises BadInput.
    """
    if isinstance(said, str):
        exact = Rate.parse(said)
        if abs(float(exact.fraction) - rate) > 0.01:
            raise BadInput(f"The timeline says {said} frames a second but counts in {rate:g}.", mend=_EXPORT_MEND)
        return exact
    if not math.isfinite(rate) or rate <= 0 or rate > LARGEST_VALUE:
        raise BadInput(f"The timeline has the rate {rate}.", mend=_EXPORT_MEND)
    if abs(rate - round(rate)) < 1e-6:
        return Rate(round(rate))
    for whole in (24, 30, 48, 60, 120):
        if abs(rate - whole * 1000 / 1001) < 0.005:
            return Rate(whole * 1000, 1001)
    raise BadInput(f"{rate:g} frames a second is not a rate of film or video.", mend="Use 24, 25, 30 or an NTSC rate.")
