"""CPU seconds to one quality: ours against Blender Cycles and LuxCore, each with OIDN, on the same moving shot.

Each renderer is compared with its own reference of 1024 raw samples a pixel, so that small differences between their
materials do not count. Quality is the PSNR of `x / (1 + x)` over three of the 24 frames. The referees render frame by
frame at 1, 4, 16 and 64 samples until they pass our best preset; between two counts, the logarithm of the seconds is
interpolated over the PSNR. CPU time is user and system time of the whole process over the 24 frames. Left out for all
three: start-up, reading the scene for the first time and a first render, which compiles kernels. Ours does read the
scene a second time, and writes all parts of its EXR where the referees write the picture alone.

    python -m benchmarks equal_quality
    python -m benchmarks.equal_quality --size 854x480     fixed costs weigh less; references take an hour

The referees live in environments of their own, made on first use. References are kept in results/ until the scene or
a renderer's code changes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pxr import Usd

from benchmarks.referees import BLENDER, Absent, Environment, run
from benchmarks.reference_scene import write_reference_scene
from benchmarks.scene_export import export_scene
from benchmarks.table import Row, print_table
from secondunit_engine.planning.plan import Quality
from secondunit_engine.progress import Quiet
from secondunit_engine.world.stage import FIRST_FRAME

WIDTH, HEIGHT, FRAMES = 240, 136, 24
JUDGED = (FIRST_FRAME + 5, FIRST_FRAME + 11, FIRST_FRAME + 17)
REFERENCE_SAMPLES = 1024
REFERENCE_DEPTH = 7
SAMPLES = (1, 4, 16, 64)
QUALITIES: tuple[Quality, ...] = ("draft", "preview", "final")
BAR = 0.2

_HERE = Path(__file__).parent
_RESULTS = _HERE / "results"
Picture = NDArray[np.float32]  # scene-linear, (H, W, 3)
Pictures = dict[int, Picture]  # by frame number


@dataclass(frozen=True)
class Referee:
    """Another renderer: the script that drives it and the environment it lives in."""

    name: str
    script: str
    environment: Environment


REFEREES = (
    Referee("Cycles + OIDN", "cycles_referee.py", BLENDER),
    Referee("LuxCore + OIDN", "lux_referee.py", Environment(".venv-lux", ("pyluxcore==2.11.2", "numpy<2"))),
)


@dataclass(frozen=True)
class Point:
    """One way to render the shot: what it cost [CPU s] and how near it came to its reference [dB]."""

    label: str
    seconds: float
    psnr: float


@dataclass(frozen=True)
class Trial:
    """The shot as our stage and as exported, a folder for pictures, and their size."""

    shot: Path
    plain: Path
    folder: Path
    width: int
    height: int


def measure(width: int = WIDTH, height: int = HEIGHT) -> list[Row]:
    """Render the shot with each preset of ours, then with each referee as far as the comparison needs."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        trial = Trial(folder / "shot.usdc", folder / "plain", folder, width, height)
        write_reference_scene(trial.shot, frames=FRAMES)
        frames = range(FIRST_FRAME, FIRST_FRAME + FRAMES)
        export_scene(Usd.Stage.Open(str(trial.shot)), frames, width, height, trial.plain)
        ours = _our_points(trial)
        shot = f"{FRAMES} frames {width}x{height}"
        rows = _rows_of(f"{shot}, ours", ours)
        for referee in REFEREES:
            try:
                theirs = _their_points(referee, trial, enough=max(point.psnr for point in ours))
            except Absent as reason:
                rows.append(Row(f"equal quality against {referee.name}", f"absent: {reason}", ""))
                continue
            rows += _rows_of(f"{shot}, {referee.name}", theirs)
            rows += [_compare(point, referee.name, theirs) for point in ours]
    return rows


def psnr(pictures: Pictures, references: Pictures) -> float:
    """Peak signal-to-noise ratio [dB] of tone-mapped pictures, errors of all frames pooled."""
    errors = [np.mean((_tone(pictures[frame]) - _tone(references[frame])) ** 2) for frame in references]
    return float(-10.0 * np.log10(np.mean(errors)))


def _tone(picture: Picture) -> Picture:
    """Reinhard's global operator, to 0 to 1."""
    light = np.maximum(picture.astype(np.float32), 0.0)
    return (light / (1.0 + light)).astype(np.float32)


def seconds_for(wanted: float, points: list[Point]) -> tuple[str, float]:
    """CPU seconds that the curve of `points` needs for a PSNR; beyond its ends the nearest end, marked "<" or ">"."""
    curve = sorted(points, key=lambda point: point.psnr)
    levels = [point.psnr for point in curve]
    mark = "<" if wanted < levels[0] else ">" if wanted > levels[-1] else ""
    return mark, float(np.exp(np.interp(wanted, levels, np.log([point.seconds for point in curve]))))


