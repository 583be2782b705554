// @ts-check
"use strict";
// What UXP loads: the panel on the real host, the real files and the real network. The files lie flat beside it, so that
// a required path is the same whether it is resolved from the file or from the plugin.

const files = require("fs");
const os = require("os");
const premiere = require("premierepro");
const { entrypoints } = require("uxp");
const { connect, stateFolder } = require("./connection.js");
const { Panel } = require("./panel.js");
const { PremiereHost } = require("./premiere_host.js");

let started = false;
entrypoints.setup({
  panels: {
    secondunit: {
      show() {
        if (started) return;
        started = true;
        const network = {
          fetch: (/** @type {any} */ url, /** @type {any} */ options) => fetch(url, options), WebSocket,
          setTimeout: (/** @type {() => void} */ work, /** @type {number} */ ms) => setTimeout(work, ms),
          clearTimeout: (/** @type {any} */ timer) => clearTimeout(timer),
        };
        const panel = new Panel(document, {
          host: new PremiereHost(premiere),
          connect: () => connect({ files, network }, stateFolder(os)),
          home: os.homedir(),
          remember: localStorage,
          every: (/** @type {() => void} */ work, /** @type {number} */ ms) => setInterval(work, ms),
        });
        void panel.start();
      },
    },
  },
});
