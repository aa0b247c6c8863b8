"""Hours of the others, from the files that their programs write. They never become entries of one's own.

The same row is taken once, whatever file it comes in: by the identity that its program gave it, else by what it
says. Rows that are entries of one's own stop it, and so do hours at a time that was taken already.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn
from zoneinfo import ZoneInfo

from cowork_cli.domain import texts
from cowork_cli.domain.jobs import JobHours
from cowork_cli.domain.place import fold
from cowork_cli.domain.zones import seconds_of
from cowork_cli.errors import BadInput, Conflict, NotFound
from cowork_cli.records import dataclass
from cowork_cli.services.hours.import_reading import NO_START, Reading, Request
from cowork_cli.services.hours.importing import rows_of
from cowork_cli.services.jobs import jobs
from cowork_cli.services.people import people
from cowork_cli.store import jobs as kept
from cowork_cli.store.import_stage import StagedRow
from cowork_cli.store.jobs import JobRow, PartRow

if TYPE_CHECKING:
    from cowork_cli.store.engine.store import Store

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file of hours: whose they are, in which format, and of which of their projects."""

    job: str
    person: str
    path: Path
    format: str
    options: Mapping[str, str]
    project: str | None = None
    skip_bad: bool = False
    dry_run: bool = False


def take(
    store: "Store", wanted: Wanted, now: datetime, zone: ZoneInfo, note: Callable[[str], None]
) -> tuple[JobHours, list[str]]:
    """Takes the hours of one of the others, all rows or none; also what to say.

    Raises NotFound, BadInput, and Conflict for rows that cannot be taken (unless `skip_bad`), for one's own
    entries and for hours that stand in another job.
    """
    job = jobs.find(store, wanted.job)
    jobs.refuse_closed(job)
    part = part_of(store, job, wanted.person)
    if part.own:
        raise BadInput(
            "your own hours are your own entries",
            "record them with `cowork track`, in the project of the job (`job open --project`)",
        )
    reading, staged, chosen = _read(wanted, now, zone, note)
    bad = [text for row in chosen if (text := _fault(row, job))]
    if bad and not wanted.skip_bad:
        _refuse(bad, len(chosen), note)
    good = [row for row in chosen if not _fault(row, job)]
    known = kept.hours_known(store, job.id)
    fresh = list({row.uuid: row for row in good if row.uuid not in known}.values())
    _refuse_foreign(store, job, good)
    _refuse_overlaps(store, job, part, fresh)
    if fresh and not wanted.dry_run:
        with store.transaction() as journal:
            for row in fresh:
                kept.add_hours(journal, _values(job, part, row))
    report = JobHours(
        job.name, part.name, wanted.path.name, len(staged), len(fresh), len(good) - len(fresh),
        len(staged) - len(chosen), sum(map(_seconds, fresh)), tuple(bad), wanted.dry_run,
    )  # fmt: skip
    return report, _remarks(job, _projects(chosen, reading), fresh)


def _read(
    wanted: Wanted, now: datetime, zone: ZoneInfo, note: Callable[[str], None]
) -> tuple[Reading, list[StagedRow], list[StagedRow]]:
    """All rows of the file, and those of the project that was asked for. Raises NotFound, BadInput."""
    request = Request(path=wanted.path, format=wanted.format, options=wanted.options)
    reading = Reading(request, seconds_of(now), zone)
    staged = list(reading.staged(rows_of(request, zone, note)))
    chosen = [row for row in staged if _is_of(row, reading, wanted.project)]
    if wanted.project is not None and not chosen:
        raise NotFound(
            f'the file has no hours of "{wanted.project}"',
            f"it has {', '.join(_projects(staged, reading)) or 'no project'}",
        )
    return reading, staged, chosen


def _refuse(bad: list[str], count: int, note: Callable[[str], None]) -> NoReturn:
    for text in bad[:_SHOWN]:
        note(f"{text}.")
    raise Conflict(
        f"{len(bad)} of {count} rows cannot be taken, nothing was changed",
        "correct them, or leave them out with `--skip-bad`",
    )


