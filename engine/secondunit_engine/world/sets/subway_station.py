"""A station under ground: a tiled vault over two platforms and two tracks, the tunnels at its ends, what hangs in it.

The near platform's floor is at y = 0, its edge at x = EDGE; the tracks run along z. The far side mirrors the near one
about x = AXIS.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from secondunit_engine.world import shapes, trim
from secondunit_engine.world.interiors.dressing import Dressing
from secondunit_engine.world.kit import bars
from secondunit_engine.world.mesh import Mesh

WALL, EDGE, AXIS = -3.0, 2.15, 5.55  # x of the near wall, the platform's edge, the middle of the vault [m]
NEAR, FAR = 15.0, -39.0  # z of the end walls [m]
BED: Final = -1.15  # y of the rails' heads; the bed is a little lower
TRACKS: Final = (3.80, 7.30)  # x of their middles
SPRING, RISE = 1.7, 3.9  # y where the vault leaves the walls, and how high it rises from there
RIBS: Final = tuple(np.arange(NEAR - 3.0, FAR, -6.0).tolist())
WAY: Final = (-13.6, 1.3, 2.45)  # the passage in the near wall: z of its middle, half its width, its height
_DEEP: Final = BED - 0.32
_SPAN: Final = AXIS - WALL
_TILE: Final = 2.4  # m that the vault's texture repeats after


def build_station(dressing: Dressing) -> None:
    """Vault, platforms, tracks, tunnels and passage, in the materials vault, band, floor, edge, tactile, concrete..."""
    _add_vault(dressing)
    _add_platforms(dressing)
    _add_tracks(dressing)
    _add_ends(dressing)
    _add_passage(dressing)
    _add_cables(dressing)


def profile(inset: float = 0.0, foot: float = 0.0, steps: int = 40) -> np.ndarray:
    """The section of the vault from the foot of the near wall over to that of the far one, x and y, shape [N, 2]."""
    t = np.linspace(np.pi, 0, steps)
    arch = np.column_stack([AXIS + (_SPAN - inset) * np.cos(t), SPRING + (RISE - inset) * np.sin(t)])
    wall = [(WALL + inset, y) for y in np.linspace(foot, SPRING, 5)[:-1].tolist()]
    return np.array([*wall, *arch.tolist(), *((2 * AXIS - x, y) for x, y in wall[::-1])])


def ceiling_at(x: float) -> float:
    """The height of the vault over a point of the section [m]."""
    return SPRING + RISE * float(np.sqrt(max(0.0, 1 - ((x - AXIS) / _SPAN) ** 2)))


def _add_vault(dressing: Dressing) -> None:
    """The tiled shell, a coloured band along both walls, ribs, a plinth, and a rail of profiled tiles."""
    section = profile()
    run = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(section, axis=0), axis=1))])
    zs = np.linspace(FAR, NEAR, 46)
    points = np.stack([np.column_stack([section, np.full(len(section), z)]) for z in zs.tolist()], axis=1)  # (N, Z, 3)
    uvs = np.stack(np.broadcast_arrays(zs[None] / _TILE, run[:, None] / _TILE), axis=-1)
    shell = shapes.grid(points[::-1], uvs=uvs[::-1])
    z, half, high = WAY
    x, y, depth = shell.points.T.astype(float)
    hole = np.maximum(np.maximum(np.abs(depth - z) - half, y - high), x - WALL - 0.5)
    dressing.add("vault", trim.clip(shell, hole))
    for at in RIBS:
        if abs(at - z) > half + 0.6:
            dressing.add("band", _arch(0.09, 0.62, at - 0.31))
    clear = [(FAR, z - half), (z + half, NEAR)]
    for foot, side in ((WALL, 1), (2 * AXIS - WALL, -1)):
        for a, b in clear if side > 0 else [(FAR, NEAR)]:
            for material, low, high_, proud in (("plinth", 0.0, 0.16, 0.03), ("band", 1.02, 1.17, 0.012)):
                x0, x1 = sorted((foot, foot + side * proud))
                dressing.add(material, shapes.soft_box((x0, low, a), (x1, high_, b), 0.004))


def _arch(proud: float, wide: float, z: float) -> Mesh:
    """A rib of the vault from z on: `proud` of it and `wide` [m]."""
    inner, outer = profile(proud), profile(-0.02)
    outline = np.concatenate([outer, inner[::-1]])
    mesh = shapes.extrude(outline, wide)
    return shapes.move(mesh, (0, 0, z))


def _add_platforms(dressing: Dressing) -> None:
    """Slabs with a nosing, a white line, a strip of studs for the blind, and the wall under the edge."""
    for wall, edge, side in ((WALL, EDGE, 1), (2 * AXIS - WALL, 2 * AXIS - EDGE, -1)):

        def strip(material: str, a: float, b: float, low: float, high: float, edge: float = edge, side: int = side):
            """A bar along the edge from a to b metres behind it."""
            x0, x1 = sorted((edge - side * a, edge - side * b))
            dressing.add(material, shapes.soft_box((x0, low, FAR), (x1, high, NEAR), 0.003))

        x0, x1 = sorted((wall - side * 0.2, edge - side * 0.32))
        dressing.add("floor", shapes.box((x0, -0.14, FAR), (x1, 0.0, NEAR)))
        strip("edge", 0.0, 0.32, -0.16, 0.0)
        strip("paint_white", 0.10, 0.19, -0.01, 0.0025)
        strip("tactile", 0.42, 0.82, -0.01, 0.004)
        x0, x1 = sorted((edge - side * 0.34, wall - side * 0.2))
        dressing.add("concrete", shapes.box((x0, _DEEP, FAR), (x1, -0.14, NEAR)))
        piers = [
            ((edge - side * 0.34, _DEEP, z), (edge - side * 0.20, -0.16, z + 0.3)) for z in np.arange(FAR, NEAR, 2.4)
        ]
        dressing.add("concrete", bars([(np.minimum(a, b), np.maximum(a, b)) for a, b in piers]))
        for k in range(7):
            strip("tactile", 0.445 + 0.05 * k, 0.475 + 0.05 * k, 0.0, 0.009)


def _add_tracks(dressing: Dressing) -> None:
    """The bed with its drain, sleepers, rails on their chairs, live rails under boards."""
    x0, x1 = EDGE - 0.4, 2 * AXIS - EDGE + 0.4
    end = FAR - 34.0
    dressing.add("bed", shapes.box((x0, _DEEP - 0.1, end), (x1, _DEEP, NEAR)))
    drain = bars([((AXIS - 0.22, _DEEP, end), (AXIS - 0.16, _DEEP + 0.05, NEAR)),
                  ((AXIS + 0.16, _DEEP, end), (AXIS + 0.22, _DEEP + 0.05, NEAR))])  # fmt: skip
    dressing.add("concrete", drain)
    head = np.array([
        (-0.07, 0), (0.07, 0), (0.07, 0.012), (0.012, 0.03), (0.012, 0.11), (0.034, 0.125), (0.034, 0.158),
        (-0.034, 0.158), (-0.034, 0.125), (-0.012, 0.11), (-0.012, 0.03), (-0.07, 0.012),
    ])  # fmt: skip
    rail = shapes.move(shapes.extrude(head, NEAR - end), (0, 0, end))
    top = shapes.box((-0.030, 0.1575, end), (0.030, 0.1590, NEAR))
    zs = np.arange(end + 0.3, NEAR, 0.72).tolist()
    low = BED - 0.159
    for middle, side in zip(TRACKS, (-1, 1), strict=True):
        dressing.add("sleeper", bars([((middle - 1.25, _DEEP, z), (middle + 1.25, low - 0.01, z + 0.24)) for z in zs]))
        for x in (middle - 0.7475, middle + 0.7475):
            dressing.add("rail", shapes.move(rail, (x, low, 0)))
            dressing.add("rail_head", shapes.move(top, (x, low, 0)))
            dressing.add(
                "iron", bars([((x - 0.12, low - 0.012, z + 0.04), (x + 0.12, low + 0.02, z + 0.2)) for z in zs])
            )
        live = middle - side * 1.22  # on the side of the other track
        dressing.add("rail", shapes.box((live - 0.04, low + 0.10, end), (live + 0.04, low + 0.20, NEAR)))
        dressing.add("board", shapes.box((live - 0.11, low + 0.235, end), (live + 0.11, low + 0.26, NEAR)))
        feet = [((live - 0.05, _DEEP, z), (live + 0.05, low + 0.10, z + 0.12)) for z in zs[::4]]
        posts = [((live - 0.012, low + 0.2, z), (live + 0.012, low + 0.24, z + 0.05)) for z in zs[::4]]
        dressing.add("insulator", bars(feet))
        dressing.add("iron", bars(posts))


def _add_ends(dressing: Dressing) -> None:
    """Walls about the mouths of the tunnels, their rings of stone, and the tunnel on from the far one."""
    half, spring = 4.05, 1.35
    mouth = shapes.round_arch(2 * half, spring, 28, base=_DEEP - 0.04)
    mouth[:, 1] = np.where(mouth[:, 1] > spring, spring + 0.62 * (mouth[:, 1] - spring), mouth[:, 1])
    mouth[:, 0] += AXIS
    ring = mouth - [0, 0.02]
    ring[:, 0] = AXIS + (ring[:, 0] - AXIS) * 1.07
    ring[:, 1] = np.where(ring[:, 1] > spring, ring[:, 1] + 0.30, ring[:, 1])
    outline = profile(-0.15, _DEEP - 0.05)
    for z, turn in ((FAR, 1), (NEAR, -1)):
        wall = shapes.extrude(outline, 0.4, [mouth])
        collar = shapes.extrude(ring, 0.1, [mouth])
        dressing.add("end_wall", shapes.move(wall, (0, 0, z - 0.4 if turn > 0 else z)))
        dressing.add("stone_ring", shapes.move(collar, (0, 0, z - 0.02 if turn > 0 else z - 0.08)))
    arch = np.concatenate([mouth[1:], mouth[:1]])  # open at the bed
    zs = np.linspace(FAR - 0.3, FAR - 34.0, 18)
    points = np.stack([np.column_stack([arch, np.full(len(arch), z)]) for z in zs.tolist()], axis=1)
    dressing.add("tunnel", shapes.grid(points))
    for z in np.arange(FAR - 3.0, FAR - 33.0, -2.5).tolist():
        inner = AXIS + (arch[:, 0] - AXIS) * 0.985
        hoop = np.column_stack([inner, arch[:, 1] - 0.05])
        dressing.add("iron", shapes.move(shapes.extrude(np.concatenate([arch, hoop[::-1]]), 0.16), (0, 0, z)))
    dressing.add("black", shapes.box((AXIS - 4.4, _DEEP, FAR - 34.2), (AXIS + 4.4, 4.4, FAR - 34.0)))
    dressing.add("black", shapes.box((AXIS - 4.4, _DEEP, NEAR + 0.4), (AXIS + 4.4, 4.4, NEAR + 0.6)))


def _add_passage(dressing: Dressing) -> None:
    """The way out through the near wall: a tiled passage that turns, in a frame of stone."""
    z, half, high = WAY
    deep, t = WALL - 4.2, 0.2
    boxes = [
        ((deep, -0.14, z - half), (WALL - t, 0.0, z + half)),
        ((deep - t, 0, z - half - t), (deep, high + t, z + half + t)),
        ((deep, 0, z - half - t), (WALL + 0.01, high + t, z - half)),
        ((deep, 0, z + half), (WALL + 0.01, high + t, z + half + t)),
    ]
    for material, (low, top) in zip(("floor", "passage", "passage", "passage"), boxes, strict=True):
        dressing.add(material, shapes.box(low, top))
    dressing.add("ceiling", shapes.box((deep, high, z - half - t), (WALL + 0.3, high + t, z + half + t)))
    e, lean = 0.16, WALL + 0.36
    frame = [
        ((WALL - 0.05, 0, z - half - e), (WALL + 0.10, high, z - half)),
        ((WALL - 0.05, 0, z + half), (WALL + 0.10, high, z + half + e)),
        ((WALL - 0.05, high, z - half - e), (lean, high + e + 0.16, z + half + e)),
    ]
    dressing.add("stone_ring", [shapes.soft_box(low, top, 0.012) for low, top in frame])
    rail = shapes.tube([(WALL + 0.1, 0.92, z + half - 0.06), (deep, 0.92, z + half - 0.06)], 0.022, 10)
    dressing.add("steel", rail)


def _add_cables(dressing: Dressing) -> None:
    """Cables on the wall under the far platform's edge, and conduits with boxes along the spring of the vault."""
    x = 2 * AXIS - EDGE + 0.30
    for k in range(5):
        dressing.add("cable", shapes.tube([(x, -0.30 - 0.09 * k, FAR), (x, -0.30 - 0.09 * k, NEAR)], 0.022, 6))
    for foot, side in ((WALL, 1), (2 * AXIS - WALL, -1)):
        for k, radius in enumerate((0.028, 0.02, 0.02)):
            y = 3.62 + 0.075 * k
            at = _on_wall(y, foot, side) + side * (radius + 0.012)
            dressing.add("conduit", shapes.tube([(at, y, FAR), (at, y, NEAR)], radius, 8))
        for z in RIBS:
            at = _on_wall(3.70, foot, side)
            low, high = sorted((at - side * 0.05, at + side * 0.13))
            dressing.add("conduit", shapes.soft_box((low, 3.56, z + 1.6), (high, 3.86, z + 1.86), 0.008))


def _on_wall(y: float, foot: float, side: int) -> float:
    """x of the vault at a height above its spring."""
    run = _SPAN * (1 - float(np.sqrt(max(0.0, 1 - ((y - SPRING) / RISE) ** 2))))
    return foot + side * run
