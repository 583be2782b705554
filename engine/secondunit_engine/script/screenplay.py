"""From the elements of a screenplay to scenes, beats and the ledger of every word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from secondunit_bridge.errors import BadInput
from secondunit_engine.script.brief import Beat, BeatKind, LedgerEntry, OwnProp, Script, ScriptScene, Span, Status
from secondunit_engine.script.elements import Element
from secondunit_engine.script.names import find_names
from secondunit_engine.script.notes import Directions, explain_note, find_owners, read_directions
from secondunit_engine.script.own_props import with_own
from secondunit_engine.script.prompt import Found, Phrases, understand, write_ledger
from secondunit_engine.script.prop_words import nouns_brought
from secondunit_engine.script.setting import choose_place, fit_to_place

_PREFIX = re.compile(r"(?P<prefix>INT\.?/EXT|EXT\.?/INT|I/E|E/I|INT|EXT|EST)\b[./]*\s*", re.I)
_SEPARATOR = re.compile(r"\s+[-–—]+\s+|\s*[–—]{1,2}\s*")
_SUPER = re.compile(r"(?:SUPER|TITLE|CHYRON|CARD)\s*:", re.I)
_FADE = re.compile(r"(?:FADE|INTERCUT|DISSOLVE|IRIS|BURN|WIPE|CUT|SMASH CUT|MATCH CUT)\b[^a-z]*[.:]\s*")
_NOT_SHOT = {
    "title page": "title page: not shot", "section": "section heading: not shot", "synopsis": "synopsis: not shot",
    "note": "note: not shot", "boneyard": "boneyard: not shot", "page break": "page break: not shot",
}  # fmt: skip


@dataclass(frozen=True)
class _Told:
    """A beat as it will stand in its scene, and the element it comes from."""

    kind: BeatKind
    text: str
    element: Element
    character: str = ""
    parenthetical: str = ""
    extension: str = ""


def read_screenplay(text: str, elements: tuple[Element, ...], name: str, own: tuple[OwnProp, ...] = ()) -> Script:
    """Scenes, beats and ledger of a screenplay; its words may call its own things. Raises BadInput if there is nothing
    in it to shoot."""
    scenes = _read_scenes(text, elements)
    if not scenes:
        raise BadInput(
            "This screenplay has no scene to shoot.",
            mend="Add a scene heading such as “INT. LIBRARY - DAY” and action.",
        )
    cues = [beat.character for scene in scenes for beat in scene.beats if beat.kind == "dialogue"]
    actions = [beat.text for scene in scenes for beat in scene.beats if beat.kind == "action"]
    entries = _write_entries(elements, with_own(find_names(cues, actions), own))
    return Script(_title(elements) or name, scenes, fill_ledger(text, entries, _NOTHING), own)


def _title(elements: tuple[Element, ...]) -> str:
    for element in elements:
        if element.kind == "title page" and element.number.lower() == "title":
            return " ".join(plain(element.content).split("\n")[0].split())
    return ""


_EMPHASIS = (
    re.compile(r"(?<!\\)(\*{1,3})(?![\s*])([^\n]{1,500}?)(?<![\s*\\])\1(?!\*)"),
    re.compile(r"(?<![\\\w])(_)(?![\s_])([^\n]{1,500}?)(?<![\s\\_])_(?!\w)"),
)  # fmt: skip


def plain(text: str) -> str:
    """Without Fountain's marks of emphasis, which come in pairs on one line ("2 * 3" has none), without the backslash
    of those that are meant to be seen, and with single spaces inside lines."""
    if "*" in text or "_" in text:
        for marks in _EMPHASIS * 3:  # marks inside marks
            text = marks.sub(r"\2", text)
        text = re.sub(r"\\([*_])", r"\1", text)
    return "\n".join(" ".join(line.split()) for line in text.splitlines()).strip()


def _read_scenes(text: str, elements: tuple[Element, ...]) -> tuple[ScriptScene, ...]:
    """Scenes from heading to heading; action before the first heading is a scene without one."""
    directions = read_directions(text, find_owners(elements))
    groups: list[tuple[Element | None, list[Element]]] = [(None, [])]
    for element in elements:
        if element.kind == "scene heading":
            groups.append((element, []))
        elif element.kind != "title page":
            groups[-1][1].append(element)
    scenes: list[ScriptScene] = []
    time = ""
    for heading, inside in groups:
        told = _tell_beats(inside)
        if heading is None and not any(beat.kind in ("action", "dialogue") for beat in told):
            continue
        start = heading.start if heading else (inside[0].start if inside else 0)
        end = inside[-1].end if inside else (heading.end if heading else start)
        scene = _make_scene(len(scenes) + 1, heading, told, Span(start, end), directions)
        time = time if scene.time_of_day == "continuous" else scene.time_of_day
        scenes.append(replace(scene, time_of_day=time))
    return tuple(scenes)


def _make_scene(
    count: int, heading: Element | None, told: list[_Told], span: Span, directions: Mapping[int, Directions]
) -> ScriptScene:
    scene_id = f"sc{count * 10:03d}"
    words = heading.content if heading else ""
    interior, place, time = split_heading(words)
    beats: list[Beat] = []
    for number, beat in enumerate(told, 1):
        said = directions.get(beat.element.start, Directions())
        place_in_text = beat.element.locate(0, len(beat.element.content))
        speech = (beat.character, beat.parenthetical, beat.extension)
        beats.append(
            Beat(f"{scene_id}.b{number:02d}", beat.kind, beat.text, place_in_text, *speech, said.locked, said.coverage)
        )
    number = heading.number if heading and heading.number else str(count)
    return ScriptScene(scene_id, number, words, span, interior, place, time, tuple(beats))


def split_heading(heading: str) -> tuple[bool | None, str, str]:
    """Interior (None if not said or both), place, and time of day of a scene heading."""
    match = _PREFIX.match(heading)
    prefix = match["prefix"].upper().replace(".", "") if match else ""
    interior = {"INT": True, "EXT": False}.get(prefix)
    parts = [part for part in _SEPARATOR.split(heading[match.end() :] if match else heading) if part]
    time = ""
    places: list[str] = []
    for at, part in enumerate(parts):
        found = understand(part)
        if at and found and any(item.facet == "time" for item in found):
            time = time or next(item.value for item in found if item.facet == "time")
        else:
            places.append(part.strip())
    return interior, " - ".join(places), time


def _tell_beats(elements: Iterable[Element]) -> list[_Told]:
    beats: list[_Told] = []
    cue: Element | None = None
    parenthetical = ""
    for element in elements:
        if element.kind == "character":
            cue, parenthetical = element, ""
        elif element.kind == "parenthetical":
            parenthetical = plain(element.content)
        elif element.kind in ("dialogue", "lyric") and cue and element.content.strip():
            words = plain(element.content).replace("\n", " ")
            beats.append(_Told("dialogue", words, element, plain(cue.content), parenthetical, cue.extension))
            parenthetical = ""
        elif element.kind in ("action", "centred", "transition", "lyric") and element.content.strip():
            beats.append(_Told(_beat_kind(element), plain(element.content), element))
            cue = None
        elif element.kind == "blank":
            cue = None
    return beats


def _beat_kind(element: Element) -> BeatKind:
    words = element.content.strip()
    if element.kind == "transition" or (_FADE.fullmatch(words) and words == words.upper()):
        return "transition"
    return "super" if element.kind in ("centred", "lyric") or _SUPER.match(words) else "action"


def _scene_places(elements: tuple[Element, ...], read: Mapping[int, tuple[Found, ...]]) -> list[str]:
    """The set of each element's scene; `read` has the words of every action by its first character."""
    places: list[str] = []
    heading: tuple[Found, ...] = ()
    said: list[Found] = []
    waiting = 0
    for element in (*elements, None):
        if element is None or element.kind == "scene heading":
            places += [choose_place(heading, said)[0]] * waiting
            heading, said, waiting = (understand(element.content) if element else ()), [], 0
        elif element.kind == "action":
            said += read[element.start]
        waiting += 1
    return places


