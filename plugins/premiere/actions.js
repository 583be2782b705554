// @ts-check
"use strict";
// What the panel's buttons do. Each asks the engine, edits once the takes are there, and returns a sentence.

const { sameRate, ticksOf } = require("./time.js");
const { Trouble } = require("./trouble.js");

/** @typedef {InstanceType<typeof import("./premiere_host.js").PremiereHost>} Host */
/** @typedef {InstanceType<typeof import("./engine.js").Engine>} Engine */
/** @typedef {import("./engine.js").Take} Take */
/** @typedef {(event: import("./engine.js").JobEvent) => void} Tell */

/** Where the takes of a Premiere project lie: a folder of its name in the user's own. @param {string} home @param {string} name */
function filmFolder(home, name) {
  const bare = name.replace(/\.prproj$/i, "").replace(/[^\p{L}\p{N}_ .-]/gu, "_").replace(/^[ .]+|[ .]+$/g, "");
  return `${home.replace(/[\\/]+$/, "")}/Second Unit/${bare || "Untitled"}`;
}

/** Shoot words at the sequence's rate and size and place the takes at the playhead. @param {Host} host @param {Engine} engine @param {{words: string, seconds?: number, quality?: string, home: string}} wanted @param {Tell} tell */
async function generate(host, engine, wanted, tell) {
  if (!wanted.words.trim()) throw new Trouble("There is nothing to shoot.", "Say what should be seen.");
  const { project, rate, width, height } = await host.here();
  const film = filmFolder(wanted.home, project.name);
  const frames = wanted.seconds ? Math.max(1, Math.round((wanted.seconds * rate.numerator) / rate.denominator)) : undefined;
  const settings = {
    rate, width: width - (width % 2), height: height - (height % 2),
    ...(frames ? { frames: String(frames) } : {}),
    ...(wanted.quality ? { quality: `QUALITY_${wanted.quality.toUpperCase()}` } : {}),
  };
  const takes = await engine.finish(await engine.shoot(film, wanted.words, settings), tell);
  const pieces = [];
  for (const take of takes) {
    if (!sameRate(take.rate, rate)) throw new Trouble(`Take ${take.number} runs at another rate.`, "Shoot it again.");
    const clip = await host.importMedia(project, take.media);
    await host.mark(project, clip, take, { shot: take.shotId, take: take.number, project: film }, await engine.cues(take));
    pieces.push({ clip, ticks: ticksOf(Number(take.frames), take.rate) });
  }
  await host.place(pieces);
  return told(`Placed ${takes.map((take) => take.shotId).join(", ")}.`, takes);
}

/** The selected clip's shot again by a note; the clip shows the new take. @param {Host} host @param {Engine} engine @param {string} note @param {Tell} tell */
async function retake(host, engine, note, tell) {
  if (!note.trim()) throw new Trouble("There is no note for the retake.", "Say what should change.");
  const { clip, tag, project } = await host.selected();
  const [take] = await engine.finish(await engine.retake(tag, note), tell);
  return show(host, engine, project, clip, tag, take);
}

/** The selected clip's shot under another light: a new version of the media, since a LUT cannot be set by script. @param {Host} host @param {Engine} engine @param {object} look @param {Tell} tell */
async function relight(host, engine, look, tell) {
  const { clip, tag, project } = await host.selected();
  const [take] = await engine.finish(await engine.relight(tag, look), tell);
  return show(host, engine, project, clip, tag, take);
}

/** Every take of the selected clip's shot, and which it shows. @param {Host} host @param {Engine} engine */
async function listTakes(host, engine) {
  const { tag } = await host.selected();
  return { shown: tag.take, takes: await engine.takes(tag.project, tag.shot) };
}

/** Show a take by its number: forward, or back. @param {Host} host @param {Engine} engine @param {number} number */
async function chooseTake(host, engine, number) {
  const { clip, tag, project } = await host.selected();
  const take = (await engine.takes(tag.project, tag.shot)).find((each) => each.number === number);
  if (!take) throw new Trouble(`${tag.shot} has no take ${number}.`, "List the takes again.");
  return show(host, engine, project, clip, tag, take);
}

/** How the film's cut comes into Premiere: by hand, as no script can import a timeline. @param {string} film */
function importCut(film) {
  return `Choose File > Import and open ${film}/cut.otio (Premiere 25.6 or later); a script cannot import a timeline.`;
}

/** @param {Host} host @param {Engine} engine @param {any} project @param {import("./premiere_host.js").Clip} clip @param {import("./tags.js").Tag} tag @param {Take | undefined} take */
async function show(host, engine, project, clip, tag, take) {
  if (!take) throw new Trouble(`The engine sent no take of ${tag.shot}.`, "Look at: secondunit takes");
  const cues = await engine.cues(take);
  const uses = await host.swap(project, clip, take);
  await host.mark(project, clip, take, { ...tag, take: take.number }, cues);
  const places = uses > 1 ? ` in all ${uses} places where the clip is used` : "";
  return told(`Take ${take.number} of ${tag.shot} is shown${places}.`, [take]);
}

/** A sentence, and what was not understood of the words. @param {string} sentence @param {Take[]} takes */
function told(sentence, takes) {
  const unknown = takes.flatMap((take) => take.ledger ?? []).filter((entry) => entry.status === "STATUS_NOT_UNDERSTOOD");
  const words = [...new Set(unknown.map((entry) => `“${entry.text}”`))];
  return words.length ? `${sentence} Not understood: ${words.join(", ")}.` : sentence;
}

module.exports = { generate, retake, relight, listTakes, chooseTake, importCut, filmFolder };
