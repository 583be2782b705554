"""The steps of a cloth, compiled: extended position-based dynamics with small steps.

Methods: Macklin, Mueller and Chentanez, "XPBD" (2016) and "Small steps in physics simulation" (2019), a sweep of Gauss
and Seidel a step, from the sewn edge outwards and back; long range attachments (Kim, Chentanez and Mueller 2012); drag
and lift of each face. Everything runs in one thread and in one order, so that the same input gives the same bits.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[np.floating]
Indices = NDArray[np.integer]

_AIR = 1.204  # kg/m3
_NORMAL, _ALONG = 1.1, 0.06  # drag of a face across and along it
_CLEAR = 0.015  # m over the plane at the nearest point of a body from which nothing of it is within reach
_LIFTED = 0.5  # of a contact between cloth and cloth that is resolved in a step


@njit(cache=True)
def _blow(x: Array, v: Array, w: Array, triangles: Indices, air: Array, h: float) -> None:
    """The air's push on each face, shared by its corners."""
    for t in range(len(triangles)):
        a, b, c = triangles[t]
        e0, e1, e2 = x[b, 0] - x[a, 0], x[b, 1] - x[a, 1], x[b, 2] - x[a, 2]
        f0, f1, f2 = x[c, 0] - x[a, 0], x[c, 1] - x[a, 1], x[c, 2] - x[a, 2]
        n0, n1, n2 = e1 * f2 - e2 * f1, e2 * f0 - e0 * f2, e0 * f1 - e1 * f0
        twice = np.sqrt(n0 * n0 + n1 * n1 + n2 * n2)
        if twice < 1e-12:
            continue
        n0, n1, n2 = n0 / twice, n1 / twice, n2 / twice
        r0 = (air[a, 0] + air[b, 0] + air[c, 0] - v[a, 0] - v[b, 0] - v[c, 0]) / 3
        r1 = (air[a, 1] + air[b, 1] + air[c, 1] - v[a, 1] - v[b, 1] - v[c, 1]) / 3
        r2 = (air[a, 2] + air[b, 2] + air[c, 2] - v[a, 2] - v[b, 2] - v[c, 2]) / 3
        across = r0 * n0 + r1 * n1 + r2 * n2
        speed = np.sqrt(r0 * r0 + r1 * r1 + r2 * r2)
        push = 0.5 * _AIR * twice / 2 * h / 3
        normal = push * (_NORMAL * abs(across) - _ALONG * speed) * across
        along = push * _ALONG * speed
        for p in (a, b, c):
            v[p, 0] += w[p] * (normal * n0 + along * r0)
            v[p, 1] += w[p] * (normal * n1 + along * r1)
            v[p, 2] += w[p] * (normal * n2 + along * r2)


@njit(cache=True)
def keep_lengths(x: Array, w: Array, links: Indices, lengths: Array, compliance: Array, h: float, back: bool) -> None:
    """Links to their lengths, from the sewn edge outwards or `back`.

    Always both, one after the other: a sweep one way alone is a product of projections that is not symmetric; with the
    velocities taken from it, it gains energy until stiff cloth explodes.
    """
    for n in range(len(links)):
        k = len(links) - 1 - n if back else n
        a, b = links[k]
        total = w[a] + w[b]
        if total == 0.0:
            continue
        d0, d1, d2 = x[a, 0] - x[b, 0], x[a, 1] - x[b, 1], x[a, 2] - x[b, 2]
        now = np.sqrt(d0 * d0 + d1 * d1 + d2 * d2)
        if now < 1e-9:
            continue
        pull = (lengths[k] - now) / (now * (total + compliance[k] / (h * h)))
        for i, d in ((0, d0), (1, d1), (2, d2)):
            x[a, i] += w[a] * pull * d
            x[b, i] -= w[b] * pull * d


@njit(cache=True)
def _calm(x: Array, v: Array, w: Array, links: Indices, share: float) -> None:
    """Take a share of the speed at which the ends of each link part or meet: cloth rubs in itself and does not ring."""
    for k in range(len(links)):
        a, b = links[k]
        total = w[a] + w[b]
        if total == 0.0:
            continue
        size, speed = 0.0, 0.0
        for i in range(3):
            size += (x[a, i] - x[b, i]) ** 2
            speed += (x[a, i] - x[b, i]) * (v[a, i] - v[b, i])
        if size < 1e-18:
            continue
        pull = share * speed / (size * total)
        for i in range(3):
            d = pull * (x[a, i] - x[b, i])
            v[a, i] -= w[a] * d
            v[b, i] += w[b] * d


