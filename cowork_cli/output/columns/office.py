"""Contracts, post, deadlines, and what is known of an address."""

from typing import Any

from cowork_cli.output import text
from cowork_cli.output.columns._column import ID, Column, col, money_parts, price_parts


def _left(value: Any) -> str:
    return f"{value} d"


def _term(value: Any) -> str:
    return value or "not known"


def _extras(row: Any) -> list[str]:
    return [f"{extra.name} {extra.price or ''}".strip() for extra in row.extras]


def _extras_shown(row: Any) -> str:
    return ", ".join(f"{extra.name} {text.price(extra.price)}".strip() for extra in row.extras)


COLUMNS: dict[str, tuple[Column, ...]] = {
    "Contract": (
        col("ID", "id", **ID),
        col("Name", "name", keep=8),
        col("Send by", "last_day_to_send", cell=text.day, keep=9),
        col("Next end", "next_end", cell=text.day, keep=8),
        col("Notice", "notice", keep=5),
        col("Price", "price", cell=text.price, right=True, keep=6),
        col("State", "state", keep=6),
        col("Starts", "starts", cell=text.day, keep=2),
        col("Ends", "ends", cell=text.day, keep=2),
        col("Term", "min_term", keep=1),
        col("Renews", "renews", keep=1),
        col("Address", "address", keep=1),
        *price_parts("Price", "price"),
    ),
    "Post": (
        col("ID", "id", **ID),
        col("Kind", "kind", keep=7),
        col("Sender", "sender", keep=8),
        col("Deadline", "deadline", cell=text.day, keep=9),
        col("Open", "deadline_state", keep=6),
        col("State", "state", keep=7),
        col("Posted", "posted", cell=text.day, keep=2),
        col("Received", "received", cell=text.day, keep=3),
        col("Deemed received", "deemed_received", cell=text.day, keep=1),
        col("Rule", "rule", keep=4),
        col("Source", "source", table=False),
        col("Address", "address", keep=1),
    ),
    "Deadline": (
        col("Due", "due", cell=text.day, keep=9),
        col("Left", "days_left", cell=_left, right=True, keep=8),
        col("What", "what", keep=9),
        col("Ref", "ref", keep=7, style="cyan"),
        col("State", "state", keep=6),
        col("Under", "rule", keep=4),
        col("Source", "source", keep=3),
        col("Kind", "kind", keep=2),
    ),
    "UseRow": (
        col("Use", "purpose", **ID),
        col("Contract", "allowed", keep=9),
        col("Clause", "clause", keep=4),
        col("Rule found", "rule", keep=8),
        col("Source", "source", keep=7),
        col("As of", "as_of", keep=6),
        col("Contested", "contested", keep=5),
        col("Evidence", "evidence", keep=3),
    ),
    "DossierItem": (
        col("Item", "item", **ID),
        col("What", "what", keep=8),
        col("Done", "done", cell=text.day, keep=9),
        col("Until", "until", cell=text.day, keep=7),
        col("Note", "note", keep=3),
    ),
    "MoveRow": (
        col("Row", "code", **ID),
        col("Due", "due", cell=text.day, keep=9),
        col("Whom", "whom", keep=8),
        col("State", "state", keep=7),
        col("Rule", "rule", keep=5),
        col("Source", "source", keep=4),
        col("Look at", "doubt", keep=6),
        col("Letter", "letter", keep=2),
        col("Proof", "proof", keep=3),
        col("Done", "done", cell=text.day, table=False),
    ),
    "AddressOffer": (
        col("Plan", "ref", **ID),
        col("Space", "space_name", keep=8),
        col("Name", "name", keep=7),
        col("Price", "price", cell=text.price, right=True, keep=9),
        col("Term", "min_term", cell=_term, keep=9),
        col("Set-up", "setup_fee", cell=text.money, right=True, keep=5),
        col("Deposit", "deposit", cell=text.money, right=True, keep=4),
        col("Notice", "notice", keep=4),
        Column("Extras", _extras, shown=_extras_shown, keep=3),
        col("Certain", "certain", cell=lambda value: "yes" if value else "not certain", keep=6),
        col("Comparable", "comparable", cell=lambda value: "" if value else "no", keep=6),
        col("Account", "account", table=False),
        *price_parts("Price", "price"),
        *money_parts(("Set-up", "setup_fee"), ("Deposit", "deposit")),
    ),
}
