"""Memberships: what is included, what was used, what is left and when it ends."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cowork_cli.domain.amounts import parse_decimal
from cowork_cli.domain.calendar_days import after, parse_length
from cowork_cli.domain.membership import KINDS, Holding, LedgerRow, Membership, holdings, period_of
from cowork_cli.domain.phrases import parse_date
from cowork_cli.domain.place import fold
from cowork_cli.domain.space import Space
from cowork_cli.domain.tariff import FOREVER, Tariff
from cowork_cli.domain.tariff_mix import Stock
from cowork_cli.errors import BadInput, Conflict
from cowork_cli.records import replace
from cowork_cli.services.spaces import plans
from cowork_cli.store import memberships

if TYPE_CHECKING:
    from cowork_cli.store.cache import Cache
    from cowork_cli.store.engine.store import Store

Told = Mapping[str, str | None]
RECKONED = ("days", "room", "credits")
"""What `plan optimise` can use of what is included."""
INCLUDES_HINT = (
    "write it as `--includes days=10/month`, `--includes prints=100`,"
    ' `--includes "credits=50 until 2027-03-31"` or `--includes "room=4 for 3m"`'
)
_INCLUDED = re.compile(
    r"(?P<what>[^=]+)=(?P<amount>[0-9.,]+)\s*h?(?:\s*/\s*(?P<every>month|week|monat|woche))?"
    r"(?:\s+(?:(?P<to>until|bis)|(?P<long>for|für))\s+(?P<end>.+))?"
)


def listed(query: str | None, *, store: "Store", cache: "Cache", today: date) -> list[Membership]:
    """The memberships, of one space or all, with what is left of them. Raises NotFound, Ambiguous."""
    from cowork_cli.services.identifiers import naming

    known = [_as_of(one, today) for one in memberships.every(store)]
    if query is None:
        return known
    refs = plans.refs_of(naming.find_space(store, query, cache=cache))
    return [one for one in known if one.space_ref in refs]


def find(query: str, *, store: "Store", today: date, strict: bool = False) -> Membership:
    """The membership meant by `ms-1` or its name. Raises NotFound, Ambiguous."""
    from cowork_cli.services.identifiers import naming

    known = {one.id: one for one in memberships.every(store)}
    candidates = [naming.Candidate(m.id, m.name, within=m.space_name) for m in known.values()]
    return _as_of(known[naming.choose(query, candidates, "membership", strict).id], today)


def add(
    query: str,
    name: str,
    told: Told,
    includes: Iterable[str],
    *,
    store: "Store",
    cache: "Cache",
    today: date,
) -> Membership:
    """Adds a membership with what it includes. Raises NotFound, Ambiguous, BadInput."""
    from cowork_cli.services.identifiers import naming

    space = naming.find_space(store, query, cache=cache)
    blank = Membership("", space.ref, space.name, _name(name), today, None, None, None, None)
    membership = _told(blank, told, store, today)
    _refuse_twice(membership, store)
    lines = [_included(text, membership, today) for text in includes]
    with store.transaction() as journal:
        number = memberships.add(journal, membership)
        for line in lines:
            memberships.write_line(journal, number, line)
    return find(f"ms-{number}", store=store, today=today)


def _refuse_twice(membership: Membership, store: "Store") -> None:
    """Raises Conflict where one of that name at that space runs on some of the same days already."""
    for known in memberships.every(store):
        same = known.space_ref == membership.space_ref and fold(known.name) == fold(membership.name)
        first, last = max(known.starts, membership.starts), [known.ends, membership.ends]
        if same and first <= min((day for day in last if day), default=date.max):
            until = f" to {known.ends}" if known.ends else ""
            raise Conflict(
                f"{known.id} is {known.name} at {known.space_name} already, from {known.starts}{until}",
                f"change it with `cowork membership edit {known.id}`; keep a second one under another name",
            )


def edit(
    query: str,
    name: str | None,
    told: Told,
    includes: Iterable[str],
    *,
    store: "Store",
    today: date,
) -> Membership:
    """Changes what is given, and adds to what is included. Raises NotFound, Ambiguous, BadInput."""
    membership = find(query, store=store, today=today)
    named = membership if name is None else replace(membership, name=_name(name))
    changed = _told(named, told, store, today)
    lines = [_included(text, changed, today) for text in includes]
    with store.transaction() as journal:
        memberships.change(journal, changed)
        for line in lines:
            memberships.write_line(journal, memberships.row_of(membership.id), line)
    return find(membership.id, store=store, today=today)


def remove(membership: Membership, *, store: "Store") -> None:
    """Removes a membership that was found, with its ledger."""
    with store.transaction() as journal:
        memberships.remove(journal, membership)


def use(
    query: str,
    what: str,
    amount: str,
    on: str | None,
    note: str | None,
    *,
    store: "Store",
    today: date,
) -> Membership:
    """Writes down that something was used. Raises Conflict where not so much was left on that day."""
    day = parse_date(on, today, planned=False) if on else today
    if day > today:
        raise BadInput(f"{day} is still to come", "write down what was used when it was")
    membership = find(query, store=store, today=today)
    line = LedgerRow("", _what(what), -_amount(amount, "the amount"), day, note=note or None)
    if day < membership.starts or (membership.ends and day > membership.ends):
        raise BadInput(
            f"{membership.name} did not run on {day}", "look at it with `cowork membership list`"
        )
    # Later uses count too: what is written down behind the fact must not take what they took.
    good = sum(
        (h.left for h in holdings(membership.ledger, day, membership.ends) if h.what == line.what),
        Decimal(0),
    )
    if good < -line.amount:
        raise Conflict(
            f"{membership.id} has {good.normalize():f} {line.what} left on {day}, not {-line.amount.normalize():f}",
            f"see what is left with `cowork membership list`; add to it with"
            f" `cowork membership edit {membership.id} --includes {line.what}=N`",
        )
    with store.transaction() as journal:
        memberships.write_line(journal, memberships.row_of(membership.id), line)
    return find(membership.id, store=store, today=today)


def expiring(
    store: "Store", today: date, until: date
) -> Iterator[tuple[date, Membership, Holding]]:
    """What is left and ends up to a day, of single grants and of the periods that run today; and on which."""
    for membership in memberships.every(store):
        for held in holdings(membership.ledger, today, membership.ends):
            if held.expires is not None and held.expires <= until:
                yield held.expires, membership, held


def stock_of(
    spaces: Sequence[Space], days: Sequence[date], *, store: "Store"
) -> tuple[list[Stock], list[str]]:
    """Days and hours of a room that are held at some spaces and can be used on planned days, each lot of its own.

    Credits are days where the plan of the membership says what a day takes; what is held and cannot be reckoned
    with comes beside, in words.
    """
    stock: list[Stock] = []
    left_out: list[str] = []
    for space in spaces:
        refs = plans.refs_of(space)
        for membership in memberships.every(store):
            if membership.space_ref not in refs:
                continue
            takes = _credits_a_day(membership, store)
            for begin, held in _lots_ahead(membership, days):
                if held.what == "credits" and takes is None:
                    left_out.append(f"{held} of {membership.name}")
                    continue
                part = _held(membership, space, held, takes, [day for day in days if day < begin])
                if part.left or part.tariff.room_min:
                    stock.append(part)
    return stock, left_out


def _held(
    membership: Membership, space: Space, held: Holding, takes: int | None, off: Sequence[date]
) -> Stock:
    """One lot as it is reckoned with: whole days, or minutes of a room."""
    room = int(60 * held.left) if held.what == "room" else 0
    count = 0 if room else int(held.left) // ((takes or 1) if held.what == "credits" else 1)
    tariff = Tariff(
        membership.id, str(space.ref), 0, count, None, off=frozenset(off), room_min=room, last=date.min
    )  # fmt: skip
    return Stock(tariff, count, held.expires or FOREVER)


def _credits_a_day(membership: Membership, store: "Store") -> int | None:
    """What a day takes of the credits of a membership, by the plan that it names."""
    from cowork_cli.errors import NotFound

    if membership.plan is None:
        return None
    try:
        return plans.find(membership.plan, store=store, strict=True).day_credits
    except NotFound:  # the plan was removed since
        return None


def _lots_ahead(membership: Membership, days: Sequence[date]) -> Iterator[tuple[date, Holding]]:
    """What is held on the first planned day, and what is granted behind it: once, or anew each period."""
    first, last = days[0], days[-1]
    lines = [line for line in membership.ledger if line.what in RECKONED]
    for held in holdings(lines, first, membership.ends):
        yield membership.starts, held
    for line in lines:
        if line.amount < 0:
            continue
        begin = line.day
        if begin <= first:
            if line.every is None:
                continue
            begin = period_of(first, line.every)[1] + timedelta(days=1)
        while begin <= min(last, line.expires or last, membership.ends or last):
            ends = [line.expires, membership.ends]
            if line.every is not None:
                ends.append(period_of(begin, line.every)[1])
            end = min((day for day in ends if day is not None), default=None)
            yield begin, Holding(line.what, line.amount, end)
            if line.every is None or end is None:
                break
            begin = period_of(begin, line.every)[1] + timedelta(days=1)


# ---- what was typed


def _as_of(membership: Membership, today: date) -> Membership:
    return replace(membership, holdings=holdings(membership.ledger, today, membership.ends))


def _name(text: str) -> str:
    if not fold(text):
        raise BadInput(
            "a membership needs a name", "give it as in `cowork membership add SPACE NAME`"
        )
    return text.strip()


def _told(membership: Membership, told: Told, store: "Store", today: date) -> Membership:
    from cowork_cli.services.identifiers import naming

    changes: dict[str, Any] = {}
    for name in ("starts", "ends"):
        text = told.get(name)
        if text is not None:
            changes[name] = parse_date(text, today, planned=True) if text else None
    if changes.get("starts", membership.starts) is None:
        raise BadInput("a membership has a first day", "give it as `--starts 2026-12-01`")
    if (text := told.get("plan")) is not None:
        changes["plan"] = plans.find(text, store=store).id if text else None
    if (text := told.get("contract")) is not None:
        changes["contract"] = f"c-{naming.find_contract(store, text)}" if text else None
    if (text := told.get("note")) is not None:
        changes["note"] = text.strip() or None
    changed = replace(membership, **changes)
    if changed.ends is not None and changed.ends < changed.starts:
        raise BadInput(
            f"the membership ends on {changed.ends}, before it begins on {changed.starts}",
            "swap `--starts` and `--ends`",
        )
    return changed


def _included(text: str, membership: Membership, today: date) -> LedgerRow:
    """`days=10/month`, `credits=50 until 2027-03-31`, `room=4 for 3m`. Raises BadInput."""
    match = _INCLUDED.fullmatch(text.strip())
    if match is None:
        raise BadInput(f'"{text}" is nothing that is included', INCLUDES_HINT)
    every = {"monat": "month", "woche": "week"}.get(match["every"] or "", match["every"])
    begins, expires = membership.starts, None
    if match["to"]:
        expires = parse_date(match["end"], today, planned=True)
    elif match["long"]:
        expires = after(begins, parse_length(match["end"], "the time")) - timedelta(days=1)
    if expires is not None and expires < begins:
        raise BadInput(
            f'"{text}" expires on {expires}, before it begins on {begins}',
            "give a later day, or an earlier `--starts`",
        )
    what = _what(match["what"])
    return LedgerRow("", what, _amount(match["amount"], what), begins, expires, every)


def _what(text: str) -> str:
    word = fold(text).replace(" ", "-")
    if not word:
        raise BadInput(
            "what is included has no name", f"take {', '.join(KINDS)} or a word of yours"
        )
    return {
        "day": "days",
        "print": "prints",
        "guest": "guests",
        "credit": "credits",
        "rooms": "room",
    }.get(word, word)


def _amount(text: str, what: str) -> Decimal:
    amount = parse_decimal(text.removesuffix("h"), what, digits=2)
    if amount <= 0:
        raise BadInput(f'{what} "{text}" is not above zero', INCLUDES_HINT)
    return amount
