"""The accounts of this home: the built-in ones and those of the settings, and their providers.

A provider is made when it is first asked, with an HttpClient or the store, as its row in the
registry says. The secret is looked up then and not before.
"""

from __future__ import annotations

from cowork_cli.errors import ConfigError, NotFound, Unsupported
from cowork_cli.providers import registry
from cowork_cli.records import dataclass
from cowork_cli.services.accounts.addresses import filled
from cowork_cli.services.calendar.space_zone import SpaceZones

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path
    from typing import Any, cast
    from zoneinfo import ZoneInfo

    from cowork_cli.domain.booking import Visitor
    from cowork_cli.domain.ref import Ref
    from cowork_cli.http_client import Auth, HttpClient
    from cowork_cli.providers.base import (
        CanBook,
        CanCheck,
        CanCheckAvailability,
        CanCheckIn,
        CanMove,
        CanRegisterAddress,
        CanSearch,
        KnowsItsSpaces,
        TellsTerms,
    )
    from cowork_cli.secrets_store import Secret
    from cowork_cli.services.accounts.session import AccountSession
    from cowork_cli.store.engine.store import Store

    Given = Mapping[str, Mapping[str, Any]]
else:

    def cast(kind, value):
        """What a checker of types is told, at no price."""
        return value


LOCAL = "local"


@dataclass(frozen=True, slots=True)
class Account:
    """One place to ask. `login` is `not needed`, `missing`, or where the secret comes from."""

    name: str
    provider: str
    title: str
    enabled: bool
    built_in: bool
    capabilities: tuple[str, ...]
    login: str
    settings: dict[str, object]


