"""The team of somebody who pays desks for others: who belongs to it, up to which sum, what was booked."""

import csv
import io
from collections.abc import Callable, Sequence
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any

from cowork_cli.domain import texts
from cowork_cli.domain.amounts import parse_amount
from cowork_cli.domain.money import Money
from cowork_cli.domain.nouns import count
from cowork_cli.domain.period import Period
from cowork_cli.domain.shell_words import shell_word
from cowork_cli.domain.spreadsheet import harmless
from cowork_cli.domain.team import Member, TeamRow
from cowork_cli.domain.zones import at, instant_of, seconds_of, zone_named
from cowork_cli.errors import BadInput, Conflict, NotFound
from cowork_cli.services.identifiers.naming import Candidate, choose
from cowork_cli.services.people import people
from cowork_cli.store import bookings, team
from cowork_cli.store.team import MemberRow

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from cowork_cli.store.engine.store import Store

CURRENCY = "EUR"
_NONE = ("", "none")


def find(store: "Store", query: str, *, strict: bool = False) -> MemberRow:
    """The member meant. Raises NotFound, Ambiguous."""
    rows = {f"member-{row.id}": row for row in team.every(store)}
    known = [Candidate(key, row.name, key) for key, row in rows.items()]
    try:
        return rows[choose(query, known, "member of the team", strict).id]
    except NotFound as missing:
        hint = missing.hint or "add them with `cowork team add NAME`"
        raise NotFound(missing.message, hint) from None


def add(
    store: "Store",
    name: str,
    *,
    cap: str | None,
    centre: str | None,
    person: str | None,
    today: date,
    zone: "ZoneInfo",
) -> tuple[Member, list[str]]:
    """Adds a member. Raises BadInput, NotFound for an unknown person, Conflict for one who is there."""
    kept = texts.line(name, "the name", most=100)
    if kept is None:
        raise BadInput("a member needs a name", "give it as in `cowork team add NAME`")
    if kept == "me":
        raise BadInput("that is yourself: a booking without `--for` is yours", "name somebody else")
    number = people.find(store, person) if person is not None else _person_called(store, kept)
    for row in team.every(store):
        if row.name.casefold() == kept.casefold():
            raise Conflict(
                f"{row.name} belongs to the team already",
                f"change it with `cowork team edit {shell_word(row.name)}`",
            )
    values = {
        "name": kept, "cap": _cap(cap), "person_id": number,
        "cost_centre": texts.line(centre, "--cost-centre", most=60) if centre else None,
    }  # fmt: skip
    with store.transaction() as journal:
        team.add(journal, values)
    member = _shown(store, find(store, kept), today, zone)
    booked = bookings.count_for(store, kept)
    notes = [f"Book for them with `cowork book DESK --on DATE --for {shell_word(kept)}`."]
    if booked:
        notes.append(f"Made for {kept} before, and counted: {count(booked, 'booking')}.")
    return member, notes


def edit(
    store: "Store",
    query: str,
    *,
    cap: str | None,
    centre: str | None,
    person: str | None,
    today: date,
    zone: "ZoneInfo",
) -> Member:
    """Changes a member; `none` takes a fact away. Raises BadInput, NotFound, Ambiguous."""
    row = find(store, query)
    values: dict[str, Any] = {}
    if cap is not None:
        values["cap"] = _cap(cap)
    if centre is not None:
        off = centre.strip().casefold() in _NONE
        values["cost_centre"] = None if off else texts.line(centre, "--cost-centre", most=60)
    if person is not None:
        off = person.strip().casefold() in _NONE
        values["person_id"] = None if off else people.find(store, person)
    if not values:
        raise BadInput("nothing to change was given", "see `cowork team edit --help`")
    with store.transaction() as journal:
        team.change(journal, row.id, values)
    return _shown(store, find(store, f"member-{row.id}"), today, zone)


def remove(store: "Store", query: str, today: date, zone: "ZoneInfo") -> Member:
    """Takes somebody out of the team; the bookings stay. Raises NotFound."""
    row = find(store, query, strict=True)
    gone = _shown(store, row, today, zone)
    with store.transaction() as journal:
        team.remove(journal, row.id)
    return gone


def listed(store: "Store", today: date, zone: "ZoneInfo") -> list[Member]:
    """The team by name."""
    return [_shown(store, row, today, zone) for row in team.every(store)]


