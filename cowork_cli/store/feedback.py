"""What was told to the operators of spaces."""

from __future__ import annotations

from datetime import date

from cowork_cli.domain.team import Feedback

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from cowork_cli.store.engine.journal import Journal
    from cowork_cli.store.engine.store import Store

_FEEDBACK = "SELECT id, day, space_name, account, identity, text, state, answer FROM feedback"


def every(store: Store) -> list[Feedback]:
    """All of it, the newest first."""
    return [_feedback(row) for row in store.rows(f"{_FEEDBACK} ORDER BY day DESC, id DESC")]


def one(store: Store, number: int) -> Feedback | None:
    """`feedback-NUMBER`, or None."""
    row = store.row(f"{_FEEDBACK} WHERE id = ?", number)
    return None if row is None else _feedback(row)


def add(journal: Journal, said: Feedback) -> int:
    """Adds one and returns its row."""
    account, _, identity = said.space_ref.partition(":")
    values = {
        "account": account, "identity": identity, "space_name": said.space,
        "day": said.date.isoformat(), "text": said.text, "state": said.state,
    }  # fmt: skip
    return journal.insert("feedback", values)


def change(journal: Journal, number: int, values: Mapping[str, Any]) -> bool:
    """Changes one."""
    return journal.update("feedback", number, values)


def remove(journal: Journal, number: int) -> None:
    """Removes one."""
    journal.delete("feedback", number)


def _feedback(row: Any) -> Feedback:
    return Feedback(
        f"feedback-{row.id}",
        date.fromisoformat(row.day),
        row.space_name,
        f"{row.account}:{row.identity}",
        row.text,
        row.state,
        row.answer,
    )
