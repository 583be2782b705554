"""The client against a fake engine that plays a script."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import grpc
import pytest

from secondunit.v1 import brief_pb2, engine_pb2, job_pb2, look_pb2, media_pb2, plan_pb2, take_pb2
from secondunit_bridge import connection
from secondunit_bridge.client import settings
from secondunit_bridge.commands import fill
from secondunit_bridge.connection import Address, read_address
from secondunit_bridge.door import Brief
from secondunit_bridge.errors import (
    BadInput,
    Conflict,
    Denied,
    EngineFault,
    NotFound,
    NotReady,
    SecondUnitError,
    TooLarge,
    TooSlow,
    Unavailable,
    WrongToken,
)
from secondunit_bridge.timing import Rate
from tests.fakes.engine import Answer, FakeEngine

BRIEF = Brief("a cat", "prompt")
DONE = job_pb2.JOB_STATE_DONE
RUNNING = job_pb2.JOB_STATE_RUNNING


def event(sequence: int, state: job_pb2.JobState.ValueType = RUNNING) -> job_pb2.WatchJobResponse:
    return job_pb2.WatchJobResponse(event=job_pb2.JobEvent(job_id="job-1", sequence=sequence, state=state))


def test_a_filled_template_keeps_its_filled_rules(tmp_path: Path) -> None:
    fake = FakeEngine()
    filled = brief_pb2.Brief(text="ACME plays", name="acme", rules="ACME: logo on screen at least 2 s")
    fake.answers("FillTemplate", plan_pb2.FillTemplateResponse(briefs=[filled]))
    (tmp_path / "teams.csv").write_text("team\nACME\n", "utf-8")
    template = Brief("{team} plays", "prompt", rules="{team}: logo on screen at least 2 s")
    (brief,) = fill(fake.client(), template, str(tmp_path / "teams.csv"))
    assert (brief.text, brief.name, brief.rules) == (filled.text, filled.name, filled.rules)
    assert brief.kind == "prompt"


def test_folders_in_the_state_folder_are_this_users_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever comes first makes it so: an engine refuses a state folder that is open."""
    monkeypatch.setenv("SECONDUNIT_STATE", str(tmp_path / "home" / "state"))
    folder = connection.state_folder("guesses")
    assert folder == tmp_path / "home" / "state" / "guesses"
    connection.check_private(folder)
    connection.check_private(folder.parent)


def test_every_call_has_a_deadline_and_the_token() -> None:
    """Whatever the client is asked to do, the call carries the token and gives up at some time."""
    fake = FakeEngine()
    client = fake.client()
    calls = {
        "SubmitJob": (job_pb2.SubmitJobResponse(), lambda: client.shoot("/p", "a cat")),
        "GetJob": (job_pb2.GetJobResponse(), lambda: client.job("job-1")),
        "ListJobs": (job_pb2.ListJobsResponse(), client.jobs),
        "WatchJob": ([event(1, DONE)], lambda: list(client.watch("job-1"))),
        "CancelJob": (job_pb2.CancelJobResponse(), lambda: client.cancel("job-1")),
        "CancelAllJobs": (job_pb2.CancelAllJobsResponse(), client.cancel_all),
        "PauseJob": (job_pb2.PauseJobResponse(), lambda: client.pause("job-1")),
        "ResumeJob": (job_pb2.ResumeJobResponse(), lambda: client.resume("job-1")),
        "PauseQueue": (job_pb2.PauseQueueResponse(), client.pause_queue),
        "ResumeQueue": (job_pb2.ResumeQueueResponse(), client.resume_queue),
        "MoveJob": (job_pb2.MoveJobResponse(), lambda: client.move("job-1")),
        "RetryJob": (job_pb2.RetryJobResponse(), lambda: client.retry("job-1")),
        "PlanBrief": (plan_pb2.PlanBriefResponse(), lambda: client.plan("a cat")),
        "EditBeat": (plan_pb2.EditBeatResponse(), lambda: client.edit_beat(BRIEF, "drop", "sc010.b01")),
        "ListAlternatives": (plan_pb2.ListAlternativesResponse(), lambda: client.alternatives(BRIEF, "sc010.b01")),
        "FillTemplate": (plan_pb2.FillTemplateResponse(), lambda: client.fill_template(BRIEF, "a\n1\n", "t.csv")),
        "ListTakes": (take_pb2.ListTakesResponse(), lambda: client.takes("/p")),
        "PublishFrame": (media_pb2.PublishFrameResponse(), lambda: client.publish_frame("/f")),
        "OpenFrame": (media_pb2.OpenFrameResponse(), lambda: client.open_frame("0" * 32)),
        "ReleaseFrame": (media_pb2.ReleaseFrameResponse(), lambda: client.release_frame("0" * 32)),
        "GetEngineInfo": (engine_pb2.GetEngineInfoResponse(), client.info),
        "Shutdown": (engine_pb2.ShutdownResponse(), client.shutdown),
    }
    for method, (answer, call) in calls.items():
        fake.answers(method, answer)
        call()
    assert [asked.method for asked in fake.asked] == list(calls)
    assert all(asked.timeout is not None and asked.timeout > 0 for asked in fake.asked)
    assert all(asked.metadata == (("authorization", "Bearer token-1"),) for asked in fake.asked)
    services = (job_pb2, plan_pb2, take_pb2, media_pb2, engine_pb2)
    contract = {m.name for f in services for s in f.DESCRIPTOR.services_by_name.values() for m in s.methods}
    assert contract == set(calls)


