"""The one error tree. Each error has a gRPC status, a plain sentence, and what to do next.

SecondUnitError
├── BadInput            INVALID_ARGUMENT    the user's input is wrong                   exit 2
│   └── TooLarge        INVALID_ARGUMENT    over a limit we state                       exit 2
├── NotFound            NOT_FOUND           no such shot, take, job, file               exit 2
├── Conflict            ALREADY_EXISTS      the same request id with another request    exit 2
├── NotReady            FAILED_PRECONDITION the state does not allow it now             exit 1
├── Denied              PERMISSION_DENIED   no consent, or a path outside the project   exit 1
├── WrongToken          UNAUTHENTICATED     missing or wrong engine token               exit 2
├── OutOfSpace          RESOURCE_EXHAUSTED  disk or memory                              exit 1
├── Unwritable          FAILED_PRECONDITION the folder cannot be written                exit 2
├── Cancelled           CANCELLED           the user cancelled                          exit 1
├── Unavailable         UNAVAILABLE         the engine is not there       retryable     exit 1
├── TooSlow             DEADLINE_EXCEEDED   the deadline passed           retryable     exit 1
└── EngineFault         INTERNAL            our own mistake                             exit 1
"""

from __future__ import annotations

from typing import ClassVar


class SecondUnitError(Exception):
    """Base of every error we raise on purpose.

    `message` is one plain sentence; `mend` says what to do next.
    """

    status: ClassVar[str] = "UNKNOWN"
    retryable: ClassVar[bool] = False
    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, mend: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.mend = mend

    def __str__(self) -> str:
        return f"{self.message} {self.mend}".strip()

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self).__name__, self.message, self.mend))


class BadInput(SecondUnitError):
    status = "INVALID_ARGUMENT"
    exit_code = 2


class TooLarge(BadInput):
    pass


class NotFound(SecondUnitError):
    status = "NOT_FOUND"
    exit_code = 2


class Conflict(SecondUnitError):
    status = "ALREADY_EXISTS"
    exit_code = 2


class NotReady(SecondUnitError):
    status = "FAILED_PRECONDITION"


class Denied(SecondUnitError):
    status = "PERMISSION_DENIED"


class WrongToken(SecondUnitError):
    status = "UNAUTHENTICATED"
    exit_code = 2


class OutOfSpace(SecondUnitError):
    status = "RESOURCE_EXHAUSTED"


class Unwritable(SecondUnitError):
    status = "FAILED_PRECONDITION"
    exit_code = 2


class Cancelled(SecondUnitError):
    status = "CANCELLED"


class Unavailable(SecondUnitError):
    status = "UNAVAILABLE"
    retryable = True


class TooSlow(SecondUnitError):
    status = "DEADLINE_EXCEEDED"
    retryable = True


class EngineFault(SecondUnitError):
    status = "INTERNAL"


ERRORS: dict[str, type[SecondUnitError]] = {
    kind.__name__: kind
    for kind in (
        SecondUnitError, BadInput, TooLarge, NotFound, Conflict, NotReady, Denied, WrongToken,
        OutOfSpace, Unwritable, Cancelled, Unavailable, TooSlow, EngineFault,
    )
}  # fmt: skip


def _rebuild(name: str, message: str, mend: str) -> SecondUnitError:
    """Make an error from its parts; errors cross process borders by name."""
    return ERRORS.get(name, EngineFault)(message, mend=mend)
