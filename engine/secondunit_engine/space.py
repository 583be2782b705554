"""Room on the disk: asked for before a long job starts, and named as the cause when it runs out in the middle."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from secondunit_bridge.errors import OutOfSpace, SecondUnitError
from secondunit_engine.planning.plan import Settings

FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NEARLY = 16 << 20  # bytes free below which a failed write is the disk's fault
_FRAME = 110  # bytes a pixel: a frame's EXR, its share of scratch and of the picture files
_LAYERS = 150 << 20  # bytes of USD layers and textures a shot


def check_space(folder: Path, settings: Settings, shots: int, frames: int) -> None:
    """Raise OutOfSpace if `frames` frames of `shots` shots will not fit."""
    needed = shots * _LAYERS + frames * settings.width * settings.height * _FRAME
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise OutOfSpace(
            f"This needs about {needed / 2**30:.1f} GB and {free / 2**30:.1f} GB are free on the project's disk.",
            mend="Free some space, shorten the shots, or choose a smaller size.",
        )


@contextmanager
def naming_a_full_disk(folder: Path) -> Iterator[None]:
    """Turn whatever a library says when the disk is full into OutOfSpace; other errors pass as they are."""
    try:
        yield
    except SecondUnitError:
        raise
    except Exception as fault:
        full = isinstance(fault, OSError) and fault.errno in FULL
        if full or shutil.disk_usage(folder).free < _NEARLY:
            raise OutOfSpace(
                "The disk is full; nothing half-written was left.", mend="Free some space and run it again."
            ) from fault
        raise