def _remarks(job: JobRow, projects: list[str], fresh: list[StagedRow]) -> list[str]:
    notes = []
    if len(projects) > 1:
        notes.append(
            f"Hours of {len(projects)} projects were taken: {', '.join(projects[:8])}; "
            "`--project` takes those of one."
        )
    if job.settled_on and fresh:
        notes.append("The job was settled before: settle it again with `cowork job settle`.")
    return notes


def part_of(store: "Store", job: JobRow, text: str) -> PartRow:
    """The part of somebody in a job. Raises NotFound, Ambiguous."""
    parts = kept.parts(store, job.id)
    if text.strip().casefold() in jobs.ME:
        return next(part for part in parts if part.own)
    number = people.find(store, text)
    for part in parts:
        if part.person == number:
            return part
    names = ", ".join(part.name for part in parts if not part.own)
    raise NotFound(f'"{text}" has no part in {job.name}', f"those who have: {names}")


def _is_of(row: StagedRow, reading: Reading, project: str | None) -> bool:
    if project is None or row.uuid is None:
        return True
    if row.owner is None:
        return False
    return fold(project) in {fold(name) for name in _names(reading.owners[row.owner])}


def _names(owner: tuple[str | None, ...]) -> list[str]:
    """What a project may be called: `acme/site`, `site`, its long name."""
    client, project, _, name = owner
    short = (project or "").rpartition("/")[2]
    whole = f"{client}/{short}" if client else project or ""
    return list(filter(None, (whole, project, short, name)))


def _projects(rows: list[StagedRow], reading: Reading) -> list[str]:
    owners = {row.owner for row in rows if row.owner is not None}
    return sorted(
        {_names(reading.owners[owner])[0] for owner in owners if _names(reading.owners[owner])}
    )


def _seconds(row: StagedRow) -> int:
    return row.length_s if row.length_s is not None else (row.to_at or row.from_at) - row.from_at


def _fault(row: StagedRow, job: JobRow) -> str | None:
    where = f"{row.unit} {row.line}{f' of {row.file}' if row.file else ''}"
    if row.fault and row.fault != NO_START:
        return f"{where}: {row.fault}"
    if row.length_s is None and row.to_at is None:
        return f"{where}: it is still running"
    if (row.day or "") < job.opened_on.isoformat():
        return f"{where}: it lies before the job began, {job.opened_on}"
    return None


def _values(job: JobRow, part: PartRow, row: StagedRow) -> dict[str, Any]:
    timed = row.length_s is None
    return {
        "job_id": job.id, "part_id": part.id, "identity": row.uuid, "day": row.day,
        "from_at": row.from_at if timed else None, "to_at": row.to_at if timed else None,
        "seconds": _seconds(row), "note": texts.words(row.note, "a note") if row.note else None,
    }  # fmt: skip


def _refuse_foreign(store: "Store", job: JobRow, rows: list[StagedRow]) -> None:
    """Own entries are no hours of somebody else, and hours of one job are none of another."""
    identities = [row.uuid for row in rows if row.uuid]
    own = kept.own_uuids(store, identities)
    if own:
        raise Conflict(
            f"{len(own)} of the rows are entries of your own: nothing was changed",
            "take the file that the other one exported",
        )
    elsewhere = kept.hours_elsewhere(store, job.id, identities)
    if elsewhere:
        raise Conflict(
            f"some of the rows stand in the job {', '.join(elsewhere)} already: nothing was changed",
            "take only the hours of this job with `--project`",
        )


def _refuse_overlaps(store: "Store", job: JobRow, part: PartRow, fresh: list[StagedRow]) -> None:
    """One person works on one thing at a time: what overlaps would be counted twice."""
    spans = [(begin, end, "") for begin, end in kept.spans(store, part.id)]
    spans += [
        (row.from_at, row.to_at or row.from_at, f"{row.unit} {row.line}")
        for row in fresh
        if row.length_s is None
    ]
    spans.sort(key=lambda span: span[:2])
    for (_, end, first), (begin, _, second) in pairwise(spans):
        if begin < end and (first or second):
            raise Conflict(
                f"{second or first} overlaps {first if first and second else 'hours taken before'} "
                f"of {part.name}: nothing was changed",
                "a file in another form holds the same hours again; take each once",
            )
