"""What can be billed, as one sum: kept beside the store, since a look at the state must cost nothing.

`state/unbilled.tsv` belongs to the last link of the journal. Whatever was written since makes it stale,
and it is summed up again; who deletes it loses nothing.
"""

from __future__ import annotations

import os

from cowork_cli.domain.money import Money
from cowork_cli.domain.overview import Unbilled
from cowork_cli.store import entries
from cowork_cli.store.engine.journal import last_link

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cowork_cli.store.engine.store import Store


def unbilled(store: Store, path: str) -> Unbilled:
    """The sum of `report unbilled`, read from `path` where nothing was written since."""
    stamp = last_link(store.connection)
    kept = _kept(path, stamp)
    if kept is None:
        kept = _summed(store)
        _keep(path, stamp, kept)
    return kept


def _summed(store: Store) -> Unbilled:
    if not entries.unbilled_sums(store, ()):
        return Unbilled(0, (), 0)
    from cowork_cli.services.hours import reports

    rows = reports.unbilled(store)
    sums: dict[str, int] = {}
    for row in rows:
        if row.amount is not None:
            sums[row.amount.currency] = sums.get(row.amount.currency, 0) + row.amount.minor
    return Unbilled(
        sum(row.billed_s for row in rows),
        tuple(Money(minor, currency) for currency, minor in sorted(sums.items())),
        sum(row.billed_s for row in rows if row.amount is None),
    )


def _kept(path: str, stamp: str) -> Unbilled | None:
    """What the file holds for this stamp; None for a stale, odd or missing one."""
    try:
        with open(path, encoding="utf-8") as file:
            first, seconds, without_rate, *amounts = file.read().split("\n")
        if first != stamp:
            return None
        parts = (line.split("\t") for line in amounts if line)
        money = tuple(Money(int(minor), currency) for minor, currency in parts)
        return Unbilled(int(seconds), money, int(without_rate))
    except (OSError, ValueError):
        return None


def _keep(path: str, stamp: str, done: Unbilled) -> None:
    lines = [stamp, str(done.duration_s), str(done.without_rate_s)]
    lines += [f"{amount.minor}\t{amount.currency}" for amount in done.amounts]
    part = f"{path}.{os.getpid()}.part"
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write("\n".join(lines) + "\n")
        os.replace(part, path)
    except OSError:
        return  # it is summed up again the next time
