"""From a quote to what is billed of it: budgets, advances, the rest, and who edits while it is sent."""

from typing import Any

import pytest

from cowork_cli.commands.quote import answering
from tests.conftest import Cowork, Played

pytestmark = pytest.mark.usefixtures("november")

FIVE_HOURS = ("--line", "Design", "--price", "100", "--qty", "5", "--unit", "hour")


def do(cowork: Cowork, *words: str) -> list[str]:
    """Runs a line; what is said of it."""
    outcome = cowork(*words)
    assert outcome.code == 0, str(outcome)
    return outcome.err.splitlines()


@pytest.fixture
def offered(acme: Cowork, played: Played) -> Cowork:
    """AN-2026-0001 of five hours at 100 and AN-2026-0002 of 300 are sent; acme/site has 40 hours."""
    return played(
        ("project", "edit", "acme/site", "--budget", "40h"),
        ("quote", "add", "acme", *FIVE_HOURS),
        ("quote", "send", "AN-2026-0001"),
        ("quote", "add", "acme", "--line", "Logo", "--price", "300"),
        ("quote", "send", "AN-2026-0002"),
    )


def test_hours_are_added_to_a_budget_of_hours(offered: Cowork) -> None:
    said = do(offered, "quote", "accept", "AN-2026-0001", "--project", "site")
    assert "The budget of acme/site grew by 5 h." in said
    said = do(offered, "quote", "accept", "AN-2026-0002", "--project", "site")
    assert (
        "The budget of acme/site is in hours and stays as it is; `cowork project edit acme/site "
        "--budget 300.00eur` makes it money."
    ) in said
    assert offered("project", "show", "acme/site", "--json").data["budget_s"] == 45 * 3600


@pytest.fixture
def advanced(offered: Cowork, played: Played) -> Cowork:
    """The first is accepted without a project; an advance of a fifth, 2026-0001, is paid."""
    return played(
        ("quote", "accept", "AN-2026-0001", "--no-project"),
        ("invoice", "draft", "acme", "--quote", "AN-2026-0001", "--advance", "--in", "2026-12",
         "--share", "20%"),
        ("invoice", "issue", "draft-1", "--date", "2026-11-25"),
        ("invoice", "pay", "2026-0001", "119"),
    )  # fmt: skip


DRAFT = ("invoice", "draft", "acme", "--quote", "AN-2026-0001")


def test_the_rest_of_a_line_is_drafted_and_the_advance_deducted_once(advanced: Cowork) -> None:
    said = do(advanced, *DRAFT)
    assert "The advance 2026-0001 of 119.00 EUR is deducted." in said
    assert not any("Hours recorded" in line for line in said), "it is of no project"
    do(advanced, "invoice", "line", "draft-2", "--line", "1", "--qty", "2")
    said = do(advanced, *DRAFT)
    assert "The advance 2026-0001 is deducted on draft-2." in said
    draft = advanced("invoice", "show", "draft-3", "--json").data
    [line] = draft["lines"]
    assert (line["quantity"], line["net"]["amount"]) == ("3", "300.00")
    assert (draft["gross"]["amount"], draft["paid"]["amount"]) == ("357.00", "0.00")
    do(advanced, "invoice", "discard", "draft-3", "--yes")
    do(advanced, "invoice", "issue", "draft-2")
    assert "The advance 2026-0001 is deducted on 2026-0002." in do(advanced, *DRAFT)


def test_the_days_to_pay_are_those_of_the_client(offered: Cowork, monkeypatch: Any) -> None:
    printed: list[int] = []

    def renderer(context: Any) -> Any:
        def render(document: Any) -> bytes:
            printed.append(document.terms_days)
            return b"page"

        return render

    monkeypatch.setattr(answering, "renderer", renderer)
    for terms in ((), ("--terms", "30d")):
        if terms:
            do(offered, "client", "edit", "acme", *terms)
        do(offered, "quote", "add", "acme", "--line", "Text", "--price", "50")
        number = offered("quote", "list", "--json").data[-1]["number"]
        do(offered, "quote", "send", number)
    assert printed == [14, 30]


def test_a_draft_that_is_edited_while_it_is_sent_is_set_anew(
    offered: Cowork, monkeypatch: Any
) -> None:
    do(offered, "quote", "add", "acme", "--line", "Text", "--price", "50")
    titles: list[str | None] = []

    def renderer(context: Any) -> Any:
        def render(document: Any) -> bytes:
            titles.append(document.quote.title)
            if len(titles) == 1:
                do(offered, "quote", "edit", "AN-2026-0003", "--title", "Of the year")
            return f"page of {document.quote.title}".encode()

        return render

    monkeypatch.setattr(answering, "renderer", renderer)
    do(offered, "quote", "send", "AN-2026-0003")
    assert titles == [None, "Of the year"]
    sent = offered("quote", "show", "AN-2026-0003", "--json").data
    assert (sent["state"], sent["title"]) == ("sent", "Of the year")
