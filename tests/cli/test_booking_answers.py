"""What `booking` and `desk free` answer where something stands in the way, through the real funnel."""

import pytest

from tests.conftest import Cowork

DAY = ("--on", "2026-12-01")
SUNDAY = ("--on", "2026-12-06")


@pytest.fixture
def mill(cowork: Cowork) -> Cowork:
    for words in (
        ("space", "add", "Mühle", "--postcode", "14827", "--hours", "Mo-Fr 08:00-18:00"),
        ("desk", "add", "mühle", "Desk 1", "--price", "half-day=10"),
        ("desk", "add", "mühle", "Desk 2"),
    ):
        assert cowork(*words).code == 0
    return cowork


def times(first: str, last: str) -> tuple[str, ...]:
    return "--from", first, "--to", last


# ---- taken


def test_two_short_bookings_are_not_one_long_one(mill: Cowork) -> None:
    mill("book", "Desk 1", *DAY, *times("9:00", "10:00"), "--for", "Ada")
    mill("book", "Desk 1", *DAY, *times("15:00", "16:00"), "--for", "Max")
    taken = mill("book", "Desk 1", *DAY, *times("9:30", "15:30"), "--for", "Eva")
    assert taken.code == 6
    assert (
        'desk "Desk 1" is taken from 09:00 to 10:00 and from 15:00 to 16:00,'
        " by your own b-1 for Ada, b-2 for Max" in taken.err
    )
    between = mill("book", "Desk 1", *DAY, *times("10:00", "15:00"), "--for", "Eva")
    assert between.code == 0


def test_bookings_that_touch_are_one_stretch(mill: Cowork) -> None:
    mill("book", "Desk 1", *DAY, *times("9:00", "10:00"), "--for", "Ada")
    mill("book", "Desk 1", *DAY, *times("10:00", "11:00"), "--for", "Max")
    taken = mill("book", "Desk 1", *DAY, *times("9:30", "10:30"), "--for", "Eva")
    assert "is taken from 09:00 to 11:00, by" in taken.err


def test_an_own_clash_names_the_booking_and_the_way_out(mill: Cowork) -> None:
    mill("book", "Desk 2", *DAY)
    mill("book", "Desk 1", *DAY, *times("9:00", "12:00"))
    clash = mill("book", "Desk 1", *DAY, *times("11:00", "13:00"))
    assert clash.code == 6
    assert "taken from 09:00 to 12:00, by your own b-2" in clash.err
    assert "`cowork booking cancel b-2`, then book again" in clash.err
    assert mill("booking", "cancel", "b-2", "--yes").code == 0
    assert mill("book", "Desk 1", *DAY, *times("11:00", "13:00")).code == 0


def test_two_desks_at_one_time_are_said(mill: Cowork) -> None:
    mill("book", "Desk 1", *DAY, *times("9:00", "12:00"))
    note = "At that time you also have b-1, Desk 1 (Tue 09:00–12:00)."
    assert note in mill("book", "Desk 2", *DAY, *times("11:00", "13:00")).err
    assert note not in mill("book", "Desk 2", *DAY, *times("13:00", "14:00")).err
    assert note not in mill("book", "Desk 2", *SUNDAY, *times("9:00", "10:00")).err
    other = mill("book", "Desk 2", *DAY, *times("9:00", "11:00"), "--for", "Max")
    assert (other.code, note in other.err) == (0, False)


# ---- hours


@pytest.mark.parametrize(
    ("when", "note"),
    [
        (
            (*DAY, *times("17:00", "20:00")),
            "Outside the opening hours of Mühle on Tue 2026-12-01: 08:00–18:00.",
        ),
        (
            (*DAY, *times("06:00", "07:00")),
            "Outside the opening hours of Mühle on Tue 2026-12-01: 08:00–18:00.",
        ),
        (
            (*SUNDAY, *times("9:00", "12:00")),
            "Mühle is closed on Sun 2026-12-06 (Mo-Fr 08:00-18:00).",
        ),
        ((*DAY, *times("8:00", "18:00")), None),
    ],
)
def test_free_and_book_agree_outside_the_hours(
    mill: Cowork, when: tuple[str, ...], note: str | None
) -> None:
    free = mill("desk", "free", "Desk 1", *when, "--json")
    dry = mill("book", "Desk 1", *when, "-n")
    made = mill("book", "Desk 1", *when, "--json")
    assert (free.data[0]["free"], dry.code, made.code) == (True, 0, 0)
    start, end = made.data[0]["from"], made.data[0]["to"]
    assert free.data[0]["slots"] == [{"from": start, "to": end}]
    for outcome in (free, dry, made):
        assert ("Mühle on" in outcome.err or "closed on" in outcome.err) == (note is not None)
        assert note is None or note in outcome.err
    again = mill("desk", "free", "Desk 1", *when, "--json")
    assert again.data[0]["free"] is False
    assert mill("book", "Desk 1", *when, "--for", "Max").code == 6


