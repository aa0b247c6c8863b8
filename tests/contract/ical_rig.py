"""Owns how domain values are told to a web server with calendar feeds."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cowork_cli.domain.booking import ProviderBooking
from cowork_cli.domain.calendars import writing
from cowork_cli.domain.space import Desk, Space
from cowork_cli.http_client import HttpClient, Limits
from cowork_cli.providers.ical import ICal
from cowork_cli.secrets_store import Secret
from tests.contract.rig import HttpRig
from tests.fakes.feed import FakeFeed

LONG_AGO = writing.Event(
    "opening", datetime(2020, 1, 1, 9, tzinfo=UTC), datetime(2020, 1, 1, 10, tzinfo=UTC), "Opening",
    datetime(2020, 1, 1, tzinfo=UTC),
)  # fmt: skip


class ICalRig(HttpRig):
    """A feed for each desk. It holds an event of long ago: an empty one proves nothing."""

    name = "ical"
    asks_for_desks = False
    fake: FakeFeed

    def __init__(self, folder: Path) -> None:
        self.desks: list[str] = []
        self.events: dict[str, list[writing.Event]] = {}
        super().__init__(folder)

    def connect(self, url: str, limits: Limits = Limits(connect_s=5, read_s=5)) -> Any:
        http = HttpClient(
            self.account,
            Secret(f"{url}/{{space}}/{{desk}}.ics"),
            limits=limits,
            debug=self.debug.append,
            sleep=self.waits.append,
            jitter=lambda: 0.0,
        )
        self.stack.enter_context(http)
        return ICal(self.account, {"url": "{desk}", "desks": self.desks}, http=http)

    def new_fake(self) -> FakeFeed:
        return FakeFeed()

    def given(self, *things: Any) -> tuple[Any, ...]:
        return tuple(self._given(thing) for thing in things)

    def _given(self, thing: Any) -> Any:
        if isinstance(thing, Desk):
            capacity = f":{thing.capacity}" if thing.capacity else ""
            self.desks.append(f"{thing.ref.id}={thing.kind}{capacity}")
            self.events[thing.ref.id] = [LONG_AGO]
        elif isinstance(thing, ProviderBooking):
            status = "CANCELLED" if thing.state == "cancelled" else "CONFIRMED"
            event = writing.Event(
                thing.ref.id, thing.window.from_, thing.window.to, "Booked", thing.window.from_,
                status=status,
            )  # fmt: skip
            self.events[thing.desk.id].append(event)
        elif isinstance(thing, Space) and not self.desks:
            return self._space(thing)
        for desk, events in self.events.items():
            self.fake.feeds[f"/{desk}.ics"] = writing.document(events).decode()
        return thing

    def _space(self, space: Space) -> Space:
        """A feed tells of no space; the account is one by itself, which the first is called by."""
        from dataclasses import replace

        from cowork_cli.domain.ref import Ref

        if self.named:
            return space
        self.named = True
        return replace(space, ref=Ref(self.account, self.account))

    named = False

    def given_incomplete(self, space: Space) -> str:
        raise NotImplementedError("feeds know no spaces to search")
