"""The wreck of a wooden ship: her ribs stand open to the sea, some planking is left, her mast has fallen."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from secondunit_engine.world import shapes
from secondunit_engine.world.kit import Kit
from secondunit_engine.world.mesh import Mesh

Array = NDArray[np.floating]
_LONG: Final = 19.0  # m from stem to stern
_BEAM: Final = 2.9  # m, half of it
_DEEP: Final = 3.9  # m from the keel to the rail
_PLACE: Final = np.array([-1.6, -0.75, -8.2])  # of her keel's middle
_HEEL: Final = 24.0  # degrees that she leans, her open side to the cameras
_TURN: Final = 74.0  # degrees that she lies across the view


def wreck(seed: int) -> Kit:
    """The whole of her, on the bed behind the hero."""
    rng = np.random.Generator(np.random.PCG64([seed, 451]))
    ship = Kit()
    stations = np.linspace(-0.46, 0.47, 27)
    for number, at in enumerate(stations.tolist()):
        for hand in (-1, 1):
            broken = 1.0 if rng.random() < 0.55 else rng.uniform(0.45, 0.95)
            rib = _section(at, np.linspace(0, broken, 16)) * [hand, 1, 1] + [0, 0, rng.normal(0, 0.05)]
            rib[:, 0] += hand * 0.05 * rng.normal()
            ship.put("oak", _timber(rib, 0.11 * (1 - 0.25 * np.linspace(0, 1, 16))))
        if number % 4 == 2:  # deck beams that hold
            end = _section(at, np.array([0.86]))[0]
            ship.put("oak", _timber(np.array([end * [-1, 1, 1], [0, end[1] + 0.10, end[2]], end]), np.full(3, 0.09)))
    for hand, whole in ((1, 0.80), (-1, 0.52)):
        _plank(ship, rng, hand, whole)
    keel = np.array([[0, 0.05 + 2.9 * max(t - 0.40, 0) ** 1.1 * 3.2, t * _LONG] for t in np.linspace(-0.5, 0.5, 24)])
    ship.put("oak", _timber(keel, np.full(24, 0.19)))
    stem = keel[-1] + np.array([[0, 0, 0], [0, 1.2, 0.45], [0, 2.6, 0.75], [0, 3.3, 0.80]])
    ship.put("oak", _timber(stem, np.array([0.19, 0.18, 0.16, 0.13])))
    t = np.linspace(0, 1, 14)[:, None]
    mast = np.array([0.3, 2.3, 1.0]) + np.array([5.8, -1.6, 2.2]) * t + [0, 0.10, 0] * np.sin(3 * t)
    ship.put("oak", shapes.tube(mast, np.linspace(0.17, 0.10, 14), 14))
    for turn, z in ((20, -3.4), (-35, 2.6), (8, -1.2)):
        chest = shapes.box_uv(shapes.soft_box((-0.45, 0, -0.3), (0.45, 0.55, 0.3), 0.03))
        ship.put("oak", shapes.move(chest, (0.7, 0.35, z), turn))
    whole = Kit()
    for material, meshes in ship.parts.items():
        whole.put(material, shapes.transform(shapes.merge(meshes), _lie()))
    whole.put("iron", *_anchor())
    return whole


def _section(at: float, s: Array) -> Array:
    """A rib at `at` (-0.5 stern, 0.5 stem) of her length: from the keel (s = 0) to the rail, shape [K, 3]."""
    full = (1 - np.clip(abs(at + 0.06) / 0.56, 0, 1) ** 2.4) * _BEAM
    rise = 0.9 * np.clip(abs(at) - 0.28, 0, 1) ** 1.4 * 3.4  # of the keel, fore and aft
    angle = np.pi / 2 * s**0.82
    x = 0.10 + full * np.sin(angle) ** 0.62 * (1 - 0.10 * np.clip(s - 0.75, 0, 1) * 4)
    sheer = _DEEP + 0.7 * (2 * at) ** 2
    y = rise + (sheer - rise) * s**1.35
    return np.column_stack([x, y, np.full(len(s), at * _LONG)])


def _plank(ship: Kit, rng: np.random.Generator, hand: int, whole: float) -> None:
    """Strakes along one side, in lengths; the higher the fewer are left."""
    along = np.linspace(-0.46, 0.46, 80)
    edges = np.linspace(0.05, 0.98, 15)
    for low, high in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        start = -0.46
        while start < 0.46:
            end = start + rng.uniform(0.10, 0.26)
            kept = whole * (1.15 - 0.55 * low)
            t = along[(along >= start) & (along <= end)]
            if rng.random() < kept and len(t) > 2:
                lower = np.concatenate([_section(a, np.array([low + 0.004])) for a in t])
                upper = np.concatenate([_section(a, np.array([high - 0.006])) for a in t])
                out = np.array([hand, 1, 1])
                sprung = rng.uniform(0, 0.16) * np.linspace(0, 1, len(t))[:, None] ** 2 * [1, 0, 0]
                face = np.stack([lower + sprung, upper + sprung], axis=1)
                thick = np.array([0.06, 0, 0])
                skin = np.concatenate([face + 2 * thick, face[:, ::-1] + thick, face[:, :1] + 2 * thick], axis=1)
                uv = np.stack(np.broadcast_arrays(np.arange(5) * 0.25, t[:, None] * _LONG * 0.5), axis=-1)
                ship.put("oak", shapes.grid((skin * out)[:, ::hand], uvs=(uv + rng.random(2) * 5)[:, ::hand]))
            start = end + 0.003


def _timber(path: Array, half: Array) -> Mesh:
    """Sawn timber along a path [m], shape [K, 3], square, half as thick as `half` [m], its grain along it."""
    tube = shapes.tube(path, np.asarray(half) * 1.25, 4)
    return shapes.facet(shapes.box_uv(tube, 1.0))


def _lie() -> NDArray[np.float64]:
    """From the ship's own space to where she lies, a column-vector matrix [4, 4]."""
    heel, turn = np.radians(_HEEL), np.radians(_TURN)
    roll = np.array([[np.cos(heel), -np.sin(heel), 0], [np.sin(heel), np.cos(heel), 0], [0, 0, 1]])
    yaw = np.array([[np.cos(turn), 0, np.sin(turn)], [0, 1, 0], [-np.sin(turn), 0, np.cos(turn)]])
    matrix = np.eye(4)
    matrix[:3, :3] = yaw @ roll
    matrix[:3, 3] = _PLACE
    return matrix


def _anchor() -> tuple[Mesh, ...]:
    """Her anchor, half in the sand, with links of its chain."""
    foot = np.array([-3.4, 0.0, -4.6])
    shank = shapes.tube(foot + np.array([[0, -0.1, 0], [0.5, 1.25, -0.25]]), 0.055, 8)
    angle = np.linspace(-1.15, 1.15, 13)
    arms = foot + np.column_stack([0.62 * np.sin(angle), 0.42 - 0.5 * np.cos(angle), 0.2 * np.sin(angle)])
    stock = foot + np.array([[0.05, 1.05, -0.85], [0.75, 1.05, 0.4]])
    turn = np.linspace(0, 2 * np.pi, 17)
    ring = foot + np.array([0.54, 1.38, -0.27]) + 0.13 * np.column_stack([np.sin(turn), np.cos(turn), 0 * turn])
    return shank, shapes.tube(arms, 0.06, 8), shapes.tube(stock, 0.045, 8), shapes.tube(ring, 0.025, 6)
