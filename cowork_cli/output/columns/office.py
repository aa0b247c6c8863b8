"""Contracts, post, deadlines, and what is known of an address."""

from typing import Any

from cowork_cli.output import text
from cowork_cli.output.columns._column import ID, Column, col


def _left(value: Any) -> str:
    return f"{value} d"


COLUMNS: dict[str, tuple[Column, ...]] = {
    "Contract": (
        col("ID", "id", **ID),
        col("Name", "name", keep=8),
        col("Send by", "last_day_to_send", cell=text.day, keep=9),
        col("Next end", "next_end", cell=text.day, keep=7),
        col("Notice", "notice", keep=5),
        col("Price", "price", cell=text.price, right=True, keep=4),
        col("State", "state", keep=6),
        col("Starts", "starts", cell=text.day, keep=2),
        col("Ends", "ends", cell=text.day, keep=2),
        col("Term", "min_term", keep=1),
        col("Renews", "renews", keep=1),
        col("Address", "address", keep=1),
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
        col("Source", "source", keep=2),
        col("Kind", "kind", keep=3),
    ),
}
