"""`plan optimise` through the whole funnel: terms of plans, what is held at several spaces, and what was paid."""

import pytest

from tests.conftest import Cowork

pytestmark = pytest.mark.usefixtures("november")


@pytest.fixture
def loft(cowork: Cowork) -> Cowork:
    made = [
        ("space", "add", "Loft", "--city", "Berlin", "--country", "DE"),
        ("plan", "add", "loft", "Day", "--kind", "day", "--price", "18net"),
        ("plan", "add", "loft", "Hour", "--kind", "hour", "--price", "5net"),
    ]
    for words in made:
        assert cowork(*words).code == 0, words
    return cowork


def bought(cowork: Cowork, *words: str) -> tuple[str, list[tuple[str, str, str | None]]]:
    """The sum, and of each purchase what was bought, its last day, and by when notice is given."""
    mix = cowork("plan", "optimise", "loft", *words, "--json").data
    return mix["total"]["amount"], [
        (row["name"], row["until"], row["notice"]) for row in mix["bought"]
    ]


def test_a_year_a_week_and_a_month_that_run_on_to_a_notice(loft: Cowork) -> None:
    days = ("--dates", "2026-11-30..2026-12-11")
    year = (
        "plan",
        "add",
        "loft",
        "Year",
        "--kind",
        "month",
        "--price",
        "year=100net",
        "--quota",
        "100",
    )
    assert loft(*year, "--min-term", "1y", "--notice", "1m to day-15").code == 0
    # Twelve tickets were 216; an hour is no way to work a day. A year from 30 November ends on the 29th.
    assert bought(loft, *days) == ("100.00", [("Year", "2027-11-29", "by 2027-10-29")])
    week = ("plan", "add", "loft", "Week", "--kind", "week", "--price", "30net", "--quota", "5")
    assert loft(*week, "--notice", "1w to any").code == 0
    # Five days of each of two weeks, and a ticket for both days of the weekend.
    assert bought(loft, *days) == (
        "96.00",
        [
            ("Week", "2026-12-13", "by 2026-12-06"),
            ("Day", "2026-12-05", None),
            ("Day", "2026-12-06", None),
        ],
    )
    assert (
        loft(
            "plan",
            "add",
            "loft",
            "Month",
            "--kind",
            "month",
            "--price",
            "25net",
            "--notice",
            "1m to day-15",
        ).code
        == 0
    )
    # Signed on 1 December it can end on 15 January at first: two months are paid.
    assert bought(loft, *days) == (
        "68.00",
        [("Day", "2026-11-30", None), ("Month", "2027-01-31", "by 2026-12-31")],
    )


def test_what_a_bundle_loses_is_told_in_money(loft: Cowork) -> None:
    card = ("plan", "add", "loft", "Card", "--kind", "bundle", "--count", "5", "--price", "40net")
    assert loft(*card, "--expires", "1m").code == 0
    answer = loft(
        "plan", "optimise", "loft", "--dates", "2026-12-01..2026-12-03,2027-03-01", "--json"
    )
    assert (answer.data["total"]["amount"], answer.data["lost_money"]["amount"]) == (
        "58.00",
        "16.00",
    )
    assert "Days worth 16.00 EUR are paid for and end unused." in answer.err


def test_one_day_a_week_cannot_be_less_and_seven_cannot_be_more(loft: Cowork) -> None:
    def changes(days: str) -> list[tuple[str, int]]:
        mix = loft("plan", "optimise", "loft", "--days", days, "--horizon", "2w", "--json").data
        return [(row["change"], row["days"]) for row in mix["variations"]]

    assert changes("mon") == [("one day a week more", 3)]
    assert changes("mon-sun") == [("one day a week less", 12)]


def test_a_month_that_begins_with_a_holiday_or_a_day_that_no_plan_covers(loft: Cowork) -> None:
    """1 January is none of the 20 working days; on 1 December, a Tuesday, nobody sells the Monday ticket."""
    lease = ("compare", "lease", "loft", "--rent", "100net")
    december = {"COWORK_NOW": "2026-12-05T18:00:00+01:00"}
    assert loft(*lease, "--days", "20", "--json", env=december).data["desk"]["amount"] == "360.00"
    assert loft(*lease, "--days", "21", env=december).code == 2
    assert loft("plan", "edit", "plan-1", "--weekdays", "mon").code == 0
    told = loft(*lease, "--days", "1", "--months", "1")
    assert told.code == 0, str(told)
    assert told.err.splitlines()[:2] == [
        "1 day a month at a desk costs 18.00 EUR net (Day).",
        "The lease is not cheaper within 1 month, whenever one leaves.",
    ]


