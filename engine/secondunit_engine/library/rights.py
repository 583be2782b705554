"""Who made an asset and under which terms: the licence beside it, and names that belong to somebody else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from secondunit_engine.library.parts import in_a_line

_FILES = re.compile(r"(licen[cs]e|copying)(\.(txt|md))?", re.IGNORECASE)
_BYTES = 64_000
_AUTHOR = re.compile(r"(?:copyright\s*(?:\(c\)|©)?\s*[\d\s,-]*|author:|by:)\s*(\S.{0,120})", re.IGNORECASE)
# Names known well enough that an asset so called shows the real thing. Words that also mean a plain thing (apple,
# shell, jaguar) are left out.
TRADEMARKS = (
    "adidas", "barbie", "batman", "bmw", "coca cola", "disney", "ferrari", "gucci", "harry potter", "hello kitty",
    "iphone", "ipad", "lamborghini", "lego", "lightsaber", "louis vuitton", "macbook", "marvel", "mcdonalds",
    "mickey mouse", "nike", "nintendo", "pepsi", "playstation", "pokemon", "porsche", "rolex", "spiderman",
    "star wars", "starbucks", "superman", "tesla", "xbox",
)  # fmt: skip


@dataclass(frozen=True)
class Rights:
    """The terms in one line, where they were read, and the author; empty when unknown."""

    licence: str = ""
    found_in: str = ""
    author: str = ""


def read_rights(file: Path, said: str = "", author: str = "") -> Rights:
    """The licence that was said, or else the one in LICENSE, COPYING or licence.txt beside the file."""
    if said.strip():
        return Rights(in_a_line(said, 500), "--licence", author)
    for path in sorted(file.parent.iterdir()):
        if _FILES.fullmatch(path.name) and path.is_file():
            with path.open("rb") as stream:
                text = stream.read(_BYTES).decode("utf-8", "replace")
            lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
            if lines:
                named = _AUTHOR.search("\n".join(lines))
                return Rights(lines[0][:500], path.name, author or (named[1].strip() if named else ""))
    return Rights(author=author)


def trademark_in(name: str) -> str:
    """The trademarked name that a file is called by, or nothing: "CocaCola_can" holds "coca cola"."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    words = f" {' '.join(re.findall(r'[a-z0-9]+', spaced.lower()))} "
    plain = f" {' '.join(re.findall(r'[a-z0-9]+', name.lower()))} "
    for mark in TRADEMARKS:
        if any(f" {form} " in each for form in (mark, mark.replace(" ", "")) for each in (words, plain)):
            return mark
    return ""
