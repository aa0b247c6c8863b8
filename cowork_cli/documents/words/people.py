"""Mails about people and spaces: an introduction, feedback, answers to a survey, the text of a profile."""

from cowork_cli.documents.words import Words

INTRO: dict[str, Words] = {
    "de": {
        "subject": "Kontakt: {first} und {second}",
        "greeting": "Hallo {first}, hallo {second},",
        "meet": "ich möchte euch gern miteinander bekannt machen.",
        "knows": "kennt sich aus mit: {skills}",
        "over": "Alles Weitere überlasse ich euch.",
        "regards": "Viele Grüße",
    },
    "en": {
        "subject": "Introduction: {first} and {second}",
        "greeting": "Hello {first}, hello {second},",
        "meet": "I would like you to get to know each other.",
        "knows": "knows about: {skills}",
        "over": "I leave the rest to you.",
        "regards": "Kind regards",
    },
}
FEEDBACK: dict[str, Words] = {
    "de": {
        "subject": "Rückmeldung zu {space}",
        "greeting": "Guten Tag,",
        "about": "eine Rückmeldung zu {space} vom {date}:",
        "answer": "Über eine kurze Antwort würde ich mich freuen.",
        "regards": "Freundliche Grüße",
    },
    "en": {
        "subject": "Feedback on {space}",
        "greeting": "Hello,",
        "about": "some feedback on {space}, {date}:",
        "answer": "I would be glad to hear from you.",
        "regards": "Kind regards",
    },
}
SURVEY: dict[str, Words] = {
    "de": {
        "subject": "Bedarf an Coworking",
        "greeting": "Guten Tag,",
        "about": "anbei meine Angaben zum Bedarf an Coworking, ohne Namen und gerundet:",
    },
    "en": {
        "subject": "Need of coworking",
        "greeting": "Hello,",
        "about": "here are my answers on the need of coworking, rounded and without a name:",
    },
}
PROFILE: dict[str, Words] = {
    "de": {
        "is": "{name}, {trade}",
        "in": "aus {city}",
        "offers": "Angebot: {skills}.",
        "languages": "Sprachen: {languages}.",
        "since": "Selbstständig seit {year}.",
        "works": "Arbeitet in: {spaces}.",
        "reach": "Kontakt: {contact}",
    },
    "en": {
        "is": "{name}, {trade}",
        "in": "from {city}",
        "offers": "Services: {skills}.",
        "languages": "Languages: {languages}.",
        "since": "Self-employed since {year}.",
        "works": "Works at: {spaces}.",
        "reach": "Contact: {contact}",
    },
}
JOB: dict[str, Words] = {
    "de": {
        "title": "Abrechnung: {job}",
        "lead": "{leads} stellt {client} {total} netto in Rechnung; die anderen stellen {leads} ihren Teil in Rechnung.",
        "head": "Wer|Anteil|Stunden|Betrag netto|Wer zahlt wem|Rechnungen|Offen",
        "sum": "Zusammen",
        "net": "Alle Beträge netto; jeder weist die Umsatzsteuer nach seinem Fall aus.",
    },
    "en": {
        "title": "Settlement: {job}",
        "lead": "{leads} invoices {client} {total} net; the others invoice {leads} for their part.",
        "head": "Who|Share|Hours|Amount net|Who pays whom|Invoices|Open",
        "sum": "Together",
        "net": "All amounts are net; each adds the VAT of their own case.",
    },
}
TEAM: dict[str, Words] = {
    "de": {
        "title": "Arbeitstage in Coworking-Spaces: {name}",
        "lead": "{first} bis {last}, aus den Buchungen.",
        "head": "Datum|Von|Bis|Ort|Platz|Eingecheckt|Status|Kostenstelle|Preis",
        "sum": "{days} Tage",
        "day": "1 Tag",
        "ahead": "Davon noch bevorstehend: {days}.",
        "asked": "angefragt",
        "requested": "angefragt",
        "pending": "noch offen",
        "confirmed": "bestätigt",
        "unknown": "unklar",
        "net": "netto",
        "gross": "brutto",
        "signed": "Ort, Datum, Unterschrift",
    },
    "en": {
        "title": "Days worked in coworking spaces: {name}",
        "lead": "{first} to {last}, from the bookings.",
        "head": "Date|From|To|Space|Desk|Checked in|State|Cost centre|Price",
        "sum": "{days} days",
        "day": "1 day",
        "ahead": "Of them still to come: {days}.",
        "asked": "asked",
        "requested": "requested",
        "pending": "pending",
        "confirmed": "confirmed",
        "unknown": "unknown",
        "net": "net",
        "gross": "gross",
        "signed": "Place, date, signature",
    },
}
