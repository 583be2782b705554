"""Prints a track's markers as one JSON document: python -m secondunit_engine.music TRACK RATE [BPM]."""

from __future__ import annotations

import sys
from pathlib import Path

from secondunit_bridge.timing import Rate
from secondunit_engine.document import print_document
from secondunit_engine.music.markers import map_track, music_document


def main(track: str, rate: str, bpm: str = "") -> int:
    """Map the track and print the document; an error is a document too."""
    return print_document(lambda: music_document(map_track(Path(track), float(bpm) if bpm else None), Rate.parse(rate)))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
