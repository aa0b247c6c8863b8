"""DATEV batches against the published rules of the format: header, fields, keys, cancellations.

Sources: the format description "Buchungsstapel" (125 fields, their patterns) and the example header
of developer.datev.de, for header version 700 and format version 13. Of the header only that example
was at hand: constants and quotes are checked against it; the lengths in HEADER are common knowledge.
Not established: whether "Generalumkehr (GU)" may be empty for rows that are none (its pattern wants
0 or 1, the examples leave it empty), and an import into DATEV itself, which was not tried.
"""

import csv
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from cowork_cli.data import datev as data
from cowork_cli.domain.expense import Expense
from cowork_cli.domain.invoice import VatRow
from cowork_cli.domain.money import Money
from cowork_cli.domain.period import Period
from cowork_cli.domain.vat_report import Charged, Paid
from cowork_cli.errors import ConfigError
from cowork_cli.services.books import datev

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
NOW = datetime(2026, 11, 25, 18, 0, tzinfo=UTC)
ACCOUNTS = {name: datev.Account(29098, 55003, name) for name in data.CHARTS}
SMALL = "Steuerfrei nach § 19 UStG (Kleinunternehmer)"
EXAMPLE_HEADER = (
    '"EXTF";700;21;"Buchungsstapel";13;20240130140440439;;"RE";"";"";29098;55003;20240101;4;'
    '20240101;20240831;"Buchungsstapel";"WD";1;0;0;"EUR";;"";;;"03";;;"";""'
)
HEADER = [
    r'"EXTF"', "700", "21", '"Buchungsstapel"', "13", r"20\d{15}", "", r'"\w{0,2}"',
    r'".{0,25}"', r'".{0,25}"', r"(?!0)\d{4,7}", r"\d{1,5}", r"20\d{6}", "[4-8]", r"20\d{6}",
    r"20\d{6}", r'"[\w.\-/ ]{0,30}"', r'"([A-Z]{2})?"', "[12]", r"(0|30|40|50|64)?", "[01]",
    r'"[A-Z]{3}"', "", '""', "", "", r'"(\d{2})?"', "", "", '""', r'".{0,16}"',
]  # fmt: skip
ROW = {
    1: r"(?!0{1,10},00)\d{1,10},\d{2}", 2: '"[SH]"', 3: '"[A-Z]{3}"', 7: r"(?!0{1,9}$)\d{1,9}",
    8: r"(?!0{1,9}$)\d{1,9}", 9: r'"\d{0,4}"', 10: r"(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])",
    11: r'"[A-Za-z0-9_$&%*+\-/]{0,36}"', 14: r'"[^\x00-\x1f]{0,60}"', 40: '"([A-Z]{2}[A-Z0-9]{1,13})?"',
    114: "[01]", 118: '"[01G]?"',
}  # fmt: skip


def cents(minor: int, currency: str = "EUR") -> Money:
    return Money(minor, currency)


def charged(*rows: tuple[str, str, int, int], number: str = "2026-0001", **more: object) -> Charged:
    """An invoice of rows (rate, category, base, VAT)."""
    reasons = {"E": SMALL}
    made = tuple(
        VatRow(Decimal(rate), category, cents(base), cents(vat), reasons.get(category))
        for rate, category, base, vat in rows
    )
    gross = cents(sum(base + vat for _, _, base, vat in rows))
    plain = Charged(number, date(2026, 11, 25), "acme", None, gross, made)
    return replace(plain, **more)  # type: ignore[arg-type]


def cancelled(invoice: Charged, number: str = "2026-0002") -> Charged:
    rows = tuple(replace(row, base=-row.base, amount=-row.amount) for row in invoice.rows)
    return replace(
        invoice, number=number, cancels=invoice.number, gross=-invoice.gross, rows=rows, payments=()
    )


def spent(**more: object) -> Expense:
    plain = Expense(
        "x-1", date(2026, 11, 3), "Paper", cents(1000), Decimal(19), cents(190), cents(1190), None,
        None, None, None, None, None, None, None,
    )  # fmt: skip
    return replace(plain, **more)  # type: ignore[arg-type]


def batch(
    *invoices: Charged,
    expenses: tuple[Expense, ...] = (),
    chart: str = "SKR03",
    small: bool = False,
) -> datev.Batch:
    return datev.batch(
        [(1, one) for one in invoices], expenses, YEAR, ACCOUNTS[chart], small_business=small
    )


def fields(booking: datev.Booking) -> list[str]:
    """The fields of a row as they stand in the file, quotes and all."""
    return re.findall(r'(?:^|;)((?:"(?:[^"]|"")*")|[^;]*)', datev.row(booking))


