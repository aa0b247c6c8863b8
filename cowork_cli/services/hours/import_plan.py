"""What an import will do with each row: take it, know it already, or leave it, with the reason.

A row that can be taken gets a UUID made from what the file says of it, so that the same row again is
known, also after it was edited here.
"""

from bisect import insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from cowork_cli.domain.zones import at, zone_named
from cowork_cli.services.hours import placing
from cowork_cli.services.hours.import_names import Directory, Named, Names
from cowork_cli.services.hours.import_reading import RUNS, Request, made_uuid
from cowork_cli.store import entry_transfer
from cowork_cli.store.engine.store import Store
from cowork_cli.store.import_stage import Stage, StagedPart, StagedRow

_FEW = 50  # records that are looked at one by one while others wait
# From, to, and whose time it is: a row and its project, or the number of an entry and its project.
Stretch = tuple[int, int, StagedRow | int, Named | str]


@dataclass(frozen=True, slots=True)
class Adjusted:
    """A row of which less is taken than the file says: `parts` of it."""

    row: StagedRow
    project: str
    parts: list[tuple[int, int]]
    reason: str


@dataclass(slots=True)
class Plan:
    """What will happen to each row; the entries themselves are in the stage.

    `ended`: timers taken before that ended since, by their UUID. `projects`: those of the entries, by
    the number of their names. `watched`: whether any entry written meanwhile could change it.
    """

    head: int
    rows: int = 0
    unchanged: int = 0
    taken: int = 0
    not_billable: int = 0
    pauses: list[int] = field(default_factory=list)
    projects: dict[int, Named] = field(default_factory=dict)
    fresh: tuple[Named, ...] = ()
    fresh_clients: tuple[Named, ...] = ()
    adjusted: list[Adjusted] = field(default_factory=list)
    running: list[StagedRow] = field(default_factory=list)
    skipped: list[tuple[StagedRow, str]] = field(default_factory=list)
    stopping: list[tuple[StagedRow, str]] = field(default_factory=list)
    ended: dict[str, int] = field(default_factory=dict)
    stacked: int = 0
    watched: bool = False

    def holds(self, stage: Stage, store: Store) -> bool:
        """Whether nothing that matters to it was written since it was made."""
        for count, row in enumerate(store.journal.since(self.head)):
            if row.table in entry_transfer.NAMES or count == _FEW:
                return False
            if row.table != entry_transfer.ENTRIES:
                continue
            if self.watched:
                return False
            for record in (row.before, row.after):
                if record is None:
                    continue
                end = record["to_at"] or entry_transfer.FOREVER
                if stage.holds(record["uuid"]) or stage.spans(record["from_at"], end):
                    return False
        return True


def where(row: StagedRow) -> str:
    """`line 3 of state`."""
    return f"{row.unit} {row.line}" + (f" of {row.file}" if row.file else "")


