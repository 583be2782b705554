"""How much of the public prompts is understood, on the half we tuned on and on the half we never looked at.

Nouns and verbs are found by TextBlob's tagger (`pip install textblob`), which knows nothing of our vocabulary. A token
is *known* if its sense is, and *shown* if something in the picture stands for it (bound or stood in).
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.prompt_sets import Prompt, load_prompts
from benchmarks.table import Row
from secondunit_bridge.errors import NotReady
from secondunit_engine.script.brief import Status
from secondunit_engine.script.prompt import understand, write_ledger

FOLDER = "SECONDUNIT_PROMPTS"
_PARTS = {"N": "nouns", "V": "verbs", "J": "adjectives"}


@dataclass
class Tally:
    """Tokens of one part of speech."""

    tokens: int = 0
    known: int = 0
    shown: int = 0


def measure() -> list[Row]:
    """Both halves: tokens known and shown by part of speech, spans unreported, and prompts a second."""
    folder = os.environ.get(FOLDER)
    prompts = load_prompts(Path(folder) if folder else None)
    if not prompts:
        mend = "install the wheels vbench and vbench2, or name a folder that holds them with --prompts"
        return [Row(f"public prompts: none are here; {mend}", "not measured", "")]
    rows: list[Row] = []
    for half, held in (("tuned", False), ("held out", True)):
        chosen = [prompt for prompt in prompts if prompt.held_out is held]
        for part, tally in tally_parts(chosen).items():
            bar = "> 70" if part == "nouns" else ""
            known, shown = (100 * count / max(1, tally.tokens) for count in (tally.known, tally.shown))
            rows.append(Row(f"{half}: {part} whose sense is known ({tally.tokens:,})", f"{known:.1f}", "%", bar))
            rows.append(Row(f"{half}: {part} shown, bound or stood in", f"{shown:.1f}", "%"))
        rows.append(Row(f"{half}: characters in no span ({len(chosen):,} prompts)", f"{_unreported(chosen)}", "", "0"))
    start = time.process_time()
    for prompt in prompts:
        understand(prompt.text)
    rows.append(Row("prompts understood", f"{len(prompts) / (time.process_time() - start):,.0f}", "a cpu-s"))
    return rows


def tally_parts(prompts: Iterable[Prompt]) -> dict[str, Tally]:
    """How many tokens of each part of speech are known and shown."""
    tallies = {name: Tally() for name in _PARTS.values()}
    for prompt in prompts:
        found = understand(prompt.text)
        for start, end, tag in tag_words(prompt.text):
            if tag[0] not in _PARTS:
                continue
            item = next((item for item in found if item.start < end and start < item.end), None)
            tally = tallies[_PARTS[tag[0]]]
            tally.tokens += 1
            tally.known += item is not None and item.facet != "unknown"
            tally.shown += item is not None and item.sense.status in (Status.BOUND, Status.STAND_IN)
    return tallies


def tag_words(text: str) -> list[tuple[int, int, str]]:
    """Start, end and Penn tag of each word of a text."""
    try:
        from textblob.en import tag  # pyright: ignore[reportMissingImports]
    except ImportError as error:
        raise NotReady("The tagger is not installed.", mend="pip install textblob") from error
    words: list[tuple[int, int, str]] = []
    at = 0
    for word, name in tag(text):
        start = text.find(word, at)
        if start >= 0 and word[0].isalpha():
            words.append((start, start + len(word), name))
            at = start + len(word)
    return words


def _unreported(prompts: Iterable[Prompt]) -> int:
    """Characters that are not white space and in no ledger entry."""
    missing = 0
    for prompt in prompts:
        marks = bytearray(len(prompt.text))
        for entry in write_ledger(prompt.text, understand(prompt.text)):
            marks[entry.start : entry.end] = b"\1" * (entry.end - entry.start)
        missing += sum(not mark and not char.isspace() for mark, char in zip(marks, prompt.text, strict=True))
    return missing
