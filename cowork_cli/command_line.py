"""A command line taken apart: the long name of the command, its arguments, the global flags.

Global flags may stand anywhere before `--`. Which options take a value is known from the command that
is named, so that a value is never taken for a flag (`--note --json` is a note).
"""

from cowork_cli import app
from cowork_cli.errors import BadInput, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

FLAGS = {
    "--no-input": "no_input",
    "-y": "yes",
    "--yes": "yes",
    "-q": "quiet",
    "--quiet": "quiet",
    "--no-color": "no_color",
    "--no-pager": "no_pager",
    "--debug": "debug",
    "--header": "header",
}
VALUES = {"-o": "output", "--output": "output", "--home": "home"}
ABOUT_OTHERS = frozenset(["people", "team", "job"])
_VALUE_OF = {"output": "--output json", "home": "--home FOLDER"}


class Line:
    """One command line, taken apart: long name of the command, its arguments, the global flags."""

    def __init__(self) -> None:
        self.path: tuple[str, ...] = ()
        self.arguments: list[str] = []
        self.options: dict[str, Any] = {}
        self.help = False
        self.version = False
        self.verb: Any = None
        self.said: str | None = None  # a note about a word that was understood


def split(words: list[str], line: Line) -> None:
    """Fills `line`. Raises UsageError. Global flags may stand anywhere before `--`."""
    _refuse_bytes(words)
    rest = _take_globals(list(words), line, stop_at_word=True)
    if not rest:
        return
    word = rest.pop(0)
    if word not in app.SHORTCUTS and word not in app.NOUNS and word not in app.VERBS:
        word, rest = _understood(word, rest, line)
        if line.version:
            return
    if word in app.SHORTCUTS:
        line.path = app.SHORTCUTS[word]
    elif word in app.NOUNS:
        rest = _take_globals(rest, line, stop_at_word=True)
        line.path = (word,)
        while rest and (len(line.path) == 1 or " ".join(line.path) in app.BRANCHES):
            line.path = (*line.path, rest.pop(0))
            if " ".join(line.path) in app.BRANCHES:
                rest = _take_globals(rest, line, stop_at_word=True)
        if len(line.path) == 1 or " ".join(line.path) in app.BRANCHES:
            line.help = True
            return
        if len(line.path) == 2 and line.path[1] not in app.verbs_of(*line.path):
            line.path = (word, _understood_verb(*line.path, rest, line))
    else:
        line.path = (word,)
    line.verb = app.find(line.path)
    takes_value, known = line.verb.value_options, line.verb.option_names
    line.arguments = _take_globals(
        rest, line, takes_value=takes_value, own=known, entries=_takes_entry(line.verb)
    )
    _refuse_unknown_options(line, takes_value, known)


def _understood(word: str, rest: list[str], line: Line) -> tuple[str, list[str]]:
    """The words to go on with for one that is no command. Raises UsageError with the line to type."""
    from cowork_cli import synonyms

    meant = synonyms.of_root(word, rest)
    if meant is None:
        return word, rest
    if not meant.done:
        raise synonyms.answer(word, meant, rest)
    first, *more = meant.line.split()
    if first == "--version":
        line.version = True
    line.said = f"`cowork {meant.line}` is what cowork calls it."
    return first, [*more, *rest[meant.taken :]]


def _understood_verb(noun: str, word: str, rest: list[str], line: Line) -> str:
    """The verb to go on with for a word that is none. Raises UsageError with the line to type."""
    from cowork_cli import synonyms

    meant = synonyms.of_noun(noun, word)
    if meant is None:
        return word
    if not meant.done:
        raise synonyms.answer(word, meant, rest, noun=noun)
    line.said = f"`cowork {meant.line}` is what cowork calls it."
    return meant.line.split()[1]


def _refuse_bytes(words: list[str]) -> None:
    """Bytes that are no UTF-8 reach us as lone surrogates, which no file and no store can hold; nor a zero, which
    no shell can give, but an assistant can.
    """
    for word in words:
        if "\0" in word:
            raise BadInput("a word holds a zero byte, which no text can hold", "take it out")
        if any("\ud800" <= char <= "\udfff" for char in word):
            shown = word.encode("utf-8", "replace").decode()
            raise BadInput(
                f'"{shown}" is not UTF-8 text', "set a UTF-8 locale, for example LANG=C.UTF-8"
            )


