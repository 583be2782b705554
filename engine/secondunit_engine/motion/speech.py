"""Lines as mouth shapes over time, from the text alone.

Letters stand in for phonemes until a voice gives their times; each holds a share of the line by how long it is spoken.
Shapes are shares of ARKit facial actions, kept small: a mouth in speech is rarely open by more than a third.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from secondunit_engine.planning.plan import ActionPlan, DialoguePlan

Array = NDArray[np.float64]
Shape = dict[str, float]

_BOTH = ("Left", "Right")
# Viseme: length in units of a consonant, then shares of actions ("*" stands for both sides).
_VISEMES: dict[str, tuple[float, Shape]] = {
    "aa": (1.7, {"jawOpen": 0.27, "mouthLowerDown*": 0.16, "mouthUpperUp*": 0.14, "mouthStretch*": 0.06}),
    "eh": (
        1.5,
        {"jawOpen": 0.17, "mouthStretch*": 0.14, "mouthSmile*": 0.10, "mouthUpperUp*": 0.16, "mouthLowerDown*": 0.12},
    ),
    "ih": (
        1.3,
        {"jawOpen": 0.10, "mouthStretch*": 0.20, "mouthSmile*": 0.12, "mouthUpperUp*": 0.16, "mouthLowerDown*": 0.10},
    ),
    "oh": (1.7, {"jawOpen": 0.20, "mouthFunnel": 0.38, "mouthLowerDown*": 0.05}),
    "ou": (1.5, {"jawOpen": 0.09, "mouthPucker": 0.42, "mouthFunnel": 0.12}),
    "mm": (0.9, {"mouthPress*": 0.22, "mouthRollLower": 0.16, "mouthRollUpper": 0.10}),
    "ff": (0.9, {"jawOpen": 0.04, "mouthRollLower": 0.26, "mouthUpperUp*": 0.16}),
    "ss": (1.0, {"jawOpen": 0.04, "mouthStretch*": 0.12, "mouthLowerDown*": 0.16, "mouthUpperUp*": 0.12}),
    "tt": (0.7, {"jawOpen": 0.09, "mouthUpperUp*": 0.11, "mouthLowerDown*": 0.07}),
    "kk": (0.8, {"jawOpen": 0.13, "mouthStretch*": 0.07, "mouthUpperUp*": 0.06}),
    "rr": (0.8, {"jawOpen": 0.08, "mouthPucker": 0.22, "mouthFunnel": 0.10}),
    "rest": (1.0, {"jawOpen": 0.015}),
}  # fmt: skip
_LETTERS = {
    "aa": "a", "eh": "e", "ih": "iy", "oh": "o", "ou": "uw", "mm": "mbp", "ff": "fv", "ss": "szcjx", "tt": "tdnl",
    "kk": "kgqh", "rr": "r",
}  # fmt: skip
_VISEME_OF = {letter: viseme for viseme, letters in _LETTERS.items() for letter in letters}
_PAUSES = {",": 2.5, ";": 2.5, ":": 2.5, "-": 1.0, ".": 4.5, "!": 4.0, "?": 4.0}
_IDLE_LINE = "hey everyone, welcome back, I have so much to show you today, let us get right into it!"


def lines_of(name: str, dialogue: Iterable[DialoguePlan], actions: Iterable[ActionPlan]) -> list[tuple[str, int, int]]:
    """What a member says in a shot: text, first frame, frames. A `talk` without words gets a line to move the lips."""
    lines = [
        (line.text, line.start, line.frames) for line in dialogue if line.character == name and not line.off_screen
    ]
    if not lines:
        lines = [(_IDLE_LINE, a.start, a.frames) for a in actions if a.actor == name and a.verb == "talk"]
    return lines


def speak(lines: list[tuple[str, int, int]], frames: int, rate: float) -> tuple[dict[str, Array], Array]:
    """Facial actions over a shot, each of shape [frames], and how loud the voice is, 0 to 1, shape [frames]."""
    steps = 8  # keys are laid out finer than frames, then blurred: lips run into each other
    tracks: dict[str, Array] = {}
    voice = np.zeros(frames * steps)
    for text, start, length in lines:
        units = _units(text)
        total = sum(duration for _, duration in units)
        at = float(start * steps)
        for viseme, duration in units:
            span = duration / total * length * steps
            low, high = round(at), max(round(at) + 1, round(at + span))
            for action, share in _both_sides(_VISEMES[viseme][1]).items():
                tracks.setdefault(action, np.zeros(frames * steps))[low:high] = share
            voice[low:high] = 0.0 if viseme == "rest" else 1.0
            at += span
    blur = _kernel(0.034 * rate * steps)
    slow = _kernel(0.12 * rate * steps)
    smooth = {name: _blurred(track, blur)[steps // 2 :: steps] for name, track in tracks.items()}
    return smooth, _blurred(voice, slow)[steps // 2 :: steps]


def _units(text: str) -> list[tuple[str, float]]:
    """Visemes and their lengths for a line, with rests at its marks."""
    units: list[tuple[str, float]] = []
    for word in re.findall(r"[a-z']+|[,;:.!?-]", text.lower()):
        if word in _PAUSES:
            units.append(("rest", _PAUSES[word]))
            continue
        previous = ""
        for letter in word:
            viseme = _VISEME_OF.get(letter, "")
            if viseme and viseme != previous:
                units.append((viseme, _VISEMES[viseme][0]))
            previous = viseme
        units.append(("rest", 0.25))
    return units or [("rest", 1.0)]


def _both_sides(shape: Shape) -> Shape:
    sides = {name[:-1] + side: share for name, share in shape.items() if name.endswith("*") for side in _BOTH}
    return {name: share for name, share in shape.items() if not name.endswith("*")} | sides


def _blurred(track: Array, kernel: Array) -> Array:
    """The track smoothed, at its own length: "same" would give the kernel's where a shot is shorter than the kernel."""
    start = (len(kernel) - 1) // 2
    return np.convolve(track, kernel)[start : start + len(track)]


def _kernel(sigma: float) -> Array:
    reach = np.arange(-int(3 * sigma) - 1, int(3 * sigma) + 2)
    weights = np.exp(-0.5 * (reach / max(sigma, 1e-6)) ** 2)
    return weights / weights.sum()
