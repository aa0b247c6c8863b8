"""What adapters share."""

from zoneinfo import ZoneInfo

import pytest

from cowork_cli.errors import BadAnswer, OutcomeUnknown, ProviderUnavailable, SlotTaken
from cowork_cli.providers.base import once, paged, parse_instant, required

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


class _Line:
    """A write with a plan: what each sending does, and what stands there."""

    def __init__(self, *outcomes: object, arrives: tuple[int, ...] = ()) -> None:
        self.outcomes, self.arrives = list(outcomes), arrives
        self.sent = 0
        self.there: str | None = None

    def send(self) -> str:
        self.sent += 1
        if self.sent in self.arrives:
            self.there = f"made {self.sent}"
        outcome = self.outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return str(outcome)

    def look(self) -> str | None:
        return self.there


LOST = OutcomeUnknown("lost")


def test_a_write_that_is_answered_is_not_looked_at() -> None:
    line = _Line("done")
    assert once(line.send, lambda: pytest.fail("looked"), again=True) == "done"


def test_a_lost_write_that_stands_is_done() -> None:
    line = _Line(LOST, arrives=(1,))
    assert once(line.send, line.look, again=True) == "made 1"
    assert line.sent == 1


def test_a_lost_write_is_sent_again_only_where_that_is_safe() -> None:
    safe, unsafe = _Line(LOST, "done"), _Line(LOST, "done")
    assert once(safe.send, safe.look, again=True) == "done"
    with pytest.raises(OutcomeUnknown):
        once(unsafe.send, unsafe.look)
    assert (safe.sent, unsafe.sent) == (2, 1)


@pytest.mark.parametrize(
    ("second", "raised"),
    [
        (SlotTaken("taken"), SlotTaken),
        (OutcomeUnknown("again"), OutcomeUnknown),
        (ProviderUnavailable("gone"), OutcomeUnknown),
    ],
)
def test_what_the_second_sending_meets(second: Exception, raised: type[Exception]) -> None:
    """A refusal by a stranger is one; what did not get through says nothing of the first."""
    line = _Line(LOST, second)
    with pytest.raises(raised):
        once(line.send, line.look, again=True)


def test_the_first_one_that_arrives_late_is_found_in_the_way_of_the_second() -> None:
    line = _Line(LOST, SlotTaken("taken"))
    looks = iter([None, "made 1"])
    assert once(line.send, lambda: next(looks), again=True) == "made 1"


def test_who_cannot_look_does_not_know() -> None:
    def blind() -> str | None:
        raise ProviderUnavailable("gone")

    line = _Line(LOST, "done")
    with pytest.raises(OutcomeUnknown):
        once(line.send, blind, again=True)
    assert line.sent == 1
