"""On which days hours of opening are closed: a space that is closed on a planned day cannot serve it."""

import re
from datetime import date
from zoneinfo import ZoneInfo

from cowork_cli.services.calendar import holidays
from cowork_cli.services.calendar.holidays import Region

_BY_WEEKDAY = re.compile(r"(?:Mo|Tu|We|Th|Fr|Sa|Su|PH|off|closed|\d{1,2}:\d\d|24/7|[\s,;+-])*")


class OpenDays:
    """The days of hours as they are written (OSM syntax); those that cannot be read close on no day."""

    def __init__(self, text: str | None, region: Region):
        self.text, self.region = text, region
        # A day takes a third of a millisecond; where only the weekday and holidays count, each kind of day is read once.
        self.by_kind = bool(text and _BY_WEEKDAY.fullmatch(text))
        self._known: dict[object, str] = {}

    def state(self, day: date) -> str:
        """`open`, `closed` or `unknown`."""
        if not self.text:
            return "unknown"
        key: object = day
        if self.by_kind:
            holiday = holidays.in_region(day, self.region)
            key = day.weekday(), isinstance(holiday, str) or holiday, day.year
        known = self._known.get(key)
        if known is None:
            from cowork_cli.services.calendar import opening

            known = opening.state_on(self.text, day, ZoneInfo("UTC"), self.region).state
            known = self._known[key] = known or "unknown"
        return known
