"""Advance invoices (§ 14 (5) UStG, UStAE 14.8): made, paid, deducted, cancelled, and their VAT each time."""

from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests.cli.test_invoice_lines import do, refused
from tests.conftest import Cowork

NOVEMBER = ("report", "vat", "--in", "2026-11")
PERIOD = ("--in", "2026-12")


def page(home: Path, number: str) -> str:
    return " ".join(
        PdfReader(home / "data/invoices" / f"{number}.pdf").pages[0].extract_text().split()
    )


def xml(home: Path, number: str) -> str:
    return (home / "data/invoices" / f"{number}.xml").read_text(encoding="utf-8")


def payable(cowork: Cowork, *words: str) -> str:
    rows = do(cowork, *NOVEMBER, *words)
    return str(next((row["vat"]["amount"] for row in rows if row["kind"] == "payable"), "0.00"))


def advance(cowork: Cowork, price: str, *, client: str = "acme") -> Any:
    draft = do(cowork, "invoice", "draft", client, "--advance", *PERIOD)["id"]
    do(cowork, "invoice", "line", draft, "--text", "Anzahlung Projekt", "--price", price)
    return do(cowork, "invoice", "issue", draft)


@pytest.fixture
def final(acme: Cowork) -> Cowork:
    """2026-0001 of 1,190.00 in advance, paid; draft-2 of 5,950.00 that deducts it."""
    advance(acme, "1000")
    do(acme, "invoice", "pay", "2026-0001", "1190")
    do(acme, "invoice", "draft", "acme", "--empty")
    do(acme, "invoice", "line", "draft-2", "--text", "Projekt", "--price", "5000")
    do(acme, "invoice", "prepaid", "draft-2", "--invoice", "2026-0001")
    return acme


def test_it_says_what_it_is_and_when_the_work_is_expected(acme: Cowork, home: Path) -> None:
    do(acme, "track", "add", "acme/site", "--from", "9:00", "--to", "10:00")  # is not in it
    made = advance(acme, "1000")
    assert (made["type"], made["gross"]["amount"]) == (386, "1190.00")
    assert made["period"] == {"from": "2026-12-01", "to": "2026-12-31"}
    text = page(home, "2026-0001")
    assert "Anzahlungsrechnung" in text
    assert "Leistung voraussichtlich" in text
    assert "Leistungsdatum" not in text
    assert "Leistungszeitraum" not in text
    written = xml(home, "2026-0001")
    assert "<ram:TypeCode>386<" in written
    assert "<ram:Content>Anzahlungsrechnung<" in written
    assert "OccurrenceDateTime" not in written
    assert "20261231" in written
    do(acme, "invoice", "mail", "2026-0001", "--out", "x.eml")
    assert "Subject: Anzahlungsrechnung 2026-0001" in Path("x.eml").read_text()
    Path("x.eml").unlink()
    assert "advance invoice" in acme("invoice", "list", terminal=True, env={"NO_COLOR": "1"}).out
    assert "Advance invoice 2026-0001" in acme("invoice", "show", "2026-0001", terminal=True,
                                               env={"NO_COLOR": "1"}).out  # fmt: skip
    for file in ("2026-0001.pdf", "2026-0001.xml"):
        checked = acme("invoice", "verify", str(home / "data/invoices" / file), "--json")
        assert checked.code == 0, str(checked)


def test_in_english(acme: Cowork, home: Path) -> None:
    do(acme, "client", "edit", "acme", "--language", "en")
    advance(acme, "1000")
    assert "Advance invoice" in page(home, "2026-0001")
    assert "Service expected" in page(home, "2026-0001")


def test_to_a_public_buyer_it_is_a_partial_invoice(acme: Cowork, home: Path) -> None:
    do(acme, "client", "edit", "acme", "--type", "public", "--leitweg-id", "04011000-1234512345-06")
    assert advance(acme, "1000")["type"] == 326
    assert "<ram:TypeCode>326<" in xml(home, "2026-0001")
    assert "Anzahlungsrechnung" in page(home, "2026-0001")
    checked = acme("invoice", "verify", str(home / "data/invoices/2026-0001.xml"), "--json")
    assert checked.code == 0, str(checked)
    assert [row for row in checked.data["problems"] if row["severity"] == "error"] == []


