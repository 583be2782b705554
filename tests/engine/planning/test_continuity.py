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
    Fact,
    PathPlan,
    SetPlan,
    Settings,
    ShotPlan,
    Spot,
)
from secondunit_engine.planning.plan_script import plan_script
from secondunit_engine.script.brief import Brief
from secondunit_engine.script.read import read_brief

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


def test_who_has_left_does_not_speak_as_if_present() -> None:
    """A voice off screen may, and so may who comes back first or is still on the way out."""
    leaves = replace(WIDE, actions=(act("Mara", "exit", start=30),))
    line = DialoguePlan("Mara", "Wait.", 4, 20)
    speaks = replace(CLOSE, cast=(ELIAS,), dialogue=(line,))
    assert found(leaves, speaks) == [("warning", "speaks after leaving", ("sh010", "sh020"))]
    assert found(leaves, replace(speaks, dialogue=(replace(line, off_screen=True),))) == []
    assert found(leaves, replace(speaks, dialogue=(replace(line, character="Elias"),))) == []
    assert found(leaves, replace(speaks, cast=(MARA, ELIAS), actions=(act("Mara", "enter"),))) == []
    assert found(replace(leaves, dialogue=(replace(line, start=20),))) == []
    assert found(speaks) == []


def test_a_script_that_lets_somebody_speak_after_leaving_is_warned_of_it() -> None:
    text = "INT. LIBRARY - DAY\n\nMara walks to Elias. Elias sits.\n\nMara leaves.\n\nMARA{}\nWait for me.\n"
    warned = [
        [note.rule for note in plan_script(read_brief(Brief(text.format(how), "fountain")), Settings()).continuity]
        for how in ("", " (O.S.)", " (V.O.)")
    ]
    assert [rules.count("speaks after leaving") for rules in warned] == [1, 0, 0]


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


def test_a_prop_is_in_one_place() -> None:
    """What Mara holds when a shot ends she holds when the next begins; a hand-over moves it."""
    holds, gives = (Fact("Relic", "held by", "Mara"),), ActionPlan("Mara", "give", 0, 10, "Relic", other="Elias")
    first = replace(WIDE, state=holds)
    second = replace(CLOSE, state=(Fact("Relic", "held by", "Elias"),))
    assert found(first, second) == [("error", "prop in two places", ("sh010", "sh020"))]
    assert found(replace(first, actions=(gives,)), second) == []
    both = replace(WIDE, state=(*holds, *second.state))
    assert ("error", "prop in two places", ("sh010",)) in found(both)
    at_once = (act("Mara", "lift", "Relic"), act("Elias", "lift", "Relic", start=5))
    assert ("error", "prop in two places", ("sh010",)) in found(replace(WIDE, actions=at_once))


def test_nobody_holds_three_things() -> None:
    three = tuple(Fact(thing, "held by", "Mara") for thing in ("Relic", "Lantern", "letter"))
    assert found(replace(WIDE, state=three)) == [("error", "full hands", ("sh010",))]
    assert found(replace(WIDE, state=three[:2])) == []


def test_doors_wounds_and_broken_things_change_by_a_beat_only() -> None:
    cases = (
        (Fact("Door", "is", "open"), act("Mara", "open", "Door"), "door changes"),
        (Fact("Elias", "wound", "bruise"), act("Mara", "hit", "Elias"), "wound changes"),
        (Fact("Lantern", "whole", "broken"), act("Mara", "break", "Lantern"), "prop changes"),
    )
    for fact, action, rule in cases:
        changed = replace(CLOSE, state=(fact,))
        assert found(WIDE, changed) == [("error", rule, ("sh010", "sh020"))]
        assert found(replace(WIDE, actions=(action,)), changed) == []


def at(x: float, posture: str = "stand") -> tuple[PathPlan, ...]:
    return (PathPlan("Mara", (Spot(0, x, 0.0, 0.0, posture),)),)  # type: ignore[arg-type]


def test_nobody_is_elsewhere_after_a_cut() -> None:
    first = replace(WIDE, blocking=at(0.0))
    assert found(first, replace(CLOSE, blocking=at(0.1))) == []
    assert found(first, replace(CLOSE, blocking=at(2.0))) == [("error", "teleport", ("sh010", "sh020"))]
    assert found(first, replace(CLOSE, blocking=at(0.0, "sit"))) == [("error", "posture change", ("sh010", "sh020"))]
    later = replace(CLOSE, scene="sc020", blocking=at(2.0))
    assert found(first, later) == []
    going_on = replace(later, heading="INT. LIBRARY - CONTINUOUS")
    assert found(first, going_on) == [("error", "teleport", ("sh010", "sh020"))]


def test_a_camera_follows_somebody_or_does_as_it_is_told() -> None:
    tracks = replace(WIDE, camera=CameraPlan("FS", subject="Mara", move="track"), blocking=at(0.0))
    assert found(tracks) == [("warning", "unmotivated move", ("sh010",))]
    walks = (PathPlan("Mara", (Spot(0, 0.0, 0.0, 0.0), Spot(40, 3.0, 0.0, 90.0))),)
    assert found(replace(tracks, blocking=walks)) == []
    asked = replace(tracks, beats=(BeatPlan("b", "We track past the shelves.", "action", 0, 48),))
    assert found(asked) == []


def test_a_quick_line_that_fits_is_no_fault() -> None:
    """Eight words in two and three quarter seconds are fast, and can be said."""
    quick = DialoguePlan("Mara", "one two three four five six seven eight", 0, 66)
    assert found(replace(WIDE, frames=66, dialogue=(quick,))) == []
