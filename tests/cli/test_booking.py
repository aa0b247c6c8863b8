"""`cowork booking` through the real funnel."""

import pytest

from tests.conftest import Cowork

DAY = ("--on", "2026-12-01")
FIELDS = {
    "id", "ref", "account", "desk_ref", "desk_name", "space_name", "from", "to", "timezone",
    "state", "existing", "series", "price", "vat", "credits", "cancel_until", "cancel_fee", "project",
    "person", "created_at", "key", "title", "check_in_by", "checked_in",
}  # fmt: skip


@pytest.fixture
def mill(cowork: Cowork) -> Cowork:
    for words in (
        ("space", "add", "Alte Mühle", "--postcode", "14827", "--city", "Wiesenburg/Mark",
         "--hours", "Mo-Fr 08:00-18:00"),
        ("desk", "add", "mühle", "Desk 1", "--price", "day=18"),
        ("desk", "add", "mühle", "Besprechung", "--kind", "room", "--price", "hour=12"),
    ):  # fmt: skip
        outcome = cowork(*words)
        assert outcome.code == 0, str(outcome)
    return cowork


def test_a_day_is_booked_once(mill: Cowork) -> None:
    (first,) = mill("book", "Desk 1", *DAY, "--all-day", "--json").data
    assert set(first) == FIELDS
    assert (first["id"], first["state"], first["existing"]) == ("b-1", "confirmed", False)
    assert first["from"] == "2026-12-01T08:00:00+01:00"
    assert first["to"] == "2026-12-01T18:00:00+01:00"
    assert first["price"]["amount"] == "18.00"
    again = mill("book", "Desk 1", *DAY, "--all-day", "--json")
    assert (again.code, again.data[0]["id"], again.data[0]["existing"]) == (0, "b-1", True)
    assert "Already booked as b-1." in again.err


def test_a_taken_desk_names_the_time_and_the_next_command(mill: Cowork) -> None:
    mill("book", "Desk 1", *DAY)
    taken = mill("book", "Desk 1", *DAY, "--from", "10:00", "--to", "12:00", "--for", "Max")
    assert taken.code == 6
    assert 'error: desk "Desk 1" is taken from 08:00 to 18:00' in taken.err
    assert "hint: see free desks with `cowork desk free" in taken.err


def test_the_command_of_a_hint_works(mill: Cowork) -> None:
    import shlex

    mill("book", "Desk 1", *DAY)
    hint = mill("book", "Desk 1", *DAY, "--for", "Max").err.split("`")[1]
    assert mill(*shlex.split(hint)[1:]).code == 0


@pytest.mark.parametrize(
    "words",
    [
        ("Besprechung", *DAY),
        ("Desk 1",),
        ("Desk 1", "--on", "2026-11-24"),
        ("Desk 1", *DAY, "--from", "12:00", "--to", "10:00"),
        ("Desk 1", *DAY, "--from", "12:00"),
        ("Desk 1", "--on", "2026-02-30"),
        ("Desk 1", *DAY, "--max-price", "viel"),
        ("Desk 1", "--every", "mon"),
        ("Desk 1", *DAY, "--fallback", "some"),
    ],
)
def test_what_cannot_be_booked_is_exit_2(mill: Cowork, words: tuple[str, ...]) -> None:
    outcome = mill("book", *words)
    assert outcome.code == 2, str(outcome)
    assert mill("booking", "list", "--past", "--json").data == []


def test_a_closed_day_is_refused_and_times_are_taken(mill: Cowork) -> None:
    assert mill("book", "Desk 1", "--on", "2026-12-06").code == 6
    assert mill("book", "Desk 1", "--on", "2026-12-06", "--from", "9:00", "--to", "24:00").code == 0


def test_several_days_are_partly_done(mill: Cowork) -> None:
    mill("book", "Desk 1", "--on", "2026-12-02", "--for", "Max")
    outcome = mill("book", "Desk 1", "--on", "2026-12-01..2026-12-03", "--json")
    assert (outcome.code, outcome.json["status"]) == (8, "partial")
    assert [row["from"][:10] for row in outcome.data] == ["2026-12-01", "2026-12-03"]
    assert outcome.json["problems"][0]["code"] == "slot-taken"


