"""Editing the beats of a brief: each edit gives a new text, in which everything else stands as it stood.

A beat is a block of the source: a paragraph of action, or a speech with its cue, each with the empty lines after it.
What was edited is read again before it is given back, so an edit can never do more than it says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from secondunit_bridge.errors import BadInput, NotFound, NotReady
from secondunit_engine.script.brief import Beat, Brief, Script
from secondunit_engine.script.elements import Element
from secondunit_engine.script.fountain import read_fountain
from secondunit_engine.script.read import read_brief

EditKind = Literal["replace", "insert", "drop", "move", "lock", "unlock", "choose"]
_LOCK = re.compile(r"[ \t]*\[\[locked\]\]", re.I)
_COVERAGE = re.compile(r"[ \t]*\[\[coverage:[^\]\n]*\]\]", re.I)
_CHOICES = ("", "a", "b", "c")
_TRAILING = frozenset(("blank", "note"))
_SPEECH = frozenset(("parenthetical", "dialogue", "lyric"))


@dataclass(frozen=True)
class BeatEdit:
    """What is done to a beat. `text` is the new words, or with "choose" the coverage's letter (empty: as the style
    would); `after` is, with "move", the beat that then comes before it (empty: first of its scene)."""

    kind: EditKind
    beat_id: str
    text: str = ""
    after: str = ""


@dataclass(frozen=True)
class _Block:
    """A beat's characters in the source: `start` to `end` with its cue and what follows it. `own_start` is where it
    begins without the cue, which the speech's next line may need; `goes_on` says that there is such a line."""

    beat: Beat
    scene: int
    start: int
    own_start: int
    words_start: int
    words_end: int
    end: int
    goes_on: bool = False


def edit_beat(brief: Brief, edit: BeatEdit) -> str:
    """The brief's text after the edit.

    Raises NotFound for a beat that is not there, NotReady for a locked one, BadInput for words that would be read as
    something else, and for an FDX, whose beats are edited in Final Draft.
    """
    if brief.kind == "fdx":
        raise BadInput("The beats of an FDX are not edited here.", mend="Save it as Fountain, or edit it there.")
    script = read_brief(brief)
    blocks = _find_blocks(brief, script)
    at = _index(blocks, edit.beat_id)
    if blocks[at].beat.locked and edit.kind in ("replace", "drop", "move"):
        raise NotReady(f"Beat {edit.beat_id} is locked.", mend="Unlock it first: secondunit beats unlock")
    text = _EDITS[edit.kind](brief, blocks, at, edit)
    _check(brief, script, replace(brief, text=text), edit, at)
    return text


def _index(blocks: Sequence[_Block], beat_id: str) -> int:
    for at, block in enumerate(blocks):
        if block.beat.id == beat_id:
            return at
    raise NotFound(f"There is no beat {beat_id}.", mend="List them with: secondunit beats list SCRIPT")


def _find_blocks(brief: Brief, script: Script) -> list[_Block]:
    beats = [(number, beat) for number, scene in enumerate(script.scenes) for beat in scene.beats]
    if brief.kind == "prompt":
        return _find_clauses(brief.text, beats)
    return _find_paragraphs(read_fountain(brief.text), beats)


def _find_clauses(text: str, beats: Sequence[tuple[int, Beat]]) -> list[_Block]:
    """The clauses of a prompt, each with the punctuation up to the next."""
    edges = [beat.span.start for _, beat in beats] + [len(text)]
    return [
        _Block(beat, scene, beat.span.start, beat.span.start, beat.span.start, beat.span.end, end)
        for (scene, beat), end in zip(beats, edges[1:], strict=True)
    ]


def _find_paragraphs(elements: Sequence[Element], beats: Sequence[tuple[int, Beat]]) -> list[_Block]:
    """The paragraphs and speeches of a screenplay; a cue belongs to its first line, a direction to the line after."""
    blocks: list[_Block] = []
    at = 0
    for scene, beat in beats:
        while not elements[at].start <= beat.span.start < elements[at].end:
            at += 1
        first = last = at
        if beat.kind == "dialogue":
            while first and elements[first - 1].kind in ("character", "parenthetical"):
                first -= 1
        while last + 1 < len(elements) and elements[last + 1].kind in _TRAILING:
            last += 1
        said = elements[at]
        words_end = said.start + len(said.text.rstrip())
        own = first + (elements[first].kind == "character")
        goes_on = last + 1 < len(elements) and elements[last + 1].kind in _SPEECH
        places = (elements[first].start, elements[own].start, said.start, words_end, elements[last].end)
        blocks.append(_Block(beat, scene, *places, goes_on))
    return blocks


def _replace(brief: Brief, blocks: Sequence[_Block], at: int, edit: BeatEdit) -> str:
    block = blocks[at]
    return brief.text[: block.words_start] + _words(edit) + brief.text[block.words_end :]


