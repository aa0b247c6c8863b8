"""Budgets in hours and in money, and when they warn."""

import os
from pathlib import Path

import pytest

from cowork_cli.paths import locate
from cowork_cli.services.hours import budgets
from cowork_cli.store.clients import project_id_of
from tests.conftest import Cowork
from tests.stores import open_store


def warning(full: str) -> str | None:
    """What `track` would say for a project."""
    store = open_store(
        locate(os.environ), now_ms=1_795_626_000_000, command="test", expected=True, note=print
    )
    try:
        project = project_id_of(store, *full.split("/"))
        assert project is not None
        return budgets.warning(store, project)
    finally:
        store.close()


def row(cowork: Cowork) -> dict[str, object]:
    (found,) = cowork("report", "budget", "--json").data
    assert isinstance(found, dict)
    return found


def test_no_budget_no_row_no_warning(acme: Cowork) -> None:
    assert acme("report", "budget", "--json").data == []
    assert warning("acme/site") is None


@pytest.mark.parametrize(
    ("to", "percent", "state"),
    [("15:59", "79.8", "ok"), ("16:00", "80.0", "warning"), ("18:00", "100.0", "warning")],
)
def test_a_budget_in_hours(acme: Cowork, to: str, percent: str, state: str) -> None:
    acme("project", "edit", "acme/site", "--budget", "10h")
    acme("track", "add", "acme/site", "--from", "8:00", "--to", to)
    found = row(acme)
    assert list(found) == [
        "project", "budget_s", "used_s", "budget", "used", "percent", "state",
    ]  # fmt: skip
    assert (found["budget_s"], found["budget"]) == (36000, None)
    assert (found["percent"], found["state"]) == (percent, state)
    assert (warning("acme/site") is None) is (state == "ok")


def test_over_a_budget_in_money(acme: Cowork) -> None:
    acme("project", "edit", "acme/site", "--budget", "500eur")
    acme("track", "add", "acme/site", "--from", "8:00", "--to", "13:30")
    found = row(acme)
    assert found["used"] == {"amount": "522.50", "currency": "EUR"}
    assert (found["percent"], found["state"]) == ("104.5", "over")
    said = warning("acme/site")
    assert said == "acme/site is over its budget: 522.50 EUR of 500.00 EUR (104.5 %)"


def test_the_running_timer_counts(acme: Cowork) -> None:
    acme("project", "edit", "acme/site", "--budget", "10h")
    acme("start", "acme/site", "--at", "9:00")
    assert row(acme)["used_s"] == 9 * 3600
    assert row(acme)["state"] == "warning"


def test_billed_hours_are_used_as_well(acme: Cowork) -> None:
    acme("project", "edit", "acme/site", "--budget", "10h")
    acme("track", "add", "acme/site", "--from", "8:00", "--to", "10:00")
    acme("invoice", "draft", "acme")
    acme("invoice", "issue", "draft-1")
    assert row(acme)["used_s"] == 7200


def test_money_without_a_rate_is_unknown(seller: Cowork) -> None:
    seller("client", "add", "nix", "--name", "Nix")
    seller("project", "add", "nix/a", "--budget", "100eur")
    seller("track", "add", "nix/a", "--from", "9:00", "--to", "10:00")
    (found,) = seller("report", "budget", "--json").data
    assert (found["used"], found["percent"], found["state"]) == (None, None, "ok")


def test_archived_projects_are_left_out(acme: Cowork, home: Path) -> None:
    acme("project", "edit", "acme/site", "--budget", "10h")
    acme("project", "archive", "acme/site")
    assert acme("report", "budget", "--json").data == []


def test_on_a_terminal(acme: Cowork) -> None:
    acme("project", "edit", "acme/site", "--budget", "10h")
    acme("track", "add", "acme/site", "--from", "8:00", "--to", "17:00")
    shown = acme("report", "budget", terminal=True).out
    assert "90.0 %" in shown
    assert "warning" in shown
