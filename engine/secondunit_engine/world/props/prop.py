"""What a prop is: a thing with a true size, a weight and a way to be built, in data that needs no USD.

Space of a prop: metres, Y up, its front to +Z, its middle at the origin. What stands on its base has its lowest point
at y = 0; what hangs on a wall has its back at z = 0; what hangs from above has its top at y = 0.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import numpy as np

from secondunit_engine.world.mesh import Mesh
from secondunit_engine.world.props.finishes import Finish
from secondunit_engine.world.shapes import move

Stance = Literal["base", "wall", "hanging"]
Brittle = Literal["glass", "ceramic", "plaster", "wood"]


@dataclass(frozen=True)
class Variant:
    """Which of a prop's many forms: its seed, era ("present", "ancient", "future", a decade) and wear, 0 new to 1."""

    seed: int = 0
    era: str = "present"
    wear: float = 0.3

    @property
    def rng(self) -> np.random.Generator:
        """A fresh generator of this seed."""
        return np.random.Generator(np.random.PCG64([self.seed, 77]))


@dataclass(frozen=True)
class Part:
    """What of a prop has one finish. A part that glows names the fader that moves its light."""

    mesh: Mesh
    finish: Finish
    light_group: str = ""
    sampling_weight: float = 0.2


@dataclass(frozen=True)
class Breaks:
    """How a thing breaks: as what, and from which energy of a blow [J]. A pane is `held` by its frame."""

    kind: Brittle
    energy: float
    held: bool = False


def settled(*parts: Part, centred: bool = False) -> tuple[Part, ...]:
    """Parts moved together so that their lowest point is at y = 0, and, if asked, the middle of their bounds over the
    origin."""
    points = np.concatenate([part.mesh.points for part in parts])
    low, high = points.min(axis=0), points.max(axis=0)
    middle = (low + high) / 2 if centred else np.zeros(3)
    by = (-float(middle[0]), -float(low[1]), -float(middle[2]))
    return tuple(replace(part, mesh=move(part.mesh, by)) for part in parts)


Builder = Callable[[Variant], tuple[Part, ...]]


@dataclass(frozen=True)
class Prop:
    """One kind of thing.

    `words` are the phrases that call it, parted by commas, the first its name in a sentence. `size` is its true width,
    height and depth [m], kept by every variant within a tenth. `mass` is in kg, `friction` and `restitution` are of its
    dry surface against wood; `breaks` is None for what does not. `family` is the module it comes from: the catalogue
    fills it in.
    """

    name: str
    words: str
    size: tuple[float, float, float]
    build: Builder
    mass: float
    friction: float = 0.5
    restitution: float = 0.2
    breaks: Breaks | None = None
    stands: Stance = "base"
    family: str = ""

    @cached_property
    def phrases(self) -> tuple[str, ...]:
        """The phrases of `words`."""
        return tuple(phrase.strip() for phrase in self.words.split(",") if phrase.strip())

    @property
    def label(self) -> str:
        """What it is called in a sentence."""
        return self.phrases[0]

    @property
    def is_small(self) -> bool:
        """Whether it belongs on a table rather than on the floor."""
        return max(self.size) < 0.62 and self.size[1] < 0.55 and self.mass < 12
