"""Where the engine is: its state folder, and the address and token it left there.

The folder is private (0700) and holds
    engine.json     the address that the engine listens on, its process id and version
    token           256 bits in hex (0600); every call must carry it
    engine.crt      on TCP only: the certificate to expect, so that nobody else on the port can get the token
    queue.sqlite    jobs
    gateway.json    where the gateway listens and its process id (0600), while one runs
    engine.log      what the engine and its worker have to say
"""

from __future__ import annotations

import json
import os
import stat
import sys
from dataclasses import dataclass
from pathlib import Path

from secondunit_bridge.errors import Denied, Unavailable

TLS_NAME = "secondunit-engine"  # the name in the engine's own certificate


def state_dir() -> Path:
    """The engine's state folder: $SECONDUNIT_STATE, or this user's usual place for such things."""
    if chosen := os.environ.get("SECONDUNIT_STATE"):
        return Path(chosen).absolute()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData/Local")) / "SecondUnit"
    if sys.platform == "darwin":
        return Path.home() / "Library/Application Support/SecondUnit"
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local/state") / "secondunit"


def state_folder(name: str) -> Path:
    """A folder of that name in the state folder; both are made for this user alone (0700) if they are not there."""
    folder = state_dir() / name
    make_private(folder.parent)
    make_private(folder)
    return folder


@dataclass(frozen=True)
class Address:
    """How to reach an engine. `target` is a gRPC target; with a `certificate` (PEM) the connection is TLS.

    `client_certificate` and `client_key` (PEM) are what an engine beyond this machine asks for.
    """

    target: str
    token: str
    certificate: bytes = b""
    client_certificate: bytes = b""
    client_key: bytes = b""
    tls_name: str = TLS_NAME

    def __repr__(self) -> str:
        return f"Address({self.target!r})"  # never the token: it must not reach a log


def read_address(state: Path) -> Address:
    """The address of the engine of that state folder. Raises Unavailable if none left one, Denied if it is not safe."""
    try:
        check_private(state)
        told = json.loads((state / "engine.json").read_text("utf-8"))
        token = (state / "token").read_text("ascii").strip()
        certificate = (state / "engine.crt").read_bytes() if told["tls"] else b""
        return Address(told["target"], token, certificate)
    except (FileNotFoundError, NotADirectoryError, json.JSONDecodeError, KeyError):
        raise Unavailable("No engine is running.", mend="Start one with: secondunit engine start") from None


def make_private(folder: Path) -> None:
    """Make the folder for this user alone (0700). One that is there stays as it is: see `check_private`."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def check_private(folder: Path) -> None:
    """Raise Denied unless the folder is this user's own and closed to everyone else."""
    if sys.platform == "win32":
        return  # the user's profile is closed by its access list
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or stat.S_IMODE(found.st_mode) & 0o077:
        raise Denied(f"The folder {folder} is open to other users.", mend="Make it your own: chmod 700, or remove it.")


def write_private(path: Path, data: bytes) -> None:
    """Write a file that only this user can read (0600); it appears whole."""
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
    os.replace(part, path)