def test_a_series(mill: Cowork) -> None:
    words = ("--every", "mon,wed", "--on", "tomorrow", "--until", "2026-12-09")
    found = mill("book", "Desk 1", *words, "--json").data
    days = [row["from"][:10] for row in found]
    assert days == ["2026-11-30", "2026-12-02", "2026-12-07", "2026-12-09"]
    assert len({row["series"] for row in found}) == 1


def test_a_dry_run_books_nothing(mill: Cowork) -> None:
    dry = mill("book", "Desk 1", *DAY, "-n", "--json")
    assert (dry.code, dry.data[0]["from"]) == (0, "2026-12-01T08:00:00+01:00")
    assert mill("booking", "list", "--json").data == []
    mill("book", "Desk 1", *DAY)
    assert mill("book", "Desk 1", *DAY, "--for", "Max", "-n").code == 6


def test_a_key(mill: Cowork) -> None:
    assert mill("book", "Desk 1", *DAY, "--key", "k").code == 0
    assert mill("book", "Desk 1", *DAY, "--key", "k", "--json").data[0]["existing"]
    assert mill("book", "Desk 1", "--on", "2026-12-02", "--key", "k").code == 6


def test_max_price_refuses(mill: Cowork) -> None:
    outcome = mill("book", "Desk 1", *DAY, "--max-price", "17.99")
    assert outcome.code == 6
    assert "18.00 EUR" in outcome.err
    assert mill("book", "Desk 1", *DAY, "--max-price", "18").code == 0


def test_list_show_cancel(mill: Cowork) -> None:
    mill("book", "Desk 1", *DAY)
    mill("book", "Besprechung", "--on", "2027-01-04", "--from", "10:00", "--to", "12:00")
    listed = ("booking", "list", "--json")
    assert [row["id"] for row in mill(*listed).data] == ["b-1", "b-2"]
    assert [row["id"] for row in mill(*listed, "--in", "2026-12").data] == ["b-1"]
    assert mill("booking", "show", "b-2", "--json").data["price"]["amount"] == "24.00"
    assert mill("booking", "show", "besprechung", "--json").data["id"] == "b-2"
    assert mill("booking", "show", "b-9").code == 5
    assert mill("booking", "cancel", "b-1").code == 2
    assert mill("booking", "cancel", "desk").code == 5
    dry = mill("booking", "cancel", "b-1", "--dry-run", "--json")
    assert (dry.code, dry.data["state"]) == (0, "confirmed")
    assert "cancelling costs nothing" in dry.err
    done = mill("booking", "cancel", "b-1", "--yes", "--json")
    assert (done.code, done.data["state"]) == (0, "cancelled")
    again = mill("booking", "cancel", "b-1", "--yes")
    assert (again.code, "already" in again.err) == (0, True)
    assert [row["id"] for row in mill(*listed).data] == ["b-2"]
    assert [row["id"] for row in mill(*listed, "--state", "cancelled").data] == ["b-1"]
    assert mill("booking", "list", "--state", "gone").code == 2


def test_undo_takes_a_local_booking_back(mill: Cowork) -> None:
    mill("book", "Desk 1", *DAY)
    assert mill("undo").code == 0
    assert mill("booking", "list", "--json").data == []
    assert mill("book", "Desk 1", *DAY, "--for", "Max").code == 0


def test_sync_of_nothing(mill: Cowork) -> None:
    mill("book", "Desk 1", *DAY)
    outcome = mill("booking", "sync", "--json")
    assert (outcome.code, outcome.data) == (0, [])


def test_a_card_and_a_table_on_a_terminal(mill: Cowork) -> None:
    table = mill("book", "Desk 1", *DAY, terminal=True, env={"NO_COLOR": "1"})
    assert "Tue 2026-12-01 08:00" in table.out
    card = mill("booking", "show", "b-1", terminal=True, env={"NO_COLOR": "1"})
    assert "08:00 – 18:00" in card.out


