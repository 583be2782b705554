"""The 96 bits of a watermark's id, and the likeliest id for what was read of them.

An id of 48 bits, its CRC-16 and four Reed-Solomon bytes over them are a linear code (96, 48) but for the CRC's start
value. So what was read, a sign and a certainty for each bit, is decoded as one code: the 48 most certain independent
bits are taken as they are, with up to two of them wrong, and the code word that agrees best with all 96 is the answer
(ordered statistics decoding: Fossorier and Lin 1995).

    bits = encode(watermark_id)      # (96,) of -1 and 1
    decode(soft)                     # the id, or None if no word agrees well
"""

from __future__ import annotations

import binascii
from functools import cache

import numpy as np
from numpy.typing import NDArray
from reedsolo import RSCodec

from secondunit_bridge.errors import BadInput

Floats = NDArray[np.floating]
Bits = NDArray[np.uint8]

ID_BITS = 48
_PARITY = 4  # Reed-Solomon bytes
BITS = ID_BITS + 16 + 8 * _PARITY
# How much of what was read must speak for the word: 3 of a thousand random readings have such a word, and nine in ten
# of those whose every twelfth bit is wrong.
_AGREES = 0.90


def encode(watermark_id: int) -> NDArray[np.int8]:
    """The 96 code bits of an id as -1 and 1. Raises BadInput for an id that does not fit 48 bits."""
    if not 0 <= watermark_id < 1 << ID_BITS:
        raise BadInput("A watermark id is a whole number of 48 bits.", mend="Use manifest.watermark_id().")
    return _word(watermark_id).astype(np.int8) * 2 - 1


def decode(soft: Floats) -> int | None:
    """The id that agrees best with the bits as they were read: (96,), the sign is the bit, the size its certainty."""
    certain = np.argsort(-np.abs(soft), kind="stable")  # (96,) most certain first
    generator, start = _code()
    basis, places = _systematic(generator[:, certain])  # (48, 96), (48,) of `certain`
    read = (soft[certain] > 0).astype(np.uint8) ^ start[certain]  # (96,)
    words = (read[places] @ basis % 2)[None] ^ _slips(basis)  # (candidates, 96)
    agreement = (1 - 2.0 * (words ^ read)) @ np.abs(soft[certain])  # (candidates,)
    best = int(np.argmax(agreement))
    if agreement[best] < _AGREES * np.abs(soft).sum():
        return None
    word = np.empty(BITS, np.uint8)
    word[certain] = words[best] ^ start[certain]
    return int.from_bytes(np.packbits(word[:ID_BITS]).tobytes(), "big")


def _word(watermark_id: int) -> Bits:
    body = watermark_id.to_bytes(6, "big")
    word = RSCodec(_PARITY).encode(body + binascii.crc_hqx(body, 0xFFFF).to_bytes(2, "big"))
    return np.unpackbits(np.frombuffer(bytes(word), np.uint8))


@cache
def _code() -> tuple[Bits, Bits]:
    """The generator (48, 96) over GF(2), and the word of the id 0 (96,), which is added to every word."""
    start = _word(0)
    rows = [_word(1 << (ID_BITS - 1 - bit)) ^ start for bit in range(ID_BITS)]
    return np.stack(rows), start


def _systematic(generator: Bits) -> tuple[Bits, NDArray[np.int64]]:
    """The same code with an identity at the first 48 independent places, and those places."""
    rows = generator.copy()  # (48, 96)
    places: list[int] = []
    for column in range(rows.shape[1]):
        done = len(places)
        below = np.flatnonzero(rows[done:, column])
        if not len(below):
            continue
        rows[[done, done + below[0]]] = rows[[done + below[0], done]]
        others = np.flatnonzero(rows[:, column])
        rows[others[others != done]] ^= rows[done]
        places.append(column)
        if len(places) == len(rows):
            break
    return rows, np.array(places)


def _slips(basis: Bits) -> Bits:
    """What is added to a word when none, one or two of the bits it was made from are wrong, (1 + 48 + 1128, 96)."""
    one, two = np.triu_indices(len(basis), 1)
    return np.concatenate([np.zeros((1, basis.shape[1]), np.uint8), basis, basis[one] ^ basis[two]])
