"""What the planner knows of each set's floor."""

from __future__ import annotations

import time
from itertools import pairwise

import numpy as np
import pytest

from secondunit_bridge.errors import NotFound
from secondunit_engine.places import PLACES
from secondunit_engine.planning.floor import Floor, floor_at, floor_of, pack, unpack
from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.planning.ways import length_of


@pytest.fixture(scope="module")
def library() -> Floor:
    return floor_of("library")


def test_every_set_has_a_survey_with_marks_cameras_and_lights() -> None:
    for place in PLACES:
        floor = floor_of(place)
        assert floor.is_surveyed
        assert floor.has_mark("hero")
        assert {camera.size for camera in floor.cameras} == {"ECU", "CU", "MCU", "MS", "MFS", "FS", "WS", "EWS"}
        assert sum(source.share for source in floor.sources) == pytest.approx(1, abs=0.01)
        assert 2 < floor.ceiling < 20 or (PLACES[place].outdoors and floor.ceiling == np.inf)


def test_a_floor_knows_which_of_its_places_it_is() -> None:
    """What is planned on it, such as a camera's move, is asked of the same one."""
    for place in (place for place in PLACES.values() if place.layouts > 1):
        for layout in range(place.layouts):
            floor = floor_of(place.name, layout)
            assert floor.layout == layout
            assert floor_at(SetPlan(place.name, seed=floor.layout)) is floor


def test_an_unknown_place_is_an_open_floor_and_says_so() -> None:
    for place in ("moon", "../library", ""):
        floor = floor_of(place)
        assert not floor.is_surveyed
        assert floor.is_free(8.0, -8.0)
        assert not floor.is_free(11.0, 0.0)
        assert floor.way((-8.0, 0.0), (8.0, 3.0)) == ((-8.0, 0.0), (8.0, 3.0))
        assert floor.room((0.0, 1.6, 3.0))


def test_a_mark_that_is_not_there_is_named(library: Floor) -> None:
    with pytest.raises(NotFound, match="no mark “balcony”"):
        library.mark("balcony")


def test_walls_floor_and_pedestal_are_solid_and_the_air_is_not(library: Floor) -> None:
    points = [(0, 0.5, 0), (6.45, 3, 0), (0, 0, 5), (0, 1.6, 3), (0, 6, -5)]
    assert library.solid(points).tolist() == [True, True, True, False, False]


def test_nobody_stands_in_furniture_and_everybody_can_stand_in_the_aisle(library: Floor) -> None:
    assert library.is_free([0.0, 0.0, 2.55, 4.15], [5.0, 0.0, 3.6, 0.0]).tolist() == [True, False, False, False]
    assert library.clearance(0.0, 3.0) > 0.8


def test_sight_ends_at_a_pier_and_goes_down_the_aisle(library: Floor) -> None:
    starts = [(0, 1.6, 5), (6.0, 1.6, 0), (0, 1.6, 5)]
    ends = [(0, 1.6, -15), (0, 1.6, 0), (0, 1.0, 0)]
    assert library.sees(starts, ends).tolist() == [True, False, True]


def test_a_prop_does_not_hide_itself() -> None:
    """The middle of the car is seen, although its own body is solid; through the car nothing is."""
    floor = floor_of("led_tunnel")
    car = floor.thing("Car")
    assert car is not None
    eye = (3.2, 1.0, 0.0)
    assert not floor.sees(eye, car.middle)
    assert floor.sees(eye, car.middle, ignoring=("Car",))
    assert not floor.sees((3.2, 0.6, 0.0), (-3.2, 0.6, 0.0))


# Where the air goes higher than over the hero [m]: the corridor's stairwell; over the arena's trusses, past the survey;
# over the theatre's house, along the subway's crown, under the warehouse's ridge, beside the balloon.
HIGHER = {"corridor": 6.1, "arena": np.inf, "stage": 11.8, "subway": 5.4, "warehouse": 9.8, "sky": np.inf}


