"""How to pay, and until when: the same on page and XML."""

from cowork_cli.documents.words import Words

WORDS: dict[str, Words] = {
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
