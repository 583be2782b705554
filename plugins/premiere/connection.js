// @ts-check
"use strict";
// Where the gateway is: its state folder tells, in files that only this user can read. Nothing is guessed.

const { Engine } = require("./engine.js");
const { Gateway } = require("./gateway.js");
const { Mailbox } = require("./mailbox.js");
const { Trouble } = require("./trouble.js");

/** The engine's state folder, as the engine itself chooses it. @param {{platform(): string, homedir(): string}} os */
function stateFolder(os) {
  const home = os.homedir().replace(/[\\/]+$/, "");
  if (os.platform().startsWith("win")) return `${home}/AppData/Local/SecondUnit`;
  return os.platform() === "darwin" ? `${home}/Library/Application Support/SecondUnit` : `${home}/.local/state/secondunit`;
}

/**
 * An engine to talk to, by the network if it is open and by the mailbox if it is not; says which.
 * @param {{files: import("./mailbox.js").Files, network: import("./gateway.js").Network}} means @param {string} state
 * @returns {Promise<{engine: InstanceType<typeof Engine>, by: "network" | "mailbox", why: string}>}
 */
async function connect(means, state) {
  const read = (/** @type {string} */ name) => means.files.readFile(`${state}/${name}`, { encoding: "utf-8" });
  let url, token;
  try {
    url = JSON.parse(await read("gateway.json")).url;
    token = (await read("token")).trim();
  } catch {
    throw new Trouble("The gateway is not running.", "Start it with: secondunit engine --gateway", "Unavailable");
  }
  const gateway = new Gateway(url, token, means.network);
  try {
    await gateway.mustProve(); // before it is told the token
    await gateway.call("EngineService/GetEngineInfo", {});
    return { engine: new Engine(gateway), by: "network", why: "" };
  } catch (fault) {
    const why = fault instanceof Trouble ? fault.told : String(fault);
    const mailbox = new Mailbox(`${state}/mailbox`, means.files, means.network.setTimeout);
    await mailbox.call("EngineService/GetEngineInfo", {});
    return { engine: new Engine(mailbox), by: "mailbox", why };
  }
}

module.exports = { connect, stateFolder };
