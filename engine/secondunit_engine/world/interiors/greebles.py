"""Technical panels: a rectangle divided at random into plates, vents, boxes, pipes and small lamps.

A panel is made in its own frame: x along it from its lower left corner, y up, z out of the wall. `Face` says where such
a frame is in the set. (Seeded recursive subdivision, as model makers dress hulls.)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from secondunit_engine.world import shapes
from secondunit_engine.world.interiors.dressing import Dressing
from secondunit_engine.world.kit import bars
from secondunit_engine.world.mesh import Mesh
from secondunit_engine.world.trim import unit

Rectangle = tuple[float, float, float, float]  # x and y of its lower left corner, width, height [m]


@dataclass(frozen=True)
class Face:
    """Where a panel's frame is: its origin [m], and the directions of its x and y, whose cross product is its z."""

    origin: tuple[float, float, float]
    along: tuple[float, float, float]
    up: tuple[float, float, float]

    def put(self, mesh: Mesh) -> Mesh:
        """A mesh from the frame to the set's."""
        matrix = np.eye(4)
        along, up = unit(np.array(self.along)), unit(np.array(self.up))
        matrix[:3, :3] = np.stack([along, up, np.cross(along, up)], axis=1)
        matrix[:3, 3] = self.origin
        return shapes.transform(mesh, matrix)


@dataclass
class Panel:
    """Meshes by material; what shines white and what shines in colour."""

    parts: dict[str, list[Mesh]] = field(default_factory=lambda: defaultdict(list))
    lamps: list[Mesh] = field(default_factory=list)
    signals: list[Mesh] = field(default_factory=list)

    def put(self, dressing: Dressing, face: Face, lamps: list[Mesh], signals: list[Mesh]) -> None:
        """Put the panel on a face; what shines is added to the lists."""
        for material, meshes in self.parts.items():
            dressing.add(material, face.put(shapes.merge(meshes)))
        lamps += [face.put(mesh) for mesh in self.lamps]
        signals += [face.put(mesh) for mesh in self.signals]


def panel(width: float, height: float, rng: np.random.Generator, *, fine: float = 0.30, depth: float = 0.05) -> Panel:
    """A panel `width` by `height` [m]; plates get no larger than about `fine` [m], nothing stands out more than
    `depth` [m]."""
    made = Panel()
    made.parts["hull_dark"].append(shapes.box((0, 0, -0.03), (width, height, 0.004)))
    for x, y, w, h in divided((0.0, 0.0, width, height), rng, fine):
        e = 0.004  # half of the gap between plates
        kind = float(rng.random())
        inner = (x + e, y + e, w - 2 * e, h - 2 * e)
        if min(w, h) < 0.05 or kind < 0.46:
            _add_plate(made, inner, rng, depth)
        elif kind < 0.60:
            _add_vent(made, inner, depth)
        elif kind < 0.74:
            _add_box(made, inner, rng, depth)
        elif kind < 0.91:
            _add_pipes(made, inner, rng, depth)
        else:
            add_keys(made, inner, rng)
    return made


def divided(whole: Rectangle, rng: np.random.Generator, fine: float) -> Iterator[Rectangle]:
    """A rectangle cut in two, and its parts again, until they are about `fine` [m] long; some stay large."""
    x, y, w, h = whole
    longest = max(w, h)
    if longest < fine or (longest < 2.4 * fine and rng.random() < 0.30):
        yield whole
        return
    share = float(rng.choice([0.28, 0.38, 0.5, 0.62, 0.72]))
    if w * float(rng.uniform(0.7, 1.4)) > h:
        parts = ((x, y, w * share, h), (x + w * share, y, w * (1 - share), h))
    else:
        parts = ((x, y, w, h * share), (x, y + h * share, w, h * (1 - share)))
    for part in parts:
        yield from divided(part, rng, fine)


