"""`python -m secondunit_engine.finish look PROJECT SHOT FADERS OUT`: a change of look as a LUT; one JSON document.

FADERS is a JSON object of `Look`'s fields that change, "view" among them.
"""

from __future__ import annotations

import json
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

from secondunit_bridge.errors import BadInput, NotFound
from secondunit_engine.document import print_document
from secondunit_engine.finish.look import LookChange, change_look
from secondunit_engine.finish.look_lut import export_look
from secondunit_engine.project import Project
from secondunit_engine.render.exr import read_frame


def main(arguments: list[str]) -> int:
    """Do it and print its document; an error is a document too."""
    return print_document(lambda: _run(*arguments))


def _run(what: str, project: str, shot: str, faders: str, out: str) -> dict[str, Any]:
    if what != "look":
        raise BadInput("Finishing cannot do that.", mend="Use look PROJECT SHOT FADERS OUT.")
    known = {field.name for field in fields(LookChange)} - {"lights"}
    change = {name: value for name, value in json.loads(faders).items() if name in known}
    opened = Project.open(Path(project))
    take = opened.take(shot)
    frames = sorted((opened.take_folder(take) / "frames").glob("*.exr"))
    if not frames:
        raise NotFound(
            f"The frames of {shot} are not there.", mend="Retake the shot, or bring the project's folder back."
        )
    middle = frames[len(frames) // 2]
    after = change_look(take.look, LookChange(**change))
    done = export_look(read_frame(middle).parts, take.look, after, take.shot.seed, int(middle.stem), Path(out))
    return {"files": [str(file) for file in done.files], "psnr": round(done.psnr, 1), "left_out": list(done.left_out)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
