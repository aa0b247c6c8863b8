"""Virtual-office addresses at Cobot: plans of API 1, `https://{subdomain}.cobot.me/api/plans`.

https://dev.cobot.me/api-docs/plans, compared 2026-09. A plan has no type: a virtual office is known by
the words of its name and description alone, so no offer is `certain`. In which unit a minimum commitment
is counted, and whether a price holds the VAT, is not published: neither is said. How a membership is
ordered is published only in part (`POST /api/memberships`): it is done where the account says
`register_by_api`; else the way is the web page of the space.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from cowork_cli.domain.address import AddressPlan, AddressRegistration, AddressRequest, Extra
from cowork_cli.domain.money import Price
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import SpaceQuery
from cowork_cli.errors import ConfigError, NotFound, Unsupported
from cowork_cli.http_client import HttpClient
from cowork_cli.http_client.message import segment
from cowork_cli.providers import wire
from cowork_cli.providers.base import once, required
from cowork_cli.providers.nearby import in_circle
from cowork_cli.providers.writes import said

if TYPE_CHECKING:
    from cowork_cli.domain.booking import Visitor
    from cowork_cli.providers.cobot_spaces import CobotSpaces

SIGNS = (
    "virtual office", "virtuelles büro", "virtuelles buero", "virtual address", "business address",
    "geschäftsadresse", "firmensitz", "ladungsfähige",
)  # fmt: skip
"""Words by which a plan is taken for a virtual office."""

CYCLES = {1: "month", 12: "year"}
"""Months of a billing cycle that have a word."""


class CobotAddresses:
    """What the spaces of one account offer. `plain` speaks the JSON of API 1."""

    def __init__(
        self,
        account: str,
        settings: Mapping[str, object],
        plain: HttpClient,
        spaces: "CobotSpaces",
        visitor: "Visitor | None",
    ):
        self._account, self._http, self._at = account, plain, spaces
        self._by_api = settings.get("register_by_api") is True
        self._visitor = visitor

    def plans(self, query: SpaceQuery | None) -> Iterator[AddressPlan]:
        """The virtual offices of the account's spaces, of those in the circle where one is given."""
        known = [self._at.space(Ref(self._account, place.subdomain)) for place in self._at.places()]
        for space in in_circle(known, query) if query else known:
            path = self._at.home(space.ref.id, "api/plans")
            for row in wire.listed(self._http.get_json(path), None, self._account):
                if _is_virtual(row):
                    yield self._plan_from_wire(row, space.ref, space.name)

    def _plan_from_wire(self, row: object, space: Ref, name: str) -> AddressPlan:
        currency = wire.text(row, "currency")
        money = wire.amount(row, "price_per_cycle", currency)
        per = CYCLES.get(wire.whole(row, "cycle_duration") or 0)
        notice = wire.whole(row, "cancellation_period")
        identity = wire.identity(row, "id") or str(required(row, "id", self._account))
        extras = [
            (wire.text(one, "name"), wire.amount(one, "price", currency))
            for one in wire.members(row, "extras")
        ]
        return AddressPlan(
            ref=Ref(self._account, f"{space.id}/{identity}"),
            space_ref=space,
            space_name=name,
            name=wire.text(row, "name") or identity,
            price=Price(money, per) if money and per else None,
            setup_fee=wire.amount(row, "signup_charge.amount", currency),
            notice=f"{notice}d" if notice else None,
            extras=tuple(
                Extra(called, Price(price, per) if price and per else None)
                for called, price in extras
                if called
            ),
            certain=False,
        )

    def check(self) -> str:
        """The offers, and whether they can be ordered."""
        count = len(list(self.plans(None)))
        offers = f"{count} {'offer' if count == 1 else 'offers'}"
        way = "ordered by the API" if self._by_api else "ordered on the web page of the space"
        return f"{offers}, {way}"

    # ---- ordering

    def register(self, request: AddressRequest) -> AddressRegistration:
        """Orders a membership of that plan; most spaces confirm it by hand.

        Raises Unsupported where the account does not say `register_by_api`, OutcomeUnknown.
        """
        place, plan = self._place_of(request.plan)
        if not self._by_api:
            raise Unsupported(
                f'account "{self._account}" does not order addresses: how is published only in part',
                f"order it at {self._at.home(place, '')}, or try it with `cowork account add"
                f" {self._account} --set register_by_api=true`",
                account=self._account,
            )
        if request.extras:
            raise Unsupported(
                "how extras are ordered with a plan is not published",
                "order it without, and ask the space for them",
                account=self._account,
            )
        form = {"plan[id]": plan, **self._who(request)}
        if request.starts:
            form["starts_at"] = request.starts.isoformat()
        space = self._at.place(place).id
        before = set(self._at.memberships_of(space))

        def send() -> AddressRegistration:
            path = self._at.home(place, "api/memberships")
            answer = self._http.post_form(path, form)
            return said(lambda: self._registration_from_wire(answer, place), "POST", self._account)

        def look() -> AddressRegistration | None:
            new = [one for one in self._at.memberships_of(space) if one not in before]
            return self.registration(Ref(self._account, f"{place}/{new[0]}")) if new else None

        return once(send, look)

    def _who(self, request: AddressRequest) -> dict[str, str]:
        visitor = self._visitor
        country = visitor.address.country if visitor else None
        if visitor is None or not country:
            raise ConfigError(
                "who orders an address must say in which country they are",
                "give it once with `cowork init --country …`",
                account=self._account,
            )
        given = {
            "address[name]": request.name,
            "address[company]": request.company,
            "address[address]": visitor.address.street,
            "address[post_code]": visitor.address.postcode,
            "address[city]": visitor.address.city,
            "address[country]": country,
            "email": visitor.email,
            "phone": visitor.phone,
        }
        return {name: value for name, value in given.items() if value}

    def registration(self, ref: Ref) -> AddressRegistration:
        """How an order stands. Raises NotFound."""
        place, membership = self._place_of(ref)
        try:
            path = self._at.home(place, f"api/memberships/{segment(membership)}")
            return self._registration_from_wire(self._http.get_json(path), place)
        except NotFound:
            raise self._missing(ref) from None

    def registrations(self) -> Iterator[AddressRegistration]:
        """Every membership at the account's spaces, asked anew; one that ends meanwhile is left out."""
        for place in self._at.places():
            for membership in self._at.memberships_of(place.id):
                try:
                    yield self.registration(Ref(self._account, f"{place.subdomain}/{membership}"))
                except NotFound:
                    continue

    def _registration_from_wire(self, row: object, place: str) -> AddressRegistration:
        """A membership. Its address is that of the bill; the one rented is that of the space.

        Its billing cycle is not told with it, so no price is.
        """
        identity = wire.identity(row, "id") or str(required(row, "id", self._account))
        plan = wire.identity(row, "plan.id") or str(required(row, "plan.id", self._account))
        ends = _day(row, "canceled_to")
        today = datetime.now(UTC).date()
        state = "active" if wire.text(row, "confirmed_at") else "requested"
        if ends is not None:
            state = "ended" if ends < today else "ending"
        names = [wire.text(row, "address.company"), wire.text(row, "address.name")]
        return AddressRegistration(
            ref=Ref(self._account, f"{place}/{identity}"),
            plan=Ref(self._account, f"{place}/{plan}"),
            state=state,
            recipient_names=tuple(name for name in names if name),
            address=self._at.space(Ref(self._account, place)).address,
            starts=_day(row, "starts_at"),
            ends=ends,
        )

    def _place_of(self, ref: Ref) -> tuple[str, str]:
        place, _, identity = ref.id.rpartition("/")
        if not place or not identity:
            raise self._missing(ref)
        return place, identity

    def _missing(self, ref: Ref) -> NotFound:
        hint = f"see what there is with `cowork address plans --account {self._account}`"
        return NotFound(f'account "{self._account}" knows no "{ref}"', hint, account=self._account)


def _is_virtual(row: object) -> bool:
    said = f"{wire.text(row, 'name') or ''} {wire.text(row, 'description') or ''}".casefold()
    return any(sign in said for sign in SIGNS) and not wire.yes(row, "hidden")


def _day(row: object, path: str) -> date | None:
    """`2026/03/31`, also with a time behind it; None for anything else."""
    try:
        return date.fromisoformat((wire.text(row, path) or "")[:10].replace("/", "-"))
    except ValueError:
        return None