# ---- moving in the own book


MORNING = ("--from", "9:00", "--to", "11:00")


def test_a_booking_is_moved_over_its_own_time(mill: Cowork) -> None:
    mill("book", "Besprechung", *DAY, *MORNING)
    moved = mill("booking", "move", "b-1", "--from", "10:00", "--to", "13:00", "--json")
    assert moved.code == 0, str(moved)
    assert (moved.data["id"], moved.data["from"]) == ("b-1", "2026-12-01T10:00:00+01:00")
    assert moved.data["price"]["amount"] == "36.00"
    assert len(mill("booking", "list", "--json").data) == 1
    assert mill("undo").code == 0
    assert mill("booking", "show", "b-1", "--json").data["from"] == "2026-12-01T09:00:00+01:00"
    assert mill("book", "Besprechung", *DAY, "--from", "11:00", "--to", "12:00").code == 0


def test_a_move_keeps_the_clock_and_changes_the_day(mill: Cowork) -> None:
    mill("book", "Besprechung", *DAY, *MORNING)
    moved = mill("booking", "move", "b-1", "--on", "2026-12-03", "--json").data
    assert (moved["from"], moved["to"]) == (
        "2026-12-03T09:00:00+01:00",
        "2026-12-03T11:00:00+01:00",
    )


def test_a_move_to_a_taken_time_changes_nothing(mill: Cowork) -> None:
    mill("book", "Besprechung", *DAY, *MORNING)
    mill("book", "Besprechung", *DAY, "--from", "14:00", "--to", "15:00", "--for", "Ada")
    moved = mill("booking", "move", "b-1", "--from", "13:00", "--to", "15:00")
    assert moved.code == 6
    assert mill("booking", "show", "b-1", "--json").data["from"] == "2026-12-01T09:00:00+01:00"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("b-1",), 2),
        (("b-9", "--on", "2026-12-03"), 5),
        (("b-1", "--on", "2026-11-01"), 2),
        (("b-1", "--on", "2026-12-03", "--dry-run"), 0),
        (("b-1", "--on", "2026-12-01"), 0),
    ],
)
def test_moves_that_change_nothing(mill: Cowork, words: tuple[str, ...], code: int) -> None:
    mill("book", "Besprechung", *DAY, *MORNING)
    assert mill("booking", "move", *words).code == code
    assert mill("booking", "show", "b-1", "--json").data["from"] == "2026-12-01T09:00:00+01:00"


def test_the_own_book_keeps_a_check_in_of_its_day(mill: Cowork) -> None:
    mill("book", "Besprechung", *DAY, *MORNING)
    early = mill("booking", "checkin", "b-1")
    assert (early.code, "check in on that day" in early.err) == (6, True)
    late = mill("booking", "checkin", "b-1", env={"COWORK_NOW": "2026-12-02T09:00:00+01:00"})
    assert (late.code, "cowork day log 2026-12-01" in late.err) == (6, True)
    now = {"COWORK_NOW": "2026-12-01T09:04:00+01:00"}
    assert mill("booking", "checkin", "b-1", "--dry-run", env=now).code == 0
    assert mill("booking", "show", "b-1", "--json").data["checked_in"] is None
    came = mill("booking", "checkin", "b-1", "--json", env=now)
    assert came.data["checked_in"] == "2026-12-01T09:04:00+01:00"
    again = mill("booking", "checkin", "b-1", env={"COWORK_NOW": "2026-12-01T11:00:00+01:00"})
    assert "was checked in at 09:04 already" in again.err
    assert mill("undo", env=now).code == 0
    assert mill("booking", "show", "b-1", "--json").data["checked_in"] is None


