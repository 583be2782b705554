"""What a client asks of the videos interface, read from JSON or from a multipart form, and checked.

Bracketed names of a form are read as what they stand for: `video[id]=video_1` is {"video": {"id": "video_1"}}, and
`characters[][id]=char_1` is {"characters": [{"id": "char_1"}]}.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from aiohttp import BodyPartReader, web

from secondunit_bridge.asking import read_size
from secondunit_bridge.errors import BadInput, TooLarge
from secondunit_bridge.gateway.guard import READ_SECONDS
from secondunit_bridge.timing import Rate, parse_seconds

RATE = Rate(24)
THEIR_SIZES = ("720x1280", "1280x720", "1024x1792", "1792x1024")
THEIR_SECONDS = ("4", "8", "12")
# Each model is a quality of ours; the names with dates are theirs.
MODELS: dict[str, Literal["draft", "preview", "final"]] = {
    "sora-2": "preview", "sora-2-2025-10-06": "preview", "sora-2-2025-12-08": "preview",
    "sora-2-pro": "final", "sora-2-pro-2025-10-06": "final",
    "secondunit-draft": "draft", "secondunit-preview": "preview", "secondunit-final": "final",
}  # fmt: skip
LONGEST = 600  # seconds of a video
PROMPT = 32_000  # characters, as theirs
NOTE = 10_000  # characters of a remix, as the engine's notes
FIELD = 256 * 2**10  # bytes of a form's text field
PICTURE = 20 * 2**20  # bytes of a reference
UPLOAD = 1 << 30  # bytes of a video that is only looked at
_NAME = re.compile(r"(\w{1,64})(\[\d{0,3}\])?(?:\[([^\W\d]\w{0,63})\])?")  # name, name[key], name[], name[][key]
_LENGTH = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,3}|/[0-9]{1,3})?")  # exact, and nothing that takes long to work out
_CHARACTER_NAME = re.compile(r"[^\W\d_][\w .'-]{0,79}")
_MAGIC = {b"\x89PNG\r\n\x1a\n": ".png", b"\xff\xd8\xff": ".jpg"}


class BadParameter(BadInput):
    """A field that cannot be: `param` names it, `code` is the interface's word for what is wrong."""

    def __init__(self, param: str, message: str, *, code: str = "invalid_value", mend: str = "") -> None:
        super().__init__(message, mend=mend)
        self.param, self.code = param, code


@dataclass(frozen=True)
class Upload:
    """A file of a form. A picture's bytes are kept, of a video no more than the hash (SHA-256)."""

    sha256: str
    content: bytes = b""


Fields = dict[str, Any]  # a JSON object, with an Upload where a form had a file


@dataclass(frozen=True)
class Order:
    """A video to make. `reference` is a picture and `suffix` its kind; `characters` are ids."""

    prompt: str
    model: str
    seconds: str
    size: str
    frames: int
    width: int
    height: int
    seed: int
    reference: bytes
    suffix: str
    characters: tuple[str, ...]
    notes: tuple[str, ...]


async def read_fields(request: web.Request, *, pictures: frozenset[str] = frozenset()) -> Fields:
    """The fields of a request. Files named in `pictures` are kept, others only hashed. Raises BadInput, TooLarge."""
    async with asyncio.timeout(READ_SECONDS):
        if request.content_type == "application/json":
            try:
                document = json.loads(await request.read() or b"{}")
            except (ValueError, RecursionError):
                raise BadParameter("body", "The body is not JSON.", code="invalid_json") from None
            if not isinstance(document, dict):
                raise BadParameter("body", "The body is not a JSON object.", code="invalid_json")
            return document
    if request.content_type == "multipart/form-data":
        async with asyncio.timeout(10 * READ_SECONDS):
            return await _read_form(request, pictures)
    raise BadParameter("body", f"“{request.content_type}” is not read here.", mend="Send JSON or multipart/form-data.")


