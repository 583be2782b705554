"""What a person typed, as messages of the contract: settings, briefs, and the words for enum values."""

from __future__ import annotations

import re
from typing import Literal

from secondunit.v1 import brief_pb2, job_pb2, plan_pb2, shot_pb2, timing_pb2
from secondunit_bridge.door import Brief
from secondunit_bridge.errors import BadInput, TooLarge
from secondunit_bridge.timing import Rate

KINDS = {
    "prompt": brief_pb2.BRIEF_KIND_PROMPT,
    "fountain": brief_pb2.BRIEF_KIND_FOUNTAIN,
    "fdx": brief_pb2.BRIEF_KIND_FDX,
}
CODECS = {
    "prores-hq": job_pb2.CODEC_PRORES_HQ,
    "prores-4444": job_pb2.CODEC_PRORES_4444,
    "dnxhr-hqx": job_pb2.CODEC_DNXHR_HQX,
    "h264": job_pb2.CODEC_H264,
}
STYLES = {
    "coverage": shot_pb2.STYLE_NAME_COVERAGE,
    "one-er": shot_pb2.STYLE_NAME_ONE_ER,
    "vlog": shot_pb2.STYLE_NAME_VLOG,
    "teaser": shot_pb2.STYLE_NAME_TEASER,
}
EDITS = {
    "replace": plan_pb2.EDIT_KIND_REPLACE,
    "insert": plan_pb2.EDIT_KIND_INSERT,
    "drop": plan_pb2.EDIT_KIND_DROP,
    "move": plan_pb2.EDIT_KIND_MOVE,
    "lock": plan_pb2.EDIT_KIND_LOCK,
    "unlock": plan_pb2.EDIT_KIND_UNLOCK,
    "choose": plan_pb2.EDIT_KIND_CHOOSE,
}
QUALITIES = {
    "draft": plan_pb2.QUALITY_DRAFT,
    "preview": plan_pb2.QUALITY_PREVIEW,
    "final": plan_pb2.QUALITY_FINAL,
}

LARGEST_SIDE = 8192  # pixels; a 16K frame would need over 100 GB of scratch
_SIZE = re.compile(r"(\d{1,6})x(\d{1,6})")


def settings(
    *,
    rate: Rate | None = None,
    width: int | None = None,
    height: int | None = None,
    quality: Literal["draft", "preview", "final"] | None = None,
    seed: int | None = None,
    frames: int | None = None,
    motion_intensity: float | None = None,
    handles: int | None = None,
    style: Literal["coverage", "one-er", "vlog", "teaser"] | None = None,
    total_frames: int | None = None,
    budget: int | None = None,
) -> plan_pb2.Settings:
    """What the user set, as a message; None stays as in the project, or as shot."""
    return plan_pb2.Settings(
        rate=None if rate is None else rate_message(rate),
        width=width,
        height=height,
        quality=plan_pb2.QUALITY_UNSPECIFIED if quality is None else QUALITIES[quality],
        seed=seed,
        frames=frames,
        motion_intensity=motion_intensity,
        handles=handles,
        style=shot_pb2.STYLE_NAME_UNSPECIFIED if style is None else STYLES[style],
        total_frames=total_frames,
        budget=budget,
    )


def brief_message(brief: Brief) -> brief_pb2.Brief:
    """A brief as the contract tells it."""
    return brief_pb2.Brief(
        kind=KINDS[brief.kind],
        text=brief.text,
        name=brief.name,
        mood_board=brief.mood_board,
        rules=brief.rules,
        music=brief.music,
        bpm=brief.bpm,
    )


def rate_message(rate: Rate) -> timing_pb2.Rate:
    return timing_pb2.Rate(numerator=rate.numerator, denominator=rate.denominator)


def read_size(text: str) -> tuple[int, int]:
    """ "854x480" as pixels. Raises BadInput, TooLarge."""
    match = _SIZE.fullmatch(text.strip().lower())
    if match is None:
        raise BadInput(f"“{text}” is not a picture size.", mend="Give width x height, such as 854x480.")
    width, height = int(match[1]), int(match[2])
    if max(width, height) > LARGEST_SIDE:
        raise TooLarge(f"{width}x{height} pixels is too large.", mend=f"Keep each side within {LARGEST_SIDE}.")
    if min(width, height) < 32 or width % 2 or height % 2:
        raise BadInput(f"A picture cannot be {width}x{height}.", mend="Give even sides of at least 32 pixels.")
    return width, height
