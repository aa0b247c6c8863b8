"""A number that was given out is not given again, whatever backup is put back: § 14 (4) no. 4 UStG."""

from pathlib import Path

import pytest

from tests.conftest import Cowork, Outcome

pytestmark = pytest.mark.usefixtures("november")


@pytest.fixture
def backup(acme: Cowork) -> str:
    """A backup from before the first invoice, which is issued then."""
    assert acme("track", "add", "acme/site", "--from", "9:00", "--to", "11:00").code == 0
    file: str = acme("data", "backup", "--json").data["file"]
    assert issued(acme).data["number"] == "2026-0001"
    return file


def issued(cowork: Cowork, draft: str = "draft-1") -> Outcome:
    """The draft of all that is open, issued."""
    drafted = cowork("invoice", "draft", "acme")
    assert drafted.code in (0, 4, 5, 6), str(drafted)
    return cowork("invoice", "issue", draft, "--yes", "--json")


def copies(home: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (home / "data" / "invoices").iterdir()}


@pytest.mark.both_stores
def test_a_backup_of_before_an_invoice_does_not_give_its_number_again(
    acme: Cowork, home: Path, backup: str
) -> None:
    sent = copies(home)
    tried = acme("data", "restore", backup, "--dry-run", "--json")
    assert tried.data["not_in_it"] == ["2026-0001"]
    assert (
        "Not in the backup: 2 changes and 2026-0001. No number is given out a second time."
        in tried.err
    )
    assert tried.data["changes_not_in_it"] == 2, "the draft and its issue"
    assert [one["number"] for one in acme("invoice", "list", "--json").data] == ["2026-0001"]
    done = acme("data", "restore", backup, "--yes", "--json")
    assert done.data["not_in_it"] == ["2026-0001"]
    assert acme("invoice", "list", "--json").data == []
    assert issued(acme).data["number"] == "2026-0002"
    assert sent.items() <= copies(home).items(), "what the client has stays as it was"
    assert acme("data", "verify").code == 0
    # the other way round there is nothing that the backup lacks but what was issued meanwhile
    back = acme("data", "restore", done.data["previous"], "--yes", "--json")
    assert (back.data["not_in_it"], back.data["changes_not_in_it"]) == (["2026-0002"], 2)
    assert acme("data", "restore", done.data["previous"], "--dry-run").err == (
        "The backup is whole; nothing was changed.\n"
    )


def test_a_quote_that_was_sent_keeps_its_number_too(acme: Cowork) -> None:
    file = acme("data", "backup", "--json").data["file"]
    quote = ("quote", "add", "acme", "--line", "Fence", "--price", "800")
    assert acme(*quote).code == 0
    assert acme("quote", "send", "AN-2026-0001").code == 0
    done = acme("data", "restore", file, "--yes", "--json")
    assert done.data["not_in_it"] == ["AN-2026-0001"]
    assert acme(*quote, "--json").data["number"] == "AN-2026-0002"


@pytest.mark.file_store("the store is overwritten")
def test_a_number_whose_document_lies_here_is_not_given_by_another_store(
    acme: Cowork, home: Path, backup: str
) -> None:
    (home / "data" / "cowork.db").write_bytes(b"no store any more")
    done = acme("data", "restore", backup, "--yes", "--json")
    assert done.data["not_in_it"] == [], "what was given out cannot be read"
    (home / "data/invoices/2026-0002.pdf").write_bytes(b"issued after the first")
    before = copies(home)
    refused = issued(acme)
    told = (
        f"error: the number 2026-0001 was given out before: {home / 'data/invoices/2026-0001.pdf'} is no document "
        "of this store\nhint: go on behind it: `cowork config set invoice.next.invoice 3`, and unset that once "
        "this one is issued; or move the file away\n"
    )
    assert (refused.code, refused.err) == (6, told), str(refused)
    tried = acme("invoice", "issue", "draft-1", "--dry-run")
    assert (tried.code, tried.err) == (6, told), "a dry run says what would happen"
    assert copies(home) == before
    assert acme("invoice", "list", "--json").data[0]["state"] == "draft"
    assert acme("config", "set", "invoice.next.invoice", "3").code == 0
    assert issued(acme).data["number"] == "2026-0003"
    assert before.items() <= copies(home).items()
