"""A project folder with takes to match cuts to: manifests and media as the engine writes them, without pictures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

CUES = [{"id": "f1", "kind": "foley", "name": "step", "start": {"value": 12}, "duration": {"value": 1}}]


def make_take(
    folder: Path, shot: str, number: int, *, frames: int = 120, quality: str = "preview", handles: int = 8,
    seed: int = 1, size: tuple[int, int] = (640, 360), rate: tuple[int, int] = (24, 1),
) -> Path:  # fmt: skip
    """One take; two of the same shot and seed differ in quality and size alone. Returns its picture."""
    take = folder / "shots" / shot / "takes" / f"{number:03d}"
    take.mkdir(parents=True)
    settings: dict[str, Any] = {
        "rate": {"numerator": rate[0], "denominator": rate[1]}, "handles": handles, "quality": quality,
        "width": size[0], "height": size[1],
    }  # fmt: skip
    plan = {"id": shot, "frames": frames, "seed": seed}
    recipe = {"plan": plan, "settings": settings, "look": {"exposure": 0}, "shot": shot, "take": number}
    (take / "manifest.json").write_text(json.dumps({"recipe": recipe}))
    (take / "cues.json").write_text(json.dumps({"cues": CUES}))
    (take / "picture.mov").write_bytes(b"picture")
    return take / "picture.mov"


def make_project(folder: Path) -> Path:
    """sh010 with two takes and a final of the second; sh020 and sh030A with one take each."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "secondunit.toml").write_text('rate = "24/1"\nsize = "640x360"\nquality = "preview"\nseed = 0\n')
    make_take(folder, "sh010", 1)
    make_take(folder, "sh010", 2, seed=2)
    make_take(folder, "sh010", 3, seed=2, quality="final", size=(1920, 1080))
    make_take(folder, "sh020", 1)
    make_take(folder, "sh030A", 1)
    return folder
