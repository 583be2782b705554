"""The names of a script's people: phrases that mean a person in this script only."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from secondunit_engine.script.brief import Status
from secondunit_engine.script.prompt import Found, Phrases, by_first_word, understand
from secondunit_engine.script.vocabulary import PEOPLE, Sense
from secondunit_engine.script.words import split_words

# What a name may be spelt like: ROSE, GRACE, HUNTER.
_NAMELIKE = frozenset(("unknown", "person", "age", "years", "thing", "idea", "deed", "quality", "manner", "color"))
_INTRODUCED = re.compile(r"\b([A-Z][A-Z'’]+(?:[ -][A-Z][A-Z'’]+){0,3})\s*\((?=[^)]*\w)")


def find_names(cues: Iterable[str], actions: Iterable[str]) -> Phrases:
    """Phrases for the people of a script: who has a cue, who is introduced as "MARA VOSS (30s)", and capitalised
    words that nobody knows but that act ("AVA talks"), which are guesses."""
    book = _Book({}, {})
    texts = list(actions)
    for cue in dict.fromkeys(cues):
        book.add(cue, Status.BOUND)
    known = by_first_word(book.phrases)
    for text in texts:
        for match in _INTRODUCED.finditer(text):
            if all(item.facet in _NAMELIKE for item in understand(match[1], known)):
                book.add(match[1], Status.BOUND)
    known = by_first_word(book.phrases)
    for text in texts:
        if any(word not in known for word in _candidates(text)):
            for name in _guess_names(text, known):
                book.add(name, Status.GUESSED)
    return by_first_word(book.phrases)


@lru_cache(maxsize=20_000)
def _candidates(text: str) -> tuple[str, ...]:
    """The words of a text that may be names, whoever else is known, in lower case."""
    return tuple(item.text.lower() for item in understand(text) if _looks_like_name(item))


@dataclass(frozen=True)
class _Book:
    """Names as they are found: `phrases` by their words, `people` by their first word."""

    phrases: dict[tuple[str, ...], Sense]
    people: dict[str, str]

    def add(self, name: str, status: Status) -> None:
        """Add a name; "MARA VOSS" and "MARA" are one person, called by the first word."""
        words = tuple(word.text.lower() for word in split_words(name))
        if not words or words in self.phrases:
            return
        value = self.people.setdefault(words[0], _spell(name))
        guess = "" if status == Status.BOUND else ", taken for a name"
        sense = Sense("person", value, f"cast: {value}{guess}", status)
        self.phrases[words] = sense
        if len(words) > 1 and words[0] not in PEOPLE:
            self.phrases.setdefault(words[:1], sense)


def _spell(name: str) -> str:
    """The stage's name: roles keep all their words, people their first."""
    words = [word.text for word in split_words(name)]
    if len(words) > 1 and words[0].lower() in PEOPLE | {"young": 0, "old": 0, "the": 0, "dr": 0, "mr": 0, "mrs": 0}:
        return " ".join(words)
    return words[0]


def _guess_names(text: str, phrases: Phrases) -> list[str]:
    """Unknown words in capitals that are followed by a comma, a description or a verb."""
    found = understand(text, phrases)
    names: list[str] = []
    for at, item in enumerate(found):
        follower = found[at + 1] if at + 1 < len(found) else None
        if not _looks_like_name(item) or follower is None:
            continue
        gap = text[item.end : follower.start].strip()
        if (follower.facet in ("verb", "deed", "age", "years") and gap in ("", ",", "(")) or (
            gap in (",", "(") and item.text.isupper()
        ):
            names.append(item.text)
    return names


def _looks_like_name(item: Found) -> bool:
    unknown = item.facet == "unknown" and item.sense.meaning == "not understood"
    return unknown and item.text.isalpha() and len(item.text) > 1 and item.text[0].isupper()
