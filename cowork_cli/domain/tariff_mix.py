"""What a mix of tariffs is asked for, and what comes out: days, stock, purchases. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date

from cowork_cli.domain.tariff import Tariff
from cowork_cli.records import dataclass, field


@dataclass(frozen=True, slots=True)
class Need:
    """What is wanted: days in order, minutes of a room on some, the way to each space in minor units."""

    days: Sequence[date]
    ways: Mapping[str, int] = field(default_factory=dict)
    rooms: Mapping[date, int] = field(default_factory=dict)
    room_prices: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stock:
    """Days that are held already: so many, up to a day, of a tariff that is not sold.

    Its `room_min` are minutes of a room that are left, once. With none of both but these `left` is 0.
    """

    tariff: Tariff
    left: int
    until: date


@dataclass(frozen=True, slots=True)
class Bought:
    """One purchase: the first day, the last one, how many periods; `cost` in minor units with its fee.

    `used` are the days it was used on. `lost` are units that ended unused, None where any number was free.
    """

    tariff: Tariff
    day: date
    until: date
    periods: int
    cost: int
    used: tuple[date, ...]
    lost: int | None
    left: int | None


@dataclass(frozen=True, slots=True)
class Mix:
    """The cheapest way. `cost` is `tariffs` + `way` + `rooms`, in minor units."""

    cost: int
    tariffs: int
    way: int
    rooms: int
    bought: tuple[Bought, ...]
    exact: bool = True


class NoTariff(Exception):
    """No tariff and nothing held covers a day."""

    def __init__(self, day: date):
        super().__init__(f"nothing covers {day}")
        self.day = day
