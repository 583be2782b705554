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
        ("parenthetical", "quietly"),
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


BOMB = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "text",
    [
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "boom">{BOMB}]><FinalDraft>&e9;</FinalDraft>',
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><FinalDraft>&e;</FinalDraft>',
        '<!DOCTYPE FinalDraft SYSTEM "http://example.com/evil.dtd"><FinalDraft/>',
        '<!DOCTYPE FinalDraft><FinalDraft/>',
        '<FinalDraft><!ENTITY % e "x"></FinalDraft>',
    ],
)  # fmt: skip
def test_entity_bombs_and_document_types_are_refused(text: str) -> None:
    """Before anything is parsed: nothing is expanded, nothing is fetched."""
    with pytest.raises(BadInput, match="entities"):
        read_fdx(text)


def test_an_entity_nobody_declared_is_refused() -> None:
    with pytest.raises(BadInput, match="undefined entity"):
        read_fdx(FDX.replace("Café", "Caf&eacute;"))


def test_ten_thousand_open_elements_are_read_without_recursion() -> None:
    inner = "<a>" * 100_000 + "</a>" * 100_000
    assert read_fdx(f"<FinalDraft><Content>{inner}</Content></FinalDraft>") == ()


RICH = """\ufeff<?xml version="1.0" encoding="UTF-8" standalone="no" ?>
<FinalDraft DocumentType="Script" Template="No" Version="5">
<Content>
<Paragraph Number="12A" Type="Scene Heading"><SceneProperties Length="1/8" Page="1" Title="">
<Summary><Paragraph Alignment="Left"><Text>They meet.</Text></Paragraph></Summary></SceneProperties>
<Text>INT. LIBRARY - DAY</Text></Paragraph>
<Paragraph Type="Action"><ScriptNote ID="1"><Paragraph><Text>ask VFX</Text></Paragraph></ScriptNote>
<Text RevisionID="2">MARA &amp; </Text><Text Style="Bold" TagNumber="7">ELIAS</Text><Text> wait&#x2026;</Text>
</Paragraph>
<Paragraph><DualDialogue>
<Paragraph Type="Character"><Text>MARA</Text></Paragraph>
<Paragraph Type="Parenthetical"><Text>(so</Text><Text Style="Italic">ftly)</Text></Paragraph>
<Paragraph Type="Dialogue"><Text>No.</Text></Paragraph>
<Paragraph Type="Character"><Text>ELIAS (V.O.)</Text></Paragraph>
<Paragraph Type="Dialogue"><Text><![CDATA[Yes & no.]]></Text></Paragraph>
</DualDialogue></Paragraph>
<Paragraph Type="Character"><Text>MARA</Text></Paragraph>
<Paragraph Type="Dialogue"><Text>  </Text></Paragraph>
<Paragraph Type="Scene Heading"><Text>OMITTED</Text><OmittedScene>
<Paragraph Type="Scene Heading"><Text>INT. GONE - DAY</Text></Paragraph></OmittedScene></Paragraph>
<Paragraph Type="Unheard Of"><Text>\u05e9\u05dc\u05d5\u05dd \u4f60\u597d</Text></Paragraph>
</Content>
<TagData><Tags><Tag><Label>not a word of the script</Label></Tag></Tags></TagData>
<TitlePage><Content><Paragraph><Text> </Text></Paragraph>
<Paragraph><Text>THE RELIC</Text></Paragraph><Paragraph><Text>by nobody</Text></Paragraph></Content></TitlePage>
</FinalDraft>
"""


def test_all_that_final_draft_writes_is_read() -> None:
    """Summaries, script notes, revisions, tags, several runs, dual dialogue, omitted scenes, the title page."""
    elements = read_fdx(RICH)
    assert [(e.kind, e.content, e.number, e.extension, e.dual) for e in elements] == [
        ("synopsis", "They meet.", "", "", False),
        ("scene heading", "INT. LIBRARY - DAY", "12A", "", False),
        ("note", "ask VFX", "", "", False),
        ("action", "MARA & ELIAS wait\u2026", "", "", False),
        ("character", "MARA", "", "", False),
        ("parenthetical", "softly", "", "", False),
        ("dialogue", "No.", "", "", False),
        ("character", "ELIAS", "", "V.O.", True),
        ("dialogue", "Yes & no.", "", "", False),
        ("character", "MARA", "", "", False),
        ("scene heading", "OMITTED", "", "", False),
        ("boneyard", "INT. GONE - DAY", "", "", False),
        ("action", "\u05e9\u05dc\u05d5\u05dd \u4f60\u597d", "", "", False),
        ("title page", "THE RELIC", "Title", "", False),
        ("title page", "by nobody", "", "", False),
    ]


def test_spans_of_runs_and_entities_are_those_of_the_file() -> None:
    elements = read_fdx(RICH)
    said = {element.content: element for element in elements}
    action = said["MARA & ELIAS wait\u2026"]
    assert RICH[action.start : action.end] == (
        'MARA &amp; </Text><Text Style="Bold" TagNumber="7">ELIAS</Text><Text> wait&#x2026;'
    )
    for content, word in (("MARA & ELIAS wait\u2026", "ELIAS"), ("softly", "ly"), ("Yes & no.", "no")):
        at = content.index(word)
        span = said[content].locate(at, at + len(word))
        assert RICH[span.start : span.end] == word
    assert RICH[said["softly"].locate(0, 1).start] == "s"


def test_ledger_of_a_rich_file_has_no_hole() -> None:
    at = 0
    for entry in read_brief(Brief(RICH, "fdx")).ledger:
        assert entry.text == RICH[entry.start : entry.end]
        assert not RICH[at : entry.start].strip("\ufeff \n")
        at = entry.end
    assert not RICH[at:].strip()


def test_a_rich_file_becomes_scenes_under_its_title() -> None:
    script = read_brief(Brief(RICH, "fdx"))
    assert script.title == "THE RELIC"
    assert [(scene.number, scene.heading) for scene in script.scenes] == [
        ("12A", "INT. LIBRARY - DAY"), ("2", "OMITTED"),
    ]  # fmt: skip
    assert [(beat.kind, beat.character, beat.parenthetical) for beat in script.scenes[0].beats] == [
        ("action", "", ""), ("dialogue", "MARA", "softly"), ("dialogue", "ELIAS", ""),
    ]  # fmt: skip


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
