"""iCalendar feeds (RFC 5545): the calendar that a space publishes, read only.

The address is usually itself the secret, so it is shown nowhere; stored as the token of the account, or in
`url`. One feed is one desk, called by `name` (`hafen:hafen/spree`). An address with `{desk}` in it is one for
each desk of the setting `desks`, `{space}` is filled in the same way.

Quirks:
- A feed that holds no event at all is not proof of a free room: LibreBooking answers so to a wrong key.
- A feed knows no opening hours and takes no bookings.
- Times are expanded once for each version of a feed: what was read is kept under its ETag, or under what
  the feed itself says where there is none (`Memory`).
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol

from cowork_cli.domain.booking import Window
from cowork_cli.domain.calendars import reading
from cowork_cli.domain.calendars.reading import Busy, NoCalendar, Reading
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Desk, Slot
from cowork_cli.domain.zones import plus, seconds_of
from cowork_cli.errors import BadAnswer, NotFound
from cowork_cli.http_client import HttpClient
from cowork_cli.providers._feeds import DeskSetting, desk_settings, free_between, zone_of

BACK, AHEAD = timedelta(days=2), timedelta(days=120)
"""What is expanded at once around the time asked for, and kept."""


class Memory(Protocol):
    """Keeps bytes by name; disposable, never raises."""

    def get(self, name: str) -> bytes | None:
        """What was kept under that name, or None."""
        ...

    def put(self, name: str, content: bytes) -> None:
        """Keeps it instead of what was there."""
        ...


@dataclass(frozen=True, slots=True)
class _Kept:
    """What was read of a feed: its tag ("" if it has none), the hash of its text, the window it was expanded for (seconds), and the zone."""

    etag: str
    digest: str
    from_at: int
    to_at: int
    zone: str
    reading: Reading

    def holds(self, window: Window) -> bool:
        inside = self.from_at <= seconds_of(window.from_) and seconds_of(window.to) <= self.to_at
        return inside and self.zone == zone_of(window).key


@dataclass(slots=True)
class ICal:
    """One account. Satisfies CanCheckAvailability. `notes` collects what had to be assumed."""

    account: str
    settings: Mapping[str, object]
    http: HttpClient = field(kw_only=True)
    memory: Memory | None = field(default=None, kw_only=True)
    notes: dict[str, None] = field(default_factory=dict, kw_only=True)

    def check(self, capability: str) -> str:
        """How many events the first feed holds."""
        answer = self.http.request("GET", "", fill=self._fill(self._known()[0]), headers=_ACCEPT)
        count = self._read(answer.text(), at_least_one=False)
        return f"{count} event{'' if count == 1 else 's'} in the feed"

    def desks(self, space: Ref) -> Sequence[Desk]:
        """The desks of a space. Raises NotFound for one that no setting names."""
        rows = [row for row in self._known() if row.space == space.id]
        if not rows and space.id != self.account:
            raise NotFound(
                f'there is no space "{space}"',
                f"see what is set with `cowork account show {self.account}`",
                account=self.account,
            )
        return [row.desk(self.account) for row in rows]

    def free(self, desk: Ref, window: Window) -> Sequence[Slot]:
        """What the feed leaves free. Raises NotFound, BadAnswer for a feed that proves nothing."""
        for row in self._known():
            if row.desk(self.account).ref == desk:
                told = self._told(row, window)
                self.notes |= dict.fromkeys(told.notes)
                return free_between(window, told.busy)
        space = desk.id.partition("/")[0]
        raise NotFound(
            f'there is no desk "{desk}"',
            f"see them with `cowork desk list {self.account}:{space}`",
            account=self.account,
        )

    # What there is ───────────────────────────────────────────────────────────────────────────────

    def _known(self) -> list[DeskSetting]:
        given = desk_settings(self.settings.get("desks"), self.account, self.account)
        if given:
            return given
        if "{desk}" in str(self.settings.get("url") or ""):
            return []
        return [DeskSetting(self.account, str(self.settings.get("name") or "feed"), "room")]

    @staticmethod
    def _fill(row: DeskSetting) -> dict[str, str]:
        return {"desk": row.name, "space": row.space}

    # One feed ────────────────────────────────────────────────────────────────────────────────────

    def _told(self, row: DeskSetting, window: Window) -> Reading:
        """What the feed says of the window; expanded again only if the feed has changed."""
        name = hashlib.sha256(f"{self.account}/{row.space}/{row.name}".encode()).hexdigest()
        kept = self._recalled(name)
        kept = kept if kept is not None and kept.holds(window) else None
        asked = {**_ACCEPT, "If-None-Match": kept.etag} if kept and kept.etag else _ACCEPT
        answer = self.http.request("GET", "", fill=self._fill(row), headers=asked)
        digest = hashlib.sha256(answer.body).hexdigest()
        if kept is not None and (answer.status == 304 or kept.digest == digest):
            return kept.reading
        fresh = self._expanded(answer.text(), answer.headers.get("etag", ""), digest, window)
        if self.memory is not None:
            self.memory.put(name, _packed(fresh))
        return fresh.reading

    def _expanded(self, text: str, etag: str, digest: str, window: Window) -> _Kept:
        self._read(text, at_least_one=True)
        zone = zone_of(window)
        from_, to = plus(window.from_, -BACK), plus(window.to, AHEAD)
        told = reading.busy_times(text, from_, to, zone)
        return _Kept(etag, digest, seconds_of(from_), seconds_of(to), zone.key, told)

    def _read(self, text: str, *, at_least_one: bool) -> int:
        """How many events. Raises BadAnswer for what is no feed, or proves nothing."""
        try:
            calendars = reading.parsed(text)
        except NoCalendar as problem:
            raise BadAnswer(
                f'account "{self.account}" answered with {problem}',
                f"look at its address; set it again with `cowork account login {self.account}`",
                account=self.account,
            ) from None
        count = sum(len(c.walk("VEVENT")) + len(c.walk("VFREEBUSY")) for c in calendars)
        if at_least_one and not count:
            raise BadAnswer(
                f'the feed of account "{self.account}" holds 0 events,'
                " which is no proof that the room is free",
                "ask the space; some services answer so to a wrong key",
                account=self.account,
            )
        return count

    def _recalled(self, name: str) -> _Kept | None:
        content = self.memory.get(name) if self.memory is not None else None
        return _unpacked(content) if content else None


_ACCEPT: Mapping[str, str] = {"Accept": "text/calendar, */*;q=0.1"}


def _packed(kept: _Kept) -> bytes:
    told = kept.reading
    busy = [[seconds_of(b.from_), seconds_of(b.to), b.uid, b.tentative] for b in told.busy]
    rows = [
        kept.etag,
        kept.digest,
        kept.from_at,
        kept.to_at,
        kept.zone,
        busy,
        told.events,
        list(told.notes),
    ]
    return json.dumps(rows).encode()


def _unpacked(content: bytes) -> _Kept | None:
    try:
        etag, digest, from_at, to_at, zone, rows, events, notes = json.loads(content)
        busy = tuple(
            Busy(_utc(begin), _utc(end), uid, tentative) for begin, end, uid, tentative in rows
        )
        return _Kept(etag, digest, from_at, to_at, zone, Reading(busy, events, tuple(notes)))
    except (ValueError, TypeError):
        return None


def _utc(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