def test_when_the_work_is_expected_must_be_said(acme: Cowork) -> None:
    assert "--in" in refused(acme, 2, "invoice", "draft", "acme", "--advance")
    assert do(acme, "invoice", "list") == []
    made = acme("invoice", "draft", "acme", "--advance", terminal=True, stdin="2027-01\n")
    assert made.code == 0, str(made)
    period = do(acme, "invoice", "show", "draft-1")["period"]
    assert period == {"from": "2027-01-01", "to": "2027-01-31"}


def test_what_is_deducted_is_said_once_on_the_page(final: Cowork, home: Path) -> None:
    issued = do(final, "invoice", "issue", "draft-2")
    assert issued["open"]["amount"] == "4760.00"
    text = page(home, "2026-0002")
    assert text.count("2026-0001") == 1
    assert "darin 190,00" in text
    assert payable(final) == "950.00"


def test_cancelling_a_final_invoice_gives_its_prepayments_back(final: Cowork, home: Path) -> None:
    do(final, "invoice", "issue", "draft-2")
    made = do(final, "invoice", "cancel", "2026-0002", "--reason", "Falscher Satz", "-y")
    assert made["gross"]["amount"] == "-5950.00"
    assert made["prepaid"][0]["amount"]["amount"] == "-1190.00"
    written = xml(home, "2026-0003")
    assert "TotalPrepaidAmount>-1190.00<" in written
    assert "DuePayableAmount>-4760.00<" in written
    assert "GrandTotalAmount>-5950.00<" in written
    text = page(home, "2026-0003")
    for part in ("Storno der Rechnung 2026-0002 vom 25.11.2026", "−4.760,00", "1.190,00"):
        assert part in text, text
    checked = final("invoice", "verify", str(home / "data/invoices/2026-0003.xml"), "--json")
    assert checked.code == 0, str(checked)
    # What is left is the advance invoice, which can be deducted again.
    assert payable(final) == "190.00"
    assert payable(final, "--basis", "paid") == "190.00"
    do(final, "invoice", "draft", "acme", "--empty")
    do(final, "invoice", "line", "draft-4", "--text", "Projekt", "--price", "5000")
    do(final, "invoice", "prepaid", "draft-4", "--invoice", "2026-0001")
    do(final, "invoice", "issue", "draft-4")
    assert payable(final) == "950.00"


def test_a_prepayment_that_a_draft_deducts_can_be_cancelled(final: Cowork) -> None:
    done = final("invoice", "cancel", "2026-0001", "--reason", "x", "-y")
    assert done.code == 0, str(done)
    assert "draft-2 deducts it" in done.err
    assert "invoice prepaid draft-2 --invoice 2026-0001 --remove" in done.err
    assert "is cancelled" in refused(final, 6, "invoice", "issue", "draft-2")
    assert payable(final) == payable(final, "--basis", "paid") == "0.00"
    do(final, "invoice", "prepaid", "draft-2", "--invoice", "2026-0001", "--remove")
    assert do(final, "invoice", "issue", "draft-2")["open"]["amount"] == "5950.00"
    assert payable(final) == "950.00"


def test_a_prepayment_that_an_invoice_deducts_waits_for_it(final: Cowork) -> None:
    do(final, "invoice", "issue", "draft-2")
    err = refused(final, 6, "invoice", "cancel", "2026-0001", "--reason", "x", "-y")
    assert "cancel 2026-0002" in err
    do(final, "invoice", "cancel", "2026-0002", "--reason", "x", "-y")
    do(final, "invoice", "cancel", "2026-0001", "--reason", "x", "-y")
    assert payable(final) == payable(final, "--basis", "paid") == "0.00"


def test_a_final_invoice_names_every_part_invoice(final: Cowork, home: Path) -> None:
    advance(final, "100")
    do(final, "invoice", "pay", "2026-0002", "119")
    do(final, "invoice", "prepaid", "draft-2", "--invoice", "2026-0002")
    issued = do(final, "invoice", "issue", "draft-2")
    assert issued["open"]["amount"] == "4641.00"
    written = xml(home, "2026-0003")
    assert written.count("<ram:InvoiceReferencedDocument>") == 2
    assert "TotalPrepaidAmount>1309.00<" in written
