"""How long a feature takes from its text to its shot list, and how long an edit of one beat takes after that.

CPU seconds of this process, one core. The first plan of a process is measured cold: nothing is known yet.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from benchmarks.feature import write_feature
from benchmarks.table import Row
from secondunit_engine.directing import plan
from secondunit_engine.planning.changes import compare_plans
from secondunit_engine.planning.plan import Settings
from secondunit_engine.planning.plan_script import plan_script
from secondunit_engine.script.brief import Brief
from secondunit_engine.script.edit import BeatEdit, edit_beat
from secondunit_engine.script.fountain import read_fountain
from secondunit_engine.script.read import read_brief

T = TypeVar("T")
_EDITS = 5


def measure() -> list[Row]:
    """Plan a 120-page screenplay, then edit one beat in different places of it."""
    text = write_feature()
    brief, settings = Brief(text, "fountain", "feature"), Settings()
    elements, reading = _clock(lambda: read_fountain(text))
    planned, planning = _clock(lambda: plan(brief, settings))
    replans: list[float] = []
    rereads: list[float] = []
    touched = 0
    actions = [beat for shot in planned.shots for beat in shot.beats if beat.kind == "action"]
    for number in range(_EDITS):
        beat = actions[(number + 1) * len(actions) // (_EDITS + 2)]
        edited = edit_beat(brief, BeatEdit("replace", beat.id, f"She lifts the relic, {number + 2} times."))
        script, reread = _clock(lambda edited=edited: read_brief(Brief(edited, "fountain", "feature")))
        fresh, replan = _clock(lambda script=script: plan_script(script, settings))
        rereads.append(reread)
        replans.append(replan)
        touched = max(touched, len(compare_plans(planned, fresh)))
    size = f"{text.count(chr(10)):,} lines, {len(planned.shots):,} shots"
    return [
        Row(f"screenplay to elements ({size})", f"{reading:.2f}", f"cpu-s, {len(elements):,} elements", "< 1"),
        Row("screenplay to shot list, cold", f"{planning:.2f}", "cpu-s", "< 10"),
        Row("one beat edited, replanned", f"{1000 * min(replans):.0f} to {1000 * max(replans):.0f}", "cpu-ms", "< 50"),
        Row("one beat edited, whole text read again", f"{1000 * max(rereads):.0f}", "cpu-ms", ""),
        Row("shots that change with one beat", f"{touched}", f"of {len(planned.shots):,}", "dependent ones"),
    ]


def _clock(act: Callable[[], T]) -> tuple[T, float]:
    start = time.process_time()
    result = act()
    return result, time.process_time() - start
