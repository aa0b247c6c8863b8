"""Correcting recorded hours: edit, split, join; making room where entries overlap.

Each is one transaction. What is billed is never touched, and nothing is moved that was not named,
unless `adjust` says so: then neighbours are trimmed, and an entry around the new one is split.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from cowork_cli.domain.phrases import parse_moment
from cowork_cli.domain.tracking import Entry, EntryPair
from cowork_cli.domain.zones import at, instant_of, seconds_of, zone_named
from cowork_cli.errors import BadInput, Conflict
from cowork_cli.records import dataclass
from cowork_cli.services.clients.clients import find_project
from cowork_cli.services.hours import tracking
from cowork_cli.store import clients, entries
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
    adjust: bool = False

    def is_empty(self) -> bool:
        """Whether nothing at all is to be changed."""
        return self == Edit(adjust=self.adjust)


def edit(store: Store, which: Sequence[str], wanted: Edit, now: datetime) -> list[Entry]:
    """Changes entries, all or none.

    Raises BadInput for times that cannot be, NotFound, Locked for a billed one, Conflict for an
    overlap that is not adjusted.
    """
    if wanted.is_empty():
        raise BadInput("nothing to change was given", "see `cowork track edit --help`")
    now_s = seconds_of(now)
    with store.transaction():
        chosen = [tracking.find_entry(store, text, now) for text in dict.fromkeys(which)]
        for entry in chosen:
            tracking.refuse_locked(entry)
        return [_edit_one(store, entry, wanted, now, now_s) for entry in chosen]


def split(store: Store, which: str, text: str, now: datetime) -> EntryPair:
    """Cuts an entry in two at a time inside it. Raises BadInput for a time outside."""
    now_s = seconds_of(now)
    with store.transaction():
        entry = tracking.find_entry(store, which, now)
        tracking.refuse_locked(entry)
        cut = seconds_of(_inside(entry, text, now))
        number = tracking.number_of(entry)
        entries.change(store, number, {"to_at": cut})
        end = None if entry.running else _seconds(entry.to)
        second = entries.add_like(store, number, cut, end)
        return EntryPair((_get(store, number, now_s), _get(store, second, now_s)))


def join(store: Store, first: str, second: str, now: datetime) -> Entry:
    """Makes one entry of two of the same project; the time between them counts from now on.

    Raises Conflict for two projects, or an entry that lies between.
    """
    now_s = seconds_of(now)
    with store.transaction():
        found = [tracking.find_entry(store, text, now) for text in (first, second)]
        early, late = sorted(found, key=lambda entry: entry.from_.timestamp())
        if early.id == late.id:
            raise BadInput(f"{early.id} cannot be joined with itself", "name two entries")
        for entry in found:
            tracking.refuse_locked(entry)
        if early.project != late.project:
            raise Conflict(
                f"{early.id} is for {early.project}, {late.id} for {late.project}",
                f"move one first: `cowork track edit {late.id} --project {early.project}`",
            )
        end = None if late.running else _seconds(late.to)
        entries.remove(store, tracking.number_of(late))
        number = tracking.number_of(early)
        tracking.refuse_overlap(store, seconds_of(early.from_), end, now_s, besides=number)
        notes = dict.fromkeys(note for note in (early.note, late.note) if note)
        changes = {
            "to_at": end,
            "note": "; ".join(notes) or None,
            "tags": ",".join(dict.fromkeys((*early.tags, *late.tags))),
            "place": early.place or late.place,
        }
        entries.change(store, number, changes)
        return _get(store, number, now_s)


def make_room(
    store: Store, from_at: int, to_at: int | None, now_s: int, *, besides: int | None = None
) -> list[str]:
    """Trims or splits what overlaps; returns the ids of what was adjusted.

    Raises Locked for a billed entry, Conflict for one that lies wholly inside or is running.
    """
    adjusted = []
    for other in entries.all_colliding(store, from_at, to_at, now_s, besides=besides):
        tracking.refuse_locked(other)
        begin, end = seconds_of(other.from_), None if other.running else _seconds(other.to)
        number = tracking.number_of(other)
        if other.running and begin < from_at:
            raise Conflict(
                f"{other.id} ({other.project}) is running since {other.from_:%Y-%m-%d %H:%M}",
                "stop it first with `cowork stop --at TIME`",
            )
        if begin >= from_at and (to_at is None or (end is not None and end <= to_at)):
            raise Conflict(
                f"{other.id} ({other.project}, {other.from_:%Y-%m-%d %H:%M}) lies wholly inside",
                f"take it out first with `cowork track remove {other.id}`",
            )
        if begin >= from_at:
            assert to_at is not None
            entries.change(store, number, _starting(to_at, zone_named(other.timezone)))
        else:
            entries.change(store, number, {"to_at": from_at})
            if to_at is not None and end is not None and end > to_at:
                entries.add_like(store, number, to_at, end)
        adjusted.append(other.id)
    return adjusted


def _edit_one(store: Store, entry: Entry, wanted: Edit, now: datetime, now_s: int) -> Entry:
    zone = zone_named(entry.timezone)
    begin, end = _new_times(entry, wanted, now, zone)
    from_at = seconds_of(begin)
    to_at = None if end is None else seconds_of(end)
    tracking.refuse_future(end or begin, now, "end" if end else "start")
    if to_at is not None and to_at <= from_at:
        raise BadInput(
            f"{entry.id} would end at {end:%Y-%m-%d %H:%M}, not after its start {begin:%Y-%m-%d %H:%M}",
            "give a later `--to`, with its day if it went past midnight",
        )
    changes: dict[str, Any] = {
        **_starting(from_at, zone),
        "to_at": to_at,
        **_new_facts(store, entry, wanted),
    }
    number = tracking.number_of(entry)
    if wanted.adjust:
        make_room(store, from_at, to_at, now_s, besides=number)
    tracking.refuse_overlap(store, from_at, to_at, now_s, besides=number)
    entries.change(store, number, changes)
    return _get(store, number, now_s)


def _new_times(
    entry: Entry, wanted: Edit, now: datetime, zone: ZoneInfo
) -> tuple[datetime, datetime | None]:
    """Start and end after the edit; `on` moves both, a time alone is of the entry's own day."""
    begin, end = entry.from_, entry.to
    if wanted.on is not None:
        moved = wanted.on - begin.date()
        if end is not None:
            end = instant_of(end.date() + moved, end.time(), zone)
        begin = instant_of(wanted.on, begin.time(), zone)
    if wanted.to is not None:
        end = parse_moment(wanted.to, now, zone, (end or begin).date())
    if wanted.from_ is not None:
        begin = parse_moment(wanted.from_, now, zone, begin.date())
    return begin, end


def _new_facts(store: Store, entry: Entry, wanted: Edit) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    if wanted.project is not None:
        project = find_project(store, wanted.project, usable=True)
        facts["project_id"] = project
        facts["billable"] = int(clients.project(store, project, "9999").billable)
    if wanted.note is not None:
        facts["note"] = wanted.note or None
    if wanted.place is not None:
        facts["place"] = wanted.place or None
    if wanted.add_tags or wanted.drop_tags:
        kept = [tag for tag in entry.tags if tag not in wanted.drop_tags]
        facts["tags"] = ",".join(dict.fromkeys((*kept, *wanted.add_tags)))
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


def _starting(from_at: int, zone: ZoneInfo) -> dict[str, Any]:
    return {"from_at": from_at, "day": at(from_at, zone).date().isoformat()}


def _get(store: Store, number: int, now_s: int) -> Entry:
    found = entries.entry(store, number, now_s)
    assert found is not None
    return found


def _seconds(moment: datetime | None) -> int:
    assert moment is not None
    return seconds_of(moment)
