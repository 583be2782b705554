"""The road's signs: a warning of a bend on its post, a board of arrows on two. They carry no words."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from pxr import Usd

from secondunit_engine.world import shapes, textures
from secondunit_engine.world import stage as names
from secondunit_engine.world.author import RGB, add_mesh
from secondunit_engine.world.land.roadway import STEEL
from secondunit_engine.world.mesh import Material, Mesh

Array = NDArray[np.floating]
_SIZE: Final = 256


def curve_sign(stage: Usd.Stage, folder: Path, foot: Array) -> None:
    """A yellow diamond with a bent arrow, 2.2 m over the ground, that faces +Z."""
    image = Image.new("L", (_SIZE, _SIZE), 0)
    pen = ImageDraw.Draw(image)
    pen.line([(120, 200), (120, 130), (140, 100), (165, 85)], fill=255, width=20, joint="curve")
    pen.polygon([(150, 58), (205, 70), (168, 112)], fill=255)
    picture = _painted(image, (0.62, 0.40, 0.02), (0.012, 0.012, 0.012))
    half, y = 0.53, 2.45
    x, low, z = foot.tolist()
    face = shapes.quad((x, low + y - half, z), (x + half, low + y, z), (x, low + y + half, z), (x - half, low + y, z))
    # A diamond's corners lie in the middles of the picture's sides.
    uvs = np.array([[0.5, 0], [1, 0.5], [0.5, 1], [0, 0.5]], np.float32)
    _write(stage, folder, "CurveSign", Mesh(face.points, face.triangles, face.normals, uvs), picture)
    post = shapes.move(shapes.cylinder(0.035, -0.3, 2.95, 10), foot - np.array([0, 0, 0.05]))
    add_mesh(stage, f"{names.SET}/SignPost", Mesh(post.points, post.triangles, post.normals), STEEL)


def direction_sign(stage: Usd.Stage, folder: Path, foot: Array) -> None:
    """A blue board, 3.6 by 2.4 m, with lanes and an exit as white arrows, on two posts; it faces +Z."""
    image = Image.new("L", (_SIZE, _SIZE), 0)
    pen = ImageDraw.Draw(image)
    pen.rectangle((6, 6, 249, 249), outline=255, width=5)
    for x in (150, 200):
        pen.line([(x, 225), (x, 80)], fill=255, width=13)
        pen.polygon([(x - 20, 90), (x, 45), (x + 20, 90)], fill=255)
    pen.line([(150, 190), (95, 135), (95, 100)], fill=255, width=13, joint="curve")
    pen.polygon([(75, 110), (95, 65), (115, 110)], fill=255)
    picture = _painted(image, (0.012, 0.085, 0.30), (0.72, 0.72, 0.72))
    x, low, z = foot.tolist()
    a, b = (x - 1.8, low + 2.3), (x + 1.8, low + 4.7)
    face = shapes.quad((a[0], a[1], z), (b[0], a[1], z), (b[0], b[1], z), (a[0], b[1], z))
    _write(stage, folder, "DirectionSign", face, picture)
    posts = [shapes.move(shapes.cylinder(0.06, -0.4, 4.6, 10), foot + np.array([dx, 0, -0.09])) for dx in (-1.2, 1.2)]
    whole = shapes.merge([Mesh(post.points, post.triangles, post.normals) for post in posts])
    add_mesh(stage, f"{names.SET}/SignPost", whole, STEEL)


def _painted(image: Image.Image, ground: RGB, mark: RGB) -> Array:
    """The drawing in two colours, linear Rec.709, shape [256, 256, 3]."""
    return textures.blend(ground, mark, np.asarray(image, np.float32) / 255)


def _write(stage: Usd.Stage, folder: Path, name: str, face: Mesh, picture: Array) -> None:
    """The board, and its grey back."""
    paint = Material(name, base_texture=textures.write_color(folder, name.lower(), picture), roughness=0.4)
    add_mesh(stage, f"{names.SET}/{name}", face, paint)
    back = Mesh(face.points - np.array([0, 0, 0.012], np.float32), face.triangles[:, ::-1])
    add_mesh(stage, f"{names.SET}/{name}Back", back, STEEL)
