"""The z-buffer sees what a pinhole camera sees."""

from __future__ import annotations

import numpy as np

from secondunit_engine.previs.rasterise import EMPTY, Buffers, cast_shadows, draw_solid, lens_of, share_of_sun
from secondunit_engine.previs.solids import Solid
from secondunit_engine.world.framing import APERTURE_MM, Pose

WIDTH, HEIGHT = 160, 90
AHEAD = Pose(np.array([0.0, 1.0, 0.0]), np.array([0.0, 0.0, -1.0]), 3.0)


def triangles(*corners: tuple[float, float, float]) -> Solid:
    points = np.array(corners, np.float32)
    count = len(points) // 3
    none = np.zeros((len(points), 3), np.float32)
    index = np.arange(len(points), dtype=np.int32).reshape(-1, 3)
    return Solid(points, none, none[:, :2], index, np.zeros(count, np.int32))


def wall(z: float, half: float = 50.0) -> Solid:
    a, b, c, d = (-half, -half, z), (half, -half, z), (half, half, z), (-half, half, z)
    return triangles(a, b, c, a, c, d)


def test_a_point_falls_where_a_pinhole_puts_it() -> None:
    """A small square at a known place covers the pixel that the lens formula names, at its distance."""
    lens = lens_of(AHEAD, 35.0, WIDTH, HEIGHT)
    at, size = np.array([0.4, 1.3, -4.0]), 0.06
    offsets = [(-1, -1, 0), (1, -1, 0), (1, 1, 0), (-1, -1, 0), (1, 1, 0), (-1, 1, 0)]
    solid = triangles(*((at + size * np.array(offset)).tolist() for offset in offsets))
    buffers = Buffers.blank(WIDTH, HEIGHT)
    draw_solid(buffers, lens, solid)
    rows, columns = np.nonzero(buffers.ids != EMPTY)
    x = (0.5 + 35.0 / APERTURE_MM[0] * 0.4 / 4.0) * WIDTH
    y = (0.5 - 35.0 / APERTURE_MM[1] * 0.3 / 4.0) * HEIGHT
    assert abs(columns.mean() + 0.5 - x) < 1.0
    assert abs(rows.mean() + 0.5 - y) < 1.0
    assert np.allclose(1 / buffers.closeness[rows, columns], 4.0, atol=1e-4)


def test_the_nearer_wall_hides_the_farther() -> None:
    """Whatever comes first in the list, the nearer of two walls is seen everywhere."""
    lens = lens_of(AHEAD, 35.0, WIDTH, HEIGHT)
    for first, second, nearer in ((wall(-2.0), wall(-5.0), 0), (wall(-5.0), wall(-2.0), 2)):
        buffers = Buffers.blank(WIDTH, HEIGHT)
        draw_solid(buffers, lens, first)
        draw_solid(buffers, lens, second, 2)
        assert set(np.unique(buffers.ids)) <= {nearer, nearer + 1}
        assert np.allclose(buffers.closeness, 0.5)


def test_a_floor_that_runs_behind_the_camera_is_clipped_not_lost() -> None:
    """A floor from behind the lens to far ahead covers the lower half of the picture and nothing else."""
    floor = triangles((-90, 0, 90), (90, 0, 90), (90, 0, -900), (-90, 0, 90), (90, 0, -900), (-90, 0, -900))
    buffers = Buffers.blank(WIDTH, HEIGHT)
    draw_solid(buffers, lens_of(AHEAD, 35.0, WIDTH, HEIGHT), floor)
    seen = buffers.ids != EMPTY
    assert seen[HEIGHT // 2 + 1 :].all()
    assert not seen[: HEIGHT // 2 - 1].any()


def test_a_roof_keeps_the_sun_from_what_is_under_it() -> None:
    """Under a square roof it is dark, beside it light, and at its edge half of each."""
    a, b, c, d = (-1, 2, -1), (1, 2, -1), (1, 2, 1), (-1, 2, 1)
    ground = triangles((-4, 0, -4), (4, 0, -4), (4, 0, 4), (-4, 0, -4), (4, 0, 4), (-4, 0, 4))
    roof = triangles(a, b, c, a, c, d)
    whole = Solid(
        np.concatenate([ground.points, roof.points]),
        np.concatenate([ground.normals, roof.normals]),
        np.concatenate([ground.uvs, roof.uvs]),
        np.concatenate([ground.triangles, roof.triangles + 6]),
        np.zeros(4, np.int32),
    )
    map_ = cast_shadows(whole, (0.0, 1.0, 0.0), 256)

    def share(x: float, z: float) -> float:
        return share_of_sun(x, 0.0, z, map_.axes, map_.scale, map_.shift, map_.reach, 0.05)

    assert share(0.0, 0.0) == 0.0
    assert share(2.5, 0.0) == 1.0
    assert 0.2 < share(1.0, 0.0) < 0.8
