"""`cowork track import` and `cowork track export`: hours from and for other programs."""

from pathlib import Path

from cowork_cli.commands import _options as options
from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._out import Force, Out, destination
from cowork_cli.commands._verb import verb
from cowork_cli.commands.track._app import app
from cowork_cli.context import Context
from cowork_cli.domain.period import Period
from cowork_cli.domain.transfer import AdjustedRow, EntryExport, EntryImport
from cowork_cli.out_files import check_out, write_out
from cowork_cli.output.result import Result

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from cowork_cli.store.entry_transfer import Whole


@verb(app, "import", data=EntryImport, short="cowork track import --format watson frames -n")
def import_(
    context: Context,
    file: Annotated[
        str, Argument(metavar="FILE", help="A file, or the program's folder; - is stdin.")
    ],
    format_: Annotated[
        str,
        Option(
            "--format",
            metavar="F",
            help="watson, timewarrior, toggl, clockify, kimai, klog, timetrap, hamster, org, "
            "timeclock, csv, json.",
        ),
    ],
    map_: Annotated[
        list[str],
        Option("--map", metavar="FIELD=COLUMN", help="from=Start; again for more."),
    ] = [],  # noqa: B006 - Typer's way to say: none by default
    client: Annotated[
        str | None, Option("--client", metavar="C", help="For projects without a client.")
    ] = None,
    skip_bad: Annotated[
        bool, Option("--skip-bad", help="Leave out what cannot be taken, and list it.")
    ] = False,
    adjust: Annotated[
        bool, Option("--adjust", help="Trim or split the later one where rows overlap.")
    ] = False,
    start: Annotated[
        str | None,
        Option("--start", metavar="HH:MM", help="Rows with a length only lie from here on."),
    ] = None,
    clock_change: Annotated[
        str | None,
        Option(
            "--clock-change", metavar="WHICH", help="first or second, of a time that comes twice."
        ),
    ] = None,
    person: Annotated[
        str | None, Option("--person", metavar="NAME", help="Only the rows of this one.")
    ] = None,
    dry_run: options.DryRun = False,
) -> Result:
    """Take hours from another program; the same file again changes nothing."""
    from cowork_cli.commands._in import file_of
    from cowork_cli.domain.phrases import parse_clock
    from cowork_cli.services.hours.import_reading import Request
    from cowork_cli.services.hours.importing import import_file, options_of

    request = Request(
        path=file_of(context, file, folder=True),
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
def export(
    context: Context,
    period: Annotated[Period, options.period_options()],
    format_: Annotated[
        str,
        Option("--format", metavar="F", help="csv, json, timewarrior, timeclock, klog, ical."),
    ] = "csv",
    out: Out = None,
    force: Force = False,
    person: options.Person = None,
) -> Result:
    """Write hours to a file or to stdout; without a period, all of them."""
    from cowork_cli.services.hours import exporting as entry_export
    from cowork_cli.services.hours import reports

    place = destination(context, out, force, "hours", text=True)
    rows = entry_export.entries_of(
        context.store, period, format_, options.person_key(context, person)
    )
    notes = [f"Range: {reports.range_line(context.store, period)}."]
    if any(row.to_at is None for row in rows):
        notes.append("One of the entries is running; it is written without an end.")
    if format_ in ("csv", "json"):
        notes.append(
            "Lossless: every value is as it was written, also one that begins like a formula."
        )
    notes += _first(entry_export.not_held(rows, format_, context.zone), 20)
    if format_ == "timewarrior" and place.path is not None and place.path.is_dir():
        _write_months(place.path, rows, context.zone, force)
        content = b""
    else:
        content = entry_export.written(rows, format_, context.zone)
        place.write(content)
    count = f"{len(rows)} {'entry' if len(rows) == 1 else 'entries'}"
    done = EntryExport(place.shown, format_, len(rows))
    return place.result(content, Result(done, notes=[*place.wrote(what=count), *notes]))


def _write_months(folder: Path, rows: "list[Whole]", zone: "ZoneInfo", force: bool) -> None:
    """timewarrior's files; one that is in the way is found before the first is written."""
    from cowork_cli.services.hours import exporting as entry_export

    months = entry_export.months(rows, zone)
    for name, content in months.items():
        check_out(folder / name, content, force=force)
    for name, content in months.items():
        write_out(folder / name, content, force=force)


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
