"""Sponsors' rules in plain words: "ACME: logo on screen at least 2 s, never beside a rival's, first within 5 s".

A line holds a sponsor and one or more clauses; a table has the columns sponsor and rule. A clause that is not
understood is an error, never left out: what a sponsor pays for is not guessed. `logos.py` keeps the rules,
`verdicts.py` proves them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from secondunit_bridge.errors import BadInput, TooLarge
from secondunit_bridge.timing import Rate
from secondunit_engine.script.rows import column_key, read_table

RuleKind = Literal[
    "run", "each", "total", "most", "times", "most times", "within", "last", "apart", "exclusive", "not during",
    "only at", "rivals", "not judged",
]  # fmt: skip
MOST_RULES = 200
MOST_TIMES = 100  # that one logo may be asked to appear
_LONGEST_CLAUSE = 300

# Events a logo may have to keep clear of, and the words for them. Stunts are those marked on the shot.
EVENTS: dict[str, str] = {
    "fall": "fall, falls, falling, tumbles",
    "fire": "fire, fires, flame, flames, explosion, explosions, burning",
    "vehicle": "crash, crashes, car crash, car crashes, car chase, car chases, accident, accidents, vehicle stunts",
    "weapon": "weapon, weapons, gun, guns, shooting, shootings, gunfire, shots fired",
    "water": "water stunts, drowning, swimming",
    "height": "height, heights",
    "fight": "fight, fights, fighting, violence, attacks",
    "blood": "blood, gore, wound, wounds, injury, injuries, bleeding",
    "stunt": "stunt, stunts, danger",
    "dialogue": "dialogue, speech, talking, lines, spoken lines",
    "title": "title, titles, supers, text",
}
# Times of day by the words of a rule: the values a set's time has.
TIMES: dict[str, tuple[str, ...]] = {
    "day": ("day", "morning"), "daytime": ("day", "morning"), "daylight": ("day", "morning"), "morning": ("morning",),
    "night": ("night", "midnight"), "nighttime": ("night", "midnight"), "midnight": ("midnight",), "dawn": ("dawn",),
    "sunrise": ("dawn",), "dusk": ("dusk",), "sunset": ("dusk",), "evening": ("dusk",),
}  # fmt: skip
_ALL_TIMES = ("day", "morning", "dawn", "dusk", "night", "midnight")
_NUMBERS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
_MEND = (
    "Known are: on screen at least 2 s (in all, each time), at most 4 s in all, at least 2 times, first within 5 s, in "
    "the last shot, never beside a rival's, exclusive in its shot, not during falls or fire, only at day, rivals: NAME."
)


@dataclass(frozen=True)
class Rule:
    """One thing a sponsor asks for. `amount` counts `unit`; `names` are rivals, events or times of day, and for what a
    plan cannot show its own words; `text` is what was written, with the sponsor before it."""

    sponsor: str
    kind: RuleKind
    text: str
    amount: Fraction = Fraction(0)
    unit: Literal["s", "frames", "times", ""] = ""
    names: tuple[str, ...] = ()

    def frames(self, rate: Rate) -> int:
        """The fewest whole frames that last as long as the amount (for "most", the most that do not last longer)."""
        exact = self.amount if self.unit == "frames" else self.amount * rate.fraction
        return int(exact) if self.kind in ("most", "within") else -int(-exact // 1)

    def seconds(self, rate: Rate) -> Fraction:
        return self.amount / rate.fraction if self.unit == "frames" else self.amount


def parse_rules(given: str | Iterable[Mapping[str, str]]) -> tuple[Rule, ...]:
    """Rules from lines, from a CSV or JSON table with the columns sponsor and rule, or from rows read already.

    Raises BadInput, naming the line or row and the words, for a clause that is not understood; TooLarge over 200 rules.
    """
    rules: list[Rule] = []
    for where, sponsor, words in _read_text(given) if isinstance(given, str) else _read_rows(given):
        rules.extend(_read_clause(where, sponsor, clause) for clause in _split_clauses(words))
        if len(rules) > MOST_RULES:
            raise TooLarge(f"There are over {MOST_RULES} sponsors' rules.", mend="Keep those that matter.")
    return tuple(rules)


def rivals_of(rules: Iterable[Rule]) -> dict[str, frozenset[str]]:
    """Whose rivals are whose, by sponsor in lower case, as "rivals:" says; a rival's rival is not a rival."""
    found: dict[str, set[str]] = {}
    for rule in rules:
        for name in rule.names if rule.kind == "rivals" else ():
            found.setdefault(rule.sponsor.casefold(), set()).add(name.casefold())
            found.setdefault(name.casefold(), set()).add(rule.sponsor.casefold())
    return {sponsor: frozenset(names) for sponsor, names in found.items()}


