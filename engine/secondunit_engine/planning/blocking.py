"""When everything happens in a shot: actions, lines and beats on the shot's frames, in one small temporal network."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from secondunit_bridge.timing import Rate
from secondunit_engine.planning.actions import schema
from secondunit_engine.planning.casting import EMOTIONS
from secondunit_engine.planning.pacing import CALM, Tempo, action_seconds, build_tension, elastic_seconds, line_seconds
from secondunit_engine.planning.people import attribute, cast_name, is_off_screen
from secondunit_engine.planning.plan import ActionPlan, BeatPlan, DialoguePlan
from secondunit_engine.planning.reading import ReadBeat, ShotReading
from secondunit_engine.planning.steps import Step
from secondunit_engine.planning.temporal import Order, Span, stretch

_DESCRIPTION_SECONDS = Fraction(1)
_AIR_SECONDS = Fraction(1, 2)  # after the last beat of a shot
_MEANWHILE = re.compile(r"\s*(?:while|as|meanwhile|at the same time)\b", re.I)
_LEAD_SECONDS = Fraction(1, 3)  # a breath before a line


@dataclass(frozen=True)
class Blocking:
    frames: int
    actions: tuple[ActionPlan, ...]
    dialogue: tuple[DialoguePlan, ...]
    beats: tuple[BeatPlan, ...]


def read_tempo(beats: Sequence[ReadBeat], steps: Sequence[Step]) -> tuple[Tempo, ...]:
    """How each beat of a scene is played: the last mood that the scene gave its speaker, and how tense it is by then.

    `steps` are the scene's.
    """
    moods: dict[str, str] = {}
    emotions: list[str] = []
    deeds: list[list[str]] = [[] for _ in beats]
    for step in steps:
        deeds[step.beat].append(step.verb)
    for beat in beats:
        said = attribute(beat)
        for name, items in said.items():
            words = [item.value for item in items if item.facet == "mood"]
            moods |= {name: EMOTIONS[words[-1]][0]} if words and words[-1] in EMOTIONS else {}
        speaker = cast_name(beat.beat.character) if beat.beat.character else next(iter(said), "")
        emotions.append(moods.get(speaker, ""))
    texts = [(beat.beat.text, own, mood) for beat, own, mood in zip(beats, deeds, emotions, strict=True)]
    return tuple(Tempo(*pair) for pair in zip(emotions, build_tension(texts), strict=True))


def beat_seconds(beat: ReadBeat, steps: Sequence[Step], tempo: Tempo = CALM) -> Fraction:
    """How long a beat wants: spoken words at a talking pace, actions by their kind, a look at what is described."""
    if beat.beat.kind == "dialogue":
        return line_seconds(beat.beat.text, tempo.emotion, beat.beat.parenthetical)
    if beat.beat.kind == "transition":
        return Fraction(0)
    acting = [step for step in steps if not step.throughout]
    if not acting:
        said_next = any(step.verb == "talk" for step in steps)
        return Fraction(0) if said_next else action_seconds(_DESCRIPTION_SECONDS, tempo=tempo)
    moments: list[Fraction] = []
    for step in acting:
        seconds = _step_seconds(step, tempo)
        if step.meanwhile and moments:
            moments[-1] = max(moments[-1], seconds)
        else:
            moments.append(seconds)
    return sum(moments, Fraction(0))


def _step_seconds(step: Step, tempo: Tempo) -> Fraction:
    return action_seconds(schema(step.verb).seconds, step.manner, tempo)


def wanted_seconds(shot: ShotReading, steps: Sequence[Step], tempos: Sequence[Tempo] = ()) -> Fraction:
    """The length a shot asks for, with half a second of air after it."""
    own = _by_beat(shot.beats, steps)
    played = tempos or [CALM] * len(shot.beats)
    wants = (beat_seconds(*parts) for parts in zip(shot.beats, own, played, strict=True))
    return sum(wants, _AIR_SECONDS)


def block_shot(
    shot: ShotReading, steps: Sequence[Step], frames: int, rate: Rate, tempos: Sequence[Tempo] = ()
) -> Blocking:
    """Lay out a shot over its frames.

    Beats follow each other, and so do the steps of a beat, but what happens meanwhile begins together: "while", "as",
    two who act as one, what a speaker does at a line. All that can give is pressed or stretched alike; a line keeps its
    natural length if the shot has room for it. What hangs in the air and what drives goes on for the whole shot. A
    screenplay's shot keeps a little air before the cut; a prompt is one shot, which its actions fill.
    """
    return _lay_out(shot.beats, tuple(steps), frames, rate, tuple(tempos), shot.is_prompt)


@lru_cache(maxsize=8192)  # a few features' shots: an edit leaves most shots of its scene as they were
def _lay_out(
    shown: tuple[ReadBeat, ...],
    steps: tuple[Step, ...],
    frames: int,
    rate: Rate,
    tempos: tuple[Tempo, ...],
    is_prompt: bool,
) -> Blocking:
    layout = _Layout(shown, _by_beat(shown, steps), tempos or [CALM] * len(shown), is_prompt=is_prompt)
    times = stretch(layout.spans, layout.orders, rate.seconds(frames))
    actions: list[ActionPlan] = []
    dialogue: list[DialoguePlan] = []
    beats: list[BeatPlan] = []
    for number, beat in enumerate(shown):
        start, end = layout.beat_range(number, times, frames, rate)
        beats.append(BeatPlan(beat.beat.id, beat.beat.text, beat.beat.kind, start, end - start))
        for at, step in enumerate(layout.steps[number]):
            first, last = (0, frames) if step.throughout else _frames(times[f"{number}.{at}"], frames, rate)
            first = min(first, frames - 1)
            actions.append(
                ActionPlan(
                    step.actor, step.verb, first, max(1, last - first), step.target, step.manner, step.text, step.other
                )
            )
        if beat.beat.kind == "dialogue":
            dialogue.append(_place_line(beat, start, end - start, rate, layout.tempos[number]))
    return Blocking(frames, tuple(actions), tuple(dialogue), tuple(beats))


def _by_beat(beats: Sequence[ReadBeat], steps: Sequence[Step]) -> list[list[Step]]:
    own: list[list[Step]] = [[] for _ in beats]
    for step in steps:
        own[step.beat].append(step)
    return own


def _place_line(beat: ReadBeat, start: int, length: int, rate: Rate, tempo: Tempo) -> DialoguePlan:
    """A line in its beat: at its natural length, after a breath if there is room for one."""
    line = beat.beat
    spoken = min(rate.frames(line_seconds(line.text, tempo.emotion, line.parenthetical)), length)
    lead = min(rate.frames(_LEAD_SECONDS), (length - spoken) // 2)
    name = cast_name(line.character) if line.character else ""
    return DialoguePlan(name, line.text, start + lead, spoken, line.parenthetical, is_off_screen(line.extension))


class _Layout:
    """The network of a shot: a span for each step, line and look, in beats that follow each other.

    A step's span is named "beat.step", a line's or a look's "beat". Beats without a span hold for the whole shot.
    """

    def __init__(
        self, beats: Sequence[ReadBeat], steps: Sequence[Sequence[Step]], tempos: Sequence[Tempo], *, is_prompt: bool
    ) -> None:
        self.steps, self.tempos = steps, tempos
        self.spans: list[Span] = []
        self.orders: list[Order] = []
        self._of_beat: dict[int, list[str]] = {}
        before: list[str] = []
        for number, beat in enumerate(beats):
            first = len(self.spans)
            self._add_beat(number, beat, is_prompt=is_prompt)
            own = [span.name for span in self.spans[first:]]
            if not own:
                continue
            together = before and _MEANWHILE.match(beat.beat.text)
            for name in before:
                end = "begins" if together else "ends"
                self.orders += [Order((name, end), (mine, "begins"), "the script has it later") for mine in own]
            self._of_beat[number] = own
            before = [*before, *own] if together else own
        air = Span("air", Fraction(0), _AIR_SECONDS)
        self.orders += [Order((name, "ends"), ("air", "begins")) for name in before]
        self.spans += [air] if before and not is_prompt else []

    def _add_beat(self, number: int, beat: ReadBeat, *, is_prompt: bool) -> None:
        """The spans of one beat, and their order among each other."""
        tempo, name = self.tempos[number], str(number)
        acting = [(at, step) for at, step in enumerate(self.steps[number]) if not step.throughout]
        before: list[str] = []
        if beat.beat.kind == "dialogue":
            self._add(name, beat_seconds(beat, (), tempo), spoken=True, locked=beat.beat.locked)
            before = [name]
        elif not acting:
            seconds = beat_seconds(beat, self.steps[number], tempo)
            if seconds and not is_prompt:  # in a prompt what only describes holds for the whole shot
                self._add(name, seconds, spoken=False, locked=beat.beat.locked)
        moment = list(before)  # what began last, together
        for at, step in acting:
            mine = f"{number}.{at}"
            self._add(mine, _step_seconds(step, tempo), spoken=False, locked=beat.beat.locked)
            together = step.meanwhile and bool(moment)
            for other in moment if together else before:
                why = f"{step.actor} does both" if not together else "they happen together"
                self.orders.append(Order((other, "begins" if together else "ends"), (mine, "begins"), why))
            if together:
                moment.append(mine)
            else:
                moment = [mine]
            before = [*before, mine] if together else [mine]

    def _add(self, name: str, seconds: Fraction, *, spoken: bool, locked: bool) -> None:
        self.spans.append(Span(name, *elastic_seconds(seconds, spoken=spoken, locked=locked)))

    def beat_range(
        self, number: int, times: Mapping[str, tuple[Fraction, Fraction]], frames: int, rate: Rate
    ) -> tuple[int, int]:
        """A beat's first frame and the first after it."""
        own = [times[name] for name in self._of_beat.get(number, ())]
        if not own:
            return 0, frames
        return _frames((min(start for start, _ in own), max(end for _, end in own)), frames, rate)


def _frames(times: tuple[Fraction, Fraction], frames: int, rate: Rate) -> tuple[int, int]:
    first, last = (min(frames, rate.frames(time)) for time in times)
    return first, last
