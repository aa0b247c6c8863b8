"""The year of a made-up freelancer: hours, day log, bookings, invoices, books, settlement say the same."""

from decimal import Decimal
from typing import Any

from cowork_cli.data import demo_year
from tests.conftest import Cowork


def test_day_log_hours_invoices_and_books_agree(cowork: Cowork) -> None:
    done = cowork("demo", "--year", "--json")
    assert done.code == 0, done.err
    steps: list[dict[str, Any]] = done.data
    assert all(step["exit_code"] == 0 for step in steps)

    def said(start: str) -> list[Any]:
        return [step["data"] for step in steps if step["command"].startswith(f"cowork {start}")]

    days = [day for month in said("day log") for day in month]
    (hours,) = said("report hours")[0]
    places = {row["place"]: row for row in said("report places")[0]}
    invoices, expenses = said("invoice list")[0], said("expense list")[0]
    rules = {(row["rule"], row["reading"], row["place"]): row for row in said("report days")[0]}
    bookings = [booking for month in said("book ") for booking in month]

    assert sum(day["duration_s"] for day in days) == hours["duration_s"] == hours["billed_s"]
    assert len(days) == sum(len(demo_year.days_of(month)) for month in range(1, 13))
    assert sum(Decimal(row["net"]["amount"]) for row in invoices) == Decimal(
        hours["amount"]["amount"]
    )
    assert [row["state"] for row in invoices] == ["paid", "paid", "paid", "issued"]

    at_mill = {day["date"] for day in days if any(stay["title"] == "Mill" for stay in day["stays"])}
    assert at_mill == {booking["from"][:10] for booking in bookings}
    assert len(at_mill) == places["Mill"]["days"] == rules["way-travel", "B", "Mill"]["days"]
    desk = [row for row in expenses if row["category"] == "rent"]
    assert sum(Decimal(row["gross"]["amount"]) for row in desk) == 18 * len(at_mill)

    at_home = rules["home-day-1", None, None]
    more_than_half = [day for day in days if 2 * day["home_s"] > day["duration_s"]]
    assert at_home["days"] == len(more_than_half)
    assert Decimal(at_home["amount"]["amount"]) == 6 * len(more_than_half)
    assert expenses[-1]["net"] == at_home["amount"]
    assert Decimal(rules["way-first-place", "A", "Mill"]["amount"]["amount"]) == len(
        at_mill
    ) * Decimal("4.56")
    (settled,) = said("job settle")
    parts = {part["name"]: Decimal(part["amount"]["amount"]) for part in settled["parts"]}
    his = demo_year.MATE_RATE * demo_year.MATE_HOURS * len(demo_year.MATE_DAYS)
    assert parts == {
        "me": Decimal(invoices[-1]["net"]["amount"]) - his,
        demo_year.MATE: Decimal(his),
    }
    assert all(check["ok"] for check in said("data verify")[0]["checks"])
