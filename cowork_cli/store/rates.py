"""Rates in the store: what an hour is worth on its day. Apart from clients, for the timer needs no more."""

from __future__ import annotations

from decimal import Decimal

from cowork_cli.records import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cowork_cli.store.engine.store import Store

ALWAYS = "0001-01-01"


@dataclass(frozen=True, slots=True)
class Rate:
    """Money an `hour` or a `day`; a day has `hours_per_day` hours, an hour None."""

    money: Decimal
    unit: str = "hour"
    hours_per_day: Decimal | None = None

    @property
    def hourly(self) -> Decimal:
        """Money an hour; of a day rate its share, half up to four decimals."""
        if self.hours_per_day is None:
            return self.money
        from cowork_cli.domain.billing import short
        from cowork_cli.domain.money import round_half_up

        return Decimal(short(round_half_up(self.money / self.hours_per_day, 4)))


@dataclass(frozen=True, slots=True)
class NewRate:
    """A rate to set, from the day `since` on; None: instead of the one that is valid today."""

    money: Decimal
    unit: str = "hour"
    since: str | None = None


@dataclass(frozen=True, slots=True)
class Rates:
    """Every rate, by owner: from which day on, and how much."""

    clients: dict[int, list[tuple[str, Rate]]]
    projects: dict[int, list[tuple[str, Rate]]]

    def valid(self, project_id: int, client_id: int, day: str) -> Rate | None:
        """The rate valid on `day`: the project's, else its client's."""
        for rates in (self.projects.get(project_id, ()), self.clients.get(client_id, ())):
            valid = [rate for since, rate in rates if since <= day]
            if valid:
                return valid[-1]
        return None

    def on(self, project_id: int, client_id: int, day: str) -> Decimal | None:
        """Money an hour on `day`; of a day rate its hourly share."""
        rate = self.valid(project_id, client_id, day)
        return rate.hourly if rate else None

    def steps(self, project_id: int, client_id: int) -> list[str]:
        """The days on which the rate of a project may change."""
        own = self.projects.get(project_id, ())
        return sorted({since for since, _ in (*own, *self.clients.get(client_id, ()))})


def rates(store: Store) -> Rates:
    """All rates; there are few."""
    found = Rates({}, {})
    for client_id, project_id, since, money, unit, hours in store.rows(
        "SELECT r.client_id, r.project_id, r.valid_from, r.rate, r.unit, p.hours_per_day "
        "FROM rates r LEFT JOIN projects p ON p.id = r.project_id ORDER BY r.valid_from"
    ):
        day = Decimal(hours or 8) if unit == "day" else None
        owner, key = (
            (found.clients, client_id) if project_id is None else (found.projects, project_id)
        )
        owner.setdefault(key, []).append((since, Rate(Decimal(money), unit, day)))
    return found


def is_more_agreed(store: Store) -> bool:
    """Whether anybody agreed on a rounding rule, a travel factor or half days: then entries count one by one."""
    return bool(
        store.value(
            "SELECT EXISTS (SELECT 1 FROM clients WHERE rounding IS NOT NULL OR travel_factor IS NOT NULL) "
            "OR EXISTS (SELECT 1 FROM projects WHERE rounding IS NOT NULL OR half_day_from_s IS NOT NULL)"
        )
    )
