"""Plans: the recipes, the demo, lengths, and that an edit changes what depends on it only."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondunit_bridge.door import open_brief
from secondunit_bridge.errors import BadInput, TooLarge
from secondunit_bridge.timing import Rate
from secondunit_engine.planning.plan import Plan, Settings, ShotPlan
from secondunit_engine.planning.plan_script import plan_script
from secondunit_engine.script.brief import Brief
from secondunit_engine.script.read import read_brief

EXAMPLES = Path(__file__).parents[3] / "examples"
SCENES = [
    "INT. ANCIENT LIBRARY - DAY\n\nMARA (30s) opens the relic.\n\n",
    "EXT. LED TUNNEL - MIDNIGHT - RAIN\n\nA coupe accelerates toward lens.\n\n",
    "INT. BEDROOM STUDIO - NIGHT\n\nAVA talks to camera.\n\nAVA\nHello, everybody.\n\n",
    "INT. ANCIENT LIBRARY - NIGHT\n\nELIAS walks to the pedestal. He lifts the relic.\n\nELIAS\nAt last.\n\n",
]


def plan(text: str, **wanted: object) -> Plan:
    return plan_script(read_brief(open_brief(text)), replace(Settings(), **wanted))  # type: ignore[arg-type]


def example(name: str, **wanted: object) -> Plan:
    return plan_script(read_brief(open_brief(EXAMPLES / name)), replace(Settings(), **wanted))  # type: ignore[arg-type]


def bare(shot: ShotPlan) -> ShotPlan:
    """A shot without its ledger, whose offsets move with the text before it."""
    return replace(shot, ledger=())


def test_automotive_reveal() -> None:
    (shot,) = example("automotive_reveal.txt").shots
    assert (shot.set.place, shot.set.time_of_day, shot.set.weather) == ("led_tunnel", "midnight", ("rain",))
    assert (shot.camera.size, shot.camera.angle, shot.camera.lens_mm, shot.camera.subject) == ("FS", "low", 35.0, "Car")
    assert shot.motion.time_scale == 0.25
    (drive,) = shot.actions
    assert (drive.actor, drive.verb, drive.target, drive.frames) == ("Car", "accelerate", "lens", shot.frames)


def test_fantasy_cutscene() -> None:
    (shot,) = example("fantasy_cutscene.txt").shots
    assert (shot.set.place, shot.camera.size, shot.camera.move) == ("library", "WS", "push in")
    assert [(person.name, person.wardrobe) for person in shot.cast] == [("Protagonist", "robe")]
    assert [(a.actor, a.verb, a.target) for a in shot.actions] == [
        ("Protagonist", "open", "Relic"),
        ("Motes", "swirl", ""),
    ]
    assert {"dust", "haze"} <= set(shot.set.weather)


def test_influencer_vlog() -> None:
    (shot,) = example("influencer_vlog.txt").shots
    assert (shot.set.place, shot.camera.size, shot.camera.lens_mm, shot.camera.t_stop) == (
        "bedroom_studio", "MCU", 50.0, 2.0,
    )  # fmt: skip
    assert [(person.name, person.emotion) for person in shot.cast] == [("Host", "joy")]
    assert [(a.actor, a.verb, a.target) for a in shot.actions] == [("Host", "talk", "lens")]


def test_esports_teaser_flies_through_the_arena() -> None:
    (shot,) = example("esports_teaser.txt").shots
    assert (shot.set.place, shot.camera.move, shot.music) == ("arena", "fly-through", "bass drops")


def test_demo_is_three_shots_of_three_places() -> None:
    """With 48 frames a shot the example screenplay is six seconds, free of continuity notes."""
    demo = example("last_light_on_stage_nine.fountain", frames=48)
    assert [shot.set.place for shot in demo.shots] == ["led_tunnel", "library", "bedroom_studio"]
    assert [shot.id for shot in demo.shots] == ["sh010", "sh020", "sh030"]
    assert [shot.frames for shot in demo.shots] == [48, 48, 48]
    assert demo.continuity == ()
    assert [person.name for shot in demo.shots for person in shot.cast] == ["Mara", "Ava"]
    assert {entry.status.value for entry in demo.ledger} == {"bound"}
    (line,) = demo.shots[2].dialogue
    assert 0 <= line.start < line.start + line.frames <= 48


def test_without_a_length_beats_decide() -> None:
    """Ten words at 2.6 a second and the air after them; never under two seconds."""
    long = plan("INT. LIBRARY - DAY\n\nMARA\nOne two three four five six seven eight nine ten.\n").shots[0]
    assert long.frames == round((10 / 2.6 + 0.5) * 24)
    assert plan("INT. LIBRARY - DAY\n\nMARA\nYes.\n").shots[0].frames == 48


def test_length_said_in_a_prompt_is_kept() -> None:
    assert plan("a car races through a tunnel, 8 seconds").shots[0].frames == 192
    assert plan("a car races through a tunnel, 8 seconds", rate=Rate(24000, 1001)).shots[0].frames == 192
    assert plan("a car races through a tunnel, 8 seconds", frames=30).shots[0].frames == 30


@pytest.mark.parametrize("frames", [0, -5])
def test_lengths_that_are_none_are_refused(frames: int) -> None:
    with pytest.raises(BadInput, match="cannot last"):
        plan("a car", frames=frames)


def test_a_talk_of_two_gets_a_master_and_an_angle_gets_a_shot() -> None:
    sample = example("the_relic.fountain")
    first = [shot for shot in sample.shots if shot.scene == "sc010"]
    assert (first[0].camera.setup, first[0].camera.size) == ("master", "WS")
    talk = [shot.camera for shot in first if shot.dialogue]
    assert {camera.subject for camera in talk} == {"Mara", "Elias"}
    assert any(camera.setup == "over shoulder" for camera in talk)
    angle = next(shot for shot in first if shot.beats[0].text.startswith("ANGLE ON"))
    assert (angle.camera.setup, angle.camera.subject, angle.camera.size) == ("insert", "Relic", "CU")
    assert {shot.cast[0].mark for shot in first} == {"hero"}
    assert [beat.id for shot in first for beat in shot.beats] == sorted(
        beat.id for shot in first for beat in shot.beats
    )


def test_off_screen_voices_are_heard_and_not_seen() -> None:
    (shot,) = plan("INT. LIBRARY - DAY\n\nMARA waits.\n\nELIAS (O.S.)\nPut it down.\n").shots
    assert [person.name for person in shot.cast] == ["Mara"]
    assert [(line.character, line.off_screen) for line in shot.dialogue] == [("Elias", True)]


def test_descriptions_shape_the_cast() -> None:
    text = "INT. LIBRARY - DAY\n\nAn elderly KING with grey hair waits. ROSA (19, long hair, hoodie) opens the door.\n"
    king, rosa = plan(text).shots[0].cast
    assert (king.name, king.gender, king.hair) == ("King", 0.0, "short grey")
    assert king.age > 0.7
    assert (rosa.gender, rosa.hair, rosa.wardrobe) == (1.0, "long dark", "hoodie")
    assert 0.3 < rosa.age < 0.5


def test_a_person_and_a_place_are_the_same_in_every_scene() -> None:
    """Seeds of sets and people come from their names, not from where they stand in the script."""
    shots = plan("".join((SCENES[0], SCENES[1], SCENES[0]))).shots
    assert shots[0].cast == shots[2].cast
    assert shots[0].set == shots[2].set
    assert shots[0].seed != shots[2].seed


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(SCENES), min_size=2, max_size=5), st.integers(0, 4), st.booleans())
def test_an_edit_leaves_the_other_scenes_shots_as_they_were(scenes: list[str], at: int, slow: bool) -> None:
    at %= len(scenes)
    extra = "The camera pushes in slowly. Dust motes drift.\n\n" if slow else "Rain. It is over.\n\n"
    edited = [scene + extra if number == at else scene for number, scene in enumerate(scenes)]
    before, after = plan("".join(scenes)).shots, plan("".join(edited)).shots
    assert len(before) == len(after) == len(scenes)
    for number, (old, new) in enumerate(zip(before, after, strict=True)):
        assert (bare(old) == bare(new)) == (number != at)


def test_same_script_same_plan_and_other_seed_other_people() -> None:
    text = SCENES[0]
    assert plan(text) == plan(text)
    assert plan(text, seed=1).shots[0].cast != plan(text).shots[0].cast


def test_shots_ledgers_together_are_the_scenes_words() -> None:
    sample = example("the_relic.fountain")
    inside = [entry for shot in sample.shots for entry in shot.ledger]
    assert len(inside) == len(set(inside))
    assert set(inside) <= set(sample.ledger)
    outside = {entry.meaning for entry in set(sample.ledger) - set(inside)}
    assert outside <= {"title page: not shot", "section heading: not shot", "synopsis: not shot",
                       "transition: shown as a cut"}  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*SCENES, "ANGLE ON -- THE RELIC\n\n", "ELIAS (V.O.)\nNo. No, no.\n\n", "CUT TO:\n\n"]),
                min_size=1, max_size=6))  # fmt: skip
def test_everything_happens_inside_its_shot(pieces: list[str]) -> None:
    for wanted in (None, 10):
        for shot in plan(SCENES[0] + "".join(pieces), frames=wanted).shots:
            assert shot.frames == (wanted or shot.frames) > 0
            for part in (*shot.actions, *shot.dialogue, *shot.beats):
                assert 0 <= part.start <= part.start + part.frames <= shot.frames


def test_an_unnamed_place_is_said() -> None:
    (note,) = plan("a man smiles").continuity
    assert (note.level, note.rule) == ("warning", "place not named")


def test_a_brief_read_twice_is_not_changed() -> None:
    brief = Brief(SCENES[0], "fountain")
    assert read_brief(brief) == read_brief(brief)


def test_a_crowd_is_cast_in_part_and_said() -> None:
    cues = "".join(f"PERSON {letter}\nYes.\n\n" for letter in "ABCDEFGHIJ")
    crowded = plan("INT. LIBRARY - DAY\n\n" + cues)
    assert len(crowded.shots[0].cast) == 8
    assert [note.rule for note in crowded.continuity] == ["too many people"]


def test_two_women_are_two_people() -> None:
    (shot,) = plan("two women walk in an ancient library").shots
    assert [(person.name, person.gender, person.mark) for person in shot.cast] == [
        ("Woman", 1.0, "hero"),
        ("Woman_2", 1.0, "companion"),
    ]


def test_a_feature_is_planned_in_seconds() -> None:
    """Twenty times the sample, a third of a feature; and endless scenes are refused."""
    text = (EXAMPLES / "the_relic.fountain").read_text("utf-8")
    body = text[text.index("INT. ANCIENT") :]
    start = time.process_time()
    assert len(plan((body + "\n\n") * 20).shots) == 220
    assert time.process_time() - start < 4
    with pytest.raises(TooLarge):
        plan("INT. LIBRARY - DAY\n\nMARA waits.\n\n" * 2001)


@pytest.mark.parametrize("pattern", ["A{0}\nx\n\n", "B{0} (30s) waits. ", "Zz{0} waits, ", "car {0} "])
def test_hostile_scripts_take_linear_time(pattern: str) -> None:
    """Four times as many ever new names take about four times as long; sixteen times would be quadratic."""
    letters = [
        f"{a}{b}{c}".upper() for a in "abcdefghijklmnopqrst" for b in "abcdefghijklmnopqrst" for c in "abcdefghi"
    ]

    def cost(count: int) -> float:
        text = "INT. LIBRARY - DAY\n\n" + "".join(pattern.format(letter) for letter in letters[:count])
        start = time.process_time()
        plan(text, frames=48)
        return time.process_time() - start

    cost(50)  # what is loaded once
    assert cost(3600) < 9 * cost(900) + 0.2
