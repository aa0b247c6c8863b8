"""Owns how domain values are told to real servers of calendars: Radicale, and Xandikos beside it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from cowork_cli.domain.booking import ProviderBooking
from cowork_cli.domain.calendars import writing
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Desk, Space
from cowork_cli.http_client import Auth, HttpClient, Limits
from cowork_cli.http_client.message import READS
from cowork_cli.providers.caldav import CalDav
from cowork_cli.secrets_store import Secret
from cowork_cli.services.accounts.memory import FileMemory
from tests.contract.rig import SECRET, HttpRig
from tests.fakes.dav import USER, DavLine, DavServer, Radicale, Xandikos, shared
from tests.fakes.server import Request


class CalDavRig(HttpRig):
    """A calendar for each desk, a collection for each space; behind a line that can be cut."""

    name = "caldav"
    asks_for_desks = False
    fake: DavLine
    kind: type[DavServer] = Radicale

    def __init__(self, folder: Path) -> None:
        self.desks: list[str] = []
        self.folder = folder
        super().__init__(folder)

    def connect(self, url: str, limits: Limits = Limits(connect_s=5, read_s=30)) -> Any:
        url = f"{url}/{self.place}"
        # A real server needs longer than a fake for what it does answer.
        patient = replace(limits, read_s=max(limits.read_s, 1.0))
        http = HttpClient(
            self.account,
            url,
            auth=Auth.basic(USER, Secret(SECRET)),
            limits=patient,
            debug=self.debug.append,
            sleep=self.waits.append,
            jitter=lambda: 0.0,
        )
        self.stack.enter_context(http)
        settings = {"url": url, "username": USER, "desks": self.desks}
        memory = FileMemory(self.folder / "feeds")
        return CalDav(self.account, settings, http=http, memory=memory, sleep=self.waits.append)

    booking_path = "/{}.ics"

    def booking_ref(self, identity: str) -> Ref:
        return Ref(self.account, f"raum-1/desk-1/{identity}")

    def is_write(self, request: Request) -> bool:
        return request.method not in READS

    def new_fake(self) -> DavLine:
        self.server, self.place = shared(self.kind, SECRET)
        return DavLine(self.server, SECRET)

    def given(self, *things: Any) -> tuple[Any, ...]:
        return tuple(self._given(thing) for thing in things)

    def _given(self, thing: Any) -> Any:
        if isinstance(thing, Space):
            self.server.make_space(f"{self.place}/{thing.ref.id}")
        elif isinstance(thing, Desk):
            space, _, name = thing.ref.id.rpartition("/")
            self.server.make_calendar(f"{self.place}/{space}/{name}")
            capacity = f":{thing.capacity}" if thing.capacity else ""
            self.desks.append(f"{space}/{name}={thing.kind}{capacity}")
        elif isinstance(thing, ProviderBooking):
            status = "CANCELLED" if thing.state == "cancelled" else "CONFIRMED"
            event = writing.Event(
                thing.ref.id, thing.window.from_, thing.window.to, thing.person or "", thing.window.from_,
                status=status,
            )  # fmt: skip
            path = f"/{self.place}/{thing.desk.id}/{thing.ref.id}.ics"
            assert self.server.put(path, writing.document([event]).decode()) in (201, 204)
            return replace(thing, ref=Ref(self.account, f"{thing.desk.id}/{thing.ref.id}"))
        return thing

    def given_incomplete(self, space: Space) -> str:
        raise NotImplementedError("calendars know no spaces to search")


class XandikosRig(CalDavRig):
    """The same account at another server."""

    kind = Xandikos
