"""The rows below one heading of a CSV, and the booking that each of them is."""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from cowork_cli.data.currencies import CURRENCIES, digits_of
from cowork_cli.domain.bank import Entry, Skipped, Statement
from cowork_cli.domain.money import Money
from cowork_cli.errors import BadInput
from cowork_cli.importers.bank import cells, tags
from cowork_cli.importers.bank.csv_balance import refuse_contrary
from cowork_cli.importers.bank.csv_columns import (
    Columns,
    Said,
    by_field,
    columns_of,
    may_hold,
    with_sign,
)
from cowork_cli.importers.bank.csv_guesses import loose
from cowork_cli.importers.bank.csv_heads import UNKNOWN, Head, Row, plain
from cowork_cli.importers.bank.csv_states import left_out
from cowork_cli.importers.bank.csv_ways import way_of
from cowork_cli.importers.bank.layouts import FOOTERS, MINUS_WORDS, PENDING, PLUS_WORDS
from cowork_cli.importers.bank.purposes import PURPOSES, Told
from cowork_cli.records import replace

_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b")
_RETURNED = re.compile(
    r"r(ü|ue)ck(lastschrift|gabe|buchung|zahlung)|retoure|returned|chargeback|storno|reversal",
    re.IGNORECASE,
)
_IN_RETURNS = ("ück", "ueck", "ret", "charge", "storno", "reversal")
_BALANCES = ("anfangssaldo", "endsaldo")
_FIGURE = re.compile(r"\d")
_CURRENCY_NAMES = ("waehrung", "kontowaehrung", "currency", "account currency")


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
        filled = [row for row in rows if "".join(row.cells).strip()]
        columns = columns_of(filled)
        self.head = head = _with_sign(head, columns, what)
        self.what, self.title = what, title
        self.before = before
        named = head.settings.get("currency")
        self.currency = (
            named[0].upper() if named else _currency_in_heading(head) or self._currency_before()
        )
        self.take = PURPOSES[head.layout.purpose]
        self.skipped: list[Skipped] = []
        may_be_balance = any(may_hold(column, _BALANCES) for column in columns)
        self.booked = [
            (row, said)
            for row, said in zip(filled, by_field(head, columns, len(filled)), strict=True)
            if self._is_booking(row, said, may_be_balance=may_be_balance)
        ]
        self.way = way_of(head, self.booked, what)

    def statements(self) -> list[Statement]:
        """One for each account that the rows name."""
        by_account: dict[str | None, list[Entry]] = {}
        outside = self._account_before()
        moved: list[tuple[Row, Decimal]] = []
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
            if self.head.layout is UNKNOWN:
                moved.append((row, entry.amount.amount))
            own = _account(said.own) or outside
            by_account.setdefault(own, []).append(entry)
            if said.fee and self.head.layout.fee_apart:
                by_account[own] += self._fee(entry, said)
        if len(by_account) == 1:
            refuse_contrary(self.head, moved, self.way.decimal, self.what)
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

    def _is_booking(self, row: Row, said: Said, *, may_be_balance: bool) -> bool:
        """Whether a row is one; what is left out on purpose is noted. Raises BadInput for neither."""
        reason = self._outside(row, said, may_be_balance=may_be_balance)
        if reason is not None:
            self.skipped.append(Skipped(f"line {row.line}", reason))
            return False
        width = len(self.head.names)
        if len(row.cells) > width and "".join(row.cells[width:]).strip():
            raise BadInput(
                f"{self.what}, line {row.line}: it has {len(row.cells)} cells, the heading {width}: what "
                "belongs where is not clear",
                "nothing was taken; put the text that holds the separator in quotes",
            )
        return True

    def _outside(self, row: Row, said: Said, *, may_be_balance: bool) -> str | None:
        """Why a row is no booking, None for one. Raises BadInput where neither is clear."""
        dated = said.booked[:1].isdigit()
        if dated and said.amount and not (said.status or may_be_balance):
            return None  # as nearly all
        if _word(said.booked) in PENDING:
            return "pending"
        reason = self._state(row, _word(said.status)) if said.status else None
        if reason is not None:
            return reason
        if not dated:
            reason = self._not_dated(row, said)
            if reason is not None:
                return reason
        if may_be_balance and any(plain(cell) in _BALANCES for cell in row.cells):
            return "a balance, no booking"
        if _word(said.kind) == "abschluss" and not said.amount:
            return "closing of the account, no booking"
        return None

    def _state(self, row: Row, word: str) -> str | None:
        """Why a row in that state is no booking. Raises BadInput where it is not known what the word means."""
        head = self.head
        if word in map(plain, head.settings.get("done", ())):
            return None
        heading = head.names[head.places["status"][0]]
        try:
            reason = left_out(heading, word, known=head.layout is not UNKNOWN)
        except BadInput as error:
            raise BadInput(f"{self.what}, line {row.line}: {error.message}", error.hint) from None
        done = head.layout.done
        return word if reason is None and done and word not in done else reason

    def _not_dated(self, row: Row, said: Said) -> str | None:
        """What a row is that does not begin with the figure of a day."""
        words = [plain(cell) for cell in row.cells if cell.strip()]
        if words[0].startswith(FOOTERS) or any(word in FOOTERS for word in words):
            return "a balance, no booking"
        if tuple(map(plain, row.cells)) == self.head.names:
            return "the heading again"
        if len(words) == 1 and not cells.is_day(words[0]):
            return f'a remark: "{words[0][:40]}"'
        if not _FIGURE.search(said.booked):
            raise BadInput(
                f'{self.what}, line {row.line}: "{said.booked.strip()[:40]}" is not a day, and the row is none '
                "that is known to be no booking",
                "nothing was taken; remove that line if it is no booking",
            )
        return None

    def _account_before(self) -> str | None:
        """The IBAN that the lines before the heading name, if they name one."""
        found = {
            cells.account_number(match[0])
            for row in self.before
            for cell in row.cells
            for match in _IBAN.finditer(cell)
        }
        return found.pop() if len(found) == 1 else None

    def _currency_before(self) -> str | None:
        """The currency that a line before the heading names, as `Währung;CHF`."""
        words = {
            cell.strip(' ="').upper()
            for row in self.before
            for name, cell in pairwise(row.cells)
            if loose(name) in _CURRENCY_NAMES
        }
        found = words & CURRENCIES
        return found.pop() if len(found) == 1 else None

    # ---- one row

    def _entry(self, row: Row, said: Said) -> Entry | Skipped:
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

    def _fee(self, entry: Entry, said: Said) -> list[Entry]:
        """What was kept back of a payment, as the booking of its own that it is."""
        value = cells.amount(said.fee, self.way.decimal)
        if not value:
            return []
        money = _money(value, entry.amount.currency)
        name = " ".join(self.head.names[n] for n in self.head.places["fee"])
        text = f"{name.capitalize()}: {entry.reference or entry.text}"
        return [entry._replace(amount=money, text=text, reference=None, glued=None, returned=None)]

    def _value(self, said: Said) -> Decimal:
        if said.amount:
            value = cells.amount(said.amount, self.way.decimal)
        elif said.credit or said.debit:
            credit, debit = (
                cells.amount(side, self.way.decimal) if side else Decimal(0)
                for side in (said.credit, said.debit)
            )
            if credit and debit:
                raise BadInput("it has a debit and a credit, and no amount")
            value = credit - self.way.debit * debit
        else:
            raise BadInput("it has no amount")
        if self.head.places["sign"]:
            value = _sided(value, said.sign)
        if not said.fee or self.head.layout.fee_apart:
            return value
        fee = cells.amount(said.fee, self.way.decimal)
        if fee and self.head.layout is UNKNOWN and "fee" not in self.head.asked:
            column = self.head.names[self.head.places["fee"][0]]
            raise BadInput(
                f'whether the amount holds the {said.fee.strip()} of "{column}" is not said',
                f'say that it comes off: `--map "fee={column}"`, or that it is in the amount: `--map fee=-`',
            )
        return value - abs(fee)

    def _currency(self, said: Said) -> str:
        own = cells.currency_of(said.amount or said.debit or said.credit)
        if said.currency in CURRENCIES and own in (None, said.currency):
            return said.currency
        text = said.currency.strip().upper().replace("€", "EUR")
        if text and text not in CURRENCIES:
            raise BadInput(f'"{text[:20]}" is not a currency')
        told = text or self.currency or own or self._of_account(said)
        if told is None:
            raise BadInput(
                "its currency is not said", "name the column, or the currency: `--map currency=EUR`"
            )
        if own not in (None, told):
            raise BadInput(f"its amount is in {own}, but its currency {told}")
        return told

    def _of_account(self, said: Said) -> str | None:
        """The currency of the country of the own account, where nothing else tells it; it is shown."""
        found = cells.currency_of_account(_account(said.own) or self._account_before())
        if found and "currency" not in self.head.settings:
            settings = {**self.head.settings, "currency": [f"{found} (of the account)"]}
            self.head = replace(self.head, settings=settings)
        return found


