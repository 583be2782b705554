"""What performers are owed adds up, at the rate that held, and is never edited."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from secondunit_bridge.cut import Cut, Mix, Segment, Source
from secondunit_bridge.errors import BadInput, NotFound, NotReady
from secondunit_bridge.timing import Rate
from secondunit_engine.deliver import frames_of_people
from secondunit_engine.provenance.ledger import read_ledger
from secondunit_engine.provenance.manifest import Manifest, Person, write_manifest
from secondunit_engine.provenance.performers import Performer, Vault, register
from secondunit_engine.provenance.royalties import (
    as_csv,
    enter_uses,
    reverse,
    set_rate,
    statement,
    totals,
    write_pdf,
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("ava", "bo"):
        register(tmp_path, Performer(name, (name.upper(),), "3b" * 32), {}, Vault(tmp_path, tmp_path / "state"))
    return tmp_path


def test_a_use_is_paid_at_the_rate_that_held_and_only_once(project: Path) -> None:
    set_rate(project, "ava", "12.50", "EUR")
    enter_uses(project, "cut.mov", "ab", {"ava": 48, "bo": 24}, Rate(24))
    set_rate(project, "ava", "20", "EUR")
    enter_uses(project, "cut.mov", "ab", {"ava": 48, "bo": 24}, Rate(24))
    enter_uses(project, "again.mov", "cd", {"ava": 1}, Rate(24000, 1001))
    lines = [(use.performer, use.delivery, use.seconds, use.amount, use.version) for use in statement(project)]
    assert lines == [
        ("ava", "cut.mov", "2/1", "25.00", 1),
        ("bo", "cut.mov", "1/1", "0.00", 0),  # no rate was set: the use is on record all the same
        ("ava", "again.mov", "1001/24000", "0.83", 2),
    ]
    assert totals(statement(project, "ava")) == {("ava", "EUR"): Decimal("25.83")}


def test_a_mistake_is_undone_by_a_row_and_only_once(project: Path) -> None:
    set_rate(project, "ava", "10", "EUR")
    (row,) = enter_uses(project, "cut.mov", "ab", {"ava": 24}, Rate(24))
    before = read_ledger(project)
    undone = reverse(project, row.number, by="A. Name", reason="delivered twice")
    assert read_ledger(project)[: len(before)] == before
    assert totals(statement(project)) == {("ava", "EUR"): Decimal(0)}
    with pytest.raises(NotReady):
        reverse(project, row.number, by="A. Name", reason="again")
    with pytest.raises(NotFound):
        reverse(project, undone.number, by="A. Name", reason="back again")
    with pytest.raises(BadInput):
        reverse(project, enter_uses(project, "b.mov", "cd", {"ava": 24}, Rate(24))[0].number, by="", reason="x")


@pytest.mark.parametrize(("rate", "currency"), [("-1", "EUR"), ("NaN", "EUR"), ("a lot", "EUR"), ("1", "euro")])
def test_what_is_no_rate_is_refused(project: Path, rate: str, currency: str) -> None:
    with pytest.raises(BadInput):
        set_rate(project, "ava", rate, currency)
    with pytest.raises(NotFound):
        set_rate(project, "nobody", "1", "EUR")


def test_a_statement_is_csv_without_formulas_and_a_pdf_of_the_same_bytes(project: Path) -> None:
    set_rate(project, "ava", "10", "EUR")
    (row,) = enter_uses(project, "=cut.mov", "ab", {"ava": 24}, Rate(24))
    reverse(project, row.number, by="A. Name", reason="=HYPERLINK()")
    rows = list(csv.DictReader(io.StringIO(as_csv(statement(project)))))
    assert [(each["delivery"], each["frames"], each["amount"]) for each in rows] == [
        ("'=cut.mov", "24", "10.00"),
        ("'=cut.mov", "-24", "-10.00"),
    ]
    for name in ("a.pdf", "b.pdf"):
        write_pdf(statement(project), project / name, "Uses")
    assert (project / "a.pdf").read_bytes().startswith(b"%PDF")
    assert (project / "a.pdf").read_bytes() == (project / "b.pdf").read_bytes()


def test_a_cut_counts_each_frame_once_for_each_person(project: Path, manifest: Manifest) -> None:
    paths = {}
    for name, people in (("a", ("ava",)), ("b", ("ava", "bo")), ("c", ())):
        folder = project / name
        folder.mkdir()
        recipe = replace(manifest.recipe, people=tuple(Person(each, ()) for each in people))
        write_manifest(folder / "manifest.json", Manifest(recipe))
        paths[name] = Source(folder / "picture.mov", Fraction(0), Fraction(1), Rate(24), Fraction(1), name)
    mix = Mix(paths["a"], paths["b"], Fraction(0), 8)
    picture = (
        Segment(0, 24, paths["a"]), Segment(24, 8, mix), Segment(32, 10, paths["b"]), Segment(42, 5, paths["c"]),
        Segment(47, 3, None),
    )  # fmt: skip
    assert frames_of_people(Cut(Rate(24), 0, 50, picture, (), True)) == {"ava": 42, "bo": 18}
