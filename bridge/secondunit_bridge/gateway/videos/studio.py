"""Has the engine make the videos: each is shot or retaken, then conformed to H.264, then drawn as stills.

Every step is found again after a kill: the record is on disk before a job is queued, jobs are submitted under request
ids made from the video's, and a job that the queue has forgotten is submitted again, when its products are found.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from google.protobuf import json_format

from secondunit.v1 import job_pb2, plan_pb2, take_pb2
from secondunit_bridge.asking import brief_message, settings
from secondunit_bridge.documents import remarks
from secondunit_bridge.door import Brief
from secondunit_bridge.engine_tool import run_tool
from secondunit_bridge.errors import NotFound, NotReady, OutOfSpace, SecondUnitError
from secondunit_bridge.gateway.line import Line
from secondunit_bridge.gateway.videos.form import LONGEST, MODELS, RATE, BadParameter, Order, Upload
from secondunit_bridge.gateway.videos.shelf import Character, Shelf, Video, new_id, now
from secondunit_bridge.timeline import Take, new_timeline, place_take, write_timeline
from secondunit_bridge.timing import Rate

JOBS = "secondunit.v1.JobService"
LOOK_SECONDS = 0.5  # between looks at what is under way
MOST_WAITING = 200  # videos that may be under way at a time
MASTERING = 95  # percent: what shooting is of the whole
log = logging.getLogger("secondunit.gateway")


@dataclass(frozen=True)
class Stage:
    """How far a video is: the interface's status, and percent."""

    status: str
    progress: int


