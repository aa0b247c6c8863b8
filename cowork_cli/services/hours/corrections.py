"""Correcting recorded hours: edit, split, join.

Each is one transaction. What is billed is never touched, and nothing is moved that was not named,
unless `adjust` says so: then neighbours are trimmed, and an entry around the new one is split. What
was not named stays: billable or not, tags, place, note.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from cowork_cli.domain.phrases import parse_moment
from cowork_cli.domain.tracking import Entry, EntryPair
from cowork_cli.domain.zones import instant_of, seconds_of, zone_named
from cowork_cli.errors import BadInput, Conflict
from cowork_cli.records import dataclass
from cowork_cli.services.clients.clients import find_project
from cowork_cli.services.hours.room import (
    end_of,
    make_room,
    number_of,
    refuse_locked,
    refuse_overlap,
    starting,
)
from cowork_cli.services.hours.tracking import find_entry, refuse_future
from cowork_cli.store import entries
from cowork_cli.store.engine.store import Store


@dataclass(frozen=True, slots=True)
class Edit:
    """What to change; None is left as it is. An empty note or place takes it away."""

    from_: str | None = None
    to: str | None = None
    on: date | None = None
    project: str | None = None
    note: str | None = None
    place: str | None = None
    add_tags: tuple[str, ...] = ()
    drop_tags: tuple[str, ...] = ()
    billable: bool | None = None
    adjust: bool = False

    def is_empty(self) -> bool:
        """Whether nothing at all is to be changed."""
        return self == Edit(adjust=self.adjust)


def edit(store: Store, which: Sequence[str], changes: Edit, now: datetime) -> list[Entry]:
    """Changes entries, all or none.

    Raises BadInput for times that cannot be, NotFound, Locked for a billed one, Conflict for an
    overlap that is not adjusted.
    """
    if changes.is_empty():
        raise BadInput("nothing to change was given", "see `cowork track edit --help`")
    now_s = seconds_of(now)
    with store.transaction():
        chosen = [find_entry(store, text, now) for text in dict.fromkeys(which)]
        for entry in chosen:
            refuse_locked(entry)
        return [_edit_one(store, entry, changes, now, now_s) for entry in chosen]


def split(store: Store, which: str, text: str, now: datetime) -> EntryPair:
    """Cuts an entry in two at a time inside it; both keep all it says. Raises BadInput for a time outside."""
    now_s = seconds_of(now)
    with store.transaction():
        entry = find_entry(store, which, now)
        refuse_locked(entry)
        cut = seconds_of(_inside(entry, text, now))
        number = number_of(entry)
        entries.change(store, number, {"to_at": cut})
        second = entries.add_like(store, number, cut, end_of(entry))
        return EntryPair((_get(store, number, now_s), _get(store, second, now_s)))


def join(store: Store, first: str, second: str, now: datetime) -> Entry:
    """Makes one entry of two of the same project; the time between them counts from now on.

    Raises Conflict where the two differ in what one entry says once, or an entry lies between.
    """
    now_s = seconds_of(now)
    with store.transaction():
        pair = [find_entry(store, text, now) for text in (first, second)]
        early, late = sorted(pair, key=lambda entry: entry.from_.timestamp())
        if early.id == late.id:
            raise BadInput(f"{early.id} cannot be joined with itself", "name two entries")
        for entry in pair:
            refuse_locked(entry)
        _refuse_different(early, late)
        end, number = end_of(late), number_of(early)
        entries.remove(store, number_of(late))
        refuse_overlap(store, seconds_of(early.from_), end, now_s, besides=number)
        notes = dict.fromkeys(note for note in (early.note, late.note) if note)
        columns = {
            "to_at": end,
            "note": "; ".join(notes) or None,
            "tags": ",".join(dict.fromkeys((*early.tags, *late.tags))),
            "place": early.place or late.place,
        }
        entries.change(store, number, columns)
        return _get(store, number, now_s)


def _refuse_different(early: Entry, late: Entry) -> None:
    """Raises Conflict where one entry could not keep a fact of both."""
    edit_late = f"cowork track edit {late.id}"
    if early.person != late.person:
        whose = [entry.person or "nobody by name" for entry in (early, late)]
        raise Conflict(
            f"{early.id} is of {whose[0]}, {late.id} of {whose[1]}", "leave them as two entries"
        )
    if early.project != late.project:
        raise Conflict(
            f"{early.id} is for {early.project}, {late.id} for {late.project}",
            f"move one first: `{edit_late} --project {early.project}`",
        )
    if early.billable != late.billable:
        kinds = {True: "billable", False: "non-billable"}
        raise Conflict(
            f"{early.id} is {kinds[early.billable]}, {late.id} is {kinds[late.billable]}",
            f"say which first: `{edit_late} --{kinds[early.billable]}`",
        )
    if early.place and late.place and early.place != late.place:
        raise Conflict(
            f"{early.id} was done at {early.place}, {late.id} at {late.place}",
            f"change one first: `{edit_late} --place {early.place}`",
        )
    if early.rate != late.rate and early.billable:
        raise Conflict(
            f"{early.id} is billed at {early.rate}, {late.id} at {late.rate}, each by its day",
            "leave them as two entries",
        )


def _edit_one(store: Store, entry: Entry, changes: Edit, now: datetime, now_s: int) -> Entry:
    zone = zone_named(entry.timezone)
    begin, end = _new_times(entry, changes, now, zone)
    from_at = seconds_of(begin)
    to_at = None if end is None else seconds_of(end)
    refuse_future(end or begin, now, "end" if end else "start")
    if to_at is not None and to_at <= from_at:
        raise BadInput(
            f"{entry.id} would end at {end:%Y-%m-%d %H:%M}, not after its start {begin:%Y-%m-%d %H:%M}",
            "give a later `--to`, with its day if it went past midnight",
        )
    columns: dict[str, Any] = {
        **starting(from_at, zone),
        "to_at": to_at,
        **_new_facts(store, entry, changes),
    }
    number = number_of(entry)
    if changes.adjust:
        make_room(store, from_at, to_at, now_s, besides=number)
    refuse_overlap(store, from_at, to_at, now_s, besides=number, adjustable=True)
    entries.change(store, number, columns)
    return _get(store, number, now_s)


def _new_times(
    entry: Entry, changes: Edit, now: datetime, zone: ZoneInfo
) -> tuple[datetime, datetime | None]:
    """Start and end after the edit; `on` moves both, a time alone is of the entry's own day."""
    begin, end = entry.from_, entry.to
    if changes.on is not None:
        moved = changes.on - begin.date()
        if end is not None:
            end = instant_of(end.date() + moved, end.time(), zone)
        begin = instant_of(changes.on, begin.time(), zone)
    if changes.to is not None:
        end = parse_moment(changes.to, now, zone, (end or begin).date())
    if changes.from_ is not None:
        begin = parse_moment(changes.from_, now, zone, begin.date())
    return begin, end


