"""The letters of the virtual office: a notice that ends a contract."""

from cowork_cli.documents.words import Words

WORDS: dict[str, Words] = {
    "de": {
        "date": "Datum",
        "contract": "Vertrag",
        "since": "Vertragsbeginn",
        "greeting": "Sehr geehrte Damen und Herren,",
        "regards": "Mit freundlichen Grüßen",
        "page": "Seite {page} von {pages}",
        "phone": "Tel. {number}",
        "tax_number": "Steuernummer {id}",
        "vat_id": "USt-IdNr. {id}",
        "cancel_title": "Kündigung",
        "cancel_about": "{name}",
        "cancel_text": "hiermit kündige ich den Vertrag „{name}“ fristgerecht zum {end}, hilfsweise zum "
        "nächstmöglichen Zeitpunkt.",
        "cancel_address": "Der Vertrag betrifft die Anschrift {address}.",
        "cancel_tail": "Bitte teilen Sie mir mit, bis wann Post nach dem Vertragsende noch "
        "angenommen und weitergeleitet wird.",
        "cancel_confirm": "Bitte bestätigen Sie den Eingang dieser Kündigung und das Vertragsende in "
        "Textform.",
    },
    "en": {
        "date": "Date",
        "contract": "Contract",
        "since": "Start of contract",
        "greeting": "Dear Sir or Madam,",
        "regards": "Yours faithfully",
        "page": "Page {page} of {pages}",
        "phone": "Tel. {number}",
        "tax_number": "Tax number {id}",
        "vat_id": "VAT ID {id}",
        "cancel_title": "Notice of termination",
        "cancel_about": "{name}",
        "cancel_text": "I hereby give notice to end the contract “{name}” in due time as of {end}, or "
        "else on the next possible date.",
        "cancel_address": "The contract is about the address {address}.",
        "cancel_tail": "Please let me know until when post will be received and forwarded after the end "
        "of the contract.",
        "cancel_confirm": "Please confirm in text form that you have received this notice, and the end of "
        "the contract.",
    },
}
