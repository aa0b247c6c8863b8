"""Ordering an address: written down before it is sent, sent once, settled when its answer is known."""

from __future__ import annotations

import json
from datetime import date

from cowork_cli.domain.address import AddressOrder, AddressPlan, AddressRequest, HeldAddress
from cowork_cli.domain.identity import new_uuid
from cowork_cli.domain.money import Money, Price
from cowork_cli.errors import BadInput, Conflict, CoworkError, OutcomeUnknown, PriceAboveLimit
from cowork_cli.records import dataclass
from cowork_cli.services.addresses import holding
from cowork_cli.services.addresses.offers import LOCAL
from cowork_cli.store import addresses, bookings, registrations, spaces
from cowork_cli.store.spaces import price_to_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from cowork_cli.documents.letter_pdf import OfficeLetter
    from cowork_cli.domain.address import AddressRegistration
    from cowork_cli.services.accounts.accounts import Accounts
    from cowork_cli.services.addresses.letters import Desk
    from cowork_cli.store.engine.store import Store

LIVE = ("requested", "checking", "active")
_PER = {
    "hour": "per_hour", "half-day": "per_half_day", "day": "per_day", "week": "per_week",
    "month": "per_month", "year": "per_year",
}  # fmt: skip
_TAX = {"net": "price_net", "gross": "price_gross"}


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be ordered, and what was agreed to: the terms, a price at most."""

    plan: AddressPlan
    name: str
    company: str | None = None
    starts: date | None = None
    extras: tuple[str, ...] = ()
    accepts_terms: bool = False
    max_price: Money | None = None

    @property
    def content(self) -> dict[str, Any]:
        """Exactly what is sent, and what makes two orders the same."""
        return {
            "account": self.plan.ref.account,
            "plan": self.plan.ref.id,
            "name": self.name,
            "company": self.company,
            "starts": self.starts.isoformat() if self.starts else None,
            "extras": sorted(self.extras),
        }

    @property
    def is_local(self) -> bool:
        """Ordered by a letter of one's own, not at a platform."""
        return self.plan.ref.account == LOCAL


def check(order: Order) -> None:
    """Raises BadInput for an order that is not whole, PriceAboveLimit for one above the limit."""
    if not order.name.strip():
        raise BadInput("the name for the letter box is missing", "give it with `--name`")
    known = {extra.name for extra in order.plan.extras}
    for extra in order.extras:
        if extra not in known:
            raise BadInput(
                f'{order.plan.name} has no extra "{extra}"',
                f"it has {', '.join(f'`{name}`' for name in sorted(known)) or 'none'}",
            )
    if not order.is_local and not order.accepts_terms:
        raise BadInput(
            f"the terms of {order.plan.space_name} have to be accepted",
            "read them at the provider, then give `--accept-terms`",
        )
    if order.max_price is not None and not order.is_local:
        _refuse_above(order, order.max_price)


def _refuse_above(order: Order, limit: Money) -> None:
    due = _due(order)
    if due is None or due.currency != limit.currency:
        raise PriceAboveLimit(
            f"the price of {order.plan.name} is not known in {limit.currency}; nothing was sent",
            "order it with `--yes` if it may cost anything",
        )
    if due.minor > limit.minor:
        raise PriceAboveLimit(
            f"{order.plan.name} costs {due} at the start, more than {limit}; nothing was sent",
            "give a higher `--max-price`",
        )


def _due(order: Order) -> Money | None:
    """What is paid at the start: the first term, setting up, the deposit, the extras that are ordered.

    None where a part of it is not known, or they are of several currencies.
    """
    plan = order.plan
    chosen = [extra.price for extra in plan.extras if extra.name in order.extras]
    prices = [plan.price, *chosen]
    if any(price is None for price in prices):
        return None
    parts = [price.money for price in prices if price is not None]
    parts += [part for part in (plan.setup_fee, plan.deposit) if part is not None]
    if len({part.currency for part in parts}) > 1:
        return None
    return Money(sum(part.minor for part in parts), parts[0].currency)


