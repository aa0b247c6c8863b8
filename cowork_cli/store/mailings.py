"""Mails in the store: written down before they are sent, settled by what the server said."""

from __future__ import annotations

from cowork_cli.domain.mailing import Mailing
from cowork_cli.domain.zones import at, zone_named

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from cowork_cli.store.engine.store import Store

_MAILING = "SELECT at, timezone, recipient, message_id, way, state, level, detail FROM mailings"


def of_invoice(store: Store, invoice_id: int) -> tuple[Mailing, ...]:
    """What was sent of an invoice: itself (`level` None) and its reminders, the oldest first."""
    return _read(store, "invoice_id = ?", invoice_id)


def of_quote(store: Store, quote_id: int) -> tuple[Mailing, ...]:
    """What was sent of a quote, the oldest first."""
    return _read(store, "quote_id = ?", quote_id)


def add(store: Store, row: dict[str, Any]) -> int:
    """Notes a mail that is about to be sent, in a transaction of the caller; returns its row."""
    return store.journal.insert("mailings", {"state": "sending", **row})


def settle(store: Store, mailing_id: int, state: str, detail: str | None) -> bool:
    """What became of it, in a transaction of the caller."""
    return store.journal.update("mailings", mailing_id, {"state": state, "detail": detail})


def _read(store: Store, where: str, value: int) -> tuple[Mailing, ...]:
    return tuple(
        Mailing(
            at=at(row.at, zone_named(row.timezone)),
            to=row.recipient,
            message_id=row.message_id,
            way=row.way,
            state=row.state,
            level=row.level,
            detail=row.detail,
        )
        for row in store.rows(f"{_MAILING} WHERE {where} ORDER BY id", value)
    )
