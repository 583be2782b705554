"""Look at the catalogue: contact sheets of 24 props a page, each scaled to its cell and named.

python -m secondunit_engine.world.props.sheet FOLDER [--family NAME] [--spp 8] [--size 1280x720]
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw
from pxr import Gf, UsdGeom, UsdLux

from secondunit_engine.render.still import render_still, save_png
from secondunit_engine.world import shapes
from secondunit_engine.world import stage as names
from secondunit_engine.world.author import add_light, add_mesh, look_at, new_layer
from secondunit_engine.world.mesh import Material
from secondunit_engine.world.props.catalog import body, catalog
from secondunit_engine.world.props.prop import Prop, Variant
from secondunit_engine.world.props.writing import Placed, write_standing

COLUMNS, ROWS = 6, 4
_CELL = (1.2, 1.15)  # m, width and height
_FILL = 0.86  # of a cell's height that a prop may take
_EYE = 13.5  # m from the shelves
_TURN = 28.0  # degrees that each prop is turned


def write_sheet(props: list[Prop], folder: Path, seed: int = 0) -> Path:
    """Write a stage of up to 24 props on shelves with a camera and lights; returns its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "sheet.usdc"
    path.unlink(missing_ok=True)
    stage = new_layer(path)
    wide, high = COLUMNS * _CELL[0], ROWS * _CELL[1]
    backdrop = [shapes.box((-wide, -2.0, -1.0), (wide, high + 2, -0.9))]
    backdrop += [shapes.box((-wide, row * _CELL[1] - 0.03, -0.9), (wide, row * _CELL[1], 0.6)) for row in range(ROWS)]
    wall = Material("sheet_wall", base=(0.085, 0.09, 0.10), roughness=0.6)
    add_mesh(stage, f"{names.SET}/Backdrop", shapes.merge(backdrop), wall)
    placed = [
        Placed(prop, _pose(prop, number, seed + number), Variant(seed + number)) for number, prop in enumerate(props)
    ]
    write_standing(stage, folder, placed)
    for name, place, width, strength in (
        ("Key", (-5.0, high + 2.5, 7.0), 2.6, 26.0), ("Fill", (7.5, high * 0.5, 6.0), 3.0, 5.0),
        ("Top", (0.0, high + 1.6, 2.5), 5.0, 4.0),
    ):  # fmt: skip
        light = UsdLux.RectLight.Define(stage, f"{names.LIGHTS}/{name}")
        light.CreateWidthAttr(width)
        light.CreateHeightAttr(width)
        light.AddTransformOp().Set(look_at(place, (0.0, high / 2, 0.0)))
        add_light(stage, light, color=(1.0, 0.96, 0.9), intensity=strength, group=name.lower())
    camera = UsdGeom.Camera.Define(stage, names.CAMERA)
    camera.AddTransformOp().Set(look_at((0.0, high / 2 + 3.4, _EYE), (0.0, high / 2 - 0.03, 0.0)))
    camera.CreateHorizontalApertureAttr(36.0)
    camera.CreateVerticalApertureAttr(20.25)
    camera.CreateFocalLengthAttr(36.0 * _EYE / (wide * 1.15))
    camera.CreateClippingRangeAttr(Gf.Vec2f(0.1, 100))
    stage.GetRootLayer().Save()
    return path


def _pose(prop: Prop, number: int, seed: int) -> np.ndarray:
    """Scaled into its cell, turned a little, on its shelf or against the wall."""
    points = body(prop.build(Variant(seed))).points
    low, high = points.min(axis=0), points.max(axis=0)
    angle = np.radians(_TURN if prop.stands == "base" else 0.0)
    scale = float(min(_FILL * _CELL[1] / (high[1] - low[1]), 0.92 * _CELL[0] / np.hypot(*(high - low)[[0, 2]])))
    row, column = divmod(number, COLUMNS)
    x, y = (column - (COLUMNS - 1) / 2) * _CELL[0], (ROWS - 1 - row) * _CELL[1]
    c, s = np.cos(angle), np.sin(angle)
    pose = np.eye(4)
    pose[:3, :3] = scale * np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]])
    middle = (low + high) / 2 * scale
    pose[:3, 3] = (x - c * middle[0] - s * middle[2], y - low[1] * scale, -0.1 + s * middle[0] - c * middle[2])
    return pose


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m secondunit_engine.world.props.sheet", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--family", default="", help="only this family")
    parser.add_argument("--size", default="1280x720")
    parser.add_argument("--spp", type=int, default=8)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    width, height = (int(side) for side in asked.size.split("x"))
    chosen = [prop for prop in catalog().values() if asked.family in ("", prop.family)]
    for page, start in enumerate(range(0, len(chosen), COLUMNS * ROWS)):
        props = chosen[start : start + COLUMNS * ROWS]
        stage = write_sheet(props, asked.folder / f"page_{page}", asked.seed)
        out = asked.folder / f"{asked.family or 'props'}_{page}.png"
        save_png(out, render_still(stage, 1001, width, height, asked.spp), 0.9)
        _name_cells(out, props)
        print(out)


def _name_cells(path: Path, props: list[Prop]) -> None:
    """Write each prop's name and true size under it."""
    with Image.open(path) as image:
        picture = image.convert("RGB")
    draw = ImageDraw.Draw(picture)
    cell = picture.width / 1.15 / COLUMNS
    for number, prop in enumerate(props):
        row, column = divmod(number, COLUMNS)
        x = picture.width / 2 + (column - COLUMNS / 2) * cell
        y = picture.height / 2 + (row + 1 - ROWS / 2) * cell * _CELL[1] / _CELL[0] * 0.985 - 6
        draw.text((x + 4, y), f"{prop.label} {100 * max(prop.size):.0f} cm", fill=(205, 205, 200))
    picture.save(path)


if __name__ == "__main__":
    main()
