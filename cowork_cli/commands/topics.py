"""`cowork help`: what is the same for all commands, and what is generated from them."""

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Any

from cowork_cli.commands._field_types import fields_of
from cowork_cli.commands._markers import Annotated, Argument
from cowork_cli.commands._verb import new_app, verb
from cowork_cli.context import Context
from cowork_cli.errors import UsageError
from cowork_cli.output.result import Result
from cowork_cli.records import dataclass

app = new_app()


@dataclass(frozen=True, slots=True)
class TopicRow:
    """One line of a topic: a name, what it means, and more where there is more to say."""

    name: str
    meaning: str
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field of the data of a command; `[]` marks a list, `.` a field within a field."""

    command: str
    field: str
    type: str


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """One column of plain output and CSV: the how manieth of its command, counted from 1."""

    command: str
    number: int
    column: str


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic and its lines."""

    topic: str
    rows: tuple[TopicRow | FieldRow | ColumnRow, ...]


TOPICS: dict[str, str] = {
    "json": "the fields of the data of every command, with --json",
    "columns": "the columns of plain output and CSV of every command, in their order",
    "exit-codes": "what the exit code of a command tells a script",
    "environment": "environment variables that cowork reads",
    "times": "how dates, times, durations and periods are written",
    "providers": "what can be asked for spaces and desks, and what each can do",
    "words": "what other tools, and German, call it: what is done, what is answered",
}
ENVIRONMENT: dict[str, str] = {
    "COWORK_HOME": "one folder that holds everything: config/ data/ cache/ state/",
    "COWORK_STORE": "where the store is, if not in a file of the home: postgresql://USER@HOST/DATABASE",
    "COWORK_OUTPUT": "form of output, as --output: table, plain, json, csv",
    "COWORK_NO_INPUT": "never ask, as --no-input, if it is not empty",
    "NO_COLOR": "no colour, as --no-color, if it is not empty",
    "FORCE_COLOR": "colour also where there is no terminal, if it is not empty",
    "PAGER": "the program that shows long output on a terminal",
    "LC_ALL": "the locale whose habit amounts on a terminal follow: 1.419,08 € for de_DE.UTF-8",
    "LC_MONETARY": "the same, if LC_ALL is not set",
    "LANG": "the same, if neither is set",
    "COWORK_NOW": "an instant that freezes the clock, as 2026-11-25T18:00:00+01:00 (for tests)",
    "COWORK_<ACCOUNT>_TOKEN": "token of an account; upper case, - becomes _",
    "COWORK_<ACCOUNT>_PASSWORD": "password of an account",
    "COWORK_<ACCOUNT>_CLIENT_SECRET": "client secret of an account",
}
# (what it is, how it may be written, what that means); a test reads every one of them.
TIMES: tuple[tuple[str, str, str], ...] = (
    ("date", "2026-12-01", "a day, ISO 8601"),
    ("date", "1.12.2026", "also 1.12.26, 1. dezember 2026, december 1 2026"),
    ("date", "1.12.", "that day: the next one where you plan, the last one where you record"),
    ("date", "today", "also tomorrow, yesterday, heute, morgen, gestern"),
    ("date", "übermorgen", "also uebermorgen, vorgestern, day after tomorrow"),
    ("date", "letzten freitag", "also last friday, nächsten montag, next mon: never today"),
    ("date", "fri", "also friday, fr, freitag: the next one, or the last one; today counts"),
    ("date", "+3d", "also in 3 tagen, +2w, -2d, vor 2 tagen, 2 days ago"),
    ("dates", "2026-12-01..2026-12-05", "every day of a range"),
    ("dates", "1.12.,3.12.", "several days"),
    ("time", "14:30", "a time of that day, also 14:30:05"),
    ("time", "9 uhr", "also um 9 uhr, 9 uhr 30, 9.30, 9am, 9:30 pm, 9 uhr abends"),
    ("time", "halb zehn", "also viertel nach 9, viertel vor 10, dreiviertel 10, half past nine"),
    ("time", "noon", "also mittags, midnight: as an end 24:00; --from 9 --to 10 need no minutes"),
    ("moment", "2026-11-23T14:30", "a day and a time; with an offset, any instant"),
    (
        "moment",
        "yesterday 9:00",
        "also gestern um 9 uhr, 23.11. 9:00, letzten freitag 9 uhr, vor 2 tagen 9:00",
    ),
    ("moment", "-15m", "also 15m ago, vor 15 min, vor einer stunde, vor 2 tagen"),
    ("moment", "now", "also jetzt"),
    ("duration", "1h30", "also 1h30m, 90m, 1:30, 1.5h, 2 std"),
    ("days", "14d", "also 2w, 14, 14 tage"),
    ("period", "2026", "a year"),
    ("period", "2026-Q4", "also Q4 2026, Q4/2026: a quarter"),
    ("period", "2026-11", "also 11.2026, november 2026, nov 2026: a month"),
    ("period", "2026-W48", "also KW48 2026, KW 48/2026: a week, Monday to Sunday, ISO 8601"),
    (
        "period",
        "november 2025",
        "without its year (november, Q4, KW48) the last that has begun; where you plan, the next",
    ),
)


