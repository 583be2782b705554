"""Blows of single steps gathered to events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from secondunit_engine.motion.events import Event

if TYPE_CHECKING:
    from secondunit_engine.motion.physics.rigid import Blow

_TOGETHER: Final = 0.03  # s within which blows of the same two are one event
_FAINTEST: Final = 0.08  # m/s below which nobody hears a contact


def gather(blows: Sequence[Blow]) -> tuple[Event, ...]:
    """Contact events from the blows of single steps: of the same two within a moment one, at the hardest place, with
    the impulses added. Times are those of the simulation."""
    events: list[Event] = []
    groups: dict[tuple[str, str], list[Blow]] = {}
    for blow in blows:
        group = groups.get(blow.between)
        if group and blow.time - group[0].time > _TOGETHER:
            events.append(_event(group))
            group = None
        if group:
            group.append(blow)
        else:
            groups[blow.between] = [blow]
    events += [_event(group) for group in groups.values()]
    heard = [event for event in events if event.speed >= _FAINTEST]
    return tuple(sorted(heard, key=lambda event: (event.time, event.who)))


def _event(group: list[Blow]) -> Event:
    hardest = max(group, key=lambda blow: blow.impulse)
    impulse, speed = sum(blow.impulse for blow in group), max(blow.speed for blow in group)
    return Event("contact", group[0].time, hardest.place, impulse, speed, hardest.between, hardest.surfaces)
