"""Room for an entry: nothing overlaps; what is in the way is refused, or trimmed and split.

Below both recording and correcting, which ask here before they write.
"""

from __future__ import annotations

from cowork_cli.domain.zones import at, seconds_of, zone_named
from cowork_cli.errors import Conflict, Locked
from cowork_cli.store import entries

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any
    from zoneinfo import ZoneInfo

    from cowork_cli.domain.tracking import Entry
    from cowork_cli.store.engine.store import Store


def refuse_locked(entry: Entry) -> None:
    """Raises Locked if the entry is on an issued invoice."""
    if entry.billed_on:
        raise Locked(
            f"{entry.id} is billed on invoice {entry.billed_on} and cannot be changed",
            f"cancel the invoice first: `cowork invoice cancel {entry.billed_on} --reason TEXT`",
        )


def refuse_overlap(
    store: Store,
    from_at: int,
    to_at: int | None,
    now_s: int,
    *,
    besides: int | None = None,
    adjustable: bool = False,
) -> None:
    """Raises Conflict, naming the entry in the way. `adjustable`: the verb has `--adjust`."""
    other = entries.colliding(store, from_at, to_at, now_s, besides=besides)
    if other is None:
        return
    end = f"{other.to:%H:%M}" if other.to else "now, running"
    remedy = (
        "choose other times, or make room with `--adjust`"
        if adjustable
        else f"choose another time, or change that entry with `cowork track edit {other.id}`"
    )
    raise Conflict(
        f"it overlaps {other.id} ({other.project}, {other.from_:%Y-%m-%d %H:%M} to {end})", remedy
    )


def make_room(
    store: Store, from_at: int, to_at: int | None, now_s: int, *, besides: int | None = None
) -> list[str]:
    """Trims or splits what overlaps; returns the ids of what was adjusted.

    Raises Locked for a billed entry, Conflict for one that lies wholly inside or is running.
    """
    adjusted = []
    for other in entries.all_colliding(store, from_at, to_at, now_s, besides=besides):
        refuse_locked(other)
        _refuse_immovable(other, from_at, to_at)
        _trim(store, other, from_at, to_at)
        adjusted.append(other.id)
    return adjusted


def starting(from_at: int, zone: ZoneInfo) -> dict[str, Any]:
    """The columns of a start: its instant, and the local day that it counts for."""
    return {"from_at": from_at, "day": at(from_at, zone).date().isoformat()}


def number_of(entry: Entry) -> int:
    """The row of an entry."""
    return int(entry.id.removeprefix("e-"))


def end_of(entry: Entry) -> int | None:
    """The end in seconds, None while it runs."""
    return None if entry.to is None else seconds_of(entry.to)


def _refuse_immovable(other: Entry, from_at: int, to_at: int | None) -> None:
    begin, end = seconds_of(other.from_), end_of(other)
    if end is None and begin < from_at:
        raise Conflict(
            f"{other.id} ({other.project}) is running since {other.from_:%Y-%m-%d %H:%M}",
            "stop it first with `cowork stop --at TIME`",
        )
    if begin >= from_at and (to_at is None or (end is not None and end <= to_at)):
        raise Conflict(
            f"{other.id} ({other.project}, {other.from_:%Y-%m-%d %H:%M}) lies wholly inside",
            f"take it out first with `cowork track remove {other.id}`",
        )


def _trim(store: Store, other: Entry, from_at: int, to_at: int | None) -> None:
    """Cuts what lies between `from_at` and `to_at` out of an entry; what is left may be two."""
    begin, end, number = seconds_of(other.from_), end_of(other), number_of(other)
    if begin >= from_at:
        assert to_at is not None
        entries.change(store, number, starting(to_at, zone_named(other.timezone)))
        return
    entries.change(store, number, {"to_at": from_at})
    if to_at is not None and end is not None and end > to_at:
        entries.add_like(store, number, to_at, end)
