"""The deadlines of letters: the vectors of the reference, every kind, and what is not known."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from cowork_cli.data import periods
from cowork_cli.domain.deadlines import keep_until, letter_deadline
from cowork_cli.domain.vat_dates import vat_dates
from cowork_cli.errors import BadInput
from cowork_cli.services.addresses.post import closed_days
from tests.domain.refusing import told


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("posted", "deemed", "ends"),
    [
        ("2026-03-02", "2026-03-06", "2026-04-07"),  # 6 April is Easter Monday
        ("2026-03-03", "2026-03-09", "2026-04-09"),  # Saturday 7 March → Monday
        (
            "2024-12-30",
            "2025-01-02",
            "2025-02-03",
        ),  # the third day until 2024; 2 February is Sunday
        ("2025-01-02", "2025-01-06", "2025-02-06"),  # the fourth since 2025
    ],
)
def test_a_tax_assessment_by_ordinary_letter(posted: str, deemed: str, ends: str) -> None:
    found = letter_deadline("tax-assessment", day(posted), None, closed_days("NW", None))
    assert found is not None
    assert (str(found.deemed), str(found.ends)) == (deemed, ends)
    assert "§ 355 AO" in found.source
    since = "since 2025" if posted > "2025" else "until 2024"
    assert f"§ 122 AO as {since} (NVwZ 2025-01-17)" in found.source


def test_the_holiday_is_that_of_the_authority() -> None:
    """Epiphany is one in Bavaria and none in Berlin."""
    for land, deemed in (("BY", "2025-01-07"), ("BE", "2025-01-06")):
        found = letter_deadline("tax-assessment", day("2025-01-02"), None, closed_days(land, None))
        assert found is not None
        assert str(found.deemed) == deemed


@pytest.mark.parametrize(
    ("kind", "received", "ends", "source"),
    [
        ("court-order", "2026-11-25", "2026-12-09", "§ 692 ZPO"),
        ("default-judgment", "2026-11-25", "2026-12-09", "§§ 339, 700 ZPO"),
        ("fine", "2026-11-28", "2026-12-14", "§ 67 OWiG"),  # 12 December is a Saturday
        (
            "penal-order",
            "2026-12-11",
            "2026-12-28",
            "§ 410 StPO",
        ),  # Christmas Day, Saturday, Sunday
        ("decision", "2026-01-31", "2026-03-02", "§ 70 VwGO"),  # 28 February is a Saturday
    ],
)
def test_what_counts_from_service(kind: str, received: str, ends: str, source: str) -> None:
    found = letter_deadline(kind, None, day(received), closed_days("BE", None))
    assert found is not None
    assert str(found.ends) == ends
    assert found.source.startswith(source)
    assert "BGB" in found.source
    assert found.deemed is None


def test_a_letter_that_came_later_keeps_the_earlier_deadline_and_says_so() -> None:
    found = letter_deadline(
        "tax-assessment", day("2026-03-02"), day("2026-03-20"), closed_days("BE", None)
    )
    assert found is not None
    assert str(found.ends) == "2026-04-07"
    assert "came on 2026-03-20" in found.rule


@pytest.mark.parametrize("kind", ["letter", "invoice", "other"])
def test_kinds_without_a_rule(kind: str) -> None:
    assert letter_deadline(kind, day("2026-03-02"), None, closed_days(None, None)) is None


def test_the_land_is_asked_for_only_where_it_decides() -> None:
    holiday = closed_days(None, None)
    assert letter_deadline("fine", None, day("2026-11-25"), holiday) is not None
    with pytest.raises(BadInput, match="depends on the Land") as raised:
        letter_deadline("fine", None, day("2026-12-23"), holiday)  # 6 January
    assert "--land" in str(raised.value.hint)


def test_the_town_is_asked_for_where_the_land_does_not_decide() -> None:
    with pytest.raises(BadInput, match="parts of BY") as raised:  # 15 August 2025 is a Friday
        letter_deadline("fine", None, day("2025-08-01"), closed_days("BY", None))
    assert "--parish" in str(raised.value.hint)
    found = letter_deadline("fine", None, day("2025-08-01"), closed_days("BY", "catholic"))
    assert found is not None
    assert str(found.ends) == "2025-08-18"


@pytest.mark.parametrize("year", [2014, 2028, 2050])
def test_a_year_without_data_is_an_error(year: int) -> None:
    with pytest.raises(BadInput, match="no periods of law are known"):
        letter_deadline("tax-assessment", date(year, 3, 2), None, closed_days("BE", None))
    with pytest.raises(BadInput, match="no periods of law are known"):
        letter_deadline("fine", None, date(year, 3, 2), closed_days("BE", None))


def test_a_day_that_is_needed_is_named() -> None:
    with pytest.raises(BadInput, match="posted"):
        letter_deadline("tax-assessment", None, day("2026-03-02"), closed_days("BE", None))
    for kind in ("decision", "court-order", "default-judgment", "fine", "penal-order"):
        with pytest.raises(BadInput) as raised:
            letter_deadline(kind, day("2026-03-02"), None, closed_days("BE", None))
        assert "--received" in str(raised.value.hint)


def test_what_is_kept_and_how_long() -> None:
    today = day("2026-11-25")
    assert keep_until("invoice", day("2026-02-01"), today) == (
        day("2034-12-31"), "8 years from the end of 2026, § 14b UStG, text of 2026-08-19 (10 in that of 2022-03-26)",
    )  # fmt: skip
    before = keep_until("invoice", day("2020-02-01"), day("2024-06-01"))
    assert before is not None
    assert before[0] == day("2030-12-31")
    letter = keep_until("letter", day("2026-02-01"), today)
    assert letter is not None
    assert letter[0] == day("2032-12-31")
    assert keep_until("fine", day("2026-02-01"), today) is None


def test_every_number_of_law_has_its_source() -> None:
    rows = [*periods.RECEIPT, *(row for rows in periods.KEEPING.values() for row in rows)]
    assert all("20" in row.source and "§" in row.source for row in rows)
    assert all("§" in row.source and "20" in row.source for row in periods.OBJECTION.values())
    assert timedelta(days=3650) < periods.KNOWN_UNTIL - periods.KNOWN_FROM


# ---- in words


@pytest.mark.parametrize(
    ("kind", "posted", "received", "rule"),
    [
        ("tax-assessment", "2026-03-02", None,
         "posted 2026-03-02, counts as received on day 4, 2026-03-06; objection within 1 month, "
         "moved from Mon 2026-04-06 (Ostermontag)"),
        ("tax-assessment", "2026-03-03", None,
         "posted 2026-03-03, counts as received on day 4, 2026-03-09, moved from Sat 2026-03-07; "
         "objection within 1 month"),
        ("tax-assessment", "2026-03-02", "2026-03-06",
         "posted 2026-03-02, counts as received on day 4, 2026-03-06; objection within 1 month, "
         "moved from Mon 2026-04-06 (Ostermontag)"),
        ("tax-assessment", "2026-03-02", "2026-03-07",
         "posted 2026-03-02, counts as received on day 4, 2026-03-06 (came on 2026-03-07, later: what that "
         "changes was not established; counted from the earlier); objection within 1 month, "
         "moved from Mon 2026-04-06 (Ostermontag)"),
        ("fine", None, "2026-11-25", "served on 2026-11-25; objection within 2 weeks"),
        ("fine", None, "2026-11-28",
         "served on 2026-11-28; objection within 2 weeks, moved from Sat 2026-12-12"),
        ("fine", None, "2026-11-29",
         "served on 2026-11-29; objection within 2 weeks, moved from Sun 2026-12-13"),
        ("fine", None, "2026-12-12",
         "served on 2026-12-12; objection within 2 weeks, moved from Sat 2026-12-26"),
        # of a holiday on a Sunday the day of the week is reason enough
        ("fine", None, "2026-03-22",
         "served on 2026-03-22; objection within 2 weeks, moved from Sun 2026-04-05"),
        ("decision", None, "2026-01-12", "notified on 2026-01-12; objection within 1 month"),
        ("court-order", None, "2026-11-25",
         "served on 2026-11-25; objection to the payment order within 2 weeks"),
    ],
)  # fmt: skip
def test_how_the_day_was_found(
    kind: str, posted: str | None, received: str | None, rule: str
) -> None:
    found = letter_deadline(
        kind, posted and day(posted), received and day(received), closed_days("BB", None)
    )
    assert found is not None
    assert found.rule == rule


POSTED = "give the date of the letter with `--posted DATE`"
RECEIVED = "give that day with `--received DATE`"
NEWER = "look for a newer cowork, or note the day yourself with `--deadline DATE`"


def deadline(kind: str, posted: str | None, received: str | None) -> Callable[[], object]:
    return lambda: letter_deadline(
        kind, posted and day(posted), received and day(received), closed_days("BE", None)
    )


@pytest.mark.parametrize(
    ("parse", "message", "hint"),
    [
        (deadline("tax-assessment", None, "2026-03-02"),
         "the deadline of a tax-assessment counts from the day it was posted", POSTED),
        (deadline("decision", "2026-03-02", None),
         "the deadline of a decision counts from the day of its notification", RECEIVED),
        (deadline("fine", "2026-03-02", None),
         "the deadline of a fine counts from the day of its service (the date on the yellow envelope)",
         RECEIVED),
        (deadline("tax-assessment", "2028-01-01", None),
         "no periods of law are known for 2028-01-01: the data holds 2015-01-01 to 2027-12-31", NEWER),
        (deadline("fine", None, "2014-12-31"),
         "no periods of law are known for 2014-12-31: the data holds 2015-01-01 to 2027-12-31", NEWER),
        (lambda: keep_until("invoice", day("2026-02-01"), day("2028-01-01")),
         "no periods of law are known for 2028-01-01: the data holds 2015-01-01 to 2027-12-31", NEWER),
    ],
)  # fmt: skip
def test_what_is_said_of_what_is_refused(
    parse: Callable[[], object], message: str, hint: str
) -> None:
    assert told(parse) == (message, hint)


# ---- VAT


def dates_of(how: str, *, extended: bool = False, year: int = 2026) -> dict[str, str]:
    rows = vat_dates(how, extended=extended, first=date(year, 1, 1), last=date(year, 12, 31))
    return {row.what: str(row.day) for row in rows}


def test_quarters() -> None:
    assert dates_of("quarter") == {
        "VAT return and prepayment 2025-Q4": "2026-01-10",
        "VAT return and prepayment 2026-Q1": "2026-04-10",
        "VAT return and prepayment 2026-Q2": "2026-07-10",
        "VAT return of the year 2025": "2026-07-31",
        "VAT return and prepayment 2026-Q3": "2026-10-10",
    }
    extended = dates_of("quarter", extended=True)
    assert extended["VAT return and prepayment 2025-Q4"] == "2026-02-10"
    assert extended["VAT return and prepayment 2026-Q3"] == "2026-11-10"
    assert "VAT special prepayment 2026" not in extended


def test_months() -> None:
    plain, extended = dates_of("month"), dates_of("month", extended=True)
    assert len(plain) == 13
    assert plain["VAT return and prepayment 2025-12"] == "2026-01-10"
    assert plain["VAT return and prepayment 2026-11"] == "2026-12-10"
    assert extended["VAT return and prepayment 2025-11"] == "2026-01-10"
    assert extended["VAT return and prepayment 2026-10"] == "2026-12-10"
    assert extended["VAT special prepayment 2026"] == "2026-02-10"


def test_a_year_is_one_return() -> None:
    assert dates_of("year", extended=True) == {"VAT return of the year 2025": "2026-07-31"}
    with pytest.raises(BadInput, match="2028"):
        dates_of("year", year=2028)
