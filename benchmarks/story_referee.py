"""Plan and validate told scenes with unified-planning and Fast Downward; runs in an environment of its own.

    python story_referee.py SCENES.json

Prints one JSON list: for each scene the refusals and fillers of the story that was told, whether that story is valid,
and the fewest of both that there can be. A scene is modelled in propositions: where each thing lies, who holds it, who
stands, what is locked. The script is a ladder of stages; the person of a stage may fill in walks, getting up, coming
in, putting down, taking up, closing and unlocking what they have locked, at a cost of 1; a step may be skipped for
more than any number of fillers.
"""

from __future__ import annotations

import json
import sys
import time
from itertools import combinations
from pathlib import Path
from typing import Any

from unified_planning import plans  # pyright: ignore[reportMissingImports]
from unified_planning import shortcuts as up  # pyright: ignore[reportMissingImports]

_SKIP = 1000  # times 2 ** (steps that follow), where an earlier step is not to be given up for later ones
_AWAY = "away"


class Scene:
    """One scene as a planning problem."""

    def __init__(self, told: dict[str, Any], *, in_order: bool) -> None:
        self.in_order = in_order
        self.people: list[str] = told["people"]
        spoken_of = {name for step in told["script"] for name in step}
        self.things = [thing for thing in told["things"] if thing in spoken_of]
        self.hands: int = told["hands"]
        self.way_in: str = told["way_in"]
        self.needs: dict[str, list[str]] = told["needs"]
        self.effects: dict[str, list[list[str]]] = told["effects"]
        self.script: list[list[str]] = told["script"]
        # Nobody takes up what no step asks them to hold.
        self.carried = [thing for thing in self.things if any(self._is_held_in(step, thing) for step in self.script)]
        placed = {who: where for who, relation, where in told["facts"] if relation == "at"}
        loose = {thing for thing in self.things if thing not in placed}
        known = {where for who, where in placed.items() if who in (*self.people, *self.things)}
        self.zones = sorted({*known, self.way_in, *self.people, *loose} - {_AWAY})
        self.problem = up.Problem("scene")
        self._fluents: dict[tuple[str, ...], Any] = {}
        self._costs: dict[Any, Any] = {}
        self._begin(told["facts"])
        for person in self.people:
            self._add_fillers(person)
        for stage in range(len(self.script)):
            self._add_step(stage)
        self.problem.add_goal(self.fact("stage", str(len(self.script))))
        self.problem.add_quality_metric(up.MinimizeActionCosts(self._costs))

    def fact(self, *words: str) -> Any:
        """A proposition; false at the start unless said otherwise."""
        if words not in self._fluents:
            self._fluents[words] = up.Fluent("_".join(words), up.BoolType())
            self.problem.add_fluent(self._fluents[words], default_initial_value=False)
        return self._fluents[words]()

    def _begin(self, facts: list[list[str]]) -> None:
        holding = [("stage", "0"), ("turn", self.script[0][0]), *(("stands", person) for person in self.people)]
        for who, relation, value in facts:
            if relation == "at" and who in (*self.people, *self.things):
                holding += [("at", who, value), ("placed", who)]
        for words in holding:
            self.problem.set_initial_value(self.fact(*words), True)

    def _is_held_in(self, step: list[str], thing: str) -> bool:
        _, verb, target, _ = step
        needs_it = {"held", "held by other", "free hand"} & set(self.needs[verb])
        return target == thing and bool(needs_it or any(effect[1] == "held by" for effect in self.effects[verb]))

    # Conditions

    def _carriers(self, thing: str) -> list[str]:
        return self.people if thing in self.carried else []

    def _loose(self, thing: str) -> Any:
        return up.And(*(up.Not(self.fact("held", thing, person)) for person in self._carriers(thing)))

    def _lies(self, what: str, zone: str) -> Any:
        """Whether something is in a zone, by itself or in hands; what nobody has placed is where its name says."""
        if what in self.people:
            return self.fact("at", what, zone)
        carried = (up.And(self.fact("held", what, who), self.fact("at", who, zone)) for who in self._carriers(what))
        by_name = up.Not(self.fact("placed", what)) if zone == what else up.FALSE()
        return up.Or(up.And(self._loose(what), up.Or(self.fact("at", what, zone), by_name)), *carried)

    def _near(self, who: str, what: str) -> Any:
        together = (up.And(self.fact("at", who, zone), self._lies(what, zone)) for zone in self.zones)
        in_hand = (self.fact("held", what, each) for each in (who,) if what in self.carried)
        return up.Or(up.Not(self.fact("placed", what)), *in_hand, *together)

    def _has_hand(self, who: str, thing: str) -> Any:
        others = [other for other in self.carried if other != thing]
        empty = combinations(others, max(0, len(others) - self.hands + 1))
        room = (up.And(*(up.Not(self.fact("held", one, who)) for one in some)) for some in empty)
        return up.Or(self.fact("held", thing, who), *room) if len(others) >= self.hands else up.TRUE()

    def _holds(self, who: str, thing: str) -> Any:
        return up.Or(self.fact("held", thing, who), up.Not(self.fact("placed", thing)))

    def _need(self, need: str, who: str, target: str, other: str) -> Any:
        """A need by its name; one that speaks of a party that is not there is met."""
        whose, thing = (other, target) if need.endswith("other") else (who, target)
        if need == "here":
            return up.Not(self.fact("at", who, _AWAY))
        if need == "alive":
            return up.Not(self.fact("dead", who))
        if need == "standing":
            return self.fact("stands", who)
        if need == "near other":
            return self._near(who, other) if other else up.TRUE()
        if need == "other is alive":
            return up.Not(self.fact("dead", target)) if target in self.people else up.TRUE()
        if not thing or not whose:
            return up.TRUE()
        return {
            "near": lambda: self._near(who, thing),
            "free hand": lambda: self._has_hand(who, thing),
            "free hand of other": lambda: self._has_hand(other, thing),
            "nobody else's": lambda: up.And(
                *(up.Not(self.fact("held", thing, p)) for p in self._carriers(thing) if p != who)
            ),
            "held": lambda: self._holds(who, thing),
            "held by other": lambda: self._holds(other, thing),
            "shut": lambda: up.Not(self.fact("open", thing)),
            "unlocked": lambda: up.And(*(up.Not(self.fact("locked", thing, person)) for person in self.people)),
            "whole": lambda: up.Not(self.fact("broken", thing)),
        }[need]()

    # Actions

    def zone_asked(self, who: str, verb: str, target: str, other: str) -> str:
        """Whose zone the effects of an action name; empty if none does."""
        parties = {"{zone of actor}": who, "{zone of target}": target or who, "{zone of other}": other or who}
        parties["{way in}"] = who
        return next(
            (parties[value] for _, relation, value in self.effects[verb] if relation == "at" and value in parties), ""
        )

    def _variants(self, who: str, verb: str, target: str, other: str) -> list[tuple[str, list[Any]]]:
        """The zones that an action may put something in, each with the condition under which it does."""
        asked = self.zone_asked(who, verb, target, other)
        return [(zone, [self._lies(asked, zone)]) for zone in (*self.zones, _AWAY)] if asked else [("", [])]

    def _add_fillers(self, who: str) -> None:
        turn = self.fact("turn", who)
        for zone in self.zones:
            self._add(f"fill_walk_{who}__{zone}", who, "walk", "", "", zone, [turn], 1)
        wanted = [("stand up", ""), ("enter", "")]
        wanted += [(verb, thing) for verb in ("lift", "put down") for thing in self.carried]
        wanted += [("close", step[2]) for step in self.script if "shut" in self.needs[step[1]]]
        wanted += [("unlock", step[2]) for step in self.script if "unlocked" in self.needs[step[1]]]
        for verb, thing in dict.fromkeys(wanted):
            own = [self.fact("locked", thing, who)] if verb == "unlock" else []
            for zone, known in self._variants(who, verb, thing, ""):
                self._add(f"fill_{verb}_{who}_{thing}_{zone}", who, verb, thing, "", zone, [turn, *own, *known], 1)

    def _add_step(self, at: int) -> None:
        who, verb, target, other = self.script[at]
        stage, turns = self.fact("stage", str(at)), {self.fact("stage", str(at)): False}
        turns |= {self.fact("turn", who): False, self.fact("stage", str(at + 1)): True}
        if at + 1 < len(self.script):
            turns[self.fact("turn", self.script[at + 1][0])] = True
        for zone, known in self._variants(who, verb, target, other):
            self._add(f"do_{at}_{zone}", who, verb, target, other, zone, [stage, *known], 0, turns)
        after = len(self.script) - 1 - at if self.in_order else 0
        self._keep(f"skip_{at}", [stage], turns, _SKIP * 2**after)

    def _add(
        self, name: str, who: str, verb: str, target: str, other: str, zone: str, known: list[Any], cost: int,
        turns: dict[Any, bool] | None = None,
    ) -> None:  # fmt: skip
        changes = dict(turns or {})
        for party, relation, value in self.effects[verb]:
            subject = {"actor": who, "target": target, "other": other}[party]
            if subject:
                self._change(changes, subject, relation, value, who, other, zone)
        needs = (self._need(need, who, target, other) for need in self.needs[verb])
        self._keep(name, [*known, *needs], changes, cost)

    def _change(
        self, changes: dict[Any, bool], subject: str, relation: str, value: str, who: str, other: str, zone: str
    ) -> None:
        """One effect in propositions. Whoever comes from away stands at their own place."""
        if relation == "at":
            from_away = self.way_in if value == "{way in}" else who
            where = _AWAY if value == _AWAY else from_away if zone == _AWAY else zone
            changes |= {self.fact("at", subject, each): each == where for each in (*self.zones, _AWAY)}
            changes[self.fact("placed", subject)] = True
        elif relation == "held by":
            holder = {"": "", "{actor}": who, "{other}": other}[value]
            if holder or not value:
                changes |= {self.fact("held", subject, each): each == holder for each in self._carriers(subject)}
                changes[self.fact("placed", subject)] = True
        elif relation == "lock":
            changes |= {self.fact("locked", subject, each): bool(value) and each == who for each in self.people}
        elif relation == "posture" and subject in self.people:
            changes[self.fact("stands", subject)] = value == "stand"
        elif relation == "is":
            changes[self.fact("open", subject)] = value == "open"
        elif relation == "whole":
            changes[self.fact("broken", subject)] = value == "broken"
        elif relation == "wound" and value == "dead" and subject in self.people:
            changes[self.fact("dead", subject)] = True

    def _keep(self, name: str, conditions: list[Any], changes: dict[Any, bool], cost: int) -> None:
        action = up.InstantaneousAction(name.replace(" ", "-"))
        for condition in conditions:
            action.add_precondition(condition)
        for fluent, holds in changes.items():
            action.add_effect(fluent, holds)
        self.problem.add_action(action)
        self._costs[action] = up.Int(cost)

    # Verdicts

    def play(self, told: list[dict[str, Any]]) -> bool:
        """Whether the story that was told is a valid plan."""
        names: list[str] = []
        stage = 0
        for step in told:
            who, verb, target = step["actor"], step["verb"], step["target"]
            if not step["filled"]:
                asked = self.zone_asked(who, verb, target, self.script[stage][3])
                zone = step["places"][asked] if asked else ""
                names.append(f"skip_{stage}" if step["refused"] else f"do_{stage}_{zone}")
                stage += 1
            elif verb == "walk":
                names.append(f"fill_walk_{who}__{step['places'][target]}")
            else:
                asked = self.zone_asked(who, verb, target, "")
                names.append(f"fill_{verb}_{who}_{target}_{step['places'][asked] if asked else ''}")
        actions = [plans.ActionInstance(self.problem.action(name.replace(" ", "-"))) for name in names]
        with up.PlanValidator(name="sequential_plan_validator") as validator:
            return bool(validator.validate(self.problem, plans.SequentialPlan(actions)))

    def best(self) -> tuple[int, int]:
        """The fewest refusals, and the fewest fillers with these."""
        with up.OneshotPlanner(name="fast-downward-opt") as planner:
            planner._fd_translate_options = ["--invariant-generation-max-candidates", "0"]  # invariants take minutes
            result = planner.solve(self.problem)
        if result.plan is None or result.status.name != "SOLVED_OPTIMALLY":
            raise RuntimeError(f"the planner gave up: {result.status}")
        names = [instance.action.name for instance in result.plan.actions]
        return sum(name.startswith("skip_") for name in names), sum(name.startswith("fill_") for name in names)


def main() -> None:
    up.get_environment().credits_stream = None
    verdicts: list[dict[str, Any]] = []
    for told in json.loads(Path(sys.argv[1]).read_text()):
        scene = Scene(told, in_order=True)
        started = time.perf_counter()
        refused, filled = scene.best()
        seconds = time.perf_counter() - started
        in_any_order, _ = Scene(told, in_order=False).best()
        verdicts.append({
            "valid": scene.play(told["told"]),
            "refused": sum(step["refused"] for step in told["told"]),
            "filled": sum(step["filled"] for step in told["told"]),
            "least_refused": refused, "least_filled": filled, "seconds": seconds, "least_in_any_order": in_any_order,
        })  # fmt: skip
    print(json.dumps(verdicts))


if __name__ == "__main__":
    main()
