"""The places that can be built, one module each; a file that lies here is a place."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import Final, Literal

from secondunit_engine.places.place import Place
from secondunit_engine.planning.plan import SetPlan

PLACES: Final[Mapping[str, Place]] = {
    name: import_module(f"{__name__}.{name}").PLACE
    for name in sorted(module.name for module in iter_modules(__path__))
    if name != "place"
}


def place_of(name: str) -> Place:
    """What is known of a place; of one that nobody described, its name."""
    return PLACES.get(name) or Place(name, name.replace("_", " "))


def layout_of(plan: SetPlan) -> int:
    """Which of its place's floors a set has: its seed chooses."""
    return plan.seed % place_of(plan.place).layouts


def suggested_by(value: str) -> str:
    """The place that a prop or a weather means when no place is said; empty if it means none."""
    return next((place.name for place in PLACES.values() if value in place.suggested_by), "")


def is_prop(name: str) -> bool:
    """Whether some place has a prop of that name."""
    return any(name in place.props for place in PLACES.values())


def listed(place: Place, rank: Literal["near", "far"]) -> str:
    """The phrases that a place stands in for, without those that another is named by or is nearer to."""
    nearer = {phrase for other in PLACES.values() for phrase in _split(other.phrases)}
    if rank == "far":
        nearer |= {phrase for other in PLACES.values() for phrase in _split(other.near)}
    return ", ".join(phrase for phrase in _split(getattr(place, rank)) if phrase not in nearer)


def _split(listing: str) -> list[str]:
    return [phrase.strip() for phrase in listing.split(",") if phrase.strip()]
