"""One spelling for a document, so that the same document always has the same hash and the same signature."""

from __future__ import annotations

import hashlib
import json


def canonical(document: object) -> bytes:
    """A document of plain values as UTF-8 JSON: sorted keys, no spaces."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def fingerprint(document: object) -> str:
    """SHA-256 of the canonical document, 64 hex digits."""
    return hashlib.sha256(canonical(document)).hexdigest()
