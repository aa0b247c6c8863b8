"""What Nexudus tells everybody: its directory of places, and the virtual offices of a space.

`GET {passport_url}/api/passport/map` (anonymous) and `GET {space}/api/public/plans/published`
(anonymous), https://developers.nexudus.com and https://learn.nexudus.com/api, compared 2026-09. Neither
the host of the directory nor the names of its fields are published: it is read as far as its rows look
like those of a space, and where it is not there at all (404) only the account's own spaces are told.
"""

from collections.abc import Iterator, Mapping

from cowork_cli.domain.address import AddressPlan
from cowork_cli.domain.money import Price
from cowork_cli.domain.party import PostalAddress
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Source, Space, SpaceQuery
from cowork_cli.errors import BadAnswer, NotFound
from cowork_cli.http_client import HttpClient
from cowork_cli.providers import wire
from cowork_cli.providers.base import required

VIRTUAL_TYPE = 10
"""`SystemTariffType` of a virtual office."""

CYCLES = {1: "month", 12: "year"}
"""`InvoiceEvery`, in months, where it has a word."""


def directory(url: str, query: SpaceQuery, http: HttpClient, account: str) -> Iterator[Space]:
    """The places of the directory around a point. Raises what the service answers but a 404."""
    asked = {
        "latitude": f"{query.lat:.6f}",
        "longitude": f"{query.lon:.6f}",
        "distance": f"{query.radius_km:g}",
    }
    try:
        answer = http.get_json(f"{url.rstrip('/')}/api/passport/map", asked)
    except NotFound:
        return
    if not isinstance(answer, list):
        raise BadAnswer("its directory of places is no list", account=account)
    for row in answer:
        name, address = wire.text(row, "Name"), wire.text(row, "WebAddress")
        lat, lon = wire.number(row, "Latitude"), wire.number(row, "Longitude")
        if name and address and lat is not None and lon is not None:
            ref = Ref(account, address)
            yield Space(
                ref=ref,
                name=name,
                address=PostalAddress(
                    wire.text(row, "Address"),
                    None,
                    wire.text(row, "TownCity"),
                    wire.text(row, "Country.TwoDigitsCode"),
                ),
                lat=float(lat),
                lon=float(lon),
                phone=wire.text(row, "Phone"),
                email=wire.text(row, "EmailContact"),
                website=wire.text(row, "WebContact"),
                sources=(Source(account, ref),),
            )


def plans(url: str, space: Space, http: HttpClient, account: str) -> Iterator[AddressPlan]:
    """The virtual offices that a space publishes. `url`: the address of its portal."""
    answer = http.get_json(f"{url}/api/public/plans/published")
    for row in wire.listed(answer, "Plans", account):
        kind = wire.whole(row, "SystemTariffType")
        if wire.yes(row, "IsVirtualOffice") or kind == VIRTUAL_TYPE:
            yield _plan_from_wire(row, space, account)


def _plan_from_wire(row: object, space: Space, account: str) -> AddressPlan:
    identity = wire.identity(row, "Id") or str(required(row, "Id", account))
    return AddressPlan(
        ref=Ref(account, f"{space.ref.id}/{identity}"),
        space_ref=space.ref,
        space_name=space.name,
        name=wire.text(row, "Name") or identity,
        price=_price(row),
        certain=True,
    )


def _price(row: object) -> Price | None:
    """Per month or year; net where the price without tax is told, else it is not said."""
    currency = wire.text(row, "Currency.Code")
    per = None if wire.number(row, "InvoiceEveryWeeks") else wire.whole(row, "InvoiceEvery")
    net = wire.amount(row, "PriceDecimalExTax", currency)
    money = net or wire.amount(row, "PriceDecimal", currency)
    if money is None or per not in CYCLES:
        return None
    return Price(money, CYCLES[per], "net" if net else "unknown")


def checkout(url: str, plan: str) -> str:
    """The web page where a plan is ordered."""
    return f"{url}/checkout/tariffs?plan_id={plan}"


def passport_of(settings: Mapping[str, object]) -> str | None:
    """The address of the directory; None where the account has emptied it."""
    return wire.text(settings, "passport_url")
