"""Lines of dialogue: a cue for each, and a guide voice where one is installed."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

import numpy as np

from secondunit_engine.planning.plan import DialoguePlan, ShotPlan
from secondunit_engine.sound.beds import at_level
from secondunit_engine.sound.cues import Cue, Speech
from secondunit_engine.sound.heard import Heard
from secondunit_engine.sound.noise import Samples
from secondunit_engine.sound.source import Source, around
from secondunit_engine.sound.spoken import Sounding, Spoken
from secondunit_engine.sound.voice import NOT_INSTALLED, Voice, find_voice, speak

_HEAD = np.array([0.0, 0.6, 0.0])  # m from the middle of a body to its mouth
_LEVEL = -22.0  # dB RMS of speech as recorded
_CUT = "cut off"
_LIPS_SEEN = ("ECU", "CU", "MCU", "MS")
_EFFORT = re.compile(
    r"\b(?:grunt|groan|gasp|scream|shout|yell|pant|cough|laugh|sob|cry|crying|breath|breathing|strain|exhale|sigh)\w*",
    re.I,
)


def speak_lines(shot: ShotPlan, heard: Heard, count: int) -> tuple[list[Source], list[Cue], str]:
    """Sources and cues of a shot's lines, and which voice spoke (or why none did)."""
    if not shot.dialogue:
        return [], [], "no dialogue"
    voice = find_voice()
    sources: list[Source] = []
    cues: list[Cue] = []
    for number, line in enumerate(shot.dialogue, start=1):
        said, note = _speak_line(shot, line, voice, count) if voice else (None, NOT_INSTALLED)
        if said is not None:
            sources.append(_at_mouth(shot, heard, line, _placed(shot, line, said, count)))
        cues.append(_cue(shot, line, number, said, note))
    return sources, cues, f"guide: {voice.name}" if voice else NOT_INSTALLED


def _speak_line(shot: ShotPlan, line: DialoguePlan, voice: Voice, count: int) -> tuple[Spoken | None, str]:
    """The line as the guide says it; spoken faster if it does not fit its frames."""
    room = min(shot.rate.samples(line.start + line.frames), count) - shot.rate.samples(line.start)
    spoken = speak(voice, line.text)
    if spoken is not None and len(spoken.samples) > room > 0:
        spoken = speak(voice, line.text, max(room / len(spoken.samples) * 0.97, 0.5))
    if spoken is None or room <= 0:
        return None, f"the guide voice {voice.name} cannot say this line"
    note = f"guide voice {voice.name}"
    long = len(spoken.samples) - room
    if long > 0:
        note += f"; {shot.rate.frames(Fraction(long, 48000))} frames too long, {_CUT}"
        faded = spoken.samples[:room] * np.minimum(np.arange(room)[::-1] / 960, 1.0)
        spoken = replace(spoken, samples=faded, words=_until(spoken.words, room), phones=_until(spoken.phones, room))
    return spoken, note


def _until(sounds: tuple[Sounding, ...], end: int) -> tuple[Sounding, ...]:
    return tuple(replace(each, length=min(each.length, end - each.sample)) for each in sounds if each.sample < end)


def _placed(shot: ShotPlan, line: DialoguePlan, spoken: Spoken, count: int) -> Samples:
    """The line where it is said in the shot, (count,)."""
    start = shot.rate.samples(line.start)
    wave = np.zeros(count)
    wave[start : start + len(spoken.samples)] = at_level(spoken.samples, _LEVEL)
    return wave


def _cue(shot: ShotPlan, line: DialoguePlan, number: int, spoken: Spoken | None, note: str) -> Cue:
    """A line as the ADR editor books it."""
    start = shot.rate.samples(line.start)
    close = shot.camera.size in _LIPS_SEEN
    reason = "guide voice only"
    if line.off_screen:
        reason = "off screen: record wild"
    elif spoken is None:
        reason = "no guide voice"
    elif note.endswith(_CUT):
        reason = "longer than its shot"
    speech = None
    if spoken is not None:
        words, phones, visemes = (
            tuple(replace(each, sample=each.sample + start) for each in sounds)
            for sounds in (spoken.words, spoken.phones, spoken.visemes)
        )
        speech = Speech(words, phones, visemes, spoken.timing)
    return Cue(
        id=f"{shot.id}-line-{number}",
        kind="dialogue",
        name="off screen" if line.off_screen else "line",
        start=line.start,
        frames=line.frames,
        sample=start,
        confidence="estimated",
        source=line.character,
        text=line.text,
        note=note,
        reason=reason,
        priority=3 if line.off_screen else 1 if close else 2,
        on_screen=not line.off_screen,
        effort=bool(_EFFORT.search(f"{line.parenthetical} {line.text}")),
        speech=speech,
    )


def _at_mouth(shot: ShotPlan, heard: Heard, line: DialoguePlan, wave: np.ndarray) -> Source:
    """Where the line comes from: the speaker, or beside the camera if nobody is seen speaking.

    Dialogue is not delayed by its way through the air and not made fainter: it is recorded close.
    """
    person = next((p for name, p in heard.people.items() if _same(name, line.character)), None)
    if person is None or line.off_screen:
        return Source(line.character, "dialogue", wave, around(-70, 2.5, shot.frames), follows=True, room=0.2)
    return Source(line.character, "dialogue", wave, person.positions + _HEAD, room=0.12)


def _same(prim: str, character: str) -> bool:
    """Whether a prim is named for this character: letters and digits, whatever the case."""
    plain = ["".join(letter for letter in name.casefold() if letter.isalnum()) for name in (prim, character)]
    return bool(plain[1]) and plain[0] == plain[1]
