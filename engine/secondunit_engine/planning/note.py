"""A director's note for a retake: what it changes of a shot, word by word, and what it could not change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import cast as typed

from secondunit_bridge.errors import BadInput, TooLarge
from secondunit_engine.places import place_of
from secondunit_engine.planning.casting import EMOTIONS
from secondunit_engine.planning.plan import Angle, Glass, LightPlan, MoveKind, Sensor, ShotPlan, ShotSize, Stock
from secondunit_engine.script.brief import LedgerEntry, Status
from secondunit_engine.script.periods import era_shown
from secondunit_engine.script.prompt import Found, Phrases, by_first_word, understand, write_ledger
from secondunit_engine.script.vocabulary import CHANGES, Sense, phrases

_SIZES: tuple[ShotSize, ...] = ("EWS", "WS", "FS", "MFS", "MS", "MCU", "CU", "ECU")
_LENSES = (18.0, 24.0, 35.0, 50.0, 85.0, 135.0)
_MAX_NOTE = 10_000  # characters

# A change that was made, said in one phrase; None is a change that could not be made.
Change = tuple[ShotPlan, str]


@dataclass(frozen=True)
class Noted:
    """The shot after the note, and a ledger of the note's words (offsets count characters of the note)."""

    shot: ShotPlan
    ledger: tuple[LedgerEntry, ...]


def apply_note(shot: ShotPlan, note: str) -> Noted:
    """Apply a note such as "push in slower, warmer light, 85mm, no rain". Raises BadInput for an empty note."""
    if not note.strip():
        raise BadInput("The note is empty.", mend="Say what to change, for example “push in slower, warmer light”.")
    if len(note) > _MAX_NOTE:
        raise TooLarge("The note is over 10,000 characters.", mend="Say it in a sentence or two.")
    heard: list[Found] = []
    degree = 1.0
    for item in understand(note, _change_phrases()):
        if item.facet == "degree":
            degree = float(item.value)
            heard.append(item)
            continue
        shot, item = _apply(shot, item, degree)
        heard.append(item)
        if item.facet != "grammar":
            degree = 1.0
    return Noted(shot, write_ledger(note, tuple(heard)))


@cache
def _change_phrases() -> Phrases:
    senses = {
        tuple(phrase.split(" ")): Sense("change", change, change)
        for change, listing in CHANGES.items()
        for phrase in phrases(listing)
    }
    return by_first_word(senses)


def _apply(shot: ShotPlan, item: Found, degree: float) -> tuple[ShotPlan, Found]:
    """The shot with one phrase applied, and the phrase with what came of it as its meaning."""
    if item.facet in ("grammar", "craft", "absent") and ":" not in item.value:
        return shot, item
    change: Change | None
    if item.facet == "change":
        change = _CHANGES[item.value](shot)
    elif item.facet == "weather" or item.value.startswith("weather:"):
        change = _change_weather(shot, item, degree)
    elif item.facet in _SETTERS:
        change = _SETTERS[item.facet](shot, item.value)
    elif item.facet in ("verb", "person", "prop", "light", "toward", "dressing", "gender", "air", "music", "color"):
        return shot, _say(item, "refers to what is in the shot; changes nothing by itself", Status.GUESSED)
    else:
        return shot, _say(item, "a note cannot change this", Status.NOT_UNDERSTOOD)
    if change is None:
        return shot, _say(item, "understood, but it cannot go further that way", Status.GUESSED)
    return change[0], _say(item, change[1], item.sense.status)


def _say(item: Found, meaning: str, status: Status) -> Found:
    return replace(item, sense=replace(item.sense, meaning=meaning, status=status))


def _resize(step: int) -> Callable[[ShotPlan], Change | None]:
    def change(shot: ShotPlan) -> Change | None:
        at = _SIZES.index(shot.camera.size) + step
        if not 0 <= at < len(_SIZES):
            return None
        return _set_size(shot, _SIZES[at])

    return change


def _set_size(shot: ShotPlan, size: str) -> Change:
    camera = replace(shot.camera, size=typed(ShotSize, size))
    return replace(shot, camera=camera), f"shot size: {shot.camera.size} becomes {size}"


def _relens(step: int) -> Callable[[ShotPlan], Change | None]:
    def change(shot: ShotPlan) -> Change | None:
        now = shot.camera.focal_mm
        further = [mm for mm in _LENSES if (mm > now if step > 0 else mm < now)]
        if not further:
            return None
        return _set_lens(shot, str(further[0] if step > 0 else further[-1]))

    return change


def _set_lens(shot: ShotPlan, mm: str) -> Change | None:
    if not 8 <= float(mm) <= 800:
        return None
    camera = replace(shot.camera, lens_mm=float(mm) / shot.camera.crop)
    return replace(shot, camera=camera), f"lens: {shot.camera.focal_mm:g} mm becomes {float(mm):g} mm"


