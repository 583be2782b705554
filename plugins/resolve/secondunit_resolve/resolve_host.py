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
        """Put a whole clip at a record frame on the lowest tracks with room; returns its items, the video's first.

        Resolve drops a clip that would overlap another without a word, so room is found before and the place is
        read back after. Nothing is saved yet: see `keep`. What was placed before a failure is taken away again.
        """
        infos = []
        for kind, media_type in (("video", 1), ("audio", 2))[: 2 if sound else 1]:
            track = self.free_track(kind, frame, frames)
            infos.append({"mediaPoolItem": media, "mediaType": media_type, "trackIndex": track, "recordFrame": frame})
        where = f"at frame {frame}"
        placed = [item for item in self.pool.AppendToTimeline(infos) or [] if item is not None]
        try:
            need(placed, f"Resolve did not place the clip {where}.")
            if len(placed) != len(infos):
                raise Trouble(f"Resolve did not place the whole clip {where}.", "Make room on the timeline.")
            start, length = start_of(placed[0]), number(placed[0].GetDuration(), "how long the clip is")
            if (start, length) != (frame, frames):
                raise Trouble(
                    f"Resolve placed the clip {where} wrongly: {length} frames at {start}.",
                    "See that the timeline runs at the clip's rate.",
                )
        except Trouble:
            self.take_away(placed)
            raise
        return placed

    def keep(self, placed):
        """Save the project, once, and see that everything placed is still there: some sessions lose it on saving.

        Until here a host that dies has saved nothing, so nothing is half-placed when it opens the project again.
        """
        wanted = {start_of(items[0]) for items in placed}
        try:
            need(self.manager.SaveProject(), "Resolve could not save the project.", _SAVE)
            count = int(self.timeline.GetTrackCount("video") or 0)
            there = {start_of(item) for track in range(1, count + 1) for item in self.items("video", track)}
            lost = sorted(wanted - there)
            if lost:
                raise Trouble(
                    f"Resolve lost the clip at frame {lost[0]} when it saved.", "Save the project and try again."
                )
        except Trouble:
            self.take_away([item for items in placed for item in items])
            self.manager.SaveProject()
            raise

    def take_away(self, items):
        """Take clips off the timeline again. Whether it worked cannot help the sentence that is already on its way."""
        if items and offers(self.timeline, "DeleteClips"):
            self.timeline.DeleteClips(items, False)

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

    def name(self, media, shot, take):
        """Give a pool item the take's name and reel, by which an EDL finds it again. Returns what Resolve refused."""
        named = {"Clip Name": f"{shot} take {take:03d}", "Reel Name": f"{shot.upper()}T{take:02d}"}
        refused = [key for key, value in named.items() if not media.SetClipProperty(key, value)]
        return [f"Resolve kept its own {key.lower()}" for key in refused]

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
        """Put cues on a timeline clip as markers; their ids lie in the custom data. Returns those Resolve refused.

        Resolve holds one marker a frame: of two cues at one frame the later goes to the next free one.
        """
        refused = []
        taken = {int(frame) for frame in item.GetMarkers() or {}}
        for cue in cues:
            colour = _COLOURS.get(cue["kind"], "Blue")
            name = f"{owner}:{cue['id']}"
            frame = int(cue["frame"])
            while frame in taken:
                frame += 1
            taken.add(frame)
            aside = frame - int(cue["frame"])
            custom = f"secondunit:{name}" + (f"@{aside}" if aside else "")
            if not item.AddMarker(frame, colour, cue["name"], cue["kind"], max(1, int(cue["frames"])), custom):
                refused.append(name)
        return refused

    def marks(self, item):
        """Our markers on a clip: (id, frame, name, note), a frame counted as `mark` counts."""
        found = []
        for frame, marker in sorted((item.GetMarkers() or {}).items()):
            custom = str(marker.get("customData") or "")
            if custom.startswith("secondunit:"):
                name, _, aside = custom[len("secondunit:") :].partition("@")
                place = int(frame) - (int(aside) if aside.isdigit() else 0)  # it made room for another cue
                found.append((name, place, str(marker.get("name") or ""), str(marker.get("note") or "")))
        return found

    def our_clips(self):
        """Every clip of ours on the video tracks, with its tags."""
        count = int(self.timeline.GetTrackCount("video") or 0)
        found = []
        for track in range(1, count + 1):
            for item in self.items("video", track):
                try:
                    found.append((item, self.tags_of(item)))
                except Trouble:
                    continue  # somebody else's footage
        return found

    def export_otio(self, path):
        """Write the timeline as OTIO."""
        kind = getattr(self.resolve, "EXPORT_OTIO", None)
        need(kind, "This Resolve does not export OTIO.", "Use Resolve 19 or newer.")
        sort = getattr(self.resolve, "EXPORT_NONE", None)
        told = self.timeline.Export(path, kind, sort if sort is not None else "")
        need(told, "Resolve did not export the timeline.", "Export it yourself: File > Export > Timeline > OTIO.")

    def import_otio(self, path, name):
        """Import a conformed OTIO as a timeline of its own; returns the name it got. It must import the media too:
        with importSourceClips False Resolve leaves every clip offline, and a name that is taken gives nothing."""
        for attempt in range(1, 100):
            wanted = name if attempt == 1 else f"{name} {attempt}"
            made = self.pool.ImportTimelineFromFile(path, {"timelineName": wanted, "importSourceClips": True})
            if made:
                need(self.manager.SaveProject(), "Resolve could not save the project.", _SAVE)
                return wanted
            if wanted not in self.timeline_names():
                break
        raise Trouble("Resolve did not import the conformed timeline.", f"Import it yourself: {path}")

    def timeline_names(self):
        count = int(self.project.GetTimelineCount() or 0)
        found = [self.project.GetTimelineByIndex(index) for index in range(1, count + 1)]
        return {str(each.GetName()) for each in found if each is not None}

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
