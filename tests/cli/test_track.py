"""Recording hours, through the funnel."""

from pathlib import Path

import pytest

from tests.conftest import Cowork


def test_start_status_stop(acme: Cowork) -> None:
    started = acme("start", "acme/site", "Konzept", "--at", "09:00", "--json")
    assert started.code == 0
    assert started.json["command"] == ["track", "start"]
    entry = started.data
    assert entry["running"] is True
    assert entry["from"] == "2026-11-25T09:00:00+01:00"
    assert entry["duration_s"] == 9 * 3600
    assert "09:00 today, 9 h ago" in started.err

    status = acme("track", "status", "--json")
    assert status.data == entry

    stopped = acme("stop", "--at", "11:30", "--json").data
    assert stopped["to"] == "2026-11-25T11:30:00+01:00"
    assert stopped["duration_s"] == 9000
    assert stopped["rate"] == "95"
    assert acme("track", "status", "--json").data is None


def test_the_fields_of_an_entry_are_a_contract(acme: Cowork) -> None:
    entry = acme("start", "acme/site", "--json").data
    assert list(entry) == [
        "id", "project", "client", "note", "tags", "place", "from", "to", "timezone", "duration_s",
        "billable", "rate", "billed_on", "running", "person",
    ]  # fmt: skip


def test_status_without_a_timer_is_no_failure(acme: Cowork) -> None:
    for words in (("track", "status"), ("status",)):
        assert acme(*words).code == 0


def test_stop_without_a_timer(acme: Cowork) -> None:
    outcome = acme("stop")
    assert outcome.code == 5
    assert outcome.err.startswith("error: no timer is running\nhint:")


def test_the_same_start_again_changes_nothing(acme: Cowork) -> None:
    first = acme("start", "acme/site", "Konzept", "--at", "9:00", "--json").data
    again = acme("start", "acme/site", "Konzept", "--json")
    assert again.code == 0
    assert again.data == first
    assert "is running since" in again.err


def test_another_start_stops_the_first_at_the_same_instant(acme: Cowork) -> None:
    acme("project", "add", "acme/app")
    acme("start", "acme/site", "--at", "9:00")
    acme("start", "acme/app", "--at", "10:00")
    rows = acme("track", "list", "--json").data
    assert [(row["project"], row["to"]) for row in rows] == [
        ("acme/site", "2026-11-25T10:00:00+01:00"),
        ("acme/app", None),
    ]
    history = acme("history", "--json").data["changes"]
    assert len(history[0]["records"]) == 2, "both entries land in one change"


def test_stopped_in_the_second_it_started_leaves_no_entry(acme: Cowork) -> None:
    acme("start", "acme/site")
    outcome = acme("stop", "--json")
    assert outcome.code == 0
    assert outcome.data is None
    assert acme("track", "list", "--json").data == []


def test_add_in_the_past(acme: Cowork) -> None:
    outcome = acme(
        "track",
        "add",
        "acme/site",
        "--on",
        "yesterday",
        "--from",
        "14:00",
        "--to",
        "17:15",
        "Umsetzung",
    )
    assert outcome.code == 0
    assert outcome.rows == [
        ["e-1", "2026-11-24T14:00:00+01:00", "2026-11-24T17:15:00+01:00", "11700", "acme/site", "Umsetzung", "", "", "", "yes", "95", ""]
    ]  # fmt: skip


def test_add_over_midnight_needs_the_day(acme: Cowork) -> None:
    refused = acme(
        "track", "add", "acme/site", "--on", "2026-11-23", "--from", "22:00", "--to", "01:30"
    )
    assert refused.code == 2
    assert "2026-11-24T01:30" in refused.err
    added = acme(
        "track",
        "add",
        "acme/site",
        "--on",
        "2026-11-23",
        "--from",
        "22:00",
        "--to",
        "2026-11-24T01:30",
        "--json",
    )
    assert added.data["duration_s"] == 12600


@pytest.mark.parametrize(
    ("first", "last", "seconds"),
    [
        ("2026-03-29T01:30", "2026-03-29T03:30", 3600),
        ("2025-10-26T01:30", "2025-10-26T03:30", 10800),
    ],
)
def test_nights_of_the_clock_change(acme: Cowork, first: str, last: str, seconds: int) -> None:
    added = acme("track", "add", "acme/site", "--from", first, "--to", last, "--json").data
    assert added["duration_s"] == seconds
    assert (added["from"][:16], added["to"][:16]) == (first, last), "shown as lived"


