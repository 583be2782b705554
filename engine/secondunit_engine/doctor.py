"""What this machine can and cannot do, each finding with its mend. Run as `python -m secondunit_engine.doctor`."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from secondunit_bridge import __version__
from secondunit_bridge.find_resolve import find_resolve

Level = Literal["ok", "limited", "missing"]


@dataclass(frozen=True)
class Finding:
    """One thing looked at: how it stands, in a sentence, and what would mend it."""

    name: str
    level: Level
    finding: str
    mend: str = ""


def examine() -> list[Finding]:
    """Look at everything; nothing is changed."""
    looks: tuple[Callable[[], Finding], ...] = (
        _python, _libraries, _path_tracer, _processor, _memory, _disk, _gpu, _guide_voice, _resolve, _gateway,
        _referees,
    )  # fmt: skip
    return [look() for look in looks]


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    return Finding("python", "ok", f"Python {version}, Second Unit {__version__}.")


def _libraries() -> Finding:
    wanted = ("mitsuba", "pxr", "OpenImageIO", "PyOpenColorIO", "av", "anny", "pyoidn", "c2pa", "opentimelineio")
    absent = [name for name in wanted if importlib.util.find_spec(name) is None]
    if absent:
        mend = "Run `make test` or `pip install 'secondunit[engine]'`."
        return Finding("libraries", "missing", f"Not installed: {', '.join(absent)}.", mend)
    return Finding("libraries", "ok", "Everything the engine needs is installed.")


def _path_tracer() -> Finding:
    from secondunit_engine.render.llvm import find_llvm

    found = find_llvm()
    if found is None:
        mend = "Install LLVM 16 or newer (Debian: libllvm19), or the karellen-llvm-core wheel."
        return Finding("path tracer", "missing", "No usable LLVM: nothing can be rendered.", mend)
    return Finding("path tracer", "ok", f"Compiled kernels through {found.name}.")


def _processor() -> Finding:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if cores < 2:
        return Finding("processor", "limited", "One core: a take of two seconds needs several minutes.", "")
    return Finding("processor", "ok", f"{cores} cores.")


def _memory() -> Finding:
    if not hasattr(os, "sysconf") or "SC_PHYS_PAGES" not in os.sysconf_names:
        return Finding("memory", "ok", "Not measured on this system.")
    gigabytes = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    if gigabytes < 6:
        return Finding("memory", "limited", f"{gigabytes:.0f} GB.", "Render at 854x480 or below.")
    return Finding("memory", "ok", f"{gigabytes:.0f} GB.")


def _disk() -> Finding:
    free = shutil.disk_usage(Path.cwd()).free / 2**30
    if free < 5:
        return Finding(
            "disk", "limited", f"{free:.1f} GB free here.", "A 1080p take needs about 3 GB; free some space."
        )
    return Finding("disk", "ok", f"{free:.0f} GB free here.")


def _gpu() -> Finding:
    if shutil.which("nvidia-smi") is None:
        mend = "None is needed; the diffusion finish is not part of this version."
        return Finding("gpu", "limited", "No NVIDIA GPU: the processor renders everything.", mend)
    return Finding("gpu", "limited", "An NVIDIA GPU is here; rendering on it is untested in this version.", "")


def _guide_voice() -> Finding:
    from secondunit_engine.sound.voice import find_voice

    voice = find_voice()
    if voice is None:
        mend = "Run: pip install 'secondunit[voice]'"
        return Finding("guide voice", "limited", "No speech program: dialogue is cued but silent.", mend)
    return Finding("guide voice", "ok", f"Dialogue gets a guide voice from {voice.name}, in a process of its own.")


def _resolve() -> Finding:
    from secondunit_bridge.install_plugins import install_plugins

    report = install_plugins(check=True)
    found = find_resolve(sys.platform, os.environ, Path("/"), Path.home())
    if found is None:
        mend = "Import cut.otio by hand, or drop briefs into a folder: secondunit watch FOLDER"
        return Finding("resolve", "limited", "DaVinci Resolve is not installed here.", mend)
    if found.why_no_scripts:
        return Finding("resolve", "limited", f"{found.name}: {found.why_no_scripts}", "Use: secondunit watch FOLDER")
    if report.faults:
        return Finding("resolve", "limited", f"{found.name}: {report.faults[0]}", "Run: secondunit install-plugins")
    return Finding("resolve", "ok", f"{found.name}, with the menu scripts installed and whole.")


def _gateway() -> Finding:
    if importlib.util.find_spec("aiohttp") is None:
        mend = "Run: pip install 'secondunit[gateway]'"
        return Finding("gateway", "limited", "No aiohttp: Premiere and the REST interface have no door.", mend)
    return Finding("gateway", "ok", "Premiere and the REST interface: secondunit engine --gateway")


def _referees() -> Finding:
    programs = ("blender", "melt", "ffmpeg")
    absent = [program for program in programs if shutil.which(program) is None]
    if absent:
        return Finding("referees", "limited", f"Absent: {', '.join(absent)}; their tests are skipped.", "")
    return Finding("referees", "ok", "Blender, melt and ffmpeg can referee our cuts.")


def main() -> int:
    """Print the findings as JSON; exit 1 if something needed is missing."""
    findings = examine()
    print(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False))
    return 1 if any(finding.level == "missing" for finding in findings) else 0


if __name__ == "__main__":
    sys.exit(main())
