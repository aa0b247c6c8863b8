"""Recorded hours gathered for a page, and for a picture by day."""

from __future__ import annotations

from datetime import date

from cowork_cli.domain.party import Party
from cowork_cli.domain.picture import DayPicture, HoursPage
from cowork_cli.store import clients, entries

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from cowork_cli.domain.period import Period
    from cowork_cli.domain.report import HoursRow
    from cowork_cli.store.engine.store import Store


def picture(rows: Iterable[HoursRow], period: Period, today: date) -> DayPicture:
    """The rows of a report by day; where the period is open, from the first day with hours to the last."""
    seconds = {date.fromisoformat(row.key): row.duration_s for row in rows}
    days = seconds or {today: 0}
    first = period.from_ or min(days)
    return DayPicture(first, max(first, period.to or max(days)), today, seconds, "recorded")


def page(
    store: Store,
    period: Period,
    projects: frozenset[int] | None,
    person: str | None = None,
    *,
    seller: Party,
    client: str | None,
    language: str,
    today: date,
) -> HoursPage:
    """The hours of the period, of these projects (rows; None: of all), for `client` (its id) or for nobody.

    `person`: whose hours, as the store holds it, None for everybody's.

    Projects are called by their names where they have some; those of several clients by their ids.
    """
    by_day = entries.sums(store, "day", period, (), projects=projects, person=person)
    by_project = entries.sums(store, "project_id", period, (), projects=projects, person=person)
    names = {row: (full, name) for row, full, name in clients.names(store)}
    days: dict[date, int] = {}
    for day, _, _, seconds, *_ in by_day:
        days[date.fromisoformat(day)] = days.get(date.fromisoformat(day), 0) + seconds
    sums: dict[str, int] = {}
    for _, project, _, seconds, *_ in by_project:
        full, name = names[project]
        shown = (name or full.partition("/")[2]) if client else full
        sums[shown] = sums.get(shown, 0) + seconds
    ranked = sorted(sums.items(), key=lambda item: (-item[1], item[0]))
    return HoursPage(
        seller, _party(store, client, today), language, period,
        tuple(sorted(days.items())), tuple(ranked), today,
    )  # fmt: skip


def _party(store: Store, client: str | None, today: date) -> Party | None:
    if client is None:
        return None
    row = clients.client_id_of(store, client)
    assert row is not None
    known = clients.client(store, row, today.isoformat())
    return Party(known.name, known.address)
