"""RFC 6962 Merkle trees: one hash that stands for many files, in order."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence


def leaf_hash(data: bytes) -> bytes:
    """Hash of one leaf; the prefix keeps leaves and nodes apart (RFC 6962, 2.1)."""
    return hashlib.sha256(b"\0" + data).digest()


def root_hash(leaves: Sequence[bytes]) -> bytes:
    """Root over leaf hashes; the empty tree has the hash of nothing."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    level = list(leaves)
    while len(level) > 1:  # an odd last node rises unchanged, which equals RFC 6962's split at a power of two
        pairs = [hashlib.sha256(b"\1" + level[i] + level[i + 1]).digest() for i in range(0, len(level) - 1, 2)]
        level = pairs + level[len(level) - len(level) % 2 :]
    return level[0]