def test_a_length_instead_of_an_end_counts_real_time(acme: Cowork) -> None:
    added = acme(
        "track", "add", "acme/site", "--from", "2026-03-29T01:30", "--for", "2h", "--json"
    ).data
    assert added["to"] == "2026-03-29T04:30:00+02:00"
    assert added["duration_s"] == 7200


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (
            ("track", "add", "acme/site", "--from", "14:00", "--to", "12:00"),
            2,
            "is not after the start",
        ),
        (("track", "add", "acme/site", "--from", "17:00", "--to", "19:00"), 2, "later than now"),
        (("track", "add", "acme/site", "--from", "14:00"), 2, "an end or a length"),
        (
            ("track", "add", "acme/site", "--from", "14:00", "--to", "15:00", "--for", "1h"),
            2,
            "an end or a length",
        ),
        (
            ("track", "add", "acme/site", "--on", "2026-02-30", "--from", "9:00", "--for", "1h"),
            2,
            "does not exist",
        ),
        (
            ("track", "add", "acme/site", "--from", "2026-03-29T02:30", "--for", "1h"),
            2,
            "does not exist",
        ),
        (
            ("track", "add", "acme/site", "--from", "2025-10-26T02:30", "--for", "1h"),
            2,
            "happens twice",
        ),
        (("track", "add", "nobody/x", "--from", "9:00", "--for", "1h"), 5, "nobody/x"),
        (("start", "acme/site", "--at", "19:00"), 2, "later than now"),
        (("start", "acme/site", "--tag", "a b"), 2, "cannot be a tag"),
        (("track", "list", "--in", "2026-Q9"), 2, "not a period"),
        (("track", "list", "--week", "--month"), 2, "several periods"),
        (("report", "hours", "--by", "moon"), 2, "cannot report by"),
        (("track", "remove", "e-99", "-y"), 5, "there is no entry e-99"),
        (("track", "remove", "-7", "-y"), 5, "there is no entry -7"),
        (("track", "remove", "seven", "-y"), 2, "is not an entry"),
    ],
)
def test_bad_input_changes_nothing(
    acme: Cowork, home: Path, words: tuple[str, ...], code: int, says: str
) -> None:
    before = acme("history", "--json").data
    outcome = acme(*words)
    assert outcome.code == code, str(outcome)
    assert outcome.out == ""
    errors = outcome.err.splitlines()
    assert errors[0].startswith("error: ")
    assert says in errors[0]
    assert len(errors) == 2
    assert errors[1].startswith("hint: ")
    assert acme("history", "--json").data == before


def test_overlaps_are_refused_by_name(acme: Cowork) -> None:
    acme("track", "add", "acme/site", "--from", "9:00", "--to", "10:00")
    for first, last in (("9:30", "9:45"), ("8:30", "9:30"), ("8:00", "11:00"), ("9:59", "10:30")):
        outcome = acme("track", "add", "acme/site", "--from", first, "--to", last)
        assert outcome.code == 6
        assert "it overlaps e-1 (acme/site, 2026-11-25 09:00 to 10:00)" in outcome.err
    assert acme("track", "add", "acme/site", "--from", "10:00", "--to", "10:30").code == 0
    assert acme("track", "add", "acme/site", "--from", "8:30", "--to", "9:00").code == 0


def test_a_timer_cannot_start_inside_an_entry(acme: Cowork) -> None:
    acme("track", "add", "acme/site", "--from", "9:00", "--to", "10:00")
    assert acme("start", "acme/site", "--at", "9:30").code == 6
    assert acme("start", "acme/site", "--at", "8:30").code == 6, "it would run over the entry"
    assert acme("start", "acme/site", "--at", "10:00").code == 0


def test_dash_is_the_last_used_project(acme: Cowork) -> None:
    acme("project", "add", "acme/app")
    acme("track", "add", "acme/app", "--from", "9:00", "--to", "10:00")
    assert acme("start", "-", "--json").data["project"] == "acme/app"


def test_names_are_understood(acme: Cowork) -> None:
    acme("project", "add", "acme/relaunch", "--name", "Großer Relaunch")
    assert acme("start", "relaunch", "--json").data["project"] == "acme/relaunch"
    acme("stop")
    acme("track", "cancel")
    assert (
        acme("track", "add", "grosser rel", "--from", "8:00", "--to", "9:00", "--json").data[
            "project"
        ]
        == "acme/relaunch"
    )


def test_an_ambiguous_project_names_the_candidates(acme: Cowork) -> None:
    for name in ("site-a", "site-b"):
        acme("project", "add", f"acme/x-{name}", "--name", f"Relaunch {name}")
    outcome = acme("start", "relaunch")
    assert outcome.code == 2
    assert "acme/x-site-a" in outcome.err
    assert "acme/x-site-b" in outcome.err


def test_an_archived_project_is_not_started(acme: Cowork) -> None:
    acme("project", "archive", "acme/site")
    assert acme("start", "acme/site").code == 6
    assert acme("project", "list", "--json").data == []
    acme("project", "archive", "acme/site", "--undo")
    assert acme("start", "acme/site").code == 0


