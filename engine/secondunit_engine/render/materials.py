"""UsdPreviewSurface with our extra inputs, read as plain data and made into Mitsuba BSDFs.

Method: Burley, "Physically Based Shading at Disney" (2012) as Mitsuba's `principled`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from pxr import Usd, UsdShade

from secondunit_engine.color import decode_srgb, from_rec709

RGB = tuple[float, float, float]
Dict = dict[str, Any]

_SMOOTH = 0.02  # glass below this roughness is a perfect interface


@dataclass(frozen=True)
class Surface:
    """What a mesh's material says, colours ACEScg, textures as absolute paths ("" for none)."""

    name: str = ""
    base: RGB = (0.18, 0.18, 0.18)
    roughness: float = 0.5
    metallic: float = 0.0
    specular: float = 0.5
    clearcoat: float = 0.0
    clearcoat_roughness: float = 0.03
    sheen: float = 0.0
    opacity: float = 1.0
    ior: float = 1.5
    glass: bool = False
    emission: RGB = (0.0, 0.0, 0.0)
    bump: float = 0.0
    melanin: float = -1.0
    base_texture: str = ""
    roughness_texture: str = ""
    bump_texture: str = ""
    opacity_texture: str = ""
    emission_texture: str = ""
    metallic_texture: str = ""

    @property
    def emissive(self) -> bool:
        return max(self.emission) > 0

    @property
    def additive(self) -> bool:
        """A hologram: it adds light and hides nothing."""
        return self.emissive and self.opacity <= 0 and not self.opacity_texture


def read_surface(prim: Usd.Prim) -> Surface:
    """The material bound to a prim; a grey one where nothing is bound."""
    material, _ = UsdShade.MaterialBindingAPI(prim).ComputeBoundMaterial()
    if not material:
        return Surface()
    shader = material.ComputeSurfaceSource()[0]
    if not shader:
        return Surface(name=str(material.GetPath()))

    def value(name: str, default: Any) -> Any:
        socket = shader.GetInput(name)
        found = socket.Get() if socket else None
        return default if found is None else found

    def color(name: str, default: RGB) -> RGB:
        r, g, b = value(name, default)
        return float(r), float(g), float(b)

    def texture(name: str) -> str:
        socket = shader.GetInput(name)
        if not socket or not socket.HasConnectedSource():
            return ""
        source = socket.GetConnectedSources()[0][0].source
        file = UsdShade.Shader(source.GetPrim()).GetInput("file")
        asset = file.Get() if file else None
        return (asset.resolvedPath or "") if asset is not None else ""

    return Surface(
        name=str(material.GetPath()),
        base=color("diffuseColor", (0.18, 0.18, 0.18)),
        roughness=float(value("roughness", 0.5)),
        metallic=float(value("metallic", 0.0)),
        specular=float(value("secondunit:specular", 0.5)),
        clearcoat=float(value("clearcoat", 0.0)),
        clearcoat_roughness=float(value("clearcoatRoughness", 0.03)),
        sheen=float(value("secondunit:sheen", 0.0)),
        opacity=float(value("opacity", 1.0)),
        ior=float(value("ior", 1.5)),
        glass=bool(value("secondunit:glass", False)),
        emission=color("emissiveColor", (0.0, 0.0, 0.0)),
        bump=float(value("secondunit:bump", 0.0)),
        melanin=float(value("secondunit:melanin", -1.0)),
        base_texture=texture("diffuseColor"),
        roughness_texture=texture("roughness"),
        bump_texture=texture("secondunit:bump"),
        opacity_texture=texture("opacity"),
        emission_texture=texture("emissiveColor"),
        metallic_texture=texture("metallic"),
    )


def load_texture(file: str, *, color: bool) -> NDArray[np.float32]:
    """Texels with v growing upwards: (H, W, 3) ACEScg for colour, (H, W, 1) as stored for data.

    8-bit files are sRGB when they hold colour; EXR files are linear ACEScg already.
    """
    if Path(file).suffix.lower() == ".exr":
        from secondunit_engine.render.exr import read_flat

        texels = read_flat(Path(file))  # (H, W, C)
        texels = texels[..., :3] if color else texels[..., :1]
    else:
        with Image.open(file) as image:
            if color:
                codes = np.arange(256) / 255.0
                linear = decode_srgb(codes).astype(np.float32)[np.asarray(image.convert("RGB"))]  # (H, W, 3)
                texels = from_rec709(linear).astype(np.float32)
            elif image.mode.startswith("I"):
                texels = (np.asarray(image, np.float32) / 65535.0)[..., None]
            else:
                texels = (np.asarray(image.convert("L"), np.float32) / 255.0)[..., None]  # (H, W, 1)
    return np.ascontiguousarray(texels[::-1], np.float32)  # Mitsuba's row 0 is v = 0


