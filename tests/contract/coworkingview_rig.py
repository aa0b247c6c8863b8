"""Owns how domain spaces are told to the fake of CoworkingView."""

from typing import Any

from cowork_cli.domain.money import Price
from cowork_cli.domain.space import Space
from tests.contract.rig import HttpRig
from tests.fakes.coworkingview import FakeCoworkingView

_OPTIONS = {
    "day": "day_pass",
    "flex": "flex_desk",
    "fixed": "fix_desk",
    "office": "private_office",
    "room": "meeting_room",
    "virtual": "virtual_office",
    "event": "event_space",
}


class CoworkingViewRig(HttpRig):
    """CoworkingView chooses no refs: a space keeps the id it is given as its slug."""

    name = "coworkingview"
    fake: FakeCoworkingView

    def new_fake(self) -> FakeCoworkingView:
        return FakeCoworkingView()

    def given(self, *things: Any) -> tuple[Any, ...]:
        for space in things:
            self.fake.add(space.ref.id, space.name, **_wire(space))
        return things

    def given_incomplete(self, space: Space) -> str:
        self.given(space)
        del self.fake.properties[space.ref.id]["title"]
        return "title"


def _wire(space: Space) -> dict[str, object]:
    fields: dict[str, object] = {
        "amenities": [name for name, there in space.amenities.items() if there],
        "pricingOptions": [
            {"optionType": _OPTIONS.get(kind, kind), "title": kind, "priceOnRequest": True}
            for kind in space.kinds
        ],
    }
    if space.lat is not None:
        fields["coordinates"] = {"lat": space.lat, "lng": space.lon}
    if space.address.city:
        fields["city"] = {"slug": "city", "name": space.address.city}
        fields["address"] = str(space.address)
    if space.price_from:
        fields["fromPrice"] = _money(space.price_from)
        fields["fromBillingPeriod"] = space.price_from.per
    return fields


def _money(price: Price) -> dict[str, object]:
    return {"amount": float(price.money.amount), "currency": price.money.currency}
