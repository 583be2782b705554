"""Other people's programs as referees, each in an environment of its own in the project's folder, made on first use."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).parent


class Absent(Exception):
    """A referee that cannot be installed or does not run here."""


@dataclass(frozen=True)
class Environment:
    """A virtual environment of the project's folder, and the packages it is made with."""

    name: str
    packages: tuple[str, ...]

    def find(self) -> Path | None:
        """Its interpreter; None if it was not made yet."""
        folder = _HERE.parent / self.name
        return _interpreter(folder) if (folder / ".installed").is_file() else None

    def python(self) -> Path:
        """Its interpreter; the environment is made when there is none. Raises Absent."""
        if found := self.find():
            return found
        folder = _HERE.parent / self.name
        python = _interpreter(folder)
        run([sys.executable, "-m", "venv", folder])
        run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", *self.packages])
        (folder / ".installed").touch()
        return python


BLENDER = Environment(".venv-cycles", ("bpy==5.0.1", "numpy<2"))


def run(command: Iterable[object]) -> str:
    """What a command prints; raises Absent, with its last words, if it fails."""
    words = [str(word) for word in command]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip() or done.stdout.strip() or "no message").splitlines()[-1]
        raise Absent(f"{Path(words[0]).name} ended with {done.returncode}: {last}")
    return done.stdout


def _interpreter(folder: Path) -> Path:
    return folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
