"""The finishes of props: woods, metals, glazes, cloths. Equal finishes share one material, so sets merge by them.

Colours are linear Rec.709. A textured finish bakes its tile when a stage first needs it (`bake`).
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from secondunit_engine.world.mesh import RGB, Material
from secondunit_engine.world.textures import FOLDER, Surface, blend, noise, scratches, textured, unit
from secondunit_engine.world.textures import wood as wood_surface

_SIZE = 512  # pixels of a tile


@dataclass(frozen=True)
class Finish:
    """A material, and the recipe of its textures, if it has any: `tile` metres a repeat, `bump` metres from low to
    high. `picture` is a file of its base colour instead (sRGB PNG), laid by the mesh's own coordinates."""

    material: Material
    surface: Callable[[], Surface] | None = field(default=None, compare=False)
    tile: float = 0.5
    bump: float = 0.0004
    picture: Path | None = None


def bake(finish: Finish, folder: Path) -> Material:
    """The material with its textures written to `folder`/textures, once."""
    plain = finish.material
    if finish.picture is not None:
        (folder / FOLDER).mkdir(exist_ok=True)
        shutil.copyfile(finish.picture, folder / FOLDER / f"{plain.name}.png")
        return replace(plain, base_texture=f"./{FOLDER}/{plain.name}.png")
    if finish.surface is None:
        return plain
    return textured(
        folder, plain.name, finish.surface(), finish.bump,
        metallic=plain.metallic, specular=plain.specular, clearcoat=plain.clearcoat,
        clearcoat_roughness=plain.clearcoat_roughness, sheen=plain.sheen,
    )  # fmt: skip


def _named(kind: str, color: RGB, *more: float) -> str:
    """A name that says the finish, so that equal ones are one material."""
    return "_".join([kind, *(f"{round(1000 * value):03d}" for value in (*color, *more))])


_WOODS: dict[str, tuple[RGB, RGB, float]] = {
    "oak": ((0.105, 0.055, 0.024), (0.27, 0.155, 0.075), 0.42),
    "walnut": ((0.028, 0.014, 0.008), (0.11, 0.058, 0.030), 0.34),
    "pine": ((0.30, 0.165, 0.072), (0.49, 0.315, 0.155), 0.48),
    "beech": ((0.26, 0.145, 0.075), (0.42, 0.26, 0.145), 0.40),
    "mahogany": ((0.050, 0.014, 0.008), (0.165, 0.050, 0.026), 0.28),
    "grey": ((0.085, 0.075, 0.062), (0.23, 0.205, 0.17), 0.72),
    "black": ((0.008, 0.007, 0.006), (0.026, 0.022, 0.019), 0.36),
}


def wood(kind: str = "oak") -> Finish:
    """Planed wood: oak, walnut, pine, beech, mahogany, grey (weathered) or black (stained)."""
    dark, light, gloss = _WOODS[kind]
    seed = sum(map(ord, kind))
    coat = 0.25 if gloss < 0.4 else 0.0
    material = Material(f"wood_{kind}", base=light, roughness=gloss, clearcoat=coat, clearcoat_roughness=0.25)
    return Finish(material, lambda: wood_surface(seed, dark, light, _SIZE, gloss), 0.7, 0.0005)


def paint(color: RGB, gloss: float = 0.35, wear: float = 0.3) -> Finish:
    """Painted wood or sheet metal, smudged and scratched: `gloss` is its roughness."""

    def surface() -> Surface:
        smudge, chips = unit(noise(11, _SIZE, 2.2)), scratches(12, int(10 + 120 * wear), _SIZE, 0.10)
        value = (1 - 0.22 * wear * smudge + 0.25 * wear * chips)[..., None]
        albedo = np.clip(np.asarray(color) * value, 0.003, 0.9).astype(np.float32)
        return Surface(albedo, np.clip(gloss + 0.22 * (smudge - 0.5) + 0.2 * chips, 0.05, 1), 0.5 - 0.3 * chips)

    name = _named("paint", color, gloss, wear)
    return Finish(Material(name, base=color, roughness=gloss, clearcoat=0.3, clearcoat_roughness=gloss), surface, 0.6)


def plastic(color: RGB, gloss: float = 0.38) -> Finish:
    """Moulded plastic."""
    return Finish(Material(_named("plastic", color, gloss), base=color, roughness=gloss, specular=0.5))


def rubber(color: RGB = (0.018, 0.018, 0.019)) -> Finish:
    return Finish(Material(_named("rubber", color), base=color, roughness=0.82, specular=0.3))


