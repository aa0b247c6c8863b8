"""Recording a day: its places from what is known and what is said, checked as a whole, written at once."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from cowork_cli.domain.day import (
    END_OF_DAY,
    START_OF_DAY,
    Day,
    Stay,
    day_class,
    home_seconds,
)
from cowork_cli.domain.zones import day_start, seconds_of
from cowork_cli.errors import BadInput, NotFound, UsageError
from cowork_cli.records import replace
from cowork_cli.services.days import places as place_services
from cowork_cli.services.days.known import Known, known_day
from cowork_cli.services.days.looking import days_of
from cowork_cli.services.days.saying import Said, clock_of, length_of, stays_of
from cowork_cli.store import days

NOTHING = "none"
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any
    from zoneinfo import ZoneInfo

    from cowork_cli.services.days.places import Places
    from cowork_cli.store.engine.store import Store


def planned(store: Store, places: Places, day: date, said: Said, zone: ZoneInfo, now_s: int) -> Day:
    """The record of a day as it would be written. Raises what `log` raises; nothing is written."""
    return made_of(known_day(store, day, zone, now_s), places, said, zone)


def made_of(known: Known, places: Places, said: Said, zone: ZoneInfo) -> Day:
    """The record of a day of which this is known. Raises as `planned`."""
    day = known.date
    if said.no_work:
        if said.at or said.driven:
            raise UsageError("a day without work has no places", "leave out `--no-work`")
        if known.tracked_s:
            raise BadInput(
                f"{length_of(known.tracked_s)} are recorded on {day}",
                f"see them with `cowork track list --in {day:%Y-%m}`",
            )
        return _made(day, (), said, None, known, zone)
    stays = stays_of(known, places, said, zone)
    return _made(day, stays, said, None, known, zone)


def log(store: Store, day: Day) -> Day:
    """Writes a day that is not logged yet. Raises Conflict for one that is."""
    from cowork_cli.errors import Conflict

    with store.transaction() as journal:
        if days.row_of(store, day.date) is not None:
            raise Conflict(
                f"{day.date} is logged already", f"change it with `cowork day edit {day.date}`"
            )
        days.add(journal, day, work=bool(day.stays))
    return find(store, day.date)


def edited(
    store: Store, places: Places, before: Day, said: Said, zone: ZoneInfo, now_s: int
) -> Day:
    """A logged day with what was said in its place; what was not said stays. Nothing is written."""
    known = known_day(store, before.date, zone, now_s)
    if said.no_work:
        return planned(store, places, before.date, said, zone, now_s)
    if not before.stays and not known.pieces and not said.at:
        return _made(before.date, (), said, before, known, zone)
    stays = stays_of(known, places, said, zone) if said.at else before.stays
    if not stays and not said.at:
        stays = stays_of(known, places, said, zone)
    return _made(before.date, stays, said, before, known, zone)


def change(store: Store, day: Day) -> tuple[Day, bool]:
    """Writes a logged day anew; False if it is that way already. Raises NotFound."""
    with store.transaction() as journal:
        changed = days.change(store, journal, _row(store, day.date), day, work=bool(day.stays))
    return find(store, day.date), changed


def remove(store: Store, day: date) -> Day:
    """Removes the record of a day. Raises NotFound."""
    before = find(store, day)
    with store.transaction() as journal:
        days.remove(store, journal, _row(store, day))
    return before


def find(store: Store, day: date) -> Day:
    """The record of a day. Raises NotFound."""
    logged = days_of(store, day, day)
    if not logged:
        raise NotFound(f"{day} is not logged", f"log it with `cowork day log {day}`")
    return logged[0]


def _row(store: Store, day: date) -> int:
    number = days.row_of(store, day)
    if number is None:
        raise NotFound(f"{day} is not logged", f"log it with `cowork day log {day}`")
    return number


# ---- the whole day


def _made(
    day: date, stays: tuple[Stay, ...], said: Said, before: Day | None, known: Known, zone: ZoneInfo
) -> Day:
    stays = _with_said_way(stays, said)
    away_from, away_to, away_s = _away(day, said, before, zone)
    if not stays and away_from not in (None, START_OF_DAY):
        raise BadInput(
            "one who leaves home has a way, and that is work",
            f"give it as in `cowork day log {day} --at travel=3h --away {away_from}..`",
        )
    driven = _driven(said, before, stays)
    made = Day(
        day,
        *day_class(stays, False),
        sum(stay.duration_s for stay in stays),
        home_seconds(stays),
        False,
        stays,
        away_from,
        away_to,
        away_s,
        driven,
        _text(said.purpose, before.purpose if before else None),
        _text(said.note, before.note if before else None),
        known.tracked_s,
    )
    _refuse_impossible(made, zone)
    return made


def _text(said: str | None, before: str | None) -> str | None:
    """What was typed, nothing for an empty text; what was there where nothing was typed."""
    return before if said is None else " ".join(said.split()) or None


def _driven(said: Said, before: Day | None, stays: tuple[Stay, ...]) -> Decimal | None:
    """The whole round of a day; `none` forgets it. Raises UsageError for a day at home."""
    away = any(stay.kind != "home" for stay in stays)
    if said.driven is None:
        return before.driven_km if before and away else None
    if said.driven.strip().lower() == NOTHING:
        return None
    if not away:
        raise UsageError("a day at home has no way", "leave out `--driven`")
    return place_services.checked_km(said.driven, "driven way")


def _with_said_way(stays: tuple[Stay, ...], said: Said) -> tuple[Stay, ...]:
    """The way of this one day, where there is one place away that it can be of."""
    changes: dict[str, Any] = {}
    if said.mode is not None:
        changes["mode"] = place_services.checked_mode(said.mode)
    if said.km is not None:
        changes["way_km"] = place_services.checked_km(said.km)
    if said.minutes is not None:
        changes["way_s"] = 60 * place_services.checked_minutes(said.minutes)
    if said.fare is not None:
        changes["fare"] = place_services.checked_fare(said.fare)
    outside = [stay for stay in stays if stay.kind != "home"]
    if not changes:
        return stays
    if not outside:
        raise UsageError("a day at home has no way", "leave out `--mode --km --minutes --fare`")
    if len(outside) > 1 and set(changes) != {"mode"}:
        raise UsageError(
            "on a day with several places it is not clear which way is meant",
            "give the whole round with `--driven KM`, and `--mode`",
        )
    return tuple(replace(stay, **changes) if stay in outside else stay for stay in stays)


def _away(
    day: date, said: Said, before: Day | None, zone: ZoneInfo
) -> tuple[str | None, str | None, int | None]:
    """`07:30..18:00`, `07:30..` (over night), `..18:00` (back), `all`: clocks and seconds away."""
    if said.away is None:
        return (before.away_from, before.away_to, before.away_s) if before else (None, None, None)
    text = said.away.strip().lower()
    if text == NOTHING:
        return None, None, None
    begin, dots, end = ("", "..", "") if text == "all" else text.partition("..")
    if not dots:
        raise BadInput(
            f'"{said.away}" does not say when you left and came back',
            "write it as `07:30..18:00`, `07:30..` over night, `..18:00` or `all`",
        )
    from_at, start = clock_of(begin or "00:00", day, zone, end=False)
    to_at, stop = clock_of(end or "24:00", day, zone, end=True)
    if to_at <= from_at:
        raise BadInput(
            f'"{said.away}" ends before it begins',
            "over night: `07:30..`, and `..18:00` on the next day",
        )
    return start, stop, to_at - from_at


def _refuse_impossible(day: Day, zone: ZoneInfo) -> None:
    """Raises BadInput for a day that cannot have been: longer than a day, or worked away while at home."""
    begin, end = (
        seconds_of(day_start(each, zone)) for each in (day.date, day.date + timedelta(days=1))
    )
    length = end - begin
    if day.duration_s > length:
        raise BadInput(
            f"{length_of(day.duration_s)} of work are more than {day.date} has ({length_of(length)})",
            "give lengths that fit into the day",
        )
    outside = [stay for stay in day.stays if stay.kind != "home"]
    ways = 2 * (outside[0].way_s or 0) if len(outside) == 1 else 0
    over_night = day.away_from == START_OF_DAY or day.away_to == END_OF_DAY
    if day.duration_s + ways > length and not over_night:
        raise BadInput(
            f"{length_of(day.duration_s)} of work and {length_of(ways)} on the way are more than {day.date} has",
            "give the way of that day with `--minutes N`, one way",
        )
    if day.away_s is None or not day.stays:
        return
    if not outside:
        raise BadInput("a day away from home needs a place away", "name it with `--at PLACE`")
    away = sum(stay.duration_s for stay in outside)
    if away > day.away_s:
        raise BadInput(
            f"you worked {length_of(away)} away from home, but were away for {length_of(day.away_s)}",
            "give when you left and came back with `--away FROM..TO`",
        )
