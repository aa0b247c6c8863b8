"""Hours of other programs: read, looked at as a whole, then taken in one change or not at all.

Every row is taken as it is, known already, or listed with the reason (`import_plan`).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from cowork_cli.domain.transfer import AdjustedRow, EntryImport, SkippedRow
from cowork_cli.domain.zones import at, seconds_of, zone_named
from cowork_cli.errors import BadInput, Conflict
from cowork_cli.importers import Row, reader_of
from cowork_cli.services.hours.import_names import Directory, create
from cowork_cli.services.hours.import_plan import Adjusted, Plan, Planning, where
from cowork_cli.services.hours.import_reading import NO_START, Reading, Request
from cowork_cli.store import entry_transfer
from cowork_cli.store.engine.store import Store
from cowork_cli.store.import_stage import Stage

_SHOWN = 20
_ATTEMPTS, _REHEARSALS = 3, 2
DEFAULTS = ("default-project", "default-billable")
_SEVERAL = ("note", "task", "tags", "user")
_OF_INSTANTS = ("watson", "timewarrior", "json")
_REMEDIES = (
    ("it names no project", "name their project with `--map default-project=NAME`"),
    (NO_START, "lay them one behind the other with `--start 09:00`"),
    ("happens twice", "say which of two times is meant with `--clock-change first` or `second`"),
    ("its times make", "say which counts with `--map believe=times` or `--map believe=duration`"),
)
Say = Callable[[str], None]


def options_of(texts: Sequence[str]) -> dict[str, str]:
    """`FIELD=COLUMN` as given with `--map`; several columns of a field in lines. Raises BadInput."""
    options: dict[str, str] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        name, value = name.strip().lower(), value.strip()
        if not (name and equals and value):
            raise BadInput(f'"{text}" is not FIELD=COLUMN', "write it as `--map from=Start`")
        if name in options and name not in _SEVERAL:
            raise BadInput(f"{name} was mapped twice", f"only {', '.join(_SEVERAL)} take several")
        options[name] = f"{options[name]}\n{value}" if name in options else value
    return options


def import_file(
    request: Request, *, store: Store, now: datetime, zone: ZoneInfo, note: Say
) -> EntryImport:
    """Takes the rows of a file or folder. `note` gets a line for each row that stops it.

    Raises NotFound, BadInput, and Conflict where rows stop it; then nothing was changed.
    """
    billable = _default_billable(request.options)
    reading = Reading(request, seconds_of(now), zone)
    with Stage(store) as stage:
        stage.fill(reading.staged(rows_of(request, zone, note)))
        work = _Import(request, stage, reading, store, now, zone, billable, note)
        return work.previewed() if request.dry_run else work.done()


class _Import:
    """Plans staged rows while others write, then adds the entries in one short transaction."""

    def __init__(
        self,
        request: Request,
        stage: Stage,
        reading: Reading,
        store: Store,
        now: datetime,
        zone: ZoneInfo,
        billable: bool | None,
        note: Say,
    ) -> None:
        self._request, self._stage, self._reading, self._store = request, stage, reading, store
        self._now, self._zone, self._billable, self._note = now, zone, billable, note

    def previewed(self) -> EntryImport:
        """What would be done."""
        with self._store.connection.private():
            plan = self._planned()
        _say_what_was_made_of_them(self._request, plan, self._note)
        return _report(self._request, plan)

    def done(self) -> EntryImport:
        """Plans and adds; plans again where something that matters was written in between.

        After some attempts it plans inside of the transaction, so that it gets through.
        """
        for _ in range(_ATTEMPTS):
            with self._store.connection.private():
                plan = self._planned()
            if self._wrote(plan):
                break
        else:
            with self._store.transaction():
                plan = self._planned()
                self._land(plan, self._stage.move)
        _say_what_was_made_of_them(self._request, plan, self._note)
        return _report(self._request, plan)

    def _planned(self) -> Plan:
        """Raises BadInput, and Conflict where rows stop the import."""
        request, store = self._request, self._store
        directory = Directory(store, request.client, request.options.get("default-project"))
        plan = Planning(
            request, self._stage, self._reading.owners, directory, store, seconds_of(self._now),
            self._zone, self._billable,
        ).plan()  # fmt: skip
        if directory.homeless:
            _refuse_homeless(list(directory.homeless))
        if plan.stopping and not request.skip_bad:
            _refuse(request, plan, self._note)
        plan.skipped += plan.stopping
        plan.fresh = tuple(p for p in plan.projects.values() if p.row is None)
        plan.fresh_clients = tuple(
            p.client for p in plan.fresh if p.client is not None and p.client.row is None
        )
        return plan

    def _wrote(self, plan: Plan) -> bool:
        """Adds what is planned; False where the plan does not hold any more.

        It is rehearsed first and taken back: so it is known which numbers the entries will have, and
        what the journal will say of each is put together while others write. Where somebody writes in
        between, it is rehearsed once more, and then put together while others wait.
        """
        for _ in range(_REHEARSALS if plan.projects else 0):
            with self._store.rehearsal() as journal:
                if not plan.holds(self._stage, self._store):
                    return False
                head = journal.head()
                self._land(plan, self._stage.foresee)
            with self._store.connection.private():
                self._stage.link()
            with self._store.transaction():
                if journal.head() == head:
                    self._land(plan, self._stage.move)
                    return True
        with self._store.transaction():
            if not plan.holds(self._stage, self._store):
                return False
            self._land(plan, self._stage.move)
        return True

    def _land(self, plan: Plan, entries: Callable[[Mapping[int, int]], None]) -> None:
        """Does all that is planned, inside a transaction; `entries` is told the projects and does the rest."""
        rows = create(self._store, plan.projects.values())
        for uuid, end in plan.ended.items():
            entry_transfer.end(self._store, uuid, end)
        if plan.projects:
            entries({owner: rows[named.id] for owner, named in plan.projects.items()})


def rows_of(request: Request, zone: ZoneInfo, note: Say) -> Iterable[Row]:
    """The rows of the file as they were found. Raises NotFound, BadInput."""
    read, known = reader_of(request.format)
    for name in request.options:
        if name not in (*known, *DEFAULTS):
            raise BadInput(
                f'there is no field "{name}" to map for {request.format}',
                f"fields are {', '.join((*known, *DEFAULTS))}",
            )
    asked: dict[str, str] = dict(request.options)
    if request.person is not None:
        if "user" not in known and request.format != "json":
            raise BadInput(f"a file of {request.format} names no people", "leave out `--person`")
        asked["person"] = request.person
    if request.clock_change is not None:
        if request.format in _OF_INSTANTS:
            note(f"`--clock-change` changes nothing: {request.format} has instants.")
        asked["clock-change"] = request.clock_change
    if request.start is not None:
        asked["start"] = f"{request.start:%H:%M}"
    return read(request.path, zone, asked, note)


def _default_billable(options: Mapping[str, str]) -> bool | None:
    text = options.get("default-billable")
    if text is None:
        return None
    if text.lower() not in ("yes", "no"):
        raise BadInput(f'default-billable "{text}" is neither yes nor no', "write it as `no`")
    return text.lower() == "yes"


def _say_what_was_made_of_them(request: Request, plan: Plan, note: Say) -> None:
    if plan.stacked:
        rows = "1 row has" if plan.stacked == 1 else f"{plan.stacked} rows have"
        note(f"{rows} no start: laid one behind the other from {request.start:%H:%M} on.")
    elif request.start is not None:
        note("`--start` changes nothing: every new row has a start.")
    if plan.pauses:
        rows = "1 row holds" if len(plan.pauses) == 1 else f"{len(plan.pauses)} rows hold"
        hours, minutes = divmod(sum(plan.pauses) // 60, 60)
        note(f"{rows} pauses of {hours} h {minutes} min: the ends are earlier by them.")
    for row in plan.running:
        note(f"{where(row).capitalize()} is the running timer now.")
    if plan.ended:
        note("The timer that runs here has ended in the file: it ends here at the same instant.")


def _refuse_homeless(projects: Sequence[str]) -> None:
    shown = ", ".join(projects[:10]) + (" …" if len(projects) > 10 else "")
    what = "1 project has" if len(projects) == 1 else f"{len(projects)} projects have"
    raise BadInput(
        f"{what} no client: {shown}",
        "name the client with `--client C`, or write projects as client/project",
    )


def _refuse(request: Request, plan: Plan, note: Say) -> None:
    """Raises Conflict, naming the rows."""
    stopping = sorted(plan.stopping, key=lambda pair: (pair[0].file or "", pair[0].line))
    remedy = _remedy(request, [reason for _, reason in stopping])
    name = request.path.name or str(request.path)
    if len(stopping) == 1:
        row, reason = stopping[0]
        raise Conflict(
            f"{where(row)} of {name} cannot be taken: {reason}; nothing was changed",
            remedy.replace("them", "it", 1).replace("their", "its"),
        )
    for row, reason in stopping[:_SHOWN]:
        note(f"{where(row)}: {reason}")
    if len(stopping) > _SHOWN:
        note(f"… and {len(stopping) - _SHOWN} more; see them all with `--skip-bad -n --json`")
    lines = ", ".join(where(row) for row, _ in stopping[:_SHOWN])
    more = " …" if len(stopping) > _SHOWN else ""
    raise Conflict(
        f"{len(stopping)} of {plan.rows} rows of {name} cannot be taken ({lines}{more}); "
        "nothing was changed",
        remedy,
    )


def _remedy(request: Request, reasons: Sequence[str]) -> str:
    remedies = ["leave them out with `--skip-bad`"]
    if not request.adjust and any(reason.startswith("it overlaps") for reason in reasons):
        remedies.append("trim what overlaps with `--adjust`")
    remedies += [remedy for word, remedy in _REMEDIES if any(word in reason for reason in reasons)]
    return ", ".join(remedies)


# ---- what was done


def _report(request: Request, plan: Plan) -> EntryImport:
    skipped = sorted(plan.skipped, key=lambda pair: (pair[0].file or "", pair[0].line))
    return EntryImport(
        file=str(request.path),
        format=request.format,
        dry_run=request.dry_run,
        rows=plan.rows,
        taken=plan.taken + len(plan.ended),
        unchanged=plan.unchanged,
        adjusted=tuple(line for row in plan.adjusted for line in _adjusted(row)),
        skipped=tuple(SkippedRow(row.line, row.file, reason) for row, reason in skipped),
        clients=tuple(sorted({client.id for client in plan.fresh_clients})),
        projects=tuple(sorted({project.id for project in plan.fresh})),
        not_billable=plan.not_billable,
    )


def _adjusted(adjusted: Adjusted) -> list[AdjustedRow]:
    """One line for each part that is left of a row."""
    row, lived = adjusted.row, zone_named(adjusted.row.timezone)
    was = at(row.from_at, lived), at(row.from_at if row.to_at is None else row.to_at, lived)
    return [
        AdjustedRow(
            row.line,
            row.file,
            adjusted.project,
            at(begin, lived),
            at(end, lived),
            *was,
            adjusted.reason,
        )
        for begin, end in adjusted.parts
    ]
