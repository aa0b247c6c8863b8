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
        "regards": "Freundliche Grüße",
    },
    "en": {
        "greeting": "Hello,",
        "invoice": "Please find attached invoice {number} for {amount}.",
        "due": "Please transfer the amount by {date}.",
        "cancels": "Please find attached {number}, which cancels invoice {cancels}.",
        "regards": "Kind regards",
    },
}
