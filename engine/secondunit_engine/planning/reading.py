"""Scenes and shots to be: their beats with what was understood in each, before any decision is made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from secondunit_engine.script.brief import Beat, Script, ScriptScene
from secondunit_engine.script.names import find_names
from secondunit_engine.script.own_props import with_own
from secondunit_engine.script.prompt import Found, Phrases, understand
from secondunit_engine.script.prop_words import nouns_brought
from secondunit_engine.script.setting import choose_place, fit_to_place
from secondunit_engine.script.subjects import split_sentences
from secondunit_engine.script.vocabulary import Facet, Sense


@dataclass(frozen=True)
class ReadBeat:
    beat: Beat
    found: tuple[Found, ...]

    @property
    def sentences(self) -> list[tuple[Found, ...]]:
        return split_sentences(self.beat.text, self.found)

    def all(self, facet: Facet) -> Iterator[Found]:
        return (item for item in self.found if item.facet == facet)


@dataclass(frozen=True, eq=False)
class SceneReading:
    """A scene with its words understood; one that is read again unchanged is the same object (`read_once`).

    `place` is the set, `why_place` says why if nobody named it; a prompt is a scene without a heading.
    """

    scene: ScriptScene
    heading: tuple[Found, ...]
    beats: tuple[ReadBeat, ...]
    place: str
    why_place: str = ""

    @property
    def is_prompt(self) -> bool:
        return not self.scene.heading

    def found(self) -> tuple[Found, ...]:
        """All that was understood in the heading and the beats, in order."""
        return self._found

    @cached_property
    def _found(self) -> tuple[Found, ...]:
        return (*self.heading, *(item for beat in self.beats for item in beat.found))


@dataclass(frozen=True)
class ShotReading:
    """One shot's share of a scene. `heading` is what the scene heading says, `scene_found`
    what its whole scene says; `place` is the set; `position` counts the scene's shots from 0."""

    id: str
    scene: ScriptScene
    heading: tuple[Found, ...]
    scene_found: tuple[Found, ...]
    beats: tuple[ReadBeat, ...]
    scene_beats: tuple[ReadBeat, ...]
    place: str
    position: int
    is_prompt: bool

    def found(self) -> Iterator[Found]:
        """All that was understood in the heading and the shot's own beats, in order."""
        yield from self.heading
        for beat in self.beats:
            yield from beat.found

    def first(self, facet: Facet) -> Found | None:
        return next((item for item in self.found() if item.facet == facet), None)

    def first_of_scene(self, facet: Facet) -> Found | None:
        """The shot's own word first, then the scene's."""
        own = self.first(facet)
        return own or self._scene_says.get(facet)

    @cached_property
    def _scene_says(self) -> dict[Facet, Found]:
        """The first word of each facet in the scene."""
        return {item.facet: item for item in reversed(self.scene_found)}


class Names:
    """The names of a script's people and of its own things. Two scripts with the same have the same object, so that
    what is remembered of a scene is found again by it."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases


@lru_cache(maxsize=64)
def _intern(rows: tuple[tuple[str, tuple[tuple[tuple[str, ...], Sense], ...]], ...]) -> Names:
    return Names(dict(rows))


def name_people(script: Script) -> Names:
    return _intern(tuple(script_names(script).items()))


@lru_cache(maxsize=4096)
def read_once(scene: ScriptScene, names: Names) -> SceneReading:
    """`read_scene`, remembered. Where the scene stands in the text is that of its first reading."""
    return read_scene(scene, names.phrases)


def read_scenes(script: Script) -> tuple[SceneReading, ...]:
    """Every scene of a script with its words understood and its set chosen."""
    names = script_names(script)
    return tuple(read_scene(scene, names) for scene in script.scenes)


def read_scene(scene: ScriptScene, names: Phrases) -> SceneReading:
    heading = understand(scene.heading)
    beats = tuple(ReadBeat(beat, understand(beat.text, names) if beat.kind == "action" else ()) for beat in scene.beats)
    place, why = choose_place(heading, [item for beat in beats for item in beat.found])
    fitted: list[ReadBeat] = []
    brought: frozenset[str] = frozenset()
    for beat in beats:
        fitted.append(ReadBeat(beat.beat, fit_to_place(beat.beat.text, beat.found, place, brought)))
        brought |= nouns_brought(fitted[-1].found)
    return SceneReading(scene, heading, tuple(fitted), place, why)


def script_names(script: Script) -> Phrases:
    """The names of a script's people and of its own things, as its reader found them."""
    beats = [beat for scene in script.scenes for beat in scene.beats]
    cues = [beat.character for beat in beats if beat.kind == "dialogue" and beat.character]
    return with_own(find_names(cues, [beat.text for beat in beats if beat.kind == "action"]), script.own)
