"""What people can do, as data: what an action needs, what it makes true, how long it takes, what it is made of.

A need that is not met is filled by another action where one person alone can meet it (walk there, stand up, put
something down); where not, the action is impossible and the need says why. After STRIPS (Fikes and Nilsson 1971);
compound actions are expanded as in hierarchical task networks (Erol, Hendler and Nau 1994).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from secondunit_engine.planning.state import AWAY, HANDS, SET, WorldState


@dataclass(frozen=True)
class Act:
    """Somebody doing something to something; `other` is the third party, such as who is given it."""

    actor: str
    verb: str
    target: str = ""
    other: str = ""


@dataclass(frozen=True)
class Need:
    """A condition: whether it is met, the acts any of which meets it (none if nobody alone can), and what to say if
    not. A `soft` need only says that the act changes something: it can be done without, to no effect."""

    met: Callable[[Act, WorldState], bool]
    fill: Callable[[Act, WorldState], Sequence[Act]]
    reason: str
    soft: bool = False


@dataclass(frozen=True)
class Effect:
    """What an action makes true: `value` is said of one of its parties ("actor", "target", "other"). A value in braces
    is a party, the zone of one, or the set's way in."""

    party: str
    relation: str
    value: str


@dataclass(frozen=True)
class Schema:
    """An action: names of its needs, its effects, the seconds it takes when nobody hurries."""

    needs: tuple[str, ...] = ("here",)
    makes: tuple[Effect, ...] = ()
    seconds: Fraction = Fraction(2)


def _nothing(act: Act, state: WorldState) -> Sequence[Act]:
    return ()


def _walk_to(what: str, act: Act, state: WorldState) -> Sequence[Act]:
    """A walk to something, or to who has it; none to what is not on the set."""
    if state.zone(what) == AWAY:
        return ()
    return (Act(act.actor, "walk", state.get(what, "held by") or what),)


def _put_down(act: Act, state: WorldState) -> Sequence[Act]:
    return [Act(act.actor, "put down", thing) for thing in state.held(act.actor) if thing != act.target]


def _take_up(act: Act, state: WorldState) -> Sequence[Act]:
    return () if state.get(act.target, "held by") else (Act(act.actor, "lift", act.target),)


def _hand_free(who: str, act: Act, state: WorldState) -> bool:
    return act.target in state.held(who) or len(state.held(who)) < HANDS


def _is_alive(who: str, state: WorldState) -> bool:
    return state.get(who, "wound") != "dead"


NEEDS: dict[str, Need] = {
    "here": Need(
        lambda act, state: state.get(act.actor, "at") != AWAY,
        lambda act, state: (Act(act.actor, "enter"),),
        "{actor} is not there",
    ),
    "alive": Need(lambda act, state: _is_alive(act.actor, state), _nothing, "{actor} is dead"),
    "standing": Need(
        lambda act, state: state.get(act.actor, "posture") == "stand",
        lambda act, state: (Act(act.actor, "stand up"),),
        "{actor} does not stand",
    ),
    "near": Need(
        lambda act, state: not act.target or state.near(act.actor, act.target),
        lambda act, state: _walk_to(act.target, act, state),
        "{target} is not there",
    ),
    "near other": Need(
        lambda act, state: not act.other or state.near(act.actor, act.other),
        lambda act, state: _walk_to(act.other, act, state),
        "{other} is not there",
    ),
    "free hand": Need(
        lambda act, state: not act.target or _hand_free(act.actor, act, state),
        _put_down,
        "{actor} has both hands full",
    ),
    "free hand of other": Need(
        lambda act, state: not state.is_somebody(act.other) or _hand_free(act.other, act, state),
        _nothing,
        "{other} has both hands full",
    ),
    "nobody else's": Need(
        lambda act, state: state.get(act.target, "held by") in ("", act.actor),
        _nothing,
        "{holder} holds {target}",
    ),
    "held": Need(
        lambda act, state: act.target in state.held(act.actor) or not state.is_placed(act.target),
        _take_up,
        "{holder} holds {target}",
    ),
    "held by other": Need(
        lambda act, state: state.get(act.target, "held by") == act.other or not state.is_placed(act.target),
        _nothing,
        "{other} does not have {target}",
    ),
    "closed": Need(
        lambda act, state: state.get(act.target, "is") != "open",
        _nothing,
        "{target} is open already",
        soft=True,
    ),
    "shut": Need(
        lambda act, state: state.get(act.target, "is") != "open",
        lambda act, state: (Act(act.actor, "close", act.target),),
        "{target} is open",
    ),
    "open": Need(
        lambda act, state: state.get(act.target, "is") != "closed",
        _nothing,
        "{target} is closed already",
        soft=True,
    ),
    "unlocked": Need(
        lambda act, state: not state.get(act.target, "lock"),
        lambda act, state: (
            (Act(act.actor, "unlock", act.target),) if state.get(act.target, "lock") == act.actor else ()
        ),
        "{locker} has locked {target}",
    ),
    "whole": Need(lambda act, state: state.get(act.target, "whole") != "broken", _nothing, "{target} is broken"),
    "other is alive": Need(
        lambda act, state: not act.target or _is_alive(act.target, state),
        _nothing,
        "{target} is dead",
    ),
}

