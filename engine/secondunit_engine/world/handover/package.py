"""A shot as one USDZ file that Unreal, Unity, Blender and AR viewers open."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from pxr import Usd, UsdUtils

from secondunit_bridge.errors import BadInput, EngineFault, Unwritable
from secondunit_engine.world.handover.profile import check_usdz
from secondunit_engine.world.handover.write_stage import write_stage

_ALWAYS: Final = 946_728_000  # 2000-01-01


def write_usdz(stage: Path, output: Path, *, for_ar: bool = False, credits: Sequence[str] = ()) -> tuple[str, ...]:
    """Write a shot's stage within the safe profile and pack it with its textures; returns what was left out.

    `for_ar` leaves out the lights, which AR viewers bring themselves; `credits` are written into it. The file is
    checked before it is moved into place. Raises BadInput (no stage, a broken texture), Unwritable, EngineFault (the
    file breaks the profile).
    """
    if not os.access(output.parent, os.W_OK):
        raise Unwritable(f"{output.parent} cannot be written.", mend="Choose another folder for the USDZ.")
    source = Usd.Stage.Open(str(stage)) if stage.is_file() else None
    if source is None:
        raise BadInput(f"{stage.name} is no stage.", mend="Shoot the shot again, then export it.")
    with tempfile.TemporaryDirectory(dir=output.parent, prefix=".usdz-") as scratch:
        handed = write_stage(source, Path(scratch), output.stem, with_lights=not for_ar, credits=credits)
        for file in Path(scratch).rglob("*"):
            os.utime(file, (_ALWAYS, _ALWAYS))  # the package keeps the times of its files
        packed = Path(scratch) / "packed.usdz"
        if not UsdUtils.CreateNewUsdzPackage(str(handed.layer), str(packed)):
            raise EngineFault(f"{stage.parent.name} could not be packed as USDZ.", mend="Report this with the shot.")
        problems = check_usdz(packed, for_ar=for_ar)
        if problems:
            raise EngineFault(
                f"The USDZ would not be read everywhere: {problems[0]}", mend="Report this with the shot."
            )
        shutil.move(packed, output)
    return handed.left_out
