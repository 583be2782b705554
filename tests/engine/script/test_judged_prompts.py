"""The published judgements: precise by their own figures, free of the prompts' text, and still today's reading."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from benchmarks.judged import JUDGED, SAMPLE, claimed_spans, load_judged, precision, sense_name
from benchmarks.prompt_sets import load_prompts
from benchmarks.prompts import FOLDER


@pytest.mark.parametrize("shown_only", [False, True], ids=["claimed", "shown"])
def test_spans_of_the_sample_are_bound_right(shown_only: bool) -> None:
    """At least 85% of the spans are right, of all whose sense we claim and of those that are bound or stood in."""
    judged = precision(load_judged(), shown_only)
    assert judged.spans > 200
    assert judged.right >= 0.85


def test_absurd_stand_ins_are_rare() -> None:
    """Under 3% of the sample's prompts hold one."""
    absurd = [prompt for prompt in load_judged() if any(span.verdict == "absurd" for span in prompt.spans)]
    assert len(absurd) < 0.03 * SAMPLE


def test_the_sample_is_held_out_and_without_text() -> None:
    """A prompt is named by its digest, whose first digit says it is held out; no span quotes the prompt."""
    prompts = load_judged()
    assert len({prompt.digest for prompt in prompts}) == SAMPLE
    assert all(int(prompt.digest[0], 16) % 2 for prompt in prompts)
    rows = json.loads(JUDGED.read_text("utf-8"))
    assert {key for row in rows for key in row} == {"set", "index", "sha256", "spans"}
    for prompt in prompts:
        for span in prompt.spans:
            assert span.verdict in ("right", "wrong", "absurd")
            assert re.fullmatch(r"[a-z]+(:[\w .é'-]*)*", span.value), span.value


def test_todays_reading_is_the_judged_one() -> None:
    """Whoever changes the reading of a judged prompt judges it again."""
    folder = os.environ.get(FOLDER)
    texts = {prompt.digest: prompt.text for prompt in load_prompts(Path(folder) if folder else None)}
    here = [prompt for prompt in load_judged() if prompt.digest in texts]
    if not here:
        pytest.skip(f"the public prompt sets are not here; name their folder in {FOLDER}")
    for prompt in here:
        read = [(i.start, i.end, sense_name(i), i.sense.status.value) for i in claimed_spans(texts[prompt.digest])]
        judged = [(span.start, span.end, span.value, span.status) for span in prompt.spans]
        assert read == judged, f"{prompt.data_set} {prompt.index}: judge it again in {JUDGED.name}"
