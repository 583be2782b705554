"""Files of a project over HTTP."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest

from tests.bridge.gateway.serving import Door, Reply


@pytest.fixture
def film(tmp_path: Path) -> Path:
    folder = tmp_path / "film"
    take = folder / "shots/sh010/takes/001"
    take.mkdir(parents=True)
    (folder / "secondunit.toml").touch()
    (take / "picture.mov").write_bytes(bytes(range(256)) * 4)
    (folder / "cut.otio").write_text("{}")
    (folder / "project.sqlite").write_bytes(b"books")
    (folder / "cache").mkdir()
    (folder / "cache/frame.png").write_bytes(b"half")
    return folder


def get(door: Door, path: object, **headers: str) -> Reply:
    return door.ask("GET", f"/media?path={quote(str(path))}", headers=headers)


def test_a_take_is_served_with_ranges(door: Door, film: Path) -> None:
    """Whole, in part, and from an offset, as a player asks; a range beyond the end is 416."""
    picture = film / "shots/sh010/takes/001/picture.mov"
    whole = get(door, picture)
    assert (whole.status, whole.headers["content-type"], whole.body) == (200, "video/quicktime", picture.read_bytes())
    part = get(door, picture, Range="bytes=10-19")
    assert (part.status, part.body) == (206, picture.read_bytes()[10:20])
    assert part.headers["content-range"] == "bytes 10-19/1024"
    assert get(door, picture, Range="bytes=1000-").body == picture.read_bytes()[1000:]
    assert get(door, picture, Range="bytes=2000-").status == 416
    assert whole.headers["x-content-type-options"] == "nosniff"


def test_only_what_leaves_a_project_is_served(door: Door, film: Path, tmp_path: Path) -> None:
    """Not the books, not the cache, not what lies outside, not through a link."""
    (tmp_path / "secret.png").write_bytes(b"x")
    link = film / "shots/link.png"
    link.symlink_to(tmp_path / "secret.png")
    assert get(door, film / "cut.otio").status == 200
    for path in (film / "project.sqlite", film / "cache/frame.png", tmp_path / "secret.png", link, "/etc/passwd"):
        assert get(door, path).status == 403, path
    assert get(door, film / "shots/sh010/none.mov").status == 404
    assert get(door, film / "shots").status == 403


@pytest.mark.parametrize(
    "path", ["", "shots/a.mov", "/a/../b.mov", "//server/share/a.mov", r"\\server\a.mov", "/a\0.mov", "/" + "a" * 5000]
)
def test_bad_paths_are_refused(door: Door, path: str) -> None:
    """Relative, climbing, on a share, with a NUL, too long."""
    assert get(door, path).json["code"] == "invalid_argument"
