"""A screenplay file that is edited beat by beat: written whole or not at all, and every edit can be taken back.

relic.fountain
relic.fountain.history/0001.fountain    as it was before the first edit, and so on; delete it whenever you like
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from secondunit_bridge.door import read_encoded
from secondunit_bridge.errors import NotFound, Unwritable

MOST_KEPT = 200


def write_script(path: Path, text: str) -> str:
    """Replace the file's text, in the encoding it has if that can hold it (else UTF-8); returns the encoding used.

    Raises NotFound if the file is gone and Unwritable if it cannot be written; then it is as it was.
    """
    if not path.is_file():
        raise NotFound(f"There is no file “{path.name}”.", mend="Check the path.")
    _, encoding = read_encoded(path)
    try:
        data = text.encode(encoding)
    except UnicodeEncodeError:
        encoding, data = "utf-8", text.encode()
    _keep(path)
    _replace(path, data)
    return encoding


def undo(path: Path) -> str:
    """Bring back the text before the last edit and return it. Raises NotFound if there was none."""
    kept = _kept(path)
    if not kept:
        raise NotFound(f"Nothing was edited in “{path.name}”.", mend="There is nothing to take back.")
    data = kept[-1].read_bytes()
    _replace(path, data)
    kept[-1].unlink()
    return read_encoded(path)[0]


def _history(path: Path) -> Path:
    return path.with_name(path.name + ".history")


def _kept(path: Path) -> list[Path]:
    return sorted(each for each in _history(path).glob(f"*{path.suffix}") if each.stem.isdigit())


def _keep(path: Path) -> None:
    """Put the file's bytes into its history; the oldest go when there are too many."""
    kept = _kept(path)
    number = int(kept[-1].stem) + 1 if kept else 1
    try:
        _history(path).mkdir(exist_ok=True)
    except OSError as fault:
        raise Unwritable(f"No history can be kept beside “{path.name}”: {fault.strerror}.", mend=_MEND) from None
    _replace(_history(path) / f"{number:04d}{path.suffix}", path.read_bytes())
    for old in kept[: max(0, len(kept) + 1 - MOST_KEPT)]:
        old.unlink()


_MEND = "Copy the screenplay to a folder that you may write to."


def _replace(path: Path, data: bytes) -> None:
    """Write beside and move into place, with the old file's permissions."""
    try:
        handle, part = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    except OSError as fault:
        raise Unwritable(f"“{path.name}” cannot be written: {fault.strerror}.", mend=_MEND) from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(part, path.stat().st_mode & 0o777 if path.exists() else 0o644)
        os.replace(part, path)
    except OSError as fault:
        Path(part).unlink(missing_ok=True)
        raise Unwritable(f"“{path.name}” cannot be written: {fault.strerror}.", mend=_MEND) from None
