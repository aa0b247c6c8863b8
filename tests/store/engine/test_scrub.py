"""What was deleted stands in no page of the file afterwards, also where SQLite only frees its pages."""

from pathlib import Path

import pytest

from tests import stores

pytestmark = pytest.mark.file_store(reason="the pages of a file")


def test_what_was_deleted_is_in_no_page_and_not_in_the_log(tmp_path: Path) -> None:
    store = stores.opened(tmp_path, "people forget", now_ms=1_795_626_000_000)
    store.rows("PRAGMA secure_delete = OFF")  # as many builds of SQLite have it
    with store.transaction():
        store.connection.run("CREATE TABLE pad (text TEXT)")
        store.connection.run("INSERT INTO pad VALUES (?)", "Quetzalcoatl" * 2000)
    with store.transaction():
        store.connection.run("DELETE FROM pad")
    store.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    assert _stands(tmp_path), "nothing to take out: the test proves nothing"
    store.connection.catalogue.scrub(store.connection)
    assert not _stands(tmp_path)
    store.close()


def _stands(home: Path) -> bool:
    return any(b"Quetzal" in path.read_bytes() for path in home.rglob("*") if path.is_file())
