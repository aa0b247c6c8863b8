"""Contracts as they were agreed, and the notices that were sent."""

from __future__ import annotations

import json
from datetime import date

from cowork_cli.domain.calendar_days import Length, parse_length
from cowork_cli.domain.contract import Terms
from cowork_cli.domain.money import Money, Price
from cowork_cli.domain.notice import Notice, parse_notice
from cowork_cli.records import dataclass
from cowork_cli.store.engine.journal import Journal
from cowork_cli.store.engine.store import Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any


_COLUMNS = """c.id, c.name, c.address_id, c.space, c.starts, c.price, c.notice, c.min_term, c.renews,
    c.tail, c.form, c.deposit, c.note, c.sent, c.ends"""


@dataclass(frozen=True, slots=True)
class Agreed:
    """A row: what was agreed, and `sent` and `ends` of the notice that was given."""

    number: int
    name: str
    terms: Terms
    address: int | None
    space: str | None
    price: Price | None
    deposit: Money | None
    tail: str | None
    form: str | None
    note: str | None
    sent: date | None
    ends: date | None


def every(store: Store) -> list[Agreed]:
    """All contracts, in the order they were added."""
    return [_agreed(row) for row in store.rows(f"SELECT {_COLUMNS} FROM contracts c ORDER BY c.id")]


def one(store: Store, number: int) -> Agreed | None:
    """The contract `c-NUMBER`, or None."""
    row = store.row(f"SELECT {_COLUMNS} FROM contracts c WHERE c.id = ?", number)
    return None if row is None else _agreed(row)


def terms_of_all(store: Store) -> Iterator[tuple[int, str, Terms, date | None, str | None]]:
    """Number, name, terms, the end that a notice gave, and the tail of each: all that deadlines read."""
    for row in store.rows(
        "SELECT id, name, starts, notice, min_term, renews, ends, tail FROM contracts ORDER BY id"
    ):
        yield row.id, row.name, _terms(row), _day(row.ends), row.tail


def of_address(store: Store, address: int) -> list[int]:
    """The contracts of an address, the newest first."""
    rows = store.rows("SELECT id FROM contracts WHERE address_id = ? ORDER BY id DESC", address)
    return [row.id for row in rows]


def add(journal: Journal, values: Mapping[str, Any]) -> int:
    """Adds a contract and returns its number."""
    return journal.insert("contracts", values)


def change(journal: Journal, number: int, values: Mapping[str, Any]) -> bool:
    """Changes a contract; False if it is that way already."""
    return journal.update("contracts", number, values)


def remove(journal: Journal, number: int) -> None:
    """Removes a contract."""
    journal.delete("contracts", number)


def money_text(money: Money | None) -> str | None:
    """Money as the store keeps it."""
    return None if money is None else json.dumps([money.minor, money.currency])


def _agreed(row: Any) -> Agreed:
    from cowork_cli.store.spaces import price_from_json

    return Agreed(
        number=row.id,
        name=row.name,
        terms=_terms(row),
        address=row.address_id,
        space=row.space,
        price=None if row.price is None else price_from_json(json.loads(row.price)),
        deposit=None if row.deposit is None else Money(*json.loads(row.deposit)),
        tail=row.tail,
        form=row.form,
        note=row.note,
        sent=_day(row.sent),
        ends=_day(row.ends),
    )


# Few clauses are written in many contracts: each is taken apart once.
_NOTICES: dict[str, Notice] = {}
_LENGTHS: dict[str, Length] = {}


def _terms(row: Any) -> Terms:
    notice, term = row.notice, row.min_term
    if notice not in _NOTICES:
        _NOTICES[notice] = parse_notice(notice)
    if term is not None and term not in _LENGTHS:
        _LENGTHS[term] = parse_length(term, "the term")
    starts = date.fromisoformat(row.starts)
    return Terms(starts, _NOTICES[notice], None if term is None else _LENGTHS[term], row.renews)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
