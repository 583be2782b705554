"""The plan: shots as plain data, the one thing every later stage reads.

Units: metres, degrees, millimetres for lenses, frames counted from the shot's first frame (0).
Each part of a shot is its own dataclass, because a stage is named by the hash of the parts it reads:
change a lens and only the camera, the frames and what follows are made again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from secondunit_bridge.timing import Rate
from secondunit_engine.script.brief import LedgerEntry, OwnProp

Quality = Literal["draft", "preview", "final"]
ShotSize = Literal["ECU", "CU", "MCU", "MS", "MFS", "FS", "WS", "EWS"]
Angle = Literal["eye", "low", "high", "dutch", "overhead"]
MoveKind = Literal["static", "push in", "pull out", "track", "pan", "tilt", "crane", "orbit", "handheld", "fly-through"]
# How a shot stands in its scene; "composed" is the set's own camera mark.
Setup = Literal[
    "composed", "establishing", "master", "two shot", "single", "over shoulder", "insert", "pov", "reaction"
]
Rig = Literal["tripod", "dolly", "crane", "steadicam", "handheld", "drone"]
Posture = Literal["stand", "sit", "kneel", "lie"]
Glass = Literal["spherical", "anamorphic", "vintage"]
Stock = Literal["digital", "70mm", "35mm", "16mm"]
Sensor = Literal[
    "full frame", "IMAX", "65mm", "large format", "Super 35", "micro four thirds", "Super 16", "one inch", "phone",
    "Super 8",
]  # fmt: skip
# Width [mm] of a 16:9 picture on a sensor or in a film's gate (SMPTE and makers' figures): IMAX 70.41 x 52.63, five
# perforations of 65 mm 52.63 x 23.01, Alexa 65 54.12 x 25.58, Super 35 24.89 x 18.66, four thirds 17.3 x 13, Super 16
# 12.52 x 7.41, one inch 13.2 x 8.8, a phone's 9.8 x 7.3, Super 8 5.79 x 4.01.
SENSOR_MM: dict[Sensor, float] = {
    "full frame": 36.0, "IMAX": 70.41, "65mm": 40.91, "large format": 45.48, "Super 35": 24.89,
    "micro four thirds": 17.3, "Super 16": 12.52, "one inch": 13.2, "phone": 9.8, "Super 8": 5.79,
}  # fmt: skip
StyleName = Literal["coverage", "one-er", "vlog", "teaser"]


@dataclass(frozen=True)
class PropPlan:
    """One thing that stands about because the words say so: its own name in the shot, its name in the catalogue of
    props, and how it relates to what (another's name, or a mark). `own` is what the project's library has instead."""

    name: str
    prop: str
    relation: str = "beside"
    to: str = "hero"
    own: OwnProp | None = None


@dataclass(frozen=True)
class SetPlan:
    """A place, dressed. `place` names a builder in world/sets."""

    place: str
    time_of_day: str = "day"
    weather: tuple[str, ...] = ()
    era: str = "present"
    wear: float = 0.4
    seed: int = 0
    tint: tuple[float, ...] = ()  # gains on what the set paints, linear Rec.709 (R, G, B); empty leaves it alone
    props: tuple[PropPlan, ...] = ()
    season: str = ""  # empty leaves it to the set


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
    """Who does what, from which frame, for how many frames. The actor is a cast name or a prop; `other` is the third
    party, such as who is given the target."""

    actor: str
    verb: str
    start: int
    frames: int
    target: str = ""
    manner: str = ""
    text: str = ""
    other: str = ""


@dataclass(frozen=True)
class DialoguePlan:
    character: str
    text: str
    start: int
    frames: int
    parenthetical: str = ""
    off_screen: bool = False


@dataclass(frozen=True)
class Spot:
    """Somebody's place on the floor of the set, reached at frame `start`: metres, and where they face, in degrees
    about Y (0 looks along +Z, 90 along +X). Between two spots they go straight and evenly."""

    start: int
    x: float
    z: float
    facing: float
    posture: Posture = "stand"


@dataclass(frozen=True)
class PathPlan:
    """The way of a person or a prop over the floor during a shot; the first spot is where they are at frame 0."""

    who: str
    spots: tuple[Spot, ...]


@dataclass(frozen=True)
class Fact:
    """One thing that holds when a shot begins: ("Relic", "held by", "Mara"), ("Door", "is", "open")."""

    subject: str
    relation: str
    value: str


@dataclass(frozen=True)
class StuntMark:
    """Something in a shot that a person must approve before it is shot for real, and the words that say so."""

    kind: Literal["fall", "fire", "vehicle", "weapon", "water", "height", "fight"]
    reason: str
    text: str = ""


@dataclass(frozen=True)
class GraphicPlan:
    """Words or a logo laid over the picture: which, from which frame, for how many. `sponsor` owns a logo."""

    text: str
    start: int
    frames: int
    sponsor: str = ""


@dataclass(frozen=True)
class FramePoint:
    """Where a target's aim point (eyes, or the middle of a thing) lies in the picture when the shot begins: x from
    the left, y from the top, both 0 to 1."""

    target: str
    x: float
    y: float


@dataclass(frozen=True)
class Station:
    """Where a camera stands when the shot begins and the point it looks at, metres in the set."""

    eye: tuple[float, ...]
    look: tuple[float, ...]


@dataclass(frozen=True)
class FocusPull:
    """The focus goes to `target`, beginning at frame `start` and arriving `frames` later."""

    target: str
    start: int
    frames: int


@dataclass(frozen=True)
class CameraPlan:
    """A camera, in words a crew uses; world/camera.py turns it into a transform per frame.

    `framing` asks where one or two targets lie in the picture and `station` is the solved answer; without a station
    the set's own camera mark is the composition. `line_side` is the side of the scene's line (+1, -1; 0 no line).
    `glass` is the set of lenses, `stock` what the light falls on, `sensor` how large that is. `lens_mm` says how much
    is seen: the lens that would see it on full frame. What is mounted is `focal_mm`, shorter on a smaller sensor, so
    that the picture stays and its depth of field is that of the sensor.
    """

    size: ShotSize = "MS"
    angle: Angle = "eye"
    lens_mm: float = 35.0
    t_stop: float = 2.8
    subject: str = "hero"
    focus_on: str = "hero"
    move: MoveKind = "static"
    speed: float = 1.0
    shutter_degrees: float = 180.0
    setup: Setup = "composed"
    rig: Rig = "tripod"
    framing: tuple[FramePoint, ...] = ()
    station: Station | None = None
    line_side: int = 0
    focus_pulls: tuple[FocusPull, ...] = ()
    why: str = ""
    glass: Glass = "spherical"
    stock: Stock = "digital"
    sensor: Sensor = "full frame"
    wet_lens: bool = False  # drops hang on the front glass

    @property
    def crop(self) -> float:
        """How wide the sensor is, in widths of a full frame."""
        return SENSOR_MM[self.sensor] / SENSOR_MM["full frame"]

    @property
    def focal_mm(self) -> float:
        """The focal length of the lens on this sensor."""
        return round(self.lens_mm * self.crop, 3)

    @property
    def aperture_mm(self) -> tuple[float, float]:
        """Width and height of the picture on the sensor, 16:9."""
        width = SENSOR_MM[self.sensor]
        return width, round(width * 9 / 16, 4)

    @property
    def lens_said(self) -> str:
        """The lens as a crew writes it: "50 mm", on another sensor "34.6 mm Super 35"."""
        return f"{round(self.focal_mm, 1):g} mm" + (f" {self.sensor}" if self.sensor != "full frame" else "")


@dataclass(frozen=True)
class LightPlan:
    """Exposure in stops and temperature as a shift in kelvin (positive is warmer), on top of what the set motivates.

    `key_bearing` is where the key comes from, in degrees about Y in the set (0 from +Z, 90 from +X), `ratio` key to
    fill, `kelvin` the key's colour temperature, `key_rise` its height above the eyes in degrees, `key_size` how wide it
    is in metres (small is hard); None leaves each to the gaffer's usual portrait. `practicals` are the set's light
    groups that are on, ("none",) when all are out, empty to leave them; `motivated_by` says why the key is there.
    """

    key: Literal["low", "neutral", "high"] = "low"
    mood: str = ""
    temperature_shift: float = 0.0
    exposure: float = 0.0
    key_bearing: float | None = None
    ratio: float | None = None
    kelvin: float | None = None
    practicals: tuple[str, ...] = ()
    volumetrics: Literal["none", "haze", "shafts"] = "none"
    motivated_by: str = ""
    key_rise: float | None = None
    key_size: float | None = None


@dataclass(frozen=True)
class MotionPlan:
    """`intensity`, 0 to 1, scales what follows from motion (spray, a car's pitch and heave, stirred dust, how far cloth
    and hair sway), never where people and things go or how they fall: 0 has none of it, 1 all. `time_scale` below 1 is
    slow motion."""

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
    blocking: tuple[PathPlan, ...] = ()
    state: tuple[Fact, ...] = ()
    stunts: tuple[StuntMark, ...] = ()
    graphics: tuple[GraphicPlan, ...] = ()


def copy_with(shot: ShotPlan, **changes: object) -> ShotPlan:
    """The shot with some fields changed, as `dataclasses.replace` gives it, in a third of its time: a feature's shots
    are all named again after every edit."""
    copy = object.__new__(ShotPlan)
    copy.__dict__.update(shot.__dict__, **changes)
    return copy


@dataclass(frozen=True)
class RuleReport:
    """What became of a sponsor's rule: proved from the plan, broken, or not to be judged from a plan."""

    rule: str
    verdict: Literal["kept", "broken", "not judged"]
    reason: str
    shots: tuple[str, ...] = ()


@dataclass(frozen=True)
class MoodNote:
    """Which picture of the mood board led to what."""

    image: str
    feature: str
    led_to: str


@dataclass(frozen=True)
class ContinuityNote:
    level: Literal["error", "warning"]
    rule: str
    shots: tuple[str, ...]
    message: str


@dataclass(frozen=True)
class Settings:
    """What the user set beside the brief.

    `handles` are frames shot before and after each shot; `style` is how scenes are covered; `total_frames` is how long
    all shots together shall be. `samples` a pixel stand in for the quality's own; `budget` is the time [s] that each
    shot may take, which is solved into size and samples.
    """

    rate: Rate = Rate(24)
    width: int = 854
    height: int = 480
    quality: Quality = "preview"
    seed: int = 0
    frames: int | None = None
    motion_intensity: float | None = None
    handles: int = 0
    style: StyleName | None = None
    total_frames: int | None = None
    samples: int | None = None
    budget: int | None = None


@dataclass(frozen=True)
class Plan:
    title: str
    shots: tuple[ShotPlan, ...]
    continuity: tuple[ContinuityNote, ...] = field(default=())
    ledger: tuple[LedgerEntry, ...] = ()
    rules: tuple[RuleReport, ...] = ()
    mood: tuple[MoodNote, ...] = ()
