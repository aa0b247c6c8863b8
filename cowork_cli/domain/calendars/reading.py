"""When a calendar is busy: RFC 5545 text → stretches of time, expanded on this side.

What the libraries leave to us, or do otherwise (icalendar 7.3, recurring-ical-events 3.8):
- `X-WR-TIMEZONE` would move a series in UTC over a clock change; here it is only the zone of starts
  that have none.
- A TZID that nobody knows gives a start without zone and without error; the zone of the space is taken
  and said.
- The hours of a DURATION are elapsed time (RFC 5545, 3.3.6), its days are days of the wall. The length of
  a series with DTEND is exact (3.8.5.3).
- `between` neither filters nor sorts, and knows nothing of cancelled or transparent events.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from cowork_cli.domain.calendars import rules
from cowork_cli.domain.calendars.zone_names import zone_behind
from cowork_cli.domain.nouns import count
from cowork_cli.domain.zones import day_start, elapsed, plus

_DURATION_LINE = re.compile(r"^DURATION(?:;[^:\r\n]*)?:([^\r\n]+)", re.MULTILINE | re.IGNORECASE)
_DURATION = re.compile(
    r"([+-]?)P(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,8})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?",
    re.IGNORECASE,
)
_WRITTEN_DURATION, _EXACT_SECONDS = "X-COWORK-DURATION", "X-COWORK-SECONDS"
_TIMED = ("DTSTART", "DTEND", "RECURRENCE-ID")
_A_DAY = timedelta(days=1)


class NoCalendar(ValueError):
    """The text is no calendar, or only a part of one; the message says which."""


@dataclass(frozen=True, slots=True)
class Busy:
    """A stretch of time that is taken: aware instants, `to` not included. `tentative`: not for sure."""

    from_: datetime
    to: datetime
    uid: str
    tentative: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What a calendar says of a stretch of time.

    `events` counts all that it holds, whenever they are; `notes` say what had to be assumed.
    """

    busy: tuple[Busy, ...]
    events: int
    notes: tuple[str, ...] = ()


def parsed(text: str) -> list[Any]:
    """The VCALENDARs of a text. Raises NoCalendar for a web page, for half a file, for anything else."""
    body = text.lstrip("\ufeff \t\r\n")
    if not body[:15].upper().startswith("BEGIN:VCALENDAR"):
        start = "a web page" if body[:1] == "<" else "something that is no calendar"
        raise NoCalendar(f"{start} (iCalendar begins with BEGIN:VCALENDAR)")
    if not body.rstrip().upper().endswith("END:VCALENDAR"):
        raise NoCalendar("only a part of a calendar: its end is missing")
    import warnings

    import icalendar

    unfolded = re.sub(r"\r?\n[ \t]", "", body)
    marked = _DURATION_LINE.sub(rf"\g<0>\r\n{_WRITTEN_DURATION}:\1", unfolded)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # names of zones that it had to guess: ours to judge
            return list(icalendar.Calendar.from_ical(marked, multiple=True))
    except (LookupError, ValueError, TypeError, AttributeError, RecursionError, OSError):
        # OSError: the name of a zone is looked up as a file, and may be longer than one can be called.
        raise NoCalendar("a calendar that cannot be read") from None


def busy_times(text: str, from_: datetime, to: datetime, zone: ZoneInfo) -> Reading:
    """What is taken between two instants, in order. `zone` is that of the space. Raises NoCalendar."""
    return busy_in(parsed(text), from_, to, zone)


def busy_in(calendars: Iterable[Any], from_: datetime, to: datetime, zone: ZoneInfo) -> Reading:
    """As `busy_times`, of calendars that are parsed already."""
    look = Look(from_.astimezone(UTC), to.astimezone(UTC), zone)
    found: list[Busy] = []
    for calendar in calendars:
        found += look.at(calendar)
    found.sort(key=lambda busy: (busy.from_, busy.to, busy.uid))
    return Reading(tuple(found), look.events, tuple(look.notes))


