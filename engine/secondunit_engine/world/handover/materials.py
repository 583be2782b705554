"""Materials as UsdPreviewSurface and nothing else: colours in linear Rec.709, textures as 8-bit PNG.

Our stage keeps ACEScg and adds inputs of its own; a PreviewSurface is read as Rec.709 and knows no more than its own.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
import OpenImageIO as oiio
from PIL import Image
from pxr import Gf, Sdf, Usd, UsdShade

from secondunit_bridge.errors import BadInput
from secondunit_engine.color import encode_srgb, to_rec709

_COLORS: Final = ("diffuseColor", "emissiveColor")
_NUMBERS: Final = ("roughness", "metallic", "clearcoat", "clearcoatRoughness", "ior", "opacity")
# Inputs of ours that have no counterpart, and the value at which they do nothing.
_OURS: Final = {"bump": 0.0, "sheen": 0.0, "glass": False}
_GLASS_OPACITY: Final = 0.15  # what stands for refraction


class MaterialsWriter:
    """Copies the materials of a stage; `lost` gathers what none of them could take along."""

    def __init__(self, stage: Usd.Stage, folder: Path) -> None:
        self.stage, self.folder = stage, folder
        self.lost: dict[str, int] = {}
        self._images: dict[str, tuple[str, float]] = {}

    def copy(self, source: UsdShade.Material) -> UsdShade.Material:
        """The material at the same path, written once. Raises BadInput for a texture that cannot be read."""
        path = source.GetPath()
        if self.stage.GetPrimAtPath(path).IsValid():
            return UsdShade.Material(self.stage.GetPrimAtPath(path))
        made = UsdShade.Material.Define(self.stage, path)
        surface = UsdShade.Shader.Define(self.stage, path.AppendChild("Surface"))
        surface.CreateIdAttr("UsdPreviewSurface")
        made.CreateSurfaceOutput().ConnectToSource(surface.ConnectableAPI(), "surface")
        origin = source.ComputeSurfaceSource()[0]
        glow = np.array(origin.GetInput("emissiveColor").Get() or (0, 0, 0))
        for name in _COLORS:
            value = np.maximum(to_rec709(np.array(origin.GetInput(name).Get() or (0, 0, 0))), 0.0)
            self._write(surface, origin, name, Sdf.ValueTypeNames.Color3f, Gf.Vec3f(*value.tolist()), glow)
        for name in _NUMBERS:
            given = origin.GetInput(name)
            if given and given.Get() is not None:
                self._write(surface, origin, name, Sdf.ValueTypeNames.Float, float(given.Get()), glow)
        if _value(origin, "glass"):
            surface.GetInput("opacity").Set(_GLASS_OPACITY)
        for name in _used(origin):
            self.lost[name] = self.lost.get(name, 0) + 1
        return made

    def _write(
        self, surface: UsdShade.Shader, origin: UsdShade.Shader, name: str, kind: Any, value: object, glow: Any
    ) -> None:
        socket = surface.CreateInput(name, kind)
        socket.Set(value)
        texture = _texture_of(origin, name)
        if texture is None:
            return
        path = surface.GetPath().GetParentPath().AppendChild(name)
        reader = UsdShade.Shader.Define(self.stage, path.GetParentPath().AppendChild(f"{name}_st"))
        reader.CreateIdAttr("UsdPrimvarReader_float2")
        reader.CreateInput("varname", Sdf.ValueTypeNames.String).Set("st")
        image = UsdShade.Shader.Define(self.stage, path)
        image.CreateIdAttr("UsdUVTexture")
        file, gain = self._image(texture)
        image.CreateInput("file", Sdf.ValueTypeNames.Asset).Set(Sdf.AssetPath(file))
        image.CreateInput("sourceColorSpace", Sdf.ValueTypeNames.Token).Set("sRGB" if name in _COLORS else "raw")
        image.CreateInput("wrapS", Sdf.ValueTypeNames.Token).Set("repeat")
        image.CreateInput("wrapT", Sdf.ValueTypeNames.Token).Set("repeat")
        image.CreateInput("st", Sdf.ValueTypeNames.Float2).ConnectToSource(
            reader.CreateOutput("result", Sdf.ValueTypeNames.Float2)
        )
        if name == "emissiveColor":  # ours multiplies the picture by the radiance
            scale = np.maximum(to_rec709(glow), 0.0) * gain
            image.CreateInput("scale", Sdf.ValueTypeNames.Float4).Set(
                Gf.Vec4f(float(scale[0]), float(scale[1]), float(scale[2]), 1.0)
            )
        output, of = ("rgb", Sdf.ValueTypeNames.Float3) if name in _COLORS else ("r", Sdf.ValueTypeNames.Float)
        socket.ConnectToSource(image.CreateOutput(output, of))

    def _image(self, source: str) -> tuple[str, float]:
        """A texture as a PNG beside the layer: its relative path, and the gain that an HDR picture was divided by."""
        if source not in self._images:
            name = f"{len(self._images):03d}_{Path(source).stem}.png"
            (self.folder / "textures").mkdir(exist_ok=True)
            gain = _write_png(source, self.folder / "textures" / name)
            self._images[source] = (f"./textures/{name}", gain)
        return self._images[source]


def _write_png(source: str, target: Path) -> float:
    """A picture as a PNG: one that is none (an HDR picture, ACEScg) as sRGB, divided by its largest value, which is
    returned. Raises BadInput for one that cannot be read."""
    if source.lower().endswith(".png"):
        shutil.copyfile(source, target)
        return 1.0
    image = oiio.ImageBuf(source)
    if image.has_error or image.nchannels < 3:
        raise BadInput(f"The texture {Path(source).name} cannot be read.", mend="Shoot the shot again, then export it.")
    linear = np.maximum(to_rec709(np.asarray(image.get_pixels(oiio.FLOAT))[..., :3]), 0.0)  # (H, W, 3)
    largest = max(float(linear.max()), 1e-6)
    code = encode_srgb(linear / largest)
    Image.fromarray(np.rint(code * 255).astype(np.uint8)).save(target)
    return largest


def _texture_of(shader: UsdShade.Shader, name: str) -> str | None:
    """The resolved path of the picture that an input is read from."""
    given = shader.GetInput(name)
    if not given or not given.HasConnectedSource():
        return None
    image = UsdShade.Shader(given.GetConnectedSources()[0][0].source)
    asset = image.GetInput("file").Get()
    return str(asset.resolvedPath or asset.path)


def _used(shader: UsdShade.Shader) -> Iterator[str]:
    for name, nothing in _OURS.items():
        if _value(shader, name) not in (None, nothing):
            yield name


def _value(shader: UsdShade.Shader, name: str) -> object:
    given = shader.GetInput(f"secondunit:{name}")
    return given.Get() if given else None