def _add_plate(made: Panel, place: Rectangle, rng: np.random.Generator, depth: float) -> None:
    """A plate with bevelled edges, and bolts if it is large enough."""
    x, y, w, h = place
    z = float(rng.uniform(0.25, 0.7)) * depth
    tone = str(
        rng.choice(
            ["hull", "hull", "hull", "hull_second", "hull_dark", "accent"], p=[0.25, 0.25, 0.2, 0.18, 0.09, 0.03]
        )
    )
    made.parts[tone].append(shapes.soft_box((x, y, 0), (x + w, y + h, z), 0.006))
    if min(w, h) > 0.16 and rng.random() < 0.6:
        d, s = 0.022, 0.006
        spots = [(x + d, y + d), (x + w - d, y + d), (x + w - d, y + h - d), (x + d, y + h - d)]
        made.parts["steel"].append(bars([((a - s, b - s, z - 0.001), (a + s, b + s, z + 0.003)) for a, b in spots]))
    if min(w, h) > 0.22 and rng.random() < 0.4:  # a sunk field
        made.parts["hull_dark"].append(bars([((x + 0.05, y + 0.05, z - 0.002), (x + w - 0.05, y + 0.056, z + 0.001))]))
        made.parts["hull_second"].append(
            shapes.soft_box((x + 0.06, y + 0.07, z - 0.004), (x + w - 0.06, y + h - 0.05, z + 0.006), 0.004)
        )


def _add_vent(made: Panel, place: Rectangle, depth: float) -> None:
    """Louvres in a frame."""
    x, y, w, h = place
    rim, z = 0.014, 0.5 * depth
    frame = [
        ((x, y, 0), (x + w, y + rim, z)), ((x, y + h - rim, 0), (x + w, y + h, z)),
        ((x, y + rim, 0), (x + rim, y + h - rim, z)), ((x + w - rim, y + rim, 0), (x + w, y + h - rim, z)),
    ]  # fmt: skip
    made.parts["hull_second"].append(bars(frame))
    made.parts["black"].append(shapes.box((x, y, 0), (x + w, y + h, 0.006)))
    slats = [
        ((x + rim, b, 0.004), (x + w - rim, b + 0.009, 0.7 * z))
        for b in np.arange(y + 0.024, y + h - 0.024, 0.021).tolist()
    ]
    if slats:
        made.parts["hull_dark"].append(bars(slats))


def _add_box(made: Panel, place: Rectangle, rng: np.random.Generator, depth: float) -> None:
    """A case that stands out, with a lid, a latch, a lamp."""
    x, y, w, h = place
    z = depth * float(rng.uniform(0.8, 1.0))
    made.parts["hull"].append(shapes.soft_box((x, y, 0), (x + w, y + h, 0.3 * depth), 0.005))
    inset = 0.12 * min(w, h)
    made.parts["hull_second"].append(
        shapes.soft_box((x + inset, y + inset, 0.2 * depth), (x + w - inset, y + h - inset, z), 0.01)
    )
    made.parts["steel"].append(
        bars([((x + w / 2 - 0.015, y + inset - 0.012, 0.2 * depth), (x + w / 2 + 0.015, y + inset + 0.01, z + 0.004))])
    )
    if rng.random() < 0.5:
        a, b = x + w - inset - 0.03, y + h - inset - 0.02
        made.signals.append(bars([((a - 0.008, b - 0.004, z), (a + 0.008, b + 0.004, z + 0.003))]))


def _add_pipes(made: Panel, place: Rectangle, rng: np.random.Generator, depth: float) -> None:
    """Pipes side by side between two collars."""
    x, y, w, h = place
    made.parts["hull_dark"].append(shapes.box((x, y, 0), (x + w, y + h, 0.008)))
    upright = h > w
    across, length = (w, h) if upright else (h, w)
    count = int(np.clip(across / 0.05, 1, 5))
    radius = min(0.016, 0.35 * depth)
    for k in range(count):
        at = (k + 0.5) * across / count
        ends = np.array([(at, 0.0), (at, length / 2), (at, length)])
        if not upright:
            ends = ends[:, ::-1]
        path = np.column_stack([x + ends[:, 0], y + ends[:, 1], np.full(3, 0.008 + radius)])
        made.parts[str(rng.choice(["steel", "pipe", "pipe"]))].append(shapes.tube(path, radius, 7))
    for share in (0.12, 0.88):
        a, b = share * length - 0.012, share * length + 0.012
        low, high = (
            ((x, y + a, 0.0), (x + w, y + b, 0.6 * depth))
            if upright
            else ((x + a, y, 0.0), (x + b, y + h, 0.6 * depth))
        )
        made.parts["hull_second"].append(bars([(low, high)]))


