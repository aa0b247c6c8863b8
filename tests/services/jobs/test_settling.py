"""Settling a joint job: what comes in from the others, one's own draft, and the sheet as CSV."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import ACME, Cowork, Outcome, Played
from tests.services.invoices.verifying.as_cii import cii
from tests.services.invoices.verifying.samples import SELLER, Row, Sample

pytestmark = pytest.mark.usefixtures("november")

ADA = replace(SELLER, name="Ada Roth")
Received = Callable[..., Outcome]


@pytest.fixture
def job(played: Played) -> Cowork:
    """A job of 1,000 EUR net, of which Ada gets 400; it is settled."""
    return played(
        *ACME,
        ("people", "add", "Ada Roth"),
        ("job", "open", "web", "--client", "acme", "--with", "ada:40", "--total", "1000"),
        ("job", "settle", "web"),
    )


@pytest.fixture
def received(job: Cowork, tmp_path: Path) -> Received:
    """Takes an e-invoice of Ada about so much, net."""

    def take(net: str = "400.00", *more: str, name: str = "web", **changes: object) -> Outcome:
        sample = Sample(seller=ADA, rows=(Row(quantity="1", price=net),), **changes)  # type: ignore[arg-type]
        return written(cii(sample), *more, name=name)

    def written(content: bytes, *more: str, name: str = "web") -> Outcome:
        file = tmp_path / "ada.xml"
        file.write_bytes(content)
        return job("job", "settle", name, "--received", str(file), *more)

    take.written = written  # type: ignore[attr-defined]
    return take


def first(outcome: Outcome) -> tuple[int, str]:
    """Exit code, and the first line that is said."""
    return outcome.code, outcome.err.splitlines()[0]


def test_a_part_of_what_is_theirs(received: Received, job: Cowork) -> None:
    said = "2026-0042 of Ada Roth is 300.00 EUR net; 100.00 EUR are not invoiced yet."
    assert first(received("300.00")) == (0, said)
    assert first(received("100.00", number="43")) == (0, "43 of Ada Roth fits: 100.00 EUR net.")


def test_one_number_is_taken_once_however_it_is_written(received: Received, job: Cowork) -> None:
    sample = Sample(seller=ADA, rows=(Row(quantity="1", price="400.00"),))
    assert first(received())[0] == 0
    again = received.written(cii(sample) + b"\n")  # type: ignore[attr-defined]
    assert first(again) == (0, "Invoice 2026-0042 of Ada Roth was taken before.")
    assert job("job", "show", "web", "--json").data["parts"][1]["invoiced"]["amount"] == "400.00"


def test_one_file_is_of_one_job(received: Received, job: Cowork) -> None:
    assert first(received())[0] == 0
    opened = job("job", "open", "app", "--client", "acme", "--with", "ada:40", "--total", "1000")
    assert opened.code == 0
    refused = received(name="app")
    assert first(refused) == (6, "error: ada.xml was taken for the job web")
    assert job("job", "show", "app", "--json").data["state"] == "open"


def test_what_is_no_invoice_of_this_job(received: Received, job: Cowork) -> None:
    wrong = received(totals={"due": "1.00"})
    assert first(wrong) == (
        6,
        "error: ada.xml is no valid e-invoice: the amount due (BT-115) should be 476.00, and is 1.00",
    )
    assert first(received(currency="CHF")) == (6, "error: ada.xml is in CHF, the job in EUR")
    mine = received("400.00", "--from", "me")
    assert first(mine) == (6, "error: me invoices nobody of this job")
    stranger = cii(Sample(seller=replace(ADA, name="Bela")))
    refused = received.written(stranger)  # type: ignore[attr-defined]
    assert first(refused) == (6, 'error: ada.xml is from "Bela", who has no part in web')
    assert job("job", "show", "web", "--json").data["parts"][1]["invoiced"]["amount"] == "0.00"


def test_less_than_they_have_invoiced_is_not_theirs(received: Received, job: Cowork) -> None:
    assert first(received())[0] == 0
    refused = job("job", "settle", "web", "--amount", "900")
    assert first(refused) == (
        6,
        "error: Ada Roth has invoiced 400.00 EUR already, more than 360.00 EUR",
    )
    assert job("job", "show", "web", "--json").data["total"]["amount"] == "1000.00"


def test_a_draft_that_was_discarded_is_made_anew(job: Cowork) -> None:
    opened = (
        ("client", "add", "roth", "--name", "Ada Roth", "--country", "DE"),
        ("people", "edit", "ada", "--client", "roth"),
        ("job", "open", "app", "--client", "acme", "--with", "ada:40", "--lead", "ada"),
    )
    for words in (*opened, ("job", "settle", "app", "--amount", "1000")):
        assert job(*words).code == 0
    assert job("invoice", "discard", "draft-1", "--yes").code == 0
    settled = job("job", "settle", "app", "--amount", "2000")
    assert "Drafted your part to roth as draft-2: 1200.00 EUR net." in settled.err
    (mine, _) = job("job", "show", "app", "--json").data["parts"]
    assert (mine["amount"]["amount"], mine["invoiced"]["amount"]) == ("1200.00", "0.00")


def test_the_sheet_as_csv(job: Cowork, tmp_path: Path) -> None:
    sheet = tmp_path / "web.csv"
    assert job("job", "settle", "web", "--out", str(sheet)).code == 0
    rows = list(csv.DictReader(io.StringIO(sheet.read_text(encoding="utf-8"))))
    plain = {"hours": "0.00", "currency": "EUR", "invoiced": "0.00", "paid": "0.00", "invoices": ""}
    assert rows == [
        {"name": "Erika Muster", "share": "60 %", "amount": "600.00", "payer": "acme",
         "payee": "Erika Muster", "open": "", **plain},
        {"name": "Ada Roth", "share": "40 %", "amount": "400.00", "payer": "Erika Muster",
         "payee": "Ada Roth", "open": "400.00", **plain},
    ]  # fmt: skip


def test_a_whole_of_fixed_sums_is_their_sum(job: Cowork) -> None:
    opened = job("job", "open", "app", "--client", "acme", "--split", "fixed",
                 "--with", "me:700", "--with", "ada:300.50", "--json")  # fmt: skip
    assert [part["share"] for part in opened.data["parts"]] == ["700.00 EUR", "300.50 EUR"]
    other = job("job", "settle", "app", "--amount", "1200")
    said = "error: the fixed shares are of 1000.50 EUR, not of 1200.00 EUR"
    assert first(other) == (6, said)
    settled = job("job", "settle", "app", "--json").data
    assert settled["total"]["amount"] == "1000.50"
    assert [part["amount"]["amount"] for part in settled["parts"]] == ["700.00", "300.50"]


HOURS = "from,to,project\n2026-11-25 09:00,2026-11-25 10:00,acme/site\n2026-11-25 11:00,2026-11-25 12:00,\n"


def test_hours_after_the_settlement_and_those_of_no_project(job: Cowork, tmp_path: Path) -> None:
    file = tmp_path / "ada.csv"
    file.write_text(HOURS, encoding="utf-8")
    take = ("job", "hours", "web", str(file), "--from", "ada", "--format", "csv")
    refused = job(*take, "--project", "app")
    assert (refused.code, refused.err) == (
        5,
        'error: the file has no hours of "app"\nhint: it has acme/site\n',
    )
    taken = job(*take, "--project", "site", "--json")
    assert (taken.data["taken"], taken.data["other"]) == (1, 1)
    assert "The job was settled before: settle it again with `cowork job settle`." in taken.err


def test_hours_that_are_not_over(job: Cowork, tmp_path: Path) -> None:
    hers = {"COWORK_HOME": str(tmp_path / "hers")}
    file = tmp_path / "hers.json"
    for words in (
        ("client", "add", "acme", "--name", "ACME"),
        ("project", "add", "acme/site"),
        ("start", "acme/site", "--at", "17:00"),
        ("track", "export", "--format", "json", "--out", str(file)),
    ):
        assert job(*words, env=hers).code == 0
    refused = job("job", "hours", "web", str(file), "--from", "ada")
    assert refused.code == 6
    assert "it is still running." in refused.err
