"""The videos interface, through the unmodified `openai` client, on a running engine with quick handlers."""

from __future__ import annotations

import base64
import io
import json
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openai import APIStatusError, AuthenticationError, BadRequestError, NotFoundError, OpenAI
from openai.types import Video

from secondunit_bridge.client import Client
from tests.bridge.gateway.serving import JSON, Door, serving
from tests.engine.running import CANCELLED, running

PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNgYGAAAAAEAAH2FzhVAAAAAElFTkSuQmCC")
pytestmark = pytest.mark.filterwarnings("ignore:The Sora API:DeprecationWarning")


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Client, Path]]:
    state = tmp_path_factory.mktemp("videos-state")
    state.chmod(0o700)
    with running(state, "--handlers", "tests.fakes.videos:HANDLERS") as client:
        yield client, state


@pytest.fixture(scope="module")
def door(studio: tuple[Client, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    with serving(studio[1], tmp_path_factory.mktemp("films") / "videos.film") as door:
        yield door


@pytest.fixture(scope="module")
def client(door: Door) -> OpenAI:
    """The client as any tool makes it."""
    return OpenAI(base_url=f"{door.served.url}/v1", api_key=door.served.token, max_retries=0)


@pytest.fixture(scope="module")
def video(client: OpenAI) -> Video:
    """A finished video."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made = client.videos.create_and_poll(prompt="a car at dawn", seconds="4", size="1280x720", poll_interval_ms=100)
    assert made.status == "completed", made
    return made


def ours(answer: Any) -> dict[str, Any]:
    """What the interface has no word for."""
    return answer.model_extra["secondunit"]


def by_reference(client: OpenAI, what: str, fields: dict[str, Any]) -> Video:
    """What the client's types promise (a reference by id) and its code refuses: it takes files alone there."""
    return client.post(f"/videos/{what}", body=fields, cast_to=Video)


def finish(client: OpenAI, made: Video) -> Video:
    done = client.videos.poll(made.id, poll_interval_ms=100)
    assert done.status == "completed", done
    return done


def test_create_and_poll_gives_a_finished_video(video: Video, door: Door) -> None:
    """Every field of theirs is there, and ours beside them; the take is in the project."""
    assert video.object == "video"
    assert (video.progress, video.seconds, video.size, video.model) == (100, "4", "1280x720", "sora-2")
    assert video.prompt == "a car at dawn"
    assert video.error is None
    assert video.remixed_from_video_id is None
    assert video.completed_at is not None
    assert video.created_at <= video.completed_at
    take = door.served.project / "shots" / ours(video)["shot"] / f"takes/{ours(video)['take']:03d}"
    shot = json.loads((take / "manifest.json").read_text())
    assert (shot["frames"], shot["size"], shot["quality"]) == (96, [1280, 720], "preview")


def test_defaults_are_theirs(client: OpenAI) -> None:
    """Without more than a prompt: sora-2, 4 seconds, 720x1280; queued at first, with no progress."""
    made = client.videos.create(prompt="a slow plain street")
    assert (made.model, made.seconds, made.size, made.status, made.progress) == (
        "sora-2", "4", "720x1280", "queued", 0,
    )  # fmt: skip
    seen = {client.videos.retrieve(made.id).status for _ in range(3)}
    assert seen <= {"queued", "in_progress"}
    client.videos.delete(made.id)


def test_progress_goes_up(client: OpenAI) -> None:
    """in_progress with a percentage that never falls, then completed with 100."""
    made = client.videos.create(prompt="a slow boat", seconds="4")
    seen = [made.progress]
    while (now := client.videos.retrieve(made.id)).status != "completed":
        assert now.status in ("queued", "in_progress")
        seen.append(now.progress)
    assert seen == sorted(seen)
    assert any(0 < progress < 100 for progress in seen)


@pytest.mark.parametrize(
    ("variant", "kind", "starts"),
    [("video", "video/mp4", b"ftyp"), ("thumbnail", "image/webp", b"WEBP"), ("spritesheet", "image/jpeg", b"\xff\xd8")],
)
def test_content_comes_in_three_variants(
    client: OpenAI, video: Video, tmp_path: Path, variant: Any, kind: str, starts: bytes
) -> None:
    """The client writes each to a file; the type is theirs, and the bytes are such a file."""
    content = client.videos.download_content(video.id, variant=variant)
    assert content.response.headers["content-type"] == kind
    content.write_to_file(tmp_path / "out")
    assert starts in (tmp_path / "out").read_bytes()[:16]


def test_the_video_is_the_default_variant_and_takes_ranges(client: OpenAI, door: Door, video: Video) -> None:
    """A player seeks in it."""
    whole = client.videos.download_content(video.id).read()
    part = door.ask("GET", f"/v1/videos/{video.id}/content", headers={"Range": "bytes=4-7"})
    assert (part.status, part.body) == (206, b"ftyp")
    assert len(whole) == (door.served.project / "videos" / video.id / "content.mp4").stat().st_size


def test_a_remix_is_the_next_take_of_the_shot(client: OpenAI, video: Video) -> None:
    """Made from the take of its source, whatever was remixed meanwhile."""
    first = finish(client, client.videos.remix(video.id, prompt="warmer"))
    second = finish(client, client.videos.remix(video.id, prompt="colder «flumox»"))
    assert (first.remixed_from_video_id, second.remixed_from_video_id) == (video.id, video.id)
    assert (first.size, first.seconds, first.prompt) == (video.size, video.seconds, "warmer")
    assert ours(first)["shot"] == ours(second)["shot"] == ours(video)["shot"]
    assert ours(second)["take"] == ours(first)["take"] + 1
    project = Path(ours(second)["project"])
    takes = [project / f"shots/{ours(each)['shot']}/takes/{ours(each)['take']:03d}" for each in (first, second)]
    assert [json.loads((take / "manifest.json").read_text())["from"] for take in takes] == [ours(video)["take"]] * 2
    assert any("flumox" in note for note in ours(second)["notes"]), "what was not understood is said"


def test_edit_takes_an_id_or_a_downloaded_file(client: OpenAI, video: Video) -> None:
    """A file from here is known by its content; another has no world behind it to change."""
    by_id = finish(client, by_reference(client, "edits", {"prompt": "lower", "video": {"id": video.id}}))
    mine = client.videos.download_content(video.id).read()
    by_file = client.videos.edit(prompt="higher", video=("mine.mp4", io.BytesIO(mine), "video/mp4"))
    assert by_id.remixed_from_video_id == by_file.remixed_from_video_id == video.id
    with pytest.raises(BadRequestError, match="not made here") as refused:
        client.videos.edit(prompt="lower", video=("other.mp4", b"\0" * 1000, "video/mp4"))
    assert refused.value.param == "video"


def test_extend_adds_seconds_to_the_whole(client: OpenAI, video: Video) -> None:
    """`seconds` of the new video is the stitched total, as theirs."""
    mine = client.videos.download_content(video.id).read()
    longer = finish(client, client.videos.extend(prompt="on", seconds="8", video=("mine.mp4", mine, "video/mp4")))
    assert longer.seconds == "12"
    fields = {"prompt": "on and on", "seconds": "600", "video": {"id": video.id}}
    with pytest.raises(BadRequestError, match="cannot last"):
        by_reference(client, "extensions", fields)
    with pytest.raises(BadRequestError, match="is not a duration"):
        by_reference(client, "extensions", fields | {"seconds": ""})
    content = client.videos.download_content(longer.id).read()
    import av

    with av.open(io.BytesIO(content), "r") as container:
        assert sum(1 for _ in container.decode(video=0)) == 12 * 24


def test_a_reference_becomes_a_mood_board(client: OpenAI) -> None:
    """As an uploaded file and as a data: address; what that means is said. Nothing is fetched."""
    address = f"data:image/png;base64,{base64.b64encode(PNG).decode()}"
    upload = client.videos.create(prompt="moody one", input_reference=("frame.png", PNG, "image/png"))
    fields = {"prompt": "moody two", "input_reference": {"image_url": address}}
    for made in (finish(client, upload), finish(client, client.post("/videos", body=fields, cast_to=Video))):
        take = Path(ours(made)["project"]) / f"shots/{ours(made)['shot']}/takes/{ours(made)['take']:03d}/manifest.json"
        assert json.loads(take.read_text())["mood"] == 1
        assert any("mood board" in note for note in ours(made)["notes"])
    for wrong in ({"image_url": "https://example.com/a.png"}, {"file_id": "file-1"}, {"image_url": f"{address}*"}):
        with pytest.raises(BadRequestError) as refused:
            client.post("/videos", body={"prompt": "moody", "input_reference": wrong}, cast_to=Video)
        assert refused.value.param == "input_reference"
    with pytest.raises(BadRequestError, match="no PNG"):
        client.videos.create(prompt="moody", input_reference=("a.png", b"text", "image/png"))


def test_what_theirs_would_refuse_is_made_and_said(client: OpenAI) -> None:
    """Other sizes and lengths, a seed, models of ours."""
    odd = {"size": "64x36", "seconds": "1/4", "seed": 7}  # beyond what the client's types allow
    made = finish(client, client.videos.create(prompt="odd", model="secondunit-draft", extra_body=odd))
    assert (made.size, made.seconds, made.model) == ("64x36", "1/4", "secondunit-draft")
    assert sum("ours" in note for note in ours(made)["notes"]) == 2
    take = Path(ours(made)["project"]) / f"shots/{ours(made)['shot']}/takes/{ours(made)['take']:03d}/manifest.json"
    assert [json.loads(take.read_text())[name] for name in ("frames", "seed", "quality")] == [6, 7, "draft"]


def test_the_list_is_paged(client: OpenAI, video: Video) -> None:
    """Newest first or oldest first, after an id, so many at a time; the client's own paging walks it all."""
    everything = list(client.videos.list(limit=2))
    assert len({each.id for each in everything}) == len(everything) > 2
    assert [each.created_at for each in everything] == sorted((each.created_at for each in everything), reverse=True)
    backwards = list(client.videos.list(limit=3, order="asc"))
    assert [each.id for each in backwards] == [each.id for each in everything][::-1]
    page = client.videos.list(limit=1, after=everything[0].id)
    assert [each.id for each in page.data] == [everything[1].id]
    assert page.has_more
    assert not client.videos.list(after=everything[-1].id).data
    for wrong in ({"limit": 0}, {"limit": 101}, {"order": "up"}, {"after": "video_none"}):
        with pytest.raises(BadRequestError) as refused:
            client.videos.list(**wrong)  # type: ignore[arg-type]
        assert refused.value.param == next(iter(wrong))


def test_characters_are_names(client: OpenAI, door: Door) -> None:
    """Created from an upload of which only the hash is kept, fetched again, and named in prompts."""
    made = client.videos.create_character(name="Mossy", video=("me.mp4", b"film" * 1000, "video/mp4"))
    assert made.id is not None
    assert made.id.startswith("char_")
    assert client.videos.get_character(made.id).name == "Mossy"
    assert "likeness" in ours(made)["notes"][0]
    kept = list((door.served.project / "characters" / made.id).iterdir())
    assert [path.name for path in kept] == ["character.json"]
    said = client.videos.create(prompt="Mossy walks in.", extra_body={"characters": [{"id": made.id}]})
    unsaid = client.videos.create(prompt="Someone walks in.", extra_body={"characters": [{"id": made.id}]})
    assert not any("Mossy" in note for note in ours(said)["notes"])
    assert any("Mossy" in note for note in ours(unsaid)["notes"])
    with pytest.raises(NotFoundError):
        client.videos.get_character("char_" + "0" * 32)
    with pytest.raises(NotFoundError):
        client.videos.create(prompt="x", extra_body={"characters": [{"id": "char_none"}]})


@pytest.mark.parametrize(("word", "code"), [("fails", "invalid_prompt"), ("denied", "moderation_blocked")])
def test_a_failed_video_says_why(client: OpenAI, word: str, code: str) -> None:
    """Status failed with a code and a sentence, no content, and it can be deleted."""
    made = client.videos.create_and_poll(prompt=f"this {word}", poll_interval_ms=50)
    assert made.status == "failed"
    assert made.error is not None
    assert made.error.code == code
    assert made.error.message
    assert made.completed_at is None
    with pytest.raises(NotFoundError, match="not ready"):
        client.videos.download_content(made.id)
    with pytest.raises(BadRequestError, match="not completed"):
        client.videos.remix(made.id, prompt="again")
    assert client.videos.delete(made.id).deleted


def test_delete_is_safe(client: OpenAI, door: Door, studio: tuple[Client, Path]) -> None:
    """The files go, the take stays; a running one is cancelled first; a second time there is nothing; nothing that is
    no id becomes a path."""
    done = finish(client, client.videos.create(prompt="short lived"))
    told = client.videos.delete(done.id)
    assert (told.id, told.deleted, told.object) == (done.id, True, "video.deleted")
    assert not (door.served.project / "videos" / done.id).exists()
    take = f"shots/{ours(done)['shot']}/takes/{ours(done)['take']:03d}"
    assert (door.served.project / take / "picture.mov").is_file()
    made = client.videos.create(prompt="a slow one to be stopped")
    client.videos.delete(made.id)
    jobs = {job.request_id: job for job in studio[0].jobs(door.served.project)}
    assert jobs[made.id].state == CANCELLED
    for gone in (done.id, made.id, "video_" + "0" * 32):
        with pytest.raises(NotFoundError):
            client.videos.delete(gone)
    for wrong in ("video_none", "..", "%2e%2e", "..%2f..", "characters", f"{made.id}%00", "%ff"):
        assert door.ask("DELETE", f"/v1/videos/{wrong}").status == 404, wrong
    assert (door.served.project / "secondunit.toml").exists()


@pytest.mark.parametrize(
    ("fields", "param", "code"),
    [
        ({}, "prompt", "missing_required_parameter"),
        ({"prompt": "  "}, "prompt", "missing_required_parameter"),
        ({"prompt": 7}, "prompt", "invalid_type"),
        ({"prompt": "a" * 32_001}, "prompt", "string_above_max_length"),
        ({"prompt": "a\0b"}, "prompt", "invalid_value"),
        ({"prompt": "a", "model": "dall-e-3"}, "model", "invalid_value"),
        ({"prompt": "a", "size": "wide"}, "size", "invalid_value"),
        ({"prompt": "a", "size": "1x1"}, "size", "invalid_value"),
        ({"prompt": "a", "size": "99999x2"}, "size", "invalid_value"),
        ({"prompt": "a", "seconds": "-4"}, "seconds", "invalid_value"),
        ({"prompt": "a", "seconds": "0"}, "seconds", "invalid_value"),
        ({"prompt": "a", "seconds": "601"}, "seconds", "invalid_value"),
        ({"prompt": "a", "seconds": "1e999999999"}, "seconds", "invalid_value"),
        ({"prompt": "a", "seconds": [4]}, "seconds", "invalid_type"),
        ({"prompt": "a", "seed": -1}, "seed", "invalid_value"),
        ({"prompt": "a", "input_reference": 3}, "input_reference", "invalid_type"),
        ({"prompt": "a", "characters": [1]}, "characters", "invalid_type"),
        ({"prompt": "a", "n": 2}, "n", "unknown_parameter"),
    ],
)
def test_bad_requests_name_their_parameter(door: Door, fields: dict[str, Any], param: str, code: str) -> None:
    """400 in their shape: message, type, param and code. JSON is read as well as a form."""
    reply = door.ask("POST", "/v1/videos", json.dumps(fields), JSON)
    error = reply.json["error"]
    assert (reply.status, error["param"], error["code"]) == (400, param, code), error
    assert error["type"] == "invalid_request_error"
    assert error["message"]


FORM, FIELD = "multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n'


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"{", "application/json"),
        (b"[]", "application/json"),
        (b"[" * 100_000, "application/json"),
        (b"prompt=a", "application/x-www-form-urlencoded"),
        (b"nothing", "multipart/form-data"),
        (b"nothing", "multipart/form-data; boundary=x"),
        (b'--x\r\nContent-Disposition: form-data; name="prompt"\r\n\r\na', "multipart/form-data; boundary=x"),
        (b'--x\r\nContent-Disposition: form-data; name="a[b][c]"\r\n\r\na\r\n--x--', "multipart/form-data; boundary=x"),
        (
            b'--x\r\nContent-Disposition: form-data; name="prompt"\r\n\r\n\xff\r\n--x--',
            "multipart/form-data; boundary=x",
        ),
    ],
)
def test_bad_bodies_are_refused(door: Door, body: bytes, kind: str) -> None:
    """Broken JSON, broken forms, and what is neither."""
    reply = door.ask("POST", "/v1/videos", body, {"Content-Type": kind})
    assert (reply.status, reply.json["error"]["type"]) == (400, "invalid_request_error")


def test_errors_have_their_types(door: Door, client: OpenAI) -> None:
    """A wrong key and a video that is not there raise what the client's users catch."""
    stranger = OpenAI(base_url=f"{door.served.url}/v1", api_key="sk-wrong", max_retries=0)
    with pytest.raises(AuthenticationError) as refused:
        stranger.videos.list()
    assert refused.value.code == "invalid_api_key"
    with pytest.raises(NotFoundError) as missing:
        client.videos.retrieve("video_" + "1" * 32)
    assert missing.value.type == "invalid_request_error"
    with pytest.raises(APIStatusError):
        client.images.generate(prompt="x")


def test_every_method_of_the_client_was_tried() -> None:
    """A new version of the client that can do more fails here until it is served or refused on purpose."""
    from openai.resources.videos import Videos

    known = {
        "create", "retrieve", "list", "delete", "create_character", "download_content", "edit", "extend",
        "get_character", "remix", "create_and_poll", "poll",
    }  # fmt: skip
    assert {name for name in vars(Videos) if not name.startswith(("_", "with_"))} == known
