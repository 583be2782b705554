// @ts-check
"use strict";
// Everything that touches Premiere. Built against the types of @adobe/premierepro and a fake of the host; untested in
// Premiere itself. What the host is known for, and what is done about it:
//
// - importFiles tells no more than a boolean: the item is looked up by its media path and compared exactly.
// - An action must be made inside lockedAccess and run in executeTransaction; both are synchronous, so everything that
//   has to be awaited is read before. One transaction is one undo, done whole or not at all.
// - changeMediaFilePath changes every use of an item, cannot be undone, and its answer is read back before we believe it.
// - Markers carry no data of ours: see tags.js. There are no takes and no speed setter, and a LUT cannot be set.

const { isCue, takeTag, tagOfPath, withTag } = require("./tags.js");
const { framesOf, rateOf, ticksOf } = require("./time.js");
const { Trouble } = require("./trouble.js");

/** @typedef {import("@adobe/premierepro").premierepro} Premiere */
/** @typedef {import("@adobe/premierepro").Project} Project */
/** @typedef {import("@adobe/premierepro").Sequence} Sequence */
/** @typedef {import("@adobe/premierepro").ClipProjectItem} Clip */
/** @typedef {import("@adobe/premierepro").VideoClipTrackItem | import("@adobe/premierepro").AudioClipTrackItem} Use */
/** @typedef {import("@adobe/premierepro").Action} Action */
/** @typedef {import("./tags.js").Tag} Tag */
/** @typedef {import("./engine.js").Take} Take */
/** @typedef {import("./time.js").Rate} Rate */
/** @typedef {{id: string, kind: string, name: string, text?: string, start: {value: number}, duration: {value: number}}} Cue */

const MARK = "Second Unit";
// Indices of the marker colours.
const COLOURS = /** @type {Record<string, number>} */ ({ dialogue: 6, adr: 3, foley: 4, music: 2 });

/** @param {string} path */
const plain = (path) => path.replace(/\\/g, "/");

class PremiereHost {
  /** @param {Premiere} premiere */
  constructor(premiere) {
    this._premiere = premiere;
  }

  /** @returns {Promise<Project>} */
  async project() {
    const project = await this._premiere.Project.getActiveProject();
    if (!project) throw new Trouble("No project is open.", "Open one and try again.");
    return project;
  }

  /** The open sequence, where its playhead is, its exact rate and its size. */
  async here() {
    const project = await this.project();
    const sequence = await project.getActiveSequence();
    if (!sequence) throw new Trouble("No sequence is open.", "Open one, and put the playhead where the shot shall go.");
    const rate = rateOf(BigInt(await sequence.getTimebase()));
    const { width, height } = await sequence.getFrameSize();
    const at = BigInt((await sequence.getPlayerPosition()).ticks);
    return { project, sequence, rate, width, height, at };
  }

  /** The item with exactly this media, null if there is none. @param {Project} project @param {string} path @returns {Promise<Clip | null>} */
  async find(project, path) {
    const any = await this._anyClip(await project.getRootItem());
    if (!any) return null;
    const name = path.split(/[\\/]/).pop() ?? path; // the match is by part of the path, and separators differ by system
    for (const item of await any.findItemsMatchingMediaPath(name, true)) {
      const clip = this._premiere.ClipProjectItem.cast(item);
      if (plain(await clip.getMediaFilePath()) === plain(path)) return clip;
    }
    return null;
  }

  /** Import a file once. @param {Project} project @param {string} path @returns {Promise<Clip>} */
  async importMedia(project, path) {
    const known = await this.find(project, path);
    if (known) return known;
    const said = await project.importFiles([path], true);
    const clip = await this.find(project, path);
    if (!clip) {
      throw new Trouble(`Premiere did not import ${path} (it said ${said}).`, "Import it by hand, then try again.");
    }
    return clip;
  }

