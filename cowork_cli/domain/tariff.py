"""A tariff as it is reckoned with: what it costs, which days it covers, until when. Pure.

It is a plan (`domain.plan`) seen by one person: money in one view of VAT, every open question answered.
A term begins with its first day, which counts (§ 187 (2) BGB): a month from 5 March ends on 4 April.
"""

from datetime import date, timedelta

from cowork_cli.domain.calendar_days import ONE_DAY, Length, add_months, after, month_end
from cowork_cli.domain.notice import Notice
from cowork_cli.records import dataclass

FOREVER = date(9999, 12, 31)
ONE = Length(1, "d")


@dataclass(frozen=True, slots=True)
class Tariff:
    """What can be bought. `price` is for one period, in the minor unit of the currency.

    `days` can be used within a period, None any number. A period is `length` long, None without an end;
    `calendar` ends it with the week (Sunday) or the month instead. `subscription`: it runs on by itself,
    and only `stackable` ones of a space may be held at the same time. `max_active`: how many of it at once.
    `min_term` and `notice` say for how long one signs; what runs longer goes on period by period, without
    another `fee`. `off` are days that it does not cover. `room_min` are included minutes of a room, each
    period anew.
    """

    id: str
    space: str
    price: int
    days: int | None = 1
    length: Length | None = ONE
    calendar: bool = False
    weekdays: frozenset[int] | None = None
    off: frozenset[date] = frozenset()
    subscription: bool = False
    stackable: bool = True
    max_active: int | None = None
    min_term: Length | None = None
    notice: Notice | None = None
    fee: int = 0
    room_min: int = 0
    first: date | None = None
    last: date | None = None

    def covers(self, day: date) -> bool:
        """Whether it can be used on a day at all."""
        return (self.weekdays is None or day.weekday() in self.weekdays) and day not in self.off

    def sold(self, day: date) -> bool:
        """Whether it is sold on a day at this price."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def end(self, bought: date, period: int) -> date:
        """The last day of a period, counted from 1, of what was bought on a day."""
        if self.length is None:
            return FOREVER
        count, unit = self.length.count * period, self.length.unit
        if not self.calendar:
            return after(bought, Length(count, unit)) - ONE_DAY
        if unit == "m":
            return month_end(add_months(bought.replace(day=1), count - 1))
        weeks = count if unit == "w" else count // 7
        return bought + timedelta(days=7 * weeks - 1 - bought.weekday())

    def signed(self, bought: date) -> date:
        """The first day on which it can end, if notice is given on the day that it is bought on."""
        ends = self.end(bought, 1)
        if not self.subscription:
            return ends
        if self.min_term is not None:
            ends = max(ends, after(bought, self.min_term) - ONE_DAY)
        if self.notice is not None and self.notice.to != "term-end":
            ends = max(ends, _notice_end(self.notice, bought))
        return ends

    def periods(self, bought: date) -> int:
        """How many periods are paid at least."""
        signed, count = self.signed(bought), 1
        while self.end(bought, count) < signed:
            count += 1
        return count

    @property
    def runs_on(self) -> bool:
        """Whether going on is another thing than buying it again."""
        return self.subscription and bool(self.fee or self.min_term or self.notice)


def _notice_end(notice: Notice, sent: date) -> date:
    """The end of a notice that arrived on a day; to the end of a term is the term's own."""
    least = after(sent, notice.length)
    if notice.to == "month-end":
        return month_end(least)
    if notice.day_of_month is not None:
        for months in (0, 1):
            month = add_months(least.replace(day=1), months)
            day = month.replace(day=min(notice.day_of_month, month_end(month).day))
            if day >= least:
                return day
    return least
