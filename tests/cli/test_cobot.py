"""Cobot through the real funnel: logged in, looked at, booked, moved, cancelled, synchronised."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from cowork_cli.services.bookings.watching import Waiting
from tests.conftest import Cowork
from tests.fakes.cobot import CLIENT, FakeCobot, price

pytestmark = pytest.mark.usefixtures("waits")  # nobody waits between two tries

TOKEN = "cobot/token+4711"
ROOM = "hafen:hafen-dortmund/room-1"
WHEN = ("--on", "2026-12-01", "--from", "09:00", "--to", "11:00")


@pytest.fixture
def fake() -> Iterator[FakeCobot]:
    with FakeCobot(token=TOKEN) as server:
        space = server.add_space("hafen-dortmund", name="Hafen Dortmund")
        server.add_membership(space)
        server.add_resource(space, "room-1", name="Kapitän", resourceType="room", capacity=6)
        server.add_resource(space, "desk-1", name="Fenster")
        yield server


@pytest.fixture
def hafen(seller: Cowork, fake: FakeCobot, monkeypatch: pytest.MonkeyPatch) -> Cowork:
    monkeypatch.setenv("COWORK_HAFEN_TOKEN", TOKEN)
    added(seller, fake)
    return seller


def added(cowork: Cowork, fake: FakeCobot) -> None:
    outcome = cowork(
        "account", "add", "hafen", "--provider", "cobot", "--set", "spaces=hafen-dortmund",
        "--set", f"api_url={fake.url}", "--set", f"www_url={fake.url}",
        "--set", f"space_url={fake.url}/at/{{subdomain}}",
    )  # fmt: skip
    assert outcome.code == 0, str(outcome)


def writes(fake: FakeCobot) -> list[str]:
    asking = ("/bookings_preview", "/external_bookings_preview")
    return [
        f"{one.method} {one.path}"
        for one in fake.log
        if one.method != "GET" and one.path not in asking
    ]


# ---- looking


def test_check_says_what_works_in_words(hafen: Cowork, fake: FakeCobot) -> None:
    (row,) = hafen("account", "check", "hafen", "--json").data
    assert row["state"] == "ok"
    told = {one["capability"]: one["message"] for one in row["capabilities"]}
    assert told == {
        "search": "Hafen Dortmund: its details",
        "availability": "Hafen Dortmund: 2 desks and rooms",
        "booking": "Hafen Dortmund: as a member",
        "address": "0 offers, ordered on the web page of the space",
    }
    fake.scopes[TOKEN] = {"read_bookings"}
    outcome = hafen("account", "check", "hafen", "--json")
    (row,) = outcome.data
    assert (outcome.code, row["state"]) == (4, "partly")
    assert "needs the scope read_bookings" in row["message"]


def test_check_asks_the_other_spaces_where_one_is_not_there(hafen: Cowork, fake: FakeCobot) -> None:
    hafen("account", "add", "hafen", "--set", "spaces=nowhere,hafen-dortmund")
    outcome = hafen("account", "check", "hafen", "--json")
    (row,) = outcome.data
    told = {one["capability"]: one["message"] for one in row["capabilities"]}
    assert outcome.code == 5, str(outcome)
    assert told["booking"].startswith("nowhere: ")
    assert told["booking"].endswith("; Hafen Dortmund: as a member")
    assert told["availability"].endswith("; Hafen Dortmund: 2 desks and rooms")


def test_check_of_a_server_that_is_not_there_is_unreachable(
    seller: Cowork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COWORK_HAFEN_TOKEN", TOKEN)
    with FakeCobot() as gone:
        added(seller, gone)
    outcome = seller("account", "check", "hafen", "--json")
    assert outcome.code == 7
    assert outcome.data[0]["state"] == "unreachable"


@pytest.mark.parametrize("space", ["hafen:hafen-dortmund", "hafen", "Hafen Dortmund", "dortm"])
def test_desks_are_listed_by_any_name_of_their_space(hafen: Cowork, space: str) -> None:
    rows = hafen("desk", "list", space, "--json").data
    assert [(row["ref"], row["kind"], row["capacity"]) for row in rows] == [
        (ROOM, "room", 6),
        ("hafen:hafen-dortmund/desk-1", "desk", 1),
    ]
    assert rows[0]["price"] == {
        "amount": "11.90", "currency": "EUR", "per": "hour", "tax": "gross",
    }  # fmt: skip


def test_a_name_that_nobody_knows_is_not_found_also_without_a_login(
    hafen: Cowork, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert hafen("desk", "list", "nirgends").code == 5
    monkeypatch.delenv("COWORK_HAFEN_TOKEN")
    outcome = hafen("desk", "list", "nirgends")
    assert outcome.code == 5
    assert 'no token is known for account "hafen", so it was not asked' in outcome.err


def test_an_account_that_does_not_answer_is_not_one_without_the_space(
    hafen: Cowork, fake: FakeCobot
) -> None:
    fake.fail_next(403, {}, times=9)
    assert hafen("desk", "list", "nirgends").code == 4


def test_free_times_are_asked_for_all_desks_at_once(hafen: Cowork, fake: FakeCobot) -> None:
    fake.add_booking("room-1", "2026-12-01T09:00:00+01:00", "2026-12-01T11:00:00+01:00")
    rows = hafen("desk", "free", "hafen", *WHEN, "--json").data
    assert {row["name"]: row["free"] for row in rows} == {"Kapitän": False, "Fenster": True}
    assert len([one for one in fake.log if "availabilit" in one.path]) == 1


# ---- booking


def test_price_credits_and_terms_are_read_before_the_question(
    hafen: Cowork, fake: FakeCobot
) -> None:
    member = next(iter(fake.memberships))
    fake.credits[member] = [
        {"resource": "room-1", "hoursRemaining": "1.5", "totalHours": "10.0"},
    ]  # fmt: skip
    outcome = hafen("book", ROOM, *WHEN, stdin="n\n", terminal=True)
    assert outcome.code == 1
    line = (
        '"Kapitän" Tue 2026-12-01 09:00–11:00: 5.95 EUR with 0.95 EUR VAT; uses 1.5 h of credit;'
        " can be cancelled until Mon 2026-11-30 09:00, what cancelling costs is not known;"
        " 1.5 h of credit are left before it."
    )
    told = " ".join(outcome.err.split())
    assert line in told
    assert told.index(line) < told.index('Book "Kapitän" at Hafen Dortmund on Tue 2026-12-01')
    assert writes(fake) == []


def test_a_booking_is_made_and_kept_with_its_price(hafen: Cowork, fake: FakeCobot) -> None:
    outcome = hafen("book", "Kapitän", *WHEN, "--title", "Kick-off", "--yes", "--json")
    (row,) = outcome.data
    assert (row["state"], row["existing"], row["timezone"]) == ("confirmed", False, "Europe/Berlin")
    assert row["price"] == {"amount": "23.80", "currency": "EUR", "per": "once", "tax": "gross"}
    assert row["vat"] == {"amount": "3.80", "currency": "EUR"}
    assert row["cancel_until"] == "2026-11-30T09:00:00+01:00"
    (made,) = fake.bookings.values()
    assert made["title"] == "Kick-off"
    assert made["comments"].startswith("cowork:")
    assert row["ref"] == f"hafen:{next(iter(fake.bookings))}"
    again = hafen("book", ROOM, *WHEN, "--yes", "--json").data
    assert (again[0]["id"], again[0]["existing"]) == (row["id"], True)
    assert len(fake.bookings) == 1
    expense = hafen("expense", "add", "--booking", row["id"], "--vat", "19", "--json")
    assert expense.data["gross"] == {"amount": "23.80", "currency": "EUR"}


def test_the_ref_may_be_the_id_of_the_platform_alone(hafen: Cowork) -> None:
    assert hafen("book", "hafen:room-1", *WHEN, "--yes", "--json").data[0]["desk_ref"] == ROOM


def test_a_dry_run_sends_no_write_and_stores_nothing(hafen: Cowork, fake: FakeCobot) -> None:
    outcome = hafen("book", ROOM, *WHEN, "--dry-run", "--json")
    assert outcome.code == 0
    assert outcome.data[0]["price"]["amount"] == "23.80"
    assert "Nothing was booked" in outcome.err
    assert writes(fake) == []
    assert hafen("booking", "list", "--json").data == []
    assert hafen("history", "--json").data["changes"] == []


def test_a_preview_without_a_price_leaves_that_of_the_hours(hafen: Cowork, fake: FakeCobot) -> None:
    fake.preview_prices = False
    outcome = hafen("book", ROOM, *WHEN, "--dry-run", "--json")
    assert outcome.data[0]["price"]["amount"] == "23.80"
    assert "that of its hours" in outcome.err
    fake.resources["room-1"]["pricing"]["discounts"] = [{"minimumDuration": {"hours": 2}}]
    assert hafen("book", ROOM, *WHEN, "--dry-run", "--json").data[0]["price"] is None
    assert hafen("book", ROOM, *WHEN, "--max-price", "100").code == 6


def test_without_yes_nothing_is_spent_and_a_limit_holds(hafen: Cowork, fake: FakeCobot) -> None:
    assert hafen("book", ROOM, *WHEN).code == 2
    assert hafen("book", ROOM, *WHEN, "--max-price", "20").code == 6
    assert writes(fake) == []
    assert hafen("book", ROOM, *WHEN, "--max-price", "23.80").code == 0


def test_two_homes_book_once(
    hafen: Cowork, fake: FakeCobot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (first,) = hafen("book", ROOM, *WHEN, "--yes", "--json").data
    monkeypatch.setenv("COWORK_HOME", str(tmp_path / "other"))
    added(hafen, fake)
    (second,) = hafen("book", ROOM, *WHEN, "--yes", "--json").data
    assert (second["ref"], second["existing"]) == (first["ref"], True)
    assert len([one for one in writes(fake) if one.startswith("POST")]) == 1


def test_a_cut_after_commit_is_read_back(hafen: Cowork, fake: FakeCobot) -> None:
    fake.spare_until(lambda one: one.method == "POST" and one.path.startswith("/memberships"))
    fake.cut_after_commit()
    (row,) = hafen("book", ROOM, *WHEN, "--yes", "--json").data
    assert row["state"] == "confirmed"
    assert len(fake.bookings) == 1


def test_what_stays_unclear_is_exit_9_and_sync_settles_it(hafen: Cowork, fake: FakeCobot) -> None:
    fake.spare_until(lambda one: one.method == "POST" and one.path.startswith("/memberships"))
    fake.fail_after_commit(502, times=20)
    outcome = hafen("book", ROOM, *WHEN, "--yes", "--json")
    assert outcome.code == 9
    assert "cowork booking sync" in outcome.err
    fake.forget_orders()
    (row,) = hafen("booking", "sync", "--json").data
    assert row["state"] == "confirmed"
    assert len(fake.bookings) == 1


def test_all_steps_of_a_booking_go_over_one_line(hafen: Cowork, fake: FakeCobot) -> None:
    before = fake.lines
    assert hafen("book", ROOM, *WHEN, "--yes").code == 0
    assert fake.lines == before + 1
    assert len(fake.log) <= 9


def test_a_move_whose_answer_is_lost_is_settled_by_sync(hafen: Cowork, fake: FakeCobot) -> None:
    hafen("book", ROOM, *WHEN, "--yes")
    fake.spare_until(lambda one: one.method == "PATCH")
    fake.fail_after_commit(502, times=20)
    moved = ("--from", "10:00", "--to", "12:00", "--yes")
    assert hafen("booking", "move", "b-1", *moved).code == 9
    assert hafen("booking", "show", "b-1", "--json").data["state"] == "unknown"
    fake.forget_orders()
    (row,) = hafen("booking", "sync", "--json").data
    assert (row["state"], row["from"]) == ("confirmed", "2026-12-01T10:00:00+01:00")


def test_a_cancellation_whose_answer_is_lost_is_settled_by_sync(
    hafen: Cowork, fake: FakeCobot
) -> None:
    hafen("book", ROOM, *WHEN, "--yes")
    fake.spare_until(lambda one: one.method == "DELETE")
    fake.fail_after_commit(502, times=20)
    assert hafen("booking", "cancel", "b-1", "--yes").code == 9
    fake.forget_orders()
    (row,) = hafen("booking", "sync", "--json").data
    assert row["state"] == "cancelled"


def test_cancelling_what_is_gone_there_is_done(hafen: Cowork, fake: FakeCobot) -> None:
    hafen("book", ROOM, *WHEN, "--yes")
    fake.bookings.clear()
    assert hafen("booking", "cancel", "b-1", "--yes", "--json").data["state"] == "cancelled"


def test_somebody_was_quicker(hafen: Cowork, fake: FakeCobot) -> None:
    fake.add_booking("room-1", "2026-12-01T10:00:00+01:00", "2026-12-01T12:00:00+01:00")
    outcome = hafen("book", ROOM, *WHEN, "--yes")
    assert outcome.code == 6
    assert '"Kapitän" is not free from Tue 2026-12-01 09:00 to 11:00' in outcome.err
    assert writes(fake) == []


@pytest.mark.parametrize(
    ("words", "code", "made"),
    [
        (("--max-price", "23.80"), 0, 1),
        (("--yes",), 0, 1),
        (("--max-price", "20"), 6, 0),
        ((), 2, 0),
    ],
)
def test_a_freed_room_is_booked_only_with_a_consent_that_covers_it(
    hafen: Cowork,
    fake: FakeCobot,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    code: int,
    made: int,
) -> None:
    other = fake.add_booking("room-1", "2026-12-01T09:00:00+01:00", "2026-12-01T11:00:00+01:00")
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        fake.bookings.pop(other, None)

    defaults = Waiting.__init__.__kwdefaults__
    monkeypatch.setitem(defaults, "sleep", sleep)
    monkeypatch.setitem(defaults, "clock", lambda: sum(slept))
    outcome = hafen("booking", "watch", ROOM, *WHEN, *words, "--json")
    assert outcome.code == code, str(outcome)
    assert slept == [60.0]
    assert len(fake.bookings) == made
    assert len(writes(fake)) == made


@pytest.mark.parametrize("status", [400, 409, 422])
def test_a_race_is_a_taken_slot_however_it_is_refused(
    hafen: Cowork, fake: FakeCobot, status: int
) -> None:
    fake.conflict_status = status
    real = fake._preview

    def racing(request: object) -> object:
        answer = real(request)  # type: ignore[arg-type]
        fake.add_booking("room-1", "2026-12-01T10:00:00+01:00", "2026-12-01T12:00:00+01:00")
        return answer

    fake._preview = racing  # type: ignore[method-assign, assignment]
    outcome = hafen("book", ROOM, *WHEN, "--yes", "--json")
    assert outcome.code == 6
    assert outcome.json["problems"][0]["code"] == "slot-taken"
    assert "bereits gebucht" in outcome.err
    assert len(fake.bookings) == 1


# ---- afterwards


def test_moved_in_one_step(hafen: Cowork, fake: FakeCobot) -> None:
    (row,) = hafen("book", ROOM, *WHEN, "--yes", "--json").data
    outcome = hafen(
        "booking", "move", row["id"], "--from", "10:00", "--to", "12:00", "--yes", "--json"
    )
    assert outcome.data["from"] == "2026-12-01T10:00:00+01:00"
    assert (outcome.data["id"], outcome.data["ref"]) == (row["id"], row["ref"])
    assert [one for one in writes(fake) if not one.startswith("POST")] == [
        f"PATCH /bookings/{row['ref'].partition(':')[2]}"
    ]


def test_moved_to_another_desk_in_two_steps(hafen: Cowork, fake: FakeCobot) -> None:
    (row,) = hafen("book", ROOM, *WHEN, "--yes", "--json").data
    outcome = hafen(
        "booking", "move", row["id"], "--desk", "hafen:hafen-dortmund/desk-1", "--yes", "--json"
    )
    assert outcome.code == 0, str(outcome)
    assert outcome.data["desk_name"] == "Fenster"
    assert "Booked b-2" in outcome.err
    assert "Cancelled b-1" in outcome.err
    assert [one["resource"] for one in fake.bookings.values()] == ["desk-1"]


def test_where_the_new_one_is_taken_the_old_one_stands(hafen: Cowork, fake: FakeCobot) -> None:
    (row,) = hafen("book", ROOM, *WHEN, "--yes", "--json").data
    fake.add_booking("desk-1", "2026-12-01T09:00:00+01:00", "2026-12-01T11:00:00+01:00")
    outcome = hafen("booking", "move", row["id"], "--desk", "hafen:hafen-dortmund/desk-1", "--yes")
    assert outcome.code == 6
    assert hafen("booking", "show", row["id"], "--json").data["state"] == "confirmed"
    assert len(fake.bookings) == 2


def test_cancelled_after_the_deadline_was_shown(hafen: Cowork, fake: FakeCobot) -> None:
    (row,) = hafen("book", ROOM, *WHEN, "--yes", "--json").data
    outcome = hafen("booking", "cancel", row["id"], "--yes", "--json")
    assert outcome.data["state"] == "cancelled"
    assert "possible until Mon 2026-11-30 09:00" in outcome.err
    assert fake.bookings == {}
    assert hafen("booking", "cancel", row["id"], "--yes").code == 0


def test_part_of_a_series_is_cancelled(hafen: Cowork, fake: FakeCobot) -> None:
    rows = hafen(
        "book", ROOM, "--every", "tue", "--until", "2026-12-15", "--from", "09:00", "--to", "10:00",
        "--yes", "--json",
    ).data  # fmt: skip
    assert len(rows) == 3
    outcome = hafen("booking", "cancel", rows[0]["series"], "--on", "2026-12-08", "--yes", "--json")
    assert outcome.code == 0, str(outcome)
    assert sorted(str(one["from"].date()) for one in fake.bookings.values()) == [
        "2026-12-01",
        "2026-12-15",
    ]
    assert hafen("booking", "cancel", rows[0]["series"], "--yes").code == 0
    assert fake.bookings == {}


def test_sync_sees_what_was_booked_moved_and_cancelled_elsewhere(
    hafen: Cowork, fake: FakeCobot
) -> None:
    (row,) = hafen("book", ROOM, *WHEN, "--yes", "--json").data
    member = next(iter(fake.memberships))
    ends = "2026-12-03T09:00:00+01:00", "2026-12-03T10:00:00+01:00"
    other = fake.add_booking("desk-1", *ends, membership=member)
    del fake.bookings[row["ref"].partition(":")[2]]
    changed = {one["ref"]: one["state"] for one in hafen("booking", "sync", "--json").data}
    assert changed == {row["ref"]: "cancelled", f"hafen:{other}": "confirmed"}
    assert hafen("booking", "sync", "--json").data == []


def test_tomorrow_stands_in_status(hafen: Cowork) -> None:
    outcome = hafen(
        "book", ROOM, "--on", "tomorrow", "--from", "09:00", "--to", "11:00", "--yes", "--json"
    )
    assert outcome.code == 0, str(outcome)
    rows = hafen("status", "--json").data["bookings"]
    assert [row["desk_name"] for row in rows] == ["Kapitän"]


# ---- visitors


@pytest.fixture
def visitor(hafen: Cowork, fake: FakeCobot) -> Cowork:
    fake.memberships.clear()
    fake.add_external("room-1")
    return hafen


EXT = "hafen:hafen-dortmund/ext-room-1"


def test_a_visitor_accepts_the_terms_and_books_to_pay_later(
    visitor: Cowork, fake: FakeCobot
) -> None:
    asked = visitor("book", EXT, *WHEN, stdin="n\n", terminal=True)
    assert "accepting the terms of the space (https://hafen-dortmund.cobot.me/terms)?" in " ".join(
        asked.err.split()
    )
    (row,) = visitor("book", EXT, *WHEN, "--yes", "--json").data
    (visit,) = fake.visits.values()
    assert (visit["name"], visit["email"], visit["acceptedTerms"]) == (
        "Erika Muster",
        "erika@example.org",
        True,
    )
    outcome = visitor("booking", "cancel", row["id"], "--yes", "--json")
    assert outcome.data["state"] == "requested"
    assert "is not cancelled yet" in outcome.err
    assert len(fake.mails) == 1
    assert [one["state"] for one in visitor("booking", "list", "--json").data] == ["requested"]
    fake.visits[fake.mails[0]]["status"] = "canceled"
    assert visitor("booking", "sync", "--json").data[0]["state"] == "cancelled"


def test_what_is_paid_by_card_names_the_page(visitor: Cowork, fake: FakeCobot) -> None:
    fake.external["ext-room-1"]["payLater"] = False
    outcome = visitor("book", EXT, *WHEN, "--yes")
    assert outcome.code == 2
    assert "https://hafen-dortmund.cobot.me/external_bookings/new" in outcome.err
    assert writes(fake) == []


def test_a_space_without_the_add_on_names_the_page(visitor: Cowork, fake: FakeCobot) -> None:
    fake.external_addon = False
    outcome = visitor("desk", "list", "hafen")
    assert outcome.code == 2
    assert "takes no bookings of visitors" in outcome.err
    assert "https://hafen-dortmund.cobot.me/external_bookings/new" in outcome.err


def test_a_lost_answer_of_a_visitor_stays_unknown_until_somebody_knows(
    visitor: Cowork, fake: FakeCobot
) -> None:
    fake.spare_until(lambda one: one.path == "/external_bookings")
    fake.cut_after_commit()
    assert visitor("book", EXT, *WHEN, "--yes").code == 9
    assert len(fake.visits) == 1
    outcome = visitor("booking", "sync", "--json")
    assert outcome.data == []
    assert "1 still unknown" in outcome.err
    next(iter(fake.visits.values()))["status"] = "canceled"
    (row,) = visitor("booking", "sync", "--json").data
    assert row["state"] == "refused"


# ---- day tickets


@pytest.fixture
def ticket(hafen: Cowork, fake: FakeCobot) -> Cowork:
    fake.templates["day1"] = {
        "space": next(iter(fake.spaces)), "name": "Tagesticket", "price": price("20.0", "23.8"),
        "timeAvailability": [{"from": "09:00", "to": "18:00", "weekdays": [1, 2, 3, 4, 5]}],
        "dates": {"2026-12-01": 2, "2026-12-02": 0},
    }  # fmt: skip
    hafen("account", "add", "hafen", "--set", "day_passes=day1")
    return hafen


PASS = "hafen:hafen-dortmund/pass-day1"


def test_a_day_ticket_is_paid_later_or_bought_in_a_browser(ticket: Cowork, fake: FakeCobot) -> None:
    rows = {row["ref"]: row for row in ticket("desk", "list", "hafen", "--json").data}
    assert rows[PASS]["price"]["amount"] == "23.80"
    refused = ticket("book", PASS, "--on", "2026-12-01", "--yes")
    assert refused.code == 2
    assert "https://hafen-dortmund.cobot.me" in refused.err
    assert writes(fake) == []
    method = {"name": "Rechnung", "supportsPayLater": True, "enabledFor": ["dropInPasses"]}
    space = next(iter(fake.spaces.values()))
    space["paymentMethods"] = [{"id": "m1", "type": "paymentMethods", "attributes": method}]
    assert ticket("book", PASS, "--on", "2026-12-02", "--yes").code == 6
    (row,) = ticket("book", PASS, "--on", "2026-12-01", "--yes", "--json").data
    assert row["state"] == "confirmed"
    assert fake.templates["day1"]["dates"]["2026-12-01"] == 1
    free = ticket("desk", "free", PASS, "--on", "2026-12-01", "--json").data
    assert free[0]["slots"] == [
        {"from": "2026-12-01T09:00:00+01:00", "to": "2026-12-01T18:00:00+01:00"}
    ]


# ---- logging in


def login(cowork: Cowork, *words: str, **more: object) -> object:
    return cowork("account", "login", "hafen", *words, "--yes", **more)  # type: ignore[arg-type]


@pytest.fixture
def anonymous(hafen: Cowork, monkeypatch: pytest.MonkeyPatch) -> Cowork:
    monkeypatch.delenv("COWORK_HAFEN_TOKEN")
    return hafen


def test_a_pasted_token_is_kept_and_shown_nowhere(anonymous: Cowork, home: Path) -> None:
    outcome = login(anonymous, "--token-stdin", stdin=f"{TOKEN}\n")
    assert outcome.code == 0  # type: ignore[attr-defined]
    assert (home / "state" / "secrets.toml").stat().st_mode & 0o777 == 0o600
    assert TOKEN not in str(outcome)
    assert TOKEN not in str(anonymous("account", "show", "hafen", "--json"))
    assert anonymous("account", "check", "hafen").code == 0


def browser(folder: Path) -> str:
    """A command that does what a person does in a browser: it follows the address, and its answer."""
    import sys
    import webbrowser

    webbrowser._tryorder = None  # type: ignore[attr-defined]  # it reads `BROWSER` once a process
    script = folder / "browser.py"
    script.write_text(
        "import sys, urllib.request\nurllib.request.urlopen(sys.argv[1], timeout=10).read()\n"
    )
    return f"{sys.executable} {script} %s"


def test_a_browser_logs_in_with_ones_own_client(
    anonymous: Cowork, fake: FakeCobot, tmp_path: Path
) -> None:
    fake.clients[CLIENT] = ()
    anonymous("account", "add", "hafen", "--set", f"client_id={CLIENT}")
    outcome = login(anonymous, env={"BROWSER": browser(tmp_path)})
    assert outcome.code == 0, str(outcome)  # type: ignore[attr-defined]
    assert anonymous("account", "check", "hafen").code == 0
    (asked,) = [one for one in fake.log if one.path == "/oauth/authorize"]
    assert asked.query["code_challenge_method"] == "S256"
    assert asked.query["redirect_uri"].startswith("http://127.0.0.1:")


def test_a_client_is_registered_where_one_says_so(
    anonymous: Cowork, fake: FakeCobot, tmp_path: Path
) -> None:
    outcome = login(anonymous, "--register", env={"BROWSER": browser(tmp_path)})
    assert outcome.code == 0, str(outcome)  # type: ignore[attr-defined]
    assert list(fake.clients) == ["registered-1"]
    assert anonymous("account", "check", "hafen").code == 0


def test_a_refused_registration_falls_back_to_the_token(
    anonymous: Cowork, fake: FakeCobot, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake.registers = False
    monkeypatch.setattr("getpass.getpass", lambda prompt: TOKEN)
    outcome = login(anonymous, "--register", terminal=True)
    assert outcome.code == 0, str(outcome)  # type: ignore[attr-defined]
    assert "was refused" in " ".join(outcome.err.split())  # type: ignore[attr-defined]
    assert anonymous("account", "check", "hafen").code == 0


def test_without_a_browser_the_address_is_printed_and_the_answer_pasted(
    anonymous: Cowork, fake: FakeCobot
) -> None:
    fake.clients[CLIENT] = ()
    anonymous("account", "add", "hafen", "--set", f"client_id={CLIENT}")
    outcome = login(
        anonymous, stdin="http://127.0.0.1:1/callback?code=x&state=wrong\n", terminal=True
    )
    assert outcome.code == 2  # type: ignore[attr-defined]
    err = " ".join(outcome.err.split())  # type: ignore[attr-defined]
    assert f"Log in at {fake.url}/oauth/authorize?response_type=code" in err
    assert "belongs to another login" in err


def test_credits_that_are_not_whole_are_kept(hafen: Cowork, fake: FakeCobot) -> None:
    member = next(iter(fake.memberships))
    fake.credits[member] = [{"resource": "room-1", "hoursRemaining": "1.5"}]
    (row,) = hafen("book", ROOM, *WHEN, "--yes", "--json").data
    assert Decimal(row["credits"]) == Decimal("1.5")


def test_a_success_that_cannot_be_read_is_a_booking_in_doubt(
    hafen: Cowork, fake: FakeCobot
) -> None:
    fake.spare_until(lambda one: one.method == "POST" and one.path.endswith("/bookings"))
    fake.fail_after_commit(201, {"data": {"id": "x", "type": "bookings"}})
    outcome = hafen("book", ROOM, *WHEN, "--yes", "--json")
    assert outcome.code == 0, str(outcome)
    assert len(fake.bookings) == 1, "read back by its mark, not booked again"
    assert outcome.data[0]["state"] == "confirmed"
