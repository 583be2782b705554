"""Geometry: points at one place share a normal, over a room as over a country."""

from __future__ import annotations

import numpy as np
import pytest

from secondunit_engine.world.mesh import Mesh
from secondunit_engine.world.shapes import smooth


@pytest.mark.parametrize("wide", [0.01, 4.0, 20_000.0])
def test_points_at_one_place_share_a_normal_and_no_others_do(wide: float) -> None:
    """As told by comparing whole rows, for cells of a tenth of a millimetre over `wide` metres."""
    rng = np.random.default_rng(5)
    points = (rng.random((900, 3)) * wide).astype(np.float32)
    points[600:] = points[rng.integers(0, 600, 300)]
    triangles = rng.integers(0, 900, (1500, 3)).astype(np.int32)
    made = smooth(Mesh(points, triangles)).normals
    assert made is not None
    cells = np.unique(np.round(points / 1e-4).astype(np.int64), axis=0, return_inverse=True)[1].reshape(-1)
    first = np.unique(cells, return_index=True)[1]
    assert np.array_equal(made, made[first][cells])
    used = np.unique(cells[triangles])
    assert len(np.unique(made[first][used], axis=0)) == len(used)
