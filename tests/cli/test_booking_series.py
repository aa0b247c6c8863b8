"""A series of bookings without public holidays."""

import pytest

from tests.conftest import Cowork


@pytest.fixture
def desk(cowork: Cowork) -> Cowork:
    cowork("space", "add", "Alte Mühle", "--country", "DE")
    cowork("desk", "add", "mühle", "Desk 1")
    return cowork


SERIES = ("book", "Desk 1", "--every", "thu,fri", "--on", "2026-12-24", "--until", "2027-01-02")


@pytest.mark.parametrize("land", ["NW", "NRW", "Nordrhein-Westfalen"])
def test_holidays_are_left_out_and_said(desk: Cowork, land: str) -> None:
    outcome = desk(*SERIES, "--skip-holidays", land, "--json")
    assert outcome.code == 0, str(outcome)
    assert [row["from"][:10] for row in outcome.data] == ["2026-12-24", "2026-12-31"]
    assert "Left out Fri 2026-12-25: Erster Weihnachtstag." in outcome.err
    assert len({row["series"] for row in outcome.data}) == 1


def test_a_day_that_nobody_knows_is_kept_and_said(desk: Cowork) -> None:
    """Mariä Himmelfahrt is a holiday in the catholic parishes of Bavaria alone."""
    words = ("book", "Desk 1", "--on", "2028-08-15", "--skip-holidays", "BY", "--json")
    outcome = desk(*words)
    assert outcome.code == 0, str(outcome)
    assert "is not known: kept" in outcome.err


@pytest.mark.parametrize("land", ["XX", "", "Narnia"])
def test_a_land_that_does_not_exist(desk: Cowork, land: str) -> None:
    outcome = desk(*SERIES, "--skip-holidays", land)
    assert outcome.code == 2
    assert desk("booking", "list", "--json").data == []


def test_nothing_is_left(desk: Cowork) -> None:
    assert desk("book", "Desk 1", "--on", "2026-12-25", "--skip-holidays", "NW").code == 2


# ---- one series, shown, moved and cancelled as one or in parts


@pytest.fixture
def series(desk: Cowork) -> Cowork:
    """Three Wednesdays, s-1, from nine to five; a second desk beside."""
    desk("desk", "add", "mühle", "Desk 2")
    booked = desk(
        "book", "Desk 1", "--every", "wed", "--on", "2026-12-02", "--until", "2026-12-16",
        "--from", "09:00", "--to", "17:00",
    )  # fmt: skip
    assert booked.code == 0, str(booked)
    return desk


def clocks(outcome: object) -> list[tuple[str, str, str]]:
    rows = outcome.data  # type: ignore[attr-defined]
    return [(row["id"], row["from"][8:16], row["to"][11:16]) for row in rows]


def test_a_series_is_shown_as_one(series: Cowork) -> None:
    series("booking", "cancel", "b-2", "--yes")
    shown = series("booking", "show", "s-1", "--json")
    assert [(row["id"], row["state"]) for row in shown.data] == [
        ("b-1", "confirmed"),
        ("b-2", "cancelled"),
        ("b-3", "confirmed"),
    ]
    assert "s-1: 2 confirmed, 1 cancelled." in shown.err
    assert series("booking", "show", "s-9").code == 5


def test_a_series_is_moved_as_one(series: Cowork) -> None:
    moved = series("booking", "move", "s-1", "--from", "10:00", "--json")
    assert moved.code == 0, str(moved)
    assert clocks(moved) == [
        ("b-1", "02T10:00", "17:00"),
        ("b-2", "09T10:00", "17:00"),
        ("b-3", "16T10:00", "17:00"),
    ]
    assert {row["series"] for row in moved.data} == {"s-1"}


