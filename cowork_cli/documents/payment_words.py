"""What page and XML say in the same words: how to pay, and until when."""

from cowork_cli.documents import formats
from cowork_cli.domain.invoice import InvoiceDocument, payable
from cowork_cli.domain.settlement import Prepayment

_CANCELLATION = 384
_WORDS = {
    "de": {
        "pay_by": "Bitte überweisen Sie {amount} bis zum {date}.",
        "pay_within": "Bitte überweisen Sie {amount} innerhalb von {days} Tagen nach Erhalt "
        "dieser Rechnung.",
        "pay_now": "Bitte überweisen Sie {amount} sofort nach Erhalt dieser Rechnung.",
        "skonto": "Bei Zahlung bis zum {date} gewähren wir {percent} Skonto: dann {amount}.",
        "nothing_due": "Der Betrag ist bereits bezahlt.",
        "cancelled": "Mit dieser Stornorechnung ist die Rechnung {number} aufgehoben. "
        "Bereits gezahlte Beträge werden erstattet.",
        "discount": "Rabatt",
        "prepaid": "Rechnung {number} vom {date}, darin {vat} USt.",
        "prepaid_untaxed": "Rechnung {number} vom {date}",
        "timesheet": "Stundennachweis",
    },
    "en": {
        "pay_by": "Please transfer {amount} by {date}.",
        "pay_within": "Please transfer {amount} within {days} days of receipt of this invoice.",
        "pay_now": "Please transfer {amount} on receipt of this invoice.",
        "skonto": "Cash discount of {percent} if paid by {date}: then {amount}.",
        "nothing_due": "This invoice has been paid.",
        "cancelled": "This document cancels invoice {number}. Amounts already paid will be "
        "refunded.",
        "discount": "Discount",
        "prepaid": "Invoice {number} of {date}, including {vat} VAT",
        "prepaid_untaxed": "Invoice {number} of {date}",
        "timesheet": "Timesheet",
    },
}


def payment_terms(document: InvoiceDocument) -> str:
    """The sentence about paying; empty where nothing is to be said."""
    invoice, language = document.invoice, document.language
    words = _WORDS[language]
    if invoice.type == _CANCELLATION:
        return words["cancelled"].format(number=invoice.cancels) if invoice.cancels else ""
    due = payable(document)
    if due.minor <= 0:
        return words["nothing_due"] if invoice.paid.minor else ""
    amount = formats.money_text(due, language)
    if invoice.due:
        text = words["pay_by"].format(amount=amount, date=formats.date_text(invoice.due, language))
    elif document.terms_days > 0:
        text = words["pay_within"].format(amount=amount, days=document.terms_days)
    else:
        text = words["pay_now"].format(amount=amount)
    return "\n".join(filter(None, (text, skonto_terms(document))))


def skonto_terms(document: InvoiceDocument) -> str:
    """The sentence about the discount for paying early, if there is one."""
    skonto, language = document.skonto, document.language
    if skonto is None:
        return ""
    return _WORDS[language]["skonto"].format(
        date=formats.date_text(skonto.until, language),
        percent=formats.rate_text(skonto.percent, language),
        amount=formats.money_text(skonto.payable, language),
    )


def prepaid_text(part: Prepayment, language: str) -> str:
    """An invoice that is deducted, with the tax in it (§ 14 (5) UStG)."""
    return _WORDS[language]["prepaid" if part.vat.minor else "prepaid_untaxed"].format(
        number=part.number,
        date=formats.date_text(part.date, language),
        vat=formats.money_text(part.vat, language),
    )


def discount_word(language: str) -> str:
    """The reason of a discount on a line."""
    return _WORDS[language]["discount"]


def timesheet_title(language: str) -> str:
    """The title of the list of hours."""
    return _WORDS[language]["timesheet"]
