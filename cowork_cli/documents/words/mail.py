"""The e-mail that an invoice is attached to."""

from cowork_cli.documents.words import Words

# By UNTDID 1001, the type of the document.
SUBJECTS = {
    "de": {
        326: "Anzahlungsrechnung {number}",
        386: "Anzahlungsrechnung {number}",
        384: "Stornorechnung {number}",
        380: "Rechnung {number}",
    },
    "en": {
        326: "Advance invoice {number}",
        386: "Advance invoice {number}",
        384: "Cancellation invoice {number}",
        380: "Invoice {number}",
    },
}
WORDS: dict[str, Words] = {
    "de": {
        "greeting": "Guten Tag,",
        "invoice": "anbei erhalten Sie die Rechnung {number} über {amount}.",
        "due": "Bitte überweisen Sie den Betrag bis zum {date}.",
        "cancels": "anbei erhalten Sie die Stornorechnung {number} zur Rechnung {cancels}.",
        "reminder": "anbei erhalten Sie unser Schreiben zur Rechnung {number}. "
        "Offen sind {amount}; bitte überweisen Sie den Betrag bis zum {date}.",
        "reminder1": "Zahlungserinnerung zur Rechnung {number}",
        "reminder2": "Mahnung zur Rechnung {number}",
        "reminder3": "Letzte Mahnung zur Rechnung {number}",
        "regards": "Freundliche Grüße",
    },
    "en": {
        "greeting": "Hello,",
        "invoice": "Please find attached invoice {number} for {amount}.",
        "due": "Please transfer the amount by {date}.",
        "cancels": "Please find attached {number}, which cancels invoice {cancels}.",
        "reminder": "Please find attached our letter about invoice {number}. "
        "{amount} is due; please transfer the amount by {date}.",
        "reminder1": "Payment reminder for invoice {number}",
        "reminder2": "Second reminder for invoice {number}",
        "reminder3": "Final reminder for invoice {number}",
        "regards": "Kind regards",
    },
}
