"""How long things take: lines by how they are said, actions by kind and manner, and a whole film by what is asked.

Tension builds with fights, haste, shouts and fear, lasts on after them, and shortens what is not spoken.
Rates of speech: conversation runs at 160 to 190 words a minute and monologue slower (Tauroza and Allison 1990);
anger, fear and joy are quick, sadness and tenderness slow (Juslin and Laukka 2003). The figures are ours, within those.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from secondunit_bridge.errors import BadInput
from secondunit_bridge.timing import Rate

USUAL_WORDS = 156  # a minute, unhurried
# Words a minute by emotion (planning/casting.EMOTIONS) and by what a direction says.
_BY_EMOTION = {
    "joy": 172, "anger": 180, "fear": 184, "tense": 150, "sad": 118, "tender": 124, "awe": 120, "determined": 148,
}  # fmt: skip
_BY_DIRECTION = (
    (re.compile(r"\b(?:rapid|fast|quick|hurried|breathless|blurt|babbl|racing)", re.I), 205),
    (re.compile(r"\b(?:slow|halting|hesita|weak|dying|drunk|stunned)", re.I), 104),
    (re.compile(r"\b(?:whisper|under (?:his|her|their) breath|soft|quiet|murmur)", re.I), 128),
    (re.compile(r"\b(?:shout|yell|scream|angr|furious)", re.I), 176),
    (re.compile(r"\b(?:sad|crying|tearful|sob)", re.I), 112),
)
_PAUSES = ((re.compile(r"\.{3}|…"), Fraction(1, 2)), (re.compile(r"--|—"), Fraction(1, 4)))
_BEAT = re.compile(r"\b(?:beat|pause|long silence)\b", re.I)
_SHORTEST_LINE = Fraction(3, 4)
# How much longer or shorter an action is by its manner.
_BY_MANNER = (
    (re.compile(r"\b(?:slow|gentl|careful|gradual|lazil|hesita|gingerly|weari)", re.I), Fraction(3, 2)),
    (re.compile(r"\b(?:quick|fast|sudden|swift|rapid|brisk|hast|frantic|abrupt|immediate)", re.I), Fraction(2, 3)),
)
# What makes a beat tense, and by how much: words, shouts, deeds.
_TENSE_WORDS = re.compile(
    r"\b(?:gun|knife|blood|scream|dead|death|dying|fire|explo\w+|crash\w*|danger|trap|bomb|enem(?:y|ies)|attack\w*|"
    r"chas\w+|run(?:s|ning)?|race[sd]?|fight\w*|kill\w*|panic\w*|terror|suddenly|siren|alarm|faster|hurr(?:y|ies))\b",
    re.I,
)
_CAPITALS = re.compile(r"\b[A-Z]{4,}\b")
_TENSE_DEEDS = frozenset(("run", "fight", "hit", "stab", "shoot", "kill", "break", "fall", "follow", "hide", "throw"))
_TENSE_MOODS = frozenset(("tense", "fear", "anger"))
_LASTS = Fraction(3, 5)  # of a beat's tension that the next one still has
_HASTE = Fraction(2, 5)  # of its length that the tensest beat loses
# How far a beat may be pressed and stretched.
_PRESS, _STRETCH = Fraction(3, 5), Fraction(3)
_AFTER_A_LINE = Fraction(2)  # seconds of silence that a line bears


@dataclass(frozen=True)
class Tempo:
    """How a beat is played: the emotion of who speaks in it (empty: none said), and its tension, 0 to 1."""

    emotion: str = ""
    tension: Fraction = Fraction(0)


CALM = Tempo()


def words_a_minute(emotion: str = "", direction: str = "") -> int:
    """The rate of speech of a line: its direction first, then the speaker's emotion."""
    for pattern, words in _BY_DIRECTION:
        if pattern.search(direction):
            return words
    return _BY_EMOTION.get(emotion, USUAL_WORDS)


def line_seconds(text: str, emotion: str = "", direction: str = "") -> Fraction:
    """How long a line takes: its words, its pauses ("...", "--"), and a beat if the direction asks for one."""
    words = len(re.findall(r"[\w'’-]*\w[\w'’-]*", text))
    spoken = Fraction(60 * words, words_a_minute(emotion, direction))
    paused = sum((seconds * len(pattern.findall(text)) for pattern, seconds in _PAUSES), Fraction(0))
    beat = Fraction(1) if _BEAT.search(direction) else Fraction(0)
    return max(_SHORTEST_LINE, spoken + paused) + beat


