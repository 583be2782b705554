"""The door for briefs: a prompt as typed, or a file a stranger wrote, checked before anything reads it."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from secondunit_bridge.errors import BadInput, NotFound, TooLarge

BriefKind = Literal["prompt", "fountain", "fdx"]
MOST_BYTES = 1_000_000
_KINDS: dict[str, Literal["fountain", "fdx"]] = {".fountain": "fountain", ".spmd": "fountain", ".fdx": "fdx"}
_TEXTS = frozenset((".txt", ".md", ".text", ""))
_HEADING = re.compile(r"^[ \t]*(?:INT|EXT|EST|I/E)[. /]", re.M)
# What no text file holds: control characters but tab, line ends, form feed; and lone surrogates.
_BINARY = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Brief:
    """The user's own words: a prompt, or the whole text of a screenplay.

    With it may come a folder of pictures for the mood, sponsors' rules, one a line, and a music track to cut to, whose
    tempo may be said (`bpm`; 0 leaves it to be found).
    """

    text: str
    kind: BriefKind
    name: str = ""
    mood_board: str = ""
    rules: str = ""
    music: str = ""
    bpm: float = 0.0


def open_brief(
    path_or_text: str | os.PathLike[str], *, mood_board: str = "", rules: str = "", music: str = "", bpm: float = 0.0
) -> Brief:
    """A brief from a path (any path object, or the name of an existing file) or from the words themselves.

    The kind is told by the extension, else by the content; `mood_board` is a folder of pictures, `rules` a file of
    sponsors' rules, `music` a track to cut to at `bpm`. Raises NotFound for a path that is not there, TooLarge
    over a megabyte, BadInput for an empty brief, a binary file, or a file of another kind.
    """
    brief = _read_brief(path_or_text)
    if mood_board and not Path(mood_board).is_dir():
        raise NotFound(f"There is no folder “{mood_board}”.", mend="Name a folder of pictures.")
    if rules and not Path(rules).is_file():
        raise NotFound(f"There is no file “{rules}”.", mend="Name a text file with one rule a line.")
    if music and not Path(music).is_file():
        raise NotFound(f"There is no music track “{music}”.", mend="Name a WAV, AIFF, FLAC, MP3, M4A or OGG file.")
    if bpm and not music:
        raise BadInput("A tempo was given, and no music.", mend="Name the track with --beat-sync.")
    board, track = (str(Path(each).absolute()) if each else "" for each in (mood_board, music))
    said = read_encoded(Path(rules))[0] if rules else ""
    return replace(brief, mood_board=board, rules=said, music=track, bpm=bpm)


def _read_brief(path_or_text: str | os.PathLike[str]) -> Brief:
    if isinstance(path_or_text, str) and not _names_a_file(path_or_text):
        return check_brief(path_or_text)
    path = Path(path_or_text)
    if not path.is_file():
        raise NotFound(f"There is no file “{path.name}”.", mend="Check the path, or give the prompt itself in quotes.")
    return _read_file(path)


def check_brief(text: str, name: str = "", kind: BriefKind | None = None) -> Brief:
    """A brief from its words, of the kind given or told from the content. Raises TooLarge or BadInput."""
    if len(text) > MOST_BYTES or len(text.encode("utf-8", "replace")) > MOST_BYTES:
        raise TooLarge("The brief is over 1 MB of text.", mend="Shoot it act by act: split the screenplay.")
    if not text.strip("\ufeff \t\r\n"):
        raise BadInput("The brief is empty.", mend="Say what to shoot, for example “a car races through a tunnel”.")
    if _BINARY.search(text):
        raise BadInput("The brief is not text.", mend="Give a prompt, or a Fountain or FDX screenplay.")
    return Brief(text, kind or _tell_kind(text), name)


def _names_a_file(text: str) -> bool:
    """Whether the text is a file's name: it exists, or it is one word with a screenplay's extension."""
    if "\n" in text or len(text) > 4096 or "\0" in text:
        return False
    if Path(text).suffix.lower() in _KINDS and not re.search(r"\s\S+\s", text):
        return True
    return os.path.isfile(text)


def _read_file(path: Path) -> Brief:
    kind = _KINDS.get(path.suffix.lower())
    if path.stat().st_size > MOST_BYTES:
        raise TooLarge(f"“{path.name}” is over 1 MB.", mend="Shoot it act by act: split the screenplay.")
    text, _ = read_encoded(path)
    if kind is None and path.suffix.lower() not in _TEXTS:
        raise BadInput(f"“{path.name}” is not a screenplay.", mend="Give a .fountain, .fdx or .txt file.")
    return check_brief(text, path.stem, kind)


def read_encoded(path: Path) -> tuple[str, str]:
    """A text file and its encoding: UTF-8, UTF-16 with its mark, or Western European (Windows-1252), the old word
    processors' way. Reads no more than a brief may hold. Raises BadInput."""
    with path.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    encodings = ["utf-16"] if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _BINARY.search(text):
            return text, encoding
    raise BadInput(
        f"“{path.name}” is a binary file, not a text.", mend="Give a prompt, or a Fountain or FDX screenplay."
    )


def _tell_kind(text: str) -> BriefKind:
    start = text.lstrip("\ufeff \t\r\n")[:400]
    if start.startswith("<?xml") or start.startswith("<FinalDraft"):
        return "fdx"
    return "fountain" if _HEADING.search(text) else "prompt"
