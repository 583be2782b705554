"""The catalogue of props as words: props.txt lists each prop with the phrases that call it.

`python -m secondunit_engine.world.props.catalog` writes the list; nothing of the world is loaded to read it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from secondunit_engine.script.vocabulary import phrases

OWN: Final = "library/"  # begins the name of a prop that is no catalogue's but of the project's library
DATA: Final = Path(__file__).parent / "props.txt"


@cache
def prop_phrases() -> dict[str, str]:
    """The name of the prop that each phrase, in dictionary form, calls."""
    found: dict[str, str] = {}
    for line in DATA.read_text("utf-8").splitlines():
        name, _, listing = line.partition(": ")
        found |= dict.fromkeys(phrases(listing), name)
    return found


def said(prop: str) -> str:
    """A prop's name in a sentence."""
    return prop.removeprefix(OWN).replace("_", " ")
