"""Air over the picture: what fog hides, where shafts and glow are bright, and that nothing flickers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pxr import Usd

from secondunit_engine.render.air import phase, render_air
from secondunit_engine.render.llvm import mitsuba
from secondunit_engine.render.view import View
from secondunit_engine.world.air import Fog, Glow, Shafts, add_air
from secondunit_engine.world.author import Material, add_mesh, look_at, new_layer
from secondunit_engine.world.shapes import box

WIDTH, HEIGHT = 64, 36
Draw = Callable[..., np.ndarray]


def view(eye: tuple[float, float, float] = (0, 1.5, 8), target: tuple[float, float, float] = (0, 1.5, 0)) -> View:
    return View(WIDTH, HEIGHT, np.linalg.inv(np.array(look_at(eye, target))), 0.7 * WIDTH)


def joined(*arguments: Any) -> np.ndarray:
    """The light of all groups together, with the transmittance behind it, (H, W, 4)."""
    scattered, transmittance = render_air(*arguments)
    light = sum(scattered.values(), np.zeros((*transmittance.shape, 3)))
    return np.concatenate([light, transmittance[..., None]], axis=-1)


@pytest.fixture(scope="module")
def hall() -> object:
    """A dark hall 16 m wide and long; the roof covers its left half only, a gaffer's lamp hangs in the right."""
    mi = mitsuba()
    walls = {
        "floor": ([0, 0, 0], [8, 1, 8], [1, 0, 0], -90),
        "back": ([0, 4, -8], [8, 4, 1], [0, 1, 0], 0),
        "roof": ([-4, 8, 0], [4, 1, 8], [1, 0, 0], 90),
    }
    scene: dict[str, Any] = {"type": "scene"}
    for name, (centre, size, axis, angle) in walls.items():
        flat = [size[0], size[2] if axis[0] else size[1], 1]
        place = mi.ScalarTransform4f().translate(centre).rotate(axis, angle).scale(flat)
        scene[name] = {"type": "rectangle", "to_world": place}
    over = mi.ScalarTransform4f().translate([4, 7, 0]).rotate([1, 0, 0], 90).scale([3, 6, 1])
    lamp = {"type": "area", "radiance": 1.0}
    scene["lamp"] = {"type": "rectangle", "to_world": over, "bsdf": {"type": "null"}, "emitter": lamp}
    return mi.load_dict(scene)


@pytest.fixture
def draw(hall: object, tmp_path: Path) -> Draw:
    """Draw some air in the hall: draw(air, ...) gives (H, W, 4)."""

    def _draw(*airs: Fog | Shafts | Glow, seen: View | None = None, frame: int = 1001) -> np.ndarray:
        mi = mitsuba()
        seen = seen or view()
        path = tmp_path / f"air{len(list(tmp_path.iterdir()))}.usda"
        stage = new_layer(path)
        for number, air in enumerate(airs):
            add_air(stage, f"Air{number}", air)
        lamp = box([2.9, 1.9, -3.1], [3.1, 2.1, -2.9])
        add_mesh(stage, "/Shot/Set/lamp", lamp, Material("lamp", emission=(50, 40, 30)), light_group="lamps")
        rays = seen.rays().reshape(-1, 3)
        origins = np.repeat(seen.eye[:, None], len(rays), axis=1)
        hit = hall.ray_intersect(mi.Ray3f(mi.Point3f(origins), mi.Vector3f(rays.T.copy())))  # type: ignore[attr-defined]
        position = np.array(hit.p).T.reshape(HEIGHT, WIDTH, 3)
        _, depth = seen.project(position)
        depth = np.where(np.array(hit.is_valid()).reshape(HEIGHT, WIDTH), depth, 0)
        return joined(stage, frame, seen, depth.astype(np.float32), position.astype(np.float32), hall)

    return _draw


def test_no_air_changes_nothing(draw: Draw) -> None:
    air = draw()
    assert np.all(air[..., :3] == 0)
    assert np.all(air[..., 3] == 1)


