"""FDX: the same elements as Final Draft shows, with the place of every word in the file."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from screenplay_tools.fdx.parser import Parser
from screenplay_tools.screenplay import ElementType

from secondunit_bridge.errors import BadInput
from secondunit_engine.script.brief import Brief
from secondunit_engine.script.fdx import read_fdx
from secondunit_engine.script.read import read_brief

FDX = """<?xml version="1.0" encoding="UTF-8" standalone="no" ?>
<FinalDraft DocumentType="Script" Template="No" Version="5">
<Content>
<Paragraph Number="1" Type="Scene Heading"><Text>INT. ANCIENT LIBRARY - DAY</Text></Paragraph>
<Paragraph Type="Action"><Text>MARA (30s) opens the relic &amp; waits. Café.</Text></Paragraph>
<Paragraph Type="Character"><Text>MARA (O.S.)</Text></Paragraph>
<Paragraph Type="Parenthetical"><Text>(quietly)</Text></Paragraph>
<Paragraph Type="Dialogue"><Text>It is open.</Text></Paragraph>
<Paragraph Type="Transition"><Text>CUT TO:</Text></Paragraph>
</Content>
</FinalDraft>
"""


def test_elements_of_a_scene() -> None:
    elements = read_fdx(FDX)
    assert [(element.kind, element.content) for element in elements] == [
        ("scene heading", "INT. ANCIENT LIBRARY - DAY"),
        ("action", "MARA (30s) opens the relic & waits. Café."),
        ("character", "MARA"),
        ("parenthetical", "(quietly)"),
        ("dialogue", "It is open."),
        ("transition", "CUT TO:"),
    ]
    assert elements[0].number == "1"
    assert elements[2].extension == "O.S."


def test_words_are_found_where_they_stand_in_the_file() -> None:
    action = read_fdx(FDX)[1]
    for word in ("MARA", "relic", "waits", "Café"):
        at = action.content.index(word)
        span = action.locate(at, at + len(word))
        assert FDX[span.start : span.end] == word


def test_agrees_with_screenplay_tools() -> None:
    """Where every paragraph has one text run, the library reads the same."""
    kinds = {
        ElementType.HEADING: "scene heading", ElementType.ACTION: "action", ElementType.CHARACTER: "character",
        ElementType.DIALOGUE: "dialogue", ElementType.PARENTHETICAL: "parenthetical",
        ElementType.TRANSITION: "transition",
    }  # fmt: skip
    theirs = Parser().parse(FDX).elements
    assert [kinds[element.type] for element in theirs] == [element.kind for element in read_fdx(FDX)]


def test_styled_runs_of_a_paragraph_are_all_kept() -> None:
    """screenplay-tools keeps the first run only."""
    styled = FDX.replace("opens the relic", 'opens </Text><Text Style="Bold">the relic</Text><Text>')
    assert read_fdx(styled)[1].content == "MARA (30s) opens the relic & waits. Café."


@pytest.mark.parametrize("text", [FDX, FDX.replace("opens the relic", "opens </Text><Text>the relic")])
def test_ledger_covers_the_file(text: str) -> None:
    """Words are read; markup between them is said to be markup."""
    script = read_brief(Brief(text, "fdx"))
    at = 0
    for entry in script.ledger:
        assert entry.text == text[entry.start : entry.end]
        assert not text[at : entry.start].strip()
        at = entry.end
    assert not text[at:].strip()
    assert any(entry.text.startswith("relic") and "relic" in entry.meaning for entry in script.ledger) or any(
        "relic" in entry.text and entry.meaning == "prop: relic" for entry in script.ledger
    )


def test_entity_bombs_are_refused() -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><FinalDraft>&b;</FinalDraft>'
    with pytest.raises(BadInput, match="entities"):
        read_fdx(bomb)


@pytest.mark.parametrize("text", ["<FinalDraft><Content>", "<html></html>", "not xml", FDX[:300]])
def test_broken_files_are_refused_with_a_reason(text: str) -> None:
    with pytest.raises(BadInput):
        read_fdx(text)


@settings(max_examples=50)
@given(st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=40))
def test_any_words_survive(words: str) -> None:
    escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    elements = read_fdx(f"<FinalDraft><Content><Paragraph><Text>{escaped}</Text></Paragraph></Content></FinalDraft>")
    assert [element.content for element in elements] == ([words] if words.strip() else [])
