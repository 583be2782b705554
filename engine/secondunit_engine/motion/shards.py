"""Brittle props cut along their scored fronts: what they break into, as bodies and as meshes of the motion layer.

Each closed mesh of what breaks is cut by the Voronoi cells (Manifold, Apache-2.0); pieces are drawn in by as much as
they collide smaller. What is closed and not of the brittle kind (a foil, a frame) stays whole, what is open (a label)
goes with the shards that it lies on, and what is poured is gone.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Any, Final

import manifold3d as untyped
import numpy as np
from numpy.typing import NDArray
from pxr import Gf, Sdf, Usd, UsdGeom, UsdShade, Vt

from secondunit_engine.motion.physics.fracture import Cells, cells_of, seeds_in, shard_body, shrunk
from secondunit_engine.motion.physics.read_stage import Held, surface_of, world_of
from secondunit_engine.motion.physics.scene import Array, Body, Brittle, Hull, Material, Strike
from secondunit_engine.motion.physics.simulate import Simulated
from secondunit_engine.motion.physics.write_layer import transform_of
from secondunit_engine.world.props.writing import BREAK_ENERGY, BREAK_HELD, BREAK_KIND

manifold: Any = untyped  # it comes without types

# By kind: words in the names of materials that break, and how far apart seeds are [m of the thing's girth].
_KINDS: Final = {
    "glass": (("glass", "bottle"), 0.020), "ceramic": (("glaze", "clay", "china", "stoneware"), 0.038),
    "plaster": (("clay", "plaster", "stone"), 0.034),
}  # fmt: skip
_POURED: Final = "liquid"
_FEWEST, _MOST = 9, 64  # shards of a thing
_SPECK: Final = 2e-9  # m3 below which a piece is dust


@dataclass(frozen=True, eq=False)
class Piece:
    """A shard's surface of one material: points [m] in the shard's space, shape [P, 3], with normals and texture
    coordinates, and triangles."""

    points: Array
    normals: Array
    uvs: Array
    triangles: NDArray[np.integer]
    material: str


@dataclass(frozen=True, eq=False)
class Scored:
    """A prop that can break: how; what its shards look like, one by one; which prims are then seen no more; what of it
    stays where it is, in the world, for others to meet; the material of what was in it."""

    brittle: Brittle
    pieces: tuple[tuple[Piece, ...], ...]
    hides: tuple[str, ...]
    stays: tuple[Hull, ...] = ()
    poured: str = ""


@dataclass(frozen=True, eq=False)
class _Part:
    """One mesh of a prop in its body's space, with the numbers that a cut carries along (normal and texture
    coordinates, shape [P, 5]), and what it is made of."""

    path: str
    points: Array
    carried: Array
    triangles: NDArray[np.integer]
    material: str
    surface: Material

    @property
    def name(self) -> str:
        """The name of its material."""
        return self.material.rsplit("/", 1)[-1]


def score(stage: Usd.Stage, held: Held, body: Body, code: float, strike: Strike | None = None) -> Scored | None:
    """How a body's prim breaks, cut at a time code; None for one that does not, or that has nothing closed to cut.

    Same prim, same shards.
    """
    prim = stage.GetPrimAtPath(held.path)
    energy, kind = prim.GetAttribute(BREAK_ENERGY).Get(), str(prim.GetAttribute(BREAK_KIND).Get() or "")
    if not energy or kind not in _KINDS:
        return None
    words, apart = _KINDS[kind]
    every = _parts(prim, held, code)
    parts = [(part, _solid(part)) for part in every if _POURED not in part.name]
    breaks = [(part, solid) for part, solid in parts if solid and any(word in part.name for word in words)]
    rest = [(part, solid) for part, solid in parts if solid and not any(word in part.name for word in words)]
    if not breaks:
        return None
    fixed = bool(prim.GetAttribute(BREAK_HELD).Get())
    cells = _cells(breaks, held.path, apart)
    cut = [(n, part, piece) for part, solid in breaks for n, corners in enumerate(cells.corners)
           for piece in _cut(solid, corners)]  # fmt: skip
    loose = [(-1, part, solid) for part, solid in rest] if not fixed else []
    volume = sum(solid.volume() for _, _, solid in [*cut, *loose])
    shards, pieces = list[Body](), list[list[Piece]]()
    for _, part, solid in [*cut, *loose]:
        shards.append(_body(f"{held.path}_shards/s{len(shards):03d}", solid, body.mass / volume, part.surface))
        pieces.append([_piece(solid, part, shards[-1])])
    for part, solid in parts:
        if solid is None and not fixed:
            _lay_on(part, shards, pieces)
    cell_of = [n for n, _, _ in cut]
    meet = {(a, b) for a, b in cells.neighbours}
    pairs = [(i, j) for i, a in enumerate(cell_of) for j, b in enumerate(cell_of) if i < j and (a, b) in meet]
    hung = frozenset(i for i, n in enumerate(cell_of) if n in cells.border) if fixed else frozenset()
    how = Brittle(held.path, tuple(shards), float(energy), hung, tuple(pairs), strike)
    return Scored(
        how, tuple(map(tuple, pieces)),
        tuple(part.path for part, _ in breaks) if fixed else (held.path,),
        tuple(_in_world(piece, body, part) for part, solid in rest for piece in solid.decompose()) if fixed else (),
        next((part.name for part in every if _POURED in part.name), ""),
    )  # fmt: skip


def write_shards(stage: Usd.Stage, scored: Scored, run: Simulated, rows: range, first: int, broke: int) -> None:
    """Write shards into the motion layer: their meshes, their poses from the frame before they are seen on, and the
    moment at which the whole is no longer seen and they are. `rows` are theirs in `run`, which begins at time code
    `first`; `broke` is the first time code after the blow."""
    root = UsdGeom.Xform.Define(stage, f"{scored.brittle.body}_shards")
    _seen(root.GetPrim(), first - 1, broke, before=False)
    for path in scored.hides:
        _seen(stage.OverridePrim(path), first - 1, broke, before=True)
    for shard, pieces, row in zip(scored.brittle.shards, scored.pieces, rows, strict=True):
        UsdGeom.Xform.Define(stage, shard.name)
        attribute = transform_of(stage, shard.name)
        for frame in range(max(broke - first - 1, 0), len(run.poses)):
            attribute.Set(Gf.Matrix4d(*map(float, run.poses[frame, row].T.reshape(-1))), first + frame)
        for number, piece in enumerate(pieces):
            _write_piece(stage, f"{shard.name}/m{number}", piece)


def _seen(prim: Usd.Prim, from_: int, broke: int, *, before: bool) -> None:
    """Whether a prim is seen before a time code, and the opposite from then on."""
    attribute = UsdGeom.Imageable(prim).CreateVisibilityAttr()
    words = (UsdGeom.Tokens.inherited, UsdGeom.Tokens.invisible)
    attribute.Set(words[not before], min(from_, broke - 1))
    attribute.Set(words[before], broke)


def _write_piece(stage: Usd.Stage, path: str, piece: Piece) -> None:
    mesh = UsdGeom.Mesh.Define(stage, path)
    mesh.CreateSubdivisionSchemeAttr(UsdGeom.Tokens.none)
    mesh.CreatePointsAttr(Vt.Vec3fArray.FromNumpy(np.ascontiguousarray(piece.points, np.float32)))
    mesh.CreateNormalsAttr(Vt.Vec3fArray.FromNumpy(np.ascontiguousarray(piece.normals, np.float32)))
    mesh.SetNormalsInterpolation(UsdGeom.Tokens.vertex)
    mesh.CreateFaceVertexIndicesAttr(Vt.IntArray.FromNumpy(np.ascontiguousarray(piece.triangles, np.int32).reshape(-1)))
    mesh.CreateFaceVertexCountsAttr(Vt.IntArray.FromNumpy(np.full(len(piece.triangles), 3, np.int32)))
    uvs = UsdGeom.PrimvarsAPI(mesh.GetPrim()).CreatePrimvar(
        "st", Sdf.ValueTypeNames.TexCoord2fArray, UsdGeom.Tokens.vertex
    )
    uvs.Set(Vt.Vec2fArray.FromNumpy(np.ascontiguousarray(piece.uvs, np.float32)))
    if piece.material:
        bound = UsdShade.MaterialBindingAPI.Apply(mesh.GetPrim()).GetDirectBindingRel()
        bound.SetTargets([piece.material])


def _parts(prim: Usd.Prim, held: Held, code: float) -> list[_Part]:
    """The triangle meshes of a prop, in its body's space."""
    cache = UsdGeom.XformCache(Usd.TimeCode(code))
    to_prim = np.linalg.inv(world_of(prim, cache))
    found: list[_Part] = []
    for child in Usd.PrimRange(prim):
        mesh = UsdGeom.Mesh(child)
        points = np.asarray(mesh.GetPointsAttr().Get(code), float) if mesh else np.zeros((0, 3))
        if not mesh or not len(points) or set(mesh.GetFaceVertexCountsAttr().Get() or ()) != {3}:
            continue
        matrix = held.offset @ to_prim @ world_of(child, cache)
        carried = np.zeros((len(points), 5))
        normals = np.asarray(mesh.GetNormalsAttr().Get(code) or np.zeros((0, 3)), float)
        if len(normals) == len(points):
            carried[:, :3] = normals @ np.linalg.inv(matrix[:3, :3])
        st = UsdGeom.PrimvarsAPI(child).GetPrimvar("st")
        uvs = np.asarray(st.Get(code), float) if st and st.HasValue() else np.zeros((0, 2))
        if len(uvs) == len(points):
            carried[:, 3:] = uvs
        material = UsdShade.MaterialBindingAPI(child).ComputeBoundMaterial()[0]
        triangles = np.asarray(mesh.GetFaceVertexIndicesAttr().Get(code)).reshape(-1, 3)
        found.append(
            _Part(str(child.GetPath()), points @ matrix[:3, :3].T + matrix[:3, 3], carried, triangles,
                  str(material.GetPath()) if material else "", surface_of(child, Material("", 0.5, 0.2)))
        )  # fmt: skip
    return found


