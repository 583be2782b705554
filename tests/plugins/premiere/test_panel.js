"use strict";
// The panel's parts against the fake Premiere, in Node: `node --test`. No network is needed: the door is a fake engine.

const assert = require("node:assert/strict");
const { test } = require("node:test");
const { FakePremiere, FakeUse, FakeFolder, TYPE } = require("./fake_premiere.js");
const actions = require("../../../plugins/premiere/actions.js");
const { Engine } = require("../../../plugins/premiere/engine.js");
const { PremiereHost } = require("../../../plugins/premiere/premiere_host.js");
const { withTag, takeTag, tagOfPath, isCue } = require("../../../plugins/premiere/tags.js");
const { rateOf, ticksOf, framesOf } = require("../../../plugins/premiere/time.js");

const FRAME = 10584000000n; // ticks of a frame at 24
const FILM = "/users/ed/Second Unit/My Film_ take two";
const quiet = () => {};
// UXP has neither; nothing of the panel may want them.
delete globalThis.TextDecoder;
delete globalThis.TextEncoder;

/** A door that makes takes on the fake's disk, as the engine does. */
class FakeDoor {
  constructor(premiere, { shots = ["sh010"], frames = 48, rate = { numerator: 24, denominator: 1 } } = {}) {
    Object.assign(this, { premiere, shots, frames, rate, asked: [], made: [], fails: null });
  }
  async call(method, request) {
    this.asked.push([method, request]);
    if (method === "TakeService/ListTakes") return { takes: this.made.filter((take) => take.shotId === request.shotId) };
    if (method === "JobService/SubmitJob") this.result = this.fails ? [] : this.shoot(request.work);
    const error = this.fails ?? undefined;
    return { job: { jobId: "job-1", state: error ? "JOB_STATE_FAILED" : "JOB_STATE_DONE", error, result: { shoot: { takes: this.result } } } };
  }
  shoot(work) {
    const again = work.retake ?? work.relight;
    const project = (again ?? work.shoot).projectDir;
    return (again ? [again.shotId] : this.shots).map((shotId) => {
      const number = 1 + this.made.filter((take) => take.shotId === shotId).length;
      const folder = `${project}/shots/${shotId}/takes/${String(number).padStart(3, "0")}`;
      const take = {
        shotId, number, media: `${folder}/picture.mov`, proxy: `${folder}/proxy.mp4`, cues: `${folder}/cues.json`,
        frames: String(this.frames), rate: this.rate, note: again?.note ?? "",
        ledger: [{ text: "flumox", status: "STATUS_NOT_UNDERSTOOD" }],
      };
      this.premiere.disk.set(take.media, ticksOf(this.frames, this.rate));
      this.made.push(take);
      return take;
    });
  }
  async watch(_jobId, tell) {
    tell({ sequence: "1", state: "JOB_STATE_RUNNING" });
  }
  async readJson(path) {
    const take = this.made.find((each) => each.cues === path);
    return { cues: [{ id: `c${take.number}`, kind: "foley", name: "step", start: { value: 5 }, duration: { value: 2 } }] };
  }
}

function open(options = {}, door = {}) {
  const premiere = new FakePremiere(options);
  const fake = new FakeDoor(premiere, door);
  return { premiere, door: fake, host: new PremiereHost(premiere.module()), engine: new Engine(fake) };
}
const generate = ({ host, engine }, wanted = {}) =>
  actions.generate(host, engine, { words: "a car at dawn", home: "/users/ed", ...wanted }, quiet);

async function generated(options, door) {
  const all = open(options, door);
  await generate(all);
  const [clip] = all.premiere.clips();
  all.premiere.sequence.selection = [...all.premiere.sequence.tracks.Video[0]];
  return { ...all, clip };
}

test("what is shot lies at the playhead, at the sequence's exact rate and size", async () => {
  const all = open({ timebase: "10594584000" }, { rate: { numerator: 24000, denominator: 1001 } });
  all.premiere.sequence.at = 10594584000n * 100n;
  const said = await generate(all, { seconds: 2, quality: "draft" });
  const [, { work }] = all.door.asked[0];
  assert.equal(work.shoot.projectDir, FILM);
  assert.deepEqual(work.shoot.settings, {
    rate: { numerator: 24000, denominator: 1001 }, width: 1920, height: 1080, frames: "48", quality: "QUALITY_DRAFT",
  });
  const [use] = all.premiere.sequence.tracks.Video[0];
  assert.equal(use.start, 10594584000n * 100n);
  assert.equal(all.premiere.sequence.tracks.Audio[0].length, 1);
  assert.match(said, /Placed sh010\. Not understood: “flumox”\./);
});

