"""Cues that an editor has moved, moved in the sound.

A line is spoken, and a step or a blow is heard, as many frames later as its cue was moved. What sounds for as long as
something moves (a car, a hinge) goes with its motion: there only the cue is moved, and its note says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from secondunit_engine.planning.plan import ShotPlan
from secondunit_engine.sound.cues import Cue, cue_id, frame_of
from secondunit_engine.sound.heard import Heard
from secondunit_engine.sound.noise import SAMPLE_RATE

Moves = Mapping[str, int]  # frames later, by cue id
NO_MOVES: Moves = {}
_STAYS = "moved by the editor; its sound goes with what moves and stays"


def move_lines(shot: ShotPlan, moves: Moves) -> ShotPlan:
    """The shot with its lines where the editor wants them."""
    lines = tuple(
        replace(line, start=line.start + moves.get(f"{shot.id}-line-{number}", 0))
        for number, line in enumerate(shot.dialogue, start=1)
    )
    return replace(shot, dialogue=lines)


def move_events(shot: ShotPlan, heard: Heard, moves: Moves) -> tuple[Heard, dict[str, str]]:
    """What is heard, with steps and blows moved; and the ids that their cues now get, with those they had."""
    renamed: dict[str, str] = {}
    events = []
    for event in heard.events:
        name = " and ".join(each for each in event.who if each) or "set"
        what = "footfall" if event.kind == "footfall" else f"{name} strikes"
        source = event.who[0] if event.kind == "footfall" and event.who else name
        old = cue_id(shot.id, source, what, frame_of(round(event.time * SAMPLE_RATE), shot.rate))
        if by := moves.get(old, 0):
            event = replace(event, time=event.time + float(by / shot.rate.fraction))
            renamed[cue_id(shot.id, source, what, frame_of(round(event.time * SAMPLE_RATE), shot.rate))] = old
        events.append(event)
    return replace(heard, events=tuple(events)), renamed


def name_cues(shot: ShotPlan, cues: Iterable[Cue], moves: Moves, renamed: Mapping[str, str]) -> tuple[Cue, ...]:
    """The cues under the ids they had before they were moved, each saying by how much it was."""
    named = []
    for cue in cues:
        own = renamed.get(cue.id, cue.id)
        by = moves.get(own, 0)
        if not by:
            named.append(cue)
        elif own != cue.id or cue.kind == "dialogue":
            named.append(replace(cue, id=own, moved=by))
        else:
            sample = max(0, cue.sample + round(by * SAMPLE_RATE / shot.rate.fraction))
            note = f"{cue.note}; {_STAYS}" if cue.note else _STAYS
            named.append(replace(cue, start=cue.start + by, sample=sample, moved=by, note=note))
    return tuple(named)
