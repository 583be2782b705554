"""Frames from hand to hand, by path."""

from __future__ import annotations

import errno
import mmap
import os
import stat
from pathlib import Path

import pytest

from secondunit_bridge.errors import BadInput, NotFound, OutOfSpace
from secondunit_engine import handoff
from secondunit_engine.handoff import Handoff
from tests.engine.running import running


@pytest.fixture
def hand(tmp_path: Path) -> Handoff:
    return Handoff(tmp_path / "frames")


@pytest.fixture
def frame(tmp_path: Path) -> Path:
    path = tmp_path / "1001.exr"
    path.write_bytes(b"frame" * 1000)
    return path


def test_a_published_frame_can_be_mapped_until_it_is_released_and_after(tmp_path: Path, frame: Path) -> None:
    """Two clients: one hands over, the other maps; the release takes nothing from who has it open."""
    with running(tmp_path / "state") as client:
        handle = client.publish_frame(frame)
        with client.open_frame(handle).open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as view:
            client.release_frame(handle)
            client.release_frame(handle)
            assert view[:] == frame.read_bytes()
        with pytest.raises(NotFound):
            client.open_frame(handle)
        with pytest.raises(NotFound):
            client.publish_frame(tmp_path / "nothing.exr")


def test_giving_moves_and_lending_links(hand: Handoff, frame: Path) -> None:
    """No byte is copied: the published file is the same inode."""
    inode = frame.stat().st_ino
    lent, size = hand.publish(frame, give=False)
    assert size == 5000
    assert hand.open(lent)[0].stat().st_ino == inode
    given, _ = hand.publish(frame, give=True)
    assert not frame.exists()
    assert hand.open(given)[0].stat().st_ino == inode
    assert stat.S_IMODE(hand.folder.stat().st_mode) == 0o700


@pytest.mark.parametrize("give", [False, True])
def test_across_disks_it_is_copied_whole(
    hand: Handoff, frame: Path, give: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = frame.read_bytes()
    replace = os.replace

    def cross(source: Path, target: Path) -> None:
        if Path(source).parent != Path(target).parent:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        replace(source, target)

    monkeypatch.setattr(os, "replace", cross)
    monkeypatch.setattr(os, "link", cross)
    handle, _ = hand.publish(frame, give=give)
    assert hand.open(handle)[0].read_bytes() == data
    assert frame.exists() is not give
    assert [path.name for path in hand.folder.iterdir()] == [handle]


def test_a_full_disk_leaves_no_half_frame(hand: Handoff, frame: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(source: Path, target: Path) -> None:
        Path(target).write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    def cross(source: Path, target: Path) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", cross)
    monkeypatch.setattr(handoff.shutil, "copyfile", fill)
    with pytest.raises(OutOfSpace):
        hand.publish(frame, give=False)
    assert list(hand.folder.iterdir()) == []
    assert frame.exists()


def test_only_plain_files_are_taken(hand: Handoff, frame: Path, tmp_path: Path) -> None:
    """A link could point anywhere, a pipe would block."""
    (tmp_path / "link").symlink_to(frame)
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "pipe", "."):
        with pytest.raises(BadInput):
            hand.publish(tmp_path / name, give=False)


@pytest.mark.parametrize("handle", ["", "../token", "0" * 31, "0" * 32 + "/..", "G" * 32, "0" * 32])
def test_a_handle_is_no_path(hand: Handoff, handle: str) -> None:
    with pytest.raises(NotFound):
        hand.open(handle)


def test_a_new_engine_forgets_old_frames(hand: Handoff, frame: Path) -> None:
    handle, _ = hand.publish(frame, give=False)
    with pytest.raises(NotFound):
        Handoff(hand.folder).open(handle)
    assert frame.exists()
