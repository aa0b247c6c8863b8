"""The day log for a tax adviser: a page (`day_log.typ`) and a CSV file.

Owns what stands in which place; `words.day_log` owns the words. What the person typed reaches Typst as JSON
strings, never as markup, and a spreadsheet as text, never as a formula.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from cowork_cli.documents import formats
from cowork_cli.documents.typeset import typeset
from cowork_cli.documents.words.day_log import WORDS
from cowork_cli.domain.day import Day, Stay
from cowork_cli.domain.day_report import DayFigures, DayRule, Lack, PlaceCounter
from cowork_cli.domain.money import Money, hours_of
from cowork_cli.domain.period import Period
from cowork_cli.domain.spreadsheet import harmless

_TEMPLATE = Path(__file__).with_name("day_log.typ")
CSV_COLUMNS = (
    "record", "date", "class", "kind", "hours", "hours_home", "places", "away_from", "away_to",
    "driven_km", "purpose", "note", "home_day", "way_a", "way_b", "meals", "year", "rule", "reading",
    "days", "quantity", "unit", "amount", "currency", "state", "source",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DayLog:
    """All that is handed out: days with their places by title, and what they give under which rule."""

    name: str
    address: tuple[str, ...]
    period: Period
    made_on: date
    days: Sequence[Day]
    figures: Sequence[DayFigures]
    rules: Sequence[DayRule]
    counters: Sequence[PlaceCounter]
    lacks: Sequence[Lack]


def day_log_csv(log: DayLog) -> bytes:
    """A row for each day (`day`), then one for each line of a rule (`rule`). Hours with two decimals."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, CSV_COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    figures = {row.date: row for row in log.figures}
    for day in log.days:
        writer.writerow(_csv_day(day, figures.get(day.date)))
    for row in log.rules:
        writer.writerow(
            {
                "record": "rule",
                "year": row.year,
                "rule": row.rule,
                "places": harmless(row.place or ""),
                "reading": row.reading or "",
                "days": row.days,
                "quantity": "" if row.quantity is None else f"{row.quantity:f}",
                "unit": row.unit or "",
                "amount": _plain(row.amount),
                "currency": row.amount.currency if row.amount else "",
                "state": row.state,
                "source": row.source,
                "note": harmless(row.note or ""),
            }
        )
    return stream.getvalue().encode()


def day_log_pdf(log: DayLog, language: str, font: Path | None = None) -> bytes:
    """The page; equal input gives equal bytes. Raises BadInput for letters without a font."""
    noon = datetime.combine(log.made_on, time(12), UTC)
    return typeset(_TEMPLATE, _view(log, language), _fields(log), noon, font=font)


def _csv_day(day: Day, figures: DayFigures | None) -> dict[str, Any]:
    places = "; ".join(
        f"{stay.title or stay.place} {hours_of(stay.duration_s):f}{_clocks(stay, '-')}"
        for stay in day.stays
    )
    return {
        "record": "day",
        "date": day.date.isoformat(),
        "class": day.class_,
        "kind": day.kind,
        "hours": f"{hours_of(day.duration_s):f}",
        "hours_home": f"{hours_of(day.home_s):f}",
        "places": harmless(places),
        "away_from": day.away_from or "",
        "away_to": day.away_to or "",
        "driven_km": "" if day.driven_km is None else f"{day.driven_km:f}",
        "purpose": harmless(day.purpose or ""),
        "note": harmless(day.note or ""),
        "home_day": figures.home_day if figures else "",
        "way_a": _plain(figures.way_a) if figures else "",
        "way_b": _plain(figures.way_b) if figures else "",
        "meals": _plain(figures.meals) if figures else "",
    }


def _plain(money: Money | None) -> str:
    return "" if money is None else f"{money.amount:f}"


# ---- the page


