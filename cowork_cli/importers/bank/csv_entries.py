"""The rows below one heading of a CSV: how they write amounts and days, and the booking each of them is."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

from cowork_cli.data.currencies import CURRENCIES, digits_of
from cowork_cli.domain.bank import Entry, Skipped, Statement
from cowork_cli.domain.money import Money
from cowork_cli.errors import BadInput
from cowork_cli.importers.bank import cells, tags
from cowork_cli.importers.bank.csv_heads import UNKNOWN, Columns, Head, Row, plain
from cowork_cli.importers.bank.layouts import FOOTERS, PENDING, UNDONE
from cowork_cli.importers.bank.purposes import PURPOSES, Told
from cowork_cli.records import dataclass

_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b")
_RETURNED = re.compile(
    r"r(ü|ue)ck(lastschrift|gabe|buchung)|retoure|returned|chargeback", re.IGNORECASE
)
_MINUS_WORDS = ("s", "soll", "d", "dr", "debit", "-", "belastung", "ausgang")
_PLUS_WORDS = ("h", "haben", "c", "cr", "credit", "+", "gutschrift", "eingang")
_NO_VALUE = ("n/a", "--", "null")
_NO_VALUE_IN = re.compile("|".join(_NO_VALUE), re.IGNORECASE)  # dearer `plain` is for these alone
_BALANCES = ("anfangssaldo", "endsaldo")
_FIGURE = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class _Way:
    """How one table writes its amounts and days."""

    decimal: str
    days: str


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
        self.rows = [row for row in rows if any(map(str.strip, row.cells))]
        named = head.settings.get("currency")
        self.currency = named[0].upper() if named else _currency_in_heading(head)
        self.take = PURPOSES[head.layout.purpose]
        self.skipped: list[Skipped] = []
        booked = [row for row in self.rows if self._is_booking(row)]
        self.way = _Way(self._decimal(booked), self._days(booked))
        self.booked = booked

    def statements(self) -> list[Statement]:
        """One for each account that the rows name."""
        by_account: dict[str | None, list[Entry]] = {}
        outside = self._account_before()
        for row in self.booked:
            try:
                entry = self._entry(row)
            except BadInput as error:
                raise BadInput(
                    f"{self.what}, line {row.line}: {error.message}",
                    error.hint or "nothing was taken; name the columns with `--map`",
                ) from None
            if isinstance(entry, Skipped):
                self.skipped.append(entry)
                continue
            own = cells.account_number(self._cell(row, "own")) or outside
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

    def _is_booking(self, row: Row) -> bool:
        """Whether a row is one; what is left out on purpose is noted. Raises BadInput for neither."""
        day = self._cell(row, "booked")
        status = plain(self._cell(row, "status"))
        place = f"line {row.line}"
        if status in PENDING or plain(day) in PENDING:
            self.skipped.append(Skipped(place, "pending"))
            return False
        if status in UNDONE:
            self.skipped.append(Skipped(place, status))
            return False
        if not _FIGURE.search(day):
            filled = [plain(cell) for cell in row.cells if cell.strip()]
            if filled[0].startswith(FOOTERS) or any(cell in FOOTERS for cell in filled):
                self.skipped.append(Skipped(place, "a balance, no booking"))
                return False
            raise BadInput(
                f'{self.what}, line {row.line}: "{day.strip()[:40]}" is not a day, and the row is none '
                "that is known to be no booking",
                "nothing was taken; remove that line if it is no booking",
            )
        if any("saldo" in cell.lower() and plain(cell) in _BALANCES for cell in row.cells):
            self.skipped.append(Skipped(place, "a balance, no booking"))
            return False
        if plain(self._cell(row, "kind")) == "abschluss" and not self._cell(row, "amount").strip():
            self.skipped.append(Skipped(place, "closing of the account, no booking"))
            return False
        return True

    def _cell(self, row: Row, field: str) -> str:
        places = self.head.places[field]
        if not places:
            return ""
        found = [row.cells[n] for n in places if n < len(row.cells)]
        filled = [cell for cell in found if cell.strip() and not _is_no_value(cell)]
        return filled[0] if len(filled) == 1 else " ".join(filled)

    # ---- how it writes

    def _decimal(self, rows: Sequence[Row]) -> str:
        asked = _setting(
            self.head.settings, "decimal", {"comma": ",", ",": ",", "dot": ".", ".": "."}
        )
        if asked:
            return asked
        fields = ("amount", "debit", "credit", "fee")
        texts = [text for row in rows for field in fields if (text := self._cell(row, field))]
        own = self.head.layout.decimal
        if own and _all(texts, lambda text: cells.amount(text, own)):
            return own
        try:
            found = cells.decimal_sign(texts)
        except BadInput:
            self._blame(rows, fields, own or ",")
            raise
        if found is None:
            raise BadInput(
                f"{self.what} does not show whether the dot or the comma is the decimal sign of its amounts, "
                f"as in {next(text for text in texts if '.' in text or ',' in text).strip()}",
                "say which: `--map decimal=comma` or `--map decimal=dot`",
            )
        return found

    def _blame(self, rows: Sequence[Row], fields: Sequence[str], sign: str) -> None:
        """Raises BadInput naming the first amount that cannot be read."""
        for row in rows:
            for field in fields:
                text = self._cell(row, field)
                figures = cells.bare(text)[0]
                if text and not re.fullmatch(r"[\d.,]+", figures):
                    raise BadInput(
                        f'{self.what}, line {row.line}: "{text.strip()[:40]}" is not an amount',
                        "nothing was taken; name the column of the amount with `--map amount=COLUMN`",
                    )
        raise BadInput(
            f"{self.what}: its amounts are written partly with a decimal comma, partly with a dot",
            "download it again without a spreadsheet in between",
        )

    def _days(self, rows: Sequence[Row]) -> str:
        forms = {"dd/mm/yyyy": "dmy", "mm/dd/yyyy": "mdy", "yyyy-mm-dd": "ymd"}
        asked = _setting(self.head.settings, "date-format", forms)
        if asked:
            return asked
        fields = ("booked", "valued")
        texts = [text for row in rows for field in fields if (text := self._cell(row, field))]
        own = self.head.layout.days
        if own and _all(texts, lambda text: cells.day(text, own)):
            return own
        try:
            found = cells.date_form(texts)
        except BadInput:
            for row in rows:
                text = self._cell(row, "booked")
                if not cells.is_day(text):
                    raise BadInput(
                        f'{self.what}, line {row.line}: "{text.strip()[:40]}" is not a day that exists',
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

    def _entry(self, row: Row) -> Entry | Skipped:
        place = f"line {row.line}"
        booked = cells.day(self._cell(row, "booked"), self.way.days)
        valued_text = self._cell(row, "valued")
        valued = cells.day(valued_text, self.way.days) if valued_text else None
        value = self._value(row)
        if not value:
            return Skipped(place, "a notice without an amount")
        money = _money(value, self._currency(row))
        told = self.take(
            Told(
                self._cell_whole(row, "text"), self._name(row, value), self._cell(row, "kind"),
                self._cell(row, "iban"), self._cell(row, "reference"), None,
            )
        )  # fmt: skip
        return Entry(
            place, booked, valued, money, cells.words(told.name), cells.account_number(told.iban),
            cells.words(told.text) or cells.words(told.kind) or "", tags.reference(told.reference),
            told.glued, self._returned(row, told), (),
        )  # fmt: skip

    def _cell_whole(self, row: Row, field: str) -> str:
        """A cell with its line ends; of several columns one below the other."""
        places = self.head.places[field]
        return "\n".join(
            row.cells[n] for n in places if n < len(row.cells) and row.cells[n].strip()
        )

    def _returned(self, row: Row, told: Told) -> str | None:
        if self._cell(row, "return-fee") or _RETURNED.search(told.kind):
            return cells.words(told.kind) or "returned"
        match = _RETURNED.search(told.text)
        return match[0] if match else None

    def _name(self, row: Row, value: Decimal) -> str:
        side = "payer" if value > 0 else "payee"
        return self._cell(row, side) or self._cell(row, "name")

    def _value(self, row: Row) -> Decimal:
        text = self._cell(row, "amount")
        sides = [self._cell(row, side) for side in ("credit", "debit")]
        if text:
            value = cells.amount(text, self.way.decimal)
        elif any(sides):
            credit, debit = (
                cells.amount(side, self.way.decimal) if side else Decimal(0) for side in sides
            )
            if credit and debit:
                raise BadInput("it has a debit and a credit, and no amount")
            value = abs(credit) - abs(debit)
        else:
            raise BadInput("it has no amount")
        if self.head.places["sign"]:
            value = _sided(value, self._cell(row, "sign"))
        fee = self._cell(row, "fee")
        return value - abs(cells.amount(fee, self.way.decimal)) if fee else value

    def _currency(self, row: Row) -> str:
        text = self._cell(row, "currency").strip().upper().replace("€", "EUR")
        if text in CURRENCIES:
            return text
        if text:
            raise BadInput(f'"{text[:20]}" is not a currency')
        if self.currency is None:
            raise BadInput(
                "its currency is not said", "name the column, or the currency: `--map currency=EUR`"
            )
        return self.currency


def _is_no_value(cell: str) -> bool:
    """Whether a cell says that it holds nothing."""
    return _NO_VALUE_IN.search(cell) is not None and plain(cell) in _NO_VALUE


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
