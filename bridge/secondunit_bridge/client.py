"""The client: how editors, plugins and the command line talk to an engine.

    from secondunit_bridge.launch import engine

    with engine() as client:                       # an engine that is running, or one started for the occasion
        job = client.shoot("/films/myfilm", "midnight rain, LED tunnel", settings=settings(width=854, height=480))
        result = client.wait(job.job_id, lambda event: print(event.progress.stage, event.progress.done))
        print(result.shoot.takes[0].media)

    client = connect()                             # only an engine that is running; Unavailable if none is
    client.plan("a cat on a chair").shots          # messages of the contract, see proto/secondunit/v1
    client.cancel(job.job_id)

Every call has a deadline and raises the errors of `errors.py`. A call is made again, with growing pauses, only after
an error that is `retryable` and only where making it twice does no harm. A client may be used from several threads.
"""

from __future__ import annotations

import os
import random
import threading
import time
import uuid
from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import grpc

from secondunit.v1 import (
    engine_pb2,
    engine_pb2_grpc,
    job_pb2,
    job_pb2_grpc,
    look_pb2,
    media_pb2,
    media_pb2_grpc,
    plan_pb2,
    plan_pb2_grpc,
    take_pb2,
    take_pb2_grpc,
)
from secondunit_bridge.asking import CODECS, EDITS, brief_message
from secondunit_bridge.asking import settings as settings
from secondunit_bridge.connection import Address, read_address, state_dir
from secondunit_bridge.door import Brief, BriefKind
from secondunit_bridge.errors import ERRORS, BadInput, EngineFault, SecondUnitError, TooLarge, Unavailable
from secondunit_bridge.wire import MESSAGE_LIMIT, from_call

T = TypeVar("T")

SHORT = 10.0  # seconds: calls that only look something up or write it down
LONG = 60.0  # seconds: planning a screenplay, taking over a large file
PATIENCE = 15.0  # seconds that a call is tried again for while the engine is away


def connect(state: Path | None = None) -> Client:
    """A client of the engine that runs on this state folder. Raises Unavailable if none does."""
    folder = state or state_dir()
    client = Client(lambda: read_address(folder))
    try:
        client.info(patient=False)
    except SecondUnitError:
        client.close()
        raise
    return client


def job_error(job: job_pb2.Job) -> SecondUnitError | None:
    """Why a job failed or was cancelled, as an error of the tree; None if it did not."""
    if not job.HasField("error"):
        return None
    return ERRORS.get(job.error.name, EngineFault)(job.error.message, mend=job.error.mend)