def add_keys(made: Panel, place: Rectangle, rng: np.random.Generator) -> None:
    """A dark field of keys on a panel, some lit."""
    x, y, w, h = place
    made.parts["black"].append(shapes.soft_box((x, y, 0), (x + w, y + h, 0.014), 0.004))
    pitch = 0.032
    dark, lit, white = [], [], []
    for a in np.arange(x + 0.012, x + w - 0.028, pitch).tolist():
        for b in np.arange(y + 0.012, y + h - 0.024, pitch).tolist():
            kind = rng.random()
            box = ((a, b, 0.010), (a + 0.022, b + 0.016, 0.019))
            (dark if kind < 0.80 else lit if kind < 0.95 else white).append(box)
    if dark:
        made.parts["hull_second"].append(bars(dark))
    if lit:
        made.signals.append(bars(lit))
    if white:
        made.lamps.append(bars(white))


def grating(low: ArrayLike, high: ArrayLike, *, pitch: float = 0.034) -> Mesh:
    """A grid of bars that is walked on, from corner to corner, x and z [m]; its top is y = 0."""
    (x0, z0), (x1, z1) = np.asarray(low, float).tolist(), np.asarray(high, float).tolist()
    cross = [((x0, -0.026, z), (x1, 0.0, z + 0.006)) for z in np.arange(z0, z1, pitch).tolist()]
    along = [
        ((x, -0.032, z0), (x + 0.007, -0.004, z1))
        for x in np.linspace(x0, x1 - 0.007, max(2, int((x1 - x0) / 0.10))).tolist()
    ]
    return bars([*cross, *along])


def hatch(width: float, height: float) -> dict[str, Mesh]:
    """A door of two leaves that interlock, its lower middle at the origin, facing +Z: chamfered, with ribs, a window
    slot, warning stripes and a lock. In the materials hull, hull_second, hull_dark, accent, steel, black."""
    x, c = width / 2, 0.16 * width
    corners = np.array([(-x, 0), (x, 0), (x, height - c), (x - c, height), (-x + c, height), (-x, height - c)])
    step = 0.09 * width
    seam = np.array(
        [
            (0, 0),
            (0, 0.36 * height),
            (step, 0.36 * height + step),
            (step, 0.62 * height),
            (0, 0.62 * height + step),
            (0, height),
        ]
    )
    gap = np.array([0.006, 0.0])
    left = np.concatenate([seam - gap, [(-x + c, height), (-x, height - c), (-x, 0)]])
    right = np.concatenate([(seam + gap)[::-1], [(x, 0), (x, height - c), (x - c, height)]])
    parts = {
        "hull": shapes.merge([shapes.extrude(left, 0.10), shapes.extrude(right, 0.10)]),
        "black": shapes.merge([
            shapes.extrude(corners, 0.02),
            shapes.box((-x + 0.14, 0.66 * height, 0.09), (-0.10, 0.72 * height, 0.104)),
            shapes.box((step + 0.08, 0.66 * height, 0.09), (x - 0.14, 0.72 * height, 0.104)),
        ]),
    }  # fmt: skip
    ribs = [
        shapes.soft_box((side * x * 0.93 - 0.03, 0.08, 0.09), (side * x * 0.93 + 0.03, 0.80 * height, 0.14), 0.01)
        for side in (-1, 1)
    ]
    ribs += [
        shapes.soft_box((a, y, 0.09), (b, y + 0.05, 0.13), 0.01)
        for y in (0.14 * height, 0.30 * height)
        for a, b in ((-x * 0.86, -0.06), (0.06, x * 0.86))
    ]
    parts["hull_second"] = shapes.merge(ribs)
    stripes = []
    for k in range(9):
        a = -x * 0.86 + k * x * 0.2
        if a + 0.14 < x * 0.86 and not -0.14 < a + 0.07 < 0.12:
            stripes.append(
                shapes.extrude(np.array([(a, 0.03), (a + 0.06, 0.03), (a + 0.12, 0.11), (a + 0.06, 0.11)]), 0.104)
            )
    parts["accent"] = shapes.merge(stripes)
    lock = shapes.stand_up(
        shapes.lathe([(0, 0.10), (0.13, 0.10), (0.13, 0.135), (0.10, 0.15), (0.05, 0.15), (0.04, 0.17), (0, 0.17)], 32)
    )
    parts["steel"] = shapes.move(lock, (step / 2, 0.49 * height, 0))
    return parts
