"""A Seatsurfing server as its adapter sees it: logged in, read, and its codes. Quirks: `seatsurfing`."""

import re
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from cowork_cli.domain.booking import ProviderBooking, Window
from cowork_cli.domain.ref import Ref
from cowork_cli.errors import (
    AuthRejected,
    ConfigError,
    Conflict,
    CoworkError,
    LoginRequired,
    NotFound,
    OutcomeUnknown,
    ProviderUnavailable,
    SlotTaken,
)
from cowork_cli.http_client import Answer, Auth, HttpClient, Masked
from cowork_cli.http_client.message import json_body, segment
from cowork_cli.providers import wire
from cowork_cli.providers.base import Login, LoginDesk, Session, parse_instant, required
from cowork_cli.providers.first_login import FirstLogin
from cowork_cli.providers.writes import login_rejected
from cowork_cli.secrets_store import Secret

IDENTITY = re.compile(r"[0-9A-Za-z-]{1,64}")
TAKEN, MUST_CHANGE = "1001", "5001"
REFUSALS: Mapping[str, str] = {
    "1002": "the location is full at that time",
    "1003": "you have as many bookings to come as are allowed",
    "1004": "that is too far ahead",
    "1005": "that is longer than allowed",
    "1006": "you have as many bookings at that time as are allowed",
    "1007": "that is shorter than allowed",
    "1008": "it is too late to cancel",
    "1009": "you are not one of those who may book it",
    "1010": "it wants to know what it is for",
    "1011": "that is over",
    "1012": "what it is for must have three characters or more, and no @@@",
    "1013": "it is not booked on that day of the week",
}
"""`X-Error-Code` in words."""

HINTS = {"1010": "say it with `--title`", "1012": "say it with `--title`"}


class MustChange(AuthRejected):
    """The password is right, and must be changed before the first login."""


class SecondFactor(AuthRejected):
    """The password is right, and a code is wanted beside it."""