def test_a_closed_day_as_a_whole_is_said_by_both(mill: Cowork) -> None:
    free = mill("desk", "free", "Desk 1", *SUNDAY, "--json")
    assert (free.data[0]["free"], free.data[0]["slots"]) == (False, [])
    assert "Mühle is closed on Sun 2026-12-06 (Mo-Fr 08:00-18:00)." in free.err
    refused = mill("book", "Desk 1", *SUNDAY)
    assert (refused.code, "is closed on Sun 2026-12-06" in refused.err) == (6, True)


def test_the_night_belongs_to_the_evening_before(cowork: Cowork) -> None:
    cowork("space", "add", "Nachtcafé", "--city", "Köln", "--hours", "Mo-Su 22:00-02:00")
    cowork("desk", "add", "Nachtcafé", "Bar")
    made = cowork("book", "Bar", *DAY, *times("0:30", "1:30"))
    assert (made.code, "Outside" in made.err) == (0, False)
    assert "Outside" in cowork("book", "Bar", *DAY, *times("3:00", "4:00")).err


# ---- half days


@pytest.mark.parametrize(
    ("first", "last", "price"),
    [
        ("09:00", "10:00", "10.00"),
        ("09:00", "13:00", "10.00"),
        ("09:00", "13:01", "20.00"),
        ("09:00", "17:00", "20.00"),
        ("08:00", "18:00", "30.00"),
    ],
)
def test_a_half_day_is_four_hours_and_each_begun_one_counts(
    mill: Cowork, first: str, last: str, price: str
) -> None:
    (booking,) = mill("book", "Desk 1", *DAY, *times(first, last), "-n", "--json").data
    assert booking["price"]["amount"] == price


# ---- cancelling several


def test_several_are_cancelled_in_one_go(mill: Cowork) -> None:
    for day in ("2026-12-01", "2026-12-02", "2026-12-03"):
        mill("book", "Desk 1", "--on", day)
    dry = mill("booking", "cancel", "b-2", "b-3", "-n", "--json")
    assert [(row["id"], row["state"]) for row in dry.data] == [
        ("b-2", "confirmed"),
        ("b-3", "confirmed"),
    ]
    assert dry.err.count("would be cancelled; cancelling costs nothing (--dry-run).") == 2
    assert mill("booking", "cancel", "b-2", "b-3").code == 2
    done = mill("booking", "cancel", "b-2", "b-3", "b-2", "--yes", "--json")
    assert (done.code, [row["state"] for row in done.data]) == (0, ["cancelled", "cancelled"])
    assert [row["id"] for row in mill("booking", "list", "--json").data] == ["b-1"]
    assert mill("undo").code == 0


def test_one_name_that_is_none_cancels_nothing(mill: Cowork) -> None:
    mill("book", "Desk 1", *DAY)
    outcome = mill("booking", "cancel", "b-1", "b-9", "--yes", "--json")
    assert (outcome.code, outcome.data) == (5, None)
    assert [row["state"] for row in mill("booking", "list", "--json").data] == ["confirmed"]


def test_one_that_is_over_is_refused_and_the_other_cancelled(mill: Cowork) -> None:
    mill("book", "Desk 1", *DAY)
    mill("book", "Desk 1", "--on", "2026-12-02")
    later = {"COWORK_NOW": "2026-12-01T20:00:00+01:00"}
    partly = mill("booking", "cancel", "b-1", "b-2", "--yes", "--json", env=later)
    assert (partly.code, partly.json["status"]) == (8, "partial")
    assert [row["id"] for row in partly.data] == ["b-2"]
    assert "b-1 is over" in partly.json["problems"][0]["message"]
    wholly = mill("booking", "cancel", "b-1", "--yes", "--json", env=later)
    assert (wholly.code, wholly.data) == (6, None)
