"""`cowork track import` and `cowork track export`: hours from and for other programs."""

from typing import TYPE_CHECKING, Annotated

import typer

from cowork_cli.commands import _options as options
from cowork_cli.commands._verb import office, verb
from cowork_cli.commands.track._app import app
from cowork_cli.context import Context
from cowork_cli.domain.period import Period
from cowork_cli.domain.transfer import AdjustedRow, EntryExport, EntryImport
from cowork_cli.output.result import Result

if TYPE_CHECKING:
    from datetime import datetime

    from cowork_cli.store.entry_transfer import Whole


@verb(app, "import", data=EntryImport, short="cowork track import --format watson frames -n")
def import_(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="A file, or the program's folder.")],
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="F",
            help="watson, timewarrior, toggl, clockify, kimai, klog, timetrap, hamster, org, "
            "timeclock, csv, json.",
        ),
    ],
    map_: Annotated[
        list[str],
        typer.Option("--map", metavar="FIELD=COLUMN", help="from=Start; again for more."),
    ] = [],  # noqa: B006 - Typer's way to say: none by default
    client: Annotated[
        str | None, typer.Option("--client", metavar="C", help="For projects without a client.")
    ] = None,
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help="Leave out what cannot be taken, and list it.")
    ] = False,
    adjust: Annotated[
        bool, typer.Option("--adjust", help="Trim or split the later one where rows overlap.")
    ] = False,
    start: Annotated[
        str | None,
        typer.Option("--start", metavar="HH:MM", help="Rows with a length only lie from here on."),
    ] = None,
    clock_change: Annotated[
        str | None,
        typer.Option(
            "--clock-change", metavar="WHICH", help="first or second, of a time that comes twice."
        ),
    ] = None,
    person: Annotated[
        str | None, typer.Option("--person", metavar="NAME", help="Only the rows of this one.")
    ] = None,
    dry_run: options.DryRun = False,
) -> Result:
    """Take hours from another program; the same file again changes nothing."""
    from pathlib import Path

    from cowork_cli.domain.phrases import parse_clock
    from cowork_cli.services.hours.import_plan import Request
    from cowork_cli.services.hours.importing import import_file, options_of

    context = office(ctx)
    request = Request(
        path=Path(file),
        format=format_,
        options=options_of(map_),
        client=client,
        skip_bad=skip_bad,
        adjust=adjust,
        dry_run=dry_run,
        start=parse_clock(start) if start is not None else None,
        clock_change=clock_change,
        person=person,
    )
    report = import_file(
        request, store=context.store, now=context.now, zone=context.zone, note=context.note
    )
    return Result(report, notes=_said(report))


@verb(app, "export", data=EntryExport, short="cowork track export --in 2026-11 --out hours.csv")
@options.with_period()
def export(
    ctx: typer.Context,
    period: Period,
    format_: Annotated[
        str,
        typer.Option(
            "--format", metavar="F", help="csv, json, timewarrior, timeclock, klog, ical."
        ),
    ] = "csv",
    out: Annotated[
        str | None, typer.Option("--out", metavar="FILE", help="A file; - is stdout.")
    ] = None,
) -> Result:
    """Write hours to a file or to stdout; without a period, all of them."""
    from cowork_cli.errors import UsageError
    from cowork_cli.services.hours import exporting as entry_export
    from cowork_cli.services.hours import reports

    context = office(ctx)
    if out in (None, "-") and context.wants_json:
        raise UsageError("an export to stdout is no JSON document", "give `--out FILE`")
    rows = entry_export.entries_of(context.store, period, format_)
    notes = [f"Range: {reports.range_line(context.store, period)}."]
    if any(row.to_at is None for row in rows):
        notes.append("One of the entries is running; it is written without an end.")
    notes += _first(entry_export.not_held(rows, format_, context.zone), 20)
    if out is None or out == "-":
        return Result(content=entry_export.written(rows, format_, context.zone), notes=notes)
    _write(context, rows, format_, out)
    count = f"{len(rows)} {'entry' if len(rows) == 1 else 'entries'}"
    return Result(EntryExport(out, format_, len(rows)), notes=[f"Wrote {count} to {out}.", *notes])


def _write(context: Context, rows: "list[Whole]", form: str, out: str) -> None:
    import errno
    from pathlib import Path

    from cowork_cli.errors import BadInput
    from cowork_cli.services.hours import exporting as entry_export

    path = Path(out)
    try:
        if path.is_dir() and form != "timewarrior":
            raise BadInput(f"{out} is a folder", "give a file")
        if path.is_dir():
            for name, content in entry_export.months(rows, context.zone).items():
                (path / name).write_bytes(content)
        else:
            path.write_bytes(entry_export.written(rows, form, context.zone))
    except FileNotFoundError:
        raise BadInput(f"there is no folder {path.parent}", "make it, or give another") from None
    except OSError as error:
        if error.errno != errno.ENAMETOOLONG:
            raise
        raise BadInput(f"cannot write {out}: the name is too long", "give a shorter one") from None


def _said(report: EntryImport) -> list[str]:
    """What people should know about an import, in a few lines."""
    cut = _cut(report)
    notes = [_summary(report, cut)]
    notes += _first(cut, 20)
    skipped = [
        f"Skipped {row.line}{f' of {row.file}' if row.file else ''}: {row.reason}."
        for row in report.skipped
    ]
    notes += _first(skipped, 5)
    if report.clients:
        notes.append(
            f"New clients, without address and rate: {', '.join(report.clients)}; "
            f"fill them in with `cowork client edit {report.clients[0]}`."
        )
    if report.not_billable:
        notes.append(f"The file calls {report.not_billable} of them not billable.")
    if report.dry_run:
        notes.append("Nothing was changed (--dry-run).")
    elif report.taken:
        notes.append("Take it all back with `cowork undo`.")
    return notes


def _summary(report: EntryImport, cut: list[str]) -> str:
    verbs = "Would take" if report.dry_run else "Took"
    parts = [f"{verbs} {report.taken} of {report.rows} rows"]
    if report.unchanged:
        parts.append(f"{report.unchanged} were there already")
    if cut:
        parts.append(f"{len(cut)} adjusted")
    if report.skipped:
        parts.append(f"{len(report.skipped)} skipped")
    return "; ".join(parts) + "."


def _first(lines: list[str], count: int) -> list[str]:
    more = len(lines) - count
    return lines if more <= 0 else [*lines[:count], f"… and {more} more; see them with `--json`."]


def _cut(report: EntryImport) -> list[str]:
    """A line for each row of which less was taken than the file says, with how much less."""
    from cowork_cli.output.text import duration

    rows: dict[tuple[str | None, int], list[AdjustedRow]] = {}
    for part in report.adjusted:
        rows.setdefault((part.file, part.line), []).append(part)
    lines = []
    for (file, line), parts in rows.items():
        first = parts[0]
        left = sum(part.to.timestamp() - part.from_.timestamp() for part in parts)
        less = int(first.was_to.timestamp() - first.was_from.timestamp() - left)
        kept = " and ".join(_stretch(part.from_, part.to) for part in parts)
        lines.append(
            f"Adjusted {line}{f' of {file}' if file else ''}: {first.was_from:%Y-%m-%d} "
            f"{_stretch(first.was_from, first.was_to)} became {kept}, {duration(less)} less: "
            f"{first.reason}."
        )
    return lines


def _stretch(begin: "datetime", end: "datetime") -> str:
    return f"{begin:%H:%M}-{end:%H:%M}"
