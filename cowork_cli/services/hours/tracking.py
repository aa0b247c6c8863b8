"""Recording hours: start, stop, add, remove; nothing overlaps, nothing lies in the future."""

from __future__ import annotations

from cowork_cli.domain.digits import whole_number
from cowork_cli.domain.zones import seconds_of
from cowork_cli.errors import BadInput, Conflict, NotFound
from cowork_cli.records import dataclass
from cowork_cli.services.hours.room import number_of, refuse_locked, refuse_overlap, starting
from cowork_cli.store import entries

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from cowork_cli.domain.tracking import Entry
    from cowork_cli.store.engine.store import Store


@dataclass(frozen=True, slots=True)
class Details:
    """What an entry says beside its times. `billable` None: as its project is."""

    note: str | None = None
    tags: tuple[str, ...] = ()
    place: str | None = None
    billable: bool | None = None


@dataclass(frozen=True, slots=True)
class Started:
    """A started timer. `stopped` ended at the same instant; `unchanged`: it ran already."""

    entry: Entry
    stopped: Entry | None = None
    unchanged: bool = False
    dropped: bool = False


def start(
    store: Store, project: str, details: Details, moment: datetime, now: datetime, zone: ZoneInfo
) -> Started:
    """Starts a timer; one that runs for something else stops at the same instant, in one change.

    Raises BadInput for a time to come, Conflict where an entry lies in the way.
    """
    refuse_future(moment, now, "start")
    project_id = _usable_project(store, project)
    now_s, from_at = seconds_of(now), seconds_of(moment)
    with store.transaction():
        before = entries.running(store, now_s)
        if before and _same(store, before, project_id, details):
            return Started(before, unchanged=True)
        dropped = False
        if before:
            dropped = _end(store, before, from_at)
        entry_id = _insert(store, project_id, details, from_at, None, zone, now_s)
        return Started(
            _get(store, entry_id, now_s),
            stopped=None if dropped or not before else _get(store, number_of(before), now_s),
            dropped=dropped,
        )


def stop(store: Store, moment: datetime, now: datetime, note: str | None) -> Entry | None:
    """Stops the running timer. None: it was stopped in the second it started, and leaves no entry.

    Raises NotFound without a timer, BadInput for an end before its start or in the future.
    """
    refuse_future(moment, now, "end")
    now_s = seconds_of(now)
    with store.transaction():
        running = _running(store, now_s)
        if seconds_of(moment) < seconds_of(running.from_):
            raise BadInput(
                f"the timer of {running.project} started at {running.from_:%Y-%m-%d %H:%M}, "
                f"it cannot end at {moment:%Y-%m-%d %H:%M}",
                "give a later `--at`, or drop it with `cowork track cancel`",
            )
        if _end(store, running, seconds_of(moment)):
            return None
        if note is not None:
            entries.change(store, number_of(running), {"note": note})
        return _get(store, number_of(running), now_s)


def cancel(store: Store, now: datetime) -> Entry:
    """Drops the running timer and returns what it was. Raises NotFound."""
    with store.transaction():
        running = _running(store, seconds_of(now))
        entries.remove(store, number_of(running))
    return running


def resume(store: Store, which: str | None, now: datetime, zone: ZoneInfo) -> Started:
    """Starts a timer with every fact of an earlier entry (default: the last one)."""
    old = find_entry(store, which or "last:1", now)
    details = Details(old.note, old.tags, old.place, old.billable)
    return start(store, old.project, details, now.replace(microsecond=0), now, zone)


def add(
    store: Store,
    project: str,
    details: Details,
    times: tuple[datetime, datetime],
    now: datetime,
    zone: ZoneInfo,
    *,
    adjust: bool = False,
) -> tuple[Entry, list[str]]:
    """Adds a past entry; with `adjust` others make room, and their ids are returned.

    Raises BadInput for times that cannot be, Conflict for an overlap.
    """
    begin, end = times
    refuse_future(end, now, "end")
    if seconds_of(end) <= seconds_of(begin):
        raise BadInput(
            f"the end {end:%Y-%m-%d %H:%M} is not after the start {begin:%Y-%m-%d %H:%M}",
            "if it went past midnight, give the day with it: "
            f"`--to {_next_day(end)}`, or give its length with `--for 1h30`",
        )
    project_id = _usable_project(store, project)
    now_s = seconds_of(now)
    with store.transaction():
        adjusted: list[str] = []
        if adjust:
            from cowork_cli.services.hours.room import make_room

            adjusted = make_room(store, seconds_of(begin), seconds_of(end), now_s)
        refuse_overlap(store, seconds_of(begin), seconds_of(end), now_s, adjustable=True)
        entry_id = _insert(
            store, project_id, details, seconds_of(begin), seconds_of(end), zone, now_s
        )
        return _get(store, entry_id, now_s), adjusted