class Planning:
    """Looks at every row of a stage, and lays out there the entries that will be added."""

    def __init__(
        self,
        request: Request,
        stage: Stage,
        owners: Sequence[Names],
        directory: Directory,
        store: Store,
        now_s: int,
        zone: ZoneInfo,
        billable: bool | None,
    ) -> None:
        self._request, self._stage, self._owners, self._directory = (
            request,
            stage,
            owners,
            directory,
        )
        self._store, self._now_s, self._zone, self._billable = store, now_s, zone, billable
        self._timer = entry_transfer.running_uuid(store)
        self._named: dict[int, Named] = {}
        self._parts = 0

    def plan(self) -> Plan:
        """The plan for the store as it is now."""
        plan = Plan(self._store.journal.head(), self._stage.count())
        running, floating = self._sift(plan)
        plan.watched = bool(running or floating or plan.ended)
        if floating:
            self._place(floating, plan)
        since: dict[int, StagedRow] = {}
        self._stage.plan(self._timed(plan, running, since))
        self._stage.plan_more(self._running(running, since, plan))
        return plan

    # ---- what is known already or wrong in itself

    def _sift(self, plan: Plan) -> tuple[list[StagedRow], list[StagedRow]]:
        """The rows that run, and those of which only a length is known; what is not taken is left out."""
        running: list[StagedRow] = []
        floating: list[StagedRow] = []
        left: list[int] = []
        plan.unchanged += self._stage.leave_known()
        for row, was_open, twin in self._stage.odd():
            if not self._is_candidate(row, was_open, twin, plan):
                left.append(row.n)
            elif row.length_s is not None:
                floating.append(row)
            elif row.to_at is None:
                running.append(row)
        self._stage.leave(left)
        self._look_up()
        return (
            [row for row in running if row.owner in self._named],
            [row for row in floating if row.owner in self._named],
        )

    def _look_up(self) -> None:
        """The project of each row that may be taken; those without one are left out."""
        for owner in self._stage.owners():
            project = self._directory.project_of(self._owners[owner])
            if project is None:
                self._stage.leave_those_of(owner)
            else:
                self._named[owner] = project

    def _is_candidate(self, row: StagedRow, was_open: bool, twin: int | None, plan: Plan) -> bool:
        if was_open and row.to_at is not None:
            if self._ends_the_timer(row):
                assert row.open_uuid is not None
                assert row.to_at is not None
                plan.ended[row.open_uuid] = row.to_at
            else:
                plan.unchanged += 1
            return False
        reason = row.fault
        if reason is None and twin is not None and twin < row.n:
            reason = f"it is {where(self._stage.row(twin))} once more"
        if reason is None and row.owner is None:
            reason = "it names no project"
        if reason is not None:
            plan.stopping.append((row, reason))
            return False
        return True

    def _ends_the_timer(self, row: StagedRow) -> bool:
        assert row.to_at is not None
        return row.open_uuid == self._timer and row.from_at < row.to_at <= self._now_s

    # ---- where they lie

    def _place(self, floating: Sequence[StagedRow], plan: Plan) -> None:
        """Lays rows of which only the length is known behind one another, from a time of day on."""
        assert self._request.start is not None
        for row in floating:
            self._stage.place(row.n, None, None)  # an earlier plan may have placed it
        stack = placing.Stack(self._store, self._request.start, self._zone)
        for row in self._stage.timed():
            assert row.to_at is not None
            stack.keep_free(row.from_at, row.to_at)
        for row in floating:
            assert row.length_s is not None
            assert row.day is not None
            start = stack.place(date.fromisoformat(row.day), row.length_s)
            if start is None:
                clock = f"{self._request.start:%H:%M}"
                plan.stopping.append((row, f"its day has no room for it behind {clock}"))
            elif start + row.length_s > self._now_s:
                plan.stopping.append((row, "it would end in the future"))
            else:
                self._stage.place(row.n, start, start + row.length_s)
                plan.stacked += 1

    def _timed(
        self, plan: Plan, running: Sequence[StagedRow], since: dict[int, StagedRow]
    ) -> Iterator[StagedPart]:
        """Takes the rows one after the other; the later of two that overlap gives way, or stops.

        Entries of the store stay as they are: a row gives way to them, on both sides of each. `since`
        gets, for each running row, the last that was taken and ends behind its start.
        """
        busy: _Busy | None = None
        for row in self._stage.timed():
            assert row.to_at is not None
            assert row.owner is not None
            project = self._named[row.owner]
            busy = busy or _Busy(self._store, row.from_at)
            in_the_way = busy.sharing(row.from_at, row.to_at)
            parts = [(row.from_at, row.to_at)]
            if in_the_way:
                parts = list(_left(row.from_at, row.to_at, in_the_way))
                if not self._may_be_cut(row, project, in_the_way, parts, plan):
                    continue
            for begin, end in parts:
                busy.add(begin, end, row, project)
            for timer in running:
                if row.to_at > timer.from_at:
                    since[timer.n] = row
            yield from self._taken(row, project, parts, plan)

    def _may_be_cut(
        self,
        row: StagedRow,
        project: Named,
        in_the_way: Sequence[Stretch],
        parts: list[tuple[int, int]],
        plan: Plan,
    ) -> bool:
        plan.watched = True  # with what is in its way gone, all of it would be taken
        named = in_the_way if self._request.adjust else in_the_way[:1]
        reason = f"it overlaps {', '.join(map(_called, named))}"
        if not self._request.adjust:
            plan.stopping.append((row, reason))
        elif not parts:
            plan.skipped.append((row, f"{reason}, nothing is left of it"))
        else:
            plan.adjusted.append(Adjusted(row, project.id, parts, reason))
            return True
        return False

    def _running(
        self, running: Sequence[StagedRow], since: dict[int, StagedRow], plan: Plan
    ) -> Iterator[StagedPart]:
        """Takes the one timer that runs, if none runs here and nothing was recorded since."""
        for row in sorted(running, key=lambda row: -row.from_at):
            later = entry_transfer.busy(self._store, row.from_at, entry_transfer.FOREVER)
            last = plan.running[-1] if plan.running else since.get(row.n)
            if later:
                _, end, number, project = later[-1]
                does = "and so is" if end == entry_transfer.FOREVER else "and since then there is"
                plan.skipped.append((row, f"{RUNS}, {does} e-{number} ({project})"))
            elif last:
                plan.skipped.append((row, f"{RUNS}, and since then there is {where(last)}"))
            else:
                plan.running.append(row)
                assert row.owner is not None
                yield from self._taken(row, self._named[row.owner], [(row.from_at, None)], plan)

    # ---- what is taken

    def _taken(
        self,
        row: StagedRow,
        project: Named,
        parts: "Sequence[tuple[int, int | None]]",
        plan: Plan,
    ) -> Iterator[StagedPart]:
        """The entries of a row; every one says all that the row says."""
        assert row.owner is not None
        assert row.uuid is not None
        plan.taken += 1
        plan.projects.setdefault(row.owner, project)
        plan.not_billable += row.billable == 0
        if row.pause_s:
            plan.pauses.append(row.pause_s)
        said = self._billable if row.billable is None else bool(row.billable)
        billable = project.billable if said is None else said
        for number, (begin, end) in enumerate(parts):
            uuid = made_uuid(f"{row.uuid}\x1f{number}") if number else row.uuid
            day = row.day or ""
            if begin != row.from_at or row.length_s is not None:
                day = at(begin, zone_named(row.timezone)).date().isoformat()
            self._parts += 1
            yield StagedPart(
                self._parts, uuid, row.owner, row.note, row.tags, row.place,
                begin, end, row.timezone, day, int(billable),
            )  # fmt: skip


