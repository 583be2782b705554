"""A change of look as a LUT: from the picture that a take shows now to the same picture under another look.

What is done to a pixel's colour alone (exposure, contrast, saturation, temperature, split tone, dyes, the view) is a
cube; what needs the neighbours, the lights or the frame's number is not, and is named. How far the cube is from the
real thing is measured on a frame of the take.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import PyOpenColorIO as ocio
from numpy.typing import NDArray
from scipy.optimize import least_squares

from secondunit_bridge.errors import BadInput
from secondunit_engine.finish import display
from secondunit_engine.finish.finish_shot import finish_frame
from secondunit_engine.finish.grade import grade
from secondunit_engine.finish.look import Look

Image = NDArray[np.float32]

EDGE: Final = 33  # points a side, what every editor takes
_ROUNDS: Final = 120  # of the grade's inversion
# What a cube cannot carry.
_SPATIAL: Final = ("bloom", "vignette", "grain", "aberration", "halation", "streak", "ghosts", "drops", "lights")
_LUMA: Final = np.array([0.2126, 0.7152, 0.0722])


@dataclass(frozen=True)
class Exported:
    """Files that were written, the first to load; peak signal to noise [dB] between the cube on the take's picture and
    the take finished under the new look; and the faders that are moved but not in the cube."""

    files: tuple[Path, ...]
    psnr: float
    left_out: tuple[str, ...]


def look_cube(before: Look, after: Look, edge: int = EDGE) -> Image:
    """Code values under `after` of the lattice's code values under `before`, shape [blue, green, red, 3].

    Raises BadInput where the look before has a LUT or a view without an inverse: it cannot be undone.
    """
    if before.lut or before.view != "ACES 2.0":
        what = "a LUT" if before.lut else f"the {before.view} view"
        raise BadInput(
            f"A look with {what} cannot be undone by a cube.", mend="Relight the shot with --look as-graded first."
        )
    axis = np.linspace(0, 1, edge, dtype=np.float32)
    blue, green, red = np.meshgrid(axis, axis, axis, indexing="ij")
    codes = np.stack([red, green, blue], axis=-1).reshape(1, -1, 3)
    light = ungrade(_linear(codes), before)
    shown = display.show(grade(light, after), after.view)
    # Colours on the edge of the display do not come back as they were: what they miss is added, so that no change of
    # look is no change of colour.
    shown = np.clip(shown + codes - display.show(grade(light, before), before.view), 0, 1)
    if after.lut:
        shown = display.apply_lut(shown, after.lut)
    return shown.reshape(edge, edge, edge, 3)


def ungrade(image: Image, look: Look) -> Image:
    """What `grade` makes into the image, both scene-linear ACEScg, [H, W, 3].

    By fixed-point rounds on the ratio, channel by channel, as the grade scales every channel by a gain that changes
    slowly; colours that saturation has put on the edge of the gamut come back as near as they can.
    """
    wanted = np.maximum(image, 1e-5)
    guess = wanted.copy()
    for _ in range(_ROUNDS):
        guess = guess * np.clip(wanted / np.maximum(grade(guess, look), 1e-7), 0.25, 4.0)
    return guess.astype(np.float32)


def export_look(parts: dict[str, Image], before: Look, after: Look, seed: int, frame: int, out: Path) -> Exported:
    """Write the change of look as `out`, whose ending says the kind: .cube, .3dl, .clf, .dctl (with its cube beside
    it), or .cdl and .cc, which are fitted to the frame's own colours.

    parts: Of one frame as the renderer wrote it. Raises BadInput.
    """
    kind = out.suffix.lower()
    if kind not in _WRITERS:
        raise BadInput(f"“{out.suffix}” is not a LUT we write.", mend=f"Use one of {', '.join(_WRITERS)}.")
    shown = finish_frame(parts, before, seed, frame)
    wanted = finish_frame(parts, after, seed, frame)
    transform = _fit_cdl(shown, wanted) if kind in (".cdl", ".cc") else as_transform(look_cube(before, after))
    out.parent.mkdir(parents=True, exist_ok=True)
    files = _WRITERS[kind](transform, out)
    moved = tuple(name for name in _SPATIAL if getattr(before, name) != getattr(after, name))
    return Exported(files, psnr(apply(transform, shown), wanted), moved)


def as_transform(cube: Image) -> ocio.Lut3DTransform:
    """A cube, shape [blue, green, red, 3], for OCIO, with tetrahedral interpolation."""
    lut = ocio.Lut3DTransform(cube.shape[0], interpolation=ocio.INTERP_TETRAHEDRAL)
    lut.setData(np.ascontiguousarray(cube.transpose(2, 1, 0, 3), np.float32).reshape(-1).data)  # OCIO: blue fastest
    return lut


def apply(transform: ocio.Transform, picture: Image) -> Image:
    """A transform on code values, [H, W, 3]."""
    out = np.ascontiguousarray(picture, np.float32).copy()
    ocio.Config.CreateRaw().getProcessor(transform).getDefaultCPUProcessor().applyRGB(out)
    return np.clip(out, 0, 1)


def psnr(one: Image, other: Image) -> float:
    """Peak signal to noise of code values [dB]; 99 for the same."""
    error = float(np.mean((one.astype(np.float64) - other) ** 2))
    return 99.0 if error < 1e-10 else float(-10 * np.log10(error))


def _linear(codes: Image) -> Image:
    """Rec.709 code values back through the ACES 2.0 view, scene-linear ACEScg, not below 0."""
    back = ocio.DisplayViewTransform(
        src="ACEScg", display=display.VIDEO_DISPLAY, view=display.ACES_VIEW, direction=ocio.TRANSFORM_DIR_INVERSE
    )
    processor = ocio.Config.CreateFromFile(display.CONFIG).getProcessor(back).getDefaultCPUProcessor()
    out = np.ascontiguousarray(codes, np.float32).copy()
    processor.applyRGB(out)
    return np.maximum(out, 0.0)


def _fit_cdl(shown: Image, wanted: Image) -> ocio.CDLTransform:
    """Slope, offset, power and saturation that bring one picture nearest to the other (ASC CDL 1.2)."""
    x, y = (
        picture.reshape(-1, 3)[:: max(1, picture[..., 0].size // 20_000)].astype(float) for picture in (shown, wanted)
    )

    def made(p: NDArray[np.float64]) -> NDArray[np.float64]:
        toned = np.clip(x * p[:3] + p[3:6], 1e-4, 1) ** p[6:9]  # (N, 3)
        luma = (toned @ _LUMA)[:, None]
        return np.clip(luma + (toned - luma) * p[9], 0, 1)

    start = np.array([1.0] * 3 + [0.0] * 3 + [1.0] * 4)
    bounds = ([0.1] * 3 + [-0.5] * 3 + [0.2] * 3 + [0.0], [4.0] * 3 + [0.5] * 3 + [5.0] * 3 + [3.0])
    p = least_squares(lambda p: (made(p) - y).ravel(), start, bounds=bounds).x.tolist()
    return ocio.CDLTransform(slope=p[:3], offset=p[3:6], power=p[6:9], sat=p[9])


def _bake(format: str) -> Callable[[ocio.Transform, Path], tuple[Path, ...]]:
    def write(transform: ocio.Transform, out: Path) -> tuple[Path, ...]:
        config = ocio.Config.CreateRaw()
        config.addColorSpace(ocio.ColorSpace(name="picture"))
        config.addColorSpace(ocio.ColorSpace(name="look", fromReference=transform))
        baker = ocio.Baker(config, format, "picture", "look", cubeSize=EDGE)
        return _keep(out, baker.bake())

    return write


def _group(format: str) -> Callable[[ocio.Transform, Path], tuple[Path, ...]]:
    def write(transform: ocio.Transform, out: Path) -> tuple[Path, ...]:
        group = ocio.GroupTransform([transform])
        return _keep(out, group.write(format, config=ocio.Config.CreateRaw()))

    return write


def _dctl(transform: ocio.Transform, out: Path) -> tuple[Path, ...]:
    """A DCTL that applies the cube beside it, so that it can stand in a node with others (Resolve's DCTL README)."""
    (cube,) = _bake("resolve_cube")(transform, out.with_suffix(".cube"))
    lines = (
        f"DEFINE_LUT(look, {cube.name})",
        "__DEVICE__ float3 transform(int p_Width, int p_Height, int p_X, int p_Y, float p_R, float p_G, float p_B)",
        "{",
        "    return APPLY_LUT(p_R, p_G, p_B, look);",
        "}",
    )
    return (*_keep(out, "\n".join(lines) + "\n"), cube)


def _keep(out: Path, text: str) -> tuple[Path, ...]:
    partial = out.with_name(f".{out.name}.part")
    partial.write_text(text, "utf-8")
    partial.replace(out)
    return (out,)


_WRITERS: Final[dict[str, Callable[[ocio.Transform, Path], tuple[Path, ...]]]] = {
    ".cube": _bake("resolve_cube"),
    ".3dl": _bake("lustre"),
    ".clf": _group("Academy/ASC Common LUT Format"),
    ".dctl": _dctl,
    ".cdl": _group("ColorDecisionList"),
    ".cc": _group("ColorCorrection"),
}
