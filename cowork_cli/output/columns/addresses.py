"""Held addresses."""

from typing import Any

from cowork_cli.output import text
from cowork_cli.output.columns._column import ID, Column, col, price_parts


def _postal(row: Any) -> str:
    town = " ".join(part for part in (row.postcode, row.city) if part)
    return ", ".join(part for part in (row.street, town) if part)


COLUMNS: dict[str, tuple[Column, ...]] = {
    "HeldAddress": (
        col("ID", "id", **ID),
        col("Name", "name", keep=9),
        Column("Address", _postal, keep=8),
        col("Recipients", "recipient_names", keep=6),
        col("State", "state", keep=8),
        col("Starts", "starts", cell=text.day, keep=4),
        col("Ends", "ends", cell=text.day, keep=4),
        col("Price", "price", cell=text.price, right=True, keep=5),
        col("Provider", "provider", keep=3),
        col("Ref", "ref", table=False),
        col("Finish at", "finish_url", table=False),
        *price_parts("Price", "price"),
    ),
    "AddressOrder": (
        col("To", "account", **ID),
        col("Plan", "plan", keep=9),
        col("Name", "name", keep=9),
        col("Company", "company", keep=6),
        col("Starts", "starts", cell=text.day, keep=5),
        col("Extras", "extras", keep=5),
    ),
}
