"""When everything happens in a shot: actions, lines and beats on the shot's frames."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from secondunit_bridge.timing import Rate
from secondunit_engine.planning.pacing import line_seconds
from secondunit_engine.planning.people import cast_name, is_off_screen
from secondunit_engine.planning.plan import ActionPlan, BeatPlan, DialoguePlan
from secondunit_engine.planning.reading import ReadBeat, ShotReading
from secondunit_engine.planning.temporal import Network
from secondunit_engine.script.prompt import Found
from secondunit_engine.script.subjects import find_subject
from secondunit_engine.script.words import base_forms, split_words

# Seconds an action takes when nobody hurries; others take two.
_SECONDS = {
    "open": 3.0, "lift": 2.0, "walk": 3.0, "run": 2.5, "talk": 3.0, "look": 1.5, "turn": 1.25, "accelerate": 3.0,
    "drive": 3.0, "sit": 1.75, "stand": 1.5, "nod": 1.0, "smile": 1.25, "dance": 3.0, "push": 2.0, "touch": 1.5,
}  # fmt: skip
_AIR = {"dust": "Motes", "rain": "Drops", "spray": "Spray", "sparks": "Sparks"}
_VEHICLE_VERBS = frozenset({"accelerate", "drive", "brake", "drift", "park"})
_DESCRIPTION_SECONDS = Fraction(1)
_MEANWHILE = re.compile(r"\s*(?:while|as|meanwhile|at the same time)\b", re.I)
_LEAD_SECONDS = Fraction(1, 3)  # a breath before a line
# Verbs that say more than the action they are read as.
_TELLING = frozenset(("enter", "come in", "arrive", "exit", "leave", "drop"))


@dataclass(frozen=True)
class Step:
    """Something that happens, before it has a place in time. `beat` counts the beats from 0.

    What is `throughout` goes on for the whole shot: what drives, what hangs in the air, talk whose lines follow.
    `said` is the script's own verb, `other` a third party. A step that the planner `filled` in says `because` of what.
    """

    beat: int
    actor: str
    verb: str
    target: str = ""
    manner: str = ""
    text: str = ""
    throughout: bool = False
    said: str = ""
    other: str = ""
    filled: bool = False
    because: str = ""


@dataclass(frozen=True)
class Blocking:
    frames: int
    actions: tuple[ActionPlan, ...]
    dialogue: tuple[DialoguePlan, ...]
    beats: tuple[BeatPlan, ...]


def find_steps(shot: ShotReading, leads: tuple[str, ...]) -> tuple[Step, ...]:
    """Who does what to what, beat by beat. `leads` are those in the shot; the first acts for a lone verb."""
    prop = shot.first("prop")
    last = leads[0] if leads else prop.value if prop else ""
    steps: list[Step] = []
    for number, beat in enumerate(shot.beats):
        for sentence in beat.sentences:
            found = _sentence_steps(sentence, number, beat.beat.text, last, _has_line(shot, number))
            last = next((step.actor for step in reversed(found) if step.actor not in _AIR.values()), last)
            steps.extend(step for step in found if not (step.throughout and _is_said(steps, step)))
    return tuple(steps)


def _is_said(steps: list[Step], step: Step) -> bool:
    """Whether somebody already does this for the whole shot."""
    return any((other.actor, other.verb, other.throughout) == (step.actor, step.verb, True) for other in steps)


def _sentence_steps(sentence: Sequence[Found], number: int, text: str, last: str, has_line: bool) -> list[Step]:
    steps: list[Step] = []
    pace = next((item.text for item in sentence if item.facet == "pace"), "")
    manner = "" if any(item.facet == "move" for item in sentence) else pace
    has_car = any(item.facet == "prop" and item.value == "Car" for item in sentence)
    for at, item in enumerate(sentence):
        if item.facet != "verb":
            continue
        subject = find_subject(sentence, at)
        driven = has_car and item.value in _VEHICLE_VERBS  # a driving verb with a car in its beat is the car's
        actor = "Car" if driven else _actor(subject, last)
        if not actor:
            continue
        if steps and steps[-1].target and item.text.lower() == "open" and steps[-1].verb == "push":
            steps[-1] = replace(steps[-1], verb="open")  # "pushes the door open"
            continue
        target = _target_after((sentence[i] for i in range(at + 1, len(sentence))), actor)
        airborne = actor in _AIR.values()
        throughout = airborne or actor == "Car" or (item.value == "talk" and has_line)
        said = next((form for form in base_forms(item.text) if form in _TELLING), item.text.lower())
        steps.append(Step(number, actor, item.value, target, manner, text, throughout, said))
    return steps


def _actor(subject: Found | None, last: str) -> str:
    """The plan's name for a subject; a pronoun, or nobody named, is whoever acted last."""
    if subject is None or subject.facet == "gender":
        return last
    if subject.facet == "air":
        return _AIR[subject.value]
    return cast_name(subject.value) if subject.facet == "person" else subject.value


def _has_line(shot: ShotReading, number: int) -> bool:
    """Whether the beat before or after is the line itself: "she talks to camera" needs no time of its own."""
    near = (shot.beats[at] for at in (number - 1, number + 1) if 0 <= at < len(shot.beats))
    return any(beat.beat.kind == "dialogue" for beat in near)