@pytest.mark.parametrize(
    "words",
    [
        ("book", "Desk 1", *DAY, "--from", "24:00", "--to", "10:00"),
        ("booking", "move", "b-1", "--from", "24:00"),
        ("desk", "free", "mühle", *DAY, "--from", "24 Uhr", "--to", "10:00"),
    ],
)
def test_a_day_does_not_begin_at_its_end(mill: Cowork, words: tuple[str, ...]) -> None:
    mill("book", "Desk 1", "--on", "2026-12-02")
    refused = mill(*words)
    assert refused.code == 2, str(refused)
    assert 'error: "24' in refused.err
    (kept,) = mill("booking", "list", "--json").data
    assert (kept["from"][:16], kept["to"][:16]) == ("2026-12-02T08:00", "2026-12-02T18:00")


@pytest.mark.parametrize(
    ("change", "times"),
    [
        (("--on", "2026-12-03"), ("2026-12-03T20:00", "2026-12-04T02:00")),
        (("--from", "21:00"), ("2026-12-01T21:00", "2026-12-02T02:00")),
        (("--to", "23:00"), ("2026-12-01T20:00", "2026-12-01T23:00")),
        (("--to", "24:00"), ("2026-12-01T20:00", "2026-12-02T00:00")),
    ],
)
def test_a_night_that_is_moved_ends_past_midnight(
    cowork: Cowork, change: tuple[str, ...], times: tuple[str, str]
) -> None:
    for words in (
        ("space", "add", "Nacht", "--postcode", "14827", "--city", "Wiesenburg/Mark",
         "--hours", "Mo-Su 20:00-02:00"),
        ("desk", "add", "nacht", "N1"),
        ("book", "N1", *DAY),
    ):  # fmt: skip
        outcome = cowork(*words)
        assert outcome.code == 0, str(outcome)
    moved = cowork("booking", "move", "b-1", *change, "--json")
    assert moved.code == 0, str(moved)
    assert (moved.data["from"][:16], moved.data["to"][:16]) == times


def test_a_key_of_several_days_is_of_these_days(mill: Cowork) -> None:
    words = ("book", "Desk 1", "--key", "k", "--on")
    assert mill(*words, "2026-12-03,2026-12-04").code == 0
    for days in ("2026-12-07", "2026-12-03", "2026-12-03,2026-12-07"):
        other = mill(*words, days)
        assert (other.code, 'the key "k" belongs to another request' in other.err) == (6, True), (
            str(other)
        )
    again = mill(*words, "2026-12-03,2026-12-04", "--json")
    assert [row["existing"] for row in again.data] == [True, True]
    more = mill(*words, "2026-12-02..2026-12-04", "--json")
    assert [row["existing"] for row in more.data] == [False, True, True], "one of them was refused"
    on_the_last = {"COWORK_NOW": "2026-12-04T07:00:00+01:00"}
    assert mill(*words, "2026-12-04,2026-12-07", env=on_the_last).code == 0, "the others are over"


def test_whom_a_booking_is_for(mill: Cowork) -> None:
    nobody = mill("book", "Desk 1", "--on", "2026-12-03", "--for", " ")
    assert (nobody.code, "--for names nobody" in nobody.err) == (2, True)
    mine = mill("book", "Desk 1", "--on", "2026-12-03", "--for", "me", "--json")
    assert mine.data[0]["person"] is None
    assert mill("book", "Desk 1", "--on", "2026-12-03", "--json").data[0]["existing"]
    assert mill("team", "add", "me").code == 2


def test_what_is_archived_is_not_worked_for(mill: Cowork) -> None:
    mill("client", "add", "acme", "--name", "ACME")
    mill("project", "add", "acme/site")
    mill("people", "add", "Ada Roth")
    mill("project", "archive", "acme/site")
    job = ("job", "open", "web", "--client", "acme", "--with", "ada:40")
    for words in (
        ("book", "Desk 1", "--on", "2026-12-03", "--project", "acme/site"),
        (*job, "--project", "acme/site"),
    ):
        refused = mill(*words)
        assert (refused.code, "the project acme/site is archived" in refused.err) == (6, True), str(
            refused
        )
    mill("client", "archive", "acme")
    assert "the client acme is archived" in mill(*job).err
