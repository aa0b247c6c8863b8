"""Rounding, day rates and travel on drafts, and the report that has to say the same."""

from decimal import Decimal
from typing import Any

import pytest

from tests.conftest import Cowork

GROUPS = ("project", "day", "entry", "tag")


def add(cowork: Cowork, project: str, day: str, first: str, last: str, *more: str) -> None:
    outcome = cowork("track", "add", project, "--on", day, "--from", first, "--to", last, *more)
    assert outcome.code == 0, str(outcome)


def do(cowork: Cowork, *words: str) -> Any:
    outcome = cowork(*words, "--json")
    assert outcome.code == 0, str(outcome)
    return outcome.data


def drafted(cowork: Cowork, *words: str) -> list[dict[str, Any]]:
    """The lines of a draft, which is discarded again."""
    draft = do(cowork, "invoice", "draft", "acme", *words)
    cowork("invoice", "discard", draft["id"], "-y")
    lines: list[dict[str, Any]] = draft["lines"]
    return lines


def net(lines: list[dict[str, Any]]) -> Decimal:
    return sum((Decimal(line["net"]["amount"]) for line in lines), Decimal(0))


@pytest.fixture
def week(acme: Cowork) -> Cowork:
    """Two days of odd lengths on two projects."""
    do(acme, "project", "add", "acme/app", "--rate", "80")
    add(acme, "acme/site", "2026-11-23", "9:00", "9:50", "Konzept", "--tag", "deep")
    add(acme, "acme/site", "2026-11-23", "10:00", "11:07", "Umsetzung")
    add(acme, "acme/app", "2026-11-23", "13:00", "13:01")
    add(acme, "acme/site", "2026-11-24", "9:00", "9:20", "Konzept")
    return acme


@pytest.mark.parametrize(
    ("rule", "quantities"),
    [
        ("none", ["2.28", "0.02"]),
        ("15m:up:day", ["2.50", "0.25"]),
        ("15m:up:entry", ["2.75", "0.25"]),
        ("15m:up:invoice", ["2.50", "0.25"]),
        # The minute of the other project rounds to nothing, which is no line.
        ("15m:nearest:entry", ["2.00"]),
        ("6m:down:day", ["2.20"]),
    ],
)
def test_a_rule_is_applied_when_it_is_billed(
    week: Cowork, rule: str, quantities: list[str]
) -> None:
    do(week, "client", "edit", "acme", "--rounding", rule)
    before = week("track", "list", "--json").data
    lines = drafted(week)
    assert [line["quantity"] for line in lines] == quantities
    real = [137 * 60, 60][: len(quantities)]
    assert [line["duration_s"] for line in lines] == real, "real time stands beside it"
    assert week("track", "list", "--json").data == before, "raw times never change"


@pytest.mark.parametrize("rule", ["15m:up:day", "6m:nearest:invoice", "30m:up:day", "15m:up:entry"])
def test_every_grouping_has_the_same_total(week: Cowork, rule: str) -> None:
    do(week, "client", "edit", "acme", "--rounding", rule)
    totals = {net(drafted(week, "--group", group)) for group in GROUPS}
    assert len(totals) == 1


def test_the_rule_of_the_project_wins(week: Cowork) -> None:
    do(week, "client", "edit", "acme", "--rounding", "15m:up:day")
    do(week, "project", "edit", "acme/site", "--rounding", "none")
    assert [line["quantity"] for line in drafted(week)] == ["2.28", "0.25"]
    do(week, "project", "edit", "acme/site", "--rounding", "client")
    assert [line["quantity"] for line in drafted(week)] == ["2.50", "0.25"]


def test_real_and_billed_time_on_a_terminal(week: Cowork) -> None:
    do(week, "client", "edit", "acme", "--rounding", "15m:up:day")
    shown = week("invoice", "draft", "acme", terminal=True).out
    assert "Real" in shown
    assert "2:17" in shown
    assert "2.50" in shown