def remove(store: Store, which: str, now: datetime) -> Entry:
    """Removes an entry. Raises NotFound, Locked if it is billed."""
    with store.transaction():
        entry = find_entry(store, which, now)
        refuse_locked(entry)
        entries.remove(store, number_of(entry))
    return entry


def find_entry(store: Store, text: str, now: datetime) -> Entry:
    """The entry that `e-12` or `last:3` names (typed `-3`, also after `--`). Raises BadInput, NotFound."""
    now_s = seconds_of(now)
    last, number = _count(text, "last:") or _count(text, "-"), _count(text, "e-")
    if last:
        entry = entries.nth_last(store, last, now_s)
    elif number is not None:
        entry = entries.entry(store, number, now_s)
    else:
        raise BadInput(
            f'"{text}" is not an entry', "write it as `e-12`, or `-3` for the third last"
        )
    if entry is None:
        raise NotFound(f"there is no entry {text.replace('last:', '-')}", "see `cowork track list`")
    return entry


def _count(text: str, prefix: str) -> int | None:
    """The number behind a prefix; None where there is none, or more figures than any id has."""
    return whole_number(text.removeprefix(prefix)) if text.startswith(prefix) else None


def checked_tags(tags: list[str]) -> tuple[str, ...]:
    """Tags in order, once each. Raises BadInput for one with a comma or a blank."""
    for tag in tags:
        if not tag or "," in tag or any(char.isspace() for char in tag):
            raise BadInput(f'"{tag}" cannot be a tag', "use a word without blanks and commas")
    return tuple(dict.fromkeys(tags))


def _usable_project(store: Store, text: str) -> int:
    """The row of a project to record for. Raises NotFound, Ambiguous, Conflict if it is archived."""
    exact = entries.timed_project_named(store, text)
    if exact is not None and exact.usable:
        return exact.row
    from cowork_cli.services.clients.clients import find_project

    return find_project(store, text, usable=True)


def _insert(
    store: Store,
    project_id: int,
    details: Details,
    from_at: int,
    to_at: int | None,
    zone: ZoneInfo,
    now_s: int,
) -> int:
    billable = details.billable
    if billable is None:
        billable = entries.timed_project(store, project_id).billable
    row = {
        "project_id": project_id,
        "note": details.note,
        "tags": ",".join(details.tags),
        "place": details.place,
        "to_at": to_at,
        "timezone": str(zone),
        "billable": int(billable),
        **starting(from_at, zone),
    }
    refuse_overlap(store, from_at, to_at, now_s)
    return entries.add(store, row)


def _end(store: Store, running: Entry, to_at: int) -> bool:
    """Ends the timer; True if nothing was left of it. Raises Conflict if it began later."""
    from_at = seconds_of(running.from_)
    if to_at < from_at:
        raise Conflict(
            f"{running.id} ({running.project}) is running since {running.from_:%Y-%m-%d %H:%M}, "
            "which is later",
            "stop it first with `cowork stop`, or drop it with `cowork track cancel`",
        )
    if to_at == from_at:
        entries.remove(store, number_of(running))
        return True
    refuse_overlap(store, from_at, to_at, to_at, besides=number_of(running))
    entries.change(store, number_of(running), {"to_at": to_at})
    return False


def _running(store: Store, now_s: int) -> Entry:
    running = entries.running(store, now_s)
    if running is None:
        raise NotFound("no timer is running", "start one with `cowork start PROJECT`")
    return running


def _same(store: Store, running: Entry, project_id: int, details: Details) -> bool:
    """Whether the timer runs for that already: project and note, and all else where it was said."""
    project = entries.timed_project(store, project_id).id
    return (
        running.note == details.note
        and running.project == project
        and details.billable in (None, running.billable)
        and (details.place or None) in (None, running.place)
        and (not details.tags or set(details.tags) == set(running.tags))
    )


def _get(store: Store, entry_id: int, now_s: int) -> Entry:
    entry = entries.entry(store, entry_id, now_s)
    assert entry is not None
    return entry


def refuse_future(moment: datetime, now: datetime, what: str) -> None:
    """Raises BadInput for a time to come."""
    if seconds_of(moment) > seconds_of(now):
        raise BadInput(
            f"the {what} {moment:%Y-%m-%d %H:%M} is later than now ({now:%H:%M})",
            "give a time that has passed, for example `-15m`",
        )


def _next_day(end: datetime) -> str:
    from datetime import timedelta

    return f"{end.date() + timedelta(days=1)}T{end:%H:%M}"
