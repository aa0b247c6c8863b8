"""Own answers on the need of coworking, for a municipality or a region: drawn from the records, without a name.

Anonymised: no names, no places, no dates; figures are rounded (days to halves, kilometres to five, times to half
hours), postcodes are cut to two figures. What nothing says and nobody was asked stays without an answer.
"""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from datetime import date, time, timedelta
from decimal import Decimal
from statistics import median
from typing import TYPE_CHECKING

from cowork_cli.documents.plain_mail import PlainMail, eml
from cowork_cli.documents.words.people import SURVEY
from cowork_cli.domain.amounts import parse_decimal
from cowork_cli.domain.money import round_half_up
from cowork_cli.domain.spreadsheet import harmless
from cowork_cli.domain.team import Answer
from cowork_cli.domain.zones import at, instant_of, seconds_of, zone_named
from cowork_cli.errors import BadInput
from cowork_cli.records import dataclass
from cowork_cli.store import answers, day_places
from cowork_cli.store import days as day_log

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from cowork_cli.store.engine.store import Store

TEMPLATES = ("region",)
MODES = ("foot", "bike", "e-bike", "car", "bus", "tram", "train", "mixed")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_LOG, _BOTH = "day log of 12 months", "bookings and day log of 12 months"
_ENTRIES, _BOOKED, _SAID = "hours of 12 months", "bookings of 12 months", "what was said"


@dataclass(frozen=True, slots=True)
class Said:
    """What only the person knows; None is not answered."""

    km: str | None = None
    mode: str | None = None
    childcare: bool | None = None
    days: str | None = None
    postcode: str | None = None


def region(
    store: "Store", said: Said, template: str, today: date, zone: "ZoneInfo"
) -> list[Answer]:
    """The answers. Raises BadInput for what cannot be one."""
    if template not in TEMPLATES:
        raise BadInput(
            f'there is no template "{template}"', f"choose one of {', '.join(TEMPLATES)}"
        )
    if said.mode is not None and said.mode not in MODES:
        raise BadInput(f'--mode "{said.mode}" is not known', f"choose one of {', '.join(MODES)}")
    first = today - timedelta(days=364)
    entries = answers.days(store, first.isoformat(), today.isoformat())
    begin = seconds_of(instant_of(first, time(), zone))
    end = seconds_of(instant_of(today + timedelta(days=1), time(), zone))
    booked = answers.desk_bookings(store, begin, end)
    days = {at(from_at, zone_named(where)).date() for _, from_at, _, where in booked}
    log = _Log(store, first, today)
    source = _BOTH if log.days else _BOOKED
    days |= log.days
    return [
        _days_wanted(said, days, today, source),
        Answer("weekdays", "Which days", _weekdays(days), None, source),
        *_times(entries),
        _week(entries, today),
        _booths(booked, today),
        _of_log("distance", "Way to work, one way", _km(said.km), log.km, "km"),
        _of_log("mode", "How you come", said.mode, log.mode, None),
        Answer("childcare", "Childcare is needed", _yes(said.childcare), None, _SAID),
        Answer(
            "region", "Postcode, its first two figures", _postcode(said.postcode), None, "settings"
        ),
    ]


class _Log:
    """What the day log says of the days in spaces: which, how far (rounded), how one mostly came."""

    def __init__(self, store: "Store", first: date, last: date):
        places = day_places.every(store)
        self.days: set[date] = set()
        ways, modes = list[Decimal](), Counter[str]()
        for day in day_log.logged(store, first, last):
            for stay in day.stays:
                if stay.kind != "space":
                    continue
                self.days.add(day.date)
                said = places.get(stay.place)
                way = stay.way_km if stay.way_km is not None or said is None else said.way_km
                mode = stay.mode or (said.mode if said else None)
                if way is not None:
                    ways.append(way)
                if mode:
                    modes[mode] += 1
        self.km = _km(str(median(ways))) if ways else None
        self.mode = modes.most_common(1)[0][0] if modes else None


def _of_log(key: str, question: str, said: str | None, log: str | None, unit: str | None) -> Answer:
    """What was said, else what the day log says."""
    if said is None and log is not None:
        return Answer(key, question, log, unit, _LOG)
    return Answer(key, question, said, unit, _SAID)


