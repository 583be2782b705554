"""Rooms by kind, at random: their measures, doors and marks, and what people keep in them, as wishes for the layout."""

from __future__ import annotations

from typing import Final

import numpy as np

from secondunit_bridge.errors import BadInput
from secondunit_engine.world.layout import Door, Relation, Room, Wish
from secondunit_engine.world.props.prop import Variant

# For each kind: its least and greatest width and depth [m], and rows of (props to choose from, relation, to what, how
# many at most); the first row has all. `to` is the first choice of an earlier row.
_Row = tuple[str, Relation, str, int]
KINDS: Final[dict[str, tuple[tuple[float, float], tuple[_Row, ...]]]] = {
    "bedroom": (
        (3.4, 5.0),
        (
            ("bed", "against the wall", "", 1),
            ("side_table", "beside", "bed", 1),
            ("cup tumbler vase", "on", "side_table", 2),
            ("wardrobe", "against the wall", "", 1),
            ("chest_of_drawers", "against the wall", "", 1),
            ("vase bowl teacup", "on", "chest_of_drawers", 3),
            ("armchair wicker_chair", "anywhere", "", 1),
            ("mirror", "against the wall", "", 1),
            ("rug", "anywhere", "", 1),
            ("stool", "anywhere", "", 1),
        ),
    ),
    "dining room": (
        (3.8, 6.0),
        (
            ("dining_table reading_table", "anywhere", "", 1),
            ("chair folding_chair", "facing", "dining_table", 5),
            ("plate", "on", "dining_table", 4),
            ("wine_glass tumbler goblet", "on", "dining_table", 4),
            ("cutlery", "on", "dining_table", 2),
            ("wine_bottle", "on", "dining_table", 1),
            ("bowl", "on", "dining_table", 1),
            ("chest_of_drawers", "against the wall", "", 1),
            ("teapot jug", "on", "chest_of_drawers", 2),
            ("mirror", "against the wall", "", 1),
            ("amphora", "beside", "chest_of_drawers", 1),
        ),
    ),
    "study": (
        (3.0, 5.0),
        (
            ("desk", "against the wall", "", 1),
            ("office_chair", "facing", "desk", 1),
            ("cup teacup", "on", "desk", 2),
            ("shelf_unit", "against the wall", "", 2),
            ("vase jug bowl", "inside", "shelf_unit", 5),
            ("armchair", "anywhere", "", 1),
            ("side_table", "beside", "armchair", 1),
            ("wine_glass", "on", "side_table", 1),
            ("ladder", "leaning on", "", 1),
            ("rug", "anywhere", "", 1),
            ("stool", "under", "desk", 1),
        ),
    ),
    "kitchen": (
        (2.8, 4.5),
        (
            ("dining_table", "against the wall", "", 1),
            ("bar_stool stool", "in a row", "", 3),
            ("chopping_board", "on", "dining_table", 1),
            ("kitchen_knife", "beside", "chopping_board", 1),
            ("cooking_pot frying_pan kettle", "on", "dining_table", 3),
            ("bowl", "on", "dining_table", 2),
            ("cutlery", "on", "dining_table", 2),
            ("shelf_unit", "against the wall", "", 1),
            ("plate cup jug", "inside", "shelf_unit", 6),
            ("amphora", "anywhere", "", 1),
            ("beer_bottle", "in a row", "", 3),
        ),
    ),
    "tavern": (
        (5.0, 8.0),
        (
            ("reading_table", "anywhere", "", 1),
            ("bench", "beside", "reading_table", 2),
            ("goblet cup", "on", "reading_table", 5),
            ("wine_bottle", "on", "reading_table", 2),
            ("plate", "on", "reading_table", 3),
            ("dining_table", "anywhere", "", 1),
            ("stool", "facing", "dining_table", 4),
            ("jug", "on", "dining_table", 1),
            ("cauldron", "anywhere", "", 1),
            ("amphora", "against the wall", "", 2),
            ("ladder", "leaning on", "", 1),
        ),
    ),
    "lounge": (
        (4.0, 6.5),
        (
            ("sofa", "against the wall", "", 1),
            ("coffee_table", "facing", "sofa", 1),
            ("teapot vase", "on", "coffee_table", 1),
            ("teacup tumbler", "on", "coffee_table", 3),
            ("armchair", "facing", "coffee_table", 2),
            ("side_table", "beside", "sofa", 1),
            ("beer_bottle", "on", "side_table", 2),
            ("shelf_unit", "against the wall", "", 2),
            ("vase bowl", "inside", "shelf_unit", 4),
            ("rug", "anywhere", "", 1),
            ("wine_glass", "held by", "hero", 1),
        ),
    ),
}


def random_room(kind: str, seed: int) -> tuple[Room, tuple[Wish, ...]]:
    """A room of a kind and what is wished into it. Raises BadInput for a kind that is none."""
    if kind not in KINDS:
        raise BadInput(f"No room is called “{kind}”.", mend=f"Choose one of: {', '.join(KINDS)}.")
    rng = np.random.Generator(np.random.PCG64([seed, 911]))
    (least, most), rows = KINDS[kind]
    width, depth = (round(float(side), 2) for side in rng.uniform(least, most, 2))
    doors = _doors(rng, width, depth)
    marks = _marks(rng, width, depth)
    wishes: list[Wish] = []
    firsts: dict[str, str] = {}
    for row, (choices, relation, to, most_of) in enumerate(rows):
        props = choices.split(" ")
        previous = firsts.get(to, to)
        for number in range(int(rng.integers(most_of + 1)) if row > 0 else most_of):
            prop = props[int(rng.integers(len(props)))]
            name = f"{prop}_{row}_{number}"
            link: Relation = "anywhere" if relation == "in a row" and number == 0 else relation
            wishes.append(Wish(name, prop, link, previous, Variant(int(rng.integers(12)), "present", 0.3)))
            if number == 0:
                firsts.setdefault(props[0], name)
            if relation == "in a row":
                previous = name
    return Room(width, depth, round(float(rng.uniform(2.4, 3.4)), 2), doors, marks), tuple(wishes)


def _doors(rng: np.random.Generator, width: float, depth: float) -> tuple[Door, ...]:
    walls = rng.permutation(["north", "south", "west", "east"])[: int(rng.integers(1, 3))]
    doors = []
    for wall in walls.tolist():
        span = (width if wall in ("north", "south") else depth) / 2 - 0.65
        doors.append(
            Door(wall, round(float(rng.uniform(-span, span)), 2), 0.85, "low" if rng.random() < 0.5 else "high")
        )
    return tuple(doors)


def _marks(rng: np.random.Generator, width: float, depth: float) -> tuple[tuple[str, float, float], ...]:
    places = rng.uniform(-0.25, 0.25, (2, 2)) * [width, depth]
    return tuple((name, float(x), float(z)) for name, (x, z) in zip(("hero", "hero_2"), places, strict=True))