def _solid(part: _Part) -> Any:
    """A closed mesh as a solid, whichever way its faces look; None for an open one."""
    for triangles in (part.triangles, part.triangles[:, ::-1]):
        mesh = manifold.Mesh(
            np.ascontiguousarray(np.column_stack([part.points, part.carried]), np.float32),
            np.ascontiguousarray(triangles, np.uint32),
        )
        mesh.merge()
        solid = manifold.Manifold(mesh)
        if solid.status() == manifold.Error.NoError and solid.volume() > _SPECK:
            return solid
    return None


def _cells(breaks: list[tuple[_Part, Any]], path: str, apart: float) -> Cells:
    """The fronts that a prop is scored with."""
    points = np.concatenate([part.points for part, _ in breaks])
    low, high = points.min(axis=0) - 1e-5, points.max(axis=0) + 1e-5
    size = np.sort(high - low)
    count = round(float(size[2] * (size[1] + size[0]) / apart**2))
    rng = np.random.Generator(np.random.PCG64(zlib.crc32(path.encode())))
    count = int(np.clip(count, _FEWEST, _MOST))
    at = (low + high) / 2 if size[0] < 0.06 * size[1] else None  # a pane is struck in its middle
    return cells_of(low, high, seeds_in(low, high, count if at is None else 2 * _MOST, rng, at))