@dataclass(slots=True)
class Look:
    """One look at a window of time; `from_` and `to` in UTC."""

    from_: datetime
    to: datetime
    zone: ZoneInfo
    events: int = 0
    notes: dict[str, None] = field(default_factory=dict)
    unread: int = 0

    def at(self, calendar: Any) -> Iterator[Busy]:
        """What a calendar takes of the window."""
        given = str(calendar.get("X-WR-TIMEZONE") or "")
        default = zone_behind(given) or self.zone
        groups: dict[str, list[Any]] = {}
        self.unread = 0
        for event in calendar.walk("VEVENT"):
            self.events += 1
            if self._prepared(event, default):
                groups.setdefault(str(event.get("UID") or f"#{self.events}"), []).append(event)
        if self.unread:
            self.say(
                f"{count(self.unread, 'event')} without a start that can be read: the time taken is not known."
            )
        for uid, events in groups.items():
            yield from self._of_group(uid, events)
        for component in calendar.walk("VFREEBUSY"):
            self.events += 1
            yield from self._of_freebusy(component)

    def ignored(self, event: Any) -> bool:
        """Whether an event is passed over: it takes no time of anybody."""
        return _is_free(event)

    def say(self, note: str) -> None:
        """Puts down what had to be assumed, once."""
        self.notes[note] = None

    # One event is made ready: starts get a zone, exact lengths are written down ────────────────────

    def _prepared(self, event: Any, default: tzinfo) -> bool:
        try:
            start = event["DTSTART"].dt
            for name in _TIMED:
                if name in event:
                    self._give_zone(event, name, default)
            for name in ("EXDATE", "RDATE"):
                self._give_zones(event, name, default)
            self._note_length(event)
        except (KeyError, ValueError, TypeError, AttributeError, OverflowError):
            self.unread += 1
            return False
        return isinstance(start, date)

    def _give_zone(self, event: Any, name: str, default: tzinfo) -> None:
        value = event[name]
        when = value.dt
        if isinstance(when, datetime) and when.tzinfo is None:
            zone = self._zone_of(value.params, default)
            kept = dict(value.params)
            del event[name]
            event.add(name, when.replace(tzinfo=zone))
            event[name].params.update(
                {key: text for key, text in kept.items() if key not in ("TZID", "VALUE")}
            )

    def _give_zones(self, event: Any, name: str, default: tzinfo) -> None:
        if name not in event:
            return
        given = event[name]
        lists = given if isinstance(given, list) else [given]
        moments = [
            one.replace(tzinfo=self._zone_of(dates.params, default))
            if isinstance(one, datetime) and one.tzinfo is None
            else one
            for dates in lists
            for one in (entry.dt for entry in dates.dts)
        ]
        del event[name]
        for moment in moments:
            event.add(name, moment)

    def _zone_of(self, params: Mapping[str, Any], default: tzinfo) -> tzinfo:
        name = str(params.get("TZID") or "")
        if not name:
            return default
        zone = zone_behind(name)
        if zone is None:
            self.say(
                f'The zone "{name}" is not known: the time of the space is taken, {self.zone}.'
            )
        return zone or self.zone

    @staticmethod
    def _note_length(event: Any) -> None:
        repeats = "RRULE" in event or "RDATE" in event
        if not repeats or _WRITTEN_DURATION in event or "DTEND" not in event:
            return
        start, end = event["DTSTART"].dt, event["DTEND"].dt
        if isinstance(start, datetime) and isinstance(end, datetime):
            event.add(_EXACT_SECONDS, str(int(elapsed(start, end).total_seconds())))

    # What it takes ───────────────────────────────────────────────────────────────────────────────

    def _of_group(self, uid: str, events: list[Any]) -> Iterator[Busy]:
        """All that bears one UID: a series with its exceptions, or several events that clash."""
        masters = [event for event in events if "RECURRENCE-ID" not in event]
        newest = max((sequence(event) for event in masters), default=0)
        masters = [event for event in masters if sequence(event) == newest]
        if len(masters) > 1:
            self.say(f"{len(masters)} events share one UID; each of them counts.")
        exceptions = [event for event in events if "RECURRENCE-ID" in event]
        for number, master in enumerate(masters):
            yield from self._of_series(uid, master, exceptions if number == 0 else [])
        if not masters:
            for event in exceptions:
                yield from self._taken(event, event["DTSTART"].dt, uid)

    def _of_series(self, uid: str, master: Any, exceptions: list[Any]) -> Iterator[Busy]:
        if "RRULE" not in master and "RDATE" not in master:
            yield from self._taken(master, master["DTSTART"].dt, uid)
            return
        if self.ignored(master) and not exceptions:
            return
        verdict = rules.judged(master, self.to)
        if verdict is rules.Verdict.TOO_MANY:
            start = max(self._instant(master["DTSTART"].dt), self.from_)
            self.say("A series that repeats too often to be read is taken for busy all the time.")
            if start < self.to and not _is_free(master):
                yield Busy(start, self.to, uid)
            return
        if verdict is rules.Verdict.UNREADABLE:
            self.say("A series cannot be read; only its first time is known.")
        if verdict in (rules.Verdict.NEVER, rules.Verdict.UNREADABLE):
            del master["RRULE"]
        for instance in self._expanded(master, exceptions):
            yield from self._taken(instance, instance["DTSTART"].dt, uid)

    def _expanded(self, master: Any, exceptions: list[Any]) -> Iterator[Any]:
        import icalendar
        import recurring_ical_events

        series = icalendar.Calendar()
        for event in (master, *exceptions):
            series.add_component(event)
        try:
            # A day more on each side: what it filters by is the wall, which a clock change moves.
            yield from recurring_ical_events.of(series).between(
                plus(self.from_, -_A_DAY), plus(self.to, _A_DAY)
            )
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
            self.say("A series cannot be read; what time it takes is not known.")

    def _taken(self, event: Any, start: date, uid: str) -> Iterator[Busy]:
        if _is_free(event):
            return
        try:
            begin, end = self._instant(start), self._end(event, start)
        except (ValueError, OverflowError, TypeError, AttributeError):
            self.say("1 event cannot be read; what time it takes is not known.")
            return
        if begin < self.to and end > self.from_ and end > begin:
            status = str(event.get("STATUS") or "").upper()
            yield Busy(begin, end, uid, status == "TENTATIVE")

    def _end(self, event: Any, start: date) -> datetime:
        if _WRITTEN_DURATION in event:
            days, rest = length(str(event[_WRITTEN_DURATION]))
            return plus(self._instant(_wall_days_after(start, days)), rest)
        if _EXACT_SECONDS in event:
            return plus(self._instant(start), timedelta(seconds=int(event[_EXACT_SECONDS])))
        if "DTEND" in event:
            return self._instant(event["DTEND"].dt)
        if isinstance(start, datetime):
            return self._instant(start)
        return self._instant(_wall_days_after(start, 1))

    def _instant(self, when: date) -> datetime:
        """In UTC; a day begins where the space lies."""
        if not isinstance(when, datetime):
            return day_start(when, self.zone).astimezone(UTC)
        if when.tzinfo is None:
            when = when.replace(tzinfo=self.zone)
        return when.astimezone(UTC)

    def _of_freebusy(self, component: Any) -> Iterator[Busy]:
        given = component.get("FREEBUSY")
        for period in given if isinstance(given, list) else [given] if given else []:
            kind = str(period.params.get("FBTYPE") or "BUSY").upper()
            begin, end = self._instant(period.start), self._instant(period.end)
            if kind != "FREE" and begin < self.to and end > self.from_:
                yield Busy(begin, end, "", kind == "BUSY-TENTATIVE")


def _wall_days_after(start: date, days: int) -> date:
    """The same clock so many days later: the days of a DURATION are nominal (RFC 5545, 3.3.6)."""
    if not isinstance(start, datetime):
        return start + timedelta(days=days)
    later = start.date() + timedelta(days=days)
    return datetime.combine(later, start.timetz(), tzinfo=start.tzinfo)


def length(text: str) -> tuple[int, timedelta]:
    """A DURATION as days of the wall and elapsed time. Raises ValueError."""
    match = _DURATION.fullmatch(text.strip())
    if match is None:
        raise ValueError(text)
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    if match[1] == "-":
        raise ValueError(text)
    return weeks * 7 + days, timedelta(hours=hours, minutes=minutes, seconds=seconds)


def sequence(event: Any) -> int:
    """How often an event was revised (RFC 5545, 3.8.7.4); 0 where it does not say."""
    try:
        return int(event.get("SEQUENCE") or 0)
    except (TypeError, ValueError):
        return 0


def _is_free(event: Any) -> bool:
    cancelled = str(event.get("STATUS") or "").upper() == "CANCELLED"
    return cancelled or str(event.get("TRANSP") or "").upper() == "TRANSPARENT"
