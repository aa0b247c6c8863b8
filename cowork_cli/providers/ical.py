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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cowork_cli.domain.booking import Window
from cowork_cli.domain.calendars import reading
from cowork_cli.domain.calendars.reading import NoCalendar, Reading
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Desk, Slot
from cowork_cli.errors import BadAnswer, NotFound
from cowork_cli.http_client import Answer, HttpClient
from cowork_cli.providers._expanded import Memory, around, keep, name_of, recall
from cowork_cli.providers._feeds import DeskSetting, desk_settings, free_between, zone_of


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
        answer = self._asked(self._known()[0], _ACCEPT)
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

    def _asked(self, row: DeskSetting, headers: Mapping[str, str]) -> Answer:
        """The feed. Raises NotFound, BadAnswer with what to do about its address."""
        try:
            return self.http.request("GET", "", fill=self._fill(row), headers=headers)
        except (NotFound, BadAnswer) as problem:
            problem.hint = (
                "look at its address; set it again with"
                f" `cowork account login {self.account}`, or ask the space for a shorter feed"
            )
            raise

    def _told(self, row: DeskSetting, window: Window) -> Reading:
        """What the feed says of the window; expanded again only if the feed has changed."""
        name = name_of(self.account, row.space, row.name)
        kept = recall(self.memory, name, window)
        asked = {**_ACCEPT, "If-None-Match": kept.tag} if kept and kept.tag else _ACCEPT
        answer = self._asked(row, asked)
        digest = hashlib.sha256(answer.body).hexdigest()
        if kept is not None and (answer.status == 304 or kept.digest == digest):
            return kept.reading
        text, stretch = answer.text(), around(window)
        self._read(text, at_least_one=True)
        told = reading.busy_times(text, stretch.from_, stretch.to, zone_of(window))
        keep(self.memory, name, answer.headers.get("etag", ""), digest, stretch, told)
        return told

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


_ACCEPT: Mapping[str, str] = {"Accept": "text/calendar, */*;q=0.1"}
