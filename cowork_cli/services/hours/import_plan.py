"""What an import will do with each row: take it, know it already, or leave it, with the reason.

A row that can be taken gets a UUID made from what the file says of it, so that the same row again is
known, also after it was edited here.
"""

import re
from bisect import bisect_right, insort
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from pathlib import Path
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from cowork_cli.domain.zones import seconds_of
from cowork_cli.importers import ImportedEntry, Row, Unreadable
from cowork_cli.services.hours import placing
from cowork_cli.services.hours.import_names import Directory, Named
from cowork_cli.store import entry_transfer
from cowork_cli.store.engine.store import Store

_NAMESPACE = UUID("5b0d8c62-3d5e-5f0e-9b57-2f6f1c0c3a11")
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


@dataclass(slots=True)
class Candidate:
    """A readable row on its way into the store. `end` None: it runs. `parts` are what is taken."""

    row: ImportedEntry
    uuid: str
    project: Named
    start: int
    end: int | None
    parts: list[tuple[int, int | None]] = field(default_factory=list)
    reason: str = ""

    @property
    def was_adjusted(self) -> bool:
        """Whether less of it is taken than the file says."""
        return self.parts != [(self.start, self.end)]

    def uuids(self) -> list[str]:
        """One UUID for each part; the first is that of the row."""
        more = range(1, len(self.parts))
        return [self.uuid, *(str(uuid5(_NAMESPACE, f"{self.uuid}\x1f{n}")) for n in more)]


@dataclass(slots=True)
class Plan:
    """What will happen to each row. `ended`: timers taken before that ended since, by their UUID."""

    rows: int = 0
    unchanged: int = 0
    taken: list[Candidate] = field(default_factory=list)
    skipped: list[tuple[Row, str]] = field(default_factory=list)
    stopping: list[tuple[Row, str]] = field(default_factory=list)
    ended: dict[str, int] = field(default_factory=dict)
    stacked: int = 0


def planned(
    request: Request,
    rows: Sequence[Row],
    directory: Directory,
    store: Store,
    now_s: int,
    zone: ZoneInfo,
) -> Plan:
    """Looks at every row. Changes nothing."""
    plan = Plan(rows=len(rows))
    timed, running, floating = _Sorting(request, directory, store, plan, now_s).sorted(rows)
    if floating:
        _place(floating, timed, request, plan, store, now_s, zone)
    _take(timed, plan, store, adjust=request.adjust)
    _take_running(running, plan, store)
    return plan


def where(row: Row) -> str:
    """`line 3 of state`."""
    return f"{row.unit} {row.line}" + (f" of {row.file}" if row.file else "")


