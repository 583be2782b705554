"""A feature's cut is planned while the editor waits."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from benchmarks.conforming import thousand_clips

from secondunit_bridge.conform import check_cut
from secondunit_bridge.exchange.read_cut_file import read_cut_file
from secondunit_bridge.exchange.relink import rate_of, relink_cut
from secondunit_bridge.exchange.shelf import Shelf


@pytest.mark.timed
def test_a_thousand_clips_are_read_matched_and_planned(tmp_path: Path) -> None:
    """1,000 clips on three tracks with dissolves and retimes: the bar is 2 seconds, with room for a slow machine."""
    cut, film = thousand_clips(tmp_path)
    start = time.process_time()
    found = read_cut_file(cut, rate_of(film))
    relinked = relink_cut(found, Shelf(film))
    flat = check_cut(relinked.timeline, cut)
    spent = time.process_time() - start
    assert len(relinked.matches) == 1000
    assert {match.sure for match in relinked.matches} == {"sure"}
    assert len(flat.picture) > 500
    assert spent < 6
