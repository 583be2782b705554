"""Cues in a Pro Tools session's text export, with the tags that ADR tools read: {QN=} {CN=} {P=} {R=} [EFF].

Each cue is a clip on the track of its character or kind; its colour and id ride in tags of our own, {Colour=} {SU=}.
The session's markers list says the same once more, for people. Pro Tools itself does not read this file back; the tools
of sound departments do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from secondunit_bridge.errors import BadInput
from secondunit_bridge.exchange.colours import OTIO
from secondunit_bridge.exchange.cue_marker import CueMarker, one_line, split_note
from secondunit_bridge.timing import Rate

_RATES = {
    "24/1": "24", "25/1": "25", "30/1": "30", "60/1": "60", "24000/1001": "23.976", "30000/1001": "29.97",
    "60000/1001": "59.94",
}  # fmt: skip
_TAG = re.compile(r"\{([A-Za-z]\w*)=([^}]*)\}|\[([A-Za-z]\w*)\]")
_CLIP = re.compile(r"\d+\s*\t\d+\s*\t([^\t]*)\t\s*([\d:;.]+)\s*\t\s*([\d:;.]+)\s*\t.*\t\s*(?:Unmuted|Muted)\s*")
_COLUMNS = "CHANNEL \tEVENT   \tCLIP NAME                     \tSTART TIME    \tEND TIME      \tDURATION      \tSTATE\n"
_LISTING = "#   \tLOCATION     \tTIME REFERENCE    \tUNITS    \tNAME                             \tCOMMENTS\n"


def to_session(markers: Sequence[CueMarker], rate: Rate, start: int, name: str, *, drop: bool) -> str:
    """The session text. Raises BadInput at a rate that Pro Tools has not."""
    if str(rate) not in _RATES:
        raise BadInput(f"Pro Tools has no sessions at {rate}.", mend="Use EDL, CSV, FCP7 XML or OTIO.")
    tracks: dict[str, list[CueMarker]] = {}
    for each in markers:
        tracks.setdefault(one_line(each.character if each.kind == "dialogue" else each.kind) or "Cues", []).append(each)
    frame = f"{_RATES[str(rate)]}{' Drop' if drop else ''} Frame"
    head = (
        f"SESSION NAME:\t{one_line(name)}\nSAMPLE RATE:\t48000.000000\nBIT DEPTH:\t24-bit\n"
        f"SESSION START TIMECODE:\t{rate.timecode(start, drop=drop)}\nTIMECODE FORMAT:\t{frame}\n"
        f"# OF AUDIO TRACKS:\t{len(tracks)}\n# OF AUDIO CLIPS:\t{len(markers)}\n# OF AUDIO FILES:\t0\n\n\n"
    )
    body = "".join(_track(title, cues, rate, drop) for title, cues in tracks.items())
    listing = "".join(_listed(number, each, rate, start, drop) for number, each in enumerate(markers, start=1))
    listed = f"M A R K E R S  L I S T I N G\n{_LISTING}{listing}" if markers else ""
    return f"{head}T R A C K  L I S T I N G\n{body}{listed}"


def _listed(number: int, each: CueMarker, rate: Rate, start: int, drop: bool) -> str:
    """One row of the markers list."""
    place = f"{rate.timecode(each.frame, drop=drop)}  \t{rate.samples(each.frame - start)}          \tSamples  "
    return f"{number}   \t{place}\t{_plain(each.name)}\t{_plain(each.note)}\n"


def _track(title: str, cues: Sequence[CueMarker], rate: Rate, drop: bool) -> str:
    rows = [
        f"1       \t{number}       \t{_clip_name(each)}\t{rate.timecode(each.frame, drop=drop)}\t"
        f"{rate.timecode(each.frame + each.frames, drop=drop)}\t{rate.timecode(each.frames, drop=drop)}\tUnmuted\n"
        for number, each in enumerate(cues, start=1)
    ]
    return f"TRACK NAME:\t{title}\nCOMMENTS:\t\nUSER DELAY:\t0 Samples\nSTATE: \n{_COLUMNS}{''.join(rows)}\n\n"


def _clip_name(each: CueMarker) -> str:
    """The line (or the name), then the tags."""
    tags = {"Name": each.name, "QN": _cue_number(each)} if each.kind == "dialogue" else {"Name": each.name}
    if each.kind == "dialogue" and each.character:
        tags |= {"CN": str(sum(each.character.encode()) % 1000), "Char": each.character}
    tags |= {"P": str(each.priority)} if each.priority else {}
    tags |= {"R": each.reason, "Note": each.note, "Colour": each.colour, "SU": each.id}
    told = "".join(f" {{{key}={_plain(value)}}}" for key, value in tags.items() if _plain(value))
    effort = " [EFF]" if each.kind == "dialogue" and not each.line.strip() else ""
    return f"{_plain(each.line or each.name) or 'cue'}{told}{effort}"


def _cue_number(each: CueMarker) -> str:
    shot, _, rest = each.id.partition(":")
    return f"{shot}-{rest.rpartition('-')[2]}" if rest else "X1"


def _plain(text: str) -> str:
    """Text without what the tags are made of."""
    return one_line(text).translate(str.maketrans("{}[]$", "()()S"))


def from_session(text: str, rate: Rate) -> list[CueMarker]:
    """The cues of a session's tracks. Raises BadInput for a text that is no session, or broken timecode."""
    if not text.lstrip().startswith("SESSION NAME:"):
        raise BadInput("This is not a Pro Tools session's text export.", mend="File > Export > Session Info as Text.")
    drop = " Drop Frame" in text.partition("# OF AUDIO TRACKS")[0] and rate.drops
    found: list[CueMarker] = []
    track = ""
    for line in text.splitlines():
        if line.startswith("TRACK NAME:"):
            track = line.partition("\t")[2].strip()
        elif match := _CLIP.fullmatch(line):
            tags = {each[1] or each[3]: each[2] or "" for each in _TAG.finditer(match[1])}
            words = _TAG.sub("", match[1]).strip()
            note, old = split_note(tags.get("Note", ""))
            begin, end = (rate.frame_of(match[index], drop=drop) for index in (2, 3))
            colour = tags.get("Colour", "").upper()
            spoken = "Char" in tags or "QN" in tags
            found.append(
                CueMarker(
                    tags.get("SU", old), begin, max(1, end - begin), tags.get("Name", words),
                    colour if colour in OTIO else "RED", note, kind="dialogue" if spoken else track,
                    line=words if spoken else "", character=tags.get("Char", ""),
                    priority=int(tags["P"]) if tags.get("P", "").isdigit() else 0, reason=tags.get("R", ""),
                )
            )  # fmt: skip
    return found
