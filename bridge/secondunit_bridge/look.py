"""Looks by name: a starter pack of twelve, each a set of faders for `relight`, or a LUT for the editor.

A look sets every fader of colour, so that one put on after another leaves nothing of the first; faders of glass and
stock (bloom, grain, halation, vignette) only where they are part of it.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, fields
from typing import Final

from secondunit.v1 import look_pb2
from secondunit_bridge.errors import NotFound


@dataclass(frozen=True)
class NamedLook:
    """Faders as in `look.proto`: exposure in stops, temperature shift in kelvin, the rest without dimension; None
    leaves a fader of glass or stock as it is. `meaning` is what a colourist would say of it."""

    name: str
    meaning: str
    exposure: float = 0.0
    contrast: float = 1.0
    saturation: float = 1.0
    temperature_shift: float = 0.0
    split_tone: float = 0.3
    film: float = 0.0
    view: look_pb2.View.ValueType = look_pb2.VIEW_ACES_2_0
    bloom: float | None = None
    vignette: float | None = None
    grain: float | None = None
    halation: float | None = None

    def change(self) -> look_pb2.LookChange:
        """The change that puts this look on a shot; its LUT, if it had one, goes."""
        faders = {f.name: getattr(self, f.name) for f in fields(self) if f.name not in ("name", "meaning")}
        return look_pb2.LookChange(**faders, lut="")


LOOKS: Final = (
    NamedLook("as-graded", "the house grade: rich blacks, a little split tone"),
    NamedLook("clean", "for a colourist to start from: no tone, no grain, no glow", split_tone=0.0, bloom=0.0,
              vignette=0.0, grain=0.0, halation=0.0),
    NamedLook("warm-print", "a 35 mm print in summer", 0.1, 1.06, 1.02, 700, 0.55, 0.85, grain=0.018, halation=0.08),
    NamedLook("cold-steel", "thriller: blue-grey, hard, little colour", -0.1, 1.16, 0.68, -1300, 0.7),
    NamedLook("teal-amber", "blockbuster: skin against teal shadows", 0.0, 1.12, 1.08, 250, 1.25, 0.3),
    NamedLook("bleach-bypass", "silver left in the print: hard and pale", 0.0, 1.34, 0.45, 0, 0.25, 0.4, grain=0.02),
    NamedLook("noir", "black and white, deep", -0.1, 1.38, 0.0, 0, 0.0, vignette=0.65, grain=0.02),
    NamedLook("silver", "black and white, long greys", -0.1, 1.02, 0.0, 0, 0.0, view=look_pb2.VIEW_AGX, bloom=0.2),
    NamedLook("pastel", "light, airy, quiet colour", 0.15, 0.95, 0.82, 150, 0.15, view=look_pb2.VIEW_AGX, bloom=0.22),
    NamedLook("three-strip", "an old musical: pure and deep colour", 0.05, 1.1, 1.28, 150, 0.1, 1.0, halation=0.06),
    NamedLook("moonlight", "day for night: under, blue, without colour in the shade", -1.3, 1.12, 0.5, -2600, 0.6),
    NamedLook("dream", "memory: glow, warm, low contrast", 0.3, 0.85, 0.92, 500, 0.3, 0.4, bloom=0.34, halation=0.14),
)  # fmt: skip


def look_by_name(name: str) -> NamedLook:
    """The look of that name, in any case and with spaces or hyphens. Raises NotFound, with the nearest names."""
    wanted = name.strip().lower().replace(" ", "-").replace("_", "-")
    names = [look.name for look in LOOKS]
    if wanted in names:
        return LOOKS[names.index(wanted)]
    near = difflib.get_close_matches(wanted, names, 2, 0.5) or names
    raise NotFound(f"There is no look “{name}”.", mend=f"Use {' or '.join(near)}. `secondunit looks` lists them all.")