_RELATIONS = ("posture", "held by", "wears", "wound", "whole", "lock", "is", "at")
# What is only ever true of people.
_OF_PEOPLE = frozenset(("posture", "wound"))


def _effects(said: str) -> tuple[Effect, ...]:
    """Effects from words: "target held by {actor}; actor posture sit"."""
    effects: list[Effect] = []
    for clause in filter(None, (part.strip() for part in said.split(";"))):
        party, _, rest = clause.partition(" ")
        relation = next(each for each in _RELATIONS if rest == each or rest.startswith(each + " "))
        effects.append(Effect(party, relation, rest[len(relation) :].strip()))
    return tuple(effects)


def _schema(needs: str, makes: str, seconds: str) -> Schema:
    return Schema(tuple(need.strip() for need in needs.split(",") if need), _effects(makes), Fraction(seconds))


_BODY, _MOVE = "here, alive", "here, alive, standing"
_HANDLE = "here, alive, nobody else's, near"
_GO = "actor at {zone of target}"
_LAY = "target held by; target at {zone of actor}"
# verb: needs, effects, seconds
SCHEMAS: dict[str, Schema] = {
    # to and fro
    "walk": _schema(_MOVE, _GO, "3"),
    "run": _schema(_MOVE, _GO, "5/2"),
    "follow": _schema(_MOVE, _GO, "3"),
    "climb": _schema(_MOVE, _GO, "4"),
    "crawl": _schema(_BODY, f"{_GO}; actor posture kneel", "5"),
    "jump": _schema(_MOVE, "", "5/4"),
    "dance": _schema(_MOVE, "", "3"),
    "enter": _schema("alive", "actor at {way in}", "3"),
    "exit": _schema(_MOVE, f"actor at {AWAY}", "3"),
    "board": _schema(f"{_MOVE}, near", f"{_GO}; actor posture sit", "3"),
    "drive off": _schema(_BODY, f"actor at {AWAY}", "4"),
    # postures
    "stand": _schema(_BODY, "actor posture stand", "3/2"),
    "stand up": _schema(_BODY, "actor posture stand", "3/2"),
    "sit": _schema(f"{_BODY}, near", "actor posture sit", "7/4"),
    "kneel": _schema(f"{_BODY}, near", "actor posture kneel", "3/2"),
    "lie": _schema(f"{_BODY}, near", "actor posture lie", "2"),
    "fall": _schema("here", "actor posture lie", "3/2"),
    "hide": _schema(f"{_MOVE}, near", "", "2"),
    # hands and things
    "lift": _schema(f"{_HANDLE}, free hand, whole", "target held by {actor}", "2"),
    "catch": _schema(f"{_HANDLE}, free hand", "target held by {actor}", "1"),
    "put down": _schema(f"{_BODY}, held, near other", "target held by; target at {zone of other}", "2"),
    "drop": _schema("here, held", _LAY, "1"),
    "throw": _schema(f"{_BODY}, held", "target held by; target at {zone of other}", "3/2"),
    "give": _schema(
        f"{_BODY}, held, near other, free hand of other", "target held by {other}; target at {zone of other}", "2"
    ),
    "take from": _schema(f"{_BODY}, near other, free hand, held by other", "target held by {actor}", "2"),
    "show": _schema(f"{_BODY}, held", "", "2"),
    "hold": _schema(f"{_BODY}, held", "", "2"),
    "open": _schema(f"{_HANDLE}, whole, unlocked, closed", "target is open", "3"),
    "close": _schema(f"{_HANDLE}, open", "target is closed", "2"),
    "lock": _schema(f"{_BODY}, near, shut", "target lock {actor}", "3/2"),
    "unlock": _schema(f"{_BODY}, near", "target lock", "2"),
    "break": _schema(f"{_BODY}, near, whole", "target whole broken", "3/2"),
    "mend": _schema(f"{_BODY}, near", "target whole whole", "4"),
    "search": _schema(f"{_BODY}, near", "", "4"),
    "push": _schema(f"{_MOVE}, near", "", "2"),
    "pull": _schema(f"{_MOVE}, near", "", "2"),
    "touch": _schema(f"{_BODY}, near", "", "3/2"),
    "knock": _schema(f"{_BODY}, near", "", "3/2"),
    "knock over": _schema(f"{_BODY}, near", "", "3/2"),
    "use": _schema(f"{_BODY}, near", "", "3"),
    "pour": _schema(f"{_BODY}, near", "", "3"),
    "light": _schema(f"{_BODY}, near", "", "2"),
    "read": _schema(f"{_BODY}, near", "", "3"),
    "write": _schema(f"{_BODY}, near", "", "3"),
    "drink": _schema(f"{_BODY}, near", "", "2"),
    "eat": _schema(f"{_BODY}, near", "", "3"),
    "put on": _schema(_HANDLE, "actor wears {target}; target held by", "3"),
    "take off": _schema(f"{_BODY}, free hand", "actor wears; target held by {actor}", "3"),
    # people and people
    "embrace": _schema(f"{_MOVE}, near", "", "5/2"),
    "kiss": _schema(f"{_BODY}, near", "", "2"),
    "shake hands": _schema(f"{_BODY}, near", "", "2"),
    "help up": _schema(f"{_MOVE}, near, other is alive", "target posture stand", "3"),
    "bandage": _schema(f"{_BODY}, near, other is alive", "target wound bandaged", "4"),
    "fight": _schema(f"{_MOVE}, near", "", "3"),
    "hit": _schema(f"{_BODY}, near", "target wound bruise", "1"),
    "stab": _schema(f"{_BODY}, near", "target wound stab wound", "1"),
    "shoot": _schema(_BODY, "target wound gunshot wound", "1"),
    "kill": _schema(f"{_BODY}, other is alive", "target wound dead; target posture lie", "2"),
    "die": _schema("here", "actor wound dead; actor posture lie", "2"),
    # looks, words, faces
    "look": _schema(_BODY, "", "3/2"),
    "turn": _schema(_BODY, "", "5/4"),
    "talk": _schema(_BODY, "", "3"),
    "answer": _schema(_BODY, "", "2"),
    "call": _schema(_BODY, "", "3"),
    "listen": _schema(_BODY, "", "3/2"),
    "nod": _schema(_BODY, "", "1"),
    "shake the head": _schema(_BODY, "", "1"),
    "smile": _schema(_BODY, "", "5/4"),
    "frown": _schema(_BODY, "", "5/4"),
    "breathe": _schema(_BODY, "", "2"),
    "point": _schema(_BODY, "", "3/2"),
    "wave": _schema(_BODY, "", "2"),
    # wheels
    "drive": _schema("", "", "3"),
    "accelerate": _schema("", "", "3"),
    "brake": _schema("", "", "2"),
    "park": _schema("", "", "2"),
    "drift": _schema("", "", "2"),
}

