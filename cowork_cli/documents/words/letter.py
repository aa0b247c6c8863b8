"""The letters of the virtual office: a notice that ends a contract, a change of address, an order."""

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
        "move_title": "Änderung der Geschäftsanschrift",
        "move_about": "gültig ab {day}",
        "move_text": "ab dem {day} lautet die Geschäftsanschrift:",
        "move_old": "Die bisherige Anschrift {address} gilt bis zum Vortag.",
        "move_confirm": "Bitte ändern Sie die hinterlegte Anschrift und bestätigen Sie die Änderung in "
        "Textform.",
        "order_title": "Bestellung einer Geschäftsadresse",
        "order_about": "{plan}",
        "order_text": "hiermit bestelle ich das Angebot „{plan}“ für {name}.",
        "order_starts": "Gewünschter Beginn: {day}.",
        "order_soon": "Gewünschter Beginn: so bald wie möglich.",
        "order_extras": "Dazu bestelle ich: {extras}.",
        "order_price": "Nach Ihren Angaben kostet das Angebot {price}.",
        "order_confirm": "Bitte senden Sie mir den Vertrag und die Liste der Unterlagen, die Sie zur "
        "Identifizierung benötigen.",
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
        "move_title": "Change of business address",
        "move_about": "valid from {day}",
        "move_text": "From {day} the business address is:",
        "move_old": "The previous address {address} is valid until the day before.",
        "move_confirm": "Please change the address in your records and confirm the change in text form.",
        "order_title": "Order of a business address",
        "order_about": "{plan}",
        "order_text": "I hereby order the offer “{plan}” for {name}.",
        "order_starts": "Start: {day}.",
        "order_soon": "Start: as soon as possible.",
        "order_extras": "I also order: {extras}.",
        "order_price": "According to you the offer costs {price}.",
        "order_confirm": "Please send me the contract and the list of documents that you need to identify "
        "me.",
    },
}
