"""A USD shot as a Mitsuba scene: loaded once, moved from frame to frame without compiling again.

Instances and many small shapes are slow, so parts that share a material and move together are merged into one
mesh. What each triangle was before is kept in flat tables, by which a pixel's shape and triangle number give back
its surface number, and that its object, material and motion.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pxr import Usd, UsdGeom

from secondunit_bridge.errors import BadInput
from secondunit_engine.render import lights as usd_lights
from secondunit_engine.render.geometry import Part, read_parts, transform_normals, transform_points, world_points
from secondunit_engine.render.llvm import drjit, mitsuba
from secondunit_engine.render.materials import RGB, BsdfMaker, Surface

_UNSEEN = 1e-5  # of its size that a shape has while it is not seen: none at all has no area to sample
_DARK: RGB = (0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Tables:
    """What pixels need to know about surfaces; surface 0 is the sky.

    object, material: Names by number, index 0 is nothing.
    object_of, material_of, mover_of: int32 [surfaces]; mover 0 stands still.
    glossy_body, deforms, glass: bool [surfaces]. alpha: Microfacet roughness, float32 [surfaces].
    face_surface: Surface of each face of the whole scene, int32 [faces].
    face_vertices: For deforming faces three rows of `Scene.deformed`, else -1; int32 [faces, 3].
    """

    object: tuple[str, ...]
    material: tuple[str, ...]
    object_of: NDArray[np.int32]
    material_of: NDArray[np.int32]
    mover_of: NDArray[np.int32]
    glossy_body: NDArray[np.bool_]
    deforms: NDArray[np.bool_]
    glass: NDArray[np.bool_]
    alpha: NDArray[np.float32]
    face_surface: NDArray[np.int32]
    face_vertices: NDArray[np.int32]


@dataclass
class _Shape:
    """A merged Mitsuba shape and the parts inside, in order."""

    name: str
    parts: list[int]
    mover: str
    deforms: bool
    additive: bool
    handle: Any
    points: NDArray[np.float32]
    normals: NDArray[np.float32] | None
    first_face: int
    first_vertex: int = -1
    veil: str = ""


class Scene:
    """The stage at one frame at a time; `update` moves it.

    groups: Names of the light groups, sorted. scene, overlay: Mitsuba scenes; the overlay holds purely additive
    surfaces and is None without any. shape_offset, shape_diffuse, shape_tint: By shape registry id, the first face
    [UInt32], the part of the albedo that is diffuse [Float], and the colour of shapes whose BSDF knows none
    [Color3f, negative elsewhere]. emitter_group: By emitter registry id, the number of its group [UInt32].
    """

    def __init__(self, stage: Usd.Stage, frame: int) -> None:
        """Load a stage. Raises BadInput when there is nothing to see."""
        self._mi = mitsuba()
        self.stage = stage
        self.frame = frame
        self.parts = read_parts(stage, frame)
        if not self.parts:
            raise BadInput("This shot has nothing to render.", mend="Build the set before rendering.")
        self._lights = usd_lights.read_lights(stage, frame, self._mi)
        groups = {light.group for light in self._lights}
        groups |= {part.light_group for part in self.parts if part.surface.emissive and part.kind == "mesh"}
        self.groups: tuple[str, ...] = tuple(sorted(groups)) or ("dark",)
        self.movers: tuple[str, ...] = ("", *sorted({part.mover for part in self.parts if part.mover}))
        self._makers = BsdfMaker(self._mi)
        self._shapes = self._build_shapes()
        self.tables = self._build_tables()
        self._load()
        self.frame = frame - 1  # so that the first update moves everything into place
        self.update(frame)

    # Loading

    def _build_shapes(self) -> list[_Shape]:
        """Merge parts and make their Mitsuba shapes; faces are numbered through the whole scene."""
        batches: dict[object, list[int]] = defaultdict(list)
        for number, part in enumerate(self.parts):
            alone = part.deforms or part.kind == "curves"
            glow = (part.light_group,) if part.surface.emissive else ()
            moves = part.veil or part.mover  # shards are seen together: many small shapes are slow
            key = number if alone else (moves, part.surface, glow, part.normals is None, part.uvs is None)
            batches[key].append(number)
        shapes: list[_Shape] = []
        first_face = 1  # face 0 is the sky
        first_vertex = 0
        for index, batch in enumerate(batches.values()):
            shape = self._build_shape(f"s{index}", batch, first_face)
            if shape.deforms:
                shape.first_vertex = first_vertex
                first_vertex += len(shape.points)
            shapes.append(shape)
            first_face += sum(len(self.parts[n].triangles) for n in batch)
        return shapes

    def _build_shape(self, name: str, batch: list[int], first_face: int) -> _Shape:
        parts = [self.parts[n] for n in batch]
        head = parts[0]
        points = np.concatenate([part.points for part in parts])  # (V, 3)
        starts = np.cumsum([0] + [len(part.points) for part in parts[:-1]])
        triangles = np.concatenate([part.triangles + s for part, s in zip(parts, starts, strict=True)])  # (F, 3)
        normals = None if head.normals is None else np.concatenate([p.normals for p in parts if p.normals is not None])
        uvs = None if head.uvs is None else np.concatenate([p.uvs for p in parts if p.uvs is not None])
        if head.kind == "curves":
            handle = self._curves(head)
        else:
            weight = sum(part.sampling_weight for part in parts)
            handle = self._mesh(name, head.surface, weight, points, triangles, normals, uvs)
        return _Shape(
            name, batch, head.mover, head.deforms, head.surface.additive, handle, points, normals, first_face,
            veil=head.veil,
        )  # fmt: skip

    def _mesh(
        self,
        name: str,
        surface: Surface,
        weight: float,
        points: NDArray[np.float32],
        triangles: NDArray[np.int32],
        normals: NDArray[np.float32] | None,
        uvs: NDArray[np.float32] | None,
    ) -> Any:
        mi = self._mi
        props = mi.Properties()
        props["mesh_bsdf"] = self._makers.bsdf(surface)
        if surface.emissive:
            props["emitter"] = self._makers.emitter(surface, weight)
        mesh = mi.Mesh(name, len(points), len(triangles), props, normals is not None, uvs is not None)
        params = mi.traverse(mesh)
        params["vertex_positions"] = points.ravel()
        params["faces"] = triangles.astype(np.uint32).ravel()
        if normals is not None:
            params["vertex_normals"] = normals.ravel()
        if uvs is not None:
            params["vertex_texcoords"] = uvs.ravel()
        params.update()
        return mesh

    def _curves(self, part: Part) -> Any:
        assert part.radii is not None
        assert part.curve_counts is not None
        rows = np.column_stack([part.points, part.radii])  # (P, 4)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "curves.txt"
            with file.open("w") as text:
                for end, count in zip(np.cumsum(part.curve_counts), part.curve_counts, strict=True):
                    np.savetxt(text, rows[end - count : end], fmt="%.7g")
                    text.write("\n")
            bsdf = self._makers.hair(part.surface, part.tint)
            return self._mi.load_dict({"type": "bsplinecurve", "filename": str(file), "bsdf": bsdf})

    def _build_tables(self) -> Tables:
        objects = ("", *sorted({part.object for part in self.parts}))
        materials = ("", *sorted({part.surface.name for part in self.parts} - {""}))
        number_of = {name: i for i, name in enumerate(objects)}
        material_number = {name: i for i, name in enumerate(materials)}
        mover_number = {name: i for i, name in enumerate(self.movers)}
        faces = 1 + sum(len(part.triangles) for part in self.parts)
        face_surface = np.zeros(faces, np.int32)
        face_vertices = np.full((faces, 3), -1, np.int32)
        for shape in self._shapes:
            at = shape.first_face
            for n in shape.parts:
                triangles = self.parts[n].triangles
                face_surface[at : at + len(triangles)] = n + 1
                if shape.deforms:
                    # A hair segment moves with its two inner control points.
                    rows = triangles if triangles.shape[1] == 3 else triangles + np.array([1, 2, 2], np.int32)
                    face_vertices[at : at + len(triangles)] = rows + shape.first_vertex
                at += len(triangles)

        def column(values: Iterable[float], kind: type[np.generic]) -> NDArray[Any]:
            return np.array([0, *values], kind)

        return Tables(
            object=objects,
            material=materials,
            object_of=column((number_of[p.object] for p in self.parts), np.int32),
            material_of=column((material_number[p.surface.name] for p in self.parts), np.int32),
            mover_of=column((mover_number[p.mover] for p in self.parts), np.int32),
            glossy_body=column((p.glossy_body for p in self.parts), np.bool_),
            deforms=column((p.deforms for p in self.parts), np.bool_),
            glass=column((p.surface.glass for p in self.parts), np.bool_),
            alpha=column((_alpha(p.surface) for p in self.parts), np.float32),
            face_surface=face_surface,
            face_vertices=face_vertices,
        )

    def _load(self) -> None:
        """Hand the shapes and lights to Mitsuba and find their registry ids."""
        mi = self._mi
        solid: dict[str, Any] = {"type": "scene"}
        overlay: dict[str, Any] = {"type": "scene"}
        for shape in self._shapes:
            (overlay if shape.additive else solid)[shape.name] = shape.handle
        for number, light in enumerate(self._lights):
            solid[f"light{number}"] = light.description
        self.scene = mi.load_dict(solid)
        self.overlay = mi.load_dict(overlay) if len(overlay) > 1 else None
        self._params = {False: mi.traverse(self.scene)}
        if self.overlay is not None:
            self._params[True] = mi.traverse(self.overlay)
        self._index_registry()

    def _index_registry(self) -> None:
        mi, dr = self._mi, drjit()

        def registry_id(pointer: Any) -> int:
            return int(dr.reinterpret_array(mi.UInt32, pointer)[0])

        first_face = {shape.name: shape.first_face for shape in self._shapes}
        offsets: dict[int, int] = {}
        diffuse: dict[int, float] = {}
        tints: dict[int, RGB] = {}
        groups: dict[int, int] = {}
        group_number = {name: i for i, name in enumerate(self.groups)}
        by_light = {f"light{n}": group_number[light.group] for n, light in enumerate(self._lights)}
        by_shape = {
            s.name: group_number[self.parts[s.parts[0]].light_group] for s in self._shapes
            if self.parts[s.parts[0]].surface.emissive and self.parts[s.parts[0]].kind == "mesh"
        }  # fmt: skip
        handles = {registry_id(mi.ShapePtr(s.handle)): s for s in self._shapes}
        for world in (self.scene, self.overlay):
            if world is None:
                continue
            for shape in world.shapes():
                number = registry_id(mi.ShapePtr(shape))
                known = handles.get(number)
                offsets[number] = first_face[known.name] if known else 0
                diffuse[number], tints[number] = _reflectance(self.parts[known.parts[0]]) if known else (0.0, _DARK)
                if shape.is_emitter():
                    emitter = registry_id(mi.EmitterPtr(shape.emitter()))
                    groups[emitter] = by_shape[known.name] if known else by_light[shape.id()]
            for emitter in world.emitters():
                groups.setdefault(registry_id(mi.EmitterPtr(emitter)), by_light.get(emitter.id(), 0))
        self.shape_offset = mi.UInt32(_by_id(offsets, np.uint32))
        self.shape_diffuse = mi.Float(_by_id(diffuse, np.float32))
        self.shape_tint = mi.Color3f(_by_id(tints, np.float32, 3).T)
        self.emitter_group = mi.UInt32(_by_id(groups, np.uint32))

    # Moving

    def update(self, frame: int) -> None:
        """Move everything to a frame: rigid bodies, deforming points and animated lights."""
        if frame == self.frame:
            return
        self.frame = frame
        xforms = UsdGeom.XformCache(frame)
        changed: set[bool] = set()
        for shape in self._shapes:
            if not (shape.mover or shape.deforms or shape.veil):
                continue
            params, prefix = self._params[shape.additive], f"{shape.name}."
            points, normals = self._shape_at(shape, frame, xforms)
            if self.parts[shape.parts[0]].kind == "curves":
                radii = self.parts[shape.parts[0]].radii
                assert radii is not None
                params[f"{prefix}control_points"] = np.column_stack([points, radii]).astype(np.float32).ravel()
            else:
                params[f"{prefix}vertex_positions"] = points.ravel()
                if normals is not None:
                    params[f"{prefix}vertex_normals"] = normals.ravel()
            changed.add(shape.additive)
        if self._update_lights(frame):
            changed.add(False)
        for additive in sorted(changed):
            self._params[additive].update()

    def _shape_at(
        self, shape: _Shape, frame: int, xforms: UsdGeom.XformCache
    ) -> tuple[NDArray[np.float32], NDArray[np.float32] | None]:
        """World points and normals of a moving shape; of one that is not seen now all points are (almost) one."""
        points, normals = self._moved(shape, frame, xforms)
        if shape.veil:
            veil = UsdGeom.Imageable(self.stage.GetPrimAtPath(shape.veil))
            if veil.ComputeVisibility(frame) == UsdGeom.Tokens.invisible:
                points = (points[:1] + _UNSEEN * (points - points[:1])).astype(np.float32)
        return points, normals

    def _moved(
        self, shape: _Shape, frame: int, xforms: UsdGeom.XformCache
    ) -> tuple[NDArray[np.float32], NDArray[np.float32] | None]:
        if shape.veil and not shape.deforms:
            return self._moved_apart(shape, xforms)
        if shape.mover:
            matrix = np.array(xforms.GetLocalToWorldTransform(self.stage.GetPrimAtPath(shape.mover)))
            normals = None if shape.normals is None else transform_normals(shape.normals, matrix)
            return transform_points(shape.points, matrix), normals
        part = self.parts[shape.parts[0]]
        points = world_points(self.stage, part, frame, xforms)
        normals = None if shape.normals is None else _smooth_normals(points, part)
        return points, normals

    def _moved_apart(
        self, shape: _Shape, xforms: UsdGeom.XformCache
    ) -> tuple[NDArray[np.float32], NDArray[np.float32] | None]:
        """World points and normals of a shape whose parts go each its own way."""
        points, normals, at = shape.points.copy(), None if shape.normals is None else shape.normals.copy(), 0
        for part in (self.parts[n] for n in shape.parts):
            own = slice(at, at + len(part.points))
            at = own.stop
            if part.mover:
                matrix = np.array(xforms.GetLocalToWorldTransform(self.stage.GetPrimAtPath(part.mover)))
                points[own] = transform_points(shape.points[own], matrix)
                if normals is not None and shape.normals is not None:
                    normals[own] = transform_normals(shape.normals[own], matrix)
        return points, normals

    def _update_lights(self, frame: int) -> bool:
        if not any(light.animated for light in self._lights):
            return False
        params = self._params[False]
        now = {light.path: light for light in usd_lights.read_lights(self.stage, frame, self._mi)}
        changed = False
        for number, light in enumerate(self._lights):
            if not light.animated:
                continue
            # A light that is dark at this frame is not listed; it keeps its place with no radiance.
            description = now[light.path].description if light.path in now else None
            for key, value in _light_parameters(f"light{number}", light.description, description).items():
                if key in params:
                    params[key] = value
                    changed = True
        return changed

    # Motion as data, for motion vectors and reuse

    def transforms(self, frame: float) -> NDArray[np.float64]:
        """Row-vector matrices of all movers at a frame, [movers, 4, 4]; mover 0 is the identity."""
        xforms = UsdGeom.XformCache(frame)
        matrices = [np.eye(4)]
        matrices += [np.array(xforms.GetLocalToWorldTransform(self.stage.GetPrimAtPath(m))) for m in self.movers[1:]]
        return np.stack(matrices)

    def levels(self, frame: float) -> NDArray[np.float64]:
        """How bright each light that changes is at a frame, [lights, 3]."""
        changing = (self.stage.GetPrimAtPath(light.path) for light in self._lights if light.animated)
        return np.array([usd_lights.read_level(prim, frame) for prim in changing]).reshape(-1, 3)

    def deformed(self, frame: float) -> NDArray[np.float32]:
        """World points of all deforming parts at a frame [m], [vertices, 3]."""
        xforms = UsdGeom.XformCache(frame)
        rows = [world_points(self.stage, self.parts[s.parts[0]], frame, xforms) for s in self._shapes if s.deforms]
        return np.concatenate(rows) if rows else np.zeros((1, 3), np.float32)


def _by_id(values: Mapping[int, Any], kind: type[np.generic], *shape: int) -> NDArray[Any]:
    """A table with one row per registry id, zero where nothing is known."""
    table = np.zeros((max(values, default=0) + 1, *shape), kind)
    for number, value in values.items():
        table[number] = value
    return table


def _reflectance(part: Part) -> tuple[float, RGB]:
    """The part of a surface's albedo that is diffuse, and its colour where the BSDF cannot tell it."""
    if part.kind == "curves":
        return 0.0, part.tint
    if part.surface.glass:
        return 0.0, (1.0, 1.0, 1.0)
    return 1.0 - (0.0 if part.surface.metallic_texture else part.surface.metallic), (-1.0, -1.0, -1.0)


