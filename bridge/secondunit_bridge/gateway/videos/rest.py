"""The addresses of the videos interface and what they answer."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from secondunit_bridge.errors import BadInput, NotFound, NotReady, SecondUnitError, WrongToken
from secondunit_bridge.gateway.answers import HTTP, answer, code_of
from secondunit_bridge.gateway.videos.form import (
    NOTE,
    BadParameter,
    check_names,
    read_character,
    read_fields,
    read_order,
    read_prompt,
    read_seconds,
    read_video_reference,
)
from secondunit_bridge.gateway.videos.shelf import Character, Video, new_id, now
from secondunit_bridge.gateway.videos.studio import Stage, Studio

PREFIX = "/v1/"
POLL_MS = "1000"  # how soon a client should ask again
PAGE = (20, 100)  # videos on a page: unless asked, and at most
VARIANTS = {
    "video": ("content.mp4", "video/mp4"),
    "thumbnail": ("thumbnail.webp", "image/webp"),
    "spritesheet": ("spritesheet.jpg", "image/jpeg"),
}
# A failed video's code for an error of the tree; other errors are named by themselves, such as "out_of_space".
_CODES = {"BadInput": "invalid_prompt", "TooLarge": "invalid_prompt", "Denied": "moderation_blocked"}


def add_videos(app: web.Application, studio: Studio) -> None:
    """Serve /v1/videos."""
    routes: tuple[tuple[str, str, Callable[[Studio, web.Request], Awaitable[web.StreamResponse]]], ...] = (
        ("POST", "", _create),
        ("GET", "", _list),
        ("POST", "/edits", _edit),
        ("POST", "/extensions", _extend),
        ("POST", "/characters", _create_character),
        ("GET", "/characters/{id}", _get_character),
        ("GET", "/{id}", _retrieve),
        ("DELETE", "/{id}", _delete),
        ("GET", "/{id}/content", _content),
        ("POST", "/{id}/remix", _remix),
    )
    for method, path, handler in routes:
        app.router.add_route(method, f"{PREFIX}videos{path}", _bind(studio, handler))


def videos_error(error: SecondUnitError) -> web.Response:
    """An error as the interface tells it."""
    status = HTTP[code_of(error)]
    kind = "invalid_request_error" if status < 500 else "server_error"
    code = error.code if isinstance(error, BadParameter) else snake(type(error).__name__)
    if isinstance(error, WrongToken):
        code = "invalid_api_key"
    param = error.param if isinstance(error, BadParameter) else None
    return answer({"error": {"message": str(error), "type": kind, "param": param, "code": code}}, status)


def snake(name: str) -> str:
    """ "OutOfSpace" as "out_of_space"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


def video_document(video: Video, stage: Stage, studio: Studio) -> dict[str, Any]:
    """A video as the interface tells it, and under "secondunit" what it has no word for."""
    error = None
    if video.ending == "failed":
        error = {"code": _CODES.get(video.error_code, snake(video.error_code)), "message": video.error_message}
    ours: dict[str, Any] = {"project": str(studio.shelf.project), "notes": list(video.notes)}
    if video.shot:
        ours |= {"shot": video.shot, "take": video.take}
    if video.ending == "completed":
        ours["media"] = str(studio.shelf.folder(video.id) / "content.mp4")
    return {
        "id": video.id, "object": "video", "created_at": _seconds(video.created), "status": stage.status,
        "completed_at": _seconds(video.ended) if video.ending == "completed" else None, "error": error,
        "expires_at": None, "model": video.model, "progress": stage.progress, "prompt": video.prompt,
        "remixed_from_video_id": video.source or None, "seconds": video.seconds, "size": video.size,
        "secondunit": ours,
    }  # fmt: skip


