"""OTIO bundles (.otioz, .otiod): the timeline inside them, read with suspicion. Media inside a .otioz stays there."""

from __future__ import annotations

import zipfile
from pathlib import Path

from secondunit_bridge.errors import BadInput, NotFound, TooLarge
from secondunit_bridge.otio_file import LARGEST_FILE

_CONTENT = "content.otio"
_MOST_MEMBERS = 20_000


def timeline_in_zip(path: Path) -> bytes:
    """The OTIO inside a .otioz. Raises BadInput, TooLarge; a bomb is met by counting what comes out, not by trust."""
    try:
        with zipfile.ZipFile(path) as bundle:
            if len(bundle.filelist) > _MOST_MEMBERS:
                raise TooLarge(
                    f"{path.name} holds over {_MOST_MEMBERS} files.", mend="Export only the sequence you need."
                )
            with bundle.open(_CONTENT) as content:
                data = content.read(LARGEST_FILE + 1)
    except KeyError:
        raise BadInput(f"{path.name} holds no {_CONTENT}.", mend="Export the bundle again.") from None
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, ValueError, EOFError) as fault:
        raise BadInput(f"{path.name} is not an OTIO bundle: {fault}.", mend="Export the bundle again.") from None
    if len(data) > LARGEST_FILE:
        raise TooLarge(
            f"The timeline in {path.name} is over {LARGEST_FILE >> 20} MB.", mend="Export a shorter sequence."
        )
    return data


def timeline_in_folder(path: Path) -> Path:
    """The OTIO file of a .otiod folder. Raises NotFound."""
    content = path / _CONTENT
    if not content.is_file():
        raise NotFound(f"{path.name} holds no {_CONTENT}.", mend="Export the bundle again.")
    return content
