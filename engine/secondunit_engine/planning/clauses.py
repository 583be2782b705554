"""A sentence of a script read clause by clause: deeds in the order in which they happen.

A few rules of English word order. A noun before a verb acts; after it the first is what it is done to, a second one to
whom; a preposition leads to where. What is only tried, wanted, feared or about to be is no deed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from secondunit_engine.places import is_prop
from secondunit_engine.planning.actions import COMPOUNDS
from secondunit_engine.planning.deeds import done_as
from secondunit_engine.planning.mentions import AIR, Mentions
from secondunit_engine.planning.people import cast_name
from secondunit_engine.script.prompt import Found
from secondunit_engine.script.vocabulary import phrases
from secondunit_engine.script.vocabulary_grammar import RELATIONS
from secondunit_engine.script.words import base_forms

_THINGS = frozenset(("prop", "dressing", "thing", "wardrobe", "light", "place"))
_SAID_OF_NOBODY = frozenset(("craft", "idea", "weather", "music"))  # nouns that do not act either
_ACTS = frozenset(("verb", "deed"))
_ORDERS = frozenset(("while", "then", "after", "before"))
_PARTICLES = frozenset(("up", "down", "on", "off", "out", "in", "back", "over", "away"))
_DONE_BY = {"open": "open", "shut": "close"}  # "kicks the door open", "slams it shut"
_VEHICLE_VERBS = frozenset(("accelerate", "drive", "brake", "drift", "park"))
_DONE_BY_THINGS = _VEHICLE_VERBS | {"open", "close", "fall", "break", "turn", "run", "walk", "jump", "swirl", "hang"}
_BY_ITSELF = frozenset(("fall", "break"))
_MUTUAL = frozenset(("embrace", "kiss", "fight", "shake hands", "look", "talk"))
_ARTICLES = frozenset(("a", "an", "another", "some"))
_DETERMINERS = _ARTICLES | {"the", "his", "her", "their", "its", "this", "that"}
_JOINTS = frozenset(("and", "or", "but"))
# Words after which an infinitive does not happen, or is somebody else's to do.
_UNREAL = frozenset(phrases(
    "try, want, refuse, fail, attempt, ask, tell, order, beg, need, hope, plan, intend, pretend, wish, threaten, "
    "forget, promise, urge, force, help, allow, dare"
))  # fmt: skip
_MODAL = frozenset(("about to", "would", "could", "should", "might", "may", "must", "can", "cannot", "will", "if"))


@dataclass(frozen=True)
class Deed:
    """Somebody does something. `said` is the script's own verb; `meanwhile` it begins with the deed before."""

    actor: str
    verb: str
    target: str = ""
    other: str = ""
    manner: str = ""
    said: str = ""
    meanwhile: bool = False


def read_sentence(text: str, items: Sequence[Found], mentions: Mentions) -> Sequence[Deed]:
    """The deeds of a sentence, whose words are `items` of `text`; `mentions` learns what it speaks of."""
    return _Reader(text, items, mentions).read()


