"""A year of random events in a real store: invoices, cancellations, payments by hand and by the bank, expenses.

What happened is kept beside in plain figures, so that nothing is compared with itself. Invoices are written as
issued rows: what is asked here is whether the sums agree, not how a page looks.
"""

import json
import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from cowork_cli.domain.invoice import VatRow, vat_amount
from cowork_cli.domain.money import Money
from cowork_cli.errors import CoworkError
from cowork_cli.services.bank import importing, linking
from cowork_cli.services.books import expenses
from cowork_cli.services.invoices import payments
from cowork_cli.store import invoices as invoice_store
from cowork_cli.store.engine.store import Store
from tests import stores
from tests.importers.bank import samples

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
TODAY = LAST
NOW = datetime(2026, 12, 31, 20, 0, tzinfo=UTC)
KINDS = ("issue", "issue", "pay", "bank", "bank", "bank", "cancel", "return", "expense", "outgoing")
CASES = (("S", "19"), ("S", "7"), ("AE", "0"), ("O", "0"), ("E", "0"))
CATEGORIES = ("rent", "it", "phone", "other", None)


@dataclass
class Billed:
    """An invoice as it was written."""

    row: int
    number: str
    client: int
    day: date
    rows: tuple[VatRow, ...]
    skonto: bool
    cancelled: bool = False

    @property
    def gross(self) -> int:
        return sum(row.base.minor + row.amount.minor for row in self.rows)


@dataclass
class Year:
    """The store and what was put into it."""

    store: Store
    folder: Path
    dice: random.Random
    billed: list[Billed] = field(default_factory=list)
    moved: int = 0
    spent: int = 0
    entries: list[str] = field(default_factory=list)
    clients: list[int] = field(default_factory=list)

    def day(self, since: date = FIRST) -> date:
        return since + timedelta(days=self.dice.randrange((LAST - since).days + 1))

    def begin(self) -> None:
        with self.store.transaction() as journal:
            for n in range(3):
                row = {"slug": f"c{n}", "name": f"Client {n} GmbH", "type": "business", "currency": "EUR",
                       "tax": "standard"}  # fmt: skip
                self.clients.append(journal.insert("clients", row))

    def happen(self, kind: str) -> None:
        getattr(self, f"_{kind}")()

    def _write(self, client: int, day: date, rows: tuple[VatRow, ...], **more: object) -> Billed:
        number = f"2026-{len(self.billed) + 1:04}"
        net = sum(row.base.minor for row in rows)
        made = Billed(0, number, client, day, rows, bool(more.get("skonto")))
        row = {
            "state": "issued", "number": number, "type": 380, "series": "", "client_id": client,
            "date": day.isoformat(), "due": (day + timedelta(days=14)).isoformat(), "currency": "EUR",
            "net": net, "gross": made.gross, "vat": invoice_store.vat_json(rows), "created_at": 0,
            "document": json.dumps({"buyer": {"vat_id": "FR40303265045"}}), **more,
        }  # fmt: skip
        with self.store.transaction() as journal:
            made.row = journal.insert("invoices", row)
        self.billed.append(made)
        return made

    def _issue(self) -> None:
        cases = self.dice.sample(CASES, 1 if self.dice.random() < 0.7 else 2)
        rows = []
        for category, rate in cases:
            base = Money(self.dice.randrange(1, 900_000))
            reason = "Steuerfrei nach § 4 UStG" if category == "E" else None
            rows.append(
                VatRow(Decimal(rate), category, base, vat_amount(base, Decimal(rate)), reason)
            )
        # DATEV's charts have an account for Skonto on taxed turnover alone; of other it is said to be left out.
        taxed = all(category == "S" for category, _ in cases)
        skonto = "2%/10d" if taxed and self.dice.random() < 0.4 else None
        self._write(self.dice.choice(self.clients), self.day(), tuple(rows), skonto=skonto)

    def _some(self) -> Billed | None:
        there = [one for one in self.billed if not one.cancelled]
        return self.dice.choice(there) if there else None

    def _pay(self) -> None:
        one = self._some()
        if one is None:
            return
        amount = self.dice.choice((one.gross, one.gross // 3 + 1, one.gross + 500))
        payments.pay(self.store, one.number, Money(amount), self.day(one.day), TODAY)

    def _bank(self) -> None:
        one = self._some()
        if one is None:
            return
        day = self.day(one.day)
        less = one.gross - round(one.gross * 0.02)
        amount = self.dice.choice((one.gross, one.gross, less, one.gross // 2 + 1))
        self._entry(amount, f"Rechnung {one.number}", day)

    def _return(self) -> None:
        one = self._some()
        if one is not None:
            more = "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>"
            self._entry(-one.gross, f"Ruecklast {one.number}", LAST, more)

    def _outgoing(self) -> None:
        self._entry(
            -self.dice.randrange(1, 50_000), self.dice.choice(("Coffee", "Paper")), self.day()
        )

    def _entry(self, minor: int, text: str, day: date, more: str = "") -> None:
        if minor == 0:
            return
        amount = f"{'-' if minor < 0 else ''}{abs(minor) // 100}.{abs(minor) % 100:02}"
        self.entries.append(samples.entry(amount, text, day=day.isoformat(), more=more))
        self.moved += minor

    def _cancel(self) -> None:
        one = self._some()
        if one is None or self.dice.random() < 0.5:
            return
        one.cancelled = True
        rows = tuple(
            VatRow(row.rate, row.category, -row.base, -row.amount, row.reason) for row in one.rows
        )
        made = self._write(one.client, LAST, rows, type=384, cancels_id=one.row)
        made.cancelled = True

    def _expense(self) -> None:
        gross = self.dice.randrange(-20_000, 90_000) or 1
        spent = expenses.Spent(
            day=self.day(), text="x", gross=f"{Money(gross).amount:f}", vat=self.dice.choice(("19", "7", "0")),
            category=self.dice.choice(CATEGORIES),
        )  # fmt: skip
        expenses.add(self.store, spent, TODAY, small_business=False)
        self.spent += gross

    def take_statements(self) -> None:
        """All of the bank in two files that overlap, matched until nothing sure is left."""
        third = len(self.entries) // 3
        for name, part in (("a", self.entries[: 2 * third]), ("b", self.entries)):
            file = self.folder / f"{name}.xml"
            file.write_bytes(samples.camt(*part))
            importing.import_file(self.store, importing.Request(file, None, {}, None, False))
        while sure := [one for one in linking.proposals(self.store, TODAY) if one.sure]:
            linking.record(self.store, sure, TODAY)
        for one in linking.proposals(self.store, TODAY):
            if one.invoices and self.dice.random() < 0.5:
                with_numbers = list(one.invoices)
                try:
                    linking.pay_by_hand(self.store, one.booking, with_numbers, None, TODAY)
                except CoworkError:
                    continue
        self._spend_some()

    def _spend_some(self) -> None:
        for row in linking.bank.unexplained(self.store):
            if row.amount < 0 and row.returned is None and self.dice.random() < 0.5:
                spent = expenses.Spent(bank=f"bank-{row.id}", category="material")
                expenses.add(self.store, spent, TODAY, small_business=False)
                self.spent += -row.rest


def made(folder: Path, seed: int, kinds: Iterable[str]) -> Year:
    """The year in which all that happened."""
    folder.mkdir(parents=True, exist_ok=True)
    store = stores.opened(folder / "home", "year", now_ms=int(NOW.timestamp() * 1000))
    year = Year(store, folder, random.Random(seed))
    year.begin()
    for kind in kinds:
        year.happen(kind)
    year.take_statements()
    return year
