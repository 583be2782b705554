"""The content-addressed store of stage products.

A stage is a pure function from typed inputs to one folder. The folder is named by the hash of
`engine version + stage + inputs`, so the same inputs are never computed twice, and a changed input
recomputes only what depends on it.

    cache/<stage>/<hash>/           finished: moved into place by one rename
    cache/<stage>/<hash>.part/      under way; after a kill the stage goes on from what it finds there
    cache/<stage>/<hash>.kept/      cancelled: whole frames only, for the day the user wants them after all
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from secondunit_bridge.errors import Denied
from secondunit_engine import __version__
from secondunit_engine.space import naming_a_full_disk


@dataclass(frozen=True)
class Product:
    """A finished stage product: where it lies, what it is called, and whether this run made it."""

    stage: str
    key: str
    folder: Path
    made: bool


def product_key(stage: str, *inputs: object) -> str:
    """Hash of the inputs, 32 hex digits: same inputs, same name.

    Inputs are frozen dataclasses, strings, numbers, tuples or other products' keys.
    """
    digest = hashlib.blake2b(digest_size=16)
    digest.update(f"{__version__}\0{stage}\0".encode())
    for value in inputs:
        kind = type(value)
        digest.update(kind.__qualname__.encode() + b"\0" + TypeAdapter(kind).dump_json(value) + b"\0")
    return digest.hexdigest()


class ProductStore:
    """Products of one project, under its `cache/` folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def library(self) -> Path:
        """The project's own things, beside the cache."""
        return self.folder.with_name("library")

    def make(
        self, stage: str, inputs: tuple[object, ...], build: Callable[[Path], None], *, resumable: bool = False
    ) -> Product:
        """Return the product for these inputs, calling `build(part_folder)` only if it is not there yet.

        A `resumable` build keeps whole files only when it is interrupted, and goes on from them next time.
        Any other interrupted build leaves nothing.
        """
        key = product_key(stage, *inputs)
        final = self.folder / stage / key
        if final.is_dir():
            return Product(stage, key, final, made=False)
        part, kept = final.with_name(key + ".part"), final.with_name(key + ".kept")
        if kept.is_dir() and not part.exists():
            os.replace(kept, part)
        if not resumable:
            shutil.rmtree(part, ignore_errors=True)  # a kill left half of it
        part.mkdir(parents=True, exist_ok=True)
        try:
            with naming_a_full_disk(part):
                build(part)
        except Denied:  # somebody in it took their consent back: not even whole frames are kept
            shutil.rmtree(part, ignore_errors=True)
            raise
        except BaseException:
            if resumable and any(part.rglob("*.*")):
                os.replace(part, kept)
            else:
                shutil.rmtree(part, ignore_errors=True)
            raise
        os.replace(part, final)
        return Product(stage, key, final, made=True)