async def _read_form(request: web.Request, pictures: frozenset[str]) -> Fields:
    found: Fields = {}
    async for part in await request.multipart():
        named = _NAME.fullmatch(getattr(part, "name", None) or "")
        if named is None or not isinstance(part, BodyPartReader) or len(found) >= 32:
            raise BadParameter("body", "The form has a field that cannot be read.")
        name, listed, inner = named.groups()
        value: Any = await _read_part(part, name, name in pictures)
        if inner and not listed:
            before = found.get(name)
            found[name] = {**(before if isinstance(before, dict) else {}), inner: value}
        elif listed or name in found:
            before = found.get(name, [])
            found[name] = [*(before if isinstance(before, list) else [before]), {inner: value} if inner else value]
        else:
            found[name] = value
    return found


async def _read_part(part: BodyPartReader, name: str, keep: bool) -> str | Upload:
    is_file = part.filename is not None
    limit = PICTURE if is_file and keep else UPLOAD if is_file else FIELD
    digest, kept, size = hashlib.sha256(), bytearray(), 0
    while chunk := await part.read_chunk(1 << 16):
        size += len(chunk)
        if size > limit:
            raise TooLarge(f"The field {name} is over {limit} bytes.", mend="Send less.")
        digest.update(chunk)
        if keep or not is_file:
            kept += chunk
    if is_file:
        return Upload(digest.hexdigest(), bytes(kept))
    return kept.decode("utf-8")


def check_names(fields: Fields, *known: str) -> None:
    """Refuse a field that nobody reads. Raises BadParameter."""
    for name in fields:
        if name not in known:
            mend = f"Known are: {', '.join(known)}."
            raise BadParameter(name, f"Unknown parameter: “{name}”.", code="unknown_parameter", mend=mend)


def read_order(fields: Fields) -> Order:
    """The order of a new video. Raises BadParameter."""
    check_names(fields, "prompt", "model", "seconds", "size", "input_reference", "characters", "seed")
    model = _text(fields, "model", "sora-2")
    if model not in MODELS:
        raise BadParameter("model", f"There is no model “{model}”.", mend=f"Known are: {', '.join(MODELS)}.")
    seconds, frames = read_seconds(fields, "4")
    size = _text(fields, "size", "720x1280")
    try:
        width, height = read_size(size)
    except BadInput as fault:
        raise BadParameter("size", fault.message, mend=fault.mend) from None
    reference, suffix = _read_reference(fields.get("input_reference"))
    notes = []
    if size not in THEIR_SIZES:
        notes.append(f"The size {size} is one of ours; Sora knew {', '.join(THEIR_SIZES)}.")
    if seconds not in THEIR_SECONDS:
        notes.append(f"{seconds} seconds are a length of ours; Sora knew {', '.join(THEIR_SECONDS)}.")
    if reference:
        notes.append("The reference is read as a mood board: its light, palette and look, not its pixels.")
    prompt = read_prompt(fields, PROMPT)
    characters = _read_characters(fields.get("characters"))
    seed = _read_seed(fields.get("seed", 0))
    return Order(prompt, model, seconds, size, frames, width, height, seed, reference, suffix, characters, tuple(notes))


def read_prompt(fields: Fields, most: int) -> str:
    """The prompt. Raises BadParameter."""
    prompt = _text(fields, "prompt", "")
    if not prompt.strip():
        raise BadParameter("prompt", "Missing required parameter: “prompt”.", code="missing_required_parameter")
    if len(prompt) > most:
        raise BadParameter("prompt", f"The prompt is over {most:,} characters.", code="string_above_max_length")
    return prompt


def read_seconds(fields: Fields, default: str) -> tuple[str, int]:
    """The length as said, and in frames. Raises BadParameter."""
    said = _text(fields, "seconds", default).strip()
    try:
        if not _LENGTH.fullmatch(said):
            raise BadInput(f"“{said[:40]}” is not a duration.", mend="Give seconds such as 4, 2.5 or 7/2.")
        frames = RATE.frames(parse_seconds(said))
    except BadInput as fault:
        raise BadParameter("seconds", fault.message, mend=fault.mend) from None
    if not 1 <= frames <= RATE.frames(Fraction(LONGEST)):
        raise BadParameter("seconds", f"A video cannot last {said} seconds.", mend=f"Use up to {LONGEST}.")
    return said, frames


