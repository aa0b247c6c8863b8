"""What page and XML say in the same words: how to pay, and until when."""

from cowork_cli.documents import formats
from cowork_cli.documents.words.payment import WORDS
from cowork_cli.domain.invoice import CANCELLATION, InvoiceDocument, payable
from cowork_cli.domain.settlement import Prepayment


def payment_terms(document: InvoiceDocument) -> str:
    """The sentence about paying; empty where nothing is to be said."""
    invoice, language = document.invoice, document.language
    words = WORDS[language]
    if invoice.type == CANCELLATION:
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
    return WORDS[language]["skonto"].format(
        date=formats.date_text(skonto.until, language),
        percent=formats.rate_text(skonto.percent, language),
        amount=formats.money_text(skonto.payable, language),
    )


def prepaid_text(part: Prepayment, language: str) -> str:
    """An invoice that is deducted, or given back, with the tax in it (§ 14 (5) UStG)."""
    return WORDS[language]["prepaid" if part.vat.minor else "prepaid_untaxed"].format(
        number=part.number,
        date=formats.date_text(part.date, language),
        vat=formats.money_text(-part.vat if part.vat.minor < 0 else part.vat, language),
    )


def discount_word(language: str) -> str:
    """The reason of a discount on a line."""
    return WORDS[language]["discount"]


def timesheet_title(language: str) -> str:
    """The title of the list of hours."""
    return WORDS[language]["timesheet"]
