"""How a scene is covered: which beats are one shot, of what, how large, and why. Film grammar, as a crew would say it.

The screenplay's own directions come first ("CLOSE ON", "POV", "TWO SHOT"). Else the scene opens on the master; a talk
is over-shoulders that tighten as it goes on, with the listener now and then; a thing that is described alone is an
insert; what is looked at is seen through the eyes that look. Every beat is in exactly one shot, in order.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from secondunit_engine.planning.directions import Direction, read_direction
from secondunit_engine.planning.people import cast_name, is_off_screen
from secondunit_engine.planning.plan import Angle, MoveKind, Setup, ShotSize
from secondunit_engine.planning.reading import ReadBeat, SceneReading
from secondunit_engine.planning.steps import Step
from secondunit_engine.planning.styles import VARIANTS, Style

_RECENT = 8  # lines back or ahead in which a partner is looked for
_ASKED = "the script asks for it"
_HANDLED = frozenset(("lift", "open", "touch", "read", "put down", "give", "close"))
_USUAL_SIZE: Mapping[str, ShotSize] = {"two shot": "MS", "insert": "CU", "pov": "MS", "reaction": "CU"}
_TRAVEL = frozenset(("walk", "run", "enter", "exit", "climb", "drive", "accelerate"))


@dataclass(frozen=True)
class Coverage:
    """Beats `first` to `last` (not included) as one shot. `said` are the fields that the script's own words gave."""

    first: int
    last: int
    setup: Setup
    size: ShotSize
    subject: str
    other: str = ""
    angle: Angle = "eye"
    lens_mm: float = 35.0
    move: MoveKind = "static"
    speed: float = 0.5
    t_stop: float | None = None
    why: str = ""
    said: tuple[str, ...] = ()


def cover_scene(
    scene: SceneReading, steps: Sequence[Step], people: Sequence[str], style: Style, seconds: Sequence[float]
) -> tuple[Coverage, ...]:
    """The shots of a scene. `steps` and `seconds` are the scene's, by beat; `people` are those who are seen."""
    if not scene.beats:
        return (_master(scene, 0, 0, people, style, "an empty scene is shown whole"),)
    cutter = _Cutter(scene, tuple(steps), tuple(people), style, tuple(seconds))
    return tuple(_shot_as_said(shot, scene.beats) for shot in cutter.cut())


def is_one_shot(scene: SceneReading, people: Sequence[str], seconds: Sequence[float], style: Style) -> bool:
    """Whether a scene is too short to be cut: one person at the most, and nothing that the script itself cuts to."""
    directed = any(read_direction(beat) for beat in scene.beats)
    chosen = any(beat.beat.coverage for beat in scene.beats)
    return len(people) <= 1 and sum(seconds) <= style.cut_every and not directed and not chosen


