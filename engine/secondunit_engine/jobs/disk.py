"""What a failed write means for the user."""

from __future__ import annotations

import errno

from secondunit_bridge.errors import OutOfSpace, SecondUnitError, Unwritable


def disk_error(error: OSError) -> SecondUnitError | None:
    """What a failed write means for the user, or None when it is not about the disk."""
    where = error.filename or "the project folder"
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return OutOfSpace(f"The disk of {where} is full.", mend="Free some space and retry the job.")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR):
        return Unwritable(f"{where} cannot be written.", mend="Choose a folder of your own.")
    return None
