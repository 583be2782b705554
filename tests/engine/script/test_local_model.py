"""The local model: it may guess at what nobody understood, within the vocabulary, and nothing it says is trusted.

The server here is honest HTTP on loopback; what it answers is scripted by each test.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from secondunit_bridge.errors import BadInput, Denied
from secondunit_engine.script.brief import Status
from secondunit_engine.script.local_model import LocalModel, find_local_model, refine
from secondunit_engine.script.prompt import Found, understand, write_ledger

TEXT = "A hero beside a zorblax grumblewagon. The quvix hums."
ZORBLAX, WAGON, QUVIX = (TEXT.index(word) for word in ("zorblax", "grumblewagon", "quvix"))


class FakeServer(ThreadingHTTPServer):
    """A chat server that gives the scripted answers in order, the last one for ever, and remembers what it was asked.

    An answer is the text of the model's message, an HTTP status, or a function that writes what it likes.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers: list[str | int | Callable[[BaseHTTPRequestHandler], None]] = []
        self.asked: list[dict] = []

    @property
    def model(self) -> LocalModel:
        return LocalModel(f"http://127.0.0.1:{self.server_port}/v1", "tiny", timeout=5.0)


class _Handler(BaseHTTPRequestHandler):
    server: FakeServer  # pyright: ignore[reportIncompatibleVariableOverride]

    def do_POST(self) -> None:
        assert self.path == "/v1/chat/completions"
        self.server.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        answer = self.server.answers[min(len(self.server.asked), len(self.server.answers)) - 1]
        if callable(answer):
            with suppress(ConnectionError):  # the caller may hang up first
                answer(self)
            return
        body = json.dumps({"choices": [{"message": {"role": "assistant", "content": answer}}]}).encode()
        self.send_response(answer if isinstance(answer, int) else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeServer]:
    monkeypatch.setenv("SECONDUNIT_STATE", str(tmp_path))
    fake = FakeServer()
    thread = threading.Thread(target=fake.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield fake
    fake.shutdown()
    fake.server_close()
    thread.join(5)


def reading(at: int, words: str, name: str, **changed: object) -> dict:
    return {"start": at, "end": at + len(words), "text": words, "id": name} | changed


def readings(*rows: dict) -> str:
    return json.dumps({"readings": rows})


GOOD = readings(reading(ZORBLAX, "zorblax grumblewagon", "prop:Car"))


def unknown(found: tuple[Found, ...]) -> list[str]:
    return [item.text for item in found if item.sense.status == Status.NOT_UNDERSTOOD]


def test_the_text_has_three_words_that_nobody_understands() -> None:
    assert {"zorblax", "grumblewagon", "quvix"} <= set(unknown(understand(TEXT)))


def test_a_good_answer_is_a_guess_and_says_who_guessed(server: FakeServer) -> None:
    """The words it covers become one entry, guessed, and its meaning says by whom; the others stay as they were."""
    server.answers = [GOOD]
    before = understand(TEXT)
    after = refine(TEXT, before, server.model)
    (guess,) = [item for item in after if item not in before]
    assert (guess.text, guess.facet, guess.value) == ("zorblax grumblewagon", "prop", "Car")
    assert guess.sense.status == Status.GUESSED
    assert "local model" in guess.sense.meaning
    assert [item for item in after if item is not guess] == [
        item for item in before if item.text not in ("zorblax", "grumblewagon")
    ]
    covered = "".join(entry.text for entry in write_ledger(TEXT, after))
    assert covered.replace(" ", "") == TEXT.replace(" ", "")


def test_it_is_asked_by_a_schema_of_spans_and_ids(server: FakeServer) -> None:
    server.answers = [GOOD]
    refine(TEXT, understand(TEXT), server.model)
    (asked,) = server.asked
    schema = asked["response_format"]["json_schema"]["schema"]
    item = schema["properties"]["readings"]["items"]
    assert asked["response_format"]["type"] == "json_schema"
    assert {"prop:Car", "place:library", "verb:walk"} <= set(item["properties"]["id"]["enum"])
    spans = json.loads(asked["messages"][1]["content"])["not understood"]
    assert {"start": QUVIX, "end": QUVIX + 5, "text": "quvix"} in spans
    assert all(TEXT[span["start"] : span["end"]] == span["text"] for span in spans)
    assert "hero" not in [span["text"] for span in spans]


@pytest.mark.parametrize(
    "bad",
    [
        "I think it is a car.",
        "{}",
        '{"readings": 3}',
        '{"readings": [null]}',
        "[" * 100_000,
        readings(reading(ZORBLAX, "zorblax", "prop:Flying Saucer")),
        readings(reading(ZORBLAX, "zorblax", "craft:")),
        readings(reading(ZORBLAX, "zorblax", "prop:Car", text="zorblaxes")),
        readings(reading(ZORBLAX + 1, "orblax", "prop:Car")),
        readings(reading(2, "hero", "prop:Car")),
        readings(reading(ZORBLAX, "zorblax", "prop:Car", end=9999)),
        readings(reading(ZORBLAX, "zorblax", "prop:Car", start=-1)),
        readings(reading(ZORBLAX, "zorblax", "prop:Car", start=True)),
        readings(reading(ZORBLAX, "zorblax", "prop:Car", start="16")),
        readings(reading(ZORBLAX, "zorblax", "prop:Car", id=["prop:Car"])),
        readings(reading(WAGON, TEXT[WAGON : QUVIX + 5], "prop:Car")),
        readings(reading(ZORBLAX, "zorblax", "prop:Car"), reading(ZORBLAX, "zorblax grumblewagon", "prop:Relic")),
        500,
        404,
    ],
)
def test_a_bad_answer_is_asked_for_once_more_and_then_given_up(server: FakeServer, bad: str | int) -> None:
    """Nothing is bound by it; the words stay not understood, with a note that says why."""
    server.answers = [bad]
    before = understand(TEXT)
    after = refine(TEXT, before, server.model)
    assert len(server.asked) == 2
    assert [(item.text, item.facet, item.value, item.sense.status) for item in after] == [
        (item.text, item.facet, item.value, item.sense.status) for item in before
    ]
    assert "local model is no help" in next(item.sense.meaning for item in after if item.text == "zorblax")


def test_a_second_answer_may_be_better(server: FakeServer) -> None:
    server.answers = ["no JSON", GOOD]
    after = refine(TEXT, understand(TEXT), server.model)
    assert [item.text for item in after if item.sense.status == Status.GUESSED] == ["zorblax grumblewagon"]


def test_a_slow_server_is_not_waited_for(server: FakeServer) -> None:
    """Neither a silent server nor one that drips keeps a brief waiting longer than two time-outs."""

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(40):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.1)

    server.answers = [lambda handler: time.sleep(2), drip]
    began = time.monotonic()
    after = refine(TEXT, understand(TEXT), replace(server.model, timeout=0.3))
    assert time.monotonic() - began < 2
    assert "did not answer within 0.3 s" in next(item.sense.meaning for item in after if item.text == "zorblax")