def test_denser_fog_hides_more(draw: Draw) -> None:
    """Transmittance falls with density and with distance, and fog fades to its colour."""
    thin, thick = (draw(Fog(density, (0.2, 0.2, 0.2))) for density in (0.01, 0.1))
    assert np.all(thick[..., 3] < thin[..., 3])
    assert np.allclose(thin[..., 3] ** 10, thick[..., 3], rtol=1e-3)
    near, far = thick[-1, WIDTH // 2], thick[HEIGHT // 2, WIDTH // 2]  # the floor at our feet, the far wall
    assert near[3] > far[3]
    assert np.allclose(thick[..., 1], (1 - thick[..., 3]) * 0.2, atol=1e-3)


def test_haze_glows_only_where_the_sun_reaches(draw: Draw) -> None:
    """Under the roof the shafts are dark, beside it they are bright: the sun is straight above."""
    air = draw(Shafts((0, 1, 0), (10, 10, 10), density=0.02, unevenness=0.0))
    light = air[..., 1]
    assert light[:, WIDTH * 3 // 4 :].min() > 0.01
    assert light[:, : WIDTH // 4].max() < 0.02 * light[:, WIDTH * 3 // 4 :].min()


def test_shafts_match_the_integral(draw: Draw) -> None:
    """In even, sunlit haze the march gives the closed form of single scattering."""
    density, g = 0.02, 0.4
    shafts = Shafts((0, 1, 0), (10, 10, 10), density, g, unevenness=0.0)
    seen = view((5, 1.5, 7.9), (5, 1.5, -8))
    air = draw(shafts, seen=seen)
    row, column = HEIGHT // 2, WIDTH // 2
    length = 15.9
    cosine = float(seen.rays()[row, column] @ np.array([0, 1, 0]))
    expected = 10 * phase(np.array(cosine), g) * (1 - np.exp(-density * length))
    assert air[row, column, 1] == pytest.approx(float(expected), rel=0.03)


def test_shafts_are_brighter_towards_the_sun(draw: Draw) -> None:
    """Forward scattering: the same haze is brighter against the light than with it."""
    shafts = Shafts((0, 0.7, -0.7), (10, 10, 10), unevenness=0.0)
    against = draw(shafts, seen=view((5, 1.5, 4), (5, 2.5, -8)))
    along = draw(shafts, seen=view((5, 1.5, -4), (5, 2.5, 8)))
    assert against[:, :, 1].mean() > 2 * along[:, :, 1].mean()


def test_shafts_hold_still(draw: Draw) -> None:
    """A camera that moves by a tenth of a pixel sees the same shafts within one percent: the pattern is filtered."""
    shafts = Shafts((0.5, 0.7, -0.5), (10, 10, 10), density=0.02)
    first = draw(shafts, seen=view((0, 1.5, 8)))
    second = draw(shafts, seen=view((0.01, 1.5, 8), (0.01, 1.5, 0)))
    change = np.abs(second - first)[..., 1]
    assert np.median(change) < 0.01 * first[..., 1].mean()
    assert np.quantile(change, 0.99) < 0.10 * first[..., 1].mean()


def test_same_frame_same_air(draw: Draw) -> None:
    shafts = Shafts((0.5, 0.7, -0.5), (10, 10, 10))
    assert np.array_equal(draw(shafts), draw(shafts))


def test_glow_surrounds_its_lamp(draw: Draw) -> None:
    """Glow is brightest at the lamp, falls off all round, and has the lamp's colour."""
    seen = view()
    light = draw(Glow("lamps", 0.02), seen=seen)[..., :3]
    pixel, _ = seen.project(np.array([3.0, 2.0, -3.0]))
    row, column = np.unravel_index(light[..., 0].argmax(), light.shape[:2])
    assert np.hypot(row - pixel[1], column - pixel[0]) < 2.5
    assert light[row, column, 0] > light[row, column, 2] > 0
    assert light[row, column, 0] > 4 * light[row, column - 20, 0] > 0


def test_no_stage_air_is_clear(tmp_path: Path, hall: object) -> None:
    """A stage without /Shot/Air is drawn clear."""
    stage = Usd.Stage.CreateInMemory()
    clear = joined(stage, 1001, view(), np.ones((HEIGHT, WIDTH)), np.zeros((HEIGHT, WIDTH, 3)), hall)
    assert np.all(clear == np.array([0, 0, 0, 1], np.float32))