class BsdfMaker:
    """Makes one Mitsuba BSDF per distinct surface: sharing objects keeps the kernel small and fast."""

    def __init__(self, mi: Any) -> None:
        self._mi = mi
        self._textures: dict[tuple[str, bool, float], Any] = {}
        self._bsdfs: dict[Surface, Any] = {}

    def bsdf(self, surface: Surface) -> Any:
        if surface not in self._bsdfs:
            self._bsdfs[surface] = self._mi.load_dict(self._describe(surface))
        return self._bsdfs[surface]

    def emitter(self, surface: Surface, weight: float) -> Any:
        """An area emitter with the surface's radiance."""
        if surface.emission_texture:
            texels = load_texture(surface.emission_texture, color=True) * np.array(surface.emission, np.float32)
            radiance = self._bitmap(texels)
        else:
            radiance = {"type": "rgb", "value": list(surface.emission)}
        return self._mi.load_dict({"type": "area", "radiance": radiance, "sampling_weight": weight})

    def hair(self, surface: Surface, tint: RGB) -> Any:
        """A hair BSDF: by melanin where the material gives it, else absorbing until it shows `tint`.

        Chiang et al., "A Practical and Controllable Hair and Fur Model" (2016), eq. 9 for colour to absorption.
        """
        rough = float(np.clip(surface.roughness, 0.1, 1.0))
        hair: Dict = {"type": "hair", "longitudinal_roughness": rough, "azimuthal_roughness": rough}
        if surface.melanin >= 0:
            hair |= {"eumelanin": 8.0 * surface.melanin, "pheomelanin": 0.35}
        else:
            fit = 5.969 - 0.215 * rough + 2.532 * rough**2 - 10.73 * rough**3 + 5.574 * rough**4 + 0.245 * rough**5
            absorption = (np.log(np.clip(tint, 1e-3, 0.98)) / fit) ** 2  # (3,)
            hair["sigma_a"] = {"type": "rgb", "value": absorption.tolist()}
        return self._mi.load_dict(hair)

    def _describe(self, surface: Surface) -> Dict:
        if surface.glass:
            return self._glass(surface)
        body: Dict = {
            "type": "principled",
            "base_color": self._color(surface.base, surface.base_texture),
            "roughness": self._number(max(surface.roughness, 0.02), surface.roughness_texture),
            "metallic": self._number(surface.metallic, surface.metallic_texture),
            "specular": float(np.clip(surface.specular, 0.0, 1.0)),
        }
        if surface.clearcoat > 0:
            body |= {"clearcoat": surface.clearcoat, "clearcoat_gloss": 1.0 - surface.clearcoat_roughness}
        if surface.sheen > 0:
            body["sheen"] = surface.sheen
        if surface.bump > 0 and surface.bump_texture:
            bump = self._texture(surface.bump_texture, color=False)
            body = {"type": "bumpmap", "bump": bump, "scale": surface.bump, "bsdf": body}
        body = {"type": "twosided", "bsdf": body}
        if surface.opacity < 1 or surface.opacity_texture:
            body = {"type": "mask", "opacity": self._number(surface.opacity, surface.opacity_texture), "bsdf": body}
        return body

    def _glass(self, surface: Surface) -> Dict:
        tint = {"type": "rgb", "value": np.clip(surface.base, 0.0, 1.0).tolist()}
        glass: Dict = {"type": "dielectric", "int_ior": surface.ior, "specular_transmittance": tint}
        if surface.roughness > _SMOOTH:
            glass |= {"type": "roughdielectric", "alpha": surface.roughness**2}
        return glass

    def _color(self, value: RGB, texture: str) -> Any:
        if texture:
            return self._texture(texture, color=True)
        return {"type": "rgb", "value": np.clip(value, 0.0, 0.98).tolist()}

    def _number(self, value: float, texture: str) -> Any:
        return self._texture(texture, color=False) if texture else float(value)

    def _texture(self, file: str, *, color: bool) -> Any:
        key = (file, color, 1.0)
        if key not in self._textures:
            texels = load_texture(file, color=color)
            self._textures[key] = self._bitmap(np.clip(texels, 0.0, 0.98) if color else texels)
        return self._textures[key]

    def _bitmap(self, texels: NDArray[np.float32]) -> Any:
        bitmap = {"type": "bitmap", "bitmap": self._mi.Bitmap(texels), "raw": True, "format": "fp16"}
        return self._mi.load_dict(bitmap)
