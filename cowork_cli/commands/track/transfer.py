"""`cowork track import` and `cowork track export`: hours from and for other programs."""

from pathlib import Path
from typing import TYPE_CHECKING

from cowork_cli.commands import _options as options
from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._out import Force, Out, destination
from cowork_cli.commands._verb import verb
from cowork_cli.commands.track._app import app
from cowork_cli.context import Context
from cowork_cli.domain.period import Period
from cowork_cli.domain.transfer import EntryExport, EntryImport
from cowork_cli.out_files import check_out, write_out
from cowork_cli.output.result import Result

if TYPE_CHECKING:
    from cowork_cli.store.entry_transfer import Whole


@verb(app, "import", data=EntryImport, short="cowork track import --format watson frames -n")
def import_(
    context: Context,
    file: Annotated[str, Argument(metavar="FILE", help="A file, or the program's folder.")],
    format_: Annotated[
        str,
        Option("--format", metavar="F", help="watson, timewarrior, toggl, clockify, csv, json."),
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
        bool, Option("--adjust", help="Trim the later one where rows overlap.")
    ] = False,
    dry_run: options.DryRun = False,
) -> Result:
    """Take hours from another program; the same file again changes nothing."""
    from cowork_cli.services.hours.importing import Wanted, import_file, options_of

    wanted = Wanted(
        path=Path(file),
        format=format_,
        options=options_of(map_),
        client=client,
        skip_bad=skip_bad,
        adjust=adjust,
        dry_run=dry_run,
    )
    report = import_file(
        wanted, store=context.store, now=context.now, zone=context.zone, note=context.note
    )
    return Result(report, notes=_said(report))


@verb(app, "export", data=EntryExport, short="cowork track export --in 2026-11 --out hours.csv")
def export(
    context: Context,
    period: Annotated[Period, options.period_options()],
    format_: Annotated[
        str, Option("--format", metavar="F", help="csv, json or timewarrior.")
    ] = "csv",
    out: Out = None,
    force: Force = False,
) -> Result:
    """Write hours to a file or to stdout; without a period, all of them."""
    from cowork_cli.services.hours import exporting as entry_export
    from cowork_cli.services.hours import reports

    place = destination(context, out, force, "hours", text=True)
    rows = entry_export.found(context.store, period, format_)
    notes = [f"Range: {reports.range_line(context.store, period)}."]
    if any(row.to_at is None for row in rows):
        notes.append("One of the entries is running; it is written without an end.")
    if format_ == "timewarrior" and place.path is not None and place.path.is_dir():
        _write_months(place.path, rows, force)
        content = b""
    else:
        content = entry_export.written(rows, format_)
        place.write(content)
    count = f"{len(rows)} {'entry' if len(rows) == 1 else 'entries'}"
    done = EntryExport(place.shown, format_, len(rows))
    return place.result(content, Result(done, notes=[*place.wrote(what=count), *notes]))


def _write_months(folder: Path, rows: "list[Whole]", force: bool) -> None:
    """timewarrior's files; one that is in the way is found before the first is written."""
    from cowork_cli.services.hours import exporting as entry_export

    months = entry_export.months(rows)
    for name, content in months.items():
        check_out(folder / name, content, force=force)
    for name, content in months.items():
        write_out(folder / name, content, force=force)


def _said(report: EntryImport) -> list[str]:
    """What people should know about an import, in a few lines."""
    verbs = "Would take" if report.dry_run else "Took"
    parts = [f"{verbs} {report.taken} of {report.rows} rows"]
    if report.unchanged:
        parts.append(f"{report.unchanged} were there already")
    if report.adjusted:
        parts.append(f"{len(report.adjusted)} adjusted")
    if report.skipped:
        parts.append(f"{len(report.skipped)} skipped")
    notes = ["; ".join(parts) + "."]
    for row in report.skipped[:5]:
        of = f" of {row.file}" if row.file else ""
        notes.append(f"Skipped {row.line}{of}: {row.reason}.")
    if len(report.skipped) > 5:
        notes.append(f"… and {len(report.skipped) - 5} more; see them with `--json`.")
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
