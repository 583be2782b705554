"""Frames from hand to hand: one client publishes a finished file, another opens it, by path and never by bytes.

A published file is renamed or hard-linked into a private folder under a random name, so it appears there whole or not
at all; a reader maps it. Only where the disk allows neither is it copied, and then moved into place.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
import stat
from pathlib import Path

from secondunit_bridge.errors import BadInput, NotFound, OutOfSpace

_HANDLE = re.compile(r"[0-9a-f]{32}")


class Handoff:
    """The published files in `folder`. They are forgotten when the engine starts again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)

    def publish(self, path: Path, *, give: bool) -> tuple[str, int]:
        """Take a file over; returns its handle and size in bytes. Raises BadInput, NotFound, OutOfSpace."""
        try:
            found = path.lstat()
        except (FileNotFoundError, NotADirectoryError):
            raise NotFound(f"There is no file {path}.", mend="Write the frame before it is published.") from None
        if not stat.S_ISREG(found.st_mode):
            raise BadInput(f"{path} is not a regular file.", mend="Publish the file itself, not a link or a folder.")
        handle = secrets.token_hex(16)
        target = self.folder / handle
        try:
            if give:
                os.replace(path, target)
            else:
                os.link(path, target)
        except OSError as error:
            if error.errno not in (errno.EXDEV, errno.EPERM, errno.EMLINK, errno.ENOTSUP):
                raise
            _copy(path, target)
            if give:
                path.unlink()
        return handle, found.st_size

    def open(self, handle: str) -> tuple[Path, int]:
        """Where a published file lies, and its size in bytes. Raises NotFound."""
        path = self._path(handle)
        try:
            return path, path.stat().st_size
        except FileNotFoundError:
            raise NotFound("There is no such frame any more.", mend="Have it published again.") from None

    def release(self, handle: str) -> None:
        """Forget a published file; who has it open keeps it."""
        self._path(handle).unlink(missing_ok=True)

    def _path(self, handle: str) -> Path:
        if not _HANDLE.fullmatch(handle):
            raise NotFound("That is not a frame's handle.", mend="Use the handle that publishing gave.")
        return self.folder / handle


def _copy(path: Path, target: Path) -> None:
    part = target.with_name(target.name + ".part")
    try:
        shutil.copyfile(path, part)
        os.replace(part, target)
    except OSError as error:
        part.unlink(missing_ok=True)
        if error.errno == errno.ENOSPC:
            raise OutOfSpace("The disk is full.", mend="Release frames, or free some space.") from None
        raise
