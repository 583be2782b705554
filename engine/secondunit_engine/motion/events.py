"""What happens in a shot, for sound, cues and cameras: one record for each thing that can be heard or seen to happen.

The motion layer keeps them at /Shot/Events, in order of time; who asks the stage gets them back as they were.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, cast

from pxr import Gf, Sdf, Usd

EventKind = Literal["contact", "break", "splash", "footfall", "tyre slip"]

EVENTS: Final = "/Shot/Events"
_TYPES: Final = Sdf.ValueTypeNames


@dataclass(frozen=True)
class Event:
    """Something that happened: when [s on the screen since the shot's first frame], where [m in the world], how hard:
    an impulse [N s] and the speed [m/s] at which the two met; who or what they were (an empty name is the set), and of
    what they are."""

    kind: EventKind
    time: float
    place: tuple[float, float, float]
    impulse: float
    speed: float
    who: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()


def write_events(stage: Usd.Stage, events: Sequence[Event]) -> None:
    """Write what happens into a motion layer; nothing happens, nothing is written."""
    for number, event in enumerate(sorted(events, key=lambda event: (event.time, event.kind, event.who))):
        prim = stage.DefinePrim(f"{EVENTS}/e{number:04d}")
        values = (
            ("kind", _TYPES.Token, event.kind), ("time", _TYPES.Double, event.time),
            ("place", _TYPES.Point3d, Gf.Vec3d(*event.place)), ("impulse", _TYPES.Double, event.impulse),
            ("speed", _TYPES.Double, event.speed), ("who", _TYPES.StringArray, list(event.who)),
            ("materials", _TYPES.StringArray, list(event.materials)),
        )  # fmt: skip
        for name, kind, value in values:
            prim.CreateAttribute(f"secondunit:{name}", kind, custom=True).Set(value)


def read_events(stage: Usd.Stage) -> tuple[Event, ...]:
    """What happens on a stage, in order of time."""
    root = stage.GetPrimAtPath(EVENTS)
    return tuple(_read(prim) for prim in (root.GetChildren() if root else ()))


def _read(prim: Usd.Prim) -> Event:
    def value(name: str) -> object:
        return prim.GetAttribute(f"secondunit:{name}").Get()

    x, y, z = (float(each) for each in cast(Sequence[float], value("place")))
    who, materials = (tuple(str(each) for each in cast(Sequence[str], value(name))) for name in ("who", "materials"))
    impulse, speed, time = (float(cast(float, value(name))) for name in ("impulse", "speed", "time"))
    return Event(cast(EventKind, str(value("kind"))), time, (x, y, z), impulse, speed, who, materials)
