"""What happened, for sound, cues and cameras: one record for each thing that can be heard or seen to happen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from secondunit_engine.motion.physics.rigid import Blow

EventKind = Literal["contact", "break", "splash", "footfall", "tyre slip"]

_TOGETHER: Final = 0.03  # s within which blows of the same two are one event
_FAINTEST: Final = 0.08  # m/s below which nobody hears a contact


@dataclass(frozen=True)
class Event:
    """Something that happened: when [s after the simulation, or the shot, begins], where [m], how hard: an impulse
    [N s] and the speed [m/s] at which the two met, who or what they were (an empty name is the set), and of what."""

    kind: EventKind
    time: float
    place: tuple[float, float, float]
    impulse: float
    speed: float
    who: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()


def gather(blows: Sequence[Blow]) -> tuple[Event, ...]:
    """Contact events from the blows of single steps: of the same two within a moment one, at the hardest place, with
    the impulses added."""
    events: list[Event] = []
    open_: dict[tuple[str, str], list[Blow]] = {}
    for blow in blows:
        group = open_.get(blow.between)
        if group and blow.time - group[0].time > _TOGETHER:
            events.append(_event(group))
            group = None
        if group:
            group.append(blow)
        else:
            open_[blow.between] = [blow]
    events += [_event(group) for group in open_.values()]
    heard = [event for event in events if event.speed >= _FAINTEST]
    return tuple(sorted(heard, key=lambda event: (event.time, event.who)))


def _event(group: list[Blow]) -> Event:
    hardest = max(group, key=lambda blow: blow.impulse)
    return Event(
        "contact",
        group[0].time,
        hardest.place,
        sum(blow.impulse for blow in group),
        max(blow.speed for blow in group),
        hardest.between,
        hardest.surfaces,
    )