def short(made: datev.Batch) -> list[tuple[str, str, int, int, str]]:
    """Amount, side, account, other account, key of each row."""
    return [
        (f"{b.amount.amount}", "S" if b.debit else "H", b.account, b.against, b.key)
        for b in made.bookings
    ]


# ---- the file


def test_the_header_is_that_of_the_published_example() -> None:
    ours = datev.header(2026, date(2026, 1, 1), date(2026, 8, 31), ACCOUNTS["SKR03"], NOW)
    parts, example = ours.split(";"), EXAMPLE_HEADER.split(";")
    assert len(parts) == len(example) == 31
    for number, (part, pattern) in enumerate(zip(parts, HEADER, strict=True), 1):
        assert re.fullmatch(pattern, part), (number, part)
    for number, (part, other) in enumerate(zip(parts, example, strict=True), 1):
        assert part.startswith('"') == other.startswith('"'), f"header field {number}: quotes"
    for number in (1, 2, 3, 4, 5, 7, 8, 11, 12, 14, 19, 20, 21, 22, 27):
        assert parts[number - 1] == example[number - 1], f"header field {number}"


def test_the_captions_are_the_125_of_format_version_13() -> None:
    assert len(data.FIELDS) == 125
    for number, caption in (
        (1, "Umsatz (ohne Soll/Haben-Kz)"), (9, "BU-Schlüssel"), (10, "Belegdatum"),
        (14, "Buchungstext"), (36, "Beleginfo - Inhalt 8"), (40, "EU-Land u. UStID (Bestimmung)"),
        (48, "Zusatzinformation - Art 1"), (87, "Zusatzinformation- Inhalt 20"),
        (95, "Auftragsnummer"), (114, "Festschreibung"), (115, "Leistungsdatum"),
        (118, "Generalumkehr (GU)"), (125, "Abw. Skontokonto"),
    ):  # fmt: skip
        assert data.FIELDS[number - 1] == caption


def test_code_page_line_ends_and_quotes() -> None:
    made = batch(expenses=(spent(text='Büro "Nord"\nMöbel €'),))
    content = datev.written(made.bookings, 2026, YEAR, ACCOUNTS["SKR03"], NOW)
    assert content.endswith(b"\r\n")
    assert content.count(b"\n") == content.count(b"\r\n") == 3
    text = content.decode("cp1252")
    assert '"Büro ""Nord"" Möbel €"' in text
    rows = list(csv.reader(text.splitlines(), delimiter=";"))
    assert [len(row) for row in rows] == [31, 125, 125]


def test_a_letter_outside_the_code_page_loses_no_row() -> None:
    made = batch(expenses=(spent(text="Ω Ł 漢"),))
    content = datev.written(made.bookings, 2026, YEAR, ACCOUNTS["SKR03"], NOW)
    assert content.count(b"\r\n") == 3


@pytest.mark.parametrize("chart", data.CHARTS)
def test_every_field_is_as_its_pattern_says(chart: str) -> None:
    original = charged(
        ("19", "S", 10000, 1900), ("7", "S", 5000, 350), number="RE 2026/ä,1",
        payments=(Paid(date(2026, 12, 1), cents(16905), cents(345)),),
    )  # fmt: skip
    abroad = charged(("0", "AE", 10000, 0), number="2026-0003", vat_id="FR40303265045")
    made = batch(
        original,
        cancelled(original),
        abroad,
        expenses=(spent(), spent(text="x" * 200)),
        chart=chart,
    )
    assert not made.problems
    assert len(made.bookings) == 2 + 1 + 2 + 2 + 1 + 2
    for booking in made.bookings:
        cells = fields(booking)
        assert len(cells) == 125
        for number, cell in enumerate(cells, 1):
            assert cell.startswith('"') == (number in data.TEXT_FIELDS), (number, cell)
            assert re.fullmatch(ROW.get(number, '(?:"")?'), cell), (number, cell)


# ---- what is booked


@pytest.mark.parametrize(
    ("chart", "row", "account"),
    [
        ("SKR03", ("19", "S", 10000, 1900), 8400),
        ("SKR04", ("19", "S", 10000, 1900), 4400),
        ("SKR03", ("7", "S", 10000, 700), 8300),
        ("SKR04", ("7", "S", 10000, 700), 4300),
        ("SKR03", ("0", "E", 10000, 0), 8195),
        ("SKR04", ("0", "E", 10000, 0), 4185),
        ("SKR03", ("0", "AE", 10000, 0), 8336),
        ("SKR04", ("0", "AE", 10000, 0), 4336),
        ("SKR03", ("0", "O", 10000, 0), 8338),
        ("SKR04", ("0", "O", 10000, 0), 4338),
    ],
)
def test_revenue_is_booked_gross_on_automatic_accounts_without_a_key(
    chart: str, row: tuple[str, str, int, int], account: int
) -> None:
    made = batch(charged(row), chart=chart)
    gross = f"{Decimal(row[2] + row[3]) / 100:.2f}"
    assert short(made) == [(gross, "S", 10001, account, "")]


