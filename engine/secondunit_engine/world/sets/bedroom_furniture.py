"""What furnishes the bedroom studio: shelves, bed, desk, plants, pictures on the walls.

The room's measures, and how a piece of dressing becomes one mesh of the set, are here for its shell and lights too.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from pxr import Usd

from secondunit_engine.color import decode_srgb
from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world import shapes, textures
from secondunit_engine.world import stage as names
from secondunit_engine.world.author import RGB, Material, Mesh, add_mesh
from secondunit_engine.world.props.houseplant import houseplant

BACK, FRONT, LEFT, RIGHT, HEIGHT = -2.7, 4.2, -2.3, 2.3, 2.65


def furnish(stage: Usd.Stage, folder: Path, plan: SetPlan, rng: np.random.Generator) -> None:
    """Add the furniture to the set; pictures go to folder/textures."""
    _add_shelves(stage, folder, plan, rng)
    _add_bed(stage, plan)
    _add_desk(stage)
    _add_plants(stage, rng)
    _add_wall_art(stage, folder, plan)


def add_dressing(stage: Usd.Stage, name: str, meshes: list[Mesh], material: Material, tile: float = 0.0) -> None:
    """Standing dressing as one mesh; `tile` metres a repeat of its texture, 0 for none."""
    mesh = shapes.merge([_bare(mesh) for mesh in meshes])
    add_mesh(stage, f"{names.SET}/{name}", shapes.box_uv(mesh, tile) if tile else mesh, material)


def add_glow(stage: Usd.Stage, name: str, meshes: list[Mesh], color: RGB, group: str, weight: float) -> None:
    """Glowing dressing as one mesh: radiance, linear Rec.709; its light group; how often it is sampled."""
    material = Material(f"glow_{name.lower()}", base=(0, 0, 0), emission=color)
    mesh = shapes.merge([_bare(mesh) for mesh in meshes])
    add_mesh(stage, f"{names.SET}/{name}", mesh, material, light_group=group, sampling_weight=weight)


def _bare(mesh: Mesh) -> Mesh:
    return Mesh(mesh.points, mesh.triangles, mesh.normals)


def _add_shelves(stage: Usd.Stage, folder: Path, plan: SetPlan, rng: np.random.Generator) -> None:
    """Two floating shelves with books, a camera, a globe, cups and a small plant."""
    depth = 0.24
    boards = [shapes.box((0.44, y, BACK), (2.0, y + 0.032, BACK + depth)) for y in (1.365, 0.995)]
    walnut = textures.textured(
        folder, "bedroom_walnut", textures.wood(plan.seed + 3, (0.055, 0.028, 0.015), (0.17, 0.09, 0.048)), 0.0008
    )
    add_dressing(stage, "Shelves", boards, walnut, 1.0)
    tones: tuple[RGB, ...] = (
        (0.38, 0.10, 0.07),
        (0.07, 0.17, 0.25),
        (0.42, 0.33, 0.16),
        (0.10, 0.22, 0.14),
        (0.48, 0.45, 0.40),
        (0.17, 0.09, 0.22),
    )
    books: list[list[Mesh]] = [[] for _ in tones]
    for y, start, end in ((1.397, 0.48, 0.86), (1.027, 1.20, 1.92), (1.027, 0.50, 0.70)):
        x = start
        while x < end:
            width, tall = float(rng.uniform(0.016, 0.042)), float(rng.uniform(0.16, 0.235))
            lean = 0.004 if rng.random() < 0.8 else 0.012
            books[int(rng.integers(len(tones)))].append(
                shapes.box((x, y, BACK + 0.03), (x + width, y + tall, BACK + 0.03 + float(rng.uniform(0.13, 0.17))))
            )
            x += width + lean
    for number, (tone, meshes) in enumerate(zip(tones, books, strict=True)):
        if meshes:
            add_dressing(stage, f"Books{number}", meshes, Material(f"book_{number}", base=tone, roughness=0.6))
    body = [
        shapes.box((0.95, 1.397, BACK + 0.07), (1.085, 1.485, BACK + 0.14)),
        shapes.box((0.985, 1.485, BACK + 0.08), (1.05, 1.51, BACK + 0.13)),
    ]
    lens = shapes.transform(
        shapes.cylinder(0.034, 0, 0.07, 32), [[1, 0, 0, 1.02], [0, 0, -1, 1.44], [0, 1, 0, BACK + 0.14], [0, 0, 0, 1]]
    )
    add_dressing(
        stage,
        "StillCamera",
        [*body, lens],
        Material("camera_body", base=(0.02, 0.02, 0.022), roughness=0.35, clearcoat=0.4),
    )
    globe = [
        shapes.move(shapes.sphere(0.075, 32), (1.30, 1.525, BACK + 0.12)),
        shapes.move(
            shapes.lathe([(0, 0), (0.05, 0), (0.05, 0.01), (0.012, 0.025), (0.012, 0.055), (0, 0.055)], 24),
            (1.30, 1.397, BACK + 0.12),
        ),
    ]
    add_dressing(stage, "Globe", globe, Material("globe", base=(0.50, 0.30, 0.11), metallic=0.9, roughness=0.28))
    vase = shapes.lathe(
        [
            (0, 0),
            (0.04, 0),
            (0.062, 0.05),
            (0.05, 0.12),
            (0.022, 0.16),
            (0.03, 0.185),
            (0.02, 0.185),
            (0.012, 0.16),
            (0, 0.15),
        ],
        32,
    )
    cup = shapes.lathe([(0, 0), (0.034, 0), (0.04, 0.09), (0.036, 0.09), (0.031, 0.01), (0, 0.01)], 24)
    add_dressing(
        stage,
        "Ceramics",
        [
            shapes.move(vase, (1.86, 1.397, BACK + 0.12)),
            shapes.move(cup, (0.80, 1.027, BACK + 0.12)),
            shapes.move(cup, (0.92, 1.027, BACK + 0.10)),
        ],
        Material("glaze", base=(0.46, 0.42, 0.37), roughness=0.25, clearcoat=0.8),
    )


def _add_bed(stage: Usd.Stage, plan: SetPlan) -> None:
    """A low bed along the right wall with a rumpled duvet and pillows."""
    x0, x1, z0, z1 = 0.85, 2.25, -2.6, -0.65
    add_dressing(
        stage,
        "BedFrame",
        [
            shapes.box((x0 - 0.03, 0.12, z0), (x1, 0.30, z1 + 0.03)),
            shapes.box((x0 - 0.03, 0.0, z0), (x1, 0.82, z0 + 0.06)),
        ],
        Material("bed_frame", base=(0.16, 0.085, 0.045), roughness=0.5),
    )
    wrinkle = textures.noise(plan.seed + 7, 128, 2.2)
    u, v = np.meshgrid(np.linspace(0, 1, 90), np.linspace(0, 1, 110))
    edge = np.minimum(np.minimum(u, 1 - u) * 9, np.minimum(v, 1 - v) * 12).clip(0, 1)
    height = 0.30 + 0.24 * np.sin(edge * np.pi / 2) ** 0.6 + 0.022 * wrinkle[:110, :90] * edge
    duvet = shapes.grid(
        np.stack([x0 - 0.05 + (x1 - x0 + 0.05) * u, height, z0 + 0.5 + (z1 - z0 - 0.45) * (1 - v)], axis=-1)
    )
    linen = Material("duvet", base=(0.40, 0.36, 0.42), roughness=0.9, sheen=0.4)
    add_dressing(stage, "Duvet", [duvet], linen)
    pillows = []
    for x, z, tilt in ((1.22, -2.32, 0.0), (1.86, -2.32, 6.0)):
        ball = shapes.sphere(1.0, 40)
        squashed = np.sign(ball.points) * np.abs(ball.points) ** 0.62
        pillow = shapes.smooth(Mesh((squashed * [0.30, 0.10, 0.20]).astype(np.float32), ball.triangles))
        pillows.append(shapes.move(pillow, (x, 0.62, z), tilt))
    add_dressing(stage, "Pillows", pillows, Material("pillow", base=(0.48, 0.44, 0.40), roughness=0.9, sheen=0.4))


def _add_desk(stage: Usd.Stage) -> None:
    """A desk along the left wall with a monitor that glows, a keyboard, a microphone on its arm."""
    top = [shapes.box((LEFT, 0.72, -1.3), (LEFT + 0.65, 0.755, 0.5))]
    legs = [
        shapes.box((LEFT + dx, 0, z), (LEFT + dx + 0.04, 0.72, z + 0.04)) for dx in (0.04, 0.56) for z in (-1.25, 0.42)
    ]
    add_dressing(stage, "Desk", top + legs, Material("desk", base=(0.30, 0.19, 0.11), roughness=0.45))
    screen = shapes.box((LEFT + 0.17, 0.92, -0.85), (LEFT + 0.20, 1.28, -0.15))
    stand = shapes.box((LEFT + 0.14, 0.755, -0.56), (LEFT + 0.18, 0.95, -0.44))
    add_dressing(stage, "Monitor", [screen, stand], Material("monitor", base=(0.015, 0.015, 0.016), roughness=0.4))
    face = shapes.quad(
        (LEFT + 0.202, 0.94, -0.17),
        (LEFT + 0.202, 0.94, -0.83),
        (LEFT + 0.202, 1.26, -0.83),
        (LEFT + 0.202, 1.26, -0.17),
    )
    add_glow(stage, "Screen", [face], (1.1, 1.9, 3.2), "practicals", 0.25)
    arm = shapes.tube(
        [(LEFT + 0.3, 0.755, 0.30), (LEFT + 0.35, 1.30, 0.34), (-1.15, 1.62, 0.42), (-0.72, 1.36, 0.40)], 0.011, 8
    )
    mic = shapes.move(
        shapes.lathe(
            [
                (0, 0),
                (0.026, 0.004),
                (0.031, 0.03),
                (0.031, 0.115),
                (0.028, 0.12),
                (0.030, 0.13),
                (0.030, 0.18),
                (0.018, 0.205),
                (0, 0.208),
            ],
            32,
        ),
        (-0.70, 1.24, 0.40),
    )
    add_dressing(
        stage, "Microphone", [arm, mic], Material("mic", base=(0.022, 0.022, 0.024), metallic=0.6, roughness=0.35)
    )


def _add_plants(stage: Usd.Stage, rng: np.random.Generator) -> None:
    """A tall one by the window, a small one on the shelf, one hanging."""
    leaves, stems, pots = [], [], []
    for at, height, count, size in (
        ((-1.52, 0.0, -2.15), 1.42, 26, 0.30),
        ((1.62, 1.397, BACK + 0.12), 0.26, 22, 0.085),
        ((-0.78, 0.0, -2.3), 0.75, 18, 0.22),
    ):
        blades, stalks, pot = houseplant(rng, height, count, size)
        leaves.append(shapes.move(blades, at))
        stems.append(shapes.move(stalks, at))
        pots.append(shapes.move(pot, at))
    add_dressing(
        stage,
        "Leaves",
        leaves,
        Material(
            "leaf", base=(0.055, 0.135, 0.045), roughness=0.38, specular=0.5, clearcoat=0.3, clearcoat_roughness=0.2
        ),
    )
    add_dressing(stage, "Stems", stems, Material("stem", base=(0.10, 0.14, 0.05), roughness=0.6))
    add_dressing(stage, "Pots", pots, Material("terracotta", base=(0.42, 0.40, 0.38), roughness=0.55))


def _add_wall_art(stage: Usd.Stage, folder: Path, plan: SetPlan) -> None:
    """A framed print on the right wall, foam wedges on the left one."""
    foam = []
    for row in range(3):
        for column in range(3):
            y, z = 1.25 + row * 0.32, -2.2 + column * 0.32
            for wedge in range(4):
                low = y - 0.15 + wedge * 0.075
                outline = np.array([(0.0, low), (0.045, low + 0.0375), (0.0, low + 0.075)])
                foam.append(shapes.move(shapes.extrude(outline, 0.30), (LEFT, 0, z - 0.15)))
    add_dressing(stage, "Foam", foam, Material("foam", base=(0.045, 0.045, 0.055), roughness=0.95))
    z, y, w, h = -0.55, 1.35, 0.30, 0.40
    x = RIGHT - 0.032
    frame = shapes.box((x + 0.004, y - 0.018, z - w - 0.018), (RIGHT, y + h + 0.018, z + 0.018))
    add_dressing(stage, "PrintFrame", [frame], Material("print_frame", base=(0.03, 0.03, 0.032), roughness=0.4))
    picture = textures.write_color(folder, "print", _print(plan.seed))
    sheet = shapes.quad((x, y, z - w), (x, y, z), (x, y + h, z), (x, y + h, z - w))
    add_mesh(stage, f"{names.SET}/Print", sheet, Material("print", roughness=0.5, base_texture=picture))


def _print(seed: int, width: int = 300, height: int = 400) -> NDArray[np.floating]:
    """A screen print: a striped sun over hills, linear Rec.709."""
    rng = np.random.Generator(np.random.PCG64([seed, 9]))
    image = Image.new("RGB", (width, height), (236, 222, 196))
    draw = ImageDraw.Draw(image)
    draw.ellipse((60, 70, 240, 250), fill=(226, 96, 62))
    for k in range(5):
        y = 170 + k * 18
        draw.rectangle((50, y, 250, y + 4 + 2 * k), fill=(236, 222, 196))
    for k, tone in enumerate(((92, 60, 104), (60, 44, 84), (34, 28, 58))):
        phase = rng.uniform(0, 6.28)
        ridge = [
            (x, 280 + 30 * k + 18 * np.sin(x / 40 + phase) + 8 * np.sin(x / 13 + 2 * phase))
            for x in range(0, width + 1, 4)
        ]
        draw.polygon([*ridge, (width, height), (0, height)], fill=tone)
    return decode_srgb(np.asarray(image, float) / 255)