  /** Put clips one after the other from a time on, on tracks that are free there: one undo. @param {{clip: Clip, ticks: bigint}[]} pieces */
  async place(pieces) {
    const { project, sequence, at } = await this.here();
    const end = pieces.reduce((sum, piece) => sum + piece.ticks, at);
    const video = await this._freeTrack(sequence, "Video", at, end);
    const audio = await this._freeTrack(sequence, "Audio", at, end);
    this._transact(project, "Second Unit: place", () => {
      const editor = this._premiere.SequenceEditor.getEditor(sequence);
      let time = at;
      return pieces.map(({ clip, ticks }) => {
        const start = this._ticks(time);
        time += ticks;
        return editor.createOverwriteItemAction(this._premiere.ProjectItem.cast(clip), start, video, audio);
      });
    });
    const placed = await this._spans(sequence, "Video", video);
    if (!pieces.length || !placed.some((span) => span.start === at)) {
      throw new Trouble("Premiere placed nothing.", "Unlock the tracks and try again.");
    }
  }

  /** The selected clip that is a take of ours. @returns {Promise<{project: Project, clip: Clip, tag: Tag}>} */
  async selected() {
    const { project, sequence } = await this.here();
    const selection = await sequence.getSelection();
    for (const use of selection ? await selection.getTrackItems() : []) {
      const clip = this._premiere.ClipProjectItem.cast(await use.getProjectItem());
      const tag = clip && (await this.tagOf(clip));
      if (tag) return { project, clip, tag };
    }
    throw new Trouble("No take of ours is selected.", "Select one clip that Second Unit placed.");
  }

  /** Which take a clip is: by our marker, else by where its file lies. @param {Clip} clip @returns {Promise<Tag | null>} */
  async tagOf(clip) {
    const path = await clip.getMediaFilePath();
    for (const marker of (await this._premiere.Markers.getMarkers(clip)).getMarkers()) {
      const tag = takeTag(marker.getComments());
      if (tag) return tag;
    }
    return tagOfPath(path);
  }

  /** Name a clip as a take and set its cues as markers; markers of others stay. @param {Project} project @param {Clip} clip @param {Take} take @param {Tag} tag @param {Cue[]} cues */
  async mark(project, clip, take, tag, cues) {
    const markers = await this._premiere.Markers.getMarkers(clip);
    const old = markers.getMarkers().filter((each) => takeTag(each.getComments()) || isCue(each.getComments()));
    const owner = { shot: tag.shot, take: tag.take };
    this._transact(project, "Second Unit: mark", () => [
      ...old.map((marker) => markers.createRemoveMarkerAction(marker)),
      markers.createAddMarkerAction(MARK, "Comment", this._ticks(0n), this._ticks(0n), withTag(take.note ?? "", tag)),
      ...cues.map((cue) =>
        markers.createAddMarkerAction(
          cue.name, "Comment", this._ticks(ticksOf(cue.start.value, take.rate)),
          this._ticks(ticksOf(cue.duration.value, take.rate)), withTag(cue.text ?? cue.kind, { cue: cue.id, ...owner }),
        ),
      ),
      clip.createSetNameAction(`${tag.shot} take ${tag.take}`),
    ]);
    const kinds = new Map(cues.map((cue) => [withTag(cue.text ?? cue.kind, { cue: cue.id, ...owner }), cue.kind]));
    const coloured = (await this._premiere.Markers.getMarkers(clip)).getMarkers().filter((each) => kinds.has(each.getComments()));
    if (!coloured.length) return;
    this._transact(project, "Second Unit: colour", () =>
      coloured.map((each) => each.createSetColorByIndexAction(COLOURS[kinds.get(each.getComments()) ?? ""] ?? 0)),
    );
  }

  /** Show another take in every use of a clip: trims, effects and neighbours stay. Returns how many uses. @param {Project} project @param {Clip} clip @param {Take} take */
  async swap(project, clip, take) {
    if (!(await clip.canChangeMediaPath())) {
      throw new Trouble("Premiere cannot change the media of this clip.", "Replace it by hand: Clip > Replace With Clip.");
    }
    const uses = await this._usesOf(project, clip);
    const length = ticksOf(Number(take.frames ?? 0), take.rate);
    const needed = uses.reduce((most, use) => (use.out > most ? use.out : most), 0n);
    if (needed > length) {
      const frames = framesOf(needed, take.rate);
      throw new Trouble(
        `Take ${take.number} has ${take.frames} frames and a trim on the timeline needs ${frames}.`,
        "Trim the clip shorter, or shoot the take longer.",
      );
    }
    const before = await clip.getMediaFilePath();
    await this._change(clip, take.media, before);
    if (take.proxy && (await clip.canProxy()) && (await clip.hasProxy())) await clip.attachProxy(take.proxy, false);
    return uses.length;
  }

