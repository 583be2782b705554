"""What is drawn of a plan before it is shot: board, animatic, floor plans, camera data. Each file leaves signed.

Files are written under a temporary name and moved into place. What is cancelled leaves nothing half-written, and keeps
the drawings that were finished.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import opentimelineio as otio

from secondunit_bridge.connection import state_dir
from secondunit_bridge.errors import BadInput, Unwritable
from secondunit_engine.deliver import make_folder
from secondunit_engine.planning.camera_path import camera_poses
from secondunit_engine.planning.plan import Plan, ShotPlan
from secondunit_engine.previs.animatic import choose_every, draw_shots, slates_of, write_animatic
from secondunit_engine.previs.artist import Artist
from secondunit_engine.previs.board import panels_of, write_board
from secondunit_engine.previs.camera_data import framing_list, otio_metadata, track_io
from secondunit_engine.previs.floor_plan import draw_floor_plan, to_svg
from secondunit_engine.previs.shot_list import to_csv
from secondunit_engine.previs.slate import HOUR, Picture, plan_hash
from secondunit_engine.previs.stage import Stages
from secondunit_engine.products import ProductStore
from secondunit_engine.progress import Progress
from secondunit_engine.provenance.identity import Identity, load_identity
from secondunit_engine.provenance.manifest import CutRecipe, Manifest, measure_media, watermark_id, write_manifest
from secondunit_engine.provenance.sign import sidecar_of, sign_file
from secondunit_engine.space import naming_a_full_disk


@dataclass(frozen=True)
class Wanted:
    """What is to be written; None is not. `every` 0 chooses by the film's length; `size` is in pixels."""

    board: Path | None = None
    animatic: Path | None = None
    floor_plans: Path | None = None
    metadata: Path | None = None
    every: int = 0
    size: tuple[int, int] = (640, 360)


@dataclass(frozen=True)
class Previs:
    """What was written, and how many drawings of the animatic were made and found."""

    files: tuple[Path, ...]
    made: int = 0
    kept: int = 0