def _set_stop(shot: ShotPlan, stop: str) -> Change | None:
    if not 0.7 <= float(stop) <= 32:
        return None
    camera = replace(shot.camera, t_stop=float(stop))
    return replace(shot, camera=camera), f"stop: T{shot.camera.t_stop:g} becomes T{float(stop):g}"


def _set_glass(shot: ShotPlan, glass: str) -> Change | None:
    camera = replace(shot.camera, glass=typed(Glass, glass))
    return replace(shot, camera=camera), f"lenses: {glass}"


def _set_sensor(shot: ShotPlan, sensor: str) -> Change | None:
    camera = replace(shot.camera, sensor=typed(Sensor, sensor))
    if camera == shot.camera:
        return None
    return replace(shot, camera=camera), f"sensor: {sensor}, lens {camera.lens_said}"


def _set_stock(shot: ShotPlan, stock: str) -> Change | None:
    camera = replace(shot.camera, stock=typed(Stock, stock))
    return replace(shot, camera=camera), f"film stock: {stock}"


def _restop(factor: float) -> Callable[[ShotPlan], Change | None]:
    return lambda shot: _set_stop(shot, str(round(shot.camera.t_stop * factor, 2)))


def _set_move(shot: ShotPlan, move: str) -> Change:
    camera = replace(shot.camera, move=typed(MoveKind, move))
    if camera.move == shot.camera.move:
        return shot, f"camera move: {move}"
    return replace(shot, camera=camera), f"camera move: {shot.camera.move} becomes {move}"


def _hurry(factor: float) -> Callable[[ShotPlan], Change | None]:
    """Change the speed of a moving camera; of a still one, the pace of what happens."""

    def change(shot: ShotPlan) -> Change | None:
        if shot.camera.move != "static":
            speed = round(min(max(shot.camera.speed * factor, 0.1), 4.0), 3)
            camera = replace(shot.camera, speed=speed)
            return replace(
                shot, camera=camera
            ), f"camera {shot.camera.move}: speed {shot.camera.speed:g} becomes {speed:g}"
        manner = "slowly" if factor < 1 else "quickly"
        actions = tuple(replace(action, manner=manner) for action in shot.actions)
        return (replace(shot, actions=actions), f"what happens, happens {manner}") if actions else None

    return change


def _set_angle(shot: ShotPlan, angle: str) -> Change | None:
    if angle == shot.camera.angle:
        return None
    camera = replace(shot.camera, angle=typed(Angle, angle))
    return replace(shot, camera=camera), f"camera angle: {shot.camera.angle} becomes {angle}"


def _raise_camera(step: int) -> Callable[[ShotPlan], Change | None]:
    def change(shot: ShotPlan) -> Change | None:
        ladder = ("low", "eye", "high", "overhead")
        at = (ladder.index(shot.camera.angle) if shot.camera.angle in ladder else 1) + step
        return _set_angle(shot, ladder[at]) if 0 <= at < len(ladder) else None

    return change


def _light(meaning: str, edit: Callable[[LightPlan], LightPlan]) -> Callable[[ShotPlan], Change | None]:
    return lambda shot: (replace(shot, lights=edit(shot.lights)), meaning)


def _set_warmth(shot: ShotPlan, kelvin: str) -> Change:
    return _light(f"light: {float(kelvin):+g} K", lambda plan: _warm(plan, float(kelvin)))(shot)  # type: ignore[return-value]


def _warm(plan: LightPlan, kelvin: float) -> LightPlan:
    return replace(plan, temperature_shift=min(max(plan.temperature_shift + kelvin, -4000.0), 4000.0))


def _expose(plan: LightPlan, stops: float) -> LightPlan:
    return replace(plan, exposure=min(max(plan.exposure + stops, -4.0), 4.0))


def _retime(factor: float) -> Callable[[ShotPlan], Change | None]:
    """Make a shot longer or shorter; what ran to its end still does, what ends before it keeps its time."""

    def change(shot: ShotPlan) -> Change | None:
        frames = max(8, round(shot.frames * factor))
        return _set_frames(shot, frames)

    return change


def _set_frames(shot: ShotPlan, frames: int) -> Change | None:
    if frames == shot.frames or not 1 <= frames <= 100_000:
        return None

    def fit(start: int, length: int) -> tuple[int, int]:
        start = min(start, frames - 1)
        end = frames if start + length >= shot.frames else min(start + length, frames)
        return start, max(1, end - start)

    actions = tuple(replace(a, start=s, frames=n) for a in shot.actions for s, n in [fit(a.start, a.frames)])
    beats = tuple(replace(b, start=s, frames=n) for b in shot.beats for s, n in [fit(b.start, b.frames)])
    changed = replace(shot, frames=frames, actions=actions, beats=beats)
    return changed, f"length: {shot.frames} frames becomes {frames}"


def _set_seconds(shot: ShotPlan, seconds: str) -> Change | None:
    return _set_frames(shot, round(float(seconds) * shot.rate.fraction))


