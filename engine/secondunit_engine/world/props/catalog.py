"""The catalogue of props: every `PROPS` of the modules beside this one, by name and by the words that call them.

A family is a file `world/props/<family>.py` with `PROPS: tuple[Prop, ...]`; a file that lies here and has one is in the
catalogue. The reader of briefs, which loads nothing of the world, keeps the words in `script/props.txt`:

    python -m secondunit_engine.world.props.catalog

writes it anew; a test compares.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

from secondunit_bridge.errors import BadInput
from secondunit_engine.world import props
from secondunit_engine.world.mesh import Mesh
from secondunit_engine.world.props.prop import Part, Prop
from secondunit_engine.world.shapes import merge

_NO_FAMILIES = frozenset(("catalog", "finishes", "forms", "prop", "sheet", "writing", "car"))


@lru_cache(maxsize=1)
def catalog() -> Mapping[str, Prop]:
    """Every prop by its name, in order of families and of names within. Raises ValueError for two of one name."""
    found: dict[str, Prop] = {}
    for name in sorted(module.name for module in iter_modules(props.__path__)):
        if name in _NO_FAMILIES:
            continue
        for prop in getattr(import_module(f"{props.__name__}.{name}"), "PROPS", ()):
            if prop.name in found:
                raise ValueError(f"two props are called {prop.name}")
            found[prop.name] = replace(prop, family=prop.family or name)
    return MappingProxyType(found)


def prop_named(name: str) -> Prop:
    """The prop of a name. Raises BadInput."""
    if name not in catalog():
        raise BadInput(f"No prop is called “{name}”.", mend="Look at the names in the catalogue of props.")
    return catalog()[name]


@lru_cache(maxsize=1)
def words() -> Mapping[str, str]:
    """The name of the prop that each phrase calls; the first prop that says a phrase has it."""
    found: dict[str, str] = {}
    for prop in catalog().values():
        for phrase in prop.phrases:
            found.setdefault(phrase, prop.name)
    return MappingProxyType(found)


def listing() -> str:
    """The catalogue as the reader of briefs keeps it: a line a prop, its name and the phrases that call it."""
    called: dict[str, list[str]] = {name: [] for name in catalog()}
    for phrase, name in words().items():
        called[name].append(phrase)
    return "".join(f"{name}: {', '.join(phrases)}\n" for name, phrases in sorted(called.items()))


def body(parts: tuple[Part, ...]) -> Mesh:
    """All parts of a prop as one mesh, without texture coordinates: what collides and what is measured."""
    return merge([Mesh(part.mesh.points, part.mesh.triangles) for part in parts])


if __name__ == "__main__":
    from secondunit_engine.script.prop_list import DATA

    DATA.write_text(listing(), "utf-8")
