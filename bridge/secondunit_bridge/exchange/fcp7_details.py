"""What an FCP7 XML clip carries beside its place: speed, motion, comments, markers."""

from __future__ import annotations

from fractions import Fraction
from typing import Any
from xml.etree.ElementTree import Element

import opentimelineio as otio
from opentimelineio.opentime import RationalTime, TimeRange

from secondunit_bridge.cut import Reframe
from secondunit_bridge.errors import BadInput
from secondunit_bridge.exchange.reframe import effect_of
from secondunit_bridge.timing import Rate

MOST_MARKERS = 100_000
# Filters that hosts write on every clip, with the values by which they do nothing.
_INERT = {
    "opacity": {"opacity": 100.0},
    "audiolevels": {"level": 1.0},
    "audiopan": {"pan": 0.0},
    "crop": {},
    "distort": {},
}


def text_of(element: Element | None, path: str) -> str:
    """The text at a path below an element, or nothing."""
    found = element.find(path) if element is not None else None
    return (found.text or "").strip() if found is not None else ""


def number(element: Element | None, path: str, otherwise: float) -> float:
    """The number at a path. Raises BadInput if there is text that is none."""
    said = text_of(element, path)
    if not said:
        return otherwise
    try:
        value = float(said)
    except ValueError:
        raise BadInput(f"The XML has “{said[:40]}” for {path}.", mend="Export the sequence again.") from None
    if abs(value) > 2**40 or value != value:
        raise BadInput(f"The XML has {said[:40]} for {path}.", mend="Export the sequence again.")
    return value


def _filters(item: Element) -> list[tuple[Element, str, dict[str, Element]]]:
    """(effect, its id, parameters by id) of a clip's enabled filters."""
    found = []
    for each in item.findall("filter"):
        effect = each.find("effect")
        if effect is None or text_of(each, "enabled").upper() == "FALSE":
            continue
        parameters = {text_of(part, "parameterid").lower(): part for part in effect.findall("parameter")}
        found.append((effect, text_of(effect, "effectid").lower(), parameters))
    return found


def retime_of(item: Element, name: str) -> tuple[Fraction, list[str]]:
    """A clip's speed, negative backwards, 0 for a freeze; and what of it is not applied."""
    for _, kind, parameters in _filters(item):
        if kind not in ("timeremap", "time remap"):
            continue
        speed = Fraction(number(parameters.get("speed"), "value", 100)).limit_denominator(100_000) / 100
        backwards = text_of(parameters.get("reverse"), "value").upper() == "TRUE"
        varies = number(parameters.get("variablespeed"), "value", 0) != 0
        notes = [f"The speed of {name} varies; its average is used."] if varies else []
        return (-abs(speed) if backwards else speed), notes
    return Fraction(1), []


def settle_filters(item: Element, clip: otio.schema.Clip, width: int, size: tuple[int, int]) -> list[str]:
    """Put the clip's reframe on it, and name the filters that are not applied. Sizes in pixels, 0 if not said."""
    notes: list[str] = []
    for effect, kind, parameters in _filters(item):
        if kind == "basic":
            notes += _motion(parameters, clip, width, size)
        elif kind not in ("timeremap", "time remap") and not _is_inert(kind, parameters):
            notes.append(f"The effect “{text_of(effect, 'name') or kind}” on {clip.name} is not applied.")
    return notes


def _motion(parameters: dict[str, Element], clip: otio.schema.Clip, width: int, size: tuple[int, int]) -> list[str]:
    scale, turn = (_value(parameters.get(name), usual) for name, usual in (("scale", 100.0), ("rotation", 0.0)))
    center = parameters.get("center")
    point = None if center is None else center.find("value")
    if point is None and center is not None:
        point = center.find("keyframe/value")
    x, y = number(point, "horiz", 0), number(point, "vert", 0)
    fit = width / size[0] if width and size[0] else 1.0
    found = Reframe(scale / 100 * fit, scale / 100 * fit, x, -y, -turn)
    if not found.is_none:
        clip.effects.append(effect_of(found))
    moving = any(len(part.findall("keyframe")) > 1 for part in parameters.values())
    return [f"The animated motion of {clip.name} is held at its first key."] if moving else []


def _value(parameter: Element | None, usual: float) -> float:
    if parameter is not None and parameter.find("keyframe") is not None:
        return number(parameter, "keyframe/value", usual)
    return number(parameter, "value", usual)


def _is_inert(kind: str, parameters: dict[str, Element]) -> bool:
    if kind not in _INERT:
        return False
    if any(part.find("keyframe") is not None for part in parameters.values()):
        return False
    usual = _INERT[kind]
    simple = {name: part for name, part in parameters.items() if part.find("value") is not None}
    plain = {name: text_of(part, "value") for name, part in simple.items()}
    return all(_same(value, usual.get(name, 0.0)) for name, value in plain.items() if name in usual or kind == "crop")


def _same(text: str, value: float) -> bool:
    try:
        return float(text) == value
    except ValueError:
        return True  # a point or a word: not a strength


def comments_of(item: Element, file: Element | None) -> dict[str, Any]:
    """What people and other programs wrote on a clip: where ids survive a host."""
    told: dict[str, Any] = {}
    for group in ("comments", "logginginfo", "labels"):
        found = item.find(group)
        if found is not None:
            told[group] = {part.tag: (part.text or "").strip() for part in found if (part.text or "").strip()}
    told["masterclip"] = text_of(item, "masterclipid")
    told["reel"] = text_of(file, "timecode/reel/name")
    return {key: value for key, value in told.items() if value}


def markers_of(element: Element, rate: Rate, start: int) -> list[otio.schema.Marker]:
    """The markers of a sequence or a clip; frames count from `start`. The comment goes to the marker's comment."""
    found = element.findall("marker")
    if len(found) > MOST_MARKERS:
        raise BadInput(f"There are {len(found)} markers.", mend=f"Keep to {MOST_MARKERS}.")
    per_second = float(rate.fraction)
    markers = []
    for each in found:
        begin, end = int(number(each, "in", 0)), int(number(each, "out", -1))
        span = TimeRange(RationalTime(start + begin, per_second), RationalTime(max(0, end - begin), per_second))
        marker = otio.schema.Marker(text_of(each, "name"), span, _colour(each))
        marker.comment = text_of(each, "comment")
        markers.append(marker)
    return markers


def _colour(marker: Element) -> str:
    """The marker's colour by name: Premiere's own number (0xAABBGGRR), or red, green and blue."""
    from secondunit_bridge.exchange.colours import nearest

    own = text_of(marker, "pproColor")
    if own.isdigit():
        value = int(own)
        return nearest(value & 255, value >> 8 & 255, value >> 16 & 255)
    if marker.find("color") is not None:
        return nearest(*(int(number(marker, f"color/{part}", 0)) for part in ("red", "green", "blue")))
    return "RED"