_ANY = Schema()

# What is several actions, in order, by its verb and what it is done to. A part names its own thing, or keeps the
# phrase's: "{target}".
COMPOUNDS: dict[str, tuple[str, ...]] = {
    "make tea": ("lift kettle", "pour tea", "put down kettle"),
    "make coffee": ("lift pot", "pour coffee", "put down pot"),
    "pour drink": ("lift bottle", "pour drink", "put down bottle"),
    "answer phone": ("lift phone", "answer"),
    "hang up": ("put down phone",),
    "light cigarette": ("lift cigarette", "light cigarette"),
    "load gun": ("lift gun", "use gun"),
    "pack bag": ("open bag", "close bag"),
    "get dressed": ("stand up", "put on clothes"),
    "lock up": ("close {target}", "lock {target}"),
    "break in": ("break {target}", "enter"),
    "storm in": ("enter", "walk {target}"),
    "storm out": ("turn", "exit"),
}


def schema(verb: str) -> Schema:
    """How a verb is done; of a verb that nobody described only that one must be there."""
    return SCHEMAS.get(verb, _ANY)


def parts_of(act: Act) -> tuple[Act, ...]:
    """The acts that a compound one is made of; the act itself if it is not compound."""
    if act.verb not in COMPOUNDS:
        return (act,)
    parts: list[Act] = []
    for part in COMPOUNDS[act.verb]:
        verb = next(verb for verb in sorted(SCHEMAS, key=len, reverse=True) if (part + " ").startswith(verb + " "))
        target = part[len(verb) :].strip().replace("{target}", act.target)
        parts.append(Act(act.actor, verb, target, act.other))
    return tuple(parts)


