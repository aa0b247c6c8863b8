"""What spaces charge: plans, by the ref of their space."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from cowork_cli.domain.money import Money
from cowork_cli.domain.plan import Extra, Plan
from cowork_cli.domain.ref import Ref
from cowork_cli.store.engine.journal import Journal
from cowork_cli.store.engine.store import Store
from cowork_cli.store.spaces import price_from_json, price_to_json

_PLAN = """
    SELECT p.id, p.account, p.identity, coalesce(s.name, p.space_name) AS space_name, p.name, p.kind,
    p.price, p.count, p.expires, p.setup_fee, p.deposit, p.min_term, p.notice, p.extras,
    p.valid_from, p.source, p.note, p.quota, p.period, p.counts_from, p.weekdays, p.open_hours,
    p.excludes_holidays, p.stackable, p.max_active, p.seat, p.room_credit_s, p.day_credits,
    p.team_only, p.valid_until
    FROM plans p LEFT JOIN spaces s ON s.account = p.account AND s.identity = p.identity"""


_PLAIN = (
    "quota", "period", "counts_from", "weekdays", "open_hours", "excludes_holidays", "stackable",
    "max_active", "seat", "room_credit_s", "day_credits", "team_only",
)  # fmt: skip


def every(store: Store) -> list[Plan]:
    """All plans, those of one space together."""
    return [
        _plan(row)
        for row in store.rows(f"{_PLAN} ORDER BY space_name, p.account, p.identity, p.id")
    ]


def of_spaces(store: Store, refs: Iterable[Ref]) -> list[Plan]:
    """The plans of a space that is known under several refs, in the order they were added."""
    named = [part for ref in refs for part in (ref.account, ref.id)]
    each = " OR ".join(["(p.account = ? AND p.identity = ?)"] * (len(named) // 2))
    rows = store.rows(f"{_PLAN} WHERE {each} ORDER BY p.id", *named)
    return [_plan(row) for row in rows]


def add(journal: Journal, plan: Plan) -> int:
    """Adds a plan and returns its number; the id of `plan` is not looked at."""
    return journal.insert("plans", _values(plan))


def change(journal: Journal, plan: Plan) -> bool:
    """Makes the plan of that id what `plan` says; False if it is that way already."""
    return journal.update("plans", row_of(plan), _values(plan))


def remove(journal: Journal, plan: Plan) -> None:
    """Removes a plan."""
    journal.delete("plans", row_of(plan))


def row_of(plan: Plan) -> int:
    """The row of a plan that came from the store."""
    return int(plan.id.removeprefix("plan-"))


def _values(plan: Plan) -> dict[str, Any]:
    extras = [[extra.name, price_to_json(extra.price)] for extra in plan.extras]
    return {
        "account": plan.space_ref.account,
        "identity": plan.space_ref.id,
        "space_name": plan.space_name,
        "name": plan.name,
        "kind": plan.kind,
        "price": None if plan.price is None else _json(price_to_json(plan.price)),
        "count": plan.count,
        "expires": plan.expires,
        "setup_fee": _money_to_json(plan.setup_fee),
        "deposit": _money_to_json(plan.deposit),
        "min_term": plan.min_term,
        "notice": plan.notice,
        "extras": _json(extras),
        "valid_from": None if plan.valid_from is None else plan.valid_from.isoformat(),
        "source": plan.source,
        "note": plan.note,
        "valid_until": None if plan.valid_until is None else plan.valid_until.isoformat(),
        **{name: getattr(plan, name) for name in _PLAIN},
    }


def _plan(row: Any) -> Plan:
    return Plan(
        id=f"plan-{row.id}",
        space_ref=Ref(row.account, row.identity),
        space_name=row.space_name,
        name=row.name,
        kind=row.kind,
        price=None if row.price is None else price_from_json(json.loads(row.price)),
        count=row.count,
        expires=row.expires,
        setup_fee=_money_from_json(row.setup_fee),
        deposit=_money_from_json(row.deposit),
        min_term=row.min_term,
        notice=row.notice,
        extras=tuple(Extra(name, price_from_json(of)) for name, of in json.loads(row.extras)),
        valid_from=None if row.valid_from is None else date.fromisoformat(row.valid_from),
        source=row.source,
        note=row.note,
        valid_until=None if row.valid_until is None else date.fromisoformat(row.valid_until),
        **{name: getattr(row, name) for name in _PLAIN},
    )


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _money_to_json(money: Money | None) -> str | None:
    return None if money is None else _json([money.minor, money.currency])


def _money_from_json(text: str | None) -> Money | None:
    return None if text is None else Money(*json.loads(text))
