"""What is refused before it is queued."""

from __future__ import annotations

from dataclasses import replace

import pytest

from secondunit_bridge.errors import BadInput, TooLarge
from secondunit_bridge.timing import Rate
from secondunit_engine.finish.look import LookChange
from secondunit_engine.jobs.limits import check_request, check_request_id
from secondunit_engine.jobs.requests import (
    ConformRequest,
    RelightRequest,
    Request,
    RetakeRequest,
    SettingsChange,
    ShootRequest,
    UsdzRequest,
)
from secondunit_engine.script.brief import Brief

SHOOT = ShootRequest("/film", Brief("midnight rain", "prompt"))


def with_settings(**values: object) -> ShootRequest:
    return replace(SHOOT, settings=SettingsChange(**values))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "request_",
    [
        SHOOT,
        with_settings(width=8192, height=16, frames=864_000, motion_intensity=1.0, rate=Rate(24000, 1001)),
        RetakeRequest("/film", "sh010"),
        RelightRequest("/film", "sh010", LookChange(lut="/luts/a.cube")),
        ConformRequest("/film", "/film/cut.otio", "/film/cut.mov"),
        UsdzRequest("/film", "sh010", "/film/a.usdz"),
    ],
)
def test_what_can_be_done_passes(request_: Request) -> None:
    check_request(request_)


@pytest.mark.parametrize(
    "path", ["", "film", "./film", "/films/../etc", "/film\0s", "//server/share", "\\\\server\\share", "/" + "a" * 5000]
)
def test_paths_that_lead_elsewhere_are_refused(path: str) -> None:
    with pytest.raises(BadInput):
        check_request(replace(SHOOT, project_dir=path))
    with pytest.raises(BadInput):
        check_request(ConformRequest("/film", "/film/cut.otio", path))
    with pytest.raises(BadInput):
        check_request(ConformRequest("/film", path, "/film/cut.mov"))


@pytest.mark.parametrize(
    "request_",
    [
        replace(SHOOT, brief=Brief(" \n", "prompt")),
        replace(SHOOT, brief=Brief("\0\1\2", "fountain")),
        with_settings(width=100_000, height=100_000),
        with_settings(width=0),
        with_settings(height=-5),
        with_settings(frames=0),
        with_settings(frames=-1),
        with_settings(frames=10**9),
        with_settings(motion_intensity=float("nan")),
        with_settings(rate=Rate(100_000)),
        RetakeRequest("/film", "../sh010"),
        RelightRequest("/film", "sh010", LookChange(lut="luts/a.cube")),
        ConformRequest("/film", "/film/cut.otio", "/film/cut.mov", width=100_000, height=100_000),
        UsdzRequest("/film", "", "/film/a.usdz"),
    ],
)
def test_what_cannot_be_done_is_bad_input_with_a_mend(request_: Request) -> None:
    with pytest.raises(BadInput) as raised:
        check_request(request_)
    assert raised.value.mend


def test_too_much_text_is_too_large() -> None:
    with pytest.raises(TooLarge):
        check_request(replace(SHOOT, brief=Brief("x" * 10_000_000, "fountain")))
    with pytest.raises(TooLarge):
        check_request(RetakeRequest("/film", "sh010", "x" * 10_001))


@pytest.mark.parametrize("request_id", ["", "short", "x" * 65, "with space 123", "semi;colon;123"])
def test_unusable_request_ids_are_refused(request_id: str) -> None:
    with pytest.raises(BadInput):
        check_request_id(request_id)
