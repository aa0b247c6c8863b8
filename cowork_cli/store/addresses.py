"""The virtual-office addresses that are held."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from cowork_cli.domain.address import USES, HeldAddress, Use
from cowork_cli.domain.ref import Ref
from cowork_cli.store.engine.journal import Journal
from cowork_cli.store.engine.store import Store
from cowork_cli.store.spaces import price_from_json

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


def _address(row: Any) -> HeldAddress:
    number, name, ref, recipients, street, postcode, city, country, provider, plan = row[:10]
    state, starts, ends, price = row[10:]
    return HeldAddress(
        id=f"a-{number}",
        ref=None if ref is None else Ref.parse(ref),
        name=name,
        recipient_names=tuple(json.loads(recipients)),
        street=street,
        postcode=postcode,
        city=city,
        country=country,
        provider=provider,
        plan=plan,
        state=state,
        starts=None if starts is None else date.fromisoformat(starts),
        ends=None if ends is None else date.fromisoformat(ends),
        price=None if price is None else price_from_json(json.loads(price)),
        contract_id=None,
        uses={use: Use() for use in USES},
    )
