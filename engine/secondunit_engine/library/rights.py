"""Who made an asset and under which terms: the licence beside it, and names that belong to somebody else."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from secondunit_engine.library.parts import in_a_line

_FILES = re.compile(r"(licen[cs]e|copying)(\.(txt|md))?", re.IGNORECASE)
_BYTES = 64_000
_AUTHOR = re.compile(r"(?:copyright\s*(?:\(c\)|©)?\s*[\d\s,-]*|author:|by:)\s*(\S.{0,120})", re.IGNORECASE)
# Names known well enough that an asset so called shows the real thing. Words that also mean a plain thing (apple,
# shell, jaguar) are left out.
TRADEMARKS = (
    "adidas", "barbie", "batman", "bmw", "chevrolet", "citroen", "coca cola", "disney", "ferrari", "ford focus",
    "gucci", "harry potter", "hello kitty", "honda", "ibook", "imac", "iphone", "ipad", "jacuzzi", "kawasaki",
    "lamborghini", "lego", "lightsaber", "louis vuitton", "macbook", "marvel", "mcdonalds", "mercedes benz",
    "mickey mouse", "nike", "nintendo", "pepsi", "peugeot", "playstation", "pokemon", "porsche", "renault", "rolex",
    "rubik s cube", "seat leon", "smart car", "spiderman", "star wars", "starbucks", "superman", "tesla", "toyota",
    "volkswagen", "vw", "xbox", "yamaha",
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


def words_of(name: str) -> str:
    """The words of a file's name in lower case: "oldChair_02" is "old chair 02"."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()  # é is e
    return " ".join(re.findall(r"[a-z0-9]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", plain).lower()))


def trademark_in(name: str) -> str:
    """The trademarked name that a file is called by, or nothing: "CocaCola_can" holds "coca cola"."""
    words = f" {words_of(name)} "
    plain = f" {' '.join(re.findall(r'[a-z0-9]+', name.lower()))} "
    for mark in TRADEMARKS:
        if any(f" {form} " in each for form in (mark, mark.replace(" ", "")) for each in (words, plain)):
            return mark
    return ""
