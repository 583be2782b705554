"""Board, animatic, floor plans and camera data of a plan: whole, signed, timed, kept, and drawn only once."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import av
import numpy as np
import pytest

from secondunit_bridge.errors import BadInput, Cancelled, Unwritable
from secondunit_bridge.timeline import read_timeline
from secondunit_engine.finish.decode import probe
from secondunit_engine.planning.plan import ContinuityNote, Plan
from secondunit_engine.previs.make_previs import Previs, Wanted, make_previs
from secondunit_engine.products import ProductStore
from secondunit_engine.progress import Quiet
from secondunit_engine.provenance.manifest import read_manifest
from secondunit_engine.provenance.verify import verify_file
from secondunit_engine.provenance.watermark import detect
from tests.engine.previs.plans import film, shot

SIZE = (320, 180)


class Stopping(Quiet):
    """The user cancels after so many checks."""

    def __init__(self, after: int) -> None:
        self.left = after

    def check(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Cancelled("The job was cancelled.")


def wanted(folder: Path, every: int = 6) -> Wanted:
    return Wanted(
        folder / "board.pdf", folder / "animatic.mov", folder / "plans", folder / "data", every=every, size=SIZE
    )


@pytest.fixture(scope="module")
def plan() -> Plan:
    note = ContinuityNote("warning", "30 degrees", ("sh010", "sh020"), "The cut is under 30 degrees. 你好")
    return replace(film(), continuity=(note,))


@pytest.fixture(scope="module")
def made(plan: Plan, store: ProductStore, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Previs]:
    folder = tmp_path_factory.mktemp("made")
    return folder, make_previs(plan, wanted(folder), store, Quiet())


def test_every_file_is_there_signed_and_has_its_manifest(made: tuple[Path, Previs]) -> None:
    folder, previs = made
    names = {path.relative_to(folder).as_posix() for path in previs.files}
    assert {"board.pdf", "animatic.mov", "animatic.otio", "plans/sc010.svg", "data/shots.csv", "data/framing.fdl",
            "data/sh010.opentrackio.jsonl"} <= names  # fmt: skip
    for path in previs.files:
        assert verify_file(path).c2pa in ("Valid", "Trusted"), path
        manifest = read_manifest(path.with_name(f"{path.name}.manifest.json"))
        assert manifest.recipe.media[0].name == path.name
    assert not list(folder.rglob("*.part*"))


def test_the_animatic_lasts_as_long_as_the_plan_and_is_marked(made: tuple[Path, Previs], plan: Plan) -> None:
    folder, _ = made
    media = probe(folder / "animatic.mov")
    assert media.frames == sum(each.frames for each in plan.shots)
    assert media.timecode == "01:00:00:00"
    assert (media.rate, media.width) == (plan.shots[0].rate, SIZE[0])
    with av.open(str(folder / "animatic.mov")) as film_:
        frames = [frame.to_ndarray(format="rgb24").astype(np.float32) / 255 for frame in film_.decode(video=0)]
    mark = read_manifest(folder / "animatic.mov.manifest.json").recipe.watermark
    assert mark
    assert detect(frames[::4]) == mark


def test_people_move_in_the_animatic(made: tuple[Path, Previs]) -> None:
    """Between its first and last drawing a shot's picture changes; while a drawing is held only the clock does."""
    folder, _ = made
    with av.open(str(folder / "animatic.mov")) as film_:
        frames = [frame.to_ndarray(format="rgb24").astype(int) for frame in film_.decode(video=0)]
    picture = np.s_[30:190]
    assert (np.abs(frames[0][picture] - frames[24][picture]).max(axis=-1) > 40).mean() > 0.02
    assert np.abs(frames[1][picture] - frames[4][picture]).mean() < 2.0
    assert (np.abs(frames[1][:12] - frames[4][:12]).max(axis=-1) > 60).any()


