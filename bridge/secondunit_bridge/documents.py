"""Messages of the contract as the JSON documents that `--json` prints. The names are a promise to outside tools."""

from __future__ import annotations

from collections.abc import Iterable, MutableSequence
from typing import Any

from google.protobuf.descriptor import EnumDescriptor
from google.protobuf.message import Message

from secondunit.v1 import brief_pb2, job_pb2, plan_pb2, shot_pb2, take_pb2, timing_pb2

Json = dict[str, Any]


def plain(message: Message) -> Json:
    """A message as a document: fields by name, enum values as words, a rate as "24/1"."""
    document: Json = {}
    for field in message.DESCRIPTOR.fields:
        value = getattr(message, field.name)
        if field.has_presence and not message.HasField(field.name):
            continue
        document[field.name] = _many(field, value) if isinstance(value, MutableSequence) else _value(field, value)
    return document


def _many(field: Any, values: Iterable[Any]) -> list[Any]:
    return [_value(field, each) for each in values]


def _value(field: Any, value: Any) -> Any:
    if isinstance(value, timing_pb2.Rate):
        return rate_text(value)
    if isinstance(value, Message):
        return plain(value)
    return word(field.enum_type, value) if field.enum_type is not None else value


_HYPHENED = {"stand in": "stand-in", "fly through": "fly-through"}  # an enum's name cannot tell a hyphen from a space


def word(enum: EnumDescriptor, number: int) -> str:
    """An enum value as a crew says it: MOVE_KIND_PUSH_IN is "push in", SHOT_SIZE_MCU is "MCU"."""
    name = enum.values_by_number[number].name
    prefix = enum.values_by_number[0].name.removesuffix("UNSPECIFIED")
    bare = name.removeprefix(prefix).replace("_", " ")
    return bare if enum.name == "ShotSize" else _HYPHENED.get(bare.lower(), bare.lower())


def rate_text(rate: timing_pb2.Rate) -> str:
    return f"{rate.numerator}/{rate.denominator}"


def ledger_document(entries: Iterable[brief_pb2.LedgerEntry]) -> list[Json]:
    """What became of the words: start, end, text, status, meaning, and alternatives where there are some."""
    rows = []
    for entry in entries:
        row = plain(entry)
        if not row["alternatives"]:
            del row["alternatives"]
        rows.append(row)
    return rows


def remarks(entries: Iterable[brief_pb2.LedgerEntry]) -> list[str]:
    """What a person should know of their words: guesses, stand-ins, and what was not understood."""
    rows = [row for row in ledger_document(entries) if row["status"] != "bound"]
    return [f"“{row['text']}” {row['status']}: {row['meaning']}{_others(row)}" for row in rows]


def _others(row: Json) -> str:
    return f" (or: {'; '.join(row['alternatives'])})" if "alternatives" in row else ""


def shoot_document(result: job_pb2.ShootResult) -> Json:
    """{"timeline", "shots": [{"id", "take", "media", ...}], "continuity": [...]}."""
    return {
        "timeline": result.timeline,
        "shots": [take_document(take) for take in result.takes],
        "continuity": continuity_document(result.continuity),
    }


def take_document(take: take_pb2.Take) -> Json:
    """One take; `aovs` is the folder of its EXR frames."""
    document = {
        "id": take.shot_id,
        "take": take.number,
        "media": take.media,
        "frames": take.frames,
        "rate": rate_text(take.rate),
        "seed": take.seed,
        "manifest": take.manifest,
        "aovs": take.aovs,
        "size": f"{take.width}x{take.height}",
        "proxy": take.proxy,
        "depth": take.depth,
        "sound": take.sound,
        "stage": take.stage,
        "cues": take.cues,
        "note": take.note,
        "ledger": ledger_document(take.ledger),
    }
    if take.made or take.reused:
        document |= {"made": list(take.made), "reused": list(take.reused)}
    if take.HasField("budget"):
        choice = take.budget
        document["budget"] = {
            "seconds": choice.seconds,
            "expected": choice.expected,
            "size": f"{choice.width}x{choice.height}",
            "samples": choice.samples,
        }
    return document


def budget_sentence(choice: take_pb2.BudgetChoice) -> str:
    size, samples = f"{choice.width}x{choice.height}", f"{choice.samples} sample{'s' if choice.samples > 1 else ''}"
    return f"fitted into {choice.seconds} s: {size}, {samples} a pixel, about {choice.expected} s"


def continuity_document(notes: Iterable[plan_pb2.ContinuityNote]) -> list[Json]:
    return [plain(note) for note in notes]


def plan_document(plan: plan_pb2.Plan) -> Json:
    """{"title", "shots": [...], "continuity": [{"level", "rule", "shots", "message"}], "ledger": [...],
    "rules": [...], "mood": [...]}."""
    return {
        "title": plan.title,
        "shots": [shot_document(shot) for shot in plan.shots],
        "continuity": continuity_document(plan.continuity),
        "ledger": ledger_document(plan.ledger),
        "rules": [plain(rule) for rule in plan.rules],
        "mood": [plain(note) for note in plan.mood],
    }


def shot_document(shot: shot_pb2.ShotPlan) -> Json:
    return plain(shot) | {"ledger": ledger_document(shot.ledger)}


def changes_document(changes: Iterable[plan_pb2.ShotChange]) -> list[Json]:
    """[{"shot", "kind", "parts", "why", "makes"}]."""
    return [plain(change) for change in changes]


def conform_document(result: job_pb2.ConformResult) -> Json:
    """{"media", "frames", "rate", "gaps", "copied_frames", "encoded_frames"}."""
    return {
        "media": result.media,
        "frames": result.frames,
        "rate": rate_text(result.rate),
        "gaps": [{"start": gap.start, "frames": gap.frames} for gap in result.gaps],
        "copied_frames": result.copied_frames,
        "encoded_frames": result.encoded_frames,
        "notes": list(result.notes),
    }


def job_document(job: job_pb2.Job) -> Json:
    """A job: its state, how far it is, and why it failed if it did."""
    document: Json = {
        "job": job.job_id,
        "kind": job.work.WhichOneof("kind"),
        "state": word(job_pb2.JobState.DESCRIPTOR, job.state),
        "position": job.position,
        "stage": job.progress.stage,
        "done": job.progress.done,
        "total": job.progress.total,
        "note": job.progress.note,
    }
    if job.progress.HasField("seconds_left"):
        document["seconds_left"] = job.progress.seconds_left
    if job.HasField("error"):
        document["error"] = {"name": job.error.name, "message": job.error.message, "mend": job.error.mend}
    return document