@dataclass
class _Reader:
    """One pass over a sentence. `subjects` act in the clause that runs, which has `acted` once its verb is read."""

    text: str
    items: Sequence[Found]
    mentions: Mentions
    deeds: list[Deed] = field(default_factory=list)
    subjects: tuple[str, ...] | None = None  # None: nobody named, so that whoever acted last goes on
    acted: bool = False
    named: str = ""  # the last person named, whom "who" continues
    order: str = ""  # the word of time that opened the clause
    opened: bool = False  # the sentence opens with "while" or "as": what follows its clause happens meanwhile

    def read(self) -> Sequence[Deed]:
        at = 0
        while at < len(self.items):
            item = self.items[at]
            if self._is_order(at):
                self._open_clause(item.value)
            elif self.is_act(at):
                at = self._read_act(at)
                continue
            elif item.text.lower() == "who" and self.named:
                self.subjects, self.acted = (self.named,), False
            elif not self._is_led(at) and (not self.acted or self.starts_clause(at)):
                self._read_subject(at)
            elif item.facet == "person":
                self.name(at)
            at += 1
        return self.deeds

    def _is_order(self, at: int) -> bool:
        return self.items[at].facet == "grammar" and self.items[at].value in _ORDERS

    def _open_clause(self, order: str) -> None:
        """ "While", "as", "then", "after": a clause begins."""
        self.opened = self.opened or (order == "while" and not self.deeds)
        self.order = order if self.deeds else ""
        self.acted = False

    def _read_subject(self, at: int) -> None:
        """A noun before its verb: who acts, alone or with those whom "and" joins."""
        item, names = self.items[at], self._who(at)
        if names is None:
            return
        joined = at > 0 and self.items[at - 1].text.lower() in _JOINTS and not self.acted
        self.subjects = (*(self.subjects or ()), *names) if joined else names
        self.acted = False
        if item.facet == "prop":
            self.mentions.thing = item.value
        elif item.facet in ("person", "gender"):
            self.mentions.name(names)
            self.named = names[-1] if names else self.named

    def _who(self, at: int) -> tuple[str, ...] | None:
        """Whom a word before a verb stands for; nobody, if it is a pronoun that fits nobody; None if it is no noun."""
        item = self.items[at]
        if item.facet == "person":
            return self._people(at)
        if item.facet == "gender" and not self._is_owner(at):
            found = self.mentions.pronoun(float(item.value), self._here)  # "she" is nobody whom her sentence names
            return (found,) if found else None
        if item.facet == "grammar" and item.value == "several" and item.text.lower() == "they":
            return self.mentions.both()
        if item.facet == "grammar" and item.text.lower() == "it":
            return (self.mentions.thing,) if is_prop(self.mentions.thing) else ()
        if item.facet == "air":
            return (AIR[item.value],)
        is_noun = item.facet in _THINGS or (item.facet in _SAID_OF_NOBODY and item.value)
        if is_noun and (self.acted or self.subjects is None) and self._acts_next(at):
            if item.facet in ("thing", "dressing") and self._falls_next(at):
                return (self.mentions.name_thing(item, "", is_new=self.items[at - 1].text.lower() in _ARTICLES),)
            return (item.value,) if item.facet == "prop" else ()  # "the phone rings": nobody does it
        return None

    def _read_act(self, at: int) -> int:
        """A verb with what it is done to; the index of the first word after it."""
        said, end = self._phrase(at)
        verb = done_as(said) or (self.items[at].value if self.items[at].facet == "verb" else "")
        actors = self._actors(verb)
        objects = _Objects(self, actors)
        end = objects.read(end)
        self.acted = True
        verb = self._whole_verb(at, verb, objects)
        if any(is_prop(actor) for actor in actors) and verb not in _DONE_BY_THINGS:
            return end  # "it is heavier than it looks"
        if verb and actors and self._is_real(at):
            self._add(actors, verb, said, objects)
        return end

    def _actors(self, verb: str) -> tuple[str, ...]:
        """Who does it; a driving verb with a car in its sentence is the car's."""
        if verb in _VEHICLE_VERBS and self._has_car:
            return ("Car",)
        if self.subjects is None:
            return (self.mentions.last,) if self.mentions.last else ()
        return self.subjects

    def _phrase(self, at: int) -> tuple[str, int]:
        """The script's words for a deed, "walks in", and the index after them."""
        said, end = self.items[at].text.lower(), at + 1
        if end < len(self.items) and self.items[end].text.lower() in _PARTICLES:
            longer = f"{said} {self.items[end].text.lower()}"
            if done_as(longer):
                return longer, end + 1
        return said, end

    def _whole_verb(self, at: int, verb: str, objects: _Objects) -> str:
        """The action with what follows its object: "puts the coat on", "makes tea", "takes it from him"."""
        first = self.items[at].text.lower().split(" ")[0]
        if objects.particle and (moved := done_as(f"{first} {objects.particle}")):
            return moved
        if objects.result:
            return objects.result
        if verb in ("lift", "catch") and objects.other:
            return "take from"
        wholes = (f"{form} {objects.target}" for form in sorted(base_forms(first)))
        return next((whole for whole in wholes if whole in COMPOUNDS), verb)

    def _add(self, actors: Sequence[str], verb: str, said: str, objects: _Objects) -> None:
        meanwhile = bool(self.deeds) and (self.order == "while" or self.opened)
        deeds = [
            Deed(actor, verb, self._target(actor, actors, verb, objects), objects.other, self._manner, said,
                 meanwhile or number > 0)
            for number, actor in enumerate(actors)
        ]  # fmt: skip
        if self.order == "after":  # "Mara sits after Elias leaves"
            self.deeds[-1:-1] = deeds
        else:
            self.deeds += deeds
        self.opened = self.opened and not meanwhile
        self.order = ""
        people = [actor for actor in actors if actor not in AIR.values() and actor != "Car"]
        if people:
            self.mentions.act(people)

    def _target(self, actor: str, actors: Sequence[str], verb: str, objects: _Objects) -> str:
        """What it is done to; two who embrace embrace each other."""
        if not objects.target and len(actors) == 2 and verb in _MUTUAL:
            return next(other for other in actors if other != actor)
        if verb in _BY_ITSELF and actor not in self.mentions.people:
            return ""  # "the glass shatters on the floor"
        return "" if objects.target == actor else objects.target

    @cached_property
    def _here(self) -> frozenset[str]:
        """The people whom the sentence names."""
        return frozenset(cast_name(item.value) for item in self.items if item.facet == "person")

    @cached_property
    def _has_car(self) -> bool:
        return any(item.facet == "prop" and item.value == "Car" for item in self.items)

    @cached_property
    def _manner(self) -> str:
        """How fast; with a camera move in the sentence the pace is the camera's."""
        if any(item.facet == "move" for item in self.items):
            return ""
        said = next((item.text for item in self.items if item.facet == "pace"), "")
        return said or next((item.text for at, item in enumerate(self.items) if self._is_hard(at)), "")

    def _is_hard(self, at: int) -> bool:
        """Whether a word says how hard a car is driven: "brakes hard", "accelerates violently"."""
        item = self.items[at]
        how = item.facet == "manner" or item.text.lower() == "hard"
        return how and at > 0 and self._has_car and self.is_act(at - 1)

    def _is_real(self, at: int) -> bool:
        """Whether a verb happens: not after "tries to", "about to", "would"."""
        before = [item.text.lower() for item in self.items[max(0, at - 4) : at]]
        if not before or before[-1] in _MODAL:
            return not before
        return before[-1] != "to" or not any(base_forms(word) & _UNREAL for word in before[:-1])

    def is_act(self, at: int) -> bool:
        """Whether a word is a verb here: by its sense, or, such as "hands", because only a verb can stand here."""
        item = self.items[at]
        if item.facet in _ACTS:
            return True
        if at == 0 or not item.text.islower() or not item.text.endswith("s") or item.facet not in ("thing", "idea"):
            return False
        before = self.items[at - 1]
        acts = before.facet in ("person", "gender") and not self.acted and before.text.lower() not in _DETERMINERS
        goes_on = before.text.lower() in ("and", "then", "but") and self.acted
        return (acts or goes_on) and bool(done_as(self._phrase(at)[0]))

    def starts_clause(self, at: int) -> bool:
        """Whether a noun after a verb acts in a clause of its own: its verb comes at once. A thing does only after a
        comma or "and"."""
        item = self.items[at]
        if item.facet in ("air", *_THINGS):
            return self.is_parted(at) and self._acts_next(at)
        is_noun = item.facet in ("person", "gender") or item.text.lower() in ("it", "they")
        return is_noun and self._acts_next(at)

    def _acts_next(self, at: int) -> bool:
        """Whether a verb follows a noun at once."""
        after = at + 1
        while after < len(self.items) and (
            self.items[after].facet in ("pace", "manner", "years") or self.items[after].text.lower() in ("is", "both")
        ):
            after += 1
        return after < len(self.items) and self.items[after].facet in _ACTS

    def _falls_next(self, at: int) -> bool:
        """Whether the verb after a noun is one that any thing does by itself: "the glass shatters"."""
        verbs = [n for n in range(at + 1, len(self.items)) if self.items[n].facet in _ACTS]
        return bool(verbs) and done_as(self._phrase(verbs[0])[0]) in _BY_ITSELF

    def is_parted(self, at: int) -> bool:
        """Whether a comma, "and" or a word of time stands before a word."""
        before = self.items[at - 1]
        return (
            "," in self.text[before.end : self.items[at].start]
            or before.text.lower() in _JOINTS
            or self._is_order(at - 1)
        )

    def _is_led(self, at: int) -> bool:
        """Whether a preposition leads a word ("behind Mara"), so that it does not act."""
        before = at - 1
        while before >= 0 and self.items[before].text.lower() in _DETERMINERS:
            before -= 1
        return before >= 0 and self.items[before].facet == "grammar" and self.items[before].value in RELATIONS

    def _is_owner(self, at: int) -> bool:
        """Whether a pronoun owns the noun after it: "her coat"."""
        is_possessive = self.items[at].text.lower() in ("his", "her")
        return is_possessive and at + 1 < len(self.items) and self.items[at + 1].facet in (*_THINGS, "color", "quality")

    def name(self, at: int) -> str:
        """The person a word names, who is then spoken of."""
        names = self._people(at)
        self.mentions.name(names)
        self.named = names[-1]
        return names[0]

    def _people(self, at: int) -> tuple[str, ...]:
        """The people a word names: of "two women" Woman and Woman_2."""
        name = cast_name(self.items[at].value)
        counted = at > 0 and self.items[at - 1].facet == "count" and self.items[at - 1].value in ("2", "3")
        count = int(self.items[at - 1].value) if counted else 1
        return (name, *(f"{name}_{number}" for number in range(2, count + 1)))

    def pronoun_after(self, at: int, actors: Sequence[str]) -> str:
        """Whom a pronoun after a verb stands for, none of those who act; empty for "himself" and for "her" coat."""
        item, text = self.items[at], self.items[at].text.lower()
        if item.facet == "gender":
            is_object = text in ("him", "her") and not self._is_owner(at)
            return self.mentions.pronoun(float(item.value), actors) if is_object else ""
        if text == "it":
            return self.mentions.thing
        if text in ("each other", "one another", "them"):
            return next((name for name in reversed(self.mentions.both()) if name not in actors), "")
        return ""

    def owner(self, at: int, actors: Sequence[str]) -> str:
        """Whose a thing is, if a pronoun before it says so."""
        before = self.items[at - 1]
        if before.facet != "gender" or before.text.lower() not in ("his", "her"):
            return ""
        gender = float(before.value)
        return next((actor for actor in actors if self.mentions.fits(actor, gender)), "") or self.mentions.pronoun(
            gender
        )


