"""The tree of commands: a table of nouns, each loaded only when it is run.

Help texts of nouns live here, so that `cowork --help` imports none of them. Typer's command of a
verb is built when it is asked for; a noun with fourteen verbs costs no more than one with two.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import Any

from cowork_cli.context import Context
from cowork_cli.errors import UsageError

NOUNS: dict[str, str] = {
    "space": "find spaces, keep your own directory of them",
    "place": "look up a town or a postcode, offline",
    "plan": "what spaces charge, kept by hand",
    "desk": "what can be booked in a space",
    "booking": "book, list and cancel desks and rooms",
    "address": "virtual-office addresses you hold",
    "client": "who pays you",
    "project": "what you work on for a client",
    "track": "record hours",
    "report": "hours and money, summed up",
    "invoice": "from hours to an issued invoice",
    "expense": "what you spent, with its receipts",
    "books": "everything for the tax adviser",
    "account": "places to ask: a provider and its settings",
    "provider": "the providers cowork can ask",
    "config": "settings and where they come from",
    "data": "back up, restore and check your data",
    "completion": "TAB completion for your shell",
}
VERBS: dict[str, str] = {
    "init": "set up who you are, guided",
    "status": "timer, bookings, deadlines, overdue invoices",
    "demo": "the whole job on sample data, in a throwaway home",
    "undo": "take back the last change",
    "redo": "take back the last undo",
    "history": "what was changed, when, by which command",
    "prompt": "the running timer, for a shell prompt",
    "help": "topics: json, exit-codes, environment, times, providers",
}
SHORTCUTS: dict[str, tuple[str, str]] = {
    "search": ("space", "search"),
    "book": ("booking", "add"),
    "start": ("track", "start"),
    "stop": ("track", "stop"),
}
# Verbs of the root that share a module.
_MODULES = {"undo": "history", "redo": "history", "init": "setup", "help": "topics"}


@dataclass(frozen=True)
class Verb:
    """One command: its long name and the function behind it."""

    path: tuple[str, ...]
    function: Any

    @cached_property
    def command(self) -> Any:
        """Typer's command, which knows the help and every way to be wrong."""
        from cowork_cli.typer_command import build

        return build(self.path[-1], self.function, self.function.example)


def module_of(word: str) -> Any:
    """The module of a noun or of a verb of the root. Raises UsageError for another word."""
    if word not in NOUNS and word not in VERBS:
        raise _unknown("command", word, [*NOUNS, *VERBS, *SHORTCUTS], "cowork --help")
    return import_module(f"cowork_cli.commands.{_MODULES.get(word, word)}")


def verbs_of(noun: str, only: str | None = None) -> dict[str, Any]:
    """The function of each verb of a noun.

    Of a noun in several parts, `only` loads the part that holds this one verb.
    """
    module = module_of(noun)
    parts: dict[str, str] = getattr(module, "PARTS", {})
    wanted = [parts[only]] if only in parts else dict.fromkeys(parts.values())
    for part in wanted:
        import_module(f"{module.__name__}.{part}")
    order = parts or module.app
    return {name: module.app[name] for name in order if name in module.app}


def find(path: tuple[str, ...]) -> Verb:
    """The command of a long name. Raises UsageError naming the nearest one."""
    if len(path) == 1:
        if path[0] in VERBS:
            return Verb(path, verbs_of(path[0])[path[0]])
        raise _unknown("command", path[0], [*NOUNS, *VERBS, *SHORTCUTS], "cowork --help")
    noun, name = path
    verbs = verbs_of(noun, only=name)
    if name not in verbs:
        raise _unknown(f"{noun} command", name, list(verbs), f"cowork {noun} --help")
    return Verb(path, verbs[name])


def all_verbs() -> Iterator[Verb]:
    """Every command, for what is generated from them. Loads every module."""
    for noun in NOUNS:
        for name in verbs_of(noun):
            yield find((noun, name))
    for name in VERBS:
        yield find((name,))


def root_help(version: str) -> str:
    """The text of `cowork --help`."""
    short = ", ".join(f"{name} = {' '.join(path)}" for name, path in SHORTCUTS.items())
    return "\n".join(
        [
            f"cowork {version}: the terminal office of a freelancer",
            "",
            "Usage: cowork [GLOBAL] NOUN VERB [THING...] [--options]",
            "",
            "Start here:",
            "  cowork demo      see the whole job on sample data",
            "  cowork init      set up who you are",
            "",
            "Nouns (cowork NOUN --help lists the verbs):",
            *(f"  {name:<12}{text}" for name, text in NOUNS.items()),
            "",
            "Verbs:",
            *(f"  {name:<12}{text}" for name, text in VERBS.items()),
            f"  Short for: {short}",
            "",
            GLOBAL_HELP,
        ]
    )


GLOBAL_HELP = """\
Global flags, anywhere on the line:
  -o, --output FORM   table, plain, json or csv (default: table on a terminal, plain in a pipe)
  --json              short for --output json
  --no-input          never ask; a missing answer is an error that names the flag
  -y, --yes           answer yes
  --home DIR          keep everything in DIR (as COWORK_HOME)
  -q, --quiet         no notes, progress or hints
  --no-color, --no-pager, --debug, --version, -h/--help"""


def noun_help(noun: str) -> str:
    """The text of `cowork NOUN --help`."""
    lines = [
        f"Usage: cowork {noun} VERB [THING...] [--options]",
        "",
        f"  {_capital(NOUNS[noun])}.",
        "",
        "Verbs:",
    ]
    for name, function in verbs_of(noun).items():
        text = (function.__doc__ or "").strip().partition("\n")[0].rstrip(".")
        lines.append(f"  {name:<12}{text}")
    return "\n".join([*lines, "", f"cowork {noun} VERB --help shows the options of one."])


def verb_help(verb: Verb) -> str:
    """The text of `cowork NOUN VERB --help`."""
    name = "cowork " + " ".join(verb.path)
    context = verb.command.make_context(name, [], resilient_parsing=True)
    return str(verb.command.get_help(context))


def value_options(command: Any) -> set[str]:
    """The options of a built command that take a value."""
    return {
        name
        for parameter in command.params
        if parameter.param_type_name == "option" and not parameter.is_flag
        for name in parameter.opts
    }


def option_names(command: Any) -> set[str]:
    """All option names of a built command."""
    return {
        name
        for parameter in command.params
        if parameter.param_type_name == "option"
        for name in (*parameter.opts, *parameter.secondary_opts)
    }


def nearest(word: str, known: list[str]) -> str:
    """`, did you mean "x"?` or nothing."""
    from cowork_cli.domain.spelling import guess

    return guess(word, known)


def _unknown(what: str, word: str, known: list[str], help_command: str) -> UsageError:
    return UsageError(
        f'there is no {what} "{word}"{nearest(word, known)}', f"list them with `{help_command}`"
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def invoke(verb: Verb, arguments: list[str], context: Context) -> Any:
    """Parses `arguments` and runs the verb. Returns what it returns; Typer's errors pass."""
    from cowork_cli import typer_command

    return typer_command.run(verb.command, "cowork " + " ".join(verb.path), arguments, context)
