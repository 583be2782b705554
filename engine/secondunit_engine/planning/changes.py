"""What a new draft changes: which shots are new, gone, moved or planned otherwise, why, and what is made again.

Shots are paired by what happens in them, not by their number. A paired shot keeps its name and its seed, as a locked
scene number does on a production: what nobody touched stays the same to the bit, and an insert comes between.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal

from secondunit_engine.layers import for_camera, for_lights, for_motion, for_sound
from secondunit_engine.planning.plan import Plan, ShotPlan
from secondunit_engine.planning.seeds import derive_seed

ChangeKind = Literal["added", "dropped", "changed", "moved"]
Pair = tuple[ShotPlan | None, ShotPlan | None]
_ALIKE = 0.34  # share of words two versions of one shot have in common at least
_PARTS = (
    "heading", "frames", "set", "cast", "actions", "dialogue", "blocking", "camera", "lights", "motion", "music",
    "graphics",
)  # fmt: skip
_NAME = re.compile(r"sh(\d+)([A-Z]*)")


@dataclass(frozen=True)
class ShotChange:
    """A shot that is not as it was: the parts of its plan that differ, one sentence why, the stages made again."""

    shot: str
    kind: ChangeKind
    parts: tuple[str, ...] = ()
    why: str = ""
    makes: tuple[str, ...] = ()


def pair_shots(before: Sequence[ShotPlan], after: Sequence[ShotPlan]) -> tuple[Pair, ...]:
    """Each shot with its other version, in the new order; a dropped shot stands where it stood.

    Equal shots in order first (Ratcliff and Obershelp 1988, as difflib has it), then in each gap those most alike,
    then equal ones that changed places.
    """
    old, new = [_told(shot) for shot in before], [_told(shot) for shot in after]
    pairs: list[Pair] = []
    for tag, a, b, c, d in _blocks(old, new):
        if tag == "equal":
            pairs += zip(before[a:b], after[c:d], strict=True)
        else:
            pairs += _align(before[a:b], after[c:d])
    return _join_moved(pairs)


def _told(shot: ShotPlan) -> tuple[str, ...]:
    """What tells a shot from others: its place in the story and what happens in it."""
    return (shot.heading, shot.camera.setup, *(beat.text for beat in shot.beats))


def _blocks(old: list[tuple[str, ...]], new: list[tuple[str, ...]]) -> list[tuple[str, int, int, int, int]]:
    """difflib's opcodes; what is equal at both ends is passed over first, for a draft mostly is."""
    head = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    most = min(len(old), len(new)) - head
    ends = enumerate(zip(reversed(old), reversed(new), strict=False))
    tail = next((i for i, (a, b) in ends if i >= most or a != b), most)
    middle = SequenceMatcher(None, old[head : len(old) - tail], new[head : len(new) - tail], autojunk=False)
    codes = [(tag, a + head, b + head, c + head, d + head) for tag, a, b, c, d in middle.get_opcodes()]
    ending = ("equal", len(old) - tail, len(old), len(new) - tail, len(new))
    return [("equal", 0, head, 0, head), *codes, ending]


