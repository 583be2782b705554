"""Continuity: what a script supervisor would note on the plan. Errors block a shoot, warnings are shown.

Only what plain plan data shows is judged here: `story.py` says what cannot happen, `line.py` looks at the cameras.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import groupby, pairwise

from secondunit_engine.planning.pacing import line_seconds
from secondunit_engine.planning.plan import ContinuityNote, ShotPlan

_NIGHT = frozenset(("night", "midnight"))
_SUN = re.compile(r"\bsun(?:light|beam|shaft|lit|ny|shine)?s?\b", re.I)
_DRESSES = re.compile(
    r"\b(?:chang\w+ (?:into|clothes)|dress\w*|undress\w*|puts? on|takes? off|pulls? on|strips?)\b", re.I
)


def check_continuity(shots: tuple[ShotPlan, ...]) -> tuple[ContinuityNote, ...]:
    """All notes on a plan's shots, scene by scene; the last are on what goes on from one scene to the next."""
    rules = (_check_entrances, _check_wardrobe, _check_lenses, _check_sun)
    scenes = [tuple(group) for _, group in groupby(shots, key=lambda shot: shot.scene)]
    notes = [note for scene in scenes for rule in rules for note in rule(scene)]
    notes += [note for shot in shots for note in _check_lengths(shot)]
    notes += [note for a, b in pairwise(scenes) for note in check_between(a, b)]
    return tuple(notes)


def check_between(first: tuple[ShotPlan, ...], second: tuple[ShotPlan, ...]) -> tuple[ContinuityNote, ...]:
    """Notes on the cut from one scene to the next."""
    return tuple(_check_continuous(first[-1], second[0])) if first and second else ()


def _check_entrances(scene: tuple[ShotPlan, ...]) -> Iterator[ContinuityNote]:
    """Nobody acts in a scene before they enter it; who leaves may come back."""
    acted: dict[str, str] = {}  # who: the shot in which they first did something
    for shot in scene:
        people = {person.name for person in shot.cast}
        for action in sorted(shot.actions, key=lambda action: action.start):
            if action.actor not in people:
                continue
            if action.verb == "enter" and action.actor in acted:
                message = f"{action.actor} acts before entering the scene."
                yield ContinuityNote("error", "unmet precondition", _names(acted[action.actor], shot.id), message)
            if action.verb == "exit":
                acted.pop(action.actor, None)
            elif action.target != "Door":  # doors are opened on the way in
                acted.setdefault(action.actor, shot.id)


def _check_wardrobe(scene: tuple[ShotPlan, ...]) -> Iterator[ContinuityNote]:
    for first, second in pairwise(scene):
        yield from _compare_wardrobe(first, second)


def _compare_wardrobe(first: ShotPlan, second: ShotPlan) -> Iterator[ContinuityNote]:
    """Nobody changes clothes or hair between two shots unless a beat says so."""
    before = {person.name: person for person in first.cast}
    if any(_DRESSES.search(beat.text) for beat in (*first.beats, *second.beats)):
        return
    for person in second.cast:
        known = before.get(person.name)
        if known and (known.wardrobe, known.hair) != (person.wardrobe, person.hair):
            changed = "wardrobe" if known.wardrobe != person.wardrobe else "hair"
            then, now = getattr(known, changed), getattr(person, changed)
            message = f"{person.name}'s {changed} changes from {then} to {now} without a beat."
            yield ContinuityNote("error", f"{changed} change", _names(first.id, second.id), message)


def _check_lenses(scene: tuple[ShotPlan, ...]) -> Iterator[ContinuityNote]:
    """Matching singles, the same size on two people, want one lens."""
    for first, second in pairwise(scene):
        a, b = first.camera, second.camera
        people = {person.name for shot in (first, second) for person in shot.cast}
        matching = a.size == b.size and a.subject != b.subject and {a.subject, b.subject} <= people
        if matching and max(a.lens_mm, b.lens_mm) > 1.25 * min(a.lens_mm, b.lens_mm):
            message = f"Matching {a.size}s on {a.lens_mm:g} and {b.lens_mm:g} mm do not match."
            yield ContinuityNote("warning", "lens jump", _names(first.id, second.id), message)


def _check_sun(scene: tuple[ShotPlan, ...]) -> Iterator[ContinuityNote]:
    """One scene has one time of day, and no sun at night."""
    for first, second in pairwise(scene):
        if first.set.time_of_day != second.set.time_of_day:
            message = f"The scene goes from {first.set.time_of_day} to {second.set.time_of_day} at a cut."
            yield ContinuityNote("warning", "sun against story time", _names(first.id, second.id), message)
    for shot in scene:
        if shot.set.time_of_day in _NIGHT and any(_SUN.search(beat.text) for beat in shot.beats):
            message = f"The script has sun in it, but it is {shot.set.time_of_day}."
            yield ContinuityNote("warning", "sun against story time", (shot.id,), message)


def _check_continuous(first: ShotPlan, second: ShotPlan) -> Iterator[ContinuityNote]:
    """A scene that goes on from the one before ("CONTINUOUS") keeps its clothes and its time."""
    if "CONTINUOUS" not in second.heading.upper():
        return
    yield from _compare_wardrobe(first, second)
    if first.set.time_of_day != second.set.time_of_day:
        message = f"The scene is continuous, but it goes from {first.set.time_of_day} to {second.set.time_of_day}."
        yield ContinuityNote("warning", "sun against story time", _names(first.id, second.id), message)


def _check_lengths(shot: ShotPlan) -> Iterator[ContinuityNote]:
    """The lines of a shot, at a talking pace, fit in it."""
    wanted = shot.rate.frames(
        sum((line_seconds(line.text, direction=line.parenthetical) for line in shot.dialogue), start=Fraction(0))
    )
    if wanted > shot.frames:
        message = f"The dialogue wants {wanted} frames, the shot has {shot.frames}."
        yield ContinuityNote("warning", "dialogue longer than the shot", (shot.id,), message)


def _names(*shots: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(shots))


def note_places(reasons: Iterable[tuple[str, str, str]]) -> tuple[ContinuityNote, ...]:
    """A warning for each (shot, set, why) whose place nobody named."""
    return tuple(
        ContinuityNote("warning", "place not named", (shot,), f"No place is named; shown in the {place}, {why}.")
        for shot, place, why in reasons
        if why
    )


def note_crowds(left_out: Iterable[tuple[str, tuple[str, ...]]]) -> tuple[ContinuityNote, ...]:
    """A warning for each (shot, people) that has more people than can be cast."""
    return tuple(
        ContinuityNote("warning", "too many people", (shot,), f"Not in the picture: {', '.join(names[:10])}.")
        for shot, names in left_out
        if names
    )
