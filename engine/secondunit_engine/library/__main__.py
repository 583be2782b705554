"""`python -m secondunit_engine.library add PROJECT PATH [LICENCE]`, `… list PROJECT`, `… remove PROJECT NAME`.

One JSON document each. A process of its own, so that a hostile file can at worst end this one.
"""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from secondunit_bridge.errors import BadInput, TooLarge
from secondunit_engine.document import print_document
from secondunit_engine.library.shelf import add, assets_of, remove

MEMORY = 16 << 30  # bytes of address space


def main(arguments: list[str]) -> int:
    """Do one of the three and print its document; an error is a document too."""
    return print_document(lambda: _run(*arguments))


def _run(what: str, project: str, *others: str) -> dict[str, Any]:
    match what, others:
        case "add", (path, *licence):
            try:
                added = add(Path(project), Path(path), *licence)
            except MemoryError:
                raise TooLarge(f"{path} does not fit in memory.", mend="Reduce it.") from None
            refused = [{"file": file, "reason": reason} for file, reason in added.refused]
            return {"assets": [asdict(asset) for asset in added.assets], "refused": refused}
        case "list", ():
            return {"assets": [asdict(asset) for asset in assets_of(Path(project))]}
        case "remove", (name,):
            return {"removed": asdict(remove(Path(project), name))}
    raise BadInput("The library cannot do that.", mend="Use add PATH, list or remove NAME.")


def _bound_memory() -> None:
    """Of this whole process, for good: so only where it is one of its own."""
    if sys.platform == "linux":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        limit = MEMORY if most == resource.RLIM_INFINITY else min(MEMORY, most)
        resource.setrlimit(resource.RLIMIT_AS, (limit, most))


if __name__ == "__main__":
    _bound_memory()
    sys.exit(main(sys.argv[1:]))
