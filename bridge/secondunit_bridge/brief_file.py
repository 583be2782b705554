"""A brief as the user names it on the command line: words, or the path of a screenplay."""

from __future__ import annotations

from pathlib import Path

from secondunit_bridge.client import BriefKind
from secondunit_bridge.errors import BadInput, NotFound, TooLarge

LARGEST = 1 << 20  # bytes; a 120-page screenplay is about 200 KB
_KINDS: dict[str, BriefKind] = {".fountain": "fountain", ".spmd": "fountain", ".fdx": "fdx", ".txt": "prompt"}


def read_brief_argument(words: str) -> tuple[str, BriefKind, str]:
    """The text of a brief, its kind and its name: a file's if `words` names one, otherwise `words` as a prompt.

    Raises BadInput (empty, binary, an unknown kind of file), TooLarge, NotFound.
    """
    looks_like_a_path = "\n" not in words and len(words) < 1000 and Path(words).suffix.lower() in _KINDS
    path = Path(words)
    if not looks_like_a_path and not _is_file(words):
        return checked(words), "prompt", ""
    if not path.is_file():
        raise NotFound(f"There is no file {words}.", mend="Check the path, or put a prompt in quotation marks.")
    kind = _KINDS.get(path.suffix.lower())
    if kind is None:
        raise BadInput(f"{path.name} is not a screenplay we read.", mend="Give a .fountain, .fdx or .txt file.")
    if path.stat().st_size > LARGEST:
        raise TooLarge(f"{path.name} is over 1 MB.", mend="Give the scenes you want to shoot.")
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(f"{path.name} is not text.", mend="Save the screenplay as UTF-8 text.") from None
    return checked(text), kind, path.stem


def checked(text: str) -> str:
    """The text as it is. Raises BadInput if it is empty or binary, TooLarge over a megabyte."""
    if not text.strip():
        raise BadInput("The brief is empty.", mend='Say what to shoot, for example "a car in a tunnel at night".')
    if "\0" in text:
        raise BadInput("The brief is not text.", mend="Give a prompt, or a .fountain or .fdx file.")
    if len(text.encode("utf-8", "surrogatepass")) > LARGEST:
        raise TooLarge("The brief is over 1 MB.", mend="Give the scenes you want to shoot.")
    return text


def _is_file(words: str) -> bool:
    try:
        return len(words) < 1000 and Path(words).is_file()
    except (OSError, ValueError):  # too long for a path, or a NUL in it
        return False