def unmet(act: Act, state: WorldState) -> str:
    """The name of the first need that is not met, or an empty string. Soft needs come when all others are met."""
    missing = [name for name in schema(act.verb).needs if not NEEDS[name].met(act, state)]
    return min(missing, key=lambda name: NEEDS[name].soft, default="")


def why_not(act: Act, need: str, state: WorldState) -> str:
    """One clause that says why the act cannot be done."""
    return NEEDS[need].reason.format(
        actor=called(act.actor, state),
        target=called(act.target, state),
        other=called(act.other, state),
        holder=(state.get(act.target, "held by") or "nobody").replace("_", " "),
        locker=(state.get(act.target, "lock") or "somebody").replace("_", " "),
    )


def called(name: str, state: WorldState) -> str:
    """People by their names, things with an article: "the relic"."""
    if not name or state.is_somebody(name) or "'s " in name:
        return name.replace("_", " ")
    return f"the {name.lower()}"


def do(act: Act, state: WorldState) -> WorldState:
    """The state after the act."""
    facts = [fact for effect in schema(act.verb).makes for fact in _happens(effect, act, state)]
    return state.put(*facts) if facts else state


def _happens(effect: Effect, act: Act, state: WorldState) -> Sequence[tuple[str, str, str]]:
    parties = {"actor": act.actor, "target": act.target, "other": act.other}
    subject = parties[effect.party]
    if not subject or (effect.relation in _OF_PEOPLE and not state.is_somebody(subject)):
        return ()
    if effect.relation == "wound" and not _is_alive(subject, state):
        return ()  # the dead stay dead
    if not effect.value.startswith("{"):
        return ((subject, effect.relation, effect.value),)
    name = effect.value.strip("{}")
    if name == "way in":  # who is there already stays where they are
        where = state.get(SET, "way in") or subject
        return ((subject, "at", where),) if state.get(subject, "at") == AWAY else ()
    if name in parties:
        return ((subject, effect.relation, parties[name]),) if parties[name] else ()
    # The zone of a party that the act does not have is where its actor is.
    what = parties[name.removeprefix("zone of ")] or act.actor
    zone = state.zone(what)
    return ((subject, effect.relation, act.actor if zone == AWAY else zone),)