def test_one_row_for_each_rate() -> None:
    made = batch(charged(("19", "S", 10000, 1900), ("7", "S", 10000, 700)))
    assert [(row[0], row[3]) for row in short(made)] == [("119.00", 8400), ("107.00", 8300)]


def test_reverse_charge_carries_the_vat_id_and_nothing_else_does() -> None:
    made = batch(
        charged(("0", "AE", 10000, 0), vat_id="FR40303265045"),
        charged(("19", "S", 10000, 1900), number="2", vat_id="DE136695976"),
    )
    assert [fields(booking)[39] for booking in made.bookings] == ['"FR40303265045"', '""']


def test_a_cancellation_is_a_generalumkehr_of_the_same_rows() -> None:
    original = charged(("19", "S", 10000, 1900), ("7", "S", 5000, 350))
    made = batch(original, cancelled(original))
    first, second = made.bookings[:2], made.bookings[2:]
    for before, after in zip(first, second, strict=True):
        assert (before.reversal, after.reversal) == (False, True)
        assert before.amount == after.amount
        assert after.amount.minor > 0, "the amount must be positive"
        for name in ("debit", "account", "against", "key", "voucher"):
            assert getattr(before, name) == getattr(after, name), name
    assert fields(second[0])[117] == '"1"'
    assert fields(first[0])[117] == '""'
    assert "Storno 2026-0002 zu 2026-0001" in second[0].text


def test_a_negative_row_of_an_invoice_swaps_the_side() -> None:
    made = batch(charged(("19", "S", 10000, 1900), ("7", "S", -1000, -70)))
    assert [row[:2] for row in short(made)] == [("119.00", "S"), ("10.70", "H")]


@pytest.mark.parametrize(("chart", "bank"), [("SKR03", 1200), ("SKR04", 1800)])
def test_payments_go_from_the_debtor_to_the_bank(chart: str, bank: int) -> None:
    payments = (
        Paid(date(2026, 12, 1), cents(10000), cents(0)),
        Paid(date(2026, 12, 2), cents(-500), cents(0)),
    )
    made = batch(charged(("19", "S", 10000, 1900), payments=payments), chart=chart)
    assert short(made)[1:] == [("100.00", "S", bank, 10001, ""), ("5.00", "H", bank, 10001, "")]


@pytest.mark.parametrize(("chart", "at_19", "at_7"), [("SKR03", 8736, 8731), ("SKR04", 4736, 4731)])
def test_skonto_has_its_own_accounts_and_revenue_stays_whole(
    chart: str, at_19: int, at_7: int
) -> None:
    payments = (Paid(date(2026, 12, 1), cents(22148), cents(452)),)
    invoice = charged(("19", "S", 10000, 1900), ("7", "S", 10000, 700), payments=payments)
    made = batch(invoice, chart=chart)
    assert [row[0] for row in short(made)[:2]] == ["119.00", "107.00"]
    assert short(made)[3:] == [("2.38", "S", at_19, 10001, ""), ("2.14", "S", at_7, 10001, "")]
    debtor = sum(
        booking.amount.minor * (1 if (booking.account == 10001) == booking.debit else -1)
        for booking in made.bookings
    )
    assert debtor == 0, "the debtor account is even"


def test_skonto_of_a_small_business_has_no_vat() -> None:
    invoice = charged(
        ("0", "E", 10000, 0), payments=(Paid(date(2026, 12, 1), cents(9800), cents(200)),)
    )
    assert short(batch(invoice))[2] == ("2.00", "S", 8730, 10001, "")


@pytest.mark.parametrize(
    ("rate", "key", "small"),
    [("19", "9", False), ("7", "8", False), ("0", "", False), ("19", "", True)],
)
def test_expenses_carry_the_key_of_input_vat(rate: str, key: str, small: bool) -> None:
    made = batch(expenses=(spent(vat_rate=Decimal(rate)),), small=small)
    assert short(made) == [("11.90", "S", 4900, 1200, key)]
    made = batch(expenses=(spent(booking="b-1"),), chart="SKR04")
    assert short(made) == [("11.90", "S", 6310, 1800, "9")]


# ---- nothing is left out silently


