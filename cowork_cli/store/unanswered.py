"""What a whole store may still leave open: requests without an answer, numbers without an invoice."""

import re
from collections.abc import Iterator

from cowork_cli.records import dataclass
from cowork_cli.store.engine.store import Store


@dataclass(frozen=True, slots=True)
class Request:
    """A request whose outcome nobody knows: a `booking`, `cancellation` or `registration`."""

    id: int
    kind: str
    account: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers `first` to `last` of a series that stand on no invoice; `year` is 0 where none restarts it."""

    series: str
    year: int
    first: int
    last: int


def requests(store: Store) -> list[Request]:
    """Requests that were written down before they were sent, and never settled; the oldest first."""
    return [
        Request(row.id, row.kind, row.account)
        for row in store.rows(
            "SELECT id, kind, account FROM intents WHERE state IN ('open', 'unknown') ORDER BY id"
        )
    ]


def gaps(store: Store) -> list[Gap]:
    """Numbers that were given out above the first of a series and year, and are on no invoice.

    A number is taken in the transaction that issues its invoice; what leaves a gap is a higher
    `invoice.next`, or a hand in the file.
    """
    found = []
    for row in store.rows("SELECT series, year, last FROM number_series ORDER BY series, year"):
        used = _used(store, row.series, row.year)
        if used is not None:
            found += [Gap(row.series, row.year, *stretch) for stretch in _missing(used, row.last)]
    return found


def _used(store: Store, series: str, year: int) -> set[int] | None:
    """Every number that occurs in those of a series' invoices; None for a series of something else."""
    if not store.value("SELECT count(*) FROM invoices WHERE series = ?", series):
        return None
    rows = store.rows(
        "SELECT number FROM invoices WHERE series = ? AND number IS NOT NULL "
        "AND (? = 0 OR substr(date, 1, 4) = ?)",
        series,
        year,
        str(year),
    )
    return {int(run) for (number,) in rows for run in re.findall(r"\d+", number)}


def _missing(used: set[int], last: int) -> Iterator[tuple[int, int]]:
    """Stretches of numbers up to `last` that are not used, above the lowest that is."""
    known = sorted(number for number in used if number <= last)
    first = known[0] if known else 0
    for number in [*known, last + 1]:
        if number > first + 1:
            yield first + 1, number - 1
        first = number
