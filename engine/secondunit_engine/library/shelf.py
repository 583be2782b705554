"""The folder `library/` of a project: one asset a folder, written whole or not at all, and credited when delivered.

library/<name>/asset.usdc   metres, Y up, triangles, base at the origin, ACEScg colours
library/<name>/asset.json   where it came from, its terms, its true size, what was said
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from secondunit_bridge.errors import BadInput, Conflict, NotFound, OutOfSpace, SecondUnitError, TooLarge, Unwritable
from secondunit_engine.library.catalogue import CATALOGUE, Offer, fit, offers_of
from secondunit_engine.library.parts import FILE_BYTES, Source, in_a_line
from secondunit_engine.library.rights import read_rights, trademark_in, words_of
from secondunit_engine.script.brief import OwnProp
from secondunit_engine.script.own_props import can_be_called

FILES = 1000
_HEAD = "Assets of the project's library"
_NAME = re.compile(r"[a-z0-9][a-z0-9_]{0,63}")
_MESHES = {".gltf": "read_gltf", ".glb": "read_gltf", ".obj": "read_obj"}
_USD = (".usd", ".usda", ".usdc", ".usdz")
UNLICENSED = "No licence was found: it is kept, and never delivered. Say one with --licence."


@dataclass(frozen=True)
class Asset:
    """What asset.json holds. `size` is width, height, depth [m]; `deliverable` says that its terms are known; `noun` is
    what calls it in a brief, empty where that word means something else; `content` is the hash of its layer and
    textures."""

    name: str
    source: str
    sha256: str
    licence: str
    licence_found_in: str
    author: str
    size: tuple[float, float, float]
    triangles: int
    deliverable: bool
    notes: tuple[str, ...]
    noun: str = ""
    content: str = ""

    @property
    def credit(self) -> str:
        """Its line of ATTRIBUTION.txt; empty if its terms are not known."""
        if not self.deliverable:
            return ""
        return f"{self.name}: {self.author or 'author not named'}; {self.licence}; sha256 {self.sha256}"


@dataclass(frozen=True)
class Added:
    """Assets that are now in the library, and files that were left out with the reason."""

    assets: tuple[Asset, ...]
    refused: tuple[tuple[str, str], ...] = field(default=())


def add(project: Path, path: Path, licence: str = "") -> Added:
    """Take a file, a catalogue (.sh3f), or every asset of a folder, into the project's library.

    Raises BadInput, TooLarge, NotFound, Conflict, OutOfSpace and Unwritable for a single file; in a folder or a
    catalogue what cannot be taken is told and the rest goes on.
    """
    if path.is_file() and path.suffix.lower() != CATALOGUE:
        return Added((_add_offer(project, _offer_of(path, licence)),))
    if not path.exists():
        raise NotFound(f"There is no file or folder {path}.", mend="Give a .glb, .gltf, .obj, .usd or .sh3f file.")
    assets: list[Asset] = []
    refused: list[tuple[str, str]] = []

    def take(offer: Offer, label: str) -> None:
        try:
            assets.append(_add_offer(project, offer))
        except (OutOfSpace, Unwritable):
            raise
        except SecondUnitError as error:
            refused.append((label, error.message))

    home = path if path.is_dir() else path.parent
    for file in _files(path) if path.is_dir() else [path]:
        label = file.relative_to(home).as_posix()
        if file.suffix.lower() != CATALOGUE:
            take(_offer_of(file, licence), label)
            continue
        try:
            for offer in offers_of(file, licence):
                if isinstance(offer, Offer):
                    take(offer, f"{label}: {offer.name}")
                else:
                    refused.append((f"{label}: {offer.name}", offer.reason))
        except BadInput as error:
            if path.is_file():
                raise
            refused.append((label, error.message))
    if not assets and not refused:
        raise NotFound(f"There is no asset in {path}.", mend="glTF, GLB, OBJ, USD and SH3F files are read.")
    return Added(tuple(assets), tuple(refused))


def assets_of(project: Path) -> tuple[Asset, ...]:
    """The library's assets by name. Raises BadInput for a damaged one."""
    found = sorted((project / "library").glob("*/asset.json"))
    return tuple(_read(path) for path in found if _NAME.fullmatch(path.parent.name))


def remove(project: Path, name: str) -> Asset:
    """Take an asset out of the library; its source file is not touched. Raises NotFound, BadInput, Unwritable."""
    folder = project / "library" / name
    if not _NAME.fullmatch(name) or folder.is_symlink() or not (folder / "asset.json").is_file():
        raise NotFound(f"There is no asset “{name[:64]}”.", mend="List them with: secondunit library list")
    asset = _read(folder / "asset.json")
    try:
        shutil.rmtree(folder)
    except OSError as fault:
        raise Unwritable(f"{folder} cannot be removed: {fault.strerror}.", mend="Mend its rights.") from None
    return asset


def own_props(project: Path) -> tuple[OwnProp, ...]:
    """The library as briefs know it. Raises BadInput for a damaged asset."""
    return tuple(
        OwnProp(asset.name, asset.noun, asset.content, asset.size, asset.credit)
        for asset in assets_of(project)
        if asset.content  # one that an older version took in is added again first
    )


