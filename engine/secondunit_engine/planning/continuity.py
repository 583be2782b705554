"""Continuity: what a script supervisor would note on the plan. Errors block a shoot, warnings are shown.

Only what plain plan data shows is judged here: `story.py` says what cannot happen, `replay.py` plays the actions
against the state, `line.py` looks at the cameras.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import groupby, pairwise

from secondunit_engine.planning.pacing import line_seconds
from secondunit_engine.planning.plan import ContinuityNote, DialoguePlan, ShotPlan
from secondunit_engine.planning.replay import check_state

_A_STEP = 0.35  # m
_GOES = frozenset(("exit", "drive off"))
_COMES = frozenset(("enter", "walk", "run"))
_FOLLOWING = frozenset(("track", "pan"))
_ASKED = re.compile(r"\b(?:track|dolly|truck|pan|follow|the script asks)", re.I)
_NIGHT = frozenset(("night", "midnight"))
_SUN = re.compile(r"\bsun(?:light|beam|shaft|lit|ny|shine)?s?\b", re.I)
_DRESSES = re.compile(
    r"\b(?:chang\w+ (?:into|clothes)|dress\w*|undress\w*|puts? on|takes? off|pulls? on|strips?)\b", re.I
)


def check_continuity(shots: tuple[ShotPlan, ...]) -> tuple[ContinuityNote, ...]:
    """All notes on a plan's shots, scene by scene; the last are on what goes on from one scene to the next."""
    rules = (
        check_state, _check_entrances, _check_voices, _check_wardrobe, _check_places, _check_lenses, _check_sun,
        _check_moves,
    )  # fmt: skip
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


def _check_voices(scene: tuple[ShotPlan, ...]) -> Iterator[ContinuityNote]:
    """Who has left the set speaks off screen, or comes back first; on the way out they may still speak."""
    gone: dict[str, tuple[int, str]] = {}  # who: the frame of the scene from which they are off the set, the shot
    begins = 0
    for shot in scene:
        happens = sorted((*shot.actions, *shot.dialogue), key=lambda event: event.start)
        for event in happens:
            if isinstance(event, DialoguePlan):
                since, left = gone.get(event.character, (math.inf, ""))
                if not event.off_screen and begins + event.start >= since:
                    message = (
                        f"{event.character} has left, but speaks as if present; make it (O.S.) or bring them back."
                    )
                    yield ContinuityNote("warning", "speaks after leaving", _names(left, shot.id), message)
            elif event.verb == "exit":
                gone[event.actor] = begins + event.start + event.frames, shot.id
            elif event.verb in _COMES:
                gone.pop(event.actor, None)
        begins += shot.frames


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


def _check_places(scene: tuple[ShotPlan, ...]) -> Iterator[ContinuityNote]:
    for first, second in pairwise(scene):
        yield from _compare_places(first, second)


def _compare_places(first: ShotPlan, second: ShotPlan) -> Iterator[ContinuityNote]:
    """Nobody is elsewhere, or sits where they stood, after a cut that no time passes over; who goes or comes may be."""
    passes = {action.actor for action in first.actions if action.verb in _GOES}
    passes |= {action.actor for action in second.actions if action.verb == "enter"}
    left = {path.who: path.spots[-1] for path in first.blocking if path.who not in passes}
    for path in second.blocking:
        then, now = left.get(path.who), path.spots[0]
        if then is None:
            continue
        if (apart := math.hypot(now.x - then.x, now.z - then.z)) > _A_STEP:
            message = f"{path.who} is {apart:.1f} m from where the shot before left them."
            yield ContinuityNote("error", "teleport", _names(first.id, second.id), message)
        elif then.posture != now.posture:
            message = f"{path.who} goes from {then.posture} to {now.posture} over a cut."
            yield ContinuityNote("error", "posture change", _names(first.id, second.id), message)


def _check_moves(scene: tuple[ShotPlan, ...]) -> Iterator[ContinuityNote]:
    """A camera that tracks or pans follows somebody, or the script asks for the move."""
    for shot in scene:
        if shot.camera.move not in _FOLLOWING or not shot.blocking:
            continue
        goes = any(math.hypot(s.x - p.spots[0].x, s.z - p.spots[0].z) > _A_STEP for p in shot.blocking for s in p.spots)
        drives = any(action.actor not in {person.name for person in shot.cast} for action in shot.actions)
        asked = any(_ASKED.search(text) for text in (shot.camera.why, *(beat.text for beat in shot.beats)))
        if not (goes or drives or asked):
            message = f"The camera makes a {shot.camera.move} after nobody."
            yield ContinuityNote("warning", "unmotivated move", (shot.id,), message)


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
    if first.set.place == second.set.place:
        yield from _compare_places(first, second)
    if first.set.time_of_day != second.set.time_of_day:
        message = f"The scene is continuous, but it goes from {first.set.time_of_day} to {second.set.time_of_day}."
        yield ContinuityNote("warning", "sun against story time", _names(first.id, second.id), message)


def _check_lengths(shot: ShotPlan) -> Iterator[ContinuityNote]:
    """The lines of a shot, spoken as fast as anybody would, fit in it."""
    quick = (line_seconds(line.text, "fear", line.parenthetical) for line in shot.dialogue)
    wanted = shot.rate.frames(sum(quick, start=Fraction(0)))
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
