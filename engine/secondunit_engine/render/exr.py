"""Multi-part OpenEXR frames through OpenImageIO: the hand-over from the renderer to everything after it.

Parts by name: beauty, light.<group>, albedo, normal, depth, motion, id.object, id.material, position, air,
air.<group>, sprites.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import OpenImageIO as oiio
from numpy.typing import NDArray

from secondunit_bridge.errors import BadInput, EngineFault, NotFound, OutOfSpace, TooLarge, Unwritable

MAX_SIDE = 16384
MAX_PARTS = 96
MAX_CHANNELS = 16
MAX_BYTES = 4 << 30

_CHANNELS = {
    "depth": ("Z",),
    "motion": ("X", "Y"),
    "normal": ("X", "Y", "Z"),
    "position": ("X", "Y", "Z"),
    "id.object": ("I",),
    "id.material": ("I",),
    "air": ("R", "G", "B", "A"),
    "sprites": ("R", "G", "B", "A"),
}
_TINTED = ("R", "G", "B", "AR", "AG", "AB")  # of "air" where it lets colours through unlike: under water
_KINDS = {np.dtype(np.float16): "half", np.dtype(np.float32): "float", np.dtype(np.uint32): "uint"}


@dataclass(frozen=True)
class Frame:
    """A frame as read: parts by name, each [height, width, channels] as stored, and the header's own strings."""

    parts: dict[str, NDArray]
    header: dict[str, str]


def write_frame(path: Path, parts: Mapping[str, NDArray], header: Mapping[str, str]) -> None:
    """Write parts [height, width, channels] (float16, float32 or uint32) to `path` in one move.

    Raises OutOfSpace when the disk is full, Unwritable when the folder cannot be written.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        _write(part, parts, header)
        os.replace(part, path)
    except OSError as problem:
        raise Unwritable(f"The frame {path.name} cannot be written.", mend=f"{problem.strerror}.") from problem
    finally:
        part.unlink(missing_ok=True)


def _write(path: Path, parts: Mapping[str, NDArray], header: Mapping[str, str]) -> None:
    specs = [_spec(name, data, header if number == 0 else {}) for number, (name, data) in enumerate(parts.items())]
    out = oiio.ImageOutput.create("exr")  # by format, since the temporary name has another ending
    if out is None:
        raise EngineFault("OpenImageIO cannot write OpenEXR here.", mend="Install the engine again.")
    if not out.open(str(path), tuple(specs)):
        raise _write_error(path, out.geterror())
    for number, (spec, data) in enumerate(zip(specs, parts.values(), strict=True)):
        if number and not out.open(str(path), spec, "AppendSubimage"):
            raise _write_error(path, out.geterror())
        if not out.write_image(np.ascontiguousarray(data)):
            raise _write_error(path, out.geterror())
    if not out.close():
        raise _write_error(path, out.geterror())


def _write_error(path: Path, detail: str) -> OutOfSpace | Unwritable:
    stats = os.statvfs(path.parent) if path.parent.is_dir() and hasattr(os, "statvfs") else None
    if stats is not None and stats.f_bavail * stats.f_frsize < 64 << 20:
        return OutOfSpace("The disk is full, so the frame cannot be written.", mend="Free some space and resume.")
    return Unwritable(f"The frame {path.name} cannot be written.", mend=f"Check the folder: {detail.strip()}.")


def _spec(name: str, data: NDArray, header: Mapping[str, str]) -> oiio.ImageSpec:
    height, width, channels = data.shape
    spec = oiio.ImageSpec(width, height, channels, _KINDS[data.dtype])
    spec.channelnames = _TINTED if channels == len(_TINTED) else _CHANNELS.get(name, ("R", "G", "B"))
    spec.attribute("oiio:subimagename", name)
    spec.attribute("compression", "zip:1")
    for key, value in header.items():
        spec.attribute(key, value)
    # Same frame, same bytes: no clock in the header.
    spec.attribute("DateTime", "1970:01:01 00:00:00")
    return spec


def read_frame(path: Path, only: tuple[str, ...] | None = None) -> Frame:
    """Read the parts of a frame, or those named in `only`.

    Raises NotFound, BadInput (not an EXR, or broken), TooLarge (over the limits of this module).
    """
    source = _open(path)
    try:
        parts: dict[str, NDArray] = {}
        header: dict[str, str] = {}
        total = 0
        number = 0
        while source.seek_subimage(number, 0):
            spec = source.spec()
            _check_spec(path, spec, number)
            name = spec.get_string_attribute("oiio:subimagename") or f"part{number}"
            if number == 0:
                header = {a.name: str(a.value) for a in spec.extra_attribs if a.name.startswith("secondunit:")}
            if only is None or name in only:
                total += spec.image_bytes(True)
                if total > MAX_BYTES:
                    raise TooLarge(f"{path.name} holds over {MAX_BYTES >> 30} GiB.", mend="Render at a smaller size.")
                parts[name] = _pixels(path, source, number, spec)
            number += 1
    finally:
        source.close()
    return Frame(parts, header)


def read_flat(path: Path) -> NDArray[np.float32]:
    """The first part of any EXR as float32 [height, width, channels]; same errors as `read_frame`."""
    source = _open(path)
    try:
        _check_spec(path, source.spec(), 0)
        return _pixels(path, source, 0, source.spec(), "float").astype(np.float32)
    finally:
        source.close()


def _open(path: Path) -> oiio.ImageInput:
    if not path.is_file():
        raise NotFound(f"There is no frame {path.name}.", mend="Render the shot first.")
    with path.open("rb") as file:
        magic = file.read(4)
    source = oiio.ImageInput.open(str(path)) if magic == b"\x76\x2f\x31\x01" else None
    if source is None:
        oiio.geterror()  # clears the library's message
        raise BadInput(f"{path.name} is not an OpenEXR picture.", mend="Give an .exr file.")
    return source


def _check_spec(path: Path, spec: oiio.ImageSpec, number: int) -> None:
    if number >= MAX_PARTS or spec.nchannels > MAX_CHANNELS or spec.deep:
        raise TooLarge(f"{path.name} has more parts or channels than a frame can have.", mend="Give a plain frame.")
    if not (0 < spec.width <= MAX_SIDE and 0 < spec.height <= MAX_SIDE):
        raise TooLarge(
            f"{path.name} says it is {spec.width} x {spec.height} pixels.",
            mend=f"Frames may be up to {MAX_SIDE} pixels on a side.",
        )


def _pixels(path: Path, source: oiio.ImageInput, number: int, spec: oiio.ImageSpec, kind: str = "") -> NDArray:
    data = source.read_image(number, 0, 0, spec.nchannels, kind or spec.format)
    if data is None:
        raise BadInput(f"{path.name} is damaged.", mend=f"Render it again ({source.geterror().strip()}).")
    return data.reshape(spec.height, spec.width, spec.nchannels)
