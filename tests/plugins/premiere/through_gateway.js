"use strict";
// The panel's code on the fake host, over a gateway that runs. Told by the environment: STATE, HOME_OF_FILMS, BY.

const fs = require("node:fs/promises");
const { FakePremiere } = require("./fake_premiere.js");
const actions = require("../../../plugins/premiere/actions.js");
const { connect } = require("../../../plugins/premiere/connection.js");
const { PremiereHost } = require("../../../plugins/premiere/premiere_host.js");
const { ticksOf } = require("../../../plugins/premiere/time.js");

const { STATE, HOME_OF_FILMS, BY } = process.env;
const closed = async () => { throw new TypeError("Permission denied to the url"); };

async function main() {
  const premiere = new FakePremiere();
  // The host measures what it imports; here every picture is as long as its take was asked to be.
  premiere.disk.get = (path) => (path.endsWith("picture.mov") ? ticksOf(48, { numerator: 24, denominator: 1 }) : undefined);
  const host = new PremiereHost(premiere.module());
  const network = { fetch: BY === "network" ? fetch : closed, WebSocket, setTimeout, clearTimeout };
  const { engine, by } = await connect({ files: fs, network }, STATE);
  let events = 0;
  const tell = () => { events += 1; };
  await actions.generate(host, engine, { words: `a car at dawn ${BY}`, seconds: 2, home: HOME_OF_FILMS }, tell);
  premiere.sequence.selection = [...premiere.sequence.tracks.Video[0]];
  await actions.retake(host, engine, "lower", tell);
  const [clip] = premiere.clips();
  console.log(JSON.stringify({ by, events, path: clip.path, name: clip.name }));
}

main().then(() => process.exit(0), (fault) => { console.error(fault); process.exit(1); });
