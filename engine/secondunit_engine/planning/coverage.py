"""How many shots a scene gets, and which beats each holds.

A prompt is one shot. A scene is one shot unless its action asks for an angle ("ANGLE ON", "CLOSE ON", "INSERT"),
or two people talk at length: then a master and the talk. Never more than three.
"""

from __future__ import annotations

from secondunit_bridge.errors import TooLarge
from secondunit_engine.planning.people import is_off_screen
from secondunit_engine.planning.reading import ReadBeat, ShotReading, read_scenes
from secondunit_engine.script.brief import Script, ScriptScene

_MOST_SHOTS = 3  # a scene
_MOST_SCENES = 2000  # a feature has some 150
_TALK_WORDS = 12  # spoken by at least two people: worth a shot of its own

Beats = tuple[ReadBeat, ...]


def split_scenes(script: Script) -> tuple[ShotReading, ...]:
    """Every scene as one to three shots, named sh010, sh020 and so on in script order. Raises TooLarge."""
    if len(script.scenes) > _MOST_SCENES:
        raise TooLarge(f"The screenplay has over {_MOST_SCENES} scenes.", mend="Shoot it in parts.")
    shots: list[ShotReading] = []
    for scene in read_scenes(script):
        everything = tuple(scene.found())
        groups = _group_beats(scene.scene, scene.beats)
        for position, (group, span) in enumerate(zip(groups, _spans(scene.scene, groups), strict=True)):
            name = f"sh{(len(shots) + 1) * 10:03d}"
            shots.append(
                ShotReading(
                    name, scene.scene, scene.heading, everything, group, scene.beats, scene.place, scene.why_place,
                    position, span, scene.is_prompt,
                )
            )  # fmt: skip
    return tuple(shots)


def _group_beats(scene: ScriptScene, beats: Beats) -> list[Beats]:
    """The scene's beats by shot."""
    if not scene.heading:
        return [beats]
    starts = [0, *(at for at, beat in enumerate(beats) if at and _asks_for_angle(beat))]
    talk = _talk_start(beats)
    if talk and not any(start and abs(start - talk) < 2 for start in starts):
        starts = sorted({*starts, talk})
    starts = starts[:_MOST_SHOTS]
    return [beats[start:end] for start, end in zip(starts, [*starts[1:], len(beats)], strict=True)]


def _asks_for_angle(beat: ReadBeat) -> bool:
    """Whether a short capital line such as "ANGLE ON -- THE RELIC" starts a shot."""
    words = beat.beat.text.split("\n")[0]
    return beat.beat.kind == "action" and words == words.upper() and any(beat.all("size"))


def _talk_start(beats: Beats) -> int:
    """The first line of a talk between two people on screen, if something happens before it and it is long enough."""
    lines = [(at, beat.beat) for at, beat in enumerate(beats) if beat.beat.kind == "dialogue"]
    seen = {line.character for _, line in lines if not is_off_screen(line.extension)}
    words = sum(len(line.text.split()) for _, line in lines)
    return lines[0][0] if len(seen) > 1 and words >= _TALK_WORDS else 0


def _spans(scene: ScriptScene, groups: list[Beats]) -> list[tuple[int, int]]:
    """The characters of the brief that belong to each shot; the heading goes with the first."""
    starts = [scene.span.start, *(group[0].beat.span.start for group in groups[1:])]
    return list(zip(starts, [*starts[1:], scene.span.end], strict=True))
