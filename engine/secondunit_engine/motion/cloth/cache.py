"""Simulated cloth as a product of the project: named by the hash of all that it depends on, so that a retake that
changes only camera or light simulates nothing.

    cache/cloth/<hash>/points.npy        where it hangs [m], shape [frames, points, 3]
    cache/cloth/<hash>/cloth.json        whose it is, in how many frames, and the hash of the points

    python -m secondunit_engine.motion.cloth.cache list PROJECT
    python -m secondunit_engine.motion.cloth.cache drop PROJECT [HASH ...]
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from secondunit_bridge.errors import BadInput, NotFound
from secondunit_engine.document import print_document
from secondunit_engine.motion.cloth.body import Skin
from secondunit_engine.motion.cloth.fabric import Cloth
from secondunit_engine.motion.wind import Wind
from secondunit_engine.products import ProductStore

STAGE: Final = "cloth"
_POINTS, _TOLD = "points.npy", "cloth.json"


@dataclass(frozen=True)
class Kept:
    """A cloth in the cache: its name, whose it is, frames and points, its size in bytes and the BLAKE2 hash of its
    file; `intact` says whether the file still has that hash."""

    key: str
    who: str
    frames: int
    points: int
    size: int
    hash: str
    intact: bool = True


def hung(
    store: ProductStore | None,
    who: str,
    cloth: Cloth,
    skin: Skin,
    told: tuple[Wind, float, float],
    simulate: Callable[[], NDArray[np.float32]],
) -> NDArray[np.float32]:
    """The points that `simulate` gives, from the cache if they are in it. `told` is what a simulation depends on beside
    the cloth and the body: the wind, the seconds of a frame, the height of the floor."""
    if store is None:
        return simulate()

    def build(folder: Path) -> None:
        points = np.ascontiguousarray(simulate(), np.float32)
        np.save(folder / _POINTS, points)
        kept = Kept("", who, len(points), points.shape[1], points.nbytes, _hash(folder / _POINTS))
        (folder / _TOLD).write_text(json.dumps(asdict(kept), sort_keys=True), "utf-8")

    made = store.make(STAGE, (_digest(cloth, skin), *told), build)
    return np.load(made.folder / _POINTS, allow_pickle=False)


def list_cloth(project: Path) -> tuple[Kept, ...]:
    """Every simulated cloth of a project, by name."""
    folder = project / "cache" / STAGE
    found = sorted(folder.glob(f"*/{_TOLD}")) if folder.is_dir() else []
    return tuple(_read(file) for file in found if not file.parent.name.endswith((".part", ".kept")))


def drop_cloth(project: Path, keys: tuple[str, ...] = ()) -> tuple[Kept, ...]:
    """Delete simulated cloth, all or that of these names; it is simulated again when it is next needed.

    Returns what was deleted. Raises NotFound for a name that is not there, and then deletes nothing.
    """
    there = {kept.key: kept for kept in list_cloth(project)}
    missing = [key for key in keys if key not in there]
    if missing:
        raise NotFound(f"No cloth here is called {missing[0]}.", mend="List them with secondunit cloth list.")
    gone = tuple(kept for key, kept in there.items() if not keys or key in keys)
    for kept in gone:
        shutil.rmtree(project / "cache" / STAGE / kept.key)
    return gone


def _read(file: Path) -> Kept:
    told = json.loads(file.read_text("utf-8"))
    intact = _hash(file.with_name(_POINTS)) == told["hash"]
    return Kept(**{**told, "key": file.parent.name, "intact": intact})


def _hash(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, lambda: hashlib.blake2b(digest_size=16)).hexdigest()


def _digest(cloth: Cloth, skin: Skin) -> str:
    """The hash of a cloth and of the body under it, bit by bit."""
    digest = hashlib.blake2b(repr(cloth.fabric).encode(), digest_size=16)
    for each in (cloth.rest, cloth.triangles, cloth.keyed, cloth.hang, skin.points, skin.triangles):
        digest.update(f"{each.dtype}{each.shape}".encode() + np.ascontiguousarray(each).tobytes())
    return digest.hexdigest()


def main(arguments: list[str]) -> int:
    """Do one of the two and print its document; an error is a document too."""
    return print_document(lambda: _run(*arguments))


def _run(what: str, project: str, *keys: str) -> dict[str, Any]:
    if what == "list" and not keys:
        return {"cloth": [asdict(kept) for kept in list_cloth(Path(project))]}
    if what == "drop":
        return {"dropped": [asdict(kept) for kept in drop_cloth(Path(project), keys)]}
    raise BadInput("Cloth cannot do that.", mend="Use list, or drop with the names to drop.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
