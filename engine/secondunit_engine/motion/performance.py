"""What a person does in a shot, as bone turns and facial actions per frame."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from secondunit_engine.cast.body import Body
from secondunit_engine.cast.piece import Poses, pose_bones, standing, turn
from secondunit_engine.motion.gait import Gait, walk_along
from secondunit_engine.motion.speech import lines_of, speak
from secondunit_engine.planning.plan import ActionPlan, CastPlan, ShotPlan

Array = NDArray[np.float64]
_MOODS: dict[str, dict[str, float]] = {
    "happy": {
        "mouthSmile*": 0.46, "cheekSquint*": 0.12, "browInnerUp": 0.10, "browOuterUp*": 0.20, "eyeWide*": 0.05,
        "mouthDimple*": 0.15,
    },
    "sad": {"mouthFrown*": 0.30, "browInnerUp": 0.45, "eyeSquint*": 0.10},
    "angry": {"browDown*": 0.55, "noseSneer*": 0.15, "mouthPress*": 0.20, "eyeSquint*": 0.25},
    "afraid": {"browInnerUp": 0.55, "eyeWide*": 0.45, "mouthStretch*": 0.15},
    "surprised": {"browInnerUp": 0.45, "browOuterUp*": 0.50, "eyeWide*": 0.40, "jawOpen": 0.08},
    "neutral": {"mouthSmile*": 0.10},
}  # fmt: skip
_WORDS = {
    "happy": ("happy", "upbeat", "joy", "tender", "cheer", "excit", "smil", "warm", "fun", "energetic"),
    "sad": ("sad", "grie", "melanchol", "tired"),
    "angry": ("ang", "furious", "determin", "tense", "menac"),
    "afraid": ("afraid", "fear", "nervous", "scared", "anxious"),
    "surprised": ("surpris", "awe", "wonder", "amaz"),
}
STRIDE_SPEED = 1.25  # metres a second
_CYCLE = 1.42  # m of two steps


@dataclass(frozen=True)
class Performance:
    """Poses per frame, and the way over the floor: shift from the mark [m], in its space, and yaw [degrees]; and the
    frames at which each foot comes down."""

    poses: Poses
    shift: Array
    yaw: Array
    strikes: dict[str, Array]


@dataclass
class _Track:
    """What is being put together: degrees and shares, each of shape [frames]."""

    turns: dict[str, Array]  # bone -> matrices (F, 3, 3)
    actions: dict[str, Array]
    frames: int
    rate: float
    body: Body

    def add(self, bone: str, axis: str, degrees: Array | float) -> None:
        """Turn a bone further, about an axis of the body."""
        step = turn(axis, np.broadcast_to(np.asarray(degrees, float), (self.frames,)))
        self.turns[bone] = step @ self.turns.get(bone, np.eye(3)[None])

    def raise_to(self, action: str, share: Array | float) -> None:
        """Add to a facial action; "*" stands for both sides."""
        for name in (action[:-1] + "Left", action[:-1] + "Right") if action.endswith("*") else (action,):
            self.actions[name] = self.actions.get(name, np.zeros(self.frames)) + share


def perform(
    shot: ShotPlan, member: CastPlan, body: Body, lens: Array | None, places: Array | None = None
) -> Performance:
    """Play a member's part of a shot.

    `lens` is what they look at, the camera or somebody, in their own space [m], shape [3] or [frames, 3]; None if they
    look ahead. `places` are where the plan has them on the floor [m], shape [frames, 2]: then legs follow the path
    and the performance itself goes nowhere. Without them a walk arrives at the mark.
    """
    frames, rate = shot.frames, float(shot.rate.fraction)
    rng = np.random.Generator(np.random.PCG64([shot.seed, member.seed, 71]))
    track = _Track(
        {k: np.broadcast_to(v, (frames, 3, 3)).copy() for k, v in standing(body).items()}, {}, frames, rate, body
    )
    time = np.arange(frames) / rate
    shapes, voice = speak(lines_of(member.name, shot.dialogue, shot.actions), frames, rate)
    mood = _mood(member)
    for action, share in mood.items():
        track.raise_to(action, share * (0.55 + 0.6 * member.intensity) * (1 - 0.25 * voice * ("mouth" in action)))
    for action, share in shapes.items():
        track.raise_to(action, share)
    _breathe(track, time, rng)
    _hold_head(track, time, voice, member, rng)
    _look(track, time, body, lens, rng)
    _blink(track, time, rng)
    _gesture(track, time, voice, member, body, rng)
    shift, yaw = np.zeros((frames, 3)), np.zeros(frames)
    for action in shot.actions:
        play = _VERBS.get(action.verb)
        if action.actor == member.name and play is not None and (places is None or play not in (_walk, _turn_round)):
            play(track, action, _ramp(action, frames), time, shift, yaw)
    strikes = _walked_strikes(shot, member, rate) if places is None else {}
    if places is not None:
        gait = walk_along(body, places, rate)
        _stride(track, gait, shift)
        strikes = gait.strikes
    actions = {name: np.clip(share, 0, 1) for name, share in track.actions.items()}
    if "jawOpen" in actions:
        actions["jawOpen"] = np.minimum(actions["jawOpen"], 0.34)
    return Performance(Poses(pose_bones(body, track.turns, frames), actions), shift, yaw, strikes)


def _mood(member: CastPlan) -> dict[str, float]:
    emotion = member.emotion.lower()
    return _MOODS[next((mood for mood, roots in _WORDS.items() if any(root in emotion for root in roots)), "neutral")]


def _drift(time: Array, rng: np.random.Generator, slow: float, fast: float) -> Array:
    """Smooth wandering of about unit size: four sines between two rates [Hz]."""
    rates, phases = rng.uniform(slow, fast, 4), rng.uniform(0, 2 * np.pi, 4)
    return np.sin(2 * np.pi * np.outer(time, rates) + phases).sum(axis=1) / 2


def _breathe(track: _Track, time: Array, rng: np.random.Generator) -> None:
    breath = np.sin(2 * np.pi * 0.27 * time + rng.uniform(0, 6.28))
    track.add("spine02", "x", -0.5 * breath)
    track.add("neck01", "x", 0.4 * breath)
    track.add("clavicle.L", "z", 0.7 * breath)
    track.add("clavicle.R", "z", -0.7 * breath)


def _hold_head(track: _Track, time: Array, voice: Array, member: CastPlan, rng: np.random.Generator) -> None:
    """Small unrest always; nods, tilts and a leaning trunk with the voice."""
    lively = 0.35 + voice * (0.6 + 0.8 * member.intensity)
    pitch = 0.8 + 1.6 * lively * _drift(time, rng, 0.5, 1.7)
    yaw, roll = 2.2 * lively * _drift(time, rng, 0.2, 0.8), 1.9 * lively * _drift(time, rng, 0.15, 0.7)
    for bone, share in (("neck02", 0.4), ("head", 0.6)):
        track.add(bone, "x", pitch * share)
        track.add(bone, "y", yaw * share)
        track.add(bone, "z", roll * share)
    track.add("spine03", "y", 1.6 * lively * _drift(time, rng, 0.1, 0.4))
    track.add("spine03", "z", 0.9 * lively * _drift(time, rng, 0.1, 0.35))
    track.add("spine04", "x", 0.8 + 0.8 * lively * _drift(time, rng, 0.1, 0.4))
    stress = np.clip(_drift(time, rng, 0.4, 1.1), 0, 1.5) * voice
    track.raise_to("browOuterUp*", 0.28 * stress)
    track.raise_to("browInnerUp", 0.22 * stress)


def _look(track: _Track, time: Array, body: Body, lens: Array | None, rng: np.random.Generator) -> None:
    """Head and eyes on the lens (or ahead), with saccades; lids follow the eyes."""
    left, right = (body.joints[body.anatomy.bone(f"eye.{side}")] for side in "LR")
    centre = (left + right) / 2
    target = lens if lens is not None else centre + np.array([0.0, -0.02, 3.0])
    way = np.moveaxis(target - centre, -1, 0)  # (3,) or (3, F)
    yaw = np.degrees(np.arctan2(way[0], way[2]))
    pitch = np.degrees(np.arctan2(-way[1], np.hypot(way[0], way[2])))
    head_yaw, head_pitch = np.clip(0.72 * yaw, -45, 45), np.clip(0.55 * pitch, -25, 25)
    if target.ndim == 2:  # what moves, or is somebody else, is followed by the eyes at once and by the head in its time
        head_yaw, head_pitch = _slow(head_yaw, track.rate, 0.14), _slow(head_pitch, track.rate, 0.14)
    track.add("neck02", "y", head_yaw * 0.4)
    track.add("head", "y", head_yaw * 0.6)
    track.add("head", "x", head_pitch)
    jump_yaw, jump_pitch = _saccades(time, rng)
    turned = track.turns["neck02"] @ track.turns["head"]  # how far the head has turned, near enough for the eyes
    for side, eye in (("L", left), ("R", right)):
        axes = "fji,j->fi" if target.ndim == 1 else "fji,fj->fi"
        local = np.einsum(axes, turned, target - eye)  # (F, 3) target in the head's axes
        eye_yaw = np.degrees(np.arctan2(local[:, 0], local[:, 2])) + jump_yaw
        eye_pitch = np.degrees(np.arctan2(-local[:, 1], np.hypot(local[:, 0], local[:, 2]))) + jump_pitch
        eye_yaw, eye_pitch = np.clip(eye_yaw, -30, 30), np.clip(eye_pitch, -20, 20)
        track.turns[f"eye.{side}"] = turn("y", eye_yaw) @ turn("x", eye_pitch)
        name = "Left" if side == "L" else "Right"
        track.raise_to(f"eyeLookDown{name}", np.clip(eye_pitch / 32, 0, 1))
        track.raise_to(f"eyeLookUp{name}", np.clip(-eye_pitch / 32, 0, 1))


def _saccades(time: Array, rng: np.random.Generator) -> tuple[Array, Array]:
    """Tiny jumps several times a second, and now and then a glance away [degrees], shape [frames] each."""
    yaw, pitch = np.zeros_like(time), np.zeros_like(time)
    at = 0.0
    while at < time[-1] + 0.1:
        glance = at > 0.8 and rng.random() < 0.10
        hold = rng.uniform(0.25, 0.45) if glance else rng.uniform(0.25, 0.9)
        span = (time >= at) & (time < at + hold)
        size = 6.5 if glance else 0.45
        yaw[span], pitch[span] = rng.normal(0, size), rng.normal(0, size * 0.5)
        at += hold
    return yaw, pitch


def _blink(track: _Track, time: Array, rng: np.random.Generator) -> None:
    """Close in 80 ms, open in 160, every two to four seconds."""
    lid, at = np.zeros_like(time), float(rng.uniform(0.5, 1.6))
    while at < time[-1]:
        since = time - at
        lid = np.maximum(lid, np.clip(1 - np.where(since < 0, -since / 0.08, since / 0.16), 0, 1))
        at += float(rng.uniform(1.9, 4.2))
    smooth = lid * lid * (3 - 2 * lid)
    for side in ("Left", "Right"):
        base = track.actions.get(f"eyeSquint{side}", np.zeros_like(time))
        track.actions[f"eyeSquint{side}"] = base * (1 - smooth)
    track.raise_to("eyeBlink*", smooth)


def _hinge(body: Body, side: str) -> Array:
    """The elbow's axis at rest, positive angles bend it, shape [3]."""
    joints = [body.joints[body.anatomy.bone(f"{bone}.{side}")] for bone in ("upperarm01", "lowerarm01", "wrist")]
    axis = np.cross(joints[1] - joints[0], joints[2] - joints[1])
    return axis / np.linalg.norm(axis)


