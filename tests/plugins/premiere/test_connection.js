"use strict";
// How the panel reaches the engine: HTTP, a WebSocket that breaks, and files where no network is allowed.

const assert = require("node:assert/strict");
const { createHmac } = require("node:crypto");
const fs = require("node:fs/promises");
const os = require("node:os");
const path = require("node:path");
const { test } = require("node:test");
const { connect, stateFolder } = require("../../../plugins/premiere/connection.js");
const { Gateway } = require("../../../plugins/premiere/gateway.js");
const { Mailbox } = require("../../../plugins/premiere/mailbox.js");
const { hmac } = require("../../../plugins/premiere/proof.js");

const soon = (work) => setTimeout(work, 1);
const reply = (status, told) => ({ ok: status < 300, status, json: async () => told });

/** A WebSocket that plays the next of its scripts: messages to send once asked, then it breaks or stays silent. */
function scripted(scripts, heard = []) {
  return class {
    constructor(url) {
      heard.push(url);
      this.script = [...(scripts.shift() ?? [])];
      soon(() => this.onopen?.());
    }
    send(text) {
      heard.push(JSON.parse(text));
      const say = () => {
        const next = this.script.shift();
        if (next === "break") this.onclose?.();
        else if (next !== undefined && !this.closed) {
          this.onmessage?.({ data: JSON.stringify(next) });
          if (!next.welcome) soon(say);
        }
      };
      soon(say);
    }
    close() {
      this.closed = true;
    }
  };
}
const welcome = { id: "1", welcome: { beatSeconds: 0.2 } };
const event = (sequence, state = "JOB_STATE_RUNNING") => ({ id: "2", event: { sequence: String(sequence), state } });

function gateway(scripts, heard) {
  const network = { fetch: async () => reply(200, {}), WebSocket: scripted(scripts, heard), setTimeout, clearTimeout };
  return new Gateway("http://127.0.0.1:21370", "secret", network);
}

test("a watch that breaks is taken up after the last event, by token in the greeting", async () => {
  const heard = [];
  const told = [];
  const scripts = [[welcome, event(1), event(2), "break"], [welcome, event(3), event(4, "JOB_STATE_DONE")]];
  await gateway(scripts, heard).watch("job-1", (each) => told.push(each.sequence));
  assert.deepEqual(told, ["1", "2", "3", "4"]);
  assert.equal(heard[0], "ws://127.0.0.1:21370/socket");
  assert.equal(heard[1].hello.token, "secret");
  assert.deepEqual(heard.filter((each) => each.watch).map((each) => each.watch.afterSequence), ["0", "2"]);
});

test("a line without beats is dead, and is opened again", async () => {
  const scripts = [[welcome, event(1)], [welcome, { beat: "1" }, event(2, "JOB_STATE_FAILED")]];
  const told = [];
  await gateway(scripts).watch("job-1", (each) => told.push(each.sequence));
  assert.deepEqual(told, ["1", "2"]);
});

test("a gateway that is gone is told after some tries", { timeout: 20000 }, async () => {
  const network = { fetch, WebSocket: scripted(Array(9).fill(["break"])), setTimeout: (work) => setTimeout(work, 1), clearTimeout };
  await assert.rejects(new Gateway("http://127.0.0.1:1", "t", network).watch("job-1", () => {}), /does not answer/);
});

test("an error on the socket is told, not tried again", async () => {
  const refused = { id: "2", error: { name: "NotFound", message: "There is no job.", mend: "List them." } };
  await assert.rejects(gateway([[welcome, refused]]).watch("job-1", () => {}), /^Error: There is no job\.$/);
});

test("localhost is called by its number, since macOS blocks the name", async () => {
  const asked = [];
  const blocked = async (url) => {
    if (url.startsWith("http://localhost")) throw new TypeError("Network request failed");
    asked.push(url);
    return reply(200, { version: "0.1.0" });
  };
  const network = { fetch: blocked, WebSocket: scripted([]), setTimeout, clearTimeout };
  await new Gateway("http://localhost:21370/", "t", network).call("EngineService/GetEngineInfo", {});
  assert.deepEqual(asked, ["http://127.0.0.1:21370/secondunit.v1.EngineService/GetEngineInfo"]);
});

test("our HMAC is HMAC, at every length about a block's edge", () => {
  for (let length = 0; length < 200; length += 1) {
    const text = "az09".repeat(50).slice(0, length);
    assert.equal(hmac("0123456789abcdef".repeat(4), text), createHmac("sha256", "0123456789abcdef".repeat(4)).update(text).digest("hex"));
  }
});

test("an answer that is no JSON is told by its status", async () => {
  const network = { fetch: async () => ({ ok: false, status: 502, json: async () => JSON.parse("<html>") }), WebSocket: scripted([]), setTimeout, clearTimeout };
  await assert.rejects(new Gateway("http://127.0.0.1:1", "t", network).call("X/Y", {}), /answered 502/);
});

