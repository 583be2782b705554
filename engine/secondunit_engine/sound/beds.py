"""Which sounds a place has. Levels are decibels re full scale (root mean square), set against each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from secondunit_engine.places import place_of
from secondunit_engine.planning.plan import ShotPlan
from secondunit_engine.sound import room
from secondunit_engine.sound.foley import candles
from secondunit_engine.sound.heard import Heard
from secondunit_engine.sound.noise import Samples
from secondunit_engine.sound.outdoors import sea, traffic
from secondunit_engine.sound.rain import drips, rain_on_asphalt
from secondunit_engine.sound.room import Room
from secondunit_engine.sound.source import Source, around

_AZIMUTHS = (-50.0, 50.0, -135.0, 135.0)  # degrees: where a bed's patches stand around the camera
_WIDE = 45.0  # degrees: half of what each of them fills


@dataclass(frozen=True)
class Bed:
    """The sources that are always there, and the room that answers everything in the shot."""

    sources: tuple[Source, ...]
    room: Room


def build_bed(shot: ShotPlan, heard: Heard, count: int) -> Bed:
    """The bed of a shot's place; `count` samples. A place without a bed of its own gets room tone or open air."""
    bed = _BEDS.get(place_of(shot.set.place).bed, _plain)(shot, heard, count)
    if "rain" in shot.set.weather and place_of(shot.set.place).bed != "tunnel":
        return Bed((*bed.sources, *_rain(shot, count, -30.0)), bed.room)
    return bed


def at_level(wave: Samples, decibels: float) -> Samples:
    """Scaled so that its root mean square is this many decibels re full scale."""
    return wave * (10 ** (decibels / 20) / max(float(np.sqrt(np.mean(wave**2))), 1e-9))


def _patches(
    shot: ShotPlan, name: str, decibels: float, make: Callable[[int], Samples], send: float = 0.1
) -> tuple[Source, ...]:
    """Four unlike patches of one sound around the camera."""
    return tuple(
        Source(
            f"{name} {index + 1}",
            "ambience",
            at_level(make(index), decibels - 6),
            around(azimuth, 4.0, shot.frames),
            follows=True,
            room=send,
            spread=_WIDE,
        )
        for index, azimuth in enumerate(_AZIMUTHS)
    )


def _rain(shot: ShotPlan, count: int, decibels: float) -> tuple[Source, ...]:
    density = max(shot.motion.time_scale, 0.15)  # in slow motion fewer drops fall in a second of screen time
    return _patches(
        shot, "rain", decibels, lambda patch: rain_on_asphalt(shot.seed, patch, count, density=density), 0.15
    )


def _tunnel(shot: ShotPlan, heard: Heard, count: int) -> Bed:
    tone = _patches(shot, "tunnel air", -42.0, lambda patch: room.room_tone(shot.seed, patch, count), 0.3)
    hum = Source(
        "LED drivers", "ambience", at_level(room.neon_hum(shot.seed, 0, count), -52.0),
        around(20, 5, shot.frames), follows=True,
    )  # fmt: skip
    if "rain" not in shot.set.weather:
        return Bed((*tone, hum), room.TUNNEL)
    falling = Source(
        "drips",
        "ambience",
        at_level(drips(shot.seed, count), -46.0),
        around(-30, 6, shot.frames),
        follows=True,
        room=0.8,
    )
    return Bed((*_rain(shot, count, -33.0), *tone, hum, falling), room.TUNNEL)


def _library(shot: ShotPlan, heard: Heard, count: int) -> Bed:
    tone = _patches(shot, "room tone", -47.0, lambda patch: room.room_tone(shot.seed, patch, count), 0.2)
    hum = Source(
        "hall", "ambience", at_level(room.air_hum(shot.seed, count), -40.0), around(0, 8, shot.frames), follows=True
    )
    stands = tuple(
        Source(
            f"candles {index + 1}", "ambience", at_level(candles(shot.seed, index, count), -54.0),
            around(azimuth, 3.0, shot.frames), follows=True, room=0.35,
        )
        for index, azimuth in enumerate((-40.0, 35.0))
    )  # fmt: skip
    return Bed((*tone, hum, *stands), room.HALL)


def _studio(shot: ShotPlan, heard: Heard, count: int) -> Bed:
    tone = _patches(shot, "room tone", -55.0, lambda patch: room.room_tone(shot.seed, patch, count), 0.1)
    tubes = tuple(
        Source(
            f"neon {index + 1}", "ambience", at_level(room.neon_hum(shot.seed, index, count), -52.0),
            around(azimuth, 2.5, shot.frames), follows=True, room=0.1,
        )
        for index, azimuth in enumerate((-35.0, 40.0))
    )  # fmt: skip
    return Bed((*tone, *tubes), room.STUDIO)


def _arena(shot: ShotPlan, heard: Heard, count: int) -> Bed:
    crowd = _patches(shot, "crowd", -30.0, lambda patch: room.crowd(shot.seed, patch, count), 0.5)
    tone = _patches(shot, "hall air", -44.0, lambda patch: room.room_tone(shot.seed, patch, count), 0.3)
    return Bed((*crowd, *tone), room.ARENA)


def _plain(shot: ShotPlan, heard: Heard, count: int) -> Bed:
    place = shot.set.place
    if place_of(place).outdoors or shot.heading.upper().startswith(("EXT", "EST")):
        air = _patches(shot, "wind", -42.0, lambda patch: room.wind(shot.seed, patch, count))
        if place in _TOWN:
            cars = _patches(shot, "traffic", -44.0, lambda patch: traffic(shot.seed, patch, count))
            return Bed((*cars, *air), room.STREET)
        if place in _SHORE:
            waves = _patches(shot, "sea", -34.0, lambda patch: sea(shot.seed, patch, count))
            return Bed((*waves, *air), room.SHORE)
        return Bed(air, room.OUTDOORS)
    tone = _patches(shot, "room tone", -52.0, lambda patch: room.room_tone(shot.seed, patch, count))
    return Bed(tone, _ROOMS.get(place, room.STUDIO))


_TOWN = ("alley", "city_street", "rooftop")
_SHORE = ("coast", "open_sea")
_ROOMS: dict[str, Room] = {
    "kitchen": room.TILED,
    "living_room": room.ROOM,
    "classroom": room.ROOM,
    "office": room.OFFICE,
    "corridor": room.OFFICE,
    "warehouse": room.SHED,
    "spaceship": room.HULL,
    "stage": room.THEATRE,
}
_BEDS: dict[str, Callable[[ShotPlan, Heard, int], Bed]] = {
    "tunnel": _tunnel,
    "library": _library,
    "studio": _studio,
    "arena": _arena,
}
