"""A template and a table give one brief a row, and every character of it is traceable."""

from __future__ import annotations

import csv
import io
import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondunit_bridge.errors import BadInput, TooLarge
from secondunit_engine.script.brief import Brief
from secondunit_engine.script.rows import MOST_ROWS, read_table
from secondunit_engine.script.table import FilledRow, fill_rows, fill_template

TEASER = Brief("Arena at night. {team} beat {rival} {score}. Close up.", "prompt", "teaser")
TABLE = "team,rival,score\nOwls,Foxes,3-1\nCrows,Jays,2-2\n"


def test_one_brief_a_row_named_after_it() -> None:
    filling = fill_template(TEASER, TABLE, "games.csv")
    assert [(brief.name, brief.text) for brief in filling.briefs] == [
        ("teaser Owls", "Arena at night. Owls beat Foxes 3-1. Close up."),
        ("teaser Crows", "Arena at night. Crows beat Jays 2-2. Close up."),
    ]
    assert filling.notes == ()


def test_rows_that_begin_alike_are_named_by_more_cells() -> None:
    filling = fill_template(TEASER, "team,rival,score\nOwls,Foxes,1\nOwls,Jays,1\n")
    assert [brief.name for brief in filling.briefs] == ["teaser Owls Foxes", "teaser Owls Jays"]
    same = fill_template(TEASER, "team,rival,score\nOwls,Jays,1\nOwls,Jays,1\n")
    assert [brief.name for brief in same.briefs] == ["teaser Owls 1", "teaser Owls 2"]


def test_a_name_column_names_the_briefs_and_is_safe_in_a_path() -> None:
    filling = fill_template(TEASER, "Name,team,rival,score\n../etc/pass wd,Owls,Foxes,1\n")
    assert filling.briefs[0].name == "teaser etc pass wd"


def test_csv_and_json_give_the_same_briefs() -> None:
    rows = [{"team": "Owls", "rival": "Foxes", "score": "3-1"}, {"team": "Crows", "rival": "Jays", "score": "2-2"}]
    assert fill_template(TEASER, json.dumps(rows), "games.json") == fill_template(TEASER, TABLE, "games.csv")


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_spreadsheets_of_every_country_are_read(mark: str, end: str, start: str) -> None:
    text = start + TABLE.replace(",", mark).replace("\n", end)
    assert read_table(text, "games.csv").rows == (("Owls", "Foxes", "3-1"), ("Crows", "Jays", "2-2"))


def test_excel_may_name_its_delimiter_and_leave_empty_columns() -> None:
    assert read_table("sep=;\na;b;;\n1;2;;\n\n;;;\n").rows == (("1", "2"),)


def test_fields_do_not_mind_case_spaces_or_underscores() -> None:
    filling = fill_template(Brief("{HOME_TEAM} wins", "prompt"), "Home Team\nOwls\n")
    assert filling.briefs[0].text == "Owls wins"


def test_numbers_keep_their_digits_and_formulas_are_text() -> None:
    rows = '[{"a": 2.50, "b": 12345678901234567890, "c": "=SUM(A1)", "d": true, "e": null}]'
    filling = fill_template(Brief("{a} {b} {c} {d}{e}", "prompt"), rows)
    assert filling.briefs[0].text == "2.50 12345678901234567890 =SUM(A1) true"
    assert filling.notes == ("Row 1, column e: the cell is empty, so nothing stands there.",)


def test_what_was_not_used_is_said() -> None:
    filling = fill_template(Brief("{a} walks } away", "prompt"), "a,b,c\nMara,1,2\n")
    assert filling.briefs[0].text == "Mara walks } away"
    assert filling.notes == (
        "The template does not use the columns b, c.",
        "Line 1 of the template has a brace that is no field: it stays as it is.",
    )


def test_a_field_in_a_cell_is_not_filled() -> None:
    """A cell cannot reach for another cell."""
    filling = fill_template(Brief("{a} and {b}", "prompt"), 'a,b\n{b},"x {a}"\n')
    assert filling.briefs[0].text == "{b} and x {a}"
    assert [note for note in filling.notes if "braces" in note] == [
        "Row 1, column a: its braces are text, not a field.",
        "Row 1, column b: its braces are text, not a field.",
    ]


def test_doubled_braces_are_text() -> None:
    assert fill_template(Brief("{{a}} is {a}", "prompt"), "a\nx\n").briefs[0].text == "{a} is x"


def test_a_cell_that_changes_the_screenplay_is_said() -> None:
    template = Brief("INT. ARENA - NIGHT\n\n{team} enters.\n\n{line}\n", "fountain")
    table = 'team,line\nOwls,He waits.\n"Owls /*",He waits */.\n"A\n\nINT. B",Ok.\nOwls,INT. VAULT - DAY\n'
    filling = fill_template(template, table)
    assert filling.briefs[2].text == "INT. ARENA - NIGHT\n\nA INT. B enters.\n\nOk.\n"
    assert filling.notes == (
        "Row 2: its cells change how the screenplay reads (headings, cues, notes).",
        "Row 3, column team: its line breaks became spaces.",
        "Row 4: its cells change how the screenplay reads (headings, cues, notes).",
    )