/** A gateway's mailbox that answers what it finds. */
async function mailroom(answer) {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), "mailbox-"));
  for (const each of ["requests", "answers"]) await fs.mkdir(path.join(folder, each));
  const seen = [];
  let open = true;
  const look = async () => {
    for (const name of await fs.readdir(path.join(folder, "requests"))) {
      if (!name.endsWith(".json")) continue;
      const asked = JSON.parse(await fs.readFile(path.join(folder, "requests", name), "utf-8"));
      await fs.unlink(path.join(folder, "requests", name));
      seen.push(asked);
      const part = path.join(folder, "answers", `.${name}`);
      await fs.writeFile(part, JSON.stringify(answer(asked, seen.length)));
      await fs.rename(part, path.join(folder, "answers", name));
    }
    if (open) setTimeout(look, 5);
  };
  void look();
  const close = async () => {
    open = false;
    await new Promise((done) => setTimeout(done, 50));
    await fs.rm(folder, { recursive: true });
  };
  return { folder, seen, close };
}
const quick = (work) => setTimeout(work, 5);

test("the mailbox makes the same calls, watches, and clears up after itself", async () => {
  const states = ["JOB_STATE_QUEUED", "JOB_STATE_RUNNING", "JOB_STATE_RUNNING", "JOB_STATE_DONE"];
  const room = await mailroom((_, count) => ({ response: { job: { lastSequence: String(Math.min(count, 3)), state: states[count - 1] ?? "JOB_STATE_DONE" } } }));
  const told = [];
  await new Mailbox(room.folder, fs, quick).watch("job-1", (each) => told.push(each.sequence));
  assert.deepEqual(told, ["1", "2", "3"]);
  assert.equal(room.seen[0].method, "secondunit.v1.JobService/GetJob");
  assert.deepEqual(await fs.readdir(path.join(room.folder, "answers")), []);
  await room.close();
});

test("an error in the mailbox is the same trouble as on the line; silence is told", async () => {
  const room = await mailroom(() => ({ error: { name: "BadInput", message: "No.", mend: "Yes." } }));
  await assert.rejects(new Mailbox(room.folder, fs, quick).call("X/Y", {}), (fault) => fault.kind === "BadInput");
  await room.close();
  const empty = await fs.mkdtemp(path.join(os.tmpdir(), "mailbox-"));
  await fs.mkdir(path.join(empty, "requests"));
  await assert.rejects(new Mailbox(empty, fs, (work) => setImmediate(work)).call("X/Y", {}), /Nobody answers/);
  assert.deepEqual(await fs.readdir(path.join(empty, "requests")), [], "nothing stays behind to be done later");
  await fs.rm(empty, { recursive: true });
});

test("the state folder tells where; where the network is closed or a stranger on the port, the mailbox is taken", async () => {
  const room = await mailroom(() => ({ response: { version: "0.1.0" } }));
  const state = await fs.mkdtemp(path.join(os.tmpdir(), "state-"));
  const closed = { fetch: async () => { throw new TypeError("Permission denied to the url"); }, WebSocket: scripted([]), setTimeout: quick, clearTimeout };
  await assert.rejects(connect({ files: fs, network: closed }, state), /not running/);
  await fs.writeFile(path.join(state, "gateway.json"), '{"url": "http://127.0.0.1:21370", "pid": 1}');
  await fs.writeFile(path.join(state, "token"), "secret\n");
  await fs.symlink(room.folder, path.join(state, "mailbox"));
  const found = await connect({ files: fs, network: closed }, state);
  assert.equal(found.by, "mailbox");
  assert.match(found.why, /not the gateway/);
  const tokens = [];
  const answers = (token, port) => async (url, { headers }) => {
    if (headers?.Authorization) tokens.push(headers.Authorization);
    const nonce = /nonce=(\w+)$/.exec(url)?.[1];
    return reply(200, nonce ? { proof: createHmac("sha256", token).update(`secondunit ${port} ${nonce}`).digest("hex") } : {});
  };
  for (const squatter of [answers("guessed", 21370), answers("secret", 21371), async () => reply(200, {})]) {
    const found = await connect({ files: fs, network: { ...closed, fetch: squatter } }, state);
    assert.equal(found.by, "mailbox");
    assert.match(found.why, /not the gateway/);
  }
  assert.deepEqual(tokens, [], "nobody on that port has heard the token");
  const open = { ...closed, fetch: answers("secret", 21370) };
  assert.equal((await connect({ files: fs, network: open }, state)).by, "network");
  assert.deepEqual(tokens, ["Bearer secret"]);
  await fs.rm(state, { recursive: true });
  await room.close();
});

test("the state folder is the engine's own choice on each system", () => {
  const at = (platform, home) => stateFolder({ platform: () => platform, homedir: () => home });
  assert.equal(at("darwin", "/Users/ed/"), "/Users/ed/Library/Application Support/SecondUnit");
  assert.equal(at("win32", "C:\\Users\\ed"), "C:\\Users\\ed/AppData/Local/SecondUnit");
  assert.equal(at("linux", "/users/ed"), "/users/ed/.local/state/secondunit");
});
