"""`cowork status`: the hours of the week, what can be billed, and the next step."""

from pathlib import Path

import pytest

from tests.conftest import Cowork

LATE = {"COWORK_NOW": "2027-02-15T12:00:00+01:00"}


def add(cowork: Cowork, day: str, hours: str, project: str = "acme/site") -> None:
    line = ("track", "add", project, "--on", day, "--from", "9:00", "--for", hours)
    assert cowork(*line).code == 0


@pytest.fixture
def week(seller: Cowork) -> Cowork:
    """Today is Wednesday 2026-11-25: hours of last Sunday, of Monday and of today."""
    where = ("--street", "Weg 1", "--postcode", "10115", "--city", "Berlin")
    acme = ("client", "add", "acme", "--name", "ACME GmbH", "--rate", "100", *where)
    assert seller(*acme).code == 0
    assert seller("project", "add", "acme/site").code == 0
    for day, hours in (("2026-11-22", "1h"), ("2026-11-23", "2h30"), ("2026-11-25", "1h15")):
        add(seller, day, hours)
    return seller


def test_the_hours_of_the_week_and_what_can_be_billed(week: Cowork) -> None:
    data = week("status", "--json").data
    assert (data["today_s"], data["week_s"]) == (4500, 13500)
    assert data["unbilled"] == {
        "duration_s": 17100,
        "amounts": [{"amount": "475.00", "currency": "EUR"}],
        "without_rate_s": 0,
    }
    screen = week("status", "-o", "table").out
    assert "1 h 15 min today, 3 h 45 min this week" in screen
    assert "4 h 45 min to be billed: 475.00 EUR" in screen
    assert week("status").rows == [["unbilled", "", "", "475.00 EUR"]]


def test_each_currency_and_what_has_no_rate(week: Cowork) -> None:
    swiss = ("client", "add", "beta", "--name", "Beta", "--country", "CH", "--currency", "CHF")
    assert week(*swiss, "--rate", "120", "--tax", "outside-eu").code == 0
    assert week("client", "add", "gamma", "--name", "Gamma").code == 0
    for project in ("beta/app", "gamma/app"):
        assert week("project", "add", project).code == 0
    add(week, "2026-11-20", "1h", "beta/app")
    add(week, "2026-11-19", "30m", "gamma/app")
    unbilled = week("status", "--json").data["unbilled"]
    assert [amount["currency"] for amount in unbilled["amounts"]] == ["CHF", "EUR"]
    assert (unbilled["duration_s"], unbilled["without_rate_s"]) == (17100 + 3600 + 1800, 1800)
    assert "475.00 EUR, 30 min without a rate" in week("status", "-o", "table").out
    assert week("status").rows[-1] == ["unbilled", "", "", "0:30 without a rate"]


def test_the_sum_follows_whatever_is_written(week: Cowork, home: Path) -> None:
    """It is kept in a file; a file that is stale, odd or away is no answer."""

    def seconds() -> int:
        found: int = week("status", "--json").data["unbilled"]["duration_s"]
        return found

    assert seconds() == 17100
    file = home / "state" / "unbilled.tsv"
    kept = file.read_text()
    assert file.stat().st_mode & 0o777 == 0o600
    file.write_text(kept.replace("17100", "1"))
    assert seconds() == 1, "it is read, not summed up"
    add(week, "2026-11-24", "1h")
    assert seconds() == 20700
    assert week("undo").code == 0
    assert seconds() == 17100
    assert week("client", "edit", "acme", "--rate", "200").code == 0
    assert week("status", "--json").data["unbilled"]["amounts"][0]["amount"] == "950.00"
    assert week("invoice", "draft", "acme").code == 0
    assert week("invoice", "issue", "draft-1").code == 0
    assert seconds() == 0
    assert week("status").rows == []
    for odd in ("", "x", kept, kept.split("\n")[0] + "\n12\n"):
        file.write_text(odd)
        assert seconds() == 0
    file.unlink()
    assert seconds() == 0


def test_only_what_was_written_to_is_summed_up_again(week: Cowork, home: Path) -> None:
    """A line of the file that nothing touched stays as it is, be it wrong; one that was touched is right."""
    assert week("project", "add", "acme/app", "--rate", "10").code == 0
    add(week, "2026-11-20", "2h", "acme/app")
    entry = week("track", "list", "--from", "2026-11-20", "--to", "2026-11-20", "--json").data[0]

    def unbilled() -> tuple[int, str]:
        found = week("status", "--json").data["unbilled"]
        return found["duration_s"], found["amounts"][0]["amount"]

    assert unbilled() == (17100 + 7200, "495.00")
    file = home / "state" / "unbilled.tsv"
    file.write_text(file.read_text().replace("\t17100\t47500\t", "\t1\t100\t"))
    assert week("start", "acme/site", "--at", "11:00").code == 0
    assert unbilled() == (7201, "21.00"), "a timer is no time to be billed yet"
    assert week("space", "add", "Dorf").code == 0
    add(week, "2026-11-19", "1h", "acme/app")
    assert unbilled() == (10801, "31.00")
    assert week("track", "edit", entry["id"], "--non-billable").code == 0
    assert unbilled() == (3601, "11.00")
    assert week("undo").code == 0
    assert week("track", "edit", entry["id"], "--project", "acme/site").code == 0
    assert unbilled() == (3600 + 17100 + 7200, "685.00"), "where it came from and where it went"
    assert week("track", "cancel").code == 0
    assert week("track", "remove", entry["id"], "--yes").code == 0
    assert unbilled() == (3600 + 17100, "485.00")
    assert week("project", "edit", "acme/app", "--rounding", "2h:up:day").code == 0
    assert unbilled() == (7200 + 17100, "495.00")
    whole = week("report", "unbilled", "--json").data
    assert sum(row["billed_s"] for row in whole) == 7200 + 17100


def test_a_stamp_of_another_journal_is_none(week: Cowork, home: Path) -> None:
    assert week("status").code == 0
    file = home / "state" / "unbilled.tsv"
    row, _, rest = file.read_text().split("\t", 2)
    file.write_text("\t".join((row, "0" * 64, rest.replace("17100", "1"))))
    assert week("status", "--json").data["unbilled"]["duration_s"] == 17100


def test_what_is_overdue_names_the_next_step(week: Cowork) -> None:
    assert week("invoice", "draft", "acme").code == 0
    assert week("invoice", "issue", "draft-1").code == 0
    screen = week("status", "-o", "table", env=LATE).out
    overdue = screen.partition("Overdue")[2]
    assert "Paid? `cowork invoice pay 2026-0001`" in overdue
    assert "`cowork invoice remind 2026-0001 --out reminder-2026-0001.pdf`" in overdue
    assert "Paid?" not in week("status", "-o", "table").out
    assert week("invoice", "pay", "2026-0001", terminal=True, stdin="\n", env=LATE).code == 0
    assert "Overdue" not in week("status", "-o", "table", env=LATE).out