def read_video_reference(fields: Fields) -> str | Upload:
    """The video that is meant: an id, or an uploaded file. Raises BadParameter."""
    video = fields.get("video")
    if isinstance(video, Mapping) and isinstance(video.get("id"), str):
        return str(video["id"])
    if isinstance(video, Upload | str) and video:
        return video
    raise BadParameter("video", "Missing required parameter: “video”.", code="missing_required_parameter")


def read_character(fields: Fields) -> tuple[str, str]:
    """Name and hash of the upload. Raises BadParameter."""
    check_names(fields, "name", "video")
    name, video = _text(fields, "name", "").strip(), fields.get("video")
    if not _CHARACTER_NAME.fullmatch(name):
        raise BadParameter("name", "A character needs a name of up to 80 letters.", code="missing_required_parameter")
    if not isinstance(video, Upload):
        raise BadParameter("video", "Missing required parameter: “video”.", code="missing_required_parameter")
    return name, video.sha256


def _text(fields: Fields, name: str, default: str) -> str:
    value = fields.get(name)
    if value is None:
        return default
    if isinstance(value, int | float) and not isinstance(value, bool) and name == "seconds":
        return f"{value:g}"
    if not isinstance(value, str):
        raise BadParameter(name, f"“{name}” is not a string.", code="invalid_type")
    if "\0" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
        raise BadParameter(name, f"“{name}” is not text.")
    return value


def _read_seed(value: object) -> int:
    """A whole number from 0; a form sends it as text. Raises BadParameter."""
    text = str(value)
    if isinstance(value, bool) or not text.isdecimal() or len(text) > 18:
        raise BadParameter("seed", "The seed is not a whole number from 0.")
    return int(text)


def _read_characters(value: object) -> tuple[str, ...]:
    """[{"id": …}] or ids. Raises BadParameter."""
    items = value if isinstance(value, list) else [] if value is None else [value]
    ids = [item.get("id") if isinstance(item, Mapping) else item for item in items]
    named = tuple(each for each in ids if isinstance(each, str))
    if len(named) != len(ids):
        raise BadParameter("characters", "“characters” is not a list of ids.", code="invalid_type")
    return named


def _read_reference(value: object) -> tuple[bytes, str]:
    """The picture's bytes and suffix; both empty without one. Nothing is fetched. Raises BadParameter."""
    if value is None or value == "":
        return b"", ""
    if isinstance(value, Mapping):
        value = _from_address(value)
    if not isinstance(value, Upload):
        raise BadParameter("input_reference", "“input_reference” is neither a file nor an object.", code="invalid_type")
    for magic, suffix in _MAGIC.items():
        if value.content.startswith(magic):
            return value.content, suffix
    if value.content[:4] == b"RIFF" and value.content[8:12] == b"WEBP":
        return value.content, ".webp"
    raise BadParameter("input_reference", "The reference is no PNG, JPEG or WebP picture.", code="invalid_image")


def _from_address(value: Mapping[str, Any]) -> Upload:
    address = value.get("image_url")
    head, _, data = address.partition(",") if isinstance(address, str) else ("", "", "")
    if not (head.startswith("data:image/") and head.endswith(";base64")):
        raise BadParameter(
            "input_reference", "Only a file, or an image_url with a data: address, is read here; nothing is fetched.",
            mend="Upload the picture.",
        )  # fmt: skip
    try:
        content = base64.b64decode(data, validate=True)
    except binascii.Error:
        raise BadParameter("input_reference", "The data: address is not base64.", code="invalid_image") from None
    return Upload(hashlib.sha256(content).hexdigest(), content)
