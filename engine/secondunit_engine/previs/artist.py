"""One shot of a plan, drawn frame by frame: the set through the shot's camera, its people on their paths, its light.

While the camera stands still the set is drawn once and only people and props that move are drawn over it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy import ndimage

from secondunit_engine.color import LUMINANCE, from_rec709
from secondunit_engine.finish.display import show
from secondunit_engine.finish.temperature import temperature_gain
from secondunit_engine.planning.plan import ShotPlan
from secondunit_engine.previs.acting import eyes_of, stand
from secondunit_engine.previs.contact import occlude, shadow_of_people
from secondunit_engine.previs.haze import Air, air_between
from secondunit_engine.previs.mannequin import Mannequin, mannequin_of
from secondunit_engine.previs.mirror import mirror_floor
from secondunit_engine.previs.prop_moves import place_props
from secondunit_engine.previs.rasterise import Buffers, Lens, draw_solid, lens_of
from secondunit_engine.previs.shade import Lamps, shade
from secondunit_engine.previs.solids import Palette, Solid, join, move
from secondunit_engine.previs.stage import Stage
from secondunit_engine.previs.surfaces import Surfaces, look_up
from secondunit_engine.world.framing import Pose

Floats = NDArray[np.float32]
# How bright a frame is on the whole (its log mean), by the plan's key; and how bright people are in their key light.
_MEAN = {"low": 0.075, "neutral": 0.12, "high": 0.19}
_FACE = {"low": 2.1, "neutral": 2.4, "high": 2.6}
_SHARED = 0.7  # how much of a shot's exposure is the set's, so that its shots match; the rest is its own
_RATIO = {"low": 7.0, "neutral": 3.5, "high": 1.8}
_RISE = 34.0  # degrees of the key above the eyes
_VIEW = "ACES 2.0"


@dataclass(frozen=True)
class _Backdrop:
    """The set alone through one lens."""

    lens: Lens
    buffers: Buffers
    seen: Surfaces
    lit: Floats


class Artist:
    """Draws a shot. Frames are display-coded Rec.709, uint8, shape [height, width, 3]."""

    def __init__(self, shot: ShotPlan, stage: Stage, width: int, height: int) -> None:
        self._shot, self._stage = shot, stage
        self._width, self._height = width, height
        self._people = {member.name: mannequin_of(member) for member in shot.cast}
        self._palette, self._first_rows = _dress(stage.scenery.palette, self._people)
        self._moving = place_props(shot, stage.scenery, 0).moving
        still = [stage.scenery.fixed]
        still += [solid for name, parts in stage.scenery.props.items() if name not in self._moving
                  for solid in parts.values()]  # fmt: skip
        self._set = join(still)
        self._backdrop: _Backdrop | None = None
        self._exposure = 0.0  # not yet measured

    def draw(self, frame: int, pose: Pose) -> NDArray[np.uint8]:
        """The shot's frame, counted from 0, from a camera pose."""
        back = self._behind(pose)
        lens = back.lens
        solids, capsules = self._cast_at(frame)
        buffers, seen = back.buffers.copy(), back.seen.copy()
        first = len(self._set.triangles)
        front = join(solids)
        placed = draw_solid(buffers, lens, front, first)
        look_up(buffers, lens, front, placed, self._palette, first, seen)
        ahead = buffers.ids >= first  # (H, W)
        scenery, glow, shadows = self._stage.scenery, self._stage.glow, self._stage.shadows
        radiance = back.lit
        lamps = self._lamps(pose)
        if ahead.any():
            only = replace(seen, depth=np.where(ahead, seen.depth, np.float32(0)))
            radiance = np.where(ahead[..., None], shade(only, scenery, glow, shadows, lens, lamps), radiance)
        open_ = occlude(seen, lens)
        kept = np.where(ahead, np.float32(1), shadow_of_people(seen, capsules, lamps.toward[0]))
        radiance = (radiance - seen.emission) * (open_ * kept)[..., None] + seen.emission
        through, added = air_between(seen.depth, lens, self._air, shadows, scenery)
        radiance = (radiance * through[..., None] + added) * np.float32(self._exposure)
        return _develop(radiance, seen, ahead)

    def _behind(self, pose: Pose) -> _Backdrop:
        lens = lens_of(pose, self._shot.camera.lens_mm, self._width, self._height)
        last = self._backdrop
        if last is not None and np.array_equal(last.lens.eye, lens.eye) and np.array_equal(last.lens.axes, lens.axes):
            return last
        scenery = self._stage.scenery
        buffers = Buffers.blank(self._width, self._height)
        placed = draw_solid(buffers, lens, self._set)
        seen = Surfaces.blank(self._height, self._width)
        look_up(buffers, lens, self._set, placed, self._palette, 0, seen)
        lit = shade(seen, scenery, self._stage.glow, self._stage.shadows, lens)
        lit += mirror_floor(seen, lit, lens)
        self._backdrop = _Backdrop(lens, buffers, seen, lit)
        if self._exposure == 0.0:
            self._exposure = self._expose(self._backdrop)
        return self._backdrop

    def _expose(self, back: _Backdrop) -> float:
        """One exposure for the whole shot, from the set at its first frame."""
        through, added = air_between(back.seen.depth, back.lens, self._air, self._stage.shadows, self._stage.scenery)
        luminance = np.minimum((back.lit * through[..., None] + added) @ LUMINANCE, 1e3)
        mean = float(np.exp(np.log(np.maximum(luminance, 1e-4)).mean()))
        lights = self._shot.lights
        balanced = mean ** (1 - _SHARED) * self._stage.mean**_SHARED
        return _MEAN[lights.key] / balanced * 2.0**lights.exposure

    @property
    def _air(self) -> Air:
        density, *color = self._stage.scenery.fog
        sun = self._stage.scenery.sun
        volumetrics = self._shot.lights.volumetrics
        more = {"none": 1.0, "haze": 2.2, "shafts": 1.4}[volumetrics]
        return Air(density * more, np.array(color, np.float32), sun.haze * more)

    def _lamps(self, pose: Pose) -> Lamps:
        """Key, fill by the lens and a rim opposite the key, so strong that faces sit well in the shot's exposure."""
        lights = self._shot.lights
        toward_lens = float(np.degrees(np.arctan2(-pose.forward[0], -pose.forward[2])))
        bearing = lights.key_bearing if lights.key_bearing is not None else toward_lens + 50.0
        ratio = max(1.0, lights.ratio if lights.ratio is not None else _RATIO[lights.key])
        warmth = lights.temperature_shift + (5600.0 - lights.kelvin if lights.kelvin is not None else 1200.0)
        tint = temperature_gain(float(np.clip(warmth, -3000, 3000)))
        strength = _FACE[lights.key] / self._exposure
        key = from_rec709((1.0, 0.97, 0.94)) * tint * strength
        fill = from_rec709((0.8, 0.92, 1.0)) * strength / ratio
        rim = from_rec709((0.75, 0.9, 1.0)) * strength * 0.8
        toward = np.array([_toward(bearing, _RISE), _toward(toward_lens - 20.0, 8.0), _toward(bearing + 170.0, 30.0)])
        return Lamps(toward.astype(np.float32), np.array([key, fill, rim], np.float32))

    def _cast_at(self, frame: int) -> tuple[list[Solid], Floats]:
        """Everybody and every prop that moves, posed, and the capsules that stand for them in their shadows."""
        props = place_props(self._shot, self._stage.scenery, frame)
        eyes = eyes_of(self._shot, frame)
        solids, capsules = list(props.solids), []
        for name, person in self._people.items():
            stance = stand(self._shot, name, person, frame, eyes)
            solid = person.pose(stance.bones)
            rows = solid.materials + np.int32(self._first_rows[name])
            solids.append(move(replace(solid, materials=rows), stance.place))
            capsules.append(_capsules(person, stance.bones, stance.place))
        return solids, np.concatenate(capsules) if capsules else np.zeros((0, 7), np.float32)


