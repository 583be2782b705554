"""A plan's own actions played against the state that each shot says it begins in: what changes needs a beat.

The planner writes both from one story, so that they agree; a plan that was changed by hand, or that lost a beat, may
not. Where people stand is judged on their paths, not here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from secondunit_engine.places import place_of
from secondunit_engine.planning.actions import NEEDS, Act, called, do, schema
from secondunit_engine.planning.plan import ActionPlan, ContinuityNote, ShotPlan
from secondunit_engine.planning.state import HANDS, WorldState

# Relations that only a beat may change, the rule that each breaks, and how it is said.
_RULES = {
    "held by": ("prop in two places", "is held by {}"),
    "is": ("door changes", "is {}"),
    "lock": ("door changes", "is locked by {}"),
    "whole": ("prop changes", "is {}"),
    "wound": ("wound changes", "has {}"),
}
_NOTHING = {"held by": "nobody", "is": "as it was", "lock": "nobody", "whole": "whole", "wound": "no wound"}
# Needs that the paths meet, whatever the plan's actions say.
_OF_PLACES = frozenset(("near", "near other", "here", "standing"))


def check_state(scene: Sequence[ShotPlan]) -> Iterator[ContinuityNote]:
    """Notes on what a scene's shots say of their state, in order."""
    people = {person.name for shot in scene for person in shot.cast}
    for shot in scene:
        yield from _check_hands(shot, people)
    for first, second in pairwise(scene):
        yield from _compare(first, second, people)


def _state(shot: ShotPlan, people: set[str]) -> WorldState:
    """The state a shot says it begins in, with what the plan leaves out because it is as usual."""
    usual = [(thing, "at", zone) for thing, zone in place_of(shot.set.place).things.items()]
    usual += [(name, "kind", "person") for name in sorted(people)]
    return WorldState().put(*usual, *((fact.subject, fact.relation, fact.value) for fact in shot.state))


def _check_hands(shot: ShotPlan, people: set[str]) -> Iterator[ContinuityNote]:
    """A thing is in one place, a person has two hands, and two do not take one thing at once."""
    holders: dict[str, set[str]] = {}
    for fact in shot.state:
        if fact.relation == "held by":
            holders.setdefault(fact.subject, set()).add(fact.value)
    state = _state(shot, people)
    for thing, names in sorted(holders.items()):
        if len(names) > 1:
            holders_said = " and by ".join(sorted(names))
            yield _note("prop in two places", (shot,), f"{called(thing, state)} is held by {holders_said} at once.")
    for name in sorted(people):
        if len(held := state.held(name)) > HANDS:
            yield _note("full hands", (shot,), f"{name} holds {', '.join(held)} in two hands.")
    last: dict[str, ActionPlan] = {}
    clashes: dict[str, str] = {}  # one note for each thing
    for action in sorted(shot.actions, key=lambda action: action.start):
        if action.verb in ("lift", "catch") and action.target:
            before = last.get(action.target)
            if before and before.actor != action.actor and action.start < before.start + before.frames:
                clashes.setdefault(action.target, f"{before.actor} and {action.actor}")
            last[action.target] = action
    for thing, names in clashes.items():
        yield _note("prop in two places", (shot,), f"{names} take {called(thing, state)} at once.")


def _compare(first: ShotPlan, second: ShotPlan, people: set[str]) -> Iterator[ContinuityNote]:
    """What a shot ends in by its actions against what the next begins in; nothing, if neither says a word of it."""
    if not first.state and not second.state:
        return
    state = _state(first, people)
    for action in sorted(first.actions, key=lambda action: action.start):
        act = Act(action.actor, action.verb, action.target, action.other)
        if action.actor in people and _can(act, state):
            state = do(act, state)
    begins = _state(second, people)
    for subject, relation in sorted({(who, how) for who, how, _ in (*state.facts, *begins.facts) if how in _RULES}):
        then, now = state.get(subject, relation), begins.get(subject, relation)
        if then != now:
            rule, words = _RULES[relation]
            before, after = (words.format(value or _NOTHING[relation]) for value in (then, now))
            message = f"{called(subject, state)} {before} when the shot ends and {after} when the next begins."
            yield _note(rule, (first, second), message)


def _can(act: Act, state: WorldState) -> bool:
    """Whether an act happens: refused ones are noted as such and change nothing."""
    needs = [need for need in schema(act.verb).needs if need not in _OF_PLACES and not NEEDS[need].soft]
    return all(NEEDS[need].met(act, state) for need in needs)


def _note(rule: str, shots: Sequence[ShotPlan], message: str) -> ContinuityNote:
    return ContinuityNote("error", rule, tuple(shot.id for shot in shots), message[0].upper() + message[1:])
