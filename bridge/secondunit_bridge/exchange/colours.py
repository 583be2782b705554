"""Marker colours by name: OTIO's and Resolve's words, Premiere's and CMX's values, and the nearest of any colour."""

from __future__ import annotations

# OTIO's names with the colour that hosts show, 8-bit red, green, blue.
OTIO = {
    "RED": (225, 36, 1), "PINK": (255, 68, 200), "ORANGE": (233, 130, 33), "YELLOW": (240, 200, 30),
    "GREEN": (69, 163, 52), "CYAN": (25, 210, 226), "BLUE": (24, 115, 240), "PURPLE": (145, 60, 195),
    "MAGENTA": (200, 20, 130), "WHITE": (255, 255, 255), "BLACK": (0, 0, 0),
}  # fmt: skip
RESOLVE = {
    "RED": "Red", "PINK": "Pink", "ORANGE": "Sand", "YELLOW": "Yellow", "GREEN": "Green", "CYAN": "Cyan",
    "BLUE": "Blue", "PURPLE": "Purple", "MAGENTA": "Fuchsia", "WHITE": "Cream", "BLACK": "Cocoa",
}  # fmt: skip
_ALIKE = {
    "Rose": "PINK", "Lavender": "PURPLE", "Sky": "CYAN", "Mint": "GREEN", "Lemon": "YELLOW",
} | {name: colour for colour, name in RESOLVE.items()}  # fmt: skip


def nearest(red: int, green: int, blue: int) -> str:
    """The name of the colour nearest to an 8-bit one."""

    def far(name: str) -> int:
        return sum((one - other) ** 2 for one, other in zip(OTIO[name], (red, green, blue), strict=True))

    return min(OTIO, key=far)


def from_resolve(name: str) -> str:
    """A Resolve colour ("Cyan", "ResolveColorCyan", "Sky") by OTIO's name; blue, Resolve's own, for an unknown one."""
    return _ALIKE.get(name.removeprefix("ResolveColor"), "BLUE")


def premiere_number(colour: str) -> int:
    """Premiere's `pproColor` of a colour: 0xAABBGGRR."""
    red, green, blue = OTIO[colour]
    return 0xFF000000 | blue << 16 | green << 8 | red
