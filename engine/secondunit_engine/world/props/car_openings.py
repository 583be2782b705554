"""Openings in the coupe's skin, and what one sees in them: ducts, honeycomb grilles, louvres, radiators."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from secondunit_engine.world import shapes
from secondunit_engine.world.mesh import Mesh
from secondunit_engine.world.props.car_body import VIEWS, Skin, View
from secondunit_engine.world.trim import bead, beam, both_sides, polygon_distance, resample, rounded

Array = NDArray[np.floating]


@dataclass(frozen=True)
class Opening:
    """A hole in the skin. `outline` [corners, 2] is drawn in `view`; `beyond` [m] says which part of the skin it cuts.

    A `paired` opening lies on the left side and is mirrored to the right.
    """

    view: View
    outline: Array
    beyond: float
    depth: float
    paired: bool = True

    def field(self, mesh: Mesh) -> Array:
        """Negative [m] at a mesh's points inside the opening, positive elsewhere, shape [points]."""
        axes, along, sign = VIEWS[self.view]
        points = mesh.points.astype(float) * [-1 if self.paired else 1, 1, 1]
        points[:, 0] = np.where(points[:, 0] < 0, -points[:, 0], points[:, 0]) if self.paired else points[:, 0]
        far = np.full(len(points), 1.0)
        low, high = self.outline.min(axis=0) - 0.05, self.outline.max(axis=0) + 0.05
        drawn = points[:, axes]
        near = ((drawn > low) & (drawn < high)).all(axis=1) & (sign * points[:, along] > self.beyond)
        far[near] = polygon_distance(drawn[near], self.outline)
        return far


def _outline(*corners: tuple[float, float], radius: float = 0.025) -> Array:
    return rounded(corners, radius)


def _symmetric(*right: tuple[float, float], radius: float = 0.025) -> Array:
    """A closed outline from its half with x >= 0, listed from bottom to top."""
    return rounded([*right, *((-x, y) for x, y in reversed(right))], radius)


MOUTH: Final = Opening("front", _symmetric((0.50, 0.165), (0.585, 0.205), (0.50, 0.385)), 1.7, 0.26, paired=False)
CORNER: Final = Opening(
    "front",
    _outline((0.655, 0.185), (0.80, 0.235), (0.815, 0.40), (0.745, 0.435), (0.635, 0.37), radius=0.03),
    1.5,
    0.2,
)
BONNET: Final = Opening(
    "top", _outline((0.20, 1.30), (0.33, 1.22), (0.37, 1.52), (0.23, 1.58), radius=0.03), 0.55, 0.09
)
FENDER: Final = Opening(
    "left", _outline((0.70, 0.33), (0.88, 0.36), (0.835, 0.60), (0.715, 0.58), radius=0.03), 0.6, 0.08
)
FLANK: Final = Opening(
    "left", _outline((-0.86, 0.50), (-0.62, 0.58), (-0.66, 0.71), (-0.88, 0.76), radius=0.04), 0.6, 0.20
)
OPENINGS: Final = (MOUTH, CORNER, BONNET, FENDER, FLANK)


@dataclass(frozen=True)
class Fittings:
    """What fills the openings, by material."""

    ducts: Mesh
    rims: Mesh
    grilles: Mesh
    blades: Mesh


def fit_openings(skin: Skin) -> Fittings:
    """Build the ducts behind every opening, their rims, and the grilles, louvres and radiators inside."""
    ducts, rims = [], []
    for opening in OPENINGS:
        wall, rim = _duct(skin, opening)
        ducts.append(both_sides(wall) if opening.paired else wall)
        rims.append(both_sides(rim) if opening.paired else rim)
    grilles = [
        _honeycomb(skin, MOUTH, 0.046, 0.050),
        both_sides(_honeycomb(skin, CORNER, 0.036, 0.055)),
        _radiator(skin, MOUTH),
        both_sides(_honeycomb(skin, FLANK, 0.040, 0.06)),
    ]
    blades = [
        *(_blade(skin, MOUTH, y, 0.030) for y in (0.235, 0.318)),
        both_sides(_blade(skin, CORNER, 0.30, 0.02)),
        *(both_sides(_louvre(skin, BONNET, z)) for z in np.linspace(1.28, 1.53, 5)),
        *(both_sides(_louvre(skin, FENDER, y)) for y in np.linspace(0.39, 0.56, 4)),
    ]
    return Fittings(shapes.merge(ducts), shapes.merge(rims), shapes.merge(grilles), shapes.merge(blades))