def test_the_timeline_has_a_clip_a_shot_with_its_data(made: tuple[Path, Previs], plan: Plan) -> None:
    folder, _ = made
    clips = list(read_timeline(folder / "animatic.otio").find_clips())
    assert [clip.name for clip in clips] == [each.id for each in plan.shots]
    assert clips[1].source_range.start_time.value - clips[0].source_range.start_time.value == 25
    data = clips[0].metadata["secondunit_plan"]
    assert (data["lens_mm"], data["size"], data["seed"]) == (24.0, "WS", 5)
    assert [marker.name for marker in clips[0].markers] == ["Mara: Where is it?"]


def test_the_board_is_a_pdf_with_its_pages(made: tuple[Path, Previs]) -> None:
    """Title, scene, continuity and shot list: four pages."""
    data = (made[0] / "board.pdf").read_bytes()
    assert data.startswith(b"%PDF-")
    assert data.rstrip().endswith(b"%%EOF")
    assert data.count(b"/Type /Page\n") + data.count(b"/Type /Page ") == 4


def test_the_floor_plan_is_a_drawing_with_names(made: tuple[Path, Previs]) -> None:
    root = ElementTree.parse(made[0] / "plans" / "sc010.svg").getroot()
    assert "Mara" in [node.text for node in root.iter("{http://www.w3.org/2000/svg}text")]
    assert len(list(root.iter("{http://www.w3.org/2000/svg}polygon"))) >= 2


def test_only_a_changed_shot_is_drawn_again(
    made: tuple[Path, Previs], plan: Plan, store: ProductStore, tmp_path: Path
) -> None:
    """The same plan draws nothing; another lens in one shot draws that shot; both files have the same frames."""
    assert made[1].made == 10
    again = make_previs(plan, wanted(tmp_path / "again"), store, Quiet())
    assert (again.made, again.kept) == (0, 10)
    assert (tmp_path / "again" / "board.pdf").read_bytes() == (made[0] / "board.pdf").read_bytes()
    first, second = plan.shots
    tighter = replace(plan, shots=(first, replace(second, camera=replace(second.camera, lens_mm=35.0))))
    changed = make_previs(tighter, Wanted(animatic=tmp_path / "b.mov", every=6, size=SIZE), store, Quiet())
    assert (changed.made, changed.kept) == (5, 5)


def test_a_cancelled_previs_leaves_no_file_and_keeps_its_drawings(store: ProductStore, tmp_path: Path) -> None:
    """Cancelled in the second shot: no animatic; the next run finds the first shot and goes on in the second."""
    plan = film(shot(30, seed=8), shot(40, seed=9))
    asked = Wanted(animatic=tmp_path / "a.mov", every=6, size=SIZE)
    with pytest.raises(Cancelled):
        make_previs(plan, asked, store, Stopping(8))
    assert not list(tmp_path.rglob("*"))
    half = list((store.folder / "drawings").glob("*.kept"))
    assert len(half) == 1
    assert list(half[0].glob("*.jpg"))
    done = make_previs(plan, asked, store, Quiet())
    assert (done.made, done.kept) == (5, 5)
    assert probe(tmp_path / "a.mov").frames == 50


def test_bad_asks_are_refused_by_name(plan: Plan, store: ProductStore, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="board"):
        make_previs(plan, Wanted(board=tmp_path / "board.docx"), store, Quiet())
    with pytest.raises(BadInput, match="nothing to draw"):
        make_previs(replace(plan, shots=()), wanted(tmp_path), store, Quiet())
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(Unwritable):
        make_previs(plan, Wanted(metadata=tmp_path / "file" / "data"), store, Quiet())
    (tmp_path / "board.pdf").mkdir()
    with pytest.raises(Unwritable, match="board"):
        make_previs(plan, Wanted(board=tmp_path / "board.pdf", size=SIZE), store, Quiet())
    assert not list(tmp_path.glob(".*"))


def test_the_data_of_a_shot_is_one_sample_a_frame(made: tuple[Path, Previs]) -> None:
    lines = (made[0] / "data" / "sh010.opentrackio.jsonl").read_text("utf-8").splitlines()
    assert len(lines) == 25
    assert json.loads(lines[0])["lens"]["focusDistance"] == pytest.approx(3.0, abs=0.3)
