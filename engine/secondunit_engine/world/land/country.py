"""Open country to the horizon: gentle hills in a patchwork of fields, hedges between them, woods, single trees.

Fields are the cells of a jittered grid (Worley, "A cellular texture basis function", 1996, with the difference of the
two nearest as the distance to a hedge). The far land is one painted relief; near by, sets lay their own ground.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pxr import Usd
from scipy.spatial import KDTree

from secondunit_engine.world import shapes, textures
from secondunit_engine.world import stage as names
from secondunit_engine.world.author import add_mesh
from secondunit_engine.world.land import trees
from secondunit_engine.world.land.planting import lit_as_one
from secondunit_engine.world.land.relief import Relief, survey_relief
from secondunit_engine.world.land.scatter import scatter
from secondunit_engine.world.land.terrain import Octave, Terrain, sample
from secondunit_engine.world.mesh import RGB, Material, Mesh, scaled

Array = NDArray[np.floating]
Graded = Callable[[Array, Array, Array], Array]
FAR: Final = 7_000.0  # m to which land is built
_RINGS, _COLUMNS, _FINE = 720, 1760, 4  # texels of the far land, and texels a cell of its mesh
_HEDGE: Final = 3.2  # m wide, half of it
_DETAILED: Final = 120.0  # m to which trees have branches
_FACED: Final = 420.0  # m to which they have leaves


@dataclass(frozen=True)
class Country:
    """What open country looks like. Colours linear Rec.709.

    crops: Colours of fields, the more often listed the more fields. hill: How high far hills rise [m]. pitch: Metres
    from field to field. leaf: Of hedges and trees. woods: Share of the land under trees. hedged: Whether hedges part
    the fields. conifers: Whether trees are. own: How far the field about the hero goes [m].
    """

    crops: tuple[RGB, ...]
    leaf: RGB
    hill: float = 1.0
    pitch: float = 150.0
    woods: float = 0.12
    hedged: bool = True
    conifers: bool = False
    own: float = 95.0


class Land:
    """The lie of a country about the hero, by a seed: its heights, its fields, its hedges and woods."""

    def __init__(self, country: Country, seed: int, graded: Graded | None = None):
        """`graded` takes x, z and the height that nature gave the land there [m], and says what people made of it."""
        self.country = country
        rise = country.hill
        self._octaves = Terrain(
            seed,
            (
                Octave(11, 0.030, 1.6, 8, 2.2),
                Octave(70, 0.35 * rise, 14, 50, 2.8),
                Octave(420, 5.0 * rise, 70, 260, 3.0),
                Octave(1900, 26.0 * rise, 240, 1100, 3.0),
                Octave(5200, 90.0 * rise, 1500, 3000, 2.8),
            ),
        )
        self._graded = graded
        rng = np.random.Generator(np.random.PCG64([seed, 211]))
        side = int(2.2 * 2600 / country.pitch)
        grid = np.stack(np.meshgrid(*[np.arange(side) - side / 2] * 2, indexing="ij"), axis=-1).reshape(-1, 2)
        middles = (grid + rng.uniform(-0.36, 0.36, grid.shape)) * country.pitch
        middles = middles[np.hypot(*middles.T) > 1.75 * country.own]
        self._fields = KDTree(np.concatenate([[[0.0, -0.35 * country.own]], middles]))
        self._crop = rng.integers(0, len(country.crops), len(middles) + 1)
        self._turn = rng.uniform(0, np.pi, len(middles) + 1)
        self._woods = textures.noise(seed + 223, 512, 2.6)

    def height(self, x: Array, z: Array) -> Array:
        """The ground's height [m] at places [m]."""
        total = self._octaves.height(x, z)
        return total if self._graded is None else self._graded(x, z, total)

    def terrain(self) -> Terrain:
        """The same as a terrain, for what stands on it and for ground near by."""
        return Terrain(0, (), self.height)

    def field(self, x: Array, z: Array) -> tuple[NDArray[np.int64], Array]:
        """The number of the field at places [m], 0 the hero's, and about how far its hedge is [m]."""
        found = self._fields.query(np.stack(np.broadcast_arrays(x, z), axis=-1), k=2)
        away, number = np.asarray(found[0]), np.asarray(found[1])
        return number[..., 0], (away[..., 1] - away[..., 0]) / 2

    def wooded(self, x: Array, z: Array) -> Array:
        """How much of a wood stands at places [m], 0 to 1; none near the hero."""
        share = sample(self._woods, x, z, 2300.0)
        edge = 1.55 - 4.2 * self.country.woods
        return np.clip((share - edge) * 6, 0, 1) * np.clip((np.hypot(x, z) - 2.0 * self.country.own) / 60, 0, 1)

    def paint(self, relief: Relief, seed: int, ground: RGB) -> Array:
        """What lies at each texel, linear Rec.709 albedo, shape [R, S, 3]; the hero's own field is `ground`."""
        x, z = relief.x, relief.z
        number, hedge = self.field(x + 6 * sample(self._woods, z, x, 90.0), z + 6 * sample(self._woods, x, z, 110.0))
        crops = np.array(self.country.crops)[self._crop]
        crops = crops * np.random.Generator(np.random.PCG64([seed, 5])).uniform(0.8, 1.15, (len(crops), 1))
        crops[0] = ground
        albedo = crops[number]
        turn = self._turn[number]
        rows = np.sin((x * np.cos(turn) + z * np.sin(turn)) * 2 * np.pi / 9.0)  # tractors' lanes
        patch = sample(textures.noise(seed + 231, 512, 2.0), x, z, 330.0)
        grain = sample(textures.noise(seed + 233, 512, 1.4), z, x, 41.0)
        far = np.clip(relief.away / 900, 0, 1)
        tone = 1 + 0.10 * patch + 0.10 * grain * (1 - far) + 0.05 * rows * (1 - far) * (number > 0)
        albedo = albedo * np.clip(tone, 0.4, 1.6)[..., None]
        leaf = np.asarray(scaled(self.country.leaf, 0.55)) * (1 + 0.25 * grain)[..., None]
        tree = self.wooded(x, z)
        if self.country.hedged:
            tree = np.maximum(tree, np.clip((_HEDGE + 0.0016 * relief.away - hedge) / 1.5, 0, 1))
        return (albedo * (1 - tree[..., None]) + leaf * tree[..., None]).clip(0.004, 0.92).astype(np.float32)

    def edges(self, rng: np.random.Generator, near: float, far: float, apart: float) -> Array:
        """Places (x, z) in the hedges between two distances from the hero, shape [N, 2]."""
        at = scatter(rng, near, far, apart, lambda x, z: (self.field(x, z)[1] < _HEDGE).astype(float), 7)
        return at[self.wooded(*at.T) < 0.3]


