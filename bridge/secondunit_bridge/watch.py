"""A watch folder: briefs and cuts that are dropped in are made, one after another, and their answers laid beside them.

For editors that cannot be scripted. A `.txt`, `.fountain` or `.fdx` is shot, an `.otio`, `.otioz`, `.xml`, `.edl` or
`.aaf` is conformed; the project is the folder `film` inside. A file is taken once it has stopped growing, and goes to
`done` or `failed` with NAME.json beside it, which says what was made or what was wrong.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from secondunit_bridge.errors import NotFound, Unwritable
from secondunit_bridge.terminal import say

BRIEFS = (".txt", ".fountain", ".fdx")
CUTS = (".otio", ".otioz", ".xml", ".edl", ".aaf")
_PAUSE = 2.0  # seconds between two looks


@dataclass(frozen=True)
class Done:
    """One file: where it lies now, and what came of it."""

    file: Path
    ok: bool
    answer: dict[str, Any]


def watch(folder: Path, *, once: bool = False) -> Iterator[Done]:
    """Make what is dropped into a folder, for ever or (`once`) until it is empty. Raises NotFound, Unwritable."""
    if not folder.is_dir():
        raise NotFound(f"There is no folder {folder}.", mend="Make it first.")
    try:
        for name in ("done", "failed"):
            (folder / name).mkdir(exist_ok=True)
    except OSError as fault:
        raise Unwritable(f"{folder} cannot be written: {fault.strerror}.", mend="Choose another folder.") from None
    sizes: dict[Path, int] = {}
    while True:
        waiting = sorted(path for path in folder.iterdir() if path.is_file() and path.suffix.lower() in BRIEFS + CUTS)
        still = [path for path in waiting if sizes.get(path) == path.stat().st_size]
        sizes = {path: path.stat().st_size for path in waiting}
        for path in still:
            yield _make(path)
        if once and not waiting:
            return
        time.sleep(0.05 if once else _PAUSE)


def _make(path: Path) -> Done:
    film = path.parent / "film"
    verb = "shoot" if path.suffix.lower() in BRIEFS else "conform"
    words = [verb, str(path), "--project", str(film), "--json"]
    if verb == "conform":
        words += ["--otio-out", str(path.parent / "done" / f"{path.stem}.conformed.otio")]
    say(f"{verb} {path.name}")
    line = [sys.executable, "-m", "secondunit_bridge.cli", *words]
    done = subprocess.run(line, stdout=subprocess.PIPE, text=True, check=False)
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        answer = {"error": {"message": f"secondunit ended with {done.returncode}.", "mend": "Look at its messages."}}
    ok = done.returncode == 0
    home = path.parent / ("done" if ok else "failed")
    (home / f"{path.name}.json").write_text(json.dumps(answer, indent=1, ensure_ascii=False) + "\n", "utf-8")
    target = home / path.name
    os.replace(path, target)
    return Done(target, ok, answer)
