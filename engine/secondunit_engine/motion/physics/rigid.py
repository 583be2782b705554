"""Rigid bodies and joints, stepped by MuJoCo's C library (Todorov, Erez, Tassa 2012) in double precision.

Contacts at rest are MuJoCo's stiff springs. A blow is Newton's law of impact: for a contact that closes faster than
`_BLOW`, the reference acceleration of MuJoCo's solver is set so that one step turns the closing speed v into -e v, with
friction and every other contact solved along with it. Bodies that begin inside each other part no faster than `_PART`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import mujoco as untyped
import numpy as np
from numpy.typing import NDArray

from secondunit_engine.motion.physics.mass import thick
from secondunit_engine.motion.physics.scene import WORLD, Array, Ball, Body, Ground, Hull, Joint, Material, Scene

mujoco: Any = untyped  # it comes without types

_BLOW: Final = 0.03  # m/s from which a contact is a blow
_PART: Final = 0.25  # m/s at most with which springs part what overlaps
_SPRING: Final = (0.003, 1.0)  # s and damping ratio of contacts at rest
_IMPEDANCE: Final = (0.999, 0.9999, 0.001, 0.5, 2.0)  # how much of a contact's wish it gets, at 0 and at 1 mm
_KINDS: Final = {"hinge": "mjJNT_HINGE", "slide": "mjJNT_SLIDE", "ball": "mjJNT_BALL"}
_STATE: Final = int(mujoco.mjtState.mjSTATE_INTEGRATION)
_FIELDS: Final = 0.002  # s for which what a field says holds
_RUNAWAY: Final = 1e4  # m/s or rad/s: what is faster has diverged


@dataclass(frozen=True, eq=False)
class Motion:
    """Where bodies are and how they move: poses, shape [bodies, 4, 4]; velocities of centres [m/s] and spins [rad/s],
    shape [bodies, 3] each; all in the world."""

    poses: Array
    velocities: Array
    spins: Array


@dataclass(frozen=True)
class Blow:
    """One contact of one step that closed fast: when [s], between which bodies (WORLD is what stands still), where [m],
    along which normal from the first to the second, how fast they closed [m/s], and the impulse [N s]."""

    time: float
    between: tuple[str, str]
    surfaces: tuple[str, str]
    place: tuple[float, float, float]
    normal: tuple[float, float, float]
    speed: float
    impulse: float


Field = Callable[[float, Motion], Array]
"""What acts on bodies from outside at a time [s]: forces [N] at their centres and torques [N m], shape [bodies, 6]."""


class RigidSolver:
    """A scene under way. Same scene and same calls give the same bytes."""

    def __init__(self, scene: Scene) -> None:
        mujoco.set_mju_user_warning(lambda _: None)  # what diverges is found by `strayed`, not in a log file
        self.scene = scene
        self._model: Any = _compile(scene)
        self._data: Any = mujoco.MjData(self._model)
        self._ids = np.array([self._model.body(f"b{n}").id for n in range(len(scene.bodies))], int)
        self._names = {int(i): body.name for i, body in zip(self._ids, scene.bodies, strict=True)}
        self._surfaces, self._bounce = _surfaces(self._model, scene)
        self._carried = [(n, body) for n, body in enumerate(scene.bodies) if body.way is not None]
        self._start()

    @property
    def time(self) -> float:
        """Seconds since the beginning."""
        return float(self._data.time)

    def state(self) -> Array:
        """Everything that the next step depends on, shape [numbers]."""
        state = np.empty(mujoco.mj_stateSize(self._model, _STATE))
        mujoco.mj_getState(self._model, self._data, state, _STATE)
        return state

    def restore(self, state: Array) -> None:
        """Go on from a state, bit for bit."""
        mujoco.mj_setState(self._model, self._data, state, _STATE)

    def advance(self, frame: int, seconds: float, steps: int, fields: tuple[Field, ...] = ()) -> list[Blow]:
        """From `frame` to the next in so many steps; returns the blows."""
        step = seconds / steps
        self._model.opt.timestep = step
        ask = max(1, int(_FIELDS / step))
        blows: list[Blow] = []
        for number in range(steps):
            self._carry(frame + number / steps)
            mujoco.mj_step1(self._model, self._data)
            if fields and number % ask == 0:
                motion = self._motion()
                self._data.xfrc_applied[self._ids] = np.sum([field(self.time, motion) for field in fields], axis=0)
            hits = self._resolve(step)
            time = self.time
            self._integrate()
            blows += self._blows(hits, time, step)
            if not np.abs(self._data.qvel).max(initial=0.0) < _RUNAWAY:
                break  # while it still shows whose fault it is
        return blows

    def motion(self) -> Motion:
        """Where everything is now."""
        mujoco.mj_kinematics(self._model, self._data)
        mujoco.mj_comPos(self._model, self._data)
        mujoco.mj_comVel(self._model, self._data)
        return self._motion()

    def strayed(self) -> str:
        """The name of a body that is nowhere or faster than anything real, or nothing."""
        motion = self.motion()
        speed = np.linalg.norm(motion.velocities, axis=1)
        nowhere = ~np.isfinite(motion.poses).all(axis=(1, 2)) | ~np.isfinite(speed)
        fast = np.where(nowhere, 0.0, np.maximum(speed, np.linalg.norm(motion.spins, axis=1)))
        if fast.max(initial=0.0) >= _RUNAWAY:
            return self.scene.bodies[int(np.argmax(fast))].name
        return self.scene.bodies[int(np.argmax(nowhere))].name if nowhere.any() else ""

    def depth(self) -> float:
        """How deep anything is in anything [m]."""
        return max(0.0, -float(self._data.contact.dist.min())) if self._data.ncon else 0.0

    def energy(self) -> float:
        """Kinetic and potential energy of all bodies [J]."""
        motion = self.motion()
        total = 0.0
        for n, body in enumerate(self.scene.bodies):
            turn = motion.poses[n, :3, :3]
            spin = turn.T @ motion.spins[n]
            total += 0.5 * body.mass * float(motion.velocities[n] @ motion.velocities[n])
            total += 0.5 * float(spin @ body.inertia @ spin)
            total -= body.mass * float(np.array(self.scene.gravity) @ motion.poses[n, :3, 3])
        return total

    def _start(self) -> None:
        """Set bodies going as the scene says."""
        for n, body in enumerate(self.scene.bodies):
            mj = self._model.body(int(self._ids[n]))
            if not mj.jntnum[0]:
                continue
            joint = self._model.joint(int(mj.jntadr[0]))
            at, spin = int(joint.dofadr[0]), body.pose[:3, :3].T @ np.array(body.spin)
            kind = int(joint.type[0])
            if kind == int(mujoco.mjtJoint.mjJNT_FREE):
                self._data.qvel[at : at + 6] = [*body.velocity, *spin]
            elif kind == int(mujoco.mjtJoint.mjJNT_BALL):
                self._data.qvel[at : at + 3] = spin
            elif kind == int(mujoco.mjtJoint.mjJNT_HINGE):
                self._data.qvel[at] = float(spin @ joint.axis)
            else:
                self._data.qvel[at] = float(body.pose[:3, :3].T @ np.array(body.velocity) @ joint.axis)

    def _carry(self, frame: float) -> None:
        """Put what is carried where it is at a frame: even between frames."""
        for n, body in self._carried:
            assert body.way is not None
            mocap = int(self._model.body(int(self._ids[n])).mocapid[0])
            low = min(int(frame), len(body.way) - 1)
            high, share = min(low + 1, len(body.way) - 1), frame - low
            self._data.mocap_pos[mocap] = (1 - share) * body.way[low, :3, 3] + share * body.way[high, :3, 3]
            ends = np.array([_quaternion(body.way[k, :3, :3]) for k in (low, high)])
            ends[1] *= np.sign(ends[0] @ ends[1]) or 1.0
            turn = (1 - share) * ends[0] + share * ends[1]
            self._data.mocap_quat[mocap] = turn / np.linalg.norm(turn)

    def _integrate(self) -> None:
        """The second half of a step: implicit, so that what spins fast gains no energy; where joints turn and nothing
        touches by Runge and Kutta's fourth order, so that it loses none."""
        if self.scene.joints and not self._data.ncon:
            mujoco.mj_fwdActuation(self._model, self._data)
            mujoco.mj_fwdAcceleration(self._model, self._data)
            mujoco.mj_fwdConstraint(self._model, self._data)
            mujoco.mj_RungeKutta(self._model, self._data, 4)
        else:
            mujoco.mj_step2(self._model, self._data)

    def _motion(self) -> Motion:
        data, ids = self._data, self._ids
        poses = np.tile(np.eye(4), (len(ids), 1, 1))
        poses[:, :3, :3], poses[:, :3, 3] = data.xmat[ids].reshape(-1, 3, 3), data.xpos[ids]
        spins = data.cvel[ids, :3].copy()
        arm = data.xipos[ids] - data.subtree_com[self._model.body_rootid[ids]]
        return Motion(poses, data.cvel[ids, 3:] + np.cross(spins, arm), spins)

    def _resolve(self, step: float) -> NDArray[np.integer]:
        """Say what each contact shall do in this step; returns which contacts are blows."""
        data = self._data
        if not data.ncon:
            return np.empty(0, int)
        rows = data.contact.efc_address
        speed = np.where(rows >= 0, data.efc_vel[rows], 0.0)  # (C,) negative closes
        hits = np.flatnonzero(speed < -_BLOW)
        if len(hits):
            pair = data.contact.geom[hits]
            bounce = np.minimum(self._bounce[pair[:, 0]], self._bounce[pair[:, 1]])
            data.efc_aref[rows[hits]] = -(1 + bounce) * speed[hits] / step
        others = np.flatnonzero((rows >= 0) & (speed >= -_BLOW))
        data.efc_aref[rows[others]] = np.minimum(data.efc_aref[rows[others]], (_PART - speed[others]) / step)
        return hits

    def _blows(self, hits: NDArray[np.integer], time: float, step: float) -> list[Blow]:
        data = self._data
        found: list[Blow] = []
        for hit in hits:
            contact = data.contact[int(hit)]
            row = int(contact.efc_address)
            one, two = (int(geom) for geom in contact.geom)
            bodies = (int(self._model.geom_bodyid[one]), int(self._model.geom_bodyid[two]))
            found.append(
                Blow(
                    time,
                    (self._names.get(bodies[0], WORLD), self._names.get(bodies[1], WORLD)),
                    (self._surfaces[one], self._surfaces[two]),
                    tuple(contact.pos.tolist()),
                    tuple(contact.frame[:3].tolist()),
                    -float(data.efc_vel[row]),
                    float(data.efc_force[row]) * step,
                )
            )
        return found


