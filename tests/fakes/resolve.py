"""A stateful fake of DaVinci Resolve's scripting API, as unhelpful as the real one.

Its classes offer exactly the methods of the documented surface (tests/data/resolve_api_surface.json), and those of
21.1 only to a 21.1. What it gets wrong, it gets wrong as others measured it:
- a failure is None or False, never an exception; numbers come as floats; `hasattr` is True for any name;
- ImportMedia goes into the current bin; a clip that would overlap is dropped without a word;
- what was placed by a call in a broken session vanishes on save; takes count from 1;
- one marker a frame; constants are floats;
- an OTIO that is not shaped as Resolve writes it imports nothing, nor does one under a name that is taken, or with
  folders that are not Folder objects; without importSourceClips every clip is offline;
- a call that needs Studio opens a modal window on the free edition, and every later call gives None;
- the free edition since 21.1 answers no script at all;
- it can die: from then on every call gives None, and what was not saved is gone.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.fakes.resolve_export import exported
from tests.fakes.resolve_import import why_refused

SURFACE: dict[str, list[str]] = json.loads(
    (Path(__file__).parents[1] / "data" / "resolve_api_surface.json").read_text("utf-8")
)
_LATE: dict[tuple[int, int, int], dict[str, set[str]]] = {
    (20, 0, 0): {
        "Timeline": {"GetVoiceIsolationState", "SetVoiceIsolationState"},
        "TimelineItem": {"GetVoiceIsolationState", "SetVoiceIsolationState", "SetName"},
        "MediaPoolItem": {"MonitorGrowingFile", "SetName"},
    },
    (21, 0, 0): {
        "MediaPoolItem": {"AnalyzeForIntellisearch", "AnalyzeForSlate", "RemoveMotionBlur"},
        "Folder": {"AnalyzeForIntellisearch", "AnalyzeForSlate", "RemoveMotionBlur"},
    },
    (21, 1, 0): {
        "Timeline": {"GetSelectedClips"},
        "TimelineItem": {"AddTransition", "SetSpeed", "GetSpeed", "GetType"},
    },
}
STUDIO_ONLY = {
    "TimelineItem": {"CreateMagicMask", "RegenerateMagicMask", "SmartReframe"},
    "Timeline": {"AnalyzeDolbyVision", "CreateSubtitlesFromAudio", "DetectSceneCuts", "ConvertTimelineToStereo"},
    "MediaPoolItem": {"TranscribeAudio", "PerformAudioClassification"},
    "Folder": {"TranscribeAudio", "PerformAudioClassification"},
}


@dataclass(frozen=True)
class Profile:
    """Which Resolve this is. `broken` sessions lose on save what was placed."""

    product: str = "DaVinci Resolve Studio"
    version: tuple[int, int, int] = (21, 0, 4)
    broken: bool = False


_FREE = "DaVinci Resolve"
STUDIO = Profile()
STUDIO_19_1, STUDIO_21_1 = Profile(version=(19, 1, 0)), Profile(version=(21, 1, 0))
FREE, FREE_19_1, FREE_21_1 = Profile(_FREE, (21, 0, 4)), Profile(_FREE, (19, 1, 0)), Profile(_FREE, (21, 1, 0))
ANSWERING = {
    "Studio 19.1": STUDIO_19_1, "Studio 21.0.4": STUDIO, "Studio 21.1": STUDIO_21_1, "Free 19.1": FREE_19_1,
    "Free 21.0.4": FREE,
}  # fmt: skip


def scriptapp(profile: Profile, **state: Any) -> Resolve | None:
    """What a script gets when it asks for Resolve."""
    if profile.product == "DaVinci Resolve" and profile.version >= (21, 1, 0):
        return None
    return Resolve(profile, **state)


class Remote:
    """An object of the API: offers the surface's methods and answers None to any other name."""

    def __init__(self, world: World) -> None:
        self.__dict__["_world"] = world

    def __dir__(self) -> list[str]:
        kind = type(self).__name__
        version = self._world.profile.version
        late = [names.get(kind, set()) for since, names in _LATE.items() if version < since]
        return sorted(set(SURFACE[kind]).difference(*late))

    def __getattribute__(self, name: str) -> Any:
        if name.startswith("_") or not name[0].isupper():
            return object.__getattribute__(self, name)
        if name.startswith("EXPORT_"):
            return object.__getattribute__(self, name) if name in type(self).__dict__ else None
        if self._world.is_gone():
            return lambda *arguments: None
        if name not in dir(self):
            return None  # so hasattr is True for anything, and calling it fails
        if name in STUDIO_ONLY.get(type(self).__name__, ()) and self._world.profile.product == _FREE:
            self._world.modal = True
            return lambda *arguments: None
        known = type(self).__dict__.get(name)
        if known is None:
            raise NotImplementedError(f"The fake has no {type(self).__name__}.{name} yet.")
        self._world.calls.append(f"{type(self).__name__}.{name}")
        return object.__getattribute__(self, name)


