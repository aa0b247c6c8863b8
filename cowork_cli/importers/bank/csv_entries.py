"""The rows below one heading of a CSV: how they write amounts and days, and the booking each of them is."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from cowork_cli.data.currencies import CURRENCIES, digits_of
from cowork_cli.domain.bank import Entry, Skipped, Statement
from cowork_cli.domain.money import Money
from cowork_cli.errors import BadInput
from cowork_cli.importers.bank import cells, tags
from cowork_cli.importers.bank.csv_heads import UNKNOWN, Columns, Head, Row, plain
from cowork_cli.importers.bank.layouts import FOOTERS, NAMES, PENDING, UNDONE
from cowork_cli.importers.bank.purposes import PURPOSES, Told
from cowork_cli.records import dataclass

_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b")
_RETURNED = re.compile(
    r"r(ü|ue)ck(lastschrift|gabe|buchung)|retoure|returned|chargeback", re.IGNORECASE
)
_IN_RETURNS = ("ück", "ueck", "ret", "charge")
_MINUS_WORDS = ("s", "soll", "d", "dr", "debit", "-", "belastung", "ausgang")
_PLUS_WORDS = ("h", "haben", "c", "cr", "credit", "+", "gutschrift", "eingang")
_NO_VALUE = ("n/a", "--", "null")
_BALANCES = ("anfangssaldo", "endsaldo")
_FIGURE = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class _Way:
    """How one table writes its amounts and days."""

    decimal: str
    days: str


class Cells(NamedTuple):
    """What a row says in each field, `layouts.NAMES` in their order; "" for nothing."""

    booked: str
    valued: str
    amount: str
    debit: str
    credit: str
    sign: str
    currency: str
    name: str
    payer: str
    payee: str
    iban: str
    text: str
    kind: str
    reference: str
    status: str
    own: str
    fee: str
    return_fee: str


class Table:
    """The rows below one heading."""

    def __init__(
        self,
        head: Head,
        before: Sequence[Row],
        rows: Sequence[Row],
        what: str,
        title: str | None,
    ):
        self.head, self.what, self.title = head, what, title
        self.before = before
        named = head.settings.get("currency")
        self.currency = named[0].upper() if named else _currency_in_heading(head)
        self.take = PURPOSES[head.layout.purpose]
        self.skipped: list[Skipped] = []
        filled = [row for row in rows if "".join(row.cells).strip()]
        may_be_balance = _may_hold(map(" ".join, (row.cells for row in filled)), _BALANCES)
        self.booked = [
            (row, cells_)
            for row, cells_ in zip(filled, _by_field(head, filled), strict=True)
            if self._is_booking(row, cells_, may_be_balance=may_be_balance)
        ]
        said = [cells_ for _, cells_ in self.booked]
        self.way = _Way(self._decimal(said), self._days(said))

    def statements(self) -> list[Statement]:
        """One for each account that the rows name."""
        by_account: dict[str | None, list[Entry]] = {}
        outside = self._account_before()
        for row, said in self.booked:
            try:
                entry = self._entry(row, said)
            except BadInput as error:
                raise BadInput(
                    f"{self.what}, line {row.line}: {error.message}",
                    error.hint or "nothing was taken; name the columns with `--map`",
                ) from None
            if isinstance(entry, Skipped):
                self.skipped.append(entry)
                continue
            own = _account(said.own) or outside
            by_account.setdefault(own, []).append(entry)
        bank = self.head.layout.bank
        if self.title:
            words = self.title.strip().removeprefix("Umsätze ").split("(")[0].strip()
            bank = f"{bank} {words}" if words else bank
        if not by_account:
            by_account[outside] = []
        skipped = tuple(self.skipped)
        made = []
        for account, entries in by_account.items():
            made.append(Statement("csv", bank, account, tuple(entries), skipped))
            skipped = ()
        return made

    def _is_booking(self, row: Row, said: Cells, *, may_be_balance: bool) -> bool:
        """Whether a row is one; what is left out on purpose is noted. Raises BadInput for neither."""
        place = f"line {row.line}"
        status = _word(said.status)
        if status in PENDING or _word(said.booked) in PENDING:
            self.skipped.append(Skipped(place, "pending"))
            return False
        if status in UNDONE:
            self.skipped.append(Skipped(place, status))
            return False
        if not said.booked[:1].isdigit() and not _FIGURE.search(said.booked):
            filled = [plain(cell) for cell in row.cells if cell.strip()]
            if filled[0].startswith(FOOTERS) or any(cell in FOOTERS for cell in filled):
                self.skipped.append(Skipped(place, "a balance, no booking"))
                return False
            raise BadInput(
                f'{self.what}, line {row.line}: "{said.booked.strip()[:40]}" is not a day, and the row is none '
                "that is known to be no booking",
                "nothing was taken; remove that line if it is no booking",
            )
        if may_be_balance and any(plain(cell) in _BALANCES for cell in row.cells):
            self.skipped.append(Skipped(place, "a balance, no booking"))
            return False
        if _word(said.kind) == "abschluss" and not said.amount.strip():
            self.skipped.append(Skipped(place, "closing of the account, no booking"))
            return False
        return True

    # ---- how it writes

    def _decimal(self, rows: Sequence[Cells]) -> str:
        asked = _setting(
            self.head.settings, "decimal", {"comma": ",", ",": ",", "dot": ".", ".": "."}
        )
        if asked:
            return asked
        texts = [
            text
            for said in rows
            for text in (said.amount, said.debit, said.credit, said.fee)
            if text
        ]
        own = self.head.layout.decimal
        if own and _all(texts, lambda text: cells.amount(text, own)):
            return own
        try:
            found = cells.decimal_sign(texts)
        except BadInput:
            self._blame()
            raise
        if found is None:
            raise BadInput(
                f"{self.what} does not show whether the dot or the comma is the decimal sign of its amounts, "
                f"as in {next(text for text in texts if '.' in text or ',' in text).strip()}",
                "say which: `--map decimal=comma` or `--map decimal=dot`",
            )
        return found

    def _blame(self) -> None:
        """Raises BadInput naming the first amount that cannot be read."""
        for row, said in self.booked:
            for text in (said.amount, said.debit, said.credit, said.fee):
                if text and not re.fullmatch(r"[\d.,]+", cells.bare(text)[0]):
                    raise BadInput(
                        f'{self.what}, line {row.line}: "{text.strip()[:40]}" is not an amount',
                        "nothing was taken; name the column of the amount with `--map amount=COLUMN`",
                    )
        raise BadInput(
            f"{self.what}: its amounts are written partly with a decimal comma, partly with a dot",
            "download it again without a spreadsheet in between",
        )

    def _days(self, rows: Sequence[Cells]) -> str:
        forms = {"dd/mm/yyyy": "dmy", "mm/dd/yyyy": "mdy", "yyyy-mm-dd": "ymd"}
        asked = _setting(self.head.settings, "date-format", forms)
        if asked:
            return asked
        texts = [text for said in rows for text in (said.booked, said.valued) if text]
        own = self.head.layout.days
        if own and _all(texts, lambda text: cells.day(text, own)):
            return own
        try:
            found = cells.date_form(texts)
        except BadInput:
            for row, said in self.booked:
                if not cells.is_day(said.booked):
                    raise BadInput(
                        f'{self.what}, line {row.line}: "{said.booked.strip()[:40]}" is not a day that exists',
                        "nothing was taken; name the column of the day with `--map booked=COLUMN`",
                    ) from None
            raise BadInput(
                f"{self.what}: its days are written in more than one way",
                "say which is meant: `--map date-format=dd/mm/yyyy`",
            ) from None
        if found is None:
            raise BadInput(
                f"{self.what} does not show whether the day or the month comes first in its dates",
                "say which: `--map date-format=dd/mm/yyyy` or `--map date-format=mm/dd/yyyy`",
            )
        return found

    def _account_before(self) -> str | None:
        """The IBAN that the lines before the heading name, if they name one."""
        found = {
            cells.account_number(match[0])
            for row in self.before
            for cell in row.cells
            for match in _IBAN.finditer(cell)
        }
        return found.pop() if len(found) == 1 else None

    # ---- one row

    def _entry(self, row: Row, said: Cells) -> Entry | Skipped:
        place = f"line {row.line}"
        booked = cells.day(said.booked, self.way.days)
        valued = cells.day(said.valued, self.way.days) if said.valued else None
        value = self._value(said)
        if not value:
            return Skipped(place, "a notice without an amount")
        money = _money(value, self._currency(said))
        name = (said.payer if value > 0 else said.payee) or said.name
        told = self.take(Told(said.text, name, said.kind, said.iban, said.reference, None))
        return Entry(
            place, booked, valued, money, _often(told.name), _account(told.iban),
            told.text or _often(told.kind) or "", tags.reference(told.reference),
            told.glued, _returned(said, told), (),
        )  # fmt: skip

    def _value(self, said: Cells) -> Decimal:
        if said.amount:
            value = cells.amount(said.amount, self.way.decimal)
        elif said.credit or said.debit:
            credit, debit = (
                cells.amount(side, self.way.decimal) if side else Decimal(0)
                for side in (said.credit, said.debit)
            )
            if credit and debit:
                raise BadInput("it has a debit and a credit, and no amount")
            value = abs(credit) - abs(debit)
        else:
            raise BadInput("it has no amount")
        if self.head.places["sign"]:
            value = _sided(value, said.sign)
        return value - abs(cells.amount(said.fee, self.way.decimal)) if said.fee else value

    def _currency(self, said: Cells) -> str:
        if said.currency in CURRENCIES:
            return said.currency
        text = said.currency.strip().upper().replace("€", "EUR")
        if text in CURRENCIES:
            return text
        if text:
            raise BadInput(f'"{text[:20]}" is not a currency')
        if self.currency is None:
            raise BadInput(
                "its currency is not said", "name the column, or the currency: `--map currency=EUR`"
            )
        return self.currency


# Names, accounts and words of a state come again and again.
_often = lru_cache(maxsize=1 << 12)(cells.words)
_account = lru_cache(maxsize=1 << 12)(cells.account_number)
_word = lru_cache(maxsize=1 << 12)(plain)


def _by_field(head: Head, rows: Sequence[Row]) -> Iterator[Cells]:
    """What each row says, by field; columns are taken apart at once, which is cheaper than row by row."""
    columns = list(zip_longest(*(row.cells for row in rows), fillvalue=""))
    nothing = ("",) * len(rows)
    fields = []
    for field in NAMES:
        clean = _blanks_out if field == "text" else _filled
        taken = [clean(columns[n]) for n in head.places[field] if n < len(columns)]
        glue = "\n" if field == "text" else " "
        fields.append(_joined(taken, glue) if taken else nothing)
    return map(Cells._make, zip(*fields, strict=True))


def _joined(columns: Sequence[Sequence[str]], glue: str) -> Sequence[str]:
    """One column of several, by what is in them."""
    if len(columns) == 1:
        return columns[0]
    return [glue.join(filter(None, parts)) for parts in zip(*columns, strict=True)]


def _filled(column: Sequence[str]) -> Sequence[str]:
    """The cells of a column, "" for one that says in a word that it holds nothing."""
    if _may_hold(column, _NO_VALUE):
        column = ["" if plain(cell) in _NO_VALUE else cell for cell in column]
    return _blanks_out(column)


def _blanks_out(column: Sequence[str]) -> Sequence[str]:
    if not any(map(str.isspace, column)):
        return column
    return ["" if cell.isspace() else cell for cell in column]


def _may_hold(texts: Iterable[str], words: Sequence[str]) -> bool:
    """Whether one of the words stands in any of the texts: asked once of all, not of each."""
    whole = "\n".join(texts).lower()
    return any(word in whole for word in words)


def _returned(said: Cells, told: Told) -> str | None:
    if said.return_fee or _return_word(told.kind):
        return cells.words(told.kind) or "returned"
    return _return_word(told.text)


def _return_word(text: str) -> str | None:
    """The word that tells a return."""
    small = text.lower()
    if not any(map(small.__contains__, _IN_RETURNS)):  # cheap, and no for nearly all
        return None
    match = _RETURNED.search(text)
    return match[0] if match else None


def _sided(value: Decimal, word: str) -> Decimal:
    side = plain(word)
    if side in _MINUS_WORDS:
        return -abs(value)
    if side in _PLUS_WORDS:
        return abs(value)
    raise BadInput(f'"{word.strip()[:20]}" does not say whether it is a debit or a credit')


def _money(value: Decimal, currency: str) -> Money:
    minor = value.scaleb(digits_of(currency))
    whole = int(minor)
    if whole != minor:
        raise BadInput(f"{value} {currency} has more decimals than the currency")
    return Money(whole, currency)


def _currency_in_heading(head: Head) -> str | None:
    """The currency that the heading of the amounts names: `Betrag (€)`, `Umsatz in EUR`.

    A layout that is known and names none is that of an account in euro.
    """
    for field in ("amount", "credit", "debit"):
        for n in head.places[field]:
            if "€" in head.names[n]:
                return "EUR"
            for word in re.findall(r"[a-z]{3}", head.names[n][-6:]):
                if word.upper() in CURRENCIES and re.search(rf"\b{word}\b", head.names[n]):
                    return str(word.upper())
    return "EUR" if head.layout is not UNKNOWN else None


def _setting(mapping: Columns, name: str, meanings: Mapping[str, str]) -> str | None:
    if name not in mapping:
        return None
    asked = mapping[name][-1].lower()
    if asked not in meanings:
        raise BadInput(f'"{asked}" is no {name}', f"choose one of {', '.join(meanings)}")
    return meanings[asked]


def _all(texts: Iterable[str], reads: Callable[[str], object]) -> bool:
    """Whether all can be read."""
    try:
        for text in texts:
            reads(text)
    except BadInput:
        return False
    return True
