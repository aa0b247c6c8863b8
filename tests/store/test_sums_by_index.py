"""Sums over a year of bookings, payments and expenses are answered by an index, not by the rows."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from cowork_cli.domain.period import Period
from cowork_cli.paths import locate
from cowork_cli.store import bank, expenses
from cowork_cli.store.engine.store import Store
from tests.stores import open_store

pytestmark = pytest.mark.file_store(reason="plans of SQLite")


YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def asked(tmp_path: Any) -> Iterator[tuple[Store, list[str]]]:
    """A store, and the plan of every query that is asked of it from now on."""
    store = open_store(
        locate({"COWORK_HOME": str(tmp_path)}), now_ms=0, command="x", expected=False, note=print
    )
    plans: list[str] = []

    def rows(sql: str, *values: object) -> list[Any]:
        plans.extend(
            row.detail for row in store.connection.rows(f"EXPLAIN QUERY PLAN {sql}", *values)
        )
        return store.connection.rows(sql, *values)

    store.rows = rows  # type: ignore[method-assign]
    yield store, plans
    store.close()


def test_what_was_paid(asked: tuple[Store, list[str]]) -> None:
    store, plans = asked
    expenses.paid(store, YEAR, YEAR)
    scans = [plan for plan in plans if plan.startswith("SCAN x")]
    assert set(scans) == {"SCAN x USING COVERING INDEX expenses_in_sum"}


def test_what_a_statement_may_know_already(asked: tuple[Store, list[str]]) -> None:
    store, plans = asked
    bank.known(store, 1, date(2026, 1, 1), date(2026, 1, 31))
    assert "bank_bookings_by_day" in plans[0]
    bank.payments(store)
    bank.bookings(store, YEAR)
    assert not [plan for plan in plans if plan.startswith("SCAN l") or plan == "SCAN b"]
