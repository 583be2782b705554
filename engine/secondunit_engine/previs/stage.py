"""A set ready to be drawn: its solids from the set layer, and its light, baked once and kept in the product store."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from secondunit_engine.color import LUMINANCE
from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.previs.bounce import Glow, bake
from secondunit_engine.previs.rasterise import ShadowMap, cast_shadows
from secondunit_engine.previs.solids import Scenery, join, read_set
from secondunit_engine.products import ProductStore
from secondunit_engine.world.build_set import build_set

_USUAL_ALBEDO = 0.25
_HEAD = np.array([0.0, 1.3, 0.0])
_SHADOWS = 2048  # texels a side
_KEPT = 2  # stages in memory: about 150 MB each


@dataclass(frozen=True)
class Stage:
    """A set to draw: what stands, how it is lit, where its sun is blocked. `key` names the set's product."""

    key: str
    scenery: Scenery
    glow: Glow
    shadows: ShadowMap

    @cached_property
    def mean(self) -> float:
        """How bright the set is on the whole: mean radiance, by log, of what stands near its marks."""
        low, spacing = self.glow.origin, 2 * self.glow.cell
        people = [matrix[3, :3] for name, matrix in self.scenery.marks.items() if not name.startswith("camera")]
        seen = []
        for place in people or [np.zeros(3)]:
            at = np.floor((place + _HEAD - low) / spacing).astype(int)
            i, j, k = np.clip(at, 3, np.maximum(3, np.array(self.glow.open.shape) - 4)).tolist()
            block = np.s_[i - 3 : i + 4, max(0, j - 2) : j + 3, k - 3 : k + 4]
            received = self.glow.probes[block][self.glow.open[block] > 0] @ LUMINANCE.astype(np.float32)  # (P, 6)
            seen.append(received.reshape(-1))
        light = np.concatenate(seen)
        return float(np.exp(np.log(np.maximum(light, 1e-4)).mean())) * _USUAL_ALBEDO / np.pi


class Stages:
    """The sets of a film, built or found in the store, the last used ones in memory."""

    def __init__(self, store: ProductStore) -> None:
        self._store = store
        self._open: OrderedDict[SetPlan, Stage] = OrderedDict()

    def open(self, plan: SetPlan) -> Stage:
        """The stage of a set plan. Raises BadInput for a place that no module builds."""
        if plan in self._open:
            self._open.move_to_end(plan)
            return self._open[plan]
        built = self._store.make("set", (plan,), lambda folder: build_set(plan, folder, self._store.library))
        scenery = read_set(built.folder / "set.usdc")
        shut = [solid for parts in scenery.props.values() for solid in parts.values()]
        size = _SHADOWS if scenery.sun.shines else 4
        shadows = cast_shadows(join([scenery.fixed, *shut]), scenery.sun.toward, size)
        light = self._store.make("previs-light", (built.key,), lambda folder: _save(bake(scenery, shadows), folder))
        self._open[plan] = Stage(built.key, scenery, _load(light.folder), shadows)
        if len(self._open) > _KEPT:
            self._open.popitem(last=False)
        return self._open[plan]


def _save(glow: Glow, folder: Path) -> None:
    with (folder / "glow.npz").open("wb") as file:
        np.savez(file, **vars(glow))


def _load(folder: Path) -> Glow:
    with np.load(folder / "glow.npz", allow_pickle=False) as arrays:
        return Glow(
            arrays["origin"], float(arrays["cell"]), arrays["solid"], arrays["shine"], arrays["probes"], arrays["open"]
        )
