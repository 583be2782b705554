// The panel in a page: its files as modules, the fake host, and an engine that answers at once. Then it is used.
const sources = SOURCES;
const loaded = {};
const faults = [];
addEventListener("error", (event) => faults.push(event.message));
addEventListener("unhandledrejection", (event) => faults.push(String(event.reason)));

function load(name) {
  const file = name.replace("./", "");
  if (host[file]) return host[file];
  if (!loaded[file]) {
    const module = (loaded[file] = { exports: {} });
    new Function("module", "exports", "require", sources[file])(module, module.exports, load);
  }
  return loaded[file].exports;
}

const answers = [];
const takes = [];
let premiere = null;
function makeTake(work) {
  const again = work.retake ?? work.relight;
  const number = takes.length + 1;
  const media = `/films/shots/sh010/takes/00${number}/picture.mov`;
  takes.push({ shotId: "sh010", number, media, frames: "48", rate: { numerator: 24, denominator: 1 }, note: again?.note ?? "" });
  premiere.disk.set(media, 254016000000n * 2n);
  return takes.slice(-1);
}
async function answer(url, options) {
  const nonce = /proof\?nonce=(\w+)$/.exec(url)?.[1];
  if (nonce) return { json: async () => ({ proof: load("./proof.js").hmac("secret", `secondunit 21370 ${nonce}`) }) };
  const method = url.split(".").pop();
  const request = JSON.parse(options.body);
  answers.push([method, request]);
  if (method.endsWith("SubmitJob")) answers.result = makeTake(request.work);
  const job = { jobId: "job-1", state: "JOB_STATE_DONE", result: { shoot: { takes: answers.result } } };
  const told = method.endsWith("ListTakes") ? { takes } : method.endsWith("ListJobs") ? { jobs: [] } : { job };
  return { ok: true, status: 200, json: async () => told };
}
class FakeSocket {
  constructor() {
    setTimeout(() => this.onopen());
  }
  send(text) {
    const asked = JSON.parse(text);
    const progress = { stage: "frames", done: "1", total: "2", secondsLeft: 65 };
    const told = asked.hello
      ? [{ welcome: { beatSeconds: 5 } }]
      : [{ event: { sequence: "1", state: "JOB_STATE_RUNNING", progress } }, { event: { sequence: "2", state: "JOB_STATE_DONE", progress } }];
    told.forEach((each) => this.onmessage({ data: JSON.stringify(each) }));
  }
  close() {}
}
const files = { "/state/gateway.json": '{"url": "http://127.0.0.1:21370"}', "/state/token": "secret" };
const host = {
  fs: { readFile: async (path) => files[path.replace(/^.*SecondUnit|^.*secondunit/, "/state")] },
  os: { platform: () => "linux", homedir: () => "/users/ed" },
  uxp: { entrypoints: { setup: ({ panels }) => setTimeout(() => panels.secondunit.show(document.body)) } },
};
const page = (id) => document.getElementById(id);
const rest = (ms) => new Promise((done) => setTimeout(done, ms));

async function press(button) {
  button.click();
  for (let tries = 0; tries < 200; tries += 1) {
    await rest(10);
    if (page("said").textContent) return page("said").textContent;
  }
  return "";
}

async function use() {
  const report = { faults };
  await rest(50);
  report.connected = page("status").textContent;
  page("words").value = "  ";
  const text = await press(page("generate"));
  report.empty = { text, kind: page("said").className };
  page("words").value = "a car at dawn";
  report.generated = await press(page("generate"));
  premiere.sequence.selection = [...premiere.sequence.tracks.Video[0]];
  page("note").value = "lower <b>bold</b>";
  report.retaken = await press(page("retake"));
  report.takes = [...page("list").querySelectorAll("li > span")].map((each) => each.textContent);
  report.back = await press(page("list").querySelector("li button"));
  for (const [slider, value] of [["exposure", -1], ["warmth", 500]]) {
    page(slider).value = value;
    page(slider).dispatchEvent(new Event("input"));
  }
  await press(page("relight"));
  report.relit = answers.filter(([method]) => method.endsWith("SubmitJob")).pop()[1].work.relight.look;
  report.remembered = localStorage.getItem("words");
  await postReport("/report", { method: "POST", body: JSON.stringify(report) });
}

const postReport = window.fetch.bind(window);
window.fetch = answer;
window.WebSocket = FakeSocket;
premiere = new (load("./fake_premiere.js").FakePremiere)();
host.premierepro = premiere.module();
load("./main.js");
use().catch((fault) => postReport("/report", { method: "POST", body: JSON.stringify({ faults: [String(fault.stack)] }) }));
