"""What belongs to what in a text: counts and colours to their nouns, "she" to Mara, "behind" to a dog and a car.

Things are read off the found words, sentence by sentence, by a few rules of English word order; nothing is guessed
where no rule speaks. All indices count the words given (`found`) or the things found, from 0.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from secondunit_engine.script.references import Mention, find_antecedents, pronoun_of
from secondunit_engine.script.senses import Found
from secondunit_engine.script.vocabulary_grammar import ORDERS, RELATIONS

_HEADS = frozenset(("person", "prop", "thing", "dressing", "wardrobe", "air", "place"))
_LAMPS = frozenset(("candles", "headlights", "neon practicals"))
_ATTRIBUTES = frozenset(("color", "quality", "age", "years", "build", "hair", "wear", "era", "mood", "count"))
_ACTS = frozenset(("verb", "deed"))
_BE = frozenset(("is", "are", "was", "were", "be", "being", "been"))
_BREAK = re.compile(r"[.;:!?\n]")
_JOINS = frozenset(("and", "or"))
_ARTICLES = frozenset(("a", "an", "the", "his", "her", "its", "their", "this", "that", "another", "both"))
_SENTENCE_END = re.compile(r"[.;!?]|\n\s*\n")


@dataclass(frozen=True)
class BoundThing:
    """Somebody or something the text speaks of. `head` is the word that names it, `attributes` what is said of it;
    `count` is "3" or "many", empty if the text does not say; `absent` things are said not to be there."""

    head: int
    name: str
    count: str = ""
    attributes: tuple[int, ...] = ()
    absent: bool = False


@dataclass(frozen=True)
class Relation:
    """The word at `at` says that thing `subject` is `name` ("behind") the things `others`."""

    at: int
    subject: int
    name: str
    others: tuple[int, ...]


@dataclass(frozen=True)
class Reference:
    """The pronoun at `at` stands for these things."""

    at: int
    things: tuple[int, ...]


@dataclass(frozen=True)
class Act:
    """The verb at `at`, who does it and to what; None where the text does not say."""

    at: int
    doer: int | None
    done_to: int | None = None


@dataclass(frozen=True)
class Order:
    """The word at `at` says how act `first` lies to act `second` in time: "while", "then", "before", "after"."""

    at: int
    first: int
    name: str
    second: int


@dataclass(frozen=True)
class Binding:
    things: tuple[BoundThing, ...]
    relations: tuple[Relation, ...]
    references: tuple[Reference, ...]
    acts: tuple[Act, ...]
    orders: tuple[Order, ...]


def bind(text: str, found: Sequence[Found]) -> Binding:
    """What the words of `text` say of each other."""
    things = _find_things(text, found)
    thing_at = {thing.head: number for number, thing in enumerate(things)}
    clauses = list(_clauses(text, found))
    mentions = [_mention(thing, number, found) for number, thing in enumerate(things)]
    subjects = [next((at for at in clause if at in thing_at or pronoun_of(found[at])), -1) for clause in clauses]
    references = tuple(
        Reference(at, antecedents) for at, antecedents in find_antecedents(found, mentions, subjects) if antecedents
    )
    stands_for = thing_at | {reference.at: reference.things[0] for reference in references}
    acts = _find_acts(found, clauses, stands_for)
    relations = _find_relations(text, found, clauses, stands_for, acts)
    return Binding(things, relations, references, acts, _find_orders(found, acts))


def name_bindings(text: str, found: Sequence[Found]) -> tuple[Found, ...]:
    """The same words, with what they are bound to in their meanings: "colour of the car: red", "she: Mara"."""
    binding = bind(text, found)
    names = [_named(found[thing.head], thing.name) for thing in binding.things]
    meanings: dict[int, str] = {}
    for thing, name in zip(binding.things, names, strict=True):
        for at in thing.attributes:
            meanings[at] = _say_of(found[at], name)
    for reference in binding.references:
        meanings[reference.at] = f"{found[reference.at].text.lower()}: {_list(names[at] for at in reference.things)}"
    for relation in binding.relations:
        others = _list(names[at] for at in relation.others)
        meanings[relation.at] = f"where: {names[relation.subject]} {relation.name} {others}"
    for act in binding.acts:
        doer = "" if act.doer is None else f", by {names[act.doer]}"
        target = "" if act.done_to is None else f", to {names[act.done_to]}"
        meanings[act.at] = f"{found[act.at].sense.meaning}{doer}{target}"
    for order in binding.orders:
        first, second = (found[binding.acts[act].at].text.lower() for act in (order.first, order.second))
        meanings[order.at] = f"when: {first}, {order.name} {second}"
    return tuple(
        replace(item, sense=replace(item.sense, meaning=meanings[at])) if at in meanings else item
        for at, item in enumerate(found)
    )


def facet_of(item: Found) -> str:
    """The facet of a word, also of one that is said not to be there."""
    facet, _, value = item.value.partition(":")
    return facet if item.facet == "absent" and value else item.facet


def _is_head(item: Found) -> bool:
    if item.facet == "unknown":  # a capitalised word nobody knows may be a name
        return item.text[:1].isupper() and item.text.isalpha()
    return facet_of(item) in _HEADS or (item.facet == "light" and item.value in _LAMPS)


def _find_things(text: str, found: Sequence[Found]) -> tuple[BoundThing, ...]:
    """Every noun with what describes it, before it ("red car") or after "is" ("the car is red")."""
    heads = [at for at in range(len(found)) if _is_head(found[at]) and not _is_compound(text, found, at)]
    attributes: dict[int, list[int]] = {at: [] for at in heads}
    for at, item in enumerate(found):
        if facet_of(item) in _ATTRIBUTES or (_is_head(item) and _is_compound(text, found, at)):
            owner = _owner(text, found, at, heads, attributes)
            if owner is not None:
                attributes[owner].append(at)
    return tuple(_thing(found, at, tuple(owned)) for at, owned in attributes.items())


def _thing(found: Sequence[Found], head: int, attributes: tuple[int, ...]) -> BoundThing:
    count = next((found[at].value for at in attributes if found[at].facet == "count"), "")
    item = found[head]
    return BoundThing(head, item.text, count, attributes, item.facet == "absent")


def _is_compound(text: str, found: Sequence[Found], at: int) -> bool:
    """Whether a noun only describes the next one: the car of "car window"."""
    item = found[at]
    return (
        at + 1 < len(found)
        and facet_of(item) in ("thing", "prop", "dressing")
        and _is_head(found[at + 1])
        and text[item.end : found[at + 1].start] in (" ", "-")
        and not item.text.lower().endswith("s")
    )


def _owner(
    text: str, found: Sequence[Found], at: int, heads: Sequence[int], owned: Mapping[int, list[int]]
) -> int | None:
    """The noun that the attribute at `at` describes: one of `heads`, in order, which are the keys of `owned`."""
    for here in range(at + 1, len(found)):
        if _BREAK.search(text, found[here - 1].end, found[here].start):
            break
        if here in owned:
            return here
        item = found[here]
        if not (facet_of(item) in _ATTRIBUTES or _is_head(item) or item.text.lower() in _JOINS | {"of"}):
            break
    number = bisect_left(heads, at)
    if not number or _SENTENCE_END.search(text, found[heads[number - 1]].end, found[at].start):
        return None
    last = heads[number - 1]
    between = {item.text.lower() for item in found[last + 1 : at]}
    return last if between & _BE or found[at].facet in ("years", "hair") or not between else None


def _clauses(text: str, found: Sequence[Found]) -> Iterator[list[int]]:
    """Indices of each clause: parted by full stops, "while", "then", and by "and" or a comma before a new actor."""
    clause: list[int] = []
    for at, item in enumerate(found):
        gap = text[found[at - 1].end : item.start] if at else ""
        opens = item.facet == "grammar" and item.value in ORDERS
        joins = item.text.lower() in _JOINS and _starts_clause(text, found, at + 1)
        if clause and (_SENTENCE_END.search(gap) or opens or joins or ("," in gap and _starts_clause(text, found, at))):
            yield clause
            clause = []
        clause.append(at)
    if clause:
        yield clause


def _starts_clause(text: str, found: Sequence[Found], at: int) -> bool:
    """Whether a noun and then a verb follow at once."""
    named = False
    for here, item in enumerate(found[at : at + 8], at):
        if here > at and "," in text[found[here - 1].end : item.start]:
            return False
        if facet_of(item) in _ACTS:
            return named
        if _is_head(item) or pronoun_of(item):
            named = True
        elif not (item.text.lower() in _ARTICLES | _BE or item.facet in _ATTRIBUTES | {"pace", "manner"}):
            return False
    return False


def _find_acts(found: Sequence[Found], clauses: list[list[int]], stands_for: dict[int, int]) -> tuple[Act, ...]:
    """Who does what. The doer is the first noun of the clause that no preposition leads; without one, the last."""
    acts: list[Act] = []
    last: int | None = None
    for clause in clauses:
        for place, at in enumerate(clause):
            if facet_of(found[at]) not in _ACTS:
                continue
            doers = (stands_for[here] for here in clause[:place] if here in stands_for and not _is_led(found, here))
            last = next(doers, last)
            acts.append(Act(at, last, _object_of(found, clause[place + 1 :], stands_for)))
    return tuple(acts)


def _is_led(found: Sequence[Found], at: int) -> bool:
    """Whether a preposition or a possessive pronoun leads this noun."""
    while at and (found[at - 1].text.lower() in _ARTICLES or found[at - 1].facet in _ATTRIBUTES):
        at -= 1
    return at > 0 and found[at - 1].facet == "grammar" and found[at - 1].value in RELATIONS


def _object_of(found: Sequence[Found], after: Sequence[int], stands_for: dict[int, int]) -> int | None:
    for at in after:
        item = found[at]
        if at in stands_for and item.text.lower() not in _ARTICLES:
            return stands_for[at]
        if not (item.text.lower() in _ARTICLES or item.facet in _ATTRIBUTES or _is_head(item)):
            return None
    return None


def _find_relations(
    text: str, found: Sequence[Found], clauses: list[list[int]], stands_for: dict[int, int], acts: tuple[Act, ...]
) -> tuple[Relation, ...]:
    """Where things are: the preposition's own noun, and the noun before it or, after a verb, who does that."""
    doers = {act.at: act.doer for act in acts}
    relations: list[Relation] = []
    for clause in clauses:
        for place, at in enumerate(clause):
            item = found[at]
            if item.facet != "grammar" or item.value not in RELATIONS or item.value in ("of", "to"):
                continue
            subject = _subject_before(clause[:place], stands_for, doers)
            others = _others_after(text, found, clause[place + 1 :], stands_for, many=item.value == "between")
            if subject is None or not others or subject in others:
                continue
            worn = item.value in ("in", "with") and found[at].facet == "grammar" and _is_worn(found, stands_for, others)
            relations.append(Relation(at, subject, "wearing" if worn else item.value, others))
    return tuple(relations)


