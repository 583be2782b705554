"""What holds in the world at one moment of the story: who is where, who holds what, what is open, worn, broken, hurt.

A state is a set of facts, each a subject, a relation and one value: ("Mara", "at", "pedestal"), ("Relic", "held by",
"Mara"), ("Door", "is", "open"). States are values: they are compared, hashed and carried from scene to scene.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from secondunit_engine.places import place_of
from secondunit_engine.planning.plan import Fact

HANDS = 2
AWAY = "away"  # not on the set
SET = "the set"  # the subject of what is true of the whole scene: its "place", its "way in"
# What a jump in time undoes: where people are and how they sit or stand; of things, what anybody may have closed.
_PASSING = frozenset(("at", "posture"))
_PASSING_OF_THINGS = frozenset(("is", "lock"))
# What nobody would write down.
_USUAL = {"posture": "stand", "whole": "whole", "kind": "person"}


@dataclass(frozen=True)
class WorldState:
    """Facts by (subject, relation), in order of their names."""

    facts: tuple[tuple[str, str, str], ...] = ()

    @cached_property
    def _known(self) -> dict[tuple[str, str], str]:
        return {(who, how): value for who, how, value in self.facts}

    def get(self, subject: str, relation: str) -> str:
        """The fact's value; what nobody said is as usual, or empty."""
        return self._known.get((subject, relation), "stand" if relation == "posture" else "")

    def put(self, *facts: tuple[str, str, str]) -> WorldState:
        """The state with these facts in the place of what they replace."""
        known = self._known | {(who, how): value for who, how, value in facts}
        return WorldState(tuple((who, how, value) for (who, how), value in sorted(known.items())))

    def is_somebody(self, name: str) -> bool:
        """Whether a name is one of the story's people."""
        return (name, "kind") in self._known

    def is_placed(self, name: str) -> bool:
        """Whether it is known where something is: the set has it, or the story put it somewhere."""
        return (name, "at") in self._known or bool(self.get(name, "held by"))

    def part(self, subjects: frozenset[str]) -> tuple[WorldState, WorldState]:
        """The facts that are about any of the subjects, about what one of them holds, or about the whole scene; and
        all others."""
        subjects |= {SET}
        ours = {fact for fact in self.facts if fact[0] in subjects or fact[2] in subjects}
        things = {fact[0] for fact in ours}
        ours |= {fact for fact in self.facts if fact[0] in things}
        parts = ([fact for fact in self.facts if (fact in ours) == wanted] for wanted in (True, False))
        mine, others = (WorldState(tuple(part)) for part in parts)
        return mine, others

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

    def is_here(self, name: str) -> bool:
        """Whether somebody belongs to the scene, on the set or waiting to come in."""
        return self.is_somebody(name) and (name, "at") in self._known

    def near(self, who: str, what: str) -> bool:
        """Whether somebody is within reach of something. What nobody has put anywhere is at hand."""
        return not self.is_placed(what) or self.get(what, "held by") == who or self.zone(who) == self.zone(what)

    def tell(self) -> Iterator[Fact]:
        """What a script supervisor would write down: all but what is as usual, and people who are not in the scene."""
        homes = place_of(self.get(SET, "place")).things
        for who, how, value in self.facts:
            is_absent = self.is_somebody(who) and not self.is_here(who)
            is_usual = value in ("", _USUAL.get(how), who) or (how == "at" and value == homes.get(who))
            is_carried = how == "at" and bool(self.get(who, "held by"))
            if who != SET and not (is_absent or is_usual or is_carried):
                yield Fact(who, how, value)


def open_scene(
    before: WorldState, place: str, people: Iterable[str], *, goes_on: bool, enters: frozenset[str]
) -> WorldState:
    """The state a scene begins with.

    A scene that goes on ("CONTINUOUS") on the same set keeps everything. Otherwise people stand on their marks, who
    enters is away, nobody knows what is open, and what is held, worn, hurt or broken stays so. The set's own things are
    where the story left them, else where the set has them.
    """
    here = place_of(place)
    stays = goes_on and before.get(SET, "place") == place

    def is_kept(who: str, how: str) -> bool:
        if before.is_somebody(who):
            return stays or how not in _PASSING
        if how == "at":
            return stays or who in here.things
        return who != SET and (stays or how not in _PASSING_OF_THINGS)

    state = WorldState(tuple(fact for fact in before.facts if is_kept(fact[0], fact[1])))
    facts = [(SET, "place", place), (SET, "way in", here.things.get("Door", ""))]
    facts += [(thing, "at", zone) for thing, zone in here.things.items() if not state.is_placed(thing)]
    for number, name in enumerate(people):
        facts.append((name, "kind", "person"))
        if name in enters or not state.get(name, "at"):
            stands = (here.hero_at or name) if number == 0 else name
            facts.append((name, "at", AWAY if name in enters else stands))
    return state.put(*facts)


def is_away(state: WorldState, who: str) -> bool:
    """Whether somebody is not on the set."""
    return state.get(who, "at") == AWAY
