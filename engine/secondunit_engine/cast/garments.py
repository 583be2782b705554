"""Clothes cut from the body's own tights: t-shirt, jumper, hoodie, trousers, shoes.

Cut along scalar fields of the template (hem, sleeve, neck), laid over the standing body, then un-posed, so that every
garment is skinned like skin and keeps its folds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from secondunit_engine.cast.anatomy import Anatomy
from secondunit_engine.cast.body import Body
from secondunit_engine.cast.drape import Collider, drape
from secondunit_engine.cast.piece import Piece, Poses, pose_bones, pose_points, standing, unpose
from secondunit_engine.cast.robe import build_robe
from secondunit_engine.cast.surface import border_points, clip, neighbours, subdivide, triangulate, vertex_normals
from secondunit_engine.cast.tailoring import add_hood, add_pocket, finish_edges, loops
from secondunit_engine.planning.plan import CastPlan
from secondunit_engine.world.author import RGB, Material

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Cut:
    """Where a garment ends and how it hangs. Lengths in metres on the template.

    neck: Height of the neckline over the neck's root at the back; `scoop` lowers it towards the front.
    sleeve: From the shoulder to the cuff along the arm. hem: y of the hem.
    """

    sleeve: float
    hem: float
    neck: float = 0.022
    scoop: float = 0.50
    ease: float = 0.008
    slack: float = 1.03
    thickness: float = 0.0022
    collar: float = 0.016
    hood: bool = False


_ARM = 0.16  # metres: nothing of an arm is farther from its axis
_TUCK = 0.05  # how far trousers go up under the hem of a top [m]
_TOPS = {
    "t-shirt": Cut(sleeve=0.175, hem=0.815, neck=0.010, scoop=0.46, ease=0.006, slack=1.035),
    "jumper": Cut(
        sleeve=0.478, hem=0.830, neck=0.004, scoop=0.58, ease=0.006, slack=1.03, thickness=0.0035, collar=0.020
    ),
    "hoodie": Cut(
        sleeve=0.482, hem=0.815, neck=0.016, scoop=0.50, ease=0.007, slack=1.035, thickness=0.0040, hood=True
    ),
}
_PALETTE: dict[str, tuple[RGB, ...]] = {
    "hoodie": (
        (0.150, 0.030, 0.035),
        (0.240, 0.115, 0.022),
        (0.075, 0.082, 0.100),
        (0.022, 0.090, 0.098),
        (0.085, 0.040, 0.110),
    ),
    "jumper": ((0.030, 0.045, 0.085), (0.24, 0.21, 0.16), (0.22, 0.075, 0.05), (0.08, 0.13, 0.085)),
    "t-shirt": ((0.34, 0.33, 0.31), (0.035, 0.037, 0.042), (0.09, 0.14, 0.19), (0.17, 0.19, 0.16)),
}


def build_garments(member: CastPlan, body: Body) -> tuple[Piece, ...]:
    """Top, trousers and shoes. An unknown wardrobe is dressed as a t-shirt."""
    rng = np.random.Generator(np.random.PCG64([member.seed, 53]))
    word = _kind(member)
    colors = _PALETTE[word]
    color = colors[int(rng.integers(len(colors)))]
    collider = _collider(body)
    name = member.name
    weave = f"./textures/{name}_weave_bump.png"
    cloth = Material(
        f"{name}_{word}", base=color, roughness=0.88, specular=0.25, sheen=0.5, bump=0.0005, bump_texture=weave
    )
    denim = Material(
        f"{name}_trousers",
        base=(0.030, 0.036, 0.052),
        roughness=0.85,
        specular=0.25,
        sheen=0.3,
        bump=0.0005,
        bump_texture=weave,
    )
    leather = Material(f"{name}_shoes", base=(0.32, 0.31, 0.29), roughness=0.55, specular=0.4)
    cut = _cut(member)
    if _robed(member):
        return (_shoes(body, leather), *build_robe(member, body))
    trousers, dressed = _trousers(body, denim, collider, cut.hem + _TUCK)
    top, neckline = _top(body, cut, cloth, dressed)
    pieces = [top, trousers, _shoes(body, leather)]
    if cut.hood:
        cord = Material(f"{name}_cord", base=tuple(min(0.75, c * 0.5 + 0.16) for c in color), roughness=0.8)  # type: ignore[arg-type]
        pieces += add_hood(top, neckline, body, cloth, cord)
    return tuple(pieces)


def _collider(body: Body) -> Collider:
    """The standing body, refined once; hands and head are left out."""
    quads = body.anatomy.groups["body"][0]
    fine = subdivide(quads, len(body.points))
    weights = fine.matrix @ body.anatomy.weights
    piece = Piece(
        "Collider",
        fine.matrix @ body.points,
        triangulate(fine.quads),
        Material("none"),
        weights=sparse.csr_matrix(weights),
    )
    points = pose_points(piece, Poses(pose_bones(body, standing(body), 1), {}))[0]
    normals = vertex_normals(points, piece.triangles)
    used = np.unique(fine.quads)
    return Collider(points[used], normals[used])


def _cloth(
    body: Body, keep: Callable[[Array], Array], levels: int
) -> tuple[sparse.csr_matrix, NDArray[np.int32], Array]:
    """Tights refined and cut where `keep(template points)` is positive: matrix, triangles and template points."""
    anatomy: Anatomy = body.anatomy
    quads = anatomy.groups["helper-tights"][0]
    rough = keep(anatomy.points[quads].mean(axis=1)) > -0.05
    quads = quads[rough]
    count = len(anatomy.points)
    matrix = sparse.csr_matrix(sparse.identity(count))
    for _ in range(levels):
        fine = subdivide(quads, count)
        matrix, quads, count = sparse.csr_matrix(fine.matrix @ matrix), fine.quads, fine.count
    used, renumbered = np.unique(quads, return_inverse=True)
    matrix = sparse.csr_matrix(matrix[used])
    triangles = triangulate(renumbered.reshape(-1, 4).astype(np.int32))
    cut, triangles = clip(triangles, keep(matrix @ anatomy.points))
    matrix = sparse.csr_matrix(cut @ matrix)
    return matrix, triangles, matrix @ anatomy.points


def _stand(body: Body, matrix: sparse.csr_matrix) -> tuple[Array, sparse.csr_matrix, Array]:
    """Points on the standing body [N, 3], their weights, and the bones [bones, 3, 4]."""
    bones = pose_bones(body, standing(body), 1)
    weights = sparse.csr_matrix(matrix @ body.anatomy.weights)
    piece = Piece("", matrix @ body.points, np.zeros((0, 3), np.int32), Material("none"), weights=weights)
    return pose_points(piece, Poses(bones, {}))[0], weights, bones[0]


def _top(body: Body, cut: Cut, material: Material, collider: Collider) -> tuple[Piece, Array]:
    """The top, and its neckline on the standing body [N, 3]."""
    anatomy = body.anatomy
    keep = partial(_top_field, anatomy, cut)
    matrix, triangles, template = _cloth(body, keep, levels=2)
    points, weights, bones = _stand(body, matrix)
    spread = neighbours(triangles, len(points))
    edge = border_points(triangles, len(points))
    below_neck = _neck_field(anatomy, cut, template)
    arm = _step(_along_arm(anatomy, template) - 0.04, 0.08)
    near_neck = np.clip((0.05 - below_neck) / 0.05, 0, 1)
    ease = cut.ease * (1 - 0.35 * near_neck) * (1 - 0.25 * arm)
    points = points + vertex_normals(points, triangles) * ease[:, None]
    for _ in range(6):  # bridge hollows that cloth would span
        smoothed = spread @ points
        points = np.where(edge[:, None], points, collider.push_out(0.2 * points + 0.8 * smoothed, 0.006))
    collar = edge & (below_neck < 0.015)
    slack = cut.slack + 0.02 * arm
    points = drape(
        points, triangles, collider, slack=slack, gap=0.0055, tether=0.012 + 0.022 * (1 - near_neck), pinned=collar
    )
    points = _relax(points, spread, edge, 2)
    points = _even_border(points, triangles, 6)
    points = np.where(collar[:, None], points, collider.push_out(points, 0.004))
    neckline = points[_ring_of(triangles, collar)]
    parts = [(points, triangles, weights)]
    if cut.hood:
        pocket, faces, blend = add_pocket(points, triangles, template, anatomy)
        parts.append((pocket, faces, sparse.csr_matrix(blend @ weights)))
    band = 0.0 if cut.hood else cut.collar
    finished = []
    for number, (place, faces, share) in enumerate(parts):
        at_neck = collar if number == 0 else np.zeros(len(place), bool)
        place, faces, source = finish_edges(place, faces, cut.thickness, band, at_neck)
        finished.append((place, faces, share[source]))
    points, triangles, weights = _joined(finished)
    return Piece("Top", unpose(points, weights, bones), triangles, material, weights=weights), neckline


def _ring_of(triangles: NDArray[np.int32], mask: NDArray[np.bool_]) -> NDArray[np.int32]:
    """The open edge that lies mostly in `mask`."""
    return max(loops(triangles), key=lambda ring: float(mask[ring].mean()))


def _joined(
    parts: list[tuple[Array, NDArray[np.int32], sparse.csr_matrix]],
) -> tuple[Array, NDArray[np.int32], sparse.csr_matrix]:
    """Several meshes and their weights as one."""
    starts = np.cumsum([0] + [len(points) for points, _, _ in parts])
    faces = [triangles + start for (_, triangles, _), start in zip(parts, starts, strict=False)]
    weights = sparse.csr_matrix(sparse.vstack([share for _, _, share in parts]))
    return np.concatenate([points for points, _, _ in parts]), np.concatenate(faces).astype(np.int32), weights


def _neck_field(anatomy: Anatomy, cut: Cut, p: Array) -> Array:
    """How far outside the neckline template points lie [m], shape [points]: below a slanted plane, or off the neck."""
    root = anatomy.points[anatomy.part("joint-neck")].mean(axis=0)
    plane = root[1] + cut.neck - cut.scoop * (p[:, 2] - root[2] + 0.045) - p[:, 1]
    return np.maximum(plane, np.hypot(p[:, 0], p[:, 2] - root[2]) - 0.105)


def _along_arm(anatomy: Anatomy, p: Array) -> Array:
    """Distance of template points from the shoulder towards the wrist [m], shape [points]; at most 0 off the arm."""
    joints = anatomy.head_regressor @ anatomy.points
    shoulder, wrist = joints[anatomy.bone("upperarm01.L")], joints[anatomy.bone("wrist.L")]
    way = (wrist - shoulder) / np.linalg.norm(wrist - shoulder)
    mirrored = np.concatenate([np.abs(p[:, :1]), p[:, 1:]], axis=1)
    along = (mirrored - shoulder) @ way
    across = np.linalg.norm(mirrored - shoulder - along[:, None] * way, axis=1)
    on_arm = (np.abs(p[:, 0]) > shoulder[0]) & (across < _ARM)  # hips and legs reach as far out as the shoulder
    return np.where(on_arm, along, np.minimum(along, 0.0))


def _top_field(anatomy: Anatomy, cut: Cut, p: Array) -> Array:
    """Positive where the top covers the template, about metres from its edges, shape [points]."""
    low = p[:, 1] - _template_height(anatomy, cut.hem)
    chin = anatomy.points[anatomy.part("joint-neck"), 1].mean() + 0.030 - p[:, 1]
    return np.minimum.reduce([_neck_field(anatomy, cut, p), cut.sleeve - _along_arm(anatomy, p), low, chin])


def _trouser_field(anatomy: Anatomy, p: Array, waist: float) -> Array:
    """Positive where trousers up to `waist` [m over the feet] cover the template, about metres from their edges, shape
    [points]."""
    waist, ankle = _template_height(anatomy, waist), _template_height(anatomy, 0.085)
    trunk = np.where(_along_arm(anatomy, p) > 0.02, -1.0, 1.0)
    return np.minimum.reduce([waist - p[:, 1], p[:, 1] - ankle, trunk])


def _template_height(anatomy: Anatomy, share: float) -> float:
    """The template's height at a level given for a body whose feet are on 0 [m]."""
    return float(anatomy.points[anatomy.part("body"), 1].min()) + share


