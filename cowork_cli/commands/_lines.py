"""The options of lines, declared once for drafts, quotes and invoices that are written again.

New ones are typed as `--line TEXT --price P [--qty N …]…`, several on one command line: what follows a
`--line` belongs to it, up to the next one (the markers keep that order, `place_of`). One that is there
is changed by its number: `--line 2 --price 90`.
"""

from cowork_cli.commands._markers import Annotated, Option, Several, place_of
from cowork_cli.context import Context
from cowork_cli.errors import UsageError
from cowork_cli.records import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from cowork_cli.services.invoices.typed_lines import Typed

LINE = "--line"


@dataclass(frozen=True, slots=True)
class TypedLine:
    """One `--line` with what stood after it; None is not given."""

    text: str
    price: str | None = None
    quantity: str | None = None
    unit: str | None = None
    vat: str | None = None
    discount: str | None = None
    choice: str | None = None

    @property
    def typed(self) -> "Typed":
        """The line as the services take it."""
        from cowork_cli.services.invoices.typed_lines import Typed

        return Typed(
            None, self.text, self.quantity, self.unit, self.price, self.vat, self.discount,
            listed=True,
        )  # fmt: skip


def _of_line(*names: str, metavar: str, help: str) -> "Any":
    return Annotated[list[str], Option(*names, metavar=metavar, help=help, after=LINE)]


_LINES: "dict[str, tuple[Any, Any]]" = {
    "line": (
        Annotated[
            list[str],
            Option(LINE, metavar="TEXT", help="What it is for; what follows belongs to it."),
        ],
        [],
    ),
    "price": (_of_line("--price", metavar="P", help="Net price of one."), []),
    "quantity": (_of_line("--qty", metavar="Q", help="How many; default: 1."), []),
    "unit": (_of_line("--unit", metavar="U", help="hour, day, piece, month or flat."), []),
    "vat": (_of_line("--vat", metavar="RATE", help="19, 7 or 0; default: the client's."), []),
    "discount": (_of_line("--discount", metavar="D", help="5% or 50."), []),
}
_CHOICE = _of_line("--choice", metavar="C", help="optional or alternative: not in the sum.")


def line_options(*, choices: bool = False) -> Several:
    """The options of lines; with `choices` also whether one is optional. Makes a list of TypedLine."""
    options = dict(_LINES)
    if choices:
        options["choice"] = (_CHOICE, [])
    return Several(options, _lines)


def _lines(_: Context, words: "dict[str, Any]") -> list[TypedLine]:
    found: list[dict[str, str]] = [{"text": text} for text in words.pop("line")]
    for name, values in words.items():
        option = {"quantity": "--qty"}.get(name, f"--{name}")
        for value in values:
            place, text = place_of(value)
            # Before the only line there is none that it could belong to but that.
            index = 0 if place == 0 and len(found) == 1 else place - 1
            if not 0 <= index < len(found):
                raise UsageError(
                    f"{option} stands before any {LINE}",
                    f'say what it is of first, as in `{LINE} "Concept" {option} {text}`',
                )
            if name in found[index]:
                raise UsageError(
                    f'{option} is given twice for "{found[index]["text"]}"',
                    f"begin the next one with `{LINE}`",
                )
            found[index][name] = text
    return [TypedLine(**row) for row in found]


def _of_one(name: str, metavar: str, help: str) -> "tuple[Any, None]":
    return Annotated[str | None, Option(name, metavar=metavar, help=help)], None


_ONE: "dict[str, tuple[Any, Any]]" = {
    "number": (
        Annotated[int | None, Option(LINE, metavar="N", help="Change this one; else a new line.")],
        None,
    ),
    "text": _of_one("--text", "T", "What it is for."),
    "quantity": _of_one("--qty", "Q", "How many; default: 1."),
    "unit": _of_one("--unit", "U", "hour, day, piece, month or flat."),
    "price": _of_one("--price", "P", "Net price of one."),
    "vat": _of_one("--vat", "RATE", "19, 7 or 0; default: the client's."),
    "discount": _of_one("--discount", "D", "5% or 50; 0 takes it out."),
}
_REMOVE = Annotated[bool, Option("--remove", help="Remove the line.")], False


def one_line_options() -> Several:
    """The options that change one line, add it or remove it. Makes a Typed."""
    return Several(_ONE | {"remove": _REMOVE}, _one_line)


def _one_line(_: Context, words: "dict[str, Any]") -> "Typed":
    from cowork_cli.services.invoices.typed_lines import Typed

    return Typed(**words)
