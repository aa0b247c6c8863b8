"""The virtual-office addresses that are held."""

from __future__ import annotations

import json
from datetime import date

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
    starts, ends, price"""


def every(store: Store) -> list[HeldAddress]:
    """All addresses, in the order they were added."""
    return [_address(row) for row in store.rows(f"SELECT {_COLUMNS} FROM addresses ORDER BY id")]


def one(store: Store, number: int) -> HeldAddress | None:
    """The address `a-NUMBER`, or None."""
    row = store.row(f"SELECT {_COLUMNS} FROM addresses WHERE id = ?", number)
    return None if row is None else _address(row)


def add(journal: Journal, values: Mapping[str, Any]) -> int:
    """Adds an address and returns its number."""
    return journal.insert("addresses", values)


def change(journal: Journal, number: int, values: Mapping[str, Any]) -> bool:
    """Changes an address; False if it is that way already."""
    return journal.update("addresses", number, values)


def remove(journal: Journal, number: int) -> None:
    """Removes an address; what hangs on it is removed before."""
    journal.delete("addresses", number)


def _address(row: Any) -> HeldAddress:
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
        contract_id=None,
        uses={use: Use() for use in USES},
    )
