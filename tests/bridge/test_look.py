"""Looks by name."""

from __future__ import annotations

import json

import pytest

from secondunit_bridge.cli import main
from secondunit_bridge.errors import NotFound
from secondunit_bridge.look import LOOKS, NamedLook, look_by_name


def test_there_are_twelve_that_differ() -> None:
    """Twelve names, and no two looks with the same faders."""
    assert len({look.name for look in LOOKS}) == 12
    assert len({look.change().SerializeToString(deterministic=True) for look in LOOKS}) == 12


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_a_look_leaves_nothing_of_the_one_before(look: NamedLook) -> None:
    """Each sets every fader of colour, and takes a LUT away."""
    change = look.change()
    for fader in ("exposure", "contrast", "saturation", "temperature_shift", "split_tone", "film", "lut"):
        assert change.HasField(fader)
    assert change.view


@pytest.mark.parametrize("name", ["bleach-bypass", "Bleach Bypass", " bleach_bypass "])
def test_names_are_read_kindly(name: str) -> None:
    assert look_by_name(name).name == "bleach-bypass"


def test_an_unknown_name_suggests_the_nearest() -> None:
    with pytest.raises(NotFound) as caught:
        look_by_name("nior")
    assert "noir" in caught.value.mend


def test_the_pack_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """One JSON document with names and meanings."""
    assert main(["looks", "--json"]) == 0
    assert [each["name"] for each in json.loads(capsys.readouterr().out)["looks"]] == [look.name for look in LOOKS]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nior"], "no look"),
        (["noir"], "which shot"),
        (["noir", "--shot", "sh010", "--project", "nowhere"], "no project"),
    ],
)
def test_what_is_missing_is_said(words: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["looks", *words]) == 2
    assert told in capsys.readouterr().err
