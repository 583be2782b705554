"""Seeds that stay the same wherever their shot, place or person stands in the script."""

from __future__ import annotations

import hashlib


def derive_seed(seed: int, *names: str) -> int:
    """A 31-bit seed from the project's seed and the names of what it is for."""
    digest = hashlib.blake2b("\0".join((str(seed), *names)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") & 0x7FFFFFFF


def derive_unit(seed: int, *names: str) -> float:
    """A number from 0 to 1 (exclusive), uniform over names."""
    return derive_seed(seed, *names) / 0x80000000
