"""What the planner knows of a set: its floor seen from above, what is solid, and where the set wants its cameras.

A floor is measured from the built set by `world/survey.py` and kept as data in `planning/floors/`, so that planning
needs no USD. Metres; x to the right, z toward the viewer of a plan, y up; bearings in degrees about Y, 0 along +Z.
"""

from __future__ import annotations

from dataclasses import dataclass

from secondunit_engine.planning.plan import ShotSize


@dataclass(frozen=True)
class Mark:
    """A place that the set offers to somebody: "hero", "door", "pedestal"."""

    name: str
    x: float
    y: float
    z: float
    facing: float


@dataclass(frozen=True)
class CameraMark:
    """The set's own composition for a shot size."""

    size: ShotSize
    eye: tuple[float, float, float]
    forward: tuple[float, float, float]
    lens_mm: float


@dataclass(frozen=True)
class Source:
    """A light of the set: where it is, its group (the fader), and how strong it is against the others, 0 to 1."""

    group: str
    x: float
    y: float
    z: float
    share: float


@dataclass(frozen=True)
class Thing:
    """A prop on its own (a car, a relic): its bounds [m] and where it stands."""

    name: str
    low: tuple[float, float, float]
    high: tuple[float, float, float]
