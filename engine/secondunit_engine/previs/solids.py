"""What the previs draws: triangles with the colours of their materials, read once from a set's USD layer.

Colours are scene-linear ACEScg, as they stand on the stage. Textures are shrunk to at most 512 pixels and carry their
mip levels, so that a shelf of books seen from afar is the mean of its spines and does not flicker.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from pxr import Gf, Usd, UsdGeom, UsdLux, UsdShade
from scipy.spatial.transform import Rotation

from secondunit_engine.color import decode_srgb, from_rec709
from secondunit_engine.motion.prop_actions import OPEN_DEGREES
from secondunit_engine.world import stage as names

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
_LARGEST = 512  # pixels of a texture's side
_COLORS = ("diffuseColor", "emissiveColor")
_LEVELS = 10  # mip levels of the largest texture


@dataclass(frozen=True)
class Solid:
    """Triangles of one thing that stands or moves as a whole.

    points [m] and unit normals, shape [points, 3]; a normal of length 0 is that of the face. uvs, shape [points, 2].
    triangles, shape [triangles, 3]; materials: the row of the palette for each triangle, shape [triangles].
    """

    points: Floats
    normals: Floats
    uvs: Floats
    triangles: Ints
    materials: Ints


@dataclass(frozen=True)
class Palette:
    """Surfaces by number. Colours ACEScg, shape [materials, 3]; roughness, metallic, shape [materials].

    textures: the number of the base and of the emission texture or -1, shape [materials, 2].
    texels: Every level of every texture behind each other, shape [texels, 3].
    levels: Where a level begins, its width and height, shape [textures, levels, 3]; width 0 past the last.
    """

    base: Floats
    emission: Floats
    roughness: Floats
    metallic: Floats
    textures: Ints
    texels: Floats
    levels: Ints

    def extend(self, colors: Floats, roughness: float = 0.75) -> Palette:
        """A palette with plain materials added at its end."""
        count = len(colors)
        return Palette(
            np.concatenate([self.base, colors.astype(np.float32)]),
            np.concatenate([self.emission, np.zeros((count, 3), np.float32)]),
            np.concatenate([self.roughness, np.full(count, roughness, np.float32)]),
            np.concatenate([self.metallic, np.zeros(count, np.float32)]),
            np.concatenate([self.textures, np.full((count, 2), -1, np.int32)]),
            self.texels,
            self.levels,
        )


@dataclass(frozen=True)
class Sun:
    """Light from far away. `toward` points to it (unit); color is irradiance; `haze` what its shafts scatter [1/m]."""

    toward: tuple[float, float, float]
    color: tuple[float, float, float]
    haze: float

    @property
    def shines(self) -> bool:
        return any(self.color)


@dataclass(frozen=True)
class Hinge:
    """What a part of a prop opens by: turned about `axis` (unit) through `pivot` [m] by `degrees` when it is open."""

    pivot: tuple[float, float, float]
    axis: tuple[float, float, float]
    degrees: float


@dataclass(frozen=True)
class Scenery:
    """A set as the previs knows it: what stands, props by name in parts with their hinges, marks as 4x4 matrices
    (rows), and its light from outside. `fog` is extinction [1/m] and the colour it fades to."""

    fixed: Solid
    props: dict[str, dict[str, Solid]]
    hinges: dict[tuple[str, str], Hinge]
    palette: Palette
    marks: dict[str, NDArray[np.float64]]
    sun: Sun
    sky: tuple[float, float, float]
    fog: tuple[float, float, float, float]


def join(solids: list[Solid]) -> Solid:
    """Several solids as one."""
    if not solids:
        none = np.zeros((0, 3), np.float32)
        return Solid(none, none, none[:, :2], np.zeros((0, 3), np.int32), np.zeros(0, np.int32))
    offsets = np.cumsum([0, *(len(solid.points) for solid in solids)])
    return Solid(
        np.concatenate([solid.points for solid in solids]),
        np.concatenate([solid.normals for solid in solids]),
        np.concatenate([solid.uvs for solid in solids]),
        np.concatenate([solid.triangles + np.int32(first) for solid, first in zip(solids, offsets, strict=False)]),
        np.concatenate([solid.materials for solid in solids]),
    )


def move(solid: Solid, matrix: NDArray[np.float64]) -> Solid:
    """A solid under a rigid transform [4, 4] (rows, as in USD)."""
    turn, shift = matrix[:3, :3].astype(np.float32), matrix[3, :3].astype(np.float32)
    return Solid(solid.points @ turn + shift, solid.normals @ turn, solid.uvs, solid.triangles, solid.materials)


def read_set(layer: Path) -> Scenery:
    """Read `set.usdc` as `build_set` writes it."""
    stage = Usd.Stage.Open(str(layer))
    painter = _Painter(layer.parent)
    fixed: list[Solid] = []
    props: dict[str, dict[str, list[Solid]]] = {}
    for prim in stage.Traverse():
        mesh = UsdGeom.Mesh(prim)
        if not mesh:
            continue
        path = str(prim.GetPath())
        solid = _read_mesh(mesh, painter)
        if path.startswith(names.PROPS + "/"):
            prop, *rest = path.removeprefix(names.PROPS + "/").split("/")
            props.setdefault(prop, {}).setdefault(rest[0] if len(rest) > 1 else "", []).append(solid)
        else:
            fixed.append(solid)
    return Scenery(
        join(fixed),
        {prop: {part: join(solids) for part, solids in parts.items()} for prop, parts in sorted(props.items())},
        _read_hinges(stage),
        painter.palette(),
        _read_marks(stage),
        _read_sun(stage),
        _read_sky(stage),
        _read_fog(stage),
    )


def _read_mesh(mesh: UsdGeom.Mesh, painter: _Painter) -> Solid:
    """A triangle mesh in the world's axes."""
    points = np.array(mesh.GetPointsAttr().Get(), np.float32).reshape(-1, 3)
    triangles = np.array(mesh.GetFaceVertexIndicesAttr().Get(), np.int32).reshape(-1, 3)
    given = mesh.GetNormalsAttr().Get()
    smooth = given is not None and len(given) == len(points)
    normals = np.array(given, np.float32) if smooth else np.zeros_like(points)
    primvar = UsdGeom.PrimvarsAPI(mesh).GetPrimvar("st")
    uvs = np.array(primvar.Get(), np.float32).reshape(-1, 2) if primvar else np.zeros((0, 2), np.float32)
    if len(uvs) != len(points):
        uvs = np.zeros((len(points), 2), np.float32)
    matrix = np.array(UsdGeom.Xformable(mesh).ComputeLocalToWorldTransform(Usd.TimeCode.Default()))
    materials = np.full(len(triangles), painter.number(mesh.GetPrim()), np.int32)
    return move(Solid(points, normals.astype(np.float32), uvs, triangles, materials), matrix)


