"""Small physics stages."""

from __future__ import annotations

import pytest
from pxr import Gf, Usd, UsdGeom, UsdPhysics, UsdShade


class Stage:
    """A stage with a floor at 0, to which rigid bodies are added."""

    def __init__(self) -> None:
        self.stage = Usd.Stage.CreateInMemory()
        UsdGeom.SetStageUpAxis(self.stage, UsdGeom.Tokens.y)
        floor = self.cube("/Shot/Floor", (0, -0.5, 0), (5, 0.5, 5), body=False)
        self.surface(floor, 0.0, 1.0)

    def cube(self, path: str, at: tuple[float, ...], half: tuple[float, ...], *, body: bool = True) -> Usd.Prim:
        """A box by its half lengths [m]."""
        cube = UsdGeom.Cube.Define(self.stage, path)
        cube.CreateSizeAttr(2.0)
        cube.AddTransformOp().Set(Gf.Matrix4d().SetScale(Gf.Vec3d(*half)) * Gf.Matrix4d().SetTranslate(Gf.Vec3d(*at)))
        UsdPhysics.CollisionAPI.Apply(cube.GetPrim())
        if body:
            UsdPhysics.RigidBodyAPI.Apply(cube.GetPrim())
        return cube.GetPrim()

    def mesh(self, path: str, points: list[tuple[float, ...]], faces: list[int], at: tuple[float, ...]) -> Usd.Prim:
        """A rigid body of triangles."""
        mesh = UsdGeom.Mesh.Define(self.stage, path)
        mesh.CreatePointsAttr([Gf.Vec3f(*point) for point in points])
        mesh.CreateFaceVertexIndicesAttr(faces)
        mesh.CreateFaceVertexCountsAttr([3] * (len(faces) // 3))
        mesh.AddTransformOp().Set(Gf.Matrix4d().SetTranslate(Gf.Vec3d(*at)))
        UsdPhysics.CollisionAPI.Apply(mesh.GetPrim())
        UsdPhysics.RigidBodyAPI.Apply(mesh.GetPrim())
        return mesh.GetPrim()

    def surface(self, prim: Usd.Prim, friction: float, restitution: float) -> None:
        """Give a collider a physics material."""
        material = UsdShade.Material.Define(self.stage, f"{prim.GetPath()}_grip")
        grip = UsdPhysics.MaterialAPI.Apply(material.GetPrim())
        grip.CreateDynamicFrictionAttr(friction)
        grip.CreateRestitutionAttr(restitution)
        UsdShade.MaterialBindingAPI.Apply(prim).Bind(
            material, UsdShade.Tokens.weakerThanDescendants, materialPurpose="physics"
        )


@pytest.fixture
def stage() -> Stage:
    return Stage()
