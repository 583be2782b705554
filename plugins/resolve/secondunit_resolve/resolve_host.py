"""DaVinci Resolve as a host: the operations Second Unit needs, each checked, because Resolve seldom raises.

A failed call gives None, False or an empty list, and `hasattr` is True for anything, so every answer is looked at
and methods are probed with `dir`. Numbers may come as floats.
"""

from .timecode import frame_of, read_rate
from .trouble import Trouble

BIN = "Second Unit"
STUDIO_ONLY_SINCE = (21, 1)  # from here on the free edition runs no scripts
_COLOURS = {"dialogue": "Cyan", "foley": "Yellow", "music": "Purple", "beat": "Green"}
_SAVE = "Save the project in Resolve and try again."


def need(answer, message, mend="Try again; if it stays, restart Resolve."):
    """The answer, unless Resolve's answer means failure."""
    if answer is None or answer is False or answer == []:
        raise Trouble(message, mend)
    return answer


def number(answer, what):
    """Resolve's answer as a whole number; it may come as a float, or not at all."""
    return int(need(answer, f"Resolve does not say {what}."))


def offers(thing, method):
    """Whether an object has a method. `hasattr` cannot tell: Resolve says yes to every name."""
    return method in dir(thing)


def start_of(item):
    return number(item.GetStart(), "where a clip starts")


def end_of(item):
    return number(item.GetEnd(), "where a clip ends")


