"""Understanding free text: which span says what about a shot.

The longest known phrase wins, reading left to right; measures ("85mm", "T2", "8 seconds") and quoted speech are
found first. Every character that is not white space ends up in exactly one ledger entry.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

from secondunit_engine.script.binding import name_bindings
from secondunit_engine.script.brief import LedgerEntry, Status
from secondunit_engine.script.context import Choice, Sentence, choose, guess_part, split_at_ends, suits
from secondunit_engine.script.families import stand_in
from secondunit_engine.script.negation import apply_negation
from secondunit_engine.script.periods import era_said
from secondunit_engine.script.senses import Found as Found
from secondunit_engine.script.senses import Phrase, index, may_end, senses_of
from secondunit_engine.script.vocabulary import Facet, Sense
from secondunit_engine.script.words import Word, base_forms, forms_of, split_words

_DECADE = r"(?:(?<=\()|\bin (?:his|her|their) )((?:(?:early|mid|late)[ -])?[2-9]0)s\b"
_MEASURES: tuple[tuple[re.Pattern[str], Facet, str], ...] = (
    (re.compile(_DECADE, re.I), "years", "age: {}s"),
    (re.compile(r"(?<=[A-Z], )((?:(?:early|mid|late)[ -])?[2-9]0)s\b"), "years", "age: {}s"),
    (re.compile(r"(?<=[A-Z], )(\d{1,2})(?=[,.;])"), "years", "age: {}"),
    (re.compile(r"\b(\d{1,2})[ -]years?[ -]old\b|(?<=\()(\d{1,2})(?=[,;)])", re.I), "years", "age: {}"),
    (re.compile(r"\b((?:1\d|20)\d0)['’]?s\b|\bthe ['’]?([3-9]0)['’]?s\b", re.I), "era", "era: {}"),
    (re.compile(r"\b(\d{1,2}(?:st|nd|rd|th)[ -]century)\b", re.I), "era", "era: {}"),
    (re.compile(r"\b(?:in|circa|around|of) (?:the year )?(1[0-9]\d\d|20\d\d)\b", re.I), "era", "era: {}"),
    (re.compile(r"(?<!super )(?<!super-)\b(\d{1,3}(?:\.\d+)?)[ -]?mm\b(?! film)", re.I), "lens", "lens: {} mm"),
    (re.compile(r"\b[ft]/?(\d{1,2}(?:\.\d+)?)\b", re.I), "stop", "stop: T{}"),
    (re.compile(r"([-−]?\d+(?:\.\d+)?) ?(?:°|degrees) ?[CF]\b"), "idea", "a temperature ({}): nothing changes for it"),
    (
        re.compile(r"\b(\d{1,4}(?:\.\d+)?)[ -]?(?:seconds?|secs?)\b|\b(\d{1,3}(?:\.\d+)?) ?s\b", re.I),
        "seconds",
        "length: {} s",
    ),
)
_DIGIT = re.compile(r"\d")  # every measure holds one
_SPEECH = re.compile(r"\"([^\"\n]+)\"|“([^”\n]+)”")
_UNKNOWN = Sense("unknown", "", "not understood", Status.NOT_UNDERSTOOD)
# Phrases known only to one script or one kind of text, by their first word, longest first.
Phrases = Mapping[str, tuple[tuple[tuple[str, ...], Sense], ...]]


def by_first_word(senses: Mapping[tuple[str, ...], Sense]) -> Phrases:
    """Phrases (words in lower case) as `understand` looks them up."""
    rows: dict[str, list[tuple[tuple[str, ...], Sense]]] = {}
    for phrase, sense in senses.items():
        rows.setdefault(phrase[0], []).append((phrase, sense))
    return {first: tuple(sorted(known, key=lambda row: -len(row[0]))) for first, known in rows.items()}


def understand(text: str, extra: Phrases = MappingProxyType({})) -> tuple[Found, ...]:
    """Every word of `text`, in order, grouped into the longest phrases we know, each in the sense its context asks for.

    `extra` holds phrases known only here, such as a script's own names; they come before the vocabulary's.
    """
    found, taken = _find_measures(text)
    words = [word for word in split_words(text) if not any(taken[word.start : word.end])]
    sentences = split_at_ends(text, words, extra)
    at = 0
    while at < len(words):
        sense, count = _longest(words, at, extra, sentences[at])
        start, end = words[at].start, words[at + count - 1].end
        found.append(Found(sense, start, end, text[start:end]))
        at += count
    return apply_negation(text, sorted(found, key=lambda item: item.start))


def _find_measures(text: str) -> tuple[list[Found], bytearray]:
    """Speech and measures, and a mark for every character they take."""
    found: list[Found] = []
    taken = bytearray(len(text))
    for match in _SPEECH.finditer(text):
        line = match[1] or match[2]
        found.append(Found(Sense("speech", line, f"a line: {line}"), match.start(), match.end(), match[0]))
        taken[match.start() : match.end()] = b"\1" * len(match[0])
    measures = _MEASURES if _DIGIT.search(text) else ()
    for pattern, facet, meaning in measures:
        for match in pattern.finditer(text):
            if any(taken[match.start() : match.end()]):
                continue
            value = next(group for group in match.groups() if group)
            value = era_said(value) if facet == "era" else value
            status = Status.NOT_UNDERSTOOD if facet == "idea" else Status.BOUND
            sense = Sense(facet, value, meaning.format(value), status)
            found.append(Found(sense, match.start(), match.end(), match[0]))
            taken[match.start() : match.end()] = b"\1" * len(match[0])
    return found, taken


def _longest(words: list[Word], at: int, extra: Phrases, sentence: Sentence) -> tuple[Sense, int]:
    """The sense of the longest phrase that begins at word `at`, and how many words it takes."""
    as_written = words[at].text.lower()
    own: tuple[Sense, int] | None = None
    for phrase, sense in extra.get(as_written, ()):
        # A person's name is capitalised, or "will" and "rose" would be people everywhere.
        if sense.facet == "person" and not words[at].text[0].isupper():
            continue
        if sense.facet == "thing" and _is_done(words, at):
            continue
        if (own is None or len(phrase) > own[1]) and _matches(words, at, phrase):
            own = sense, len(phrase)
    least = own[1] + 1 if own else 1
    known = [
        (len(phrase), choice)
        for phrase, choice in _rows(as_written, _after(words, at))
        if len(phrase) >= least and _matches(words, at, phrase, choice.sense)
    ]
    while known:
        length = known[0][0]
        sense = _chosen([choice for count, choice in known if count == length], words, at, length, sentence)
        if length == 1 or suits(sense, words, at, length, sentence):
            return sense, length
        known = [(count, choice) for count, choice in known if choice.sense.facet != sense.facet]
    return own or (_unknown(words, at), 1)


@lru_cache(maxsize=20_000)
def _rows(word: str, after: str) -> tuple[tuple[Phrase, Choice], ...]:
    """Every phrase that may begin with `word` before `after`, longest first, as written before folded."""
    rows = [
        (phrase, Choice(sense, ending))
        for form, ending in forms_of(word)
        for phrase, sense in index().get(form, ())
        if may_end(sense, ending) and (len(phrase) == 1 or (after and _says(after, phrase[1], sense)))
    ]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


def _chosen(choices: list[Choice], words: list[Word], at: int, count: int, sentence: Sentence) -> Sense:
    """The sense the context asks for; the others are its alternatives."""
    if len(choices) == 1:
        return choices[0].sense
    sense = choose(choices, words, at, count, sentence)
    others = (choice.sense for choice in choices if choice.sense.facet not in (sense.facet, "grammar"))
    return replace(sense, alternatives=tuple(dict.fromkeys(other.meaning for other in others)))


def _unknown(words: list[Word], at: int) -> Sense:
    """A word that is in no table: a number, what its family stands in for, or not understood. A capitalised word may
    be a name, which nothing stands in for."""
    word = words[at]
    if word.text[0].isdigit():
        return Sense("count", word.text, f"number: {word.text}, not used", Status.NOT_UNDERSTOOD)
    if word.text[0].isupper():
        return _UNKNOWN
    before = _before(words, at)
    likely = _likely_part(words, at)
    for part in ("verb", "noun") if likely == "verb" else ("noun", "verb") if likely != "adjective" else ():
        found = stand_in(word.text, part, (before,) if before else ())
        if found:
            return Sense(found.facet, found.value, found.meaning, found.status, kind=found.family)
    return _UNKNOWN


def _before(words: list[Word], at: int) -> str:
    """The word before in the same clause, in lower case."""
    return words[at - 1].text.lower() if at and words[at].joined else ""


def _after(words: list[Word], at: int) -> str:
    """The word after in the same clause, in lower case."""
    return words[at + 1].text.lower() if at + 1 < len(words) and words[at + 1].joined else ""


def _likely_part(words: list[Word], at: int) -> str:
    """What part of speech a word's neighbours make it."""
    return guess_part(_before(words, at), words[at].text, _after(words, at))


