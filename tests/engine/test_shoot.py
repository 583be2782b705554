"""The whole pipeline on a tiny film, with every real part: plan, world, motion, render, finish, sound, signature."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from secondunit_bridge.conform import read_cut
from secondunit_bridge.connection import state_dir
from secondunit_bridge.errors import BadInput, Cancelled, NotFound, NotReady, OutOfSpace
from secondunit_bridge.timeline import read_timeline, takes_of
from secondunit_engine import space
from secondunit_engine.deliver import conform
from secondunit_engine.finish.look import LightChange, Look, LookChange
from secondunit_engine.library.shelf import add
from secondunit_engine.planning.plan import ContinuityNote, Settings, StuntMark
from secondunit_engine.progress import Quiet, Shares
from secondunit_engine.project import Project, TakeRecord
from secondunit_engine.provenance.approvals import allowed_quality, decide
from secondunit_engine.provenance.archive import write_archive
from secondunit_engine.provenance.identity import load_identity
from secondunit_engine.provenance.ledger import read_ledger, verify_ledger
from secondunit_engine.provenance.manifest import read_manifest
from secondunit_engine.provenance.verify import verify_file
from secondunit_engine.render.exr import read_frame
from secondunit_engine.reshoot import recipe_of, reshoot
from secondunit_engine.script.brief import Brief
from secondunit_engine.shoot import Shoot, photograph, refuse_errors, relight, retake, shoot
from secondunit_engine.world.brought import LEFT_OUT

BRIEF = Brief("midnight rain, LED tunnel, car accelerates toward lens, zorblax", "prompt")
SETTINGS = Settings(width=96, height=54, quality="draft", frames=4, seed=3)


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Shoot]:
    """A project with one take of four small frames."""
    project = Project.open(tmp_path_factory.mktemp("film"), create=True)
    return project, shoot(project, BRIEF, SETTINGS, LookChange(), Quiet())


def frames_of(project: Project, made: Shoot) -> list[Path]:
    return sorted((project.take_folder(made.shots[0].take) / "frames").glob("*.exr"))


def test_take_is_whole_and_signed(film: tuple[Project, Shoot]) -> None:
    """Everything a take promises lies in its folder, and each file that can leave says it is ours and intact."""
    project, made = film
    folder = project.take_folder(made.shots[0].take)
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    wanted = {"picture.mov", "proxy.mp4", "depth.mov", "still_2.png", "sound/mix.wav", "cues.json", "manifest.json"}
    assert wanted | {"frames/1001.exr", "frames/1004.exr", "frames.c2pa", "shot.usda"} <= names
    assert not [name for name in names if ".part" in name]
    anchors = load_identity(state_dir() / "identity").authority
    for name in ("picture.mov", "proxy.mp4", "depth.mov", "still_2.png", "sound/mix.wav", "frames"):
        verdict = verify_file(folder / name, (project.folder,), anchors=anchors)
        assert (name, verdict.verdict) == (name, "intact")
    assert verify_file(project.folder / "contact-sheet.png", anchors=anchors).verdict == "intact"


def test_no_key_leaves_in_any_file(film: tuple[Project, Shoot], tmp_path: Path) -> None:
    """Neither the project nor its archive holds a byte of what this installation signs with."""
    identity = load_identity(state_dir() / "identity")
    archive = write_archive(film[0].folder, tmp_path / "film.zip", identity).path
    secrets = [identity.ledger_key.private_bytes_raw(), identity.ledger_key.private_bytes_raw().hex().encode()]
    for name in ("authority.key", "signer.key", "ledger.key"):
        secrets += [line for line in (identity.folder / name).read_bytes().splitlines() if b"-----" not in line]
    for path in (archive, *film[0].folder.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            assert not [secret for secret in secrets if secret in content], path


def test_every_word_is_accounted_for(film: tuple[Project, Shoot]) -> None:
    """The ledger covers every word, and the nonsense word is said to be not understood."""
    ledger = film[1].shots[0].ledger
    covered = {index for entry in ledger for index in range(entry.start, entry.end)}
    assert {index for index, char in enumerate(BRIEF.text) if char.isalnum()} <= covered
    assert [entry.text for entry in ledger if entry.status == "not understood"] == ["zorblax"]


def test_frames_hold_what_they_promise(film: tuple[Project, Shoot]) -> None:
    """Groups sum to beauty; depth is in metres; something is lit, and nothing is NaN."""
    frame = read_frame(frames_of(*film)[1])
    parts = frame.parts
    groups = [parts[name].astype(np.float64) for name in parts if name.startswith("light.")]
    beauty = parts["beauty"].astype(np.float64)
    assert np.abs(sum(groups) - beauty).sum() <= 1e-5 * beauty.sum()
    assert all(np.isfinite(part).all() for name, part in parts.items() if name in ("beauty", "albedo", "normal"))
    assert beauty.max() > 0.1
    assert 0.5 < np.median(parts["depth"][np.isfinite(parts["depth"])]) < 200
    assert {"motion", "id.object", "id.material", "position", "air", "sprites"} <= set(parts)


def test_same_brief_same_pixels(film: tuple[Project, Shoot], tmp_path: Path) -> None:
    """Another project, the same brief and seed: every part of every frame is identical."""
    other = Project.open(tmp_path / "other", create=True)
    again = shoot(other, BRIEF, SETTINGS, LookChange(), Quiet())
    for one, two in zip(frames_of(*film), frames_of(other, again), strict=True):
        first, second = read_frame(one).parts, read_frame(two).parts
        for name in first:
            np.testing.assert_array_equal(first[name], second[name], err_msg=f"{one.name} {name}")
    assert again.shots[0].take.products == film[1].shots[0].take.products
    recipe = recipe_of(read_manifest(film[0].take_folder(film[1].shots[0].take) / "manifest.json"))
    proof = reshoot(other, recipe, Quiet())
    assert (proof.same, proof.notes) == (True, ())
    changed = replace(recipe, media=tuple(replace(each, sha256="0") for each in recipe.media))
    assert f"{recipe.media[0].name} holds something else." in reshoot(other, changed, Quiet()).notes


def test_same_brief_again_makes_nothing(film: tuple[Project, Shoot]) -> None:
    """Shooting the same words again in the project returns the take that is there."""
    project, made = film
    again = shoot(project, BRIEF, SETTINGS, LookChange(), Quiet())
    assert again.shots[0].made == ()
    assert again.shots[0].take == made.shots[0].take


def test_retake_makes_only_what_depends_on_the_note(film: tuple[Project, Shoot]) -> None:
    """Another lens leaves set, cast, motion and lights as they are; the timeline shows the new take."""
    project, _ = film
    made = retake(project, "sh010", "85mm", None, Quiet()).shots[0]
    assert set(made.reused) == {"set", "cast", "motion", "lights"}
    assert set(made.made) == {"camera", "frames", "sound", "picture"}
    assert made.take.shot.camera.lens_mm == 85
    assert made.take.parent == 1
    takes = takes_of(read_timeline(project.folder / "cut.otio"), "sh010")
    assert [take.number for take in takes][-1] == made.take.number
    manifest = json.loads((project.take_folder(made.take) / "manifest.json").read_text())
    assert manifest["recipe"]["parent"] != ""


def test_a_retake_goes_on_from_the_take_that_is_named(film: tuple[Project, Shoot]) -> None:
    """Without a note it is that very take again, whatever was shot since; a take that is not there is named."""
    project, made = film
    newer = relight(project, "sh010", LookChange(exposure=0.5), Quiet()).shots[0].take
    assert retake(project, "sh010", "", None, Quiet()).shots[0].take == newer
    assert retake(project, "sh010", "", None, Quiet(), 1).shots[0].take == made.shots[0].take
    with pytest.raises(NotFound, match="take 099"):
        retake(project, "sh010", "", None, Quiet(), 99)


def test_relight_renders_nothing(film: tuple[Project, Shoot]) -> None:
    """A fader moves: only the picture is finished again. A fader that is not there is named."""
    project, made = film
    group = made.shots[0].take.groups[0]
    relit = relight(project, "sh010", LookChange(lights=(LightChange(group, exposure=1.0),)), Quiet()).shots[0]
    assert relit.made == ("picture",)
    with pytest.raises(BadInput, match="no light group"):
        relight(project, "sh010", LookChange(lights=(LightChange("moonbeam", on=False),)), Quiet())


def test_what_found_no_place_is_named(film: tuple[Project, Shoot]) -> None:
    """The set tells what of its plan it has no place for; the result names it and the shots that go without."""
    project, made = film
    kept = project.store.folder / "set" / dict(made.shots[0].take.products)["set"] / LEFT_OUT
    assert relight(project, "sh010", LookChange(), Quiet()).continuity == ()
    kept.write_text(json.dumps([["glass_2", "there is no free place beside hero"]]))
    try:
        notes = relight(project, "sh010", LookChange(), Quiet()).continuity
    finally:
        kept.unlink()
    said = "Glass 2: there is no free place beside hero."
    assert notes == (ContinuityNote("warning", "no place", ("sh010",), said),)


def test_books_are_whole(film: tuple[Project, Shoot]) -> None:
    """Each take has its row, and the chain holds."""
    project, _ = film
    rows = read_ledger(project.folder)
    assert {row.body["take"] for row in rows if row.kind == "render"} >= {take.number for take in project.takes()}
    assert verify_ledger(project.folder, load_identity(state_dir() / "identity").public_key).intact


def test_cut_is_conformed_without_encoding_again(film: tuple[Project, Shoot]) -> None:
    """The project's own timeline becomes a signed master whose frames are the takes' own bytes."""
    project, _ = film
    cut, out = project.folder / "cut.otio", project.folder / "deliveries" / "cut.mov"
    leaf = project.folder / "leaf.obj"
    leaf.write_text("v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n")
    add(project.folder, leaf, "CC0 by Ada")
    made = conform(project.folder, cut, out, "prores-hq", None, Quiet())
    assert "leaf: author not named; CC0 by Ada" in (out.parent / "ATTRIBUTION.txt").read_text("utf-8")
    assert (made.frames, made.copied_frames, made.encoded_frames) == (read_cut(cut).frames, made.frames, 0)
    anchors = load_identity(state_dir() / "identity").authority
    assert verify_file(out, (project.folder,), anchors=anchors).verdict == "intact"


def test_new_story_gets_new_numbers(film: tuple[Project, Shoot], tmp_path: Path) -> None:
    """A second prompt in the project does not become a take of the first."""
    from secondunit_engine.shoot import number_shots, plan

    other = Brief("ancient library, a candle burns", "prompt")
    planned = plan(other, SETTINGS).shots
    assert next(shot.id for shot in number_shots(film[0], other, planned, 3)) == "sh020"
    assert number_shots(film[0], BRIEF, plan(BRIEF, SETTINGS).shots, 3)[0].id == "sh010"


def test_an_error_of_continuity_blocks_the_shoot_unless_told_otherwise() -> None:
    """A warning does not; the refusal names the shots and the way out."""
    warning = ContinuityNote("warning", "lens jump", ("sh010", "sh020"), "The lens jumps.")
    error = ContinuityNote("error", "full hands", ("sh030",), "Mara has both hands full.")
    refuse_errors((warning,))
    with pytest.raises(NotReady, match=r"sh030: Mara has both hands full\.") as refused:
        refuse_errors((warning, error))
    assert "--despite-errors" in refused.value.mend


def test_a_new_draft_keeps_the_numbers_of_what_stayed(tmp_path: Path) -> None:
    """A scene put between two is numbered between them; the others keep their numbers and seeds."""
    from secondunit_engine.shoot import number_shots, plan

    def told(*scenes: str) -> Brief:
        return Brief("".join(f"INT. LIBRARY - DAY\n\n{scene}\n\n" for scene in scenes), "fountain", "relic")

    project = Project.open(tmp_path / "film", create=True)
    old = told("Mara opens the door.", "Elias lifts the relic.")
    shot = number_shots(project, old, plan(old, SETTINGS).shots, 3)
    for each in shot:
        project.add_take(TakeRecord(each, 1, SETTINGS, Look(), (), 0, old))
    new = told("Mara opens the door.", "Dust falls from the vault.", "Elias lifts the relic.")
    again = number_shots(project, new, plan(new, SETTINGS).shots, 3)
    assert [each.id for each in again] == ["sh010", "sh015", "sh020"]
    assert [again[0].seed, again[2].seed] == [each.seed for each in shot]
    assert again[1].seed not in {each.seed for each in shot}


def test_handles_go_around_the_shot() -> None:
    """With handles the shot is longer at both ends and everything in it happens that much later."""
    from secondunit_engine.shoot import plan, with_handles

    shot = plan(BRIEF, SETTINGS).shots[0]
    longer = with_handles(shot, 8)
    assert longer.frames == shot.frames + 16
    assert [each.start for each in longer.actions] == [each.start + 8 for each in shot.actions]
    starts = [spot.start for path in shot.blocking for spot in path.spots]
    assert [spot.start for path in longer.blocking for spot in path.spots] == [start + 8 for start in starts]
    assert with_handles(shot, 0) == shot


class StopsAfter(Quiet):
    """A user who cancels after some steps."""

    def __init__(self, checks: int) -> None:
        self.checks = checks

    def check(self) -> None:
        self.checks -= 1
        if self.checks < 0:
            raise Cancelled("Stopped.")


@pytest.mark.parametrize("checks", [0, 3, 8, 12])
def test_cancel_leaves_nothing_half_written(film: tuple[Project, Shoot], checks: int) -> None:
    """Wherever the user stops, no temporary file and no half take is left, and the next try succeeds."""
    project, _made = film
    before = [take.number for take in project.takes()]
    look = LookChange(exposure=0.01 * (checks + 1))
    with pytest.raises(Cancelled):
        relight(project, "sh010", look, StopsAfter(checks))
    assert not [path for path in project.folder.rglob("*") if ".part" in path.name]
    assert [take.number for take in project.takes()] == before


def test_full_disk_is_said_before(film: tuple[Project, Shoot], monkeypatch: pytest.MonkeyPatch) -> None:
    """A job that cannot fit does not start."""
    usage = space.shutil.disk_usage("/")
    monkeypatch.setattr(space.shutil, "disk_usage", lambda _: usage._replace(free=1000))
    with pytest.raises(OutOfSpace, match="are free"):
        shoot(film[0], BRIEF, replace(SETTINGS, seed=99), LookChange(), Quiet())


def test_unknown_shot_and_other_rate_are_refused(film: tuple[Project, Shoot]) -> None:
    from secondunit_bridge.timing import Rate

    with pytest.raises(NotFound, match="sh010"):
        retake(film[0], "sh990", "closer", None, Quiet())
    with pytest.raises(BadInput, match="24/1"):
        retake(film[0], "sh010", "", replace(SETTINGS, rate=Rate(25)), Quiet())


def test_stunts_stay_a_preview_until_somebody_approves(film: tuple[Project, Shoot]) -> None:
    """Asked for as final, a marked shot is rendered as a preview and says so; approved, nothing holds it back."""
    project, made = film
    take = made.shots[0].take
    marked = replace(take.shot, stunts=(StuntMark("vehicle", "A car comes at the lens: a stunt driver.", "car"),))
    final = replace(take, shot=marked, settings=replace(SETTINGS, quality="final"))
    held = photograph(project, final, Shares(Quiet(), "shoot", 400))
    assert held.preview_only
    assert held.take.settings.quality == "preview"
    identity = load_identity(state_dir() / "identity")
    decide(project.folder, marked, held.take.number, "ab", by="A. Name", approved=True, note="", identity=identity)
    assert allowed_quality(project.folder, marked, "final", identity.public_key) == "final"
