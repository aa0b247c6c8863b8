"""Memberships and their ledgers, by the ref of their space."""

from datetime import date
from decimal import Decimal
from typing import Any

from cowork_cli.domain.membership import LedgerRow, Membership
from cowork_cli.domain.ref import Ref
from cowork_cli.store.engine.journal import Journal
from cowork_cli.store.engine.store import Store

_MEMBERSHIP = """
    SELECT m.id, m.account, m.identity, coalesce(s.name, m.space_name) AS space_name, m.name,
    m.plan_id, m.contract_id, m.starts, m.ends, m.note
    FROM memberships m LEFT JOIN spaces s ON s.account = m.account AND s.identity = m.identity"""


def every(store: Store) -> list[Membership]:
    """All memberships with their ledgers, by their number."""
    rows = store.rows(f"{_MEMBERSHIP} ORDER BY m.id")
    lines: dict[int, list[LedgerRow]] = {}
    for line in store.rows(
        "SELECT id, membership_id, what, amount_milli, day, expires, every, note"
        " FROM membership_ledger ORDER BY day, id"
    ):
        lines.setdefault(line.membership_id, []).append(_line(line))
    return [_membership(row, lines.get(row.id, [])) for row in rows]


def add(journal: Journal, membership: Membership) -> int:
    """Adds a membership without its ledger and returns its number."""
    return journal.insert("memberships", _values(membership))


def change(journal: Journal, membership: Membership) -> bool:
    """Makes the membership of that id what is given; its ledger stays."""
    return journal.update("memberships", row_of(membership.id), _values(membership))


def remove(journal: Journal, membership: Membership) -> None:
    """Removes a membership with its ledger."""
    for line in membership.ledger:
        journal.delete("membership_ledger", row_of(line.id))
    journal.delete("memberships", row_of(membership.id))


def write_line(journal: Journal, membership: int, line: LedgerRow) -> int:
    """Adds a line to a ledger and returns its number."""
    return journal.insert(
        "membership_ledger",
        {
            "membership_id": membership,
            "what": line.what,
            "amount_milli": int(line.amount * 1000),
            "day": line.day.isoformat(),
            "expires": _day(line.expires),
            "every": line.every,
            "note": line.note,
        },
    )


def has_contract(store: Store, number: int) -> bool:
    """Whether there is a contract of that number."""
    return store.row("SELECT 1 FROM contracts WHERE id = ?", number) is not None


def row_of(identity: str) -> int:
    """The row of `ms-3` or `l-7`."""
    return int(identity.rpartition("-")[2])


def _values(membership: Membership) -> dict[str, Any]:
    return {
        "account": membership.space_ref.account,
        "identity": membership.space_ref.id,
        "space_name": membership.space_name,
        "name": membership.name,
        "plan_id": row_of(membership.plan) if membership.plan else None,
        "contract_id": row_of(membership.contract) if membership.contract else None,
        "starts": membership.starts.isoformat(),
        "ends": _day(membership.ends),
        "note": membership.note,
    }


def _membership(row: Any, ledger: list[LedgerRow]) -> Membership:
    return Membership(
        id=f"ms-{row.id}",
        space_ref=Ref(row.account, row.identity),
        space_name=row.space_name,
        name=row.name,
        starts=date.fromisoformat(row.starts),
        ends=date.fromisoformat(row.ends) if row.ends else None,
        plan=f"plan-{row.plan_id}" if row.plan_id else None,
        contract=f"c-{row.contract_id}" if row.contract_id else None,
        note=row.note,
        ledger=tuple(ledger),
    )


def _line(row: Any) -> LedgerRow:
    return LedgerRow(
        id=f"l-{row.id}",
        what=row.what,
        amount=Decimal(row.amount_milli) / 1000,
        day=date.fromisoformat(row.day),
        expires=date.fromisoformat(row.expires) if row.expires else None,
        every=row.every,
        note=row.note,
    )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
