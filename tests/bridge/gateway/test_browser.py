"""A hostile web page in a real browser: it knows the address, even the token, and gets nowhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from secondunit_bridge.client import Client
from tests.bridge.gateway.serving import serving
from tests.browsing import site, visit

PAGE = """<!doctype html><title>page</title><script>
const [url, token, film] = %s;
const call = `${url}/secondunit.v1.JobService/SubmitJob`;
const brief = {kind: "BRIEF_KIND_PROMPT", text: "0"};
const job = (id) => JSON.stringify({requestId: id, work: {shoot: {projectDir: film, brief}}});
const bearer = {Authorization: `Bearer ${token}`};
const json = {"Content-Type": "application/json"};
const told = (promise) => promise.then((r) => r.type === "opaque" ? "opaque" : r.status, (e) => e.name);
const loads = (element, src) => new Promise((done) => {
  element.onload = () => done("loaded"); element.onerror = () => done("failed");
  element.src = src; document.head.append(element);
});
const form = () => new Promise((done) => {  // a form can post text/plain to anyone
  const frame = document.createElement("iframe"); frame.name = "into";
  const sheet = document.createElement("form");
  Object.assign(sheet, {method: "post", action: call, enctype: "text/plain", target: "into"});
  const field = document.createElement("input");
  field.name = job("page-form").slice(0, -1) + ', "x": "'; field.value = '"}';
  sheet.append(field); document.documentElement.append(frame, sheet);
  frame.onload = () => done("sent"); sheet.submit();
});
const socket = () => new Promise((done) => {
  const ws = new WebSocket(`${url.replace("http", "ws")}/socket`);
  ws.onopen = () => ws.send(JSON.stringify({id: 1, hello: {token, protocol: 1}}));
  ws.onmessage = (event) => done(Object.keys(JSON.parse(event.data)).sort().join());
  ws.onclose = () => done("closed");
});
(async () => {
  const report = {
    fetch: await told(fetch(call, {method: "POST", headers: {...bearer, ...json}, body: job("page-fetch")})),
    simple: await told(fetch(call, {method: "POST", mode: "no-cors", body: job("page-simple")})),
    beacon: navigator.sendBeacon(call, job("page-beacon")),
    list: await told(fetch(`${url}/v1/videos`, {headers: bearer})),
    image: await loads(document.createElement("img"), `${url}/media?path=${film}/contact-sheet.png`),
    script: await loads(document.createElement("script"), `${url}/v1/videos`),
    form: await form(),
    socket: await socket(),
  };
  await fetch("/report", {method: "POST", body: JSON.stringify(report)});
})();
</script>"""


@pytest.mark.referee
def test_a_hostile_page_gets_nowhere(engine: tuple[Client, Path], tmp_path: Path) -> None:
    """Fetch, a simple request, a beacon, a form, an image, a script, a WebSocket: all refused, and no job made. The
    same page on an allowed origin gets its answers, so it is the refusal that is tested."""
    film = tmp_path / "film"
    film.mkdir()
    (film / "secondunit.toml").touch()
    (film / "contact-sheet.png").write_bytes(bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
        "0000000c4944415408d763f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
    ))  # fmt: skip
    with site() as server, serving(engine[1], origins=frozenset((server.origin,))) as door:
        server.page = (PAGE % json.dumps([door.served.url, door.served.token, str(film)])).encode()
        told = visit(server, tmp_path / "friend")
    assert (told["fetch"], told["socket"]) == (200, "id,welcome")
    made = {job.request_id for job in engine[0].jobs(film)}
    assert made == {"page-fetch"}, "without the header even a friend makes nothing"
    with site() as server, serving(engine[1]) as door:
        server.page = (PAGE % json.dumps([door.served.url, door.served.token, str(tmp_path / "foe")])).encode()
        told = visit(server, tmp_path / "foe-profile")
    assert (told["fetch"], told["list"], told["socket"]) == ("TypeError", "TypeError", "closed")
    assert (told["image"], told["script"]) == ("failed", "failed")
    assert told["simple"] in ("opaque", "TypeError")  # a page cannot see which
    assert not list(engine[0].jobs(tmp_path / "foe"))