def _view(log: DayLog, language: str) -> dict[str, Any]:
    words = WORDS[language]
    figures = {row.date: row for row in log.figures}
    period = formats.period_text(log.period, language) if log.period.from_ else str(log.period)
    return {
        "language": language,
        "region": "DE" if language == "de" else "GB",
        "title": words["title"],
        "author": log.name,
        "address": list(log.address),
        "period": words["period"].format(period=period),
        "made": words["made"].format(day=formats.date_text(log.made_on, language)),
        "readings": words["readings"],
        "words": words,
        "rules": [_rule(row, language) for row in log.rules],
        "counters": [_counter(row, language) for row in log.counters],
        "lacks": [_lack(row, language) for row in log.lacks],
        "days": [_day(day, figures.get(day.date), language) for day in log.days],
        "sources": list(
            dict.fromkeys(f"{row.year}: {words['source-' + row.rule]}" for row in log.rules)
        ),
    }


def _rule(row: DayRule, language: str) -> list[str]:
    words = WORDS[language]
    place = words.get(row.place, row.place) if row.place else ""
    quantity = ""
    if row.quantity is not None:
        number = formats.quantity_text(row.quantity, language)
        quantity = words["unit_km" if row.unit == "km" else "unit_day"].format(n=number)
    amount = _money(row.amount, language)
    if row.cap is not None:
        amount = words["cap"].format(note=amount, cap=formats.money_text(row.cap, language))
    return [
        str(row.year), words[row.rule].format(place=place), row.reading or "", str(row.days), quantity,
        amount, words[row.state],
    ]  # fmt: skip


def _counter(row: PlaceCounter, language: str) -> list[str]:
    words = WORDS[language]
    lasting = words["unsaid" if row.lasting is None else "yes" if row.lasting else "no"]
    return [
        str(row.year), row.place, str(row.days), str(row.full_days),
        formats.quantity_text(row.days_per_week, language), formats.rate_text(row.share, language),
        lasting, words[row.rule_met],
    ]  # fmt: skip


def _lack(row: Lack, language: str) -> str:
    first = formats.date_text(row.first, language) if row.first else ""
    what = WORDS[language][f"lack-{row.lack}"].format(place=row.place)
    return WORDS[language]["lack"].format(days=row.days, first=first, what=what)


def _day(day: Day, figures: DayFigures | None, language: str) -> list[str]:
    words = WORDS[language]
    where = ", ".join(
        f"{_titled(stay, language)} {_hours(stay.duration_s)}{_clocks(stay, '–')}"
        for stay in day.stays
    )
    away = "" if day.away_from is None else f"{day.away_from}–{day.away_to}"
    home = words["none"]
    if figures and figures.home_day != "no":
        home = words[figures.home_day]
    return [
        formats.date_text(day.date, language), day.class_, _hours(day.duration_s), where, away,
        day.purpose or "", home,
        *(_money(getattr(figures, name) if figures else None, language) for name in ("way_a", "way_b", "meals")),
    ]  # fmt: skip


def _titled(stay: Stay, language: str) -> str:
    """The name of a place; home and the way have a word in each language."""
    return WORDS[language].get(f"place-{stay.place}", stay.title or stay.place)


def _clocks(stay: Stay, dash: str) -> str:
    """` (09:00–17:00)`: first start and last end at a place, where they are known."""
    return f" ({stay.from_}{dash}{stay.to})" if stay.from_ and stay.to else ""


def _hours(seconds: int) -> str:
    return f"{seconds // 3600}:{seconds % 3600 // 60:02}"


def _money(money: Money | None, language: str) -> str:
    return "" if money is None else formats.money_text(money, language)


def _fields(log: DayLog) -> Iterator[tuple[str, str]]:
    """What the person typed, with the name of the field."""
    for text in (log.name, *log.address):
        yield "the seller's name or address", text
    for day in log.days:
        yield f"the purpose of {day.date}", day.purpose or ""
        for stay in day.stays:
            yield f"a place of {day.date}", stay.title or stay.place
    for counter in log.counters:
        yield "a place", counter.place
    for lack in log.lacks:
        yield "a place", lack.place or ""