_LINE = re.compile(r"\s*(?:[-*•]\s*)?([^:]{1,60}?)\s*:\s*(.*\S)\s*")


def _read_text(text: str) -> Iterable[tuple[str, str, str]]:
    """(where, sponsor, clauses) of each line or row."""
    text = text.removeprefix("\ufeff")
    bare = text.strip()
    header = {column_key(cell) for cell in re.split(r"[,;\t|]", bare.split("\n", 1)[0])}
    if bare.startswith(("[", "{")) or {"sponsor", "rule"} <= header:
        table = read_table(bare)
        yield from _read_rows(dict(zip(table.columns, row, strict=True)) for row in table.rows)
        return
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            raise BadInput(f"Line {number} of the rules names no sponsor: “{line.strip()[:80]}”.", mend=_SPONSOR_MEND)
        yield f"Line {number}", match[1], match[2]


_SPONSOR_MEND = "Write the sponsor, a colon and the rule: ACME: logo on screen at least 2 s"


def _read_rows(rows: Iterable[Mapping[str, str]]) -> Iterable[tuple[str, str, str]]:
    for number, row in enumerate(rows, 1):
        cells = {column_key(name): cell.strip() for name, cell in row.items()}
        if not cells.get("sponsor") or not cells.get("rule"):
            lacking = "rule" if cells.get("sponsor") else "sponsor"
            raise BadInput(f"Row {number} of the rules has no {lacking}.", mend="Give the columns sponsor and rule.")
        yield f"Row {number}", cells["sponsor"], cells["rule"]


