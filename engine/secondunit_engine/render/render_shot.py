"""A shot's frames: traced one after the other, shared between neighbours, denoised, and written as EXR.

Each frame passes three shelves, and each step waits only for what it needs:

    traced      what one frame saw and the light it found, from the path tracer
    denoised    light gathered from the traced frames around it, then denoised
    finished    the denoised frames around it blended, emission added, overlays drawn, EXR written

A frame that exists on a shelf is whole, so after a kill the work goes on where it stopped, to the same pixels.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pxr import Usd, UsdGeom
from scipy.ndimage import gaussian_filter

from secondunit_bridge.errors import BadInput, NotFound
from secondunit_engine.progress import Progress
from secondunit_engine.render.camera import read_view
from secondunit_engine.render.exr import write_frame
from secondunit_engine.render.flicker import group_gains
from secondunit_engine.render.integrator import FirstHit, trace_first_hit, trace_light
from secondunit_engine.render.lens_blur import blur_by_depth
from secondunit_engine.render.motion_blur import blur_by_motion
from secondunit_engine.render.oidn import Denoiser
from secondunit_engine.render.overlays import draw_air, draw_caustics, draw_over
from secondunit_engine.render.presets import Preset, preset_of
from secondunit_engine.render.records import pack_records
from secondunit_engine.render.reuse import Motion, follow, gather, lit_alike, motion_vectors, pack_picture, smooth
from secondunit_engine.render.scene import Scene
from secondunit_engine.render.settings import RenderSettings
from secondunit_engine.render.shelf import Shelf
from secondunit_engine.render.split import shorten, split_light, whole_parts
from secondunit_engine.world import stage as names

MAX_PIXELS = 8192 * 8192
_PIXEL_FILTER = 0.6  # pixels: standard deviation of the filter that visible emission is seen through
_WHITE = 0.05  # keeps the blend of denoised frames, which is divided by albedo, defined on black


def render_shot(
    stage: Path,
    settings: RenderSettings,
    folder: Path,
    progress: Progress,
    preset: Preset | None = None,
    frames: range | None = None,
    scene: Scene | None = None,
) -> None:
    """Render every frame of the shot to folder/frames/<NNNN>.exr; frames that are there already are kept.

    `preset` overrides the one that `settings` name; `frames` are rendered as if the shot had no others; a `scene` of
    the stage that is loaded already is used. Raises NotFound without a stage or camera, BadInput for
    a size or stage that cannot be rendered, and what `progress.check` raises.
    """
    if not stage.is_file():
        raise NotFound(f"There is no stage {stage.name}.", mend="Build the shot first.")
    if min(settings.width, settings.height) < 8 or settings.width * settings.height > MAX_PIXELS:
        raise BadInput(f"{settings.width}x{settings.height} cannot be rendered.", mend="Use 8x8 to 8192x8192 pixels.")
    opened = Usd.Stage.Open(str(stage))
    shot = _Shot(opened, settings, folder, progress, preset or preset_of(settings), frames or frame_range(opened))
    shot.use(scene)
    shot.run()


def frame_range(stage: Usd.Stage) -> range:
    """Frame numbers of the shot: from FIRST_FRAME, as many as the stage says."""
    prim = stage.GetPrimAtPath(names.SHOT)
    said = prim.GetAttribute(names.FRAMES).Get() if prim else None
    last = stage.GetEndTimeCode() if stage.HasAuthoredTimeCodeRange() else _last_sample(stage)
    count = int(said) if said else int(last) - names.FIRST_FRAME + 1
    return range(names.FIRST_FRAME, names.FIRST_FRAME + max(count, 1))


def _last_sample(stage: Usd.Stage) -> float:
    """When the camera's last sample is, for stages that do not say how long they are."""
    camera = UsdGeom.Xformable(stage.GetPrimAtPath(names.CAMERA))
    samples = camera.GetTimeSamples() if camera else []
    return samples[-1] if samples else names.FIRST_FRAME


