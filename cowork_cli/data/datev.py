"""DATEV: accounts, tax keys and the fields of the booking batch, with source and year.

Accounts of the charts SKR03 and SKR04 as of 2026. Which ones work out VAT by themselves
(Automatikkonten, marked AM in the charts) carry no tax key: 8400/4400, 8300/4300, 8736/4736,
8731/4731, 8336/4336. Tax keys of input VAT: 9 is 19 percent, 8 is 7 percent.

Fields, their order and their types: the format description "Buchungsstapel", header version 700,
format version 13, at developer.datev.de/datev/platform/de/dtvf/formate (header and Buchungsstapel),
with the example file of its first page; read 2026-11.

Not established here, so not used: accounts for Skonto on reverse-charge services, foreign amounts
in the fields Kurs and Basis-Umsatz (the pattern of Kurs allows no rate below 1), accounts for
prepayments (they are booked as revenue). Which account an expense belongs on is for the adviser to
say; the two here are the general ones.
"""

from cowork_cli.records import dataclass

CHARTS = ("SKR03", "SKR04")
HEADER_VERSION = 700
CATEGORY = 21
FORMAT_NAME = "Buchungsstapel"
FORMAT_VERSION = 13
ACCOUNT_LENGTH = 4
FIRST_DEBTOR, LAST_DEBTOR = 10_000, 69_999
CONSULTANTS, CLIENTS = (1001, 9_999_999), (1, 99_999)
INPUT_KEYS = {"19": "9", "7": "8", "0": ""}
LONGEST_TEXT = 60
LONGEST_VOUCHER = 36


@dataclass(frozen=True, slots=True)
class Chart:
    """The accounts of a chart. `revenue` and `skonto` go by case; a case that is missing has none."""

    number: str
    bank: int
    revenue: dict[str, int]
    skonto: dict[str, int]
    expense: int
    desk: int


CHART: dict[str, Chart] = {
    "SKR03": Chart(
        "03",
        bank=1200,
        revenue={
            "standard": 8400,
            "reduced": 8300,
            "small-business": 8195,
            "exempt": 8100,
            "reverse-charge": 8336,
            "outside-eu": 8338,
        },
        skonto={
            "standard": 8736,
            "reduced": 8731,
            "small-business": 8730,
            "exempt": 8730,
            "outside-eu": 8730,
        },
        expense=4900,
        desk=4210,
    ),
    "SKR04": Chart(
        "04",
        bank=1800,
        revenue={
            "standard": 4400,
            "reduced": 4300,
            "small-business": 4185,
            "exempt": 4100,
            "reverse-charge": 4336,
            "outside-eu": 4338,
        },
        skonto={
            "standard": 4736,
            "reduced": 4731,
            "small-business": 4730,
            "exempt": 4730,
            "outside-eu": 4730,
        },
        expense=6300,
        desk=6310,
    ),
}


def _numbered(first: str, second: str, count: int) -> tuple[str, ...]:
    return tuple(f"{name} {n}" for n in range(1, count + 1) for name in (first, second))


FIELDS: tuple[str, ...] = (
    "Umsatz (ohne Soll/Haben-Kz)", "Soll/Haben-Kennzeichen", "WKZ Umsatz", "Kurs", "Basis-Umsatz",
    "WKZ Basis-Umsatz", "Konto", "Gegenkonto (ohne BU-Schlüssel)", "BU-Schlüssel", "Belegdatum",
    "Belegfeld 1", "Belegfeld 2", "Skonto", "Buchungstext", "Postensperre",
    "Diverse Adressnummer", "Geschäftspartnerbank", "Sachverhalt", "Zinssperre", "Beleglink",
    *_numbered("Beleginfo - Art", "Beleginfo - Inhalt", 8),
    "KOST1 - Kostenstelle", "KOST2 - Kostenstelle", "Kost-Menge",
    "EU-Land u. UStID (Bestimmung)", "EU-Steuersatz (Bestimmung)", "Abw. Versteuerungsart",
    "Sachverhalt L+L", "Funktionsergänzung L+L", "BU 49 Hauptfunktionstyp",
    "BU 49 Hauptfunktionsnummer", "BU 49 Funktionsergänzung",
    *_numbered("Zusatzinformation - Art", "Zusatzinformation- Inhalt", 20),
    "Stück", "Gewicht", "Zahlweise", "Forderungsart", "Veranlagungsjahr", "Zugeordnete Fälligkeit",
    "Skontotyp", "Auftragsnummer", "Buchungstyp", "USt-Schlüssel (Anzahlungen)",
    "EU-Land (Anzahlungen)", "Sachverhalt L+L (Anzahlungen)", "EU-Steuersatz (Anzahlungen)",
    "Erlöskonto (Anzahlungen)", "Herkunft-Kz", "Buchungs GUID", "KOST-Datum",
    "SEPA-Mandatsreferenz", "Skontosperre", "Gesellschaftername", "Beteiligtennummer",
    "Identifikationsnummer", "Zeichnernummer", "Postensperre bis",
    "Bezeichnung SoBil-Sachverhalt", "Kennzeichen SoBil-Buchung", "Festschreibung",
    "Leistungsdatum", "Datum Zuord. Steuerperiode", "Fälligkeit", "Generalumkehr (GU)",
    "Steuersatz", "Land", "Abrechnungsreferenz", "BVV-Position",
    "EU-Land u. UStID (Ursprung)", "EU-Steuersatz (Ursprung)", "Abw. Skontokonto",
)  # fmt: skip
# Fields whose pattern has quotes, counted from 1: quoted also when empty. The others are never.
TEXT_FIELDS = frozenset(
    [
        *(2, 3, 6, 9, 11, 12, 14, 16),
        *range(20, 39),
        *(40, 42),
        *range(48, 88),
        *(91, 95, 96, 98, 102, 103, 105, 107, 109, 110, 112, 118, 120, 121, 123),
    ]
)
