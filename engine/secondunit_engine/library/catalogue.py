"""Furniture catalogues of Sweet Home 3D (.sh3f): a zip of OBJ models and a properties file that says what each is.

The format is that of its Furniture Library Editor: Java properties, `name#3=Armchair`, sizes in centimetres, a model's
rotation as nine numbers by rows. People and animals, doors and windows are left: nothing of a shot could use them.
"""

from __future__ import annotations

import codecs
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Final

import numpy as np

from secondunit_bridge.errors import BadInput
from secondunit_engine.library.parts import FILE_BYTES, JSON_BYTES, Source, in_a_line
from secondunit_engine.library.rights import words_of

CATALOGUE: Final = ".sh3f"
_LISTING: Final = "PluginFurnitureCatalog.properties"
_MOST: Final = 5000  # models of a catalogue
_LINE = re.compile(r"\s*([\w.#]+?)\s*[=:]\s*(.*)")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\(.)")
_LARGEST: Final = 100.0  # m of a side


@dataclass(frozen=True)
class Offer:
    """An asset that could be taken in: its file, its name, the noun that calls it, and the terms that were said.

    A catalogue knows its true `size` (width, height, depth [m]) and how its model is turned before (rows, 3 x 3).
    """

    file: Path
    name: str
    noun: str
    licence: str = ""
    author: str = ""
    size: tuple[float, float, float] | None = None
    turn: tuple[float, ...] = ()
    found_in: str = ""


@dataclass(frozen=True)
class Passed:
    """What of a catalogue is left, and why."""

    name: str
    reason: str


def offers_of(file: Path, licence: str = "") -> Iterator[Offer | Passed]:
    """The models of a catalogue one by one, each unpacked until the next is asked for. Raises BadInput."""
    try:
        with zipfile.ZipFile(file) as opened, tempfile.TemporaryDirectory(prefix="catalogue-") as scratch:
            listing = _read_listing(opened, file.name)
            numbers = sorted({int(key.partition("#")[2]) for key in listing if re.fullmatch(r"model#\d+", key)})
            if len(numbers) > _MOST:
                raise BadInput(f"{file.name} lists over {_MOST:,} models.", mend="Split it.")
            for number in numbers:
                yield _offer(opened, listing, number, licence, Path(scratch) / "model", file.name)
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError):  # an encrypted member is a RuntimeError
        raise BadInput(f"{file.name} cannot be read as a catalogue.", mend="Save it again and check it.") from None


def fit(source: Source, offer: Offer) -> Source:
    """A model turned and scaled to the size that its catalogue says; what says none is left as it is."""
    if offer.size is None or not source.parts:
        return source
    turn = np.array(offer.turn or np.eye(3).reshape(-1)).reshape(3, 3)
    turned = [part.points @ turn.T for part in source.parts]
    finite = np.concatenate(turned)
    finite = finite[np.isfinite(finite).all(axis=1)]
    extent = np.ptp(finite, axis=0) if len(finite) else np.zeros(3)
    scale = np.where(extent > 1e-9, np.array(offer.size) / np.maximum(extent, 1e-9), 1.0)
    flip = np.linalg.det(turn) < 0
    parts = tuple(
        replace(part, points=points * scale, triangles=part.triangles[:, ::-1] if flip else part.triangles)
        for part, points in zip(source.parts, turned, strict=True)
    )
    return Source(parts, unit=1.0, author=source.author)  # its notes were of the unit, which is known now


def _read_listing(opened: zipfile.ZipFile, name: str) -> dict[str, str]:
    try:
        info = opened.getinfo(_LISTING)
    except KeyError:
        raise BadInput(f"{name} is no furniture catalogue.", mend=f"It needs a {_LISTING}.") from None
    if info.file_size > JSON_BYTES:
        raise BadInput(f"The listing of {name} is over 32 MB.", mend="Split the catalogue.")
    return read_properties(opened.read(info))


def read_properties(data: bytes) -> dict[str, str]:
    """Java properties (java.util.Properties): Latin-1 with \\uXXXX, or UTF-8 as newer catalogues are."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = codecs.decode(data, "latin-1")
    lines = re.sub(r"\\\r?\n\s*", "", text).splitlines()
    found = (_LINE.fullmatch(line) for line in lines if not line.lstrip().startswith(("#", "!")))
    return {match[1]: _ESCAPE.sub(_unescaped, match[2].strip()) for match in found if match}


def _unescaped(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else {"n": " ", "t": " ", "r": " "}.get(match[2], match[2])


def _offer(
    opened: zipfile.ZipFile, listing: Mapping[str, str], number: int, licence: str, home: Path, catalogue: str
) -> Offer | Passed:
    def said(key: str) -> str:
        return listing.get(f"{key}#{number}", "")

    model = PurePosixPath(said("model").lstrip("/"))
    name = in_a_line(said("id") or model.stem, 100)
    if said("category").lower() == "characters":
        return Passed(name, "It is a person or an animal, which no set brings.")
    if said("doorOrWindow").lower() == "true":
        return Passed(name, "It is a door or a window: sets have their own.")
    try:
        width, height, depth = (float(said(key)) / 100 for key in ("width", "height", "depth"))
        turn = tuple(float(value) for value in said("modelRotation").split())
    except ValueError:
        return Passed(name, "Its size is not said in numbers.")
    if not all(0.001 <= side <= _LARGEST for side in (width, height, depth)) or len(turn) not in (0, 9):
        return Passed(name, "Its size is that of no thing.")
    if turn and not abs(abs(float(np.linalg.det(np.array(turn).reshape(3, 3)))) - 1) < 0.01:
        return Passed(name, "Its rotation is none.")
    reason = _unpack(opened, model, home)
    if reason:
        return Passed(name, reason)
    terms = licence or in_a_line(said("license") or listing.get("license", ""), 500)
    noun = words_of(in_a_line(said("name"), 60)) or words_of(model.stem)
    author = in_a_line(said("creator") or listing.get("provider", ""), 120)
    found_in = "--licence" if licence else catalogue if terms else ""
    return Offer(home / model.name, name, noun, terms, author, (width, height, depth), turn, found_in)


def _unpack(opened: zipfile.ZipFile, model: PurePosixPath, home: Path) -> str:
    """Lay the model and what lies beside it into an empty `home`, flat; returns why not, or nothing."""
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()
    beside = [info for info in opened.infolist() if PurePosixPath(info.filename).parent == model.parent]
    beside = [info for info in beside if not info.is_dir()]
    if not any(PurePosixPath(info.filename) == model for info in beside):
        return "Its model is missing."
    if model.suffix.lower() != ".obj":
        return "Its model is no OBJ."
    if model.parent == PurePosixPath("."):  # all models lie together: take this one and what is called like it
        beside = [info for info in beside if PurePosixPath(info.filename).stem == model.stem]
    if sum(info.file_size for info in beside) > FILE_BYTES:
        return f"It is over {FILE_BYTES >> 30} GB."
    for info in beside:
        with opened.open(info) as packed, (home / PurePosixPath(info.filename).name).open("wb") as out:
            shutil.copyfileobj(packed, out)
    return ""