class Server:
    """One account's view of a server. `http` is as the adapter was given it."""

    def __init__(
        self, account: str, settings: Mapping[str, object], *, http: HttpClient, session: Session
    ):
        self._account, self._settings, self._session = account, settings, session
        self._door = http
        kept = session.token()
        self.http = http.adapted(
            translate=_meaning, refresh=self._renew, auth=_auth(kept) if kept else None
        )
        self._asked: dict[str, Mapping[str, object]] = {}

    def _renew(self) -> Auth:
        """New tokens for the refresh token, once; by the password where there is none that works.

        Where another command was quicker with that refresh token, its new tokens are read.
        """
        kept = self._session.token()
        refresh = kept.reveal().partition("\n")[2] if kept else ""
        if refresh:
            try:
                return self._won("auth/refresh", {"refreshToken": refresh}, None)
            except (NotFound, AuthRejected):
                newer = self._session.token(anew=True)
                if newer and kept and newer.reveal() != kept.reveal():
                    return _auth(newer)
                # used before, or older than 28 days
        return self.log_in()

    def log_in(self, code: str | None = None) -> Auth:
        """Tokens for the password, and for the code of a second factor where one is wanted."""
        email = wire.text(self._settings, "username")
        if email is None:
            raise LoginRequired(
                f'who logs in at account "{self._account}" is not said',
                f"set it with `cowork account login {self._account} --username E-MAIL`",
                account=self._account,
            )
        sent = {
            "email": email,
            "password": self._session.secret().reveal(),
            "organizationId": self._organization(),
        }
        return self._won("auth/login", sent | ({"code": code} if code else {}), email)

    def change_password(self, new: Masked) -> None:
        """Sets a new password where the server wants one first; the new tokens are kept.

        Raises ProviderUnavailable if nobody can tell whether it was changed.
        """
        email = wire.text(self._settings, "username") or ""
        sent = {
            "email": email,
            "password": self._session.secret().reveal(),
            "newPassword": new.reveal(),
            "organizationId": self._organization(),
        }
        door = self._door.adapted(translate=self._refusal_of_login)
        try:
            answer = door.request("POST", "auth/updatepw", body=json_body(sent)).json()
        except OutcomeUnknown:
            raise ProviderUnavailable(
                f'account "{self._account}" gave no answer: the password may have been changed',
                f"log in with the new one, `cowork account login {self._account}`; if that is"
                " refused, with the old one",
                account=self._account,
            ) from None
        self._keep(answer)

    def _won(self, path: str, sent: Mapping[str, str], email: str | None) -> Auth:
        """Tokens, kept before they are used. They are no booking: a lost answer is a failed login."""
        door = self._door.adapted(translate=self._refusal_of_login if email else _meaning)
        answer = door.request("POST", path, body=json_body(dict(sent)), read=True).json()
        return self._keep(answer)

    def _keep(self, answer: object) -> Auth:
        access = str(required(answer, "accessToken", self._account))
        refresh = str(required(answer, "refreshToken", self._account))
        return _auth(self._session.keep(f"{access}\n{refresh}"))

    def _organization(self) -> str:
        """The id of the organization: the only one of the server, or that of the setting `domain`."""
        domain = wire.text(self._settings, "domain")
        path = f"auth/org/{segment(domain)}" if domain else "auth/singleorg"
        try:
            answer = self._door.adapted(translate=self._no_organization).get_json(path)
        except NotFound:
            what = f'knows no organization "{domain}"' if domain else "has several organizations"
            raise ConfigError(
                f'account "{self._account}" {what}',
                f"set yours with `cowork account add {self._account} --set domain=DOMAIN`",
                account=self._account,
            ) from None
        return str(required(answer, "organization.id", self._account))

    def _no_organization(self, answer: Answer) -> CoworkError | None:
        if answer.status in (401, 403):
            return login_rejected(self._account, f"HTTP {answer.status}")
        return None

    def _refusal_of_login(self, answer: Answer) -> CoworkError | None:
        again = f"log in with `cowork account login {self._account}`"
        if answer.status == 401 and _code(answer) == MUST_CHANGE:
            return MustChange(
                f'account "{self._account}" wants a new password before the first login',
                f"{again} and choose one, or do so at {self._settings.get('url')} in a browser",
            )
        if answer.status == 401:
            return SecondFactor(
                f'account "{self._account}" rejected the login: it wants a second factor',
                f"{again}, which asks for its code; or use a service account without one",
            )
        if answer.status in (400, 403, 404):
            return login_rejected(self._account, "it knows no such user with that password")
        return None

    def send(self, method: str, path: str, body: Mapping[str, object] | None, ref: Ref) -> Answer:
        """A write that is about `ref`. Raises NotFound naming it."""
        try:
            if body is None:
                return self.http.request(method, path)
            return self.http.request(method, path, body=json_body(body))
        except NotFound:
            raise self.missing(ref) from None

    def read(
        self, path: str, ref: Ref, params: Mapping[str, str | int | None] | None = None
    ) -> object:
        """The answer to a GET that is about `ref`. Raises NotFound naming it."""
        try:
            return self.http.get_json(path, params)
        except NotFound:
            raise self.missing(ref) from None

    def one(self, ref: Ref) -> object:
        """A booking. Raises NotFound."""
        return self.read(f"booking/{segment(ref.id)}", ref)

    def from_wire(self, row: object) -> ProviderBooking:
        """A booking, in the zone of its location. Raises BadAnswer."""
        space = wire.text(row, "spaceId") or str(required(row, "space.id", self._account))
        location = str(required(row, "space.locationId", self._account))
        desk = Ref(self._account, f"{location}/{space}")
        try:
            zone = self.zone(desk)
        except NotFound:  # of a location that is no longer told
            zone = ZoneInfo("UTC")
        return ProviderBooking(
            ref=Ref(self._account, str(required(row, "id", self._account))),
            desk=desk,
            window=Window(self.time(row, "enter", zone), self.time(row, "leave", zone)),
            state="pending" if wire.get(row, "approved") is False else "confirmed",
            title=wire.text(row, "subject"),
        )

    def time(self, row: object, field: str, zone: ZoneInfo) -> datetime:
        """An instant of an answer. Raises BadAnswer."""
        return parse_instant(str(required(row, field, self._account)), zone, account=self._account)

    @property
    def knows_locations(self) -> bool:
        """Whether they have been asked for already."""
        return bool(self._asked)

    def locations(self) -> dict[str, Mapping[str, object]]:
        """Asked once."""
        if not self._asked:
            rows = wire.listed(self.http.get_json("location/"), None, self._account)
            self._asked = {str(required(row, "id", self._account)): row for row in rows}
        return self._asked

    def location(self, identity: str, ref: Ref) -> Mapping[str, object]:
        """The location with this id. Raises NotFound naming `ref`."""
        row = self.locations().get(identity)
        if row is None:
            raise self.missing(ref)
        return row

    def zone(self, desk: Ref) -> ZoneInfo:
        """The zone of a desk's location. Raises NotFound."""
        return wire.zone_from_wire(
            self.zone_name(self.location(desk.id.rpartition("/")[0], desk)), self._account
        )

    def zone_name(self, row: Mapping[str, object]) -> str:
        """That of the location, else of the server, whose wall clock it is then."""
        named = wire.text(row, "timezone")
        if named is not None:
            return named
        for setting in wire.listed(self.http.get_json("setting/"), None, self._account):
            if wire.text(setting, "name") == "default_timezone":
                return str(required(setting, "value", self._account))
        return str(required(row, "timezone", self._account))

    def parts(self, desk: Ref) -> tuple[str, str]:
        """Location and space of a desk's ref. Raises NotFound for what can be none."""
        location, _, space = desk.id.rpartition("/")
        if not IDENTITY.fullmatch(location) or not IDENTITY.fullmatch(space):
            raise self.missing(desk)
        return location, space

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
    """Asks for the password; for a code, or for a new password, where the server wants one.

    Raises AuthRejected, ConfigError where the organization is not known.
    """
    session = FirstLogin(desk.secret("Password"))
    named = {**settings, "username": desk.username or settings.get("username")}
    server = Server(account, named, http=http, session=session)
    try:
        server.log_in()
    except SecondFactor:
        server.log_in(desk.ask("Code of the second factor"))
    except MustChange:
        desk.show("The server wants a new password first, 8 to 64 characters.")
        chosen = desk.secret("New password")
        server.change_password(chosen)
        session.change(chosen)
    return session.won()


def _meaning(answer: Answer) -> CoworkError | None:
    """What a number in a header says; None leaves it to the table of `http_client`."""
    code = _code(answer)
    if answer.status < 400 or not code:
        return None
    if code == TAKEN:
        return SlotTaken(
            "somebody else has it at that time", "see when with `cowork desk free DESK`"
        )
    if code == MUST_CHANGE:
        return AuthRejected("a new password is wanted first", "choose one in a browser")
    if code in REFUSALS:
        return Conflict(f"refused: {REFUSALS[code]}", HINTS.get(code))
    return Conflict(f"refused for a reason that has a number only, {code}")


def _code(answer: Answer) -> str:
    code = answer.headers.get("x-error-code", "").strip()
    return code if code.isascii() and code.isdigit() and len(code) < 6 else ""


def _auth(kept: Masked) -> Auth:
    """Access and refresh token are kept as two lines of one secret."""
    return Auth(Secret(kept.reveal().partition("\n")[0]))
