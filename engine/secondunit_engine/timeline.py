"""The project's own timeline: new shots follow the last, a new take of a known shot replaces the one before."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from secondunit_bridge.exchange.cue_sheet import cues_of
from secondunit_bridge.timeline import (
    Take,
    new_timeline,
    place_take,
    read_timeline,
    replace_take,
    write_timeline,
)
from secondunit_engine.project import Project, TakeRecord
from secondunit_engine.provenance.sign import sidecar_of


def put_on_timeline(project: Project, takes: Sequence[TakeRecord]) -> Path:
    """Place the takes on `cut.otio` and return its path; trims that the editor made to known shots stay.

    Raises BadInput if a take's rate is not the timeline's.
    """
    path = project.folder / "cut.otio"
    timeline = read_timeline(path) if path.is_file() else new_timeline(project.folder.name, takes[0].shot.rate)
    for take in takes:
        placed = media_of(project, take)
        known = any(clip.metadata.get("secondunit", {}).get("shot") == placed.shot for clip in timeline.find_clips())
        timeline = replace_take(timeline, placed) if known else place_take(timeline, placed)
    write_timeline(timeline, path)
    sidecar_of(path).unlink(missing_ok=True)  # it spoke of the cut before
    return path


def media_of(project: Project, take: TakeRecord) -> Take:
    """A take as the timeline knows it: its files, its rate, its cues."""
    folder = project.take_folder(take)
    return Take(
        shot=take.shot.id,
        number=take.number,
        picture=folder / "picture.mov",
        frames=take.shot.frames,
        rate=take.shot.rate,
        seed=take.shot.seed,
        manifest=folder / "manifest.json",
        head=take.settings.handles,
        tail=take.settings.handles,
        proxy=folder / "proxy.mp4",
        depth=folder / "depth.mov",
        cues=cues_of(folder, take.settings.handles),
    )