test("importFiles tells only a boolean: the item is found by its exact path among look-alikes", async () => {
  const all = open();
  await all.premiere.project.importFiles([]);
  all.premiere.disk.set("/old/sh010/takes/001/picture.mov", FRAME);
  all.premiere.disk.set(`${FILM}/shots/sh010/takes/001/picture.mov.bak`, FRAME);
  await all.premiere.project.importFiles([...all.premiere.disk.keys()]);
  await generate(all);
  assert.equal(all.premiere.sequence.tracks.Video[0][0].clip.path, `${FILM}/shots/sh010/takes/001/picture.mov`);
});

test("it is found inside bins, and where the host tells paths with backslashes", async () => {
  const all = open();
  const bin = new FakeFolder("bin", TYPE.BIN);
  all.premiere.project.root.items.push(new FakeFolder("empty", TYPE.BIN), bin);
  all.premiere.project.into = bin;
  all.premiere.backslashes = true;
  await generate(all);
  assert.equal(all.premiere.sequence.tracks.Video[0].length, 1);
});

test("an import that says true and brings nothing is told, and nothing is placed", async () => {
  const all = open();
  all.premiere.quirks.importsNothing = true;
  await assert.rejects(generate(all), /did not import .*picture\.mov.*said true/);
  assert.equal(all.premiere.sequence.tracks.Video[0].length, 0);
});

test("the same media is imported once", async () => {
  const all = open();
  const path = "/a/picture.mov";
  all.premiere.disk.set(path, FRAME);
  const first = await all.host.importMedia(all.premiere.project, path);
  assert.equal(await all.host.importMedia(all.premiere.project, path), first);
  assert.equal(all.premiere.clips().length, 1);
});

test("the fake refuses what the host refuses: actions outside of locked access, and stale ones", () => {
  const { premiere } = open();
  assert.throws(() => premiere.lock.action(quiet), /locked access/);
  let kept;
  premiere.project.lockedAccess(() => { kept = premiere.lock.action(() => quiet); });
  premiere.project.lockedAccess(() => premiere.project.executeTransaction((compound) => assert.equal(compound.addAction(kept), false)));
  assert.throws(() => premiere.project.lockedAccess(async () => {}), /does not wait/);
});

test("several takes are one undo, one after the other", async () => {
  const all = open({}, { shots: ["sh010", "sh020", "sh030"], frames: 24 });
  all.premiere.sequence.at = FRAME * 10n;
  await generate(all);
  assert.deepEqual(all.premiere.sequence.tracks.Video[0].map((use) => use.start / FRAME), [10n, 34n, 58n]);
  assert.equal(all.premiere.project.undo.filter((name) => name === "Second Unit: place").length, 1);
});

test("a host that dies in the middle of placing leaves nothing half placed", async () => {
  const all = open({}, { shots: ["sh010", "sh020"] });
  const place = all.host.place.bind(all.host);
  all.host.place = (pieces) => {
    all.premiere.quirks.diesAfter = 1;
    return place(pieces);
  };
  await assert.rejects(generate(all), /the host died/);
  assert.deepEqual(all.premiere.sequence.tracks.Video.flat(), []);
  all.premiere.quirks.diesAfter = Infinity;
  all.premiere.quirks.refusesActions = true;
  await assert.rejects(generate(all), /refused a step/);
  assert.deepEqual(all.premiere.sequence.tracks.Video.flat(), []);
});

test("an overwrite overwrites nothing: the first track with room is taken, or none", async () => {
  const all = open({ tracks: 2 });
  all.premiere.disk.set("/mine.mov", FRAME * 100n);
  const mine = new FakeUse(await all.host.importMedia(all.premiere.project, "/mine.mov"), 0n, 0n, FRAME * 10n);
  all.premiere.sequence.tracks.Video[0].push(mine);
  await generate(all);
  assert.deepEqual(all.premiere.sequence.tracks.Video[0], [mine]);
  assert.equal(all.premiere.sequence.tracks.Video[1].length, 1);
  await assert.rejects(generate(all), /No video track is free/);
});

