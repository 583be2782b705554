"""The LED tunnel: octagonal portals of light that recede over a wet road, and a coupe that waits to be revealed.

The road runs along Z; the coupe stands at the origin with its nose at +Z, where the cameras are. Portals go on behind
the cameras so that the paint has something to mirror. Light groups: `cyan`, `magenta`, `violet`, `white`, `headlights`.
The seed deals the portals' colours, the puddles, the pipes and the paint; rain wets the road and fills the air.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pxr import Usd
from scipy import ndimage

from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world import shapes, textures
from secondunit_engine.world import stage as names
from secondunit_engine.world.air import Fog, Glow, RainField, add_air
from secondunit_engine.world.author import RGB, Material, Mesh, add_mark, add_mesh, facing, look_at, new_layer
from secondunit_engine.world.props.car import add_car
from secondunit_engine.world.stage import camera_mark
from secondunit_engine.world.trim import beam, clip

Array = NDArray[np.floating]

BAY: Final = 4.2  # metres from portal to portal
FAR, NEAR = -138.6, 37.8  # z of the tunnel's ends
_BAYS: Final = np.arange(NEAR, FAR - 0.1, -BAY)  # z of the portals
_MIDDLE: Final = (-26.0, 16.0)  # portals outside this z light little of the picture and are sampled less
# The tunnel's section, (x, y), from the foot of the right wall round to the left.
SECTION: Final = np.array(
    [(3.75, 0.0), (4.85, 1.35), (4.85, 3.45), (3.35, 4.85), (-3.35, 4.85), (-4.85, 3.45), (-4.85, 1.35), (-3.75, 0.0)]
)
_COLORS: Final[dict[str, RGB]] = {
    "cyan": (0.06, 8.6, 12.6),
    "magenta": (16.0, 0.27, 5.0),
    "white": (8.4, 7.6, 6.6),
    "violet": (3.8, 1.4, 20.0),
}
_BLADES: Final = (9.3, 11.2, 13.1, 15.0, 16.9)  # z of upright lights on both walls beside the cameras
_GLOW: Final = {"headlights": 0.0010, "white": 0.00015}  # the rest 0.0004; white hangs right over the cameras
_WET: Final = frozenset({"rain", "storm", "drizzle", "wet"})


@dataclass(frozen=True)
class _Road:
    """The road by wetness: `dry` may be damp film in the rain, `pools` stand above it, `paint` is the marking."""

    dry: Mesh
    film: Mesh | None
    pools: Mesh | None
    paint: Mesh


def build_led_tunnel(plan: SetPlan, folder: Path) -> None:
    """Write folder/set.usdc and folder/textures."""
    rng = np.random.Generator(np.random.PCG64(plan.seed))
    wet = any(word in _WET for word in plan.weather)
    stage = new_layer(folder / "set.usdc")
    _add_portals(stage, rng)
    _add_walls(stage, folder, plan, rng)
    _add_road(stage, folder, plan, wet)
    add_car(stage, facing((0, 0, 0), (0, 0, 1)), plan.seed)
    _add_marks(stage)
    _add_air(stage, wet)
    stage.GetRootLayer().Save()


def _add_portals(stage: Usd.Stage, rng: np.random.Generator) -> None:
    """The lit octagons, one mesh a colour and distance, in aluminium channels."""
    order = [list(_COLORS)[k] for k in rng.permutation(len(_COLORS)).tolist()]
    tubes, channels = _portal()
    for number, color in enumerate(order):
        light = Material(f"led_{color}", base=(0, 0, 0), emission=_COLORS[color])
        own = _BAYS[number :: len(order)]
        middle = (own > _MIDDLE[0]) & (own < _MIDDLE[1])
        for reach, places, weight in (("Near", own[middle], 1.0), ("Far", own[~middle], 0.3)):
            path = f"{names.SET}/Portals/{color.title()}{reach}"
            add_mesh(stage, path, _along(tubes, places), light, light_group=color, sampling_weight=weight)
    aluminium = Material("channel", base=(0.16, 0.165, 0.175), metallic=0.9, roughness=0.32)
    add_mesh(stage, f"{names.SET}/Channels", _along(channels, _BAYS), aluminium)
    # A line of light along the foot of both walls leads to the vanishing point.
    feet = [shapes.box((x - 0.02, 0.10, -60.0), (x + 0.02, 0.15, NEAR)) for x in (-3.72, 3.72)]
    line = Material("foot_line", base=(0, 0, 0), emission=(1.9, 0.9, 9.5))
    add_mesh(stage, f"{names.SET}/FootLines", _bare(feet), line, light_group="violet", sampling_weight=0.6)
    _add_cards(stage)


def _add_cards(stage: Usd.Stage) -> None:
    """Light that no camera sees but the paint does: strips over the cameras, coloured cards behind them."""
    strips = [shapes.box((x - 0.25, 4.66, 7.0), (x + 0.25, 4.70, 30.0)) for x in (-1.4, 1.4)]
    soft = Material("soft_strip", base=(0, 0, 0), emission=(12.0, 12.2, 13.6))
    add_mesh(stage, f"{names.SET}/Strips", _bare(strips), soft, light_group="white", sampling_weight=0.6)
    for side, group in ((-1, "cyan"), (1, "magenta")):
        near, far = (side * 4.5, 20.5), (side * 1.9, 25.0)
        a, b = (near, far) if side > 0 else (far, near)
        card = shapes.quad((a[0], 0.5, a[1]), (a[0], 4.2, a[1]), (b[0], 4.2, b[1]), (b[0], 0.5, b[1]))
        blades = [shapes.box((side * 4.74 - 0.02, 0.9, z), (side * 4.74 + 0.02, 3.3, z + 0.5)) for z in _BLADES]
        red, green, blue = _COLORS[group]
        light = Material(f"card_{group}", base=(0, 0, 0), emission=(2 * red, 2 * green, 2 * blue))
        path = f"{names.SET}/Card{group.title()}"
        add_mesh(stage, path, _bare([card, *blades]), light, light_group=group, sampling_weight=0.6)


def _along(mesh: Mesh, places: Array) -> Mesh:
    """Copies of a mesh at these z."""
    return shapes.array(_bare([mesh]), np.column_stack([0 * places, 0 * places, places]))


def _portal() -> tuple[Mesh, Mesh]:
    """One octagon's tubes and the channels that hold them, at z = 0."""
    tubes, channels = [], []
    for a, b in itertools.pairwise(SECTION):
        along = (b - a) / np.linalg.norm(b - a)
        inward = np.array([-along[1], along[0]])  # the section runs counter-clockwise
        start, end = a + 0.11 * along, b - 0.11 * along

        def at(point: Array, depth: float, inward: Array = inward) -> Array:
            return np.append(point + inward * depth, 0.0)

        up = np.append(inward, 0.0)
        tubes.append(beam(at(start, 0.13), at(end, 0.13), 0.20, 0.05, up))
        channels.append(beam(at(start - 0.05 * along, 0.065), at(end + 0.05 * along, 0.065), 0.26, 0.09, up))
        for side in (-1, 1):  # lips of the channel, which shade the tube from the wall
            lip = np.array([0, 0, side * 0.115])
            channels.append(beam(at(start, 0.125) + lip, at(end, 0.125) + lip, 0.012, 0.04, up))
    return shapes.merge(tubes), shapes.merge(channels)


