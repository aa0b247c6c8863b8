"""The tree of commands as plain data: what every generator reads, and nothing of Typer in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cowork_cli import app
from tools.generators import values

SHORTCUTS = app.SHORTCUTS
NOUNS = app.NOUNS


@dataclass(frozen=True, slots=True)
class Option:
    """One option. `names` are all its spellings; `value` says what TAB offers (`values`)."""

    names: tuple[str, ...]
    metavar: str
    help: str
    value: str
    repeated: bool = False

    @property
    def is_flag(self) -> bool:
        """Whether it takes no value."""
        return self.value == values.FLAG


@dataclass(frozen=True, slots=True)
class Argument:
    """One positional argument; `many` takes all the words that follow."""

    name: str
    metavar: str
    help: str
    value: str
    required: bool
    many: bool


@dataclass(frozen=True, slots=True)
class Command:
    """One verb."""

    path: tuple[str, ...]
    short: str
    help: str
    example: str | None
    options: tuple[Option, ...]
    arguments: tuple[Argument, ...]
    data_type: type
    data_many: bool

    @property
    def name(self) -> str:
        """Its long name, for example `space search`."""
        return " ".join(self.path)


GLOBALS: tuple[Option, ...] = (
    Option(("-o", "--output"), "FORM", "Form of output.", "=form"),
    Option(("--json",), "", "Short for --output json.", values.FLAG),
    Option(("--header",), "", "Names of the columns above plain output.", values.FLAG),
    Option(("--no-input",), "", "Never ask.", values.FLAG),
    Option(("-y", "--yes"), "", "Answer yes.", values.FLAG),
    Option(("--home",), "DIR", "Keep everything in DIR.", values.FOLDER),
    Option(("-q", "--quiet"), "", "No notes, progress or hints.", values.FLAG),
    Option(("--no-color",), "", "No colour.", values.FLAG),
    Option(("--no-pager",), "", "No pager.", values.FLAG),
    Option(("--debug",), "", "Say what is going on, on stderr.", values.FLAG),
    Option(("-V", "--version"), "", "Show the version.", values.FLAG),
    Option(("-h", "--help"), "", "Show help.", values.FLAG),
)


def commands(*, partial: bool = False) -> tuple[Command, ...]:
    """Every command in the order of the help. `partial` leaves out modules that do not load."""
    return tuple(_command(verb, partial) for verb in _verbs(partial))


def of_noun(tree: tuple[Command, ...], noun: str) -> list[Command]:
    """The verbs of a noun."""
    return [row for row in tree if len(row.path) > 1 and row.path[0] == noun]


def words_after() -> dict[str, dict[str, str]]:
    """What can follow each noun and each group of verbs, with its meaning."""
    return {path: app.verb_words(tuple(path.split())) for path in (*NOUNS, *app.BRANCHES)}


def of_root(tree: tuple[Command, ...]) -> list[Command]:
    """The verbs without a noun."""
    return [row for row in tree if len(row.path) == 1]


def _verbs(partial: bool) -> Iterator[app.Verb]:
    if not partial:
        yield from app.all_verbs()
        return
    for word in (*app.NOUNS, *app.VERBS):
        try:
            names = app.verbs_of(word)
        except ImportError:
            continue
        for name in names if word in app.NOUNS else (word,):
            yield app.find((word, *name.split()) if word in app.NOUNS else (word,))


def _command(verb: app.Verb, partial: bool) -> Command:
    parameters = verb.command.params
    text = (verb.function.__doc__ or "").strip()
    return Command(
        path=verb.path,
        short=text.partition("\n")[0].rstrip("."),
        help=text,
        example=verb.function.example,
        options=tuple(
            _option(verb.path, row) for row in parameters if row.param_type_name == "option"
        ),
        arguments=tuple(
            _argument(verb.path, row, partial)
            for row in parameters
            if row.param_type_name == "argument"
        ),
        data_type=verb.function.data_type,
        data_many=verb.function.data_many,
    )


def _option(path: tuple[str, ...], row: Any) -> Option:
    names = (*row.opts, *row.secondary_opts)
    metavar = "" if row.is_flag else row.metavar or row.type.name.upper()
    value = values.FLAG if row.is_flag else values.of_option(path, names, metavar)
    return Option(names, metavar, row.help or "", value, bool(row.multiple))


def _argument(path: tuple[str, ...], row: Any, partial: bool) -> Argument:
    metavar = (row.metavar or row.name.upper()).strip("[]")
    return Argument(
        name=row.name,
        metavar=metavar,
        help=row.help or "",
        value=values.of_argument(path, row.name, metavar, partial=partial),
        required=bool(row.required),
        many=row.nargs == -1,
    )
