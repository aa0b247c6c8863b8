"""Owns what a provider must bring to be put through the contract suite, and the suite's builders.

A rig holds one provider on one fake world. Contract tests speak only domain: they say what is
`given`, ask the provider, and look at domain values. What is particular to a provider stays here.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from zoneinfo import ZoneInfo

from cowork_cli.domain.booking import BookingRequest, Window
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Desk, Space, SpaceQuery
from cowork_cli.http_client import Auth, HttpClient, Limits
from cowork_cli.providers import registry
from cowork_cli.secrets_store import Secret
from tests.fakes.server import FakeServer, Request

ZONE = ZoneInfo("Europe/Berlin")
LAT, LON = 53.8655, 10.6866  # Lübeck
SECRET = "s3cret/of the+rig=="


class Rig(ABC):
    """One provider in its fake world; built with a folder of its own, closed by a `with`.

    `name` is the name in the registry; `row`, for the template that is not in it, its row. `provider`
    is the adapter, asked as account `account`. `tells` are the facts for which the platform has words:
    a contract about others does not concern it.
    `wall_clock`: the platform reads the clock on the wall, which shows one hour of the year twice.
    `untold`: fields of a desk that it does not tell. `asks_for_desks`: it is asked which there are;
    else the settings of the account say so.
    """

    name: str
    wall_clock = False
    untold: frozenset[str] = frozenset()
    asks_for_desks = True
    row: registry.ProviderInfo | None = None
    account: str
    provider: Any
    tells: frozenset[str] = frozenset({"kinds", "amenities", "prices", "pages", "postcodes"})
    fake: FakeServer | None = None

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.info = self.row or registry.info(self.name)
        self.account = self.name
        self.stack = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stack.close()

    @abstractmethod
    def given(self, *things: Any) -> tuple[Any, ...]:
        """Makes spaces, desks and bookings of others (`ProviderBooking`) known to the fake world.

        Returns them as the provider names them: with its refs, where it chooses these itself.
        """


class HttpRig(Rig):
    """A rig whose provider talks to a fake server.

    `waits` holds the seconds the client would have slept, `debug` the lines it wrote. The account
    has a secret, also where the service needs none, so that one can look for it everywhere.
    `least_wait_s`: seconds that its operator wants after a 429, whatever the answer names.
    """

    fake: FakeServer
    least_wait_s = 0.0
    requests_for_a_page = 1

    booking_path = "/{}"
    """How the path ends that a booking is asked at, its id in the braces."""

    def booking_ref(self, identity: str) -> Ref:
        """The ref of a booking with that id at the platform."""
        return Ref(self.account, identity)

    def is_write(self, request: Request) -> bool:
        """Whether a request changes something there. A POST that only asks is none."""
        return request.method not in ("GET", "HEAD")

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.waits: list[float] = []
        self.debug: list[str] = []
        self.fake = self.stack.enter_context(self.new_fake())
        self.provider = self.connect(self.fake.url)

    def connect(self, url: str, limits: Limits = Limits(connect_s=5, read_s=5)) -> Any:
        """The adapter, talking to `url`."""
        http = HttpClient(
            self.account,
            url,
            auth=Auth(Secret(SECRET)),
            limits=limits,
            debug=self.debug.append,
            sleep=self.waits.append,
            jitter=lambda: 0.0,
        )
        self.stack.enter_context(http)
        return registry.load(self.info)(self.account, {"url": url}, http=http)

    @abstractmethod
    def new_fake(self) -> FakeServer:
        """The fake server, not yet entered."""

    @abstractmethod
    def given_incomplete(self, space: Space) -> str:
        """Makes a space known without a field that the platform promises; the field's wire name."""


class KeptSession:
    """The login of an account, kept in memory. `kept`: every token, in order."""

    def __init__(self, password: str, token: str | None = None) -> None:
        self.password = password
        self.kept = [] if token is None else [token]

    def secret(self) -> Secret:
        return Secret(self.password)

    def token(self, *, anew: bool = False) -> Secret | None:
        return Secret(self.kept[-1]) if self.kept else None

    def keep(self, token: str) -> Secret:
        self.kept.append(token)
        return Secret(token)


