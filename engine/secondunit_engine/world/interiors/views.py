"""What lies beyond a window, painted: a garden, a street, a skyline, by time of day and weather.

A view is a picture on a curved screen outside the windows. It glows with the radiance of what it shows, so it is the
sky light of the room too. The sun must pass over it: `add_view` cuts it at the height that lets it through.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

import numpy as np
from scipy import ndimage

from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world import shapes, textures
from secondunit_engine.world.interiors.daylight import Daylight
from secondunit_engine.world.interiors.dressing import Dressing
from secondunit_engine.world.interiors.room import Wall
from secondunit_engine.world.mesh import Mesh

Kind = Literal["garden", "street", "skyline"]
Picture = np.ndarray  # radiance, linear Rec.709, [H, W, 3]

WIDTH: Final = 2048
_SPAN: Final = 150.0  # degrees that the screen covers
_PEAK: Final = 6.0  # radiance that the file's 1.0 stands for
_EYE: Final = 1.5  # height of the horizon [m]


def add_view(
    dressing: Dressing,
    folder: Path,
    wall: Wall,
    plan: SetPlan,
    light: Daylight,
    kind: Kind,
    *,
    name: str = "View",
    sill: float = 0.9,
    radius: float = 7.0,
    weight: float = 3.0,
    gain: float = 1.0,
) -> None:
    """Paint the view of a plan and hang it about a wall, in the light group `sky`.

    `gain` dims it by day, where windows are so many that less sky is enough. It reaches up to where
    the sun, seen from the sill of the windows [m], still passes over it.
    """
    bottom = -5.0 if kind == "skyline" else -0.6
    top = sill + radius * 0.95 * float(np.tan(np.radians(light.rise)))
    picture = paint(kind, plan, light, radius, bottom, top) * (gain if light.lamps < 0.5 else 1.0)
    peak = min(_PEAK, max(0.4, float(np.quantile(picture, 0.999))))
    file = textures.write_color(folder, name.lower(), np.clip(picture / peak, 0, 1))
    screen = wall.put(_screen(radius, bottom, top))
    dressing.glow(name, [screen], (peak, peak, peak), "sky", weight, file)


def _screen(radius: float, bottom: float, top: float) -> Mesh:
    """A piece of a cylinder behind a wall, its inside seen from the room; u runs left to right."""
    angle = np.radians(np.linspace(-_SPAN / 2, _SPAN / 2, 49))
    x, z = radius * np.sin(angle), -radius * np.cos(angle)
    rows = [np.column_stack([x, np.full(len(x), y), z]) for y in (bottom, top)]
    u = np.linspace(0, 1, len(angle))
    uvs = np.stack([np.column_stack([u, 0 * u]), np.column_stack([u, 0 * u + 1])])
    return shapes.grid(np.stack(rows), uvs=uvs)


def paint(kind: Kind, plan: SetPlan, light: Daylight, radius: float, bottom: float, top: float) -> Picture:
    """The picture of a view, row 0 at `top` metres, shape [H, WIDTH, 3]."""
    rng = np.random.Generator(np.random.PCG64([plan.seed, 77]))
    scale = WIDTH / (np.radians(_SPAN) * radius)  # pixels a metre of screen
    height = int((top - bottom) * scale)
    horizon = int((top - _EYE) * scale)
    picture = _sky(rng, light, height, horizon, plan)
    painters = {"garden": _garden, "street": _street, "skyline": _skyline}
    painters[kind](picture, rng, light, horizon, scale)
    if {"fog", "rain", "snow", "mist"} & set(plan.weather):
        veil = 0.75 if {"fog", "mist"} & set(plan.weather) else 0.35
        picture[:] = picture * (1 - veil) + np.array(light.horizon) * veil * 0.9
    return ndimage.gaussian_filter(picture, (0.9, 0.9, 0))


def _sky(rng: np.random.Generator, light: Daylight, height: int, horizon: int, plan: SetPlan) -> Picture:
    """The sky from the horizon's colour to the zenith's, with clouds lit from the side of the sun."""
    rise = np.clip((horizon - np.arange(height)) / max(1, horizon), 0, 1)[:, None, None] ** 0.8
    sky = np.array(light.horizon) * (1 - rise) + np.array(light.zenith) * rise
    picture = np.broadcast_to(sky, (height, WIDTH, 3)).copy()
    cloud = textures.noise(plan.seed % 9999 + 17, 1024, 2.3, (2.2, 1))
    cloud = np.tile(cloud, (1, 2))[:height, :WIDTH]
    cover = np.clip(cloud - rng.uniform(0.1, 0.6), 0, 1.4)[: len(cloud), :, None] / 1.4
    pale = 0.75 * np.array(light.horizon) + 0.35 * np.array(light.zenith)
    shade = 1 - 0.35 * np.clip(np.roll(cloud, 14, axis=0) * 0.6, 0, 1)[..., None]
    rows = len(cloud)
    picture[:rows] = picture[:rows] * (1 - 0.8 * cover) + pale * 1.15 * shade * 0.8 * cover
    return picture


def _lit(light: Daylight, albedo: tuple[float, float, float], sun: float) -> np.ndarray:
    """Radiance of a matt surface outdoors, `sun` 0 to 1 of the sun on it."""
    return np.array(albedo) * (np.array(light.ground) + sun * _sun(light))


def _sun(light: Daylight) -> np.ndarray:
    """Radiance of a white surface in the sun, dimmed: a view that clips tells nothing of its place."""
    return 0.4 * np.array(light.sun) / np.pi


def _garden(picture: Picture, rng: np.random.Generator, light: Daylight, horizon: int, scale: float) -> None:
    """Far hills, trees behind trees, a hedge, a lawn."""
    height = len(picture)
    haze = np.array(light.horizon)
    for layer, (rise, depth) in enumerate(((0.75, 0.72), (0.5, 0.5))):
        ridge = horizon - scale * rise * (0.5 + 0.3 * _wave(rng, 3 + 2 * layer))
        tone = _lit(light, (0.05, 0.08, 0.04), 0.25) * (1 - depth) + 0.8 * haze * depth
        picture[np.arange(height)[:, None] > ridge[None]] = tone
    for distance, count in ((0.40, 26), (0.18, 18), (0.04, 12)):
        for _ in range(count):
            size = scale * rng.uniform(1.0, 1.9) * (1.35 - 0.8 * distance)
            at = (rng.uniform(0, WIDTH), horizon - size * rng.uniform(0.25, 0.95))
            _tree(picture, rng, light, at, size, distance, horizon + 0.4 * scale)
    lawn = horizon + int(0.35 * scale)
    rows = np.arange(height - lawn)[:, None, None] / max(1, height - lawn)
    grain = textures.noise(int(rng.integers(9999)), 1024, 1.4, (1, 5))
    grain = np.tile(grain, (1, 2))[: height - lawn, :WIDTH, None]
    stripes = 0.5 + 0.5 * np.sign(_wave(rng, 9))[None, :, None]
    sun = np.clip(0.55 + 0.25 * grain + 0.15 * stripes, 0, 1)
    picture[lawn : lawn + len(grain)] = (
        np.array((0.055, 0.10, 0.025)) * (np.array(light.ground) + sun * _sun(light)) * (0.8 + 0.4 * rows)
    )[: len(picture[lawn:])]
    for x in np.arange(0, WIDTH, scale * 0.16).tolist():  # a hedge of clumps
        for _ in range(3):
            _clump(picture, rng, light, (x, lawn - rng.uniform(-0.02, 0.3) * scale), 0.13 * scale, 0.1)


def _tree(
    picture: Picture,
    rng: np.random.Generator,
    light: Daylight,
    at: tuple[float, float],
    size: float,
    distance: float,
    foot: float,
) -> None:
    """A trunk and a crown of clumps, dark below and lit above."""
    x, y = at
    left, right = int(max(0, x - 0.035 * size)), int(max(0, x + 0.035 * size))
    picture[int(max(0, y)) : int(foot), left:right] = _lit(light, (0.035, 0.026, 0.018), 0.15)
    for _ in range(70):
        angle, reach = rng.uniform(0, 6.283), np.sqrt(rng.random())
        place = (x + np.cos(angle) * reach * size * 0.52, y + np.sin(angle) * reach * size * 0.5)
        _clump(picture, rng, light, place, size * rng.uniform(0.08, 0.17), distance, (y - place[1]) / size)


def _clump(
    picture: Picture,
    rng: np.random.Generator,
    light: Daylight,
    at: tuple[float, float],
    size: float,
    distance: float,
    above: float = 0.2,
) -> None:
    """A handful of leaves with a ragged edge; `above` -0.5 to 0.5 is where in the crown it is."""
    r = int(size * 1.3) + 2
    x, y = int(at[0]), int(at[1])
    if not (r < x < WIDTH - r and r < y < len(picture) - r):
        return
    v, u = np.mgrid[-r:r, -r:r] / size
    ragged = np.hypot(u, v) + 0.35 * ndimage.gaussian_filter(rng.standard_normal(u.shape), 1.2)
    inside = np.clip((0.85 - ragged) * 5, 0, 1)[..., None]
    sun = np.clip(0.28 + 0.9 * above - 0.45 * v + 0.5 * rng.standard_normal(u.shape), 0, 1)[..., None]
    hue = np.array((0.05, 0.085, 0.022)) * rng.uniform(0.7, 1.3, 3) ** 0.5
    tone = hue * (np.array(light.ground) * (0.45 + 0.4 * sun) + sun * _sun(light))
    tone = tone * (1 - distance) + 0.7 * np.array(light.horizon) * distance
    window = picture[y - r : y + r, x - r : x + r]
    window[:] = window * (1 - inside) + tone * inside


def _street(picture: Picture, rng: np.random.Generator, light: Daylight, horizon: int, scale: float) -> None:
    """House fronts across a street, their windows lit at night; trees before them."""
    x = 0
    foot = horizon + int(0.9 * scale)
    while x < WIDTH:
        width = int(scale * rng.uniform(1.4, 2.4))
        tone = np.array([(0.22, 0.10, 0.07), (0.30, 0.26, 0.21), (0.17, 0.16, 0.16), (0.34, 0.24, 0.16)])[
            rng.integers(4)
        ]
        top = int(max(0, horizon - scale * rng.uniform(1.0, 2.3)))
        sun = 0.28 * rng.uniform(0.6, 1)
        front = picture[top:foot, x : x + width]
        course = 1 + 0.10 * rng.standard_normal((front.shape[0] // 3 + 1, front.shape[1] // 6 + 1, 1))
        course = np.repeat(np.repeat(course, 3, 0), 6, 1)[: front.shape[0], : front.shape[1]]
        front[:] = _lit(light, tuple(tone.tolist()), sun) * course
        picture[top : top + max(2, int(0.07 * scale)), x : x + width] = _lit(light, (0.4, 0.37, 0.32), 0.4)
        _facade_windows(front, rng, light, scale)
        x += width
    for _ in range(9):
        size = scale * rng.uniform(0.8, 1.5)
        _tree(picture, rng, light, (rng.uniform(0, WIDTH), horizon - 0.3 * size), size, 0.03, foot)
    picture[foot:] = _lit(light, (0.07, 0.07, 0.075), 0.4)


def _facade_windows(front: Picture, rng: np.random.Generator, light: Daylight, scale: float) -> None:
    pitch_x, pitch_y = int(0.42 * scale), int(0.52 * scale)
    glass = 0.35 * np.array(light.horizon) + 0.1 * np.array(light.zenith)
    for y in range(int(0.22 * scale), front.shape[0] - pitch_y // 2, pitch_y):
        for x in range(int(0.14 * scale), front.shape[1] - int(0.25 * scale), pitch_x):
            pane = front[y : y + int(0.32 * scale), x : x + int(0.2 * scale)]
            warm = np.array([(1.0, 0.60, 0.26), (1.0, 0.74, 0.42), (0.75, 0.85, 1.0)])[rng.choice(3, p=[0.6, 0.3, 0.1])]
            lit = rng.random() < light.lit
            down = np.linspace(1.0, 0.55, len(pane))[:, None, None]
            pane[:] = warm * rng.uniform(0.5, 1.5) * down if lit else glass * down
            bar = max(1, int(0.012 * scale))
            frame = _lit(light, (0.5, 0.48, 0.45), 0.2)
            pane[: 2 * bar], pane[len(pane) // 2 : len(pane) // 2 + bar] = frame, frame
            middle = pane.shape[1] // 2
            pane[:, middle : middle + bar], pane[:, : 2 * bar], pane[:, -2 * bar :] = frame, frame, frame


def _skyline(picture: Picture, rng: np.random.Generator, light: Daylight, horizon: int, scale: float) -> None:
    """A city from a high floor: towers behind towers down to the streets, nearer ones darker and larger."""
    height = len(picture)
    ground = np.arange(height)[:, None] > horizon + 0.05 * scale
    picture[np.broadcast_to(ground, (height, WIDTH))] = 0.55 * np.array(light.horizon) + 0.2 * np.array(light.ground)
    for haze, count, wide, over, under in (
        (0.80, 150, 0.16, 0.5, 0.2),
        (0.58, 110, 0.26, 0.9, 0.7),
        (0.34, 80, 0.40, 1.15, 1.6),
        (0.15, 44, 0.62, 0.8, 3.0),
        (0.04, 13, 0.95, 0.7, 9.0),
    ):
        for _ in range(count):
            width = int(scale * wide * rng.uniform(0.6, 1.4))
            x = int(rng.integers(-width // 2, WIDTH))
            top = int(max(0, horizon - scale * over * rng.uniform(-0.35, 1.0) ** 1.0))
            foot = int(min(height, horizon + scale * (under + 0.4)))
            _tower(picture, rng, light, (max(0, x), x + width, top, foot), haze)
    streets = rng.random((60, 2)) * [WIDTH, 0.9 * scale]
    for x, y in streets[: int(60 * min(1.0, 2 * light.lit))].astype(int).tolist():
        row = min(height - 3, horizon + int(0.25 * scale) + y)
        picture[row : row + 2, x : x + 3] += np.array((2.0, 1.1, 0.4)) * light.lit


def _tower(
    picture: Picture, rng: np.random.Generator, light: Daylight, box: tuple[int, int, int, int], haze: float
) -> None:
    x0, x1, top, foot = box
    tower = picture[top:foot, x0:x1]
    if tower.size == 0:
        return
    albedo = np.array([(0.16, 0.17, 0.19), (0.24, 0.22, 0.20), (0.10, 0.12, 0.15), (0.30, 0.29, 0.28)])[rng.integers(4)]
    side = int(tower.shape[1] * rng.uniform(0.35, 0.7))
    faces = np.where(np.arange(tower.shape[1]) < side, rng.uniform(0.2, 0.5), rng.uniform(0.02, 0.1))
    body = albedo * (np.array(light.ground) * 0.8 + faces[:, None] * _sun(light))  # (w, 3)
    pitch = max(3, int(9 * (1 - haze) + 2))
    rows, columns = tower.shape[0] // pitch + 1, tower.shape[1] // pitch + 1
    lit = rng.random((rows, columns)) < light.lit * rng.uniform(0.3, 1.1)
    glow = lit * rng.uniform(0.2, 1.0, (rows, columns))
    warm = np.array([(1.0, 0.66, 0.33), (1.0, 0.85, 0.6), (0.7, 0.85, 1.0)])[rng.choice(3, p=[0.5, 0.35, 0.15])]
    cell = np.zeros((pitch, pitch))
    cell[1 : max(2, int(pitch * 0.7)), : max(1, int(pitch * 0.75))] = 1
    panes = np.tile(cell, (rows, columns))[: tower.shape[0], : tower.shape[1], None]
    glass = 0.30 * np.array(light.horizon) + 0.15 * np.array(light.zenith)
    value = body[None] * (1 - 0.7 * panes) + glass * panes * 0.5
    shine = np.repeat(np.repeat(glow, pitch, 0), pitch, 1)[: tower.shape[0], : tower.shape[1], None]
    value = value + panes * shine * warm * 1.6
    veil = haze * 0.7
    tower[:] = value * (1 - veil) + np.array(light.horizon) * 0.85 * veil


def _wave(rng: np.random.Generator, harmonics: int) -> np.ndarray:
    """A random smooth line across the picture, about -1 to 1, shape [WIDTH]."""
    x = np.linspace(0, 2 * np.pi, WIDTH)
    terms = [np.sin(k * x + rng.uniform(0, 6.283)) / k for k in range(1, harmonics + 1)]
    return np.sum(terms, axis=0) / 1.4
