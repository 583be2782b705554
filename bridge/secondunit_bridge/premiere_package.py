"""Packs the Premiere panel as the one file (.ccx) that Creative Cloud installs. Light: standard library only."""

from __future__ import annotations

import zipfile
from pathlib import Path

from secondunit_bridge.errors import EngineFault, Unwritable

_KINDS = (".js", ".html", ".css", ".json", ".md", ".png")
_NOT_PACKED = ("tsconfig.json",)
_NO_CLOCK = (1980, 1, 1, 0, 0, 0)  # the earliest date that zip knows: the same panel is the same file


def panel_files() -> list[Path]:
    """The files of the panel, from the installed package or from the clone beside it."""
    here = Path(__file__).resolve().parent
    for folder in (here / "plugins" / "premiere", here.parents[1] / "plugins" / "premiere"):
        if (folder / "manifest.json").is_file():
            files = sorted(folder.iterdir())
            return [path for path in files if path.suffix in _KINDS and path.name not in _NOT_PACKED]
    raise EngineFault("The Premiere panel is not part of this installation.")


def package_panel(out: Path) -> Path:
    """Write the panel to `out` (.ccx), whole or not at all, and return its path. Raises Unwritable."""
    part = out.with_name(f".{out.name}.part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as package:
            for path in panel_files():
                entry = zipfile.ZipInfo(path.name, _NO_CLOCK)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                package.writestr(entry, path.read_bytes())
        part.replace(out)
    except OSError as fault:
        raise Unwritable(f"{out} cannot be written: {fault.strerror}.", mend="Choose another place.") from None
    finally:
        part.unlink(missing_ok=True)
    return out
