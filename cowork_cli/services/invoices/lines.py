"""The lines of a draft: which work stands on which line, and the words on it."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from cowork_cli.data.tax import TaxCase
from cowork_cli.documents.words.lines import MONTHS, WEEKDAYS, WORDS
from cowork_cli.domain.billing import short
from cowork_cli.domain.invoice import Line
from cowork_cli.domain.money import hours_of, line_net
from cowork_cli.services.hours.billing import Billed, line_key, quantity

GROUPS = ("project", "day", "entry", "tag")
_LONGEST_TEXT = 300


def groups(by: str, work: Sequence[Billed]) -> Iterable[list[Billed]]:
    """The work behind each line. A line has one project and one rate; travel has its own."""
    found: dict[tuple[object, ...], list[Billed]] = {}
    for item in work:
        own = item.work
        key = {"project": (), "day": (own.day,), "entry": own.entry, "tag": (own.tags,)}[by]
        found.setdefault((*line_key(own), *key), []).append(item)
    return found.values()


def line(by: str, group: Sequence[Billed], case: TaxCase, *, currency: str, language: str) -> Line:
    """The line of a group, its words in a `language` of the invoices."""
    amount = quantity(group)
    rate = group[0].work.rate
    return Line(
        text=_text(by, group, language),
        quantity=amount,
        unit=rate.unit,
        price=rate.money,
        discount=None,
        vat_rate=Decimal(case.rate),
        vat_category=case.category,
        net=line_net(amount, rate.money, None, currency),
        duration_s=sum(item.work.seconds for item in group),
    )


def _text(by: str, group: Sequence[Billed], language: str) -> str:
    """`acme/site: Konzept, Umsetzung`, with the day or the tags where they made the group.

    Travel is named with its factor; behind a day rate stand the hours of each day.
    """
    first = group[0].work
    head = first.project_name or first.project
    if by in ("day", "entry"):
        head = f"{first.day:%d.%m.%Y} {head}"
    elif by == "tag" and first.tags:
        head = f"{head} ({first.tags.replace(',', ', ')})"
    notes = ", ".join(dict.fromkeys(item.work.note for item in group if item.work.note))
    if len(notes) > _LONGEST_TEXT:
        notes = notes[:_LONGEST_TEXT].rpartition(", ")[0] + " …"
    words = ", ".join(filter(None, (_travel(group, language), notes)))
    hours = _days(group, language, dated=by not in ("day", "entry"))
    return (f"{head}: {words}" if words else head) + (f" ({hours})" if hours else "")


def _travel(group: Sequence[Billed], language: str) -> str:
    """`Reisezeit 50 %`, or nothing for other work."""
    work = group[0].work
    if not work.travel or work.terms.travel_factor is None:
        return ""
    percent = short(work.terms.travel_factor * 100)
    return WORDS[language]["travel"].format(percent=_figure(percent, language))


def _days(group: Sequence[Billed], language: str, *, dated: bool) -> str:
    """`Mo 23.11. 8,0 h; Di 24.11. 4,5 h` for a day rate, else nothing."""
    if group[0].work.rate.unit != "day":
        return ""
    seconds: dict[date, int] = {}
    for item in group:
        seconds[item.work.day] = seconds.get(item.work.day, 0) + item.seconds
    return "; ".join(
        (f"{_day(day, language)} " if dated else "") + _hours(total, language)
        for day, total in sorted(seconds.items())
    )


def _day(day: date, language: str) -> str:
    name = WEEKDAYS[language][day.weekday()]
    if language == "de":
        return f"{name} {day:%d.%m.}"
    return f"{name} {day.day} {MONTHS[day.month - 1]}"


def _hours(seconds: int, language: str) -> str:
    """Hours with one decimal, or two where they are needed."""
    hours = f"{hours_of(seconds):.2f}".removesuffix("0")
    return f"{_figure(hours, language)} h"


def _figure(text: str, language: str) -> str:
    return text.replace(".", ",") if language == "de" else text