def make_previs(plan: Plan, wanted: Wanted, store: ProductStore, progress: Progress) -> Previs:
    """Draw a plan. Raises BadInput for a plan without shots or a file of another kind, Unwritable, OutOfSpace."""
    _check(plan, wanted)
    shots, draw = plan.shots, _Easel(store, wanted.size).draw
    frames = sum(shot.frames for shot in shots)
    every = choose_every(frames, wanted.every)
    panels = sum(len(panels_of(shot)) for shot in shots) if wanted.board else 0
    drawings = sum(len(range(0, shot.frames, every)) for shot in shots) if wanted.animatic else 0
    encoding = frames // 4 if wanted.animatic else 0  # a frame is encoded in about a quarter of a drawing's time
    progress.begin("previs", panels + drawings + encoding + 1)
    maker = _Maker(plan, load_identity(state_dir() / "identity"), [])
    made = kept = 0
    if wanted.board:
        with maker.whole(wanted.board) as part:
            write_board(plan, draw, part, lambda count: _step(progress, count, "board"))
    if wanted.animatic:
        moved = _Moved(progress, panels)
        products, drawn = draw_shots(shots, draw, store, every, wanted.size, moved)
        made, kept = drawn.made, drawn.kept
        mark = watermark_id("previs", *(plan_hash(shot) for shot in shots), every)
        with maker.whole(wanted.animatic, watermark=mark) as part:
            write_animatic(shots, products, every, mark, part, moved, lambda count: drawings + count // 4)
        maker.text(wanted.animatic.with_suffix(".otio"), _timeline(plan, wanted.animatic))
    if wanted.floor_plans:
        for scene, group in groupby(shots, key=lambda shot: shot.scene):
            maker.text(wanted.floor_plans / f"{scene}.svg", to_svg(draw_floor_plan(list(group)), scene))
    if wanted.metadata:
        _write_metadata(plan, wanted, maker)
    progress.step(panels + drawings + encoding + 1, "previs")
    return Previs(tuple(maker.files), made, kept)


class _Easel:
    """Draws any frame of any shot; the sets stay open, and the shot that was drawn last is drawn on."""

    def __init__(self, store: ProductStore, size: tuple[int, int]) -> None:
        self._stages, self._size = Stages(store), size
        self._shot: ShotPlan | None = None

    def draw(self, shot: ShotPlan, frame: int) -> Picture:
        if self._shot is not shot:
            self._artist = Artist(shot, self._stages.open(shot.set), *self._size)
            self._poses, self._shot = camera_poses(shot), shot
        return self._artist.draw(frame, self._poses[frame])


def _check(plan: Plan, wanted: Wanted) -> None:
    if not plan.shots:
        raise BadInput("There is nothing to draw in this brief.", mend="Say what happens in it.")
    for path, suffix, what in ((wanted.board, ".pdf", "board"), (wanted.animatic, ".mov", "animatic")):
        if path is not None and path.suffix.lower() != suffix:
            raise BadInput(f"The {what} cannot be {path.name}.", mend=f"Give a name that ends in {suffix}.")


def _step(progress: Progress, count: int, note: str) -> None:
    progress.check()
    progress.step(count, note)


@dataclass(frozen=True)
class _Moved:
    """A progress that begins after what was done before it."""

    inner: Progress
    before: int

    def begin(self, stage: str, total: int) -> None:
        self.inner.begin(stage, total)

    def step(self, done: int, note: str = "") -> None:
        self.inner.step(self.before + done, note)

    def check(self) -> None:
        self.inner.check()


@dataclass(frozen=True)
class _Maker:
    """Writes files whole, each with its manifest and signature; `files` are those written so far."""

    plan: Plan
    identity: Identity
    files: list[Path]

    @contextmanager
    def whole(self, path: Path, *, watermark: int = 0) -> Iterator[Path]:
        """A temporary path to write to; it is signed and moved into place when the block ends well."""
        make_folder(path.parent)
        part = path.with_name(f".{path.stem}.part{path.suffix}")
        try:
            with naming_a_full_disk(path.parent):
                yield part
                manifest = self._manifest(part, path.name, watermark)
                signed = sign_file(part, manifest, self.identity)
                part.replace(path)
                if signed.sidecar is not None:
                    signed.sidecar.replace(path.with_name(f"{path.name}.c2pa"))
                write_manifest(path.with_name(f"{path.name}.manifest.json"), manifest)
        except OSError as fault:
            raise Unwritable(
                f"{path.name} cannot be written to {path.parent}: {fault.strerror}.", mend="Choose another path."
            ) from fault
        finally:
            for left in (part, sidecar_of(part)):
                left.unlink(missing_ok=True)
        self.files.append(path)

    def text(self, path: Path, text: str) -> None:
        with self.whole(path) as part:
            part.write_text(text, "utf-8")

    def _manifest(self, part: Path, name: str, watermark: int) -> Manifest:
        shots = self.plan.shots
        told = hashlib.sha256("/".join(plan_hash(shot) for shot in shots).encode()).hexdigest()
        media = tuple(type(each)(name, each.sha256, each.bytes) for each in measure_media(part.parent, (part.name,)))
        frames = sum(shot.frames for shot in shots)
        rate = shots[0].rate
        recipe = CutRecipe(self.plan.title, told, (), "previs", rate, frames, media, watermark=watermark)
        return Manifest(recipe)


def _write_metadata(plan: Plan, wanted: Wanted, maker: _Maker) -> None:
    assert wanted.metadata is not None
    for shot, slate in zip(plan.shots, slates_of(plan.shots), strict=True):
        lines = "\n".join(track_io(shot, slate)) + "\n"
        maker.text(wanted.metadata / f"{shot.id}.opentrackio.jsonl", lines)
    maker.text(wanted.metadata / "framing.fdl", framing_list(plan.shots, *wanted.size))
    maker.text(wanted.metadata / "shots.csv", to_csv(plan.shots))


def _timeline(plan: Plan, animatic: Path) -> str:
    """The animatic as an OTIO timeline: one clip a shot with its data, a marker on every stunt and spoken line."""
    rate = plan.shots[0].rate
    fps = float(rate.fraction)
    timeline = otio.schema.Timeline(plan.title or "Animatic")
    start = HOUR * 3600 * rate.nominal
    timeline.global_start_time = otio.opentime.RationalTime(start, fps)
    track = otio.schema.Track("Video 1", kind="Video")
    total = sum(shot.frames for shot in plan.shots)
    whole = otio.opentime.TimeRange(otio.opentime.RationalTime(start, fps), otio.opentime.RationalTime(total, fps))
    for shot, slate in zip(plan.shots, slates_of(plan.shots), strict=True):
        media = otio.schema.ExternalReference(animatic.name, whole)
        at = otio.opentime.RationalTime(start + slate.first, fps)
        span = otio.opentime.TimeRange(at, otio.opentime.RationalTime(shot.frames, fps))
        clip = otio.schema.Clip(shot.id, media, span, otio_metadata(shot))
        clip.markers.extend(_markers(shot, start + slate.first, fps))
        track.append(clip)
    timeline.tracks.append(track)
    return timeline.to_json_string(indent=2) + "\n"


def _markers(shot: ShotPlan, first: int, fps: float) -> Sequence[otio.schema.Marker]:
    rows = [(line.start, line.frames, f"{line.character}: {line.text}", "GREEN") for line in shot.dialogue]
    rows += [(0, shot.frames, f"stunt {mark.kind}: {mark.reason}", "RED") for mark in shot.stunts]
    return [
        otio.schema.Marker(
            text,
            otio.opentime.TimeRange(
                otio.opentime.RationalTime(first + start, fps), otio.opentime.RationalTime(length, fps)
            ),
            color,
        )
        for start, length, text, color in rows
    ]
