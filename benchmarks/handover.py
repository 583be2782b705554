"""Recipes as USDZ, imported by Blender: as many meshes, the camera where it was, every point where it moved."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

import numpy as np
from pxr import Usd, UsdGeom

from benchmarks.equal_quality import REFEREES, Absent, python_of, run
from benchmarks.table import Row
from secondunit_bridge.timing import Rate
from secondunit_engine import layers
from secondunit_engine.directing import plan
from secondunit_engine.planning.plan import Settings
from secondunit_engine.products import ProductStore
from secondunit_engine.progress import Quiet, Shares
from secondunit_engine.script.brief import Brief
from secondunit_engine.shoot import build_layers
from secondunit_engine.world import stage as names
from secondunit_engine.world.handover.package import write_usdz
from secondunit_engine.world.handover.profile import check_usdz

_HERE = Path(__file__).parent
_RECIPES = {
    "car": "midnight rain, LED tunnel, a car accelerates toward lens",
    "library": "ancient library, a robed scholar opens the glowing relic",
    "host": "upbeat host's bedroom studio, the host talks to camera",
    "arena": "esports arena, fly-through, a player steps on stage",
}
_FRAMES = 12


def measure() -> list[Row]:
    rows: list[Row] = []
    for name, prompt in _RECIPES.items():
        with tempfile.TemporaryDirectory() as scratch:
            rows += _measure(name, prompt, Path(scratch))
    return rows


def _measure(name: str, prompt: str, folder: Path) -> list[Row]:
    shot = plan(Brief(prompt, "prompt"), Settings(Rate(24), frames=_FRAMES, seed=1)).shots[0]
    made = build_layers(ProductStore(folder / "cache"), shot, Shares(Quiet(), "handover", 1000))
    source = layers.write_stage(shot, made, folder, "shot.usda")
    package, told = folder / f"{name}.usdz", folder / "told.npz"
    write_usdz(source, package)
    write_usdz(source, folder / "ar.usdz", for_ar=True)
    broken = len(check_usdz(package, for_ar=False)) + len(check_usdz(folder / "ar.usdz", for_ar=True))
    rows = [
        Row(f"{name} ({shot.set.place}): broken rules of the profile, with and without lights", str(broken), "", "0")
    ]
    try:
        run([python_of(REFEREES[0]), _HERE / "blender_referee.py", package, told])
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
