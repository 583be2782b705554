"""What every reader of assets gives, what it may cost, and how broken geometry is taken out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import numpy as np
from numpy.typing import NDArray

from secondunit_bridge.errors import BadInput, TooLarge

FILE_BYTES = 1 << 30
JSON_BYTES = 32 << 20
TRIANGLES = 5_000_000
POINTS = 15_000_000
NODES = 100_000
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|[\\/]")


@dataclass(frozen=True)
class Part:
    """One mesh of an asset with its surface, in the asset's own units and axes; faces are flat.

    points: [points, 3]; triangles: [triangles, 3]; uvs: [points, 2], v up, or None.
    base: linear Rec.709. image: a PIL picture of the base colour, or None.
    """

    points: NDArray[np.float64]
    triangles: NDArray[np.int64]
    uvs: NDArray[np.float64] | None = None
    base: tuple[float, float, float] = (0.5, 0.5, 0.5)
    roughness: float = 0.5
    metallic: float = 0.0
    opacity: float = 1.0
    image: Any = None


@dataclass(frozen=True)
class Source:
    """An asset as read: its parts, the length of its unit [m], which axis is up, its author, and what was said."""

    parts: tuple[Part, ...]
    unit: float
    up: str = "Y"
    author: str = ""
    notes: tuple[str, ...] = ()


def check_count(name: str, triangles: int, points: int = 0) -> None:
    """Refuse an asset by its counts, before anything is loaded. Raises TooLarge."""
    if triangles > TRIANGLES:
        mend = f"Reduce it; {TRIANGLES:,} triangles are the most."
        raise TooLarge(f"{name} has {triangles:,} triangles.", mend=mend)
    if points > POINTS:
        raise TooLarge(f"{name} has {points:,} points.", mend=f"Reduce it; {POINTS:,} points are the most.")


def in_a_line(text: object, most: int = 200) -> str:
    """What a stranger wrote, as one line of at most so many letters that can be printed: no lone surrogates."""
    return " ".join(str(text).encode("utf-8", "replace").decode().split())[:most]


def beside(file: Path, uri: str) -> Path:
    """The file that an asset names, which must lie in the asset's own folder or below. Raises BadInput."""
    name = unquote(uri)
    home = file.parent.resolve()
    if not name or "\0" in name or _SCHEME.match(name) or not (home / name).resolve().is_relative_to(home):
        raise BadInput(
            f"{file.name} names a file outside its folder: {in_a_line(uri)}", mend="Put all its files in one folder."
        )
    return home / name


def clean(parts: Sequence[Part]) -> tuple[tuple[Part, ...], tuple[str, ...]]:
    """The parts without broken triangles and unused points, and what was taken out."""
    kept: list[Part] = []
    broken = flat = empty = 0
    for part in parts:
        inside = ((part.triangles >= 0) & (part.triangles < len(part.points))).all(axis=1)  # (T,)
        triangles = part.triangles[inside]
        sound = np.isfinite(part.points[triangles]).all(axis=(1, 2))
        broken += len(part.triangles) - int(sound.sum())
        triangles = triangles[sound]
        corners = part.points[triangles]  # (T, 3, 3)
        edges = corners[:, 1:] - corners[:, :1]
        area = np.linalg.norm(np.cross(edges[:, 0], edges[:, 1]), axis=1)
        longest = (edges**2).sum(axis=2).max(axis=1, initial=0.0)
        solid = area > 1e-9 * longest
        flat += len(triangles) - int(solid.sum())
        if not solid.any():
            empty += 1
            continue
        kept.append(_compact(replace(part, triangles=triangles[solid])))
    told = (
        (broken, "triangles with NaN, infinite or missing points dropped"),
        (flat, "triangles without area dropped"),
        (empty, "meshes without triangles dropped"),
    )
    return tuple(kept), tuple(f"{count:,} {what}." for count, what in told if count)


def _compact(part: Part) -> Part:
    used, inverse = np.unique(part.triangles, return_inverse=True)
    uvs = None if part.uvs is None else np.nan_to_num(part.uvs[used])
    return replace(part, points=part.points[used], triangles=inverse.reshape(-1, 3), uvs=uvs)