def _is_done(words: list[Word], at: int) -> bool:
    """Whether a word that may be a thing's is a verb here: "she hammers"."""
    senses = (sense for form in base_forms(words[at].text) for sense in senses_of(form))
    return any(sense.facet in ("verb", "deed") for sense in senses) and _likely_part(words, at) == "verb"


def _matches(words: list[Word], at: int, phrase: Phrase, sense: Sense | None = None) -> bool:
    """Whether the words from `at` say a phrase, folded as its sense allows."""
    if at + len(phrase) > len(words):
        return False
    rest = zip(words[at + 1 : at + len(phrase)], phrase[1:], strict=True)
    return all(word.joined and _says(word.text, part, sense) for word, part in rest)


def _says(word: str, part: str, sense: Sense | None) -> bool:
    if sense is None:
        return part in base_forms(word)
    return any(form == part and may_end(sense, ending) for form, ending in forms_of(word) if ending != "er")


def write_ledger(text: str, found: tuple[Found, ...], offset: int = 0) -> tuple[LedgerEntry, ...]:
    """Ledger entries for `text`, which begins at character `offset` of the brief.

    The meanings name what a word is bound to ("colour of the car: red", "she: Mara"). Punctuation belongs to the word
    it follows (or, at the start, precedes), so no character is left over.
    """
    if not found:
        return _cover(text, offset)
    found = name_bindings(text, found)
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
