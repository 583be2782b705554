"""A thousand random scenes on the surveyed sets: no camera in a wall, no line crossed, no rule of the cut broken.

The cameras are measured on the survey at every frame and not asked of the solver. What had to be given up is counted.
"""

from __future__ import annotations

import random
import time
from collections import Counter

import numpy as np

from benchmarks.table import Row
from secondunit_engine.planning.camera_path import camera_poses, project, way_of
from secondunit_engine.planning.floor import floor_at
from secondunit_engine.planning.plan import Plan, Settings, ShotPlan, StyleName
from secondunit_engine.planning.plan_script import plan_script
from secondunit_engine.script.brief import Brief
from secondunit_engine.script.read import read_brief

_SCENES = 1000
_NAMES = ("MARA", "ELIAS", "AVA", "JONAS")
_PLACES = ("ANCIENT LIBRARY", "BEDROOM STUDIO", "LED TUNNEL")
_ACTS = (
    "{a} walks to {b}.", "{a} turns.", "{a} looks at {b}.", "{a} sits.", "{a} runs.", "Dust motes drift.",
    "{a} enters.", "{a} smiles and nods.", "CLOSE ON {a}.", "TWO SHOT {a} AND {b}",
    "{a} waves, then walks to the door.", "{a} exits.", "POV - {a}", "OVER {a}'S SHOULDER", "REVERSE ANGLE",
)  # fmt: skip
_LINES = ("Put it down.", "Nobody paid me to come here.", "Somebody always pays...", "Look at me!", "Why?")


def random_scene(seed: int) -> str:
    """A scene of one to four people who act and talk, on one of the surveyed sets, as a screenplay."""
    random_ = random.Random(seed)
    people = random_.sample(_NAMES, random_.randint(1, 4))
    parts = [f"INT. {random_.choice(_PLACES)} - DAY\n\n", f"{' and '.join(people)} wait.\n\n"]
    for _ in range(random_.randint(2, 10)):
        a, b = random_.choice(people), random_.choice(people)
        if random_.random() < 0.5:
            parts.append(f"{a}\n{random_.choice(_LINES)}\n\n")
        else:
            parts.append(random_.choice(_ACTS).format(a=a, b=b) + "\n\n")
    return "".join(parts)


def measure() -> list[Row]:
    """Plan a thousand scenes and look at every camera."""
    start = time.process_time()
    plans = [plan_scene_of(seed) for seed in range(_SCENES)]
    seconds = time.process_time() - start
    shots = [shot for plan in plans for shot in plan.shots]
    solved = [shot for shot in shots if shot.camera.station is not None]
    notes = Counter(note.rule for plan in plans for note in plan.continuity)
    errors = [note for plan in plans for note in plan.continuity if note.level == "error"]
    broken = [note for note in errors if note.rule != "unmet precondition"]
    relaxed = Counter(fault for shot in solved for fault in gave_up(shot))
    rows = [
        Row(f"random scenes: continuity errors ({_SCENES:,} scenes, {len(shots):,} shots)", f"{len(broken)}", "", "0"),
        Row("cameras inside the set at any frame", f"{sum(is_inside(shot) for shot in solved)}", "shots", "0"),
        Row("the line crossed without a bridge", f"{notes['180 degrees']}", "cuts", "0"),
        Row("two targets: asked against planned", f"{max(map(framing_error, solved)):.3%}", "of frame height", "< 1%"),
        Row("planning, a scene", f"{1000 * seconds / _SCENES:.0f}", "cpu-ms", ""),
        Row("cameras solved", f"{len(solved):,}", f"of {len(shots):,}; the rest are the sets' own", ""),
        Row("cameras that gave something up", f"{sum(1 for shot in solved if gave_up(shot))}", "shots", ""),
    ]
    rows += [Row(f"gave up: {fault}", f"{count}", "shots", "") for fault, count in relaxed.most_common()]
    rows += [
        Row(f"warning: {rule}", f"{count}", "", "") for rule, count in notes.most_common() if rule != "180 degrees"
    ]
    return rows


def plan_scene_of(seed: int, style: StyleName | None = None) -> Plan:
    """The plan of a random scene, covered in a style."""
    return plan_script(read_brief(Brief(random_scene(seed), "fountain")), Settings(style=style))


def is_inside(shot: ShotPlan) -> bool:
    """Whether a camera is in the set or behind its walls at any frame."""
    eyes = np.array([pose.eye for pose in camera_poses(shot)])  # (F, 3)
    return not floor_at(shot.set).inside(eyes).all()


def gave_up(shot: ShotPlan) -> list[str]:
    """What a camera says it gave up."""
    _, found, faults = shot.camera.why.partition("gave up: ")
    return faults.partition(";")[0].split(", ") if found else []


def framing_error(shot: ShotPlan) -> float:
    """How far the people of a shot are from where its plan has them in the picture, in heights of the frame. A pan over
    somebody who stands begins beside its composition, so it is not judged."""
    pose = camera_poses(shot)[0]
    ways = {point.target: way_of(shot, point.target) for point in shot.camera.framing}
    seen = [
        (p, project(pose, shot.camera.lens_mm, w[0])) for p in shot.camera.framing if (w := ways[p.target]) is not None
    ]
    stands = shot.camera.move in ("pan", "tilt")
    return 0.0 if stands else max((max(abs(x - p.x) * 16 / 9, abs(y - p.y)) for p, (x, y, _) in seen), default=0.0)
