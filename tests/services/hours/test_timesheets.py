"""The hours behind a draft whose terms were changed since: they still make the quantity of its line."""

from contextlib import closing
from pathlib import Path

import pytest

from cowork_cli.services.hours.timesheets import timesheet
from cowork_cli.store import invoices
from tests import stores
from tests.conftest import Cowork, Played

pytestmark = pytest.mark.usefixtures("november")


@pytest.fixture
def drafted(acme: Cowork, played: Played) -> Cowork:
    """draft-1 of 1 h and 2 h 20 min by the hour, draft-2 of 2 h and 1 h at a rate a day."""
    day = ("--on", "2026-11-24")
    return played(
        ("track", "add", "acme/site", *day, "--from", "9:00", "--to", "10:00"),
        ("track", "add", "acme/site", *day, "--from", "10:00", "--to", "12:20"),
        ("invoice", "draft", "acme"),
        ("project", "add", "acme/day", "--day-rate", "640"),
        ("track", "add", "acme/day", *day, "--from", "13:00", "--to", "15:00"),
        ("track", "add", "acme/day", *day, "--from", "15:00", "--to", "16:00"),
        ("invoice", "draft", "acme", "--project", "acme/day"),
    )


def billed(home: Path, draft: int) -> list[int]:
    """The billed seconds of each entry."""
    with closing(stores.opened(home, expected=True)) as store:
        rows = timesheet(store, draft, invoices.lines(store, draft, "EUR"))
    return [row.billed_s for row in rows]


def test_a_rule_that_was_agreed_after_it(drafted: Cowork, home: Path) -> None:
    assert billed(home, 1) == [3600, 8400]
    assert drafted("project", "edit", "acme/site", "--rounding", "1h:up:entry").code == 0
    assert billed(home, 1) == [3596, 8392]  # 3.33 h, in the proportion of 1 h to 2 h 20 min


def test_a_day_that_was_made_shorter_after_it(drafted: Cowork, home: Path) -> None:
    assert billed(home, 2) == [7200, 3600]
    assert drafted("project", "edit", "acme/day", "--hours-per-day", "6").code == 0
    assert billed(home, 2) == [7200, 3600]  # 0.38 days are not a number of hours any more
