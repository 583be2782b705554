"""What happens in a scene, step by step, with the gaps filled and the world's state kept.

The script says who does what, in which order; that is never changed. Between its steps stand the few that it leaves
out: who lifts the relic has walked up to it. A step that cannot happen is refused with the reason, in one sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from secondunit_engine.planning.actions import NEEDS, Act, do, parts_of, unmet
from secondunit_engine.planning.state import AWAY, WorldState
from secondunit_engine.planning.steps import Step
from secondunit_engine.planning.telling import Lack, Preparations, Refusal, Telling, act_of, is_followed, sentence, tell

_TURNS_BACK = 8  # turns of somebody at which something may be prepared
_MOST_TRIES, _MOST_TOLD = 200, 20_000  # in one scene: tries, and steps told again for them


@dataclass(frozen=True)
class Story:
    """The steps of a scene in order, those filled in among them; `before` is the state at the head of each beat."""

    steps: tuple[Step, ...]
    before: tuple[WorldState, ...]
    after: WorldState
    refusals: tuple[Refusal, ...] = ()


def entering(steps: Sequence[Step]) -> frozenset[str]:
    """Who comes into the scene: those whose first step is to enter, or to open the door and go on from there."""
    own: dict[str, list[Step]] = {}
    for step in steps:
        own.setdefault(step.actor, []).append(step)
    return frozenset(actor for actor, mine in own.items() if _comes_in(mine))


def _comes_in(steps: Sequence[Step]) -> bool:
    if steps[0].verb == "enter":
        return True
    opens = steps[0].verb == "open" and steps[0].target == "Door"
    return opens and any(step.verb in ("walk", "run", "enter") and step.target != "Door" for step in steps[1:2])


def tell_story(steps: Sequence[Step], beats: int, start: WorldState) -> Story:
    """The story of a scene of so many beats. Steps keep their order; each is preceded by what it needs, and what is
    several actions is expanded into them.

    What cannot be mended in its own moment may be prepared at an earlier turn of somebody's: who holds the relic that
    another is to lift puts it down. No step that can happen is given up for a later one.
    """
    script = [part for step in sorted(steps, key=lambda step: step.beat) for part in _expand(step)]
    telling = _mend(script, start, tell(script, start, {}))
    heads: list[WorldState] = []
    for at, step in enumerate(script):
        heads += [telling.states[at]] * (step.beat + 1 - len(heads))
    heads += [telling.states[-1]] * (beats - len(heads))
    return Story(tuple(telling.told), tuple(heads), telling.states[-1], tuple(telling.refusals))


def validate(story: Story, start: WorldState) -> tuple[str, ...]:
    """Play the steps from the start and name every need that is not met when its step comes; none in a valid story.

    Refused steps are left out, as they are on the floor.
    """
    refused = {refusal.step for refusal in story.refusals if refusal.level == "error"}
    faults: list[str] = []
    state = start
    for at, step in enumerate(story.steps):
        if at in refused or not is_followed(step, state):
            continue
        act = act_of(step)
        if (need := unmet(act, state)) and not NEEDS[need].soft:
            faults.append(sentence(act, need, state))
        state = do(act, state)
    return tuple(faults)


def _expand(step: Step) -> Iterator[Step]:
    """The steps that a compound one is made of."""
    for number, part in enumerate(parts_of(act_of(step))):
        if part.verb == step.verb:
            yield step
        else:
            because = f"that is how to {step.verb}"
            yield replace(
                step, verb=part.verb, target=part.target, because=because, meanwhile=step.meanwhile and not number
            )


def _mend(script: Sequence[Step], start: WorldState, telling: Telling) -> Telling:
    """Prepare what can be prepared for the steps that lack something, first come first served."""
    prepared: Preparations = {}
    tries, most = 0, min(_MOST_TRIES, _MOST_TOLD // max(1, len(script)))
    for at in sorted(telling.lacks):
        for turn, act in islice(_ways_out(script, telling, at), most - tries):
            tries += 1
            more: Preparations = {**prepared, turn: [*(prepared.get(turn) or ()), (act, at)]}
            tried = tell(script, start, more)
            if at not in tried.lacks and all(other in telling.lacks for other in tried.lacks if other < at):
                telling, prepared = tried, more
                break
    return telling


def _ways_out(script: Sequence[Step], telling: Telling, at: int) -> Iterator[tuple[int, Act]]:
    """What could have been prepared for a step that lacks something: acts, and the turns of the script at which the
    one who does them acts anyway, the latest first."""
    lack = telling.lacks.get(at)
    for act in _remedies(lack, at, script) if lack else ():
        turns = [number for number in range(at - 1, -1, -1) if script[number].actor == act.actor]
        yield from ((turn, act) for turn in turns[:_TURNS_BACK])


def _remedies(lack: Lack, at: int, script: Sequence[Step]) -> list[Act]:
    """Acts that would have met a need in time: the filler itself, sooner, and what others can do about it."""
    act, state = lack.act, lack.state
    holder, locker = state.get(act.target, "held by"), state.get(act.target, "lock")
    remedies = [] if act == act_of(script[at]) else [act]
    if holder and holder != act.actor and lack.need in ("nobody else's", "held", "near", "held by other"):
        remedies.append(Act(holder, "put down", act.target))
    if lack.need == "held by other" and act.other:
        remedies.append(Act(act.other, "lift", act.target))
    if lack.need == "free hand of other":
        remedies += [Act(act.other, "put down", thing) for thing in state.held(act.other)]
    if lack.need == "unlocked" and locker:
        remedies.append(Act(locker, "unlock", act.target))
    if lack.need in ("held", "nobody else's") and state.zone(act.target) == AWAY:
        remedies.append(Act(act.actor, "lift", act.target))
    return remedies