class ResolveHost:
    """One running Resolve with an open project and timeline."""

    def __init__(self, resolve):
        if resolve is None:
            raise Trouble(
                "Resolve does not answer scripts.",
                "Scripts need DaVinci Resolve Studio, or the free edition up to 21.0.4, and not the App Store build.",
            )
        self.resolve = resolve
        self.version = tuple(int(part) for part in need(resolve.GetVersion(), "Resolve does not say its version.")[:3])
        self.studio = "Studio" in str(need(resolve.GetProductName(), "Resolve does not say its edition."))
        if not self.studio and self.version >= STUDIO_ONLY_SINCE:
            raise Trouble(
                f"The free edition of Resolve runs no scripts since 21.1 (this is {self.version_text}).",
                "Use Resolve Studio, or the free edition up to 21.0.4.",
            )
        self.manager = need(resolve.GetProjectManager(), "Resolve has no project manager.")
        self.project = need(self.manager.GetCurrentProject(), "No project is open.", "Open a project.")
        self.timeline = need(
            self.project.GetCurrentTimeline(), "No timeline is open.", "Open a timeline on the Edit page."
        )
        self.pool = need(self.project.GetMediaPool(), "The project has no media pool.")

    @property
    def version_text(self):
        return ".".join(str(part) for part in self.version)

    @property
    def project_name(self):
        return str(need(self.project.GetName(), "The project has no name.", _SAVE))

    def rate(self):
        """The timeline's exact rate, a Fraction."""
        return read_rate(need(self.timeline.GetSetting("timelineFrameRate"), "The timeline has no frame rate."))

    def size(self):
        """The timeline's (width, height) in pixels."""
        names = ("timelineResolutionWidth", "timelineResolutionHeight")
        return tuple(int(float(need(self.timeline.GetSetting(name), "The timeline has no size."))) for name in names)

    def playhead(self):
        """The record frame under the playhead, in the timeline's own numbers."""
        timecode = need(self.timeline.GetCurrentTimecode(), "Resolve does not say where the playhead is.")
        drop = str(self.timeline.GetSetting("timelineDropFrameTimecode")) in ("1", "1.0", "True")
        return frame_of(str(timecode), self.rate(), drop=drop or ";" in str(timecode))

    def marker_at(self, frame):
        """(text, frames) of the timeline marker that covers a record frame: its note, else its name. None without."""
        markers = self.timeline.GetMarkers() or {}
        begin = number(self.timeline.GetStartFrame(), "where the timeline starts")
        for at, marker in sorted(markers.items()):
            length = max(1, int(marker.get("duration", 1)))
            if int(at) <= frame - begin < int(at) + length:
                text = str(marker.get("note") or "").strip() or str(marker.get("name") or "").strip()
                if text:
                    return text, length
        return None

    def clip_at_playhead(self):
        """The clip that is selected (since 21.1) or else lies under the playhead."""
        if offers(self.timeline, "GetSelectedClips"):
            selected = [item for item in self.timeline.GetSelectedClips() or [] if item.GetMediaPoolItem() is not None]
            if len(selected) == 1:
                return selected[0]
        return need(
            self.timeline.GetCurrentVideoItem(), "No clip is under the playhead.", "Put the playhead on a clip."
        )

    def import_media(self, path):
        """Import a file into our own bin and return its pool item; the editor's current bin stays current."""
        before = self.pool.GetCurrentFolder()
        need(self.pool.SetCurrentFolder(self._bin()), "The Second Unit bin cannot be opened.")
        try:
            found = need(
                self.pool.ImportMedia([path]), f"Resolve did not import {path}.", "See that the file is there."
            )
            return need(found[0], f"Resolve did not import {path}.", "See that the file is there.")
        finally:
            if before is not None:
                self.pool.SetCurrentFolder(before)

    def _bin(self):
        root = need(self.pool.GetRootFolder(), "The media pool has no root bin.")
        for folder in root.GetSubFolderList() or []:
            if folder.GetName() == BIN:
                return folder
        return need(self.pool.AddSubFolder(root, BIN), f"The bin {BIN} cannot be made.", "Unlock the media pool.")

    def place(self, media, frame, frames, *, sound):
        """Put a whole clip at a record frame on the lowest tracks with room, and return its video item.

        Resolve drops a clip that would overlap another without a word, so room is found before and the place is
        read back after, again once the project is saved.
        """
        infos = []
        for kind, media_type in (("video", 1), ("audio", 2))[: 2 if sound else 1]:
            track = self.free_track(kind, frame, frames)
            infos.append({"mediaPoolItem": media, "mediaType": media_type, "trackIndex": track, "recordFrame": frame})
        where = f"at frame {frame}"
        placed = need(self.pool.AppendToTimeline(infos), f"Resolve did not place the clip {where}.")
        if len(placed) != len(infos) or None in placed:
            raise Trouble(f"Resolve did not place the whole clip {where}.", "Undo, and make room on the timeline.")
        item = placed[0]
        need(self.manager.SaveProject(), "Resolve could not save the project.", _SAVE)
        track = infos[0]["trackIndex"]
        if not any(start_of(there) == frame for there in self.items("video", track)):
            raise Trouble(f"Resolve lost the clip {where} when it saved.", "Undo, save the project and try again.")
        start, length = start_of(item), number(item.GetDuration(), "how long the clip is")
        if (start, length) != (frame, frames):
            raise Trouble(
                f"Resolve placed the clip {where} wrongly: {length} frames at {start}.",
                "Undo, and see that the timeline runs at the clip's rate.",
            )
        return item

    def free_track(self, kind, frame, frames):
        """The lowest unlocked track (from 1) of a kind with room for the frames; one is added if none has."""
        count = int(self.timeline.GetTrackCount(kind) or 0)
        for track in range(1, count + 1):
            if not self.timeline.GetIsTrackLocked(kind, track) and self.is_free(kind, track, frame, frames):
                return track
        added = self.timeline.AddTrack(kind, "stereo") if kind == "audio" else self.timeline.AddTrack(kind)
        need(added, f"Resolve did not add a track for {kind}.", "Unlock the timeline.")
        return count + 1

    def is_free(self, kind, track, frame, frames):
        return all(end_of(item) <= frame or start_of(item) >= frame + frames for item in self.items(kind, track))

    def items(self, kind, track):
        return self.timeline.GetItemListInTrack(kind, track) or []

    def add_take(self, item, media):
        """Add a take to a clip and choose it; the clip's trim and its neighbours stay. Returns its number from 1.

        The clip is not finalised: every take stays in the take selector.
        """
        before = int(item.GetTakesCount() or 0)
        need(item.AddTake(media), "Resolve did not add the take.", "The clip must not be a compound or locked clip.")
        count = int(item.GetTakesCount() or 0)
        if count <= before:
            raise Trouble("Resolve did not keep the take.", "Try again; the media is in the Second Unit bin.")
        need(item.SelectTakeByIndex(count), f"Resolve did not choose take {count}.", "Choose it in the take selector.")
        if int(item.GetSelectedTakeIndex() or 0) != count:
            raise Trouble(f"Resolve did not choose take {count}.", "Choose it in the take selector.")
        need(self.manager.SaveProject(), "Resolve could not save the project.", _SAVE)
        return count

    def tag(self, media, facts):
        """Write what we must find again on a pool item: all values are text."""
        told = {f"secondunit_{key}": str(value) for key, value in facts.items()}
        need(media.SetThirdPartyMetadata(told), "Resolve did not keep the take's metadata.")

    def tags_of(self, item):
        """What `tag` wrote on the media of a timeline clip. Raises Trouble if it is none of ours."""
        media = need(item.GetMediaPoolItem(), "The clip has no media.", "Choose a clip that Second Unit made.")
        told = media.GetThirdPartyMetadata() or {}
        prefix = "secondunit_"
        facts = {key[len(prefix) :]: value for key, value in told.items() if key.startswith(prefix)}
        if not facts.get("shot") or not facts.get("project"):
            raise Trouble(f"{item.GetName()} is not a Second Unit take.", "Choose a clip that Second Unit made.")
        return facts

    def mark(self, item, cues, owner):
        """Put cues on a timeline clip as markers; their ids lie in the custom data. Returns those Resolve refused."""
        refused = []
        for cue in cues:
            colour = _COLOURS.get(cue["kind"], "Blue")
            name = f"{owner}:{cue['id']}"
            done = item.AddMarker(
                int(cue["frame"]), colour, cue["name"], cue["kind"], max(1, int(cue["frames"])), f"secondunit:{name}"
            )
            if not done:
                refused.append(name)
        return refused

    def link_extras(self, media, proxy, depth):
        """Attach proxy and depth matte; neither is worth failing for. Returns what Resolve refused, in words."""
        refused = []
        if proxy and not media.LinkProxyMedia(proxy):
            refused.append("the proxy was not linked")
        if depth:
            storage = self.resolve.GetMediaStorage()
            if storage is None or not storage.AddClipMattesToMediaPool(media, [depth]):
                refused.append("the depth matte was not attached")
        return refused
