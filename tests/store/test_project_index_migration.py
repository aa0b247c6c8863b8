"""From the first schema: a report by project reads one index, and no fact of an hour has changed."""

from datetime import datetime
from pathlib import Path

import pytest

from cowork_cli.domain.period import Period
from cowork_cli.services.hours import reports
from tests.conftest import Cowork
from tests.store import older
from tests.store.test_space_zone_migration import opened

pytestmark = pytest.mark.file_store(reason="the file of an older schema")


DAY = int(datetime.fromisoformat("2026-11-23T09:00:00+01:00").timestamp())


def test_hours_of_the_first_schema_are_summed_from_the_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cowork: Cowork
) -> None:
    with older.schema(monkeypatch, 1):
        store = opened(tmp_path / "home", expected=False)
        with store.transaction() as journal:
            client = journal.insert(
                "clients", {"slug": "acme", "name": "A", "type": "business", "currency": "EUR"}
            )
            project = journal.insert("projects", {"client_id": client, "slug": "x"})
            for number, billable in enumerate((1, 0)):
                start = DAY + number * 7200
                row = {"project_id": project, "from_at": start, "to_at": start + 3600}
                more = {"timezone": "Europe/Berlin", "day": "2026-11-23", "billable": billable}
                journal.insert("entries", {**row, **more})
        store.close()
    store = opened(tmp_path / "home", expected=True)
    try:
        (row,) = reports.hours(store, Period(None, None), "project")
        assert (row.key, row.duration_s, row.billable_s) == ("acme/x", 7200, 3600)
        plan = store.rows(
            "EXPLAIN QUERY PLAN SELECT project_id, sum((to_at - from_at) * billable), "
            "sum((to_at - from_at) * (invoice_id IS NOT NULL)) FROM entries GROUP BY project_id"
        )
        assert [step.detail for step in plan] == [
            "SCAN entries USING COVERING INDEX entries_by_project"
        ]
    finally:
        store.close()
    monkeypatch.setenv("COWORK_HOME", str(tmp_path / "home"))
    assert cowork("data", "verify", "--json").code == 0
