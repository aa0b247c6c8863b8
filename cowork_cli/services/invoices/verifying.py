"""Checking an e-invoice: reading it in whatever form it comes, and judging it by our own rules."""

import hashlib
from collections.abc import Iterable
from datetime import date
from decimal import Context, Decimal, localcontext
from pathlib import Path
from typing import TYPE_CHECKING

from cowork_cli.domain.einvoice import (
    SEVERITIES,
    Container,
    EInvoice,
    Finding,
    ReadLine,
    Side,
)
from cowork_cli.domain.einvoice_shown import (
    Amount,
    InvoiceVerification,
    ShownInvoice,
    ShownLine,
    ShownParty,
    ShownVat,
)
from cowork_cli.domain.invoice import Invoice
from cowork_cli.domain.period import Period
from cowork_cli.errors import BadInput, Conflict
from cowork_cli.in_files import bytes_of
from cowork_cli.records import dataclass, replace

if TYPE_CHECKING:
    from cowork_cli.importers.einvoice_xml import Node
    from cowork_cli.store.engine.store import Store

LIMIT = 64 * 1024 * 1024
_UNITS = {
    "HUR": "hour",
    "DAY": "day",
    "MON": "month",
    "LS": "flat",
    "H87": "piece",
    "C62": "piece",
    "XPP": "piece",
}
_NO_INVOICE = "give a CII or UBL invoice, or a PDF with one inside"


def verify_file(path: Path, today: date) -> InvoiceVerification:
    """What is wrong with the invoice in a file. Raises BadInput, NotFound for what is none."""
    return verify(bytes_of(path, LIMIT, _NO_INVOICE), path.name, today)


def verify(content: bytes, name: str, today: date) -> InvoiceVerification:
    """What is wrong with the invoice in `content`. Raises BadInput naming `name`."""
    return _judged(read(content, name), content, name, today)


@dataclass(frozen=True, slots=True)
class Document:
    """An invoice as it was read: its terms, its elements, and the PDF around them."""

    invoice: EInvoice
    root: "Node"
    container: Container | None = None


def read(content: bytes, name: str) -> Document:
    """The invoice in CII, UBL or a hybrid PDF. Raises BadInput for everything else."""
    if not content.strip():
        raise BadInput(f"{name} is empty", _NO_INVOICE)
    if b"%PDF-" in content[:1024]:
        from cowork_cli.importers import einvoice_pdf

        xml, container = einvoice_pdf.read(content, name)
        return replace(_read_xml(xml, f"the XML in {name}"), container=container)
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:2]
    if not start.startswith((b"<", b"\xff\xfe", b"\xfe\xff")):
        raise BadInput(f"{name} is neither XML nor PDF", _NO_INVOICE)
    return _read_xml(content, name)


def _read_xml(content: bytes, name: str) -> Document:
    from cowork_cli.importers import einvoice_cii, einvoice_ubl
    from cowork_cli.importers.einvoice_xml import parse

    root = parse(content.strip(), name)
    if root.tag == einvoice_cii.ROOT:
        return Document(einvoice_cii.read(root), root)
    if root.tag in einvoice_ubl.ROOTS:
        return Document(einvoice_ubl.read(root), root)
    if root.tag.startswith("ferd:"):
        raise BadInput(f"{name} is ZUGFeRD 1, which is no e-invoice after EN 16931", _NO_INVOICE)
    raise BadInput(f"{name} is XML, but no invoice in CII or UBL", _NO_INVOICE)


def verify_issued(store: "Store", number: str, today: date) -> InvoiceVerification:
    """What is wrong with an invoice of ours: each kept document, and whether it says what was issued.

    Raises NotFound, Conflict for a draft, BadInput where nothing structured was kept.
    """
    from cowork_cli.services.invoices.drafts import find_invoice
    from cowork_cli.store import invoices

    invoice_id, issued = find_invoice(store, number, today)
    if issued.state == "draft":
        raise Conflict(f"{issued.id} is a draft", f"issue it: `cowork invoice issue {issued.id}`")
    first: InvoiceVerification | None = None
    findings: list[Finding] = []
    kept = sorted(invoices.files(store, invoice_id), key=lambda row: not row[0].endswith(".pdf"))
    refused: BadInput | None = None
    for name, content, digest in kept:
        try:
            document = read(content, name)
        except BadInput as error:
            refused = error
            continue
        found = _judged(document, content, name, today)
        findings += [*found.problems, *_kept(document.invoice, issued, name, content, digest)]
        first = first or found
    if first is None:
        hint = "it was issued before e-invoices, or to be read only"
        raise refused or BadInput(f"{issued.id} has no document that can be checked", hint)
    return replace(first, valid=_is_valid(findings), problems=_ordered(findings))