test("ids stand in marker comments, and the words of a person stay above them", () => {
  const tag = { shot: "sh010", take: 2, project: "/films/a" };
  const comment = withTag("a note\nof two lines", tag);
  assert.equal(comment, 'a note\nof two lines\nsecondunit {"shot":"sh010","take":2,"project":"/films/a"}');
  assert.deepEqual(takeTag(comment), tag);
  assert.deepEqual(takeTag(comment.replaceAll("\n", "\r\n")), tag);
  assert.equal(isCue(withTag("step", { cue: "c1", shot: "sh010", take: 2 })), true);
  for (const damaged of ["", "secondunit", "secondunit {", "secondunit []", 'secondunit {"shot":1,"take":2,"project":"x"}', "secondunit null"]) {
    assert.equal(takeTag(damaged), null, damaged);
  }
  assert.deepEqual(tagOfPath("C:\\films\\a\\shots\\sh010\\takes\\003\\picture.mov"), { project: "C:\\films\\a", shot: "sh010", take: 3 });
  assert.equal(tagOfPath("/films/a/picture.mov"), null);
});

test("cues become coloured markers; markers of others stay when the take changes", async () => {
  const all = await generated();
  const markers = all.clip.markers;
  assert.deepEqual(markers.all.map((each) => [each.getName(), each.getStart().ticks, each.getColorIndex()]), [
    ["Second Unit", "0", 0], ["step", String(FRAME * 5n), 4],
  ]);
  all.premiere.project.lockedAccess(() =>
    all.premiere.project.executeTransaction((compound) => compound.addAction(markers.createAddMarkerAction("mine", "Comment"))),
  );
  await actions.retake(all.host, all.engine, "lower", quiet);
  const names = markers.all.map((each) => [each.getName(), each.getComments()]);
  assert.equal(names.filter(([name]) => name === "mine").length, 1);
  assert.equal(names.filter(([, comment]) => comment.includes('"cue":"c2"')).length, 1);
  assert.equal(names.filter(([, comment]) => comment.includes('"take":1')).length, 0);
});

test("a retake goes on from the take that the clip shows, and keeps trims and place", async () => {
  const all = await generated();
  const [use] = all.premiere.sequence.tracks.Video[0];
  Object.assign(use, { from: FRAME * 6n, length: FRAME * 20n });
  const said = await actions.retake(all.host, all.engine, "lower, 85mm", quiet);
  const [, { work }] = all.door.asked.findLast(([method]) => method === "JobService/SubmitJob");
  assert.deepEqual(work.retake, { projectDir: FILM, shotId: "sh010", take: 1, note: "lower, 85mm" });
  assert.equal(all.clip.path, `${FILM}/shots/sh010/takes/002/picture.mov`);
  assert.equal(all.clip.name, "sh010 take 2");
  assert.deepEqual([use.from, use.length, use.start], [FRAME * 6n, FRAME * 20n, 0n]);
  assert.match(said, /^Take 2 of sh010 is shown\. /);
  assert.match(await actions.chooseTake(all.host, all.engine, 1), /Take 1/);
  assert.equal(all.clip.path, `${FILM}/shots/sh010/takes/001/picture.mov`);
  assert.deepEqual((await actions.listTakes(all.host, all.engine)).shown, 1);
  await assert.rejects(actions.chooseTake(all.host, all.engine, 9), /no take 9/);
});

test("a clip whose markers are gone is known by where its file lies", async () => {
  const all = await generated();
  all.clip.markers.all = [];
  await actions.retake(all.host, all.engine, "lower", quiet);
  assert.equal(all.clip.path, `${FILM}/shots/sh010/takes/002/picture.mov`);
});

test("a change of media changes every use, and that is said", async () => {
  const all = await generated();
  all.premiere.sequence.tracks.Video[1].push(new FakeUse(all.clip, FRAME * 500n, 0n, FRAME * 10n));
  assert.match(await actions.retake(all.host, all.engine, "lower", quiet), /in all 2 places/);
});

test("a take too short for a trim is refused before anything changes", async () => {
  const all = await generated();
  all.premiere.sequence.tracks.Video[1].push(new FakeUse(all.clip, FRAME * 500n, FRAME * 30n, FRAME * 18n));
  all.door.frames = 40;
  await assert.rejects(actions.retake(all.host, all.engine, "shorter", quiet), /has 40 frames and a trim .* needs 48/);
  assert.equal(all.clip.path, `${FILM}/shots/sh010/takes/001/picture.mov`);
});

