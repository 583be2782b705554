"""The Resolve plugin against a fake Resolve that fails the way the real one is known to."""

from __future__ import annotations

import ast
import importlib
import json
import runpy
import sys
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.fakes import resolve as fake

PLUGIN = Path(__file__).parents[2] / "plugins" / "resolve"


@pytest.fixture
def plugin(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """The plugin's package, with a home of its own."""
    monkeypatch.syspath_prepend(str(PLUGIN))
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("trouble", "timecode", "resolve_host", "engine_command", "ask", "actions", "menu"):
        importlib.import_module(f"secondunit_resolve.{name}")
    return sys.modules["secondunit_resolve"]


class Engine:
    """Stands for the `secondunit` command: notes the words and answers with takes that exist."""

    def __init__(self, folder: Path, shots: tuple[str, ...] = ("sh010",), frames: int = 48) -> None:
        self.lines: list[tuple[str, ...]] = []
        self.folder, self.shots, self.frames, self.number = folder, shots, frames, 0
        self.lengths: dict[str, int] = {}

    def __call__(self, *words: str) -> dict[str, Any]:
        self.lines.append(words)
        self.number += 1
        return {"timeline": "cut.otio", "shots": [self._take(shot) for shot in self.shots]}

    def _take(self, shot: str) -> dict[str, Any]:
        home = self.folder / shot / f"{self.number:03d}"
        home.mkdir(parents=True)
        cues = [
            {"id": name, "kind": "foley", "name": "step", "start": {"value": 5}, "duration": {"value": 1}}
            for name in ("c1", "c2")
        ]
        (home / "cues.json").write_text(json.dumps({"cues": cues}))
        files = {key: str(home / name) for key, name in (("media", "picture.mov"), ("proxy", "proxy.mp4"))}
        files |= {"depth": str(home / "depth.mov"), "sound": str(home / "mix.wav")}
        self.lengths |= dict.fromkeys(files.values(), self.frames)
        return files | {
            "id": shot, "take": self.number, "frames": self.frames, "rate": "24/1", "seed": 7,
            "manifest": str(home / "manifest.json"), "cues": str(home / "cues.json"),
        }  # fmt: skip


def open_resolve(engine: Engine, profile: fake.Profile = fake.STUDIO, **state: Any) -> Any:
    found = fake.scriptapp(profile, **state)
    if found is not None:
        found._world.lengths = engine.lengths
    return found


def never(question: str) -> str:
    raise AssertionError("nothing should be asked")


def test_generate_shoots_the_marker_and_places_the_takes_at_the_playhead(plugin: Any, tmp_path: Path) -> None:
    engine = Engine(tmp_path, ("sh010", "sh020"))
    resolve = open_resolve(engine, rate="23.976", size=(854, 480))
    timeline = resolve._project._timeline
    timeline._markers[40.0] = {"name": "Marker 1", "note": "rain on a tunnel", "duration": 72}
    told = plugin.actions.generate(resolve, engine, never)
    assert told == "Placed sh010, sh020."
    folder = str(tmp_path / "Second Unit" / "My Film")
    assert engine.lines == [
        ("shoot", "rain on a tunnel", "--project", folder, "--rate", "24000/1001", "--size", "854x480",
         "--seconds", "3003/1000"),
    ]  # fmt: skip
    placed = [(item._start, item._frames, item.GetName()) for item in timeline._tracks["video"][0]]
    assert placed == [(86448, 48, "sh010 take 001"), (86496, 48, "sh020 take 001")]
    assert [item._start for item in timeline._tracks["audio"][0]] == [86448, 86496]
    item = timeline._tracks["video"][0][0]
    assert item._media._third["secondunit_shot"] == "sh010"
    assert item._media._third["secondunit_words"] == "rain on a tunnel"
    assert (item._media._proxy.endswith("proxy.mp4"), len(item._media._mattes)) == (True, 1)
    assert item._markers[5.0]["customData"] == "secondunit:sh010:1:c1"
    assert item._markers[6.0]["customData"] == "secondunit:sh010:1:c2@1"  # Resolve holds one marker a frame
    assert item._media._properties["Reel Name"] == "SH010T01"


def test_media_goes_into_our_bin_and_the_editors_bin_stays_current(plugin: Any, tmp_path: Path) -> None:
    engine = Engine(tmp_path)
    resolve = open_resolve(engine)
    pool = resolve._project._pool
    mine = pool.AddSubFolder(pool._root, "Rushes")
    for _ in range(2):
        plugin.actions.generate(resolve, engine, lambda question: "a prompt")
        resolve._world.playhead = "01:00:20:00"
    assert pool._current is mine
    assert [folder._name for folder in pool._root._folders] == ["Rushes", "Second Unit"]
    assert len(pool._root._folders[1]._clips) == 2
    assert not mine._clips


def test_an_occupied_place_moves_up_a_track_instead_of_being_dropped(plugin: Any, tmp_path: Path) -> None:
    engine = Engine(tmp_path)
    resolve = open_resolve(engine)
    timeline = resolve._project._timeline
    timeline._tracks["video"][0].append(fake.TimelineItem(resolve._world, None, 86400, 60))
    timeline._locked.add(("audio", 1))
    plugin.actions.generate(resolve, engine, lambda question: "a prompt")
    assert [len(row) for row in timeline._tracks["video"]] == [1, 1]
    assert [len(row) for row in timeline._tracks["audio"]] == [0, 1]


def test_a_placement_that_vanishes_on_save_is_said(plugin: Any, tmp_path: Path) -> None:
    engine = Engine(tmp_path)
    resolve = open_resolve(engine, fake.Profile(broken=True))
    with pytest.raises(plugin.trouble.Trouble, match="lost the clip"):
        plugin.actions.generate(resolve, engine, lambda question: "a prompt")


def test_a_clip_of_another_length_than_promised_is_said(plugin: Any, tmp_path: Path) -> None:
    engine = Engine(tmp_path)
    resolve = open_resolve(engine)

    def conformed(*words: str) -> dict[str, Any]:
        answer = engine(*words)
        engine.lengths[answer["shots"][0]["media"]] = 50  # Resolve has read it at another rate
        return answer

    with pytest.raises(plugin.trouble.Trouble, match="wrongly: 50 frames"):
        plugin.actions.generate(resolve, conformed, lambda question: "a prompt")


def generated(plugin: Any, tmp_path: Path, profile: fake.Profile = fake.STUDIO) -> tuple[Engine, Any, Any]:
    engine = Engine(tmp_path)
    resolve = open_resolve(engine, profile)
    plugin.actions.generate(resolve, engine, lambda question: "a prompt")
    timeline = resolve._project._timeline
    timeline._under_playhead = timeline._tracks["video"][0][0]
    return engine, resolve, timeline._under_playhead


def test_retake_adds_a_take_and_leaves_trim_and_neighbours(plugin: Any, tmp_path: Path) -> None:
    engine, resolve, item = generated(plugin, tmp_path)
    item._frames = 30  # trimmed by the editor
    for number in (2, 3):
        told = plugin.actions.retake(resolve, engine, lambda question: "lower, 85mm")
        assert told == f"Take {number} of sh010 is take {number} of the clip."
    assert engine.lines[-1] == (
        "retake", "sh010", "lower, 85mm", "--project", str(tmp_path / "Second Unit" / "My Film")
    )  # fmt: skip
    assert (item._start, item._frames, item._take, len(item._takes)) == (86448, 30, 3, 3)
    assert item._media._third["secondunit_take"] == "3"
    assert not item._finalized


def test_a_selected_clip_goes_before_the_playhead_where_resolve_can_tell(plugin: Any, tmp_path: Path) -> None:
    engine, resolve, item = generated(plugin, tmp_path, fake.STUDIO_21_1)
    timeline = resolve._project._timeline
    timeline._selected, timeline._under_playhead = [item], None
    plugin.actions.retake(resolve, engine, lambda question: "warmer")
    assert item._take == 2
    older, resolve, item = generated(plugin, tmp_path / "older")
    resolve._project._timeline._selected, resolve._project._timeline._under_playhead = [item], None
    with pytest.raises(plugin.trouble.Trouble, match="No clip is under the playhead"):
        plugin.actions.retake(resolve, older, lambda question: "warmer")


def test_a_clip_of_others_cannot_be_retaken(plugin: Any, tmp_path: Path) -> None:
    engine, resolve, _ = generated(plugin, tmp_path)
    timeline = resolve._project._timeline
    timeline._under_playhead = fake.TimelineItem(resolve._world, None, 86400, 10)
    with pytest.raises(plugin.trouble.Trouble, match="no media"):
        plugin.actions.retake(resolve, engine, never)
    timeline._under_playhead._media = fake.MediaPoolItem(resolve._world, "/rushes/a.mov")
    with pytest.raises(plugin.trouble.Trouble, match=r"a\.mov is not a Second Unit take"):
        plugin.actions.retake(resolve, engine, never)


# Calls whose None means "there is none", or that are not worth stopping for.
HARMLESS = {
    "GetMarkers", "GetSubFolderList", "GetItemListInTrack", "GetTakesCount", "GetIsTrackLocked", "AddMarker",
    "LinkProxyMedia", "SetClipProperty",
    "AddClipMattesToMediaPool", "GetMediaStorage", "GetCurrentFolder", "GetTrackCount",
}  # fmt: skip


def test_every_none_becomes_a_sentence_with_a_mend(plugin: Any, tmp_path: Path, monkeypatch: Any) -> None:
    """Each call the plugin makes fails in its turn with None; none is taken for success."""
    engine, resolve, item = generated(plugin, tmp_path)
    plugin.actions.retake(resolve, engine, lambda question: "lower")
    essential = [call for call in dict.fromkeys(resolve._world.calls) if call.split(".")[1] not in HARMLESS]
    essential.remove("Folder.GetName")  # a bin without a name is merely not ours
    assert len(essential) > 20
    assert item._take == 2

    def both(world: Any, words: Engine) -> None:
        plugin.actions.generate(world, words, lambda question: "a prompt")
        plugin.actions.retake(world, words, lambda question: "lower")

    for index, call in enumerate(essential):
        kind, name = call.split(".")
        words, world, _ = generated(plugin, tmp_path / str(index))
        world._world.playhead = "01:00:03:00"  # part of the place is taken
        world._project._pool._root._folders.clear()  # so that the bin is made anew
        with monkeypatch.context() as patch:
            patch.setattr(getattr(fake, kind), name, lambda self, *arguments: None)
            with pytest.raises(plugin.trouble.Trouble) as caught:
                both(world, words)
            assert caught.value.mend, call


def test_refused_extras_are_named_and_do_not_stop_the_work(plugin: Any, tmp_path: Path) -> None:
    engine = Engine(tmp_path)
    resolve = open_resolve(engine)

    def without_proxy(*words: str) -> dict[str, Any]:
        answer = engine(*words)
        take = answer["shots"][0]
        del engine.lengths[take["proxy"]], engine.lengths[take["depth"]]
        return answer

    told = plugin.actions.generate(resolve, without_proxy, lambda question: "a prompt")
    assert told == "Placed sh010. Note: the proxy was not linked. Note: the depth matte was not attached."


@pytest.mark.parametrize(
    ("profile", "state", "said"),
    [
        (fake.FREE_21_1, {}, "does not answer scripts"),
        (fake.STUDIO, {"timeline": False}, "No timeline is open"),
        (fake.STUDIO, {"rate": "fast"}, "runs at"),
        (fake.STUDIO, {"playhead": "now"}, "timecode"),
    ],
)
def test_a_resolve_that_cannot_is_told_so(
    plugin: Any, tmp_path: Path, profile: Any, state: dict[str, Any], said: str
) -> None:
    engine = Engine(tmp_path)
    with pytest.raises(plugin.trouble.Trouble, match=said) as caught:
        plugin.actions.generate(open_resolve(engine, profile, **state), engine, lambda question: "a prompt")
    assert caught.value.mend
    assert not engine.lines


def test_free_editions_work_up_to_21_0_and_are_refused_after(plugin: Any, tmp_path: Path) -> None:
    engine = Engine(tmp_path)
    assert plugin.actions.generate(open_resolve(engine, fake.FREE), engine, lambda question: "a prompt")
    with pytest.raises(plugin.trouble.Trouble, match=r"no scripts since 21\.1"):
        plugin.resolve_host.ResolveHost(fake.Resolve(fake.FREE_21_1))


def test_nothing_to_shoot_is_said_before_the_engine_starts(plugin: Any, tmp_path: Path) -> None:
    engine = Engine(tmp_path)
    with pytest.raises(plugin.trouble.Trouble, match="nothing to shoot"):
        plugin.actions.generate(open_resolve(engine), engine, lambda question: None)
    assert not engine.lines


@pytest.mark.parametrize(
    ("timecode", "rate", "drop", "frame"),
    [
        ("01:00:02:00", "24", False, 86448),
        ("00:01:00;02", "29.97 DF", True, 1800),
        ("00:10:00;00", "29.97", True, 17982),
        ("01:00:00;00", "59.94", True, 215784),
        ("00:01:00:02", "29.97", False, 1802),
        ("00:00:01:00", "23.976", False, 24),
    ],
)
def test_timecode_and_rates_are_read_exactly(plugin: Any, timecode: str, rate: str, drop: bool, frame: int) -> None:
    exact = plugin.timecode.read_rate(rate)
    assert plugin.timecode.frame_of(timecode, exact, drop=drop) == frame
    assert plugin.timecode.read_rate(24.0) == 24
    assert plugin.timecode.read_rate("23.976") == Fraction(24000, 1001)


# The command


def command_that(plugin: Any, monkeypatch: Any, code: str) -> None:
    monkeypatch.setattr(plugin.engine_command, "command", lambda: [sys.executable, "-c", code])


def test_the_engine_runs_in_a_process_of_its_own_and_answers_json(plugin: Any, monkeypatch: Any) -> None:
    """A large answer comes through whole while progress lines arrive one by one, and Resolve's PYTHONHOME stays out."""
    code = (
        "import os, sys, json\n"
        "print('frame 1', file=sys.stderr)\n"
        "print(json.dumps({'words': sys.argv[1:], 'home': 'PYTHONHOME' in os.environ, 'long': 'x' * 300000}))\n"
        "print('frame 2', file=sys.stderr)\n"
    )
    command_that(plugin, monkeypatch, code)
    monkeypatch.setenv("PYTHONHOME", sys.prefix)
    heard: list[str] = []
    answer = plugin.engine_command.run("shoot", "a prompt", tell=heard.append)
    assert (answer["words"], answer["home"], len(answer["long"])) == (["shoot", "a prompt", "--json"], False, 300000)
    assert heard == ["frame 1", "frame 2"]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ('print(\'{"error": {"message": "The brief is empty.", "mend": "Write one."}}\')', "brief is empty"),
        ("import sys; print('no disk', file=sys.stderr); sys.exit(3)", "ended with 3 and gave no answer. no disk"),
        ("print('{}'); raise SystemExit(1)", "ended with 1"),
    ],
)
def test_an_engine_that_fails_is_a_sentence(plugin: Any, monkeypatch: Any, code: str, said: str) -> None:
    command_that(plugin, monkeypatch, code)
    with pytest.raises(plugin.trouble.Trouble, match=said):
        plugin.engine_command.run("shoot", "")


