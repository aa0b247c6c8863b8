"""Issuing through the funnel: two files, what is refused before a number is taken, the forms of export."""

import hashlib
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.conftest import Cowork, Played
from tests.einvoice import rules

LEITWEG = "04011000-1234512345-06"
PROBE = """\
import os, sys
from cowork_cli import main
sys.stdout = open(os.devnull, "w")
code = main.run(sys.argv[1:])
sys.stderr.write("\\x1f" + " ".join(sorted(sys.modules)))
sys.exit(code)
"""


@pytest.fixture
def draft(november: None, acme: Cowork, played: Played) -> Cowork:
    """draft-1: 2.5 h and 3 h 10 min, the second billed as 3.25 h."""
    return played(
        ("client", "edit", "acme", "--rounding", "15m:up:entry"),
        ("track", "add", "acme/site", "Konzept", "--from", "09:00", "--to", "11:30"),
        ("track", "add", "acme/site", "Umsetzung", "--on", "yesterday", "--from", "14:00",
         "--to", "17:10"),
        ("invoice", "draft", "acme"),
    )  # fmt: skip


def run(cowork: Cowork, *words: str) -> None:
    outcome = cowork(*words)
    assert outcome.code == 0, str(outcome)


def again(cowork: Cowork) -> None:
    """The draft once more, with what is agreed now."""
    run(cowork, "invoice", "discard", "draft-1", "-y")
    run(cowork, "invoice", "draft", "acme")


def last_draft(cowork: Cowork) -> str:
    return str(cowork("invoice", "list", "--json").data[-1]["id"])


def test_two_files_are_kept_and_hashed(draft: Cowork, home: Path) -> None:
    invoice = draft("invoice", "issue", "draft-1", "--json").data
    assert invoice["files"] == ["2026-0001.pdf", "2026-0001.xml"]
    folder = home / "data" / "invoices"
    pdf, xml = ((folder / name).read_bytes() for name in invoice["files"])
    assert invoice["sha256"] == hashlib.sha256(pdf).hexdigest()
    assert PdfReader(io.BytesIO(pdf)).attachments == {"factur-x.xml": [xml]}
    assert rules.problems(xml, "en16931") == []
    (folder / "2026-0001.xml").unlink()
    draft("invoice", "list")
    assert (folder / "2026-0001.xml").read_bytes() == xml


def test_a_public_client_gets_an_xrechnung(draft: Cowork, home: Path) -> None:
    run(draft, "client", "edit", "acme", "--type", "public", "--leitweg-id", LEITWEG)
    run(draft, "invoice", "issue", "draft-1")
    xml = (home / "data" / "invoices" / "2026-0001.xml").read_bytes()
    assert rules.problems(xml, "xrechnung") == []
    assert rules.text(xml, ".//ram:BuyerReference") == LEITWEG
    pdf = PdfReader(home / "data" / "invoices" / "2026-0001.pdf")
    assert pdf.attachments["factur-x.xml"] != [xml]
    assert LEITWEG in pdf.pages[0].extract_text()


def test_a_dry_run_holds_no_xml(draft: Cowork, home: Path) -> None:
    run(draft, "invoice", "issue", "draft-1", "--dry-run")
    pdf = PdfReader(home / "data" / "invoices" / "ENTWURF-draft-1.pdf")
    assert not pdf.attachments
    assert not (home / "data" / "invoices" / "ENTWURF-draft-1.xml").exists()


def test_the_cancellation_is_an_einvoice_too(draft: Cowork, home: Path) -> None:
    run(draft, "invoice", "issue", "draft-1")
    run(draft, "client", "edit", "acme", "--name", "Nach dem Umzug AG")
    run(draft, "config", "set", "seller.small_business", "true")
    run(draft, "invoice", "cancel", "2026-0001", "--reason", "Falscher Satz", "-y")
    xml = (home / "data" / "invoices" / "2026-0002.xml").read_bytes()
    assert rules.problems(xml, "en16931") == []
    assert rules.text(xml, ".//ram:BuyerTradeParty/ram:Name") == "ACME GmbH", "as it was issued"
    reference = ".//ram:InvoiceReferencedDocument/"
    assert rules.text(xml, f"{reference}ram:IssuerAssignedID") == "2026-0001"
    day = rules.text(xml, f"{reference}ram:FormattedIssueDateTime/qdt:DateTimeString")
    assert day == "20261125"
    assert rules.text(xml, ".//ram:DuePayableAmount") == "-650.04"