def _is_worn(found: Sequence[Found], stands_for: dict[int, int], others: tuple[int, ...]) -> bool:
    return any(thing == others[0] and found[at].facet == "wardrobe" for at, thing in stands_for.items())


def _subject_before(before: Sequence[int], stands_for: dict[int, int], doers: dict[int, int | None]) -> int | None:
    for at in reversed(before):
        if at in stands_for:
            return stands_for[at]
        if at in doers:
            return doers[at]
    return None


def _others_after(
    text: str, found: Sequence[Found], after: Sequence[int], stands_for: dict[int, int], many: bool
) -> tuple[int, ...]:
    others: list[int] = []
    for at in after:
        item = found[at]
        if at in stands_for and not (item.text.lower() in _ARTICLES and at + 1 in stands_for):
            others.append(stands_for[at])
            if not many or len(others) > 1:
                break
        elif item.facet in _ACTS or (item.facet == "grammar" and item.value in RELATIONS):
            break
    return tuple(others)


def _find_orders(found: Sequence[Found], acts: tuple[Act, ...]) -> tuple[Order, ...]:
    orders: list[Order] = []
    for at, item in enumerate(found):
        if item.facet == "grammar" and item.value in ORDERS:
            later = bisect_left(acts, at, key=lambda act: act.at)  # the word itself is no act
            if 0 < later < len(acts):
                orders.append(Order(at, later - 1, item.value, later))
    return tuple(orders)


def _mention(thing: BoundThing, number: int, found: Sequence[Found]) -> Mention:
    at = thing.head - 1
    while at > 0 and (found[at].text.lower() in _ARTICLES or found[at].facet in _ATTRIBUTES):
        at -= 1
    joined = at > 0 and found[at].text.lower() in _JOINS
    return Mention(number, found[thing.head], thing.count not in ("", "1"), thing.absent, joined)


def _named(item: Found, name: str) -> str:
    return name if name[:1].isupper() and facet_of(item) in ("person", "unknown") else f"the {name.lower()}"


def _say_of(item: Found, name: str) -> str:
    meaning = item.sense.meaning
    for facet, word in (("color", "colour"), ("count", "number")):
        if item.facet == facet:
            return meaning.replace(f"{word}:", f"{word} of {name}:", 1)
    return f"{meaning}; said of {name}"


def _list(names: Iterator[str]) -> str:
    return " and ".join(names)
