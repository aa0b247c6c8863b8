"""The own record of a booking: what is written before its provider is asked, and what it answers."""

import json
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from cowork_cli.domain.booking import Booking, ProviderBooking, Window
from cowork_cli.domain.money import Price
from cowork_cli.domain.space import Desk, Space
from cowork_cli.domain.zones import seconds_of
from cowork_cli.store import bookings, spaces
from cowork_cli.store.spaces import price_to_json

if TYPE_CHECKING:
    from cowork_cli.services.accounts.accounts import Accounts
    from cowork_cli.store.engine.store import Store


def space_of(desk: Desk, store: "Store", accounts: "Accounts") -> Space:
    """The space of a desk: of the directory, else asked of its account."""
    known = spaces.by_ref(store, desk.space_ref)
    if known is not None:
        return known
    if accounts.can(desk.ref.account, "search"):
        return accounts.searcher(desk.ref.account).space(desk.space_ref)
    return Space(desk.space_ref, desk.space_ref.id)


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
        "request": request,
    }


def answer_of(there: ProviderBooking, desk: Desk | None) -> dict[str, Any]:
    """What a provider's answer changes in the own record."""
    tax = desk.price.tax if desk and desk.price else "unknown"
    values: dict[str, Any] = {"identity": there.ref.id, "state": there.state}
    if there.price is not None:
        values["price"] = json.dumps(price_to_json(Price(there.price, "once", tax)))
    if there.cancel_until is not None:
        values["cancel_until"] = seconds_of(there.cancel_until)
    if there.cancel_fee is not None:
        values["cancel_fee"] = json.dumps([there.cancel_fee.minor, there.cancel_fee.currency])
    return values