class Client:
    """One engine, found by `locate` and found again by it when the engine has moved."""

    def __init__(
        self,
        locate: Callable[[], Address],
        patience: float = PATIENCE,
        open_channel: Callable[[Address], grpc.Channel] | None = None,
    ) -> None:
        self._locate = locate
        self._patience = patience
        self._open_channel = open_channel or _open_channel
        self._lock = threading.Lock()
        self._address = locate()
        self._channel = self._open_channel(self._address)

    def close(self) -> None:
        self._channel.close()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Jobs

    def shoot(
        self,
        project_dir: str | Path,
        text: str,
        *,
        kind: BriefKind = "prompt",
        name: str = "",
        settings: plan_pb2.Settings | None = None,
        look: look_pb2.LookChange | None = None,
        request_id: str = "",
    ) -> job_pb2.Job:
        """Queue the shooting of a prompt or a screenplay's text. Raises BadInput, TooLarge."""
        brief = Brief(text, kind, name)
        return self.shoot_brief(project_dir, brief, settings=settings, look=look, request_id=request_id)

    def shoot_brief(
        self,
        project_dir: str | Path,
        brief: Brief,
        *,
        settings: plan_pb2.Settings | None = None,
        look: look_pb2.LookChange | None = None,
        despite_errors: bool = False,
        request_id: str = "",
    ) -> job_pb2.Job:
        """Queue the shooting of a brief, mood board and rules with it. A plan with continuity errors is refused by the
        job (NotReady) unless `despite_errors`. Raises BadInput, TooLarge."""
        shoot = job_pb2.ShootJob(
            project_dir=_absolute(project_dir), brief=brief_message(brief), settings=settings, look=look,
            despite_errors=despite_errors,
        )  # fmt: skip
        return self.submit(job_pb2.Work(shoot=shoot), request_id)

    def previs(
        self,
        project_dir: str | Path,
        brief: Brief,
        *,
        settings: plan_pb2.Settings | None = None,
        board: str | Path = "",
        animatic: str | Path = "",
        floor_plans: str | Path = "",
        metadata: str | Path = "",
        every: int = 0,
        request_id: str = "",
    ) -> job_pb2.Job:
        """Queue the drawing of a brief: what has no path is not drawn. Raises BadInput, TooLarge."""
        paths = {"board": board, "animatic": animatic, "floor_plans": floor_plans, "metadata": metadata}
        previs = job_pb2.PrevisJob(
            project_dir=_absolute(project_dir), brief=brief_message(brief), settings=settings, every=every,
            **{name: _absolute(path) for name, path in paths.items() if path},
        )  # fmt: skip
        return self.submit(job_pb2.Work(previs=previs), request_id)

    def retake(
        self,
        project_dir: str | Path,
        shot_id: str,
        note: str = "",
        *,
        settings: plan_pb2.Settings | None = None,
        take: int = 0,
        request_id: str = "",
    ) -> job_pb2.Job:
        """Queue a retake of a shot with a director's note, going on from a take (0: the last). Raises BadInput."""
        retake = job_pb2.RetakeJob(
            project_dir=_absolute(project_dir), shot_id=shot_id, note=note, settings=settings, take=take
        )
        return self.submit(job_pb2.Work(retake=retake), request_id)

    def relight(
        self, project_dir: str | Path, shot_id: str, look: look_pb2.LookChange, *, request_id: str = ""
    ) -> job_pb2.Job:
        """Queue the finishing of a shot under a changed look. Raises BadInput."""
        relight = job_pb2.RelightJob(project_dir=_absolute(project_dir), shot_id=shot_id, look=look)
        return self.submit(job_pb2.Work(relight=relight), request_id)

    def conform(
        self,
        project_dir: str | Path,
        timeline: str | Path,
        output: str | Path,
        *,
        codec: str = "prores-hq",
        width: int = 0,
        height: int = 0,
        loudness: str = "",
        request_id: str = "",
    ) -> job_pb2.Job:
        """Queue the making of one master from a cut (OTIO), at a loudness if one is named.

        Raises BadInput, also for an unknown codec.
        """
        if codec not in CODECS:
            raise BadInput(f"There is no codec called “{codec}”.", mend=f"Use one of {', '.join(CODECS)}.")
        conform = job_pb2.ConformJob(
            project_dir=_absolute(project_dir),
            timeline=_absolute(timeline),
            output=_absolute(output),
            codec=CODECS[codec],
            width=width,
            height=height,
            loudness=loudness,
        )
        return self.submit(job_pb2.Work(conform=conform), request_id)

    def usdz(
        self,
        project_dir: str | Path,
        shot_id: str,
        output: str | Path,
        *,
        for_ar: bool = False,
        request_id: str = "",
    ) -> job_pb2.Job:
        """Queue the packing of a shot as USDZ, without lights `for_ar`. Raises BadInput."""
        usdz = job_pb2.UsdzJob(
            project_dir=_absolute(project_dir), shot_id=shot_id, output=_absolute(output), for_ar=for_ar
        )
        return self.submit(job_pb2.Work(usdz=usdz), request_id)

    def reshoot(self, project_dir: str | Path, manifest: str | Path, *, request_id: str = "") -> job_pb2.Job:
        """Queue a take to be shot again from its manifest, into this project. Raises BadInput."""
        again = job_pb2.ReshootJob(project_dir=_absolute(project_dir), manifest=_absolute(manifest))
        return self.submit(job_pb2.Work(reshoot=again), request_id)

    def submit(self, work: job_pb2.Work, request_id: str = "") -> job_pb2.Job:
        """Queue a job. Submitting twice under one request id makes one job. Raises BadInput, TooLarge, Conflict."""
        request = job_pb2.SubmitJobRequest(request_id=request_id or uuid.uuid4().hex, work=work)
        return self._jobs("SubmitJob", request).job

    def job(self, job_id: str) -> job_pb2.Job:
        """Raises NotFound."""
        return self._jobs("GetJob", job_pb2.GetJobRequest(job_id=job_id)).job

    def jobs(
        self, project_dir: str | Path | None = None, *, unfinished_only: bool = False, limit: int = 100
    ) -> Sequence[job_pb2.Job]:
        """The running job, then the waiting ones in order, then the ended ones, newest first."""
        folder = "" if project_dir is None else _absolute(project_dir)
        request = job_pb2.ListJobsRequest(project_dir=folder, unfinished_only=unfinished_only, limit=limit)
        return self._jobs("ListJobs", request).jobs

    def watch(self, job_id: str, after: int = 0) -> Generator[job_pb2.JobEvent, None, None]:
        """The job's events after a sequence number, until it has ended. A dropped connection is taken up again where
        it broke, so no event is missed or told twice. Closing the iterator cancels nothing. Raises NotFound.
        """
        pause = _Pauses(self._patience)
        while True:
            request = job_pb2.WatchJobRequest(job_id=job_id, after_sequence=after)
            stream = job_pb2_grpc.JobServiceStub(self._channel).WatchJob(
                request, metadata=self._metadata(), timeout=3600.0
            )
            try:
                for response in stream:
                    after = response.event.sequence
                    pause = _Pauses(self._patience)
                    yield response.event
                return
            except grpc.RpcError as call:
                error = from_call(call)
                if not error.retryable:
                    raise error from None
                pause.rest(error)
                self._find_again()
            finally:
                stream.cancel()

    def wait(self, job_id: str, tell: Callable[[job_pb2.JobEvent], None] | None = None) -> job_pb2.Result:
        """Wait until the job has ended, telling each event, and return its result. Raises what the job failed of."""
        for event in self.watch(job_id):
            if tell is not None:
                tell(event)
        job = self.job(job_id)
        error = job_error(job)
        if error is not None:
            raise error
        return job.result

    def cancel(self, job_id: str) -> job_pb2.Job:
        """Stop a job for good; returns once it has stopped. Raises NotFound."""
        return self._jobs("CancelJob", job_pb2.CancelJobRequest(job_id=job_id)).job

    def cancel_all(self) -> Sequence[job_pb2.Job]:
        """Cancel every job that has not ended; returns those."""
        return self._jobs("CancelAllJobs", job_pb2.CancelAllJobsRequest()).jobs

    def pause(self, job_id: str) -> job_pb2.Job:
        """Hold a waiting or running job. Raises NotFound, NotReady."""
        return self._jobs("PauseJob", job_pb2.PauseJobRequest(job_id=job_id), twice=False).job

    def resume(self, job_id: str) -> job_pb2.Job:
        """Let a held job go on. Raises NotFound, NotReady."""
        return self._jobs("ResumeJob", job_pb2.ResumeJobRequest(job_id=job_id), twice=False).job

    def pause_queue(self) -> None:
        """Start no further job."""
        self._jobs("PauseQueue", job_pb2.PauseQueueRequest())

    def resume_queue(self) -> None:
        self._jobs("ResumeQueue", job_pb2.ResumeQueueRequest())

    def move(self, job_id: str, before: str = "") -> job_pb2.Job:
        """Put a waiting job before another, or last. Raises NotFound, NotReady."""
        return self._jobs("MoveJob", job_pb2.MoveJobRequest(job_id=job_id, before_job_id=before)).job

    def retry(self, job_id: str) -> job_pb2.Job:
        """Queue a failed or cancelled job again. Raises NotFound, NotReady."""
        return self._jobs("RetryJob", job_pb2.RetryJobRequest(job_id=job_id), twice=False).job

    # Plans, takes, media, the engine

    def plan(
        self, text: str, *, kind: BriefKind = "prompt", name: str = "", settings: plan_pb2.Settings | None = None
    ) -> plan_pb2.Plan:
        """The plan of a prompt or a screenplay's text; nothing is made. Raises BadInput, TooLarge."""
        return self.plan_brief(Brief(text, kind, name), settings=settings).plan

    def plan_brief(
        self,
        brief: Brief,
        *,
        settings: plan_pb2.Settings | None = None,
        previous: Brief | None = None,
        project: str | os.PathLike[str] = "",
    ) -> plan_pb2.PlanBriefResponse:
        """The plan of a brief, and what changed against the version before if one is given; its words may call things
        of a project's library. Raises BadInput."""
        request = plan_pb2.PlanBriefRequest(
            brief=brief_message(brief), settings=settings, project_dir=os.fspath(project)
        )
        if previous is not None:
            request.previous.CopyFrom(brief_message(previous))
        return self._plans("PlanBrief", request)

    def edit_beat(
        self, brief: Brief, kind: str, beat_id: str, text: str = "", after: str = "",
        *, settings: plan_pb2.Settings | None = None,
    ) -> plan_pb2.EditBeatResponse:  # fmt: skip
        """The brief's text after an edit (one of EDITS), its plan, and what changed; nothing is written.

        Raises BadInput, NotFound, and NotReady for a locked beat.
        """
        edit = plan_pb2.BeatEdit(kind=EDITS[kind], beat_id=beat_id, text=text, after=after)
        request = plan_pb2.EditBeatRequest(brief=brief_message(brief), edit=edit, settings=settings)
        return self._plans("EditBeat", request)

    def alternatives(
        self, brief: Brief, beat_id: str, *, settings: plan_pb2.Settings | None = None
    ) -> Sequence[plan_pb2.Alternative]:
        """Three ways to cover a beat. Raises BadInput, NotFound."""
        request = plan_pb2.ListAlternativesRequest(brief=brief_message(brief), beat_id=beat_id, settings=settings)
        return self._plans("ListAlternatives", request).alternatives

    def fill_template(self, template: Brief, table: str, table_name: str) -> plan_pb2.FillTemplateResponse:
        """One brief a row of a CSV or JSON table. Raises BadInput, TooLarge."""
        request = plan_pb2.FillTemplateRequest(template=brief_message(template), table=table, table_name=table_name)
        return self._plans("FillTemplate", request)

    def takes(self, project_dir: str | Path, shot_id: str = "") -> take_pb2.ListTakesResponse:
        """The takes of a project and its timeline. Raises NotFound."""
        request = take_pb2.ListTakesRequest(project_dir=_absolute(project_dir), shot_id=shot_id)
        return self._call(take_pb2_grpc.TakeServiceStub, "ListTakes", request, SHORT)

    def publish_frame(self, path: str | Path, *, give: bool = False) -> str:
        """Hand a finished file over; returns its handle. With `give` the file moves, otherwise it stays too."""
        request = media_pb2.PublishFrameRequest(path=_absolute(path), give=give)
        return self._call(media_pb2_grpc.MediaServiceStub, "PublishFrame", request, LONG, twice=not give).handle

    def open_frame(self, handle: str) -> Path:
        """Where a handed-over file lies; map it or read it, do not write. Raises NotFound."""
        request = media_pb2.OpenFrameRequest(handle=handle)
        return Path(self._call(media_pb2_grpc.MediaServiceStub, "OpenFrame", request, SHORT).path)

    def release_frame(self, handle: str) -> None:
        """The engine may forget the file."""
        request = media_pb2.ReleaseFrameRequest(handle=handle)
        self._call(media_pb2_grpc.MediaServiceStub, "ReleaseFrame", request, SHORT)

    def info(self, *, patient: bool = True) -> engine_pb2.GetEngineInfoResponse:
        """What engine this is; with `patient` false it must answer at once."""
        stub, request = engine_pb2_grpc.EngineServiceStub, engine_pb2.GetEngineInfoRequest()
        return self._call(stub, "GetEngineInfo", request, SHORT if patient else 5.0, twice=patient)

    def shutdown(self, *, when_idle: bool = False) -> None:
        """Stop the engine; a running job goes on when an engine starts again.

        With `when_idle` it stops once no job and no other client's call is under way.
        """
        request = engine_pb2.ShutdownRequest(when_idle=when_idle)
        self._call(engine_pb2_grpc.EngineServiceStub, "Shutdown", request, SHORT, twice=False)

    # How a call is made

    def _plans(self, method: str, request: Any) -> Any:
        return self._call(plan_pb2_grpc.PlanServiceStub, method, request, LONG)

    def _jobs(self, method: str, request: Any, *, twice: bool = True) -> Any:
        return self._call(job_pb2_grpc.JobServiceStub, method, request, SHORT, twice=twice)

    def _call(
        self, stub: Callable[[grpc.Channel], object], method: str, request: Any, timeout: float, *, twice: bool = True
    ) -> Any:
        """Make a call; `twice` says that making it twice does no harm, so it is made again while the engine is away."""
        if request.ByteSize() > MESSAGE_LIMIT:
            raise TooLarge("The request is over 16 MiB.", mend="Send a shorter brief; large things go by path.")
        pauses = _Pauses(self._patience)
        while True:
            try:
                return getattr(stub(self._channel), method)(request, timeout=timeout, metadata=self._metadata())
            except grpc.RpcError as call:
                error = from_call(call)
            if not (error.retryable and twice):
                raise error
            pauses.rest(error)
            self._find_again()

    def _metadata(self) -> tuple[tuple[str, str], ...]:
        return (("authorization", f"Bearer {self._address.token}"),)

    def _find_again(self) -> None:
        """After a lost connection: a new engine may listen elsewhere."""
        try:
            address = self._locate()
        except Unavailable:
            return
        with self._lock:
            if address != self._address:
                old, self._channel, self._address = self._channel, self._open_channel(address), address
                old.close()


