"""Everything before anything is shot: the plan of a brief, what a new draft changes, edits of beats, alternatives."""

from __future__ import annotations

from dataclasses import dataclass, replace

from secondunit_engine.planning.changes import ShotChange, compare_plans, keep_names
from secondunit_engine.planning.plan import Plan, Settings, ShotPlan
from secondunit_engine.planning.plan_script import plan_script
from secondunit_engine.script.brief import Brief
from secondunit_engine.script.edit import BeatEdit, edit_beat
from secondunit_engine.script.read import read_brief


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


def plan(brief: Brief, settings: Settings) -> Plan:
    """Beats, shots, cameras and the ledger, without making anything. Raises BadInput."""
    return plan_script(read_brief(brief), settings)


def revise(brief: Brief, previous: Brief, settings: Settings) -> Revision:
    """Plan a draft against the one before it. Raises BadInput."""
    before, after = plan(previous, settings), plan(brief, settings)
    after = replace(after, shots=keep_names(before.shots, after.shots, settings.seed))
    return Revision(brief.text, after, compare_plans(before, after))


def edit(brief: Brief, change: BeatEdit, settings: Settings) -> Revision:
    """Change one beat. Raises BadInput, NotFound, NotReady for a locked beat."""
    return revise(replace(brief, text=edit_beat(brief, change)), brief, settings)
