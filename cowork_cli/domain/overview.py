"""What `cowork status` shows: now, next, and what burns."""

from datetime import date

from cowork_cli.domain.booking import Booking
from cowork_cli.domain.invoice import Invoice
from cowork_cli.domain.money import Money
from cowork_cli.domain.tracking import Entry
from cowork_cli.records import dataclass


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day by which something must be done, and the rule and source that it follows from.

    `kind`: one of KINDS. `state`: `passed`, `burning` (3 days or less), `soon` (14), `open`.
    `days_left` is negative when the day has passed; `ref` is the own id of what it is about.
    """

    due: date
    kind: str
    what: str
    ref: str | None
    rule: str
    source: str
    state: str
    days_left: int


KINDS = (
    "post",
    "contract",
    "mail-tail",
    "address-review",
    "address-move",
    "tax",
    "standing-order",
    "membership",
    "event",
    "quote",
    "recurring-invoice",
)
BURNING_DAYS = 3
SOON_DAYS = 14


def deadline(
    due: date, today: date, kind: str, what: str, ref: str | None, rule: str, source: str
) -> Deadline:
    """A deadline as it stands on `today`."""
    left = (due - today).days
    state = "open"
    if left < 0:
        state = "passed"
    elif left <= BURNING_DAYS:
        state = "burning"
    elif left <= SOON_DAYS:
        state = "soon"
    return Deadline(due, kind, what, ref, rule, source, state, left)


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """One line of the plain form: what it is, its id, its day or instant, and a text."""

    kind: str
    id: str | None
    when: str
    text: str


@dataclass(frozen=True, slots=True)
class Unbilled:
    """What can be billed: seconds as they will be billed, what they come to in each currency.

    `without_rate_s` are those of it for which no rate is known; they are in no amount.
    """

    duration_s: int
    amounts: tuple[Money, ...]
    without_rate_s: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The running timer, what is booked, what is due. `today_s` are seconds recorded today.

    `week_s` are those of the week from Monday on, today included; a running timer is in neither.
    """

    timer: Entry | None
    today_s: int
    bookings: tuple[Booking, ...]
    deadlines: tuple[Deadline, ...]
    overdue: tuple[Invoice, ...]
    unknown: tuple[Booking, ...]
    week_s: int
    unbilled: Unbilled

    def rows(self) -> tuple["OverviewRow", ...]:
        """Everything as records, for plain output: one line for each thing."""
        timer = self.timer
        return (
            *(
                [OverviewRow("timer", timer.id, timer.from_.isoformat(), timer.project)]
                if timer
                else []
            ),
            *(
                OverviewRow("booking", b.id, b.from_.isoformat(), b.desk_name)
                for b in self.bookings
            ),
            *(OverviewRow("deadline", d.ref, d.due.isoformat(), d.what) for d in self.deadlines),
            *(
                OverviewRow("overdue", i.id, str(i.due), f"{i.client} {i.open}")
                for i in self.overdue
            ),
            *(OverviewRow("unknown", b.id, b.from_.isoformat(), b.desk_name) for b in self.unknown),
            *self._unbilled_rows(),
        )

    def _unbilled_rows(self) -> list["OverviewRow"]:
        """What can be billed: an amount a line, and the hours that have none."""
        open_ = self.unbilled
        rows = [OverviewRow("unbilled", None, "", str(amount)) for amount in open_.amounts]
        if open_.without_rate_s:
            hours, rest = divmod(open_.without_rate_s // 60, 60)
            rows.append(OverviewRow("unbilled", None, "", f"{hours}:{rest:02} without a rate"))
        return rows

    @property
    def burning(self) -> bool:
        """Something must be done now: overdue money, a deadline, an unknown outcome."""
        return bool(
            self.overdue
            or self.unknown
            or any(row.state in ("passed", "burning") for row in self.deadlines)
        )
