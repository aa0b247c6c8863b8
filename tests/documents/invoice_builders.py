"""Invoices made by hand for the tests of the page, and the page read back."""

import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from pypdf import PdfReader

from cowork_cli.documents.invoice_pdf import render_invoice
from cowork_cli.domain.invoice import Invoice, InvoiceDocument, Line, total, vat_rows
from cowork_cli.domain.money import Money, line_net
from cowork_cli.domain.party import Party, PostalAddress
from cowork_cli.domain.period import Period

CREATED = datetime(2026, 11, 25, 18, 0, tzinfo=UTC)
IBAN = "DE02120300000000202051"

SELLER = Party(
    name="Erika Muster",
    company=None,
    address=PostalAddress("Hauptstr. 1", "10115", "Berlin", "DE"),
    email="erika@example.org",
    phone="+49 30 1234567",
    vat_id="DE123456789",
    tax_number="27/123/45678",
)
BUYER = Party(
    name="ACME GmbH",
    address=PostalAddress("Ring 5", "50667", "Köln", "DE"),
    email="ap@acme.example",
    vat_id="DE987654321",
)
SMALL_BUSINESS = "Gemäß § 19 UStG wird keine Umsatzsteuer berechnet (Kleinunternehmer)."
REVERSE_CHARGE = "Steuerschuldnerschaft des Leistungsempfängers"
OUTSIDE_EU = "Nicht im Inland steuerbare Leistung (§ 3a Abs. 2 UStG)."


def line(
    text: str = "Konzept und Entwurf",
    quantity: str = "2.5",
    price: str = "95",
    *,
    unit: str = "hour",
    discount: int | None = None,
    rate: str = "19",
    category: str = "S",
    currency: str = "EUR",
) -> Line:
    """One position; `discount` in minor units, the net is computed."""
    less = None if discount is None else Money(discount, currency)
    return Line(
        text=text,
        quantity=Decimal(quantity),
        unit=unit,
        price=Decimal(price),
        discount=less,
        vat_rate=Decimal(rate),
        vat_category=category,
        net=line_net(Decimal(quantity), Decimal(price), less, currency),
    )


def untaxed(category: str, **changes: Any) -> Line:
    """A position without VAT."""
    return line(rate="0", category=category, **changes)


def document(
    *lines: Line,
    number: str | None = "2026-0042",
    reasons: dict[str, str] | None = None,
    currency: str = "EUR",
    paid: int = 0,
    language: str = "de",
    invoice: dict[str, Any] | None = None,
    **changes: Any,
) -> InvoiceDocument:
    """A whole document of these lines; `invoice` and the keywords replace single fields of both."""
    found = lines or (line(currency=currency),)
    net = total(tuple(row.net for row in found), currency)
    vat = vat_rows(found, currency, reasons or {})
    gross = net + total(tuple(row.amount for row in vat), currency)
    made = Invoice(
        number=number,
        id=number or "draft-1",
        type=380,
        state="issued" if number else "draft",
        client="acme",
        date=date(2026, 11, 25),
        due=date(2026, 12, 9),
        period=Period(date(2026, 11, 2), date(2026, 11, 24)),
        currency=currency,
        lines=found,
        net=net,
        vat=vat,
        gross=gross,
        paid=Money(paid, currency),
        open=gross - Money(paid, currency),
        cancels=None,
        cancelled_by=None,
        replaces=None,
        files=(),
        sha256=None,
    )
    whole = InvoiceDocument(
        invoice=replace(made, **(invoice or {})),
        seller=SELLER,
        buyer=BUYER,
        language=language,
        iban=IBAN,
        bic="BYLADEM1001",
        terms_days=14,
        draft=number is None,
    )
    return replace(whole, **changes)


def cancellation(*lines: Line, cancels: str = "2026-0042", **changes: Any) -> InvoiceDocument:
    """A document of type 384: the quantities and discounts of `lines` turned round."""
    turned = tuple(
        replace(
            row,
            quantity=-row.quantity,
            net=-row.net,
            discount=-row.discount if row.discount else None,
        )
        for row in lines or (line(),)
    )
    facts = {"type": 384, "state": "cancellation", "cancels": cancels}
    return document(*turned, number="2026-0043", invoice=facts, **changes)


def page(whole: InvoiceDocument, created: datetime = CREATED) -> bytes:
    """The bytes of the page; those of `CREATED` are made once for all tests."""
    return _page(whole) if created == CREATED else render_invoice(whole, created=created)


@cache
def _page(whole: InvoiceDocument) -> bytes:
    return render_invoice(whole, created=CREATED)


def read(content: bytes) -> PdfReader:
    """The page as pypdf reads it."""
    return PdfReader(io.BytesIO(content), strict=True)


def page_texts(whole: InvoiceDocument) -> list[str]:
    """The text of every page, every run of blanks as one; what is broken over lines is joined."""
    return [flat(sheet.extract_text()) for sheet in read(page(whole)).pages]


def text_of(whole: InvoiceDocument) -> str:
    """The text of all pages."""
    return " ".join(page_texts(whole))


def flat(text: str) -> str:
    """`text` with every run of blanks, line ends and no-break spaces as one blank."""
    return re.sub(r"[\s\u200b]+", " ", text).strip()


def solid(text: str) -> str:
    """`text` without any blank or soft hyphen: for what may break anywhere on the page."""
    return re.sub(r"[\s\u200b\u00ad]+", "", text)
