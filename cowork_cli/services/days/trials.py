"""Trying something for a while: as many days before it beside those since it began."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from cowork_cli.domain.day import Stay, ways_from_home
from cowork_cli.domain.day_report import Trial, TrialSide
from cowork_cli.domain.money import Money
from cowork_cli.domain.period import Period
from cowork_cli.errors import BadInput, Conflict, NotFound
from cowork_cli.services.days.by_place import pieces_of, share
from cowork_cli.store import days, trials

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from cowork_cli.store.engine.store import Store

SEE = "see them with `cowork trial list`"


def start(
    store: Store, name: str, first: date, today: date, place: str | None, note: str | None
) -> Trial:
    """Begins a trial. Raises BadInput for a day to come, Conflict for a name that is taken."""
    word = " ".join(name.split())
    if not word or not word.isprintable():
        raise BadInput(f'"{name}" is no name of a trial', "give a word or two")
    if first > today:
        raise BadInput(f"{first} is in the future", "start the trial on its first day")
    with store.transaction() as journal:
        if trials.named(store, word) is not None:
            raise Conflict(f'there is a trial "{word}" already', SEE)
        trials.add(
            journal,
            {"name": word, "from_day": first.isoformat(), "place": place, "note": note},
        )
    return find(store, word, today)


def stop(store: Store, name: str, last: date, today: date) -> Trial:
    """Ends a trial with its last day. Raises NotFound, BadInput, Conflict if it has ended."""
    trial = find(store, name, today)
    if trial.to is not None:
        raise Conflict(f'the trial "{name}" ended on {trial.to}', SEE)
    if last < trial.from_:
        raise BadInput(f"{last} lies before its first day, {trial.from_}", "give a later `--on`")
    if last > today:
        raise BadInput(f"{last} is in the future", "stop the trial on its last day")
    with store.transaction() as journal:
        trials.end(journal, trials.named(store, name).id, last.isoformat())
    return find(store, name, today)


def find(store: Store, name: str, today: date) -> Trial:
    """A trial by its name. Raises NotFound."""
    row = trials.named(store, name)
    if row is None:
        raise NotFound(f'there is no trial "{name}"', SEE)
    return _trial(store, row, today)


def listed(store: Store, today: date) -> list[Trial]:
    """All trials, the last begun first."""
    return [_trial(store, row, today) for row in trials.every(store)]


def _trial(store: Store, row: Any, today: date) -> Trial:
    first = date.fromisoformat(row.from_day)
    end = date.fromisoformat(row.to_day) if row.to_day else None
    last = end or max(first, today)
    length = (last - first).days + 1
    before = _side(store, first - timedelta(days=length), first - timedelta(days=1))
    return Trial(row.name, first, end, row.place, row.note, before, _side(store, first, last))


def _side(store: Store, first: date, last: date) -> TrialSide:
    seconds = billable = 0
    for _, piece in pieces_of(store, Period(first, last), store.now_s):
        seconds += piece.seconds
        billable += piece.seconds if piece.billable else 0
    cents, other = trials.cost(store, first.isoformat(), last.isoformat())
    way_s, way_cents, km, lacks = 0, 0, Decimal(0), other
    logged = days.logged(store, first, last)
    for day in logged:
        outside = [stay for stay in day.stays if stay.kind not in ("home", "travel")]
        ways = ways_from_home(day.away_from, day.away_to)
        if not outside or (not ways and day.driven_km is None):
            continue
        way = outside[0] if len(outside) == 1 else Stay("", "", 0, None, None, "")
        round_km = None if way.way_km is None else ways * way.way_km
        round_km = round_km if day.driven_km is None else day.driven_km
        lacks += round_km is None or way.way_s is None
        km += round_km or 0
        way_s += ways * (way.way_s or 0)
        way_cents += ways * (way.fare.minor if way.fare else 0)
    return TrialSide(
        first, last, len(logged), Money(cents), seconds, billable,
        share(billable, seconds) if seconds else None, way_s, km, Money(way_cents), lacks,
    )  # fmt: skip
