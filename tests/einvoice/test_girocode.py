"""The GiroCode: its payload line by line, and what a scanner reads off the page."""

import datetime as dt
import re
from decimal import Decimal

import pytest

from cowork_cli.documents.girocode import matrix, payable_by_code, payload
from cowork_cli.domain.invoice import InvoiceDocument, Skonto
from cowork_cli.domain.money import Money
from tests.documents.invoice_builders import IBAN, cancellation, document, line, page, read
from tests.einvoice import qr_reader

_RUN = re.compile(rb"(\d+) (\d+) m (\d+) \2 l \3 (\d+) l \1 \4 l")


def codes_on(whole: InvoiceDocument) -> list[str]:
    """The text of every code that is drawn on the first page."""
    content = read(page(whole)).pages[0].get_contents()
    assert content is not None
    found = []
    for drawing in content.get_data().split(b" cm")[1:]:
        runs = [tuple(map(int, run)) for run in _RUN.findall(drawing.split(b"\nQ")[0])]
        if runs and all(bottom - top == 1 for _, top, _, bottom in runs):
            size = max(right for _, _, right, _ in runs) - 4
            rows = [[0] * size for _ in range(size)]
            for left, top, right, _ in runs:
                rows[top - 4][left - 4 : right - 4] = [1] * (right - left)
            found.append(qr_reader.read(rows))
    return found


def expected(amount: str) -> str:
    return "\n".join(
        ["BCD", "002", "1", "SCT", "BYLADEM1001", "Erika Muster", IBAN, f"EUR{amount}", "", "",
         "2026-0042"]
    )  # fmt: skip


def test_the_code_on_the_page_says_who_gets_what() -> None:
    assert codes_on(document()) == [expected("282.63")]


def test_skonto_has_a_code_of_its_own() -> None:
    skonto = Skonto(Decimal(2), 10, dt.date(2026, 12, 5), Money(27698))
    assert codes_on(document(skonto=skonto)) == [expected("276.98"), expected("282.63")]


def test_what_was_paid_before_is_not_asked_for_again() -> None:
    assert codes_on(document(paid=10000)) == [expected("182.63")]


@pytest.mark.parametrize(
    "whole",
    [
        document(currency="CHF"),
        document(iban=None),
        document(number=None),
        document(line(quantity="0")),
        document(paid=28263),
        cancellation(),
    ],
    ids=["francs", "no IBAN", "draft", "nothing", "paid", "cancellation"],
)
def test_no_code_where_nothing_can_be_transferred(whole: InvoiceDocument) -> None:
    assert codes_on(whole) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Erika Muster", "2026-0001"),
        ("Ä" * 200, "ß" * 400),
        ("漢" * 70, "€" * 140),
        ("Zwei\nZeilen", "a\tb"),
    ],
    ids=["usual", "long", "wide", "lines"],
)
def test_every_payload_fits_and_can_be_read(name: str, text: str) -> None:
    said = payload(name, "DE02 1203 0000 0000 2020 51", None, Money(1), text)
    lines = said.split("\n")
    assert len(lines) == 11 and len(said.encode()) <= 331
    assert lines[:5] == ["BCD", "002", "1", "SCT", ""]
    assert 0 < len(lines[5]) <= 70 and lines[6] == IBAN and lines[7] == "EUR0.01"
    assert 0 < len(lines[10]) <= 140
    assert qr_reader.read(matrix(said)) == said


def test_the_payload_is_that_of_another_implementation() -> None:
    from segno import helpers

    theirs = helpers.make_epc_qr(
        name="Erika Muster", iban=IBAN, amount="282.63", text="2026-0042", encoding="utf-8"
    )
    ours = payload("Erika Muster", IBAN, None, Money(28263), "2026-0042")
    assert qr_reader.read(theirs.matrix).rstrip("\n") == ours


def test_amounts_that_a_transfer_can_have() -> None:
    assert payable_by_code(Money(1), IBAN)
    assert payable_by_code(Money(99999999999), IBAN)
    for money in (Money(0), Money(-1), Money(100000000000), Money(100, "USD")):
        assert not payable_by_code(money, IBAN)
    assert not payable_by_code(Money(1), "")
