"""Lines of dialogue: a cue for each, and a guide voice where one is installed."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from secondunit_engine.planning.plan import DialoguePlan, ShotPlan
from secondunit_engine.sound.beds import at_level
from secondunit_engine.sound.cues import Cue
from secondunit_engine.sound.heard import Heard
from secondunit_engine.sound.source import Source, around
from secondunit_engine.sound.voice import NOT_INSTALLED, Voice, find_voice, speak

_HEAD = np.array([0.0, 0.6, 0.0])  # m from the middle of a body to its mouth
_LEVEL = -22.0  # dB RMS of speech as recorded


def speak_lines(shot: ShotPlan, heard: Heard, count: int) -> tuple[list[Source], list[Cue], str]:
    """Sources and cues of a shot's lines, and which voice spoke (or why none did)."""
    if not shot.dialogue:
        return [], [], "no dialogue"
    voice = find_voice()
    sources: list[Source] = []
    cues: list[Cue] = []
    for number, line in enumerate(shot.dialogue, start=1):
        source, note = _speak_line(shot, heard, line, voice, count) if voice else (None, NOT_INSTALLED)
        if source is not None:
            sources.append(source)
        cues.append(
            Cue(
                id=f"{shot.id}-line-{number}",
                kind="dialogue",
                name="off screen" if line.off_screen else "line",
                start=line.start,
                frames=line.frames,
                sample=shot.rate.samples(line.start),
                confidence="estimated",
                source=line.character,
                text=line.text,
                note=note,
            )
        )
    return sources, cues, f"guide: {voice.name}" if voice else NOT_INSTALLED


def _speak_line(
    shot: ShotPlan, heard: Heard, line: DialoguePlan, voice: Voice, count: int
) -> tuple[Source | None, str]:
    """The line as a source at its speaker's mouth; spoken faster if it does not fit its frames."""
    room = min(shot.rate.samples(line.start + line.frames), count) - shot.rate.samples(line.start)
    spoken = speak(voice, line.text)
    if spoken is not None and len(spoken) > room > 0:
        spoken = speak(voice, line.text, max(room / len(spoken) * 0.97, 0.5))
    if spoken is None or room <= 0:
        return None, f"the guide voice {voice.name} cannot say this line"
    note = f"guide voice {voice.name}"
    if len(spoken) > room:
        note += f"; {shot.rate.frames(Fraction(len(spoken) - room, 48000))} frames too long, cut off"
        spoken = spoken[:room] * np.minimum(np.arange(room)[::-1] / 960, 1.0)
    start = shot.rate.samples(line.start)
    wave = np.zeros(count)
    wave[start : start + len(spoken)] = at_level(spoken, _LEVEL)
    return _at_mouth(shot, heard, line, wave), note


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
