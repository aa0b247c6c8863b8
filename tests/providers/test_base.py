"""What adapters share."""

from zoneinfo import ZoneInfo

import pytest

from cowork_cli.errors import BadAnswer
from cowork_cli.providers.base import paged, parse_instant, required

BERLIN = ZoneInfo("Europe/Berlin")


def test_a_page_is_fetched_when_its_first_row_is_wanted() -> None:
    asked: list[int] = []

    def fetch(number: int) -> tuple[list[int], bool]:
        asked.append(number)
        return [number * 10, number * 10 + 1], number < 3

    rows = paged(fetch)
    assert asked == []
    assert [next(rows), next(rows)] == [10, 11]
    assert asked == [1]
    assert list(rows) == [20, 21, 30, 31]
    assert asked == [1, 2, 3]


def test_an_empty_page_is_the_end_whatever_it_says() -> None:
    assert list(paged(lambda number: ([], True))) == []


def test_required() -> None:
    assert required({"a": {"b": 0}}, "a.b", "cv") == 0
    for row in ({}, {"a": None}, {"a": {"b": None}}, {"a": 7}, None, [], "a.b"):
        with pytest.raises(BadAnswer, match=r'"a\.b"') as info:
            required(row, "a.b", "cv")
        assert info.value.account == "cv"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-29T00:30:00Z", "2026-03-29T01:30:00+01:00"),
        ("2026-03-29T01:00:00Z", "2026-03-29T03:00:00+02:00"),
        ("2026-03-29T01:59", "2026-03-29T01:59:00+01:00"),
        ("2026-03-29 03:00:00", "2026-03-29T03:00:00+02:00"),
        ("2026-10-25T00:30:00Z", "2026-10-25T02:30:00+02:00"),
        ("2026-10-25T01:30:00Z", "2026-10-25T02:30:00+01:00"),
        ("2026-10-25T03:00:00", "2026-10-25T03:00:00+01:00"),
        ("2026-12-01T09:00:00.000-05:00", "2026-12-01T15:00:00+01:00"),
    ],
)
def test_instants(text: str, expected: str) -> None:
    assert parse_instant(text, BERLIN).isoformat() == expected


@pytest.mark.parametrize(
    "text",
    ["", "soon", "2026-12-01", "09:00", "2026-13-01T09:00", "2026-03-29T02:30", "2026-10-25T02:30"],
)
def test_what_names_no_instant(text: str) -> None:
    with pytest.raises(BadAnswer):
        parse_instant(text, BERLIN, account="cv")
