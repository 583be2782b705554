"""The planning service: reads briefs, edits their beats, fills templates. It changes nothing on disk."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from secondunit.v1 import brief_pb2, plan_pb2, plan_pb2_grpc
from secondunit_engine.jobs import limits, messages
from secondunit_engine.jobs.requests import change_settings
from secondunit_engine.planning.plan import Settings
from secondunit_engine.script.brief import Brief, OwnProp

# What the calls need is imported inside them, in a thread: the server answers while it loads.


class Plans(plan_pb2_grpc.PlanServiceServicer):
    """Each call checks what it is given, then plans in a thread of its own."""

    async def PlanBrief(self, request: plan_pb2.PlanBriefRequest, context: Any) -> plan_pb2.PlanBriefResponse:
        brief, settings = _read(request.brief, request.settings)
        if request.project_dir:
            limits.check_path(request.project_dir, "project folder")
        if not request.HasField("previous"):
            planned = await asyncio.to_thread(_plan, brief, settings, request.project_dir)
            return plan_pb2.PlanBriefResponse(plan=planned)
        previous = messages.read_brief(request.previous)
        limits.check_brief(previous)
        return await asyncio.to_thread(_revise, brief, previous, settings, request.project_dir)

    async def EditBeat(self, request: plan_pb2.EditBeatRequest, context: Any) -> plan_pb2.EditBeatResponse:
        brief, settings = _read(request.brief, request.settings)
        return await asyncio.to_thread(_edit, brief, request.edit, settings)

    async def ListAlternatives(
        self, request: plan_pb2.ListAlternativesRequest, context: Any
    ) -> plan_pb2.ListAlternativesResponse:
        brief, settings = _read(request.brief, request.settings)
        return await asyncio.to_thread(_alternatives, brief, request.beat_id, settings)

    async def FillTemplate(self, request: plan_pb2.FillTemplateRequest, context: Any) -> plan_pb2.FillTemplateResponse:
        template = messages.read_brief(request.template)
        limits.check_brief(template)
        return await asyncio.to_thread(_fill, template, request.table, request.table_name)


def _read(brief: brief_pb2.Brief, settings: plan_pb2.Settings) -> tuple[Brief, Settings]:
    """What was asked, checked. Raises BadInput, TooLarge."""
    read, change = messages.read_brief(brief), messages.read_settings(settings)
    limits.check_brief(read)
    limits.check_settings(change)
    return read, change_settings(Settings(), change)


def _plan(brief: Brief, settings: Settings, project: str) -> plan_pb2.Plan:
    from secondunit_engine.directing import plan

    return messages.write_plan(plan(brief, settings, _own(project)))


def _own(project: str) -> tuple[OwnProp, ...]:
    """The things of a project's library; none without a project."""
    from secondunit_engine.library.shelf import own_props

    return own_props(Path(project)) if project else ()


def _revise(brief: Brief, previous: Brief, settings: Settings, project: str) -> plan_pb2.PlanBriefResponse:
    from secondunit_engine.directing import revise

    revision = revise(brief, previous, settings, _own(project))
    changes = [messages.to_message(change, plan_pb2.ShotChange) for change in revision.changes]
    return plan_pb2.PlanBriefResponse(plan=messages.write_plan(revision.plan), changes=changes)


def _edit(brief: Brief, change: plan_pb2.BeatEdit, settings: Settings) -> plan_pb2.EditBeatResponse:
    from secondunit_engine.directing import edit
    from secondunit_engine.script.edit import BeatEdit

    return messages.to_message(
        edit(brief, messages.from_message(change, BeatEdit), settings), plan_pb2.EditBeatResponse
    )


def _alternatives(brief: Brief, beat_id: str, settings: Settings) -> plan_pb2.ListAlternativesResponse:
    from secondunit_engine.directing import alternatives

    found = alternatives(brief, beat_id, settings)
    told = [messages.to_message(each, plan_pb2.Alternative) for each in found]
    return plan_pb2.ListAlternativesResponse(alternatives=told)


def _fill(template: Brief, table: str, table_name: str) -> plan_pb2.FillTemplateResponse:
    from secondunit_engine.script.table import fill_template

    return messages.to_message(fill_template(template, table, table_name), plan_pb2.FillTemplateResponse)
