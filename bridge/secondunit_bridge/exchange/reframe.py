"""Reframes: how an editor has zoomed, moved and turned a clip, read from the host's own effect and kept as ours.

An animated reframe is taken at its first key, and that is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import opentimelineio as otio

from secondunit_bridge.cut import Reframe

KEY = "secondunit"
EFFECT = "Reframe"
_IDENTITY = (1.0, 1.0, 0.0, 0.0, 0.0)
# Effects that every clip of the host carries; what they hold when they do nothing.
_RESOLVE = {
    "transformationZoomX": 0, "transformationZoomY": 1, "transformationPan": 2, "transformationTilt": 3,
    "transformationRotationAngle": 4,
}  # fmt: skip
_PREMIERE_INERT = {"Opacity": 100.0, "Rotation": 0.0, "Anti-flicker Filter": 0.0}


def effect_of(reframe: Reframe) -> otio.schema.Effect:
    """A reframe as an effect that `reframe_of` reads."""
    named = dict(zip(("zoom_x", "zoom_y", "x", "y", "turn"), reframe.values, strict=True))
    return otio.schema.Effect(EFFECT, EFFECT, {KEY: {"reframe": named | {"native": reframe.native}}})


def reframe_of(effects: Iterable[Any]) -> Reframe | None:
    """The reframe among a clip's effects, if `settle_effects` has put one there. Damaged values count as none."""
    for effect in effects:
        ours = effect.metadata.get(KEY, {})
        said = ours.get("reframe") if isinstance(ours, Mapping) else None
        if isinstance(said, Mapping):
            numbers = [_number(said.get(name)) for name in ("zoom_x", "zoom_y", "x", "y", "turn")]
            known = [value for value in numbers if value is not None]
            if len(known) == 5:
                return Reframe(known[0], known[1], known[2], known[3], known[4], bool(said.get("native")))
    return None


def settle_effects(clip: otio.schema.Clip) -> list[str]:
    """Turn the host's transform into ours, drop effects that do nothing, in place. Returns what is not applied."""
    kept: list[Any] = []
    notes: list[str] = []
    for effect in clip.effects:
        host = _host(effect)
        if host is None:
            kept.append(effect)
            continue
        if not effect.enabled or effect.metadata[host].get("Enabled", True) is False:
            continue
        found, remarks = (_resolve if host == "Resolve_OTIO" else _premiere)(effect, clip.name)
        notes += remarks
        if found is not None and not found.is_none:
            kept.append(effect_of(found))
    if len(kept) != len(clip.effects) or any(one is not other for one, other in zip(kept, clip.effects, strict=True)):
        clip.effects[:] = kept
    return notes


def _host(effect: Any) -> str | None:
    for name in ("Resolve_OTIO", "PremierePro_OTIO"):
        if isinstance(effect.metadata.get(name), Mapping):
            return name
    return None


def _parameters(told: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    listed = told.get("Parameters", ())
    for each in listed if isinstance(listed, Iterable) and not isinstance(listed, str) else ():
        if isinstance(each, Mapping):
            yield each


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and abs(value) < 1e6 else None


def _resolve(effect: Any, clip: str) -> tuple[Reframe | None, list[str]]:
    """Resolve writes a parameter only once it is off its default; an effect without any does nothing."""
    told = effect.metadata["Resolve_OTIO"]
    name = str(told.get("Effect Name", "effect"))
    changed = [each for each in _parameters(told) if each.get("Parameter Value") != each.get("Default Parameter Value")]
    keyed = [each for each in _parameters(told) if each.get("Key Frames")]
    if not changed and not keyed:
        return None, []
    values = list(_IDENTITY)
    unknown = False
    for each in {str(each.get("Parameter ID")): each for each in (*changed, *keyed)}.values():
        place = _RESOLVE.get(str(each.get("Parameter ID")))
        value = _number(each.get("Parameter Value"))
        if place is None or value is None:
            unknown = True
        else:
            values[place] = value
    notes = [f"The effect “{name}” on {clip} is not applied."] if unknown or name != "Transform" else []
    if keyed and name == "Transform":
        notes.append(f"The animated transform of {clip} is held at its first value.")
    zoom_x, zoom_y, x, y, turn = values
    return (Reframe(zoom_x, zoom_y, x, y, turn) if name == "Transform" else None), notes


def _premiere(effect: Any, clip: str) -> tuple[Reframe | None, list[str]]:
    told = effect.metadata["PremierePro_OTIO"]
    values = {str(each.get("DisplayName")): _first_value(each) for each in _parameters(told)}
    animated = [each for each in _parameters(told) if len(each.get("Keyframes") or ()) > 1]
    match = str(told.get("MatchName", ""))
    if match == "AE.ADBE Motion":
        scale = _number(values.get("Scale"))
        wide = scale if values.get(" ") is not False else _number(values.get("Scale Width"))
        place, turn = values.get("Position"), _number(values.get("Rotation"))
        x, y = (place.get("X"), place.get("Y")) if isinstance(place, Mapping) else (0.5, 0.5)
        numbers = [_number(value) for value in (wide, scale, x, y)]
        across, down, right, low = (
            value if value is not None else usual
            for value, usual in zip(numbers, (100.0, 100.0, 0.5, 0.5), strict=True)
        )
        notes = [f"The animated motion of {clip} is held at its first key."] if animated else []
        found = Reframe(across / 100, down / 100, right - 0.5, 0.5 - low, -(turn or 0.0), native=True)
        return found, notes
    inert = match.startswith(("Internal ", "AudioFader", "PanProcessor")) or (
        match == "AE.ADBE Opacity" and values.get("Opacity") in (None, _PREMIERE_INERT["Opacity"]) and not animated
    )
    name = effect.effect_name or effect.name or match
    return None, [] if inert else [f"The effect “{name}” on {clip} is not applied."]


def _first_value(parameter: Mapping[str, Any]) -> Any:
    keys = parameter.get("Keyframes")
    if isinstance(keys, Iterable) and not isinstance(keys, str | Mapping):
        for key in keys:
            return key.get("Value") if isinstance(key, Mapping) else None
    start = parameter.get("StartValue")
    return start.get("Value") if isinstance(start, Mapping) else None
