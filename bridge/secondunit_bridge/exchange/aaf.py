"""AAF by the OTIO adapter, an optional extra (`pip install secondunit[aaf]`).

The adapter raises whatever it meets in a file it does not know; all of it becomes one error. It is not asked to write:
it refuses plain transitions.
"""

from __future__ import annotations

from pathlib import Path

import opentimelineio as otio

from secondunit_bridge.errors import BadInput, NotReady, TooLarge
from secondunit_bridge.otio_file import LARGEST_FILE

_MEND = "Export the sequence as OTIO or FCP7 XML instead."


def read_aaf(path: Path) -> tuple[otio.schema.Timeline, list[str]]:
    """The timeline of an AAF, without its markers, which the adapter loses. Raises NotReady, BadInput, TooLarge."""
    if path.stat().st_size > LARGEST_FILE:
        raise TooLarge(
            f"{path.name} is over {LARGEST_FILE >> 20} MB: its media are embedded.", mend="Link them instead."
        )
    if "AAF" not in otio.adapters.available_adapter_names():
        raise NotReady("Reading AAF needs the extra “aaf”.", mend="Install it: pip install 'secondunit[aaf]'.")
    try:
        found = otio.adapters.read_from_file(str(path), "AAF")
    except Exception as fault:
        raise BadInput(
            f"{path.name} is not an AAF we can read: {fault or type(fault).__name__}.", mend=_MEND
        ) from fault
    if isinstance(found, otio.schema.SerializableCollection):
        found = next((each for each in found if isinstance(each, otio.schema.Timeline)), None)
    if not isinstance(found, otio.schema.Timeline):
        raise BadInput(f"{path.name} holds no timeline.", mend=_MEND)
    return found, ["Markers and effects of an AAF are not read."]
