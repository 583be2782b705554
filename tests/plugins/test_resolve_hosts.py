"""Every Resolve there is, from 19.1 to 21.1, Studio and Free: the menu actions end to end, and each known trap."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest

from secondunit_bridge.exchange.host_shape import shaped_for
from secondunit_bridge.exchange.read_cut_file import read_cut_file
from secondunit_bridge.otio_file import write_otio
from secondunit_bridge.timing import Rate
from tests.fakes import resolve as fake
from tests.plugins.test_resolve import Engine, generated, never, open_resolve, plugin, sources

__all__ = ["plugin"]

# Arguments that each documented call takes: the least and the most.
ARITY = {
    "AddClipMattesToMediaPool": (2, 3), "AddMarker": (5, 6), "AddSubFolder": (2, 2), "AddTake": (1, 3),
    "AddTrack": (1, 2), "AppendToTimeline": (1, 1), "DeleteClips": (1, 2), "Export": (2, 3), "GetCurrentFolder": (0, 0),
    "GetCurrentProject": (0, 0), "GetCurrentTimecode": (0, 0), "GetCurrentTimeline": (0, 0),
    "GetCurrentVideoItem": (0, 0), "GetDuration": (0, 1), "GetEnd": (0, 1), "GetIsTrackLocked": (2, 2),
    "GetItemListInTrack": (2, 2), "GetMarkers": (0, 0), "GetMediaPool": (0, 0), "GetMediaPoolItem": (0, 0),
    "GetMediaStorage": (0, 0), "GetName": (0, 0), "GetProductName": (0, 0), "GetProjectManager": (0, 0),
    "GetRootFolder": (0, 0), "GetSelectedClips": (0, 0), "GetSelectedTakeIndex": (0, 0), "GetSetting": (0, 1),
    "GetStart": (0, 1), "GetStartFrame": (0, 0), "GetSubFolderList": (0, 0), "GetTakesCount": (0, 0),
    "GetThirdPartyMetadata": (0, 1), "GetTimelineByIndex": (1, 1), "GetTimelineCount": (0, 0), "GetTrackCount": (1, 1),
    "GetVersion": (0, 0), "ImportMedia": (1, 1), "ImportTimelineFromFile": (1, 2), "LinkProxyMedia": (1, 1),
    "SaveProject": (0, 0), "SelectTakeByIndex": (1, 1), "SetClipProperty": (2, 2), "SetCurrentFolder": (1, 1),
    "SetThirdPartyMetadata": (1, 2),
}  # fmt: skip
DOORS = {"GetResolve", "Popen", "TemporaryFile", "TemporaryDirectory", "Tk"}  # not Resolve's scripting objects


def calls() -> list[tuple[str, int]]:
    """Every call of a CapitalCase method in the plugin, with its number of arguments."""
    return [
        (node.func.attr, len(node.args) + len(node.keywords))
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr[0].isupper()
    ]


def test_every_host_call_has_the_documented_number_of_arguments() -> None:
    documented = {name for names in fake.SURFACE.values() for name in names}
    for name, count in calls():
        if name not in DOORS:
            assert name in documented, name
            least, most = ARITY[name]
            assert least <= count <= most, (name, count)


def test_no_call_needs_studio_or_is_known_to_go_wrong() -> None:
    """A Studio-only call opens a modal on the free edition; Fusion comps by script are unreliable at render; a LUT
    resolves under the master folder alone; ReplaceClip changes every use of a clip."""
    wrong = set().union(*fake.STUDIO_ONLY.values()) | {"ReplaceClip", "FinalizeTake", "AddFusionComp", "SetLUT"}
    assert wrong.isdisjoint(name for name, _ in calls())


def test_the_fake_hides_behind_its_modal_as_the_original_does() -> None:
    timeline: Any = fake.Resolve(fake.FREE)._project._timeline
    assert timeline.GetStartFrame() == 86400.0
    assert timeline.DetectSceneCuts() is None
    assert timeline.GetStartFrame() is None


@pytest.mark.parametrize("profile", fake.ANSWERING.values(), ids=fake.ANSWERING)
def test_generate_markers_retake_and_conform_on_every_resolve(
    plugin: Any, tmp_path: Path, profile: fake.Profile
) -> None:
    """Place, take over a moved cue, retake, conform out and in: the same words to the engine, whichever host asks."""
    engine, resolve, item = generated(plugin, tmp_path, profile)
    assert resolve._world.saves == 1
    marker = item._markers.pop(5.0)
    item._markers[9.0] = marker  # the editor drags the cue four frames on
    asked: list[str] = []

    def cues(*words: str) -> dict[str, Any]:
        asked.append(Path(words[words.index("--from") + 1]).read_text("utf-8"))
        return {"moved": [{"cue": "sh010:c1", "by": 4}], "notes": []}

    assert plugin.actions.markers(resolve, cues, never) == "Moved sh010:c1 by +4 frames."
    assert asked[0].splitlines()[1:] == ["sh010:1:c2,5,00:00:00:00,step", "sh010:1:c1,9,00:00:00:00,step"]
    told = plugin.actions.retake(resolve, engine, lambda question: "lower")
    assert told == "Take 2 of sh010 is take 2 of the clip."
    item._left, item._frames = 6, 30  # trimmed at both ends
    before = resolve._project._timeline
    assert plugin.actions.conform(resolve, Conform(item), never).endswith("its timeline is “Timeline 1 conformed”.")
    made = resolve._project._timeline
    assert made is not before
    assert made._contents()[0][2:5] == (item._media._path, item._start, 30)
    assert [each._left for each in before._tracks["video"][0]] == [6]


class Conform:
    """Stands for `secondunit conform`: reads what Resolve exported and gives it back in the shape asked for."""

    def __init__(self, item: Any) -> None:
        self.item = item

    def __call__(self, *words: str) -> dict[str, Any]:
        assert words[0] == "conform"
        assert "--final" in words
        cut = read_cut_file(Path(words[1]), Rate(24))
        assert (cut.form, cut.notes) == ("resolve", ())
        clip: Any = next(iter(cut.timeline.find_clips()))
        assert clip.source_range.start_time.value == 86400 + self.item._left
        shaped, _ = shaped_for(cut.timeline, "resolve", (1920, 1080))
        write_otio(shaped, Path(words[words.index("--otio-out") + 1]))
        out = words[words.index("--out") + 1]
        return {"media": out, "frames": 30, "copied_frames": 30, "notes": []}


def test_free_21_1_answers_nothing_and_that_is_said(plugin: Any, tmp_path: Path) -> None:
    engine = Engine(tmp_path)
    for action in (plugin.actions.generate, plugin.actions.retake, plugin.actions.markers, plugin.actions.conform):
        with pytest.raises(plugin.trouble.Trouble, match="does not answer scripts") as caught:
            action(open_resolve(engine, fake.FREE_21_1), engine, never)
        assert "Studio" in caught.value.mend


def test_a_host_that_dies_in_mid_edit_has_nothing_half_placed(plugin: Any, tmp_path: Path) -> None:
    """It dies after its first call, its second, and so on: saved are both takes and their markers, or nothing."""
    engine = Engine(tmp_path / "whole", ("sh010", "sh020"))
    whole = open_resolve(engine)
    plugin.actions.generate(whole, engine, lambda question: "a prompt")
    placed = [row[3:] for row in whole._world.saved["Timeline 1"]]
    assert len(placed) == 4
    outcomes = set()
    for lives in range(1, len(whole._world.calls) + 1):
        engine = Engine(tmp_path / str(lives), ("sh010", "sh020"))
        dying = open_resolve(engine)
        dying._world.lives = lives
        try:
            plugin.actions.generate(dying, engine, lambda question: "a prompt")
        except plugin.trouble.Trouble as trouble:
            outcomes.add(bool(trouble.mend))
        saved = [row[3:] for row in dying._world.saved.get("Timeline 1", [])]
        assert saved in ([], placed), lives
        outcomes.add(len(saved))
    assert outcomes == {True, 0, 4}


def test_a_second_take_that_cannot_be_placed_takes_the_first_away(plugin: Any, tmp_path: Path) -> None:
    engine = Engine(tmp_path, ("sh010", "sh020"))
    resolve = open_resolve(engine)

    def shorter(*words: str) -> dict[str, Any]:
        answer = engine(*words)
        engine.lengths[answer["shots"][1]["media"]] = 40
        return answer

    with pytest.raises(plugin.trouble.Trouble, match="wrongly: 40 frames"):
        plugin.actions.generate(resolve, shorter, lambda question: "a prompt")
    assert resolve._project._timeline._contents() == []
    assert resolve._world.saves == 0


def resolve_shaped(folder: Path) -> Path:
    root = {
        "OTIO_SCHEMA": "Timeline.1", "metadata": {"Resolve_OTIO": {"Resolve OTIO Meta Version": "1.0"}},
        "global_start_time": {"value": 86400, "rate": 24}, "tracks": {"children": []},
    }  # fmt: skip
    (folder / "a.otio").write_text(json.dumps(root))
    return folder / "a.otio"


def test_a_name_that_is_taken_gets_a_number(plugin: Any, tmp_path: Path) -> None:
    """Resolve gives None for it, as for everything else."""
    host = plugin.resolve_host.ResolveHost(open_resolve(Engine(tmp_path)))
    path = resolve_shaped(tmp_path)
    assert [host.import_otio(str(path), "cut") for _ in range(3)] == ["cut", "cut 2", "cut 3"]


def test_an_otio_of_another_shape_imports_nothing_and_we_say_where_it_lies(plugin: Any, tmp_path: Path) -> None:
    resolve = open_resolve(Engine(tmp_path))
    host = plugin.resolve_host.ResolveHost(resolve)
    (tmp_path / "b.otio").write_text("{}")
    with pytest.raises(plugin.trouble.Trouble, match="did not import") as caught:
        host.import_otio(str(tmp_path / "b.otio"), "cut")
    assert str(tmp_path / "b.otio") in caught.value.mend
    pool: Any = resolve._project._pool
    good = str(resolve_shaped(tmp_path))
    assert pool.ImportTimelineFromFile(good, {"timelineName": "x", "sourceClipsFolders": ["Master"]}) is None
    assert pool.ImportTimelineFromFile(good, {"timelineName": "x", "sourceClipsFolders": [pool._root]}) is not None


def test_a_resolve_without_otio_export_is_told_so(plugin: Any, tmp_path: Path, monkeypatch: Any) -> None:
    _, resolve, _ = generated(plugin, tmp_path)
    monkeypatch.delattr(fake.Resolve, "EXPORT_OTIO")
    with pytest.raises(plugin.trouble.Trouble, match="does not export OTIO"):
        plugin.actions.conform(resolve, never, never)


def test_timelines_without_our_clips_are_refused_before_anything_is_made(plugin: Any, tmp_path: Path) -> None:
    resolve = open_resolve(Engine(tmp_path))
    with pytest.raises(plugin.trouble.Trouble, match="no clip of ours"):
        plugin.actions.conform(resolve, never, never)
    with pytest.raises(plugin.trouble.Trouble, match="carries our markers"):
        plugin.actions.markers(resolve, never, never)
