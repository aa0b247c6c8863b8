"""How the pages look: totals in company, a footer with room, words in one piece, one rule where one is due."""

import datetime as dt
import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from cowork_cli.documents.invoice_pdf import render_invoice
from cowork_cli.documents.reminder_pdf import render_reminder
from cowork_cli.domain.invoice import InvoiceDocument, TimesheetRow
from cowork_cli.domain.money import Money
from cowork_cli.domain.reminder import Letter
from cowork_cli.domain.settlement import Reminder
from tests.cli.test_invoice_lines import do
from tests.conftest import Cowork
from tests.documents.invoice_builders import CREATED, SELLER, cancellation, document, line

DAY = dt.date(2026, 11, 24)


def pages(made: InvoiceDocument) -> list[str]:
    read = PdfReader(io.BytesIO(render_invoice(made, created=CREATED)))
    return [page.extract_text() for page in read.pages]


@pytest.mark.parametrize("count", range(19, 25))
def test_totals_never_stand_alone_on_a_page(count: int) -> None:
    for text in pages(document(*[line(f"Position {number}") for number in range(count)])):
        assert "Rechnungsbetrag" not in text or "Position" in text


@pytest.mark.parametrize("length", [10, 20, 30, 45])
def test_a_long_address_keeps_its_distance_in_the_footer(length: int) -> None:
    email = f"{'e' * length}@sehr-lange-domain.example.org"
    seller = replace(SELLER, email=email, company="Muster & Hohenstein Softwareentwicklung")
    content = render_invoice(document(seller=seller), created=CREATED)
    page = PdfReader(io.BytesIO(content)).pages[-1].extract_text(extraction_mode="layout")
    foot = page[page.rindex("Muster & Hohenstein") :].splitlines()
    assert [len(re.split(r" {3,}", row)) for row in foot[:2]] == [4, 4], foot
    assert re.split(r" {3,}", foot[0])[2] == "Steuernummer 27/123/45678"


def test_a_word_with_a_hyphen_stays_in_one_piece_in_the_timesheet() -> None:
    notes = [f"{'x ' * more}IT-Abteilung Weiteres" for more in range(30, 60)]
    rows = tuple(
        TimesheetRow(1, DAY, "09:00", "11:30", "acme/site", note, 9000, 9000) for note in notes
    )
    text = "\n".join(pages(document(line(), timesheet=rows))[1:])
    assert text.count("IT-Abteilung") == len(notes)


def test_a_cancellation_names_the_date_of_its_invoice() -> None:
    made = replace(cancellation(), refers_on=dt.date(2026, 11, 3))
    number = made.invoice.cancels
    assert f"Storno der Rechnung {number} vom 03.11.2026" in " ".join(pages(made)[0].split())
    english = replace(made, language="en")
    assert f"Cancels invoice {number} of 3 November 2026" in " ".join(pages(english)[0].split())


def rules(content: bytes) -> int:
    """How many lines of the strong rule a page has."""
    raw = PdfReader(io.BytesIO(content)).pages[0].get_contents()
    assert raw is not None
    return raw.get_data().decode("latin-1").count(" 0.7 w ")


def test_a_single_row_of_a_reminder_has_one_rule_above_it() -> None:
    invoice = document().invoice
    gross = invoice.gross

    def letter(**changes: Any) -> Letter:
        reminder = Reminder(1, DAY, dt.date(2026, 12, 8), gross, None, None, gross)
        plain = document()
        return Letter(
            invoice=invoice, reminder=replace(reminder, **changes), seller=plain.seller,
            buyer=plain.buyer, language="de", iban=plain.iban, bic=None, spans=(),
            reserved=False, footer=None,
        )  # fmt: skip

    single = rules(render_reminder(letter()))
    several = rules(render_reminder(letter(fee=Money(4000), total=gross + Money(4000))))
    assert (single, several) == (1, 2)


def test_hours_that_round_to_nothing_are_no_line(acme: Cowork, home: Path) -> None:
    do(acme, "project", "add", "acme/call")
    for words in (
        ("acme/site", "--from", "9:00", "--to", "11:00"),
        ("acme/call", "--from", "2026-11-25T12:00:00+01:00", "--to", "2026-11-25T12:00:10+01:00"),
    ):
        done = acme("track", "add", *words)
        assert done.code == 0, str(done)
    made = acme("invoice", "draft", "acme", "--json")
    (only,) = made.data["lines"]
    assert only["quantity"] == "2.00"
    assert "Not billed, as they round to nothing: e-2" in made.err
    do(acme, "invoice", "issue", "draft-1")
    billed = {row["id"]: row["billed_on"] for row in do(acme, "track", "list", "--in", "2026-11")}
    assert billed == {"e-1": "2026-0001", "e-2": None}
    alone = acme("invoice", "draft", "acme")
    assert alone.code == 5
    assert "e-2 round to nothing" in alone.err
