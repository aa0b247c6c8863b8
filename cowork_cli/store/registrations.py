"""Orders of addresses as intents: what was sent, and what came of it."""

from __future__ import annotations

import json

from cowork_cli.records import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from cowork_cli.store.engine.store import Store


@dataclass(frozen=True, slots=True)
class Sent:
    """An order that was written down: its state (`open`, `done`, `unknown`), and its address."""

    state: str
    address: int


@dataclass(frozen=True, slots=True)
class Lost:
    """An order whose outcome is not known: its intent, its address, and what was sent."""

    intent: int
    address: int
    account: str
    content: Mapping[str, Any]


def unsettled(store: Store) -> list[Lost]:
    """Orders whose outcome is not known, the oldest first."""
    lost = []
    for row in store.rows(
        "SELECT id, account, request FROM intents WHERE kind = 'registration' "
        "AND state IN ('open', 'unknown') ORDER BY id"
    ):
        content = json.loads(row.request)
        lost.append(Lost(row.id, content.pop("address"), row.account, content))
    return lost


def same(store: Store, content: Mapping[str, Any]) -> Sent | None:
    """The latest order of the same content that was not refused, or None."""
    for row in store.rows(
        "SELECT state, request FROM intents WHERE kind = 'registration' AND state <> 'refused' "
        "AND account = ? ORDER BY id DESC",
        content["account"],
    ):
        request = json.loads(row.request)
        address = request.pop("address")
        if request == dict(content):
            return Sent(row.state, address)
    return None
