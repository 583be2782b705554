// @ts-check
"use strict";
// A stateful fake of Premiere 26.3's UXP host, held to @adobe/premierepro's types by `tsc --strict`. It fails in the
// ways the real one is known for: see `quirks`, and the comments that begin with "As the host".

/** @typedef {import("@adobe/premierepro").premierepro} Premiere */
/** @typedef {import("@adobe/premierepro").Action} Action */
/** @typedef {import("@adobe/premierepro").TickTime} TickTime */
/** @typedef {{run(): () => void, made: number}} Step an action: doing it gives the way back */

const TYPE = { CLIP: 1, BIN: 2, ROOT: 3 };
const PER_SECOND = 254016000000n;

/** What this Premiere does wrong beside what all do. */
const quirks = () => ({
  importsNothing: false, // says true, and no item comes
  cannotChange: false, // canChangeMediaPath is false
  changeRefused: false, // changeMediaFilePath says false and changes nothing
  changeLies: false, // changeMediaFilePath says true and changes nothing
  changeOffline: false, // the new media is offline
  refusesActions: false, // addAction says false
  diesAfter: Infinity, // so many actions of a transaction, then the host throws
});

/** @implements {Pick<TickTime, "ticks" | "seconds" | "ticksNumber">} */
class Ticks {
  /** @param {bigint} value */
  constructor(value) {
    this.ticks = String(value);
    this.ticksNumber = Number(value); // as the host: beyond 2^53 it is not exact
    this.seconds = this.ticksNumber / Number(PER_SECOND);
  }
}
/** @param {bigint} value @returns {TickTime} */
const ticks = (value) => /** @type {any} */ (new Ticks(value));

class Lock {
  held = 0;
  era = 0;

  /** @param {() => () => void} run @returns {Action} */
  action(run) {
    // As the host since 26.3: an action that is made outside of locked access is refused.
    if (!this.held) throw new Error("Script action failed to execute: requires locked access");
    return /** @type {Action} */ (/** @type {Step} */ ({ run, made: this.era }));
  }
}

/** @implements {Pick<import("@adobe/premierepro").Marker, "getComments" | "getName" | "getStart" | "getDuration" | "getType" | "createSetColorByIndexAction" | "getColorIndex">} */
class FakeMarker {
  /** @param {Lock} lock @param {string} name @param {string} type @param {TickTime} start @param {TickTime} duration @param {string} comments */
  constructor(lock, name, type, start, duration, comments) {
    this._facts = { name, type, start, duration, comments, colour: 0 };
    this._lock = lock;
  }
  getComments() { return this._facts.comments; }
  getName() { return this._facts.name; }
  getType() { return this._facts.type; }
  getStart() { return this._facts.start; }
  getDuration() { return this._facts.duration; }
  getColorIndex() { return this._facts.colour; }
  /** @param {number} colour */
  createSetColorByIndexAction(colour) {
    return this._lock.action(() => {
      const before = this._facts.colour;
      this._facts.colour = colour;
      return () => { this._facts.colour = before; };
    });
  }
}

/** @implements {Pick<import("@adobe/premierepro").Markers, "getMarkers" | "createAddMarkerAction" | "createRemoveMarkerAction">} */
class FakeMarkers {
  /** @param {Lock} lock */
  constructor(lock) {
    this._lock = lock;
    /** @type {FakeMarker[]} */
    this.all = [];
  }
  /** @param {string[]} [_filters] @returns {import("@adobe/premierepro").Marker[]} */
  getMarkers(_filters) { return /** @type {any} */ ([...this.all]); }
  /** @param {string} name @param {string} [type] @param {TickTime} [start] @param {TickTime} [duration] @param {string} [comments] */
  createAddMarkerAction(name, type = "Comment", start = ticks(0n), duration = ticks(0n), comments = "") {
    return this._lock.action(() => {
      const marker = new FakeMarker(this._lock, name, type, start, duration, comments);
      this.all.push(marker);
      return () => { this.all = this.all.filter((each) => each !== marker); };
    });
  }
  /** @param {import("@adobe/premierepro").Marker} marker */
  createRemoveMarkerAction(marker) {
    return this._lock.action(() => {
      const before = this.all;
      this.all = before.filter((each) => /** @type {any} */ (each) !== marker);
      return () => { this.all = before; };
    });
  }
}

