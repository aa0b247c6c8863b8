"""From what an entry of CAMT says (`camt_said`) to the booking that it is.

`Amt` is never negative; `CdtDbtInd` tells the direction of the entry itself, also of one that takes another
back (`RvslInd`). In a batch each part keeps its own amount and payer.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from cowork_cli.data.currencies import CURRENCIES, digits_of
from cowork_cli.domain.bank import Entry, Part, Skipped
from cowork_cli.domain.money import Money
from cowork_cli.errors import BadInput
from cowork_cli.importers.bank.camt_said import Detail, Said
from cowork_cli.importers.bank.cells import account_number, words
from cowork_cli.importers.bank.tags import reference

_RETURN_GVC = ("109",)  # DK: returned direct debit
_OUTSIDE = {"PDNG": "pending", "INFO": "for information"}


def entry(said: Said, details: Sequence[Detail], place: str) -> Entry | Skipped:
    """The booking, or why it is none. Raises BadInput for what cannot be read."""
    if said.state not in ("BOOK", None):
        state = said.state.strip()
        if state != "BOOK":
            return Skipped(place, _OUTSIDE.get(state, state))
    booked, valued = _day(said.booked), _day(said.valued)
    if booked is None:
        booked = valued
    if booked is None:
        raise BadInput("it has no day of booking")
    money = signed(said.amount, said.currency, said.side)
    if not money.minor:
        return Skipped(place, "a notice without an amount")
    if len(details) > 1:
        return _batch(said, place, (booked, valued), money, details)
    name, iban, text, told, glued, returned = _told(details[0], money) if details else _NOTHING
    info = _often(said.info)
    if returned is None and said.code and _is_return(said.code):
        returned = info or "returned"
    if returned is None and said.reversal and said.reversal.strip() in ("true", "1"):
        returned = "reversal"
    return Entry(
        place, booked, valued, money, name, iban, text or info or "",
        told or reference(said.own_reference), glued, returned, (),
    )  # fmt: skip


# Name, IBAN, text, reference, the text glued, why it was returned.
_Told = tuple[str | None, str | None, str, str | None, str | None, str | None]
_Party = tuple[str | None, str | None, str | None]  # name, IBAN, who stands behind
_NOTHING: _Told = (None, None, "", None, None, None)


def _told(detail: Detail, money: Money) -> _Told:
    name, iban = _other_side(detail[:3], detail[3:6], credit=money.minor >= 0)
    pieces = detail.remittance
    if detail.references:
        there = " ".join(pieces)
        pieces = (*pieces, *(one for one in detail.references if one.strip() not in there))
    text, close = words(" ".join(pieces)) or "", None
    if len(pieces) > 1:
        close = words("".join(pieces))
    found = reference(detail.end_to_end)
    if found is None and detail.references:
        found = next(filter(None, map(reference, detail.references)), None)
    glued = close if close != text else None
    return name, iban, text or found or "", found, glued, words(detail.returned)


def _batch(
    said: Said,
    place: str,
    days: tuple[date, date | None],
    money: Money,
    details: Sequence[Detail],
) -> Entry:
    """Several transfers in one sum. Where a part has no amount, only their texts can be told."""
    parts: list[Part] = []
    texts: list[str] = []
    for detail in details:
        name, iban, text, found, _, _ = _told(detail, money)
        amount = _part_amount(detail, money)
        if amount is not None:
            parts.append(Part(amount, name, iban, text, found))
        texts.append(" ".join(filter(None, (name, text))))
    if len(parts) == len(details) and sum(part.amount.minor for part in parts) == money.minor:
        text = words(said.info) or f"batch of {len(parts)}"
        return Entry(place, *days, money, None, None, text, parts=tuple(parts))
    return Entry(place, *days, money, None, None, words(" / ".join(texts)) or "")


def _part_amount(detail: Detail, entry: Money) -> Money | None:
    """What a part adds to the account, in the currency of the account; None where none is said."""
    below = entry.minor < 0 if detail.side is None else detail.side.strip() == "DBIT"
    for text, currency in detail.amounts:
        if currency in (None, entry.currency):
            return _money(text.strip(), entry.currency, below=below)
    return None


@lru_cache(maxsize=4096)  # a statement has few payers for its bookings
def _other_side(debtor: _Party, creditor: _Party, *, credit: bool) -> tuple[str | None, str | None]:
    """Name and IBAN of who paid, or of who was paid; the last in the chain counts, where it is said."""
    party, iban, behind = debtor if credit else creditor
    if party is None and behind is None:
        # In returns roles may stay as in the order that is returned.
        party, iban, behind = creditor if credit else debtor
    name, behind = words(party), words(behind)
    if behind and behind != name:
        name = f"{behind} ({name})" if name else behind
    return name, account_number(iban)


_often = lru_cache(maxsize=256)(words)


@lru_cache(maxsize=256)
def _is_return(code: str) -> bool:
    """Whether a code such as `NTRF+109+00931` is that of a return."""
    return any(one in _RETURN_GVC for one in code.strip().split("+"))


def signed(amount: str | None, currency: str | None, side: str | None) -> Money:
    """An amount and its `CdtDbtInd`, below zero for a debit. Raises BadInput."""
    if amount is None:
        raise BadInput("it has no amount")
    side = side and side.strip()
    if side not in ("CRDT", "DBIT"):
        raise BadInput("whether it is a credit or a debit is not said (CdtDbtInd)")
    return _money(amount.strip(), currency or "", below=side == "DBIT")


def _money(text: str, currency: str, *, below: bool) -> Money:
    whole, _, cents = text.partition(".")
    figures = whole + cents
    usual = len(cents) == _decimals(currency) == 2 and len(whole) < 13
    if usual and figures.isascii() and figures.isdigit():
        return Money(-int(figures) if below else int(figures), currency)
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise BadInput(f'"{text[:40]}" is not an amount') from None
    if not value.is_finite() or value < 0 or value >= 10**13:
        raise BadInput(f'"{text[:40]}" is not an amount of a statement')
    money = Money.of(value, currency)
    if money.amount != value:
        raise BadInput(f"{text} {currency} has more decimals than the currency")
    return -money if below else money


@lru_cache(maxsize=256)
def _decimals(currency: str) -> int:
    """The decimals of a currency. Raises BadInput for what is none."""
    if currency not in CURRENCIES:
        raise BadInput(f'"{currency}" is not a currency')
    return digits_of(currency)


@lru_cache(maxsize=1024)
def _day(text: str | None) -> date | None:
    """The day as written; a time and its zone move nothing."""
    if text is None:
        return None
    text = text.strip()
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise BadInput(f'"{text[:40]}" is not a day') from None