def test_a_missing_command_says_how_to_install(plugin: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(plugin.trouble.Trouble, match="install-plugins"):
        plugin.engine_command.run("shoot", "a prompt")


@pytest.mark.parametrize("script", sorted(PLUGIN.glob("Second Unit - *.py")), ids=lambda path: path.stem)
def test_a_menu_script_always_ends_with_a_word(plugin: Any, monkeypatch: Any, script: Path) -> None:
    said: list[str] = []
    monkeypatch.setattr(plugin.ask, "say", lambda message, command: said.append(message))
    runpy.run_path(str(script), init_globals={"resolve": None})
    assert "does not answer scripts" in said[0]
    monkeypatch.setattr(plugin.actions, "ResolveHost", lambda resolve: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        runpy.run_path(str(script), init_globals={"resolve": None})
    assert "Something went wrong" in said[1]


# What the plugin may say at all


def sources() -> list[Path]:
    return sorted([*PLUGIN.glob("*.py"), *PLUGIN.glob("secondunit_resolve/*.py")])


def test_every_call_of_the_plugin_is_on_the_documented_surface() -> None:
    """Each CapitalCase method called anywhere in the plugin exists on the surface (or is Resolve's own way in)."""
    documented = {name for names in fake.SURFACE.values() for name in names}
    doors = {
        "GetResolve",
        "GetSelectedClips",
        "Popen",
        "TemporaryFile",
        "TemporaryDirectory",
        "Tk",
        "Trouble",
        "Fraction",
        "Path",
    }
    called = {
        node.func.attr
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr[0].isupper()
    }
    assert called - documented - doors == set()
    assert {"AppendToTimeline", "AddTake", "SelectTakeByIndex", "ImportMedia"} <= called
    assert "FinalizeTake" not in called


def test_every_call_goes_to_a_class_that_has_it(plugin: Any, tmp_path: Path) -> None:
    """Recorded while both actions run: class and method are a pair of the surface."""
    engine, resolve, _ = generated(plugin, tmp_path, fake.STUDIO_21_1)
    plugin.actions.retake(resolve, engine, lambda question: "lower")
    pairs = {tuple(call.split(".")) for call in resolve._world.calls}
    assert all(method in fake.SURFACE[kind] for kind, method in pairs)
    assert len(pairs) > 30


def test_the_plugin_needs_the_standard_library_alone() -> None:
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [node.module or ""]
            for name in names:
                assert name.split(".")[0] in {*sys.stdlib_module_names, "secondunit_resolve"}, (path.name, name)


def test_the_fake_offers_the_surface_and_lies_like_the_original() -> None:
    resolve = fake.Resolve(fake.STUDIO)
    timeline = resolve._project._timeline
    assert timeline is not None
    assert hasattr(timeline, "MakeCoffee")  # as the original does
    assert "MakeCoffee" not in dir(timeline)
    assert dir(resolve) == sorted(fake.SURFACE["Resolve"])
    assert "GetSelectedClips" not in dir(timeline)
    assert isinstance(timeline.GetTrackCount("video"), float)
    with pytest.raises(NotImplementedError):
        _ = timeline.CreateCompoundClip