def test_the_timesheet_is_asked_for(draft: Cowork, home: Path) -> None:
    run(draft, "invoice", "issue", "draft-1", "--timesheet")
    pdf = PdfReader(home / "data" / "invoices" / "2026-0001.pdf")
    assert len(pdf.pages) == 2
    text = pdf.pages[1].extract_text()
    for part in (
        "Stundennachweis",
        "24.11.2026",
        "14:00–17:10",
        "Umsetzung",
        "3,17",
        "3,25",
        "5,75",
    ):
        assert part in text
    xml = (home / "data" / "invoices" / "2026-0001.xml").read_bytes()
    assert rules.find(xml, ".//ram:AttachmentBinaryObject")
    assert rules.problems(xml, "en16931") == []


def test_the_timesheet_is_a_setting(draft: Cowork, home: Path) -> None:
    run(draft, "config", "set", "invoice.timesheet", "true")
    run(draft, "client", "edit", "acme", "--language", "en")
    run(draft, "invoice", "issue", "draft-1")
    pdf = PdfReader(home / "data" / "invoices" / "2026-0001.pdf")
    assert "Timesheet" in pdf.pages[1].extract_text()


def test_line_and_invoice_periods(draft: Cowork, home: Path) -> None:
    run(draft, "invoice", "issue", "draft-1")
    xml = (home / "data" / "invoices" / "2026-0001.xml").read_bytes()
    for place in ("ApplicableHeaderTradeSettlement", "SpecifiedLineTradeSettlement"):
        path = f".//ram:{place}/ram:BillingSpecifiedPeriod//udt:DateTimeString"
        assert [node.text for node in rules.find(xml, path)] == ["20261124", "20261125"]


def test_skonto_of_the_client_is_on_page_and_in_xml(draft: Cowork, home: Path) -> None:
    run(draft, "client", "edit", "acme", "--skonto", "2%/10d")
    run(draft, "invoice", "issue", "draft-1")
    xml = (home / "data" / "invoices" / "2026-0001.xml").read_bytes()
    terms = rules.text(xml, ".//ram:SpecifiedTradePaymentTerms/ram:Description")
    assert terms is not None and "#SKONTO#TAGE=10#PROZENT=2.00#\n" in terms
    text = PdfReader(home / "data" / "invoices" / "2026-0001.pdf").pages[0].extract_text()
    assert "637,04" in text and "05.12.2026" in text


def test_the_held_address_stands_on_the_invoice(draft: Cowork, home: Path) -> None:
    run(draft, "address", "add", "c/o Dorfbüro", "--street", "Allee 9", "--postcode", "04109",
        "--city", "Leipzig", "--recipient", "Erika Muster")  # fmt: skip
    run(draft, "config", "set", "seller.address", "a-1")
    run(draft, "invoice", "issue", "draft-1")
    xml = (home / "data" / "invoices" / "2026-0001.xml").read_bytes()
    assert rules.text(xml, ".//ram:SellerTradeParty//ram:LineOne") == "c/o Dorfbüro, Allee 9"
    assert rules.text(xml, ".//ram:SellerTradeParty//ram:CityName") == "Leipzig"
    text = PdfReader(home / "data" / "invoices" / "2026-0001.pdf").pages[0].extract_text()
    assert "c/o Dorfbüro, Allee 9" in text


def refused(cowork: Cowork, *parts: str) -> None:
    """Issuing fails with these words, takes no number and changes nothing."""
    name = last_draft(cowork)
    before = cowork("history", "--json").data
    outcome = cowork("invoice", "issue", name)
    assert outcome.code in (2, 6), str(outcome)
    for part in parts:
        assert part in outcome.err
    assert cowork("history", "--json").data == before
    assert cowork("invoice", "show", name, "--json").data["number"] is None


def test_xrechnung_lacks_are_named_at_once(draft: Cowork) -> None:
    run(draft, "client", "add", "amt", "--name", "Amt", "--type", "public", "--rate", "95")
    run(draft, "project", "add", "amt/akte")
    run(draft, "track", "add", "amt/akte", "--on", "mon", "--from", "9:00", "--to", "10:00")
    run(draft, "invoice", "draft", "amt")
    for name in ("email", "phone", "iban"):
        run(draft, "config", "unset", f"seller.{name}")
    refused(
        draft, "seller.email", "seller.phone", "seller.iban", "Leitweg-ID of amt", "email of amt",
        "city of amt", "cowork client edit amt --leitweg-id", "cowork config set seller.iban",
    )  # fmt: skip