def _dress(palette: Palette, people: dict[str, Mannequin]) -> tuple[Palette, dict[str, int]]:
    """The set's palette with everybody's colours behind it, and where each person's begin."""
    first: dict[str, int] = {}
    for name, person in people.items():
        first[name] = len(palette.base)
        palette = palette.extend(person.colors)
    return palette, first


def _toward(bearing: float, rise: float) -> NDArray[np.float64]:
    turn, up = np.radians(bearing), np.radians(rise)
    return np.array([np.sin(turn) * np.cos(up), np.sin(up), np.cos(turn) * np.cos(up)])


_LIMBS = (
    ("head", "neck01", 0.1), ("spine01", "spine05", 0.15),
    ("upperleg01.L", "foot.L", 0.085), ("upperleg01.R", "foot.R", 0.085),
    ("upperarm01.L", "wrist.L", 0.055), ("upperarm01.R", "wrist.R", 0.055),
)  # fmt: skip


def _capsules(person: Mannequin, bones: NDArray[np.float64], place: NDArray[np.float64]) -> Floats:
    """A person as six capsules, shape [6, 7]."""
    body = person.body
    rows = []
    for start, end, radius in _LIMBS:
        ends = []
        for name in (start, end):
            bone = body.anatomy.bone(name)
            joint = bones[bone, :, :3] @ body.joints[bone] + bones[bone, :, 3]
            if name == "head":
                joint = joint + np.array([0.0, 0.07, 0.0])
            ends.append(joint @ place[:3, :3] + place[3, :3])
        rows.append([*ends[0], *ends[1], radius])
    return np.array(rows, np.float32)