AGREED = {
    "plain": (),
    "rule": (("client", "edit", "acme", "--rounding", "15m:up:day"),),
    "two rates": (("client", "edit", "acme", "--rate", "99.99", "--from", "2026-11-24"),),
    "the same rate again": (("client", "edit", "acme", "--rate", "95", "--from", "2026-11-24"),),
    "day rate": (("project", "edit", "acme/site", "--day-rate", "760.55"),),
    "half days": (
        ("project", "edit", "acme/site", "--day-rate", "760", "--half-day-from", "1h"),
        ("client", "edit", "acme", "--travel-factor", "0.5"),
    ),
    "travel and rule": (
        ("client", "edit", "acme", "--travel-factor", "0.3333"),
        ("project", "edit", "acme/site", "--rounding", "7m:nearest:day"),
    ),
    "day rate later": (("project", "edit", "acme/site", "--day-rate", "700", "--from", "2026-11-24"),),
}  # fmt: skip


@pytest.mark.parametrize("agreed", AGREED)
def test_the_report_is_what_a_draft_nets(week: Cowork, agreed: str) -> None:
    add(week, "acme/site", "2026-11-24", "10:00", "10:37", "Anfahrt", "--tag", "Reise")
    for words in AGREED[agreed]:
        do(week, *words)
    rows = do(week, "report", "unbilled")
    for row in rows:
        lines = drafted(week, "--project", row["project"])
        assert Decimal(row["amount"]["amount"]) == net(lines), row
        assert row["duration_s"] == sum(line["duration_s"] for line in lines)
        if all(line["unit"] == "hour" for line in lines):
            hours = sum(Decimal(line["quantity"]) for line in lines)
            assert abs(hours - Decimal(row["billed_s"]) / 3600) <= Decimal("0.01") * len(lines)


def test_the_fields_of_the_report_are_a_contract(week: Cowork) -> None:
    do(week, "client", "edit", "acme", "--rounding", "15m:up:day")
    rows = do(week, "report", "unbilled")
    assert list(rows[0]) == ["client", "project", "duration_s", "amount", "billed_s"]
    assert [(row["duration_s"], row["billed_s"]) for row in rows] == [(60, 900), (8220, 9000)]


def test_hours_in_drafts_are_unbilled_and_named(week: Cowork) -> None:
    week("invoice", "draft", "acme")
    outcome = week("report", "unbilled", "--json")
    assert len(outcome.data) == 2
    assert "2 h 18 min of it are in draft-1" in outcome.err


def test_a_day_rate_divides_hours_by_the_hours_of_a_day(acme: Cowork) -> None:
    do(acme, "project", "edit", "acme/site", "--day-rate", "760", "--hours-per-day", "7.5")
    add(acme, "acme/site", "2026-11-23", "8:00", "16:00", "Konzept")
    add(acme, "acme/site", "2026-11-24", "8:00", "12:30", "Konzept")
    (line,) = drafted(acme)
    assert (line["quantity"], line["unit"], line["price"]) == ("1.67", "day", "760")
    assert line["net"]["amount"] == "1269.20"
    assert line["text"] == "acme/site: Konzept (Mo 23.11. 8,0 h; Di 24.11. 4,5 h)"
    hours = do(acme, "report", "hours")
    assert hours[0]["amount"]["amount"] == "1269.20"
    assert do(acme, "track", "list")[0]["rate"] == "101.3333"


def test_half_days(acme: Cowork) -> None:
    do(acme, "client", "edit", "acme", "--language", "en")
    do(acme, "project", "edit", "acme/site", "--day-rate", "800", "--half-day-from", "4h")
    add(acme, "acme/site", "2026-11-20", "8:00", "10:15")
    add(acme, "acme/site", "2026-11-23", "8:00", "10:00", "--tag", "a")
    add(acme, "acme/site", "2026-11-23", "11:00", "13:30", "--tag", "b")
    add(acme, "acme/site", "2026-11-24", "8:00", "17:00")
    (line,) = drafted(acme)
    assert line["quantity"] == "1.78", "0.28 by the hour, a half, and a whole day"
    assert line["text"] == "acme/site (Fri 20 Nov 2.25 h; Mon 23 Nov 4.5 h; Tue 24 Nov 9.0 h)"
    for group in GROUPS:
        lines = drafted(acme, "--group", group)
        assert sum(Decimal(line["quantity"]) for line in lines) == Decimal("1.78"), group
        assert net(lines) == Decimal("1424.00")
    assert drafted(acme, "--group", "day")[0]["text"] == "20.11.2026 acme/site (2.25 h)"