def _bind(
    studio: Studio, handler: Callable[[Studio, web.Request], Awaitable[web.StreamResponse]]
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def bound(request: web.Request) -> web.StreamResponse:
        return await handler(studio, request)

    return bound


async def _create(studio: Studio, request: web.Request) -> web.StreamResponse:
    fields = await read_fields(request, pictures=frozenset(("input_reference",)))
    return _queued(studio, await studio.create(read_order(fields)))


async def _list(studio: Studio, request: web.Request) -> web.StreamResponse:
    for name in request.query:
        if name not in ("after", "limit", "order"):
            raise BadParameter(name, f"Unknown parameter: “{name}”.", code="unknown_parameter")
    order, said = request.query.get("order", "desc"), request.query.get("limit", str(PAGE[0]))
    if order not in ("asc", "desc"):
        raise BadParameter("order", f"“{order}” is no order.", mend="Use asc or desc.")
    if not said.isdecimal() or len(said) > 4 or not 1 <= int(said) <= PAGE[1]:
        raise BadParameter("limit", f"“{said[:20]}” is no limit.", mend=f"Use 1 to {PAGE[1]}.")
    videos = studio.shelf.videos()
    if order == "desc":
        videos.reverse()
    if after := request.query.get("after"):
        places = [index for index, video in enumerate(videos) if video.id == after]
        if not places:
            raise BadParameter("after", f"There is no video “{after[:80]}”.", mend="Use the last id of a page.")
        videos = videos[places[0] + 1 :]
    page = [await studio.look(video.id) for video in videos[: int(said)]]
    data = [video_document(video, stage, studio) for video, stage in page]
    ends = {"first_id": data[0]["id"], "last_id": data[-1]["id"]} if data else {"first_id": None, "last_id": None}
    return answer({"object": "list", "data": data, "has_more": len(videos) > len(data)} | ends)


async def _retrieve(studio: Studio, request: web.Request) -> web.StreamResponse:
    video, stage = await studio.look(request.match_info["id"])
    response = answer(video_document(video, stage, studio))
    response.headers["openai-poll-after-ms"] = POLL_MS
    return response


async def _delete(studio: Studio, request: web.Request) -> web.StreamResponse:
    video = await studio.delete(request.match_info["id"])
    document: dict[str, Any] = {"id": video.id, "object": "video.deleted", "deleted": True}
    if video.shot:
        kept = f"{video.shot} take {video.take} stays in the books of {studio.shelf.project}."
        document["secondunit"] = {"notes": [kept]}
    return answer(document)


async def _content(studio: Studio, request: web.Request) -> web.StreamResponse:
    variant = request.query.get("variant", "video")
    if variant not in VARIANTS:
        raise BadParameter("variant", f"There is no variant “{variant[:40]}”.", mend="Use " + ", ".join(VARIANTS))
    video, _ = await studio.look(request.match_info["id"])
    if video.ending != "completed":
        raise NotFound("Video is not ready yet.", mend=f"Use GET /v1/videos/{video.id} to check its status.")
    name, kind = VARIANTS[variant]
    path = studio.shelf.folder(video.id) / name
    if not path.is_file():
        raise NotFound(f"The file {name} of this video is gone.", mend="Remix it, or create it again.")
    return web.FileResponse(path, headers={"Content-Type": kind})


async def _remix(studio: Studio, request: web.Request) -> web.StreamResponse:
    fields = await read_fields(request)
    check_names(fields, "prompt")
    return _queued(studio, await _remake(studio, request.match_info["id"], read_prompt(fields, NOTE)))


async def _edit(studio: Studio, request: web.Request) -> web.StreamResponse:
    fields = await read_fields(request)
    check_names(fields, "prompt", "video")
    prompt = read_prompt(fields, NOTE)
    return _queued(studio, await _remake(studio, studio.find(read_video_reference(fields)), prompt))


async def _extend(studio: Studio, request: web.Request) -> web.StreamResponse:
    fields = await read_fields(request)
    check_names(fields, "prompt", "seconds", "video")
    prompt, more = read_prompt(fields, NOTE), read_seconds(fields, "")
    return _queued(studio, await _remake(studio, studio.find(read_video_reference(fields)), prompt, more))


async def _remake(studio: Studio, video_id: str, prompt: str, more: tuple[str, int] = ("", 0)) -> Video:
    await studio.look(video_id)  # it may just have been completed
    try:
        return await studio.remake(video_id, prompt, more)
    except NotReady as error:
        raise BadInput(error.message, mend=error.mend) from None


async def _create_character(studio: Studio, request: web.Request) -> web.StreamResponse:
    name, upload = read_character(await read_fields(request))
    character = Character(new_id("char"), now(), name, upload)
    studio.shelf.keep(character)
    return answer(_character_document(character))


async def _get_character(studio: Studio, request: web.Request) -> web.StreamResponse:
    return answer(_character_document(studio.shelf.character(request.match_info["id"])))


def _queued(studio: Studio, video: Video) -> web.Response:
    return answer(video_document(video, Stage("queued", 0), studio))


def _character_document(character: Character) -> dict[str, Any]:
    note = (
        f"Only the name is used: a prompt that says {character.name} casts the same invented person each time. No "
        "likeness is taken from the video; a real person needs a consent (secondunit performer)."
    )
    return {
        "id": character.id, "object": "character", "created_at": _seconds(character.created), "name": character.name,
        "secondunit": {"notes": [note]},
    }  # fmt: skip


def _seconds(nanoseconds: int) -> int:
    return nanoseconds // 10**9
