"""Dates and moments as people type them, in German and English; the door to all typed time.

Everything is relative to a given now; nothing here looks at a clock. What cannot be understood
raises BadInput with the forms that can, never anything else (`tests/domain/test_typed_values.py`).
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from cowork_cli.domain.clocks import TIME_HINT, clock_or_none, is_end_of_day, parse_clock
from cowork_cli.domain.lengths import DURATION_HINT, parse_days, parse_duration
from cowork_cli.domain.period import Period, current_period
from cowork_cli.domain.periods import PERIOD_HINT, single_period
from cowork_cli.domain.spoken import LAST, MONTHS, NEXT, THIS, WEEKDAYS, folded, number
from cowork_cli.domain.zones import instant_of, plus, refuse_far, typed_instant
from cowork_cli.errors import BadInput

TYPE_CHECKING = False
if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

__all__ = [
    "DATE_HINT", "DURATION_HINT", "PERIOD_HINT", "TIME_HINT", "current_period", "parse_clock",
    "parse_date", "parse_dates", "parse_days", "parse_duration", "parse_moment", "parse_period",
]  # fmt: skip

DATE_HINT = "write it as `2026-12-01`, `1.12.`, `today`, `+3d` or `fri`"

_DAYS = {
    "today": 0, "heute": 0, "tomorrow": 1, "morgen": 1, "yesterday": -1, "gestern": -1,
    "uebermorgen": 2, "day after tomorrow": 2, "the day after tomorrow": 2,
    "vorgestern": -2, "day before yesterday": -2, "the day before yesterday": -2,
}  # fmt: skip
_SPANS = {
    **dict.fromkeys(["d", "day", "days", "tag", "tage", "tagen"], 1),
    **dict.fromkeys(["w", "week", "weeks", "woche", "wochen"], 7),
}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY_MONTH = re.compile(
    rf"(\d{{1,2}})(?:\.|st|nd|rd|th)? ?({_MONTH})\.?(?:,? (\d{{4}}))?", re.ASCII
)
_MONTH_DAY = re.compile(rf"({_MONTH}) (\d{{1,2}})(?:st|nd|rd|th)?(?:,? (\d{{4}}))?", re.ASCII)
_NUMBERS = re.compile(r"(\d{1,2})\. ?(\d{1,2})\.(?: ?(\d{4}|\d{2}))?", re.ASCII)
_LOCAL = re.compile(r"(\d{4}-\d{2}-\d{2})t(\d{1,2}:\d{2}(?::\d{2})?)", re.ASCII)


def parse_date(text: str, today: date, *, planned: bool) -> date:
    """A day. A weekday is the next one where something is `planned`, else the last; today counts.

    `last friday` and `next friday` leave today out. A year of two digits is one of this century.
    """
    found = _date_or_none(text, today, planned=planned)
    if found is None:
        raise BadInput(f'"{text}" is not a date', DATE_HINT)
    return found


def parse_dates(texts: list[str], today: date) -> list[date]:
    """Days to plan on: each text may be a list with commas or a range `A..B`. In order, once each."""
    days: list[date] = []
    for text in (part for whole in texts for part in whole.split(",")):
        first, dots, last = text.partition("..")
        if not dots:
            days.append(parse_date(text, today, planned=True))
            continue
        start = parse_date(first, today, planned=True)
        end = parse_date(last, today, planned=True)
        if end < start:
            raise BadInput(f'the range "{text}" ends before it begins', "write it as `FIRST..LAST`")
        if (end - start).days > 366:
            raise BadInput(f'the range "{text}" is longer than a year', "give a shorter range")
        days += [start + timedelta(days=n) for n in range((end - start).days + 1)]
    return sorted(set(days))


def parse_moment(
    text: str,
    now: datetime,
    zone: ZoneInfo,
    day: date | None = None,
    *,
    bare: bool = False,
    end: bool = False,
) -> datetime:
    """An instant in `zone`: a time of `day` (default today), a day and a time, or so long ago.

    `9` alone is an hour where `bare`; `24:00` and `midnight` are the end of `day` where it is an
    `end`. An RFC 3339 instant with an offset is taken as it is. Raises BadInput, also for a local
    time that does not exist or happens twice.
    """
    word = folded(text)
    if word in ("now", "jetzt"):
        return now.replace(microsecond=0)
    if (instant := typed_instant(text)) is not None:
        return instant.astimezone(zone)
    if (length := _length_ago(word)) is not None:
        return plus(now, -length).replace(microsecond=0).astimezone(zone)
    local = now.astimezone(zone)
    if (found := _at_clock(word, day or local.date(), zone, bare=bare, end=end)) is not None:
        return found
    if match := _LOCAL.fullmatch(word):
        word = f"{match[1]} {match[2]}"
    words = word.split(" ")
    for cut in range(1, len(words)):
        halves = " ".join(words[:cut]), " ".join(words[cut:])
        for day_text, clock_text in (halves, halves[::-1]):
            on = _date_or_none(day_text, local.date(), planned=False)
            if on is None:
                continue
            ended = end or "24" in clock_text
            if (found := _at_clock(clock_text, on, zone, bare=True, end=ended)) is not None:
                return found
    if (days := _days_ago(word)) is not None:
        clock = local.time().replace(microsecond=0)
        return instant_of(_shifted(text, local.date(), -days), clock, zone)
    if _date_or_none(word, local.date(), planned=False) is not None:
        raise BadInput(f'"{text}" is a day without a time', f"give the time too: `{text} 9:00`")
    raise BadInput(f'"{text}" is not a time', TIME_HINT)


def _at_clock(word: str, day: date, zone: ZoneInfo, *, bare: bool, end: bool) -> datetime | None:
    """A time of `day`, None if `word` is none. Where it is an `end`, 24:00 and midnight end the day."""
    if end and is_end_of_day(word):
        return instant_of(_shifted(word, day, 1), time(), zone)
    clock = clock_or_none(word, bare=bare)
    return None if clock is None else instant_of(day, clock, zone)


def _date_or_none(text: str, today: date, *, planned: bool) -> date | None:
    """The day, None if `text` has no form of one. Raises BadInput for a day that does not exist."""
    word = re.sub(r"^(am|on|den) ", "", folded(text))
    ahead = _days_ahead(word, today, planned=planned)
    if ahead is not None:
        return _shifted(text, today, ahead)
    if match := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", word, re.ASCII):
        return _day(text, int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMBERS.fullmatch(word):
        day, month, year = int(match[1]), int(match[2]), match[3]
    elif match := _DAY_MONTH.fullmatch(word):
        day, month, year = int(match[1]), MONTHS[match[2]], match[3]
    elif match := _MONTH_DAY.fullmatch(word):
        day, month, year = int(match[2]), MONTHS[match[1]], match[3]
    else:
        return None
    if year:
        return _day(text, int(year) + (2000 if len(year) == 2 else 0), month, day)
    return _nearest_year(text, month, day, today, planned=planned)


def _days_ahead(word: str, today: date, *, planned: bool) -> int | None:
    """How many days ahead of today a word lies, None if it names no such day."""
    if word in _DAYS:
        return _DAYS[word]
    if (match := re.fullmatch(r"([+-])(\d{1,4}) ?([a-z]+)", word, re.ASCII)) and match[3] in _SPANS:
        return (1 if match[1] == "+" else -1) * int(match[2]) * _SPANS[match[3]]
    if (spent := _days_ago(word)) is not None:
        return -spent
    if (match := re.fullmatch(r"in (\w+) (\w+)", word)) and match[2] in _SPANS:
        count = number(match[1])
        return None if count is None else count * _SPANS[match[2]]
    which, _, name = word.rpartition(" ")
    if name not in WEEKDAYS:
        return None
    ahead = (WEEKDAYS[name] - today.weekday()) % 7
    if which in LAST:
        return ahead - 7
    if which in NEXT:
        return ahead or 7
    if which and which not in THIS:
        return None
    return ahead if planned or ahead == 0 else ahead - 7


def _days_ago(word: str) -> int | None:
    """`vor 2 tagen`, `2 days ago`, `a week ago` as days."""
    match = re.fullmatch(r"vor (\w+) (\w+)", word) or re.fullmatch(r"(\w+) (\w+) ago", word)
    if match is None or match[2] not in _SPANS:
        match = re.fullmatch(r"(\d{1,9})(d|w) ago", word, re.ASCII)
    if match is None or (count := number(match[1])) is None:
        return None
    return count * _SPANS[match[2]]


def _length_ago(word: str) -> timedelta | None:
    """`-15m`, `vor 15 min`, `15m ago`; None where it tells no length of time."""
    match = re.fullmatch(r"-(.+)", word) or re.fullmatch(r"vor (.+)", word)
    match = match or re.fullmatch(r"(.+?) ago", word)
    if match is None:
        return None
    try:
        return timedelta(seconds=parse_duration(match[1]))
    except BadInput:
        return None


def _shifted(text: str, day: date, days: int) -> date:
    """`days` later. Raises BadInput outside of the years that are known."""
    try:
        moved = day + timedelta(days=days)
    except OverflowError:
        raise BadInput(f'"{text}" is too far away', DATE_HINT) from None
    refuse_far(moved)
    return moved


def _day(text: str, year: int, month: int, day: int) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise BadInput(f'the date "{text}" does not exist', DATE_HINT) from None
    refuse_far(found)
    return found


def _nearest_year(text: str, month: int, day: int, today: date, *, planned: bool) -> date:
    """A date without a year: the next one where something is planned, else the last."""
    steps = range(9) if planned else range(0, -9, -1)  # eight years hold a 29 February
    for step in steps:
        try:
            found = date(today.year + step, month, day)
        except ValueError:
            continue
        if (found >= today) if planned else (found <= today):
            return found
    raise BadInput(f'the date "{text}" does not exist', DATE_HINT)


def parse_period(text: str, today: date | None = None, *, planned: bool = False) -> Period:
    """A period as `periods.single_period` has it, or from one, or a date, to another: `2026-03..2026-05`.

    Raises BadInput.
    """
    begin, dots, end = text.partition("..")
    if not dots:
        return single_period(text, today, planned=planned)
    first = _end_of_period(text, begin, today, planned=planned).from_
    last = _end_of_period(text, end, today, planned=planned).to
    assert first is not None, "what is written has both ends"
    assert last is not None, "what is written has both ends"
    if last < first:
        raise BadInput(f'the period "{text}" ends before it begins', "write it as `FIRST..LAST`")
    return Period(first, last)


def _end_of_period(text: str, part: str, today: date | None, *, planned: bool) -> Period:
    """A period at one end of another, or a day. Raises BadInput."""
    if not part.strip() or ".." in part:
        raise BadInput(f'"{text}" is not a period', PERIOD_HINT)
    try:
        return single_period(part, today, planned=planned)
    except BadInput:
        day = None if today is None else _date_or_none(part, today, planned=planned)
        if day is None:
            raise
        return Period(day, day)
