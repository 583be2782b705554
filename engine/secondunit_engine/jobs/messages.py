"""Between the contract's messages and the engine's own dataclasses.

The two say the same in the same words, so one rule carries them across: a dataclass field travels in the message
field of its name. An enum value is the dataclass's word in capitals under the enum's name ("push in" is
MOVE_KIND_PUSH_IN). A field left out of a message takes the dataclass's default. A test keeps the words equal.
"""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from collections.abc import Mapping, MutableSequence
from enum import StrEnum
from functools import cache
from typing import Any, Literal, TypeVar

from google.protobuf.message import Message

from secondunit.v1 import brief_pb2, job_pb2, plan_pb2, take_pb2
from secondunit_bridge.errors import BadInput
from secondunit_bridge.timing import Rate
from secondunit_engine.jobs import requests
from secondunit_engine.jobs.requests import Request, Result
from secondunit_engine.planning.plan import Plan
from secondunit_engine.script.brief import Brief

T = TypeVar("T")
M = TypeVar("M", bound=Message)

REQUESTS: Mapping[str, type[Any]] = {
    "shoot": requests.ShootRequest,
    "retake": requests.RetakeRequest,
    "relight": requests.RelightRequest,
    "conform": requests.ConformRequest,
    "usdz": requests.UsdzRequest,
    "previs": requests.PrevisRequest,
    "reshoot": requests.ReshootRequest,
}
RESULTS: Mapping[str, type[Any]] = {
    "shoot": requests.ShootResult,
    "conform": requests.ConformResult,
    "usdz": requests.UsdzResult,
    "previs": requests.PrevisResult,
    "reshoot": requests.ReshootResult,
}


def read_work(work: job_pb2.Work) -> Request:
    """The request inside a Work message. Raises BadInput when it is empty or lacks a field."""
    kind = work.WhichOneof("kind")
    if kind is None:
        raise BadInput("The job does not say what to do.", mend="Fill in one of: " + ", ".join(REQUESTS) + ".")
    return from_message(getattr(work, kind), REQUESTS[kind])


def write_work(request: Request) -> job_pb2.Work:
    """The Work message of a request."""
    work = job_pb2.Work()
    kind = next(kind for kind, cls in REQUESTS.items() if isinstance(request, cls))
    _fill(getattr(work, kind), request)
    return work


def read_result(result: job_pb2.Result) -> Result:
    kind = result.WhichOneof("kind")
    if kind is None:
        raise BadInput("The job has no result.", mend="Watch it until it is done.")
    return from_message(getattr(result, kind), RESULTS[kind])


def write_result(result: Result) -> job_pb2.Result:
    """The Result message of what a handler returned."""
    message = job_pb2.Result()
    kind = next(kind for kind, cls in RESULTS.items() if isinstance(result, cls))
    _fill(getattr(message, kind), result)
    return message


def read_brief(brief: brief_pb2.Brief) -> Brief:
    return from_message(brief, Brief)


def read_settings(settings: plan_pb2.Settings) -> requests.SettingsChange:
    return from_message(settings, requests.SettingsChange)


def write_plan(plan: Plan) -> plan_pb2.Plan:
    return to_message(plan, plan_pb2.Plan)


def write_take(take: requests.Take) -> take_pb2.Take:
    return to_message(take, take_pb2.Take)


def to_message(value: object, kind: type[M]) -> M:
    """A message of that kind holding the dataclass's values."""
    message = kind()
    _fill(message, value)
    return message


def from_message(message: Message, kind: type[T]) -> T:
    """The dataclass of that kind holding the message's values. Raises BadInput for a field that must be there."""
    values: dict[str, object] = {}
    for field, annotation in _fields(kind):
        descriptor = message.DESCRIPTOR.fields_by_name[field.name]
        raw = getattr(message, field.name)
        if isinstance(raw, MutableSequence):
            item = typing.get_args(annotation)[0]
            values[field.name] = tuple(_read(descriptor, each, item) for each in raw)
        elif _is_left_out(message, descriptor):
            if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
                name = message.DESCRIPTOR.name
                raise BadInput(f"The field {field.name} of {name} is missing.", mend="Fill it in and try again.")
        else:
            values[field.name] = _read(descriptor, raw, annotation)
    return kind(**values)


def _fill(message: Message, value: object) -> None:
    for field, annotation in _fields(type(value)):
        item = getattr(value, field.name)
        if item is None:
            continue
        descriptor = message.DESCRIPTOR.fields_by_name[field.name]
        inner = getattr(message, field.name)
        many = isinstance(getattr(message, field.name), MutableSequence)
        if descriptor.message_type is not None and many:
            for each in item:
                _fill(inner.add(), each)
        elif descriptor.message_type is not None:
            inner.SetInParent()
            _fill(inner, item)
        elif many:
            inner.extend(item)
        elif descriptor.enum_type is not None:
            setattr(message, field.name, _enum_numbers(descriptor.enum_type, annotation)[str(item)])
        else:
            setattr(message, field.name, item)


def _is_left_out(message: Message, descriptor: Any) -> bool:
    if descriptor.has_presence:
        return not message.HasField(descriptor.name)
    return descriptor.enum_type is not None and getattr(message, descriptor.name) == 0


def _read(descriptor: Any, raw: Any, annotation: Any) -> object:
    if descriptor.message_type is not None:
        if annotation is Rate and raw.denominator == 0:
            raise BadInput("The rate has no denominator.", mend="Use a rate such as 24/1 or 24000/1001.")
        return from_message(raw, annotation)
    if descriptor.enum_type is not None:
        for word, number in _enum_numbers(descriptor.enum_type, annotation).items():
            if number == raw:
                return annotation(word) if isinstance(annotation, type) else word
        raise BadInput(
            f"{raw} is not a value of {descriptor.enum_type.name}.", mend="Use the engine's own version of the client."
        )
    return raw


@cache
def _fields(kind: type[Any]) -> tuple[tuple[dataclasses.Field[Any], Any], ...]:
    """Each field with its type; an optional one with the type that it has when it is there."""
    hints = typing.get_type_hints(kind)
    return tuple((field, _without_none(hints[field.name])) for field in dataclasses.fields(kind))


def _without_none(annotation: Any) -> Any:
    if typing.get_origin(annotation) in (types.UnionType, typing.Union):
        return next(each for each in typing.get_args(annotation) if each is not type(None))
    return annotation


@cache
def _enum_numbers(enum: Any, annotation: Any) -> dict[str, int]:
    """The enum's number for each word of a StrEnum or Literal. KeyError when the contract lacks a word."""
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        words = [str(word) for word in annotation]
    else:
        assert typing.get_origin(annotation) is Literal
        words = list(typing.get_args(annotation))
    prefix = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", enum.name).upper()
    names = {word: f"{prefix}_{re.sub(r'[^A-Z0-9]+', '_', word.upper())}" for word in words}
    return {word: enum.values_by_name[name].number for word, name in names.items()}
