"""Many records at once: as the journal would have them one by one, and only where they were to land."""

import json
from pathlib import Path

import pytest

from cowork_cli.store import bank
from cowork_cli.store.engine.integrity import broken_links
from cowork_cli.store.engine.record_json import compact, compact_many
from tests.bench.generate import open_home

ODD = (
    (1, "a%s 100 %", "x", None, 0),
    (2, 'quote " and \\', "x", "line\nend\x01", 0),
    (3, "ü\x7f\u2028", "x", None, 0),
)
NAMES = ("id", "text", "same", "some", "zero")


def test_a_batch_is_written_as_each_record_alone_would_be() -> None:
    alone = [compact(dict(zip(NAMES, record, strict=True))) for record in ODD]
    assert list(compact_many(NAMES, ODD)) == alone
    assert [json.loads(text) for text in alone] == [dict(zip(NAMES, r, strict=True)) for r in ODD]
    assert list(compact_many(NAMES, ODD[:1])) == alone[:1]
    assert list(compact_many(NAMES, [])) == []


def _row(account: int) -> tuple[object, ...]:
    return (
        account,
        "2026-11-24",
        None,
        -1,
        "EUR",
        None,
        None,
        "x",
        None,
        None,
        None,
        None,
        "csv",
        0,
    )


def test_a_batch_lands_where_it_was_to_and_nowhere_else(tmp_path: Path) -> None:
    store = open_home(tmp_path)
    with store.transaction():
        account = bank.add_account(store, "a", None, "u-1")
    with store.rehearsal():
        landing = bank.landing(store)
    batch = bank.batch(store, landing, [_row(account), _row(account)])
    with store.transaction():
        assert list(bank.add_bookings(store, batch)) == [landing.first, landing.first + 1]
    assert broken_links(store.connection) == []
    with pytest.raises(AssertionError), store.transaction():
        bank.add_bookings(store, batch)
    assert store.value("SELECT count(*) FROM bank_bookings") == 2
    assert broken_links(store.connection) == []
