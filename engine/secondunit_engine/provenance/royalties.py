"""What performers are owed: how long each is in a delivery, at the rate that held when it was made.

Rates and uses are rows of the ledger and are never edited: a new rate is a new version for what is delivered after it,
and a mistake is undone by a row of the opposite amount. Amounts are decimal, to the hundredth. What counts is every
frame of the delivery whose shot has the performer, whether or not they stand in view at that moment.

    set_rate(project, "ava", "12.50", "EUR")
    enter_uses(project, "cut.mov", manifest_hash, {"ava": 2040}, Rate(24))
    lines = statement(project, "ava")
    reverse(project, lines[0].row, by="A. Name", reason="delivered twice")
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path

from secondunit_bridge.errors import BadInput, NotFound, NotReady
from secondunit_bridge.timing import Rate
from secondunit_engine.provenance.ledger import Kind, Row, append, read_ledger
from secondunit_engine.provenance.performers import find_performer

_CENT = Decimal("0.01")
_MOST = Decimal(1_000_000)  # a second
_CURRENCY = re.compile(r"[A-Z]{3}")  # ISO 4217


@dataclass(frozen=True)
class Use:
    """One line of a statement; `seconds` is rational, such as "85/1", `version` is the rate's, 0 where none was set."""

    row: int
    time: str
    performer: str
    delivery: str
    frames: int
    seconds: str
    per_second: str
    currency: str
    version: int
    amount: str
    reverses: int = 0
    reason: str = ""


def set_rate(project: Path, performer: str, per_second: str, currency: str) -> Row:
    """A new version of a performer's rate, for uses from now on. Raises NotFound, BadInput."""
    find_performer(project, performer)
    try:
        rate = Decimal(per_second)
    except InvalidOperation:
        rate = Decimal(-1)
    if not rate.is_finite() or not 0 <= rate <= _MOST:
        raise BadInput(f"A rate cannot be {per_second}.", mend="Give an amount a second, such as 12.50.")
    if not _CURRENCY.fullmatch(currency):
        raise BadInput(f"“{currency}” is not a currency.", mend="Give its three letters, such as EUR.")
    version = sum(row.kind == Kind.RATE and row.body["performer"] == performer for row in read_ledger(project)) + 1
    body = {"performer": performer, "per_second": str(rate), "currency": currency, "version": version}
    return append(project, Kind.RATE, body)


def enter_uses(project: Path, delivery: str, manifest: str, frames: Mapping[str, int], rate: Rate) -> tuple[Row, ...]:
    """Enter how many frames of a delivery show each performer; a delivery that was entered is not entered twice."""
    rows = read_ledger(project)
    known = {row.body["performer"] for row in rows if row.kind == Kind.USAGE and row.body.get("manifest") == manifest}
    entered = []
    for performer, count in sorted(frames.items()):
        if performer in known or not count:
            continue
        seconds = Fraction(count) / rate.fraction
        card = _card(rows, performer)
        per_second = Decimal(str(card["per_second"])) if card else Decimal(0)
        amount = per_second * seconds.numerator / seconds.denominator
        body = {
            "performer": performer,
            "delivery": delivery,
            "manifest": manifest,
            "frames": count,
            "seconds": f"{seconds.numerator}/{seconds.denominator}",
            "per_second": str(per_second),
            "currency": card["currency"] if card else "",
            "version": card["version"] if card else 0,
            "amount": str(amount.quantize(_CENT, ROUND_HALF_EVEN)),
        }
        entered.append(append(project, Kind.USAGE, body))
    return tuple(entered)


def reverse(project: Path, row: int, *, by: str, reason: str) -> Row:
    """Take a use back with a row of the opposite amount. Raises NotFound, NotReady, BadInput without a name."""
    uses = {use.row: use for use in statement(project)}
    if row not in uses or uses[row].reverses:
        raise NotFound(f"Row {row} is not a use.", mend="See: secondunit royalties")
    if any(use.reverses == row for use in uses.values()):
        raise NotReady(f"Row {row} was taken back already.", mend="Nothing is to be done.")
    if not by.strip() or not reason.strip():
        raise BadInput("A use is not taken back without a name and a reason.", mend="Give --by and --reason.")
    use = uses[row]
    body = {name: value for name, value in asdict(use).items() if name not in ("row", "time")}
    numerator, denominator = use.seconds.split("/")
    body |= {
        "frames": -use.frames,
        "seconds": f"-{numerator}/{denominator}",
        "amount": str(-Decimal(use.amount)),
        "reverses": row,
        "reason": f"{reason.strip()} ({by.strip()})",
    }
    return append(project, Kind.USAGE, body)


def statement(project: Path, performer: str = "") -> tuple[Use, ...]:
    """The uses of one performer, or of all, oldest first."""
    named = {each.name for each in fields(Use)}
    return tuple(
        Use(row=row.number, time=row.time, **{name: value for name, value in row.body.items() if name in named})
        for row in read_ledger(project)
        if row.kind == Kind.USAGE and performer in ("", row.body["performer"])
    )


def totals(uses: Sequence[Use]) -> dict[tuple[str, str], Decimal]:
    """What is owed, by performer and currency."""
    owed: dict[tuple[str, str], Decimal] = {}
    for use in uses:
        owed[use.performer, use.currency] = owed.get((use.performer, use.currency), Decimal(0)) + Decimal(use.amount)
    return owed


def as_csv(uses: Sequence[Use]) -> str:
    """A statement as CSV (RFC 4180), one use a line."""
    out = io.StringIO()
    writer = csv.writer(out)
    names = [each.name for each in fields(Use)]
    writer.writerow(names)
    writer.writerows([_plain(getattr(use, name)) for name in names] for use in uses)
    return out.getvalue()


def _plain(value: object) -> object:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers."""
    text = str(value)
    return f"'{text}" if text[:1] in "=@+\t\r" or (text[:1] == "-" and not text[1:2].isdigit()) else value


def write_pdf(uses: Sequence[Use], path: Path, title: str) -> None:
    """A statement as PDF, the totals last; the same uses are the same bytes."""
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

    head = ("row", "day", "performer", "delivery", "frames", "seconds", "a second", "amount", "note")
    rows = [head] + [
        (
            str(use.row), use.time[:10], use.performer, use.delivery, str(use.frames),
            f"{float(Fraction(use.seconds)):.2f}", f"{use.per_second} {use.currency}",
            f"{use.amount} {use.currency}", f"takes back row {use.reverses}" if use.reverses else "",
        )
        for use in uses
    ]  # fmt: skip
    owed = [f"{performer}: {amount} {currency}".strip() for (performer, currency), amount in totals(uses).items()]
    style = TableStyle([("FONTSIZE", (0, 0), (-1, -1), 8), ("LINEBELOW", (0, 0), (-1, 0), 0.5, "black")])
    text = getSampleStyleSheet()
    story = [Paragraph(title, text["Title"]), Table(rows, style=style, repeatRows=1), Spacer(1, 12)]
    story += [Paragraph(line, text["Normal"]) for line in owed or ["Nothing was used."]]
    SimpleDocTemplate(str(path), pagesize=landscape(A4), title=title, invariant=1).build(story)


def _card(rows: Sequence[Row], performer: str) -> dict[str, object] | None:
    """The latest rate of a performer."""
    cards = [row.body for row in rows if row.kind == Kind.RATE and row.body["performer"] == performer]
    return cards[-1] if cards else None
