"""Hours of other programs: read, looked at as a whole, then taken in one change or not at all.

Every row is taken as it is, known already, or listed with the reason. A taken row gets a UUID made
from what the file says of it, so that the same row again is known, also after it was edited here.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from cowork_cli.domain.transfer import AdjustedRow, EntryImport, SkippedRow
from cowork_cli.domain.zones import at, seconds_of, zone_named
from cowork_cli.errors import BadInput, Conflict
from cowork_cli.importers import ImportedEntry, Row, Unreadable, reader_of
from cowork_cli.services.hours.import_names import Directory, Named, create
from cowork_cli.store import entry_transfer
from cowork_cli.store.engine.store import Store

_NAMESPACE = UUID("5b0d8c62-3d5e-5f0e-9b57-2f6f1c0c3a11")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SHOWN = 20
DEFAULTS = ("default-project", "default-billable")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for: the file and how to read it."""

    path: Path
    format: str
    options: Mapping[str, str] = field(default_factory=dict)
    client: str | None = None
    skip_bad: bool = False
    adjust: bool = False
    dry_run: bool = False


@dataclass(slots=True)
class _Candidate:
    """A readable row on its way into the store."""

    row: ImportedEntry
    uuid: str
    project: Named
    start: int
    end: int
    was: tuple[int, int] | None = None
    reason: str = ""


@dataclass(slots=True)
class _Plan:
    """What will happen to each row."""

    rows: int = 0
    unchanged: int = 0
    taken: list[_Candidate] = field(default_factory=list)
    skipped: list[tuple[Row, str]] = field(default_factory=list)
    stopping: list[tuple[Row, str]] = field(default_factory=list)


def options_of(texts: Sequence[str]) -> dict[str, str]:
    """`FIELD=COLUMN` as given with `--map`. Raises BadInput."""
    found: dict[str, str] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not (name.strip() and equals and value.strip()):
            raise BadInput(f'"{text}" is not FIELD=COLUMN', "write it as `--map from=Start`")
        found[name.strip().lower()] = value.strip()
    return found


def import_file(
    wanted: Wanted, *, store: Store, now: datetime, zone: ZoneInfo, note: Callable[[str], None]
) -> EntryImport:
    """Takes the rows of a file or folder. `note` gets a line for each row that stops it.

    Raises NotFound, BadInput, and Conflict where rows stop it; then nothing was changed.
    """
    read, known = reader_of(wanted.format)
    for name in wanted.options:
        if name not in (*known, *DEFAULTS):
            raise BadInput(
                f'there is no field "{name}" to map for {wanted.format}',
                f"fields are {', '.join((*known, *DEFAULTS))}",
            )
    rows = list(read(wanted.path, zone, wanted.options))
    billable = _default_billable(wanted.options)
    if wanted.dry_run:
        return _report(wanted, _planned(wanted, rows, store, now, note), zone)
    with store.transaction():
        plan = _planned(wanted, rows, store, now, note)
        report = _report(wanted, plan, zone)
        _write(plan, store, zone, billable)
    return report


def _default_billable(options: Mapping[str, str]) -> bool | None:
    text = options.get("default-billable")
    if text is None:
        return None
    if text.lower() not in ("yes", "no"):
        raise BadInput(f'default-billable "{text}" is neither yes nor no', "write it as `no`")
    return text.lower() == "yes"


# ---- looking at the rows


def _planned(
    wanted: Wanted,
    rows: Sequence[Row],
    store: Store,
    now: datetime,
    note: Callable[[str], None],
) -> _Plan:
    directory = Directory(store, wanted.client, wanted.options.get("default-project"))
    plan = _Plan(rows=len(rows))
    candidates = _candidates(wanted, rows, directory, plan, store, seconds_of(now))
    if directory.homeless:
        _refuse_homeless(list(directory.homeless))
    _resolve(candidates, plan, store, adjust=wanted.adjust)
    if plan.stopping and not wanted.skip_bad:
        _refuse(wanted, plan, note)
    plan.skipped += plan.stopping
    return plan


