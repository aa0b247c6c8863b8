"""`cowork deadlines`: one list, the top of which `status` shows."""

from pathlib import Path

import pytest
from icalendar import Calendar

from tests.conftest import Cowork

FIELDS = {"due", "kind", "what", "ref", "rule", "source", "state", "days_left"}
JANUARY = {"COWORK_NOW": "2027-01-05T10:00:00+01:00"}


def vat(cowork: Cowork, *words: str, **env: str) -> dict[str, str]:
    rows = cowork("deadlines", *words, "--json", env=env).data
    return {row["what"]: row["due"] for row in rows if row["kind"] == "tax"}


def test_vat_dates_are_moved_and_say_why(seller: Cowork) -> None:
    (row,) = seller("deadlines", "--json", env=JANUARY).data
    assert set(row) == FIELDS
    assert (row["due"], row["what"]) == ("2027-01-11", "VAT return and prepayment 2026-Q4")
    assert "moved from Sun 2027-01-10" in row["rule"]
    assert row["source"] == "§ 18 UStG, text of 2026-08-19"
    assert row["state"] == "soon"
    assert seller("status", "--json", env=JANUARY).data["deadlines"] == [row]


def test_the_extension_and_the_month(seller: Cowork) -> None:
    seller("config", "set", "tax.filing", "month")
    assert vat(seller) == {"VAT return and prepayment 2026-11": "2026-12-10"}
    seller("config", "set", "tax.extension", "true")
    assert vat(seller) == {"VAT return and prepayment 2026-10": "2026-12-10"}
    assert vat(seller, "--within", "90d")["VAT special prepayment 2027"] == "2027-02-10"
    seller("config", "set", "tax.filing", "year")
    assert vat(seller, "--within", "90d") == {}
    assert vat(seller, "--within", "300d") == {"VAT return of the year 2026": "2027-08-02"}


def test_who_is_exempt_has_none_and_is_told(seller: Cowork) -> None:
    seller("config", "set", "seller.small_business", "true")
    told = seller("deadlines", "--within", "60d", "--json")
    assert told.data == []
    assert "§ 19 UStG" in told.err


def test_nothing_is_assumed_abroad_or_without_a_seller(cowork: Cowork, seller: Cowork) -> None:
    seller("config", "set", "seller.country", "AT")
    assert vat(seller, "--within", "60d") == {}
    seller("config", "unset", "seller.country")
    seller("config", "unset", "seller.name")
    assert vat(seller, "--within", "60d") == {}


def test_a_year_without_data_is_an_error_and_the_rest_is_told(seller: Cowork) -> None:
    late = {"COWORK_NOW": "2027-12-20T10:00:00+01:00"}
    seller(
        "post", "add", "--kind", "letter", "--sender", "Amt", "--deadline", "2027-12-30", env=late
    )
    told = seller("deadlines", "--json", env=late)
    assert told.code == 8, str(told)
    assert [row["ref"] for row in told.data] == ["p-1"]
    assert "2028" in told.json["problems"][0]["message"]
    status = seller("status", "--json", env=late)
    assert status.code == 0
    assert "2028" in status.err


def test_the_order_is_that_of_urgency_and_the_calendar_has_all(
    seller: Cowork, tmp_path: Path
) -> None:
    for words in (
        ("contract", "add", "Büro", "--starts", "2026-01-01", "--notice", "30d to month-end"),
        (
            "post",
            "add",
            "--kind",
            "fine",
            "--sender",
            "Stadt",
            "--received",
            "2026-11-10",
            "--land",
            "BE",
        ),
        ("post", "add", "--kind", "other", "--sender", "Kammer", "--deadline", "2026-11-27"),
        ("config", "set", "tax.filing", "month"),
    ):
        assert seller(*words).code == 0
    rows = seller("deadlines", "--json").data
    assert [(row["kind"], row["due"], row["state"]) for row in rows] == [
        ("post", "2026-11-24", "passed"),
        ("post", "2026-11-27", "burning"),
        ("contract", "2026-12-01", "soon"),
        ("tax", "2026-12-10", "open"),
    ]
    assert all(row["rule"] and row["source"] for row in rows)
    file = tmp_path / "office.ics"
    assert seller("deadlines", "--out", str(file)).code == 0
    events = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert [str(event["DTSTART"].dt) for event in events] == [row["due"] for row in rows]
    assert len({str(event["UID"]) for event in events}) == 4
    assert seller("deadlines", "--out", str(file), "--within", "1d").code == 6, "not over another"
    plain = [row[2] for row in seller("deadlines").rows]
    assert plain[0] == "fine of Stadt"


@pytest.mark.parametrize("within", ["x", "-3d", ""])
def test_what_is_no_length(seller: Cowork, within: str) -> None:
    assert seller("deadlines", f"--within={within}").code == 2
