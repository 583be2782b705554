"""The house rules as checks: run by `make lint` and by a test.

- No module over 500 lines, no `utils`, `helpers`, `common` or `manager`.
- No path of one machine, no note of work left undone.
- Every engine and bridge module opens with a docstring.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
_VAGUE = re.compile(r"(^|_)(utils?|helpers?|common|managers?)(_|$)")
_MACHINE = re.compile(r"(?<![\w.])/(work|root|farm|home/\w+)/|/tmp/[a-z]|\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
_LONGEST = 500


def tracked() -> list[Path]:
    """Files that git tracks or would track."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def broken_rules() -> list[str]:
    """One sentence for each broken rule; empty when the house is tidy."""
    faults = []
    for path in tracked():
        name = path.relative_to(ROOT).as_posix()
        if path.suffix not in {".py", ".js", ".ts", ".sh", ".toml", ".md", ".proto"} or "_pb2" in name:
            continue
        text = path.read_text("utf-8")
        if path.suffix != ".md" and len(text.splitlines()) > _LONGEST:
            faults.append(f"{name} has over {_LONGEST} lines: look for the second idea in it.")
        if _VAGUE.search(path.stem):
            faults.append(f"{name}: say what the module is about.")
        faults += [f"{name}: “{match[0]}” does not belong in the repository." for match in _MACHINE.finditer(text)]
        ours = path.suffix == ".py" and name.startswith(("engine/", "bridge/", "plugins/")) and text.strip()
        if ours and ast.get_docstring(ast.parse(text)) is None:
            faults.append(f"{name} has no docstring.")
    return faults


def main() -> int:
    faults = broken_rules()
    print("\n".join(faults) or "house rules: tidy")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
