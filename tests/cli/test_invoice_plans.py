"""Recurring invoices: each period once, in order, at its price; safe to repeat, to kill and to crowd."""

import itertools
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cowork_cli.domain.invoice_plan import MONTHS, next_period, period_of
from cowork_cli.locking import tried
from cowork_cli.services.invoices import plan_run
from tests.conftest import Cowork

ADD = (
    "invoice", "plan", "add", "acme", "--every", "month", "--line", "Retainer {period}",
    "--price", "1200", "--from", "2026-09-01",
)  # fmt: skip


def at(day: str) -> dict[str, str]:
    return {"COWORK_NOW": f"{day}T07:00:00+01:00"}


def periods(cowork: Cowork) -> list[tuple[str, str]]:
    rows = cowork("invoice", "list", "--json").data
    return [(row["period"]["from"], row["period"]["to"]) for row in rows]


@pytest.fixture
def plan(acme: Cowork) -> Cowork:
    assert acme(*ADD).code == 0
    return acme


def test_what_is_agreed_is_shown(plan: Cowork) -> None:
    shown = plan("invoice", "plan", "show", "r-1", "--json").data
    assert [shown[name] for name in ("id", "client", "every", "next", "from", "until", "issue")] == [
        "r-1", "acme", "month", "2026-09-01", "2026-09-01", None, False,
    ]  # fmt: skip
    (line,) = shown["lines"]
    assert (line["text"], line["price"], line["net"]["amount"]) == (
        "Retainer {period}", "1200", "1200.00",
    )  # fmt: skip
    assert plan("invoice", "plan", "list", "--json").data == [shown]
    assert plan("invoice", "plan", "show", "r-2").code == 5


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--every", "week", "--line", "A", "--price", "1"), 'every "week" is no period'),
        (("--every", "month"), "needs a line"),
        (("--every", "month", "--line", "A"), "a new line needs --price"),
        (
            ("--every", "month", "--line", "A", "--price", "1", "--from", "2026-12-01", "--until",
             "2026-11-30"),
            "before it begins",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_agreed_is_refused(acme: Cowork, words: tuple[str, ...], said: str) -> None:
    done = acme("invoice", "plan", "add", "acme", *words)
    assert (done.code, said in done.err) == (2, True), str(done)
    assert acme("invoice", "plan", "list", "--json").data == []


def test_missed_periods_are_caught_up_each_once_and_in_order(plan: Cowork) -> None:
    planned = plan("invoice", "plan", "run", "--dry-run", "--json")
    assert [row["period"]["from"] for row in planned.data] == [
        "2026-09-01",
        "2026-10-01",
        "2026-11-01",
    ]
    assert periods(plan) == []
    done = plan("invoice", "plan", "run")
    assert done.code == 0
    assert (
        "Drafted draft-2 to acme over 1428.00 EUR for 2026-10-01 to 2026-10-31 (r-1)." in done.err
    )
    assert periods(plan) == [
        ("2026-09-01", "2026-09-30"), ("2026-10-01", "2026-10-31"), ("2026-11-01", "2026-11-30"),
    ]  # fmt: skip
    again = plan("invoice", "plan", "run")
    assert (again.code, again.out, again.err) == (0, "", "")
    assert plan("invoice", "plan", "run", env=at("2026-12-01")).code == 0
    assert plan("invoice", "plan", "run", env=at("2026-12-31")).out == ""
    assert len(periods(plan)) == 4
    invoice = plan("invoice", "show", "draft-3", "--json").data
    assert (invoice["plan"], invoice["lines"][0]["text"]) == ("r-1", "Retainer November 2026")
    assert [row["invoice"] for row in plan("invoice", "plan", "show", "r-1", "--json").data["periods"]] == [
        "draft-1", "draft-2", "draft-3", "draft-4",
    ]  # fmt: skip


def test_what_nobody_ran_is_in_the_deadlines(plan: Cowork) -> None:
    due = [row for row in plan("deadlines", "--json").data if row["kind"] == "recurring-invoice"]
    assert [(row["due"], row["ref"], row["state"]) for row in due] == [
        ("2026-09-01", "r-1", "passed")
    ]
    plan("invoice", "plan", "run")
    assert plan("deadlines", "--json").data == []


def test_it_is_issued_where_that_was_agreed(acme: Cowork, home: Path) -> None:
    acme(*ADD, "--issue")
    done = acme("invoice", "plan", "run", "--json")
    assert [(row["number"], row["state"]) for row in done.data] == [
        ("2026-0001", "issued"), ("2026-0002", "issued"), ("2026-0003", "issued"),
    ]  # fmt: skip
    assert (home / "data" / "invoices" / "2026-0003.pdf").is_file()
    xml = acme("invoice", "export", "2026-0002", "--format", "cii").out
    assert "20261001" in xml  # BT-73
    assert "20261031" in xml  # BT-74
    assert acme("invoice", "plan", "run").out == ""


def test_a_price_counts_from_its_day(plan: Cowork) -> None:
    plan("invoice", "plan", "edit", "r-1", "--price", "1260", "--from", "2026-10-02")
    plan("invoice", "plan", "edit", "r-1", "--price", "1300", "--from", "2027-01-01")
    plan("invoice", "plan", "run", env=at("2027-01-01"))
    nets = [row["net"]["amount"] for row in plan("invoice", "list", "--json").data]
    assert nets == ["1200.00", "1200.00", "1260.00", "1260.00", "1300.00"]
    plan("invoice", "plan", "edit", "r-1", "--price", "1400", env=at("2027-01-05"))
    shown = plan("invoice", "plan", "show", "r-1", "--json").data
    assert (shown["next"], shown["net"]["amount"]) == ("2027-02-01", "1400.00")
    assert [row["from"] for row in shown["lines"][0]["prices"]] == [
        "2026-09-01", "2026-10-02", "2027-01-01", "2027-02-01",
    ]  # fmt: skip


def test_lines_and_terms_are_changed_for_what_is_to_come(plan: Cowork) -> None:
    edit = ("invoice", "plan", "edit", "r-1")
    assert plan(*edit).code == 2
    assert plan(*edit, "--from", "2027-01-01").code == 2
    assert plan(*edit, "--line", "3", "--text", "x").code == 6
    assert plan(*edit, "--line", "2", "--text", "Hosting", "--qty", "2", "--price", "15").code == 0
    assert plan(*edit, "--price", "1").code == 2
    changed = plan(
        *edit, "--line", "2", "--discount", "10%", "--until", "2026-09-30", "--json"
    ).data
    assert (changed["net"]["amount"], changed["until"]) == ("1227.00", "2026-09-30")
    plan("invoice", "plan", "run")
    assert periods(plan) == [("2026-09-01", "2026-09-30")]
    assert plan("invoice", "plan", "show", "r-1", "--json").data["next"] is None
    assert plan(*edit, "--until", "none", "--json").data["next"] == "2026-10-01"


def test_the_last_period_begins_by_the_end(acme: Cowork) -> None:
    done = acme(*ADD, "--until", "2026-10-15")
    assert "The last period is 2026-10-01 to 2026-10-31, billed whole." in done.err
    acme("invoice", "plan", "run")
    assert len(periods(acme)) == 2


def test_a_month_that_lacks_the_day_begins_on_its_last(acme: Cowork) -> None:
    acme(
        "invoice", "plan", "add", "acme", "--every", "month", "--line", "A", "--price", "1", "--from",
        "2026-01-31",
    )  # fmt: skip
    acme("invoice", "plan", "run", env=at("2026-05-31"))
    assert periods(acme) == [
        ("2026-01-31", "2026-02-27"), ("2026-02-28", "2026-03-30"), ("2026-03-31", "2026-04-29"),
        ("2026-04-30", "2026-05-30"), ("2026-05-31", "2026-06-29"),
    ]  # fmt: skip


def test_in_arrears_it_is_due_when_the_period_is_over(acme: Cowork) -> None:
    acme(*ADD, "--arrears")
    acme("invoice", "plan", "run", env=at("2026-09-30"))
    assert periods(acme) == []
    acme("invoice", "plan", "run", env=at("2026-10-01"))
    assert periods(acme) == [("2026-09-01", "2026-09-30")]


def test_a_dropped_draft_is_not_made_again(plan: Cowork) -> None:
    plan("invoice", "plan", "run")
    done = plan("invoice", "discard", "draft-3", "--yes")
    assert "r-1 does not bill 2026-11-01 to 2026-11-30 again" in done.err
    assert plan("invoice", "plan", "run").out == ""
    assert len(periods(plan)) == 2
    assert plan("undo").code == 0
    assert plan("invoice", "show", "draft-3", "--json").data["plan"] == "r-1"


def test_undo_passes_over_what_was_written_at_its_time(plan: Cowork) -> None:
    plan("invoice", "plan", "run")
    assert plan("client", "edit", "acme", "--note", "x").code == 0
    plan("invoice", "plan", "run", env=at("2026-12-01"))
    assert plan("undo").code == 0
    assert plan("client", "show", "acme", "--json").data["note"] is None
    assert len(periods(plan)) == 4


def test_a_plan_that_cannot_go_on_does_not_hold_the_others(plan: Cowork) -> None:
    plan("client", "add", "beta", "--name", "Beta", "--rate", "1")
    plan(
        "invoice",
        "plan",
        "add",
        "beta",
        "--every",
        "month",
        "--line",
        "A",
        "--price",
        "500",
        "--issue",
    )
    plan("client", "archive", "acme")
    alone = plan("invoice", "plan", "run", "r-1")
    assert (alone.code, "r-1 (acme): the client acme is archived" in alone.err) == (6, True)
    incomplete = plan("invoice", "plan", "run")
    assert incomplete.code == 6
    assert "r-2 (beta): the invoice cannot be issued, missing: street of beta" in incomplete.err
    plan("client", "edit", "beta", "--street", "Weg 1", "--postcode", "10115", "--city", "Berlin")
    partly = plan("invoice", "plan", "run", "--json")
    assert partly.code == 8
    assert [(row["client"], row["number"]) for row in partly.data] == [("beta", "2026-0001")]
    assert partly.json["problems"][0]["message"].startswith("r-1 (acme)")
    plan("client", "archive", "acme", "--undo")
    assert plan("invoice", "plan", "run").code == 0
    assert len(periods(plan)) == 4


def test_nothing_is_billed_in_another_currency_than_was_agreed(plan: Cowork) -> None:
    told = plan("client", "edit", "acme", "--currency", "CHF")
    assert "r-1 was agreed on in EUR and is not billed in CHF" in told.err
    refused = plan("invoice", "plan", "run")
    assert (refused.code, "acme pays in CHF now" in refused.err) == (6, True)
    assert plan("invoice", "plan", "show", "r-1", "--json").data["net"]["currency"] == "EUR"
    assert periods(plan) == []


def test_killed_between_draft_and_issue_it_goes_on_and_doubles_nothing(
    acme: Cowork, monkeypatch: pytest.MonkeyPatch
) -> None:
    acme(*ADD, "--issue")

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(plan_run, "issue", killed)
        assert acme("invoice", "plan", "run").code == 130
    rows = acme("invoice", "list", "--json").data
    assert [(row["id"], row["state"]) for row in rows] == [("draft-1", "draft")]
    planned = acme("invoice", "plan", "run", "--dry-run")
    assert "Would issue draft-1 to acme" in planned.err
    assert acme("invoice", "plan", "run").code == 0
    rows = acme("invoice", "list", "--json").data
    assert [(row["number"], row["period"]["from"]) for row in rows] == [
        ("2026-0001", "2026-09-01"), ("2026-0002", "2026-10-01"), ("2026-0003", "2026-11-01"),
    ]  # fmt: skip


def test_a_draft_from_before_issuing_was_agreed_stays_one(plan: Cowork) -> None:
    plan("invoice", "plan", "run")
    plan("invoice", "plan", "edit", "r-1", "--issue")
    plan("invoice", "plan", "run", env=at("2026-12-01"))
    states = [row["state"] for row in plan("invoice", "list", "--json").data]
    assert sorted(states) == ["draft", "draft", "draft", "issued"]


def test_the_second_of_two_runs_leaves_quietly(plan: Cowork, home: Path) -> None:
    with tried(home / "state" / "invoice-plans.lock") as alone:
        assert alone
        done = plan("invoice", "plan", "run")
    assert (done.code, done.out, done.err) == (0, "", "")
    assert periods(plan) == []


@pytest.mark.file_store(reason="changes the file past the program")
def test_a_period_is_billed_once_in_the_store(plan: Cowork, home: Path) -> None:
    import sqlite3

    plan("invoice", "plan", "run")
    connection = sqlite3.connect(home / "data" / "cowork.db")
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        connection.execute(
            "INSERT INTO invoice_plan_periods (uuid, plan_id, from_day, to_day, issue) "
            "VALUES ('x', 1, '2026-09-01', '2026-09-30', 0)"
        )
    connection.close()


def test_removed_it_writes_no_more_and_its_invoices_stay(plan: Cowork) -> None:
    plan("invoice", "plan", "run")
    assert plan("invoice", "plan", "remove", "r-1").code == 2
    assert plan("invoice", "plan", "remove", "r-1", "--yes").code == 0
    assert plan("invoice", "plan", "run", env=at("2027-06-01")).out == ""
    assert len(periods(plan)) == 3
    assert plan("undo").code == 0
    assert plan("invoice", "plan", "run", env=at("2026-12-01")).code == 0
    assert len(periods(plan)) == 4
    assert plan("data", "verify").code == 0


@given(
    st.sampled_from(sorted(MONTHS)),
    st.dates(date(2000, 1, 1), date(2090, 12, 31)),
    st.integers(0, 60),
)
def test_periods_follow_each_other_without_a_gap(every: str, first: date, count: int) -> None:
    rows = [period_of(every, first, number) for number in range(count + 1)]
    for before, after in itertools.pairwise(rows):
        assert before.to is not None
        assert after.from_ == before.to + timedelta(days=1)
    done = {row.from_ for row in rows[:-1] if row.from_}
    assert next_period(every, first, None, done) == rows[-1]
    if done:
        left_out = min(done)
        assert next_period(every, first, None, done - {left_out}) == rows[0]


def test_a_price_that_would_never_count_is_refused(plan: Cowork) -> None:
    plan("invoice", "plan", "edit", "r-1", "--price", "1260", "--from", "2026-11-10")
    before = plan("invoice", "plan", "show", "r-1", "--json").data
    for day in ("2026-08-01", "2026-11-02"):
        idle = plan("invoice", "plan", "edit", "r-1", "--price", "5", "--from", day)
        assert (idle.code, "would never count" in idle.err) == (6, True), day
    assert plan("invoice", "plan", "show", "r-1", "--json").data == before
    early = plan("invoice", "plan", "edit", "r-1", "--price", "1100", "--from", "2026-09-15")
    assert early.code == 0  # for the October and the November


def test_a_line_that_was_added_from_a_day_on_is_billed_from_then(plan: Cowork) -> None:
    told = plan(
        "invoice",
        "plan",
        "edit",
        "r-1",
        "--text",
        "Hosting",
        "--price",
        "15",
        "--from",
        "2026-10-15",
    )
    assert "Hosting: 15 EUR from 2026-10-15 on." in told.err
    shown = plan("invoice", "plan", "show", "r-1", "--json").data
    assert [row["text"] for row in shown["lines"]] == ["Retainer {period}", "Hosting"]
    assert shown["net"]["amount"] == "1200.00"
    plan("invoice", "plan", "run")
    nets = [row["net"]["amount"] for row in plan("invoice", "list", "--json").data]
    assert nets == ["1200.00", "1200.00", "1215.00"]


def test_a_line_is_changed_and_removed_by_its_number(plan: Cowork) -> None:
    edit = ("invoice", "plan", "edit", "r-1")
    assert plan(*edit, "--text", "Hosting", "--price", "80", "--discount", "10%").code == 0
    assert plan(*edit, "--line", "2", "--qty", "2").code == 0
    (_, hosting) = plan("invoice", "plan", "show", "r-1", "--json").data["lines"]
    assert (hosting["net"]["amount"], hosting["discount_percent"]) == ("144.00", "10")
    shown = plan("invoice", "plan", "show", "r-1", "-o", "table")
    assert "Less" in shown.out
    assert "10 %" in shown.out
    removed = plan(*edit, "--line", "1", "--remove", "--json")
    assert [line["text"] for line in removed.data["lines"]] == ["Hosting"]
    assert removed.data["net"]["amount"] == "144.00"
    assert plan("undo").code == 0
    assert len(plan("invoice", "plan", "show", "r-1", "--json").data["lines"]) == 2


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--remove",), 2, "--remove needs --line"),
        (("--line", "1", "--remove", "--price", "3"), 2, "takes nothing but --line"),
        (("--line", "1", "--remove", "--from", "2027-01-01"), 2, "takes nothing but --line"),
        (("--line", "2", "--remove"), 6, "has no line 2"),
        (("--line", "1", "--remove"), 6, "`cowork invoice plan remove r-1`"),
    ],
)
def test_a_line_that_cannot_be_removed_stays(
    plan: Cowork, words: tuple[str, ...], code: int, said: str
) -> None:
    done = plan("invoice", "plan", "edit", "r-1", *words)
    assert (done.code, said in done.err) == (code, True), str(done)
    assert len(plan("invoice", "plan", "show", "r-1", "--json").data["lines"]) == 1


