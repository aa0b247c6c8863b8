"""The own record of a booking: what is written before its provider is asked, and what it answers."""

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from cowork_cli.domain.booking import Booking, ProviderBooking, Quote, Window
from cowork_cli.domain.money import Money, Price
from cowork_cli.domain.space import Desk, Space
from cowork_cli.domain.zones import seconds_of
from cowork_cli.services.spaces.elsewhere import known_space
from cowork_cli.store import bookings
from cowork_cli.store.spaces import price_to_json

if TYPE_CHECKING:
    from cowork_cli.services.accounts.accounts import Accounts
    from cowork_cli.store.engine.store import Store


def space_of(desk: Desk, store: "Store", accounts: "Accounts") -> Space:
    """The space of a desk: of the directory, else asked of its account."""
    return known_space(desk.space_ref, store, accounts)


def bring_in(
    there: ProviderBooking,
    desk: Desk,
    space: Space,
    zone: ZoneInfo,
    store: "Store",
    *,
    request: str = "",
    key: str | None = None,
) -> Booking:
    """Adds a booking made elsewhere to the own records."""
    made = record_of(desk, space, there.window, zone, there.person, there.title, request, store)
    with store.transaction() as journal:
        number = bookings.add(journal, {**made, "key": key, **answer_of(there, desk)})
    booking = bookings.own(store, number)
    assert booking is not None
    return booking


def record_of(
    desk: Desk,
    space: Space,
    window: Window,
    zone: ZoneInfo,
    person: str | None,
    title: str | None,
    request: str,
    store: "Store",
) -> dict[str, Any]:
    """The own record of a booking before its provider has answered."""
    return {
        "account": desk.ref.account,
        "desk_ref": str(desk.ref),
        "desk_name": desk.name,
        "space_name": space.name,
        "from_at": seconds_of(window.from_),
        "to_at": seconds_of(window.to),
        "timezone": zone.key,
        "state": "asked",
        "person": person,
        "title": title,
        "created_at": store.now_s,
        "made_by": store.person,
        "request": request,
    }


def answer_of(there: ProviderBooking, desk: Desk | None) -> dict[str, Any]:
    """What a provider's answer changes in the own record; what it does not say stays."""
    values: dict[str, Any] = {"identity": there.ref.id, "state": there.state}
    if there.cancel_until is not None:
        values["cancel_until"] = seconds_of(there.cancel_until)
    if there.cancel_fee is not None:
        values["cancel_fee"] = money_to_json(there.cancel_fee)
    return (
        values | arrival_of(there) | _cost(there.price, there.tax, there.vat, there.credits, desk)
    )


def arrival_of(there: ProviderBooking) -> dict[str, Any]:
    """Until when one has to check in, or when one did, as far as the provider tells."""
    if there.checked_in:
        came = there.checked_in_at
        return {"check_in_by": None, **({"checked_in_at": seconds_of(came)} if came else {})}
    return {"check_in_by": seconds_of(there.check_in_by)} if there.check_in_by else {}


def quoted(quote: Quote, desk: Desk | None) -> dict[str, Any]:
    """What a quote says, as the own record holds it."""
    return {
        "price": None,
        "cancel_until": seconds_of(quote.cancel_until) if quote.cancel_until else None,
        "cancel_fee": money_to_json(quote.cancel_fee) if quote.cancel_fee else None,
        **_cost(quote.price, quote.tax, quote.vat, quote.credits, desk),
    }


def priced(money: Money | None, tax: str | None, desk: Desk | None) -> Price | None:
    """The price of a booking; whether VAT is in it says the platform, else the price of the desk."""
    if money is None:
        return None
    listed = desk.price.tax if desk is not None and desk.price is not None else "unknown"
    return Price(money, "once", tax or listed)


def money_to_json(money: Money) -> str:
    """An amount as the store keeps it."""
    return json.dumps([money.minor, money.currency])


def _cost(
    money: Money | None,
    tax: str | None,
    vat: Money | None,
    credits: Decimal | None,
    desk: Desk | None,
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    price = priced(money, tax, desk)
    if price is not None:
        values["price"] = json.dumps(price_to_json(price))
    if vat is not None:
        values["vat"] = money_to_json(vat)
    if credits is not None:
        values["credits_used"] = f"{credits:f}"
    return values
