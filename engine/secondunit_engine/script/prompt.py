"""Understanding free text: which span says what about a shot.

The longest known phrase wins, reading left to right; measures ("85mm", "T2", "8 seconds") and quoted speech are
found first. Every character that is not white space ends up in exactly one ledger entry.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from secondunit_engine.script.brief import LedgerEntry, Status
from secondunit_engine.script.senses import index
from secondunit_engine.script.vocabulary import Facet, Sense
from secondunit_engine.script.words import Word, base_forms, split_words

_DECADE = r"(?:(?<=\()|\bin (?:his|her|their) )((?:(?:early|mid|late)[ -])?[2-9]0)s\b"
_MEASURES: tuple[tuple[re.Pattern[str], Facet, str], ...] = (
    (
        re.compile(r"(?:(?<=\()|\bin (?:his|her|their) )((?:(?:early|mid|late)[ -])?[2-9]0)s\b", re.I),
        "years",
        "age: {}s",
    ),
    (re.compile(r"(?<=[A-Z], )((?:(?:early|mid|late)[ -])?[2-9]0)s\b"), "years", "age: {}s"),
    (re.compile(r"(?<=[A-Z], )(\d{1,2})(?=[,.;])"), "years", "age: {}"),
    (re.compile(r"\b(\d{1,2})[ -]years?[ -]old\b|(?<=\()(\d{1,2})(?=[,;)])", re.I), "years", "age: {}"),
    (re.compile(r"\b(\d{1,3}(?:\.\d+)?)[ -]?mm\b(?! film)", re.I), "lens", "lens: {} mm"),
    (re.compile(r"\b[ft]/?(\d{1,2}(?:\.\d+)?)\b", re.I), "stop", "stop: T{}"),
    (re.compile(r"\b(\d{1,4}(?:\.\d+)?)[ -]?(?:seconds?|secs?|s)\b", re.I), "seconds", "length: {} s"),
)
_SPEECH = re.compile(r"\"([^\"\n]+)\"|“([^”\n]+)”")
_UNKNOWN = Sense("unknown", "", "not understood", Status.NOT_UNDERSTOOD)
# What "no" can take away.
_LEAVABLE = frozenset({"person", "prop", "weather", "music", "move", "air", "light", "slow", "verb", "unknown"})


@dataclass(frozen=True)
class Found:
    """A sense and the characters that say it."""

    sense: Sense
    start: int
    end: int
    text: str

    @property
    def facet(self) -> Facet:
        return self.sense.facet

    @property
    def value(self) -> str:
        return self.sense.value


# Phrases known only to one script or one kind of text, by their first word, longest first.
Phrases = Mapping[str, tuple[tuple[tuple[str, ...], Sense], ...]]


def by_first_word(senses: Mapping[tuple[str, ...], Sense]) -> Phrases:
    """Phrases (words in lower case) as `understand` looks them up."""
    rows: dict[str, list[tuple[tuple[str, ...], Sense]]] = {}
    for phrase, sense in senses.items():
        rows.setdefault(phrase[0], []).append((phrase, sense))
    return {first: tuple(sorted(known, key=lambda row: -len(row[0]))) for first, known in rows.items()}


def understand(text: str, extra: Phrases = MappingProxyType({})) -> tuple[Found, ...]:
    """Every word of `text`, in order, grouped into the longest phrases we know.

    `extra` holds phrases known only here, such as a script's own names; they come before the vocabulary's.
    """
    found, taken = _find_measures(text)
    words = [word for word in split_words(text) if not any(taken[word.start : word.end])]
    at = 0
    while at < len(words):
        sense, count = _longest(words, at, extra)
        start, end = words[at].start, words[at + count - 1].end
        found.append(Found(sense, start, end, text[start:end]))
        at += count
    return _apply_negation(text, sorted(found, key=lambda item: item.start))


def _find_measures(text: str) -> tuple[list[Found], bytearray]:
    """Speech and measures, and a mark for every character they take."""
    found: list[Found] = []
    taken = bytearray(len(text))
    for match in _SPEECH.finditer(text):
        line = match[1] or match[2]
        found.append(Found(Sense("speech", line, f"a line: {line}"), match.start(), match.end(), match[0]))
        taken[match.start() : match.end()] = b"\1" * len(match[0])
    for pattern, facet, meaning in _MEASURES:
        for match in pattern.finditer(text):
            if any(taken[match.start() : match.end()]):
                continue
            value = next(group for group in match.groups() if group)
            sense = Sense(facet, value, meaning.format(value))
            found.append(Found(sense, match.start(), match.end(), match[0]))
            taken[match.start() : match.end()] = b"\1" * len(match[0])
    return found, taken


def _longest(words: list[Word], at: int, extra: Phrases) -> tuple[Sense, int]:
    """The sense of the longest phrase that begins at word `at`, and how many words it takes."""
    best: tuple[Sense, int] = (_UNKNOWN, 1)
    if words[at].text[0].isdigit():
        best = (Sense("count", words[at].text, f"number: {words[at].text}, not used", Status.NOT_UNDERSTOOD), 1)
    length, inflection = 0, 99
    as_written = words[at].text.lower()
    for phrase, sense in extra.get(as_written, ()):
        # A person's name is capitalised, or "will" and "rose" would be people everywhere.
        if sense.facet == "person" and not words[at].text[0].isupper():
            continue
        if len(phrase) > length and _matches(words, at, phrase):
            best, length, inflection = (sense, len(phrase)), len(phrase), -1
    for rank, form in enumerate(
        sorted(base_forms(words[at].text), key=lambda f: (f != words[at].text.lower(), -len(f)))
    ):
        for phrase, sense in index().get(form, ()):
            if (len(phrase), -rank) > (length, -inflection) and _matches(words, at, phrase):
                best, length, inflection = (sense, len(phrase)), len(phrase), rank
    return best


def _matches(words: list[Word], at: int, phrase: tuple[str, ...]) -> bool:
    if at + len(phrase) > len(words):
        return False
    rest = zip(words[at + 1 : at + len(phrase)], phrase[1:], strict=True)
    return all(word.joined and part in base_forms(word.text) for word, part in rest)


def _apply_negation(text: str, found: list[Found]) -> tuple[Found, ...]:
    """Turn what follows "no" in the same clause into its absence."""
    negated = False
    result: list[Found] = []
    for item in found:
        if negated and result and any(mark in text[result[-1].end : item.start] for mark in ",.;:!?\n"):
            negated = False
        if negated and item.facet in _LEAVABLE:
            sense = Sense("absent", f"{item.facet}:{item.value}", f"left out: {item.text}")
            item, negated = replace(item, sense=sense), False
        elif item.facet == "absent":
            negated = True
        result.append(item)
    return tuple(result)


def write_ledger(text: str, found: tuple[Found, ...], offset: int = 0) -> tuple[LedgerEntry, ...]:
    """Ledger entries for `text`, which begins at character `offset` of the brief.

    Punctuation belongs to the word it follows (or, at the start, precedes), so no character is left over.
    """
    if not found:
        return _cover(text, offset)
    starts = [0] + [item.start for item in found[1:]]
    entries: list[LedgerEntry] = []
    for item, begin, limit in zip(found, starts, [*starts[1:], len(text)], strict=True):
        start, end = _trim(text, begin, limit)
        sense = item.sense
        place = (offset + start, offset + end, text[start:end])
        entries.append(LedgerEntry(*place, sense.status, sense.meaning, sense.alternatives))
    return tuple(entries)


def _cover(text: str, offset: int) -> tuple[LedgerEntry, ...]:
    start, end = _trim(text, 0, len(text))
    if start == end:
        return ()
    return (LedgerEntry(offset + start, offset + end, text[start:end], Status.NOT_UNDERSTOOD, "no words"),)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without the white space at its ends."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    return start + left, max(start + left, start + len(piece.rstrip()))
