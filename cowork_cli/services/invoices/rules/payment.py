"""How it is paid: IBAN, BIC, cards, direct debit, and when (BR-50 to BR-51, BR-61, BR-CO-25)."""

import re
from collections.abc import Iterator
from datetime import date

from cowork_cli.domain.einvoice import EInvoice, Finding, Payment
from cowork_cli.errors import BadInput
from cowork_cli.services.invoices.rules._say import error, is_credit, warning

_TRANSFER = ("30", "58")
# Nothing has to be transferred: cash, cheque, card, direct debit, standing agreement, online, netted.
_OTHER_WAYS = ("10", "20", "48", "49", "54", "55", "57", "59", "68", "97")


def check(invoice: EInvoice, today: date) -> Iterator[Finding]:
    """What keeps the buyer from paying, or from paying to the right account."""
    for payment in invoice.payments:
        yield from _account(invoice, payment)
        yield from _by_code(payment)
        yield from _bic(payment)
    if is_credit(invoice) or invoice.level == "MINIMUM":  # which has no place for either
        return
    open_ = (row for row in invoice.payments if row.account or row.card or row.direct_debit)
    others = (row for row in invoice.payments if row.code in _OTHER_WAYS)
    if not any(open_) and not any(others):
        yield warning("PAY-IBAN", "something is due and no account (BT-84) is named to pay it to")
    if invoice.due is None and not invoice.terms:
        # CEN took the rule back in 1.3.16; profile EXTENDED has it still.
        say = error if invoice.is_extended else warning
        yield say("BR-CO-25", "something is due, and neither due date nor terms are given")


def _account(invoice: EInvoice, payment: Payment) -> Iterator[Finding]:
    from cowork_cli.services.identifiers.numbers import check_iban

    for term, number in (("BT-84", payment.account), ("BT-91", payment.debited)):
        if not number:
            continue
        called = payment.account_kind == "iban" or payment.code == "58" or term == "BT-91"
        looks = re.match(r"[A-Za-z]{2}\d{2}", number.strip()) is not None
        if payment.account_kind == "other" and payment.code != "58" and not looks:
            continue
        try:
            check_iban(number)
        except BadInput as wrong:
            here = invoice.seller.country in ("DE", None)
            say = error if called or looks or here else warning
            yield say("IBAN", f"{term}: {wrong.message}")


def _by_code(payment: Payment) -> Iterator[Finding]:
    # Where CII has no account at all, the published name is CII-SR-470.
    if payment.code in _TRANSFER and not payment.account:
        yield error("BR-61", f"payment code {payment.code} is a transfer, and no account is named")
    if payment.card and len(re.sub(r"[\s*xX-]", "", payment.card)) > 10:
        yield error("BR-51", "the card number is shown with more than ten digits")


def _bic(payment: Payment) -> Iterator[Finding]:
    from cowork_cli.services.identifiers.numbers import check_bic

    if not payment.bic:
        return
    try:
        check_bic(payment.bic)
    except BadInput as wrong:
        yield warning("BIC", f"BT-86: {wrong.message}")