def _about(axis: Array, degrees: Array) -> Array:
    """Rotation matrices about any axis (Rodrigues), shape [frames, 3, 3]."""
    cross = np.array([[0, -axis[2], axis[1]], [axis[2], 0, -axis[0]], [-axis[1], axis[0], 0]])
    angle = np.radians(degrees)[:, None, None]
    return np.eye(3) + np.sin(angle) * cross + (1 - np.cos(angle)) * (cross @ cross)


def _bend_arm(track: _Track, body: Body, side: str, *, elbow: Array, forward: Array, out: Array) -> None:
    """Bend the elbow, swing the upper arm forward and away from the body [degrees], shape [frames] each."""
    sign = 1.0 if side == "L" else -1.0
    track.turns[f"lowerarm01.{side}"] = track.turns[f"lowerarm01.{side}"] @ _about(_hinge(body, side), elbow)
    track.add(f"upperarm01.{side}", "x", -forward)
    track.add(f"upperarm01.{side}", "z", sign * out)


def _gesture(track: _Track, time: Array, voice: Array, member: CastPlan, body: Body, rng: np.random.Generator) -> None:
    """Hands come up while someone talks and beat with the words; shoulders take part."""
    if voice.max() < 0.2:
        return
    level = _slow(voice, track.rate, 0.35) * (0.5 + 0.5 * member.intensity)
    for side in "LR":
        up = level * (0.75 + 0.25 * _drift(time, rng, 0.15, 0.4)) * rng.uniform(0.75, 1.0)
        beat = level * _drift(time, rng, 0.9, 2.2)
        _bend_arm(track, body, side, elbow=46 * up + 7 * beat, forward=13 * up + 3.5 * beat, out=5 * up + 1.5 * beat)
        sign = 1.0 if side == "L" else -1.0
        track.add(f"wrist.{side}", "x", 9 * beat)
        track.add(f"clavicle.{side}", "z", sign * (1.5 * up + 1.2 * np.abs(beat)))


