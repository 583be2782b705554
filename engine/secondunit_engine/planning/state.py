"""What holds in the world at one moment of the story: who is where, who holds what, what is open, worn, broken, hurt.

A state is a set of facts, each a subject, a relation and one value: ("Mara", "at", "Relic"), ("Relic", "held by",
"Mara"), ("Door", "is", "open"). States are values: they are compared, hashed and carried from scene to scene.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from secondunit_engine.planning.plan import Fact

HANDS = 2
AWAY = "away"  # not on the set
# Where the set has a thing from the start, and which thing somebody on the hero's mark stands at.
HOMES = {"library": {"Relic": "pedestal", "Door": "door"}}
HERO_STANDS_AT = {"library": "pedestal"}
# What is true of everything until something happens to it.
_USUAL = {"posture": "stand", "held by": "", "is": "closed", "whole": "whole"}
# What goes along when the story leaves a place for another: not where people stand or how.
_KEPT = frozenset(("held by", "wears", "wound", "is", "whole"))


@dataclass(frozen=True)
class WorldState:
    """Facts by (subject, relation), in order of their names."""

    facts: tuple[tuple[str, str, str], ...] = ()

    def get(self, subject: str, relation: str) -> str:
        """The fact's value; what nobody said is as usual, or empty."""
        for who, how, value in self.facts:
            if who == subject and how == relation:
                return value
        return _USUAL.get(relation, "")

    def put(self, *facts: tuple[str, str, str]) -> WorldState:
        """The state with these facts in the place of what they replace."""
        known = {(who, how): value for who, how, value in self.facts}
        known |= {(who, how): value for who, how, value in facts}
        return WorldState(tuple((who, how, value) for (who, how), value in sorted(known.items())))

    def part(self, subjects: frozenset[str]) -> tuple[WorldState, WorldState]:
        """The facts that are about any of the subjects, or about what one of them holds; and all others."""
        ours = tuple(fact for fact in self.facts if fact[0] in subjects or fact[2] in subjects)
        things = {fact[0] for fact in ours}
        ours = tuple(fact for fact in self.facts if fact in ours or fact[0] in things)
        return WorldState(ours), WorldState(tuple(fact for fact in self.facts if fact not in ours))

    def held(self, who: str) -> tuple[str, ...]:
        """What somebody holds, by name."""
        return tuple(thing for thing, how, value in self.facts if how == "held by" and value == who)

    def zone(self, what: str) -> str:
        """Where something is: with who holds it, else where it was put, else at its own place."""
        seen = {what}  # people who carry each other
        while (holder := self.get(what, "held by")) and holder not in seen:
            seen.add(holder)
            what = holder
        return self.get(what, "at") or what

    def near(self, who: str, what: str) -> bool:
        return self.get(what, "held by") == who or self.zone(who) in (what, self.zone(what))

    def tell(self) -> Iterator[Fact]:
        """What a script supervisor would write down: all but what is as usual."""
        for who, how, value in self.facts:
            if value and value != _USUAL.get(how):
                yield Fact(who, how, value)


def open_scene(
    before: WorldState, place: str, people: Iterable[str], *, goes_on: bool, enters: frozenset[str]
) -> WorldState:
    """The state a scene begins with.

    A scene that goes on ("CONTINUOUS") keeps everything. Otherwise people stand on their marks, who enters is away,
    the set's things are where the set has them, and what is held, worn, hurt, open or broken stays so.
    """
    kept = before if goes_on else WorldState(tuple(fact for fact in before.facts if fact[1] in _KEPT))
    facts = [(thing, "at", zone) for thing, zone in HOMES.get(place, {}).items() if not kept.get(thing, "held by")]
    for number, name in enumerate(people):
        if goes_on and kept.get(name, "at"):
            continue
        stands = HERO_STANDS_AT.get(place, name) if number == 0 else name
        facts.append((name, "at", AWAY if name in enters else stands))
    return kept.put(*facts)


def is_away(state: WorldState, who: str) -> bool:
    """Whether somebody is not on the set."""
    return state.get(who, "at") == AWAY
