"""Where people stand and go through a scene: one unbroken track for each, cut up by shots.

People stay in the room when the camera looks elsewhere, so a scene is staged as a whole: everything that anybody does
happens on one clock, in order, and a shot's paths are the stretch of the tracks that it sees. Nobody walks through a
wall, through furniture or through somebody else; who has too far to go for the time stops on the way, and that is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

import numpy as np

from secondunit_bridge.timing import Rate
from secondunit_engine.planning.blocking import Blocking
from secondunit_engine.planning.floor import Floor
from secondunit_engine.planning.formation import Standing, bearing, gap, stand_people
from secondunit_engine.planning.goals import (
    Goal,
    beside_person,
    beside_thing,
    find_target,
    nearer_to_lens,
    some_steps,
    up_the_way,
    way_in,
)
from secondunit_engine.planning.plan import ActionPlan, DialoguePlan, PathPlan, Posture, Spot
from secondunit_engine.planning.tracks import Track, spot_at
from secondunit_engine.planning.walks import RUN, WALK, cut_way, fit_walk, short_turn, turn, walk
from secondunit_engine.planning.ways import Place, length_of

_RUNS = frozenset(("run",))
_WALKS = frozenset(("walk", "climb", "enter", "exit")) | _RUNS
_POSTURES: Mapping[str, Posture] = {
    "sit": "sit", "kneel": "kneel", "lie": "lie", "fall": "lie", "die": "lie", "stand": "stand", "stand up": "stand",
}  # fmt: skip
# What is done face to face, or to something at arm's length: one has to be there by then.
_HANDLES = frozenset((
    "open", "close", "lift", "put down", "touch", "push", "pull", "give", "take from", "lock", "unlock", "break",
    "read", "write", "drink", "eat", "embrace", "kiss", "fight", "hit", "stab",
))  # fmt: skip
_TOUCHING = 0.5  # m: two people are never nearer
_HOME = 1.0  # m about home: a walk that ends there began somewhere else
_ARRIVAL = 4.0  # s of a walk that is seen before somebody arrives
_THERE = 0.3  # m: nearer than that one is there
_RISE = 0.8  # s to get up
_READY = 0.4  # s before a line in which people turn to each other
_FACING = 20.0  # degrees off that two who talk leave as it is
_CROWD_FACING = 60.0  # degrees off that the others in a group leave to their heads
_EARSHOT = 5.0  # m within which somebody spoken near turns to listen
_LATE = 1.5  # s after which nobody turns to what has passed
_SHARES = (1.0, 0.8, 0.6, 0.4, 0.2, 0.0)  # of a way that somebody goes if there is not time or room for more
_ELSEWHERE, _THINNED = 3.0, 7  # m from a way in where somebody begins who cannot begin there; every seventh place
_DELAYS = (0.0, 0.4, 0.8, 1.6)  # s that somebody waits for another to pass


@dataclass(frozen=True)
class Staging:
    """The paths of each shot, of everybody who is on the set in it; what had to give: (shot, one sentence); and where
    those are `left` who are on the set when the scene ends, at frame 0 of what follows."""

    paths: tuple[tuple[PathPlan, ...], ...]
    notes: tuple[tuple[int, str], ...] = ()
    left: tuple[tuple[str, Spot], ...] = ()


@dataclass(frozen=True)
class _Event:
    """An action or a line at a frame of the scene, in a shot that begins at frame `begins` and ends before `cut`; at
    `deadline` its person is wanted in place for something else."""

    frame: int
    shot: int
    begins: int
    cut: int
    what: ActionPlan | DialoguePlan
    deadline: int


def stage_scene(
    people: Sequence[str],
    marks: Mapping[str, str],
    shots: Sequence[Blocking],
    floor: Floor,
    rate: Rate,
    known: Mapping[str, Spot] | None = None,
) -> Staging:
    """Stage a scene's people over its shots, in order.

    `marks` names the mark that casting gave each; the first person keeps theirs, because the set is lit for it. `known`
    are those whom a continuous scene before left somewhere on the same set. Who enters has no path in the shots
    before, who has left none in those after.
    """
    starts = [0, *accumulate(shot.frames for shot in shots)]
    standing = [Standing(name, marks.get(name, "hero")) for name in people]
    places = stand_people(standing, floor, _talk(people, shots), known)
    scene = _Scene(
        floor, float(rate.fraction), places, _events(people, shots, starts), starts[-1], frozenset(known or ())
    )
    scene.play()
    end = starts[-1]
    paths = tuple(
        tuple(track.path(start, end) for track in scene.tracks.values() if track.is_there(start, end))
        for start, end in pairwise(starts)
    )
    left = tuple(
        (name, replace(track.at(end), start=0)) for name, track in scene.tracks.items() if track.is_there(end, end + 1)
    )
    return Staging(paths, tuple(scene.notes), left)


def place_at(path: PathPlan, frame: float) -> Spot:
    """Where somebody is at a frame: straight and even between spots, turning the short way."""
    return spot_at(path.spots, frame)


def _talk(people: Sequence[str], shots: Sequence[Blocking]) -> bool:
    """Whether people of the scene talk with each other rather than to nobody or to the lens."""
    spoken = {line.character for shot in shots for line in shot.dialogue if not line.off_screen}
    told = any(action.target in people for shot in shots for action in shot.actions if action.actor in people)
    return len(people) > 1 and (told or bool(spoken.intersection(people)))


def _events(people: Sequence[str], shots: Sequence[Blocking], starts: Sequence[int]) -> list[_Event]:
    """Everything that moves somebody, in order of time; of one time, what is done before what is said."""
    events: list[_Event] = []
    for number, (shot, (offset, cut)) in enumerate(zip(shots, pairwise(starts), strict=True)):
        for action in shot.actions:
            if action.actor in people:
                events.append(_Event(offset + action.start, number, offset, cut, action, starts[-1]))
        for line in shot.dialogue:
            if line.character in people and not line.off_screen:
                events.append(_Event(offset + line.start, number, offset, cut, line, starts[-1]))
    events.sort(key=lambda event: (event.frame, isinstance(event.what, DialoguePlan)))
    wanted: dict[str, int] = {}
    for at in range(len(events) - 1, -1, -1):
        what = events[at].what
        if isinstance(what, ActionPlan):
            events[at] = replace(events[at], deadline=wanted.get(what.actor, starts[-1]))
            if what.verb in _WALKS or what.verb in _POSTURES or (what.verb in _HANDLES and what.target):
                wanted[what.actor] = events[at].frame
    return events


class _Scene:
    """A scene while it is walked through: everybody's track so far, and what had to give. `stayed` are those who have
    been seen where they begin."""

    def __init__(
        self,
        floor: Floor,
        fps: float,
        places: Mapping[str, Spot],
        events: list[_Event],
        end: int,
        stayed: frozenset[str] = frozenset(),
    ) -> None:
        self.floor, self.fps, self.events, self.end, self.stayed = floor, fps, events, end, stayed
        self.tracks = {name: Track(name, spot, [spot]) for name, spot in places.items()}
        self.notes: list[tuple[int, str]] = []

    def play(self) -> None:
        """Let everything happen, in order of time."""
        self._begin()
        for event in self.events:
            if isinstance(event.what, DialoguePlan):
                self._speak(event, event.what)
            elif event.what.verb in _WALKS:
                self._go(event, event.what)
            elif event.what.verb in _POSTURES:
                self._settle(event, event.what, _POSTURES[event.what.verb])
            else:
                self._attend(event, event.what)

    def _begin(self) -> None:
        """Who enters first of all is not there yet; who begins with a line faces whom they talk to from the start."""
        begun: set[str] = set()
        for event in self.events:
            name = _who(event)
            track = self.tracks[name]
            if name in begun:
                continue
            begun.add(name)
            if isinstance(event.what, DialoguePlan):
                partner = self._partner(event, name)
                is_early = event.shot == 0 and event.frame < 2 * self.fps
                if partner is not None and is_early and name not in self.stayed:
                    facing = bearing(_place(track.home), _place(self.tracks[partner].home))
                    track.spots = [replace(track.home, facing=facing)]
            elif event.what.verb == "enter":
                track.leave(0)

    def _go(self, event: _Event, action: ActionPlan) -> None:
        """A walk: out, in, or to its target, by the nearest way that is clear of walls and of people."""
        track = self.tracks[action.actor]
        if not track.is_there(event.frame, event.frame + 1):
            self._come_in(event, track)
            return
        if action.verb == "enter":
            return  # they are here already
        before = list(track.spots)
        is_fresh = track.end == 0 and track.name not in self.stayed
        here = self._rise(track, event.frame)
        if action.verb == "exit":
            door = way_in(self.floor, _place(here))
            goal = Goal(door) if door else None
        else:
            goal = self._goal(action, track, here, is_fresh)
        if goal is None:
            self._say(event, f"{track.name} finds no way to {_called(action.target)}.")
        elif is_fresh and action.verb != "exit" and gap(goal.place, _place(here)) < _HOME:
            self._arrive(event, track, goal, action.verb in _RUNS)
        elif gap(goal.place, _place(here)) < _THERE:
            self._attend(event, action)
        elif not self._take(event, track, goal, action.verb in _RUNS):
            track.spots = before  # they go on with what they were doing, which is in nobody's way
            self._say(event, f"{track.name} has no free way to {_called(action.target)} and stays.")
        if action.verb == "exit":
            track.leave(min(max(track.end, event.frame + 1), event.cut))  # a cut may come before the door

    def _come_in(self, event: _Event, track: Track) -> None:
        """From the way in to their own place, or as much of the end of that way as there is time for."""
        home, door = _place(track.home), way_in(self.floor, _place(track.home))
        if not track.is_awaited:
            track.come(event.frame)
            self._take(event, track, Goal(home, None), runs=False, last=track.home.facing)
            return
        way = self.floor.way(door, home) if door else ()
        _, length = fit_walk(length_of(way), max(event.deadline - event.frame, 1), self.fps)
        starts = [cut_way(way[::-1], max(share * length, 0.01))[-1] for share in _SHARES] if len(way) > 1 else []
        near = self.floor.near(starts[0] if starts else home, _ELSEWHERE)[::_THINNED].round(3).tolist()
        for number, start in enumerate((*starts, *((x, z) for x, z in near))):
            # Whoever enters is in the picture from the cut on.
            track.come(event.begins, Spot(0, *start, bearing(start, home)))
            if self._clash(track, []) is not None:
                continue
            if self._take(event, track, Goal(home), False, track.home.facing):
                return
            if number >= len(starts):
                break
        self._say(event, f"{track.name} comes in and finds no free way further.")

    def _arrive(self, event: _Event, track: Track, goal: Goal, runs: bool) -> None:
        """A first walk that ends where they were put began up the way, as far as the time allows."""
        seconds = min(_ARRIVAL, max(event.deadline - event.frame, 1) / self.fps)
        _, length = fit_walk(1000.0, round(seconds * self.fps), self.fps, runs=runs)
        taken = list(self._others(track, event.frame).values())
        place = up_the_way(track.home, min(length, seconds * (RUN if runs else WALK)), taken, self.floor)
        if place is None:
            return
        before = track.spots
        track.spots = [Spot(0, *place, bearing(place, _place(track.home)))]
        if self._clash(track, []) is not None or not self._take(event, track, goal, runs, last=track.home.facing):
            track.spots = before

    def _goal(self, action: ActionPlan, track: Track, here: Spot, is_fresh: bool) -> Goal | None:
        """Where a walk leads. Without a target it leads home, or a few steps on for who is there."""
        people = self._others(track, here.start)
        taken, target = list(people.values()), action.target
        if target in people:
            return beside_person(_place(here), people[target], taken, self.floor)
        if target in ("lens", "camera") and not is_fresh:
            return nearer_to_lens(here, taken, self.floor)
        found = beside_thing(target, _place(here), taken, self.floor) if target else None
        if found is not None:
            return found
        if is_fresh or gap(_place(here), _place(track.home)) > _HOME:
            return Goal(_place(track.home))
        return some_steps(here, taken, self.floor)

    def _take(self, event: _Event, track: Track, goal: Goal, runs: bool, last: float | None = None) -> bool:
        """Put the best walk to a goal on the track: direct, round who stands there, later, or only some of the way.

        False if there is none, and then the track holds where it was.
        """
        here = track.hold(max(event.frame, track.end))
        budget = max(event.deadline - here.start, 1)
        ways = self._ways(track, _place(here), goal.place, here.start)
        if goal.look is not None and gap(goal.place, goal.look) > 0.05:
            last = bearing(goal.place, goal.look)
        for way in filter(None, ways):
            speed, length = fit_walk(length_of(way), budget, self.fps, runs=runs)
            for delay in _DELAYS:
                late = round(delay * self.fps)
                if length > length_of(way) - 0.05 and late < budget and self._try(track, way, speed, last, late):
                    return True
        for way in filter(None, [self.floor.way(_place(here), goal.place)]):
            whole = length_of(way)
            speed, length = fit_walk(whole, budget, self.fps, runs=runs)
            for share in _SHARES[:-1]:
                short = cut_way(way, share * length)
                is_some = length_of(short) >= _THERE and bool(self.floor.is_free(*short[-1]))
                if is_some and self._try(track, short, speed, None, 0):
                    self._say(event, f"{track.name} has {whole:.1f} m to go and comes {share * length:.1f} m far.")
                    return True
        return False

    def _try(self, track: Track, way: tuple[Place, ...], speed: float, last: float | None, late: int) -> bool:
        """Walk a way, some frames late, if that brings nobody too near to another."""
        here = track.spots[-1]
        start = replace(here, start=here.start + late)
        spots = [*([start] if late else []), *walk(way, start.start, here.facing, speed, self.fps, last)]
        if self._clash(track, spots) is not None:
            return False
        track.add(spots)
        return True

    def _ways(self, track: Track, start: Place, goal: Place, frame: int) -> Iterator[tuple[Place, ...]]:
        """The direct way, then the way round those who stand there."""
        yield self.floor.way(start, goal)
        yield self.floor.way(start, goal, list(self._others(track, frame).values()))

    def _clash(self, track: Track, spots: list[Spot]) -> int | None:
        """The first frame at which going on by these spots would bring somebody too near to another."""
        tried = replace(track, spots=[*track.spots, *spots])
        first = track.end if spots else 0
        end = max([self.end, tried.end, *(other.end for other in self.tracks.values())])
        frames = np.arange(max(first, tried.came), end + 1, dtype=float)  # (F,)
        mine = tried.places(frames)  # (F, 2)
        for other in self.tracks.values():
            if other is not track and not other.is_awaited:
                near = np.hypot(*(mine - other.places(frames)).T) < _TOUCHING
                near &= frames >= other.came
                if near.any():
                    return int(frames[np.argmax(near)])
        return None

    def _settle(self, event: _Event, action: ActionPlan, posture: Posture) -> None:
        """Sit down, kneel, lie or get up, where they are, over the time of the action."""
        track = self.tracks[action.actor]
        frame = max(event.frame, track.end)
        here = track.hold(frame)
        if here.posture != posture:
            track.add([replace(here, start=frame + max(4, min(action.frames, round(2 * self.fps))), posture=posture)])

    def _rise(self, track: Track, frame: int) -> Spot:
        """Whoever is to walk gets up first. Somebody who is walking turns from where they are."""
        here = track.hold(frame)
        if here.posture != "stand":
            here = replace(here, start=frame + max(4, round(_RISE * self.fps)), posture="stand")
            track.add([here])
        return here

    def _attend(self, event: _Event, action: ActionPlan) -> None:
        """Face what one looks at, handles or talks to."""
        track = self.tracks[action.actor]
        target = find_target(action.target, self.floor, self._others(track, event.frame)) if action.target else None
        if target is not None:
            self._face(track, target, event.frame, _FACING)

    def _speak(self, event: _Event, line: DialoguePlan) -> None:
        """The speaker and whom they speak to turn to each other; others who stand near turn if they look away."""
        speaker, name = self.tracks[line.character], self._partner(event, line.character)
        if name is None:
            return
        frame = max(0, event.frame - round(_READY * self.fps))
        partner = self.tracks[name]
        self._face(speaker, _place(partner.at(frame)), frame, _FACING)
        for other in self.tracks.values():
            if other is not speaker and gap(_place(other.at(frame)), _place(speaker.at(frame))) < _EARSHOT:
                self._face(other, _place(speaker.at(frame)), frame, _FACING if other is partner else _CROWD_FACING)

    def _partner(self, event: _Event, name: str) -> str | None:
        """Whom a line is for: who spoke last before, else who speaks next, else the nearest; nobody, if to the lens."""
        if any(
            isinstance(other.what, ActionPlan) and other.what.verb == "talk" and other.what.target in ("lens", "camera")
            for other in self.events
            if other.shot == event.shot and _who(other) == name
        ):
            return None
        lines = [other for other in self.events if isinstance(other.what, DialoguePlan) and _who(other) != name]
        before = [other for other in lines if other.frame <= event.frame]
        ordered = [*reversed(before), *(other for other in lines if other.frame > event.frame)]
        here = _place(self.tracks[name].at(event.frame))
        near = sorted(self._others(self.tracks[name], event.frame).items(), key=lambda item: gap(item[1], here))
        present = [other for other, _ in near]
        return next((who for who in map(_who, ordered) if who in present), present[0] if present else None)

    def _face(self, track: Track, target: Place, frame: int, leave: float) -> None:
        """Turn on the spot, when they have arrived, unless they look there near enough already."""
        start = max(frame, track.end)
        here = track.at(start)
        too_late = start - frame > _LATE * self.fps
        if too_late or here.posture == "lie" or not track.is_there(start, start + 1):
            return
        wanted = bearing(_place(here), target)
        if gap(_place(here), target) > 0.2 and abs(short_turn(here.facing, wanted)) > leave:
            track.hold(start)
            track.add(turn(_place(here), start, here.facing, wanted, self.fps, here.posture))

    def _others(self, track: Track, frame: int) -> dict[str, Place]:
        """Where everybody else on the set is at a frame, or will be when they stop."""
        return {
            name: _place(other.at(max(frame, other.end)))
            for name, other in self.tracks.items()
            if other is not track and other.is_there(frame, frame + 1)
        }

    def _say(self, event: _Event, sentence: str) -> None:
        self.notes.append((event.shot, sentence))


def _who(event: _Event) -> str:
    return event.what.actor if isinstance(event.what, ActionPlan) else event.what.character


def _place(spot: Spot) -> Place:
    return spot.x, spot.z


def _called(target: str) -> str:
    return f"the {target.lower()}" if target else "anywhere"
