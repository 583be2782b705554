"""The books notice every edit and name the first bad row."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from secondunit_engine.provenance.identity import Identity, load_identity
from secondunit_engine.provenance.ledger import (
    DATABASE,
    Kind,
    append,
    log_render,
    read_ledger,
    verify_ledger,
    write_checkpoint,
)
from secondunit_engine.provenance.manifest import Manifest


@pytest.fixture
def project(tmp_path: Path, identity: Identity) -> Path:
    """Six rows: five deletions with a checkpoint after the third."""
    for number in range(5):
        append(tmp_path, Kind.DELETION, {"path": f"takes/{number}", "method": "unlink"})
        if number == 2:
            write_checkpoint(tmp_path, identity)
    return tmp_path


def _attack(project: Path, *statements: str) -> None:
    """What somebody with the file could do: the triggers are gone, then the rows are edited."""
    with closing(sqlite3.connect(project / DATABASE)) as database:
        database.executescript("DROP TRIGGER ledger_never_changes; DROP TRIGGER ledger_never_forgets;")
        for statement in statements:
            database.execute(statement)
        database.commit()


def test_untouched_books_are_intact(project: Path, identity: Identity) -> None:
    verdict = verify_ledger(project, identity.public_key)
    assert verdict.intact
    assert verdict.rows == 6
    assert [row.number for row in read_ledger(project)] == [1, 2, 3, 4, 5, 6]


def test_rows_cannot_be_changed_or_removed_through_sql(project: Path) -> None:
    with closing(sqlite3.connect(project / DATABASE)) as database:
        for statement in ("UPDATE ledger SET body = '{}' WHERE number = 2", "DELETE FROM ledger WHERE number = 2"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                database.execute(statement)


@pytest.mark.parametrize(
    ("statement", "first_bad"),
    [
        ('UPDATE ledger SET body = \'{"path":"other"}\' WHERE number = 2', 2),
        ("UPDATE ledger SET time = '2020-01-01' WHERE number = 5", 5),
        ("UPDATE ledger SET kind = 'approval' WHERE number = 1", 1),
        ("UPDATE ledger SET body = 'no json' WHERE number = 3", 3),
        ("DELETE FROM ledger WHERE number = 3", 3),
        ("DELETE FROM ledger WHERE number = 1", 1),
        ("UPDATE ledger SET number = 9 WHERE number = 2", 2),
    ],
)
def test_an_edited_or_deleted_row_is_named(project: Path, identity: Identity, statement: str, first_bad: int) -> None:
    _attack(project, statement)
    verdict = verify_ledger(project, identity.public_key)
    assert not verdict.intact
    assert verdict.first_bad == first_bad, verdict


def test_a_chain_rewritten_from_a_row_on_is_found_by_the_checkpoint(
    project: Path, identity: Identity, tmp_path_factory: pytest.TempPathFactory
) -> None:
    forged = tmp_path_factory.mktemp("forged")
    for number in range(6):
        append(forged, Kind.DELETION, {"path": f"nothing/{number}", "method": "unlink"})
    shutil.copy(forged / DATABASE, project / DATABASE)
    verdict = verify_ledger(project, identity.public_key)
    assert not verdict.intact
    assert verdict.first_bad == 1


def test_a_database_put_back_to_an_older_day_is_found_by_an_exported_checkpoint(
    project: Path, identity: Identity
) -> None:
    with closing(sqlite3.connect(project / DATABASE)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(project / DATABASE, project / "older")
    append(project, Kind.APPROVAL, {"by": "A. Name"})
    exported = write_checkpoint(project, identity)
    for name in (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm"):
        (project / name).unlink(missing_ok=True)
    shutil.copy(project / "older", project / DATABASE)
    verdict = verify_ledger(project, identity.public_key, (exported,))
    assert not verdict.intact
    assert verdict.first_bad == 7
    assert "missing" in verdict.message


def test_a_checkpoint_by_another_key_is_refused(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    stranger = load_identity(tmp_path_factory.mktemp("stranger") / "identity")
    verdict = verify_ledger(project, stranger.public_key)
    assert not verdict.intact
    assert "was not signed" in verdict.message


def test_a_take_is_entered_once(tmp_path: Path, manifest: Manifest) -> None:
    first = log_render(tmp_path, "sh010", 1, manifest)
    again = log_render(tmp_path, "sh010", 1, manifest)
    assert first == again
    assert first.body["manifest"] == manifest.hash
    assert len(read_ledger(tmp_path)) == 1


def test_writers_at_the_same_time_make_one_chain(tmp_path: Path, identity: Identity) -> None:
    append(tmp_path, Kind.DELETION, {"writer": "first"})

    def write(name: str) -> None:
        for number in range(5):
            append(tmp_path, Kind.DELETION, {"writer": name, "number": number})

    threads = [threading.Thread(target=write, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert verify_ledger(tmp_path, identity.public_key).rows == 16
    assert verify_ledger(tmp_path, identity.public_key).intact