def test_sponsors_rules_are_filled_too() -> None:
    template = Brief("{team} walk.", "prompt", rules="{sponsor}: logo on screen at least 2 s")
    filling = fill_template(template, "team,sponsor\nOwls,ACME\n")
    assert filling.briefs[0].rules == "ACME: logo on screen at least 2 s"
    assert filling.notes == ()


@pytest.mark.parametrize(
    ("table", "name", "says"),
    [
        ("team\nOwls\n", "", r"field \{rival\}"),
        ("team,rival,score\nOwls,Foxes\n", "", "Row 1 ends before the column score"),
        ("team,rival,score\nOwls,Foxes,1,2\n", "", "Row 1 has more cells"),
        ("team,Team,score\nOwls,Foxes,1\n", "", "column Team twice"),
        ("team,,score\nOwls,Foxes,1\n", "", "Column 2 of the table has no name"),
        ('team,rival,score\n"Owls,Foxes,1\n', "", "Line 2 of the table is broken"),
        ("team,rival,score\n", "", "no rows"),
        (" \n", "", "empty"),
        ("[]", "t.json", "no rows"),
        ("{}", "t.json", "not a list"),
        ("[1]", "t.json", "Row 1 of the table is not an object"),
        ('[{"team": "a"}, {"rival": "b"}]', "t.json", "Row 1 has no column rival"),
        ('[{"team": ["a"]}]', "t.json", "Row 1, column team"),
        ('[{"team": NaN}]', "t.json", "NaN"),
        ('[{"team": 1, "team": 2}]', "t.json", "column team twice"),
        ('[{"team": 1,]', "t.json", "Line 1 of the table is broken"),
        ("[" * 100_000, "t.json", "nested too deeply|broken"),
        ("team,rival,score\nOw\x00ls,Foxes,1\n", "", "Row 1 of the table: The brief is not text|Line 2"),
    ],
)  # fmt: skip
def test_faults_name_the_place(table: str, name: str, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        fill_template(TEASER, table, name)


@pytest.mark.parametrize(
    "table",
    [
        "team,rival,score\n" + "a,b,c\n" * (MOST_ROWS + 1),
        "team,rival,score\n" + "a" * 10_001 + ",b,c\n",
        ",".join(f"c{number}" for number in range(101)) + "\n",
        "a\n" + "x" * 1_000_001,
        json.dumps([{"team": "a"}] * (MOST_ROWS + 1)),
    ],
)  # fmt: skip
def test_limits_are_stated(table: str) -> None:
    with pytest.raises(TooLarge):
        fill_template(TEASER, table)


def test_a_small_table_cannot_grow_without_end() -> None:
    template = Brief("{a}" * 2000, "prompt")
    with pytest.raises(TooLarge, match="at row 1"):
        fill_template(template, "a\n" + "x" * 9000 + "\n")


def test_a_template_without_fields_and_an_fdx_are_refused() -> None:
    with pytest.raises(BadInput, match="no field"):
        fill_template(Brief("Nothing here", "prompt"), TABLE)
    with pytest.raises(BadInput, match="FDX"):
        fill_template(Brief("<FinalDraft>{team}</FinalDraft>", "fdx"), TABLE)


def check_tiles(template: Brief, row: FilledRow, cells: dict[str, str]) -> None:
    """The pieces tile the text, and each says what stands at its source."""
    edges = [0, *(piece.end for piece in row.pieces)]
    assert edges[-1] == len(row.brief.text)
    assert [piece.start for piece in row.pieces] == edges[:-1]
    assert all(a < b for a, b in pairwise(edges))
    for piece in row.pieces:
        said = row.brief.text[piece.start : piece.end]
        if piece.column:
            assert said == cells[piece.column]
        else:
            assert said == template.text[piece.source : piece.source + len(said)]


_CELL = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), max_size=12)
_PARTS = st.lists(st.sampled_from(["{a}", "{b}", "{{", "}}", "word ", "é ", "中 ", "\n", "}"]), min_size=1, max_size=12)


@given(_PARTS, st.lists(st.tuples(_CELL, _CELL), min_size=1, max_size=4))
def test_every_character_is_traceable(parts: list[str], rows: list[tuple[str, str]]) -> None:
    template = Brief("x{a}" + "".join(parts), "prompt")
    file = io.StringIO()
    csv.writer(file).writerows([("a", "b"), *((f"a{a}", f"b{b}") for a, b in rows)])
    filled, _ = fill_rows(template, file.getvalue(), "t.csv")
    assert len(filled) == len(rows)
    for row, (a, b) in zip(filled, rows, strict=True):
        clean = {"a": " ".join(f"a{a}".splitlines()).strip(), "b": " ".join(f"b{b}".splitlines()).strip()}
        check_tiles(template, row, clean)


@given(st.text(max_size=80))
def test_no_table_crashes(text: str) -> None:
    """Any text is a table or is refused with a reason."""
    for name in ("t.csv", "t.json", ""):
        try:
            table = read_table(text, name)
        except BadInput:
            continue
        assert table.rows
        assert all(len(row) == len(table.columns) for row in table.rows)
