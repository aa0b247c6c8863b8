"""What `report profit` and `report clients` tell."""

from __future__ import annotations

from decimal import Decimal

from cowork_cli.domain.money import Money
from cowork_cli.records import dataclass

KINDS = ("income", "expense", "not-deducted", "total")


@dataclass(frozen=True, slots=True)
class ProfitRow:
    """One line of the form EÜR: `line` and `code` (Kz) of its year, None for a sum that is ours alone.

    `kind`: one of KINDS; what is `not-deducted` is in no sum.
    """

    line: int | None
    label: str
    amount: Money
    year: int
    source: str
    code: int | None
    kind: str


@dataclass(frozen=True, slots=True)
class ClientRow:
    """What a client, or one of its projects, brought in a period.

    `duration_s` is all recorded time, `billable_s` the billable part; `billed` is net, `paid` gross, both in euro.
    `days_to_pay` is the mean from the invoice to the payment that closed it, None where none was closed. `rate` is
    net per recorded hour, `share` the percentage of all, both of the `turnover`: net, by invoice or by payment. A
    project has no payments of its own.
    """

    client: str
    project: str | None
    duration_s: int
    billable_s: int
    billed: Money
    paid: Money | None
    days_to_pay: int | None
    rate: Money | None
    share: Decimal | None
    turnover: Money


@dataclass(frozen=True, slots=True)
class DeskCost:
    """What desks cost in a period, net in euro, in all and for each billable hour."""

    cost: Money
    billable_s: int
    per_hour: Money | None
