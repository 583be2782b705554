"""What is different between two takes, by their manifests: each field of the recipe that differs, by its path.

compare(read_manifest(a), read_manifest(b))    # (Difference("plan.camera.lens_mm", 35.0, 85.0), ...)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from secondunit_engine.provenance.manifest import CutRecipe, Manifest, Recipe

_RECIPE: TypeAdapter[Recipe | CutRecipe] = TypeAdapter(Recipe | CutRecipe)
# What follows from the rest, or says only how words were read.
_FOLLOWS = ("media", "products", "watermark", "take", "parent", "plan.ledger")


@dataclass(frozen=True)
class Difference:
    """A field of the recipe and what it says in each; None where one has no such field."""

    field: str
    before: Any
    after: Any


def compare(before: Manifest, after: Manifest) -> tuple[Difference, ...]:
    """The fields that differ and do not merely follow from others, in order of their paths."""
    old, new = (dict(_flat("", _RECIPE.dump_python(each.recipe, mode="json"))) for each in (before, after))
    fields = [name for name in sorted(old.keys() | new.keys()) if not _follows(name)]
    differ = [name for name in fields if old.get(name) != new.get(name)]
    return tuple(Difference(name, old.get(name), new.get(name)) for name in differ)


def _follows(field: str) -> bool:
    return any(field == name or field.startswith((f"{name}.", f"{name}[")) for name in _FOLLOWS)


def _flat(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Leaves by dotted path; an empty list or record is a leaf, so that it can be missed."""
    if isinstance(value, dict) and value:
        for name, each in value.items():
            yield from _flat(f"{path}.{name}" if path else name, each)
    elif isinstance(value, list) and value:
        for index, each in enumerate(value):
            yield from _flat(f"{path}[{index}]", each)
    else:
        yield path, value