class _Pauses:
    """Growing, jittered pauses that add up to the patience at most."""

    def __init__(self, patience: float) -> None:
        self._end = time.monotonic() + patience
        self._next = 0.05

    def rest(self, error: SecondUnitError) -> None:
        """Pause before the next attempt, or raise the error when the patience is used up."""
        if time.monotonic() + self._next > self._end:
            raise error from None
        time.sleep(self._next * random.uniform(0.5, 1.0))
        self._next = min(2.0, self._next * 2)


def _absolute(path: str | Path) -> str:
    return str(Path(path).absolute())


def channel_parts(address: Address) -> tuple[grpc.ChannelCredentials | None, list[tuple[str, Any]]]:
    """What a channel to an engine is opened with: its credentials (None: no TLS) and gRPC's options."""
    options: list[tuple[str, Any]] = [
        ("grpc.max_send_message_length", MESSAGE_LIMIT + 2**20),
        ("grpc.max_receive_message_length", MESSAGE_LIMIT + 2**20),
        ("grpc.initial_reconnect_backoff_ms", 50),
        ("grpc.min_reconnect_backoff_ms", 50),
        ("grpc.max_reconnect_backoff_ms", 1000),
        ("grpc.enable_http_proxy", 0),
    ]
    if not address.certificate:
        return None, options
    options.append(("grpc.ssl_target_name_override", address.tls_name))
    credentials = grpc.ssl_channel_credentials(
        address.certificate, address.client_key or None, address.client_certificate or None
    )
    return credentials, options


def _open_channel(address: Address) -> grpc.Channel:
    credentials, options = channel_parts(address)
    if credentials is None:
        return grpc.insecure_channel(address.target, options)
    return grpc.secure_channel(address.target, credentials, options)
