"""Pages are set while others may write; the number, the facts and the files land together."""

import hashlib
from collections.abc import Callable
from typing import Any

import pytest

from cowork_cli.commands.invoice import issuing as verbs
from cowork_cli.services.invoices.committing import Press

pytestmark = pytest.mark.usefixtures("november")


@pytest.fixture
def drafted(acme, played):
    """A draft over two hours."""
    return played(
        ("track", "add", "acme/site", "--from", "9:00", "--to", "11:00", "Concept"),
        ("invoice", "draft", "acme"),
    )


@pytest.fixture
def meanwhile(monkeypatch) -> Callable[[Callable[[int], None]], list[Any]]:
    """Lets something happen each time while pages are set; returns the documents that were set."""

    def arrange(happen: Callable[[int], None]) -> list[Any]:
        documents: list[Any] = []

        def press(context: Any) -> Press:
            def set_(document: Any) -> tuple[bytes, bytes]:
                documents.append(document)
                happen(len(documents))
                return f"PDF {document.invoice.net}".encode(), b"<xml/>"

            return Press(set_, context.paths.invoices)

        monkeypatch.setattr(verbs, "press", press)
        return documents

    return arrange


def _fine(outcome: Any) -> None:
    assert outcome.code == 0, str(outcome)


def test_others_write_while_the_pages_are_set(drafted, meanwhile):
    def add(_: int) -> None:
        _fine(drafted("track", "add", "acme/site", "--from", "13:00", "--to", "14:00", "Other"))

    set_ = meanwhile(add)
    _fine(drafted("invoice", "issue", "draft-1"))
    assert len(set_) == 1
    assert drafted("invoice", "show", "2026-0001", "--json").data["state"] == "issued"
    assert drafted("data", "verify").code == 0


def test_a_cancellation_holds_nobody_up_either(drafted, meanwhile):
    _fine(drafted("invoice", "issue", "draft-1"))

    def add(_: int) -> None:
        _fine(drafted("track", "add", "acme/site", "--from", "13:00", "--to", "14:00", "Other"))

    set_ = meanwhile(add)
    _fine(drafted("invoice", "cancel", "2026-0001", "--reason", "wrong", "--yes"))
    assert [document.invoice.number for document in set_] == ["2026-0002"]
    assert drafted("data", "verify").code == 0


def test_a_cancellation_that_another_row_came_before_is_set_anew(drafted, meanwhile):
    _fine(drafted("invoice", "issue", "draft-1"))

    def draft(time: int) -> None:
        if time == 1:
            _fine(drafted("invoice", "draft", "acme", "--empty"))

    set_ = meanwhile(draft)
    _fine(drafted("invoice", "cancel", "2026-0001", "--reason", "wrong", "--yes"))
    assert [document.invoice.number for document in set_] == ["2026-0002", "2026-0002"]
    shown = drafted("invoice", "show", "2026-0002", "--json").data
    assert (shown["cancels"], len(shown["files"])) == ("2026-0001", 2)
    assert drafted("invoice", "show", "draft-2", "--json").data["state"] == "draft"
    assert drafted("data", "verify").code == 0


def test_what_changed_meanwhile_is_set_anew(drafted, meanwhile):
    def edit(time: int) -> None:
        if time == 1:
            _fine(drafted("invoice", "line", "draft-1", "--text", "Fee", "--price", "10"))

    set_ = meanwhile(edit)
    _fine(drafted("invoice", "issue", "draft-1"))
    assert [str(document.invoice.net) for document in set_] == ["190.00 EUR", "200.00 EUR"]
    kept = drafted("invoice", "show", "2026-0001", "--json").data
    assert kept["net"]["amount"] == "200.00"
    [pdf] = [name for name in kept["files"] if name.endswith(".pdf")]
    assert kept["sha256"] == hashlib.sha256(b"PDF 200.00 EUR").hexdigest(), pdf


def test_who_edits_without_end_does_not_keep_it_from_being_issued(drafted, meanwhile):
    codes = []

    def edit(time: int) -> None:
        if time <= 3:
            codes.append(
                drafted("invoice", "line", "draft-1", "--text", "Fee", "--price", "1").code
            )

    set_ = meanwhile(edit)
    _fine(drafted("invoice", "issue", "draft-1"))
    assert codes == [0, 0, 0]
    assert len(set_) == 4
    assert drafted("invoice", "show", "2026-0001", "--json").data["net"]["amount"] == "193.00"


def test_who_bills_the_draft_first_wins(drafted, meanwhile):
    def discard(_: int) -> None:
        _fine(drafted("invoice", "discard", "draft-1", "--yes"))

    meanwhile(discard)
    assert drafted("invoice", "issue", "draft-1").code == 5
    assert drafted("invoice", "list").rows == []


def test_a_page_that_cannot_be_set_takes_no_number(drafted, meanwhile):
    def fail(time: int) -> None:
        if time == 1:
            raise OSError("no font")

    meanwhile(fail)
    assert drafted("invoice", "issue", "draft-1").code != 0
    _fine(drafted("invoice", "issue", "draft-1"))
    assert drafted("invoice", "list").rows[0][0] == "2026-0001"
    assert drafted("data", "verify").code == 0
