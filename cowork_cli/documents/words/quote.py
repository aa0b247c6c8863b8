"""The page of a quote where it says something else than the invoice, and the e-mail with it."""

from cowork_cli.documents.words import Words

WORDS: dict[str, Words] = {
    "de": {
        "title": "Angebot",
        "number": "Angebotsnummer",
        "date": "Angebotsdatum",
        "valid_until": "Gültig bis",
        "order_ref": "Ihre Anfrage",
        "gross": "Angebotssumme",
        "optional": "Optional, nicht in der Summe enthalten",
        "alternative": "Alternative, nicht in der Summe enthalten",
        "binding": "An dieses Angebot halten wir uns bis zum {date} gebunden.",
        "terms": "Zahlbar innerhalb von {days} Tagen nach Erhalt der Rechnung.",
        "terms_now": "Zahlbar sofort nach Erhalt der Rechnung.",
        "subject": "Angebot {number}",
        "mail": "anbei erhalten Sie unser Angebot {number} über {amount}.",
        "mail_valid": "Es gilt bis zum {date}.",
    },
    "en": {
        "title": "Quote",
        "number": "Quote number",
        "date": "Quote date",
        "valid_until": "Valid until",
        "order_ref": "Your inquiry",
        "gross": "Total",
        "optional": "Optional, not included in the total",
        "alternative": "Alternative, not included in the total",
        "binding": "This quote is binding until {date}.",
        "terms": "Payable within {days} days of receipt of the invoice.",
        "terms_now": "Payable on receipt of the invoice.",
        "subject": "Quote {number}",
        "mail": "Please find attached our quote {number} for {amount}.",
        "mail_valid": "It is valid until {date}.",
    },
}
