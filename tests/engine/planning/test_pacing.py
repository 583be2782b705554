"""How long things take, and how a film is brought to a length."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from secondunit_bridge.errors import BadInput
from secondunit_bridge.timing import Rate
from secondunit_engine.planning.pacing import Elastic, elastic, fit_total, line_seconds
from secondunit_engine.planning.temporal import Contradiction, Network

RATE = Rate(24)


def test_a_sad_line_takes_longer_than_an_angry_one_and_a_direction_counts_before_the_mood() -> None:
    line = "I never asked you to come back here and open that door."
    assert line_seconds(line, "sad") > line_seconds(line) > line_seconds(line, "anger")
    assert line_seconds(line, "sad", "rapid-fire") < line_seconds(line, "anger")


def test_pauses_and_beats_are_in_the_length() -> None:
    plain, broken = line_seconds("you tell me who paid you now"), line_seconds("you tell me... who paid -- you now")
    assert broken - plain == Fraction(3, 4)
    assert line_seconds("Yes.", "", "beat") - line_seconds("Yes.") == 1


def test_a_total_is_met_exactly_within_every_bound() -> None:
    """2,000 random films: the sum is the total, no part leaves its bounds, and free parts share one scale."""
    random_ = random.Random(1)
    for _ in range(2000):
        parts = []
        for _ in range(random_.randint(1, 30)):
            wanted = random_.randint(1, 200)
            parts.append(Elastic(random_.randint(0, wanted), wanted, wanted + random_.randint(0, 300)))
        total = random_.randint(sum(part.least for part in parts), sum(part.most for part in parts))
        frames = fit_total(parts, total, RATE)
        assert sum(frames) == total
        assert all(part.least <= count <= part.most for part, count in zip(parts, frames, strict=True))
        free = [
            (count - 1) / part.wanted <= scale <= (count + 1) / part.wanted
            for part, count in zip(parts, frames, strict=True)
            for scale in [_scale(parts, frames)]
            if part.least < count < part.most
        ]
        assert all(free)


def _scale(parts: list[Elastic], frames: tuple[int, ...]) -> float:
    """The scale of the largest part that is at neither bound."""
    free = [(part.wanted, count) for part, count in zip(parts, frames, strict=True) if part.least < count < part.most]
    wanted, count = max(free, default=(1, 1))
    return count / wanted


def test_a_line_is_never_cut_and_a_locked_beat_keeps_its_length() -> None:
    line, action, locked = (
        elastic(Fraction(3), RATE, spoken=True), elastic(Fraction(3), RATE), elastic(Fraction(3), RATE, locked=True),
    )  # fmt: skip
    short = fit_total([line, action, locked], 72 + 50 + 72, RATE)
    assert short == (72, 50, 72)


def test_an_impossible_length_names_the_possible_ones() -> None:
    with pytest.raises(BadInput, match=r"cannot last 1\.0 s: they need 3\.0 s to 5\.0 s"):
        fit_total([elastic(Fraction(3), RATE, spoken=True)], 24, RATE)


def test_the_network_gives_earliest_times_and_keeps_who_waits() -> None:
    network = Network()
    _, walked = network.span("walk", Fraction(3))
    talk, _ = network.span("talk", Fraction(2))
    network.put(walked, talk, why="talk waits for the walk")
    times = network.earliest()
    assert (times["talk begins"], times["talk ends"]) == (3, 5)


def test_a_contradiction_names_the_bounds_that_make_it() -> None:
    network = Network()
    walk, walked = network.span("walk", Fraction(3))
    talk, talked = network.span("talk", Fraction(2))
    network.put(walked, talk, why="she talks once she is there")
    network.put(talked, walk, why="she walks when she has talked")
    with pytest.raises(Contradiction) as told:
        network.earliest()
    assert {"she talks once she is there", "she walks when she has talked"} <= set(told.value.reasons)