def _trousers(body: Body, material: Material, collider: Collider, waist: float) -> tuple[Piece, Collider]:
    """Trousers up to `waist` [m over the feet], and the body with them on. What a top hides of them is not made."""
    anatomy = body.anatomy
    matrix, triangles, template = _cloth(body, partial(_trouser_field, anatomy, waist=waist), levels=1)
    points, weights, bones = _stand(body, matrix)
    edge = border_points(triangles, len(points))
    spread = neighbours(triangles, len(points))
    leg = np.clip((_template_height(anatomy, 0.75) - template[:, 1]) / 0.5, 0, 1)
    points = points + vertex_normals(points, triangles) * (0.005 + 0.010 * leg)[:, None]
    for _ in range(6):
        points = np.where(edge[:, None], points, collider.push_out(0.4 * points + 0.6 * (spread @ points), 0.004))
    pinned = edge & (template[:, 1] > _template_height(anatomy, waist) - 0.02)
    points = drape(points, triangles, collider, slack=1.03, gap=0.004, tether=0.02, pinned=pinned, steps=30)
    trousers = Piece("Trousers", unpose(points, weights, bones), triangles, material, weights=weights)
    return trousers, collider.under(points, vertex_normals(points, triangles))


def _shoes(body: Body, material: Material) -> Piece:
    """Trainers: the foot of the tights, smoothed, widened, on a flat sole."""
    anatomy = body.anatomy
    ankle = _template_height(anatomy, 0.105)
    matrix, triangles, template = _cloth(body, lambda p: ankle - p[:, 1], levels=1)
    points, weights, bones = _stand(body, matrix)
    spread = neighbours(triangles, len(points))
    for _ in range(8):
        points = 0.4 * points + 0.6 * (spread @ points)
    points = points + vertex_normals(points, triangles) * 0.009
    points[:, 1] = np.maximum(points[:, 1], 0.001)
    low = points[:, 1] < 0.022
    points[low] += vertex_normals(points, triangles)[low] * np.array([0.004, 0, 0.004])
    del template
    return Piece("Shoes", unpose(points, weights, bones), triangles, material, weights=weights)


