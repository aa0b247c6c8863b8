"""A stretch of days, as reports and invoices have it."""

from datetime import date

from cowork_cli.records import dataclass


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `from_` to `to`, both included; None is open on that side."""

    from_: date | None
    to: date | None

    def __str__(self) -> str:
        if self.from_ is None and self.to is None:
            return "all time"
        if self.from_ == self.to:
            return f"{self.from_}"
        return f"{self.from_ or '…'} to {self.to or '…'}"
