"""Where people stand and go: every shot of a scene begins where the one before it left them.

The first person takes the hero's mark, which the set is lit for. People who talk stand face to face at the distance of
a conversation (1.2 to 1.5 m; Hall 1966), more of them in an open arc. Walks go round what stands in the way.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from secondunit_bridge.timing import Rate
from secondunit_engine.planning.floor import Floor
from secondunit_engine.planning.plan import ActionPlan, PathPlan, Posture, Spot

Spot2 = tuple[float, float]  # x, z [m]

TALK_APART = 1.35  # metres
WALK, HURRY, RUN = 1.25, 1.9, 2.4  # metres a second
_BESIDE = 0.75  # metres from the middle of a thing that somebody handles
_APART = 0.6  # metres between two bodies
_POSTURES: Mapping[str, Posture] = {
    "sit": "sit", "kneel": "kneel", "lie": "lie", "fall": "lie", "stand": "stand", "stand up": "stand",
}  # fmt: skip
_WALKS = frozenset(("walk", "run", "climb", "enter", "exit"))


@dataclass(frozen=True)
class Part:
    """What staging reads of one shot: its length, its actions in order, and who speaks or listens in it."""

    frames: int
    actions: tuple[ActionPlan, ...]
    speakers: tuple[str, ...]


@dataclass
class _Walker:
    """Somebody on the floor, while the scene is walked through; `home` is where they come to when they come in, and
    while they are `out` nobody sees where they are."""

    name: str
    x: float
    z: float
    facing: float
    posture: Posture = "stand"
    home: Spot2 = (0.0, 0.0)
    out: bool = False

    @property
    def at(self) -> Spot2:
        return (self.x, self.z)


def stage_scene(
    people: Sequence[str], marks: Mapping[str, str], parts: Sequence[Part], floor: Floor, rate: Rate
) -> tuple[tuple[PathPlan, ...], ...]:
    """The ways of everybody in every shot of a scene. `marks` names the mark of those whom the set has one for."""
    walkers = _first_places(people, marks, floor, any(len(set(part.speakers)) > 1 for part in parts))
    for walker in walkers.values():
        walker.home = walker.at
        own = (action.verb for part in parts for action in part.actions if action.actor == walker.name)
        walker.out = next(own, "") == "enter"
    return tuple(_walk_through(part, walkers, floor, rate) for part in parts)


def _first_places(people: Sequence[str], marks: Mapping[str, str], floor: Floor, talk: bool) -> dict[str, _Walker]:
    """Marks first; in a talk the others gather round the first, in front of them as far as the set allows."""
    placed: dict[str, _Walker] = {}
    for number, name in enumerate(people):
        if floor.has_mark(marks.get(name, "")) and (number == 0 or not talk):
            mark = floor.mark(marks[name])
            placed[name] = _Walker(name, mark.x, mark.z, mark.facing)
            continue
        first = next(iter(placed.values()), None)
        if first is None:
            hero = floor.mark("hero")
            placed[name] = _Walker(name, hero.x, hero.z, hero.facing)
            continue
        spot = _gather(first, number, floor, tuple(walker.at for walker in placed.values()))
        placed[name] = _Walker(name, *spot, bearing(spot, first.at))
    return placed


def _gather(first: _Walker, number: int, floor: Floor, taken: tuple[Spot2, ...]) -> Spot2:
    """A free place at talking distance from the first person, in view of them, the rest beside each other."""
    turns = (0, 35, -35, 70, -70, 110, -110, 150, -150, 180)
    for turn in turns[number - 1 :] + turns[: number - 1]:
        spot = step_from(first.at, first.facing + turn, TALK_APART)
        free = floor.is_free(*spot) and all(math.dist(spot, other) >= _APART for other in taken)
        if free and floor.sees((first.x, 1.5, first.z), (spot[0], 1.5, spot[1]), slack=0.1):
            return spot
    return free_near(floor, step_from(first.at, first.facing, TALK_APART), taken)


def free_near(floor: Floor, spot: Spot2, taken: tuple[Spot2, ...] = ()) -> Spot2:
    """The free place nearest to a spot and clear of who stands there; the spot itself if nothing near is free."""
    for radius in (0.8, 2.5, 6.0):
        for x, z in floor.near(spot, radius).tolist():
            if all(math.dist((x, z), other) >= _APART for other in taken):
                return (x, z)
    return spot


def _walk_through(part: Part, walkers: dict[str, _Walker], floor: Floor, rate: Rate) -> tuple[PathPlan, ...]:
    """Everybody's spots over one shot; the walkers are left where it ends."""
    _face_partners(part, walkers)
    spots = {name: [_spot(walker, 0)] for name, walker in walkers.items()}
    for action in part.actions:
        walker = walkers.get(action.actor)
        if walker is None:
            continue
        if action.verb == "enter":
            if walker.out:
                spots[walker.name] = _come_in(action, walker, floor, rate)
        elif action.verb in _WALKS:
            spots[walker.name] += _walk(action, walker, walkers, floor, rate)
            walker.out |= action.verb == "exit"
        elif action.verb in _POSTURES:
            spots[walker.name].append(replace(spots[walker.name][-1], start=action.start))
            walker.posture = _POSTURES[action.verb]
            spots[walker.name].append(_spot(walker, action.start + action.frames))
        elif (target := _place_of(action.target, walker, walkers, floor)) is not None:
            spots[walker.name].append(replace(spots[walker.name][-1], start=action.start))
            walker.facing = bearing(walker.at, target)
            spots[walker.name].append(
                _spot(walker, action.start + min(action.frames, max(1, rate.frames(Fraction(1, 2)))))
            )
    return tuple(PathPlan(name, _in_order(rows)) for name, rows in spots.items())


