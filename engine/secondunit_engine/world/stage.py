"""The words of our USD stage: where things lie in a shot, and the few attributes that are ours.

A shot is a stack of layers, strongest first; each stage of the pipeline writes exactly one:

    shot.usda       sublayers: camera.usdc, lights.usdc, motion.usdc, cast.usdc, set.usdc

    /Shot                     Xform, the default prim. Y up, metres; time codes are frames
    /Shot/Set/...             what stands still, merged to one mesh a material
    /Shot/Set/Marks/<name>    Xforms: where people stand, where cameras look from
    /Shot/Props/<Name>/...    what may move on its own (a car, a relic, a wheel)
    /Shot/Cast/<Name>/...     people: skin, eyes, hair, garments
    /Shot/Lights/<Name>       UsdLux lights that the gaffer brought
    /Shot/Air/<Kind>          Fog, Shafts, Beams, Rain, Drops, Motes: drawn after the path trace
    /Shot/Materials/<name>    UsdPreviewSurface with our extra inputs
    /Shot/Camera              the shot's camera

Frames are numbered from FIRST_FRAME. Colours on the stage are scene-linear ACEScg; colour textures
are 8-bit sRGB PNG; data textures are raw. Materials are UsdPreviewSurface so that any application
can read them; what our renderer adds lies beside in `inputs:secondunit:*` and may be ignored.
"""

from __future__ import annotations

from typing import Final

FIRST_FRAME: Final = 1001
LAYERS: Final = ("camera", "lights", "motion", "cast", "set")  # strongest first

SHOT: Final = "/Shot"
SET: Final = "/Shot/Set"
MARKS: Final = "/Shot/Set/Marks"
PROPS: Final = "/Shot/Props"
CAST: Final = "/Shot/Cast"
LIGHTS: Final = "/Shot/Lights"
AIR: Final = "/Shot/Air"
MATERIALS: Final = "/Shot/Materials"
CAMERA: Final = "/Shot/Camera"

# On lights and on emissive meshes.
LIGHT_GROUP: Final = "secondunit:lightGroup"  # token: the fader that moves this light
SAMPLING_WEIGHT: Final = "secondunit:samplingWeight"  # float: how often the path tracer picks it
FLICKER: Final = "secondunit:flicker"  # float samples: how bright its flames are, relative to their mean
# On meshes.
GLOSSY_BODY: Final = "secondunit:glossyBody"  # bool: moving and mirror-like; reuse it briefly only
CASTS_SHADOW: Final = "secondunit:castsShadow"  # bool, default true
GIVES_WAY: Final = "secondunit:givesWay"  # bool, default false: grass and crops, through which people walk
# On the camera.
SQUEEZE: Final = "secondunit:squeeze"  # float, default 1: how much taller than wide a blurred point is (anamorphic: 2)
# On the stage root: int, the frame count of the shot; token pair, the exact rate.
FRAMES: Final = "secondunit:frames"  # int
RATE: Final = "secondunit:rate"  # string "24000/1001"


def camera_mark(size: str) -> str:
    """Name of the mark a set offers for a camera of this shot size, for example "camera_MS"."""
    return f"camera_{size}"
