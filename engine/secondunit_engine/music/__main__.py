"""Prints a track's markers as one JSON document: python -m secondunit_engine.music TRACK RATE [BPM]."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from secondunit_bridge.errors import SecondUnitError
from secondunit_bridge.timing import Rate
from secondunit_engine.music.markers import map_track, music_document


def main(track: str, rate: str, bpm: str = "") -> None:
    try:
        document = music_document(map_track(Path(track), float(bpm) if bpm else None), Rate.parse(rate))
    except SecondUnitError as error:
        document = {"error": {"name": type(error).__name__, "message": error.message, "mend": error.mend}}
    json.dump(document, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
