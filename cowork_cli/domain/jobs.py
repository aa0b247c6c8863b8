"""Joint jobs: what each one's part is, to the cent.

A share is rounded half up; where the shares do not add up to the whole then, the cents that lack go to those
whom rounding took most from, and those that are too many are taken from those whom it gave most; of several
the one who was named first gets, and the one named last gives. So the parts are always the whole.
"""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from cowork_cli.domain.money import Money
from cowork_cli.records import dataclass

SPLITS = ("hours", "fixed", "percent")


@dataclass(frozen=True, slots=True)
class JobPart:
    """One of those who work on a job. Money is net; `from_` pays `to`; `open` is not paid yet, None between
    two others, who do not tell.

    `share` as it was agreed: percent, an amount, or a rate an hour.
    """

    name: str
    person: str | None
    own: bool
    share: str | None
    duration_s: int
    amount: Money | None
    invoiced: Money
    paid: Money
    open: Money | None
    from_: str | None
    to: str | None
    invoices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Job:
    """A joint job. `state`: open, settled, closed; `total` is what the client is invoiced, net.

    `leads` invoices the client, the others invoice them; `open` is what they have not been paid yet.
    """

    id: str
    name: str
    client: str
    project: str | None
    split: str
    state: str
    leads: str
    total: Money | None
    open: Money | None
    opened_on: dt.date
    settled_on: dt.date | None
    closed_on: dt.date | None
    parts: tuple[JobPart, ...]
    drafts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class JobHours:
    """What was taken of a file of hours. `rows` = `taken` + `known` + `other` + `skipped`."""

    job: str
    person: str
    file: str
    rows: int
    taken: int
    known: int
    other: int
    duration_s: int
    skipped: tuple[str, ...]
    dry_run: bool


def divided(total: int, weights: Sequence[Fraction]) -> list[int]:
    """`total`, in the minor unit, as the weights are to one another; the parts are the whole.

    Raises ValueError where no weight is above zero, or one below.
    """
    whole = sum(weights, Fraction(0))
    if whole <= 0 or any(weight < 0 for weight in weights):
        raise ValueError("weights above zero are wanted")
    exact = [Fraction(total) * weight / whole for weight in weights]
    parts = [_half_up(part) for part in exact]
    lacking = total - sum(parts)
    order = sorted(
        range(len(parts)),
        key=lambda place: (
            (parts[place] - exact[place], place)
            if lacking > 0
            else (exact[place] - parts[place], -place)
        ),
    )
    step = 1 if lacking > 0 else -1
    for place in [at for at in order if weights[at]][: abs(lacking)]:
        parts[place] += step
    return parts


def _half_up(exact: Fraction) -> int:
    """To a whole number, halves away from zero."""
    doubled = 2 * abs(exact.numerator) + exact.denominator
    return (doubled // (2 * exact.denominator)) * (1 if exact >= 0 else -1)


def fraction(text: str) -> Fraction:
    """A decimal figure as it is kept, exact."""
    return Fraction(Decimal(text))