class Accounts:
    """The accounts of one home. `given` are the settings; `store` opens the store when wanted.

    `zones` tells the time zone of a space at any of them; `home_zone` is the person's own.
    `tell` hears of long waits for a platform;
    `validators` is the folder of answers that are asked for again with their ETag.
    """

    def __init__(
        self,
        given: Given,
        *,
        store: Callable[[], Store],
        environ: Mapping[str, str],
        state: Path,
        contact: str | None = None,
        debug: Callable[[str], None] | None = None,
        tell: Callable[[str], None] | None = None,
        validators: Path | None = None,
        home_zone: ZoneInfo,
        cache: Path | None = None,
        visitor: Callable[[], Visitor | None] = lambda: None,
    ):
        self.zones = SpaceZones(home_zone, self._zone_setting)
        self._given = given
        self._store = store
        self._environ = environ
        self._state = state
        self._contact = contact
        self._debug = debug
        self._cache = cache
        self._tell = tell
        self._validators = validators
        self._visitor = visitor
        self._made: dict[str, object] = {}
        self._clients: list[HttpClient] = []

    def names(self) -> list[str]:
        """Built-in ones in the order of the registry, then the others by name."""
        built_in = [row.name for row in registry.PROVIDERS if row.built_in]
        return built_in + sorted(name for name in self._given if name not in built_in)

    def info(self, name: str) -> registry.ProviderInfo:
        """The provider behind an account. Raises NotFound, ConfigError."""
        if name not in self.names():
            from cowork_cli.domain.spelling import guess

            raise NotFound(
                f'there is no account "{name}"{guess(name, self.names())}',
                "see them with `cowork account list`",
            )
        provider = self._given.get(name, {}).get("provider", name)
        try:
            return registry.info(str(provider))
        except NotFound as error:
            raise ConfigError(f'account "{name}": {error.message}', error.hint) from None

    def settings(self, name: str) -> dict[str, Any]:
        """The settings of an account, defaults filled in."""
        row = self.info(name)
        given = self._given.get(name, {})
        values = {
            spec.name: given.get(spec.name, spec.default) for spec in registry.settings_of(row)
        }
        if "enabled" not in given:
            values["enabled"] = row.enabled if row.built_in and name == row.name else True
        return values

    def get(self, name: str) -> Account:
        """One account. Raises NotFound, ConfigError."""
        row = self.info(name)
        settings = self.settings(name)
        return Account(
            name=name,
            provider=row.name,
            title=row.title,
            enabled=bool(settings["enabled"]),
            built_in=row.built_in and name == row.name,
            capabilities=tuple(sorted(row.capabilities)),
            login=self._login(name, row),
            settings={key: value for key, value in settings.items() if value is not None},
        )

    def every(self) -> list[Account]:
        """All accounts."""
        return [self.get(name) for name in self.names()]

    def enabled(self, capability: str, chosen: Iterable[str] = ()) -> list[str]:
        """Names of the accounts to ask: the chosen ones, else all that are on.

        Raises NotFound for a chosen account that does not exist, Unsupported for one that cannot.
        """
        wanted = list(dict.fromkeys(chosen))
        for name in wanted:
            self._refuse_unable(name, capability)
        if wanted:
            return wanted
        return [
            name
            for name in self.names()
            if capability in self.info(name).capabilities and self.settings(name)["enabled"]
        ]

    def _zone_setting(self, name: str) -> str | None:
        """The `timezone` of an account; None for one that is no longer there or says none."""
        zone = self.settings(name).get("timezone") if name in self.names() else None
        return None if zone is None else str(zone)

    def can(self, name: str, capability: str) -> bool:
        """Whether an account can do that; False for one that is no longer there."""
        return name in self.names() and capability in self.info(name).capabilities

    def searcher(self, name: str) -> CanSearch:
        """Who finds spaces. Raises Unsupported, LoginRequired, ConfigError, as all of these do."""
        return cast("CanSearch", self._able(name, "search"))

    def availability(self, name: str) -> CanCheckAvailability:
        """Who knows desks and when they are free."""
        return cast("CanCheckAvailability", self._able(name, "availability"))

    def booker(self, name: str) -> CanBook:
        """Who takes bookings."""
        return cast("CanBook", self._able(name, "booking"))

    def registrar(self, name: str) -> CanRegisterAddress:
        """Who sells addresses."""
        return cast("CanRegisterAddress", self._able(name, "address"))

    def knower(self, name: str) -> KnowsItsSpaces | None:
        """Who knows the spaces that an account is at; None for all others.

        Raises LoginRequired, ConfigError.
        """
        if not self.can(name, "availability"):
            return None
        from cowork_cli.providers.base import KnowsItsSpaces

        provider = self.provider(name)
        return provider if isinstance(provider, KnowsItsSpaces) else None

    def mover(self, name: str) -> CanMove | None:
        """Who moves a booking in one step; None where it takes two."""
        from cowork_cli.providers.base import CanMove

        provider = self._able(name, "booking")
        return provider if isinstance(provider, CanMove) else None

    def teller(self, name: str) -> TellsTerms | None:
        """Who tells what a cancellation costs now; None where only the quote told."""
        from cowork_cli.providers.base import TellsTerms

        provider = self._able(name, "booking")
        return provider if isinstance(provider, TellsTerms) else None

    def receiver(self, name: str) -> CanCheckIn:
        """Who takes the word that one has come. Raises Unsupported."""
        from cowork_cli.providers.base import CanCheckIn

        provider = self._able(name, "booking")
        if not isinstance(provider, CanCheckIn):
            raise Unsupported(
                f'account "{name}" ({self.info(name).title}) takes no check-ins this way',
                "check in at the desk, or on the web page of the space",
                account=name,
            )
        return provider

    def sees(self, desk: Ref) -> bool:
        """Whether my bookings of that desk are among those that its account lists."""
        from cowork_cli.providers.base import SeesInPart

        provider = self._able(desk.account, "booking")
        return provider.sees(desk) if isinstance(provider, SeesInPart) else True

    def booking_page(self, desk: Ref) -> str | None:
        """Where one books a desk whose account takes no bookings from here; None if it does not say."""
        from cowork_cli.providers.base import HasBookingPage

        if not self.can(desk.account, "availability"):
            return None
        provider = self.provider(desk.account)
        return provider.booking_page(desk) if isinstance(provider, HasBookingPage) else None

    def checker(self, name: str) -> CanCheck:
        """Who says whether the account can be asked."""
        return cast("CanCheck", self.provider(name))

    def bookable(self, name: str) -> bool:
        """Whether an account takes bookings; False for one that is no longer there."""
        return self.can(name, "booking")

    def rank(self, name: str) -> int:
        """Of two rows of the same space, that of the lower rank is shown."""
        return self._source(name).rank

    def attribution(self, name: str) -> str | None:
        """The line printed where data of an account, or of a source of imports, is shown."""
        return self._source(name).attribution

    def endpoint(self, name: str) -> str:
        """The address that is asked; empty for one that has none or is no longer there."""
        if name not in self.names():
            return ""
        settings = self.settings(name)
        urls = [settings[spec.name] for spec in self.info(name).settings if spec.kind == "url"]
        return str(urls[0]) if urls and urls[0] else ""

    def answers_whole(self, name: str) -> bool:
        """Whether one request brings all spaces of a circle."""
        return name in self.names() and self.info(name).whole

    def tells_more(self, name: str) -> bool:
        """Whether it is on, and knows more of a single space than it tells in a search."""
        known = name in self.names() and self.info(name).more
        return known and bool(self.settings(name)["enabled"])

    def uses_store(self, name: str) -> bool:
        """Whether it must be asked in the thread that opened the store."""
        return self.info(name).uses == "store"

    def _source(self, name: str) -> registry.ProviderInfo | registry.Source:
        return self.info(name) if name in self.names() else registry.source(name)

    def _able(self, name: str, capability: str) -> object:
        """The provider of an account, refused before anything is made or sent if it cannot."""
        if not self.can(name, capability):
            self._refuse_unable(name, capability)
        return self.provider(name)

    def _refuse_unable(self, name: str, capability: str) -> None:
        row = self.info(name)
        if capability not in row.capabilities:
            from cowork_cli.providers.base import LACKING

            raise Unsupported(
                f'account "{name}" ({row.title}) {LACKING[capability]}',
                "see what each can do with `cowork provider list`",
                account=name,
            )

    def provider(self, name: str) -> object:
        """Whatever is behind an account; who wants something of it asks by the names above.

        Made on first use and kept, so that one command asks over one connection.
        """
        if name not in self._made:
            row = self.info(name)
            settings = self.settings(name)
            kind: Any = registry.load(row)
            if row.uses == "store":
                from cowork_cli.services.calendar import opening, regions

                self._made[name] = kind(
                    name,
                    settings,
                    store=self._store(),
                    hours=opening.spans,
                    region=regions.of_space,
                    zone_of=self.zones.of,
                )
            else:
                http = self._http(name, row, settings, self._auth(name, row, settings))
                more: dict[str, object] = {}
                if row.session:
                    more["session"] = self._session(name)
                if row.visitor:
                    more["visitor"] = self._visitor()
                if row.remembers:
                    more["memory"] = self._memory()
                self._made[name] = kind(name, settings, http=http, **more)
        return self._made[name]

    def said(self) -> list[str]:
        """What had to be assumed by whoever was asked: zones of spaces, zones named in calendars."""
        told: dict[str, None] = dict.fromkeys(self.zones.said())
        for provider in self._made.values():
            told |= dict.fromkeys(getattr(provider, "notes", ()))
        return list(told)

    def _memory(self) -> object:
        from cowork_cli.services.accounts.memory import FileMemory

        return FileMemory(self._cache / "feeds") if self._cache is not None else None

    def client(self, name: str) -> HttpClient:
        """A client of an account without its login: to log in with. Raises NotFound, ConfigError."""
        return self._http(name, self.info(name), self.settings(name), None)

    def close(self) -> None:
        """Closes the connections; who is asked again makes new ones."""
        for client in self._clients:
            client.close()

    def _login(self, name: str, row: registry.ProviderInfo) -> str:
        if row.secret is None:
            return "not needed"
        if row.secret_address and self.settings(name).get("url"):
            return "not needed"
        unknown = "not needed" if row.secret_optional else "missing"
        return self._session(name).place() or unknown

    def _session(self, name: str) -> AccountSession:
        from cowork_cli.services.accounts.session import AccountSession

        return AccountSession(
            name,
            self.info(name).secret or "",
            environ=self._environ,
            state=self._state,
            token_command=self.settings(name).get("token_command"),
        )

    def _http(
        self,
        name: str,
        row: registry.ProviderInfo,
        settings: Mapping[str, Any],
        auth: Auth | None,
    ) -> HttpClient:
        urls = [
            url
            for spec in row.settings
            if spec.kind == "url" and settings[spec.name] and not row.secret_address
            for url in filled(str(settings[spec.name]), settings.get("spaces"), name)
        ]
        if not urls and not row.secret_address:
            raise ConfigError(
                f'account "{name}" has no address',
                f"add it with `cowork account add {name} --set url=URL`",
                account=name,
            )
        address = self._hidden(name, settings) if row.secret_address else urls[0]
        return self.client_at(name, address, urls[1:], auth)

    def client_at(
        self, name: str, url: str | Secret, also: Sequence[str] = (), auth: Auth | None = None
    ) -> HttpClient:
        """Who talks to one address on behalf of an account; closed with all others."""
        from cowork_cli.http_client import HttpClient
        from cowork_cli.http_client.validators import Validators

        settings = self.settings(name)
        client = HttpClient(
            name,
            url,
            also=also,
            auth=auth,
            allow_insecure=bool(settings["allow_insecure"]),
            contact=settings.get("contact") or self._contact,
            debug=self._debug,
            tell=self._tell,
            validators=Validators(self._validators) if self._validators else None,
        )
        self._clients.append(client)
        return client

    def _hidden(self, name: str, settings: Mapping[str, Any]) -> Secret:
        """The address of a feed, which proves who may read it: shown nowhere, wherever it was set.

        `webcal://` is how such addresses are handed out; it means `https://`.
        """
        from cowork_cli.secrets_store import Secret

        address = str(settings.get("url") or "") or self._session(name).secret().reveal().strip()
        webcal = address.lower().startswith("webcal://")
        return Secret(f"https://{address[9:]}" if webcal else address)

    def _auth(
        self, name: str, row: registry.ProviderInfo, settings: Mapping[str, Any]
    ) -> Auth | None:
        if row.secret is None or row.session or row.secret_address:
            return None
        from cowork_cli.http_client import Auth

        if row.secret_optional and self._session(name).place() is None:
            return None
        secret = self._session(name).secret()
        if row.secret == "password":
            return Auth.basic(str(settings.get("username") or ""), secret)
        return Auth(secret)
