"""Recipes as USDZ, imported by Blender: as many meshes, the camera where it was, every point where it moved."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

import numpy as np
from pxr import Usd, UsdGeom

from benchmarks.recipes import RECIPES, build_shot
from benchmarks.referees import BLENDER, Absent, run
from benchmarks.table import Row
from secondunit_engine.world import stage as names
from secondunit_engine.world.handover.package import write_usdz
from secondunit_engine.world.handover.profile import check_usdz

_HERE = Path(__file__).parent
_FRAMES = 12


def measure() -> list[Row]:
    rows: list[Row] = []
    for name, prompt in RECIPES.items():
        with tempfile.TemporaryDirectory() as scratch:
            rows += _measure(name, prompt, Path(scratch))
    return rows


def _measure(name: str, prompt: str, folder: Path) -> list[Row]:
    shot, source = build_shot(prompt, _FRAMES, folder, seed=1)
    package, told = folder / f"{name}.usdz", folder / "told.npz"
    write_usdz(source, package)
    write_usdz(source, folder / "ar.usdz", for_ar=True)
    broken = len(check_usdz(package, for_ar=False)) + len(check_usdz(folder / "ar.usdz", for_ar=True))
    rows = [
        Row(f"{name} ({shot.set.place}): broken rules of the profile, with and without lights", str(broken), "", "0")
    ]
    try:
        run([BLENDER.python(), _HERE / "blender_referee.py", package, told])
    except Absent as fault:
        return [*rows, Row(f"{name}: Blender", f"not measured: {fault}", "")]
    return [*rows, *_compare(name, Usd.Stage.Open(str(source)), np.load(told))]


def _compare(name: str, source: Usd.Stage, told: np.lib.npyio.NpzFile) -> list[Row]:
    meshes = [prim for prim in source.Traverse() if UsdGeom.Mesh(prim)]
    known = Counter(prim.GetName() for prim in meshes)
    eyes, worst = 0.0, 0.0
    for at, frame in enumerate(told["frames"].tolist()):
        places = UsdGeom.XformCache(frame)
        eye = np.array(places.GetLocalToWorldTransform(source.GetPrimAtPath(names.CAMERA))).T
        eyes = max(eyes, float(np.abs(eye - told["camera"][at]).max()))
        for prim in meshes:
            if known[prim.GetName()] > 1:
                continue  # Blender numbers things of one name, and not as we would
            points = np.asarray(UsdGeom.Mesh(prim).GetPointsAttr().Get(frame))[::100]
            there = points @ (matrix := np.array(places.GetLocalToWorldTransform(prim)))[:3, :3] + matrix[3, :3]
            worst = max(worst, float(np.abs(there - told[f"points:{prim.GetName()}"][at]).max(initial=0.0)))
    camera = UsdGeom.Camera(source.GetPrimAtPath(names.CAMERA))
    lens = abs(float(told["lens"]) - camera.GetFocalLengthAttr().Get())
    return [
        Row(f"{name}: meshes in Blender", f"{int(told['meshes'])}", "", f"{len(meshes)}"),
        Row(f"{name}: camera matrix and lens, at most off", f"{max(eyes, lens):.1e}", "", "1e-4"),
        Row(
            f"{name}: points of {len(meshes)} meshes at {_FRAMES} frames, at most off",
            f"{worst * 1000:.2f}",
            "mm",
            "0.5",
        ),
    ]
