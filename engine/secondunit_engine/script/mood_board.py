"""A mood board: a folder of pictures, measured for what a gaffer, a colourist and a painter can use.

Each picture is measured on its own, so that a decision can say which one led to it; the board is the middle of them.
Lightness and colour are OKLab's, light is linear, contrast is in stops.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage
from scipy.cluster.vq import kmeans2

from secondunit_bridge.errors import BadInput, NotFound, TooLarge
from secondunit_engine.color import encode_srgb
from secondunit_engine.finish.temperature import correlated_temperature
from secondunit_engine.oklab import from_oklab, to_oklab
from secondunit_engine.script.pictures import KINDS, is_picture, read_picture

Array = NDArray[np.float64]
Key = Literal["low", "neutral", "high"]

MOST_PICTURES: Final = 64
MOST_ENTRIES: Final = 1000
LEVELS: Final = (5, 25, 50, 75, 95)  # percentiles of lightness
_COLOURS: Final = 6
_EMPHASIS: Final = np.array([0.6, 1.0, 1.0])
_Y: Final = np.array([0.2126729, 0.7151522, 0.0721750])  # linear Rec.709 to luminance
_TO_XYZ: Final = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
_LOW, _HIGH = 0.42, 0.68  # middle lightness below and above which a picture is low key and high key
_COLOURED: Final = 0.03  # Duv beyond which light is coloured rather than warm or cool


@dataclass(frozen=True)
class Swatch:
    """One colour of a palette: linear Rec.709, its share of the area 0 to 1, and the picture that has most of it."""

    color: tuple[float, float, float]
    share: float
    picture: str


@dataclass(frozen=True)
class Mood:
    """What was measured of a picture, or of all of them.

    levels: Lightness at the percentiles LEVELS. contrast: Stops between the 5th and the 95th percentile of luminance.
    kelvin: Temperature of the light, None where it is coloured. saturation: Mean chroma. shadows, highlights: Mean a
    and b of the darkest and the lightest third. light: Where the picture gets brighter, stops from the middle to the
    right and to the top; confidence 0 to 1. haze: How far the blacks are lifted, 0 to 1.
    """

    name: str
    palette: tuple[Swatch, ...]
    levels: tuple[float, ...]
    contrast: float
    key: Key
    kelvin: float | None
    saturation: float
    shadows: tuple[float, float]
    highlights: tuple[float, float]
    light: tuple[float, float]
    confidence: float
    haze: float


@dataclass(frozen=True)
class MoodBoard:
    """The pictures of a board and the middle of them; `left_out` are the files that are no pictures, by name."""

    pictures: tuple[Mood, ...]
    whole: Mood
    left_out: tuple[str, ...] = ()

    def nearest(self, measure: Callable[[Mood], float | None]) -> Mood:
        """The picture that stands for the whole in one measure: the nearest to it, the first by name among equals."""
        wanted = measure(self.whole)
        values = [(mood, measure(mood)) for mood in self.pictures]
        known = [(mood, value) for mood, value in values if value is not None]
        if wanted is None or not known:
            return self.pictures[0]
        return min(known, key=lambda pair: (abs(pair[1] - wanted), pair[0].name))[0]


def read_mood_board(folder: Path) -> MoodBoard:
    """Measure the pictures of a folder, in the order of their names; folders in it are not looked into.

    Raises NotFound, BadInput for a folder without pictures or a broken one, TooLarge for too many or too large ones.
    """
    if not folder.is_dir():
        raise NotFound(f"There is no mood board {folder.name}.", mend="Give a folder of pictures.")
    entries = sorted(folder.iterdir(), key=lambda path: path.name)
    if len(entries) > MOST_ENTRIES:
        raise TooLarge(f"The mood board {folder.name} has over {MOST_ENTRIES} files.", mend="Give a folder of its own.")
    files = [path for path in entries if is_picture(path)]
    if not files:
        raise BadInput(f"There is no picture in {folder.name}.", mend=f"Put in some of: {', '.join(KINDS)}.")
    if len(files) > MOST_PICTURES:
        raise TooLarge(f"{folder.name} has {len(files)} pictures.", mend=f"Choose {MOST_PICTURES} or fewer of them.")
    read = [(path.name, read_picture(path)) for path in files]
    pictures = tuple(measure_picture(name, picture) for name, picture in read)
    left_out = tuple(path.name for path in entries if path not in files)
    return MoodBoard(pictures, _measure_whole(pictures, read), left_out)


def measure_picture(name: str, picture: Array) -> Mood:
    """Measure a picture, linear Rec.709 of shape [height, width, 3]; NaN is left out. Raises BadInput if all is."""
    solid = np.asarray(np.isfinite(picture).all(axis=-1))
    if not solid.any():
        raise BadInput(f"The picture {name} is all transparent.", mend="Take it out of the folder.")
    pixels = np.clip(picture[solid], 0.0, 1.0)  # (N, 3)
    lab = to_oklab(pixels)
    levels = np.percentile(lab[:, 0], LEVELS)
    low, high = np.percentile(pixels @ _Y, (5, 95))
    light, confidence = _find_light(picture, solid)
    return Mood(
        name=name,
        palette=tuple(Swatch(color, share, name) for color, share in find_palette(lab)),
        levels=tuple(levels.tolist()),
        contrast=float(np.log2(max(high, 1e-3) / max(low, 1e-3))),
        key=_key_of(float(levels[2])),
        kelvin=estimate_kelvin(pixels),
        saturation=float(np.hypot(lab[:, 1], lab[:, 2]).mean()),
        shadows=_tone(lab, lab[:, 0] <= np.percentile(lab[:, 0], 33)),
        highlights=_tone(lab, lab[:, 0] >= np.percentile(lab[:, 0], 67)),
        light=light,
        confidence=confidence,
        haze=_find_haze(picture, solid),
    )


def _measure_whole(pictures: tuple[Mood, ...], read: list[tuple[str, Array]]) -> Mood:
    """The middle of the pictures, each of which weighs the same; colours are those of all pixels together."""

    def middle(values: list[float]) -> float:
        return float(np.median(values))

    def pair(values: list[tuple[float, float]]) -> tuple[float, float]:
        return middle([a for a, _ in values]), middle([b for _, b in values])

    levels = tuple(middle([mood.levels[k] for mood in pictures]) for k in range(len(LEVELS)))
    mireds = [1e6 / mood.kelvin for mood in pictures if mood.kelvin is not None]
    light = pair([mood.light for mood in pictures])
    agree = float(np.mean([np.dot(mood.light, light) > 0 for mood in pictures]))
    return Mood(
        name="",
        palette=_shared_palette(read),
        levels=levels,
        contrast=middle([mood.contrast for mood in pictures]),
        key=_key_of(levels[2]),
        kelvin=1e6 / middle(mireds) if 2 * len(mireds) >= len(pictures) else None,
        saturation=middle([mood.saturation for mood in pictures]),
        shadows=pair([mood.shadows for mood in pictures]),
        highlights=pair([mood.highlights for mood in pictures]),
        light=light,
        confidence=agree * middle([mood.confidence for mood in pictures]),
        haze=middle([mood.haze for mood in pictures]),
    )


def _key_of(lightness: float) -> Key:
    return "low" if lightness < _LOW else "high" if lightness > _HIGH else "neutral"


def _tone(lab: Array, chosen: NDArray[np.bool_]) -> tuple[float, float]:
    a, b = lab[chosen, 1:].mean(axis=0).tolist()
    return a, b


def find_palette(lab: Array) -> list[tuple[tuple[float, float, float], float]]:
    """Up to six colours (linear Rec.709) and their shares, the largest first, of OKLab pixels of shape [N, 3].

    k-means, begun at the colours that lie farthest apart among those that cover a two-hundredth of the area; lightness
    counts less than colour, so that an accent is not lost among greys.
    """
    lab = lab * _EMPHASIS
    bins, members, counts = np.unique(np.round(lab / 0.04), axis=0, return_inverse=True, return_counts=True)
    sums = np.stack([np.bincount(members.ravel(), lab[:, k], len(bins)) for k in range(3)], axis=1)
    common = counts >= max(1, len(lab) // 200)
    common = common if common.any() else counts == counts.max()
    centres, weights = (sums / counts[:, None])[common], counts[common]
    seeds = [int(np.argmax(weights))]
    while len(seeds) < min(_COLOURS, len(centres)):
        away = np.min([np.linalg.norm(centres - centres[seed], axis=1) for seed in seeds], axis=0)
        if away.max() < 0.05:
            break
        seeds.append(int(np.argmax(away * weights**0.25)))
    means, labels = kmeans2(lab, centres[seeds], iter=20, minit="matrix", missing="warn")
    found = np.bincount(labels, minlength=len(means)) / len(lab)
    order = np.argsort(-found, kind="stable")
    colors = np.clip(from_oklab(means / _EMPHASIS), 0, 1)
    return [((float(r), float(g), float(b)), float(found[k])) for k in order for r, g, b in [colors[k]] if found[k] > 0]


def _shared_palette(read: list[tuple[str, Array]]) -> tuple[Swatch, ...]:
    """The palette of all pictures together, every picture of the same weight, and who has most of each colour."""
    rng = np.random.Generator(np.random.PCG64(0))
    samples = []
    for _, picture in read:
        pixels = picture[np.isfinite(picture).all(axis=-1)]
        samples.append(to_oklab(np.clip(pixels[rng.integers(0, len(pixels), 4000)], 0, 1)))
    palette = find_palette(np.concatenate(samples))
    means = to_oklab([color for color, _ in palette])  # (K, 3)
    near = [np.argmin(np.linalg.norm(lab[:, None] - means, axis=-1), axis=1) for lab in samples]
    owners = [int(np.argmax([(labels == k).mean() for labels in near])) for k in range(len(palette))]
    return tuple(Swatch(color, share, read[owner][0]) for (color, share), owner in zip(palette, owners, strict=True))


def estimate_kelvin(pixels: Array) -> float | None:
    """The temperature [K] of the light on a picture's pixels, linear Rec.709 of shape [N, 3]; None if it is coloured.

    Shades of grey (Finlayson and Trezzi 2004, with Minkowski norm 2: the mood of a picture is that of its larger areas)
    over what is bright and not clipped, then again over what is nearly neutral under the light found.
    """
    luminance = pixels @ _Y
    usable = (pixels.max(axis=1) < 0.9) & (luminance >= max(0.002, float(np.percentile(luminance, 50))))
    bright = pixels[usable] if usable.mean() > 0.02 else pixels
    light = _minkowski(bright)
    for _ in range(6):
        seen = to_oklab(bright / light / np.maximum((bright / light) @ _Y, 1e-6)[:, None])
        neutral = np.hypot(seen[:, 1], seen[:, 2]) < 0.12
        if neutral.mean() < 0.02:
            break
        light = _minkowski(bright[neutral])
    x, y, z = _TO_XYZ @ light
    kelvin, off = correlated_temperature((float(x / (x + y + z)), float(y / (x + y + z))))
    return None if abs(off) > _COLOURED else kelvin


def _minkowski(pixels: Array) -> Array:
    mean = np.mean(pixels**2, axis=0) ** (1 / 2)
    return np.maximum(mean, 1e-4) / max(float(mean @ _Y), 1e-4)


def _find_light(picture: Array, solid: NDArray[np.bool_]) -> tuple[tuple[float, float], float]:
    """Where it gets brighter, (right, up) in stops from the middle to the edge: a plane through the blurred picture.

    Confidence is the share of the blurred picture that the plane explains, less where it is nearly level.
    """
    height, width = solid.shape
    stops = np.log2(np.where(solid, np.nan_to_num(picture) @ _Y, 0.0) + 2e-3)
    blurred = ndimage.gaussian_filter(stops, max(height, width) / 16, mode="nearest")
    y, x = np.mgrid[1 : -1 : height * 1j, -1 : 1 : width * 1j]
    design = np.stack([x.ravel(), y.ravel(), np.ones(x.size)], axis=1)
    solution, *_ = np.linalg.lstsq(design, blurred.ravel(), rcond=None)
    left = blurred.ravel() - design @ solution
    explained = 1.0 - float(left.var() / max(float(blurred.var()), 1e-12))
    right, up = float(solution[0]), float(solution[1])
    return (right, up), max(0.0, explained) * min(1.0, float(np.hypot(right, up)) / 1.0)


def _find_haze(picture: Array, solid: NDArray[np.bool_]) -> float:
    """How far the darkest colour in each neighbourhood is lifted (the dark channel of He, Sun and Tang 2009)."""
    code = encode_srgb(np.where(solid[..., None], np.nan_to_num(picture), 1.0))
    dark = ndimage.minimum_filter(code.min(axis=-1), size=9)
    return float(np.percentile(dark[solid], 5))
