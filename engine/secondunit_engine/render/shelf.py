"""Unfinished frames on disk: what must survive a kill, and is removed as soon as no frame needs it any more.

Every file is written under a temporary name and moved into place, so a file that exists is whole.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from secondunit_bridge.errors import OutOfSpace, Unwritable


class Shelf:
    """Files <kind>.<frame>.npz and <kind>.<frame>.npy in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        for stale in folder.glob("*.part"):
            stale.unlink()

    def has(self, kind: str, frame: int) -> bool:
        return self._array(kind, frame).is_file() or self._bundle(kind, frame).is_file()

    def put(self, kind: str, frame: int, array: NDArray) -> None:
        """Keep one array, to be read in place."""
        self._write(self._array(kind, frame), array=array)

    def get(self, kind: str, frame: int) -> NDArray:
        """One array, mapped: the system keeps of it in memory what it can spare."""
        return np.load(self._array(kind, frame), mmap_mode="r", allow_pickle=False)

    def put_bundle(self, kind: str, frame: int, arrays: Mapping[str, NDArray]) -> None:
        self._write(self._bundle(kind, frame), bundle=arrays)

    def get_bundle(self, kind: str, frame: int) -> dict[str, NDArray]:
        with np.load(self._bundle(kind, frame), allow_pickle=False) as bundle:
            return {name: bundle[name] for name in bundle.files}

    def drop(self, kind: str, before: int) -> None:
        """Remove everything of a kind from frames before `before`."""
        for file in self.folder.glob(f"{kind}.*.np?"):
            if int(file.name.split(".")[1]) < before:
                file.unlink()

    def clear(self) -> None:
        """Remove the shelf."""
        for file in self.folder.iterdir():
            file.unlink()
        self.folder.rmdir()

    def _array(self, kind: str, frame: int) -> Path:
        return self.folder / f"{kind}.{frame:04d}.npy"

    def _bundle(self, kind: str, frame: int) -> Path:
        return self.folder / f"{kind}.{frame:04d}.npz"

    def _write(self, path: Path, array: NDArray | None = None, bundle: Mapping[str, NDArray] | None = None) -> None:
        part = path.with_name(path.name + ".part")
        try:
            with part.open("wb") as file:
                if array is not None:
                    np.save(file, array, allow_pickle=False)
                else:
                    np.savez(file, allow_pickle=False, **(bundle or {}))
            os.replace(part, path)
        except OSError as problem:
            part.unlink(missing_ok=True)
            if problem.errno == 28:
                raise OutOfSpace("The disk is full.", mend="Free some space and resume the shot.") from problem
            raise Unwritable(f"{path.parent} cannot be written.", mend=f"{problem.strerror}.") from problem
