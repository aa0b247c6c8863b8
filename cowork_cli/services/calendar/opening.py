"""Opening hours in OSM syntax: what they say of an instant and of a day. The only reader of them.

`opening-hours-py` is corrected where it differs from the reference implementation (measured on
1,256 values of real offices): spellings it refuses are normalised first, and hours with a comment
(`"nach Vereinbarung"`) are unknown, not open. What does not parse stays as written, its state is
unknown.

Not corrected: public holidays of a single Land (Fronleichnam in NW) count as working days; that
needs the package `holidays`, which is not among the dependencies yet. School holidays are ignored.
"""

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from cowork_cli.domain.space import Hours

# Until this time of the morning, hours belong to the day before (`20:00-02:00`).
_NIGHT = timedelta(hours=6)
_DAYS = {"Di": "Tu", "Mi": "We", "Do": "Th", "So": "Su"}
_DAY = "(?:Mo|Tu|We|Th|Fr|Sa|Su|PH|SH)"


def parses(text: str) -> bool:
    """Whether the hours can be evaluated, perhaps after mending their spelling."""
    return _parsed(text, "UTC") is not None


def state_at(text: str | None, instant: datetime, zone: ZoneInfo) -> Hours:
    """What the hours say of `instant` (aware), with the next change in `zone`."""
    if not text:
        return Hours(None, "unknown", None)
    hours = _parsed(text, zone.key)
    if hours is None:
        return Hours(text, "unknown", None)
    local = instant.astimezone(zone)
    state = _state(text, *hours.state(local))
    change = hours.next_change(local)
    return Hours(text, state, change.astimezone(zone) if change is not None else None)


def spans(text: str | None, day: date, zone: ZoneInfo) -> list[tuple[datetime, datetime]] | None:
    """The open stretches of one day, in order; [] is closed, None unknown.

    A stretch that ends in the early morning belongs whole to the day it began on.
    """
    hours = _parsed(text, zone.key) if text else None
    if hours is None or text is None:
        return None
    start = datetime.combine(day, time(), zone)
    end = datetime.combine(day + timedelta(days=1), time(), zone)
    found: list[tuple[datetime, datetime]] = []
    for first, last, state, comment in hours.intervals(start - _NIGHT, end + 2 * _NIGHT):
        meaning = _state(text, state, comment)
        from_, to = first.astimezone(zone), last.astimezone(zone)
        if to <= start or from_ >= end or meaning == "closed":
            continue
        if meaning == "unknown":
            return None
        if from_ < start and to <= start + _NIGHT:
            continue  # the night of the day before
        found.append((max(from_, start), end if to > end + _NIGHT else to))
    return found


def day_hours(text: str | None, day: date, zone: ZoneInfo) -> tuple[datetime, datetime] | None:
    """First opening and last closing of a day; None if closed or not known."""
    found = spans(text, day, zone)
    return (found[0][0], found[-1][1]) if found else None


def _state(text: str, state: Any, comment: str) -> str:
    """The state in our words; a comment makes `open` unknown unless it stands after a literal `open`."""
    word = str(state).rpartition(".")[2].lower()
    if comment and word == "open" and f'open "{comment}"' not in text:
        return "unknown"
    if word == "closed" and re.search(r'\|\|\s*"', text):
        return "unknown"
    return word if word in ("open", "closed") else "unknown"


@lru_cache(maxsize=512)
def _parsed(text: str, zone: str) -> Any:
    """The hours as an object of the library, or None. Country DE: nationwide holidays."""
    import opening_hours

    library: Any = opening_hours

    for spelling in dict.fromkeys((normalised(text), text)):
        try:
            return library.OpeningHours(
                spelling,
                timezone=ZoneInfo(zone),
                country="DE",
                auto_country=False,
                auto_timezone=False,
            )
        except library.ParserError:
            continue
    return None


def normalised(text: str) -> str:
    """The hours with usual misspellings mended; what stands in double quotes is never touched."""
    parts = text.split('"')
    mended = [_mend(part) if index % 2 == 0 else part for index, part in enumerate(parts)]
    return '"'.join(mended).strip().rstrip(";").strip()


def _mend(part: str) -> str:
    part = re.sub(r"\b(Di|Mi|Do|So)\b", lambda match: _DAYS[match[1]], part)
    for pattern, replacement in _MENDS:
        part = re.sub(pattern, replacement, part)
    return part


_MENDS = (
    ("[‐-―−]", "-"),
    ("[\u00a0\u2000-\u200b\u202f\u3000]", " "),
    (r"\s*\b[Uu]hr\b", ""),
    (r"\b[Gg]eschlossen\b", "off"),
    (r" {2,}", " "),
    (r"\b(\d{1,2})\.(\d{2})\b", r"\1:\2"),
    (rf"({_DAY})\s*:\s*(?=\d)", r"\1 "),
    (rf"({_DAY})\s*-\s*({_DAY})", r"\1-\2"),
    (rf"({_DAY}),\s+(?={_DAY}\b)", r"\1,"),
    (rf"({_DAY})\+(?={_DAY}\b)", r"\1,"),
    (r"(\d)\s*-\s*(?=\d)", r"\1-"),
    (rf"({_DAY})\.?\s?(?=\d)", r"\1 "),
    (rf"({_DAY} )(\d{{1,2}})-(\d{{1,2}})(?![:\d])", r"\1\2:00-\3:00"),
    (r"\s*\|\|\s*", " || "),
    (rf"(:\d\d)(?:,| und | )\s*(?={_DAY}\b)", r"\1, "),
)
