"""The rows of a file as they are staged: with their identity, and with what is wrong in them alone.

Nothing here looks at the store, so that it is done once and before anybody has to wait.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from hashlib import sha1
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from cowork_cli.domain.zones import at, day_start, has_one_clock, seconds_of, zone_named
from cowork_cli.importers import ImportedEntry, Row, Unreadable
from cowork_cli.services.hours.import_names import Names, bare
from cowork_cli.store.import_stage import StagedRow

_NAMESPACE = UUID("5b0d8c62-3d5e-5f0e-9b57-2f6f1c0c3a11").bytes
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NO_START = "it has a length and no start"
RUNS = "it is still running"
# A table without an end has a gap more often than a timer; these have a word for a running one.
_KNOWS_TIMERS = frozenset(
    ["watson", "timewarrior", "klog", "org", "timeclock", "hamster", "timetrap"]
)


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for: the file and how to read it."""

    path: Path
    format: str
    options: Mapping[str, str] = field(default_factory=dict)
    client: str | None = None
    skip_bad: bool = False
    adjust: bool = False
    dry_run: bool = False
    start: time | None = None
    clock_change: str | None = None
    person: str | None = None


def made_uuid(text: str) -> str:
    """The UUID of a text in the namespace of imports (version 5, RFC 9562 §5.5)."""
    digits = sha1(_NAMESPACE + text.encode(), usedforsecurity=False).hexdigest()
    variant = "89ab"[int(digits[16], 16) & 3]
    return f"{digits[:8]}-{digits[8:12]}-5{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:32]}"


class Days:
    """The days that instants have in a zone, each worked out once."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone, self.zone_name = zone, str(zone)
        self._from_at = self._to_at = 0
        self._day = ""

    def day_of(self, seconds: int) -> str:
        """The local day (ISO) of an instant, in seconds since 1970."""
        if self._from_at <= seconds < self._to_at:
            return self._day
        day = at(seconds, self._zone).date()
        if has_one_clock(day, self._zone):
            self._from_at = seconds_of(day_start(day, self._zone))
            self._to_at = seconds_of(day_start(day + timedelta(days=1), self._zone))
            self._day = day.isoformat()
        return day.isoformat()


class Reading:
    """Makes staged rows of the rows of a file. `owners` has the names of projects by their number."""

    def __init__(self, request: Request, now_s: int, zone: ZoneInfo) -> None:
        self._request, self._now_s, self._here = request, now_s, str(zone)
        self._default_project = bare(request.options.get("default-project"))
        self._days: dict[str, Days] = {}
        self._twins: dict[str, int] = {}
        self._numbers: dict[Names, int] = {}

    @property
    def owners(self) -> list[Names]:
        """(client, project, name of the client, name of the project) in the order they were met."""
        return list(self._numbers)

    def staged(self, rows: Iterable[Row]) -> Iterator[StagedRow]:
        """The rows one by one, numbered."""
        for n, row in enumerate(rows):
            if isinstance(row, Unreadable):
                yield StagedRow(n, row.line, row.unit, row.file, row.reason)
            else:
                yield self._staged(n, row)

    def _staged(self, n: int, row: ImportedEntry) -> StagedRow:
        from_at = seconds_of(row.from_)
        to_at = None if row.to is None else seconds_of(row.to)
        named = row.zone or self._here
        days = self._days.get(named) or self._days.setdefault(named, Days(zone_named(named)))
        fault = self._fault(row, from_at, to_at)
        if row.length_s is not None:
            day = row.from_.date().isoformat()
        else:
            day = "" if fault else days.day_of(from_at)
        return StagedRow(
            n,
            row.line,
            row.unit,
            row.file,
            fault,
            self._identity(row, from_at, to_at),
            None if to_at is None or not self._ran(row) else self._made(row, str(from_at), ""),
            self._owner(row),
            from_at,
            to_at,
            row.length_s,
            day,
            row.note,
            ",".join(row.tags),
            row.place,
            days.zone_name,
            row.billable,
            row.pause_s,
        )

    def _ran(self, row: ImportedEntry) -> bool:
        """Whether the row may have been taken before, under a UUID made of its start, while it ran."""
        return self._request.format in _KNOWS_TIMERS and not row.source_id

    def _owner(self, row: ImportedEntry) -> int | None:
        if not (bare(row.project) or self._default_project):
            return None
        names = row.client, row.project, row.client_name, row.project_name
        return self._numbers.setdefault(names, len(self._numbers))

    def _fault(self, row: ImportedEntry, start: int, end: int | None) -> str | None:
        """What is wrong with the times of a row by itself."""
        if row.length_s is not None:
            if row.length_s <= 0:
                return "it has no length"
            return None if self._request.start else NO_START
        if row.to is None or end is None:
            if not self._may_run(row):
                return RUNS
            return "it starts in the future" if start > self._now_s else None
        if end == start:
            return "it has no length"
        if end < start:
            return f"its end {row.to:%Y-%m-%d %H:%M} is before its start {row.from_:%Y-%m-%d %H:%M}"
        if end > self._now_s:
            return "it lies in the future" if start > self._now_s else "it ends in the future"
        return None

    def _may_run(self, row: ImportedEntry) -> bool:
        return self._request.format in _KNOWS_TIMERS or self._is_own(row)

    def _identity(self, row: ImportedEntry, start: int, end: int | None) -> str:
        """The UUID of a row: its own, or one made from its identity or from what it says."""
        if row.source_id:
            if self._is_own(row):
                return row.source_id.lower()
            return made_uuid("\x1f".join([self._request.format, "id", row.source_id]))
        if row.length_s is None:
            return self._made(row, str(start), "" if end is None else str(end))
        # Two rows of one day may say the same; where they come to lie is not part of what they say.
        said = self._made(row, row.from_.date().isoformat(), f"length {row.length_s}")
        nth = self._twins[said] = self._twins.get(said, 0) + 1
        return said if nth == 1 else made_uuid(f"{said}\x1f{nth}")

    def _is_own(self, row: ImportedEntry) -> bool:
        """Whether the row comes from an export of this program, with the UUID of an entry."""
        return (
            self._request.format in ("json", "csv")
            and bool(row.source_id)
            and bool(_UUID.fullmatch((row.source_id or "").lower()))
        )

    def _made(self, row: ImportedEntry, begin: str, end: str) -> str:
        said = [begin, end, row.client or "", row.project, row.note or "", *row.tags]
        return made_uuid("\x1f".join([self._request.format, *said]))