def _energy(step: float) -> Callable[[ShotPlan], Change | None]:
    """Physical response and performance, up or down."""

    def change(shot: ShotPlan) -> Change | None:
        intensity = round(min(max(shot.motion.intensity + step, 0.0), 1.0), 3)
        cast = tuple(
            replace(person, intensity=round(min(max(person.intensity + step, 0.0), 1.0), 3)) for person in shot.cast
        )
        changed = replace(shot, motion=replace(shot.motion, intensity=intensity), cast=cast)
        return (changed, f"intensity: {intensity:g}") if changed != shot else None

    return change


def _change_weather(shot: ShotPlan, item: Found, degree: float) -> Change | None:
    kind = item.value.removeprefix("weather:")
    without = tuple(name for name in shot.set.weather if name != kind)
    if item.facet == "absent" or degree < 0 or kind == "clear":
        weather = () if kind == "clear" else without
        said = f"weather: no {kind}" if kind != "clear" else "weather: clear"
    elif kind in shot.set.weather:
        return _energy(0.2)(shot)
    else:
        weather, said = tuple(sorted((*without, kind))), f"weather: {kind}"
    if weather == shot.set.weather:
        return None
    return replace(shot, set=replace(shot.set, weather=weather)), said


def _set_time(shot: ShotPlan, time: str) -> Change:
    return replace(shot, set=replace(shot.set, time_of_day=time)), f"time of day: {time}"


def _set_era(shot: ShotPlan, era: str) -> Change:
    return replace(shot, set=replace(shot.set, era=era_shown(era, shot.set.place))), f"era: {era}"


def _set_season(shot: ShotPlan, season: str) -> Change | None:
    known = season in place_of(shot.set.place).seasons
    return (replace(shot, set=replace(shot.set, season=season)), f"season: {season}") if known else None


def _set_place(shot: ShotPlan, place: str) -> Change:
    return replace(shot, set=replace(shot.set, place=place)), f"set: {place}"


def _set_mood(shot: ShotPlan, mood: str) -> Change:
    """The mood of the light and of everybody's face."""
    emotion, intensity = EMOTIONS.get(mood, ("neutral", 0.5))
    cast = tuple(replace(person, emotion=emotion, intensity=intensity) for person in shot.cast)
    return replace(shot, lights=replace(shot.lights, mood=mood), cast=cast), f"mood: {mood}"


def _set_key(shot: ShotPlan, key: str) -> Change:
    return replace(shot, lights=replace(shot.lights, key=typed("str", key))), f"lighting key: {key}"  # type: ignore[arg-type]


def _set_slow(shot: ShotPlan, scale: str) -> Change:
    return replace(shot, motion=replace(shot.motion, time_scale=float(scale))), f"story time runs at {scale}"


def _set_wardrobe(shot: ShotPlan, garment: str) -> Change | None:
    cast = tuple(replace(person, wardrobe=garment) for person in shot.cast)
    return (replace(shot, cast=cast), f"wardrobe: {garment}") if cast else None


def _set_hair(shot: ShotPlan, hair: str) -> Change | None:
    cast = tuple(replace(person, hair=hair) for person in shot.cast)
    return (replace(shot, cast=cast), f"hair: {hair}") if cast else None


_SETTERS: dict[str, Callable[[ShotPlan, str], Change | None]] = {
    "size": _set_size, "lens": _set_lens, "stop": _set_stop, "move": _set_move, "angle": _set_angle,
    "glass": _set_glass, "stock": _set_stock, "sensor": _set_sensor,
    "exposure": lambda shot, stops: _light(f"light: {stops} stops", lambda plan: _expose(plan, float(stops)))(shot),
    "warmth": _set_warmth, "time": _set_time, "era": _set_era, "season": _set_season,
    "place": _set_place, "mood": _set_mood, "key": _set_key,
    "slow": _set_slow, "wardrobe": _set_wardrobe, "hair": _set_hair, "seconds": _set_seconds,
    "pace": lambda shot, factor: _hurry(float(factor))(shot),
}  # fmt: skip
_CHANGES: dict[str, Callable[[ShotPlan], Change | None]] = {
    "tighter": _resize(+1), "wider": _resize(-1),
    "warmer": _light("light: 600 K warmer", lambda plan: _warm(plan, 600.0)),
    "cooler": _light("light: 600 K cooler", lambda plan: _warm(plan, -600.0)),
    "brighter": _light("light: half a stop brighter", lambda plan: _expose(plan, 0.5)),
    "darker": _light("light: half a stop darker", lambda plan: _expose(plan, -0.5)),
    "slower": _hurry(0.6), "faster": _hurry(1.6), "longer": _retime(1.25), "shorter": _retime(0.8),
    "lower": _raise_camera(-1), "higher": _raise_camera(+1),
    "longer lens": _relens(+1), "wider lens": _relens(-1), "shallower": _restop(0.7), "deeper": _restop(1.4),
    "calmer": _energy(-0.2), "livelier": _energy(0.2), "steady": lambda shot: _set_move(shot, "static"),
}  # fmt: skip