def _compile(scene: Scene) -> Any:
    """The scene as a MuJoCo model."""
    spec: Any = mujoco.MjSpec()
    spec.compiler.degree = False
    spec.option.gravity = list(scene.gravity)
    spec.option.cone = mujoco.mjtCone.mjCONE_ELLIPTIC
    spec.option.integrator = mujoco.mjtIntegrator.mjINT_IMPLICIT
    spec.option.tolerance = 1e-10
    spec.option.disableflags |= int(mujoco.mjtDisableBit.mjDSBL_AUTORESET)
    for shape in scene.still:
        _add_shape(spec, spec.worldbody, shape)
    hung = {joint.child: joint for joint in scene.joints}
    bodies = {body.name: (n, body) for n, body in enumerate(scene.bodies)}
    made: dict[str, Any] = {WORLD: spec.worldbody}

    def make(name: str) -> Any:
        if name not in made:
            n, body = bodies[name]
            parent = hung[name].parent if name in hung else WORLD
            made[name] = _add_body(spec, make(parent), n, body, bodies[parent][1] if parent else None, hung.get(name))
        return made[name]

    for name in bodies:
        make(name)
    return spec.compile()


def _add_body(spec: Any, parent: Any, number: int, body: Body, above: Body | None, joint: Joint | None) -> Any:
    pose = body.pose if above is None else np.linalg.inv(above.pose) @ body.pose
    sizes, axes = np.linalg.eigh(body.inertia)
    axes[:, 2] *= np.sign(np.linalg.det(axes))
    made = parent.add_body(name=f"b{number}", pos=pose[:3, 3].tolist(), quat=_quaternion(pose[:3, :3]).tolist())
    made.mass, made.inertia, made.explicitinertial = body.mass, sizes.tolist(), True
    made.ipos, made.iquat = [0.0, 0.0, 0.0], _quaternion(axes).tolist()
    if body.way is not None:
        made.mocap = True
    elif joint is None:
        made.add_freejoint()
    elif joint.kind != "weld":
        hung = made.add_joint(
            type=getattr(mujoco.mjtJoint, _KINDS[joint.kind]), pos=list(joint.anchor), axis=list(joint.axis),
            stiffness=joint.stiffness, damping=joint.damping,
        )  # fmt: skip
        if joint.limits is not None:
            hung.limited, hung.range = True, list(joint.limits)
    for shape in body.colliders:
        _add_shape(spec, made, shape)
    return made


