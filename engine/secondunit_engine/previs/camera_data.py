"""A planned camera for other departments: OpenTrackIO per frame, an ASC FDL for the framing, metadata for the clip.

OpenTrackIO 0.9.3 (RIS-OSVP): metres and degrees, Z up, the camera looks along +Y when pan, tilt and roll are zero,
turned about Z, X, Y in that order. ASC FDL 2.0: the frame that is shot inside the canvas that is recorded.
"""

from __future__ import annotations

import json
import math
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

from secondunit_engine import __version__
from secondunit_engine.planning.camera_path import camera_poses
from secondunit_engine.planning.plan import ShotPlan
from secondunit_engine.previs.focus import focus_at
from secondunit_engine.previs.slate import HOUR, Slate, plan_hash
from secondunit_engine.world.framing import Pose

_SPACE = uuid.UUID("9d3c2a54-7a0e-5b52-9c7d-0f7c6f0f5a11")  # names of ours in it give the same ids everywhere


def track_io(shot: ShotPlan, slate: Slate) -> Iterator[str]:
    """One OpenTrackIO sample a frame, each a line of JSON."""
    for frame, pose in enumerate(camera_poses(shot)):
        _, focus = focus_at(shot, frame, pose)
        yield json.dumps(_sample(shot, slate, frame, pose, focus), sort_keys=True)


def _sample(shot: ShotPlan, slate: Slate, frame: int, pose: Pose, focus: float) -> dict[str, Any]:
    rate = {"num": shot.rate.numerator, "denom": shot.rate.denominator}
    hours, minutes, seconds, frames = (
        int(part) for part in shot.rate.timecode(HOUR * 3600 * shot.rate.nominal + slate.first + frame).split(":")
    )
    name = f"{plan_hash(shot)}/{shot.id}"
    return {
        "protocol": {"name": "OpenTrackIO", "version": [0, 9, 3]},
        "sampleId": uuid.uuid5(_SPACE, f"{name}/{frame}").urn,
        "sourceId": uuid.uuid5(_SPACE, name).urn,
        "sourceNumber": 1,
        "static": {
            "camera": {
                "captureFrameRate": rate,
                "activeSensorPhysicalDimensions": dict(zip(("width", "height"), shot.camera.aperture_mm, strict=True)),
                "anamorphicSqueeze": {"num": 1, "denom": 1},
                "label": shot.id,
                "shutterAngle": shot.camera.shutter_degrees,
            },
            "lens": {"nominalFocalLength": shot.camera.focal_mm},
        },
        "tracker": {"notes": "Planned, not tracked.", "slate": f"{shot.scene}_{shot.id}_{slate.take}"},
        "timing": {
            "mode": "internal",
            "sampleRate": rate,
            "sequenceNumber": frame % 65536,
            "timecode": {
                "hours": hours, "minutes": minutes, "seconds": seconds, "frames": frames, "frameRate": rate,
                "dropFrame": False,
            },
        },
        "lens": {
            "pinholeFocalLength": shot.camera.focal_mm, "focusDistance": round(focus, 4), "tStop": shot.camera.t_stop,
            "entrancePupilOffset": 0.0,
        },
        "transforms": [{"id": "camera", **_transform(pose)}],
    }  # fmt: skip


def _transform(pose: Pose) -> dict[str, dict[str, float]]:
    """Our Y-up metres as OpenTrackIO's Z-up: x stays, -z is forward, y is up."""
    x, y, z = (round(float(value), 5) for value in pose.eye)
    fx, fy, fz = (float(value) for value in pose.forward)
    turned = {"pan": -math.degrees(math.atan2(fx, -fz)), "tilt": math.degrees(math.asin(max(-1.0, min(1.0, fy))))}
    turned["roll"] = -pose.roll
    rotation = {name: round(value, 4) + 0.0 for name, value in turned.items()}
    return {"translation": {"x": x, "y": -z + 0.0, "z": y}, "rotation": rotation}


def framing_list(shots: Sequence[ShotPlan], width: int, height: int) -> str:
    """An ASC FDL with one canvas and one framing decision for every shot; the whole canvas is framed."""
    intent = {"id": "FULL", "label": "Full frame 16:9", "aspect_ratio": {"width": 16, "height": 9}, "protection": 0.0}
    canvases = [_canvas(shot, width, height) for shot in shots]
    document = {
        "uuid": str(uuid.uuid5(_SPACE, "/".join(plan_hash(shot) for shot in shots))),
        "version": {"major": 2, "minor": 0},
        "fdl_creator": f"Second Unit {__version__}",
        "default_framing_intent": "FULL",
        "framing_intents": [intent],
        "contexts": [{"label": "Second Unit", "context_creator": "Second Unit", "canvases": canvases}],
        "canvas_templates": [],
    }
    return json.dumps(document, indent=2) + "\n"


def _canvas(shot: ShotPlan, width: int, height: int) -> dict[str, Any]:
    size = {"width": width, "height": height}
    return {
        "id": shot.id,
        "label": f"{shot.scene} {shot.id}",
        "source_canvas_id": shot.id,
        "dimensions": size,
        "photosite_dimensions": size,
        "physical_dimensions": dict(zip(("width", "height"), shot.camera.aperture_mm, strict=True)),
        "anamorphic_squeeze": 1.0,
        "framing_decisions": [
            {
                "id": f"{shot.id}-FULL",
                "label": shot.camera.size,
                "framing_intent_id": "FULL",
                "dimensions": {"width": float(width), "height": float(height)},
                "anchor_point": {"x": 0.0, "y": 0.0},
            }
        ],
    }


@dataclass(frozen=True)
class ClipData:
    """What a planned clip carries in an OTIO timeline, under "secondunit_plan"."""

    scene: str
    shot: str
    plan: str
    seed: int
    setup: str
    size: str
    angle: str
    lens_mm: float
    sensor: str
    t_stop: float
    focus_on: str
    move: str
    rig: str
    line_side: int
    lighting_key: str
    stunts: tuple[str, ...]


def clip_data(shot: ShotPlan) -> ClipData:
    camera = shot.camera
    return ClipData(
        shot.scene, shot.id, plan_hash(shot), shot.seed, camera.setup, camera.size, camera.angle, camera.focal_mm,
        camera.sensor, camera.t_stop, camera.focus_on, camera.move, camera.rig, camera.line_side, shot.lights.key,
        tuple(mark.kind for mark in shot.stunts),
    )  # fmt: skip


def otio_metadata(shot: ShotPlan) -> dict[str, Any]:
    """The same as OTIO takes it."""
    data = clip_data(shot)
    values = {field.name: getattr(data, field.name) for field in fields(data)}
    return {"secondunit_plan": values | {"stunts": list(data.stunts)}}
