// @ts-check
"use strict";
// The panel: what is typed and pressed, and what is told. Every button shows a sentence in the end, also when it fails.

const actions = require("./actions.js");
const { Trouble } = require("./trouble.js");

/** @typedef {import("./actions.js").Host} Host */
/** @typedef {import("./actions.js").Engine} Engine */
/** @typedef {{engine: Engine, by: "network" | "mailbox", why: string}} Connected */
/** @typedef {{host: Host, connect: () => Promise<Connected>, home: string, remember: Pick<Storage, "getItem" | "setItem">, every: (work: () => void, ms: number) => unknown}} Means */

const QUEUE_MS = 3000;

/** "sh010 frames 12/96, 0:40 left". @param {import("./engine.js").Progress | undefined} step */
function stepTold(step) {
  if (!step?.stage) return "waiting";
  const left = step.secondsLeft === undefined ? "" : `, ${Math.floor(step.secondsLeft / 60)}:${String(Math.floor(step.secondsLeft % 60)).padStart(2, "0")} left`;
  return `${step.note || step.stage}${left}`;
}

class Panel {
  /** @param {Document} document @param {Means} means */
  constructor(document, means) {
    this._document = document;
    this._means = means;
    /** @type {Engine | null} */
    this._engine = null;
    this._busy = false;
  }

  async start() {
    this._on("connect", () => this._connect());
    this._on("generate", () => this._generate());
    this._on("retake", () => this._edit((engine) => actions.retake(this._means.host, engine, this._text("note"), this._tell)));
    this._on("takes", () => this._listTakes());
    this._on("relight", () => this._relight());
    this._on("stop", async () => void (await (await this._ready()).cancelAll()));
    for (const [slider, shown] of [["exposure", "stops"], ["warmth", "kelvin"]]) {
      this._at(slider ?? "").addEventListener("input", () => { this._at(shown ?? "").textContent = this._text(slider ?? ""); });
    }
    this._at("words").addEventListener("keydown", (event) => {
      const key = /** @type {KeyboardEvent} */ (event);
      if (key.key === "Enter" && (key.metaKey || key.ctrlKey)) this._run(() => this._generate());
    });
    this._field("words").value = this._means.remember.getItem("words") ?? "";
    this._means.every(() => void this._showQueue(), QUEUE_MS);
    await this._run(() => this._connect());
  }

  async _connect() {
    const found = await this._means.connect().catch((fault) => {
      this._status("", "Not connected");
      throw fault;
    });
    this._engine = found.engine;
    this._status(found.by === "network" ? "on" : "half", found.by === "network" ? "Connected" : "Connected by the mailbox");
    return found.why ? `The network is closed to the panel (${found.why}), so calls go by files.` : "";
  }

  async _generate() {
    const words = this._text("words");
    this._means.remember.setItem("words", words);
    const wanted = { words, seconds: Number(this._text("seconds")) || 0, quality: this._text("quality"), home: this._means.home };
    return actions.generate(this._means.host, await this._ready(), wanted, this._tell);
  }

  async _relight() {
    const exposure = Number(this._text("exposure"));
    const temperatureShift = Number(this._text("warmth"));
    return this._edit((engine) => actions.relight(this._means.host, engine, { exposure, temperatureShift }, this._tell));
  }

  /** @param {(engine: Engine) => Promise<string>} work */
  async _edit(work) {
    const said = await work(await this._ready());
    await this._listTakes();
    return said;
  }

  async _listTakes() {
    const { shown, takes } = await actions.listTakes(this._means.host, await this._ready());
    this._rows("list", takes.map((take) => ({
      text: `Take ${take.number}  ${take.note || ""}`, shown: take.number === shown, button: "Use",
      work: () => this._edit((engine) => actions.chooseTake(this._means.host, engine, take.number)),
    })));
  }

  async _showQueue() {
    const jobs = this._engine ? await this._engine.queue().catch(() => null) : null;
    if (!jobs) return;
    this._rows("queue", jobs.map((job) => ({
      text: stepTold(job.progress), shown: job.state === "JOB_STATE_RUNNING", button: "Cancel",
      work: async () => void (await (await this._ready()).cancel(job.jobId)),
    })));
  }

  async _ready() {
    if (!this._engine) await this._connect();
    if (!this._engine) throw new Trouble("No engine is connected.", "Press Connect.");
    return this._engine;
  }

  /** @type {import("./actions.js").Tell} */
  _tell = (event) => {
    const { done, total } = event.progress ?? {};
    const share = Number(total) > 0 ? Math.min(1, Number(done ?? 0) / Number(total)) : 0;
    this._at("done").style.width = `${Math.round(100 * share)}%`;
    this._at("job").textContent = stepTold(event.progress);
  };

  /** Run what a button does and show what came of it; one at a time. @param {() => Promise<string | void>} work */
  async _run(work) {
    if (this._busy) return;
    this._busy = true;
    this._say("", false);
    try {
      this._say((await work()) ?? "", false);
    } catch (fault) {
      if (fault instanceof Trouble && fault.kind === "Unavailable") this._engine = null;
      this._say(fault instanceof Trouble ? fault.told : `Something went wrong: ${fault instanceof Error ? fault.message : fault}`, true);
    } finally {
      this._busy = false;
    }
  }

  /** @param {string} id @param {() => Promise<string | void>} work */
  _on(id, work) {
    // Stopping must work while something runs.
    this._at(id).addEventListener("click", () => void (id === "stop" ? work().catch(() => {}) : this._run(work)));
  }

  /** @param {string} id @param {{text: string, shown: boolean, button: string, work: () => Promise<string | void>}[]} rows */
  _rows(id, rows) {
    const list = this._at(id);
    list.textContent = "";
    for (const row of rows) {
      const item = this._document.createElement("li");
      const text = this._document.createElement("span");
      const button = this._document.createElement("button");
      text.textContent = row.text; // never as HTML: these are a stranger's words
      button.textContent = row.button;
      button.addEventListener("click", () => void (row.button === "Cancel" ? row.work().catch(() => {}) : this._run(row.work)));
      if (row.shown) item.className = "shown";
      item.appendChild(text);
      item.appendChild(button);
      list.appendChild(item);
    }
  }

  /** @param {string} light @param {string} text */
  _status(light, text) {
    this._at("dot").className = light;
    this._at("status").textContent = text;
  }

  /** @param {string} sentence @param {boolean} trouble */
  _say(sentence, trouble) {
    this._at("said").textContent = sentence;
    this._at("said").className = trouble ? "trouble" : "";
  }

  /** @param {string} id @returns {HTMLElement} */
  _at(id) {
    const found = this._document.getElementById(id);
    if (!found) throw new Error(`the panel has no ${id}`);
    return found;
  }

  /** @param {string} id */
  _field(id) {
    return /** @type {HTMLInputElement} */ (this._at(id));
  }

  /** @param {string} id */
  _text(id) {
    return this._field(id).value;
  }
}

module.exports = { Panel, stepTold };