def _rows_of(name: str, points: list[Point]) -> list[Row]:
    return [Row(f"{name}, {p.label}: {p.psnr:.1f} dB", f"{p.seconds:.1f}", "cpu-s") for p in points]


def _compare(ours: Point, name: str, theirs: list[Point]) -> Row:
    mark, seconds = seconds_for(ours.psnr, theirs)
    turned = {"<": ">", ">": "<", "": ""}[mark]
    what = (
        f"equal quality: ours {ours.label} at {ours.psnr:.1f} dB against {name}, which needs {mark}{seconds:.1f} cpu-s"
    )
    return Row(what, f"{turned}{ours.seconds / seconds:.2f}", "of theirs", f"{BAR}")


# Ours


def _our_points(trial: Trial) -> list[Point]:
    from secondunit_engine.render.exr import read_frame
    from secondunit_engine.render.render_shot import render_shot
    from secondunit_engine.render.settings import RenderSettings

    references = _our_references(trial)
    folder = trial.folder
    warm = folder / "warm.usdc"
    write_reference_scene(warm, frames=3)
    points: list[Point] = []
    for quality in QUALITIES:
        settings = RenderSettings(trial.width, trial.height, quality, seed=0)
        render_shot(warm, settings, folder / f"warm-{quality}", Quiet())
        start = time.process_time()
        render_shot(trial.shot, settings, folder / quality, Quiet())
        seconds = time.process_time() - start
        frames = folder / quality / "frames"
        pictures = {k: read_frame(frames / f"{k:04d}.exr", ("beauty",)).parts["beauty"] for k in JUDGED}
        points.append(Point(quality, seconds, psnr(pictures, references)))
    return points


def _our_references(trial: Trial) -> Pictures:
    """Our path tracer without reuse, denoiser or EXR."""
    from secondunit_engine.render import camera, integrator, lights, materials, scene
    from secondunit_engine.render.presets import PRESETS

    code = [Path(str(module.__file__)) for module in (camera, integrator, lights, materials, scene)]
    kept = _kept("ours", [*trial.plain.iterdir(), *code])
    if not _complete(kept):
        stage = Usd.Stage.Open(str(trial.shot))
        world = scene.Scene(stage, FIRST_FRAME)
        clamp = PRESETS["final"].clamp
        for frame in JUDGED:
            world.update(frame)
            view = camera.read_view(stage, frame, trial.width, trial.height)
            seed = 77_000_000 + frame  # not a seed of the shot's own frames
            light = integrator.trace_light(world, view, REFERENCE_SAMPLES, REFERENCE_DEPTH, clamp, seed, lambda: None)
            seen = integrator.trace_first_hit(world, view, REFERENCE_SAMPLES, seed, lambda: None)
            np.save(kept / f"{frame}.npy", light.groups.sum(axis=2) + seen.emission.sum(axis=2))
    return _load(kept)


# Referees


def _their_points(referee: Referee, trial: Trial, enough: float) -> list[Point]:
    """The referee's curve, from one sample up until it passes `enough` dB."""
    python = referee.environment.python()
    script, plain = _HERE / referee.script, trial.plain
    kept = _kept(referee.environment.name.removeprefix(".venv-"), [*plain.iterdir(), script])
    if not _complete(kept):
        only = ["--only", *map(str, JUDGED)]
        run([python, script, plain, kept, REFERENCE_SAMPLES, "--raw", *only])
    references = _load(kept)
    points: list[Point] = []
    for samples in SAMPLES:
        out = trial.folder / f"{script.stem}-{samples}"
        run([python, script, plain, out, samples])
        cost = json.loads((out / "cost.json").read_text())
        points.append(Point(f"{cost['samples']:.3g} spp", cost["cpu_seconds"], psnr(_load(out), references)))
        if points[-1].psnr > enough:
            break
    return points


# References that are kept


def _kept(name: str, inputs: Iterable[Path]) -> Path:
    """Folder for references made from these files."""
    digest = hashlib.sha256()
    for path in sorted(inputs):
        digest.update(path.name.encode() + path.read_bytes())
    folder = _RESULTS / f"{name}-{REFERENCE_SAMPLES}-{digest.hexdigest()[:12]}"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _complete(folder: Path) -> bool:
    return all((folder / f"{frame}.npy").is_file() for frame in JUDGED)


def _load(folder: Path) -> Pictures:
    return {frame: np.load(folder / f"{frame}.npy") for frame in JUDGED}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.equal_quality", description=__doc__)
    parser.add_argument("--size", default=f"{WIDTH}x{HEIGHT}", metavar="WxH")
    width, height = map(int, parser.parse_args().size.split("x"))
    print_table(measure(width, height))


if __name__ == "__main__":
    main()