def _write_entries(elements: tuple[Element, ...], names: Phrases) -> list[LedgerEntry]:
    """What became of each element's words; insets and markup between entries are filled in later."""
    entries: list[LedgerEntry] = []
    speaker, brought = "", frozenset[str]()
    read = {element.start: understand(element.content, names) for element in elements if element.kind == "action"}
    places, owners = _scene_places(elements, read), find_owners(elements)
    for element, place in zip(elements, places, strict=True):
        entries.extend(_inset_entries(element, owners))
        if element.kind == "character":
            speaker = plain(element.content)
        elif element.kind == "blank":
            speaker = ""
        if element.kind == "scene heading":
            brought = frozenset()
        if element.kind == "action" and _beat_kind(element) == "action":
            found = fit_to_place(element.content, read[element.start], place, brought)
            brought |= nouns_brought(found)
            entries.extend(_action_entries(element, found))
        elif element.kind != "blank":
            entries.extend(_whole_entry(element, *_meaning(element, speaker)))
    return sorted(entries, key=lambda entry: entry.start)


def _inset_entries(element: Element, owners: Mapping[int, int]) -> list[LedgerEntry]:
    """What became of the notes and boneyards inside an element, and of those that are one."""
    entries: list[LedgerEntry] = []
    for inset in element.insets:
        said = (Status.BOUND, _NOT_SHOT[inset.kind])
        if inset.kind == "note":
            note = element.text[inset.start - element.start : inset.end - element.start]
            said = explain_note(note, inset.start in owners)
        entries.append(LedgerEntry(inset.start, inset.end, "", *said))
    return entries