@verb(app, "help", data=Topic, rows="TopicRow", short="cowork help json invoice")
def help_(
    context: Context,
    words: Annotated[
        list[str] | None,
        Argument(
            metavar="[TOPIC]",
            help="json, columns, exit-codes, environment, times, providers, words, or a command; what follows a topic "
            "filters it.",
        ),
    ] = None,
) -> Result:
    """Explain a topic, or a command: `cowork help times`, `cowork help track add`."""
    if not words:
        return _overview(context)
    if words[0] in TOPICS:
        rows = _about(words[0], words[1:])
        return Result(Topic(words[0], rows), rows=rows, title=_title(words[0]))
    return _text(context, " ".join(words), _help_of(words, context.help_width))


def _overview(context: Context) -> Result:
    from cowork_cli import __version__

    return _text(context, "help", _pages().overview(__version__, TOPICS, context.help_width))


def _text(context: Context, topic: str, text: str) -> Result:
    """Text in every form but JSON, which holds the topics, or the lines of the text."""
    if context.wants_json:
        rows: tuple[TopicRow, ...] = tuple(TopicRow(name, said) for name, said in TOPICS.items())
        if topic != "help":
            rows = (TopicRow(topic, text),)
        return Result(Topic(topic, rows))
    return Result(content=f"{text}\n".encode())


def _about(topic: str, words: list[str]) -> tuple[TopicRow | FieldRow | ColumnRow, ...]:
    """The lines of a topic; with `words`, those that are about all of them. Raises UsageError."""
    rows = tuple(_ROWS[topic]())
    found: tuple[TopicRow | FieldRow | ColumnRow, ...]
    if not words:
        return rows
    if topic in ("json", "columns"):
        wanted = _words_of_command(words)
        found = tuple(
            row
            for row in rows
            if not isinstance(row, TopicRow) and wanted <= set(row.command.split())
        )
        known = sorted({word for verb in _tree().all_verbs() for word in verb.path})
    else:
        said = [word.casefold() for word in words]
        found = tuple(row for row in rows if all(word in _text_of(row) for word in said))
        known = [row.name for row in rows if isinstance(row, TopicRow)]
    if found:
        return found
    about = " ".join(words)
    raise UsageError(
        f'the topic {topic} has nothing about "{about}"{_tree().nearest(about, known)}',
        f"see all of it with `cowork help {topic}`",
    )


def _words_of_command(words: list[str]) -> set[str]:
    """The words of the long name: `book` is `booking add`, `invoices` is `invoice`."""
    synonyms = import_module("cowork_cli.synonyms")
    long: set[str] = set()
    for word in words:
        long |= set(_tree().SHORTCUTS.get(word, (synonyms.singular(word) or word,)))
    return long


def _text_of(row: TopicRow | FieldRow | ColumnRow) -> str:
    return " ".join(str(getattr(row, name) or "") for name in row.__dataclass_fields__).casefold()


def _help_of(words: list[str], width: int) -> str:
    """The help of a noun, a verb or a shortcut. Raises UsageError naming the nearest."""
    tree = _tree()
    words = _understood(words)
    path = tree.SHORTCUTS.get(words[0], (words[0],)) if len(words) == 1 else tuple(words)
    if (len(words) == 1 and words[0] in tree.NOUNS) or " ".join(words) in tree.BRANCHES:
        return str(_pages().noun(path, width))
    path = path[:3] if " ".join(path[:2]) in tree.BRANCHES else path[:2]
    if len(words) == 1 and words[0] not in (*tree.VERBS, *tree.SHORTCUTS):
        near = tree.nearest(words[0], [*TOPICS, *tree.NOUNS, *tree.VERBS, *tree.SHORTCUTS])
        raise UsageError(f'there is no topic "{words[0]}"{near}', "list them with `cowork help`")
    return str(_pages().verb(tree.find(path), width))


