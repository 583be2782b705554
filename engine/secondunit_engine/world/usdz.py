"""A shot as one USDZ file: layers, textures and all, as AR viewers and game engines open it."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from pxr import Usd, UsdUtils

from secondunit_bridge.errors import EngineFault, Unwritable


def write_usdz(stage: Path, output: Path) -> None:
    """Flatten a shot's stage and pack it with its textures. Raises Unwritable, EngineFault.

    Flattening keeps time samples; sublayers and relative paths become one root layer that needs nothing beside it.
    """
    if not os.access(output.parent, os.W_OK):
        raise Unwritable(f"{output.parent} cannot be written.", mend="Choose another folder for the USDZ.")
    with tempfile.TemporaryDirectory(dir=output.parent, prefix=".usdz-") as scratch:
        flat = Path(scratch) / f"{output.stem}.usdc"
        Usd.Stage.Open(str(stage)).Flatten().Export(str(flat))
        packed = Path(scratch) / output.name
        if not UsdUtils.CreateNewUsdzPackage(str(flat), str(packed)):
            raise EngineFault(f"{stage.parent.name} could not be packed as USDZ.", mend="Report this with the shot.")
        shutil.move(packed, output)