def _develop(radiance: Floats, seen: Surfaces, ahead: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """Exposed radiance to the monitor: glow of what is bright, a fine ink line, edges smoothed."""
    bright = np.minimum(radiance, np.float32(24.0))
    small = bright[::2, ::2]
    spread = radiance.shape[1] / 110
    halo = ndimage.gaussian_filter(small, (spread, spread, 0), truncate=2.5)
    halo = np.repeat(np.repeat(halo, 2, axis=0), 2, axis=1)[: radiance.shape[0], : radiance.shape[1]]
    shown = show(np.maximum(0.92 * bright + 0.08 * halo, 0).astype(np.float32), _VIEW)
    return _finish(shown, seen.depth, seen.normal, ahead)


@njit(cache=True, fastmath=True)
def _finish(shown: Floats, depth: Floats, normal: Floats, ahead: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """Ink along breaks of depth and folds, stronger around people; then blend across stairs (FXAA, Lottes 2009)."""
    height, width = depth.shape
    inked = np.empty_like(shown)
    for row in range(height):
        for column in range(width):
            line = 0.0
            if 0 < row < height - 1 and 0 < column < width - 1:
                z = depth[row, column]
                bend = max(
                    abs(depth[row, column - 1] + depth[row, column + 1] - 2 * z),
                    abs(depth[row - 1, column] + depth[row + 1, column] - 2 * z),
                ) / max(z, 0.1)
                fold = 0.0
                for axis in range(3):
                    fold += abs(normal[row, column + 1, axis] - normal[row, column - 1, axis]) + abs(
                        normal[row + 1, column, axis] - normal[row - 1, column, axis]
                    )
                person = (
                    ahead[row, column]
                    or ahead[row, column - 1]
                    or ahead[row, column + 1]
                    or ahead[row - 1, column]
                    or ahead[row + 1, column]
                )
                line = min(max((bend - 0.04) * 8.0, 0.0), 1.0) * (0.6 if person else 0.34)
                line = max(line, min(max((fold - 1.6) * 0.5, 0.0), 1.0) * (0.3 if person else 0.2))
            for color in range(3):
                inked[row, column, color] = shown[row, column, color] * (1.0 - line)
    out = np.empty(shown.shape, np.uint8)
    for row in range(height):
        for column in range(width):
            if row == 0 or column == 0 or row == height - 1 or column == width - 1:
                for color in range(3):
                    out[row, column, color] = int(min(max(inked[row, column, color], 0.0), 1.0) * 255 + 0.5)
                continue
            middle = _luma(inked, row, column)
            north, south = _luma(inked, row - 1, column), _luma(inked, row + 1, column)
            west, east = _luma(inked, row, column - 1), _luma(inked, row, column + 1)
            low, high = min(middle, north, south, west, east), max(middle, north, south, west, east)
            blend = 0.0
            across = False
            if high - low > max(0.05, 0.12 * high):
                blend = min(abs((north + south + west + east) * 0.25 - middle) / (high - low), 1.0) * 0.75
                across = abs(west + east - 2 * middle) >= abs(north + south - 2 * middle)
            for color in range(3):
                if across:
                    beside = 0.5 * (inked[row, column - 1, color] + inked[row, column + 1, color])
                else:
                    beside = 0.5 * (inked[row - 1, column, color] + inked[row + 1, column, color])
                value = inked[row, column, color] * (1 - blend) + beside * blend
                out[row, column, color] = int(min(max(value, 0.0), 1.0) * 255 + 0.5)
    return out


@njit(cache=True, fastmath=True, inline="always")
def _luma(picture: Floats, row: int, column: int) -> float:
    return 0.2126 * picture[row, column, 0] + 0.7152 * picture[row, column, 1] + 0.0722 * picture[row, column, 2]
