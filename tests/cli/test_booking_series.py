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
