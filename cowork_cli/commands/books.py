"""`cowork books`: everything for the tax adviser."""

from cowork_cli.commands import _options as options
from cowork_cli.commands._markers import Annotated, Option
from cowork_cli.commands._verb import new_app, verb
from cowork_cli.context import Context
from cowork_cli.domain.period import Period
from cowork_cli.errors import ExitCode, UsageError
from cowork_cli.out_files import out_path
from cowork_cli.output.result import Result
from cowork_cli.services.books.books import BooksExport

app = new_app()


@verb(
    app,
    "export",
    data=BooksExport,
    rows="BooksFile",
    short="cowork books export --in 2026 --format folder --out books-2026",
)
def export(
    context: Context,
    period: Annotated[Period, options.period_options()],
    format_: Annotated[
        str,
        Option(
            "--format", metavar="F", help="folder (CSV, documents), datev, hledger or beancount."
        ),
    ] = "folder",
    out: Annotated[
        str | None, Option("--out", metavar="DIR", help="A new or an empty folder.")
    ] = None,
    dry_run: options.DryRun = False,
) -> Result:
    """Write the books of a period into a folder; without a period, all."""
    from cowork_cli.services.books import books

    if out is None:
        raise UsageError("--out is missing", "name a new folder, as in `--out books-2026`")
    folder = out_path(out, context.paths).absolute()
    done, problems = books.export(
        context.store,
        context.config.get,
        period,
        format_,
        folder,
        context.now,
        dry_run=dry_run,
    )
    said = f"Would write {len(done.files)} files" if dry_run else f"Wrote {len(done.files)} files"
    notes = [f"Range: {period}.", f"{said} to {out}."]
    notes += [f"For spreadsheets, {cell}." for cell in done.changed]
    if format_ == "folder":
        notes.append(
            "entries.csv and journal.csv are lossless: their cells stay as they were written, so open "
            "them with care in a spreadsheet."
        )
    return Result(
        done,
        rows=done.files,
        notes=notes,
        problems=problems,
        exit_code=ExitCode.PARTIAL if problems else ExitCode.DONE,
        empty="There is nothing to book in this range.",
    )
