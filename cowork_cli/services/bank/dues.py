"""Invoices that wait for money, in plain figures, and whose money it is."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

from cowork_cli.domain.billing import parse_skonto
from cowork_cli.domain.money import Money
from cowork_cli.domain.settlement import Paid, closing_payment
from cowork_cli.records import dataclass

_LEGAL = re.compile(
    r"\b(gmbh|mbh|ag|kg|ug|ohg|gbr|e\.? ?k|co|se|ltd|inc|llc|haftungsbeschränkt|und|and|the|herr|frau)\b\.?"
)


@dataclass(frozen=True, slots=True)
class Due:
    """An invoice that counts. Amounts are minor units; `payments` by day, `skonto` as agreed."""

    row: int
    number: str
    client: int
    name: str
    day: date
    currency: str
    gross: int
    prepaid: int
    skonto: str | None
    payments: tuple[Paid, ...]

    @property
    def paid(self) -> int:
        """What came for it."""
        return sum(payment.minor for payment in self.payments)

    @property
    def open(self) -> int:
        """What is left, after the Skonto that was taken; below zero it is credit."""
        payable = self.gross - self.prepaid
        taken = 0
        if self.skonto and self.payments:
            percent, until = self._terms()
            closing = closing_payment(percent, until, Money(payable, self.currency), self.payments)
            taken = closing[1].minor if closing else 0
        return payable - self.paid - taken

    def _terms(self) -> tuple[Decimal, date]:
        percent, days = parse_skonto(self.skonto or "")
        return percent, self.day + timedelta(days=days)

    def less_skonto(self, on: date) -> int | None:
        """What closes it on a day with Skonto; None where none is agreed or its day has passed."""
        if not self.skonto:
            return None
        percent, until = self._terms()
        payable = Money(self.gross - self.prepaid, self.currency)
        if on > until:
            return None
        return (
            payable.minor
            - Money.of(payable.amount * percent / 100, self.currency).minor
            - self.paid
        )


def same_name(client: str, payer: str | None) -> bool:
    """Whether the words of one name, without legal forms, are all in the other."""
    if not payer:
        return False
    mine, theirs = (
        set(re.findall(r"[^\W_]+", _LEGAL.sub(" ", one.casefold()))) for one in (client, payer)
    )
    return bool(mine and theirs) and (mine <= theirs or theirs <= mine)
