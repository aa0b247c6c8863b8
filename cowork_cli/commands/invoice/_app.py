"""The Typer app of `cowork invoice`, and what its verbs share."""

from pathlib import Path

from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._verb import new_app
from cowork_cli.context import Context
from cowork_cli.errors import CoworkError, Failed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cowork_cli.services.invoices.committing import Press
    from cowork_cli.services.invoices.issuing import Dates

app = new_app()

DraftArgument = Annotated[str, Argument(metavar="DRAFT", help="For example draft-1.")]
NumberArgument = Annotated[str, Argument(metavar="ID", help="An invoice number, or draft-1.")]
OnDate = Annotated[str | None, Option("--date", metavar="D", help="Invoice date; default: today.")]


def write_copies(context: Context) -> list[CoworkError]:
    """Copies of issued documents that are missing; the store holds the originals, so nothing is lost."""
    from cowork_cli.services.invoices.issuing import restore_copies

    try:
        restore_copies(context.store, context.paths.invoices)
    except OSError as error:
        return [
            Failed(
                f"a copy could not be written to {context.paths.invoices}: {error.strerror}",
                "the document itself is kept; the next `cowork invoice list` writes the copy",
            )
        ]
    return []


def dates_of(
    context: Context,
    date: str | None,
    due: str | None,
    force: bool,
    timesheet: bool = False,
    service: str | None = None,
) -> "Dates":
    from cowork_cli.domain.phrases import parse_date, parse_period
    from cowork_cli.services.invoices.issuing import Dates

    return Dates(
        context.today,
        parse_date(date, context.today, planned=False) if date else None,
        parse_date(due, context.today, planned=True) if due else None,
        force,
        timesheet or None,
        parse_period(service, context.today) if service else None,
    )


def press(context: Context) -> "Press":
    """Sets documents as of now, in the font of the settings."""
    from cowork_cli.documents.issued import issued_files
    from cowork_cli.services.invoices.committing import Press

    font = font_of(context)
    return Press(lambda document: issued_files(document, context.now, font), context.paths.invoices)


def font_of(context: Context) -> Path | None:
    """The file of the setting `invoice.font`, for letters that the built-in fonts lack."""
    name = context.config.text("invoice.font")
    return Path(name).expanduser() if name else None
