"""The Premiere panel: its parts in Node, its types by tsc, its page in a browser, its package, and it on a gateway.

What Premiere itself does with it nobody has tried: the fake in `premiere/fake_premiere.js` stands for the host.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from secondunit_bridge.errors import Unwritable
from secondunit_bridge.gateway.serve import PANEL_PORTS
from secondunit_bridge.premiere_package import package_panel, panel_files
from tests.bridge.gateway.serving import serving
from tests.browsing import site, visit
from tests.engine.running import running

ROOT = Path(__file__).parents[2]
PANEL, TESTS = ROOT / "plugins/premiere", ROOT / "tests/plugins/premiere"
SCRIPTS = sorted(PANEL.glob("*.js"))


def node(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    program = shutil.which("node")
    if program is None:
        pytest.skip("node is not installed")
    command = [program, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, env=os.environ | environment, timeout=120)


@pytest.mark.referee
@pytest.mark.parametrize("name", ["test_panel.js", "test_connection.js"])
def test_its_parts_do_what_they_should(name: str) -> None:
    """Node's own test runner on the panel's modules and the fake host."""
    done = node("--test", TESTS / name)
    assert done.returncode == 0, done.stdout[-4000:]
    passed = re.search(r"^# pass (\d+)$", done.stdout, re.M)
    assert passed is not None
    assert int(passed[1]) >= 10


@pytest.mark.referee
@pytest.mark.parametrize("project", [PANEL, TESTS], ids=["panel", "fake"])
def test_every_host_call_is_in_the_documented_surface(project: Path) -> None:
    """`tsc --strict` against @adobe/premierepro: names, arguments and results of the panel, and of the fake."""
    modules = ROOT / "node_modules"
    compiler = modules / ".bin/tsc"
    if not compiler.exists() or not (modules / "@adobe/premierepro").exists():
        pytest.skip("tsc is not installed (npm install --no-save typescript @adobe/premierepro)")
    done = subprocess.run([compiler, "-p", project], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout


@pytest.mark.referee
def test_the_compiler_would_find_a_call_that_is_not_there(tmp_path: Path) -> None:
    """The check above can fail: a call that Premiere does not have, and one with a wrong argument, are found."""
    modules = ROOT / "node_modules"
    if not (modules / ".bin/tsc").exists() or not (modules / "@adobe/premierepro").exists():
        pytest.skip("tsc is not installed (npm install --no-save typescript @adobe/premierepro)")
    for path in [*SCRIPTS, PANEL / "uxp.d.ts", PANEL / "tsconfig.json"]:
        shutil.copy(path, tmp_path)
    (tmp_path / "node_modules").symlink_to(modules)
    host = tmp_path / "premiere_host.js"
    text = host.read_text("utf-8")
    host.write_text(text.replace("project.importFiles([path], true)", "project.importFile(path)"), "utf-8")
    done = subprocess.run([modules / ".bin/tsc", "-p", tmp_path], capture_output=True, text=True, timeout=120)
    assert "importFile" in done.stdout


def test_it_uses_nothing_that_uxp_lacks() -> None:
    """No TextDecoder, no modules that UXP cannot load, no foreign address, and no HTML made of words."""
    for path in SCRIPTS:
        code = re.sub(r"/\*.*?\*/|//[^\n]*", "", path.read_text("utf-8"), flags=re.S)
        for word in ("TextDecoder", "TextEncoder", "innerHTML", "eval(", "localhost:", "https://"):
            assert word not in code, f"{path.name}: {word}"
        assert not re.search(r"^\s*(import|export)\s", code, re.M), path.name
        needed = set(re.findall(r'require\("([^"]+)"\)', code))
        own = {name for name in needed if name.startswith("./")}
        assert all((PANEL / name).is_file() for name in own), path.name
        assert needed - own <= {"fs", "os", "uxp", "premierepro"}, path.name


def test_the_manifest_allows_the_gateway_and_nothing_else() -> None:
    """Version 5, this host, and the ports that the gateway tries first, as numbers, over HTTP and WebSocket."""
    manifest = json.loads((PANEL / "manifest.json").read_text("utf-8"))
    assert (manifest["manifestVersion"], manifest["host"]["app"]) == (5, "premierepro")
    assert (PANEL / manifest["main"]).is_file()
    named = manifest["requiredPermissions"]["network"]["domains"]
    assert set(named) == {f"{kind}://127.0.0.1:{port}" for port in PANEL_PORTS for kind in ("http", "ws")}


def test_the_package_is_one_file_that_is_always_the_same(tmp_path: Path) -> None:
    """A zip with the manifest at its root, all that the page needs, nothing else, and no clock in it."""
    first, second = (package_panel(tmp_path / name) for name in ("a.ccx", "b.ccx"))
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as package:
        names = set(package.namelist())
        assert package.testzip() is None
    assert names == {path.name for path in SCRIPTS} | {"manifest.json", "index.html", "style.css", "README.md"}
    assert names == {path.name for path in panel_files()}
    with pytest.raises(Unwritable):
        package_panel(tmp_path / "none/a.ccx")
    assert list(tmp_path.glob("*.part")) == []


@pytest.mark.referee
def test_it_generates_and_retakes_through_a_real_gateway(tmp_path: Path) -> None:
    """The panel's own code and the fake host, a running gateway and engine (with quick handlers) behind it: by the
    network, then by the mailbox."""
    state = tmp_path / "state"
    state.mkdir(mode=0o700)
    handlers = ("--handlers", "tests.fakes.videos:HANDLERS")
    with running(state, *handlers), serving(state):
        for by in ("network", "mailbox"):
            home = tmp_path / by
            options = ("--experimental-websocket", "--no-warnings", TESTS / "through_gateway.js")
            done = node(*options, STATE=str(state), HOME_OF_FILMS=str(home), BY=by)
            assert done.returncode == 0, done.stderr[-3000:]
            told = json.loads(done.stdout)
            assert told["by"] == by
            assert told["events"] > 0
            assert re.search(r"/Second Unit/My Film_ take two/shots/sh\d+/takes/002/picture\.mov$", told["path"])
            assert Path(told["path"]).is_file()


@pytest.mark.referee
def test_its_page_works_in_a_browser(tmp_path: Path) -> None:
    """Every button, pressed in Chromium over the fake host: what it shows, and what it shows when it fails."""
    sources = {path.name: path.read_text("utf-8") for path in [*SCRIPTS, TESTS / "fake_premiere.js"]}
    html = (PANEL / "index.html").read_text("utf-8")
    style = (PANEL / "style.css").read_text("utf-8")
    loader = (TESTS / "in_browser.js").read_text("utf-8").replace("SOURCES", json.dumps(sources).replace("</", "<\\/"))
    html = html.replace('<link rel="stylesheet" href="style.css" />', f"<style>{style}</style>")
    html = html.replace('<script src="main.js"></script>', f"<script>{loader}</script>")
    with site() as server:
        server.page = html.encode()
        told = visit(server, tmp_path / "profile")
    assert told["faults"] == []
    assert told["connected"] == "Connected"
    assert told["generated"].startswith("Placed sh010.")
    assert told["empty"] == {"text": "There is nothing to shoot. Say what should be seen.", "kind": "trouble"}
    assert told["retaken"].startswith("Take 2 of sh010 is shown.")
    assert told["takes"] == ["Take 1  ", "Take 2  lower <b>bold</b>"]
    assert told["back"].startswith("Take 1 of sh010 is shown.")
    assert told["relit"] == {"exposure": -1, "temperatureShift": 500}
    assert told["remembered"] == "a car at dawn"