def _add_walls(stage: Usd.Stage, folder: Path, plan: SetPlan, rng: np.random.Generator) -> None:
    """Panels between the portals, ribs over their joints, and the pipes and trays that run along."""
    panels, ribs = [], []
    for number, (a, b) in enumerate(itertools.pairwise(SECTION)):
        panels.extend(_panels(a, b, 3 if number in (2, 3, 4) else 2))
        along = (b - a) / np.linalg.norm(b - a)
        up = np.array([-along[1], along[0], 0.0])
        ribs.append(beam(np.append(a, 0) + 0.01 * up, np.append(b, 0) + 0.01 * up, 0.42, 0.10, up))
    bay = shapes.box_uv(shapes.merge(panels), 2.4)
    shell = shapes.array(bay, np.column_stack([0 * _BAYS, 0 * _BAYS, _BAYS]))
    assert shell.uvs is not None
    # Each bay shows another part of the texture, so that no stain comes again.
    shift = np.repeat(rng.random((len(_BAYS), 2)), len(bay.points), axis=0)
    shell = replace(shell, uvs=(shell.uvs + shift).astype(np.float32))
    size = 1024
    grime = textures.noise(plan.seed + 11, size, 2.2)
    streaks = textures.noise(plan.seed + 12, size, 1.8, (0.08, 1.0))
    scratch = textures.scratches(plan.seed + 13, 500, size)
    rough = np.clip(0.30 + 0.07 * grime + 0.05 * streaks + 0.18 * scratch, 0.12, 0.7)
    tone = np.clip(0.030 + 0.010 * grime - 0.009 * np.maximum(streaks, 0), 0.007, 0.07)
    panel = Material(
        "wall_panel",
        base_texture=textures.write_color(folder, "wall_base", tone[..., None] * np.array([0.90, 0.98, 1.12])),
        roughness_texture=textures.write_data(folder, "wall_roughness", rough),
        metallic=0.35,
        specular=0.6,
    )
    add_mesh(stage, f"{names.SET}/Panels", shell, panel)
    add_mesh(
        stage,
        f"{names.SET}/Ribs",
        _along(shapes.merge(ribs), _BAYS),
        Material("rib", base=(0.02, 0.021, 0.024), roughness=0.4),
    )
    # The dark behind the panels' gaps; at the far end a breath of light, for the wet road to mirror.
    backing = Material("backing", base=(0.006, 0.006, 0.007), roughness=0.9)
    add_mesh(stage, f"{names.SET}/Backing", _bare(_shell()), backing)
    exit_ = Material("far_exit", base=(0, 0, 0), emission=(0.40, 0.28, 0.85))
    far = shapes.box((-4.8, 0.0, FAR - 8.8), (4.8, 4.8, FAR - 8.7))
    add_mesh(stage, f"{names.SET}/Exit", _bare([far]), exit_, light_group="violet", sampling_weight=0.02)
    add_mesh(
        stage, f"{names.SET}/Pipes", _bare(_pipes(rng)), Material("pipe", base=(0.05, 0.05, 0.055), roughness=0.35)
    )