def _new_facts(store: Store, entry: Entry, changes: Edit) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    if changes.project is not None:
        facts["project_id"] = find_project(store, changes.project, usable=True)
    if changes.billable is not None:
        facts["billable"] = int(changes.billable)
    if changes.note is not None:
        facts["note"] = changes.note or None
    if changes.place is not None:
        facts["place"] = changes.place or None
    if changes.add_tags or changes.drop_tags:
        kept = [tag for tag in entry.tags if tag not in changes.drop_tags]
        facts["tags"] = ",".join(dict.fromkeys((*kept, *changes.add_tags)))
    return facts


def _inside(entry: Entry, text: str, now: datetime) -> datetime:
    """The instant of `text` inside an entry; a time alone may be of its second day."""
    zone = zone_named(entry.timezone)
    end = entry.to or now
    days = [
        entry.from_.date() + timedelta(days=n)
        for n in range((end.date() - entry.from_.date()).days + 1)
    ]
    for day in days:
        cut = parse_moment(text, now, zone, day)
        if seconds_of(entry.from_) < seconds_of(cut) < seconds_of(end):
            return cut
    raise BadInput(
        f"{text} does not lie inside {entry.id} ({entry.from_:%Y-%m-%d %H:%M} to {end:%H:%M})",
        "give a time between its start and its end",
    )


def _get(store: Store, number: int, now_s: int) -> Entry:
    entry = entries.entry(store, number, now_s)
    assert entry is not None
    return entry