class SessionRig(HttpRig):
    """A rig whose provider trades a secret for a token; it has one already.

    `asking`: paths of POSTs that change nothing.

    `settings` are those of the account beside its address.
    """

    settings: dict[str, Any] = {}
    asking: tuple[str, ...] = ()

    def is_write(self, request: Request) -> bool:
        return super().is_write(request) and not request.path.endswith(self.asking)

    def given(self, *things: Any) -> tuple[Any, ...]:
        return tuple(self._given(thing) for thing in things)

    def _given(self, thing: Any) -> Any:
        raise NotImplementedError

    def given_incomplete(self, space: Space) -> str:
        raise NotImplementedError

    def new_session(self) -> KeptSession:
        """A login that works, with a token won before."""
        raise NotImplementedError

    def base_of(self, url: str) -> str:
        """What the account's address is, of a server at `url`."""
        return url

    def settings_of(self, url: str) -> dict[str, Any]:
        """What the account says, of a server at `url`."""
        return {"url": self.base_of(url), **self.settings}

    def connect(
        self,
        url: str,
        limits: Limits = Limits(connect_s=5, read_s=5),
        session: KeptSession | None = None,
    ) -> Any:
        """The adapter, talking to the server at `url`."""
        Secret(SECRET)
        http = HttpClient(
            self.account,
            self.base_of(url),
            also=[url],
            limits=limits,
            debug=self.debug.append,
            sleep=self.waits.append,
            jitter=lambda: 0.0,
        )
        self.stack.enter_context(http)
        settings = self.settings_of(url)
        self.session = session or self.new_session()
        kind = registry.load(self.info)
        return kind(self.account, settings, http=http, session=self.session)


# Builders ────────────────────────────────────────────────────────────────────────────────────────


def a_space(rig: Rig, number: int = 1, *, km: float = 1.0, **fields: Any) -> Space:
    """A space `km` north of the middle of the query."""
    given: dict[str, Any] = {
        "ref": Ref(rig.account, f"raum-{number}"),
        "name": f"Raum {number}",
        "lat": LAT + km / 111.195,
        "lon": LON,
        "timezone": ZONE.key,
    }
    return Space(**given | fields)


def a_desk(space: Space, name: str = "desk-1", **fields: Any) -> Desk:
    """A desk in a space that is given."""
    return Desk(Ref(space.ref.account, f"{space.ref.id}/{name}"), space.ref, name, **fields)


def around(radius_km: float = 10.0, **fields: Any) -> SpaceQuery:
    """A query in the middle of the given spaces."""
    return SpaceQuery(LAT, LON, radius_km, **{"limit": 500} | fields)


def window(start: str, hours: float) -> Window:
    """From a local time of the space, for so many real hours, in the space's zone."""
    begin = datetime.fromisoformat(start).replace(tzinfo=ZONE)
    end = (begin.astimezone(ZoneInfo("UTC")) + timedelta(hours=hours)).astimezone(ZONE)
    return Window(begin, end)


def a_request(desk: Desk, start: str = "2026-12-01T09:00", hours: float = 4) -> BookingRequest:
    """A request of the user for a desk."""
    return BookingRequest(desk.ref, window(start, hours))


def given_desk(rig: Rig) -> Desk:
    """A desk in a space, both known to the provider."""
    (space,) = rig.given(a_space(rig))
    (desk,) = rig.given(a_desk(space))
    found: Desk = desk
    return found


def caught(call: Callable[[], object], kind: type[Exception]) -> Any:
    """What `call` raised, which must be a `kind`."""
    try:
        result = call()
    except kind as error:
        return error
    raise AssertionError(f"{kind.__name__} was due, it answered {result!r}")
