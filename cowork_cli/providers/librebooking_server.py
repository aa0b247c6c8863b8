"""A LibreBooking installation as its adapter sees it: logged in, and read. Quirks: `librebooking`."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from cowork_cli.domain.booking import ProviderBooking, Window
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.zones import plus
from cowork_cli.errors import (
    BadAnswer,
    Conflict,
    CoworkError,
    LoginRequired,
    NotFound,
    ProviderError,
)
from cowork_cli.http_client import Answer, Auth, HttpClient, Masked, RetryPolicy
from cowork_cli.http_client.message import json_body, segment
from cowork_cli.providers import wire
from cowork_cli.providers.base import Login, LoginDesk, Session, parse_instant, required
from cowork_cli.providers.first_login import FirstLogin
from cowork_cli.providers.writes import doubt, login_rejected
from cowork_cli.secrets_store import Secret

NUMBER = re.compile(r"[0-9]{1,18}")
UTC_ZONE = ZoneInfo("UTC")

Stretch = tuple[datetime, datetime, Mapping[str, object]]
"""A slot: when it begins and ends, and what is said of it."""


class Refusal(Conflict):
    """A 400 with a list of errors: a conflict or a rule, in the language of the user."""


class Installation:
    """One account's view of an installation. `http` is as the adapter was given it."""

    def __init__(
        self, account: str, settings: Mapping[str, object], *, http: HttpClient, session: Session
    ):
        self._account, self._settings, self._session = account, settings, session
        self._door = http.adapted(translate=self._refusal_of_login)
        self._user: str | None = None
        token = session.token()
        self.http = http.adapted(
            translate=meaning, refresh=self.log_in, auth=self._auth(token) if token else None
        )
        self._asked: dict[str, Mapping[str, object]] = {}

    def log_in(self) -> Auth:
        """A new session, kept before it is used. Raises AuthRejected if it is refused."""
        username = wire.text(self._settings, "username")
        if username is None:
            raise LoginRequired(
                f'who logs in at account "{self._account}" is not said',
                f"set it with `cowork account login {self._account} --username NAME`",
                account=self._account,
            )
        sent = {"username": username, "password": self._session.secret().reveal()}
        try:
            # It changes nothing that matters: a lost answer is no booking in doubt.
            answer = self._door.request(
                "POST", "Authentication/Authenticate", body=json_body(sent), read=True
            )
        except (NotFound, BadAnswer):
            raise self._no_service() from None
        told = answer.json()
        if wire.get(told, "isAuthenticated") is None:
            raise self._no_service()
        if not wire.yes(told, "isAuthenticated"):
            raise login_rejected(self._account, wire.text(told, "message") or "it does not say why")
        token = str(required(told, "sessionToken", self._account))
        user = str(required(told, "userId", self._account))
        return self._auth(self._session.keep(f"{token}\n{user}"))

    def _no_service(self) -> BadAnswer:
        """Another page of the installation, or another program, answered the login."""
        return BadAnswer(
            f'account "{self._account}" answered a login without the field "isAuthenticated"',
            "its address must be that of the web services: `cowork account add"
            f" {self._account} --set url=https://HOST/Web/Services/index.php`",
            account=self._account,
        )

    def _refusal_of_login(self, answer: Answer) -> CoworkError | None:
        if answer.status in (401, 403):
            return login_rejected(self._account, f"HTTP {answer.status}")
        return None

    def _auth(self, kept: Masked) -> Auth:
        token, _, user = kept.reveal().partition("\n")
        self._user = user
        return Auth.plain("X-Booked-SessionToken", Secret(token), ("X-Booked-UserId", user))

    def me(self) -> str:
        """The id of who is logged in; logs in if nobody is."""
        if not self._user:
            self.http = self.http.adapted(auth=self.log_in())
        return self._user or ""

    def slots(self, desk: Ref, window: Window) -> list[Stretch]:
        """The slots of a desk that touch a window, free, reserved or closed. Raises NotFound."""
        schedule, resource = self.parts(desk)
        zone = self.zone(desk)
        params = {
            "startDateTime": sent(window.from_.astimezone(zone)),
            "endDateTime": sent(window.to.astimezone(zone)),
            "resourceId": resource,
        }
        answer = self.read(f"Schedules/{schedule}/Slots", desk, params)
        slots: list[Stretch] = []
        for day in wire.listed(answer, "dates", self._account):
            for row in wire.rows(day, "resources", self._account):
                if self._is_other(row, resource):
                    continue
                for slot in wire.rows(row, "slots", self._account):
                    begins = self._time(slot, "startDateTime", zone)
                    ends = self._time(slot, "endDateTime", zone)
                    if wire.overlaps(window, begins, ends):
                        slots.append((begins, ends, slot))
        return slots

    def _is_other(self, row: object, resource: str) -> bool:
        """Whether the slots are surely of another resource: its id stands in a link only."""
        hrefs = [wire.text(link, "href") or "" for link in wire.members(row, "links")]
        named = [href.rstrip("/").rpartition("/")[2] for href in hrefs if "/Resources/" in href]
        return bool(named) and resource not in named

    def write(
        self,
        method: str,
        path: str,
        body: Mapping[str, object],
        status: int,
        params: Mapping[str, str] | None = None,
    ) -> object:
        """A write whose success must say so in words that can be read. Raises OutcomeUnknown."""
        answer = self.http.request(method, path, params=params, body=json_body(body))
        told = answer.json()
        if answer.status != status or wire.text(told, "message") is None:
            raise doubt(method, self._account)
        return told

    def read(
        self, path: str, ref: Ref, params: Mapping[str, str | int | None] | None = None
    ) -> object:
        """The answer to a GET that is about `ref`. Raises NotFound naming it."""
        try:
            return self.http.get_json(path, params)
        except NotFound:
            raise self.missing(ref) from None

    def rows(self, window: Window) -> list[object]:
        """My reservations that touch a window, as they are listed."""
        mine = self.me()
        answer = self.http.get_json(
            "Reservations/",
            {
                "userId": mine,
                "startDateTime": sent(window.from_),
                "endDateTime": sent(window.to),
            },
        )
        rows = wire.listed(answer, "reservations", self._account)
        return [
            row
            for row in rows
            if wire.identity(row, "userId") in (mine, None)
            and wire.overlaps(
                window, self._time(row, "startDate", UTC_ZONE), self._time(row, "endDate", UTC_ZONE)
            )
        ]

    def one(self, ref: Ref) -> object:
        """A single reservation. Raises NotFound."""
        return self.read(self.path(ref), ref)

    def from_wire(self, row: object) -> ProviderBooking:
        """A row of the list, or a single reservation: whatever zone it is in, that of its schedule."""
        schedule = wire.identity(row, "scheduleId") or str(
            required(row, "scheduleId", self._account)
        )
        resource = wire.identity(row, "resourceId") or str(
            required(row, "resourceId", self._account)
        )
        desk = Ref(self._account, f"{schedule}/{resource}")
        try:
            zone = self.zone(desk)
        except NotFound:  # of a schedule that one may not see
            zone = UTC_ZONE
        window = Window(self._time(row, "startDate", zone), self._time(row, "endDate", zone))
        return ProviderBooking(
            ref=Ref(self._account, str(required(row, "referenceNumber", self._account))),
            desk=desk,
            window=window,
            state="pending" if wire.yes(row, "requiresApproval") else "confirmed",
            title=wire.text(row, "title"),
            check_in_by=check_in_by(row, "isCheckInEnabled", window),
            checked_in=bool(wire.text(row, "checkInDate")),
            checked_in_at=self._time(row, "checkInDate", zone)
            if wire.text(row, "checkInDate")
            else None,
        )

    def _time(self, row: object, field: str, zone: ZoneInfo) -> datetime:
        return parse_instant(str(required(row, field, self._account)), zone, account=self._account)

    def path(self, ref: Ref) -> str:
        """Where a reservation is."""
        return f"Reservations/{segment(ref.id)}"

    def missing(self, ref: Ref) -> NotFound:
        """That nothing there has this id."""
        return NotFound(
            f'account "{self._account}" knows no "{ref}"',
            f"see what there is with `cowork desk list {self._account}`, or your bookings with"
            " `cowork booking list`",
            account=self._account,
        )

    def schedules(self) -> dict[str, Mapping[str, object]]:
        """Asked once."""
        if not self._asked:
            answer = self.http.get_json("Schedules/")
            self._asked = {
                str(required(row, "id", self._account)): row
                for row in wire.listed(answer, "schedules", self._account)
            }
        return self._asked

    def schedule(self, identity: str, ref: Ref) -> Mapping[str, object]:
        """The schedule with this id. Raises NotFound naming `ref`."""
        row = self.schedules().get(identity)
        if row is None:
            raise self.missing(ref)
        return row

    def zone(self, desk: Ref) -> ZoneInfo:
        """The zone of a desk's schedule. Raises NotFound."""
        row = self.schedule(desk.id.rpartition("/")[0], desk)
        return wire.zone_from_wire(required(row, "timezone", self._account), self._account)

    def parts(self, desk: Ref) -> tuple[str, str]:
        """Schedule and resource of a desk's ref. Raises NotFound for what can be none."""
        schedule, _, resource = desk.id.rpartition("/")
        if not NUMBER.fullmatch(schedule) or not NUMBER.fullmatch(resource):
            raise self.missing(desk)
        return schedule, resource

    def resources(self) -> list[wire.Row]:
        """All that can be reserved, of every schedule."""
        return wire.listed(self.http.get_json("Resources/"), "resources", self._account)

    def types(self) -> dict[str, str]:
        """The names of the types of resources; the older line tells none."""
        try:
            once = self.http.adapted(retry=RetryPolicy(failures=0))
            answer = once.get_json("Resources/Types")
        except (NotFound, ProviderError):
            return {}
        return {
            wire.identity(row, "id") or "": wire.text(row, "name") or ""
            for row in wire.members(answer, "types")
        }


