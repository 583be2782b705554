"""Drawn frames: people where the plan has them, the plan's light, the same bytes every time."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from secondunit_engine.planning.camera_path import camera_poses
from secondunit_engine.planning.plan import CameraPlan, LightPlan, ShotPlan, Station
from secondunit_engine.previs.artist import Artist
from secondunit_engine.previs.stage import Stage
from tests.engine.previs.plans import MARA, shot

WIDTH, HEIGHT = 320, 180


def draw(planned: ShotPlan, room: Stage, frame: int) -> np.ndarray:
    return Artist(planned, room, WIDTH, HEIGHT).draw(frame, camera_poses(planned)[frame])


def changed(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Which pixels differ so that one sees it, shape [H, W]."""
    return np.abs(first.astype(int) - second).max(axis=-1) > 24


def test_a_person_is_drawn_where_the_lens_sees_them(room: Stage) -> None:
    """What Mara adds to the empty room lies about the column that her place on the path projects to."""
    planned = shot()
    empty = replace(planned, cast=(), dialogue=())
    for frame, x in ((0, -0.9), (24, 0.35)):
        with_her = changed(draw(planned, room, frame), draw(empty, room, frame))
        column = (0.5 + 24.0 / 36.0 * x / 3.0) * WIDTH
        assert 0.01 < with_her.mean() < 0.4
        assert abs(np.nonzero(with_her)[1].mean() - column) < 0.06 * WIDTH


def test_a_frame_is_not_flat(room: Stage) -> None:
    """The picture has darks, lights and colour: a designed frame, not grey boxes."""
    picture = draw(shot(), room, 0) / 255.0
    luma = picture @ [0.2126, 0.7152, 0.0722]
    assert np.percentile(luma, 5) < 0.12
    assert np.percentile(luma, 99.5) > 0.7
    assert (picture.max(axis=-1) - picture.min(axis=-1)).mean() > 0.05


def test_the_same_frame_has_the_same_bytes(room: Stage) -> None:
    """Drawn anew, or after another frame over the kept set, a frame is the same."""
    planned = shot()
    artist = Artist(planned, room, WIDTH, HEIGHT)
    poses = camera_poses(planned)
    artist.draw(3, poses[3])
    assert np.array_equal(artist.draw(12, poses[12]), draw(planned, room, 12))


def test_a_high_key_is_brighter(room: Stage) -> None:
    low, high = (draw(shot(lights=LightPlan(key=key)), room, 0).mean() for key in ("low", "high"))
    assert high > 1.25 * low


def test_the_key_lights_the_side_it_comes_from(room: Stage) -> None:
    """With the key from the left of the picture Mara is brighter on the left than with the key from the right."""
    camera = CameraPlan(size="MS", lens_mm=50.0, subject="Mara", station=Station((-0.9, 1.4, 3.4), (-0.9, 1.3, 1.0)))
    planned = shot(camera=camera, dialogue=(), actions=(), cast=(MARA,))
    still = replace(planned, blocking=tuple(replace(path, spots=path.spots[:1]) for path in planned.blocking))
    left, right = (
        draw(replace(still, lights=LightPlan(key="low", key_bearing=bearing, ratio=8.0)), room, 0).astype(float)
        for bearing in (290.0, 70.0)
    )
    middle = WIDTH // 2
    centre = np.s_[40:150, middle - 40 : middle + 40]
    person = changed(left, draw(replace(still, cast=()), room, 0))[centre]
    gained = np.where(person[..., None], left[centre] - right[centre], 0.0).sum(axis=-1)
    assert gained[:, :40].sum() > 4 * abs(gained[:, 40:].sum())
