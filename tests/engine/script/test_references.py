"""Pronouns look back over what was mentioned; what is kept of it does not grow with the text."""

from __future__ import annotations

import time

from secondunit_engine.script.binding import bind
from secondunit_engine.script.names import find_names
from secondunit_engine.script.prompt import understand

_STORY = (
    "A woman and a man stand by a red car. They look at it. She opens its door. He sits. "
    "Two dogs run. They jump. The former barks. A person drops their lantern. It breaks. "
)


def meant(text: str) -> list[tuple[str, list[str]]]:
    found = understand(text, find_names((), (text,)))
    binding = bind(text, found)
    named = [found[thing.head].text for thing in binding.things]
    return [(found[each.at].text, [named[thing] for thing in each.things]) for each in binding.references]


def test_what_was_mentioned_pages_ago_gives_way_to_what_was_mentioned_last() -> None:
    once = meant(_STORY)
    assert once[:5] == [
        ("They", ["woman", "man"]),
        ("it", ["car"]),
        ("She", ["woman"]),
        ("its", ["car"]),
        ("He", ["man"]),
    ]
    assert ("They", ["dogs"]) in once
    assert meant(_STORY * 8)[-len(once) :] == meant(_STORY * 2)[-len(once) :]


def test_a_long_text_takes_linear_time() -> None:
    """Eight times the text takes about eight times as long; sixty-four times would be quadratic."""
    text = "A dog runs. She sees it. "
    words = [(each, understand(each, {})) for each in (text * 400, text * 3200)]
    costs: list[float] = []
    for each, found in words:
        start = time.process_time()
        assert bind(each, found).references
        costs.append(time.process_time() - start)
    assert costs[1] < 20 * costs[0] + 0.2