def _understood(words: list[str]) -> list[str]:
    """The words of the command that is meant, where the first is a word for one."""
    synonyms, tree = import_module("cowork_cli.synonyms"), _tree()
    first = words[0]
    if first in tree.NOUNS or first in tree.VERBS or first in tree.SHORTCUTS:
        return words
    if noun := synonyms.singular(first):
        return [noun, *words[1:]]
    meant = synonyms.of_root(first)
    plain = meant and not meant.line.startswith("-")
    return meant.line.split()[:2] if plain else words


def _tree() -> Any:
    """`cowork_cli.app`, which stands above the commands: it loads them, only help looks back at it."""
    return import_module("cowork_cli.app")


def _pages() -> Any:
    """`cowork_cli.help_pages`, which stands above the commands, too."""
    return import_module("cowork_cli.help_pages")


def _title(topic: str) -> str:
    return TOPICS[topic][:1].upper() + TOPICS[topic][1:]


# ---- rows


def _exit_codes() -> Iterator[TopicRow]:
    """Each code, its meaning, and the codes that errors of it carry in JSON."""
    from cowork_cli.errors import MEANINGS, CoworkError

    codes: dict[int, list[str]] = {}
    for kind in _tree_of(CoworkError):
        codes.setdefault(int(kind.exit_code), []).append(kind.code)
    for code, meaning in MEANINGS.items():
        known = list(dict.fromkeys(codes.get(int(code), [])))
        yield TopicRow(str(int(code)), meaning, ", ".join(known) or None)


def _tree_of(kind: Any) -> Iterator[Any]:
    """The errors below a class, in the order they are declared."""
    for below in kind.__subclasses__():
        if below.__module__ == "cowork_cli.errors":
            yield below
            yield from _tree_of(below)


def _environment() -> Iterator[TopicRow]:
    return (TopicRow(name, meaning) for name, meaning in ENVIRONMENT.items())


def _times() -> Iterator[TopicRow]:
    return (TopicRow(written, meaning, kind) for kind, written, meaning in TIMES)


def _providers() -> Iterator[TopicRow]:
    from cowork_cli.providers.registry import PROVIDERS

    for row in PROVIDERS:
        can = ", ".join(sorted(row.capabilities))
        need = f"; needs a {row.secret.replace('_', ' ')}" if row.secret else ""
        state = ("built in" if row.enabled else "built in, off") if row.built_in else "by account"
        yield TopicRow(row.name, f"{row.title} ({state}; {can}{need})")


def _words() -> Iterator[TopicRow]:
    """Each word that is understood or answered, and its line."""
    for word, line, done in import_module("cowork_cli.synonyms").every():
        yield TopicRow(word, f"cowork {line}", "is done" if done else "is shown to be typed")


def _json() -> Iterator[FieldRow]:
    """The fields of every command, from the types that they declare."""
    for command in _tree().all_verbs():
        name = " ".join(command.path)
        many = "[]" if command.function.data_many else ""
        for path, kind in fields_of(command.function.data_type):
            yield FieldRow(name, f"{many}{'.' if many else ''}{path}", kind)


def _columns() -> Iterator[ColumnRow]:
    """The columns of every command, from the types that they list."""
    for command in _tree().all_verbs():
        for number, name in enumerate(plain_columns(command.function), 1):
            yield ColumnRow(" ".join(command.path), number, name)


def plain_columns(function: Any) -> list[str]:
    """The names of the columns in which plain output and CSV show what a command returns."""
    from cowork_cli.output.columns import columns_named, columns_of

    columns = columns_named(function.row_type)
    return [column.name for column in columns or columns_of(function.data_type)]


_ROWS: Mapping[str, Callable[[], Iterator[TopicRow | FieldRow | ColumnRow]]] = {
    "json": _json,
    "columns": _columns,
    "exit-codes": _exit_codes,
    "environment": _environment,
    "times": _times,
    "providers": _providers,
    "words": _words,
}
