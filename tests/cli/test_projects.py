"""Projects: rates by hour and by day, budgets, rules, another id."""

import pytest

from tests.conftest import Cowork


def test_the_fields_of_a_project_are_a_contract(acme: Cowork) -> None:
    project = acme("project", "show", "acme/site", "--json").data
    assert list(project) == [
        "id", "client", "name", "rate", "billable", "archived", "day_rate", "hours_per_day",
        "half_day_from_s", "budget_s", "budget", "rounding", "note",
    ]  # fmt: skip


def test_all_options_of_a_project(acme: Cowork) -> None:
    added = acme(
        "project", "add", "acme/app", "--name", "App", "--day-rate", "760", "--hours-per-day", "7,5",
        "--half-day-from", "4h", "--budget", "40h", "--rounding", "60m:up:day", "--note", "bis Mai",
        "--non-billable", "--json",
    ).data  # fmt: skip
    assert added == {
        "id": "acme/app", "client": "acme", "name": "App", "rate": None, "billable": False,
        "archived": False, "day_rate": "760", "hours_per_day": "7.5", "half_day_from_s": 14400,
        "budget_s": 144000, "budget": None, "rounding": "1h:up:day", "note": "bis Mai",
    }  # fmt: skip


def test_a_new_budget_takes_the_place_of_the_old_one(acme: Cowork) -> None:
    acme("project", "edit", "acme/site", "--budget", "40h")
    money = acme("project", "edit", "acme/site", "--budget", "4000eur", "--json").data
    assert (money["budget_s"], money["budget"]["amount"]) == (None, "4000.00")
    none = acme("project", "edit", "acme/site", "--budget", "none", "--json").data
    assert (none["budget_s"], none["budget"]) == (None, None)


def test_a_day_rate_and_back(acme: Cowork) -> None:
    acme("project", "edit", "acme/site", "--day-rate", "760", "--from", "2026-11-24")
    for day in ("2026-11-23", "2026-11-24"):
        acme("track", "add", "acme/site", "--on", day, "--from", "8:00", "--to", "12:00")
    draft = acme("invoice", "draft", "acme", "--json").data
    assert [(line["unit"], line["quantity"], line["price"]) for line in draft["lines"]] == [
        ("hour", "4.00", "95"),
        ("day", "0.50", "760"),
    ]
    back = acme("project", "edit", "acme/site", "--rate", "100", "--json").data
    assert (back["rate"], back["day_rate"], back["hours_per_day"]) == ("100", None, None)


def test_without_a_day_the_rate_of_today_is_changed(acme: Cowork) -> None:
    acme("project", "edit", "acme/site", "--rate", "100", "--from", "2026-11-01")
    acme("project", "edit", "acme/site", "--rate", "120", "--from", "2027-01-01")
    assert acme("project", "edit", "acme/site", "--rate", "110", "--json").data["rate"] == "110"
    later = {"COWORK_NOW": "2027-02-01T12:00:00+01:00"}
    assert acme("project", "show", "acme/site", "--json", env=later).data["rate"] == "120"


def test_another_id_keeps_the_history(acme: Cowork) -> None:
    acme("track", "add", "acme/site", "--from", "9:00", "--to", "10:00")
    acme("invoice", "draft", "acme")
    acme("invoice", "issue", "draft-1")
    renamed = acme("project", "edit", "acme/site", "--rename", "acme/relaunch", "--json")
    assert renamed.code == 0, str(renamed)
    assert renamed.data["id"] == "acme/relaunch"
    entry = acme("track", "list", "--json").data[0]
    assert (entry["project"], entry["billed_on"]) == ("acme/relaunch", "2026-0001")
    line = acme("invoice", "show", "2026-0001", "--json").data["lines"][0]
    assert line["text"] == "acme/site", "what was issued stays as it was"
    history = acme("history", "--of", "acme/relaunch", "--json").data["changes"]
    assert len(history) >= 2
    assert acme("undo").code == 0
    assert acme("project", "show", "acme/site").code == 0


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("--rate", "95", "--day-rate", "700"), 2, "a rate an hour and a rate a day"),
        (("--rate", "-1"), 2, "negative"),
        (("--day-rate", "-1"), 2, "negative"),
        (("--hours-per-day", "0"), 2, "between 1 and 24"),
        (("--hours-per-day", "25"), 2, "between 1 and 24"),
        (("--half-day-from", "8h"), 2, "half a day cannot begin"),
        (("--hours-per-day", "6", "--half-day-from", "6h"), 2, "half a day cannot begin"),
        (("--half-day-from", "soon"), 2, "not a duration"),
        (("--budget", "40"), 2, "not a budget"),
        (("--budget", "0h"), 2, "above zero"),
        (("--budget", "40usd"), 2, "the client pays in EUR"),
        (("--rounding", "0m:up:day"), 2, "step"),
        (("--rounding", "15m"), 2, "not a rounding rule"),
    ],
)
def test_what_cannot_be_is_refused(
    acme: Cowork, words: tuple[str, ...], code: int, says: str
) -> None:
    before = acme("history", "--json").data
    for outcome in (
        acme("project", "edit", "acme/site", *words),
        acme("project", "add", "acme/new", *words),
    ):
        assert outcome.code == code, str(outcome)
        assert says in outcome.err
    assert acme("history", "--json").data == before


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((), 2),
        (("--from", "2026-11-01"), 2),
        (("--rename", "App"), 2),
        (("--rename", "globex/app"), 2),
        (("--rename", "app"), 6),
    ],
)
def test_edits_that_are_refused(acme: Cowork, words: tuple[str, ...], code: int) -> None:
    acme("project", "add", "acme/app")
    assert acme("project", "edit", "acme/site", *words).code == code


def test_a_shorter_day_is_checked_against_the_half_day(acme: Cowork) -> None:
    acme("project", "edit", "acme/site", "--day-rate", "700", "--half-day-from", "4h")
    assert acme("project", "edit", "acme/site", "--hours-per-day", "4").code == 2
