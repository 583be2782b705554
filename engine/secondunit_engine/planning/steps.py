"""Who does what to what, and to whom: the steps of a scene, before any of them has a place in time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from secondunit_engine.planning.actions import SCHEMAS
from secondunit_engine.planning.clauses import Deed, read_sentence
from secondunit_engine.planning.deeds import done_as
from secondunit_engine.planning.mentions import AIR, Mentions
from secondunit_engine.planning.people import cast_name, is_off_screen
from secondunit_engine.planning.reading import ReadBeat, ShotReading
from secondunit_engine.script.words import base_forms, split_words


@dataclass(frozen=True)
class Step:
    """Something that happens, before it has a place in time. `beat` counts the beats from 0.

    What is `throughout` goes on for the whole shot: what drives, what hangs in the air, talk whose lines follow. What
    happens `meanwhile` begins with the step before it. `said` is the script's own verb, `other` a third party. A step
    that the planner `filled` in says `because` of what.
    """

    beat: int
    actor: str
    verb: str
    target: str = ""
    manner: str = ""
    text: str = ""
    throughout: bool = False
    said: str = ""
    other: str = ""
    filled: bool = False
    because: str = ""
    meanwhile: bool = False


def find_steps(shot: ShotReading, leads: tuple[str, ...]) -> tuple[Step, ...]:
    """The steps of a shot or a scene, beat by beat. `leads` are those in it; the first acts for a lone verb."""
    prop = shot.first("prop")
    mentions = Mentions(leads, leads[0] if leads else prop.value if prop else "")
    steps: list[Step] = []
    for number, beat in enumerate(shot.beats):
        if beat.beat.kind == "dialogue":
            steps += _directions(beat, number, mentions)
            continue
        has_line = _has_line(shot, number)
        for sentence in beat.sentences:
            for deed in read_sentence(beat.beat.text, sentence, mentions):
                step = _step(deed, number, beat.beat.text, has_line)
                if not (step.throughout and _is_said(steps, step)):
                    steps.append(step)
    return tuple(steps)


def _step(deed: Deed, number: int, text: str, has_line: bool) -> Step:
    goes_on = deed.actor in AIR.values() or deed.actor == "Car" or (deed.verb == "talk" and has_line)
    return Step(
        number, deed.actor, deed.verb, deed.target, deed.manner, text, goes_on, deed.said, deed.other,
        meanwhile=deed.meanwhile,
    )  # fmt: skip


def _is_said(steps: Sequence[Step], step: Step) -> bool:
    """Whether somebody already does this for the whole shot."""
    return any((other.actor, other.verb, other.throughout) == (step.actor, step.verb, True) for other in steps)


def _has_line(shot: ShotReading, number: int) -> bool:
    """Whether the beat before or after is the line itself: "she talks to camera" needs no time of its own."""
    near = (shot.beats[at] for at in (number - 1, number + 1) if 0 <= at < len(shot.beats))
    return any(beat.beat.kind == "dialogue" for beat in near)


def _directions(beat: ReadBeat, number: int, mentions: Mentions) -> Iterator[Step]:
    """What a speaker does while speaking: "(turning)"."""
    if not beat.beat.character:
        return
    speaker = cast_name(beat.beat.character)
    mentions.act((speaker,))
    if is_off_screen(beat.beat.extension):
        return
    for word in split_words(beat.beat.parenthetical):
        verb = done_as(word.text) or next((form for form in sorted(base_forms(word.text)) if form in SCHEMAS), "")
        if verb in SCHEMAS and word.text.lower().endswith("ing"):
            yield Step(number, speaker, verb, text=beat.beat.text, said=word.text.lower(), meanwhile=True)
