"""When desks are free: the answer of `desk free`, in agreement with what `book` would take.

Opening hours cut the free time that is shown; asked for a time of day, a desk of the own book is free
outside of them too, with a note: members often hold a key.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from cowork_cli.domain.booking import BookingRequest, Window
from cowork_cli.domain.nouns import count
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import DESK_KINDS, Desk, Slot, Space
from cowork_cli.errors import CoworkError, NotFound, SlotTaken
from cowork_cli.services.spaces.desks import desks_of, window_of
from cowork_cli.services.spaces.elsewhere import find_desk, find_space, known_space
from cowork_cli.services.spaces.facts import check_kinds
from cowork_cli.services.spaces.where import Around
from cowork_cli.store import spaces

if TYPE_CHECKING:
    from cowork_cli.services.accounts.accounts import Accounts
    from cowork_cli.store.cache import Cache
    from cowork_cli.store.engine.store import Store

LOCAL = "local"
DEADLINE_S = 60.0


@dataclass(frozen=True, slots=True)
class FreeQuery:
    """What `desk free` asks: of these spaces or desks, or of those in a circle, on one day."""

    things: tuple[str, ...]
    day: date
    from_: time | None = None
    to: time | None = None
    capacity: int | None = None
    kind: str | None = None
    around: Around | None = None

    @property
    def timed(self) -> bool:
        """Whether a part of the day is asked for."""
        return self.from_ is not None or self.to is not None


@dataclass(slots=True)
class Availability:
    """The desks asked for with their free time, who failed, and what to say beside it;
    `spaces` are those asked about already."""

    desks: list[Desk] = field(default_factory=list)
    problems: list[CoworkError] = field(default_factory=list)
    notes: dict[str, None] = field(default_factory=dict)
    spaces: dict[Ref, Space] = field(default_factory=dict)


def free(query: FreeQuery, *, store: "Store", accounts: "Accounts", cache: "Cache") -> Availability:
    """The desks asked for with their free time that day.

    With times, `free` says whether the desk is free all that time; as for a booking, opening hours do
    not forbid it but are told. Raises NotFound, Ambiguous, BadInput.
    """
    if query.kind:
        check_kinds([query.kind], DESK_KINDS)
    answer = Availability()
    desks = _fitting(_asked_for(query, answer, store, accounts, cache), query, answer)
    windows, slots = _windows(desks, query, answer, store, accounts)
    slots |= _slots(windows, accounts)
    for desk in desks:
        free_times = slots.get(desk.ref)
        if isinstance(free_times, CoworkError):
            free_times.account = free_times.account or desk.ref.account
            answer.problems.append(free_times)
        elif free_times is None:
            answer.desks.append(desk)
        else:
            answer.desks.append(
                _with_slots(desk, tuple(free_times), windows[desk.ref], query, answer, accounts)
            )
    answer.notes |= dict.fromkeys(accounts.said())
    return answer


def _windows(
    desks: Iterable[Desk],
    query: FreeQuery,
    answer: Availability,
    store: "Store",
    accounts: "Accounts",
) -> tuple[dict[Ref, Window], dict[Ref, "Sequence[Slot] | CoworkError"]]:
    """The time asked about at each desk whose account knows when it is free, and what is in the way."""
    windows: dict[Ref, Window] = {}
    failed: dict[Ref, Sequence[Slot] | CoworkError] = {}
    for desk in desks:
        if not accounts.can(desk.ref.account, "availability"):
            continue
        try:
            if desk.space_ref not in answer.spaces:
                answer.spaces[desk.space_ref] = known_space(desk.space_ref, store, accounts)
            zone = accounts.zones.of(answer.spaces[desk.space_ref])
            windows[desk.ref] = window_of(query.day, query.from_, query.to, zone)
        except CoworkError as error:
            failed[desk.ref] = error
    return windows, failed


def _slots(
    windows: Mapping[Ref, Window], accounts: "Accounts"
) -> dict[Ref, "Sequence[Slot] | CoworkError"]:
    """The free times of all desks; the accounts are asked side by side."""
    from cowork_cli.services.accounts.fanout import ask_all

    def asked(name: str) -> dict[Ref, Sequence[Slot] | CoworkError]:
        provider = accounts.availability(name)
        told: dict[Ref, Sequence[Slot] | CoworkError] = {}
        for ref, window in windows.items():
            if ref.account == name:
                try:
                    told[ref] = provider.free(ref, window)
                except CoworkError as error:
                    told[ref] = error
        return told

    names = dict.fromkeys(ref.account for ref in windows)
    answers, late = ask_all(
        {name: partial(asked, name) for name in names},
        deadline_s=DEADLINE_S,
        here=[name for name in names if accounts.uses_store(name)],
    )
    slots = {ref: told for answer in answers.values() for ref, told in answer.items()}
    for error in late:
        slots |= {ref: error for ref in windows if ref.account == error.account}
    return slots


def _fitting(known: Iterable[Desk], query: FreeQuery, answer: Availability) -> list[Desk]:
    """Those of the kind and for so many people; says how many were left out as not known."""
    fitting = [desk for desk in known if query.kind in (None, desk.kind)]
    if query.capacity is None:
        return fitting
    unknown = sum(desk.capacity is None for desk in fitting)
    if unknown:
        note = f"{count(unknown, 'desk')} left out: how many fit there is not known."
        answer.notes[note] = None
    return [desk for desk in fitting if (desk.capacity or 0) >= query.capacity]


def _asked_for(
    query: FreeQuery, answer: Availability, store: "Store", accounts: "Accounts", cache: "Cache"
) -> list[Desk]:
    """The desks named, those of the spaces named, and those in the circle; each once."""
    known: dict[Ref, Desk] = {}
    for thing in query.things:
        try:
            space = find_space(thing, store=store, accounts=accounts, cache=cache)
        except NotFound:
            desk = find_desk(thing, store=store, accounts=accounts)
            known[desk.ref] = desk
            continue
        answer.spaces[space.ref] = space
        known |= {desk.ref: desk for desk in desks_of(space.ref, store, accounts)}
    for space in _around(query.around, store):
        try:
            known |= {desk.ref: desk for desk in desks_of(space.ref, store, accounts)}
        except CoworkError as error:
            answer.problems.append(error)
    return list(known.values())


def _around(around: Around | None, store: "Store") -> list[Space]:
    if around is None:
        return []
    boxed = spaces.within(store, around.lat, around.lon, around.radius_km)
    placed = [around.placed(space) for space in boxed]
    return [space for space in placed if space.distance_km is not None and around.holds(space)]


def _with_slots(
    desk: Desk,
    slots: tuple[Slot, ...],
    window: Window,
    query: FreeQuery,
    answer: Availability,
    accounts: "Accounts",
) -> Desk:
    from cowork_cli.services.calendar import regions
    from cowork_cli.services.calendar.holidays import note

    account, space = desk.ref.account, answer.spaces[desk.space_ref]
    outside = outside_hours(space, window, whole_day=not query.timed)
    holiday = note(query.day, regions.of_space(space), space.name)
    answer.notes |= dict.fromkeys(line for line in (outside, holiday) if line)
    if not query.timed:
        return replace(desk, free=bool(slots), slots=slots)
    whole = any(slot.from_ <= window.from_ and slot.to >= window.to for slot in slots)
    if not whole and outside and account == LOCAL and _bookable(desk, window, accounts):
        return replace(desk, free=True, slots=(Slot(window.from_, window.to),))
    return replace(desk, free=whole, slots=slots)


def _bookable(desk: Desk, window: Window, accounts: "Accounts") -> bool:
    """Whether `book` would take it: members often hold a key, so hours do not forbid a booking."""
    try:
        accounts.booker(desk.ref.account).quote(BookingRequest(desk.ref, window))
    except SlotTaken:
        return False
    return True


def outside_hours(space: Space, window: Window, *, whole_day: bool = False) -> str | None:
    """What to say of a time that lies outside of the opening hours; None inside or if not known.

    `whole_day` asks only whether the space opens at all that day.
    """
    from cowork_cli.services.calendar import opening, regions

    zone = window.from_.tzinfo
    assert isinstance(zone, ZoneInfo)
    day = window.from_.date()
    region = regions.of_space(space)
    opened = opening.spans(space.hours.text, day, zone, region)
    if opened is None:
        return None
    night_before = opening.spans(space.hours.text, day - timedelta(days=1), zone, region) or []
    held = any(b <= window.from_ and window.to <= e for b, e in [*night_before, *opened])
    if held or (whole_day and opened):
        return None
    if not opened:
        return f"{space.name} is closed on {day:%a %Y-%m-%d} ({space.hours.text})."
    shown = ", ".join(f"{begin:%H:%M}–{_until(end)}" for begin, end in opened)
    return f"Outside the opening hours of {space.name} on {day:%a %Y-%m-%d}: {shown}."


def _until(end: datetime) -> str:
    return "24:00" if f"{end:%H:%M}" == "00:00" else f"{end:%H:%M}"
