"""Owns the table of providers: what each is called, can do, and needs to be told.

Readable without importing a single adapter: `provider list` and completion pay for nothing else.
The adapter's class is imported by `load`, when an account of it is asked.
"""

from cowork_cli.errors import NotFound
from cowork_cli.records import dataclass


@dataclass(frozen=True, slots=True)
class SettingSpec:
    """One setting of an account. `kind`: `text`, `url`, `list`, `bool` or `timezone`."""

    name: str
    default: str | bool | tuple[str, ...] | None
    help: str
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class ProviderInfo:
    """What is known of a provider before it is imported.

    `secret`: which secret its accounts need, None if none, `secret_optional`: it works without;
    `session`: it is traded for a token, so the adapter is given the account's `Session`;
    `secret_address`: it is the address itself, where no `url` is set. `remembers`: the adapter is given
    a disposable `memory`. `uses`: `http` gets an HttpClient, `store` the
    store. `built_in`: there is an account of its name without set-up, switched on if `enabled`.
    `rank`: where several know the same space, the row of the lowest is shown. `attribution` is
    printed wherever its data is shown. `docs`: where its interface is described. `visitor`: the
    adapter is told who the person is, for bookings without a membership. `login`: the function that
    logs in (`providers.base.LogIn`), None where the secret is just kept. `whole`: one
    request brings all spaces of a circle, so that all of them are kept, however few are shown. `more`:
    its `space` tells prices and offers that its lists do not.
    """

    name: str
    title: str
    target: str
    capabilities: frozenset[str]
    settings: tuple[SettingSpec, ...]
    secret: str | None
    uses: str
    built_in: bool
    enabled: bool
    rank: int
    attribution: str | None
    docs: str
    session: bool = False
    secret_address: bool = False
    remembers: bool = False
    whole: bool = False
    more: bool = False
    secret_optional: bool = False
    visitor: bool = False
    login: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where imported rows come from that no provider asks; `rank`, `attribution` as of a provider."""

    name: str
    rank: int
    attribution: str | None


COMMON_SETTINGS: tuple[SettingSpec, ...] = (
    SettingSpec("enabled", True, "ask this account in searches", "bool"),
    SettingSpec("allow_insecure", False, "accept http:// to another machine", "bool"),
    SettingSpec("token_command", None, "command whose first line of output is the secret"),
    SettingSpec("timezone", None, "IANA zone of its spaces, where it does not say", "timezone"),
)

OWN, BOOKABLE, CATALOGUE, MAP, COMMUNITY, ELSEWHERE = 0, 10, 20, 30, 40, 50
"""Ranks: what one wrote oneself, who takes the booking, who knows prices, maps, then the rest."""

_DESKS = SettingSpec("desks", (), "what its calendars are: spree=desk, elbe=room:8", "list")
OSM_ATTRIBUTION = "© OpenStreetMap contributors, ODbL 1.0, https://www.openstreetmap.org/copyright"

PROVIDERS: tuple[ProviderInfo, ...] = (
    ProviderInfo(
        name="local",
        title="own directory and booking book",
        target="cowork_cli.providers.local:LocalProvider",
        capabilities=frozenset({"search", "availability", "booking"}),
        settings=(),
        secret=None,
        uses="store",
        built_in=True,
        enabled=True,
        rank=OWN,
        attribution=None,
        docs="docs/guides/local.md",
    ),
    ProviderInfo(
        name="coworkingview",
        title="CoworkingView, an open catalogue with prices",
        target="cowork_cli.providers.coworkingview:CoworkingView",
        capabilities=frozenset({"search"}),
        settings=(
            SettingSpec("url", "https://api.coworkingview.com", "address of the service", "url"),
        ),
        secret=None,
        uses="http",
        built_in=True,
        enabled=True,
        rank=CATALOGUE,
        attribution="Data: CoworkingView (coworkingview.com)",
        docs="https://api.coworkingview.com",
        more=True,
    ),
    ProviderInfo(
        name="osm",
        title="OpenStreetMap, through an Overpass server",
        target="cowork_cli.providers.osm:OpenStreetMap",
        capabilities=frozenset({"search"}),
        settings=(
            SettingSpec(
                "overpass_url", "https://overpass-api.de/api", "the Overpass server", "url"
            ),
            SettingSpec("geocoder", "none", "who finds street addresses: none, photon, nominatim"),
            SettingSpec("geocoder_url", None, "another server of that geocoder", "url"),
            SettingSpec("contact", None, "how to reach who asks, beside the version"),
        ),
        secret=None,
        uses="http",
        built_in=True,
        enabled=True,
        rank=MAP,
        attribution=OSM_ATTRIBUTION,
        docs="https://dev.overpass-api.de/overpass-doc/",
        whole=True,
    ),
    ProviderInfo(
        name="openfairdb",
        title="OpenFairDB (Karte von morgen), places that people recommend",
        target="cowork_cli.providers.openfairdb:OpenFairDB",
        capabilities=frozenset({"search"}),
        settings=(SettingSpec("url", "https://api.ofdb.io/v0", "address of the service", "url"),),
        secret=None,
        uses="http",
        built_in=True,
        enabled=False,
        rank=COMMUNITY,
        attribution="Data: OpenFairDB (Karte von morgen), ODbL 1.0, https://kartevonmorgen.org",
        docs="https://github.com/kartevonmorgen/openfairdb",
    ),
    ProviderInfo(
        name="cobot",
        title="Cobot, spaces you are a member or a visitor of",
        target="cowork_cli.providers.cobot:Cobot",
        capabilities=frozenset({"search", "availability", "booking", "address"}),
        settings=(
            SettingSpec("api_url", "https://api.cobot.me", "address of API 2", "url"),
            SettingSpec("www_url", "https://www.cobot.me", "address of login and API 1", "url"),
            SettingSpec("space_url", "https://{subdomain}.cobot.me", "address of a space", "url"),
            SettingSpec("spaces", (), "subdomains of your spaces", "list"),
            SettingSpec("day_passes", (), "day tickets, as SUBDOMAIN/ID of their web page", "list"),
            SettingSpec("client_id", None, "your own OAuth client, to log in with a browser"),
            SettingSpec("register_by_api", False, "register addresses by API, unpublished", "bool"),
        ),
        secret="token",
        uses="http",
        built_in=False,
        enabled=True,
        rank=BOOKABLE,
        attribution=None,
        docs="https://dev.cobot.me/api2",
        visitor=True,
        login="cowork_cli.providers.cobot_login:log_in",
    ),
    ProviderInfo(
        name="nexudus",
        title="Nexudus, spaces you are a customer of",
        target="cowork_cli.providers.nexudus:Nexudus",
        capabilities=frozenset({"search", "availability", "booking", "address"}),
        settings=(
            SettingSpec(
                "space_url", "https://{space}.spaces.nexudus.com", "address of a space", "url"
            ),
            SettingSpec(
                "passport_url", "https://spaces.nexudus.com", "address of their directory", "url"
            ),
            SettingSpec("spaces", (), "names of your spaces, as in their address", "list"),
            SettingSpec("username", None, "the e-mail you log in with"),
        ),
        secret="password",
        uses="http",
        built_in=False,
        enabled=True,
        rank=BOOKABLE,
        attribution=None,
        docs="https://developers.nexudus.com",
        session=True,
        login="cowork_cli.providers.nexudus_login:log_in",
    ),
    ProviderInfo(
        name="librebooking",
        title="LibreBooking, rooms of clubs and shared offices",
        target="cowork_cli.providers.librebooking:LibreBooking",
        capabilities=frozenset({"availability", "booking"}),
        settings=(
            SettingSpec("url", None, "its web services, …/Web/Services/index.php", "url"),
            SettingSpec("username", None, "the name you log in with"),
            SettingSpec("attributes", (), "custom attributes of each reservation, ID=TEXT", "list"),
            SettingSpec("guests", (), "e-mail addresses invited to each reservation", "list"),
        ),
        secret="password",
        uses="http",
        built_in=False,
        enabled=True,
        rank=BOOKABLE,
        attribution=None,
        docs="https://github.com/LibreBooking/librebooking",
        session=True,
        login="cowork_cli.providers.librebooking_server:log_in",
    ),
    ProviderInfo(
        name="seatsurfing",
        title="Seatsurfing, desks and rooms of companies and clubs",
        target="cowork_cli.providers.seatsurfing:Seatsurfing",
        capabilities=frozenset({"availability", "booking"}),
        settings=(
            SettingSpec("url", None, "address of the server", "url"),
            SettingSpec("username", None, "the e-mail address you log in with"),
            SettingSpec("domain", None, "of the organization, where a server has several"),
        ),
        secret="password",
        uses="http",
        built_in=False,
        enabled=True,
        rank=BOOKABLE,
        attribution=None,
        docs="https://github.com/seatsurfing/seatsurfing/blob/main/specs/openapi.yaml",
        session=True,
        login="cowork_cli.providers.seatsurfing_server:log_in",
    ),
    ProviderInfo(
        name="officernd",
        title="OfficeRnD Flex, with an application that its operator made",
        target="cowork_cli.providers.officernd:OfficeRnD",
        capabilities=frozenset({"availability", "booking"}),
        settings=(
            SettingSpec("api_url", "https://app.officernd.com/api/v2", "address of the API", "url"),
            SettingSpec(
                "identity_url", "https://identity.officernd.com", "address of the login", "url"
            ),
            SettingSpec("organization", None, "short name of the operator, as in its addresses"),
            SettingSpec("client_id", None, "of the application that the operator made"),
            SettingSpec("member", None, "id of the member whose bookings these are"),
            SettingSpec("company", None, "id of the company whose bookings these are"),
            SettingSpec(
                "scopes", (), "what the application may do, where it is not the usual", "list"
            ),
            SettingSpec(
                "book_by_api", False, "make bookings, in a form that is unpublished", "bool"
            ),
        ),
        secret="client_secret",
        uses="http",
        built_in=False,
        enabled=True,
        rank=BOOKABLE,
        attribution=None,
        docs="https://developer.officernd.com",
        session=True,
        login="cowork_cli.providers.officernd_server:log_in",
    ),
    ProviderInfo(
        name="anny",
        title="anny, what is free and where to book it",
        target="cowork_cli.providers.anny:Anny",
        capabilities=frozenset({"availability"}),
        settings=(
            SettingSpec("url", "https://b.anny.co/api/v1", "address of the service", "url"),
            SettingSpec("spaces", (), "names of your spaces, as in their addresses", "list"),
            SettingSpec(
                "page_url", "https://anny.co/b/book/{resource}", "web page where one books"
            ),
        ),
        secret="token",
        uses="http",
        built_in=False,
        enabled=True,
        rank=BOOKABLE,
        attribution=None,
        docs="https://developers.anny.co/apis/customer-api",
        secret_optional=True,
    ),
    ProviderInfo(
        name="caldav",
        title="CalDAV, the calendars of rooms",
        target="cowork_cli.providers.caldav:CalDav",
        capabilities=frozenset({"availability", "booking"}),
        settings=(
            SettingSpec("url", None, "address of a calendar, or of what holds some", "url"),
            SettingSpec("username", None, "user name there"),
            _DESKS,
        ),
        secret="password",
        remembers=True,
        uses="http",
        built_in=False,
        enabled=True,
        rank=BOOKABLE,
        attribution=None,
        docs="https://www.rfc-editor.org/info/rfc4791",
    ),
    ProviderInfo(
        name="ical",
        title="an iCalendar feed, read only",
        target="cowork_cli.providers.ical:ICal",
        capabilities=frozenset({"availability"}),
        settings=(
            SettingSpec("url", None, "address of the feed; a secret one is stored by login", "url"),
            SettingSpec("name", None, "what the desk is called"),
            _DESKS,
        ),
        secret="token",
        uses="http",
        built_in=False,
        enabled=True,
        rank=BOOKABLE,
        attribution=None,
        docs="https://www.rfc-editor.org/info/rfc5545",
        secret_address=True,
        remembers=True,
    ),
)

SOURCES: tuple[Source, ...] = ()
"""Where imports come from that are no provider."""


def names() -> tuple[str, ...]:
    """The names of all providers, in the order of the table."""
    return tuple(row.name for row in PROVIDERS)


def info(name: str) -> ProviderInfo:
    """The row of the table. Raises NotFound naming the nearest provider."""
    for row in PROVIDERS:
        if row.name == name:
            return row
    from cowork_cli.domain.spelling import guess

    raise NotFound(
        f'there is no provider "{name}"{guess(name, names())}',
        "see them with `cowork provider list`",
    )


def source(name: str) -> ProviderInfo | Source:
    """Who answers for rows that bear this name: a provider, a source of imports, or nobody known."""
    known: tuple[ProviderInfo | Source, ...] = (*PROVIDERS, *SOURCES)
    for row in known:
        if row.name == name:
            return row
    return Source(name, ELSEWHERE, None)


def settings_of(row: ProviderInfo) -> tuple[SettingSpec, ...]:
    """Its own settings, then those of every account."""
    return row.settings + COMMON_SETTINGS


def load(row: ProviderInfo) -> type:
    """The adapter's class, imported now."""
    from importlib import import_module

    module, _, name = row.target.partition(":")
    adapter: type = getattr(import_module(module), name)
    return adapter