def _panels(a: Array, b: Array, rows: int) -> list[Mesh]:
    """Slabs with shadow gaps between them, over one side of the section and one bay from z = 0 towards -Z."""
    along = b - a
    length = float(np.linalg.norm(along))
    up = np.array([-along[1], along[0], 0.0]) / length
    edges = np.linspace(0, 1, rows + 1)
    slabs = []
    for low, high in itertools.pairwise(edges):
        for near, far in ((0.22, BAY / 2), (BAY / 2, BAY - 0.22)):
            middle = np.append(a + along * (low + high) / 2, 0.0)
            width = length * (high - low) - 0.025
            start, end = middle - [0, 0, far - 0.0125], middle - [0, 0, near + 0.0125]
            slabs.append(beam(start, end, width, 0.05, up))
    return slabs


def _shell() -> list[Mesh]:
    """What stands behind the panels' gaps, and the dark at both ends."""
    outer = SECTION * 1.02 + [0, 0.05]
    ring = np.stack([np.column_stack([outer, np.full(len(outer), z)]) for z in (NEAR + 1, FAR - 9)])
    walls = shapes.facet(shapes.grid(ring[:, ::-1]))
    ends = [shapes.box((-6, -0.5, z - 0.1), (6, 6, z + 0.1)) for z in (NEAR + 1.2, FAR - 9.0)]
    return [walls, *ends]


def _pipes(rng: np.random.Generator) -> list[Mesh]:
    """Conduits along both walls, cable trays under the ceiling's corners, and cables that sag from bay to bay."""
    parts = []
    for side in (-1, 1):
        for y, radius in ((1.62, 0.045), (1.76, 0.03), (3.22, 0.055)):
            x = side * (4.85 - 0.10)
            parts.append(shapes.tube([(x, y, NEAR), (x, y, (NEAR + FAR) / 2), (x, y, FAR)], radius, 10))
        parts.append(shapes.box((side * 2.9 - 0.14, 4.60, FAR), (side * 2.9 + 0.14, 4.63, NEAR)))
    sag = np.linspace(0, 1, 9)
    for depth in rng.uniform(0.05, 0.16, 4).tolist():
        x = float(rng.choice([-1, 1])) * float(rng.uniform(2.70, 3.0))
        drop = 4.60 - depth * 4 * sag * (1 - sag)
        cable = shapes.tube(np.column_stack([np.full(9, x), drop, -BAY * sag]), 0.012, 5)
        parts.append(_along(cable, _BAYS))
    return parts