def _slow(values: Array, rate: float, seconds: float) -> Array:
    sigma = seconds * rate
    reach = np.arange(-int(3 * sigma) - 1, int(3 * sigma) + 2)
    kernel = np.exp(-0.5 * (reach / sigma) ** 2)
    padded = np.pad(values, len(reach) // 2, mode="edge")
    return np.asarray(np.convolve(padded, kernel / kernel.sum(), mode="valid"), float)


def _ramp(action: ActionPlan, frames: int) -> Array:
    """0 before an action, rising smoothly over it, 1 after, shape [frames]."""
    x = np.clip((np.arange(frames) - action.start) / max(1, action.frames), 0, 1)
    return x * x * (3 - 2 * x)


def _walk(track: _Track, action: ActionPlan, ramp: Array, time: Array, shift: Array, yaw: Array) -> None:
    """A level gait that arrives at the mark at the end of the action."""
    speed = STRIDE_SPEED * (1.9 if action.verb == "run" else 1.0)
    done = np.clip(time - action.start / track.rate, 0, action.frames / track.rate)
    left = action.frames / track.rate - done
    shift[:, 2] -= speed * left
    moving = np.clip(done / 0.35, 0, 1) * np.clip(left / 0.35, 0, 1) * ((done > 0) & (left > 0))
    phase = 2 * np.pi * done * speed / _CYCLE
    for side, offset in (("L", 0.0), ("R", np.pi)):
        swing = np.sin(phase + offset)
        lift = np.clip(np.cos(phase + offset), 0, 1) ** 1.5
        track.add(f"upperleg01.{side}", "x", -moving * (3 + 23 * swing))
        track.add(f"lowerleg01.{side}", "x", moving * (6 + 48 * lift))
        track.add(f"foot.{side}", "x", moving * (-4 - 12 * swing * (swing > 0) + 14 * lift))
        track.add(f"upperarm01.{side}", "x", moving * 20 * swing)
    shift[:, 1] += moving * (0.018 * np.cos(2 * phase) - 0.022)
    track.add("spine04", "y", moving * 4 * np.sin(phase))
    del ramp, yaw


def _walked_strikes(shot: ShotPlan, member: CastPlan, rate: float) -> dict[str, Array]:
    """When feet come down in walks that arrive at the mark: each leg as it is furthest ahead."""
    found: dict[str, list[float]] = {"L": [], "R": []}
    for action in shot.actions:
        if action.actor == member.name and _VERBS.get(action.verb) is _walk:
            cycle = _CYCLE / (STRIDE_SPEED * (1.9 if action.verb == "run" else 1.0)) * rate  # frames
            for side, offset in (("L", 0.25), ("R", 0.75)):
                found[side] += (action.start + np.arange(offset * cycle, action.frames, cycle)).tolist()
    return {side: np.array([at for at in frames if at < shot.frames]) for side, frames in found.items()}


def _stride(track: _Track, gait: Gait, shift: Array) -> None:
    """Legs by the path; arms swing against them, the trunk leans with the speed."""
    for bone, degrees in gait.turns.items():
        track.add(bone, "x", degrees)
    swing = 17 * gait.share * np.clip(gait.speed / 1.25, 0.4, 1.7)
    for side in "LR":
        track.add(f"upperarm01.{side}", "x", swing * gait.forward[side])
    track.add("spine04", "y", 0.2 * swing * (gait.forward["R"] - gait.forward["L"]) / 2)
    track.add("spine05", "x", gait.share * np.clip(2.0 * gait.speed, 0, 7))
    shift[:, 1] -= gait.sink


def _turn_round(track: _Track, action: ActionPlan, ramp: Array, time: Array, shift: Array, yaw: Array) -> None:
    """Start facing away by a quarter and turn to the mark's facing; the head leads."""
    yaw -= 75 * (1 - ramp)
    track.add("head", "y", 28 * np.sin(np.pi * ramp))
    del time, shift


def _reach(track: _Track, action: ActionPlan, ramp: Array, time: Array, shift: Array, yaw: Array) -> None:
    """Both hands forward at chest height, eyes follow."""
    _hands(track, forward=52 * ramp, elbow=-18 * ramp, together=10 * ramp)
    track.add("head", "x", 9 * ramp)
    track.add("spine04", "x", 5 * ramp)
    del action, time, shift, yaw


def _open(track: _Track, action: ActionPlan, ramp: Array, time: Array, shift: Array, yaw: Array) -> None:
    """Reach in the first half, then the hands part and lift a lid."""
    near, apart = np.clip(ramp * 2, 0, 1), np.clip(ramp * 2 - 1, 0, 1)
    _hands(track, forward=48 * near + 10 * apart, elbow=-14 * near - 16 * apart, together=11 * near - 9 * apart)
    track.add("head", "x", 12 * near - 3 * apart)
    track.add("spine04", "x", 6 * near - 3 * apart)
    track.raise_to("browInnerUp", 0.35 * apart)
    track.raise_to("eyeWide*", 0.25 * apart)
    del action, time, shift, yaw


def _lift(track: _Track, action: ActionPlan, ramp: Array, time: Array, shift: Array, yaw: Array) -> None:
    """Hands go forward, then up to the chest with what they hold."""
    near, up = np.clip(ramp * 2, 0, 1), np.clip(ramp * 2 - 1, 0, 1)
    _hands(track, forward=46 * near + 16 * up, elbow=-10 * near - 34 * up, together=12 * near)
    track.add("head", "x", 10 * near - 8 * up)
    del action, time, shift, yaw


def _drop(track: _Track, action: ActionPlan, ramp: Array, time: Array, shift: Array, yaw: Array) -> None:
    """The right hand holds something before the chest, opens at a third of the action, and the eyes follow the fall."""
    share = np.clip((np.arange(track.frames) - action.start) / max(1, action.frames), 0, 1)
    open_ = np.clip((share - 0.28) / 0.06, 0, 1)
    still = np.ones(track.frames)
    _bend_arm(track, track.body, "R", elbow=72 - 6 * open_, forward=24 * still, out=4 + 5 * open_)
    track.add("head", "x", 6 + 14 * np.clip((share - 0.3) / 0.2, 0, 1))
    track.raise_to("browInnerUp", 0.3 * open_)
    del ramp, time, shift, yaw


def _nod(track: _Track, action: ActionPlan, ramp: Array, time: Array, shift: Array, yaw: Array) -> None:
    track.add("head", "x", 9 * np.sin(2 * np.pi * 2 * ramp) * np.sin(np.pi * ramp))
    del action, time, shift, yaw


def _smile(track: _Track, action: ActionPlan, ramp: Array, time: Array, shift: Array, yaw: Array) -> None:
    track.raise_to("mouthSmile*", 0.45 * ramp)
    track.raise_to("cheekSquint*", 0.3 * ramp)
    del action, time, shift, yaw


def _hands(track: _Track, *, forward: Array, elbow: Array, together: Array) -> None:
    for side, sign in (("L", 1.0), ("R", -1.0)):
        track.add(f"upperarm01.{side}", "x", -forward)
        track.add(f"upperarm01.{side}", "y", -sign * together)
        track.add(f"lowerarm01.{side}", "x", elbow)


_VERBS: dict[str, Callable[[_Track, ActionPlan, Array, Array, Array, Array], None]] = {
    "walk": _walk, "run": _walk, "turn": _turn_round, "reach": _reach, "touch": _reach, "push": _reach,
    "open": _open, "lift": _lift, "drop": _drop, "knock over": _reach, "nod": _nod, "smile": _smile,
}  # fmt: skip