def test_travel_has_lines_of_its_own(acme: Cowork) -> None:
    do(acme, "client", "edit", "acme", "--travel-factor", "50%")
    add(acme, "acme/site", "2026-11-23", "7:00", "9:00", "Anfahrt Köln", "--tag", "travel")
    add(acme, "acme/site", "2026-11-23", "9:00", "12:00", "Workshop")
    travel, work = drafted(acme)
    assert travel["text"] == "acme/site: Reisezeit 50 %, Anfahrt Köln"
    assert (travel["quantity"], travel["duration_s"]) == ("1.00", 7200)
    assert (work["text"], work["quantity"]) == ("acme/site: Workshop", "3.00")
    do(acme, "client", "edit", "acme", "--language", "en")
    assert "Travel time 50 %" in drafted(acme)[0]["text"]
    do(acme, "client", "edit", "acme", "--travel-factor", "none")
    (both,) = drafted(acme)
    assert both["quantity"] == "5.00"


def test_the_factor_comes_before_the_rule(acme: Cowork) -> None:
    do(acme, "client", "edit", "acme", "--travel-factor", "0.5", "--rounding", "1h:up:entry")
    add(acme, "acme/site", "2026-11-23", "7:00", "9:10", "--tag", "reise")
    (line,) = drafted(acme)
    assert line["quantity"] == "2.00"


def test_issued_lines_keep_their_real_time(week: Cowork) -> None:
    do(week, "client", "edit", "acme", "--rounding", "15m:up:day")
    week("invoice", "draft", "acme")
    do(week, "invoice", "issue", "draft-1")
    do(week, "client", "edit", "acme", "--rounding", "none", "--rename", "acme-ag")
    invoice = do(week, "invoice", "show", "2026-0001")
    assert [line["duration_s"] for line in invoice["lines"]] == [8220, 60]
    assert invoice["lines"][0]["text"].startswith("acme/site")


def test_a_bar_for_each_row_on_a_wide_terminal(week: Cowork) -> None:
    wide = week("report", "hours", terminal=True, env={"COLUMNS": "120", "NO_COLOR": "1"}).out
    rows = [line for line in wide.splitlines() if "acme/" in line]
    assert rows[1].count("█") == 40, "the largest row"
    assert "▎" in rows[0]
    assert "█" not in next(line for line in wide.splitlines() if "Total" in line)
    assert all(len(line) <= 120 for line in wide.splitlines())
    narrow = week("report", "hours", terminal=True, env={"COLUMNS": "50"}).out
    assert "█" not in narrow
    assert "█" not in week("report", "hours").out


def test_what_has_a_rule_and_no_rate_has_no_amount(acme: Cowork) -> None:
    for words in (
        ("client", "add", "free", "--name", "Free", "--rounding", "15m:up:day"),
        ("project", "add", "free/a"),
        ("project", "add", "free/b", "--rate", "80"),
        ("track", "add", "free/a", "--from", "9:00", "--to", "9:50"),
        ("track", "add", "free/b", "--from", "10:00", "--to", "10:50"),
    ):
        outcome = acme(*words)
        assert outcome.code == 0, str(outcome)
    rows = acme("report", "unbilled", "--json").data
    assert [(row["project"], row["billed_s"], row["amount"]) for row in rows] == [
        ("free/a", 3600, None),
        ("free/b", 3600, {"amount": "80.00", "currency": "EUR"}),
    ]