def _align(before: Sequence[ShotPlan], after: Sequence[ShotPlan]) -> list[Pair]:
    """The pairing in order with the most words in common (Needleman and Wunsch 1970)."""
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    alike = [[_alike(a, b) for b in after] for a in before]
    for i in range(len(before) - 1, -1, -1):
        for j in range(len(after) - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], alike[i][j] + best[i + 1][j + 1])
    pairs: list[Pair] = []
    i = j = 0
    while i < len(before) and j < len(after):
        if alike[i][j] and best[i][j] == alike[i][j] + best[i + 1][j + 1]:
            pairs.append((before[i], after[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            pairs.append((before[i], None))
            i += 1
        else:
            pairs.append((None, after[j]))
            j += 1
    return [*pairs, *((shot, None) for shot in before[i:]), *((None, shot) for shot in after[j:])]


def _alike(a: ShotPlan, b: ShotPlan) -> float:
    """The share of words in common in what happens (Dice), 0 if too few."""
    ours, theirs = (set(re.findall(r"\w+", " ".join(beat.text for beat in shot.beats).lower())) for shot in (a, b))
    share = 2 * len(ours & theirs) / max(1, len(ours) + len(theirs))
    return share if share >= _ALIKE else 0.0


def _join_moved(pairs: list[Pair]) -> tuple[Pair, ...]:
    """Pair what is gone here with what is new there, if it is the same."""
    gone = {_told(old): old for old, new in pairs if old is not None and new is None}
    joined: list[Pair] = []
    found: set[int] = set()
    for old, new in pairs:
        if old is None and new is not None and (known := gone.pop(_told(new), None)) is not None:
            joined.append((known, new))
            found.add(id(known))
        else:
            joined.append((old, new))
    return tuple((old, new) for old, new in joined if not (new is None and id(old) in found))


def keep_names(
    before: Sequence[ShotPlan],
    after: Sequence[ShotPlan],
    seed: int,
    *,
    others: Iterable[str] = (),
    reseed: bool = False,
) -> tuple[ShotPlan, ...]:
    """The new shots under the names and seeds of the old; a new one is numbered between its neighbours.

    `others` are names that are taken besides; with `reseed` the names are kept and the seeds are the new ones.
    """
    pairs = pair_shots(before, after)
    taken = {*others, *(shot.id for shot in before)}
    kept: list[ShotPlan] = []
    names = [old.id if old is not None else "" for old, new in pairs if new is not None]
    for at, (old, new) in enumerate((old, new) for old, new in pairs if new is not None):
        if old is not None:
            kept.append(replace(new, id=old.id, seed=new.seed if reseed else old.seed))
            continue
        last = kept[-1].id if kept else "sh000"
        following = next((name for name in names[at + 1 :] if name), "")
        name = _name_between(last, following, taken)
        taken.add(name)
        kept.append(replace(new, id=name, seed=derive_seed(seed, "shot", name)))
    return tuple(kept)


def _name_between(last: str, following: str, taken: set[str]) -> str:
    """Half-way between two numbers, ten on at the end, and "sh014A" where no number is left."""
    low = shot_number(last)
    high = shot_number(following) if following and shot_number(following) > low else low + 20
    for number in sorted(range(low + 1, high), key=lambda n: abs(2 * n - low - high)):
        if (name := f"sh{number:03d}") not in taken:
            return name
    stem = f"sh{low:03d}"
    letters = (a + b for a in ("", *_ALPHABET) for b in _ALPHABET)
    return next(name for name in (stem + letter for letter in letters) if name not in taken)


_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def shot_number(name: str) -> int:
    """The number in a shot's name: 14 of "sh014A"."""
    match = _NAME.fullmatch(name)
    return int(match[1]) if match else 0


def compare_plans(before: Plan, after: Plan) -> tuple[ShotChange, ...]:
    """What is not as it was, in the new order. The plans' shots are paired by what happens in them; the changes name
    the shots of the new plan, and of the old one those that are gone."""
    return tuple(change for pair in _mark_moved(pair_shots(before.shots, after.shots)) if (change := _change(*pair)))


def _mark_moved(pairs: Sequence[Pair]) -> list[tuple[ShotPlan | None, ShotPlan | None, bool]]:
    """Whether each pair stands out of the old order: those outside the longest run that is still in order."""
    places = [shot_number(old.id) for old, new in pairs if old is not None and new is not None]
    steady = _longest_rise(places)
    marked: list[tuple[ShotPlan | None, ShotPlan | None, bool]] = []
    at = 0
    for old, new in pairs:
        both = old is not None and new is not None
        marked.append((old, new, both and at not in steady))
        at += both
    return marked


def _longest_rise(values: Sequence[int]) -> set[int]:
    """Indices of a longest non-falling subsequence."""
    if all(a <= b for a, b in pairwise(values)):
        return set(range(len(values)))
    lengths: list[tuple[int, int]] = []  # length of the best rise that ends here, and the index before
    for i, value in enumerate(values):
        length, back = max(((lengths[j][0], j) for j in range(i) if values[j] <= value), default=(0, -1))
        lengths.append((length + 1, back))
    at = max(range(len(values)), key=lambda i: lengths[i][0])
    found: set[int] = set()
    while at >= 0:
        found.add(at)
        at = lengths[at][1]
    return found


def _change(old: ShotPlan | None, new: ShotPlan | None, moved: bool) -> ShotChange | None:
    if new is None:
        assert old is not None
        return ShotChange(old.id, "dropped", why=f"What happens in it is gone: {_quote(old)}.")
    if old is None:
        return ShotChange(new.id, "added", why=f"New in the script: {_quote(new)}.", makes=tuple(_STAGES))
    parts = tuple(part for part in _PARTS if getattr(old, part) != getattr(new, part))
    makes = stages_made(old, new)
    if parts:
        return ShotChange(new.id, "changed", parts, _why(old, new, parts), makes)
    return ShotChange(new.id, "moved", why="It stands elsewhere in the order.") if moved else None


_STAGES = {
    "set": lambda shot: shot.set,
    "cast": lambda shot: shot.cast,
    "motion": for_motion,
    "lights": for_lights,
    "camera": for_camera,
    "sound": for_sound,
}


def stages_made(old: ShotPlan, new: ShotPlan) -> tuple[str, ...]:
    """The stages that are made again: those whose part of the plan differs, and what comes after them."""
    differing = [stage for stage, narrow in _STAGES.items() if narrow(old) != narrow(new)]
    if not differing:
        return ()
    seen = [stage for stage in differing if stage != "sound"]
    return (*differing, *(("frames",) if seen else ()), "picture")


def _quote(shot: ShotPlan) -> str:
    words = " ".join(beat.text for beat in shot.beats) or shot.heading
    return f"“{words[:77].rstrip()}…”" if len(words) > 80 else f"“{words}”"


def _why(old: ShotPlan, new: ShotPlan, parts: tuple[str, ...]) -> str:
    """The first of: other words, another state of the world at its head, another heading, another length."""
    ours, theirs = [beat.text for beat in old.beats], [beat.text for beat in new.beats]
    if ours != theirs:
        gone = [text for text in ours if text not in theirs]
        fresh = [text for text in theirs if text not in ours]
        if gone and fresh:
            return f"“{_short(gone[0])}” now reads “{_short(fresh[0])}”."
        if fresh or gone:
            return f"“{_short((fresh or gone)[0])}” {'is new' if fresh else 'is gone'}."
        return "Its beats come in another order."
    for fact in new.state:
        if fact not in old.state:
            return f"When it begins, {fact.subject} {_relation(fact.relation)} {fact.value}."
    for fact in old.state:
        if fact not in new.state:
            return f"When it begins, {fact.subject} no longer {_relation(fact.relation)} {fact.value}."
    if "heading" in parts:
        return f"Its heading is now “{new.heading}”."
    if parts == ("frames",):
        return f"It lasts {new.frames} frames instead of {old.frames}."
    return f"It follows from what comes before it: {', '.join(parts)}."


def _relation(relation: str) -> str:
    return f"is {relation}" if relation.endswith(" by") else relation


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:57].rstrip() + "…"
