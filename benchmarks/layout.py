"""Layouts checked from their triangles: many random rooms, and the live props of every set that is built.

The number of rooms is 1,000; SECONDUNIT_ROOMS names another.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections import Counter
from pathlib import Path

from pxr import Usd

from benchmarks.table import Row
from secondunit_engine.places import PLACES, place_of
from secondunit_engine.planning.floor import floor_of
from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world.build_set import build_set
from secondunit_engine.world.layout import lay_out
from secondunit_engine.world.layout_check import check_layout
from secondunit_engine.world.rooms import KINDS, random_room
from secondunit_engine.world.set_things import check_things

ROOMS = "SECONDUNIT_ROOMS"


def measure() -> list[Row]:
    """Faults by kind over the rooms and over the sets, and what a room costs."""
    return [*_rooms(int(os.environ.get(ROOMS, "1000"))), *_sets()]


def _rooms(count: int) -> list[Row]:
    kinds, faults, placed, wished = list(KINDS), Counter[str](), 0, 0
    start = time.process_time()
    for seed in range(count):
        room, wishes = random_room(kinds[seed % len(kinds)], seed)
        layout = lay_out(room, wishes, seed)
        placed, wished = placed + len(layout.items), wished + len(wishes)
        faults.update(fault.kind for fault in check_layout(layout))
    spent = (time.process_time() - start) / max(1, count)
    rows = [
        Row(f"{count:,} rooms: {what}", str(faults[kind]), "", "0")
        for kind, what in (
            ("interpenetration", "interpenetrations over 2 mm"), ("floating", "floating things"),
            ("blocked door", "doors that cannot open"), ("unreachable", "doors or marks out of reach"),
        )
    ]  # fmt: skip
    rows.append(Row("rooms: things placed of those wished", f"{100 * placed / max(1, wished):.0f}", "%"))
    return [*rows, Row("a room laid out and checked", f"{spent:.2f}", "cpu-s")]


def _sets() -> list[Row]:
    rows: list[Row] = []
    for place in PLACES:
        apart = sum(not _joined(place, layout) for layout in range(place_of(place).layouts))
        with tempfile.TemporaryDirectory() as folder:
            build_set(SetPlan(place), Path(folder))
            faults = check_things(Usd.Stage.Open(f"{folder}/set.usdc"))
        told = "; ".join(fault.message for fault in faults)
        rows.append(Row(f"{place}: live props floating or over 2 mm in the set", told or "0", "", "0"))
        rows.append(Row(f"{place}: floors on which a mark is out of reach", str(apart), "", "0"))
    return rows


def _joined(place: str, layout: int) -> bool:
    """Whether people walk between all of a place's marks."""
    floor = floor_of(place, layout)
    marks = [floor.mark(name) for name in place_of(place).marks if floor.has_mark(name)]
    hero = marks[0]
    return all(floor.reachable((hero.x, hero.z), (mark.x, mark.z)) for mark in marks)
