"""An organization at OfficeRnD as its adapter sees it: logged in, and read. Quirks: `officernd`."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from cowork_cli.domain.booking import ProviderBooking, Window
from cowork_cli.domain.ref import Ref
from cowork_cli.errors import ConfigError, Conflict, CoworkError, NotFound
from cowork_cli.http_client import Answer, Auth, HttpClient
from cowork_cli.http_client.message import form_body, segment
from cowork_cli.providers import wire
from cowork_cli.providers.base import Login, LoginDesk, Session, parse_instant, required
from cowork_cli.providers.first_login import FirstLogin
from cowork_cli.providers.writes import login_rejected

PAGE_SIZE = 50
LAST_PAGE = 200
READING = (
    "flex.space.locations.read",
    "flex.space.resources.read",
    "flex.space.bookings.read",
)
CANCELLING = ("flex.space.bookings.cancel",)
BOOKING = ("flex.space.bookings.validate", "flex.space.bookings.create")


class Refusal(Conflict):
    """A 4xx in the platform's own words."""


class Organization:
    """One application's view of an organization. `http` is as the adapter was given it."""

    def __init__(
        self, account: str, settings: Mapping[str, object], *, http: HttpClient, session: Session
    ):
        self._account, self._settings, self._session = account, settings, session
        self._door = http.adapted(translate=self._refusal_of_login)
        kept = session.token()
        self.http = http.adapted(
            translate=_meaning, refresh=self.log_in, auth=Auth(kept) if kept else None
        )
        self._asked: dict[str, Mapping[str, object]] = {}

    def log_in(self) -> Auth:
        """A token for the scopes of the setting, kept before it is used. Raises AuthRejected."""
        form = {
            "client_id": self.setting("client_id", "the id of the application"),
            "client_secret": self._session.secret().reveal(),
            "grant_type": "client_credentials",
            "scope": " ".join(self._scopes()),
        }
        url = f"{str(self._settings.get('identity_url')).rstrip('/')}/oauth/token"
        answer = self._door.request("POST", url, body=form_body(form), read=True).json()
        return Auth(self._session.keep(str(required(answer, "access_token", self._account))))

    def _scopes(self) -> Sequence[str]:
        """Those of the setting, else the least: one too many would refuse them all."""
        given = self._settings.get("scopes")
        if isinstance(given, list | tuple) and given:
            return [str(scope) for scope in given]
        booking = BOOKING if self._settings.get("book_by_api") is True else ()
        return (*READING, *CANCELLING, *booking)

    def _refusal_of_login(self, answer: Answer) -> CoworkError | None:
        if answer.status < 400:
            return None
        error = login_rejected(self._account, _words(answer))
        error.hint = (
            f"{error.hint}; the application must own these scopes: {', '.join(self._scopes())}"
            f" (others: `cowork account add {self._account} --set scopes=A,B`)"
        )
        return error

    def setting(self, name: str, what: str) -> str:
        """A setting that is needed; `what` it says. Raises ConfigError."""
        value = wire.text(self._settings, name)
        if value is None:
            raise ConfigError(
                f'account "{self._account}" does not say {what}',
                f"set it with `cowork account add {self._account} --set {name}=VALUE`",
                account=self._account,
            )
        return value

    def owner(self) -> dict[str, str]:
        """For whom bookings are made. Raises ConfigError where nobody is named."""
        member, company = wire.text(self._settings, "member"), wire.text(self._settings, "company")
        if member is None and company is None:
            self.setting("member", "for which member or company it books")
        named = {"member": member, "company": company}
        return {name: identity for name, identity in named.items() if identity is not None}

    def path(self, *segments: str) -> str:
        """Below the organization: a fixed part, ids, a fixed part."""
        organization = segment(self.setting("organization", "whose spaces these are"))
        first, *ids = segments
        return "/".join(["organizations", organization, first, *map(segment, ids)])

    def _pages(self, path: str, filters: Mapping[str, str]) -> Iterator[wire.Row]:
        """The rows of all pages. A cursor that comes again ends the list."""
        cursor: str | None = None
        seen: set[str] = set()
        for _ in range(LAST_PAGE):
            params = {**filters, "$limit": PAGE_SIZE, "$cursorNext": cursor}
            answer = self.http.get_json(self.path(path), params)
            yield from wire.listed(answer, "results", self._account)
            cursor = wire.text(answer, "cursorNext")
            if cursor is None or cursor in seen:
                return
            seen.add(cursor)

    def occurrences(self, filters: Mapping[str, str], window: Window) -> list[object]:
        """What is booked in a window, one row for each time it happens."""
        ends = {"start": sent(window.from_), "end": sent(window.to)}
        return list(self._pages("bookings/occurrences", {**filters, **ends}))

    def resources(self, space: Ref) -> list[object]:
        """All that can be booked at a location."""
        rows = self._pages("resources", {"location": space.id})
        return [row for row in rows if wire.identity(row, "location") in (space.id, None)]

    def locations(self) -> dict[str, Mapping[str, object]]:
        """Asked once."""
        if not self._asked:
            self._asked = {
                str(required(row, "_id", self._account)): row
                for row in self._pages("locations", {})
            }
        return self._asked

    def location(self, identity: str, ref: Ref) -> Mapping[str, object]:
        """The location with this id. Raises NotFound naming `ref`."""
        row = self.locations().get(identity)
        if row is None:
            raise self.missing(ref)
        return row

    def zone(self, desk: Ref) -> ZoneInfo:
        """The zone of a desk's location. Raises NotFound."""
        row = self.location(desk.id.rpartition("/")[0], desk)
        return wire.zone_from_wire(required(row, "timezone", self._account), self._account)

    def one(self, ref: Ref) -> object:
        """A booking. Raises NotFound."""
        try:
            return self.http.get_json(self.path("bookings", ref.id))
        except (NotFound, Refusal):
            raise self.missing(ref) from None

    def from_wire(self, row: object) -> ProviderBooking:
        """A booking, in its own zone. Raises BadAnswer."""
        location = str(required(row, "location", self._account))
        resource = str(required(row, "resource", self._account))
        desk = Ref(self._account, f"{location}/{resource}")
        zone = wire.zone_from_wire(wire.text(row, "timezone") or "UTC", self._account)
        state = "pending" if wire.get(row, "isTentative") is True else "confirmed"
        begins, ends = self.ends(row, zone)
        return ProviderBooking(
            ref=Ref(self._account, str(required(row, "_id", self._account))),
            desk=desk,
            window=Window(begins, ends),
            state="cancelled" if wire.get(row, "isCancelled") is True else state,
            title=wire.text(row, "title"),
        )

    def ends(self, row: object, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """When it begins and ends. Raises BadAnswer."""
        begins, ends = (str(required(row, name, self._account)) for name in ("start", "end"))
        return (
            parse_instant(begins, zone, account=self._account),
            parse_instant(ends, zone, account=self._account),
        )

    def parts(self, desk: Ref) -> tuple[str, str]:
        """Location and resource of a desk's ref. Raises NotFound for what can be none."""
        space, _, resource = desk.id.rpartition("/")
        if not _is_id(space) or not _is_id(resource):
            raise self.missing(desk)
        return space, resource

    def missing(self, ref: Ref) -> NotFound:
        """That nothing there has this id."""
        return NotFound(
            f'account "{self._account}" knows no "{ref}"',
            f"see what there is with `cowork desk list {self._account}`, or your bookings with"
            " `cowork booking list`",
            account=self._account,
        )


def log_in(
    account: str, settings: Mapping[str, object], http: HttpClient, desk: LoginDesk
) -> Login:
    """Asks for the client secret, and trades it for a token. Raises AuthRejected."""
    session = FirstLogin(desk.secret("Client secret"))
    Organization(account, settings, http=http, session=session).log_in()
    return session.won()


def _meaning(answer: Answer) -> CoworkError | None:
    return Refusal(_words(answer)) if answer.status in (400, 409, 418, 422) else None


def _words(answer: Answer) -> str:
    """`message` may be a text or a list of texts."""
    told = answer.json()
    lines = [line for line in wire.members(told, "message") if isinstance(line, str)]
    words = "; ".join(lines) or wire.text(told, "message") or f"HTTP {answer.status}"
    return " ".join(words[: wire.LONGEST_TEXT].split())


def sent(moment: datetime) -> str:
    """UTC with milliseconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _is_id(text: str) -> bool:
    """24 hexadecimal digits."""
    return len(text) == 24 and all(char in "0123456789abcdef" for char in text)
