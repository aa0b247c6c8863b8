"""`--out FILE` and `--force`: where a document goes, for every command that hands one out.

A file is written by `out_files`; `-`, and nothing in a pipe, is stdout. On a terminal only text is
shown: a PDF and its like are written into the folder one is in, under their own name.
"""

from pathlib import Path

from cowork_cli.commands._markers import Annotated, Option
from cowork_cli.commands._options import Force as Force
from cowork_cli.context import Context
from cowork_cli.errors import BadInput, UsageError
from cowork_cli.out_files import check_out, out_path, write_out
from cowork_cli.output.diagnostics import is_terminal
from cowork_cli.output.result import Result
from cowork_cli.records import dataclass, replace

Out = Annotated[str | None, Option("--out", metavar="FILE", help="A file; - is stdout.")]


NO_JSON = "an export to stdout is no JSON document"
"""What is said where bytes would stand in the place of JSON."""


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a document goes: a file, or stdout where `path` is None."""

    path: Path | None
    shown: str
    force: bool

    def check(self, content: bytes) -> None:
        """Raises what `write` would raise before it writes, for a dry run."""
        if self.path is not None:
            check_out(self.path, content, force=self.force)

    def write(self, content: bytes) -> None:
        """Writes the file; stdout is written at the end of the command, by `result`."""
        if self.path is not None:
            write_out(self.path, content, force=self.force)

    def wrote(self, more: str = "", what: str = "") -> list[str]:
        """The sentence about the file; none for stdout."""
        if self.path is None:
            return []
        return [f"Wrote {f'{what} to ' if what else ''}{self.shown}{more}."]

    def result(self, content: bytes, written: Result) -> Result:
        """`written`, which is about the file; for stdout the document takes the place of its data."""
        if self.path is not None:
            return written
        return Result(content=content, notes=written.notes)


def destination(
    context: Context, out: str | None, force: bool, natural: str, *, text: bool
) -> Destination:
    """Where the document goes; `natural` is its own name, `text` whether a terminal can show it.

    Raises UsageError for a document on stdout where JSON was asked for.
    """
    if out is not None and out != "-":
        return Destination(out_path(out, context.paths), out, force)
    if context.wants_json:
        raise UsageError(NO_JSON, "give `--out FILE`")
    if not text and is_terminal(context.stdout):
        if out == "-":
            raise UsageError(
                "a terminal cannot show this document", f"give `--out {natural}`, or pipe it"
            )
        return Destination(Path(natural), natural, force)
    return Destination(None, "-", force)


def check_calendar(out: str) -> None:
    """Raises BadInput where a calendar would get the name of a file of another kind."""
    if Path(out).suffix.lower() in (
        ".csv",
        ".eml",
        ".htm",
        ".html",
        ".json",
        ".pdf",
        ".txt",
        ".vcf",
        ".xml",
    ):
        raise BadInput(f'"{out}" is no name of a calendar', "name it as in `--out calendar.ics`")


def calendar_result(
    context: Context, out: str, force: bool, name: str, content: bytes, result: Result
) -> Result:
    """Writes a calendar, `NAME.ics` by its own name, and says so beside what it lists.

    Raises BadInput for the name of a file of another kind.
    """
    check_calendar(out)
    place = destination(context, out, force, f"{name}.ics", text=True)
    place.write(content)
    return place.result(content, replace(result, notes=[*result.notes, *place.wrote()]))
