"""Bookings on bank accounts: what statements say, and what was made of it."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from cowork_cli.domain.money import Money
from cowork_cli.records import dataclass

STATES = ("open", "matched", "ignored")


@dataclass(frozen=True, slots=True)
class Part:
    """One transfer of a batch that the bank booked as one sum. `amount` is below zero for a debit."""

    amount: Money
    name: str | None
    iban: str | None
    text: str
    reference: str | None = None


class Entry(NamedTuple):
    """One booking as a statement has it. `place` names it there (`line 12`, `entry 3`).

    `amount` is below zero where money leaves. `text` is the purpose; where pieces were joined and it is
    open whether a blank belongs between them, `glued` is the other way to join. `returned` is the reason
    of a return, by its code or in words.
    """

    place: str
    booked: dt.date
    valued: dt.date | None
    amount: Money
    name: str | None
    iban: str | None
    text: str
    reference: str | None = None
    glued: str | None = None
    returned: str | None = None
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is no booking, and why: pending, a notice without an amount."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What a file says of one account. `account` is its IBAN or number, None where the file has none.

    `bank` is the name of the layout, `form` the format. `opening` and `closing` are balances.
    """

    form: str
    bank: str
    account: str | None
    entries: tuple[Entry, ...]
    skipped: tuple[Skipped, ...] = ()
    opening: Money | None = None
    closing: Money | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BankBooking:
    """A booking that was taken. `invoices` are the numbers that it pays, `expense` what it paid for.

    `rest` is what neither explains. `parts` are the transfers of a batch. `returned`: why it came back.
    """

    id: str
    account: str
    booked: dt.date
    valued: dt.date | None
    amount: Money
    currency: str
    name: str | None
    iban: str | None
    text: str
    reference: str | None
    state: str
    invoices: tuple[str, ...]
    expense: str | None
    rest: Money
    returned: str | None = None
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class BankImport:
    """What an import did: rows read, new, known before, and left out as no bookings, with reasons."""

    account: str
    format: str
    bank: str
    read: int
    new: int
    known: int
    skipped: tuple[Skipped, ...]
    from_: dt.date | None
    to: dt.date | None
    mapping: dict[str, str]
    ids: tuple[str, ...]
    dry_run: bool


@dataclass(frozen=True, slots=True)
class Settles:
    """What a booking pays of one invoice: `amount` of it; `payment` is one that was recorded by hand."""

    invoice: str
    amount: Money
    payment: int | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """What a booking can be explained by.

    `kind` is `payment`, `part`, `skonto`, `credit` (more than is open), `return`, `known` (recorded by
    hand) or `expense`. `sure`: number and amount agree. `why` says what agreed.
    """

    booking: str
    booked: dt.date
    amount: Money
    name: str | None
    kind: str
    sure: bool
    settles: tuple[Settles, ...]
    invoices: tuple[str, ...]
    expense: str | None
    why: str
    recorded: bool = False
