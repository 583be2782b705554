"""What a word that was not understood may have been meant to be: up to three near phrases, never a decision.

Misspellings are found by their letters. With the extra `suggest` installed, words near in meaning follow. Both only
fill a ledger entry's alternatives: over 60 phrases no threshold on embeddings decided with 70% precision, so no
status and no value ever depends on them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from functools import cache, lru_cache

from secondunit_engine.script.brief import Status
from secondunit_engine.script.phrase_vectors import is_installed, near_in_meaning
from secondunit_engine.script.prompt import Found
from secondunit_engine.script.senses import index
from secondunit_engine.script.words import base_forms

MOST = 3
_SHORTEST = 4
_LEAST_ALIKE = 0.8

# The phrases nearest to each of some words, best first.
Near = Callable[[Sequence[str]], list[tuple[str, ...]]]


def suggest(found: tuple[Found, ...], near: Near | None = None) -> tuple[Found, ...]:
    """The same words; each that nothing knows carries what it may have meant as alternatives.

    `near` finds phrases by meaning; by default the extra `suggest` does, where it is installed.
    """
    unknown = sorted({item.text.lower() for item in found if _is_asked(item)})
    if not unknown:
        return found
    by_meaning = near or (near_in_meaning if is_installed() else None)
    meant = by_meaning(unknown) if by_meaning else [()] * len(unknown)
    offered = {
        word: tuple(dict.fromkeys((*near_in_letters(word), *phrases)))[:MOST]
        for word, phrases in zip(unknown, meant, strict=True)
    }
    return tuple(_with_alternatives(item, offered[item.text.lower()]) if _is_asked(item) else item for item in found)


@lru_cache(maxsize=20_000)
def near_in_letters(word: str) -> tuple[str, ...]:
    """Up to three words of the vocabulary that `word` may be a slip of: "libary" gives "library"."""
    if len(word) < _SHORTEST:
        return ()
    near = {known for key in _with_one_letter_less(word) for known in _by_letters().get(key, ())}
    alike = sorted((-SequenceMatcher(None, word, known).ratio(), known) for known in near if known != word)
    return tuple(known for ratio, known in alike if -ratio >= _LEAST_ALIKE)[:MOST]


def is_unknown(item: Found) -> bool:
    """Whether no table knows the word: one that is known and only not drawn needs nobody's guess."""
    if item.sense.status != Status.NOT_UNDERSTOOD or item.facet != "unknown":
        return False
    return not any(form in index() for form in base_forms(item.text))


def _is_asked(item: Found) -> bool:
    return len(item.text) >= _SHORTEST and item.text.isalpha() and is_unknown(item)


def _with_alternatives(item: Found, phrases: tuple[str, ...]) -> Found:
    known = item.sense.alternatives
    added = tuple(f"perhaps “{phrase}”" for phrase in phrases)
    return replace(item, sense=replace(item.sense, alternatives=tuple(dict.fromkeys((*known, *added)))))


@cache
def _by_letters() -> dict[str, tuple[str, ...]]:
    """The vocabulary's single words by themselves with up to one letter left out: slips meet there.

    (W. Garbe, "Symmetric delete spelling correction", 2012.)
    """
    table: dict[str, list[str]] = {}
    for rows in index().values():
        for phrase, sense in rows:
            if len(phrase) == 1 and len(phrase[0]) >= _SHORTEST and sense.facet != "grammar":
                for key in _with_one_letter_less(phrase[0]):
                    table.setdefault(key, []).append(phrase[0])
    return {key: tuple(dict.fromkeys(words)) for key, words in table.items()}


def _with_one_letter_less(word: str) -> set[str]:
    return {word} | {word[:at] + word[at + 1 :] for at in range(len(word))}