def _candidates(
    wanted: Wanted,
    rows: Sequence[Row],
    directory: Directory,
    plan: _Plan,
    store: Store,
    now_s: int,
) -> list[_Candidate]:
    """The rows that are neither known nor wrong in themselves, by their start."""
    known = entry_transfer.uuids(store)
    seen: dict[str, ImportedEntry] = {}
    found = []
    for row in rows:
        if isinstance(row, Unreadable):
            plan.stopping.append((row, row.reason))
            continue
        uuid = _identity(wanted.format, row)
        if uuid in known:
            plan.unchanged += 1
            continue
        reason = _fault(row, now_s)
        if reason is None and uuid in seen:
            reason = f"it is {_where(seen[uuid])} once more"
        if reason is None and directory.wants_project(row):
            reason = "it names no project"
        if reason is not None:
            plan.stopping.append((row, reason))
            continue
        seen[uuid] = row
        project = directory.project_of(row)
        if project is not None:
            assert row.to is not None
            found.append(_Candidate(row, uuid, project, seconds_of(row.from_), seconds_of(row.to)))
    return sorted(found, key=lambda one: (one.start, one.row.file or "", one.row.line))


def _fault(row: ImportedEntry, now_s: int) -> str | None:
    """What is wrong with the times of a row by itself."""
    if row.to is None:
        return "it is still running"
    start, end = seconds_of(row.from_), seconds_of(row.to)
    if end == start:
        return "it has no length"
    if end < start:
        return f"its end {row.to:%Y-%m-%d %H:%M} is before its start {row.from_:%Y-%m-%d %H:%M}"
    if end > now_s:
        return "it lies in the future" if start > now_s else "it ends in the future"
    return None


def _identity(form: str, row: ImportedEntry) -> str:
    """The UUID of a row: its own, or one made from its identity or from what it says."""
    if row.source_id:
        if form in ("json", "csv") and _UUID.fullmatch(row.source_id.lower()):
            return row.source_id.lower()
        parts = [form, "id", row.source_id]
    else:
        times = [seconds_of(row.from_), "" if row.to is None else seconds_of(row.to)]
        parts = [form, *map(str, times), row.client or "", row.project, row.note or "", *row.tags]
    return str(uuid5(_NAMESPACE, "\x1f".join(parts)))


def _resolve(candidates: Sequence[_Candidate], plan: _Plan, store: Store, *, adjust: bool) -> None:
    """Takes the rows one after the other; the later of two that overlap is trimmed or refused.

    Entries of the store stay as they are: a row gives way to them.
    """
    if not candidates:
        return
    last = max(one.end for one in candidates)
    there = entry_transfer.busy(store, candidates[0].start, last)
    ends = [row[1] for row in there]
    before: _Candidate | None = None
    for one in candidates:
        start, end = one.start, one.end
        if before is not None and start < before.end:
            one.reason = f"it overlaps {_shown(before)}"
            start = before.end
        while start < end:
            index = bisect_right(ends, start)
            if index == len(there) or there[index][0] >= end:
                break
            begins, finishes, row_id, project = there[index]
            one.reason = one.reason or f"it overlaps e-{row_id} ({project})"
            if not adjust or begins > start:
                end = min(end, begins)
                break
            start = finishes
        if one.reason and (not adjust or start >= end):
            left = plan.skipped if adjust else plan.stopping
            left.append((one.row, one.reason + (", nothing is left of it" if adjust else "")))
            continue
        if one.reason:
            one.was = (one.start, one.end)
            one.start, one.end = start, end
        plan.taken.append(one)
        before = one


def _refuse_homeless(projects: Sequence[str]) -> None:
    shown = ", ".join(projects[:10]) + (" …" if len(projects) > 10 else "")
    what = "1 project has" if len(projects) == 1 else f"{len(projects)} projects have"
    raise BadInput(
        f"{what} no client: {shown}",
        "name the client with `--client C`, or write projects as client/project",
    )


