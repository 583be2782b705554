"""Everything of a shot on its frames: one network, pressed or stretched alike, lines whole."""

from __future__ import annotations

from fractions import Fraction

import pytest

from secondunit_bridge.timing import Rate
from secondunit_engine.planning.blocking import Blocking, block_shot, read_tempo, wanted_seconds
from secondunit_engine.planning.pacing import action_seconds, build_tension, line_seconds
from secondunit_engine.planning.people import people_in
from secondunit_engine.planning.plan_scene import read_shot
from secondunit_engine.planning.reading import read_scenes
from secondunit_engine.planning.steps import find_steps
from secondunit_engine.planning.temporal import Contradiction, Order, Span, stretch
from secondunit_engine.script.brief import Brief
from secondunit_engine.script.read import read_brief

RATE = Rate(24)


def block(text: str, seconds: float | None = None) -> Blocking:
    """A scene as one shot; without seconds, as long as it wants."""
    scene = read_scenes(read_brief(Brief(f"INT. ANCIENT LIBRARY - DAY\n\n{text}\n", "fountain")))[0]
    shot = read_shot(scene, 0, len(scene.beats), 0)
    steps = find_steps(shot, people_in(scene.beats))
    tempos = read_tempo(scene.beats, steps)
    frames = round(24 * seconds) if seconds else RATE.frames(wanted_seconds(shot, steps, tempos))
    return block_shot(shot, steps, frames, RATE, tempos)


def test_what_happens_meanwhile_begins_together_and_what_follows_waits() -> None:
    turn, drop, walk = block("As MARA turns, ELIAS drops the lantern. Mara walks to the door.").actions
    assert turn.start == drop.start == 0
    assert walk.start >= max(turn.start + turn.frames, drop.start + drop.frames)


def test_two_who_act_as_one_take_no_longer_than_one() -> None:
    assert block("MARA and ELIAS walk to the door.").frames == block("MARA walks to the door.").frames


def test_a_line_keeps_its_length_when_a_shot_is_stretched() -> None:
    text = "MARA walks to the door.\n\nMARA\nNobody paid me to come here.\n\nMara walks to the pedestal."
    usual, long = block(text), block(text, 30)
    assert usual.dialogue[0].frames == long.dialogue[0].frames == RATE.frames(line_seconds(long.dialogue[0].text))
    assert long.actions[0].frames > 1.5 * usual.actions[0].frames


@pytest.mark.parametrize("seconds", [1, 3, 8, 40, 600])
def test_everything_lies_in_the_shot_and_beats_follow_each_other(seconds: float) -> None:
    shot = block("MARA walks to the door. She opens it.\n\nELIAS\nWait!\n\nElias runs. Mara turns.", seconds)
    for part in (*shot.actions, *shot.dialogue, *shot.beats):
        assert 0 <= part.start <= part.start + part.frames <= shot.frames
    starts = [beat.start for beat in shot.beats]
    assert starts == sorted(starts)


def test_manner_and_tension_press_what_is_not_spoken() -> None:
    two = Fraction(2)
    assert action_seconds(two, "slowly") == 3
    assert action_seconds(two, "suddenly") < two
    calm, fight, after = build_tension([("She reads.", ["read"], ""), ("A GUN! Run!", ["run"], "fear"), ("", [], "")])
    assert calm == 0 < after < fight <= 1


def test_a_mood_sets_the_rate_of_the_lines_after_it() -> None:
    line = "MARA\nI never asked you to come back here and open that door."
    sad, plain = block(f"MARA, sad, waits.\n\n{line}"), block(f"MARA waits.\n\n{line}")
    assert sad.dialogue[0].frames > plain.dialogue[0].frames


def test_a_stretched_network_ends_on_time_within_its_bounds() -> None:
    """Two at once and one after them: the longer of the two decides; what is at its bound stays there."""
    spans = [Span("walk", Fraction(2), Fraction(3), Fraction(9)), Span("line", Fraction(4), Fraction(4), Fraction(5)),
             Span("sit", Fraction(1), Fraction(2), Fraction(6))]  # fmt: skip
    orders = [Order(("walk", "begins"), ("line", "begins")),
              *(Order((name, "ends"), ("sit", "begins")) for name in ("walk", "line"))]  # fmt: skip
    for length in (Fraction(5), Fraction(6), Fraction(17, 2), Fraction(12), Fraction(15)):
        times = stretch(spans, orders, length)
        assert max(end for _, end in times.values()) == length
        assert 4 <= times["line"][1] - times["line"][0] <= 5
        assert times["sit"][0] == max(times["walk"][1], times["line"][1])


def test_orders_that_go_round_in_a_circle_are_named() -> None:
    spans = [Span("walk", Fraction(1), Fraction(1)), Span("talk", Fraction(1), Fraction(1))]
    orders = [Order(("walk", "ends"), ("talk", "begins"), "she talks once she is there"),
              Order(("talk", "ends"), ("walk", "begins"), "she walks when she has talked")]  # fmt: skip
    with pytest.raises(Contradiction) as told:
        stretch(spans, orders, Fraction(4))
    assert {"she talks once she is there", "she walks when she has talked"} <= set(told.value.reasons)
