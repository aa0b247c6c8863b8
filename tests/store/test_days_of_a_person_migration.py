"""From the schema before: the day log keeps its rows, ids and places, and bookings are of who made them."""

import sqlite3
from pathlib import Path

import pytest

from cowork_cli.store.engine import migrate

pytestmark = pytest.mark.file_store(reason="the file of an older schema")

ROWS = """
INSERT INTO days (uuid, day, work, tracked_s, note) VALUES ('d1', '2026-11-23', 1, 60, 'x'), ('d2', '2026-11-24', 1, 0, NULL);
INSERT INTO day_stays (uuid, day_id, place, kind, seconds, source) VALUES ('s1', 1, 'home', 'home', 60, 'said');
INSERT INTO day_places (uuid, name, kind, km) VALUES ('p1', 'hafen', 'space', '5.5');
INSERT INTO day_months (uuid, month, other_workplace) VALUES ('m1', '2026-11', 'no');
DELETE FROM days WHERE id = 2;
INSERT INTO changes (uuid, at, command, kind, person) VALUES ('c1', 1, 'booking add', 'do', 'anna');
INSERT INTO bookings (uuid, account, desk_ref, desk_name, space_name, from_at, to_at, timezone, state, created_at, request)
VALUES ('b1', 'local', 'local:h/1', '1', 'H', 1, 2, 'UTC', 'confirmed', 1, ''),
       ('b2', 'local', 'local:h/1', '1', 'H', 5, 6, 'UTC', 'confirmed', 1, '');
INSERT INTO journal (change_id, table_name, row_id, after, chain) VALUES (1, 'bookings', 1, '{}', 'x');
"""


def test_a_store_of_the_schema_before(tmp_path: Path) -> None:
    file = sqlite3.connect(tmp_path / "store.db", isolation_level=None)
    migrate.create(file, until=19)
    file.executescript(ROWS)
    migrate.upgrade_copy(file)
    days = file.execute("SELECT id, day, tracked_s, note, person FROM days").fetchall()
    assert days == [(1, "2026-11-23", 60, "x", "")]
    assert file.execute("SELECT name, km, person FROM day_places").fetchall() == [
        ("hafen", "5.5", "")
    ]
    assert file.execute("SELECT month, other_workplace FROM day_months").fetchall() == [
        ("2026-11", "no")
    ]
    assert file.execute("PRAGMA foreign_key_check").fetchall() == []
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        file.execute("UPDATE day_stays SET day_id = 99")
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        file.execute(
            "INSERT INTO days (uuid, day, work, tracked_s) VALUES ('n', '2026-11-23', 1, 0)"
        )
    file.execute(
        "INSERT INTO days (uuid, day, work, tracked_s, person) VALUES ('n', '2026-11-23', 1, 0, 'anna')"
    )
    assert file.execute("SELECT max(id) FROM days").fetchone() == (3,), "2 was given out before"
    assert file.execute("SELECT made_by FROM bookings ORDER BY id").fetchall() == [("anna",), ("",)]
    file.close()
