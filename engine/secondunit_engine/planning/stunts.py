"""Stunt marks: what in a shot somebody must approve before it is done for real, and why.

Words are read sentence by sentence; what is only a manner of speaking ("falls in love", "fire the engine"), said in a
line, or denied ("no guns") is taken out first. A mark is a reason to ask a person, not a verdict: better one too many.
Written for English; a sentence in another language is never marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Literal, Protocol

from secondunit_engine.planning.plan import StuntMark
from secondunit_engine.planning.stunt_words import CUES, IDIOMS, NOT_NAMES, ROLES, VEHICLES

Kind = Literal["fall", "fire", "vehicle", "weapon", "water", "height", "fight"]
_WHY: dict[Kind, str] = {
    "fall": "a fall needs a stunt performer and a landing",
    "fire": "fire and explosions need a fire officer and clear distances",
    "vehicle": "a moving vehicle near people needs a stunt driver and a closed road",
    "weapon": "weapons need an armourer, even fakes",
    "water": "people in water need a safety diver",
    "height": "work at a height needs rigging",
    "fight": "a fight needs a choreographer",
}
_ORDER = tuple(_WHY)
_NEAR = 300  # characters before a word that may say whose it is
_SENTENCE = re.compile(r"[^.;!?\n]+[.;!?]*|\n")
_SPEECH = re.compile(r"\"[^\"\n]*\"|“[^”\n]*”")
_ASIDE = re.compile(r"\([^()]*\)")  # "MARA (30s) falls"
_DENIED = re.compile(
    r"\b(?:no|without|not|never|nobody|neither|nor|avoids?|avoiding|instead of|rather than|almost no)\b"
    r"(?:\s+[\w'-]+){0,3}\s*$|n[’']t(?:\s+[\w'-]+){0,2}\s*$",
    re.I,
)  # fmt: skip
_CLAUSE = re.compile(r"[,:;()–—]|\b(?:and|then|as|while|but|when|until|before|after|who|that)\b", re.I)
_PRONOUNS = frozenset(("he", "she", "they", "we", "i", "you", "nobody", "who"))
# "punches her", not "punches her ticket"
_HER = (
    r"her(?=\s*(?:[.,;!?]|$|(?:in|on|to|with|and|down|hard|again|away|over|into|at|by|from|as|so|twice|square|dead|"
    r"until|unconscious|out|off|across|through|against|under)\b))"
)


class Told(Protocol):
    """A beat, in the script or in the plan."""

    @property
    def kind(self) -> str: ...

    @property
    def text(self) -> str: ...


def find_stunts(beats: Iterable[Told], names: Iterable[str] = ()) -> tuple[StuntMark, ...]:
    """The stunts of a shot, at most one of each kind and sentence, in the order told; lines and titles tell none.

    `names` are the people of the script, as far as they are known. `StuntMark.text` is the sentence's own words.
    """
    people = frozenset(word.casefold() for name in names for word in name.split())
    marks: list[StuntMark] = []
    for beat in beats:
        if beat.kind == "action":
            marks.extend(mark for mark in read_stunts(beat.text, people) if mark not in marks)
    return tuple(marks)


@lru_cache(maxsize=20_000)
def read_stunts(text: str, people: frozenset[str] = frozenset()) -> tuple[StuntMark, ...]:
    """The stunts told by free text; `people` are words of names, in lower case."""
    marks: list[StuntMark] = []
    for sentence in _SENTENCE.findall(text):
        plain = _take_out_idioms(sentence)
        reasons: dict[Kind, str] = {}
        for kind, needs_person, cue, reason in _cues():
            if kind in reasons:
                continue
            for match in cue.finditer(plain):
                before = plain[max(0, match.start() - _NEAR) : match.start()]
                if _is_denied(before) or (needs_person and not _is_about_somebody(before, people)):
                    continue
                reasons[kind] = reason
                break
        words = " ".join(sentence.split()).strip()
        found = sorted(reasons, key=_ORDER.index)
        marks.extend(StuntMark(kind, f"{_sentence(reasons[kind])}: {_WHY[kind]}.", words) for kind in found)
    return tuple(marks)


def _sentence(reason: str) -> str:
    return reason[0].upper() + reason[1:]


def _take_out_idioms(sentence: str) -> str:
    """The sentence with spaces for speech, for what stands in brackets, and for manners of speaking."""

    def blank(match: re.Match[str]) -> str:
        return " " * len(match[0])

    sentence = _ASIDE.sub(blank, _SPEECH.sub(blank, sentence))
    for idiom in _idioms():
        sentence = idiom.sub(blank, sentence)
    return sentence


def _is_denied(before: str) -> bool:
    """Whether the words before a cue take it back; no denial reaches over more than the last seven."""
    return bool(_DENIED.search(" ".join(before.rsplit(None, 7)[-7:])))


def _is_about_somebody(before: str, people: frozenset[str]) -> bool:
    """Whether the words before a verb end in a clause about a person; a clause without a subject is about the one
    before it ("she stumbles, falls")."""
    edges = [0, *(match.end() for match in _CLAUSE.finditer(before))]
    for start, end in reversed(list(zip(edges, [*edges[1:], len(before)], strict=True))):
        words = re.findall(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*", before[start:end])
        subject = [word for word in words if word.casefold() not in _LINKS]
        for word in reversed(subject):  # the last that tells: a "clown fish" is a fish
            if word.casefold() in _not_names() or _is_person(word, people):
                return word.casefold() not in _not_names()
        if subject:
            return False
    return False


_LINKS = frozenset(
    (
        "and", "then", "as", "while", "but", "when", "until", "before", "after", "who", "that", "suddenly", "slowly",
        "finally", "almost", "nearly", "just", "now", "again", "backwards", "hard", "is", "are", "was", "were", "has",
        "have", "had", "being", "been", "be", "to", "still", "even", "also", "about",
    )
)  # fmt: skip


def _is_person(word: str, people: frozenset[str]) -> bool:
    folded = word.casefold()
    if folded in people or folded in _PRONOUNS or folded in _roles():
        return True
    if folded.endswith(("'s", "’s")) or folded in _not_names() or folded in _vehicles():
        return False
    if folded in ("the", "a", "an", "his", "her", "their", "its", "my", "our", "your", "this", "one", "two", "three"):
        return False
    return word[0].isupper()


@cache
def _roles() -> frozenset[str]:
    return frozenset(ROLES.split())


@cache
def _not_names() -> frozenset[str]:
    return frozenset(NOT_NAMES.split())


@cache
def _vehicles() -> frozenset[str]:
    return frozenset(VEHICLES.split())


@cache
def _idioms() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(_spell_out(idiom), re.I) for idiom in IDIOMS)


@cache
def _cues() -> tuple[tuple[Kind, bool, re.Pattern[str], str], ...]:
    """Cues ready to search: those that need a person as their subject apart from those that do not."""
    rows: list[tuple[Kind, bool, re.Pattern[str], str]] = []
    for kind in _ORDER:
        for _, cue, reason in (row for row in CUES if row[0] == kind):
            parts = _split(cue)
            for needs in (False, True):
                chosen = [part.removeprefix("{SOMEBODY}") for part in parts if part.startswith("{SOMEBODY}") == needs]
                if chosen:
                    rows.append((kind, needs, re.compile(_spell_out("|".join(chosen)), re.I), reason))
    return tuple(rows)


def _split(cue: str) -> list[str]:
    """The alternatives of a cue on its top level."""
    parts, depth, angle = [""], 0, False
    for letter in cue:
        depth += (letter in "([") - (letter in ")]")
        angle = letter == "<" if letter in "<>" else angle
        if letter == "|" and not depth and not angle:
            parts.append("")
        else:
            parts[-1] += letter
    return parts


def _spell_out(pattern: str) -> str:
    """A cue or idiom as a regular expression; all but names may be in any letter case."""
    roles = _any_of(ROLES.split())
    person = rf"(?:(?:him|them|me|us|himself|herself|{_HER}|(?:\w+ )?{roles})\b|(?-i:[A-Z][\w’'-]+))"
    pattern = re.sub(r"(?<![?(])<([a-z][a-z |?-]*)>", lambda match: _forms(match[1]), pattern)
    pieces = re.split(r"(\{PERSON\}|\{VEHICLE\})", pattern)
    named = {"{PERSON}": "\0", "{VEHICLE}": _any_of(VEHICLES.split())}
    joined = "".join(named.get(piece, piece) for piece in pieces)
    return joined.replace("\0", person)


def _forms(verbs: str) -> str:
    """All forms of the verbs, each given as "fall fell fallen" (what is irregular after the word itself)."""
    forms: list[str] = []
    for verb in verbs.split("|"):
        base, *irregular = verb.split(" ")
        stem = base[:-1] if base.endswith("e") else base
        forms += [base, *irregular, f"{base}s", f"{base}es", f"{stem}ing", f"{stem}ed"]
        if base.endswith("y"):
            forms += [f"{base[:-1]}ies", f"{base[:-1]}ied"]
        if not base.endswith("e"):
            forms += [f"{base}{base[-1]}ing", f"{base}{base[-1]}ed"]
    return rf"\b{_any_of(forms)}\b"


def _any_of(words: Iterable[str]) -> str:
    """Any of some words, as a tree by their letters: most places fail at the first. A letter may be optional ("-?")."""
    tails: dict[str, list[str]] = {}
    for word in dict.fromkeys(words):
        size = 2 if word[1:2] == "?" else 1
        tails.setdefault(word[:size], []).append(word[size:])
    branches = [
        first + (rest[0] if len(rest) == 1 else _any_of(rest)) for first, rest in sorted(tails.items(), reverse=True)
    ]
    return "(?:" + "|".join(branches) + ")"
