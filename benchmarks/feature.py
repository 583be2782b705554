"""A screenplay as long as a feature, made from a seed: what planning is measured with."""

from __future__ import annotations

import random

_PEOPLE = ("MARA", "ELIAS", "JONAS", "AVA", "NORA", "OTTO")
_PLACES = ("ANCIENT LIBRARY", "BEDROOM STUDIO", "LED TUNNEL", "LIBRARY - READING ROOM", "BEDROOM")
_ACTIONS = (
    "{a} crosses to the pedestal and lifts the relic. It is heavier than it looks.",
    "{a} pushes the heavy oak door open and enters. {b} looks up from the desk.",
    "Dust motes swirl in the light shafts. Somewhere a page turns.",
    "{a} turns and looks at {b}, hesitates, then walks to the window.",
    "{a} puts down the relic and sits. {b} paces behind the shelves.",
    "CLOSE ON the relic. Light leaks from the seam.",
    "{a} runs. {b} shouts something that is lost in the rain.",
    "Slow push in on {a}, who smiles for the first time.",
    "{a} hands the relic to {b} and steps back into the dark.",
)
_LINES = (
    "You are smaller than they said.",
    "Put it down. I will not ask you again, and neither will they.",
    "Nobody paid me to come here. I came because of the letters, and you know which letters.",
    "Somebody always pays.",
    "Not until you tell me who opened the door before us...",
    "Look at me. Look at me! What did you see in there?",
)
_DIRECTIONS = ("", "", "", "(whispering)\n", "(turning)\n", "(beat)\n")


def write_feature(pages: int = 120, seed: int = 1) -> str:
    """A Fountain screenplay of about `pages` pages of 55 lines."""
    random_ = random.Random(seed)
    lines = ["Title: The Long Relic\nAuthor: A seed\n\n"]
    count, scene = 4, 0
    while count < pages * 55:
        scene += 1
        written = _write_scene(random_, scene)
        lines.append(written)
        count += written.count("\n") * 5 // 4  # a page breaks its longer lines
    return "".join(lines)


def _write_scene(random_: random.Random, number: int) -> str:
    a, b = random_.sample(_PEOPLE, 2)
    time = random_.choice(("DAY", "NIGHT", "NIGHT", "DUSK"))
    parts = [f"{random_.choice(('INT.', 'INT.', 'EXT.'))} {random_.choice(_PLACES)} - {time} #{number}#\n\n"]
    for _ in range(random_.randint(6, 14)):
        if random_.random() < 0.45:
            parts.append(random_.choice(_ACTIONS).format(a=a, b=b) + "\n\n")
        else:
            parts.append(f"{random_.choice((a, b))}\n{random_.choice(_DIRECTIONS)}{random_.choice(_LINES)}\n\n")
    return "".join(parts)
