"""The plan: shots as plain data, the one thing every later stage reads.

Units: metres, degrees, millimetres for lenses, frames counted from the shot's first frame (0).
Each part of a shot is its own dataclass, because a stage is named by the hash of the parts it reads:
change a lens and only the camera, the frames and what follows are made again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from secondunit_bridge.timing import Rate
from secondunit_engine.script.brief import LedgerEntry

Quality = Literal["draft", "preview", "final"]
ShotSize = Literal["ECU", "CU", "MCU", "MS", "MFS", "FS", "WS", "EWS"]
Angle = Literal["eye", "low", "high", "dutch", "overhead"]
MoveKind = Literal["static", "push in", "pull out", "track", "pan", "tilt", "crane", "orbit", "handheld", "fly-through"]


@dataclass(frozen=True)
class SetPlan:
    """A place, dressed. `place` names a builder in world/sets."""

    place: str
    time_of_day: str = "day"
    weather: tuple[str, ...] = ()
    era: str = "present"
    wear: float = 0.4
    seed: int = 0


@dataclass(frozen=True)
class CastPlan:
    """A person in a shot. `mark` names the place of the set where they stand or sit."""

    name: str
    role: str = ""
    age: float = 0.5
    gender: float = 1.0
    build: float = 0.5
    melanin: float = 0.45
    hair: str = "short dark"
    wardrobe: str = "t-shirt"
    mark: str = "hero"
    emotion: str = "neutral"
    intensity: float = 0.5
    seed: int = 0


@dataclass(frozen=True)
class ActionPlan:
    """Who does what, from which frame, for how many frames. The actor is a cast name or a prop."""

    actor: str
    verb: str
    start: int
    frames: int
    target: str = ""
    manner: str = ""
    text: str = ""


@dataclass(frozen=True)
class DialoguePlan:
    character: str
    text: str
    start: int
    frames: int
    parenthetical: str = ""
    off_screen: bool = False


@dataclass(frozen=True)
class CameraPlan:
    """A camera, in words a crew uses; world/camera.py turns it into a transform per frame."""

    size: ShotSize = "MS"
    angle: Angle = "eye"
    lens_mm: float = 35.0
    t_stop: float = 2.8
    subject: str = "hero"
    focus_on: str = "hero"
    move: MoveKind = "static"
    speed: float = 1.0
    shutter_degrees: float = 180.0


@dataclass(frozen=True)
class LightPlan:
    """Exposure in stops and temperature as a shift in kelvin (positive is warmer), on top of what the set motivates."""

    key: Literal["low", "neutral", "high"] = "low"
    mood: str = ""
    temperature_shift: float = 0.0
    exposure: float = 0.0


@dataclass(frozen=True)
class MotionPlan:
    """`intensity` 0 is keyed motion only, 1 full physical response; `time_scale` below 1 is slow motion."""

    intensity: float = 0.7
    time_scale: float = 1.0


@dataclass(frozen=True)
class BeatPlan:
    """A beat as placed in the shot."""

    id: str
    text: str
    kind: str
    start: int
    frames: int


@dataclass(frozen=True)
class ShotPlan:
    id: str
    scene: str
    heading: str
    frames: int
    rate: Rate
    seed: int
    set: SetPlan
    camera: CameraPlan
    lights: LightPlan = LightPlan()
    motion: MotionPlan = MotionPlan()
    cast: tuple[CastPlan, ...] = ()
    actions: tuple[ActionPlan, ...] = ()
    dialogue: tuple[DialoguePlan, ...] = ()
    beats: tuple[BeatPlan, ...] = ()
    music: str = ""
    ledger: tuple[LedgerEntry, ...] = ()


@dataclass(frozen=True)
class ContinuityNote:
    level: Literal["error", "warning"]
    rule: str
    shots: tuple[str, ...]
    message: str


@dataclass(frozen=True)
class Settings:
    """What the user set beside the brief. `handles` are frames shot before and after each shot."""

    rate: Rate = Rate(24)
    width: int = 854
    height: int = 480
    quality: Quality = "preview"
    seed: int = 0
    frames: int | None = None
    motion_intensity: float | None = None
    handles: int = 0


@dataclass(frozen=True)
class Plan:
    title: str
    shots: tuple[ShotPlan, ...]
    continuity: tuple[ContinuityNote, ...] = field(default=())
    ledger: tuple[LedgerEntry, ...] = ()
