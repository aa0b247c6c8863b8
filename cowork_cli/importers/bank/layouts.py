"""The CSV of German banks: which headings tell them, what their columns mean, how they write numbers.

A layout is told by a set of headings; what it does not say is looked up by the usual names (`NAMES`),
which is all there is for a bank that is not known. Read in exports and in readers of others, 2026-11.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

# field → headings, the better ones first; compared in small letters, with single blanks.
NAMES: dict[str, tuple[str, ...]] = {
    "booked": (
        "buchungstag", "buchungsdatum", "buchung", "booking date", "buchungs-datum", "datum", "tag",
        "date", "transaktionsdatum", "transaction date", "posting date", "completed date",
        "date completed (utc)", "settlement date (utc)", "umsatztag", "date de l'opération",
    ),
    "valued": (
        "valutadatum", "wertstellung", "valuta", "wertstellungsdatum", "wertstellung (valuta)",
        "wertstellungstag", "wert", "value date", "valuta-datum", "valutatag",
    ),
    "amount": (
        "betrag", "betrag (€)", "betrag (eur)", "betrag in eur", "betrag in euro", "umsatz",
        "umsatz in eur", "umsatz (eur)", "amount", "amount (eur)", "zahlungsbetrag",
        "payment amount", "total amount (incl. vat)", "betrag eur", "umsatzbetrag", "montant",
    ),
    "debit": (
        "soll", "soll (eur)", "belastung", "belastungen", "lastschrift", "ausgang", "ausgaben",
        "debit", "debit amount", "paid out", "money out", "withdrawals", "auszahlung", "débit",
        "belastung (eur)",
    ),
    "credit": (
        "haben", "haben (eur)", "gutschrift", "gutschriften", "eingang", "einnahmen", "credit",
        "credit amount", "paid in", "money in", "deposits", "einzahlung", "crédit", "gutschrift (eur)",
    ),
    "sign": (
        "soll/haben", "s/h", "sh", "soll-/haben-kennzeichen", "soll/haben-kennzeichen",
        "soll-haben", "haben/soll", "h/s", "debit/credit", "credit/debit", "d/c", "c/d",
        "soll / haben", "s / h", "vorzeichen", "kennzeichen",
    ),
    "currency": ("währung", "waehrung", "currency", "zahlungswährung", "payment currency", "whg"),
    "name": (
        "name zahlungsbeteiligter", "beguenstigter/zahlungspflichtiger",
        "begünstigter/zahlungspflichtiger", "auftraggeber/empfänger", "auftraggeber / empfänger",
        "begünstigter / auftraggeber", "auftraggeber / begünstigter", "auftraggeber/begünstigter",
        "auftraggeber/zahlungsempfänger", "empfänger/zahlungspflichtiger", "partner name",
        "counterparty name", "gegenpartei", "zahlungsbeteiligter", "name", "payee", "empfänger",
        "empfaenger", "auftraggeber", "begünstigter", "zahlungspartner", "kontoinhaber gegenkonto",
        "empfaenger 1", "geschäftspartner", "counterparty", "partner", "payer/payee", "beneficiary",
    ),
    "payer": ("zahlungspflichtige*r", "zahlungspflichtiger", "payer", "payer name"),
    "payee": ("zahlungsempfänger*in", "zahlungsempfänger", "payee name"),
    "iban": (
        "iban zahlungsbeteiligter", "kontonummer/iban", "iban / kontonummer", "iban/kontonummer",
        "partner iban", "counterparty iban", "iban gegenkonto", "gegeniban", "gegenkonto", "iban",
        "iban / konto-nr.", "konto-nr.", "kontonummer", "account number", "payee account number",
    ),
    "text": (
        "verwendungszweck", "vorgang/verwendungszweck", "payment reference", "zahlungsreferenz",
        "buchungsdetails", "purpose", "reference", "nachricht", "beschreibung", "description",
        "booking text", "buchungstext", "betreff", "umsatztext", "memo", "text", "zweck", "details",
        "transaction details", "bemerkung", "notiz", "remittance information", "narrative", "libellé", "referenz",
        "transaktion", "transaction",
    ),
    "kind": (
        "buchungstext", "umsatztyp", "umsatzart", "vorgang", "transaktionstyp", "transaktionsart",
        "transaction type", "type", "buchungsart",
    ),
    "reference": (
        "kundenreferenz (end-to-end)", "end-to-end-referenz", "ende-zu-ende-referenz",
        "end to end reference", "end-to-end reference", "e2e-referenz", "kundenreferenz",
    ),
    "status": ("status", "state", "info", "buchungsstatus"),
    "own": (
        "iban auftragskonto", "auftragskonto", "iban kontoinhaber", "iban auftraggeberkonto",
        "wallet-iban", "account iban", "eigene iban", "eigenes konto",
    ),
    "fee": ("fee", "gebühr", "entgelt"),
    "return-fee": ("auslagenersatz ruecklastschrift",),
}  # fmt: skip
# What `--map` may set beside the fields.
SETTINGS = ("decimal", "date-format", "debit-minus", "done")
# Words of the column for the state of a row; anything else is a booking.
PENDING = (
    "vorgemerkt", "umsatz vorgemerkt", "pending", "offen", "ausstehend", "in bearbeitung",
    "reserviert", "authorised", "authorized",
)  # fmt: skip
UNDONE = (
    "declined", "cancelled", "canceled", "reverted", "failed", "abgelehnt", "storniert",
    "abgebrochen", "fehlgeschlagen",
)  # fmt: skip
# Rows that are no bookings, by their first filled cell, or by one that says so anywhere.
FOOTERS = (
    "kontostand", "anfangssaldo", "endsaldo", "alter kontostand", "neuer kontostand", "saldo",
    "summe", "gesamt", "total", "alter saldo", "neuer saldo", "opening balance", "closing balance",
)  # fmt: skip


# Words that tell on which side an amount stands.
MINUS_WORDS = (
    "s", "soll", "d", "dr", "dbit", "debit", "-", "belastung", "ausgang", "out", "minus", "outgoing", "outbound",
    "ausgehend", "ausgabe", "auszahlung", "zahlungsausgang", "abgang", "withdrawal", "money out", "paid out", "sent",
    "expense", "lastschrift", "af",
)  # fmt: skip
PLUS_WORDS = (
    "h", "haben", "c", "cr", "crdt", "credit", "+", "gutschrift", "eingang", "in", "plus", "incoming", "inbound",
    "eingehend", "einnahme", "einzahlung", "zahlungseingang", "zugang", "deposit", "money in", "paid in", "received",
    "income", "bij",
)  # fmt: skip


class Layout(NamedTuple):
    """A bank's CSV. `told_by`: headings that no other has together; `decimal` and `days`: its way.

    `purpose` names how the purpose is taken apart (`purposes`); `columns` overrule the usual names. `done`: the
    words of a state that is a booking, where any other is none. `fee_apart`: a fee is a booking of its own, as
    the amount is what the other side paid; otherwise it comes off the amount.
    """

    bank: str
    told_by: frozenset[str]
    decimal: str
    days: str
    columns: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    purpose: str = "plain"
    done: frozenset[str] = frozenset()
    fee_apart: bool = False


def _told(*names: str) -> frozenset[str]:
    return frozenset(names)


LAYOUTS = (
    Layout(
        "Sparkasse",
        _told(
            "auftragskonto", "buchungstag", "kundenreferenz (end-to-end)", "glaeubiger id", "betrag"
        ),
        ",",
        "dmy",
        purpose="glued",
    ),
    Layout(
        "Sparkasse CSV-MT940",
        _told("auftragskonto", "buchungstag", "beguenstigter/zahlungspflichtiger", "betrag"),
        ",",
        "dmy",
        purpose="glued",
    ),
    Layout(
        "Volksbank, GLS",
        _told("iban auftragskonto", "name zahlungsbeteiligter", "buchungstag", "betrag"),
        ",",
        "dmy",
        purpose="glued",
    ),
    Layout(
        "Volksbank, GLS (old)",
        _told("vorgang/verwendungszweck", "auftraggeber/zahlungsempfänger", "umsatz"),
        ",",
        "dmy",
        {"name": ("empfänger/zahlungspflichtiger",), "sign": ("",), "iban": ("iban",)},
        "lines",
    ),
    Layout("DKB", _told("zahlungspflichtige*r", "zahlungsempfänger*in", "betrag (€)"), ",", "dmy"),
    Layout(
        "DKB (old)",
        _told("auftraggeber / begünstigter", "gläubiger-id", "betrag (eur)"),
        ",",
        "dmy",
    ),
    Layout(
        "ING",
        _told("buchung", "auftraggeber/empfänger", "buchungstext", "verwendungszweck", "betrag"),
        ",",
        "dmy",
    ),
    Layout("N26", _told("booking date", "partner name", "amount (eur)"), ".", "ymd"),
    Layout("N26 (old)", _told("date", "payee", "payment reference", "amount (eur)"), ".", "ymd"),
    Layout(
        "N26 (old)",
        _told("datum", "empfänger", "transaktionstyp", "verwendungszweck", "betrag (eur)"),
        ".",
        "ymd",
    ),
    Layout(
        "comdirect",
        _told("buchungstag", "vorgang", "buchungstext", "umsatz in eur"),
        ",",
        "dmy",
        purpose="comdirect",
    ),
    Layout(
        "Commerzbank",
        _told("buchungstag", "wertstellung", "umsatzart", "buchungstext", "betrag", "währung"),
        ",",
        "dmy",
        purpose="wrapped",
    ),
    Layout(
        "Commerzbank",
        _told("booking date", "transaction type", "booking text", "amount", "account iban"),
        ",",
        "dmy",
        purpose="wrapped",
    ),
    Layout(
        "Postbank, Deutsche Bank",
        _told("buchungstag", "begünstigter / auftraggeber", "soll", "haben", "wert"),
        ",",
        "dmy",
        purpose="wrapped-name",
    ),
    Layout(
        "HypoVereinsbank",
        _told("kontonummer", "buchungsdatum", "valuta", "verwendungszweck", "betrag", "waehrung"),
        ",",
        "dmy",
        {"own": ("kontonummer",), "iban": ()},
    ),
    Layout(
        "Finom",
        _told("buchungsdatum", "time completed", "zahlungsbetrag", "wallet-iban"),
        ".",
        "dmy",
        {"currency": ("zahlungswährung",)},
    ),
    Layout(
        "Qonto",
        _told("settlement date (utc)", "total amount (incl. vat)", "counterparty name"),
        ".",
        "dmy",
    ),
    Layout(
        "Vivid",
        _told("completed date", "counterparty name", "payment amount", "payment currency"),
        ".",
        "dmy",
    ),
    # Wise, Revolut and PayPal by the headings that public readers of their exports look for, 2026-11.
    Layout(
        "Wise",
        _told("transferwise id", "date", "amount", "currency", "running balance", "payee name"),
        ".",
        "dmy",
        {
            "text": ("payment reference",),
            "kind": ("description",),
            "reference": ("payment reference",),
            "name": ("merchant",),
            "iban": (),
            "fee": (),
        },
    ),
    Layout(
        "Revolut",
        _told("type", "completed date", "description", "amount", "fee", "currency", "state"),
        ".",
        "ymd",
        {"text": ("description",), "name": ()},
        done=frozenset({"completed"}),
    ),
    Layout(
        "Revolut Business",
        _told("date completed (utc)", "state", "description", "total amount", "payment currency"),
        ".",
        "ymd",
        {
            "amount": ("total amount",),
            "text": ("reference",),
            "kind": ("description",),
            "name": ("description",),
            "payer": (),
            "fee": (),
        },
        done=frozenset({"completed"}),
    ),
    Layout(
        "PayPal",
        _told("datum", "uhrzeit", "zeitzone", "währung", "brutto", "netto", "transaktionscode"),
        ",",
        "dmy",
        {
            "amount": ("brutto",),
            "text": ("betreff", "artikelbezeichnung", "beschreibung", "hinweis"),
            "kind": ("typ", "beschreibung"),
            "reference": ("rechnungsnummer",),
        },
        done=frozenset({"abgeschlossen"}),
        fee_apart=True,
    ),
    Layout(
        "PayPal",
        _told("date", "time", "timezone", "currency", "gross", "net", "transaction id"),
        "",
        "",
        {
            "amount": ("gross",),
            "text": ("subject", "item title", "description", "note"),
            "reference": ("invoice number",),
        },
        done=frozenset({"completed"}),
        fee_apart=True,
    ),
)