@njit(cache=True)
def _draw_in(x: Array, p: int, to: Array, far: float) -> None:
    """Bring a point to within `far` of a place."""
    d0, d1, d2 = x[p, 0] - to[0], x[p, 1] - to[1], x[p, 2] - to[2]
    now = np.sqrt(d0 * d0 + d1 * d1 + d2 * d2)
    if now > far:
        less = 1 - far / now
        x[p, 0] -= less * d0
        x[p, 1] -= less * d1
        x[p, 2] -= less * d2


@njit(cache=True)
def _hold(x: Array, w: Array, keyed: Array, stray: Array, held: Indices, reach: Array) -> None:
    """Sewn points to their places, others within their stray and their tethers."""
    for p in range(len(x)):
        if w[p] == 0.0:
            for i in range(3):
                x[p, i] = keyed[p, i]
    for p in range(len(x)):
        if w[p] == 0.0:
            continue
        _draw_in(x, p, keyed[p], stray[p])
        if held[p] >= 0:
            _draw_in(x, p, x[held[p]], reach[p])


@njit(cache=True)
def closest(p: Array, a: Array, b: Array, c: Array) -> tuple[float, float, float]:
    """Shares of a triangle's corners in its point that is closest to `p` (Ericson 2005, section 5.1.5)."""
    d1 = d2 = d3 = d4 = d5 = d6 = 0.0
    for i in range(3):
        u, v = b[i] - a[i], c[i] - a[i]
        d1 += u * (p[i] - a[i])
        d2 += v * (p[i] - a[i])
        d3 += u * (p[i] - b[i])
        d4 += v * (p[i] - b[i])
        d5 += u * (p[i] - c[i])
        d6 += v * (p[i] - c[i])
    if d1 <= 0 and d2 <= 0:
        return 1.0, 0.0, 0.0
    if d3 >= 0 and d4 <= d3:
        return 0.0, 1.0, 0.0
    vc = d1 * d4 - d3 * d2
    if vc <= 0 and d1 >= 0 and d3 <= 0:
        s = d1 / (d1 - d3)
        return 1 - s, s, 0.0
    if d6 >= 0 and d5 <= d6:
        return 0.0, 0.0, 1.0
    vb = d5 * d2 - d1 * d6
    if vb <= 0 and d2 >= 0 and d6 <= 0:
        s = d2 / (d2 - d6)
        return 1 - s, 0.0, s
    va = d3 * d6 - d5 * d4
    if va <= 0 and d4 - d3 >= 0 and d5 - d6 >= 0:
        s = (d4 - d3) / ((d4 - d3) + (d5 - d6))
        return 0.0, 1 - s, s
    total = va + vb + vc
    if total == 0.0:  # a triangle without an area
        return 1.0, 0.0, 0.0
    return va / total, vb / total, vc / total


@njit(cache=True)
def nearest_on(
    p: Array, near: Indices, starts: Indices, around: Indices, triangles: Indices, points: Array
) -> tuple[int, float, float, float]:
    """Of the triangles about the points `near`, the one that is nearest to `p`, and the shares of its corners; -1 if
    nothing is near."""
    best, found, fa, fb, fc = 1e18, -1, 0.0, 0.0, 0.0
    for k in near:
        if k >= len(points):
            continue
        for j in range(starts[k], starts[k + 1]):
            t = around[j]
            a, b, c = points[triangles[t, 0]], points[triangles[t, 1]], points[triangles[t, 2]]
            sa, sb, sc = closest(p, a, b, c)
            away = 0.0
            for i in range(3):
                away += (p[i] - sa * a[i] - sb * b[i] - sc * c[i]) ** 2
            if away < best:
                best, found, fa, fb, fc = away, t, sa, sb, sc
    return found, fa, fb, fc


