"""Plans: what spaces charge, kept by hand for those that no provider tells the prices of.

A plan belongs to any space that is known, not to those of the own directory alone: the price that
one was told at a door is worth keeping wherever the space was found.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from cowork_cli.domain.amounts import parse_amount, parse_price
from cowork_cli.domain.digits import whole_number
from cowork_cli.domain.lengths import parse_duration
from cowork_cli.domain.money import Money, Price
from cowork_cli.domain.phrases import parse_date
from cowork_cli.domain.place import fold
from cowork_cli.domain.plan import (
    COUNTS_FROM,
    PER,
    PERIODS,
    PLAN_FIELDS,
    PLAN_KINDS,
    SUBSCRIPTIONS,
    Extra,
    Plan,
)
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Space
from cowork_cli.domain.terms import parse_notice, parse_term
from cowork_cli.errors import BadInput, Conflict, UsageError
from cowork_cli.records import replace
from cowork_cli.services.spaces.facts import check_kinds
from cowork_cli.store import plans

if TYPE_CHECKING:
    from cowork_cli.store.cache import Cache
    from cowork_cli.store.engine.store import Store

Told = Mapping[str, str | None]
"""The fields of a plan as they were typed: None is not given, an empty text takes it back."""
MOST_DAYS = 1000


def plans_of(space: Space, *, store: "Store") -> tuple[Plan, ...]:
    """The plans of a space, under whichever of its refs they were added."""
    return tuple(plans.of_spaces(store, refs_of(space)))


def refs_of(space: Space) -> tuple[Ref, ...]:
    """All the names a space goes by: its own ref and those of its sources."""
    return tuple(dict.fromkeys((space.ref, *(source.ref for source in space.sources))))


def prices_of(known: Iterable[Plan]) -> list[Price]:
    """The prices of plans by their unit, for a search; a bundle has none, its days are not sold alone."""
    return [plan.price for plan in known if plan.price is not None and plan.kind != "bundle"]


def listed(
    query: str | None, kind: str | None, *, store: "Store", cache: "Cache"
) -> tuple[list[Plan], str | None]:
    """The plans of a space, or all; and the name of that space. Raises NotFound, Ambiguous, BadInput."""
    from cowork_cli.services.identifiers import naming

    if kind:
        check_kinds([kind], PLAN_KINDS)
    space = naming.find_space(store, query, cache=cache) if query else None
    known: Sequence[Plan] = plans.every(store) if space is None else plans_of(space, store=store)
    return [plan for plan in known if kind in (None, plan.kind)], space.name if space else None


def add(
    query: str,
    name: str,
    told: Told,
    extras: Iterable[str],
    *,
    store: "Store",
    cache: "Cache",
    today: date,
) -> Plan:
    """Adds a plan to a space that is known. Raises NotFound, Ambiguous, BadInput, Conflict."""
    from cowork_cli.services.identifiers import naming

    space = naming.find_space(store, query, cache=cache)
    if not told["kind"]:
        raise UsageError("a plan has a kind", f"give `--kind` with one of {', '.join(PLAN_KINDS)}")
    blank = Plan("", space.ref, space.name, _name(name), told["kind"])
    plan = _told(blank, told, extras, today)
    with store.transaction() as journal:
        _refuse_twin(plan, plans_of(space, store=store))
        number = plans.add(journal, plan)
    return replace(plan, id=f"plan-{number}")


def edit(
    query: str, name: str | None, told: Told, extras: Iterable[str], *, store: "Store", today: date
) -> Plan:
    """Changes what is given of a plan. Raises NotFound, Ambiguous, BadInput, Conflict."""
    plan = find(query, store=store)
    changed = _told(plan if name is None else replace(plan, name=_name(name)), told, extras, today)
    with store.transaction() as journal:
        others = plans.of_spaces(store, [plan.space_ref])
        _refuse_twin(changed, [other for other in others if other.id != plan.id])
        plans.change(journal, changed)
    return changed


def remove(plan: Plan, *, store: "Store") -> None:
    """Removes a plan that was found."""
    with store.transaction() as journal:
        plans.remove(journal, plan)


def find(query: str, *, store: "Store", strict: bool = False) -> Plan:
    """The plan meant by `plan-3`, or by its name and that of its space. Raises NotFound, Ambiguous."""
    from cowork_cli.services.identifiers import naming

    known = {plan.id: plan for plan in plans.every(store)}
    candidates = [
        naming.Candidate(plan.id, plan.name, within=plan.space_name) for plan in known.values()
    ]
    return known[naming.choose(query, candidates, "plan", strict).id]


# ---- what was typed


def _name(text: str) -> str:
    if not fold(text):
        raise BadInput("a plan needs a name", "give it as in `cowork plan add SPACE NAME`")
    return text.strip()


def _refuse_twin(plan: Plan, others: Iterable[Plan]) -> None:
    for other in others:
        if fold(other.name) == fold(plan.name) and other.valid_from == plan.valid_from:
            raise Conflict(
                f'{plan.space_name} has a plan "{other.name}" already, {other.id}',
                f"change it with `cowork plan edit {other.id}`,"
                " or say from when the other price holds with `--valid-from`",
            )


def _told(plan: Plan, told: Told, extras: Iterable[str], today: date) -> Plan:
    """`plan` with what was told of it. Raises BadInput for what cannot be."""
    if told.get("kind") == "":
        raise BadInput("a plan has a kind", f"choose of {', '.join(PLAN_KINDS)}")
    (kind,) = check_kinds([told.get("kind") or plan.kind], PLAN_KINDS)
    usual = PER[kind][0]
    typed = told.get("price")
    price = plan.price if typed is None else _price(typed, usual) if typed else None
    currency = price.money.currency if price else None
    readers: dict[str, Callable[[str, str], Any]] = {
        "count": _count,
        "term": parse_term,
        "notice": parse_notice,
        "money": lambda text, option: _money(text, option, currency),
        "date": lambda text, option: parse_date(text, today, planned=True),
        "text": lambda text, option: text.strip() or None,
        "yes-no": _yes_no,
        "period": lambda text, option: _one_of(text, option, PERIODS),
        "counts-from": lambda text, option: _one_of(text, option, COUNTS_FROM),
        "weekdays": lambda text, option: _weekdays(text, today),
        "duration": lambda text, option: parse_duration(text),
    }
    changes: dict[str, Any] = {"kind": kind, "price": price}
    for field in PLAN_FIELDS:
        text = told.get(field.name)
        if text is not None and field.name not in changes:
            value = readers[field.kind](text, field.option) if text else None
            changes[field.column or field.name] = value
    changed = replace(plan, **changes, extras=_extras(plan.extras, extras, usual))
    _refuse_impossible(changed)
    _refuse_contradictions(changed)
    _refuse_two_currencies(changed)
    return changed


def _price(text: str, usual: str) -> Price:
    """`149net`, by the usual unit of the kind, or `year=300` by another one."""
    return parse_price(text if "=" in text else f"{usual}={text}")


def _yes_no(text: str, option: str) -> str | None:
    """`yes` or `no`; None for `unknown`."""
    word = _one_of(text, option, ("yes", "no", "unknown", "ja", "nein"))
    return {"ja": "yes", "nein": "no", "unknown": None}.get(word, word)


def _one_of(text: str, option: str, words: Sequence[str]) -> str:
    word = text.strip().lower().replace(" ", "-")
    if word not in words:
        raise BadInput(f'{option} "{text}" is none of these', f"choose of {', '.join(words[:3])}")
    return word


def _weekdays(text: str, today: date) -> str:
    from cowork_cli.domain.weekdays import parse_weekdays, spelled

    return spelled(parse_weekdays(text, today))


def _count(text: str, option: str) -> int:
    count = whole_number(text.strip())
    if count is None or not 1 <= count <= MOST_DAYS:
        raise BadInput(
            f'{option} "{text}" is not a number of days',
            f"give 1 to {MOST_DAYS}, as in `--count 10`",
        )
    return count


def _money(text: str, option: str, currency: str | None) -> Money:
    """An amount in the currency of the price; euro where neither says which."""
    amount, code = parse_amount(text, option, currency)
    if amount < 0:
        raise BadInput(f"{option} {text} is negative", f"give it as `{option} 50`")
    return Money.of(amount, code or "EUR")


def _refuse_impossible(plan: Plan) -> None:
    if plan.price is not None and plan.price.per not in PER[plan.kind]:
        allowed = " or ".join(map(_paid_by, PER[plan.kind]))
        raise BadInput(
            f"a plan of the kind {plan.kind} is paid {allowed}, not {_paid_by(plan.price.per)}",
            f"write `--price {PER[plan.kind][0]}=149`, or give another `--kind`",
        )
    if plan.kind == "bundle" and plan.count is None:
        raise BadInput("a bundle has a number of days", "give it as in `--count 10`")
    if plan.kind != "bundle" and (plan.count is not None or plan.expires is not None):
        what = "--count" if plan.count is not None else "--expires"
        quota = plan.count is not None and plan.kind in ("week", "month", "permanent")
        raise BadInput(
            f"`{what}` belongs to a bundle, and this plan is of the kind {plan.kind}",
            f"days of each period are `--quota {plan.count}`"
            if quota
            else "give `--kind bundle`, or leave it out",
        )


def _paid_by(per: str) -> str:
    return "at once" if per == "once" else f"by the {per}"


def _refuse_contradictions(plan: Plan) -> None:
    """What a tariff of its kind cannot have. Raises BadInput."""
    if plan.valid_from and plan.valid_until and plan.valid_until < plan.valid_from:
        raise BadInput(
            f"the plan ends on {plan.valid_until}, before it begins on {plan.valid_from}",
            "swap `--valid-from` and `--valid-until`",
        )
    subscription = plan.kind in SUBSCRIPTIONS
    for name in ("quota", "period", "stackable"):
        if getattr(plan, name) is not None and not subscription:
            raise BadInput(
                f"`--{name}` belongs to a week, a month or a permanent desk,"
                f" and this plan is of the kind {plan.kind}",
                "give `--kind month`, or leave it out; a bundle has `--count` and `--expires`",
            )
    if plan.day_credits is not None and (plan.count is None or plan.day_credits > plan.count):
        raise BadInput(
            f"a day takes {plan.day_credits} credits, and a bundle holds {plan.count or 'none'}",
            "give the credits of the bundle with `--kind bundle --count N`",
        )


def _refuse_two_currencies(plan: Plan) -> None:
    amounts: dict[str, Money | None] = {
        "price": plan.price.money if plan.price else None,
        "setup fee": plan.setup_fee,
        "deposit": plan.deposit,
        **{f'extra "{extra.name}"': extra.price.money for extra in plan.extras},
    }
    first: tuple[str, str] | None = None
    for what, money in amounts.items():
        if money is None:
            continue
        first = first or (what, money.currency)
        if money.currency != first[1]:
            raise BadInput(
                f"the {what} is in {money.currency}, but the {first[0]} in {first[1]}",
                "give all amounts of a plan in one currency",
            )


def _extras(known: Sequence[Extra], texts: Iterable[str], usual: str) -> tuple[Extra, ...]:
    """`scan=1.50`, `phone=month=10net`; an empty price takes one out. Raises BadInput."""
    extras = {fold(extra.name): extra for extra in known}
    for text in texts:
        name, equals, price = text.partition("=")
        if not equals or not fold(name):
            raise BadInput(f'"{text}" is not an extra', "write it as `phone=month=10net`")
        if price.strip():
            extras[fold(name)] = Extra(name.strip(), _price(price, usual))
        elif extras.pop(fold(name), None) is None:
            raise BadInput(
                f'the plan has no extra "{name.strip()}"', "see it with `cowork plan list`"
            )
    return tuple(extras.values())
