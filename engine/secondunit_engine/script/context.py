"""Which sense of a word is meant here: its part of speech, what stands beside it, and what the sentence is about.

"Light" is a lamp after "a", a deed before "the candle" and a quality before "feather"; a crane is a bird where there
are wings and a camera move where there is a shot. The rules are few and say why: no statistics are learned.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from secondunit_engine.script.senses import Part, index, part_of, senses_of
from secondunit_engine.script.vocabulary import Sense, phrases
from secondunit_engine.script.vocabulary_senses import AIRY, CAMERA, CUES
from secondunit_engine.script.words import Ending, Word, base_forms


def _word_set(listing: str) -> frozenset[str]:
    return frozenset(listing.split(" "))


_DETERMINERS = _word_set(
    "a an the his her its their my your our this that these those some any each every no another one two three four "
    "five several many few both"
)
_PREPOSITIONS = _word_set(
    "of in on with from by into at through over under behind between around across above below near onto inside "
    "beneath along past against toward towards for during without beside amid among like"
)
_BEFORE_VERBS = _word_set(
    "to will can could would should may might must does do did don't doesn't didn't he she it they we i you who then "
    "not never let nobody somebody someone everybody everyone"
)
_BE = _word_set("is are was were be been being am isn't aren't wasn't get gets become becomes")
_JOINING = _DETERMINERS | _PREPOSITIONS | _BEFORE_VERBS | _BE | frozenset({"or", "and", "as", "while"})
_BETWEEN_COLORS = frozenset({"from", "to", "into", "bright", "dark", "pale", "color", "colour"})
_HOPELESS = 7.0  # the misfit of a camera move where somebody acts
_CLAUSE_REACH = 12  # words that are looked back for a subject
_AIRY_VERBS = frozenset({"swirl", "hang"})
_VEHICLE_VERBS = frozenset({"accelerate", "drive", "brake", "drift", "park"})
# What is asked of the light or the pace of a shot is not asked of a thing: "golden crown" is not golden light.
_OF_THE_SHOT = frozenset(
    {"key", "warmth", "pace", "wear", "era", "season", "exposure", "absent", "weather", "size", "angle"}
)
_SENTENCE_END = re.compile(r"[.;!?\n]")


@dataclass(frozen=True)
class Choice:
    """A sense that the words may have, and how their first word is folded to it."""

    sense: Sense
    ending: Ending


@dataclass
class Sentence:
    """The sentence around a word: its words in every dictionary form. `names` are words that name somebody here."""

    words: Sequence[Word]
    names: Container[str]

    @cached_property
    def forms(self) -> frozenset[str]:
        return frozenset(form for word in self.words for form in base_forms(word.text))

    @cached_property
    def has_camera(self) -> bool:
        return not self.forms.isdisjoint(_cue_words(CAMERA))

    @cached_property
    def has_vehicle(self) -> bool:
        return not self.forms.isdisjoint(_words_of("vehicle"))

    @cached_property
    def has_living(self) -> bool:
        return not self.forms.isdisjoint(_words_of("living")) or any(form in self.names for form in self.forms)

    @cached_property
    def has_airy(self) -> bool:
        return not self.forms.isdisjoint(_cue_words(AIRY))


def split_at_ends(text: str, words: Sequence[Word], names: Container[str]) -> list[Sentence]:
    """For each word, its sentence; words of one sentence share it."""
    result: list[Sentence] = []
    run: list[Word] = []
    for at, word in enumerate(words):
        run.append(word)
        end = words[at + 1].start if at + 1 < len(words) else len(text)
        if at + 1 == len(words) or _SENTENCE_END.search(text, word.end, end):
            result += [Sentence(run, names)] * len(run)
            run = []
    return result


def choose(choices: Sequence[Choice], words: Sequence[Word], at: int, count: int, sentence: Sentence) -> Sense:
    """The likeliest of several senses of words `at` to `at + count`; of equals the first."""
    before = words[at - 1].text.lower() if at and words[at].joined else ""
    after = words[at + count].text.lower() if at + count < len(words) and words[at + count].joined else ""
    part = guess_part(before, words[at + count - 1].text.lower(), after)
    phrase = " ".join(word.text.lower() for word in words[at : at + count])
    acted = _has_subject(words, at)

    def score(choice: Choice) -> float:
        sense = choice.sense
        points = 4.0 if part and part_of(sense) == part else 0.0
        points += 4.5 if sense.facet == "grammar" else 0.0
        points += 0.5 if choice.ending == "" else 0.0
        points += 3.0 if _is_cued(phrase, words[at].text, sense, sentence) else 0.0
        points += 4.5 if sense.facet == "color" and before in _BETWEEN_COLORS else 0.0
        return points - _misfit(sense, after, acted, sentence)

    return max(choices, key=score).sense


def suits(sense: Sense, words: Sequence[Word], at: int, count: int, sentence: Sentence) -> bool:
    """Whether a sense of words `at` to `at + count` can be meant at all: a bird that "flies over" is no camera move."""
    after = words[at + count].text.lower() if at + count < len(words) and words[at + count].joined else ""
    return _misfit(sense, after, _has_subject(words, at), sentence) < _HOPELESS


def guess_part(before: str, word: str, after: str) -> Part:
    """The part of speech the neighbours ask for, "" if they do not say."""
    describes = bool(after) and after not in _JOINING and _is_noun(after)
    if before in _DETERMINERS or before in _PREPOSITIONS or before.endswith(("'s", "’s")):
        if word.endswith("ing") and before in _PREPOSITIONS:
            return "verb"
        return "adjective" if describes else "noun"
    if before in _BE:
        return "verb" if word.endswith(("ing", "ed", "en")) else "adjective"
    if before in _BEFORE_VERBS or (before.endswith("ly") and (not describes or after.endswith("ing"))):
        return "verb"
    if not before and not after and not word.endswith(("ing", "ed")):
        return "noun"
    if after.endswith("ing") and before in ("", "and", "then", "or") and not word.endswith("ing"):
        return "verb"
    if _is_noun(before):
        inflected = word.endswith("ing") or (word.endswith("s") and not _is_plural(before))
        plain = _is_plural(before) and not word.endswith("s") and (after in _JOINING or not after)
        if after in _DETERMINERS or ((inflected or plain) and not (describes and not word.endswith("ing"))):
            return "verb"
    if after in _DETERMINERS and word.endswith(("s", "ing")):
        return "verb"
    if _is_adjective(before) or _is_verb_only(before):
        return "adjective" if describes else "noun"
    return "adjective" if describes and not before else ""


def _is_plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith("ss")


def _has_subject(words: Sequence[Word], at: int) -> bool:
    """Whether somebody or something that is not the camera stands before word `at` in its clause. A place does not
    act: "arena fly-through"."""
    for back in range(at, max(0, at - _CLAUSE_REACH), -1):
        if not words[back].joined:
            return False
        before = words[back - 1].text.lower()
        if _is_actor(before) and before not in _cue_words(CAMERA):
            return True
    return False


def _misfit(sense: Sense, after: str, acted: bool, sentence: Sentence) -> float:
    """How badly a sense fits what the sentence is about."""
    points = 0.0
    if sense.facet == "move" and (acted or (not sentence.has_camera and sentence.has_living)):
        points += 7.0
    if sense.facet == "verb" and sense.value in _VEHICLE_VERBS:
        points += 3.0 if not sentence.has_vehicle and (sentence.has_living or acted) else 0.0
    elif sense.facet == "verb" and sense.value in _AIRY_VERBS:
        points += 3.0 if not sentence.has_airy else 0.0
    elif sense.facet == "verb":
        points += 3.0 if acted and not sentence.has_living else 0.0
    if sense.facet in _OF_THE_SHOT and after and _is_object(after):
        points += 5.0
    return points


def _is_cued(phrase: str, word: str, sense: Sense, sentence: Sentence) -> bool:
    for form in (phrase, *base_forms(word)):
        senses = CUES.get(form, {})
        names = (f"{sense.facet} {sense.value}", f"{sense.facet} {sense.kind}", sense.facet)
        cues = next((senses[name] for name in names if name in senses), None)
        if cues and not sentence.forms.isdisjoint(_cue_words(cues)):
            return True
    return False


@cache
def _cue_words(listing: str) -> frozenset[str]:
    return frozenset(phrases(listing))


@cache
def _words_of(family: str) -> frozenset[str]:
    """Every single word for what lives, or for what drives."""
    kinds = {"vehicle"} if family == "vehicle" else {"animal", "bird", "insect", "sea animal", "people"}
    facets = {"prop"} if family == "vehicle" else {"person", "gender"}
    rows = [row for first in index().values() for row in first if len(row[0]) == 1]
    moves = {phrase for phrase, sense in rows if sense.facet == "move"}  # "fly" alone is no sign of an insect
    named = {phrase[0] for phrase, s in rows if s.kind in kinds or (s.facet in facets and s.value != "Door")}
    words = named - {phrase[0] for phrase in moves}
    return frozenset(words | {"they", "i", "we", "you", "who"} if family == "living" else words)


@cache
def _is_noun(word: str) -> bool:
    return any(part_of(sense) == "noun" for form in base_forms(word) for sense in senses_of(form)) if word else False


@cache
def _is_actor(word: str) -> bool:
    senses = [sense for form in base_forms(word) for sense in senses_of(form)]
    return any(part_of(sense) == "noun" for sense in senses) and not any(sense.facet == "place" for sense in senses)


@cache
def _is_adjective(word: str) -> bool:
    return any(part_of(sense) == "adjective" for sense in senses_of(word)) if word else False


@cache
def _is_verb_only(word: str) -> bool:
    parts = {part_of(sense) for form in base_forms(word) for sense in senses_of(form)} if word else set()
    return "verb" in parts and "noun" not in parts


@cache
def _is_object(word: str) -> bool:
    """Whether a word names a thing one could paint or hold."""
    facets = {"thing", "prop", "wardrobe", "person", "dressing"}
    return any(
        sense.facet in facets and sense.kind != "light" for form in base_forms(word) for sense in senses_of(form)
    )