def action_seconds(seconds: Fraction, manner: str = "", tempo: Tempo = CALM) -> Fraction:
    """How long an action takes that takes `seconds` when nobody hurries."""
    by_manner = next((share for pattern, share in _BY_MANNER if pattern.search(manner)), Fraction(1))
    return seconds * by_manner * (1 - _HASTE * tempo.tension)


def build_tension(beats: Sequence[tuple[str, Sequence[str], str]]) -> tuple[Fraction, ...]:
    """The tension of each beat of a scene, from its text, its deeds and its mood.

    What a beat has of its own adds to what is left of the tension before it, so that it builds over tense beats and
    fades after them.
    """
    tensions: list[Fraction] = []
    left = Fraction(0)
    for text, deeds, mood in beats:
        signs = len(_TENSE_WORDS.findall(text)) + text.count("!") + len(_TENSE_DEEDS.intersection(deeds))
        signs += len(_CAPITALS.findall(text)) > 3
        own = Fraction(min(signs, 4), 4) / 2 + (Fraction(1, 4) if mood in _TENSE_MOODS else 0)
        left = min(Fraction(1), (left * _LASTS + own).limit_denominator(1000))
        tensions.append(left)
    return tuple(tensions)


@dataclass(frozen=True)
class Elastic:
    """A stretch of film: frames at the least, as it wants, and at the most."""

    least: int
    wanted: int
    most: int


def elastic_seconds(seconds: Fraction, *, spoken: bool, locked: bool) -> tuple[Fraction, Fraction, Fraction]:
    """How far a beat of `seconds` may give: at the least, as it wants, at the most. A line is never cut short, a locked
    beat keeps its length."""
    if locked:
        return seconds, seconds, seconds
    if spoken:
        return seconds, seconds, seconds + _AFTER_A_LINE
    return seconds * _PRESS, seconds, seconds * _STRETCH


def elastic(seconds: Fraction, rate: Rate, *, spoken: bool = False, locked: bool = False) -> Elastic:
    """The same in whole frames."""
    least, wanted, most = map(rate.frames, elastic_seconds(seconds, spoken=spoken, locked=locked))
    return Elastic(min(wanted, max(1, least)), wanted, most)


def fit_total(parts: Sequence[Elastic], total: int, rate: Rate) -> tuple[int, ...]:
    """Frames of each part that add up to `total`, each within its bounds, all as near to what they want as can be.

    The least sum of squared departures, each weighed by what the part wants, is reached when all parts that can still
    give have the same scale; that scale is found by closing the bounds one after the other, exactly. Left-over
    frames go to the largest remainders. Raises BadInput with the range that can be met.
    """
    least, most = sum(part.least for part in parts), sum(part.most for part in parts)
    if not least <= total <= most:
        raise BadInput(
            f"These beats cannot last {_clock(total, rate)}: they need {_clock(least, rate)} to {_clock(most, rate)}.",
            mend="Ask for a length within that, drop or add beats, or unlock some.",
        )
    exact = _scale(parts, total)
    frames = [int(value) for value in exact]
    spare = total - sum(frames)
    order = sorted(range(len(parts)), key=lambda at: (int(exact[at]) - exact[at], at))
    for at in [at for at in order if frames[at] < parts[at].most][:spare]:
        frames[at] += 1
    return tuple(frames)


def _scale(parts: Sequence[Elastic], total: int) -> list[Fraction]:
    """`clamp(wanted * scale)` for the scale at which the sum is the total."""
    edges = sorted({Fraction(edge, max(1, p.wanted)) for p in parts for edge in (p.least, p.most)})

    def at(scale: Fraction) -> list[Fraction]:
        return [min(max(max(1, p.wanted) * scale, Fraction(p.least)), Fraction(p.most)) for p in parts]

    low, high = edges[0], edges[-1]
    for edge in edges:
        if sum(at(edge)) <= total:
            low = edge
        else:
            high = edge
            break
    a, b = sum(at(low)), sum(at(high))
    return at(low if a == b else low + (high - low) * (total - a) / (b - a))


def _clock(frames: int, rate: Rate) -> str:
    return f"{float(rate.seconds(frames)):.1f} s"
