"""Shadow rays. A gaffer's lamp has a shape, so that it is seen in reflections, but it hides no light."""

from __future__ import annotations

from typing import Any

from secondunit_engine.render.llvm import mitsuba

_STEP = 1e-3  # past a lamp [m]


def hidden(world: Any, ray: Any, active: Any = True) -> Any:
    """Whether a solid thing stands in the way of shadow rays, mi.Bool; one lamp in between is looked past.

    Only rays that meet anything at all are asked what it was, so that rays in the open cost as much as before.
    """
    mi = mitsuba()
    blocked = world.ray_test(ray, active)
    near = world.ray_intersect_preliminary(ray, coherent=False, active=blocked)
    flags = near.shape.bsdf().flags()
    lamp = near.is_valid() & mi.has_flag(flags, mi.BSDFFlags.Null) & ~mi.has_flag(flags, mi.BSDFFlags.Smooth)
    past = near.t + _STEP
    beyond = mi.Ray3f(ray(past), ray.d, ray.maxt - past, ray.time, ray.wavelengths)
    return blocked & (~lamp | world.ray_test(beyond, blocked & lamp))
