"""Nexudus through the real funnel: a password and a second factor, a basket, a calendar read back."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cowork_cli.secrets_store import SESSION, Secret, store_secret
from tests.conftest import Cowork
from tests.fakes.nexudus import COWORKER, FakeNexudus

PASSWORD = "geheim/4711"
WHEN = ("--on", "2026-12-01", "--from", "14:00", "--to", "15:00")


@pytest.fixture
def fake() -> Iterator[FakeNexudus]:
    with FakeNexudus(username="erika@example.org", password=PASSWORD) as server:
        server.add_space("speicher", Name="Alter Speicher")
        server.add_resource("speicher", "Callisto", ResourceTypeName="Meeting rooms", Allocation=6)
        yield server


@pytest.fixture
def hafen(seller: Cowork, fake: FakeNexudus) -> Cowork:
    outcome = seller(
        "account", "add", "hafen", "--provider", "nexudus", "--set", "spaces=speicher",
        "--set", f"space_url={fake.url}/{{space}}", "--set", f"passport_url={fake.url}",
        "--set", "username=erika@example.org",
    )  # fmt: skip
    assert outcome.code == 0, str(outcome)
    return seller


@pytest.fixture
def member(hafen: Cowork, monkeypatch: pytest.MonkeyPatch) -> Cowork:
    monkeypatch.setenv("COWORK_HAFEN_PASSWORD", PASSWORD)
    return hafen


@pytest.fixture
def room(fake: FakeNexudus) -> str:
    return f"hafen:speicher/{next(iter(fake.resources))}"


def commits(fake: FakeNexudus) -> int:
    return len([one for one in fake.log if one.path.endswith("/CreateInvoice")])


def logins(fake: FakeNexudus) -> list[str]:
    return [
        one.body.decode().partition("grant_type=")[2].partition("&")[0]
        for one in fake.log
        if one.path.endswith("/api/token")
    ]


# ---- logging in


def test_a_password_becomes_a_token_that_is_kept(
    hafen: Cowork, fake: FakeNexudus, home: Path
) -> None:
    outcome = hafen("account", "login", "hafen", "--password-stdin", "--yes", stdin=f"{PASSWORD}\n")
    assert outcome.code == 0, str(outcome)
    assert PASSWORD not in str(outcome)
    assert hafen("account", "check", "hafen").code == 0
    assert logins(fake) == ["password"], "the kept token is used"
    fake.tokens.clear()
    assert hafen("account", "check", "hafen").code == 0
    assert logins(fake) == ["password", "refresh_token"]
    refresh = [one for one in fake.log if b"refresh_token=" in one.body]
    assert refresh[0].headers["client_id"] == "erika@example.org"
    fake.tokens.clear()
    fake.refreshers.clear()
    assert hafen("account", "check", "hafen").code == 0
    assert logins(fake)[2:] == ["refresh_token", "password"]
    assert not [path for path in (home / "config").rglob("*") if PASSWORD in path.read_text()]


def test_of_two_commands_that_refresh_at_once_the_slower_reads_what_the_other_won(
    hafen: Cowork, fake: FakeNexudus, home: Path
) -> None:
    """A refresh ends the refresh token; with a second factor the password alone wins nothing."""
    fake.two_factor = "123456"
    words = ("account", "login", "hafen", "--password-stdin", "--yes")
    assert hafen(*words, stdin=f"{PASSWORD}\n123456\n").code == 0
    fake.tokens = {"ended-1", "ended-2"}  # numbered on from these
    answer = fake._token

    def slower(request: Any) -> Any:
        """Another command with the same refresh token was here, and has kept what it won."""
        won = answer(request).body
        kept = Secret(json.dumps([won["access_token"], won["refresh_token"]]))
        store_secret("hafen", SESSION, kept, state=home / "state", place="file")
        return answer(request)

    fake._token = slower  # type: ignore[method-assign]
    outcome = hafen("account", "check", "hafen")
    assert outcome.code == 0, str(outcome)
    assert logins(fake) == ["password", "password", "refresh_token"]


def test_a_second_factor_is_asked_for(hafen: Cowork, fake: FakeNexudus) -> None:
    fake.two_factor = "123456"
    words = ("account", "login", "hafen", "--password-stdin", "--yes")
    missing = hafen(*words, stdin=f"{PASSWORD}\n")
    assert missing.code == 2
    assert "second line of standard input" in missing.err
    assert hafen(*words, stdin=f"{PASSWORD}\n123456\n").code == 0
    assert hafen("account", "check", "hafen").code == 0
    fake.tokens.clear()
    fake.refreshers.clear()
    again = hafen("account", "check", "hafen")
    assert again.code == 4
    assert "second factor" in again.err
    assert "cowork account login hafen" in again.err


@pytest.mark.parametrize("wrong", ["password", "expired"])
def test_a_login_that_is_refused_is_not_kept(hafen: Cowork, fake: FakeNexudus, wrong: str) -> None:
    fake.password_expired = wrong == "expired"
    typed = "falsch" if wrong == "password" else PASSWORD
    outcome = hafen("account", "login", "hafen", "--password-stdin", "--yes", stdin=f"{typed}\n")
    assert outcome.code == 4
    assert ("must be changed" in outcome.err) == (wrong == "expired")
    assert hafen("account", "show", "hafen", "--json").data["login"] == "missing"


# ---- booking


def test_previewed_shown_committed_and_read_back(
    member: Cowork, fake: FakeNexudus, room: str
) -> None:
    asked = member("book", room, *WHEN, stdin="n\n", terminal=True)
    assert asked.code == 1
    assert "14.28 EUR with 2.28 EUR VAT" in " ".join(asked.err.split())
    assert commits(fake) == 0
    (row,) = member("book", "Callisto", *WHEN, "--title", "Kick-off", "--yes", "--json").data
    assert (row["state"], row["price"]["amount"], row["price"]["tax"]) == (
        "confirmed",
        "14.28",
        "gross",
    )
    assert row["from"] == "2026-12-01T14:00:00+01:00"
    (made,) = fake.standing()
    assert f"{made['from']:%H:%M}" == "14:00"
    assert row["ref"] == f"hafen:speicher/{made['id']}"
    again = member("book", room, *WHEN, "--yes", "--json").data
    assert again[0]["existing"] is True
    assert commits(fake) == 1


def test_a_dry_run_commits_nothing(member: Cowork, fake: FakeNexudus, room: str) -> None:
    outcome = member("book", room, *WHEN, "--dry-run", "--json")
    assert outcome.data[0]["price"]["amount"] == "14.28"
    assert commits(fake) == 0
    assert member("booking", "list", "--json").data == []


def test_a_basket_that_could_not_be_loaded_is_asked_for_again(
    member: Cowork, fake: FakeNexudus, room: str
) -> None:
    fake.basket_fails = 1
    assert member("book", room, *WHEN, "--yes").code == 0
    fake.basket_fails = 2
    assert (
        member("book", room, "--on", "2026-12-02", "--from", "9:00", "--to", "10:00", "-y").code
        == 6
    )


def test_available_is_not_free(member: Cowork, fake: FakeNexudus, room: str) -> None:
    fake.add_booking(
        int(room.rpartition("/")[2]), "2026-12-01T14:30", "2026-12-01T16:00", coworker=1
    )
    (row,) = member("desk", "free", room, *WHEN, "--json").data
    assert row["free"] is False
    assert row["slots"] == [
        {"from": "2026-12-01T14:00:00+01:00", "to": "2026-12-01T14:30:00+01:00"}
    ]
    assert member("book", room, *WHEN, "--yes").code == 6
    assert commits(fake) == 0


def test_status_500_in_an_answer_of_200_is_a_refusal(
    member: Cowork, fake: FakeNexudus, room: str
) -> None:
    real = fake._preview

    def racing(request: object) -> object:
        answer = real(request)  # type: ignore[arg-type]
        number = int(room.rpartition("/")[2])
        fake.add_booking(number, "2026-12-01T14:30", "2026-12-01T16:00", coworker=1)
        return answer

    fake._preview = racing  # type: ignore[method-assign, assignment]
    outcome = member("book", room, *WHEN, "--yes", "--json")
    assert outcome.code == 6
    assert outcome.json["problems"][0]["code"] == "slot-taken"
    assert "already booked" in outcome.err


def test_a_cut_after_commit_is_read_back(member: Cowork, fake: FakeNexudus, room: str) -> None:
    fake.spare_until(lambda one: one.path.endswith("CreateInvoice"))
    fake.cut_after_commit()
    (row,) = member("book", room, *WHEN, "--yes", "--json").data
    assert row["state"] == "confirmed"
    assert (commits(fake), len(fake.standing())) == (1, 1)


def test_throttled_by_an_empty_409_is_no_conflict(
    member: Cowork, fake: FakeNexudus, room: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    monkeypatch.setattr("cowork_cli.http_client.client.time.sleep", waits.append)
    monkeypatch.setattr("time.sleep", waits.append)
    fake.spare_until(lambda one: one.path.endswith("CreateInvoice"))
    fake.fail_next(409, b"", headers={"Retry-After": "0"})
    assert member("book", room, *WHEN, "--yes").code == 0
    assert (commits(fake), len(fake.standing())) == (2, 1)


def test_the_fee_is_asked_for_before_the_question(
    member: Cowork, fake: FakeNexudus, room: str
) -> None:
    member("book", room, *WHEN, "--yes")
    fake.fee = 7.5
    outcome = member("booking", "cancel", "b-1", "--dry-run")
    assert "cancelling costs 7.50 EUR" in outcome.err
    assert len(fake.standing()) == 1
    assert member("booking", "cancel", "b-1", "--yes", "--json").data["state"] == "cancelled"
    assert fake.standing() == []


def test_what_is_invoiced_is_not_cancelled(member: Cowork, fake: FakeNexudus, room: str) -> None:
    member("book", room, *WHEN, "--yes")
    fake.standing()[0]["invoiced"] = True
    outcome = member("booking", "cancel", "b-1", "--yes")
    assert outcome.code == 6
    assert "already been invoiced" in outcome.err
    assert member("booking", "show", "b-1", "--json").data["state"] == "confirmed"


def test_moved_in_one_step_to_another_room(member: Cowork, fake: FakeNexudus, room: str) -> None:
    other = fake.add_resource("speicher", "Europa", ResourceTypeName="Meeting rooms")
    member("book", room, *WHEN, "--yes")
    outcome = member(
        "booking", "move", "b-1", "--desk", f"hafen:speicher/{other}", "--from", "16:00",
        "--to", "17:00", "--yes", "--json",
    )  # fmt: skip
    assert outcome.code == 0, str(outcome)
    assert (outcome.data["id"], outcome.data["desk_name"]) == ("b-1", "Europa")
    (made,) = fake.standing()
    assert (made["resource"], f"{made['from']:%H:%M}") == (other, "16:00")


def test_the_hour_that_comes_twice_is_refused_before_anything_is_sent(
    member: Cowork, fake: FakeNexudus, room: str
) -> None:
    outcome = member(
        "book", room, "--on", "2027-10-31", "--from", "02:30", "--to", "04:00", "--yes"
    )
    assert outcome.code == 2
    assert commits(fake) == 0
    assert member(
        "book", room, "--on", "2027-10-31", "--from", "01:00", "--to", "04:00", "--yes"
    ).code == 0  # fmt: skip
    (made,) = fake.standing()
    assert (f"{made['from']:%H:%M}", f"{made['to']:%H:%M}") == ("01:00", "04:00")


def test_sync_brings_in_mine_and_nobody_elses(member: Cowork, fake: FakeNexudus, room: str) -> None:
    number = int(room.rpartition("/")[2])
    mine = fake.add_booking(number, "2026-12-01T09:00", "2026-12-01T10:00", coworker=COWORKER)
    fake.add_booking(number, "2026-12-01T11:00", "2026-12-01T12:00", coworker=1)
    rows = member("booking", "sync", "--json").data
    assert [(row["ref"], row["from"]) for row in rows] == [
        (f"hafen:speicher/{mine}", "2026-12-01T09:00:00+01:00")
    ]
    assert member("booking", "sync", "--json").data == []


def test_a_space_that_would_change_the_host_is_refused(hafen: Cowork, fake: FakeNexudus) -> None:
    hafen("account", "add", "hafen", "--set", "spaces=evil.example/x")
    outcome = hafen("account", "check", "hafen")
    assert outcome.code in (3, 4)
    assert fake.log == []
