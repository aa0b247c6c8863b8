"""Offers of virtual-office addresses, of all who know some, side by side.

The own directory (plans of the kind `virtual`), accounts that sell addresses, and catalogues that only
tell of them. What a headline price leaves out is part of each row: a price without its term is marked as
not comparable.
"""

from __future__ import annotations

from cowork_cli.domain.address import AddressOffer, AddressPlan, Extra
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import SpaceQuery
from cowork_cli.errors import NotFound, Unsupported
from cowork_cli.services.accounts.fanout import ask_all

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from cowork_cli.domain.plan import Plan
    from cowork_cli.errors import CoworkError
    from cowork_cli.services.accounts.accounts import Accounts
    from cowork_cli.services.accounts.disclosure import Disclosure
    from cowork_cli.services.spaces.where import Around
    from cowork_cli.store.engine.store import Store

LOCAL = "local"
DEADLINE_S = 20.0


def offers(
    near: str | None,
    radius_km: float,
    chosen: Sequence[str],
    *,
    store: Store,
    accounts: Accounts,
    countries: Sequence[Path] = (),
    disclosure: Disclosure | None = None,
) -> tuple[list[AddressOffer], list[CoworkError], list[str]]:
    """The offers, what failed, and what to say; `countries`: gazetteers beside that of Germany. Raises NotFound, Ambiguous, Unsupported."""
    from cowork_cli.services.spaces.where import Finder, around

    circle = around(near, radius_km, Finder(countries=countries)) if near else None
    rows: list[AddressOffer] = []
    notes: list[str] = [circle.credit] if circle and circle.credit else []
    if not chosen or LOCAL in chosen:
        rows += [offer_of(plan_of(plan)) for plan in _own(circle, store, notes)]
    calls = _calls(
        circle, [name for name in chosen if name != LOCAL], accounts, everybody=not chosen
    )
    if circle is None and calls:
        notes.append("Accounts were asked for all their offers; narrow them with `--near PLACE`.")
    if disclosure is not None and circle is not None:
        what = f"the point {circle.lat:.4f}, {circle.lon:.4f} with the radius"
        disclosure.before(filter(None, map(accounts.endpoint, calls)), what)
    answers, problems = ask_all(calls, deadline_s=DEADLINE_S) if calls else ({}, [])
    for plans in answers.values():
        rows += [offer_of(plan) for plan in plans]
    return rows, problems, notes


def offer_of(plan: AddressPlan) -> AddressOffer:
    """An offer as it is shown."""
    return AddressOffer(
        ref=plan.ref,
        account=plan.ref.account,
        space_ref=plan.space_ref,
        space_name=plan.space_name,
        name=plan.name,
        price=plan.price,
        setup_fee=plan.setup_fee,
        deposit=plan.deposit,
        min_term=plan.min_term,
        notice=plan.notice,
        extras=plan.extras,
        certain=plan.certain,
        comparable=plan.price is not None and plan.min_term is not None,
    )


def plan_of(plan: Plan) -> AddressPlan:
    """A plan of the own directory as an offer: certain, since a person wrote it down as one."""
    return AddressPlan(
        ref=Ref(LOCAL, plan.id),
        space_ref=plan.space_ref,
        space_name=plan.space_name,
        name=plan.name,
        price=plan.price,
        setup_fee=plan.setup_fee,
        deposit=plan.deposit,
        min_term=plan.min_term,
        notice=plan.notice,
        extras=tuple(Extra(extra.name, extra.price) for extra in plan.extras),
        certain=True,
    )


def find(query: str, *, store: Store, accounts: Accounts) -> AddressPlan:
    """The offer that is ordered: `plan-3`, its name, or `ACCOUNT:ID`. Raises NotFound, Ambiguous."""
    from cowork_cli.services.spaces import plans

    ref = Ref.parse(query)
    if ref is None or ref.account == LOCAL:
        plan = plans.find(ref.id if ref else query, store=store, strict=True)
        if plan.kind != "virtual":
            raise Unsupported(
                f"{plan.id} ({plan.name}) is a plan of the kind {plan.kind}, no address",
                "see the offers with `cowork address plans`",
            )
        return plan_of(plan)
    for offer in accounts.registrar(ref.account).plans(None):
        if offer.ref == ref:
            return offer
    raise NotFound(
        f'account "{ref.account}" has no offer "{ref.id}"',
        f"see them with `cowork address plans --account {ref.account}`",
    )


def _own(circle: Around | None, store: Store, notes: list[str]) -> list[Plan]:
    from cowork_cli.store import plans, spaces

    known = [plan for plan in plans.every(store) if plan.kind == "virtual"]
    if circle is None:
        return known
    held, unplaced = [], 0
    for plan in known:
        space = spaces.by_ref(store, plan.space_ref)
        placed = circle.placed(space) if space else None
        if placed is None or placed.distance_km is None:
            unplaced += 1  # where it is, is not known: neither in nor silently out
            held.append(plan)
        elif circle.holds(placed):
            held.append(plan)
    if unplaced:
        notes.append(f"Of {unplaced} of your own the place is not known: listed all the same.")
    return held


def _calls(
    circle: Around | None, chosen: Sequence[str], accounts: Accounts, *, everybody: bool
) -> dict[str, Callable[[], list[AddressPlan]]]:
    query = (
        SpaceQuery(circle.lat, circle.lon, circle.radius_km, kinds=("virtual",)) if circle else None
    )
    calls: dict[str, Callable[[], list[AddressPlan]]] = {}
    sellers = accounts.enabled("address") if everybody else chosen
    for name in (name for name in sellers if accounts.can(name, "address")):
        calls[name] = _call(accounts.registrar(name).plans, query)
    for name in accounts.enabled("search") if everybody else chosen:
        if name in calls or name == LOCAL:
            continue
        teller = getattr(accounts.provider(name), "address_plans", None)
        if teller is not None and query is not None:
            calls[name] = _call(teller, query)
        elif not everybody:
            accounts.registrar(name)  # says why not
    return calls


def _call(
    plans: Callable[[SpaceQuery | None], Iterable[AddressPlan]], query: SpaceQuery | None
) -> Callable[[], list[AddressPlan]]:
    return lambda: list(plans(query))
