"""Which spaces an account at Cobot is at, as a member or as a visitor; asked once per command."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from urllib.parse import urlsplit

from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Space
from cowork_cli.errors import (
    AuthRejected,
    BadAnswer,
    ConfigError,
    CoworkError,
    NotFound,
    Unsupported,
)
from cowork_cli.http_client import HttpClient, Params
from cowork_cli.http_client.message import segment
from cowork_cli.providers import cobot_wire as wire
from cowork_cli.providers import wire as lenient
from cowork_cli.providers.base import required

MEDIA = "application/vnd.api+json"
PAGE = 200  # the largest that Cobot gives


class CobotSpaces:
    """The spaces of one account. `api` speaks JSON:API, `plain` the JSON of API 1."""

    def __init__(
        self, account: str, settings: Mapping[str, object], api: HttpClient, plain: HttpClient
    ):
        self._account = account
        self._api, self._plain = api, plain
        given = settings.get("spaces")
        self._named = [str(name) for name in given] if isinstance(given, list | tuple) else []
        self._www = str(settings.get("www_url") or "").rstrip("/")
        self._home = str(settings.get("space_url") or "https://{subdomain}.cobot.me")
        self._members: dict[str, str] | None = None
        self._spaces: dict[str, wire.Row] = {}
        self._places: dict[str, wire.Place] = {}
        self._profiles: dict[str, wire.Row] = {}

    def memberships(self) -> dict[str, str]:
        """Id of a space → id of the membership there."""
        if self._members is None:
            members: dict[str, str] = {}
            for row in self._included():
                kind, space = row.get("type"), wire.related(row, "space")
                if kind == "spaces" and wire.attributes(row).get("timeZone"):
                    self._spaces[str(required(row, "id", self._account))] = row
                elif kind == "memberships" and space:
                    members[space] = str(required(row, "id", self._account))
            self._members = members
        return self._members

    def memberships_of(self, space: str) -> list[str]:
        """The memberships in one space, asked anew."""
        return [
            str(required(row, "id", self._account))
            for row in self._included()
            if row.get("type") == "memberships" and wire.related(row, "space") == space
        ]

    def _included(self) -> list[wire.Row]:
        """What comes with the user: memberships and spaces. Raises BadAnswer without a user."""
        answer = self._api.get_json("user", {"include": "memberOf,memberships"})
        required(answer, "data.id", self._account)
        return lenient.rows(answer, "included", self._account)

    def home(self, subdomain: str, path: str) -> str:
        """An address at the space itself. Raises ConfigError for a host that no setting names."""
        if "{" in urlsplit(self._home).netloc and subdomain not in self._named:
            raise ConfigError(
                f'"{subdomain}" is not among the spaces of account "{self._account}"',
                f"name it with `cowork account add {self._account} --set spaces={subdomain}`",
                account=self._account,
            )
        shown = self._home.replace("{subdomain}", segment(subdomain)).rstrip("/")
        return f"{shown}/{path}"

    def places(self) -> list[wire.Place]:
        """The spaces of the settings; without any, those that the user is a member of."""
        return [find() for _, find in self.each()]

    def each(self) -> "list[tuple[str, Callable[[], wire.Place]]]":
        """The same by name, none of them asked for yet: one that is not there stands in nobody's way."""
        if self._named:
            return [(name, partial(self.place, name)) for name in self._named]
        return [(space, partial(self.by_id, space)) for space in self.memberships()]

    def place(self, subdomain: str) -> wire.Place:
        """The space of a subdomain. Raises NotFound."""
        if subdomain not in self._places:
            self._learn(subdomain)
        return self._places[subdomain]

    def by_id(self, space: str) -> wire.Place:
        """The space with that id at API 2. Raises NotFound."""
        members = self.memberships()
        if space not in self._spaces:
            self._read(space)
        row = self._spaces[space]
        subdomain = str(required(row, "attributes.subdomain", self._account))
        zone = wire.zone_of(row, self._account)
        self._places[subdomain] = wire.Place(
            space, subdomain, row, zone, members.get(space) or self._by_network(row)
        )
        return self._places[subdomain]

    def _by_network(self, row: wire.Row) -> str | None:
        """The membership in another space of the same network: it holds in this one too."""
        network = wire.related(row, "network")
        if network is None:
            return None
        for space, membership in self.memberships().items():
            if wire.related(self._spaces.get(space), "network") == network:
                return membership
        return None

    def _read(self, space: str) -> None:
        try:
            answer = self._api.get_json(f"spaces/{segment(space)}")
        except NotFound:
            raise self._nowhere(space) from None
        row = required(answer, "data", self._account)
        if not isinstance(row, Mapping):
            raise BadAnswer('"data" of a space is no object', account=self._account)
        self._spaces[space] = row

    def _reread(self, place: wire.Place) -> wire.Place:
        """With all that Cobot tells of it: what comes with a user is shorter."""
        self._read(place.id)
        return self.by_id(place.id)

    def spaces(self) -> Sequence[Space]:
        """As `places`, without what only a profile tells."""
        return [wire.space_from_wire(place, {}, self._account) for place in self.places()]

    def space(self, ref: Ref) -> Space:
        """One space with its profile: address and opening hours. Raises NotFound."""
        place = self.place(ref.id)
        if "relationships" not in place.row:
            place = self._reread(place)
        link: object = place.row
        for part in ("relationships", "spaceProfile", "links", "related"):
            link = link.get(part) if isinstance(link, Mapping) else None
        profile: wire.Row = {}
        if link:
            # Example links do not match real paths: only the id is taken from them.
            identity = str(link).rstrip("/").rpartition("/")[2]
            profile = self._profile(identity)
        return wire.space_from_wire(place, profile, self._account)

    def _profile(self, identity: str) -> wire.Row:
        """Asked once; empty where this account may not read it."""
        if identity not in self._profiles:
            try:
                answer = self._api.get_json(f"space_profiles/{segment(identity)}")
            except (NotFound, AuthRejected):
                answer = {}
            row = answer.get("data", {}) if isinstance(answer, Mapping) else None
            if not isinstance(row, Mapping):
                raise BadAnswer("a profile is no object", account=self._account)
            self._profiles[identity] = wire.attributes(row)
        return self._profiles[identity]

    def pages(self, path: str, params: Mapping[str, str] | None = None) -> list[wire.Row]:
        """All rows of a list. `meta` and `links` may be missing: a short page is the last one."""
        rows: dict[str, wire.Row] = {}
        number = 1
        while True:
            asked: Params = {**(params or {}), "page[number]": number, "page[size]": PAGE}
            document = self._api.get_json(path, asked)
            page = wire.rows_of(document, self._account)
            new = {str(required(row, "id", self._account)): row for row in page}
            if not new.keys() - rows.keys():
                return list(rows.values())  # an empty page, or one that was seen before
            rows |= new
            if not _more(document, number, len(page)):
                return list(rows.values())
            number += 1

    def page_of(self, place: wire.Place, resource: str | None = None) -> str:
        """The address where a visitor books in a browser."""
        shown = self._home.replace("{subdomain}", place.subdomain).rstrip("/")
        try:
            rows = self.pages(f"spaces/{segment(place.id)}/urls")
        except CoworkError:
            return shown
        for wanted in ("space:new-external-booking", "space:homepage"):
            for row in rows:
                known = wire.attributes(row)
                address = known.get("url") or known.get("urlTemplate")
                if known.get("identifier") == wanted and address:
                    return str(address).partition("{")[0]
        return shown

    def url_named(self, place: wire.Place, identifier: str) -> str | None:
        """One of a space's addresses, as its terms; None if it has none."""
        try:
            rows = self.pages(f"spaces/{segment(place.id)}/urls")
        except CoworkError:
            return None
        for row in rows:
            known = wire.attributes(row)
            if known.get("identifier") == identifier and known.get("url"):
                return str(known["url"])
        return None

    def with_page(self, error: Unsupported, place: wire.Place) -> Unsupported:
        """The refusal with the way that does exist."""
        error.hint = f"book in a browser: {self.page_of(place)}"
        error.account = self._account
        return error

    def _learn(self, subdomain: str) -> None:
        """From a subdomain to an id: by the memberships, else by the anonymous read of API 1."""
        for space in self.memberships():
            if self.by_id(space).subdomain == subdomain:
                return
        path = f"{self._www}/api/spaces/{segment(subdomain)}"
        try:
            answer = self._plain.get_json(path)
        except NotFound:
            raise self._nowhere(subdomain) from None
        place = self.by_id(str(required(answer, "id", self._account)))
        self._places[subdomain] = place

    def _nowhere(self, name: str) -> NotFound:
        hint = f"name its subdomain: `cowork account add {self._account} --set spaces=SUBDOMAIN`"
        return NotFound(f'Cobot has no space "{name}"', hint, account=self._account)


def _more(document: object, number: int, rows: int) -> bool:
    """Whether another page follows."""
    if isinstance(document, Mapping):
        links, meta = document.get("links"), document.get("meta")
        total = lenient.whole(meta, "totalPages")
        if total is not None:
            return number < total
        if isinstance(links, Mapping) and "next" in links:
            return bool(links["next"])
    return rows >= PAGE