def add_far_land(
    stage: Usd.Stage, folder: Path, land: Land, seed: int, near: float, ground: RGB, *, sink: float = 0.0
) -> None:
    """The painted land from `near` metres on. `sink`: How far it lies under where the near ground ends [m]."""

    def height(x: Array, z: Array) -> Array:
        return land.height(x, z) - sink

    relief = survey_relief(height, near, FAR, _RINGS, _COLUMNS)
    picture = textures.write_color(folder, "far_land", land.paint(relief, seed, ground))
    material = Material("far_land", base=ground, base_texture=picture, roughness=0.95, specular=0.1)
    add_mesh(stage, f"{names.SET}/FarLand", relief.mesh(_FINE), material)


def add_far_trees(
    stage: Usd.Stage, land: Land, seed: int, near: float = 45.0, count: tuple[int, int] = (70, 2600)
) -> None:
    """Trees in hedges and woods: leafy ones as far as leaves are seen, beyond them crowns. `count`: how many of each at
    most, and as many bushes of hedges as far ones."""
    rng = np.random.Generator(np.random.PCG64([seed, 241]))
    terrain = land.terrain()
    conifers = land.country.conifers
    wood, leaves, far = _leafy(land, terrain, rng, near, count)
    crowns: list[Mesh] = list(far)
    at = scatter(rng, _FACED, 3600, 15.0, lambda x, z: np.clip(land.wooded(x, z) * 0.9, 0, 1), 2)
    if land.country.hedged:
        at = np.concatenate([at, land.edges(rng, _FACED, 1500, 13.0)])
    at = at[rng.permutation(len(at))[: count[1]]]
    for kind in range(5):
        feet = terrain.place(at[kind::5], 0.6)
        if not len(feet):
            continue
        size = rng.uniform(7, 15, (len(feet), 1)) * np.array([[1.0, 1.0, 1.0]])
        crown = trees.distant_conifer(kind) if conifers else trees.distant_broadleaf(kind)
        crowns.append(shapes.array(crown, feet, rng.uniform(0, 360, len(feet)), size))
    color = land.country.leaf
    bark = Material("far_bark", base=(0.06, 0.05, 0.04), roughness=0.9, specular=0.1)
    for name, parts, material in (
        ("FarTrunks", wood, bark),
        ("FarLeaves", leaves, Material("far_leaves", base=color, roughness=0.7, specular=0.2)),
        ("FarCrowns", crowns, Material("far_crowns", base=scaled(color, 0.72), roughness=0.9, specular=0.1)),
    ):
        if parts:
            add_mesh(stage, f"{names.SET}/{name}", shapes.merge(parts), material)


def _leafy(
    land: Land, terrain: Terrain, rng: np.random.Generator, near: float, count: tuple[int, int]
) -> tuple[list[Mesh], list[Mesh], list[Mesh]]:
    """Wood, leaves, and bushes of hedges, up to where leaves are seen."""
    habit = trees.SPRUCE if land.country.conifers else trees.FIELD_OAK
    at = scatter(rng, near, _FACED, 16.0, lambda x, z: 0.5 * land.wooded(x, z), 2)
    if land.country.hedged:
        at = np.concatenate([at, land.edges(rng, near, _FACED, 22.0)])
    at = at[np.argsort(np.hypot(*at.T))][: count[0]]
    wood: list[Mesh] = []
    leaves: list[Mesh] = []
    for detail, own in ((1, at[np.hypot(*at.T) < _DETAILED]), (2, at[np.hypot(*at.T) >= _DETAILED])):
        for kind in range(3):
            feet = terrain.place(own[kind::3], 0.15)
            if not len(feet):
                continue
            tree = trees.grow(habit, 900 + 17 * kind + detail, detail)
            size = rng.uniform(0.45, 0.85, (len(feet), 1)) * np.ones((1, 3))
            turn = rng.uniform(0, 360, len(feet))
            wood.append(shapes.array(Mesh(tree.wood.points, tree.wood.triangles, tree.wood.normals), feet, turn, size))
            leaves.append(shapes.array(lit_as_one(tree.leaves, rng), feet, turn, size))
    bushes: list[Mesh] = []
    if land.country.hedged:
        at = land.edges(rng, near, _FACED, 2.6)
        at = at[np.argsort(np.hypot(*at.T))][: count[1]]
        for kind in range(4):
            feet = terrain.place(at[kind::4], 0.1)
            size = rng.uniform(0.8, 1.5, (len(feet), 1)) * np.array([[1.6, 1.9, 1.6]])
            bush = trees.distant_broadleaf(kind + 20, stem=0.0)
            bushes.append(shapes.array(bush, feet, rng.uniform(0, 360, len(feet)), size))
    return wood, leaves, bushes
