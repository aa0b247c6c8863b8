"""Owns how domain values are told to the fake of anny."""

from dataclasses import replace
from datetime import UTC
from typing import Any

from cowork_cli.domain.booking import ProviderBooking
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Desk, Space
from cowork_cli.http_client import HttpClient, Limits
from cowork_cli.providers import registry
from tests.contract.rig import HttpRig
from tests.fakes.anny import FakeAnny


class AnnyRig(HttpRig):
    """A space is an organization, named by its slug; kinds are only said by names."""

    name = "anny"
    fake: FakeAnny
    untold = frozenset({"capacity"})
    slugs: tuple[str, ...] = ("raum-1", "raum-2")

    def new_fake(self) -> FakeAnny:
        return FakeAnny()

    def connect(self, url: str, limits: Limits = Limits(connect_s=5, read_s=5)) -> Any:
        """The adapter, talking to the server at `url`."""
        http = HttpClient(
            self.account, f"{url}/api/v1", limits=limits, debug=self.debug.append,
            sleep=self.waits.append, jitter=lambda: 0.0,
        )  # fmt: skip
        self.stack.enter_context(http)
        settings = {
            "url": f"{url}/api/v1",
            "spaces": self.slugs,
            "page_url": "https://anny.co/b/book/{resource}",
        }
        return registry.load(self.info)(self.account, settings, http=http)

    def given(self, *things: Any) -> tuple[Any, ...]:
        return tuple(self._given(thing) for thing in things)

    def _given(self, thing: Any) -> Any:
        if isinstance(thing, Space):
            self.fake.organizations[thing.ref.id] = thing.name
        elif isinstance(thing, Desk):
            names = {"room": "Meeting room", "desk": "Desk", "booth": "Booth", "office": "Office"}
            slug = thing.ref.id.replace("/", "-")
            self.fake.add_resource(thing.space_ref.id, f"{names[thing.kind]} {thing.name}", slug)
            return replace(thing, ref=Ref(self.account, f"{thing.space_ref.id}/{slug}"))
        elif isinstance(thing, ProviderBooking) and thing.state != "cancelled":
            row = self.fake.resources[thing.desk.id.rpartition("/")[2]]
            ends = thing.window.from_.astimezone(UTC), thing.window.to.astimezone(UTC)
            self.fake.taken.append((row["id"], *ends))
        return thing

    def given_incomplete(self, space: Space) -> str:
        raise NotImplementedError