def _face_partners(part: Part, walkers: dict[str, _Walker]) -> None:
    """Who talks faces whom they talk with: the nearest other speaker, else the nearest person."""
    speakers = [walkers[name] for name in dict.fromkeys(part.speakers) if name in walkers]
    for walker in speakers:
        everybody = [other for other in walkers.values() if other is not walker]
        others = [other for other in speakers if other is not walker] or everybody
        if others:
            walker.facing = bearing(walker.at, min(others, key=lambda other: math.dist(other.at, walker.at)).at)
    if len(speakers) == 1:
        for walker in walkers.values():  # they listen
            if walker is not speakers[0] and math.dist(walker.at, speakers[0].at) < 4:
                walker.facing = bearing(walker.at, speakers[0].at)


def _come_in(action: ActionPlan, walker: _Walker, floor: Floor, rate: Rate) -> list[Spot]:
    """From the way in to where they are at home; they start as near as the time allows."""
    corners = _way(floor, walker.home, way_out(floor, walker.home))
    corners = _first_metres(corners, WALK * float(rate.seconds(action.frames)))[::-1]
    walker.out = False
    spots = _along(corners, action, walker)
    return [replace(spots[0], start=0), *spots] if spots else [_spot(walker, 0)]


def _walk(action: ActionPlan, walker: _Walker, walkers: dict[str, _Walker], floor: Floor, rate: Rate) -> list[Spot]:
    """The corners of a walk. Who has too far to go for the time hurries a little, and else does not arrive yet."""
    goal = _goal(action, walker, walkers, floor)
    if math.dist(goal, walker.at) < 0.3:
        return []
    pace = RUN if action.verb == "run" else HURRY
    corners = _first_metres(_way(floor, walker.at, goal), pace * float(rate.seconds(action.frames)))
    return _along(corners, action, walker)


def _along(corners: Sequence[Spot2], action: ActionPlan, walker: _Walker) -> list[Spot]:
    """Spots along a way over the action's frames; the walker is left at its end."""
    length = sum(math.dist(a, b) for a, b in pairwise(corners))
    if length < 0.05:
        return []
    spots: list[Spot] = []
    gone = 0.0
    for number, corner in enumerate(corners):
        gone += math.dist(corners[number - 1], corner) if number else 0.0
        ahead = corners[min(number + 1, len(corners) - 1)] if number + 1 < len(corners) else corner
        facing = bearing(corner, ahead) if ahead != corner else bearing(corners[number - 1], corner)
        start = action.start + round(action.frames * gone / length)
        spots.append(Spot(start, round(corner[0], 3), round(corner[1], 3), round(facing, 1)))
    walker.x, walker.z = corners[-1]
    walker.facing, walker.posture = spots[-1].facing, "stand"
    return spots