@dataclass
class _Objects:
    """What stands after a verb, up to the next one: what it is done to, a third party, a particle, what comes of it."""

    reader: _Reader
    actors: Sequence[str]
    target: str = ""
    other: str = ""
    particle: str = ""
    result: str = ""
    _place: str = ""  # what a preposition leads to, for want of an object
    _preposition: str = ""

    def read(self, at: int) -> int:
        """Read on from a word after the verb; the index of the first word that belongs to something else."""
        self.reader.acted = True
        while at < len(self.reader.items) and not self._ends(at):
            self._take(at)
            at += 1
        self.target = self.target or self._place
        return at

    def _ends(self, at: int) -> bool:
        """Whether a word belongs to what comes next: another verb, a word of time, the subject of another clause."""
        reader, item = self.reader, self.reader.items[at]
        if item.text.lower() in _DONE_BY and at and reader.items[at - 1].text.lower() not in _JOINTS:
            self.result = _DONE_BY[item.text.lower()] if self.target else ""
            return not self.target
        if item.facet == "grammar" and (item.value in _ORDERS or item.text.lower() == "who"):
            return True
        if reader.starts_clause(at):
            if item.facet == "person" and not reader.is_parted(at) and not self._preposition:
                self.target = self.target or reader.name(at)  # "watches Elias leave"
            return True
        return reader.is_act(at)

    def _take(self, at: int) -> None:
        item = self.reader.items[at]
        text = item.text.lower()
        if item.facet == "toward":
            self._place = self._place or item.value
        elif text in _PARTICLES and self.target and (item.value not in RELATIONS or not self._leads(at)):
            self.particle = self.particle or text
        elif item.facet == "grammar" and item.value in RELATIONS:
            self._preposition = item.value
        elif name := self._name(at):
            self._put(name, is_somebody=name in self.reader.mentions.people)
            self._preposition = ""

    def _leads(self, at: int) -> bool:
        """Whether a noun follows: "puts it on the table" against "puts it on"."""
        rest = self.reader.items[at + 1 : at + 3]
        return any(item.facet in (*_THINGS, "person", "gender") or item.text.lower() in _DETERMINERS for item in rest)

    def _name(self, at: int) -> str:
        """What a noun or a pronoun stands for; empty for words that are neither. A part of a body is whose it is."""
        reader, item = self.reader, self.reader.items[at]
        if item.facet == "person":
            name = reader.name(at)
            return "" if name in self.actors else name
        if item.facet in ("gender", "grammar"):
            return reader.pronoun_after(at, self.actors)
        if item.facet not in _THINGS:
            return ""
        owner = reader.owner(at, self.actors)
        if item.sense.kind == "part of a body":
            return "" if owner in self.actors else owner
        return reader.mentions.name_thing(item, owner, is_new=reader.items[at - 1].text.lower() in _ARTICLES)

    def _put(self, name: str, *, is_somebody: bool) -> None:
        """A noun in its part: what it is done to, the third party, or where."""
        if self._preposition == "away from":
            self.other = name if is_somebody else self.other
        elif self._preposition in ("", "of"):
            if self.target and not is_somebody and self.target in self.reader.mentions.people:
                self.target, self.other = name, self.target  # "hands Elias the relic"
            self.target = self.target or name
        elif self.target:
            if self._preposition in ("to", "toward", "at") or not is_somebody:
                self.other = self.other or name
        elif self._preposition != "with":
            self._place = self._place or name
