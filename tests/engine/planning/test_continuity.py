"""Continuity rules: each finds its fault, and a sound scene has none."""

from __future__ import annotations

from dataclasses import replace

from secondunit_bridge.timing import Rate
from secondunit_engine.planning.continuity import check_continuity
from secondunit_engine.planning.plan import (
    ActionPlan,
    BeatPlan,
    CameraPlan,
    CastPlan,
    DialoguePlan,
    SetPlan,
    ShotPlan,
)

MARA, ELIAS = CastPlan("Mara", wardrobe="robe"), CastPlan("Elias", wardrobe="robe")
WIDE = ShotPlan(
    "sh010", "sc010", "INT. LIBRARY - DAY", 48, Rate(24), 1, SetPlan("library"),
    CameraPlan("WS", lens_mm=24, subject="Mara"), cast=(MARA, ELIAS),
)  # fmt: skip
CLOSE = replace(WIDE, id="sh020", camera=CameraPlan("CU", lens_mm=85, subject="Mara"))


def act(actor: str, verb: str, target: str = "", start: int = 0, text: str = "") -> ActionPlan:
    return ActionPlan(actor, verb, start, 10, target, text=text)


def found(*shots: ShotPlan) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(note.level, note.rule, note.shots) for note in check_continuity(shots)]


def test_a_sound_scene_has_no_notes() -> None:
    assert found(replace(WIDE, actions=(act("Mara", "open", "Relic"),)), CLOSE) == []


def test_opening_a_relic_that_nobody_lifted_is_fine() -> None:
    assert found(replace(WIDE, actions=(act("Mara", "open", "Relic"),))) == []


def test_nobody_acts_before_entering() -> None:
    """Doors are opened on the way in, and who left may come back."""
    first = replace(WIDE, actions=(act("Mara", "open", "Relic"),))
    second = replace(CLOSE, actions=(act("Mara", "enter", text="Mara enters."),))
    assert found(first, second) == [("error", "unmet precondition", ("sh010", "sh020"))]
    assert found(replace(first, actions=(act("Mara", "open", "Door"),)), second) == []
    assert found(replace(first, actions=(*first.actions, act("Mara", "exit", start=40))), second) == []
    assert found(replace(second, id="sh010"), replace(first, id="sh020")) == []


def test_wardrobe_changes_by_a_beat_only() -> None:
    changed = replace(CLOSE, cast=(replace(MARA, wardrobe="hoodie"),))
    assert found(WIDE, changed) == [("error", "wardrobe change", ("sh010", "sh020"))]
    said = replace(changed, beats=(BeatPlan("b", "Mara changes into a hoodie.", "action", 0, 48),))
    assert found(WIDE, said) == []
    assert found(WIDE, replace(changed, scene="sc020")) == []
    going_on = replace(changed, scene="sc020", heading="INT. HALL - CONTINUOUS")
    assert found(WIDE, going_on) == [("error", "wardrobe change", ("sh010", "sh020"))]


def test_matching_singles_match_in_lens() -> None:
    other = replace(CLOSE, id="sh030", camera=CameraPlan("CU", lens_mm=50, subject="Elias"))
    assert found(CLOSE, other) == [("warning", "lens jump", ("sh020", "sh030"))]


def test_dialogue_fits_the_shot() -> None:
    long = DialoguePlan("Mara", "one two three four five six seven eight nine ten", 0, 48)
    assert found(replace(WIDE, dialogue=(long,))) == [("warning", "dialogue longer than the shot", ("sh010",))]


def test_the_sun_keeps_story_time() -> None:
    night = replace(CLOSE, set=replace(WIDE.set, time_of_day="night"))
    assert found(WIDE, night) == [("warning", "sun against story time", ("sh010", "sh020"))]
    lit = replace(night, beats=(BeatPlan("b", "Sunlight falls in.", "action", 0, 48),))
    assert found(lit) == [("warning", "sun against story time", ("sh020",))]
