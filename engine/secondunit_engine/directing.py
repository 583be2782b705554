"""Everything before anything is shot: the plan of a brief, what a new draft changes, edits of beats, alternatives."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from secondunit_bridge.errors import NotFound
from secondunit_engine.finish.mood_look import look_from
from secondunit_engine.planning.changes import ShotChange, compare_plans, keep_names
from secondunit_engine.planning.logos import keep_rules
from secondunit_engine.planning.mood import apply_mood
from secondunit_engine.planning.plan import ContinuityNote, Plan, Settings, ShotPlan
from secondunit_engine.planning.plan_script import plan_script
from secondunit_engine.planning.sponsors import parse_rules
from secondunit_engine.planning.styles import VARIANTS
from secondunit_engine.script.brief import Brief, OwnProp, Script
from secondunit_engine.script.contradictions import find_contradictions
from secondunit_engine.script.edit import BeatEdit, edit_beat
from secondunit_engine.script.mood_board import read_mood_board
from secondunit_engine.script.prompt import understand
from secondunit_engine.script.read import read_brief

if TYPE_CHECKING:
    from secondunit_engine.music.markers import Marker


@dataclass(frozen=True)
class Revision:
    """A new draft: its text, its plan under the names of the old one, and which shots changed and why."""

    text: str
    plan: Plan
    changes: tuple[ShotChange, ...]


@dataclass(frozen=True)
class Alternative:
    """One way to cover a beat: "a", "b" or "c", why, and the shots."""

    name: str
    why: str
    shots: tuple[ShotPlan, ...]


def plan(brief: Brief, settings: Settings, own: tuple[OwnProp, ...] = ()) -> Plan:
    """Beats, shots, cameras and the ledger, without making anything; under the mood board's light, with the sponsors'
    logos and cut to the music where the brief has such. `own` are things of the project's library. Raises BadInput, and
    what the mood board's pictures and the track raise.
    """
    planned = plan_script(read_brief(brief, own), settings, _music_of(brief))
    if brief.kind == "prompt" and planned.shots:
        clashes = find_contradictions(brief.text, understand(brief.text))
        known = {note.message for note in planned.continuity}
        notes = (ContinuityNote("warning", "contradiction", (planned.shots[0].id,), each.message) for each in clashes)
        fresh = tuple(note for note in notes if note.message not in known)
        planned = replace(planned, continuity=(*planned.continuity, *fresh))
    if brief.mood_board:
        shots, _, notes = apply_mood(read_mood_board(Path(brief.mood_board)), planned.shots)
        planned = replace(planned, shots=shots, mood=notes)
    if brief.rules.strip():
        free = settings.frames is None and settings.total_frames is None and not brief.music
        may_stretch = tuple(shot.id for shot in planned.shots) if free else ()
        shots, reports = keep_rules(planned.shots, parse_rules(brief.rules), may_stretch)
        planned = replace(planned, shots=shots, rules=reports)
    return planned


def _music_of(brief: Brief) -> tuple[Marker, ...]:
    """The markers of a brief's track; none without one."""
    if not brief.music:
        return ()
    from secondunit_engine.music.markers import map_track

    return map_track(Path(brief.music), brief.bpm or None).markers


def look_of(brief: Brief) -> str:
    """The text of the .cube file that a brief's mood board leads to; empty without one."""
    return look_from(read_mood_board(Path(brief.mood_board))) if brief.mood_board else ""


def revise(brief: Brief, previous: Brief, settings: Settings, own: tuple[OwnProp, ...] = ()) -> Revision:
    """Plan a draft against the one before it. Raises BadInput."""
    before, after = plan(previous, settings, own), plan(brief, settings, own)
    after = replace(after, shots=keep_names(before.shots, after.shots, settings.seed))
    return Revision(brief.text, after, compare_plans(before, after))


def edit(brief: Brief, change: BeatEdit, settings: Settings) -> Revision:
    """Change one beat. Raises BadInput, NotFound, NotReady for a locked beat."""
    return revise(replace(brief, text=edit_beat(brief, change)), brief, settings)


def alternatives(brief: Brief, beat_id: str, settings: Settings) -> tuple[Alternative, ...]:
    """Three ways to cover a beat, each as the shots that hold it. Raises BadInput, NotFound."""
    script = read_brief(brief)
    if not any(beat.id == beat_id for scene in script.scenes for beat in scene.beats):
        raise NotFound(f"There is no beat {beat_id}.", mend="List them with: secondunit beats list SCRIPT")
    ways: list[Alternative] = []
    for name, (_, why) in VARIANTS.items():
        planned = plan_script(cover_beat(script, beat_id, name), settings)
        holding = tuple(shot for shot in planned.shots if any(beat.id == beat_id for beat in shot.beats))
        ways.append(Alternative(name, why, holding))
    return tuple(ways)


def cover_beat(script: Script, beat_id: str, coverage: str) -> Script:
    """The script with another coverage chosen for one beat."""
    scenes = tuple(
        replace(scene, beats=tuple(replace(b, coverage=coverage) if b.id == beat_id else b for b in scene.beats))
        for scene in script.scenes
    )
    return replace(script, scenes=scenes)