# Names, accounts and words of a state come again and again.
_often = lru_cache(maxsize=1 << 12)(cells.words)
_account = lru_cache(maxsize=1 << 12)(cells.account_number)
_word = lru_cache(maxsize=1 << 12)(plain)


def _with_sign(head: Head, columns: Columns, what: str) -> Head:
    try:
        return with_sign(head, columns)
    except BadInput as error:
        raise BadInput(f"{what}: {error.message}", error.hint) from None


def _returned(said: Said, told: Told) -> str | None:
    if said.return_fee or _returning(told.kind):
        return cells.words(told.kind) or "returned"
    return _return_word(told.text)


def _return_word(text: str) -> str | None:
    """The word that tells a return."""
    small = text.lower()
    if not any(map(small.__contains__, _IN_RETURNS)):  # cheap, and no for nearly all
        return None
    match = _RETURNED.search(text)
    return match[0] if match else None


_returning = lru_cache(maxsize=1 << 10)(_return_word)


def _sided(value: Decimal, word: str) -> Decimal:
    side = plain(word)
    if side in PLUS_WORDS and value < 0:
        raise BadInput(f'"{word.strip()[:20]}" says that money came, but its amount is below zero')
    if side in MINUS_WORDS:
        return -abs(value)
    if side in PLUS_WORDS:
        return value
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
