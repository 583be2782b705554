"""The contract's words and the engine's own are the same."""

from __future__ import annotations

import dataclasses
import types
import typing
from typing import Any

import pytest
from google.protobuf.message import Message

from secondunit.v1 import brief_pb2, job_pb2, plan_pb2, take_pb2, timing_pb2
from secondunit_bridge.errors import BadInput
from secondunit_bridge.timing import Rate
from secondunit_engine.finish.look import LightChange, LookChange
from secondunit_engine.jobs import messages, requests
from secondunit_engine.planning import plan
from secondunit_engine.planning.plan import ActionPlan, CameraPlan, CastPlan, DialoguePlan, SetPlan, ShotPlan
from secondunit_engine.script.brief import Brief, LedgerEntry, Status

PAIRS: list[tuple[type[Any], type[Message]]] = [
    (plan.Plan, plan_pb2.Plan),
    (requests.SettingsChange, plan_pb2.Settings),
    (requests.Take, take_pb2.Take),
    (requests.ShootRequest, job_pb2.ShootJob),
    (requests.RetakeRequest, job_pb2.RetakeJob),
    (requests.RelightRequest, job_pb2.RelightJob),
    (requests.ConformRequest, job_pb2.ConformJob),
    (requests.UsdzRequest, job_pb2.UsdzJob),
    (requests.ReshootRequest, job_pb2.ReshootJob),
    (requests.PrevisRequest, job_pb2.PrevisJob),
    (requests.PrevisResult, job_pb2.PrevisResult),
    (requests.ShootResult, job_pb2.ShootResult),
    (requests.ConformResult, job_pb2.ConformResult),
    (requests.UsdzResult, job_pb2.UsdzResult),
    (requests.ReshootResult, job_pb2.ReshootResult),
]
BRIEF = Brief("midnight rain", "prompt")


def differences(kind: type[Any], descriptor: Any) -> list[str]:
    """Where a dataclass and a message part: fields that only one has, words that the contract lacks."""
    hints = typing.get_type_hints(kind)
    ours = {field.name for field in dataclasses.fields(kind)}
    theirs = set(descriptor.fields_by_name)
    found = [f"{kind.__name__} and {descriptor.name} differ in {name}" for name in ours ^ theirs]
    for name in ours & theirs:
        field, hint = descriptor.fields_by_name[name], hints[name]
        if typing.get_origin(hint) in (types.UnionType, typing.Union, tuple):
            hint = next(each for each in typing.get_args(hint) if each is not type(None))
        if dataclasses.is_dataclass(hint):
            found += differences(typing.cast(type[Any], hint), field.message_type)
        elif field.enum_type is not None:
            try:
                messages._enum_numbers(field.enum_type, hint)
            except KeyError as missing:
                found.append(f"{field.enum_type.name} lacks {missing}; add it to the .proto and run proto/generate")
    return found


@pytest.mark.parametrize(("kind", "message"), PAIRS, ids=lambda each: each.__name__)
def test_the_contract_has_the_engines_words(kind: type[Any], message: type[Message]) -> None:
    assert differences(kind, message.DESCRIPTOR) == []


def test_every_kind_of_work_is_paired() -> None:
    assert set(messages.REQUESTS) == {field.name for field in job_pb2.Work.DESCRIPTOR.fields}
    assert set(messages.RESULTS) == {field.name for field in job_pb2.Result.DESCRIPTOR.fields}


@pytest.mark.parametrize(
    "request_",
    [
        requests.ShootRequest("/p", BRIEF),
        requests.ShootRequest("/p", BRIEF, requests.SettingsChange(rate=Rate(24000, 1001), seed=0, quality="final")),
        requests.RetakeRequest("/p", "sh010", "lower", requests.SettingsChange(frames=48)),
        requests.RelightRequest("/p", "sh010", LookChange(view="AgX", lut="", lights=(LightChange("neon", on=False),))),
        requests.ConformRequest("/p", "/p/cut.otio", "/p/cut.mov", "dnxhr-hqx", 1920, 1080),
        requests.UsdzRequest("/p", "sh010", "/p/a.usdz"),
        requests.ReshootRequest("/p", "/q/shots/sh010/takes/001/manifest.json"),
        requests.PrevisRequest("/p", BRIEF, board="/p/board.pdf", every=4),
    ],
    ids=lambda each: type(each).__name__,
)
def test_a_request_comes_back_as_it_went(request_: requests.Request) -> None:
    wire = messages.write_work(request_).SerializeToString()
    assert messages.read_work(job_pb2.Work.FromString(wire)) == request_


def test_a_plan_comes_back_as_it_went() -> None:
    shot = ShotPlan(
        "sh010", "sc010", "INT. LIBRARY", 72, Rate(24), 3, SetPlan("library", weather=("rain", "fog")),
        CameraPlan(size="MCU", angle="dutch", move="fly-through"),
        cast=(CastPlan("Mara"),),
        actions=(ActionPlan("Mara", "turn", 0, 24),),
        dialogue=(DialoguePlan("Mara", "Wait.", 24, 12, off_screen=True),),
        ledger=(LedgerEntry(0, 4, "word", Status.NOT_UNDERSTOOD, "", ("a", "b")),),
    )  # fmt: skip
    whole = plan.Plan("Film", (shot,), (plan.ContinuityNote("warning", "axis", ("sh010",), "Crosses."),))
    assert messages.from_message(messages.write_plan(whole), plan.Plan) == whole


def test_a_result_comes_back_as_it_went() -> None:
    take = requests.Take("sh010", 2, "/p/picture.mov", Rate(25), 50, 854, 480, 7, made=("camera",), reused=("set",))
    result = requests.ShootResult("/p/cut.otio", (take,))
    assert messages.read_result(messages.write_result(result)) == result


def shooting(brief: brief_pb2.Brief | None, settings: plan_pb2.Settings | None = None) -> job_pb2.Work:
    return job_pb2.Work(shoot=job_pb2.ShootJob(project_dir="/p", brief=brief, settings=settings))


@pytest.mark.parametrize(
    "work",
    [
        job_pb2.Work(),
        shooting(brief=None),
        shooting(brief_pb2.Brief(text="no kind")),
        shooting(brief_pb2.Brief(text="a", kind=99)),  # type: ignore[arg-type]
        shooting(
            brief_pb2.Brief(text="a", kind=brief_pb2.BRIEF_KIND_PROMPT),
            plan_pb2.Settings(rate=timing_pb2.Rate(numerator=24)),
        ),
    ],
    ids=["empty", "no brief", "no kind of brief", "unknown kind of brief", "rate over zero"],
)
def test_work_that_lacks_something_is_bad_input(work: job_pb2.Work) -> None:
    with pytest.raises(BadInput):
        messages.read_work(work)
