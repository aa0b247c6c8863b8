"""The cheapest mix, what would change it, a lease beside it, memberships."""

from typing import Any

from cowork_cli.output import text
from cowork_cli.output.columns._column import FIGURES, ID, Column, col, money, money_parts


def _plans(row: Any) -> str:
    return ", ".join(row.plans)


COLUMNS: dict[str, tuple[Column, ...]] = {
    "MixRow": (
        col("Plan", "plan", **ID),
        col("Name", "name", keep=8),
        col("Space", "space", keep=7),
        col("Buy on", "on", cell=text.day, keep=9),
        col("Until", "until", cell=text.day, keep=6),
        col("Periods", "periods", right=True, keep=3),
        col("Cost", "cost", cell=money, right=True, keep=9),
        col("Used", "days", right=True, keep=8),
        col("A day", "a_day", cell=money, right=True, keep=6),
        col("Lost", "lost", right=True, keep=5),
        col("Left", "left", right=True, keep=4),
        col("Signed until", "committed_until", cell=text.day, keep=2),
        col("Notice", "notice", keep=4),
        *money_parts(("Cost", "cost"), ("A day", "a_day"), ("Lost", "lost_money")),
    ),
    "OpenQuestion": (
        col("Not known", "question", keep=9),
        Column("Of", _plans, keep=8),
        col("Reckoned with", "answer", keep=8),
        col("Otherwise", "otherwise", cell=money, right=True, keep=8),
        col("Say it with", "hint", keep=3),
        *money_parts(("Otherwise", "otherwise")),
    ),
    "Variation": (
        col("Change", "change", keep=9),
        col("Days", "days", **FIGURES),
        col("Cheapest", "total", cell=money, **FIGURES),
        col("If bought as above", "kept", cell=money, **FIGURES),
        *money_parts(("Cheapest", "total"), ("If bought as above", "kept")),
    ),
    "BreakEvenRow": (
        col("Days a month", "days", **FIGURES),
        col("Cheapest", "total", cell=money, **FIGURES),
        col("A day", "a_day", cell=money, **FIGURES),
        Column("Plans", _plans, keep=8),
        *money_parts(("Cheapest", "total"), ("A day", "a_day")),
    ),
    "LeaseRow": (
        col("Way", "way", keep=9),
        col("Months", "months", **FIGURES),
        col("A month", "monthly", cell=money, **FIGURES),
        col("Once", "once", cell=money, **FIGURES),
        col("Total", "total", cell=money, **FIGURES),
        col("To leave now", "exit", cell=money, **FIGURES),
        col("Tied up", "tied_up", cell=money, right=True, keep=6),
        col("Note", "note", keep=5),
        *money_parts(("A month", "monthly"), ("Once", "once"), ("Total", "total"),
                     ("To leave now", "exit"), ("Tied up", "tied_up")),
    ),
    "Membership": (
        col("ID", "id", **ID),
        col("Space", "space_name", keep=8),
        col("Name", "name", keep=8),
        col("Since", "starts", cell=text.day, keep=6),
        col("Ends", "ends", cell=text.day, keep=6),
        Column("Left", lambda row: [str(part) for part in row.holdings],
               shown=lambda row: ", ".join(str(part) for part in row.holdings), keep=9),
        col("Plan", "plan", keep=4),
        col("Contract", "contract", keep=4),
        col("Note", "note", keep=3),
    ),
    "Holding": (
        col("What", "what", keep=9),
        col("Left", "left", **FIGURES),
        col("Expires", "expires", cell=text.day, keep=8),
    ),
}  # fmt: skip