def test_hours_by_season_are_read_day_by_day(loft: Cowork) -> None:
    assert loft("space", "edit", "loft", "--hours", "Jan-Nov Mo-Fr 09:00-18:00; Dec off").code == 0
    mix = loft("plan", "optimise", "loft", "--dates", "2026-11-30,2026-12-01", "--json").data
    assert (mix["days"], mix["left_out"]) == (1, ["2026-12-01"])


def test_what_is_held_counts_at_its_own_space_and_in_whole_days(loft: Cowork) -> None:
    made = [
        ("space", "add", "Barn", "--city", "Berlin", "--country", "DE"),
        ("plan", "add", "barn", "Card", "--kind", "bundle", "--count", "50", "--day-credits", "20", "--price", "90net"),
        ("membership", "add", "barn", "Odd", "--plan", "plan-3", "--includes", "credits=19"),
        ("membership", "add", "loft", "Flex", "--starts", "2026-11-01", "--includes", "days=3 for 1m",
         "--includes", "days=1/month"),
        ("membership", "use", "ms-2", "days", "1"),
    ]  # fmt: skip
    for words in made:
        assert loft(*words).code == 0, words
    (flex,) = loft("membership", "list", "loft", "--json").data
    # One month from 1 November ends with the 30th; the use took what ends first.
    assert [(part["left"], part["expires"]) for part in flex["holdings"]] == [
        ("2", "2026-11-30"), ("1", "2026-11-30"),
    ]  # fmt: skip
    # Three of the five days in November are held, and one of December; 19 of 20 credits are no day.
    answer = loft(
        "plan", "optimise", "loft", "barn", "--dates", "2026-11-26..2026-11-30,2026-12-01", "--json"
    )
    assert answer.data["total"]["amount"] == "36.00"
    assert "Used before anything is bought, as far as it fits: what ms-2 includes." in answer.err


def test_what_was_paid_is_of_days_that_are_over_and_says_what_it_leaves_out(acme: Cowork) -> None:
    desks = {"loft/A": "20net", "loft/B": "15", "loft/C": "15 CHF", "loft/E": "11.90gross", "abroad/D": "24gross"}  # fmt: skip
    made = [
        ("space", "add", "Loft", "--city", "Berlin", "--country", "DE"),
        ("space", "add", "Abroad", "--city", "Wien", "--country", "AT"),
        ("plan", "add", "loft", "Day", "--kind", "day", "--price", "18net"),
        *(("desk", "add", *desk.split("/"), "--price", f"day={price}") for desk, price in desks.items()),
        *(("book", desk, "--on", "2026-11-25", "--yes") for desk in desks),
        ("book", "loft/A", "--on", "2026-11-26", "--yes"),
        ("expense", "add", "--text", "Desk", "--gross", "23.80", "--date", "2026-11-25", "--booking", "b-1"),
        ("expense", "add", "--text", "A day at the Loft", "--net", "30", "--date", "2026-11-20"),
        ("expense", "add", "--text", "Loft", "--net", "30", "--date", "2026-11-20", "--currency", "CHF", "--rate", "1"),
        ("expense", "add", "--text", "Loft", "--net", "30", "--date", "2026-10-20"),
        ("expense", "add", "--text", "Train", "--net", "30", "--date", "2026-11-20"),
    ]  # fmt: skip
    for words in made:
        assert acme(*words).code == 0, words
    answer = acme("plan", "optimise", "loft", "abroad", "--from-log", "2026-11", "--json")
    # 20 of the expense for b-1, 30 of the one that names the space, 11.90 gross are 10 net; the
    # booking of tomorrow is no day that is looked back upon.
    assert (answer.data["days"], answer.data["total"]["amount"]) == (1, "18.00")
    assert (answer.data["paid"]["amount"], answer.data["paid_from"]) == (
        "60.00",
        ["x-2", "x-1", "b-4"],
    )
    assert (
        "Not in what was paid: x-3 is in CHF; whether VAT is in the price of b-2 is not known; "
        "b-3 is in CHF; the rate of VAT in the price of b-5 is not known." in answer.err
    )
