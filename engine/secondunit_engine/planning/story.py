"""What happens in a scene, step by step, with the gaps filled and the world's state kept.

The script says who does what, in which order; that is never changed. Between its steps stand the few that it leaves
out: who lifts the relic has walked up to it. A step that cannot happen is refused with the reason, in one sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from secondunit_engine.planning.actions import NEEDS, Act, do, schema, unmet, why_not
from secondunit_engine.planning.blocking import Step
from secondunit_engine.planning.state import WorldState

_DEEPEST = 5  # fillers that fill for fillers
# Words of the script that a plainer verb of the vocabulary hides.
_SAID = {
    "enter": "enter", "come in": "enter", "arrive": "enter", "exit": "exit", "leave": "exit", "go out": "exit",
    "drop": "drop",
}  # fmt: skip
_NEEDS_A_TARGET = frozenset(("held", "not held by another", "other holds"))
_TOWARD_NOTHING = frozenset(("", "lens", "away"))


@dataclass(frozen=True)
class Refusal:
    """A step that cannot happen: its place among the story's steps, its beat, and why."""

    step: int
    beat: int
    reason: str


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
    """The story of a scene of so many beats. Steps keep their order; each is preceded by what it needs."""
    told: list[Step] = []
    before: list[WorldState] = []
    refusals: list[Refusal] = []
    state = start
    for beat in range(beats):
        before.append(state)
        for step in (step for step in steps if step.beat == beat):
            act = _act(step)
            if not _has_body(step, state):
                told.append(step)
                continue
            fillers, reason, state = _prepare(act, state)
            if reason:
                refusals.append(Refusal(len(told), beat, reason))
            else:
                told += [_filled(filler, step) for filler in fillers]
                state = do(act, state)
            told.append(step)
    return Story(tuple(told), tuple(before), state, tuple(refusals))


def validate(story: Story, start: WorldState) -> tuple[str, ...]:
    """Play the steps from the start and name every need that is not met when its step comes; none in a valid story.

    Refused steps are left out, as they are on the floor.
    """
    refused = {refusal.step for refusal in story.refusals}
    faults: list[str] = []
    state = start
    for at, step in enumerate(story.steps):
        if at in refused or not _has_body(step, state):
            continue
        act = _act(step)
        if need := unmet(act, state):
            faults.append(_sentence(act, need, state))
        state = do(act, state)
    return tuple(faults)


def _has_body(step: Step, state: WorldState) -> bool:
    """Whether a step is somebody's of the cast and does something that can be followed: what hangs in the air, drives,
    or only talks needs nothing, and of something done to nothing that is known nobody can say more."""
    act = _act(step)
    at_nothing = not act.target and _NEEDS_A_TARGET & set(schema(act.verb).needs)
    return bool(state.get(step.actor, "at")) and not at_nothing and not (step.throughout and step.verb == "talk")


def _act(step: Step) -> Act:
    """The act of a step; what is done to the lens or to nothing has no target."""
    target = "" if step.target in _TOWARD_NOTHING else step.target
    return Act(step.actor, _SAID.get(step.said, step.verb), target, step.other)


def _prepare(act: Act, state: WorldState, depth: int = 0) -> tuple[list[Act], str, WorldState]:
    """The acts that must come first, the reason if that is hopeless, and the state after them."""
    fillers: list[Act] = []
    began = state
    while need := unmet(act, state):
        filler = NEEDS[need].fill(act, state)
        if filler is None or depth == _DEEPEST or filler in fillers:
            return [], _sentence(act, need, state), began
        inner, reason, state = _prepare(filler, state, depth + 1)
        if reason:
            return [], reason, began
        fillers += [*inner, filler]
        state = do(filler, state)
    return fillers, "", state


def _sentence(act: Act, need: str, state: WorldState) -> str:
    done = " ".join(word for word in (act.verb, f"the {act.target.lower()}" if act.target else "") if word)
    return f"{act.actor} cannot {done}: {why_not(act, need, state)}."


def _filled(filler: Act, step: Step) -> Step:
    """A filler as a step of the beat it serves."""
    because = f"{step.actor} is to {step.said or step.verb}" + (f" the {step.target.lower()}" if step.target else "")
    return Step(
        step.beat, filler.actor, filler.verb, filler.target, step.manner, step.text, said=filler.verb,
        other=filler.other, filled=True, because=because,
    )  # fmt: skip
