// @ts-check
"use strict";

/** Something the editor can mend: a plain sentence, and what to do next. */
class Trouble extends Error {
  /** @param {string} message @param {string} mend @param {string} [name] of the engine's error tree */
  constructor(message, mend, name = "Trouble") {
    super(message);
    this.mend = mend;
    this.kind = name;
  }

  /** Both in one line. */
  get told() {
    return `${this.message} ${this.mend}`.trim();
  }
}

module.exports = { Trouble };