for (const quirk of ["cannotChange", "changeRefused", "changeLies", "changeOffline"]) {
  test(`changeMediaFilePath is read back: ${quirk}`, async () => {
    const all = await generated();
    all.premiere.quirks[quirk] = true;
    await assert.rejects(actions.retake(all.host, all.engine, "lower", quiet), /cannot change|did not take/);
    assert.equal(all.clip.path, `${FILM}/shots/sh010/takes/001/picture.mov`, "it shows what it did before");
    assert.equal(all.clip.offline, false);
    assert.ok(takeTag(all.clip.markers.all[0].getComments()).take === 1, "and says so");
  });
}

test("a proxy follows where there was one", async () => {
  const all = await generated();
  await actions.retake(all.host, all.engine, "lower", quiet);
  assert.equal(all.clip.proxy, "");
  all.clip.proxy = "/old.mp4";
  await actions.retake(all.host, all.engine, "lower", quiet);
  assert.equal(all.clip.proxy, `${FILM}/shots/sh010/takes/003/proxy.mp4`);
});

test("a LUT by script does nothing in this host, so relight arrives as media", async () => {
  const all = await generated();
  all.premiere.project.lockedAccess(() =>
    all.premiere.project.executeTransaction((compound) => compound.addAction(all.clip.createSetInputLUTIDAction("x"))),
  );
  assert.equal(await all.clip.getInputLUTID(), "");
  await actions.relight(all.host, all.engine, { exposure: -1 }, quiet);
  const [, { work }] = all.door.asked.findLast(([method]) => method === "JobService/SubmitJob");
  assert.deepEqual(work.relight, { projectDir: FILM, shotId: "sh010", look: { exposure: -1 } });
  assert.equal(all.clip.path, `${FILM}/shots/sh010/takes/002/picture.mov`);
});

test("a timeline cannot be imported by script, so the editor is told how", async () => {
  const { premiere } = open();
  assert.equal(await premiere.project.importFiles(["/film/cut.otio"]), true);
  assert.deepEqual(premiere.clips(), []);
  assert.match(actions.importCut("/film"), /File > Import .*\/film\/cut\.otio .*25\.6/);
});

test("time is exact: NTSC rates, and beyond what a double holds", () => {
  assert.deepEqual(rateOf(10594584000n), { numerator: 24000, denominator: 1001 });
  assert.deepEqual(rateOf(8475667200n), { numerator: 30000, denominator: 1001 });
  const rate = { numerator: 24000, denominator: 1001 };
  const far = ticksOf(24 * 3600 * 24, rate);
  assert.ok(far > BigInt(Number.MAX_SAFE_INTEGER));
  assert.equal(framesOf(far, rate), 24 * 3600 * 24);
  assert.throws(() => rateOf(0n), RangeError);
});

test("nothing open, nothing selected, nothing said: a sentence each", async () => {
  const all = open();
  await assert.rejects(generate(all, { words: "  " }), /nothing to shoot/);
  await assert.rejects(actions.retake(all.host, all.engine, "", quiet), /no note/);
  await assert.rejects(actions.retake(all.host, all.engine, "x", quiet), /No take of ours/);
  all.premiere.project.active = null;
  await assert.rejects(generate(all), /No sequence is open/);
  all.premiere.project = null;
  await assert.rejects(generate(all), /No project is open/);
  assert.deepEqual(all.door.asked, [], "the engine was not troubled");
});

test("what the engine failed of is told with its mend", async () => {
  const all = open();
  all.door.fails = { name: "BadInput", message: "The words make no sense.", mend: "Write others." };
  await assert.rejects(generate(all), (fault) => fault.told === "The words make no sense. Write others." && fault.kind === "BadInput");
});

test("a take at another rate is not placed", async () => {
  const all = open({}, { rate: { numerator: 25, denominator: 1 } });
  await assert.rejects(generate(all), /another rate/);
  assert.deepEqual(all.premiere.sequence.tracks.Video.flat(), []);
});

test("a film's folder is named after the project", () => {
  assert.equal(actions.filmFolder("/users/ed/", "Ünder: the sea?.prproj"), "/users/ed/Second Unit/Ünder_ the sea_");
  assert.equal(actions.filmFolder("C:\\Users\\ed", " ..prproj"), "C:\\Users\\ed/Second Unit/Untitled");
});
