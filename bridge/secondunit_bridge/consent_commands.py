"""Commands about real people: who they are, what they allow, and how they take it back."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from secondunit_bridge.commands import Outcome, project_of
from secondunit_bridge.engine_tool import run_tool
from secondunit_bridge.errors import BadInput

_PERFORMERS = ("list", "add", "show", "key")
_CONSENTS = ("list", "draft", "sign", "enter", "revoke", "delete")


def add_arguments(performer: argparse.ArgumentParser, consent: argparse.ArgumentParser) -> None:
    """The options of `secondunit performer` and `secondunit consent`."""
    performer.add_argument("action", nargs="?", default="list", choices=_PERFORMERS)
    performer.add_argument("who", metavar="ID|FILE", nargs="?", default="", help="such as ava-stone; with key a file")
    performer.add_argument("--plays", metavar="NAMES", default="", help="characters who are this person: AVA,HOST")
    performer.add_argument("--key", metavar="HEX", default="", help="their public key, as `performer key` tells it")
    performer.add_argument("--name", default="", help="their name; kept encrypted, outside of the books")
    performer.add_argument("--contact", default="", help="how to reach them or their agent; kept encrypted")
    consent.add_argument("action", nargs="?", default="list", choices=_CONSENTS)
    consent.add_argument("what", metavar="ID|FILE", nargs="?", default="", help="a performer's id, or a consent's file")
    consent.add_argument("--out", metavar="FILE", default="", help="with draft: where (default: ID.consent.json)")
    consent.add_argument("--describe", metavar="TEXT", default="", help="what will be made, in a sentence")
    consent.add_argument("--from", dest="starts", metavar="DAY", default="", help="first day, such as 2026-12-01")
    consent.add_argument("--until", dest="ends", metavar="DAY", default="", help="last day")
    for name, meaning in (
        ("scenes", "only these scenes (default: all)"),
        ("modalities", "face,body,voice,motion (default: all four)"),
        ("exclusions", "never in shots with fall, fire, vehicle, weapon, water, height or fight"),
        ("territory", "where it may be shown (default: the world)"),
    ):
        consent.add_argument(f"--{name}", metavar="A,B", default="", help=meaning)
    consent.add_argument("--compensation", metavar="TEXT", default="", help="what they are paid")
    consent.add_argument("--independent", action="store_true", help="an independently created replica, nobody's work")
    consent.add_argument("--version", type=int, default=1, metavar="N", help="of these terms")
    consent.add_argument("--as", dest="role", choices=("performer", "producer"), default="", help="who signs")
    consent.add_argument("--key", metavar="FILE", default="", help="the performer's private key (PEM)")
    consent.add_argument("--by", metavar="NAME", default="", help="who revokes, or who confirms the deletion")
    consent.add_argument(
        "--scope", choices=("future", "unpublished", "all"), default="future",
        help="revoke: new shots alone, takes too, or deliveries too (default: future)",
    )  # fmt: skip
    consent.add_argument("--reason", metavar="TEXT", default="", help="why it is revoked")


def add_royalty_arguments(royalties: argparse.ArgumentParser) -> None:
    """The options of `secondunit royalties`."""
    royalties.add_argument("action", nargs="?", default="list", choices=("list", "rate", "reverse"))
    royalties.add_argument("what", metavar="ID|ROW", nargs="?", default="", help="a performer's id; with reverse a row")
    royalties.add_argument("--per-second", metavar="AMOUNT", default="", help="with rate: such as 12.50")
    royalties.add_argument("--currency", metavar="ABC", default="", help="with rate: such as EUR")
    royalties.add_argument("--csv", metavar="FILE", default="", help="write the statement as CSV")
    royalties.add_argument("--pdf", metavar="FILE", default="", help="write the statement as PDF")
    royalties.add_argument("--by", metavar="NAME", default="", help="who takes a use back")
    royalties.add_argument("--reason", metavar="TEXT", default="", help="why it is taken back")


def performer(options: argparse.Namespace) -> Outcome:
    if options.action == "key":
        made = run_tool("provenance", "make-key", str(Path(_named(options.who, "which file")).absolute()))
        return Outcome(made, f"{made['file']} is theirs to keep secret. Public key: {made['public']}")
    folder = str(project_of(options))
    if options.action == "list":
        found = run_tool("provenance", "list-performers", folder)
        rows = found["performers"]
        lines = [f"{row['id']}: plays {', '.join(row['characters'])}; {row['consents']} consents hold" for row in rows]
        return Outcome(found, "\n".join(lines) or "No real person is registered; the cast is fictional.")
    who = _named(options.who, "which performer")
    if options.action == "add":
        details = {name: getattr(options, name) for name in ("name", "contact") if getattr(options, name)}
        told = json.dumps(details) if details else ""
        found = run_tool("provenance", "add-performer", folder, who, options.plays, options.key, told)
        return Outcome(found, f"{who} plays {', '.join(found['characters'])}. Shots with them now need a consent.")
    found = run_tool("provenance", "show-performer", folder, who)
    lines = [f"{who} plays {', '.join(found['performer']['characters'])}"]
    lines += [_told_consent(each) for each in found["consents"]]
    lines += [f"{each['path']}  {each['why']}{_length(each)}" for each in found["made"]]
    return Outcome(found, "\n".join(lines))


def consent(options: argparse.Namespace) -> Outcome:
    return _ACTIONS[options.action](options)


def _list(options: argparse.Namespace) -> Outcome:
    found = run_tool("provenance", "list-consents", str(project_of(options)), options.what)
    return Outcome(found, "\n".join(map(_told_consent, found["consents"])) or "There are no consents.")


def _draft(options: argparse.Namespace) -> Outcome:
    who = _named(options.what, "whose consent")
    terms = {
        "performer": who,
        "project": project_of(options).name,
        "description": options.describe,
        "starts": options.starts,
        "ends": options.ends,
        "replica": "independently created" if options.independent else "employment-based",
        "compensation": options.compensation,
        "version": options.version,
    }
    listed = {name: _listed(getattr(options, name)) for name in ("scenes", "modalities", "exclusions", "territory")}
    terms |= {name: items for name, items in listed.items() if items}
    out = str(Path(options.out or f"{who}.consent.json").absolute())
    found = run_tool("provenance", "draft", out, json.dumps(terms))
    return Outcome(found, f"{out}: read it, then both sides sign: secondunit consent sign {Path(out).name} --as …")


def _sign(options: argparse.Namespace) -> Outcome:
    file = str(Path(_named(options.what, "which file")).absolute())
    if not options.role:
        raise BadInput("Who signs?", mend="Say --as performer or --as producer.")
    found = run_tool("provenance", "sign", file, options.role, str(Path(options.key).absolute()) if options.key else "")
    return Outcome(found, f"Signed so far by: {', '.join(found['signed'])}.")


def _enter(options: argparse.Namespace) -> Outcome:
    file = str(Path(_named(options.what, "which file")).absolute())
    found = run_tool("provenance", "enter", str(project_of(options)), file)
    return Outcome(found, f"Consent {found['consent']} of {found['performer']} holds now (row {found['row']}).")


def _revoke(options: argparse.Namespace) -> Outcome:
    who = _named(options.what, "whose consent")
    found = run_tool("provenance", "revoke", str(project_of(options)), who, options.scope, options.by, options.reason)
    lines = [f"{who} took every consent back (row {found['row']}); nothing new is rendered with them."]
    lines += [f"quarantined {path}" for path in found["quarantined"]]
    if found["quarantined"]:
        lines.append(f"Nothing is deleted yet: secondunit consent delete {who} --by NAME")
    return Outcome(found, "\n".join(lines))


def _delete(options: argparse.Namespace) -> Outcome:
    who = _named(options.what, "whose likeness")
    found = run_tool("provenance", "delete", str(project_of(options)), who, options.by)
    return Outcome(found, f"Known copies deleted, with {len(found['receipts'])} receipts in the ledger.")


def royalties(options: argparse.Namespace) -> Outcome:
    folder = str(project_of(options))
    if options.action == "rate":
        who = _named(options.what, "whose rate")
        found = run_tool("provenance", "rate", folder, who, options.per_second, options.currency)
        told = f"{who}: {found['per_second']} {found['currency']} a second from now on (version {found['version']})."
        return Outcome(found, told)
    if options.action == "reverse":
        row = _named(options.what, "which row")
        found = run_tool("provenance", "reverse", folder, row, options.by, options.reason)
        return Outcome(found, f"Row {row} is taken back by row {found['row']}: {found['amount']} {found['currency']}.")
    files = [str(Path(name).absolute()) if name else "" for name in (options.csv, options.pdf)]
    found = run_tool("provenance", "royalties", folder, options.what, *files)
    lines = [_told_use(each) for each in found["uses"]]
    lines += [f"{each['performer']}: {each['amount']} {each['currency']}".strip() for each in found["totals"]]
    return Outcome(found, "\n".join([*lines, *found["files"]]) or "Nobody real has been delivered yet.")


def _told_use(each: dict[str, Any]) -> str:
    money = f"{each['amount']} {each['currency']}".strip()
    return f"{each['row']:>5}  {each['performer']}  {each['delivery']}  {each['frames']} frames  {money}"


_ACTIONS: dict[str, Callable[[argparse.Namespace], Outcome]] = {
    "list": _list,
    "draft": _draft,
    "sign": _sign,
    "enter": _enter,
    "revoke": _revoke,
    "delete": _delete,
}


def _named(text: str, what: str) -> str:
    if not text:
        raise BadInput(f"{what[0].upper()}{what[1:]}?", mend="Name it after the action.")
    return text


def _listed(text: str) -> list[str]:
    return [item.strip() for item in text.split(",") if item.strip()]


def _told_consent(each: dict[str, Any]) -> str:
    state = "revoked" if each["revoked"] else f"{each['starts']} to {each['ends']}"
    return f"{each['consent']}  {each['performer']}  {state}  {each['description']}"


def _length(each: dict[str, Any]) -> str:
    return f"  {each['frames']} frames, {each['seconds']} s" if "frames" in each else ""