def test_remove_asks_elsewhere_for_yes(acme: Cowork) -> None:
    acme("track", "add", "acme/site", "--from", "9:00", "--to", "10:00")
    assert acme("track", "remove", "-1").code == 2
    declined = acme("track", "remove", "-1", terminal=True, stdin="n\n")
    assert declined.code == 1
    assert "declined" in declined.err
    assert acme("track", "remove", "-1", terminal=True, stdin="").code == 2, (
        "end of input is no answer"
    )
    assert acme("track", "remove", "-1", terminal=True, stdin="ja\n").code == 0
    assert acme("track", "list", "--json").data == []


def test_cancel_and_resume(acme: Cowork) -> None:
    acme("track", "add", "acme/site", "Konzept", "--from", "9:00", "--to", "10:00", "--tag", "deep")
    resumed = acme("track", "resume", "--json").data
    assert (resumed["note"], resumed["tags"]) == ("Konzept", ["deep"])
    assert acme("track", "cancel").code == 0
    assert acme("track", "status", "--json").data is None


def test_report_hours_and_the_range_line(acme: Cowork) -> None:
    acme("project", "add", "acme/free", "--non-billable")
    acme("track", "add", "acme/site", "--on", "2026-10-05", "--from", "9:00", "--to", "10:00")
    acme(
        "track",
        "add",
        "acme/site",
        "--on",
        "mon",
        "--from",
        "9:00",
        "--to",
        "10:30",
        "--tag",
        "a",
        "--tag",
        "b",
    )
    acme(
        "track",
        "add",
        "acme/free",
        "--on",
        "tue",
        "--from",
        "9:00",
        "--to",
        "10:00",
        "--place",
        "home",
    )
    outcome = acme("report", "hours", "--week", "--json")
    assert outcome.data == [
        {"key": "acme/free", "duration_s": 3600, "billable_s": 0, "billed_s": 0, "amount": {"amount": "0.00", "currency": "EUR"}},
        {"key": "acme/site", "duration_s": 5400, "billable_s": 5400, "billed_s": 0, "amount": {"amount": "142.50", "currency": "EUR"}},
    ]  # fmt: skip
    assert "2026-11-23 to 2026-11-29; 1 entry (1 h 0 min) outside" in outcome.err
    by_day = acme("report", "hours", "--by", "day", "--in", "2026-11").rows
    assert [row[:2] for row in by_day] == [["2026-11-23", "5400"], ["2026-11-24", "3600"]]
    by_tag = acme("report", "hours", "--by", "tag").rows
    assert [row[:2] for row in by_tag] == [["(none)", "7200"], ["a", "5400"], ["b", "5400"]]
    assert [row[0] for row in acme("report", "hours", "--by", "place").rows] == ["(none)", "home"]
    assert [row[:2] for row in acme("report", "hours", "--by", "client").rows] == [
        ["acme", "12600"]
    ]


def test_an_hour_is_worth_the_rate_of_its_day(acme: Cowork) -> None:
    assert acme("client", "edit", "acme", "--rate", "105", "--from", "2026-11-24").code == 0
    for day in ("2026-11-23", "2026-11-24"):
        acme("track", "add", "acme/site", "--on", day, "--from", "9:00", "--to", "10:00")
    rows = acme("report", "hours", "--by", "day", "--json").data
    assert [row["amount"]["amount"] for row in rows] == ["95.00", "105.00"]
    assert acme("report", "unbilled", "--json").data[0]["amount"]["amount"] == "200.00"


def test_without_a_rate_the_amount_is_unknown(seller: Cowork) -> None:
    seller("client", "add", "nix", "--name", "Nix")
    seller("project", "add", "nix/a")
    seller("track", "add", "nix/a", "--from", "9:00", "--to", "10:00")
    assert seller("report", "unbilled", "--json").data[0]["amount"] is None
    assert seller("invoice", "draft", "nix").code == 6


@pytest.mark.parametrize(
    ("again", "entry", "tags", "place"),
    [
        ((), "e-1", ["deep"], "home"),
        (("--tag", "deep"), "e-1", ["deep"], "home"),
        (("--place", "home"), "e-1", ["deep"], "home"),
        (("--tag", "calls"), "e-2", ["calls"], None),
        (("--place", "client"), "e-2", [], "client"),
    ],
)
def test_another_tag_or_place_is_other_work(
    acme: Cowork, again: tuple[str, ...], entry: str, tags: list[str], place: str | None
) -> None:
    acme("start", "acme/site", "x", "--at", "9:00", "--tag", "deep", "--place", "home")
    running = acme("start", "acme/site", "x", *again, "--json").data
    assert (running["id"], running["tags"], running["place"]) == (entry, tags, place)