class _Busy:
    """The time that is taken, by entries and by rows, looked at from the earliest to the latest."""

    def __init__(self, store: Store, from_at: int) -> None:
        self._ahead = entry_transfer.busy_from(store, from_at)
        self._next = next(self._ahead, None)
        self._near: list[Stretch] = []

    def sharing(self, start: int, end: int) -> list[Stretch]:
        """Those that share time with a stretch, which begins no earlier than the one before."""
        while self._next is not None and self._next[0] < end:
            begin, until, number, project = self._next
            insort(self._near, (begin, until, number, project))
            self._next = next(self._ahead, None)
        while self._near and self._near[0][1] <= start:
            del self._near[0]
        return [stretch for stretch in self._near if stretch[0] < end]

    def add(self, begin: int, end: int, row: StagedRow, project: Named) -> None:
        """Takes a stretch that is free."""
        insort(self._near, (begin, end, row, project))


def _called(stretch: Stretch) -> str:
    """`line 3 (acme/site)`, or `e-7 (acme/site)`."""
    _, _, whose, project = stretch
    name = where(whose) if isinstance(whose, StagedRow) else f"e-{whose}"
    return f"{name} ({project.id if isinstance(project, Named) else project})"


def _left(start: int, end: int, in_the_way: Sequence[Stretch]) -> Iterator[tuple[int, int]]:
    """What of a stretch is free."""
    for begin, until, _, _ in in_the_way:
        if begin > start:
            yield start, begin
        start = max(start, until)
    if start < end:
        yield start, end
