"""Public prompt sets, read from a folder or from installed wheels, and split into a tuned and a held-out half.

Nothing of their text is kept here. A folder holds any of `VBench_full_info.json` (from the wheel `vbench`),
`VBench2_full_info.json` (from `vbench2`) and CSV files with a column `caption` (VideoPhy). Without a folder the two
JSON files are looked up in the installed wheels, which are not imported.
"""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from hashlib import sha256
from importlib import metadata
from pathlib import Path

_FILES = {"vbench": "VBench_full_info.json", "vbench2": "VBench2_full_info.json"}
_LONGEST_CAPTION = 300  # longer cells of VideoPhy's files are instructions to a model


@dataclass(frozen=True)
class Prompt:
    """A prompt, where it is found (`index` counts the file's rows), and the digest that says which half it is in."""

    data_set: str
    index: int
    text: str

    @property
    def digest(self) -> str:
        return sha256(self.text.encode()).hexdigest()

    @property
    def held_out(self) -> bool:
        """Half of all prompts, by their digest: those whose first hex digit is odd are never looked at in tuning."""
        return int(self.digest[0], 16) % 2 == 1


def load_prompts(folder: Path | None = None) -> list[Prompt]:
    """Every different prompt of the sets that are found, in file order; empty if there are none."""
    prompts: list[Prompt] = []
    for data_set, name in _FILES.items():
        path = folder / name if folder else _in_wheel(data_set, name)
        if path and path.is_file():
            rows = json.loads(path.read_text("utf-8"))
            prompts += _once([Prompt(data_set, at, row["prompt_en"]) for at, row in enumerate(rows)])
    captions: list[Prompt] = []
    for path in sorted(folder.glob("*.csv")) if folder else ():
        with path.open(encoding="utf-8", newline="") as rows:
            texts = [(row.get("caption") or "").strip() for row in csv.DictReader(rows)]
        captions += [Prompt("videophy", at, text) for at, text in enumerate(texts) if _is_caption(text)]
    return prompts + _once(captions)


def _is_caption(text: str) -> bool:
    return 0 < len(text) < _LONGEST_CAPTION and "\n" not in text


def _once(prompts: list[Prompt]) -> list[Prompt]:
    return list({prompt.text: prompt for prompt in reversed(prompts)}.values())[::-1]


def _in_wheel(package: str, name: str) -> Path | None:
    try:
        files = metadata.files(package) or []
    except metadata.PackageNotFoundError:
        return None
    return next((Path(str(file.locate())) for file in files if file.name == name), None)