def _duct(skin: Skin, opening: Opening) -> tuple[Mesh, Mesh]:
    """Walls and floor of a recess that narrows inwards, and the rolled edge round its mouth."""
    axes, along, sign = VIEWS[opening.view]
    loop = resample(opening.outline, 0.012, closed=True)
    edge, normal = skin.at(opening.view, loop, opening.beyond)
    inward = np.zeros(3)
    inward[along] = -sign
    centre = edge.mean(axis=0)

    def ring(shrink: float, back: float) -> Array:
        shrunk = centre + (edge - centre) * shrink
        shrunk[:, along] = edge[:, along]
        return shrunk + inward * back

    floor = ring(0.80, 0.0)
    floor[:, along] = sign * ((sign * edge[:, along]).min() - opening.depth)
    rings = np.stack([ring(1.0, 0.0), ring(0.985, 0.012), ring(0.94, 0.35 * opening.depth), floor])  # (4, L, 3)
    wall = shapes.grid(rings, closed_u=True)
    plane, triangles = shapes.fill(floor[:, axes])
    points = np.zeros((len(plane), 3), np.float32)
    points[:, axes] = plane
    points[:, along] = floor[0, along]
    back = shapes.facet(Mesh(points, triangles, uvs=plane.astype(np.float32)))
    rim = bead(edge - 0.002 * normal, 0.006)
    return shapes.merge([wall, back]), rim


def _honeycomb(skin: Skin, opening: Opening, cell: float, behind: float) -> Mesh:
    """Hexagonal mesh of thin deep bars, `behind` metres inside the mouth of an opening."""
    _, along, sign = VIEWS[opening.view]
    low, high = opening.outline.min(axis=0), opening.outline.max(axis=0)
    columns, rows = (np.ceil((high - low) / [cell * 1.5, cell * np.sqrt(3) / 2]).astype(int) + 2).tolist()
    angle = np.arange(4) * np.pi / 3  # three edges a cell; the neighbours bring the rest
    corner = np.stack([np.cos(angle), np.sin(angle)], axis=1) * cell / np.sqrt(3) * 0.866
    starts, ends = [], []
    for row in range(rows):
        for column in range(columns):
            middle = low + cell * np.array([1.5 * (column + 0.5 * (row % 2)), np.sqrt(3) / 4 * row])
            starts.append(middle + corner[:3])
            ends.append(middle + corner[1:])
    a, b = np.concatenate(starts), np.concatenate(ends)
    inside = polygon_distance((a + b) / 2, opening.outline) < 0.004
    a, b = (skin.at(opening.view, p[inside], opening.beyond)[0] for p in (a, b))
    up = np.zeros(3)
    up[along] = sign
    bars = [beam(p - up * behind, q - up * behind, 0.0045, 0.022, up) for p, q in zip(a, b, strict=True)]
    return shapes.merge(bars)


def _radiator(skin: Skin, opening: Opening) -> Mesh:
    """Upright fins before the duct's floor, which catch what light comes through the grille."""
    x = np.arange(-0.44, 0.441, 0.011)
    z = float(skin.at("front", [[0.0, 0.27]], opening.beyond)[0][0, 2]) - 0.17
    fins = [shapes.box((v - 0.0012, 0.20, z - 0.02), (v + 0.0012, 0.36, z)) for v in x.tolist()]
    tubes = [shapes.box((-0.45, y - 0.004, z - 0.018), (0.45, y + 0.004, z - 0.002)) for y in (0.21, 0.25, 0.29, 0.33)]
    return shapes.merge([*fins, *tubes])


def _blade(skin: Skin, opening: Opening, y: float, behind: float) -> Mesh:
    """A level aerofoil across an opening of the nose at height `y`."""
    x = np.linspace(opening.outline[:, 0].min(), opening.outline[:, 0].max(), 60)
    x = x[polygon_distance(np.column_stack([x, np.full(len(x), y)]), opening.outline) < 0.004]
    edge, _ = skin.at("front", np.column_stack([x, np.full(len(x), y)]), opening.beyond)
    section = np.array([[0, 0], [-0.010, 0.008], [-0.05, 0.010], [-0.055, 0], [-0.05, -0.010], [-0.010, -0.008]])
    rings = edge[:, None, :] + np.stack([0 * section[:, 0], section[:, 1], section[:, 0] - behind], axis=1)[None]
    return shapes.grid(rings, closed_u=True)


def _louvre(skin: Skin, opening: Opening, level: float) -> Mesh:
    """One slanted slat across a vent, at `level` along the second axis of its drawing."""
    axes, along, sign = VIEWS[opening.view]
    reach = np.linspace(opening.outline[:, 0].min(), opening.outline[:, 0].max(), 40)
    drawn = np.column_stack([reach, np.full(40, level)])
    drawn = drawn[polygon_distance(drawn, opening.outline) < 0.003]
    edge, _ = skin.at(opening.view, drawn, opening.beyond)
    front, back = edge.copy(), edge.copy()
    front[:, along] -= sign * 0.006
    back[:, along] -= sign * 0.040
    back[:, axes[1]] += 0.030
    thick = np.zeros(3)
    thick[axes[1]] = 0.004
    return shapes.facet(
        shapes.grid(np.stack([front - thick, front + thick, back + thick, back - thick], 1), closed_u=True)
    )