def _relax(points: Array, spread: sparse.csr_matrix, edge: NDArray[np.bool_], times: int) -> Array:
    """Taubin smoothing: takes the sampling noise out of folds and keeps their depth."""
    for _ in range(times):
        for factor in (0.5, -0.53):
            points = np.where(edge[:, None], points, points + factor * (spread @ points - points))
    return points


def _even_border(points: Array, triangles: NDArray[np.int32], times: int) -> Array:
    """Smooth the open edges along themselves, so that hems and collars run clean."""
    sides = np.sort(triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2), axis=1)
    unique, counts = np.unique(sides, axis=0, return_counts=True)
    rim = unique[counts == 1]
    both = np.concatenate([rim, rim[:, ::-1]])
    link = sparse.csr_matrix((np.ones(len(both)), (both[:, 0], both[:, 1])), (len(points), len(points)))
    degree = np.asarray(link.sum(axis=1)).ravel()
    on = degree >= 2
    mean = sparse.diags(1 / np.maximum(degree, 1)) @ link
    for _ in range(times):
        points = np.where(on[:, None], 0.5 * points + 0.5 * (mean @ points), points)
    return points


def covered(member: CastPlan, anatomy: Anatomy, template: Array) -> NDArray[np.bool_]:
    """Skin that clothes hide well away from their edges, so that it can be left out.

    template: Points of the skin in the template's shape [m], shape [points, 3].
    """
    # A robe is open at the throat and swings: only skin far inside it is left out.
    margin = 0.075 if _robed(member) else 0.032
    cut = _cut(member)
    inside_sleeve = cut.sleeve - _along_arm(anatomy, template) > max(margin, 0.065)  # cuffs gape more than hems
    top = (_top_field(anatomy, cut, template) > margin) & inside_sleeve
    legs = _trouser_field(anatomy, template, cut.hem + _TUCK) > 0.030
    feet = _template_height(anatomy, 0.105) - template[:, 1] > 0.030
    return top | legs | feet


def _robed(member: CastPlan) -> bool:
    return "robe" in member.wardrobe or "cloak" in member.wardrobe


def _cut(member: CastPlan) -> Cut:
    return _TOPS[_kind(member)]


def _kind(member: CastPlan) -> str:
    """The top a wardrobe asks for; what is not tailored is dressed as a t-shirt."""
    return next((name for name in _TOPS if name in member.wardrobe), "t-shirt")


def _step(value: Array, width: float) -> Array:
    x = np.clip(value / width * 0.5 + 0.5, 0, 1)
    return x * x * (3 - 2 * x)