class _Sorting:
    """Sorts out what is known already or wrong in itself."""

    def __init__(
        self, request: Request, directory: Directory, store: Store, plan: Plan, now_s: int
    ) -> None:
        self._request, self._directory, self._plan, self._now_s = request, directory, plan, now_s
        self._known = entry_transfer.uuids(store)
        self._timer = entry_transfer.running_uuid(store)
        self._seen: dict[str, ImportedEntry] = {}
        self._twins: dict[str, int] = {}

    def sorted(
        self, rows: Sequence[Row]
    ) -> tuple[list[Candidate], list[Candidate], list[Candidate]]:
        """Candidates with an end, by their start; those that run; those of which only a length is known."""
        candidates = [
            candidate for candidate in map(self._candidate, rows) if candidate is not None
        ]
        timed = [candidate for candidate in candidates if candidate.end is not None]
        open_ = [candidate for candidate in candidates if candidate.end is None]
        timed.sort(
            key=lambda candidate: (candidate.start, candidate.row.file or "", candidate.row.line)
        )
        return (
            timed,
            [candidate for candidate in open_ if candidate.row.length_s is None],
            [candidate for candidate in open_ if candidate.row.length_s is not None],
        )

    def _candidate(self, row: Row) -> Candidate | None:
        if isinstance(row, Unreadable):
            self._plan.stopping.append((row, row.reason))
            return None
        uuid = self._identity(row)
        if uuid in self._known or self._ends_a_timer(row):
            self._plan.unchanged += uuid in self._known
            return None
        reason = self._fault(row, uuid)
        if reason is not None:
            self._plan.stopping.append((row, reason))
            return None
        self._seen[uuid] = row
        project = self._directory.project_of(row)
        if project is None:
            return None
        end = None if row.to is None else seconds_of(row.to)
        return Candidate(row, uuid, project, seconds_of(row.from_), end)

    def _ends_a_timer(self, row: ImportedEntry) -> bool:
        """Whether this row was taken before, while it was running."""
        if row.to is None or row.length_s is not None:
            return False
        before = _made_from(self._request.format, row, end="")
        if before not in self._known:
            return False
        if before == self._timer and seconds_of(row.from_) < seconds_of(row.to) <= self._now_s:
            self._plan.ended[before] = seconds_of(row.to)
        else:
            self._plan.unchanged += 1
        return True

    def _fault(self, row: ImportedEntry, uuid: str) -> str | None:
        reason = self._time_fault(row)
        if reason is None and uuid in self._seen:
            reason = f"it is {where(self._seen[uuid])} once more"
        if reason is None and self._directory.wants_project(row):
            reason = "it names no project"
        return reason

    def _time_fault(self, row: ImportedEntry) -> str | None:
        """What is wrong with the times of a row by itself."""
        start = seconds_of(row.from_)
        if row.length_s is not None:
            if row.length_s <= 0:
                return "it has no length"
            return None if self._request.start else NO_START
        if row.to is None:
            if not self._may_run(row):
                return RUNS
            return "it starts in the future" if start > self._now_s else None
        end = seconds_of(row.to)
        if end == start:
            return "it has no length"
        if end < start:
            return f"its end {row.to:%Y-%m-%d %H:%M} is before its start {row.from_:%Y-%m-%d %H:%M}"
        if end > self._now_s:
            return "it lies in the future" if start > self._now_s else "it ends in the future"
        return None

    def _may_run(self, row: ImportedEntry) -> bool:
        return self._request.format in _KNOWS_TIMERS or _is_own(self._request.format, row)

    def _identity(self, row: ImportedEntry) -> str:
        """The UUID of a row: its own, or one made from its identity or from what it says."""
        form = self._request.format
        if row.source_id:
            if _is_own(form, row):
                return row.source_id.lower()
            return str(uuid5(_NAMESPACE, "\x1f".join([form, "id", row.source_id])))
        if row.length_s is None:
            return _made_from(form, row, end=str(seconds_of(row.to)) if row.to else None)
        # Two rows of one day may say the same; where they come to lie is not part of what they say.
        said = _made_from(form, row, end=f"length {row.length_s}", day=True)
        nth = self._twins[said] = self._twins.get(said, 0) + 1
        return said if nth == 1 else str(uuid5(_NAMESPACE, f"{said}\x1f{nth}"))


def _is_own(form: str, row: ImportedEntry) -> bool:
    """Whether the row comes from an export of this program, with the UUID of an entry."""
    return (
        form in ("json", "csv")
        and bool(row.source_id)
        and bool(_UUID.fullmatch((row.source_id or "").lower()))
    )


def _made_from(form: str, row: ImportedEntry, *, end: str | None, day: bool = False) -> str:
    begin = row.from_.date().isoformat() if day else str(seconds_of(row.from_))
    said = [form, begin, end or "", row.client or "", row.project, row.note or "", *row.tags]
    return str(uuid5(_NAMESPACE, "\x1f".join(said)))


# ---- where they lie