/** @typedef {"createSetNameAction" | "canChangeMediaPath" | "isOffline" | "canProxy" | "hasProxy" | "attachProxy" | "findItemsMatchingMediaPath" | "changeMediaFilePath" | "getMediaFilePath" | "createSetInputLUTIDAction" | "getInputLUTID" | "type" | "name"} ClipNames */
/** @implements {Pick<import("@adobe/premierepro").ClipProjectItem, ClipNames>} @implements {Pick<import("@adobe/premierepro").ProjectItem, "getId">} */
class FakeClip {
  type = TYPE.CLIP;
  offline = false;
  proxy = "";
  lut = "";
  /** @param {FakePremiere} host @param {string} path @param {bigint} length */
  constructor(host, path, length) {
    this._host = host;
    this.path = path;
    this.length = length;
    this.name = path.split("/").pop() ?? path;
    this.id = `item-${host.count += 1}`;
    this.markers = new FakeMarkers(host.lock);
  }
  getId() { return this.id; }
  async getMediaFilePath() { return this._host.backslashes ? this.path.replace(/\//g, "\\") : this.path; }
  async canChangeMediaPath() { return !this._host.quirks.cannotChange; }
  async isOffline() { return this.offline; }
  async canProxy() { return true; }
  async hasProxy() { return this.proxy !== ""; }
  /** @param {string} path @param {boolean} _isHiRes */
  async attachProxy(path, _isHiRes) {
    this.proxy = path;
    return true;
  }
  /** As the host: matches a part of the path. @param {string} part @param {boolean} [_ignoreSubclips] @returns {Promise<import("@adobe/premierepro").ProjectItem[]>} */
  async findItemsMatchingMediaPath(part, _ignoreSubclips) {
    return /** @type {any} */ (this._host.clips().filter((clip) => clip.path.includes(part)));
  }
  /** As the host: of every use at once, and not undoable. @param {string} path @param {boolean} [_override] */
  async changeMediaFilePath(path, _override) {
    const { quirks } = this._host;
    if (quirks.changeRefused) return false;
    if (quirks.changeLies) return true;
    const length = this._host.disk.get(path);
    this.path = path;
    this.offline = length === undefined || quirks.changeOffline;
    if (length !== undefined) this.length = length;
    quirks.changeOffline = false; // it takes the old one back
    return length !== undefined;
  }
  async getInputLUTID() { return this.lut; }
  /** As the host since 23.4: it runs and changes nothing. @param {string} _lut */
  createSetInputLUTIDAction(_lut) { return this._host.lock.action(() => () => {}); }
  /** @param {string} name */
  createSetNameAction(name) {
    return this._host.lock.action(() => {
      const before = this.name;
      this.name = name;
      return () => { this.name = before; };
    });
  }
}

/** @implements {Pick<import("@adobe/premierepro").FolderItem, "getItems" | "type" | "name">} */
class FakeFolder {
  /** @type {(FakeClip | FakeFolder)[]} */
  items = [];
  /** @param {string} name @param {number} type */
  constructor(name, type) {
    this.name = name;
    this.type = type;
  }
  /** @returns {Promise<import("@adobe/premierepro").ProjectItem[]>} */
  async getItems() { return /** @type {any} */ ([...this.items]); }
}

/** @implements {Pick<import("@adobe/premierepro").VideoClipTrackItem, "getStartTime" | "getEndTime" | "getInPoint" | "getOutPoint" | "getProjectItem">} */
class FakeUse {
  /** @param {FakeClip} clip @param {bigint} start @param {bigint} from @param {bigint} length */
  constructor(clip, start, from, length) {
    this.clip = clip;
    this.start = start;
    this.from = from;
    this.length = length;
  }
  async getStartTime() { return ticks(this.start); }
  async getEndTime() { return ticks(this.start + this.length); }
  async getInPoint() { return ticks(this.from); }
  async getOutPoint() { return ticks(this.from + this.length); }
  /** @returns {Promise<import("@adobe/premierepro").ProjectItem>} */
  async getProjectItem() { return /** @type {any} */ (this.clip); }
}

/** @typedef {"getVideoTrackCount" | "getAudioTrackCount" | "getVideoTrack" | "getAudioTrack" | "getTimebase" | "getFrameSize" | "getPlayerPosition" | "getSelection"} SequenceNames */
/** @implements {Pick<import("@adobe/premierepro").Sequence, SequenceNames>} */
class FakeSequence {
  at = 0n;
  /** @type {FakeUse[]} */
  selection = [];
  /** @param {string} timebase ticks a frame @param {number} tracks */
  constructor(timebase, tracks) {
    this._timebase = timebase;
    /** @type {{Video: FakeUse[][], Audio: FakeUse[][]}} */
    this.tracks = { Video: Array.from({ length: tracks }, () => []), Audio: Array.from({ length: tracks }, () => []) };
  }
  async getTimebase() { return this._timebase; }
  /** @returns {Promise<import("@adobe/premierepro").RectF>} */
  async getFrameSize() { return /** @type {any} */ ({ width: 1920, height: 1081 }); }
  async getPlayerPosition() { return ticks(this.at); }
  async getVideoTrackCount() { return this.tracks.Video.length; }
  async getAudioTrackCount() { return this.tracks.Audio.length; }
  /** @param {number} index @returns {Promise<import("@adobe/premierepro").VideoTrack>} */
  async getVideoTrack(index) { return /** @type {any} */ ({ getTrackItems: () => [...(this.tracks.Video[index] ?? [])] }); }
  /** @param {number} index @returns {Promise<import("@adobe/premierepro").AudioTrack>} */
  async getAudioTrack(index) { return /** @type {any} */ ({ getTrackItems: () => [...(this.tracks.Audio[index] ?? [])] }); }
  /** @returns {Promise<import("@adobe/premierepro").TrackItemSelection>} */
  async getSelection() { return /** @type {any} */ ({ getTrackItems: async () => [...this.selection] }); }
}

/** @typedef {"name" | "getActiveSequence" | "getSequences" | "getRootItem" | "importFiles" | "lockedAccess" | "executeTransaction"} ProjectNames */
/** @implements {Pick<import("@adobe/premierepro").Project, ProjectNames>} */
class FakeProject {
  name = "My Film: take two.prproj";
  root = new FakeFolder("root", TYPE.ROOT);
  into = this.root; // the bin that imports go to
  /** @type {string[]} */
  undo = [];
  /** @param {FakePremiere} host @param {FakeSequence} sequence */
  constructor(host, sequence) {
    this._host = host;
    this.sequences = [sequence];
    /** @type {FakeSequence | null} */
    this.active = sequence;
  }
  /** @returns {Promise<import("@adobe/premierepro").Sequence>} */
  async getActiveSequence() { return /** @type {any} */ (this.active); }
  /** @returns {Promise<import("@adobe/premierepro").Sequence[]>} */
  async getSequences() { return /** @type {any} */ (this.sequences); }
  /** @returns {Promise<import("@adobe/premierepro").FolderItem>} */
  async getRootItem() { return /** @type {any} */ (this.root); }
  /** As the host: no item is told, and a timeline (.otio, .xml, .aaf) or a missing file brings none. @param {string[]} paths @param {boolean} [_quiet] */
  async importFiles(paths, _quiet) {
    for (const path of paths) {
      const length = this._host.disk.get(path);
      if (length !== undefined && !this._host.quirks.importsNothing) {
        this.into.items.push(new FakeClip(this._host, path, length));
      }
    }
    return true;
  }
  /** @param {() => void} callback */
  lockedAccess(callback) {
    const { lock } = this._host;
    lock.held += 1;
    lock.era += 1;
    try {
      const given = /** @type {unknown} */ (callback());
      if (given instanceof Promise) throw new Error("locked access does not wait");
    } finally {
      lock.held -= 1;
    }
  }
  /** Whole or not at all. @param {(compound: import("@adobe/premierepro").CompoundAction) => void} callback @param {string} [name] */
  executeTransaction(callback, name = "") {
    const { lock, quirks } = this._host;
    /** @type {Step[]} */
    const steps = [];
    const compound = {
      empty: true,
      addAction: (/** @type {Action} */ action) => {
        const step = /** @type {Step} */ (/** @type {unknown} */ (action));
        // As the host: an action outlives neither its lock nor a refusal.
        if (quirks.refusesActions || !lock.held || step.made !== lock.era) return false;
        steps.push(step);
        return true;
      },
    };
    callback(compound);
    /** @type {(() => void)[]} */
    const back = [];
    try {
      for (const step of steps) {
        if (back.length >= quirks.diesAfter) throw new Error("the host died");
        back.push(step.run());
      }
    } catch (fault) {
      back.reverse().forEach((undo) => undo());
      throw fault;
    }
    this.undo.push(name);
    return true;
  }
}

/** A Premiere with one project and one sequence; `disk` says how long the media of a path is. */
class FakePremiere {
  count = 0;
  lock = new Lock();
  quirks = quirks();
  backslashes = false;
  /** @type {Map<string, bigint>} */
  disk = new Map();
  /** @param {{timebase?: string, tracks?: number}} [wanted] */
  constructor(wanted = {}) {
    this.sequence = new FakeSequence(wanted.timebase ?? "10584000000", wanted.tracks ?? 2);
    /** @type {FakeProject | null} */
    this.project = new FakeProject(this, this.sequence);
  }
  /** Every clip of the project. @returns {FakeClip[]} */
  clips() {
    /** @type {(folder: FakeFolder) => FakeClip[]} */
    const walk = (folder) =>
      folder.items.flatMap((item) => (item instanceof FakeFolder ? walk(item) : [item]));
    return this.project ? walk(this.project.root) : [];
  }
  /** What `require("premierepro")` gives. @returns {Premiere} */
  module() {
    const cast = (/** @type {unknown} */ item) => item;
    return /** @type {any} */ ({
      Project: { getActiveProject: async () => this.project },
      ClipProjectItem: { cast },
      FolderItem: { cast },
      ProjectItem: { cast, TYPE_CLIP: TYPE.CLIP, TYPE_BIN: TYPE.BIN, TYPE_ROOT: TYPE.ROOT },
      Markers: { getMarkers: async (/** @type {FakeClip} */ owner) => owner.markers },
      TickTime: { createWithTicks: (/** @type {string} */ text) => ticks(BigInt(text)) },
      SequenceEditor: { getEditor: (/** @type {FakeSequence} */ sequence) => ({ createOverwriteItemAction: this._overwrite(sequence) }) },
      Constants: { TrackItemType: { EMPTY: 0, CLIP: 1 } },
    });
  }
  /** As the host: what lies there is overwritten. @param {FakeSequence} sequence */
  _overwrite(sequence) {
    return (/** @type {FakeClip} */ clip, /** @type {TickTime} */ time, /** @type {number} */ video, /** @type {number} */ audio) =>
      this.lock.action(() => {
        const start = BigInt(time.ticks);
        const end = start + clip.length;
        const before = /** @type {const} */ (["Video", "Audio"]).map((kind) => ({ kind, all: sequence.tracks[kind].map((track) => [...track]) }));
        for (const [kind, index] of /** @type {const} */ ([["Video", video], ["Audio", audio]])) {
          const track = sequence.tracks[kind][index];
          if (!track) throw new Error("no such track");
          const kept = track.filter((use) => use.start + use.length <= start || use.start >= end);
          sequence.tracks[kind][index] = [...kept, new FakeUse(clip, start, 0n, clip.length)];
        }
        return () => before.forEach(({ kind, all }) => { sequence.tracks[kind] = all; });
      });
  }
}

module.exports = { FakePremiere, FakeUse, FakeFolder, TYPE };
