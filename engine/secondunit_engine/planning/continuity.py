"""Continuity: what a script supervisor would note on the plan. Errors block a shoot, warnings are shown.

Only what plain plan data can show is judged here; the line, eyelines and geometry need the solved cameras.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise

from secondunit_engine.planning.blocking import speech_seconds
from secondunit_engine.planning.plan import ActionPlan, ContinuityNote, ShotPlan

_SIZES = ("EWS", "WS", "FS", "MFS", "MS", "MCU", "CU", "ECU")
_NIGHT = frozenset(("night", "midnight"))
_SUN = re.compile(r"\bsun(?:light|beam|shaft|lit|ny|shine)?s?\b", re.I)
_ENTERS = re.compile(r"\b(?:enters?|entering|comes? in|arrives?|walks? in)\b", re.I)
_DRESSES = re.compile(
    r"\b(?:chang\w+ (?:into|clothes)|dress\w*|undress\w*|puts? on|takes? off|pulls? on|strips?)\b", re.I
)
_TAKES, _GIVES = frozenset(("lift",)), frozenset(("put down",))
_HANDS = 2


def check_continuity(shots: tuple[ShotPlan, ...]) -> tuple[ContinuityNote, ...]:
    """All notes on a plan's shots, in shot order for each rule."""
    rules = (_check_entrances, _check_hands, _check_wardrobe, _check_sizes, _check_lenses, _check_sun)
    scenes = [tuple(group) for _, group in groupby(shots, key=lambda shot: shot.scene)]
    notes = [note for scene in scenes for rule in rules for note in rule(scene)]
    notes += [note for shot in shots for note in _check_lengths(shot)]
    notes += [note for a, b in pairwise(scenes) for note in _check_continuous(a[-1], b[0])]
    return tuple(notes)


def _acts(scene: tuple[ShotPlan, ...]) -> Iterator[tuple[ShotPlan, ActionPlan]]:
    """The actions of a scene in story order."""
    for shot in scene:
        for action in sorted(shot.actions, key=lambda action: action.start):
            yield shot, action


def _check_entrances(scene: tuple[ShotPlan, ...]) -> Iterator[ContinuityNote]:
    """Nobody acts in a scene before they enter it."""
    acted: dict[str, str] = {}
    for shot, action in _acts(scene):
        if action.actor not in {person.name for person in shot.cast}:
            continue
        enters = action.verb == "walk" and _ENTERS.search(action.text)
        if enters and action.actor in acted:
            message = f"{action.actor} acts before entering the scene."
            yield ContinuityNote("error", "unmet precondition", _names(acted[action.actor], shot.id), message)
        if action.target != "Door":  # doors are opened on the way in
            acted.setdefault(action.actor, shot.id)


def _check_hands(scene: tuple[ShotPlan, ...]) -> Iterator[ContinuityNote]:
    """What one holds nobody else handles; what nobody holds is not put down; two hands hold two things."""
    holders: dict[str, tuple[str, str]] = {}  # thing: who holds it, since which shot
    for shot, action in _acts(scene):
        thing, who = action.target, action.actor
        if not thing or thing == "lens":
            continue
        holder = holders.get(thing)
        if holder and holder[0] != who and action.verb in _TAKES | _GIVES | {"open", "close"}:
            message = f"{who} would {action.verb} the {thing.lower()} that {holder[0]} holds."
            yield ContinuityNote("error", "prop in two places", _names(holder[1], shot.id), message)
        elif action.verb in _TAKES:
            held = [other for other, (name, _) in holders.items() if name == who and other != thing]
            if len(held) >= _HANDS:
                message = f"{who} has both hands full and cannot take the {thing.lower()}."
                yield ContinuityNote("error", "full hands", (shot.id,), message)
            holders[thing] = (who, shot.id)
        elif action.verb in _GIVES:
            if not holder:
                message = f"{who} puts down the {thing.lower()} without having taken it."
                yield ContinuityNote("error", "unmet precondition", (shot.id,), message)
            holders.pop(thing, None)


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


def _check_sizes(scene: tuple[ShotPlan, ...]) -> Iterator[ContinuityNote]:
    """Two shots of one subject that differ by under one size jump at the cut."""
    for first, second in pairwise(scene):
        a, b = first.camera, second.camera
        if a.subject == b.subject and a.angle == b.angle and abs(_SIZES.index(a.size) - _SIZES.index(b.size)) < 1:
            message = f"Both shots of {a.subject} are {a.size} from one angle; the cut will jump."
            yield ContinuityNote("warning", "size of change", _names(first.id, second.id), message)


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
    wanted = shot.rate.frames(sum((speech_seconds(line.text) for line in shot.dialogue), start=0 * shot.rate.fraction))
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
