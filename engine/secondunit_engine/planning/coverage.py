"""How many shots a scene gets, and which beats each holds."""

from __future__ import annotations

from secondunit_engine.planning.reading import ReadBeat, ShotReading
from secondunit_engine.script.brief import Script, ScriptScene
from secondunit_engine.script.prompt import understand


def split_scenes(script: Script) -> tuple[ShotReading, ...]:
    """Every scene as one to three shots, named sh010, sh020 and so on in script order."""
    shots: list[ShotReading] = []
    for scene in script.scenes:
        beats = tuple(ReadBeat(beat, understand(beat.text)) for beat in scene.beats)
        heading = understand(scene.heading)
        everything = heading + tuple(item for beat in beats for item in beat.found)
        for group, span in _group_beats(scene, beats):
            name = f"sh{(len(shots) + 1) * 10:03d}"
            shots.append(ShotReading(name, scene, heading, everything, group, (span,), not scene.heading))
    return tuple(shots)


def _group_beats(scene: ScriptScene, beats: tuple[ReadBeat, ...]) -> list[tuple[tuple[ReadBeat, ...], tuple[int, int]]]:
    return [(beats, (scene.span.start, scene.span.end))]