@pytest.mark.parametrize(
    ("invoice", "why"),
    [
        (charged(("16", "S", 10000, 1600)), "no account for 16 % VAT"),
        (charged(("0", "K", 10000, 0)), "no account for 0 % VAT (K)"),
        (charged(("19", "S", 0, 0)), "zero"),
        (
            charged(
                ("0", "AE", 10000, 0),
                payments=(Paid(date(2026, 12, 1), cents(9800), cents(200)),),
            ),
            "no account for Skonto of 2.00 EUR",
        ),
        (
            charged(("19", "S", 0, 0), gross=cents(11900, "USD")),
            "no rate of USD to EUR is recorded",
        ),
    ],
)
def test_what_cannot_be_booked_is_named(invoice: Charged, why: str) -> None:
    made = batch(invoice)
    assert [problem.message for problem in made.problems if why in problem.message]
    assert "2026-0001" in made.problems[0].message


def test_other_currencies_are_booked_in_euro_by_their_rate() -> None:
    rows = (VatRow(Decimal(19), "S", cents(10000, "USD"), cents(1900, "USD"), None),)
    invoice = charged(
        ("19", "S", 0, 0), rows=rows, gross=cents(11900, "USD"), eur_rate=Decimal("0.9")
    )
    made = batch(invoice, expenses=(spent(gross=cents(1000, "USD"), eur_rate=Decimal("0.9")),))
    assert [row[0] for row in short(made)] == ["9.00", "107.10"]
    assert "119.00 USD" in made.bookings[1].text
    made = batch(expenses=(spent(gross=cents(1000, "USD")),))
    assert (len(made.bookings), len(made.problems)) == (0, 1)


def test_numbers_that_become_one_voucher_are_named() -> None:
    made = batch(charged(("19", "S", 1, 0), number="A.1"), charged(("19", "S", 1, 0), number="A:1"))
    assert len(made.bookings) == 2
    assert "A.1 and A:1" in made.problems[0].message


def test_only_the_period_is_booked() -> None:
    early = charged(
        ("19", "S", 10000, 1900), date=date(2025, 12, 31),
        payments=(Paid(date(2026, 1, 2), cents(11900), cents(0)),),
    )  # fmt: skip
    assert [row[2] for row in short(batch(early))] == [1200]


@pytest.mark.parametrize(
    ("consultant", "client", "named"),
    [
        (None, "1", "datev.consultant"),
        ("1000", "1", "datev.consultant"),
        ("29098", "x", "datev.client"),
    ],
)
def test_the_numbers_of_the_adviser_are_checked(
    consultant: str | None, client: str, named: str
) -> None:
    with pytest.raises(ConfigError) as raised:
        datev.account_of(consultant, client, "SKR03")
    assert named in raised.value.message
    assert f"cowork config set {named}" in (raised.value.hint or "")


# ---- what is not booked


def problems(made: datev.Batch) -> list[str]:
    return [error.message for error in made.problems]


def test_what_has_no_place_in_the_batch_is_named() -> None:
    standard = charged(("19", "S", 10000, 1900))
    paid = replace(standard, payments=(Paid(date(2026, 11, 26), cents(11900), cents(0)),))
    usd = Paid(date(2026, 11, 26), cents(11900, "USD"), cents(0, "USD"))
    dollars = replace(standard, gross=cents(11900, "USD"), payments=(usd,))
    no_rate = "2026-0001 is not in the booking batch: no rate of USD to EUR is recorded"
    assert problems(batch(dollars)) == [no_rate, no_rate]
    beyond = data.LAST_DEBTOR - data.FIRST_DEBTOR + 1
    account = ACCOUNTS["SKR03"]
    assert (
        problems(datev.batch([(beyond - 1, paid)], (), YEAR, account, small_business=False)) == []
    )
    no_account = f"2026-0001 is not in the booking batch: there is no debtor account above {data.LAST_DEBTOR}"
    made = datev.batch([(beyond, paid)], (), YEAR, account, small_business=False)
    assert (problems(made), made.bookings) == ([no_account, no_account], ())
    old = spent(vat_rate=Decimal(16))
    assert problems(batch(expenses=(old,))) == [
        "x-1 is not in the booking batch: no tax key for 16 % input VAT"
    ]


def test_only_the_payments_of_the_period() -> None:
    both = tuple(
        Paid(day, cents(minor), cents(0))
        for day, minor in ((date(2026, 12, 31), 1900), (date(2027, 1, 1), 10000))
    )
    made = batch(charged(("19", "S", 10000, 1900), payments=both))
    assert short(made)[1:] == [("19.00", "S", 1200, 10001, "")]


def test_a_rate_that_bears_none_of_the_skonto_has_no_row_of_it() -> None:
    paid = (Paid(date(2026, 11, 26), cents(11899), skonto=cents(1)),)
    made = batch(charged(("19", "S", 9900, 1881), ("7", "S", 111, 8), payments=paid))
    assert short(made)[3:] == [("0.01", "S", 8736, 10001, "")]
    assert problems(made) == []