def _alpha(surface: Surface) -> float:
    if surface.clearcoat > 0.2:
        return 0.01
    # Where a texture decides, be careful: it may hold puddles.
    rough = 0.15 if surface.roughness_texture else surface.roughness
    return rough**2


def _smooth_normals(points: NDArray[np.float32], part: Part) -> NDArray[np.float32]:
    """Area-weighted vertex normals, shared by vertices that were split from one point, [points, 3]."""
    a, b, c = (points[part.triangles[:, k]] for k in range(3))
    faces = np.cross(b - a, c - a)  # (F, 3)
    owner = np.arange(len(points)) if part.corners is None else part.corners
    total = np.zeros((int(owner.max()) + 1, 3))
    for axis in range(3):
        for corner in range(3):
            total[:, axis] += np.bincount(owner[part.triangles[:, corner]], faces[:, axis], len(total))
    normals = total[owner]
    return (normals / np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-12)).astype(np.float32)


def _light_parameters(name: str, before: dict[str, Any], now: dict[str, Any] | None) -> dict[str, Any]:
    """Scene parameters that put a light into its present state."""
    values: dict[str, Any] = {}
    current = now or before
    for key in ("to_world", "center", "radius"):
        if key in current:
            values[f"{name}.{key}"] = current[key]
    for key, parameter in (("intensity", "intensity"), ("irradiance", "irradiance"), ("radiance", "radiance")):
        if key in current:
            values[f"{name}.{parameter}.value"] = current[key]["value"] if now else _DARK
    if "emitter" in current:
        values[f"{name}.emitter.radiance.value"] = current["emitter"]["radiance"]["value"] if now else _DARK
    return values
