"""What a camera sees in one frame: the projection that every pass of a frame shares."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class View:
    """A pinhole camera at one instant.

    world_to_camera: Row-vector matrix as in USD (`p_camera = p_world @ m`), shape [4, 4]; camera looks along -Z.
    focal_px: Focal length in pixels (square pixels; the principal point is the centre).
    focus_distance: [m]. lens_radius: Radius of the entrance pupil [m], 0 for a pinhole.
    shutter: Time the shutter is open [s on screen]. squeeze: How much taller than wide a blurred point is.
    """

    width: int
    height: int
    world_to_camera: NDArray[np.float64]
    focal_px: float
    focus_distance: float = 0.0
    lens_radius: float = 0.0
    shutter: float = 0.0
    squeeze: float = 1.0

    @property
    def eye(self) -> NDArray[np.float64]:
        """Camera position in the world [m], shape [3]."""
        return np.linalg.inv(self.world_to_camera)[3, :3].astype(np.float64)

    def project(self, points: NDArray[np.floating]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """World points [m], shape [..., 3], to pixels [..., 2] (x right, y down) and axial depth [m], [...]."""
        homogeneous = np.concatenate([points, np.ones((*points.shape[:-1], 1))], axis=-1)  # (..., 4)
        camera = homogeneous @ self.world_to_camera  # (..., 4)
        depth = -camera[..., 2]
        safe = np.where(depth > 1e-6, depth, np.inf)
        x = self.width / 2 + self.focal_px * camera[..., 0] / safe
        y = self.height / 2 - self.focal_px * camera[..., 1] / safe
        return np.stack([x, y], axis=-1).astype(np.float64), depth

    def rays(self) -> NDArray[np.float64]:
        """Unit world directions through the pixel centres, shape [height, width, 3]."""
        x = (np.arange(self.width) + 0.5 - self.width / 2) / self.focal_px  # (W,)
        y = (self.height / 2 - np.arange(self.height) - 0.5) / self.focal_px  # (H,)
        grid = np.stack(np.broadcast_arrays(x[None, :], y[:, None], -1.0), axis=-1)  # (H, W, 3)
        grid = grid / np.linalg.norm(grid, axis=-1, keepdims=True)
        return np.asarray(grid @ self.world_to_camera[:3, :3].T, np.float64)
