"""One pass over a script: every step with what it needs before it, or the reason why it cannot happen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from secondunit_engine.planning.actions import NEEDS, Act, called, do, unmet, why_not
from secondunit_engine.planning.state import WorldState
from secondunit_engine.planning.steps import Step

_DEEPEST = 5  # fillers that fill for fillers
_TOWARD_NOTHING = frozenset(("", "lens", "away"))


@dataclass(frozen=True)
class Refusal:
    """A step that cannot happen, or that changes nothing (a warning): its place among the story's steps, its beat, and
    why."""

    step: int
    beat: int
    reason: str
    level: Literal["error", "warning"] = "error"


@dataclass(frozen=True)
class Lack:
    """Why a step cannot happen: the act that fails, which may be a filler of it, its need, and the state by then."""

    act: Act
    need: str
    state: WorldState


@dataclass
class Telling:
    """What was told: the steps with their fillers, the `states` before each step of the script and after all, the
    refusals, and by the script's steps what is lacking to those that cannot happen."""

    told: list[Step] = field(default_factory=list)
    states: list[WorldState] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    lacks: dict[int, Lack] = field(default_factory=dict)


# What somebody does at a turn of theirs, by the script's step, because of a later step.
Preparations = Mapping[int, Sequence[tuple[Act, int]]]


def tell(script: Sequence[Step], start: WorldState, prepared: Preparations) -> Telling:
    """Tell a script from a state. A preparation that cannot be made is left out."""
    telling = Telling()
    state = start
    for at, step in enumerate(script):
        telling.states.append(state)
        for act, served in prepared.get(at, ()):
            fillers, lack, after = _prepare(act, state, script[at:])
            if lack is None and not unmet(act, after):
                telling.told += [_filled(each, step, script[served]) for each in (*fillers, act)]
                state = do(act, after)
        state = _tell_step(telling, script, at, state)
    telling.states.append(state)
    return telling


def _tell_step(telling: Telling, script: Sequence[Step], at: int, state: WorldState) -> WorldState:
    """Tell one step with what it needs; the state after it."""
    step, act = script[at], act_of(script[at])
    if not is_followed(step, state):
        telling.told.append(step)
        return state
    fillers, lack, state = _prepare(act, state, script[at + 1 :])
    if lack is not None:
        telling.lacks[at] = lack
        telling.refusals.append(Refusal(len(telling.told), step.beat, sentence(lack.act, lack.need, lack.state)))
        telling.told.append(step)
        return state
    telling.told += [_filled(filler, step, step) for filler in fillers]
    if need := unmet(act, state):
        reason = sentence(act, need, state, "need not")
        telling.refusals.append(Refusal(len(telling.told), step.beat, reason, "warning"))
    # What was to happen meanwhile cannot, if something must be done first.
    telling.told.append(replace(step, meanwhile=False) if fillers else step)
    return do(act, state)


def _prepare(
    act: Act, state: WorldState, later: Sequence[Step], depth: int = 0
) -> tuple[list[Act], Lack | None, WorldState]:
    """The acts that must come first, what is lacking if that is hopeless, and the state after them."""
    fillers: list[Act] = []
    began = state
    while (need := unmet(act, state)) and not NEEDS[need].soft:
        options = [option for option in NEEDS[need].fill(act, state) if option not in fillers]
        if not options or depth == _DEEPEST:
            return [], Lack(act, need, state), began
        filler = max(options, key=lambda option: _next_use(option, later)) if len(options) > 1 else options[0]
        inner, lack, state = _prepare(filler, state, later, depth + 1)
        if lack is not None:
            return [], lack, began
        fillers += [*inner, filler]
        state = do(filler, state)
    return fillers, None, state


def _next_use(act: Act, later: Sequence[Step]) -> int:
    """How many steps on the same person handles the same thing again: what is needed last is put down first."""
    again = (at for at, step in enumerate(later) if step.actor == act.actor and step.target == act.target)
    return next(again, len(later))


def act_of(step: Step) -> Act:
    """The act of a step; what is done to the lens or to nothing has no target."""
    return Act(step.actor, step.verb, "" if step.target in _TOWARD_NOTHING else step.target, step.other)


def is_followed(step: Step, state: WorldState) -> bool:
    """Whether a step is somebody's of the scene: what hangs in the air or drives needs nothing, and talk that a line
    follows is that line."""
    return state.is_here(step.actor) and not (step.throughout and step.verb == "talk")


def sentence(act: Act, need: str, state: WorldState, cannot: str = "cannot") -> str:
    """Why an act cannot be done, in one sentence."""
    target = f" {called(act.target, state)}" if act.target else ""
    return f"{called(act.actor, state)} {cannot} {act.verb}{target}: {why_not(act, need, state)}."


def _filled(filler: Act, step: Step, served: Step) -> Step:
    """A filler as a step of the beat it is done in, because of the step it serves."""
    thing = served.target if "'s " in served.target else f"the {served.target.lower()}" if served.target else ""
    return Step(
        step.beat, filler.actor, filler.verb, filler.target, step.manner, step.text, said=filler.verb,
        other=filler.other, filled=True, because=f"{served.actor} is to {served.verb} {thing}".rstrip(),
    )  # fmt: skip
