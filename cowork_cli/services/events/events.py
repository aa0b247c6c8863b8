"""Events: kept by hand or brought in from a calendar, each once."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from cowork_cli.domain import texts
from cowork_cli.domain.clocks import is_end_of_day, parse_clock
from cowork_cli.domain.event import EVENT_KINDS, Event
from cowork_cli.domain.period import Period
from cowork_cli.domain.phrases import parse_date
from cowork_cli.domain.place import distance_km, fold
from cowork_cli.domain.zones import day_start, elapsed, instant_of, plus, seconds_of
from cowork_cli.errors import BadInput, Conflict, CoworkError
from cowork_cli.in_files import bytes_of
from cowork_cli.records import dataclass, replace
from cowork_cli.redaction import remember
from cowork_cli.services.spaces.facts import check_kinds
from cowork_cli.store import events

if TYPE_CHECKING:
    from cowork_cli.domain.calendars.happenings import Happening
    from cowork_cli.services.spaces.where import Around
    from cowork_cli.store.cache import Cache
    from cowork_cli.store.engine.store import Store

Told = Mapping[str, str | None]
MOST_BYTES = 16 * 1024 * 1024
BEHIND = timedelta(days=366)
AHEAD = timedelta(days=732)
_OTHER = "give another calendar, or keep one with `cowork event add NAME --on DATE`"


def listed(
    period: Period, zone: ZoneInfo, near: "Around | None", *, store: "Store"
) -> tuple[list[Event], int]:
    """The events of a period, those near a point first by distance; and how many have no point."""
    first = seconds_of(day_start(period.from_, zone)) if period.from_ else None
    last = seconds_of(day_start(period.to + timedelta(days=1), zone)) if period.to else None
    known = events.listed(store, first, last)
    if near is None:
        return known, 0
    placed, unknown = [], 0
    for event in known:
        if event.lat is None or event.lon is None:
            unknown += 1
            continue
        away = distance_km(near.lat, near.lon, event.lat, event.lon)
        if away <= near.radius_km:
            placed.append(replace(event, distance_km=round(away, 1)))
    return placed, unknown


def find(query: str, *, store: "Store", strict: bool = False) -> Event:
    """The event meant by `ev-1` or its name. Raises NotFound, Ambiguous."""
    from cowork_cli.services.identifiers import naming

    known = {event.id: event for event in events.listed(store, None, None)}
    candidates = [
        naming.Candidate(e.id, e.name, within=f"{e.from_:%Y-%m-%d}") for e in known.values()
    ]
    return known[naming.choose(query, candidates, "event", strict).id]


def add(
    name: str, told: Told, *, store: "Store", cache: "Cache", today: date, zone: ZoneInfo
) -> Event:
    """Adds an event. Raises BadInput, NotFound, Ambiguous."""
    if not told.get("on"):
        raise BadInput("an event has a day", "give it as `--on 2026-12-01`")
    event = _told(_blank(_name(name), zone), told, store, cache, today)
    for other in events.listed(store, seconds_of(event.from_), seconds_of(event.from_) + 1):
        same = (other.from_, other.to, other.space_ref) == (event.from_, event.to, event.space_ref)
        if same and fold(other.name) == fold(event.name):
            raise Conflict(
                f"{other.name} of that time is kept already, as {other.id}",
                f"change it with `cowork event edit {other.id}`",
            )
    with store.transaction() as journal:
        number = events.add(journal, event)
    return find(f"ev-{number}", store=store)


def edit(
    query: str, name: str | None, told: Told, *, store: "Store", cache: "Cache", today: date
) -> Event:
    """Changes what is given of an event. Raises BadInput, NotFound, Ambiguous."""
    event = find(query, store=store)
    named = event if name is None else replace(event, name=_name(name))
    changed = _told(named, told, store, cache, today)
    with store.transaction() as journal:
        events.change(journal, changed)
    return find(event.id, store=store)


def remove(event: Event, *, store: "Store") -> None:
    """Removes an event that was found."""
    with store.transaction() as journal:
        events.remove(journal, event)


@dataclass(frozen=True, slots=True)
class Announced:
    """What a calendar announces between two instants, where it came from, and what had to be assumed."""

    found: tuple["Happening", ...]
    source: str
    notes: tuple[str, ...]
    from_: datetime
    to: datetime


def announced(text: str, source: str, *, now: datetime, zone: ZoneInfo) -> Announced:
    """What happens from a year back to two ahead. Raises BadInput for no calendar, and one without a date."""
    from cowork_cli.domain.calendars.happenings import happenings
    from cowork_cli.domain.calendars.reading import NoCalendar

    begin, end = plus(now, -BEHIND), plus(now, AHEAD)
    try:
        found, count, notes = happenings(text, begin, end, zone)
    except NoCalendar as problem:
        raise BadInput(f"{source} is {problem}", "give an iCalendar file, .ics") from None
    if not count:
        raise BadInput(f"{source} holds no event", _OTHER)
    if not found:
        several = "its event has no" if count == 1 else f"none of its {count} events has a"
        raise BadInput(
            f"{source} holds no date that can be used: {several} start from a year ago to two years ahead",
            _OTHER,
        )
    return Announced(tuple(found), source, tuple(notes), begin, end)


def as_they_would_be(calendar: Announced, *, zone: ZoneInfo) -> list[Event]:
    """The events without an id, for a look before they are brought in."""
    blank = _blank("", zone)
    return [_imported(one, blank, calendar.source) for one in calendar.found if not one.cancelled]


def count_known(calendar: Announced, *, store: "Store") -> int:
    """How many of the events that a calendar announces are kept already, each at its time."""
    return sum(
        events.of_source(store, one.uid, seconds_of(one.from_)) is not None
        for one in calendar.found
        if not one.cancelled
    )


def bring_in(
    calendar: Announced, *, store: "Store", zone: ZoneInfo
) -> tuple[list[Event], list[str]]:
    """Keeps what a calendar announces, each once; what is there is brought up to date, in one transaction."""
    kept, gone, same = [], 0, 0
    with store.transaction() as journal:
        moved, left = _elsewhere(calendar, store)
        for stale in left:
            events.remove(journal, stale)
        for happening in calendar.found:
            known = moved.get(id(happening)) or events.of_source(
                store, happening.uid, seconds_of(happening.from_)
            )
            if happening.cancelled:
                if known is not None:
                    events.remove(journal, known)
                    gone += 1
            elif known is None:
                new = _imported(happening, _blank("", zone), calendar.source)
                kept.append(f"ev-{events.add(journal, new)}")
            else:
                same += not events.change(journal, _imported(happening, known, calendar.source))
                kept.append(known.id)
    by_id = {event.id: event for event in events.listed(store, None, None)}
    said = [f"{same} were there already."] if same else []
    said += [f"{len(moved)} moved to another time."] if moved else []
    said += [f"{gone} were called off and are taken out."] if gone else []
    said += [f"Taken out, since no longer in it: {len(left)}."] if left else []
    return [by_id[identity] for identity in kept], said


def _elsewhere(calendar: Announced, store: "Store") -> tuple[dict[int, Event], list[Event]]:
    """Of what was brought in before: what has another time now, by the `id` of its happening, and what has none.

    Only of events that the calendar still holds, and only what it was read for: what it does not name at all
    may have been left out for its age.
    """
    moved: dict[int, Event] = {}
    left: list[Event] = []
    by_uid: dict[str, list[Happening]] = {}
    for happening in calendar.found:
        by_uid.setdefault(happening.uid, []).append(happening)
    for uid, announced_now in by_uid.items():
        known = {event.from_: event for event in events.of_uid(store, uid)}
        times = {one.from_ for one in announced_now}
        fresh = [one for one in announced_now if one.from_ not in known and not one.cancelled]
        stale = [
            event
            for start, event in sorted(known.items())
            if start not in times and calendar.from_ <= start < calendar.to
        ]
        same_count = len(fresh) == len(stale)
        for event in stale:
            day = [one for one in fresh if same_count or one.from_.date() == event.from_.date()]
            if day:
                moved[id(day[0])] = event
                fresh.remove(day[0])
            else:
                left.append(event)
    return moved, left


def _blank(name: str, zone: ZoneInfo) -> Event:
    start = datetime(2000, 1, 1, tzinfo=UTC).astimezone(zone)
    return Event("", name, "event", start, start, zone.key)


def _imported(happening: "Happening", known: Event, source: str) -> Event:
    """What the calendar says, over what is known; what a person noted of it stays."""
    zone = ZoneInfo(happening.zone) if happening.zone else ZoneInfo(known.timezone)
    return replace(
        known,
        name=happening.title,
        from_=happening.from_.astimezone(zone),
        to=happening.to.astimezone(zone),
        timezone=zone.key,
        all_day=happening.all_day,
        location=happening.location,
        lat=happening.lat if happening.lat is not None else known.lat,
        lon=happening.lon if happening.lon is not None else known.lon,
        url=happening.url,
        source=source,
        source_uid=happening.uid,
    )


def read_file(path: Path) -> str:
    """The text of a calendar file. Raises NotFound, BadInput."""
    hint = "give the path of an iCalendar file, .ics"
    content = bytes_of(path, MOST_BYTES, "give a shorter calendar", hint)
    try:
        text = content.decode("utf-8-sig")
        if "\0" in text:
            raise ValueError("a zero is no letter")
    except ValueError:
        raise BadInput(f"{path} is no text in UTF-8", hint) from None
    return text


def is_url(name: str) -> bool:
    """Whether what is to be imported is an address, not a file."""
    return name.lower().startswith(("http://", "https://", "webcal://"))


def hide(url: str) -> None:
    """The way into a calendar is often the secret itself: from now on it is shown and kept nowhere."""
    parts = urlsplit(url)
    for secret in (f"{parts.path}?{parts.query}" if parts.query else parts.path, parts.path):
        if len(secret) > 1:
            remember(secret)


def fetched(url: str, contact: str | None) -> str:
    """The text behind an address. Raises ConfigError for one that may not be asked, NotFound, Unavailable."""
    from cowork_cli.errors import ConfigError
    from cowork_cli.http_client import HttpClient
    from cowork_cli.http_client.terms import Limits

    address = "https://" + url[9:] if url.lower().startswith("webcal://") else url
    limits = Limits(whole_s=60.0, answer_bytes=MOST_BYTES)
    accept = {"Accept": "text/calendar, */*;q=0.1"}
    try:
        with HttpClient("calendar", address, contact=contact, limits=limits) as client:
            return client.request("GET", address, headers=accept).text()
    except CoworkError as problem:  # it is no account: nobody can log in to it or check it
        host = urlsplit(address).hostname or "the calendar"
        problem.message = problem.message.replace('account "calendar"', host)
        problem.account = None
        safe = "give an address that begins with https://"
        other = safe if isinstance(problem, ConfigError) else "try again later"
        problem.hint = f"{other}, or fetch the file yourself: `cowork event import FILE`"
        raise


# ---- what was typed


def _name(text: str) -> str:
    name = texts.line(text, "the name")
    if name is None or not fold(name):
        raise BadInput("an event needs a name", "give it as in `cowork event add NAME --on DATE`")
    return name


def _told(event: Event, told: Told, store: "Store", cache: "Cache", today: date) -> Event:
    from cowork_cli.services.identifiers import naming

    changes: dict[str, Any] = {}
    if told.get("kind") is not None:
        (changes["kind"],) = check_kinds([told["kind"] or "event"], EVENT_KINDS)
    if (text := told.get("space")) is not None:
        space = naming.find_space(store, text, cache=cache) if text else None
        changes["space_ref"], changes["space_name"] = (
            (space.ref, space.name) if space else (None, None)
        )
        changes["lat"], changes["lon"] = (space.lat, space.lon) if space else (None, None)
    for name in ("location", "decided", "url", "note"):
        if (text := told.get(name)) is not None:
            changes[name] = texts.words(text, name)
    if (text := told.get("decide_by")) is not None:
        changes["decide_by"] = parse_date(text, today, planned=True) if text else None
    changed = replace(event, **changes)
    if any(told.get(name) is not None for name in ("on", "from", "to")):
        changed = _timed(changed, told, today)
    if changed.decide_by is not None and changed.decide_by < changed.from_.date():
        raise BadInput(
            f"the decision is due on {changed.decide_by}, before the day itself, {changed.from_:%Y-%m-%d}",
            "give a later `--decide-by`",
        )
    return changed


def _timed(event: Event, told: Told, today: date) -> Event:
    zone = ZoneInfo(event.timezone)
    on = told.get("on")
    day = parse_date(on, today, planned=True) if on else event.from_.date()
    begin, end = told.get("from"), told.get("to")
    kept = event.id and not event.all_day
    first = (
        parse_clock(begin, bare=True)
        if begin
        else event.from_.timetz().replace(tzinfo=None)
        if kept
        else None
    )
    if first is None:
        if end:
            raise BadInput("an end was given without a start", "give `--from HH:MM` beside it")
        return replace(
            event,
            from_=day_start(day, zone),
            to=day_start(day + timedelta(days=1), zone),
            all_day=True,
        )
    start = instant_of(day, first, zone)
    if end:
        over = is_end_of_day(end)
        stop = (
            day_start(day + timedelta(days=1), zone)
            if over
            else instant_of(day, parse_clock(end, bare=True), zone)
        )
    else:
        stop = plus(start, elapsed(event.from_, event.to)) if kept else start
    if stop < start:
        raise BadInput(
            f"the event ends at {end}, before it begins at {first:%H:%M}",
            "swap `--from` and `--to`",
        )
    return replace(event, from_=start, to=stop, all_day=False)
