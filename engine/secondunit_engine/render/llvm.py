"""The only door to Mitsuba: find an LLVM that works before `import mitsuba`, or say plainly that there is none.

Dr.Jit compiles its kernels with a libLLVM that it loads by path, and some builds (LLVM 15 as Mesa brings it) abort
the whole process. So each candidate is tried once in a process of its own, and the answer is remembered.
"""

from __future__ import annotations

import glob
import json
import logging
import os
import subprocess
import sys
import sysconfig
from functools import cache
from pathlib import Path
from types import ModuleType

from secondunit_bridge.errors import NotReady

log = logging.getLogger(__name__)

_PATH = "DRJIT_LIBLLVM_PATH"
_PROBE = """
import mitsuba as mi
mi.set_variant("llvm_ad_rgb")
box = mi.cornell_box()
box["sensor"]["film"]["width"] = box["sensor"]["film"]["height"] = 16
box["small-box"]["bsdf"] = {"type": "roughdielectric"}
box["large-box"]["bsdf"] = {"type": "twosided", "bsdf": {"type": "principled", "clearcoat": 1.0, "sheen": 1.0}}
image = mi.render(mi.load_dict(box), spp=1).numpy()
assert image.shape == (16, 16, 3) and image.mean() > 0.01
"""


def candidates() -> list[Path]:
    """LLVM libraries to try, best first: the user's choice, the wheel's, the system's newest."""
    found: list[Path] = []
    if os.environ.get(_PATH):
        found.append(Path(os.environ[_PATH]))
    prefixes = [Path(sysconfig.get_path("data")), Path(sys.prefix)]
    patterns = [str(prefix / "lib" / "libLLVM.so.*") for prefix in prefixes]
    patterns += [
        "/usr/lib/*-linux-gnu/libLLVM.so.*",
        "/usr/lib/llvm-*/lib/libLLVM*.so.1",
        "/usr/lib/*-linux-gnu/libLLVM-*.so.1",
        "/usr/lib64/libLLVM.so.*",
        "/opt/homebrew/opt/llvm/lib/libLLVM.dylib",
        "/usr/local/opt/llvm/lib/libLLVM.dylib",
        r"C:\Program Files\LLVM\bin\LLVM-C.dll",
    ]
    for pattern in patterns:
        found += [Path(name) for name in sorted(glob.glob(pattern), reverse=True)]
    return list(dict.fromkeys(found))


def works(library: Path) -> bool:
    """Whether Mitsuba can compile and run its kernels with this library, tried in a process of its own."""
    if not library.is_file():
        return False
    environment = os.environ | {_PATH: str(library), "DRJIT_CACHE_MAXSIZE": "0"}
    command = [sys.executable, "-c", _PROBE]
    try:
        done = subprocess.run(command, env=environment, capture_output=True, timeout=120, check=False)
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def find_llvm(memory: Path | None = None) -> Path | None:
    """The first library that works, or None. Answers are kept in the JSON file `memory` by path, size and time."""
    memory = memory or _memory_file()
    known = _recall(memory)
    for library in candidates():
        if not library.is_file():
            continue
        state = library.stat()
        key = f"{library.resolve()}|{state.st_size}|{state.st_mtime_ns}"
        if key not in known:
            known[key] = works(library)
            _remember(memory, known)
        if known[key]:
            return library
    return None


def _memory_file() -> Path:
    root = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or str(Path.home() / ".cache")
    return Path(root) / "secondunit" / "llvm.json"


def _recall(memory: Path) -> dict[str, bool]:
    try:
        known = json.loads(memory.read_text())
    except (OSError, ValueError):
        return {}
    return {k: v for k, v in known.items() if isinstance(v, bool)} if isinstance(known, dict) else {}


def _remember(memory: Path, known: dict[str, bool]) -> None:
    """Keep the answers; a home folder that cannot be written only costs the probe again."""
    try:
        memory.parent.mkdir(parents=True, exist_ok=True)
        part = memory.with_name(f"{memory.name}.{os.getpid()}.part")
        part.write_text(json.dumps(known, indent=1))
        os.replace(part, memory)
    except OSError as problem:
        log.debug("the LLVM answer is not kept: %s", problem)


@cache
def _choice() -> Path | None:
    return find_llvm()


@cache
def mitsuba() -> ModuleType:
    """The mitsuba module with its variant set. Every import of mitsuba in the engine goes through here.

    Raises NotReady where no LLVM works: our integrator is compiled, and has no interpreted form.
    """
    library = _choice()
    if library is None:
        raise NotReady(
            "No LLVM library works on this machine, so nothing can be rendered.",
            mend="Install LLVM 16 or newer (Debian: libllvm19, macOS: brew install llvm) and start the engine again.",
        )
    os.environ[_PATH] = str(library)
    import mitsuba as mi

    mi.set_variant("llvm_ad_rgb")
    mi.set_log_level(mi.LogLevel.Error)
    return mi


def drjit() -> ModuleType:
    """The drjit module. It loads some LLVM when it is imported, so it too must not be imported anywhere else."""
    mitsuba()
    import drjit as dr

    return dr
