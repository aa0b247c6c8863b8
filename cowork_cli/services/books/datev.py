"""The books as DATEV booking batches (EXTF), one file for each calendar year.

Every invoice is booked on the client's own debtor account against revenue, gross, one row for each
rate; a payment on the bank against the debtor, and Skonto on its own account, so that revenue stays
whole. A cancellation repeats the rows of its original as Generalumkehr: same accounts, same sides,
positive amounts, and DATEV takes them back. What cannot be booked is named, never left out silently.

Whether VAT is due by invoice or by payment is a matter of the client's master data at DATEV.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from cowork_cli.data import datev as data
from cowork_cli.domain.digits import whole_number
from cowork_cli.domain.expense import Expense
from cowork_cli.domain.money import Money
from cowork_cli.domain.period import Period
from cowork_cli.domain.vat_report import Charged, in_euro, within
from cowork_cli.errors import ConfigError, Conflict, CoworkError
from cowork_cli.records import dataclass
from cowork_cli.services.books.vat_report import case_of

_EURO = "EUR"


@dataclass(frozen=True, slots=True)
class Account:
    """Whose books these are at DATEV, and by which chart of accounts."""

    consultant: int
    client: int
    chart: str


@dataclass(frozen=True, slots=True)
class Booking:
    """One row. `amount` is gross and above zero; `debit` says the side of `account`."""

    day: date
    amount: Money
    debit: bool
    account: int
    against: int
    key: str
    voucher: str
    text: str
    vat_id: str = ""
    reversal: bool = False


@dataclass(frozen=True, slots=True)
class Batch:
    """The rows of a year and what of it could not be booked."""

    bookings: tuple[Booking, ...]
    problems: tuple[CoworkError, ...]


def account_of(consultant: object, client: object, chart: object) -> Account:
    """Checked settings. Raises ConfigError naming what is missing or wrong."""
    values = []
    for name, value, (least, most) in (
        ("datev.consultant", consultant, data.CONSULTANTS),
        ("datev.client", client, data.CLIENTS),
    ):
        text = str(value or "").strip()
        number = whole_number(text)
        if number is None or not least <= number <= most:
            what = f"{name} is {text!r}" if text else f"{name} is not set"
            raise ConfigError(
                f"{what}; it is a number from {least} to {most}",
                f"ask your tax adviser, then `cowork config set {name} {least}`",
            )
        values.append(number)
    return Account(values[0], values[1], str(chart))


# ---- what is booked


def batch(
    invoices: Sequence[tuple[int, Charged]],
    spent: Iterable[Expense],
    period: Period,
    account: Account,
    *,
    small_business: bool,
) -> Batch:
    """Everything of a period. An invoice comes with the row of its client, which numbers the debtor."""
    chart = data.CHART[account.chart]
    by_number = {invoice.number: invoice for _, invoice in invoices}
    rows: list[Booking] = []
    problems: list[CoworkError] = []
    for client_row, invoice in invoices:
        debtor = data.FIRST_DEBTOR + client_row
        for made in _invoice(invoice, by_number, debtor, chart, period):
            _sort(made, rows, problems)
        for made in _payments(invoice, debtor, chart, period):
            _sort(made, rows, problems)
    for item in spent:
        _sort(_expense(item, chart, small_business=small_business), rows, problems)
    vouchers = _clashes(invoices)
    problems += [
        Conflict(f"{first} and {second} are the same voucher number for DATEV", None)
        for first, second in vouchers
    ]
    return Batch(tuple(sorted(rows, key=lambda row: row.day)), tuple(problems))


def _sort(made: Booking | CoworkError, rows: list[Booking], problems: list[CoworkError]) -> None:
    if isinstance(made, Booking):
        rows.append(made)
    else:
        problems.append(made)


def _invoice(
    invoice: Charged, known: dict[str, Charged], debtor: int, chart: data.Chart, period: Period
) -> Iterable[Booking | CoworkError]:
    if not within(invoice.date, period):
        return
    text = f"{invoice.number} {invoice.client}"
    if invoice.cancels is not None:
        text = f"Storno {invoice.number} zu {invoice.cancels} {invoice.client}"
    refused = _refused(invoice, debtor)
    if refused:
        yield refused
        return
    for row in invoice.rows:
        gross = invoice.euro(row.base) + invoice.euro(row.amount)
        account = chart.revenue.get(case_of(row))
        if account is None:
            yield _unbookable(invoice.number, f"no account for {row.rate:f} % VAT ({row.category})")
        elif not gross.minor:
            yield _unbookable(invoice.number, "an amount of zero cannot be booked")
        else:
            reversal = invoice.cancels is not None
            whole = -gross if reversal else gross
            yield Booking(
                day=invoice.date,
                amount=Money(abs(whole.minor), _EURO),
                debit=whole.minor > 0,
                account=debtor,
                against=account,
                key="",
                voucher=invoice.cancels or invoice.number,
                text=_with_currency(text, invoice.gross.currency, row.base + row.amount),
                vat_id=(invoice.vat_id or "") if row.category == "AE" else "",
                reversal=reversal,
            )


def _payments(
    invoice: Charged, debtor: int, chart: data.Chart, period: Period
) -> Iterable[Booking | CoworkError]:
    for paid in invoice.payments:
        if not within(paid.day, period):
            continue
        refused = _refused(invoice, debtor)
        if refused:
            yield refused
            continue
        amount = invoice.euro(paid.amount)
        text = f"Zahlung {invoice.number} {invoice.client}"
        yield Booking(
            day=paid.day,
            amount=Money(abs(amount.minor), _EURO),
            debit=amount.minor > 0,
            account=chart.bank,
            against=debtor,
            key="",
            voucher=invoice.number,
            text=_with_currency(text, invoice.gross.currency, paid.amount),
        )
        if paid.skonto.minor:
            yield from _skonto(invoice, paid.day, paid.skonto, debtor, chart)


def _skonto(
    invoice: Charged, day: date, skonto: Money, debtor: int, chart: data.Chart
) -> Iterable[Booking | CoworkError]:
    """A row for each rate, which takes VAT back with it; the parts add up to the Skonto."""
    from cowork_cli.domain.settlement import shares

    whole = invoice.euro(skonto)
    weights = [row.base.minor + row.amount.minor for row in invoice.rows]
    for row, minor in zip(invoice.rows, shares(whole.minor, weights), strict=True):
        account = chart.skonto.get(case_of(row))
        if not minor:
            continue
        if account is None:
            yield _unbookable(
                invoice.number, f"no account for Skonto of {Money(minor, _EURO)} ({case_of(row)})"
            )
            continue
        yield Booking(
            day=day,
            amount=Money(abs(minor), _EURO),
            debit=minor > 0,
            account=account,
            against=debtor,
            key="",
            voucher=invoice.number,
            text=f"Skonto {invoice.number} {invoice.client}",
        )


def _expense(item: Expense, chart: data.Chart, *, small_business: bool) -> Booking | CoworkError:
    if item.gross.currency != _EURO and item.eur_rate is None:
        return _unbookable(item.id, f"no rate of {item.gross.currency} to EUR is recorded")
    rate = f"{item.vat_rate:f}"
    if rate not in data.INPUT_KEYS:
        return _unbookable(item.id, f"no tax key for {rate} % input VAT")
    if item.reverse_charge:
        return _unbookable(item.id, "purchases under § 13b UStG have keys of their own")
    amount = in_euro(item.gross, item.eur_rate)
    return Booking(
        day=item.date,
        amount=Money(abs(amount.minor), _EURO),
        debit=amount.minor > 0,
        account=chart.desk if item.booking else chart.expense,
        against=chart.bank,
        key="" if small_business else data.INPUT_KEYS[rate],
        voucher=item.id,
        text=_with_currency(item.text, item.gross.currency, item.gross),
    )


def _refused(invoice: Charged, debtor: int) -> CoworkError | None:
    if not invoice.known:
        return _unbookable(
            invoice.number, f"no rate of {invoice.gross.currency} to EUR is recorded"
        )
    if debtor > data.LAST_DEBTOR:
        return _unbookable(invoice.number, f"there is no debtor account above {data.LAST_DEBTOR}")
    return None


def _unbookable(document: str, why: str) -> CoworkError:
    return Conflict(f"{document} is not in the booking batch: {why}", "book it by hand")


def _with_currency(text: str, currency: str, amount: Money) -> str:
    return text if currency == _EURO else f"{text} ({amount})"


def _clashes(invoices: Iterable[tuple[int, Charged]]) -> list[tuple[str, str]]:
    """Numbers that are the same once the signs DATEV does not take are replaced."""
    seen: dict[str, str] = {}
    found = []
    for _, invoice in invoices:
        first = seen.setdefault(voucher(invoice.number), invoice.number)
        if first != invoice.number:
            found.append((first, invoice.number))
    return found


# ---- the file


def file_name(year: int) -> str:
    """Files of others begin with EXTF_."""
    return f"EXTF_Buchungsstapel_{year}.csv"


def written(
    bookings: Sequence[Booking], year: int, period: Period, account: Account, now: datetime
) -> bytes:
    """The file of one year: header, captions, rows; code page 1252, CRLF at the end of each."""
    first = max(period.from_ or date(year, 1, 1), date(year, 1, 1))
    last = min(period.to or date(year, 12, 31), date(year, 12, 31))
    lines = [
        header(year, first, last, account, now),
        ";".join(data.FIELDS),
        *(row(booking) for booking in bookings),
    ]
    return "".join(f"{line}\r\n" for line in lines).encode("cp1252", "replace")


def header(year: int, first: date, last: date, account: Account, now: datetime) -> str:
    """The first line, 31 fields; the booking year begins in January."""
    return ";".join(
        [
            _quoted("EXTF"), f"{data.HEADER_VERSION}", f"{data.CATEGORY}",
            _quoted(data.FORMAT_NAME), f"{data.FORMAT_VERSION}", f"{now:%Y%m%d%H%M%S}000", "",
            _quoted("RE"), _quoted("cowork"), _quoted(""),
            f"{account.consultant}", f"{account.client}", f"{year}0101", f"{data.ACCOUNT_LENGTH}",
            f"{first:%Y%m%d}", f"{last:%Y%m%d}", _quoted(f"cowork {year}"), _quoted(""),
            "1", "0", "0", _quoted(_EURO), "", _quoted(""), "", "",
            _quoted(data.CHART[account.chart].number), "", "", _quoted(""), _quoted(""),
        ]
    )  # fmt: skip


def row(booking: Booking) -> str:
    """One booking, 125 fields: texts quoted also when empty, numbers never."""
    values = {
        1: f"{booking.amount.amount:.2f}".replace(".", ","),
        2: "S" if booking.debit else "H",
        3: _EURO,
        7: f"{booking.account}",
        8: f"{booking.against}",
        9: booking.key,
        10: f"{booking.day:%d%m}",
        11: voucher(booking.voucher),
        14: one_line(booking.text)[: data.LONGEST_TEXT],
        40: booking.vat_id,
        114: "0",
        118: "1" if booking.reversal else "",
    }
    return ";".join(
        _quoted(values.get(n, "")) if n in data.TEXT_FIELDS else values.get(n, "")
        for n in range(1, len(data.FIELDS) + 1)
    )


def voucher(number: str) -> str:
    """A number as Belegfeld 1 takes it: ASCII letters, digits and `$ & % * + - / _`."""
    return re.sub(r"[^A-Za-z0-9_$&%*+/-]", "-", number)[: data.LONGEST_VOUCHER]


def one_line(text: str) -> str:
    """A text without control characters."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", text).split())


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
