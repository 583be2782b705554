"""Cuts and markers that somebody's program or disk has mangled: a typed error or a cut, never a crash."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import Any

import pytest

from secondunit_bridge.conform import flatten
from secondunit_bridge.errors import SecondUnitError
from secondunit_bridge.exchange.cue_moves import moves_in
from secondunit_bridge.exchange.cut_changes import compare_cuts, told_changes
from secondunit_bridge.exchange.host_shape import shaped_for
from secondunit_bridge.exchange.markers import FORMATS, read_markers, write_markers
from secondunit_bridge.exchange.read_cut_file import read_cut_file
from secondunit_bridge.exchange.relink import relink_cut
from secondunit_bridge.exchange.shelf import Shelf
from tests.bridge.exchange.rushes import make_project
from tests.bridge.exchange.test_edl import LIST
from tests.bridge.exchange.test_fcp7 import clip as item
from tests.bridge.exchange.test_fcp7 import document, effect, transition, value
from tests.bridge.exchange.test_markers import LINE, OTHER, STEP
from tests.bridge.exchange.test_match import CINEMA, resolve_otio

TIMES = 40
ODD = ("", "-1", "0", "9" * 20, "nan", "1e400", "x", "TRUE", "99999", "☃", "0.5", "\0", ";", "--", "%s")
NONSENSE: tuple[Any, ...] = (None, -1, 0, 1e308, "x", [], {}, [[]], True, {"OTIO_SCHEMA": "Gap.1"}, "file:///x")


def in_text(text: str, chance: random.Random) -> str:
    """A few characters lost, doubled or replaced."""
    for _ in range(chance.choice((1, 1, 2, 4))):
        place = chance.randrange(len(text))
        cut = chance.randrange(0, 9)
        text = text[:place] + chance.choice((*ODD, text[max(0, place - 30) : place])) + text[place + cut :]
    return text


def in_values(text: str, chance: random.Random) -> str:
    """A value of an XML replaced."""
    spot = chance.choice(list(re.finditer(r">([^<>]*)<", text)))
    return text[: spot.start(1)] + chance.choice(ODD).replace("\0", "") + text[spot.end(1) :]


def in_tables(text: str, chance: random.Random) -> str:
    """A key of a JSON lost or its value replaced."""
    root = json.loads(text)
    tables = [root]
    for each in tables:
        inner = each.values() if isinstance(each, dict) else each
        tables += [one for one in inner if isinstance(one, dict | list) and one]
    table = chance.choice([each for each in tables if isinstance(each, dict)])
    key = chance.choice(list(table))
    if chance.random() < 0.3:
        del table[key]
    else:
        table[key] = chance.choice(NONSENSE)
    return json.dumps(root)


@pytest.mark.parametrize("suffix", [".edl", ".xml", ".otio"])
def test_a_mangled_cut_is_an_error_or_a_cut(tmp_path: Path, suffix: str) -> None:
    film = make_project(tmp_path / "film")
    shelf, chance = Shelf(film), random.Random(7)
    fast, large = effect("timeremap", ("speed", value(200))), effect("basic", ("scale", value(300)))
    pair = (item("sh010", 0, -1, 5, fast), transition(40, 48), item("sh020", -1, 80, 20, large, n=2))
    texts = {".edl": LIST.replace("SH030T02", "SH030AT01"), ".xml": document(*pair)}
    texts[".otio"] = json.dumps(resolve_otio(film))
    injure = {".edl": in_text, ".xml": in_values, ".otio": in_tables}[suffix]
    path = tmp_path / f"cut{suffix}"
    path.write_text(texts[suffix])
    good = read_cut_file(path, CINEMA).timeline
    refused = 0
    for _ in range(TIMES):
        path.write_text(injure(texts[suffix], chance))
        try:
            cut = read_cut_file(path, CINEMA)
            made = relink_cut(cut, shelf)
            shaped_for(made.timeline, "resolve", (1920, 1080))
            shaped_for(made.timeline, "premiere", (1920, 1080))
            told_changes(compare_cuts(good, cut.timeline, shelf))
            flatten(made.timeline)
        except SecondUnitError as fault:
            refused += fault.exit_code == 2
    assert refused


@pytest.mark.parametrize("suffix", FORMATS)
def test_mangled_markers_are_an_error_or_markers(tmp_path: Path, suffix: str) -> None:
    film = make_project(tmp_path / "film")
    (tmp_path / "cut.edl").write_text(LIST.replace("SH030T02", "SH030AT01"))
    cut = relink_cut(read_cut_file(tmp_path / "cut.edl", CINEMA), Shelf(film)).timeline
    path, chance = tmp_path / f"m{suffix}", random.Random(8)
    write_markers(path, [LINE, STEP, OTHER], CINEMA, 86400)
    text, known, wrong = path.read_text(), 0, 0
    injure = {".xml": in_values, ".otio": in_tables}.get(suffix, in_text)
    for _ in range(TIMES):
        path.write_text(injure(text, chance))
        try:
            known += len(read_markers(path, CINEMA)) > 0
            moves_in(read_markers(path, CINEMA), cut, Shelf(film))
        except SecondUnitError as fault:
            wrong += fault.exit_code != 2
    assert known
    assert not wrong
