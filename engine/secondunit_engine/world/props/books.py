"""Old books: an atlas of spines, runs of them on shelves, and piles on tables. One material for all."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from secondunit_engine.world.mesh import Mesh
from secondunit_engine.world.shapes import box, grid, merge, move
from secondunit_engine.world.textures import Surface, noise

COLUMNS, ROWS = 16, 8
SPINES = COLUMNS * ROWS - 1  # the last cell is paper, the edges of leaves
LEATHERS = np.array(
    [
        (0.150, 0.070, 0.030), (0.110, 0.050, 0.026), (0.210, 0.105, 0.042), (0.190, 0.032, 0.022),
        (0.125, 0.022, 0.024), (0.036, 0.088, 0.050), (0.030, 0.052, 0.110), (0.060, 0.052, 0.048),
        (0.360, 0.275, 0.165), (0.260, 0.170, 0.085), (0.070, 0.095, 0.098), (0.300, 0.220, 0.130),
    ]
)  # fmt: skip
GOLD = np.array((0.46, 0.29, 0.085))


@dataclass(frozen=True)
class Run:
    """A length of shelf: starts at `origin` [m], runs along `along`, its books face `outward`; unit vectors."""

    origin: tuple[float, float, float]
    along: tuple[float, float, float]
    outward: tuple[float, float, float]
    length: float
    clear: float  # height between shelves
    depth: float


def spine_atlas(seed: int, size: int = 2048) -> Surface:
    """Bindings with raised bands, gilt rules, lettering pieces and wear; COLUMNS x ROWS cells, row 0 on top."""
    rng = np.random.Generator(np.random.PCG64(seed))
    wide, tall = size // COLUMNS, size // ROWS
    grain, stain = noise(seed + 1, size, 1.0), noise(seed + 2, size, 2.0)
    albedo, height = np.empty((size, size, 3)), np.empty((size, size))
    for cell in range(COLUMNS * ROWS):
        row, column = divmod(cell, COLUMNS)
        window = slice(row * tall, (row + 1) * tall), slice(column * wide, (column + 1) * wide)
        color, relief = _spine(rng, wide, tall) if cell < SPINES else _leaves(rng, wide, tall)
        mottle = 1 + 0.10 * grain[window] + 0.14 * stain[window]
        albedo[window] = color * np.clip(mottle, 0.4, 1.6)[..., None]
        height[window] = relief + 0.02 * grain[window]
    roughness = np.clip(0.52 + 0.08 * stain - 0.5 * (height - 0.5), 0.25, 0.9)
    return Surface(np.clip(albedo, 0.004, 0.8), roughness, np.clip(height, 0, 1))


def _spine(rng: np.random.Generator, wide: int, tall: int) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    v = np.linspace(1, 0, tall)[:, None]  # (T, 1) from head to tail
    u = np.linspace(-1, 1, wide)[None, :]
    leather = LEATHERS[rng.integers(len(LEATHERS))] * rng.uniform(0.9, 1.7)
    color = np.broadcast_to(leather, (tall, wide, 3)).copy()
    height = np.full((tall, wide), 0.5)
    gilt = np.zeros((tall, wide))
    bands = np.linspace(0.12, 0.88, rng.integers(4, 7)) if rng.random() < 0.7 else np.array([0.08, 0.92])
    for band in bands:
        ridge = np.exp(-(((v - band) / 0.012) ** 2))
        height += 0.35 * ridge
        color *= 1 + 0.25 * ridge[..., None]
        if rng.random() < 0.75:
            for offset in (-0.026, 0.026):
                gilt += np.exp(-(((v - band - offset) / 0.0035) ** 2)) * np.ones_like(u)
    panels = [(a + 0.03, b - 0.03) for a, b in pairwise(bands)]
    low, high = panels[rng.integers(max(1, len(panels) - 2), len(panels))] if len(panels) > 1 else (0.62, 0.80)
    piece = ((v > low) & (v < high) & (np.abs(u) < 0.86)).astype(float)
    if rng.random() < 0.6:
        label = LEATHERS[rng.integers(len(LEATHERS))] * rng.uniform(0.4, 0.9)
        color = color * (1 - piece[..., None]) + label * piece[..., None]
    lines = int(rng.integers(2, 5))
    for line in range(lines):
        middle = low + (high - low) * (line + 0.5) / lines
        strokes = np.repeat(rng.random(wide // 4) < 0.6, 4)[None, :wide]
        extent = np.abs(u) < rng.uniform(0.3, 0.72)
        gilt += (np.abs(v - middle) < 0.16 * (high - low) / lines) * strokes * extent
    worn = rng.uniform(0.25, 0.95)
    color += (np.clip(gilt, 0, 1) * worn)[..., None] * (GOLD - color)
    ends = np.exp(-np.minimum(v, 1 - v) / 0.02) + 0.5 * np.exp(-(1 - np.abs(u)) / 0.06)
    color += (0.35 * ends * rng.uniform(0.2, 1.0))[..., None] * (leather * 2.2 + 0.03 - color)
    return color, height


def _leaves(rng: np.random.Generator, wide: int, tall: int) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    lines = rng.uniform(0.72, 1.0, (1, wide)) * np.ones((tall, 1))
    return lines[..., None] * np.array((0.42, 0.34, 0.22)), 0.4 + 0.2 * lines


def _cell(index: NDArray[np.integer]) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    """Lower left corner of a cell in texture coordinates, shapes [...]."""
    row, column = np.divmod(index, COLUMNS)
    return column / COLUMNS, 1 - (row + 1) / ROWS


def shelve(runs: list[Run], rng: np.random.Generator, mean_thickness: float = 0.046) -> Mesh:
    """Fill runs of shelf with books; 8 triangles a book (spine, head and two boards).

    Volumes of a set stand together, gaps are left, and the last books before a gap lean.
    """
    parts = [_fill(run, rng, mean_thickness) for run in runs]
    return Mesh(
        np.concatenate([points for points, _, _ in parts]).astype(np.float32),
        (
            np.arange(sum(len(points) for points, _, _ in parts) // 4)[:, None, None] * 4
            + np.array([[0, 1, 2], [0, 2, 3]])
        )
        .reshape(-1, 3)
        .astype(np.int32),
        np.concatenate([normals for _, normals, _ in parts]).astype(np.float32),
        np.concatenate([uvs for _, _, uvs in parts]).astype(np.float32),
    )


def _fill(run: Run, rng: np.random.Generator, mean: float) -> tuple[NDArray[np.floating], ...]:
    """Quads of a run of books: points, normals and texture coordinates, shape [books * 16, ...]."""
    count = int(run.length / mean * 1.6) + 2
    volume = np.repeat(np.arange(count), rng.choice([1, 1, 1, 2, 3, 4, 6], count))[:count]  # which set a book is of
    thick = (mean * np.exp(rng.normal(0, 0.32, count)))[volume] * rng.uniform(0.92, 1.08, count)
    tall = run.clear * np.clip(rng.normal(0.83, 0.08, count), 0.60, 0.95)[volume]
    deep = run.depth * np.clip(rng.normal(0.70, 0.07, count), 0.5, 0.9)[volume] + rng.normal(0, 0.004, count)
    gap = np.where(rng.random(count) < 0.022, rng.uniform(0.04, 0.16, count), rng.uniform(0, 0.002, count))
    start = np.cumsum(thick + gap) - thick
    lean = np.where(np.roll(gap, -1) > 0.05, rng.uniform(0.06, 0.16, count), rng.normal(0, 0.004, count))
    keep = start + thick < run.length - 0.01
    spine = rng.integers(0, SPINES, count)[volume]
    return _quads(run, *(values[keep] for values in (start, thick, tall, deep, lean, spine)))


def _quads(run: Run, start, thick, tall, deep, lean, spine) -> tuple[NDArray[np.floating], ...]:
    books = len(start)
    zero = np.zeros(books)

    def corner(a, b, c):  # along the shelf from the book's left foot, up, outward
        return np.stack([start + a + b * lean, b * (1 - lean**2 / 2), c], axis=-1)

    left, right, head, front = zero, thick, tall, deep
    faces = [
        [corner(left, zero, front), corner(right, zero, front), corner(right, head, front), corner(left, head, front)],
        [corner(left, head, front), corner(right, head, front), corner(right, head, zero), corner(left, head, zero)],
        [corner(left, zero, zero), corner(left, zero, front), corner(left, head, front), corner(left, head, zero)],
        [corner(right, zero, front), corner(right, zero, zero), corner(right, head, zero), corner(right, head, front)],
    ]
    local = np.stack([np.stack(face, axis=1) for face in faces], axis=1)  # (B, 4 faces, 4 corners, 3)
    bend = 0.55  # a flat spine shades as a round one
    directions = np.array(
        [
            [[-bend, 0, 1], [bend, 0, 1], [bend, 0, 1], [-bend, 0, 1]],
            [[0, 1, 0]] * 4,
            [[-1, 0, 0]] * 4,
            [[1, 0, 0]] * 4,
        ],
        float,
    )
    directions /= np.linalg.norm(directions, axis=-1, keepdims=True)
    u, v = _cell(spine)
    paper_u, paper_v = _cell(np.full(books, SPINES))
    sides = [(0.0, 1.0, u, v), (0.05, 0.95, paper_u, paper_v), (0.02, 0.06, u, v), (0.94, 0.98, u, v)]
    uvs = np.empty((books, 4, 4, 2))
    for face, (low, high, u0, v0) in enumerate(sides):
        for k, (a, b) in enumerate(((low, 0.01), (high, 0.01), (high, 0.99), (low, 0.99))):
            uvs[:, face, k] = np.stack([u0 + a / COLUMNS, v0 + b / ROWS], axis=-1)
    frame = np.array([run.along, (0, 1, 0), run.outward], float)  # (3, 3) rows
    points = local.reshape(-1, 3) @ frame + np.asarray(run.origin)
    normals = np.broadcast_to(directions, (books, 4, 4, 3)).reshape(-1, 3) @ frame
    if np.linalg.det(frame) < 0:  # a shelf that runs right to left: turn the quads round
        points, normals, uvs = (x.reshape(-1, 4, x.shape[-1])[:, ::-1] for x in (points, normals, uvs))
    return points.reshape(-1, 3), normals.reshape(-1, 3), uvs.reshape(-1, 2)


def tome(rng: np.random.Generator, width: float, height: float, thickness: float) -> Mesh:
    """A closed book lying flat with its spine to -x, boards that overhang the leaves, and a round back."""
    index = np.array(rng.integers(0, SPINES))
    u0, v0 = (float(value) for value in _cell(index))
    pu, pv = (float(value) for value in _cell(np.array(SPINES)))
    board, lip = 0.0035, 0.004
    boards = [box([0, y, 0], [width, y + board, height]) for y in (0.0, thickness - board)]
    leaves = box([0.003, board, lip], [width - lip, thickness - board, height - lip])
    angle = np.linspace(np.pi * 1.5, np.pi / 2, 7)  # bottom edge, round the back, top edge
    back = np.stack([np.cos(angle) * thickness * 0.28, (1 + np.sin(angle)) * thickness / 2], axis=-1)  # (7, 2)
    rows = np.stack([np.column_stack([back, np.full(7, z)]) for z in (0.0, height)], axis=0)[::-1]  # (2, 7, 3)
    spine_uv = np.stack(
        np.broadcast_arrays(
            (u0 + np.linspace(0.03, 0.97, 7) / COLUMNS)[None], (v0 + np.array([0.01, 0.99]) / ROWS)[:, None]
        ),
        axis=-1,
    )
    parts = [_paint(part, u0 + 0.03 / COLUMNS, v0 + 0.3 / ROWS, 0.02 / COLUMNS) for part in boards]
    return merge([*parts, _paint(leaves, pu + 0.5 / COLUMNS, pv + 0.5 / ROWS, 0.4 / COLUMNS), grid(rows, uvs=spine_uv)])


def _paint(mesh: Mesh, u: float, v: float, span: float) -> Mesh:
    """The mesh with all its texture coordinates inside a small patch round (u, v)."""
    size = np.abs(mesh.points).max()
    across = (mesh.points[:, [1, 2]] / size - 0.5) * span
    return Mesh(mesh.points, mesh.triangles, mesh.normals, (np.array([u, v]) + across).astype(np.float32))


def pile(rng: np.random.Generator, place: ArrayLike, count: int) -> Mesh:
    """A loose pile of `count` tomes at a place [m]."""
    books, y = [], 0.0
    for _ in range(count):
        width, thickness = rng.uniform(0.17, 0.26), rng.uniform(0.03, 0.075)
        book = tome(rng, width, width * rng.uniform(1.25, 1.45), thickness)
        centred = move(book, [-width / 2, 0, -width * 0.67])
        dx, dz = rng.normal(0, 0.012, 2)
        shift = np.asarray(place, float) + np.array([dx, y, dz])
        books.append(move(centred, shift, turn=rng.normal(0, 14) + rng.choice([0, 90, 180])))
        y += thickness
    return merge(books)