def sheet(
    store: "Store", period: Period, name: str | None, zone: "ZoneInfo"
) -> tuple[list[TeamRow], list[str]]:
    """What was booked for each member in a period, cancelled ones left out; also what to say."""
    members = {row.name: row for row in team.every(store)}
    only = find(store, name).name if name is not None else None
    first, last = period.from_ or date(1970, 1, 1), period.to or date(9000, 1, 1)
    day = timedelta(days=1)  # before and after: a space may lie in another zone
    begin = seconds_of(instant_of(first - day, time(), zone))
    end = seconds_of(instant_of(last + 2 * day, time(), zone))
    rows, strangers = [], set[str]()
    for visit in team.visits(store, begin, end, only):
        if not first <= at(visit.from_at, zone_named(visit.zone)).date() <= last:
            continue
        if visit.person not in members:
            strangers.add(visit.person)
            continue
        there = zone_named(visit.zone)
        price = Money(int(visit.price[0]), visit.price[1]) if visit.price else None
        starts = at(visit.from_at, there)
        rows.append(
            TeamRow(
                visit.person, members[visit.person].cost_centre, starts.date(), starts,
                at(visit.to_at, there), visit.space, visit.desk, visit.state, price,
                str(visit.price[3]) if visit.price and len(visit.price) > 3 else None,
                f"b-{visit.id}",
                None if visit.checked_in_at is None else at(visit.checked_in_at, there),
            )
        )  # fmt: skip
    return rows, _said(rows, strangers)


def _said(rows: Sequence[TeamRow], strangers: set[str]) -> list[str]:
    notes = [f"{name}: {days} days, {money}." for name, days, money in sums(rows)]
    unpriced = sum(row.price is None for row in rows)
    if unpriced:
        notes.append(f"The price of {unpriced} of them is not known: it is in no sum.")
    if strangers:
        notes.append(
            f"Bookings for {', '.join(sorted(strangers))}, who belong to no team, are left out."
        )
    return notes


def sums(
    rows: Sequence[TeamRow], shown: Callable[[Money], str] = str
) -> list[tuple[str, int, str]]:
    """Name, days and what they cost, of each member; `shown` writes an amount."""
    found = []
    for name in dict.fromkeys(row.name for row in rows):
        mine = [row for row in rows if row.name == name]
        by_currency: dict[str, int] = {}
        for row in mine:
            if row.price is not None:
                known = by_currency.get(row.price.currency, 0)
                by_currency[row.price.currency] = known + row.price.minor
        money = ", ".join(shown(Money(minor, code)) for code, minor in by_currency.items())
        found.append((name, len({row.date for row in mine}), money or "no price known"))
    return found


def written(rows: Sequence[TeamRow]) -> bytes:
    """The sheet as CSV, a booking a row; the amount with a dot, the currency beside it."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(
        ["name", "cost_centre", "date", "from", "to", "space", "desk", "state", "amount", "currency",
         "tax", "booking", "checked_in"]
    )  # fmt: skip
    for row in rows:
        amount = f"{row.price.amount:f}" if row.price else ""
        currency = row.price.currency if row.price else ""
        cells = [
            row.name, row.cost_centre or "", f"{row.date}", f"{row.from_:%H:%M}",
            f"{row.to:%H:%M}", row.space, row.desk, row.state, amount, currency, row.tax or "",
            row.booking, f"{row.checked_in:%H:%M}" if row.checked_in else "",
        ]  # fmt: skip
        table.writerow([harmless(cell) for cell in cells])
    return out.getvalue().encode()


def _shown(store: "Store", row: MemberRow, today: date, zone: "ZoneInfo") -> Member:
    month = Period(today.replace(day=1), _month_end(today))
    rows, _ = sheet(store, month, f"member-{row.id}", zone)
    booked = Money(
        sum(one.price.minor for one in rows if one.price and one.price.currency == CURRENCY),
        CURRENCY,
    )
    cap = None if row.cap is None else Money(row.cap, CURRENCY)
    return Member(
        f"member-{row.id}",
        row.name,
        None if row.person is None else f"person-{row.person}",
        row.cost_centre,
        cap,
        booked,
        None if cap is None else cap - booked,
    )


def _month_end(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _cap(text: str | None) -> int | None:
    """Cents a month of `200`, `200/month`, `200 EUR`; None for no limit. Raises BadInput."""
    if text is None or text.strip().casefold() in _NONE:
        return None
    number = text.strip().removesuffix("/month").strip()
    amount, _ = parse_amount(number, "--cap", CURRENCY)
    if amount < 0:
        raise BadInput(f"--cap {text} is below zero", "give it as `200`, or `none`")
    return Money.of(amount, CURRENCY).minor


def _person_called(store: "Store", name: str) -> int | None:
    """The person of the ledger who has exactly this name, if there is one."""
    rows = [row for row, other, _, _ in people_names(store) if other.casefold() == name.casefold()]
    return rows[0] if len(rows) == 1 else None


def people_names(store: "Store") -> list[tuple[int, str, str | None, str | None]]:
    """The names of the ledger."""
    from cowork_cli.store import people as kept

    return kept.names(store)