@pytest.mark.parametrize("place", PLACES)
def test_cameras_keep_to_the_inside(place: str) -> None:
    """The set's own cameras are inside and see the hero; behind the walls and above the ceiling there is no room."""
    floor = floor_of(place)
    hero = floor.mark("hero")
    eyes = np.array([camera.eye for camera in floor.cameras])
    assert floor.inside(eyes).all()
    assert floor.sees(eyes, (hero.x, 1.4, hero.z), ignoring=("Car",)).all()
    outside = np.random.default_rng(0).uniform(floor.low, floor.high, (4000, 3))
    roomy = outside[floor.room(outside)]
    assert len(roomy) > 50
    assert (roomy[:, 1] < HIGHER.get(place, floor.ceiling)).all()
    assert floor.room((hero.x, floor.high[1] + 1, hero.z)).item() is False


def test_outside_a_window_is_not_inside() -> None:
    """The bedroom's window has no pane, but a camera cannot hover before the city."""
    floor = floor_of("bedroom_studio")
    assert floor.sees((-1.6, 1.6, -1.2), (-1.6, 1.6, -6.0))
    assert not floor.inside((-1.6, 1.6, -4.0))
    assert not floor.inside((-3.5, 1.6, 0.0))


def test_a_way_keeps_clear_of_everything_and_is_short(library: Floor) -> None:
    rng = np.random.default_rng(1)
    places = rng.uniform((-6, -21), (6, 13), (400, 2))
    places = places[library.is_free(places[:, 0], places[:, 1])][:60]
    for start, end in zip(places[::2].tolist(), places[1::2].tolist(), strict=False):
        way = library.way(tuple(start), tuple(end))
        assert way[0] == tuple(start)
        assert way[-1] == tuple(end)
        assert length_of(way) < 1.6 * np.hypot(*np.subtract(end, start)) + 1.5
        for a, b in pairwise(way):
            along = np.linspace(a, b, 60)
            assert (library.clearance(along[:, 0], along[:, 1]) > 0.24).all(), (start, end)


def test_where_nobody_can_go_there_is_no_way(library: Floor) -> None:
    assert library.way((0.0, 5.0), (0.0, 0.0)) == ()
    assert library.way((0.0, 5.0), (5.8, 0.0)) == ()  # behind the bookcase
    assert not library.reachable((0.0, 5.0), (40.0, 0.0))


def test_people_are_walked_round(library: Floor) -> None:
    direct = library.way((0.0, 3.0), (0.0, 9.0))
    round_it = library.way((0.0, 3.0), (0.0, 9.0), around=[(0.0, 6.0)])
    assert len(direct) == 2
    along = np.concatenate([np.linspace(a, b, 80) for a, b in pairwise(round_it)])
    assert 0.5 < np.hypot(along[:, 0], along[:, 1] - 6.0).min() < 0.8


def test_free_places_come_nearest_first(library: Floor) -> None:
    places = library.near((0.0, 0.0), 2.0)
    far = np.hypot(*places.T)
    assert len(places) > 100
    assert (np.diff(far) >= -1e-9).all()
    assert library.is_free(places[:, 0], places[:, 1]).all()


def test_cells_are_packed_without_loss() -> None:
    cells = np.random.default_rng(2).random((7, 5, 11)) < 0.3
    assert np.array_equal(unpack(pack(cells), (7, 5, 11)), cells)


def test_questions_are_answered_fast(library: Floor) -> None:
    """A thousand rooms in well under a second, a way in milliseconds, so that a scene is planned in fifty."""
    eyes = np.random.default_rng(3).uniform(library.low, library.high, (1000, 3))
    library.room(eyes)
    start = time.process_time()
    library.room(eyes)
    library.way((-0.48, 0.44), (0.0, -21.3))
    assert time.process_time() - start < 0.2
