"""Where things stand: props placed by relations to each other and to a room, seeded, so that nothing floats, nothing
goes into anything, doors open and people can walk.

Each wish is tried at seeded places that its relation allows, nearest to what a stage hand would do first, until one
passes every check; a wish that finds none is left out with the reason. Rooms are measured with their middle at the
origin: the far wall at -Z, the floor at `Room.floor`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from secondunit_engine.world.collide import Level, Solid, meet, table_levels
from secondunit_engine.world.mesh import Mesh
from secondunit_engine.world.props.catalog import body, prop_named
from secondunit_engine.world.props.prop import Prop, Variant
from secondunit_engine.world.ways_through import Ways

Array = NDArray[np.floating]
Wall = Literal["north", "south", "west", "east"]  # at -Z, +Z, -X, +X
Relation = Literal[
    "anywhere", "on", "under", "beside", "inside", "leaning on", "against the wall", "facing", "in a row", "held by"
]

FIXED: Final = "the set"  # what a wish relates to that is to stand on whatever the room has already
GAP: Final = 0.0003  # m between what stands and what it stands on
_TRIES: Final = 48
_LEAN: Final = 12.0  # degrees
# Wall [its inward normal in degrees about Y]: what hangs there faces into the room.
INWARD: Final[Mapping[Wall, float]] = {"north": 0.0, "south": 180.0, "west": 90.0, "east": -90.0}


@dataclass(frozen=True)
class Door:
    """A door in a wall that opens into the room: `along` the wall its middle lies from the wall's middle [m], hinged at
    its lower coordinate or at the upper one."""

    wall: Wall
    along: float = 0.0
    width: float = 0.9
    hinge: Literal["low", "high"] = "low"


@dataclass(frozen=True)
class Room:
    """A floor with walls: `width` in x, `depth` in z, `height` [m]; its doors, and the marks where people stand (x, z).

    `fixed` is what stands there already, in the room's space; without `walls` the room is a part of a larger set.
    """

    width: float
    depth: float
    height: float = 2.7
    doors: tuple[Door, ...] = ()
    marks: tuple[tuple[str, float, float], ...] = ()
    fixed: Mesh | None = field(default=None, compare=False)
    walls: bool = True
    floor: float = 0.0


@dataclass(frozen=True)
class Wish:
    """One thing and where it should be: its own name, the prop's, the relation, and the name of what it relates to (an
    earlier or later wish, or a mark). `own` is the prop itself where it is in no catalogue."""

    name: str
    prop: str
    relation: Relation = "anywhere"
    to: str = ""
    variant: Variant = Variant()
    own: Prop | None = None


@dataclass(frozen=True, eq=False)
class Item:
    """A thing in its place: `pose` takes its space to the room's, column vectors [m], shape [4, 4]."""

    name: str
    prop: str
    pose: Array
    relation: Relation = "anywhere"
    to: str = ""
    variant: Variant = Variant()
    own: Prop | None = None

    @property
    def solid(self) -> Solid:
        return solid_of(kind_of(self), self.variant)


@dataclass(frozen=True, eq=False)
class Layout:
    """A room with its things; `left_out` are the wishes that found no place, with the reason."""

    room: Room
    items: tuple[Item, ...]
    left_out: tuple[tuple[str, str], ...] = ()


def kind_of(thing: Wish | Item) -> Prop:
    """The prop it is. Raises BadInput for one that is in no catalogue."""
    return thing.own or prop_named(thing.prop)


@lru_cache(maxsize=512)
def solid_of(prop: Prop, variant: Variant) -> Solid:
    """A prop's solid, built once."""
    return Solid(body(prop.build(variant)))


def pose_at(x: float, y: float, z: float, turn: float = 0.0, lean: float = 0.0) -> Array:
    """A pose at a place [m], leaning back by `lean` and then turned about +Y by `turn` degrees."""
    a, b = math.radians(turn), math.radians(-lean)
    spin = np.array([[math.cos(a), 0, math.sin(a)], [0, 1, 0], [-math.sin(a), 0, math.cos(a)]])
    tilt = np.array([[1, 0, 0], [0, math.cos(b), -math.sin(b)], [0, math.sin(b), math.cos(b)]])
    pose = np.eye(4)
    pose[:3, :3], pose[:3, 3] = spin @ tilt, (x, y, z)
    return pose


