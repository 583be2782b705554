// @ts-check
"use strict";
// The folder mailbox: the same calls as files, where the host's network is closed. A request is written under another
// name and renamed, so that the gateway never reads half of one.

const { ENDED, troubleOf } = require("./engine.js");
const { Trouble } = require("./trouble.js");

const LOOK_MS = 250;
const PATIENCE_MS = 30000;

/** @typedef {Pick<typeof import("fs"), "readFile" | "writeFile" | "rename" | "unlink">} Files */

/** @typedef {import("./engine.js").Door} Door */
/** @implements {Door} */
class Mailbox {
  /** @param {string} folder @param {Files} files @param {(work: () => void, ms: number) => unknown} setTimeout */
  constructor(folder, files, setTimeout) {
    this._folder = folder;
    this._files = files;
    this._rest = () => new Promise((done) => setTimeout(() => done(undefined), LOOK_MS));
    this._count = 0;
    this._self = Math.random().toString(36).slice(2, 12);
  }

  /** @param {string} method @param {object} request @returns {Promise<any>} */
  async call(method, request) {
    this._count += 1;
    const name = `premiere-${this._self}-${this._count}.json`;
    const wanted = `${this._folder}/requests/${name}`;
    await this._files.writeFile(`${wanted}.part`, JSON.stringify({ method: `secondunit.v1.${method}`, request }), { encoding: "utf-8" });
    await this._files.rename(`${wanted}.part`, wanted);
    for (let waited = 0; waited < PATIENCE_MS; waited += LOOK_MS) {
      const text = await this._files.readFile(`${this._folder}/answers/${name}`, { encoding: "utf-8" }).catch(() => "");
      if (text) {
        await this._files.unlink(`${this._folder}/answers/${name}`).catch(() => 0);
        const told = JSON.parse(text);
        if (told.error) throw troubleOf(told.error);
        return told.response ?? {};
      }
      await this._rest();
    }
    await this._files.unlink(wanted).catch(() => 0);
    throw new Trouble("Nobody answers in the mailbox.", "Start the gateway with: secondunit engine --gateway", "Unavailable");
  }

  /** @param {string} jobId @param {(event: import("./engine.js").JobEvent) => void} tell */
  async watch(jobId, tell) {
    for (let last = ""; ; ) {
      const { job } = await this.call("JobService/GetJob", { jobId });
      if (job.lastSequence !== last) tell({ sequence: job.lastSequence, state: job.state, progress: job.progress, error: job.error });
      last = job.lastSequence;
      if (ENDED.has(job.state)) return;
      await this._rest();
    }
  }

  /** @param {string} path @returns {Promise<any>} */
  async readJson(path) {
    return JSON.parse(await this._files.readFile(path, { encoding: "utf-8" }));
  }
}

module.exports = { Mailbox };
