"""The coupe on the stage: /Shot/Props/Car with its body, its lamps and four wheels that can turn."""

from __future__ import annotations

from typing import Final

import numpy as np
from pxr import Gf, Usd, UsdGeom

from secondunit_engine.world import shapes
from secondunit_engine.world import stage as names
from secondunit_engine.world.author import RGB, Material, Mesh, add_mesh
from secondunit_engine.world.props.car_body import (
    FRONT_AXLE,
    HALF_TRACK,
    REAR_AXLE,
    WHEEL_RADIUS,
    arch_field,
    body_skin,
    canopy_skin,
)
from secondunit_engine.world.props.car_lamps import POD, build_lamps
from secondunit_engine.world.props.car_openings import OPENINGS, fit_openings
from secondunit_engine.world.props.car_trim import build_trim, glazing
from secondunit_engine.world.props.car_wheel import build_wheel
from secondunit_engine.world.trim import clip, mirrored

CAR: Final = f"{names.PROPS}/Car"
BODY: Final = f"{CAR}/Body"
# Where the wheels' centres stand in the car's space [m].
WHEELS: Final = {
    "WheelFL": (HALF_TRACK, WHEEL_RADIUS, FRONT_AXLE),
    "WheelFR": (-HALF_TRACK, WHEEL_RADIUS, FRONT_AXLE),
    "WheelRL": (HALF_TRACK, WHEEL_RADIUS, REAR_AXLE),
    "WheelRR": (-HALF_TRACK, WHEEL_RADIUS, REAR_AXLE),
}
PAINTS: Final[tuple[RGB, ...]] = (
    (0.065, 0.072, 0.095),
    (0.085, 0.055, 0.10),
    (0.055, 0.080, 0.10),
    (0.085, 0.085, 0.09),
)

_GLASS: Final = Material("car_glass", base=(0.004, 0.005, 0.006), roughness=0.02, specular=0.7, clearcoat=1.0)
_PLASTIC: Final = Material("car_plastic", base=(0.012, 0.012, 0.013), roughness=0.45)
_GLOSS: Final = Material("car_gloss_black", base=(0.008, 0.008, 0.009), roughness=0.10, clearcoat=1.0)
_GAP: Final = Material("car_gap", base=(0.002, 0.002, 0.002), roughness=0.8, specular=0.1)
_GRILLE: Final = Material("car_grille", base=(0.30, 0.31, 0.33), metallic=0.9, roughness=0.28)
_DUCT: Final = Material("car_duct", base=(0.03, 0.03, 0.033), roughness=0.35)
_POD: Final = Material("car_pod", base=(0.010, 0.011, 0.013), roughness=0.05, specular=0.6, clearcoat=1.0)
_CHROME: Final = Material("car_chrome", base=(0.75, 0.77, 0.80), metallic=1.0, roughness=0.08)
_TYRE: Final = Material("tyre", base=(0.012, 0.012, 0.012), roughness=0.55)
_RIM: Final = Material("rim", base=(0.20, 0.205, 0.215), metallic=1.0, roughness=0.22, clearcoat=0.5)
_DISC: Final = Material("brake_disc", base=(0.35, 0.34, 0.33), metallic=1.0, roughness=0.35)
_CALIPER: Final = Material("caliper", base=(0.55, 0.06, 0.015), roughness=0.25, clearcoat=0.6)
_PROJECTOR: Final = Material("headlight", base=(0, 0, 0), emission=(190.0, 195.0, 208.0))
_STRIP: Final = Material("light_bar", base=(0, 0, 0), emission=(26.0, 28.0, 31.0))
_TAIL: Final = Material("tail_light", base=(0, 0, 0), emission=(30.0, 0.8, 0.5))


def add_car(stage: Usd.Stage, place: Gf.Matrix4d, seed: int, group: str = "headlights") -> None:
    """Define the car at `place` (its +Z drives forward). All its lamps shine in one light `group`.

    /Shot/Props/Car moves the car over the ground, .../Body pitches on the springs, .../Wheel?? turn about +X.
    """
    UsdGeom.Xform.Define(stage, CAR).AddTransformOp().Set(place)
    UsdGeom.Xform.Define(stage, BODY).AddTransformOp().Set(Gf.Matrix4d(1))
    _add_body(stage, PAINTS[seed % len(PAINTS)], group)
    _add_wheels(stage)


def _add_body(stage: Usd.Stage, paint: RGB, group: str) -> None:
    skin, canopy = body_skin(), canopy_skin()
    lacquer = Material("car_paint", base=paint, metallic=0.85, roughness=0.16, clearcoat=1.0, clearcoat_roughness=0.02)
    shell = clip(skin.mesh, arch_field(skin.mesh.points))
    for opening in (*OPENINGS, POD):
        shell = clip(shell, opening.field(shell))
    sill = shell.points[:, 1].astype(float) - 0.165  # below it the body is unpainted
    metal, glass = glazing(canopy)
    fittings, lamps, trim = fit_openings(skin), build_lamps(skin), build_trim(skin, canopy)
    parts: list[tuple[str, list[Mesh], Material]] = [
        ("Paint", [clip(shell, sill), metal, trim.mirrors], lacquer),
        ("Glass", [glass], _GLASS),
        ("Plastic", [clip(shell, -sill), trim.plastic], _PLASTIC),
        ("Gloss", [trim.gloss, fittings.rims, fittings.blades], _GLOSS),
        ("Gaps", [trim.gaps], _GAP),
        ("Ducts", [fittings.ducts], _DUCT),
        ("Grilles", [fittings.grilles], _GRILLE),
        ("Pods", [lamps.pods], _POD),
        ("Chrome", [lamps.chrome], _CHROME),
    ]
    for name, meshes, material in parts:
        add_mesh(stage, f"{BODY}/{name}", _plain(meshes), material, glossy_body=True)
    for name, mesh, material, weight in (
        ("Projectors", lamps.projectors, _PROJECTOR, 1.0),
        ("Strips", lamps.strips, _STRIP, 1.0),
        ("Tail", lamps.tail, _TAIL, 0.3),
    ):
        shining = _plain([mesh])
        add_mesh(
            stage, f"{BODY}/{name}", shining, material, light_group=group, sampling_weight=weight, glossy_body=True
        )


def _add_wheels(stage: Usd.Stage) -> None:
    left = build_wheel()
    for name, place in WHEELS.items():
        own = (lambda mesh: mesh) if place[0] > 0 else mirrored
        path = f"{CAR}/{name}"
        UsdGeom.Xform.Define(stage, path).AddTransformOp().Set(Gf.Matrix4d().SetTranslate(Gf.Vec3d(*place)))
        add_mesh(stage, f"{path}/Tyre", _plain([own(left.tyre)]), _TYRE, glossy_body=True)
        add_mesh(stage, f"{path}/Rim", _plain([own(left.rim)]), _RIM, glossy_body=True)
        add_mesh(stage, f"{path}/Disc", _plain([own(left.disc)]), _DISC, glossy_body=True)
        # The caliper hangs on the car, not on the wheel.
        add_mesh(stage, f"{CAR}/Caliper{name[-2:]}", shapes.move(_plain([own(left.caliper)]), place), _CALIPER)


def _plain(meshes: list[Mesh]) -> Mesh:
    """One mesh without texture coordinates: the car's materials have no textures."""
    whole = shapes.merge([Mesh(m.points, m.triangles, m.normals) for m in meshes])
    assert whole.normals is not None
    assert np.isfinite(whole.points).all()
    return whole