@dataclass
class _Cutter:
    """One pass over a scene's beats; `talked` counts the lines so far."""

    scene: SceneReading
    steps: tuple[Step, ...]
    people: tuple[str, ...]
    style: Style
    seconds: tuple[float, ...]

    def cut(self) -> list[Coverage]:
        shots: list[Coverage] = []
        talked = 0
        for number, beat in enumerate(self.scene.beats):
            chosen = VARIANTS.get(beat.beat.coverage)
            wanted = self._want(number, beat, shots, talked, chosen[0] if chosen else self.style)
            talked += beat.beat.kind == "dialogue"
            fresh = bool(shots) and bool(
                self.scene.beats[shots[-1].first].beat.coverage
            )  # what was chosen stands alone
            if fresh and wanted is None and beat.beat.kind in ("action", "dialogue"):
                wanted = self._wide(number, "the scene goes on", self.style)
            if (wanted is None and shots) or (
                shots and not chosen and self._same(shots[-1], wanted or shots[-1], number)
            ):
                shots[-1] = replace(shots[-1], last=number + 1)
            else:
                shots.append(wanted or self._wide(number, "the scene opens on the whole of it"))
        return shots

    def _want(self, number: int, beat: ReadBeat, shots: list[Coverage], talked: int, style: Style) -> Coverage | None:
        """The shot a beat asks for; None if it goes along with the one that runs."""
        if beat.beat.kind in ("transition", "super"):
            return None
        if style.one_shot:
            return None if shots and not beat.beat.coverage else self._moving(number, style)
        ordered = read_direction(beat)
        if ordered is not None:
            return self._directed(number, ordered, shots, style)
        if not shots and not style.each_beat and len(self.scene.beats) > 1:
            return self._wide(number, "the geography first", style)
        running = shots[-1] if shots else None
        spoken = beat.beat.kind == "dialogue"
        wanted = (
            self._line(number, beat, talked, style, running) if spoken else self._action(number, beat, shots, style)
        )
        if wanted is None or wanted.move != "static" or wanted.setup == "pov":
            return wanted
        return replace(wanted, move=style.move, speed=style.speed)

    def _directed(self, number: int, order: Direction, shots: Sequence[Coverage], style: Style) -> Coverage:
        """What the script itself orders."""
        people = tuple(name for name in order.people if name in self.people)
        lead = people[0] if people else self._lead(number)
        if order.setup in ("establishing", "master"):
            return replace(self._wide(number, _ASKED, style), size=order.size or style.master)
        subject, other, setup = lead, self._other(lead), order.setup
        if setup == "over shoulder" and order.foreground:
            subject, other = self._other(order.foreground), order.foreground
        elif setup == "two shot":
            other = people[1] if len(people) > 1 else other
            setup = "two shot" if other else "single"
        elif setup == "pov":
            subject, other = order.thing or (people[1] if len(people) > 1 else self._looked_at(lead, number)), lead
        elif setup == "reaction" and not people and shots:
            subject = self._other(shots[-1].subject) or lead
        elif order.thing and setup in ("insert", "single"):
            subject, setup = order.thing, "insert"
        elif setup in ("insert", "composed"):
            setup = "single"
        size = order.size or _USUAL_SIZE.get(setup, "MS")
        return Coverage(number, number + 1, setup, size, subject, other, why=_ASKED)

    def _looked_at(self, who: str, number: int) -> str:
        """What somebody looked at last, else whom they talk with."""
        seen = [s.target for s in self.steps if s.actor == who and s.verb == "look" and s.target and s.beat <= number]
        return seen[-1] if seen else self._other(who)

    def _line(
        self, number: int, beat: ReadBeat, talked: int, style: Style, running: Coverage | None
    ) -> Coverage | None:
        """Who speaks, past the shoulder of who listens; a voice that is not seen is heard on the listener's face."""
        speaker = cast_name(beat.beat.character) if beat.beat.character else self._lead(number)
        size = style.talk[min(len(style.talk) - 1, len(style.talk) * talked // max(1, self._lines))]
        if is_off_screen(beat.beat.extension) or speaker not in self.people:
            listener = self._lead(number)
            if listener not in self.people:
                return self._wide(number, "a voice over the place", style)
            return Coverage(
                number, number + 1, "reaction", size, listener, why=f"{speaker} is heard, {listener} is seen"
            )
        other = self._partner(number, speaker)
        if running is not None and running.setup == "reaction" and running.subject == speaker:
            return None  # who listened answers: the face that is seen goes on
        if style.reactions and other and talked and talked % style.reactions == style.reactions - 1:
            if running is not None and running.subject == other:
                return None  # the listener is seen already: the shot is held
            return Coverage(
                number, number + 1, "reaction", size, other, speaker, why=f"what {speaker} says lands on {other}"
            )
        if other and style.over_shoulders and size in ("MS", "MCU"):
            return Coverage(
                number, number + 1, "over shoulder", size, speaker, other, why=f"{speaker} speaks to {other}"
            )
        if not other:
            return Coverage(number, number + 1, "composed", "MCU", speaker, why=f"{speaker} speaks to the lens")
        return Coverage(number, number + 1, "single", size, speaker, other, why=f"{speaker} speaks")

    def _action(self, number: int, beat: ReadBeat, shots: list[Coverage], style: Style) -> Coverage | None:
        own = [step for step in self._by_beat.get(number, ()) if not step.throughout]
        thing = next(beat.all("prop"), None)
        actor = next((step.actor for step in own if step.actor in self.people), "")
        driven = next((step.actor for step in self._by_beat.get(number, ()) if step.actor == "Car"), "")
        if driven:
            why = "the car comes into the picture that the set has for it"
            return Coverage(number, number + 1, "composed", "FS", driven, angle="low", move="push in", why=why)
        if any(step.verb in _TRAVEL for step in own) and actor:
            return Coverage(number, number + 1, "single", "FS", actor, why=f"{actor} needs room to move", move="track")
        handled = next((step.target for step in own if step.verb in _HANDLED and step.target), "")
        if actor and handled:
            why = f"what {actor} does is done with the hands"
            if style.hands == "CU" and thing is not None and thing.value == handled:
                return Coverage(number, number + 1, "insert", style.hands, handled, actor, why=why)
            return Coverage(number, number + 1, "single", style.hands, actor, why=why)
        if thing is not None and not actor:
            looked = any(step.verb == "look" for step in self._by_beat.get(number - 1, ()))
            setup: Setup = "pov" if looked and self.people else "insert"
            other = self._lead(number - 1) if looked else ""
            why = f"{other} looks at it" if looked else f"the {thing.value.lower()} is what it is about"
            return Coverage(number, number + 1, setup, style.insert, thing.value, other, why=why)
        if actor:
            return Coverage(number, number + 1, "single", style.action, actor, why=f"{actor} acts")
        return None if shots else self._wide(number, "the place, before anything happens in it", style)

    def _same(self, running: Coverage, wanted: Coverage, number: int) -> bool:
        """Whether the running shot serves: the same set-up on the same subject, not yet due to be cut."""
        lasted = sum(self.seconds[running.first : number])
        same = (running.setup, running.subject, running.size) == (wanted.setup, wanted.subject, wanted.size)
        if self.style.each_beat:
            return same and running.setup in ("master", "establishing", "composed")  # the same wide twice is one
        if running.setup == "master" and self.scene.beats[number].beat.kind == "action" and not wanted.said:
            return lasted < 0.5 * self.style.cut_every and wanted.why != _ASKED
        return same

    def _wide(self, number: int, why: str, style: Style | None = None) -> Coverage:
        return _master(self.scene, number, number + 1, self.people, style or self.style, why)

    def _moving(self, number: int, style: Style) -> Coverage:
        lead = self._lead(number)
        setup: Setup = "single" if lead in self.people else "master"
        return Coverage(
            number, number + 1, setup, style.master, lead, move=style.move, speed=style.speed,
            why="one shot that follows",
        )  # fmt: skip

    def _lead(self, number: int) -> str:
        """Who the story is with at a beat: who acts there or acted last, else the first person, else the place."""
        at = bisect_right(self._acted, (max(0, number), "\uffff"))
        return self._acted[at - 1][1] if at else self.people[0] if self.people else "hero"

    @cached_property
    def _acted(self) -> list[tuple[int, str]]:
        """(beat, who) of every step of those who are seen, in order."""
        return [(step.beat, step.actor) for step in self.steps if step.actor in self.people]

    @cached_property
    def _names(self) -> tuple[str, ...]:
        """Those who are seen, who have lines first."""
        seen = set(self.people)
        return tuple(dict.fromkeys(name for name in (*speakers(self.scene), *self.people) if name in seen))

    @cached_property
    def _by_beat(self) -> dict[int, list[Step]]:
        found: dict[int, list[Step]] = {}
        for step in self.steps:
            found.setdefault(step.beat, []).append(step)
        return found

    @cached_property
    def _lines(self) -> int:
        return sum(beat.beat.kind == "dialogue" for beat in self.scene.beats)

    def _partner(self, number: int, who: str) -> str:
        """Whom a line is said to: who is seen and spoke last before it, else who answers, else whoever is there."""
        at = bisect_right(self._talk, (number, ""))
        near = (*reversed(self._talk[max(0, at - _RECENT) : at]), *self._talk[at : at + _RECENT])
        return next((name for _, name in near if name != who), self._other(who))

    @cached_property
    def _talk(self) -> list[tuple[int, str]]:
        """(beat, speaker) of the lines of those who are seen, in order."""
        lines = [(at, beat.beat) for at, beat in enumerate(self.scene.beats) if beat.beat.kind == "dialogue"]
        named = [(at, cast_name(line.character)) for at, line in lines if line.character]
        return [(at, name) for at, name in named if name in self.people]

    def _other(self, who: str) -> str:
        """Whom somebody talks with: who else has lines, else anybody else."""
        return next((name for name in self._names[:2] if name != who), "")


def speakers(scene: SceneReading) -> tuple[str, ...]:
    """Those who have lines, in order of their first."""
    lines = [beat.beat for beat in scene.beats if beat.beat.kind == "dialogue" and beat.beat.character]
    return tuple(dict.fromkeys(cast_name(line.character) for line in lines))


def _master(scene: SceneReading, first: int, last: int, people: Sequence[str], style: Style, why: str) -> Coverage:
    setup: Setup = "master" if people else "establishing"
    subject = people[0] if people else "hero"
    return Coverage(first, last, setup, style.master, subject, move=style.master_move, speed=style.speed, why=why)


def _shot_as_said(shot: Coverage, beats: Sequence[ReadBeat]) -> Coverage:
    """The shot with the angle, lens, move and size that its beats name."""
    words = [item for beat in beats[shot.first : shot.last] for item in beat.found]
    said = {item.facet: item.value for item in reversed(words)}
    changes: dict[str, object] = {}
    for facet, field in (("angle", "angle"), ("move", "move"), ("size", "size")):
        if facet in said:
            changes[field] = said[facet]
    if "lens" in said:
        changes["lens_mm"] = float(said["lens"])
    if "stop" in said:
        changes["t_stop"] = float(said["stop"])
    return replace(shot, **changes, said=tuple(changes))  # type: ignore[arg-type]
