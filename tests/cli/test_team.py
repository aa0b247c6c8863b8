"""`cowork team`: caps, the proof of days, cost centres."""

from pathlib import Path

import pytest

from tests.conftest import SELLER, Cowork, Played

TEAM = (
    SELLER,
    ("space", "add", "Hafen", "--postcode", "24103", "--city", "Kiel", "--country", "DE",
     "--email", "hafen@example.org"),
    ("desk", "add", "Hafen", "Desk 1", "--price", "day=18gross"),
    ("desk", "add", "Hafen", "Desk 2"),
    ("team", "add", "Ada Roth", "--cap", "40/month", "--cost-centre", "=4711"),
)  # fmt: skip


@pytest.fixture
def team(played: Played) -> Cowork:
    """A space with two desks, one of them without a price, and one member."""
    return played(*TEAM)


def book(cowork: Cowork, days: str, *more: str) -> int:
    return cowork("book", "Desk 1", "--on", days, "--for", "Ada Roth", *more).code


def test_a_booking_above_the_cap_is_refused_and_another_month_is_not(team: Cowork) -> None:
    assert book(team, "2026-11-26,2026-11-27") == 0
    assert book(team, "2026-11-30") == 6
    assert book(team, "2026-11-30", "--dry-run") == 6
    assert book(team, "2026-12-01") == 0
    (ada,) = team("team", "list", "--json").data
    assert (ada["booked"]["amount"], ada["left"]["amount"]) == ("36.00", "4.00")
    team("team", "edit", "ada", "--cap", "none")
    assert book(team, "2026-11-30") == 0


def test_a_series_stops_at_the_cap(team: Cowork) -> None:
    assert book(team, "2026-11-26,2026-11-27,2026-11-30") == 8
    assert len(team("team", "sheet", "--month", "--json").data) == 2


def test_a_cancelled_booking_gives_its_sum_back(team: Cowork) -> None:
    book(team, "2026-11-26,2026-11-27")
    team("booking", "cancel", "b-1", "--yes")
    assert book(team, "2026-11-30") == 0


def test_a_price_that_is_not_known_is_no_price_below_the_cap(team: Cowork) -> None:
    refused = team("book", "Desk 2", "--on", "2026-11-26", "--for", "Ada Roth")
    assert (refused.code, "not known" in refused.err) == (6, True)
    assert team("book", "Desk 2", "--on", "2026-11-26", "--for", "Somebody").code == 0
    assert team("book", "Desk 2", "--on", "2026-11-27").code == 0


def test_the_sheet_is_a_row_a_booking(team: Cowork, tmp_path: Path) -> None:
    book(team, "2026-11-26")
    team("book", "Desk 2", "--on", "2026-11-27", "--for", "Stranger")
    csv = tmp_path / "team.csv"
    told = team("team", "sheet", "--month", "--out", str(csv))
    assert "Stranger" in told.err
    head, row = csv.read_text(encoding="utf-8").splitlines()
    assert head.startswith("name,cost_centre,date")
    assert (
        row == "Ada Roth,'=4711,2026-11-26,00:00,00:00,Hafen,Desk 1,confirmed,18.00,EUR,gross,b-1,"
    )
    page = tmp_path / "days.html"
    team("team", "sheet", "--month", "--out", str(page), "--language", "en")
    assert "Days worked in coworking spaces: Ada Roth" in page.read_text(encoding="utf-8")


def test_a_day_belongs_to_the_month_of_its_place(team: Cowork) -> None:
    book(team, "2026-12-01")
    there = {"COWORK_NOW": "2026-11-25T18:00:00+00:00"}
    team("config", "set", "timezone", "America/New_York")
    assert team("team", "sheet", "--in", "2026-11", "--json", env=there).data == []
    assert len(team("team", "sheet", "--in", "2026-12", "--json", env=there).data) == 1


@pytest.mark.parametrize("cap", ["-1", "much", "40 CHF"])
def test_a_cap_that_cannot_be_is_refused(team: Cowork, cap: str) -> None:
    assert team("team", "add", "Bela Kun", "--cap", cap).code == 2
    assert len(team("team", "list", "--json").data) == 1


def test_a_member_is_added_once_and_taken_out(team: Cowork) -> None:
    assert team("team", "add", "ada roth").code == 6
    assert team("team", "remove", "ada").code == 5, "not by a guess"
    assert team("team", "remove", "Ada Roth").code == 0
    team("undo")
    assert len(team("team", "list", "--json").data) == 1


def test_a_move_keeps_to_the_cap_and_counts_the_booking_once(team: Cowork) -> None:
    book(team, "2026-11-26,2026-11-27")
    assert book(team, "2026-12-01,2026-12-02") == 0
    refused = team("booking", "move", "b-3", "--on", "2026-11-30", "--yes")
    assert (refused.code, "cap of 40.00 EUR" in refused.err) == (6, True), str(refused)
    assert team("booking", "move", "b-1", "--on", "2026-11-30", "--yes").code == 0


@pytest.mark.parametrize("typed", ["ada", "ada roth", "ADA ROTH", "Roth", "member-1"])
def test_another_spelling_goes_around_no_cap(cowork: Cowork, typed: str) -> None:
    cowork("space", "add", "Hof", "--city", "Berlin")
    cowork("desk", "add", "Hof", "Desk 1", "--price", "day=18")
    cowork("team", "add", "Ada Roth", "--cap", "20")
    done = cowork("book", "Desk 1", "--on", "2026-12-03", "--for", typed, "--json")
    assert done.data[0]["person"] == "Ada Roth"
    assert f'"{typed}" is Ada Roth of the team.' in done.err
    above = cowork("book", "Desk 1", "--on", "2026-12-04", "--for", typed)
    assert (above.code, "has a cap of 20.00 EUR" in above.err) == (6, True), str(above)