def preview(order: Order, desk: Desk, store: Store) -> AddressOrder:
    """What would be sent. A letter needs a writer: without a name in the settings it has no text."""
    told = order.is_local and (desk.settings("seller.name") or desk.settings("seller.company"))
    return AddressOrder(
        account=order.plan.ref.account,
        plan=order.plan.ref,
        name=order.name,
        company=order.company,
        starts=order.starts,
        extras=tuple(sorted(order.extras)),
        accepts_terms=order.accepts_terms,
        letter=letter(order, desk, store).paragraphs if told else (),
    )


def question(order: Order) -> str:
    """What a person is asked before money is spent."""
    price = str(order.plan.price) if order.plan.price else "a price that is not known"
    term = f", at least {order.plan.min_term}" if order.plan.min_term else ", term not known"
    due = _due(order)
    more = order.plan.price is not None and (due is None or due != order.plan.price.money)
    start = f", {due or 'a sum that is not known'} at the start" if more else ""
    return f"Order {order.plan.name} of {order.plan.space_name} for {price}{start}{term}?"


def existing(order: Order, store: Store) -> HeldAddress | None:
    """The address that the same order gave before. Raises OutcomeUnknown where its answer was lost."""
    sent = registrations.same(store, order.content)
    if sent is None:
        return None
    if sent.state in ("open", "unknown"):
        raise OutcomeUnknown(
            f"the same was ordered at {order.plan.ref.account} before and its answer was lost: it is not "
            "sent again",
            f"ask with `cowork address list`, or look there and note it with `cowork address edit "
            f"a-{sent.address} --state active`",
        )
    held = addresses.one(store, sent.address)
    return held if held is not None and held.state in LIVE else None


def register(order: Order, *, store: Store, accounts: Accounts) -> HeldAddress:
    """Orders the address: intent, request, settlement. `check` and `existing` come first.

    Raises OutcomeUnknown if the answer was lost, and what the provider refuses.
    """
    key = new_uuid(store.now_ms)
    account = order.plan.ref.account
    with store.transaction() as journal:
        # another process may have sent the same since it was looked at
        if registrations.same(store, order.content) is not None and existing(order, store):
            raise Conflict("the same was ordered just now", "see it with `cowork address list`")
        number = addresses.add(journal, _record(order, store))
        content = {**order.content, "address": number}
        intent = bookings.intend(journal, "registration", account, key, content, store.now_s)
        if order.is_local:
            bookings.settle(journal, intent, "done", store.now_s, "by letter")
        else:
            journal.bar_undo(f"a-{number} was ordered at {account}", f"address cancel a-{number}")
    if not order.is_local:
        _send(order, key, number, intent, store, accounts)
    held = addresses.one(store, number)
    assert held is not None
    return held


def _send(
    order: Order, key: str, number: int, intent: int, store: Store, accounts: Accounts
) -> None:
    request = AddressRequest(order.plan.ref, order.name, order.company, order.starts, order.extras)
    try:
        answer = accounts.registrar(order.plan.ref.account).register(request, key=key)
    except OutcomeUnknown as error:
        with store.transaction() as journal:
            bookings.settle(journal, intent, "unknown", store.now_s, error.message)
        raise
    except CoworkError as error:
        with store.transaction() as journal:
            bookings.settle(journal, intent, "refused", store.now_s, error.message)
            addresses.change(journal, number, {"state": "ended"})
        raise
    with store.transaction() as journal:
        bookings.settle(journal, intent, "done", store.now_s)
        addresses.change(journal, number, answered(answer))


