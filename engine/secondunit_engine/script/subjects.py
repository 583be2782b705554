"""Who a verb is about, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from secondunit_engine.script.brief import Status
from secondunit_engine.script.prompt import Found

_SENTENCE_END = re.compile(r"[.;!?]|\n\s*\n")
_THINGS = frozenset(("light", "dressing", "unknown", "thing", "weather", "place"))
# What only something in the air, or light, does by itself.
_AIRY = frozenset(("swirl", "hang"))


def split_sentences(text: str, found: Sequence[Found]) -> list[tuple[Found, ...]]:
    """The words of each sentence."""
    sentences: list[list[Found]] = [[]]
    for before, item in zip((None, *found), found, strict=False):
        if before and _SENTENCE_END.search(text, before.end, item.start):
            sentences.append([])
        sentences[-1].append(item)
    return [tuple(sentence) for sentence in sentences]


def find_subject(sentence: Sequence[Found], at: int) -> Found | None:
    """What the verb at index `at` is said of: a person, a pronoun, a prop or what is in the air, else a thing of the
    set; None if the sentence names nothing before it, so that whoever acted last goes on."""
    near: Found | None = None  # a prop or thing that no verb stands before: not another verb's object
    airy = sentence[at].value in _AIRY
    passed_verb = False
    for item in reversed(sentence[:at]):
        if item.facet in ("person", "gender", "air"):
            return near if airy and near is not None and near.facet in _THINGS else item
        if item.facet == "verb":
            passed_verb = True
            near = near if airy else None
        elif not passed_verb and near is None and (item.facet == "prop" or item.facet in _THINGS):
            near = item
    return near


def mark_idle_verbs(text: str, found: Sequence[Found]) -> tuple[Found, ...]:
    """The same words; a verb said of the set ("shafts rake across", "a door, closed") is nobody's."""
    result: list[Found] = []
    for sentence in split_sentences(text, found):
        for at, item in enumerate(sentence):
            subject = find_subject(sentence, at) if item.facet == "verb" else None
            is_state = subject is not None and subject.facet == "prop" and item.text.lower().endswith("ed")
            of_a_thing = is_state or (subject is not None and subject.facet in _THINGS)
            nobody_s = item.facet == "verb" and subject is None and item.value in _AIRY
            if of_a_thing or nobody_s:
                meaning = "said of the set: nothing is animated for it"
                sense = replace(item.sense, facet="craft", value="", meaning=meaning, status=Status.GUESSED)
                item = replace(item, sense=sense)
            result.append(item)
    return tuple(result)