def _kept(
    document: EInvoice, issued: Invoice, name: str, content: bytes, digest: str
) -> Iterable[Finding]:
    """Whether a kept document is unchanged, and says what the store says."""
    if hashlib.sha256(content).hexdigest() != digest:
        yield Finding("KEPT-HASH", "error", f"{name} is not the document that was issued")
    for what, mine, theirs in (
        ("number", issued.number, document.number),
        ("date", issued.date, document.issued),
        ("currency", issued.currency, document.currency),
        ("net", issued.net.amount, document.totals.net),
        ("gross", issued.gross.amount, document.totals.gross),
    ):
        if mine != theirs:
            yield Finding("KEPT", "error", f"{name} has {what} {theirs}, the books have {mine}")


def _judged(document: Document, content: bytes, name: str, today: date) -> InvoiceVerification:
    from cowork_cli.services.invoices import rules as einvoice_rules

    invoice, container = document.invoice, document.container
    findings = einvoice_rules.checked(invoice, document.root, container, today)
    kind = "hybrid-pdf" if container else invoice.syntax.partition("-")[0]
    with localcontext(Context(prec=1000)):
        shown = _shown(invoice, name, hashlib.sha256(content).hexdigest())
    return InvoiceVerification(_is_valid(findings), kind, findings, shown)


def _is_valid(findings: Iterable[Finding]) -> bool:
    return not any(row.severity == "error" for row in findings)


def _ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    once = dict.fromkeys(findings)
    return tuple(sorted(once, key=lambda row: SEVERITIES.index(row.severity)))


def _shown(invoice: EInvoice, name: str, digest: str) -> ShownInvoice:
    """The invoice in the words of ours, as far as it can be said."""
    totals, code = invoice.totals, invoice.type_code or ""
    account = next((row.account for row in invoice.payments if row.account), None)
    earlier = next((row.number for row in invoice.preceding), None)
    kind = int(code) if code.isascii() and code.isdigit() and len(code) < 5 else None

    def money(value: Decimal | None) -> Amount | None:
        return None if value is None else Amount.of(value, invoice.currency or "EUR")

    return ShownInvoice(
        number=invoice.number,
        id=invoice.number,
        type=kind,
        state="cancellation" if kind == 384 else "issued",
        client=invoice.buyer.name,
        date=invoice.issued,
        due=invoice.due,
        period=invoice.period or Period(invoice.service_date, invoice.service_date),
        currency=invoice.currency,
        lines=tuple(_line(row, invoice.currency or "EUR") for row in invoice.counted),
        net=money(totals.net),
        vat=tuple(
            ShownVat(row.rate, row.category, money(row.base), money(row.amount), row.reason)
            for row in invoice.breakdowns
        ),
        gross=money(totals.gross),
        paid=money(totals.prepaid),
        open=money(totals.due),
        cancels=earlier if kind in (381, 384) else None,
        cancelled_by=None,
        replaces=earlier if kind not in (381, 384) else None,
        files=(name,),
        sha256=digest,
        seller=_party(invoice.seller),
        buyer=_party(invoice.buyer),
        profile=invoice.level or invoice.spec_id,
        line_total=money(totals.lines),
        allowances=money(totals.allowances),
        charges=money(totals.charges),
        rounding=money(totals.rounding),
        account=account,
        terms=invoice.terms.strip() if invoice.terms else None,
        notes=invoice.notes,
    )


def _line(line: ReadLine, currency: str) -> ShownLine:
    less = sum(
        ((row.amount or Decimal(0)) * (-1 if row.charge else 1) for row in line.allowances),
        Decimal(0),
    )
    price = line.price
    if price is not None and line.base_quantity and line.base_quantity != 1:
        price = _short(price / line.base_quantity)
    return ShownLine(
        text=line.name,
        quantity=line.quantity,
        unit=_UNITS.get(line.unit or "", line.unit),
        price=price,
        discount=Amount.of(less, currency) if line.allowances else None,
        vat_rate=line.rate,
        vat_category=line.category,
        net=None if line.net is None else Amount.of(line.net, currency),
    )


def _short(value: Decimal) -> Decimal:
    """At most six decimals, and no zeros at the end."""
    text = f"{round(value, 6):f}"
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)


def _party(side: Side) -> ShownParty:
    address = side.address
    return ShownParty(
        name=side.name,
        street=address.street if address else None,
        postcode=address.postcode if address else None,
        city=address.city if address else None,
        country=side.country,
        vat_id=side.vat_id,
        tax_number=side.tax_number,
        email=side.contact.email if side.contact else None,
    )
