"""What happens in a scene, step by step, with the gaps filled and the world's state kept.

The script says who does what, in which order; that is never changed. Between its steps stand the few that it leaves
out: who lifts the relic has walked up to it. A step that cannot happen is refused with the reason, in one sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from secondunit_engine.planning.actions import NEEDS, Act, called, do, parts_of, unmet, why_not
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
class Story:
    """The steps of a scene in order, those filled in among them; `before` is the state at the head of each beat."""

    steps: tuple[Step, ...]
    before: tuple[WorldState, ...]
    after: WorldState
    refusals: tuple[Refusal, ...] = ()


def entering(steps: Sequence[Step]) -> frozenset[str]:
    """Who comes into the scene: those whose first step is to enter."""
    first: dict[str, Step] = {}
    for step in steps:
        first.setdefault(step.actor, step)
    return frozenset(actor for actor, step in first.items() if _act(step).verb == "enter")


def tell_story(steps: Sequence[Step], beats: int, start: WorldState) -> Story:
    """The story of a scene of so many beats. Steps keep their order; each is preceded by what it needs, and what is
    several actions is expanded into them."""
    script = [part for step in sorted(steps, key=lambda step: step.beat) for part in _expand(step)]
    told: list[Step] = []
    before: list[WorldState] = []
    refusals: list[Refusal] = []
    state = start
    for at, step in enumerate(script):
        before += [state] * (step.beat + 1 - len(before))
        act = _act(step)
        if not _is_followed(step, state):
            told.append(step)
            continue
        fillers, reason, state = _prepare(act, state, script[at + 1 :])
        if reason:
            refusals.append(Refusal(len(told), step.beat, reason))
        else:
            told += [_filled(filler, step) for filler in fillers]
            if need := unmet(act, state):
                refusals.append(Refusal(len(told), step.beat, _sentence(act, need, state, "need not"), "warning"))
            state = do(act, state)
        # What was to happen meanwhile cannot, if something must be done first.
        told.append(replace(step, meanwhile=False) if fillers else step)
    before += [state] * (beats - len(before))
    return Story(tuple(told), tuple(before), state, tuple(refusals))


def validate(story: Story, start: WorldState) -> tuple[str, ...]:
    """Play the steps from the start and name every need that is not met when its step comes; none in a valid story.

    Refused steps are left out, as they are on the floor.
    """
    refused = {refusal.step for refusal in story.refusals if refusal.level == "error"}
    faults: list[str] = []
    state = start
    for at, step in enumerate(story.steps):
        if at in refused or not _is_followed(step, state):
            continue
        act = _act(step)
        if (need := unmet(act, state)) and not NEEDS[need].soft:
            faults.append(_sentence(act, need, state))
        state = do(act, state)
    return tuple(faults)


def _expand(step: Step) -> Iterator[Step]:
    """The steps that a compound one is made of."""
    for number, part in enumerate(parts_of(_act(step))):
        if part.verb == step.verb:
            yield step
        else:
            because = f"that is how to {step.verb}"
            yield replace(
                step, verb=part.verb, target=part.target, because=because, meanwhile=step.meanwhile and not number
            )


def _is_followed(step: Step, state: WorldState) -> bool:
    """Whether a step is somebody's of the scene: what hangs in the air or drives needs nothing, and talk that a line
    follows is that line."""
    return state.is_here(step.actor) and not (step.throughout and step.verb == "talk")


def _act(step: Step) -> Act:
    """The act of a step; what is done to the lens or to nothing has no target."""
    return Act(step.actor, step.verb, "" if step.target in _TOWARD_NOTHING else step.target, step.other)


def _prepare(act: Act, state: WorldState, later: Sequence[Step], depth: int = 0) -> tuple[list[Act], str, WorldState]:
    """The acts that must come first, the reason if that is hopeless, and the state after them."""
    fillers: list[Act] = []
    began = state
    while (need := unmet(act, state)) and not NEEDS[need].soft:
        options = [option for option in NEEDS[need].fill(act, state) if option not in fillers]
        if not options or depth == _DEEPEST:
            return [], _sentence(act, need, state), began
        filler = max(options, key=lambda option: _next_use(option, later)) if len(options) > 1 else options[0]
        inner, reason, state = _prepare(filler, state, later, depth + 1)
        if reason:
            return [], reason, began
        fillers += [*inner, filler]
        state = do(filler, state)
    return fillers, "", state


def _next_use(act: Act, later: Sequence[Step]) -> int:
    """How many steps on the same person handles the same thing again: what is needed last is put down first."""
    again = (at for at, step in enumerate(later) if step.actor == act.actor and step.target == act.target)
    return next(again, len(later))


def _sentence(act: Act, need: str, state: WorldState, cannot: str = "cannot") -> str:
    """Why an act cannot be done, in one sentence."""
    target = f" {called(act.target, state)}" if act.target else ""
    return f"{called(act.actor, state)} {cannot} {act.verb}{target}: {why_not(act, need, state)}."


def _filled(filler: Act, step: Step) -> Step:
    """A filler as a step of the beat it serves."""
    target = f" the {step.target.lower()}" if step.target and "'s " not in step.target else f" {step.target}".rstrip()
    return Step(
        step.beat, filler.actor, filler.verb, filler.target, step.manner, step.text, said=filler.verb,
        other=filler.other, filled=True, because=f"{step.actor} is to {step.verb}{target}",
    )  # fmt: skip
