"""The virtual-office addresses that are held."""

from __future__ import annotations

import json
from datetime import date

from cowork_cli.data.address_uses import RULES
from cowork_cli.domain.address import USES, HeldAddress, Use
from cowork_cli.domain.ref import Ref
from cowork_cli.store.spaces import price_from_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from cowork_cli.store.engine.journal import Journal
    from cowork_cli.store.engine.store import Store

_COLUMNS = """id, name, ref, recipients, street, postcode, city, country, provider, plan, state,
    starts, ends, price, finish_url"""


def every(store: Store) -> list[HeldAddress]:
    """All addresses, in the order they were added."""
    rows = store.rows(f"SELECT {_COLUMNS} FROM addresses ORDER BY id")
    noted, contracts = _noted(store), _contracts(store)
    return [_address(row, noted.get(row.id, {}), contracts.get(row.id)) for row in rows]


def one(store: Store, number: int) -> HeldAddress | None:
    """The address `a-NUMBER`, or None."""
    row = store.row(f"SELECT {_COLUMNS} FROM addresses WHERE id = ?", number)
    if row is None:
        return None
    return _address(row, _noted(store, number).get(number, {}), _contracts(store).get(number))


def add(journal: Journal, values: Mapping[str, Any]) -> int:
    """Adds an address and returns its number."""
    return journal.insert("addresses", values)


def change(journal: Journal, number: int, values: Mapping[str, Any]) -> bool:
    """Changes an address; False if it is that way already."""
    return journal.update("addresses", number, values)


def remove(journal: Journal, number: int) -> None:
    """Removes an address; what hangs on it is removed before."""
    journal.delete("addresses", number)


# ---- uses and dossier


def note_use(
    journal: Journal, store: Store, number: int, purpose: str, values: Mapping[str, Any]
) -> None:
    """Notes what is known of one use of an address."""
    row_id = store.value(
        "SELECT id FROM address_uses WHERE address_id = ? AND purpose = ?", number, purpose
    )
    if row_id is None:
        known = {"allowed": "unknown", **values, "address_id": number, "purpose": purpose}
        journal.insert("address_uses", known)
    else:
        journal.update("address_uses", row_id, values)


def dossier(store: Store, number: int) -> dict[str, Any]:
    """What was handed in for an address, by item."""
    rows = store.rows(
        "SELECT id, item, done, until, note FROM address_dossier WHERE address_id = ?", number
    )
    return {row.item: row for row in rows}


def note_item(
    journal: Journal, store: Store, number: int, item: str, values: Mapping[str, Any]
) -> None:
    """Notes a date of the dossier."""
    known = dossier(store, number).get(item)
    if known is None:
        journal.insert("address_dossier", {**values, "address_id": number, "item": item})
    else:
        journal.update("address_dossier", known.id, values)


def remove_whole(journal: Journal, store: Store, number: int) -> None:
    """Removes an address with its uses and its dossier."""
    for table in ("address_uses", "address_dossier"):
        for row in store.rows(f"SELECT id FROM {table} WHERE address_id = ?", number):
            journal.delete(table, row.id)
    remove(journal, number)


def by_ref(store: Store, ref: str) -> int | None:
    """The address that was ordered or held under a ref, the newest."""
    number: int | None = store.value(
        "SELECT id FROM addresses WHERE ref = ? ORDER BY id DESC LIMIT 1", ref
    )
    return number


def _noted(store: Store, number: int | None = None) -> dict[int, dict[str, Any]]:
    """Address → use → what was noted of it."""
    where, values = ("WHERE address_id = ?", (number,)) if number is not None else ("", ())
    noted: dict[int, dict[str, Any]] = {}
    for row in store.rows(
        f"SELECT address_id, purpose, allowed, clause, evidence, noted FROM address_uses {where}",
        *values,
    ):
        noted.setdefault(row.address_id, {})[row.purpose] = row
    return noted


def _contracts(store: Store) -> dict[int, str]:
    rows = store.rows(
        "SELECT address_id, max(id) AS contract FROM contracts WHERE address_id IS NOT NULL "
        "GROUP BY address_id"
    )
    return {row.address_id: f"c-{row.contract}" for row in rows}


def _use(purpose: str, row: Any | None) -> Use:
    rule = RULES[purpose]
    return Use(
        allowed="unknown" if row is None else row.allowed,
        rule=rule.rule,
        source=rule.source,
        evidence=None if row is None else row.evidence,
        clause=None if row is None else row.clause,
        as_of=rule.as_of,
        contested=rule.contested,
        noted=None if row is None else date.fromisoformat(row.noted),
    )


def _address(row: Any, noted: Mapping[str, Any], contract: str | None) -> HeldAddress:
    return HeldAddress(
        id=f"a-{row.id}",
        ref=None if row.ref is None else Ref.parse(row.ref),
        name=row.name,
        recipient_names=tuple(json.loads(row.recipients)),
        street=row.street,
        postcode=row.postcode,
        city=row.city,
        country=row.country,
        provider=row.provider,
        plan=row.plan,
        state=row.state,
        starts=None if row.starts is None else date.fromisoformat(row.starts),
        ends=None if row.ends is None else date.fromisoformat(row.ends),
        price=None if row.price is None else price_from_json(json.loads(row.price)),
        contract_id=contract,
        uses={purpose: _use(purpose, noted.get(purpose)) for purpose in USES},
        finish_url=row.finish_url,
    )