def test_outside_the_eu_needs_such_a_country(draft: Cowork) -> None:
    run(draft, "client", "edit", "acme", "--tax", "outside-eu")
    again(draft)
    refused(draft, "its country is DE", "cowork client edit acme --country")
    run(draft, "client", "edit", "acme", "--country", "CH")
    outcome = draft("invoice", "issue", last_draft(draft), "--json")
    assert outcome.data["vat"][0]["category"] == "O"


def test_outside_the_eu_needs_a_tax_number(draft: Cowork) -> None:
    run(draft, "client", "edit", "acme", "--tax", "outside-eu", "--country", "CH")
    again(draft)
    run(draft, "config", "set", "seller.vat_id", "DE136695976")
    run(draft, "config", "unset", "seller.tax_number")
    refused(draft, "seller.tax_number (outside the EU)")


def test_reverse_charge_with_both_vat_ids(draft: Cowork, home: Path) -> None:
    run(draft, "client", "edit", "acme", "--tax", "reverse-charge", "--country", "AT")
    again(draft)
    refused(draft, "seller.vat_id", "VAT id of acme")
    run(draft, "config", "set", "seller.vat_id", "DE136695976")
    run(draft, "client", "edit", "acme", "--vat-id", "ATU13585627")
    run(draft, "invoice", "issue", last_draft(draft))
    xml = (home / "data" / "invoices" / "2026-0001.xml").read_bytes()
    assert rules.problems(xml, "en16931") == []


def test_letters_without_a_glyph_are_refused(draft: Cowork) -> None:
    run(draft, "client", "edit", "acme", "--name", "東京 GmbH")
    refused(draft, "東", "the client's name")
    run(draft, "client", "edit", "acme", "--name", "ACME GmbH")
    assert draft("invoice", "issue", "draft-1", "--json").data["number"] == "2026-0001"


@pytest.mark.parametrize("form", ["pdf", "cii", "html", "json", "xrechnung"])
def test_every_form_of_export(draft: Cowork, tmp_path: Path, home: Path, form: str) -> None:
    run(draft, "client", "edit", "acme", "--buyer-reference", "PO-7")
    run(draft, "invoice", "issue", "draft-1", "--timesheet")
    target = tmp_path / "out"
    run(draft, "invoice", "export", "2026-0001", "--format", form, "--out", str(target))
    content = target.read_bytes()
    kept = {path.suffix[1:]: path.read_bytes() for path in (home / "data" / "invoices").iterdir()}
    if form == "pdf":
        assert content == kept["pdf"]
    elif form == "cii":
        assert content == kept["xml"]
    elif form == "xrechnung":
        assert rules.problems(content, "xrechnung") == []
    elif form == "json":
        assert json.loads(content)["invoice"]["number"] == "2026-0001"
    else:
        assert content.startswith(b"<!doctype html>") and b"650,04" in content
    run(draft, "invoice", "export", "2026-0001", "--format", form, "--out", str(target))
    assert target.read_bytes() == content


def test_cii_of_a_public_invoice_is_the_one_in_the_pdf(
    draft: Cowork, tmp_path: Path, home: Path
) -> None:
    run(draft, "client", "edit", "acme", "--type", "public", "--leitweg-id", LEITWEG)
    run(draft, "invoice", "issue", "draft-1")
    run(draft, "invoice", "export", "2026-0001", "--format", "cii", "--out", str(tmp_path / "x"))
    pdf = PdfReader(home / "data" / "invoices" / "2026-0001.pdf")
    assert pdf.attachments["factur-x.xml"] == [(tmp_path / "x").read_bytes()]


def test_an_export_that_cannot_be_is_refused(draft: Cowork) -> None:
    run(draft, "invoice", "issue", "draft-1")
    outcome = draft("invoice", "export", "2026-0001", "--format", "xrechnung")
    assert outcome.code == 6
    assert "a reference of the client" in outcome.err
    assert draft("invoice", "export", "2026-0001", "--format", "docx").code == 2


def test_only_who_issues_loads_the_makers_of_documents(draft: Cowork) -> None:
    def loaded(*words: str) -> set[str]:
        done = subprocess.run(
            [sys.executable, "-c", PROBE, *words], capture_output=True, text=True, check=True
        )
        return {name.partition(".")[0] for name in done.stderr.split("\x1f")[1].split()}

    makers = {"drafthorse", "segno", "typst"}
    assert not loaded("invoice", "list") & makers
    assert not loaded("invoice", "show", "draft-1") & makers
    assert loaded("invoice", "issue", "draft-1") >= makers
    assert not loaded("invoice", "export", "2026-0001", "--format", "pdf", "--out", "-") & makers