def _add_road(stage: Usd.Stage, folder: Path, plan: SetPlan, wet: bool) -> None:
    """Asphalt with a damp film, clean-edged puddles and worn markings; in dry weather only asphalt and markings."""
    road = _road(plan.seed, wet)
    size = 1024
    stones = textures.noise(plan.seed + 21, size, 0.6)
    clouds = textures.noise(plan.seed + 22, size, 2.6)
    veins = textures.cracks(plan.seed + 23, size, 40.0, 2.4) * (textures.noise(plan.seed + 24, size, 2.5) > 0.7)
    tone = np.clip(0.030 + 0.006 * clouds + 0.006 * stones - 0.02 * veins, 0.006, 0.09)
    base = textures.write_color(folder, "asphalt_base", tone[..., None] * np.array([1.0, 1.0, 1.03]))
    height = 0.5 + 0.10 * ndimage.gaussian_filter(stones, 1.0, mode="wrap") - 0.25 * veins
    bump = textures.write_data(folder, "asphalt_height", np.clip(height, 0, 1))
    rough = np.clip((0.19 if wet else 0.50) + 0.05 * clouds + 0.03 * stones, 0.1, 0.8)
    asphalt = Material(
        "asphalt",
        base_texture=base,
        roughness_texture=textures.write_data(folder, "asphalt_roughness", rough),
        bump=0.003 if wet else 0.008,
        bump_texture=bump,
    )
    film = Material(
        "wet_asphalt", base=(0.016, 0.016, 0.017), roughness=0.085, specular=0.6, bump=0.0006, bump_texture=bump
    )
    ripples = textures.write_data(folder, "ripples", _ripples(plan.seed + 25))
    pool = Material(
        "puddle", base=(0.008, 0.008, 0.009), roughness=0.015, specular=0.6, bump=0.0012, bump_texture=ripples
    )
    worn = np.clip(0.62 + 0.08 * clouds - 0.9 * veins - 0.35 * (stones > 1.6), 0.02, 0.8)
    paint = Material(
        "road_paint",
        base_texture=textures.write_color(folder, "road_paint", worn[..., None] * np.array([1.0, 0.98, 0.92])),
        roughness=0.18 if wet else 0.5,
        bump=0.004,
        bump_texture=bump,
    )
    for name, mesh, material in (
        ("Road", road.dry, asphalt),
        ("Film", road.film, film),
        ("Puddles", road.pools, pool),
        ("Markings", road.paint, paint),
    ):
        if mesh is not None:
            add_mesh(stage, f"{names.SET}/{name}", shapes.box_uv(mesh, 4.0), material)


def _road(seed: int, wet: bool) -> _Road:
    half = 3.95
    paint = _markings()
    if not wet:
        return _Road(shapes.quad((-half, 0, NEAR), (half, 0, NEAR), (half, 0, FAR), (-half, 0, FAR)), None, None, paint)
    near, far = 24.0, -44.0  # puddles beyond are too flat to the eye to tell from the film
    step = 0.075
    x = np.linspace(-half, half, int(2 * half / step) + 1)
    z = np.linspace(near, far, int((near - far) / step) + 1)
    points = np.stack(np.broadcast_arrays(x[None, :], 0.0, z[:, None]), axis=-1)  # (Z, X, 3)
    water = _water(seed, points).reshape(-1)
    plane = shapes.grid(points)
    ends = [
        shapes.quad((-half, 0, a), (half, 0, a), (half, 0, b), (-half, 0, b)) for a, b in ((NEAR, near), (far, FAR))
    ]
    damp = clip(clip(plane, water + 0.85), -np.clip(_again(water, plane, water + 0.85), -9, 9))
    return _Road(
        dry=shapes.merge([clip(plane, -(water + 0.85)), *ends]),
        film=damp,
        pools=clip(plane, water),
        paint=paint,
    )


def _again(values: Array, mesh: Mesh, field: Array) -> Array:
    """`values` at the points of `clip(mesh, field)`: carried through the cut as a coordinate."""
    carrier = Mesh(np.column_stack([mesh.points[:, 0], values, mesh.points[:, 2]]).astype(np.float32), mesh.triangles)
    return clip(carrier, field).points[:, 1].astype(float)


def _water(seed: int, points: Array) -> Array:
    """Height of the water over the road's dips, positive in puddles, at points [..., 3]; unit deviation."""
    size = 1024
    broad, fine = textures.noise(seed + 31, size, 2.8), textures.noise(seed + 32, size, 2.2)
    x, z = points[..., 0], points[..., 2]

    def sample(tile: Array, scale: float) -> Array:
        at = np.stack([z / scale * size, x / scale * size * 1.7])  # puddles lie along the road
        return ndimage.map_coordinates(tile, at, order=1, mode="grid-wrap")

    ruts = np.exp(-(((np.abs(x) - 0.9) / 0.35) ** 2)) + 0.8 * np.exp(-(((np.abs(x) - 2.6) / 0.4) ** 2))
    return sample(broad, 30.0) + 0.25 * sample(fine, 9.0) + 0.55 * ruts - 0.55


