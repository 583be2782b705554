// @ts-check
"use strict";
// The gateway over HTTP and WebSocket. UXP has fetch and WebSocket; it has no TextDecoder, so every body is read as
// text or JSON by fetch itself.

const { ENDED, troubleOf } = require("./engine.js");
const { newNonce, proves } = require("./proof.js");
const { Trouble } = require("./trouble.js");

const AGAIN_MS = [250, 500, 1000, 2000, 4000];
const RESTART = "Start it with: secondunit engine --gateway";

/** @typedef {{fetch: typeof fetch, WebSocket: typeof WebSocket, setTimeout: (work: () => void, ms: number) => unknown, clearTimeout: (timer: any) => void}} Network */

/** The address with the number in place of the name: macOS 26 blocks http://localhost where 127.0.0.1 passes. @param {string} url */
function byNumber(url) {
  return url.replace(/^(\w+:\/\/)localhost(?=[:/]|$)/, "$1127.0.0.1").replace(/\/+$/, "");
}

/** @typedef {import("./engine.js").Door} Door */
/** @implements {Door} */
class Gateway {
  /** @param {string} url @param {string} token @param {Network} network */
  constructor(url, token, network) {
    this.url = byNumber(url);
    this._token = token;
    this._network = network;
  }

  /** @param {string} method @param {object} request @returns {Promise<any>} */
  async call(method, request) {
    const headers = { "Content-Type": "application/json", "Connect-Protocol-Version": "1" };
    const body = JSON.stringify(request);
    return this._read(await this._fetch(`/secondunit.v1.${method}`, { method: "POST", headers, body }));
  }

  /** @param {string} path @returns {Promise<any>} */
  async readJson(path) {
    return this._read(await this._fetch(`/media?path=${encodeURIComponent(path)}`, { headers: {} }));
  }

  /** Throws unless who answers knows the token, which it is not told here. */
  async mustProve() {
    const nonce = newNonce();
    const { fetch } = this._network;
    const told = await fetch(`${this.url}/proof?nonce=${nonce}`, {}).then((response) => response.json(), () => ({}));
    if (!proves(this._token, this.url, nonce, told.proof)) {
      throw new Trouble("Who answers at the gateway's address is not the gateway.", RESTART, "Unavailable");
    }
  }

  /** Tell a job's events until it has ended. A line that breaks is taken up after the last event. @param {string} jobId @param {(event: import("./engine.js").JobEvent) => void} tell */
  async watch(jobId, tell) {
    let after = "0";
    for (let failures = 0; ; failures += 1) {
      const seen = after;
      const ended = await this._listen(jobId, after, (event) => {
        after = event.sequence;
        tell(event);
        return ENDED.has(event.state);
      });
      if (ended) return;
      if (after !== seen) failures = 0;
      const pause = AGAIN_MS[failures];
      if (pause === undefined) throw new Trouble("The gateway does not answer.", RESTART, "Unavailable");
      await new Promise((done) => this._network.setTimeout(() => done(undefined), pause));
    }
  }

  /** One socket's life: true once the job has ended, false if the line broke. @param {string} jobId @param {string} after @param {(event: any) => boolean} take @returns {Promise<boolean>} */
  _listen(jobId, after, take) {
    return new Promise((done, refuse) => {
      const socket = new this._network.WebSocket(`${this.url.replace(/^http/, "ws")}/socket`);
      let patience = 15000;
      /** @type {unknown} */
      let timer;
      const end = (/** @type {boolean} */ ended) => {
        this._network.clearTimeout(timer);
        socket.close();
        done(ended);
      };
      const wait = () => {
        this._network.clearTimeout(timer);
        timer = this._network.setTimeout(() => end(false), patience);
      };
      wait();
      socket.onopen = () => socket.send(JSON.stringify({ id: 1, hello: { token: this._token, client: "premiere 0.1.0", protocol: 1 } }));
      socket.onclose = () => end(false);
      socket.onerror = () => end(false);
      socket.onmessage = (message) => {
        wait();
        const told = JSON.parse(String(message.data));
        if (told.welcome) {
          patience = 3000 * told.welcome.beatSeconds;
          socket.send(JSON.stringify({ id: 2, watch: { jobId, afterSequence: after } }));
        } else if (told.error) {
          refuse(troubleOf(told.error)); // first: a promise keeps to its first word
          end(false);
        } else if (told.end || (told.event && take(told.event))) {
          end(true);
        }
      };
    });
  }

  /** @param {string} path @param {{method?: string, headers: Record<string, string>, body?: string}} options */
  async _fetch(path, options) {
    const headers = { ...options.headers, Authorization: `Bearer ${this._token}` };
    try {
      return await this._network.fetch(this.url + path, { ...options, headers });
    } catch (fault) {
      throw new Trouble(`The gateway does not answer: ${fault instanceof Error ? fault.message : fault}.`, RESTART, "Unavailable");
    }
  }

  /** @param {Response} response */
  async _read(response) {
    const told = await response.json().catch(() => ({ message: `The gateway answered ${response.status}.` }));
    if (!response.ok) throw troubleOf(told);
    return told;
  }
}

module.exports = { Gateway, byNumber };
