"""`python -m secondunit_engine.stills VIDEO FOLDER`: a thumbnail and a sprite sheet of a master, signed.

Writes `thumbnail.webp` (the frame a third in, where a shot has begun to say what it is) and `spritesheet.jpg` (up to
25 frames in even steps, five a row), and prints {"thumbnail", "spritesheet", "columns", "rows", "frames"}.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any, Final

from secondunit_bridge.connection import state_dir
from secondunit_bridge.errors import BadInput, NotFound
from secondunit_engine.document import print_document
from secondunit_engine.provenance.identity import load_identity
from secondunit_engine.provenance.manifest import read_manifest
from secondunit_engine.provenance.sign import SourceType, sign_file

COLUMNS: Final = 5
MOST: Final = 25  # frames on a sheet
THUMBNAIL: Final = 1280  # longer side at most [px]
SPRITE: Final = 320  # longer side at most [px]


def draw_stills(video: Path, folder: Path) -> dict[str, Any]:
    """Draw both and return what there is to know of them. Raises NotFound, BadInput for what is no video."""
    if not video.is_file():
        raise NotFound(f"There is no video {video}.", mend="Conform it again.")
    count = _count(video)
    wanted = sorted({index * count // min(count, MOST) for index in range(min(count, MOST))})
    thumb = count // 3
    frames = _frames(video, {*wanted, thumb})
    _write(_fit(frames[thumb], THUMBNAIL), folder / "thumbnail.webp", video)
    sprites = [_fit(frames[index], SPRITE) for index in wanted]
    columns, rows = min(COLUMNS, len(sprites)), -(-len(sprites) // COLUMNS)
    _write(_sheet(sprites, columns, rows), folder / "spritesheet.jpg", video)
    names = {"thumbnail": "thumbnail.webp", "spritesheet": "spritesheet.jpg"}
    return names | {"columns": columns, "rows": rows, "frames": wanted}


def _count(video: Path) -> int:
    import av
    import av.error

    try:
        with av.open(str(video)) as container:
            count = container.streams.video[0].frames or sum(1 for _ in container.decode(video=0))
    except (av.error.FFmpegError, IndexError) as fault:
        raise BadInput(f"{video.name} is no video: {fault}.", mend="Conform it again.") from fault
    if count < 1:
        raise BadInput(f"{video.name} has no frames.", mend="Conform it again.")
    return count


def _frames(video: Path, wanted: set[int]) -> dict[int, Any]:
    """The wanted frames as RGB images, by index."""
    import av

    found: dict[int, Any] = {}
    with av.open(str(video)) as container:
        for index, frame in enumerate(container.decode(video=0)):
            if index in wanted:
                found[index] = frame.to_image()
            if len(found) == len(wanted):
                break
    return found


def _fit(image: Any, side: int) -> Any:
    scale = side / max(image.size)
    if scale >= 1:
        return image
    return image.resize((max(1, round(image.width * scale)), max(1, round(image.height * scale))))


def _sheet(sprites: list[Any], columns: int, rows: int) -> Any:
    from PIL import Image

    width, height = sprites[0].size
    sheet = Image.new("RGB", (columns * width, rows * height))
    for index, sprite in enumerate(sprites):
        sheet.paste(sprite, (index % columns * width, index // columns * height))
    return sheet


def _write(image: Any, path: Path, video: Path) -> None:
    """Write a picture under the video's manifest, signed as made from it; it appears whole."""
    part = path.with_name(f".{path.stem}.part{path.suffix}")
    try:
        image.save(part, quality=88)
        manifest = read_manifest(video.with_name(f"{video.stem}.manifest.json"))
        identity = load_identity(state_dir() / "identity")
        sign_file(part, manifest, identity, components=(video,), source_type=SourceType.COMPOSITE)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def main(arguments: list[str]) -> int:
    """Draw and print the document; an error is a document too."""
    return print_document(lambda: _run(*arguments))


def _run(*arguments: str) -> dict[str, Any]:
    if len(arguments) != 2:
        raise BadInput("Stills are drawn of one video into one folder.", mend="Give VIDEO FOLDER.")
    return draw_stills(Path(arguments[0]), Path(arguments[1]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