def _action_entries(element: Element, found: tuple[Found, ...]) -> list[LedgerEntry]:
    """Word by word; the entries keep clear of the insets, which are blank in the content."""
    rows: list[LedgerEntry] = []
    for entry in write_ledger(element.content, found):
        text = element.content[entry.start : entry.end]
        parts = [(m.start(), m.end()) for m in re.finditer(r"\S+(?:\s\S+)*", text)]
        for start, end in parts:
            span = element.locate(entry.start + start, entry.start + end)
            rows.append(replace(entry, start=span.start, end=span.end))
    return rows


def _whole_entry(element: Element, status: Status, meaning: str) -> list[LedgerEntry]:
    """One entry from the element's first character to its last, parted by its insets."""
    if element.origins:
        return [LedgerEntry(element.start, element.end, "", status, meaning)]
    edges = [element.start, *(edge for inset in element.insets for edge in (inset.start, inset.end)), element.end]
    return [LedgerEntry(a, b, "", status, meaning) for a, b in zip(edges[::2], edges[1::2], strict=True) if b > a]


def _meaning(element: Element, speaker: str) -> tuple[Status, str]:
    if element.kind in _NOT_SHOT:
        return Status.BOUND, _NOT_SHOT[element.kind]
    if element.kind == "scene heading":
        return _heading_meaning(element)
    if element.kind == "character":
        return Status.BOUND, f"speaks: {speaker}" + (f" ({element.extension})" if element.extension else "")
    if element.kind == "parenthetical":
        known = any(item.facet in ("mood", "verb", "pace") for item in understand(element.content))
        said = f"direction to {speaker}"
        return (Status.BOUND, said) if known else (Status.GUESSED, f"{said}, kept with the line but not acted")
    if element.kind == "dialogue":
        return Status.BOUND, f"spoken by {speaker}"
    if _beat_kind(element) == "transition":
        is_cut = "CUT" in element.content.upper()
        return (Status.BOUND, "transition: cut") if is_cut else (Status.STAND_IN, "transition: shown as a cut")
    if element.kind == "lyric":
        sung = f"a lyric: spoken by {speaker}, not sung" if speaker else f"a lyric: nobody sings yet; {_ON_BOARD}"
        return Status.STAND_IN, sung
    return Status.STAND_IN, f"a title: {_ON_BOARD}"


_ON_BOARD = "its words are on the board and the animatic, not yet on the finished picture"


def _heading_meaning(element: Element) -> tuple[Status, str]:
    found = understand(element.content)
    said = [item.sense.meaning for item in found if item.facet in ("place", "time", "weather", "size")]
    place = next((item for item in found if item.facet == "place"), None)
    if place:
        return place.sense.status, "; ".join(said)
    return Status.STAND_IN, "; ".join(("set: no place of this name is built, another stands in", *said))


_NOTHING = (Status.BOUND, "markup: not shot")


def fill_ledger(text: str, entries: list[LedgerEntry], rest: tuple[Status, str]) -> tuple[LedgerEntry, ...]:
    """The entries cut to their words and put in order, with entries for whatever no entry covers yet."""
    filled: list[LedgerEntry] = []
    at = 0
    for entry in entries:
        start = max(at, entry.start)
        filled.extend(_entry(text, at, start, *rest))
        filled.extend(_entry(text, start, entry.end, entry.status, entry.meaning, entry.alternatives))
        at = max(at, entry.end)
    filled.extend(_entry(text, at, len(text), *rest))
    return tuple(filled)


def _entry(
    text: str, start: int, end: int, status: Status, meaning: str, alternatives: tuple[str, ...] = ()
) -> list[LedgerEntry]:
    """An entry for the words between two characters; punctuation alone joins nothing and stands for itself."""
    piece = text[start:end]
    words = piece.strip()
    if end <= start or not words:
        return []
    start += len(piece) - len(piece.lstrip())
    return [LedgerEntry(start, start + len(words), words, status, meaning, alternatives)]
