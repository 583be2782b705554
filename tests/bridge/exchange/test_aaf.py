"""AAF by its adapter: cuts are matched, and what the adapter cannot is one plain error."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

import opentimelineio as otio
import pytest

from secondunit_bridge.conform import flatten
from secondunit_bridge.errors import BadInput, NotReady
from secondunit_bridge.exchange import aaf
from secondunit_bridge.exchange.read_cut_file import read_cut_file
from secondunit_bridge.exchange.relink import relink_cut
from secondunit_bridge.exchange.shelf import Shelf
from tests.bridge.exchange.rushes import make_project
from tests.bridge.exchange.test_match import CINEMA, clip
from tests.bridge.test_conform import frames

_MOB = "urn:smpte:umid:060a2b34.01010105.01010f20.1300000{0}.060e2b34.7f7f2a80.01234567.0123000{0}"


def write_aaf(path: Path) -> Path:
    timeline = otio.schema.Timeline("cut", global_start_time=otio.opentime.RationalTime(86400, 24))
    track = otio.schema.Track("V1", kind="Video")
    for number, name in enumerate(("sh010 take 2", "sh020")):
        found = clip(name, f"/rushes/{name}.mov")
        found.metadata["AAF"] = {"SourceID": _MOB.format(number)}
        found.media_reference.metadata["AAF"] = {"MobID": _MOB.format(number)}
        track.append(found)
    timeline.tracks.append(track)
    otio.adapters.write_to_file(timeline, str(path), "AAF", use_empty_mob_ids=True)
    return path


def test_the_cuts_of_an_aaf_land_on_the_takes(tmp_path: Path) -> None:
    pytest.importorskip("otio_aaf_adapter")
    film = make_project(tmp_path / "film")
    cut = read_cut_file(write_aaf(tmp_path / "cut.aaf"), CINEMA)
    made = relink_cut(cut, Shelf(film))
    assert [(match.shot, match.take) for match in made.matches] == [("sh010", 2), ("sh020", 1)]
    assert frames(flatten(made.timeline)) == [f"picture{10 + index % 20}" for index in range(40)]
    assert cut.notes == ("Markers and effects of an AAF are not read.",)


def test_what_the_adapter_throws_is_a_plain_error(tmp_path: Path, monkeypatch: Any) -> None:
    """Whatever comes out of a damaged file, and out of the adapter over a transition it does not know."""
    (tmp_path / "broken.aaf").write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)

    def throw(*_: object) -> None:
        raise KeyError("OperationGroup")

    monkeypatch.setattr(aaf.otio.adapters, "available_adapter_names", lambda: ["AAF"])
    monkeypatch.setattr(aaf.otio.adapters, "read_from_file", throw)
    with pytest.raises(BadInput, match="not an AAF we can read: 'OperationGroup'") as caught:
        read_cut_file(tmp_path / "broken.aaf", CINEMA)
    assert "OTIO or FCP7 XML" in caught.value.mend
    monkeypatch.setattr(aaf.otio.adapters, "available_adapter_names", list)
    with pytest.raises(NotReady, match="extra") as missing:
        read_cut_file(tmp_path / "broken.aaf", CINEMA)
    assert "secondunit[aaf]" in missing.value.mend


def test_a_damaged_aaf_is_refused_by_the_adapter_itself(tmp_path: Path) -> None:
    pytest.importorskip("otio_aaf_adapter")
    path = write_aaf(tmp_path / "cut.aaf")
    whole = path.read_bytes()
    for place in range(600, len(whole), len(whole) // 12):
        path.write_bytes(whole[:place] + b"\xff\x00\xa5" * 200 + whole[place + 600 :])
        with contextlib.suppress(BadInput):  # or it is read all the same
            read_cut_file(path, CINEMA)
    path.write_bytes(whole[:700])
    with pytest.raises(BadInput):
        read_cut_file(path, CINEMA)