def _place(
    floating: list[Candidate],
    timed: list[Candidate],
    request: Request,
    plan: Plan,
    store: Store,
    now_s: int,
    zone: ZoneInfo,
) -> None:
    """Lays rows of which only the length is known behind one another, from a time of day on."""
    assert request.start is not None
    stack = placing.Stack(store, request.start, zone)
    for candidate in timed:
        assert candidate.end is not None
        stack.keep_free(candidate.start, candidate.end)
    for candidate in floating:
        assert candidate.row.length_s is not None
        start = stack.place(candidate.row.from_.date(), candidate.row.length_s)
        if start is None:
            plan.stopping.append(
                (candidate.row, f"its day has no room for it behind {request.start:%H:%M}")
            )
        elif start + candidate.row.length_s > now_s:
            plan.stopping.append((candidate.row, "it would end in the future"))
        else:
            candidate.start, candidate.end = start, start + candidate.row.length_s
            timed.append(candidate)
            plan.stacked += 1
    timed.sort(
        key=lambda candidate: (candidate.start, candidate.row.file or "", candidate.row.line)
    )


def _take(candidates: Sequence[Candidate], plan: Plan, store: Store, *, adjust: bool) -> None:
    """Takes the rows one after the other; the later of two that overlap gives way, or stops.

    Entries of the store stay as they are: a row gives way to them, on both sides of each.
    """
    if not candidates:
        return
    last = max(candidate.end or 0 for candidate in candidates)
    busy = [
        (begin, end, f"e-{row} ({project})")
        for begin, end, row, project in entry_transfer.busy(store, candidates[0].start, last)
    ]
    for candidate in candidates:
        assert candidate.end is not None
        in_the_way = _overlapping(busy, candidate.start, candidate.end)
        if in_the_way:
            named = in_the_way if adjust else in_the_way[:1]
            candidate.reason = f"it overlaps {', '.join(label for _, _, label in named)}"
        candidate.parts = list(_left(candidate.start, candidate.end, in_the_way))
        if in_the_way and not adjust:
            plan.stopping.append((candidate.row, candidate.reason))
        elif not candidate.parts:
            plan.skipped.append((candidate.row, f"{candidate.reason}, nothing is left of it"))
        else:
            plan.taken.append(candidate)
            label = f"{where(candidate.row)} ({candidate.project.id})"
            for begin, end in candidate.parts:
                assert end is not None
                insort(busy, (begin, end, label))


def _overlapping(
    busy: Sequence[tuple[int, int, str]], start: int, end: int
) -> Sequence[tuple[int, int, str]]:
    """Of stretches in order, those that share time with another one."""
    first = bisect_right(busy, start, key=lambda stretch: stretch[0])
    if first and busy[first - 1][1] > start:
        first -= 1
    last = first
    while last < len(busy) and busy[last][0] < end:
        last += 1
    return busy[first:last]


def _left(
    start: int, end: int, in_the_way: Sequence[tuple[int, int, str]]
) -> "list[tuple[int, int | None]]":
    """What of a stretch is free."""
    parts: list[tuple[int, int | None]] = []
    for begin, until, _ in in_the_way:
        if begin > start:
            parts.append((start, begin))
        start = max(start, until)
    if start < end:
        parts.append((start, end))
    return parts


def _take_running(candidates: Sequence[Candidate], plan: Plan, store: Store) -> None:
    """Takes the one timer that runs, if none runs here and nothing was recorded since; else lists it."""
    for candidate in sorted(candidates, key=lambda candidate: -candidate.start):
        later = entry_transfer.busy(store, candidate.start, entry_transfer.FOREVER)
        since = [other for other in plan.taken if other.end is None or other.end > candidate.start]
        if later:
            _, end, row, project = later[-1]
            does = "and so is" if end == entry_transfer.FOREVER else "and since then there is"
            plan.skipped.append((candidate.row, f"{RUNS}, {does} e-{row} ({project})"))
        elif since:
            plan.skipped.append(
                (candidate.row, f"{RUNS}, and since then there is {where(since[-1].row)}")
            )
        else:
            candidate.parts = [(candidate.start, None)]
            plan.taken.append(candidate)
