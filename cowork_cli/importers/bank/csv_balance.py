"""A column with the balance after each row tells on which side an amount stands: it shows every sign that was misread."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from cowork_cli.errors import BadInput
from cowork_cli.importers.bank import cells
from cowork_cli.importers.bank.csv_guesses import loose
from cowork_cli.importers.bank.csv_heads import Head, Row

_NAMES = (
    "saldo", "saldo nach buchung", "saldo nach umsatz", "kontosaldo", "kontostand", "kontostand nach buchung",
    "kontostand nach umsatz", "balance", "running balance", "account balance", "balance after",
)  # fmt: skip


def refuse_contrary(
    head: Head, moved: Sequence[tuple[Row, Decimal]], decimal: str, what: str
) -> None:
    """Raises BadInput where the balance moves against an amount, in rows that are otherwise a whole chain.

    Rows of which some are missing (a search, a filter) are no chain and tell nothing.
    """
    column = next((n for n, name in enumerate(head.names) if loose(name) in _NAMES), None)
    if column is None or len(moved) < 2 or head.places["fee"]:
        return
    try:
        after = [cells.amount(row.cells[column], decimal) for row, _ in moved]
    except (BadInput, IndexError):
        return
    steps = [later - before for before, later in pairwise(after)]
    oldest_first = list(zip(moved[1:], steps, strict=True))
    newest_first = [(one, -step) for one, step in zip(moved, steps, strict=False)]
    if any(
        all(value == step for (_, value), step in order) for order in (oldest_first, newest_first)
    ):
        return
    for order in (oldest_first, newest_first):
        if all(abs(value) == abs(step) for (_, value), step in order):
            (row, value), step = next(one for one in order if one[0][1] != one[1])
            raise BadInput(
                f"{what}, line {row.line}: {value} was read as the amount, but the balance moves by {step}",
                "nothing was taken; name the column that tells the side with `--map sign=COLUMN`",
            )
