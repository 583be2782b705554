"""Commands about looks: the pack by name, and a look as a LUT for the editor."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from google.protobuf.descriptor import FieldDescriptor

from secondunit.v1 import look_pb2
from secondunit_bridge.commands import Outcome, project_of
from secondunit_bridge.engine_tool import run_tool
from secondunit_bridge.errors import BadInput
from secondunit_bridge.look import LOOKS, look_by_name

_VIEWS = {look_pb2.VIEW_ACES_2_0: "ACES 2.0", look_pb2.VIEW_AGX: "AgX"}


def add_arguments(command: argparse.ArgumentParser) -> None:
    """What `looks` takes."""
    command.add_argument("look", metavar="LOOK", nargs="?", default="", help="without it, all are listed")
    command.add_argument("--shot", metavar="SHOT", help="the shot whose picture the LUT is for")
    command.add_argument("--out", metavar="FILE", help="a .cube, .3dl, .clf, .dctl, .cdl or .cc file")
    command.add_argument("--project", metavar="DIR", help="the project folder; without it the one you stand in")


def looks(options: argparse.Namespace) -> Outcome:
    """Without a look: the pack. With one: a LUT from the picture of a shot to the same picture under that look."""
    if not options.look:
        document = {"looks": [{"name": look.name, "meaning": look.meaning} for look in LOOKS]}
        return Outcome(document, "\n".join(f"{look.name:<14} {look.meaning}" for look in LOOKS))
    named = look_by_name(options.look)
    if not options.shot:
        raise BadInput("For which shot?", mend=f"Write: secondunit looks {named.name} --shot sh010 --out FILE.cube")
    out = Path(options.out or f"{options.shot}-{named.name}.cube").absolute()
    found = run_tool("finish", "look", str(project_of(options)), options.shot, _faders(named.change()), str(out))
    told = f"{found['files'][0]}  {found['psnr']} dB from the shot under this look"
    left = f"\nNot in a LUT: {', '.join(found['left_out'])}." if found["left_out"] else ""
    return Outcome(found, told + left)


def _faders(change: look_pb2.LookChange) -> str:
    """The faders that a change names, as JSON."""

    def value(field: FieldDescriptor, said: object) -> object:
        return _VIEWS[change.view] if field.name == "view" else said

    return json.dumps({field.name: value(field, said) for field, said in change.ListFields()})
