"""CalDAV (RFC 4791): calendars of rooms at Nextcloud, SOGo, Radicale, Xandikos and their like.

Compared with Radicale 3.9.0 and Xandikos 0.4.10 on 2026-11-28. A desk is a calendar, a space the collection
that holds it; `url` names a collection of spaces, one space, or one calendar. Refs: `hafen:raum/spree`,
a booking is `hafen:raum/spree/UID`.

Quirks:
- No server refuses an event that overlaps another (PUT gives 201). So the calendar is read before, the event
  is put with `If-None-Match: *`, and the calendar is read again: whoever meets a rival then withdraws,
  unless the rival is the one to do so (see `_stand`). Two bookings at once are never both kept; that none is
  kept is possible.
- A taken href is 412, a UID that stands at another href 409.
- Radicale expands a series an hour wrong over a clock change where its VTIMEZONE is missing, and writes an
  all-day event as a day of UTC into free-busy. So events are asked for, and expanded on this side; free-busy
  only where events may not be read (403).
- A booking that is cancelled stays, as STATUS:CANCELLED with a higher SEQUENCE; it takes no time any more.
- Where the calendar has a tag of its state (`getctag`, else `sync-token`, RFC 6578), its times are expanded once
  for each state and kept (`Memory`). What is read after writing is always read anew.
- Which events are mine is told by X-COWORK-BY; a calendar does not say who wrote what.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import unquote, urlsplit
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from cowork_cli.domain.booking import LIVE_STATES, BookingRequest, ProviderBooking, Quote, Window
from cowork_cli.domain.calendars import reading, writing
from cowork_cli.domain.calendars.reading import Busy, NoCalendar, Reading
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Desk, Slot
from cowork_cli.domain.zones import zone_named
from cowork_cli.errors import (
    AuthRejected,
    BadAnswer,
    Conflict,
    CoworkError,
    NotFound,
    OutcomeUnknown,
    SlotTaken,
)
from cowork_cli.http_client import Answer, HttpClient
from cowork_cli.http_client.message import Body, segment, xml_body
from cowork_cli.providers import caldav_wire as wire
from cowork_cli.providers._expanded import Memory, around, keep, name_of, recall
from cowork_cli.providers._feeds import desk_settings, free_between, zone_of

_A_DAY = timedelta(days=1)
_LOOKS, _PAUSE_S = 5, 0.3
"""How often, and how many seconds apart, one looks whether a rival withdraws."""

_AN_EVENT = "answered with an event that cannot be read"


class _Exists(Conflict):
    """412: what was to be made is there, or what was to be changed has changed."""


@dataclass(slots=True)
class CalDav:
    """One account. Satisfies CanCheckAvailability, CanBook.

    `memory` keeps what was expanded; `sleep` waits between two looks at a rival, `now` is what DTSTAMP says; `notes` collects what had to be
    assumed while reading.
    """

    account: str
    settings: Mapping[str, object]
    http: HttpClient = field(kw_only=True)
    memory: Memory | None = field(default=None, kw_only=True)
    sleep: Callable[[float], None] = field(default=time.sleep, kw_only=True)
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC), kw_only=True)
    notes: dict[str, None] = field(default_factory=dict, kw_only=True)
    _place: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.http = self.http.adapted(translate=_meaning)
        path = urlsplit(str(self.settings.get("url") or "")).path
        self._place = tuple(unquote(part) for part in path.split("/") if part)

    def check(self, capability: str) -> str:
        """How many calendars are seen; reads no event."""
        count = sum(len(self._calendars(space)) for space in self._spaces())
        return f"{count} calendar{'' if count == 1 else 's'}"

    # Availability ────────────────────────────────────────────────────────────────────────────────

    def desks(self, space: Ref) -> Sequence[Desk]:
        """The calendars of a space. Raises NotFound."""
        known = {
            (row.space, row.name): row
            for row in desk_settings(self.settings.get("desks"), self.account, space.id)
        }
        found = []
        for row in self._calendars(space.id):
            setting = known.get((space.id, row.name))
            ref = Ref(self.account, f"{space.id}/{row.name}")
            plain = Desk(ref, space, row.shown)
            found.append(setting.desk(self.account, row.shown) if setting else plain)
        return found

    def free(self, desk: Ref, window: Window) -> Sequence[Slot]:
        """What is left of the window between the events. Raises NotFound."""
        return free_between(window, self._expanded(self._desk_path(desk), window))

    # Booking ─────────────────────────────────────────────────────────────────────────────────────

    def quote(self, request: BookingRequest) -> Quote:
        """A calendar knows no price. Raises NotFound, SlotTaken."""
        self._refuse_taken(request, self._expanded(self._desk_path(request.desk), request.window))
        return Quote(None)

    def book(self, request: BookingRequest, *, key: str) -> ProviderBooking:
        """Puts an event, and withdraws it if somebody was quicker. Once for each key.

        Raises SlotTaken, NotFound, Conflict if the key was used for another time, OutcomeUnknown.
        """
        path, uid = self._desk_path(request.desk), self._uid(key)
        busy = self._busy(path, request.window)
        self._refuse_taken(request, [taken for taken in busy if taken.uid != uid])
        event = writing.Event(
            uid, request.window.from_, request.window.to, request.title or "Booked", self.now(),
            own={wire.BY: self._me(), wire.ZONE: zone_of(request.window).key},
        )  # fmt: skip
        ref = Ref(self.account, f"{request.desk.id}/{uid}")
        try:
            answer = self._put(f"{path}{uid}.ics", event, {"If-None-Match": "*"})
        except _Exists:
            return self._same(ref, request)
        self._stand(path, uid, request, answer.headers.get("etag"))
        return ProviderBooking(ref, request.desk, request.window, "confirmed", title=request.title)

    def booking(self, ref: Ref) -> ProviderBooking:
        """One booking, also a cancelled one. Raises NotFound."""
        return self._read(ref)[0]

    def bookings(self, window: Window) -> Sequence[ProviderBooking]:
        """My bookings that touch the window, of all calendars, in order of their start."""
        zone, mine = zone_of(window), []
        for space in self._spaces():
            for row in self._calendars(space):
                desk = Ref(self.account, f"{space}/{row.name}")
                for text in self._events(self._desk_path(desk), window):
                    mine += [one for one in self._mine(text, desk, zone) if wire.touch(one, window)]
        return sorted(mine, key=lambda one: (one.window.from_.astimezone(UTC), one.ref))

    def cancel(self, ref: Ref, *, key: str) -> ProviderBooking:
        """Marks it as cancelled, which frees its time; a second time changes nothing.

        Raises NotFound, Conflict if it was changed in between, OutcomeUnknown.
        """
        booking, event, etag = self._read(ref)
        if booking.state == "cancelled":
            return booking
        written = writing.Event(
            str(event["UID"]), booking.window.from_, booking.window.to, str(event.get("SUMMARY", "")),
            self.now(), status="CANCELLED", sequence=reading.sequence(event) + 1,
            own={wire.BY: str(event.get(wire.BY, "")), wire.ZONE: zone_of(booking.window).key},
        )  # fmt: skip
        self._put(self._booking_path(ref), written, {"If-Match": etag} if etag else {})
        return ProviderBooking(ref, booking.desk, booking.window, "cancelled", title=booking.title)

    # After writing: who withdraws ────────────────────────────────────────────────────────────────

    def _stand(self, path: str, uid: str, request: BookingRequest, etag: str | None) -> None:
        """Reads again. Raises SlotTaken after withdrawing, OutcomeUnknown if it could not be read.

        Both of two rivals see each other if both wrote before either read again. Then the one with the
        smaller UID waits for the other to withdraw; a rival that wrote and read before does not withdraw.
        """
        try:
            for look in range(_LOOKS):
                if look:
                    self.sleep(_PAUSE_S)
                busy = self._busy(path, request.window)
                rivals = [taken for taken in busy if taken.uid != uid]
                if not rivals:
                    return
                if any(taken.uid < uid for taken in rivals):
                    break
        except CoworkError as problem:
            raise self._open("could not be read again", problem) from None
        try:
            withdrawn = {"If-Match": etag} if etag else {}
            self.http.request("DELETE", f"{path}{uid}.ics", headers=withdrawn)
        except NotFound:
            pass  # somebody else has taken it away
        except CoworkError as problem:
            raise self._open("did not let it be withdrawn", problem) from None
        self._refuse_taken(request, rivals)

    def _open(self, what: str, problem: CoworkError) -> OutcomeUnknown:
        """An event that was put, and of which nobody knows whether it stays."""
        return OutcomeUnknown(
            f'account "{self.account}" took the booking and {what}: {problem.message}',
            "see what became of it with `cowork booking sync`",
            account=self.account,
        )

    def _refuse_taken(self, request: BookingRequest, busy: Sequence[Busy]) -> None:
        if not busy:
            return
        zone, first = zone_of(request.window), busy[0]
        begin, end = first.from_.astimezone(zone), first.to.astimezone(zone)
        until = f"{end:%H:%M}" if begin.date() == end.date() else f"{end:%Y-%m-%d %H:%M}"
        raise SlotTaken(
            f'"{request.desk}" is taken from {begin:%Y-%m-%d %H:%M} to {until}',
            f"see free desks with `cowork desk free {request.desk} --on {begin:%Y-%m-%d}`",
            account=self.account,
        )

    def _same(self, ref: Ref, request: BookingRequest) -> ProviderBooking:
        """What the key booked before. Raises Conflict if that was another time or is cancelled."""
        known = self._read(ref)[0]
        ends = [moment.astimezone(UTC) for moment in (known.window.from_, known.window.to)]
        asked = [moment.astimezone(UTC) for moment in (request.window.from_, request.window.to)]
        if ends != asked or known.state not in LIVE_STATES:
            raise Conflict(
                "that key was used for another booking", "give another `--key`",
                account=self.account,
            )  # fmt: skip
        return known

    def _put(self, path: str, event: writing.Event, headers: Mapping[str, str]) -> Answer:
        body = Body(writing.document([event]), "text/calendar; charset=utf-8")
        answer = self.http.request("PUT", path, body=body, headers=headers)
        if answer.status == 200 and answer.body.strip():
            # RFC 9110, 9.3.4: a PUT that made something is 201; a page is no server of calendars.
            raise OutcomeUnknown(
                f'account "{self.account}" was sent a PUT and answered with something else',
                "see what became of it with `cowork booking sync`",
                account=self.account,
            )
        return answer

    # Reading ─────────────────────────────────────────────────────────────────────────────────────

    def _expanded(self, path: str, window: Window) -> list[Busy]:
        """What is taken, expanded again only where the calendar has changed since."""
        tag = self._state(path) if self.memory is not None else ""
        if not tag:
            return self._busy(path, window)
        name = name_of(self.account, str(self.settings.get("url")), path)
        kept = recall(self.memory, name, window)
        if kept is None or kept.tag != tag:
            stretch = around(window)
            try:
                told = self._read_events(path, stretch)
            except AuthRejected:
                return self._busy(path, window)
            keep(self.memory, name, tag, "", stretch, told)
        else:
            told = kept.reading
        self.notes |= dict.fromkeys(told.notes)
        touching = [one for one in told.busy if one.from_ < window.to and one.to > window.from_]
        return sorted(touching, key=lambda taken: (taken.from_, taken.uid))

    def _state(self, path: str) -> str:
        """The tag of what a calendar holds now; "" where the server gives none. Raises NotFound."""
        for response in self._multistatus("PROPFIND", path, wire.STATE, "0"):
            for name in ("{http://calendarserver.org/ns/}getctag", f"{wire.DAV}sync-token"):
                if tag := (response.findtext(f".//{name}") or "").strip():
                    return tag
        return ""

    def _busy(self, path: str, window: Window) -> list[Busy]:
        """What is taken as the calendar stands now."""
        try:
            told = self._read_events(path, window)
        except AuthRejected:
            told = self._told([self._freebusy(path, window)], window)
        self.notes |= dict.fromkeys(told.notes)
        return sorted(told.busy, key=lambda taken: (taken.from_, taken.uid))

    def _read_events(self, path: str, window: Window) -> Reading:
        return self._told(list(self._events(path, window)), window, each_one=True)

    def _told(self, texts: Sequence[str], window: Window, *, each_one: bool = False) -> Reading:
        """What all these calendars say of a window; `each_one` holds an event. Raises BadAnswer."""
        busy: list[Busy] = []
        notes: dict[str, None] = {}
        for text in texts:
            try:
                told = reading.busy_times(text, window.from_, window.to, zone_of(window))
            except NoCalendar as problem:
                raise self._bad(f"answered with {problem}") from None
            if each_one and not told.events:
                raise self._bad(_AN_EVENT)
            busy += told.busy
            notes |= dict.fromkeys(told.notes)
        return Reading(tuple(busy), len(texts), tuple(notes))

    def _events(self, path: str, window: Window) -> Iterator[str]:
        """The calendar data of every event that may touch the window, a day more on each side."""
        query = wire.EVENTS.format(wire.stamp(window.from_, -_A_DAY), wire.stamp(window.to, _A_DAY))
        for response in self._multistatus("REPORT", path, query.encode()):
            data = response.findtext(f".//{wire.CAL}calendar-data")
            if data:
                yield data
            elif " 404" not in (response.findtext(f"{wire.DAV}status") or ""):
                raise self._bad("did not show an event")  # which may take the whole day

    def _freebusy(self, path: str, window: Window) -> str:
        query = wire.FREEBUSY.format(wire.stamp(window.from_), wire.stamp(window.to))
        answer = self.http.request(
            "REPORT", path, body=xml_body(query.encode()), headers={"Depth": "1"}
        )
        return answer.text()

    def _multistatus(self, method: str, path: str, body: bytes, depth: str = "1") -> list[Any]:
        answer = self.http.request(
            method, path, body=xml_body(body), headers={"Depth": depth, "Accept": "*/*"}
        )
        root = answer.xml()
        if root is None or root.tag != f"{wire.DAV}multistatus":
            raise self._bad("answered with something that is no WebDAV listing")
        responses = root.findall(f"{wire.DAV}response")
        if len(root) and not responses and root.find(f"{wire.DAV}sync-token") is None:
            raise self._bad("answered with a WebDAV listing of something else")
        return responses

    def _listed(self, path: str, depth: str = "1") -> list[wire.Collection]:
        rows = wire.collections(self._multistatus("PROPFIND", path, wire.PROPFIND, depth))
        if not rows:
            # Xandikos lists what is not there, with a status of its own for it.
            raise NotFound(f'account "{self.account}" has nothing there', account=self.account)
        return rows

    def _calendars(self, space: str) -> list[wire.Collection]:
        """Those of a space, by name. Raises NotFound."""
        path = self._space_path(space)
        rows = self._listed(path)
        if len(self._place) > 1 and space == self._place[-2] and path != "":
            rows = self._listed("", "0")
        return sorted((row for row in rows if row.is_calendar), key=lambda row: row.name)

    def _spaces(self) -> list[str]:
        """The spaces under the address: itself, or the collections that it holds."""
        rows = self._listed("")
        here = "/" + "/".join(self._place)
        own = next((row for row in rows if row.path == here.rstrip("/")), None)
        if own is not None and own.is_calendar:
            return [self._place[-2] if len(self._place) > 1 else self.account]
        if any(row.is_calendar for row in rows):
            return [self._place[-1] if self._place else self.account]
        return sorted(row.name for row in rows if row is not own and row.name)

    def _read(self, ref: Ref) -> tuple[ProviderBooking, Any, str | None]:
        """A booking of mine, its event, and the tag it has now. Raises NotFound."""
        missing = NotFound(
            f'there is no booking "{ref}"', "see them with `cowork booking list`",
            account=self.account,
        )  # fmt: skip
        path = self._booking_path(ref)
        try:
            answer = self.http.request("GET", path, headers={"Accept": "text/calendar"})
        except NotFound:
            raise missing from None
        desk = Ref(self.account, ref.id.rpartition("/")[0])
        zone = zone_named(str(self.settings.get("timezone") or "UTC"))
        try:
            events = [e for cal in reading.parsed(answer.text()) for e in cal.walk("VEVENT")]
            if not events:
                raise self._bad(_AN_EVENT)  # something is there
            booking = wire.booking_from_event(events[0], desk, zone)
        except wire.UNREADABLE:
            raise self._bad(_AN_EVENT) from None
        return booking, events[0], answer.headers.get("etag")

    def _mine(self, text: str, desk: Ref, zone: ZoneInfo) -> Iterator[ProviderBooking]:
        try:
            events = [e for cal in reading.parsed(text) for e in cal.walk("VEVENT")]
        except NoCalendar:
            events = []
        if not events and wire.BY in text.upper():
            raise self._bad(_AN_EVENT)  # it may be mine, so it is not left out
        for event in events:
            if str(event.get(wire.BY, "")) == self._me() and "RRULE" not in event:
                try:
                    yield wire.booking_from_event(event, desk, zone)
                except wire.UNREADABLE:
                    raise self._bad(_AN_EVENT) from None

    # Names and addresses ─────────────────────────────────────────────────────────────────────────

    def _me(self) -> str:
        return str(self.settings.get("username") or "cowork")

    def _uid(self, key: str) -> str:
        """The same for the same key, so that it books once, whoever asks again."""
        return str(uuid5(NAMESPACE_URL, f"cowork:{self._me()}:{key}"))

    def _space_path(self, space: str) -> str:
        if space == (self._place[-1] if self._place else self.account):
            return ""
        if len(self._place) > 1 and space == self._place[-2]:
            return ""
        return f"{segment(space)}/"

    def _desk_path(self, desk: Ref) -> str:
        """Relative to the address of the account. Raises NotFound for what can be no desk."""
        space, slash, name = desk.id.partition("/")
        if not slash or "/" in name or not space or not name:
            raise NotFound(
                f'there is no desk "{desk}"', "see them with `cowork desk list SPACE`",
                account=self.account,
            )  # fmt: skip
        if self._place[-2:] == (space, name):
            return ""
        return f"{self._space_path(space)}{segment(name)}/"

    def _booking_path(self, ref: Ref) -> str:
        desk, _, uid = ref.id.rpartition("/")
        if desk.count("/") != 1 or not uid:
            raise NotFound(
                f'there is no booking "{ref}"', "see them with `cowork booking list`",
                account=self.account,
            )  # fmt: skip
        return f"{self._desk_path(Ref(self.account, desk))}{segment(uid)}.ics"

    def _bad(self, what: str) -> BadAnswer:
        return BadAnswer(f'account "{self.account}" {what}', account=self.account)


def _meaning(answer: Answer) -> CoworkError | None:
    if answer.status == 412:
        return _Exists(
            "it was changed in between by somebody else",
            "look at it again, then repeat the command",
        )
    return None
