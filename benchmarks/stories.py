"""Our gap-filler against an exact planner: 50 generated scenes, told by both.

The planner is Fast Downward with an admissible heuristic, through unified-planning, in an environment of its own. It
may fill in what it likes for the person whose turn it is, and finds the fewest refusals there can be without giving up
an earlier step for later ones, and then the fewest fillers. Its validator also plays our stories, by a model that
shares no code with ours.
"""

from __future__ import annotations

import json
import random
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.referees import Absent, Environment, run
from benchmarks.table import Row
from secondunit_engine.planning.actions import NEEDS, SCHEMAS, Act, do, schema
from secondunit_engine.planning.state import HANDS, SET, WorldState, open_scene
from secondunit_engine.planning.steps import Step
from secondunit_engine.planning.story import Story, entering, tell_story, validate

SCENES = 50
PLANNER = Environment(".venv-oracle", ("unified-planning==1.3.0", "up-fast-downward==1.0.0", "ConfigSpace==1.2.2"))
_HERE = Path(__file__).parent
_PEOPLE = ("Mara", "Elias", "Ava")
_THINGS = ("Relic", "Lantern", "Door", "letter")
_VERBS = (
    "walk", "enter", "exit", "sit", "stand up", "kneel", "lift", "put down", "give", "take from", "throw", "catch",
    "open", "close", "lock", "unlock", "break", "mend", "read", "push", "embrace", "kill", "look", "hide", "search",
)  # fmt: skip
_TO_SOMEBODY = ("give", "take from", "throw")
_TO_PEOPLE = ("embrace", "kill")
_TO_NOTHING = ("enter", "exit", "sit", "stand up", "kneel")


def random_script(seed: int) -> tuple[Step, ...]:
    """Four to ten steps of three people and four things; many cannot happen."""
    random_ = random.Random(seed)
    steps: list[Step] = []
    for beat in range(random_.randint(4, 10)):
        actor, verb = random_.choice(_PEOPLE), random_.choice(_VERBS)
        others = [name for name in _PEOPLE if name != actor]
        target = random_.choice(others if verb in _TO_PEOPLE else _THINGS)
        if verb == "walk":
            target = random_.choice((*others, *_THINGS[:3]))
        other = random_.choice(others) if verb in _TO_SOMEBODY else ""
        steps.append(Step(beat, actor, verb, "" if verb in _TO_NOTHING else target, other=other))
    return tuple(steps)


def tell(seed: int) -> tuple[Story, WorldState, tuple[Step, ...]]:
    """A generated scene, told by us."""
    script = random_script(seed)
    start = open_scene(WorldState(), "library", _PEOPLE, goes_on=False, enters=entering(script))
    return tell_story(script, len(script), start), start, script


def problem(seed: int) -> dict[str, Any]:
    """A scene as the referee reads it: the schemas as data, the facts at the start, the script, and what we told."""
    story, start, script = tell(seed)
    refused = {refusal.step for refusal in story.refusals if refusal.level == "error"}
    told: list[dict[str, Any]] = []
    state = start
    for at, step in enumerate(story.steps):
        act = Act(step.actor, step.verb, step.target, step.other)
        told.append({
            "actor": step.actor, "verb": step.verb, "target": step.target, "filled": step.filled,
            "refused": at in refused, "places": {name: state.zone(name) for name in (*_PEOPLE, *_THINGS)},
        })  # fmt: skip
        state = state if at in refused else do(act, state)
    return {
        "people": _PEOPLE,
        "things": _THINGS,
        "hands": HANDS,
        "facts": start.facts,
        "way_in": start.get(SET, "way in"),
        "script": [[step.actor, step.verb, step.target, step.other] for step in script],
        "needs": {verb: [need for need in schema(verb).needs if not NEEDS[need].soft] for verb in SCHEMAS},
        "effects": {verb: [[e.party, e.relation, e.value] for e in schema(verb).makes] for verb in SCHEMAS},
        "told": told,
    }


def measure() -> list[Row]:
    """Tell the scenes, have the referee plan and validate them, and compare."""
    started = time.process_time()
    stories = [tell(seed) for seed in range(SCENES)]
    spent = time.process_time() - started
    faults = sum(bool(validate(story, start)) for story, start, _ in stories)
    verdicts = judge(range(SCENES))
    if verdicts is None:
        return [Row("stories against an exact planner", "absent", "its packages cannot be installed", "")]
    steps = sum(len(script) for *_, script in stories)
    refused = sum(each["refused"] for each in verdicts)
    fewer = sum(each["refused"] > each["least_refused"] for each in verdicts)
    more = sum(each["filled"] > each["least_filled"] for each in verdicts)
    traded = sum(each["least_in_any_order"] < each["refused"] for each in verdicts)
    fillers = f"{sum(v['filled'] for v in verdicts)} to {sum(v['least_filled'] for v in verdicts)}"
    size = f"{SCENES} scenes, {steps} steps, {refused} of them refused"
    return [
        Row(
            f"stories valid by the planner's validator ({size})", f"{sum(v['valid'] for v in verdicts)}", "scenes", "50"
        ),
        Row("stories valid by our own validator", f"{SCENES - faults}", "scenes", "50"),
        Row("scenes in which the exact planner reaches more goals, in the script's order", f"{fewer}", "scenes", "0"),
        Row("the same if it may give up an earlier step for later ones", f"{traded}", "scenes", ""),
        Row("fillers, ours to its", fillers, f"more in {more} scenes", ""),
        Row("a scene told by us", f"{1000 * spent / SCENES:.2f}", "cpu-ms", ""),
        Row("the same by the exact planner", f"{1000 * sum(v['seconds'] for v in verdicts) / SCENES:.0f}", "ms", ""),
    ]


def judge(seeds: range, *, install: bool = True) -> list[dict[str, Any]] | None:
    """The referee's verdict on each scene; None if it is not installed and cannot or shall not be."""
    try:
        python = PLANNER.python() if install else PLANNER.find()
    except Absent:
        return None
    if python is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        scenes = Path(folder) / "scenes.json"
        scenes.write_text(json.dumps([problem(seed) for seed in seeds]))
        return json.loads(run([python, _HERE / "story_referee.py", scenes]))