def log_in(
    account: str, settings: Mapping[str, object], http: HttpClient, desk: LoginDesk
) -> Login:
    """Asks for the password, and opens a session with it. Raises AuthRejected."""
    session = FirstLogin(desk.secret("Password"))
    named = {**settings, "username": desk.username or settings.get("username")}
    Installation(account, named, http=http, session=session).log_in()
    return session.won()


def meaning(answer: Answer) -> CoworkError | None:
    """What a status means here; None leaves it to the table of `http_client`."""
    if answer.status == 400:
        problem = answer.json()
        errors = [line for line in wire.members(problem, "errors") if isinstance(line, str)]
        text = "; ".join(errors) or wire.text(problem, "message") or "HTTP 400"
        return Refusal(" ".join(text[: wire.LONGEST_TEXT].split()))
    return None


def sent(moment: datetime) -> str:
    """With its offset, as PHP writes it: `2026-11-30T09:00:00+0100`."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S%z")


def check_in_by(row: object, wanted: str, window: Window) -> datetime | None:
    """Until when one has to check in: so many minutes after the start it is given away, else the end."""
    if not wire.yes(row, wanted):
        return None
    minutes = wire.whole(row, "autoReleaseMinutes")
    return plus(window.from_, timedelta(minutes=minutes)) if minutes else window.to
