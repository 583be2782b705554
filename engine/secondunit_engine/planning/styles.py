"""Styles as data: how scenes are covered, in which sizes and lenses, how long a shot lasts, what carries the camera."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from secondunit_engine.planning.plan import MoveKind, Rig, ShotSize, StyleName


@dataclass(frozen=True, eq=False)  # one object a style: remembered by it, not by what it says
class Style:
    """How a director of this kind covers a scene.

    talk: sizes of a conversation from its first to its last third. lenses: millimetres for each size. stops: T-stops
    for wide, middle and tight sizes. reactions: a listener is shown after every so many lines (0 never).
    cut_every: seconds after which a run of action is cut again. one_shot: a scene is one moving shot.
    """

    talk: tuple[ShotSize, ...] = ("MS", "MCU", "CU")
    master: ShotSize = "WS"
    action: ShotSize = "MFS"
    insert: ShotSize = "CU"
    hands: ShotSize = "MS"  # what is done with the hands; tighter than MCU the hands alone
    lenses: Mapping[ShotSize, float] = field(default_factory=lambda: _PRIMES)
    stops: tuple[float, float, float] = (4.0, 2.8, 2.0)
    over_shoulders: bool = True
    reactions: int = 3
    cut_every: float = 9.0
    master_move: MoveKind = "push in"
    move: MoveKind = "static"
    rig: Rig = "tripod"
    speed: float = 0.5
    one_shot: bool = False
    each_beat: bool = False


_PRIMES: Mapping[ShotSize, float] = {
    "ECU": 100.0, "CU": 85.0, "MCU": 50.0, "MS": 50.0, "MFS": 35.0, "FS": 35.0, "WS": 24.0, "EWS": 18.0,
}  # fmt: skip
_WIDE: Mapping[ShotSize, float] = {
    "ECU": 50.0, "CU": 35.0, "MCU": 28.0, "MS": 24.0, "MFS": 24.0, "FS": 24.0, "WS": 18.0, "EWS": 18.0,
}  # fmt: skip

STYLES: Mapping[StyleName, Style] = {
    "coverage": Style(lenses=_PRIMES),
    "one-er": Style(
        lenses=_WIDE, master="FS", one_shot=True, master_move="track", move="track", rig="steadicam", speed=0.7
    ),
    "vlog": Style(
        talk=("MCU", "MS", "MCU"), master="MS", action="MS", lenses=_WIDE, over_shoulders=False, reactions=0,
        cut_every=4.0, master_move="handheld", move="handheld", rig="handheld", each_beat=True,
    ),
    "teaser": Style(
        talk=("CU", "ECU", "CU"), master="EWS", action="FS", insert="ECU", lenses=_PRIMES, over_shoulders=False,
        reactions=0, cut_every=2.0, master_move="crane", move="push in", rig="dolly", speed=1.2, each_beat=True,
    ),
}  # fmt: skip

# Three ways to cover one beat, to choose from.
VARIANTS: Mapping[str, tuple[Style, str]] = {
    "a": (STYLES["coverage"], "classic: the geography first, then whoever carries the beat"),
    "b": (
        Style(
            talk=("CU", "CU", "ECU"), master="MS", action="MS", insert="ECU", hands="CU", lenses=_PRIMES,
            over_shoulders=False, reactions=2, cut_every=4.0, master_move="static", each_beat=True,
        ),
        "tight: faces and hands, the room only guessed",
    ),
    "c": (STYLES["one-er"], "moving: one steadicam shot that follows"),
}  # fmt: skip


def stop_for(style: Style, size: ShotSize) -> float:
    """Deep focus for the wide, shallow for the tight."""
    wide, middle, tight = style.stops
    return tight if size in ("ECU", "CU", "MCU") else middle if size in ("MS", "MFS") else wide