_COUNTED = "|".join(_NUMBERS)
_WHOLE, _DECIMAL = r"\d{1,4}", r"\d{1,6}(?:\.\d{1,6})?"
_UNIT = r"s|secs?\.?|seconds?|frames?|f|min|minutes?"
_AMOUNT = rf"(?P<amount>{_DECIMAL}|{_COUNTED})\s*(?P<unit>{_UNIT})?(?![\w%])"
_AMOUNT_LATER = rf"(?P<amount2>{_DECIMAL}|{_COUNTED})\s*(?P<unit2>{_UNIT})?(?![\w%])"
_COUNT = rf"(?:(?P<count>{_WHOLE}|{_COUNTED})\s*(?:times|x)|(?P<word>once|twice))"
_LEAST = r"(?:at least|a minimum of|minimum of|minimum|min\.?|no less than|>=)"
_MOST = r"(?:at most|no more than|a maximum of|maximum of|maximum|max\.?|not longer than|<=)"
_IS = (
    r"(?:(?:the|its|their|our) )?(?:(?:logo|product|brand|name|sponsor|mark)s? )?"
    r"(?:(?:must|shall|should|has to|is|are|be|to be|stays?|appears?|comes?|visible|shown|seen|on[- ]screen|"
    r"on the screen|in shot|in frame|for|a) )*"
)
_NO = r"(?:never|not|no|nowhere)"
_IN_ALL = r"(?:in all|in total|altogether|overall|all together)"
# The first kind that fits a whole clause is meant.
_CLAUSES: tuple[tuple[RuleKind, str], ...] = (
    ("total", rf"{_IS}{_LEAST} {_AMOUNT}(?: on screen)?,? {_IN_ALL}"),
    (
        "each",
        rf"{_IS}(?:{_LEAST} {_AMOUNT} (?:each|every|at a) time|"
        rf"(?:each|every) (?:time|appearance) (?:for )?{_LEAST} {_AMOUNT_LATER})",
    ),
    ("times", rf"{_IS}(?:{_LEAST} )?{_COUNT}"),
    ("most times", rf"{_IS}{_MOST} {_COUNT}"),
    ("most", rf"{_IS}{_MOST} {_AMOUNT}(?: on screen)?(?: {_IN_ALL})?"),
    ("run", rf"{_IS}{_LEAST} {_AMOUNT}(?: (?:at a stretch|in one go|without a break|uninterrupted|on screen|long))*"),
    (
        "within",
        rf"(?:first )?{_IS}(?:first )?(?:on screen |seen |shown |appears? )*(?:with)?in (?:the )?(?:first )?"
        rf"{_AMOUNT}(?: of the film)?",
    ),
    (
        "last",
        rf"{_IS}(?:(?:in|on|at|during) (?:the )?(?:very )?(?:last|final|closing) (?:shot|picture|frame)|last|"
        r"at the (?:very )?end(?: of the film)?)",
    ),
    (
        "not during",
        rf"{_IS}{_NO} {_IS}(?:during|with|over|in (?:a )?shots? (?:with|of)|in|while there (?:is|are)) "
        r"(?:a |an |any |the )?(?P<events>.+?)",
    ),
    (
        "only at",
        rf"{_IS}(?P<only>only|{_NO}) {_IS}(?:at|by|in|during) (?:the )?(?P<times>[\w ,/]+?)(?: scenes| shots)?",
    ),
    (
        "apart",
        rf"{_IS}{_NO} {_IS}(?:directly )?(?:beside|next to|alongside|near|together with|with|"
        r"in the same (?:shot|frame|picture) (?:as|with)) (?P<names>.+?)",
    ),
    (
        "exclusive",
        rf"{_IS}(?:exclusive|alone|solo|on its own|the only (?:logo|brand|sponsor))"
        r"(?: (?:in|on) (?:its|the|a|every) (?:own )?(?:shot|frame|picture|screen)s?)?",
    ),
    ("rivals", r"(?:its |the )?(?:rivals?|competitors?)(?: are| is)?\s*[:=]?\s*(?P<names>.+?)"),
    (
        "not judged",
        rf"{_IS}(?:size|scale|height|width|area|position|colou?rs?|contrast|opacity|clear ?space|legib\w+|readab\w+|"
        r"sharp|in focus|corner|undistorted|uncropped|upright|"
        r"in the (?:top|bottom|upper|lower|left|right|middle|cent\w+)|"
        rf"{_LEAST} {_DECIMAL} ?%|{_NO} (?:cropped|covered|cut off|distorted|rotated|tilted|animated|blurred)|"
        r"said|spoken|mentioned|sung|in (?:full )?colou?r|on (?:a )?(?:white|black|plain|light|dark))(?!\w).*",
    ),
)
_STARTS = (
    rf"(?:the |its )?(?:logo|product)\b|never|not\b|no\b|first\b|only\b|exclusive|alone|size|at least|at most|"
    rf"in the last|rivals?\b|competitors?\b|every time|each time|on[- ]screen|last\b|within|minimum|maximum|once\b|"
    rf"twice\b|shown|seen|visible|legible|readable|position|colou?r|(?:{_WHOLE}|{_COUNTED}) (?:times|x)\b"
)
_JOINT = re.compile(rf"\s*(?:;|\.\s+|,\s*(?:and\s+|but\s+)?(?={_STARTS})|\s(?:and|but)\s+(?={_STARTS}))\s*", re.I)