def filter_emission(emission: NDArray[np.float16], sky: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Visible emission (H, W, groups, 3) with lamps through a Gaussian pixel filter; the `sky` (H, W) stays as it is.

    Lamps are hundreds of times brighter than what is behind them, so the box filter of a few first hits leaves steps
    along their edges; nothing denoises emission.
    """
    seen = emission.astype(np.float32)
    lamps = seen * ~sky[..., None, None]
    return seen - lamps + gaussian_filter(lamps, (_PIXEL_FILTER, _PIXEL_FILTER, 0, 0), truncate=3)


class _Shot:
    """One run over a shot. Every method that makes a frame's product returns at once if it is on its shelf."""

    def __init__(
        self,
        stage: Usd.Stage,
        settings: RenderSettings,
        folder: Path,
        progress: Progress,
        preset: Preset,
        frames: range,
    ) -> None:
        self.stage = stage
        self.settings = settings
        self.progress = progress
        self.preset = preset
        self.frames = frames
        self.out = folder / "frames"
        self.out.mkdir(parents=True, exist_ok=True)
        self.shelf = Shelf(folder / "work")
        self._scene: Scene | None = None
        self._denoiser: Denoiser | None = None
        self._motions: dict[int, Motion] = {}

    def use(self, scene: Scene | None) -> None:
        """Trace in a scene that is loaded already."""
        self._scene = scene

    def run(self) -> None:
        for stale in self.out.glob(".*.part"):
            stale.unlink()
        self.progress.begin("render", 2 * len(self.frames))
        self._tell("")
        for frame in self.frames:
            if self._path(frame).is_file():
                continue
            self.progress.check()
            self._finish(frame)
            self._tell(f"frame {frame} finished")
            self._forget(frame + 1)
        if self._denoiser is not None:
            self._denoiser.close()
        self.shelf.clear()

    def _tell(self, note: str) -> None:
        """A frame counts twice: once traced, once finished."""
        done = 0
        for frame in self.frames:
            finished = self._path(frame).is_file()
            done += 2 if finished else int(self.shelf.has("light", frame))
        self.progress.step(done, note)

    def _path(self, frame: int) -> Path:
        return self.out / f"{frame:04d}.exr"

    def _around(self, frame: int, reach: int) -> list[int]:
        return [k for k in range(frame - reach, frame + reach + 1) if k in self.frames]

    def _alike(self, frame: int, reach: int) -> list[int]:
        """The frames around whose lights are as bright as in this one."""
        here = self._motion(frame)
        return [k for k in self._around(frame, reach) if lit_alike(here, self._motion(k))]

    def _forget(self, frame: int) -> None:
        """Drop what no frame from `frame` on needs."""
        oldest_denoised = frame - self.preset.smooth
        oldest_traced = oldest_denoised - self.preset.window
        for kind, oldest in (
            ("denoised", oldest_denoised),
            ("shares", frame),
            ("light", oldest_traced),
            ("seen", frame),
        ):
            self.shelf.drop(kind, oldest)
        self._motions = {k: v for k, v in self._motions.items() if k >= oldest_traced - 1}

    @property
    def scene(self) -> Scene:
        """Loaded when the first frame must be traced; a finished shot never loads it."""
        if self._scene is None:
            self._scene = Scene(self.stage, self.frames[0])
        return self._scene

    def _motion(self, frame: int) -> Motion:
        if frame not in self._motions:
            view = read_view(self.stage, frame, self.settings.width, self.settings.height)
            self._motions[frame] = Motion(
                view, self.scene.transforms(frame), self.scene.deformed(frame), self.scene.levels(frame)
            )
        return self._motions[frame]

    # Traced

    def _trace(self, frame: int) -> None:
        if self.shelf.has("light", frame):
            return
        scene, preset, check = self.scene, self.preset, self.progress.check
        check()
        scene.update(frame)
        view = self._motion(frame).view
        seed = self.settings.seed * 1_000_003 + frame
        seen = trace_first_hit(scene, view, preset.rays, seed, check)
        surface = scene.tables.face_surface[seen.face]  # (H, W)
        glass = scene.tables.glass[surface]
        light = trace_light(scene, view, preset.samples, preset.depth, preset.clamp, seed, check, glass)
        air = draw_air(self.stage, frame, view, seen.depth, seen.position, scene)
        record = pack_records(seen.position, seen.normal, surface, light.diffuse, light.specular, light.groups)
        self.shelf.put_bundle("seen", frame, _stored(seen, air))
        self.shelf.put("light", frame, record)  # last: its presence says that the frame is traced
        self._tell(f"frame {frame} traced")

    # Denoised

    def _denoise(self, frame: int) -> None:
        if self.shelf.has("denoised", frame):
            return
        around = self._alike(frame, self.preset.window)
        for k in around:
            self._trace(k)
        self.progress.check()
        seen = self.shelf.get_bundle("seen", frame)
        path = follow([self._motion(k) for k in around], around.index(frame))
        records = [self.shelf.get("light", k) for k in around]
        diffuse, specular, groups = gather(
            _padded(records, 2 * self.preset.window + 1), path, seen["face"], seen["barycentric"], self.scene.tables
        )
        lit = seen["diffuse"].astype(np.float32) * diffuse + specular  # (H, W, 3)
        self.progress.check()
        if self._denoiser is None:
            size = self.settings.width, self.settings.height
            self._denoiser = Denoiser(*size, self.preset.effort, clean_aux=True)
        albedo, normal = seen["albedo"].astype(np.float32), seen["normal"].astype(np.float32)
        clean = self._denoiser.denoise(lit, albedo, normal)  # (H, W, 3)
        shares = split_light(np.ones_like(clean), groups, records[around.index(frame)])
        self.shelf.put("shares", frame, shares.astype(np.float16))
        self.shelf.put("denoised", frame, pack_picture((clean / (albedo + _WHITE)).astype(np.float32)))

    # Finished

    def _finish(self, frame: int) -> None:
        around = self._alike(frame, self.preset.smooth)
        for k in around:
            self._denoise(k)
        self.progress.check()
        seen = self.shelf.get_bundle("seen", frame)
        path = follow([self._motion(k) for k in around], around.index(frame))
        size = 2 * self.preset.smooth + 1
        blended = smooth(
            _padded([self.shelf.get("denoised", k) for k in around], size),
            _padded([self.shelf.get("light", k) for k in around], size),
            path, seen["face"], seen["barycentric"], self.scene.tables,
        )  # fmt: skip
        light = blended * (seen["albedo"].astype(np.float32) + _WHITE)  # (H, W, 3)
        shares = self.shelf.get("shares", frame).astype(np.float32)
        shares /= np.maximum(shares.sum(axis=2, keepdims=True), 1e-6)  # rounding to half left a little
        lit = light[:, :, None] * shares  # (H, W, groups, 3)
        draw_caustics(self.stage, frame, seen["position"], lit, self.scene.groups)
        groups = lit + filter_emission(seen["emission"], seen["face"] == 0)
        groups *= group_gains(self.stage, frame, self.scene.groups)[:, None]
        motion = self._motion_vectors(frame, seen)
        beauty, groups = whole_parts(self._expose(frame, groups, motion, seen["depth"]))
        view = self._motion(frame).view
        sprites = draw_over(self.stage, frame, view, seen["depth"], beauty, seen["air"])
        parts: dict[str, NDArray] = {"beauty": beauty}
        parts |= {f"light.{name}": groups[:, :, number] for number, name in enumerate(self.scene.groups)}
        parts |= self._data(seen)
        parts |= {name: part for name, part in seen.items() if name.split(".")[0] == "air"}
        parts |= {"motion": motion, "sprites": _half(sprites)}
        write_frame(self._path(frame), parts, self._header(frame))

    def _expose(
        self, frame: int, groups: NDArray[np.float32], motion: NDArray[np.float32], depth: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Light groups (H, W, groups, 3) through the lens and over the shutter's opening."""
        view = self._motion(frame).view
        flat = groups.reshape(*depth.shape, -1)  # (H, W, 3 groups)
        depth = np.minimum(depth, np.float32(1e6))  # the sky's infinity has no differences
        flat = blur_by_depth(flat, view, depth)
        flat = blur_by_motion(flat, motion, depth, view.shutter * (self.stage.GetTimeCodesPerSecond() or 24.0))
        return flat.reshape(groups.shape)

    def _motion_vectors(self, frame: int, seen: dict[str, NDArray]) -> NDArray[np.float32]:
        """Pixels to where each point was in the frame before, (H, W, 2); none in the first frame."""
        before = max(frame - 1, self.frames[0])
        path = follow([self._motion(before), self._motion(frame)], 1)
        return motion_vectors(seen["position"], seen["face"], seen["barycentric"], path, 0, self.scene.tables)

    def _data(self, seen: dict[str, NDArray]) -> dict[str, NDArray]:
        """Parts that no lens blurs."""
        tables = self.scene.tables
        surface = tables.face_surface[seen["face"]]
        return {
            "albedo": seen["albedo"],
            "normal": seen["normal"],
            "depth": shorten(seen["depth"])[..., None],
            "id.object": tables.object_of[surface].astype(np.uint32)[..., None],
            "id.material": tables.material_of[surface].astype(np.uint32)[..., None],
            "position": shorten(seen["position"]),
        }

    def _header(self, frame: int) -> dict[str, str]:
        view = self._motion(frame).view
        tables = self.scene.tables
        return {
            "secondunit:frame": str(frame),
            "secondunit:quality": self.settings.quality,
            "secondunit:seed": str(self.settings.seed),
            "secondunit:groups": ",".join(self.scene.groups),
            "secondunit:objects": json.dumps(tables.object),
            "secondunit:materials": json.dumps(tables.material),
            "secondunit:focal_px": repr(float(view.focal_px)),
            "secondunit:focus_distance": repr(float(view.focus_distance)),
            "secondunit:lens_radius": repr(float(view.lens_radius)),
            "secondunit:shutter": repr(float(view.shutter)),
            "secondunit:world_to_camera": json.dumps(view.world_to_camera.ravel().tolist()),
        }


def _stored(seen: FirstHit, air: Mapping[str, NDArray[np.float32]]) -> dict[str, NDArray]:
    """What a finished frame needs of its first hits, as small as the EXR keeps it."""
    return {
        "albedo": seen.albedo.astype(np.float16),
        "diffuse": seen.diffuse.astype(np.float16),
        "normal": seen.normal.astype(np.float16),
        "emission": _half(seen.emission),
        "position": seen.position,
        "depth": seen.depth,
        "face": seen.face,
        "barycentric": seen.barycentric,
    } | {name: _half(part) for name, part in air.items()}


def _half(values: NDArray[np.float32]) -> NDArray[np.float16]:
    return np.clip(values, -65504, 65504).astype(np.float16)


def _padded(frames: Sequence[NDArray], size: int) -> tuple[NDArray, ...]:
    """The frames and copies of the last, so that the kernels are compiled for one count only."""
    return tuple(frames) + (frames[-1],) * (size - len(frames))