def _way(floor: Floor, start: Spot2, end: Spot2) -> tuple[Spot2, ...]:
    """The corners of a walk; straight where the survey knows of none."""
    return floor.way(start, end) or (start, end)


def _goal(action: ActionPlan, walker: _Walker, walkers: dict[str, _Walker], floor: Floor) -> Spot2:
    """Where a walk ends: beside its target, out of the room, or some steps on."""
    taken = tuple(other.at for other in walkers.values() if other is not walker)
    if action.verb == "exit":
        return free_near(floor, way_out(floor, walker.at), taken)
    target = _place_of(action.target, walker, walkers, floor)
    if target is None:
        return free_near(floor, step_from(walker.at, walker.facing, 2.0), taken)
    reach = TALK_APART if action.target in walkers else _BESIDE
    back = bearing(target, walker.at)
    return free_near(floor, step_from(target, back, min(reach, math.dist(target, walker.at))), taken)


def _place_of(name: str, walker: _Walker, walkers: dict[str, _Walker], floor: Floor) -> Spot2 | None:
    """Where a person, a prop or a mark of that name is; None for the lens and for what nobody has put anywhere."""
    if name in walkers and name != walker.name:
        return walkers[name].at
    thing = floor.thing(name)
    if thing is not None:
        return (thing.middle[0], thing.middle[2])
    if not floor.has_mark(name.lower()):
        return None
    mark = floor.mark(name.lower())
    return (mark.x, mark.z)


def way_out(floor: Floor, near: Spot2) -> Spot2:
    """Where one comes in and goes out: the set's door, else the far end of its open floor."""
    if floor.has_mark("door"):
        door = floor.mark("door")
        return (door.x, door.z)
    ends = [(near[0], floor.low[2] + 0.8), (near[0], floor.high[2] - 0.8)]
    return free_near(floor, max(ends, key=lambda end: math.dist(end, near)))


def _first_metres(corners: Sequence[Spot2], length: float) -> list[Spot2]:
    """The beginning of a way, cut off at a length [m]."""
    kept = [corners[0]]
    for a, b in pairwise(corners):
        step = math.dist(a, b)
        if step >= length:
            share = length / step if step else 0.0
            return [*kept, (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)]
        kept.append(b)
        length -= step
    return kept


def _spot(walker: _Walker, start: int) -> Spot:
    return Spot(start, round(walker.x, 3), round(walker.z, 3), round(walker.facing, 1), walker.posture)


def _in_order(spots: Sequence[Spot]) -> tuple[Spot, ...]:
    """By time; of two at one time the later said, and none that says nothing new."""
    by_time: dict[int, Spot] = {}
    latest = -1
    for spot in spots:
        latest = max(latest, spot.start)
        by_time[latest] = replace(spot, start=latest)
    kept: list[Spot] = []
    for spot in by_time.values():
        if len(kept) > 1 and all(replace(other, start=0) == replace(spot, start=0) for other in kept[-2:]):
            kept.pop()
        kept.append(spot)
    if len(kept) == 2 and replace(kept[0], start=0) == replace(kept[1], start=0):
        kept.pop()
    return tuple(kept)


def bearing(a: Spot2, b: Spot2) -> float:
    """The direction from a to b, degrees about Y: 0 along +Z, 90 along +X."""
    return math.degrees(math.atan2(b[0] - a[0], b[1] - a[1]))


def step_from(spot: Spot2, degrees: float, metres: float) -> Spot2:
    angle = math.radians(degrees)
    return (spot[0] + metres * math.sin(angle), spot[1] + metres * math.cos(angle))
