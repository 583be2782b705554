// @ts-check
"use strict";
// The engine, from here: calls and watches through the gateway, or through its folder mailbox where no network is
// allowed. JSON is protobuf's canonical form, so 64-bit numbers come as text.

const { Trouble } = require("./trouble.js");

/** @typedef {import("./time.js").Rate} Rate */
/** @typedef {{shotId: string, number: number, media: string, frames?: string, rate: Rate, proxy?: string, depth?: string, cues?: string, manifest?: string, note?: string, ledger?: {text: string, status?: string, meaning?: string}[]}} Take */
/** @typedef {{stage?: string, done?: string, total?: string, note?: string, secondsLeft?: number}} Progress */
/** @typedef {{name: string, message: string, mend?: string}} Failure */
/** @typedef {{jobId: string, state: string, progress?: Progress, error?: Failure, result?: {shoot?: {takes?: Take[]}}, lastSequence?: string}} Job */
/** @typedef {{sequence: string, state: string, progress?: Progress, error?: Failure}} JobEvent */
/** @typedef {{call(method: string, request: object): Promise<any>, watch(jobId: string, tell: (event: JobEvent) => void): Promise<void>, readJson(path: string): Promise<any>}} Door */

const ENDED = new Set(["JOB_STATE_DONE", "JOB_STATE_FAILED", "JOB_STATE_CANCELLED"]);

/** The error that the gateway told, as trouble. @param {any} told {code, message, details} or {name, message, mend} */
function troubleOf(told) {
  const info = told?.details?.find?.((/** @type {any} */ each) => each?.debug?.reason)?.debug;
  const name = told?.name ?? info?.reason ?? "EngineFault";
  const mend = told?.mend ?? info?.metadata?.mend ?? "";
  return new Trouble(told?.message ?? "The engine answered with an error.", mend, name);
}

/** An id that makes one job of one submission, however often it is sent. */
function requestId() {
  const random = () => Math.random().toString(36).slice(2, 10).padEnd(8, "0");
  return `premiere-${random()}${random()}`;
}

/** What an editor may ask of the engine. */
class Engine {
  /** @param {Door} door */
  constructor(door) {
    this._door = door;
  }

  /** @param {string} project @param {string} text @param {object} settings @returns {Promise<Job>} */
  shoot(project, text, settings) {
    return this._submit({ shoot: { projectDir: project, brief: { kind: "BRIEF_KIND_PROMPT", text }, settings } });
  }

  /** @param {import("./tags.js").Tag} tag @param {string} note @returns {Promise<Job>} */
  retake(tag, note) {
    return this._submit({ retake: { projectDir: tag.project, shotId: tag.shot, take: tag.take, note } });
  }

  /** @param {import("./tags.js").Tag} tag @param {object} look @returns {Promise<Job>} */
  relight(tag, look) {
    return this._submit({ relight: { projectDir: tag.project, shotId: tag.shot, look } });
  }

  /** @param {string} project @param {string} [shot] @returns {Promise<Take[]>} */
  async takes(project, shot = "") {
    const answer = await this._door.call("TakeService/ListTakes", { projectDir: project, shotId: shot });
    return answer.takes ?? [];
  }

  /** @returns {Promise<Job[]>} */
  async queue() {
    return (await this._door.call("JobService/ListJobs", { unfinishedOnly: true })).jobs ?? [];
  }

  /** @param {string} jobId */
  cancel(jobId) {
    return this._door.call("JobService/CancelJob", { jobId });
  }

  cancelAll() {
    return this._door.call("JobService/CancelAllJobs", {});
  }

  /** The takes that a job gave; tells how far it is. Throws what it failed of. @param {Job} job @param {(event: JobEvent) => void} tell @returns {Promise<Take[]>} */
  async finish(job, tell) {
    await this._door.watch(job.jobId, tell);
    const ended = /** @type {Job} */ ((await this._door.call("JobService/GetJob", { jobId: job.jobId })).job);
    if (ended.error) throw troubleOf(ended.error);
    return ended.result?.shoot?.takes ?? [];
  }

  /** The cues of a take, counted from its first frame. @param {Take} take @returns {Promise<{id: string, kind: string, name: string, text?: string, start: {value: number}, duration: {value: number}}[]>} */
  async cues(take) {
    return take.cues ? ((await this._door.readJson(take.cues)).cues ?? []) : [];
  }

  /** @param {object} work @returns {Promise<Job>} */
  async _submit(work) {
    return (await this._door.call("JobService/SubmitJob", { requestId: requestId(), work })).job;
  }
}

module.exports = { Engine, ENDED, troubleOf };
