"""Cobot for visitors: “external bookings” of a freelancer who is no member of the space.

Only what is paid later, or free, can be booked from here: card data are entered in a browser. A
visitor's bookings cannot be listed, and a cancellation answers 204 although nothing is cancelled
yet: the visitor gets a mail with a link, so it is `requested`.
"""

from typing import TYPE_CHECKING

from cowork_cli.domain.booking import BookingRequest, ProviderBooking, Quote
from cowork_cli.domain.ref import Ref
from cowork_cli.errors import (
    AuthRejected,
    ConfigError,
    Conflict,
    CoworkError,
    NotFound,
    SlotTaken,
    Unsupported,
)
from cowork_cli.http_client import HttpClient
from cowork_cli.http_client.message import segment
from cowork_cli.providers import cobot_wire as wire
from cowork_cli.providers.base import required
from cowork_cli.providers.writes import said
from cowork_cli.records import replace

if TYPE_CHECKING:
    from cowork_cli.domain.booking import Visitor
    from cowork_cli.providers.cobot_spaces import CobotSpaces


class Guest:
    """Bookings of a visitor at one account's spaces."""

    def __init__(
        self, account: str, http: HttpClient, spaces: "CobotSpaces", visitor: "Visitor | None"
    ):
        self._account = account
        self._http = http
        self._at = spaces
        self._visitor = visitor

    def quote(self, place: wire.Place, row: wire.Row, request: BookingRequest) -> Quote:
        """Price and terms. Raises SlotTaken; Unsupported for what is paid by card, in a browser."""
        self._refuse_taken(place, row, request)
        known = self._preview(row, request)
        quote = wire.quote_from_preview(known, request.window, row, ())
        if quote.price is None or quote.price.minor:
            self._refuse_cards(place, row)
        details(self._visitor, self._account)
        terms = self._at.url_named(place, "space:terms")
        remarks = ["it is booked as a visitor, in your seller's name and address"]
        if wire.attributes(row).get("bookingsRequireApproval"):
            remarks.append("the space has to approve it")
        what = f"the terms of the space ({terms})" if terms else "the terms of the space"
        return replace(quote, remarks=tuple(remarks), consent=what)

    def book(self, place: wire.Place, row: wire.Row, request: BookingRequest) -> ProviderBooking:
        """Books; a lost answer stays unknown, as nothing lists a visitor's bookings."""
        body = {"data": self._body(place, row, request)}
        try:
            document = self._http.post_json("external_bookings", body)
        except Unsupported as error:
            raise self._at.with_page(error, place) from None
        except Conflict as refused:
            try:
                self._refuse_taken(place, row, request)
            except SlotTaken as taken:
                taken.message = f"{taken.message} ({refused.message})"
                raise taken from None
            except CoworkError:
                pass
            raise
        return said(
            lambda: wire.visit_from_wire(_data(document, self._account), place, self._account),
            "POST",
            self._account,
        )

    def booking(self, ref: Ref) -> ProviderBooking:
        """One booking, also a cancelled one. Raises NotFound."""
        place, path = self._path(ref)
        try:
            document = self._http.get_json(path)
        except NotFound:
            raise NotFound(f'there is no booking "{ref}"', account=self._account) from None
        return wire.visit_from_wire(_data(document, self._account), place, self._account)

    def cancel(self, ref: Ref) -> ProviderBooking:
        """Asks for the mail whose link cancels. Raises NotFound, Conflict for one that is over."""
        booking = self.booking(ref)
        if booking.state == "cancelled":
            return booking
        path = f"{self._path(ref)[1]}/cancellation"
        self._http.request("POST", path)
        return replace(booking, state="requested")

    # ---- parts

    def _path(self, ref: Ref) -> tuple[wire.Place, str]:
        subdomain, _, identity = ref.id.removeprefix(wire.GUEST).rpartition("/")
        path = f"external_bookings/{segment(identity)}"
        return self._at.place(subdomain), path

    def _refuse_taken(self, place: wire.Place, row: wire.Row, request: BookingRequest) -> None:
        identity, window = str(required(row, "id", self._account)), request.window
        span = {"filter[from]": wire.zulu(window.from_), "filter[to]": wire.zulu(window.to)}
        rows = self._at.pages(f"spaces/{segment(place.id)}/external_resources/available", span)
        if not any(other.get("id") == identity for other in rows):
            name = wire.attributes(row).get("name")
            raise SlotTaken(
                f'"{name}" is not free from {window.from_:%a %Y-%m-%d %H:%M} to {window.to:%H:%M}',
                f"see free desks with `cowork desk free {self._account}:{place.subdomain} "
                f"--on {window.from_:%Y-%m-%d}`",
                account=self._account,
            )

    def _refuse_cards(self, place: wire.Place, row: wire.Row) -> None:
        if wire.attributes(row).get("payLater") is not True:
            name = wire.attributes(row).get("name")
            raise self._at.with_page(
                Unsupported(f'"{name}" is paid when it is booked, which takes a browser'), place
            )

    def _preview(self, row: wire.Row, request: BookingRequest) -> wire.Row:
        body = {
            "data": {
                "type": "externalBookingPreviews",
                "attributes": {
                    "from": wire.zulu(request.window.from_),
                    "to": wire.zulu(request.window.to),
                },
                "relationships": {
                    "resource": wire.relation("externalResources", str(row.get("id")))
                },
            }
        }
        try:
            document = self._http.ask_json("external_bookings_preview", body)
        except (NotFound, AuthRejected):
            return {}
        return wire.attributes(_data(document, self._account))

    def _body(self, place: wire.Place, row: wire.Row, request: BookingRequest) -> dict[str, object]:
        relations: dict[str, object] = {
            "resource": wire.relation("externalResources", str(required(row, "id", self._account)))
        }
        method = pay_later(self._at, place, "external_bookings_payment_methods", "externalBookings")
        if method is not None:
            relations["paymentMethod"] = wire.relation("paymentMethods", method)
        given = {
            "from": wire.zulu(request.window.from_),
            "to": wire.zulu(request.window.to),
            "title": request.title,
            "numberOfVisitors": 1,
            **details(self._visitor, self._account),
        }
        return {"type": "externalBookings", "attributes": given, "relationships": relations}


