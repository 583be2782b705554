"""A project on disk: a folder the user owns, readable without us.

myfilm/
  secondunit.toml                 rate, size, quality, seed
  project.sqlite                  takes and the ledger
  cut.otio                        the project's timeline
  shots/sh010/shot.usda           sublayers: camera, lights, motion, cast, set
  shots/sh010/takes/001/          picture.mov, frames/*.exr, sound/, cues.json, manifest.json, *.c2pa
  cache/                          stage products by hash; may be deleted, is made again
  looks/                          LUTs that mood boards led to
  library/                        assets of others, checked and credited
  deliveries/                     masters
"""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from secondunit_bridge.errors import BadInput, NotFound, NotReady, Unwritable
from secondunit_bridge.timing import Rate
from secondunit_engine.finish.look import Look
from secondunit_engine.planning.plan import Settings, ShotPlan
from secondunit_engine.products import ProductStore
from secondunit_engine.script.brief import Brief

_SHOT_ID = re.compile(r"sh\d{3,6}[A-Z]{0,2}")
_TAKES = """
CREATE TABLE IF NOT EXISTS takes (
  shot TEXT NOT NULL, number INTEGER NOT NULL, record TEXT NOT NULL, PRIMARY KEY (shot, number)
) WITHOUT ROWID
"""


@dataclass(frozen=True)
class TakeRecord:
    """One take of a shot: everything needed to shoot it again, or to change one thing in it.

    `products` pairs each stage with its key, in the order of the pipeline. `parent` is the take it came from, or 0.
    """

    shot: ShotPlan
    number: int
    settings: Settings
    look: Look
    products: tuple[tuple[str, str], ...]
    watermark: int
    brief: Brief
    groups: tuple[str, ...] = ()
    parent: int = 0
    note: str = ""

    @property
    def name(self) -> str:
        """The take's number as it is slated, "001"."""
        return f"{self.number:03d}"

    @property
    def picture(self) -> str:
        return dict(self.products)["picture"]


_RECORD = TypeAdapter(TakeRecord)


class Project:
    """An open project folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = ProductStore(folder / "cache")

    @classmethod
    def open(cls, folder: Path, *, create: bool = False, defaults: Settings | None = None) -> Project:
        """Open a project; with `create`, make one where there is none yet. Raises NotFound, Unwritable, BadInput."""
        if not (folder / "secondunit.toml").is_file():
            if not create:
                raise NotFound(f"There is no project in {folder}.", mend="Shoot a brief there first, or name another.")
            _create(folder, defaults or Settings())
        if not os.access(folder, os.W_OK):
            raise Unwritable(f"The folder {folder} cannot be written.", mend="Choose a folder of your own.")
        project = cls(folder)
        with project.database() as database:
            database.execute(_TAKES)
        return project

    @contextmanager
    def database(self) -> Iterator[sqlite3.Connection]:
        """One transaction on project.sqlite: committed whole, or not at all."""
        connection = sqlite3.connect(self.folder / "project.sqlite", timeout=30)
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            with connection:
                yield connection
        finally:
            connection.close()

    def settings(self) -> Settings:
        """The project's own settings. Raises BadInput if secondunit.toml is broken."""
        try:
            values = tomllib.loads((self.folder / "secondunit.toml").read_text("utf-8"))
            width, height = (int(side) for side in values["size"].split("x"))
            rate = Rate.parse(values["rate"])
            return Settings(rate=rate, width=width, height=height, quality=values["quality"], seed=values["seed"])
        except (KeyError, ValueError, AttributeError, UnicodeDecodeError):
            raise BadInput(
                f"{self.folder / 'secondunit.toml'} cannot be read.",
                mend='It needs rate = "24/1", size = "854x480", quality = "preview" and seed = 0.',
            ) from None

    def keep_look(self, cube: str) -> Path:
        """Write a look's .cube file under the name of its content and return its path."""
        path = self.folder / "looks" / f"{hashlib.blake2b(cube.encode(), digest_size=8).hexdigest()}.cube"
        if not path.is_file():
            path.parent.mkdir(exist_ok=True)
            part = path.with_suffix(".part")
            part.write_text(cube, "utf-8")
            os.replace(part, path)
        return path

    def shot_folder(self, shot: str) -> Path:
        if not _SHOT_ID.fullmatch(shot):
            raise BadInput(f"“{shot}” is not a shot.", mend="Shots are called sh010, sh020 and so on.")
        return self.folder / "shots" / shot

    def take_folder(self, take: TakeRecord) -> Path:
        return self.shot_folder(take.shot.id) / "takes" / take.name

    def takes(self, shot: str | None = None) -> list[TakeRecord]:
        """All takes, by shot and number."""
        query = "SELECT record FROM takes" + (" WHERE shot = ?" if shot else "") + " ORDER BY shot, number"
        with self.database() as database:
            rows = database.execute(query, (shot,) if shot else ()).fetchall()
        try:
            return [_RECORD.validate_json(row[0]) for row in rows]
        except ValidationError as fault:
            raise NotReady(
                f"The takes of {self.folder} were recorded by another version of Second Unit.",
                mend="Open the project with that version; the files of its takes are all there.",
            ) from fault

    def take(self, shot: str, number: int | None = None) -> TakeRecord:
        """A take by number, or the last one. Raises NotFound."""
        takes = [take for take in self.takes(shot) if number in (None, take.number)]
        if not takes:
            wanted = shot if number is None else f"{shot} take {number:03d}"
            known = ", ".join(sorted({take.shot.id for take in self.takes()})) or "none yet"
            raise NotFound(f"There is no {wanted} in this project.", mend=f"Its shots are: {known}.")
        return takes[-1]

    def add_take(self, take: TakeRecord) -> None:
        with self.database() as database:
            row = (take.shot.id, take.number, _RECORD.dump_json(take).decode())
            database.execute("INSERT INTO takes VALUES (?, ?, ?)", row)

    def next_number(self, shot: str) -> int:
        """One more than any take of the shot, on record or in its folder."""
        folder = self.shot_folder(shot) / "takes"
        on_disk = [int(path.name) for path in folder.glob("*") if path.name.isdigit()] if folder.is_dir() else []
        return max([0, *on_disk, *(take.number for take in self.takes(shot))]) + 1


def _create(folder: Path, defaults: Settings) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        text = (
            "# A Second Unit project. These are its defaults; each command can override them.\n"
            f'rate = "{defaults.rate}"\nsize = "{defaults.width}x{defaults.height}"\n'
            f'quality = "{defaults.quality}"\nseed = {defaults.seed}\n'
        )
        temporary = folder / ".secondunit.toml.part"
        temporary.write_text(text, "utf-8")
        os.replace(temporary, folder / "secondunit.toml")
    except (PermissionError, NotADirectoryError, FileExistsError, OSError) as fault:
        raise Unwritable(
            f"No project can be made in {folder}: {fault.strerror}.", mend="Choose another folder."
        ) from None
