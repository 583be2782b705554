"""The demo: one morning of a second unit. A screenplay page becomes takes, a retake, a relight and a conformed cut."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from secondunit.v1 import job_pb2, look_pb2
from secondunit_bridge import documents
from secondunit_bridge.client import Client, settings
from secondunit_bridge.commands import follow
from secondunit_bridge.errors import NotFound
from secondunit_bridge.launch import engine
from secondunit_bridge.terminal import clock, say

SCREENPLAY = "last_light_on_stage_nine.fountain"
SIZE = (480, 270)
FRAMES = 36
NOTE = "85mm, slow push in"
RELIT = "sh020"
RETAKEN = "sh030"


@dataclass
class _Clapper:
    """Says what is being shot, and how long it took."""

    began: float

    def say(self, words: str) -> None:
        say(f"[{clock(time.monotonic() - self.began)}] {words}")


def run_demo(folder: Path) -> tuple[dict[str, Any], str]:
    """Shoot, retake, relight and conform in `folder`; returns the document and the words for a person."""
    page = find_example(SCREENPLAY)
    clapper = _Clapper(time.monotonic())
    with engine() as client:
        clapper.say(f"Shooting {page.name}: three scenes, one shot each.")
        shot = _shoot(client, folder, page)
        clapper.say(f"{RETAKEN} again, with the director's note “{NOTE}”.")
        retaken = follow(client, client.retake(folder, RETAKEN, NOTE)).shoot
        clapper.say(f"{RELIT} relit for dusk: candles up a stop, sun warmer and down two. Nothing is rendered again.")
        relit = follow(client, client.relight(folder, RELIT, _candlelight())).shoot
        clapper.say("Conforming the cut.")
        master = follow(client, client.conform(folder, folder / "cut.otio", folder / "deliveries" / "cut.mov")).conform
    clapper.say("That is a wrap.")
    document = {
        "shoot": documents.shoot_document(shot),
        "retake": documents.shoot_document(retaken),
        "relight": documents.shoot_document(relit),
        "conform": documents.conform_document(master),
        "contact_sheet": str(folder / "contact-sheet.png"),
        "seconds": round(time.monotonic() - clapper.began, 1),
    }
    return document, _told(folder, master, retaken, relit)


def find_example(name: str) -> Path:
    """An example brief: beside the clone, or inside the installed package. Raises NotFound."""
    here = Path(__file__).resolve().parent
    for folder in (here / "examples", here.parent.parent / "examples"):
        if (folder / name).is_file():
            return folder / name
    raise NotFound(f"The example {name} is not installed.", mend="Run the demo from a clone.")


def _shoot(client: Client, folder: Path, page: Path) -> job_pb2.ShootResult:
    wanted = settings(width=SIZE[0], height=SIZE[1], quality="draft", frames=FRAMES, seed=7)
    text = page.read_text("utf-8")
    return follow(client, client.shoot(folder, text, kind="fountain", name=page.stem, settings=wanted)).shoot


def _candlelight() -> look_pb2.LookChange:
    return look_pb2.LookChange(
        lights=[
            look_pb2.LightChange(group="candles", exposure=1.0),
            look_pb2.LightChange(group="sun", exposure=-2.0, temperature_shift=1200),
            look_pb2.LightChange(group="sky", exposure=-1.5),
        ]
    )


def _told(folder: Path, master: job_pb2.ConformResult, retaken: job_pb2.ShootResult, relit: job_pb2.ShootResult) -> str:
    seconds = master.frames * master.rate.denominator / master.rate.numerator
    copied = f"{master.copied_frames} of {master.frames} frames copied without encoding them again"
    lines = [
        f"The cut, with sound     {master.media}  ({clock(seconds)}, {copied})",
        f"The timeline            {folder / 'cut.otio'}  (open it in Resolve, Premiere or Blender)",
        f"The contact sheet       {folder / 'contact-sheet.png'}",
        f"Every take              {folder / 'shots'}",
        f"The retake made again   {', '.join(retaken.takes[0].made)}; kept {', '.join(retaken.takes[0].reused)}",
        f"The relight made again  {', '.join(relit.takes[0].made)}; kept {', '.join(relit.takes[0].reused)}",
        f"Is it ours, intact?     secondunit verify {master.media}",
    ]
    return "\n".join(lines)
