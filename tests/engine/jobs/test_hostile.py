"""Ten thousand messages that nobody should send: each is read, or refused with an error of the tree."""

from __future__ import annotations

import random

from google.protobuf.message import DecodeError

from secondunit.v1 import job_pb2
from secondunit_bridge.errors import BadInput
from secondunit_engine.finish.look import LightChange, LookChange
from secondunit_engine.jobs.limits import check_request
from secondunit_engine.jobs.messages import read_work, write_work
from secondunit_engine.jobs.requests import (
    ConformRequest,
    PrevisRequest,
    RelightRequest,
    ReshootRequest,
    RetakeRequest,
    SettingsChange,
    ShootRequest,
    UsdzRequest,
)
from secondunit_engine.script.brief import Brief

HONEST = (
    ShootRequest("/film", Brief("A man walks.", "prompt"), SettingsChange(width=854, height=480, seed=3)),
    RetakeRequest("/film", "sh010", "closer", SettingsChange(quality="final")),
    RelightRequest("/film", "sh010", LookChange(exposure=1.0, lights=(LightChange("key", exposure=0.5),))),
    ConformRequest("/film", "/film/cut.otio", "/film/master.mov", "h264", 854, 480),
    UsdzRequest("/film", "sh010", "/film/a.usdz"),
    PrevisRequest("/film", Brief("A man walks.", "prompt"), board="/film/board.pdf"),
    ReshootRequest("/film", "/film/shots/sh010/takes/001/manifest.json"),
)


def test_ten_thousand_mutated_messages_are_read_or_refused() -> None:
    rng = random.Random(11)
    seeds = [write_work(request).SerializeToString() for request in HONEST]
    outcomes = {"read": 0, "refused": 0, "no message": 0}
    for _ in range(10_000):
        data = bytearray(rng.choice(seeds))
        for _ in range(rng.choice((1, 1, 1, 5))):
            place = rng.randrange(len(data))
            match rng.choice((0, 0, 0, 0, 1, 2)):
                case 0:  # one byte is another, often one that keeps the message whole
                    data[place] = rng.choice((0, 1, 0x20, 0x2E, 0x2F, 0x7F, 0xFF, rng.randrange(256)))
                case 1:
                    data[place:place] = rng.choice(seeds)[: rng.randrange(40)]
                case _:
                    del data[place + 1 :]
        outcomes[_send(bytes(data))] += 1
    assert min(outcomes.values()) > 100  # each of the three ways was gone


def _send(data: bytes) -> str:
    work = job_pb2.Work()
    try:
        work.ParseFromString(data)
        check_request(read_work(work))
    except DecodeError:
        return "no message"
    except BadInput:
        return "refused"
    return "read"