def test_a_server_that_is_not_there_is_said_so() -> None:
    after = refine(TEXT, understand(TEXT), LocalModel("http://127.0.0.1:9/v1", "tiny", timeout=1.0))
    assert "cannot be reached" in next(item.sense.meaning for item in after if item.text == "zorblax")


def test_a_redirect_and_a_flood_are_refused(server: FakeServer) -> None:
    """The brief is not sent on to where a server points, and an endless answer is cut off."""

    def send_on(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(307)
        handler.send_header("Location", f"http://127.0.0.1:{server.server_port}/elsewhere")
        handler.end_headers()

    def flood(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(b" " * 3_000_000)

    server.answers = [send_on, send_on]
    after = refine(TEXT, understand(TEXT), server.model)
    assert "status 307" in next(item.sense.meaning for item in after if item.text == "zorblax")
    server.asked.clear()
    server.answers = [flood, flood]
    after = refine(TEXT, understand(TEXT), server.model)
    assert "over a megabyte" in next(item.sense.meaning for item in after if item.text == "zorblax")


def test_the_same_brief_is_asked_about_once(server: FakeServer) -> None:
    """A checked answer is kept by text and model: the same brief reads the same, even if the model would not."""
    server.answers = [GOOD, readings()]
    before = understand(TEXT)
    first = refine(TEXT, before, server.model)
    assert refine(TEXT, before, server.model) == first
    assert len(server.asked) == 1
    refine(TEXT, before, replace(server.model, name="another"))
    assert len(server.asked) == 2


@pytest.mark.parametrize("spoilt", [readings(reading(2, "hero", "prop:Car")).encode(), b"\xff\xfe", b""])
def test_a_spoilt_kept_answer_is_asked_for_again(server: FakeServer, tmp_path: Path, spoilt: bytes) -> None:
    """What lies in the state folder is checked like an answer."""
    server.answers = [GOOD]
    before = understand(TEXT)
    first = refine(TEXT, before, server.model)
    (kept,) = (tmp_path / "guesses").iterdir()
    kept.write_bytes(spoilt)
    assert refine(TEXT, before, server.model) == first
    assert len(server.asked) == 2


def test_nothing_is_asked_without_need(server: FakeServer) -> None:
    """Without a model, or where all is understood, the reading is returned as it is; a huge text is not sent."""
    found = understand(TEXT)
    assert refine(TEXT, found, None) is found
    clear = understand("The hero opens the door.")
    assert refine("The hero opens the door.", clear, server.model) is clear
    huge = TEXT + " The hero walks." * 2000
    after = refine(huge, understand(huge), server.model)
    assert "too long" in next(item.sense.meaning for item in after if item.text == "zorblax")
    assert server.asked == []


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:8080/v1", "http://localhost:11434/v1/", "http://[::1]:8080/v1", "https://127.0.0.1/v1"],
)
def test_a_model_on_this_machine_is_taken(url: str) -> None:
    model = find_local_model({"SECONDUNIT_MODEL_URL": url, "SECONDUNIT_MODEL": "qwen"})
    assert model == LocalModel(url.rstrip("/"), "qwen")


@pytest.mark.parametrize("url", ["http://example.com/v1", "http://10.0.0.7:8080/v1", "https://example.com/v1"])
def test_a_model_on_another_machine_is_refused(url: str) -> None:
    """The brief does not leave this machine unless the user said so, and then only encrypted."""
    with pytest.raises(Denied):
        find_local_model({"SECONDUNIT_MODEL_URL": url})
    allowed = {"SECONDUNIT_MODEL_URL": url, "SECONDUNIT_MODEL_REMOTE": "yes"}
    if url.startswith("https"):
        assert find_local_model(allowed) == LocalModel(url, "local")
    else:
        with pytest.raises(Denied):
            find_local_model(allowed)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://127.0.0.1/", "127.0.0.1:8080", "http://", "http://[::1",
        "http://a:b@127.0.0.1/v1", "http://127.0.0.1:99999/v1", "http://127.0.0.1/v1?x=1",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(BadInput):
        find_local_model({"SECONDUNIT_MODEL_URL": url})


def test_no_model_is_the_rule() -> None:
    assert find_local_model({}) is None
