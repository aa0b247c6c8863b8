"""The e-mail that asks a space for a booking."""

from cowork_cli.documents.words import Words

WORDS: dict[str, Words] = {
    "de": {
        "subject": "Buchungsanfrage: {desk}, {when}",
        "greeting": "Guten Tag,",
        "request": "ich möchte gern buchen: {desk}, {when} (Zeitzone {zone}).",
        "answer": "Bitte bestätigen Sie den angehängten Termin oder schlagen Sie einen anderen vor.",
        "regards": "Freundliche Grüße",
        "until": "bis",
    },
    "en": {
        "subject": "Booking request: {desk}, {when}",
        "greeting": "Hello,",
        "request": "I would like to book: {desk}, {when} (time zone {zone}).",
        "answer": "Please accept the attached appointment, or propose another time.",
        "regards": "Kind regards",
        "until": "to",
    },
}
