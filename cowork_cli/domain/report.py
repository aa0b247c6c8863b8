"""The lines of reports over recorded hours."""

from dataclasses import dataclass

from cowork_cli.domain.money import Money


@dataclass(frozen=True, slots=True)
class HoursRow:
    """One line of `report hours`. `amount` None: no rate is known for some of it."""

    key: str
    duration_s: int
    billable_s: int
    billed_s: int
    amount: Money | None


@dataclass(frozen=True, slots=True)
class UnbilledRow:
    """One line of `report unbilled`."""

    client: str
    project: str
    duration_s: int
    amount: Money | None