def _cut(solid: Any, corners: Array) -> list[Any]:
    """What of a solid is in a cell, part by part."""
    cell = manifold.Manifold.hull_points(np.ascontiguousarray(corners, np.float32))
    return [piece for piece in (solid ^ cell).decompose() if piece.volume() > _SPECK]


def _body(name: str, solid: Any, density: float, surface: Material) -> Body:
    points = np.asarray(solid.to_mesh().vert_properties, float)[:, :3]
    return shard_body(name, points, max(density * solid.volume(), 1e-6), surface)


def _in_world(solid: Any, body: Body, part: _Part) -> Hull:
    points = np.asarray(solid.to_mesh().vert_properties, float)[:, :3]
    return Hull(points @ body.pose[:3, :3].T + body.pose[:3, 3], part.surface)


def _piece(solid: Any, part: _Part, shard: Body) -> Piece:
    """A cut solid as a surface in its shard's space: what was surface keeps its normals, fronts are flat."""
    mesh = solid.to_mesh()
    rows, triangles = np.asarray(mesh.vert_properties, float), np.asarray(mesh.tri_verts, int)
    points = shrunk(rows[:, :3] - shard.pose[:3, 3], np.zeros(3))
    corners = points[triangles]  # (T, 3, 3)
    flat = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    flat = flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-15)
    normals = rows[triangles, 3:6]
    size = np.linalg.norm(normals, axis=2, keepdims=True)
    old = (size > 0.5).all(axis=1, keepdims=True)
    normals = np.where(old, normals / np.maximum(size, 1e-9), flat[:, None])
    toward = (normals * flat[:, None]).sum(axis=2, keepdims=True)
    normals = np.where(toward < 0, flat[:, None], normals)
    index = np.arange(3 * len(triangles)).reshape(-1, 3)
    return Piece(corners.reshape(-1, 3), normals.reshape(-1, 3), rows[triangles, 6:8].reshape(-1, 2), index,
                 part.material)  # fmt: skip


def _lay_on(part: _Part, shards: list[Body], pieces: list[list[Piece]]) -> None:
    """Give each triangle of an open mesh to the shard that it lies on."""
    corners = part.points[part.triangles]  # (T, 3, 3)
    middles = np.array([shard.pose[:3, 3] for shard in shards])
    nearest = np.linalg.norm(corners.mean(axis=1)[:, None] - middles, axis=2).argmin(axis=1)
    for n in np.unique(nearest).tolist():
        own = part.triangles[nearest == n]
        points = shrunk(part.points[own] - middles[n], np.zeros(3)).reshape(-1, 3)
        carried = part.carried[own].reshape(-1, 5)
        index = np.arange(len(points)).reshape(-1, 3)
        pieces[n].append(Piece(points, carried[:, :3], carried[:, 3:], index, part.material))
