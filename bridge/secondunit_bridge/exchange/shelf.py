"""The takes of a project, from their manifests: what a cut may be matched to. Needs no engine."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from secondunit_bridge.errors import BadInput
from secondunit_bridge.exchange.cue_sheet import cues_of
from secondunit_bridge.timeline import Take
from secondunit_bridge.timing import Rate

_LARGEST = 32 << 20  # bytes of one manifest, as the engine allows
_SHOT = re.compile(r"sh\d{3,6}[A-Z]{0,2}")


@dataclass(frozen=True)
class KnownTake:
    """A take on the shelf. `recipe` is the same for takes that differ in quality and size alone."""

    take: Take
    quality: str
    width: int
    height: int
    recipe: str


class Shelf:
    """The takes of a project folder; a shot's manifests are read when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._shots: dict[str, tuple[KnownTake, ...]] = {}

    @cached_property
    def shots(self) -> frozenset[str]:
        """The shots that have takes."""
        found = (self.folder / "shots").glob("*/takes")
        return frozenset(path.parent.name for path in found if _SHOT.fullmatch(path.parent.name))

    def takes(self, shot: str) -> tuple[KnownTake, ...]:
        """A shot's takes by number; none for a shot that is not there. Raises BadInput for a damaged manifest."""
        if shot not in self.shots:
            return ()
        if shot not in self._shots:
            manifests = (self.folder / "shots" / shot / "takes").glob("[0-9]*/manifest.json")
            found = [_known(shot, path) for path in manifests]
            self._shots[shot] = tuple(sorted(found, key=lambda known: known.take.number))
        return self._shots[shot]

    def take(self, shot: str, number: int) -> KnownTake | None:
        return next((known for known in self.takes(shot) if known.take.number == number), None)

    def final_of(self, known: KnownTake) -> KnownTake | None:
        """The last take of final quality that is otherwise the same; the take itself if it is final."""
        if known.quality == "final":
            return known
        same = [each for each in self.takes(known.take.shot) if each.recipe == known.recipe and each.quality == "final"]
        return same[-1] if same else None


def _known(shot: str, path: Path) -> KnownTake:
    try:
        if path.stat().st_size > _LARGEST:
            raise ValueError("too large")
        recipe = json.loads(path.read_text("utf-8"))["recipe"]
        plan, settings = recipe["plan"], recipe["settings"]
        rate = Rate(int(settings["rate"]["numerator"]), int(settings["rate"]["denominator"]))
        handles, folder = int(settings["handles"]), path.parent
        take = Take(
            shot=shot, number=int(folder.name), picture=folder / "picture.mov", frames=int(plan["frames"]), rate=rate,
            seed=int(plan["seed"]), manifest=path, head=handles, tail=handles, proxy=_there(folder / "proxy.mp4"),
            depth=_there(folder / "depth.mov"), cues=cues_of(folder, handles),
        )  # fmt: skip
        same = json.dumps([plan, recipe["look"]], sort_keys=True).encode()
        size = int(settings["width"]), int(settings["height"])
        return KnownTake(take, str(settings["quality"]), *size, hashlib.blake2b(same, digest_size=16).hexdigest())
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        raise BadInput(
            f"The manifest of {shot} take {path.parent.name} cannot be read.", mend="Shoot it again, or move it away."
        ) from fault


def _there(path: Path) -> Path | None:
    return path if path.is_file() else None