class World:
    """The state behind all objects."""

    def __init__(self, profile: Profile, rate: str, size: tuple[int, int], playhead: str, lengths: dict[str, int]):
        self.profile = profile
        self.settings = {
            "timelineFrameRate": rate, "timelineResolutionWidth": str(size[0]),
            "timelineResolutionHeight": str(size[1]), "timelineDropFrameTimecode": "0",
        }  # fmt: skip
        self.playhead = playhead
        self.lengths = lengths  # frames of each media file; others do not exist
        self.calls: list[str] = []
        self.saves = 0
        self.saved: dict[str, list[tuple[Any, ...]]] = {}  # what the project on disk holds, by timeline
        self.lives: int | None = None  # calls that are still answered
        self.modal = False

    def is_gone(self) -> bool:
        """Whether the host has died, or hides behind a modal window; counts a call."""
        if self.lives is not None:
            self.lives -= 1
        return self.modal or (self.lives is not None and self.lives < 0)


class Resolve(Remote):
    EXPORT_OTIO = 11.0
    EXPORT_NONE = 0.0

    def __init__(
        self, profile: Profile, *, rate: str = "24", size: tuple[int, int] = (1920, 1080),
        playhead: str = "01:00:02:00", lengths: dict[str, int] | None = None, timeline: bool = True,
    ) -> None:  # fmt: skip
        super().__init__(World(profile, rate, size, playhead, lengths or {}))
        self._project = Project(self._world, timeline)

    def GetProductName(self) -> str:
        return self._world.profile.product

    def GetVersion(self) -> list[Any]:
        return [float(part) for part in self._world.profile.version] + [0.0, ""]

    def GetProjectManager(self) -> ProjectManager:
        return ProjectManager(self._world, self._project)

    def GetMediaStorage(self) -> MediaStorage:
        return MediaStorage(self._world)


class ProjectManager(Remote):
    def __init__(self, world: World, project: Project) -> None:
        super().__init__(world)
        self._project = project

    def GetCurrentProject(self) -> Project:
        return self._project

    def SaveProject(self) -> bool:
        self._world.saves += 1
        if self._world.profile.broken and self._project._timeline is not None:
            for items in self._project._timeline._tracks["video"] + self._project._timeline._tracks["audio"]:
                items[:] = [item for item in items if not item._fresh]
        self._world.saved = {timeline._name: timeline._contents() for timeline in self._project._timelines}
        return True


class MediaStorage(Remote):
    def AddClipMattesToMediaPool(self, item: MediaPoolItem, paths: list[str]) -> bool:
        item._mattes.extend(path for path in paths if path in self._world.lengths)
        return all(path in self._world.lengths for path in paths)


class Project(Remote):
    def __init__(self, world: World, timeline: bool) -> None:
        super().__init__(world)
        self._timeline = Timeline(world) if timeline else None
        self._timelines = [self._timeline] if self._timeline is not None else []
        self._pool = MediaPool(world, self)

    def GetName(self) -> str:
        return "My Film"

    def GetCurrentTimeline(self) -> Timeline | None:
        return self._timeline

    def GetTimelineCount(self) -> float:
        return float(len(self._timelines))

    def GetTimelineByIndex(self, index: int) -> Timeline | None:
        return self._timelines[int(index) - 1] if 1 <= index <= len(self._timelines) else None

    def GetMediaPool(self) -> MediaPool:
        return self._pool


class Folder(Remote):
    def __init__(self, world: World, name: str) -> None:
        super().__init__(world)
        self._name = name
        self._folders: list[Folder] = []
        self._clips: list[MediaPoolItem] = []

    def GetName(self) -> str:
        return self._name

    def GetSubFolderList(self) -> list[Folder]:
        return list(self._folders)

    def GetClipList(self) -> list[MediaPoolItem]:
        return list(self._clips)


