"""A provider that sells addresses, its state a file: what it was asked is read there."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from cowork_cli.domain.address import AddressPlan, AddressRegistration, AddressRequest, Extra
from cowork_cli.domain.money import Money, Price
from cowork_cli.domain.party import PostalAddress
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import SpaceQuery
from cowork_cli.errors import Conflict, OutcomeUnknown
from cowork_cli.http_client import HttpClient
from cowork_cli.providers.registry import BOOKABLE, ProviderInfo, SettingSpec
from cowork_cli.records import replace


class Letterbox:
    """Satisfies CanRegisterAddress. Who is called `Lost` loses the answer, `Refused` is refused."""

    def __init__(self, account: str, settings: Mapping[str, object], *, http: HttpClient):
        self._account = account
        self._file = Path(str(settings["file"]))

    def _orders(self) -> dict[str, str]:
        return json.loads(self._file.read_text()) if self._file.exists() else {}

    def plans(self, query: SpaceQuery | None = None) -> Iterator[AddressPlan]:
        yield AddressPlan(
            ref=Ref(self._account, "basic"), space_ref=None, space_name="Letterbox Ltd", name="Basic",
            price=Price(Money(6900), "month", "net"), setup_fee=Money(2000), min_term="12m",
            notice="1m to term-end", extras=(Extra("scan", None),), certain=False,
        )  # fmt: skip

    def register(self, request: AddressRequest, *, key: str) -> AddressRegistration:
        orders = self._orders()
        if request.name == "Refused":
            raise Conflict("Letterbox: no", "ask them")
        orders.setdefault(key, request.name)
        self._file.write_text(json.dumps(orders))
        if request.name == "Lost":
            raise OutcomeUnknown("the answer was lost")
        url = "https://letterbox.example/finish" if request.name == "Browser" else None
        return self._answer(Ref(self._account, key), "requested", finish_url=url)

    def registration(self, ref: Ref) -> AddressRegistration:
        return self._answer(ref, "active")

    def _answer(
        self, ref: Ref, state: str, *, finish_url: str | None = None
    ) -> AddressRegistration:
        place = PostalAddress("Kai 1", "23552", "Lübeck", "DE")
        return AddressRegistration(
            ref, Ref(self._account, "basic"), state, address=place, finish_url=finish_url
        )

    def check(self, capability: str) -> str:
        return "answers"


class ListingLetterbox(Letterbox):
    """One that also lists its orders: satisfies ListsRegistrations."""

    def registrations(self) -> Iterator[AddressRegistration]:
        for key, name in self._orders().items():
            yield replace(
                self._answer(Ref(self._account, key), "requested"), recipient_names=(name,)
            )


ROW = ProviderInfo(
    name="letterbox",
    title="Letterbox, made up",
    target="tests.fakes.letterbox_provider:ListingLetterbox",
    capabilities=frozenset({"address"}),
    settings=(
        SettingSpec("url", "http://127.0.0.1:9", "address of the service", "url"),
        SettingSpec("file", None, "its state"),
    ),
    secret=None,
    uses="http",
    built_in=False,
    enabled=True,
    rank=BOOKABLE,
    attribution=None,
    docs="https://letterbox.example",
)
SILENT = replace(ROW, target="tests.fakes.letterbox_provider:Letterbox")
