"""`cowork booking calendar`: the month at a glance."""

import io

import pytest
from rich.console import Console

from cowork_cli.domain.month import CalendarDay, CalendarMonth
from tests.conftest import Cowork


@pytest.fixture
def month(cowork: Cowork) -> Cowork:
    for words in (
        ("config", "set", "seller.country", "DE"), ("config", "set", "land", "NW"),
        ("space", "add", "Alte Mühle", "--country", "DE"), ("desk", "add", "mühle", "Desk 1"),
        ("book", "Desk 1", "--on", "2026-12-30..2026-12-31", "--from", "09:00", "--to", "17:00"),
        ("book", "Desk 1", "--on", "2026-12-29", "--from", "22:00", "--to", "24:00"),
        ("client", "add", "acme", "--name", "ACME", "--country", "DE"), ("project", "add", "acme/web"),
        ("track", "add", "acme/web", "--on", "2026-11-03", "--from", "09:00", "--to", "12:30"),
    ):  # fmt: skip
        outcome = cowork(*words)
        assert outcome.code == 0, f"{words}: {outcome}"
    return cowork


def days(month: Cowork, *words: str) -> dict[str, dict[str, object]]:
    outcome = month("booking", "calendar", *words, "--json")
    assert outcome.code == 0, str(outcome)
    return {day["date"]: day for day in outcome.data["days"]}


def test_a_month_has_its_days_bookings_and_holidays(month: Cowork) -> None:
    december = days(month, "--in", "2026-12")
    assert len(december) == 31
    assert december["2026-12-30"]["booked"] == ["b-1 Desk 1"]
    assert december["2026-12-25"]["holiday"] == "Erster Weihnachtstag"
    assert december["2026-12-24"]["holiday"] is None
    # A booking to 24:00 is none of the next day.
    assert december["2026-12-29"]["booked"] == ["b-3 Desk 1"]


def test_what_was_worked_is_there(month: Cowork) -> None:
    november = days(month, "--in", "2026-11")
    assert november["2026-11-03"]["worked_s"] == 3 * 3600 + 1800
    assert november["2026-11-04"]["worked_s"] == 0


def test_a_cancelled_booking_is_not_there(month: Cowork) -> None:
    assert month("booking", "cancel", "b-1", "--yes").code == 0
    assert days(month, "--in", "2026-12")["2026-12-30"]["booked"] == []


def test_without_a_land_its_holidays_are_not_known_and_that_is_said(cowork: Cowork) -> None:
    """Allerheiligen is a holiday in five Länder."""
    outcome = cowork("booking", "calendar", "--in", "2026-11")
    assert outcome.code == 0
    assert "Not all public holidays are known" in outcome.err


def test_more_than_a_year_is_refused(month: Cowork) -> None:
    outcome = month("booking", "calendar", "--from", "2026-01-01", "--to", "2028-01-01")
    assert outcome.code == 2
    assert "at most a year" in outcome.err


@pytest.mark.parametrize("width", [40, 80, 200])
def test_it_fits_the_terminal_and_leaves_nothing_out(width: int) -> None:
    from datetime import date

    from cowork_cli.output.views_calendar import calendar_view

    first, last = date(2026, 12, 1), date(2026, 12, 31)
    rows = tuple(
        CalendarDay(date(2026, 12, n), ("b-1 Besprechungsraum",) if n == 9 else (), 5400 * (n == 9),
                    "Zweiter Weihnachtstag" if n == 26 else None)
        for n in range(1, 32)
    )  # fmt: skip
    page = io.StringIO()
    console = Console(file=page, width=width, color_system=None)
    console.print(calendar_view(CalendarMonth(first, last, date(2026, 12, 9), rows), width))
    lines = page.getvalue().splitlines()
    assert all(len(line) <= width for line in lines)
    assert "1:30 h" in page.getvalue()
    assert "today" in page.getvalue()
    assert "Besprechungsraum" in "".join(page.getvalue().split())
    assert "Weihnachtstag" in "".join(page.getvalue().split()) or width == 80