class MediaPool(Remote):
    def __init__(self, world: World, project: Project) -> None:
        super().__init__(world)
        self._project = project
        self._root = Folder(world, "Master")
        self._current = self._root

    def GetRootFolder(self) -> Folder:
        return self._root

    def GetCurrentFolder(self) -> Folder:
        return self._current

    def SetCurrentFolder(self, folder: Folder) -> bool:
        self._current = folder
        return True

    def AddSubFolder(self, folder: Folder, name: str) -> Folder | None:
        if any(inner._name == name for inner in folder._folders):
            return None
        made = Folder(self._world, name)
        folder._folders.append(made)
        self._current = made  # the new bin becomes the current one
        return made

    def ImportMedia(self, paths: list[str]) -> list[MediaPoolItem] | None:
        known = [MediaPoolItem(self._world, path) for path in paths if path in self._world.lengths]
        self._current._clips.extend(known)
        return known or None

    def AppendToTimeline(self, infos: list[dict[str, Any]]) -> list[TimelineItem] | None:
        timeline = self._project._timeline
        if timeline is None:
            return None
        placed = [item for item in (timeline._place(info) for info in infos) if item is not None]
        return placed or None

    def ImportTimelineFromFile(self, path: str, options: dict[str, Any]) -> Timeline | None:
        name = options.get("timelineName") or Path(path).stem
        folders = options.get("sourceClipsFolders", [])
        if why_refused(Path(path)) or any(each._name == name for each in self._project._timelines):
            return None
        if not all(isinstance(folder, Folder) for folder in folders):
            return None
        made = Timeline(self._world, name)
        made._fill(json.loads(Path(path).read_text("utf-8")), online=options.get("importSourceClips", True))
        self._project._timelines.append(made)
        self._project._timeline = made
        return made


class MediaPoolItem(Remote):
    def __init__(self, world: World, path: str) -> None:
        super().__init__(world)
        self._path = path
        self._third: dict[str, str] = {}
        self._mattes: list[str] = []
        self._proxy = ""
        self._properties: dict[str, str] = {"Clip Name": Path(path).name}

    def GetName(self) -> str:
        return self._properties["Clip Name"]

    def SetClipProperty(self, name: str, value: str) -> bool:
        if name not in ("Clip Name", "Reel Name"):
            return False
        self._properties[name] = value
        return True

    def SetThirdPartyMetadata(self, values: dict[str, str]) -> bool:
        if not all(isinstance(value, str) for value in values.values()):
            return False
        self._third.update(values)
        return True

    def GetThirdPartyMetadata(self, key: str | None = None) -> Any:
        return dict(self._third) if key is None else self._third.get(key)

    def LinkProxyMedia(self, path: str) -> bool:
        if path not in self._world.lengths:
            return False
        self._proxy = path
        return True


