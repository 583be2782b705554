"""Videos outlive their gateway: what was under way goes on, what was made is still there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from secondunit_bridge.errors import NotFound
from secondunit_bridge.gateway.videos.shelf import Shelf, Video, new_id
from tests.bridge.gateway.serving import JSON, Door, serving
from tests.engine.running import running, wait_until

HANDLERS = ("--handlers", "tests.fakes.videos:HANDLERS")


def ask(door: Door, method: str, path: str = "", **fields: str) -> dict[str, str]:
    reply = door.ask(method, f"/v1/videos{path}", json.dumps(fields) if fields else "", JSON)
    assert reply.status == 200, reply.body
    return reply.json


def test_a_restart_in_the_middle_loses_nothing(tmp_path: Path) -> None:
    """The gateway is stopped while a video is shot; the next one masters it. Forgotten jobs are queued again."""
    state, project = tmp_path / "state", tmp_path / "videos.film"
    state.mkdir(mode=0o700)
    with running(state, *HANDLERS) as client:
        with serving(state, project) as door:
            made = ask(door, "POST", prompt="a slow train", seconds="1/2")
        client.wait(client.jobs(project)[0].job_id)
        with serving(state, project) as door:
            wait_until(lambda: ask(door, "GET", f"/{made['id']}")["status"] == "completed", 60)
            assert ask(door, "GET")["data"][0]["id"] == made["id"]  # type: ignore[index]
        shelf = Shelf(project)
        video = shelf.video(made["id"])
        forgotten = Video(
            **{**vars(video), "id": new_id("video"), "ending": "", "shoot_job": "job-0", "master_job": ""}
        )
        lost = Video(**{**vars(forgotten), "id": new_id("video"), "shoot_job": ""})
        for each in (forgotten, lost):
            shelf.keep(each)
        with serving(state, project) as door:
            for each in (forgotten, lost):
                wait_until(lambda: ask(door, "GET", f"/{each.id}")["status"] == "completed", 60)  # noqa: B023


def test_a_damaged_record_and_a_half_deletion_are_passed_over(tmp_path: Path) -> None:
    """What a kill or a stranger left does not stop the others."""
    shelf = Shelf(tmp_path)
    good = Video(new_id("video"), 1, "sora-2", "a", "4", "1280x720", "{}")
    shelf.keep(good)
    for name, text in ((new_id("video"), "{"), (new_id("video"), "[]"), (new_id("video"), '{"id": 1}')):
        (tmp_path / "videos" / name).mkdir()
        (tmp_path / "videos" / name / "video.json").write_text(text)
    away = tmp_path / f"videos/.deleted-{new_id('video')}"
    away.mkdir()
    (away / "content.mp4").touch()
    assert shelf.videos() == [good]
    shelf.sweep()
    assert not away.exists()
    shelf.drop(good.id)
    with pytest.raises(NotFound):
        shelf.drop(good.id)


@pytest.mark.parametrize(
    "name", ["", "..", "video_1", "video_" + "g" * 32, "video_" + "0" * 33, "char_x", "a/b", "a\0b"]
)
def test_only_an_id_becomes_a_path(tmp_path: Path, name: str) -> None:
    """Everything else is no video."""
    for find in (Shelf(tmp_path).folder, Shelf(tmp_path).character):
        with pytest.raises(NotFound):
            find(name)