def test_a_retryable_error_is_tried_again_under_the_same_request_id() -> None:
    """The engine is away twice; the job is submitted once, because the request id stays."""
    fake = FakeEngine()
    fake.answers("SubmitJob", Unavailable("away"), grpc.StatusCode.UNAVAILABLE, job_pb2.SubmitJobResponse())
    fake.client().shoot("/p", "a cat")
    assert len(fake.asked) == 3
    assert len({asked.request.request_id for asked in fake.asked}) == 1


def test_two_submissions_have_two_request_ids() -> None:
    fake = FakeEngine()
    fake.answers("SubmitJob", job_pb2.SubmitJobResponse(), job_pb2.SubmitJobResponse())
    client = fake.client()
    client.shoot("/p", "a cat")
    client.shoot("/p", "a cat")
    assert len({asked.request.request_id for asked in fake.asked}) == 2


@pytest.mark.parametrize("error", [BadInput("x"), Conflict("x"), WrongToken("x"), EngineFault("x")])
def test_an_error_that_is_not_retryable_is_raised_at_once(error: SecondUnitError) -> None:
    fake = FakeEngine()
    fake.answers("GetJob", error)
    with pytest.raises(type(error)):
        fake.client().job("job-1")
    assert len(fake.asked) == 1


def test_a_call_that_would_do_harm_twice_is_not_repeated() -> None:
    fake = FakeEngine()
    fake.answers("RetryJob", TooSlow("x"))
    with pytest.raises(TooSlow):
        fake.client().retry("job-1")
    assert len(fake.asked) == 1


def test_patience_ends() -> None:
    """An engine that stays away is given up on after the client's patience, in growing pauses."""
    fake = FakeEngine()
    fake.answers("GetJob", *[Unavailable("away")] * 100)
    begin = time.monotonic()
    with pytest.raises(Unavailable):
        fake.client(patience=0.5).job("job-1")
    assert time.monotonic() - begin < 1.0
    assert 3 <= len(fake.asked) <= 8


def test_an_engine_that_moved_is_found_again() -> None:
    """After a lost connection the client looks for the engine anew: other address, other token."""
    fake = FakeEngine()
    client = fake.client()
    fake.answers("GetJob", Unavailable("away"), job_pb2.GetJobResponse())
    fake.address = Address("fake:2", "token-2")
    client.job("job-1")
    assert [asked.target for asked in fake.asked] == ["fake:1", "fake:2"]
    assert fake.asked[1].metadata == (("authorization", "Bearer token-2"),)


def test_a_watch_goes_on_where_it_broke() -> None:
    """Two dropped connections, and every event is told once and in order."""
    fake = FakeEngine()
    dropped: list[list[Answer]] = [
        [event(1), event(2), Unavailable("dropped")],
        [grpc.StatusCode.UNAVAILABLE],
        [event(3), event(4, DONE)],
    ]
    fake.answers("WatchJob", *dropped)
    assert [told.sequence for told in fake.client().watch("job-1")] == [1, 2, 3, 4]
    assert [asked.request.after_sequence for asked in fake.asked] == [0, 2, 2]