def _refuse(wanted: Wanted, plan: _Plan, note: Callable[[str], None]) -> None:
    """Raises Conflict, naming the rows."""
    stopping = sorted(plan.stopping, key=lambda pair: (pair[0].file or "", pair[0].line))
    adjustable = any(reason.startswith("it overlaps") for _, reason in stopping)
    remedy = "leave them out with `--skip-bad`"
    if adjustable and not wanted.adjust:
        remedy += ", trim what overlaps with `--adjust`"
    if any(reason == "it names no project" for _, reason in stopping):
        remedy += ", name their project with `--map default-project=NAME`"
    name = wanted.path.name or str(wanted.path)
    if len(stopping) == 1:
        row, reason = stopping[0]
        raise Conflict(
            f"{_where(row)} of {name} cannot be taken: {reason}; nothing was changed",
            remedy.replace("them", "it", 1).replace("their", "its"),
        )
    for row, reason in stopping[:_SHOWN]:
        note(f"{_where(row)}: {reason}")
    if len(stopping) > _SHOWN:
        note(f"… and {len(stopping) - _SHOWN} more; see them all with `--skip-bad -n --json`")
    lines = ", ".join(_where(row) for row, _ in stopping[:_SHOWN])
    more = " …" if len(stopping) > _SHOWN else ""
    raise Conflict(
        f"{len(stopping)} of {plan.rows} rows of {name} cannot be taken ({lines}{more}); "
        "nothing was changed",
        remedy,
    )


def _where(row: Row) -> str:
    return f"{row.unit} {row.line}" + (f" of {row.file}" if row.file else "")


def _shown(one: _Candidate) -> str:
    return f"{_where(one.row)} ({one.project.id})"


# ---- taking them


def _write(plan: _Plan, store: Store, zone: ZoneInfo, billable: bool | None) -> None:
    fresh = {id(one.project): one.project for one in plan.taken}
    create(store, fresh.values())
    entry_transfer.add_entries(store, (_columns(one, zone, billable) for one in plan.taken))


def _columns(one: _Candidate, zone: ZoneInfo, billable: bool | None) -> dict[str, Any]:
    row = one.row
    lived = zone_named(row.zone) if row.zone else zone
    said = row.billable if row.billable is not None else billable
    return {
        "uuid": one.uuid,
        "project_id": one.project.row,
        "note": row.note,
        "tags": ",".join(row.tags),
        "place": row.place,
        "from_at": one.start,
        "to_at": one.end,
        "timezone": str(lived),
        "day": at(one.start, lived).date().isoformat(),
        "billable": int(one.project.billable if said is None else said),
    }


def _report(wanted: Wanted, plan: _Plan, zone: ZoneInfo) -> EntryImport:
    def shown(seconds: int, row: ImportedEntry) -> datetime:
        return at(seconds, zone_named(row.zone) if row.zone else zone)

    projects = {one.project.id: one.project for one in plan.taken}
    fresh = [project for project in projects.values() if project.row is None]
    owners = {project.client.id: project.client for project in fresh if project.client}
    skipped = sorted(plan.skipped, key=lambda pair: (pair[0].file or "", pair[0].line))
    return EntryImport(
        file=str(wanted.path),
        format=wanted.format,
        dry_run=wanted.dry_run,
        rows=plan.rows,
        taken=len(plan.taken),
        unchanged=plan.unchanged,
        adjusted=tuple(
            AdjustedRow(
                one.row.line,
                one.row.file,
                one.project.id,
                shown(one.start, one.row),
                shown(one.end, one.row),
                shown(one.was[0], one.row),
                shown(one.was[1], one.row),
                one.reason,
            )
            for one in plan.taken
            if one.was
        ),
        skipped=tuple(SkippedRow(row.line, row.file, reason) for row, reason in skipped),
        clients=tuple(sorted(name for name, owner in owners.items() if owner.row is None)),
        projects=tuple(sorted(project.id for project in fresh)),
        not_billable=sum(one.row.billable is False for one in plan.taken),
    )
