"""Why Resolve would import nothing from an OTIO: the rules that others measured, read from the bare JSON.

Shares no code with the writer. Resolve itself gives no reason; it returns None.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any


def why_refused(path: Path) -> str:
    """The first fault, or nothing for a timeline that would be imported."""
    try:
        root = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return "not a readable file"
    told = root.get("metadata", {}).get("Resolve_OTIO", {})
    if told.get("Resolve OTIO Meta Version") != "1.0":
        return "no Resolve_OTIO dictionary of version 1.0"
    if not root.get("global_start_time"):
        return "no global_start_time"
    counts = {"Video": 0, "Audio": 0}
    for track in root["tracks"]["children"]:
        counts[track["kind"]] += 1
        if track["name"] != f"{track['kind']} {counts[track['kind']]}":
            return f"a track called {track['name']}"
        for item in track["children"]:
            if item["OTIO_SCHEMA"].startswith("Clip") and (fault := _clip(item)):
                return f"{item['name']}: {fault}"
    return ""


def _clip(item: dict[str, Any]) -> str:
    if item["OTIO_SCHEMA"] != "Clip.2" or "media_references" not in item:
        return "not a Clip.2 with media_references"
    media = item["media_references"].get(item.get("active_media_reference_key"), {})
    if media.get("OTIO_SCHEMA") != "ExternalReference.1":
        return "no media"
    url = media["target_url"]
    if "://" in url or not re.match(r"/|[A-Za-z]:[\\/]", url):
        return "not a bare absolute path"
    available = media.get("available_range")
    if not available or item["source_range"]["start_time"]["value"] < available["start_time"]["value"]:
        return "source frames that are not timecode-absolute"
    return ""
