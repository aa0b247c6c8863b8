"""What `plan optimise` was asked, as it was typed, and its answer in words."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from cowork_cli.commands._asking import asking
from cowork_cli.context import Context
from cowork_cli.domain.amounts import parse_amount, parse_decimal, parse_price
from cowork_cli.domain.calendar_days import after, parse_length
from cowork_cli.domain.lengths import parse_duration
from cowork_cli.domain.money import Money, Price
from cowork_cli.domain.period import Period
from cowork_cli.domain.phrases import parse_date, parse_dates, parse_period
from cowork_cli.domain.place import fold
from cowork_cli.domain.plan import Plan
from cowork_cli.domain.plan_mix import NO_LIMIT, PlanMix
from cowork_cli.domain.space import Space
from cowork_cli.domain.weekdays import parse_weekdays
from cowork_cli.errors import BadInput, UsageError
from cowork_cli.output.result import Result
from cowork_cli.records import dataclass, replace

if TYPE_CHECKING:
    from cowork_cli.domain.tariff_mix import Stock
    from cowork_cli.services.tariffs.market import Way
    from cowork_cli.services.tariffs.offers import View
    from cowork_cli.services.tariffs.paid import Paid
    from cowork_cli.store.engine.store import Store

WAY_HINT = "write it as `--way SPACE=24km,50min,7.20`; each of the three may be left out"


@dataclass(frozen=True, slots=True)
class Asked:
    """The options, none of them read yet."""

    spaces: Sequence[str]
    days: str | None
    dates: Sequence[str] | None
    from_log: str | None
    start: str | None
    horizon: str
    skip_holidays: bool
    way: Sequence[str]
    rooms: Sequence[str]
    room_prices: Sequence[str]
    paid: str | None
    tax: str | None
    vat_rate: str | None
    team: bool


def optimise_asked(context: Context, asked: Asked) -> Result:
    """The cheapest mix, with what has to be said beside it."""
    from cowork_cli.services.identifiers import naming
    from cowork_cli.services.spaces import plans
    from cowork_cli.services.tariffs import memberships, optimising
    from cowork_cli.services.tariffs.market import Wish
    from cowork_cli.services.tariffs.offers import one_currency

    if asked.tax not in (None, "net", "gross"):
        raise BadInput(f'--tax "{asked.tax}" is neither net nor gross', "give `--tax net`")
    with asking(context) as (_, cache):
        spaces = list(
            {
                space.ref: space
                for query in asked.spaces
                for space in [naming.find_space(context.store, query, cache=cache)]
            }.values()
        )
    rate = _vat_rate(asked.vat_rate)
    view = optimising.view_of(
        spaces,
        small_business=bool(context.config.get("seller.small_business")),
        tax=asked.tax,
        rate=rate,
    )
    kept = [plan for space in spaces for plan in plans.plans_of(space, store=context.store)]
    kept = [
        _at(plan, space)
        for plan in kept
        for space in spaces
        if plan.space_ref in plans.refs_of(space)
    ]
    days = _days(context, asked, spaces)
    past = asked.from_log is not None
    currency = one_currency(kept)
    paid = _paid(asked, context, spaces, view, currency)
    wish = Wish(
        days,
        view,
        _ways(asked.way, spaces, currency),
        _rooms(asked.rooms, days, context.today),
        _room_prices(asked.room_prices, spaces, view, currency, context.store),
        weekly=asked.days is not None,
        team=asked.team,
        hours=not past,
        paid=paid.money,
        paid_from=paid.sources,
    )
    stock, unused = ([], []) if past else memberships.stock_of(spaces, days, store=context.store)
    mix = optimising.optimised(spaces, kept, wish, stock=stock)
    mix = replace(mix, held_unused=tuple(unused))
    return Result(
        mix,
        rows=mix.bought,
        notes=[
            *_notes(mix, asked, kept, context),
            *_of_held(stock, unused),
            *_of_paid(mix, paid),
        ],
        beside={
            "questions": mix.questions,
            "variations": mix.variations,
            "break_even": mix.break_even,
        },
    )


def _at(plan: Plan, space: Space) -> Plan:
    """The plan under the ref that its space is called by here."""
    return replace(plan, space_ref=space.ref)


def _days(context: Context, asked: Asked, spaces: Sequence[Space]) -> tuple[date, ...]:
    """The planned days. Raises UsageError unless exactly one way to tell them was taken."""
    from cowork_cli.services.tariffs.optimising import days_at

    ways = [asked.days is not None, bool(asked.dates), asked.from_log is not None]
    if sum(ways) != 1:
        raise UsageError(
            "several ways to say the days were given" if sum(ways) else "no days were given",
            "give one of `--days mon,wed`, `--dates 2026-12-01,2026-12-03`, `--from-log 2026-Q1`",
        )
    if asked.from_log is not None:
        first, last = _past(asked.from_log, context.today)
        now_s = int(context.now.timestamp())
        found = days_at(spaces, first, last, store=context.store, now_s=now_s)
        if not found:
            period = parse_period(asked.from_log, context.today)
            raise BadInput(
                f"no hours and no bookings at {' or '.join(s.name for s in spaces)} in {period}",
                "the place of hours is said with `cowork track add … --place NAME`",
            )
        return found
    if asked.dates:
        return tuple(sorted(set(parse_dates(list(asked.dates), context.today))))
    assert asked.days is not None
    weekdays = parse_weekdays(asked.days, context.today)
    first = parse_date(asked.start, context.today, planned=True) if asked.start else context.today
    last = after(first, parse_length(asked.horizon, "--horizon")) - timedelta(days=1)
    span = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    days = [day for day in span if day.weekday() in weekdays]
    if asked.skip_holidays:
        days = _without_holidays(days, spaces[0])
    if not days:
        raise BadInput(
            f"none of these days lies between {first} and {last}", "give a longer `--horizon`"
        )
    return tuple(days)


def _past(text: str, today: date) -> tuple[date, date]:
    """What of a period is over: the days that are counted, and what they did cost, end with today."""
    period = parse_period(text, today)
    return period.from_ or date.min, min(period.to or today, today)


def _without_holidays(days: list[date], space: Space) -> list[date]:
    from cowork_cli.services.calendar import holidays, regions

    region = regions.of_space(space)
    return [day for day in days if not isinstance(holidays.in_region(day, region), str)]


def _space_named(name: str, spaces: Sequence[Space], option: str) -> Space:
    """One of the spaces that were asked about, by ref or the beginning of its name. Raises BadInput."""
    wanted = fold(name)
    for space in spaces:
        if str(space.ref) == name.strip():
            return space
    able = [space for space in spaces if wanted and any(
        part.startswith(wanted) for part in (fold(space.name), *fold(space.name).split())
    )]  # fmt: skip
    if len(able) != 1:
        raise BadInput(
            f'{option} "{name}" is {"several" if able else "none"} of the spaces asked about',
            f"write the ref of one, such as {spaces[0].ref}",
        )
    return able[0]


def _vat_rate(text: str | None) -> Decimal | None:
    if not text:
        return None
    rate = parse_decimal(text, "--vat-rate")
    if not 0 <= rate <= 100:
        raise BadInput(f"--vat-rate {text} is not 0 to 100", "give it in percent: `--vat-rate 20`")
    return rate


def _in_currency(code: str | None, currency: str, option: str) -> str:
    """The currency of the plans. Raises BadInput for another one: it could not be added."""
    if code is not None and code != currency:
        raise BadInput(
            f"{option} is in {code}, and the plans are in {currency}", f"give it in {currency}"
        )
    return currency


def _ways(texts: Sequence[str], spaces: Sequence[Space], currency: str) -> "dict[str, Way]":
    from cowork_cli.services.tariffs.market import Way

    ways: dict[str, Way] = {}
    for text in texts:
        name, equals, parts = text.rpartition("=")
        if not equals:
            raise BadInput(f'--way "{text}" names no space', WAY_HINT)
        space = _space_named(name, spaces, "--way")
        km, seconds, money = None, None, 0
        for part in parts.split(","):
            word = part.strip().lower()
            if word.endswith("km"):
                km = parse_decimal(word.removesuffix("km"), "--way", digits=1)
            elif word.endswith(("min", "h", "m")):
                seconds = parse_duration(word)
            elif word:
                amount, code = parse_amount(word, "--way", None)
                money = Money.of(amount, _in_currency(code, currency, f'--way "{text}"')).minor
            if (km is not None and km < 0) or money < 0:
                raise BadInput(f'--way "{text}" is negative', WAY_HINT)
        ways[str(space.ref)] = Way(km, seconds, money)
    return ways


def _rooms(texts: Sequence[str], days: Sequence[date], today: date) -> dict[date, int]:
    """Minutes of a room on each planned day. Raises BadInput."""
    minutes: dict[date, int] = {}
    for text in texts:
        name, equals, length = text.partition("=")
        if not equals:
            raise BadInput(f'--room "{text}" does not say how long', "write it as `--room wed=2h`")
        weekdays = parse_weekdays(name, today)
        if not any(day.weekday() in weekdays for day in days):
            raise BadInput(
                f'--room "{text}": none of the planned days is one of these',
                "name days that are planned",
            )
        for day in days:
            if day.weekday() in weekdays:
                minutes[day] = parse_duration(length) // 60
    return minutes


def _room_prices(
    texts: Sequence[str], spaces: Sequence[Space], view: "View", currency: str, store: "Store"
) -> dict[str, int]:
    from cowork_cli.services.tariffs.optimising import room_prices

    told: dict[str, Price] = {}
    for text in texts:
        name, equals, price = text.rpartition("=")
        if not equals:
            raise BadInput(f'--room-price "{text}" names no space', "write it as `SPACE=12net`")
        known = parse_price(f"hour={price}")
        _in_currency(known.money.currency, currency, f'--room-price "{text}"')
        told[str(_space_named(name, spaces, "--room-price").ref)] = known
    return room_prices(spaces, view, told, store=store)


def _paid(
    asked: Asked, context: Context, spaces: Sequence[Space], view: "View", currency: str
) -> "Paid":
    """What was paid: as it was said, else what the store knows of the period. Raises UsageError, BadInput."""
    from cowork_cli.services.tariffs.paid import Paid, known_to_be_paid

    if asked.paid is None and asked.from_log is None:
        return Paid(None, (), ())
    if asked.paid is None:
        period = Period(*_past(asked.from_log or "", context.today))
        return known_to_be_paid(spaces, period, view, currency, store=context.store)
    if asked.from_log is None:
        raise UsageError("`--paid` is about days of the past", "give `--from-log PERIOD` beside it")
    amount, code = parse_amount(asked.paid, "--paid", None)
    if amount < 0:
        raise BadInput(f'--paid "{asked.paid}" is negative', "give what the days did cost")
    return Paid(Money.of(amount, _in_currency(code, currency, "--paid")), ("--paid",), ())


def _of_held(stock: "Sequence[Stock]", unused: Sequence[str]) -> Iterator[str]:
    """What memberships include, as far as it was reckoned with, and what was not."""
    held = sorted({part.tariff.id for part in stock})
    if held:
        yield f"Used before anything is bought, as far as it fits: what {', '.join(held)} includes."
    if unused:
        yield (
            f"Held, and not reckoned with as it is not known what a day takes: {', '.join(unused)}. Say it with"
            " `cowork plan edit PLAN --day-credits N` and `cowork membership edit ms-1 --plan PLAN`."
        )


def _of_paid(mix: PlanMix, paid: "Paid") -> Iterator[str]:
    """Where the sum that was paid is from."""
    if mix.paid_from and mix.paid_from != ("--paid",):
        yield (
            f"Paid, as far as it is known: {', '.join(mix.paid_from)}; if it was more, say it with `--paid`."
        )
    if paid.left_out:
        yield f"Not in what was paid: {'; '.join(paid.left_out)}."


def _notes(mix: PlanMix, asked: Asked, kept: Sequence[Plan], context: Context) -> Iterator[str]:
    """What has to be said beside the table."""
    would = "would have cost" if asked.from_log else "cost"
    parts = [f"plans {mix.tariffs}"]
    parts += [f"way {mix.way}"] if mix.way.minor else []
    parts += [f"rooms {mix.rooms}"] if mix.rooms.minor else []
    split = f" ({', '.join(parts)})" if len(parts) > 1 else ""
    yield (
        f"{mix.days} {'day' if mix.days == 1 else 'days'} from {mix.from_} to {mix.to} {would} {mix.total} {mix.tax}{split}"
        + (f" instead of {mix.paid}." if mix.paid is not None else ".")
    )
    if mix.way_km or mix.way_s:
        way = [f"{mix.way_km} km"] if mix.way_km else []
        way += [f"{mix.way_s // 3600} h {mix.way_s // 60 % 60:02} min"] if mix.way_s else []
        yield f"On the way: {', '.join(way)}."
    for row in mix.questions:
        if row.otherwise is not None and row.otherwise != mix.total:
            of = f"{', '.join(row.plans)}; reckoned with: {row.answer}"
            each = " of each, as" if len(row.plans) > 1 else ""
            yield f"Otherwise it is {row.otherwise}: {row.question} ({of}). Say it{each} with `{row.hint}`."
    if mix.lost_money.minor:
        yield f"Days worth {mix.lost_money} are paid for and end unused."
    if mix.left_out:
        yield (
            "Nothing covers " + ", ".join(f"{d:%a %Y-%m-%d}" for d in mix.left_out) + ": left out."
        )
    if mix.hours_unknown:
        names = ", ".join(mix.hours_unknown)
        yield f"Not known whether it is open on all of these days, and taken as open: {names}."
    unlimited = [row for row in mix.questions if row.answer == NO_LIMIT]
    if unlimited:
        asked_ = "; ".join(f"{row.question} ({', '.join(row.plans)})" for row in unlimited)
        yield f"Not known, taken as no limit: {asked_}."
    if not mix.exact:
        yield "There was too much to choose from: this is the best of what was looked at, not proved."
    if asked.tax is None:
        small = context.config.get("seller.small_business")
        yield (
            "Gross, as seller.small_business is set: no input VAT is deducted (§ 19 UStG)."
            if small
            else "Net, as input VAT is deducted (§ 15 UStG); a small business gives `--tax gross`."
        )
    hidden = [plan.name for plan in kept if plan.team_only == "yes"]
    if hidden and not asked.team:
        yield f"Sold to teams alone and left out: {', '.join(hidden)} (`--team` takes them in)."
    without = [plan.name for plan in kept if plan.price is None]
    if without:
        yield f"Without a price and left out: {', '.join(without)}."