def details(visitor: "Visitor | None", account: str) -> dict[str, object]:
    """Who books, as Cobot wants to be told. Raises ConfigError naming what is missing."""
    address = visitor.address if visitor else None
    given = {
        "name": visitor.name if visitor else None,
        "street": address.street if address else None,
        "postcode": address.postcode if address else None,
        "city": address.city if address else None,
        "email": visitor.email if visitor else None,
    }
    missing = [name for name, value in given.items() if not value]
    if visitor is None or address is None or missing:
        wanted = " ".join(f"--{name} …" for name in missing)
        raise ConfigError(
            f"who books as a visitor must say {', '.join(missing)}",
            f"give it once with `cowork init {wanted}`",
            account=account,
        )
    return {
        "acceptedTerms": True,
        "name": visitor.name,
        "company": visitor.company,
        "billingAddress": {
            "name": visitor.name,
            "company": visitor.company,
            "street": address.street,
            "postCode": address.postcode,
            "city": address.city,
            "state": None,
            "countryCode": address.country,
        },
        "taxId": visitor.vat_id,
        "phone": visitor.phone,
        "email": visitor.email,
    }


def pay_later(spaces: "CobotSpaces", place: wire.Place, kind: str, payable: str) -> str | None:
    """The id of the space's way to pay later, None if it names none."""
    try:
        rows = spaces.pages(f"spaces/{segment(place.id)}/{kind}")
    except (NotFound, AuthRejected, Unsupported):
        return None
    for row in rows:
        known = wire.attributes(row)
        enabled = known.get("enabledFor")
        if known.get("supportsPayLater") is True and (
            not isinstance(enabled, list) or payable in enabled
        ):
            return str(row.get("id"))
    return None


def _data(document: object, account: str) -> wire.Row:
    row = required(document, "data", account)
    return row if isinstance(row, dict) else {}
