"""Logged days as they are shown: each place under its title, each class by the marks of today."""

from __future__ import annotations

from cowork_cli.records import replace
from cowork_cli.store import day_places, days

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from cowork_cli.domain.day import Day
    from cowork_cli.store.engine.store import Store


def days_of(store: Store, first: date | None, last: date | None) -> list[Day]:
    """The logged days of a stretch, in order."""
    places = day_places.every(store)

    def is_first_place(name: str, day: date) -> bool:
        place = places.get(name)
        return bool(place and place.marked_on(day))

    logged = days.logged(store, first, last, is_first_place)
    titles = day_places.titles(store)

    def titled(day: Day) -> Day:
        stays = tuple(
            replace(stay, title=titles.get(stay.place, (stay.place, None))[0]) for stay in day.stays
        )
        return replace(day, stays=stays)

    return [titled(day) for day in logged]