def hash_of(folder: Path) -> str:
    """The hash of an asset's layer and textures."""
    digest = hashlib.sha256()
    for file in sorted(folder.iterdir()):
        if file.suffix in (".usdc", ".png"):
            digest.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def attribution(project: Path, more: Iterable[str] = ()) -> str:
    """The text of ATTRIBUTION.txt: `more` credits, then every asset whose terms are known, each once; empty without
    any. Raises BadInput."""
    credits = dict.fromkeys((*more, *(asset.credit for asset in assets_of(project) if asset.credit)))
    return "\n".join([_HEAD, "", *credits, ""]) if credits else ""


def credits_in(text: str) -> tuple[str, ...]:
    """The credits that an ATTRIBUTION.txt holds."""
    return tuple(line for line in text.splitlines() if line.strip() and line != _HEAD)


def _files(folder: Path) -> list[Path]:
    """The assets of a folder and below; links are not followed."""
    found: list[Path] = []
    for home, _, names in os.walk(folder):
        files = (Path(home) / name for name in sorted(names))
        found += [file for file in files if _is_read(file) and not file.is_symlink() and file.is_file()]
        if len(found) > FILES:
            raise TooLarge(f"{folder} holds over {FILES:,} assets.", mend="Add its folders one by one.")
    return sorted(found)


def _is_read(file: Path) -> bool:
    return file.suffix.lower() == CATALOGUE or _reader(file) is not None


def _reader(file: Path) -> Callable[[Path], Source] | None:
    suffix = file.suffix.lower()
    if suffix in _MESHES:
        from secondunit_engine.library import read_mesh

        return getattr(read_mesh, _MESHES[suffix])
    if suffix in _USD:
        from secondunit_engine.library.read_usd import read_usd

        return read_usd
    return None


def _offer_of(file: Path, licence: str) -> Offer:
    """What a file of its own offers: called by its name, without the number at its end."""
    noun = re.sub(r"( (\d+|v\d+|lod\d+))+$", "", words_of(file.stem))
    return Offer(file, file.stem, noun, licence)


def _add_offer(project: Path, offer: Offer) -> Asset:
    """Take one asset in. Raises as `add` does."""
    file, called = offer.file, offer.noun if can_be_called(offer.noun) else ""
    name = re.sub(r"[^a-z0-9]+", "_", offer.name.lower()).strip("_")[:64]
    reader = _reader(file)
    if reader is None or not name:
        raise BadInput(f"{file.name} is no asset that we read.", mend="Give a .glb, .gltf, .obj, .usd or .sh3f file.")
    mark = trademark_in(f"{offer.name} {offer.noun}")
    if mark:
        raise BadInput(f"{file.name} is called by a trademark, “{mark}”; it is skipped.", mend="Use a generic one.")
    folder = project / "library" / name
    try:
        if file.stat().st_size > FILE_BYTES:
            raise TooLarge(f"{file.name} is over {FILE_BYTES >> 30} GB.", mend="Reduce it.")
        with file.open("rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        if folder.exists() and _read(folder / "asset.json").sha256 != sha256:
            mend = f"Rename it, or: secondunit library remove {name}"
            raise Conflict(f"The library has another “{name}”.", mend=mend)
        source = fit(reader(file), offer)
        rights = read_rights(file, offer.licence, offer.author or source.author)
    except OSError as fault:  # of this file or of one that it names
        raise BadInput(f"{file.name} cannot be read: {fault.strerror}.", mend="Check its rights.") from None
    with _new_folder(folder) as part:
        from secondunit_engine.library.write_asset import write_asset

        measured = write_asset(source, name, part / "asset.usdc")
        notes = (*source.notes, *measured.notes, *(() if rights.licence else (UNLICENSED,)))
        terms = (rights.licence, offer.found_in or rights.found_in, rights.author)
        known = (measured.size, measured.triangles, bool(rights.licence), notes)
        asset = Asset(name, in_a_line(file.name), sha256, *terms, *known, called, hash_of(part))
        (part / "asset.json").write_text(json.dumps(asdict(asset), ensure_ascii=False, indent=2) + "\n", "utf-8")
    return asset


@contextmanager
def _new_folder(folder: Path) -> Iterator[Path]:
    """A folder to fill that takes its place only when all is in it. Raises OutOfSpace, Unwritable."""
    part = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(prefix=".", dir=folder.parent))
        part.chmod(0o755)
        yield part
        if folder.exists():
            shutil.rmtree(folder)
        part.rename(folder)
    except OSError as fault:
        kind = OutOfSpace if fault.errno == 28 else Unwritable
        raise kind(f"{folder} cannot be written: {fault.strerror}.", mend="Make room, or mend its rights.") from None
    finally:
        if part is not None:
            shutil.rmtree(part, ignore_errors=True)


def _read(path: Path) -> Asset:
    try:
        found: dict[str, Any] = json.loads(path.read_text("utf-8"))
        found |= {"size": tuple(found["size"]), "notes": tuple(found["notes"])}
        return Asset(**found)
    except (OSError, ValueError, TypeError, KeyError):
        raise BadInput(f"{path} is damaged.", mend="Remove that folder and add the asset again.") from None