class _Painter:
    """Gathers the materials and textures that meshes use."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers: dict[str, int] = {}
        self._rows: list[tuple[NDArray[np.float64], NDArray[np.float64], float, float, int, int]] = []
        self._files: dict[str, int] = {}
        self._texels: list[Floats] = []
        self._levels: list[list[tuple[int, int, int]]] = []

    def number(self, prim: Usd.Prim) -> int:
        """The palette's row for a mesh."""
        material = UsdShade.MaterialBindingAPI(prim).ComputeBoundMaterial()[0]
        name = str(material.GetPath()) if material else ""
        if name not in self._numbers:
            self._numbers[name] = len(self._rows)
            self._rows.append(self._read(material.ComputeSurfaceSource()[0] if material else None))
        return self._numbers[name]

    def palette(self) -> Palette:
        base, emission, roughness, metallic, first, second = zip(*self._rows, strict=True)
        levels = np.zeros((max(1, len(self._levels)), _LEVELS, 3), np.int32)
        for texture, rows in enumerate(self._levels):
            levels[texture, : len(rows)] = rows
        return Palette(
            np.array(base, np.float32),
            np.array(emission, np.float32),
            np.array(roughness, np.float32),
            np.array(metallic, np.float32),
            np.stack([first, second], axis=1).astype(np.int32),
            np.concatenate(self._texels) if self._texels else np.zeros((1, 3), np.float32),
            levels,
        )

    def _read(
        self, shader: UsdShade.Shader | None
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], float, float, int, int]:
        if not shader:
            return np.full(3, 0.4), np.zeros(3), 0.8, 0.0, -1, -1
        base, emission = (
            np.array(_value(shader, name, (0, 0, 0)), float) for name in ("diffuseColor", "emissiveColor")
        )
        rough = shader.GetInput("roughness")
        file = _file(rough)
        roughness = self._mean(file) if file else float(_value(shader, "roughness", 0.6))  # type: ignore[arg-type]
        textures = [self._texture(shader, name) for name in _COLORS]
        if textures[0] >= 0:
            base = np.ones(3)  # the texture is the colour
        return base, emission, roughness, float(_value(shader, "metallic", 0.0)), textures[0], textures[1]

    def _texture(self, shader: UsdShade.Shader, name: str) -> int:
        file = _file(shader.GetInput(name))
        if not file:
            return -1
        if file not in self._files:
            self._files[file] = len(self._levels)
            self._add_levels(self._folder / file)
        return self._files[file]

    def _mean(self, file: str) -> float:
        with Image.open(self._folder / file) as picture:
            return float(np.asarray(picture.convert("RGB").resize((8, 8), Image.Resampling.BOX))[..., 0].mean() / 255)

    def _add_levels(self, path: Path) -> None:
        with Image.open(path) as picture:
            picture.thumbnail((_LARGEST, _LARGEST), Image.Resampling.BOX)
            texels = from_rec709(decode_srgb(np.asarray(picture.convert("RGB"), np.float64) / 255.0))  # (H, W, 3)
        rows: list[tuple[int, int, int]] = []
        while True:
            height, width = texels.shape[:2]
            rows.append((sum(len(each) for each in self._texels), width, height))
            self._texels.append(texels.reshape(-1, 3).astype(np.float32))
            if min(width, height) < 2 or len(rows) == _LEVELS:
                break
            even = texels[: height // 2 * 2, : width // 2 * 2]
            texels = even.reshape(height // 2, 2, width // 2, 2, 3).mean(axis=(1, 3))
        self._levels.append(rows)


def _file(socket: UsdShade.Input | None) -> str:
    """The texture that feeds an input; "" for none."""
    source = socket.GetConnectedSource() if socket else None
    return UsdShade.Shader(source[0].GetPrim()).GetInput("file").Get().path if source else ""


def _value(shader: UsdShade.Shader, name: str, usual: Any) -> Any:
    socket = shader.GetInput(name)
    found = socket.Get() if socket else None
    return usual if found is None else found


def _read_hinges(stage: Usd.Stage) -> dict[tuple[str, str], Hinge]:
    """Parts of props that open, by prop and part."""
    found: dict[tuple[str, str], Hinge] = {}
    scope = stage.GetPrimAtPath(names.PROPS)
    for prim in Usd.PrimRange(scope) if scope else ():
        if not prim.HasAttribute(OPEN_DEGREES):
            continue
        place = UsdGeom.Xformable(prim)
        turn = next(op for op in place.GetOrderedXformOps() if "rotate" in op.GetOpName())
        shut = np.array(place.ComputeLocalToWorldTransform(Usd.TimeCode.Default()))
        before = turn.Get()
        turn.Set(prim.GetAttribute(OPEN_DEGREES).Get())
        wide = np.array(place.ComputeLocalToWorldTransform(Usd.TimeCode.Default()))
        turn.Set(before)
        swing = np.linalg.inv(shut) @ wide  # rows
        way = Rotation.from_matrix(swing[:3, :3].T).as_rotvec()
        angle = float(np.linalg.norm(way))
        if angle < 1e-6:
            continue
        pivot = np.linalg.lstsq((np.eye(3) - swing[:3, :3]).T, swing[3, :3], rcond=None)[0]
        prop, part = str(prim.GetPath()).removeprefix(names.PROPS + "/").split("/")[:2]
        found[prop, part] = Hinge(_three(pivot), _three(way / angle), float(np.degrees(angle)))
    return found


def _three(vector: NDArray[np.floating]) -> tuple[float, float, float]:
    x, y, z = vector.tolist()
    return x, y, z


def _read_marks(stage: Usd.Stage) -> dict[str, NDArray[np.float64]]:
    scope = stage.GetPrimAtPath(names.MARKS)
    found = scope.GetChildren() if scope else []
    return {
        prim.GetName(): np.array(UsdGeom.Xformable(prim).ComputeLocalToWorldTransform(Usd.TimeCode.Default()))
        for prim in found
    }


def _color_of(prim: Usd.Prim) -> NDArray[np.float64]:
    """Colour times intensity of a light, shape [3]."""
    light = UsdLux.LightAPI(prim)
    return np.array(light.GetColorAttr().Get(), float) * float(light.GetIntensityAttr().Get())


def _read_sun(stage: Usd.Stage) -> Sun:
    """The set's sun; one without light where there is none."""
    for prim in stage.Traverse():
        if prim.GetTypeName() == "DistantLight":
            matrix = UsdGeom.Xformable(prim).ComputeLocalToWorldTransform(Usd.TimeCode.Default())
            toward = np.array(matrix.TransformDir(Gf.Vec3d(0, 0, 1)).GetNormalized())
            shafts = stage.GetPrimAtPath(f"{names.AIR}/Shafts")
            haze = float(shafts.GetAttribute("secondunit:density").Get()) if shafts else 0.0
            return Sun(_three(toward), _three(_color_of(prim)), haze)
    return Sun((0.0, 1.0, 0.0), (0.0, 0.0, 0.0), 0.0)


def _read_sky(stage: Usd.Stage) -> tuple[float, float, float]:
    for prim in stage.Traverse():
        if prim.GetTypeName() == "DomeLight":
            return _three(_color_of(prim))
    return 0.0, 0.0, 0.0


def _read_fog(stage: Usd.Stage) -> tuple[float, float, float, float]:
    prim = stage.GetPrimAtPath(f"{names.AIR}/Fog")
    if not prim:
        return 0.0, 0.0, 0.0, 0.0
    r, g, b = prim.GetAttribute("secondunit:color").Get()
    return float(prim.GetAttribute("secondunit:density").Get()), float(r), float(g), float(b)