class Timeline(Remote):
    def __init__(self, world: World, name: str = "Timeline 1") -> None:
        super().__init__(world)
        self._name = name
        self._tracks: dict[str, list[list[TimelineItem]]] = {"video": [[]], "audio": [[]]}
        self._locked: set[tuple[str, int]] = set()
        self._markers: dict[float, dict[str, Any]] = {}
        self._selected: list[TimelineItem] = []
        self._under_playhead: TimelineItem | None = None

    def _place(self, info: dict[str, Any]) -> TimelineItem | None:
        media, kind = info["mediaPoolItem"], "audio" if info.get("mediaType") == 2 else "video"
        track, start = int(info.get("trackIndex", 1)), int(info["recordFrame"])
        first, last = info.get("startFrame", 0), info.get("endFrame", self._world.lengths[media._path] - 1)
        item = TimelineItem(self._world, media, start, int(last) - int(first) + 1)
        if track > len(self._tracks[kind]) or (kind, track) in self._locked:
            return None
        row = self._tracks[kind][track - 1]
        if any(there._start < start + item._frames and start < there._start + there._frames for there in row):
            return None  # dropped without a word
        row.append(item)
        return item

    def _contents(self) -> list[tuple[Any, ...]]:
        """Everything on the tracks as plain data: (kind, track, path, start, frames, marker ids)."""
        return [
            (kind, number, item._media._path if item._media else "", item._start, item._frames,
             tuple(sorted(str(marker["customData"]) for marker in item._markers.values())))
            for kind, rows in self._tracks.items() for number, row in enumerate(rows, start=1) for item in row
        ]  # fmt: skip

    def _fill(self, root: dict[str, Any], *, online: bool) -> None:
        """What an imported OTIO puts on the timeline; media that are not there, or not asked for, are offline."""
        start = int(root["global_start_time"]["value"])
        for track in root["tracks"]["children"]:
            row: list[TimelineItem] = []
            place = start
            for child in track["children"]:
                if child["OTIO_SCHEMA"].startswith("Transition"):
                    continue
                frames = int(child["source_range"]["duration"]["value"])
                if child["OTIO_SCHEMA"].startswith("Clip"):
                    path = child["media_references"]["DEFAULT_MEDIA"]["target_url"]
                    found = online and (path in self._world.lengths or Path(path).is_file())
                    media = MediaPoolItem(self._world, path) if found else None
                    row.append(TimelineItem(self._world, media, place, frames))
                place += frames
            kind = track["kind"].lower()
            self._tracks[kind] = [row] if self._tracks[kind] == [[]] else [*self._tracks[kind], row]

    def GetName(self) -> str:
        return self._name

    def DeleteClips(self, items: list[TimelineItem], ripple: bool = False) -> bool:
        for rows in self._tracks.values():
            for row in rows:
                row[:] = [item for item in row if item not in items]
        return True

    def Export(self, path: str, kind: float, subtype: float) -> bool:
        if kind != Resolve.EXPORT_OTIO:
            return False
        Path(path).write_text(json.dumps(exported(self, self._world)), "utf-8")
        return True

    def GetSetting(self, name: str) -> str | None:
        return self._world.settings.get(name)

    def GetCurrentTimecode(self) -> str:
        return self._world.playhead

    def GetStartFrame(self) -> float:
        return 86400.0

    def GetMarkers(self) -> dict[float, dict[str, Any]]:
        return dict(self._markers)

    def GetTrackCount(self, kind: str) -> float:
        return float(len(self._tracks[kind]))

    def GetIsTrackLocked(self, kind: str, track: int) -> bool:
        return (kind, track) in self._locked

    def AddTrack(self, kind: str, sub_kind: str | None = None) -> bool:
        if kind == "audio" and sub_kind is None:
            return False
        self._tracks[kind].append([])
        return True

    def GetItemListInTrack(self, kind: str, track: int) -> list[TimelineItem] | None:
        return list(self._tracks[kind][track - 1]) if track <= len(self._tracks[kind]) else None

    def GetCurrentVideoItem(self) -> TimelineItem | None:
        return self._under_playhead

    def GetSelectedClips(self) -> list[TimelineItem]:
        return list(self._selected)


class TimelineItem(Remote):
    def __init__(self, world: World, media: MediaPoolItem | None, start: int, frames: int) -> None:
        super().__init__(world)
        self._media, self._start, self._frames, self._fresh = media, start, frames, True
        self._left = 0  # frames of the media before the clip's first
        self._takes: list[MediaPoolItem] = []
        self._take = 0
        self._finalized = False
        self._markers: dict[float, dict[str, Any]] = {}

    def GetName(self) -> str:
        return self._media.GetName() if self._media is not None else "Title"

    def GetMediaPoolItem(self) -> MediaPoolItem | None:
        return self._media

    def GetStart(self) -> float:
        return float(self._start)

    def GetEnd(self) -> float:
        return float(self._start + self._frames)

    def GetDuration(self) -> float:
        return float(self._frames)

    def AddTake(self, media: MediaPoolItem, start: int | None = None, end: int | None = None) -> bool:
        if self._media is None:
            return False
        if not self._takes:  # the clip as it was becomes take 1
            self._takes.append(self._media)
        self._takes.append(media)
        return True

    def GetTakesCount(self) -> float:
        return float(len(self._takes))

    def SelectTakeByIndex(self, index: int) -> bool:
        if not 1 <= index <= len(self._takes):
            return False
        self._take, self._media = index, self._takes[index - 1]
        return True

    def GetSelectedTakeIndex(self) -> float:
        return float(self._take)

    def FinalizeTake(self) -> bool:
        self._takes, self._take, self._finalized = [], 0, True
        return True

    def GetMarkers(self) -> dict[float, dict[str, Any]]:
        return {frame: dict(marker) for frame, marker in self._markers.items()}

    def AddMarker(self, frame: int, colour: str, name: str, note: str, duration: int, custom: str = "") -> bool:
        if float(frame) in self._markers or not 0 <= frame < self._frames:
            return False
        self._markers[float(frame)] = {
            "color": colour, "name": name, "note": note, "duration": duration, "customData": custom
        }  # fmt: skip
        return True