def _ripples(seed: int, size: int = 1024) -> Array:
    """Rings of raindrops on water and its slow sway, 0.5 is level; a tile is four metres."""
    rng = np.random.Generator(np.random.PCG64(seed))
    tile = np.zeros((size, size), np.float32)
    pixel = 4.0 / size
    window = 56
    axis = (np.arange(2 * window) - window) * pixel
    radius = np.hypot(axis[:, None], axis[None, :])
    for _ in range(150):
        row, column = rng.integers(0, size, 2).tolist()
        front, length = float(rng.uniform(0.02, 0.17)), float(rng.uniform(0.012, 0.022))
        ring = np.cos((radius - front) * 2 * np.pi / length) * np.exp(-(((radius - front) / (0.9 * length)) ** 2))
        rows, columns = (row + np.arange(2 * window)) % size, (column + np.arange(2 * window)) % size
        tile[np.ix_(rows, columns)] += ring * (1 - front / 0.2)
    sway = ndimage.gaussian_filter(textures.noise(seed + 1, size, 2.0), 6, mode="wrap")
    return np.clip(0.5 + 0.22 * tile + 0.10 * sway, 0, 1)


def _markings() -> Mesh:
    """Edge lines and two rows of dashes, a road paint's thickness above the asphalt."""
    y = 0.003
    strips = [(x - 0.06, x + 0.06, NEAR, FAR) for x in (-3.35, 3.35)]
    for x in (-1.85, 1.85):
        strips += [(x - 0.065, x + 0.065, z, z - 2.4) for z in np.arange(NEAR - 1.0, FAR + 4, -6.0).tolist()]
    quads = [shapes.quad((a, y, near), (b, y, near), (b, y, far), (a, y, far)) for a, b, near, far in strips]
    return shapes.merge(quads)


def _add_marks(stage: Usd.Stage) -> None:
    """The car's start, people at the wall, and cameras low on the car's left front for each shot size (35 mm)."""
    add_mark(stage, "hero", facing((0, 0, 0), (0, 0, 1)))
    add_mark(stage, "pedestrian", facing((2.6, 0, 2.5), (-0.25, 0, 1)))
    add_mark(stage, "hero_2", facing((3.1, 0, 3.1), (-0.4, 0, 1)))
    cameras = {
        "EWS": ((-1.2, 2.1, 15.5), (0.1, 1.75, 0.0)),
        "WS": ((2.1, 0.95, 12.0), (0.1, 1.45, 0.0)),
        "FS": ((2.2, 0.62, 8.2), (-0.35, 0.95, 0.5)),
        "MFS": ((2.1, 0.58, 7.2), (-0.30, 0.85, 0.6)),
        "MS": ((1.95, 0.52, 5.7), (-0.22, 0.80, 0.7)),
        "MCU": ((1.85, 0.55, 5.2), (0.35, 0.68, 1.2)),
        "CU": ((1.65, 0.58, 4.0), (0.50, 0.55, 2.0)),
        "ECU": ((1.25, 0.52, 3.2), (0.66, 0.51, 2.1)),
    }
    for size, (eye, target) in cameras.items():
        add_mark(stage, camera_mark(size), look_at(eye, target))


def _add_air(stage: Usd.Stage, wet: bool) -> None:
    """Haze that the portals glow in; in the rain also what falls."""
    add_air(stage, "Fog", Fog(density=0.009 if wet else 0.005, color=(0.018, 0.010, 0.045)))
    for group in (*sorted(_COLORS), "headlights"):
        add_air(stage, f"Glow{group.title()}", Glow(group=group, gain=_GLOW.get(group, 0.0004) * (1.0 if wet else 0.5)))
    if wet:
        add_air(
            stage,
            "Rain",
            RainField(
                low=(-4.2, 0.0, -16.0),
                high=(4.2, 4.7, 22.0),
                color=(0.55, 0.65, 0.95),
                wind=(0.35, 0.0, 0.5),
                streaks=4200,
                drops=1100,
            ),
        )


def _bare(meshes: list[Mesh]) -> Mesh:
    """One mesh without texture coordinates."""
    return shapes.merge([Mesh(m.points, m.triangles, m.normals) for m in meshes])