def _insert(brief: Brief, blocks: Sequence[_Block], at: int, edit: BeatEdit) -> str:
    return _put(brief, blocks[at].end, _words(edit))


def _put(brief: Brief, place: int, words: str) -> str:
    """The text with a new block at `place`, parted from its neighbours as the kind of brief parts them."""
    before, after = brief.text[:place], brief.text[place:]
    if brief.kind == "prompt":
        joint = "" if not before or before[-1:].isspace() else " " if before[-1] in ",;.!?:" else ", "
        return before + joint + words.rstrip(" ,;") + (", " if after else "") + after
    line = "\r\n" if "\r\n" in brief.text else "\n"
    gap = "" if not before or before.endswith(line * 2) else line if before.endswith(line) else line * 2
    return before + gap + words.replace("\r\n", "\n").replace("\n", line) + line * 2 + after


def _drop(brief: Brief, blocks: Sequence[_Block], at: int, edit: BeatEdit) -> str:
    start, end = _whole(brief, blocks, at)
    return brief.text[:start] + brief.text[end:]


def _whole(brief: Brief, blocks: Sequence[_Block], at: int) -> tuple[int, int]:
    """What leaves with a beat. A cue stays for the speech's other lines; a prompt's last clause takes its comma."""
    block = blocks[at]
    if brief.kind == "prompt" and at + 1 == len(blocks) and at:
        return blocks[at - 1].words_end, block.end
    return (block.own_start if block.goes_on else block.start), block.end


def _move(brief: Brief, blocks: Sequence[_Block], at: int, edit: BeatEdit) -> str:
    block = blocks[at]
    if edit.after == edit.beat_id:
        raise BadInput("A beat cannot go behind itself.", mend="Name another beat.")
    if edit.after:
        place = blocks[_index(blocks, edit.after)].end
    else:
        place = next(each for each in blocks if each.scene == block.scene).start
    start, end = _whole(brief, blocks, at)
    words = brief.text[block.start : block.words_end if brief.kind == "prompt" else block.end].strip("\r\n")
    without = replace(brief, text=brief.text[:start] + brief.text[end:])
    return _put(without, place if place <= start else place - (end - start), words)


def _mark(pattern: re.Pattern[str], note: Callable[[BeatEdit], str]):
    """An edit that puts a note behind the beat's words, in the place of one that is there."""

    def apply(brief: Brief, blocks: Sequence[_Block], at: int, edit: BeatEdit) -> str:
        if brief.kind == "prompt":
            raise BadInput("A prompt holds no notes.", mend="Save it as a Fountain screenplay to lock or choose.")
        block, text = blocks[at], brief.text
        bare = pattern.sub("", text[block.words_start : block.end])
        length = len(bare.rstrip())
        return text[: block.words_start] + bare[:length] + note(edit) + bare[length:] + text[block.end :]

    return apply


def _choice(edit: BeatEdit) -> str:
    letter = edit.text.strip().lower()
    if letter not in _CHOICES:
        raise BadInput(f"There is no alternative “{edit.text}”.", mend="Choose a, b, c, or nothing.")
    return f" [[coverage: {letter}]]" if letter else ""


def _words(edit: BeatEdit) -> str:
    words = edit.text.strip()
    if not words:
        raise BadInput("The beat has no words.", mend="Say what happens, or drop the beat.")
    return words


_Edit = Callable[[Brief, Sequence[_Block], int, BeatEdit], str]
_EDITS: dict[EditKind, _Edit] = {
    "replace": _replace, "insert": _insert, "drop": _drop, "move": _move,
    "lock": _mark(_LOCK, lambda edit: " [[locked]]"), "unlock": _mark(_LOCK, lambda edit: ""),
    "choose": _mark(_COVERAGE, _choice),
}  # fmt: skip


def _check(before: Brief, script: Script, after: Brief, edit: BeatEdit, at: int) -> None:
    """The beats after the edit are those before it but for what the edit says. Raises BadInput."""
    old = [(beat.kind, beat.text) for scene in script.scenes for beat in scene.beats]
    new = [(beat.kind, beat.text) for scene in read_brief(after).scenes for beat in scene.beats]
    rest = old[:at] + old[at + 1 :]
    if edit.kind == "replace":
        kept = new[:at] == old[:at] and new[len(new) - len(old) + at + 1 :] == old[at + 1 :] and len(new) >= len(old)
    elif edit.kind == "insert":
        more = len(new) - len(old)
        kept = more > 0 and new[: at + 1] == old[: at + 1] and new[at + 1 + more :] == old[at + 1 :]
    elif edit.kind == "drop":
        kept = new == rest
    elif edit.kind == "move":
        kept = sorted(new) == sorted(old)
    else:
        kept = new == old
    if not kept:
        raise BadInput(
            "With this edit the beats around it would be read otherwise.",
            mend="Start a paragraph with ! to make it action, and keep headings out of beats.",
        )