@njit(cache=True)
def push_out(
    x: Array, before: Array, w: Array, gap: Array, friction: float, near: Indices, starts: Indices, around: Indices,
    triangles: Indices, points: Array, points_before: Array, normals: Array,
) -> float:  # fmt: skip
    """Move cloth at least `gap` out of a body and let it rub there; returns how deep the deepest was in it [m]."""
    deepest = 0.0
    n = np.empty(3)
    for p in range(len(x)):
        k = near[p, 0]
        if w[p] == 0.0 or k >= len(points):
            continue
        above = 0.0
        for i in range(3):
            above += (x[p, i] - points[k, i]) * normals[k, i]
        if above > gap[p] + _CLEAR:
            continue
        t, sa, sb, sc = nearest_on(x[p], near[p], starts, around, triangles, points)
        if t < 0:
            continue
        a, b, c = triangles[t]
        size = 0.0
        for i in range(3):
            n[i] = sa * normals[a, i] + sb * normals[b, i] + sc * normals[c, i]
            size += n[i] * n[i]
        size = np.sqrt(size)
        if size < 1e-9:
            continue
        depth, slip = 0.0, 0.0
        for i in range(3):
            n[i] /= size
            depth += (x[p, i] - sa * points[a, i] - sb * points[b, i] - sc * points[c, i]) * n[i]
        deepest = max(deepest, -depth)
        push = gap[p] - depth
        if push <= 0.0:
            continue
        for i in range(3):
            x[p, i] += push * n[i]
        d = np.empty(3)
        along = 0.0
        for i in range(3):
            carried = (
                sa * (points[a, i] - points_before[a, i]) + sb * (points[b, i] - points_before[b, i])
                + sc * (points[c, i] - points_before[c, i])
            )  # fmt: skip
            d[i] = x[p, i] - before[p, i] - carried
            along += d[i] * n[i]
        for i in range(3):
            d[i] -= along * n[i]
            slip += d[i] * d[i]
        slip = np.sqrt(slip)
        if slip > 1e-12:
            stick = min(1.0, friction * push / slip)
            for i in range(3):
                x[p, i] -= stick * d[i]
    return deepest


@njit(cache=True)
def _part_layers(x: Array, w: Array, pairs: Indices, triangles: Indices, thickness: float) -> None:
    """Points and faces of the cloth that are closer than its thickness move apart."""
    for k in range(len(pairs)):
        p, t = pairs[k]
        a, b, c = triangles[t]
        sa, sb, sc = closest(x[p], x[a], x[b], x[c])
        now = 0.0
        for i in range(3):
            now += (x[p, i] - sa * x[a, i] - sb * x[b, i] - sc * x[c, i]) ** 2
        now = np.sqrt(now)
        if now >= thickness or now < 1e-9:
            continue
        total = w[p] + sa * sa * w[a] + sb * sb * w[b] + sc * sc * w[c]
        if total == 0.0:
            continue
        push = _LIFTED * (thickness - now) / (now * total)
        for i in range(3):
            d = push * (x[p, i] - sa * x[a, i] - sb * x[b, i] - sc * x[c, i])
            x[p, i] += w[p] * d
            x[a, i] -= w[a] * sa * d
            x[b, i] -= w[b] * sb * d
            x[c, i] -= w[c] * sc * d


@njit(cache=True)
def _stay_above(x: Array, before: Array, w: Array, floor: float, gap: Array, friction: float) -> None:
    for p in range(len(x)):
        push = floor + gap[p] - x[p, 1]
        if w[p] == 0.0 or push <= 0.0:
            continue
        x[p, 1] += push
        d0, d2 = x[p, 0] - before[p, 0], x[p, 2] - before[p, 2]
        slip = np.sqrt(d0 * d0 + d2 * d2)
        if slip > 1e-12:
            stick = min(1.0, friction * push / slip)
            x[p, 0] -= stick * d0
            x[p, 2] -= stick * d2


