"""Seconds by day as a picture: what `--calendar` shows instead of rows."""

from datetime import date

from cowork_cli.domain.party import Party
from cowork_cli.domain.period import Period
from cowork_cli.records import dataclass


@dataclass(frozen=True, slots=True)
class DayPicture:
    """The days from `from_` to `to`, both included. `seconds` holds those with something.

    `what` is what the seconds are: `recorded`, `missing`.
    """

    from_: date
    to: date
    today: date
    seconds: dict[date, int]
    what: str


@dataclass(frozen=True, slots=True)
class HoursPage:
    """Recorded hours for somebody outside: no rate and no amount is on it.

    `days` and `projects` are (day or name, seconds), in their order; `client` is None where the hours of
    several are on it. `language` is `de` or `en`; `made` is the day of the page.
    """

    seller: Party
    client: Party | None
    language: str
    period: Period
    days: tuple[tuple[date, int], ...]
    projects: tuple[tuple[str, int], ...]
    made: date
