"""What is known of the places of the day log: their kind, the way to them, how they are marked.

Each person says it for themselves: the way is from their own home.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from cowork_cli.domain.day import LogPlace
from cowork_cli.domain.money import Money

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from cowork_cli.store.engine.journal import Journal
    from cowork_cli.store.engine.store import Store

_YES = {"yes": True, "no": False, None: None}
_PLACE = """
    SELECT p.id, p.name, p.kind, p.km, p.minutes, p.mode, p.fare, p.country, p.first_place, p.first_from,
           p.lasting, p.instead_of, coalesce(s.name, c.name, p.name) AS title, s.country AS space_country, c.country AS client_country
    FROM day_places p LEFT JOIN spaces s ON s.account || ':' || s.identity = p.name
    LEFT JOIN clients c ON 'client/' || c.slug = p.name WHERE p.person = ?"""
_EVERY = f"{_PLACE} ORDER BY p.name"
_NUMBER = "SELECT id FROM day_places WHERE name = ? AND person = ?"


def every(store: Store) -> dict[str, LogPlace]:
    """All places that something is said of, by name."""
    return {row.name: _place(row) for row in store.rows(_EVERY, store.person)}


def named(store: Store, name: str) -> LogPlace | None:
    """What is said of a place, or None."""
    row = store.row(f"{_PLACE} AND p.name = ?", store.person, name)
    return None if row is None else _place(row)


def put(store: Store, journal: Journal, place: LogPlace) -> bool:
    """Makes what is said of a place `place`; False if it is that way already."""
    number = store.value(_NUMBER, place.name, journal.person)
    if number is None:
        journal.insert(
            "day_places", {"name": place.name, "person": journal.person, **_values(place)}
        )
        return True
    return journal.update("day_places", number, _values(place))


def remove(store: Store, journal: Journal, name: str) -> None:
    """Forgets what is said of a place. Raises NotFound."""
    number = store.value(_NUMBER, name, journal.person)
    journal.delete("day_places", number or 0)


def titles(store: Store) -> dict[str, tuple[str, str | None]]:
    """Name and country of each space and of each client, by the name of its place."""
    rows = store.rows(
        "SELECT account || ':' || identity AS place, name, country FROM spaces UNION ALL "
        "SELECT 'client/' || slug, name, country FROM clients"
    )
    return {row.place: (row.name, row.country) for row in rows}


def _place(row: Any) -> LogPlace:
    return LogPlace(
        name=row.name,
        title=row.title,
        kind=row.kind,
        way_km=None if row.km is None else Decimal(row.km),
        way_s=None if row.minutes is None else 60 * row.minutes,
        mode=row.mode,
        fare=None if row.fare is None else Money(row.fare),
        country=row.country or row.space_country or row.client_country,
        first_place=_YES[row.first_place],
        first_from=date.fromisoformat(row.first_from) if row.first_from else None,
        lasting=_YES[row.lasting],
        instead_of=row.instead_of,
    )


def _values(place: LogPlace) -> Mapping[str, Any]:
    return {
        "kind": place.kind,
        "km": None if place.way_km is None else f"{place.way_km:f}",
        "minutes": None if place.way_s is None else place.way_s // 60,
        "mode": place.mode,
        "fare": None if place.fare is None else place.fare.minor,
        "country": place.country,
        "first_place": _word(place.first_place),
        "first_from": place.first_from.isoformat() if place.first_from else None,
        "lasting": _word(place.lasting),
        "instead_of": place.instead_of,
    }


def _word(value: bool | None) -> str | None:
    return None if value is None else "yes" if value else "no"