class Studio:
    """The videos of one project."""

    def __init__(self, line: Line, shelf: Shelf) -> None:
        self._line, self.shelf = line, shelf
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._waiting = {video.id for video in shelf.videos() if not video.ending}

    async def run(self) -> None:
        """Move what is under way on, until cancelled."""
        self.shelf.sweep()
        while True:
            for video_id in list(self._waiting):
                try:
                    await self.look(video_id)
                except NotFound:
                    self._waiting.discard(video_id)
                except SecondUnitError:
                    continue  # the engine is away, or the disk is full: tried again
            await asyncio.sleep(LOOK_SECONDS)

    # What is asked

    async def create(self, order: Order) -> Video:
        """Queue a new video. Raises BadInput, NotFound (a character), OutOfSpace (too many under way)."""
        characters = [self.shelf.character(each) for each in order.characters]
        notes = [*order.notes, *_notes_of(characters, order.prompt)]
        video_id = new_id("video")
        board = self._keep_reference(video_id, order)
        brief = Brief(order.prompt, "prompt", mood_board=str(board) if board else "")
        wanted = settings(
            rate=RATE, width=order.width, height=order.height, quality=MODELS[order.model], seed=order.seed,
            frames=order.frames, handles=0, style="one-er",
        )  # fmt: skip
        shoot = job_pb2.ShootJob(
            project_dir=str(self.shelf.project), brief=brief_message(brief), settings=wanted, despite_errors=True
        )
        size = f"{order.width}x{order.height}"
        video = Video(video_id, now(), order.model, order.prompt, order.seconds, size, "", notes=tuple(notes))
        return await self._begin(video, job_pb2.Work(shoot=shoot))

    async def remake(self, source_id: str, prompt: str, more: tuple[str, int] = ("", 0)) -> Video:
        """The shot of a completed video again with a note, `more` (seconds, frames) longer. Raises NotFound, NotReady,
        BadInput."""
        source = self.shelf.video(source_id)
        if source.ending != "completed":
            raise NotReady(f"The video {source_id} is not completed.", mend="Wait until its status is completed.")
        seconds, wanted = source.seconds, plan_pb2.Settings()
        if more[1]:
            length = Fraction(source.seconds) + Fraction(more[0])
            if length > LONGEST:
                raise BadParameter(
                    "seconds", f"A video cannot last {float(length):g} seconds.", mend=f"Use up to {LONGEST}."
                )
            seconds = str(length)  # "12", or "1/6" of a fraction
            wanted = settings(frames=RATE.frames(length))
        retake = job_pb2.RetakeJob(
            project_dir=str(self.shelf.project), shot_id=source.shot, note=prompt, settings=wanted, take=source.take
        )
        video = Video(new_id("video"), now(), source.model, prompt, seconds, source.size, "", source=source.id)
        return await self._begin(video, job_pb2.Work(retake=retake))

    def find(self, reference: str | Upload) -> str:
        """The id of the video that is meant. An uploaded file is known by its content. Raises NotFound, BadInput."""
        if isinstance(reference, str):
            return self.shelf.video(reference).id
        for video in self.shelf.videos():
            if video.picture == reference.sha256:
                return video.id
        raise BadParameter(
            "video",
            "The uploaded video was not made here, so there is no world behind it to change.",
            mend="Give the id of a video, or a file downloaded from here.",
        )

    async def delete(self, video_id: str) -> Video:
        """Cancel what is under way for it and delete its files; its take stays in the project. Raises NotFound."""
        async with self._locks[video_id]:
            video = self.shelf.video(video_id)
            for job in (video.shoot_job, video.master_job) if not video.ending else ():
                if job:
                    with suppress(NotFound):
                        await self._line.call(f"{JOBS}/CancelJob", job_pb2.CancelJobRequest(job_id=job))
            await asyncio.to_thread(self.shelf.drop, video_id)
            self._waiting.discard(video_id)
        del self._locks[video_id]
        return video

    # How far it is

    async def look(self, video_id: str) -> tuple[Video, Stage]:
        """A video moved on as far as it goes now. Raises NotFound, and what the engine raises."""
        video = self.shelf.video(video_id)
        if video.ending:
            return video, stage_of(video)
        async with self._locks[video_id]:
            video = self.shelf.video(video_id)
            if video.ending:
                return video, stage_of(video)
            video, stage = await self._advance(video)
            if video.ending:
                self._waiting.discard(video_id)
            return video, stage

    async def _advance(self, video: Video) -> tuple[Video, Stage]:
        """One step, if there is one to make."""
        job = await self._job(video.master_job or video.shoot_job) if video.shoot_job else None
        if job is None:
            return await self._submit(video), Stage("queued", 0)
        if job.state in (job_pb2.JOB_STATE_FAILED, job_pb2.JOB_STATE_CANCELLED):
            video = self._fail(video, job.error.name or "Cancelled", f"{job.error.message} {job.error.mend}".strip())
            return video, stage_of(video)
        if video.master_job:
            if job.state == job_pb2.JOB_STATE_DONE:
                video = await asyncio.to_thread(self._complete, video)
                return video, stage_of(video)
            return video, Stage("in_progress", MASTERING + (job.state == job_pb2.JOB_STATE_RUNNING))
        if job.state == job_pb2.JOB_STATE_DONE:
            return await self._master(video, job.result.shoot), Stage("in_progress", MASTERING)
        if job.state == job_pb2.JOB_STATE_RUNNING:
            done = MASTERING * job.progress.done // max(1, job.progress.total)
            return video, Stage("in_progress", min(done, MASTERING))
        return video, Stage("queued", 0)

    # Its steps

    async def _begin(self, video: Video, work: job_pb2.Work) -> Video:
        """Keep the record, then queue its job; a job that is refused leaves no record."""
        if len(self._waiting) >= MOST_WAITING:
            raise OutOfSpace(f"{MOST_WAITING} videos are under way.", mend="Wait until some are done.")
        video = replace(video, work=json_format.MessageToJson(work, indent=None))
        self.shelf.keep(video)
        self._waiting.add(video.id)
        try:
            async with self._locks[video.id]:
                return await self._submit(self.shelf.video(video.id))
        except SecondUnitError as error:
            if error.retryable:
                return video  # the engine is away: `run` submits it when it is back
            self._waiting.discard(video.id)
            self.shelf.drop(video.id)
            raise

    async def _submit(self, video: Video) -> Video:
        work = json_format.Parse(video.work, job_pb2.Work())
        video = replace(video, shoot_job=await self._queue(video.id, work), master_job="")
        self.shelf.keep(video)
        return video

    async def _job(self, job_id: str) -> job_pb2.Job | None:
        """A job, None if the queue has forgotten it."""
        try:
            return (await self._line.call(f"{JOBS}/GetJob", job_pb2.GetJobRequest(job_id=job_id))).job
        except NotFound:
            return None

    async def _master(self, video: Video, result: job_pb2.ShootResult) -> Video:
        """The take on a timeline of its own, and the conforming of that queued, before what waits to be shot."""
        take, folder = result.takes[0], self.shelf.folder(video.id)
        cut = folder / "cut.otio"
        await asyncio.to_thread(_write_cut, take, cut)
        conform = job_pb2.ConformJob(
            project_dir=str(self.shelf.project), timeline=str(cut), output=str(folder / "content.mp4"),
            codec=job_pb2.CODEC_H264,
        )  # fmt: skip
        job_id = await self._queue(f"{video.id}-master", job_pb2.Work(conform=conform))
        await self._hurry(job_id)
        notes = (*video.notes, *remarks(take.ledger), *(note.message for note in result.continuity))
        video = replace(
            video, master_job=job_id, shot=take.shot_id, take=take.number, notes=tuple(dict.fromkeys(notes))
        )
        self.shelf.keep(video)
        return video

    async def _hurry(self, job_id: str) -> None:
        """Put a short job before those that wait; if it cannot be moved it keeps its place."""
        request = job_pb2.ListJobsRequest(unfinished_only=True, limit=1000)
        with suppress(NotReady, NotFound):
            for job in (await self._line.call(f"{JOBS}/ListJobs", request)).jobs:
                if job.state == job_pb2.JOB_STATE_QUEUED and job.work.WhichOneof("kind") != "conform":
                    move = job_pb2.MoveJobRequest(job_id=job_id, before_job_id=job.job_id)
                    await self._line.call(f"{JOBS}/MoveJob", move)
                    return

    def _complete(self, video: Video) -> Video:
        """Draw the stills and write the ending."""
        folder = self.shelf.folder(video.id)
        try:
            run_tool("stills", str(folder / "content.mp4"), str(folder))
            picture = _hash_file(folder / "content.mp4")
        except (SecondUnitError, FileNotFoundError) as fault:
            return self._fail(video, type(fault).__name__, str(fault))
        video = replace(video, ending="completed", ended=now(), picture=picture)
        self.shelf.keep(video)
        return video

    def _fail(self, video: Video, name: str, message: str) -> Video:
        video = replace(video, ending="failed", ended=now(), error_code=name, error_message=message)
        self.shelf.keep(video)
        return video

    async def _queue(self, request_id: str, work: job_pb2.Work) -> str:
        request = job_pb2.SubmitJobRequest(request_id=request_id, work=work)
        job: Any = (await self._line.call(f"{JOBS}/SubmitJob", request)).job
        return job.job_id

    def _keep_reference(self, video_id: str, order: Order) -> Path | None:
        """The reference picture in a folder of its own, as a mood board is."""
        if not order.reference:
            return None
        board = self.shelf.folder(video_id) / "reference"
        board.mkdir(parents=True)
        (board / f"reference{order.suffix}").write_bytes(order.reference)
        return board


def stage_of(video: Video) -> Stage:
    """How far a video is that has ended."""
    return Stage(video.ending or "queued", 100 if video.ending == "completed" else 0)


def _notes_of(characters: Iterable[Character], prompt: str) -> list[str]:
    """What a prompt makes of its characters: only their names count, and only where they are said."""
    unsaid = [each.name for each in characters if each.name.lower() not in prompt.lower()]
    return [f"The prompt does not name the character {name}, so it does not appear." for name in unsaid]


def _write_cut(take: take_pb2.Take, path: Path) -> None:
    rate = Rate(take.rate.numerator, take.rate.denominator)
    placed = Take(take.shot_id, take.number, Path(take.media), take.frames, rate, take.seed, Path(take.manifest))
    write_timeline(place_take(new_timeline(path.parent.name, rate), placed), path)


def _hash_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
