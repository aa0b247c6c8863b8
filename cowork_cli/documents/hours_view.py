"""What the page of hours says, ready-made for both of its forms: HTML and PDF.

Bars are days for up to six weeks, weeks for up to a year, months for longer. Hours have two decimals, as on
an invoice; the sum is that of the bars, in seconds, before it is rounded.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from cowork_cli.documents import formats
from cowork_cli.documents.words import Words
from cowork_cli.documents.words.hours import WORDS
from cowork_cli.documents.words.spelling import MONTHS
from cowork_cli.domain.money import hours_of
from cowork_cli.domain.period import Period
from cowork_cli.domain.picture import HoursPage

_MOST_DAYS, _MOST_WEEKS = 45, 400
_STEPS = (1, 2, 4, 5, 10, 20, 25, 50, 100, 200, 500, 1000, 5000)  # hours between two lines
_LINES = 5
_LABELS = 16  # more do not fit below a chart


def view_of(page: HoursPage) -> dict[str, Any]:
    """All that both forms show, as strings; `bars` and `projects` also have their `share` of 1."""
    words, language = WORDS[page.language], page.language
    first, last = _range(page)
    unit = (
        "day"
        if (last - first).days < _MOST_DAYS
        else "week"
        if (last - first).days < _MOST_WEEKS
        else "month"
    )
    seconds = dict(page.days)
    total = sum(seconds.values())
    bars = [
        (label, name, sum(seconds.get(day, 0) for day in days))
        for label, name, days in _buckets(first, last, unit, words, language)
    ]
    top, lines = _scale(max((each for _, _, each in bars), default=0), language)
    step = -(-len(bars) // _LABELS)
    most_of_one = max((each for _, each in page.projects), default=0)
    names = [page.seller.company, page.seller.name]
    return {
        "language": language,
        "region": "DE" if language == "de" else "GB",
        "words": words,
        "heading": words["title"],
        "subtitle": _subtitle(page, words, first, last),
        "seller": list(dict.fromkeys(name for name in names if name)),
        "contact": [part for part in (page.seller.email, page.seller.phone) if part],
        "numbers": _numbers(total, len(seconds), words, language),
        "chart": words[f"by_{unit}"],
        "unit": words[unit],
        "lines": lines,
        "bars": [
            {
                "label": label if number % step == 0 else "",
                "name": name,
                "share": each / top if top else 0,
                "hours": _hours(each, language),
                "some": bool(each),
            }
            for number, (label, name, each) in enumerate(bars)
        ],
        "projects": [
            {
                "name": name,
                "hours": _hours(each, language),
                "bar": each / most_of_one if most_of_one else 0,
                "percent": _percent(each, total, language),
            }
            for name, each in page.projects
        ],
        "made": words["made"].format(date=formats.date_text(page.made, language)),
        "total": _hours(total, language),
        "empty": None if total else words["none"],
    }


def _range(page: HoursPage) -> tuple[date, date]:
    """The days of the period; where it is open, those with hours."""
    known = [day for day, _ in page.days] or [page.made]
    first = page.period.from_ or min(known)
    return first, max(first, page.period.to or max(known))


def _subtitle(page: HoursPage, words: Words, first: date, last: date) -> str:
    period = formats.period_text(Period(first, last), page.language) or ""
    if page.client is None:
        return period
    name = page.client.company or page.client.name
    whom = words["for"].format(client=name)
    return f"{whom} · {period}"


def _numbers(total: int, days: int, words: Words, language: str) -> list[dict[str, str]]:
    average = _hours(round(total / days), language) if days else "–"
    return [
        {"label": words["total"], "value": _hours(total, language)},
        {"label": words["days"], "value": str(days)},
        {"label": words["average"], "value": average},
    ]


def _buckets(
    first: date, last: date, unit: str, words: Words, language: str
) -> Iterator[tuple[str, str, list[date]]]:
    """Label, full name and days of each bar."""
    while first <= last:
        if unit == "day":
            end, label, name = first, str(first.day), formats.date_text(first, language)
        elif unit == "week":
            end = first + timedelta(days=6 - first.weekday())
            label = words["week_short"].format(week=first.isocalendar().week)
            name = f"{label}, {first.isocalendar().year}"
        else:
            end = first.replace(day=monthrange(first.year, first.month)[1])
            label = f"{MONTHS[language][first.month - 1][:3]} {first:%y}"
            name = formats.month_text(first, language)
        end = min(end, last)
        yield label, name, [first + timedelta(days=n) for n in range((end - first).days + 1)]
        first = end + timedelta(days=1)


def _scale(most: int, language: str) -> tuple[int, list[dict[str, Any]]]:
    """Seconds at the top of the chart, and its lines with their place from 0 to 1."""
    step = next((hours for hours in _STEPS if most <= hours * 3600 * _LINES), -(-most // 3600))
    count = max(1, -(-most // (step * 3600)))
    return step * count * 3600, [
        {"share": number / count, "label": formats.quantity_text(Decimal(step * number), language)}
        for number in range(count + 1)
    ]


def _hours(seconds: int, language: str) -> str:
    return formats.quantity_text(hours_of(seconds), language, 2)


def _percent(part: int, whole: int, language: str) -> str:
    share = round(Decimal(100 * part) / whole) if whole else 0
    return formats.rate_text(Decimal(share), language)