_METALS: dict[str, tuple[RGB, float]] = {
    "steel": ((0.52, 0.52, 0.53), 0.28),
    "chrome": ((0.68, 0.68, 0.69), 0.07),
    "iron": ((0.085, 0.080, 0.078), 0.52),
    "brass": ((0.62, 0.42, 0.155), 0.26),
    "bronze": ((0.27, 0.155, 0.070), 0.36),
    "copper": ((0.66, 0.31, 0.185), 0.25),
    "gold": ((0.83, 0.56, 0.17), 0.18),
    "silver": ((0.78, 0.76, 0.72), 0.17),
    "aluminium": ((0.60, 0.61, 0.62), 0.34),
    "gunmetal": ((0.060, 0.063, 0.070), 0.34),
}


def metal(kind: str = "steel", wear: float = 0.3) -> Finish:
    """Bare metal, handled: steel, chrome, iron, brass, bronze, copper, gold, silver, aluminium or gunmetal."""
    color, gloss = _METALS[kind]
    seed = sum(map(ord, kind))

    def surface() -> Surface:
        patina = unit(noise(seed, _SIZE, 2.1))
        fine = scratches(seed + 1, int(40 + 240 * wear), _SIZE, 0.16)
        value = 1 - (0.10 + 0.35 * wear) * patina + 0.12 * fine
        warm = np.stack([0.06 * patina, 0 * patina, -0.10 * patina], axis=-1) * wear  # tarnish
        albedo = np.clip(np.asarray(color) * (value[..., None] + warm), 0.004, 0.95).astype(np.float32)
        rough = np.clip(gloss * (0.75 + 0.9 * wear * patina) + 0.2 * fine * wear, 0.04, 1)
        return Surface(albedo, rough.astype(np.float32), (0.5 - 0.25 * fine).astype(np.float32))

    material = Material(_named(f"metal_{kind}", (wear, 0, 0)), base=color, roughness=gloss, metallic=1.0)
    return Finish(material, surface, 0.35, 0.0001)


def glass(tint: RGB = (0.96, 0.98, 0.97)) -> Finish:
    """Clear or tinted glass that refracts."""
    return Finish(Material(_named("glass", tint), base=tint, roughness=0.02, ior=1.5, glass=True))


def bottle_glass(color: RGB) -> Finish:
    """Dark glass that shows its colour and reflections but nothing behind."""
    return Finish(Material(_named("bottle", color), base=color, roughness=0.06, specular=0.6, clearcoat=1.0))


def glaze(color: RGB, gloss: float = 0.16) -> Finish:
    """Glazed pottery: colour pooled and thinned, a hard gloss."""

    def surface() -> Surface:
        pooled, specks = noise(21, _SIZE, 2.4), np.clip(noise(22, _SIZE, 0.8) - 2.3, 0, 1)
        value = np.clip(1 + 0.06 * pooled - 0.5 * specks, 0.2, 1.3)[..., None]
        albedo = np.clip(np.asarray(color) * value, 0.004, 0.9).astype(np.float32)
        rough = np.clip(gloss + 0.03 * pooled, 0.05, 1).astype(np.float32)
        return Surface(albedo, rough, (0.5 + 0.02 * pooled).astype(np.float32))

    material = Material(_named("glaze", color, gloss), base=color, roughness=gloss, clearcoat=0.7)
    return Finish(material, surface, 0.3, 0.0003)


def clay(color: RGB = (0.36, 0.155, 0.082)) -> Finish:
    """Unglazed earthenware, plaster or stone of a colour."""

    def surface() -> Surface:
        grain, bloom = noise(31, _SIZE, 1.2), unit(noise(32, _SIZE, 2.5))
        value = (1 + 0.08 * grain - 0.30 * bloom)[..., None]
        albedo = np.clip(np.asarray(color) * value + 0.04 * bloom[..., None] ** 3, 0.004, 0.9).astype(np.float32)
        rough = np.clip(0.78 + 0.05 * grain, 0.3, 1).astype(np.float32)
        return Surface(albedo, rough, np.clip(0.5 + 0.12 * grain, 0, 1).astype(np.float32))

    return Finish(Material(_named("clay", color), base=color, roughness=0.8), surface, 0.35, 0.0012)


def cloth(color: RGB, sheen: float = 0.5, threads: int = 96) -> Finish:
    """Woven cloth; `threads` a tile of 25 cm."""

    def surface() -> Surface:
        v, u = np.mgrid[0:_SIZE, 0:_SIZE] * (threads / _SIZE)
        weave = np.where((u.astype(int) + v.astype(int)) % 2 == 0, np.sin(np.pi * (u % 1)), np.sin(np.pi * (v % 1)))
        faded = unit(noise(41, _SIZE, 2.3))
        value = (0.68 + 0.32 * weave - 0.16 * faded)[..., None]
        albedo = np.clip(np.asarray(color) * value, 0.003, 0.9).astype(np.float32)
        return Surface(albedo, np.full_like(faded, 0.88), (0.25 + 0.5 * weave).astype(np.float32))

    material = Material(_named("cloth", color), base=color, roughness=0.88, sheen=sheen, specular=0.2)
    return Finish(material, surface, 0.25, 0.0006)


