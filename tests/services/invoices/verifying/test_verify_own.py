"""What we write ourselves passes our own check, in every VAT case and in both profiles."""

import hashlib
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cowork_cli.data.tax import CASES
from cowork_cli.documents.cii import EN16931, XRECHNUNG, render_cii
from cowork_cli.documents.issued import issued_files
from cowork_cli.domain.invoice import InvoiceDocument
from cowork_cli.domain.money import Money
from cowork_cli.domain.party import Party, PostalAddress
from cowork_cli.services.invoices import verifying
from cowork_cli.services.invoices.verifying import verify
from tests.documents import invoice_builders as build
from tests.services.invoices.verifying.samples import AUSTRIAN_VAT_ID, LEITWEG_ID, VAT_ID

TODAY = date(2026, 11, 25)
SELLER = replace(build.SELLER, vat_id=VAT_ID)
SMALL = replace(SELLER, vat_id=None)
BUYER = replace(build.BUYER, vat_id=None)
AUSTRIA = Party(
    "Wiener GmbH", PostalAddress("Gasse 1", "1010", "Wien", "AT"), vat_id=AUSTRIAN_VAT_ID
)
SWITZERLAND = Party(
    "Zürcher AG", PostalAddress("Weg 2", "8001", "Zürich", "CH"), email="a@b.example"
)


def made(*lines: Any, **changes: Any) -> InvoiceDocument:
    facts = {"seller": SELLER, "buyer": BUYER, "buyer_reference": "order 4711", **changes}
    return build.document(*lines, **facts)


def reasons(case: str) -> dict[str, str]:
    return {CASES[case].category: CASES[case].text_de or ""}


DOCUMENTS = {
    "standard": made(),
    "reduced": made(build.line(rate="7")),
    "mixed": made(build.line(), build.line("Book", "3", "12.3456", rate="7")),
    "discount": made(build.line(discount=1000)),
    "small business": made(build.untaxed("E"), reasons=reasons("small-business"), seller=SMALL),
    "exempt": made(build.untaxed("E"), reasons=reasons("exempt")),
    "reverse charge": made(build.untaxed("AE"), reasons=reasons("reverse-charge"), buyer=AUSTRIA),
    "outside the EU": made(build.untaxed("O"), reasons=reasons("outside-eu"), buyer=SWITZERLAND),
    "prepaid": made(paid=5000),
    "small amount": made(build.line(quantity="1", price="100")),
    "Swiss francs": made(build.line(currency="CHF"), currency="CHF"),
    "cancellation": build.cancellation(
        seller=SELLER, buyer=BUYER, buyer_reference="order 4711", refers_on=date(2026, 11, 20)
    ),
}


@pytest.mark.parametrize("case", DOCUMENTS)
def test_en16931(case: str) -> None:
    found = verify(render_cii(DOCUMENTS[case], EN16931), "own.xml", TODAY)
    assert found.problems == ()


@pytest.mark.parametrize("case", [case for case in DOCUMENTS if case != "reverse charge"])
def test_xrechnung(case: str) -> None:
    document = replace(DOCUMENTS[case], buyer_reference=LEITWEG_ID, buyer_type="public")
    found = verify(render_cii(document, XRECHNUNG), "own.xml", TODAY)
    assert found.problems == ()


@pytest.mark.parametrize("case", ["standard", "outside the EU", "cancellation"])
def test_the_hybrid_pdf(case: str) -> None:
    pdf, _ = issued_files(DOCUMENTS[case], build.CREATED)
    found = verify(pdf, "own.pdf", TODAY)
    assert found.problems == ()
    assert found.kind == "hybrid-pdf"


def test_a_kept_document_is_held_to_the_books() -> None:
    whole = DOCUMENTS["standard"]
    content = render_cii(whole, EN16931)
    digest = hashlib.sha256(content).hexdigest()
    read = verifying.read(content, "own.xml").invoice
    assert list(verifying._kept(read, whole.invoice, "own.xml", content, digest)) == []
    other = replace(whole.invoice, gross=Money(1), date=date(2026, 11, 24))
    found = list(verifying._kept(read, other, "own.xml", content + b" ", digest))
    assert [row.rule for row in found] == ["KEPT-HASH", "KEPT", "KEPT"]