def _record(order: Order, store: Store) -> dict[str, Any]:
    """The own record of what is about to be ordered."""
    plan = order.plan
    names = [name for name in (order.company, order.name) if name]
    space = spaces.by_ref(store, plan.space_ref) if plan.space_ref else None
    place = space.address if space else None
    return {
        "name": plan.space_name,
        "ref": str(plan.ref),
        "recipients": json.dumps(names, ensure_ascii=False),
        "street": place.street if place else None,
        "postcode": place.postcode if place else None,
        "city": place.city if place else None,
        "country": place.country if place else None,
        "provider": plan.space_name,
        "plan": plan.name,
        "state": "requested",
        "starts": order.starts.isoformat() if order.starts else None,
        "price": json.dumps(price_to_json(plan.price)) if plan.price else None,
    }


def answered(answer: AddressRegistration) -> dict[str, Any]:
    """What the provider said of the order; what it does not say stays as it was."""
    place = answer.address
    told = {
        "street": place.street, "postcode": place.postcode, "city": place.city,
        "country": place.country,
        "starts": answer.starts.isoformat() if answer.starts else None,
        "ends": answer.ends.isoformat() if answer.ends else None,
        "price": json.dumps(price_to_json(answer.price)) if answer.price else None,
    }  # fmt: skip
    names = list(answer.recipient_names)
    return {
        "ref": str(answer.ref),
        "state": answer.state,
        "finish_url": answer.finish_url,
        **({"recipients": json.dumps(names, ensure_ascii=False)} if names else {}),
        **{name: value for name, value in told.items() if value is not None},
    }


def refresh(
    store: Store, accounts: Accounts, today: date
) -> tuple[list[HeldAddress], list[CoworkError]]:
    """Asks providers how orders stand; what failed stays as it is known."""
    problems: list[CoworkError] = []
    lost = {each.address for each in registrations.unsettled(store)}
    for held in addresses.every(store):
        ref = held.ref
        if holding.number_of(held) in lost:
            continue  # it has no ref of its own: `settling` asks for it
        if held.state not in LIVE or ref is None or not accounts.can(ref.account, "address"):
            continue
        try:
            values = answered(accounts.registrar(ref.account).registration(ref))
        except CoworkError as error:
            problems.append(error)
            continue
        with store.transaction() as journal:
            addresses.change(journal, holding.number_of(held), values)
    return holding.listed(store, today), problems


def letter(order: Order, desk: Desk, store: Store) -> OfficeLetter:
    """The order as a letter, for a space without a platform."""
    from cowork_cli.documents import formats
    from cowork_cli.documents.letter_pdf import OfficeLetter, words_of
    from cowork_cli.services.addresses.letters import writer

    words, plan = words_of(desk.language), order.plan
    said = [
        words["order_text"].format(
            plan=plan.name, name=", ".join(filter(None, (order.company, order.name)))
        ),
        words["order_starts"].format(day=formats.date_text(order.starts, desk.language))
        if order.starts
        else words["order_soon"],
    ]
    if order.extras:
        said.append(words["order_extras"].format(extras=", ".join(order.extras)))
    if plan.price:
        said.append(words["order_price"].format(price=_price_words(plan.price, desk.language)))
    space = spaces.by_ref(store, plan.space_ref) if plan.space_ref else None
    return OfficeLetter(
        seller=writer(desk.settings),
        recipient=desk.recipient or (plan.space_name, *(space.address.lines() if space else ())),
        date=desk.today,
        language=desk.language,
        title=words["order_title"],
        about=words["order_about"].format(plan=plan.name),
        paragraphs=(*said, words["order_confirm"]),
        to=desk.to,
        footer=desk.settings("invoice.footer"),
    )


def _price_words(price: Price, language: str) -> str:
    """`39,00 € je Monat, zuzüglich USt`; of what nobody said there is no word."""
    from cowork_cli.documents import formats
    from cowork_cli.documents.letter_pdf import words_of

    words = words_of(language)
    per = "" if price.per == "once" else f" {words[_PER[price.per]]}"
    tax = "" if price.tax == "unknown" else f", {words[_TAX[price.tax]]}"
    return f"{formats.money_text(price.money, language)}{per}{tax}"
