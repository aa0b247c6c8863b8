"""Days off: noted, and left out of series."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from cowork_cli.domain.booking import LIVE_STATES
from cowork_cli.domain.phrases import parse_date
from cowork_cli.domain.standing import Absence
from cowork_cli.errors import Ambiguous, BadInput, NotFound, UsageError
from cowork_cli.store import bookings, standing

if TYPE_CHECKING:
    from cowork_cli.store.engine.store import Store


def add(text: str, what: str | None, *, today: date, store: "Store") -> tuple[Absence, list[str]]:
    """Notes days off; beside them a line for each booking that stands on one. Raises BadInput."""
    first, last = _days(text, today)
    known = [
        row
        for row in standing.absences_touching(store, first, last)
        if (row.from_, row.to, row.text) == (first, last, what)
    ]
    if known:
        return known[0], [f"{known[0].id} says so already."]
    with store.transaction() as journal:
        number = standing.add_absence(journal, first, last, what)
    return Absence(f"off-{number}", first, last, what), _booked(first, last, store)


def _days(text: str, today: date) -> tuple[date, date]:
    """First and last day of `FIRST..LAST`, or of one day. Raises BadInput for days that are over."""
    begin, dots, end = text.partition("..")
    first = parse_date(begin, today, planned=True)
    last = parse_date(end, today, planned=True) if dots else first
    if last < first:
        raise BadInput(f'"{text}" ends before it begins', "write it as `FIRST..LAST`")
    if last < today:
        raise BadInput(f'"{text}" is over', "give days from today on")
    return first, last


def edit(
    query: str, days: str | None, what: str | None, *, today: date, store: "Store"
) -> tuple[Absence, list[str]]:
    """Other days, or another text; beside them what is booked there. Raises NotFound, BadInput."""
    if days is None and what is None:
        raise UsageError("nothing was named", "as in `cowork absence edit off-1 --text Holidays`")
    present = find(query, store=store)
    first, last = _days(days, today) if days else (present.from_, present.to)
    text = present.text if what is None else what.strip() or None
    with store.transaction() as journal:
        standing.change_absence(journal, int(present.id.removeprefix("off-")), first, last, text)
    return find(present.id, store=store), _booked(first, last, store) if days else []


def _booked(first: date, last: date, store: "Store") -> list[str]:
    return [
        f"{row.id}, {row.desk_name} on {row.from_:%a %Y-%m-%d}, stands; not wanted:"
        f" `cowork booking cancel {row.id}`."
        for row in bookings.listed(store, states=LIVE_STATES)
        if first <= row.from_.date() <= last
    ]


def remove(query: str, *, store: "Store") -> Absence:
    """Removes the days off meant by their id, text or first day. Raises NotFound."""
    row = find(query, store=store)
    with store.transaction() as journal:
        standing.remove_absence(journal, int(row.id.removeprefix("off-")))
    return row


def find(query: str, *, store: "Store") -> Absence:
    """The days off meant by their id, text or first day. Raises NotFound, Ambiguous."""
    known = standing.absences(store)
    for names in (_by_id, _by_words):
        meant = [row for row in known if query in names(row)]
        if len(meant) > 1:
            ids = ", ".join(row.id for row in meant)
            raise Ambiguous(f'"{query}" may be {ids}', f"give its id, `{meant[0].id}`")
        if meant:
            return meant[0]
    raise NotFound(f'there are no days off "{query}"', "see them with `cowork absence list`")


def _by_id(row: Absence) -> tuple[str | None, ...]:
    return (row.id,)


def _by_words(row: Absence) -> tuple[str | None, ...]:
    return (row.text, row.from_.isoformat())


def without_absences(days: Sequence[date], store: "Store") -> tuple[tuple[date, ...], list[str]]:
    """The days of a series that are worked, and a sentence for each that is off.

    Raises BadInput where none is left.
    """
    kept: list[date] = []
    notes: list[str] = []
    for day in days:
        off = standing.absence_on(store, day)
        if off is None:
            kept.append(day)
        else:
            notes.append(f"Left out {day:%a %Y-%m-%d}: {off.text or 'a day off'} ({off.id}).")
    if days and not kept:
        raise BadInput("every day asked for is a day off", "see them with `cowork absence list`")
    return tuple(kept), notes