@njit(cache=True)
def advance(
    x: Array, v: Array, w: Array, links: Indices, lengths: Array, compliance: Array, stray: Array, held: Indices,
    reach: Array, faces: Indices, keyed: Array, air: Array, pairs: Indices, thickness: float, near: Indices,
    starts: Indices, around: Indices, triangles: Indices, body: Array, normals: Array, gap: Array, floor: float,
    friction: float, damping: float, inner: float, gravity: float, h: float, steps: int,
) -> None:  # fmt: skip
    """`steps` steps of `h` seconds, in place.

    `keyed` is where cloth is sewn at the beginning and the end, shape [2, N, 3]; `body` the same of the body's points,
    shape [2, B, 3], and `normals` of them.
    """
    calm, calmed = np.exp(-damping * h), 1 - np.exp(-inner * h)
    points = body[0].copy()
    for step in range(steps):
        share = (step + 1) / steps
        before = x.copy()
        points_before = points
        points = body[0] + (body[1] - body[0]) * share
        facing = normals[0] + (normals[1] - normals[0]) * share
        sewn = keyed[0] + (keyed[1] - keyed[0]) * share
        _blow(x, v, w, faces, air, h)
        for p in range(len(x)):
            if w[p] > 0.0:
                v[p, 1] -= gravity * h
                for i in range(3):
                    x[p, i] += v[p, i] * h
        _hold(x, w, sewn, stray, held, reach)
        keep_lengths(x, w, links, lengths, compliance, h, False)
        keep_lengths(x, w, links, lengths, compliance, h, True)
        _part_layers(x, w, pairs, faces, thickness)
        _hold(x, w, sewn, stray, held, reach)
        _stay_above(x, before, w, floor, gap, friction)
        push_out(x, before, w, gap, friction, near, starts, around, triangles, points, points_before, facing)
        for p in range(len(x)):
            for i in range(3):
                v[p, i] = (x[p, i] - before[p, i]) / h * (calm if w[p] > 0.0 else 1.0)
        _calm(x, v, w, links, calmed)


@njit(cache=True)
def close_pairs(
    x: Array, rest: Array, w: Array, faces: Indices, margin: float, apart: float, cell: float
) -> NDArray[np.int32]:
    """Points and faces of a cloth that come within `margin` of each other and lay further than `apart` from each other
    when it was cut, shape [pairs, 2]; by a raster of cells of `cell` metres."""
    count = len(x)
    low = np.array([x[:, 0].min(), x[:, 1].min(), x[:, 2].min()]) - margin
    high = np.array([x[:, 0].max(), x[:, 1].max(), x[:, 2].max()]) + margin
    size = np.empty(3, np.int64)
    for i in range(3):
        size[i] = int((high[i] - low[i]) / cell) + 1
    cells = size[0] * size[1] * size[2]
    where = np.empty(count, np.int64)
    starts = np.zeros(cells + 1, np.int64)
    for p in range(count):
        i, j, k = int((x[p, 0] - low[0]) / cell), int((x[p, 1] - low[1]) / cell), int((x[p, 2] - low[2]) / cell)
        where[p] = (i * size[1] + j) * size[2] + k
        starts[where[p] + 1] += 1
    for c in range(cells):
        starts[c + 1] += starts[c]
    ordered = np.empty(count, np.int64)
    fill = starts[:-1].copy()
    for p in range(count):
        ordered[fill[where[p]]] = p
        fill[where[p]] += 1
    found = []
    least, most = np.empty(3), np.empty(3)
    first, last = np.empty(3, np.int64), np.empty(3, np.int64)
    for t in range(len(faces)):
        a, b, c = faces[t]
        for i in range(3):
            least[i] = min(x[a, i], x[b, i], x[c, i]) - margin
            most[i] = max(x[a, i], x[b, i], x[c, i]) + margin
            first[i] = max(0, int((least[i] - low[i]) / cell))
            last[i] = min(size[i] - 1, int((most[i] - low[i]) / cell))
        for i in range(first[0], last[0] + 1):
            for j in range(first[1], last[1] + 1):
                for k in range(first[2], last[2] + 1):
                    at = (i * size[1] + j) * size[2] + k
                    for m in range(starts[at], starts[at + 1]):
                        p = ordered[m]
                        if (
                            x[p, 0] < least[0] or x[p, 0] > most[0] or x[p, 1] < least[1] or x[p, 1] > most[1]
                            or x[p, 2] < least[2] or x[p, 2] > most[2]
                        ):  # fmt: skip
                            continue
                        if p in (a, b, c) or w[p] + w[a] + w[b] + w[c] == 0.0:
                            continue
                        nearest = 1e18
                        for q in (a, b, c):
                            gone = 0.0
                            for n in range(3):
                                gone += (rest[p, n] - rest[q, n]) ** 2
                            nearest = min(nearest, gone)
                        if nearest < apart * apart:
                            continue
                        sa, sb, sc = closest(x[p], x[a], x[b], x[c])
                        away = 0.0
                        for n in range(3):
                            away += (x[p, n] - sa * x[a, n] - sb * x[b, n] - sc * x[c, n]) ** 2
                        if away < margin * margin:
                            found.append((p, t))
    pairs = np.empty((len(found), 2), np.int32)
    for n in range(len(found)):
        pairs[n, 0], pairs[n, 1] = found[n]
    return pairs
