"""The light mix: faders on the light groups, then the air and the particles in front."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from secondunit_bridge.errors import BadInput
from secondunit_engine.finish.look import LightMix
from secondunit_engine.finish.temperature import temperature_gain

Image = NDArray[np.float32]


def light_groups(parts: Iterable[str]) -> tuple[str, ...]:
    """Names of the light groups among a frame's parts, in their order."""
    return tuple(name.removeprefix("light.") for name in parts if name.startswith("light."))


def group_gain(mix: LightMix) -> NDArray[np.float64]:
    """Linear gain of one fader, shape [3]."""
    return 2.0**mix.exposure * temperature_gain(mix.temperature_shift) if mix.on else np.zeros(3)


def check_groups(mixes: Sequence[LightMix], groups: Sequence[str]) -> None:
    """Raise BadInput if a fader names a light that this shot does not have."""
    for mix in mixes:
        if mix.group not in groups:
            raise BadInput(f"This shot has no light group “{mix.group}”.", mend=f"Its groups are: {', '.join(groups)}.")


def mix_lights(parts: Mapping[str, Image], mixes: Sequence[LightMix]) -> Image:
    """Scene-linear picture of one frame under a light mix, shape [H, W, 3], ACEScg.

    Light is linear, so only what a fader changes is added to the beauty: with no faders the beauty is untouched.
    What the air scatters follows the fader of the group that lights it.
    Source: picture = beauty * transmittance + in-scattered light, then particles over it (Porter-Duff).
    """
    picture = parts["beauty"].astype(np.float32)  # (H, W, 3)
    gains = {mix.group: group_gain(mix) for mix in mixes}
    for group, gain in gains.items():
        picture = picture + parts[f"light.{group}"] * (gain - 1.0).astype(np.float32)
    picture = np.maximum(picture, 0.0)
    if "air" in parts:
        scattered, transmittance = parts["air"][..., :3], parts["air"][..., 3:]
        for group, gain in gains.items():
            if f"air.{group}" in parts:
                scattered = scattered + parts[f"air.{group}"] * (gain - 1.0).astype(np.float32)
        picture = picture * transmittance + np.maximum(scattered, 0.0)
    if "sprites" in parts:
        sprites = parts["sprites"]  # (H, W, 4) premultiplied
        picture = picture * (1.0 - sprites[..., 3:]) + sprites[..., :3]
    return picture
