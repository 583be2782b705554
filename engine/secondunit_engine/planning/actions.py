"""What people can do, as data: what an action needs, what it makes true, how long it takes, what it is made of.

A need that is not met is filled by another action where one person alone can meet it (walk there, stand up, put
something down); where not, the action is impossible and the need says why. After STRIPS (Fikes and Nilsson 1971);
compound actions are expanded as in hierarchical task networks (Erol, Hendler and Nau 1994).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from secondunit_engine.planning.state import AWAY, HANDS, WorldState

Fact3 = tuple[str, str, str]


@dataclass(frozen=True)
class Act:
    """Somebody doing something to something; `other` is the third party, such as who is given it."""

    actor: str
    verb: str
    target: str = ""
    other: str = ""


@dataclass(frozen=True)
class Need:
    """A condition: whether it is met, the act that meets it (None if nobody alone can), and what to say if not."""

    met: Callable[[Act, WorldState], bool]
    fill: Callable[[Act, WorldState], Act | None]
    reason: str


@dataclass(frozen=True)
class Schema:
    """An action: names of its needs, its effects, the seconds it takes when nobody hurries."""

    needs: tuple[str, ...] = ("here",)
    makes: Callable[[Act, WorldState], tuple[Fact3, ...]] = lambda act, state: ()
    seconds: Fraction = Fraction(2)


def _never(act: Act, state: WorldState) -> Act | None:
    return None


def _make_room(act: Act, state: WorldState) -> Act | None:
    spare = [thing for thing in state.held(act.actor) if thing != act.target]
    return Act(act.actor, "put down", spare[0]) if spare else None


NEEDS: dict[str, Need] = {
    "here": Need(
        lambda act, state: state.get(act.actor, "at") != AWAY,
        lambda act, state: Act(act.actor, "enter"),
        "{actor} is not there",
    ),
    "standing": Need(
        lambda act, state: state.get(act.actor, "posture") == "stand",
        lambda act, state: Act(act.actor, "stand up"),
        "{actor} does not stand",
    ),
    "near": Need(
        lambda act, state: not act.target or state.near(act.actor, act.target),
        lambda act, state: Act(act.actor, "walk", act.target) if state.zone(act.target) != AWAY else None,
        "the {target} is not there",
    ),
    "near other": Need(
        lambda act, state: not act.other or state.near(act.actor, act.other),
        lambda act, state: Act(act.actor, "walk", act.other) if state.zone(act.other) != AWAY else None,
        "{other} is not there",
    ),
    "free hand": Need(
        lambda act, state: act.target in state.held(act.actor) or len(state.held(act.actor)) < HANDS,
        _make_room,
        "{actor} has both hands full",
    ),
    "not held by another": Need(
        lambda act, state: state.get(act.target, "held by") in ("", act.actor),
        _never,
        "{holder} holds the {target}",
    ),
    "held": Need(
        lambda act, state: act.target in state.held(act.actor),
        lambda act, state: Act(act.actor, "lift", act.target) if not state.get(act.target, "held by") else None,
        "{holder} holds the {target}",
    ),
    "other holds": Need(
        lambda act, state: state.get(act.target, "held by") == act.other,
        _never,
        "{other} does not have the {target}",
    ),
    "closed": Need(lambda act, state: state.get(act.target, "is") != "open", _never, "the {target} is open already"),
    "open": Need(
        lambda act, state: state.get(act.target, "is") == "open",
        lambda act, state: Act(act.actor, "open", act.target),
        "the {target} is closed",
    ),
    "whole": Need(lambda act, state: state.get(act.target, "whole") != "broken", _never, "the {target} is broken"),
    "alive": Need(lambda act, state: state.get(act.actor, "wound") != "dead", _never, "{actor} is dead"),
}  # fmt: skip


def _take(act: Act, state: WorldState) -> tuple[Fact3, ...]:
    return ((act.target, "held by", act.actor),) if act.target else ()


def _leave(act: Act, state: WorldState) -> tuple[Fact3, ...]:
    return ((act.target, "held by", ""), (act.target, "at", state.zone(act.actor))) if act.target else ()


def _be(relation: str, value: str) -> Callable[[Act, WorldState], tuple[Fact3, ...]]:
    return lambda act, state: ((act.actor, relation, value),)


def _become(relation: str, value: str) -> Callable[[Act, WorldState], tuple[Fact3, ...]]:
    return lambda act, state: ((act.target, relation, value),) if act.target else ()


def _go(act: Act, state: WorldState) -> tuple[Fact3, ...]:
    return ((act.actor, "at", state.zone(act.target)),) if act.target else ()


def _schema(needs: str, makes: Callable[[Act, WorldState], tuple[Fact3, ...]] | None, seconds: str) -> Schema:
    known = tuple(need.strip() for need in needs.split(",") if need.strip())
    return Schema(known, makes or (lambda act, state: ()), Fraction(seconds))


def _land(act: Act, state: WorldState) -> tuple[Fact3, ...]:
    where = state.zone(act.other or act.actor)
    return ((act.target, "held by", ""), (act.target, "at", where)) if act.target else ()


def _pass_on(act: Act, state: WorldState) -> tuple[Fact3, ...]:
    return ((act.target, "held by", act.other),) if act.other else ()


def _wear(act: Act, state: WorldState) -> tuple[Fact3, ...]:
    return ((act.actor, "wears", act.target),) if act.target else ()


def _come(act: Act, state: WorldState) -> tuple[Fact3, ...]:
    return ((act.actor, "at", act.target or act.actor),)


_BODY, _MOVE = "here, alive", "here, alive, standing"
_HANDLE = "here, alive, not held by another, near"
# verb: needs, effects, seconds
SCHEMAS: dict[str, Schema] = {
    "walk": _schema(_MOVE, _go, "3"),
    "run": _schema(_MOVE, _go, "5/2"),
    "climb": _schema(_MOVE, _go, "4"),
    "enter": _schema("alive", _come, "3"),
    "exit": _schema(_MOVE, _be("at", AWAY), "3"),
    "stand": _schema(_BODY, _be("posture", "stand"), "3/2"),
    "stand up": _schema(_BODY, _be("posture", "stand"), "3/2"),
    "sit": _schema(f"{_BODY}, near", _be("posture", "sit"), "7/4"),
    "kneel": _schema(_BODY, _be("posture", "kneel"), "3/2"),
    "lie": _schema(_BODY, _be("posture", "lie"), "2"),
    "fall": _schema("here", _be("posture", "lie"), "3/2"),
    "lift": _schema(f"{_HANDLE}, free hand, whole", _take, "2"),
    "catch": _schema(f"{_BODY}, free hand", _take, "1"),
    "put down": _schema(f"{_BODY}, held", _leave, "2"),
    "drop": _schema("here, held", _leave, "1"),
    "throw": _schema(f"{_BODY}, held", _land, "3/2"),
    "give": _schema(f"{_BODY}, held, near other", _pass_on, "2"),
    "take from": _schema(f"{_BODY}, near other, free hand, other holds", _take, "2"),
    "open": _schema(f"{_HANDLE}, whole, closed", _become("is", "open"), "3"),
    "close": _schema(f"{_HANDLE}, open", _become("is", "closed"), "2"),
    "lock": _schema(f"{_BODY}, near", _become("lock", "locked"), "3/2"),
    "unlock": _schema(f"{_BODY}, near", _become("lock", "open"), "2"),
    "break": _schema(f"{_BODY}, near, whole", _become("whole", "broken"), "3/2"),
    "push": _schema(f"{_MOVE}, near", None, "2"),
    "pull": _schema(f"{_MOVE}, near", None, "2"),
    "touch": _schema(f"{_BODY}, near", None, "3/2"),
    "read": _schema(f"{_BODY}, near", None, "3"),
    "write": _schema(f"{_BODY}, near", None, "3"),
    "drink": _schema(f"{_BODY}, near", None, "2"),
    "eat": _schema(f"{_BODY}, near", None, "3"),
    "put on": _schema(_BODY, _wear, "3"),
    "take off": _schema(_BODY, None, "3"),
    "embrace": _schema(f"{_MOVE}, near", None, "5/2"),
    "kiss": _schema(f"{_BODY}, near", None, "2"),
    "fight": _schema(f"{_MOVE}, near", None, "3"),
    "hit": _schema(f"{_BODY}, near", _become("wound", "bruise"), "1"),
    "stab": _schema(f"{_BODY}, near", _become("wound", "stab wound"), "1"),
    "kill": _schema(_BODY, _become("wound", "dead"), "2"),
    "die": _schema("here", _be("wound", "dead"), "2"),
    "hide": _schema(_BODY, None, "2"),
    "wave": _schema(_BODY, None, "2"),
    "look": _schema(_BODY, None, "3/2"),
    "turn": _schema(_BODY, None, "5/4"),
    "talk": _schema(_BODY, None, "3"),
    "listen": _schema(_BODY, None, "3/2"),
    "nod": _schema(_BODY, None, "1"),
    "smile": _schema(_BODY, None, "5/4"),
    "frown": _schema(_BODY, None, "5/4"),
    "breathe": _schema(_BODY, None, "2"),
    "point": _schema(_BODY, None, "3/2"),
    "dance": _schema(_MOVE, None, "3"),
    "jump": _schema(_MOVE, None, "5/4"),
    "drive": _schema("", None, "3"),
    "accelerate": _schema("", None, "3"),
    "brake": _schema("", None, "2"),
}

_ANY = Schema()

# Verbs that are several actions, in order; each keeps the verb's actor, target and third party.
COMPOUNDS: dict[str, tuple[str, ...]] = {
    "hand over": ("lift", "give"), "grab and go": ("lift", "exit"), "storm out": ("turn", "exit"),
    "barge in": ("enter", "push"), "sneak in": ("enter", "hide"), "smash": ("lift", "break"), "gulp": ("lift", "drink"),
}  # fmt: skip


def schema(verb: str) -> Schema:
    """How a verb is done; of a verb that nobody described only that one must be there."""
    return SCHEMAS.get(verb, _ANY)


def unmet(act: Act, state: WorldState) -> str:
    """The name of the first need that is not met, or an empty string."""
    return next((name for name in schema(act.verb).needs if not NEEDS[name].met(act, state)), "")


def why_not(act: Act, need: str, state: WorldState) -> str:
    """One clause that says why the act cannot be done."""
    holder = state.get(act.target, "held by") or "nobody"
    return NEEDS[need].reason.format(actor=act.actor, target=act.target.lower(), other=act.other, holder=holder)


def do(act: Act, state: WorldState) -> WorldState:
    """The state after the act."""
    return state.put(*schema(act.verb).makes(act, state))