def _target_after(found: Iterable[Found], actor: str) -> str:
    """What a verb is done to or toward: the lens, a prop, a person, or a part of the set by its last word."""
    for item in found:
        if item.facet == "verb":
            return ""
        if item.facet == "toward":
            return item.value
        if item.facet == "prop" and item.value != actor:
            return item.value
        if item.facet == "dressing":
            return split_words(item.text)[-1].text.lower()
        if item.facet == "person" and cast_name(item.value) != actor:
            return cast_name(item.value)
    return ""


def beat_seconds(beat: ReadBeat, steps: tuple[Step, ...]) -> Fraction:
    """How long a beat wants: spoken words at a talking pace, actions by their kind, a look at what is described."""
    if beat.beat.kind == "dialogue":
        return line_seconds(beat.beat.text, direction=beat.beat.parenthetical)
    if beat.beat.kind == "transition":
        return Fraction(0)
    acting = [step for step in steps if not step.throughout]
    if not acting:
        return Fraction(0) if any(step.verb == "talk" for step in steps) else _DESCRIPTION_SECONDS
    return sum((Fraction(_SECONDS.get(step.verb, 2.0)) for step in acting), Fraction(0))


def wanted_seconds(shot: ShotReading, steps: tuple[Step, ...]) -> Fraction:
    """The length a shot asks for, with half a second of air after it."""
    total = Fraction(1, 2)
    for number, beat in enumerate(shot.beats):
        total += beat_seconds(beat, tuple(step for step in steps if step.beat == number))
    return total


def block_shot(shot: ShotReading, steps: tuple[Step, ...], frames: int, rate: Rate) -> Blocking:
    """Lay beats end to end over the shot, each in proportion to what it wants, and their actions inside them.

    A line keeps its natural length if the shot has room for it. What hangs in the air and what drives goes on
    for the whole shot.
    """
    weights = [
        beat_seconds(beat, tuple(step for step in steps if step.beat == number))
        for number, beat in enumerate(shot.beats)
    ]
    if shot.is_prompt:
        weights = _only_events(shot, steps, weights)
    ranges = _lay_out(shot, weights, frames)
    actions: list[ActionPlan] = []
    dialogue: list[DialoguePlan] = []
    beats: list[BeatPlan] = []
    for number, (beat, (start, length)) in enumerate(zip(shot.beats, ranges, strict=True)):
        beats.append(BeatPlan(beat.beat.id, beat.beat.text, beat.beat.kind, start, length))
        own = tuple(step for step in steps if step.beat == number)
        actions.extend(_place_steps(own, start, length, frames))
        if beat.beat.kind == "dialogue":
            line = beat.beat
            natural = rate.frames(line_seconds(line.text, direction=line.parenthetical))
            off = is_off_screen(line.extension)
            spoken = min(natural, length)
            lead = min(rate.frames(_LEAD_SECONDS), (length - spoken) // 2)
            name = cast_name(line.character) if line.character else ""
            dialogue.append(DialoguePlan(name, line.text, start + lead, spoken, line.parenthetical, off))
    return Blocking(frames, tuple(actions), tuple(dialogue), tuple(beats))


def _only_events(shot: ShotReading, steps: tuple[Step, ...], weights: list[Fraction]) -> list[Fraction]:
    """In a prompt, clauses that only describe hold for the whole shot and take no time from those that happen."""
    acting = {step.beat for step in steps if not step.throughout}
    return [
        weight if number in acting or shot.beats[number].beat.kind == "dialogue" else Fraction(0)
        for number, weight in enumerate(weights)
    ]


def _lay_out(shot: ShotReading, weights: Sequence[Fraction], frames: int) -> list[tuple[int, int]]:
    """(start, frames) of each beat: one after the other, but what happens "while" or "as" something else does begins
    with it. Everything is stretched or pressed alike until it fills the shot; a beat without weight holds throughout.
    """
    network = Network()
    before: tuple[str, str] | None = None
    for number, weight in enumerate(weights):
        if not weight:
            continue
        start, end = network.span(f"beat {number}", weight)
        if before is not None:
            together = _MEANWHILE.match(shot.beats[number].beat.text) is not None
            network.put(before[0] if together else before[1], start)
        before = start, end
    times = network.earliest()
    length = max(times.values())
    ranges: list[tuple[int, int]] = []
    for number, weight in enumerate(weights):
        if not weight:
            ranges.append((0, frames))
            continue
        first, last = (round(frames * times[f"beat {number} {edge}"] / length) for edge in ("begins", "ends"))
        ranges.append((first, last - first))
    return ranges


def _share_frames(weights: list[Fraction], frames: int) -> list[tuple[int, int]]:
    """(start, frames) of each beat; a beat without weight holds for the whole shot."""
    total = sum(weights, Fraction(0))
    ranges: list[tuple[int, int]] = []
    passed = Fraction(0)
    for weight in weights:
        if not weight or not total:
            ranges.append((0, frames))
            continue
        start = round(frames * passed / total)
        passed += weight
        ranges.append((start, round(frames * passed / total) - start))
    return ranges


def _place_steps(steps: tuple[Step, ...], start: int, length: int, frames: int) -> list[ActionPlan]:
    placed: list[ActionPlan] = []
    acting = [step for step in steps if not step.throughout]
    weights = [Fraction(_SECONDS.get(step.verb, 2.0)) for step in acting]
    slots = iter(_share_frames(weights, length))
    for step in steps:
        if step.throughout:
            at, count = 0, frames
        else:
            at, count = next(slots)
            at += start
        placed.append(ActionPlan(step.actor, step.verb, at, max(1, count), step.target, step.manner, step.text))
    return placed