def leather(color: RGB = (0.10, 0.045, 0.020)) -> Finish:
    """Tanned hide: pebbled, rubbed lighter where it is handled."""

    def surface() -> Surface:
        pebble, rub = noise(51, _SIZE, 1.5), unit(noise(52, _SIZE, 2.6))
        value = (0.85 + 0.10 * pebble + 0.35 * rub * (rub > 0.55))[..., None]
        albedo = np.clip(np.asarray(color) * value, 0.003, 0.9).astype(np.float32)
        rough = np.clip(0.46 + 0.06 * pebble - 0.12 * rub, 0.2, 1).astype(np.float32)
        return Surface(albedo, rough, np.clip(0.5 + 0.13 * pebble, 0, 1).astype(np.float32))

    return Finish(Material(_named("leather", color), base=color, roughness=0.45), surface, 0.30, 0.0012)


def wicker(color: RGB = (0.34, 0.205, 0.095)) -> Finish:
    """Basketry: willow over and under."""

    def surface() -> Surface:
        v, u = np.mgrid[0:_SIZE, 0:_SIZE] / _SIZE
        rows, posts = v * 24, u * 12
        over = np.where((rows.astype(int) + posts.astype(int)) % 2 == 0, 1.0, 0.45)
        strand = np.sin(np.pi * (rows % 1)) * over
        value = (0.30 + 0.70 * strand + 0.10 * noise(61, _SIZE, 1.6))[..., None]
        albedo = np.clip(np.asarray(color) * value, 0.004, 0.9).astype(np.float32)
        return Surface(albedo, np.full_like(strand, 0.62, np.float32), strand.astype(np.float32))

    return Finish(Material(_named("wicker", color), base=color, roughness=0.62), surface, 0.28, 0.004)


def paper(color: RGB = (0.62, 0.58, 0.49)) -> Finish:
    """Paper or card, foxed a little."""

    def surface() -> Surface:
        fox = np.clip(unit(noise(71, _SIZE, 2.4)) - 0.55, 0, 1)
        fibre = noise(72, _SIZE, 0.9)
        tone = blend(color, (color[0] * 0.75, color[1] * 0.62, color[2] * 0.42), fox)
        return Surface(tone * (1 + 0.03 * fibre[..., None]), np.full_like(fox, 0.9), np.clip(0.5 + 0.06 * fibre, 0, 1))

    return Finish(Material(_named("paper", color), base=color, roughness=0.9, specular=0.2), surface, 0.30, 0.0002)


def skin(color: RGB, mottle: RGB, gloss: float = 0.4) -> Finish:
    """The skin of a fruit or a root, a crust, a bone: one colour mottled with another."""

    def surface() -> Surface:
        patch, fine = unit(noise(81, _SIZE, 2.3)), noise(82, _SIZE, 1.1)
        albedo = np.clip(blend(color, mottle, patch) * (1 + 0.06 * fine[..., None]), 0.003, 0.9)
        rough = np.clip(gloss + 0.06 * fine, 0.1, 1).astype(np.float32)
        return Surface(albedo.astype(np.float32), rough, np.clip(0.5 + 0.10 * fine, 0, 1).astype(np.float32))

    name = _named("skin", color, *mottle, gloss)
    return Finish(Material(name, base=color, roughness=gloss, clearcoat=0.15), surface, 0.15, 0.0006)


def leaf(color: RGB = (0.055, 0.135, 0.045)) -> Finish:
    material = Material(_named("leaf", color), base=color, roughness=0.42, clearcoat=0.25, clearcoat_roughness=0.25)
    return Finish(material)


def wax(color: RGB = (0.72, 0.63, 0.46)) -> Finish:
    return Finish(Material(_named("wax", color), base=color, roughness=0.42, sheen=0.2))


def glow(color: RGB) -> Finish:
    """Something that sheds light: its radiance in W/(sr m2)."""
    return Finish(Material(_named("glow", color), base=(0.0, 0.0, 0.0), emission=color))


def liquid(color: RGB) -> Finish:
    """What stands in a glass or a bowl, seen from above."""
    return Finish(Material(_named("liquid", color), base=color, roughness=0.04, specular=0.5, clearcoat=1.0))


def dimmed(finish: Finish, share: float) -> Finish:
    """A plain finish under a share of its light: inks, stains, soot."""
    red, green, blue = finish.material.base
    color = (red * share, green * share, blue * share)
    return Finish(replace(finish.material, name=_named("dim", color), base=color))