  /** @param {Clip} clip @param {string} path @param {string} before */
  async _change(clip, path, before) {
    const said = await clip.changeMediaFilePath(path, false);
    const now = plain(await clip.getMediaFilePath());
    if (now === plain(path) && !(await clip.isOffline())) return;
    if (now !== plain(before)) await clip.changeMediaFilePath(before, false);
    throw new Trouble(
      `Premiere did not take ${path} (it said ${said}); the clip shows what it did before.`,
      "Import it by hand and replace the clip.",
    );
  }

  /** Where a clip is used, and up to where in its media. @param {Project} project @param {Clip} clip @returns {Promise<{out: bigint}[]>} */
  async _usesOf(project, clip) {
    const id = this._premiere.ProjectItem.cast(clip).getId();
    const found = [];
    for (const sequence of await project.getSequences()) {
      for (let index = 0; index < (await sequence.getVideoTrackCount()); index += 1) {
        for (const use of await this._items(sequence, "Video", index)) {
          const item = await use.getProjectItem();
          if (item && item.getId() === id) found.push({ out: BigInt((await use.getOutPoint()).ticks) });
        }
      }
    }
    return found;
  }

  /** The lowest track with room for a span: an overwrite there overwrites nothing. @param {Sequence} sequence @param {"Video" | "Audio"} kind @param {bigint} start @param {bigint} end */
  async _freeTrack(sequence, kind, start, end) {
    const count = await (kind === "Video" ? sequence.getVideoTrackCount() : sequence.getAudioTrackCount());
    for (let index = 0; index < count; index += 1) {
      const spans = await this._spans(sequence, kind, index);
      if (spans.every((span) => span.end <= start || span.start >= end)) return index;
    }
    throw new Trouble(`No ${kind.toLowerCase()} track is free there.`, "Add a track, or move the playhead.");
  }

  /** @param {Sequence} sequence @param {"Video" | "Audio"} kind @param {number} index @returns {Promise<Use[]>} */
  async _items(sequence, kind, index) {
    const clips = this._premiere.Constants.TrackItemType.CLIP;
    if (kind === "Video") return (await sequence.getVideoTrack(index)).getTrackItems(clips, false);
    return (await sequence.getAudioTrack(index)).getTrackItems(clips, false);
  }

  /** @param {Sequence} sequence @param {"Video" | "Audio"} kind @param {number} index */
  async _spans(sequence, kind, index) {
    const items = await this._items(sequence, kind, index);
    return Promise.all(
      items.map(async (each) => ({
        start: BigInt((await each.getStartTime()).ticks),
        end: BigInt((await each.getEndTime()).ticks),
      })),
    );
  }

  /** Some clip of the project, to ask by. @param {import("@adobe/premierepro").FolderItem} folder @returns {Promise<Clip | null>} */
  async _anyClip(folder) {
    const { ClipProjectItem, FolderItem, ProjectItem } = this._premiere;
    for (const item of await folder.getItems()) {
      if (item.type === ProjectItem.TYPE_CLIP) return ClipProjectItem.cast(item);
      const inner = item.type === ProjectItem.TYPE_BIN ? await this._anyClip(FolderItem.cast(item)) : null;
      if (inner) return inner;
    }
    return null;
  }

  /** Run what `make` gives as one undoable step; `make` may await nothing. @param {Project} project @param {string} name @param {() => Action[]} make */
  _transact(project, name, make) {
    let done = false;
    project.lockedAccess(() => {
      done = project.executeTransaction((compound) => {
        for (const action of make()) {
          if (!compound.addAction(action)) throw new Trouble("Premiere refused a step.", "Unlock the tracks and try again.");
        }
      }, name);
    });
    if (!done) throw new Trouble("Premiere did not make the change.", "Nothing was changed. Unlock the tracks and try again.");
  }

  /** @param {bigint} ticks */
  _ticks(ticks) {
    return this._premiere.TickTime.createWithTicks(String(ticks));
  }
}

module.exports = { PremiereHost };
