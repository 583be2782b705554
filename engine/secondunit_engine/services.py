"""The services of the contract, each a thin layer over the room that does the work."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

from google.protobuf.timestamp_pb2 import Timestamp

from secondunit.v1 import (
    engine_pb2,
    engine_pb2_grpc,
    job_pb2,
    job_pb2_grpc,
    media_pb2,
    media_pb2_grpc,
    take_pb2,
    take_pb2_grpc,
)
from secondunit_bridge.errors import BadInput, Unavailable
from secondunit_engine import __version__
from secondunit_engine.handoff import Handoff
from secondunit_engine.jobs import limits, messages
from secondunit_engine.jobs.dispatch import Dispatcher
from secondunit_engine.jobs.handlers import describe_take
from secondunit_engine.jobs.queue import Event, Failure, JobRecord, State, Step

_STATES = {state: job_pb2.JobState.Value(f"JOB_STATE_{state.name}") for state in State}


class Jobs(job_pb2_grpc.JobServiceServicer):
    """The queue, as the contract tells it."""

    def __init__(self, dispatcher: Dispatcher) -> None:
        self._dispatcher = dispatcher
        self._queue = dispatcher.queue

    async def SubmitJob(self, request: job_pb2.SubmitJobRequest, context: Any) -> job_pb2.SubmitJobResponse:
        limits.check_request_id(request.request_id)
        wanted = messages.read_work(request.work)
        limits.check_request(wanted)
        work = request.work.SerializeToString(deterministic=True)
        kind = request.work.WhichOneof("kind") or ""
        job = self._queue.submit(request.request_id, kind, wanted.project_dir, work)
        self._dispatcher.ring()
        return job_pb2.SubmitJobResponse(job=self._tell(job))

    async def GetJob(self, request: job_pb2.GetJobRequest, context: Any) -> job_pb2.GetJobResponse:
        return job_pb2.GetJobResponse(job=self._tell(self._queue.get(request.job_id)))

    async def WatchJob(self, request: job_pb2.WatchJobRequest, context: Any) -> AsyncIterator[job_pb2.WatchJobResponse]:
        after = request.after_sequence
        while True:
            bell = self._dispatcher.bell
            for event in self._queue.events(request.job_id, after):
                after = event.sequence
                yield job_pb2.WatchJobResponse(event=_tell_event(event))
            job = self._queue.get(request.job_id)
            if job.sequence > after:
                continue
            if job.state.ended:
                return
            if self._dispatcher.closing:
                raise Unavailable("The engine is stopping.", mend="The job goes on when an engine starts again.")
            await bell.wait()

    async def ListJobs(self, request: job_pb2.ListJobsRequest, context: Any) -> job_pb2.ListJobsResponse:
        if request.limit > 1000:
            raise BadInput("A list holds at most 1,000 jobs.", mend="Ask for fewer.")
        jobs = self._queue.list(request.project_dir, request.unfinished_only, request.limit or 100)
        return job_pb2.ListJobsResponse(jobs=[self._tell(job) for job in jobs], queue_paused=self._queue.paused)

    async def CancelJob(self, request: job_pb2.CancelJobRequest, context: Any) -> job_pb2.CancelJobResponse:
        return job_pb2.CancelJobResponse(job=self._tell(await self._dispatcher.stop(request.job_id, "cancel")))

    async def CancelAllJobs(self, request: job_pb2.CancelAllJobsRequest, context: Any) -> job_pb2.CancelAllJobsResponse:
        jobs = self._queue.list(unfinished_only=True, limit=-1)
        jobs.reverse()  # waiting ones first, so that none of them starts meanwhile
        cancelled = [await self._dispatcher.stop(job.job_id, "cancel") for job in jobs]
        return job_pb2.CancelAllJobsResponse(jobs=[self._tell(job) for job in cancelled])

    async def PauseJob(self, request: job_pb2.PauseJobRequest, context: Any) -> job_pb2.PauseJobResponse:
        return job_pb2.PauseJobResponse(job=self._tell(await self._dispatcher.stop(request.job_id, "hold")))

    async def ResumeJob(self, request: job_pb2.ResumeJobRequest, context: Any) -> job_pb2.ResumeJobResponse:
        job = self._queue.release(request.job_id)
        self._dispatcher.ring()
        return job_pb2.ResumeJobResponse(job=self._tell(job))

    async def PauseQueue(self, request: job_pb2.PauseQueueRequest, context: Any) -> job_pb2.PauseQueueResponse:
        self._queue.pause(True)
        return job_pb2.PauseQueueResponse()

    async def ResumeQueue(self, request: job_pb2.ResumeQueueRequest, context: Any) -> job_pb2.ResumeQueueResponse:
        self._queue.pause(False)
        self._dispatcher.ring()
        return job_pb2.ResumeQueueResponse()

    async def MoveJob(self, request: job_pb2.MoveJobRequest, context: Any) -> job_pb2.MoveJobResponse:
        return job_pb2.MoveJobResponse(job=self._tell(self._queue.move(request.job_id, request.before_job_id)))

    async def RetryJob(self, request: job_pb2.RetryJobRequest, context: Any) -> job_pb2.RetryJobResponse:
        job = self._queue.retry(request.job_id)
        self._dispatcher.ring()
        return job_pb2.RetryJobResponse(job=self._tell(job))

    def _tell(self, job: JobRecord) -> job_pb2.Job:
        return job_pb2.Job(
            job_id=job.job_id,
            request_id=job.request_id,
            work=job_pb2.Work.FromString(job.work),
            state=_STATES[job.state],
            position=self._queue.position(job.job_id),
            progress=_tell_step(job.step),
            submitted_at=_tell_time(job.submitted),
            started_at=_tell_time(job.started),
            ended_at=_tell_time(job.ended),
            result=None if job.result is None else job_pb2.Result.FromString(job.result),
            error=_tell_failure(job.failure),
            last_sequence=job.sequence,
        )


class Takes(take_pb2_grpc.TakeServiceServicer):
    """Finds takes in a project folder."""

    async def ListTakes(self, request: take_pb2.ListTakesRequest, context: Any) -> take_pb2.ListTakesResponse:
        limits.check_path(request.project_dir, "project folder")
        if request.shot_id:
            limits.check_shot(request.shot_id)
        return await asyncio.to_thread(_list_takes, Path(request.project_dir), request.shot_id)


def _list_takes(folder: Path, shot_id: str) -> take_pb2.ListTakesResponse:
    from secondunit_engine.project import Project

    project = Project.open(folder)
    takes = [describe_take(project, record) for record in project.takes(shot_id or None)]
    timeline = folder / "cut.otio"
    return take_pb2.ListTakesResponse(
        takes=[messages.write_take(take) for take in takes], timeline=str(timeline) if timeline.is_file() else ""
    )


class Media(media_pb2_grpc.MediaServiceServicer):
    """Hands files on by path."""

    def __init__(self, handoff: Handoff) -> None:
        self._handoff = handoff

    async def PublishFrame(
        self, request: media_pb2.PublishFrameRequest, context: Any
    ) -> media_pb2.PublishFrameResponse:
        limits.check_path(request.path, "frame")
        handle, size = await asyncio.to_thread(self._handoff.publish, Path(request.path), give=request.give)
        return media_pb2.PublishFrameResponse(handle=handle, size=size)

    async def OpenFrame(self, request: media_pb2.OpenFrameRequest, context: Any) -> media_pb2.OpenFrameResponse:
        path, size = self._handoff.open(request.handle)
        return media_pb2.OpenFrameResponse(path=str(path), size=size)

    async def ReleaseFrame(
        self, request: media_pb2.ReleaseFrameRequest, context: Any
    ) -> media_pb2.ReleaseFrameResponse:
        self._handoff.release(request.handle)
        return media_pb2.ReleaseFrameResponse()


class Engine(engine_pb2_grpc.EngineServiceServicer):
    """The engine itself."""

    def __init__(self, dispatcher: Dispatcher, handoff: Handoff, state: Path, stop: Callable[[bool], None]) -> None:
        self._queue, self._handoff, self._state, self._stop = dispatcher.queue, handoff, state, stop

    async def GetEngineInfo(
        self, request: engine_pb2.GetEngineInfoRequest, context: Any
    ) -> engine_pb2.GetEngineInfoResponse:
        return engine_pb2.GetEngineInfoResponse(
            version=__version__,
            pid=os.getpid(),
            state_dir=str(self._state),
            frames_dir=str(self._handoff.folder),
            queue_paused=self._queue.paused,
            unfinished_jobs=self._queue.unfinished(),
        )

    async def Shutdown(self, request: engine_pb2.ShutdownRequest, context: Any) -> engine_pb2.ShutdownResponse:
        self._stop(request.when_idle)
        return engine_pb2.ShutdownResponse()


def _tell_event(event: Event) -> job_pb2.JobEvent:
    return job_pb2.JobEvent(
        job_id=event.job_id,
        sequence=event.sequence,
        at=_tell_time(event.at),
        state=_STATES[event.state],
        progress=_tell_step(event.step),
        error=_tell_failure(event.failure),
    )


def _tell_step(step: Step) -> job_pb2.JobProgress:
    return job_pb2.JobProgress(
        stage=step.stage, done=step.done, total=step.total, note=step.note, seconds_left=step.seconds_left
    )


def _tell_failure(failure: Failure | None) -> job_pb2.JobError | None:
    return failure and job_pb2.JobError(name=failure.name, message=failure.message, mend=failure.mend)


def _tell_time(seconds: float | None) -> Timestamp | None:
    if seconds is None:
        return None
    stamp = Timestamp()
    stamp.FromNanoseconds(int(seconds * 1e9))
    return stamp
