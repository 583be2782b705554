"""Hand-judged readings of held-out prompts: which prompts are in the sample, what is judged, and how precise it was.

`tests/data/judged_prompts.json` holds the judgements without the prompts' text: a prompt is named by its set, index and
digest, a span by its characters. "Claimed" spans are those whose sense we say we know; of these, "shown" ones are bound
or stood in, so that something in the picture answers them. Joining words are not judged.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal

from benchmarks.prompt_sets import Prompt
from secondunit_engine.script.brief import Status
from secondunit_engine.script.prompt import understand
from secondunit_engine.script.senses import Found
from secondunit_engine.script.setting import choose_place, fit_to_place

JUDGED = Path(__file__).parent.parent / "tests" / "data" / "judged_prompts.json"
SAMPLE = 100
_SEED = "second unit, judged prompts, 1"

Verdict = Literal["right", "wrong", "absurd"]


@dataclass(frozen=True)
class JudgedSpan:
    """A span as read when it was judged: its sense ("thing:dog"), its status, and whether that is right. An absurd
    span is a wrong stand-in that nobody would accept."""

    start: int
    end: int
    value: str
    status: str
    verdict: Verdict


@dataclass(frozen=True)
class JudgedPrompt:
    data_set: str
    index: int
    digest: str
    spans: tuple[JudgedSpan, ...]


@dataclass(frozen=True)
class Precision:
    """Spans judged, the share that was right, and how many stand-ins were absurd."""

    spans: int
    right: float
    absurd: int


def choose_sample(prompts: Sequence[Prompt]) -> list[Prompt]:
    """A hundred held-out prompts, by the digest of a fixed seed and their own: the same whatever else is there."""
    held = [prompt for prompt in prompts if prompt.held_out]
    return sorted(held, key=lambda prompt: sha256((_SEED + prompt.digest).encode()).hexdigest())[:SAMPLE]


def claimed_spans(text: str) -> list[Found]:
    """The spans of a prompt whose sense we claim to know, as the plan reads them; a guess claims nothing."""
    found = understand(text)
    fitted = fit_to_place(text, found, choose_place((), found)[0])
    return [i for i in fitted if i.facet not in ("grammar", "unknown") and i.sense.status != Status.GUESSED]


def sense_name(item: Found) -> str:
    """A sense as the file spells it; a line of dialogue is not quoted."""
    return "speech" if item.facet == "speech" else f"{item.facet}:{item.value}"


def load_judged() -> list[JudgedPrompt]:
    rows = json.loads(JUDGED.read_text("utf-8"))
    return [
        JudgedPrompt(row["set"], row["index"], row["sha256"], tuple(JudgedSpan(*span) for span in row["spans"]))
        for row in rows
    ]


def precision(prompts: Sequence[JudgedPrompt], shown_only: bool) -> Precision:
    """Over all claimed spans, or over those that are bound or stood in."""
    shown = {Status.BOUND.value, Status.STAND_IN.value}
    spans = [span for prompt in prompts for span in prompt.spans if not shown_only or span.status in shown]
    right = sum(span.verdict == "right" for span in spans)
    return Precision(len(spans), right / max(1, len(spans)), sum(span.verdict == "absurd" for span in spans))