def test_a_watch_of_an_unknown_job_fails() -> None:
    fake = FakeEngine()
    fake.answers("WatchJob", [NotFound("There is no job x.", mend="List the jobs.")])
    with pytest.raises(NotFound, match=r"There is no job x\. List the jobs\."):
        list(fake.client().watch("x"))


def test_waiting_returns_the_result_or_raises_what_the_job_failed_of() -> None:
    fake = FakeEngine()
    result = job_pb2.Result(shoot=job_pb2.ShootResult(timeline="/p/cut.otio"))
    failure = job_pb2.JobError(name="OutOfSpace", message="The disk is full.", mend="Free some.")
    fake.answers("WatchJob", [event(1), event(2, DONE)], [event(1, job_pb2.JOB_STATE_FAILED)])
    fake.answers("GetJob", job_pb2.GetJobResponse(job=job_pb2.Job(result=result)))
    fake.answers("GetJob", job_pb2.GetJobResponse(job=job_pb2.Job(error=failure)))
    told: list[int] = []
    client = fake.client()
    assert client.wait("job-1", lambda each: told.append(each.sequence)) == result
    assert told == [1, 2]
    with pytest.raises(SecondUnitError) as raised:
        client.wait("job-2")
    assert (type(raised.value).__name__, raised.value.mend) == ("OutOfSpace", "Free some.")


def test_what_is_not_said_is_not_sent() -> None:
    """Settings left out stay out of the message, so that the project's own hold; a seed of 0 is sent."""
    said = settings(rate=Rate(24000, 1001), seed=0)
    assert said.HasField("seed")
    assert not said.HasField("width")
    assert said.quality == plan_pb2.QUALITY_UNSPECIFIED
    assert (said.rate.numerator, said.rate.denominator) == (24000, 1001)


def test_too_long_a_brief_and_an_unknown_codec_never_leave() -> None:
    fake = FakeEngine()
    client = fake.client()
    with pytest.raises(TooLarge):
        client.plan("x" * 17 * 2**20)
    with pytest.raises(BadInput, match="h264"):
        client.conform("/p", "/p/cut.otio", "/p/cut.mov", codec="mpeg-1")
    assert fake.asked == []


def test_a_relight_sends_what_changes() -> None:
    fake = FakeEngine()
    fake.answers("SubmitJob", job_pb2.SubmitJobResponse())
    change = look_pb2.LookChange(lights=[look_pb2.LightChange(group="neon", exposure=-1)])
    fake.client().relight("/p", "sh010", change)
    assert fake.asked[0].request.work.relight.look == change


def test_no_state_folder_means_no_engine(tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        read_address(tmp_path / "nothing")


def test_a_state_folder_open_to_others_is_not_trusted(tmp_path: Path) -> None:
    """Another user could have put a false engine's address there."""
    tmp_path.chmod(0o755)
    with pytest.raises(Denied):
        read_address(tmp_path)


def test_the_token_is_not_shown(tmp_path: Path) -> None:
    assert "secret" not in repr(Address("unix:x", "secret"))


def test_the_state_folder_can_be_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SECONDUNIT_STATE", str(tmp_path))
    assert connection.state_dir() == tmp_path


def test_the_bridge_is_light() -> None:
    """Importing all of the client side pulls in nothing that an editor's Python cannot carry."""
    heavy = (
        "torch",
        "mitsuba",
        "drjit",
        "pxr",
        "newton",
        "warp",
        "numpy",
        "scipy",
        "av",
        "pydantic",
        "secondunit_engine",
    )
    program = (
        "import sys, secondunit_bridge.client, secondunit_bridge.launch, secondunit_bridge.timeline\n"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_a_job_that_cannot_be_held_says_so() -> None:
    fake = FakeEngine()
    fake.answers("PauseJob", NotReady("The job is done.", mend="Only a waiting or running job can be held."))
    with pytest.raises(NotReady, match="Only a waiting"):
        fake.client().pause("job-1")
