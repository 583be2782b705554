"""What a job asks for and what it gives, as plain data. The contract says the same in proto/secondunit/v1/job.proto.

Paths are absolute; times are frames; media frames count from 0.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any, Literal

from secondunit_bridge.timing import Rate
from secondunit_engine.finish.look import LookChange
from secondunit_engine.planning.plan import ContinuityNote, Quality, Settings, StyleName
from secondunit_engine.render.settings import BudgetChoice
from secondunit_engine.script.brief import Brief, LedgerEntry

Codec = Literal["prores-hq", "prores-4444", "dnxhr-hqx", "h264"]


@dataclass(frozen=True)
class SettingsChange:
    """What the user set; None stays as in the project, or as shot."""

    rate: Rate | None = None
    width: int | None = None
    height: int | None = None
    quality: Quality | None = None
    seed: int | None = None
    frames: int | None = None
    motion_intensity: float | None = None
    handles: int | None = None
    style: StyleName | None = None
    total_frames: int | None = None
    budget: int | None = None


def change_settings(settings: Settings, change: SettingsChange) -> Settings:
    """Return the settings with the change made to them."""
    values: dict[str, Any] = {field.name: getattr(change, field.name) for field in fields(change)}
    said = {name: value for name, value in values.items() if value is not None}
    if {"quality", "budget"} & said.keys():
        settings = replace(settings, samples=None)  # of an earlier budget
    return replace(settings, **said)


@dataclass(frozen=True)
class ShootRequest:
    """Make every shot of a brief."""

    project_dir: str
    brief: Brief
    settings: SettingsChange = SettingsChange()
    look: LookChange = LookChange()
    despite_errors: bool = False


@dataclass(frozen=True)
class RetakeRequest:
    """Make one shot again with a director's note, going on from one of its takes (0 is the last)."""

    project_dir: str
    shot_id: str
    note: str = ""
    settings: SettingsChange = SettingsChange()
    take: int = 0


@dataclass(frozen=True)
class RelightRequest:
    """Finish one shot again under a changed look."""

    project_dir: str
    shot_id: str
    look: LookChange = LookChange()


@dataclass(frozen=True)
class ConformRequest:
    """Make one master from a cut (OTIO); a size of 0 takes the first clip's, no loudness leaves it as it is."""

    project_dir: str
    timeline: str
    output: str
    codec: Codec = "prores-hq"
    width: int = 0
    height: int = 0
    loudness: str = ""


@dataclass(frozen=True)
class UsdzRequest:
    """Pack one shot as USDZ, without lights `for_ar`."""

    project_dir: str
    shot_id: str
    output: str
    for_ar: bool = False


@dataclass(frozen=True)
class PrevisRequest:
    """Draw a brief before it is shot. A path left empty is not drawn; `every` 0 chooses by the film's length."""

    project_dir: str
    brief: Brief
    settings: SettingsChange = SettingsChange()
    board: str = ""
    animatic: str = ""
    floor_plans: str = ""
    metadata: str = ""
    every: int = 0


@dataclass(frozen=True)
class ReshootRequest:
    """Shoot a take again from its manifest, into a project that is made if need be."""

    project_dir: str
    manifest: str


Request = ShootRequest | RetakeRequest | RelightRequest | ConformRequest | UsdzRequest | PrevisRequest | ReshootRequest


@dataclass(frozen=True)
class Take:
    """One finished take. A path that does not apply is empty."""

    shot_id: str
    number: int
    media: str
    rate: Rate
    frames: int
    width: int
    height: int
    seed: int
    manifest: str = ""
    aovs: str = ""
    proxy: str = ""
    depth: str = ""
    sound: str = ""
    stage: str = ""
    cues: str = ""
    note: str = ""
    ledger: tuple[LedgerEntry, ...] = ()
    made: tuple[str, ...] = ()
    reused: tuple[str, ...] = ()
    budget: BudgetChoice | None = None


@dataclass(frozen=True)
class ShootResult:
    """Of shoot, retake and relight."""

    timeline: str
    takes: tuple[Take, ...]
    continuity: tuple[ContinuityNote, ...] = ()


@dataclass(frozen=True)
class FrameRange:
    start: int
    frames: int


@dataclass(frozen=True)
class ConformResult:
    """The master, where it is black, and how many frames were copied encoded or encoded anew."""

    media: str
    rate: Rate
    frames: int
    gaps: tuple[FrameRange, ...]
    copied_frames: int
    encoded_frames: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class UsdzResult:
    """The file, and what the format could not carry."""

    media: str
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class PrevisResult:
    """The files written, what differs from the plan, and how many drawings were made and found."""

    files: tuple[str, ...]
    notes: tuple[str, ...] = ()
    drawn: int = 0
    reused: int = 0


@dataclass(frozen=True)
class ReshootResult:
    """The take made again, whether each of its files holds the same as before, and what does not."""

    take: Take
    same: bool
    notes: tuple[str, ...] = ()


Result = ShootResult | ConformResult | UsdzResult | PrevisResult | ReshootResult