def _base(solid: Solid, pose: Array) -> Array:
    """What a thing in a level pose stands on, x and z, shape [N, 2]."""
    return solid.base @ pose[np.ix_([0, 2], [0, 2])].T + pose[[0, 2], 3]


def lay_out(room: Room, wishes: Sequence[Wish], seed: int = 0) -> Layout:
    """Place the wishes: same inputs, same layout. Raises BadInput for a prop that is in no catalogue."""
    solver = _Solver(room, np.random.Generator(np.random.PCG64([seed, 4101])))
    waiting = list(wishes)
    left_out: list[tuple[str, str]] = []
    names = {wish.name for wish in wishes}
    while waiting:
        there = {item.name for item in solver.items} | {name for name, _, _ in room.marks}
        ready = [wish for wish in waiting if wish.to in there or wish.to not in names]
        for wish in ready or waiting[:1]:
            waiting.remove(wish)
            reason = solver.place(wish)
            if reason:
                left_out.append((wish.name, reason))
                names.discard(wish.name)
    return Layout(room, tuple(solver.items), tuple(left_out))


class _Solver:
    """A room as it fills."""

    def __init__(self, room: Room, rng: np.random.Generator) -> None:
        self.room, self.rng = room, rng
        self.items: list[Item] = []
        self.fixed = Solid(room.fixed) if room.fixed is not None else None
        self.ways = Ways(room)
        self.relations: dict[Relation, Callable[[Wish, Solid], Iterator[Array]]] = {
            "anywhere": self._anywhere, "on": self._on, "under": self._under, "beside": self._beside,
            "inside": self._inside, "leaning on": self._leaning, "against the wall": self._against,
            "facing": self._facing, "in a row": self._row, "held by": self._held,
        }  # fmt: skip

    def place(self, wish: Wish) -> str:
        """Put one thing down; returns why not, or nothing."""
        relation, prop = wish.relation, kind_of(wish)
        if relation == "anywhere" and prop.stands != "base":
            relation = "against the wall"
        on_fixed = relation == "on" and wish.to == FIXED
        if relation in ("on", "under", "inside", "facing", "in a row") and self._find(wish.to) is None and not on_fixed:
            if wish.to not in ("", "floor"):
                return f"there is no {wish.to} to be {relation}"
            relation = "anywhere"
        wish = replace(wish, relation=relation)
        solid = solid_of(prop, wish.variant)
        for pose in self.relations[relation](wish, solid):
            if relation == "held by" or self._fits(solid, pose):
                item = Item(wish.name, wish.prop, pose, relation, wish.to, wish.variant, wish.own)
                self.items.append(item)
                if relation != "held by":
                    self.ways.block(solid, pose)
                return ""
        return f"there is no free place {relation} {wish.to}".rstrip()

    def _find(self, name: str) -> Item | None:
        return next((item for item in self.items if item.name == name), None)

    def _fits(self, solid: Solid, pose: Array) -> bool:
        """Within the room, through nothing, and people still walk and doors still open."""
        low, high = solid.bounds(pose)
        half = np.array([self.room.width, self.room.depth]) / 2
        if (low[[0, 2]] < -half + 1e-6).any() or (high[[0, 2]] > half - 1e-6).any():
            return False
        if low[1] < self.room.floor - 1e-4 or high[1] > self.room.floor + self.room.height:
            return False
        return not self._hits(solid, pose) and self.ways.stay_open(solid, pose)

    def _hits(self, solid: Solid, pose: Array, *, exact: bool = False) -> bool:
        if self.fixed is not None and meet(solid, pose, self.fixed, np.eye(4), exact=exact):
            return True
        return any(
            meet(solid, pose, item.solid, item.pose, exact=exact) for item in self.items if item.relation != "held by"
        )

    def _anywhere(self, wish: Wish, solid: Solid) -> Iterator[Array]:
        """On the floor near `to` or anywhere; big things along walls."""
        reach = np.maximum(np.array([self.room.width, self.room.depth]) / 2 - 0.3, 0.05)
        turns = (0.0, 90.0, 180.0, 270.0) if max(solid.high - solid.low) > 0.9 else None
        for _ in range(_TRIES):
            x, z = self.rng.uniform(-reach, reach)
            turn = float(self.rng.choice(turns)) if turns else float(self.rng.uniform(0, 360))
            yield self._standing(solid, x, z, self.room.floor, turn)

    def _on(self, wish: Wish, solid: Solid) -> Iterator[Array]:
        if wish.to == FIXED:
            yield from self._on_fixed(solid)
        else:
            yield from self._upon(wish, solid, highest=True)

    def _on_fixed(self, solid: Solid) -> Iterator[Array]:
        """On a table or shelf that the room has, nearest to its middle first."""
        for level in self.surfaces:
            centres = level.centres()
            nearest = centres[
                np.argsort(np.hypot(centres[:, 0], centres[:, 1] + 0.5) + self.rng.uniform(0, 0.25, len(centres)))
            ]
            for x, z in nearest[:: max(1, len(nearest) // _TRIES)]:
                pose = self._standing(solid, x, z, level.y, float(self.rng.uniform(0, 360)))
                if level.holds(_base(solid, pose)):
                    yield pose

    @cached_property
    def surfaces(self) -> tuple[Level, ...]:
        """The levels at the height of tables that the room has already."""
        if self.room.fixed is None:
            return ()
        return table_levels(self.room.fixed, self.room.floor)

    def _inside(self, wish: Wish, solid: Solid) -> Iterator[Array]:
        """Let down into what is open above, as deep as it goes; else on a shelf within."""
        host = self._find(wish.to)
        assert host is not None
        middle = (host.solid.low + host.solid.high) / 2
        for step in range(12):
            jitter = self.rng.normal(0, 0.012 * min(step, 5), 2)
            x, _, z = (host.pose @ np.array([middle[0] + jitter[0], 0, middle[2] + jitter[1], 1.0]))[:3]
            pose = self._dropped(solid, float(x), float(z), host, float(self.rng.uniform(0, 360)))
            if pose is not None:
                yield pose
        yield from self._upon(wish, solid, highest=False)

    def _upon(self, wish: Wish, solid: Solid, *, highest: bool) -> Iterator[Array]:
        """On the levels of another thing: the whole base over the level, turned freely if small."""
        host = self._find(wish.to)
        assert host is not None
        levels = host.solid.levels
        top = [level for level in levels if level.y > host.solid.high[1] - 0.03 or level is levels[0]]
        lower = [level for level in levels if level not in top and level.area > 0.02]
        for level in [*top, *lower] if highest else [*lower, *top]:
            centres = level.centres()
            for _ in range(_TRIES // 2):
                x, z = centres[int(self.rng.integers(len(centres)))]
                own_turn = float(self.rng.normal(0, 12) if len(solid.base) > 3 else self.rng.uniform(0, 360))
                local = self._standing(solid, x, z, level.y, own_turn)
                base = _base(solid, local)
                if level.holds(base * 0.96 + base.mean(axis=0) * 0.04):
                    yield host.pose @ local
        for _ in range(8):  # nothing level: let it down on the middle of what there is
            spread = (host.solid.high - host.solid.low)[[0, 2]] * 0.25
            local = (host.solid.low + host.solid.high)[[0, 2]] / 2 + self.rng.uniform(-spread, spread)
            x, _, z = (host.pose @ np.array([local[0], 0, local[1], 1.0]))[:3]
            pose = self._dropped(solid, float(x), float(z), host, float(self.rng.uniform(0, 360)))
            if pose is not None:
                yield pose

    def _under(self, wish: Wish, solid: Solid) -> Iterator[Array]:
        """On the floor beneath another thing."""
        host = self._find(wish.to)
        assert host is not None
        low, high = host.solid.bounds(host.pose)
        for _ in range(_TRIES):
            x, z = self.rng.uniform(low[[0, 2]] * 0.85 + high[[0, 2]] * 0.15, low[[0, 2]] * 0.15 + high[[0, 2]] * 0.85)
            yield self._standing(solid, x, z, self.room.floor, float(self.rng.uniform(0, 360)))

    def _beside(self, wish: Wish, solid: Solid) -> Iterator[Array]:
        """Next to another thing on what that stands on, or near a mark; the side with most room comes by chance."""
        host = self._find(wish.to)
        if host is None:
            yield from self._near_mark(wish, solid)
            return
        support, seen = host, set[str]()  # words may say a ring: a cup beside a plate beside a cup
        while support.relation in ("beside", "in a row") and support.name not in seen:
            seen.add(support.name)
            support = self._find(support.to) or support
        carrier = self._find(support.to) if support.relation in ("on", "inside") else None
        if support.relation == "on" and support.to == FIXED:
            height = float(host.solid.bounds(host.pose)[0][1]) - GAP
            for pose in self._around(solid, host, height, (0.015, 0.10)):
                if any(level.holds(_base(solid, pose)) for level in self.surfaces):
                    yield pose
        elif carrier is not None:
            yield from self._next_on_level(solid, host, carrier)
        else:
            yield from self._around(solid, host, self.room.floor, (0.04, 0.35))

    def _next_on_level(self, solid: Solid, host: Item, carrier: Item) -> Iterator[Array]:
        """Beside a thing that stands on another: within the level that carries it."""
        height = float(host.solid.bounds(host.pose)[0][1])
        levels = [lv for lv in carrier.solid.levels if abs(float((carrier.pose @ [0, lv.y, 0, 1])[1]) - height) < 0.01]
        back = np.linalg.inv(carrier.pose)
        for pose in self._around(solid, host, height, (0.015, 0.10)):
            local = back @ pose
            if any(level.holds(_base(solid, local)) for level in levels):
                yield pose

    def _around(self, solid: Solid, host: Item, height: float, gaps: tuple[float, float]) -> Iterator[Array]:
        """Round a thing at a clear gap: left and right of it first, then anywhere about it."""
        half = (solid.high - solid.low)[[0, 2]] / 2
        own = (host.solid.high - host.solid.low)[[0, 2]] / 2
        middle = host.pose @ np.append((host.solid.low + host.solid.high) / 2, 1.0)
        facing = math.degrees(math.atan2(host.pose[0, 2], host.pose[2, 2]))
        for step in range(_TRIES):
            gap = float(self.rng.uniform(*gaps)) * (1 + step / _TRIES)
            side = float(self.rng.choice((90.0, -90.0)) if step < _TRIES // 2 else self.rng.uniform(0, 360))
            way = math.radians(side)
            reach = abs(math.sin(way)) * (own[0] + half[0]) + abs(math.cos(way)) * (own[1] + half[1]) + gap
            angle = way + math.radians(facing)
            x, z = middle[0] + reach * math.sin(angle), middle[2] + reach * math.cos(angle)
            turn = facing + float(self.rng.normal(0, 4))
            yield self._standing(solid, float(x), float(z), height, turn)

    def _near_mark(self, wish: Wish, solid: Solid) -> Iterator[Array]:
        """About a mark, out of the way of whoever stands there; beside and behind first, as seen from +Z."""
        marks = {name: (x, z) for name, x, z in self.room.marks}
        if wish.to not in marks:
            yield from self._anywhere(wish, solid)
            return
        x, z = marks[wish.to]
        size = float(np.hypot(*(solid.high - solid.low)[[0, 2]])) / 2
        for step in range(_TRIES):
            aside = math.radians(float(self.rng.uniform(65, 145))) * float(self.rng.choice((-1.0, 1.0)))
            angle = aside if step < 0.7 * _TRIES else float(self.rng.uniform(0, 2 * math.pi))
            reach = 0.42 + size + 0.03 * step * self.rng.random()
            turn = math.degrees(angle) + float(self.rng.normal(180, 20))
            yield self._standing(solid, x + reach * math.sin(angle), z + reach * math.cos(angle), self.room.floor, turn)

    def _against(self, wish: Wish, solid: Solid) -> Iterator[Array]:
        """Its back to a wall (`to` names one); what hangs goes to the height of eyes or from the ceiling."""
        walls: list[Wall] = [wall for wall in INWARD if wish.to in ("", wall, "wall")]
        stands = kind_of(wish).stands
        half = np.array([self.room.width, self.room.depth]) / 2
        for _ in range(_TRIES):
            wall = walls[int(self.rng.integers(len(walls)))]
            turn = INWARD[wall]
            across = half[0] if wall in ("north", "south") else half[1]
            span = across - (solid.high[0] - solid.low[0]) / 2 - 0.02
            if span <= 0:
                continue
            along = float(self.rng.uniform(-span, span))
            if stands == "hanging":
                x, z = self.rng.uniform(-0.6 * half, 0.6 * half)
                yield pose_at(float(x), self.room.floor + self.room.height - GAP, float(z), turn)
                continue
            back = (half[1] if wall in ("north", "south") else half[0]) + solid.low[2] - 0.0005
            gap = 0.0 if stands == "wall" else float(self.rng.uniform(0.002, 0.03))
            out = -(back - gap)
            a = math.radians(turn)
            x, z = along * math.cos(a) + out * math.sin(a), -along * math.sin(a) + out * math.cos(a)
            middle = (solid.low[1] + solid.high[1]) / 2
            y = self.room.floor + (1.55 - middle if stands == "wall" else GAP - solid.low[1])
            yield pose_at(float(x), float(y), float(z), turn)

    def _leaning(self, wish: Wish, solid: Solid) -> Iterator[Array]:
        """Tipped back until its head touches a wall or the side of another thing."""
        host = self._find(wish.to)
        for _ in range(_TRIES):
            lean = float(self.rng.uniform(0.7, 1.3)) * _LEAN
            if host is None:
                wall: Wall = tuple(INWARD)[int(self.rng.integers(4))]
                turn = INWARD[wall]
                across = (self.room.width if wall in ("north", "south") else self.room.depth) / 2 - 0.3
                start = np.array([float(self.rng.uniform(-across, across)), 0.0])
                away = (self.room.depth if wall in ("north", "south") else self.room.width) / 2
            else:
                facing = math.degrees(math.atan2(host.pose[0, 2], host.pose[2, 2]))
                turn = facing + float(self.rng.choice((0.0, 90.0, -90.0)))
                low, high = host.solid.bounds(host.pose)
                middle, reach = (low + high) / 2, float(np.hypot(*(high - low)[[0, 2]]))
                a = math.radians(turn)
                along = float(self.rng.uniform(-0.15, 0.15)) * reach
                aside = middle[0] * math.cos(a) - middle[2] * math.sin(a)
                ahead = middle[0] * math.sin(a) + middle[2] * math.cos(a)
                start, away = np.array([aside + along, 0.0]), reach - ahead
            pose = self._pushed_back(solid, turn, lean, float(start[0]), away)
            if pose is not None:
                yield pose

    def _pushed_back(self, solid: Solid, turn: float, lean: float, along: float, away: float) -> Array | None:
        """A leaning pose moved backwards from the middle until it touches; `away` is how far back that may be."""
        a = math.radians(turn)
        lifted = pose_at(0, 0, 0, turn, lean)
        low = float((solid.points @ lifted[:3, :3].T)[:, 1].min())
        y = self.room.floor + GAP - low

        def at(back: float) -> Array:
            x, z = along * math.cos(a) - back * math.sin(a), -along * math.sin(a) - back * math.cos(a)
            return pose_at(x, y, z, turn, lean)

        def blocked(back: float) -> bool:
            pose = at(back)
            low, high = solid.points_bounds(pose)
            half = np.array([self.room.width, self.room.depth]) / 2
            outside = self.room.walls and bool((low[[0, 2]] < -half).any() or (high[[0, 2]] > half).any())
            return outside or self._hits(solid, pose, exact=True)

        near = max(-away, away - 2.0) if away > 0 else -1.0
        steps = np.arange(near, away + 0.05, 0.04)
        free = None
        for back in steps.tolist():
            if blocked(back):
                break
            free = back
        else:
            return None
        if free is None:
            return None
        far = free + 0.04
        for _ in range(9):
            free, far = ((free + far) / 2, far) if not blocked((free + far) / 2) else (free, (free + far) / 2)
        return at(free)

    def _facing(self, wish: Wish, solid: Solid) -> Iterator[Array]:
        """Turned to another thing and close to it, as a chair to its table."""
        host = self._find(wish.to)
        assert host is not None
        half = float(solid.high[2] - solid.low[2]) / 2
        own = (host.solid.high - host.solid.low)[[0, 2]] / 2
        middle = host.pose @ np.append((host.solid.low + host.solid.high) / 2, 1.0)
        facing = math.degrees(math.atan2(host.pose[0, 2], host.pose[2, 2]))
        for step in range(_TRIES):
            side = float(self.rng.choice((0.0, 180.0, 90.0, -90.0) if own[0] < 2 * own[1] else (0.0, 180.0)))
            lengthwise = side in (0.0, 180.0)
            reach = (own[1] if lengthwise else own[0]) + half + float(self.rng.uniform(-0.12, 0.25)) + 0.01 * step
            along = float(self.rng.uniform(-0.7, 0.7)) * (own[0] if lengthwise else own[1])
            a = math.radians(facing + side)
            x = middle[0] + reach * math.sin(a) + along * math.cos(a)
            z = middle[2] + reach * math.cos(a) - along * math.sin(a)
            turn = facing + side + 180 + float(self.rng.normal(0, 6))
            yield self._standing(solid, float(x), float(z), self.room.floor, turn)

    def _row(self, wish: Wish, solid: Solid) -> Iterator[Array]:
        """The next of a row: along the side of the one before, turned alike."""
        host = self._find(wish.to)
        assert host is not None
        before = self._find(host.to) if host.relation == "in a row" else None
        signs = (1.0, -1.0)
        if before is not None:
            way = float((host.pose[:3, 3] - before.pose[:3, 3]) @ host.pose[:3, 0])
            signs = (1.0,) if way > 0 else (-1.0,)
        turn = math.degrees(math.atan2(host.pose[0, 2], host.pose[2, 2]))
        reach = (host.solid.high[0] - host.solid.low[0] + solid.high[0] - solid.low[0]) / 2
        height = float(host.solid.bounds(host.pose)[0][1]) - GAP
        for gap in (0.03, 0.06, 0.12, 0.25, 0.5):
            for sign in signs:
                x, _, z = host.pose[:3, 3] + host.pose[:3, 0] * sign * (reach + gap)
                yield self._standing(solid, float(x), float(z), height, turn)

    def _held(self, wish: Wish, solid: Solid) -> Iterator[Array]:
        """In the right hand of whoever stands on a mark, at the height of a bent elbow."""
        marks = {name: (x, z) for name, x, z in self.room.marks}
        x, z = marks.get(wish.to, (0.0, 0.0))
        middle = float(solid.low[1] + solid.high[1]) / 2
        yield pose_at(x - 0.24, self.room.floor + 1.02 - middle, z + 0.30, float(self.rng.normal(0, 8)))

    def _standing(self, solid: Solid, x: float, z: float, height: float, turn: float) -> Array:
        """Upright with its foot at a height."""
        return pose_at(float(x), height + GAP - float(solid.low[1]), float(z), turn)

    def _dropped(self, solid: Solid, x: float, z: float, host: Item, turn: float) -> Array | None:
        """Let down from above until it touches something; None if that is not within or on `host`."""
        low, high = host.solid.bounds(host.pose)
        start = float(high[1] - solid.low[1]) + 0.01
        pose = pose_at(x, start, z, turn)
        if self._hits(solid, pose, exact=True):
            return None
        free, fall, step = start, 0.0, 0.02
        while fall < high[1] - low[1] + step:
            fall += step
            if self._hits(solid, pose_at(x, start - fall, z, turn), exact=True):
                break
            free = start - fall
        else:
            return None
        far = start - fall
        for _ in range(8):
            middle = (free + far) / 2
            hit = self._hits(solid, pose_at(x, middle, z, turn), exact=True)
            free, far = (free, middle) if hit else (middle, far)
        return pose_at(x, free, z, turn)