def test_what_was_cancelled_of_a_series_is_not_meant(series: Cowork) -> None:
    series("booking", "cancel", "s-1", "--on", "2026-12-09", "--yes")
    moved = series("booking", "move", "s-1", "--desk", "Desk 2", "--json")
    assert [(row["id"], row["desk_name"]) for row in moved.data] == [
        ("b-1", "Desk 2"),
        ("b-3", "Desk 2"),
    ]


def test_parts_of_a_series_are_moved(series: Cowork) -> None:
    words = ("--from", "10:00", "--on-dates", "2026-12-09..2026-12-16", "--json")
    assert [row["id"] for row in series("booking", "move", "s-1", *words).data] == ["b-2", "b-3"]
    assert series("booking", "show", "b-1", "--json").data["from"][11:16] == "09:00"
    again = series(
        "booking", "move", "b-1", "--from", "11:00", "--on-dates", "2026-12-16", "--json"
    )
    assert again.data["id"] == "b-3", "a series may be named by one of its bookings"
    cancelled = series(
        "booking", "cancel", "s-1", "--on", "2026-12-01..2026-12-10", "--yes", "--json"
    )
    assert [row["id"] for row in cancelled.data] == ["b-1", "b-2"]


def test_each_date_has_its_own_outcome(series: Cowork) -> None:
    series("book", "Desk 2", "--on", "2026-12-09", "--for", "Max")
    moved = series("booking", "move", "s-1", "--desk", "Desk 2", "--json")
    assert moved.code == 8, str(moved)
    assert [row["id"] for row in moved.data] == ["b-1", "b-3"]
    (problem,) = moved.json["problems"]
    assert problem["code"] == "slot-taken"
    assert "2026-12-09" in problem["message"]
    assert series("booking", "show", "b-2", "--json").data["desk_name"] == "Desk 1"


def test_a_dry_run_moves_nothing(series: Cowork) -> None:
    dry = series("booking", "move", "s-1", "--from", "10:00", "-n", "--json")
    assert dry.code == 0
    assert clocks(dry)[0] == ("b-1", "02T09:00", "17:00")
    assert "Nothing was moved (--dry-run)." in dry.err
    assert series("booking", "show", "b-1", "--json").data["from"][11:16] == "09:00"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--on", "2026-12-03"), 2),
        (("--from", "10:00", "--on-dates", "2026-12-03"), 5),
        (("--from", "10:00", "--on-dates", "soon"), 2),
        (("--from", "18:00"), 2),
        (("--on-dates", "2026-12-09"), 2),
        (("--desk", "Desk 9"), 5),
    ],
)
def test_what_a_series_cannot_be_moved_to(
    series: Cowork, words: tuple[str, ...], code: int
) -> None:
    refused = series("booking", "move", "s-1", *words)
    assert refused.code == code, str(refused)
    shown = series("booking", "show", "s-1", "--json").data
    assert {(row["from"][11:16], row["desk_name"]) for row in shown} == {("09:00", "Desk 1")}


def test_one_date_of_a_series_goes_to_another_day(series: Cowork) -> None:
    words = ("--on", "2026-12-10", "--on-dates", "2026-12-09", "--json")
    moved = series("booking", "move", "s-1", *words)
    assert moved.code == 0, str(moved)
    assert moved.data["from"][:10] == "2026-12-10"


def test_a_series_where_one_booking_is_wanted(desk: Cowork) -> None:
    desk(*SERIES)
    for verb in (("confirm", "s-1"), ("mail", "s-1", "--out", "x.eml"), ("checkin", "s-1")):
        refused = desk("booking", *verb)
        assert (refused.code, "s-1 is a series of 4 bookings" in refused.err) == (2, True), str(
            refused
        )
    assert desk("booking", "confirm", "s-9").code == 5


def test_bookings_of_an_account_that_is_not_there(desk: Cowork) -> None:
    refused = desk("booking", "list", "--account", "nowhere")
    assert (refused.code, 'there is no account "nowhere"' in refused.err) == (5, True)
    assert desk("booking", "list", "--account", "osm").code == 0
