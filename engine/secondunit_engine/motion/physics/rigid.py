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
from secondunit_engine.motion.physics.overlap import Faceted, depth_between, faceted
from secondunit_engine.motion.physics.scene import WORLD, Array, Ball, Body, Ground, Hull, Joint, Scene, pose_of

mujoco: Any = untyped  # it comes without types

_BLOW: Final = 0.03  # m/s from which a contact is a blow
_PART: Final = 0.25  # m/s at most with which springs part what overlaps; shards, which never begin so, four times it
_SPRING: Final = (0.003, 1.0)  # s and damping ratio of contacts at rest
_IMPEDANCE: Final = (0.999, 0.9999, 0.001, 0.5, 2.0)  # how much of a contact's wish it gets, at 0 and at 1 mm
_SOFTER: Final = (0.98, 0.995, 0.001, 0.5, 2.0)  # the same of shards, which no solver can all please at once
_KINDS: Final = {"hinge": "mjJNT_HINGE", "slide": "mjJNT_SLIDE", "ball": "mjJNT_BALL"}
_STATE: Final = int(mujoco.mjtState.mjSTATE_INTEGRATION)
_DOUBT: Final = 1e-3  # m from which a depth is measured
_FIELDS: Final = 0.002  # s for which what a field says holds
_RUNAWAY: Final = 1e4  # m/s or rad/s: what is faster has diverged
_FORESEEN: Final = 0.002  # m about each shard, and whatever meets it, at which a contact is foreseen


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
    along which normal from the first to the second, how fast they closed [m/s], the impulse [N s], and the energy that
    it took out of their motion until they were at rest to each other [J]."""

    time: float
    between: tuple[str, str]
    surfaces: tuple[str, str]
    place: tuple[float, float, float]
    normal: tuple[float, float, float]
    speed: float
    impulse: float
    energy: float


Field = Callable[[float, Motion], Array]
"""What acts on bodies from outside at a time [s]: forces [N] at their centres and torques [N m], shape [bodies, 6]."""


class RigidSolver:
    """A scene under way. Same scene and same calls give the same bytes."""

    def __init__(self, scene: Scene, *, shards: bool = False) -> None:
        """`shards` says that there are shards, or may come to be: thin and many, they are collided with differently."""
        mujoco.set_mju_user_warning(lambda _: None)  # what diverges is found by `strayed`, not in a log file
        self.scene = scene
        self._model: Any = compile_scene(scene, shards=shards)
        self._part = 4 * _PART if shards else _PART
        self.deepest = 0.0  # m that anything was in anything at any step
        self._data: Any = mujoco.MjData(self._model)
        self._ids = np.array([self._model.body(f"b{n}").id for n in range(len(scene.bodies))], int)
        self._names = {int(i): body.name for i, body in zip(self._ids, scene.bodies, strict=True)}
        self._shapes = _shapes(self._model, scene)
        self._surfaces = [shape.material.name for shape in self._shapes]
        self._bounce = np.array([shape.material.restitution for shape in self._shapes], float)
        self._faceted: dict[int, Faceted] = {}
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
        blows: list[Blow] = []
        for number in range(steps):
            if fields and asks(number, step):
                motion = self.motion()
                self.push(np.sum([field(self.time, motion) for field in fields], axis=0))
            blows += self.step(frame + number / steps, step)
            if self.ran_away:
                break  # while it still shows whose fault it is
        return blows

    def step(self, frame: float, step: float) -> list[Blow]:
        """One step of so many seconds, which begins at `frame`; returns its blows."""
        self._model.opt.timestep = step
        self._carry(frame)
        mujoco.mj_step1(self._model, self._data)
        hits = self._resolve(step)
        time = self.time
        self._integrate()
        self.deepest = max(self.deepest, self.depth())
        return self._blows(hits, time, step)

    def push(self, wrenches: Array) -> None:
        """What acts on each body from now on: forces [N] and torques [N m], shape [bodies, 6]."""
        self._data.xfrc_applied[self._ids] = wrenches

    @property
    def ran_away(self) -> bool:
        """Whether anything is faster than anything real."""
        return not np.abs(self._data.qvel).max(initial=0.0) < _RUNAWAY

    def place(self, body: int, pose: Array, velocity: Array, spin: Array) -> None:
        """Put a free body at a pose, with the velocity of its centre [m/s] and its spin [rad/s]."""
        at, dof = self._free(body)
        self._data.qpos[at : at + 7] = [*pose[:3, 3], *_quaternion(pose[:3, :3])]
        self._data.qvel[dof : dof + 6] = [*velocity, *(pose[:3, :3].T @ spin)]

    def take_over(self, before: RigidSolver) -> None:
        """Go on from where another solver stands: its time, and the bodies that both have."""
        there = {body.name: n for n, body in enumerate(before.scene.bodies)}
        for n, body in enumerate(self.scene.bodies):
            if body.name in there:
                for own, other in zip(self._numbers(n), before._numbers(there[body.name]), strict=True):
                    self._data.qpos[own[0]], self._data.qvel[own[1]] = (
                        before._data.qpos[other[0]], before._data.qvel[other[1]],
                    )  # fmt: skip
        self._data.time = before.time
        self.deepest = max(self.deepest, before.deepest)

    def _free(self, body: int) -> tuple[int, int]:
        joint = self._model.joint(int(self._model.body(int(self._ids[body])).jntadr[0]))
        return int(joint.qposadr[0]), int(joint.dofadr[0])

    def _numbers(self, body: int) -> list[tuple[slice, slice]]:
        """Which positions and speeds are those of a body's joint."""
        mj = self._model.body(int(self._ids[body]))
        if not mj.jntnum[0]:
            return []
        at, dof = self._free(body)
        sizes = {int(getattr(mujoco.mjtJoint, kind)): (1, 1) for kind in ("mjJNT_HINGE", "mjJNT_SLIDE")}
        sizes |= {int(mujoco.mjtJoint.mjJNT_BALL): (4, 3), int(mujoco.mjtJoint.mjJNT_FREE): (7, 6)}
        places, speeds = sizes[int(self._model.jnt_type[int(mj.jntadr[0])])]
        return [(slice(at, at + places), slice(dof, dof + speeds))]

    def motion(self) -> Motion:
        """Where everything is now."""
        mujoco.mj_kinematics(self._model, self._data)
        mujoco.mj_comPos(self._model, self._data)
        mujoco.mj_comVel(self._model, self._data)
        return self._motion()

    def strayed(self, most: float = np.inf) -> str:
        """The name of a body that is nowhere, goes faster than `most` [m/s] or than anything real, or nothing."""
        motion = self.motion()
        speed = np.linalg.norm(motion.velocities, axis=1)
        nowhere = ~np.isfinite(motion.poses).all(axis=(1, 2)) | ~np.isfinite(speed)
        fast = np.where(nowhere, 0.0, np.maximum(speed, np.linalg.norm(motion.spins, axis=1)))
        over = np.where(nowhere, 0.0, speed) > most
        if fast.max(initial=0.0) >= _RUNAWAY or over.any():
            return self.scene.bodies[int(np.argmax(fast))].name
        return self.scene.bodies[int(np.argmax(nowhere))].name if nowhere.any() else ""

    def depth(self) -> float:
        """How deep anything is in anything [m]. Where collision says that hulls are deep in each other it is measured,
        because the normal that it found may lie across the whole of a thin one."""
        told = self._data.contact.dist if self._data.ncon else np.zeros(0)
        deepest = max(0.0, -float(told[told >= -_DOUBT].min(initial=0.0)))
        pairs = (
            {tuple(pair) for pair in np.asarray(self._data.contact.geom)[told < -_DOUBT].tolist()} if len(told) else ()
        )
        for one, other in sorted(pairs):
            if isinstance(self._shapes[one], Hull) and isinstance(self._shapes[other], Hull):
                deepest = max(deepest, depth_between(*self._placed(one), *self._placed(other)))
            else:
                both = (self._data.contact.geom == (one, other)).all(axis=1)
                deepest = max(deepest, -float(told[both].min()))
        return deepest

    def _placed(self, geom: int) -> tuple[Faceted, Array]:
        """A hull and where its body was when contacts were found."""
        if geom not in self._faceted:
            shape = self._shapes[geom]
            assert isinstance(shape, Hull)
            self._faceted[geom] = faceted(thick(shape.points))
        body = int(self._model.geom_bodyid[geom])
        return self._faceted[geom], pose_of(self._data.xpos[body], self._data.xmat[body].reshape(3, 3))

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
        apart = np.maximum(data.contact.dist, 0.0)  # (C,) m
        hits = np.flatnonzero((speed < -_BLOW) & (apart < -speed * step))
        if len(hits):
            pair = data.contact.geom[hits]
            bounce = np.minimum(self._bounce[pair[:, 0]], self._bounce[pair[:, 1]])
            data.efc_aref[rows[hits]] = -(1 + bounce) * speed[hits] / step
        rest = rows >= 0
        rest[hits] = False
        others, near = np.flatnonzero(rest & (apart == 0)), np.flatnonzero(rest & (apart > 0))
        data.efc_aref[rows[others]] = np.minimum(data.efc_aref[rows[others]], (self._part - speed[others]) / step)
        data.efc_aref[rows[near]] = -(apart[near] / step + speed[near]) / step  # come no closer than to touch
        return hits

    def _blows(self, hits: NDArray[np.integer], time: float, step: float) -> list[Blow]:
        data = self._data
        found: list[Blow] = []
        for hit in hits:
            contact = data.contact[int(hit)]
            row = int(contact.efc_address)
            one, two = (int(geom) for geom in contact.geom)
            bodies = (int(self._model.geom_bodyid[one]), int(self._model.geom_bodyid[two]))
            speed, impulse = -float(data.efc_vel[row]), float(data.efc_force[row]) * step
            found.append(
                Blow(
                    time,
                    (self._names.get(bodies[0], WORLD), self._names.get(bodies[1], WORLD)),
                    (self._surfaces[one], self._surfaces[two]),
                    tuple(contact.pos.tolist()),
                    tuple(contact.frame[:3].tolist()),
                    speed,
                    impulse,
                    0.5 * impulse * speed / (1 + float(min(self._bounce[one], self._bounce[two]))),
                )
            )
        return found


def asks(number: int, step: float) -> bool:
    """Whether fields are asked before the step of a frame with this number; what they say holds until then."""
    return number % max(1, int(_FIELDS / step)) == 0


def compile_scene(scene: Scene, *, shards: bool) -> Any:
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
    if shards:
        # Of several points between thin hulls the library may leave out the deepest: the one nearest point is right.
        spec.option.disableflags |= int(mujoco.mjtDisableBit.mjDSBL_MULTICCD)
        for geom in spec.geoms:
            geom.margin, geom.solimp = _FORESEEN, list(_SOFTER)
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


def _shapes(model: Any, scene: Scene) -> list[Hull | Ball | Ground]:
    """The collider that each of the model's geoms is."""
    ordered: list[Hull | Ball | Ground] = []
    numbers = {f"b{n}": body for n, body in enumerate(scene.bodies)}
    for index in range(model.nbody):
        name = model.body(index).name
        ordered += scene.still if name == "world" else numbers[name].colliders
    return ordered


def _quaternion(turn: Array) -> Array:
    """A rotation matrix as MuJoCo's quaternion (w, x, y, z)."""
    found = np.empty(4)
    mujoco.mju_mat2Quat(found, np.ascontiguousarray(turn, float).reshape(-1))
    return found
