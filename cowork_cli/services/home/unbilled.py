"""What can be billed, as one sum: kept beside the store, since a look at the state must cost nothing.

`state/unbilled.tsv` holds a line for each project and belongs to one row of the journal. Of the projects
whose hours were written to since, the lines are made anew; all of them where a rate or a rule was, or
where the file is odd or away. Who deletes it loses nothing.
"""

from __future__ import annotations

import os

from cowork_cli.domain.money import Money
from cowork_cli.domain.overview import Unbilled
from cowork_cli.records import dataclass
from cowork_cli.store import unbilled_since
from cowork_cli.store.unbilled_since import Stamp

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cowork_cli.store.engine.store import Store


@dataclass(frozen=True, slots=True)
class Line:
    """What can be billed of one project: billed seconds, and the money where every rate is known."""

    billed_s: int
    amount: Money | None


def unbilled(store: Store, path: str) -> Unbilled:
    """The sum of `report unbilled`, read from `path` as far as nothing was written since."""
    now = unbilled_since.stamp(store)
    stamp, lines = _kept(path) or (None, {})
    if stamp != now:
        touched = None if stamp is None else unbilled_since.touched_since(store, stamp)
        lines = _renewed(store, lines, touched)
        _keep(path, now, lines)
    return _whole(lines)


def _renewed(
    store: Store, lines: dict[int, Line], touched: frozenset[int] | None
) -> dict[int, Line]:
    """The lines with those of the touched projects made anew; None: with all of them."""
    if touched is not None and not touched:
        return lines
    if not unbilled_since.is_any(store):
        return {}
    from cowork_cli.services.hours import reports

    rows = reports.unbilled_by_row(store, touched)
    still = {} if touched is None else {row: lines[row] for row in lines.keys() - touched}
    return still | {row: Line(made.billed_s, made.amount) for row, made in rows.items()}


def _whole(lines: dict[int, Line]) -> Unbilled:
    sums: dict[str, int] = {}
    for line in lines.values():
        if line.amount is not None:
            sums[line.amount.currency] = sums.get(line.amount.currency, 0) + line.amount.minor
    return Unbilled(
        sum(line.billed_s for line in lines.values()),
        tuple(Money(minor, currency) for currency, minor in sorted(sums.items())),
        sum(line.billed_s for line in lines.values() if line.amount is None),
    )


def _kept(path: str) -> tuple[Stamp, dict[int, Line]] | None:
    """What the file holds, and of which row of the journal; None for an odd or missing one."""
    try:
        with open(path, encoding="utf-8") as file:
            first, *texts = file.read().splitlines()
        row, chain, count = first.split("\t")
        lines = {}
        for text in texts:
            project, billed_s, minor, currency = text.split("\t")
            amount = Money(int(minor), currency) if currency else None
            lines[int(project)] = Line(int(billed_s), amount)
        return (Stamp(int(row), chain), lines) if len(lines) == int(count) else None
    except (OSError, ValueError):
        return None


def _keep(path: str, stamp: Stamp, lines: dict[int, Line]) -> None:
    texts = [f"{stamp.row}\t{stamp.chain}\t{len(lines)}"]
    for project, line in lines.items():
        amount = line.amount or Money(0, "")
        texts.append(f"{project}\t{line.billed_s}\t{amount.minor}\t{amount.currency}")
    part = f"{path}.{os.getpid()}.part"
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write("\n".join(texts) + "\n")
        os.replace(part, path)
    except OSError:
        return  # it is summed up again the next time