def test_its_order_its_note_and_its_prices_are_shown(acme: Cowork) -> None:
    assert acme(*ADD, "--order-ref", "PO 7", "--note", "Thank you").code == 0
    assert acme(
        "invoice", "plan", "edit", "r-1", "--price", "1300.5", "--from", "2027-01-01"
    ).code == 0  # fmt: skip
    shown = acme("invoice", "plan", "show", "r-1", "-o", "table").out
    for said in ("order PO 7", "Thank you", "1,300.50 EUR from Fri 2027-01-01"):
        assert said in shown, shown


def test_history_of_a_plan_has_its_lines_prices_and_runs(plan: Cowork) -> None:
    assert plan("invoice", "plan", "edit", "r-1", "--price", "1300").code == 0
    assert plan("invoice", "plan", "run", env=at("2026-09-02")).code == 0
    assert plan("client", "edit", "acme", "--rate", "99").code == 0
    changes = plan("history", "--of", "r-1", "--json").data["changes"]
    assert [" ".join(row["command"].split()[:3]) for row in changes] == [
        "invoice plan run", "invoice plan edit", "invoice plan add",
    ]  # fmt: skip
    (first, *_) = plan("history", "--of", "acme", "--json").data["changes"]
    assert first["command"].startswith("client edit")
    assert plan("undo").code == 0
    assert plan("undo").code == 0  # the price
    refused = plan("undo")
    assert refused.code == 6
    assert "`cowork history --of r-1`" in refused.err


def test_a_price_of_a_plan_that_is_over_counts_if_it_goes_on(plan: Cowork) -> None:
    edit = ("invoice", "plan", "edit", "r-1")
    assert plan(*edit, "--until", "2026-09-30").code == 0
    assert plan("invoice", "plan", "run", env=at("2026-10-02")).code == 0
    idle = plan(*edit, "--price", "1300", "--from", "2020-01-01")
    assert (idle.code, "would never count" in idle.err) == (6, True), str(idle)
    assert plan(*edit, "--price", "1300").code == 0
    prolonged = plan(*edit, "--until", "none", "--json").data
    assert (prolonged["next"], prolonged["lines"][0]["price"]) == ("2026-10-01", "1300")


def test_braces_that_are_not_filled_in_are_named(plan: Cowork) -> None:
    added = plan(
        "invoice", "plan", "edit", "r-1", "--text", "{month}: {period} {Period}", "--price", "1"
    )
    assert "{month}, {Period} is printed as it is: only {period} is filled in." in added.err
    assert (
        "printed as it is"
        not in plan("invoice", "plan", "edit", "r-1", "--line", "2", "--remove").err
    )