def written(found: Sequence[Answer]) -> bytes:
    """The answers as CSV."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(["key", "question", "answer", "unit"])
    for one in found:
        cells = (one.key, one.question, one.answer or "", one.unit or "")
        table.writerow([harmless(cell) for cell in cells])
    return out.getvalue().encode()


def mail(found: Sequence[Answer], language: str, to: str | None) -> bytes:
    """The answers as a mail without a sender, which the mail program knows. Raises BadInput."""
    if language not in SURVEY:
        raise BadInput(f'--language "{language}" is not known', "give `--language de` or `en`")
    words = SURVEY[language]
    lines = "\n".join(
        f"{one.question}: {one.answer or '–'}{f' {one.unit}' if one.answer and one.unit else ''}"
        for one in found
    )
    parts = (words["greeting"], words["about"], lines)
    return eml(
        PlainMail(words["subject"], parts, language, to=to, file=("answers.csv", written(found)))
    )


# ---- the answers


def _days_wanted(said: Said, days: set[date], today: date, source: str) -> Answer:
    question, unit = "Days a week in a space", "days"
    if said.days is not None:
        value = parse_decimal(said.days, "--days")
        if not 0 <= value <= 7:
            raise BadInput(f"--days {said.days} is not 0 to 7", "give the days a week")
        return Answer("days", question, f"{_halves(value):f}", unit, _SAID)
    if not days:
        return Answer("days", question, None, unit, source)
    weeks = Decimal(max((today - min(days)).days + 1, 7)) / 7
    return Answer("days", question, f"{_halves(Decimal(len(days)) / weeks):f}", unit, source)


def _weekdays(days: set[date]) -> str | None:
    """Those on which at least a tenth of the days lie."""
    counted = Counter(day.weekday() for day in days)
    often = [
        name for place, name in enumerate(_WEEKDAYS) if counted[place] * 10 >= max(len(days), 1)
    ]
    return " ".join(often) or None


def _times(entries: Sequence[tuple[str, str | None, int, int, str]]) -> list[Answer]:
    """When a day begins and ends: the median, to half an hour."""
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for day, _, from_at, to_at, where in entries:
        zone = zone_named(where)
        begin, end = at(from_at, zone), at(to_at, zone)
        first[day] = min(first.get(day, 24 * 60), begin.hour * 60 + begin.minute)
        over = 24 * 60 if end.date() > begin.date() else 0
        last[day] = max(last.get(day, 0), end.hour * 60 + end.minute + over)
    return [
        Answer("begin", "A day begins at", _clock(first), None, _ENTRIES),
        Answer("end", "A day ends at", _clock(last), None, _ENTRIES),
    ]


def _clock(minutes: dict[str, int]) -> str | None:
    if not minutes:
        return None
    half = (round(median(minutes.values())) + 15) // 30 * 30 % (24 * 60)
    return f"{half // 60:02}:{half % 60:02}"


def _week(entries: Sequence[tuple[str, str | None, int, int, str]], today: date) -> Answer:
    seconds = sum(to_at - from_at for _, _, from_at, to_at, _ in entries)
    hours = None
    if entries:
        weeks = Decimal(max((today - date.fromisoformat(entries[0][0])).days + 1, 7)) / 7
        hours = f"{round_half_up(Decimal(seconds) / 3600 / weeks / 5, 0) * 5:f}"
    return Answer("hours", "Hours of work a week", hours, "hours", _ENTRIES)


def _booths(booked: Sequence[tuple[str, int, int, str]], today: date) -> Answer:
    """Hours a month in booths for calls, to halves."""
    question = "Hours a month in a booth"
    if not booked or any(kind == "" for kind, *_ in booked):
        return Answer("booth", question, None, "hours", _BOOKED)
    seconds = sum(to_at - from_at for kind, from_at, to_at, _ in booked if kind == "booth")
    begun = at(booked[0][1], zone_named(booked[0][3])).date()
    months = Decimal(max((today - begun).days + 1, 30)) / 30
    return Answer(
        "booth", question, f"{_halves(Decimal(seconds) / 3600 / months):f}", "hours", _BOOKED
    )


def _km(text: str | None) -> str | None:
    if text is None:
        return None
    value = parse_decimal(text, "--km")
    if not 0 <= value <= 1000:
        raise BadInput(f"--km {text} is no way to work", "give the kilometres one way")
    return f"{round_half_up(value / 5, 0) * 5:f}"


def _postcode(text: str | None) -> str | None:
    digits = "".join(sign for sign in text or "" if sign.isalnum())
    return digits[:2] or None


def _yes(value: bool | None) -> str | None:
    return None if value is None else "yes" if value else "no"


def _halves(value: Decimal) -> Decimal:
    return round_half_up(value * 2, 0) / 2