def _split_clauses(words: str) -> list[str]:
    return [clause for piece in _JOINT.split(words) if (clause := " ".join(piece.split()).rstrip(" .,;"))]


def _read_clause(where: str, sponsor: str, clause: str) -> Rule:
    if len(clause) > _LONGEST_CLAUSE:
        raise BadInput(f"{where} of the rules has a clause of {len(clause)} characters.", mend="Say it shortly.")
    text = f"{sponsor}: {clause}"
    for kind, pattern in _CLAUSES:
        match = re.fullmatch(pattern, clause, re.I)
        rule = _make_rule(sponsor, kind, text, match) if match else None
        if rule is not None:
            return rule
    raise BadInput(f"{where} of the rules: “{clause}” is not understood as a sponsor's rule.", mend=_MEND)


def _make_rule(sponsor: str, kind: RuleKind, text: str, match: re.Match[str]) -> Rule | None:
    """The rule of a clause; None if its words are not of this kind after all ("in the rain" is no time of day)."""
    said = {name: value for name, value in match.groupdict().items() if value is not None}
    if kind in ("times", "most times"):
        count = {"once": 1, "twice": 2}.get(said.get("word", "").lower()) or _number(said.get("count", "1"))
        if kind == "times" and count > MOST_TIMES:
            raise TooLarge(f"“{text}”: a logo appears at most {MOST_TIMES} times.", mend="Ask for fewer.")
        return Rule(sponsor, kind, text, Fraction(count), "times")
    if "amount" in said or "amount2" in said:
        amount = _number(said.get("amount") or said["amount2"])
        unit = (said.get("unit") or said.get("unit2") or "s").lower()
        if unit.startswith("m"):
            amount *= 60
        return Rule(sponsor, kind, text, amount, "frames" if unit.startswith("f") else "s")
    if kind == "not during":
        events = [_EVENT_WORDS.get(word) for word in _list(said["events"])]
        known = tuple(event for event in events if event)
        return Rule(sponsor, kind, text, names=known) if len(known) == len(events) else None
    if kind == "only at":
        times = [TIMES.get(word) for word in _list(said["times"])]
        if not all(times):
            return None
        named = {value for words in times if words for value in words}
        kept = named if said["only"].lower() == "only" else set(_ALL_TIMES) - named
        return Rule(sponsor, kind, text, names=tuple(value for value in _ALL_TIMES if value in kept))
    if kind in ("apart", "rivals"):
        names = _read_names(said["names"])
        return Rule(sponsor, kind, text, names=names) if names is not None else None
    return Rule(sponsor, kind, text)


_EVENT_WORDS = {word: event for event, words in EVENTS.items() for word in words.split(", ")}
_ANY_RIVAL = re.compile(
    r"(?:an?|any|the|its|their|another|other)?\s*(?:rival|competitor|other (?:logo|brand|sponsor)|(?:logo|brand) of a "
    r"rival|another (?:logo|brand|sponsor)|competing (?:logo|brand))s?(?:['’]s?)?(?: logos?| brands?| products?)?", re.I
)  # fmt: skip


def _read_names(words: str) -> tuple[str, ...] | None:
    """Names in a list, spelt as written; an empty tuple for "a rival's"; None if there is none."""
    if _ANY_RIVAL.fullmatch(words.strip()):
        return ()
    names = [re.sub(r"['’]s(?: logo)?$| logo$", "", name).strip() for name in re.split(_AND, words) if name.strip()]
    return tuple(names) or None


_AND = re.compile(r"\s*(?:,|/|\bor\b|\band\b|\bnor\b)\s*", re.I)


def _list(words: str) -> list[str]:
    return [re.sub(r"^(?:a|an|any|the) ", "", word.lower()) for word in re.split(_AND, words.strip()) if word]


def _number(word: str) -> Fraction:
    return Fraction(_NUMBERS.get(word.lower()) or word)
