"""Hours of other programs: read, looked at as a whole, then taken in one change or not at all.

Every row is taken as it is, known already, or listed with the reason (`import_plan`).
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from cowork_cli.domain.transfer import AdjustedRow, EntryImport, SkippedRow
from cowork_cli.domain.zones import at, seconds_of, zone_named
from cowork_cli.errors import BadInput, Conflict
from cowork_cli.importers import ImportedEntry, Row, reader_of
from cowork_cli.services.hours.import_names import Directory, create
from cowork_cli.services.hours.import_plan import NO_START, Candidate, Plan, Request, planned, where
from cowork_cli.store import entry_transfer
from cowork_cli.store.engine.store import Store

_SHOWN = 20
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
    rows = _read(request, zone, note)
    billable = _default_billable(request.options)
    if request.dry_run:
        plan = _planned(request, rows, store, now, zone, note)
        return _report(request, plan, zone)
    with store.transaction():
        plan = _planned(request, rows, store, now, zone, note)
        report = _report(request, plan, zone)
        _write(plan, store, zone, billable)
    return report


def _read(request: Request, zone: ZoneInfo, note: Say) -> list[Row]:
    read, known = reader_of(request.format)
    for name in request.options:
        if name not in (*known, *DEFAULTS):
            raise BadInput(
                f'there is no field "{name}" to map for {request.format}',
                f"fields are {', '.join((*known, *DEFAULTS))}",
            )
    asked: dict[str, str] = dict(request.options)
    if request.person is not None:
        if "user" not in known:
            raise BadInput(f"a file of {request.format} names no people", "leave out `--person`")
        asked["person"] = request.person
    if request.clock_change is not None:
        if request.format in _OF_INSTANTS:
            note(f"`--clock-change` changes nothing: {request.format} has instants.")
        asked["clock-change"] = request.clock_change
    if request.start is not None:
        asked["start"] = f"{request.start:%H:%M}"
    return list(read(request.path, zone, asked, note))


def _default_billable(options: Mapping[str, str]) -> bool | None:
    text = options.get("default-billable")
    if text is None:
        return None
    if text.lower() not in ("yes", "no"):
        raise BadInput(f'default-billable "{text}" is neither yes nor no', "write it as `no`")
    return text.lower() == "yes"


def _planned(
    request: Request, rows: Sequence[Row], store: Store, now: datetime, zone: ZoneInfo, note: Say
) -> Plan:
    directory = Directory(store, request.client, request.options.get("default-project"))
    plan = planned(request, rows, directory, store, seconds_of(now), zone)
    if directory.homeless:
        _refuse_homeless(list(directory.homeless))
    if plan.stopping and not request.skip_bad:
        _refuse(request, plan, note)
    plan.skipped += plan.stopping
    _say_what_was_made_of_them(request, plan, note)
    return plan


def _say_what_was_made_of_them(request: Request, plan: Plan, note: Say) -> None:
    if plan.stacked:
        rows = "1 row has" if plan.stacked == 1 else f"{plan.stacked} rows have"
        note(f"{rows} no start: laid one behind the other from {request.start:%H:%M} on.")
    elif request.start is not None:
        note("`--start` changes nothing: every new row has a start.")
    pauses = [candidate.row.pause_s for candidate in plan.taken if candidate.row.pause_s]
    if pauses:
        rows = "1 row holds" if len(pauses) == 1 else f"{len(pauses)} rows hold"
        hours, minutes = divmod(sum(pauses) // 60, 60)
        note(f"{rows} pauses of {hours} h {minutes} min: the ends are earlier by them.")
    for candidate in plan.taken:
        if candidate.end is None:
            note(f"{where(candidate.row).capitalize()} is the running timer now.")
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


# ---- taking them


def _write(plan: Plan, store: Store, zone: ZoneInfo, billable: bool | None) -> None:
    fresh = {id(candidate.project): candidate.project for candidate in plan.taken}
    create(store, fresh.values())
    for uuid, end in plan.ended.items():
        entry_transfer.end(store, uuid, end)
    entry_transfer.add_entries(
        store,
        (columns for candidate in plan.taken for columns in _columns(candidate, zone, billable)),
    )


def _columns(candidate: Candidate, zone: ZoneInfo, billable: bool | None) -> list[dict[str, Any]]:
    """The columns of each part of a row; every part says all that the row says."""
    row = candidate.row
    lived = _zone(row, zone)
    said = row.billable if row.billable is not None else billable
    return [
        {
            "uuid": uuid,
            "project_id": candidate.project.row,
            "note": row.note,
            "tags": ",".join(row.tags),
            "place": row.place,
            "from_at": start,
            "to_at": end,
            "timezone": str(lived),
            "day": at(start, lived).date().isoformat(),
            "billable": int(candidate.project.billable if said is None else said),
        }
        for uuid, (start, end) in zip(candidate.uuids(), candidate.parts, strict=True)
    ]


def _zone(row: ImportedEntry, zone: ZoneInfo) -> ZoneInfo:
    return zone_named(row.zone) if row.zone else zone


def _report(request: Request, plan: Plan, zone: ZoneInfo) -> EntryImport:
    projects = {candidate.project.id: candidate.project for candidate in plan.taken}
    fresh = [project for project in projects.values() if project.row is None]
    owners = {project.client.id: project.client for project in fresh if project.client}
    skipped = sorted(plan.skipped, key=lambda pair: (pair[0].file or "", pair[0].line))
    return EntryImport(
        file=str(request.path),
        format=request.format,
        dry_run=request.dry_run,
        rows=plan.rows,
        taken=len(plan.taken) + len(plan.ended),
        unchanged=plan.unchanged,
        adjusted=tuple(
            row
            for candidate in plan.taken
            if candidate.was_adjusted
            for row in _adjusted(candidate, zone)
        ),
        skipped=tuple(SkippedRow(row.line, row.file, reason) for row, reason in skipped),
        clients=tuple(sorted(name for name, owner in owners.items() if owner.row is None)),
        projects=tuple(sorted(project.id for project in fresh)),
        not_billable=sum(candidate.row.billable is False for candidate in plan.taken),
    )


def _adjusted(candidate: Candidate, zone: ZoneInfo) -> list[AdjustedRow]:
    """One line for each part that is left of a row."""
    lived = _zone(candidate.row, zone)
    was = at(candidate.start, lived), at(candidate.end or candidate.start, lived)
    return [
        AdjustedRow(
            candidate.row.line,
            candidate.row.file,
            candidate.project.id,
            at(start, lived),
            at(end or start, lived),
            *was,
            candidate.reason,
        )
        for start, end in candidate.parts
    ]