def _add_shape(spec: Any, body: Any, shape: Hull | Ball | Ground) -> None:
    kinds = mujoco.mjtGeom
    if isinstance(shape, Hull):
        mesh = spec.add_mesh(name=f"m{len(spec.meshes)}")
        mesh.uservert = np.ascontiguousarray(thick(shape.points), np.float32).reshape(-1)
        mesh.inertia = mujoco.mjtMeshInertia.mjMESH_INERTIA_SHELL  # the body's own is told: this only may not be empty
        geom = body.add_geom(type=kinds.mjGEOM_MESH, meshname=mesh.name)
    elif isinstance(shape, Ball):
        size = [shape.radius] * 3
        geom = body.add_geom(type=kinds.mjGEOM_SPHERE, size=size, pos=shape.middle.tolist())
    else:
        upright = [np.sqrt(0.5), -np.sqrt(0.5), 0.0, 0.0]  # its normal is Y
        geom = body.add_geom(type=kinds.mjGEOM_PLANE, size=[0, 0, 1], pos=[0, shape.height, 0], quat=upright)
    geom.friction = [shape.material.friction, 0.0, 0.0]
    geom.solref, geom.solimp = list(_SPRING), list(_IMPEDANCE)


def _surfaces(model: Any, scene: Scene) -> tuple[list[str], Array]:
    """What each of the model's geoms is made of, and its restitution."""
    ordered: list[Material] = []
    numbers = {f"b{n}": body for n, body in enumerate(scene.bodies)}
    for index in range(model.nbody):
        name = model.body(index).name
        shapes = scene.still if name == "world" else numbers[name].colliders
        ordered += [shape.material for shape in shapes]
    return [material.name for material in ordered], np.array([material.restitution for material in ordered], float)


def _quaternion(turn: Array) -> Array:
    """A rotation matrix as MuJoCo's quaternion (w, x, y, z)."""
    found = np.empty(4)
    mujoco.mju_mat2Quat(found, np.ascontiguousarray(turn, float).reshape(-1))
    return found
