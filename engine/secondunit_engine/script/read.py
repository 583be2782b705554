"""From a brief to a script: scenes and beats in the order told, and the ledger of every word."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from itertools import pairwise

from secondunit_bridge.door import check_brief
from secondunit_engine.script.brief import Beat, BeatKind, Brief, OwnProp, Script, ScriptScene, Span, Status
from secondunit_engine.script.fdx import read_fdx
from secondunit_engine.script.fountain import read_fountain
from secondunit_engine.script.local_model import find_local_model, refine
from secondunit_engine.script.names import find_names
from secondunit_engine.script.own_props import with_own
from secondunit_engine.script.prompt import Found, understand, write_ledger
from secondunit_engine.script.screenplay import read_screenplay
from secondunit_engine.script.setting import choose_place, fit_to_place
from secondunit_engine.script.suggest import suggest

_SPEECH = re.compile(r"\"[^\"\n]*\"|“[^”\n]*”")
_CLAUSE_END = re.compile(r"[,;.!?:]+(?=\s|$)|\n+|\s+(?=(?:while|then|and then|as)\s)", re.I)

_NOBODY = "nobody is named who could do it: it does not happen"


def read_brief(brief: Brief, own: tuple[OwnProp, ...] = ()) -> Script:
    """Read a prompt, a Fountain screenplay or an FDX screenplay; its words may call things of its project's library.

    Raises BadInput if there is nothing to shoot in it, TooLarge over a megabyte of text.
    """
    checked = check_brief(brief.text, brief.name, brief.kind)
    if checked.kind == "fountain":
        return read_screenplay(brief.text, read_fountain(brief.text), brief.name, own)
    if checked.kind == "fdx":
        return read_screenplay(brief.text, read_fdx(brief.text), brief.name, own)
    return _read_prompt(brief, own)


def _read_prompt(brief: Brief, own: tuple[OwnProp, ...]) -> Script:
    """A prompt is one scene; each clause is a beat."""
    found = understand(brief.text, with_own(find_names((), (brief.text,)), own))
    if model := find_local_model(os.environ):
        found = refine(brief.text, found, model)
    found = fit_to_place(brief.text, found, choose_place((), found)[0])
    clauses = _split_clauses(brief.text)
    beats = tuple(_clause_beat(brief.text, span, found, number) for number, span in enumerate(clauses, 1))
    scene = ScriptScene(
        id="sc010",
        number="1",
        heading="",
        span=Span(0, len(brief.text)),
        interior=None,
        place=next((item.text for item in found if item.facet == "place"), ""),
        time_of_day=next((item.value for item in found if item.facet == "time"), ""),
        beats=beats,
    )
    ledger = write_ledger(brief.text, suggest(_say_who_is_missing(found)))
    return Script(brief.name or _title(brief.text), (scene,), ledger, own)


def _split_clauses(text: str) -> list[Span]:
    """The clauses of a prompt, parted by punctuation and by "while", "then", "as"; speech stands alone."""
    speeches = [match.span() for match in _SPEECH.finditer(text)]
    cuts = {0, len(text)}.union(*speeches)
    for match in _CLAUSE_END.finditer(text):
        if not any(start < match.end() < end for start, end in speeches):
            cuts.add(match.end())
    spans: list[Span] = []
    for start, end in pairwise(sorted(cuts)):
        piece = text[start:end]
        left = start + len(piece) - len(piece.lstrip(" \t\r\n,;.!?:"))
        right = start + len(piece.rstrip(" \t\r\n,;:"))
        if right > left:
            spans.append(Span(left, right))
    return spans


def _clause_beat(text: str, span: Span, found: tuple[Found, ...], number: int) -> Beat:
    inside = [item for item in found if span.start <= item.start < span.end]
    speech = next((item for item in inside if item.facet == "speech"), None)
    people = [item for item in found if item.facet == "person"]
    earlier = [item for item in people if item.start < span.start]
    speaker = earlier[-1].value if earlier else people[0].value if people else ""
    kind: BeatKind = "dialogue" if speech else "action"
    words = speech.value if speech else text[span.start : span.end]
    return Beat(f"sc010.b{number:02d}", kind, words, span, character=speaker if speech else "")


def _say_who_is_missing(found: tuple[Found, ...]) -> tuple[Found, ...]:
    """For the ledger: in a prompt that names nobody and nothing that acts, its verbs are nobody's."""
    if any(item.facet in ("person", "prop", "air") for item in found):
        return found
    return tuple(
        replace(item, sense=replace(item.sense, status=Status.NOT_UNDERSTOOD, meaning=_NOBODY))
        if item.facet == "verb"
        else item
        for item in found
    )


def _title(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:57].rstrip() + "..."
