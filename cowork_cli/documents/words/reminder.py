"""The letter of a reminder, in its three steps."""

from cowork_cli.documents.words import Words

WORDS: dict[str, Words] = {
    "de": {
        "title1": "Zahlungserinnerung",
        "title2": "Mahnung",
        "title3": "Letzte Mahnung",
        "subtitle": "Rechnung {number} vom {date}",
        "number": "Rechnungsnummer",
        "invoice_date": "Rechnungsdatum",
        "due": "Fällig am",
        "client": "Kundennummer",
        "date": "Datum",
        "greeting": "Sehr geehrte Damen und Herren,",
        "opening1": "die unten genannte Rechnung war am {due} fällig. Ein vollständiger "
        "Zahlungseingang war bis heute nicht festzustellen; sicher ist das nur ein Versehen.",
        "opening2": "trotz Fälligkeit am {due} ist die unten genannte Rechnung noch nicht vollständig "
        "bezahlt. Bitte gleichen Sie den offenen Betrag bis zum {pay_by} aus.",
        "opening3": "die unten genannte Rechnung war am {due} fällig und ist trotz Erinnerung noch nicht "
        "vollständig bezahlt. Dies ist die letzte Aufforderung, den offenen Betrag bis zum {pay_by} "
        "zu zahlen.",
        "gross": "Rechnungsbetrag",
        "paid": "Bereits gezahlt",
        "open": "Offener Betrag",
        "fee": "Pauschale nach § 288 Abs. 5 BGB",
        "interest": "Verzugszinsen nach § 288 BGB",
        "span": "{first} – {last}: {rate} im Jahr auf {balance}",
        "total": "Zu zahlen",
        "pay": "Bitte überweisen Sie {amount} bis zum {date}.",
        "reserved": "Verzugszinsen nach § 288 BGB bleiben vorbehalten.",
        "closing1": "Sollten Sie in den letzten Tagen bezahlt haben, betrachten Sie dieses Schreiben "
        "bitte als gegenstandslos.",
        "closing2": "Sollten Sie in den letzten Tagen bezahlt haben, betrachten Sie dieses Schreiben "
        "bitte als gegenstandslos.",
        "closing3": "Geht der Betrag bis dahin nicht ein, bleiben gerichtliche Schritte vorbehalten.",
        "regards": "Mit freundlichen Grüßen",
        "payee": "Empfänger",
        "iban": "IBAN",
        "bic": "BIC",
        "reference": "Verwendungszweck",
        "tax_number": "Steuernummer {id}",
        "vat_id": "USt-IdNr. {id}",
        "phone": "Tel. {number}",
        "page": "Seite {page} von {pages}",
    },
    "en": {
        "title1": "Payment reminder",
        "title2": "Second reminder",
        "title3": "Final reminder",
        "subtitle": "Invoice {number} of {date}",
        "number": "Invoice number",
        "invoice_date": "Invoice date",
        "due": "Due",
        "client": "Customer number",
        "date": "Date",
        "greeting": "Dear Sir or Madam,",
        "opening1": "The invoice named below was due on {due}. Payment in full has not arrived yet; this "
        "is surely an oversight.",
        "opening2": "The invoice named below was due on {due} and has not been paid in full. Please "
        "settle the open amount by {pay_by}.",
        "opening3": "The invoice named below was due on {due} and, despite a reminder, has not been paid "
        "in full. This is the last request to pay the open amount by {pay_by}.",
        "gross": "Invoice total",
        "paid": "Already paid",
        "open": "Open amount",
        "fee": "Flat sum under § 288 (5) BGB",
        "interest": "Interest on late payment under § 288 BGB",
        "span": "{first} – {last}: {rate} a year on {balance}",
        "total": "Amount due",
        "pay": "Please transfer {amount} by {date}.",
        "reserved": "The right to interest on late payment under § 288 BGB is reserved.",
        "closing1": "If you have paid in the last few days, please disregard this letter.",
        "closing2": "If you have paid in the last few days, please disregard this letter.",
        "closing3": "If the amount has not arrived by then, the right to take legal action is reserved.",
        "regards": "Yours faithfully",
        "payee": "Payee",
        "iban": "IBAN",
        "bic": "BIC",
        "reference": "Reference",
        "tax_number": "Tax number {id}",
        "vat_id": "VAT ID {id}",
        "phone": "Tel. {number}",
        "page": "Page {page} of {pages}",
    },
}
