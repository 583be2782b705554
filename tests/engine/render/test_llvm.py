"""Finding an LLVM without dying of a bad one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from secondunit_bridge.errors import NotReady
from secondunit_engine.render import llvm


def test_what_is_no_library_does_not_work(tmp_path: Path) -> None:
    """A missing file, or one that cannot be loaded, is tried in another process and refused."""
    assert not llvm.works(tmp_path / "libLLVM.so.99")
    (tmp_path / "libLLVM.so.98").write_bytes(b"not a library")
    assert not llvm.works(tmp_path / "libLLVM.so.98")


def test_answers_are_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each candidate is probed once, in order, and never again while the file stays the same."""
    bad, good = tmp_path / "libLLVM-15.so", tmp_path / "libLLVM-23.so"
    for file in (bad, good):
        file.write_bytes(b"x")
    probed: list[Path] = []

    def probe(library: Path) -> bool:
        probed.append(library)
        return library == good

    monkeypatch.setattr(llvm, "candidates", lambda: [tmp_path / "absent.so", bad, good])
    monkeypatch.setattr(llvm, "works", probe)
    memory = tmp_path / "memory" / "llvm.json"
    assert llvm.find_llvm(memory) == good
    assert llvm.find_llvm(memory) == good
    assert probed == [bad, good]
    good.write_bytes(b"another build")
    assert llvm.find_llvm(memory) == good
    assert probed == [bad, good, good]


@pytest.mark.parametrize("content", ["", "not json", "[1, 2]", '{"a": "yes"}'])
def test_a_damaged_memory_is_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str) -> None:
    memory = tmp_path / "llvm.json"
    memory.write_text(content)
    library = tmp_path / "libLLVM.so"
    library.write_bytes(b"x")
    monkeypatch.setattr(llvm, "candidates", lambda: [library])
    monkeypatch.setattr(llvm, "works", lambda _: True)
    assert llvm.find_llvm(memory) == library


def test_without_any_llvm_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(llvm, "candidates", lambda: [])
    assert llvm.find_llvm(tmp_path / "llvm.json") is None
    monkeypatch.setattr(llvm, "_choice", lambda: None)
    with pytest.raises(NotReady, match="No LLVM"):
        llvm.mitsuba.__wrapped__()


def test_importing_the_engine_loads_no_renderer() -> None:
    """The door itself, and what the command line imports, brings in neither Mitsuba nor Dr.Jit."""
    code = "import sys, secondunit_engine.render.llvm, secondunit_engine.render.settings; print(*sys.modules)"
    modules = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"mitsuba", "drjit", "numba"} & set(modules)