def _take_globals(
    words: list[str],
    line: Line,
    *,
    stop_at_word: bool = False,
    takes_value: "set[str] | frozenset[str]" = frozenset(),
    own: "set[str] | frozenset[str]" = frozenset(),
    entries: bool = False,
) -> list[str]:
    """Takes the global flags out of `words` into `line`; returns the other words.

    `-3` is the third last entry for a verb that takes `entries`, else an argument like any other.
    """
    kept: list[str] = []
    behind: list[str] = []  # arguments that Typer would take for options, and those after them
    while words:
        word = words.pop(0)
        name, equals, value = word.partition("=")
        if word == "--":
            return [*kept, word, *behind, *words]
        if word in own or name in own:
            kept.append(word)
            if word in takes_value and words:
                kept.append(words.pop(0))
        elif name == "--json" and equals:
            line.options["fields"] = value
        elif name in VALUES:
            _set_value(line, name, value if equals else words[:1])
            del words[: 0 if equals else 1]
        elif _take_flag(word, line):
            continue
        elif _is_last(word) and entries:
            kept.append(f"last:{word[1:]}")
        elif not stop_at_word and (_is_figure(word) or (behind and not word.startswith("-"))):
            behind.append(word)
        elif stop_at_word and (not word.startswith("-") or word == "-"):
            return [word, *words]
        elif stop_at_word:
            raise UsageError(
                f'there is no global option "{word}"', "list them with `cowork --help`"
            )
        else:
            kept.append(word)
    return [*kept, "--", *behind] if behind else kept


def take_flags_anyway(words: list[str], line: Line) -> None:
    """Of a line that was not understood, how its error is to be shown."""
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if word == "--":
            return
        _take_flag(word, line)
        name, _, value = word.partition("=")
        if name in ("-o", "--output") and (value or following) == "json":
            line.options["output"] = "json"
        if name == "--json" and value:
            line.options.setdefault("fields", value)


def _take_flag(word: str, line: Line) -> bool:
    if word in FLAGS:
        line.options[FLAGS[word]] = True
    elif word == "--json":
        line.options["output"] = "json"
    elif word in ("-h", "--help"):
        line.help = True
    elif word in ("--version", "-V"):
        line.version = True
    else:
        return False
    return True


def _set_value(line: Line, option: str, given: str | list[str]) -> None:
    """Notes the value of a global option, which stands behind `=` or is the next word."""
    name, value = VALUES[option], given if isinstance(given, str) else "".join(given)
    if not value.strip():
        raise UsageError(f"{option} needs a value", f"write `{_VALUE_OF[name]}`")
    if name == "output":
        from cowork_cli.output.render import FORMS

        if value not in FORMS:
            raise UsageError(
                f'"{value}" is not a form of output ({", ".join(FORMS)})',
                f"to write to a file use `--out {value}`",
            )
    line.options[name] = value


def _is_last(word: str) -> bool:
    """`-3`: the third last entry. Typer would take it for an option."""
    return word[:1] == "-" and word.isascii() and word[1:].isdigit()


def _is_figure(word: str) -> bool:
    """`-3` or `-1166.20`: no option begins with a figure, so it is what the verb is told."""
    plain = word[1:].replace(".", "").replace(",", "")
    return word[:1] == "-" and word.isascii() and plain.isdigit()


def _takes_entry(verb: "app.Verb") -> bool:
    return bool(getattr(verb.function, "takes_entry", False))


def _refuse_unknown_options(line: Line, takes_value: "set[str]", known: "set[str]") -> None:
    """Typer would name only the option; we name the nearest one and the help of the command."""
    if line.help:
        return
    words = iter(line.arguments)
    for word in words:
        if word == "--":
            return
        name = word.partition("=")[0]
        if word in takes_value:
            next(words, None)
        elif word.startswith("--") and name not in known:
            command = "cowork " + " ".join(line.path)
            raise UsageError(
                f'`{command}` has no option "{name}"{app.nearest(name, sorted(known))}',
                f"list them with `{command} --help`",
            )


def as_typed(line: Line) -> str:
    """The command for the journal: without global flags, quoted where a shell would need it.

    Of the nouns about other people only noun and verb: what a person is to be forgotten with must not stand
    in the words of a command, which the journal keeps for good.
    """
    from cowork_cli.domain.shell_words import typed

    if line.path[:1] and line.path[0] in ABOUT_OTHERS:
        return typed(line.path)
    return typed([*line.path, *line.arguments])
