"""Checking e-invoices, received ones and our own."""

from collections import Counter

from cowork_cli.commands._markers import Annotated, Argument
from cowork_cli.commands._verb import verb
from cowork_cli.commands.invoice._app import app
from cowork_cli.context import Context
from cowork_cli.domain.einvoice_shown import InvoiceVerification
from cowork_cli.errors import Conflict, CoworkError, ExitCode, NotFound
from cowork_cli.output import text
from cowork_cli.output.result import Result

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

_NAMED = 3


@verb(
    app,
    "verify",
    data=InvoiceVerification,
    rows="Finding",
    short="cowork invoice verify rechnung.pdf",
)
def verify(
    context: Context,
    invoice: Annotated[
        str,
        Argument(
            metavar="NUMBER|FILE", help="An invoice number, or an XML or PDF file; - is stdin."
        ),
    ],
) -> Result:
    """Check an e-invoice, received or your own, and show it; invalid is exit 6."""
    found = _verified(context, invoice)
    counts = Counter(row.severity for row in found.problems)
    told = ", ".join(text.count(counts[kind], kind) for kind in ("error", "warning"))
    if found.valid:
        said = [text.count(counts["warning"], "warning")] if counts["warning"] else []
        if counts["not-checked"]:
            parts = text.count(counts["not-checked"], "part", "parts")
            said.append(f"{parts} not checked")
        more = f" ({', '.join(said)})" if said else ""
        return Result(found, rows=found.problems, notes=[f"{invoice} is valid{more}."], empty="")
    errors = [row for row in found.problems if row.severity == "error"]
    problems: list[CoworkError] = [
        Conflict(f"{row.rule}: {row.message}") for row in errors[:_NAMED]
    ]
    if len(errors) > _NAMED:
        more = text.count(len(errors) - _NAMED, "more error")
        problems.append(Conflict(f"and {more}", "see them all with `--json`"))
    return Result(
        found,
        rows=found.problems,
        notes=[f"{invoice} is not valid: {told}."],
        problems=problems,
        exit_code=ExitCode.CONFLICT,
        empty="",
    )


def _verified(context: Context, name: str) -> InvoiceVerification:
    """A number wins over a file, but for what is plainly a file; that needs no store."""
    from pathlib import Path

    from cowork_cli.services.invoices import verifying

    if name == "-":
        from cowork_cli.commands._in import file_of

        return verifying.verify_file(file_of(context, name), context.today)
    path = Path(name)
    there = _is_there(path)
    if there and (path.suffix.lower() in (".xml", ".pdf") or len(path.parts) > 1):
        return verifying.verify_file(path, context.today)
    try:
        return verifying.verify_issued(context.store, name, context.today)
    except NotFound:
        if there:
            return verifying.verify_file(path, context.today)
        raise NotFound(
            f'there is neither an invoice nor a file "{name}"', "see `cowork invoice list`"
        ) from None


def _is_there(path: "Path") -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False
